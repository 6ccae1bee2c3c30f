"""Names found by a spaCy pipeline of the user's own, in a folder on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from beritaie.backends import KINDS
from beritaie.candidates import Candidate
from beritaie.errors import SetupError
from beritaie.tokens import Tokens

WEIGHT = 0.2  # below any rule's: what a rule knows stands, see ``resolve.py``
_MAX_LENGTH = 2_000_001  # code points; as much as the pipeline takes


class SpacyBackend:
    """A spaCy pipeline as a backend; its tokens are its own.

    Attributes:
        name: the folder's name, as in ``rule="model:NAME"``.
        labels: the labels that its components give.
    """

    def __init__(self, nlp: Any, name: str) -> None:
        self.name = name
        self._nlp = nlp
        nlp.max_length = max(nlp.max_length, _MAX_LENGTH)
        self.labels: tuple[str, ...] = tuple(sorted({label for labels in nlp.pipe_labels.values() for label in labels}))

    def annotate(self, batch: Sequence[Tokens]) -> list[list[Candidate]]:
        """Find the names in some articles.

        Args:
            batch: the articles' tokens; only their text is read.

        Returns:
            One list per article, in order: candidates in text order, offsets in ``Tokens.text``.
        """
        return [self._candidates(doc) for doc in self._nlp.pipe([tokens.text for tokens in batch])]

    def _candidates(self, doc: Any) -> list[Candidate]:
        found = []
        for entity in doc.ents:
            kind = KINDS.get(entity.label_.upper())
            name = entity.text.split("\n", 1)[0].rstrip()
            if kind is not None and name and name == name.lstrip():
                start = entity.start_char
                found.append(Candidate(kind, start, start + len(name), f"model:{self.name}", WEIGHT))
        return found


def load(folder: str | Path) -> SpacyBackend:
    """Load a spaCy pipeline from its folder.

    Raises:
        SetupError: the folder holds none, or one that cannot be loaded or finds no names of people, organizations or places.
    """
    folder = Path(folder)
    if not (folder / "config.cfg").is_file():
        raise SetupError(f"{folder} holds no spaCy pipeline (there is no config.cfg)")
    import spacy

    try:
        backend = SpacyBackend(spacy.load(folder), folder.name)
    except (OSError, ValueError, ImportError) as error:
        raise SetupError(f"the spaCy pipeline in {folder} cannot be loaded: {error}") from error
    if not any(label.upper() in KINDS for label in backend.labels):
        raise SetupError(f"the spaCy pipeline in {folder} finds no people, organizations or places; its labels: {backend.labels}")
    return backend
