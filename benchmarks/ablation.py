"""What rules, model, and both together find of people, organizations and places: F1 of overlapping mentions, on the gold sets; and what
becomes of the records that hang on names, which a model alone does not give.

    python benchmarks/ablation.py dev
    python benchmarks/ablation.py train --held FOLDER [FOLDER ...]

The shipped model has seen gold/train. ``--held`` names folders of CRFs, as ``training/crf.py train`` writes them: the n-th has not seen
the articles whose number divided by their count leaves n, and those alone are read with it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import beritaie
from beritaie.backends import Backend, crf
from beritaie.document import Article
from beritaie.evaluation import evaluate, read
from beritaie.tokens import Tokens

GOLD = Path(__file__).resolve().parents[1].parent / "shared" / "gold"
NOT_AFTER = "2026-01-01"
FIGURES = ("people.overlap", "people.name", "organizations.overlap", "places.overlap", "positions.title", "quotes.speaker")
_GROUPS = {"person": "people", "organization": "organizations", "place": "places"}


def alone(backend: Backend, row: dict[str, Any]) -> dict[str, Any]:
    """Return a document with nothing but what the model says, each mention a record."""
    article = Article(row["text"], published=row.get("published"))
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in _GROUPS.values()}
    for number, found in enumerate(backend.annotate([Tokens(article.text)])[0]):
        start, end = article.to_source(found.start, found.end)
        name = row["text"][start:end]
        mention = {"start": start, "end": end, "text": name, "kind": "name"}
        record: dict[str, Any] = {
            "id": str(number),
            "name": name,
            "mentions": [mention],
            "positions": [],
            "kind": "other",
            "generic": False,
        }
        groups[_GROUPS[found.kind]].append(record)
    empty = beritaie.records.Document(text=row["text"], id=row["id"]).to_dict()
    return empty | groups


def systems(rows: list[dict[str, Any]], held: Iterable[Path]) -> dict[str, list[dict[str, Any]]]:
    """Return the documents of each system, in the rows' order."""
    rules = beritaie.load("rules", not_after=NOT_AFTER)
    both = beritaie.load("rules", not_after=NOT_AFTER)
    backends = [crf.load(folder) for folder in held] or [crf.load()]
    said: dict[str, list[dict[str, Any]]] = {"rules": [], "model": [], "both": []}
    for number, row in enumerate(rows):
        backend = backends[number % len(backends)]
        both.backend = backend
        said["rules"].append(rules.read(row).to_dict())
        said["model"].append(alone(backend, row))
        said["both"].append(both.read(row).to_dict())
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=["dev", "train"])
    parser.add_argument("--held", nargs="*", type=Path, default=[])
    options = parser.parse_args()
    rows = read(GOLD / f"{options.set}.jsonl")
    print(f"{'':8}" + "".join(f"{figure:>23}" for figure in FIGURES))
    for name, documents in systems(rows, options.held).items():
        figures = evaluate(rows, documents)
        print(f"{name:8}" + "".join(f"{figures[figure].f1:23.4f}" for figure in FIGURES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
