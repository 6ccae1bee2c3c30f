"""Which region a name means where several share it: ``Kota Bandung``, ``Kabupaten Bandung``; the districts named ``Sukamaju``.

What decides, the strongest first: the class word or office beside the mention (``Bupati Bandung``), the region that stands beside it and
holds it (``Kecamatan Coblong, Bandung``), what the article says of the name elsewhere, the regions of its bodies, the regions around, and
for the town of the dateline that datelines name cities. What none of these decides stays open.
"""

from __future__ import annotations

from itertools import pairwise

from beritaie.extractors.places.context import Context, Mention
from beritaie.lexicon.gazetteer import WEAK, Entry, joined

# Which regions an office or a short form of government covers.
_OFFICE_LEVELS = {
    **dict.fromkeys(
        ("bupati", "wabup", "pemkab", "pemerintah kabupaten", "dprd kabupaten", "sekkab", "setdakab", "cabup", "cawabup", "kabupaten"),
        "regency",
    ),
    **dict.fromkeys(
        (
            *("wali kota", "walikota", "pemkot", "pemko", "pemerintah kota", "dprd kota", "wawali", "wawalkot", "wawako", "wako", "walkot"),
            *("setdako", "sekkot", "sekko", "polrestabes", "kapolrestabes", "wakapolrestabes", "cawali", "cawalkot"),
        ),
        "city",
    ),
    **dict.fromkeys(
        (
            *("gubernur", "wagub", "pemprov", "pemprop", "kapolda", "wakapolda", "polda", "kejati", "kajati", "cagub", "cawagub"),
            *("sekdaprov", "sekprov", "provinsi", "propinsi"),
        ),
        "province",
    ),
    **dict.fromkeys(("camat", "kapolsek", "polsek", "danramil", "koramil", "sekcam", "kecamatan"), "district"),
}
_OFFICES = frozenset(("bupati", "walikota", "gubernur", "camat", "pemerintah", "sekda", "sekretaris", "kapolres", "dprd", "wagub", "wabup"))
# The police of the city calls itself so (Polres Bogor Kota, Polrestabes): the plain name is that of the regency, where there is one.
_REGENCY_RATHER = frozenset(("polres", "kapolres", "wakapolres"))
_POLICE = frozenset((*_REGENCY_RATHER, "polresta", "kapolresta", "wakapolresta"))
_BESIDE = frozenset((",", "(", "di", "-", "–", "/", "wilayah"))  # between a place and the one that holds it


def decide_codes(context: Context) -> None:
    """Narrow the entries of each mention to those that the text leaves; mark as ``open`` what lies in no region the article speaks of."""
    mentions = [mention for mention in context.mentions if not mention.vetoed]
    _drop_village_names(mentions)
    decided: set[str] = set(context.body_codes)
    for mention in mentions:
        mention.governed = _by_office(context, mention)
        if (mention.governed or mention.rule == "admin") and len(mention.entries) == 1 and mention.entries[0].code:
            decided.add(mention.entries[0].code)
    named = [mention for mention in mentions if mention.entries]
    decided |= _by_neighbours(context, named)
    for mention in named:
        mention.entries = _chosen(mention.entries, decided)
    _by_hierarchy(context, named)
    _by_dateline(context, named)
    _open_far_districts(context, named)


def _drop_village_names(mentions: list[Mention]) -> None:
    """Where the article names a village, its bare name is no district of that name."""
    villages = {mention.key for mention in mentions if mention.rule == "admin" and mention.level in ("village", "hamlet")}
    if not villages:
        return
    villages -= {mention.key for mention in mentions if mention.rule == "admin" and mention.level == "district"}
    for mention in mentions:
        if mention.key in villages and mention.rule != "admin" and mention.entries:
            mention.entries = tuple(entry for entry in mention.entries if entry.level != "district")
            mention.level = mention.level if mention.entries else "village"


def _by_office(context: Context, mention: Mention) -> bool:
    """Keep the regions that fit the class word or office before the mention; whether there is one and some fit."""
    if mention.rule == "admin":
        return mention.first > 0 and context.lower[mention.first - 1] in _OFFICES
    if mention.rule != "gazetteer" or not mention.first:
        return False
    word = context.lower[mention.first - 1]
    if word in _POLICE:
        city = context.goes_on(mention.last) and context.lower[mention.last] == "kota"
        level = "city" if city else "regency" if word in _REGENCY_RATHER else ""
        fitting = tuple(entry for entry in mention.entries if entry.level == level)
        mention.entries = fitting or mention.entries
        return bool(fitting)
    two = f"{context.lower[mention.first - 2]} {word}" if mention.first > 1 and word in ("kota", "kabupaten") else word
    level = _OFFICE_LEVELS.get(two) or _OFFICE_LEVELS.get(word, "")
    if not level:
        return False
    fitting = tuple(entry for entry in mention.entries if entry.level == level)
    if fitting:
        mention.entries = fitting
        return True
    if word not in ("kabupaten", "kecamatan", "provinsi", "propinsi") and all(entry.strength == WEAK for entry in mention.entries):
        mention.evidence = min(mention.evidence, -1.0)  # Kapolda Metro is not over the city of Metro
    return False


def _by_neighbours(context: Context, named: list[Mention]) -> set[str]:
    """Keep, of two places that stand side by side, those of which the second holds the first; return the codes of the holding ones."""
    found: set[str] = set()
    lower = context.lower
    for at in range(len(named) - 2, -1, -1):
        here, there = named[at], named[at + 1]
        if not 1 <= there.first - here.last <= 2 or not _BESIDE.issuperset(lower[here.last : there.first]):
            continue
        pairs = [(inner, outer) for inner in here.entries for outer in there.entries if _lies_in(inner, outer)]
        if pairs:
            here.entries = tuple(dict.fromkeys(inner for inner, _ in pairs))
            there.entries = tuple(dict.fromkeys(outer for _, outer in pairs))
            if len(there.entries) == 1 and there.entries[0].code and here.entries[0].level == "district":
                found.add(there.entries[0].code)
        elif (
            here.rule == "gazetteer"
            and lower[here.last] == ","
            and [entry.level for entry in there.entries] == ["district"]
            and all(entry.level == "district" for entry in here.entries)
        ):
            here.entries, here.level = (), "village"  # Sukamaju, Cikijing, Majalengka
    return found


def _lies_in(inner: Entry, outer: Entry) -> bool:
    if not inner.code or not outer.code:
        return False
    if inner.code == outer.code:
        return inner.level == "foreign" and outer.level == "country"
    return inner.code[0].isdigit() and inner.code.startswith(outer.code)


def _chosen(entries: tuple[Entry, ...], decided: set[str]) -> tuple[Entry, ...]:
    """Return the one entry that the article has decided for elsewhere, else all."""
    if len(entries) > 1:
        fitting = tuple(entry for entry in entries if entry.code in decided)
        if len(fitting) > 1:
            fitting = tuple(entry for entry in fitting if entry.level != "district")
        if len(fitting) == 1:
            return fitting
    return entries


def _by_hierarchy(context: Context, named: list[Mention]) -> None:
    """Narrow by the regions around: a regency to the one that holds a district named, a place to the province or regency named."""
    districts = {
        entry.code[:5]
        for mention in named
        if mention.rule == "admin" and mention.level == "district"
        for entry in mention.entries
        if entry.code and entry.level == "district"
    }
    for mention in named:
        if len(mention.entries) > 1 and mention.rule != "admin":
            regions = tuple(entry for entry in mention.entries if entry.level in ("regency", "city"))
            holding = tuple(entry for entry in regions if entry.code in districts)
            if len(holding) == 1:
                mention.entries = holding
    known = _known_regions(context, named)
    provinces = {code[:2] for code in known}
    _by_list(context, named)
    # The provinces that do not hang on an open name itself.
    plain = {
        e.code[:2] for m in named if len({(x.code or "")[:2] for x in m.entries}) == 1 for e in m.entries if e.code and e.code[0].isdigit()
    }
    plain |= {code[:2] for code in context.body_codes}
    for mention in named:
        entries = mention.entries
        if len(entries) > 1 and any(entry.level == "foreign" for entry in entries):
            # Basel: Bangka Selatan only where the article speaks of Bangka
            mention.entries = tuple(
                e for e in entries if e.level == "foreign" or joined(e.name) == mention.key or (e.code or "")[:2] in plain
            )
        elif len(entries) > 1:
            regions = tuple(entry for entry in entries if entry.level in ("regency", "city"))
            if regions and len({entry.code[:2] for entry in regions if entry.code}) > 1:  # Banjar: of two provinces
                near = tuple(entry for entry in regions if entry.code and entry.code[:2] in plain)
                mention.entries = near or entries
            elif all(entry.level == "district" for entry in entries):
                mention.entries = _near(entries, known, provinces) or entries
            elif all(entry.level in ("district", "area") for entry in entries):  # Tebet, where the article speaks of Jakarta Selatan
                here = tuple(entry for entry in entries if entry.level == "district" and entry.code and entry.code[:5] in known)
                mention.entries = here if len(here) == 1 else entries


def _by_list(context: Context, named: list[Mention]) -> None:
    """Take the province, or the city, for a name of both that is listed with one: ``Maluku, Jambi, dan Riau``."""
    for here, there in pairwise(named):
        between = context.lower[here.last : there.first]
        if not 1 <= len(between) <= 2 or between[-1] not in ("dan", "serta", "&"):
            continue
        for one, other in ((here, there), (there, here)):
            levels = {entry.level for entry in one.entries}
            if len(one.entries) > 1 and "province" in levels and len(other.entries) == 1 and other.entries[0].level in ("province", "city"):
                fitting = tuple(entry for entry in one.entries if entry.level == other.entries[0].level)
                one.entries = fitting if len(fitting) == 1 else one.entries


def _known_regions(context: Context, named: list[Mention]) -> set[str]:
    """Return the codes of the Indonesian regions, districts excepted, that the article speaks of."""
    codes = set(context.body_codes)
    for mention in named:
        if mention.sure or mention.rule == "admin":
            codes.update(entry.code for entry in mention.entries if entry.code and entry.code[0].isdigit() and entry.level != "district")
    return codes


def _near(entries: tuple[Entry, ...], known: set[str], provinces: set[str]) -> tuple[Entry, ...]:
    """Return the districts that lie in a regency, else in a province, of the article."""
    inside = tuple(entry for entry in entries if entry.code and entry.code[:5] in known)
    return inside or tuple(entry for entry in entries if entry.code and entry.code[:2] in provinces)


def _by_dateline(context: Context, named: list[Mention]) -> None:
    """Take the city for a dateline's town that is still open, and for the bare name wherever the article has it."""
    mention = context.dateline
    if mention is None or len(mention.entries) < 2:
        return
    cities = tuple(entry for entry in mention.entries if entry.level == "city")
    if len(cities) == 1:
        for other in named:
            if other.key == mention.key and len(other.entries) > 1 and cities[0] in other.entries:
                other.entries = cities


def _open_far_districts(context: Context, named: list[Mention]) -> None:
    """Leave open a district that lies in no region of the article: one far away may have the name of a place that no list holds."""
    known = _known_regions(context, named)
    provinces = {code[:2] for code in known}
    for mention in named:
        entries = mention.entries
        if entries and all(entry.level == "district" for entry in entries) and not _near(entries, known, provinces):
            mention.open = bool(known) or mention.rule != "admin"
