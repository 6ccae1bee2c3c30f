"""The grammar of offices: where an office or occupation begins and ends, and which part is title, organization, place and status.

An office is found by its head (``lexicon/offices.tsv``) and read on by what that head takes: ``Bupati`` a region, ``Menteri`` a field,
``Kepala`` a unit. Whether anybody holds it is not asked here; ``linking/people`` ties offices to people and drops the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from beritaie.candidates import Candidate
from beritaie.extractors.positions.grammar import Grammar
from beritaie.extractors.positions.heads import RANK_WORDS, Office, Span, after, long_forms, offices, words
from beritaie.names import NameSense
from beritaie.tokens import Tokens


def find(tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> list[Candidate]:
    """Return candidates of kind ``position``: every office of the text, held by a named person or not.

    ``names`` are the candidates of the other extractors and of a model. ``data`` is a ``dict`` with ``title, organization, place, status,
    canonical`` of ``records.Position`` and the ``head``, what it ``takes`` and its ``domain`` as the lexicon has them.
    """
    grammar = Grammar(tokens, names, sense)
    heads = offices().first_words
    found: list[Office] = []
    end = 0
    for at, low in enumerate(tokens.lower):
        if (low not in heads and not (low[-3:] == "nya" and low[:-3] in heads)) or at < end:
            continue
        if low in RANK_WORDS and any(sense.rank_end(before) > at for before in range(max(at - 3, 0), at)):
            continue
        if low in RANK_WORDS and found and found[-1].end == at and _of_police(found[-1], tokens):
            sense.ranks.add(at)  # Kapolsek Cengkareng Komisaris | Ardhie Demastyo
            continue
        if low in words("royal") and found and found[-1].end in (at, at - 1 if tokens.form[at - 1] == "," else at):
            continue  # Ketua Umum KOI | Raja Sapta Oktohari
        office = grammar.read(at)
        if office is None:
            end = max(end, sense.rank_end(at), grammar.passed)
            continue
        _share(found, office, tokens)
        found.append(office)
        end = office.end
    return [_candidate(grammar, office) for office in found]


def _of_police(office: Office, tokens: Tokens) -> bool:
    """Whether an office is one of the police, by its head or its body."""
    return office.head.domain == "police" or not words("police").isdisjoint(tokens.lower[office.start : office.end])


def _share(before: list[Office], office: Office, tokens: Tokens) -> None:
    """``CEO dan pendiri Grab``, ``calon presiden dan wakil presiden``: what is said once holds for both."""
    if not before:
        return
    first = before[-1]
    if first.end + 1 != office.start or tokens.lower[first.end] not in ("dan", "sekaligus", "/", "merangkap", "&"):
        return
    if not first.organization and not first.place and len(first.title) == 1:
        of_company = first.head.title in words("of_companies_too") and office.head.domain == "company"
        if (first.head.takes in ("unit", "english") or of_company) and office.head.takes in ("unit", "english"):
            first.organization = list(office.organization)
        elif first.head.takes == "place" and office.head.takes == "place" and first.head.domain == office.head.domain:
            first.place = list(office.place)
    if first.status == "candidate" and office.status is None and first.head.takes == "place":
        office.status = "candidate"
    if first.status == "former" and office.status is None and len(first.title) == 1 and not first.head_span.end < first.end:
        office.status = "former"


def _text(grammar: Grammar, spans: Iterable[Span]) -> str:
    """Return the words of token ranges, short forms in brackets left out."""
    form = grammar.tokens.form
    text: list[str] = []
    for start, end in spans:
        i = start
        while i < end:
            then = grammar.bracket(i)
            if then > i and form[i + 1].lower() != "persero":
                i = then
                continue
            if (text and grammar.tokens.start[i] > grammar.tokens.end[i - 1]) or (text and i == start):
                text.append(" ")
            text.append(form[i])
            i += 1
    return "".join(text).replace(" ,", ",")


def _canonical(grammar: Grammar, office: Office) -> str:
    """Return the title with its short forms written out."""
    head, (start, end) = office.head, office.head_span
    words = [_text(grammar, [Span(office.title[0].start, start)]), head.canonical or head.title]
    for word in _text(grammar, after(office.title, end)).split():
        bare = word.strip(",")
        words.append(word.replace(bare, grammar.short_forms.get(bare.lower()) or long_forms().get(bare.lower(), bare)) if bare else word)
    return " ".join(
        word if word in ("dan", "of", "for") or not word[0].islower() else word[0].upper() + word[1:] for word in " ".join(words).split()
    )


def _candidate(grammar: Grammar, office: Office) -> Candidate:
    """Return the office as a candidate."""
    canonical = _canonical(grammar, office)
    title = _text(grammar, office.title)
    if office.theirs:
        title = title.removesuffix("nya")
    if office.head.status:  # cagub: a candidate for Gubernur
        title = f"{office.head.canonical} {_text(grammar, after(office.title, office.head_span.end))}".strip()
    data = {
        "title": title,
        "organization": _text(grammar, office.organization) or None,
        "place": _text(grammar, office.place) or None,
        "status": office.status,
        "canonical": canonical,
        "head": office.head.title,
        "takes": office.head.takes,
        "domain": office.head.domain,
    }
    return Candidate(
        kind="position",
        start=grammar.tokens.start[office.start],
        end=grammar.tokens.end[office.end - 1],
        rule=f"office that takes {office.head.takes}",
        weight=0.5,
        data=data,
    )
