"""Spark against two workers: words a second over the same articles to the same Parquet tables, after a warm-up.

python benchmarks/spark.py [--articles 4000] [--model rules] [--check]

Reads the news collection beside the repository where there is one, else ``examples/``. ``--check`` ends with status 1 where Spark in
``local[2]`` does less than 0.7 times what two workers do. Times are those of the clock: measure on a machine with two free cores.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import beritaie
from beritaie.archive import run, spark
from beritaie.backends import DEFAULT

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news" / "news.jsonl.gz"
EXAMPLES = ROOT / "examples"
FLOOR = 0.7
DAY = "2026-01-01"
FIELDS = ("id", "text", "published", "title", "url")


def articles(count: int) -> list[dict[str, str | None]]:
    if NEWS.exists():
        with gzip.open(NEWS, "rt", encoding="utf-8") as stream:
            step = max(1, 38_000 // count)
            rows = [json.loads(line) for line in islice(stream, 0, step * count, step)]
    else:
        texts = [file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("*.txt"))]
        rows = [{"text": text} for text in islice(cycle(texts), count)]
    return [{**{field: row.get(field) for field in FIELDS}, "id": f"{number}"} for number, row in enumerate(rows)]


def main() -> int:
    from pyspark.sql import SparkSession

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--model", default=DEFAULT)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    rows = articles(options.articles)
    words = sum(len((row["text"] or "").split()) for row in rows)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        # In pieces, so that both cores have work to the end
        (Path(folder) / "in").mkdir()
        size = -(-len(rows) // 8)
        for part in range(8):
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows[part * size : (part + 1) * size]]
            (Path(folder) / "in" / f"{part}.jsonl").write_text("".join(lines), encoding="utf-8")

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "1g")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        session = builder.config("spark.sql.files.openCostInBytes", "1").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        frame = session.read.schema(", ".join(f"{field} string" for field in FIELDS)).json(f"{folder}/in")
        for name, some in (("warm-up", frame.limit(200).repartition(4)), ("spark", frame.repartition(8))):
            start = time.perf_counter()
            found = spark.extract(some, model=options.model, not_after=DAY)
            found.write(f"{folder}/{name}")
            spent = time.perf_counter() - start
            found.release()
        session.stop()

        nlp = beritaie.load(options.model, not_after=DAY)
        start = time.perf_counter()
        run.extract(nlp, [f"{folder}/in"], f"{folder}/workers.parquet", workers=2)
        alone = time.perf_counter() - start
    ratio = alone / spent
    print(f"articles {len(rows):,}, words {words:,}")
    print(f"two workers  {words / alone:9,.0f} words/s {alone:7.1f} s")
    print(f"Spark local[2] {words / spent:7,.0f} words/s {spent:7.1f} s  {ratio:.2f}x (floor {FLOOR}x)")
    return 1 if options.check and ratio < FLOOR else 0


if __name__ == "__main__":
    sys.exit(main())
