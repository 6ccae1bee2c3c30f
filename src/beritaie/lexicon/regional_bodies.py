"""Bodies that every region of a level has (``organization_regions.tsv``), and the long names of offices' fields (``units.tsv``)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from beritaie.lexicon import rows
from beritaie.lexicon.gazetteer import gazetteer

_LONGEST_HEAD = 5  # words
# Class words before a region's name, with the level that each leaves.
REGION_CLASSES = {
    **dict.fromkeys(("kota", "kotamadya"), "city"),
    **dict.fromkeys(("kabupaten", "kab.", "kab"), "regency"),
    **dict.fromkeys(("provinsi", "propinsi", "prov.", "prov"), "province"),
    **dict.fromkeys(("kecamatan", "kec.", "kec", "distrik"), "district"),
}


class Served(NamedTuple):
    """What ``organization_regions.tsv`` says of a body.

    ``levels``: those of the regions that have one; ``classed``: whether its full name says what the region is (``Dinas Kesehatan Kota
    Bandung``); ``national``: whether a body of the whole country has the name too.
    """

    head: str
    levels: frozenset[str]
    classed: bool
    national: bool


@cache
def _heads() -> dict[str, Served]:
    return {
        row["head"].lower(): Served(row["head"], frozenset(row["levels"].split("; ")), row["class"] == "yes", row["national"] == "yes")
        for row in rows("organization_regions")
    }


@lru_cache(4096)
def served(name: str) -> Served | None:
    """Return what is known of a body of which each region has one, by the first words of its long name."""
    words = name.lower().split()[:_LONGEST_HEAD]
    heads = _heads()
    for count in range(len(words), 0, -1):
        found = heads.get(" ".join(words[:count]))
        if found is not None:
            return found
    return None


@cache
def _fields() -> dict[str, str]:
    return {row["word"].lower(): row["long"] for row in rows("units") if row["long"] and row["part"] == "field"}


def written_out(name: str) -> str:
    """Return the name of an office with the short form of its field written out: ``Dinas PUPR Kota Bandung``."""
    if not name.startswith(("Dinas ", "Suku Dinas ")):
        return name
    return " ".join(_fields().get(word.lower(), word) for word in name.split())


def without_region(name: str, code: str) -> str:
    """Return the name of a body without the region of this code at its end: ``Dinas Kesehatan`` of ``Dinas Kesehatan Kota Bandung``."""
    for entry in gazetteer().of_code(code):
        whole, found, rest = name.rpartition(f" {entry.name}")
        if not found or rest:
            continue
        head, _, word = whole.rpartition(" ")
        if word.lower() == "administrasi":
            head, _, word = head.rpartition(" ")
        return head if head and word.lower() in REGION_CLASSES else whole
    return name
