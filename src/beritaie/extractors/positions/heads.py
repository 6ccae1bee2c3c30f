"""Heads of offices, words around them, and an office while it is read."""

from __future__ import annotations

from functools import cache, partial
from typing import NamedTuple

from beritaie import lexicon
from beritaie.lexicon import Phrases

RANK_WORDS = frozenset(("polisi", "komisaris", "inspektur", "tentara", "laksamana"))  # offices that are parts of ranks too
LONGEST = 24  # tokens of one office


words = partial(lexicon.group, "people")  # the word lists of people.toml

CHIEFS = frozenset(
    ("Ketua", "Kepala", "Sekretaris", "Wakil", "Direktur", "Komisaris", "Rektor", "Dekan", "Bendahara", "CEO", "Ketum", "Sekjen")
)


PARTS = frozenset(("Bidang", "Divisi", "Bagian", "Seksi", "Biro", "Pusat", "Deputi", "Jurusan", "Studi"))


class Head(NamedTuple):
    """The head of an office, as ``offices.tsv`` has it."""

    title: str
    takes: str
    domain: str
    canonical: str
    status: str


@cache
def offices() -> Phrases[Head]:
    """Return the heads of offices."""
    return Phrases(
        (row["title"], Head(row["title"], row["takes"], row["domain"], row["canonical"], row["status"])) for row in lexicon.rows("offices")
    )


@cache
def units() -> Phrases[str]:
    """Return the words that tell where a unit goes: ``title`` or ``organization``."""
    return Phrases((row["word"], row["part"]) for row in lexicon.rows("units") if row["part"] != "field")


@cache
def long_forms() -> dict[str, str]:
    """Return the long forms of units' short ones, by the short form in small letters."""
    return {row["word"].lower(): row["long"] for row in lexicon.rows("units") if row["long"]}


@cache
def statuses() -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """Return the status words before an office (as tokens, from the last back) and after it."""
    before, after = {}, {}
    for row in lexicon.rows("statuses"):
        if row["after"]:
            after[row["phrase"]] = row["status"]
        else:
            before[lexicon.split_phrase(row["phrase"])] = row["status"]
    return before, after


@cache
def leads() -> Phrases[bool]:
    """Return ranks, honorifics and forms of address: what follows them is a name."""
    words = [row["phrase"] for row in lexicon.rows("ranks") if row["kind"] == "base"]
    words += [row["phrase"] for row in lexicon.rows("honorifics") if row["part"] == "honorific" or not row["weak"]]
    return Phrases((word, True) for word in dict.fromkeys(words))


def region_words() -> frozenset[str]:
    """Return the names of provinces, regencies and cities that are one word and nothing else, in small letters."""
    return lexicon.single_words("regions", "name", evidence="")


class Span(NamedTuple):
    """A half-open range of tokens."""

    start: int
    end: int


class Office:
    """An office while it is read: token ranges of its parts, brackets left out."""

    def __init__(self, start: int, head: Head, head_span: Span, title_start: int) -> None:
        self.start = start
        self.head = head
        self.head_span = head_span
        self.end = head_span.end
        self.title = [Span(title_start, head_span.end)]
        self.organization: list[Span] = []
        self.place: list[Span] = []
        self.status = head.status or None
        self.theirs = False  # with `-nya`: kuasa hukumnya

    def add(self, part: list[Span], start: int, end: int) -> None:
        """Put tokens ``start`` to ``end`` to a part of the office, and read on from there."""
        if part and part[-1].end == start:
            part[-1] = Span(part[-1].start, end)
        else:
            part.append(Span(start, end))
        self.end = end


def after(spans: list[Span], at: int) -> list[Span]:
    """Return what of the spans lies after token ``at``."""
    return [Span(max(span.start, at), span.end) for span in spans if span.end > at]
