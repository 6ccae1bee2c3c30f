"""The spaCy component: ``nlp.add_pipe("beritaie")`` in any pipeline.

>>> import spacy
>>> nlp = spacy.blank("id")
>>> _ = nlp.add_pipe("beritaie")
>>> doc = nlp("Pemko Bandung menyiapkan Rp100 juta.")
>>> [(span.text, span.label_) for span in doc.spans["beritaie"] if span.label_ == "MONEY"]
[('Rp100 juta', 'MONEY')]
>>> doc._.beritaie.money[0].low
Decimal('100000000')

``doc._.beritaie`` is the ``beritaie.Document``; ``doc.spans["beritaie"]`` holds its mentions and values as spans, which may overlap, with
the labels of ``LABELS`` and the record's id, where it has one, as ``span.id_``. spaCy's spans are made of its own tokens: a span is
widened to whole tokens, the offsets in the records stay exact.

The publication date is read from ``doc.user_data["published"]``, or from the context of ``nlp.pipe(..., as_tuples=True)`` where that is a
dict with ``published``. An article that cannot be processed keeps its place in the stream; its ``doc._.beritaie.error`` says why.

A pipeline with beritaie's own tokens is made with their tokenizer in its configuration:

>>> nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "beritaie.Tokenizer.v1"}}})
>>> [token.text for token in nlp("(Rp100juta)")]
['(', 'Rp', '100', 'juta', ')']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry
from spacy.vocab import Vocab

from beritaie.backends import DEFAULT, KINDS, crf
from beritaie.candidates import Candidate
from beritaie.errors import SetupError
from beritaie.pipeline import load
from beritaie.records import Document
from beritaie.tokens import Tokens
from beritaie.tokens.rules import rules

LABELS = ("PERSON", "POSITION", "ORGANIZATION", "PLACE", "MONEY", "TIME", "QUOTE", "ABBREVIATION")
KEY = "beritaie"
_LABEL_OF = {KINDS[label]: label for label in crf.CrfBackend.labels}


class NewsTokenizer(Tokenizer):
    """spaCy's tokenizer with beritaie's rules. These come with the package: on disk it is an empty file.

    Args:
        vocab: the vocabulary of the pipeline.
    """

    def __init__(self, vocab: Vocab) -> None:
        made = rules()
        super().__init__(
            vocab,
            prefix_search=made.prefix.match,
            suffix_search=made.suffix.search,
            infix_finditer=made.infixes,
            token_match=made.whole,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return NewsTokenizer, (self.vocab,)

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return nothing: there is no state."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> NewsTokenizer:
        """Take nothing from bytes."""
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Write an empty file, as spaCy expects one."""
        Path(path).write_bytes(b"")

    def from_disk(self, path: str | Path, **kwargs: Any) -> NewsTokenizer:
        """Take nothing from disk."""
        return self


@registry.tokenizers("beritaie.Tokenizer.v1")
def news_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """Return what makes the tokenizer of a pipeline, for ``[nlp.tokenizer]`` of its configuration."""
    return _tokenizer_of


def _tokenizer_of(nlp: Language) -> NewsTokenizer:
    return NewsTokenizer(nlp.vocab)


@Language.factory(
    "beritaie",
    assigns=["doc.spans", "doc._.beritaie"],
    default_config={"model": DEFAULT, "not_after": None, "use_entities": False, "lexicons": None},
)
class Component:
    """Reads each ``Doc`` as one article.

    Args:
        nlp: the spaCy pipeline.
        name: the component's name in it.
        model: as for ``beritaie.load``; not used with ``use_entities``.
        use_entities: hear the entities that the pipeline before this component has set (``doc.ents``: people, organizations, places),
            in place of a model of beritaie's.
        not_after: the day (``YYYY-MM-DD``) after which no article can have been written (default: the day of loading).
        lexicons: a folder of your own words, as for ``beritaie.load``.
    """

    def __init__(self, nlp: Language, name: str, model: str, not_after: str | None, use_entities: bool, lexicons: str | None) -> None:
        self._made_of = ("rules" if use_entities else model, not_after, use_entities, lexicons)
        self._use_entities = use_entities
        self._pipeline = load(self._made_of[0], not_after=not_after, lexicons=lexicons)

    def __reduce__(self) -> tuple[Any, ...]:
        # A model in memory cannot go to another process; its name can.
        return Component, (None, KEY, *self._made_of)

    def __call__(self, doc: Doc) -> Doc:
        """Add the records of one article to it."""
        context = getattr(doc, "_context", None)
        published = doc.user_data.get("published") or (context.get("published") if isinstance(context, dict) else None)
        names = list(_entities(doc)) if self._use_entities else None
        found = self._pipeline.read({"text": doc.text, "published": published}, names)
        # Packed, so that spaCy can send the Doc between processes and write it to disk.
        doc.user_data[KEY] = msgspec.msgpack.encode(found)
        doc.spans[KEY] = list(_spans(doc, found))
        return doc


@Language.factory("beritaie_names", assigns=["doc.ents"])
class Names:
    """The shipped model as a component: sets ``doc.ents`` (PER, ORG, LOC) from beritaie's own tokens.

    Args:
        nlp: the spaCy pipeline.
        name: the component's name in it.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._files: dict[str, bytes] = {}
        self._backend: crf.CrfBackend | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a Doc; a name that does not keep to its tokens is widened to them."""
        if self._backend is None:
            raise SetupError(f"the component {self.name!r} has no model yet; load it with its pipeline (spacy.load)")
        [found] = self._backend.annotate([Tokens(doc.text)])
        spans = [doc.char_span(c.start, c.end, label=_LABEL_OF[c.kind], alignment_mode="expand") for c in found]
        doc.ents = filter_spans([span for span in spans if span is not None])
        return doc

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the entities."""
        return crf.CrfBackend.labels

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return the model's files as bytes."""
        return msgspec.msgpack.encode(self._files)

    def from_bytes(self, data: bytes, **kwargs: Any) -> Names:
        """Take the model from bytes."""
        self._files = msgspec.msgpack.decode(data, type=dict[str, bytes])
        self._backend = crf.from_files(self._files) if self._files else None
        return self

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Write the model's files into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (Path(path) / name).write_bytes(content)

    def from_disk(self, path: str | Path, **kwargs: Any) -> Names:
        """Take the model from a folder."""
        return self.from_bytes(msgspec.msgpack.encode({name: (Path(path) / name).read_bytes() for name in crf.FILES}))

    def __reduce__(self) -> tuple[Any, ...]:
        return _names_from_bytes, (self.name, self.to_bytes())


def _names_from_bytes(name: str, data: bytes) -> Names:
    return Names(None, name).from_bytes(data)  # type: ignore[arg-type]  # the component does not look at its pipeline


def _entities(doc: Doc) -> Iterator[Candidate]:
    for entity in doc.ents:
        kind = KINDS.get(entity.label_.upper())
        if kind is not None:
            yield Candidate(kind, entity.start_char, entity.end_char, "entity of the spaCy pipeline")


def _document(doc: Doc) -> Document | None:
    packed = doc.user_data.get(KEY)
    return None if packed is None else msgspec.msgpack.decode(packed, type=Document)


Doc.set_extension(KEY, getter=_document, force=True)


def _spans(doc: Doc, found: Document) -> Iterator[Span]:
    for label, record, start, end in sorted(_mentions(found), key=lambda item: (item[2], -item[3])):
        span = doc.char_span(start, end, label=label, span_id=getattr(record, "id", ""), alignment_mode="expand")
        if span is not None:
            yield span


def _mentions(found: Document) -> Iterator[tuple[str, Any, int, int]]:
    named = (("PERSON", found.people), ("ORGANIZATION", found.organizations), ("PLACE", found.places))
    offices = ("POSITION", tuple(position for person in found.people for position in person.positions))
    for label, entities in (*named, offices):
        for entity in entities:
            for mention in entity.mentions:
                yield label, entity, mention.start, mention.end
    values = (("MONEY", found.money), ("TIME", found.times), ("QUOTE", found.quotes), ("ABBREVIATION", found.abbreviations))
    for label, records in values:
        for record in records:
            yield label, record, record.start, record.end
