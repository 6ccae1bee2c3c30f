"""Mentions of one organization joined, with its usual name and region.

Two mentions are one body when they have one usual name: the short form is expanded by the lexicon (``Pemkot Bandung``: ``Pemerintah Kota
Bandung``) or by the article itself (``Bapenda`` after ``Badan Pendapatan Daerah (Bapenda) Pesisir Barat``), the state's name at the end
does not count (``DPR RI``), nor how the region is written (``Lambar``, ``Lampung Barat``). A body named without its region is the one of
the article that has one, where there is but one (``Pemkot``, ``Dinas Kesehatan``); where there is none, it is that of the region which the
article is about, if it is about one. What neither decides keeps a record without region.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import regex

from beritaie.candidates import Candidate
from beritaie.lexicon.gazetteer import WEAK, Entry, gazetteer, official_name
from beritaie.lexicon.regional_bodies import REGION_CLASSES, served, written_out
from beritaie.records import Abbreviation, Mention, Organization
from beritaie.tokens import Tokens

_BRACKET = regex.compile(r"\s*\([^()]*\)")
_LONGEST = 24  # words in a name
_REGION_WORDS = 4  # words in the name of a region
_FORM_BEFORE = regex.compile(r"^(?:PT|CV|Perum|Perumda|Perusahaan Perseroan PT)\.? ")  # a firm's legal form does not tell it from others
_FORM_AFTER = regex.compile(r"(?: \(?Persero\)?)?(?:,? Tbk\.?)?$")
_STATE = regex.compile(r"(?:[\s-](?:RI|Republik Indonesia|Pusat))$")
_CLASS_WORD = regex.compile(r" (?:kota|kabupaten|provinsi)(?= )")
# Kinds whose names end with the region that they serve; others may only be called after one (PT Semen Padang).
_REGIONAL = frozenset(("regional_government", "legislature", "agency", "judiciary", "police", "health", "education", "party", "other"))
# Kinds in which the whole and its branches bear one name: Partai Golkar, Partai Golkar Purwakarta.
_BRANCHED = frozenset(("party", "company", "ministry", "international", "military", "media"))
_COUNCIL = "Dewan Perwakilan Rakyat Kabupaten"
_METRO_JAYA = ("31", "32.16", "32.75", "32.76", "36.03", "36.71", "36.74")  # regions under Polda Metro Jaya, parts of others


class _Body:
    """The mentions of one body as they are gathered."""

    def __init__(self, canonical: str, first: Candidate) -> None:
        self.canonical = canonical
        self.mentions: list[Candidate] = [first]
        self.region_code: str | None = first.data["region_code"]
        self.national = False  # some mention says so: KPU RI

    @property
    def first(self) -> Candidate:
        return self.mentions[0]

    def join(self, other: _Body) -> None:
        """Take over the mentions of another record of this body."""
        self.mentions = sorted(self.mentions + other.mentions, key=lambda mention: mention.start)
        self.region_code = self.region_code or other.region_code
        self.national = self.national or other.national


class _Regions:
    """The regions that the article speaks of."""

    def __init__(self, places: Iterable[Candidate], bodies: Iterable[_Body]) -> None:
        self.codes: set[str] = set()
        self.governed: set[str] = set()  # those whose offices or governments it names
        self.dateline: str | None = None
        self.entries: dict[str, str] = {}  # official names by code
        for place in places:
            code, level = place.data["code"], place.data["level"]
            if code and code[0].isdigit() and level in ("province", "regency", "city", "district"):
                self.codes.add(code)
                self.entries[code] = place.data["canonical"]
                if place.data["office"]:
                    self.governed.add(code)
                if place.data["dateline"]:
                    self.dateline = code
        for body in bodies:
            if body.region_code and body.region_code[0].isdigit():
                self.codes.add(body.region_code)
                if served(body.canonical) is not None:
                    self.governed.add(body.region_code)

    def near(self, entry: Entry) -> bool:
        """Whether the region, or for a district the one that it lies in, is one of the article."""
        return entry.code is not None and (entry.code in self.codes or entry.code[:5] in self.codes)

    def one(self, levels: frozenset[str]) -> str | None:
        """Return the code of the one region of these levels that the article is about, None where it is about several or none."""
        # Much of the nation's news comes from its capital without being about it.
        for codes in (self.governed, self.codes - {"31"}):
            options = {code for code in codes if _level(code) in levels}
            if len(options) == 1:
                return options.pop()
            if len(options) > 1:
                return self.dateline if self.dateline in options else None
            if len(levels) > 1 and codes is self.governed and codes:
                return None
        if levels == {"province"}:
            provinces = {code[:2] for code in self.codes}
            return provinces.pop() if len(provinces) == 1 else None
        return None


def link_organizations(
    tokens: Tokens, candidates: list[Candidate], abbreviations: list[Abbreviation], places: Iterable[Candidate] = ()
) -> list[Organization]:
    """Return one ``Organization`` per body of the article, in the order of their first mentions.

    Args:
        tokens: the text.
        candidates: the mentions that stand, in text order.
        abbreviations: the short forms that the article introduces.
        places: the places that stand: the regions that the article speaks of.
    """
    longs = {abbreviation.short: abbreviation.long for abbreviation in abbreviations}
    # Firms by the form without PT that the lexicon knows: PT PLN is what PLN is.
    firms = {
        tokens.text[c.start : c.end]: plain_name(c.data["canonical"])
        for c in candidates
        if c.data["kind"] == "company" and c.data["canonical"] and not c.data["generic"]
    }
    bodies: dict[tuple[str, bool], _Body] = {}
    for candidate in candidates:
        text = tokens.text[candidate.start : candidate.end]
        canonical = written_out(plain_name(candidate.data["canonical"] or longs.get(text) or text))
        if candidate.data["kind"] == "company" and text.startswith("PT"):
            canonical = firms.get(_FORM_BEFORE.sub("", _FORM_AFTER.sub("", plain_name(text))), canonical)
        key = (_key(canonical, candidate.data["kind"]), candidate.data["generic"])
        body = bodies.get(key)
        if body is None:
            bodies[key] = body = _Body(canonical, candidate)
        else:
            body.mentions.append(candidate)
            body.region_code = body.region_code or candidate.data["region_code"]
        body.national = body.national or _STATE.search(text) is not None
    found = list(bodies.values())
    regions = _Regions(places, found)
    for body in found:
        if body.region_code is None and body.first.data["kind"] in _REGIONAL and not body.first.data["generic"]:
            _read_region(body, regions)
        _with_class(body)
    found = _complete(_joined(found))
    regions = _Regions(places, found)
    for body in found:
        _place(body, regions)
    found.sort(key=lambda body: body.first.start)
    return [_record(tokens, f"o{number}", body) for number, body in enumerate(found, 1)]


@lru_cache(4096)
def _key(canonical: str, kind: str) -> str:
    """Return what two mentions of one body have in common."""
    name = _STATE.sub("", canonical)
    if kind == "company":
        name = _FORM_BEFORE.sub("", _FORM_AFTER.sub("", name)) or name
    return name.casefold()


def plain_name(name: str) -> str:
    """Return the name without bracketed short forms and with single spaces."""
    return " ".join((_BRACKET.sub("", name) if "(" in name else name).split())


def _level(code: str) -> str:
    return "province" if len(code) == 2 else "district" if len(code) > 5 else "city" if code[3] >= "7" else "regency"


def _read_region(body: _Body, regions: _Regions) -> None:
    """Find the region that the name of a body ends with, where class word, head or article leave but one."""
    words = body.canonical.split()
    head = served(body.canonical)
    police = head is not None and head.head.startswith("Kepolisian Resor")
    if words[-2:] == ["Metro", "Jaya"]:
        body.region_code = "31"
    of_city = police and len(words) > 2 and words[-1] == "Kota"  # Polres Bogor Kota
    last = len(words) - of_city
    for count in range(min(_REGION_WORDS, last - 1), 0, -1):
        entries = gazetteer().get(" ".join(words[last - count : last]))
        level = REGION_CLASSES.get(words[last - count - 1].lower()) if not police else "city" if of_city else None
        options = [entry for entry in entries if entry.level in REGION_CLASSES.values()]
        if level:
            options = [entry for entry in options if entry.level == level]
        elif head is not None:
            options = [entry for entry in options if entry.level in head.levels]
        certain = [entry for entry in options if entry.strength > WEAK]
        if not certain and head is not None and not level:  # a weak name or one of many: Polres Pesbar, Polsek Tebet
            certain = [entry for entry in options if entry.level != "district" or regions.near(entry)]
        options = certain or (options if level else [])
        if options:
            chosen = _choice(options, regions, regency=police)
            if chosen is not None:
                body.region_code = chosen.code
                if head is not None:
                    body.canonical = " ".join((*words[: last - count], chosen.name, *words[last:]))
            return


def _choice(options: list[Entry], regions: _Regions, *, regency: bool) -> Entry | None:
    if len(options) > 1:
        named = [entry for entry in options if entry.code in regions.codes]
        if regency:  # the police of the city has Kota in its name
            named = [entry for entry in options if entry.level == "regency"] or named
        options = named
    return options[0] if len(options) == 1 else None


def _with_class(body: _Body) -> None:
    """Put the class word before the region in names that have it in full: ``Dinas Kesehatan Kota Bandung``."""
    if body.canonical.startswith(_COUNCIL) and body.region_code and _level(body.region_code) == "city":
        body.canonical = body.canonical.replace(_COUNCIL, "Dewan Perwakilan Rakyat Kota", 1)  # DPRK Subulussalam
    head = served(body.canonical)
    if head is None or not head.classed or body.region_code is None:
        return
    for entry in gazetteer().of_code(body.region_code):
        whole, _, rest = body.canonical.rpartition(f" {entry.name}")
        if whole and not rest and whole.split()[-1].lower() not in REGION_CLASSES and not entry.name.startswith("Daerah"):
            body.canonical = f"{whole} {_region_name(entry)}"


def _region_name(entry: Entry) -> str:
    return f"Provinsi {entry.name}" if entry.level == "province" and not entry.name.startswith("Daerah") else official_name(entry)


def _joined(found: list[_Body]) -> list[_Body]:
    """Join bodies whose names differ only in the class word of the region: ``Dinas Pasar Bandung``, ``Dinas Pasar Kota Bandung``."""
    groups: dict[tuple[str, bool], list[_Body]] = defaultdict(list)
    for body in found:
        name = _key(body.canonical, body.first.data["kind"])
        groups[_CLASS_WORD.sub("", name) if served(name) else name, body.first.data["generic"]].append(body)
    result = []
    for group in groups.values():
        codes = {body.region_code for body in group if body.region_code}
        if len(group) > 1 and len(codes) <= 1:
            whole = max(group, key=lambda body: len(body.canonical))
            for body in group:
                if body is not whole:
                    whole.join(body)
            group = [whole]
        result += group
    return result


def _complete(found: list[_Body]) -> list[_Body]:
    """Join a body named without its region to the one body of the article that has the same name and more."""
    fuller: dict[str, list[_Body]] = defaultdict(list)
    for body in found:
        if not body.first.data["generic"]:
            words = _key(body.canonical, body.first.data["kind"]).split()
            for count in range(1, min(len(words), _LONGEST)):
                fuller[" ".join(words[:count])].append(body)
    result = []
    for body in found:
        data = body.first.data
        key = _key(body.canonical, data["kind"])
        options = fuller.get(key, []) if body.region_code is None else []
        if not data["generic"]:
            options = [whole for whole in options if whole.region_code]
        if len(options) == 1 and options[0] is not body and _is_rest(body, options[0]):
            options[0].join(body)
        else:
            result.append(body)
    return result


def _is_rest(body: _Body, whole: _Body) -> bool:
    """Whether the bare name means the body that the article names in full, and not the one of the whole country."""
    data = body.first.data
    if data["generic"]:
        return data["kind"] == whole.first.data["kind"]
    if body.national or data["kind"] in _BRANCHED:
        return False
    head = served(body.canonical)
    known = body.first.rule == "organization:known" or (head is not None and head.national)
    return not known or whole.first.start < body.first.start


def _place(body: _Body, regions: _Regions) -> None:
    """Give a body of which each region has one, named without a region, that of the region which the article is about."""
    head = served(body.canonical)
    if body.region_code is not None or head is None or head.national or (head.head != "Dinas" and len(body.canonical) > len(head.head)):
        return
    if head.head == "Dinas" and (body.canonical == "Dinas" or not body.canonical[-1].isalpha()):
        return
    code = regions.one(head.levels)
    if code is None:
        return
    if head.head == "Kepolisian Daerah" and any(near.startswith(_METRO_JAYA) for near in regions.codes):
        return
    entry = next((entry for entry in gazetteer().of_code(code)), None)
    if entry is None:
        return
    body.region_code = code
    name = _region_name(entry) if head.classed else entry.name
    if not (head.head.startswith("Kepolisian Resor") and entry.level == "city"):  # whose names vary: Polresta, Polres Kota
        body.canonical = f"{body.canonical} {name}"


def _record(tokens: Tokens, number: str, body: _Body) -> Organization:
    mentions = tuple(
        Mention(start=c.start, end=c.end, text=tokens.text[c.start : c.end], rule=c.rule, score=c.score) for c in body.mentions
    )
    first = next((mention for mention in body.mentions if not mention.data["generic"]), body.first)
    name = max((plain_name(mention.text) for mention in mentions), key=len)
    return Organization(
        id=number,
        name=name,
        kind=first.data["kind"],
        generic=first.data["generic"],
        canonical=body.canonical,
        region_code=body.region_code,
        mentions=mentions,
        rule=first.rule,
        score=max((c.score for c in body.mentions if c.score is not None), default=None),
    )
