"""Specs as data: how a case in ``tests/specs/*/*.toml`` is read and compared.

    [[case]]
    name = "amount per year"                 # optional, shown in the test's name
    text = "Setiap RW mendapat Rp100 juta per tahun."  # or file = "examples/NAME.txt", from the repository's root
    published = "2018-11-01"                 # optional; not_after = "..." too
    kinds = ["money"]                        # optional: what the case speaks of; the folder's own kind by default
    status = "known-gap"                     # optional: must fail; when it passes, the line has to go
    expect = [{kind = "money", text = "Rp100 juta", low = "100000000", currency = "IDR", per = "year"}]
    document = {dateline = "BANJARMASIN"}    # optional: fields of the document itself

The case lists **everything** of its kinds that the text holds: what is found beside it fails the case. ``text`` must occur exactly once
in the case's text, or say which with ``nth`` (from 1); the position is always compared, a field when it is given. ``""`` stands for
"not known". Dates, decimals and lists may be given as strings (a list joined by ``"; "``).

The fields of a ``person``, ``position``, ``organization`` and ``place`` are those of the record that holds the mention. Where a record
has a field named ``kind`` of its own, the case says ``organization_kind`` or ``quote_kind``; ``direct_quote`` are the quotes but for
indirect ones. A ``pointer`` is a person's mention by pronoun or description, with the person's ``name``; ``open`` one that the text leaves
open, with the names of the ``candidates``. A ``relation`` is found at its evidence, from the first span to the end of the last; ``subject``
says whose it is in words, ``object_text`` of whom or what, ``object`` the id of that record.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from beritaie.records import Document

SPECS = Path(__file__).parent / "specs"
ROOT = SPECS.parents[1]

FOLDER_KINDS = {
    "money": ("money",),
    "times": ("time",),
    "people": ("person",),
    "positions": ("position",),
    "organizations": ("organization",),
    "places": ("place",),
    "quotes": ("quote",),
    "abbreviations": ("abbreviation",),
    "coreference": ("pointer", "open"),
    "relations": ("relation",),
    "articles": ("person", "position", "organization", "place", "money", "time", "direct_quote", "abbreviation"),
    "document": (),
}
FIELDS = {
    "person": {"name", "honorifics", "degrees", "rank", "age", "rule"},
    "position": {"person", "title", "organization", "place", "status", "canonical", "rule"},
    "organization": {"name", "organization_kind", "generic", "canonical", "region_code", "rule"},
    "place": {"name", "canonical", "code", "level", "candidates", "rule"},
    "money": {"low", "high", "currency", "qualifier", "per", "rule"},
    "time": {"type", "value", "issues", "rule"},
    "quote": {"speaker", "cue", "quote_kind", "rule"},
    "direct_quote": {"speaker", "cue", "rule"},
    "abbreviation": {"short", "long", "rule"},
    "pointer": {"name", "mention_kind", "rule"},
    "open": {"candidates", "mention_kind", "rule"},
    "relation": {"relation_kind", "subject", "object", "object_text", "rule"},
}
CASE_KEYS = {"name", "text", "file", "published", "not_after", "kinds", "status", "expect", "document"}
DOCUMENT_FIELDS = {"published", "dateline", "byline", "skipped", "issues"}

# A case without ``not_after`` must mean the same next year.
NOT_AFTER = "2026-01-01"


class SpecError(Exception):
    """A case that says something it cannot mean."""


@dataclass(frozen=True)
class Expected:
    """One expected record or mention."""

    kind: str
    start: int
    end: int
    fields: dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One case of a spec file."""

    id: str
    text: str
    published: str | None
    not_after: str
    kinds: tuple[str, ...]
    known_gap: bool
    expect: tuple[Expected, ...]
    document: dict[str, Any]


def spec_files(root: Path = SPECS) -> list[Path]:
    """Return the spec files.

    Raises:
        SpecError: a folder holds none, or a file lies outside a folder: its cases would silently never run.
    """
    files = sorted(root.glob("*/*.toml"))
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        if not any(file.parent == folder for file in files):
            raise SpecError(f"{folder.name}/ holds no spec file")
    stray = sorted(path for path in root.rglob("*") if path.is_file() and path not in files)
    if stray:
        raise SpecError(f"{stray[0].relative_to(root)} is no spec file: they lie in specs/FOLDER/NAME.toml")
    return files


def load_cases(path: Path) -> list[Case]:
    """Read one spec file.

    Raises:
        SpecError: names the file, the case and the fault.
    """
    where = f"{path.parent.name}/{path.stem}"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SpecError(f"{where}: {error}") from error
    if unknown := content.keys() - {"case"}:
        raise SpecError(f"{where}: unknown key {min(unknown)!r}; cases start with [[case]]")
    if not content.get("case"):
        raise SpecError(f"{where}: no [[case]]")
    cases = [_case(raw, f"{where}-{raw.get('name', number)}", path.parent.name) for number, raw in enumerate(content["case"], 1)]
    ids = [case.id for case in cases]
    if twice := {id for id in ids if ids.count(id) > 1}:
        raise SpecError(f"{min(twice)}: two cases of this name")
    return cases


def _case(raw: dict[str, Any], id: str, folder: str) -> Case:
    if unknown := raw.keys() - CASE_KEYS:
        raise SpecError(f"{id}: unknown key {min(unknown)!r}; known: {', '.join(sorted(CASE_KEYS))}")
    text = _text(raw, id)
    if "expect" not in raw and not raw.get("document"):
        raise SpecError(f"{id}: no expect (an empty list says that nothing may be found)")
    if raw.get("status", "known-gap") != "known-gap":
        raise SpecError(f"{id}: status is {raw['status']!r}; the only one is 'known-gap'")
    kinds = tuple(raw["kinds"]) if "kinds" in raw else FOLDER_KINDS.get(folder, ())
    if unknown := set(kinds) - FIELDS.keys():
        raise SpecError(f"{id}: unknown kind {min(unknown)!r}; known: {', '.join(FIELDS)}")
    document = raw.get("document", {})
    if unknown := document.keys() - DOCUMENT_FIELDS:
        raise SpecError(f"{id}: unknown document field {min(unknown)!r}; known: {', '.join(sorted(DOCUMENT_FIELDS))}")
    if not kinds and not document:
        raise SpecError(f"{id}: nothing to compare; give kinds or document")
    return Case(
        id=id,
        text=text,
        published=str(raw["published"]) if raw.get("published") else None,
        not_after=str(raw.get("not_after", NOT_AFTER)),
        kinds=kinds,
        known_gap="status" in raw,
        expect=tuple(_expected(item, text, kinds, id) for item in raw.get("expect", ())),
        document=document,
    )


def _text(raw: dict[str, Any], id: str) -> str:
    if ("text" in raw) == ("file" in raw):
        raise SpecError(f"{id}: give text or file")
    if "file" in raw:
        try:
            return (ROOT / raw["file"]).read_bytes().decode("utf-8")
        except OSError as error:
            raise SpecError(f"{id}: {raw['file']}: {error.strerror}") from error
    if not isinstance(raw["text"], str) or not raw["text"]:
        raise SpecError(f"{id}: no text")
    return raw["text"]


def _expected(raw: dict[str, Any], text: str, kinds: tuple[str, ...], id: str) -> Expected:
    kind = raw.get("kind")
    if kind not in kinds:
        raise SpecError(f"{id}: expects kind {kind!r}, but the case speaks of {', '.join(kinds) or 'none'}")
    if unknown := raw.keys() - FIELDS[kind] - {"kind", "text", "nth"}:
        raise SpecError(f"{id}: {kind} has no field {min(unknown)!r}; it has {', '.join(sorted(FIELDS[kind]))}")
    wanted = raw.get("text")
    if not wanted:
        raise SpecError(f"{id}: a {kind} is expected without its text")
    places = [at for at in range(len(text)) if text.startswith(wanted, at)]
    nth = raw.get("nth")
    if not places:
        raise SpecError(f"{id}: {wanted!r} does not occur in the text")
    if nth is None and len(places) > 1:
        raise SpecError(f"{id}: {wanted!r} occurs {len(places)} times; say which with nth")
    if nth is not None and not 1 <= nth <= len(places):
        raise SpecError(f"{id}: nth = {nth}, but {wanted!r} occurs {len(places)} times")
    start = places[(nth or 1) - 1]
    fields = {name: value for name, value in raw.items() if name not in ("kind", "text", "nth")}
    if any(isinstance(value, float) for value in fields.values()):
        raise SpecError(f"{id}: amounts are exact; write the number as a string")
    return Expected(kind, start, start + len(wanted), fields)


def found(doc: Document) -> Iterator[Expected]:
    """Yield what a document holds, in the form of a case's expectations."""
    for person in doc.people:
        mine = {name: getattr(person, name) for name in FIELDS["person"]}
        for mention in person.mentions:
            if mention.kind == "name":
                yield Expected("person", mention.start, mention.end, mine)
            else:
                fields = {"name": person.name, "mention_kind": mention.kind, "rule": mention.rule}
                yield Expected("pointer", mention.start, mention.end, fields)
        for position in person.positions:
            office = {name: getattr(position, name) for name in FIELDS["position"] - {"person"}} | {"person": person.name}
            for mention in position.mentions:
                yield Expected("position", mention.start, mention.end, office)
    names = {record.id: record.name for record in (*doc.people, *doc.organizations)}
    for item in doc.ambiguities:
        candidates = tuple(names.get(id, id) for id in item.candidates)
        fields = {"candidates": candidates, "mention_kind": item.kind, "rule": item.rule}
        yield Expected("open", item.start, item.end, fields)
    for kind, group in (("organization", doc.organizations), ("place", doc.places)):
        for record in group:
            mine = {name: getattr(record, name.removeprefix("organization_")) for name in FIELDS[kind]}
            for mention in record.mentions:
                if mention.kind == "name":
                    yield Expected(kind, mention.start, mention.end, mine)
    for quote in doc.quotes:
        mine = {"speaker": quote.speaker, "cue": quote.cue and quote.cue.text, "quote_kind": quote.kind, "rule": quote.rule}
        yield Expected("quote", quote.start, quote.end, mine)
        if quote.kind == "direct":
            yield Expected("direct_quote", quote.start, quote.end, mine)
    for relation in doc.relations:
        mine = {"relation_kind": relation.kind, "subject": relation.subject_text, "rule": relation.rule}
        mine |= {"object": relation.object, "object_text": relation.object_text}
        yield Expected("relation", min(m.start for m in relation.evidence), max(m.end for m in relation.evidence), mine)
    for kind, values in (("money", doc.money), ("time", doc.times), ("abbreviation", doc.abbreviations)):
        for value in values:
            yield Expected(kind, value.start, value.end, {name: getattr(value, name) for name in FIELDS[kind]})


def same(expected: Any, value: Any) -> bool:
    """Whether a field of a case equals that of a record."""
    if expected in ("", []) or expected is None:
        return value is None or value == () or value == ""
    if isinstance(value, tuple):
        return tuple(expected if isinstance(expected, list) else str(expected).split("; ")) == tuple(map(str, value))
    if isinstance(value, Decimal):
        return Decimal(str(expected)) == value
    if isinstance(value, bool) or isinstance(expected, bool):
        return expected is value
    return value is not None and str(expected) == str(value)


def differences(case: Case, doc: Document) -> list[str]:
    """Return what a document holds otherwise than the case says, a line each; none where they agree."""
    lines = [f"the document failed: {doc.error}"] if doc.error else []
    for name, wanted in case.document.items():
        value = getattr(doc, name)
        if name == "skipped":
            value = tuple(doc.text[passage.start : passage.end] for passage in value)
        if not same(wanted, value):
            lines.append(f"document {name}: expected {wanted!r}, found {value!r}")
    wanted_at, found_at = defaultdict(list), defaultdict(list)
    for item in case.expect:
        wanted_at[item.start, item.end, item.kind].append(item)
    for item in found(doc):
        if item.kind in case.kinds:
            found_at[item.start, item.end, item.kind].append(item)
    for place in sorted(wanted_at.keys() | found_at.keys()):
        start, end, kind = place
        what = f"{kind} {case.text[start:end]!r} @{start}"
        free = found_at[place]
        for item in wanted_at[place]:
            hit = next((other for other in free if _agree(item, other)), free[0] if free else None)
            if hit is None:
                lines.append(f"{what}: not found; expected {item.fields}")
                continue
            free.remove(hit)
            lines += [
                f"{what}: {name} expected {value!r}, found {hit.fields[name]!r}"
                for name, value in item.fields.items()
                if not same(value, hit.fields[name])
            ]
        lines += [f"{what}: found, not expected {_stated(item.fields)}" for item in free]
    return lines


def _agree(expected: Expected, other: Expected) -> bool:
    return all(same(value, other.fields[name]) for name, value in expected.fields.items())


def _stated(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sorted(fields.items()) if value not in (None, ())}
