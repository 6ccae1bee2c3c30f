"""How an office is read on from its head: by what the head takes."""

from __future__ import annotations

from beritaie.extractors.positions.bodies import Bodies
from beritaie.extractors.positions.heads import (
    LONGEST,
    PARTS,
    Head,
    Office,
    Span,
    long_forms,
    offices,
    statuses,
    units,
    words,
)
from beritaie.names import (
    ACRONYM,
    FAMILY,
    FIELD,
    GIVEN,
    LIKELY,
    NOUN,
    UNKNOWN,
    field_words,
    lead_words,
    nicknames,
    small_word_class,
    weak_names,
)
from beritaie.tokens import BREAK, CAPITAL, DIGIT, LOWER, UPPER


class Grammar(Bodies):
    """Reads offices."""

    def read(self, at: int) -> Office | None:
        """Read the office whose head begins at token ``at``."""
        found = offices().longest(self.tokens.lower, at)
        theirs = self._theirs(at, found[0] if found else at)
        found = theirs or found
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
        led = (
            self.tokens.lower[at] == "pimpinan"
            and at
            and self.tokens.flags[at - 1] & (LOWER | CAPITAL)
            and not self.tokens.flags[at] & BREAK
        )
        if led and not self.stops(end) and self.name_at(end):
            return None  # `pasukan pimpinan Mayor Budi`: led by him
        rank = self.sense.rank_end(at)
        if rank > at and not self._body_at(rank):
            return None
        first = self._led_in(at, head)
        start, status = self._status_before(first)
        office = Office(start, head, Span(at, end), first)
        office.status = status or office.status
        if (
            head.takes in ("unit", "field", "expert")
            and end < self.size
            and self.tokens.lower[end] in words("ordinals")
            and not self.stops(end)
        ):
            office.add(office.title, end, end + 1)
        elif len(head.title.split()) > 1 and head.takes in ("unit", "field") and (then := self._list(end)) > end:
            office.add(office.title, end, then)
        self._brackets(office)
        self._alias(office)
        if theirs is not None:
            office.theirs = True
        elif head.takes not in ("none", "listed") and not self._of_officer(office):
            getattr(self, "_" + head.takes)(office)
        self._brackets(office)
        self._or_short(office)
        self._and_group(office)
        self._residue(office)
        self._after(office)
        return office

    def _theirs(self, at: int, end: int) -> tuple[int, Head] | None:
        """Return the end and head of an office with ``-nya`` before its holder (``kuasa hukumnya, Budi``), past token ``end``."""
        lower = self.tokens.lower
        for last in (at + 1, at):
            if last < end or last >= self.size or not lower[last].endswith("nya"):
                continue
            found = offices().longest([*lower[at:last], lower[last][:-3]], 0)
            then = last + 1
            if found is None or found[0] != then - at or then + 1 >= self.size or self.tokens.flags[then] & BREAK:
                continue
            then += self.tokens.form[then] in (",", "(") or lower[then] in ("yaitu", "yakni", "bernama")
            if self._surely_named(then):
                return last + 1, found[1]
        return None

    def _or_short(self, office: Office) -> None:
        """Take the short form of the body into the phrase: ``Ketua Komisi Pemilihan Umum atau KPU RI``."""
        at = office.end
        if not office.organization or office.organization[-1].end != at or self.stops(at) or self.stops(at + 1):
            return
        if self.tokens.lower[at] == "atau" and (self.sense.kinds[at + 1] == ACRONYM or at + 1 in self.organizations):
            office.end = self._with_region(self.organizations.get(at + 1, at + 2))

    def _residue(self, office: Office) -> None:
        """Read on over words that nothing explains up to the holder's name: ``Kepala Tim Transisi Digital X | Y, Budi``.

        They go where the office was last read: to its body, or else to its title where they begin like a field.
        """
        at = end = office.end
        lower, flags = self.tokens.lower, self.tokens.flags
        if lower[at].isdigit() if at < self.size else True:
            return
        if office.head.takes in ("place", "none", "listed") and office.head.domain == "state":
            return
        while end < at + 8 and not self.stops(end) and not self.name_at(end) and not self.office_at(end):
            then = self.bracket(end)
            joined = lower[end] in ("dan", "&", "of", "and") and not self.stops(end + 1) and flags[end + 1] & CAPITAL
            if then > end:
                end = then
            elif lower[end] == "untuk" and end + 1 in self.places:
                end = self.places[end + 1]
            elif (flags[end] & CAPITAL and self.sense.kinds[end] >= NOUN) or joined or (lower[end].isdigit() and len(lower[end]) < 4):
                end = max(self.places.get(end, 0), self.organizations.get(end, 0), end + 1)
            else:
                break
        if end == at or self.stops(end) or lower[end - 1] in ("dan", "&", "of", "and"):
            return
        named = {i for i in range(at, end) if i in self.places or i in self.place_ends or i in self.organizations or i in self.inside}
        kinds = [self.sense.kinds[i] for i in range(at, end) if i not in named]
        if self.tokens.form[end] == ",":
            if not self._surely_named(end + 1) or (not named and all(kind >= UNKNOWN for kind in kinds)):
                return
        elif not self._surely_named(end) or any(kind >= UNKNOWN for kind in kinds) or not {"dan", "&", "untuk"}.intersection(lower[at:end]):
            return
        if office.organization and office.organization[-1].end == at and lower[at] not in ("dan", "&", "untuk"):
            office.add(office.organization, at, end)
        elif not office.organization and not office.place and at in self.places and at not in self.organizations:
            office.add(office.place, at, self.places[at])
            office.end = end
        elif not office.organization and not office.place and (body := next((i for i in range(at + 1, end) if i in self.organizations), 0)):
            office.add(office.title, at, body)
            office.add(office.organization, body, end)
        elif not office.organization and not office.place and (self.sense.kinds[at] in (NOUN, FIELD) or lower[at] in ("dan", "&")):
            office.add(office.title, at, end)
        elif not office.organization and not office.place:
            office.add(office.organization, at, end)
        else:
            office.end = end

    def _surely_named(self, at: int) -> bool:
        """Whether a known name, rank or honorific begins at token ``at``."""
        return at < self.size and not self.stops(at) and bool(self.tokens.flags[at] & CAPITAL) and self.name_at(at)

    def _and_group(self, office: Office) -> None:
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
                office.title.append(Span(at, then))
                office.end = then

    def _of_officer(self, office: Office) -> bool:
        """Read on an office that somebody has for another one: ``Staf Khusus | Menteri Keuangan``, ``ajudan | Wali Kota Medan``."""
        at = office.end
        if office.head.title.lower() not in words("of_an_officer") or self.stops(at) or not self.tokens.flags[at] & CAPITAL:
            return False
        found = offices().longest(self.tokens.lower, at)
        if found is None or found[1].domain not in ("state", "region", "police", "military") or found[1].takes == "role":
            return False
        served = self.read(at)
        if served is None or served.start != at or self._served_is_named(office.start, served.end):
            return False
        office.add(office.title, at, served.title[0].end)
        office.title += served.title[1:]
        office.organization, office.place, office.end = served.organization, served.place, served.end
        if not self.stops(office.end) and self.tokens.lower[office.end] == "bidang" and self.tokens.flags[office.end] & CAPITAL:
            then = self.field(office.end + 1, True)
            if then > office.end + 1:
                office.add(office.title, office.end, then)
        return True

    def _served_is_named(self, start: int, end: int) -> bool:
        """Whether the name after an office that another one serves is its holder's: ``ajudan Presiden | Joko Widodo``."""
        if self.stops(end) or not self.name_at(end):
            return False
        if self.tokens.flags[start] & LOWER or self.tokens.lower[end] in nicknames():
            return True
        flags = self.tokens.flags
        while end < self.size and flags[end] & CAPITAL and not flags[end] & BREAK:
            end += 1
        return end + 1 < self.size and self.tokens.form[end] == "," and self.name_at(end + 1)

    def _body_at(self, at: int) -> bool:
        """Whether an organization surely begins at token ``at``."""
        if at in self.organizations:
            return True
        unit = units().longest(self.tokens.lower, at) if at < self.size else None
        return unit is not None and unit[1] == "organization"

    def _led_in(self, at: int, head: Head) -> int:
        """Return where the title begins: ``Wakil`` before any head, English words before an English one (``Senior Brand | Manager``)."""
        lower, flags = self.tokens.lower, self.tokens.flags
        first = at
        if at and lower[at - 1] == "wakil" and not flags[at] & BREAK and not head.title.startswith("Wakil"):
            return at - 1
        if head.takes != "english" or not flags[at] & CAPITAL:
            return at
        while first > max(at - 7, 0) and not flags[first] & BREAK:
            word = first - 1 - (lower[first - 1] in ("&", "and") and first > 1 and not flags[first - 1] & BREAK)
            if not flags[word] & CAPITAL or lower[word] not in field_words() or self.sense.kinds[word] not in (FIELD, NOUN):
                break
            other = offices().longest(lower, word)
            if word in self.inside or (other is not None and other[0] <= at):
                break
            first = word
        return first

    def _part_of_a_name(self, at: int) -> bool:
        """Whether the office at token ``at`` belongs to the name of a decree, building, prize: ``Peraturan Bupati``, ``Tim Gubernur``."""
        before = self.tokens.lower[at - 1]
        capital = self.tokens.flags[at - 1] & CAPITAL
        if before in words("never_after"):
            return bool(capital) or before in words("never_after_small")
        # an English word in a brand: "Bold Rider"
        brand = (
            self.tokens.lower[at] in words("english") and self.tokens.flags[at] & CAPITAL and self.sense.kinds[at - 1] in (UNKNOWN, NOUN)
        )
        return bool(capital and brand and not self.tokens.flags[at] & BREAK)

    def _last_name(self, at: int) -> bool:
        """Whether a word that could be an office is the end of a name: ``Annas Furqon Hakim``."""
        flags = self.tokens.flags[at]
        if not at or not flags & CAPITAL or flags & BREAK or self.tokens.lower[at] not in weak_names():
            return False
        return self.sense.kinds[at - 1] >= UNKNOWN

    def _shortened(self, at: int, end: int, head: Head) -> tuple[int, Head]:
        """Give back the words of a head that begin a unit: ``Unit`` in ``Kepala Unit Pelaksana Teknis``."""
        lower = self.tokens.lower
        for cut in range(at + 1, end):
            if lower[cut] == "harian":  # `Ketua Harian`, no newspaper
                continue
            unit = units().longest(lower, cut)
            begins = (unit is not None and unit[1] == "organization" and unit[0] > end) or self.organizations.get(cut, 0) > end + 1
            if begins and (found := offices().longest(lower[at:cut], 0)):
                return at + found[0], found[1]
        return end, head

    def _status_before(self, at: int) -> tuple[int, str | None]:
        before, _ = statuses()
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

    def _brackets(self, office: Office) -> None:
        if not self.stops(office.end):
            office.end = self.bracket(office.end)

    def _alias(self, office: Office) -> None:
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

    def _after(self, office: Office) -> None:
        _, after = statuses()
        lower = self.tokens.lower
        at = office.end
        if at + 2 < self.size and lower[at + 1] == "itu" and lower[at] in words("then") and not self.tokens.flags[at] & BREAK:
            if self.tokens.form[at + 2] == "," or self.name_at(at + 2):  # Gubernur X saat itu, Budi
                office.status, office.end = "former", at + 2
            return
        if at + 2 < self.size and lower[at] in words("earlier") and not self.tokens.flags[at] & BREAK:
            if self.name_at(at + 1 + (self.tokens.form[at + 1] == ",")):  # Kapolres sebelumnya, AKBP Budi
                office.status, office.end = "former", at + 1
            return
        if self.stops(at):
            return
        if lower[at] == "ad" and at + 1 < self.size and lower[at + 1] == "interim":
            office.status, office.end = "acting", at + 2
        elif lower[at] in after:
            office.status = after[lower[at]]
            office.end = at + 1
        elif lower[at] in words("kept") and not (lower[at] == "setempat" and self.tokens.flags[office.start] & LOWER):
            office.end = at + 1

    def _whole(self, office: Office) -> None:
        at = office.end
        tokens = self.tokens
        while not self.stops(at) and at < office.end + 6:
            if (
                tokens.flags[at] & DIGIT
                or tokens.form[at] in "/-"
                or (tokens.flags[at] & CAPITAL and (tokens.form[at - 1] == "/" or not self.name_at(at)))
                or at in self.places
            ):
                at = self.places.get(at, at + 1)
            else:
                break
        if at > office.end:
            office.add(office.title, office.end, at)

    def _status_inside(self, office: Office) -> bool:
        """Read a status between an office and its region: ``Bupati nonaktif Garut``, ``Gubernur terpilih Riau``."""
        at = office.end
        word = self.tokens.lower[at]
        status = statuses()[1].get(word)
        if status is None and word not in words("kept"):
            return False
        if at + 1 >= self.size or self.stops(at + 1) or self.name_at(at + 1) or not self.tokens.flags[at + 1] & CAPITAL:
            return False
        office.status, office.end = status or office.status, at + 1
        return True

    def _abroad(self, office: Office) -> bool:
        """Whether ``untuk`` and a state follow: ``Duta Besar Indonesia untuk Inggris``."""
        at = office.end
        return office.head.domain == "state" and not self.stops(at) and self.tokens.lower[at] == "untuk" and at + 1 in self.places

    def _ke(self, office: Office) -> None:
        """``Presiden ke-6 RI``: the number is no part of the title."""
        lower = self.tokens.lower
        then = office.end + 1
        ordinal = then < self.size and not self.stops(office.end) and lower[office.end] in words("ordinal_words")
        if ordinal and (then in self.places or lower[then] in words("state") or self.name_at(then)):
            if self.tokens.flags[office.end] & CAPITAL:
                office.add(office.title, office.end, office.end + 1)  # Kaisar Pertama
            else:
                office.end += 1
        elif not self.stops(office.end) and lower[office.end].startswith("ke-"):
            office.end += 1
        elif office.end + 2 < self.size and lower[office.end] == "ke" and lower[office.end + 1] == "-" and lower[office.end + 2].isdigit():
            office.end += 3

    def _place(self, office: Office) -> None:
        self._ke(office)
        at = office.end
        of_company = office.head.title in words("of_companies_too") and not self.stops(at)
        if of_company and self.sense.kinds[at] == FIELD and self.field_word(at, False):
            self._field(office)  # Wakil Presiden Pemasaran PT X
            return
        while office.end < office.start + LONGEST:
            at = office.end
            if self.stops(at):
                return
            if not office.place and not office.organization and at in self.organizations and at not in self.places:
                office.add(office.organization, at, self.organization(at))
                return
            if not office.place and self._status_inside(office):
                continue
            local = office.head.title.lower() in words("local")
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
                link = self.tokens.lower[at] in words("of_organization")
                then = self.organization(at + link) if not self.stops(at + link) else at
                if then > at + link:
                    office.add(office.organization, at + link, then)
                    return
            then = self.bracket(at)
            if then == at:
                return
            office.end = then

    def _field(self, office: Office) -> None:
        first = True
        minister = office.head.title.lower().startswith(
            ("menteri", "wakil menteri", "menko", "wamen", "kadis", "dirjen", "direktur jenderal")
        )
        strict = minister or office.head.domain in ("police", "region") or office.head.title.split()[-1] in PARTS
        while office.end < office.start + LONGEST:
            at = office.end
            if self.stops(at):
                return
            then = self.field(at, first and strict)
            if then == at and first and not strict:
                then = self._joined_field(at)
            if then == at and first and not strict:
                found = units().longest(self.tokens.lower, at)
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
                and self.tokens.lower[at] in long_forms()
            ):
                then = at + 1
            if then == at and not first and self._short_field(at):
                then = at + 1
            if then > at:
                if not self.stops(then) and self.tokens.lower[then] in words("ordinals") and self.tokens.flags[then] & CAPITAL:
                    then += 1
                office.add(office.title, at, then)
                first = False
                self._brackets(office)
                continue
            self._alias(office)
            self._holder(office, loose=not minister)
            return

    def _joined_field(self, at: int) -> int:
        """Return the end of a field that begins with an unknown word: ``Transmisi dan Perencanaan Sistem``; else ``at``."""
        lower = self.tokens.lower
        end = at
        while (
            not self.stops(end)
            and end < at + 3
            and self.tokens.flags[end] & CAPITAL
            and self.sense.kinds[end] in (UNKNOWN, NOUN, FIELD, ACRONYM)
        ):
            body = self.organizations.get(end, 0)
            if (body and not (body == end + 1 and self.sense.kinds[end] == ACRONYM)) or end in self.places or self.name_at(end):
                break
            if units().longest(lower, end):
                break
            end += 1
        joined = end > at and not self.stops(end) and lower[end] in ("dan", "&") and not self.stops(end + 1)
        return self._list(end) if joined and self.sense.kinds[end + 1] in (FIELD, NOUN) and self.joined_word(end + 1) else at

    def _short_field(self, at: int) -> bool:
        """Whether a short form ends a field before a body: ``Direktur Perlindungan WNI | Kemlu RI``."""
        if self.sense.kinds[at] != ACRONYM or self.organizations.get(at, at + 1) != at + 1 or self.stops(at + 1) or at in self.places:
            return False
        unit = units().longest(self.tokens.lower, at + 1)
        return at + 1 in self.organizations or (
            unit is not None and unit[1] == "organization" and bool(self.tokens.flags[at + 1] & CAPITAL)
        )

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

    def _holder(self, office: Office, loose: bool = True) -> None:
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
        link = lower[at] in words("of_organization") or (
            lower[at] == "di" and office.head.domain in ("education", "company", "health", "region")
        )
        if link:
            if self.stops(at + 1):
                return
            if lower[at] == "di" and at + 1 not in self.organizations:
                found = units().longest(lower, at + 1)
                if not found or found[1] != "organization":
                    return
            if at + 1 in self.places and at + 1 not in self.organizations:
                return
            then = self.organization(at + 1, lower[at] != "di" and self._may_be_unknown_body(office, at + 1))
            if then > at + 1:
                office.add(office.organization, at + 1, then)
            return
        unit = units().longest(lower, at) if at in self.places and self.tokens.flags[at] & CAPITAL else None
        if unit and unit[1] == "organization":
            office.add(office.organization, at, self._with_region(self.places[at]))
            return
        if at in self.places and at not in self.organizations:
            office.add(office.place, at, self.places[at])
            then = self.organization(office.end) if office.end in self.organizations else office.end
            if then > office.end:
                office.add(office.organization, office.end, then)
            return
        if lower[at] == "," and at + 1 in self.organizations and not self.stops(at + 1) and office.title[-1].end > office.head_span.end:
            then = self.organization(at + 1)  # Kabid Pajak, BPPRD Kota X Budi
            if not self.stops(then) and self.name_at(then):
                office.add(office.organization, at + 1, then)
            return
        then = self.organization(at, loose and bool(self.tokens.flags[at] & CAPITAL) and self._may_be_unknown_body(office, at))
        if then > at:
            office.add(office.organization, at, then)
        elif lower[at] in words("state") and self.tokens.flags[at] & CAPITAL:
            office.add(office.place, at, at + 1)

    def _may_be_unknown_body(self, office: Office, at: int) -> bool:
        """Whether capitalised words that no lexicon knows can be the organization; else they are the holder's name.

        They are where a name follows after a comma (``CEO Semar Tandon, Budi``), or where more than a name's words follow.
        """
        end = at
        while not self.stops(end) and self.tokens.flags[end] & CAPITAL and end < at + 8 and not self.name_at(end):
            end += 1
        if end > at and self._behind_a_name(office) and (end >= self.size or self.tokens.form[end] in (",", ".")):
            return True  # `Budi Santoso, CEO Semar Tandon, mengatakan`
        if end > at and not self.stops(end) and self.name_at(end):
            return not (end == at + 1 and self.sense.kinds[at] == UNKNOWN and self._opens_name(office, at, end))
        if end + 1 < self.size and self.tokens.form[end] == ",":
            return bool(self.tokens.flags[end + 1] & CAPITAL) and (
                end > at + 1 or office.head.domain in ("company", "sport", "community", "education")
            )
        if office.head.domain not in ("company", "sport", "community") or office.head.takes == "role":
            return False
        if office.title[-1].end > office.head_span.end and self.tokens.flags[at - 1] & LOWER:
            return False  # ketua tim jaksa | Budi
        return end - at > 2 or self.stops(end) or lead_words().get(self.tokens.lower[end]) != "after"

    def _behind_a_name(self, office: Office) -> bool:
        """Whether an office follows a known name and a comma."""
        comma = office.start - 1
        return comma > 0 and self.tokens.form[comma] == "," and self.sense.kinds[comma - 1] in (GIVEN, FAMILY, LIKELY)

    def _opens_name(self, office: Office, at: int, known: int) -> bool:
        """Whether an unknown word before a known name is its first word: ``kiper Dikri | Yusron``, ``Hakim Jhon | Halasan Butarbutar``.

        It is where the office has no body of its own, and where the known name is one word: clubs stand before whole names.
        """
        if self.tokens.flags[at] & UPPER or not self.tokens.form[at].isalpha():
            return False
        if office.head.title.lower() in words("without_body"):
            return True
        end = known + 1
        one_word = end >= self.size or bool(self.tokens.flags[end] & BREAK) or self.sense.kinds[end] < UNKNOWN
        return one_word and self.sense.kinds[known] in (GIVEN, FAMILY, LIKELY)

    def _unit(self, office: Office) -> None:
        at = office.end
        if self.stops(at):
            return
        if self.tokens.lower[at] in words("groups") and self.tokens.flags[at] & LOWER and not self.stops(at + 1):
            end = at + 1
            while not self.stops(end) and self.tokens.flags[end] & CAPITAL and end < at + 4:
                end += 1
            if end > at + 1 and (end < self.size and self.tokens.form[end] == ","):
                office.add(office.organization, at + 1, end)  # vokalis band Noah, Ariel
                return
        found = units().longest(self.tokens.lower, at)
        is_unit = bool(found and found[1] == "title" and (at not in self.organizations or self._part_of_a_body(office, at)))
        if found and is_unit and self.tokens.flags[at] & CAPITAL:
            office.add(office.title, at, found[0])
            if not self.stops(office.end) and self.tokens.lower[office.end] in words("ordinals"):
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
        self._without_team(office)

    def _part_of_a_body(self, office: Office, at: int) -> bool:
        """Whether the unit at token ``at`` is part of the body named after it, and so of the title: ``Kepala Bidang Humas | Polda X``."""
        return (
            office.head.title.split()[-1] == "Kepala" and self.tokens.lower[at] in words("parts") and bool(self.tokens.flags[at] & CAPITAL)
        )

    def _english(self, office: Office) -> None:
        at = office.end
        if at + 1 < self.size and (self.tokens.lower[at] in ("of", "for") or self.tokens.lower[at - 1] == "of"):
            at += self.tokens.lower[at] in ("of", "for")
            then = max(self.field(at, True), at + 1)
            office.add(office.title, office.end, then)
        self._field(office)

    def _expert(self, office: Office) -> None:
        at = office.end
        if self.stops(at):
            return
        then = self._small_field(at) if self.tokens.flags[at] & LOWER else self.field(at, True)
        if then > at:
            office.add(office.title, at, then)
        self._holder(office)

    def _role(self, office: Office) -> None:
        at = office.end
        if self.stops(at):
            return
        then = self.small_words(at, 4) if self.tokens.flags[at] & LOWER else self.field(at)
        if then > at:
            office.add(office.title, at, then)
        self._adjective(office)
        self._holder(office, loose=False)
        self._without_team(office)

    def _without_team(self, office: Office) -> None:
        """Take ``tim`` before the name of a team out of the title: ``pebalap tim | Repsol Honda``."""
        last = office.title[-1]
        before_body = office.organization and last.end == office.organization[0].start and last.end - 1 >= office.head_span.end
        if before_body and self.tokens.lower[last.end - 1] in ("tim", "klub"):
            office.title[-1] = Span(last.start, last.end - 1)

    def _adjective(self, office: Office) -> None:
        """Pass over words such as ``anyar``: of the phrase, but not of the title."""
        if not self.stops(office.end) and self.tokens.lower[office.end] in words("adjectives"):
            office.end += 1
