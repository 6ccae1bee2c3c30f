"""Runs that are broken off again and again, over many articles: nothing lost, nothing twice, the same bytes."""

from __future__ import annotations

import ctypes
import gzip
import itertools
import json
import os
import random
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_run import articles, finished, run, start

pytestmark = pytest.mark.slow

NEWS = Path(__file__).parents[2] / "shared" / "data" / "news" / "news.jsonl.gz"
KILLS = 10


def news(path: Path, count: int) -> Path:
    """Write that many articles of the news collection where it is at hand, else made ones."""
    if not NEWS.exists():
        return articles(path, count)
    with gzip.open(NEWS, "rb") as lines, path.open("wb") as stream:
        stream.write(b'{"id": "pecah"\n')  # so that there are faults to keep, too
        stream.writelines(itertools.islice(lines, count))
    return path


def killed_and_resumed(source: Path, out: Path, seed: int) -> None:
    """Kill a run with its workers ten times, at random points of its way, and let it end."""
    choice = random.Random(seed)
    goals = sorted(choice.random() for _ in range(KILLS))
    journal = Path(f"{out}.journal")
    size = 1.2 * source.stat().st_size
    kills = 0
    for goal in goals:
        process = start(source, "-o", out, "--workers", "2", "--resume")
        deadline = time.monotonic() + 3600
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > goal * size):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(choice.random() * 0.2)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        process.communicate(timeout=60)
    assert kills >= KILLS // 2
    if not out.exists():
        run(source, "-o", out, "--workers", "2", "--resume", status=1)


@pytest.mark.parametrize("count", [1_000, pytest.param(20_000, marks=pytest.mark.soak)])
def test_killed_at_random_points(tmp_path, count: int) -> None:
    source = news(tmp_path / "a.jsonl", count)
    run(source, "-o", tmp_path / "unbroken.jsonl", "--workers", "2", status=1)
    killed_and_resumed(source, tmp_path / "out.jsonl", seed=count)
    finished(tmp_path / "out.jsonl", tmp_path / "unbroken.jsonl")
    accounted_for(source, tmp_path / "out.jsonl")


def accounted_for(source: Path, out: Path) -> None:
    """Every line of the input is in the output or listed with the reason, in order and once, and nothing else is."""
    listed = {}
    for line in Path(f"{out}.errors.jsonl").read_bytes().splitlines():
        fault = json.loads(line)
        if fault["step"] != "published":  # at fault for its date alone, and there all the same
            assert fault["line"] not in listed
            assert fault["reason"]
            listed[fault["line"]] = fault["id"]
    ids = []
    for number, line in enumerate(source.open(encoding="utf-8"), 1):
        try:
            id = json.loads(line).get("id", f"a.jsonl:{number}")
        except ValueError:
            id = None
        if number not in listed:
            ids.append(id)
        else:
            assert listed.pop(number) == id
    assert not listed
    assert [json.loads(line)["id"] for line in out.open(encoding="utf-8")] == ids


def test_tables_after_a_kill(tmp_path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    source = articles(tmp_path / "a.jsonl", 600)
    for name in ("unbroken.parquet", "out.parquet"):
        process = start(source, "-o", tmp_path / name, "--workers", "2")
        if name == "out.parquet":
            journal = tmp_path / "out.parquet.journal"
            while not (journal.exists() and journal.stat().st_size > 100_000) and process.poll() is None:
                time.sleep(0.01)
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=120)
    run(source, "-o", tmp_path / "out.parquet", "--resume", status=1)
    for file in sorted((tmp_path / "unbroken.parquet").iterdir()):
        assert parquet.read_table(tmp_path / "out.parquet" / file.name).equals(parquet.read_table(file)), file.name
        assert (tmp_path / "out.parquet" / file.name).read_bytes() == file.read_bytes()


@contextmanager
def small_disk(folder: Path, size: str):
    """Mount a file system of a few bytes, where that is allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    folder.mkdir()
    if os.geteuid() or libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={size}".encode()):
        pytest.skip("no right to mount a file system; test_run.py has a limit on the size of files instead")
    try:
        yield folder
    finally:
        libc.umount2(os.fsencode(folder), 2)


def test_full_disk(tmp_path) -> None:
    source = articles(tmp_path / "a.jsonl", 600)
    run(source, "-o", tmp_path / "unbroken.jsonl", status=1)
    with small_disk(tmp_path / "disk", "400k") as disk:
        out = disk / "out.jsonl"
        said = run(source, "-o", out, "--workers", "2", status=2)
        assert "No space left on device; what is done is kept" in said
        assert not out.exists()
        ctypes.CDLL(None).mount(b"tmpfs", os.fsencode(disk), b"tmpfs", 32, b"size=40m")  # remount, with more room
        run(source, "-o", out, "--workers", "2", "--resume", status=1)
        finished(out, tmp_path / "unbroken.jsonl")


def test_a_killed_worker_costs_nothing(tmp_path) -> None:
    source = articles(tmp_path / "a.jsonl", 600)
    run(source, "-o", tmp_path / "unbroken.jsonl", status=1)
    out = tmp_path / "out.jsonl"
    process = start(source, "-o", out, "--workers", "2")
    killed = 0
    for size in (20_000, 200_000):
        while process.poll() is None and not (Path(f"{out}.journal").exists() and Path(f"{out}.journal").stat().st_size > size):
            time.sleep(0.01)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(random.Random(size).choice(children)), signal.SIGKILL)
        killed += 1
    _, said = process.communicate(timeout=120)
    assert (killed, process.returncode) == (2, 1), said
    finished(out, tmp_path / "unbroken.jsonl")


def test_monstrous_articles(tmp_path) -> None:
    """5 MB is no article, a line of 50 MB neither; a NUL is a character like others."""
    source = tmp_path / "a.jsonl"
    with source.open("w") as stream:
        for id, text in (
            ("a", "Rp1 juta"),
            ("5 MB", "Rapat. " * 750_000),
            ("nul", "Rp2\0 juta\0"),
            ("50 MB", "a" * 50_000_000),
            ("z", "Rp3 juta"),
        ):
            stream.write(json.dumps({"id": id, "text": text}) + "\n")
        stream.write('{"id": "torn", "text": "' + "a" * 50_000_000 + "\n")
    out = tmp_path / "out.jsonl"
    run(source, "-o", out, "--workers", "2", status=1)
    assert [json.loads(line)["id"] for line in out.read_bytes().splitlines()] == ["a", "nul", "z"]
    faults = [json.loads(line) for line in Path(f"{out}.errors.jsonl").read_bytes().splitlines()]
    assert [(fault["id"], fault["line"]) for fault in faults] == [("5 MB", 2), (None, 4), (None, 6)]
