"""Calendars and TIMEX3 values: dates that agree, Hijri dates, holidays, and that every value is one that TIMEX3 can write."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.document import Article
from beritaie.extractors import times
from beritaie.extractors.times import calendars
from beritaie.lexicon import rows, table
from beritaie.tokens import Tokens

# TIMEX3 values as the annotation guidelines allow them.
TIME_VALUE = re.compile(
    r"(PRESENT_REF|PAST_REF|FUTURE_REF"
    r"|P(\d+|X+)(\.\d+)?(DE|CE|[YMWDQ])|P(\d+[YMWD])+|PT?(\d+|X+)(\.\d+)?[HMS]|PT(\d+(\.\d+)?[HMS])+|PXX"
    r"|P(\d+|X+)?(MO|AF|EV|NI|DT)|PT(\d+|X+)(MO|AF|EV|NI)"
    r"|(\d{2,4}|XXXX)(-(W(\d\d|XX)(-(\d|WE))?|Q\d|H\d|SP|SU|FA|WI|(\d\d|XX)(-(\d\d|XX))?))?"
    r"(T(MO|AF|EV|NI|DT|MI|\d\d(:\d\d(:\d\d)?)?))?)"
)
NOT_AFTER = dt.date(2026, 1, 1)


def find(text: str, published: dt.date | None = None) -> list[tuple[str, str, str]]:
    article = Article(text, published=published, not_after=NOT_AFTER)
    return [(article.text[c.start : c.end], c.data["type"], c.data["value"]) for c in times.find(Tokens(article.text), article)]


WORDS = [row["word"] for name in ("months", "weekdays", "time_units", "hijri_months") for row in rows(name)]
WORDS += [row["phrase"] for name in ("day_parts", "time_references") for row in rows(name)]
WORDS += [*table("times")["directions"], *table("times")["days"], *table("times")["stretches"]["words"]]
WORDS += [
    "pukul",
    "jam",
    "WIB",
    "waktu setempat",
    "setiap",
    "tiap",
    "sekali",
    "tanggal",
    "tahun",
    "kuartal I",
    "semester II",
    "abad ke-19",
    "1990-an",
]
WORDS += [
    "(31/10)",
    "(29/2/2019)",
    "(3102025)",
    "2019",
    "2019-2024",
    "31",
    "30 Februari",
    "07.55",
    "24.00",
    "setengah",
    "dua",
    "sebelas",
    "beberapa",
    "puluhan",
]
WORDS += [
    "H-7",
    "9999 tahun lagi",
    "5000 hari lalu",
    "90000 bulan lagi",
    "akhir pekan",
    "H+3 Lebaran",
    "Lebaran 2019",
    "TA 2023",
    "221 SM",
    "bertahun-tahun",
    "(",
    ")",
    ",",
    ".",
    "-",
    "hingga",
    "dan",
    '"',
    "akan",
    "1445 H",
    "3x24 jam",
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
    st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), NOT_AFTER), st.sampled_from([dt.date.min, dt.date.max])),
)
def test_every_value_is_timex3(text: str, published: dt.date | None) -> None:
    ends = 0
    article = Article(text, published=published, not_after=NOT_AFTER)
    for candidate in times.find(Tokens(article.text), article):
        value = candidate.data["value"]
        assert TIME_VALUE.fullmatch(value), (article.text[candidate.start : candidate.end], value)
        whole = re.match(r"\d{4}-\d\d-\d\d", value)
        if whole:
            dt.date.fromisoformat(whole[0])
        assert candidate.start >= ends, "expressions overlap"
        assert article.text[candidate.start : candidate.end].strip() == article.text[candidate.start : candidate.end] != ""
        ends = candidate.end


@given(st.dates(dt.date(1990, 1, 1), dt.date(2025, 12, 31)))
def test_weekday_and_date_agree(date: dt.date) -> None:
    names = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
    weekday = names[date.isoweekday() - 1]
    ((_, kind, value),) = find(f"Ia tiba di Jakarta, {weekday} ({date.day}/{date.month}).", date + dt.timedelta(days=3))
    assert (kind, value) == ("DATE", date.isoformat())
    ((_, _, unpublished),) = find(f"Ia tiba di Jakarta, {weekday} ({date.day}/{date.month}).")
    found = dt.date.fromisoformat(unpublished)
    assert (found.month, found.day, found.isoweekday()) == (date.month, date.day, date.isoweekday())
    assert found <= NOT_AFTER


@given(st.dates(dt.date(1940, 1, 1), dt.date(2039, 12, 31)))
def test_every_way_to_write_a_date(date: dt.date) -> None:
    months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
    short = ["Jan", "Peb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sept", "Okt", "Nop", "Des"]
    for form in (
        f"{date.day} {months[date.month - 1]} {date.year}",
        f"tanggal {date.day:02} {months[date.month - 1]} {date.year}",
        f"{date.day} {short[date.month - 1]} {date.year}",
        f"{months[date.month - 1]} {date.day}, {date.year}",
        f"{date.day:02}/{date.month:02}/{date.year}",
        f"{date.day}-{date.month}-{date.year}",
        f"{date.day:02}/{date.month:02}/{date.year % 100:02}",
        date.isoformat(),
    ):
        assert find(f"Surat itu dikirim pada {form} kepada kami.") == [(form, "DATE", date.isoformat())], form


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        ((1444, 9, 1), "2023-03-23"),
        ((1444, 10, 1), "2023-04-22"),
        ((1440, 10, 1), "2019-06-05"),
        ((1445, 12, 10), "2024-06-17"),
        ((1447, 1, 1), "2025-06-26"),
    ],
)
def test_hijri_dates_follow_the_decrees(hijri: tuple[int, int, int], gregorian: str) -> None:
    assert str(calendars.from_hijri(*hijri)) == gregorian


@given(st.integers(1343, 1500), st.integers(1, 12), st.integers(1, 29))
def test_hijri_dates_lie_near_the_arithmetic_calendar(year: int, month: int, day: int) -> None:
    # the tabular calendar: 30 years of 10,631 days, months of 29.5 days; day 1 of 1 H is 16 July 622 (Julian), ordinal 227,015
    days = (year - 1) * 10631 / 30 + (month - 1) * 29.5306 + day
    found = calendars.from_hijri(year, month, day)
    assert found is not None
    assert abs(found.toordinal() - (227014 + days)) <= 3


def test_hijri_dates_outside_the_tables_are_unknown() -> None:
    assert calendars.from_hijri(1200, 1) is None
    assert calendars.from_hijri(1445, 13) is None
    assert calendars.from_hijri(1445, 1, 31) is None


def test_decreed_holidays_lie_near_the_hijri_calendar() -> None:
    from hijridate import Gregorian

    for key, holiday in table("holidays").items():
        for date in holiday.get("dates", ()) if "hijri" in holiday else ():
            hijri = Gregorian(date.year, date.month, date.day).to_hijri()
            ordinal = hijri.month * 30 + hijri.day
            month, day = holiday["hijri"]
            assert abs(ordinal - (month * 30 + day)) <= 2, (key, date)


def test_holidays_of_a_year_and_nearest() -> None:
    assert calendars.holiday("lebaran", 2019, None) == dt.date(2019, 6, 5)
    assert calendars.holiday("lebaran", 1440, None) == dt.date(2019, 6, 5)
    assert calendars.holiday("natal", 2020, None) == dt.date(2020, 12, 25)
    assert calendars.holiday("natal", None, dt.date(2020, 12, 20)) == dt.date(2020, 12, 25)
    assert calendars.holiday("tahun_baru", None, dt.date(2020, 12, 20)) == dt.date(2021, 1, 1)
    assert calendars.holiday("lebaran", None, None) is None
    assert calendars.holiday("nyepi", 1999, None) is None
