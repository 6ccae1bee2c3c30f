"""The figures, by hand on small rows, and against the gold set's own scorer where that is at hand."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from gold_gate import GOLD

import beritaie
from beritaie.errors import InputError
from beritaie.evaluation import FIGURES, evaluate, read, report

TEXT = 'Wakil Walikota Banjarmasin H Hermansyah membawa Rp100 juta ke Bandung, Rabu (31/10). "Kami belajar," katanya.'
GOLD_ROW = {
    "id": "a",
    "text": TEXT,
    "people": [
        {
            "id": "p1",
            "name": "Hermansyah",
            "mentions": [{"start": 27, "end": 39}],
            "positions": [{"title": "Wakil Walikota", "organization": None, "place": "Banjarmasin", "status": None}],
        }
    ],
    "positions": [{"start": 0, "end": 26, "of": "p1"}],
    "organizations": [],
    "places": [{"start": 15, "end": 26}, {"start": 62, "end": 69}],
    "money": [{"start": 48, "end": 58, "low": "100000000", "high": "100000000", "currency": "IDR", "qualifier": None, "per": None}],
    "times": [{"start": 71, "end": 83, "type": "DATE", "value": "2018-10-31"}],
    "quotes": [{"start": 85, "end": 100, "by": "p1"}],
    "abbreviations": [{"short": "PIPPK", "long": "Program Inovasi"}],
}
PREDICTED_ROW = {
    "id": "a",
    "people": [
        {
            "name": "H. Hermansyah",
            "mentions": [{"start": 29, "end": 39}, {"start": 101, "end": 108, "kind": "pronoun"}],
            "positions": [{"title": "wakil walikota", "place": "Banjarmasin", "mentions": [{"start": 0, "end": 14}]}],
        }
    ],
    "organizations": [{"name": "Bandung", "kind": "other", "mentions": [{"start": 62, "end": 69}]}],
    "places": [{"name": "Banjarmasin", "mentions": [{"start": 15, "end": 26}]}],
    "money": [{"start": 48, "end": 58, "low": "100000000.00", "high": 100000000, "currency": "IDR", "per": "year"}],
    "times": [{"start": 77, "end": 82, "type": "DATE", "value": "2018-10-31"}],
    "quotes": [{"start": 85, "end": 99, "speaker": "hermansyah"}, {"start": 0, "end": 9, "kind": "indirect", "speaker": "x"}],
    "abbreviations": [{"short": "PIPPK", "long": "program  inovasi."}],
}


def test_figures_by_hand() -> None:
    figures = evaluate([GOLD_ROW], [PREDICTED_ROW])
    assert tuple(figures) == FIGURES
    right = {name: (figure.right, figure.gold, figure.predicted) for name, figure in figures.items()}
    assert right == {
        "people.span": (0, 1, 1),
        "people.overlap": (1, 1, 1),
        "people.name": (0, 1, 1),
        "positions": (0, 1, 1),
        "positions.title": (0, 1, 1),
        "positions.overlap": (1, 1, 1),
        "organizations.span": (0, 0, 1),
        "organizations.overlap": (0, 0, 1),
        "organizations.kind": (0, 0, 1),
        "places.span": (1, 2, 1),
        "places.overlap": (1, 2, 1),
        "money.value": (1, 1, 1),
        "money.full": (0, 1, 1),
        "times.span": (0, 1, 1),
        "times.overlap": (1, 1, 1),
        "times.value": (1, 1, 1),
        "quotes.span": (1, 1, 1),
        "quotes.speaker": (1, 1, 1),
        "abbreviations": (1, 1, 1),
    }
    places = figures["places.span"]
    assert (places.precision, places.recall, round(places.f1, 3)) == (1.0, 0.5, 0.667)
    assert [(error.what, error.record) for error in places.errors] == [("missed", "'Bandung' @62")]
    assert "places.span             1.000  0.500  0.667      2      1" in report(figures)


def test_missing_article_counts_as_empty() -> None:
    figures = evaluate([GOLD_ROW], [])
    assert figures["places.span"].recall == 0.0
    assert figures["organizations.span"].f1 == 1.0


def test_own_records_as_gold() -> None:
    """What ``extract`` writes, corrected by hand, serves as gold."""
    row = beritaie.load("rules")(TEXT, id="a").to_dict()
    assert all(figure.f1 == 1.0 for figure in evaluate([row], [row]).values())


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{", "line 1: not JSON"), (b'\n{"text": "a"}', "line 2: no article"), (b"[]", "line 1"), (b'{"id": "\xff"}', "line 1: not JSON")],
)
def test_faulty_file(tmp_path, content: bytes, message: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read(file)


def test_no_file(tmp_path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "gold.jsonl")


@pytest.mark.skipif(not GOLD.exists(), reason="the gold set is not at hand")
def test_equals_the_scorer_of_the_gold_set(tmp_path) -> None:
    gold = read(GOLD / "dev.jsonl")
    nlp = beritaie.load("rules")
    predicted = [nlp(row["text"], id=row["id"], published=row["published"]).to_dict() for row in gold[1:]]
    # Spoil some records, so that every figure has something to count.
    for number, row in enumerate(predicted):
        for kind in ("money", "times", "quotes", "abbreviations", "people", "organizations", "places"):
            row[kind] = [*row[kind][number % 3 :], *row[kind][:1]]
    file = tmp_path / "predicted.jsonl"
    file.write_text("\n".join(map(json.dumps, predicted)))
    command = [sys.executable, str(GOLD / "score.py"), str(GOLD / "dev.jsonl"), str(file), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    ours = {name: figure.to_dict() for name, figure in evaluate(gold, predicted).items()}
    assert ours == theirs
