"""Views of a document: the terminal, the page, data frames."""

from __future__ import annotations

import datetime as dt
import html
import re
import sys
from decimal import Decimal
from html.parser import HTMLParser

import pandas
import pytest
from documents import TEXT, document
from spans import misplaced

import beritaie
from beritaie.errors import InputError, SetupError
from beritaie.explore import page, terminal
from beritaie.explore.marks import marks, pieces
from beritaie.records import Document, Mention, Money, Person, Position, Quote, Time

ANSI = re.compile(r"\x1b\[[\d;]*m")


def test_the_document_by_hand_is_right() -> None:
    assert misplaced(document()) == []


def test_pieces_are_the_text() -> None:
    doc = document()
    assert "".join(piece.text for piece in pieces(doc)) == TEXT
    assert [mark.kind for mark in next(piece for piece in pieces(doc) if piece.text == "Rp200 milyar").marks] == ["quote", "money"]
    assert sum(len(piece.opens) for piece in pieces(doc)) == len(marks(doc)) == 9


def test_crossing_marks() -> None:
    doc = Document(
        text="abcdef",
        money=(Money(start=0, end=4, text="abcd", low=Decimal(1), high=Decimal(1), currency="IDR"),),
        times=(Time(start=2, end=6, text="cdef", type="DATE", value="2018"),),
    )
    assert [(piece.text, len(piece.marks)) for piece in pieces(doc)] == [("ab", 1), ("cd", 2), ("ef", 1)]
    assert "[ab[cd|time]|money][ef|time]" in terminal.render(doc, colour=False)


def test_terminal() -> None:
    plain = terminal.render(document(), colour=False)
    assert "[Wakil Walikota [Banjarmasin|place]|position] [H Hermansyah|person] (54)" in plain
    assert "dari [Rp200 milyar|money] per" in plain
    assert "Hermansyah  H                          54   Wakil Walikota, Banjarmasin" in plain
    assert "Rp200 milyar  at least IDR 200,000,000,000 per year" in plain
    assert "passed over: boilerplate" in plain
    assert "\x1b" not in plain
    coloured = terminal.render(document(), colour=True)
    assert TEXT in ANSI.sub("", coloured)
    assert "\x1b[3m\x1b[1;33mRp200 milyar\x1b[0m" in coloured


def test_terminal_is_not_moved_by_the_text() -> None:
    doc = Document(text="a\x1b[2J\x9b2Jb\rc\ttab\n", id="\x1b]0;x\x07")
    for colour in (True, False):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ANSI.sub("", terminal.render(doc, colour=colour)))


class Page(HTMLParser):
    """Reads a page back: tags with their attributes, and the text of the article."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.article = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.article += data


def test_page() -> None:
    read = Page(page.render(document()))
    assert read.article == TEXT
    assert not read.open
    notes = [attributes["title"] for tag, attributes in read.tags if tag == "mark" and "tabindex" in attributes]
    assert len(notes) == 9
    assert "Hermansyah: Wakil Walikota, Banjarmasin" in notes
    assert "at least IDR 200,000,000,000 per year" in notes
    assert "DATE 2018-10-31" in notes


def test_notebook() -> None:
    content = document()._repr_html_()
    read = Page(content)
    assert read.article == TEXT
    assert not read.open
    assert read.tags[0][0] == "style"
    assert not {"html", "body", "script", "link"} & {tag for tag, _ in read.tags}
    style = content[content.index("<style>") + 7 : content.index("</style>")]
    selectors = re.findall(r"(?:^|[}{])\s*([^{}@;]+)\{", style)
    assert selectors
    assert all(".beritaie" in part for selector in selectors for part in selector.split(","))  # the notebook around it stays as it is
    assert "http" not in content


@pytest.mark.parametrize("render", [page.render, page.fragment])
def test_page_runs_nothing(render) -> None:
    evil = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'"
    span = {"start": 0, "end": len(evil), "text": evil}
    office = Position(title=evil, organization=evil, place=evil, mentions=(Mention(**span),))
    person = Person(id=evil, name=evil, honorifics=(evil,), rank=evil, mentions=(Mention(**span),), positions=(office,))
    doc = Document(
        text=evil,
        id=evil,
        title=evil,
        url=evil,
        dateline=evil,
        issues=(evil,),
        people=(person,),
        quotes=(Quote(**span, speaker=evil),),
        times=(Time(**span, type="DATE", value=evil, issues=(evil,)),),
    )
    content = render(doc)
    read = Page(content)
    assert {tag for tag, _ in read.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "p", "span", "main", "article", "mark", "aside", "div"),
        *("table", "caption", "tr", "th", "td"),
    }
    assert not any(name.startswith("on") or name in ("src", "href") for _, attributes in read.tags for name in attributes)
    assert read.article == evil
    assert content.count(html.escape(evil, quote=True).split(">")[0][:20]) >= 10
    assert render is page.fragment or "default-src 'none'" in content


def test_a_long_document_is_shown_small() -> None:
    nlp = beritaie.load("rules")
    text = "Bupati Garut Rudi Gunawan menyiapkan Rp100 juta untuk Dinas Pendidikan, Rabu (31/10). " * 10
    doc = nlp("\n".join(f"{number}. {text}" for number in range(85)))
    assert len(doc.text.split()) > 10_000
    assert len(doc._repr_html_()) < 3_000_000


def test_page_of_odd_characters() -> None:
    content = page.render(Document(text="a\x00b\x0bc\ufffe", id="x"))
    assert "a\ufffdb\ufffdc\ufffd" in content


def test_tables() -> None:
    frames = beritaie.tables([Document(text="", error="x"), document()])
    assert list(frames) == [
        *("articles", "people", "positions", "mentions", "organizations", "places", "money", "times", "quotes", "abbreviations"),
        *("relations", "ambiguities", "skipped"),
    ]
    assert list(frames["articles"]["article_id"])[1] == "banjarmasin-1"
    assert list(frames["articles"]["error"].isna()) == [False, True]
    assert frames["articles"]["published"][1] == pandas.Timestamp(2018, 11, 1)
    assert frames["articles"]["published"].dtype == "datetime64[s]"
    (person,) = frames["people"].to_dict("records")
    assert (person["article_id"], person["id"], person["honorifics"], person["age"]) == ("banjarmasin-1", "p1", "H", 54)
    assert frames["people"]["age"].dtype == "Int64"
    (position,) = frames["positions"].to_dict("records")
    assert (position["person"], position["title"], position["place"]) == ("Hermansyah", "Wakil Walikota", "Banjarmasin")
    assert frames["positions"]["organization"].isna().all()
    (money,) = frames["money"].to_dict("records")
    assert money["low"] == Decimal(200_000_000_000)
    assert isinstance(money["low"], Decimal)
    assert money["id"] == "m1"
    mentions = frames["mentions"].merge(frames["people"], left_on=["article_id", "record_id"], right_on=["article_id", "id"])
    assert list(mentions["text"]) == ["H Hermansyah"]
    assert set(frames["mentions"]["record"]) == {"person", "position", "organization", "place", "quote"}
    assert frames["quotes"]["cue"][0] == "katanya"
    assert frames["times"]["last_day"][0] == pandas.Timestamp(2018, 10, 31)


def test_one_table_of_a_document() -> None:
    assert list(document().to_frame("people")["name"]) == ["Hermansyah"]
    assert document().to_frame("places", as_="polars")["candidates"].to_list() == [[]]
    with pytest.raises(InputError, match="there is no table 'person'; known: articles, people"):
        document().to_frame("person")
    with pytest.raises(InputError, match="as_ is 'spark'"):
        document().to_frame("people", as_="spark")


def test_tables_in_arrow_and_polars() -> None:
    arrow, polars = (beritaie.tables([document()], as_=library) for library in ("arrow", "polars"))
    assert arrow["money"]["low"].to_pylist() == polars["money"]["low"].to_list() == [Decimal(200_000_000_000)]
    assert arrow["times"]["first_day"].to_pylist() == polars["times"]["first_day"].to_list() == [dt.date(2018, 10, 31)]
    assert arrow["people"]["honorifics"].to_pylist() == polars["people"]["honorifics"].to_list() == [["H"]]
    for name, table in beritaie.tables([], as_="arrow").items():
        assert table.schema == arrow[name].schema


def test_tables_without_records_keep_their_columns() -> None:
    full, empty = beritaie.tables([document()]), beritaie.tables([])
    for name, frame in empty.items():
        assert list(frame.columns) == list(full[name].columns)
        assert list(frame.dtypes) == list(full[name].dtypes)
        assert frame.empty


def test_tables_without_pandas(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SetupError, match=r"pip install 'beritaie\[explore\]'"):
        beritaie.tables([])
