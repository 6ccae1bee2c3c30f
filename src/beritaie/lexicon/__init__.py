"""Word lists as data (TSV with a header line, or TOML), and their loader.

``rows("currencies")`` reads ``currencies.tsv`` once per process; ``Phrases`` finds the longest entry at a token. Lines that are empty
or start with ``#`` are comments.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from beritaie.errors import LexiconError

T = TypeVar("T")

_PIECE = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*\.?(?=\s|$)|[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``NAME.tsv`` as dicts by column name.

    Raises:
        LexiconError: a row has another number of fields than the header; names file and line.
    """
    lines = (files(__package__) / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header: list[str] | None = None
    result = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if header is None:
            header = fields
            continue
        if len(fields) != len(header):
            raise LexiconError(f"{name}.tsv line {number}: {len(fields)} fields, the header has {len(header)}: {line!r}")
        result.append(dict(zip(header, fields, strict=True)))
    return tuple(result)


@cache
def table(name: str) -> dict[str, Any]:
    """Return ``NAME.toml`` as a dict."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


def words(name: str, column: str = "word") -> frozenset[str]:
    """Return one column of ``NAME.tsv`` as a set."""
    return frozenset(row[column] for row in rows(name))


def split_phrase(phrase: str) -> tuple[str, ...]:
    """Split a lexicon phrase as the tokenizer splits running text, lower-cased."""
    return tuple(piece.lower() for piece in _PIECE.findall(phrase))


class Phrases(Generic[T]):
    """Finds the longest of many phrases at a token; matching is on lower-cased tokens, in time independent of the number of phrases."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        by_first: dict[str, dict[int, dict[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            pieces = split_phrase(phrase)
            by_first.setdefault(pieces[0], {}).setdefault(len(pieces), {}).setdefault(pieces, value)
        self._by_first = {first: sorted(by_length.items(), reverse=True) for first, by_length in by_first.items()}
        self.first_words = frozenset(by_first)

    def __contains__(self, first: str) -> bool:
        """Whether some phrase starts with this lower-cased token."""
        return first in self._by_first

    def longest(self, lower: Sequence[str], at: int) -> tuple[int, T] | None:
        """Return (end token index, value) of the longest phrase that starts at token ``at``, or None."""
        options = self._by_first.get(lower[at])
        if options is None:
            return None
        for length, phrases in options:
            pieces = tuple(lower[at : at + length])
            if pieces in phrases:
                return at + length, phrases[pieces]
        return None
