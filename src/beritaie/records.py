"""The record types: what beritaie says about an article, and nothing else.

Every ``start`` and ``end`` counts Unicode code points of the article's text **as the user gave it**, half open: ``doc.text[start:end]``
is the span. ``rule`` names the rule (or ``model:NAME``) that made the record; ``score`` is the probability that a name is right
(``beritaie.scores``). What is not known is ``None``, never 0 or 1.0.
The meaning of each field is that of the annotation guidelines, told in ``docs/records.md``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

import msgspec

OrganizationKind = Literal[
    "ministry", "agency", "regional_government", "legislature", "judiciary", "police", "military", "party",
    "company", "education", "health", "media", "sports", "community", "international", "other",
]  # fmt: skip
PlaceLevel = Literal[
    "continent", "world region", "country", "state", "foreign", "province", "regency", "city", "district", "village", "hamlet", "region",
    "area", "island", "mountain", "sea", "water", "park", "road", "toll", "junction", "building", "base", "housing", "market", "sight",
    "transport", "worship", "landmark", "facility",
]  # fmt: skip
Status = Literal["former", "acting", "candidate", "elect"]
Qualifier = Literal["at_least", "at_most", "about"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
MentionKind = Literal["name", "pronoun", "nominal"]
QuoteKind = Literal["direct", "indirect"]
RelationKind = Literal["holds_position", "said", "member_of", "located_in", "amount_for"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records."""


class Mention(Record, frozen=True, kw_only=True):
    """One place in the text that names (or points at) a person, organization, place or office."""

    start: int
    end: int
    text: str
    kind: MentionKind = "name"
    rule: str | None = None
    score: float | None = None


class Position(Record, frozen=True, kw_only=True):
    """An office that the article states for a person.

    ``title`` is without organization, place and status word (``Wakil Walikota``); ``organization`` as written; ``place`` the region it
    covers where that is not part of the organization's own name.
    """

    title: str
    organization: str | None = None
    place: str | None = None
    status: Status | None = None
    canonical: str | None = None
    mentions: tuple[Mention, ...] = ()
    rule: str | None = None


class Person(Record, frozen=True, kw_only=True):
    """A named person. ``name`` is the fullest form in the text, without honorifics and degrees; ``age`` in whole years."""

    id: str
    name: str
    honorifics: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    rank: str | None = None
    age: int | None = None
    mentions: tuple[Mention, ...] = ()
    positions: tuple[Position, ...] = ()
    rule: str | None = None
    score: float | None = None


class Organization(Record, frozen=True, kw_only=True):
    """A named organization, or (``generic``) a class name such as ``OPD`` that stands for a body."""

    id: str
    name: str
    kind: OrganizationKind
    generic: bool = False
    canonical: str | None = None
    region_code: str | None = None
    mentions: tuple[Mention, ...] = ()
    rule: str | None = None
    score: float | None = None


class Place(Record, frozen=True, kw_only=True):
    """A named place. ``code`` is the official code of an Indonesian region (``32.73``), ``level`` its level, where the text decides."""

    id: str
    name: str
    canonical: str | None = None
    code: str | None = None
    level: PlaceLevel | None = None
    candidates: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    rule: str | None = None
    score: float | None = None


class Money(Record, frozen=True, kw_only=True):
    """An amount or range of money in whole units of ``currency`` (ISO 4217), exact decimals; ``low == high`` for one amount."""

    id: str | None = None
    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    currency: str
    qualifier: Qualifier | None = None
    per: str | None = None
    rule: str | None = None


class Time(Record, frozen=True, kw_only=True):
    """A TIMEX3 expression: ``value`` is ISO 8601 as TIMEX3 writes it. ``issues`` lists other readings where the text leaves some."""

    id: str | None = None
    start: int
    end: int
    text: str
    type: TimeType
    value: str
    rule: str | None = None
    issues: tuple[str, ...] = ()


class Quote(Record, frozen=True, kw_only=True):
    """A stretch of speech. ``speaker`` is a person's or organization's name, ``speaker_id`` the id of that record; ``cue`` the verb."""

    id: str | None = None
    start: int
    end: int
    text: str
    kind: QuoteKind = "direct"
    speaker: str | None = None
    speaker_id: str | None = None
    cue: Mention | None = None
    rule: str | None = None


class Abbreviation(Record, frozen=True, kw_only=True):
    """A short form with the long form that the article itself gives; ``start``/``end`` span the short form where it is introduced."""

    short: str
    long: str
    start: int
    end: int
    rule: str | None = None


class Ambiguity(Record, frozen=True, kw_only=True):
    """A mention that the text leaves open: ``candidates`` are the ids of the records it may stand for, the likeliest first."""

    start: int
    end: int
    text: str
    kind: MentionKind
    candidates: tuple[str, ...]
    rule: str | None = None


class Relation(Record, frozen=True, kw_only=True):
    """What the article says of two records, with the spans that show it.

    ``subject`` and ``object`` are the ids of records of this article (a position's is ``PERSON.N``, from 1), None where no record stands
    for it; ``subject_text`` and ``object_text`` say them in words.
    """

    kind: RelationKind
    subject: str | None
    subject_text: str
    object: str | None
    object_text: str
    evidence: tuple[Mention, ...] = ()
    rule: str | None = None


class Passage(Record, frozen=True, kw_only=True):
    """A part of the text from which no records are taken, and why (``repeated``, ``boilerplate``, ``byline``)."""

    start: int
    end: int
    reason: str


class Document(Record, frozen=True, kw_only=True):
    """One article with its records. ``error`` is set, and the record lists empty, where the article could not be processed."""

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    published: dt.date | None = None
    not_after: dt.date | None = None
    dateline: str | None = None
    byline: str | None = None
    duplicate_of: str | None = None
    people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    places: tuple[Place, ...] = ()
    money: tuple[Money, ...] = ()
    times: tuple[Time, ...] = ()
    quotes: tuple[Quote, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    relations: tuple[Relation, ...] = ()
    skipped: tuple[Passage, ...] = ()
    issues: tuple[str, ...] = ()
    error: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the document as JSON-ready built-in types (decimals and dates as strings)."""
        return msgspec.to_builtins(self)

    def to_json(self) -> bytes:
        """Return the document as one line of UTF-8 JSON."""
        return msgspec.json.encode(self)

    def to_frame(self, table: str, *, as_: Literal["pandas", "polars", "arrow"] = "pandas") -> Any:
        """Return one table of the document's records as a data frame, as ``beritaie.tables`` has it.

        Args:
            table: ``"people"``, ``"mentions"``, ``"money"``, ...
            as_: whose data frame.

        Raises:
            InputError: there is no such table.
            SetupError: what makes such data frames is not installed.
        """
        from beritaie.explore import frames

        return frames.frame(self, table, as_)

    def __str__(self) -> str:
        """Return the text with its records marked, and these listed below, as ``beritaie show`` prints it."""
        from beritaie.explore import terminal

        return terminal.render(self, colour=False).strip()

    def _repr_html_(self) -> str:
        """Return the article with its records marked, for Jupyter; all text is escaped, nothing is loaded from anywhere."""
        from beritaie.explore import page

        return page.fragment(self)

    def explain(self, record: Record | None = None, *, nlp: Any = None) -> Any:
        """Return why a record stands: rules, what lost against them, words of the lexicons (``beritaie.explain.explain``).

        Args:
            record: a record or mention of this document; None for all that was proposed.
            nlp: the pipeline that made the document (default: ``load()``).
        """
        from beritaie.explain import explain

        return explain(self, record, nlp=nlp)
