"""Days and times of day, composed of parts in any order: weekday, date, part of the day, clock, time zone, word of direction.

``Kamis sore, pukul 15.30 WIT``, ``Selasa siang 17 Juni 2025``, ``Sabtu (3/2/2018) sekitar pukul 10.15 WIB``, ``besok pagi``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import regex

from beritaie import numbers
from beritaie.extractors.times import patterns
from beritaie.extractors.times.calendars import hijri_months
from beritaie.extractors.times.expressions import Calendar
from beritaie.extractors.times.patterns import DASH, GAP, YEAR, compiled, either, normal

_WORD = regex.compile(r"\p{L}++(?:['’`]\p{L}++)?+")
_GAP = regex.compile(r"[^\S\n]{1,3}+")
_COMMA = regex.compile(r"[^\S\n]{0,3}+,[^\S\n]{0,3}+")


@cache
def _date() -> regex.Pattern[str]:
    """Full and partial dates: ``2 Juni``, ``6 Nop 2019``, ``31/10``, ``01/11/18``, ``2018-10-31``, ``Maret 5, 2018``."""
    month = either(patterns.months())
    return compiled(rf"""
        (?:(?:tanggal|tgl\.?){GAP})?+
        (?: (?P<iso>\d{{4}})(?P<i>[-/.])(?P<iso_month>\d\d?)(?P=i)(?P<iso_day>\d\d?)(?![\d/])
          | (?P<day>\d\d?)(?:st|nd|rd|th)?[\s-]{{0,2}}(?P<month>{month})\b(?:\.(?=[^\S\n]?(?:{YEAR}|['’]\d)))?+
            (?: [^\S\n]?[,-]?[^\S\n]?(?:tahun{GAP})?(?P<year>{YEAR})
              | [^\S\n]?['’](?P<short>\d\d)\b
              | -(?P<short>\d\d)\b
              | {GAP}(?P<year_shift>tahun{GAP}(?:ini|lalu|depan|kemarin|mendatang|silam|sebelumnya))\b
            )?
          | (?P<name>{either(patterns.full_months())}){GAP}(?P<name_day>\d\d?),{GAP}?(?P<name_year>{YEAR})
          | (?P<d>\d\d?)[^\S\n]?(?P<s>[/.-])[^\S\n]?(?P<m>\d\d?)[^\S\n]?(?P=s)[^\S\n]?(?P<y>{YEAR}|\d\d)(?![\d/])
          | (?P<pd>\d\d?)[^\S\n]?(?P<ps>[/.-])[^\S\n]?(?P<pm>\d\d?)(?!\d|[/-]\d|[.,]\d)
          | (?P<hijri_day>\d\d?){GAP}(?P<hijri>{either(hijri_months())})\b(?:{GAP}(?:tahun{GAP})?(?P<hijri_year>1[34]\d\d)(?!\d))?
              (?:[^\S\n]?(?:Hijriah|Hijriyah|H)\b)?
        )""")


_DAY_ALONE = regex.compile(
    rf"(?:tanggal|tgl\.?){GAP}(?P<day>\d\d?)(?![\d.,/-]\d|%)(?:{GAP}(?P<shift>bulan{GAP}(?:ini|lalu|depan|kemarin|mendatang))\b)?", regex.I
)
# "(3102025)" for (3/10/2025), "(31/10 2018)"; "917/2/2018)", where the bracket was typed without the shift key
_LOST = regex.compile(r"(?P<digits>(?=[\d/. -]*\d)\d[\d/. -]{2,11}+)(?=\))")
_NO_BRACKET = regex.compile(r"9(?P<digits>\d\d?/\d\d?(?:/\d{4})?)\)")
_DAYS_IN_BRACKET = regex.compile(rf"(?:\d\d?[^\S\n]?{DASH}[^\S\n]?)?")
_OPEN = regex.compile(r"\([^\S\n]?")
_CLOSE = regex.compile(r"[^\S\n]?\)?")
_HOURS = regex.compile(rf"{GAP}(?:jam|kerja|pelajaran|sehari|per\b|dalam\b)", regex.I)
_BEFORE = regex.compile(rf"(?P<word>tadi|nanti){GAP}", regex.I)
_CLOCK = compiled(rf"""
    (?P<word>pukul|pkl\.?|pk\.?|jam){GAP}?
    (?: (?P<hour>\d\d?)(?![^\S\n]?(?:jam|x)\b)(?:[.:,][^\S\n]?(?P<minute>[0-5]\d)(?:[.:](?P<second>[0-5]\d))?)?(?![\d%]|[.,/]\d)
      | (?P<half>setengah{GAP})?(?P<spelled>\p{{L}}++(?:{GAP}belas)?)
    )""")
_ZONED = regex.compile(r"(?P<hour>\d\d?)[.:](?P<minute>[0-5]\d)(?:[.:](?P<second>[0-5]\d))?(?=[^\S\n]?(?:WIB|WITA|WIT|GMT)\b)", regex.I)
_AROUND = regex.compile(rf"(?:sekitar|sekira|sekitap|kira-kira|tepat|tepatnya|kurang{GAP}lebih|jelang){GAP}", regex.I)
_ZONE = regex.compile(
    rf"(?:WIB|WITA|WIT|GMT(?:[+-]\d\d?)?|UTC|(?i:waktu){GAP}(?:(?i:setempat)|Indonesia(?:{GAP}(?:(?i:Barat|Tengah|Timur|bagian{GAP}\w+)))?"
    rf"|\p{{Lu}}\p{{Ll}}++(?:{GAP}\p{{Lu}}\p{{Ll}}++)?|AS\b))(?![\p{{L}}\d])"
)
_ZONE_LOOSE = regex.compile(r"(?:WIB|WITA|WIT)\b", regex.I)


@cache
def _weekday() -> regex.Pattern[str]:
    market = rf"(?:{GAP}(?:kliwon|legi|pahing|pon|wage)\b)?"  # the Javanese five-day week
    return compiled(rf"(?:hari{GAP})?(?P<weekday>{either(patterns.weekdays())})(?![\p{{L}}\d'’]){market}")


@cache
def _part() -> regex.Pattern[str]:
    return compiled(rf"(?P<part>{either(patterns.day_parts())})(?![\p{{L}}\d-])")


@cache
def _day_word() -> regex.Pattern[str]:
    # "hari ini" also where the next word is glued to it ("hari iniditutup"), but not in "hari inisiatif"
    return compiled(rf"(?P<day>{either(patterns.day_words())})(?:(?<=hari{GAP}ini)(?!si\p{{L}}|tial|\d)|(?![\p{{L}}\d-]))")


@cache
def _week() -> regex.Pattern[str]:
    return compiled(rf"(?:pekan|minggu){GAP}(?P<direction>{patterns.direction_pattern()})")


@cache
def _direction() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<direction>{patterns.direction_pattern()})", regex.I)


def _set_date(found: Calendar, match: regex.Match[str], weekday_given: bool) -> bool:
    """Take day, month and year from a match of ``_date``; False where they cannot be a date."""
    year: int | None
    if match["iso"]:
        day, month, year = int(match["iso_day"]), int(match["iso_month"]), int(match["iso"])
        rule = "year-month-day"
    elif match["month"]:
        day, month = int(match["day"]), patterns.months()[match["month"].lower()]
        year = int(match["year"]) if match["year"] else _century(match["short"]) if match["short"] else None
        rule = "day month year" if year else "day month"
        if match["year_shift"]:
            word = normal(match["year_shift"]).split()[1]
            found.year_shift = -1 if word == "sebelumnya" else patterns.directions().get(word, 0)
            rule = "day month tahun lalu"
    elif match["name"]:
        day, month, year = int(match["name_day"]), patterns.months()[match["name"].lower()], int(match["name_year"])
        rule = "month day, year"
    elif match["d"]:
        day, month, year = int(match["d"]), int(match["m"]), _century(match["y"])
        rule = "day/month/year"
    elif match["pd"]:
        day, month, year = int(match["pd"]), int(match["pm"]), None
        rule = "day/month"
        if match["ps"] != "/" and not weekday_given:
            return False
    else:
        day, month = int(match["hijri_day"]), hijri_months()[normal(match["hijri"])]
        year = int(match["hijri_year"]) if match["hijri_year"] else None
        rule = "Hijri date"
        found.hijri = True
    if month > 12 and day <= 12 and match["d"]:  # 10/31/2018
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    found.day, found.month, found.year = day, month, year
    found.parts.append(rule)
    return True


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else patterns.century(int(year))


def _try_date(text: str, at: int, found: Calendar) -> int:
    if found.dated or found.month is not None:
        return 0
    match = _date().match(text, at)
    if match and _set_date(found, match, found.weekday is not None):
        return match.end()
    match = _DAY_ALONE.match(text, at)
    if match and 1 <= int(match["day"]) <= 31:
        found.day = int(match["day"])
        if match["shift"]:
            found.month_shift = patterns.directions()[normal(match["shift"]).split()[1]]
        found.parts.append("tanggal")
        return match.end()
    return 0


def _try_bracket(text: str, at: int, found: Calendar) -> int:
    """Read a bracket that tells more of the day before it: ``(31/10)``, ``(Jumat)``, ``(19-20 Maret 2022)``, ``(hari ini)``."""
    if found.clock or (found.dated and found.weekday is not None):
        return 0
    inner = patterns.skip(_OPEN, text, at)
    weekday = _weekday().match(text, inner)
    if weekday and found.weekday is None:
        inner, _ = _next(text, weekday.end())
    for start in () if found.dated else dict.fromkeys((patterns.skip(_DAYS_IN_BRACKET, text, inner), inner)):
        match = _date().match(text, start)
        if match:
            trial = Calendar(0, 0)
            close = patterns.skip(_CLOSE, text, match.end())
            closed = text[close - 1] == ")"
            if (closed or match["pd"] or match["d"]) and _set_date(trial, match, True):
                found.day, found.month, found.year, found.hijri = trial.day, trial.month, trial.year, trial.hijri
                found.parts.append(f"({trial.parts[0]})")
                found.bracket = True
                if weekday and found.weekday is None:
                    found.weekday = patterns.weekdays()[weekday["weekday"].lower()]
                return close if closed else match.end()
    if weekday and found.weekday is None and text[weekday.end() : weekday.end() + 1] == ")":
        found.weekday = patterns.weekdays()[weekday["weekday"].lower()]
        found.parts.append("(weekday)")
        return weekday.end() + 1
    if found.weekday is not None and not found.dated:
        lost = _LOST.match(text, inner)
        if lost:
            found.digits = lost["digits"]
            found.parts.append("(misprinted date)")
            return lost.end() + 1
    day_word = _day_word().match(text, inner)
    if day_word and text[day_word.end() : day_word.end() + 1] == ")":
        found.days = patterns.day_words()[normal(day_word["day"])]
        found.parts = ["(hari ini)"]
        return day_word.end() + 1
    return 0


def _try_clock(text: str, at: int, found: Calendar) -> int:
    if found.clock:
        return 0
    around = _AROUND.match(text, at) if found.parts else None
    start = around.end() if around else at
    match = _CLOCK.match(text, start)
    if match is None:
        return 0
    end = match.end()
    if match["hour"]:
        hour, minute = int(match["hour"]), match["minute"]
        second = match["second"]
        if match["word"].lower() == "jam" and _HOURS.match(text, end):
            return 0
    else:
        number = numbers.read(text, match.start("spelled"))
        if number is None or not 1 <= number[1] <= 24 or number[1] % 1:
            return 0
        end, hour = number[0], int(number[1])
        minute = second = None
        if match["half"]:
            hour, minute = hour - 1, "30"
    if hour > 24:
        return 0
    found.clock = (hour, int(minute) if minute else None, int(second) if second else None)
    found.parts.append("clock")
    return end


def _try_zoned_clock(text: str, at: int, found: Calendar) -> int:
    match = None if found.clock else _ZONED.match(text, at)
    if match is None or int(match["hour"]) > 24:
        return 0
    found.clock = (int(match["hour"]), int(match["minute"]), int(match["second"]) if match["second"] else None)
    found.parts.append("clock")
    return match.end()


def _try_number(text: str, at: int, found: Calendar) -> int:
    if found.weekday is not None and not found.dated:
        lost = _NO_BRACKET.match(text, at)
        if lost:
            found.digits = lost["digits"]
            found.parts.append("(misprinted date)")
            return lost.end()
    return _try_zoned_clock(text, at, found) or _try_date(text, at, found)


def _try_weekday(text: str, at: int, found: Calendar) -> int:
    match = _weekday().match(text, at)
    if match is None or found.weekday is not None or found.dated or found.clock or found.direction is not None:
        return 0
    if found.part is not None:
        if found.parts == ["semalam"]:
            return 0
        if found.part != "NI" or found.parts != ["part"]:
            return 0
        found.eve = True
    found.weekday = patterns.weekdays()[match["weekday"].lower()]
    found.parts.append("weekday")
    return match.end()


def _try_part(text: str, at: int, found: Calendar) -> int:
    match = _part().match(text, at)
    if match is None or found.part is not None:
        return 0
    found.part = patterns.day_parts()[normal(match["part"])][0]
    found.parts.append("part")
    return match.end()


def _try_day_word(text: str, at: int, found: Calendar) -> int:
    match = _day_word().match(text, at)
    if match is None or found.days is not None or found.direction is not None or found.weekday is not None or found.dated:
        return 0
    word = normal(match["day"])
    found.days = patterns.day_words()[word]
    if word == "semalam":
        found.part = "NI"
    found.parts.append(word)
    return match.end()


def _try_week(text: str, at: int, found: Calendar) -> int:
    """Read the week of a weekday: ``Selasa pekan lalu``, ``Minggu malam pekan depan``."""
    match = _week().match(text, at)
    if match is None or found.weekday is None or found.dated or found.direction is not None:
        return 0
    word = normal(match["direction"])
    found.week_shift = patterns.directions()[word]
    found.parts.append(f"pekan {word}")
    return match.end()


def _try_direction(text: str, at: int, found: Calendar) -> int:
    match = _direction().match(text, at)
    if match is None or found.direction is not None or not found.parts or (found.days is not None and "part" not in found.parts):
        return 0
    found.direction = patterns.directions()[normal(match["direction"])]
    found.parts.append(normal(match["direction"]))
    return match.end()


def _try_before(text: str, at: int, found: Calendar) -> int:
    """Read ``tadi pagi``, ``nanti malam``: a word of direction before the part of the day."""
    match = _BEFORE.match(text, at)
    if match is None or found.direction is not None or found.part is not None:
        return 0
    part = _part().match(text, match.end())
    if part is None:
        return 0
    found.part = patterns.day_parts()[normal(part["part"])][0]
    found.direction = patterns.directions()[match["word"].lower()]
    found.parts += [match["word"].lower(), "part"]
    return part.end()


def _try_zone(text: str, at: int, found: Calendar) -> int:
    match = _ZONE.match(text, at) or _ZONE_LOOSE.match(text, at)
    if match is None or found.zone or not found.parts:
        return 0
    found.zone = True
    found.parts.append("zone")
    return match.end()


@cache
def _readers() -> dict[str, tuple[Callable[[str, int, Calendar], int], ...]]:
    """Return what to try at a word, by the lower-cased word."""
    table: dict[str, list[Callable[[str, int, Calendar], int]]] = {}

    def put(words: Iterable[str], reader: Callable[[str, int, Calendar], int]) -> None:
        for word in words:
            readers = table.setdefault(patterns.first_word(word), [])
            if reader not in readers:
                readers.append(reader)

    put(("tadi", "nanti"), _try_before)
    put(patterns.day_words(), _try_day_word)
    put((*patterns.weekdays(), "hari"), _try_weekday)
    put(patterns.day_parts(), _try_part)
    put(("pukul", "pkl", "pk", "jam", "sekitar", "sekira", "sekitap", "kira", "tepat", "tepatnya", "kurang", "jelang"), _try_clock)
    put(("wib", "wita", "wit", "gmt", "utc", "waktu"), _try_zone)
    put(("tanggal", "tgl", *patterns.full_months()), _try_date)
    put(patterns.directions(), _try_direction)
    put(("pekan", "minggu"), _try_week)
    return {word: tuple(readers) for word, readers in table.items()}


def _next(text: str, at: int) -> tuple[int, bool]:
    """Return where the next part may start after an offset, and whether a comma stands between."""
    comma = _COMMA.match(text, at)
    return (comma.end(), True) if comma else (patterns.skip(_GAP, text, at), False)


def read(text: str, at: int) -> Calendar | None:
    """Read the longest composition of parts that starts at this offset.

    Returns:
        A ``Calendar`` with at least one of weekday, day, part, clock or day word, or None. Whether its words may stand alone as a time
        (``pagi``, ``Minggu``) is for the caller to judge by the words around.
    """
    found = Calendar(at, at)
    cursor, comma = at, False
    for _ in range(8):
        first = text[cursor : cursor + 1]
        end = 0
        if first == "(":
            end = _try_bracket(text, cursor, found) if found.parts else 0
        elif first.isdigit():
            if not comma or not found.clock:
                end = _try_number(text, cursor, found)
        elif first.isalpha():
            word = text[cursor : patterns.skip(_WORD, text, cursor)].lower()
            for reader in _readers().get(word, ()):
                if comma and (reader not in (_try_date, _try_clock, _try_weekday) or (reader is _try_weekday and found.days is not None)):
                    continue  # "hari ini, Selasa (5/3)" is two
                end = reader(text, cursor, found)
                if end:
                    break
        if not end:
            break
        found.end = end
        cursor, comma = _next(text, end)
        if cursor == end and text[cursor : cursor + 1] != "(" and found.parts[-1] != "clock":
            break  # only a bracket or a zone ("18.00WIB") may touch
    if found.end == at or not found.parts:
        return None
    found.rule = " ".join(found.parts)
    return found


def zone(text: str, at: int) -> int:
    """Return the end of a time zone that follows after white space, or 0."""
    start, comma = _next(text, at)
    match = None if comma else _ZONE.match(text, start) or _ZONE_LOOSE.match(text, start)
    return match.end() if match else 0
