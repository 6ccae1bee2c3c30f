"""Times told by pointing: at now (``saat ini``), at a day just mentioned (``keesokan harinya``), at a holiday (``H-7 Lebaran``)."""

from __future__ import annotations

from functools import cache

import regex

from beritaie.extractors.times import patterns
from beritaie.extractors.times.calendars import holiday_names
from beritaie.extractors.times.expressions import Calendar, Countdown, Expression, Fixed, Relative
from beritaie.extractors.times.patterns import GAP, YEAR, compiled, either, normal
from beritaie.lexicon import rows


@cache
def _reference() -> regex.Pattern[str]:
    # also where the next word is glued to "saat ini" ("saat iniserapan")
    return compiled(rf"(?P<phrase>{either(patterns.references())})(?:(?<=saat{GAP}ini)(?!si\p{{L}}|tial|\d)|(?![\p{{L}}\d-]))")


@cache
def _next_day() -> regex.Pattern[str]:
    return compiled(
        rf"(?:(?P<next>ke?esokan{GAP}|esok{GAP})(?:hari(?P<nya>nya)?|(?P<part>pagi|siang|sore|malam)(?:nya|{GAP}hari(?:nya)?))"
        rf"|(?:ke)?esok(?:an)?nya)(?!\p{{L}})"
    )


@cache
def _same() -> regex.Pattern[str]:
    return compiled(rf"(?P<unit>hari|malam|pagi|sore|siang|bulan|tahun|pekan|minggu){GAP}yang{GAP}sama(?!\p{{L}})")


_PART_OF_IT = compiled(rf"(?P<part>pagi|siang|sore|petang|malam)(?:{GAP}hari)?nya(?!\p{{L}})")
_POINTING = compiled(rf"(?:saat|kala){GAP}itu(?!\p{{L}})")


@cache
def _countdown() -> regex.Pattern[str]:
    names = either(holiday_names())
    return compiled(rf"""
        H{GAP}?(?P<sign>[-–—−+]){GAP}?(?P<days>\d{{1,3}})(?![\d/.:]\d|\d|\p{{L}})
        (?: {GAP}(?:(?:sebelum|jelang|menjelang|setelah){GAP})?(?:perayaan{GAP}|hari{GAP}raya{GAP})?(?P<name>{names})(?!\p{{L}})
            (?:{GAP}(?:tahun{GAP})?(?P<year>{YEAR}|14\d\d)(?:{GAP}?(?:H|Hijriah)\b)?)?
        )?""")


@cache
def _prayers() -> dict[str, str]:
    return {row["word"]: row["code"] for row in rows("prayer_times")}


@cache
def _prayer() -> regex.Pattern[str]:
    return compiled(rf"(?:ba['’`]?da|bakda)[^\S\n]*+(?:(?:salat|shalat|sholat|solat){GAP})?(?P<word>{either(_prayers())})(?!\p{{L}})")


def reference(text: str, at: int) -> Expression | None:
    """Read ``saat ini``, ``belum lama ini``, ``ke depan``."""
    match = _reference().match(text, at)
    if match is None:
        return None
    phrase = normal(match["phrase"])
    return Fixed(at, match.end(), phrase, value=patterns.references()[phrase])


def next_day(text: str, at: int) -> Expression | None:
    """Read ``keesokan harinya``, ``esok paginya``, the day after the one just mentioned."""
    match = _next_day().match(text, at)
    if match is None or (match["next"] and match["next"].lower().startswith("esok") and not match["nya"] and not match["part"]):
        return None
    part = patterns.day_parts()[match["part"].lower()][0] if match["part"] else None
    return Relative(at, match.end(), "keesokan harinya", "D", 1, from_text=True, part=part)


def part_of_it(text: str, at: int) -> Expression | None:
    """Read ``malamnya``, ``pagi harinya``, a part of the day just mentioned."""
    match = _PART_OF_IT.match(text, at)
    if match is None:
        return None
    return Relative(at, match.end(), "malamnya", "D", 0, from_text=True, part=patterns.day_parts()[match["part"].lower()][0])


def same(text: str, at: int) -> Expression | None:
    """Read ``hari yang sama``, ``tahun yang sama``, the period just mentioned."""
    match = _same().match(text, at)
    if match is None:
        return None
    word = match["unit"].lower()
    part = patterns.day_parts()[word][0] if word in patterns.day_parts() else None
    unit = "D" if part else patterns.units()[word][0]
    return Relative(at, match.end(), f"{word} yang sama", unit, 0, from_text=True, part=part)


def pointing(text: str, at: int) -> Expression | None:
    """Read ``kala itu``, ``saat itu``; a time only where it points at one just stated, which the caller knows."""
    match = _POINTING.match(text, at)
    return Relative(at, match.end(), normal(match[0]), "", 0, from_text=True) if match else None


def countdown(text: str, at: int) -> Expression | None:
    """Read ``H-7``, ``H+3 Lebaran``, ``H-10 Idulfitri 1445 H``."""
    match = _countdown().match(text, at)
    if match is None:
        return None
    sign = 1 if match["sign"] == "+" else -1
    key = holiday_names()[normal(match["name"])] if match["name"] else None
    year = int(match["year"]) if match["year"] else None
    return Countdown(at, match.end(), "H-7 holiday" if key else "H-7", sign * int(match["days"]), key, year)


def prayer(text: str, at: int) -> Expression | None:
    """Read ``ba'da Jumat``, ``bakda Magrib``."""
    match = _prayer().match(text, at)
    if match is None:
        return None
    return Calendar(at, match.end(), "ba'da prayer", part=_prayers()[match["word"].lower()], parts=["part"])
