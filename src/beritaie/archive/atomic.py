"""Files that take their name only when everything is in them, and are on the disk then."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from beritaie.errors import SetupError


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
        if not special:
            stream.flush()
            os.fsync(stream.fileno())
        stream.close()
        if not special:
            os.replace(part, path)
            to_disk(os.path.dirname(path) or ".")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: str, error: OSError) -> SetupError:
    """Return the error that says that a file cannot be written, and why."""
    remedy = "; make its folder first" if isinstance(error, FileNotFoundError) else ""
    return SetupError(f"cannot write {path}: {error.strerror or error}{remedy}")


@contextmanager
def told(path: str) -> Iterator[None]:
    """Tell a failure of the disk as ``unwritable``."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def to_disk(path: str | Path) -> None:
    """Wait until the disk has a file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
