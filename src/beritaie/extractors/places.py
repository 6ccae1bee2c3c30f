"""Places: regions by the official list, countries and cities, and class words with a name.

Two readings of the tokens. The first finds every name that the gazetteer knows, every class word with its name (``Desa Ciwaru``,
``Gedung KPK``) and every unknown capitalised name behind a word of place (``di Piaynemo``), each with the evidence beside it. Then the
evidence of all mentions of a name, and of the regions around it, decides whether the article speaks of a place; mentions of names
proven so are found in a second reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.lexicon import Phrases, rows, split_phrase, table
from beritaie.lexicon.gazetteer import CERTAIN, CLUB, WEAK, WORD, Entry, Gazetteer, gazetteer, joined
from beritaie.tokens import BREAK, CAPITAL, DIGIT, PUNCT, UPPER, Tokens

# Evidence is added up; a name with ENOUGH is a place.
ENOUGH = 0.7
_CERTAINLY = 0.9  # and so much proves a name that no list holds wherever it stands
_PRIOR = {CERTAIN: 1.0, WORD: 1.0, WEAK: 0.25, CLUB: 0.2}
_UNKNOWN = 0.15  # the prior of a name that no list holds
_CUES = {"in": 0.55, "to": 0.45, "from": 0.3, "origin": 0.55, "office": 0.6}
_PLAIN_CUES = frozenset(("in", "to", "from", "origin"))
_BESIDE = 0.5  # a proven region follows: Piaynemo, Raja Ampat
_LISTED = 0.4  # stands in a list with a proven place
_PARENT = {5: 0.4, 2: 0.2}  # the article names the regency, the province of a district
_SIBLINGS = 0.15  # and three districts of it
_SAME = 0.5  # a short form of a region that the article names
_AGAIN = 0.2  # evidence at a second mention
_AGAINST = -0.4  # an ambiguous name inside a capitalised run
_VETO = -9.0
_LONGEST = 8  # tokens of a name
_AROUND = 10  # tokens looked at on each side for a headline
_DATELINE_WITHIN = 300  # code points

_OPENING = frozenset("\"'“‘”«([—–-•*:")
# Which regions an office or a short form of government covers.
_OFFICE_LEVELS = {
    **dict.fromkeys(("bupati", "wabup", "pemkab", "pemerintah kabupaten", "dprd kabupaten", "sekkab"), ("regency",)),
    **dict.fromkeys(
        ("wali kota", "walikota", "pemkot", "pemko", "pemerintah kota", "dprd kota", "wawali", "wako", "polrestabes"), ("city",)
    ),
    **dict.fromkeys(("gubernur", "wagub", "pemprov", "kapolda", "polda", "kejati"), ("province",)),
    **dict.fromkeys(("camat", "kapolsek", "polsek", "danramil", "koramil"), ("district",)),
}
# Rules whose names are looked for again in the whole article.
_REGIONS = frozenset(("province", "regency", "city"))
_SPREAD = frozenset(("admin", "cue", "nature", "dateline", "gazetteer"))
# Nouns of action: Kepolisian, Pengungsian.
_ABSTRACT = re.compile(r"(?:ke|pe[mnr]?|peng)[a-z]{3,}an|\\w+nya")
_VERBAL = re.compile(r"(?:di|me|ter|ber)[a-z]{4}")
# Letters that are a country's only where nothing else fits.
_WITHIN = frozenset(("halaman", "lapangan", "lobi", "depan", "ruang", "aula", "kompleks"))
_LETTERS = frozenset(("AS", "RI", "US", "UK"))


class _Cues(NamedTuple):
    before: dict[str, str]  # the last word or two before a name -> cue
    after: frozenset[str]  # words after it that make it part of another name
    other: frozenset[str]  # first words of names that are no places
    against: frozenset[str]  # words before a name that no list holds that tell something else of it


class _Mention:
    """A name that may be a place: tokens ``first`` to ``last``, half open. ``key`` is the name without class word, as looked up."""

    __slots__ = ("end", "entries", "evidence", "facility", "first", "key", "last", "level", "rule", "start", "sure", "weight")

    def __init__(self, first: int, last: int, key: str, rule: str, entries: tuple[Entry, ...] = ()) -> None:
        self.first = first
        self.last = last
        self.key = key
        self.rule = rule
        self.entries = entries
        self.evidence = 0.0
        self.weight = 0.6
        self.facility = False
        self.level: str | None = None
        self.sure = False
        self.start = self.end = -1  # offsets, where the name is but a part of a token


class _Words(NamedTuple):
    """The lists of ``places.toml``, by name."""

    calendar: frozenset[str]
    plain: frozenset[str]
    joints: frozenset[str]
    links: frozenset[str]
    small: frozenset[str]
    no_head_after: frozenset[str]
    no_name: frozenset[str]
    shortened: frozenset[str]
    acting: frozenset[str]


@cache
def _words() -> _Words:
    return _Words(**{name: frozenset(words) for name, words in table("places").items()})


class _Heads(NamedTuple):
    phrases: Phrases[tuple[str, str, bool]]  # class word -> group, level, whether it needs a capital
    first: frozenset[str]  # first words of class words
    triggers: frozenset[str]  # those that count in small letters, and names that do
    tails: frozenset[str]


@cache
def _heads() -> _Heads:
    listed = rows("place_heads")
    phrases = Phrases((row["word"], (row["group"], row["level"], row["case"] == "capital")) for row in listed)
    small = {split_phrase(row["word"])[0] for row in listed if row["case"] == "any"}
    return _Heads(
        phrases,
        frozenset(split_phrase(row["word"])[0] for row in listed),
        frozenset(small | _words().small | {"indonesia"}),
        frozenset(row["word"].lower() for row in rows("place_tails")),
    )


@cache
def _cues() -> _Cues:
    lists: dict[str, set[str]] = {"tail_not": set(), "other": set(), "against": set()}
    before = {}
    for row in rows("place_cues"):
        if row["cue"] in lists:
            lists[row["cue"]].add(row["word"])
        else:
            before[row["word"]] = row["cue"]
    return _Cues(before, *map(frozenset, lists.values()))


def find(tokens: Tokens, article: Article, names: Iterable[Candidate] = ()) -> list[Candidate]:
    """Return candidates of kind ``place``.

    Args:
        tokens: the tokens of the cleaned text.
        article: its ``dateline`` is a place.
        names: candidates found before; organizations among them tell how far the name of a facility goes (``Gedung DPRD Kota Bandung``).

    ``data`` is a ``dict`` with ``canonical, code, level, candidates`` of ``records.Place`` and, where the place is named by an
    organization that is a record of its own, ``facility=True``.
    """
    return _Reader(tokens, article, names).read()


class _Reader:
    def __init__(self, tokens: Tokens, article: Article, names: Iterable[Candidate]) -> None:
        self.tokens = tokens
        self.article = article
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.capital = [flag & CAPITAL for flag in tokens.flags]
        self.size = len(tokens.lower)
        self.organizations = {c.start: c.end for c in names if c.kind == "organization"}
        self.heads, self.head_words, self.triggers, self.tails = _heads()
        self.cues = _cues()
        self.words = _words()
        self.known = gazetteer()
        self.mentions: list[_Mention] = []
        self.starts = set(tokens.sentence_starts)

    def read(self) -> list[Candidate]:
        self._scan()
        self._dateline()
        self._decide()
        proven = self._prove()
        if proven:
            self._rescan(proven)
        return [self._candidate(m) for m in self.mentions if m.sure]

    # -- first reading

    def _scan(self) -> None:
        lower, flags, heads, triggers = self.lower, self.flags, self.head_words, self.triggers
        next_at = 0
        for at in [i for i, (word, flag) in enumerate(zip(lower, flags, strict=True)) if flag & CAPITAL or word in triggers]:
            if at < next_at:
                continue
            word = lower[at]
            if word in heads:
                next_at = self._headed(at)
                if next_at:
                    continue
            if not flags[at] & CAPITAL:
                self._small(at)
            elif not flags[at] & DIGIT:
                next_at = self._named(at)

    def _small(self, at: int) -> None:
        """Read a region's name in small letters; all but the country's own need a cue."""
        word, cue = self.lower[at], self._cue(at)
        if word == "indonesia" or (word in self.words.small and cue in _PLAIN_CUES):
            mention = _Mention(at, at + 1, word, "small", self.known.get(word))
            mention.sure = cue != "not"
            self.mentions.append(mention)

    @cached_property
    def small_forms(self) -> set[str]:
        """The words that the article writes in small letters: a single name among them is an ordinary word."""
        return set(self.tokens.form)

    def _key(self, first: int, last: int) -> str:
        return "".join(map(joined, self.lower[first:last]))

    def _run_end(self, at: int) -> int:
        """Return the token after the capitalised run that starts at ``at``."""
        lower, flags, capital = self.lower, self.flags, self.capital
        end, stop = at + 1, min(at + _LONGEST, self.size)
        while end < stop and not flags[end] & BREAK:
            if capital[end] and lower[end] not in self.words.calendar:
                end += 1
            elif lower[end] in self.words.joints and end + 1 < stop and capital[end + 1] and not flags[end + 1] & BREAK:
                end += 2
            else:
                break
        return end

    def _named(self, at: int) -> int:
        """Read a capitalised name without class word; return the token after it."""
        lower, capital = self.lower, self.capital
        stop = min(at + _LONGEST, self.size)
        opens = at + 1 < self.size and (capital[at + 1] or lower[at + 1] in self.words.joints)
        if opens and (not at or not capital[at - 1] or self._initial(at) or at - 1 in self.starts):
            end = self._run_end(at)
            named = 1 < end - at <= 6 and lower[end - 1] in self.tails and lower[at] not in self.cues.other
            body = self.organizations.get(self.tokens.start[at], 0)
            if named and body < self.tokens.end[end - 1]:
                inner = self.known.longest(lower, capital, at + 1, end) if end > at + 2 else None
                if inner and inner[0] == end:
                    return at + 1  # Baik Wall Street
                mention = _Mention(at, end, self._key(at, end), "tail")
                mention.weight, mention.sure, mention.level, mention.facility = 0.55, True, "facility", bool(body)
                self.mentions.append(mention)
                return end
        found = self.known.longest(lower, capital, at, stop)
        if found:
            end, entries = found
            mention = _Mention(at, end, self._key(at, end), "gazetteer", entries)
            self._weigh(mention)
            self.mentions.append(mention)
            return end
        if "-" in lower[at]:
            self._parts(at)
            return at + 1
        cue = self._cue(at)
        if cue in _CUES and cue != "office" and lower[at] not in self.cues.other and lower[at] not in self.words.calendar:
            end = at + 1
            run = self._run_end(at)
            while end < run and not (self.known.longest(lower, capital, end, stop) and lower[end] not in self.words.plain):
                end += 1
            while end > at + 1 and lower[end - 1] in self.words.joints:
                end -= 1
            if self._may_be_place(at, end):
                mention = _Mention(at, end, self._key(at, end), "cue")
                mention.evidence = _UNKNOWN + _CUES[cue]
                mention.weight = 0.45
                self.mentions.append(mention)
                return end
        return at + 1

    def _parts(self, at: int) -> None:
        """Find the names in a token such as ``AS-China``."""
        offset = self.tokens.start[at]
        for part in self.tokens.form[at].split("-"):
            entries = self.known.get(part) if part[:1].isupper() else ()
            if entries and entries[0].strength >= WORD and (part not in _LETTERS or part.isupper()):
                mention = _Mention(at, at + 1, joined(part), "gazetteer", entries)
                mention.start, mention.end = offset, offset + len(part)
                mention.sure = self._cue(at) != "not"
                self.mentions.append(mention)
            offset += len(part) + 1

    def _may_be_place(self, at: int, end: int) -> bool:
        """Whether an unknown name behind a cue has the form of a place's name."""
        flags, starts = self.flags, self.tokens.start
        if any(starts[i] in self.organizations or flags[i] & DIGIT for i in range(at, end)):
            return False
        if end < self.size and (flags[end] & DIGIT or self.lower[end] in self.cues.after):
            return False
        if self._headline(at):
            return False
        if end - at == 1 and (self.lower[at] in self.small_forms or _ABSTRACT.fullmatch(self.lower[at])):
            return False
        return end - at <= 3 and not flags[at] & UPPER and self.tokens.end[end - 1] - starts[at] >= 4

    def _headed(self, at: int) -> int:
        """Read a class word and its name; return the token after them, or 0 where there is none."""
        lower, flags, capital, tokens = self.lower, self.flags, self.capital, self.tokens
        found = self.heads.longest(lower, at)
        if not found:
            return 0
        name, (group, level, needs_capital) = found
        is_capital = bool(capital[at])
        if (needs_capital and not is_capital) or name >= self.size:
            return 0
        if lower[name] == "." and name + 1 < self.size and lower[name - 1] in self.words.shortened:
            name += 1
        if flags[name] & (BREAK | PUNCT) or lower[name] in self.words.calendar or lower[name] in ("rp", "usd"):
            return 0
        if not capital[name] and not (group == "road" and flags[name] & DIGIT and is_capital):
            return 0
        if capital[name] and flags[name] & DIGIT:
            return 0
        word = " ".join(lower[at:name])
        previous = lower[at - 1] if at else ""
        before = self.cues.before
        if before.get(f"{previous} {word}") == "office" or before.get(word) == "office" or previous in self.words.no_head_after:
            return 0  # Wali Kota Bandung, Kepala Desa Sukamaju: the name alone is the place
        if (  # part of a longer name, unless a region follows a name that has ended: Desa Ciwaru Kecamatan Ciemas
            is_capital
            and group != "road"
            and at
            and capital[at - 1]
            and not flags[at - 1] & PUNCT
            and not self._initial(at)
            and at - 1 not in self.starts
            and previous not in self.words.calendar
            and previous not in _WITHIN
            and before.get(previous) != "office"
            and not (self.mentions and self.mentions[-1].last == at and self.mentions[-1].evidence >= 0)
            and (level not in ("regency", "district", "province") or previous in self.cues.other)
        ):
            return 0
        if tokens.start[at] in self.organizations and group != "admin" and word not in self.words.acting:
            return 0
        if word in self.words.acting and not (self._cue(at) in ("in", "to") or previous == "dari" or previous in _WITHIN):
            return 0
        if lower[name] in self.words.no_name or (group != "admin" and not is_capital and self._is_person_or_unit(name)):
            return 0
        if group == "admin":
            return self._admin(at, name, level)
        if not is_capital and group in ("facility", "park"):
            held = self.known.longest(lower, capital, name, min(name + _LONGEST, self.size))
            if held and held[1][0].level in ("country", "continent", "world region"):
                return 0  # markas Jepang, pasar Asia
        facility = False
        nested = self.heads.longest(lower, name) if lower[name] in self.head_words else None
        organization = self.organizations.get(tokens.start[name]) if group == "facility" else None
        if organization:
            end = tokens.at(organization - 1) + 1
            facility = True
        elif listed := self._listed_end(at):
            end = listed
        elif nested and nested[0] < self.size and capital[nested[0]] and not flags[nested[0]] & (BREAK | PUNCT):
            end = self._listed_end(name) or self._name_end(nested[0], group)
        else:
            end = self._name_end(name, group)
        if end <= name:
            return 0
        if group == "facility" and not organization:
            held = [self.organizations[s] for s in tokens.start[name:end] if s in self.organizations]
            if held:
                end, facility = max(end, tokens.at(max(held) - 1) + 1), True
        mention = self._add_headed(at, name, end, group, level)
        mention.weight = 0.95 if word in self.words.acting else 0.8 if group == "road" else 0.75
        mention.facility = facility
        return end

    def _is_person_or_unit(self, name: int) -> bool:
        """Whether what follows a small class word tells who is in the building, not its name."""
        if self.flags[name] & UPPER or self.tokens.start[name] in self.organizations:
            return False
        return self.lower[name] in self.cues.other

    def _admin(self, at: int, name: int, level: str) -> int:
        """Read an administrative class word with its name."""
        lower, capital = self.lower, self.capital
        end = 0
        if level not in ("village", "hamlet"):  # their names are no others' names: Desa Kota Lekat Mudik
            found = self.known.longest(lower, capital, name, min(name + _LONGEST, self.size))
            if found and (level != "district" or any(_fits(e, level) for e in found[1])):
                end = found[0]
        end = max(end or min(self._name_end(name, "admin"), name + 4), self._listed_end(at))
        if end <= name or (end == name + 1 and self.flags[name] & UPPER and len(lower[name]) <= 4 and not self.known.get(lower[name])):
            return 0
        if level == "country" and not self.known.get(self._key(name, end)):
            return 0
        self._add_headed(at, name, end, "admin", level)
        return end

    def _add_headed(self, at: int, name: int, end: int, group: str, level: str) -> _Mention:
        mention = _Mention(at, end, self._key(name, end), group)
        mention.evidence, mention.weight, mention.sure = 1.0, 0.8, True
        mention.level = level
        whole = self.known.get(self._key(at, end))
        mention.entries = whole or tuple(e for e in self.known.get(mention.key) if _fits(e, level))
        self.mentions.append(mention)
        return mention

    def _listed_end(self, at: int) -> int:
        """Return the token after the listed name that begins with its class word (Kota Kembang, Gunung Agung), or 0."""
        found = self.known.longest(self.lower, self.capital, at, min(at + _LONGEST, self.size))
        if not found or found[1][0].strength < WORD or (found[0] == at + 1 and found[1][0].level != "common"):
            return 0
        end = found[0]
        if found[1][0].level == "common" and end < self.size and self.capital[end] and not self.flags[end] & (BREAK | PUNCT):
            region = self.known.longest(self.lower, self.capital, end, min(end + _LONGEST, self.size))
            if region and region[1][0].strength >= WORD:
                return region[0]
        return end

    def _name_end(self, name: int, group: str) -> int:
        """Return the token after the name that starts at ``name`` behind a class word."""
        lower, flags, capital = self.lower, self.flags, self.capital
        stop = min(name + _LONGEST, self.size)
        known = self.known.longest(lower, capital, name, stop)
        end, plain = (known[0], False) if known and known[0] > name + 1 else (name, True)
        while end < stop:
            word = lower[end]
            if end > name:
                if flags[end] & BREAK:
                    break
                if end + 1 < stop and capital[end + 1] and not flags[end + 1] & BREAK:
                    if word in self.words.joints:
                        end += 2
                        plain = False
                        continue
                    if word == "." and len(lower[end - 1]) <= 2 and group == "road":
                        end += 1
                        continue
            if flags[end] & DIGIT:
                if end + 1 < stop and lower[end + 1] in self.words.calendar and capital[end + 1]:  # Gelora 10 November
                    end += 2
                    continue
                if word.isdigit() and len(word) <= 3 and group in ("road", "facility", "nature") and (end > name or group == "road"):
                    end += 1
                    continue
                break
            if not capital[end] or flags[end] & PUNCT or word in self.words.calendar:
                break
            if end > name and _VERBAL.match(word) and self._headline(end):
                break
            if end > name and not plain:
                head = self.heads.longest(lower, end) if word in self.head_words else None
                if head and (head[1][0] in ("admin", "road") or head[0] > end + 1) and head[0] < self.size and capital[head[0]]:
                    break
                known = self.known.longest(lower, capital, end, stop)
                if known and known[1][0].strength >= WORD and known[1][0].level not in ("landmark", "mountain", "island"):
                    break
            plain = plain and (word in self.words.plain or word in self.head_words)
            end += 1
        while end > name and (lower[end - 1] in self.words.joints or flags[end - 1] & PUNCT):
            end -= 1
        return end

    # -- evidence

    def _headline(self, at: int) -> bool:
        """Whether nearly every word around token ``at`` has a capital, so that a capital says nothing."""
        start, stop = self.tokens.sentence(at)
        words = range(max(start, at - _AROUND), min(stop, at + _AROUND))
        long = [i for i in words if len(self.lower[i]) > 3 and not self.flags[i] & (PUNCT | DIGIT)]
        return len(long) > 6 and sum(1 for i in long if self.capital[i]) >= 0.8 * len(long)

    def _initial(self, at: int) -> bool:
        """Whether a word may have its capital from standing first in a sentence, quote or bracket."""
        return at in self.starts or self.lower[at - 1] in _OPENING or bool(self.flags[at] & BREAK)

    def _cue(self, at: int) -> str | None:
        """Return the cue before token ``at``."""
        if not at or at in self.starts:
            return None
        lower = self.lower
        cue = self.cues.before.get(f"{lower[at - 2]} {lower[at - 1]}") if at > 1 else None
        cue = cue or self.cues.before.get(lower[at - 1])
        if cue in _PLAIN_CUES and self.capital[at - 1] and not self._initial(at - 1):
            return None  # Jakarta Barat, Fabio Di Giannantonio
        return cue

    def _weigh(self, mention: _Mention) -> None:
        """Judge a gazetteer mention by what stands beside it."""
        lower, flags, capital = self.lower, self.flags, self.capital
        first, last = mention.first, mention.last
        strongest = max(mention.entries, key=lambda e: e.strength)
        strength = strongest.strength
        cue = self._cue(first)
        following = lower[last] if last < self.size and not flags[last] & BREAK else ""
        runs_on = (
            bool(following)
            and capital[last]
            and not flags[last] & PUNCT
            and following not in self.words.calendar
            and last not in self.starts
        )
        initial = self._initial(first)
        previous = lower[first - 1] if first else ""
        follows = bool(self.mentions) and self.mentions[-1].last == first
        led = (
            not initial
            and bool(capital[first - 1])
            and not flags[first - 1] & PUNCT
            and cue is None
            and not self._initial(first - 1)
            and previous not in self.words.calendar
            and previous not in self.cues.other
            and not follows
            and not any(self.cues.before.get(word) == "office" for word in lower[max(0, first - 4) : first])
        )
        if (
            (cue == "not" and not follows)
            or (following in self.cues.after and runs_on)
            or self._is_other(mention, following)
            or (self.mentions and previous == "(" and self.mentions[-1].last == first - 1 and self.mentions[-1].evidence == _VETO)
        ):
            mention.evidence = _VETO
            return
        if strength == WEAK and last - first == 1 and not self._may_be_name(first):
            mention.evidence = _VETO
            return
        if mention.last - mention.first == 1 and self.known.is_acronym(mention.key) and not flags[first] & UPPER:
            mention.evidence = _VETO
            return
        mention.evidence = _CUES.get(cue or "", 0.0)
        if strength == WORD and initial and last - first == 1:
            strength = WEAK
        if (
            led
            and strength >= WORD
            and last - first == 1
            and (runs_on or strongest.level in ("foreign", "world region", "continent", "country", "landmark"))
        ):
            strength = WEAK
        if strength <= WEAK and not cue and (led or runs_on):
            mention.evidence += _AGAINST
        if strength == CLUB:
            mention.sure = cue == "in"
            mention.weight = 0.7 if cue == "in" else 0.45
        elif strength >= WORD:
            mention.sure = True
        else:
            mention.weight = 0.5

    def _may_be_name(self, at: int) -> bool:
        """Whether a single ambiguous name is no class word, month or word that the article writes small."""
        word = self.lower[at]
        return not (
            word in self.head_words
            or word in self.cues.other
            or word in self.words.calendar
            or word in self.words.no_head_after
            or word in self.small_forms
        )

    def _is_other(self, mention: _Mention, following: str) -> bool:
        """Whether the letters are another word: AS Roma, the suspect AS (35), HUT ke-72 RI."""
        form = self.tokens.form[mention.first]
        if mention.last - mention.first > 1 or form.upper() not in _LETTERS:
            return False
        if form not in _LETTERS or (form == "AS" and following in ("roma", "monaco")):
            return True
        if following == "(" and mention.last + 1 < self.size and self.flags[mention.last + 1] & DIGIT:
            return True
        return following == "$" or (form == "RI" and any("ke-" in word for word in self.lower[max(0, mention.first - 2) : mention.first]))

    def _dateline(self) -> None:
        """Make the dateline's town a place."""
        dateline = self.article.dateline
        if not dateline:
            return
        offset = self.tokens.text.find(dateline, 0, _DATELINE_WITHIN)
        if offset < 0:
            return
        first, last = self.tokens.at(offset), self.tokens.at(offset + len(dateline) - 1) + 1
        for mention in self.mentions:
            if mention.first >= last:
                break
            if first < mention.last:
                mention.evidence = max(mention.evidence, 0.0) + 1.0
                mention.sure = True
                return
        mention = _Mention(first, last, self._key(first, last), "dateline")
        mention.evidence, mention.sure, mention.weight = 1.0, True, 0.8
        self.mentions.append(mention)
        self.mentions.sort(key=lambda m: m.first)

    def _prove(self) -> dict[str, _Mention]:
        """Decide which names are places; return those that the gazetteer alone does not prove, by name."""
        mentions = [m for m in self.mentions if m.evidence > _VETO / 2]
        codes = {e.code for m in mentions if m.sure for e in m.entries if e.code and e.level != "district"}
        codes |= {code[:2] for code in codes if len(code) == 5}
        siblings: dict[str, set[str]] = {}
        for mention in mentions:
            for entry in mention.entries:
                if entry.level == "district" and entry.code and entry.code[:5] in codes:
                    siblings.setdefault(entry.code[:5], set()).add(mention.key)
        for mention in mentions:
            if not mention.sure:
                mention.evidence += self._prior(mention, codes, siblings)
                mention.sure = mention.evidence >= ENOUGH and all(e.strength != CLUB for e in mention.entries)
        self._link(mentions)
        total: dict[str, float] = {}
        for mention in mentions:
            best = total.get(mention.key)
            cued = mention.evidence >= 0.55
            total[mention.key] = mention.evidence if best is None else max(mention.evidence, best) + (_AGAIN if cued else 0.0)
        proven: dict[str, _Mention] = {}
        for mention in mentions:
            club = any(e.strength == CLUB for e in mention.entries)
            if not mention.sure and not club and mention.evidence >= 0 and total[mention.key] >= ENOUGH:
                mention.sure = True
            listed = club or any(e.strength >= WORD for e in mention.entries)
            enough = total[mention.key] >= _CERTAINLY or mention.rule != "cue"
            if mention.sure and enough and mention.rule in _SPREAD and len(mention.key) > 2 and not listed:
                proven.setdefault(mention.key, mention)
        return proven

    def _decide(self) -> None:
        """Give the names of several regions the code that class words, offices or the regions around them decide."""
        named = {e.code for m in self.mentions if m.evidence > _VETO / 2 and (m.sure or m.rule == "admin") for e in m.entries if e.code}
        decided: dict[str, set[str]] = {}
        for mention in self.mentions:
            levels = _OFFICE_LEVELS.get(self._office(mention.first)) if mention.rule == "gazetteer" else None
            fitting = tuple(e for e in mention.entries if e.level in levels) if levels else ()
            if fitting:
                mention.entries = fitting
            elif levels and all(e.strength == WEAK for e in mention.entries):
                mention.evidence = _VETO  # Kapolda Metro
            if (fitting or mention.rule == "admin") and len(mention.entries) == 1 and mention.entries[0].code:
                decided.setdefault(mention.key, set()).add(mention.entries[0].code)
        for mention in self.mentions:
            entries = mention.entries
            if len(entries) < 2:
                continue
            codes = decided.get(mention.key, set())
            if len(codes) == 1:
                mention.entries = tuple(e for e in entries if e.code in codes) or entries
            elif all(e.level == "district" for e in entries):
                inside = tuple(e for e in entries if e.code and e.code[:5] in named)
                mention.entries = inside or tuple(e for e in entries if e.code and e.code[:2] in named) or entries

    def _office(self, first: int) -> str:
        """Return the office or class word before the token, as the levels of regions go with it."""
        if not first:
            return ""
        word = self.lower[first - 1]
        return f"{self.lower[first - 2]} {word}" if first > 1 and word in ("kota", "kabupaten") else word

    def _prior(self, mention: _Mention, codes: set[str], siblings: dict[str, set[str]]) -> float:
        """Return what the gazetteer and the other regions of the article say for a name."""
        prior = max((_PRIOR[e.strength] for e in mention.entries if e.strength <= WEAK), default=_PRIOR[WEAK] if mention.entries else 0.0)
        best = 0.0
        for entry in mention.entries:
            code = entry.code
            if not code:
                continue
            if entry.level != "district":
                best = max(best, _SAME if code in codes and entry.strength == WEAK else 0.0)
            elif code[:5] in codes:
                best = max(best, _PARENT[5] + (_SIBLINGS if len(siblings[code[:5]]) >= 3 else 0.0))
            elif code[:2] in codes:
                best = max(best, _PARENT[2])
        return prior + best

    def _link(self, mentions: list[_Mention]) -> None:
        """Let proven places prove their neighbours in lists and comma chains, forwards and backwards."""
        for forward in (True, False):
            ordered = mentions if forward else mentions[::-1]
            for here, there in pairwise(ordered):
                if there.sure or not here.sure or there.evidence <= 0:
                    continue
                left, right = (here, there) if forward else (there, here)
                between = self.lower[left.last : right.first]
                if len(between) <= 2 and all(word in self.words.links for word in between):
                    there.evidence += _LISTED if forward else _BESIDE
                    there.sure = there.evidence >= ENOUGH and all(e.strength != CLUB for e in there.entries)

    # -- second reading

    def _rescan(self, proven: dict[str, _Mention]) -> None:
        """Find the other mentions of proven names."""
        local = Gazetteer()
        for key, mention in proven.items():
            name = mention.first
            while name < mention.last and self._key(name, mention.last) != key:
                name += 1
            local.add(" ".join(self.lower[name : mention.last]), Entry(key, mention.level or "", None, WEAK))
        taken = [False] * self.size
        for mention in self.mentions:
            if mention.sure or mention.evidence <= _VETO / 2:
                taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
        capital = self.capital
        at = 0
        while at < self.size:
            if not capital[at] or taken[at]:
                at += 1
                continue
            found = local.longest(self.lower, capital, at, min(at + _LONGEST, self.size))
            if not found:
                at += 1
                continue
            end = found[0]
            inside = any(taken[at:end]) or (self._in_run(at, end) and self._cue(at) is None) or self._cue(at) == "not"
            if not inside:
                source = proven[found[1][0].name]
                mention = _Mention(at, end, source.key, "again", source.entries)
                mention.level, mention.sure, mention.weight = source.level, True, 0.45
                self.mentions.append(mention)
            at = end

    def _in_run(self, at: int, end: int) -> bool:
        """Whether the words stand inside a longer capitalised name."""
        flags, capital = self.flags, self.capital
        if not self._initial(at) and capital[at - 1] and not flags[at - 1] & PUNCT and at - 1 not in self.starts:
            return True
        return end < self.size and bool(capital[end]) and not flags[end] & (PUNCT | BREAK) and self.lower[end] not in self.words.calendar

    def _candidate(self, mention: _Mention) -> Candidate:
        entries = mention.entries
        data: dict[str, Any] = {"key": mention.key, "canonical": None, "code": None, "level": mention.level, "candidates": ()}
        if entries:
            rank = max(e.strength for e in entries)
            regions = [e for e in entries if e.level != "district"]
            options = [e for e in regions or entries if e.strength == rank or e.level in _REGIONS]
            first = options[0]
            codes = tuple(dict.fromkeys(e.code for e in options if e.code))
            if len(codes) <= 1:
                data |= {"canonical": first.name, "code": first.code, "level": first.level}
            else:
                data |= {"canonical": first.name if len({e.name for e in options}) == 1 else None, "level": None, "candidates": codes}
        if mention.facility:
            data["facility"] = True
        tokens = self.tokens
        return Candidate(
            kind="place",
            start=tokens.start[mention.first] if mention.start < 0 else mention.start,
            end=tokens.end[mention.last - 1] if mention.end < 0 else mention.end,
            rule=f"place:{mention.rule}",
            weight=mention.weight,
            data=data,
        )


def _fits(entry: Entry, level: str) -> bool:
    """Whether a class word of this level may stand before the place."""
    if level in ("province", "regency", "city", "district"):
        return entry.level == level or (level == "city" and entry.level in ("foreign", "area"))
    return entry.level not in ("province", "regency", "city", "district") or level in ("island", "country")
