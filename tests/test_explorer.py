"""The archive explorer, as a real process over a real archive."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import chromium, ran_something

from beritaie.errors import InputError, SetupError
from beritaie.explore.archive_search import ArchiveSearch, query

pytest.importorskip("duckdb")
pytest.importorskip("starlette")

SAMPLE = Path(__file__).parents[1] / "examples" / "archive" / "sample.jsonl"
EVIL = '<script>window.ran=true;alert(1)</script>"><img src=x onerror=alert(1)>'


def extracted(source: Path, folder: Path) -> Path:
    archive = folder / "records.duckdb"
    command = [sys.executable, "-m", "beritaie.cli", "extract", str(source), "-o", str(archive), "--model", "rules"]
    subprocess.run(command, check=True, capture_output=True)
    return archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    return extracted(SAMPLE, tmp_path_factory.mktemp("archive"))


@contextmanager
def served(archive: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "beritaie.cli", "explore", str(archive), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert match, line
        yield match[0]
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def site(archive) -> Iterator[str]:
    with served(archive) as url:
        yield url


def get(url: str, **headers: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "hermansyah"}, {"Hermansyah"}),
        ({"office": "rektor", "q": "christina"}, {"Christina Manuputty"}),
        ({"kind": "organization", "q": "bank samudra"}, {"Bank Samudra", "PT Bank Samudra Tbk"}),
        ({"kind": "money", "least": "1800000000000", "since": "2018-11-01", "until": "2018-11-01"}, {"Rp1,84 triliun", "Rp96 triliun"}),
        ({"kind": "money", "currency": "usd"}, {"US$40 juta", "US$250.000"}),
        ({"kind": "quote", "q": "menunggu"}, {"Fathurrahman"}),
        ({"q": "100%"}, set()),
        ({"q": "_"}, set()),
        ({"q": "'; DROP TABLE people; --"}, set()),
    ],
)
def test_search(archive, asked, names) -> None:
    hits, total = ArchiveSearch(str(archive)).search(query(asked))
    assert {hit.name for hit in hits} == names
    assert total == len(hits)


def test_hits_stand_in_their_articles(archive) -> None:
    search = ArchiveSearch(str(archive))
    for kind in ("person", "organization", "place", "money", "quote"):
        hits, total = search.search(query({"kind": kind}))
        assert total > 40
        for hit in hits:
            doc = search.article(hit.article_id)
            assert doc is not None
            assert hit.at
            assert doc.text.startswith(hit.at, hit.start)
        pages = [hit for page in range(1, -(-total // 50) + 1) for hit in search.search(query({"kind": kind, "page": str(page)}))[0]]
        assert pages == list(search.all(query({"kind": kind})))
        assert len(pages) == total


@pytest.mark.parametrize("asked", [{"kind": "x"}, {"since": "kemarin"}, {"least": "banyak"}, {"most": "NaN"}])
def test_a_question_that_is_none(asked) -> None:
    with pytest.raises(InputError, match=next(iter(asked))):
        query(asked)


def test_no_archive(tmp_path) -> None:
    (tmp_path / "a.duckdb").write_text("no database")
    with pytest.raises(SetupError, match="cannot be opened"):
        ArchiveSearch(str(tmp_path / "a.duckdb"))
    import duckdb

    duckdb.connect(str(tmp_path / "b.duckdb")).close()
    with pytest.raises(SetupError, match="lacks the table"):
        ArchiveSearch(str(tmp_path / "b.duckdb"))


def test_pages(site) -> None:
    status, headers, body = get(site + "?q=hermansyah")
    assert (status, "3 hits" in body) == (200, True)
    assert "script" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert get(site + "?least=banyak")[0] == 400
    assert get(site + "article?id=nosuch")[0] == 404
    assert get(site, Host="evil.example")[0] == 400
    assert get(site + "records.duckdb")[0] == 404


def test_export(site) -> None:
    status, headers, body = get(site + "export.csv?kind=money&q=bank+samudra")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert status == 200
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert {"Rp720 miliar", "Rp36"} <= {row["name"] for row in rows}
    assert next(row for row in rows if row["name"] == "Rp720 miliar")["note"] == "IDR 720,000,000,000"


@pytest.mark.slow
def test_clicked_through(site) -> None:
    from selenium.webdriver.common.by import By

    with chromium() as browser:
        browser.get(site)
        box = browser.find_element(By.NAME, "q")
        box.send_keys("hermansyah")
        box.submit()
        assert browser.find_element(By.ID, "total").text.startswith("3 hits")
        browser.find_element(By.PARTIAL_LINK_TEXT, "Banjarmasin Belajar").click()
        assert browser.find_element(By.TAG_NAME, "h1").text == "Banjarmasin Belajar Dana Kelurahan ke Bandung"
        marks = browser.find_elements(By.CSS_SELECTOR, "mark.money")
        assert [mark.text for mark in marks] == ["Rp100 juta"]
        assert "IDR 100,000,000" in marks[0].get_attribute("title")
        browser.find_element(By.ID, "back").click()
        assert browser.find_element(By.NAME, "q").get_attribute("value") == "hermansyah"
        browser.get(site + "?kind=quote")
        browser.find_element(By.CSS_SELECTOR, "a[rel=next]").click()
        assert "page 2" in browser.find_element(By.ID, "total").text


@pytest.mark.slow
def test_hostile_text_runs_nothing(tmp_path) -> None:
    from selenium.webdriver.common.by import By

    article = {
        "id": EVIL,
        "title": EVIL,
        "url": "javascript:alert(1)",
        "text": f'Bupati Garut Asep Kosasih {EVIL} memberi Rp5 juta. "Ini {EVIL}," kata Asep Kosasih.',
    }
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps(article))
    with served(extracted(source, tmp_path)) as url, chromium() as browser:
        for page in (url, url + "?kind=money", url + "?kind=quote"):
            browser.get(page)
            assert EVIL in browser.find_element(By.TAG_NAME, "table").text
            assert not ran_something(browser)
            browser.find_element(By.CSS_SELECTOR, "td a").click()
            assert browser.find_element(By.TAG_NAME, "h1").text == EVIL
            assert EVIL in browser.find_element(By.TAG_NAME, "article").text
            assert not ran_something(browser)
            assert not browser.find_elements(By.TAG_NAME, "img")
