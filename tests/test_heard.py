"""Names that a model alone sees: which of them become records. ``{...}`` marks what the model calls a body, ``[...]`` what a place."""

from __future__ import annotations

import pytest

import beritaie
from beritaie.candidates import Candidate

KINDS = {"{": "organization", "[": "place"}


def read(marked: str, score: float | None = 0.95) -> beritaie.Document:
    text = ""
    names = []
    for char in marked:
        if char in KINDS:
            names.append(Candidate(kind=KINDS[char], start=len(text), end=0, rule="model:test", score=score))
        elif char in "}]":
            names[-1].end = len(text)
        else:
            text += char
    return beritaie.load("rules", not_after="2026-01-01")(text, names=names)


def added(doc: beritaie.Document) -> list[str]:
    return [m.text for group in (doc.organizations, doc.places) for record in group for m in record.mentions if m.rule == "model:test"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Banjir merendam Rowo Sengon, [Kalisalak], Kecamatan Batang, sejak subuh.", ["Kalisalak"]),
        ("Kabel terputus di Sukorejo, Limpung dan [Kalisalak], Kabupaten Batang.", ["Kalisalak"]),
        ("Jalan rusak terdapat di Bumi [Serasan Sekundang] dan sekitarnya.", ["Bumi Serasan Sekundang"]),
        ("Menurut analis dari {Golden Harbour Capital}, Rina Wulandari, pasar lesu.", ["Golden Harbour Capital"]),
        ('"Kami siap," ujar dia seperti dikutip {Footballia}, Selasa (3/6/2025).', ["Footballia"]),
        ("Persebaya akan menjamu {Rajawali Timur} pekan depan.", ["Rajawali Timur"]),
        ("{Tim Lokananta} menang tiga gol.", ["Tim Lokananta"]),
        ("Survei itu dibuat oleh {Lensa Madani} pada Mei.", ["Lensa Madani"]),
    ],
)
def test_stands_with_evidence_beside_it(text: str, names: list[str]) -> None:
    assert added(read(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "Harga [Cabai Keriting] naik pekan ini.",  # nothing beside it speaks for a place
        "Ia menonton Liga [Inggris] tadi malam.",  # the rules know the name, and why it is none here
        "Perjanjian itu memuat nilai {Payment Gross Income} yang baru.",
        "Pemesanan bisa dilakukan di [GoMakan] mulai hari ini.",
        "Pebalap itu naik podium di ajang {Mandala Race Series}.",
        "Harga minyak {West Texas Intermediate} dirilis oleh {West Texas Intermediate}.",  # WTI is a known term
        "Penerbitan ({ABCD}) ditunda.",
        "Kepada-{Mu} kami memohon.",
        "Acara itu digelar oleh {Yogya} 2025 bersama warga.",  # goes on behind
        "Tersangka dibawa ke [Kelurahan] siang itu.",
    ],
)
def test_a_model_alone_is_not_enough(text: str) -> None:
    assert added(read(text)) == []


def test_a_doubtful_model_needs_more() -> None:
    text = "Survei itu dibuat oleh {Lensa Madani} pada Mei."
    assert added(read(text, 0.9))
    assert not added(read(text, 0.6))
    assert not added(read("{Tim Lokananta} menang tiga gol.", 0.3))


def test_what_the_rules_say_stands() -> None:
    doc = read("Wali Kota {Bandung} meninjau Pasar Baru.")
    assert [place.name for place in doc.places] == ["Bandung", "Pasar Baru"]
    assert not doc.organizations


def test_another_mention_of_a_name_that_stands() -> None:
    doc = read("Di Rowo Sengon, [Kalisalak], Kecamatan Batang, air naik. Sementara itu [Kalisalak] kini surut.", 1.0)
    assert len(added(doc)) == 2
    assert len([place for place in doc.places if place.name == "Kalisalak"]) == 1


def test_kind_of_a_body() -> None:
    assert read('"Kami siap," ujar dia seperti dikutip {Footballia}, Selasa (3/6/2025).').organizations[0].kind == "media"
    assert [b.kind for b in read("Persebaya menjamu {Rajawali Timur} pekan depan.").organizations if b.rule == "model:test"] == ["sports"]


def test_an_ordinary_word_that_speaks() -> None:
    """``Agung`` is an ordinary word too: a verb of speech and a model together make it a name."""
    text = "Warga berkumpul di balai. Rencana itu baik, kata Agung, untuk semua warga."
    start = text.index("Agung")
    nlp = beritaie.load("rules", not_after="2026-01-01")
    for score, people in ((0.95, ["Agung"]), (0.5, [])):
        name = Candidate(kind="person", start=start, end=start + 5, rule="model:test", score=score)
        assert [person.name for person in nlp(text, names=[name]).people] == people
