"""Where the organization or region of an office ends: by what other extractors or a model found, and by the grammar's own sense."""

from __future__ import annotations

from beritaie.extractors.positions.heads import (
    LONGEST,
    region_words,
    units,
    words,
)
from beritaie.extractors.positions.words import Words
from beritaie.names import (
    ACRONYM,
    FAMILY,
    FIELD,
    FUNCTION,
    GIVEN,
    INITIAL,
    LIKELY,
    NOUN,
    SMALL,
    UNKNOWN,
    field_words,
    lead_words,
    weak_names,
)
from beritaie.tokens import CAPITAL, DIGIT, LOWER


class Bodies(Words):
    """Reads organizations and regions after an office."""

    def organization(self, at: int, loose: bool = False) -> int:
        """Return the end of an organization's name at token ``at``, else ``at``. ``loose``: any capitalised word is taken for one."""
        if self.stops(at) or at in self.sense.model_people:
            return at
        end = self._known_body(at) or self._read_body(at, loose)
        if end > at:
            end = max(end, self.long_forms.get(at, 0))  # Gabungan Pengusaha Makanan | Ternak (GPMT)
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
            if lower[i - 1] in ("dan", "&") and self.office_at(i):
                return i - 1  # Satgas X dan | Kepala Y
            proven = lower[i] in self.sense.proven and lower[at] not in words("named_after") and kinds[i] >= UNKNOWN
            if i in self.sense.model_people or proven:
                return i
        return end

    def _read_body(self, at: int, loose: bool) -> int:
        """Read an organization's name that only its head word or its place in the sentence tells; ``at`` for none."""
        lower, flags, kinds = self.tokens.lower, self.tokens.flags, self.sense.kinds
        found = units().longest(lower, at)
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
        named_after = lower[at] in words("named_after")
        limit = min(self._name_of_two(at) if loose else self.size, at + LONGEST)
        while not self.stops(end) and end < limit:
            if end in self.places:
                end = self.places[end]
                if not (self._place_at(end) or (end < self.size and kinds[end] == ACRONYM)):
                    break
            elif (
                lower[end] in ("dan", "untuk", "&", "of", "for", "on", "the", "and", ",")
                and end + 1 < self.size
                and flags[end + 1] & CAPITAL
            ):
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
        if self.tokens.lower[at] in ("dan", "untuk") and self.sense.kinds[then] not in (FIELD, NOUN):
            return at
        return then

    def _body_word(self, first: int, at: int, loose: bool, named_after: bool) -> bool:
        """Whether token ``at`` goes on the name of the organization that begins at ``first``."""
        lower, kinds = self.tokens.lower[at], self.sense.kinds
        if kinds[at] == FUNCTION and lower not in field_words():
            return False
        if loose and lower == "bidang":
            return False
        if not (self.tokens.flags[at] & CAPITAL or lower in words("ordinals") or (lower.isdigit() and len(lower) < 4)):
            return False
        if self.office_at(at) and self.tokens.lower[at - 1] not in words("of_an_office"):
            return False
        if self.name_at(at) and not (named_after and at < first + 4):
            return False
        # PDIP Xarwo: an unknown word after two short forms
        return loose or not (at > first + 1 and kinds[at] == UNKNOWN and kinds[at - 1] == ACRONYM and kinds[first] == ACRONYM)

    def _with_region(self, end: int) -> int:
        """Return the end of what follows an organization's name and is part of it: short form, region, the body above it."""
        while not self.stops(end):
            then = self.bracket(end)
            if then == end and not self._name_like_place(end):
                then = self.places.get(end) or self.organizations.get(end, end)
            if then == end and self.tokens.lower[end] in words("state") and self.tokens.flags[end] & CAPITAL:
                then = end + 1
            if then == end and (self._goes_on(end) or (self.tokens.lower[end] in words("teams") and self.tokens.flags[end] & CAPITAL)):
                then = end + 1
            if then == end and self._before_a_name(end):
                then = end + 1
            if then == end:
                then = self._branch(end)
            if then == end and self.tokens.form[end - 1] == ")":
                then = self._to_next_body(end)
            if then == end:
                then = self._to_name(end)
            if then == end:
                break
            end = then
        return end

    def _name_like_place(self, at: int) -> bool:
        """Whether a place that is also a name opens a person's: ``Sekjen Kemensos | Robben Rico``."""
        kinds = self.sense.kinds
        if self.places.get(at) != at + 1 or at in self.organizations or kinds[at] not in (GIVEN, FAMILY, LIKELY):
            return False
        if self.tokens.form[at - 1] == ")" and not self.stops(at + 1) and kinds[at + 1] == UNKNOWN and at + 1 not in self.places:
            return True  # Asosiasi X (AX) | Danang Girindra
        return not self.stops(at + 1) and kinds[at + 1] in (GIVEN, FAMILY, LIKELY) and bool(self.tokens.flags[at + 1] & CAPITAL)

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
        return self.tokens.lower[at] in words("ordinals") or self.tokens.lower[at] in field_words()

    def _before_a_name(self, at: int) -> bool:
        """Whether token ``at`` behind a body is a part of its name: ``Tbk``, or a region before a name (``Pos SAR Jepara | Budi``)."""
        lower = self.tokens.lower[at]
        if not self.tokens.flags[at] & CAPITAL:
            return False
        if lower in words("legal_forms") or (lower in words("ordinals") and self.tokens.lower[at - 1] in words("branches")):
            return True
        return lower in region_words() and at + 1 < self.size and not self.stops(at + 1) and self.name_at(at + 1)

    def _branch(self, at: int) -> int:
        """Return the end of the branch of a body at token ``at`` (``Cabang Padang``, ``Daerah Operasi 1 Jakarta``), else ``at``."""
        lower, flags = self.tokens.lower, self.tokens.flags
        end = at
        while end < at + 4 and not self.stops(end) and lower[end] in words("branches") and flags[end] & CAPITAL:
            end += 1
        if end == at:
            return at
        while end < at + 7 and not self.stops(end):
            if end in self.places:
                return self.places[end]
            if not (
                flags[end] & DIGIT or lower[end] in words("ordinals") or lower[end] in words("branches") or self.sense.kinds[end] == ACRONYM
            ):
                break
            end += 1
        if not self.stops(end) and self._before_a_name(end):
            return end + 1
        if lower[end - 1] in words("branches") and not self.stops(end):  # `Cabang | Padang | Rizka`: a region that no gazetteer knows
            known = end + 1 < self.size and flags[end] & CAPITAL and self.sense.kinds[end] >= UNKNOWN
            return end + 1 if known and not self.stops(end + 1) and self.name_at(end + 1) else at
        return end

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
        if tokens.lower[at] in words("state") and tokens.flags[at] & CAPITAL:
            return at + 1
        end = at
        while local and end < at + 4 and not self.stops(end) and tokens.flags[end] & CAPITAL:
            end += 1
        if end > at and end + 1 < self.size and tokens.form[end] == "," and tokens.lower[end + 1] in words("regions"):
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
