"""What to mark in an article's text, and the text cut into pieces between the borders of marks, which may overlap at will."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from beritaie.explore.listing import amount, office, speaker
from beritaie.records import Document

# In the order of the legend.
KINDS = ("person", "position", "organization", "place", "money", "time", "quote", "abbreviation")


class Mark(NamedTuple):
    """A stretch of the text with the kind of its record and a line that says what the record says."""

    start: int
    end: int
    kind: str
    note: str


class Piece(NamedTuple):
    """A stretch of text under the same marks, the widest first; ``opens`` are those that start here."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]


def marks(doc: Document) -> list[Mark]:
    """Return the marks of a document, in text order, the wider first."""
    found = []
    for person in doc.people:
        offices = "; ".join(office(position) for position in person.positions)
        found += [Mark(m.start, m.end, "person", f"{person.name}: {offices}" if offices else person.name) for m in person.mentions]
        for position in person.positions:
            found += [Mark(m.start, m.end, "position", f"{office(position)}: {person.name}") for m in position.mentions]
    for body in doc.organizations:
        found += [Mark(m.start, m.end, "organization", f"{body.name} ({body.kind})") for m in body.mentions]
    for place in doc.places:
        found += [Mark(m.start, m.end, "place", f"{place.name} ({place.code})" if place.code else place.name) for m in place.mentions]
    found += [Mark(m.start, m.end, "money", amount(m)) for m in doc.money]
    found += [Mark(t.start, t.end, "time", f"{t.type} {t.value}") for t in doc.times]
    found += [Mark(q.start, q.end, "quote", f"{q.kind}: {speaker(q)}") for q in doc.quotes]
    found += [Mark(a.start, a.end, "abbreviation", f"{a.short}: {a.long}") for a in doc.abbreviations]
    return sorted(found, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind)))


def pieces(doc: Document) -> Iterator[Piece]:
    """Yield the whole text in pieces; joined, they are the text."""
    ordered = marks(doc)
    borders = sorted({0, len(doc.text), *(mark.start for mark in ordered), *(mark.end for mark in ordered)})
    active: list[Mark] = []
    at = 0
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.end > start]
        opens = []
        while at < len(ordered) and ordered[at].start == start:
            opens.append(ordered[at])
            at += 1
        active += opens
        active.sort(key=lambda mark: (mark.start - mark.end, mark.start))
        yield Piece(doc.text[start:end], tuple(active), tuple(opens))
