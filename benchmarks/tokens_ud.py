"""Token and sentence F1 against Universal Dependencies, and the words a second of the tokenizer.

python benchmarks/tokens_ud.py [--errors N] [FILE.conllu ...]

Surface tokens before multiword splitting (a row ``3-4`` is one token); the sentences of a file are joined by one space, so that their
borders must be found in running text. A token or sentence is right when both its borders are.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from beritaie.tokens import Tokens

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "ud"
Spans = list[tuple[int, int]]


def read(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each sentence's text and surface tokens."""
    text, covered = "", 0
    forms: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ").strip()
        elif not line.strip() and forms:
            yield text, forms
            forms, covered = [], 0
        elif line[:1].isdigit():
            number, form = line.split("\t")[:2]
            if "-" in number:
                covered = int(number.split("-")[1])
                forms.append(form)
            elif "." not in number and int(number) > covered:
                forms.append(form)


def gold(path: Path) -> tuple[str, Spans, Spans]:
    """Return the joined text, and the spans of its tokens and sentences."""
    whole, tokens, sentences = [], [], []
    offset = 0
    for text, forms in read(path):
        at = 0
        for form in forms:
            start = text.index(form, at)
            at = start + len(form)
            tokens.append((offset + start, offset + at))
        sentences.append((offset, offset + len(text)))
        whole.append(text)
        offset += len(text) + 1
    return " ".join(whole), tokens, sentences


def f1(found: Spans, expected: Spans) -> float:
    return 2 * len(set(found) & set(expected)) / (len(found) + len(expected))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[DATA / "id_csui-train.conllu", DATA / "id_gsd-dev.conllu"])
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the first N wrong tokens and sentence borders")
    options = parser.parse_args()
    for path in options.files:
        text, token_gold, sentence_gold = gold(path)
        Tokens(text)  # warm
        began = time.perf_counter()
        tokens = Tokens(text)
        seconds = time.perf_counter() - began
        token_spans = list(zip(tokens.start, tokens.end, strict=True))
        sentence_spans = [(tokens.start[first], tokens.end[last - 1]) for first, last in tokens.sentences]
        print(
            f"{path.name}: tokens {f1(token_spans, token_gold):.4f}  sentences {f1(sentence_spans, sentence_gold):.4f}"
            f"  {len(text.split()) / seconds:,.0f} words/s"
        )
        wrong = sorted(set(token_gold) ^ set(token_spans))
        for start, end in wrong[: options.errors]:
            print("  token", "missed" if (start, end) in set(token_gold) else "wrong ", repr(text[max(start - 20, 0) : start]), end=" ")
            print(repr(text[start:end]), repr(text[end : end + 20]))
        borders = {start for start, _ in sentence_spans} ^ {start for start, _ in sentence_gold}
        for at in sorted(borders)[: options.errors]:
            print(
                "  sentence",
                "missed" if at in {s for s, _ in sentence_gold} else "wrong ",
                repr(text[max(at - 50, 0) : at]),
                repr(text[at : at + 40]),
            )


if __name__ == "__main__":
    main()
