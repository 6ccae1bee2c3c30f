"""The word lists of places: class words, cues, and what may stand in and around a name."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from beritaie.lexicon import Phrases, rows, split_phrase, table


class ClassWord(NamedTuple):
    """What a class word is: ``group`` (admin, nature, park, road, facility), ``level`` of its places, whether it needs a capital."""

    group: str
    level: str
    capital: bool


class Heads(NamedTuple):
    """The class words."""

    phrases: Phrases[ClassWord]
    first: frozenset[str]  # their first words
    small: frozenset[str]  # the first words of those that count in small letters
    tails: frozenset[str]  # words that close an English name: Jakarta Convention Center


@cache
def heads() -> Heads:
    """Return the class words of ``place_heads.tsv`` and ``place_tails.tsv``."""
    listed = rows("place_heads")
    return Heads(
        Phrases((row["word"], ClassWord(row["group"], row["level"], row["case"] == "capital")) for row in listed),
        frozenset(split_phrase(row["word"])[0] for row in listed),
        frozenset(split_phrase(row["word"])[0] for row in listed if row["case"] == "any"),
        frozenset(row["word"].lower() for row in rows("place_tails")),
    )


class Cues(NamedTuple):
    """The words of ``place_cues.tsv`` around a name."""

    before: dict[str, str]  # the last word or two before a name -> cue
    after: frozenset[str]  # words after it that make it part of another name
    other: frozenset[str]  # first words of names that are no places
    against: frozenset[str]  # words before a name that no list holds that tell something else of it


@cache
def cues() -> Cues:
    """Return the words around names."""
    lists: dict[str, set[str]] = {"tail_not": set(), "other": set(), "against": set()}
    before = {}
    for row in rows("place_cues"):
        if row["cue"] in lists:
            lists[row["cue"]].add(row["word"])
        else:
            before[row["word"]] = row["cue"]
    return Cues(before, *map(frozenset, lists.values()))


class Lists(NamedTuple):
    """The lists of ``places.toml``, by name."""

    calendar: frozenset[str]
    plain: frozenset[str]
    joints: frozenset[str]
    links: frozenset[str]
    small: frozenset[str]
    no_head_after: frozenset[str]
    no_name: frozenset[str]
    numbering: frozenset[str]
    shortened: frozenset[str]
    acting: frozenset[str]
    within: frozenset[str]
    dwellers: frozenset[str]
    ministers: frozenset[str]
    occupations: frozenset[str]
    breakers: frozenset[str]
    ranks: frozenset[str]


@cache
def lists() -> Lists:
    """Return the small lists."""
    return Lists(**{name: frozenset(words) for name, words in table("places").items()})
