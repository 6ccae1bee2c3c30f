"""Where the name of a body ends: what may follow a class word (``tail`` in ``organization_heads.tsv``).

Every method takes the token after the class word and returns the end of the name (a token index), or None where the class word begins no
name. All look a bounded number of tokens ahead.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import regex

from beritaie.extractors.organizations.words import Entry, words
from beritaie.lexicon.gazetteer import WEAK, gazetteer
from beritaie.lexicon.gazetteer import Entry as Place
from beritaie.names import FAMILY, FIELD, GIVEN, NOUN, word_class
from beritaie.tokens import ALPHA, BREAK, CAPITAL, DIGIT, LOWER, UPPER, Tokens

_LONGEST = 24  # tokens in a name
_ROMAN = regex.compile(r"[IVX]{1,5}[ABC]?")
_UNIT_NUMBER = regex.compile(r"(?:[IVXLC]+|\d+)(?:[-/][\p{L}\d]+)*")
_LEVELS = {
    **dict.fromkeys(("kota", "pemkot", "pemko", "setdako", "polrestabes"), "city"),
    **dict.fromkeys(("kabupaten", "kab", "kab.", "pemkab", "setdakab"), "regency"),
    **dict.fromkeys(("provinsi", "propinsi", "prov", "prov.", "pemprov", "pemprop", "polda", "kejati", "dki"), "province"),
    **dict.fromkeys(("kecamatan", "kec", "kec.", "distrik"), "district"),
}
_VERB = regex.compile(
    r"di\p{L}{4,}|(?:mem|men|meng)\p{L}{4,}|ber\p{L}{4,}|(?!ke|pe)\p{L}{4,}kan"
)  # headlines have capitals all around: DPRD Dibakar Massa
_SPECIAL: dict[tuple[str, ...], str] = {
    ("daerah", "khusus", "ibu", "kota", "jakarta"): "DKI Jakarta",
    ("daerah", "khusus", "ibukota", "jakarta"): "DKI Jakarta",
    ("daerah", "khusus", "jakarta"): "DKI Jakarta",
    ("daerah", "istimewa", "yogyakarta"): "Daerah Istimewa Yogyakarta",
}
_NAMESAKE = 4  # words in the name of the person that a hospital is called after
_AND = frozenset(("dan", "&", "serta"))
_OF = frozenset(("of", "for", "de", "and", "&", "the", "in", "du", "la", "di"))


class Region(NamedTuple):
    """The region that a body serves: its tokens, official name and code."""

    start: int
    end: int
    name: str
    code: str | None


class Grammar:
    """The grammar of names over the tokens of one text."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.form, self.lower, self.flags = tokens.form, tokens.lower, tokens.flags
        self.capitals = [flags & CAPITAL for flags in tokens.flags]
        self.breaks = [at for at, flags in enumerate(tokens.flags) if flags & BREAK]
        self.words = words()
        self.gazetteer = gazetteer()
        self.served: Region | None = None  # the region of the name read last
        self.level: str | None = None  # of the region that the class word serves
        self.office = False
        self.origin: int | None = None  # where the name of the part began, while its parent is read

    @cached_property
    def letters(self) -> list[int]:
        """What is true for each token of letters, small ones too."""
        return [flags & ALPHA for flags in self.flags]

    # What stands at a token

    def limit(self, at: int) -> int:
        """Return the token before which a name that goes on at ``at`` has to end: a line break or the longest name."""
        last = min(len(self.form), at + _LONGEST)
        following = bisect_left(self.breaks, at)
        return min(last, self.breaks[following]) if following < len(self.breaks) else last

    def word(self, at: int, stop: int) -> bool:
        """Whether a capitalised word stands here that may go on with a name."""
        if at >= stop or not self.flags[at] & CAPITAL or not self.flags[at] & (ALPHA | DIGIT):
            return False
        if self.lower[at] == "ibu":  # Yayasan Cahaya Ibu, but not the form of address
            return at + 1 >= stop or not self.flags[at + 1] & CAPITAL
        return self.lower[at] not in self.words.stops

    def person(self, at: int, first: int) -> bool:
        """Whether a person's name begins here rather than the body's name, begun at ``first``, goes on: after an office phrase."""
        return (
            self.office
            and at > first
            and self.lower[at] not in self.words.topics
            and word_class(self.form[at], self.flags[at]) == GIVEN
            and self.lower[at - 1] not in self.words.nobles  # UIN Sultan Syarif Kasim
        )

    def verb(self, at: int) -> bool:
        """Whether the word goes on with a headline, where every word has a capital."""
        return self.lower[at] in self.words.headline_verbs or _VERB.fullmatch(self.lower[at]) is not None

    def touching(self, at: int) -> bool:
        """Whether no white space stands between this token and the one before."""
        return self.tokens.start[at] == self.tokens.end[at - 1]

    def begins_body(self, at: int, stop: int) -> bool:
        """Whether a class word, short form or known name of another body stands here."""
        options = self.words.by_first.get(self.lower[at])
        if options is None or not self.flags[at] & CAPITAL:
            return False
        for length, pieces, entries in options:
            if at + length <= stop and tuple(self.lower[at : at + length]) == pieces:
                for entry in entries:
                    if entry.source != "suffix" and entry.when not in ("sport", "media", "office") and self.written(entry, at):
                        return True
        return False

    def written(self, entry: Entry, at: int) -> bool:
        """Whether the entry's capitals are there: acronyms as they are, other words with a capital where the entry has one."""
        form = self.form
        if entry.when == "exact":
            return all(form[at + k] == piece for k, piece in enumerate(entry.written))
        for k, piece in enumerate(entry.written):
            here = form[at + k]
            if here == piece or not piece[0].isupper():
                continue
            if piece.isupper():
                if len(piece) < 5 or not here[0].isupper() or here != piece.capitalize():
                    return False
            elif not here[0].isupper() and not entry.any_case:
                return False
        return True

    def office_before(self, at: int) -> bool:
        """Whether an office phrase stands before the name, so that the name of the one who holds it may follow at once."""
        lower, offices = self.lower, self.words.offices
        for k in range(at - 1, max(-1, at - 9), -1):
            if lower[k] in offices:
                return True
            if not self.flags[k] & ALPHA and lower[k] not in "()/&-":
                return False
        return False

    # Regions

    def region(self, at: int, stop: int, *, unknown: bool = False, weak: bool = False, country: bool = False) -> int | None:
        """Return the end of a region's name.

        Args:
            unknown: a capitalised word that no list holds counts too.
            weak: names of the lists that are also ordinary words or people's names count too.
            country: names of countries count.
        """
        classes = self.words.region_classes
        k = at
        lower = self.lower
        while k < stop and k - at < 4 and lower[k] in classes and (self.capitals[k] or lower[k] in ("kab", "kab.")):
            k += 1
            if k < stop and lower[k] == "." and self.touching(k):
                k += 1
        classed = k > at
        if lower[k - 1] in ("dki", "di", "daerah", "kota") and classed and (k >= stop or not self.capitals[k]):
            if lower[k - 1] != "dki":
                return None
            self._serve(k - 1, k, self.gazetteer.get("DKI Jakarta"), "")
            return k
        if at < stop and lower[at] == "daerah":
            for length in (3, 4, 5):
                special = _SPECIAL.get(tuple(lower[at : at + length]))
                if special is not None:
                    self._serve(at, at + length, self.gazetteer.get(special), "")
                    return at + length
        if k >= stop or not self.capitals[k] or lower[k] in self.words.stops:
            return None
        match = self.gazetteer.longest(lower, self.capitals if lower[k] not in self.words.place_starts else self.letters, k, stop)
        if match is not None:
            end, places = match
            best = max(places, key=lambda place: place.strength)
            if best.level in ("country", "continent", "foreign") and not country:
                if best.name != "Indonesia":
                    match = None
            elif best.level == "region" or (best.strength <= WEAK and not (weak or classed or unknown)):
                match = None
        if match is not None:
            end = match[0]
            self._serve(k - (lower[k - 1] == "dki" and classed), end, places, lower[k - 1] if classed else "")
            return end + 1 if end < stop and self.capitals[end] and lower[end] in self.words.directions else end
        if (
            not (unknown or classed)
            or not self.flags[k] & ALPHA
            or self.begins_body(k, stop)
            or (classed and lower[k] in self.words.topics)
            or (not classed and (self.verb(k) or word_class(self.form[k], self.flags[k]) == GIVEN))
        ):
            return None
        end = k + 1
        if lower[k] in self.words.place_starts and self.word(end, stop):
            end += 1
        if self.word(end, stop) and lower[end] in self.words.directions:
            end += 1
        return end

    def _serve(self, start: int, end: int, places: Sequence[Place], before: str) -> None:
        """Keep the region, where the class word before it, or that of the body, leaves one."""
        level = _LEVELS.get(before) or self.level
        fitting = [place for place in places if place.level == level] if level else list(places)
        strongest = max((place.strength for place in fitting), default=0)
        found = {place.code: place.name for place in fitting if place.strength == strongest and place.level in _LEVELS.values()}
        if len(found) == 1:
            ((code, name),) = found.items()
            self.served = Region(start, end, name, code)
        else:
            self.served = None

    def regions(self, at: int, stop: int, **how: bool) -> int | None:
        """Return the end of a region and those it lies in: ``Kecamatan Ciemas Kabupaten Sukabumi``."""
        end = self.region(at, stop, **how)
        while end is not None and end < stop and self.lower[end] in self.words.region_classes and self.capitals[end]:
            wider = self.region(end, stop)
            if wider is None:
                break
            end = wider
        return end

    def state(self, at: int, stop: int) -> int:
        """Return the end of ``RI``, ``Republik Indonesia`` or ``Pusat``, or ``at``."""
        if at < stop:
            if self.form[at] == "RI" or (self.lower[at] == "pusat" and self.capitals[at]):
                return at + 1
            if self.form[at] == "-" and at + 1 < stop and self.form[at + 1] == "RI":
                return at + 2
            if self.lower[at] == "republik" and at + 1 < stop and self.lower[at + 1] == "indonesia":
                return at + 2
        return at

    def bracket(self, at: int, stop: int) -> int | None:
        """Return the end of a bracketed short form: ``(Bapenda)``."""
        if at + 2 < stop and self.form[at] == "(" and self.flags[at + 1] & CAPITAL:
            for k in range(at + 2, min(stop, at + 6)):
                if self.form[k] == ")":
                    return k + 1
        return None

    # Tails

    def tail(self, entry: Entry, at: int, stop: int) -> int | None:
        """Return the end of the name that goes on at ``at`` after this entry's words."""
        self.served = None
        self.level = _LEVELS.get(entry.written[-1].lower())
        self.office = self.office_before(at - len(entry.written) if self.origin is None else self.origin)
        method = getattr(self, f"_{entry.tail}")
        return method(entry, at, stop)

    def _none(self, entry: Entry, at: int, stop: int) -> int | None:
        return self.state(at, stop) if entry.kind in ("agency", "ministry", "police", "judiciary") else None

    def _known(self, entry: Entry, at: int, stop: int) -> int | None:
        return None

    def _party(self, entry: Entry, at: int, stop: int) -> int | None:
        """Return the region of a party's branch: ``Golkar Purwakarta``."""
        end = self.regions(at, stop)
        return None if end is not None and self.lower[end - 1] == "indonesia" else end

    def _topic(self, entry: Entry, at: int, stop: int, least: int = 1) -> int | None:
        """Follow the nouns of the body's field, its region, the state."""
        lower, form, topics, flags = self.lower, self.form, self.words.topics, self.flags
        abroad = entry.kind in ("ministry", "agency", "international")
        local = entry.written[0].lower() in self.words.regional_heads
        end = k = at
        nouns = 0
        while k < stop:
            if not (flags[k] & CAPITAL and flags[k] & (ALPHA | DIGIT)):
                step = self._link(k, stop, nouns, local)
                if step is None:
                    break
                k = step
                continue
            if lower[k] in self.words.stops and not (lower[k] in topics and (nouns == 0 or lower[k - 1] in _AND or lower[k] == "dalam")):
                break
            if not nouns and entry.tail == "unit" and lower[k] not in topics and (self.verb(k) or self._no_field(k)):
                break  # Kepala Dittipidkor Bareskrim | Budi, Mako Brimob | Kelapa Dua
            if self._parent(k, stop, nouns or k - at):
                end = k  # a bracketed short form before the parent belongs to the name
                break
            region = self.regions(
                k, stop, country=abroad, weak=bool(nouns) and local and lower[k] not in topics and self._is_region(k, stop)
            )
            if region is not None and lower[region - 1] != "indonesia" and (region - k > 1 or lower[k] not in topics):
                seat = entry.kind == "ministry" and form[k:region] == ["Jakarta"]  # Kementerian Dalam Negeri | Jakarta
                end = k if seat else self.state(region, stop)
                break
            if form[k] == "RI" or (lower[k] == "republik" and lower[k + 1 : k + 2] == ["indonesia"]):
                end = self.state(k, stop)
                break
            if (
                nouns
                and lower[k] not in topics
                and not flags[k] & UPPER
                and not (k + 1 < stop and self.capitals[k + 1] and lower[k + 1] in topics)
            ):
                closing = self._close_ahead(entry, k, stop) if entry.kind in ("community", "sports") else None
                if closing is not None:
                    return self.regions(closing, stop) or closing
                common = word_class(form[k], flags[k]) in (NOUN, FIELD) and lower[k] not in self.words.places
                if lower[k - 1] in self.words.transitive or (common and not self.verb(k)):
                    nouns += 1
                    k += 1
                    end = k
                    continue
                # A word that names no field: a region that no list holds, unless it may be a person.
                if local and not self.office and lower[k - 1] not in _AND and not self.verb(k):
                    end = k + 1
                    if self.word(end, stop) and lower[end] in self.words.directions:
                        end += 1
                break
            nouns += 1
            k += 1
            end = k
        if nouns < least and end == at:
            return None
        return end

    def _no_field(self, at: int) -> bool:
        return word_class(self.form[at], self.flags[at]) == GIVEN or self.lower[at] in self.words.place_starts

    def _close_ahead(self, entry: Entry, at: int, stop: int) -> int | None:
        """Return the end of an association's name that closes a few words on, with ``Indonesia`` or before its short form.

        ``Asosiasi Sepeda Lipat Indonesia``, ``Gabungan Aksi Roda Dua (Garda)``.
        """
        for k in range(at, min(stop, at + 6)):
            if self.form[k] == "Indonesia":
                return k + 1
            if self.form[k] == "(":
                end = self.bracket(k, stop)
                return k if k > at and end == k + 3 and self.form[k + 1][0] == entry.written[0][0] else None
            joins = self.lower[k] in _AND and self.word(k + 1, stop)
            if not joins and (not self.word(k, stop) or self.begins_body(k, stop)):
                return None
        return None

    def _ahead(self, at: int, stop: int) -> int | None:
        """Return where a parent begins after a few capitalised words: ``Panitia Khusus Tata Ruang Pesisir DPRD Banten``."""
        for k in range(at, min(stop, at + 4)):
            if not self.word(k, stop):
                return None
            if k > at and self.begins_body(k, stop):
                return k
        return None

    def _parent(self, at: int, stop: int, follows: int) -> bool:
        """Whether another body begins here rather than the field goes on; ``follows``: whether something of the name stands before."""
        here = self.lower[at]
        if here in self.words.topics and (here in self.words.fields or not self.flags[at] & UPPER):
            # Bank, Kejaksaan and the like begin a body of their own.
            return bool(follows) and here in ("bank", "pemerintah", "kejaksaan", "kepolisian", "mahkamah") and self.begins_body(at, stop)
        return self.begins_body(at, stop)

    def _link(self, at: int, stop: int, nouns: int, local: bool) -> int | None:
        """Return where the field goes on after ``dan``, a comma of a list, a slash, a bracketed short form, or None."""
        lower, topics = self.lower, self.words.topics
        here = lower[at]
        if at + 1 >= stop or not (nouns or here == "("):
            return None
        after = at + 1

        def field(k: int) -> bool:
            return (
                k < stop
                and self.capitals[k] != 0
                and lower[k] in topics
                and (lower[k] in self.words.fields or not self.begins_body(k, stop))
            )

        if here in _AND or here in ("untuk", "terhadap", "bagi", "atas"):
            return after if field(after) or (here in _AND and self.flags[after] & UPPER and not self.begins_body(after, stop)) else None
        if here == ",":
            if lower[after] in _AND:
                return after + 1 if field(after + 1) else None
            if not field(after):
                return None
            # A list of fields has "dan" before its last.
            for k in range(after + 1, min(stop, after + 14)):
                if lower[k] in _AND:
                    return after if field(k + 1) or (k + 1 < stop and self.flags[k + 1] & UPPER) else None
                if lower[k] != "," and not (self.capitals[k] and lower[k] in topics):
                    return None
            return None
        if here in ("/", "-"):
            return after if self.capitals[after] and (self.touching(at) or self.touching(after)) else None
        if here == "(":
            end = self.bracket(at, stop)
            if end is None or end >= stop:
                return None
            if self.begins_body(end, stop) or self.form[end] == "RI" or field(end) or (lower[end] in _AND and field(end + 1)):
                return end
            served = self.served
            goes_on = self.region(end, stop, country=True, unknown=local and not self.office) is not None
            self.served = served
            return end if goes_on else None
        return None

    def _unit(self, entry: Entry, at: int, stop: int) -> int | None:
        """Follow the field of a part of another body; the caller joins the parent."""
        if at < stop and entry.kind == "party":
            return self.regions(at, stop)
        return self._topic(entry, at, stop, least=0)

    def _board(self, entry: Entry, at: int, stop: int) -> int | None:
        return self._unit(entry, at, stop) if self.office else at

    def _region(self, entry: Entry, at: int, stop: int) -> int | None:
        lower = self.lower
        if at < stop and self.form[at] == "(":
            end = self.bracket(at, stop)
            if end is None:
                return None
            if entry.kind == "police" and lower[end : end + 1] == ["metro"]:
                return end + 2 if lower[end + 1 : end + 2] == ["jaya"] else end + 1
            region = self.regions(end, stop, weak=not self.office or self._is_region(end, stop))
            return region and self.state(region, stop)
        certain = entry.alone == "named"
        if entry.written[0] in ("KBRI", "KJRI", "Konsulat", "KDEI"):
            return self.region(at, stop, country=True)
        if entry.kind == "police" and lower[at : at + 1] == ["metro"]:
            end = at + 2 if lower[at + 1 : at + 2] == ["jaya"] else at + 1
            region = self.region(end, stop, weak=True, unknown=not self.office)
            return region or end
        if entry.kind == "police" and lower[at : at + 1] and lower[at] in ("pelabuhan", "bandara", "kawasan") and self.word(at + 1, stop):
            return self.region(at + 1, stop, weak=True) or self._run(at + 1, stop, 2)  # Polres Pelabuhan Tanjung Priok
        if self.form[at : at + 1] == ["Jaya"] and entry.kind in ("community", "sports") and entry.written[-1].isupper():
            return at + 1  # PWI Jaya
        unlisted = (
            entry.kind in ("police", "judiciary", "regional_government", "legislature", "military", "agency")
            and entry.written[-1] != "SPPG"
        )
        weak = not (certain and self.office) or self._is_region(at, stop)
        end = self.regions(at, stop, unknown=unlisted and not certain and not self.office, weak=weak)
        if end is not None and lower[end - 1] == "indonesia" and lower[end - 2] != "republik":
            return end if not certain and end - at == 1 and entry.alone == "" else None
        if end is None:
            state = self.state(at, stop)
            return state if state > at else None
        return end

    def _is_region(self, at: int, stop: int) -> bool:
        """Whether a regency's or city's name stands here that is an ordinary word too, but no person's: ``Ketua Banser Kudus Budi``."""
        match = self.gazetteer.longest(self.lower, self.capitals, at, stop) if at < stop and self.capitals[at] else None
        return (
            match is not None
            and any(place.level in ("regency", "city") for place in match[1])
            and word_class(self.form[at], self.flags[at]) not in (GIVEN, FAMILY)
        )

    def _place(self, entry: Entry, at: int, stop: int) -> int | None:
        state = self.state(at, stop)
        return state if state > at else self.regions(at, stop, country=True)

    def _embassy(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        while k < stop and self.capitals[k] and self.lower[k] in ("besar", "republik", "kerajaan", "jenderal", "federal", "uni", "eropa"):
            k += 1
        if k < stop and self.form[k] == "(":
            k = self.bracket(k, stop) or k
        if k < stop and self.form[k] == "RI":
            return k + 1
        if k > at and self.lower[k - 1] == "eropa":
            return k
        if k == at and k < stop and self.lower[k] in ("asia", "dunia", "internasional"):
            return self.region(k + 1, stop) or k + 1
        end = self.region(k, stop, country=True)
        return end

    def _class(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        while k < stop and (
            self.lower[k]
            in ("kelas", "narkotika", "khusus", "anak", "wanita", "perempuan", "tpi", "non", "madya", "pabean", "tipe", "pemuda", "negara")
            or _ROMAN.fullmatch(self.form[k])
            or (k > at and self.form[k] in ("A", "B", "C", "TMP"))
            or (k > at and self.form[k] == "-" and self.form[k + 1 : k + 2] in (["A"], ["B"], ["C"]))
            or (k > at and self.lower[k - 1] == "kelas" and self.flags[k] & DIGIT)
        ):
            k += 1
        if k < stop and self.form[k] == "(":
            k = self.bracket(k, stop) or k
        end = self.regions(k, stop, unknown=True, weak=True)
        if end is not None:
            return end
        return k if k > at else None

    def _court(self, entry: Entry, at: int, stop: int) -> int | None:
        return self._run(at, stop, 4)

    def _number(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        form = self.form
        if k < stop and form[k] == "(":  # Komando Distrik Militer (Kodim) 0426 Tulangbawang
            after = self.bracket(k, stop)
            if after is None or after >= stop or not _UNIT_NUMBER.fullmatch(form[after]):
                return None
            k = at = after
        while (
            k < stop
            and k - at < 6
            and (_UNIT_NUMBER.fullmatch(form[k]) or (form[k] in "/-." and k > at) or (k > at and form[k - 1] == "/"))
        ):
            k += 1
        if k > at and form[k - 1] in "/-.":
            k -= 1
        numbered = k > at
        if self.word(k, stop) and (numbered or not self.office):
            region = self.regions(k, stop, weak=True)
            if region is not None:
                return region
            if self.begins_body(k, stop):
                return k if numbered else None
            if numbered and self.office and form[k - 1] != "/" and not self.touching(k) and self.lower[k] not in self.words.commands:
                return k
            if self.verb(k):
                return k if numbered else None
            end = k + 1
            if self.word(end, stop) and not self.office and not self.begins_body(end, stop) and not self.verb(end):
                end += 1
            return end
        if not numbered:
            return self.regions(at, stop, weak=True)
        return k

    def _school(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        lower, flags = self.lower, self.flags
        numbered = False
        if k < stop and self.form[k] == "(":  # Sekolah Menengah Atas (SMA) Negeri 3 Malang
            after = self.bracket(k, stop)
            if after is None or not (self.word(after, stop) or (after < stop and flags[after] & DIGIT)):
                return None
            k = after
        while k < stop and k - at < 8:
            if flags[k] & DIGIT and lower[k].isdigit() and not numbered:
                numbered = True
                k += 1
                continue
            if not self.word(k, stop) or lower[k] in ("kelas", "sederajat") or (k == at and lower[k] in ("provinsi", "kabupaten", "kota")):
                break
            region = self.regions(k, stop, weak=numbered)
            if region is not None:
                k = region
                if k < stop and not numbered and self.lower[k].isdigit() and len(self.form[k]) < 4 and k > at:
                    return k + 1  # SDN Ciawi 5
                if not self.word(k, stop) or self.office or numbered:
                    return k
                continue
            if self.person(k, at) and k - at > 1:
                break
            if (numbered and self.office and not flags[k] & UPPER) or (
                k == at and self.begins_body(k, stop) and lower[k] in ("sd", "smp", "sma", "smk", "tk")
            ):
                break
            k += 1
        if (
            numbered
            and k == at + 1
            and k < stop
            and flags[k] & LOWER
            and lower[k] in ("sekolah", "siswa", "orang", "unit", "persen", "guru", "anak")
        ):
            return None
        return k if k > at else None

    def _college(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        placed = False
        lower = self.lower
        titled = self._named_after(at, stop)
        if titled is not None:
            return titled
        while k < stop and k - at < 10:
            if self.form[k] == "(":
                end = self.bracket(k, stop)
                if (
                    end is None
                    or k == at
                    or not self.word(end, stop)
                    or (self.office and self.region(end, stop) is None and lower[at] not in ("islam",))
                ):
                    break
                k = end
                continue
            if lower[k] in ("dan", "&") and k > at and not placed:
                if k + 1 < stop and self.capitals[k + 1] and lower[k + 1] in self.words.topics and not self.begins_body(k + 1, stop):
                    k += 2
                    continue
                break
            if lower[k].isdigit() and k == at:
                k += 1
                continue
            if not self.word(k, stop) or (self.person(k, at) and lower[at] not in ("islam", "katolik", "kristen", "muhammadiyah")):
                break
            region = self.region(k, stop, country=True)
            placed = region is not None
            if region is not None:
                k = region
                if self.office and not (self.word(k, stop) and lower[k] in self.words.topics):
                    return k
                continue
            if self.office and k - at >= 3 and lower[k] not in self.words.topics:
                break
            if k - at >= 2 and lower[k] in self.words.headline_verbs:
                break
            k += 1
        return k if k > at else None

    def _firm(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        form = self.form
        if k < stop and form[k] == "." and self.touching(k):
            k += 1
        if self.lower[k : k + 3] == ["(", "persero", ")"]:
            k += 3
        if self.form[k : k + 1] == ["PT"]:
            k += 1
        first = k
        while k < stop and k - at < 14:
            if form[k] == "," and form[k + 1 : k + 2] in (["Tbk"], ["Tbk."]) and k > first:
                return k + 2
            if form[k] in ("(", "Tbk", "Tbk.", "TBK"):
                if form[k] == "(" and self.lower[k + 1 : k + 3] in (["persero", ")"], ["perseroda", ")"], ["tbk", ")"], ["persero)", ""]):
                    k += 3
                    continue
                if form[k] != "(":
                    return k + 1
                break
            if form[k] in ("&", "-", "'", "’", "/", "and") and k > first and k + 1 < stop and (self.capitals[k + 1] or form[k] != "/"):
                if not self.word(k + 1, stop):
                    break
                k += 2
                continue
            if self.lower[k].isdigit() and k > first and len(form[k]) < 5:
                k += 1
                continue
            if form[k] == "dan" and k > first and "Tbk" in form[k + 1 : k + 4] and "PT" not in form[k + 1 : k + 4]:
                k += 1
                continue
            begins = k == first and bool(self.capitals[k]) and (self.lower[k] in self.words.things or self.lower[k] in self.words.topics)
            if not (begins or self.word(k, stop)) or (k > first and form[k] in ("PT", "CV")) or self.person(k, first):
                break
            k += 1
            if form[k - 1].endswith("Tbk"):
                return k
        return k if k > first else None

    def _bank(self, entry: Entry, at: int, stop: int) -> int | None:
        if not self.word(at, stop):
            return None
        end = self._run(at, stop, 3 if not self.office else 2)
        return None if end == at + 1 and self.lower[at] in self.words.banks else end

    def _name(self, entry: Entry, at: int, stop: int) -> int | None:
        if at < stop and (
            (entry.written == ("Grup",) and len(self.form[at].rstrip(".")) == 1)
            or (entry.written == ("Partai",) and self.lower[at] == "politik")
        ):
            return None
        if entry.written[0] in ("Harian", "Koran") and at > 1 and self.lower[at - 2] in ("ketua", "pelaksana", "upah", "pekerja", "wakil"):
            return None
        if entry.kind == "health":
            titled = self._named_after(self.bracket(at, stop) or at, stop)
            if titled is not None:
                return titled
        if at < stop and self.form[at] == "(":
            end = self.bracket(at, stop)
            if end is None or not self.word(end, stop):
                return None
            return self._run(end, stop, 6)
        end = self._run(at, stop, 6)
        if end is not None and entry.written[0] == "Fraksi" and end < stop and self.form[end] == "(":
            after = self.bracket(end, stop)  # Fraksi Partai Amanat Nasional (PAN) DPR RI
            return after if after is not None and after < stop and self.lower[after].startswith("dpr") else end
        return end

    def _named_after(self, at: int, stop: int) -> int | None:
        """Return the end of a name given after a person with titles: ``RSUD dr. H. Abdul Moeloek Lampung``, ``Universitas Dr Soetomo``.

        After an office, whose holder may follow, it is one word long; of a hospital only where more follows: a region, other titles.
        """
        titles = self.words.titles
        k = at
        while k < stop and (self.lower[k] in titles or (self.form[k] == "." and k > at)):
            k += 1
        if k == at or not self.word(k, stop):
            return None
        end = k
        longest = 1 if self.office else _NAMESAKE
        while end < stop and end - k < longest and self.word(end, stop) and not (end > k and self.region(end, stop) is not None):
            end += 1
            if end + 1 < stop and self.form[end] == "." and len(self.form[end - 1]) == 1 and self.word(end + 1, stop):
                end += 1
        region = self.regions(end, stop)
        holder = self.office and region is None and self.lower[at - 1] in self.words.hospitals
        if holder and not (end < stop and self.lower[end] in titles):
            return None
        return region or end

    def _run(self, at: int, stop: int, most: int) -> int | None:
        """Follow capitalised words, joined by ``&``, hyphens and ``dan`` before a field; a region ends the name."""
        k = at
        lower, form = self.lower, self.form
        counted = 0
        while k < stop and counted < most:
            if k > at and k + 1 < stop:
                if form[k] in ("&", "'", "’") or (form[k] in ("-", "/") and self.touching(k) and self.touching(k + 1)):
                    if not self.word(k + 1, stop):
                        break
                    k += 1
                    continue
                if lower[k] in _AND and self.capitals[k + 1] and lower[k + 1] in self.words.topics and not self.begins_body(k + 1, stop):
                    k += 2
                    counted += 1
                    continue
                if lower[k] in ("of", "for", "the", "and", "on", "de", "al") and self.word(k + 1, stop):
                    k += 1
                    continue
            if lower[k].isdigit() and k > at and len(form[k]) < 5:
                k += 1
                counted += 1
                continue
            if not self.word(k, stop) or (self.person(k, at) and not self._shortened(k, stop)):
                break
            if k > at and self.begins_body(k, stop) and lower[k] not in self.words.topics:
                break
            if k > at and lower[k] in self.words.headline_verbs:
                break
            region = self.regions(k, stop)
            if region is not None:
                k = region
                counted += 1
                if self.office and k - at > 1:
                    return k
                continue
            if self.office and counted >= 2 and lower[k] not in self.words.topics:
                break
            k += 1
            counted += 1
        return k if k > at else None

    def _shortened(self, at: int, stop: int) -> bool:
        """Whether a short form of letters follows that ends as the words up to it do: ``Jokowi (AAJ)``."""
        k = at + 1
        while k < stop and k - at < 3 and self.word(k, stop):
            k += 1
        short = self.form[k + 1] if k + 2 < len(self.form) and self.form[k] == "(" and self.form[k + 2] == ")" else ""
        return 2 < len(short) < 9 and short.isupper() and short[-1] == self.form[k - 1][0]

    def _national(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        end: int | None = None
        if k < stop and self.form[k] == "(":
            k = self.bracket(k, stop) or stop
        while k < stop and k - at < 10:
            if self.form[k] in ("-", "–") and k > at and self.touching(k):
                k += 1
                continue
            if self.flags[k] & DIGIT and k > at and self.touching(k):
                k += 1
                end = k
                continue
            if not self.word(k, stop):
                break
            region = self.region(k, stop, country=True)
            if region is None and not (
                self.lower[k] in self.words.topics or self.flags[k] & DIGIT or self.lower[k] in ("senior", "junior", "u", "esport", "u-")
            ):
                break
            k = end = region or k + 1
        return end

    def _team(self, entry: Entry, at: int, stop: int) -> int | None:
        if at >= stop or not self.flags[at] & UPPER or self.lower[at] in self.words.no_bodies or self.begins_body(at, stop):
            return None
        if self.form[at] in ("SAR", "DVI") or (self.word(at + 1, stop) and not self.begins_body(at + 1, stop)):
            return None
        return at + 1

    def _cabinet(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        while (
            self.word(k, stop) and k - at < 4 and (self.lower[k] in self.words.topics | {"maju", "kerja"} or _ROMAN.fullmatch(self.form[k]))
        ):
            k += 1
        return k if k > at else None

    def _assoc(self, entry: Entry, at: int, stop: int) -> int | None:
        k = at
        while self.word(k, stop) and k - at < 6 and self.lower[k] in self.words.topics:
            k += 1
        if k - at >= 2 and self.lower[k - 1] in ("indonesia", "nasional", "nusantara", "islam"):
            return self.region(k, stop) or k
        return None

    def _bodyof(self, entry: Entry, at: int, stop: int) -> int | None:
        """``PB HMI``, ``PP Muhammadiyah``: the caller joins the parent."""
        return at if at < stop and self.capitals[at] and (self.begins_body(at, stop) or self.flags[at] & UPPER) else None

    def _outlet(self, entry: Entry, at: int, stop: int) -> int | None:
        return self.region(at, stop) if self.form[at - 1] != "Suara" else None
