"""Records into files, whole or not at all: a file takes its name when everything is in it."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, Protocol

from beritaie.archive.atomic import replacing, told, unwritable
from beritaie.archive.duckdb_file import duckdb_file
from beritaie.archive.parquet import parquet_folder
from beritaie.errors import SetupError
from beritaie.records import Document

__all__ = ["WRITERS", "Writer", "replacing", "unwritable", "writer"]


class Writer(Protocol):
    """What takes the documents of a run, in order."""

    def write(self, doc: Document) -> None:
        """Take one document."""


class Sink(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Take some."""


class JsonLines:
    """One JSON object a line, UTF-8."""

    def __init__(self, stream: Sink) -> None:
        self._stream = stream

    def write(self, doc: Document) -> None:
        """Write one document."""
        self._stream.write(doc.to_json() + b"\n")


@contextmanager
def json_lines(output: str) -> Iterator[JsonLines]:
    """Open a file of JSON lines for writing; what ends in ``.gz`` or ``.zst`` is compressed."""
    with replacing(output) as stream:
        packed: Any = stream
        if output.endswith(".gz"):
            packed = gzip.GzipFile("", "wb", fileobj=stream, mtime=0)  # no name and no time: the same bytes in every run
        elif output.endswith(".zst"):
            try:
                import zstandard
            except ImportError as error:
                raise SetupError(f"{output} needs zstandard: pip install 'beritaie[archive]'") from error
            packed = zstandard.ZstdCompressor().stream_writer(stream, closefd=False)
        try:
            yield JsonLines(packed)
        except BaseException:
            with suppress(OSError):
                packed.close()
            raise
        if packed is not stream:
            with told(output):  # the last bytes leave only now
                packed.close()


# By the ending of the output; a path that ends with a slash is a folder of Parquet tables too.
WRITERS: dict[str, Callable[[str], AbstractContextManager[Writer]]] = {
    ".jsonl": json_lines,
    ".jsonl.gz": json_lines,
    ".jsonl.zst": json_lines,
    ".parquet": parquet_folder,
    "/": parquet_folder,
    ".duckdb": duckdb_file,
}


@contextmanager
def writer(output: str | None) -> Iterator[Writer]:
    """Open the writer for an output by its ending; None is JSON lines on standard output.

    Everything is written beside its final place as ``OUTPUT.part`` and takes its name at the end; it stays so named when the run breaks
    off. The same documents give the same bytes (of a database: the same rows).

    Raises:
        SetupError: the ending is unknown, what it needs is not installed, or the output cannot be written.
    """
    if output is None:
        yield JsonLines(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    kind = next((WRITERS[ending] for ending in WRITERS if output.endswith(ending)), None)
    if kind is None:
        raise SetupError(f"{output}: unknown ending for records; known: {', '.join(WRITERS)}")
    with kind(output) as out:
        yield out
