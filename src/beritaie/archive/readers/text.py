"""A text file is one article."""

from __future__ import annotations

from collections.abc import Iterator

from beritaie.archive.readers.source import Source, decode, not_utf8
from beritaie.archive.rows import Fault, Options, Row, make_row


def read(source: Source, options: Options) -> Iterator[Row | Fault]:
    """Yield the one article of a text file; its id is the file's name without ending."""
    data = source.whole(options.max_record)
    if data is None:
        yield Fault(source.name, None, "read", f"larger than {options.max_record:,} bytes: no article; split it", source.id)
    elif not source.broken:
        try:
            text = decode(data)
        except UnicodeDecodeError as error:
            yield Fault(source.name, None, "read", not_utf8(error), source.id)
        else:
            yield make_row({"text": text, "id": source.id}, source.name, None)
