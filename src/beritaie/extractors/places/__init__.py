"""Places: regions by the official list, countries and cities, and class words with a name.

Two readings of the tokens. The first finds every name that the gazetteer knows, every class word with its name (``Desa Ciwaru``,
``Gedung KPK``) and every unknown capitalised name behind a word of place (``di Piaynemo``), each with the evidence beside it. Then the
evidence of all mentions of a name, and of the regions around it, decides whether the article speaks of a place; mentions of names
proven so are found in a second reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.extractors.places.class_words import read_class_word
from beritaie.extractors.places.context import Context, Mention
from beritaie.extractors.places.evidence import prove
from beritaie.extractors.places.later import read_later
from beritaie.extractors.places.names import read_name, read_small
from beritaie.extractors.places.regions import decide_codes
from beritaie.lexicon.gazetteer import official_name
from beritaie.tokens import CAPITAL, DIGIT, Tokens

_DATELINE_WITHIN = 300  # code points
_REGIONS = frozenset(("province", "regency", "city"))


def find(tokens: Tokens, article: Article, names: Iterable[Candidate] = ()) -> list[Candidate]:
    """Return candidates of kind ``place``.

    Args:
        tokens: the tokens of the cleaned text.
        article: its ``dateline`` is a place.
        names: candidates found before; organizations among them tell how far the name of a facility goes (``Gedung DPRD Kota Bandung``).

    ``data`` is a ``dict`` with ``canonical, code, level, candidates`` of ``records.Place``, ``key`` (the name without class word, as
    mentions of one place share it), ``office`` (whether an office over the region stands before it), ``dateline`` and, where the place is
    named by an organization that is a record of its own, ``facility=True``.
    """
    context = Context(tokens, names)
    _read(context)
    _read_dateline(context, article.dateline)
    decide_codes(context)
    proven = prove(context)
    if proven:
        read_later(context, proven)
    return [_candidate(context, mention) for mention in context.mentions if mention.sure]


def _read(context: Context) -> None:
    lower, flags, first_words = context.lower, context.flags, context.heads.first
    triggers = context.heads.small | context.lists.small
    next_at = 0
    for at in [i for i, (word, flag) in enumerate(zip(lower, flags, strict=True)) if flag & CAPITAL or word in triggers]:
        if at < next_at:
            continue
        if lower[at] in first_words:
            next_at = read_class_word(context, at)
            if next_at:
                continue
        if not flags[at] & CAPITAL:
            read_small(context, at)
        elif not flags[at] & DIGIT:
            next_at = read_name(context, at)


def _read_dateline(context: Context, dateline: str | None) -> None:
    """Make the dateline's town a place."""
    tokens = context.tokens
    if not dateline:
        return
    offset = tokens.text.find(dateline, 0, _DATELINE_WITHIN)
    while offset >= 0:
        first, last = tokens.at(offset), tokens.at(offset + len(dateline) - 1) + 1
        if tokens.start[first] == offset and tokens.end[last - 1] == offset + len(dateline):
            break
        offset = tokens.text.find(dateline, offset + 1, _DATELINE_WITHIN)  # not the town in RADARBANDUNG.ID
    else:
        return
    for mention in context.mentions:
        if mention.first >= last:
            break
        if first < mention.last:
            mention.evidence = max(mention.evidence, 0.0) + 1.0
            mention.sure = True
            context.dateline = mention
            return
    mention = Mention(first, last, context.key(first, last), "dateline", weight=0.8)
    mention.evidence, mention.sure = 1.0, True
    context.dateline = mention
    context.add(mention)
    context.mentions.sort(key=lambda m: m.first)


def _candidate(context: Context, mention: Mention) -> Candidate:
    tokens = context.tokens
    entries = mention.entries
    data: dict[str, Any] = {"key": mention.key, "canonical": None, "code": None, "level": mention.level, "candidates": ()}
    data |= {"office": mention.governed, "dateline": mention is context.dateline}
    if entries:
        strongest = max(entry.strength for entry in entries)
        regions = [entry for entry in entries if entry.level != "district"]
        options = [entry for entry in regions or entries if entry.strength == strongest or entry.level in _REGIONS]
        codes = tuple(dict.fromkeys(entry.code for entry in options if entry.code))
        if len(codes) <= 1 and not mention.open:
            level = "building" if options[0].level == "common" else options[0].level
            data |= {"canonical": official_name(options[0]), "code": options[0].code, "level": level}
        else:
            levels = {entry.level for entry in options}
            data |= {"level": mention.level if mention.level in levels else None, "candidates": codes}
    if mention.facility:
        data["facility"] = True
    return Candidate(
        kind="place",
        start=tokens.start[mention.first] if mention.start < 0 else mention.start,
        end=tokens.end[mention.last - 1] if mention.end < 0 else mention.end,
        rule=f"place:{mention.rule}",
        weight=mention.weight,
        data=data,
    )
