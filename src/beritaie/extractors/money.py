"""Amounts of money."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.tokens import Tokens


def find(tokens: Tokens) -> list[Candidate]:
    """Return candidates of kind ``money``; ``data`` is a ``dict`` with ``low, high, currency, qualifier, per`` of ``records.Money``."""
    return []
