"""Quotes to their speakers."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.records import Organization, Person, Quote
from beritaie.tokens import Tokens


def link(tokens: Tokens, quotes: list[Candidate], people: list[Person], organizations: list[Organization]) -> list[Quote]:
    """Return the quotes with their speakers, offsets in the cleaned text."""
    return [Quote(start=q.start, end=q.end, text=tokens.text[q.start : q.end], rule=q.rule) for q in quotes]
