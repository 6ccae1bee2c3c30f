"""Names without class word: of the gazetteer, in the English manner (``Wall Street``), and unknown ones behind a word of place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from beritaie.extractors.places.context import LONGEST, PLACE_CUES, VETO, Context, Mention
from beritaie.extractors.places.evidence import CUES, LED, UNKNOWN
from beritaie.lexicon.gazetteer import CLUB, WEAK, WORD, joined
from beritaie.names import FAMILY, FIELD, FUNCTION, GIVEN, SMALL, word_class
from beritaie.tokens import BREAK, DIGIT, UPPER

_MAX_TAILED = 6  # tokens of an English name
_MAX_UNKNOWN = 3  # of a name that no list holds
_MIN_UNKNOWN = 4  # and its letters
# Letters that are a country's only where nothing else fits.
_LETTERS = frozenset(("AS", "RI", "US", "UK"))
_GLUED = re.compile(r"([A-Z][a-z]{3,}|[A-Z]{2})[A-Z][a-z]+")
# Names that are a body's where another name runs up to them: Telkom Indonesia, Liga Champions Asia.
_STATES = frozenset(("continent", "world region", "country", "province", "regency", "city"))
_WIDE = frozenset(("foreign", "world region", "continent", "country", "landmark"))


def read_name(context: Context, at: int) -> int:
    """Read the capitalised name at the token; return the token after it, or after its first token where it is none."""
    end = _read_tailed(context, at)
    if end:
        return end
    if context.tokens.form[at] == "Di":
        return at + 1  # the preposition, not Daerah Istimewa
    found = context.listed(at)
    if found:
        mention = Mention(at, found[0], context.key(at, found[0]), "gazetteer", found[1])
        _weigh(context, mention)
        context.add(mention)
        return found[0]
    form = context.tokens.form[at]
    if "-" in form:
        _read_parts(context, at, form.split("-"))
        return at + 1
    glued = _GLUED.fullmatch(form)
    if glued:
        _read_parts(context, at, [glued[1]])
        return at + 1
    return _read_unknown(context, at) or at + 1


def read_small(context: Context, at: int) -> None:
    """Read a region's name in small letters; all but the country's own need a cue."""
    word, cue = context.lower[at], context.cue(at)
    if word == "indonesia" or (word in context.lists.small and cue in PLACE_CUES):
        mention = Mention(at, at + 1, word, "small", context.known.get(word))
        mention.sure = cue != "not"
        context.add(mention)


def _read_tailed(context: Context, at: int) -> int:
    """Read a run of capitals that closes with an English class word; return the token after it, or 0."""
    lower, capital = context.lower, context.capital
    if at + 1 >= context.size or not (capital[at + 1] or lower[at + 1] in context.lists.joints):
        return 0
    if at and capital[at - 1] and not context.initial(at) and at - 1 not in context.starts:
        return 0
    end = context.run_end(at)
    if not 1 < end - at <= _MAX_TAILED or lower[end - 1] not in context.heads.tails:
        return 0
    if (lower[at] in context.cues.other and lower[at] != "the") or context.cues.before.get(lower[at]) in PLACE_CUES:
        return 0
    if end < context.size and context.flags[end] & DIGIT:
        return 0
    body = context.organizations.get(context.tokens.start[at], 0)
    starts = context.tokens.start
    if body >= context.tokens.end[end - 1] or any(
        context.organizations.get(starts[i], 0) > context.tokens.end[end - 1] for i in range(at, end)
    ):
        return 0  # Peneliti | Center for Rural Policy
    inner = context.listed(at + 1, end) if end > at + 2 else None
    if inner and inner[0] == end:
        return 0  # Baik Wall Street
    mention = Mention(at, end, context.key(at, end), "tail", level="facility", weight=0.55)
    mention.sure, mention.facility = True, bool(body)
    context.add(mention)
    return end


def _read_parts(context: Context, at: int, parts: Iterable[str]) -> None:
    """Read the names in a token such as ``AS-China``, or glued to the next word: ``JakartaTim``."""
    offset = context.tokens.start[at]
    for part in parts:
        entries = context.known.get(part) if part[:1].isupper() else ()
        if entries and entries[0].strength >= WORD and (part.upper() not in _LETTERS or part.isupper()):
            mention = Mention(at, at + 1, joined(part), "gazetteer", entries)
            mention.start, mention.end = offset, offset + len(part)
            mention.sure = context.cue(at) != "not"
            context.add(mention)
        offset += len(part) + 1


def _read_unknown(context: Context, at: int) -> int:
    """Read a name that no list holds behind a word of place; return the token after it, or 0."""
    cue, lower = context.cue(at), context.lower
    if cue not in PLACE_CUES or lower[at] in context.cues.other or lower[at] in context.lists.calendar:
        return 0
    end, run, stop = at + 1, context.run_end(at), min(at + LONGEST, context.size)
    while end < run and not (context.listed(end, stop) and lower[end] not in context.lists.plain):
        end += 1
    while end > at + 1 and lower[end - 1] in context.lists.joints:
        end -= 1
    if not _may_be_place(context, at, end):
        return 0
    mention = Mention(at, end, context.key(at, end), "cue", weight=0.45)
    mention.evidence = UNKNOWN + CUES[cue]
    context.add(mention)
    return end


def _may_be_place(context: Context, at: int, end: int) -> bool:
    """Whether an unknown name has the form of a place's name."""
    flags, starts = context.flags, context.tokens.start
    if end - at > _MAX_UNKNOWN or flags[at] & UPPER or context.tokens.end[end - 1] - starts[at] < _MIN_UNKNOWN:
        return False
    if any(starts[i] in context.organizations or flags[i] & DIGIT for i in range(at, end)):
        return False
    if word_class(context.tokens.form[at], flags[at]) == FUNCTION:
        return False  # Warga Secara Prokes
    if context.lower[at] != "parlemen" and all(SMALL < word_class(context.tokens.form[i], flags[i]) <= FIELD for i in range(at, end)):
        return False  # di Siaran Langsung
    if end < context.size and (flags[end] & DIGIT or context.lower[end] in context.cues.after):
        return False
    single = end - at == 1
    return not (context.headline(at) or (single and (context.ordinary(at) or context.lower[at] in context.heads.first)))


def _weigh(context: Context, mention: Mention) -> None:
    """Judge a name of the gazetteer by what stands beside it."""
    lower, flags = context.lower, context.flags
    first, last = mention.first, mention.last
    single = last - first == 1
    strongest = max(mention.entries, key=lambda entry: entry.strength)
    strength = strongest.strength
    cue = context.cue(first)
    following = lower[last] if last < context.size and not flags[last] & BREAK else ""
    runs_on = bool(following) and context.goes_on(last) and following not in context.lists.calendar and last not in context.starts
    part = following in context.cues.after and runs_on
    wrong_case = single and context.known.is_acronym(mention.key) and not flags[first] & UPPER
    region = cue in PLACE_CUES or cue == "office"
    region = region and any(entry.level in ("regency", "city") for entry in mention.entries)
    word = single and strength == WEAK and _is_word(context, first, region)
    if part or wrong_case or word or _is_other(context, mention, cue, following):
        mention.evidence = VETO
        return
    mention.evidence = CUES.get(cue or "", 0.0)
    led = (
        cue is None
        and context.led(first)
        and not context.follows(first)
        and lower[first - 1] not in context.cues.other
        and not (strength >= WORD and (lower[first - 1] in context.lists.ministers or context.after_body(first)))
        and not any(context.cues.before.get(word) == "office" for word in lower[max(0, first - 4) : first])
    )
    if single and ((strength == WORD and context.initial(first)) or (strength >= WORD and led and (runs_on or strongest.level in _WIDE))):
        strength = WEAK
    if single and strength >= WORD and not cue and _in_person(context, first, strongest.level, led=led, runs_on=runs_on):
        strength = WEAK
    if strength <= WEAK and ((not cue and (led or runs_on)) or (runs_on and context.headline(first))):
        mention.evidence += LED
    if strength == CLUB:
        mention.sure = cue == "in"
        mention.weight = 0.7 if cue == "in" else 0.45
    elif strength >= WORD:
        mention.sure = True
    else:
        mention.weight = 0.5


def _in_person(context: Context, at: int, level: str, *, led: bool, runs_on: bool) -> bool:
    """Whether the name of a foreign town or a sight is part of a person's: ``Paris Jackson``, ``Rocky Gerung``."""
    if level in _STATES:
        return False
    form, flags = context.tokens.form, context.flags
    if led and not runs_on and word_class(form[at - 1], flags[at - 1]) in (GIVEN, FAMILY):
        return True
    return level == "foreign" and runs_on and not context.led(at) and word_class(form[at + 1], flags[at + 1]) in (GIVEN, FAMILY)


def _is_word(context: Context, at: int, region: bool) -> bool:
    """Whether an ambiguous single name is a class word, a month, or a word that the article also writes small.

    ``region``: a word of place or an office stands before a name that is also a region's: ``di Banjar``.
    """
    word = context.lower[at]
    return (
        (word in context.heads.first and not region)
        or word in context.cues.other
        or word in context.lists.calendar
        or (word in context.lists.no_head_after and not region)
        or word in context.small_forms
    )


def _is_other(context: Context, mention: Mention, cue: str | None, following: str) -> bool:
    """Whether the name is part of something else: dolar AS, AS Roma, the suspect AS (35), HUT ke-72 RI."""
    first = mention.first
    if cue == "not" and not context.follows(first):
        return True
    if first and context.lower[first - 1] in context.lists.ranks and mention.entries[0].level not in _STATES:
        return True  # AKBP Danang
    if context.mentions and context.mentions[-1].vetoed and context.mentions[-1].last == first - 1 and context.lower[first - 1] == "(":
        return True  # dolar Amerika Serikat (AS)
    form = context.tokens.form[first]
    if mention.last - first > 1 or form.upper() not in _LETTERS:
        return False
    if form not in _LETTERS or (form == "AS" and following in ("roma", "monaco")) or following == "$":
        return True
    if following == "(" and mention.last + 1 < context.size and context.flags[mention.last + 1] & DIGIT:
        return True
    return form == "RI" and any("ke-" in word for word in context.lower[max(0, first - 2) : first])
