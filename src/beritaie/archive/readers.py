"""Articles out of files, as streams: what cannot be read becomes a ``Fault`` that names its place, and the rest goes on."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

STDIN = "-"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Row(msgspec.Struct, frozen=True):
    """One article as a source gives it; ``line`` counts from 1 where a file holds many."""

    file: str
    line: int | None
    text: str
    id: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None

    @property
    def where(self) -> str:
        """The place of the article, for messages."""
        return place(self.file, self.line)


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with an article, or a whole file: where, at which step, and why.

    At the steps ``read`` and ``extract`` there are no records; at ``published`` only the date is at fault.
    """

    file: str
    line: int | None
    step: str
    reason: str
    id: str | None = None

    def __str__(self) -> str:
        return f"{place(self.file, self.line)}: {self.reason}"


def place(file: str, line: int | None) -> str:
    """Return ``FILE`` or ``FILE line N``."""
    return file if line is None else f"{file} line {line}"


def files(inputs: Iterable[str]) -> list[str]:
    """Return the files that the inputs stand for: a folder for all files in it that have a known ending, in order of their names."""
    found = []
    for name in inputs:
        path = Path(name)
        if name != STDIN and path.is_dir():
            found += [str(file) for file in sorted(path.rglob("*")) if file.suffix in READERS and file.is_file()]
        else:
            found.append(name)
    return found


def read(inputs: Iterable[str]) -> Iterator[Row | Fault]:
    """Yield the articles of the inputs in order; whatever cannot be read as a ``Fault`` in its place.

    Args:
        inputs: names of files or folders; ``-`` is one article on standard input.
    """
    for path in files(inputs):
        name = path.encode("utf-8", "replace").decode()  # as it can be shown and written
        reader = _text if path == STDIN else READERS.get(Path(name).suffix)
        if reader is None:
            yield Fault(name, None, "read", f"unknown ending {Path(name).suffix!r}; known: {', '.join(READERS)}")
            continue
        try:
            if path == STDIN:
                yield from reader(sys.stdin.buffer, "<stdin>")
            else:
                with open(path, "rb") as stream:
                    yield from reader(stream, name)
        except OSError as error:
            yield Fault(name, None, "read", _os_reason(error))


def _os_reason(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{reason}; check the name" if isinstance(error, FileNotFoundError) else reason


def _text(stream: BinaryIO, name: str) -> Iterator[Row | Fault]:
    """Yield the one article of a text file; its id is the file's name without ending."""
    id = None if name.startswith("<") else Path(name).stem
    try:
        text = _decode(stream.read())
    except UnicodeDecodeError as error:
        yield Fault(name, None, "read", _not_utf8(error), id)
        return
    yield _row({"text": text, "id": id}, name, None)


def _json_lines(stream: BinaryIO, name: str) -> Iterator[Row | Fault]:
    """Yield the articles of a JSON lines file; an article without id is named after file and line."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(_decode(line))
        except UnicodeDecodeError as error:
            yield Fault(name, number, "read", _not_utf8(error))
        except (ValueError, RecursionError) as error:
            yield Fault(name, number, "read", f"not JSON: {error}; each line has to be one whole object")
        else:
            yield _row(row, name, number)


READERS: dict[str, Callable[[BinaryIO, str], Iterator[Row | Fault]]] = {".txt": _text, ".jsonl": _json_lines}


def _row(row: Any, name: str, number: int | None) -> Row | Fault:
    if not isinstance(row, dict):
        return Fault(name, number, "read", f"a JSON {_json_type(row)}, not an object with 'text'")
    fields: dict[str, Any] = {key: row.get(key) for key in ("id", "text", "published", "title", "url")}
    if isinstance(fields["id"], int) and not isinstance(fields["id"], bool):
        fields["id"] = str(fields["id"])
    if fields["id"] is None and number is not None:
        fields["id"] = f"{Path(name).name}:{number}"
    reason = _wrong(fields)
    if reason is None:
        return Row(name, number, **fields)
    id = fields["id"]
    return Fault(name, number, "read", reason, _SURROGATE.sub("\ufffd", id) if isinstance(id, str) else None)


def _wrong(fields: dict[str, Any]) -> str | None:
    """Return what is wrong with the fields of a row, or None."""
    if fields["text"] is None:
        return "no 'text'; a row has text and, if known, id, published, title, url"
    for key, value in fields.items():
        if value is None:
            continue
        if not isinstance(value, str):
            return f"{key!r} is a JSON {_json_type(value)}, not a string"
        if found := _SURROGATE.search(value):
            code = f"U+{ord(found[0]):04X}"
            return f"{key!r} holds a lone surrogate ({code}, character {found.start()}), half of a character; repair the source"
    return None if fields["text"].strip() else "the text is empty"


def _decode(data: bytes) -> str:
    """Decode UTF-8, without a byte order mark."""
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")


def _not_utf8(error: UnicodeDecodeError) -> str:
    data = error.object
    charset = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "WINDOWS-1252"
    return f"not UTF-8: byte 0x{data[error.start]:02x} at {error.start}; convert it first, for example with iconv -f {charset} -t UTF-8"


def _json_type(value: object) -> str:
    for type_, name in ((bool, "boolean"), (str, "string"), (int | float, "number"), (list, "array"), (dict, "object")):
        if isinstance(value, type_):
            return name
    return "null"
