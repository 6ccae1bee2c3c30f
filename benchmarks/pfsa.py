"""Run the pipeline over the development files of PFSA-ID (public figures' statements in Kompas articles) and count what it finds.

python benchmarks/pfsa.py                        # all figures, over all articles
python benchmarks/pfsa.py --limit 100            # over every n-th article only, about 100 of them
python benchmarks/pfsa.py --errors affiliation   # what one figure missed, with its surroundings
python benchmarks/pfsa.py --check                # exit status 1 where a figure is below its floor

The corpus is one token and one BILOU label to a line, sentences apart. Its licence is non-commercial: it measures, and trains nothing.

**Articles.** The file does not bound them. One begins at each dateline (``JAKARTA , KOMPAS —``); an article without one stays with the
one before. Tokens are joined as print would have them: no space before closing punctuation, quotation marks on the side of their
neighbour (at the end of a sentence or before one a mark opens, behind a comma or the end of a sentence it closes),
hyphens and slashes between the words they join, HTML entities as their characters. Sentences are joined by one space: the file keeps no
paragraphs.

**What is counted.** The corpus labels public figures who make statements, their offices and their bodies, each mostly once in an article,
so what the library finds beyond that is not wrong, and there is no precision for people, offices and bodies.

=============  =======================================================================================================================
person         PERSON marks that overlap a mention by name of any person. Their mark holds the rank (``Komisaris Besar Yusri Yunus``),
               ours does not; the overlap bridges it.
role           ROLE marks that overlap the phrase of a position of any person.
affiliation    AFFILIATION marks that overlap a mention of an organization or place, or the phrase of a position that states one:
               theirs of ``Gubernur Jawa Tengah`` is ``Jawa Tengah``, which is the position's ``place`` here.
               ``affiliation.body``: those that overlap a mention of an organization, nothing else.
statement      STATEMENT marks that share half of their length or more, and half of ours, with a quote of either kind: recall.
               Each quote serves once. These files mark direct speech alone (of 3,174 marks, 3 hold no quotation mark, by mistake), so
               ``statement.f1`` is F1 where the direct quotes are the claims, also those of people who are no public figures, whom the
               corpus leaves out. ``statement.both`` has all quotes of both kinds as claims: each indirect statement, right or wrong,
               counts as one too many there. Articles without any STATEMENT are left out of both.
speaker        the statements found whose speaker the file shows, and the share of them that the library gives to the same person.
               Shown is: CUE (or CUECOREF, ``ujarnya``) before or after the statement, with the PERSON or PERSONCOREF right behind it
               (or before it); a CUECOREF stands for the last person marked before it. The person is the same if a mention by name of
               the quote's speaker overlaps one of the marks of that person.
coreference    PERSONCOREF marks whose antecedent the file shows, and the share that is joined to the right person: a mention of any kind
               (or an office's phrase) of one person overlaps the mark, and a mention by name of the same person overlaps a PERSON mark of
               the antecedent. The antecedent is the last PERSON before (or else the first after) that shares a word with the mark;
               for a pronoun or office (``dia``, ``Presiden``) the last PERSON before whose ROLE holds the word, or else the last PERSON;
               what shares no word with any is not counted.
=============  =======================================================================================================================
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import beritaie
from beritaie.records import Document, Person

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "pfsa"
FLOORS = {
    "person": 0.93,
    "role": 0.82,
    "affiliation": 0.85,
    "affiliation.body": 0.85,
    "statement": 0.75,
    "statement.f1": 0.60,
    "speaker": 0.85,
    "coreference": 0.85,
}
COUNTED = ("person", "role", "affiliation", "affiliation.body", "statement", "speaker", "coreference")
_MARKS = '”“"'
_NO_SPACE_BEFORE = frozenset(",.;:?!)]}%…-/")
_NO_SPACE_AFTER = frozenset("([{-/")
_PRONOUNS = frozenset({"dia", "ia", "beliau", "nya"})


class Mark(NamedTuple):
    """A labelled stretch: offsets in the text of its article."""

    label: str
    start: int
    end: int


class Article(NamedTuple):
    """An article's text, with the marks in text order."""

    text: str
    marks: list[Mark]


class Found(NamedTuple):
    """One figure: how many are to be found, how many were, the rest."""

    gold: int
    right: int
    missed: list[str]


def sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Yield the file's sentences as pairs of token and label."""
    sentence: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        token, _, label = line.strip().partition("\t")
        if token:
            sentence.append((token, label or "O"))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def articles(path: Path) -> Iterator[Article]:
    """Yield the file's articles: each from a dateline to the next."""
    group: list[list[tuple[str, str]]] = []
    for sentence in sentences(path):
        head = [token for token, _ in sentence[:12]]
        if group and "KOMPAS" in head and head[head.index("KOMPAS") - 1] == ",":
            yield _built(group)
            group = []
        group.append(sentence)
    if group:
        yield _built(group)


def _built(group: list[list[tuple[str, str]]]) -> Article:
    """Return the article with its text as print would have it, and its marks."""
    parts: list[str] = []
    marks: list[Mark] = []
    size = 0
    glue = True  # no space before the next token
    before = ""
    for sentence in map(_entities, group):
        for number, (token, label) in enumerate(sentence):
            following = sentence[number + 1][0] if number + 1 < len(sentence) else ""
            closes = token in _MARKS and before in {",", ".", "?", "!"} and bool(following) and number > 0
            if not (glue or closes or token[0] in _NO_SPACE_BEFORE):
                parts.append(" ")
                size += 1
            start = size
            parts.append(token)
            size += len(token)
            glue = token[-1] in _NO_SPACE_AFTER or (token in _MARKS and not closes)
            before = token
            if label[:2] in ("B-", "U-"):
                marks.append(Mark(label[2:], start, size))
            elif label[:2] in ("I-", "L-") and marks and marks[-1].label == label[2:]:
                marks[-1] = marks[-1]._replace(end=size)
    return Article("".join(parts), marks)


def _entities(sentence: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the sentence with ``& amp ;`` as one ampersand."""
    result: list[tuple[str, str]] = []
    for token, label in sentence:
        if token == "amp" and result and result[-1][0] == "&":
            continue
        if token == ";" and result and result[-1][0] == "&":
            continue
        result.append((token, label))
    return result


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def _names(person: Person) -> list[tuple[int, int]]:
    return [(mention.start, mention.end) for mention in person.mentions if mention.kind == "name"]


def _words(text: str) -> set[str]:
    return {word.strip(".,()").lower() for word in text.split()} - {""}


class Measure:
    """Counts over articles, one after another."""

    def __init__(self) -> None:
        self.counts = {name: Found(0, 0, []) for name in COUNTED}
        self.claimed = {"all": 0, "direct": 0}
        self.right_direct = 0

    def _note(self, name: str, right: bool, mark: Mark, text: str, more: str = "") -> None:
        found = self.counts[name]
        if not right:
            around = f"{text[max(0, mark.start - 90) : mark.start]}[[{text[mark.start : mark.end]}]]{text[mark.end : mark.end + 90]}"
            found.missed.append(f"{around} {more}".strip())
        self.counts[name] = Found(found.gold + 1, found.right + right, found.missed)

    def add(self, article: Article, document: Document) -> None:
        """Count one article."""
        text = article.text
        names = [span for person in document.people for span in _names(person)]
        offices = [(m.start, m.end) for person in document.people for office in person.positions for m in office.mentions]
        bodies = [(m.start, m.end) for body in document.organizations for m in body.mentions]
        regions = bodies + [(m.start, m.end) for place in document.places for m in place.mentions]
        regions += [
            (m.start, m.end)
            for person in document.people
            for office in person.positions
            if office.organization or office.place
            for m in office.mentions
        ]
        for mark in article.marks:
            for label, name, spans in (
                ("PERSON", "person", names),
                ("ROLE", "role", offices),
                ("AFFILIATION", "affiliation", regions),
                ("AFFILIATION", "affiliation.body", bodies),
            ):
                if mark.label == label:
                    self._note(name, _overlaps(mark.start, mark.end, spans), mark, text)
        known = _antecedents(article)
        self._statements(article, document, known)
        self._coreference(article, document, known)

    def _statements(self, article: Article, document: Document, known: dict[int, list[Mark]]) -> None:
        statements = [mark for mark in article.marks if mark.label == "STATEMENT"]
        if not statements:
            return
        self.claimed["all"] += len(document.quotes)
        self.claimed["direct"] += sum(quote.kind == "direct" for quote in document.quotes)
        people = {person.id: person for person in document.people}
        free = list(document.quotes)
        for mark in statements:
            hit = None
            for quote in free:
                shared = min(mark.end, quote.end) - max(mark.start, quote.start)
                if shared > 0 and 2 * shared >= max(mark.end - mark.start, quote.end - quote.start):
                    hit = quote
                    break
            self._note("statement", hit is not None, mark, article.text)
            if hit is None:
                continue
            free.remove(hit)
            self.right_direct += hit.kind == "direct"
            truth = _speaker(article, mark, known)
            if truth:
                person = people.get(hit.speaker_id or "")
                right = person is not None and any(_overlaps(m.start, m.end, _names(person)) for m in truth)
                shown = " / ".join(article.text[m.start : m.end] for m in truth[:2])
                self._note("speaker", right, mark, article.text, f"-> {hit.speaker} for {shown}")

    def _coreference(self, article: Article, document: Document, known: dict[int, list[Mark]]) -> None:
        for mark in article.marks:
            truth = known.get(mark.start)
            if mark.label != "PERSONCOREF" or not truth:
                continue
            right = False
            claims = []
            for person in document.people:
                spans = [(m.start, m.end) for m in person.mentions]
                spans += [(m.start, m.end) for office in person.positions for m in office.mentions]
                if _overlaps(mark.start, mark.end, spans):
                    claims.append(person.name)
                    right = right or any(_overlaps(m.start, m.end, _names(person)) for m in truth)
            shown = " / ".join(article.text[m.start : m.end] for m in truth[:2])
            self._note("coreference", right, mark, article.text, f"-> {claims} for {shown}")

    def figures(self) -> dict[str, tuple[float, int, int]]:
        """Return each figure with what it counts: gold and right (of F1: claimed and right)."""
        result = {name: (found.right / max(found.gold, 1), found.gold, found.right) for name, found in self.counts.items()}
        found = self.counts["statement"]
        for name, claimed, right in (
            ("statement.f1", self.claimed["direct"], self.right_direct),
            ("statement.both", self.claimed["all"], found.right),
        ):
            result[name] = (2 * right / max(claimed + found.gold, 1), claimed, right)
        return result


def _antecedents(article: Article) -> dict[int, list[Mark]]:
    """Return the PERSON marks that each PERSON and PERSONCOREF stands for, by its start, where the file shows it."""
    persons = [mark for mark in article.marks if mark.label == "PERSON"]
    roles = [mark for mark in article.marks if mark.label == "ROLE"]
    words = {mark.start: _words(article.text[mark.start : mark.end]) for mark in [*persons, *roles]}
    known: dict[int, list[Mark]] = {}
    for mark in article.marks:
        if mark.label == "PERSON":
            known[mark.start] = [mark]
        elif mark.label == "PERSONCOREF":
            said = _words(article.text[mark.start : mark.end])
            before = [person for person in reversed(persons) if person.start < mark.start]
            sharing = [person for person in [*before, *persons] if words[person.start] & said]
            if not sharing and said & _PRONOUNS:
                sharing = before
            if not sharing:
                sharing = [
                    person for person in before if any(abs(role.start - person.start) < 120 and words[role.start] & said for role in roles)
                ]
            if sharing:
                known[mark.start] = sharing[:1] + [person for person in persons if len(words[person.start] & words[sharing[0].start]) > 1]
    return known


def _speaker(article: Article, statement: Mark, known: dict[int, list[Mark]]) -> list[Mark]:
    """Return the PERSON marks of the one who makes the statement, none where the file does not show it."""
    at = article.marks.index(statement)
    marks = article.marks

    def beside(step: int) -> Mark | None:
        """Return the cue next to the statement on that side, in the same sentence by its distance."""
        place = at + step
        while 0 <= place < len(marks) and marks[place].label != "STATEMENT":
            gap = marks[place].start - statement.end if step > 0 else statement.start - marks[place].end
            if gap > (20 if step > 0 else 60):
                return None
            if marks[place].label in ("CUE", "CUECOREF"):
                return marks[place]
            place += step
        return None

    cue = beside(1) or beside(-1)
    if cue is None:
        return []
    place = marks.index(cue)
    if cue.label == "CUECOREF":
        last = next((m for m in reversed(marks[:place]) if m.start in known and m.label in ("PERSON", "PERSONCOREF")), None)
        return known[last.start] if last else []
    after, end = place + 1, cue.end
    while after < len(marks) and marks[after].label in ("ROLE", "AFFILIATION", "PERSON", "PERSONCOREF") and marks[after].start - end <= 6:
        if marks[after].start in known:
            return known[marks[after].start]
        end = marks[after].end
        after += 1
    if cue.start < statement.start:
        last = next((m for m in reversed(marks[:place]) if m.start in known and cue.start - m.start < 150), None)
        return known[last.start] if last else []
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, metavar="N", help="read about N articles, evenly spread")
    parser.add_argument("--errors", metavar="FIGURE", help="list what the figure missed: person, role, affiliation, statement, ...")
    parser.add_argument("--check", action="store_true", help="exit status 1 where a figure is below its floor")
    parser.add_argument("--model", default="rules")
    options = parser.parse_args()
    files = sorted(FOLDER.glob("*.txt"))
    if not files:
        print(f"no file in {FOLDER}", file=sys.stderr)
        return 2
    nlp = beritaie.load(options.model)
    everything = [article for path in files for article in articles(path)]
    step = max(len(everything) // options.limit, 1) if options.limit else 1
    measure = Measure()
    for article in everything[::step]:
        measure.add(article, nlp(article.text))
    print(f"{len(everything[::step])} articles")
    low = False
    for name, (value, counted, right) in measure.figures().items():
        floor = FLOORS.get(name)
        low = low or (floor is not None and value < floor)
        print(f"{name:18} {value:.3f}  {right:5} of {counted:5}" + (f"   floor {floor:.2f}" if floor is not None else ""))
    if options.errors:
        print(*measure.counts[options.errors].missed, sep="\n")
    return int(options.check and low)


if __name__ == "__main__":
    sys.exit(main())
