"""Mentions of one organization joined, with its usual name and region.

Two mentions are one body when they have one usual name: the short form is expanded by the lexicon (``Pemkot Bandung``: ``Pemerintah Kota
Bandung``) or by the article itself (``Bapenda`` after ``Badan Pendapatan Daerah (Bapenda) Pesisir Barat``), the state's name at the end
does not count (``DPR RI``), nor how the region is written (``Lambar``, ``Lampung Barat``). A body named without its region is the one of
the article that has one, where there is but one; a class name (``Pemkot``) keeps a record of its own, with the usual name of that body.
"""

from __future__ import annotations

import regex

from beritaie.candidates import Candidate
from beritaie.records import Abbreviation, Mention, Organization
from beritaie.tokens import Tokens

_BRACKET = regex.compile(r"\s*\([^()]*\)")
_LONGEST = 24  # words in a name
_FORM_BEFORE = regex.compile(r"^(?:PT|CV|Perum|Perumda|Perusahaan Perseroan PT)\.? ")  # a firm's legal form does not tell it from others
_FORM_AFTER = regex.compile(r"(?: \(?Persero\)?)?(?:,? Tbk\.?)?$")
_STATE = regex.compile(r"(?:[\s-](?:RI|Republik Indonesia|Pusat))$")


class _Body:
    """The mentions of one body as they are gathered."""

    def __init__(self, canonical: str, first: Candidate) -> None:
        self.canonical = canonical
        self.mentions: list[Candidate] = [first]
        self.region_code: str | None = first.data["region_code"]


def link_organizations(tokens: Tokens, candidates: list[Candidate], abbreviations: list[Abbreviation]) -> list[Organization]:
    """Return one ``Organization`` per body of the article, in the order of their first mentions.

    Args:
        tokens: the text.
        candidates: the mentions that stand, in text order.
        abbreviations: the short forms that the article introduces.
    """
    longs = {abbreviation.short: abbreviation.long for abbreviation in abbreviations}
    bodies: dict[tuple[str, bool], _Body] = {}
    for candidate in candidates:
        text = tokens.text[candidate.start : candidate.end]
        canonical = plain_name(candidate.data["canonical"] or longs.get(text) or text)
        key = (_key(canonical, candidate.data["kind"]), candidate.data["generic"])
        body = bodies.get(key)
        if body is None:
            bodies[key] = _Body(canonical, candidate)
        else:
            body.mentions.append(candidate)
            body.region_code = body.region_code or candidate.data["region_code"]
    _complete(bodies)
    return [_record(tokens, f"o{number}", body) for number, body in enumerate(bodies.values(), 1)]


def _key(canonical: str, kind: str) -> str:
    """Return what two mentions of one body have in common."""
    name = _STATE.sub("", canonical)
    if kind == "company":
        name = _FORM_BEFORE.sub("", _FORM_AFTER.sub("", name)) or name
    return name.casefold()


def plain_name(name: str) -> str:
    """Return the name without bracketed short forms and with single spaces."""
    return " ".join(_BRACKET.sub("", name).split())


def _complete(bodies: dict[tuple[str, bool], _Body]) -> None:
    """Give a body named without its region the one body of the article that has the same name and a region."""
    fuller: dict[str, set[tuple[str, bool]]] = {}
    for key, body in bodies.items():
        if body.region_code is not None:
            words = key[0].split()
            for count in range(1, min(len(words), _LONGEST)):
                fuller.setdefault(" ".join(words[:count]), set()).add(key)
    for key in list(bodies):
        name, generic = key
        body = bodies[key]
        if body.region_code is not None or len(fuller.get(name, ())) != 1:
            continue
        (whole_key,) = fuller[name]
        whole = bodies[whole_key]
        if generic:
            body.canonical, body.region_code = whole.canonical, whole.region_code
        else:
            whole.mentions = sorted(whole.mentions + body.mentions, key=lambda mention: mention.start)
            del bodies[key]


def _record(tokens: Tokens, number: str, body: _Body) -> Organization:
    mentions = tuple(Mention(start=c.start, end=c.end, text=tokens.text[c.start : c.end], rule=c.rule) for c in body.mentions)
    first = body.mentions[0]
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
    )
