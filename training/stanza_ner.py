"""Write what Stanza's NER trainer reads: sentences as JSON, and word vectors cut to the commonest words.

python training/stanza_ner.py --shared ../shared --floret scratch/v128.bin --corpus scratch/corpus.txt --words 40000 \
        --train idner nergrit nerui gold*2 --dev idner-dev --out scratch/stanza
python -m stanza.models.ner_tagger ...   # see training/README.md
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from data import Example, pick

from beritaie.tokens import Tokens


def sentences(example: Example) -> list[list[dict[str, str]]]:
    """Return the example's sentences as lists of tokens with BIO tags."""
    tokens = Tokens(example.text)
    tags = ["O"] * len(tokens)
    for start, end, label in example.spans:
        first, last = tokens.at(start), tokens.at(end - 1)
        for at in range(max(first, 0), last + 1):
            tags[at] = ("B-" if at == first else "I-") + label
    return [
        [{"text": tokens.form[at], "ner": tags[at]} for at in range(begin, end)] for begin, end in tokens.sentences if end - begin < 200
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--floret", required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("--train", nargs="+", required=True)
    parser.add_argument("--dev", nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, picked in (("train", options.train), ("dev", options.dev)):
        found = [sentence for example in pick(options.shared, picked) for sentence in sentences(example)]
        random.Random(7).shuffle(found)
        (options.out / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        print(name, len(found), "sentences")

    import floret

    counts = Counter(word for line in options.corpus.open(encoding="utf-8") for word in line.split())
    model = floret.load_model(options.floret)
    with (options.out / "vectors.txt").open("w", encoding="utf-8") as out:
        words = [word for word, _ in counts.most_common(options.words)]
        out.write(f"{len(words)} {model.get_dimension()}\n")
        for word in words:
            out.write(word + " " + " ".join(f"{x:.4f}" for x in model.get_word_vector(word)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
