"""Places: regions by the official list, countries and cities, and class words with a name."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.tokens import Tokens


def find(tokens: Tokens, article: Article) -> list[Candidate]:
    """Return candidates of kind ``place``; ``data`` is a ``dict`` with ``canonical, code, level, candidates``."""
    return []
