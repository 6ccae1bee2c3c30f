"""Write what Stanza's tokenizer and multiword-token trainers read, from the two UD treebanks; every tenth sentence is held out.

    python training/stanza_tokens.py --shared ../shared --out scratch/stanza-tokens
    python -m stanza.models.tokenizer ...   # see training/README.md

Sentences are joined to paragraphs of one to five, as in a newspaper, so that the tokenizer meets sentence ends inside a paragraph.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

from stanza.utils.datasets import prepare_tokenizer_data

TREEBANKS = ("id_csui-train.conllu", "id_gsd-dev.conllu")


def sentences(path: Path) -> list[str]:
    """Return the CoNLL-U blocks of a treebank file."""
    return [block for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]


def text_of(block: str) -> str:
    """Return the sentence's running text."""
    return next(line.split("=", 1)[1].strip() for line in block.splitlines() if line.startswith("# text ="))


def write(name: str, blocks: list[str], out: Path) -> None:
    """Write text, labels per character, multiword tokens and CoNLL-U of one part."""
    chance = random.Random(11)
    paragraphs, at = [], 0
    while at < len(blocks):
        size = chance.randint(1, 5)
        paragraphs.append(" ".join(text_of(block) for block in blocks[at : at + size]))
        at += size
    (out / f"{name}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    (out / f"{name}.conllu").write_text("\n\n".join(blocks) + "\n\n", encoding="utf-8")
    files = [str(out / f"{name}{end}") for end in (".txt", ".conllu", ".labels", "-mwt.json")]
    prepare_tokenizer_data.main([files[0], files[1], "-o", files[2], "-m", files[3]])
    (out / f"{name}-mwt-pairs.json").write_text(json.dumps(json.loads(Path(files[3]).read_text())), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    train: list[str] = []
    held: list[str] = []
    for treebank in TREEBANKS:
        for number, block in enumerate(sentences(options.shared / "data" / "ud" / treebank)):
            (held if number % 10 == 9 else train).append(block)
    write("train", train, options.out)
    write("held", held, options.out)
    print(len(train), "sentences to train,", len(held), "held out")
    return 0


if __name__ == "__main__":
    sys.exit(main())
