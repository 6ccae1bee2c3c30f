"""Articles out of files, as streams: what cannot be read becomes a ``Fault`` that names its place, and the rest goes on.

An input format is one module with ``read(source, options)``, registered by its ending in ``READERS``.
"""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from beritaie.archive.duplicates import Repeats
from beritaie.archive.language import foreign
from beritaie.archive.readers import csv, html, json_lines, parquet, text, warc
from beritaie.archive.readers.source import Source
from beritaie.archive.rows import MAX_RECORD, Fault, Options, Row, optional, place, split_ending

__all__ = ["MAX_RECORD", "READERS", "STDIN", "Fault", "Options", "Row", "files", "place", "read"]

STDIN = "-"
READERS: dict[str, Callable[[Source, Options], Iterator[Row | Fault]]] = {
    ".txt": text.read,
    ".jsonl": json_lines.read,
    ".csv": csv.read,
    ".parquet": parquet.read,
    ".html": html.read,
    ".htm": html.read,
    ".warc": warc.read,
}
_NEEDS = {".parquet": "pyarrow.parquet", ".html": "trafilatura", ".htm": "trafilatura", ".warc": "fastwarc", ".zst": "zstandard"}
_OWN = (".errors.jsonl",)  # what a run leaves beside its records is no article


def files(inputs: Iterable[str]) -> list[str]:
    """Return the files that the inputs stand for: a folder for all files in it that have a known ending, in order of their names.

    A pattern (``2019/**/*.warc.gz``) stands for what it matches, in the same order; a file that is called just so goes first.
    """
    found: list[str] = []
    for name in inputs:
        path = Path(name)
        if name == STDIN or path.is_file():
            found.append(name)
        elif path.is_dir():
            found += _in_folder(path) or [name]
        elif glob.has_magic(name):
            matches = sorted(map(Path, glob.glob(name, recursive=True)))
            found += [str(match) for match in matches if match.is_file()] or [name]
        else:
            found.append(name)
    return found


def _in_folder(folder: Path) -> list[str]:
    return [
        str(file)
        for file in sorted(folder.rglob("*"))
        if split_ending(file.name)[1] in READERS and not file.name.endswith(_OWN) and file.is_file()
    ]


def read(inputs: Iterable[str], options: Options | None = None) -> Iterator[Row | Fault]:
    """Yield the articles of the inputs in order; whatever cannot be read as a ``Fault`` in its place.

    Args:
        inputs: names of files, folders or patterns; ``-`` is one article on standard input.
        options: how to read (default: everything, in whatever language, repeated or not).

    Raises:
        SetupError: a format needs a package that is not installed; before anything is read.
    """
    options = options or Options(any_language=True)
    paths = files(inputs)
    for ending, path in {part: name for name in paths for part in split_ending(name)[1:]}.items():
        if ending in _NEEDS:
            optional(_NEEDS[ending], path)
    repeats = None if options.duplicates == "keep" else Repeats(options.remember)
    for path in paths:
        for row in _file(path, options):
            if isinstance(row, Fault):
                yield row
            elif not options.any_language and (reason := foreign(row.text)):
                yield Fault(row.file, row.line, "language", f"{reason}; --any-language keeps it", row.id)
            elif repeats is None or (first := repeats.first(row.text, row.id or row.where)) is None:
                yield row
            elif options.duplicates == "drop":
                yield Fault(row.file, row.line, "duplicate", f"repeats {first}", row.id)
            else:
                yield replace(row, duplicate_of=first)


def _file(path: str, options: Options) -> Iterator[Row | Fault]:
    name = path.encode("utf-8", "replace").decode()  # as it can be shown and written
    if path == STDIN:
        yield from _stream(text.read, Source("<stdin>", sys.stdin.buffer), options)
        return
    if Path(path).is_dir():
        yield Fault(name, None, "read", f"no file in the folder has a known ending: {_known()}")
        return
    reader = READERS.get(split_ending(path)[1])
    if reader is None and not (glob.has_magic(path) and not Path(path).exists()):
        yield Fault(name, None, "read", f"unknown ending {_ending(path)!r}; known: {_known()}")
        return
    try:
        with open(path, "rb") as file:
            assert reader is not None
            yield from _stream(reader, Source(name, file), options)
    except OSError as error:
        yield Fault(name, None, "read", _os_reason(error, path))


def _stream(reader: Callable[[Source, Options], Iterator[Row | Fault]], source: Source, options: Options) -> Iterator[Row | Fault]:
    yield from reader(source, options)
    for trouble in source.trouble():
        yield Fault(source.name, source.place, "read", trouble)


def _ending(path: str) -> str:
    _, ending, packing = split_ending(path)
    return ending + packing


def _known() -> str:
    return f"{', '.join(READERS)}, each also .gz and .zst"


def _os_reason(error: OSError, path: str) -> str:
    reason = error.strerror or str(error)
    if not isinstance(error, FileNotFoundError):
        return reason
    return "no file matches; check the pattern" if glob.has_magic(path) else f"{reason}; check the name"
