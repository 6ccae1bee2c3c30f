"""Numerals in digits and words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from beritaie.numbers import read, read_number
from beritaie.tokens import Tokens

WHOLE = {
    "7": "7",
    "1,25": "1.25",
    "1.250.000": "1250000",
    "251,132": "251.132",
    "5.152,69": "5152.69",
    "1.5": "1.5",
    "30.6": "30.6",
    "5.000.00": "5000",
    "1,250,000": "1250000",
    "1,250.50": "1250.50",
    "2,5 juta": "2500000",
    "30.6 Milyar": "30600000000",
    "2.028 miliar": "2028000000000",
    "1 juta 250 ribu": "1250000",
    "2 juta setengah": "2500000",
    "550 rb": "550000",
    "½ juta": "500000",
    "1½ juta": "1500000",
    "1/2": "0.5",
    "nol": "0",
    "sepuluh": "10",
    "sebelas ribu": "11000",
    "dua belas": "12",
    "dua puluh lima": "25",
    "seratus dua puluh": "120",
    "seribu": "1000",
    "sejuta": "1000000",
    "Seratus Ribu": "100000",
    "lima ribu tujuh ratus lima puluh": "5750",
    "seratus dua puluh satu ribu lima ratus tujuh belas": "121517",
    "satu triliun dua ratus miliar": "1200000000000",
    "setengah": "0.5",
    "dua setengah miliar": "2500000000",
    "tiga perempat": "0.75",
    "dua pertiga": "0.666666666667",
    "satu koma dua lima juta": "1250000",
}


@pytest.mark.parametrize(("text", "value"), WHOLE.items())
def test_whole(text: str, value: str) -> None:
    assert read(text, 0) == (len(text), Decimal(value))


@pytest.mark.parametrize(
    ("text", "taken", "value"),
    [
        ("1.000.", "1.000", "1000"),
        ("2,5, lalu", "2,5", "2.5"),
        ("12 juta orang", "12 juta", "12000000"),
        ("1 juta 250", "1 juta", "1000000"),
        ("dua dua", "dua", "2"),
        ("satu dua tiga", "satu", "1"),
        ("dua-tiga juta", "dua", "2"),
        ("lima ribu dua juta", "lima ribu dua", "5002"),
        ("31/10", "31", "31"),
        ("1/2/2020", "1", "1"),
        ("dua\npuluh", "dua", "2"),
    ],
)
def test_stops(text: str, taken: str, value: str) -> None:
    assert read(text, 0) == (len(taken), Decimal(value))


@pytest.mark.parametrize(
    "text", ["juta", "ribuan", "belasan", "puluhan juta", "satu-satunya", "lima-lima", "duaan", "perempat", "koma dua", "1" * 40, "", ","]
)
def test_no_number(text: str) -> None:
    assert read(text, 0) is None


def test_tokens() -> None:
    tokens = Tokens("Ada seratus dua puluh orang, 2,5 juta kartu dan tahun 60-an")
    assert read_number(tokens, 0) is None
    assert read_number(tokens, 1) == (4, Decimal(120))
    assert read_number(tokens, tokens.form.index("2,5")) == (tokens.form.index("kartu"), Decimal(2500000))


def test_long_rows_stay_linear() -> None:
    for text in ("1" * 100_000, "1." * 50_000, "satu " * 20_000, "1,000" * 20_000):
        read(text, 0)
        assert max((read(text, at) or (0,))[0] - at for at in range(0, 2_000, 7)) < 200
