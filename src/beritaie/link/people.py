"""Mentions of one person joined; offices tied to people."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.records import Person
from beritaie.tokens import Tokens


def link(tokens: Tokens, people: list[Candidate], positions: list[Candidate]) -> list[Person]:
    """Return one ``Person`` per person of the article, offsets in the cleaned text."""
    return []
