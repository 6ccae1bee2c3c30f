"""Which names are places: the evidence of all mentions of a name and of the regions around it, added up."""

from __future__ import annotations

from itertools import pairwise

from beritaie.extractors.places.context import Context, Mention
from beritaie.lexicon.gazetteer import CERTAIN, CLUB, WEAK, WORD

# A name with ENOUGH evidence is a place; with that of CERTAINLY, one that no list holds is so wherever it stands.
ENOUGH = 0.7
CERTAINLY = 0.9
UNKNOWN = 0.15  # the prior of a name that no list holds
CUES = {"in": 0.55, "to": 0.45, "from": 0.3, "origin": 0.55, "office": 0.6}
LED = -0.4  # an ambiguous name inside a capitalised run

_PRIOR = {CERTAIN: 1.0, WORD: 1.0, WEAK: 0.25, CLUB: 0.2}
_BESIDE = 0.5  # a proven region follows: Piaynemo, Raja Ampat
_LISTED = 0.4  # stands in a list with a proven place
_HOLDS = 0.3  # and is the region that the other lies in: di Jati, Kudus
_PARENT = {5: 0.4, 2: 0.2}  # the article names the regency, the province of a district
_WORDS = 0.1  # where its name has several words: Pontianak Barat
_SIBLINGS = 0.15  # and three districts of it
_SAME = 0.5  # a short form of a region that the article names
_AGAIN = 0.2  # evidence at a second mention
_SPREAD = frozenset(("admin", "cue", "nature", "dateline", "gazetteer"))  # rules whose names are looked for again


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
            best = max(
                best,
                _PARENT[5] + (_WORDS if mention.last - mention.first > 1 else 0.0) + (_SIBLINGS if len(siblings[code[:5]]) >= 3 else 0.0),
            )
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
                if any(a.code[:5] == b.code for a in left.entries if a.level == "district" and a.code for b in right.entries):
                    there.evidence += _HOLDS
                there.sure = there.evidence >= ENOUGH and not _is_club(there)
