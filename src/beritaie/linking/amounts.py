"""What amounts of money are for: who gets them, what they pay, what they measure (``amount_for``), with the spans that show it.

Only what an amount's own sentence states close by makes a relation. In this order: the recipient or purpose behind the amount, the one
before it, a phrase that says what the amount is (``kerugian negara``), the subject of the verb that leads to the amount (``setiap RW
mendapat``, ``beras dijual``, ``saham X turun``), a row of a list (``Cabai Rp30 ribu, tomat Rp6 ribu``). Words live in
``lexicon/amounts.toml``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from beritaie.lexicon import group
from beritaie.records import Document, Mention, Money, Organization, Person, Place, Relation
from beritaie.tokens import ALPHA, BREAK, CAPITAL, DIGIT, PUNCT, Tokens

_BACK = 14  # tokens looked at before an amount
_CHAIN = 40  # ... where other amounts stand between it and its subject (`turun Rp5 dari Rp20 menjadi Rp15`)
_PHRASE = 9  # tokens of a purpose
_CLAUSE = 16  # tokens of a clause before its verb
_NEAR = 6  # tokens between an amount and its purpose
_ROW = 12  # tokens between two rows of a list
_INNER = frozenset({"(", ")", "-", "/", "&"})  # marks within a phrase


_words = partial(group, "amounts")


@cache
def _any(*kinds: str) -> frozenset[str]:
    return frozenset().union(*map(_words, kinds))


class _Aim(NamedTuple):
    """What an amount is for: a range of tokens, and the word before it that shows it."""

    first: int
    last: int
    rule: str
    cue: tuple[int, int] | None


class _Named(NamedTuple):
    start: int
    end: int
    id: str


def link(tokens: Tokens, doc: Document) -> list[Relation]:
    """Return what the article says its amounts are for; time is linear in the text and its records.

    Args:
        tokens: of the cleaned text.
        doc: the article's records, offsets in the cleaned text too, as are those of the relations.
    """
    return list(_Amounts(tokens, doc).relations()) if doc.money else []


class _Amounts:
    def __init__(self, tokens: Tokens, doc: Document) -> None:
        self.tokens = tokens
        self.money = doc.money
        self.bodies, self.sites, self.names = _named(doc.organizations), _named(doc.places), _named(doc.people)
        self.indexed = [(named, [one.start for one in named]) for named in (self.bodies, self.sites, self.names)]
        self.time_starts = {time.start: time.end for time in doc.times}
        self.time_ends = {time.end: time.start for time in doc.times}
        self.spans = [(tokens.at(m.start), tokens.at(m.end - 1) + 1) for m in doc.money]
        self.ends = {end: start for start, end in self.spans}

    def relations(self) -> Iterator[Relation]:
        spans = self.spans
        number = 0
        while number < len(spans):
            until = number + 1
            while until < len(spans) and self._same(spans[until - 1][1], spans[until][0]):
                until += 1
            first, last = spans[number][0], spans[until - 1][1]
            floor = spans[number - 1][1] if number else 0
            ceiling = spans[until][0] if until < len(spans) else len(self.tokens)
            aim = self._aim(first, last, floor, ceiling)
            if aim is not None:
                for amount in self.money[number:until]:
                    yield self._amount(amount, aim)
            number = until

    def _span(self, start: int, end: int) -> Mention:
        return Mention(start=start, end=end, text=self.tokens.text[start:end])

    def _same(self, end: int, start: int) -> bool:
        """Whether two amounts are one, in two currencies."""
        between = self.tokens.lower[end:start] if 0 < start - end <= 4 else []
        return (
            bool(between)
            and between[0] in ("atau", "setara", "(", "=", ",")
            and between != [","]
            and all(w in _words("same") for w in between)
        )

    def _amount(self, amount: Money, aim: _Aim) -> Relation:
        tokens = self.tokens
        start, end = tokens.start[aim.first], tokens.end[aim.last - 1]
        head = tokens.lower[aim.first]  # `pembangunan Bandara X`, but not `mantan pemain Persib`
        whose = aim.rule == "amount_of" or (head.startswith("pe") and head.endswith("an"))
        begin = tokens.start[aim.first + (head in _words("each") and aim.first + 1 < aim.last)]
        record = self._record(begin, end, whose=whose)
        evidence = [self._span(amount.start, amount.end), self._span(start, end)]
        if aim.cue is not None:
            evidence.append(self._span(tokens.start[aim.cue[0]], tokens.end[aim.cue[1] - 1]))
        return Relation(
            kind="amount_for",
            subject=amount.id,
            subject_text=amount.text,
            object=record,
            object_text=" ".join(tokens.text[start:end].split()),
            evidence=tuple(sorted(evidence, key=lambda m: m.start)),
            rule=aim.rule,
        )

    def _record(self, start: int, end: int, *, whose: bool) -> str | None:
        """Return the one record that the phrase names at its beginning, or (``whose``) at its end: ``APBD Kota Bogor``."""
        inside: dict[str, bool] = {}
        for named, starts in self.indexed:
            at = bisect_left(starts, start)
            while at < len(named) and named[at].start < end and len(inside) < 3:
                if named[at].end <= end:
                    edge = named[at].start == start or (whose and named[at].end == end)
                    inside[named[at].id] = inside.get(named[at].id, False) or edge
                at += 1
        return next(iter(inside)) if len(inside) == 1 and all(inside.values()) else None

    def _aim(self, first: int, last: int, floor: int, ceiling: int) -> _Aim | None:
        begin, end = self.tokens.sentence(first)
        behind = self._behind(last, min(end, ceiling, last + _NEAR + _PHRASE))
        if behind is not None:
            return behind
        return self._before(first, max(begin, floor, first - _BACK)) or self._clause(first, last, max(begin, first - _CHAIN))

    def _behind(self, at: int, end: int) -> _Aim | None:
        """Return what the words after the amount say it is for: ``Rp5 miliar yang dialokasikan untuk ...``."""
        tokens, lower = self.tokens, self.tokens.lower
        limit = min(at + _NEAR, end)
        given = -1
        if at + 1 < limit and lower[at] == "," and lower[at + 1] in _words("purpose"):
            at += 1
        while at < limit:
            word = lower[at]
            if word in ("per", "setiap", "tiap", "/") and at + 1 < limit:
                at += 2
            elif word in _words("given"):
                given = at
                at += 1
            elif word in _words("after") or word in ("yang", "akan", "telah", "sudah"):
                at += 1
            else:
                break
        if at >= limit or (given < 0 and lower[at - 1] in ("yang", "akan", "telah", "sudah")):
            return None
        word = lower[at]
        rule = "recipient" if word in _words("recipient") else "purpose" if word in _words("purpose") else None
        if word == "ke" and given >= 0:
            rule = "recipient"
        if rule is None:
            return None
        first, last = at + 1, self._phrase_end(at + 1, end)
        if last <= first or lower[first] in _words("pointers") or tokens.start[first] in self.time_starts or tokens.flags[first] & DIGIT:
            return None
        if last - first == 1 and lower[first].startswith("di") and _is_verb(lower[first]):  # `untuk ditetapkan sebagai ...`
            return None
        return _Aim(first, last, rule, (given if given >= 0 else at, at + 1))

    def _phrase_end(self, first: int, end: int) -> int:
        """Return where the noun phrase (or the clause of a purpose) that begins at a token ends."""
        tokens, lower = self.tokens, self.tokens.lower
        index = first
        stops = _words("stops")
        while index < min(end, first + _PHRASE):
            if tokens.flags[index] & PUNCT or (lower[index] in stops and index > first) or tokens.start[index] in self.time_starts:
                break
            index += 1
            if lower[index - 1].isdigit() and lower[index : index + 1] == ["tahun"]:  # `pemain berusia 26 tahun`
                index += 1
        else:
            index = min(index, end)
            if index < len(tokens) and index == first + _PHRASE and not tokens.flags[index] & PUNCT:
                cut = next((at for at in range(index - 1, first, -1) if lower[at] in ("dan", "serta")), index)
                index = cut
        while index > first and lower[index - 1] in ("dan", "serta", "sekitar", "hampir", "minimal", "lebih", "para"):
            index -= 1
        return index

    def _before(self, first: int, left: int) -> _Aim | None:
        """Return what the words before the amount say it is, or who gets it."""
        tokens, lower, flags = self.tokens, self.tokens.lower, self.tokens.flags
        bridge, weak = _words("bridge"), _words("weak")
        at, strong = first, False
        while at > left:
            word = lower[at - 1]
            if word in bridge and word not in _words("gets"):
                strong = strong or word not in weak
                at -= 1
            elif tokens.end[at - 1] in self.time_ends:
                begin = tokens.at(self.time_ends[tokens.end[at - 1]])
                if begin < left:
                    return None
                at = begin - (begin > left and lower[begin - 1] in _words("on"))
            else:
                break
        if at <= left or (at < first and not strong):
            return None
        each = next((index for index in range(at - 1, max(left, at - 5) - 1, -1) if lower[index] in _words("each")), None)
        if each is not None and each + 1 < at and lower[each + 1] not in _any("times", "amounts", "vague") and self._plain(each, at):
            return _Aim(each, at, "recipient_each", None)
        index = at - 1
        while index >= left:
            word = lower[index]
            if word in _words("loss") and index + 1 < at and self._plain(index + 1, at):
                return _Aim(index + 1, at, "loss", (index, index + 1))
            if word in _words("recipient") or word in _words("purpose"):
                noun = next((k for k in range(index - 1, max(left, index - 5) - 1, -1) if lower[k] in _words("amounts")), None)
                aim = index + 1
                if noun is None or aim >= at or lower[aim] in _words("pointers") or not self._plain(aim, at) or self._broken(noun, index):
                    return None
                return _Aim(aim, at, "recipient" if word in _words("recipient") else "purpose", (noun, index + 1))
            if word in _words("amounts"):
                begin = index
                while begin > left and lower[begin - 1] in _words("amounts"):
                    begin -= 1
                told = at - begin > 1 and any(
                    lower[k] not in _words("amounts") and lower[k] not in _words("vague") for k in range(begin, at)
                )
                while begin > left and flags[begin] & flags[begin - 1] & CAPITAL and not flags[begin] & BREAK:
                    begin -= 1  # `Penerimaan Negara Bukan Pajak`
                if (told or any(lower[k] in _words("alone") for k in range(begin, at))) and self._plain(begin, at):
                    return _Aim(begin, at, "amount_of", None)
                return None
            if (tokens.flags[index] & PUNCT and lower[index] not in _INNER) or word in _words("stops"):
                return None
            index -= 1
        return None

    # The clause that leads to the amount

    def _clause(self, first: int, last: int, left: int) -> _Aim | None:
        """Return who or what the clause that leads to the amount speaks of."""
        lower = self.tokens.lower
        at, said, crossed, worth = self._led_by(first, left)
        if at <= left:
            return None
        noun = at  # `mendapat [bantuan] hingga Rp5 juta`, `dibangun dengan [biaya investasi] Rp1 miliar`
        while noun > left and lower[noun - 1] in _any("amounts", "vague") and at - noun < 4:
            noun -= 1
        verb = noun - 1
        if not crossed and lower[at] == "dengan" and at + 1 < first and lower[at + 1] in _words("prices"):
            return self._paid(at, left)
        if verb > left and not crossed:
            if lower[verb] in _words("gets") and (lower[verb] != "dapat" or at == first):  # `dapat mencapai`
                return self._subject(verb, left, "recipient_subject")
            if lower[verb] in _words("pays"):
                return self._aimed(noun, at, "amount_of", (verb, verb + 1), told=True)
            if noun < at and lower[verb] in _words("costs"):
                return self._subject(verb, left, "price_of")
            if noun < at and lower[verb] == "dengan" and lower[noun] in _words("prices"):
                return self._paid(verb, left)
        pays = next((k for k in range(at - 1, max(left, at - 6), -1) if lower[k] in _words("pays")), None)
        if (
            pays is not None
            and pays + 1 < at
            and not crossed
            and (aim := self._aimed(pays + 1, at, "amount_of", (pays, pays + 1), told=True))
        ):
            return aim
        if said or crossed:
            return self._subject(at, left, "amount_of", worth=worth, told=True)
        return self._row(first, last, left)

    def _led_by(self, first: int, left: int) -> tuple[int, bool, bool, bool]:
        """Walk back over what leads to an amount (``turun Rp5 dari Rp20 menjadi``).

        Return where it begins; whether something in it ties the amount to what stands before; whether another amount stands in it; whether
        what stands before is a noun with its worth (``KUR senilai``), not the subject of a verb.
        """
        tokens, lower, flags = self.tokens, self.tokens.lower, self.tokens.flags
        bridge, weak, moved, links = _words("bridge"), _words("weak"), _words("moved"), _words("links")
        at, said, crossed, linked = first, False, False, False
        worth = lower[first - 1] in _words("worth")
        while at > left:
            word = lower[at - 1]
            if at in self.ends:
                if not linked:
                    break
                at, crossed, linked = self.ends[at], True, False
            elif at - 2 > left and lower[at - 2] in ("/", "per") and at - 2 in self.ends:
                at -= 2
            elif word in links:
                at -= 1
                linked = True
            elif word in _words("gets"):
                break
            elif word in moved or _is_predicate(word, flags[at - 1]):
                at -= 1
                said, worth = True, False
            elif word in bridge and word not in weak:
                at -= 1
                said = True
            elif word in bridge or word in ("%", "persen") or (flags[at - 1] & DIGIT and lower[at] in ("%", "persen")):
                at -= 1
            elif tokens.end[at - 1] in self.time_ends:
                at = max(tokens.at(self.time_ends[tokens.end[at - 1]]), left)
                at -= at > left and lower[at - 1] in _words("on")
            else:
                break
        return at, said, crossed, worth

    def _segment(self, end: int, left: int) -> tuple[int, int] | None:
        """Return the words of the clause before a token, without what only joins it to the one before; None where it is too long."""
        tokens, lower, flags = self.tokens, self.tokens.lower, self.tokens.flags
        start = end
        brackets = 0
        while start > left:
            word = lower[start - 1]
            brackets += (word == ")") - (word == "(")
            if word in ("dan", "serta", "untuk") and (name := self._inside_name(start - 1)) is not None:
                start = name  # `Dinas Tenaga Kerja dan Perindustrian`
                continue
            if (flags[start - 1] & PUNCT and word not in _INNER) or brackets < 0 or word in _words("boundary") or start in self.ends:
                break
            if word in ("dan", "serta") and not self._joins(start - 1, left):
                break
            start -= 1
            if flags[start] & BREAK:
                break
            if end - start > _CLAUSE:
                return None
        while start < end:
            if tokens.start[start] in self.time_starts:
                start = tokens.at(self.time_starts[tokens.start[start]] - 1) + 1
            elif lower[start] in _words("lead") or flags[start] & PUNCT:
                start += 1
            else:
                break
        return (start, end) if start < end else None

    def _joins(self, at: int, left: int) -> bool:
        """Whether ``dan`` at a token joins two nouns (``tanah dan bangunan``), not two clauses or rows."""
        lower, flags = self.tokens.lower, self.tokens.flags
        start = at
        while start > max(left, at - 4) and flags[start - 1] & ALPHA and lower[start - 1] not in _any("boundary", "within"):
            start -= 1
            if flags[start] & BREAK:
                break
        words = lower[start:at]
        return bool(words) and not (
            start in self.ends
            or (start > left and lower[start - 1] in ("per", "/"))
            or (start > left and lower[start - 1] == "," and not flags[start] & BREAK)
            or any(_is_verb(word) or word in _words("moved") or word in _words("gets") or word in _words("pointers") for word in words)
        )

    def _inside_name(self, at: int) -> int | None:
        """Return the first token of the record whose name holds this token."""
        start = self.tokens.start[at]
        for named, starts in self.indexed:
            place = bisect_left(starts, start) - 1
            if place >= 0 and named[place].end > start:
                return self.tokens.at(named[place].start)
        return None

    def _subject(self, end: int, left: int, rule: str, *, worth: bool = False, told: bool = False) -> _Aim | None:
        """Return the subject of the verb at a token (or, ``worth``, what stands between another verb and it)."""
        lower = self.tokens.lower
        cue = (end, end + 1)
        while end > left and lower[end - 1] in _words("adverbs") and self.tokens.end[end - 1] not in self.time_ends:
            end -= 1
        segment = self._segment(end, left)
        if segment is None:
            return None
        first, last = segment
        verb = self._last_verb(first, last)
        if worth:  # `menyalurkan KUR senilai`, `dengan aksi jual asing sebesar`
            first = max(
                verb + 1,
                next(
                    (at + 1 for at in range(last - 1, first - 1, -1) if lower[at] == "dengan" and lower[at - 1] not in _words("within")),
                    first,
                ),
            )
            if first >= last or (verb == first - 1 and lower[verb] in ("menjadi", "merupakan")):
                return None
        clause = next((at for at in range(first + 1, last) if lower[at] in _words("within")), last)
        if 0 <= verb < clause and not worth:
            return None
        if (worth and clause < last and lower[clause] not in ("untuk", "bagi")) or self._address(first, clause, left):
            return None
        return self._aimed(first, clause, rule, cue, told=told)

    def _last_verb(self, first: int, last: int) -> int:
        """Return the last verb in small letters among the tokens, -1 where there is none."""
        lower, flags = self.tokens.lower, self.tokens.flags
        return next((at for at in range(last - 1, first - 1, -1) if not flags[at] & CAPITAL and _is_verb(lower[at])), -1)

    def _address(self, first: int, last: int, left: int) -> bool:
        """Whether the words are a place at the end of an address: ``di Pasar X, Kabupaten Y mencapai``."""
        if first <= left or self.tokens.lower[first - 1] != ",":
            return False
        start, end = self.tokens.start[first], self.tokens.end[last - 1]
        at = bisect_left(self.indexed[1][1], start)
        return at < len(self.sites) and self.sites[at].start == start and self.sites[at].end >= end

    def _paid(self, end: int, left: int) -> _Aim | None:
        """Return what is bought, built or sold ``dengan harga Rp5 juta``: the subject of a passive verb, the object of another."""
        lower = self.tokens.lower
        segment = self._segment(end, left)
        if segment is None:
            return None
        first, last = segment
        verb = self._last_verb(first, last)
        if verb < 0:
            return None
        if verb == last - 1 and lower[verb].startswith(("di", "ter")):
            return self._subject(verb, left, "price_of")
        if lower[verb] in _words("trades"):
            return self._aimed(verb + 1, last, "price_of", (verb, verb + 1))
        return None

    def _row(self, first: int, last: int, left: int) -> _Aim | None:
        """Return the name of a row: ``cabai Rp30 ribu, tomat Rp6 ribu``, ``Kelurahan X (Rp285 juta)``."""
        lower, flags = self.tokens.lower, self.tokens.flags
        end = first
        while end > left and lower[end - 1] in ("(", ":", "-", "–", "="):
            end -= 1
        if first - end > 1 or flags[end] & BREAK:
            return None
        segment = self._segment(end, left)
        if segment is None or not self._in_list(first, last):
            return None
        start, end = segment
        start = next((at + 1 for at in range(end - 1, start - 1, -1) if lower[at] in ("untuk", "bagi", "kepada")), start)
        if any(lower[at] in _words("within") or lower[at] in _words("stops") for at in range(start, end)) or end - start > 6:
            return None
        return self._aimed(start, end, "row", None, told=True)

    def _in_list(self, first: int, last: int) -> bool:
        """Whether another amount stands a row away, parted by a comma, a line or ``dan``."""
        lower, flags = self.tokens.lower, self.tokens.flags
        at = bisect_left(self.spans, (first, 0))
        gaps = []
        if at and first - self.spans[at - 1][1] <= _ROW:
            gaps.append((self.spans[at - 1][1], first))
        following = next((start for start, _ in self.spans[at : at + 4] if start >= last), -1)
        if following >= 0 and following - last <= _ROW:
            gaps.append((last, following))
        return any(any(lower[k] in (",", ";", "dan", "serta") or flags[k] & BREAK for k in range(*gap)) for gap in gaps)

    def _aimed(self, first: int, last: int, rule: str, cue: tuple[int, int] | None, *, told: bool = False) -> _Aim | None:
        """Return the aim for a phrase that can be one: a noun phrase that says more than that it is money."""
        tokens, lower, flags = self.tokens, self.tokens.lower, self.tokens.flags
        while last > first:
            if tokens.end[last - 1] in self.time_ends:
                last = max(tokens.at(self.time_ends[tokens.end[last - 1]]), first)
            elif (
                lower[last - 1] in _words("adverbs")
                or lower[last - 1] in _words("moved")
                or lower[last - 1] in ("-", "/", "sekira", "terpaut")
            ):
                last -= 1
            else:
                break
        counted = first < last and lower[first].isdigit()
        first += counted  # `2 unit mobil`
        if counted and first < last and lower[first] in _words("measures"):
            first += 1
        if last <= first + counted or lower[last - 1] in ("dan", "serta") or last - first > _PHRASE or not self._plain(first, last):
            return None
        head = lower[first]
        if (
            head in _words("pointers")
            or head in _words("stops")
            or head in _words("moved")
            or flags[first] & PUNCT
            or not flags[first] & ALPHA
        ):
            return None
        if _is_verb(head) and (not flags[first] & CAPITAL or head.startswith("di") or first == tokens.sentence(first)[0]):
            return None
        if head.endswith("nya") and head[:-3] in _any("amounts", "vague"):
            return None
        if all(lower[at] in _any("amounts", "vague") or flags[at] & DIGIT for at in range(first, last)):
            return None if not told or not any(lower[at] in _words("alone") for at in range(first, last)) else _Aim(first, last, rule, cue)
        if tokens.start[first] in self.time_starts or any(
            lower[at] in _words("pronouns") and not flags[at] & CAPITAL for at in range(first, last)
        ):
            return None
        return _Aim(first, last, rule, cue)

    def _plain(self, first: int, last: int) -> bool:
        """Whether the tokens are one noun phrase, with neither clause nor punctuation."""
        tokens, lower = self.tokens, self.tokens.lower
        if last - first > _PHRASE or lower[first:last].count("(") != lower[first:last].count(")"):
            return False
        for index in range(first, last):
            word, flags = lower[index], tokens.flags[index]
            if flags & DIGIT and not flags & ALPHA and not flags & CAPITAL and index == last - 1:
                return False
            if (flags & PUNCT and word not in _INNER) or (word in _words("stops") and index > first and not flags & CAPITAL):
                return False
            if index > first and not flags & CAPITAL and _is_verb(word):
                return False
        return True

    def _broken(self, first: int, last: int) -> bool:
        return any(self.tokens.flags[index] & PUNCT or self.tokens.lower[index] in ("dan", "karena") for index in range(first, last))


def _is_verb(word: str) -> bool:
    """Whether a word in small letters looks like a verb (a few nouns look so too: precision comes first)."""
    return word in _words("verbs") or (
        len(word) > 5
        and word.startswith(("me", "ber", "di"))
        and word not in _words("nouns")
        and not word.endswith(("asi", "usi"))  # `digitalisasi`
        and not word.startswith(("menteri", "media", "medis", "mesin", "meter", "metro", "merek", "mebel"))
    )


def _is_predicate(word: str, flags: int) -> bool:
    """Whether a word in small letters is a passive or stative predicate: ``dianggarkan``, ``terserap``."""
    return not flags & CAPITAL and len(word) > 6 and word.startswith(("di", "ter")) and word not in _words("nouns")


def _named(records: Sequence[Person] | Sequence[Organization] | Sequence[Place]) -> list[_Named]:
    return sorted(_Named(m.start, m.end, record.id) for record in records for m in record.mentions if m.kind == "name")
