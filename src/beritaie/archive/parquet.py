"""A folder of Parquet files, one for each table."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beritaie.archive.atomic import to_disk, told
from beritaie.archive.batches import Batches
from beritaie.arrow import require, schema
from beritaie.columns import TABLES
from beritaie.errors import SetupError
from beritaie.records import Document

if TYPE_CHECKING:
    import pyarrow

FILES = {name: f"{name}.parquet" for name in TABLES}


class ParquetFolder:
    """Writes documents as ``articles.parquet``, ``people.parquet`` and so on, a row group at a time."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        from pyarrow import parquet

        def open_(name: str) -> Any:
            return stack.enter_context(parquet.ParquetWriter(folder / FILES[name], schema(name), compression="zstd"))

        self._files = {name: open_(name) for name in TABLES}
        self._batches = Batches(self._give)

    def write(self, doc: Document) -> None:
        """Write one document."""
        self._batches.add(doc)

    def finish(self) -> None:
        """Write what is left."""
        self._batches.finish()

    def _give(self, name: str, table: pyarrow.Table) -> None:
        self._files[name].write_table(table, row_group_size=table.num_rows)


@contextmanager
def parquet_folder(output: str) -> Iterator[ParquetFolder]:
    """Open a folder of tables for writing; an older one of this kind gives way when everything is written.

    Raises:
        SetupError: what stands there is no folder of tables; it is left alone. Or the files cannot be written.
    """
    require()
    folder = Path(output)
    part, old = (folder.with_name(folder.name + ending) for ending in (".part", ".old"))
    with ExitStack() as stack:
        with told(output):
            for left in (folder, part, old):
                _refuse_strange(left)
            if old.exists() and not folder.exists():
                old.rename(folder)  # a run was killed between its last two steps
            for left in (part, old):
                if left.exists():
                    shutil.rmtree(left)
            part.mkdir()
            written = ParquetFolder(part, stack)
        yield written
        with told(output):
            written.finish()
            stack.close()
    with told(output):
        for name in FILES.values():
            to_disk(part / name)
        to_disk(part)
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
        to_disk(folder.parent)
        if old.exists():
            shutil.rmtree(old)


def _refuse_strange(folder: Path) -> None:
    """Refuse to replace what no run has written."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise SetupError(f"{folder} is not a folder of tables; write the records elsewhere")
    strange = sorted(set(os.listdir(folder)) - set(FILES.values()))
    if strange:
        raise SetupError(f"{folder} holds {strange[0]!r}, which is none of the tables; write the records elsewhere")
