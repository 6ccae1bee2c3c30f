"""The names of bodies in a text, read from left to right, so that none begins inside another."""

from __future__ import annotations

from typing import NamedTuple

import regex

from beritaie.extractors.organizations.grammar import Grammar, Region
from beritaie.extractors.organizations.words import Entry, words
from beritaie.lexicon.gazetteer import region_forms
from beritaie.names import GIVEN, UNKNOWN, word_class
from beritaie.tokens import BREAK, CAPITAL, DIGIT, LOWER, UPPER, Tokens

_JOINS_PARENT = frozenset(("topic", "unit", "board", "bodyof", "region", "name", "number", "team", "school", "college"))
_DEEPEST = 3  # parents of parents: Unit Reskrim Polsek X Polres Y Polda Z
_SKIP = "skip"
_OF_STATE = frozenset(("regional_government", "legislature", "agency", "police"))
_NO_FIRMS = frozenset(("police", "judiciary", "military", "regional_government", "legislature"))
_TWICE = regex.compile(r"\b(Kabupaten|Kota|Provinsi|Kecamatan|Partai|Indonesia)(?: \1\b)+")
_DASHES = frozenset(("-", "–", "—", "--"))
_COMMITTEES = frozenset("ABCDE") | {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"}


class Name(NamedTuple):
    """The name of a body: its tokens, and what is known of it."""

    start: int
    end: int
    kind: str
    generic: bool
    canonical: str | None
    region_code: str | None
    rule: str
    weight: float
    entry: Entry | None = None


class Reader:
    """Reads the names of one text into ``names``."""

    def __init__(self, tokens: Tokens, other: dict[str, str]) -> None:
        """``other``: acronyms that this article uses for something that is no body, and for what."""
        self.tokens = tokens
        self.other = other
        self.words = words()
        self.form, self.lower, self.flags = tokens.form, tokens.lower, tokens.flags
        self.grammar = Grammar(tokens)
        self.names: list[Name] = []
        self._depth = 0
        self._regions_meant: dict[str, bool] = {}
        self._sport: bool | None = None
        self._dateline: int | None = None

    def read(self) -> None:
        """Read all names."""
        by_first = self.words.by_first
        names = self.names
        free = 0
        lower, capitals, small = self.lower, self.grammar.capitals, self.words.small
        starts = [i for i, capital in enumerate(capitals) if capital and lower[i] in by_first]
        if not small.isdisjoint(lower):
            starts = sorted(starts + [i for i, word in enumerate(lower) if word in small and not capitals[i]])
        for at in starts:
            if at < free:
                continue
            name = self.name(at, free)
            if name is not None and name.rule == _SKIP:
                free = name.end
            elif name is not None:
                while names and names[-1].end > name.start:
                    names.pop()
                names.append(name)
                free = name.end

    def name(self, at: int, free: int) -> Name | None:
        """Return the longest name that stands at this token, or, for a closing class word, ends with it."""
        best: Name | None = None
        whole: Name | None = None
        stop = self.grammar.limit(at + 1)
        for length, pieces, entries in self.words.by_first[self.lower[at]]:
            if at + length > stop or (length > 1 and tuple(self.lower[at : at + length]) != pieces):
                continue
            for entry in entries:
                if not self._capitals(entry, at):
                    continue
                if entry.tail == "skip":
                    return best or Name(at, at + length, entry.kind, False, None, None, _SKIP, 0.0)
                found = self._suffixed(entry, at, free) if entry.source == "suffix" else self._entry(entry, at, at + length, stop)
                if found is None:
                    continue
                if entry.source == "known" and length > 1:
                    whole = whole or found
                if best is None or (found.end, -found.start, found.canonical is not None) > (
                    best.end,
                    -best.start,
                    best.canonical is not None,
                ):
                    best = found
        if whole is not None and best is not None and best.end == whole.end and best is not whole:
            return whole if best.entry is not None and best.entry.source == "known" else best._replace(kind=whole.kind)
        if whole is not None and best is not None and best.end > whole.end:
            return whole if self._before_person(best, whole.end) else best._replace(kind=whole.kind)
        return best

    def _before_person(self, name: Name, at: int) -> bool:
        """Whether a person's name rather than the rest of the body's stands here: ``Rektor Universitas Trisakti Kadarsah Suryadi``."""
        entry = name.entry
        if entry is None or entry.tail not in ("college", "firm", "bank", "name") or not self.grammar.office_before(name.start):
            return False
        known = self.lower[at] in self.words.topics and word_class(self.form[at], self.flags[at]) != GIVEN
        return self.form[at] != "(" and not known and self.grammar.region(at, name.end) is None

    def _capitals(self, entry: Entry, at: int) -> bool:
        if (
            entry.kind == "ministry"
            and entry.source == "head"
            and entry.written[-1].islower()
            and not self.flags[at + len(entry.written) - 1] & LOWER
        ):
            return False  # Kementerian Luar Negeri is read by its fields, not as Kementerian luar negeri is
        return (bool(self.flags[at] & CAPITAL) or entry.any_case or entry.written[0][0].islower()) and self.grammar.written(entry, at)

    def _entry(self, entry: Entry, at: int, after: int, stop: int) -> Name | None:
        if not self._stands(entry, at, after):
            return None
        grammar = self.grammar
        end = grammar.tail(entry, after, stop)
        region, kind = grammar.served, entry.kind
        if entry.written == ("Komisi",) and after < stop and self.form[after] in _COMMITTEES:
            end, kind = after + 1, "legislature"
        if entry.tail == "team" and end is None:
            return None
        if kind == "community" and end is not None and not self.words.sport_fields.isdisjoint(self.lower[after:end]):
            kind = "sports"  # Asosiasi Sepak Bola Inggris
        bare = end is None or end == after
        if end is None:
            end = after
        parent = None
        joins = entry.tail in _JOINS_PARENT and (entry.tail != "region" or entry.kind in ("police", "agency", "military"))
        if (
            joins
            and self._depth < _DEEPEST
            and end < stop
            and self.flags[end] & CAPITAL
            and grammar.begins_body(end, stop)
            and end - at < 16
        ):
            grammar.origin, origin = at if grammar.origin is None else grammar.origin, grammar.origin
            self._depth += 1
            parent = self.name(end, end)
            self._depth -= 1
            grammar.origin = origin
            apart = parent is not None and parent.kind == "company" and entry.kind in _NO_FIRMS  # Polda Riau | PT Sumber Sawit
            if parent is not None and (parent.kind == "media" or parent.rule == _SKIP or parent.start != end or apart):
                parent = None
        if parent is not None:
            end = parent.end
            if entry.tail == "board" and not grammar.office:
                return parent  # Dewan Pakar Golkar Budi Santoso: an office of the parent
            if self._like_parent(entry, parent):
                kind = parent.kind
            office = entry.written[0] in ("Kanwil", "Kantor")  # Kanwil Kemenkumham Jawa Barat
            if ((entry.tail == "unit" and entry.kind in ("party", "community")) or office) and not parent.region_code:
                end = grammar.regions(end, stop) or end
        elif bare:
            if not entry.alone or entry.tail == "bodyof" or (entry.source == "head" and len(entry.written) == 1 and self._ordinary(at)):
                return None
            if entry.written == ("Dewan",) and self._ordinary(at):
                return None
        generic = bare and parent is None and entry.alone == "generic"
        if generic and entry.kind == "community" and end < stop and self.lower[end] in self.words.levels and self.flags[end] & LOWER:
            named = end + 1 < stop and self.flags[end + 1] & CAPITAL and not (end + 2 < stop and self.flags[end + 2] & DIGIT)
            end += not named  # PKK kelurahan, also before an amount (Rp|100); but of PKK desa Sukamaju only PKK
        if entry.source != "head":
            onward = self._onward(entry, end, stop)
            bare, end = bare and onward == end, onward
        weight = 0.6 if generic else 0.75 if bare and parent is None else 0.85
        code = region.code if region else parent.region_code if parent else None
        canonical = self._canonical(entry, at, after, end, region, parent)
        if kind == "military" and entry.source == "head" and not bare and entry.written[0] not in ("Lanud", "Pangkalan"):
            weight = 0.96  # a unit, though it has a base
        if entry.written[0] == "Mabes" and end == at + 2 and at and self.lower[at - 1] in ("di", "ke", "gedung"):
            # The headquarters as a place: di Mabes Polri
            return Name(at + 1, end, kind, False, self.form[at + 1], None, f"organization:{entry.source}", weight, entry)
        return Name(at, end, kind, generic, canonical, code, f"organization:{entry.source}", weight, entry)

    def _like_parent(self, entry: Entry, parent: Name) -> bool:
        """Whether a part has the kind of the whole: ``Dewan Pengawas KPK``, ``DPP Peradi``, but not ``Fakultas``, ``Fraksi``."""
        if entry.tail in ("bodyof", "board", "team"):
            return True
        if entry.tail not in ("topic", "unit") or entry.written[0] == "Sekretariat":
            return False
        if entry.kind == "party":
            return parent.kind in ("community", "sports", "education")
        if entry.written == ("Departemen",):
            return True
        return entry.kind in ("other", "community", "agency") and parent.kind not in ("regional_government", "ministry", "media", "other")

    def _onward(self, entry: Entry, end: int, stop: int) -> int:
        """Return the end of a firm's or outlet's name with the class words that follow it: ``Musim Mas Group``."""
        if entry.written[0] in ("TKN", "BPN", "TPN", "TKD", "Tim") and end < stop and self.flags[end] & CAPITAL and "-" in self.form[end]:
            return end + 1  # TKN Prabowo-Gibran
        if end < stop and self.lower[end] in self.words.branches and self.flags[end] & CAPITAL:
            branch = self.grammar.region(end + 1, stop, weak=True)
            if branch is not None:
                return branch  # Bank Panin KCU Senayan
        if entry.kind == "education" and entry.source == "known" and len(entry.written) > 1:
            return self.grammar.region(end, stop) or end  # Universitas Wijaya Kusuma Surabaya
        if entry.kind not in ("company", "media", "sports", "community") or entry.tail != "none":
            return end
        by_first = self.words.by_first
        while end < stop and self.flags[end] & CAPITAL and self.lower[end] in by_first:
            match = next(
                (
                    length
                    for length, pieces, entries in by_first[self.lower[end]]
                    if tuple(self.lower[end : end + length]) == pieces and any(e.source == "suffix" for e in entries)
                ),
                0,
            )
            if not match or self.lower[end] in self.words.inside_after or self.form[end] == "Watch":
                break
            end += match
        if end < stop and self.form[end] == "Indonesia" and entry.kind != "sports" and self.form[end - 1] != "Indonesia":
            end += 1  # the country's branch
        return end

    def _ordinary(self, at: int) -> bool:
        """Whether a bare class word has its capital from the start of a sentence only."""
        return not self.flags[at] & UPPER and (at == 0 or bool(self.flags[at] & BREAK) or self.form[at - 1] in '.!?"“:')

    def _canonical(self, entry: Entry, at: int, after: int, end: int, region: Region | None, parent: Name | None) -> str | None:
        """Return the usual name: long form for short, the region's official name, the parent's usual name; None if it is as written."""
        usual = [(region.start, region.end, region.name)] if region and self._shortened(entry, region) else []
        if parent is not None and parent.canonical is not None:
            usual = [(parent.start, parent.end, parent.canonical)]
        if entry.long is None and not usual:
            return None
        parts, done = ([entry.long], after) if entry.long is not None else ([], at)
        for start, stop, name in usual:
            before = self._text(done, start)
            # Gerakan Pemuda Ansor, where Ansor is known as Gerakan Pemuda Ansor; Pemkab Kabupaten Bogor
            parts += [name] if before and name.startswith(before) else [before, name]
            done = stop
        parts.append(self._text(done, end))
        return _TWICE.sub(r"\1", " ".join(part for part in parts if part))

    def _text(self, start: int, end: int) -> str:
        return self.tokens.text[self.tokens.start[start] : self.tokens.end[end - 1]] if start < end else ""

    def _shortened(self, entry: Entry, region: Region) -> bool:
        """Whether the region is to be written otherwise than it is: by its full name in those of bodies of state (DPRD DKI)."""
        written = self._text(region.start, region.end)
        if written == region.name:
            return False
        return entry.kind in _OF_STATE or not region.name.endswith(f" {written}")  # Universitas Negeri Jakarta

    def _suffixed(self, entry: Entry, at: int, free: int) -> Name | None:
        """Return the name that this class word closes: capitalised words before it, and ``of X`` after it."""
        grammar, lower, form = self.grammar, self.lower, self.form
        length = len(entry.written)
        # A firm known by its first words may go on: Wilmar International Group.
        if self.names and self.names[-1].end == free and self.names[-1].rule == "organization:known":
            free = self.names[-1].start
        k = at
        while k > free and at - k < 6 and not self.flags[k] & BREAK:
            before = k - 1
            if grammar.word(before, at) and lower[before] not in self.words.openers:
                k = before
            elif (
                form[before] in ("&", "of", "and", "'", "’", "-", "the", "for")
                and before > free
                and grammar.word(before - 1, at)
                and (form[before] not in ("'", "’") or grammar.touching(before))
            ):
                k = before - 1
            else:
                break
        stop = grammar.limit(at + 1)
        end = at + length
        if end + 1 < stop and form[end] in ("of", "for") and grammar.word(end + 1, stop):
            end += 2
            while end - at < 8 and (grammar.word(end, stop) or (form[end : end + 1] == ["and"] and grammar.word(end + 1, stop))):
                end += 1
        elif k == at and form[at] in ("FC", "AC", "SC", "BC") and grammar.word(end, stop):
            end += 1
        if k == at and end == at + length:
            return None
        while end < stop and form[end] in ("Tbk", "Inc", "Ltd", "Limited", "Indonesia", "Group", "Holdings", "Corporation"):
            end += 1
        if end - k == 2 and lower[k] in self.words.no_bodies:
            return None
        if form[at] == "Watch" and end < len(form) and form[end][0].isdigit():
            return None  # Xiaomi Watch 5
        kind = "community" if form[at] == "Academy" and form[at + 1 : at + 2] == ["of"] else entry.kind
        if form[end - 1] in ("University", "Technology") and form[at] in ("Institute", "University"):
            kind = "education"  # Melbourne Institute of Technology
        if not self.outside(k, end) or (grammar.word(end, stop) and not grammar.office_before(k) and not grammar.begins_body(end, stop)):
            return None
        return Name(k, end, kind, False, None, None, "organization:suffix", 0.6, entry)

    # What the surroundings say

    def _stands(self, entry: Entry, at: int, after: int) -> bool:
        """Whether the entry names a body here."""
        form, lower = self.form, self.lower
        if not self.outside(at, after, class_name=entry.alone == "generic") or (len(entry.written) == 1 and form[at] in self.other):
            return False
        if entry.source == "head":
            before = lower[at - 1] if at else ""
            if before in self.words.at_place and " ".join(entry.written).lower() in self.words.premises:
                return False  # ditahan di Rutan Salemba
            if entry.written == ("Relawan",) and self.grammar.begins_body(after, self.grammar.limit(after)):
                return False  # Relawan | PMI
            if before in self.words.of_duty and entry.written == ("Dinas",):
                return False  # Rumah Dinas Gubernur
            if entry.kind == "community" and self._country(at):
                return False  # Persatuan Emirat Arab
            # A field of an office (Kepala Bidang Koperasi) is no body.
            return not (before in ("bidang", "seksi", "urusan", "dan") and len(entry.written) == 1 and lower[at] in self.words.fields)
        if at and form[at - 1] == "(" and form[at].isupper() and len(form[at]) == 4 and form[at - 2] in ("Tbk", "Tbk."):
            return False  # a stock exchange's mark
        if entry.kind == "media" and not self._acts(at, after):
            return False
        one_word = entry.source == "known" and entry.kind in ("company", "sports") and len(entry.written) == 1
        if one_word and (self._surname(at) or self._forename(at)):
            return False
        if entry.kind == "military" and form[at] == "TNI" and at and lower[at - 1] in self.words.ranks_of_tni:
            return False
        if form[at] in ("RT", "RW"):
            return not (after < len(form) and (form[after][0].isdigit() or form[after] == "/"))
        if form[at] == "MA" and at and form[at - 1] == "/" and form[at - 2] in ("SMA", "SMP", "SMK"):
            return False  # Madrasah Aliyah
        if entry.kind == "company" and at and lower[at - 1] in self.words.unit_heads:
            return False  # Kasi Intel
        if entry.when == "media":
            return self._quoted(at, after)
        if entry.when == "office":  # Presiden La Liga; else a league is a competition
            return any(word in self.words.offices and word not in self.words.players for word in lower[max(0, at - 4) : at])
        if entry.when == "exact" and self.grammar.gazetteer.is_acronym(lower[at]) and self._region_meant(form[at]):
            return False
        if entry.when == "sport":
            if not self.sport:
                return False
            town = any(place.strength for place in self.grammar.gazetteer.get(form[at]))
            return not (town and (at <= self.dateline or lower[at - 1] in ("di", "ke", "kota", "de")))
        return True

    def _forename(self, at: int) -> bool:
        """Whether the article has the word before a name somewhere: ``Didi`` the person, not the firm."""
        word, form, flags = self.form[at], self.form, self.flags
        if flags[at] & UPPER or word_class(word, flags[at]) != GIVEN:
            return False
        return any(
            form[k] == word
            and flags[k + 1] & CAPITAL
            and not flags[k + 1] & (UPPER | BREAK)
            and word_class(form[k + 1], flags[k + 1]) >= UNKNOWN
            for k in range(len(form) - 1)
        )

    def _surname(self, at: int) -> bool:
        """Whether the word closes a person's name: ``Dewi Wardah``, ``Douglas Santos``."""
        if not at or self.flags[at] & (UPPER | BREAK) or not self.flags[at - 1] & CAPITAL or self.flags[at - 1] & UPPER:
            return False
        if self.lower[at - 1] in self.words.topics or self.lower[at - 1] in self.words.openers:
            return False
        kind = word_class(self.form[at - 1], self.flags[at - 1])
        within = at > 1 and not self.flags[at - 1] & BREAK and self.form[at - 2] not in '.!?"“:'  # its capital is no sentence's
        return kind == GIVEN or (kind == UNKNOWN and within and bool(self.grammar.gazetteer.get(self.form[at])))

    def _country(self, at: int) -> bool:
        """Whether the name of a country begins with the class word."""
        found = self.grammar.gazetteer.longest(self.lower, self.grammar.capitals, at, self.grammar.limit(at + 1))
        return found is not None and found[0] > at + 1 and found[1][0].level == "country"

    def _region_meant(self, acronym: str) -> bool:
        """Whether the article means the region that has these letters too: ``Bupati OKI``, or ``OKI`` where it names the province."""
        known = self._regions_meant.get(acronym)
        if known is None:
            lower = self.lower
            offices, classes = self.words.region_offices, self.words.region_classes
            known = any(
                self.form[at] == acronym and at > 0 and (lower[at - 1] in offices or lower[at - 1] in classes) for at in range(len(lower))
            )
            found = set(lower)
            for place in self.grammar.gazetteer.get(acronym):
                names = [place.name, *region_forms(place.code[:2] if place.code else "")]
                known = known or any(found.issuperset(name.lower().split()) for name in names)
            self._regions_meant[acronym] = known
        return known

    def outside(self, at: int, after: int, *, class_name: bool = False) -> bool:
        """Whether the name stands for itself rather than inside the name of an event, rule, prize or ship."""
        words, lower = self.words, self.lower
        if (
            at
            and lower[at - 1] in words.inside_before
            and (self.flags[at - 1] & CAPITAL or class_name or lower[at - 1] not in words.offices_with_field)
        ):
            return lower[at] == "kabinet"
        for k in range(after, min(len(lower), after + 5)):
            if lower[k] in words.inside_after and self.flags[k] & CAPITAL:
                return False  # ASEAN U-19 Women's Championship
            if not self.flags[k] & CAPITAL and self.form[k] not in ("-", "'", "’", "s") and not self.form[k][0].isdigit():
                break
        if at > 1 and self.form[at - 1] == "(":
            k = at - 2
            while k >= 0 and at - k < 14 and (self.flags[k] & CAPITAL or lower[k] in ("dan", ",")):
                if lower[k] in ("menteri", "menko"):
                    return False  # Menteri Komunikasi dan Informatika (Kominfo)
                k -= 1
        # Undang-Undang Nomor 24 Tahun 2003 tentang Mahkamah Konstitusi; Keputusan Panglima TNI Nomor 6
        for k in range(at - 1, max(-1, at - 14), -1):
            if lower[k] == "tentang":
                return not any(self.form[j][0].isdigit() for j in range(max(0, k - 3), k))
            if lower[k] in ("keputusan", "peraturan", "surat") and at - k < 5 and self.flags[k] & CAPITAL:
                return not any(lower[j] in ("nomor", "no", "no.") for j in range(after, min(len(lower), after + 8)))
            if not self.flags[k] & CAPITAL and lower[k] not in ("dan", "atas", "di", "dalam", "untuk"):
                return True
        return True

    def _acts(self, at: int, after: int) -> bool:
        """Whether an outlet is more than the mark of the article's own source."""
        if at and self.lower[at - 1] in ("wartawan", "reporter", "jurnalis", "koresponden"):
            return True
        if at < self.dateline or at == 0:
            return False
        if self.lower[at - 1] in ("membaca", "akses") or self.lower[at - 2 : at] == ["tayang", "di"]:
            return False
        if after < len(self.form) and self.form[after] == "/":
            return False  # the credit of a photograph
        if (
            self.flags[at] & BREAK
            and after + 3 < len(self.form)
            and self.form[after] == ","
            and not _DASHES.isdisjoint(self.form[after + 2 : after + 5])
        ):
            return False
        return not (self.form[at - 1] in "(/" and after < len(self.form) and self.form[after] in ")/")

    def _quoted(self, at: int, after: int) -> bool:
        before, behind = self.words.media_before, self.words.media_after
        lower = self.lower
        return any(lower[k] in before for k in range(max(0, at - 3), at)) or any(
            lower[k] in behind for k in range(after, min(len(lower), after + 2))
        )

    @property
    def sport(self) -> bool:
        """Whether the article reports on sport."""
        if self._sport is None:
            found = self.words.sport
            words_found = [word for word in self.lower if word in found]
            self._sport = len(words_found) * 60 >= len(self.lower) and len(words_found) >= 5 and len(set(words_found)) >= 3
        return self._sport

    @property
    def dateline(self) -> int:
        """The token that ends the dateline (``JAKARTA, KOMPAS.com -``), or -1."""
        if self._dateline is None:
            self._dateline = next((k for k in range(min(12, len(self.form))) if self.form[k] in _DASHES), -1)
        return self._dateline
