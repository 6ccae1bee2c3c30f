"""Who says what, with the people given: the form of a case is told in ``speakers.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from beritaie.extractors import quotes
from beritaie.linking import speakers
from beritaie.records import Mention, Organization, Person, Position
from beritaie.tokens import Tokens

CASES = tomllib.loads((Path(__file__).parent / "speakers.toml").read_text(encoding="utf-8"))["case"]
MARK = re.compile(r"\[(o?)(\d)(=?)\s?([^\]]+)\]")


def read(case: dict) -> tuple[str, list[Person], list[Organization]]:
    """Return the text without its marks, and the records that they stand for."""
    text = ""
    at = 0
    mentions: dict[str, list[Mention]] = {}
    stated: dict[str, list[Mention]] = {}
    for match in MARK.finditer(case["text"]):
        text += case["text"][at : match.start()]
        body, number, office, words = match.groups()
        mention = Mention(start=len(text), end=len(text) + len(words), text=words)
        (stated if office else mentions).setdefault(body + number, []).append(mention)
        text += words
        at = match.end()
    text += case["text"][at:]
    people, bodies = [], []
    for key, found in mentions.items():
        if key.startswith("o"):
            bodies.append(Organization(id=key, name=found[0].text, kind="other", mentions=tuple(found)))
            continue
        offices = [Position(title=case["offices"][key])] if key in case.get("offices", {}) else []
        offices += [Position(title=mention.text, mentions=(mention,)) for mention in stated.get(key, [])]
        people.append(Person(id=key, name=found[0].text, mentions=tuple(found), positions=tuple(offices)))
    return text, people, bodies


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_speakers(case: dict) -> None:
    text, people, bodies = read(case)
    tokens = Tokens(text)
    linked = speakers.link(tokens, quotes.find(tokens), people, bodies)
    direct = [quote for quote in linked if quote.kind == "direct"]
    assert [quote.speaker or "" for quote in direct] == case["speakers"]
    for quote in direct:
        known = {record.name: record.id for record in [*people, *bodies]}
        assert quote.speaker_id == known.get(quote.speaker or "")
        assert text[quote.start : quote.end] == quote.text
