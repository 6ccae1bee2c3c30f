"""Which names are places, and which regions they are: the evidence of all mentions of a name and of the regions around it, added up."""

from __future__ import annotations

from itertools import pairwise

from beritaie.extractors.places.context import Context, Mention
from beritaie.lexicon.gazetteer import CERTAIN, CLUB, WEAK, WORD, Entry

# A name with ENOUGH evidence is a place; with that of CERTAINLY, one that no list holds is so wherever it stands.
ENOUGH = 0.7
CERTAINLY = 0.9
UNKNOWN = 0.15  # the prior of a name that no list holds
CUES = {"in": 0.55, "to": 0.45, "from": 0.3, "origin": 0.55, "office": 0.6}
LED = -0.4  # an ambiguous name inside a capitalised run

_PRIOR = {CERTAIN: 1.0, WORD: 1.0, WEAK: 0.25, CLUB: 0.2}
_BESIDE = 0.5  # a proven region follows: Piaynemo, Raja Ampat
_LISTED = 0.4  # stands in a list with a proven place
_PARENT = {5: 0.4, 2: 0.2}  # the article names the regency, the province of a district
_SIBLINGS = 0.15  # and three districts of it
_SAME = 0.5  # a short form of a region that the article names
_AGAIN = 0.2  # evidence at a second mention
_SPREAD = frozenset(("admin", "cue", "nature", "dateline", "gazetteer"))  # rules whose names are looked for again
# Which regions an office or a short form of government covers.
_OFFICE_LEVELS = {
    **dict.fromkeys(("bupati", "wabup", "pemkab", "pemerintah kabupaten", "dprd kabupaten", "sekkab"), ("regency",)),
    **dict.fromkeys(
        ("wali kota", "walikota", "pemkot", "pemko", "pemerintah kota", "dprd kota", "wawali", "wako", "polrestabes"), ("city",)
    ),
    **dict.fromkeys(("gubernur", "wagub", "pemprov", "kapolda", "polda", "kejati"), ("province",)),
    **dict.fromkeys(("camat", "kapolsek", "polsek", "danramil", "koramil"), ("district",)),
}


def decide_codes(context: Context) -> None:
    """Give names of several regions the code that class words, offices or the regions around them decide."""
    mentions = context.mentions
    named = {e.code for m in mentions if not m.vetoed and (m.sure or m.rule == "admin") for e in m.entries if e.code}
    decided: dict[str, set[str]] = {}
    for mention in mentions:
        levels = _OFFICE_LEVELS.get(_office(context, mention.first)) if mention.rule == "gazetteer" else None
        fitting = tuple(entry for entry in mention.entries if entry.level in levels) if levels else ()
        if fitting:
            mention.entries = fitting
        elif levels and all(entry.strength == WEAK for entry in mention.entries):
            mention.evidence = min(mention.evidence, -1.0)  # Kapolda Metro is not over the city of Metro
        if (fitting or mention.rule == "admin") and len(mention.entries) == 1 and mention.entries[0].code:
            decided.setdefault(mention.key, set()).add(mention.entries[0].code)
    for mention in mentions:
        if len(mention.entries) > 1:
            mention.entries = _narrowed(mention.entries, decided.get(mention.key, set()), named)


def _office(context: Context, first: int) -> str:
    """Return the office or class word before the token, as the levels of regions go with it."""
    if not first:
        return ""
    word = context.lower[first - 1]
    return f"{context.lower[first - 2]} {word}" if first > 1 and word in ("kota", "kabupaten") else word


def _narrowed(entries: tuple[Entry, ...], decided: set[str], named: set[str]) -> tuple[Entry, ...]:
    if len(decided) == 1:
        return tuple(entry for entry in entries if entry.code in decided) or entries
    regions = tuple(entry for entry in entries if entry.level != "district")
    if regions:
        # A district that the article names lies in the one that is meant.
        holding = tuple(entry for entry in regions if entry.code and any(code[:5] == entry.code and code != entry.code for code in named))
        return holding if len(holding) == 1 else entries
    inside = tuple(entry for entry in entries if entry.code and entry.code[:5] in named)
    return inside or tuple(entry for entry in entries if entry.code and entry.code[:2] in named) or entries


def prove(context: Context) -> dict[str, Mention]:
    """Decide which names are places; return those that the gazetteer alone does not prove, by name."""
    mentions = [mention for mention in context.mentions if not mention.vetoed]
    _add_priors(mentions)
    _link(context, mentions)
    total: dict[str, float] = {}
    for mention in mentions:
        best = total.get(mention.key)
        cued = mention.evidence >= CUES["in"]
        total[mention.key] = mention.evidence if best is None else max(mention.evidence, best) + (_AGAIN if cued else 0.0)
    proven: dict[str, Mention] = {}
    for mention in mentions:
        club = _is_club(mention)
        if not mention.sure and not club and mention.evidence >= 0 and total[mention.key] >= ENOUGH:
            mention.sure = True
        listed = club or any(entry.strength >= WORD for entry in mention.entries)
        enough = total[mention.key] >= CERTAINLY or mention.rule != "cue"
        spreads = mention.rule in _SPREAD or (mention.level == "housing" and not mention.facility and mention.last - mention.first > 2)
        if mention.sure and enough and spreads and len(mention.key) > 2 and not listed:
            proven.setdefault(mention.key, mention)
    return proven


def _is_club(mention: Mention) -> bool:
    return any(entry.strength == CLUB for entry in mention.entries)


def _add_priors(mentions: list[Mention]) -> None:
    """Add what the lists and the other regions of the article say for each name."""
    codes = {e.code for m in mentions if m.sure for e in m.entries if e.code and e.level != "district"}
    codes |= {code[:2] for code in codes if len(code) == 5}
    siblings: dict[str, set[str]] = {}
    for mention in mentions:
        for entry in mention.entries:
            if entry.level == "district" and entry.code and entry.code[:5] in codes:
                siblings.setdefault(entry.code[:5], set()).add(mention.key)
    for mention in mentions:
        if not mention.sure:
            mention.evidence += _prior(mention, codes, siblings)
            mention.sure = mention.evidence >= ENOUGH and not _is_club(mention)


def _prior(mention: Mention, codes: set[str], siblings: dict[str, set[str]]) -> float:
    entries = mention.entries
    prior = max((_PRIOR[e.strength] for e in entries if e.strength <= WEAK), default=_PRIOR[WEAK] if entries else 0.0)
    best = 0.0
    for entry in entries:
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


def _link(context: Context, mentions: list[Mention]) -> None:
    """Let proven places prove their neighbours in lists and comma chains, forwards and backwards."""
    links = context.lists.links
    for forward in (True, False):
        for here, there in pairwise(mentions if forward else mentions[::-1]):
            if there.sure or not here.sure or there.evidence <= 0:
                continue
            left, right = (here, there) if forward else (there, here)
            between = context.lower[left.last : right.first]
            if len(between) <= 2 and links.issuperset(between):
                there.evidence += _LISTED if forward else _BESIDE
                there.sure = there.evidence >= ENOUGH and not _is_club(there)
