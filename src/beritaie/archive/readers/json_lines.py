"""JSON lines: each line one article."""

from __future__ import annotations

import json
from collections.abc import Iterator

from beritaie.archive.readers.source import Source, decode, not_utf8
from beritaie.archive.rows import Fault, Options, Row, json_type, make_row


def read(source: Source, options: Options) -> Iterator[Row | Fault]:
    """Yield the articles of a JSON lines file; an article without id is named after file and line."""
    for number, line in source.lines(options.max_record):
        if line is None:
            reason = f"a line of more than {options.max_record:,} bytes: no article; split it, or raise --max-length"
            yield Fault(source.name, number, "read", reason)
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(decode(line))
        except UnicodeDecodeError as error:
            yield Fault(source.name, number, "read", not_utf8(error))
        except (ValueError, RecursionError) as error:
            yield Fault(source.name, number, "read", f"not JSON: {error}; each line has to be one whole object")
        else:
            if isinstance(row, dict):
                yield make_row(row, source.name, number, options, label=source.label)
            else:
                yield Fault(source.name, number, "read", f"a JSON {json_type(row)}, not an object with 'text'")
