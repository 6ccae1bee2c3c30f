"""Documents gathered into Arrow batches of each table, with flat memory; the same documents give the same batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from beritaie.arrow import batch, require, schema
from beritaie.columns import TABLES, Keys, Row, rows
from beritaie.records import Document

if TYPE_CHECKING:
    import pyarrow

PACKED_AT = 1 << 20  # code points of articles whose rows are kept as Python objects
GIVEN_AT = 8 << 20  # bytes of a table that make a row group


class Batches:
    """Takes documents and gives tables, a row group at a time.

    Args:
        give: takes the name of a table and its next rows.
    """

    def __init__(self, give: Callable[[str, pyarrow.Table], None]) -> None:
        self._give = give
        self._keys = Keys()
        self._rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self._batches: dict[str, list[pyarrow.RecordBatch]] = {name: [] for name in TABLES}
        self._bytes = dict.fromkeys(TABLES, 0)
        self._length = 0

    def add(self, doc: Document) -> None:
        """Take one document."""
        for name, items in rows(doc, self._keys(doc)).items():
            self._rows[name] += items
        self._length += len(doc.text)
        if self._length >= PACKED_AT:
            self._pack()

    def finish(self) -> None:
        """Give what is left."""
        self._pack()
        for name in TABLES:
            self._flush(name)

    def _pack(self) -> None:
        self._length = 0
        for name, items in self._rows.items():
            if items:
                packed = batch(name, items)
                items.clear()
                self._batches[name].append(packed)
                self._bytes[name] += packed.nbytes
                if self._bytes[name] >= GIVEN_AT:
                    self._flush(name)

    def _flush(self, name: str) -> None:
        batches = self._batches[name]
        if batches:
            self._give(name, require().Table.from_batches(batches, schema(name)))
            batches.clear()
            self._bytes[name] = 0
