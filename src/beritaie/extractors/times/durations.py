"""Lengths of time (``lima tahun``), what recurs (``setiap tahun``), and times so many units from now (``dua hari lalu``)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex

from beritaie import numbers
from beritaie.extractors.times import dates, patterns, periods
from beritaie.extractors.times.expressions import Calendar, Expression, Fixed, Relative
from beritaie.extractors.times.patterns import DASH, GAP, compiled, either, normal

_CLOCK_UNITS = ("H", "m", "S")
VAGUE = ("beberapa", "sejumlah", "belasan", "puluhan", "ratusan", "ribuan", "jutaan", "sekian", "berpuluh-puluh")
_PAST = ("lalu", "silam", "yang lalu", "yang silam", "lampau", "yg lalu", "yang lampau")
_FROM_TEXT = {"sebelumnya": -1, "kemudian": 1, "setelahnya": 1, "sesudahnya": 1, "setelah itu": 1, "sesudah itu": 1, "sebelum itu": -1}
_STAYS = (
    "terakhir", "terakhir ini", "belakangan", "belakangan ini", "ke depan", "ke depannya", "kedepan", "kedepannya", "mendatang",
    "yang akan datang", "ini", "pertama", "ke belakang", "berikutnya", "selanjutnya",
)  # fmt: skip


@cache
def _unit() -> regex.Pattern[str]:
    return compiled(
        rf"{GAP}(?:\((?P<again>[^()\n]{{1,20}})\){GAP})?(?P<unit>{either(patterns.units())})(?P<yearly>an(?:nya)?)?"
        rf"(?![\p{{L}}\d'’])(?!{DASH}\p{{L}})"
    )


@cache
def _vague() -> regex.Pattern[str]:
    return compiled(rf"{either(VAGUE)}{GAP}(?P<unit>{either(patterns.units())})(?![\p{{L}}\d'’-])")


@cache
def _repeated() -> regex.Pattern[str]:
    return compiled(rf"ber(?P<unit>{either(patterns.units())}){DASH}(?P=unit)(?!\p{{L}})")


@cache
def _single() -> regex.Pattern[str]:
    return compiled(rf"(?P<unit>{either(patterns.single_units())})(?:an)?(?![\p{{L}}\d'’])(?!{DASH})")


@cache
def _tail() -> regex.Pattern[str]:
    return compiled(
        rf"{GAP}(?:(?P<past>{either(_PAST)})(?!{GAP}lintas\b)|(?P<from_text>{either(_FROM_TEXT)})|(?P<again>lagi)|(?P<stays>{either(_STAYS)})"
        rf"|(?P<once>sekali))(?![\p{{L}}\d-])"
    )


_TIMES = compiled(rf"(?P<count>\d{{1,2}})[^\S\n]?[x×][^\S\n]?24{GAP}?jam\b")
_MORE = compiled(rf"{GAP}(?:dan{GAP}|lebih{GAP})?")
_RANGE = compiled(rf"[^\S\n]?{DASH}[^\S\n]?|{GAP}(?:hingga|sampai(?:{GAP}dengan)?|atau|s/d|dan){GAP}")
_DIGITS = compiled(r"\d{1,4}(?:,\d)?(?![\d.,]\d|\d)")
_ONCE = compiled(rf"{GAP}sekali\b")
_STRETCH = compiled(rf"(?:awal|akhir|pertengahan){GAP}(?=tahun|bulan)")
_DAY_KINDS = compiled(rf"{GAP}(?:raya|h\b|jadi|ulang)")


@cache
def _every() -> regex.Pattern[str]:
    return compiled(rf"(?:setiap|tiap{DASH}tiap|tiap|saban|se{DASH}tiap){GAP}")


@cache
def _every_unit() -> regex.Pattern[str]:
    return compiled(rf"(?P<unit>{either(patterns.units())})(?:nya)?(?![\p{{L}}\d'’-])(?:{GAP}sekali\b)?")


def _amount(value: Decimal) -> str:
    return format(value.normalize(), "f")


def length(value: Decimal | None, unit: str, factor: int = 1) -> str:
    """Return a TIMEX3 duration: ``P5Y``, ``PT15M``, ``P2.5Y``; ``PXM`` where no number is stated (None)."""
    time = "T" if unit in _CLOCK_UNITS else ""
    letter = unit.upper()
    if value is None:
        return f"P{time}X{letter}"
    value *= factor
    if value == Decimal("0.5"):  # half of a unit in the next smaller one, as people mean it
        half = {"H": "PT30M", "D": "PT12H", "Y": "P6M", "CE": "P50Y", "DE": "P5Y", "m": "PT30S"}.get(unit)
        if half:
            return half
    if unit == "CE" and value % 1:
        return f"P{_amount(value * 100)}Y"
    if unit == "DE" and value % 1:
        return f"P{_amount(value * 10)}Y"
    if unit in ("NI", "CE", "DE") and value % 1:
        return f"PX{letter}"
    return f"P{time}{_amount(value)}{letter}"


def _number(text: str, at: int) -> tuple[int, Decimal] | None:
    found = numbers.read(text, at)
    if found is None or not 0 <= found[1] < Decimal("1e12"):
        return None
    return found


def quantity(text: str, at: int, *, more: bool = False) -> list[Expression]:
    """Read a number of units: ``5 tahun``, ``2 (dua) bulan``, ``1 tahun 2 bulan``, ``0-2 tahun`` (two), ``dua hari lalu``.

    ``more``: ``lagi`` after it means another such length, not a time from now (``ditunda satu bulan lagi``).
    """
    days = _TIMES.match(text, at)
    if days:
        return [Fixed(at, days.end(), "3x24 jam", "DURATION", f"PT{int(days['count']) * 24}H")]
    number = _number(text, at)
    if number is None:
        return []
    end, value = number
    unit = _unit().match(text, end)
    if unit is None:
        return _range(text, at, end, value)
    if unit["again"] and numbers.read(text, unit.start("again")) is None:
        return []
    found = _measured(text, at, value, unit)
    if more and found and found[0].rule.endswith(" lagi"):
        name, factor = patterns.units()[unit["unit"].lower()]
        return [Fixed(at, unit.end(), "ditunda number unit", "DURATION", length(value, name, factor))]
    return found


def _range(text: str, at: int, end: int, value: Decimal) -> list[Expression]:
    """Read a length at each end of a range: ``0-2 tahun``, ``7 sampai 60 hari``, ``satu hingga dua tahun ke depan``."""
    to = _RANGE.match(text, end)
    if to is None:
        return []
    number = _number(text, to.end())
    if number is None:
        return []
    unit = _unit().match(text, number[0])
    if unit is None or value >= number[1]:
        return []
    right = _measured(text, to.end(), number[1], unit)
    if not right:
        return []
    name, factor = patterns.units()[unit["unit"].lower()]
    return [Fixed(at, end, f"range {right[0].rule}", "DURATION", length(value, name, factor)), *right]


def _measured(text: str, at: int, value: Decimal, unit: regex.Match[str]) -> list[Expression]:
    word = unit["unit"].lower()
    name, factor = patterns.units()[word]
    end = unit.end()
    if unit["yearly"]:
        if word not in ("tahun", "bulan", "minggu", "hari", "jam"):
            return []
        return [Fixed(at, end, "lima tahunan", "SET", length(value, name, factor))]
    if name == "D" and _DAY_KINDS.match(text, end):
        return []
    written = length(value, name, factor)
    rule = f"number {word}"
    # "1 tahun 2 bulan", "20 menit 2,258 detik": each next unit is smaller
    order = ("Y", "M", "W", "D", "H", "m", "S")
    last = name
    for _ in range(3):
        more = _MORE.match(text, end)
        number = _number(text, more.end()) if more else None
        smaller = _unit().match(text, number[0]) if number else None
        if number is None or smaller is None or smaller["yearly"] or smaller["again"]:
            break
        next_name, next_factor = patterns.units()[smaller["unit"].lower()]
        if last not in order or next_name not in order or order.index(next_name) <= order.index(last):
            break
        part = length(number[1], next_name, next_factor)[1:]
        written += part[1:] if "T" in written and part[0] == "T" else part
        end, last = smaller.end(), next_name
        rule += f" number {smaller['unit'].lower()}"
    return [_with_tail(text, at, end, rule, written, name, value * factor)]


def _with_tail(text: str, at: int, end: int, rule: str, written: str, unit: str, count: Decimal | None) -> Expression:
    """Judge by the words after a length whether it is a length or a time so far from now."""
    tail = _tail().match(text, end)
    if tail is None:
        return Fixed(at, end, rule, "DURATION", written)
    word = normal(tail[0])
    if tail["once"]:
        return Fixed(at, tail.end(), f"{rule} sekali", "SET", written)
    if tail["stays"]:
        if word == "ini" and rule == "sehari":
            return Relative(at, tail.end(), "sehari ini", "D", 0)
        return Fixed(at, tail.end(), f"{rule} {word}", "DURATION", written)
    sign = 1 if tail["again"] else _FROM_TEXT.get(word, -1)
    if count is None or unit in _CLOCK_UNITS or unit in ("NI", "Q"):
        if tail["from_text"]:
            return Fixed(at, end, rule, "DURATION", written)
        return Fixed(at, tail.end(), f"{rule} {word}", "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if count % 1:
        unit, count = {"Y": ("M", count * 12), "DE": ("Y", count * 10), "CE": ("Y", count * 100)}.get(unit, (unit, count))
    return Relative(at, tail.end(), f"{rule} {word}", unit, sign * int(count), from_text=bool(tail["from_text"]))


def vague(text: str, at: int) -> Expression | None:
    """Read ``beberapa bulan terakhir``, ``puluhan tahun``, ``bertahun-tahun``."""
    match = _vague().match(text, at) or _repeated().match(text, at)
    if match is None:
        return None
    unit, _ = patterns.units()[match["unit"].lower()]
    written = length(None, unit)
    word = normal(match[0])
    return _with_tail(text, at, match.end(), word, written, unit, None)


def single(text: str, at: int) -> Expression | None:
    """Read ``setahun terakhir``, ``seminggu``, ``sehari sebelumnya``, ``setahun sekali``."""
    match = _single().match(text, at)
    if match is None:
        return None
    word = match["unit"].lower()
    unit, factor = patterns.single_units()[word]
    return _with_tail(text, at, match.end(), word, length(Decimal(1), unit, factor), unit, Decimal(factor))


def every(text: str, at: int) -> Expression | None:
    """Read what recurs: ``setiap tahun``, ``tiap hari Senin``, ``setiap empat tahun sekali``, ``setiap 17 Agustus``."""
    match = _every().match(text, at)
    if match is None:
        return None
    inner = match.end()
    day = dates.read(text, inner)
    if day and day.direction is None and not (day.weekday == 7 and text[inner] == "m") and day.days is None:
        value = "XXXX-XX-XX"
        if day.weekday:
            value = f"XXXX-WXX-{day.weekday}"
        elif day.dated and day.digits is None:
            value = f"XXXX-{day.month:02}-{day.day:02}" if day.month else f"XXXX-XX-{day.day:02}"
        if day.clock:
            value += f"T{day.clock[0]:02}:{day.clock[1] or 0:02}"
        elif day.part:
            value += f"T{day.part}"
        return Fixed(at, day.end, f"setiap {day.rule}", "SET", value)
    found = periods.weekend(text, inner)
    if found:
        return Fixed(at, found.end, "setiap akhir pekan", "SET", "XXXX-WXX-WE")
    number = _number(text, inner)
    if number:
        unit = _unit().match(text, number[0])
        if unit is None or unit["yearly"]:
            return None
        name, factor = patterns.units()[unit["unit"].lower()]
        once = _ONCE.match(text, unit.end())
        return Fixed(at, once.end() if once else unit.end(), "setiap number unit", "SET", length(number[1], name, factor))
    stretch = _STRETCH.match(text, inner)
    unit = _every_unit().match(text, stretch.end() if stretch else inner)
    if unit:
        name, factor = patterns.units()[unit["unit"].lower()]
        end = unit.end()
        if name == "S":
            return None  # "setiap detik pertandingan" is every moment
        clock = dates.read(text, end + 1) if name == "D" and text[end : end + 1] == " " else None
        if clock and clock.clock and not clock.dated and clock.weekday is None:
            return Fixed(at, clock.end, "setiap hari clock", "SET", f"XXXX-XX-XXT{clock.clock[0]:02}:{clock.clock[1] or 0:02}")
        if name == "NI":
            return Fixed(at, end, "setiap malam", "SET", "XXXX-XX-XXTNI")
        return Fixed(at, end, f"setiap {unit['unit'].lower()}", "SET", length(Decimal(1), name, factor))
    month = periods.month(text, inner)
    if isinstance(month, Calendar) and month.year is None and not month.hijri:
        return Fixed(at, month.end, "setiap month", "SET", f"XXXX-{month.month:02}")
    return None
