"""Entity models behind one protocol: they read tokens and propose names; rules and ``resolve.py`` decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from beritaie.candidates import Candidate
from beritaie.tokens import Tokens

DEFAULT = "berita-crf"  # the model that ``load()`` takes, see ``models/``

# Labels of the shipped and of published taggers; others (dates, numbers, products) are no names of ours.
KINDS = {
    "PER": "person",
    "PERSON": "person",
    "ORG": "organization",
    "ORGANIZATION": "organization",
    "ORGANISATION": "organization",
    "NOR": "organization",
    "LOC": "place",
    "LOCATION": "place",
    "PLACE": "place",
    "GPE": "place",
    "FAC": "place",
}


class Backend(Protocol):
    """What a model does.

    Attributes:
        name: the model's name; its candidates' ``rule`` is ``model:NAME``.
        labels: the kinds of names it knows, of ``PER``, ``ORG``, ``LOC``.
    """

    name: str
    labels: tuple[str, ...]

    def annotate(self, batch: Sequence[Tokens]) -> list[list[Candidate]]:
        """Return, for each text of the batch and in its order, candidates of kind person, organization and place.

        They come in text order and do not overlap; offsets count in the tokens' text. A batch gives what its texts give alone.
        """
        ...
