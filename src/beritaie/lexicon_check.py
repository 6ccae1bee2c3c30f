"""Checks of the lexicon files: ``beritaie data check``. Each fault names file, line and clash.

A ``.tsv`` says in comment lines that start with ``#:`` how it is read, where that is not the default:

=====================  ==================================================================================================
``#: key = a, b``      the columns that tell rows apart (default: the first)
``#: phrases = a, b``  the columns that are looked up in running text, in any case; several forms are separated by ``"; "``,
                       a ``?`` before a form is no part of it (default: the first column, where it is all lower-cased)
``#: sorted``          the rows stand in the order of the key
=====================  ==================================================================================================

In a ``.toml``, a key ``pattern`` holds a regular expression, and ``example`` beside it a text that it has to match from its start.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import regex

from beritaie import lexicon
from beritaie.lexicon.own import misfits
from beritaie.tokens import Tokens


class Fault(NamedTuple):
    """One fault: the file's name, the line (from 1), and what is wrong."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.reason}"


def installed() -> list[str]:
    """Return the paths of the lexicons that come with the package."""
    return within(str(files("beritaie.lexicon")))


def within(path: str) -> list[str]:
    """Return the paths of the lexicons in a folder, or the path itself where it is none."""
    if not Path(path).is_dir():
        return [path]
    return [str(file) for file in sorted(Path(path).iterdir()) if file.suffix in (".tsv", ".toml")]


def check(paths: Iterable[str]) -> list[Fault]:
    """Return the faults of lexicon files, in order of file and line; a user's own have to fit the installed one of their name."""
    faults: list[Fault] = []
    shipped = {Path(path).name: Path(path) for path in installed()}
    for path in paths:
        name = Path(path).name
        try:
            text = Path(path).read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            faults.append(Fault(name, line, f"not UTF-8 (byte 0x{error.object[error.start]:02x})"))
            continue
        except OSError as error:
            faults.append(Fault(name, 0, error.strerror or str(error)))
            continue
        found = _characters(text)
        own = name in shipped and not shipped[name].samefile(path)
        found += _toml(text) if path.endswith(".toml") else _tsv(text, lexicon.rows(Path(name).stem) if own else ())
        faults += [Fault(name, line, reason) for line, reason in sorted(found)]
    return faults


Found = list[tuple[int, str]]


def _characters(text: str) -> Found:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            found.append((number, "not in the composed form of Unicode (NFC); no text would match it"))
        if odd := next((char for char in line if unicodedata.category(char) in ("Cc", "Cf") and char != "\t"), None):
            found.append((number, f"holds the invisible character U+{ord(odd):04X}"))
    return found


class _Row(NamedTuple):
    line: int
    fields: dict[str, str]


def _tsv(text: str, shipped: Sequence[dict[str, str]]) -> Found:
    """Return the faults of a table; ``shipped``: the rows that it has to fit, where it adds to a lexicon."""
    found: Found = []
    header: list[str] = []
    rows: list[_Row] = []
    directives: dict[str, list[str]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#:"):
            name, _, value = line[2:].partition("=")
            if name.strip() not in ("key", "phrases", "sorted"):
                found.append((number, f"unknown directive {line!r}; known: key, phrases, sorted"))
            directives[name.strip()] = [column.strip() for column in value.split(",") if column.strip()]
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        for field in fields:
            if field != field.strip() or "  " in field:
                found.append((number, f"white space too many in {field!r}"))
        if not header:
            header = fields
            if len(set(header)) < len(header) or not all(header):
                found.append((number, "the header's column names are not distinct"))
        elif len(fields) != len(header):
            found.append((number, f"{len(fields)} fields, the header has {len(header)}"))
        else:
            rows.append(_Row(number, dict(zip(header, fields, strict=True))))
    if not rows:
        return [*found, (1, "no rows")]
    unknown = sorted({column for columns in directives.values() for column in columns} - set(header))
    if unknown:
        return [*found, (1, f"a directive names the column {unknown[0]!r}, which the header lacks")]
    key = directives.get("key") or header[:1]
    found += _duplicates(rows, key)
    if "sorted" in directives:
        found += _unsorted(rows, key)
    phrases = directives.get("phrases")
    if phrases is None:
        phrases = key[:1] if all(row.fields[key[0]] == row.fields[key[0]].lower() for row in rows) else []
    found += _phrases(rows, phrases, key)
    if shipped:
        found += misfits(shipped, ((row.line, row.fields) for row in rows))
    for row in rows:
        if "pattern" in row.fields:
            found += _pattern(row.fields["pattern"], row.fields.get("example"), row.line)
    return found


def _duplicates(rows: Sequence[_Row], key: Sequence[str]) -> Found:
    found: Found = []
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        value = tuple(row.fields[column] for column in key)
        if not value[0]:
            found.append((row.line, f"no {key[0]}"))
        elif value in first:
            found.append((row.line, f"{' | '.join(value)!r} stands on line {first[value]} too"))
        first.setdefault(value, row.line)
    return found


def _unsorted(rows: Sequence[_Row], key: Sequence[str]) -> Found:
    values = [tuple(row.fields[column] for column in key) for row in rows]
    return [
        (row.line, f"{' | '.join(value)!r} belongs above line {before.line}")
        for before, last, row, value in zip(rows, values, rows[1:], values[1:], strict=False)
        if value < last
    ]


def _phrases(rows: Sequence[_Row], columns: Sequence[str], key: Sequence[str]) -> Found:
    """Find phrases that no text can match: because of their tokens, or because an earlier one always matches instead.

    What ``_duplicates`` tells of the key is not told again.
    """
    found: Found = []
    first: dict[tuple[str, ...], tuple[int, str]] = {}
    for row in rows:
        for phrase in _forms(row, columns):
            pieces = lexicon.split_phrase(phrase)
            tokens = tuple(Tokens(f"dan {phrase} dan").lower[1:-1])
            if pieces != tokens:
                found.append((row.line, f"{phrase!r} can match nothing: it is split {pieces}, running text {tokens}"))
            line, earlier = first.setdefault(pieces, (row.line, phrase))
            if line != row.line and not (phrase == earlier and columns == key[:1]):
                found.append((row.line, f"{phrase!r} is shadowed by {earlier!r} on line {line}"))
    return found


def _forms(row: _Row, columns: Sequence[str]) -> Iterator[str]:
    for column in columns:
        for form in row.fields[column].split("; "):
            if form:
                yield form.removeprefix("?")


def _toml(text: str) -> Found:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = regex.search(r"line (\d+)", str(error))
        return [(int(line[1]) if line else text.count("\n") + 1, f"not TOML: {error}")]
    found: Found = []
    lines = text.split("\n")

    def line_of(value: str, nth: int, key: str = "") -> int:
        """Return the line of the nth (from 0) quoted occurrence of a value, below that of the key."""
        below = next((number for number, line in enumerate(lines) if key and regex.match(rf"\s*{regex.escape(key)}\s*=", line)), 0)
        quoted = [
            number
            for number, line in enumerate(lines[below:], below + 1)
            for _ in range(line.count(f'"{value}"') + line.count(f"'{value}'"))
        ]
        return quoted[min(nth, len(quoted) - 1)] if quoted else 1

    def walk(value: Any, key: str = "") -> None:
        if isinstance(value, dict):
            if isinstance(value.get("pattern"), str):
                line = line_of(str(value.get("name") or value["pattern"]), 0)
                found.extend(_pattern(value["pattern"], value.get("example"), line))
            for name, item in value.items():
                walk(item, name)
        elif isinstance(value, list):
            words = [item for item in value if isinstance(item, str)]
            for word in sorted({word for word in words if words.count(word) > 1}):
                found.append((line_of(word, 1, key), f"{word!r} stands in the list {key!r} twice"))
            for item in value:
                walk(item, key)

    walk(content)
    return found


def _pattern(pattern: str, example: str | None, line: int) -> Found:
    try:
        compiled = regex.compile(pattern, regex.VERBOSE | regex.VERSION1)
    except regex.error as error:
        return [(line, f"bad pattern {pattern!r}: {error}")]
    if example is not None and not compiled.match(example):
        return [(line, f"the pattern {pattern!r} does not match its example {example!r}")]
    return []
