"""WARC: the pages that a crawler stored.

Answers with status 200 that hold HTML or plain text are read. What else a crawler brings home (redirections, errors, images, pages that had
not changed) is counted, and told once for each file; its own notes (requests, metadata) hold no answer.
"""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from beritaie.archive.readers.source import Source, decode, not_utf8
from beritaie.archive.rows import Fault, Options, Page, Row, make_row, most, optional
from beritaie.errors import SetupError

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_FOR_MACHINES = ("/robots.txt", "/ads.txt", "/app-ads.txt", "/security.txt", "/llms.txt", "/humans.txt")
_DAMAGE = (OSError, ValueError, EOFError, RuntimeError)


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


def read(source: Source, options: Options) -> Iterator[Row | Page | Fault]:
    """Yield the pages; ``line`` counts all records from 1, the id is the record's, the URL that of the request."""
    warc = optional("fastwarc.warc", source.name)
    records = iter(warc.ArchiveIterator(_Forward(source.stream), parse_http=False))
    passed: dict[str, Counter[str]] = {}
    number = 0
    while True:
        try:
            record = next(records, None)
        except _DAMAGE as error:
            yield Fault(source.name, number + 1, "read", f"damaged ({error}); what follows it is lost; get a whole copy")
            break
        if record is None:
            break
        number += 1
        source.place = number
        item = _Record(record, source, number, options, warc).item()
        if isinstance(item, _Passed):
            passed.setdefault(item.step, Counter())[item.kind] += 1
        elif item is not None:
            yield item
    for step, kinds in sorted(passed.items()):
        yield Fault(source.name, None, step, f"{_REASONS[step]}: {most(kinds)}", count=kinds.total())


_REASONS = {
    "status": "redirections and errors, by status",
    "type": "answers that are no page, by type",
    "revisit": "pages that had not changed since an earlier visit, by status",
}


class _Passed(NamedTuple):
    """A record that holds no article: the step, and of which kind it is."""

    step: str
    kind: str


class _Record:
    """One record on its way to a page."""

    def __init__(self, record: Any, source: Source, number: int, options: Options, warc: Any) -> None:
        self.record, self.source, self.number, self.options = record, source, number, options
        self.types = warc.WarcRecordType
        self.id: str | None = (record.record_id or "").strip("<>").removeprefix("urn:uuid:") or None
        self.url: str | None = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None

    def fault(self, reason: str) -> Fault:
        return Fault(self.source.name, self.number, "read", reason, self.id)

    def item(self) -> Row | Page | Fault | _Passed | None:
        """Return the page, the article of a plain text, what is wrong, or what it is passed over for; None for a note of the crawler."""
        record, types = self.record, self.types
        kind, size = record.record_type, record.content_length
        if record.headers.get("Content-Length") is None:
            return self.fault("the record's header is cut off or damaged; get a whole copy")
        if kind == types.continuation or record.headers.get("WARC-Segment-Number"):
            return self.fault("a part of a record in several segments, which are not joined")
        if kind in (types.warcinfo, types.request, types.metadata):
            return None
        if kind not in (types.response, types.resource, types.conversion, types.revisit):
            return self.fault(f"a record of an unknown type ({record.headers.get('WARC-Type')!r}); get a whole copy")
        try:
            fits = size <= self.options.max_record
            if fits:
                record.freeze()
                if len(record.reader.read()) < size:
                    # else the source tells it
                    return None if self.source.broken else self.fault("the record is cut off, and with it the file; get a whole copy")
                record.reader.seek(0)
            content, charset = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower(), None
            http = kind in (types.response, types.revisit) and content in ("application/http", "")
            if http:
                record.parse_http(auto_decode="none")
            headers = record.http_headers
            status = "none" if headers is None or headers.status_code is None else str(headers.status_code)
            if kind == types.revisit:
                return _Passed("revisit", status)
            if http and status == "none":
                return self.fault("it holds no answer of HTTP; get a whole copy")
            if http and status != "200":
                return _Passed("status", status)
            data: bytes = record.reader.read() if fits else b""
            if http:
                content, charset = (record.http_content_type or "").lower(), record.http_charset
                if not headers.get("Content-Type"):
                    content = "text/html" if data.lstrip()[:1] == b"<" else ""
            path = (self.url or "").partition("?")[0].lower()
            if content not in _PAGES or (kind == types.response and path.endswith(_FOR_MACHINES)):
                return _Passed("type", content or "no type")
            if not fits:
                return self.fault(f"a page of {size:,} bytes, more than {self.options.max_record:,}: not read; raise --max-length")
            if http:
                data = _unpacked(data, headers, self.options.max_record)
            if len(data) > self.options.max_record:
                return self.fault(f"a page of more than {self.options.max_record:,} bytes when it is unpacked: not read")
        except _DAMAGE as error:
            return self.fault(f"the record is damaged ({error}); get a whole copy")
        if content == "text/plain":
            try:
                return make_row({"text": decode(data), "id": self.id, "url": self.url}, self.source.name, self.number)
            except UnicodeDecodeError as error:
                return self.fault(not_utf8(error))
        return Page(self.source.name, self.number, data, self.id, self.url, charset, "content")


def _unpacked(body: bytes, headers: Any, most: int) -> bytes:
    """Return the body without the encodings of its transfer; as it is where it has none of those that its header tells.

    Some crawlers unpack what they store, and leave the header as it was. FastWARC unpacks too, but after a body that it cannot unpack it
    finds no record any more. A body of more than ``most`` bytes is cut one byte behind.

    Raises:
        ValueError: the body is damaged, or packed in a way that we do not know.
    """
    codings = (headers.get("Content-Encoding") or "").lower().split(",") + (headers.get("Transfer-Encoding") or "").lower().split(",")
    for coding in reversed([name.strip() for name in codings]):
        if coding in ("", "identity", "none") or body.lstrip()[:1] == b"<":
            continue
        try:
            body = _CODINGS[coding](body, most)
        except KeyError:
            raise ValueError(f"the encoding {coding!r} is not known") from None
        except SetupError:
            raise
        except Exception as error:
            raise ValueError(f"not {coding} as its header says: {error}") from error
    return body


def _joined(body: bytes, most: int) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.index(b"\r\n", at)
        size = int(body[at:end].partition(b";")[0], 16)
        if size <= 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _inflated(body: bytes, most: int) -> bytes:
    for window in (47, -15):  # gzip or zlib; a bare stream, which some servers call deflate
        unpacking = zlib.decompressobj(window)
        try:
            data = unpacking.decompress(body, most + 1)
        except zlib.error:
            if window < 0:
                raise
        else:
            if not unpacking.eof and len(data) <= most:
                raise ValueError("it is cut off")
            return data
    raise AssertionError


def _brotli(body: bytes, most: int) -> bytes:
    unpacking = optional("brotli", "a page packed with Brotli").Decompressor()
    data: bytes = unpacking.process(body, output_buffer_limit=most + 1)
    if not unpacking.is_finished() and len(data) <= most:
        raise ValueError("it is cut off")
    return data


def _zstandard(body: bytes, most: int) -> bytes:
    stream = optional("zstandard", "a page packed with Zstandard").ZstdDecompressor().stream_reader(io.BytesIO(body))
    data: bytes = stream.read(most + 1)
    return data


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "chunked": _joined,
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _inflated,
    "br": _brotli,
    "zstd": _zstandard,
}
