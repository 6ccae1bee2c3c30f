"""Splits chunks of text into tokens, and remembers the latest of them.

White space always separates tokens, so a text is split chunk by chunk; most chunks were met before and cost one look-up. That keeps time
linear in the text; memory stays flat over an archive.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import regex

from beritaie.tokens.flags import of_form
from beritaie.tokens.rules import rules

_MAX_CHUNK = 64  # no word is longer; a longer chunk (addresses, text without spaces) is cut roughly
_PIECE = regex.compile(rf"(?i:https?://|www\.)[^\s\"“”<>]*[\w/]|\w{{1,{_MAX_CHUNK}}}|.")
_REMEMBERED = 50_000  # chunks in each of the two generations of the memory, some 40 MB in all

# Nine in ten new chunks are a word or number between single marks; the rules would split them in the same way, but slowly.
_PLAIN = re.compile(r"([\"“(]?)([^\W\d_]{2,}|[a-z]{2,}(?:-[a-z]{2,})+|\d+(?:[.,]\d+)*)([,.;:!?\"”)]{0,3})")
_STOP = re.compile(r"[.!?…]+")
QUOTES = frozenset('"“”„«»')
_BRACKETS = frozenset("()")


class Split(NamedTuple):
    """A chunk's tokens; ``starts`` and ``ends`` count from the chunk's start."""

    form: tuple[str, ...]
    lower: tuple[str, ...]
    flags: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marked: bool  # holds a token that may end a sentence, or a quotation mark or bracket


def is_stop(form: str) -> bool:
    """Whether the token is a mark that ends sentences."""
    return _STOP.fullmatch(form) is not None


def is_mark(form: str) -> bool:
    """Whether the token may end a sentence, or encloses one: a stop, an abbreviation, a quotation mark or bracket."""
    return form[-1] == "." or form in QUOTES or form in _BRACKETS or is_stop(form)


class Splitter:
    """Splits chunks, and remembers them in two generations: when the younger is full, it becomes the older."""

    def __init__(self) -> None:
        self._rules = rules()
        self._young: dict[str, Split] = {}
        self._old: dict[str, Split] = {}
        self._forms: dict[str, tuple[str, int, bool]] = {}

    @property
    def remembered(self) -> dict[str, Split]:
        """The chunks met of late; one that is not in it is to be asked for by a call."""
        return self._young

    def __call__(self, chunk: str) -> Split:
        """Return the tokens of a chunk, and remember them."""
        known = self._old.get(chunk) or self._split(chunk)
        if len(chunk) <= _MAX_CHUNK:
            if len(self._young) >= _REMEMBERED:
                self._old, self._young, self._forms = self._young, {}, {}
            self._young[chunk] = known
        return known

    def _plain(self, chunk: str) -> list[str] | None:
        match = _PLAIN.fullmatch(chunk)
        if match is None:
            return None
        before, word, after = match.groups()
        if len(set(after)) < len(after) or (after[:1] == "." and f"{word}." in self._rules.dotted):
            return None
        return [before, word, *after] if before else [word, *after]

    def _split(self, chunk: str) -> Split:
        forms = _PIECE.findall(chunk) if len(chunk) > _MAX_CHUNK else self._plain(chunk) or self._rules.split(chunk)
        if len(forms) == 1:
            form = forms[0]
            lower, flags, marked = self._described(form)
            return Split((form,), (lower,), (flags,), (0,), (len(form),), marked)
        ends = tuple(accumulate(map(len, forms)))
        described = [self._described(form) for form in forms]
        return Split(
            tuple(forms),
            tuple([lower for lower, _, _ in described]),
            tuple([flags for _, flags, _ in described]),
            (0, *ends[:-1]),
            ends,
            any(marked for _, _, marked in described),
        )

    def _described(self, form: str) -> tuple[str, int, bool]:
        known = self._forms.get(form)
        if known is None:
            known = self._forms[form] = (form.lower(), of_form(form), is_mark(form))
        return known


@cache
def splitter() -> Splitter:
    """Return the process's splitter."""
    return Splitter()
