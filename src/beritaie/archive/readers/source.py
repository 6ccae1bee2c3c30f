"""The bytes of a file, unpacked as a stream; damage ends the stream, and is told after what came before it."""

from __future__ import annotations

import codecs
import io
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from beritaie.archive.rows import optional, split_ending

_CHUNK = 1 << 16
_ZSTD_CHUNK = 1 << 12  # a few bytes of Zstandard can stand for 128 KiB, so it is fed little at a time
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_PAIR = re.compile(rb"[\xc3-\xf4][\x80-\xbf]|\xc2[\xa0-\xbf]")


class Source:
    """An opened input: its name as shown, its unpacked bytes, and (after reading) what was wrong with them.

    Args:
        name: the name as shown.
        file: the bytes as they lie there.
        label: what its articles are called after where they have no id: ``LABEL:LINE``.
        id: what its article is called where it holds just one.
    """

    def __init__(self, name: str, file: BinaryIO, label: str, id: str | None) -> None:
        self.name, self.label, self.id = name, label, id
        self.packing = split_ending(name)[2]
        self.file = file
        self.place: int | None = None  # where the reader is, for the fault of a broken stream
        self._unpacked = _Unpacked(file, self.packing) if self.packing else None
        self.stream: BinaryIO = io.BufferedReader(self._unpacked, _CHUNK) if self._unpacked else file
        self._before = self._state()

    def _state(self) -> tuple[int, int] | None:
        with suppress(OSError, io.UnsupportedOperation):
            state = os.fstat(self.file.fileno())
            if state.st_size:  # pipes and devices have none
                return state.st_size, state.st_mtime_ns
        return None

    @property
    def broken(self) -> bool:
        """Whether the packed stream has ended where it should not."""
        return self._unpacked is not None and self._unpacked.damage is not None

    def trouble(self) -> Iterator[str]:
        """Yield what is wrong with the file as a whole; ask when everything is read."""
        if self._unpacked is not None and self._unpacked.damage is not None:
            yield self._unpacked.damage
        if self._before != self._state():
            yield "the file changed while it was read: what was read may be a mixture; read it again when it is complete"

    def whole(self, limit: int) -> bytes | None:
        """Return everything, or None where that is more than the limit."""
        data = self.stream.read(limit + 1)
        return data if len(data) <= limit else None

    def lines(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """Yield each line with its number from 1, None for one over the limit; a line that the damage of the file cuts is left out."""
        stream = _in_utf8(self.stream)
        number = 0
        while line := stream.readline(limit):
            number += 1
            self.place = number
            ended = line.endswith(b"\n")
            if not ended and len(line) == limit:
                while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                    pass
                yield number, None
            elif ended or not self.broken:
                yield number, line
        if not self.broken:
            self.place = None


class _Unpacked(io.RawIOBase):
    """A gzip or Zstandard file, of any number of members, as a raw stream that ends at damage."""

    def __init__(self, file: BinaryIO, packing: str) -> None:
        self._file = file
        self._gzip = packing == ".gz"
        self._zstd: Any = None if self._gzip else optional("zstandard", "a .zst file")
        self._error: type[Exception] = self._zstd.ZstdError if self._zstd else zlib.error
        self._member: Any = None
        self._held = b""  # unpacked, not yet given
        self._rest = b""  # packed, not yet unpacked
        self.damage: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held and self.damage is None:
            packed = self._rest or self._file.read(_CHUNK if self._gzip else _ZSTD_CHUNK)
            self._rest = b""
            if not packed:
                if self._member is not None:
                    self.damage = "the compressed file is cut off; what stands before the cut is read; get a whole copy"
                break
            self._unpack(packed)
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        return count

    def _unpack(self, packed: bytes) -> None:
        if self._member is None:
            if self._gzip and not packed.strip(b"\0"):
                return  # padding behind the last member
            self._member = zlib.decompressobj(31) if self._gzip else self._zstd.ZstdDecompressor().decompressobj()
        try:
            if self._gzip:
                self._held = self._member.decompress(packed, _CHUNK)
                self._rest = self._member.unconsumed_tail
            else:
                self._held = self._member.decompress(packed)
        except self._error as error:
            self.damage = f"the compressed file is damaged ({error}); what stands before the damage is read; get a whole copy"
            return
        if self._member.eof:
            self._rest = self._member.unused_data
            self._member = None


def _in_utf8(stream: BinaryIO) -> BinaryIO:
    """Return the stream, as UTF-8 where a byte order mark says that it is UTF-16 or UTF-32."""
    peek = getattr(stream, "peek", None)
    start: bytes = peek(4)[:4] if peek else b""
    for mark, charset in _BOMS:
        if start.startswith(mark):
            return stream if charset == "utf-8" else io.BufferedReader(_Recoded(stream, charset), _CHUNK)
    return stream


class _Recoded(io.RawIOBase):
    """A stream of another charset as UTF-8; what is no character becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, charset: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(charset)("replace")
        self._held = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held and not self._ended:
            data = self._stream.read(_CHUNK)
            self._ended = not data
            self._held = self._decoder.decode(data, final=self._ended).encode("utf-8", "replace")
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        return count


def decode(data: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, else as UTF-16 that shows as such, else as Windows-1252.

    Raises:
        UnicodeDecodeError: the bytes are damaged UTF-8: some characters are, some are not.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset)
    head = data[:2000]
    if head.count(0) > len(head) // 4 and len(data) % 2 == 0:  # Latin text in UTF-16 is zero in every other byte
        with suppress(UnicodeDecodeError):
            return data.decode("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _UTF8_PAIR.search(data):
            raise
        try:
            return data.decode("windows-1252")
        except UnicodeDecodeError:
            pass
        raise


def not_utf8(error: UnicodeDecodeError) -> str:
    """Return what to say of bytes that are in no charset that we know."""
    if error.encoding != "utf-8":
        return f"damaged {error.encoding.upper()} ({error.reason} at byte {error.start}); get a whole copy"
    byte = error.object[error.start]
    return f"not UTF-8: byte 0x{byte:02x} at {error.start}, in none of the charsets that are tried; convert or repair it first"
