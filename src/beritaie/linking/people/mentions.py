"""Mentions to persons: which names are one person's."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from beritaie import lexicon
from beritaie.candidates import Candidate
from beritaie.names import NameSense, name_parts
from beritaie.tokens import Tokens

_LOOKED_BACK = 50  # mentions before a nickname among which its person is sought


class One:
    """A person while their mentions and offices are gathered."""

    def __init__(self, order: int) -> None:
        self.order = order
        self.mentions: list[Name] = []
        self.offices: list[tuple[Candidate, str | None]] = []
        self.shared: set[int] = set()  # starts of offices whose mention is another's already
        # phrases that stand for the name: tokens, and why it is theirs: `office` (Wagub), `described` (politikus PDIP itu)
        self.nominals: list[tuple[int, int, str]] = []

    @property
    def full(self) -> Name:
        """The fullest form of the name, the first of equals."""
        return max(self.mentions, key=lambda m: (len(m.words), sum(map(len, m.words)), -m.start))


class Name:
    """One mention: tokens, and the words of the name itself."""

    def __init__(self, candidate: Candidate, sense: NameSense) -> None:
        tokens = sense.tokens
        self.candidate = candidate
        self.start = tokens.at(candidate.start)
        self.end = tokens.at(candidate.end - 1) + 1
        self.parts = name_parts(sense, self.start, self.end)
        inner = range(self.parts.start, self.parts.end)
        self.text = plain(tokens.text[max(tokens.start[inner[0]], candidate.start) : min(tokens.end[inner[-1]], candidate.end)])
        self.words = tuple(_key(word) for word in self.text.replace(",", " ").split())
        self.capitals = self.text.isupper() and len(self.words) == 1 and len(self.text) <= 5


def _key(word: str) -> str:
    """Return a word of a name as it is compared: small letters without accents, article and full stop."""
    word = word.lower().rstrip(".").replace("’", "'")
    if not word.isascii():
        word = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return word[3:] if word[:3] in ("al-", "el-", "an-", "as-") and len(word) > 5 else word


def plain(text: str) -> str:
    """Return the text with single spaces."""
    return " ".join(text.split())


@cache
def vocabulary(kind: str) -> frozenset[str]:
    """Return one of the word lists of ``people.toml``."""
    return frozenset(lexicon.table("people")[kind])


@cache
def _nicknames() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(row["nickname"].split()): tuple(row["name"].split()) for row in lexicon.rows("nicknames")}


def join(tokens: Tokens, names: list[Name]) -> list[One]:
    """Return the persons of the article with their mentions, in order of first mention."""
    groups: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        groups.setdefault(name.words, []).append(name)
    owner: dict[tuple[str, ...], tuple[str, ...]] = {}
    order = sorted(groups, key=lambda words: (-len(words), groups[words][0].start))
    hosts = _Hosts()
    introduced = _introduced(tokens, names)
    split: dict[int, tuple[str, ...]] = {}
    for words in order:
        known = introduced.get(words)
        if known is not None and known != words:
            owner[words] = owner.get(known, known)
            continue
        matches = [host for host in hosts.near(words) if _short_of(words, host, groups)]
        if not matches:
            hosts.add(words)
            owner[words] = words
        elif len(matches) == 1:
            owner[words] = matches[0]
        else:
            for name in groups[words]:
                split[id(name)] = _nearest(name, matches, groups)
    persons: dict[tuple[str, ...], One] = {}
    for name in names:
        words = split.get(id(name)) or _root(name.words, owner)
        persons.setdefault(words, One(len(persons))).mentions.append(name)
    return list(persons.values())


class _Hosts:
    """Full names, to be asked which of them a short one may stand for: those that share a word, and the latest others.

    An article names fewer people than ``REMEMBERED``, so that all are looked at; the bound keeps a book linear.
    """

    REMEMBERED = 60

    def __init__(self) -> None:
        self._names: list[tuple[str, ...]] = []
        self._with: dict[str, list[int]] = {}

    def add(self, words: tuple[str, ...]) -> None:
        for word in dict.fromkeys(words):
            self._with.setdefault(word, []).append(len(self._names))
        self._names.append(words)

    def near(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        first = max(0, len(self._names) - self.REMEMBERED)
        sharing = {at for word in words for at in self._with.get(word, ())[-self.REMEMBERED :]}
        return [self._names[at] for at in sorted(sharing.union(range(first, len(self._names))))]


def _root(words: tuple[str, ...], owner: dict[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    for _ in range(4):
        then = owner.get(words, words)
        if then == words:
            break
        words = then
    return words


def _nearest(name: Name, matches: list[tuple[str, ...]], groups: dict[tuple[str, ...], list[Name]]) -> tuple[str, ...]:
    """Return the full name that was mentioned last before, else the one that comes first after."""
    best, distance = matches[0], None
    for host in matches:
        at = bisect_left(groups[host], name.start, key=lambda other: other.start)
        for other in groups[host][max(at - 1, 0) : at + 1]:
            gap = name.start - other.start if other.start < name.start else 100_000 + other.start - name.start
            if distance is None or gap < distance:
                best, distance = host, gap
    return best


def _introduced(tokens: Tokens, names: list[Name]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return short names with the full ones beside which the text introduces them: ``Joko Widodo (Jokowi)``, ``yang akrab disapa Emil``."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for before, name in pairwise(names):
        gap = tokens.lower[before.end : name.start]
        if not 0 < len(gap) <= 6 or name.words == before.words:
            continue
        closed = name.end < len(tokens) and tokens.form[name.end] == ")"
        if (
            (gap == ["("] and closed)
            or gap in (["alias"], [",", "alias"], ["atau"], ["als"], ["bin"])
            or any(word in ("disapa", "dipanggil", "sapaan") for word in gap)
        ):
            short, full = (name, before) if len(name.words) <= len(before.words) else (before, name)
            if gap == ["("] and len(short.words) > 1 and not _short_of(short.words, full.words, {}):
                continue
            if gap == ["atau"] and not short.capitals and len(short.words) > 1:
                continue
            found.setdefault(short.words, full.words)
    for number, name in enumerate(names[1:], 1):
        if name.words not in found and vocabulary("called").intersection(tokens.lower[max(name.start - 3, 0) : name.start]):
            before_it = names[max(0, number - _LOOKED_BACK) : number]
            other = next((o for o in reversed(before_it) if o.words != name.words and len(o.words) >= len(name.words)), None)
            if other is not None:
                found[name.words] = other.words
    return found


def _short_of(short: tuple[str, ...], full: tuple[str, ...], groups: dict[tuple[str, ...], list[Name]]) -> bool:
    """Whether ``short`` can be a short or other form of the full name."""
    if short == full:
        return True
    nick = _nicknames().get(short)
    if nick is not None and _covers(nick, full):
        return True
    if len(short) > len(full):
        return False
    if _covers(short, full):
        return True
    if len(short) == 1:
        word = short[0]
        if len(full) > 1 and len(word) <= 5 and word == "".join(w[0] for w in full):
            return any(name.capitals for name in groups.get(short, ()))
        if (
            len(full) > 1
            and word == full[0][:1] + "".join(c for c in full[0][1:] if c not in "aiueo")[:2]
            and any(n.capitals for n in groups.get(short, ()))
        ):
            return True
        if len(word) >= 4 and any(w.startswith(word) and len(w) > len(word) for w in full[:2]):
            return True  # Sandi for Sandiaga
        if len(word) >= 5 and any(w.endswith(word) for w in full):
            return True  # Mitha for Paramitha
        return len(full) == 1 and _close(word, full[0])
    return False


def _covers(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words of ``short`` stand in ``full`` in order; initials and small misspellings count as the word."""
    at = 0
    for word in short:
        while at < len(full) and not _same(word, full[at], len(short)):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True


def _same(word: str, other: str, words: int) -> bool:
    if word == other:
        return True
    if words > 1:
        if len(word) == 1 or len(other) == 1:
            return word[0] == other[0]
        if len(word) > 5 and word[0] == other[0] and word[-1] == other[-1] and SequenceMatcher(None, word, other).ratio() >= 0.75:
            return True  # misspelt within the article
    return _close(word, other)


def _close(word: str, other: str) -> bool:
    """Whether two words differ by one letter, as misspellings do; short words and other first letters do not count."""
    if len(word) < 3 or word[0] != other[0] or abs(len(word) - len(other)) > 1:
        return False
    if word == other:
        return True
    if len(word) == len(other):
        differing = [(a, b) for a, b in zip(word, other, strict=True) if a != b]
        if len(differing) == 1:
            pair = set(differing[0])
            return len(word) >= 7 or pair in (
                {"i", "y"},
                {"u", "o"},
                {"d", "t"},
                {"f", "v"},
                {"k", "q"},
                {"s", "z"},
                {"c", "k"},
                {"e", "i"},
                {"u", "ü"},
                {"e", "é"},
            )
        return False
    short, long = sorted((word, other), key=len)
    for i in range(len(long)):
        if long[:i] + long[i + 1 :] == short:
            return len(long) >= 7 or (i > 0 and long[i] == long[i - 1]) or (long[i] == "h" and i > 0)
    return False
