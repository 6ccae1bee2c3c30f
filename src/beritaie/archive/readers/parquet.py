"""Parquet: each row one article; a damaged row group costs itself alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from beritaie.archive.readers.source import Source
from beritaie.archive.rows import Fault, Options, Row, make_row, optional

_FIELDS = ("text", "id", "published", "title", "url")
_BATCH = 64  # rows held at a time


def read(source: Source, options: Options) -> Iterator[Row | Fault]:
    """Yield the articles of a Parquet file; only the columns of the article are read. A packed one is unpacked to a temporary file."""
    pyarrow = optional("pyarrow", source.name)
    parquet = optional("pyarrow.parquet", source.name)
    with ExitStack() as stack:
        file: Any = source.file
        if source.packing:
            file = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(source.stream, file)
            if source.broken:
                return
        try:
            table = parquet.ParquetFile(file, pre_buffer=False)
        except (pyarrow.ArrowException, OSError) as error:
            reason = f"no whole Parquet file ({_short(error)}); its index stands at its end, so that nothing of a cut one can be read"
            yield Fault(source.name, None, "read", reason)
            return
        there = table.schema_arrow.names
        asked = [options.column("text"), *options.columns.values()]
        if missing := next((name for name in asked if name not in there), None):
            reason = f"no column {missing!r} ({', '.join(there)}); name the right one (--text-column, ...)"
            yield Fault(source.name, None, "read", reason)
            return
        columns = [name for name in map(options.column, _FIELDS) if name in there]
        first = 1
        for group in range(table.num_row_groups):
            number = first
            size = table.metadata.row_group(group).num_rows
            try:
                for batch in table.iter_batches(_BATCH, row_groups=[group], columns=columns):
                    for fields in batch.to_pylist():
                        yield make_row(fields, source.name, number, options, label=source.label)
                        number += 1
            except (pyarrow.ArrowException, OSError) as error:
                last = first + size - 1
                yield Fault(source.name, number, "read", f"damaged ({_short(error)}); rows {number} to {last} are lost; get a whole copy")
            first += size


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
