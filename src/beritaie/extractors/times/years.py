"""Which year a date without one means, and which day an article was written on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

import regex

from beritaie.extractors.times import calendars
from beritaie.lexicon import Phrases, rows
from beritaie.tokens import Tokens

_YEAR = regex.compile(r"(?<![\d.,/])(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d)(?:\s(?P<side>lalu|silam|mendatang|depan|nanti))?")
_NEAR_YEARS = 10  # how far a date with weekday may lie from publication
_SEARCHED_YEARS = 40  # how far back weekday and date are matched where there is no publication date
_LISTED_YEARS = 16  # how far back the other readings are listed
_NEWS_YEARS = 20  # older years that an article states are history, and say nothing of its own
_NEAR_DATE = 550  # days within which another full date decides
_SLIPPED_MONTH = 32  # days from another full date within which a misprinted month is sought
_LOOKED_AT = 20  # dates of one day and month among which the one with the right weekday is sought
_FAR = 6  # years after the newest stated one beyond which nearness tells no more
_SLIP = 8  # days before publication within which a date is believed before its weekday is
_OFFICE_BEFORE, _OFFICE_AFTER = 7, 5  # tokens around a name within which its office stands
_OUT_OF_OFFICE = 8  # what a year costs in which a holder named with the office did not hold it
_NO_HOLDER = {"mantan", "eks", "bekas", "ke-5", "ke-6", "ke-7", "kelima", "keenam", "ketujuh", "almarhum", "lalu"}
_SOON = 45  # days ahead of publication within which a date needs no word that looks ahead


Term = tuple[str, str]  # first and last month, "2016-07"


@cache
def _holders() -> Phrases[tuple[str, tuple[tuple[frozenset[str], Term], ...]]]:
    """Return the names of office holders, each with the words for its offices and their terms (``office_terms.tsv``)."""
    offices: dict[str, list[tuple[frozenset[str], Term]]] = {}
    for row in rows("office_terms"):
        offices.setdefault(row["name"], []).append((frozenset(row["office"].split()), (row["from"], row["to"] or "9999-12")))
    return Phrases((name.lower(), (name, tuple(entries))) for name, entries in offices.items())


class Years:
    """What an article tells of its own time: publication date, full dates, years."""

    def __init__(self, tokens: Tokens, published: dt.date | None, not_after: dt.date) -> None:
        self.published = published
        self.not_after = not_after
        self.newest: dt.date | None = None  # the newest full date that lies not after the last possible day
        self._full: dict[tuple[int, int], list[dt.date]] = {}  # full dates, by month and day
        self._tokens = tokens
        self._stated: set[tuple[int, str | None]] | None = None
        self._terms: list[list[Term]] | None = None

    @property
    def stated(self) -> set[tuple[int, str | None]]:
        """The years in the text, in names and laws too, with the word that says on which side of the writing they lie."""
        if self._stated is None:
            span = range(self.not_after.year - _NEWS_YEARS, self.not_after.year + 4)
            found = ((int(match["year"]), match["side"]) for match in _YEAR.finditer(self._tokens.text))
            self._stated = {(year, side) for year, side in found if year in span}
        return self._stated

    @property
    def terms(self) -> list[list[Term]]:
        """For each holder of an office whom the text names with the office, the terms of that office."""
        if self._terms is None:
            found: dict[str, set[Term]] = {}
            lower = self._tokens.lower
            names = _holders()
            for at, word in enumerate(lower):
                match = names.longest(lower, at) if word in names else None
                if match is None:
                    continue
                end, (name, offices) = match
                before = lower[max(at - _OFFICE_BEFORE, 0) : at]
                around = {*before, *lower[end : end + _OFFICE_AFTER]}
                if _NO_HOLDER.isdisjoint(before[-4:]):
                    found.setdefault(name, set()).update(term for words, term in offices if not around.isdisjoint(words))
            self._terms = [sorted(terms) for terms in found.values() if terms]
        return self._terms

    def add(self, date: dt.date) -> None:
        """Take note of a date of which the article states the year, or from whose weekday the year is known."""
        self._full.setdefault((date.month, date.day), []).append(date)
        if date <= self.not_after and (self.newest is None or date > self.newest):
            self.newest = date

    def of(self, month: int, day: int, weekday: int | None, direction: int | None, ahead: bool) -> tuple[dt.date | None, tuple[str, ...]]:
        """Find the year of a day and month.

        Args:
            month, day, weekday: as the text states them; weekday 1 is Monday.
            direction: -1 where the text says ``lalu``, 1 where it says ``mendatang``.
            ahead: whether the words around look ahead.

        Returns:
            (the date or None, other dates that fit as well).
        """
        same = next((date for date in self._full.get((month, day), ())[:_LOOKED_AT] if weekday in (None, date.isoweekday())), None)
        if same:
            return same, ()
        if self.published:
            if weekday is None:
                return self._nearest(self.published, month, day, direction, ahead), ()
            return self._agreeing(self.published, month, day, weekday, direction, ahead), ()
        if weekday is None:
            if self.newest:
                return self._nearest(self.newest, month, day, direction, ahead), ()
            year = max((stated for stated, _ in self.stated), default=None)
            return (calendars.day(year, month, day) if year else None), ()
        years = range(self.not_after.year - _SEARCHED_YEARS, self.not_after.year + 1)
        options = [date for date in calendars.fitting(years, month, day, weekday) if date <= self.not_after]
        if not options:
            return None, ()
        chosen = self._most_likely(options)
        listed = self.not_after.year - _LISTED_YEARS
        return chosen, tuple(date.isoformat() for date in options if date != chosen and date.year > listed)

    def _most_likely(self, options: list[dt.date]) -> dt.date:
        """Take the date nearest to the full dates or years that the article states, else the latest.

        An article is written after the newest year of which it tells, or a little before it where it looks ahead.
        """
        newest = self.newest
        if newest:
            nearest = min(options, key=lambda date: abs((date - newest).days))
            if abs((nearest - newest).days) <= _NEAR_DATE:
                return nearest
            around = (calendars.plus(newest, days) for days in range(-_SLIPPED_MONTH, _SLIPPED_MONTH))
            slips = [date for date in around if date and date.day == nearest.day and date.isoweekday() == nearest.isoweekday()]
            if slips and newest.year > self.not_after.year - _NEWS_YEARS:  # the month was misprinted
                return min(slips, key=lambda date: abs(date - newest))
        return min(options, key=lambda date: (self._cost(date), -date.toordinal()))

    def _cost(self, date: dt.date) -> float:
        year = date.year
        plain = [stated for stated, side in self.stated if side is None]
        month = f"{date:%Y-%m}"
        cost = float(sum(_OUT_OF_OFFICE for terms in self.terms if not any(start <= month <= end for start, end in terms)))
        if plain:
            newest = max(plain)
            cost += min(year - newest, _FAR) if year >= newest else 1.5 * (newest - year)
        for stated, side in self.stated:
            if side in ("lalu", "silam") and year < stated:
                cost += _FAR
            elif side in ("mendatang", "depan", "nanti"):
                cost += min(stated - year, _FAR) * 0.5 if year <= stated else 2 * _FAR
        return cost

    def _agreeing(self, near: dt.date, month: int, day: int, weekday: int, direction: int | None, ahead: bool) -> dt.date | None:
        """Return the date nearest to ``near``, not after it unless the text looks ahead, in whose year weekday and date agree."""
        written = calendars.day(near.year, month, day)
        if written and 0 <= (near - written).days <= _SLIP:
            return written
        options = list(calendars.fitting(range(near.year - _NEAR_YEARS, near.year + 2), month, day, weekday))
        past = [date for date in options if date <= near]
        coming = [date for date in options if near < date]
        if coming and direction != -1 and (ahead or direction == 1 or (min(coming) - near).days <= 2 * _SOON):
            return min(coming)
        return max(past) if past else self._nearest(near, month, day, direction, ahead)

    def _nearest(self, near: dt.date, month: int, day: int, direction: int | None, ahead: bool) -> dt.date | None:
        """Return the last such day before ``near``, or the next one where the words or a short distance say so."""
        options = list(calendars.fitting(range(near.year - 4, near.year + 5), month, day, None))
        past = max((date for date in options if date <= near), default=None)
        coming = min((date for date in options if date > near), default=None)
        if direction == -1 or coming is None or past is None:
            return past
        soon = (coming - near).days <= _SOON
        return coming if direction == 1 or soon or (ahead and (near - past).days > 14) else past

    def corrected(self, date: dt.date, weekday: int | None) -> dt.date:
        """Return a full date as written, unless its month or year contradicts both weekday and publication: then the one that fits both."""
        if weekday is None or self.published is None or date.isoweekday() == weekday or abs((self.published - date).days) < 7:
            return date
        for days in range(-1, 7):
            other = calendars.plus(self.published, -days)
            if (
                other
                and other.day == date.day
                and other.isoweekday() == weekday
                and (other.month == date.month) != (other.year == date.year)
            ):
                return other
        return date

    def from_digits(self, form: str, weekday: int | None) -> dt.date | None:
        """Read a date whose separators are lost (``3102025``) as the one that fits the weekday and lies nearest to publication."""
        digits = regex.sub(r"\D", "", form)
        near = self.published or self.newest or self.not_after
        options: list[dt.date] = []
        for day, month, rest in _splits(digits):
            years: Iterable[int] = range(near.year - _NEAR_YEARS, near.year + 1)
            if rest:
                years = (int(rest) if len(rest) == 4 else 2000 + int(rest),)
            options += calendars.fitting(years, month, day, weekday)
        return min(options, key=lambda date: abs((near - date).days), default=None)


def _splits(digits: str) -> Iterable[tuple[int, int, str]]:
    for day_length in (1, 2):
        for month_length in (1, 2):
            day, month, rest = digits[:day_length], digits[day_length : day_length + month_length], digits[day_length + month_length :]
            if month and len(rest) in (0, 2, 4) and 1 <= int(month) <= 12:
                yield int(day), int(month), rest
