"""The gate over the gold sets, where they are at hand; see ``gold_gate.py``."""

from __future__ import annotations

import gold_gate
import pytest

from beritaie.evaluation import FIGURES

needs_gold = pytest.mark.skipif(not gold_gate.GOLD.exists(), reason="the gold set is not at hand")


@needs_gold
@pytest.mark.parametrize("name", gold_gate.SETS)
def test_figures_hold_their_floors(name: str) -> None:
    assert gold_gate.digest(name) == gold_gate.pinned_digests()[name], "the gold set has changed; pin its floors anew"
    floors = gold_gate.floors()[name]
    fallen = [
        f"{key}: {figure.f1:.3f}, floor {floors[key]:.3f}" for key, figure in gold_gate.figures(name).items() if figure.f1 < floors[key]
    ]
    assert not fallen, "\n".join(fallen)


@pytest.mark.parametrize("name", gold_gate.SETS)
def test_every_figure_has_a_floor(name: str) -> None:
    assert tuple(gold_gate.floors()[name]) == FIGURES


def test_pinning_only_raises() -> None:
    old = {"money.value": 0.9, "quotes.span": 0.8}
    assert gold_gate.raised(old, {"money.value": 0.9, "quotes.span": 0.85}, lower=False)["quotes.span"] == 0.85
    with pytest.raises(ValueError, match=r"money\.value 0\.9 -> 0\.89"):
        gold_gate.raised(old, {"money.value": 0.89, "quotes.span": 0.9}, lower=False)
    with pytest.raises(ValueError, match=r"quotes\.span"):
        gold_gate.raised(old, {"money.value": 0.9}, lower=False)
    assert gold_gate.raised(old, {"money.value": 0.1}, lower=True) == {"money.value": 0.1}
