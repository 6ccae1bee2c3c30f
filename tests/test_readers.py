"""Readers: real files of every format, whole and broken; what is lost is told, and nothing else is lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from beritaie.archive.language import foreign
from beritaie.archive.readers import Fault, Options, Row, files, read
from beritaie.errors import SetupError

ROWS = [
    {"id": "a", "text": "Rapat digelar di Bandung.", "published": "2019-05-02", "title": "Rapat", "url": "https://a.id/1"},
    {"id": "b", "text": 'Kata dia, "Setuju, ya".\nRapat usai.', "published": "2019-05-03", "title": "Usai", "url": "https://a.id/2"},
    {"id": "c", "text": "Hibah senilai Rp5 juta.", "published": "2019-05-04", "title": "Hibah", "url": "https://a.id/3"},
]
PARAGRAPHS = [
    "Pemerintah Kota Sukamaju menyiapkan anggaran Rp100 juta untuk perbaikan jembatan yang rusak karena banjir pekan lalu.",
    "Wali kota mengatakan bahwa perbaikan akan dimulai pada bulan depan dan ditargetkan selesai sebelum akhir tahun ini.",
    "Warga berharap pekerjaan tidak tertunda lagi karena jembatan itu menjadi jalur utama anak sekolah dan para pedagang.",
]


def page(paragraphs: Sequence[str] = PARAGRAPHS, charset: str = "utf-8", date: str = "2019-05-02") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="{charset}"><title>Jembatan diperbaiki</title>
<link rel="canonical" href="https://www.contoh.id/jembatan"><meta name="author" content="Siti Aminah">
<meta property="article:published_time" content="{date}T08:00:00+07:00"><meta property="og:title" content="Jembatan diperbaiki">
</head><body><nav><a href="/">Beranda</a></nav><article><h1>Jembatan diperbaiki</h1>{body}</article></body></html>""".encode(charset)


def pack(data: bytes, ending: str) -> bytes:
    if ending == ".gz":
        return gzip.compress(data)
    if ending == ".zst":
        return pytest.importorskip("zstandard").ZstdCompressor().compress(data)
    return data


def encoded(kind: str) -> bytes:
    if kind == ".jsonl":
        return b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)
    if kind == ".csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, list(ROWS[0]))
        writer.writeheader()
        writer.writerows(ROWS)
        return out.getvalue().encode()
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    raw = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(ROWS), raw, row_group_size=2)
    return raw.getvalue()


def warc(*bodies: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    result = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:info>\r\nContent-Length: 4\r\n\r\nx: y\r\n\r\n"
    for number, body in enumerate(bodies):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:r{number}>\r\nWARC-Target-URI: https://contoh.id/{number}\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        result += head.encode() + http + b"\r\n\r\n"
    return result


def ids(found: Sequence[Row | Fault]) -> list[str | None]:
    return [row.id for row in found if isinstance(row, Row)]


def faults(found: Sequence[Row | Fault]) -> list[str]:
    return [str(row) for row in found if isinstance(row, Fault)]


def reading(path: Path, data: bytes, **options: object) -> list[Row | Fault]:
    path.write_bytes(data)
    return list(read([str(path)], msgspec.convert({"any_language": True} | options, Options)))


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
@pytest.mark.parametrize("kind", [".jsonl", ".csv", ".parquet"])
def test_tables(tmp_path, kind: str, packing: str) -> None:
    found = reading(tmp_path / f"x{kind}{packing}", pack(encoded(kind), packing))
    assert not faults(found)
    assert [{name: getattr(row, name) for name in ROWS[0]} for row in found] == ROWS


@pytest.mark.parametrize("kind", [".jsonl", ".csv", ".parquet"])
def test_columns(tmp_path, kind: str) -> None:
    data = encoded(kind)
    found = reading(tmp_path / f"x{kind}", data, columns={"text": "title", "published": "id"})
    assert [(row.text, row.published) for row in found if isinstance(row, Row)] == [("Rapat", "a"), ("Usai", "b"), ("Hibah", "c")]
    (message,) = set(faults(reading(tmp_path / f"y{kind}", data, columns={"text": "isi"}))[:1])
    assert "'isi'" in message
    assert "--text-column" in message


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_page(tmp_path, packing: str) -> None:
    pytest.importorskip("trafilatura")
    (row,) = reading(tmp_path / f"jembatan.html{packing}", pack(page(), packing))
    assert isinstance(row, Row)
    assert (row.id, row.published, row.title, row.author) == ("jembatan", "2019-05-02", "Jembatan diperbaiki", "Siti Aminah")
    assert row.url == "https://www.contoh.id/jembatan"
    assert [line for line in row.text.splitlines() if line in PARAGRAPHS] == PARAGRAPHS


def test_what_is_hardly_a_page(tmp_path) -> None:
    """A menu is no article, a picture neither; a plain text is one, and so is a piece of a page."""
    pytest.importorskip("trafilatura")
    menu = b"<html><body><ul><li><a href='/'>Beranda</a></li><li><a href='/b'>Berita</a></li></ul></body></html>"
    (fault,) = faults(reading(tmp_path / "menu.html", menu))
    assert "no article is found in the page" in fault
    (fault,) = faults(reading(tmp_path / "x.html", b"GIF89a\r\n" + bytes(range(60)) * 40 + "é ".encode("windows-1252") * 500))
    assert "no article is found in the page" in fault
    text = "\n".join(PARAGRAPHS)
    (row,) = reading(tmp_path / "teks.html", text.encode())
    assert isinstance(row, Row)
    assert row.text == text
    (row,) = reading(tmp_path / "p.html", "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS).encode())
    assert isinstance(row, Row)
    assert PARAGRAPHS[2] in row.text


@pytest.mark.parametrize("said", ["utf-8", "windows-1252", "iso-8859-1", "utf-16", "x-user-defined", ""])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "windows-1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_wrong_charset_in_a_page(tmp_path, charset: str, said: str) -> None:
    """The bytes count for more than what the page says of itself."""
    pytest.importorskip("trafilatura")
    text = "Menteri membuka “Kafé Délima” – di Jalan Mawar, kota itu, kemarin pagi."
    data = page([text, *PARAGRAPHS]).decode().replace('charset="utf-8"', f'charset="{said}"' if said else "x").encode(charset)
    (row,) = reading(tmp_path / "x.html", data)
    assert isinstance(row, Row)
    assert text in row.text


@pytest.mark.parametrize("charset", ["windows-1252", "utf-16", "utf-8", "iso-8859-1"])
def test_charset_of_pages_and_texts(tmp_path, charset: str) -> None:
    pytest.importorskip("trafilatura")
    text = "Kafé “baru” dibuka di Jalan Mawar." if charset != "iso-8859-1" else "Kafé baru dibuka di Jalan Mawar."
    (row,) = reading(tmp_path / "x.txt", text.encode(charset))
    assert isinstance(row, Row)
    assert row.text == text
    (row,) = reading(tmp_path / "x.html", page([text, *PARAGRAPHS], charset))
    assert isinstance(row, Row)
    assert "Kafé" in row.text


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_warc(tmp_path, packing: str) -> None:
    pytest.importorskip("fastwarc")
    data = pack(warc(page(), page(PARAGRAPHS[::-1])), packing) + pack(warc(b"<html></html>", b"PNG"), packing)
    data += pack(warc(page(), status="404 Not Found") + warc(b"\x89PNG", kind="image/png"), packing)
    found = reading(tmp_path / f"x.warc{packing}", data)
    assert [(row.id, row.line, row.url) for row in found if isinstance(row, Row)] == [
        ("r0", 2, "https://contoh.id/0"),
        ("r1", 3, "https://contoh.id/1"),
    ]
    assert all(row.passed_over for row in found if isinstance(row, Fault))
    assert "x.warc" in faults(found)[0]
    assert "record 5: no article is found in the page" in faults(found)[0]
    counted = [(row.step, row.count, row.reason) for row in found if isinstance(row, Fault) and row.line is None]
    assert counted == [
        ("status", 1, "redirections and errors, by status: 1 404"),
        ("type", 1, "answers that are no page, by type: 1 image/png"),
    ]


def record(body: bytes, *http: str, kind: str = "response", url: str = "https://contoh.id/a", warc: str = "") -> bytes:
    """Return a record of WARC around an answer of HTTP with these header lines, the first of them the status."""
    answer = "\r\n".join([*http, "", ""]).encode() + body if http else body
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\nWARC-Target-URI: {url}\r\n{warc}"
    if http:
        head += "Content-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


OK = ("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8")


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(data[at : at + 100]), data[at : at + 100]) for at in range(0, len(data), 100)) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("pack", "header"),
    [
        (gzip.compress, "Content-Encoding: gzip"),
        (gzip.compress, "Content-Encoding: x-gzip"),
        (zlib.compress, "Content-Encoding: deflate"),
        (lambda data: zlib.compress(data)[2:-4], "Content-Encoding: deflate"),
        (chunked, "Transfer-Encoding: chunked"),
        (lambda data: chunked(gzip.compress(data)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked"),
        (lambda data: chunked(pytest.importorskip("brotli").compress(data)), "Content-Encoding: br\r\nTransfer-Encoding: chunked"),
        (lambda data: pytest.importorskip("zstandard").ZstdCompressor().compress(data), "Content-Encoding: zstd"),
        (bytes, "Content-Encoding: gzip"),  # unpacked by the crawler, which left the header
        (bytes, "Transfer-Encoding: chunked"),
        (bytes, "Content-Encoding: br"),
    ],
)
def test_encodings_of_a_transfer(tmp_path, pack, header: str) -> None:
    pytest.importorskip("fastwarc")
    (row,) = reading(tmp_path / "x.warc", record(pack(page()), *OK, header))
    assert isinstance(row, Row)
    assert PARAGRAPHS[0] in row.text
    assert (row.url, row.published) == ("https://contoh.id/a", "2019-05-02")


def test_damaged_encoding_of_a_transfer(tmp_path) -> None:
    pytest.importorskip("fastwarc")
    damaged = bytearray(gzip.compress(page()))
    damaged[30:40] = b"\xff" * 10
    packed = gzip.compress(page())
    cases = [
        (bytes(damaged), "Content-Encoding: gzip", "not gzip as its header says"),
        (packed[:-20], "Content-Encoding: gzip", "it is cut off"),
        (b"12", "Content-Encoding: br", "not br as its header says"),
        (b"zz\r\n" + packed, "Transfer-Encoding: chunked", "not chunked as its header says"),
        (chunked(packed)[:-8], "Transfer-Encoding: chunked", "not chunked as its header says"),
        (packed, "Content-Encoding: dcb", "the encoding 'dcb' is not known"),
    ]
    data = b"".join(record(body, *OK, header) + record(page(), *OK) for body, header, _ in cases)
    found = reading(tmp_path / "x.warc", data)
    assert [isinstance(row, Row) for row in found] == [False, True] * len(cases)  # the others are not lost with it
    for fault, (*_, reason) in zip(faults(found), cases, strict=True):
        assert "the record is damaged" in fault
        assert reason in fault


def test_large_records(tmp_path) -> None:
    """A page that is too large is told; what is no page is counted, however large it is; a few bytes that stand for many are no way in."""
    pytest.importorskip("fastwarc")
    film = ("HTTP/1.1 200 OK", "Content-Type: video/mp4")
    data = record(b"<p>" + b"a" * 30_000, *OK) + record(b"x" * 30_000, *film) + record(page(), *OK)
    data += record(gzip.compress(b"a" * 1_000_000), *OK, "Content-Encoding: gzip")
    found = reading(tmp_path / "x.warc", data, max_record=20_000)
    assert [row.line for row in found] == [1, 3, 4, None]
    assert len(ids(found)) == 1
    assert "record 1: a page of 30,0" in faults(found)[0]
    assert "more than 20,000: not read" in faults(found)[0]
    assert "record 4: a page of more than 20,000 bytes when it is unpacked" in faults(found)[1]
    assert "1 video/mp4" in faults(found)[2]
    assert [row.passed_over for row in found if isinstance(row, Fault)] == [False, False, True]


def test_all_kinds_of_records(tmp_path) -> None:
    pytest.importorskip("fastwarc")
    text = " ".join(PARAGRAPHS)
    data = record(b"GET / HTTP/1.1\r\n\r\n", kind="request") + record(b"a: b", kind="metadata")
    data += record(b"", "HTTP/1.1 301 Moved", "Location: /b") + record(b"", "HTTP/1.1 302 Found") + record(page(), "HTTP/1.1 500 Oh")
    data += record(b"", "HTTP/1.1 304 Not Modified", kind="revisit") + record(b"", "HTTP/1.1 200 OK", kind="revisit")
    data += record(b"User-agent: *", "HTTP/1.1 200 OK", "Content-Type: text/plain", url="https://contoh.id/robots.txt")
    data += record(text.encode(), kind="conversion", warc="Content-Type: text/plain\r\n")
    data += record(page(), kind="resource", warc="Content-Type: text/html\r\n")
    data += record(page(), "HTTP/1.1 200 OK", url="https://contoh.id/no-type")
    data += record(page(), *OK, warc="WARC-Segment-Number: 1\r\n")
    found = reading(tmp_path / "x.warc", data)
    assert [row.line for row in found if isinstance(row, Row) and PARAGRAPHS[0] in row.text] == [9, 10, 11]
    assert [(row.line, row.step, row.count, row.reason.partition(": ")[2]) for row in found if isinstance(row, Fault)] == [
        (12, "read", 1, ""),
        (None, "revisit", 2, "1 200, 1 304"),
        (None, "status", 3, "1 301, 1 302, 1 500"),
        (None, "type", 1, "1 text/plain"),
    ]


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_cut_compression_costs_what_is_cut(tmp_path, packing: str) -> None:
    import random

    random.seed(1)
    many = b"".join(json.dumps({"id": str(n), "text": f"Rapat {random.random()}"}).encode() + b"\n" for n in range(60_000))
    data = pack(many, packing)
    found = reading(tmp_path / f"x.jsonl{packing}", data[: len(data) // 2])
    kept = ids(found)
    assert kept == [str(n) for n in range(len(kept))]
    assert 10_000 < len(kept) < 50_000
    (fault,) = faults(found)
    assert "the compressed file is cut off" in fault
    assert f"line {len(kept)}" in fault or f"line {len(kept) + 1}" in fault
    damaged = data[: len(data) // 2] + b"\0" * 50 + data[len(data) // 2 + 50 :]
    found = reading(tmp_path / f"x.jsonl{packing}", damaged)
    assert faults(found)
    assert len(ids(found)) > 10_000
    for kind in (".txt", ".html", ".csv", ".parquet"):
        found = reading(tmp_path / f"y{kind}{packing}", pack(b"x" * 1000, packing)[:-5])
        assert any("cut off" in fault for fault in faults(found)), kind
        assert not ids(found)


def test_cut_warc(tmp_path) -> None:
    pytest.importorskip("fastwarc")
    data = warc(page(), page())
    for cut in (100, len(page()) // 2, len(page()) + 150):
        found = reading(tmp_path / "x.warc", data[:-cut])
        assert ids(found) == ["r0"]
        assert len(faults(found)) == 1, cut
        assert "record 3" in faults(found)[0]
    found = reading(tmp_path / "x.warc.gz", gzip.compress(warc(page())) + gzip.compress(warc(page()))[:-40])
    assert ids(found) == ["r0"]
    assert any("cut off" in fault for fault in faults(found))


def test_damaged_parquet(tmp_path) -> None:
    data = encoded(".parquet")
    assert "no whole Parquet file" in faults(reading(tmp_path / "x.parquet", data[:-30]))[0]
    found = reading(tmp_path / "x.parquet", data[:4] + b"\xff" * 40 + data[44:])
    assert ids(found) == ["c"]
    assert "rows 1 to 2 are lost" in faults(found)[0]


def test_broken_quotes_cost_their_own_rows(tmp_path) -> None:
    data = (
        b'id,text\n1,"satu"\n2,"dua\n3,"tiga"\n4,"empat\nlima, ya"\n5,"a "b" c"\n6,"enam ""6"""\n7,tujuh,lebih\n8,"delapan\n\n9,"sembilan'
        b'\n10,sepuluh\n11,"se""belas"\n'
    )
    found = reading(tmp_path / "x.csv", data)
    assert [(row.id, row.text) for row in found if isinstance(row, Row)] == [
        ("1", "satu"),
        ("3", "tiga"),
        ("4", "empat\nlima, ya"),
        ("6", 'enam "6"'),
        ("10", "sepuluh"),
        ("11", 'se"belas'),
    ]
    assert [row.line for row in found if isinstance(row, Fault)] == [3, 7, 9, 10]
    assert "closed in the middle" in faults(found)[0]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(tmp_path, delimiter: str) -> None:
    data = f'id{delimiter}text\r\n1{delimiter}"satu, {delimiter} dua"\r\n2{delimiter}tiga, "empat"\r\n'.encode("utf-16")
    found = reading(tmp_path / "x.csv", data)
    assert [row.text for row in found if isinstance(row, Row)] == [f"satu, {delimiter} dua", 'tiga, "empat"']


def test_huge_lines_cost_themselves(tmp_path) -> None:
    good = json.dumps({"id": "last", "text": "Rapat"}).encode()
    found = reading(tmp_path / "x.jsonl", b'{"text": "' + b"a" * 50_000_000 + b'"}\n' + good)
    assert ids(found) == ["last"]
    assert "line 1: a line of more than 16,777,216 bytes" in faults(found)[0]
    found = reading(tmp_path / "x.csv", b"id,text\n1," + b"a" * 3000 + b"\nlast,Rapat\n", max_record=1000)
    assert ids(found) == ["last"]
    assert "larger than 1,000 bytes" in faults(reading(tmp_path / "x.txt", b"a" * 2000, max_record=1000))[0]


def test_nothing_and_nuls(tmp_path) -> None:
    for kind in (".jsonl", ".csv", ".warc"):
        assert reading(tmp_path / f"x{kind}", b"") == []
    assert "empty" in faults(reading(tmp_path / "x.html", b""))[0]
    assert "no whole Parquet file" in faults(reading(tmp_path / "x.parquet", b""))[0]
    for kind, data in ((".txt", b"Rapat\0 di"), (".csv", b"id,text\n1,Rapat\0 di\n"), (".jsonl", b'{"text": "Rapat\\u0000 di"}\n')):
        (row,) = reading(tmp_path / f"y{kind}", data)
        assert isinstance(row, Row)
        assert row.text == "Rapat\0 di"


def test_a_file_that_changes_is_told(tmp_path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(encoded(".jsonl"))
    stream = read([str(path)])
    first = next(stream)
    with path.open("ab") as more:
        more.write(b'{"text": "Rapat"}\n')
    found = [first, *stream]
    assert ids(found)[:3] == ["a", "b", "c"]
    assert "the file changed while it was read" in faults(found)[-1]


def test_folders_and_patterns(tmp_path) -> None:
    (tmp_path / "2019").mkdir()
    for name in ("2019/b.csv", "a.jsonl.gz", "2019/a.txt", "catatan.docx", "out.jsonl.errors.jsonl", "[x].txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".2018").mkdir()
    for name in (".2018/a.txt", "2019/._a.html"):
        (tmp_path / name).write_bytes(b"")

    def paths(*inputs: str) -> list[str]:
        return [str(Path(file.path).relative_to(tmp_path)) for file in files([str(tmp_path / name) for name in inputs])]

    assert paths("") == ["2019/a.txt", "2019/b.csv", "[x].txt", "a.jsonl.gz"]
    assert paths("*/*.csv") == ["2019/b.csv"]
    assert paths("[x].txt") == ["[x].txt"]
    assert paths("2019/b.csv", "", "*/*.csv") == ["2019/b.csv", "2019/a.txt", "[x].txt", "a.jsonl.gz"]  # each once
    (tmp_path / "none").mkdir()
    assert "no file in the folder has a known ending" in faults(list(read([str(tmp_path / "none")])))[0]
    assert "check the pattern" in faults(list(read([str(tmp_path / "*.nichts")])))[0]


def test_articles_without_id_are_called_after_their_files(tmp_path) -> None:
    """By the path below the folder; no two articles are called the same."""
    names = ["2018/a.txt", "2019/a.txt", "2019/b.txt", "2019/b.txt.gz", "2019/b.htm", "b.txt.txt", "c.txt", "d.2018.txt"]
    lines = ["2018/x.jsonl", "2019/x.jsonl"]
    for name in names + lines:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        data = b'{"text": "Rapat"}' if name in lines else page() if name.endswith(".htm") else b"Rapat"
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    found = ids(list(read([str(tmp_path)])))
    assert sorted(filter(None, found)) == sorted(
        ["2018/a", "2019/a", "2019/b.txt", "2019/b.txt.gz", "2019/b.htm", "b.txt", "c", "d.2018", "2018/x.jsonl:1", "2019/x.jsonl:1"]
    )
    assert ids(list(read([f"{tmp_path}/2*/a.txt"]))) == ["2018/a", "2019/a"]
    given = [f"{tmp_path}/{name}" for name in ("2018/a.txt", "2019/a.txt", "2018/x.jsonl", "2019/x.jsonl", "c.txt")]
    assert ids(list(read(given))) == [*given[:2], *(f"{name}:1" for name in given[2:4]), "c"]
    stems = {"x/b.txt.gz", "b.txt.gz.txt", "x/b.txt"}  # a name that another would give way to is taken itself
    for name in stems:
        (tmp_path / "other" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "other" / name).write_bytes(gzip.compress(b"Rapat") if name.endswith(".gz") else b"Rapat")
    given = [f"{tmp_path}/other/x/b.txt", f"{tmp_path}/other/x/b.txt.gz", f"{tmp_path}/other/b.txt.gz.txt"]
    assert len(set(ids(list(read(given))))) == 3


def test_a_missing_package_is_named_before_anything_is_read(tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    with pytest.raises(SetupError, match=r"needs zstandard: pip install 'beritaie\[archive\]'"):
        next(read([str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl.zst")]))


FOREIGN = {
    "English": "The minister said that the government will build more roads in the province, and that it has asked the council for "
    "the money to do so by the end of the year, which was not what they had said before.",
    "Malay": "Polis berkata siasatan mendapati bahawa lelaki itu cuba melarikan wang syarikat kerana mahu melunaskan hutang, "
    "manakala isterinya tidak terbabit. Beliau ditahan pada Isnin dan bakal didakwa Khamis ini, susulan aduan baharu pihak bank.",
    "Javanese": "Wong-wong ing desa iku wis padha nglumpuk ana ing bale kanggo ngrembug dalan sing rusak, nanging ora ana sing gelem "
    "ngomong luwih dhisik amarga kabeh isin karo pak lurah kang lagi wae teka saka kutha.",
    "Sundanese": "Urang lembur geus karumpul di balé désa pikeun ngabahas jalan nu ruksak, tapi teu aya nu daék nyarita ti heula, "
    "sabab sadayana éra ku pa lurah anu kakara datang ti kota jeung teu acan ngaso.",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_foreign(tmp_path, language: str) -> None:
    assert foreign(FOREIGN[language]) == f"{language}, not Indonesian"
    found = reading(tmp_path / "x.txt", FOREIGN[language].encode(), any_language=False)
    (fault,) = found
    assert isinstance(fault, Fault)
    assert (fault.step, fault.passed_over) == ("language", True)
    assert "--any-language" in fault.reason
    assert ids(reading(tmp_path / "x.txt", FOREIGN[language].encode())) == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        " ".join(PARAGRAPHS),
        "Rapat digelar di Bandung.",
        "The Jakmania.",
        " ".join(PARAGRAPHS) + ' Ia lalu menyanyikan lagu itu: "' + "I will be there for you and you will be there for me " * 3 + '"',
        "Harga emas Antam: " + " ".join(f"{gram} gram Rp{gram * 950_000}" for gram in (1, 2, 3, 5, 10, 25, 50, 100)) * 4,
        "Hasil: " + ", ".join(f"Pemain{chr(65 + n)} Klub{chr(65 + n)}" for n in range(26)) + ". Skor " + "Persija Persib " * 30,
    ],
)
def test_indonesian_stays(text: str) -> None:
    assert foreign(text) is None


def test_other_scripts() -> None:
    assert foreign("政府は来年度の予算案を発表した。" * 20) == "in another script, not Indonesian"


def story(number: int) -> str:
    return " ".join(f"kata{number * 1000 + at}" for at in range(200))


def test_repeats(tmp_path) -> None:
    pytest.importorskip("datasketch")
    again = story(1).replace("kata1100 ", "")
    texts = [story(1), story(2), f"JAKARTA - {again} (ant)", story(3), again, " ".join(story(1).split()[:60])]
    data = b"".join(json.dumps({"id": str(n), "text": text}).encode() + b"\n" for n, text in enumerate(texts))
    found = reading(tmp_path / "x.jsonl", data, duplicates="mark")
    assert [row.duplicate_of for row in found if isinstance(row, Row)] == [None, None, "0", None, "0", None]
    found = reading(tmp_path / "x.jsonl", data, duplicates="drop")
    assert ids(found) == ["0", "1", "3", "5"]
    assert faults(found) == [f"{tmp_path}/x.jsonl line {line}: repeats 0" for line in (3, 5)]
    assert all(row.passed_over for row in found if isinstance(row, Fault))


def test_repeats_in_bounded_memory() -> None:
    pytest.importorskip("datasketch")
    from beritaie.archive.duplicates import Repeats

    repeats = Repeats(remember=10)
    assert [repeats.first(story(n), str(n)) for n in range(30)] == [None] * 30
    assert repeats.first(story(25), "x") == "25"
    assert repeats.first(story(3), "y") is None
    assert len(repeats._names) == 10
