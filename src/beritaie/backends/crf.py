"""Names found by the shipped model: a linear-chain CRF over words, their shapes and affixes, clusters of word vectors, and word lists.

The model lies in ``models/berita-crf``, which is a spaCy pipeline too (``beritaie.spacy.Names``); here its files are read without spaCy,
whose import takes longer than everything else. The files hold numbers and words only, no code.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from beritaie import lexicon
from beritaie.backends import DEFAULT, KINDS
from beritaie.candidates import Candidate
from beritaie.errors import SetupError
from beritaie.tokens import BREAK, Tokens

COMPONENT = "beritaie_names"  # the folder of the model's files in the pipeline's
FILES = ("model.crfsuite", "clusters.tsv", "words.tsv")
WEIGHT = 0.2  # below any rule's: what a rule knows stands, see ``resolve.py``
_LONGEST = 200  # tokens tagged at a time; the few longer sentences are cut
_REMEMBERED = 60_000  # words whose features are kept
_SHORTEST_LEVEL = 3  # words all in capitals, or all in small letters, from which on a sentence says nothing by its capitals

Features = tuple[list[str], list[str], list[str], list[str], list[str]]  # of a word as itself, before, after, two before, two after


class CrfBackend:
    """The CRF as a backend.

    Attributes:
        name: the model's name, as in ``rule="model:NAME"``.
        labels: the tagger's labels, in the names that the candidates' kinds go by.
    """

    labels: tuple[str, ...] = ("PER", "ORG", "LOC")

    def __init__(self, tagger: Any, features: WordFeatures, name: str) -> None:
        self.name = name
        self._tagger = tagger
        self._features = features
        self.memory = b""  # the tagger reads it in place, and does not keep it

    def annotate(self, batch: Sequence[Tokens]) -> list[list[Candidate]]:
        """Find the names in some articles.

        Args:
            batch: the articles' tokens.

        Returns:
            One list per article, in order: candidates in text order, offsets in ``Tokens.text``. ``score`` is the least probable of the
            name's tokens' (the tagger's marginal probability, which is surer than it is right).
        """
        return [self._article(tokens) for tokens in batch]

    def _article(self, tokens: Tokens) -> list[Candidate]:
        rule = f"model:{self.name}"
        found = []
        for first, last, label, score in self.spans(tokens):
            found.append(Candidate(KINDS[label], tokens.start[first], tokens.end[last - 1], rule, WEIGHT, score))
        return found

    def spans(self, tokens: Tokens) -> Iterator[tuple[int, int, str, float]]:
        """Yield the names: first token, token after the last, label, probability."""
        tagger = self._tagger
        for first, last in stretches(tokens):
            forms = tokens.form[first:last]
            if not any(form[0].isalpha() for form in forms):
                continue
            tags = tagger.tag(self._features.sentence(forms))
            at = 0
            while at < len(tags):
                tag = tags[at]
                if tag == "O":
                    at += 1
                    continue
                begin, label = at, tag[2:]
                score = tagger.marginal(tag, at)
                at += 1
                while at < len(tags) and tags[at] == f"I-{label}":
                    score = min(score, tagger.marginal(tags[at], at))
                    at += 1
                yield first + begin, first + at, label, min(max(score, 0.0), 1.0)


def stretches(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text as token ranges, cut where a line breaks or they grow too long."""
    flags = tokens.flags
    for first, last in tokens.sentences:
        begin = first
        for at in range(first + 1, last):
            if flags[at] & BREAK or at - begin == _LONGEST:
                yield begin, at
                begin = at
        if begin < last:
            yield begin, last


class WordFeatures:
    """What the CRF sees of a word and of its neighbours; remembered by word.

    Args:
        clusters: word -> its clusters, coarse to fine; the commonest words first.
        words: word in small letters -> what it mostly is in the news where it has a capital, see ``training/crf.py words``.
    """

    def __init__(self, clusters: dict[str, tuple[str, ...]], words: dict[str, tuple[str, ...]]) -> None:
        self._clusters = clusters
        self._words = words
        self._remembered: dict[str, Features] = {}

    @cached_property
    def _usual(self) -> dict[str, str]:
        """The commonest form of each word, by its form in small letters."""
        return {form.lower(): form for form in reversed(self._clusters)}

    def sentence(self, forms: list[str]) -> list[list[str]]:
        """Return the features of each word of a sentence.

        A sentence all in capitals or all in small letters (a headline, a tag line) is read as the news would usually write its words.
        """
        letters = [form for form in forms if form.isalpha()]
        if len(letters) >= _SHORTEST_LEVEL:
            if all(map(str.islower, letters)):
                forms = [self._usual.get(form, form) for form in forms]
            elif all(map(str.isupper, letters)):
                forms = [self._usual.get(form.lower()) or (form.title() if len(form) > 3 else form) for form in forms]
        words = [_EDGE_BEFORE, _EDGE_BEFORE, *map(self._word, forms), _EDGE_AFTER, _EDGE_AFTER]
        return [words[i][0] + words[i - 1][1] + words[i + 1][2] + words[i - 2][3] + words[i + 2][4] for i in range(2, len(words) - 2)]

    def _word(self, form: str) -> Features:
        found = self._remembered.get(form)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            found = self._remembered[form] = self._features(form)
        return found

    def _features(self, form: str) -> Features:
        form = form[:40]
        lower = form.lower()
        shape = _shape(form)
        clusters = self._clusters.get(form) or self._clusters.get(form.title()) or self._clusters.get(lower) or ()
        listed = _listed().get(lower, "") if not form.islower() or len(lower) < 2 else _small().get(lower, "")
        near = [f"w={lower}", f"s={shape}", *(f"c{level}={cluster}" for level, cluster in enumerate(clusters)), f"l={listed}"]
        own = [*near, f"W={form}", f"p2={lower[:2]}", f"p3={lower[:3]}", f"e2={lower[-2:]}", f"e3={lower[-3:]}", f"e4={lower[-4:]}"]
        own += [f"ls={listed}{shape}", "bias", *(f"cs={cluster}{shape}" for cluster in clusters[:1])]
        if not form.islower():
            uses = self._words.get(lower, ("?",))
            own += [f"v={use}" for use in (*uses, ",".join(uses))]
            near += [f"v={use}" for use in uses]
        far = [f"s={shape}", f"l={listed}", *(f"c{level}={cluster}" for level, cluster in enumerate(clusters[:2])), f"w={lower}"]
        return own, _at("-1", near), _at("+1", near), _at("-2", far), _at("+2", far)


def _at(place: str, features: list[str]) -> list[str]:
    return [f"{place}:{feature}" for feature in features]


_EDGE_BEFORE: Features = ([], ["-1:edge"], [], ["-2:edge"], [])
_EDGE_AFTER: Features = ([], [], ["+1:edge"], [], ["+2:edge"])


def _shape(form: str) -> str:
    shape: list[str] = []
    last = ""
    for letter in form[:20]:
        kind = "X" if letter.isupper() else "x" if letter.isalpha() else "d" if letter.isdigit() else letter
        if kind != last or (kind == "X" and len(shape) == 1):
            shape.append(kind)
            last = kind
    return "".join(shape[:6])


@cache
def _listed() -> dict[str, str]:
    """Return what the lists know of a word with a capital: a letter for each list it stands in."""
    marks: dict[str, set[str]] = {}

    def add(mark: str, words: Iterator[str]) -> None:
        for word in words:
            marks.setdefault(word.lower(), set()).add(mark)

    for row in lexicon.rows("names"):
        add(("n" if row["weak"] else {"given": "g", "family": "f", "both": "b"}[row["part"]]), iter((row["word"],)))
    for table, mark in (("regions", "r"), ("districts", "d"), ("countries", "c"), ("landmarks", "m")):
        for row in lexicon.rows(table):
            add(mark, iter(row["name"].split()[:1]))
            add(mark.upper(), iter(row["name"].split()[1:]))
    for row in lexicon.rows("known_organizations"):
        add("O" if " " in row["name"] else "o", iter(row["name"].split()[:1]))
    for word, mark in _small().items():
        add(mark, iter((word,)))
    return {word: "".join(sorted(letters)) for word, letters in marks.items()}


@cache
def _small() -> dict[str, str]:
    """Return what the lists know of a word in small letters: heads of places' and organizations' names, ranks, honorifics."""
    marks: dict[str, str] = {}
    for table, mark in (("organization_heads", "h"), ("place_heads", "p"), ("ranks", "k"), ("honorifics", "t"), ("person_cues", "q")):
        for row in lexicon.rows(table):
            words = next(iter(row.values())).lower().split()
            for word in words[:1]:
                marks.setdefault(word, mark)
    return marks


def read_table(table: str) -> dict[str, tuple[str, ...]]:
    """Read a table of words: a line for each, with what is known of it (its clusters, its uses), tab separated."""
    return {word: tuple(known) for word, *known in (line.split("\t") for line in table.split("\n") if line)}


def shipped_folder() -> Path:
    """Return the folder of the shipped pipeline."""
    return Path(str(importlib.resources.files("beritaie") / "models" / DEFAULT))


def load(folder: Path | None = None, name: str = DEFAULT) -> CrfBackend:
    """Load the shipped model, or the files in ``folder``.

    Raises:
        SetupError: a file or the package python-crfsuite is missing.
    """
    folder = folder or shipped_folder() / COMPONENT
    for file in FILES:
        if not (folder / file).is_file():
            raise SetupError(f"there is no file {folder / file}; reinstall beritaie")
    return from_files({file: (folder / file).read_bytes() for file in FILES}, name)


def from_files(files: dict[str, bytes], name: str = DEFAULT) -> CrfBackend:
    """Return the model that these files (name -> content) hold."""
    try:
        import pycrfsuite  # type: ignore[import-untyped]
    except ImportError as error:
        raise SetupError("the default model needs python-crfsuite: pip install python-crfsuite") from error
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(files["model.crfsuite"])
    backend = CrfBackend(tagger, WordFeatures(*(read_table(files[file].decode()) for file in FILES[1:])), name)
    backend.memory = files["model.crfsuite"]
    return backend
