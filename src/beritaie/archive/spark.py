"""Articles in a Spark data frame to records in Spark data frames, for archives past one machine.

Each Python process of an executor loads the pipeline once; articles come and records go as Arrow batches. Each task reads its articles in
a process beside that one, so that an article that ends its process does not end the task. ``beritaie`` has to be installed where the
executors run. ``docs/spark.md`` shows it at work; ``archive/spark_job.py`` is a job for ``spark-submit``.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from beritaie import arrow, lexicon
from beritaie.archive.run import TIMEOUT
from beritaie.backends import DEFAULT
from beritaie.columns import TABLES, ColumnType, Row, article_key, rows
from beritaie.errors import InputError, SetupError
from beritaie.pipeline import MAX_LENGTH, Pipeline, load, packed_failure, packing
from beritaie.records import Document
from beritaie.workers import ordered_map

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

AT_ONCE = 128  # articles whose records leave in one batch


class Extraction(Mapping[str, "DataFrame"]):
    """The records of a data frame of articles: for each of the tables a typed data frame, with the columns of ``columns.TABLES``.

    ``articles`` has a row for every article, whatever happened; where it could not be read, ``error`` says why.
    The pipeline runs when the first table is used, and once: what it finds is kept until ``release``.
    """

    def __init__(self, nested: DataFrame) -> None:
        from pyspark import StorageLevel

        self._nested = nested.persist(StorageLevel.MEMORY_AND_DISK)

    def __getitem__(self, table: str) -> DataFrame:
        from pyspark.sql import functions

        if table not in TABLES:
            raise KeyError(table)
        return self._nested.select(functions.inline(table))

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)

    def write(self, folder: str, mode: str = "error") -> None:
        """Write every table as ``FOLDER/TABLE.parquet``, as ``extract`` and ``read_records`` name them.

        Args:
            folder: a path that Spark can write to.
            mode: what to do where a table is there already, in Spark's words (``"error"``, ``"overwrite"``).
        """

        def write(name: str) -> None:
            self[name].write.mode(mode).option("compression", "zstd").parquet(f"{folder.rstrip('/')}/{name}.parquet")

        write("articles")  # runs the pipeline; what follows only sorts what it has found
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, [name for name in self if name != "articles"]))

    def release(self) -> None:
        """Forget the records that are kept."""
        self._nested.unpersist()


def extract(
    df: DataFrame,
    *,
    text: str = "text",
    id: str | None = "id",
    published: str | None = "published",
    title: str | None = "title",
    url: str | None = "url",
    model: str = DEFAULT,
    not_after: str | dt.date | None = None,
    max_length: int = MAX_LENGTH,
    lexicons: str | Path | None = None,
    timeout: float | None = TIMEOUT,
    max_memory: int | None = None,
) -> Extraction:
    """Extract the records of the articles in a data frame, one a row.

    Args:
        df: the articles. Their partitions are worked on in parallel, and keep their order.
        text, id, published, title, url: the names of its columns; those other than ``text`` may be missing, or None. Ids have to be
            distinct for the tables to join; an article without one gets an ``article_id`` made of its content.
        model, not_after, max_length: as for ``beritaie.load``. The default of ``not_after`` is taken here, once, for all executors.
        lexicons: a folder of your own words, as for ``beritaie.load``, where the job starts; the executors get what is in it.
        timeout: the longest time for one article, in seconds. What takes longer, ends its process or needs more memory than it may have is
            tried once more, by itself, and then is an error in ``articles``, like any other.
        max_memory: the most memory of a process that reads articles, in bytes of address space.

    Raises:
        InputError: there is no column ``text``, or none of a name that is not the default.
        SetupError: PySpark is not installed, the pipeline cannot be loaded, or there is no folder ``lexicons``.
        LexiconError: a file of ``lexicons`` is none; names it and the fault.
    """
    try:
        from pyspark.sql import functions
    except ImportError as error:
        raise SetupError("Spark needs pyspark: pip install 'beritaie[spark]'") from error
    arrow.require()
    given = {"text": text, "id": id, "published": published, "title": title, "url": url}
    found = {field: column for field, column in given.items() if column is not None and column in df.columns}
    for field, column in given.items():
        if field not in found and column is not None and (field == "text" or column != field):
            raise InputError(f"there is no column {column!r} for {field!r}; the data frame has {', '.join(df.columns)}")
    nlp = load(model, not_after=not_after, max_length=max_length)  # what is wrong with these is told here, not by every executor
    articles = df.select(*(functions.col(f"`{column}`").cast("string").alias(field) for field, column in found.items()))
    setting = _Setting(model, nlp.not_after, max_length, _words(lexicons))
    read = partial(_nested_batches, setting, timeout, max_memory)
    return Extraction(articles.mapInArrow(read, _spark_schema()))


class _Setting(NamedTuple):
    """What a pipeline is loaded with; ``words`` is what is in the files of a folder of lexicons."""

    model: str
    not_after: dt.date
    max_length: int
    words: tuple[tuple[str, bytes], ...] = ()


def _words(folder: str | Path | None) -> tuple[tuple[str, bytes], ...]:
    if folder is None:
        return ()
    if not Path(folder).is_dir():
        raise SetupError(f"{folder} is no folder of lexicons")
    lexicon.check(Path(folder))
    return tuple((file.name, file.read_bytes()) for file in sorted(Path(folder).glob("*.tsv")))


_read_words: tuple[tuple[str, bytes], ...] | None = None  # the words that this process has read


@cache
def _pipeline(setting: _Setting) -> Pipeline:
    """Load the pipeline: once in each Python process, which Spark uses for many tasks."""
    global _read_words
    with tempfile.TemporaryDirectory() as folder:
        for name, content in setting.words:
            Path(folder, name).write_bytes(content)
        settings: dict[str, Any] = {"lexicons": folder} if setting.words else {}
        nlp = load(setting.model, not_after=setting.not_after, max_length=setting.max_length, **settings)
        for name, _ in setting.words:
            lexicon.rows(Path(name).stem)  # while they are there
    nlp.warm()  # reads the other lexicons, for all processes that come from this one
    _read_words = setting.words
    return nlp


def _reader(setting: _Setting) -> Callable[[Any], bytes]:
    """Return, in the process beside, the function that reads one article; that process has the pipeline already where it is forked."""
    return packing(_pipeline(setting))


def _nested_batches(
    setting: _Setting, timeout: float | None, max_memory: int | None, batches: Iterable[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    """Yield for each article a row that holds its rows of every table as a list."""
    method: str | None = "spawn"  # lexicons are read once in a process: other words than its own need another one
    if setting.words == _read_words or (_read_words is None and not lexicon.was_read()):
        method = _pipeline(setting).start_method
    articles = (row for batch in batches for row in batch.to_pylist())
    packed = ordered_map(
        partial(_reader, setting), articles, workers=1, lost=packed_failure, timeout=timeout, max_memory=max_memory, method=method
    )
    docs = map(msgspec.msgpack.Decoder(Document).decode, packed)
    while some := list(islice(docs, AT_ONCE)):
        yield _nested(some)


def _nested(docs: Iterable[Document]) -> pyarrow.RecordBatch:
    import pyarrow as pa

    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    borders: dict[str, list[int]] = {name: [0] for name in TABLES}
    for doc in docs:
        for name, items in rows(doc, article_key(doc)).items():
            found[name] += items
            borders[name].append(len(found[name]))
    columns = []
    for name, items in found.items():
        flat = arrow.batch(name, items)
        structs = pa.StructArray.from_arrays(flat.columns, fields=list(flat.schema))
        columns.append(pa.ListArray.from_arrays(pa.array(borders[name], pa.int32()), structs))
    return pa.RecordBatch.from_arrays(columns, names=list(TABLES))


def _spark_schema() -> StructType:
    """Return ``arrow.schema`` of every table in Spark's words, each a list of rows."""
    from pyspark.sql import types

    kinds: dict[ColumnType, types.DataType] = {
        "string": types.StringType(),
        "integer": types.LongType(),
        "number": types.DoubleType(),
        "boolean": types.BooleanType(),
        "date": types.DateType(),
        "decimal": types.DecimalType(arrow.PRECISION, arrow.SCALE),
        "strings": types.ArrayType(types.StringType(), containsNull=False),
    }

    def row(columns: Iterable[Any]) -> types.StructType:
        return types.StructType(
            [types.StructField(name, kinds[type_], optional or type_ == "decimal") for name, type_, optional in columns]
        )

    return types.StructType([types.StructField(name, types.ArrayType(row(columns), False), False) for name, columns in TABLES.items()])
