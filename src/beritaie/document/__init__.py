"""An article as it is read: source text, cleaned text, and the exact offset map between them.

Extractors see only ``Article.text``, the cleaned text: characters repaired (``repair.py``), soft line breaks joined (``layout.py``),
passages that are not the article cut out (``passages.py``), and words parted that a page glued together (``gluing.py``).
``Article.to_source`` maps spans back to the text as the user gave it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right

from beritaie.document import dateline, passages, published
from beritaie.document.gluing import unglue
from beritaie.document.layout import unwrap
from beritaie.document.offsets import OffsetMap, apply, join
from beritaie.document.repair import repair
from beritaie.errors import InputError
from beritaie.records import Passage

__all__ = ["Article", "OffsetMap"]


class Article:
    """One article: ``source`` as given, ``text`` cleaned, and what its frame says.

    In ``text`` every line break ends a paragraph. ``published``: the publication date, or None; ``not_after``: the day after which the
    article cannot have been written. ``dateline``: the town as written (``dateline_span``: its offsets in ``text``), ``outlet_span``: the
    outlet beside it, ``body_start``: where the article begins after them. ``byline``: the author's code or name. ``skipped``: passages cut
    out, offsets of the **source**. ``issues``: what could not be read, in words.
    """

    __slots__ = (
        "body_start", "byline", "dateline", "dateline_span", "issues", "not_after", "outlet_span", "published", "skipped", "source", "text",
        "to_source",
    )  # fmt: skip

    def __init__(
        self, source: str, *, published: str | dt.date | dt.datetime | float | None = None, not_after: dt.date | None = None
    ) -> None:
        """Read the frame of an article.

        Args:
            source: the article, plain text.
            published: its publication date in any form (ISO, ``Kamis, 01 Nov 2018 | 14:35 WITA``, seconds since 1970); one that cannot be
                read gives an entry in ``issues``. Where none is given, a date line at the head of the text is taken.
            not_after: default the day of the run.

        Raises:
            InputError: ``source`` is no string.
        """
        if not isinstance(source, str):
            raise InputError(
                f"an article's text must be a str, not {type(source).__name__}; decode bytes first, leave out rows without text"
            )
        self.source = source
        repaired, edits = repair(source)
        text = unwrap(repaired)
        cuts, self.byline = passages.find(text)
        edits_of_repair = OffsetMap(edits)
        self.skipped = tuple(
            Passage(start=start, end=end, reason=cut.reason) for cut in cuts for start, end in [edits_of_repair(cut.start, cut.end)]
        )
        removals = [(cut.start, cut.end, cut.replacement) for cut in cuts]
        text = apply(text, removals)
        edits = join(edits, removals)
        head = dateline.find(text)
        gaps = unglue(text)
        spaces = [(at, at, " ") for at in gaps]
        self.text = apply(text, spaces)
        self.to_source = OffsetMap(join(edits, spaces))
        self.not_after = not_after or dt.date.today()
        self.dateline_span = _moved(head.town, gaps) if head else None
        self.outlet_span = _moved(head.outlet, gaps) if head else None
        self.body_start = head.end + bisect_left(gaps, head.end) if head else 0
        self.dateline = self.text[slice(*self.dateline_span)] if self.dateline_span else None
        self.published, self.issues = self._date(published, text, head)

    def _date(self, given: object, text: str, head: dateline.Dateline | None) -> tuple[dt.date | None, tuple[str, ...]]:
        """Return the publication date and what is to be said about it."""
        if given is not None and given == given and str(given).strip():  # not None, NaN, NaT, empty
            date = published.read(given, self.not_after)
            if date is None:
                return None, (f"publication date not understood: {str(given)[:80]!r}",)
            return date, ()
        date = published.stated(text[:400])
        if date is None and head and head.date:
            date = published.read(text[slice(*head.date)], self.not_after)
        if date is None or date > self.not_after:
            return None, ()
        return date, (f"publication date taken from the text: {date.isoformat()}",)


def _moved(span: tuple[int, int] | None, gaps: list[int]) -> tuple[int, int] | None:
    """Return the span after a space was put in at each gap."""
    return span and (span[0] + bisect_right(gaps, span[0]), span[1] + bisect_left(gaps, span[1]))
