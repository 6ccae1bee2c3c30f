"""The component in spaCy pipelines: spans, records, processes, disk."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

import beritaie
import beritaie.spacy
from beritaie.tokens import Tokens

TEXT = 'BANJARMASIN – Pemko Banjarmasin menyiapkan (Rp100 juta) per tahun. "Ini hibah," katanya, Rabu (31/10).'


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    nlp = spacy.blank("xx")  # not "id": its tokenizer takes seconds to make
    nlp.max_length = 3_000_000
    nlp.add_pipe("beritaie", config={"not_after": "2026-01-01"})
    return nlp


def test_records_and_spans(nlp) -> None:
    doc = nlp(TEXT)
    expected = beritaie.load(not_after="2026-01-01")(TEXT)
    assert doc._.beritaie == expected
    spans = {(span.label_, span.text) for span in doc.spans["beritaie"]}
    assert ("QUOTE", '"Ini hibah,"') in spans
    assert {label for label, _ in spans} <= set(beritaie.spacy.LABELS)
    assert len(doc.spans["beritaie"]) == len(list(beritaie.spacy._mentions(expected)))


def test_published_date(nlp) -> None:
    doc = nlp.make_doc(TEXT)
    doc.user_data["published"] = "2014-01-01"
    assert str(nlp(doc)._.beritaie.published) == "2014-01-01"
    ((doc, context),) = nlp.pipe([(TEXT, {"published": "2015-01-01"})], as_tuples=True)
    assert str(doc._.beritaie.published) == "2015-01-01"
    assert context == {"published": "2015-01-01"}


def test_processes(nlp) -> None:
    texts = [f"Pemko Bandung menyiapkan Rp{number} juta." for number in range(60)]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=7))
    assert [doc._.beritaie for doc in docs] == [doc._.beritaie for doc in nlp.pipe(texts)]
    assert [doc.text for doc in docs] == texts


def test_failing_article_keeps_its_place(nlp, monkeypatch) -> None:
    class Failing(Tokens):
        def __init__(self, text: str) -> None:
            if text == "Warga hadir.":
                raise ValueError("no tokens today")
            super().__init__(text)

    monkeypatch.setattr("beritaie.pipeline.Tokens", Failing)
    docs = list(nlp.pipe([("Warga hadir.", {}), ("Rp5 juta", {})], as_tuples=True))
    assert "no tokens today" in docs[0][0]._.beritaie.error
    assert docs[1][0]._.beritaie.error is None


def test_disk(nlp, tmp_path) -> None:
    doc = nlp(TEXT)
    DocBin(store_user_data=True, docs=[doc]).to_disk(tmp_path / "docs.spacy")
    (again,) = DocBin(store_user_data=True).from_disk(tmp_path / "docs.spacy").get_docs(nlp.vocab)
    assert again._.beritaie == doc._.beritaie
    nlp.to_disk(tmp_path / "nlp")
    assert spacy.load(tmp_path / "nlp")(TEXT)._.beritaie == doc._.beritaie


def test_beside_other_components() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("beritaie", first=True)
    doc = nlp(TEXT)
    assert doc._.beritaie.text == TEXT
    assert doc.has_annotation("SENT_START")
    assert spacy.blank("xx")(TEXT)._.beritaie is None


def test_own_tokens_in_a_pipeline(tmp_path) -> None:
    """They go to disk, into bytes and into other processes with their pipeline."""
    config = {"nlp": {"tokenizer": {"@tokenizers": "beritaie.Tokenizer.v1"}}}
    nlp = spacy.blank("id", config=config)
    nlp.to_disk(tmp_path)
    expected = Tokens(TEXT).form
    assert expected != [token.text for token in spacy.blank("xx")(TEXT)]
    for made in (nlp, spacy.load(tmp_path), spacy.blank("id", config=config).from_bytes(nlp.to_bytes())):
        assert [token.text for token in made(TEXT)] == expected
    nlp.add_pipe("sentencizer")
    assert [[token.text for token in doc] for doc in nlp.pipe([TEXT] * 4, n_process=2, batch_size=1)] == [expected] * 4


def test_bad_config_is_told() -> None:
    with pytest.raises(beritaie.errors.SetupError, match="no model 'x'"):
        spacy.blank("xx").add_pipe("beritaie", config={"model": "x"})


def test_docstring() -> None:
    assert doctest.testmod(beritaie.spacy).failed == 0


HEARD = "Perahu itu milik nelayan.&nbsp;Di dermaga, Xq Zr menunggu."


def host(**config: object) -> spacy.Language:
    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Xq Zr"}])
    nlp.add_pipe("beritaie", config={"not_after": "2026-01-01", **config})
    return nlp


def test_entities_of_the_host_are_heard() -> None:
    assert not host(model="rules")(HEARD)._.beritaie.people
    found = host(use_entities=True)(HEARD)._.beritaie
    assert [(person.name, HEARD[person.mentions[0].start : person.mentions[0].end]) for person in found.people] == [("Xq Zr", "Xq Zr")]


def test_entities_of_the_host_are_heard_in_processes() -> None:
    docs = host(use_entities=True).pipe([HEARD] * 8, n_process=2, batch_size=2)
    assert [[person.name for person in doc._.beritaie.people] for doc in docs] == [["Xq Zr"]] * 8


def test_the_shipped_model_is_a_pipeline() -> None:
    nlp = spacy.load(Path(__file__).parents[1] / "models" / "berita-crf")
    text = "Menteri Keuangan Sri Mulyani Indrawati tiba di Jakarta."
    (doc, again) = nlp.pipe([text] * 2, n_process=2)
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Sri Mulyani Indrawati", "PER"), ("Jakarta", "LOC")]
    assert [entity.text for entity in again.ents] == [entity.text for entity in doc.ents]
