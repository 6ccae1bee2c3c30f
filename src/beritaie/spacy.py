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
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaie.pipeline import load
from beritaie.records import Document

LABELS = ("PERSON", "POSITION", "ORGANIZATION", "PLACE", "MONEY", "TIME", "QUOTE", "ABBREVIATION")
KEY = "beritaie"


@Language.factory(
    "beritaie",
    assigns=["doc.spans", "doc._.beritaie"],
    default_config={"model": "rules", "not_after": None},
)
class Component:
    """Reads each ``Doc`` as one article.

    Args:
        nlp: the spaCy pipeline.
        name: the component's name in it.
        model: as for ``beritaie.load``.
        not_after: the day (``YYYY-MM-DD``) after which no article can have been written (default: the day of loading).
    """

    def __init__(self, nlp: Language, name: str, model: str, not_after: str | None) -> None:
        self._pipeline = load(model, not_after=not_after)

    def __call__(self, doc: Doc) -> Doc:
        """Add the records of one article to it."""
        context = getattr(doc, "_context", None)
        published = doc.user_data.get("published") or (context.get("published") if isinstance(context, dict) else None)
        found = self._pipeline.read({"text": doc.text, "published": published})
        # Packed, so that spaCy can send the Doc between processes and write it to disk.
        doc.user_data[KEY] = msgspec.msgpack.encode(found)
        doc.spans[KEY] = list(_spans(doc, found))
        return doc


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
