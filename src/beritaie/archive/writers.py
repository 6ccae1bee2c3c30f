"""Records into files, whole or not at all: a file takes its name when everything is in it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from beritaie.errors import SetupError
from beritaie.records import Document


class Writer(Protocol):
    """What takes the documents of a run, in order."""

    def write(self, doc: Document) -> None:
        """Take one document."""


class JsonLines:
    """One JSON object a line, UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, doc: Document) -> None:
        """Write one document."""
        self._stream.write(doc.to_json() + b"\n")


WRITERS = {".jsonl": JsonLines}


@contextmanager
def writer(output: str | None) -> Iterator[Writer]:
    """Open the writer for an output by its ending; None is JSON lines on standard output.

    A file is written beside its final place as ``OUTPUT.part`` and takes its name at the end; it stays so named when the run breaks off.

    Raises:
        SetupError: the ending is unknown, or the file cannot be written.
    """
    if output is None:
        yield JsonLines(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    kind = WRITERS.get(Path(output).suffix)
    if kind is None:
        raise SetupError(f"{output}: unknown ending for records; known: {', '.join(WRITERS)}")
    with replacing(output) as stream:
        yield kind(stream)


@contextmanager
def replacing(path: str) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its name only when the block ends well.

    Raises:
        SetupError: the file cannot be written; names it and the reason.
    """
    special = os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode)
    part = path if special else f"{path}.part"
    try:
        stream = open(part, "wb")  # noqa: SIM115 - closed below, where its failure is told
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield stream
    except BaseException:
        with suppress(OSError):
            stream.close()
        raise
    try:
        stream.close()
        if not special:
            os.replace(part, path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: str, error: OSError) -> SetupError:
    """Return the error that says that a file cannot be written, and why."""
    return SetupError(f"cannot write {path}: {error.strerror or error}")
