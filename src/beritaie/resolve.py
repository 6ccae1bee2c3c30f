"""The one overlap policy: which of the candidates stand.

Layers do not compete with each other: a quote may hold anything, a position may hold organizations and places. Within a layer:

- **values** (money, time): the longer wins, money before time at equal length.
- **names** (person, organization, place): a value that overlaps a name beats it; then the higher ``weight``, then the longer, then the
  first. A place may hold an organization (``Auditorium Pemko Bandung``) when the place is longer and starts before it.
- **positions**: the longer wins; a position never covers a person's name.
"""

from __future__ import annotations

from bisect import bisect_left, insort

from beritaie.candidates import Candidate

_NAMES = ("person", "organization", "place")
_VALUES = ("money", "time")


class _Taken:
    """Disjoint taken spans, kept in order: overlap is asked and answered in O(log n)."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def overlapping(self, start: int, end: int) -> bool:
        at = bisect_left(self._spans, (start, start))
        return (at < len(self._spans) and self._spans[at][0] < end) or (at > 0 and self._spans[at - 1][1] > start)

    def add(self, start: int, end: int) -> None:
        insort(self._spans, (start, end))


def resolve(candidates: list[Candidate]) -> dict[str, list[Candidate]]:
    """Return the candidates that stand, by kind, in text order.

    Kinds that do not compete (``quote``, ``abbreviation``) are passed through in order.
    """
    kept: dict[str, list[Candidate]] = {
        kind: [] for kind in ("money", "time", "person", "organization", "place", "position", "quote", "abbreviation")
    }
    values = _Taken()
    for candidate in sorted((c for c in candidates if c.kind in _VALUES), key=lambda c: (c.start - c.end, c.kind != "money", c.start)):
        if not values.overlapping(candidate.start, candidate.end):
            values.add(candidate.start, candidate.end)
            kept[candidate.kind].append(candidate)
    names, people = _Taken(), _Taken()
    facilities: dict[tuple[int, int], Candidate] = {}
    for candidate in sorted((c for c in candidates if c.kind in _NAMES), key=lambda c: (-c.weight, c.start - c.end, c.start)):
        start, end = candidate.start, candidate.end
        if values.overlapping(start, end):
            continue
        if candidate.data and candidate.data.get("facility"):
            facilities.setdefault((start, end), candidate)
            continue
        if names.overlapping(start, end):
            continue
        names.add(start, end)
        if candidate.kind == "person":
            people.add(start, end)
        kept[candidate.kind].append(candidate)
    kept["place"] += facilities.values()
    offices = _Taken()
    for candidate in sorted((c for c in candidates if c.kind == "position"), key=lambda c: (c.start - c.end, c.start)):
        if not people.overlapping(candidate.start, candidate.end) and not offices.overlapping(candidate.start, candidate.end):
            offices.add(candidate.start, candidate.end)
            kept["position"].append(candidate)
    for candidate in candidates:
        if candidate.kind in ("quote", "abbreviation"):
            kept[candidate.kind].append(candidate)
    for group in kept.values():
        group.sort(key=lambda c: (c.start, c.end))
    return kept
