"""Whether every span of a document stands where it says."""

from __future__ import annotations

from collections.abc import Iterator

from beritaie.records import Document, Record


def spans(record: Record) -> Iterator[Record]:
    """Yield every record with a span inside this one, at any depth."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Record):
                if "start" in item.__struct_fields__:
                    yield item
                yield from spans(item)


def misplaced(doc: Document) -> list[str]:
    """Return the records whose offsets are outside the text, empty, or do not give their own text; a line each."""
    wrong = []
    for record in spans(doc):
        if not 0 <= record.start < record.end <= len(doc.text):
            wrong.append(f"{record}: offsets outside the text of {len(doc.text)}")
        elif "text" in record.__struct_fields__ and doc.text[record.start : record.end] != record.text:
            wrong.append(f"{record}: its offsets give {doc.text[record.start : record.end]!r}")
    return wrong
