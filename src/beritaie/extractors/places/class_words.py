"""Class words with their names: ``Desa Ciwaru``, ``Jalan Jenderal Sudirman``, ``gedung DPR``, ``Auditorium Pemko Bandung``."""

from __future__ import annotations

import re

from beritaie.extractors.places.context import LONGEST, Context, Mention
from beritaie.extractors.places.evidence import CUES
from beritaie.lexicon.gazetteer import CERTAIN, Entry
from beritaie.tokens import BREAK, DIGIT, PUNCT, UPPER

_REGIONS = ("province", "regency", "city", "district")
_WIDE = ("country", "continent", "world region")
_VERBAL = re.compile(r"(?:di|me|ter|ber)[a-z]{4}")
_UNLISTED = 0.3  # evidence that a class word gives a region that no list holds
_IN_HEADLINE = 2  # tokens of a name where every word has a capital
_WIDER = frozenset(("kecamatan", "kabupaten", "provinsi"))  # Desa Tanjung | Kecamatan Saronggi
_MONEY = frozenset(("rp", "usd"))


def read_class_word(context: Context, at: int) -> int:
    """Read the class word at the token and its name; return the token after them, or 0 where there is no place."""
    lower, capital = context.lower, context.capital
    found = context.heads.phrases.longest(lower, at)
    if not found:
        return 0
    name, (group, level, needs_capital) = found
    is_capital = bool(capital[at])
    if (needs_capital and not is_capital) or name >= context.size:
        return 0
    word = " ".join(lower[at:name])
    if lower[name] == "." and name + 1 < context.size and lower[name - 1] in context.lists.shortened:
        name += 1
    elif lower[name] == "(" and name + 3 < context.size and lower[name + 2] == ")":
        name += 3  # Rumah Tahanan (Rutan) Mako Brimob
    if not _may_begin_name(context, name, numbered=group == "road" and is_capital) or _belongs_elsewhere(
        context, at, name, word, group, level
    ):
        return 0
    if group != "admin" and not is_capital and _is_person_or_unit(context, name) and not _listed_end(context, at):
        return 0
    if group == "admin":
        return _read_region(context, at, name, level)
    if not is_capital and group in ("facility", "park"):
        wide = context.listed(name)
        if wide and wide[1][0].level in _WIDE:
            return 0  # markas Jepang, pasar Asia
    end, holds_body = _facility_end(context, at, name) if group == "facility" else (0, False)
    end = end or _own_end(context, at, name, group, level)
    if end <= name:
        return 0
    acting = word in context.lists.acting
    strong = acting or context.tokens.start[at] in context.organizations
    mention = _add(context, at, name, end, group, level, 0.95 if strong else 0.75 if group == "facility" else 0.8)
    mention.facility = holds_body
    return end


def _may_begin_name(context: Context, name: int, *, numbered: bool) -> bool:
    flags, word = context.flags[name], context.lower[name]
    if flags & (BREAK | PUNCT) or word in context.lists.calendar or word in context.lists.no_name or word in _MONEY:
        return False
    if flags & DIGIT:
        return numbered and not context.capital[name]
    return bool(context.capital[name])


def _belongs_elsewhere(context: Context, at: int, name: int, word: str, group: str, level: str) -> bool:
    """Whether the class word is part of an office (Kepala Desa), of a longer name (Dana Desa), or of a body that acts (Mabes Polri)."""
    previous = context.lower[at - 1] if at else ""
    if level == "city" and context.capital[at] and context.follows(at) and _after_police(context, context.mentions[-1].first):
        return True  # Kapolresta Malang Kota Kombes Budi
    if (level == "hamlet" or group == "facility") and context.capital[at] and context.cues.before.get(previous) == "office":
        return True  # Bupati Banjar, Kabid Perkebunan Sumarlin
    if group == "facility" and previous in context.lists.occupations and context.capital[at]:
        return True  # Analis Pasar Lukman Leong
    if group == "nature" and not context.capital[at] and context.tokens.start[name] in context.organizations:
        return True  # puncak BUMN
    before, lists = context.cues.before, context.lists
    if before.get(f"{previous} {word}") == "office" or before.get(word) == "office" or previous in lists.no_head_after:
        return True
    if (
        group != "road"
        and context.capital[at]
        and context.led(at)
        and previous not in lists.within
        and before.get(previous) != "office"
        and not context.follows(at)
        # A region may follow without comma: Desa Ciwaru Kecamatan Ciemas, Asisten Bidang Pemerintahan Kota Bandung.
        and not (level in _REGIONS and _is_region(context, name, level))
    ):
        return True
    if word in lists.acting:
        return not (context.cue(at) in ("in", "to") or previous == "dari" or previous in lists.within)
    body = context.organizations.get(context.tokens.start[at], 0)
    return group != "admin" and body >= context.tokens.end[name]  # a body of the same name, not of the class word's letters (TPI)


def _after_police(context: Context, at: int) -> bool:
    return at > 0 and "polres" in context.lower[at - 1]


def _is_region(context: Context, name: int, level: str) -> bool:
    found = context.listed(name)
    return found is not None and any(_fits(entry, level) for entry in found[1])


def _is_person_or_unit(context: Context, name: int) -> bool:
    """Whether what follows a small class word tells who is there, not its name: kantor Menteri."""
    if context.flags[name] & UPPER or context.tokens.start[name] in context.organizations:
        return False
    return context.lower[name] in context.cues.other


def _read_region(context: Context, at: int, name: int, level: str) -> int:
    """Read the name behind an administrative class word."""
    end = 0
    follows = context.heads.phrases.longest(context.lower, name) if context.lower[name] in context.heads.first else None
    if follows and follows[1].group == "admin" and not context.capital[at] and context.goes_on(follows[0]):
        return 0  # enam kecamatan | Kabupaten Blitar
    if (
        level in ("city", "regency")
        and not context.capital[at]
        and any(e.level == "province" for e in context.known.get(context.lower[name]))
    ):
        return 0  # 38 kabupaten/kota Jatim
    if level not in ("village", "hamlet"):  # their names are often others' too: Desa Kota Lekat Mudik
        found = context.listed(name)
        if found and (level != "district" or _is_region(context, name, level)):
            end = found[0]
    end = max(end or min(_name_end(context, name, "admin", level), name + 4), _listed_end(context, at))
    listed = context.known.get(context.key(at, end)) or context.known.get(context.key(name, end))
    letters = end == name + 1 and context.flags[name] & UPPER and len(context.lower[name]) <= 4
    if end <= name or (not listed and (letters or level == "country")):
        return 0
    mention = _add(context, at, name, end, "admin", level, 0.8)
    if not listed and level in _REGIONS and level != "district":  # all regions are listed, but not those abroad
        mention.sure = False
        mention.evidence = -1.0 if context.ordinary(name) else _UNLISTED + CUES.get(context.cue(at) or "", 0.0)
    return end


def _facility_end(context: Context, at: int, name: int) -> tuple[int, bool]:
    """Return (the token after a facility that an organization names, whether there is one)."""
    starts, bodies = context.tokens.start, context.organizations
    body = bodies.get(starts[name])
    if body:
        return context.tokens.at(body - 1) + 1, True
    end = _own_end(context, at, name, "facility", "")
    held = [bodies[start] for start in starts[name:end] if start in bodies]
    return (max(end, context.tokens.at(max(held) - 1) + 1), True) if held else (end, False)


def _own_end(context: Context, at: int, name: int, group: str, level: str) -> int:
    """Return the token after the name: a listed one, one with a class word of its own (Pantai Geopark Ciletuh), or a run of capitals."""
    listed = _listed_end(context, at)
    if listed and not (group == "road" and listed + 1 < context.size and context.lower[listed] == "-" and context.capital[listed + 1]):
        return listed
    nested = context.heads.phrases.longest(context.lower, name) if context.lower[name] in context.heads.first else None
    if nested and context.goes_on(nested[0]):
        if not context.capital[at]:
            return 0  # puncak Gunung Merapi
        return _listed_end(context, name) or _name_end(context, nested[0], group, level)
    return _name_end(context, name, group, level)


def _listed_end(context: Context, at: int) -> int:
    """Return the token after the listed name that begins with its class word (Kota Kembang, Gunung Agung), or 0.

    A common one takes the region after it: Balai Kota DKI Jakarta.
    """
    found = context.region(at)
    common = found is not None and found[1][0].level == "common"
    if not found or (found[0] == at + 1 and not common):
        return 0
    region = context.region(found[0]) if common and context.goes_on(found[0]) else None
    return region[0] if region else found[0]


def _name_end(context: Context, name: int, group: str, level: str) -> int:
    """Return the token after the run of capitals that starts at ``name``, without the region or the next place behind it."""
    lower, flags, capital, lists = context.lower, context.flags, context.capital, context.lists
    stop = min(name + LONGEST, context.size)
    known = context.listed(name, stop)
    # ``plain``: nothing yet that tells this place from others, so that a region still belongs to it (Masjid Raya Bandung).
    end, plain = (known[0], False) if known and known[0] > name + 1 else (name, True)
    while end < stop:
        word = lower[end]
        if end > name:
            if flags[end] & BREAK:
                break
            if end + 1 < stop and capital[end + 1] and not flags[end + 1] & BREAK:
                if word in lists.joints and not (word == "-" and level == "junction"):
                    end, plain = end + 2, plain and len(lower[end + 1]) == 1  # Lapas Kelas II-B Tulungagung
                    continue
                if word == "." and len(lower[end - 1]) <= 2 and group == "road":
                    end += 1
                    continue
        if flags[end] & DIGIT:
            if end + 1 < stop and lower[end + 1] in lists.calendar and capital[end + 1]:  # Gelora 10 November
                end, plain = end + 2, False
            elif word.isdigit() and len(word) <= 3 and (group == "road" or (group in ("facility", "nature") and end > name)):
                end += 1
            else:
                break
            continue
        if not capital[end] or flags[end] & PUNCT or word in lists.calendar or (end > name and word in lists.numbering):
            break
        if end > name and word in lists.breakers:
            break
        if end > name and (_VERBAL.match(word) or (end == name + _IN_HEADLINE and group != "road")) and context.headline(end):
            break
        if end > name and (not plain or word in _WIDER) and _begins_another(context, end, level):
            break
        plain = word in context.heads.first or (plain and word in lists.plain)
        end += 1
    while end > name and ((lower[end - 1] in lists.joints and not capital[end - 1]) or flags[end - 1] & PUNCT):
        end -= 1
    return end


def _begins_another(context: Context, at: int, level: str) -> bool:
    """Whether another place begins at the token: a class word with its name, or a region."""
    head = context.heads.phrases.longest(context.lower, at) if context.lower[at] in context.heads.first else None
    if head and (head[1].group in ("admin", "road") or head[0] > at + 1) and head[0] < context.size and context.capital[head[0]]:
        return True
    known = context.listed(at)
    if known is not None and level in ("village", "hamlet") and known[1][0].level not in _REGIONS:
        return False  # Grumbul Karang Batur
    return known is not None and known[1][0].strength == CERTAIN and known[1][0].level not in ("landmark", "mountain", "water", "island")


def _add(context: Context, at: int, name: int, end: int, rule: str, level: str, weight: float) -> Mention:
    # A street or building is not the place that it is named after; a region or mountain is, with and without its class word.
    own = rule in ("road", "facility", "park") and level != "housing"
    whole, bare = context.key(at, end), context.key(name, end)
    mention = Mention(at, end, whole if own else bare, rule, level=level, weight=weight)
    mention.evidence, mention.sure = 1.0, True
    # A listed name that begins with its class word (Kota Kembang) before one without it (Kabupaten Garut).
    listed = context.known.get(whole)
    if level in ("village", "hamlet"):
        listed = tuple(entry for entry in listed if entry.level != "district")  # Kampung Rakyat is a district, but that is not meant here
    alone = own or level in ("village", "hamlet")
    mention.entries = listed or (() if alone else tuple(entry for entry in context.known.get(bare) if _fits(entry, level)))
    context.add(mention)
    return mention


def _fits(entry: Entry, level: str) -> bool:
    """Whether a class word of this level may stand before the place."""
    if level in _REGIONS:
        return entry.level == level or (level == "city" and entry.level in ("foreign", "area"))
    return entry.level not in _REGIONS or level in ("island", "country")
