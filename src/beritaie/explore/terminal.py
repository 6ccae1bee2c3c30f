"""A document in the terminal: the text with ANSI colours, or with plain brackets, and its records below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import shorten

from beritaie.explore.listing import facts, tables
from beritaie.explore.marks import KINDS, pieces
from beritaie.records import Document

WIDEST = 60  # characters of a table's cell
RESET = "\x1b[0m"
STYLES = {
    "person": "\x1b[1;34m",
    "position": "\x1b[36m",
    "organization": "\x1b[1;35m",
    "place": "\x1b[32m",
    "money": "\x1b[1;33m",
    "time": "\x1b[31m",
    "quote": "\x1b[3m",
    "abbreviation": "\x1b[4m",
}
# Whatever could move the cursor or change the terminal: an article must not.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def render(doc: Document, *, colour: bool) -> str:
    """Return the document as text for a terminal.

    Args:
        doc: the document.
        colour: mark with ANSI colours; otherwise with brackets, as in ``[Rp100 juta|money]``.
    """
    return "\n".join(_lines(doc, colour)) + "\n"


def _lines(doc: Document, colour: bool) -> Iterator[str]:
    for name, value in facts(doc):
        yield f"{_bold(name, colour)}: {shown(value)}"
    if colour:
        yield "  ".join(f"{STYLES[kind]}{kind}{RESET}" for kind in KINDS)
    yield ""
    yield _coloured(doc) if colour else _bracketed(doc)
    for heading, (header, rows) in tables(doc).items():
        yield ""
        yield _bold(heading, colour)
        cells = [header, *([shown(shorten(cell, WIDEST, placeholder=" ...")) for cell in row] for row in rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
        for row in cells:
            yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()


def _coloured(doc: Document) -> str:
    return "".join(
        "".join(STYLES[mark.kind] for mark in piece.marks) + shown(piece.text) + RESET if piece.marks else shown(piece.text)
        for piece in pieces(doc)
    )


def _bracketed(doc: Document) -> str:
    """Put the text of each mark in brackets; marks that cross another are closed with it."""
    out: list[str] = []
    opened: list[str] = []
    for piece in pieces(doc):
        kinds = [mark.kind for mark in piece.marks]
        kept = 0
        while kept < min(len(opened), len(kinds)) and opened[kept] == kinds[kept] and piece.marks[kept] not in piece.opens:
            kept += 1
        out += [f"|{kind}]" for kind in reversed(opened[kept:])]
        out += ["["] * (len(kinds) - kept)
        out.append(shown(piece.text))
        opened = kinds
    return "".join([*out, *(f"|{kind}]" for kind in reversed(opened))])


def _bold(text: str, colour: bool) -> str:
    return f"\x1b[1m{text}{RESET}" if colour else text


def shown(text: str) -> str:
    """Return the text without what could move the cursor or change the terminal."""
    return _CONTROL.sub("\ufffd", text)
