"""Entity data for training and measuring, with the labels of each source mapped to PER, ORG, LOC as the guidelines mean them.

Sources (in ``--shared``, a folder with ``data/`` and ``gold/``):

===========  =====================================================  ==========================================================
name         labels                                                 repaired here
===========  =====================================================  ==========================================================
idner        PER/ORG/LOC, punctuation glued to words                marks are cut at the word's edge, ``Joko Widodo - Jusuf Kalla`` split
nergrit      PERSON/ORGANISATION/PLACE                              hyphens and quotation marks re-joined
nerui        PERSON/ORGANIZATION/LOCATION                           the same
gold         per/org/loc inside whole articles                      generic organizations are names too; repeated paragraphs left out
===========  =====================================================  ==========================================================
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from beritaie.document import Article

LABELS = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC",
    "PERSON": "PER", "PLACE": "LOC", "ORGANISATION": "ORG", "ORGANIZATION": "ORG", "LOCATION": "LOC",
}  # fmt: skip

NO_SPACE_BEFORE = set(".,;:!?)]}%”’/")
NO_SPACE_AFTER = set("([{“‘/$")
EDGES = " \t\n.,;:!?()[]{}\"'“”‘’«»-–—/"


@dataclass
class Example:
    """One text with its entity spans: (start, end, label), code point offsets, half open, in order, not overlapping."""

    text: str
    spans: list[tuple[int, int, str]]
    source: str
    id: str | None = None
    titles: list[tuple[int, int, str]] = field(default_factory=list)


def columns(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Yield sentences of (word, tag) from a column file (word first, tag last)."""
    sentence: list[tuple[str, str]] = []
    for line in path.open(encoding="utf-8"):
        parts = line.split()
        if parts:
            sentence.append((parts[0], parts[-1]))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def detokenise(sentence: list[tuple[str, str]], source: str) -> Example:
    """Join a sentence of (word, IOB tag) as a newspaper would print it, and carry the tags over as spans."""
    text = ""
    quoted = False
    glue = True
    spans: list[list] = []
    previous = "O"
    words = [word for word, _ in sentence]
    for at, (word, tag) in enumerate(sentence):
        if word in ('"', "``", "''"):
            word = '"'
            space = not glue and not quoted
            glue_next = not quoted
            quoted = not quoted
        else:
            inner_hyphen = (
                word == "-"
                and 0 < at < len(words) - 1
                and words[at - 1].isalpha()
                and words[at + 1].isalpha()
                and words[at - 1].islower()
                and words[at + 1].islower()
            )
            space = not glue and word[0] not in NO_SPACE_BEFORE and not inner_hyphen
            glue_next = (word in NO_SPACE_AFTER) or inner_hyphen
        if space:
            text += " "
        start = len(text)
        text += word
        glue = glue_next
        kind = LABELS.get(tag[2:]) if tag != "O" else None
        if kind:
            if tag[0] == "I" and previous == kind and spans:
                spans[-1][1] = len(text)
            else:
                spans.append([start, len(text), kind])
        previous = kind or "O"
    return Example(text, [piece for span in spans for piece in _pieces(text, *span)], source)


def _pieces(text: str, start: int, end: int, label: str) -> list[tuple[int, int, str]]:
    """Trim a span; a short form in brackets at its end is a mark of its own, as in the guidelines."""
    whole = _trim(text, start, end, label)
    if whole is None:
        return []
    bracket = text.find(" (", whole[0], whole[1])
    if bracket > 0 and text.find(")", bracket, whole[1]) < 0:
        parts = (_trim(text, whole[0], bracket, label), _trim(text, bracket, whole[1], label))
        return [part for part in parts if part]
    return [whole]


def _trim(text: str, start: int, end: int, label: str) -> tuple[int, int, str] | None:
    """Cut punctuation from the edges of a span, keeping the full stop of an abbreviation."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES and not (text[end - 1] == "." and text[start:end].count(".") > 1):
        end -= 1
    return (start, end, label) if start < end else None


def load_columns(path: Path, source: str) -> list[Example]:
    """Read one column file as examples, single sentences."""
    return [detokenise(sentence, source) for sentence in columns(path)]


def outermost(marks: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the marks in text order without those that begin inside an earlier one; of two that begin together the longer stays."""
    spans: list[tuple[int, int, str]] = []
    for mark in sorted(marks, key=lambda m: (m[0], -m[1])):
        if not spans or mark[0] >= spans[-1][1]:
            spans.append(mark)
    return spans


def load_gold(path: Path, source: str = "gold") -> list[Example]:
    """Read compiled gold articles as examples; of nested marks the outer one is kept, except inside office phrases."""
    examples = []
    for row in map(json.loads, path.open(encoding="utf-8")):
        article = Article(row["text"], published=row["published"])
        cut = [(passage.start, passage.end) for passage in article.skipped]
        marks = [(m["start"], m["end"], "PER") for person in row["people"] for m in person["mentions"]]
        marks += [(o["start"], o["end"], "ORG") for o in row["organizations"]]
        marks += [(p["start"], p["end"], "LOC") for p in row["places"]]
        spans = outermost(marks)
        titles = [(p["start"], p["end"], "TITLE") for p in row["positions"]]
        text, spans, titles = _without(row["text"], cut, spans, titles)
        examples.append(Example(text, spans, source, row["id"], titles))
    return examples


def _without(text: str, cut: list[tuple[int, int]], *layers: list[tuple[int, int, str]]):
    """Cut stretches out of a text and move the spans of each layer; a span that touches a cut stretch is dropped."""
    cut = sorted(cut)
    pieces, at = [], 0
    for start, end in cut:
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])
    moved = []
    for spans in layers:
        kept = []
        for start, end, label in spans:
            if any(start < b and a < end for a, b in cut):
                continue
            shift = sum(b - a for a, b in cut if b <= start)
            kept.append((start - shift, end - shift, label))
        moved.append(kept)
    return "".join(pieces), *moved


def load(shared: Path, *names: str) -> list[Example]:
    """Load sources by name: idner, idner-dev, nergrit, nerui, gold, gold-dev."""
    ner = shared / "data" / "ner"
    readers = {
        "idner": lambda: load_columns(ner / "idner-train.txt", "idner"),
        "idner-dev": lambda: load_columns(ner / "idner-dev.txt", "idner-dev"),
        "nergrit": lambda: load_columns(ner / "nergrit-train.txt", "nergrit"),
        "nerui": lambda: load_columns(ner / "nerui.txt", "nerui"),
        "gold": lambda: load_gold(shared / "gold" / "train.jsonl"),
        "gold-dev": lambda: load_gold(shared / "gold" / "dev.jsonl", "gold-dev"),
    }
    return [example for name in names for example in readers[name]()]


def pick(shared: Path, names: list[str]) -> list[Example]:
    """Load sources; ``NAME*3`` repeats one, ``NAME:a/b`` keeps the examples whose number modulo b is not below a (``!``: is below);
    ``NAME~n/b`` leaves out those whose number modulo b is n.
    """
    picked: list[Example] = []
    for name in names:
        name, _, times = name.partition("*")
        name, _, out = name.partition("~")
        name, _, part = name.partition(":")
        examples = load(shared, name)
        if out:
            left, whole = map(int, out.split("/"))
            examples = [e for number, e in enumerate(examples) if number % whole != left]
        if part:
            below = part.startswith("!")
            share, whole = map(int, part.lstrip("!").split("/"))
            examples = [e for number, e in enumerate(examples) if (number % whole < share) == below]
        picked += examples * int(times or 1)
    return picked


if __name__ == "__main__":
    import sys

    picked = load(Path(sys.argv[1]), *sys.argv[2:])
    for example in random.Random(0).sample(picked, 8):
        print(example.text[:300])
        print("   ", [(example.text[a:b], label) for a, b, label in example.spans][:12])
