"""Score the Stanza backend as it is shipped: names in running text, tokens and sentences of the UD part held out.

    python training/stanza_evaluate.py --shared ../shared gold-dev idner-dev
    python training/stanza_evaluate.py --held scratch/stanza-tokens/held

Names count as the candidates' own characters: strict is the same span and kind, overlap any shared character and the same kind.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from beritaie.backends import stanza_model
from beritaie.tokens import Tokens

LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def names(shared: Path, name: str) -> str:
    """Return a line of figures for one source."""
    from data import load

    examples = load(shared, name)
    backend = stanza_model.load()
    tokens = [Tokens(example.text) for example in examples]
    began = time.perf_counter()
    found = backend.annotate(tokens)
    took = time.perf_counter() - began
    counts: Counter[tuple[str, str]] = Counter()
    for example, candidates in zip(examples, found, strict=True):
        for label in LABELS.values():
            true = sorted((a, b) for a, b, kind in example.spans if kind == label)
            said = sorted((c.start, c.end) for c in candidates if LABELS[c.kind] == label)
            free = list(said)
            counts[label, "marks"] += len(true) + len(said)
            counts[label, "strict"] += len(set(true) & set(said))
            for start, end in true:
                hit = next((span for span in free if start < span[1] and span[0] < end), None)
                if hit:
                    free.remove(hit)
                    counts[label, "overlap"] += 1
    for key in ("marks", "strict", "overlap"):
        counts["all", key] = sum(counts[label, key] for label in LABELS.values())
    figures = "  ".join(
        f"{label} {2 * counts[label, 'strict'] / counts[label, 'marks']:.3f}/{2 * counts[label, 'overlap'] / counts[label, 'marks']:.3f}"
        for label in (*LABELS.values(), "all")
    )
    return f"{name:10} strict/overlap F1: {figures}  {sum(map(len, tokens)) / took:,.0f} words/s"


def tokens(held: Path) -> str:
    """Return a line of figures for text and CoNLL-U of the held-out part, read through the whole pipeline up to words."""
    from stanza.models.common.utils import ud_scores
    from stanza.utils.conll import CoNLL

    backend = stanza_model.load()
    document = backend._tokenize.process(held.with_suffix(".txt").read_text(encoding="utf-8"))
    backend._further[0].process(document)
    out = held.with_suffix(".out.conllu")
    for sentence in document.sentences:
        for word in sentence.words:
            word.head, word.deprel = (0, "root") if word.id == 1 else (1, "dep")  # the scorer wants a tree, and scores none here
    CoNLL.write_doc2conll(document, str(out))
    scores = ud_scores(str(held.with_suffix(".conllu")), str(out))
    return "held out, F1: " + ", ".join(f"{key.lower()} {100 * scores[key].f1:.2f}" for key in ("Tokens", "Sentences", "Words"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--held", type=Path)
    parser.add_argument("sets", nargs="*")
    options = parser.parse_args()
    for name in options.sets:
        print(names(options.shared, name), flush=True)
    if options.held:
        print(tokens(options.held))
    return 0


if __name__ == "__main__":
    sys.exit(main())
