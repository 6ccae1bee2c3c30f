"""Figures per record type: how far predicted records agree with gold records.

Precision, recall and F1, micro-averaged over articles:

=========================  =====================================================================================
people.span, .overlap      mentions: the same span, or any overlap
people.name                distinct names per article
positions                  (person, title, organization, place, status)
positions.title            (person, title) alone
positions.overlap          phrases that state an office, any overlap
organizations.span         mentions: the same span; ``.overlap``: any overlap; ``.kind``: overlap and the same kind
places.span, .overlap      mentions: the same span, or any overlap
money.value                overlap and the same low, high, currency; ``money.full``: qualifier and per too
times.span, .overlap       the same span, or any overlap; ``times.value``: overlap and the same type and value
quotes.span                each span covers at least 80% of the other; ``quotes.speaker``: with the same speaker
abbreviations              (short, long)
=========================  =====================================================================================

Names and titles are compared without regard to case, punctuation and double spaces: ``S.H.`` equals ``SH``. A row is a JSON object
as ``beritaie extract`` writes it; a gold row may also hold its mentions flat (see ``docs/records.md``). Rows are matched by ``id``; an
article without a prediction counts as one with no records. Only mentions by name and direct quotes are compared.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

from beritaie.errors import InputError

Row = Mapping[str, Any]
Same = Callable[[Row, Row], bool]


class Disagreement(msgspec.Struct, frozen=True):
    """One record that stands on one side only. ``what`` is ``missed`` (gold only) or ``wrong`` (predicted only)."""

    article: str
    what: str
    record: str


class Figure(msgspec.Struct):
    """One figure: counts of gold and predicted records, of the agreeing ones, and what disagrees."""

    gold: int = 0
    predicted: int = 0
    right: int = 0
    errors: list[Disagreement] = msgspec.field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the predicted records that are right; where none is predicted, 1.0 only if none was to be."""
        return self.right / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the gold records that were found; where there is none, 1.0 only if none is predicted."""
        return self.right / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_dict(self) -> dict[str, float | int]:
        """Return the figure as plain numbers: ``p``, ``r``, ``f1``, ``gold``, ``predicted``."""
        return {"p": self.precision, "r": self.recall, "f1": self.f1, "gold": self.gold, "predicted": self.predicted}


def read(path: str | Path) -> list[dict[str, Any]]:
    """Read JSON lines, one article each.

    Raises:
        InputError: the file cannot be read, or a line is no JSON object with an ``id``; names file and line.
    """
    result = []
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path} line {number}: not JSON ({error})") from error
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise InputError(f"{path} line {number}: no article; each line is an object with the article's id and records")
        result.append(row)
    return result


def evaluate(gold: Iterable[Row], predicted: Iterable[Row]) -> dict[str, Figure]:
    """Compare predicted with gold records.

    Args:
        gold: rows with ``id`` and ``text``; all of them count.
        predicted: rows with ``id``, as ``Document.to_dict`` gives them; those of other articles are passed over.

    Returns:
        The figures by name, in a fixed order.
    """
    by_id = {row["id"]: row for row in predicted}
    figures = {name: Figure() for name in FIGURES}
    for row in gold:
        truth, claim = _Sides(row), _Sides(by_id.get(row["id"], {}))
        for name, (part, same) in _MATCHED.items():
            _match(figures[name], getattr(truth, part), getattr(claim, part), same, row)
        for name, part in _COMPARED.items():
            _compare(figures[name], set(getattr(truth, part)), set(getattr(claim, part)), row)
    return figures


def report(figures: Mapping[str, Figure]) -> str:
    """Return the figures as a table of plain text."""
    lines = [f"{'figure':22} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6} {'found':>6}"]
    for name, figure in figures.items():
        lines.append(f"{name:22} {figure.precision:6.3f} {figure.recall:6.3f} {figure.f1:6.3f} {figure.gold:6} {figure.predicted:6}")
    return "\n".join(lines)


def _plain(value: str | None) -> str:
    """Return the value in small letters, without punctuation and double spaces."""
    value = unicodedata.normalize("NFKC", value or "").casefold()
    return " ".join(re.sub(r"[^\w\s/-]", "", value).split())


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return None


class _Sides:
    """The records of one row, gold or predicted, in one form."""

    def __init__(self, row: Row) -> None:
        people: Sequence[Row] = row.get("people") or ()
        offices = [(person, office) for person in people for office in person.get("positions") or ()]
        self.people = list(_mentions(people))
        self.names = [_plain(person.get("name")) for person in people]
        self.organizations = list(_mentions(row.get("organizations") or ()))
        self.places = list(_mentions(row.get("places") or ()))
        self.offices = row["positions"] if "positions" in row else [m for _, office in offices for m in office.get("mentions") or ()]
        self.titles = [(_plain(person.get("name")), _plain(office.get("title"))) for person, office in offices]
        rest = ("organization", "place", "status")
        self.positions = [
            head + tuple(_plain(office.get(key)) for key in rest) for head, (_, office) in zip(self.titles, offices, strict=True)
        ]
        self.money = row.get("money") or ()
        self.times = row.get("times") or ()
        by_person = {person.get("id"): person.get("name") for person in people}
        self.quotes = [
            {**quote, "speaker": _plain(_speaker(quote, by_person))}
            for quote in row.get("quotes") or ()
            if quote.get("kind") in (None, "direct")
        ]
        self.abbreviations = [(pair.get("short"), _plain(pair.get("long"))) for pair in row.get("abbreviations") or ()]


def _mentions(entities: Iterable[Row]) -> Iterator[Row]:
    """Yield the mentions by name; an entity with a span of its own is its only mention."""
    for entity in entities:
        for mention in [entity] if "start" in entity else entity.get("mentions") or ():
            if "start" in entity or mention.get("kind") in (None, "name"):
                yield {"start": mention["start"], "end": mention["end"], "kind": entity.get("kind")}


def _speaker(quote: Row, by_person: Mapping[Any, Any]) -> str | None:
    if "by" not in quote:
        return quote.get("speaker")
    return by_person.get(quote["by"], "" if quote["by"] == "?" else quote["by"].removeprefix("org:"))


def _exact(a: Row, b: Row) -> bool:
    return (a["start"], a["end"]) == (b["start"], b["end"])


def _overlap(a: Row, b: Row) -> bool:
    return a["start"] < b["end"] and b["start"] < a["end"]


def _same_kind(a: Row, b: Row) -> bool:
    return _overlap(a, b) and a["kind"] == b["kind"]


def _same_amount(a: Row, b: Row) -> bool:
    amounts = all(_number(a[key]) == _number(b.get(key)) for key in ("low", "high"))
    return _overlap(a, b) and a["currency"] == b.get("currency") and amounts


def _same_money(a: Row, b: Row) -> bool:
    return _same_amount(a, b) and all((a.get(key) or None) == (b.get(key) or None) for key in ("qualifier", "per"))


def _same_time(a: Row, b: Row) -> bool:
    return _overlap(a, b) and (a["type"], a["value"]) == (b.get("type"), b.get("value"))


def _same_stretch(a: Row, b: Row) -> bool:
    """Whether the shared part is at least 80% of either span."""
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return shared > 0 and shared / max(a["end"] - a["start"], b["end"] - b["start"], 1) >= 0.8


def _same_speech(a: Row, b: Row) -> bool:
    return _same_stretch(a, b) and a["speaker"] == b["speaker"]


# Figures over spans, matched one to one in text order, and figures over distinct values; by name, with the part they compare.
_MATCHED: dict[str, tuple[str, Same]] = {
    "people.span": ("people", _exact),
    "people.overlap": ("people", _overlap),
    "positions.overlap": ("offices", _overlap),
    "organizations.span": ("organizations", _exact),
    "organizations.overlap": ("organizations", _overlap),
    "organizations.kind": ("organizations", _same_kind),
    "places.span": ("places", _exact),
    "places.overlap": ("places", _overlap),
    "money.value": ("money", _same_amount),
    "money.full": ("money", _same_money),
    "times.span": ("times", _exact),
    "times.overlap": ("times", _overlap),
    "times.value": ("times", _same_time),
    "quotes.span": ("quotes", _same_stretch),
    "quotes.speaker": ("quotes", _same_speech),
}
_COMPARED = {
    "people.name": "names",
    "positions": "positions",
    "positions.title": "titles",
    "abbreviations": "abbreviations",
}
FIGURES = (
    "people.span", "people.overlap", "people.name", "positions", "positions.title", "positions.overlap",
    "organizations.span", "organizations.overlap", "organizations.kind", "places.span", "places.overlap",
    "money.value", "money.full", "times.span", "times.overlap", "times.value", "quotes.span", "quotes.speaker", "abbreviations",
)  # fmt: skip


def _compare(figure: Figure, gold: set[Any], predicted: set[Any], row: Row) -> None:
    figure.gold += len(gold)
    figure.predicted += len(predicted)
    figure.right += len(gold & predicted)
    for what, items in (("missed", gold - predicted), ("wrong", predicted - gold)):
        figure.errors += [
            Disagreement(row["id"], what, item if isinstance(item, str) else " | ".join(map(str, item))) for item in sorted(items, key=str)
        ]


def _match(figure: Figure, gold: Iterable[Row], predicted: Iterable[Row], same: Same, row: Row) -> None:
    """Match greedily, one to one, in text order."""
    free = sorted(predicted, key=lambda item: (item["start"], item["end"]))
    figure.predicted += len(free)
    for item in sorted(gold, key=lambda item: (item["start"], item["end"])):
        figure.gold += 1
        hit = next((at for at, other in enumerate(free) if same(item, other)), None)
        if hit is None:
            figure.errors.append(Disagreement(row["id"], "missed", _described(item, row["text"])))
        else:
            figure.right += 1
            del free[hit]
    figure.errors += [Disagreement(row["id"], "wrong", _described(item, row["text"])) for item in free]


def _described(item: Row, text: str) -> str:
    said = {
        key: value for key, value in item.items() if value and isinstance(value, str | int) and key not in ("start", "end", "text", "rule")
    }
    return " ".join([repr(text[item["start"] : item["end"]]), f"@{item['start']}", *(f"{key}={value}" for key, value in said.items())])
