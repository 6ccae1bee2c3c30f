"""Direct speech: stretches between quotation marks, with the cue verb and what the syntax says of the speaker."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.tokens import Tokens


def find(tokens: Tokens) -> list[Candidate]:
    """Return candidates of kind ``quote``."""
    return []
