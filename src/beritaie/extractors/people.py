"""Named people by their triggers."""

from __future__ import annotations

from collections.abc import Sequence

from beritaie.candidates import Candidate
from beritaie.names import NameSense
from beritaie.tokens import Tokens


def find(tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> list[Candidate]:
    return []
