"""A document made by hand, with every record type and overlapping marks, so that views are tested apart from the extractors."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from beritaie.records import (
    Abbreviation,
    Document,
    Mention,
    Money,
    Organization,
    Passage,
    Person,
    Place,
    Position,
    Quote,
    Time,
)

TEXT = (
    "BANJARMASIN – Wakil Walikota Banjarmasin H Hermansyah (54) berkunjung ke Pemko Bandung, Rabu (31/10). "
    "“Hibah PIPPK tidak kurang dari Rp200 milyar per tahun,” katanya.\nPosting Komentar"
)


def _span(text: str, nth: int = 1) -> dict:
    start = -1
    for _ in range(nth):
        start = TEXT.index(text, start + 1)
    return {"start": start, "end": start + len(text), "text": text}


def _mention(text: str, nth: int = 1, kind: str = "name") -> Mention:
    return Mention(**_span(text, nth), kind=kind)


def document(**changes) -> Document:
    office = Position(title="Wakil Walikota", place="Banjarmasin", mentions=(_mention("Wakil Walikota Banjarmasin"),))
    fields = {
        "text": TEXT,
        "id": "banjarmasin-1",
        "title": "Studi komparasi",
        "published": dt.date(2018, 11, 1),
        "not_after": dt.date(2026, 1, 1),
        "dateline": "BANJARMASIN",
        "people": (
            Person(
                id="p1", name="Hermansyah", honorifics=("H",), age=54, mentions=(_mention("H Hermansyah"),), positions=(office,), score=0.9
            ),
        ),
        "organizations": (Organization(id="o1", name="Pemko Bandung", kind="regional_government", mentions=(_mention("Pemko Bandung"),)),),
        "places": (Place(id="l1", name="Banjarmasin", code="63.71", mentions=(_mention("BANJARMASIN"), _mention("Banjarmasin"))),),
        "money": (
            Money(
                **_span("Rp200 milyar"),
                low=Decimal(200_000_000_000),
                high=Decimal(200_000_000_000),
                currency="IDR",
                qualifier="at_least",
                per="year",
            ),
        ),
        "times": (Time(**_span("Rabu (31/10)"), type="DATE", value="2018-10-31"),),
        "quotes": (
            Quote(
                **_span("“Hibah PIPPK tidak kurang dari Rp200 milyar per tahun,”"),
                speaker="Hermansyah",
                speaker_id="p1",
                cue=_mention("katanya"),
            ),
        ),
        "abbreviations": (Abbreviation(short="PIPPK", long="Program Inovasi", start=TEXT.index("PIPPK"), end=TEXT.index("PIPPK") + 5),),
        "skipped": (Passage(start=TEXT.index("Posting"), end=len(TEXT), reason="boilerplate"),),
    }
    return Document(**fields | changes)
