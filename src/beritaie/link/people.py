"""Mentions of one person joined; offices tied to people.

First the mentions: those with the same words are one person, shorter ones go to the full name that holds their words (``Hermansyah`` to
``H Hermansyah Dulaimi``), initials and nicknames to the name beside which they are introduced. Where two people could be meant, the one
named last before is taken, and full names are never joined. Then the offices: what touches a name belongs to it; what follows by
``selaku``, ``yang menjabat``, a comma or a bracket too; a later short form goes to the one who holds that office.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import Any

from beritaie import lexicon
from beritaie.candidates import Candidate
from beritaie.names import NameSense, lead_words, name_parts
from beritaie.records import Mention, Person, Position
from beritaie.tokens import BREAK, CAPITAL, DIGIT, PUNCT, UPPER, Tokens

_LOOK_BACK = 9  # tokens between a name and its office
_OFFICES_COMPARED = 50  # offices stated before, and after, that a later short form may repeat
_LOOKED_BACK = 50  # mentions before a nickname among which its person is sought


class _One:
    """A person while their mentions and offices are gathered."""

    def __init__(self, order: int) -> None:
        self.order = order
        self.mentions: list[_Name] = []
        self.offices: list[tuple[Candidate, str | None]] = []
        self.shared: set[int] = set()  # starts of offices whose mention is another's already

    @property
    def full(self) -> _Name:
        return max(self.mentions, key=lambda m: (len(m.words), sum(map(len, m.words)), -m.start))


class _Name:
    """One mention: tokens, and the words of the name itself."""

    def __init__(self, candidate: Candidate, sense: NameSense) -> None:
        tokens = sense.tokens
        self.candidate = candidate
        self.start = tokens.at(candidate.start)
        self.end = tokens.at(candidate.end - 1) + 1
        self.parts = name_parts(sense, self.start, self.end)
        inner = range(self.parts.start, self.parts.end)
        self.text = _plain(tokens.text[max(tokens.start[inner[0]], candidate.start) : min(tokens.end[inner[-1]], candidate.end)])
        self.words = tuple(_key(word) for word in self.text.replace(",", " ").split())
        self.capitals = self.text.isupper() and len(self.words) == 1 and len(self.text) <= 5


def _key(word: str) -> str:
    """Return a word of a name as it is compared: small letters without accents, article and full stop."""
    word = word.lower().rstrip(".").replace("’", "'")
    if not word.isascii():
        word = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return word[3:] if word[:3] in ("al-", "el-", "an-", "as-") and len(word) > 5 else word


def _plain(text: str) -> str:
    return " ".join(text.split())


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(lexicon.table("offices")[kind])


@cache
def _nicknames() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(row["nickname"].split()): tuple(row["name"].split()) for row in lexicon.rows("nicknames")}


def link(tokens: Tokens, people: Sequence[Candidate], positions: Sequence[Candidate], sense: NameSense) -> list[Person]:
    """Return one ``Person`` per person of the article, in order of first mention, offsets in the cleaned text.

    Args:
        people, positions: the candidates that stand, in order.
        sense: what the words of the article look like.
    """
    names = [_Name(candidate, sense) for candidate in people]
    persons = _join(tokens, names)
    _Offices(tokens, sense, persons, positions).tie()
    return [_record(tokens, sense, one, number) for number, one in enumerate(persons, 1)]


# Mentions to persons


def _join(tokens: Tokens, names: list[_Name]) -> list[_One]:
    groups: dict[tuple[str, ...], list[_Name]] = {}
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
    persons: dict[tuple[str, ...], _One] = {}
    for name in names:
        words = split.get(id(name)) or _root(name.words, owner)
        persons.setdefault(words, _One(len(persons))).mentions.append(name)
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


def _nearest(name: _Name, matches: list[tuple[str, ...]], groups: dict[tuple[str, ...], list[_Name]]) -> tuple[str, ...]:
    """Return the full name that was mentioned last before, else the one that comes first after."""
    best, distance = matches[0], None
    for host in matches:
        at = bisect_left(groups[host], name.start, key=lambda other: other.start)
        for other in groups[host][max(at - 1, 0) : at + 1]:
            gap = name.start - other.start if other.start < name.start else 100_000 + other.start - name.start
            if distance is None or gap < distance:
                best, distance = host, gap
    return best


def _introduced(tokens: Tokens, names: list[_Name]) -> dict[tuple[str, ...], tuple[str, ...]]:
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
        if name.words not in found and _words("called").intersection(tokens.lower[max(name.start - 3, 0) : name.start]):
            before_it = names[max(0, number - _LOOKED_BACK) : number]
            other = next((o for o in reversed(before_it) if o.words != name.words and len(o.words) >= len(name.words)), None)
            if other is not None:
                found[name.words] = other.words
    return found


def _short_of(short: tuple[str, ...], full: tuple[str, ...], groups: dict[tuple[str, ...], list[_Name]]) -> bool:
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


# Offices to persons


class _Offices:
    def __init__(self, tokens: Tokens, sense: NameSense, persons: list[_One], positions: Sequence[Candidate]) -> None:
        self.tokens = tokens
        self.sense = sense
        self.persons = persons
        self.offices = [(tokens.at(c.start), tokens.at(c.end - 1) + 1, c) for c in positions]
        self.by_start: dict[int, _One] = {}
        self.by_end: dict[int, tuple[_One, _Name]] = {}
        for one in persons:
            for name in one.mentions:
                self.by_start[name.start] = one
                self.by_end[name.end] = (one, name)
        self.name_ends = {name.start: name.end for one in persons for name in one.mentions}
        self.starts = sorted(self.by_start)
        self.office_starts = {start for start, _, _ in self.offices}
        self.openings = set(tokens.sentence_starts)
        self.indefinite: set[int] = set()  # starts of offices whose head was used before of nobody
        self.holders: dict[int, list[tuple[_One, str | None]]] = {}
        self.direct: list[tuple[dict[str, Any], _One]] = []
        self.left_tied: set[int] = set()  # starts of mentions that have an office right before them

    def tie(self) -> None:
        if not self.persons:
            return
        right = {}
        for number, (_start, end, office) in enumerate(self.offices):
            if tokens_colon(self.tokens, end) and office.data["head"] == "Pemain":
                continue  # a heading
            found = self._after(end, office.data["domain"] in ("sport", "arts"))
            if found and not found[1] and office.data["head"] == "Pemeran":
                continue  # the part played, not the player
            if found:
                right[number] = found
                if not found[1]:
                    self.left_tied.add(found[0])
                    self.direct.append((office.data, self.by_start[found[0]]))
        for number, (start, _end, _office) in enumerate(self.offices):
            found = right.get(number)
            if found and self._pair(number, found[0]):
                continue
            before = self._before(start)
            if found and not found[1] and not (before and before[2] == "named"):
                self._hold(number, self.by_start[found[0]], None)
                self._others(number, found[0])
            elif before and before[2] in ("named", "verb", "bracket"):
                self._hold(number, before[0], before[1])
            elif before and (before[3] not in self.left_tied or before[2] == "also"):
                if found and self._better_right(before, found):
                    self._hold(number, self.by_start[found[0]], None)
                    self.left_tied.add(found[0])
                else:
                    self._hold(number, before[0], before[1])
            elif found and not self._held_by_another(number, self.by_start[found[0]]):
                self._hold(number, self.by_start[found[0]], None)
                self.left_tied.add(found[0])
                self._others(number, found[0])
        self._chains()
        nobody: set[str] = set()
        for number, (start, _end, office) in enumerate(self.offices):
            head = office.data["canonical"].split()[0]
            if number in self.holders:
                nobody.discard(head)
            elif head in nobody:
                self.indefinite.add(start)
            elif not tokens_point(self.tokens, start, _end):
                nobody.add(head)
        self._later()
        tied: set[tuple[int, int]] = set()
        for number, holders in sorted(self.holders.items()):
            office = self.offices[number][2]
            for rank, (one, status) in enumerate(holders):
                if (number, id(one)) not in tied:
                    tied.add((number, id(one)))
                    one.offices.append((office, status))
                    if rank:
                        one.shared.add(office.start)

    def _pair(self, number: int, first: int) -> bool:
        """Tie ``Bupati dan Wakil Bupati A-B`` and ``Gubernur dan Wakil Gubernur, A dan B`` one to one."""
        tokens = self.tokens
        if not number or number - 1 in self.holders:
            return False
        end = self.offices[number - 1][1]
        if tokens.lower[end : self.offices[number][0]] not in (["dan"], ["-"], ["/"]):
            return False
        at = self.name_ends[first]
        if at + 1 >= len(tokens) or tokens.lower[at] not in ("-", "–", "dan", "/", "&") or at + 1 not in self.by_start:
            return False
        self._hold(number - 1, self.by_start[first], None)
        self._hold(number, self.by_start[at + 1], None)
        return True

    def _held_by_another(self, number: int, one: _One) -> bool:
        """Whether this very office stands right before another name elsewhere: then a comma alone does not tie it to this one."""
        data = self.offices[number][2].data
        return any(
            other is not one and _one_office(data, None, office, None) and (data["place"] or data["organization"])
            for office, other in self.direct
        )

    def _hold(self, number: int, one: _One, status: str | None) -> None:
        self.holders.setdefault(number, []).append((one, status))

    def _better_right(self, before: tuple[_One, str | None, str, int], found: tuple[int, bool]) -> bool:
        """Decide ``A, Ketua X, B``: B's where B begins a clause, and A's office stood before A; A's where A was just said to speak."""
        lower = self.tokens.lower
        at = before[3]
        lead = lower[at - 1] if at else "."
        if lead in _words("said_by"):
            return False
        end = self.name_ends[found[0]]
        return end < len(lower) and lower[end] in _words("speaks")

    def _skip_lead(self, at: int) -> int:
        """Return the token after rank, address and the like at ``at``."""
        tokens, sense = self.tokens, self.sense
        for _ in range(6):
            if at >= len(tokens) or at in self.by_start:
                return at
            then = sense.rank_end(at)
            if then == at and (sense.address(at) or tokens.lower[at] in _words("before_name")):
                then = at + 1
            if then == at and (tokens.form[at].isdigit() or tokens.form[at] == "-") and tokens.flags[at] & DIGIT | PUNCT and at > 0:
                then = at + 1
            if then == at and tokens.lower[at] == "asal" and at + 2 < len(tokens):
                then = at + 2
                while then < len(tokens) and then < at + 5 and then not in self.by_start and tokens.flags[then] & CAPITAL:
                    then += 1
            if then == at:
                return at
            at = then
        return at

    def _after(self, end: int, clause: bool) -> tuple[int, bool] | None:
        """Return the start of the mention that follows an office, and whether a comma parts them (``clause``: a long one may)."""
        tokens = self.tokens
        if end >= len(tokens):
            return None
        if tokens.flags[end] & BREAK:
            return None
        at = self._skip_lead(end)
        if at in self.by_start:
            return at, False
        if tokens.lower[end] == "yang":
            at = self._clause(end, 12 if clause else 5)
        if at < len(tokens) and tokens.form[at] == ",":
            at = self._skip_lead(self._past_region(at + 1))
            if at in self.by_start and not (at < len(tokens) and tokens.flags[at] & BREAK):
                return at, True
        return None

    def _past_region(self, at: int) -> int:
        """Return the token after ``Kabupaten Tangerang,`` at token ``at``, between an office and a name; else ``at``."""
        tokens = self.tokens
        end = at
        while (
            end < len(tokens)
            and end < at + 4
            and tokens.flags[end] & CAPITAL
            and end not in self.by_start
            and not tokens.flags[end] & BREAK
        ):
            end += 1
        if at < end and end + 1 < len(tokens) and tokens.form[end] == "," and end + 1 in self.by_start and at not in self.office_starts:
            return end + 1
        return at

    def _clause(self, at: int, most: int) -> int:
        """Return the comma that ends a short ``yang`` clause at token ``at``: ``penyerang yang baru pulih, Budi``; else ``at``."""
        tokens = self.tokens
        for comma in range(at + 1, min(at + most, len(tokens))):
            if comma in self.by_start or tokens.form[comma] in '."“”' or tokens.flags[comma] & BREAK:
                return at
            if tokens.form[comma] == ",":
                return comma
        return at

    def _before(self, start: int) -> tuple[_One, str | None, str, int] | None:
        """Return (person, status, how, start of the mention) of the name to which an office is put after."""
        tokens = self.tokens
        lower = tokens.lower
        at = start
        words: list[str] = []
        while at > 0 and start - at <= _LOOK_BACK:
            if at in self.by_end:
                one, name = self.by_end[at]
                how = self._how(words[::-1], at, start)
                if how is None:
                    return None
                return one, self._status(words, name.start), how, name.start
            at -= 1
            word = lower[at]
            if tokens.flags[at] & BREAK and at + 1 < start and not words:
                return None
            if word in _words("pronouns") and words:
                how = self._how(words[::-1], at + 1, start)
                spoken_of = self._in_focus(at) if how in ("named", "verb") else None
                return (spoken_of, self._status(words, at), how, -1) if how and spoken_of is not None else None
            if word in _words("between") or word in (",", "("):
                words.append(word)
            elif word == ")" or (tokens.form[at].isdigit() and at > 0 and tokens.form[at - 1] in "(,") or word == "tahun":
                words.append("")
            else:
                return None
        return None

    def _status(self, words: list[str], start: int) -> str | None:
        if _words("past").intersection(words) or self._then(words, start):
            return "former"
        return "elect" if _words("elect").intersection(words) else None

    def _then(self, words: list[str], start: int) -> bool:
        """Whether the office was held at another time: ``saat Budi masih menjabat Rektor``, ``yang kala itu menjabat``."""
        then = self.tokens.lower[start - 1] in ("saat", "ketika", "semasa", "sewaktu") or ("itu" in words and "saat" in words)
        if then and not {"masih", "menjabat", "menjadi"}.isdisjoint(words):
            return True
        if "masih" in words:
            begin, _ = self.tokens.sentence(start)
            earlier = self.tokens.lower[max(begin, start - 8) : start]
            return any(a in ("kala", "saat", "waktu", "ketika") and b == "itu" for a, b in pairwise(earlier))
        return False

    def _how(self, words: list[str], at: int, start: int) -> str | None:
        said = [word for word in words if word not in (",", "", "(")]
        if not said:
            if words and words[-1] == "(":
                return "bracket"
            return "comma" if "," in words else None
        if _words("saying").intersection(said):
            if len(words) == 1 and said[0] in ("sebagai", "selaku"):
                return "named"
            return "also" if "sekaligus" in said or "juga" in said or "merangkap" in said else "verb"
        if said[0] == "yang" and ("juga" in said or "kini" in said):
            return "also"
        if said == ["salah", "satu"]:
            return "verb"
        if words[0] == "," and said[0] in ("kini", "masih", "juga"):
            return "comma"
        return None

    def _others(self, number: int, first: int) -> None:
        """Give the office to all people of a list: ``Bek: A, B, C``, ``anggota A dan B``."""
        tokens = self.tokens
        start, end, office = self.offices[number]
        listed = end < len(tokens) and tokens.form[end] == ":" and office.data["head"] != "Pemain"
        together = (
            listed
            or office.data["head"].lower() in ("anggota", "hakim anggota")
            or (start and tokens.lower[start - 1] in _words("together"))
        )
        if not together:
            return
        at = self.name_ends[first]
        for _ in range(40):
            if at >= len(tokens):
                return
            step = at
            while step < len(tokens) and tokens.lower[step] in (",", "dan", "serta", ";", "&"):
                step += 1
            if step == at or step not in self.by_start or (tokens.flags[step] & BREAK):
                return
            self._hold(number, self.by_start[step], None)
            at = self.name_ends[step]

    def _chains(self) -> None:
        """``CEO dan pendiri Grab, Anthony Tan``: an office that another one of the same person follows."""
        tokens = self.tokens
        for number in range(len(self.offices) - 2, -1, -1):
            if number in self.holders:
                continue
            _start, end, _office = self.offices[number]
            then, _then_end, following = self.offices[number + 1]
            gap = tokens.lower[end:then]
            if not gap or gap == [","] or gap[:2] in ([",", "dan"], [",", "serta"]) or len(gap) > 4:
                continue
            if not all(word in _words("also") for word in gap):
                continue
            if (number + 1) in self.holders and following.data["head"] != self.offices[number][2].data["head"]:
                for one, status in self.holders[number + 1]:
                    self._hold(number, one, status)
        for number in range(1, len(self.offices)):
            if number in self.holders or (number - 1) not in self.holders:
                continue
            start, _end, _office = self.offices[number]
            gap = tokens.lower[self.offices[number - 1][1] : start]
            if gap and len(gap) <= 4 and all(word in _words("also") for word in gap) and gap != [","]:
                before = self._before(self.offices[number - 1][0])
                if before:
                    for one, status in self.holders[number - 1]:
                        self._hold(number, one, status)

    def _later(self) -> None:
        """Tie later short forms of an office to who holds it, and ``politikus PDIP itu`` to who was named last."""
        known: list[tuple[int, Candidate, _One]] = []
        for number, holders in self.holders.items():
            for one, _ in holders:
                known.append((self.offices[number][0], self.offices[number][2], one))
        tokens = self.tokens
        stated = sorted(known, key=lambda item: item[0])
        for number, (start, end, office) in enumerate(self.offices):
            if number in self.holders:
                continue
            here = bisect_left(stated, start, key=lambda item: item[0])
            known = stated[max(0, here - _OFFICES_COMPARED) : here + _OFFICES_COMPARED]
            pointing = self._pointing(start, end, bool(office.data["organization"] or office.data["place"]))
            if pointing == "described" and (focus := self._in_focus(start)) is not None:
                of_office = {id(who): who for _, other, who in known if other.data["canonical"] == office.data["canonical"]}
                self._hold(number, next(iter(of_office.values())) if len(of_office) == 1 else focus, None)
                continue
            holder = None
            distance = None
            for at, other, one in known:
                if _same_office(office.data, other.data):
                    gap = start - at if at < start else 50_000 + at - start
                    if distance is None or gap < distance:
                        holder, distance = one, gap
            bare = not office.data["organization"] and not office.data["place"]
            small = not tokens.flags[start] & CAPITAL
            many = small and (office.data["takes"] in ("role", "expert") or office.data["head"].lower() in _words("many"))
            if holder is not None and (
                pointing
                or (not bare and not many)
                or (tokens.flags[start] & CAPITAL and office.data["takes"] != "role")
                or (end < len(tokens) and tokens.lower[end] in _words("later"))
                or (start and tokens.lower[start - 1] in ("sebagai", "menjadi", "jabatan"))
            ):
                self._hold(number, holder, None)
                continue
            if pointing and (meant := self._alike_or_in_focus(office, start, known)) is not None:
                self._hold(number, meant, None)
            elif (
                office.data["status"] == "former"
                and start in self.openings
                and end < len(tokens)
                and lead_words().get(tokens.lower[end]) == "after"
            ):
                focus = self._in_focus(start)
                if focus is not None:
                    self._hold(number, focus, None)

    def _alike_or_in_focus(self, office: Candidate, at: int, known: list[tuple[int, Candidate, _One]]) -> _One | None:
        """Return who of the people named before has an office in the same body or of the same sort, else who is in focus."""
        body = office.data["organization"]
        best: _One | None = None
        if body:
            for start, other, one in known:
                if start < at and other.data["organization"] and _shares_word(body, other.data["organization"]):
                    best = one
        focus = self._in_focus(at)
        if best is None and focus is not None and not body:
            sorts = {other.data["domain"] for _, other, one in known if one is focus}
            if sorts and office.data["domain"] not in sorts:
                same = [one for start, other, one in known if start < at and other.data["domain"] == office.data["domain"]]
                best = same[-1] if same else None
        return best or focus

    def _pointing(self, start: int, end: int, specific: bool) -> str:
        """Return how the office points back at a person: by ``itu`` after it, ``described`` (``rider asal Portugal itu``), or not.

        A noun that the article used before of nobody in particular points at that nobody; ``specific``: a body or place is named with it.
        """
        tokens = self.tokens
        lower = tokens.lower
        if start in self.indefinite or end >= len(lower):
            return ""
        before = lower[start - 1] if start else "."
        if not (
            specific or start in self.openings or before in _words("subject") or before in lead_words() or tokens.flags[start - 1] & PUNCT
        ):
            return ""
        if lower[end] in _words("pointing"):
            return "itu"
        called = bool(_words("called").intersection(lower[end + 1 : end + 4]))
        if lower[end] in _words("described") and (lower[end] != "yang" or start in self.openings or called):
            for at in range(end + 1, min(end + 8, len(lower))):
                if lower[at] in _words("pointing"):
                    return "described"
                if tokens.form[at] in ".,":
                    break
            return "described" if lower[end] == "berusia" else ""
        return ""

    def _in_focus(self, at: int) -> _One | None:
        """Return who is spoken of before token ``at``: the first named in the nearest sentence before that names somebody."""
        index = bisect_left(self.starts, at)
        if not index:
            return None
        last = self.starts[index - 1]
        begin, _end = self.tokens.sentence(last)
        here, _ = self.tokens.sentence(at)
        if begin == here:
            return self.by_start[last]
        first = self.starts[bisect_left(self.starts, begin)]
        return self.by_start[first]


def tokens_colon(tokens: Tokens, at: int) -> bool:
    """Whether a colon stands at token ``at``."""
    return at < len(tokens) and tokens.form[at] == ":"


def tokens_point(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a capitalised office or one followed by ``itu`` soon can be somebody's."""
    if tokens.flags[start] & CAPITAL and not tokens.flags[start] & UPPER and tokens.sentence(start)[0] != start:
        return True
    for at in range(end, min(end + 7, len(tokens))):
        if tokens.lower[at] in _words("pointing"):
            return True
        if tokens.form[at] in ".;":
            break
    return False


def _shares_word(one: str, other: str) -> bool:
    return bool({w for w in one.lower().split() if len(w) > 3 or one.isupper()} & set(other.lower().split()))


def _same_office(short: dict[str, Any], full: dict[str, Any]) -> bool:
    """Whether an office without a name can be the same as one that somebody holds."""
    a, b = short["canonical"].lower(), full["canonical"].lower()
    if a != b and not (b.startswith(a + " ") and short["takes"] != "role"):
        return False
    for part in ("organization", "place"):
        one, other = short[part], full[part]
        if one and other and not _alike(one, other):
            return False
        if one and not other and full["place" if part == "organization" else "organization"]:
            return False
    if a != b and (short["organization"] or short["place"]):
        return False
    return not (short["status"] and short["status"] != full["status"])


def _alike(one: str, other: str) -> bool:
    a, b = one.lower().split(), other.lower().split()
    return a == b or set(a) <= set(b) or set(b) <= set(a)


# The record


def _record(tokens: Tokens, sense: NameSense, one: _One, number: int) -> Person:
    full = one.full
    honorifics: dict[str, None] = {}
    degrees: dict[str, None] = {}
    rank = age = None
    for name in one.mentions:
        honorifics.update(dict.fromkeys(name.parts.honorifics))
        degrees.update(dict.fromkeys(name.parts.degrees))
        found = _rank(sense, name.start)
        if found and (rank is None or len(found) > len(rank)):
            rank = found
        if age is None:
            age = _age(tokens, name.end)
    mentions = tuple(
        Mention(
            start=n.candidate.start,
            end=n.candidate.end,
            text=tokens.text[n.candidate.start : n.candidate.end],
            rule=n.candidate.rule,
            score=n.candidate.score,
        )
        for n in one.mentions
    )
    scores = [n.candidate.score for n in one.mentions if n.candidate.score is not None]
    return Person(
        id=f"p{number}",
        name=full.text,
        honorifics=tuple(honorifics),
        degrees=tuple(degrees),
        rank=rank,
        age=age,
        mentions=mentions,
        positions=tuple(_positions(tokens, one)),
        rule=full.candidate.rule,
        score=max(scores) if scores else None,
    )


def _rank(sense: NameSense, start: int) -> str | None:
    """Return the rank that stands right before token ``start``."""
    tokens = sense.tokens
    for at in range(max(start - 6, 0), start):
        if sense.rank_end(at) == start:
            return _plain(tokens.text[tokens.start[at] : tokens.end[start - 1]])
    return None


def _age(tokens: Tokens, end: int) -> int | None:
    """Return the age stated right after a name: ``(35)``, ``, 35,``, ``(35 tahun)``, ``berusia 35 tahun``."""
    form, lower = tokens.form, tokens.lower
    size = len(form)
    at = end
    if at + 2 < size and form[at] in "(," and form[at + 1].isdigit() and len(form[at + 1]) <= 3:
        then = lower[at + 2]
        if (form[at] == "(" and then in (")", "tahun", "thn", "th", ",")) or (form[at] == "," and then in (",", "tahun", "thn")):
            return _years(form[at + 1])
    for skip in range(min(5, size - at - 2)):
        if (
            lower[at + skip] in ("berusia", "berumur", "usia", "umur")
            and form[at + skip + 1].isdigit()
            and lower[at + skip + 2] in ("tahun", "thn")
        ):
            return _years(form[at + skip + 1])
        if lower[at + skip] not in (",", "yang", "kini", "saat", "ini", "("):
            break
    return None


def _years(form: str) -> int | None:
    years = int(form)
    return years if 0 < years <= 120 else None


def _positions(tokens: Tokens, one: _One) -> list[Position]:
    """Join an office's statements into one record each: the fullest form, with all its mentions."""
    groups: list[list[tuple[Candidate, str | None]]] = []
    for office, status in sorted(one.offices, key=lambda item: (-_fullness(item[0].data), item[0].start)):
        for group in groups:
            if _one_office(office.data, status, group[0][0].data, group[0][1]):
                group.append((office, status))
                break
        else:
            groups.append([(office, status)])
    groups.sort(key=lambda group: min(office.start for office, _ in group))
    found = []
    for group in groups:
        data = group[0][0].data
        statuses: list[Any] = [o.data["status"] or s for o, s in group if o.data["status"] or s]
        found.append(
            Position(
                title=data["title"],
                organization=data["organization"],
                place=data["place"],
                status=next(iter(statuses), None),
                canonical=data["canonical"],
                mentions=tuple(
                    Mention(start=o.start, end=o.end, text=tokens.text[o.start : o.end], rule=o.rule)
                    for o, _ in sorted(group, key=lambda item: item[0].start)
                    if o.start not in one.shared
                ),
                rule=office.rule,
            )
        )
    return found


def _fullness(data: dict[str, Any]) -> int:
    return len(data["title"]) + len(data["organization"] or "") + len(data["place"] or "")


def _one_office(short: dict[str, Any], short_status: str | None, full: dict[str, Any], full_status: str | None) -> bool:
    a, b = short["canonical"].lower(), full["canonical"].lower()
    if a != b and not (b.startswith(a + " ") and not short["organization"] and not short["place"]):
        return False
    one, other = short["status"] or short_status, full["status"] or full_status
    if one != other and one and other:
        return False
    if one != other and "former" in (one, other):
        return False
    return all(not short[part] or not full[part] or _alike(short[part], full[part]) for part in ("organization", "place"))
