"""The other mentions of names that the article has proven to be places."""

from __future__ import annotations

from beritaie.extractors.places.context import LONGEST, Context, Mention
from beritaie.lexicon.gazetteer import WEAK, Entry, Gazetteer
from beritaie.tokens import PUNCT

_OFTEN = 3  # mentions without any word of place beside them, for each with one, that speak against a name that no list holds


def read_later(context: Context, proven: dict[str, Mention]) -> None:
    """Add the mentions; or take the name back where they tell that it is something else."""
    found = _mentions(context, proven)
    for key, mentions in found.items():
        source = proven[key]
        if source.rule == "cue" and _is_something_else(context, key, mentions):
            for mention in context.mentions:
                if mention.rule == "cue" and mention.key == key:
                    mention.sure = False
            continue
        for mention in mentions:
            mention.sure = True
            context.add(mention)


def _mentions(context: Context, proven: dict[str, Mention]) -> dict[str, list[Mention]]:
    names = Gazetteer()
    for key, mention in proven.items():
        name = mention.first
        while name < mention.last and context.key(name, mention.last) != key:
            name += 1
        names.add(" ".join(context.lower[name : mention.last]), Entry(key, mention.level or "", None, WEAK))
    taken = [False] * context.size
    for mention in context.mentions:
        if mention.sure or mention.vetoed:
            taken[mention.first : mention.last] = [True] * (mention.last - mention.first)
    listed = {mention.first: mention for mention in context.mentions if mention.sure and mention.rule == "gazetteer"}
    found: dict[str, list[Mention]] = {}
    next_at = 0
    for at in [i for i, capital in enumerate(context.capital) if capital]:
        if at < next_at or (taken[at] and at not in listed):
            continue
        hit = names.longest(context.lower, context.capital, at, min(at + LONGEST, context.size))
        if not hit:
            continue
        next_at, entries = hit
        shorter = listed.get(at)
        if shorter and shorter.last < next_at and not any(taken[shorter.last : next_at]):
            shorter.last, shorter.key, shorter.entries = next_at, entries[0].name, ()  # Purwodadi Dalam, not Purwodadi
            continue
        cue = context.cue(at)
        if any(taken[at:next_at]) or cue == "not" or (cue is None and _in_run(context, at, next_at)):
            continue
        source = proven[entries[0].name]
        mention = Mention(at, next_at, source.key, "again", source.entries, level=source.level, weight=0.45)
        found.setdefault(source.key, []).append(mention)
    return found


def _is_something_else(context: Context, key: str, later: list[Mention]) -> bool:
    """Whether the mentions of a name that only cues prove speak against it: platform Mbizmarket."""
    cued = [mention for mention in context.mentions if mention.key == key and mention.rule == "cue"]
    if any(_told_apart(context, mention.first) for mention in (*cued, *later)):
        return True
    return len(later) >= _OFTEN * max(1, len(cued))


def _told_apart(context: Context, at: int) -> bool:
    return at > 0 and context.lower[at - 1] in context.cues.against and at not in context.starts


def _in_run(context: Context, at: int, end: int) -> bool:
    """Whether the words stand inside a longer capitalised name."""
    flags, capital = context.flags, context.capital
    if at and not context.initial(at) and capital[at - 1] and not flags[at - 1] & PUNCT and at - 1 not in context.starts:
        return True
    return context.goes_on(end) and context.lower[end] not in context.lists.calendar
