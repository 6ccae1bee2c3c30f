"""How sure a name is: the probability that a mention is what the record says, a person, an organization or a place.

A sum of weights, one for each thing that is true of the mention (what rule found it, what the model says there and how surely, how often
the article names it, whether it stands in a run of capitals), made a probability by the logistic function. ``training/scores.py`` fits
the weights on annotated articles that the model had not seen; they lie in ``models/scores/``, one table for each system, because what a
rule's word is worth depends on what is heard beside it. A system without a table states no score.
"""

from __future__ import annotations

import importlib.resources
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import exp, log

from beritaie.backends import DEFAULT
from beritaie.candidates import Candidate
from beritaie.names import NameSense
from beritaie.tokens import BREAK, CAPITAL, DIGIT, UPPER, Tokens

SYSTEMS = ("rules", DEFAULT)  # those with a table
KINDS = ("person", "organization", "place")
_SURELY = ((0.95, "surely"), (0.8, "likely"), (0.6, "perhaps"))  # the model's probability, and how it is called here
_WEIGHTIEST = 6.0  # log odds of a person's weight beyond which nothing is gained
_OFFICE_CUES = ("office", "relative", "age", "degrees", "clause")

Table = Mapping[str, float]


def rate(tokens: Tokens, kept: Mapping[str, Sequence[Candidate]], sense: NameSense, table: Table | None) -> None:
    """Give the names that stand their scores; without a table, none."""
    for candidate, features in described(tokens, kept, sense):
        if table is None:
            candidate.score = None
        else:
            total = sum(table.get(name, 0.0) * value for name, value in features.items())
            candidate.score = round(1.0 / (1.0 + exp(-total)), 3)


def described(tokens: Tokens, kept: Mapping[str, Sequence[Candidate]], sense: NameSense) -> Iterator[tuple[Candidate, dict[str, float]]]:
    """Yield each name that stands with what is true of it: feature -> 1, or its amount."""
    flags, openings = tokens.flags, frozenset(tokens.sentence_starts)
    for kind in KINDS:
        times = Counter(tokens.text[c.start : c.end] for c in kept[kind])
        for candidate in kept[kind]:
            first, last = tokens.at(candidate.start), tokens.at(candidate.end - 1) + 1
            text = tokens.text[candidate.start : candidate.end]
            features = {kind: 1.0, f"{kind}, {_rule(candidate)}": 1.0, f"{kind}, named {_up_to(times[text], 3, 'time')}": 1.0}
            features[f"{kind}, {_up_to(last - first, 3, 'word')}"] = 1.0
            if kind == "person":
                features["person, weight"] = min(log(max(candidate.weight, 1e-3) / max(1.0 - candidate.weight, 1e-3)), _WEIGHTIEST)
            elif kind == "organization":
                features[f"organization, {'generic' if candidate.data['generic'] else candidate.data['kind']}"] = 1.0
            if sense.model_kinds is not None:
                features[f"{kind}, {_model(sense, kind, first, last)}"] = 1.0
            if last < len(tokens) and flags[last] & CAPITAL and not flags[last] & BREAK:
                features[f"{kind}, capital after"] = 1.0
            if first and flags[first - 1] & CAPITAL and not flags[first] & BREAK and first - 1 not in openings:
                features[f"{kind}, capital before"] = 1.0
            if last < len(tokens) and flags[last] & DIGIT:
                features[f"{kind}, number after"] = 1.0
            if flags[first] & UPPER and text.isupper():
                features[f"{kind}, in capitals"] = 1.0
            yield candidate, features


def _up_to(count: int, most: int, what: str) -> str:
    return f"{count} {what}{'s' * (count > 1)}" if count < most else f"{most} {what}s or more"


def _rule(candidate: Candidate) -> str:
    """Return the rule of a candidate; the rules of people that name a verb are one."""
    rule = candidate.rule
    if rule.startswith("model"):
        return "rule model"
    if candidate.kind == "person" and rule.endswith((" before", " after")) and not rule.startswith(_OFFICE_CUES):
        return f"rule word{rule[rule.rindex(' ') :]}"
    return f"rule {rule.split(':')[-1]}"


def _model(sense: NameSense, kind: str, first: int, last: int) -> str:
    """Return what the model says of the tokens: the same, something else, nothing; and how surely."""
    kinds = sense.model_kinds or {}
    at = [i for i in range(first, last) if kinds.get(i) == kind]
    says = "model agrees" if at else "model differs"
    at = at or [i for i in range(first, last) if i in kinds]
    if not at:
        return "model silent"
    stated = [sense.model_scores[i] for i in at if i in sense.model_scores]
    if not stated:
        return says
    return f"{says} {next((name for least, name in _SURELY if max(stated) >= least), 'hardly')}"


@cache
def table(system: str) -> Table:
    """Return the weights of one of ``SYSTEMS``."""
    file = importlib.resources.files("beritaie") / "models" / "scores" / f"{system}.tsv"
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:] if line)
    return {feature: float(weight) for feature, weight, _ in rows}
