"""Train the default model's CRF, or measure the recipe.

    python training/crf.py clusters --floret scratch/v128.bin --corpus scratch/corpus.txt --out scratch/clusters.tsv
    PYTHONPATH=src python training/crf.py train --shared ../shared --clusters scratch/clusters.tsv --train 'gold*2' --out scratch/gold
    PYTHONPATH=src python training/crf.py words --shared ../shared --model scratch/gold --out scratch/words.tsv
    PYTHONPATH=src python training/crf.py train --shared ../shared --clusters scratch/clusters.tsv --words scratch/words.tsv \
        --train idner nergrit 'gold*4' --test gold-dev idner-dev --out scratch/crf
    PYTHONPATH=src python training/crf.py pack --model scratch/crf --out models/berita-crf
    PYTHONPATH=src python training/crf.py folds --shared ../shared --clusters scratch/clusters.tsv --set nergrit

``NAME*3`` repeats a source, ``NAME:0/3`` and so on as in ``data.pick``. Figures are strict (span and label) F1 over all names, and F1 of
each label. No chance is involved: the same data give the same model.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pycrfsuite
from data import Example, load, outermost, pick

import beritaie
from beritaie.backends.crf import FILES, CrfBackend, WordFeatures, read_table, stretches
from beritaie.backends.crf import load as load_crf
from beritaie.tokens import Tokens

C1, C2, ROUNDS = 0.06, 0.02, 90
COMMONEST = 60_000
ARTICLES = 9_000  # read to learn what words are in the news
SHORTEST = 5  # words in a sentence of news
SEEN = 3  # times from which on a word's uses count
USES = {"O": "O", "B-PER": "bP", "I-PER": "iP", "B-ORG": "bO", "I-ORG": "iO", "B-LOC": "bL", "I-LOC": "iL"}
CLUSTERS = (100, 400, 1500)


def clusters(floret_model: Path, corpus: Path, out: Path) -> None:
    """Write the clusters of the commonest words: k-means over the word vectors, each brought to length 1."""
    import floret
    import numpy
    from sklearn.cluster import MiniBatchKMeans

    count: collections.Counter[str] = collections.Counter()
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            count.update(line.split())
    words = [word for word, _ in count.most_common(COMMONEST) if any(map(str.isalnum, word))]
    vectors = floret.load_model(str(floret_model))
    table = numpy.array([vectors.get_word_vector(word) for word in words], dtype="float32")
    table /= numpy.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    settings = {"random_state": 7, "batch_size": 4096, "n_init": 1, "max_iter": 12, "reassignment_ratio": 0.01}
    labels = [MiniBatchKMeans(size, **settings).fit(table).labels_ for size in CLUSTERS]
    with out.open("w", encoding="utf-8") as lines:
        for word, *numbers in zip(words, *labels, strict=True):
            lines.write("\t".join([word, *map(str, numbers)]) + "\n")


def silver(shared: Path, model: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield words and tags of the sentences of some news, as the rules and the model read them.

    Whole articles are read, so that the rules see a name's introduction, and tell what the bare name is later.
    """
    pipeline = beritaie.load()
    pipeline.backend = load_crf(model)
    with gzip.open(shared / "data" / "news" / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    random.Random(7).shuffle(texts)
    for text in texts[:ARTICLES]:
        document = pipeline(text)
        kinds = (("PER", document.people), ("ORG", document.organizations), ("LOC", document.places))
        marks = [(m.start, m.end, kind) for kind, records in kinds for record in records for m in record.mentions if m.kind == "name"]
        for forms, tags in tagged(Example(document.text, outermost(marks), "news")):
            if len(forms) >= SHORTEST:
                yield forms, tags


def words(shared: Path, model: Path, out: Path) -> None:
    """Write what each word with a capital mostly is in the news: first or later word of a name of what kind, or of none.

    Sentences' first words do not count.
    """
    count: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for forms, tags in silver(shared, model):
        for form, tag in list(zip(forms, tags, strict=True))[1:]:
            if form[0].isupper():
                count[form.lower()][USES[tag]] += 1
    with out.open("w", encoding="utf-8") as lines:
        for word, uses in sorted(count.items()):
            total = uses.total()
            if total >= SEEN:
                quarters = ((use, int(4 * uses[use] / total + 0.6)) for use in USES.values())
                lines.write("\t".join([word, *(f"{use}{share}" for use, share in quarters if share)]) + "\n")


def tagged(example: Example) -> Iterator[tuple[list[str], list[str]]]:
    """Yield words and tags of the sentences of an example; spans are widened to whole tokens."""
    tokens = Tokens(example.text)
    tags = ["O"] * len(tokens)
    for start, end, label in example.spans:
        first, last = tokens.at(start), tokens.at(end - 1)
        if first < 0 or any(tag != "O" for tag in tags[first : last + 1]):
            continue
        tags[first : last + 1] = [f"B-{label}"] + [f"I-{label}"] * (last - first)
    for first, last in stretches(tokens):
        yield tokens.form[first:last], tags[first:last]


def fit(sentences: Iterable[tuple[list[list[str]], list[str]]], path: Path, rounds: int = ROUNDS) -> pycrfsuite.Tagger:
    """Train on features and tags, write the model and return it."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for words, tags in sentences:
        trainer.append(words, tags)
    trainer.set_params({"c1": C1, "c2": C2, "max_iterations": rounds, "feature.possible_transitions": True})
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def train(examples: list[Example], features: WordFeatures, path: Path, rounds: int = ROUNDS) -> CrfBackend:
    """Train on the examples, write the model and return it as a backend."""
    sentences = ((features.sentence(forms), tags) for example in examples for forms, tags in tagged(example))
    return CrfBackend(fit(sentences, path, rounds), features, "crf")


def figures(gold: set[tuple], found: set[tuple]) -> str:
    """Return strict F1 of names, whose last field is the label: over all, and of each label."""
    parts = []
    for label in ("all", "PER", "ORG", "LOC"):
        asked, said = ({name for name in names if label in ("all", name[-1])} for names in (gold, found))
        parts.append(f"{label} {2 * len(asked & said) / max(1, len(asked) + len(said)):.3f}")
    return "  ".join(parts)


def score(backend: CrfBackend, examples: list[Example]) -> str:
    """Return strict F1 over all names, and of each label; a gold span counts as widened to whole tokens."""
    gold, found = set(), set()
    for number, example in enumerate(examples):
        tokens = Tokens(example.text)
        gold |= {(number, tokens.at(start), tokens.at(end - 1) + 1, label) for start, end, label in example.spans}
        found |= {(number, *span[:3]) for span in backend.spans(tokens)}
    return figures(gold, found)


def folds(examples: list[Example], count: int, features: WordFeatures, path: Path) -> None:
    """Print the figures of each fold, every ``count``-th example held out."""
    for fold in range(count):
        held = examples[fold::count]
        rest = [example for number, example in enumerate(examples) if number % count != fold]
        print(f"fold {fold + 1}: {score(train(rest, features, path), held)}", flush=True)


def pack(model: Path, out: Path) -> None:
    """Write the spaCy pipeline that holds the model."""
    import spacy

    import beritaie.spacy  # noqa: F401  tokenizer and component

    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "beritaie.Tokenizer.v1"}}})
    nlp.add_pipe("beritaie_names").from_disk(model)
    nlp.meta |= {"name": "berita_crf", "description": "Names of people, organizations and places in Indonesian news", "license": "MIT"}
    nlp.to_disk(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["clusters", "words", "train", "folds", "pack"])
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--floret", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--clusters", type=Path)
    parser.add_argument("--words", type=Path, help="what words are in the news; none: not known of any")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--train", nargs="+", default=[])
    parser.add_argument("--test", nargs="+", default=[])
    parser.add_argument("--set", default="nergrit")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=Path("scratch/crf"))
    options = parser.parse_args()
    if options.command == "clusters":
        clusters(options.floret, options.corpus, options.out)
        return 0
    if options.command == "words":
        words(options.shared, options.model, options.out)
        return 0
    if options.command == "pack":
        pack(options.model, options.out)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    model, *tables = (options.out / file for file in FILES)
    for given, table in zip((options.clusters, options.words), tables, strict=True):
        table.write_text(given.read_text(encoding="utf-8") if given else "", encoding="utf-8")
    features = WordFeatures(*(read_table(table.read_text(encoding="utf-8")) for table in tables))
    if options.command == "folds":
        folds(load(options.shared, options.set), 5, features, model)
        return 0
    begun = time.process_time()
    trained = train(pick(options.shared, options.train), features, model, options.rounds)
    print(f"trained in {time.process_time() - begun:.0f} s, {model.stat().st_size:,} bytes", flush=True)
    for name in options.test:
        print(f"{name}: {score(trained, pick(options.shared, [name]))}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
