"""Records as pandas data frames: one for each record type, that join by the article's number and the record's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from beritaie.errors import SetupError
from beritaie.records import Document, Mention

if TYPE_CHECKING:
    import pandas

_OWN = {
    "articles": ("id", "title", "url", "published", "not_after", "dateline", "byline", "issues", "error"),
    "people": ("id", "name", "honorifics", "degrees", "rank", "age", "rule", "score"),
    "positions": ("id", "person_id", "person", "title", "organization", "place", "status", "canonical", "rule"),
    "mentions": ("record", "record_id", "start", "end", "text", "kind", "rule", "score"),
    "organizations": ("id", "name", "kind", "generic", "canonical", "region_code", "rule", "score"),
    "places": ("id", "name", "canonical", "code", "level", "candidates", "rule", "score"),
    "money": ("start", "end", "text", "low", "high", "currency", "qualifier", "per", "rule"),
    "times": ("start", "end", "text", "type", "value", "issues", "rule"),
    "quotes": ("start", "end", "text", "kind", "speaker", "speaker_id", "cue", "rule"),
    "abbreviations": ("short", "long", "start", "end", "rule"),
}
# Every other column is text, or holds Python's own decimals and dates.
_TYPES = {"article": "int64", "start": "int64", "end": "int64", "age": "Int64", "generic": "bool", "score": "Float64"}
_OBJECTS = ("low", "high", "published", "not_after")


def tables(docs: Iterable[Document]) -> dict[str, pandas.DataFrame]:
    """Return the records of documents as data frames, by the name of the record type.

    Every table has the column ``article``, the number of the document in the order given, from 0, and, but for ``articles`` itself,
    ``article_id``, the document's id. ``people``, ``positions``, ``organizations`` and ``places`` have an ``id`` that is distinct
    within its article, and ``mentions`` name it (``record_id``). Several values in one field are joined by ``"; "``. Amounts
    are ``decimal.Decimal``, days ``datetime.date``; what is not known is ``None`` or ``<NA>``.

    Args:
        docs: the documents.

    Raises:
        SetupError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise SetupError("data frames need pandas: pip install 'beritaie[explore]'") from error

    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _OWN}
    for number, doc in enumerate(docs):
        _add(rows, number, doc)
    result = {}
    for name, fields in _OWN.items():
        columns = ["article", *(() if name == "articles" else ("article_id",)), *fields]
        frame = pandas.DataFrame(rows[name], columns=columns, dtype=object)
        types = {column: _TYPES.get(column, "string") for column in columns if column not in _OBJECTS}
        result[name] = frame.astype(types)
    return result


def _add(rows: dict[str, list[tuple[Any, ...]]], number: int, doc: Document) -> None:
    def values(table: str, item: Any, given: Mapping[str, Any]) -> tuple[Any, ...]:
        fields = [given[field] if field in given else getattr(item, field) for field in _OWN[table]]
        return tuple("; ".join(value) or None if isinstance(value, tuple) else value for value in fields)

    def add(table: str, item: Any, **given: Any) -> None:
        rows[table].append((number, doc.id, *values(table, item, given)))

    def add_mentions(record: str, id: str, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            add("mentions", mention, record=record, record_id=id)

    rows["articles"].append((number, *values("articles", doc, {})))
    for person in doc.people:
        add("people", person)
        add_mentions("person", person.id, person.mentions)
        for count, position in enumerate(person.positions, 1):
            id = f"{person.id}.{count}"
            add("positions", position, id=id, person_id=person.id, person=person.name)
            add_mentions("position", id, position.mentions)
    for body in doc.organizations:
        add("organizations", body)
        add_mentions("organization", body.id, body.mentions)
    for place in doc.places:
        add("places", place)
        add_mentions("place", place.id, place.mentions)
    for amount in doc.money:
        add("money", amount)
    for time in doc.times:
        add("times", time)
    for quote in doc.quotes:
        add("quotes", quote, cue=quote.cue and quote.cue.text)
    for pair in doc.abbreviations:
        add("abbreviations", pair)
