"""What stands around a token, and the mentions found so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from beritaie.candidates import Candidate
from beritaie.extractors.places.words import cues, heads, lists
from beritaie.lexicon.gazetteer import WORD, Entry, gazetteer, joined
from beritaie.tokens import BREAK, CAPITAL, DIGIT, PUNCT, Tokens

LONGEST = 8  # tokens of a name
PLACE_CUES = frozenset(("in", "to", "from", "origin"))
VETO = -9.0  # the evidence of a name that is something else

_AROUND = 10  # tokens looked at on each side for a headline
_OPENING = frozenset("\"'“‘”«([—–-•*:")
# Nouns of action: Kepolisian, Pengungsian.
_ABSTRACT = re.compile(r"(?:ke|pe[mnr]?|peng)[a-z]{3,}an|\w+nya")


class Mention:
    """A name that may be a place: tokens ``first`` to ``last``, half open.

    ``key``: the name without class word, as looked up; ``entries``: the places of the lists it may be; ``evidence``: what speaks for it
    so far; ``sure``: it is a place; ``open``: the text does not tell which of its entries it is;
    ``governed``: an office over it or its class word stands before it.
    """

    __slots__ = (
        "end",
        "entries",
        "evidence",
        "facility",
        "first",
        "governed",
        "key",
        "last",
        "level",
        "open",
        "rule",
        "start",
        "sure",
        "weight",
    )

    def __init__(
        self, first: int, last: int, key: str, rule: str, entries: tuple[Entry, ...] = (), *, level: str | None = None, weight: float = 0.6
    ) -> None:
        self.first = first
        self.last = last
        self.key = key
        self.rule = rule
        self.entries = entries
        self.level = level
        self.weight = weight
        self.evidence = 0.0
        self.sure = False
        self.facility = False
        self.open = False
        self.governed = False
        self.start = self.end = -1  # offsets, where the name is but a part of a token

    @property
    def vetoed(self) -> bool:
        """Whether the name was found to be something else."""
        return self.evidence <= VETO / 2


class Context:
    """The tokens of an article with the questions that reading places asks of them."""

    def __init__(self, tokens: Tokens, names: Iterable[Candidate]) -> None:
        self.tokens = tokens
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.capital = [flag & CAPITAL for flag in tokens.flags]
        self.size = len(tokens.lower)
        self.starts = set(tokens.sentence_starts)
        self.organizations = {c.start: c.end for c in names if c.kind == "organization"}
        self.bodies_end = set(self.organizations.values())
        self.heads = heads()
        self.cues = cues()
        self.lists = lists()
        self.known = gazetteer()
        self.mentions: list[Mention] = []
        self.dateline: Mention | None = None
        # The regions that the article's bodies belong to.
        self.body_codes = {c.data["region_code"] for c in names if c.kind == "organization" and c.data["region_code"]}

    @cached_property
    def small_forms(self) -> set[str]:
        """The words that the article writes in small letters: a single name among them is an ordinary word."""
        return set(self.tokens.form)

    def key(self, first: int, last: int) -> str:
        """Return the tokens as a name is looked up."""
        return "".join(map(joined, self.lower[first:last]))

    def listed(self, at: int, stop: int | None = None) -> tuple[int, tuple[Entry, ...]] | None:
        """Return (token after it, places) of the longest listed name at the token, or None."""
        return self.known.longest(self.lower, self.capital, at, min(at + LONGEST, self.size) if stop is None else stop)

    def region(self, at: int) -> tuple[int, tuple[Entry, ...]] | None:
        """As ``listed``, but only a name that is a place by itself."""
        found = self.listed(at)
        return found if found and found[1][0].strength >= WORD else None

    def goes_on(self, at: int) -> bool:
        """Whether the token is a capitalised word of the same line."""
        return at < self.size and bool(self.capital[at]) and not self.flags[at] & (BREAK | PUNCT)

    def run_end(self, at: int) -> int:
        """Return the token after the capitalised run that starts at ``at``."""
        lower, flags, capital = self.lower, self.flags, self.capital
        end, stop = at + 1, min(at + LONGEST, self.size)
        while end < stop and not flags[end] & BREAK:
            if capital[end] and lower[end] not in self.lists.calendar:
                end += 1
            elif lower[end] in self.lists.joints and end + 1 < stop and capital[end + 1] and not flags[end + 1] & BREAK:
                end += 2
            else:
                break
        return end

    def initial(self, at: int) -> bool:
        """Whether a word may have its capital from standing first in a sentence, quote or bracket."""
        return at in self.starts or self.lower[at - 1] in _OPENING or bool(self.flags[at] & BREAK)

    def led(self, at: int) -> bool:
        """Whether a capitalised word stands right before the token that owes its capital to being a name."""
        before = at - 1
        return (
            before >= 0
            and bool(self.capital[before])
            and not self.flags[before] & PUNCT
            and not self.initial(at)
            and not self.initial(before)
            and self.lower[before] not in self.lists.calendar
        )

    def follows(self, at: int) -> bool:
        """Whether the mention before ends at the token: Hotel Mulia | Jakarta."""
        if not self.mentions or self.mentions[-1].last != at:
            return False
        before = self.mentions[-1]
        return before.sure or before.evidence >= 0  # not the person's name in Bruno Guimaraes

    def after_body(self, at: int) -> bool:
        """Whether the name of a body, which does not hold the token, ends before it: Hamas | Palestina."""
        return self.tokens.end[at - 1] in self.bodies_end if at else False

    def cue(self, at: int) -> str | None:
        """Return the cue before the token."""
        if not at or at in self.starts:
            return None
        lower = self.lower
        cue = self.cues.before.get(f"{lower[at - 2]} {lower[at - 1]}") if at > 1 else None
        cue = cue or self.cues.before.get(lower[at - 1])
        if cue in PLACE_CUES and self.capital[at - 1] and not self.initial(at - 1) and lower[at - 1] not in self.lists.dwellers:
            return None  # Jakarta Barat, Fabio Di Giannantonio
        return cue

    def headline(self, at: int) -> bool:
        """Whether every longer word around the token has a capital, so that a capital says nothing."""
        start, stop = self.tokens.sentence(at)
        words = range(max(start, at - _AROUND), min(stop, at + _AROUND))
        long = [i for i in words if len(self.lower[i]) > 4 and not self.flags[i] & (PUNCT | DIGIT)]
        return len(long) > 5 and all(self.capital[i] for i in long)

    def ordinary(self, at: int) -> bool:
        """Whether a single capitalised word is an ordinary word after all."""
        word = self.lower[at]
        return word in self.small_forms or _ABSTRACT.fullmatch(word) is not None

    def add(self, mention: Mention) -> None:
        """Keep a mention."""
        self.mentions.append(mention)
