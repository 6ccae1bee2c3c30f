"""A DuckDB database with the tables, and views of what analysts ask first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from typing import TYPE_CHECKING, Any

from beritaie.archive.atomic import to_disk, told
from beritaie.archive.batches import Batches
from beritaie.arrow import PRECISION, SCALE, require
from beritaie.columns import TABLES, ColumnType
from beritaie.errors import SetupError
from beritaie.records import Document

if TYPE_CHECKING:
    import duckdb
    import pyarrow

_TYPES: dict[ColumnType, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "decimal": f"DECIMAL({PRECISION}, {SCALE})",
    "strings": "VARCHAR[]",
}
# One thread keeps the rows in order and leaves the cores to the workers.
_SETTINGS = {"threads": 1, "memory_limit": "256MB", "autoinstall_known_extensions": False, "autoload_known_extensions": False}


def require_duckdb() -> Any:
    """Return the module ``duckdb``.

    Raises:
        SetupError: it is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise SetupError("DuckDB databases need duckdb: pip install 'beritaie[archive]'") from error
    require()
    return duckdb


class DuckDBFile:
    """Writes documents into the tables of a database, many rows at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        for name, columns in TABLES.items():
            fields = [
                f'"{column}" {_TYPES[type_]}{"" if optional or type_ == "decimal" else " NOT NULL"}' for column, type_, optional in columns
            ]
            connection.execute(f"CREATE TABLE {name} ({', '.join(fields)})")
        connection.execute(resources.files("beritaie.archive").joinpath("views.sql").read_text(encoding="utf-8"))
        self._batches = Batches(self._give)

    def write(self, doc: Document) -> None:
        """Write one document.

        Raises:
            OSError: the database cannot be written.
        """
        with _as_os_error():
            self._batches.add(doc)

    def finish(self) -> None:
        """Write what is left."""
        with _as_os_error():
            self._batches.finish()
            self._connection.execute("CHECKPOINT")

    def _give(self, name: str, table: pyarrow.Table) -> None:
        self._connection.register("given", table)
        self._connection.execute(f"INSERT INTO {name} SELECT * FROM given")
        self._connection.unregister("given")


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Tell a failure of the database as what it is, one of the disk."""
    duckdb = require_duckdb()
    try:
        yield
    except duckdb.Error as error:
        raise OSError(str(error)) from error


@contextmanager
def duckdb_file(output: str) -> Iterator[DuckDBFile]:
    """Open a database for writing, which takes its name when everything is written.

    Raises:
        SetupError: the file cannot be written.
    """
    duckdb = require_duckdb()
    part = f"{output}.part"
    with told(output), _as_os_error():
        for left in (part, f"{part}.wal"):
            with suppress(FileNotFoundError):
                os.unlink(left)
        connection = duckdb.connect(part, config=_SETTINGS)
    try:
        with told(output), _as_os_error():
            written = DuckDBFile(connection)
        yield written
        with told(output):
            written.finish()
    finally:
        connection.close()
    with told(output):
        to_disk(part)
        os.replace(part, output)
        to_disk(os.path.dirname(output) or ".")
