"""The command, as real processes: what it writes, what it says, and its exit status."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
import pytest
from spans import misplaced

from beritaie.records import Document

EXAMPLES = Path(__file__).parents[1] / "examples"
COMMAND = [sys.executable, "-m", "beritaie.cli"]
ARTICLE = "BANJARMASIN – Pemko Banjarmasin menyiapkan Rp100 juta per tahun.\n"


def run(*arguments: str | Path, stdin: bytes = b"", status: int = 0, **options) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run([*COMMAND, *map(str, arguments)], input=stdin, capture_output=True, timeout=120, check=False, **options)
    assert done.returncode == status, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode()


def documents(content: bytes) -> list[Document]:
    return [msgspec.json.decode(line, type=Document) for line in content.splitlines()]


def rows(path: Path, *values: object) -> Path:
    """Write JSON lines; bytes are written as they are."""
    path.write_bytes(b"".join((value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n" for value in values))
    return path


@pytest.fixture
def article(tmp_path) -> Path:
    path = tmp_path / "hibah.txt"
    path.write_text(ARTICLE)
    return path


# extract: what it writes


def test_text_file(article) -> None:
    done = run("extract", article)
    (doc,) = documents(done.stdout)
    assert (doc.id, doc.text) == ("hibah", ARTICLE)
    assert [(money.text, str(money.low), money.per) for money in doc.money] == [("Rp100 juta", "100000000", "year")]
    assert done.stderr == b""


def test_standard_input() -> None:
    (doc,) = documents(run("extract", "-", stdin=b"\xef\xbb\xbf" + ARTICLE.encode()).stdout)
    assert (doc.id, doc.text) == (None, ARTICLE)


def test_json_lines(tmp_path) -> None:
    path = rows(
        tmp_path / "a.jsonl",
        {"id": "x", "text": ARTICLE, "published": "2018-11-01", "title": "Hibah", "url": "https://a.id/1", "tag": [1]},
        {"text": "Rapat\r\ndigelar \x00 di Bandung."},
        {"id": 7, "text": "Rp5 juta", "published": None},
    )
    docs = documents(run("extract", path).stdout)
    assert [doc.id for doc in docs] == ["x", "a.jsonl:2", "7"]
    assert (docs[0].title, docs[0].url, str(docs[0].published)) == ("Hibah", "https://a.id/1", "2018-11-01")
    assert docs[1].text == "Rapat\r\ndigelar \x00 di Bandung."


def test_folder_to_file(tmp_path) -> None:
    out = tmp_path / "records.jsonl"
    done = run("extract", EXAMPLES, "-o", out)
    docs = documents(out.read_bytes())
    files = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in (".txt", ".jsonl"))
    ids = []
    for file in files:
        ids += [file.stem] if file.suffix == ".txt" else [json.loads(line)["id"] for line in file.read_text().splitlines()]
    assert [doc.id for doc in docs] == ids
    assert len(docs) >= 12
    assert not any(misplaced(doc) for doc in docs)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records.jsonl"]


def test_workers_write_the_same(tmp_path) -> None:
    path = rows(tmp_path / "a.jsonl", *({"text": f"Hibah {number} senilai Rp{number} juta." * (number % 9 + 1)} for number in range(120)))
    assert run("extract", path, "--workers", "2").stdout == run("extract", path).stdout


def test_published_and_not_after(tmp_path) -> None:
    path = rows(tmp_path / "a.jsonl", {"text": "Rapat."}, {"text": "Rapat.", "published": "2016-05-04"})
    docs = documents(run("extract", path, "--published", "2015-01-02", "--not-after", "2020-01-01").stdout)
    assert [str(doc.published) for doc in docs] == ["2015-01-02", "2016-05-04"]
    assert {str(doc.not_after) for doc in docs} == {"2020-01-01"}


def test_other_files_of_a_folder_are_counted(tmp_path) -> None:
    folder = tmp_path / "arsip"
    (folder / "lama").mkdir(parents=True)
    for name in ("a.txt", "b.docx", "lama/c.docx", "lama/README", ".d.pdf", "out.jsonl.errors.jsonl"):
        (folder / name).write_text("Rapat digelar.")
    done = run("extract", folder, "-o", tmp_path / "out.jsonl")
    assert [doc.id for doc in documents((tmp_path / "out.jsonl").read_bytes())] == ["a"]
    assert "3 files of other endings in a folder, left alone; listed in" in said(done)
    (fault,) = map(json.loads, (tmp_path / "out.jsonl.errors.jsonl").read_bytes().splitlines())
    assert (fault["step"], fault["count"], fault["reason"]) == ("ending", 3, "files of other endings: 2 .docx, 1 without ending")


def test_several_inputs_keep_their_order(tmp_path, article) -> None:
    path = rows(tmp_path / "a.jsonl", {"text": "Satu."}, {"text": "Dua."})
    docs = documents(run("extract", path, "-", article, stdin=b"Tiga.").stdout)
    assert [doc.text for doc in docs] == ["Satu.", "Dua.", "Tiga.", ARTICLE]


# extract: bad input


BAD_ROWS: list[tuple[object, str]] = [
    (b'{"text": "Rapat"', "not JSON"),
    (b"Rapat digelar.", "not JSON"),
    (b"[" * 100_000, "not JSON"),
    (b'{"text": "Rapat\x07"}', "not JSON: Invalid control character"),
    (b'{"text": "caf\xe9 \xc3\xa9"}', "not UTF-8: byte 0xe9 at 13, in none of the charsets that are tried"),
    (b'["Rapat"]', "a JSON array, not an object with 'text'"),
    ({"id": "x"}, "no 'text'; a row has text"),
    ({"text": None}, "no 'text'"),
    ({"text": 5}, "'text' is a JSON number, not a string"),
    ({"text": " \n"}, "the text is empty"),
    ({"text": "Rapat", "published": 2018}, "'published' is a JSON number"),
    ({"text": "Rapat", "id": ["x"]}, "'id' is a JSON array"),
    ({"text": "Rapat \ud800 digelar"}, "'text' holds a lone surrogate (U+D800, character 6)"),
    ({"text": "Rapat", "id": "\udfff"}, "'id' holds a lone surrogate"),
    ({"text": "a" * 5_000_000}, "the text has 5,000,000 characters, an article at most 2,000,000"),
]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_bad_rows_cost_themselves_alone(tmp_path, workers: str) -> None:
    path = tmp_path / "a.jsonl"
    out = tmp_path / "out.jsonl"
    rows(path, *(row for number, (bad, _) in enumerate(BAD_ROWS) for row in (bad, b"", {"id": str(number), "text": "Rp1 juta"})))
    done = run("extract", path, "-o", out, "--workers", workers, status=1)
    assert [doc.id for doc in documents(out.read_bytes())] == [str(number) for number in range(len(BAD_ROWS))]
    faults = [json.loads(line) for line in (tmp_path / "out.jsonl.errors.jsonl").read_bytes().splitlines()]
    assert [(fault["file"], fault["line"]) for fault in faults] == [(str(path), 3 * number + 1) for number in range(len(BAD_ROWS))]
    for fault, (_, reason) in zip(faults, BAD_ROWS, strict=True):
        assert reason in fault["reason"]
        assert f"a.jsonl line {fault['line']}: {fault['reason']}" in said(done)
    assert f"{len(BAD_ROWS)} of {2 * len(BAD_ROWS)} failed; all are named in" in said(done)


def test_unreadable_date_costs_the_date_alone(tmp_path) -> None:
    path = rows(tmp_path / "a.jsonl", {"id": "a", "text": "Rp5 juta, kemarin.", "published": "kapan-kapan"}, {"id": "b", "text": "Rapat"})
    done = run("extract", path, "-o", tmp_path / "out.jsonl", status=1)
    docs = documents((tmp_path / "out.jsonl").read_bytes())
    assert [(doc.id, doc.published, len(doc.money)) for doc in docs] == [("a", None, 1), ("b", None, 0)]
    (fault,) = map(json.loads, (tmp_path / "out.jsonl.errors.jsonl").read_bytes().splitlines())
    assert (fault["line"], fault["id"], fault["step"]) == (1, "a", "published")
    assert "a.jsonl line 1: publication date not understood: 'kapan-kapan'" in said(done)
    assert "the date of 1 cannot be read; all are named in" in said(done)


def test_faults_beside_standard_output(tmp_path) -> None:
    path = rows(tmp_path / "a.jsonl", *([b"{"] * 25), {"id": "last", "text": "Rapat"})
    done = run("extract", path, "--workers", "2", status=1)
    assert [doc.id for doc in documents(done.stdout)] == ["last"]
    assert said(done).count("not JSON") == 25
    assert said(done).endswith("beritaie: 25 of 26 failed\n")


def test_many_faults_are_not_all_told(tmp_path) -> None:
    path = rows(tmp_path / "a.jsonl", *([b"{"] * 25))
    done = run("extract", path, "-o", tmp_path / "out.jsonl", status=1)
    assert said(done).count("not JSON") == 20
    assert len((tmp_path / "out.jsonl.errors.jsonl").read_bytes().splitlines()) == 25


def test_bad_files(tmp_path, article) -> None:
    (tmp_path / "damaged.txt").write_bytes("kaf\xe9 ".encode() + b"kaf\xe9")
    (tmp_path / "half.txt").write_bytes("Rapat".encode("utf-16")[:-1])
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "a.docx").write_bytes(b"x")
    names = ["nosuch.txt", "damaged.txt", "half.txt", "empty.txt", "a.docx", "hibah.txt"]
    done = run("extract", *names, status=1, cwd=tmp_path)
    assert [doc.id for doc in documents(done.stdout)] == ["hibah"]
    for message in (
        "nosuch.txt: No such file or directory",
        "damaged.txt: not UTF-8: byte 0xe9 at 9, in none of the charsets that are tried; convert or repair it first",
        "half.txt: damaged UTF-16-LE (truncated data at byte 8); get a whole copy",
        "empty.txt: the text is empty",
        "a.docx: unknown ending '.docx'; known: .txt, .jsonl, .csv, .parquet, .html, .htm, .warc, each also .gz and .zst",
        "5 of 6 failed",
    ):
        assert message in said(done)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(article) -> None:
    article.chmod(0)
    assert "hibah.txt: Permission denied" in said(run("extract", article, status=1))


def test_an_old_file_of_faults_goes(tmp_path, article) -> None:
    out = tmp_path / "out.jsonl"
    run("extract", article, "nosuch.txt", "-o", out, status=1)
    assert (tmp_path / "out.jsonl.errors.jsonl").exists()
    run("extract", article, "-o", out)
    assert not (tmp_path / "out.jsonl.errors.jsonl").exists()


def test_file_name_that_is_not_utf8(tmp_path) -> None:
    path = os.fsencode(tmp_path) + b"/a\xff.txt"
    with open(path, "wb") as stream:
        stream.write(ARTICLE.encode())
    done = subprocess.run([*COMMAND, "extract", path], capture_output=True, check=True)
    assert documents(done.stdout)[0].text == ARTICLE


# Wrong use and set-up


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "usage: beritaie"),
        (["extract"], "required: IN"),
        (["extrakt", "a.txt"], "invalid choice"),
        (["extract", "hibah.txt", "--workers", "0"], "--workers"),
        (["extract", "hibah.txt", "--model", "besar"], "no model 'besar'"),
        (["extract", "hibah.txt", "--published", "kapan-kapan"], "--published 'kapan-kapan' is no date"),
        (["extract", "hibah.txt", "--not-after", "besok"], "'besok'"),
        (["extract", "hibah.txt", "-o", "no/such/out.jsonl"], "cannot write no/such/out.jsonl: No such file or directory"),
        (["extract", "hibah.txt", "-o", "out.csv"], "out.csv: unknown ending for records; known: .jsonl"),
        (["extract", "hibah.txt", "-o", "folder.jsonl"], "cannot write folder.jsonl: Is a directory"),
        (["extract", "a.jsonl", "-o", "a.jsonl"], "a.jsonl is an input and would be overwritten"),
        (["extract", ".", "-o", "./a.jsonl"], "is an input and would be overwritten"),
        (["show", "empty.jsonl"], "empty.jsonl: no article"),
        (["show", "a.jsonl", "--id", "x"], "no article with id 'x'"),
        (["evaluate", "a.jsonl", "nosuch.jsonl"], "nosuch.jsonl: No such file"),
        (["evaluate", "a.jsonl", "a.jsonl", "--errors", "money"], "no figure 'money'"),
    ],
    ids=str,
)
def test_wrong_use(tmp_path, article, arguments: Sequence[str], message: str) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "empty.jsonl").touch()
    before = rows(tmp_path / "a.jsonl", {"id": "a", "text": "Rapat"}).read_bytes()
    done = run(*arguments, status=2, cwd=tmp_path)
    assert message in said(done)
    assert done.stdout == b""
    assert (tmp_path / "a.jsonl").read_bytes() == before


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_full_disk(tmp_path, article) -> None:
    os.symlink("/dev/full", tmp_path / "out.jsonl")
    assert "No space left on device" in said(run("extract", article, "-o", tmp_path / "out.jsonl", status=2))
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, "extract", article], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"No space left on device" in done.stderr


def test_reader_that_leaves(tmp_path) -> None:
    path = rows(tmp_path / "a.jsonl", *({"text": "Rapat digelar di Bandung. " * 50} for _ in range(300)))
    for workers in ("1", "2"):
        process = subprocess.Popen([*COMMAND, "extract", str(path), "--workers", workers], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupt(tmp_path, workers: str) -> None:
    path = rows(tmp_path / "a.jsonl", *({"text": "Rapat digelar di Bandung. " * 50} for _ in range(4_000)))
    out = tmp_path / "out.jsonl"
    command = [*COMMAND, "extract", str(path), "-o", str(out), "--workers", workers]
    # a job in the background starts with interrupts ignored, and its children inherit that
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heed)
    part = tmp_path / "out.jsonl.part"
    deadline = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (
        130,
        b"beritaie: interrupted; what is done is kept; the same command with --resume goes on\n",
    )
    assert not out.exists()


# Progress


def test_progress_only_on_a_terminal(tmp_path, article) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    subprocess.run([*COMMAND, "extract", str(article), "-o", str(tmp_path / "out.jsonl")], stderr=theirs, check=True)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 1000):
            shown += chunk
    except OSError:
        pass  # how a terminal says that its other side has closed
    os.close(ours)
    assert b"1/1" in shown
    assert b"words/s, 0 errors" in shown


# show, evaluate, data, schema


def test_show(article, tmp_path) -> None:
    plain = run("show", article).stdout.decode()
    assert "[Rp100 juta|money] per tahun" in plain
    assert "IDR 100,000,000 per year" in plain
    assert "\x1b[" in run("show", article, "--color", "always").stdout.decode()
    path = rows(tmp_path / "a.jsonl", {"id": "x", "text": "Rapat."}, {"id": "y", "text": "Rp5 juta"})
    assert "[Rp5 juta|money]" in run("show", path, "--id", "y").stdout.decode()
    assert "nosuch.txt: No such file" in said(run("show", "nosuch.txt", status=1))


def test_show_page(article, tmp_path) -> None:
    done = run("show", article, "--html", tmp_path / "page.html")
    assert done.stdout == b""
    assert '<mark class="money"' in (tmp_path / "page.html").read_text()
    assert "cannot write" in said(run("show", article, "--html", tmp_path / "no" / "page.html", status=2))


def test_evaluate(tmp_path) -> None:
    out = tmp_path / "out.jsonl"
    run("extract", EXAMPLES, "-o", out)
    table = run("evaluate", out, out).stdout.decode()
    assert table.splitlines()[0].split() == ["figure", "P", "R", "F1", "gold", "found"]
    assert all(figure["f1"] == 1.0 for figure in json.loads(run("evaluate", out, out, "--json").stdout).values())
    one = rows(tmp_path / "one.jsonl", json.loads(out.read_bytes().splitlines()[0]))
    done = run("evaluate", out, one, "--errors", "money.value")
    assert "no prediction for" in said(done)
    assert done.stdout.decode().splitlines()[0].split("\t")[1] == "missed"


def test_data_check(tmp_path) -> None:
    assert "0 faults" in said(run("data", "check"))
    lexicon = tmp_path / "x.tsv"
    lexicon.write_text("word\nsenin\nsenin\n")
    done = run("data", "check", lexicon, status=1)
    assert done.stdout.decode() == "x.tsv line 3: 'senin' stands on line 2 too\n"


def test_schema() -> None:
    schema = json.loads(run("schema").stdout)
    assert {"text", "people", "money", "quotes"} <= schema["$defs"]["Document"]["properties"].keys()


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith(b"beritaie ")
    for command in ([], ["extract"], ["data", "check"]):
        assert run(*command, "--help").stdout.startswith(b"usage: beritaie")


# Reading: what is passed over


def test_what_is_passed_over_is_listed_and_is_no_failure(tmp_path) -> None:
    pytest.importorskip("datasketch")
    english = "The minister said that the government will build more roads in the province and that it has asked for the money. " * 3
    story = " ".join(f"Warga desa ke-{number} menerima bantuan Rp{number} juta dari pemerintah kabupaten." for number in range(9, 30))
    path = tmp_path / "a.csv"
    path.write_text(f'nomor,isi,tanggal\n1,{story},2019-05-02\n2,{english},\n3,"{story} (ant)",2019-05-03\n')
    columns = ["--text-column", "isi", "--id-column", "nomor", "--date-column", "tanggal"]
    out = tmp_path / "out.jsonl"
    done = run("extract", path, "-o", out, *columns, "--mark-duplicates")
    docs = documents(out.read_bytes())
    assert [(doc.id, doc.duplicate_of, str(doc.published)) for doc in docs] == [("1", None, "2019-05-02"), ("3", "1", "2019-05-03")]
    assert said(done) == f"beritaie: 1 not Indonesian, passed over (--any-language keeps them); listed in {out}.errors.jsonl\n"
    (fault,) = map(json.loads, (tmp_path / "out.jsonl.errors.jsonl").read_bytes().splitlines())
    assert (fault["id"], fault["line"], fault["step"]) == ("2", 3, "language")
    assert fault["reason"] == "English, not Indonesian; --any-language keeps it"
    done = run("extract", path, "-o", out, *columns, "--drop-duplicates", "--any-language")
    assert [doc.id for doc in documents(out.read_bytes())] == ["1", "2"]
    assert "1 repeat an earlier article, dropped" in said(done)
