"""What rules and models propose, before ``resolve.py`` decides."""

from __future__ import annotations

from typing import Any

import msgspec


class Candidate(msgspec.Struct):
    """A proposed mention.

    ``start``/``end`` count code points of the **cleaned** text (``Article.text``); the pipeline maps them to the source at the very end.
    ``weight`` ranks overlapping candidates (higher wins, see ``resolve.py``); ``score`` is a model's probability, or None, and once it
    stands, the probability that it is right (``scores.py``).
    ``data`` holds the extractor's own parsed parts.
    """

    kind: str
    start: int
    end: int
    rule: str
    weight: float = 0.5
    score: float | None = None
    data: Any = None
