"""Any text at all: no exception, every span in its place, the same records twice."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spans import misplaced

import beritaie
from beritaie.records import Document

NLP = beritaie.load("rules", not_after="2026-01-01")
FRAGMENTS = (
    *(
        "Rp",
        "Rp100 juta",
        "100.000,00",
        "1,25",
        "US$",
        "-",
        "–",
        "—",
        "seratus",
        "setengah",
        "miliar",
        "per tahun",
        "/kg",
        "sekitar",
        "sen",
    ),
    *(
        "Rabu (31/10)",
        "(31/10/2018)",
        "31",
        "Februari",
        "30 Februari 2019",
        "pukul 25.99 WIB",
        "kemarin",
        "H-7",
        "tahun",
        "2019",
        "0",
        "Muharam",
    ),
    *(
        "Bupati",
        "Wakil Walikota",
        "Plt",
        "mantan",
        "H",
        "Hj.",
        "Dr.",
        "AKBP",
        "Brigjen Pol",
        "S.H., M.Si.",
        "(54)",
        "berinisial",
        "AR",
        "Siti",
        "Budi",
    ),
    *(
        "Pemko Bandung",
        "PT",
        "Tbk",
        "(Persero)",
        "Dinas",
        "Polres",
        "OPD-OPD",
        "Badan Pendapatan Daerah (Bapenda)",
        "(KPK)",
        "KPK (",
        "Universitas",
    ),
    *("Kota", "Jalan", "Desa", "Banjarmasin", "BANJARMASIN –", "JAKARTA, KOMPAS.com -", "Jawa Barat", "AS", "di", "Auditorium"),
    *('"', "“", "”", "'", "‘", "’", "''", "«", ",”", '."', "ujarnya", "kata dia", "katanya,", "menurut", "tegas", "kata"),
    *(
        "&amp;",
        "&nbsp;",
        "&#8220;",
        "&#x110000;",
        "â€œ",
        "â€",
        "Ã©",
        "\u00ad",
        "\u200b",
        "\ufeff",
        "\x00",
        "\x1b",
        "\r\n",
        "\n",
        "\n\n",
        "\t",
        "\u2028",
    ),
    *(
        "Baca juga: Harga Naik",
        "ADVERTISEMENT",
        "Posting Komentar",
        "(ant/red)",
        "dia.Namun",
        ".",
        ",",
        "(",
        ")",
        "[",
        "]",
        "...",
        ":",
        ";",
    ),
)
ANY = st.text(max_size=400)
LIKE_NEWS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=60).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts))
)
TWICE = LIKE_NEWS.map(lambda text: f"{text}\n{text}")
PUBLISHED = st.none() | st.dates().map(str)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@example("", None)
@example(" ", None)
@example("Rp", "0001-01-01")
@example("kemarin, dua abad lalu, 3000 tahun lalu, H-7 Lebaran", "0001-01-01")
@example("besok, 9999 tahun lagi, pekan depan", "9999-12-31")
@given(ANY | LIKE_NEWS | TWICE, PUBLISHED)
def test_any_text(text: str, published: str | None) -> None:
    doc = NLP(text, published=published)
    assert misplaced(doc) == []
    assert doc.text == text
    assert msgspec.json.decode(doc.to_json(), type=Document) == doc
    assert NLP(text, published=published) == doc


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=40) | st.dates().map(str))
def test_any_date(published: str) -> None:
    """A date is read, or refused with the library's own error; never anything else."""
    doc = NLP.read({"text": "Rapat digelar kemarin.", "published": published})
    assert doc.error is None or "Error:" not in doc.error.split()[0]


HOSTILE = {
    "capitals": "A",
    "capital words": "Bupati Banjar ",
    "brackets": "(",
    "closing brackets": ")",
    "quotes": '"',
    "curly quotes": "“",
    "single quotes": "' ",
    "digits": "1",
    "digit groups": "1.000 ",
    "amounts": "Rp1 ",
    "commas": ", ",
    "full stops": ". ",
    "hyphens": "-",
    "hyphenated": "a-",
    "newlines": "\n",
    "short lines": "a\n",
    "entities": "&amp;",
    "mojibake": "â€œ",
    "initials": "A. ",
    "offices": "Kepala ",
    "units": "juta ",
    "days": "Senin ",
    "short forms": "A (B) ",
    "glued": "dia.Namun",
    "spaces": "  ",
    "letters": "a",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read(name: str) -> None:
    """Any text is read, and within its bounds; that time stays linear is measured by ``benchmarks/speed.py --only scaling --check``."""
    unit = HOSTILE[name]
    doc = NLP(unit * (50_000 // len(unit)))
    assert misplaced(doc) == []
