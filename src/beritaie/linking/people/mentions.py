"""Mentions to persons: which names are one person's."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from difflib import SequenceMatcher
from functools import cache, lru_cache, partial
from itertools import pairwise

from beritaie import lexicon
from beritaie.candidates import Candidate
from beritaie.names import NameSense, name_parts, opening_names
from beritaie.tokens import Tokens

vocabulary = partial(lexicon.group, "people")  # the word lists of people.toml

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
        """The fullest form of the name; the first of those that only spell it otherwise."""
        return max(self.mentions, key=lambda m: (len(m.words), m.sounds, -m.start))


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
        written = self.text.replace(",", " ").split()
        initials = len(written) > 1 and not self.text.isupper()
        self.words = tuple(key for word in written for key in (_letters(word) if initials else ()) or (_key(word),))
        self.sounds = sum(len(_sound(word.lower().rstrip("."))) for word in written)
        self.capitals = self.text.isupper() and len(self.words) == 1 and len(self.text) <= 5


def _letters(word: str) -> tuple[str, ...]:
    """Return the initials that a word of a name consists of: ``BJ``, ``B.J.``; none for other words."""
    bare = word.replace(".", "")
    if not (len(bare) == 2 or (len(bare) == 3 and "." in word)) or not bare.isupper() or not bare.isalpha() or set(bare) <= set("IVX"):
        return ()
    return tuple(bare.lower())


@cache
def _spellings() -> dict[str, str]:
    return {row["word"]: row["standard"] for row in lexicon.rows("name_spellings")}


def _key(word: str) -> str:
    """Return a word of a name as it is compared: small letters without accents, marks, article and full stop, in its standard spelling."""
    word = word.lower().replace("’", "'").rstrip(".").strip("'‘\"“”")
    word = _spellings().get(word, word)
    if not word.isascii():
        word = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return word[3:] if word[:3] in ("al-", "el-", "an-", "as-") and len(word) > 5 else word


def plain(text: str) -> str:
    """Return the text with single spaces."""
    return " ".join(text.split())


@cache
def _known_names() -> frozenset[tuple[str, ...]]:
    """Return the whole names of public figures."""
    return frozenset(name for name in _nicknames().values() if len(name) > 1)


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


def _whose_nickname(tokens: Tokens, name: Name, before: list[Name]) -> Name | None:
    """Return whom a nickname is said of: ``Pria yang akrab disapa Emil itu``.

    That is the only one named in the nearest sentence that names somebody; among several, the one from whose name it is made. A name that
    somebody's holds, or a public figure's, tells itself whose it is.
    """
    others = [o for o in before if o.words != name.words and len(o.words) >= len(name.words)]
    known = len(others) < len(before) and any(o.words == name.words for o in before)
    if not others or known or name.words in _nicknames() or any(set(name.words) <= set(o.words) for o in others):
        return None
    begin, _ = tokens.sentence(others[-1].start)
    near = {o.words: o for o in others if o.start >= begin}
    if len(near) > 1:
        last = name.words[-1]
        near = {words: o for words, o in near.items() if any(w[:2] == last[:2] or w[-3:] == last[-3:] for w in words)}
    return next(iter(near.values())) if len(near) == 1 else None


def _called_so(tokens: Tokens, end: int) -> bool:
    """Whether the words after a name say that somebody named before is called so: ``Emil, sapaan akrabnya``, ``Emil, begitu ia disapa``."""
    then = tokens.lower[end : end + 6]
    if then[:1] != [","]:
        return False
    if then[1:2] in (["sapaan"], ["panggilan"]):
        return any(word.endswith("nya") for word in then[2:4])
    return then[1:2] == ["begitu"] and not {"ia", "dia", "beliau"}.isdisjoint(then) and not {"disapa", "dipanggil"}.isdisjoint(then)


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
        if not 0 < len(gap) <= 6 or name.words == before.words or "." in gap:
            continue
        closed = name.end < len(tokens) and tokens.form[name.end] == ")"
        if (
            (gap == ["("] and closed)
            or gap in (["alias"], [",", "alias"], ["atau"], ["als"], ["bin"])
            or any(word in ("disapa", "dipanggil", "sapaan") for word in gap)
        ):
            short, full = (name, before) if len(name.words) <= len(before.words) else (before, name)
            of_two = len(short.words) > 1 and short.words[0] not in vocabulary("familiar")
            if gap == ["("] and of_two and not _short_of(short.words, full.words, {}):
                continue
            if gap == ["atau"] and not short.capitals and len(short.words) > 1:
                continue
            found.setdefault(short.words, full.words)
    for number, name in enumerate(names[1:], 1):
        if name.words not in found and (
            vocabulary("called").intersection(tokens.lower[max(name.start - 3, 0) : name.start]) or _called_so(tokens, name.end)
        ):
            other = _whose_nickname(tokens, name, names[max(0, number - _LOOKED_BACK) : number])
            if other is not None:
                found[name.words] = other.words
    return found


def _short_of(short: tuple[str, ...], full: tuple[str, ...], groups: dict[tuple[str, ...], list[Name]]) -> bool:
    """Whether ``short`` can be a short or other form of the full name."""
    if short == full:
        return True
    nick = _nicknames().get(short)
    if nick is not None and _covers(nick, full) and not _of_family(nick, full):
        return True
    if _one_sound(short, full):
        return True
    if len(short) > len(full):
        return False
    if _covers(short, full):
        return not _of_family(short, full)
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
            two = word in opening_names() and not opening_names().isdisjoint(w for w in full[:2] if w.startswith(word))
            return not (two and _before(short, full, groups))  # Sandi for Sandiaga, but Agus is not Agustina
        if len(word) >= 5 and len(full) > 1 and _is_made_of(word, full):
            return True  # Buwas for Budi Waseso
        if len(word) >= 5 and any(w.endswith(word) for w in full):
            return True  # Mitha for Paramitha
        return len(full) == 1 and _same(word, full[0], 1)
    return False


def _before(short: tuple[str, ...], full: tuple[str, ...], groups: dict[tuple[str, ...], list[Name]]) -> bool:
    """Whether the short name stands in the text before the full one, as one that it comes from does not."""
    return short in groups and full in groups and groups[short][0].start < groups[full][0].start


def _is_made_of(word: str, full: tuple[str, ...]) -> bool:
    """Whether a word is made of the beginnings of the first two words of a name."""
    first, second = full[:2]
    return any(
        first.startswith(word[:cut]) and second.startswith(word[cut:]) and len(second) > len(word) - cut for cut in range(2, len(word) - 1)
    )


def _of_family(name: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the full name is that of someone of a public figure's family: ``Iriana Joko Widodo``."""
    if name not in _known_names() or len(full) <= len(name) or full[-len(name) :] != name:
        return False
    return any(len(word) > 1 and word not in ("muhammad", "ahmad", "abdul", "raden") for word in full[: -len(name)])


_SOUNDS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("sy", "s"), ("ch", "h"), ("kh", "h"), ("th", "t"), ("ph", "f"), ("dh", "d"),
    ("dz", "z"), ("lr", "r"), ("y", "i"), ("v", "f"), ("z", "s"), ("q", "k"),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    """Return a name as it sounds, so that ``Syaifudin`` equals ``Saifuddin``."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return "".join(letter for at, letter in enumerate(word) if not at or word[at - 1] != letter).rstrip("h")


def _one_sound(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names sound the same as wholes, whatever is written as one word: ``Nur Hidayat``, ``Nurhidayat``."""
    a, b = "".join(one), "".join(other)
    return len(a) > 4 and a[0] == b[0] and abs(len(a) - len(b)) <= 3 and _sound(a) == _sound(b)


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
    if words == 1 and word in (other + "n", other[:-1]) and max(word, other, key=len)[-1] == "n":  # Wahyudi, Wahyudin
        return False
    if words > 1:
        if len(word) == 1 or len(other) == 1:
            return word[0] == other[0]
        if len(word) > 3 and word[0] == other[0] and _sound(word) == _sound(other):
            return True
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
