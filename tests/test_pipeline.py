"""``load``, ``Pipeline`` and its stream, apart from what the extractors find."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from spans import misplaced

import beritaie
from beritaie.errors import InputError, SetupError

ARTICLES = [
    "BANJARMASIN – Pemko Banjarmasin menyiapkan Rp100 juta per tahun.",
    {
        "text": "Rapat digelar kemarin di Bandung.",
        "id": 7,
        "published": "2018-11-01",
        "title": "Rapat",
        "url": "https://x.id/1",
        "tag": "x",
    },
    {"text": None, "id": "no text"},
    {"text": "a\ud800b", "id": "surrogate"},
    {"text": "Warga hadir.", "id": "no date", "published": "kapan-kapan"},
    "",
]


@pytest.fixture(scope="module")
def nlp() -> beritaie.Pipeline:
    return beritaie.load("rules", not_after="2026-01-01")


@pytest.mark.parametrize("workers", [1, 2])
def test_pipe_gives_one_document_each(nlp, workers: int) -> None:
    docs = list(nlp.pipe(iter(ARTICLES), workers=workers))
    assert [doc.id for doc in docs] == [None, "7", "no text", "surrogate", "no date", None]
    assert [bool(doc.error) for doc in docs] == [False, False, True, True, False, False]
    assert docs[0] == nlp(ARTICLES[0])
    assert (docs[1].title, docs[1].url, docs[1].published) == ("Rapat", "https://x.id/1", dt.date(2018, 11, 1))
    assert "NoneType" in docs[2].error
    assert "U+D800" in docs[3].error
    assert docs[3].text == "a?b"
    assert "kapan-kapan" in docs[4].issues[0]
    assert all(doc.to_json() and not misplaced(doc) for doc in docs)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_no_article_is_told_in_its_place(nlp, workers: int) -> None:
    docs = list(nlp.pipe([{"isi": "Warga hadir."}, 5, None, "Warga hadir."], workers=workers))
    assert [doc.error for doc in docs] == [
        "the article has no 'text'; it has 'isi'",
        "the article is a int, neither a text nor a mapping with 'text'",
        "the article is a NoneType, neither a text nor a mapping with 'text'",
        None,
    ]


@pytest.mark.parametrize("article", ["Warga hadir.", {"text": "Warga hadir."}])
def test_one_article_is_no_stream(nlp, article: object) -> None:
    with pytest.raises(InputError, match=r"nlp\(text"):
        next(nlp.pipe(article))


def test_workers_keep_order_and_options(nlp) -> None:
    texts = [f"Pemko Bandung menyiapkan Rp{n} juta." * (1 + n % 7) for n in range(1, 100)]
    docs = list(nlp.pipe(texts, workers=2))
    assert [doc.text for doc in docs] == texts
    assert {doc.not_after for doc in docs} == {dt.date(2026, 1, 1)}


def test_faulty_text_is_told(nlp) -> None:
    with pytest.raises(InputError, match="not a string"):
        nlp(b"bytes")
    with pytest.raises(InputError, match="character 1 of the text is a lone surrogate"):
        nlp("a\udfff")
    with pytest.raises(InputError, match="2,000,001 characters"):
        nlp("a" * 2_000_001)
    assert beritaie.load("rules", max_length=3)("abc").text == "abc"
    with pytest.raises(InputError, match="max_length"):
        beritaie.load("rules", max_length=3)("abcd")


def test_faulty_set_up_is_told() -> None:
    with pytest.raises(SetupError, match="no model 'rule'"):
        beritaie.load("rule")
    with pytest.raises(SetupError, match="31-12-2020"):
        beritaie.load("rules", not_after="31-12-2020")
    with pytest.raises(SetupError, match="not_after is a int"):
        beritaie.load("rules", not_after=2020)
    assert beritaie.load("rules", not_after=dt.datetime(2020, 12, 31, 8)).not_after == dt.date(2020, 12, 31)


def test_day_of_the_run_is_taken_once() -> None:
    nlp = beritaie.load("rules")
    assert nlp("Rapat digelar.").not_after == nlp.not_after
    assert abs((nlp.not_after - dt.date.today()).days) <= 1


def test_a_document_prints_as_text(nlp) -> None:
    assert str(nlp("Pemko Bandung menyiapkan Rp100 juta.")).startswith("[Pemko Bandung|organization] menyiapkan [Rp100 juta|money].\n")


def test_import_is_light() -> None:
    """``import beritaie`` alone loads neither spaCy nor a lexicon."""
    code = "import sys, beritaie; print([name for name in ('spacy', 'regex', 'dateparser', 'pandas', 'torch') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_what_is_public_is_there_and_is_listed() -> None:
    assert set(beritaie.__all__) == set(beritaie._HOMES)
    assert set(beritaie.__all__) <= set(dir(beritaie))
    assert all(getattr(beritaie, name).__name__ == name for name in beritaie.__all__)


def test_the_default_hears_the_shipped_model() -> None:
    nlp = beritaie.load()
    assert nlp.model == "berita-crf"
    assert nlp.backend is not None
