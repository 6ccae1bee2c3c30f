"""What Chromium makes of a document's page and notebook display."""

from __future__ import annotations

import pytest
from browser import address, chromium, ran_something
from documents import TEXT, document

from beritaie.explore import page
from beritaie.records import Document, Mention, Person, Position, Quote, Time

pytestmark = pytest.mark.slow

EVIL = '<script>window.ran=true;alert(1)</script>"><img src=x onerror=alert(1)>'


def hostile() -> Document:
    """A document that holds the attack in every field that holds text."""
    span = {"start": 0, "end": len(EVIL), "text": EVIL}
    office = Position(title=EVIL, organization=EVIL, place=EVIL, canonical=EVIL, mentions=(Mention(**span),), rule=EVIL)
    person = Person(
        id=EVIL, name=EVIL, honorifics=(EVIL,), degrees=(EVIL,), rank=EVIL, mentions=(Mention(**span),), positions=(office,), rule=EVIL
    )
    return Document(
        text=EVIL,
        id=EVIL,
        title=EVIL,
        url="javascript:alert(1)",
        dateline=EVIL,
        byline=EVIL,
        issues=(EVIL,),
        people=(person,),
        quotes=(Quote(**span, speaker=EVIL),),
        times=(Time(**span, type="DATE", value=EVIL, issues=(EVIL,)),),
    )


def in_notebook(doc: Document, light: str = "true") -> str:
    """A page as JupyterLab makes it around an output."""
    colour = "#fff" if light == "true" else "#111"
    return (
        f'<!DOCTYPE html><meta charset="utf-8"><body data-jp-theme-light="{light}" style="background:{colour}">{doc._repr_html_()}</body>'
    )


def test_hostile_text_runs_nothing(tmp_path) -> None:
    with chromium() as browser:
        for name, content in (("page", page.render(hostile())), ("notebook", in_notebook(hostile()))):
            file = tmp_path / f"{name}.html"
            file.write_text(content, encoding="utf-8")
            browser.get(address(file))
            assert not ran_something(browser)
            assert browser.find_element("tag name", "article").text == EVIL
            assert not browser.find_elements("tag name", "img")
        control = tmp_path / "control.html"
        control.write_text(f"<!DOCTYPE html><p>{EVIL}", encoding="utf-8")
        browser.get(address(control))
        assert ran_something(browser)


def test_marks_are_reached_by_keyboard_and_themes_differ(tmp_path) -> None:
    from selenium.webdriver.common.keys import Keys

    grounds = {}
    with chromium() as browser:
        for light in ("true", "false"):
            file = tmp_path / f"{light}.html"
            file.write_text(in_notebook(document(), light), encoding="utf-8")
            browser.get(address(file))
            assert browser.find_element("tag name", "article").text.replace("\n", " ") == TEXT.replace("\n", " ")
            browser.find_element("tag name", "body").send_keys(Keys.TAB)
            focused = browser.switch_to.active_element
            assert focused.tag_name == "mark"
            assert focused.get_attribute("aria-label")
            grounds[light] = browser.find_element("class name", "beritaie").value_of_css_property("background-color")
    assert grounds["true"] == "rgba(255, 255, 255, 1)"
    assert grounds["true"] != grounds["false"]
