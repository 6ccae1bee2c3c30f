"""Gives expressions of time their TIMEX3 values, from the day of publication and from what else the article states.

The day of writing is the publication date. Without one it is the newest day by which the text dates what it tells (``Rabu (31/10)``);
without that, values keep an ``X`` for what nobody can know. The clock of the machine plays no part.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise

import regex

from beritaie.extractors.times import calendars, patterns
from beritaie.extractors.times.expressions import Calendar, Countdown, Expression, Fixed, Fraction, Relative
from beritaie.extractors.times.years import Years
from beritaie.tokens import Tokens

Resolved = tuple[Expression, str, str, tuple[str, ...]]

_WORDS_BEFORE, _WORDS_AFTER = 14, 6  # how far in its sentence a word that looks ahead may stand from a date
_CRAWLED = 45  # days after the newest date of the text from which on a publication date is taken for the day of crawling
_FRESH = 14  # days before publication within which speech is dated
_DATES_AROUND = 6  # dates before and after speech among which its own is sought
_AFTER_SPEECH = 400  # characters after speech within which its date may follow
_LINE_BREAK = regex.compile("\n")
_COMMAS = frozenset(",\"“”';:–-")
_QUOTE = regex.compile('["“”]')
_DAY = regex.compile(r"\d{4}-\d\d-\d\d")
_YEAR_BEFORE = regex.compile(r"(?P<year>(?:19|20)\d\d)\W{1,4}\Z")
_YEARS = range(1, 10000)  # what ISO 8601 writes in four digits
_UNKNOWN = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "DE": "XXXX", "CE": "XXXX", "Q": "XXXX"}


class Resolver:
    """Resolves the expressions of one article."""

    def __init__(self, tokens: Tokens, published: dt.date | None, not_after: dt.date) -> None:
        self.tokens = tokens
        self.text = tokens.text
        self.published = published
        self.years = Years(tokens, published, not_after)
        self.issues: dict[int, tuple[str, ...]] = {}
        self.dates: dict[int, dt.date] = {}  # the day of each calendar expression that has one, by its offset
        self.dated: list[tuple[int, dt.date]] = []  # offset and day of the expressions with weekday: they date what is told
        self.writing: dt.date | None = published
        self.last: dt.date | None = None  # the day, month and year last mentioned
        self.last_month: dt.date | None = None
        self.last_year: int | None = None
        self.last_value: str | None = None
        self._days: list[int] = []  # offsets of the expressions whose day is known
        self._quotes = [match.start() for match in _QUOTE.finditer(self.text)]
        self._lines = [match.start() for match in _LINE_BREAK.finditer(self.text)]

    def resolve(self, found: list[Expression]) -> list[Resolved]:
        """Return each expression with type, value and issues, in order."""
        _share_ranges(self.text, found)
        days = [item for item in found if isinstance(item, Calendar) and not item.hijri]
        self._find_days(days)
        self._find_weekdays(days)
        self._follow_neighbours(days)
        self._days = sorted(self.dates)
        result: list[Resolved] = []
        for item in found:
            kind, value = self._value(item)
            result.append((item, kind, value, self.issues.get(item.start, ())))
            if kind in ("DATE", "TIME"):
                self._remember(item, value)
        return result

    def _remember(self, item: Expression, value: str) -> None:
        """Keep a value as the one last mentioned; what counts back from the text (``tahun sebelumnya``) is not counted from again."""
        if not value[:4].isdigit() or (isinstance(item, Relative) and item.from_text and item.count <= 0):
            return
        self.last_value = value
        self.last_year = int(value[:4])
        if _DAY.match(value):
            self.last = self.last_month = dt.date.fromisoformat(value[:10])
        elif regex.match(r"\d{4}-\d\d$", value):
            self.last_month = dt.date(int(value[:4]), int(value[5:7]), 1)

    # Days

    def looks_ahead(self, item: Expression, *, clause: bool = False) -> bool:
        """Whether the words around a date look ahead, in the same sentence, or nearer still: between the same commas."""
        first, last = self.tokens.at(item.start), self.tokens.at(item.end - 1)
        start, end = self.tokens.sentence(first)
        before = self.tokens.lower[max(start, first - _WORDS_BEFORE) : first]
        after = self.tokens.lower[last + 1 : min(end, last + 1 + _WORDS_AFTER)]
        if clause:  # "akan dibangun, kata Budi di Medan, Kamis" was said on Thursday
            before = before[max((index for index, word in enumerate(before) if word in _COMMAS), default=-1) + 1 :]
            after = after[: next((index for index, word in enumerate(after) if word in _COMMAS), len(after))]
        return not patterns.group("ahead").isdisjoint([*before, *after])

    def _find_days(self, days: list[Calendar]) -> None:
        """Find the day of every full and partial date, then the day of writing."""
        for item in days:
            date = None
            if item.digits:
                date = self.years.from_digits(item.digits, item.weekday)
            elif item.day and item.month and item.year:
                date = calendars.day(item.year, item.month, item.day)
                date = date and self.years.corrected(date, item.weekday)
            if date:
                self.dates[item.start] = date
                self.years.add(date)
        explicit = list(self.dates.values())
        partial = [item for item in days if item.day and item.month and not item.year and item.year_shift is None]
        for item in sorted(partial, key=lambda item: item.weekday is None):  # those with a weekday tell the year of the others
            if item.day is None or item.month is None or item.start in self.dates:
                continue
            date, others = self.years.of(item.month, item.day, item.weekday, item.direction, self.looks_ahead(item))
            if date:
                self.dates[item.start] = date
                self.issues[item.start] = others
                self.years.add(date)
        self.dated = [
            (item.start, self.dates[item.start]) for item in days if item.start in self.dates and (item.weekday or item.days == 0)
        ]
        self.writing = self._day_of_writing(explicit)

    def _day_of_writing(self, explicit: list[dt.date]) -> dt.date | None:
        days = [date for _, date in self.dated]
        if self.published:
            # an archive may give the day of crawling: then the text's own newest day is nearer to the writing
            newest = max(explicit, default=None)
            if newest and newest in days and len(explicit) == len(self.dates) and (self.published - newest).days > _CRAWLED:
                return newest
            return self.published
        past = [date for date in days or self.dates.values() if date <= self.years.not_after]
        newest = self.years.newest
        return max(
            (date for date in past if newest is None or abs((date - newest).days) <= _CRAWLED), default=newest or max(past, default=None)
        )

    def _find_weekdays(self, days: list[Calendar]) -> None:
        """Resolve weekdays that stand alone, from the date at the other end of a range or the day of writing."""
        for index, item in enumerate(days):
            if item.weekday is None or item.dated or item.days is not None or item.start in self.dates:
                continue
            following = days[index + 1] if index + 1 < len(days) else None
            base = self.writing
            if base and item.week_shift is not None:
                self._set_day(item, base, 7 * item.week_shift + item.weekday - base.isoweekday())
                continue
            if following and following.start in self.dates and patterns.BETWEEN.fullmatch(self.text, item.end, following.start):
                base = self.dates[following.start]
            elif base and item.direction != -1 and (item.direction == 1 or self.looks_ahead(item, clause=True)):
                ahead = (item.weekday - base.isoweekday()) % 7
                self._set_day(item, base, ahead or (7 if item.direction == 1 else 0))
                continue
            if base:
                back = (base.isoweekday() - item.weekday) % 7
                if item.direction == -1 and back == 0 and not item.eve and item.part is None:
                    back = 7
                self._set_day(item, base, -back)
        self.dated.sort()

    def _set_day(self, item: Calendar, base: dt.date, days: int) -> None:
        date = calendars.plus(base, days)
        if date:
            self.dates[item.start] = date
            self.dated.append((item.start, date))

    def _follow_neighbours(self, days: list[Calendar]) -> None:
        """Give ``hari ini`` the date that is set beside it: ``hari ini, Selasa (5/3/2024)``."""
        for item, following in pairwise(days):
            if item.days == 0 and following.start in self.dates and 0 < following.start - item.end <= 2 and following.weekday:
                self.dates[item.start] = self.dates[following.start]

    # Values

    def _value(self, item: Expression) -> tuple[str, str]:
        if isinstance(item, Fixed):
            return item.type, item.value
        if isinstance(item, Calendar):
            return self._calendar_value(item)
        if isinstance(item, Relative):
            return self._relative_value(item)
        if isinstance(item, Fraction):
            return "DATE", self._fraction_value(item)
        if isinstance(item, Countdown):
            return "DATE", self._countdown_value(item)
        raise TypeError(type(item))

    def spoken(self, offset: int) -> bool:
        """Whether an offset lies inside quotation marks: an odd number of them stands before it in its paragraph."""
        line = bisect_right(self._lines, offset)
        paragraph = self._lines[line - 1] if line else 0
        return (bisect_right(self._quotes, offset) - bisect_left(self._quotes, paragraph)) % 2 == 1

    def today(self, item: Expression) -> dt.date | None:
        """Return the day that ``hari ini`` means: in speech the day on which the text says it was spoken, else the day of writing."""
        if self.writing is None or (self.published and not self.spoken(item.start)):
            return self.writing
        around = []
        here = bisect_left(self.dated, (item.start, dt.date.min))
        for start, date in self.dated[max(here - _DATES_AROUND, 0) : here + _DATES_AROUND]:
            if self.published and (not 0 <= (self.writing - date).days <= _FRESH or self.spoken(start)):
                continue
            if start < item.start + _AFTER_SPEECH:
                around.append((abs(start - item.start), date))
        return min(around)[1] if around else self.writing

    def _calendar_value(self, item: Calendar) -> tuple[str, str]:
        kind = "TIME" if item.clock or item.part else "DATE"
        day = self._hijri_value(item) if item.hijri else self._day(item)
        if kind == "DATE":
            return kind, day
        if not _DAY.fullmatch(day):
            day = "XXXX-XX-XX"
        if item.clock is None:
            return kind, f"{day}T{item.part}"
        hour, minute, second = item.clock
        return kind, f"{day}T{_hour(hour, item.part):02}:{minute or 0:02}" + (f":{second:02}" if second is not None else "")

    def _day(self, item: Calendar) -> str:
        """Return the day, month or year of a calendar expression."""
        date = self.dates.get(item.start)
        if date:
            return _day(date, -item.eve)
        if item.days is not None and item.day is None:
            return self._counted_day(item, item.days)
        if item.month:
            if item.day is None:
                return self._month_value(item)
            year = item.year or (self.writing.year + item.year_shift if item.year_shift is not None and self.writing else None)
            if year and calendars.day(year, item.month, item.day) is None:
                return f"{_year(year)}-{item.month:02}"
            return f"{_year(year)}-{item.month:02}-{item.day:02}"
        if item.day:
            return self._day_of_month(item, item.day)
        return "XXXX-XX-XX" if item.weekday else self._day_of_hour(item)

    def _counted_day(self, item: Calendar, days: int) -> str:
        """``kemarin``, ``besok``; in speech a bare ``kemarin`` is no day but the time that has just passed."""
        if item.parts in (["kemarin"], ["kemaren"]) and self.spoken(item.start):
            return "PAST_REF"
        today = self.writing if item.parts == ["(hari ini)"] else self.today(item)
        return _day(today, days)

    def _day_of_hour(self, item: Calendar) -> str:
        """Return the day of a clock or part of the day: ``tadi malam`` counts from today, ``pukul 15.31`` from the day just mentioned."""
        if item.direction is not None:
            today = self.today(item)
            days = next((patterns.day_words()[part] for part in item.parts if part in ("kemarin", "kemaren", "besok", "esok")), 0)
            if item.direction == -1 and item.part == "NI" and not days:
                days = -1
            return _day(today, days)
        if self.text[item.start : item.end].lower() in ("pagi hari", "siang hari", "sore hari") and not self._day_in_sentence(item):
            return "XXXX-XX-XX"
        return _day(self.last or self.today(item), -item.eve)

    def _day_in_sentence(self, item: Expression) -> bool:
        start, end = self.tokens.sentence(self.tokens.at(item.start))
        first = bisect_left(self._days, self.tokens.start[start])
        return first < len(self._days) and self._days[first] < self.tokens.end[end - 1]

    def _month_value(self, item: Calendar) -> str:
        month = item.month or 0
        year = item.year
        if year is None and self.writing is None:
            newest = self.years.newest
            year = newest.year if newest else max((stated for stated, _ in self.years.stated), default=None)
        elif year is None and self.writing:
            year = self.writing.year + self._year_of_month(item, month - self.writing.month)
        return f"{_year(year)}-{month:02}"

    def _year_of_month(self, item: Calendar, difference: int) -> int:
        """Return the years from that of writing to the month's, by the months between."""
        if item.year_shift is not None:
            return item.year_shift
        if item.direction is not None:
            return (difference < 0) - 0 if item.direction == 1 else -(difference > 0) if item.direction == -1 else 0
        ahead = self.looks_ahead(item)
        if difference > 2 and not ahead:
            return -1
        return 1 if ahead and difference < -6 else 0

    def _day_of_month(self, item: Calendar, day: int) -> str:
        """``tanggal 15``: in the month just mentioned, else in that of writing."""
        of_writing = item.month_shift is not None or item.days is not None
        base = self.writing if of_writing else self.last_month or self.writing
        if base is None:
            return f"XXXX-XX-{day:02}"
        year, month = calendars.add_months(base, item.month_shift or 0)
        return f"{_year(year)}-{month:02}" + (f"-{day:02}" if calendars.day(year, month, day) else "")

    def _hijri_value(self, item: Calendar) -> str:
        date = calendars.from_hijri(item.year, item.month, item.day or 1) if item.year and item.month else None
        if date is None:
            return "XXXX-XX-XX"
        return date.isoformat() if item.day else f"{date.year:04}-{date.month:02}"

    def _relative_value(self, item: Relative) -> tuple[str, str]:
        unit, count = item.unit, item.count
        if unit == "":
            stated = _YEAR_BEFORE.search(self.text, max(item.start - 8, 0), item.start)
            value = stated["year"] if stated else self.last_value or "PAST_REF"
            return "TIME" if "T" in value[5:] else "DATE", value
        base = self._anchor(item)
        beyond = "PAST_REF" if count < 0 else "FUTURE_REF"  # what lies outside the years that ISO 8601 writes
        weekend = "-WE" if item.weekend else ""
        if base is None:
            value = _UNKNOWN.get(unit, "XXXX-XX-XX") + weekend
        elif unit in ("D", "W"):
            date = calendars.plus(base, count * (7 if unit == "W" else 1))
            value = beyond if date is None else date.isoformat() if unit == "D" else calendars.week(date) + weekend
        elif unit == "M":
            year, month = calendars.add_months(base, count)
            value = f"{year:04}-{month:02}" if year in _YEARS else beyond
        else:
            year = base.year + count * {"DE": 10, "CE": 100}.get(unit, 1)
            digits = {"DE": 3, "CE": 2}.get(unit, 4)
            value = f"{year:04}"[:digits] if year in _YEARS else beyond
        return ("TIME", f"{value}T{item.part}") if item.part and _DAY.fullmatch(value) else ("DATE", value)

    def _anchor(self, item: Relative) -> dt.date | None:
        """Return the day from which an expression counts."""
        if not item.from_text:
            return self.today(item)
        if item.unit == "D":
            return self.last or self.writing
        if item.unit == "M":
            return self.last_month or self.writing
        if item.unit == "Y" and self.last_year:
            return dt.date(self.last_year, 1, 1)
        return self.writing

    def _fraction_value(self, item: Fraction) -> str:
        base, parts = self.writing, 4 if item.kind == "Q" else 2
        year = item.year
        if item.shift is not None:
            if base is None:
                return "XXXX"
            running = base.year * parts + (base.month - 1) * parts // 12 + item.shift
            return f"{_year(running // parts)}-{item.kind}{running % parts + 1}"
        if year is None and base:
            year = base.year + (item.year_shift or 0)
            begins = ((item.number or 1) - 1) * 12 // parts + 1
            if item.year_shift is None and begins > base.month + 1 and not self.looks_ahead(item):
                year -= 1
        return f"{_year(year)}-{item.kind}{item.number}"

    def _countdown_value(self, item: Countdown) -> str:
        key = item.holiday or self._holiday_of_text()
        date = calendars.holiday(key, item.year, self.writing) if key else None
        return _day(date, item.offset)

    def _holiday_of_text(self) -> str | None:
        """Return the holiday from which a bare ``H-7`` counts, the one that the article names most."""
        names = calendars.holiday_names()
        counts = Counter(names[word] for word in self.tokens.lower if word in names)
        return counts.most_common(1)[0][0] if counts else None


def _day(date: dt.date | None, days: int) -> str:
    """Return the day so many days after a date as TIMEX3 writes it; X for what is not known."""
    date = calendars.plus(date, days) if date else None
    return date.isoformat() if date else "XXXX-XX-XX"


def _year(year: int | None) -> str:
    return f"{year:04}" if year in _YEARS else "XXXX"


def _hour(hour: int, part: str | None) -> int:
    """Return the hour of the day: ``jam 9 malam`` is 21, ``jam 2 siang`` 14, ``jam 12 malam`` 0."""
    if hour == 24 or (hour == 12 and part in ("NI", "MO")):
        return 0
    if part in ("AF", "EV") and hour < 9:
        return hour + 12
    if part == "NI" and 5 < hour < 12:
        return hour + 12
    return hour


def _share_ranges(text: str, found: list[Expression]) -> None:
    """Give the left end of a range what its right end states: ``11 Juni hingga 19 Juli 2026``, ``Januari-Agustus 2025``."""
    for left, right in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if not (isinstance(left, Calendar) and isinstance(right, Calendar)) or left.hijri or right.hijri:
            continue
        if not patterns.BETWEEN.fullmatch(text, left.end, right.start):
            continue
        if left.month and right.month and not left.year and left.year_shift is None and (left.day is None or right.dated):
            over = right.month < left.month  # "Desember-Januari 2020" began the year before
            left.year = right.year - over if right.year else None
            left.year_shift = right.year_shift
            left.direction = right.direction if left.direction is None else left.direction
        if left.parts == ["part"] and left.part == "NI" and right.part == "MO" and right.weekday is None:
            left.eve = True  # "sejak malam sampai pagi tadi"
