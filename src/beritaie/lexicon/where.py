"""Where words stand in the lexicons: for explanations, read on first use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from beritaie.lexicon import split_phrase

_LONGEST = 8  # tokens


class Entry(NamedTuple):
    """A phrase of a lexicon: the file, its line (from 1), and the row that it stands in."""

    phrase: str
    file: str
    line: int
    row: str

    def __str__(self) -> str:
        return f"{self.phrase!r}: {self.file} line {self.line} ({self.row})"


def entries(names: Sequence[str], forms: Sequence[str], start: int, end: int) -> list[Entry]:
    """Return what the tables of these names say of tokens ``start`` to ``end``; of each only the longest phrases, in text order."""
    index = _index()
    lower = [form.lower() for form in forms[:end]]
    result: list[Entry] = []
    reached: dict[str, int] = {}
    for at in range(start, end):
        for stop in range(min(end, at + _LONGEST), at, -1):
            said = [
                entry
                for entry in index.get(tuple(lower[at:stop]), ())
                if entry.file[:-4] in names and not (entry.phrase.isupper() and forms[at].islower())
            ]
            exact = {entry.file for entry in said if entry.phrase == " ".join(forms[at:stop])}
            said = [entry for entry in said if entry.file not in exact or entry.phrase == " ".join(forms[at:stop])]
            result += [entry for entry in said if reached.get(entry.file, 0) < stop]
            reached.update({entry.file: max(reached.get(entry.file, 0), stop) for entry in said})
    return result


@cache
def _index() -> dict[tuple[str, ...], list[Entry]]:
    index: dict[tuple[str, ...], list[Entry]] = {}
    for file in sorted(files("beritaie.lexicon").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".tsv"):
            for entry in _rows(file.name, file.read_text(encoding="utf-8")):
                if pieces := split_phrase(entry.phrase):
                    index.setdefault(pieces, []).append(entry)
    return index


def _rows(name: str, text: str) -> Iterator[Entry]:
    """Yield the phrases of a table: of its first column and of those that its head names as phrases (see ``lexicon_check.py``)."""
    header: list[str] = []
    columns: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#:") and line[2:].partition("=")[0].strip() == "phrases":
            columns = [column.strip() for column in line.partition("=")[2].split(",") if column.strip()]
        if not line.strip() or line.startswith("#"):
            continue
        if not header:
            header = line.split("\t")
            columns = columns or (["name"] if "name" in header else header[:1])
            continue
        row = dict(zip(header, line.split("\t"), strict=True))
        said = ", ".join(f"{column} = {value}" for column, value in row.items() if value)
        for column in columns:
            for form in filter(None, row[column].split("; ")):
                yield Entry(form.removeprefix("?"), name, number, said)
