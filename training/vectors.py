"""Train subword vectors (floret) on the raw news: writes ``corpus.txt`` (a paragraph a line), ``v128.bin`` and ``v128.floret``.

    python training/vectors.py --news ../shared/data/news/news.jsonl.gz --out scratch

Some 10 minutes on two cores. floret has no seed: vectors made again differ a little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from pathlib import Path

import floret

WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


def write_corpus(news: Path, out: Path) -> None:
    """Write each distinct paragraph once, its words parted by spaces."""
    seen: set[str] = set()
    with gzip.open(news, "rt", encoding="utf-8") as rows, out.open("w", encoding="utf-8") as corpus:
        for row in map(json.loads, rows):
            for paragraph in (row["title"] or "", *row["text"].split("\n")):
                paragraph = paragraph.strip()
                if len(paragraph) >= 20 and paragraph not in seen:
                    seen.add(paragraph)
                    corpus.write(" ".join(WORD.findall(paragraph)) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    corpus = options.out / "corpus.txt"
    write_corpus(options.news, corpus)
    model = floret.train_unsupervised(
        str(corpus),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=50_000,
        minn=4,
        maxn=5,
        dim=128,
        epoch=12,
        minCount=5,
        thread=2,
        lr=0.05,
    )
    model.save_model(str(options.out / "v128.bin"))
    model.save_floret_vectors(str(options.out / "v128.floret"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
