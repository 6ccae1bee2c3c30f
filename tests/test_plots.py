"""Charts: what they are made of, and that they can be drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import beritaie
from beritaie.explore import plots
from beritaie.records import Document

altair = pytest.importorskip("altair")
pytest.importorskip("networkx")

SAMPLE = Path(__file__).parents[1] / "examples" / "archive" / "sample.jsonl"


@pytest.fixture(scope="module")
def docs() -> list[Document]:
    nlp = beritaie.load("rules", not_after="2026-01-01")
    return list(nlp.pipe(json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()))


def values(chart) -> list[dict]:
    return chart.to_dict()["data"]["values"]


def test_the_sample_is_read_whole(docs) -> None:
    assert len(docs) >= 60
    assert not any(doc.error for doc in docs)
    assert all(doc.published for doc in docs)


def test_timeline(docs) -> None:
    shown = values(plots.timeline(docs, top=100))
    assert {"name": "Hermansyah", "kind": "person", "day": "2019-07-22", "said": "Senin (22/7)"}.items() <= next(
        row for row in shown if row["name"] == "Hermansyah" and row["day"] == "2019-07-22"
    ).items()
    assert len({row["name"] for row in values(plots.timeline(docs))}) == 12


def test_money(docs) -> None:
    chart = plots.money(docs)
    (row,) = [row for row in values(chart) if row["text"] == "Rp800 miliar"]
    assert (row["amount"], row["day"]) == (800e9, "2019-05-06")
    assert "BNPB" in row["sentence"]
    assert chart.to_dict()["encoding"]["y"]["scale"] == {"type": "log"}
    assert [row["text"] for row in values(plots.money(docs, currency="USD"))] == ["US$40 juta", "US$250.000"]


def test_speakers(docs) -> None:
    shown = values(plots.speakers(docs))
    total = sum(row["quotes"] for row in shown if row["speaker"] == "Hermansyah")
    assert total >= 3
    assert len({row["speaker"] for row in shown}) == 15


def test_network(docs) -> None:
    layers = plots.network(docs).to_dict()["layer"]
    edges = {row["between"] for row in layers[0]["data"]["values"]}
    assert any("Yohana Gebze" in edge for edge in edges)
    assert plots.network(docs).to_dict() == plots.network(docs).to_dict()


def test_regions(docs) -> None:
    counted = {row["code"]: row["articles"] for row in values(plots.regions(docs))}
    assert counted["32"] >= 12
    assert counted["63"] == 6


@pytest.mark.parametrize("plot", [plots.timeline, plots.money, plots.speakers, plots.network, plots.regions])
def test_nothing_to_show(plot) -> None:
    plot([Document(text="")]).to_json()


def test_all_are_drawn(docs, tmp_path) -> None:
    pytest.importorskip("vl_convert")
    for plot in (plots.timeline, plots.money, plots.speakers, plots.network, plots.regions):
        file = tmp_path / f"{plot.__name__}.svg"
        plot(docs).save(file)
        assert "<path" in file.read_text(encoding="utf-8")
