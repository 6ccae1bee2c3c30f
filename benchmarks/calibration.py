"""Is a score of 0.9 right nine times in ten?  Reliability of ``score`` on the gold sets.

    python benchmarks/calibration.py dev [--model rules] [--check]
    python benchmarks/calibration.py train --held FOLDER FOLDER FOLDER [--check]

A mention is right where it overlaps a gold mention of its kind; a record, whose score is its surest mention's, where one of its mentions
does. For each kind and for all: the expected calibration error over ten bins (the mean distance of score and share right, weighted by
count), and what shows that the scores tell right from wrong: the Brier score beside that of the share right said of every name, and the
area under the ROC curve (0.5: no better than chance). ``--check`` ends with status 1 where an error is above 0.06.

The weights are fitted on gold/train: there, the folders hold CRFs that have not seen a third of the articles each
(``training/scores.py --held``), and each fifth of the articles is scored by weights fitted on the other four.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from math import exp
from pathlib import Path
from typing import Any

import beritaie
from beritaie.backends import DEFAULT
from beritaie.evaluation import read

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
NOT_AFTER = "2026-01-01"
BINS = 10
FOLDS = 5
MOST = 0.06
KINDS = ("people", "organizations", "places")

Scored = tuple[str, float, bool]  # kind, score, whether right


def spans(group: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the spans of the mentions of gold records."""
    return [(m["start"], m["end"]) for record in group for m in ([record] if "start" in record else record["mentions"])]


def scored(rows: list[dict[str, Any]], nlp: beritaie.Pipeline) -> tuple[list[Scored], list[Scored]]:
    """Return the mentions by name, and the records, that have a score."""
    mentions: list[Scored] = []
    records: list[Scored] = []
    for row in rows:
        doc = nlp.read(row)
        for kind in KINDS:
            gold = spans(row[kind])
            for record in getattr(doc, kind):
                named = [m for m in record.mentions if m.kind == "name" and m.score is not None]
                right = [any(a < m.end and m.start < b for a, b in gold) for m in named]
                mentions += [(kind, m.score, hit) for m, hit in zip(named, right, strict=True)]
                if record.score is not None:
                    records.append((kind, record.score, any(right)))
    return mentions, records


def crossed(rows: list[dict[str, Any]], held: list[Path]) -> list[Scored]:
    """Return the mentions of gold/train, each scored by weights and a CRF that have not seen its article."""
    sys.path.insert(0, str(ROOT / "training"))
    import scores as training  # type: ignore[import-not-found]  # of training/

    from beritaie.backends import crf

    nlp = beritaie.load("rules", not_after=NOT_AFTER)
    backends = [crf.load(folder) for folder in held]
    articles = []
    for number, row in enumerate(rows):
        nlp.backend = backends[number % len(backends)] if backends else None
        articles.append(list(training.mentions(row, nlp)))
    found: list[Scored] = []
    for fold in range(FOLDS):
        others = [mention for number, article in enumerate(articles) if number % FOLDS != fold for mention in article]
        weights = {name: weight for name, weight, _ in training.fit(others, training.READ if backends else {})}
        for article in articles[fold::FOLDS]:
            for features, right in article:
                kind = training.GROUPS[next(iter(features))]
                total = sum(weights.get(name, 0.0) * value for name, value in features.items())
                found.append((kind, 1.0 / (1.0 + exp(-total)), right))
    return found


def bins(pairs: list[Scored]) -> Iterator[tuple[int, list[Scored]]]:
    """Yield the bins that hold anything."""
    for number in range(BINS):
        inside = [pair for pair in pairs if min(int(pair[1] * BINS), BINS - 1) == number]
        if inside:
            yield number, inside


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def calibration_error(pairs: list[Scored]) -> float:
    """Return the expected calibration error."""
    return sum(len(part) * abs(mean([p for _, p, _ in part]) - mean([float(r) for _, _, r in part])) for _, part in bins(pairs)) / len(
        pairs
    )


def area(pairs: list[Scored]) -> float:
    """Return the area under the ROC curve: how often a right name has the higher score than a wrong one, a tie counting half."""
    right = [p for _, p, r in pairs if r]
    wrong = [p for _, p, r in pairs if not r]
    if not right or not wrong:
        return float("nan")
    return sum((p > q) + 0.5 * (p == q) for p in right for q in wrong) / (len(right) * len(wrong))


def report(title: str, pairs: list[Scored]) -> float:
    """Print the table; return the largest calibration error."""
    print(f"\n{title}\n{'score':>10} {'count':>7} {'mean score':>11} {'share right':>12}")
    for number, part in bins(pairs):
        low = number / BINS
        share = mean([float(r) for _, _, r in part])
        print(f"{low:.1f} to {low + 1 / BINS:.1f} {len(part):7} {mean([p for _, p, _ in part]):11.3f} {share:12.3f}")
    print(f"{'':14} {'count':>6} {'right':>6} {'ECE':>6} {'Brier':>7} {'constant':>9} {'AUC':>6}")
    worst = 0.0
    for kind in (*KINDS, "all"):
        part = [pair for pair in pairs if kind in (pair[0], "all")]
        if not part:
            continue
        share = mean([float(r) for _, _, r in part])
        brier = mean([(p - r) ** 2 for _, p, r in part])
        error = calibration_error(part)
        worst = max(worst, error)
        print(f"{kind:14} {len(part):6} {share:6.3f} {error:6.3f} {brier:7.4f} {share * (1 - share):9.4f} {area(part):6.3f}")
    return worst


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=["dev", "train"])
    parser.add_argument("--model", default=DEFAULT)
    parser.add_argument("--held", nargs="*", type=Path, default=[])
    parser.add_argument("--check", action="store_true", help="end with status 1 where a calibration error is above 0.06")
    options = parser.parse_args()
    rows = read(GOLD / f"{options.set}.jsonl")
    if options.set == "train":
        worst = report("mentions of train, weights and model from other articles", crossed(rows, options.held))
    else:
        mentions, records = scored(rows, beritaie.load(options.model, not_after=NOT_AFTER))
        if not mentions:
            print(f"{options.model} states no scores")
            return 0
        worst = max(report(f"mentions of {options.set}, {options.model}", mentions), report("records", records))
    if worst > MOST:
        print(f"\na calibration error is {worst:.3f}, above {MOST}")
    return 1 if worst > MOST and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
