"""The gate over the gold sets, where they are at hand; see ``gold_gate.py``."""

from __future__ import annotations

import gold_gate
import pytest
from spans import spans

import beritaie
from beritaie.evaluation import FIGURES, read
from beritaie.records import Passage

GATED = [(name, system) for name in gold_gate.SETS for system in gold_gate.SYSTEMS[name]]
needs_gold = pytest.mark.skipif(not gold_gate.GOLD.exists(), reason="the gold set is not at hand")


@needs_gold
@pytest.mark.parametrize(("name", "system"), GATED)
def test_figures_hold_their_floors(name: str, system: str) -> None:
    assert gold_gate.digest(name) == gold_gate.pinned_digests()[name], "the gold set has changed; pin its floors anew"
    floors = gold_gate.floors()[name][system]
    found = gold_gate.figures(name, system)
    fallen = [f"{key}: {figure.f1:.3f}, floor {floors[key]:.3f}" for key, figure in found.items() if figure.f1 < floors[key]]
    assert not fallen, "\n".join(fallen)


@pytest.mark.parametrize(("name", "system"), GATED)
def test_every_figure_has_a_floor(name: str, system: str) -> None:
    assert tuple(gold_gate.floors()[name][system]) == FIGURES


def test_pinning_only_raises() -> None:
    old = {"money.value": 0.9, "quotes.span": 0.8}
    assert gold_gate.raised(old, {"money.value": 0.9, "quotes.span": 0.85}, lower=False)["quotes.span"] == 0.85
    with pytest.raises(ValueError, match=r"money\.value 0\.9 -> 0\.89"):
        gold_gate.raised(old, {"money.value": 0.89, "quotes.span": 0.9}, lower=False)
    with pytest.raises(ValueError, match=r"quotes\.span"):
        gold_gate.raised(old, {"money.value": 0.9}, lower=False)
    assert gold_gate.raised(old, {"money.value": 0.1}, lower=True) == {"money.value": 0.1}


@needs_gold
def test_the_seed_article() -> None:
    """The article that the library was first asked for; its body stands in the text twice."""
    row = next(row for row in read(gold_gate.GOLD / "dev.jsonl") if row["id"] == "seed-pemko-bandung")
    doc = beritaie.load("rules", not_after=gold_gate.NOT_AFTER)(row["text"])
    offices = {person.name: [(office.title, office.place) for office in person.positions] for person in doc.people}
    assert offices == {"Hermansyah": [("Wakil Walikota", "Banjarmasin")], "Dadang": [("Asisten Bidang Pemerintahan", "Kota Bandung")]}
    assert [quote.speaker for quote in doc.quotes if quote.kind == "direct"] == ["Dadang"] * 4 + ["Hermansyah"]
    named = {mention.text for body in doc.organizations for mention in body.mentions}
    for name in ("Pemko Banjarmasin", "Pemko Bandung", "OPD", "RW", "PKK", "LPM", "LKPP"):
        assert any(text == name or text.startswith(f"{name} kelurahan") for text in named), name
    assert [pair.long for pair in doc.abbreviations if pair.short == "PIPPK"] == ["Program Inovasi Pembangunan Pemberdayaan Kewilayahan"]
    amounts = [(int(money.low), money.qualifier, money.per) for money in doc.money]
    assert amounts == [(100_000_000, None, "year")] * 4 + [(200_000_000_000, "at_least", None)]
    assert "2018-10-31" in [time.value for time in doc.times]
    second_half = row["text"].rindex("Makanya, agar")
    assert max(span.start for span in spans(doc) if not isinstance(span, Passage)) < second_half
    assert any(passage.reason == "repeated" for passage in doc.skipped)
