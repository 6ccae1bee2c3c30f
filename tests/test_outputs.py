"""Outputs of a run, written and read back: the same documents whatever the format, whole or not at all."""

from __future__ import annotations

import datetime as dt
import filecmp
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from documents import document
from pyarrow import parquet

import beritaie
from beritaie import arrow
from beritaie.archive import batches
from beritaie.archive.parquet import FILES
from beritaie.archive.writers import writer
from beritaie.columns import TABLES
from beritaie.errors import InputError, SetupError
from beritaie.records import Document, Mention, Money, Organization, Relation

OUTPUTS = ("out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet", "folder/", "out.duckdb")


def documents() -> list[Document]:
    """Return documents with all there can be: no id, ids twice, nothing in them, hostile strings."""
    hand = document()
    odd = "a\x00b'\"\n\u2028😀"
    quote = hand.quotes[0].__class__(id="q1", start=0, end=3, text=odd, speaker=odd, speaker_id="p1", cue=Mention(start=0, end=1, text="a"))
    nlp = beritaie.load("rules", not_after="2026-01-01")
    read = [nlp(f"Bupati Garut Rudi Gunawan menyiapkan Rp{n} juta, Senin (5/11).", id=f"a{n}", published="2018-11-06") for n in range(20)]
    with_ids = [number_missing(doc) for doc in [hand, *read, hand]]
    return [*with_ids[:9], Document(text=odd, title=odd, quotes=(quote,)), Document(text="", id=""), *with_ids[9:]]


def number_missing(doc: Document) -> Document:
    """Return the document with ids where a hand or an older pipeline left them out."""
    import msgspec

    changes = {
        name: tuple(msgspec.structs.replace(record, id=record.id or f"{name[0]}{n}") for n, record in enumerate(getattr(doc, name), 1))
        for name in ("money", "times", "quotes")
    }
    return msgspec.structs.replace(doc, **changes)


def write(path: str, docs: list[Document]) -> str:
    with writer(path) as out:
        for doc in docs:
            out.write(doc)
    return path


def write_and_break(path: str) -> None:
    with writer(path) as out:
        out.write(document())
        raise ZeroDivisionError


@pytest.mark.parametrize("output", OUTPUTS)
def test_documents_come_back(tmp_path: Path, output: str) -> None:
    docs = documents()
    path = write(f"{tmp_path}/{output}", docs)
    assert list(beritaie.read_records(path)) == docs
    assert list(tmp_path.iterdir()) == [Path(path)]  # nothing is left beside it


@pytest.mark.parametrize("output", OUTPUTS)
def test_small_row_groups_change_nothing(tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "PACKED_AT", 100)
    monkeypatch.setattr(batches, "GIVEN_AT", 500)
    docs = documents()
    path = write(f"{tmp_path}/{output}", docs)
    assert list(beritaie.read_records(path)) == docs
    if output == "out.parquet":
        assert parquet.ParquetFile(Path(path) / FILES["mentions"]).num_row_groups > 3


@pytest.mark.parametrize("output", [output for output in OUTPUTS if not output.endswith(".duckdb")])
def test_the_same_documents_give_the_same_bytes(tmp_path: Path, output: str) -> None:
    docs = documents()
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    first, second = Path(write(f"{tmp_path}/1/{output}", docs)), Path(write(f"{tmp_path}/2/{output}", docs))
    if first.is_dir():
        assert filecmp.cmpfiles(first, second, list(FILES.values()), shallow=False) == (list(FILES.values()), [], [])
    else:
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_broken_run_leaves_the_old_output(tmp_path: Path, output: str) -> None:
    path = f"{tmp_path}/{output}"
    with pytest.raises(ZeroDivisionError):
        write_and_break(path)
    assert not Path(path).exists()
    write(path, [document(id="old")])
    with pytest.raises(ZeroDivisionError):
        write_and_break(path)
    assert [doc.id for doc in beritaie.read_records(path)] == ["old"]
    write(path, [document(id="new")])  # over the old one, and over what the broken run has left
    assert [doc.id for doc in beritaie.read_records(path)] == ["new"]
    assert list(tmp_path.iterdir()) == [Path(path)]


def test_the_tables_of_all_formats_are_equal(tmp_path: Path) -> None:
    docs = documents()
    expected = beritaie.tables(docs, as_="arrow")
    write(f"{tmp_path}/out.parquet", docs)
    write(f"{tmp_path}/out.duckdb", docs)
    with duckdb.connect(f"{tmp_path}/out.duckdb", read_only=True) as connection:
        for name in TABLES:
            file = parquet.read_table(tmp_path / "out.parquet" / FILES[name])
            assert file.schema.equals(arrow.schema(name))
            assert file.equals(expected[name])
            columns = connection.execute(f"SELECT * FROM {name}").fetchall()
            assert columns == [tuple(row.values()) for row in expected[name].to_pylist()], name


def test_types_in_the_database(tmp_path: Path) -> None:
    write(f"{tmp_path}/out.duckdb", [document()])
    with duckdb.connect(f"{tmp_path}/out.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT low, first_day, value FROM money, times").fetchone() == (
            Decimal(200_000_000_000),
            dt.date(2018, 10, 31),
            "2018-10-31",
        )


def test_views(tmp_path: Path) -> None:
    text = "KPK menyita Rp1 juta.\nBank Garut meminjam Rp2 juta dari Bank Ciamis, Rp3 juta lagi.\nRp4 juta"

    def span(words: str) -> dict:
        return {"start": text.index(words), "end": text.index(words) + len(words), "text": words}

    amounts = tuple(
        Money(id=f"m{n}", **span(f"Rp{n} juta"), low=Decimal(n * 10**6), high=Decimal(n * 10**6), currency="IDR") for n in range(1, 5)
    )
    bodies = tuple(
        Organization(id=f"o{n}", name=name, kind="company", mentions=(Mention(**span(name)),))
        for n, name in enumerate(("KPK", "Bank Garut", "Bank Ciamis"), 1)
    )
    stated = Relation(kind="amount_for", subject="m3", subject_text="Rp3 juta", object="o2", object_text="Bank Garut")
    other = Document(text=text, id="b", money=amounts, organizations=bodies, relations=(stated,))
    write(f"{tmp_path}/out.duckdb", [document(), other])
    with duckdb.connect(f"{tmp_path}/out.duckdb", read_only=True) as connection:
        said = connection.execute("SELECT article_id, speaker, offices, cue, quote_id FROM who_said_what").fetchall()
        assert said == [("banjarmasin-1", "Hermansyah", "Wakil Walikota Banjarmasin", "katanya", "q1")]
        holders = connection.execute("SELECT person, title, place, published FROM office_holders").fetchall()
        assert holders == [("Hermansyah", "Wakil Walikota", "Banjarmasin", dt.date(2018, 11, 1))]
        money = connection.execute(
            "SELECT money_id, organization, basis FROM money_by_organization WHERE article_id = 'b' ORDER BY 1"
        ).fetchall()
        assert money == [("m1", "KPK", "near"), ("m2", "Bank Ciamis", "near"), ("m3", "Bank Garut", "stated")]


def test_one_office_has_one_name(tmp_path: Path) -> None:
    nlp = beritaie.load("rules", not_after="2026-01-01")
    texts = {
        "Wagub DKI Budi Santoso tiba di DKI.": "Wakil Gubernur DKI Jakarta",
        "Wakil Gubernur DKI Jakarta Budi Santoso tiba.": "Wakil Gubernur DKI Jakarta",
        "Bupati Lumajang Budi Santoso tiba.": "Bupati Lumajang",
        "Kepala Dinas Perhubungan DKI Jakarta Budi Santoso tiba.": "Kepala Dinas Perhubungan Provinsi DKI Jakarta",
        "Kapolda Jatim Budi Santoso tiba di Jatim.": "Kepala Kepolisian Daerah Jawa Timur",
        "Ketum PKB Budi Santoso tiba.": "Ketua Umum Partai Kebangkitan Bangsa",
        "Direktur Utama PT Angin Ribut Budi Santoso tiba.": "Direktur Utama PT Angin Ribut",
    }
    write(f"{tmp_path}/out.duckdb", [nlp(text, id=str(number)) for number, text in enumerate(texts)])
    with duckdb.connect(f"{tmp_path}/out.duckdb", read_only=True) as connection:
        found = connection.execute("SELECT office FROM office_holders ORDER BY article_id").fetchall()
    assert [office for (office,) in found] == list(texts.values())


def test_what_stands_in_the_way_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "out.parquet"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(SetupError, match=r"out\.parquet holds 'thesis\.txt', which is none of the tables; write the records elsewhere"):
        write(str(folder), [])
    assert (folder / "thesis.txt").read_text() == "mine"
    (tmp_path / "file.parquet").write_text("mine")
    with pytest.raises(SetupError, match="is not a folder of tables"):
        write(f"{tmp_path}/file.parquet", [])
    with pytest.raises(SetupError, match=r"x\.xml: unknown ending for records; known: \.jsonl"):
        write("x.xml", [])


@pytest.mark.parametrize("output", OUTPUTS)
def test_where_nothing_can_be_written(tmp_path: Path, output: str) -> None:
    with pytest.raises(SetupError, match=f"cannot write {tmp_path}/nowhere/{output}: "):
        write(f"{tmp_path}/nowhere/{output}", [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst"])
def test_a_full_disk_is_told_when_the_last_bytes_leave(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"full.{ending}").symlink_to("/dev/full")
    with pytest.raises(SetupError, match=rf"cannot write .*full\.{ending}: No space left on device"):
        write(f"{tmp_path}/full.{ending}", [document()])


def test_what_cannot_be_read_back(tmp_path: Path) -> None:
    def reason(name: str, data: bytes = b"") -> str:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError) as error:
            list(beritaie.read_records(tmp_path / name))
        return str(error.value).replace(f"{tmp_path}/", "")

    with pytest.raises(InputError, match=r"nosuch\.jsonl: no such file or folder"):
        beritaie.read_records("nosuch.jsonl")
    assert reason("a.txt").startswith("a.txt: not an output of extract; known: .jsonl")
    assert reason("a.jsonl", b'{"text": "a"}\n\n{"id": 1}\n').startswith("a.jsonl line 3: not a document as extract writes it: ")
    assert reason("a.duckdb", b"no database").startswith("a.duckdb: ")
    packed = Path(write(f"{tmp_path}/b.jsonl.gz", [document()] * 3)).read_bytes()
    assert "damaged" in reason("c.jsonl.gz", packed[: len(packed) // 2])
    folder = Path(write(f"{tmp_path}/out.parquet", documents()))
    (folder / FILES["places"]).unlink()
    with pytest.raises(InputError, match=r"places\.parquet"):
        list(beritaie.read_records(folder))
    parquet.write_table(arrow.tables([document(id="elsewhere")])["places"], folder / FILES["places"])
    with pytest.raises(InputError, match="places holds rows of 'elsewhere' that are not in the order of the articles"):
        list(beritaie.read_records(folder))
