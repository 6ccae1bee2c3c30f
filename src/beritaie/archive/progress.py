"""How far a run is: a bar on a terminal, now and then a plain line in a log."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from beritaie.archive.readers import STDIN, File

LINE_SECONDS = 30.0


class Progress:
    """Counts articles, words and errors, and shows them.

    Args:
        total: the number of articles, where it is known: gives the time left.
        bar: a bar on standard error; without it, lines.
        say: takes a line every ``LINE_SECONDS``; None for no lines.
    """

    def __init__(self, total: int | None, *, bar: bool = False, say: Callable[[str], None] | None = None) -> None:
        from tqdm import tqdm

        self._bar: Any = tqdm(total=total, unit=" articles", file=sys.stderr, disable=not bar)
        self._say = None if bar else say
        self._total = total
        self._began = self._told = time.monotonic()
        self.articles = self.words = self.errors = 0
        self._without = 0
        self._fresh = 0  # articles that were not in the journal: only these tell the speed

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: Any) -> None:
        if not self._bar.disable:
            self._show(last=True)
        self._bar.close()

    def article(self, text: str, *, fresh: bool) -> None:
        """Count an article."""
        self.articles += 1
        if fresh:
            self._fresh += 1
            self.words += text.count(" ") + 1
        self._bar.update()
        self._show()

    def without(self, *, passed_over: bool) -> None:
        """Count an article, or a file, without records: an error, or left out on purpose."""
        self.errors += not passed_over
        self._without += 1
        self._bar.update()
        self._show()

    def _show(self, *, last: bool = False) -> None:
        now = time.monotonic()
        if not last and now - self._told < (LINE_SECONDS if self._bar.disable else 0.5):
            return
        self._told = now
        speed = self.words / max(now - self._began, 1e-9)
        if not self._bar.disable:
            self._bar.set_postfix_str(f"{speed:,.0f} words/s, {self.errors} errors", refresh=False)
        elif self._say is not None:
            self._say(f"{self.articles:,} articles, {speed:,.0f} words/s, {self.errors} errors{self._left(now)}")

    def _left(self, now: float) -> str:
        if self._total is None or not self._fresh:
            return ""
        left = (self._total - self.articles - self._without) * (now - self._began) / self._fresh
        return f", {max(0, round(left / 60))} min left of {self._total:,} articles"


def count(names: Sequence[File]) -> int | None:
    """Return the number of articles in files where counting is cheap (one article a file, or one a line), else None."""
    total = 0
    for name, *_ in names:
        if name.endswith((".txt", ".html", ".htm")):
            total += 1
        elif name != STDIN and name.endswith(".jsonl"):
            try:
                with open(name, "rb") as stream:
                    while block := stream.read(1 << 20):
                        total += block.count(b"\n")
            except OSError:
                total += 1
        elif os.path.exists(name) or name == STDIN:
            return None
        else:
            total += 1
    return total
