"""Offices to persons: by what touches a name, by the words between them, by a later short form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from beritaie.candidates import Candidate
from beritaie.linking.people.mentions import Name, One, vocabulary
from beritaie.names import NameSense, lead_words
from beritaie.tokens import BREAK, CAPITAL, DIGIT, PUNCT, UPPER, Tokens

_LOOK_BACK = 9  # tokens between a name and its office
_PHRASE = 8  # tokens from an office to the `itu` after it
_OFFICES_COMPARED = 50  # offices stated before, and after, that a later short form may repeat


class Offices:
    """The offices of an article, and who holds them."""

    def __init__(self, tokens: Tokens, sense: NameSense, persons: list[One], positions: Sequence[Candidate], year: int | None) -> None:
        self.tokens = tokens
        self.sense = sense
        self.persons = persons
        self.offices = [(tokens.at(c.start), tokens.at(c.end - 1) + 1, c) for c in positions]
        self.by_start: dict[int, One] = {}
        self.by_end: dict[int, tuple[One, Name]] = {}
        for one in persons:
            for name in one.mentions:
                self.by_start[name.start] = one
                self.by_end[name.end] = (one, name)
        self.name_ends = {name.start: name.end for one in persons for name in one.mentions}
        self.starts = sorted(self.by_start)
        self.office_starts = {start for start, _, _ in self.offices}
        self.openings = set(tokens.sentence_starts)
        self.indefinite: set[int] = set()  # starts of offices whose head was used before of nobody
        self.holders: dict[int, list[tuple[One, str | None]]] = {}
        self.direct: list[tuple[dict[str, Any], One]] = []
        self.left_tied: set[int] = set()  # starts of mentions that have an office right before them
        self.year = year or max((y for y in map(_year, tokens.form) if y is not None), default=None)

    def tie(self) -> None:
        """Give each office to those who hold it."""
        if not self.persons:
            return
        right = {}
        clients: set[int] = set()  # people named right after an office that somebody else has for them
        served: dict[int, int] = {}  # number of such an office -> start of the mention after it
        for number, (_start, end, office) in enumerate(self.offices):
            if tokens_colon(self.tokens, end) and office.data["head"] == "Pemain":
                continue  # a heading
            found = self._after(end, office.data["domain"] in ("sport", "arts"))
            one_of_many = _start and self.tokens.lower[_start - 1] in ("seorang", "satu")
            if found is None and (office.data["organization"] or office.data["domain"] == "state" or one_of_many):
                found = self._past_seat(end)
            if found and not found[1] and office.data["head"] == "Pemeran":
                continue  # the part played, not the player
            if found and not found[1] and office.data["head"].lower() in vocabulary("relational"):
                client = found[0]
                found = self._past_client(client)
                if found:
                    clients.add(id(self.by_start[client]))
                else:
                    found, served[number] = (client, False), client
            if found:
                right[number] = found
                if not found[1]:
                    self.left_tied.add(found[0])
                    self.direct.append((office.data, self.by_start[found[0]]))
        for number, client in served.items():
            if id(self.by_start[client]) in clients:  # `Kuasa hukum Andi`, where another sentence has `kuasa hukum Andi, Budi`
                del right[number]
                self.left_tied.discard(client)
                self.direct = [(data, one) for data, one in self.direct if data is not self.offices[number][2].data]
        for number, (start, _end, _office) in enumerate(self.offices):
            found = right.get(number)
            if found and self._pair(number, found[0]):
                continue
            before = self._before(start) or (None if found else self._touching(number))
            if found and not found[1] and not (before and before[2] == "named"):
                self._hold(number, self.by_start[found[0]], None)
                self._others(number, found[0])
            elif before and before[2] in ("named", "verb", "bracket"):
                self._hold(number, before[0], before[1])
            elif before and (before[3] not in self.left_tied or before[2] == "also"):
                if found and self._better_right(before, found):
                    self._hold(number, self.by_start[found[0]], None)
                    self.left_tied.add(found[0])
                else:
                    self._hold(number, before[0], before[1])
            elif found and not self._held_by_another(number, self.by_start[found[0]]):
                self._hold(number, self.by_start[found[0]], None)
                self.left_tied.add(found[0])
                self._others(number, found[0])
        self._chains()
        nobody: set[str] = set()
        for number, (start, _end, office) in enumerate(self.offices):
            head = office.data["canonical"].split()[0]
            if number in self.holders:
                nobody.discard(head)
            elif head in nobody:
                self.indefinite.add(start)
            elif not tokens_point(self.tokens, start, _end):
                nobody.add(head)
        self._later()
        tied: set[tuple[int, int]] = set()
        for number, holders in sorted(self.holders.items()):
            office = self.offices[number][2]
            for rank, (one, status) in enumerate(holders):
                if (number, id(one)) not in tied:
                    tied.add((number, id(one)))
                    one.offices.append((office, status))
                    if rank:
                        one.shared.add(office.start)

    def _pair(self, number: int, first: int) -> bool:
        """Tie ``Bupati dan Wakil Bupati A-B`` and ``Gubernur dan Wakil Gubernur, A dan B`` one to one."""
        tokens = self.tokens
        if not number or number - 1 in self.holders:
            return False
        end = self.offices[number - 1][1]
        if tokens.lower[end : self.offices[number][0]] not in (["dan"], ["-"], ["/"]):
            return False
        at = self.name_ends[first]
        if at + 1 >= len(tokens) or tokens.lower[at] not in ("-", "–", "dan", "/", "&") or at + 1 not in self.by_start:
            return False
        self._hold(number - 1, self.by_start[first], None)
        self._hold(number, self.by_start[at + 1], None)
        return True

    def _held_by_another(self, number: int, one: One) -> bool:
        """Whether this very office stands right before another name elsewhere: then a comma alone does not tie it to this one."""
        data = self.offices[number][2].data
        parts = ("canonical", "place", "organization")
        return any(other is not one and all(data[part] == office[part] for part in parts) for office, other in self.direct)

    def _hold(self, number: int, one: One, status: str | None) -> None:
        start, end, office = self.offices[number]
        if status is None and office.data["status"] is None:
            status = "former" if self._over(end) or self._until_now(end) else self._earlier(start)
        self.holders.setdefault(number, []).append((one, status))

    def _better_right(self, before: tuple[One, str | None, str, int], found: tuple[int, bool]) -> bool:
        """Decide ``A, Ketua X, B``: B's where B begins a clause, and A's office stood before A; A's where A was just said to speak."""
        lower = self.tokens.lower
        at = before[3]
        lead = lower[at - 1] if at else "."
        if lead in vocabulary("said_by"):
            return False
        end = self.name_ends[found[0]]
        return end < len(lower) and lower[end] in vocabulary("speaks")

    def _skip_lead(self, at: int) -> int:
        """Return the token after rank, address and the like at ``at``."""
        tokens, sense = self.tokens, self.sense
        for _ in range(6):
            if at >= len(tokens) or at in self.by_start:
                return at
            then = sense.rank_end(at)
            if then == at and (sense.address(at) or tokens.lower[at] in vocabulary("before_name")):
                then = at + 1
            if then == at and (tokens.form[at].isdigit() or tokens.form[at] == "-") and tokens.flags[at] & DIGIT | PUNCT and at > 0:
                then = at + 1
            if then == at and tokens.lower[at] == "asal" and at + 2 < len(tokens):
                then = at + 2
                while then < len(tokens) and then < at + 5 and then not in self.by_start and tokens.flags[then] & CAPITAL:
                    then += 1
            if then == at:
                return at
            at = then
        return at

    def _after(self, end: int, clause: bool) -> tuple[int, bool] | None:
        """Return the start of the mention that follows an office, and whether a comma parts them (``clause``: a long one may)."""
        tokens = self.tokens
        if end >= len(tokens):
            return None
        if tokens.flags[end] & BREAK:
            return None
        at = self._skip_lead(self._past_term(end))
        if at in self.by_start:
            return at, False
        at = self._held_by(end) or at
        if at in self.by_start:
            return at, False
        if tokens.lower[end] == "yang":
            at = self._clause(end, 12 if clause else 5)
        if at < len(tokens) and tokens.form[at] == ",":
            at = self._skip_lead(self._past_region(at + 1))
            if at in self.by_start and not (at < len(tokens) and tokens.flags[at] & BREAK):
                return at, True
        return None

    def _past_term(self, at: int) -> int:
        """Return the token after ``dua periode``, ``periode 2014-2019`` at token ``at``, else ``at``."""
        lower = self.tokens.lower
        if at + 1 < len(lower) and lower[at + 1] == "periode" and lower[at] in vocabulary("together"):
            return at + 2
        return at

    def _held_by(self, end: int) -> int:
        """Return the token after ``yang sebelumnya dijabat oleh`` behind an office, else 0."""
        tokens = self.tokens
        if tokens.lower[end] != "yang":
            return 0
        for at in range(end + 1, min(end + 5, len(tokens))):
            if tokens.lower[at] in vocabulary("held"):
                return self._skip_lead(at + 1)
            if tokens.flags[at] & (CAPITAL | BREAK | PUNCT):
                break
        return 0

    def _past_client(self, client: int) -> tuple[int, bool] | None:
        """Return the mention behind the comma in ``kuasa hukum Andi, Budi, mengatakan``: the office is Budi's; None for a list of names."""
        lower = self.tokens.lower
        comma = self.name_ends[client]
        if comma >= len(lower) or lower[comma] != ",":
            return None
        at = self._skip_lead(comma + 1)
        if at not in self.by_start or self.by_start[at] is self.by_start[client]:
            return None
        end = self.name_ends[at]
        listed = end < len(lower) and (lower[end] in ("dan", "serta") or (lower[end] == "," and end + 1 in self.by_start))
        return None if listed or lower[end : end + 2] in ([",", "dan"], [",", "serta"]) else (at, True)

    def _past_seat(self, end: int) -> tuple[int, bool] | None:
        """Return who follows an office and its seat: ``Konsul Jenderal RI di New York Siti``, ``Anggota DPD dari Papua, Budi``."""
        tokens = self.tokens
        if end + 3 >= len(tokens) or tokens.lower[end] not in ("di", "dari"):
            return None
        end += tokens.lower[end + 1] in vocabulary("seats")
        if not tokens.flags[end + 1] & CAPITAL:
            return None
        at = end + 2
        while at < min(end + 5, len(tokens)) and at not in self.by_start and tokens.flags[at] & CAPITAL and not tokens.flags[at] & BREAK:
            at += 1
        if at + 1 < len(tokens) and tokens.form[at] == ",":
            at = self._skip_lead(at + 1)
            return (at, True) if at in self.by_start else None
        return (at, False) if at in self.by_start and not tokens.flags[at] & BREAK else None

    def _past_region(self, at: int) -> int:
        """Return the token after ``Kabupaten Tangerang,`` at token ``at``, between an office and a name; else ``at``."""
        tokens = self.tokens
        end = at
        while (
            end < len(tokens)
            and end < at + 4
            and tokens.flags[end] & CAPITAL
            and end not in self.by_start
            and not tokens.flags[end] & BREAK
        ):
            end += 1
        if at < end and end + 1 < len(tokens) and tokens.form[end] == "," and end + 1 in self.by_start and at not in self.office_starts:
            return end + 1
        return at

    def _clause(self, at: int, most: int) -> int:
        """Return the comma that ends a short ``yang`` clause at token ``at``: ``penyerang yang baru pulih, Budi``; else ``at``."""
        tokens = self.tokens
        for comma in range(at + 1, min(at + most, len(tokens))):
            if comma in self.by_start or tokens.form[comma] in '."“”' or tokens.flags[comma] & BREAK:
                return at
            if tokens.form[comma] == ",":
                return comma
        return at

    def _before(self, start: int) -> tuple[One, str | None, str, int] | None:
        """Return (person, status, how, start of the mention) of the name to which an office is put after."""
        tokens = self.tokens
        lower = tokens.lower
        at = start
        words: list[str] = []
        while at > 0 and start - at <= _LOOK_BACK:
            if at in self.by_end:
                one, name = self.by_end[at]
                how = self._how(words[::-1], at, start)
                if how is None:
                    return None
                return one, self._status(words, name.start), how, name.start
            at -= 1
            word = lower[at]
            if tokens.flags[at] & BREAK and at + 1 < start and not words:
                return None
            if word in vocabulary("pronouns") and words:
                how = self._how(words[::-1], at + 1, start)
                spoken_of = self._in_focus(at) if how in ("named", "verb") else None
                return (spoken_of, self._status(words, at), how, -1) if how and spoken_of is not None else None
            if word in vocabulary("between") or word in (",", "("):
                words.append(word)
            elif word == ")" or (tokens.form[at].isdigit() and at > 0 and tokens.form[at - 1] in "(,") or word == "tahun":
                words.append("")
            else:
                return None
        return None

    def _status(self, words: list[str], start: int) -> str | None:
        if vocabulary("past").intersection(words) or self._then(words, start) or self._dismissed(start):
            return "former"
        return "elect" if vocabulary("elect").intersection(words) else None

    def _then(self, words: list[str], start: int) -> bool:
        """Whether the office was held at another time: ``saat Budi masih menjabat Rektor``, ``yang kala itu menjabat``."""
        at_work = not {"masih", "menjabat", "menjadi"}.isdisjoint(words)
        if at_work and start and self.tokens.lower[start - 1] in vocabulary("while"):
            return True
        if "itu" in words and not vocabulary("while").isdisjoint(words):
            return True
        begin, _ = self.tokens.sentence(start)
        if at_work and self.tokens.lower[begin] == "sebelumnya" and start - begin <= 4:
            return True  # `Sebelumnya, Budi menjabat Ketua X`
        if "masih" in words:
            begin, _ = self.tokens.sentence(start)
            earlier = self.tokens.lower[max(begin, start - 8) : start]
            return any(a in ("kala", "saat", "waktu", "ketika") and b == "itu" for a, b in pairwise(earlier))
        return False

    def _dismissed(self, start: int) -> bool:
        """Whether the one named at token ``start`` is said to lose the office: ``memberhentikan Budi dari jabatan X``."""
        lower = self.tokens.lower
        at = start - 1
        while (
            at > 0
            and at > start - 4
            and (lower[at] in vocabulary("dismissed_how") or self.sense.address(at) or self.sense.rank_end(at) == start)
        ):
            at -= 1
        return at >= 0 and lower[at] in vocabulary("dismissing")

    def _earlier(self, start: int) -> str | None:
        """Return ``former`` where the words before an office say that it was held once: ``Saat menjabat sebagai X, Budi``."""
        lower = self.tokens.lower
        at = start - 1
        while at >= 0 and at > start - 5 and lower[at] in vocabulary("holding"):
            at -= 1
        if at < 0 or at == start - 1:
            return None
        return "former" if lower[at] in vocabulary("while") or lower[at] in ("pernah", "sempat") else None

    def _over(self, end: int) -> bool:
        """Whether a term that is over follows an office: ``periode 2014-2019`` in an article of 2021."""
        tokens = self.tokens
        at = end
        served = bisect_left(self.offices, at, key=lambda office: office[0])
        if served < len(self.offices) and self.offices[served][0] == at:
            at = self.offices[served][1]  # `ajudan Presiden Joko Widodo pada 2017-2019`
        end = at = self.name_ends.get(at, at)
        while at < min(end + 4, len(tokens)) and tokens.lower[at] in vocabulary("term") and not tokens.flags[at] & BREAK:
            at += 1
        if at + 2 >= len(tokens) or _year(tokens.form[at]) is None or tokens.lower[at + 1] not in vocabulary("until"):
            return False
        until = at + 2 + (tokens.lower[at + 2] == "tahun")
        last = _year(tokens.form[until]) if until < len(tokens) else None
        return last is not None and self.year is not None and last < self.year

    def _until_now(self, end: int) -> bool:
        """Whether ``yang sebelumnya dijabat`` follows an office."""
        following = self.tokens.lower[end : end + 5]
        return (
            following[:1] == ["yang"]
            and following[1:2] in (["sebelumnya"], ["semula"], ["tadinya"], ["lama"], ["sempat"], ["pernah"])
            and not (vocabulary("held").isdisjoint(following))
        )

    def _how(self, words: list[str], at: int, start: int) -> str | None:
        said = [word for word in words if word not in (",", "", "(")]
        if not said:
            if words and words[-1] == "(":
                return "bracket"
            return "comma" if "," in words else None
        if vocabulary("saying").intersection(said):
            if len(words) == 1 and said[0] in ("sebagai", "selaku"):
                return "named"
            return "also" if "sekaligus" in said or "juga" in said or "merangkap" in said else "verb"
        if said[0] == "yang" and ("juga" in said or "kini" in said):
            return "also"
        if said[0] == "yang" and "itu" in said and not vocabulary("while").isdisjoint(said):
            return "verb"
        if said == ["salah", "satu"]:
            return "verb"
        if words[0] == "," and said[0] in ("kini", "masih", "juga"):
            return "comma"
        return None

    def _touching(self, number: int) -> tuple[One, str | None, str, int] | None:
        """Return whom an office follows without a comma, where it names its body and they speak: ``kata Budi Kepala Desa X saat``."""
        tokens = self.tokens
        start, end, office = self.offices[number]
        if start not in self.by_end or not tokens.flags[start] & CAPITAL or tokens.flags[start] & BREAK:
            return None
        one, name = self.by_end[start]
        if len(name.words) < 2 or not (office.data["organization"] or office.data["place"] or " " in office.data["title"]):
            return None
        said = name.start and tokens.lower[name.start - 1] in vocabulary("said_by")
        speaks = name.start in self.openings and end < len(tokens) and lead_words().get(tokens.lower[end]) == "after"
        return (one, None, "comma", name.start) if said or speaks else None

    def _others(self, number: int, first: int) -> None:
        """Give the office to all people of a list: ``Bek: A, B, C``, ``anggota A dan B``."""
        tokens = self.tokens
        start, end, office = self.offices[number]
        listed = end < len(tokens) and tokens.form[end] == ":" and office.data["head"] != "Pemain"
        together = (
            listed
            or office.data["head"].lower() in ("anggota", "hakim anggota")
            or (start and tokens.lower[start - 1] in vocabulary("together"))
        )
        if not together:
            return
        at = self.name_ends[first]
        for _ in range(40):
            if at >= len(tokens):
                return
            step = at
            while step < len(tokens) and tokens.lower[step] in (",", "dan", "serta", ";", "&"):
                step += 1
            if step == at or step not in self.by_start or (tokens.flags[step] & BREAK):
                return
            self._hold(number, self.by_start[step], None)
            at = self.name_ends[step]

    def _chains(self) -> None:
        """``CEO dan pendiri Grab, Anthony Tan``: an office that another one of the same person follows."""
        tokens = self.tokens
        for number in range(len(self.offices) - 2, -1, -1):
            if number in self.holders:
                continue
            _start, end, _office = self.offices[number]
            then, _then_end, following = self.offices[number + 1]
            gap = tokens.lower[end:then]
            if not gap or gap == [","] or gap[:2] in ([",", "dan"], [",", "serta"]) or len(gap) > 4:
                continue
            if not all(word in vocabulary("also") for word in gap):
                continue
            if (number + 1) in self.holders and following.data["head"] != self.offices[number][2].data["head"]:
                for one, status in self.holders[number + 1]:
                    self._hold(number, one, status)
        for number in range(1, len(self.offices)):
            if number in self.holders or (number - 1) not in self.holders:
                continue
            start, _end, _office = self.offices[number]
            gap = tokens.lower[self.offices[number - 1][1] : start]
            if gap and len(gap) <= 4 and all(word in vocabulary("also") for word in gap):
                first = self.offices[number - 1]
                before = self._before(first[0])
                listed = gap[0] == "," and "yang" not in gap and not tokens.flags[start] & BREAK
                past = any(status == "former" for _, status in self.holders[number - 1]) or first[2].data["status"] == "former"
                if gap == [","] and not (past and before):
                    continue
                if before or (listed and past):
                    now = not vocabulary("now").isdisjoint(gap)
                    for one, status in self.holders[number - 1]:
                        self._hold(number, one, None if now else status)

    def _later(self) -> None:
        """Tie later short forms of an office to who holds it, and ``politikus PDIP itu`` to who was named last."""
        known: list[tuple[int, Candidate, One]] = []
        for number, holders in self.holders.items():
            for one, _ in holders:
                known.append((self.offices[number][0], self.offices[number][2], one))
        tokens = self.tokens
        stated = sorted(known, key=lambda item: item[0])
        for number, (start, end, office) in enumerate(self.offices):
            if number in self.holders:
                continue
            here = bisect_left(stated, start, key=lambda item: item[0])
            known = stated[max(0, here - _OFFICES_COMPARED) : here + _OFFICES_COMPARED]
            pointing = self._pointing(start, end, bool(office.data["organization"] or office.data["place"]))
            if pointing == "described" and (focus := self._in_focus(start)) is not None:
                of_office = {id(who): who for _, other, who in known if other.data["canonical"] == office.data["canonical"]}
                self._stand_for(number, next(iter(of_office.values())) if len(of_office) == 1 else focus, "described")
                continue
            holder = None
            distance = None
            for at, other, one in known:
                if _same_office(office.data, other.data):
                    gap = start - self._last_named(one, start, at) if at < start else 50_000 + at - start
                    if distance is None or gap < distance:
                        holder, distance = one, gap
            bare = not office.data["organization"] and not office.data["place"]
            small = not tokens.flags[start] & CAPITAL
            many = small and (office.data["takes"] in ("role", "expert") or office.data["head"].lower() in vocabulary("many"))
            if holder is not None and (
                pointing
                or (not bare and not many)
                or (tokens.flags[start] & CAPITAL and office.data["takes"] != "role")
                or (end < len(tokens) and tokens.lower[end] in vocabulary("later"))
                or (start and tokens.lower[start - 1] in ("sebagai", "menjadi", "jabatan"))
            ):
                self._stand_for(number, holder, "office")
                continue
            if pointing and (meant := self._alike_or_in_focus(office, start, known)) is not None:
                self._stand_for(number, meant, "described")
            elif (
                office.data["status"] == "former"
                and start in self.openings
                and end < len(tokens)
                and lead_words().get(tokens.lower[end]) == "after"
            ):
                focus = self._in_focus(start)
                if focus is not None:
                    self._hold(number, focus, None)

    def _last_named(self, one: One, before: int, least: int) -> int:
        """Return the start of the last mention of somebody before a token; ``least``: where their office was stated."""
        at = bisect_left(one.mentions, before, key=lambda name: name.start) - 1
        return max(one.mentions[at].start, least) if at >= 0 else least

    def _stand_for(self, number: int, one: One, why: str) -> None:
        """Give a later statement of an office to who is meant by it; the phrase is a mention of them too, with the ``itu`` that ends it."""
        self._hold(number, one, None)
        start, end, office = self.offices[number]
        tokens, lower = self.tokens, self.tokens.lower
        if start and (
            lower[start - 1] in vocabulary("predicate") or tokens.form[start - 1].isdigit()
        ):  # `mencalonkan diri sebagai Gubernur`
            return
        if why == "described" or (end < len(lower) and lower[end] in vocabulary("pointing")):
            pointing = next((at for at in range(end, min(end + _PHRASE, len(lower))) if lower[at] in vocabulary("pointing")), None)
            if pointing is not None:
                end = pointing + 1
            if end in self.by_start:  # `Pemain itu Budi`
                return
        elif self._one_of_many(start, office.data) or self._goes_on(end):
            return
        one.nominals.append((start, end, why))

    def _goes_on(self, end: int) -> bool:
        """Whether the phrase goes on behind the office: ``Presiden pertama RI``, ``Sekjen baru PSSI``, ``Menteri PPN / Bappenas``."""
        tokens = self.tokens
        return end < len(tokens) and (bool(tokens.flags[end] & CAPITAL) or tokens.lower[end] in vocabulary("longer"))

    def _one_of_many(self, start: int, data: dict[str, Any]) -> bool:
        """Whether many people have the occupation, and its capital is only that of a sentence's first word."""
        if (
            data["takes"] not in ("role", "expert")
            and data["domain"] not in ("sport", "arts")
            and data["head"].lower() not in vocabulary("many")
        ):
            return False
        return start in self.openings or bool(self.tokens.flags[start - 1] & PUNCT)

    def _alike_or_in_focus(self, office: Candidate, at: int, known: list[tuple[int, Candidate, One]]) -> One | None:
        """Return who of the people named before has an office in the same body or of the same sort, else who is in focus."""
        body = office.data["organization"]
        best: One | None = None
        if body:
            for start, other, one in known:
                if start < at and other.data["organization"] and _shares_word(body, other.data["organization"]):
                    best = one
        focus = self._in_focus(at)
        if best is None and focus is not None and not body:
            sorts = {other.data["domain"] for _, other, one in known if one is focus}
            if sorts and office.data["domain"] not in sorts:
                same = [one for start, other, one in known if start < at and other.data["domain"] == office.data["domain"]]
                best = same[-1] if same else None
        return best or focus

    def _pointing(self, start: int, end: int, specific: bool) -> str:
        """Return how the office points back at a person: by ``itu`` after it, ``described`` (``rider asal Portugal itu``), or not.

        A noun that the article used before of nobody in particular points at that nobody; ``specific``: a body or place is named with it.
        """
        tokens = self.tokens
        lower = tokens.lower
        if end >= len(lower) or (start in self.indefinite and lower[end] not in ("asal", "berusia", "kelahiran")):
            return ""
        before = lower[start - 1] if start else "."
        if not (
            specific
            or start in self.openings
            or before in vocabulary("subject")
            or before in lead_words()
            or tokens.flags[start - 1] & PUNCT
        ):
            return ""
        if lower[end] in vocabulary("pointing"):
            return "itu"
        called = bool(vocabulary("called").intersection(lower[end + 1 : end + 4]))
        if lower[end] in vocabulary("described") and (lower[end] != "yang" or start in self.openings or called):
            for at in range(end + 1, min(end + 8, len(lower))):
                if lower[at] in vocabulary("pointing"):
                    return "described"
                if tokens.form[at] in ".,":
                    break
            return "described" if lower[end] == "berusia" else ""
        return ""

    def _in_focus(self, at: int) -> One | None:
        """Return who is spoken of before token ``at``: the first named in the nearest sentence before that names somebody."""
        index = bisect_left(self.starts, at)
        if not index:
            return None
        last = self.starts[index - 1]
        begin, _end = self.tokens.sentence(last)
        here, _ = self.tokens.sentence(at)
        if begin == here:
            return self.by_start[last]
        named = self.starts[bisect_left(self.starts, begin) : index]
        speaking = next((start for start in named if self._speaks(start)), named[0])
        return self.by_start[speaking]

    def _speaks(self, start: int) -> bool:
        """Whether who is named at token ``start`` is said to speak: ``Senada dengan A, B mengatakan``, ``kata B``."""
        lower, end = self.tokens.lower, self.name_ends[start]
        if start and lower[start - 1] in vocabulary("said_by"):
            return True
        end += end < len(lower) and lower[end] in ("juga", "pun", "sendiri", "kemudian", "lalu")
        return end < len(lower) and lead_words().get(lower[end]) == "after"


def _year(form: str) -> int | None:
    """Return the year that a token is, if it is one."""
    return int(form) if len(form) == 4 and form.isdigit() and form[:2] in ("19", "20") else None


def tokens_colon(tokens: Tokens, at: int) -> bool:
    """Whether a colon stands at token ``at``."""
    return at < len(tokens) and tokens.form[at] == ":"


def tokens_point(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a capitalised office or one followed by ``itu`` soon can be somebody's."""
    if tokens.flags[start] & CAPITAL and not tokens.flags[start] & UPPER and tokens.sentence(start)[0] != start:
        return True
    for at in range(end, min(end + 7, len(tokens))):
        if tokens.lower[at] in vocabulary("pointing"):
            return True
        if tokens.form[at] in ".;":
            break
    return False


def _shares_word(one: str, other: str) -> bool:
    return bool({w for w in one.lower().split() if len(w) > 3 or one.isupper()} & set(other.lower().split()))


def _same_office(short: dict[str, Any], full: dict[str, Any]) -> bool:
    """Whether an office without a name can be the same as one that somebody holds."""
    a, b = short["canonical"].lower(), full["canonical"].lower()
    if a != b and not (b.startswith(a + " ") and short["takes"] != "role"):
        return False
    for part in ("organization", "place"):
        one, other = short[part], full[part]
        if one and other and not alike(one, other):
            return False
        if one and not other and full["place" if part == "organization" else "organization"]:
            return False
    if a != b and (short["organization"] or short["place"]):
        return False
    return not (short["status"] and short["status"] != full["status"])


def alike(one: str, other: str) -> bool:
    """Whether two names can be one body's or region's: the words of one are among those of the other."""
    a, b = one.lower().split(), other.lower().split()
    return a == b or set(a) <= set(b) or set(b) <= set(a)


def one_office(short: dict[str, Any], short_status: str | None, full: dict[str, Any], full_status: str | None) -> bool:
    """Whether a statement of an office, with its status, can be the same one as a fuller statement."""
    a, b = short["canonical"].lower(), full["canonical"].lower()
    if a != b and not (b.startswith(a + " ") and not short["organization"] and not short["place"]):
        return False
    one, other = short["status"] or short_status, full["status"] or full_status
    if one != other and one and other:
        return False
    if one != other and "former" in (one, other):
        return False
    return all(not short[part] or not full[part] or alike(short[part], full[part]) for part in ("organization", "place"))
