"""What an article says of two records, with the spans that show it: who holds which office, said what, belongs where; what money is for.

Only what is stated in so many words, close by, makes a relation: an amount's purpose stands in its own sentence, a few tokens off, and
where it is not stated there is no relation. Words live in ``lexicon/relations.toml``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from beritaie.lexicon import group
from beritaie.lexicon.gazetteer import gazetteer, official_name
from beritaie.records import Document, Mention, Money, Organization, Person, Place, Relation, RelationKind
from beritaie.tokens import ALPHA, CAPITAL, DIGIT, PUNCT, Tokens

_BACK = 14  # tokens looked at before an amount
_PHRASE = 9  # tokens of a purpose
_NEAR = 6  # tokens between an amount and its purpose
_RANKS = {
    "country": 0, "province": 1, "regency": 2, "city": 2, "district": 3, "village": 4, "hamlet": 5,
    "road": 6, "building": 7, "market": 7, "worship": 7, "facility": 7, "transport": 7, "sight": 7, "housing": 6, "park": 7,
}  # fmt: skip
_SITED = frozenset({"building", "market", "worship", "facility", "transport", "sight", "park", "village", "district", "road", "housing"})
_INNER = frozenset({"(", ")", "-", "/"})  # marks within a phrase
_LEFT = frozenset({"former", "candidate", "elect"})


_words = partial(group, "relations")


class _Anchor(NamedTuple):
    start: int
    end: int
    id: str
    record: Person | Organization | Place


class _Aim(NamedTuple):
    """What an amount is for: a range of tokens, and the word before it that shows it."""

    first: int
    last: int
    rule: str
    cue: tuple[int, int] | None


def link(tokens: Tokens, doc: Document) -> list[Relation]:
    """Return the relations that the article states; time is linear in the text and its records.

    Args:
        tokens: of the cleaned text.
        doc: the article's records, offsets in the cleaned text too, as are those of the relations.
    """
    return _Article(tokens, doc).relations()


class _Article:
    def __init__(self, tokens: Tokens, doc: Document) -> None:
        self.tokens = tokens
        self.doc = doc
        self.bodies = _anchors(doc.organizations)
        self.body_starts = [anchor.start for anchor in self.bodies]
        self.sites = _anchors(doc.places)
        self.site_starts = [anchor.start for anchor in self.sites]
        self.names = _anchors(doc.people)
        self.name_starts = [anchor.start for anchor in self.names]
        self.by_code: dict[str, Place] = {}
        for place in doc.places:
            if place.code and place.level in ("province", "regency", "city", "district"):
                self.by_code.setdefault(place.code, place)
        self.time_starts = {time.start: time.end for time in doc.times}
        self.time_ends = {time.end: time.start for time in doc.times}

    def relations(self) -> list[Relation]:
        found = [*self._holds(), *self._said(), *self._members(), *self._located(), *self._amounts()]
        seen: set[tuple[str, str | None, str, str | None, str]] = set()
        result = []
        for relation in found:
            key = (relation.kind, relation.subject, relation.subject_text, relation.object, relation.object_text)
            if key not in seen:
                seen.add(key)
                result.append(relation)
        return result

    def _span(self, start: int, end: int) -> Mention:
        return Mention(start=start, end=end, text=self.tokens.text[start:end])

    # People

    def _holds(self) -> Iterator[Relation]:
        for person in self.doc.people:
            starts = [mention.start for mention in person.mentions if mention.kind == "name"]
            names = [mention for mention in person.mentions if mention.kind == "name"]
            for number, office in enumerate(person.positions, 1):
                evidence: list[Mention] = []
                if names:
                    near = names[0]
                    if office.mentions:
                        first = office.mentions[0]
                        at = bisect_left(starts, first.start)
                        near = min(names[max(at - 1, 0) : at + 1], key=partial(_distance, first))
                    evidence.append(near)
                evidence += office.mentions[:1]
                words = dict.fromkeys(filter(None, (office.title, office.organization, office.place)))
                yield Relation(
                    kind="holds_position", subject=person.id, subject_text=person.name, object=f"{person.id}.{number}",
                    object_text=" ".join(words), evidence=tuple(sorted(evidence, key=lambda m: m.start)), rule=office.rule,
                )  # fmt: skip

    def _said(self) -> Iterator[Relation]:
        for quote in self.doc.quotes:
            if quote.speaker_id is None or quote.id is None:
                continue
            evidence = [quote.cue] if quote.cue else []
            evidence.append(self._span(quote.start, quote.end))
            yield Relation(
                kind="said", subject=quote.speaker_id, subject_text=quote.speaker or "", object=quote.id, object_text=quote.text,
                evidence=tuple(sorted(evidence, key=lambda m: m.start)), rule=quote.rule,
            )  # fmt: skip

    def _members(self) -> Iterator[Relation]:
        for person in self.doc.people:
            for office in person.positions:
                if office.organization is None or office.status in _LEFT or not office.mentions:
                    continue
                if office.title.split(" ", 1)[0].lower() in _words("outsiders"):
                    continue
                own = self._body_of(office.mentions[0], office.organization)
                if own is not None:
                    yield self._member(person, own, (office.mentions[0],), "office")
        tokens, lower = self.tokens, self.tokens.lower
        for body in self.bodies:
            assert isinstance(body.record, Organization)
            first, last = tokens.at(body.start), tokens.at(body.end - 1) + 1
            if first and lower[first - 1] in _words("members"):
                name = self._at(self.names, self.name_starts, last)
                if name is not None and (first < 2 or lower[first - 2] not in ("mantan", "eks", "calon", "bekas")):
                    begin = tokens.start[first - 1]
                    yield self._member(name.record, body.record, (self._span(begin, name.end),), "member")
            joint = lower[first - 1] if first >= 2 else ""
            party = body.record.kind == "party" and not body.record.generic
            if party and (joint == "dari" or (joint == "(" and lower[last : last + 1] == [")"])):
                name = self._ending(self.names, self.name_starts, first - 1)
                if name is not None:
                    evidence = (self._span(name.start, body.end),)
                    yield self._member(name.record, body.record, evidence, "party_beside")

    def _member(self, person: Person | Organization | Place, body: Organization, evidence: tuple[Mention, ...], rule: str) -> Relation:
        return _relation("member_of", person, body.id, body.name, evidence, rule)

    def _body_of(self, office: Mention, name: str) -> Organization | None:
        """Return the organization that an office's phrase names, the widest one."""
        at = bisect_left(self.body_starts, office.start)
        best = None
        while at < len(self.bodies) and self.bodies[at].start < office.end:
            anchor = self.bodies[at]
            text = self.tokens.text[anchor.start : anchor.end]
            if anchor.end <= office.end and (text in name or name in text) and (best is None or len(best.name) < len(text)):
                best = anchor.record
            at += 1
            if isinstance(best, Organization) and best.generic:
                best = None
        return best if isinstance(best, Organization) else None

    def _at(self, anchors: list[_Anchor], starts: list[int], index: int) -> _Anchor | None:
        """Return the mention that begins with this token."""
        if index >= len(self.tokens):
            return None
        at = bisect_left(starts, self.tokens.start[index])
        return anchors[at] if at < len(anchors) and anchors[at].start == self.tokens.start[index] else None

    def _ending(self, anchors: list[_Anchor], starts: list[int], index: int) -> _Anchor | None:
        """Return the mention that ends right before this token."""
        end = self.tokens.end[index - 1] if index > 0 else -1
        at = bisect_left(starts, end) - 1
        return anchors[at] if at >= 0 and anchors[at].end == end else None

    # Places

    def _located(self) -> Iterator[Relation]:
        for owner in self.doc.organizations:
            if owner.region_code is None or owner.generic or not owner.mentions:
                continue
            place = self.by_code.get(owner.region_code)
            entries = gazetteer().of_code(owner.region_code)
            if place is None and not entries:
                continue
            name = place.name if place is not None else official_name(entries[0])
            evidence = max(owner.mentions, key=lambda m: len(m.text))
            if entries and entries[0].name.casefold().replace(" ", "") not in owner.name.casefold().replace(" ", ""):
                continue  # the article's region, not one of its own name
            yield _relation(
                "located_in", owner, place.id if place else None, name, (self._span(evidence.start, evidence.end),), "own_region"
            )
        for number, site in enumerate(self.sites[:-1]):
            yield from self._beside(site, number)
        for body in self.bodies:
            assert isinstance(body.record, Organization)
            if body.record.kind in ("education", "health") and not body.record.generic:
                after = self._in_after(body)
                if after is not None:
                    yield _relation("located_in", body.record, after.id, _name(after), (self._span(body.start, after.end),), "in")

    def _beside(self, site: _Anchor, number: int) -> Iterator[Relation]:
        """Yield that a place lies in the one right behind it: ``Desa X, Kecamatan Y``, ``Masjid X di Y``."""
        tokens, other = self.tokens, self.sites[number + 1]
        inner, outer = site.record, other.record
        assert isinstance(inner, Place)
        assert isinstance(outer, Place)
        first, last = tokens.at(site.end - 1) + 1, tokens.at(other.start)
        between = tokens.lower[first:last] if last - first <= 2 else ["-"]
        if between == ["di"]:
            if inner.level in _SITED and _holds(outer, inner):
                yield _relation("located_in", inner, outer.id, outer.name, (self._span(site.start, other.end),), "in")
        elif between in ([","], ["("], []) and inner.id != outer.id and _holds(outer, inner):
            behind = tokens.at(other.end - 1) + 1
            listed = tokens.lower[behind : behind + 2]
            listing = listed[:1] in (["dan"], ["serta"], ["atau"]) or listed in ([",", "dan"], [",", "serta"])
            if listing and not (inner.code and outer.code):
                return
            if not between and (outer.level not in ("district", "regency", "city", "province", "village") or " " not in other.record.name):
                return
            yield _relation("located_in", inner, outer.id, outer.name, (self._span(site.start, other.end),), "beside")

    def _in_after(self, body: _Anchor) -> _Anchor | None:
        last = self.tokens.at(body.end - 1) + 1
        if last + 1 >= len(self.tokens) or self.tokens.lower[last] not in ("di", ","):
            return None
        site = self._at(self.sites, self.site_starts, last + 1)
        if (
            site is None
            or not isinstance(site.record, Place)
            or site.record.level not in ("city", "regency", "district", "province", "country")
        ):
            return None
        assert isinstance(body.record, Organization)
        code = body.record.region_code
        if code and site.record.code and not (code.startswith(site.record.code) or site.record.code.startswith(code)):
            return None
        if self.tokens.lower[last] == "," and not code:
            return None
        return site

    # Money

    def _amounts(self) -> Iterator[Relation]:
        tokens = self.tokens
        spans = [(tokens.at(m.start), tokens.at(m.end - 1) + 1) for m in self.doc.money]
        number = 0
        while number < len(spans):
            until = number + 1
            while until < len(spans) and self._same(spans[until - 1][1], spans[until][0]):
                until += 1
            first, last = spans[number][0], spans[until - 1][1]
            floor = spans[number - 1][1] if number else 0
            ceiling = spans[until][0] if until < len(spans) else len(tokens)
            aim = self._aim(first, last, floor, ceiling)
            if aim is not None:
                for amount in self.doc.money[number:until]:
                    yield self._amount(amount, aim)
            number = until

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
        for anchors, starts in ((self.bodies, self.body_starts), (self.sites, self.site_starts), (self.names, self.name_starts)):
            at = bisect_left(starts, start)
            while at < len(anchors) and anchors[at].start < end and len(inside) < 3:
                if anchors[at].end <= end:
                    edge = anchors[at].start == start or (whose and anchors[at].end == end)
                    inside[anchors[at].id] = inside.get(anchors[at].id, False) or edge
                at += 1
        return next(iter(inside)) if len(inside) == 1 and all(inside.values()) else None

    def _aim(self, first: int, last: int, floor: int, ceiling: int) -> _Aim | None:
        begin, end = self.tokens.sentence(first)
        left = max(begin, floor, first - _BACK)
        return self._behind(last, min(end, ceiling, last + _NEAR + _PHRASE)) or self._before(first, left)

    def _behind(self, at: int, end: int) -> _Aim | None:
        """Return what the words after the amount say it is for."""
        tokens, lower = self.tokens, self.tokens.lower
        limit = min(at + _NEAR, end)
        while at < limit:
            word = lower[at]
            if word in ("per", "setiap", "tiap", "/") and at + 1 < limit:
                at += 2
            elif word in _words("after"):
                at += 1
            else:
                break
        if at >= limit:
            return None
        rule = "recipient" if lower[at] in _words("recipient") else "purpose" if lower[at] in _words("purpose") else None
        if rule is None:
            return None
        first, last = at + 1, self._phrase_end(at + 1, end)
        if last <= first or lower[first] in _words("pointers") or tokens.start[first] in self.time_starts or tokens.flags[first] & DIGIT:
            return None
        return _Aim(first, last, rule, (at, at + 1))

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
        tokens, lower = self.tokens, self.tokens.lower
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
                at = begin
            else:
                break
        if at <= left or (at < first and not strong):
            return None
        if lower[at - 1] in _words("gets"):
            return self._getter(at - 1, left)
        each = next((index for index in range(at - 1, max(left, at - 5) - 1, -1) if lower[index] in _words("each")), None)
        if each is not None and each + 1 < at and lower[each + 1] not in _words("times") and self._plain(each, at):
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
                if (told or any(lower[k] in _words("alone") for k in range(begin, at))) and self._plain(begin, at):
                    return _Aim(begin, at, "amount_of", None)
                return None
            if (tokens.flags[index] & PUNCT and lower[index] not in _INNER) or word in _words("stops"):
                return None
            index -= 1
        return None

    def _getter(self, verb: int, left: int) -> _Aim | None:
        """Return who gets what a verb says: ``setiap RW menerima Rp5 juta``, ``Persib mendapat hadiah Rp1 miliar``."""
        tokens, lower = self.tokens, self.tokens.lower
        at = verb
        while at > left and lower[at - 1] in ("akan", "juga", "telah", "sudah", "bisa", "hanya", "pun", "masih", "berhak"):
            at -= 1
        each = next((index for index in range(at - 1, max(left, at - 6) - 1, -1) if lower[index] in _words("each")), None)
        if each is not None and each + 1 < at and lower[each + 1] not in _words("times") and self._plain(each, at):
            return _Aim(each, at, "recipient_subject", (verb, verb + 1))
        for anchors, starts in ((self.names, self.name_starts), (self.bodies, self.body_starts)):
            name = self._ending(anchors, starts, at)
            if name is not None and tokens.at(name.start) >= left:
                return _Aim(tokens.at(name.start), at, "recipient_subject", (verb, verb + 1))
        return None

    def _plain(self, first: int, last: int) -> bool:
        """Whether the tokens are one noun phrase, with neither clause nor punctuation."""
        tokens, lower = self.tokens, self.tokens.lower
        if last - first > _PHRASE or lower[first:last].count("(") != lower[first:last].count(")"):
            return False
        for index in range(first, last):
            word, flags = lower[index], tokens.flags[index]
            if flags & DIGIT and not flags & ALPHA and not flags & CAPITAL and index == last - 1:
                return False
            if (flags & PUNCT and word not in _INNER) or (word in _words("stops") and index > first):
                return False
            if index > first and not flags & CAPITAL and _is_verb(word):
                return False
        return True

    def _broken(self, first: int, last: int) -> bool:
        return any(self.tokens.flags[index] & PUNCT or self.tokens.lower[index] in ("dan", "karena") for index in range(first, last))


def _is_verb(word: str) -> bool:
    """Whether a word in small letters looks like a verb (a few nouns look so too: precision comes first)."""
    return len(word) > 5 and (
        (
            word.startswith(("meng", "mem", "men", "me"))
            and not word.startswith(("menteri", "media", "medis", "mesin", "meter", "metro", "merek", "mebel"))
        )
        or (
            word.startswith("di")
            and word.endswith(("kan", "i"))
            and word not in ("digital", "direksi", "disabilitas", "distribusi", "dimensi")
        )
    )


def _anchors(records: Sequence[Person] | Sequence[Organization] | Sequence[Place]) -> list[_Anchor]:
    found = [_Anchor(m.start, m.end, record.id, record) for record in records for m in record.mentions if m.kind == "name"]
    return sorted(found, key=lambda anchor: (anchor.start, anchor.end))


def _distance(first: Mention, second: Mention) -> int:
    return max(second.start - first.end, first.start - second.end)


def _name(anchor: _Anchor) -> str:
    return anchor.record.name


def _holds(outer: Place, inner: Place) -> bool:
    """Whether one place can lie in the other: of a wider level, and not elsewhere by the codes."""
    wide, narrow = _RANKS.get(outer.level or ""), _RANKS.get(inner.level or "")
    if wide is None or wide > 4:
        return False
    if inner.level in ("foreign", "state"):
        return wide == 0 and outer.code == inner.code
    if narrow is None or wide >= narrow:
        return False
    if inner.code and outer.code and wide:
        return inner.code.startswith(outer.code)
    return bool(wide) or outer.code == "ID" or inner.code == outer.code


def _relation(
    kind: RelationKind, subject: Person | Organization | Place, object: str | None, text: str, evidence: tuple[Mention, ...], rule: str
) -> Relation:
    return Relation(kind=kind, subject=subject.id, subject_text=subject.name, object=object, object_text=text, evidence=evidence, rule=rule)
