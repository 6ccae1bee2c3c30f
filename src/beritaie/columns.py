"""Documents as tables, and back: the one flattening, from which data frames, Arrow, Parquet, DuckDB and Spark all come.

``TABLES`` says which tables there are, with their columns in order. Columns follow the fields of ``records``, so that a new field of a
record is a new column. Tables join by ``article_id``, and within an article by a record's ``id``: ``mentions`` name the record that they
are of (``record``, ``record_id``), ``positions`` their person (``person_id``), ``quotes`` their speaker (``speaker_id``), ``relations``
two records (``subject``, ``object``).
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, Literal, NamedTuple

import msgspec

from beritaie.records import (
    Abbreviation,
    Ambiguity,
    Document,
    Mention,
    Money,
    Organization,
    Passage,
    Person,
    Place,
    Position,
    Quote,
    Record,
    Relation,
    Time,
)

ColumnType = Literal["string", "integer", "number", "boolean", "date", "decimal", "strings"]
Row = tuple[Any, ...]


class Column(NamedTuple):
    """A column: its name, the type of its values, and whether some may be unknown (``None``)."""

    name: str
    type: ColumnType
    optional: bool


class _Table(NamedTuple):
    record: type[Record]
    kind: str | None = None  # what ``mentions.record`` calls it
    letter: str | None = None  # begins the ids of records that carry none
    before: tuple[Column, ...] = ()  # columns that are no fields of the record, before and after those that are
    after: tuple[Column, ...] = ()


def _text(name: str, optional: bool = False) -> Column:
    return Column(name, "string", optional)


_DAYS = (Column("first_day", "date", True), Column("last_day", "date", True))
_TABLES = {
    "articles": _Table(Document),
    "people": _Table(Person, "person"),
    "positions": _Table(Position, "position", before=(_text("id"), _text("person_id"), _text("person"))),
    "mentions": _Table(Mention, before=(_text("record"), _text("record_id"))),
    "organizations": _Table(Organization, "organization"),
    "places": _Table(Place, "place"),
    "money": _Table(Money, letter="m"),
    "times": _Table(Time, letter="t", after=_DAYS),
    "quotes": _Table(Quote, "quote", letter="q", after=(_text("cue", True),)),
    "abbreviations": _Table(Abbreviation),
    "relations": _Table(Relation, "relation", before=(_text("id"),)),
    "ambiguities": _Table(Ambiguity),
    "skipped": _Table(Passage),
}
_SCALARS: dict[Any, ColumnType] = {str: "string", int: "integer", float: "number", bool: "boolean", dt.date: "date", Decimal: "decimal"}


def _columns(record: type[Record]) -> Iterator[Column]:
    """Yield the columns that a record's own fields make; records within it have tables of their own."""
    for field in msgspec.structs.fields(record):
        choices = [field.type]
        if typing.get_origin(field.type) in (typing.Union, types.UnionType):
            choices = list(typing.get_args(field.type))
        optional = type(None) in choices
        (kind,) = (choice for choice in choices if choice is not type(None))
        if kind == tuple[str, ...]:
            yield Column(field.name, "strings", optional)
        elif typing.get_origin(kind) is Literal:
            yield Column(field.name, "string", optional)
        elif kind in _SCALARS:
            yield Column(field.name, _SCALARS[kind], optional)


def _own(name: str) -> tuple[Column, ...]:
    columns = tuple(_columns(_TABLES[name].record))
    if name == "articles":  # the long one last
        return tuple(sorted(columns, key=lambda column: column.name == "text"))
    return columns


_OWN = {name: _own(name) for name in _TABLES}
_GET: dict[str, Callable[[Any], Row]] = {name: attrgetter(*(column.name for column in _OWN[name])) for name in _TABLES}
TABLES: dict[str, tuple[Column, ...]] = {
    name: (_text("article_id"), *table.before, *_OWN[name], *table.after) for name, table in _TABLES.items()
}
_RECORDS = [name for name in _TABLES if name in Document.__struct_fields__]


class Keys:
    """Hands out the ``article_id`` of documents: their id, or one made of their content; a second article of the same id is ``ID#2``."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._counts: dict[str, int] = {}

    def __call__(self, doc: Document) -> str:
        """Return a key that no document before has got."""
        own = key = article_key(doc)
        while not self._new(key):
            self._counts[own] = self._counts.get(own, 1) + 1
            key = f"{own}#{self._counts[own]}"
        return key

    def _new(self, key: str) -> bool:
        digest = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())  # small: an archive has millions
        known = digest in self._seen
        self._seen.add(digest)
        return not known


def article_key(doc: Document) -> str:
    """Return the key of a document by itself: its id, or without one ``text-`` and a digest of what it holds."""
    if doc.id is not None:
        return doc.id
    content = msgspec.json.encode((doc.text, doc.title, doc.url, doc.published))
    return f"text-{hashlib.blake2b(content, digest_size=10).hexdigest()}"


def rows(doc: Document, key: str | None = None) -> dict[str, list[Row]]:
    """Return the rows of a document for each of ``TABLES``, their values in the order of its columns.

    Lists are tuples of strings. Records without id get one that tells their place (``m1``).

    Args:
        doc: the document.
        key: its ``article_id``; by default ``article_key(doc)``, which is distinct only where the ids of documents are.
    """
    key = article_key(doc) if key is None else key
    result: dict[str, list[Row]] = {name: [] for name in TABLES}
    mentions, get_mention = result["mentions"], _GET["mentions"]
    result["articles"].append((key, *_GET["articles"](doc)))

    def add_mentions(kind: str | None, id: str, items: Iterable[Mention]) -> None:
        mentions.extend([(key, kind, id, *get_mention(mention)) for mention in items])

    for name in _RECORDS:
        _, kind, letter, _, _ = _TABLES[name]
        table, get = result[name], _GET[name]
        for number, record in enumerate(getattr(doc, name), 1):
            own = get(record)
            if letter is not None and record.id is None:
                own = (f"{letter}{number}", *own[1:])
            if name == "relations":
                own = (f"r{number}", *own)
                add_mentions(kind, own[0], record.evidence)
            elif name == "quotes":
                add_mentions(kind, own[0], (record.cue,) if record.cue else ())
                own = (*own, record.cue and record.cue.text)
            elif name == "times":
                own = (*own, *days(record.value))
            elif kind is not None:
                add_mentions(kind, record.id, record.mentions)
            if name == "people":
                for count, position in enumerate(record.positions, 1):
                    id = f"{record.id}.{count}"
                    result["positions"].append((key, id, record.id, record.name, *_GET["positions"](position)))
                    add_mentions("position", id, position.mentions)
            table.append((key, *own))
    return result


def document(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Document:
    """Return the document that rows of one article were made of: the inverse of ``rows``.

    Args:
        tables: for each of ``TABLES`` that has any, the rows, in order, as mappings from column to value; lists may be of any kind.
    """
    mentions: dict[tuple[str, str], list[Mention]] = {}
    for row in tables.get("mentions", ()):
        mentions.setdefault((row["record"], row["record_id"]), []).append(_record("mentions", row))
    positions: dict[str, list[Position]] = {}
    for row in tables.get("positions", ()):
        positions.setdefault(row["person_id"], []).append(
            _record("positions", row, mentions=tuple(mentions.get(("position", row["id"]), ())))
        )
    fields: dict[str, Any] = {}
    for name in _RECORDS:
        kind = _TABLES[name].kind
        records = []
        for row in tables.get(name, ()):
            more: dict[str, Any] = {}
            if kind is not None:
                of_record = tuple(mentions.get((kind, row["id"]), ()))
                if name == "quotes":
                    more["cue"] = of_record[0] if of_record else None
                else:
                    more["evidence" if name == "relations" else "mentions"] = of_record
            if name == "people":
                more["positions"] = tuple(positions.get(row["id"], ()))
            if name != "money" or row["low"] is not None:  # an amount too large for its column
                records.append(_record(name, row, **more))
        fields[name] = tuple(records)
    (article,) = tables["articles"]
    return typing.cast(Document, _record("articles", article, **fields))


def _record(table: str, row: Mapping[str, Any], **more: Any) -> Any:
    for name, type_, _ in _OWN[table]:
        value = row[name]
        if type_ == "strings":
            value = tuple(value)
        elif type_ == "decimal":
            value = plain(value)
        more[name] = value
    return _TABLES[table].record(**more)


def plain(amount: Decimal) -> Decimal:
    """Return an amount without the zeros that its column adds to fractions, and without exponent."""
    digits = f"{amount:f}"
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)


_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART = re.compile(r"(\d{4})-(?:(\d\d)|([QHS])(\d))")
_YEARS = re.compile(r"\d{2,4}")
_MONTHS_IN = {"Q": 3, "H": 6, "S": 6}


def days(value: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of a TIMEX3 value that is a day (with or without its hour), week, month, quarter, half, year,
    decade (``201``) or century; of any other value twice None.
    """
    try:
        if match := _DAY.fullmatch(value):
            day = dt.date(*map(int, match.groups()))
            return day, day
        if match := _WEEK.fullmatch(value):
            first = dt.date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
            return first, first + dt.timedelta(days=1 if match[3] else 6)
        if match := _PART.fullmatch(value):
            year, length = int(match[1]), _MONTHS_IN.get(match[3], 1)
            end = int(match[2] or match[4]) * length
            return dt.date(year, end - length + 1, 1), dt.date(year, end, calendar.monthrange(year, end)[1])
        if _YEARS.fullmatch(value):
            return dt.date(int(value.ljust(4, "0")), 1, 1), dt.date(int(value.ljust(4, "9")), 12, 31)
    except ValueError:  # no day of the calendar
        pass
    return None, None
