"""A page: its article, title, date, author and address, as ``trafilatura`` finds them.

Finding them takes longer than the records do, so ``read`` gives the page as it is, and ``article`` is for the worker processes.
"""

from __future__ import annotations

import codecs
import datetime as dt
import logging
import re
from collections.abc import Iterator
from typing import Any

from beritaie.archive.readers.source import Source, decode, not_utf8
from beritaie.archive.rows import Fault, Options, Page, Row, make_row, optional

FEWEST_WORDS = 5  # what has fewer is a menu or a button, no article
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w-]{1,40})", re.IGNORECASE)
_NO_TEXT = re.compile(r"<[A-Za-z!/]|[\0-\x08\x0e-\x1f\ufffd]")  # tags, or what only pictures and programs hold
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DATES = {"original_date": True, "extensive_search": False, "max_date": dt.datetime(2100, 1, 1)}  # the same date on every day of a run

for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # what they cannot read is told as a fault, not on standard error


def read(source: Source, options: Options) -> Iterator[Page | Fault]:
    """Yield the one page of a file; its id is the file's name without ending."""
    data = source.whole(options.max_record)
    if data is None:
        yield Fault(source.name, None, "read", f"larger than {options.max_record:,} bytes: no page; split it", source.id)
    elif not source.broken:
        yield Page(source.name, None, data, source.id)


def article(page: Page) -> Row | Fault:
    """Return the article of a page, or the fault where it holds none."""
    file, line, id = page.file, page.line, page.id
    trafilatura: Any = optional("trafilatura", file)
    if not page.data.strip():
        return Fault(file, line, page.step, "the page is empty", id)
    try:
        text = decode_page(page.data, page.charset)
    except UnicodeDecodeError as error:
        return Fault(file, line, "read", not_utf8(error), id)
    if not _NO_TEXT.search(text) and len(text.split()) >= FEWEST_WORDS:  # plain text under the name of a page
        return make_row({"text": text, "id": id, "url": page.url}, file, line)
    try:
        found = trafilatura.bare_extraction(
            _DECLARED.sub("", text).replace("\0", ""),
            url=page.url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATES,
        )
    except MemoryError:
        raise
    except Exception as error:  # of whatever library beneath; one page must not cost the others
        return Fault(file, line, "read", f"trafilatura fails on the page: {type(error).__name__}: {error}", id)
    words = (found.text or "").split() if found is not None else []
    if len(words) < FEWEST_WORDS:
        only = f" (only {' '.join(words)[:60]!r})" if words else ""
        return Fault(file, line, page.step, f"no article is found in the page{only}", id)
    fields = {"text": found.text, "id": id, "published": found.date, "title": found.title, "url": page.url or found.url}
    return make_row(fields, file, line, author=found.author)


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Decode a page: by byte order mark, else UTF-8 where it is, else by the server's, else by the page's own charset, else by its bytes.

    Many old pages name a charset that they do not have, and hardly any text of another charset is UTF-8 by chance: so that goes first.

    Raises:
        UnicodeDecodeError: the bytes are in none of these.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    try:
        return decode(data)
    except UnicodeDecodeError as error:
        head = data[:4096]
        told = _XML_CHARSET.search(head) or _META_CHARSET.search(head)
        for name in (charset, told and told[1].decode("ascii")):
            if name:
                try:
                    return data.decode(name, "replace")
                except LookupError:
                    continue
        if len(data) > 4096:  # damage here and there costs its characters, not the page
            return data.decode("utf-8", "replace")
        raise error
