"""What stands at a token: the end of an office, a name, another office, a short form in brackets, words of a field."""

from __future__ import annotations

from collections.abc import Sequence

from beritaie.candidates import Candidate
from beritaie.extractors.positions.heads import (
    CHIEFS,
    leads,
    long_forms,
    offices,
    units,
    words,
)
from beritaie.names import (
    FIELD,
    FUNCTION,
    NOUN,
    NameSense,
    field_words,
    small_word_class,
)
from beritaie.tokens import BREAK, CAPITAL, LOWER, UPPER, Tokens


class Words:
    """The words of one article, as the grammar of offices asks for them."""

    def __init__(self, tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> None:
        self.tokens = tokens
        self.sense = sense
        self.size = len(tokens)
        self.organizations: dict[int, int] = {}
        self.places: dict[int, int] = {}
        self.place_ends: set[int] = set()  # last tokens of places
        self.values: set[int] = set()
        self.passed = 0  # end of the last head that is part of some other name
        self.short_forms: dict[str, str] = {}
        self.long_forms: dict[int, int] = {}  # first token of a long form whose short one follows in brackets -> its end
        self.inside: dict[int, int] = {}  # tokens within an organization's name, its first excepted -> its end
        for c in names:
            if c.kind in ("organization", "place"):
                first, last = tokens.at(c.start), tokens.at(c.end - 1)
                ends = self.organizations if c.kind == "organization" else self.places
                if (c.kind == "place" and c.data and c.data.get("facility")) or sense.doubtful(c):
                    continue
                ends[first] = max(ends.get(first, 0), last + 1)
                if c.kind == "place":
                    self.place_ends.add(last)
                if c.kind == "organization":
                    self.inside.update(dict.fromkeys(range(first + 1, last + 1), last + 1))
            elif c.kind == "abbreviation":
                self.short_forms[c.data["short"].lower()] = c.data["long"]
                self._long_form(c)
            elif c.kind in ("money", "time"):
                self.values.update(range(tokens.at(c.start), tokens.at(c.end - 1) + 1))

    def _long_form(self, short: Candidate) -> None:
        """Note where the long form before a bracketed short one begins: the whole of it is one name."""
        text, long = self.tokens.text, short.data["long"]
        end = len(text[max(0, short.start - 4) : short.start].rstrip(" (")) + max(0, short.start - 4)
        begin = end - len(long)
        if begin >= 0 and end < short.start and text.startswith(long, begin):
            self.long_forms[self.tokens.at(begin)] = self.tokens.at(end - 1) + 1

    # What stands at a token

    def stops(self, at: int) -> bool:
        """Whether the office must end before token ``at``."""
        return at >= self.size or bool(self.tokens.flags[at] & BREAK) or at in self.values

    def name_at(self, at: int) -> bool:
        """Whether a person begins at token ``at``: a name, or a rank or honorific before one."""
        if at in self.organizations or at in self.places:
            return at in self.sense.model_people
        if self.sense.name_starts(at):
            return True
        return (
            self.tokens.lower[at] in leads()
            and bool(self.tokens.flags[at] & CAPITAL or self.tokens.lower[at][-1] == ".")
            and leads().longest(self.tokens.lower, at) is not None
        )

    def office_at(self, at: int) -> bool:
        """Whether another office begins at token ``at``."""
        lower = self.tokens.lower
        if lower[at] not in offices():
            return False
        found = offices().longest(lower, at)
        if found is None or found[1].takes == "listed":
            return False
        return found[1].takes in ("place", "field", "whole", "none") or found[1].title.split()[0] in CHIEFS

    def bracket(self, at: int) -> int:
        """Return the end of a short form in brackets at token ``at`` (``(Bappeda)``), else ``at``."""
        tokens = self.tokens
        if tokens.form[at] != "(" or (at + 1 < self.size and self.name_at(at + 1)):
            return at
        for end in range(at + 1, min(at + 7, self.size)):
            if tokens.form[end] != ")":
                continue
            inner = range(at + 1, end)
            words = all(tokens.flags[i] & CAPITAL or tokens.form[i] in ("/", "-", "&", "dan") for i in inner)
            number = any(tokens.form[i].isdigit() or i in self.values for i in inner)
            return end + 1 if inner and words and not number else at
        return at

    def field(self, at: int, first: bool = False) -> int:
        """Return the end of a run of words of a unit's field at token ``at`` (``Pekerjaan Umum dan Penataan Ruang``), else ``at``."""
        end = at
        while not self.stops(end) and self.field_word(end, first and end == at):
            end += 1
        if end == at:
            return at
        return self._list(self._hyphened(end))

    def _hyphened(self, end: int) -> int:
        """Return the end of ``-RB`` that follows a short form at token ``end`` (``Menteri PAN-RB``), else ``end``."""
        tokens = self.tokens
        if end + 1 >= self.size or tokens.form[end] != "-" or not tokens.flags[end + 1] & UPPER or not tokens.flags[end - 1] & UPPER:
            return end
        return end + 2 if tokens.start[end] == tokens.end[end - 1] and tokens.start[end + 1] == tokens.end[end] else end

    def _list(self, end: int) -> int:
        """Return the end of further members of a list of fields after token ``end``: ``, B, dan C`` or ``dan B``."""
        form = self.tokens.lower
        while not self.stops(end):
            if form[end] in words("joiners") and not self.stops(end + 1) and self.joined_word(end + 1):
                end += 2
            elif form[end] == "," and (then := self._list_end(end)):
                end = then
            else:
                break
            while not self.stops(end) and self.field_word(end, False):
                end += 1
        return end

    def joined_word(self, at: int) -> bool:
        """Whether token ``at``, after ``dan``, goes on a list of a unit's fields."""
        if self.office_at(at) or self.name_at(at):
            return False
        return (
            self.field_word(at, False)
            or self.tokens.lower[at] in long_forms()
            or (self.sense.kinds[at] in (FIELD, NOUN) and at not in self.places)
        )

    def _list_end(self, at: int) -> int:
        """Return the end of ``, B, dan C`` at token ``at``, or 0 where that is no list."""
        lower = self.tokens.lower
        end = at
        closed = False
        while end < min(at + 16, self.size) and lower[end] in (",", "dan", "serta"):
            last = lower[end] != ","
            if lower[end] == "," and end + 1 < self.size and lower[end + 1] in ("dan", "serta"):
                end += 1
                last = True
            end += 1
            start = end
            while not self.stops(end) and self.field_word(end, False):
                end += 1
            if end == start or self.office_at(start):
                return 0
            if last:
                closed = True
                break
        return end if closed else 0

    def field_word(self, at: int, any_capital: bool) -> bool:
        """Whether token ``at`` can be a word of a field; ``any_capital``: where a field must stand."""
        if at >= self.size:
            return False
        kind, flags = self.sense.kinds[at], self.tokens.flags[at]
        if not flags & CAPITAL:
            return False
        lower = self.tokens.lower
        if lower[at] in words("field_names") and (
            (at and f"{lower[at - 1]} {lower[at]}" in words("field_pairs"))
            or (at + 1 < self.size and f"{lower[at]} {lower[at + 1]}" in words("field_pairs"))
        ):
            return True
        if any_capital and self.tokens.lower[at] in words("bodies"):
            return False
        if any_capital:
            return (not self.name_at(at) or at in self.organizations) and not self.office_at(at)
        if at in self.places or at in self.organizations or self.name_at(at):
            return False
        low = self.tokens.lower[at]
        if low in words("state") or (low in words("regions") and at + 1 < self.size and self.tokens.flags[at + 1] & CAPITAL):
            return False
        if self.office_at(at) or (kind < NOUN and low not in field_words()):
            return False
        if kind in (FIELD, NOUN) or low in field_words():
            found = units().longest(self.tokens.lower, at)
            return found is None or found[1] == "title" or low in field_words()
        return False

    def small_words(self, at: int, most: int) -> int:
        """Return the end of a run of nouns in small letters at token ``at`` (``medis konvoi``), else ``at``."""
        end = at
        lower = self.tokens.lower
        while end < at + most and not self.stops(end) and self.tokens.flags[end] & LOWER:
            if end in self.organizations or end in self.places or small_word_class(lower[end]) <= FUNCTION:
                break
            if lower[end] in words("adjectives"):
                break
            if end > at and self.office_at(end):
                break
            end += 1
        return end
