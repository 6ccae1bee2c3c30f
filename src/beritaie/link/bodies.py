"""Mentions of one organization or place joined."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.records import Abbreviation, Mention, Organization, Place
from beritaie.tokens import Tokens


def _grouped(tokens: Tokens, candidates: list[Candidate]) -> dict[str, list[Candidate]]:
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(tokens.text[candidate.start : candidate.end].casefold(), []).append(candidate)
    return groups


def _mentions(tokens: Tokens, group: list[Candidate]) -> tuple[Mention, ...]:
    return tuple(Mention(start=c.start, end=c.end, text=tokens.text[c.start : c.end], rule=c.rule) for c in group)


def link_organizations(tokens: Tokens, candidates: list[Candidate], abbreviations: list[Abbreviation]) -> list[Organization]:
    """Return one ``Organization`` per body of the article."""
    found = []
    for number, group in enumerate(_grouped(tokens, candidates).values(), 1):
        first = group[0]
        mentions = _mentions(tokens, group)
        found.append(Organization(id=f"o{number}", name=mentions[0].text, mentions=mentions, rule=first.rule, **first.data))
    return found


def link_places(tokens: Tokens, candidates: list[Candidate]) -> list[Place]:
    """Return one ``Place`` per place of the article, named by its longest mention.

    Mentions are one place when they have one region or country (``Jabar``, ``Jawa Barat``), else when they have one name, with or
    without class word (``Desa Ciwaru``, ``Ciwaru``).
    """
    groups: dict[tuple[str | None, str], list[Candidate]] = {}
    for candidate in candidates:
        data = candidate.data
        known = data["code"] and (data["level"] == "country" or data["code"][0].isdigit())
        groups.setdefault((data["code"], "") if known else (None, data["canonical"] or data["key"]), []).append(candidate)
    found = []
    for number, group in enumerate(groups.values(), 1):
        first = group[0]
        mentions = _mentions(tokens, group)
        known = {field: first.data[field] for field in ("canonical", "code", "level", "candidates")}
        name = max((mention.text for mention in mentions), key=len)
        found.append(Place(id=f"l{number}", name=name, mentions=mentions, rule=first.rule, **known))
    return found
