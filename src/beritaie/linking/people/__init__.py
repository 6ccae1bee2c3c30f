"""Mentions of one person joined; offices tied to people.

First the mentions: those with the same words are one person, shorter ones go to the full name that holds their words (``Hermansyah`` to
``H Hermansyah Dulaimi``), initials and nicknames to the name beside which they are introduced. Where two people could be meant, the one
named last before is taken, and full names are never joined. Then the offices: what touches a name belongs to it; what follows by
``selaku``, ``yang menjabat``, a comma or a bracket too; a later short form goes to the one who holds that office.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beritaie.candidates import Candidate
from beritaie.linking.people.mentions import Name, One, join, plain
from beritaie.linking.people.offices import Offices, one_office
from beritaie.names import NameSense
from beritaie.records import Mention, Person, Position
from beritaie.tokens import Tokens


def link(
    tokens: Tokens, people: Sequence[Candidate], positions: Sequence[Candidate], sense: NameSense, year: int | None = None
) -> list[Person]:
    """Return one ``Person`` per person of the article, in order of first mention, offsets in the cleaned text.

    Args:
        people, positions: the candidates that stand, in order.
        sense: what the words of the article look like.
        year: when the article was published, to tell which terms are over; unknown, the latest year in it.
    """
    names = [Name(candidate, sense) for candidate in people]
    persons = join(tokens, names)
    Offices(tokens, sense, persons, positions, year).tie()
    return [_record(tokens, sense, one, number) for number, one in enumerate(persons, 1)]


def _record(tokens: Tokens, sense: NameSense, one: One, number: int) -> Person:
    full = one.full
    honorifics: dict[str, None] = {}
    degrees: dict[str, None] = {}
    rank = age = None
    for name in one.mentions:
        honorifics.update(dict.fromkeys(name.parts.honorifics))
        degrees.update(dict.fromkeys(name.parts.degrees))
        found = _rank(sense, name.start)
        if found and (rank is None or len(found) > len(rank)):
            rank = found
        if age is None:
            age = _age(tokens, name.end)
    mentions = [
        Mention(
            start=n.candidate.start,
            end=n.candidate.end,
            text=tokens.text[n.candidate.start : n.candidate.end],
            rule=n.candidate.rule,
            score=n.candidate.score,
        )
        for n in one.mentions
    ]
    if one.nominals:
        for first, last, why in one.nominals:
            start, end = tokens.start[first], tokens.end[last - 1]
            mentions.append(Mention(start=start, end=end, text=tokens.text[start:end], kind="nominal", rule=why))
        mentions.sort(key=lambda mention: mention.start)
    scores = [n.candidate.score for n in one.mentions if n.candidate.score is not None]
    return Person(
        id=f"p{number}",
        name=full.text,
        honorifics=tuple(honorifics),
        degrees=tuple(degrees),
        rank=rank,
        age=age,
        mentions=tuple(mentions),
        positions=tuple(_positions(tokens, one)),
        rule=full.candidate.rule,
        score=max(scores) if scores else None,
    )


def _rank(sense: NameSense, start: int) -> str | None:
    """Return the rank that stands right before token ``start``."""
    tokens = sense.tokens
    for at in range(max(start - 6, 0), start):
        if sense.rank_end(at) == start:
            return plain(tokens.text[tokens.start[at] : tokens.end[start - 1]])
    return None


def _age(tokens: Tokens, end: int) -> int | None:
    """Return the age stated right after a name: ``(35)``, ``, 35,``, ``(35 tahun)``, ``berusia 35 tahun``."""
    form, lower = tokens.form, tokens.lower
    size = len(form)
    at = end
    if at + 2 < size and form[at] in "(," and form[at + 1].isdigit() and len(form[at + 1]) <= 3:
        then = lower[at + 2]
        if (form[at] == "(" and then in (")", "tahun", "thn", "th", ",")) or (form[at] == "," and then in (",", "tahun", "thn")):
            return _years(form[at + 1])
    for skip in range(min(5, size - at - 2)):
        if (
            lower[at + skip] in ("berusia", "berumur", "usia", "umur")
            and form[at + skip + 1].isdigit()
            and lower[at + skip + 2] in ("tahun", "thn")
        ):
            return _years(form[at + skip + 1])
        if lower[at + skip] not in (",", "yang", "kini", "saat", "ini", "("):
            break
    return None


def _years(form: str) -> int | None:
    years = int(form)
    return years if 0 < years <= 120 else None


def _positions(tokens: Tokens, one: One) -> list[Position]:
    """Join an office's statements into one record each: the fullest form, with all its mentions."""
    groups: list[list[tuple[Candidate, str | None]]] = []
    for office, status in sorted(one.offices, key=lambda item: (-_fullness(item[0].data), item[0].start)):
        for group in groups:
            if one_office(office.data, status, group[0][0].data, group[0][1]):
                group.append((office, status))
                break
        else:
            groups.append([(office, status)])
    groups.sort(key=lambda group: min(office.start for office, _ in group))
    found = []
    for group in groups:
        data = group[0][0].data
        statuses: list[Any] = [o.data["status"] or s for o, s in group if o.data["status"] or s]
        found.append(
            Position(
                title=data["title"],
                organization=data["organization"],
                place=data["place"],
                status=next(iter(statuses), None),
                canonical=data["canonical"],
                mentions=tuple(
                    Mention(start=o.start, end=o.end, text=tokens.text[o.start : o.end], rule=o.rule)
                    for o, _ in sorted(group, key=lambda item: item[0].start)
                    if o.start not in one.shared
                ),
                rule=group[0][0].rule,
            )
        )
    return found


def _fullness(data: dict[str, Any]) -> int:
    return len(data["title"]) + len(data["organization"] or "") + len(data["place"] or "")
