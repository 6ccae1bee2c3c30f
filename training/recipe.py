"""What the recipe makes of one set's own labels: strict F1 on the set's held-out part, or over five folds.

    python training/recipe.py silver --shared ../shared --model scratch/gold --out scratch/silver.jsonl.gz
    python training/recipe.py pretrain --silver scratch/silver.jsonl.gz --floret scratch/v128.bin --clusters scratch/clusters.tsv \
        --out scratch/pretrained.pt
    python training/recipe.py measure --shared ../shared --floret scratch/v128.bin --clusters scratch/clusters.tsv \
        --words scratch/words.tsv --pretrained scratch/pretrained.pt --train idner --test idner-dev --elsewhere gold nergrit
    python training/recipe.py measure ... --train nergrit --folds 5

Two taggers are trained on the set: the default model's CRF, which also sees what the rules say of the sentence; and the network of
``recurrent.py``, ``--seeds`` times, which has learnt from silver, and from the labels of the sets ``--elsewhere`` after that. Both give
scores to tags and to pairs of tags; the weighted sum of these decides. No label of the test side is seen by anything that reads it.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import numpy
import recurrent
import torch
from crf import figures, fit, silver, tagged
from data import Example, pick
from numpy.typing import NDArray
from recurrent import TAG, TAGS

import beritaie
from beritaie.backends.crf import WordFeatures, read_table
from beritaie.tokens import Tokens

LONGEST = 80  # words of a sentence of silver
EPOCHS = 10
EPOCHS_ELSEWHERE = 2
SHARE = 0.5  # of the network in the decision
Potentials = tuple[list[NDArray[numpy.float64]], NDArray[numpy.float64]]  # of the tags of each word by sentence, of pairs of tags


@dataclass
class Part:
    """A sentence: the number of its example, of its first token, its words, their tags, and what the rules say of each."""

    example: int
    first: int
    forms: list[str]
    tags: list[str]
    rules: list[list[str]]


@dataclass
class Known:
    """What is known before a set's own labels are seen: rules, features of words, and the network's words and state."""

    pipeline: beritaie.Pipeline
    features: WordFeatures
    words: recurrent.Words
    state: dict[str, torch.Tensor]


def parts(examples: Sequence[Example], pipeline: beritaie.Pipeline) -> list[Part]:
    """Return the sentences of the examples."""
    found = []
    for number, example in enumerate(examples):
        tokens, at = Tokens(example.text), 0
        rules = _rules(tokens, pipeline(example.text))
        for forms, tags in tagged(example):
            found.append(Part(number, at, forms, tags, rules[at : at + len(forms)]))
            at += len(forms)
    return found


def _rules(tokens: Tokens, document: beritaie.Document) -> list[list[str]]:
    """Return, for each token, what records it stands in: O and such as B-ORG:ministry, with the record's kind or level."""
    said = [["O"] for _ in range(len(tokens))]
    records = [(m, "PER") for person in document.people for m in person.mentions if m.kind == "name"]
    records += [(m, f"ORG:{organization.kind}") for organization in document.organizations for m in organization.mentions]
    records += [(m, f"LOC:{place.level}" if place.level else "LOC") for place in document.places for m in place.mentions]
    records += [(m, "TITLE") for person in document.people for position in person.positions for m in position.mentions]
    for mention, label in records:
        first, last = tokens.at(mention.start), tokens.at(mention.end - 1)
        for at in range(first, last + 1) if first >= 0 else ():
            said[at].append(f"{'B' if at == first else 'I'}-{label}")
    return said


def _around(said: Sequence[str]) -> Iterable[list[str]]:
    """Yield features of what is said of a word, and of it together with what is said of the words beside it."""
    for before, here, after in zip(["^", *said], said, [*said[1:], "$"], strict=False):
        yield [f"r={here}", f"r-={before}", f"r+={after}", f"rl={before}>{here}", f"rr={here}>{after}"]


def features(part: Part, words: WordFeatures) -> list[list[str]]:
    """Return what the CRF sees of each word of a sentence: the default model's features, and what the rules say."""
    plain = ["|".join(sorted({said.split(":")[0] for said in rules})) for rules in part.rules]
    kinds = [[f"rk={'|'.join(sorted(set(rules)))}"] for rules in part.rules]
    return [a + b + c for a, b, c in zip(words.sentence(part.forms), _around(plain), kinds, strict=True)]


def crf_potentials(seen: list[Part], asked: list[Part], words: WordFeatures, path: Path) -> Potentials:
    """Train the CRF on the sentences seen, and return what it says of those asked."""
    info = fit(((features(part, words), part.tags) for part in seen), path).info()
    of_feature: dict[str, list[tuple[int, float]]] = collections.defaultdict(list)
    for (feature, tag), weight in info.state_features.items():
        of_feature[feature].append((TAG[tag], weight))
    pairs = numpy.zeros((len(TAGS), len(TAGS)))
    for (before, after), weight in info.transitions.items():
        pairs[TAG[before], TAG[after]] = weight
    said = []
    for part in asked:
        scores = numpy.zeros((len(part.forms), len(TAGS)))
        for at, of_word in enumerate(features(part, words)):
            for feature in of_word:
                for tag, weight in of_feature.get(feature, ()):
                    scores[at, tag] += weight
        said.append(scores)
    return said, pairs


def network_potentials(seen: list[Part], asked: list[Part], words: recurrent.Words, state: dict, seed: int) -> Potentials:
    """Train the network on the sentences seen, and return what it says of those asked."""
    net = recurrent.finetune(state, _numbered(seen, words), words, EPOCHS, seed)
    return recurrent.scores(net, _numbered(asked, words), words), net.follows.detach().numpy().astype("f8")


def elsewhere(pretrained: Path, others: list[Part], words: recurrent.Words) -> dict[str, torch.Tensor]:
    """Return the state of the network that fine-tuning on a set starts from: pretrained, and then trained on other sets' labels."""
    state = torch.load(pretrained, weights_only=True)
    if others:
        state = recurrent.finetune(state, _numbered(others, words), words, EPOCHS_ELSEWHERE, 7).state_dict()
        state |= {"silver.weight": state["out.weight"], "silver.bias": state["out.bias"]}
    return state


def _numbered(some: list[Part], words: recurrent.Words) -> list[recurrent.Sentence]:
    return [(words.numbers(part.forms), [TAG[tag] for tag in part.tags]) for part in some]


def best(scores: NDArray[numpy.float64], pairs: NDArray[numpy.float64]) -> list[str]:
    """Return the best sequence of tags (Viterbi)."""
    pairs = pairs + recurrent.FOLLOWS
    ahead, back = scores[0] + recurrent.BEGINS, []
    for here in scores[1:]:
        ways = ahead[:, None] + pairs
        back.append(ways.argmax(0))
        ahead = ways.max(0) + here
    way = [int(ahead.argmax())]
    for before in reversed(back):
        way.append(int(before[way[-1]]))
    return [TAGS[tag] for tag in reversed(way)]


def spans(part: Part, tags: Sequence[str]) -> set[tuple[int, int, int, str]]:
    """Return the names that the tags mark: example, first token, token after the last, label."""
    found, begin = set(), 0
    for at, (tag, after) in enumerate(zip(tags, [*tags[1:], "O"], strict=True)):
        if tag[0] == "B":
            begin = at
        if tag != "O" and after != f"I-{tag[2:]}":
            found.add((part.example, part.first + begin, part.first + at + 1, tag[2:]))
    return found


def decide(asked: list[Part], gold: set, said: Sequence[Potentials], shares: Sequence[float]) -> str:
    """Return the figures of the weighted sum."""
    pairs = sum(share * one[1] for share, one in zip(shares, said, strict=True))
    found = set()
    for number, part in enumerate(asked):
        scores = sum(share * one[0][number] for share, one in zip(shares, said, strict=True))
        found |= spans(part, best(scores, pairs))
    return figures(gold, found)


def measure(train: list[Example], test: list[Example], options: argparse.Namespace, known: Known) -> None:
    """Print the figures of the CRF, of each network, and of all together."""
    seen, asked, gold = parts(train, known.pipeline), parts(test, known.pipeline), marked(test)
    crf = crf_potentials(seen, asked, known.features, options.out / "model.crfsuite")
    print(f"  CRF        {decide(asked, gold, [crf], [1])}", flush=True)
    networks = []
    for seed in range(1, options.seeds + 1):
        networks.append(network_potentials(seen, asked, known.words, known.state, seed))
        print(f"  network {seed}  {decide(asked, gold, [networks[-1]], [1])}", flush=True)
    shares = [1 - SHARE, *[SHARE / len(networks)] * len(networks)]
    print(f"  together   {decide(asked, gold, [crf, *networks], shares)}", flush=True)


def marked(examples: Sequence[Example]) -> set[tuple[int, int, int, str]]:
    """Return the gold names of the examples, widened to whole tokens."""
    found = set()
    for number, example in enumerate(examples):
        tokens = Tokens(example.text)
        found |= {(number, tokens.at(start), tokens.at(end - 1) + 1, label) for start, end, label in example.spans}
    return found


def _vocabulary(options: argparse.Namespace) -> recurrent.Words:
    """Return the words of the network; a word's cluster is the finest."""
    table = read_table(options.clusters.read_text(encoding="utf-8"))
    return recurrent.Words(options.floret, {word: int(numbers[-1]) + 1 for word, numbers in table.items()})


def pretrain(options: argparse.Namespace) -> None:
    """Train the network on silver: sentences not too long, those without any name one time in three."""
    with gzip.open(options.silver, "rt", encoding="utf-8") as lines:
        sentences = [json.loads(line) for line in lines]
    random.Random(1).shuffle(sentences)
    sentences = [sentence for sentence in sentences if len(sentence[0]) <= LONGEST]
    sentences = [s for number, s in enumerate(sentences) if number % 3 == 0 or any(tag != "O" for tag in s[1])]
    words = _vocabulary(options)
    numbered = [(words.numbers(forms), [TAG[tag] for tag in tags]) for forms, tags in sentences]
    torch.save(recurrent.pretrain(numbered, words).state_dict(), options.out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["silver", "pretrain", "measure"])
    for name in ("shared", "model", "silver", "floret", "clusters", "words", "pretrained"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--train", default="idner")
    parser.add_argument("--test")
    parser.add_argument("--folds", type=int)
    parser.add_argument("--elsewhere", nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("scratch/recipe"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.command == "silver":
        with gzip.open(options.out, "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(sentence) + "\n" for sentence in silver(options.shared, options.model))
        return 0
    if options.command == "pretrain":
        pretrain(options)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    tables = (read_table(table.read_text(encoding="utf-8")) for table in (options.clusters, options.words))
    pipeline, words = beritaie.load("rules"), _vocabulary(options)
    state = elsewhere(options.pretrained, parts(pick(options.shared, options.elsewhere), pipeline), words)
    known = Known(pipeline, WordFeatures(*tables), words, state)
    examples = pick(options.shared, [options.train])
    if options.folds:
        splits = [
            ([e for number, e in enumerate(examples) if number % options.folds != fold], examples[fold :: options.folds])
            for fold in range(options.folds)
        ]
    else:
        splits = [(examples, pick(options.shared, [options.test]))]
    for number, (seen, asked) in enumerate(splits, 1):
        print(f"{options.train}, split {number} of {len(splits)}", flush=True)
        measure(seen, asked, options, known)
    return 0


if __name__ == "__main__":
    sys.exit(main())
