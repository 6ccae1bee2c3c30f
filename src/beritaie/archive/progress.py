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
        disk: returns the bytes that were written and those that are free; None where nothing is written to a disk.
    """

    def __init__(
        self,
        total: int | None,
        *,
        bar: bool = False,
        say: Callable[[str], None] | None = None,
        disk: Callable[[], tuple[int, int]] | None = None,
    ) -> None:
        from tqdm import tqdm

        self._bar: Any = tqdm(total=total, unit=" articles", file=sys.stderr, disable=not bar)
        self._say = say
        self._disk = disk
        self._warned = self._spoke = False
        self._total = total
        self._began = self._told = self._looked = time.monotonic()
        self.articles = self.words = self.errors = 0
        self._without = 0
        self._fresh = 0  # articles that were not in the journal: only these tell the speed

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: Any) -> None:
        if not self._bar.disable or self._spoke:  # a log that was told of the way is told of the end
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
            self._spoke = True
            rest = f" in {round((now - self._began) / 60)} min" if last else self._left(now)
            self._say(f"{self.articles:,} articles, {speed:,.0f} words/s, {self.errors:,} errors{rest}")
        if not last and now - self._looked > LINE_SECONDS:
            self._looked = now
            self._look_at_the_disk()

    def _look_at_the_disk(self) -> None:
        """Say once when the disk is going to be full before the end."""
        done = self.articles + self._without
        if self._disk is None or self._say is None or self._total is None or self._warned or not done:
            return
        written, free = self._disk()
        to_come = written * max(0, self._total - done) // done
        if to_come > free:
            self._warned = True
            self._bar.clear()
            self._say(
                f"the disk will be full before the end: about {_size(to_come)} are still to be written, {_size(free)} are free; "
                "free some (a run that a full disk breaks off can go on with --resume)"
            )

    def _left(self, now: float) -> str:
        if self._total is None or not self._fresh:
            return ""
        left = (self._total - self.articles - self._without) * (now - self._began) / self._fresh
        return f", {max(0, round(left / 60))} min left of {self._total:,} articles"


def _size(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e8 else f"{count / 1e6:,.1f} MB"


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
