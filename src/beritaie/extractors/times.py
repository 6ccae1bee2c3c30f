"""Dates, clock times, durations and sets, as TIMEX3."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.tokens import Tokens


def find(tokens: Tokens, article: Article) -> list[Candidate]:
    """Return candidates of kind ``time``; ``data`` is a ``dict`` with ``type, value, issues`` of ``records.Time``."""
    return []
