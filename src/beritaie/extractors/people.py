"""Named people by their triggers (office, rank, honorific, cue verb, age), and the offices stated for them."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.tokens import Tokens


def find(tokens: Tokens, names: list[Candidate]) -> list[Candidate]:
    """Return candidates of kind ``person`` and ``position``.

    ``names`` are the candidates of the other extractors (organizations, places, quotes, abbreviations) and of the model. A person's
    ``data`` holds the parts of the name; a position's ``data`` holds title, organization, place, status and the person candidate.
    """
    return []
