"""The dateline: town and outlet at the head of an article (`JAKARTA, KOMPAS.com -`, `TEMPO.CO, Jakarta -`, `Batam (ANTARA News) -`)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from beritaie import lexicon

_HEAD = 600  # characters at the head in which a dateline can stand
_PARAGRAPHS = 3  # a title and a reporter's name may stand before it
Span = tuple[int, int]


class Dateline(NamedTuple):
    """Spans over the cleaned text; ``town`` None where only the outlet is named, ``end`` where the article itself begins; ``date`` a
    full date beside the town.
    """

    town: Span | None
    outlet: Span | None
    end: int
    date: Span | None = None


@cache
def _patterns() -> tuple[regex.Pattern[str], ...]:
    outlets = "|".join(sorted((regex.escape(row["name"], special_only=True) for row in lexicon.rows("outlets")), key=len, reverse=True))
    domain = r"(?:[\w-]+\.\s?){1,2}(?i:com|co\.\s?id|id|net|co|tv|news|org)\b|[\w-]+\sCO\.ID\b|\bCO(?=,)"
    named = r"\b(?:\p{Lu}[\p{L}\d]+\s){1,2}(?:News|NEWS|Times|TIMES|Post|POST|Online|Daily|TV)\b"
    outlet = rf"(?P<outlet>{domain}|(?i:\b(?:{outlets})\b)(?:\s\p{{Lu}}\w+)?|{named})"
    capitals = r"\p{Lu}{2}[\p{Lu}'’.]*(?:[ /-]\p{Lu}[\p{Lu}'’.]+){0,3}"
    title = r"\p{Lu}\p{Ll}[\p{Ll}'’]+(?:\s\p{Lu}?[\p{Ll}'’]+){0,2}"
    region = r"(?:\s?,\s\p{Lu}[\p{L}'’]+(?:\s\p{Lu}[\p{L}'’]+){0,2})?"
    date = r"(?:\s*,?\s*\(?(?:\p{L}{4,6},?\s)?(?P<date>\d{1,2}[\s/.-](?:\p{L}{3,9}|\d{1,2})[\s/.-]\d{4})\)?)?"
    dash = r"\s*,?\s*(?:-{1,3}|[–—]{1,2}|\|)\s*"
    bar = r"(?:\s*[,|]\s*|\s[lI]\s)"  # a bar is also misread as a letter
    spaced = r"(?:\s+-{1,3}\s*|\s*-{2,3}\s*|\s*[–—]{1,2}\s*)(?=[\p{Lu}\d\"“'‘(])"
    no_dash = r"(?<=\p{Lu}{3})\s+(?=\p{Lu}\p{Ll})|(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll})"
    compiled = (
        # TEMPO.CO, Jakarta -   SURYA.CO.ID | SURABAYA -   Liputan6.com, JakartaTim (a page that lost its dash)
        rf"{outlet}{bar}(?P<town>{capitals}|{title}){region}?(?:{dash}|{no_dash})",
        # JAKARTA, KOMPAS.com -   Batam (ANTARA News) -
        rf"(?P<town>(?:{capitals}|{title}){region})"
        rf"(?:\s*,\s*{outlet}|\s*[(\[]\s*(?:{outlet}|(?P<outlet>\p{{Lu}}[\w. ]{{1,30}}))\s*[)\]]){dash}",
        # BANJARMASIN –
        rf"(?P<town>{capitals}{region}){date}(?:{dash}(?=[\p{{Lu}}\d\"“'‘(]))",
        # Pesawaran, Lampung –
        rf"(?P<town>{title}{region}){date}{spaced}",
        # Merdeka.com -
        rf"{outlet}(?:{dash}|\s*:\s*)(?=[\p{{Lu}}\d\"“'‘(])",
    )
    return tuple(regex.compile(pattern) for pattern in compiled)


def find(text: str) -> Dateline | None:
    """Return the dateline of the cleaned text, or None."""
    head = text[:_HEAD]
    outlet_town, town_outlet, capitals, title, outlet = _patterns()
    start = 0
    for _ in range(_PARAGRAPHS):
        while start < len(head) and head[start] in " \n":
            start += 1
        for pattern in (outlet_town, town_outlet, outlet, capitals, title):
            match = pattern.match(head, start)
            if match and (pattern not in (capitals, title) or _is_town(match, pattern is title)):
                return _dateline(match)
        end = head.find("\n", start)
        # The outlet, the reporter's name or the title may be glued before it.
        match = outlet_town.search(head, start, min(len(head) if end < 0 else end, start + 250))
        if match and head[match.start() - 1 : match.start()] not in ".@/":
            return _dateline(match)
        if end < 0:
            return None
        start = end
    return None


def _dateline(match: regex.Match[str]) -> Dateline:
    groups = match.groupdict()
    return Dateline(
        match.span("town") if groups.get("town") else None,
        match.span("outlet") if groups.get("outlet") else None,
        match.end(),
        match.span("date") if groups.get("date") else None,
    )


def _is_town(match: regex.Match[str], in_title_case: bool) -> bool:
    """Whether the words before a bare dash are a town: a known place, or capitals that are no heading."""
    name = match["town"]
    words = name.split()
    first = words[0].lower().strip(".,")
    if first in lexicon.words("no_towns"):
        return False
    if in_title_case:
        return first not in lexicon.words("openers")
    return True
