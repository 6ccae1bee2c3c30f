"""A document as HTML, a whole page or a piece for a notebook: marked-up text and tables, no script, nothing loaded from anywhere."""

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
def environment() -> Any:
    """Return the templates: they escape all text, and leave out the characters that HTML does not allow."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("beritaie.explore", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: _FORBIDDEN.sub("\ufffd", value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(doc: Document) -> str:
    """Return the document as a whole HTML page; all text is escaped."""
    return _filled("page.html", doc, heading=doc.title or doc.id or "beritaie")


def fragment(doc: Document) -> str:
    """Return the document as a piece of HTML for a notebook: styles that touch nothing else, light and dark, no script."""
    return _filled("notebook.html", doc)


def _filled(template: str, doc: Document, **more: str) -> str:
    page: str = (
        environment().get_template(template).render(facts=facts(doc), kinds=KINDS, pieces=list(pieces(doc)), tables=tables(doc), **more)
    )
    return page
