"""A document as one HTML file: marked-up text and tables, no script, nothing loaded from anywhere."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from beritaie.explore.listing import facts, tables
from beritaie.explore.marks import KINDS, pieces
from beritaie.records import Document

# What HTML does not allow in a document, even escaped.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("beritaie.explore", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: _FORBIDDEN.sub("\ufffd", value) if isinstance(value, str) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def render(doc: Document) -> str:
    """Return the document as a whole HTML page; all text is escaped."""
    return _template().render(
        heading=doc.title or doc.id or "beritaie", facts=facts(doc), kinds=KINDS, pieces=list(pieces(doc)), tables=tables(doc)
    )
