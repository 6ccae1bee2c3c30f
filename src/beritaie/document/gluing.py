"""Words glued together by pages that lost the space around their links: ``PresidenKolombiaMiguel``, ``Karnomembuka``, ``KPKmengungkapkan``.

A space is put between two words only on evidence: small words and verbs that cannot belong to a name, names that the article or a
lexicon knows. Names with a capital inside (``YouTube``) stay whole, and so does what the article writes twice in the same way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from beritaie import lexicon

_CHANGE = re.compile(r"[a-z]{2}[A-Z]|[A-Z]{2}[a-z]{2}")  # a change of case inside a word
_LETTERS = re.compile(r"[A-Za-z]+")
_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{3})|(?<=[A-Z]{2})(?=[a-z]{2})")
_NAME = re.compile(r"[A-Z][a-z]+|(?<!\d)(?:[A-Z]-)?\d{1,4}[a-z]{3,}")
_VERB = re.compile(r"(?:me(?:ng|m|n|ny|l|r)|ber|ter|di)[a-z]{4,}")
_ACTIVE = re.compile(r"me(?:ng|m|n|ny|l|r)[a-z]{4,}")
_FORMED = re.compile(r"(?:(?:me(?:ng|m|n|ny|l|r)|ber|ter|di|pe|ke)[a-z]{3,}|[a-z]{3,}(?:nya|kan|an))")
_SHORTEST = 4  # letters of a name before what is glued to it
_LONGEST = 60  # letters of glued words


class _Words(NamedTuple):
    common: frozenset[str]  # words that are no part of a name
    heads: frozenset[str]  # those that stand before a name: offices, ranks, `film`
    tails: frozenset[str]
    brands: frozenset[str]
    places: frozenset[str]
    names: frozenset[str]
    acronyms: frozenset[str]
    months: frozenset[str]


@cache
def _words() -> _Words:
    parts = {part: lexicon.words("glue", part=part) for part in ("tail", "head", "brand", "acronym")}
    offices = {word for title in lexicon.words("offices", "title") for word in title.lower().split() if word.isalpha() and len(word) > 3}
    offices |= {form for phrase in lexicon.words("ranks", "phrase") for form in phrase.lower().split() if form.isalpha()}
    regions = {form for row in lexicon.rows("regions") for form in (row["name"], *row["also"].split("; "))}
    regions |= lexicon.words("countries", "name") | lexicon.words("countries", "capital")
    return _Words(
        common=lexicon.words("not_names") | lexicon.words("openers") | lexicon.words("months") | parts["tail"] | parts["head"] | offices,
        heads=parts["head"] | offices,
        tails=parts["tail"],
        brands=parts["brand"],
        places=frozenset(name.lower() for name in regions if name.isalpha()),
        names=lexicon.words("names", weak=""),
        months=lexicon.words("months"),
        acronyms=parts["acronym"],
    )


def unglue(text: str) -> list[int]:
    """Return the offsets at which a space is missing, in order."""
    borders = set(_camel_borders(text))
    borders.update(_tail_borders(text, frozenset(borders)))
    return sorted(borders)


def _camel_borders(text: str) -> Iterator[int]:
    """Find borders at a change of case."""
    words = _words()
    mixed = list(_mixed_words(text))
    times = Counter(token for _, token in mixed)
    for start, token in mixed:
        lower = token.lower()
        if lower in words.common or lower in words.names or lower in words.brands or _in_address(text, start, start + len(token)):
            continue
        borders = [0, *(border.start() for border in _BORDER.finditer(token)), len(token)]
        segments = [token[at:end] for at, end in pairwise(borders)]
        for at, (left, right) in zip(borders[1:], pairwise(segments), strict=False):
            if left.lower() in words.brands or (times[token] > 1 and _is_name(left) and left.lower() not in words.heads):
                continue
            if _parted(left, right, words):
                yield start + at


def _mixed_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words that change their case inside, with their offsets."""
    end = 0
    for match in _CHANGE.finditer(text):
        start = match.start()
        if start < end:
            continue
        floor = max(end, start - _LONGEST)
        while start > floor and text[start - 1].isascii() and text[start - 1].isalpha():
            start -= 1
        word = _LETTERS.match(text, start)
        assert word is not None
        end = word.end()
        if end - start <= _LONGEST:
            yield start, word[0]


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the word is part of a tag, an account or an address."""
    if text[start - 1 : start] in ("@", "#", "_", ".") or text[end : end + 1] in ("@", "_"):
        return start > 0
    before = text[max(start - _LONGEST, 0) : start]
    chunk = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    return "://" in chunk or chunk.startswith("www.")


def _is_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _parted(left: str, right: str, words: _Words) -> bool:
    """Whether the two words, with a change of case between, are two."""
    first, second = left.lower(), right.lower()
    if right[0].islower():  # KPKmengungkapkan
        return second in words.tails or second == "nya" or (len(second) > 6 and _VERB.fullmatch(second) is not None)
    if left.isupper():  # RIPrabowo
        return first in words.acronyms or _is_known(second, words)
    if second in ("nya", "mu", "ku") or (first in words.months and second in words.months):  # sisiNya, of God; a range of months
        return False
    if left[0].islower():  # dariAntara
        return len(first) > 3 or first in words.common
    if len(second) < 2 or len(first) < 3:
        return False
    return (
        first in words.common
        or first in words.places
        or _is_known(second, words)
        or (len(first) > 6 and _FORMED.fullmatch(first) is not None)
    )


def _is_known(word: str, words: _Words) -> bool:
    return len(word) > 2 and (word in words.common or word in words.places or word in words.names)


def _tail_borders(text: str, borders: frozenset[int]) -> Iterator[int]:
    """Find small words and verbs glued behind a name that the article, or a lexicon, knows."""
    words = _words()
    names = set(_NAME.findall(text))
    tails: dict[str, int] = {}
    for token in names:
        if _SHORTEST + 2 <= len(token) <= _LONGEST:
            lower = token.lower()
            if lower not in words.names and lower not in words.common and lower not in words.places and lower not in words.brands:
                at = _tail(token, lower, names, words)
                if at:
                    tails[token] = at
    if not tails:
        return
    for match in _NAME.finditer(text):
        start = match.start()
        at = tails.get(match[0], 0)
        if at and (not start or not text[start - 1].isalpha() or start in borders):
            yield start + at


def _tail(token: str, lower: str, names: set[str], words: _Words) -> int:
    """Return where the tail of the token begins, or 0."""
    if token[-1].isdigit() or not token.isalpha():
        at = max(index for index, char in enumerate(token) if not char.isalpha()) + 1
        return at if lower[at:] in words.tails else 0
    for at in range(_SHORTEST, len(token) - 1):
        head, tail = lower[:at], lower[at:]
        known = head in words.places or head in words.names
        if tail in words.tails:
            if (token[:at] in names and (len(tail) > 3 or at > _SHORTEST)) or (known and len(tail) > 3):
                return at
        elif len(tail) > 6 and ((token[:at] in names and _VERB.fullmatch(tail)) or (known and _ACTIVE.fullmatch(tail))):
            return at
    return 0
