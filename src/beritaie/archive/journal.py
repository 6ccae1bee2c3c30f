"""The journal of a run, ``OUT.journal``: what was made of every article, so that a run that breaks off can go on.

A text file: a head that says of which run it is, then one line for each article in input order, and before each line the checksum
(CRC-32) of it. Only its valid beginning counts: a line that a power cut tore, and all behind it, is cut away and done again. The output
is always written from the first record on, out of the journal and then out of the pipeline, so that it cannot tell where it was broken.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

import beritaie
from beritaie import lexicon
from beritaie.archive.atomic import to_disk, told
from beritaie.archive.readers import STDIN, Fault, File, Page, Row, place
from beritaie.errors import SetupError
from beritaie.pipeline import Pipeline
from beritaie.records import Document

FSYNC_SECONDS = 5.0  # what a power cut may cost; a killed process costs only the articles that are under way
_PACKAGE = Path(beritaie.__file__).parent


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be the same for a run to go on. Digests are of the content of files, so that an edited lexicon is noticed too."""

    journal: int = 2
    version: str
    library: str
    lexicon: str
    model: str
    packages: dict[str, str]
    not_after: str
    options: dict[str, Any]
    inputs: str


class Outcome(msgspec.Struct, frozen=True):
    """What was made of an article or page: its document, or what is wrong; both where only the date is."""

    doc: Document | None = None
    fault: Fault | None = None


class Entry(msgspec.Struct, frozen=True):
    """A finished article: its id, the digest of all that was read of it, and what was made of it."""

    id: str | None
    content: str
    outcome: Outcome


def path_of(output: str) -> str:
    """Return the name of the journal that belongs to an output."""
    return f"{output.rstrip('/')}.journal"


def head_of(nlp: Pipeline, names: Sequence[File], options: dict[str, Any]) -> Head:
    """Return the head for a run of this pipeline over these files with these options."""
    own = lexicon.extension()
    return Head(
        version=beritaie.__version__,
        library=_digest_files(_PACKAGE, ["**/*.py"]),
        lexicon=_digest_files(_PACKAGE / "lexicon", ["*.tsv", "*.toml"]) + ("+" + _digest_files(own, ["*.tsv"]) if own else ""),
        model=_model(nlp),
        packages={name: _version(name) for name in ("regex", "dateparser", "spacy", "stanza", "trafilatura", "htmldate", "lxml")},
        not_after=nlp.not_after.isoformat(),
        options={"max_length": nlp.max_length, **options},
        inputs=_digest_inputs(names),
    )


def read_head(output: str) -> Head | None:
    """Return the head of the journal of an output, None where there is none."""
    try:
        with open(path_of(output), "rb") as stream:
            return _decode(stream.readline(), Head)
    except OSError:
        return None


@contextmanager
def journal(output: str, head: Head, *, resume: bool = False, restart: bool = False) -> Iterator[Journal]:
    """Open the journal of an output; it goes when the block ends well, and stays, to go on from, when it does not.

    Raises:
        SetupError: there is a journal and neither ``resume`` nor ``restart`` is asked for; it is of another run (names what differs);
            another process writes it; it cannot be written.
    """
    path = path_of(output)
    with told(output):
        stream = open(path, "a+b")  # noqa: SIM115 - closed below, whatever happens
        to_disk(os.path.dirname(path) or ".")  # so that a power cut leaves its name
    try:
        _lock(stream, output)
        with told(output):
            found = _found(stream, path)
            if found is not None and not (resume or restart):
                raise SetupError(
                    f"{path} holds what an earlier run has done; the same command with --resume goes on, with --restart begins anew"
                )
            if found is not None and not restart:
                _refuse_other(path, found, head)
            else:
                stream.truncate(0)
                found = None
        book = Journal(output, stream, None if found else head)
    except BaseException:
        stream.close()
        raise
    try:
        yield book
    except BaseException as error:
        with suppress(OSError):
            book.sync()
        if book.empty:
            _unlink(path)
        else:
            error.add_note("what is done is kept; the same command with --resume goes on")
        with suppress(OSError):
            stream.close()
        raise
    _unlink(path)
    stream.close()


class Journal:
    """An open journal: first give what is in it, then take what is new."""

    def __init__(self, output: str, stream: BinaryIO, head: Head | None) -> None:
        self.output = output
        self._stream = stream
        self._encoder = msgspec.json.Encoder()
        self._synced = time.monotonic()
        self.empty = head is not None
        if head is not None:
            with told(output):
                stream.write(_line(self._encoder.encode(head)))
                self.sync()

    def entries(self) -> Iterator[Entry]:
        """Yield what earlier runs have done; cut away behind it what is not whole."""
        stream = self._stream
        stream.seek(0)
        good = len(stream.readline())
        stream.seek(good)
        while (entry := _decode(line := stream.readline(), Entry)) is not None:
            yield entry
            good += len(line)
        with told(self.output):
            stream.truncate(good)

    def add(self, row: Row | Page, outcome: Outcome) -> None:
        """Take a finished article."""
        with told(self.output):
            self._stream.write(_line(self._encoder.encode(Entry(row.id, digest(row), outcome))))
            self._stream.flush()
            self.empty = False
            if time.monotonic() - self._synced > FSYNC_SECONDS:
                self.sync()

    def sync(self) -> None:
        """Wait until the disk has it all."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._synced = time.monotonic()

    def check(self, entry: Entry, row: Row | Page | None) -> Row | Page:
        """Return the article, which has to be that of the entry.

        Raises:
            SetupError: it is not: the input has changed.
        """
        if row is None:
            raise self._changed(f"there are fewer articles now: {entry.id!r} is missing")
        if (entry.id, entry.content) != (row.id, digest(row)):
            raise self._changed(f"{place(row.file, row.line)} is not the article {entry.id!r} that was read then")
        return row

    def _changed(self, what: str) -> SetupError:
        return SetupError(
            f"the input has changed since {path_of(self.output)} was begun: {what}; put it back to go on, or begin anew with --restart"
        )


def digest(row: Row | Page) -> str:
    """Return the digest of all that was read of an article, wherever it lies."""
    values = [getattr(row, name) for name in row.__struct_fields__ if name not in ("file", "line")]
    return hashlib.blake2b(msgspec.msgpack.encode(values), digest_size=16).hexdigest()


def _line(content: bytes) -> bytes:
    return b"%08x %b\n" % (zlib.crc32(content), content)


def _decode(line: bytes, type_: Any) -> Any:
    """Return what a line holds, None if it is not whole."""
    content = line[9:-1]
    if not line.endswith(b"\n") or line[:9] != b"%08x " % zlib.crc32(content):
        return None
    try:
        return msgspec.json.decode(content, type=type_)
    except msgspec.DecodeError:
        return None


def _found(stream: BinaryIO, path: str) -> Head | None:
    """Return the head of an opened journal, None if it is empty or was torn before anything was done."""
    stream.seek(0)
    line = stream.readline()
    head: Head | None = _decode(line, Head)
    if head is None and line.strip(b"\0") and line.endswith(b"\n"):
        raise SetupError(f"{path} is no journal that this version can read; move it away, or begin anew without it")
    if head is not None and not stream.read(1):
        return None  # nothing done yet: nothing to ask about
    return head


def _refuse_other(path: str, old: Head, new: Head) -> None:
    told_names = {
        "inputs": "inputs (other files, or other sizes)",
        "library": "code of the library",
        "packages": "versions of packages",
        "options": "options " + ", ".join(sorted(k for k in old.options.keys() | new.options if old.options.get(k) != new.options.get(k))),
    }
    different = []
    new = msgspec.json.decode(msgspec.json.encode(new), type=Head)
    for name in old.__struct_fields__:
        before, now = getattr(old, name), getattr(new, name)
        if before != now:
            short = name in ("version", "model", "not_after")
            different.append(told_names.get(name, name) + (f" ({before} then, {now} now)" if short else ""))
    if different:
        raise SetupError(
            f"{path} is of a run with another {', another '.join(different)}; go on with --resume as it was begun, "
            "or begin anew with --restart"
        )


def _lock(stream: BinaryIO, output: str) -> None:
    """Hold the journal for this process; the lock goes with the process, however it ends, and its children do not have it."""
    try:
        fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise SetupError(f"another process is writing {output}") from error
    except OSError:
        pass  # a file system without locks


def _unlink(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


def _digest_inputs(names: Iterable[File]) -> str:
    """Return the digest of names and sizes; what is inside is compared article by article."""
    found = hashlib.blake2b(digest_size=16)
    for name, *_ in names:
        size = os.path.getsize(name) if name != STDIN and os.path.isfile(name) else None
        found.update(msgspec.msgpack.encode((name.encode("utf-8", "surrogateescape"), size)))
    return found.hexdigest()


def _digest_files(folder: Path, patterns: Iterable[str]) -> str:
    found = hashlib.blake2b(digest_size=16)
    for file in sorted(file for pattern in patterns for file in folder.glob(pattern) if file.is_file()):
        found.update(str(file.relative_to(folder)).encode("utf-8", "surrogateescape") + b"\0")
        with open(file, "rb") as stream:
            found.update(hashlib.file_digest(stream, "blake2b").digest())
    return found.hexdigest()


def _model(nlp: Pipeline) -> str:
    name = nlp.model if nlp.package is None else f"{nlp.model} {nlp.package}"
    if nlp.model == "rules":
        return name
    folder = Path(nlp.model) if os.path.isdir(nlp.model) else _PACKAGE / "models"
    return f"{name} {_digest_files(folder.resolve(), ['**/*'])}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"
