"""What a source gives: rows, and faults where there should be one."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import msgspec

from beritaie.errors import SetupError
from beritaie.records import Document

SHOWN_KINDS = 6  # of what is passed over that are named
MAX_RECORD = 1 << 24  # bytes of one line, page or text file; far above the longest article

# Steps that list what is left out on purpose, and what to say of so many.
PASSED_OVER = {
    "language": "not Indonesian, passed over (--any-language keeps them)",
    "duplicate": "repeat an earlier article, dropped",
    "content": "pages without an article, passed over",
    "status": "answers that are a redirection or an error, passed over",
    "type": "answers that are no page (images, scripts, robots.txt), passed over",
    "ending": "files of other endings in a folder, left alone",
    "revisit": "pages that had not changed since an earlier visit, passed over",
}

_FIELDS = ("text", "id", "published", "title", "url")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNITS = {".parquet": "row", ".warc": "record"}


class Row(msgspec.Struct, frozen=True):
    """One article as a source gives it; ``line`` is its place where a file holds many, from 1: a line, row (Parquet) or record (WARC)."""

    file: str
    line: int | None
    text: str
    id: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    duplicate_of: str | None = None  # found by ``readers.read`` alone; a run finds it when the article is read

    @property
    def where(self) -> str:
        """The place of the article, for messages."""
        return place(self.file, self.line)

    def article(self, published: str | None = None) -> dict[str, Any]:
        """Return the article as ``Pipeline.pipe`` takes it; ``published`` stands in where the row has no date."""
        return {"text": self.text, "id": self.id, "published": self.published or published, "title": self.title, "url": self.url}

    def completed(self, doc: Document) -> Document:
        """Return the document with what only the row knows: the page's author, and the article that it repeats."""
        byline = doc.byline or self.author
        if byline == doc.byline and self.duplicate_of is None:
            return doc
        return msgspec.structs.replace(doc, byline=byline, duplicate_of=self.duplicate_of)


class Page(msgspec.Struct, frozen=True):
    """A page whose article is still to be found in it; fields as in ``Row``.

    ``charset`` is what the server has told of it. ``step`` is where a page without an article is at fault: it is passed over among the
    pages of a crawler (``content``), and a fault where somebody has put it among articles (``read``).
    """

    file: str
    line: int | None
    data: bytes
    id: str | None = None
    url: str | None = None
    charset: str | None = None
    step: str = "read"


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with an article, or a whole file: where, at which step, and why.

    At ``published`` only the date is at fault. At the steps of ``PASSED_OVER`` nothing is wrong: ``count`` articles or records are left out
    on purpose, and listed. At every other step there should be records, and are none.
    """

    file: str
    line: int | None
    step: str
    reason: str
    id: str | None = None
    count: int = 1

    def __str__(self) -> str:
        return f"{place(self.file, self.line)}: {self.reason}"

    @property
    def passed_over(self) -> bool:
        """Whether the article is left out on purpose, so that the run did not fail."""
        return self.step in PASSED_OVER


class Options(msgspec.Struct, frozen=True):
    """How to read.

    ``columns`` names the columns (or keys) that hold ``text``, ``id``, ``published``, ``title``, ``url`` where they are called otherwise.
    ``any_language`` keeps articles that are not Indonesian. ``duplicates``: whether articles that repeat an earlier one are kept unmarked,
    marked by ``duplicate_of``, or dropped; the last ``remember`` articles are compared. ``max_record``: bytes of the longest line or page.
    """

    columns: Mapping[str, str] = {}
    any_language: bool = False
    duplicates: Literal["keep", "mark", "drop"] = "keep"
    remember: int = 200_000
    max_record: int = MAX_RECORD

    def column(self, field: str) -> str:
        """Return the column's name for a field."""
        return self.columns.get(field, field)


def split_ending(file: str) -> tuple[str, str, str]:
    """Return (stem, ending, packing): ``("a", ".csv", ".gz")`` for ``x/a.CSV.gz``."""
    stem, ending = os.path.splitext(os.path.basename(file))
    packing = ending.lower()
    if packing in (".gz", ".zst"):
        stem, ending = os.path.splitext(stem)
    else:
        packing = ""
    return stem, ending.lower(), packing


def place(file: str, line: int | None) -> str:
    """Return ``FILE``, ``FILE line N``, ``FILE row N`` or ``FILE record N``."""
    return file if line is None else f"{file} {_UNITS.get(split_ending(file)[1], 'line')} {line}"


def most(kinds: Counter[str]) -> str:
    """Return what to say of so many of each kind: the commonest first, few of them."""
    named = [f"{count:,} {kind}" for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))]
    more = [f"{len(named) - SHOWN_KINDS} kinds more"] if len(named) > SHOWN_KINDS else []
    return ", ".join(named[:SHOWN_KINDS] + more)


def optional(module: str, what: str) -> Any:
    """Import a package of the extra ``archive``.

    Raises:
        SetupError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise SetupError(f"{what} needs {module.partition('.')[0]}: pip install 'beritaie[archive]'") from error


def make_row(
    fields: Mapping[str, Any],
    file: str,
    line: int | None,
    options: Options | None = None,
    *,
    label: str | None = None,
    author: str | None = None,
) -> Row | Fault:
    """Return the row of some fields, or the fault that says which of them is wrong; without an id it is called ``LABEL:LINE``."""
    names = {field: options.column(field) if options else field for field in _FIELDS}
    values: dict[str, Any] = {field: fields.get(name) for field, name in names.items()}
    for field in ("id", "published"):
        value = values[field]
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            values[field] = str(value)
        elif isinstance(value, dt.date):
            values[field] = value.isoformat()
        elif value == "":
            values[field] = None
    if values["id"] is None and line is not None:
        values["id"] = f"{label or Path(file).name}:{line}"
    reason = _wrong(values, names, fields)
    if reason is None:
        return Row(file, line, author=author, **values)
    id = values["id"]
    return Fault(file, line, "read", reason, _SURROGATE.sub("\ufffd", id) if isinstance(id, str) else None)


def _wrong(values: Mapping[str, Any], names: Mapping[str, str], given: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the fields of a row, or None."""
    if values["text"] is None:
        if names["text"] == "text":
            there = ", ".join(map(repr, list(given)[:12]))
            return f"no 'text'; a row has text and, if known, id, published, title, url; here: {there or 'nothing'}; name it: --text-column"
        return f"no {names['text']!r}, which --text-column names"
    for field, value in values.items():
        if value is None:
            continue
        if not isinstance(value, str):
            return f"{names[field]!r} is a JSON {json_type(value)}, not a string"
        if found := _SURROGATE.search(value):
            code = f"U+{ord(found[0]):04X}"
            return f"{names[field]!r} holds a lone surrogate ({code}, character {found.start()}), half of a character; repair the source"
    return None if values["text"].strip() else "the text is empty"


def json_type(value: object) -> str:
    """Return what JSON calls the type of a value."""
    for type_, name in ((bool, "boolean"), (str, "string"), (int | float, "number"), (list, "array"), (dict, "object")):
        if isinstance(value, type_):
            return name
    return "null" if value is None else f"value ({type(value).__name__})"
