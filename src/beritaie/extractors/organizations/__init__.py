"""Organizations: class words with the grammar of their names, short forms, bodies known by name, and the article's own short forms."""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.extractors.organizations.later import foreign_acronyms, later_mentions
from beritaie.extractors.organizations.reader import Name, Reader
from beritaie.tokens import Tokens


def find(tokens: Tokens, abbreviations: list[Candidate]) -> list[Candidate]:
    """Return candidates of kind ``organization``.

    Args:
        tokens: the text.
        abbreviations: candidates of other extractors; those of kind ``abbreviation`` (``data``: ``short``, ``long``) say what a short form
            stands for in this article.

    Returns:
        candidates whose ``data`` is a ``dict`` with ``kind``, ``generic``, ``canonical`` and ``region_code`` of ``records.Organization``.
    """
    reader = Reader(tokens, foreign_acronyms(abbreviations))
    reader.read()
    names = reader.names + later_mentions(reader, abbreviations)
    return [_candidate(tokens, name) for name in names]


def _candidate(tokens: Tokens, name: Name) -> Candidate:
    data = {"kind": name.kind, "generic": name.generic, "canonical": name.canonical, "region_code": name.region_code}
    start, end = tokens.start[name.start], tokens.end[name.end - 1]
    return Candidate(kind="organization", start=start, end=end, rule=name.rule, weight=name.weight, data=data)
