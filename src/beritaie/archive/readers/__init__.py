"""Articles out of files, as streams: what cannot be read becomes a ``Fault`` that names its place, and the rest goes on.

An input format is one module with ``read(source, options)``, registered by its ending in ``READERS``. What it gives is cheap to get out of
the file, and as it lies there (``raw``); what is dear, such as the article in a page, is found by ``finish``, which may run in a worker.
"""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from beritaie.archive.duplicates import Repeats
from beritaie.archive.language import foreign
from beritaie.archive.readers import csv, html, json_lines, parquet, text, warc
from beritaie.archive.readers.source import Source
from beritaie.archive.rows import MAX_RECORD, Fault, Options, Page, Row, most, optional, place, split_ending

__all__ = ["MAX_RECORD", "READERS", "STDIN", "Fault", "File", "Options", "Page", "Row", "files", "finish", "place", "raw", "read"]

STDIN = "-"
READERS: dict[str, Callable[[Source, Options], Iterator[Row | Page | Fault]]] = {
    ".txt": text.read,
    ".jsonl": json_lines.read,
    ".csv": csv.read,
    ".parquet": parquet.read,
    ".html": html.read,
    ".htm": html.read,
    ".warc": warc.read,
}
_NEEDS = {
    ".parquet": ["pyarrow.parquet"],
    ".html": ["trafilatura"],
    ".htm": ["trafilatura"],
    ".warc": ["fastwarc", "trafilatura"],
    ".zst": ["zstandard"],
}
_OWN = (".errors.jsonl", ".journal", ".part")  # what a run leaves beside its records is no article


class File(NamedTuple):
    """An input: its path, and what its articles are called after where they have no id of their own, see ``files``."""

    path: str
    label: str
    id: str


def files(inputs: Iterable[str]) -> list[File]:
    """Return the files that the inputs stand for: a folder for all files in it that have a known ending, in order of their names.

    A pattern (``2019/**/*.warc.gz``) stands for what it matches, in the same order; a file that is called just so goes first. Hidden files
    of a folder are left alone, and a file that several inputs stand for is taken once.

    An article without id is called after its file: by the path below the folder (or the fixed part of the pattern) that was given, without
    endings where a file is one article; with endings, and then as it was given, where it would be called as another is.
    """
    found: dict[str, int] = {}  # path, and where in it the label begins
    for name in inputs:
        if name == STDIN or os.path.isfile(name):
            found.setdefault(name, len(name) - len(os.path.basename(name)))
        elif os.path.isdir(name):
            root = os.path.join(name, "")
            inside = dict.fromkeys(_in_folder(root), len(root))
            found.update((path, begin) for path, begin in (inside or {name: 0}).items() if path not in found)
        elif glob.has_magic(name):
            matches = [path for path in sorted(glob.glob(name, recursive=True), key=Path) if os.path.isfile(path)]
            fixed = len(os.path.join(*_fixed_parts(name), "")) if _fixed_parts(name) else 0
            found.update((path, fixed) for path in matches or [name] if path not in found)
        else:
            found.setdefault(name, 0)
    return _named(found)


def _in_folder(folder: str, *, known: bool = True) -> Iterator[str]:
    """Yield the files below a folder whose ending is known, or those of which it is not; a folder that cannot be read as itself."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted((entry.name, entry.is_dir(), entry.is_file()) for entry in entries if not entry.name.startswith("."))
    except OSError:
        if known:
            yield folder  # to be told
        return
    for name, is_folder, is_file in inside:
        if is_folder:
            yield from _in_folder(os.path.join(folder, name, ""), known=known)
        elif is_file and (split_ending(name)[1] in READERS) == known and not name.endswith(_OWN):
            yield os.path.join(folder, name)


def left_alone(inputs: Iterable[str]) -> Iterator[Fault]:
    """Yield for each folder among the inputs one fault of the step ``ending`` that counts the files in it whose ending is not known."""
    for folder in dict.fromkeys(name for name in inputs if os.path.isdir(name)):
        endings = Counter(_ending(path) or "without ending" for path in _in_folder(os.path.join(folder, ""), known=False))
        if endings:
            yield Fault(_shown(folder), None, "ending", f"files of other endings: {most(endings)}", count=endings.total())


def _fixed_parts(pattern: str) -> tuple[str, ...]:
    parts = Path(pattern).parts
    return parts[: next(n for n, part in enumerate(parts) if glob.has_magic(part))]


def _named(found: dict[str, int]) -> list[File]:
    """Return the files with names that are distinct."""
    shown = {path: _shown(path) for path in found}
    labels = {path: _shown(path[begin:]) for path, begin in found.items()}
    ids = {path: _without_endings(label) for path, label in labels.items()}
    longer: dict[str, list[str]] = {}  # for a path whose name another has, the names that it can still take
    while again := [path for path in _twice(ids) if longer.setdefault(path, [labels[path], shown[path]])]:
        for path in again:
            ids[path] = longer[path].pop(0)
    for path in _twice(labels):
        labels[path] = shown[path]
    return [File(path, labels[path], ids[path]) for path in found]


def _twice(names: dict[str, str]) -> list[str]:
    """Return the keys whose value another has, too."""
    counts = Counter(names.values())
    return [key for key, name in names.items() if counts[name] > 1]


def _without_endings(label: str) -> str:
    stem, ending, packing = split_ending(label)
    return label[: len(label) - len(ending) - len(packing)] if stem else label


def read(inputs: Iterable[str], options: Options | None = None) -> Iterator[Row | Fault]:
    """Yield the articles of the inputs in order; whatever cannot be read as a ``Fault`` in its place.

    Args:
        inputs: names of files, folders or patterns; ``-`` is one article on standard input.
        options: how to read (default: everything, in whatever language, repeated or not).

    Raises:
        SetupError: a format needs a package that is not installed; before anything is read.
    """
    options = options or Options(any_language=True)
    names = files(inputs)
    require(names)
    repeats = None if options.duplicates == "keep" else Repeats(options.remember)
    for item in raw(names, options):
        row = item if isinstance(item, Fault) else finish(item, options)
        if isinstance(row, Fault) or repeats is None or (first := repeats.first(row.text, row.id or row.where)) is None:
            yield row
        elif options.duplicates == "drop":
            yield repetition(row, first)
        else:
            yield replace(row, duplicate_of=first)


def require(names: Iterable[File]) -> None:
    """Import what reading the files needs.

    Raises:
        SetupError: it is not installed.
    """
    for ending, path in {part: file.path for file in names for part in split_ending(file.path)[1:]}.items():
        for module in _NEEDS.get(ending, ()):
            optional(module, path)


def raw(names: Iterable[File], options: Options) -> Iterator[Row | Page | Fault]:
    """Yield what the files hold, in order, as it lies there: no article is looked for in a page, no language is heard."""
    for file in names:
        yield from _file(file, options)


def finish(item: Row | Page, options: Options) -> Row | Fault:
    """Return the article, or the fault where there is none or where it is passed over for its language."""
    row = html.article(item) if isinstance(item, Page) else item
    if not isinstance(row, Fault) and not options.any_language and (reason := foreign(row.text)):
        return Fault(row.file, row.line, "language", f"{reason}; --any-language keeps it", row.id)
    return row


def repetition(row: Row | Page, first: str) -> Fault:
    """Return the fault of an article that repeats an earlier one and is dropped."""
    return Fault(row.file, row.line, "duplicate", f"repeats {first}", row.id)


def _file(file: File, options: Options) -> Iterator[Row | Page | Fault]:
    path, name = file.path, _shown(file.path)
    if path == STDIN:
        yield from _stream(text.read, Source("<stdin>", sys.stdin.buffer, "<stdin>", None), options)
        return
    if os.path.isdir(path):
        try:
            os.listdir(path)
            yield Fault(name, None, "read", f"no file in the folder has a known ending: {_known()}")
        except OSError as error:
            yield Fault(name, None, "read", _os_reason(error, path))
        return
    reader = READERS.get(split_ending(path)[1])
    if reader is None and not (glob.has_magic(path) and not Path(path).exists()):
        yield Fault(name, None, "read", f"unknown ending {_ending(path)!r}; known: {_known()}")
        return
    try:
        with open(path, "rb") as stream:
            assert reader is not None
            yield from _stream(reader, Source(name, stream, file.label, file.id), options)
    except OSError as error:
        yield Fault(name, None, "read", _os_reason(error, path))


def _stream(
    reader: Callable[[Source, Options], Iterator[Row | Page | Fault]], source: Source, options: Options
) -> Iterator[Row | Page | Fault]:
    yield from reader(source, options)
    for trouble in source.trouble():
        yield Fault(source.name, source.place, "read", trouble)


def _shown(path: str) -> str:
    """Return a path as it can be shown and written."""
    return path.encode("utf-8", "replace").decode()


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
