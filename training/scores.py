"""Fit the weights behind ``score``: the probability that a name is right (``beritaie.scores``).

    PYTHONPATH=src:tests python training/scores.py --shared ../shared --out models/scores [--held scratch/held]

Each article of gold/train is read by the rules alone, and by the rules with a CRF that has not seen it: three are trained, each without a
third of the articles (some minutes; ``--held`` keeps them there, and takes those that are there already). A mention is right where it
overlaps a gold mention of its kind. The weights are those of a logistic regression; what holds of few mentions gets none. No chance is
involved.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import crf
from data import pick
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import beritaie
from beritaie import scores
from beritaie.backends import DEFAULT, Backend
from beritaie.backends import crf as backend
from beritaie.document import Article
from beritaie.resolve import resolve
from beritaie.tokens import Tokens

NOT_AFTER = "2026-01-01"
PARTS = 3
STRENGTH = 0.3  # of the regression: the inverse of its penalty
FEWEST = 12  # mentions of which something must be true to get a weight
GROUPS = {"person": "people", "organization": "organizations", "place": "places"}
# Organizations and places that the model alone adds are too few in the gold articles. Of those in unseen news articles, read one by one:
# (right, read).
READ = {"organization": (23, 25), "place": (69, 75)}

Row = tuple[dict[str, float], bool]


def held_out(shared: Path, sources: list[str], folder: Path) -> list[Path]:
    """Train the CRFs that have not seen a part of gold/train each, where they are not there yet; return their folders."""
    tables = [backend.shipped_folder() / backend.COMPONENT / file for file in backend.FILES[1:]]
    features = backend.WordFeatures(*(backend.read_table(table.read_text("utf-8")) for table in tables))
    folders = [folder / str(part) for part in range(PARTS)]
    for part, path in enumerate(folders):
        if (path / "model.crfsuite").exists():
            continue
        path.mkdir(parents=True, exist_ok=True)
        for table in tables:
            shutil.copy(table, path)
        names = [f"gold~{part}/{PARTS}{name.removeprefix('gold')}" if name.startswith("gold") else name for name in sources]
        crf.train(pick(shared, names), features, path / "model.crfsuite")
        print(f"{path}: trained", flush=True)
    return folders


def mentions(article: dict[str, Any], nlp: beritaie.Pipeline) -> Iterator[Row]:
    """Yield what is true of each name that stands in an article, and whether it is right."""
    read = Article(article["text"], published=article["published"], not_after=nlp.not_after)
    tokens = Tokens(read.text)
    found, sense = nlp.candidates(read, tokens)
    for candidate, features in scores.described(tokens, resolve(found), sense):
        start, end = read.to_source(candidate.start, candidate.end)
        yield features, any(first < end and start < last for first, last in spans(article, candidate.kind))


def spans(article: dict[str, Any], kind: str) -> list[tuple[int, int]]:
    """Return the gold mentions of a kind."""
    marks = [m for group in article[GROUPS[kind]] for m in ([group] if "start" in group else group["mentions"])]
    return [(mark["start"], mark["end"]) for mark in marks]


def fit(rows: list[Row], read: dict[str, tuple[int, int]]) -> list[tuple[str, float, int]]:
    """Return feature, weight and number of mentions, by kind and weight."""
    count = Counter(name for features, _ in rows for name in features)
    for kind, (right, of) in read.items():
        rows = rows + [({kind: 1.0, f"{kind}, rule model": 1.0}, number < right) for number in range(of)]
        count[f"{kind}, rule model"] += of
    vectors = DictVectorizer()
    kept = [{name: value for name, value in features.items() if count[name] >= FEWEST} for features, _ in rows]
    matrix = vectors.fit_transform(kept)
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8, fit_intercept=False).fit(matrix, [right for _, right in rows])
    weights = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return sorted(((name, float(weight), count[name]) for name, weight in weights), key=lambda row: (row[0].split(",")[0], row[0]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--train", nargs="+", default=["idner", "nergrit", "gold*4"], help="what the shipped model was trained on")
    parser.add_argument("--held", type=Path, help="folder of the CRFs that have not seen a part")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    articles = [json.loads(line) for line in (options.shared / "gold" / "train.jsonl").open(encoding="utf-8")]
    nlp = beritaie.load("rules", not_after=NOT_AFTER)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folders = held_out(options.shared, options.train, options.held or Path(scratch))
        systems: dict[str, list[Backend | None]] = {"rules": [None], DEFAULT: [backend.load(folder) for folder in folders]}
        for system, backends in systems.items():
            rows: list[Row] = []
            for number, article in enumerate(articles):
                nlp.backend = backends[number % len(backends)]
                rows += mentions(article, nlp)
            table = fit(rows, READ if system != "rules" else {})
            lines = ["feature\tweight\tmentions", *(f"{name}\t{weight:.3f}\t{count}" for name, weight, count in table)]
            (options.out / f"{system}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
            right = sum(right for _, right in rows) / len(rows)
            print(f"{system}: {len(rows):,} mentions, {right:.3f} right, {len(table)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
