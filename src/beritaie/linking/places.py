"""Mentions of one place joined."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.records import Mention, Place
from beritaie.tokens import Tokens


def _mentions(tokens: Tokens, group: list[Candidate]) -> tuple[Mention, ...]:
    return tuple(Mention(start=c.start, end=c.end, text=tokens.text[c.start : c.end], rule=c.rule, score=c.score) for c in group)


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
        score = max((c.score for c in group if c.score is not None), default=None)
        found.append(Place(id=f"l{number}", name=name, mentions=mentions, rule=first.rule, score=score, **known))
    return found
