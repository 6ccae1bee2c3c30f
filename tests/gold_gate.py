"""The gate: figures on the gold set may not fall below those pinned in ``gold_floors.toml``.

    python tests/gold_gate.py              # the figures, and how they stand to their floors
    python tests/gold_gate.py --pin        # raise the floors to today's figures, in the README too; refuses to lower any
    python tests/gold_gate.py --pin --lower

The floors hold for the very gold files whose digest is pinned beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
import tomllib
from pathlib import Path

import beritaie
from beritaie.evaluation import Figure, evaluate, read

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
FLOORS = Path(__file__).with_name("gold_floors.toml")
README = Path(__file__).resolve().parents[1] / "README.md"
SETS = ("dev", "train")
NOT_AFTER = "2026-01-01"


def digest(name: str) -> str:
    return hashlib.sha256((GOLD / f"{name}.jsonl").read_bytes()).hexdigest()


def figures(name: str) -> dict[str, Figure]:
    gold = read(GOLD / f"{name}.jsonl")
    nlp = beritaie.load("rules", not_after=NOT_AFTER)
    return evaluate(gold, [nlp.read(row).to_dict() for row in gold])


def floors() -> dict[str, dict[str, float]]:
    content = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return {name: content[name]["f1"] for name in SETS}


def pinned_digests() -> dict[str, str]:
    content = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
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
    old = floors() if FLOORS.exists() else {name: {} for name in SETS}
    lines = ["# Floors of F1 on the gold sets, rules alone. Made by `python tests/gold_gate.py --pin`."]
    for name in SETS:
        new = raised(old[name], {key: rounded(figure) for key, figure in figures(name).items()}, lower=lower)
        lines += ["", f"[{name}]", f'sha256 = "{digest(name)}"', "", f"[{name}.f1]"]
        lines += [f'"{key}" = {value:.3f}' for key, value in new.items()]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    readme = README.read_text(encoding="utf-8")
    head, _, rest = readme.partition("<!-- figures -->")
    tail = rest.partition("<!-- end of figures -->")[2]
    README.write_text(f"{head}<!-- figures -->\n{table()}\n<!-- end of figures -->{tail}", encoding="utf-8")


def table() -> str:
    """Return the pinned figures as the README shows them."""
    pinned = floors()
    lines = ["", "| figure | " + " | ".join(SETS) + " |", "|---|" + "---|" * len(SETS)]
    lines += [f"| {key} | " + " | ".join(f"{pinned[name][key]:.3f}" for name in SETS) + " |" for key in pinned[SETS[0]]]
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
        for key, figure in figures(name).items():
            print(f"{name:6} {key:22} {figure.f1:.3f}  floor {known[name].get(key, 0.0):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
