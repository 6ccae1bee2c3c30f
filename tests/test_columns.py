"""Documents as tables and back: nothing is lost, keys join."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import get_args, get_origin

import msgspec
import pytest
from documents import document
from hypothesis import given, settings
from hypothesis import strategies as st

import beritaie
from beritaie import arrow
from beritaie import columns as flat
from beritaie.columns import TABLES, Keys, article_key, days, plain, rows
from beritaie.records import Ambiguity, Document, Mention, Money, Quote, Relation

STRINGS = st.text(st.characters(codec="utf-8"), max_size=5)
AMOUNTS = st.decimals(-(10**26) + 1, 10**26 - 1, allow_nan=False, places=12) | st.integers(0, 10**18).map(Decimal)


def fields(kind: object, prefix: str = "") -> st.SearchStrategy:
    """Return values of the type of a record's field."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return st.builds(kind, **{field.name: fields(field.type) for field in msgspec.structs.fields(kind) if field.name != "positions"})
    if get_origin(kind) is tuple:
        return st.lists(fields(get_args(kind)[0]), max_size=2).map(tuple)
    simple = {str: STRINGS, int: st.integers(0, 2**40), float: st.floats(0, 1), bool: st.booleans(), Decimal: AMOUNTS, dt.date: st.dates()}
    if kind in simple:
        return simple[kind]
    if kind is type(None):
        return st.none()
    if all(not isinstance(choice, str) for choice in get_args(kind)):
        return st.one_of([fields(choice) for choice in get_args(kind)])
    return st.sampled_from(get_args(kind))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw any document: every field of every record, ids distinct within the article as those of a pipeline are."""
    doc = draw(fields(Document))
    changes = {}
    for name, letter in {"people": "p", "organizations": "o", "places": "l", "money": "m", "times": "t", "quotes": "q"}.items():
        records = [msgspec.structs.replace(record, id=f"{letter}{n}") for n, record in enumerate(getattr(doc, name), 1)]
        if name == "people":
            offices = st.lists(fields(beritaie.records.Position), max_size=2).map(tuple)
            records = [msgspec.structs.replace(record, positions=draw(offices)) for record in records]
        changes[name] = tuple(records)
    return msgspec.structs.replace(doc, **changes)


def back(doc: Document) -> Document:
    """Return the document by way of Arrow."""
    return flat.document({name: arrow.batch(name, items).to_pylist() for name, items in rows(doc).items()})


@settings(max_examples=60, deadline=None)
@given(documents())
def test_any_document_comes_back(doc: Document) -> None:
    assert back(doc) == doc


def test_a_read_article_comes_back() -> None:
    nlp = beritaie.load("rules", not_after="2026-01-01")
    text = "JAKARTA – “Kerugian negara Rp1,50 miliar,” kata Kepala Dinas Sosial (Dinsos) Kota Bogor Rudi Hartono (45), Senin (5/11)."
    doc = nlp(text, id="a", published="2018-11-06", title="Kerugian")
    assert doc.people
    assert doc.money
    again = back(doc)
    assert msgspec.structs.replace(again, quotes=(), money=(), times=()) == msgspec.structs.replace(doc, quotes=(), money=(), times=())
    assert [quote.cue for quote in again.quotes] == [quote.cue for quote in doc.quotes]


def test_relations_and_ambiguities_come_back() -> None:
    evidence = (Mention(start=0, end=2, text="ab"), Mention(start=3, end=4, text="c", kind="nominal", rule="x"))
    doc = document(
        quotes=(Quote(id="q1", start=0, end=1, text="a"),),
        money=(),
        times=(),
        relations=(
            Relation(kind="said", subject="p1", subject_text="A", object="q1", object_text="B", evidence=evidence),
            Relation(kind="located_in", subject=None, subject_text="A", object=None, object_text="B"),
        ),
        ambiguities=(Ambiguity(start=0, end=1, text="a", kind="nominal", candidates=("p1", "p2")),),
    )
    assert back(doc) == doc


def test_keys_are_distinct_and_say_the_id() -> None:
    keys = Keys()
    docs = [Document(text="a", id="x"), Document(text="b", id="x"), Document(text="c", id="x#2"), Document(text="a"), Document(text="b")]
    found = [keys(doc) for doc in docs]
    assert found[:3] == ["x", "x#2", "x#2#2"]
    assert len(set(found)) == len(docs)
    assert found[3] == article_key(docs[3]) == article_key(Document(text="a"))  # the same in every run


def test_tables_join() -> None:
    tables = rows(document(), "key")
    columns = {name: [column.name for column in TABLES[name]] for name in TABLES}
    ids = {
        (name, row[columns[name].index("id")])
        for name in ("people", "positions", "organizations", "places", "quotes")
        for row in tables[name]
    }
    names = {"person": "people", "position": "positions", "organization": "organizations", "place": "places", "quote": "quotes"}
    assert tables["mentions"]
    for row in tables["mentions"]:
        assert row[0] == "key"
        assert (names[row[1]], row[2]) in ids


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2018-10-31", "2018-10-31", "2018-10-31"),
        ("2018-10-31TMO", "2018-10-31", "2018-10-31"),
        ("2014-12-28T07:55", "2014-12-28", "2014-12-28"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("2014-W52", "2014-12-22", "2014-12-28"),
        ("2014-W52-WE", "2014-12-27", "2014-12-28"),
        ("2014-Q4", "2014-10-01", "2014-12-31"),
        ("2014-H1", "2014-01-01", "2014-06-30"),
        ("201", "2010-01-01", "2019-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        *((value, None, None) for value in ("XXXX-10-31", "P5Y", "PXM", "PRESENT_REF", "2018-02-30", "2018-Q5", "2018-W54", "0000", "")),
    ],
)
def test_days_of_a_timex_value(value: str, first: str | None, last: str | None) -> None:
    assert days(value) == (first and dt.date.fromisoformat(first), last and dt.date.fromisoformat(last))


def test_amounts() -> None:
    for amount in ("0", "10", "1E+3", "1.5", "0.000000000001", "99999999999999999999999999.999999999999", "-10"):
        assert plain(Decimal(amount)) == Decimal(amount)
    assert str(plain(Decimal("200.000"))) == "200"
    assert str(plain(Decimal("1E+3"))) == "1000"
    given = ("1E+26", "1E+999", "NaN", f"{'9' * 26}.{'9' * 13}", f"{'9' * 26}.{'9' * 12}", "1.0000000000005")
    money = tuple(Money(start=0, end=1, text="1", low=Decimal(amount), high=Decimal(1), currency="IDR") for amount in given)
    found = arrow.batch("money", rows(Document(text="1", money=money))["money"])["low"].to_pylist()
    assert found == [None, None, None, None, Decimal(given[4]), Decimal("1.000000000000")]
