"""The names of places, found by name however a text spaces or hyphenates it (``Bandarlampung``, ``Bandar Lampung``, ``Toli-Toli``).

Sources: ``regions.tsv``, ``districts.tsv``, ``countries.tsv``, ``landmarks.tsv`` (see ``SOURCES.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from beritaie.lexicon import rows

# How much a name says by itself.
CERTAIN = 3  # a place wherever it stands with a capital letter
WORD = 2  # also an ordinary word: not where any word has a capital
WEAK = 1  # also a person's name, an ordinary word or an acronym: needs evidence
CLUB = 0  # also a sports club: needs evidence at each mention

_MARKS = {"?": WEAK, "+": CLUB}
_STRENGTH = {"": CERTAIN, "word": WORD, "weak": WEAK}
_DROPPED = str.maketrans("", "", " -–‑.'’/,")
_COMPASS = frozenset(("barat", "timur", "selatan", "utara", "tenggara", "pusat", "hulu", "hilir", "kanan"))  # also small: Jawa barat
_INNER = frozenset(("-", "–", "dan", "de", "of", "'", "’", "."))


class Entry(NamedTuple):
    """A place of the lists. ``code``: official code of an Indonesian region, or ISO 3166-1 of a country or of the one a city lies in."""

    name: str
    level: str
    code: str | None
    strength: int


def joined(name: str) -> str:
    """Return the form under which a name is looked up: small letters without spaces and punctuation."""
    return name.lower() if name.isalpha() else name.lower().translate(_DROPPED)


def region_level(code: str) -> str:
    """Return the level of an official region code: province, regency, city or district."""
    if len(code) == 2:
        return "province"
    if len(code) == 5:
        return "city" if code[3] >= "7" else "regency"
    return "district"


def official_name(entry: Entry) -> str:
    """Return the usual full name of a place: with its class word where it is a regency, city or district (``Kota Bandung``)."""
    code, name = entry.code or "", entry.name
    if entry.level not in ("regency", "city", "district"):
        return name
    if entry.level == "district":
        # Papua and Yogyakarta have words of their own for it.
        word = "Distrik" if code[0] == "9" else "Kemantren" if code[:5] == "34.71" else "Kapanewon" if code[:2] == "34" else "Kecamatan"
    else:
        word = ("Kabupaten" if entry.level == "regency" else "Kota") + (" Administrasi" if code[:2] == "31" else "")
    return f"{word} {name}"


class Gazetteer:
    """Finds the longest place name at a token."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[Entry, ...]] = {}
        self._prefixes: set[str] = set()
        self._acronyms: set[str] = set()
        self._regions: dict[str, Entry] = {}

    def add(self, form: str, entry: Entry) -> None:
        """Enter a form of a place's name."""
        pieces = form.replace("-", " ").split()
        if len(pieces) > 1:
            head = ""
            for piece in pieces[:-1]:
                head += joined(piece)
                self._prefixes.add(head)
        name = joined(form)
        if entry.code and form == entry.name and entry.code[0].isdigit():
            self._regions[entry.code] = entry
        if len(form) <= 5 and form.isupper():
            self._acronyms.add(name)
        held = self._names.get(name)
        if held is None:
            self._names[name] = (entry,)
        elif entry not in held:
            self._names[name] = (*held, entry)

    def __len__(self) -> int:
        return len(self._names)

    def is_acronym(self, name: str) -> bool:
        """Whether the joined name is that of letters, which count only as capitals: OKI, NTB."""
        return name in self._acronyms

    def get(self, name: str) -> tuple[Entry, ...]:
        """Return the places of this name, the strongest first; empty if there is none."""
        return self._names.get(joined(name), ())

    def of_code(self, code: str) -> tuple[Entry, ...]:
        """Return the region of an official code, in a tuple, which is empty where there is none."""
        entry = self._regions.get(code)
        return (entry,) if entry else ()

    def longest(self, lower: Sequence[str], capital: Sequence[int], at: int, stop: int) -> tuple[int, tuple[Entry, ...]] | None:
        """Return (end token index, places) of the longest name that starts at token ``at`` and ends by ``stop``, or None.

        ``capital``: what is true for each token that may be part of a name; ``-`` and ``dan`` may stand inside one.
        """
        names, prefixes = self._names, self._prefixes
        name = lower[at]
        if not name.isalpha():
            name = name.translate(_DROPPED)
        found = names.get(name)
        best = (at + 1, found) if found is not None else None
        end = at + 1
        if end >= stop or not (capital[end] or lower[end] in _INNER or lower[end] in _COMPASS):
            return best
        open_prefix = name in prefixes
        while end < stop:
            piece = lower[end]
            if piece in _INNER:
                if not open_prefix and piece != "-":
                    break
                if piece == "dan" or piece == "de" or piece == "of":
                    name += piece
                    open_prefix = name in prefixes
                end += 1
                continue
            if not capital[end] and piece not in _COMPASS:
                break
            name += piece if piece.isalpha() else piece.translate(_DROPPED)
            end += 1
            found = names.get(name)
            if found is not None:
                best = (end, found)
            if name not in prefixes:
                # A name of the lists written apart: Tulang Bawang for Tulangbawang. Two pieces at most.
                break
            open_prefix = True
        return best


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once per process."""
    found = Gazetteer()
    add = found.add
    for row in rows("regions"):
        code, level = row["code"], region_level(row["code"])
        name = row["name"]
        add(name, Entry(name, level, code, _STRENGTH[row["evidence"]]))
        for form in _forms(row["also"]):
            add(form.lstrip("?+"), Entry(name, level, code, _MARKS.get(form[0], CERTAIN)))
    for row in rows("countries"):
        code, name = row["code"], row["name"]
        add(name, Entry(name, "country", code, CERTAIN))
        for form in _forms(row["also"]):
            add(form.lstrip("?+"), Entry(name, "country", code, _MARKS.get(form[0], CERTAIN)))
        for form in (*_forms(row["capital"]), *_forms(row["within"])):
            form, strength = form.lstrip("?+"), _MARKS.get(form[0], CERTAIN)
            add(form, Entry(form, "foreign", code, strength))
    for row in rows("landmarks"):
        level, lies_in = row["level"], row["code"]
        name = row["name"].lstrip("?+")
        if level == "nickname":
            level = "country" if lies_in.isalpha() else region_level(lies_in) if lies_in else "region"
        else:
            add(name, Entry(name, level, lies_in or None, _MARKS.get(row["name"][0], CERTAIN)))
        for form in _forms(row["also"]):
            add(form.lstrip("?+"), Entry(name, level, lies_in or None, _MARKS.get(form[0], CERTAIN)))
    for row in rows("districts"):
        code, name = row["code"], row["name"]
        add(name, Entry(name, "district", code, WEAK))
    return found


@cache
def region_forms(code: str) -> tuple[str, ...]:
    """Return the name and the other forms of a region's name, by its official code; empty if there is none."""
    return next(((row["name"], *(form.lstrip("?+") for form in _forms(row["also"]))) for row in rows("regions") if row["code"] == code), ())


def _forms(field: str) -> list[str]:
    return field.split("; ") if field else []
