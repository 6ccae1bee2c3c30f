"""What a date alone decides: years that fit a weekday, ISO weeks, Hijri dates and the holidays that news counts from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache

from beritaie.lexicon import rows, table

HIJRI_YEARS = range(1343, 1501)  # what hijridate covers: 1924 to 2077


def day(year: int, month: int, day_of_month: int) -> dt.date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        return None


def plus(date: dt.date, days: int) -> dt.date | None:
    """Return the date so many days later, or None outside the years 1 to 9999."""
    try:
        return date + dt.timedelta(days=days)
    except OverflowError:
        return None


def fitting(years: Iterable[int], month: int, day_of_month: int, weekday: int | None) -> Iterator[dt.date]:
    """Yield the dates of these years on which day, month and ISO weekday (1 is Monday; None: any) agree."""
    for year in years:
        date = day(year, month, day_of_month)
        if date is not None and (weekday is None or date.isoweekday() == weekday):
            yield date


def add_months(date: dt.date, months: int) -> tuple[int, int]:
    """Return (year, month) so many months after the month of ``date``."""
    months += date.year * 12 + date.month - 1
    return months // 12, months % 12 + 1


def week(date: dt.date) -> str:
    """Return the ISO 8601 week of the date: ``2014-W52``."""
    year, number, _ = date.isocalendar()
    return f"{year:04}-W{number:02}"


@cache
def hijri_months() -> dict[str, int]:
    """Return the number of each Hijri month by its Indonesian names, lower-cased."""
    return {row["word"]: int(row["month"]) for row in rows("hijri_months")}


def from_hijri(year: int, month: int, day_of_month: int = 1) -> dt.date | None:
    """Return the Gregorian date of a Hijri date, or None outside 1343 to 1500 H.

    Ramadan, Syawal and Zulhijah count from the days that the Indonesian government decreed, where ``holidays.toml`` lists them; others
    follow the Umm al-Qura calendar (package ``hijridate``), which may differ from the Indonesian one by a day.
    """
    if year not in HIJRI_YEARS or not 1 <= month <= 12 or not 1 <= day_of_month <= 30:
        return None
    from hijridate import Hijri

    date = Hijri(year, month, 1).to_gregorian()
    first = dt.date(date.year, date.month, date.day)
    for holiday in table("holidays").values():
        if holiday.get("hijri", (0,))[0] == month:
            starts = (decreed - dt.timedelta(days=holiday["hijri"][1] - 1) for decreed in holiday["dates"])
            first = next((start for start in starts if abs((start - first).days) <= 3), first)
    return first + dt.timedelta(days=day_of_month - 1)


@cache
def holiday_names() -> dict[str, str]:
    """Return the key in ``holidays.toml`` of each holiday's names, lower-cased."""
    return {name: key for key, holiday in table("holidays").items() for name in holiday["names"]}


def holiday(key: str, year: int | None, near: dt.date | None) -> dt.date | None:
    """Return the date of a holiday.

    Args:
        key: its key in ``holidays.toml``.
        year: the year that the text states; for ``natal``, ``tahun_baru`` and the like the calendar year of the day itself. Hijri years are
            understood.
        near: where no year is given, the holiday nearest to this day.
    """
    entry = table("holidays")[key]
    dates: list[dt.date] = list(entry.get("dates", ()))
    if year is not None and year in HIJRI_YEARS and "hijri" in entry:
        return from_hijri(year, *entry["hijri"])
    if "fixed" in entry:
        around = (year,) if year is not None else (near.year - 1, near.year, near.year + 1) if near else ()
        dates = [date for date in (day(y, *entry["fixed"]) for y in around) if date]
    if year is not None:
        return next((date for date in dates if date.year == year), None)
    if near is None or not dates:
        return None
    nearest = min(dates, key=lambda date: abs((date - near).days))
    return nearest if abs((nearest - near).days) < 366 else None
