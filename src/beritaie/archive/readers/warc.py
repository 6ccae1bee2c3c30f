"""WARC: the pages that a crawler stored. Only answers with status 200 that hold HTML or plain text are read; the rest are no articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beritaie.archive.readers import html
from beritaie.archive.readers.source import Source, decode, not_utf8
from beritaie.archive.rows import Fault, Options, Row, make_row, optional

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


class _Forward:
    """A stream that cannot go back, as FastWARC wants it: it asks for the position and skips by reading."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        ahead = offset if whence == 1 else offset - self._at
        if whence == 2 or ahead < 0:
            raise OSError("the stream goes forward only")
        while ahead > 0 and (data := self.read(min(ahead, 1 << 16))):
            ahead -= len(data)
        return self._at


def read(source: Source, options: Options) -> Iterator[Row | Fault]:
    """Yield the articles of the pages; ``line`` counts all records from 1, the id is the record's, the URL that of the request."""
    warc = optional("fastwarc.warc", source.name)
    stream_io = optional("fastwarc.stream_io", source.name)
    records = iter(warc.ArchiveIterator(_Forward(source.stream), parse_http=False))
    number = 0
    while True:
        try:
            record = next(records, None)
        except (OSError, ValueError, stream_io.StreamError) as error:
            yield Fault(source.name, number + 1, "read", f"damaged ({error}); what follows it is lost; get a whole copy")
            return
        if record is None:
            return
        number += 1
        source.place = number
        yield from _record(record, source, number, options, warc, stream_io)


def _record(record: Any, source: Source, number: int, options: Options, warc: Any, stream_io: Any) -> Iterator[Row | Fault]:
    id = (record.record_id or "").strip("<>").removeprefix("urn:uuid:") or None
    url = record.headers.get("WARC-Target-URI")
    kind = record.record_type
    if record.headers.get("Content-Length") is None:
        yield Fault(source.name, number, "read", "the record's header is cut off or damaged; get a whole copy", id)
        return
    if kind not in (warc.WarcRecordType.response, warc.WarcRecordType.resource, warc.WarcRecordType.conversion):
        return
    if record.content_length > options.max_record:
        return  # a film, an archive: read past
    try:
        size = record.content_length
        record.freeze()
        whole = len(record.reader.read()) == size
        record.reader.seek(0)
        content, charset = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower(), None
        if kind == warc.WarcRecordType.response:
            record.parse_http(auto_decode="all")
            if whole and (record.http_headers is None or record.http_headers.status_code != 200):
                return
            content, charset = record.http_content_type, record.http_charset
        data = record.reader.read()
    except (OSError, ValueError, stream_io.StreamError) as error:
        yield Fault(source.name, number, "read", f"the record is damaged ({error}); get a whole copy", id)
        return
    if not whole:
        if not source.broken:  # else the source tells it
            yield Fault(source.name, number, "read", "the record is cut off, and with it the file; get a whole copy", id)
    elif content not in _PAGES:
        return
    elif content == "text/plain":
        try:
            yield make_row({"text": decode(data), "id": id, "url": url}, source.name, number)
        except UnicodeDecodeError as error:
            yield Fault(source.name, number, "read", not_utf8(error), id)
    else:
        yield html.article(data, source.name, number, id, url, charset, "content")
