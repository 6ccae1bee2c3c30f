"""Why a record stands: the rules that proposed it, what lost against it and why, and the words of the lexicons around it.

Nothing is kept for this while articles are read: the article is read once more, and what was proposed is compared with what stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.errors import InputError
from beritaie.lexicon.where import Entry, entries
from beritaie.pipeline import Pipeline, load
from beritaie.records import Abbreviation, Document, Mention, Money, Person, Position, Quote, Record, Time
from beritaie.tokens import Tokens

_AROUND = 3  # tokens on either side of a span whose lexicon entries are shown
_VALUES = ("money", "time")
# The lexicons whose words speak for or against a record of a kind.
_LEXICONS = {
    "person": ("names", "nicknames", "honorifics", "degrees", "ranks", "person_cues", "offices"),
    "position": ("offices", "statuses", "office_terms"),
    "organization": (
        "known_organizations", "short_forms", "organization_heads", "organization_nouns", "organization_topics", "organization_suffixes",
        "foreign_acronyms",
    ),
    "place": ("regions", "districts", "landmarks", "countries", "place_heads", "place_tails", "no_towns"),
    "money": ("currencies", "numerals", "money_qualifiers", "rate_units"),
    "time": (
        "weekdays", "months", "hijri_months", "day_parts", "prayer_times", "time_units", "time_references", "numerals",
    ),
    "quote": ("speech_verbs",),
    "abbreviation": ("known_organizations",),
}  # fmt: skip


class Proposal(msgspec.Struct, frozen=True):
    """What one rule or model proposed, and what became of it.

    ``start`` and ``end`` count code points of the article's text as given. ``lost`` says what it lost against, and why; None where
    it stands. ``weight`` ranks it against others that overlap, ``score`` is the probability that a name that stands is right.
    """

    start: int
    end: int
    text: str
    kind: str
    rule: str
    weight: float
    score: float | None = None
    lost: str | None = None

    def __str__(self) -> str:
        score = "" if self.score is None else f", score {self.score:.2f}"
        return f"{self.kind} {self.text!r} by {self.rule!r}, weight {self.weight:.2f}{score}" + (f"; {self.lost}" if self.lost else "")


class Explanation(msgspec.Struct, frozen=True):
    """What was proposed for some stretches of an article, what stands, and what the lexicons say of the words there."""

    what: str
    stands: tuple[Proposal, ...]
    lost: tuple[Proposal, ...]
    words: tuple[Entry, ...]

    def __str__(self) -> str:
        return "\n".join(
            [
                self.what,
                *(f"  stands: {proposal}" for proposal in self.stands),
                *(f"  lost: {proposal}" for proposal in self.lost),
                *(f"  word: {entry}" for entry in self.words),
            ]
        )


def explain(doc: Document, record: Record | None = None, *, nlp: Pipeline | None = None) -> Explanation:
    """Say why a record of a document stands, or (without ``record``) what was made of the whole article.

    Args:
        doc: the document.
        record: one of its records, or a mention or position of one.
        nlp: the pipeline that made the document (default: ``load()``).

    Raises:
        InputError: the record says no place in the text.
    """
    return Explainer(doc, nlp or _default()).explain(record)


class Explainer:
    """Explains the records of one document, which is read once."""

    def __init__(self, doc: Document, nlp: Pipeline) -> None:
        article = Article(doc.text, published=doc.published, not_after=doc.not_after)
        self._doc = doc
        self._tokens = Tokens(article.text)
        self._article = article
        self._places = [article.to_source(start, end) for start, end in zip(self._tokens.start, self._tokens.end, strict=True)]
        proposed, sense = nlp.candidates(article, self._tokens)
        self._kept = [candidate for group in nlp.decide(self._tokens, proposed, sense).values() for candidate in group]
        standing = {id(candidate) for candidate in self._kept}
        self._lost = [candidate for candidate in proposed if id(candidate) not in standing]

    def explain(self, record: Record | None = None) -> Explanation:
        """As ``beritaie.explain.explain``."""
        spans = [(0, len(self._doc.text))] if record is None else list(dict.fromkeys(_spans(record)))
        if not spans:
            raise InputError(f"a {type(record).__name__} without mentions says no place in the text that could be explained")

        def here(candidates: Iterable[Candidate]) -> Iterator[tuple[int, int, Candidate]]:
            for candidate in sorted(candidates, key=lambda c: (c.start, c.end)):
                start, end = self._article.to_source(candidate.start, candidate.end)
                if any(start < last and first < end for first, last in spans):
                    yield start, end, candidate

        kind = _kind(record)
        stands = [self._proposal(start, end, c) for start, end, c in here(self._kept) if kind in (None, c.kind)]
        lost = [self._proposal(start, end, c, _why(c, self._kept)) for start, end, c in here(self._lost)]
        return Explanation(_said(record, self._doc), tuple(stands), tuple(lost), tuple(self._words(kind, spans)))

    def records(self) -> Iterator[Explanation]:
        """Yield the explanation of each record, by kind, in text order."""
        doc = self._doc
        for group in (doc.people, doc.organizations, doc.places, doc.money, doc.times, doc.quotes, doc.abbreviations):
            for record in group:
                yield self.explain(record)
                if isinstance(record, Person):
                    for position in record.positions:
                        if position.mentions:
                            yield self.explain(position)

    def _proposal(self, start: int, end: int, candidate: Candidate, lost: str | None = None) -> Proposal:
        text = " ".join(self._doc.text[start:end].split())
        return Proposal(start, end, text, candidate.kind, candidate.rule, candidate.weight, candidate.score, lost)

    def _words(self, kind: str | None, spans: list[tuple[int, int]]) -> list[Entry]:
        tokens = self._tokens
        names = _LEXICONS.get(kind or "", ())
        found: dict[Entry, None] = {}
        for first, last in spans:
            inside = [at for at, (start, end) in enumerate(self._places) if start < last and first < end] if names else []
            if inside:
                start, end = max(0, inside[0] - _AROUND), min(len(tokens.form), inside[-1] + 1 + _AROUND)
                found.update(dict.fromkeys(entries(names, tokens.form, start, end)))
        return list(found)


@cache
def _default() -> Pipeline:
    return load()


def _spans(record: Record) -> Iterator[tuple[int, int]]:
    mentions: tuple[Mention, ...] | None = getattr(record, "mentions", None)
    if mentions is not None:
        yield from ((mention.start, mention.end) for mention in mentions)
    else:
        yield getattr(record, "start"), getattr(record, "end")  # noqa: B009 - every record without mentions has a span


def _kind(record: Record | None) -> str | None:
    return None if record is None or isinstance(record, Mention) else type(record).__name__.lower()


def _said(record: Record | None, doc: Document) -> str:
    """Return what a record says, in a line."""
    from beritaie.explore.listing import amount, office, speaker

    match record:
        case None:
            return doc.title or doc.id or " ".join(doc.text[:80].split())
        case Money():
            return f"money {record.text!r}: {amount(record)}"
        case Time():
            others = f" (or {', '.join(record.issues)})" if record.issues else ""
            return f"time {record.text!r}: {record.type} {record.value}{others}"
        case Quote():
            return f"quote {record.text[:60]!r}: {speaker(record)}"
        case Abbreviation():
            return f"abbreviation {record.short!r}: {record.long}"
        case Position():
            return f"position {office(record)!r}"
        case Mention():
            return f"mention {record.text!r}"
    return f"{type(record).__name__.lower()} {getattr(record, 'name', '')!r}"


def _why(candidate: Candidate, kept: list[Candidate]) -> str:
    """Return what a candidate lost against, by the policy of ``resolve.py``."""
    over = [c for c in kept if c.start < candidate.end and candidate.start < c.end]
    length = candidate.end - candidate.start
    if candidate.kind in _VALUES:
        for winner in over:
            if winner.kind in _VALUES:
                return f"{winner.rule!r} is longer" if winner.end - winner.start > length else f"{winner.kind} goes before {candidate.kind}"
    elif candidate.kind == "position":
        for winner in over:
            if winner.kind == "person":
                return f"covers the person found by {winner.rule!r}"
            if winner.kind == "position":
                return f"the office found by {winner.rule!r} is longer"
    else:
        for winner in sorted(over, key=lambda c: c.kind not in _VALUES):
            if winner.kind in _VALUES:
                return f"the {winner.kind} found by {winner.rule!r} goes before names"
            if winner.kind in ("person", "organization", "place"):
                named = f"the {winner.kind} found by {winner.rule!r}"
                return f"{named} weighs {winner.weight:.2f}" if winner.weight > candidate.weight else f"{named} is longer or first"
    return "stands nowhere"
