"""The contract of the entity models: every backend passes the same tests."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import itertools
import os
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from beritaie.errors import SetupError
from beritaie.tokens import Tokens

MODELS = Path(__file__).parents[1] / "models"
# name: the module of ``beritaie.backends`` whose ``load()`` gives the backend, the package it needs
BACKENDS = {"stanza": ("stanza_model", "stanza"), "crf": ("crf", "pycrfsuite"), "spacy": ("spacy_model", "spacy")}
NEEDS_STANZA = pytest.mark.skipif(importlib.util.find_spec("stanza") is None, reason="stanza is not installed")

ARTICLES = (
    "BANDUNG - Wali Kota Bandung Yana Mulyana bertemu Direktur PT Kereta Api Indonesia, Didiek Hartantyo, di Jakarta, Senin (4/4/2022).\n"
    '"Kami siap," kata Yana.\n\nMenurut Didiek, pembangunan stasiun di Gedebage dimulai tahun ini.',
    "Gubernur Bali I Wayan Koster\u00a0hadir di Denpasar 🌴 bersama Menteri Pariwisata Sandiaga Uno. Koster tiba lebih dulu.",
    "harga cabai naik lagi menjelang lebaran.",
    "PRESIDEN JOKO WIDODO TIBA DI MEDAN\nMEDAN, (Antara) -- Presiden Joko Widodo, yang akrab disapa Jokowi, tiba di Bandara Kualanamu.",
)


@cache
def backend(name: str) -> Any:
    module = importlib.import_module(f"beritaie.backends.{BACKENDS[name][0]}")
    return module.load(MODELS / "berita-crf") if name == "spacy" else module.load()


def has(name: str) -> bool:
    module, package = BACKENDS[name]
    return all(importlib.util.find_spec(needed) is not None for needed in (f"beritaie.backends.{module}", package))


@pytest.fixture(
    params=[
        pytest.param(name, marks=[pytest.mark.skipif(not has(name), reason=f"no {name}")] + [pytest.mark.slow] * (name == "stanza"))
        for name in BACKENDS
    ]
)
def model(request: pytest.FixtureRequest) -> Any:
    return backend(request.param)


def spans(candidates: list[Any]) -> list[tuple[str, int, int]]:
    return [(c.kind, c.start, c.end) for c in candidates]


def test_says_what_it_is(model: Any) -> None:
    assert model.name
    assert set(model.labels) >= {"PER", "ORG", "LOC"}


def test_candidates_are_words_of_the_text(model: Any) -> None:
    for text, found in zip(ARTICLES, model.annotate([Tokens(text) for text in ARTICLES]), strict=True):
        assert spans(found) == sorted(spans(found), key=lambda span: span[1:]), "in text order"
        for before, after in itertools.pairwise(found):
            assert before.end <= after.start, "names do not overlap"
        for candidate in found:
            name = text[candidate.start : candidate.end]
            assert name
            assert name == name.strip()
            assert "\n" not in name
            assert candidate.kind in ("person", "organization", "place")
            assert candidate.rule == f"model:{model.name}"
            assert candidate.score is None or 0 <= candidate.score <= 1


def test_finds_names_where_they_stand(model: Any) -> None:
    first, second, third, fourth = model.annotate([Tokens(text) for text in ARTICLES])
    assert ("person", *place(ARTICLES[0], "Yana Mulyana")) in spans(first)
    assert ("person", *place(ARTICLES[0], "Didiek Hartantyo")) in spans(first)
    assert ("place", *place(ARTICLES[0], "Jakarta")) in spans(first)
    assert ("person", *place(ARTICLES[1], "Sandiaga Uno")) in spans(second), "after a wide character"
    assert third == []
    assert ("person", *place(ARTICLES[3], "Joko Widodo")) in spans(fourth), "in the second line"


def place(text: str, name: str) -> tuple[int, int]:
    start = text.index(name)
    return start, start + len(name)


def test_a_batch_equals_its_articles_alone_and_keeps_their_order(model: Any) -> None:
    batch = [Tokens(text) for text in (*ARTICLES, "", *reversed(ARTICLES))]
    together = model.annotate(batch)
    assert [spans(found) for found in together] == [spans(model.annotate([tokens])[0]) for tokens in batch]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "...", "—", "\ufffd" * 50])
def test_texts_without_words_have_no_names(model: Any, text: str) -> None:
    assert model.annotate([Tokens(text)]) == [[]]


def test_no_article_at_all(model: Any) -> None:
    assert model.annotate([]) == []


def test_a_long_article_is_read_to_its_end(model: Any) -> None:
    filler = "Warga berharap harga bahan pokok segera turun menjelang hari raya. "
    text = "\n".join([filler * 20] * 60) + "\nMenteri Keuangan Sri Mulyani Indrawati tiba di Jakarta, Rabu."
    [found] = model.annotate([Tokens(text)])
    assert ("person", *place(text, "Sri Mulyani Indrawati")) in spans(found)


def test_a_paragraph_without_end_is_read(model: Any) -> None:
    text = "Jokowi bertemu Prabowo di Jakarta, lalu " * 1500
    [found] = model.annotate([Tokens(text)])
    assert sum(text[c.start : c.end] == "Jakarta" for c in found) > 1000


@NEEDS_STANZA
@pytest.mark.slow
def test_stanza_reads_headlines_in_capitals() -> None:
    text = "GUBERNUR KHOFIFAH INDAR PARAWANSA TIBA DI SURABAYA\nMBG"
    [found] = backend("stanza").annotate([Tokens(text)])
    assert ("person", *place(text, "KHOFIFAH INDAR PARAWANSA")) in spans(found)
    assert ("place", *place(text, "SURABAYA")) in spans(found)


@pytest.mark.parametrize("case", [str, str.lower, str.upper])
@pytest.mark.parametrize("name", ["crf", "spacy"])
def test_capitals_alone_do_not_decide(name: str, case: Any) -> None:
    text = case("Gubernur Khofifah Indar Parawansa dan Bupati Ipuk Fiestiandani tiba di Surabaya tanpa rombongan besar")
    if not has(name):
        pytest.skip(f"no {name}")
    [found] = backend(name).annotate([Tokens(text)])
    named = [("person", *place(text, case("Khofifah Indar Parawansa"))), ("person", *place(text, case("Ipuk Fiestiandani")))]
    assert spans(found) == [*named, ("place", *place(text, case("Surabaya")))]


def test_small_letters_without_names() -> None:
    text = "harga bahan pokok naik di semua kota besar karena hujan deras\nkata dia kepada wartawan\nberita terkait lainnya"
    assert backend("crf").annotate([Tokens(text)]) == [[]]


@NEEDS_STANZA
@pytest.mark.slow
def test_stanza_leaves_logging_alone() -> None:
    code = (
        "import logging; from beritaie.backends import stanza_model; stanza_model.load(); "
        "log = logging.getLogger('stanza'); assert log.handlers == [] and log.level == 0 and logging.getLogger().handlers == []"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | path(), check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "INFO" not in done.stderr


def path() -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}


@NEEDS_STANZA
@pytest.mark.slow
def test_an_official_package_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from beritaie.backends import stanza_model

    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    with pytest.raises(SetupError, match=r"resources\.json.*download"):
        stanza_model.load("gsd")
    # A stand-in for a download: the same layout, a tokenizer and no tagger.
    shipped = stanza_model.shipped_folder()
    (tmp_path / "resources.json").write_text(
        '{"id": {"lang_name": "Indonesian", "tokenize": {"gsd": {}}, "mwt": {"gsd": {}},'
        ' "packages": {"gsd": {"tokenize": "gsd", "mwt": "gsd"}}}}'
    )
    with pytest.raises(SetupError, match="no Indonesian package 'csui'"):
        stanza_model.load("csui")
    with pytest.raises(SetupError, match=r"gsd\.pt.*download"):
        stanza_model.load("gsd")
    for processor in ("tokenize", "mwt"):
        target = tmp_path / "id" / processor / "gsd.pt"
        target.parent.mkdir(parents=True)
        shutil.copy(shipped / "id" / processor / "news.pt", target)
    official = stanza_model.load("gsd")
    assert official.name == "stanza-gsd"
    [found] = official.annotate([Tokens(ARTICLES[0])])
    assert spans(found) == spans(backend("stanza").annotate([Tokens(ARTICLES[0])])[0])
    assert {c.rule for c in found} == {"model:stanza-gsd"}


def test_without_stanza_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from beritaie.backends import stanza_model

    monkeypatch.setitem(sys.modules, "stanza", None)
    with pytest.raises(SetupError, match=r"pip install .*beritaie\[stanza\]"):
        stanza_model.load()


def test_the_shipped_stanza_files_are_those_of_the_card() -> None:
    from beritaie.backends import stanza_model

    home = stanza_model.shipped_folder()
    card = tomllib.loads((home / "model.toml").read_text(encoding="utf-8"))
    files = {file.relative_to(home).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in home.rglob("*.pt")}
    assert files == card["sha256"]
    assert all(file.stat().st_size < 20_000_000 for file in home.rglob("*.pt"))
    assert tuple(card["labels"]) == stanza_model.StanzaBackend.labels


@NEEDS_STANZA
@pytest.mark.slow
def test_rules_hear_the_model() -> None:
    """The pipeline's people are those of rules and model together; a name that no word list or cue tells is found."""
    import beritaie

    text = "Perahu itu milik nelayan. Di dermaga, Kelvandri Ostopo menunggu. Nelayan lain ikut Kelvandri."
    alone = beritaie.load("rules", not_after="2026-01-01")(text)
    together = beritaie.load("stanza", not_after="2026-01-01")(text)
    assert not alone.people
    (person,) = together.people
    assert person.name == "Kelvandri Ostopo"
    assert [text[m.start : m.end] for m in person.mentions] == ["Kelvandri Ostopo", "Kelvandri"]


@NEEDS_STANZA
@pytest.mark.slow
def test_worker_processes_hear_the_model(tmp_path: Path) -> None:
    """PyTorch has run in this process: what is forked from it would wait forever."""
    import beritaie

    nlp = beritaie.load("stanza", not_after="2026-01-01")
    alone = nlp(ARTICLES[0])
    assert [doc.people for doc in nlp.pipe([ARTICLES[0]] * 2, workers=2)] == [alone.people] * 2
    (tmp_path / "a.txt").write_text(ARTICLES[0])
    command = [sys.executable, "-m", "beritaie.cli", "extract", "a.txt", "--model", "stanza", "--not-after", "2026-01-01"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=True)
    assert msgspec.json.decode(done.stdout, type=beritaie.Document).people == alone.people


def test_unknown_models_are_named() -> None:
    import beritaie

    with pytest.raises(SetupError, match="known: berita-crf, rules, stanza"):
        beritaie.load("bert")
    with pytest.raises(SetupError, match="goes with the model 'stanza'"):
        beritaie.load("rules", package="gsd")


def test_the_default_needs_no_spacy() -> None:
    code = (
        "import sys, beritaie; doc = beritaie.load()('Menteri Keuangan Sri Mulyani tiba di Medan.'); "
        "print([person.name for person in doc.people], 'spacy' in sys.modules, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | path(), check=True)
    assert done.stdout.strip() == "['Sri Mulyani'] False False"


def test_a_model_of_the_users_own(tmp_path: Path) -> None:
    import spacy

    import beritaie

    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Kelvandri Ostopo"}])
    nlp.to_disk(tmp_path / "mine")
    doc = beritaie.load(str(tmp_path / "mine"))("Perahu itu milik nelayan. Di dermaga, Kelvandri Ostopo menunggu.")
    assert [person.name for person in doc.people] == ["Kelvandri Ostopo"]
    with pytest.raises(SetupError, match=r"no config\.cfg"):
        beritaie.load(str(tmp_path))
    spacy.blank("xx").to_disk(tmp_path / "empty")
    with pytest.raises(SetupError, match="finds no people"):
        beritaie.load(str(tmp_path / "empty"))


def test_the_shipped_model_is_small() -> None:
    files = [file for file in (MODELS / "berita-crf").rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 20_000_000
