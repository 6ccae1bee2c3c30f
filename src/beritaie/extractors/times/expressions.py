"""What the grammar reads in an expression of time, before ``resolution.py`` gives it a value."""

from __future__ import annotations

from dataclasses import dataclass, field

Clock = tuple[int, int | None, int | None]  # hour, minute, second


@dataclass(slots=True)
class Expression:
    """A stretch of text that states a time; ``rule`` is the name of the rule that found it."""

    start: int
    end: int
    rule: str = ""


@dataclass(slots=True)
class Fixed(Expression):
    """A time whose type and value the words alone decide: ``tahun 2019``, ``saat ini``, ``lima tahun``."""

    type: str = "DATE"
    value: str = ""


@dataclass(slots=True)
class Calendar(Expression):
    """A day or a time of day, as far as the text states it.

    ``days`` counts from the day of writing (``kemarin`` is -1); ``direction`` is -1 for ``lalu``, 0 for ``ini``, 1 for ``mendatang``;
    ``week_shift``, ``month_shift`` and ``year_shift`` count weeks, months and years from there (``5 Juni tahun lalu``). ``eve``: the
    evening before the weekday (``malam Minggu``). ``digits``: a numeric date whose separators are lost or misprinted. ``hijri``: month
    and year are Hijri.
    """

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    part: str | None = None
    clock: Clock | None = None
    days: int | None = None
    direction: int | None = None
    week_shift: int | None = None
    month_shift: int | None = None
    year_shift: int | None = None
    eve: bool = False
    digits: str | None = None
    hijri: bool = False
    zone: bool = False
    bracket: bool = False
    parts: list[str] = field(default_factory=list)

    @property
    def dated(self) -> bool:
        """Whether a day of a month is stated."""
        return self.day is not None or self.digits is not None


@dataclass(slots=True)
class Relative(Expression):
    """A period so many units before or after the day of writing (``pekan lalu``, ``dua bulan lagi``, ``akhir pekan``).

    ``from_text``: it counts from the last time that the text mentions (``sehari sebelumnya``) instead. ``part``: a part of that day.
    """

    unit: str = "D"
    count: int = 0
    from_text: bool = False
    weekend: bool = False
    part: str | None = None


@dataclass(slots=True)
class Fraction(Expression):
    """A quarter (``kind`` Q) or half (H) of a year; ``year_shift`` counts from the year of writing, ``shift`` from the running quarter."""

    kind: str = "Q"
    number: int | None = None
    year: int | None = None
    year_shift: int | None = None
    shift: int | None = None


@dataclass(slots=True)
class Countdown(Expression):
    """Days before or after a holiday: ``H-7 Lebaran 2019``. ``holiday`` is a key of ``holidays.toml``, None where the text does not say."""

    offset: int = 0
    holiday: str | None = None
    year: int | None = None
