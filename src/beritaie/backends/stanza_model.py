"""Names found by Stanza: its tokenizer with multiword tokens, its tagger, from files on this machine alone.

The shipped models lie in ``models/stanza-id``, in Stanza's own layout of folders; with ``package`` the tokenizer (and the tagger, where
the package has one) is an official one that the user has downloaded. Nothing is downloaded here, and Stanza's files hold plain
tensors and tables (it loads them with ``weights_only``).
"""

from __future__ import annotations

import importlib
import importlib.resources
import json
import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from beritaie.backends import KINDS
from beritaie.candidates import Candidate
from beritaie.errors import SetupError
from beritaie.tokens import Tokens

SHIPPED = "stanza-id"
WEIGHT = 0.2  # below any rule's: what a rule knows stands, see ``resolve.py``
_CLITICS = frozenset({"nya", "lah", "kah", "pun", "ku", "mu", "-nya", "-lah", "-kah", "-pun", "-ku", "-mu"})
_BATCH = 60_000  # code points read at a time: about 25 articles; a longer article is read whole, by itself
_SHORTEST_SHOUT = 12  # code points; shorter lines in capitals may be a short form alone
_LONGEST_PARAGRAPH = 20_000  # code points; beyond it the text is cut at white space, or memory would grow with the text


class StanzaBackend:
    """The Stanza models as a backend.

    Attributes:
        name: ``stanza-id`` or the name of the official package, as in ``rule="model:NAME"``.
        labels: the tagger's labels, in the names that the candidates' kinds go by.
    """

    labels: tuple[str, ...] = ("PER", "ORG", "LOC")

    def __init__(self, pipeline: Any, document: Any, name: str) -> None:
        self.name = name
        self._document = document
        self._tokenize = pipeline.processors["tokenize"]
        self._further = [pipeline.processors[name] for name in ("mwt", "ner") if name in pipeline.processors]

    def annotate(self, batch: Sequence[Tokens]) -> list[list[Candidate]]:
        """Find the names in some articles.

        Args:
            batch: the articles' tokens; only their text is read, Stanza has its own tokens.

        Returns:
            One list per article, in order: candidates in text order, offsets in ``Tokens.text``.
        """
        found: list[list[Candidate]] = []
        group: list[str] = []
        size = 0
        for tokens in batch:
            if group and size + len(tokens.text) > _BATCH:
                found += self._read(group)
                group, size = [], 0
            group.append(tokens.text)
            size += len(tokens.text)
        return found + self._read(group) if group else found

    def _read(self, texts: list[str]) -> list[list[Candidate]]:
        # The tokenizer pads what it reads together, and its answer depends on the padding: each article is tokenised alone, so that it
        # is read the same in whatever company. The further steps do not depend on it and take all at once.
        articles = []
        for text in texts:
            starts, documents = [], []
            for start, paragraph in _paragraphs(text):
                starts.append(start)
                documents.append(self._document([], text=_cased(paragraph)))
            articles.append((text, starts, self._tokenize.bulk_process(documents) if documents else []))
        every = [document for _, _, documents in articles for document in documents if document.sentences]
        if every:
            for processor in self._further:
                processor.bulk_process(every)
        return [self._candidates(*article) for article in articles]

    def _candidates(self, text: str, starts: list[int], documents: list[Any]) -> list[Candidate]:
        rule = f"model:{self.name}"
        found = []
        for start, document in zip(starts, documents, strict=True):
            for entity in document.ents if document.sentences else ():
                kind = KINDS.get(entity.type.upper())
                if kind is None:
                    continue
                tokens = entity.tokens
                begin, end = tokens[0].start_char, tokens[-1].end_char - _clitic(tokens[-1])
                if begin < end:
                    found.append(Candidate(kind=kind, start=start + begin, end=start + end, rule=rule, weight=WEIGHT))
        return found


def _clitic(token: Any) -> int:
    """Return the length of the clitics at the end of a multiword token (``Jokowi|lah``), 0 where there is none."""
    words = token.words
    if len(words) < 2 or len(token.text) != sum(len(word.text) for word in words):
        return 0
    tail = [word.text.lower() for word in words[1:]]
    return sum(map(len, tail)) if all(word in _CLITICS for word in tail) else 0


def _cased(paragraph: str) -> str:
    """Return a paragraph in capitals as a headline would be written (``PRESIDEN TIBA`` as ``Presiden Tiba``), any other as it is.

    The word vectors know no words in capitals but short forms. The length stays the same.
    """
    if not paragraph.isupper() or len(paragraph) < _SHORTEST_SHOUT:
        return paragraph
    titled = paragraph.title()
    return titled if len(titled) == len(paragraph) else paragraph


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs that hold anything, with the offset of each."""
    at = 0
    for line in text.split("\n"):
        begin = at
        at += len(line) + 1
        while len(line) > _LONGEST_PARAGRAPH:
            cut = line.rfind(" ", 1, _LONGEST_PARAGRAPH)
            cut = cut if cut > 0 else _LONGEST_PARAGRAPH
            if line[:cut].strip():
                yield begin, line[:cut]
            begin, line = begin + cut, line[cut:]
        if line.strip():
            yield begin, line


def load(package: str | None = None) -> StanzaBackend:
    """Load the shipped models, or an official package.

    Args:
        package: an official Indonesian package (``gsd``, ``csui``) that lies in ``STANZA_RESOURCES_DIR`` (or Stanza's usual folder). It
            gives the tokenizer; where it has no tagger for names, the shipped one reads its tokens.

    Raises:
        SetupError: Stanza or a file is missing.
    """
    stanza = _stanza()
    home = shipped_folder()
    own = {
        "ner_model_path": str(home / "id" / "ner" / "news.pt"),
        "ner_pretrain_path": str(home / "id" / "pretrain" / "news.pt"),
    }
    if package is None:
        _require(home / "resources.json", "reinstall beritaie")
        return _load(stanza, home, {"tokenize": "news", "mwt": "news", "ner": "news"}, own, SHIPPED)
    folder = Path(os.environ.get("STANZA_RESOURCES_DIR") or stanza.resources.common.DEFAULT_MODEL_DIR)
    remedy = f'download it once with python -c \'import stanza; stanza.download("id", package="{package}")\', or set STANZA_RESOURCES_DIR'
    _require(folder / "resources.json", remedy)
    known = json.loads((folder / "resources.json").read_text(encoding="utf-8")).get("id", {})
    listed = known.get("packages", {}).get(package, {})
    processors = {
        name: listed.get(name, package)
        for name in ("tokenize", "mwt", "ner")
        if isinstance(listed.get(name, package), str) and listed.get(name, package) in known.get(name, {})
    }
    if "tokenize" not in processors:
        raise SetupError(f"{folder / 'resources.json'} lists no Indonesian package {package!r}; {remedy}")
    for name, model in processors.items():
        _require(folder / "id" / name / f"{model}.pt", remedy)
        for needed in known[name][model].get("dependencies", ()):
            _require(folder / "id" / needed["model"] / f"{needed['package']}.pt", remedy)
    if "ner" in processors:
        return _load(stanza, folder, processors, {}, f"stanza-{package}")
    return _load(stanza, folder, {**processors, "ner": "news"}, own, f"stanza-{package}")


def _load(stanza: ModuleType, folder: Path, processors: dict[str, str], paths: dict[str, str], name: str) -> StanzaBackend:
    for path in paths.values():
        _require(Path(path), "reinstall beritaie")
    try:
        pipeline = stanza.Pipeline(
            "id",
            dir=str(folder),
            package=None,
            processors=processors,
            download_method=None,
            use_gpu=False,
            **paths,
        )
    except (OSError, RuntimeError, ValueError, EOFError) as error:
        raise SetupError(f"the Stanza models in {folder} cannot be loaded ({error}); download or install them anew") from error
    return StanzaBackend(pipeline, stanza.Document, name)


def shipped_folder() -> Path:
    """Return the folder of the shipped models."""
    return Path(str(importlib.resources.files("beritaie") / "models" / SHIPPED))


def _require(path: Path, remedy: str) -> None:
    if not path.is_file():
        raise SetupError(f"there is no file {path}; {remedy}")


def _stanza() -> ModuleType:
    """Import Stanza and undo what its import does to the program's logging."""
    log = logging.getLogger("stanza")
    level, handlers = log.level, list(log.handlers)
    try:
        return importlib.import_module("stanza")
    except ImportError as error:
        raise SetupError('the model "stanza" needs Stanza, which is not installed: pip install "beritaie[stanza]"') from error
    finally:
        log.setLevel(level)
        log.handlers[:] = handlers
