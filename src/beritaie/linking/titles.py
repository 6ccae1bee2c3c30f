"""The full standard form of offices: what ``canonical`` of a position says, so that one office has one name however it is written.

The grammar of offices writes short forms out (``Kadis PUPR``: ``Kepala Dinas Pekerjaan Umum dan Penataan Ruang``). Here the head of a
body gets the body's name without its region, so that the ``Kepala`` of the ``Dinas PUPR Lampung Selatan`` is the same office; and a
title with a short form that stays unexplained has no standard form.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import regex

from beritaie.lexicon import table
from beritaie.lexicon.regional_bodies import served, without_region
from beritaie.records import Organization, Person, Position

_SHORT = regex.compile(r"\b(?!(?:[IVXLC]+|PT|CV)\b)\p{Lu}[\p{Lu}\d-]+\b")
_COORDINATING = regex.compile(r"\b(Menteri Koordinator) (?!Bidang\b)(?=\p{Lu})")


def write_canonicals(people: Sequence[Person], organizations: Sequence[Organization]) -> list[Person]:
    """Return the people with the standard form of each of their offices.

    Args:
        people: with their positions, whose ``canonical`` is the title as the grammar writes it out.
        organizations: the bodies of the article.
    """
    bodies = {mention.start: body for body in organizations for mention in body.mentions}
    return [
        msgspec.structs.replace(person, positions=tuple(_written(position, bodies) for position in person.positions))
        if person.positions
        else person
        for person in people
    ]


def _written(position: Position, bodies: dict[int, Organization]) -> Position:
    canonical = position.canonical
    if not canonical:
        return position
    name = _COORDINATING.sub(r"\1 Bidang ", canonical)
    if name in table("people")["heads_of_bodies"] and position.organization:
        body = _body(position, bodies)
        if body is not None:
            name = f"{name} {body}"
    full = None if _SHORT.search(name) else name
    return position if full == canonical else msgspec.structs.replace(position, canonical=full)


def _body(position: Position, bodies: dict[int, Organization]) -> str | None:
    """Return the usual name of the body that the position names, without its region; None where the region is not known."""
    for mention in position.mentions:
        at = mention.text.find(position.organization or "")
        body = bodies.get(mention.start + at) if at >= 0 else None
        if body is None or not body.canonical or body.generic:
            continue
        if body.region_code:
            return without_region(body.canonical, body.region_code)
        if served(body.canonical) is None:
            return body.canonical
    return None
