"""Why a record stands."""

from __future__ import annotations

import subprocess
import sys

import pytest

import beritaie
from beritaie.errors import InputError
from beritaie.explain import Explainer, explain
from beritaie.lexicon.where import entries
from beritaie.records import Person

TEXT = (
    "BANJARMASIN – Wakil Walikota Banjarmasin H Hermansyah menyerahkan bantuan tidak kurang dari Rp200 milyar di Auditorium Pemko Bandung, "
    "Rabu (31/10)."
)


@pytest.fixture(scope="module")
def nlp() -> beritaie.Pipeline:
    return beritaie.load("rules")


def test_an_amount(nlp) -> None:
    doc = nlp(TEXT)
    said = doc.explain(doc.money[0])
    assert [(proposal.text, proposal.rule, proposal.lost) for proposal in said.stands] == [("Rp200 milyar", "currency number", None)]
    assert said.what == "money 'Rp200 milyar': at least IDR 200,000,000,000"
    words = {(entry.phrase, entry.file) for entry in said.words}
    assert {("Rp", "currencies.tsv"), ("milyar", "numerals.tsv"), ("tidak kurang dari", "money_qualifiers.tsv")} <= words


def test_what_lost_and_why(nlp) -> None:
    doc = nlp("Ia membayar Rp2019 pada 2019 di Bank Jakarta.")
    everything = doc.explain()
    assert any(proposal.lost for proposal in everything.lost)
    for proposal in everything.lost:
        assert proposal.lost != "stands nowhere"
        assert doc.text[proposal.start : proposal.end] == proposal.text


def test_all_records_are_explained(nlp) -> None:
    doc = nlp(TEXT, published="2018-11-01")
    said = list(Explainer(doc, nlp).records())
    assert [explanation.what.split()[0] for explanation in said] == [
        *("person", "position", "organization", "place", "place", "money", "time"),
    ]
    assert all(explanation.stands for explanation in said)
    assert "offices.tsv line" in str(said[1])


def test_a_record_without_place(nlp) -> None:
    with pytest.raises(InputError, match="no place in the text"):
        explain(nlp(TEXT), Person(id="p9", name="Budi"), nlp=nlp)


def test_the_longest_words_of_the_lexicons() -> None:
    found = entries(["numerals", "money_qualifiers"], ["tidak", "kurang", "dari", "dua", "ratus"], 0, 5)
    assert [entry.phrase for entry in found if entry.file == "money_qualifiers.tsv"] == ["tidak kurang dari"]
    assert all(entry.line > 1 for entry in found)


def beritaie_command(*arguments: str) -> str:
    run = subprocess.run([sys.executable, "-m", "beritaie.cli", *arguments], capture_output=True, text=True, check=True)
    return run.stdout


def test_command() -> None:
    said = beritaie_command("explain", "Rabu (31/10)", "--published", "2018-11-02")
    assert said.splitlines()[0] == "time 'Rabu (31/10)': DATE 2018-10-31"
    assert "by 'weekday (day/month)'" in said
    assert "weekdays.tsv line" in said
    assert beritaie_command("explain", "tidak ada apa-apa").startswith("no records")


def test_show_explain(tmp_path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT + "\x1b[2J", encoding="utf-8")
    said = beritaie_command("show", str(file), "--explain")
    assert "position 'Wakil Walikota, Banjarmasin'" in said
    assert "\x1b" not in said
