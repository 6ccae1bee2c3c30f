"""Word lists as data (TSV with a header line, or TOML), and their loader.

``rows("currencies")`` reads ``currencies.tsv`` once per process; ``Phrases`` finds the longest entry at a token. Lines that are empty
or start with ``#`` are comments.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Generic, TypeVar

from beritaie.errors import LexiconError, SetupError
from beritaie.lexicon.own import misfits

T = TypeVar("T")

_PIECE = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*\.?(?=\s|$)|[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")


_extension: Path | None = None


def extend(folder: str | Path) -> None:
    """Add a user's own words: every ``NAME.tsv`` of the folder goes before the rows of the lexicon ``NAME``, for this process.

    A file has a header with columns of that lexicon; it may leave out those that are empty in some shipped rows.

    Raises:
        LexiconError: a file is named like no lexicon, or a row does not fit it; names file and line, and what is known.
        SetupError: there is no such folder, it holds no table, or words were looked up before (the lexicons are read once per process).
    """
    global _extension
    path = Path(folder).resolve()
    if path == _extension:
        return
    if not path.is_dir():
        raise SetupError(f"{folder} is no folder of lexicons")
    if was_read():
        raise SetupError(
            f"the lexicons of this process were read before {folder} was given; give it with the first load() of a new process"
        )
    check(path)
    _extension = path


def was_read() -> bool:
    """Return whether it is too late to add words in this process."""
    return _extension is not None or rows.cache_info().currsize > 0


def check(folder: Path) -> None:
    """Check a folder of a user's own words, see ``extend``.

    Raises:
        LexiconError, SetupError: as ``extend``.
    """
    tables = sorted(folder.glob("*.tsv"))
    if not tables:
        raise SetupError(f"{folder} holds no lexicon; put in tables named as the shipped ones, such as offices.tsv")
    for file in tables:
        shipped = files(__package__) / file.name
        if not shipped.is_file():
            known = ", ".join(sorted(f.name for f in files(__package__).iterdir() if f.name.endswith(".tsv")))
            raise LexiconError(f"{file}: there is no lexicon of that name; known: {known}")
        for line, fault in misfits([row for _, row in _read(shipped)], _read(file)):
            raise LexiconError(f"{file} line {line}: {fault}")


def extension() -> Path | None:
    """Return the folder that ``extend`` was given, None without one."""
    return _extension


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``NAME.tsv`` as dicts by column name, a user's own (see ``extend``) first.

    Raises:
        LexiconError: a row has another number of fields than the header; names file and line.
    """
    shipped = tuple(row for _, row in _read(files(__package__) / f"{name}.tsv"))
    own = _extension / f"{name}.tsv" if _extension else None
    if own is None or not own.exists():
        return shipped
    columns = dict.fromkeys(shipped[0], "")
    return (*({**columns, **row} for _, row in _read(own)), *shipped)


def _read(file: Traversable) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table with their lines."""
    header: list[str] | None = None
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{file}: not UTF-8 (byte 0x{error.object[error.start]:02x}); save it as UTF-8") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if header is None:
            header = fields
            continue
        if len(fields) != len(header):
            raise LexiconError(f"{file} line {number}: {len(fields)} fields, the header has {len(header)}: {line!r}")
        yield number, dict(zip(header, fields, strict=True))


@cache
def table(name: str) -> dict[str, Any]:
    """Return ``NAME.toml`` as a dict."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, column: str = "word", /, **where: str) -> frozenset[str]:
    """Return one column of ``NAME.tsv`` as a set: of all rows, or of those that hold these values (``words("units", part="field")``)."""
    return frozenset(row[column] for row in rows(name) if all(row[other] == value for other, value in where.items()))


@cache
def single_words(name: str, column: str = "word", /, **where: str) -> frozenset[str]:
    """Return the entries of one word among ``words(name, column, **where)``, in small letters, as single tokens are looked up."""
    return frozenset(entry.lower() for entry in words(name, column, **where) if " " not in entry)


@cache
def group(name: str, *keys: str) -> frozenset[str]:
    """Return a list of words in ``NAME.toml`` as a set: ``group("people", "ships")``, ``group("times", "years", "before")``."""
    found: Any = table(name)
    for key in keys:
        found = found[key]
    return frozenset(found)


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
