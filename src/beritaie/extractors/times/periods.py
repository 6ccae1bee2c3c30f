"""Periods named by their unit or number: years, months, quarters, decades, centuries, and units counted from now (``pekan lalu``)."""

from __future__ import annotations

from functools import cache

import regex

from beritaie.extractors.times import patterns
from beritaie.extractors.times.calendars import from_hijri, hijri_months
from beritaie.extractors.times.expressions import Calendar, Expression, Fixed, Fraction, Relative
from beritaie.extractors.times.patterns import DASH, GAP, TO, YEAR, compiled, either, normal

_ORDINALS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "satu": 1, "dua": 2, "tiga": 3, "empat": 4,
    "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "l": 1, "ll": 2, "lll": 3,  # l for I, as some sites print it
}  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_KINDS = "anggaran|buku|ajaran|akademik|pelajaran|fiskal|pajak|takwim|kalender|produksi|politik|masehi|kabisat|pembukuan|perolehan|sidang"
_FOLLOWING = {"sebelumnya": -1, "berikutnya": 1, "selanjutnya": 1, "sesudahnya": 1, "setelahnya": 1}


@cache
def _year() -> regex.Pattern[str]:
    return compiled(rf"""
        (?: (?:(?P<full>tahun|thn\.?|th\.?)(?:{GAP}(?P<kind>{_KINDS}))?|(?P<short>TA\.?|T\.A\.?)){GAP}?(?:\()?
            (?: (?P<year>{YEAR}) | ['’](?P<two>\d\d)\b | (?P<old>\d{{3,4}}){GAP}(?:Masehi|M)\b )
            (?P<next>[^\S\n]?/[^\S\n]?(?P<second>{YEAR}|\d\d(?![\d/])))?
        )""")


@cache
def _decade() -> regex.Pattern[str]:
    return compiled(
        rf"(?:(?P<word>tahun|era|dekade|dasawarsa|periode){GAP})?(?P<year>(?:1[89]|20)\d0|(?<=[^\W\d]{GAP})\d0)[^\S\n]?{DASH}?[^\S\n]?an(?!\p{{L}})"
    )


@cache
def _century() -> regex.Pattern[str]:
    return compiled(
        rf"abad{GAP}(?:ke{DASH}?{GAP}?)?(?P<number>\d\d?|[IVXL]++)(?![\p{{L}}\d])"
        rf"(?P<before>{GAP}(?:SM|sebelum{GAP}Masehi)\b)?(?:{GAP}(?:Masehi|M)\b)?"
    )


_ANCIENT = compiled(rf"(?:tahun{GAP})?\d{{1,3}}+(?:\.?\d{{3}})?{GAP}(?:SM|BCE?|sebelum{GAP}(?:Masehi|Kristus))(?!\p{{L}})")


@cache
def _fraction() -> regex.Pattern[str]:
    ordinal = either(_ORDINALS)
    when = (
        rf"(?:(?:{GAP}|[^\S\n]?[-–/][^\S\n]?)(?:(?:pada|di){GAP})?(?:tahun{GAP})?(?P<year>{YEAR})|(?:{GAP}di|)"
        rf"{GAP}(?P<relative>tahun{GAP}(?:ini|lalu|depan|kemarin|mendatang|sebelumnya)))?"
    )
    return compiled(rf"""
        (?: (?P<kind>kuartal|kwartal|triwulan|tri{GAP}wulan|semester|paruh){GAP}(?:ke{DASH}?{GAP}?)?
            (?P<number>{ordinal})(?![\p{{L}}\d]|\.\d)
          | (?P<letter>[QH]){DASH}?(?P<digit>[1-4]|IV|I{{1,3}})(?![\p{{L}}\d])
          | (?P<running>kuartal|triwulan|semester){GAP}(?P<direction>{patterns.direction_pattern()})
        ){when}""")


@cache
def _relative() -> regex.Pattern[str]:
    unit = either(("tahun", "bulan", "pekan", "minggu", "dekade", "dasawarsa", "abad", "hari", "malam"))
    return compiled(rf"""
        (?P<unit>{unit}){GAP}
        (?: (?P<direction>{patterns.direction_pattern()})
          | (?P<following>{either(_FOLLOWING)})(?!\p{{L}})
          | (?P<running>berjalan(?:{GAP}ini)?)(?!\p{{L}}) )""")


@cache
def _month() -> regex.Pattern[str]:
    return compiled(rf"""
        (?P<word>bulan{GAP})?
        (?: (?P<month>{either(patterns.full_months())})(?!\p{{L}}|['’]\p{{L}})
            (?:,?{GAP}?(?:tahun{GAP})?(?P<year>{YEAR})|{GAP}(?P<year_shift>tahun{GAP}(?:ini|lalu|depan|kemarin|mendatang|silam|sebelumnya))\b)?
          | (?P<short>{either(set(patterns.months()) - patterns.full_months())})\.?[^\S\n]?['’]?(?P<short_year>{YEAR})
        )""")


@cache
def _hijri_month() -> regex.Pattern[str]:
    return compiled(
        rf"(?:bulan{GAP})?(?P<month>{either(hijri_months())}){GAP}(?:tahun{GAP})?(?P<year>1[34]\d\d)(?!\d)"
        rf"(?:[^\S\n]?(?:Hijriah|Hijriyah|H)\b)?"
    )


@cache
def _hijri_year() -> regex.Pattern[str]:
    return compiled(rf"tahun{GAP}(?P<year>1[34]\d\d)[^\S\n]?(?:Hijriah|Hijriyah|H)\b")


@cache
def _direction_after() -> regex.Pattern[str]:
    return compiled(rf"{GAP}(?P<direction>{patterns.direction_pattern()})")


@cache
def _bracket() -> regex.Pattern[str]:
    """Return a pattern for a month or year in brackets that repeats what was said: ``bulan depan (April)``, ``tahun lalu (2018)``."""
    return compiled(rf"{GAP}\((?:(?:bulan{GAP})?{either(patterns.full_months())}(?:{GAP}{YEAR})?|{YEAR})\)")


@cache
def _stretch() -> regex.Pattern[str]:
    # "tengah tahun", but not the year after a place: "Jawa Tengah 2024"
    return compiled(
        rf"(?P<stretch>{either(patterns.group('stretches'))}|tengah(?={GAP}(?:tahun|bulan|pekan|minggu)\b)"
        # "pekan pertama Juni 1998"
        rf"|(?:pekan|minggu){GAP}(?:pertama|kedua|ketiga|keempat|terakhir)(?={GAP}(?:bulan{GAP})?{either(patterns.full_months())}\b)){GAP}"
    )


_WHOLE = compiled(r"(?P<unit>tahun|bulan|pekan|minggu|dekade|abad)(?![\p{L}\d'’-])")
_WEEKEND = compiled(rf"(?:akhir{GAP}(?:pekan|minggu)|weekend)(?![\p{{L}}\d-])")
_YEAR_ALONE = compiled(rf"(?P<year>{YEAR})(?![\d/%]|{DASH}(?:an|19|20)|[.,]\d\d)")
_SECOND_YEAR = compiled(rf"{TO}(?P<year>{YEAR})(?![\d/%])")


def direction_after(text: str, end: int) -> bool:
    """Whether a word such as ``lalu`` or ``mendatang`` follows."""
    return _direction_after().match(text, end) is not None


def _shift(word: str) -> int:
    return -1 if word == "sebelumnya" else patterns.directions().get(word, 0)


def _after(text: str, end: int) -> tuple[int, int | None, str]:
    """Return the end and the direction of a word such as ``lalu`` after a time, and what it adds to the rule's name."""
    match = _direction_after().match(text, end)
    if match is None:
        return end, None, ""
    word = normal(match["direction"])
    return match.end(), patterns.directions()[word], f" {word}"


def year(text: str, at: int) -> list[Expression]:
    """Read ``tahun 2019``, ``tahun anggaran 2018``, ``TA 2023``, ``tahun 2019-2022`` (two), ``tahun akademik 2020/2021`` (two)."""
    match = _hijri_year().match(text, at)
    if match:
        first = from_hijri(int(match["year"]), 1)
        return [Fixed(at, match.end(), "tahun 1444 H", value=f"{first.year}")] if first else []
    match = _year().match(text, at)
    if match is None:
        return []
    if match["old"]:
        return [Fixed(at, match.end(), "tahun 870 Masehi", value=f"{int(match['old']):04}")]
    if match["two"]:
        return [Fixed(at, match.end("two"), "tahun '98", value=f"{patterns.century(int(match['two']))}")]
    end = match.end("year")
    rule = f"tahun {match['kind'].lower()} 2019" if match["kind"] else "TA 2019" if match["short"] else "tahun 2019"
    found: list[Expression] = [Fixed(at, end, rule, value=match["year"])]
    second = _SECOND_YEAR.match(text, end)
    if match["second"]:
        value = match["second"] if len(match["second"]) == 4 else match["year"][:2] + match["second"]
        found.append(Fixed(match.start("second"), match.end("second"), f"{rule}/2020", value=value))
    elif second:
        found.append(Fixed(second.start("year"), second.end("year"), f"{rule}-2020", value=second["year"]))
    last = found[-1]
    last.end, _, word = _after(text, last.end)
    last.rule += word
    return found


def decade(text: str, at: int) -> Expression | None:
    """Read ``tahun 1970-an``, ``1990-an``, ``era 80-an``."""
    match = _decade().match(text, at)
    if match is None or (len(match["year"]) == 2 and not match["word"]):
        return None
    digits = match["year"] if len(match["year"]) == 4 else ("20" if match["year"] < "20" else "19") + match["year"]
    return Fixed(at, match.end(), "1990-an", value=digits[:3])


def century(text: str, at: int) -> Expression | None:
    """Read ``abad ke-19``, ``abad XXI``."""
    match = _century().match(text, at)
    if match is None:
        return None
    form = match["number"]
    number = int(form) if form.isdigit() else _roman(form.upper())
    if match["before"]:
        return Fixed(at, match.end(), "abad ke-5 SM", value="PAST_REF")
    end, _, _ = _after(text, match.end())
    return Fixed(at, end, "abad ke-19", value=f"{number - 1:02}") if 1 <= number <= 30 else None


def _roman(form: str) -> int:
    values = [_ROMAN[letter] for letter in form]
    return sum(-value if any(later > value for later in values[i + 1 :]) else value for i, value in enumerate(values))


def ancient(text: str, at: int) -> Expression | None:
    """Read ``221 SM``, before the years that TIMEX3 counts."""
    match = _ANCIENT.match(text, at)
    return Fixed(at, match.end(), "221 SM", value="PAST_REF") if match else None


def fraction(text: str, at: int) -> Expression | None:
    """Read ``kuartal I 2024``, ``triwulan III/2019``, ``semester kedua tahun ini``, ``Q3 2020``, ``kuartal lalu``."""
    match = _fraction().match(text, at)
    if match is None:
        return None
    word = normal(match["kind"] or match["running"] or "")
    kind = "H" if word in ("semester", "paruh") or (match["letter"] or "").upper() == "H" else "Q"
    found = Fraction(at, match.end(), f"{word or match['letter'].upper()} I 2019", kind=kind)
    if match["running"]:
        found.shift = patterns.directions()[normal(match["direction"])]
        found.rule = f"{word} {normal(match['direction'])}"
        return found
    form = (match["number"] or match["digit"]).lower()
    found.number = _ORDINALS[form]
    if found.number > (4 if kind == "Q" else 2):
        return None
    if match["year"]:
        found.year = int(match["year"])
    elif match["relative"]:
        found.year_shift = _shift(normal(match["relative"]).split()[1])
    elif match["letter"]:
        return None  # "Q3" and "H2" alone are names of products as often
    return found


def relative(text: str, at: int) -> Expression | None:
    """Read ``tahun lalu``, ``pekan depan``, ``bulan ini``, ``tahun sebelumnya``, ``tahun berjalan``."""
    match = _relative().match(text, at)
    if match is None:
        return None
    word = normal(match["unit"])
    unit = "NI" if word == "malam" else patterns.units()[word][0]
    if match["following"]:
        following = normal(match["following"])
        part = "NI" if unit == "NI" else None
        return Relative(at, match.end(), f"{word} {following}", "D" if part else unit, _FOLLOWING[following], from_text=True, part=part)
    if unit in ("D", "NI"):
        return None  # "hari ini", "malam ini" are days: dates.py
    if match["running"]:
        return Relative(at, match.end(), f"{word} berjalan", unit, 0)
    direction = normal(match["direction"])
    end = match.end()
    bracket = _bracket().match(text, end)
    return Relative(at, bracket.end() if bracket else end, f"{word} {direction}", unit, patterns.directions()[direction])


def month(text: str, at: int) -> Expression | None:
    """Read ``Juni 2019``, ``bulan Juni``, ``Juni tahun lalu``, ``April lalu``, ``Ramadan 1445 H``."""
    match = _hijri_month().match(text, at)
    if match:
        number = hijri_months()[normal(match["month"])]
        return Calendar(at, match.end(), "Ramadan 1445 H", month=number, year=int(match["year"]), hijri=True)
    match = _month().match(text, at)
    if match is None:
        return None
    name = (match["month"] or match["short"]).lower()
    stated = match["year"] or match["short_year"]
    found = Calendar(at, match.end(), "month", month=patterns.months()[name], year=int(stated) if stated else None)
    if stated:
        found.rule = "month year"
    if match["word"]:
        found.rule = f"bulan {found.rule}"
    if match["year_shift"]:
        found.year_shift = _shift(normal(match["year_shift"]).split()[1])
        found.rule += " tahun lalu"
    found.end, found.direction, word = _after(text, found.end)
    found.rule += word
    return found


def weekend(text: str, at: int) -> Expression | None:
    """Read ``akhir pekan``, ``akhir pekan lalu``."""
    match = _WEEKEND.match(text, at)
    if match is None:
        return None
    end, direction, word = _after(text, match.end())
    # "akhir pekan nanti" is the coming one, that of this week
    count = 0 if word.strip() in ("nanti", "besok", "mendatang") else direction or 0
    return Relative(at, end, f"akhir pekan{word}", "W", count, weekend=True)


def stretch(text: str, at: int) -> Expression | None:
    """Read a part of a period, which takes the value of the whole: ``awal Maret 2019``, ``akhir tahun``, ``pertengahan 1990-an``."""
    found = weekend(text, at)
    if found:
        return found
    match = _stretch().match(text, at)
    if match is None:
        return None
    inner = match.end()
    found = decade(text, inner) or century(text, inner) or fraction(text, inner) or relative(text, inner) or month(text, inner)
    if found is None:
        years = year(text, inner)
        found = years[0] if years else None
    if found is None:
        found = year_alone(text, inner)
    if found is None:
        whole = _WHOLE.match(text, inner)
        if whole is None:
            return None
        unit = patterns.units()[whole["unit"].lower()][0]
        found = Relative(at, whole.end(), "tahun", unit, 0)
    found.start = at
    found.rule = f"{normal(match['stretch'])} {found.rule}"
    return found


def year_alone(text: str, at: int) -> Expression | None:
    """Read ``2019``, ``2004 lalu``, ``2018 mendatang``; whether the number is a year is for the caller to judge."""
    match = _YEAR_ALONE.match(text, at)
    if match is None:
        return None
    end, _, word = _after(text, match.end())
    return Fixed(at, end, f"year{word}", value=match["year"])
