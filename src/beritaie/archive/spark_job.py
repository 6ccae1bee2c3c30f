"""A job for ``spark-submit``: articles on any storage that Spark reads, records as Parquet tables.

    spark-submit --master local[2] .../beritaie/archive/spark_job.py IN OUT
    python -m beritaie.archive.spark_job IN OUT

Exit status: 0 all articles done, 1 some failed (their ``error`` in the table ``articles`` says why), 2 wrong use or set-up.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from beritaie.archive import COLUMN_OPTIONS, spark
from beritaie.archive.run import TIMEOUT
from beritaie.backends import DEFAULT
from beritaie.errors import BeritaieError, SetupError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the job and return its exit status."""
    parser = argparse.ArgumentParser(prog="spark_job", description="Records of articles, on Spark: one Parquet table for each kind.")
    parser.add_argument("input", metavar="IN", help="a path or pattern that Spark reads: .jsonl (also .gz), .csv or Parquet")
    parser.add_argument("output", metavar="OUT", help="a folder for the tables, where none is yet")
    parser.add_argument("--format", choices=("json", "csv", "parquet"), help="what IN is (default: by its ending, else Parquet)")
    for name, field in COLUMN_OPTIONS.items():
        parser.add_argument(f"--{name}-column", metavar="NAME", default=field, help=f"the column that holds the {name} (default: {field})")
    parser.add_argument("--partitions", metavar="N", type=int, help="share the articles out anew, in so many parts; loses their order")
    parser.add_argument("--overwrite", action="store_true", help="replace tables that are there already")
    parser.add_argument("--model", default=DEFAULT, help=f"heard beside the rules (default: {DEFAULT}); rules for none")
    parser.add_argument(
        "--not-after", metavar="DATE", help="day (YYYY-MM-DD) after which no article can have been written (default: today)"
    )
    parser.add_argument("--lexicons", metavar="DIR", help="a folder of your own words, where the job starts")
    parser.add_argument("--timeout", metavar="SECONDS", type=int, default=TIMEOUT, help="longest time for one article (default: 300)")
    parser.add_argument("--max-memory", metavar="MB", type=int, help="most memory of a process that reads articles (address space)")
    options = parser.parse_args(arguments)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # local executors run where this does
    try:
        try:
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise SetupError("Spark needs pyspark: pip install 'beritaie[spark]'") from error
        session = SparkSession.builder.appName("beritaie").getOrCreate()
        try:
            return _run(session, options)
        except PySparkException as error:
            raise SetupError(str(error)) from error
        finally:
            session.stop()
    except BeritaieError as error:
        print(f"beritaie: {error}", file=sys.stderr)
        return 2


def _run(session: SparkSession, options: argparse.Namespace) -> int:
    columns = {field: getattr(options, f"{name}_column") for name, field in COLUMN_OPTIONS.items()}
    articles = _articles(session, options.input, options.format, list(columns.values()))
    if options.partitions:
        articles = articles.repartition(options.partitions)
    limits = {
        "lexicons": options.lexicons,
        "timeout": options.timeout,
        "max_memory": options.max_memory and options.max_memory << 20,
    }
    found = spark.extract(articles, **columns, model=options.model, not_after=options.not_after, **limits)
    found.write(options.output, "overwrite" if options.overwrite else "error")
    total, failed = found["articles"].selectExpr("count(*)", "count(error)").first() or (0, 0)
    found.release()
    print(f"beritaie: {failed} of {total} failed" if failed else f"beritaie: {total} articles", file=sys.stderr)
    return 1 if failed else 0


def _articles(session: SparkSession, path: str, kind: str | None, columns: list[str]) -> DataFrame:
    """Return the articles of a path; of lines of JSON only what is a string in its column, and no guess at other types."""
    bare = path.removesuffix(".gz").rstrip("/")
    kind = kind or ("json" if bare.endswith((".jsonl", ".json")) else "csv" if bare.endswith(".csv") else "parquet")
    if kind == "json":
        return session.read.schema(", ".join(f"`{column}` STRING" for column in columns)).json(path)
    if kind == "csv":
        return session.read.csv(path, header=True, multiLine=True, escape='"')
    return session.read.parquet(path)


if __name__ == "__main__":
    sys.exit(main())
