"""Put trained Stanza models together as a folder that Stanza and the library load: ``models/stanza-id``.

    python training/stanza_pack.py --tokens scratch/stanza-tokens/saved --ner scratch/stanza/saved/ner.pt \
        --vectors scratch/stanza/vectors.txt --words 60000 --out models/stanza-id

The folder has Stanza's own layout (``resources.json``, ``id/PROCESSOR/PACKAGE.pt``). Word vectors are stored as 16-bit numbers, half the
size; Stanza widens them when it loads them. What only training needs is left out: a table of changes to the vectors, all zero since
they are not fine-tuned, and the paths of the training files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import sys
from pathlib import Path

import torch
from stanza.models.common.pretrain import Pretrain

PACKAGE = "news"


def without_training(config: dict) -> dict:
    """Return a model's settings without paths."""
    return {key: None if key.endswith(("_file", "_dir", "save_name")) else value for key, value in config.items()}


def save(data: dict, path: Path) -> None:
    """Write one of Stanza's files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(data, path)


def pack_ner(source: Path, target: Path) -> None:
    """Copy the tagger without its table of changes to the vectors."""
    data = torch.load(source, map_location="cpu", weights_only=True)
    delta = data["model"].pop("delta_emb.weight", None)
    if delta is not None:
        if delta.abs().max() > 0:
            raise SystemExit("the word vectors were fine-tuned; train with --no_emb_finetune")
        del data["vocab"]["delta"], data["vocab"]["_key2class"]["delta"]
    data["config"] = without_training(data["config"])
    save(data, target)


def pack_vectors(source: Path, words: int, target: Path) -> None:
    """Turn the text file of vectors into Stanza's form."""
    pretrain = Pretrain(None, str(source), words + 4, save_to_file=False)
    save({"vocab": pretrain.vocab.state_dict(), "emb": pretrain.emb.half()}, target)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", type=Path, required=True)
    parser.add_argument("--ner", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    home = options.out / "id"
    for processor, file in (("tokenize", "tokenizer.pt"), ("mwt", "mwt.pt")):
        data = torch.load(options.tokens / file, map_location="cpu", weights_only=True)
        data["config"] = without_training(data["config"])
        save(data, home / processor / f"{PACKAGE}.pt")
    pack_ner(options.ner, home / "ner" / f"{PACKAGE}.pt")
    pack_vectors(options.vectors, options.words, home / "pretrain" / f"{PACKAGE}.pt")
    names = {"tokenize": PACKAGE, "mwt": PACKAGE, "ner": PACKAGE}
    resources = {
        "id": {
            "lang_name": "Indonesian",
            **{name: {PACKAGE: {}} for name in ("tokenize", "mwt", "pretrain")},
            "ner": {PACKAGE: {"dependencies": [{"model": "pretrain", "package": PACKAGE}]}},
            "default_processors": names,
            "packages": {PACKAGE: names, "default": names},
        }
    }
    (options.out / "resources.json").write_text(json.dumps(resources, indent=1) + "\n", encoding="utf-8")
    for file in sorted(options.out.rglob("*.pt")):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        print(f'"{file.relative_to(options.out).as_posix()}" = "{digest}"  # {file.stat().st_size:,} bytes')
    return 0


if __name__ == "__main__":
    sys.exit(main())
