"""The exact map of offsets between an article's cleaned text and its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

Edit = tuple[int, int, str]  # start and end in the text before, and what stands there after


class OffsetMap:
    """Maps code point offsets of the cleaned text to the source.

    Built from edits ``(start, end, replacement)`` of the source, in order and without overlap. Inside an edited stretch the map gives
    the borders of the stretch, so that a span's end never falls inside an entity or a broken character.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._clean_starts = [0]
        self._source_starts = [0]
        self._fixed = [False]
        shift = 0
        for start, end, replacement in edits:
            self._clean_starts += [start + shift, start + shift + len(replacement)]
            self._source_starts += [start, end]
            self._fixed += [True, False]
            shift += len(replacement) - (end - start)

    def __call__(self, start: int, end: int) -> tuple[int, int]:
        """Map the half-open span of the cleaned text to the source; an empty span to an empty one."""
        at = bisect_right(self._clean_starts, start) - 1
        begin = self._source_starts[at] + (0 if self._fixed[at] else start - self._clean_starts[at])
        if end <= start:
            return begin, begin
        at = bisect_right(self._clean_starts, end - 1) - 1
        last = self._source_starts[at + 1] if self._fixed[at] else self._source_starts[at] + end - self._clean_starts[at]
        return begin, last


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with the edits made."""
    if not edits:
        return text
    parts: list[str] = []
    at = 0
    for start, end, replacement in edits:
        parts += (text[at:start], replacement)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def join(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return the edits of the source that do what ``first`` and, on its result, ``second`` do (inside one of ``second``, none is left)."""
    if not second:
        return list(first)
    to_source = OffsetMap(first)
    mapped = [(*to_source(start, end), replacement) for start, end, replacement in second]
    kept, at = [], 0
    for edit in first:
        while at < len(mapped) and mapped[at][1] <= edit[0]:
            at += 1
        if at == len(mapped) or edit[1] <= mapped[at][0]:
            kept.append(edit)
    return sorted(kept + mapped)
