"""People and organizations joined over many articles, each join with its reason; and who was seen in which office when.

Two people are one when they have one name and nothing speaks against it, or names that can be one and an office or company that says so.
What speaks against it: both stand in one article, offices in two regions within a year, a footballer and a mayor, ages that do not fit.
Names are sorted into blocks (by the whole name, first and last word, first two words), people of a block are compared with its largest
groups only, and groups are kept in a union-find with what is known of each: time is n log n in the number of people.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

import msgspec

from beritaie.lexicon import group, rows, table
from beritaie.lexicon.gazetteer import gazetteer, official_name
from beritaie.records import Document, Organization, OrganizationKind, Person, Position, Status

_YEAR = 365
_SLACK = 180  # days by which an office outlasts the articles that show it, when asked for one day
_USUAL = 3  # times that a short form stands for one name more often than it is left unexplained
_LEADERS = 24  # the largest groups of a block that others are compared with
_CONTEXT = 24  # bodies, regions and people of an article that are kept as its company
_MOSTLY = 5  # times that one holder of an office is named more often than all others together whose name holds the same word
_CHIEF = 20  # times that the chief bearer of a name is named more often than others of that name
_CHANCE = 0.02  # namesakes by chance, below which a name of two words tells people apart
_RARE = 3  # names that share a word, up to which that word tells people apart


class Seen(msgspec.Struct, frozen=True, order=True):
    """A record of an article: the article's id (``#`` and a hash of its text where it has none), the record's id in it."""

    article: str
    record: str


class Join(msgspec.Struct, frozen=True, order=True):
    """Why two records are one: ``rule`` in few words, ``detail`` what they share."""

    rule: str
    detail: str
    first: Seen
    second: Seen


class OfficeFact(msgspec.Struct, frozen=True):
    """An office that articles state for a person, from the first to the last of them (days of publication, None where none has one).

    ``days`` are those of ``articles``, one for each.
    """

    person: str
    name: str
    title: str
    organization: str | None
    place: str | None
    region_code: str | None
    status: Status | None
    first: dt.date | None
    last: dt.date | None
    articles: tuple[str, ...]
    days: tuple[dt.date | None, ...] = ()


class PersonEntity(msgspec.Struct, frozen=True):
    """A person over all articles: ``name`` is the most frequent full name, ``names`` all, the most frequent first."""

    id: str
    name: str
    names: tuple[str, ...]
    mentions: tuple[Seen, ...]
    joins: tuple[Join, ...]
    offices: tuple[OfficeFact, ...]


class OrganizationEntity(msgspec.Struct, frozen=True):
    """An organization over all articles."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: OrganizationKind
    region_code: str | None
    mentions: tuple[Seen, ...]
    joins: tuple[Join, ...]


class Linked(msgspec.Struct, frozen=True):
    """What ``link`` found. ``people`` and ``organizations`` stand in the order of their ids."""

    people: tuple[PersonEntity, ...]
    organizations: tuple[OrganizationEntity, ...]

    def office_holders(self, office: str, *, on: dt.date | None = None, slack: int = _SLACK) -> list[OfficeFact]:
        """Return who was seen in an office, its holders and acting holders, the best attested first.

        Args:
            office: title with organization or place (``Gubernur DKI Jakarta``, ``Wali Kota Bogor``); titles and regions may be short ones
                (``Wagub DKI``, ``Sekda Jatim``).
            on: the day asked for; None for all times.
            slack: days by which an article may lie before or after it.
        """
        wanted = _asked(office, {_squeezed(name): body.name for body in self.organizations for name in body.names})
        found = []
        for person in self.people:
            for fact in person.offices:
                if fact.status not in (None, "acting") or wanted.isdisjoint(_labels(fact)):
                    continue
                if on is None:
                    found.append((len(fact.articles), 0, fact))
                    continue
                away = [abs((day - on).days) for day in fact.days if day is not None]
                near = sum(gap <= slack for gap in away)
                if near or (fact.first is not None and fact.last is not None and fact.first <= on <= fact.last):
                    found.append((near, min(away), fact))
        found.sort(key=lambda item: (-item[0], item[1], item[2].person))
        return [fact for *_, fact in found]


def link(docs: Iterable[Document]) -> Linked:
    """Join the people and organizations of many articles.

    Args:
        docs: documents, in any order; the result does not depend on it. They are read once, and only names, offices and company are kept.

    Returns:
        Entities with every record that is theirs, the reason of each join, and the offices of people with the time they were seen.
    """
    people: list[_Node] = []
    bodies: list[_Body] = []
    longs: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, int] = {}  # what makes company, as numbers
    seen: Counter[str] = Counter()
    for doc in docs:
        article = doc.id or "#" + hashlib.blake2b(doc.text.encode("utf-8", "replace"), digest_size=8).hexdigest()
        seen[article] += 1
        if seen[article] > 1:
            article = f"{article}~{seen[article]}"
        _read(doc, article, people, bodies, longs, numbers)
    people.sort(key=lambda node: node.seen)
    bodies.sort(key=lambda body: body.seen)
    return Linked(people=tuple(_People(people, list(numbers)).entities()), organizations=tuple(_organizations(bodies, longs)))


class _Office(NamedTuple):
    title: str
    organization: str | None
    place: str | None
    codes: tuple[str, ...]  # of the regions that it may be for
    status: Status | None

    @property
    def key(self) -> str | None:
        """What shows that two mentions are one person; None for an office of many."""
        first = self.title.partition(" ")[0].lower()
        where = self.codes[0] if len(self.codes) == 1 else (self.place or "").casefold()
        where = "" if where == "ID" else where  # `Presiden RI` is `Presiden` in the news of that country
        what = (self.organization or "").casefold()
        if first in _titles("common"):
            return None
        if not where and not what:
            head = " ".join(self.title.lower().split()[:2])
            return _squeezed(self.title) if first in _titles("national") or head in _titles("national") else None
        return f"{_squeezed(self.title)}|{'' if _squeezed(what) in _squeezed(self.title) else what}|{where}"


class _Node(NamedTuple):
    """A person of an article."""

    seen: Seen
    name: str
    words: tuple[str, ...]
    offices: tuple[_Office, ...]
    born: int | None
    day: int | None
    company: frozenset[int]  # bodies, regions and people of the article


class _Body(NamedTuple):
    """An organization of an article."""

    seen: Seen
    name: str
    canonical: str
    key: str
    kind: OrganizationKind
    region_code: str | None


# Reading


def _read(
    doc: Document, article: str, people: list[_Node], bodies: list[_Body], longs: dict[str, set[str]], numbers: dict[str, int]
) -> None:
    regions = {mention.text: body for body in doc.organizations for mention in body.mentions} | {b.name: b for b in doc.organizations}
    company: list[int] = []
    for body in doc.organizations:
        if body.generic:
            continue
        canonical = body.canonical or body.name
        key = _body_key(canonical, body.kind)
        bodies.append(_Body(Seen(article, body.id), body.name, canonical, key, body.kind, body.region_code))
        if body.kind not in ("media", "international"):
            company.append(numbers.setdefault("o" + key, len(numbers)))
    for form in doc.abbreviations:
        longs[form.short].add(form.long.casefold())
    # Datelines name Jakarta everywhere.
    regions_named = [place.code[:5] for place in doc.places if place.code and place.code[0].isdigit() and place.code != "31"]
    company += [numbers.setdefault("l" + code, len(numbers)) for code in regions_named]
    own = {}
    for person in doc.people:
        words = _words_of(person.name)
        if words:
            own[person.id] = _nicknames().get(words, words)
    around = company[:_CONTEXT]
    names = {id: numbers.setdefault("p" + " ".join(words), len(numbers)) for id, words in own.items() if len(words) > 1}
    whole = frozenset([*around, *list(names.values())[:_CONTEXT]])
    day = doc.published.toordinal() if doc.published else None
    for person in doc.people:
        if person.id not in own:
            continue
        offices = tuple(_office(position, regions) for position in person.positions)
        born = doc.published.year - person.age if doc.published and person.age else None
        mine = names.get(person.id)
        people.append(
            _Node(
                Seen(article, person.id), _display(person), own[person.id], offices, born, day, whole - {mine} if mine in whole else whole
            )
        )


def _display(person: Person) -> str:
    return " ".join(person.name.split())


@cache
def _spellings() -> dict[str, str]:
    return {form: name for name, forms in table("across")["spellings"].items() for form in forms}


@cache
def _nicknames() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the full names of public figures by their nicknames, without those of two letters: suspects are called so."""
    return {_words_of(row["nickname"]): _words_of(row["name"]) for row in rows("nicknames") if len(row["nickname"]) > 2}


_titles = partial(group, "across", "titles")


def _words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: small letters without accents and marks, one spelling."""
    if not name.isascii():
        name = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    pieces = "".join(mark if mark.isalnum() else "" if mark in "'’`" else " " for mark in name.casefold()).split()
    spellings = _spellings()
    return tuple(spellings.get(piece, piece) for piece in pieces)


def _office(position: Position, bodies: dict[str, Organization]) -> _Office:
    body = bodies.get(position.organization or "")
    organization = (body and body.canonical) or position.organization
    codes: tuple[str, ...] = ()
    if position.place:
        codes = _codes(position.place, position.title)
    elif body and body.region_code:
        codes = (body.region_code,)
    return _Office(position.canonical or position.title, organization, position.place, codes, position.status)


@cache
def _codes(place: str, title: str) -> tuple[str, ...]:
    """Return the official codes of the regions that the place of an office may be."""
    first, _, rest = place.partition(" ")
    level: str | None = {"kota": "city", "kabupaten": "regency", "provinsi": "province", "kab": "regency"}.get(first.lower().rstrip("."))
    entries = gazetteer().get(rest if level else place) or gazetteer().get(place)
    lower = title.lower()
    if level is None:
        if "bupati" in lower:
            level = "regency"
        elif "gubernur" in lower:
            level = "province"
        elif "wali" in lower and "kota" in lower:
            level = "city"
    levels = ("province", "regency", "city", "district")
    regions = [entry for entry in entries if entry.code and entry.code[0].isdigit() and entry.level in levels]
    if not regions:
        return tuple(sorted({entry.code for entry in entries if entry.code and entry.level == "country"}))
    fitting = [entry for entry in regions if entry.level == level]
    return tuple(sorted({entry.code for entry in fitting or regions if entry.code}))


# Groups


class _Groups:
    """Union-find whose roots do not depend on the order of the unions: the smallest number."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))
        self.joins: list[tuple[int, int, str, str]] = []

    def find(self, item: int) -> int:
        parent = self.parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def members(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for item in range(len(self.parent)):
            found.setdefault(self.find(item), []).append(item)
        return found


class _Known:
    """What is known of a group of people: articles, time and region of offices, years of birth, company."""

    __slots__ = ("articles", "athlete", "born", "company", "keys", "official", "terms")

    def __init__(self, node: _Node) -> None:
        self.articles = {node.seen.article}
        self.company = set(node.company)
        self.keys = {office.key for office in node.offices if office.key and office.status not in ("candidate", "elect")}
        self.born = (node.born, node.born) if node.born else None
        self.terms: dict[tuple[str, ...], tuple[int, int]] = {}
        self.athlete = self.official = False
        for office in node.offices:
            first, _, second = office.title.lower().partition(" ")
            if office.status not in (None, "acting"):
                continue
            if first in _titles("athletes"):
                self.athlete |= second.split(" ", 1)[0] not in _titles("arts")
            elif first in _titles("learned"):
                self.official = True
            elif first in _titles("regional"):
                self.official = True
                if office.codes and office.codes[0][0].isdigit() and node.day is not None:
                    self.terms[office.codes] = (node.day, node.day)

    def against(self, other: _Known) -> bool:
        """Whether something says that the two are different people."""
        if (self.athlete and other.official) or (self.official and other.athlete):
            return True
        if self.born and other.born and (max(self.born[1], other.born[1]) - min(self.born[0], other.born[0])) > 2:
            return True
        if not self.articles.isdisjoint(other.articles):
            return True
        few, many = (self.terms, other.terms) if len(self.terms) <= len(other.terms) else (other.terms, self.terms)
        for codes, (first, last) in few.items():
            if codes in many:
                continue
            for others, (start, end) in many.items():
                if start - last < _YEAR and first - end < _YEAR and not _one_region(codes, others):
                    return True
        return False

    def add(self, other: _Known) -> None:
        self.articles |= other.articles
        self.company |= other.company
        self.keys |= other.keys
        if other.born:
            self.born = (min(self.born[0], other.born[0]), max(self.born[1], other.born[1])) if self.born else other.born
        for codes, (first, last) in other.terms.items():
            start, end = self.terms.get(codes, (first, last))
            self.terms[codes] = (min(first, start), max(last, end))
        self.athlete |= other.athlete
        self.official |= other.official


def _one_region(codes: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two offices can be of one region: one code is, or lies in, one of the other's."""
    return any(a.startswith(b) or b.startswith(a) for a in codes for b in others)


class _People:
    """The people of all articles, joined by name, then by variants of names, then single names by office."""

    def __init__(self, nodes: Sequence[_Node], labels: Sequence[str]) -> None:
        self.nodes = nodes
        self.labels = labels  # of the numbers in company
        self.groups = _Groups(len(nodes))
        self.known: dict[int, _Known] = {}
        self.sizes = [1] * len(nodes)
        distinct = {node.words for node in nodes}
        self.shared: Counter[str] = Counter(word for words in distinct for word in set(words))

    def entities(self) -> Iterator[PersonEntity]:
        blocks: dict[tuple[str, ...], list[int]] = {}
        for number, node in enumerate(self.nodes):
            blocks.setdefault(node.words, []).append(number)
        for words in sorted(blocks):
            if len(blocks[words]) > 1:
                self._one_name(words, blocks[words])
        self._variants(blocks)
        self._single_names()
        yield from self._entities()

    def _knows(self, root: int) -> _Known:
        known = self.known.get(root)
        if known is None:
            known = self.known[root] = _Known(self.nodes[root])
        return known

    def _join(self, first: int, second: int, rule: str, detail: str) -> bool:
        """Join two groups unless something speaks against it; returns whether they are one now."""
        a, b = self.groups.find(first), self.groups.find(second)
        if a == b:
            return True
        mine, other = self._knows(a), self._knows(b)
        if mine.against(other):
            return False
        if len(mine.articles) < len(other.articles):
            mine, other = other, mine
        mine.add(other)
        root, leaf = min(a, b), max(a, b)
        self.groups.parent[leaf] = root
        self.sizes[root] += self.sizes[leaf]
        self.known.pop(leaf, None)
        self.known[root] = mine
        self.groups.joins.append((first, second, rule, detail))
        return True

    def _one_name(self, words: tuple[str, ...], block: list[int]) -> None:
        name = self.nodes[block[0]].name
        by_office: dict[str, int] = {}
        for number in block:
            for office in self.nodes[number].offices:
                if office.key and office.status not in ("candidate", "elect"):
                    first = by_office.setdefault(office.key, number)
                    if first != number:
                        self._join(first, number, "name and office", f"{name}: {_said(office)}")
        if len(words) < 2:
            return
        rare = len(words) > 2 or min(self.shared[word] for word in words) <= _RARE or self._by_chance(words) < _CHANCE
        roots = sorted({self.groups.find(number) for number in block}, key=lambda root: (-self.sizes[root], root))
        leaders: list[int] = []
        for root in roots:
            known = self._knows(root)
            ranked = []
            for leader in leaders:
                at = self.groups.find(leader)
                other = self._knows(at)
                if not other.against(known):
                    ranked.append((len(known.company & other.company), self.sizes[at], -at))
            ranked.sort(reverse=True)
            telling = rare and len(leaders) == 1 and _words_of(self.nodes[root].name) == words  # a nickname tells less
            best = self._nearest(ranked, telling, max((self.sizes[self.groups.find(at)] for at in leaders), default=0))
            if best is not None:
                shared = self._beside(self._knows(self.groups.find(best)), known)
                self._join(best, root, "name and company" if shared else "whole name", f"{name}: beside {shared}" if shared else name)
            elif len(leaders) < _LEADERS:
                leaders.append(root)

    def _by_chance(self, words: tuple[str, ...]) -> float:
        """Return how many names of these words there would be if words met by chance."""
        return math.prod(self.shared[word] for word in words) / max(len(self.shared), 1) ** (len(words) - 1)

    def _beside(self, first: _Known, second: _Known) -> str:
        """Return what two groups have as company, three things of it at most."""
        few, many = (first.company, second.company) if len(first.company) <= len(second.company) else (second.company, first.company)
        labels = sorted(self.labels[item] for item in few if item in many)[:3]
        return ", ".join(_region(label[1:]) if label[0] == "l" else label[1:] for label in labels)

    @staticmethod
    def _nearest(ranked: list[tuple[int, int, int]], telling: bool, largest: int) -> int | None:
        """Return the group of a name that a person belongs to: the one with most company, else the only one, or all but the only one.

        Args:
            ranked: (shared company, size, negative number) of the groups that nothing speaks against, the likeliest first.
            telling: the name is one that few can have, and there is one group only.
            largest: the size of the largest group of the name.
        """
        if not ranked:
            return None
        shared, size, number = ranked[0]
        chief = size == largest and all(size >= _CHIEF * other for _, other, _ in ranked[1:])
        if shared > 0:
            return -number if len(ranked) == 1 or shared > ranked[1][0] or chief else None
        return -number if telling or (chief and size >= _CHIEF) else None

    def _variants(self, blocks: dict[tuple[str, ...], list[int]]) -> None:
        """Join longer and shorter forms of a name: ``Anies Baswedan``, ``Anies Rasyid Baswedan``, ``A. Muhaimin Iskandar``."""
        alike: dict[tuple[str, str, str], list[tuple[str, ...]]] = {}
        for words in blocks:
            if len(words) > 1:
                for key in {("ends", words[0], words[-1]), ("begin", words[0], words[1]), ("tail", words[-2], words[-1])}:
                    alike.setdefault(key, []).append(words)
        for key in sorted(alike):
            names = sorted(alike[key], key=lambda words: (-len(blocks[words]), words))
            if len(names) < 2:
                continue
            leaders = names[:_LEADERS]
            for place, words in enumerate(names):
                for leader in leaders[:place]:
                    if _one_name(words, leader):
                        self._variant(blocks[leader], blocks[words])

    def _variant(self, first: list[int], second: list[int]) -> None:
        roots = sorted({self.groups.find(number) for number in first}, key=lambda root: (-self.sizes[root], root))[:_LEADERS]
        for other in sorted({self.groups.find(number) for number in second})[:_LEADERS]:
            for root in roots:
                a, b = self._knows(self.groups.find(root)), self._knows(self.groups.find(other))
                if a is b:
                    break
                names = f"{self.nodes[root].name}, {self.nodes[other].name}"
                office = min(a.keys & b.keys, default=None)
                if office is None and _of_kin(self.nodes[root].words, self.nodes[other].words):
                    continue
                if office is not None:
                    if self._join(root, other, "like name and office", f"{names}: {office.replace('|', ' ').strip()}"):
                        break
                elif len(a.company & b.company) > 1 and self._join(
                    root, other, "like name and company", f"{names}: beside {self._beside(a, b)}"
                ):
                    break

    def _single_names(self) -> None:
        """Join a single name to the one person of that name who holds its office."""
        holders: dict[tuple[str, str], set[int]] = defaultdict(set)
        for number, node in enumerate(self.nodes):
            if len(node.words) > 1:
                for office in node.offices:
                    if office.key:
                        for word in node.words:
                            if len(word) > 2:
                                holders[word, office.key].add(number)
        for number, node in enumerate(self.nodes):
            if len(node.words) == 1:
                for office in node.offices:
                    roots = {self.groups.find(holder) for holder in holders.get((node.words[0], office.key or ""), ())}
                    if len(roots) > 1:
                        sizes = sorted((self.sizes[root], -root) for root in roots)
                        if sizes[-1][0] >= _MOSTLY * sum(size for size, _ in sizes[:-1]):
                            roots = {-sizes[-1][1]}
                    if len(roots) == 1 and self._join(roots.pop(), number, "part of the name and office", f"{node.name}: {_said(office)}"):
                        break

    def _entities(self) -> Iterator[PersonEntity]:
        joins: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
        for join in self.groups.joins:
            joins[self.groups.find(join[0])].append(join)
        for number, (root, members) in enumerate(self.groups.members().items(), 1):
            nodes = [self.nodes[member] for member in members]
            names = Counter(node.name for node in nodes)
            ranked = sorted(names, key=lambda name: (" " not in name, -names[name], -len(name), name))
            id = f"P{number}"
            reasons = tuple(Join(rule, detail, self.nodes[a].seen, self.nodes[b].seen) for a, b, rule, detail in joins.get(root, ()))
            yield PersonEntity(id, ranked[0], tuple(ranked), tuple(node.seen for node in nodes), reasons, _facts(id, ranked[0], nodes))


def _region(code: str) -> str:
    entries = gazetteer().of_code(code)
    return official_name(entries[0]) if entries else code


def _said(office: _Office) -> str:
    return " ".join(dict.fromkeys(filter(None, (office.title, office.organization, office.place))))


def _one_name(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names can be one: the words of the shorter stand in the longer in order, in full
    or as initials, two of them in full.
    """
    short, long = (words, other) if len(words) <= len(other) else (other, words)
    at = whole = 0
    for word in short:
        while at < len(long) and not (long[at] == word or (min(len(word), len(long[at])) == 1 and long[at][0] == word[0])):
            at += 1
        if at == len(long):
            return False
        whole += long[at] == word
        at += 1
    return whole > 1


def _of_kin(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the longer name can be that of somebody's kin: a first name, or a word such as ``putra``, before the whole shorter one."""
    short, long = (words, other) if len(words) < len(other) else (other, words)
    return len(short) < len(long) and long[-len(short) :] == short and long[0] not in _titles("first")


def _facts(id: str, name: str, nodes: Sequence[_Node]) -> tuple[OfficeFact, ...]:
    """Return the offices of one person, each from the first to the last article that states it."""
    found: dict[tuple[str, str, str, str], list[tuple[_Office, int | None, str]]] = {}
    for node in nodes:
        for office in node.offices:
            where = office.codes[0] if len(office.codes) == 1 else (office.place or "")
            what = _body_key(office.organization, "") if office.organization else ""
            key = (_squeezed(office.title), _squeezed(what), _squeezed(where), str(office.status or ""))
            found.setdefault(key, []).append((office, node.day, node.seen.article))
    for key in [key for key in found if not key[1] and not key[2]]:  # a bare title is the one that is stated in full, where there is one
        full = sorted(
            (other for other in found if other[0] == key[0] and other[3] == key[3] and other != key), key=lambda k: -len(found[k])
        )
        if full and len(found[full[0]]) >= _MOSTLY * sum(len(found[other]) for other in full[1:]):
            found[full[0]] += found.pop(key)
    facts = []
    for key in sorted(found):
        stated = found[key]
        office = min((office for office, _, _ in stated), key=lambda office: (not (office.organization or office.place), repr(office)))
        days = [day for _, day, _ in stated if day is not None]
        code = office.codes[0] if len(office.codes) == 1 else None
        regions = gazetteer().of_code(code) if code else ()
        place = office.place
        if place and code:
            place = official_name(regions[0]) if regions else gazetteer().get(place)[0].name
        first, last = (dt.date.fromordinal(min(days)), dt.date.fromordinal(max(days))) if days else (None, None)
        by_article = {article: day for _, day, article in stated}
        articles = tuple(sorted(by_article))
        dated = tuple(dt.date.fromordinal(day) if (day := by_article[article]) is not None else None for article in articles)
        facts.append(OfficeFact(id, name, office.title, office.organization, place, code, office.status, first, last, articles, dated))
    return tuple(facts)


def _squeezed(phrase: str) -> str:
    return "".join(mark for mark in phrase.casefold() if mark.isalnum())


def _labels(fact: OfficeFact) -> set[str]:
    """Return the ways to write an office, squeezed."""
    title = _squeezed(fact.title)
    body = _squeezed(fact.organization or "")
    place = fact.place or ""
    plain = place.partition(" ")[2] if place.split(" ", 1)[0] in ("Kota", "Kabupaten", "Provinsi") else place
    tails = {"", body} if body and body in title else {body}
    places = {place, plain, *(("", "RI", "Republik Indonesia") if fact.region_code == "ID" else ())}
    return {title + tail + _squeezed(where) for tail in tails for where in places}


def _asked(office: str, bodies: dict[str, str]) -> set[str]:
    """Return the ways to write the office that is asked for, squeezed: short titles, regions and ``bodies`` (squeezed) written out."""
    first, _, rest = office.strip().partition(" ")
    full = _written_out().get(first.casefold())
    spelled = {office, f"{full} {rest}"} if full else {office}
    for phrase in sorted(spelled):
        words = phrase.split()
        for at in range(max(len(words) - 4, 1), len(words)):
            title, place = " ".join(words[:at]), " ".join(words[at:])
            if (body := bodies.get(_squeezed(place))) is not None:
                spelled.add(f"{title} {body}")
            for code in _codes(place, title):
                regions = gazetteer().of_code(code)
                spelled.update(f"{title} {official_name(entry)}" for entry in regions)
                if not regions:
                    spelled.add(f"{title} {gazetteer().get(place)[0].name}")
    return {_squeezed(phrase) for phrase in spelled}


@cache
def _written_out() -> dict[str, str]:
    """Return the long forms of short titles: ``wagub``, ``sekda``, ``menkeu``."""
    return {row["title"].casefold(): row["canonical"] for row in rows("offices") if row["canonical"]}


# Organizations


def _body_key(canonical: str, kind: str) -> str:
    """Return what two ways to write a body have in common."""
    key = " ".join(canonical.casefold().replace(".", " ").replace(",", " ").split())
    if kind == "company":
        for before in ("pt ", "cv ", "perum "):
            key = key.removeprefix(before)
        key = key.removesuffix(" tbk").removesuffix(" (persero)")
    elif kind == "media":
        key = key.removeprefix("kantor berita ").removesuffix(" news")
        for after in (" com", " id", " co id", " co"):
            key = key.removesuffix(after)
    elif kind == "sports":
        key = key.removesuffix(" fc").removesuffix(" cf").removeprefix("fc ")
    elif kind == "police":
        key = key.removesuffix(" kepolisian negara republik indonesia").removesuffix(" polri")
        key = key.replace(" provinsi ", " ")
    else:
        key = key.removesuffix(" republik indonesia").removesuffix(" ri").replace(" provinsi ", " ")
    return key or canonical.casefold()


def _organizations(bodies: Sequence[_Body], longs: dict[str, set[str]]) -> Iterator[OrganizationEntity]:
    """Join bodies of one name and region; a body without region is that of its name where there is but one."""
    groups: dict[tuple[str, bool, str], list[int]] = {}
    keys = {body.key for body in bodies}
    regions: dict[tuple[str, bool], set[str]] = defaultdict(set)
    resolved: list[tuple[str, bool]] = []
    by_form = []
    usual: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)  # what a short form stands for in most articles
    for body in bodies:
        usual[body.name.casefold(), body.kind][body.key] += 1
    for body in bodies:
        key = body.key
        stands = usual[body.name.casefold(), body.kind]
        if key == _body_key(body.name, body.kind) and len(stands) > 1:
            most = min(stands, key=lambda other: (-stands[other], other))
            key = most if stands[most] >= _USUAL * stands[key] else key
        forms = longs.get(body.canonical, set())
        if len(forms) == 1 and (long := _body_key(next(iter(forms)), body.kind)) in keys:
            key = long
        by_form.append(key != body.key)
        resolved.append((key, body.kind == "sports"))
        if body.region_code:
            regions[resolved[-1]].add(body.region_code)
    for number, body in enumerate(bodies):
        codes = regions.get(resolved[number], set())
        code = body.region_code or (next(iter(codes)) if len(codes) == 1 else "")
        groups.setdefault((*resolved[number], code), []).append(number)
    for count, ((_, _, code), members) in enumerate(groups.items(), 1):
        names = Counter(bodies[member].canonical for member in members)
        written = Counter(bodies[member].name for member in members)
        kinds = Counter(bodies[member].kind for member in members)
        first = members[0]
        joins = []
        for member in members[1:]:
            rule = "short form that an article explains" if by_form[member] else "canonical name and region" if code else "canonical name"
            joins.append(Join(rule, bodies[member].canonical, bodies[first].seen, bodies[member].seen))
        yield OrganizationEntity(
            id=f"O{count}",
            name=min(names, key=lambda name: (-names[name], -len(name), name)),
            names=tuple(sorted(written, key=lambda name: (-written[name], name))),
            kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
            region_code=code or None,
            mentions=tuple(bodies[member].seen for member in members),
            joins=tuple(joins),
        )
