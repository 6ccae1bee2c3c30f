"""Spark gives what one machine gives: the same tables, row by row; errors are a column."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import poison
import pytest

import beritaie
from beritaie.columns import TABLES
from beritaie.errors import InputError
from beritaie.pipeline import Pipeline

pytest.importorskip("pyspark")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java"),
]

DAY = "2026-01-01"
ROOT = Path(__file__).resolve().parents[1]


def articles() -> list[dict[str, str | None]]:
    """Return articles with the columns ``isi``, ``tanggal`` and ``id``, one without text among them."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "examples").glob("*.txt"))]
    short = [f"Bupati Garut Rudi Gunawan menyiapkan Rp{n},5 juta, Senin (5/11). “Semoga {n} cukup,” ujarnya." for n in range(300)]
    rows: list[dict[str, str | None]] = [
        {"id": f"a{n}", "isi": text, "tanggal": "2018-11-06" if n % 3 else None} for n, text in enumerate([*texts, *short, "a\x00b 😀"])
    ]
    return [*rows[:7], {"id": "broken", "isi": None, "tanggal": None}, *rows[7:]]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "1g")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def expected() -> dict[str, Any]:
    nlp = beritaie.load(not_after=DAY)
    rows = ({"text": row["isi"], "id": row["id"], "published": row["tanggal"]} for row in articles())
    return beritaie.tables(nlp.pipe(rows), as_="arrow")


def test_equal_to_one_machine(session: Any, tmp_path: Path) -> None:
    from beritaie.archive.spark import extract

    frame = session.createDataFrame([tuple(row.values()) for row in articles()], "id string, isi string, tanggal string").coalesce(2)
    found = extract(frame, text="isi", published="tanggal", not_after=DAY)
    assert list(found) == list(TABLES)
    alone = expected()
    for name, table in found.items():
        assert [tuple(row) for row in table.collect()] == [tuple(row.values()) for row in alone[name].to_pylist()], name
        assert table.columns == [column.name for column in TABLES[name]]
    assert dict(found["money"].dtypes)["low"] == "decimal(38,12)"
    assert dict(found["times"].dtypes)["first_day"] == "date"
    assert [tuple(row) for row in found["articles"].where("error IS NOT NULL").select("article_id", "error").collect()] == [
        ("broken", "the text is a NoneType, not a string")
    ]
    found.write(f"{tmp_path}/records")
    found.release()
    again = beritaie.tables(beritaie.read_records(tmp_path / "records"), as_="arrow")
    for name in TABLES:
        assert again[name].equals(alone[name]), name


def test_the_pipeline_is_loaded_once_in_a_process(session: Any) -> None:
    from beritaie.archive import spark

    frame = session.range(0, 40, 1, 20).selectExpr("cast(id AS string) AS id", "'Rp1 juta' AS text")  # 20 tasks
    pipeline = spark._pipeline

    def loads(batches: Any) -> Any:
        import pyarrow as pa

        from beritaie.archive.spark import _nested_batches, _pipeline

        list(_nested_batches(setting, 60, None, batches))
        yield pa.RecordBatch.from_pydict({"process": [os.getpid()], "loads": [_pipeline.cache_info().misses]})

    setting = spark._Setting("rules", dt.date(2026, 1, 1), 1000)
    assert pipeline.cache_info().misses == 0  # none here
    rows = frame.mapInArrow(loads, "process long, loads long").collect()
    assert len(rows) == 20
    assert len({row.process for row in rows}) <= 4
    assert {row.loads for row in rows} <= {1, 2}  # one for each pipeline asked for in this session


def test_an_article_that_ends_its_process_costs_itself_alone(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error in its row, and neither the task nor the rest of its batch is lost."""
    from pyspark import cloudpickle

    from beritaie.archive import spark

    cloudpickle.register_pickle_by_value(poison)  # Spark's processes do not know the tests

    class Poisoned(Pipeline):
        def __call__(self, text: str, **fields: Any) -> Any:
            poison.obey(text)
            return super().__call__(text, **fields)

    def poisoned(batches: Any) -> Any:
        spark._pipeline = lambda setting: Poisoned("rules", not_after=setting.not_after)  # in the process of Spark
        yield from spark._nested_batches(setting, 1.0, 4 << 30, batches)

    setting = spark._Setting("rules", dt.date(2026, 1, 1), 1000)
    text = "CASE id WHEN 5 THEN 'crash' WHEN 7 THEN 'sleep' WHEN 30 THEN 'devour' ELSE concat('Rp', id, ' juta') END AS text"
    frame = session.range(0, 40, 1, 2).selectExpr("cast(id AS string) AS id", text)
    found = spark.Extraction(frame.mapInArrow(poisoned, spark._spark_schema()))
    rows = {row.article_id: row.error for row in found["articles"].collect()}
    assert list(rows) == [str(number) for number in range(40)]
    errors = {id: error for id, error in rows.items() if error is not None}
    assert set(errors) == {"5", "7", "30"}
    assert "died twice (SIGSEGV" in errors["5"]
    assert "longer than 1 seconds, twice" in errors["7"]
    assert "more memory" in errors["30"]
    assert found["money"].count() == 37
    found.release()


def test_own_lexicons(session: Any, tmp_path: Path) -> None:
    """The words go with the job; the processes of Spark, which have read others before, heed those that a job brings."""
    from beritaie.archive.spark import extract

    (tmp_path / "offices.tsv").write_text("title\ttakes\tdomain\nJagabaya Pasar\tplace\tregion\n")
    frame = session.createDataFrame([("a", "Jagabaya Pasar Wonokromo, Slamet, menerima 500 koin, Senin.")], "id string, text string")
    titles = []
    for lexicons in (None, tmp_path, None):
        found = extract(frame, model="rules", lexicons=lexicons, not_after=DAY)
        titles.append([row.title for row in found["positions"].collect()])
        found.release()
    assert titles == [[], ["Jagabaya Pasar"], []]
    with pytest.raises(beritaie.errors.SetupError, match="is no folder of lexicons"):
        extract(frame, lexicons=tmp_path / "nosuch")
    (tmp_path / "nosuch.tsv").write_text("a\nb\n")
    with pytest.raises(beritaie.errors.LexiconError, match="there is no lexicon of that name"):
        extract(frame, lexicons=tmp_path)


def test_columns_that_are_not_there(session: Any) -> None:
    from beritaie.archive.spark import extract

    frame = session.createDataFrame([("a", "b")], "id string, isi string")
    with pytest.raises(InputError, match="there is no column 'text' for 'text'; the data frame has id, isi"):
        extract(frame)
    with pytest.raises(InputError, match="there is no column 'tanggal' for 'published'"):
        extract(frame, text="isi", published="tanggal")
    with pytest.raises(beritaie.errors.SetupError, match="there is no model 'nosuch'"):
        extract(frame, text="isi", model="nosuch")


def test_the_job(tmp_path: Path) -> None:
    import beritaie.archive.spark_job as job

    lines = [json.dumps(row, ensure_ascii=False) for row in articles()[:20]]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(beritaie.__file__).parents[1]), "PYSPARK_PYTHON": sys.executable}
    submit = [str(Path(sys.executable).with_name("spark-submit")), "--master", "local[1]", str(job.__file__)]
    options = ["--text-column", "isi", "--date-column", "tanggal", "--not-after", DAY]
    command = [*submit, f"{tmp_path}/in.jsonl", f"{tmp_path}/out", *options]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=500)
    assert "beritaie: 1 of 20 failed" in done.stdout, done.stdout[-2000:]  # spark-submit puts a job's errors on standard output
    assert done.returncode == 1
    assert [doc.id for doc in beritaie.read_records(tmp_path / "out")] == [row["id"] for row in articles()[:20]]
