"""The records of a document in words: short lines and tables for people to read."""

from __future__ import annotations

from beritaie.records import Document, Money, Position, Quote

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def tables(doc: Document) -> dict[str, Table]:
    """Return, by heading, a header and rows of plain text for each record type that the document holds."""
    everything: dict[str, Table] = {
        "People": (
            ("name", "honorifics, degrees", "rank", "age", "office"),
            [
                (
                    person.name,
                    ", ".join((*person.honorifics, *person.degrees)),
                    person.rank or "",
                    "" if person.age is None else str(person.age),
                    "; ".join(map(office, person.positions)),
                )
                for person in doc.people
            ],
        ),
        "Organizations": (
            ("name", "kind", "mentions"),
            [(body.name, body.kind + (", generic" if body.generic else ""), str(len(body.mentions))) for body in doc.organizations],
        ),
        "Places": (
            ("name", "code", "mentions"),
            [(place.name, place.code or "", str(len(place.mentions))) for place in doc.places],
        ),
        "Money": (("text", "amount"), [(money.text, amount(money)) for money in doc.money]),
        "Times": (
            ("text", "type", "value", "issues"),
            [(time.text, time.type, time.value, "; ".join(time.issues)) for time in doc.times],
        ),
        "Quotes": (("text", "kind", "speaker"), [(quote.text, quote.kind, speaker(quote)) for quote in doc.quotes]),
        "Abbreviations": (("short", "long"), [(pair.short, pair.long) for pair in doc.abbreviations]),
    }
    return {heading: table for heading, table in everything.items() if table[1]}


def facts(doc: Document) -> list[tuple[str, str]]:
    """Return what is known of the article as a whole, as (name, value)."""
    known = {
        "id": doc.id,
        "title": doc.title,
        "url": doc.url,
        "published": doc.published,
        "dateline": doc.dateline,
        "byline": doc.byline,
        "error": doc.error,
        "issues": "; ".join(doc.issues),
        "passed over": ", ".join(sorted({passage.reason for passage in doc.skipped})),
    }
    return [(name, str(value)) for name, value in known.items() if value]


def office(position: Position) -> str:
    """Return an office in words: ``former Ketua, KPU, Banjarmasin``."""
    return " ".join(filter(None, (position.status, ", ".join(filter(None, (position.title, position.organization, position.place))))))


def amount(money: Money) -> str:
    """Return an amount in words: ``at least IDR 200,000,000,000 per year``."""
    low, high = f"{money.low:,}", f"{money.high:,}"
    words = [(money.qualifier or "").replace("_", " "), money.currency, low if low == high else f"{low} to {high}"]
    return " ".join(filter(None, words)) + (f" per {money.per}" if money.per else "")


def speaker(quote: Quote) -> str:
    """Return who speaks, as far as the text tells."""
    return quote.speaker or "speaker not named"
