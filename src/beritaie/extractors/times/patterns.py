"""The word tables of the time grammar, and the pieces of patterns made of them. All is built once, when first used."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from beritaie import lexicon

GAP = r"(?:[^\S\n]{1,3}+)"
DASH = r"[-–—−]"
TO = rf"(?:[^\S\n]?(?:{DASH}|s/d|s\.d\.?)[^\S\n]?|{GAP}(?:sampai{GAP}dengan|sampai|hingga|s/d){GAP})"
YEAR = r"(?:1[0-9]|20)\d\d(?!\d|[.,]\d{3})"
BETWEEN = regex.compile(rf"[^\S\n]?(?:{DASH}|[,/]|s/d|s\.d\.?)?[^\S\n]?(?:dan|atau|hingga|sampai(?:{GAP}dengan)?)?[^\S\n]?", regex.I)


_PIVOT = 40
_FIRST_WORD = regex.compile(r"[\p{L}\p{N}]++(?:['’`]\p{L}++)?+")


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of these words or phrases, the longest first."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "(?:" + "|".join(GAP.join(map(regex.escape, word.split())) for word in ordered) + ")"


def compiled(pattern: str) -> regex.Pattern[str]:
    """Compile a verbose, case-insensitive pattern."""
    return regex.compile(pattern, regex.I | regex.VERBOSE)


def century(year: int) -> int:
    """Return the full year of one in two digits: ``'98`` is 1998, ``'25`` 2025."""
    return year + (2000 if year < _PIVOT else 1900)


def skip(pattern: regex.Pattern[str], text: str, at: int) -> int:
    """Return the end of what the pattern matches at this offset, else the offset itself."""
    match = pattern.match(text, at)
    return match.end() if match else at


def first_word(phrase: str) -> str:
    """Return the first word of a phrase, as a text is scanned for it: ``kira`` of ``kira-kira``."""
    match = _FIRST_WORD.match(phrase)
    return match[0] if match else phrase


def normal(phrase: str) -> str:
    """Return a matched phrase as the tables write it: lower-cased, one space between words."""
    return " ".join(phrase.lower().split())


@cache
def months() -> dict[str, int]:
    """Return the number of each month by its names, short ones too."""
    return {row["word"]: int(row["month"]) for row in lexicon.rows("months")}


def full_months() -> frozenset[str]:
    """Return the names that stand for a month without a day beside them."""
    return lexicon.words("months", form="full")


@cache
def weekdays() -> dict[str, int]:
    """Return the ISO weekday of each name."""
    return {row["word"]: int(row["weekday"]) for row in lexicon.rows("weekdays")}


@cache
def day_parts() -> dict[str, tuple[str, int]]:
    """Return TIMEX3 code and first hour of each part of the day."""
    return {row["phrase"]: (row["code"], int(row["from_hour"])) for row in lexicon.rows("day_parts")}


@cache
def units() -> dict[str, tuple[str, int]]:
    """Return unit and factor of the nouns of time (``tahun``)."""
    return {row["word"]: (row["unit"], int(row["factor"])) for row in lexicon.rows("time_units") if row["form"] == "noun"}


@cache
def single_units() -> dict[str, tuple[str, int]]:
    """Return unit and factor of the words for one unit (``setahun``)."""
    return {row["word"]: (row["unit"], int(row["factor"])) for row in lexicon.rows("time_units") if row["form"] == "se"}


@cache
def references() -> dict[str, str]:
    """Return PRESENT_REF, PAST_REF or FUTURE_REF of each phrase."""
    return {row["phrase"]: row["value"] for row in lexicon.rows("time_references")}


@cache
def directions() -> dict[str, int]:
    """Return -1, 0 or 1 of the words that follow a time (``lalu``, ``ini``, ``mendatang``)."""
    return dict(lexicon.table("times")["directions"])


@cache
def day_words() -> dict[str, int]:
    """Return the days from today of ``kemarin``, ``besok`` and the like."""
    return dict(lexicon.table("times")["days"])


def group(name: str, key: str = "words") -> frozenset[str]:
    """Return a word group of ``times.toml``."""
    return lexicon.group("times", name, key)


@cache
def direction_pattern() -> str:
    """Return a pattern for a word of direction; ``lalu lintas`` is none, nor ``ini`` that starts ``ini adalah``."""
    return rf"(?:{either(directions())})(?![\p{{L}}\d-])(?!{GAP}(?:lintas|lalang)\b)"
