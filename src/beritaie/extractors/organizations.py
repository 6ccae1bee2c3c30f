"""Organizations by head words and short forms."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.tokens import Tokens


def find(tokens: Tokens, abbreviations: list[Candidate]) -> list[Candidate]:
    """Return candidates of kind ``organization``; ``data`` is a ``dict`` with ``kind, generic, canonical, region_code``."""
    return []
