"""The publication date, from a value in any form or from the text."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from beritaie import lexicon

_LONGEST = 200  # characters of a value; what is longer is no date
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d\d|19\d\d)(\d\d)(\d\d)(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")


@cache
def _months() -> dict[str, int]:
    return {row["word"]: int(row["month"]) for row in lexicon.rows("months")}


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    months = "|".join(map(re.escape, sorted(_months(), key=len, reverse=True)))
    return (
        re.compile(
            rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s./-]{{0,3}}({months})\.?[\s,./-]{{0,3}}(?:(\d{{4}})(?!\d)|'?(\d{{2}})(?![\d:.]))",
            re.IGNORECASE,
        ),
        re.compile(rf"\b({months})\.?\s{{0,3}}(\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{1,3}}(\d{{4}})(?!\d)", re.IGNORECASE),
    )


def read(value: object, not_after: dt.date) -> dt.date | None:
    """Return the date that the value states, or None where it cannot be read.

    A day stands before its month (``10/9/2019`` is 10 September), unless only the other order is possible, or only the other is not after
    ``not_after``. A time of day and its zone are passed over: the date is the one written.
    """
    if isinstance(value, dt.datetime):
        return value.date()  # the day as written, whatever the zone
    if isinstance(value, dt.date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        digits = str(value).removesuffix(".0")  # 20181101, which a table may hold as a number
        return _own(digits, not_after) if _COMPACT.fullmatch(digits) else _epoch(float(value))
    if not isinstance(value, str):
        return None
    text = " ".join(value[:_LONGEST].split())
    if not any(map(str.isdigit, text)):
        return None
    if _EPOCH.fullmatch(text):
        return _epoch(float(text))
    return _own(text, not_after) or _by_dateparser(text, not_after)


def _epoch(seconds: float) -> dt.date | None:
    if seconds > 1e11:
        seconds /= 1000
    if not 0 < seconds < 1e11:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()


def _own(text: str, not_after: dt.date) -> dt.date | None:
    """Read the forms that archives use, without dateparser."""
    if match := _ISO.search(text):
        return _date(*map(int, match.groups()))
    day_first, month_first = _named()
    if match := day_first.search(text):
        return _date(_year(match[3] or match[4]), _months()[match[2].lower()], int(match[1]))
    if match := month_first.search(text):
        return _date(int(match[3]), _months()[match[1].lower()], int(match[2]))
    if match := _NUMERIC.search(text):
        year, first, second = _year(match[4]), int(match[1]), int(match[3])
        usual, other = _date(year, second, first), _date(year, first, second)
        return other if other and (not usual or (usual > not_after >= other)) else usual
    if match := _COMPACT.search(text):
        return _date(*map(int, match.groups()))
    return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _by_dateparser(text: str, not_after: dt.date) -> dt.date | None:
    """Read a rare form; never one that is relative to the day of the run, nor one that leaves day, month or year open."""
    import dateparser

    settings = {
        "DATE_ORDER": "DMY",
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["custom-formats", "absolute-time"],
        "RELATIVE_BASE": dt.datetime.combine(not_after, dt.time()),
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    found = dateparser.parse(text, languages=["id", "en"], settings=settings)
    return found.date() if found else None


def stated(text: str) -> dt.date | None:
    """Return a full date that stands on a line of its own at the head of the text (`Kamis, 01 Nov 2018 | 14:35 WITA`)."""
    start = 0
    for _ in range(4):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if 8 <= len(line.strip()) <= 70:
            date = _alone(line)
            if date:
                return date
        if end < 0:
            return None
        start = end + 1
    return None


_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?|\b(?:WIB|WITA|WIT|pukul|jam|am|pm|senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|diterbitkan|dipublikasikan|tayang|diperbarui|terbit|published|updated|last|post|posted|on|tanggal|tgl|date)\b",
    re.IGNORECASE,
)


def _alone(line: str) -> dt.date | None:
    """Read a line that holds a date, a clock and their names, and nothing else."""
    for pattern in (*_named(), _NUMERIC, _ISO):
        match = pattern.search(line)
        if match and not any(map(str.isalnum, _CLOCK.sub("", line[: match.start()] + " " + line[match.end() :]))):
            return _own(match[0], dt.date.max)
    return None
