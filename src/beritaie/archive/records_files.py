"""Documents back from any output of ``extract``."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from beritaie import columns
from beritaie.archive.duckdb_file import require_duckdb
from beritaie.archive.parquet import FILES
from beritaie.arrow import require
from beritaie.columns import TABLES
from beritaie.errors import InputError, SetupError
from beritaie.records import Document

ROWS = 8192  # read at a time, of each table
Rows = Iterable[Mapping[str, Any]]


def read_records(path: str | Path) -> Iterator[Document]:
    """Yield the documents of an output of ``extract``, in its order, with flat memory; ``beritaie.tables`` makes data frames of them.

    Args:
        path: a ``.jsonl`` file (also ``.jsonl.gz``, ``.jsonl.zst``), a folder of Parquet tables, or a ``.duckdb`` database.

    Raises:
        InputError: there is no such file, it is damaged, or none of these.
        SetupError: what reads it is not installed.
    """
    name = str(path)
    if not Path(path).exists():
        raise InputError(f"{name}: no such file or folder; check the name")
    if name.endswith((".jsonl", ".jsonl.gz", ".jsonl.zst")):
        return _json_lines(name)
    if Path(path).is_dir():
        return _joined(_parquet(Path(path)), name)
    if name.endswith(".duckdb"):
        return _duckdb(name)
    raise InputError(f"{name}: not an output of extract; known: .jsonl, .jsonl.gz, .jsonl.zst, folders of Parquet tables, .duckdb")


def _json_lines(name: str) -> Iterator[Document]:
    decoder = msgspec.json.Decoder(Document)
    number = 0
    with ExitStack() as stack:
        stream: Any = stack.enter_context(open(name, "rb"))
        errors: tuple[type[Exception], ...] = (OSError, EOFError)
        if name.endswith(".gz"):
            stream = stack.enter_context(gzip.open(stream))
        elif name.endswith(".zst"):
            try:
                import zstandard
            except ImportError as error:
                raise SetupError(f"{name} needs zstandard: pip install 'beritaie[archive]'") from error
            stream = io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True))
            errors = (*errors, zstandard.ZstdError)
        lines = iter(stream)
        while True:
            number += 1
            try:
                line = next(lines, None)
                if line is None:
                    return
                doc = decoder.decode(line) if line.strip() else None
            except msgspec.MsgspecError as error:
                raise InputError(f"{name} line {number}: not a document as extract writes it: {error}") from error
            except errors as error:
                raise InputError(f"{name} line {number}: the file is damaged: {error}") from error
            if doc is not None:
                yield doc


def _parquet(folder: Path) -> dict[str, Rows]:
    require()
    from pyarrow import ArrowException, dataset

    def rows(name: str) -> Iterator[dict[str, Any]]:
        try:
            for batch in dataset.dataset(folder / FILES[name], format="parquet").to_batches(batch_size=ROWS, batch_readahead=1):
                yield from batch.to_pylist()
        except (OSError, ArrowException) as error:
            raise InputError(f"{folder / FILES[name]}: {error}") from error

    return {name: rows(name) for name in TABLES}


def _duckdb(name: str) -> Iterator[Document]:
    duckdb = require_duckdb()

    def rows(table: str) -> Iterator[dict[str, Any]]:
        with connection.cursor() as cursor:
            for batch in cursor.sql(f"SELECT * FROM {table} ORDER BY rowid").to_arrow_reader(ROWS):
                yield from batch.to_pylist()

    try:
        with duckdb.connect(name, read_only=True) as connection:
            yield from _joined({table: rows(table) for table in TABLES}, name)
    except duckdb.Error as error:
        raise InputError(f"{name}: {error}") from error


def _joined(tables: Mapping[str, Rows], name: str) -> Iterator[Document]:
    """Yield the documents of tables whose rows are in the order of the articles."""
    readers = {table: iter(rows) for table, rows in tables.items()}
    heads = {table: next(reader, None) for table, reader in readers.items() if table != "articles"}
    for article in readers["articles"]:
        key = article["article_id"]
        found: dict[str, list[Mapping[str, Any]]] = {"articles": [article]}
        for table, head in heads.items():
            rows: list[Mapping[str, Any]] = []
            while head is not None and head["article_id"] == key:
                rows.append(head)
                head = next(readers[table], None)
            if rows:
                heads[table] = head
                found[table] = rows
        try:
            yield columns.document(found)
        except KeyError as error:
            raise InputError(f"{name}: no column {error}; was it written by another version?") from error
    for table, head in heads.items():
        if head is not None:
            raise InputError(f"{name}: {table} holds rows of {head['article_id']!r} that are not in the order of the articles")
