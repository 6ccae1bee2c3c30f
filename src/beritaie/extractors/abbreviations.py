"""Short forms that the article itself introduces: long (short), short (long)."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.tokens import Tokens


def find(tokens: Tokens) -> list[Candidate]:
    """Return candidates of kind ``abbreviation`` over the short form; ``data`` is a ``dict`` with ``short, long``."""
    return []
