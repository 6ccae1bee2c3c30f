"""The gate: figures on the gold set may not fall below those pinned in ``gold_floors.toml``.

    python tests/gold_gate.py              # the figures, and how they stand to their floors
    python tests/gold_gate.py --pin        # raise the floors to today's figures, in the README too; refuses to lower any
    python tests/gold_gate.py --pin --lower

Gated are the rules alone on both sets, and the default model, which was trained on the articles of ``train``, on ``dev``. The floors hold
for the very gold files whose digest is pinned beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
import tomllib
from pathlib import Path
from typing import Any

import beritaie
from beritaie.backends import DEFAULT
from beritaie.evaluation import Figure, evaluate, read

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
FLOORS = Path(__file__).with_name("gold_floors.toml")
README = Path(__file__).resolve().parents[1] / "README.md"
SETS = ("dev", "train")
SYSTEMS = {"dev": ("rules", "default"), "train": ("rules",)}  # what is gated on each set
MODELS = {"rules": "rules", "default": DEFAULT}  # what to load
NOT_AFTER = "2026-01-01"

Floors = dict[str, dict[str, dict[str, float]]]  # set -> system -> figure -> F1


def digest(name: str) -> str:
    return hashlib.sha256((GOLD / f"{name}.jsonl").read_bytes()).hexdigest()


def figures(name: str, system: str) -> dict[str, Figure]:
    gold = read(GOLD / f"{name}.jsonl")
    nlp = beritaie.load(MODELS[system], not_after=NOT_AFTER)
    return evaluate(gold, [nlp.read(row).to_dict() for row in gold])


def _content() -> dict[str, Any]:
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def floors() -> Floors:
    content = _content()
    return {name: {system: content[name][system] for system in SYSTEMS[name]} for name in SETS}


def pinned_digests() -> dict[str, str]:
    content = _content()
    return {name: content[name]["sha256"] for name in SETS}


def rounded(figure: Figure) -> float:
    """Return F1 as it is pinned: rounded down, so that the figure itself passes."""
    return math.floor(figure.f1 * 1000) / 1000


def raised(old: dict[str, float], new: dict[str, float], *, lower: bool) -> dict[str, float]:
    """Return the floors to pin.

    Raises:
        ValueError: one would fall, and that was not asked for; names them.
    """
    fallen = [f"{name} {floor} -> {new.get(name, 0.0)}" for name, floor in old.items() if new.get(name, 0.0) < floor]
    if fallen and not lower:
        raise ValueError(f"these would fall: {', '.join(fallen)}; --lower pins them all the same")
    return new


def pin(*, lower: bool) -> None:
    old: Floors = floors() if FLOORS.exists() else {name: {system: {} for system in SYSTEMS[name]} for name in SETS}
    lines = ["# Floors of F1 on the gold sets. Made by `python tests/gold_gate.py --pin`."]
    for name in SETS:
        lines += ["", f"[{name}]", f'sha256 = "{digest(name)}"']
        for system in SYSTEMS[name]:
            new = raised(old[name][system], {key: rounded(figure) for key, figure in figures(name, system).items()}, lower=lower)
            lines += ["", f"[{name}.{system}]", *(f'"{key}" = {value:.3f}' for key, value in new.items())]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    readme = README.read_text(encoding="utf-8")
    head, _, rest = readme.partition("<!-- figures -->")
    tail = rest.partition("<!-- end of figures -->")[2]
    README.write_text(f"{head}<!-- figures -->\n{table()}\n<!-- end of figures -->{tail}", encoding="utf-8")


def table() -> str:
    """Return the pinned figures as the README shows them."""
    pinned = floors()
    columns = [(f"{system}, {name}", pinned[name][system]) for name in SETS for system in SYSTEMS[name]]
    lines = ["", "| figure | " + " | ".join(head for head, _ in columns) + " |", "|---|" + "---|" * len(columns)]
    lines += [f"| {key} | " + " | ".join(f"{column[key]:.3f}" for _, column in columns) + " |" for key in columns[0][1]]
    return "\n".join([*lines, ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", action="store_true")
    options = parser.parse_args()
    if options.pin:
        try:
            pin(lower=options.lower)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        return 0
    known = floors()
    for name in SETS:
        for system in SYSTEMS[name]:
            for key, figure in figures(name, system).items():
                print(f"{name:6} {system:8} {key:22} {figure.f1:.3f}  floor {known[name][system].get(key, 0.0):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
