"""The run that can break off: what the journal keeps, what it refuses, and what becomes of articles that end their process."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import textwrap
import time
from functools import partial
from pathlib import Path

import pytest
from test_readers import PARAGRAPHS, page, warc

COMMAND = [sys.executable, "-m", "beritaie.cli", "extract", "--not-after", "2026-01-01"]


def articles(path: Path, count: int, length: int = 5) -> Path:
    """Write articles that differ, some without records, some without an id, a few broken rows among them."""
    choice = random.Random(count)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            if number % 97 == 50:
                stream.write('{"id": "pecah", "text": \n')
                continue
            sentence = f"Bupati Garut Rudi Gunawan menyiapkan Rp{number} juta, Rabu (31/10/2018). “Cukup,” kata Rudi di Bandung. "
            row = {"text": sentence * choice.randint(1, length), "title": f"Judul {number}"}
            if number % 7:
                row["id"] = f"n{number}"
            stream.write(json.dumps(row) + "\n")
    return path


def run(*arguments: str | Path, status: int | None = 0, **options) -> str:
    done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=3600, check=False, **options)
    assert "Traceback" not in done.stderr, done.stderr
    assert status is None or done.returncode == status, done.stderr
    return done.stderr


def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen([*COMMAND, *map(str, arguments)], stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heed)


def wait_for(path: Path, size: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while process.poll() is None and not (path.exists() and path.stat().st_size > size):
        assert time.monotonic() < deadline
        time.sleep(0.005)


def finished(out: Path, expected: Path) -> None:
    """The output is that of the unbroken run, byte for byte, so are the faults, and nothing else is left."""
    assert out.read_bytes() == expected.read_bytes()
    assert Path(f"{out}.errors.jsonl").read_bytes() == Path(f"{expected}.errors.jsonl").read_bytes()
    assert sorted(path.name for path in out.parent.glob(f"{out.name}*")) == [out.name, f"{out.name}.errors.jsonl"]


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory) -> tuple[Path, Path]:
    """An input, and what an unbroken run makes of it."""
    folder = tmp_path_factory.mktemp("unbroken")
    source = articles(folder / "a.jsonl", 400)
    run(source, "-o", folder / "out.jsonl", status=1)
    return source, folder / "out.jsonl"


def broken_off(tmp_path: Path, source: Path, *arguments: str, name: str = "out.jsonl", kill: int = signal.SIGKILL, size: int = 50_000):
    """Start a run and kill it, its workers too, when its journal has some size."""
    out = tmp_path / name
    process = start(source, "-o", out, *arguments)
    wait_for(tmp_path / f"{name}.journal", size, process)
    os.killpg(process.pid, kill)
    _, said = process.communicate(timeout=60)
    assert not out.exists()
    assert (tmp_path / f"{name}.journal").exists()
    return out, process.returncode, said.decode()


def test_killed_and_resumed(tmp_path, unbroken) -> None:
    source, expected = unbroken
    out, *_ = broken_off(tmp_path, source, "--workers", "2")
    journal = Path(f"{out}.journal").read_bytes()
    said = run(source, "-o", out, status=2)
    assert "out.jsonl.journal holds what an earlier run has done; the same command with --resume goes on, with --restart" in said
    # a torn line, as a power cut leaves it, is done again
    Path(f"{out}.journal").write_bytes(journal[:-20] + b"\0" * 500)
    run(source, "-o", out, "--resume", status=1)
    finished(out, expected)


@pytest.mark.slow
@pytest.mark.parametrize(("kill", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_and_resumed(tmp_path, unbroken, kill: int, status: int) -> None:
    source, expected = unbroken
    out, code, said = broken_off(tmp_path, source, kill=kill)
    assert (code, said.splitlines()[-1]) == (
        status,
        "beritaie: interrupted; what is done is kept; the same command with --resume goes on",
    )
    run(source, "-o", out, "--resume", "--workers", "2", status=1)
    finished(out, expected)


@pytest.mark.slow
def test_other_input_is_refused(tmp_path, unbroken) -> None:
    source, _ = unbroken
    mine = tmp_path / "a.jsonl"
    mine.write_bytes(source.read_bytes())
    out, *_ = broken_off(tmp_path, mine)
    kept = Path(f"{out}.journal").read_bytes()
    mine.write_bytes(source.read_bytes().replace(b"Rp3 juta", b"Rp4 juta"))
    assert "a.jsonl line 4 is not the article 'n3' that was read then" in run(mine, "-o", out, "--resume", status=2)
    mine.write_bytes(source.read_bytes() + b"\n")
    assert "another inputs (other files, or other sizes)" in run(mine, "-o", out, "--resume", status=2)
    mine.write_bytes(source.read_bytes())
    said = run(mine, "-o", out, "--resume", "--published", "2018-11-01", "--not-after", "2025-01-01", status=2)
    assert "another not_after (2026-01-01 then, 2025-01-01 now), another options published" in said
    assert Path(f"{out}.journal").read_bytes().startswith(kept)
    mine.write_bytes(source.read_bytes().replace(b"Rp3 juta", b"Rp4 juta"))
    run(mine, "-o", out, "--restart", status=1)
    run(mine, "-o", tmp_path / "new.jsonl", status=1)
    finished(out, tmp_path / "new.jsonl")


@pytest.mark.slow
def test_resume_without_a_journal_just_runs(tmp_path, unbroken) -> None:
    source, expected = unbroken
    run(source, "-o", tmp_path / "out.jsonl", "--resume", status=1)
    finished(tmp_path / "out.jsonl", expected)
    assert "standard output cannot be gone on with" in run(source, "--resume", status=2)


@pytest.mark.slow
def test_strange_journal_is_left_alone(tmp_path, unbroken) -> None:
    (tmp_path / "out.jsonl.journal").write_text("Senin: rapat.\n")
    for option in ("--resume", "--restart"):
        assert "is no journal that this version can read" in run(unbroken[0], "-o", tmp_path / "out.jsonl", option, status=2)
    assert (tmp_path / "out.jsonl.journal").read_text() == "Senin: rapat.\n"


@pytest.mark.slow
def test_two_runs_do_not_write_one_output(tmp_path, unbroken) -> None:
    source, expected = unbroken
    process = start(source, "-o", tmp_path / "out.jsonl")
    wait_for(tmp_path / "out.jsonl.journal", 1_000, process)
    os.kill(process.pid, signal.SIGSTOP)
    assert "another process is writing" in run(source, "-o", tmp_path / "out.jsonl", "--restart", status=2)
    os.kill(process.pid, signal.SIGCONT)
    process.communicate(timeout=60)
    finished(tmp_path / "out.jsonl", expected)


def test_full_disk_and_resumed(tmp_path, unbroken) -> None:
    """A limit on the size of files stands for a full disk: a write fails in the midst of a line."""
    source, expected = unbroken
    out = tmp_path / "out.jsonl"

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    said = run(source, "-o", out, status=2, preexec_fn=little_room)
    assert "cannot write" in said
    assert "what is done is kept; the same command with --resume goes on" in said
    assert not out.exists()
    run(source, "-o", out, "--resume", status=1)
    finished(out, expected)


# Articles that end their process: a pipeline that does as the text says, in workers that are forked from it.
POISONED = textwrap.dedent(
    f"""
    import os, sys
    sys.path.insert(0, {str(Path(__file__).parent)!r})
    import poison
    from beritaie import cli, pipeline

    read = pipeline.Pipeline.__call__

    def obey(self, text, **fields):
        poison.obey(text)
        if "once" in text and not os.path.exists(sys.argv[1] + ".once"):
            open(sys.argv[1] + ".once", "w").close()
            os.kill(os.getpid(), 9)
        return read(self, text, **fields)

    pipeline.Pipeline.__call__ = obey
    sys.exit(cli.main(["extract", *sys.argv[1:]]))
    """
)


@pytest.mark.parametrize("workers", [pytest.param("1", marks=pytest.mark.slow), "2"])
def test_poisoned_articles_cost_themselves_alone(tmp_path, workers: str) -> None:
    texts = [f"Hibah Rp{number} juta." for number in range(40)]
    texts[3], texts[20], texts[21], texts[39] = "crash", "sleep", "devour", "once Rp39 juta"
    source = tmp_path / "a.jsonl"
    source.write_text("".join(json.dumps({"id": str(number), "text": text}) + "\n" for number, text in enumerate(texts)))
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-c", POISONED, str(source), "-o", str(out), "--workers", workers, "--timeout", "1", "--max-memory", "4000"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done.stderr
    found = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert [doc["id"] for doc in found] == [str(number) for number in range(40) if number not in (3, 20, 21)]
    assert all(doc["money"] for doc in found)
    faults = [json.loads(line) for line in Path(f"{out}.errors.jsonl").read_bytes().splitlines()]
    assert [(fault["id"], fault["step"], fault["line"]) for fault in faults] == [
        ("3", "extract", 4),
        ("20", "extract", 21),
        ("21", "extract", 22),
    ]
    crash, sleep, devour = (fault["reason"] for fault in faults)
    assert "died twice (SIGSEGV" in crash
    assert "longer than 1 seconds, twice" in sleep
    assert "more memory" in devour


POISONED_PAGES = POISONED.replace("read = ", "from beritaie.archive.readers import html\n\nread = ").replace(
    "pipeline.Pipeline.__call__ = obey",
    textwrap.dedent(
        """
        find = html.article

        def obey_page(page):
            poison.obey(page.data.decode())
            return find(page)

        html.article = obey_page
        """
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_poisoned_pages_cost_themselves_alone(tmp_path, workers: str) -> None:
    """The article in a page is found by the workers, under their limits; order and ids are those of the files."""
    pytest.importorskip("trafilatura")
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(30):
        word = {4: "crash", 9: "sleep", 10: "devour"}.get(number, "rapat")
        (folder / f"p{number:02}.html").write_bytes(page([f"{word} ke-{number} membahas dana Rp{number} juta.", *PARAGRAPHS]))
    (folder / "p20.html").write_bytes(b"<html></html>")
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-c", POISONED_PAGES, str(folder), "-o", str(out)]
    command += ["--workers", workers, "--timeout", "1", "--max-memory", "4000"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done.stderr
    found = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert [doc["id"] for doc in found] == [f"p{number:02}" for number in range(30) if number not in (4, 9, 10, 20)]
    assert all(doc["byline"] == "Siti Aminah" and doc["published"] == "2019-05-02" and doc["money"] for doc in found)
    faults = [json.loads(line) for line in Path(f"{out}.errors.jsonl").read_bytes().splitlines()]
    assert [(fault["id"], fault["step"]) for fault in faults] == [
        ("p04", "extract"),
        ("p09", "extract"),
        ("p10", "extract"),
        ("p20", "read"),
    ]
    for fault, reason in zip(faults, ("died twice (SIGSEGV", "longer than 1 seconds, twice", "more memory", "no article"), strict=True):
        assert reason in fault["reason"]


@pytest.mark.slow
def test_pages_killed_and_resumed(tmp_path) -> None:
    """What was found in a page, or not found, is in the journal; the bytes are those of an unbroken run."""
    pytest.importorskip("trafilatura")
    pytest.importorskip("fastwarc")
    story = [f"{paragraph} {number}" for number, paragraph in enumerate(PARAGRAPHS * 4)]
    pages = [b"<html></html>" if number % 9 == 5 else page([f"Rapat ke-{number}.", *story]) for number in range(150)]
    pages[7] = page([f"The minister said that the government will build road {n} in the province and has asked for it." for n in range(9)])
    source = tmp_path / "a.warc"
    source.write_bytes(warc(*pages) + warc(pages[0], status="404 Not Found"))
    options = ["--mark-duplicates", "--published", "2019-05-02"]
    run(source, "-o", tmp_path / "unbroken.jsonl", *options)
    out, *_ = broken_off(tmp_path, source, "--workers", "2", *options, size=60_000)
    done = len(Path(f"{out}.journal").read_bytes().splitlines()) - 1
    assert 0 < done < 150
    run(source, "-o", out, "--resume", "--workers", "2", *options)
    finished(out, tmp_path / "unbroken.jsonl")
    docs = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert [doc["duplicate_of"] for doc in docs] == [None] + ["r0"] * (len(docs) - 1)
    steps = [json.loads(line)["step"] for line in Path(f"{out}.errors.jsonl").read_bytes().splitlines()]
    assert sorted(steps) == ["content"] * 17 + ["language", "status"]


@pytest.mark.slow
def test_too_little_memory_to_begin(tmp_path, unbroken) -> None:
    assert "MB before the first article" in run(unbroken[0], "-o", tmp_path / "out.jsonl", "--max-memory", "20", status=2)
    assert not (tmp_path / "out.jsonl").exists()
    assert not (tmp_path / "out.jsonl.journal").exists()
