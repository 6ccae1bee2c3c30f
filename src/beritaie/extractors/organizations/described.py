"""Bodies that no list and no class word names, by the common noun beside them: ``startup Lokapala``, ``Lokapala, perusahaan rintisan``."""

from __future__ import annotations

from functools import cache

import regex

from beritaie.extractors.organizations.reader import Name, Reader
from beritaie.lexicon import Phrases, rows
from beritaie.names import FAMILY, FUNCTION, GIVEN, OTHER, UNKNOWN, WEAK, small_word_class, word_class
from beritaie.tokens import ALPHA, BREAK, CAPITAL, DIGIT, UPPER

_CAMEL = regex.compile(r"\p{Ll}\p{Lu}|\p{L}\d")
_LONGEST = 4  # words in such a name
_COPULAS = frozenset(("merupakan", "adalah", "ialah", "selaku"))
_ARTICLES = frozenset(("sebuah", "suatu", "salah", "satu"))
_TOLD = frozenset(("asal", "yang", "penyedia", "terbesar", "terkemuka", "ternama", "raksasa", "milik", "rintisan", "teknologi"))
_FIRMS = frozenset(("startup", "start-up", "rintisan", "marketplace", "fintech", "maskapai", "emiten"))  # Lokapala, startup e-commerce
_NO_MODIFIERS = frozenset(
    (
        "milik",
        "dari",
        "di",
        "yang",
        "ini",
        "itu",
        "tersebut",
        "dan",
        "atau",
        "seperti",
        "untuk",
        "dengan",
        "pada",
        "oleh",
        "asal",
        "tempat",
        "rawat",
        "milik",
    )
)
_WEIGHT = 0.5


@cache
def nouns() -> tuple[Phrases[str], frozenset[str]]:
    """Return the common nouns with the kind of body that each names, and their first words."""
    entries = rows("organization_nouns")
    return Phrases((row["word"], row["kind"]) for row in entries), frozenset(row["word"].split()[0].lower() for row in entries)


def described(reader: Reader, held: bytearray) -> list[Name]:
    """Return the names that stand beside a common noun for a body; ``held`` marks the tokens of other names."""
    found: list[Name] = []
    index, firsts = nouns()
    lower = reader.lower
    openings = set(reader.tokens.sentence_starts)
    roles = reader.words.firm_roles
    triggers = firsts | roles
    hits = [i for i, word in enumerate(lower) if word in triggers]
    for at in hits:
        if lower[at] not in firsts:
            continue
        match = None if reader.flags[at] & CAPITAL and at not in openings else index.longest(lower, at)
        if match is None:
            continue
        after, kind = match
        span = _behind(reader, held, after, kind) or _before(reader, held, at, after)
        if span is None or any(held[span[0] : span[1]]):
            continue
        found.append(_hold(held, Name(*span, kind, False, None, None, "organization:described", _WEIGHT)))
    for at in hits:
        span = _led(reader, held, at + 1) if lower[at] in roles else None
        if span is not None:
            kind = "other" if lower[at] in reader.words.band_roles else "company"
            found.append(_hold(held, Name(*span, kind, False, None, None, "organization:led", _WEIGHT)))
    return found


def _hold(held: bytearray, name: Name) -> Name:
    held[name.start : name.end] = b"\x01" * (name.end - name.start)
    return name


def _led(reader: Reader, held: bytearray, at: int) -> tuple[int, int] | None:
    """Return the name of a firm or band after a post in it, where the person's name stands apart: ``CEO Lokapala, Budi Santoso``."""
    lower, form, flags = reader.lower, reader.form, reader.flags
    last = min(len(form), at + 6)
    while at < last and (lower[at] in reader.words.firm_roles or lower[at] in reader.words.role_words):
        at += 1
    if at >= last or flags[at] & BREAK or held[at]:
        return None
    for branch in range(at + 1, min(len(form), at + 4)):
        if form[branch] == "Indonesia" and _run(reader, held, at, branch + 1) == branch + 1:
            return at, branch + 1  # Country Manager Zentrio Indonesia Maya Lestari
    end = _run(reader, held, at)
    if end is None:
        return None
    if _CAMEL.search(form[at]) and end - at == 1:
        return at, end
    apart = (
        end + 1 < len(form) and form[end] == "," and bool(flags[end + 1] & CAPITAL) and word_class(form[end + 1], flags[end + 1]) >= UNKNOWN
    )
    known = all(word_class(form[k], flags[k]) >= OTHER for k in range(at, end))
    return (at, end) if apart and known else None


def _behind(reader: Reader, held: bytearray, at: int, kind: str) -> tuple[int, int] | None:
    """Return the name after the noun, past two words at most that qualify it: ``perusahaan teknologi asal China, Xiaomi``."""
    lower, flags, form = reader.lower, reader.flags, reader.form
    last = min(len(form), at + (1 if kind == "education" else 3))
    while at < last and not flags[at] & CAPITAL and flags[at] & ALPHA and not flags[at] & BREAK and lower[at] not in _NO_MODIFIERS:
        if small_word_class(lower[at]) == FUNCTION:
            return None
        at += 1
    if at + 1 < len(form) and lower[at] == "asal" and flags[at + 1] & CAPITAL:
        place = reader.grammar.region(at + 1, reader.grammar.limit(at + 1), country=True)
        if place is None or place >= len(form) or form[place] != ",":
            return None
        at = place + 1
    elif at < len(form) and lower[at] == "bernama":
        at += 1
    if at < len(form) and form[at] in ("'", '"', "“", "‘"):
        return None
    end = _run(reader, held, at)
    return (at, end) if end is not None else None


def _before(reader: Reader, held: bytearray, at: int, after: int) -> tuple[int, int] | None:
    """Return the name before the noun, with a comma or copula between them: ``Lokapala merupakan sebuah startup``."""
    lower, flags, form = reader.lower, reader.flags, reader.form
    end = at
    while end > 0 and lower[end - 1] in _ARTICLES:
        end -= 1
    told = (after < len(lower) and lower[after] in _TOLD) or (lower[at] in _FIRMS and not flags[at] & CAPITAL)
    if end < 2 or not (lower[end - 1] in _COPULAS or (form[end - 1] == "," and told)):
        return None
    end -= 1
    start = end
    while start > 0 and end - start < _LONGEST and reader.grammar.word(start - 1, end) and not flags[start] & BREAK and not held[start - 1]:
        start -= 1
    if start < end and lower[start] in reader.words.openers:
        start += 1
    return (start, end) if start < end and _run(reader, held, start) == end else None


def _run(reader: Reader, held: bytearray, at: int, before: int | None = None) -> int | None:
    """Return the end of a run of capitalised words that can be a body's name: no place, no person, no other name.

    ``before``: where it has to end at the latest.
    """
    grammar, lower, form, flags = reader.grammar, reader.lower, reader.form, reader.flags
    stop = min(grammar.limit(at), at + _LONGEST + 2, before or len(form))
    end = at
    while end < stop and not held[end] and grammar.word(end, stop):
        end += 1
        if end + 1 < stop and form[end] in ("&", "-") and grammar.word(end + 1, stop):
            end += 1
    if end == at or end - at > _LONGEST:
        return None
    first = lower[at]
    if all(lower[k] in reader.words.topics for k in range(at, end)):
        return None
    if first in reader.words.openers or first in reader.words.platforms or first in reader.words.no_bodies:
        return None
    if form[at][0].isdigit() or len(form[at]) < 2 or form[at] in reader.other or (flags[at] & DIGIT and not flags[at] & ALPHA):
        return None
    if grammar.gazetteer.get(form[at]) and (end - at == 1 or grammar.region(at, end, country=True) is not None):
        return None
    if " ".join(lower[at:end]) in reader.other.values():
        return None
    kinds = [word_class(form[k], flags[k]) for k in range(at, end)]
    if kinds[0] == FUNCTION or kinds[0] in (GIVEN, FAMILY) or (end - at > 1 and any(kind in (GIVEN, FAMILY) for kind in kinds)):
        return None
    if end - at == 1 and kinds[0] == WEAK and not flags[at] & UPPER:
        return None
    if end < len(form) and form[end] == "(" and end + 1 < len(form) and form[end + 1].isdigit():
        return None  # an age: a person
    return end
