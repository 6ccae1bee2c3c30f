"""Dates, clock times, durations and sets, as TIMEX3.

``grammar`` finds the expressions and ``resolution`` gives them values; words live in ``lexicon/times.toml`` and the tables beside it.
"""

from __future__ import annotations

from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.extractors.times.grammar import expressions
from beritaie.extractors.times.resolution import Resolver
from beritaie.tokens import Tokens


def find(tokens: Tokens, article: Article) -> list[Candidate]:
    """Return candidates of kind ``time``; ``data`` is a ``dict`` with ``type, value, issues`` of ``records.Time``.

    Args:
        tokens: the article's tokens.
        article: gives the day of publication (or None), from which relative times are resolved, and the day after which it cannot have been
            written.
    """
    resolver = Resolver(tokens, article.published, article.not_after)
    found = resolver.resolve(expressions(tokens))
    return [
        Candidate("time", expression.start, expression.end, expression.rule, data={"type": kind, "value": value, "issues": issues})
        for expression, kind, value, issues in found
    ]
