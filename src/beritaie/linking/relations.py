"""What an article says of two records, with the spans that show it: who holds which office, said what, belongs where.

Only what is stated in so many words, close by, makes a relation. What amounts are for is read in ``amounts.py``. Words live in
``lexicon/relations.toml``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from beritaie.lexicon import group
from beritaie.lexicon.gazetteer import gazetteer, official_name
from beritaie.records import Document, Mention, Organization, Person, Place, Relation, RelationKind
from beritaie.tokens import Tokens

_RANKS = {
    "country": 0, "province": 1, "regency": 2, "city": 2, "district": 3, "village": 4, "hamlet": 5,
    "road": 6, "building": 7, "market": 7, "worship": 7, "facility": 7, "transport": 7, "sight": 7, "housing": 6, "park": 7,
}  # fmt: skip
_SITED = frozenset({"building", "market", "worship", "facility", "transport", "sight", "park", "village", "district", "road", "housing"})
_LEFT = frozenset({"former", "candidate", "elect"})


_words = partial(group, "relations")


class _Anchor(NamedTuple):
    start: int
    end: int
    id: str
    record: Person | Organization | Place


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

    def relations(self) -> list[Relation]:
        found = [*self._holds(), *self._said(), *self._members(), *self._located()]
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
