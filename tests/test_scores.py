"""Scores of names: which have one, and that they are what they say where the gold set is at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import gold_gate
import pytest

import beritaie
from beritaie import scores
from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.resolve import resolve
from beritaie.tokens import Tokens

ROOT = Path(__file__).parents[1]
TEXT = (
    "SEMARANG – Bupati Wonokerto Hj. Sulastri Handayani bertemu Bima Prakoso di Balai Kota Semarang. Menurut Sulastri, Dinas Kesehatan "
    'Kota Semarang dan PT Rasa Lestari membantu warga Desa Sumberejo. "Kami siap," kata dia. Bupati itu pulang ke Solo.'
)


def named(doc: beritaie.Document) -> list:
    return [*doc.people, *doc.organizations, *doc.places]


@pytest.mark.parametrize("system", scores.SYSTEMS)
def test_names_have_scores(system: str) -> None:
    doc = beritaie.load(system, not_after="2026-01-01")(TEXT)
    assert len(doc.people) == 2
    assert doc.organizations
    assert len(doc.places) >= 3
    for record in named(doc):
        stated = [mention.score for mention in record.mentions if mention.kind == "name"]
        assert all(score is not None and 0.05 < score < 1.0 for score in stated), record
        assert record.score == max(stated)
    assert len({record.score for record in named(doc)}) > 3
    others = [mention for person in doc.people for mention in person.mentions if mention.kind != "name"]
    assert others
    assert all(mention.score is None for mention in others)


def test_names_from_elsewhere_have_none() -> None:
    name = Candidate(kind="person", start=TEXT.index("Bima"), end=TEXT.index(" di Balai"), rule="model:host", score=0.99)
    doc = beritaie.load("rules", not_after="2026-01-01")(TEXT, names=[name])
    assert {mention.score for record in named(doc) for mention in record.mentions} == {None}
    assert {record.score for record in named(doc)} == {None}


def test_a_name_in_a_run_of_capitals_is_less_sure() -> None:
    nlp = beritaie.load("rules", not_after="2026-01-01")
    plain, run = (nlp(text).places[0].score for text in ("Ia tiba di Kendal kemarin.", "Ia tiba di Kendal Permata Indah kemarin."))
    assert plain is not None
    assert run is None or run < plain


@pytest.mark.parametrize("system", scores.SYSTEMS)
def test_the_tables_are_whole(system: str) -> None:
    table = scores.table(system)
    assert {feature.split(",")[0] for feature in table} == set(scores.KINDS)
    assert any("model silent" in feature for feature in table) == (system != "rules")
    nlp = beritaie.load(system, not_after="2026-01-01")
    article = Article(TEXT, not_after=nlp.not_after)
    tokens = Tokens(article.text)
    found, sense = nlp.candidates(article, tokens)
    for candidate, features in scores.described(tokens, resolve(found), sense):
        assert len(features.keys() & table.keys()) >= len(features) - 2, (candidate, features.keys() - table.keys())


@pytest.mark.skipif(not gold_gate.GOLD.exists(), reason="the gold set is not at hand")
def test_scores_are_calibrated_on_dev() -> None:
    command = [sys.executable, ROOT / "benchmarks" / "calibration.py", "dev", "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    area = float(result.stdout.split()[-1])
    assert area > 0.7, "the scores do not tell right from wrong"
