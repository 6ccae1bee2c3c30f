"""The grammar of offices: where an office or occupation begins and ends, and which part is title, organization, place and status.

An office is found by its head (``lexicon/offices.tsv``) and read on by what that head takes: ``Bupati`` a region, ``Menteri`` a field,
``Kepala`` a unit. Whether anybody holds it is not asked here; ``link/people.py`` ties offices to people and drops the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from beritaie import lexicon
from beritaie.candidates import Candidate
from beritaie.lexicon import Phrases
from beritaie.names import (
    ACRONYM,
    FIELD,
    FUNCTION,
    INITIAL,
    NOUN,
    SMALL,
    UNKNOWN,
    NameSense,
    field_words,
    lead_words,
    small_word_class,
    weak_names,
)
from beritaie.tokens import BREAK, CAPITAL, DIGIT, LOWER, Tokens

_RANK_WORDS = frozenset(("polisi", "komisaris", "inspektur", "tentara", "laksamana"))  # offices that are parts of ranks too
_LONGEST = 24  # tokens of one office


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(lexicon.table("offices")[kind])


_CHIEFS = frozenset(
    ("Ketua", "Kepala", "Sekretaris", "Wakil", "Direktur", "Komisaris", "Rektor", "Dekan", "Bendahara", "CEO", "Ketum", "Sekjen")
)


_PARTS = frozenset(("Bidang", "Divisi", "Bagian", "Seksi", "Biro", "Pusat", "Deputi", "Jurusan", "Studi"))


class _Head(NamedTuple):
    title: str
    takes: str
    domain: str
    canonical: str
    status: str


@cache
def offices() -> Phrases[_Head]:
    """Return the heads of offices."""
    return Phrases(
        (row["title"], _Head(row["title"], row["takes"], row["domain"], row["canonical"], row["status"])) for row in lexicon.rows("offices")
    )


@cache
def _units() -> Phrases[str]:
    return Phrases((row["word"], row["part"]) for row in lexicon.rows("units") if row["part"] != "field")


@cache
def _long_forms() -> dict[str, str]:
    return {row["word"].lower(): row["long"] for row in lexicon.rows("units") if row["long"]}


@cache
def _statuses() -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """Return the status words before an office (as tokens, from the last back) and after it."""
    before, after = {}, {}
    for row in lexicon.rows("statuses"):
        if row["after"]:
            after[row["phrase"]] = row["status"]
        else:
            before[lexicon.split_phrase(row["phrase"])] = row["status"]
    return before, after


@cache
def _leads() -> Phrases[bool]:
    """Return ranks, honorifics and forms of address: what follows them is a name."""
    words = [row["phrase"] for row in lexicon.rows("ranks") if row["kind"] == "base"]
    words += [row["phrase"] for row in lexicon.rows("honorifics") if row["part"] == "honorific" or not row["weak"]]
    return Phrases((word, True) for word in dict.fromkeys(words))


class _Span(NamedTuple):
    start: int
    end: int


class _Office:
    """An office while it is read: token ranges of its parts, brackets left out."""

    def __init__(self, start: int, head: _Head, head_span: _Span, title_start: int) -> None:
        self.start = start
        self.head = head
        self.head_span = head_span
        self.end = head_span.end
        self.title = [_Span(title_start, head_span.end)]
        self.organization: list[_Span] = []
        self.place: list[_Span] = []
        self.status = head.status or None

    def add(self, part: list[_Span], start: int, end: int) -> None:
        if part and part[-1].end == start:
            part[-1] = _Span(part[-1].start, end)
        else:
            part.append(_Span(start, end))
        self.end = end


def _after(spans: list[_Span], at: int) -> list[_Span]:
    """Return what of the spans lies after token ``at``."""
    return [_Span(max(span.start, at), span.end) for span in spans if span.end > at]


class _Grammar:
    def __init__(self, tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> None:
        self.tokens = tokens
        self.sense = sense
        self.size = len(tokens)
        self.organizations: dict[int, int] = {}
        self.places: dict[int, int] = {}
        self.place_ends: set[int] = set()  # last tokens of places
        self.values: set[int] = set()
        self.passed = 0  # end of the last head that is part of some other name
        self.short_forms: dict[str, str] = {}
        self.inside: dict[int, int] = {}  # tokens within an organization's name, its first excepted -> its end
        for c in names:
            if c.kind in ("organization", "place"):
                first, last = tokens.at(c.start), tokens.at(c.end - 1)
                ends = self.organizations if c.kind == "organization" else self.places
                if (c.kind == "place" and c.data and c.data.get("facility")) or sense.doubtful(c):
                    continue
                ends[first] = max(ends.get(first, 0), last + 1)
                if c.kind == "place":
                    self.place_ends.add(last)
                if c.kind == "organization":
                    self.inside.update(dict.fromkeys(range(first + 1, last + 1), last + 1))
            elif c.kind == "abbreviation":
                self.short_forms[c.data["short"].lower()] = c.data["long"]
            elif c.kind in ("money", "time"):
                self.values.update(range(tokens.at(c.start), tokens.at(c.end - 1) + 1))

    # What stands at a token

    def stops(self, at: int) -> bool:
        """Whether the office must end before token ``at``."""
        return at >= self.size or bool(self.tokens.flags[at] & BREAK) or at in self.values

    def name_at(self, at: int) -> bool:
        """Whether a person begins at token ``at``: a name, or a rank or honorific before one."""
        if at in self.organizations or at in self.places:
            return at in self.sense.model_people
        if self.sense.name_starts(at):
            return True
        return (
            self.tokens.lower[at] in _leads()
            and bool(self.tokens.flags[at] & CAPITAL or self.tokens.lower[at][-1] == ".")
            and _leads().longest(self.tokens.lower, at) is not None
        )

    def office_at(self, at: int) -> bool:
        """Whether another office begins at token ``at``."""
        lower = self.tokens.lower
        if lower[at] not in offices():
            return False
        found = offices().longest(lower, at)
        if found is None or found[1].takes == "listed":
            return False
        return found[1].takes in ("place", "field", "whole", "none") or found[1].title.split()[0] in _CHIEFS

    def bracket(self, at: int) -> int:
        """Return the end of a short form in brackets at token ``at`` (``(Bappeda)``), else ``at``."""
        tokens = self.tokens
        if tokens.form[at] != "(" or (at + 1 < self.size and self.name_at(at + 1)):
            return at
        for end in range(at + 1, min(at + 7, self.size)):
            if tokens.form[end] != ")":
                continue
            inner = range(at + 1, end)
            words = all(tokens.flags[i] & CAPITAL or tokens.form[i] in ("/", "-", "&", "dan") for i in inner)
            number = any(tokens.form[i].isdigit() or i in self.values for i in inner)
            return end + 1 if inner and words and not number else at
        return at

    def field(self, at: int, first: bool = False) -> int:
        """Return the end of a run of words of a unit's field at token ``at`` (``Pekerjaan Umum dan Penataan Ruang``), else ``at``."""
        end = at
        while not self.stops(end) and self.field_word(end, first and end == at):
            end += 1
        if end == at:
            return at
        return self._list(end)

    def _list(self, end: int) -> int:
        """Return the end of further members of a list of fields after token ``end``: ``, B, dan C`` or ``dan B``."""
        form = self.tokens.lower
        while not self.stops(end):
            if form[end] in _words("joiners") and not self.stops(end + 1) and self.joined_word(end + 1):
                end += 2
            elif form[end] == "," and (then := self._list_end(end)):
                end = then
            else:
                break
            while not self.stops(end) and self.field_word(end, False):
                end += 1
        return end

    def joined_word(self, at: int) -> bool:
        """Whether token ``at``, after ``dan``, goes on a list of a unit's fields."""
        if self.office_at(at) or self.name_at(at):
            return False
        return (
            self.field_word(at, False)
            or self.tokens.lower[at] in _long_forms()
            or (self.sense.kinds[at] in (FIELD, NOUN) and at not in self.places)
        )

    def _list_end(self, at: int) -> int:
        """Return the end of ``, B, dan C`` at token ``at``, or 0 where that is no list."""
        lower = self.tokens.lower
        end = at
        closed = False
        while end < min(at + 16, self.size) and lower[end] in (",", "dan", "serta"):
            last = lower[end] != ","
            if lower[end] == "," and end + 1 < self.size and lower[end + 1] in ("dan", "serta"):
                end += 1
                last = True
            end += 1
            start = end
            while not self.stops(end) and self.field_word(end, False):
                end += 1
            if end == start or self.office_at(start):
                return 0
            if last:
                closed = True
                break
        return end if closed else 0

    def field_word(self, at: int, any_capital: bool) -> bool:
        """Whether token ``at`` can be a word of a field; ``any_capital``: where a field must stand."""
        if at >= self.size:
            return False
        kind, flags = self.sense.kinds[at], self.tokens.flags[at]
        if not flags & CAPITAL:
            return False
        if any_capital and self.tokens.lower[at] in _words("bodies"):
            return False
        if any_capital:
            return (not self.name_at(at) or at in self.organizations) and not self.office_at(at)
        if at in self.places or (at in self.organizations and kind != FIELD) or self.name_at(at):
            return False
        low = self.tokens.lower[at]
        if low in _words("state") or (low in _words("regions") and at + 1 < self.size and self.tokens.flags[at + 1] & CAPITAL):
            return False
        if self.office_at(at) or (kind < NOUN and low not in field_words()):
            return False
        if kind in (FIELD, NOUN) or low in field_words():
            found = _units().longest(self.tokens.lower, at)
            return found is None or found[1] == "title" or low in field_words()
        return False

    def small_words(self, at: int, most: int) -> int:
        """Return the end of a run of nouns in small letters at token ``at`` (``medis konvoi``), else ``at``."""
        end = at
        lower = self.tokens.lower
        while end < at + most and not self.stops(end) and self.tokens.flags[end] & LOWER:
            if end in self.organizations or end in self.places or small_word_class(lower[end]) <= FUNCTION:
                break
            if lower[end] in _words("adjectives"):
                break
            if end > at and self.office_at(end):
                break
            end += 1
        return end

    def organization(self, at: int, loose: bool = False) -> int:
        """Return the end of an organization's name at token ``at``, else ``at``. ``loose``: any capitalised word is taken for one."""
        if self.stops(at) or at in self.sense.model_people:
            return at
        end = self._known_body(at) or self._read_body(at, loose)
        if end > at and not self.stops(end) and self.tokens.lower[end] in ("of", "for", "and", "on"):
            end = self._read_on(at, end, loose)  # Institute for Development | of Economics
        return self._with_region(end) if end > at else at

    def _known_body(self, at: int) -> int:
        """Return the end of an organization that the other extractors or a model found, 0 for none."""
        lower, kinds = self.tokens.lower, self.sense.kinds
        end = self.organizations.get(at, 0)
        if not end and at in self.inside and self.tokens.flags[at] & CAPITAL:
            return self.inside[at]  # Dirjen Dukcapil Kemendagri
        for i in range(at + 2, end):
            proven = lower[i] in self.sense.proven and lower[at] not in _words("named_after") and kinds[i] >= UNKNOWN
            if i in self.sense.model_people or proven:
                return i
        return end

    def _read_body(self, at: int, loose: bool) -> int:
        """Read an organization's name that only its head word or its place in the sentence tells; ``at`` for none."""
        lower, flags, kinds = self.tokens.lower, self.tokens.flags, self.sense.kinds
        found = _units().longest(lower, at)
        if found and found[1] == "organization":
            end = found[0]
            if flags[at] & LOWER:
                end = self.small_words(end, 4)
        elif not flags[at] & CAPITAL or self.name_at(at) or self.office_at(at):
            return at
        elif kinds[at] == ACRONYM or (loose and kinds[at] >= NOUN and kinds[at] != INITIAL and at not in self.places):
            end = at + 1
        else:
            return at
        return self._read_on(at, end, loose)

    def _read_on(self, at: int, end: int, loose: bool) -> int:
        """Read on the name of the organization that begins at token ``at`` and is read up to ``end``."""
        lower, flags, kinds = self.tokens.lower, self.tokens.flags, self.sense.kinds
        named_after = lower[at] in _words("named_after")
        limit = min(self._name_of_two(at) if loose else self.size, at + _LONGEST)
        while not self.stops(end) and end < limit:
            if end in self.places:
                end = self.places[end]
                if not (self._place_at(end) or (end < self.size and kinds[end] == ACRONYM)):
                    break
            elif lower[end] in ("dan", "&", "of", "for", "on", "the", "and", ",") and end + 1 < self.size and flags[end + 1] & CAPITAL:
                then = self._joined_body(end)
                if then == end:
                    break
                end = then
            elif self._body_word(at, end, loose, named_after):
                end += 1
            else:
                break
        return end

    def _joined_body(self, at: int) -> int:
        """Return where an organization's name goes on after ``dan``, ``of`` or a comma at token ``at``, else ``at``."""
        then = at + 1
        if self.name_at(then) or self.office_at(then) or then in self.organizations or then in self.places:
            return at
        if self.tokens.lower[at] == ",":
            return self._list_end(at) or at
        if self.tokens.lower[at] == "dan" and self.sense.kinds[then] not in (FIELD, NOUN):
            return at
        return then

    def _body_word(self, first: int, at: int, loose: bool, named_after: bool) -> bool:
        """Whether token ``at`` goes on the name of the organization that begins at ``first``."""
        lower, kinds = self.tokens.lower[at], self.sense.kinds
        if kinds[at] == FUNCTION and lower not in field_words():
            return False
        if not (self.tokens.flags[at] & CAPITAL or lower in _words("ordinals") or (lower.isdigit() and len(lower) < 4)):
            return False
        if self.office_at(at) and self.tokens.lower[at - 1] not in _words("of_an_office"):
            return False
        if self.name_at(at) and not (named_after and at < first + 4):
            return False
        # PDIP Xarwo: an unknown word after two short forms
        return loose or not (at > first + 1 and kinds[at] == UNKNOWN and kinds[at - 1] == ACRONYM and kinds[first] == ACRONYM)

    def _with_region(self, end: int) -> int:
        """Return the end of what follows an organization's name and is part of it: short form, region, the body above it."""
        while not self.stops(end):
            then = self.bracket(end)
            if then == end:
                then = self.places.get(end) or self.organizations.get(end, end)
            if then == end and self.tokens.lower[end] in _words("state") and self.tokens.flags[end] & CAPITAL:
                then = end + 1
            if then == end and self._goes_on(end):
                then = end + 1
            if then == end and self.tokens.form[end - 1] == ")":
                then = self._to_next_body(end)
            if then == end:
                then = self._to_name(end)
            if then == end:
                break
            end = then
        return end

    def _to_name(self, at: int) -> int:
        """Return where a known name begins after a few ordinary words: ``Forum Peduli | Lingkungan Hidup | Hasan Ibrahim``; else ``at``."""
        for end in range(at, min(at + 5, self.size)):
            if self.stops(end) or not self.tokens.flags[end] & CAPITAL or self.office_at(end) or self.sense.rank_end(end) > end:
                return at
            if end > at and self.name_at(end):
                return end
            if end in self.places or self.tokens.lower[end] in field_words():
                continue
            if self.sense.kinds[end] not in (FIELD, NOUN) or self.tokens.lower[end] in weak_names():
                return at
        return at

    def _goes_on(self, at: int) -> bool:
        """Whether a word such as ``Khusus`` or ``II`` ends an organization's name after its region."""
        if not self.tokens.flags[at] & CAPITAL or at - 1 not in self.place_ends or self.office_at(at) or self.name_at(at):
            return False
        return self.tokens.lower[at] in _words("ordinals") or self.tokens.lower[at] in field_words()

    def _to_next_body(self, at: int) -> int:
        """Return the end of the body that follows a few words on: ``Panitia Khusus (Pansus) Tata Niaga DPRD X``; else ``at``."""
        for end in range(at, min(at + 5, self.size)):
            if end in self.organizations and end > at:
                return self.organizations[end]
            if self.stops(end) or not self.tokens.flags[end] & CAPITAL or self.name_at(end) or self.office_at(end):
                break
        return at

    def _name_of_two(self, at: int) -> int:
        """Return where the last two of three or more unknown words begin: without a comma after them they are the holder's name."""
        end = at
        while not self.stops(end) and self.tokens.flags[end] & CAPITAL and self.sense.kinds[end] == UNKNOWN and end not in self.places:
            end += 1
        if end - at < 3 or (end < self.size and (self.tokens.form[end] == "," or self.name_at(end))):
            return self.size
        return end - 2

    def _place_at(self, at: int) -> bool:
        return at in self.places and not self.stops(at)

    def place(self, at: int, local: bool, domain: str) -> int:
        """Return the end of a region's name at token ``at``, else ``at``."""
        if self.stops(at) or at in self.sense.model_people:
            return at
        if at in self.places:
            return self.places[at]
        if self.tokens.lower[at] == "metro" and at + 1 in self.places:
            return self.places[at + 1]  # Kapolres Metro Jakarta Pusat
        tokens, kinds = self.tokens, self.sense.kinds
        if tokens.lower[at] in _words("state") and tokens.flags[at] & CAPITAL:
            return at + 1
        end = at
        while local and end < at + 4 and not self.stops(end) and tokens.flags[end] & CAPITAL:
            end += 1
        if end > at and end + 1 < self.size and tokens.form[end] == "," and tokens.lower[end + 1] in _words("regions"):
            return end  # Kepala Desa Sukamaju, Kecamatan X
        if not local and domain not in ("region", "police"):
            return at  # presidents and kings hold places that the gazetteers know
        end = at
        while end < at + 4 and not self.stops(end) and (tokens.flags[end] & CAPITAL) and not self.name_at(end) and not self.office_at(end):
            if kinds[end] in (FUNCTION, SMALL) or end in self.organizations:
                break
            end += 1
        if end == at:
            return at
        followed = end < self.size and (
            tokens.form[end] == "," or (not self.stops(end) and self.name_at(end)) or end in self.sense.model_people
        )
        if followed:
            return end
        if local and (end - at > 1 or lead_words().get(tokens.lower[end] if end < self.size else "") != "after"):
            return at + 1
        return at

    # The office

    def read(self, at: int) -> _Office | None:
        """Read the office whose head begins at token ``at``."""
        found = offices().longest(self.tokens.lower, at)
        if found is None or at in self.inside or at in self.values:
            return None
        end, head = self._shortened(at, *found)
        if head.takes == "listed" and not (end < self.size and self.tokens.form[end] == ":"):
            return None
        if at and self._part_of_a_name(at):
            self.passed = end
            return None
        if end == at + 1 and self._last_name(at):
            return None
        rank = self.sense.rank_end(at)
        if rank > at and not self._body_at(rank):
            return None
        first = self._led_in(at, head)
        start, status = self._status_before(first)
        office = _Office(start, head, _Span(at, end), first)
        office.status = status or office.status
        if (
            head.takes in ("unit", "field", "expert")
            and end < self.size
            and self.tokens.lower[end] in _words("ordinals")
            and not self.stops(end)
        ):
            office.add(office.title, end, end + 1)
        elif len(head.title.split()) > 1 and head.takes in ("unit", "field") and (then := self._list(end)) > end:
            office.add(office.title, end, then)
        self._brackets(office)
        self._alias(office)
        if head.takes not in ("none", "listed"):
            getattr(self, "_" + head.takes)(office)
        self._brackets(office)
        self._and_group(office)
        self._after(office)
        return office

    def _and_group(self, office: _Office) -> None:
        """Take what follows the body: the party group of a member, the field of a chairman: ``Anggota Komisi I DPR dari Fraksi X``."""
        at = office.end
        if not office.organization or self.stops(at) or self.stops(at + 1):
            return
        lower = self.tokens.lower
        if lower[at] in ("dari", "fraksi"):
            group = at + (lower[at] == "dari")
            if lower[group] in ("fraksi", "partai", "f-pdip", "dapil") or group in self.organizations:
                office.end = max(self.organization(group), office.end)
                self._brackets(office)
        elif lower[at] == "bidang" and self.tokens.flags[at] & CAPITAL:
            then = self.field(at + 1, True)
            if then > at + 1:
                office.title.append(_Span(at, then))
                office.end = then

    def _body_at(self, at: int) -> bool:
        """Whether an organization surely begins at token ``at``."""
        if at in self.organizations:
            return True
        unit = _units().longest(self.tokens.lower, at) if at < self.size else None
        return unit is not None and unit[1] == "organization"

    def _led_in(self, at: int, head: _Head) -> int:
        """Return where the title begins: ``Wakil`` before any head, English words before an English one (``Senior Brand | Manager``)."""
        lower, flags = self.tokens.lower, self.tokens.flags
        first = at
        if at and lower[at - 1] == "wakil" and not flags[at] & BREAK and not head.title.startswith("Wakil"):
            return at - 1
        if head.takes != "english" or not flags[at] & CAPITAL:
            return at
        while first and first > at - 4 and flags[first - 1] & CAPITAL and not flags[first] & BREAK and lower[first - 1] in field_words():
            if self.sense.kinds[first - 1] not in (FIELD, NOUN) or first - 1 in self.inside or lower[first - 1] in offices().first_words:
                break
            first -= 1
        return first

    def _part_of_a_name(self, at: int) -> bool:
        """Whether the office at token ``at`` belongs to the name of a decree, building, prize: ``Peraturan Bupati``, ``Tim Gubernur``."""
        before = self.tokens.lower[at - 1]
        capital = self.tokens.flags[at - 1] & CAPITAL
        if before in _words("never_after"):
            return bool(capital) or before in _words("never_after_small")
        # an English word in a brand: "Bold Rider"
        brand = (
            self.tokens.lower[at] in _words("english") and self.tokens.flags[at] & CAPITAL and self.sense.kinds[at - 1] in (UNKNOWN, NOUN)
        )
        return bool(capital and brand and not self.tokens.flags[at] & BREAK)

    def _last_name(self, at: int) -> bool:
        """Whether a word that could be an office is the end of a name: ``Annas Furqon Hakim``."""
        flags = self.tokens.flags[at]
        if not at or not flags & CAPITAL or flags & BREAK or self.tokens.lower[at] not in weak_names():
            return False
        return self.sense.kinds[at - 1] >= UNKNOWN

    def _shortened(self, at: int, end: int, head: _Head) -> tuple[int, _Head]:
        """Give back the words of a head that begin a unit: ``Unit`` in ``Kepala Unit Pelaksana Teknis``."""
        lower = self.tokens.lower
        for cut in range(at + 1, end):
            unit = _units().longest(lower, cut)
            begins = (unit is not None and unit[1] == "organization" and unit[0] > end) or self.organizations.get(cut, 0) > end + 1
            if begins and (found := offices().longest(lower[at:cut], 0)):
                return at + found[0], found[1]
        return end, head

    def _status_before(self, at: int) -> tuple[int, str | None]:
        before, _ = _statuses()
        lower, form = self.tokens.lower, self.tokens.form
        status, start = None, at
        for _round in range(2):
            end = start
            if end > 2 and form[end - 1] == ")" and form[end - 3] == "(" and (lower[end - 2],) in before:
                status, start = before[(lower[end - 2],)], end - 3
                end = start
            for length in (3, 2, 1):
                words = tuple(lower[max(end - length, 0) : end])
                if len(words) == length and words in before:
                    status, start = before[words], end - length
                    break
            if start == end:
                break
        return start, status

    def _brackets(self, office: _Office) -> None:
        if not self.stops(office.end):
            office.end = self.bracket(office.end)

    def _alias(self, office: _Office) -> None:
        """``Kepala Pusat Penerangan Hukum atau Kapuspenkum``: the second name of the office belongs to the phrase."""
        lower = self.tokens.lower
        if (
            office.end + 1 < self.size
            and lower[office.end] in ("atau", "alias")
            and not self.stops(office.end + 1)
            and lower[office.end + 1] in offices()
        ):
            found = offices().longest(lower, office.end + 1)
            if found and found[1].canonical:
                office.end = found[0]

    def _after(self, office: _Office) -> None:
        _, after = _statuses()
        lower = self.tokens.lower
        at = office.end
        if self.stops(at):
            return
        if lower[at] in after:
            office.status = after[lower[at]]
            office.end = at + 1
        elif lower[at] in _words("kept"):
            office.end = at + 1

    def _whole(self, office: _Office) -> None:
        at = office.end
        tokens = self.tokens
        while not self.stops(at) and at < office.end + 6:
            if (
                tokens.flags[at] & DIGIT
                or tokens.form[at] in "/-"
                or (tokens.flags[at] & CAPITAL and not self.name_at(at))
                or at in self.places
            ):
                at = self.places.get(at, at + 1)
            else:
                break
        if at > office.end:
            office.add(office.title, office.end, at)

    def _abroad(self, office: _Office) -> bool:
        """Whether ``untuk`` and a state follow: ``Duta Besar Indonesia untuk Inggris``."""
        at = office.end
        return office.head.domain == "state" and not self.stops(at) and self.tokens.lower[at] == "untuk" and at + 1 in self.places

    def _ke(self, office: _Office) -> None:
        """``Presiden ke-6 RI``: the number is no part of the title."""
        lower = self.tokens.lower
        if not self.stops(office.end) and lower[office.end].startswith("ke-"):
            office.end += 1
        elif office.end + 2 < self.size and lower[office.end] == "ke" and lower[office.end + 1] == "-" and lower[office.end + 2].isdigit():
            office.end += 3

    def _place(self, office: _Office) -> None:
        self._ke(office)
        while office.end < office.start + _LONGEST:
            at = office.end
            if self.stops(at):
                return
            if not office.place and not office.organization and at in self.organizations and at not in self.places:
                office.add(office.organization, at, self.organization(at))
                return
            local = office.head.title.lower() in _words("local")
            then = self.place(at, local, office.head.domain) if not office.place or at in self.places else at
            if then > at:
                if office.place and self.sense.kinds[at] == NOUN:
                    office.end = then  # the regency after the village
                else:
                    office.add(office.place, at, then)
                self._ke(office)
                if self._abroad(office):
                    office.place = []
                    office.add(office.place, office.end + 1, self.places[office.end + 1])
                continue
            if not office.place and not office.organization:
                link = self.tokens.lower[at] in _words("of_organization")
                then = self.organization(at + link) if not self.stops(at + link) else at
                if then > at + link:
                    office.add(office.organization, at + link, then)
                    return
            then = self.bracket(at)
            if then == at:
                return
            office.end = then

    def _field(self, office: _Office) -> None:
        first = True
        minister = office.head.title.lower().startswith(
            ("menteri", "wakil menteri", "menko", "wamen", "kadis", "dirjen", "direktur jenderal")
        )
        strict = minister or office.head.domain in ("police", "region") or office.head.title.split()[-1] in _PARTS
        while office.end < office.start + _LONGEST:
            at = office.end
            if self.stops(at):
                return
            then = self.field(at, first and strict)
            if then == at and first and not strict:
                found = _units().longest(self.tokens.lower, at)
                if found and found[1] == "title" and self.tokens.flags[at] & CAPITAL:
                    then = found[0]
            if then == at and first and self.tokens.flags[at] & LOWER and at not in self.organizations:
                then = self._small_field(at)
            if (
                then == at
                and not first
                and self.sense.kinds[at] == ACRONYM
                and strict
                and at not in self.organizations
                and not self.name_at(at)
                and office.title[-1].end == at
                and self.tokens.lower[at] in _long_forms()
            ):
                then = at + 1
            if then > at:
                if not self.stops(then) and self.tokens.lower[then] in _words("ordinals") and self.tokens.flags[then] & CAPITAL:
                    then += 1
                office.add(office.title, at, then)
                first = False
                self._brackets(office)
                continue
            self._alias(office)
            self._holder(office, loose=not minister)
            return

    def _small_field(self, at: int) -> int:
        """``menteri pariwisata dan ekonomi kreatif``"""
        end = self.small_words(at, 5)
        lower = self.tokens.lower
        while end > at and end + 1 < self.size and lower[end] in ("dan", ",") and small_word_class(lower[end + 1]) == FIELD:
            then = self.small_words(end + 1, 5)
            if then == end + 1:
                break
            end = then
        return end

    def _holder(self, office: _Office, loose: bool = True) -> None:
        """Read the organization or place that comes after the title is complete."""
        at = office.end
        lower = self.tokens.lower
        if self.stops(at):
            return
        then = self.bracket(at)
        if then > at:
            office.end = at = then
            if self.stops(at):
                return
        link = lower[at] in _words("of_organization") or (
            lower[at] == "di" and office.head.domain in ("education", "company", "health", "region")
        )
        if link:
            if self.stops(at + 1):
                return
            if lower[at] == "di" and at + 1 not in self.organizations:
                found = _units().longest(lower, at + 1)
                if not found or found[1] != "organization":
                    return
            if at + 1 in self.places and at + 1 not in self.organizations:
                return
            then = self.organization(at + 1, lower[at] != "di" and self._may_be_unknown_body(office, at + 1))
            if then > at + 1:
                office.add(office.organization, at + 1, then)
            return
        unit = _units().longest(lower, at) if at in self.places and self.tokens.flags[at] & CAPITAL else None
        if unit and unit[1] == "organization":
            office.add(office.organization, at, self._with_region(self.places[at]))
            return
        if at in self.places and at not in self.organizations:
            office.add(office.place, at, self.places[at])
            then = self.organization(office.end) if office.end in self.organizations else office.end
            if then > office.end:
                office.add(office.organization, office.end, then)
            return
        then = self.organization(at, loose and bool(self.tokens.flags[at] & CAPITAL) and self._may_be_unknown_body(office, at))
        if then > at:
            office.add(office.organization, at, then)
        elif lower[at] in _words("state") and self.tokens.flags[at] & CAPITAL:
            office.add(office.place, at, at + 1)

    def _may_be_unknown_body(self, office: _Office, at: int) -> bool:
        """Whether capitalised words that no lexicon knows can be the organization; else they are the holder's name.

        They are where a name follows after a comma (``CEO Semar Tandon, Budi``), or where more than a name's words follow.
        """
        end = at
        while not self.stops(end) and self.tokens.flags[end] & CAPITAL and end < at + 8 and not self.name_at(end):
            end += 1
        if end > at and not self.stops(end) and self.name_at(end):
            return True
        if end + 1 < self.size and self.tokens.form[end] == ",":
            return bool(self.tokens.flags[end + 1] & CAPITAL) and (
                end > at + 1 or office.head.domain in ("company", "sport", "community", "education")
            )
        if office.head.domain not in ("company", "sport", "community") or office.head.takes == "role":
            return False
        return end - at > 2 or self.stops(end) or lead_words().get(self.tokens.lower[end]) != "after"

    def _unit(self, office: _Office) -> None:
        at = office.end
        if self.stops(at):
            return
        found = _units().longest(self.tokens.lower, at)
        is_unit = bool(found and found[1] == "title" and at not in self.organizations)
        if found and is_unit and self.tokens.flags[at] & CAPITAL:
            office.add(office.title, at, found[0])
            if not self.stops(office.end) and self.tokens.lower[office.end] in _words("ordinals"):
                office.add(office.title, office.end, office.end + 1)
            self._field(office)
            return
        if at not in self.organizations and at not in self.places:
            then = self.field(at)
            if then == at and self.tokens.flags[at] & LOWER and not (found and found[1] == "organization"):
                then = self.small_words(at, 3)
            if then > at:
                office.add(office.title, at, then)
        self._adjective(office)
        self._holder(office)

    def _english(self, office: _Office) -> None:
        at = office.end
        if at + 1 < self.size and (self.tokens.lower[at] == "of" or self.tokens.lower[at - 1] == "of"):
            at += self.tokens.lower[at] == "of"
            then = max(self.field(at, True), at + 1)
            office.add(office.title, office.end, then)
        self._field(office)

    def _expert(self, office: _Office) -> None:
        at = office.end
        if self.stops(at):
            return
        then = self._small_field(at) if self.tokens.flags[at] & LOWER else self.field(at, True)
        if then > at:
            office.add(office.title, at, then)
        self._holder(office)

    def _role(self, office: _Office) -> None:
        at = office.end
        if self.stops(at):
            return
        then = self.small_words(at, 4) if self.tokens.flags[at] & LOWER else self.field(at)
        if then > at:
            office.add(office.title, at, then)
        self._adjective(office)
        self._holder(office, loose=False)

    def _adjective(self, office: _Office) -> None:
        """Pass over words such as ``anyar``: of the phrase, but not of the title."""
        if not self.stops(office.end) and self.tokens.lower[office.end] in _words("adjectives"):
            office.end += 1

    # What the record says

    def text(self, spans: Iterable[_Span]) -> str:
        """Return the words of token ranges, short forms in brackets left out."""
        form = self.tokens.form
        text: list[str] = []
        for start, end in spans:
            i = start
            while i < end:
                then = self.bracket(i)
                if then > i and form[i + 1].lower() != "persero":
                    i = then
                    continue
                if (text and self.tokens.start[i] > self.tokens.end[i - 1]) or (text and i == start):
                    text.append(" ")
                text.append(form[i])
                i += 1
        return "".join(text).replace(" ,", ",")

    def canonical(self, office: _Office) -> str:
        """Return the title with its short forms written out."""
        head, (start, end) = office.head, office.head_span
        words = [self.text([_Span(office.title[0].start, start)]), head.canonical or head.title]
        for word in self.text(_after(office.title, end)).split():
            bare = word.strip(",")
            words.append(word.replace(bare, self.short_forms.get(bare.lower()) or _long_forms().get(bare.lower(), bare)) if bare else word)
        return " ".join(
            word if word in ("dan", "of", "for") or not word[0].islower() else word[0].upper() + word[1:]
            for word in " ".join(words).split()
        )

    def candidate(self, office: _Office) -> Candidate:
        """Return the office as a candidate."""
        canonical = self.canonical(office)
        title = self.text(office.title)
        if office.head.status:  # cagub: a candidate for Gubernur
            title = f"{office.head.canonical} {self.text(_after(office.title, office.head_span.end))}".strip()
        data = {
            "title": title,
            "organization": self.text(office.organization) or None,
            "place": self.text(office.place) or None,
            "status": office.status,
            "canonical": canonical,
            "head": office.head.title,
            "takes": office.head.takes,
            "domain": office.head.domain,
        }
        return Candidate(
            kind="position",
            start=self.tokens.start[office.start],
            end=self.tokens.end[office.end - 1],
            rule=f"office that takes {office.head.takes}",
            weight=0.5,
            data=data,
        )


def find(tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> list[Candidate]:
    """Return candidates of kind ``position``: every office of the text, held by a named person or not.

    ``names`` are the candidates of the other extractors and of a model. ``data`` is a ``dict`` with ``title, organization, place, status,
    canonical`` of ``records.Position`` and the ``head``, what it ``takes`` and its ``domain`` as the lexicon has them.
    """
    grammar = _Grammar(tokens, names, sense)
    heads = offices().first_words
    found: list[_Office] = []
    end = 0
    for at, low in enumerate(tokens.lower):
        if low not in heads or at < end:
            continue
        if low in _RANK_WORDS and any(sense.rank_end(before) > at for before in range(max(at - 3, 0), at)):
            continue
        office = grammar.read(at)
        if office is None:
            end = max(end, sense.rank_end(at), grammar.passed)
            continue
        _share(found, office, tokens)
        found.append(office)
        end = office.end
    return [grammar.candidate(office) for office in found]


def _share(before: list[_Office], office: _Office, tokens: Tokens) -> None:
    """``CEO dan pendiri Grab``, ``calon presiden dan wakil presiden``: what is said once holds for both."""
    if not before:
        return
    first = before[-1]
    if first.end + 1 != office.start or tokens.lower[first.end] not in ("dan", "sekaligus", "/", "merangkap", "&"):
        return
    if not first.organization and not first.place and len(first.title) == 1:
        if first.head.takes in ("unit", "english") and office.head.takes in ("unit", "english"):
            first.organization = list(office.organization)
        elif first.head.takes == "place" and office.head.takes == "place" and first.head.domain == office.head.domain:
            first.place = list(office.place)
    if first.status == "candidate" and office.status is None and first.head.takes == "place":
        office.status = "candidate"
