"""An article as it is read: source text, cleaned text, and the exact offset map between them.

Extractors see only ``Article.text``, the cleaned text: passages that are not the article (boilerplate, a body pasted twice) are cut
out of it. ``Article.to_source`` maps spans back to the text as the user gave it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

from beritaie.records import Passage


class OffsetMap:
    """Maps code point offsets of the cleaned text to the source.

    Built from edits ``(start, end, replacement)`` of the source, in order and without overlap. Inside an edited stretch the map gives
    the borders of the stretch, so that a span's end never falls inside an entity or a broken character.
    """

    def __init__(self, edits: Sequence[tuple[int, int, str]]) -> None:
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
        """Map the half-open span of the cleaned text to the source."""
        at = bisect_right(self._clean_starts, start) - 1
        begin = self._source_starts[at] + (0 if self._fixed[at] else start - self._clean_starts[at])
        at = bisect_right(self._clean_starts, end - 1) - 1
        last = self._source_starts[at + 1] if self._fixed[at] else self._source_starts[at] + end - self._clean_starts[at]
        return begin, last


class Article:
    """One article: ``source`` as given, ``text`` cleaned, and what its frame says (date, dateline, byline, skipped passages)."""

    __slots__ = ("byline", "dateline", "issues", "not_after", "published", "skipped", "source", "text", "to_source")

    def __init__(self, source: str, *, published: str | dt.date | None = None, not_after: dt.date | None = None) -> None:
        self.source = source
        self.text = source
        self.to_source = OffsetMap(())
        self.published = dt.date.fromisoformat(published) if isinstance(published, str) else published
        self.not_after = not_after or dt.date.today()
        self.dateline: str | None = None
        self.byline: str | None = None
        self.skipped: tuple[Passage, ...] = ()
        self.issues: tuple[str, ...] = ()
