"""Named people by their triggers: office, rank, honorific, form of address, degrees, age, verbs of speech, family, known names.

Every run of words that could be a name is weighed by what stands around it; the weights of all its mentions add up, because an article
that says once who somebody is says it for all. A run that is found to be a name makes its shorter forms names too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp
from typing import NamedTuple

from beritaie import lexicon
from beritaie.candidates import Candidate
from beritaie.names import ACRONYM, FAMILY, FIELD, GIVEN, INITIAL, NOUN, PARTICLES, UNKNOWN, WEAK, NameSense, lead_words
from beritaie.tokens import BREAK, CAPITAL, DIGIT, LOWER, UPPER, Tokens

_LONGEST = 7  # words of one name
_ENOUGH = 1.0  # evidence (log odds) from which on a run is a name
_QUOTES = frozenset("\"“”„'‘’«»")
_AFTER_NAME = frozenset(
    ("fc", "cf", "united", "city", "group", "tbk", "corp", "inc", "ltd", "institute", "university", "motor", "news", "tv", "bank")
)
_ARABIC_ARTICLES = frozenset(("al", "el", "as", "ash", "asy", "an", "ar", "at", "az"))


@cache
def _cues() -> tuple[dict[str, float], dict[str, float]]:
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for word, side in lead_words().items():
        if side.startswith("before"):
            before[word] = 1.8 if side == "before" else 0.8
        else:
            after[word] = 1.3 if side == "after" else 0.5
    for row in lexicon.rows("person_cues"):
        (before if row["side"] == "before" else after)[row["word"]] = float(row["weight"])
    return before, after


class _Run(NamedTuple):
    start: int
    end: int


class _Seen:
    """A run of words with the evidence of all its mentions."""

    def __init__(self) -> None:
        self.best = -9.0
        self.total = 0.0
        self.rule = ""
        self.runs: list[_Run] = []

    def add(self, run: _Run, weight: float, rule: str) -> None:
        self.runs.append(run)
        if weight > self.best:
            self.best, self.rule = weight, rule
        self.total += weight

    @property
    def weight(self) -> float:
        others = (self.total - self.best) / max(len(self.runs) - 1, 1)
        return self.best + (0.4 * others if len(self.runs) > 1 else 0.0)


class _Finder:
    def __init__(self, tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> None:
        self.tokens = tokens
        self.sense = sense
        self.size = len(tokens)
        self.blocked = bytearray(self.size + 1)
        self.office_ends: set[int] = set()
        self.office_starts: set[int] = set()
        for c in names:
            if c.kind in ("organization", "place", "money", "time", "position"):
                first, last = tokens.at(c.start), tokens.at(c.end - 1)
                if c.kind == "place" and c.data and c.data.get("facility"):
                    continue
                if c.kind == "position":
                    self.office_ends.add(last + 1)
                    self.office_starts.add(first)
                for i in range(first, last + 1):
                    self.blocked[i] = 1
        self.openings = set(tokens.sentence_starts)
        self.lead: dict[int, tuple[float, str]] = {}  # token where a name begins -> weight of what stands right before it
        self.honorific: dict[int, int] = {}  # token where a name begins -> where its honorifics begin

    # Runs of words that could be a name

    def leads(self) -> None:
        """Mark ranks, honorifics and forms of address: they are no part of a name, and speak for the one that follows."""
        tokens, sense, lower = self.tokens, self.sense, self.tokens.lower
        words = _lead_words()
        at = 0
        while at < self.size:
            if lower[at] not in words or (self.blocked[at] and not (at and self.lead.get(at))):
                at += 1
                continue
            end, weight, rule = sense.rank_end(at), 3.5, "rank"
            if end == at:
                end, weight, rule = sense.honorific_end(at), 3.0, "honorific"
                if end > at and end < self.size:
                    self.honorific[end] = at
            if (
                end == at
                and sense.address(at)
                and (tokens.flags[at] & CAPITAL or lower[at] in ("sdr", "sdri", "mendiang", "almarhum", "almarhumah"))
            ):
                end, weight, rule = at + 1, 2.5, "form of address"
            if end == at:
                at += 1
                continue
            for i in range(at, end):
                self.blocked[i] = 1
            if end < self.size:
                self.lead[end] = (weight, rule)
            at = end

    def runs(self) -> list[_Run]:
        tokens, kinds, lower = self.tokens, self.sense.kinds, self.tokens.lower
        flags, blocked = tokens.flags, self.blocked
        found = []
        at, size = 0, self.size
        while at < size:
            if kinds[at] < ACRONYM or blocked[at]:
                at += 1
                continue
            end = at + 1
            while end < size and end - at < 2 * _LONGEST and not blocked[end] and not flags[end] & BREAK:
                kind = kinds[end]
                if kind >= UNKNOWN or kind == ACRONYM:
                    end += 1
                elif (
                    lower[end] in PARTICLES
                    and end + 1 < size
                    and kinds[end + 1] >= UNKNOWN
                    and not blocked[end + 1]
                    and not flags[end + 1] & BREAK
                    and tokens.form[end] not in ("di",)
                ) or (
                    tokens.form[end] in ("-", "'", "’")
                    and end + 1 < size
                    and kinds[end + 1] >= UNKNOWN
                    and lower[end - 1] in _ARABIC_ARTICLES
                ):
                    end += 2
                else:
                    break
            found += self._trimmed(at, end)
            at = end
        return found

    def _trimmed(self, start: int, end: int) -> list[_Run]:
        """Cut from a run what is no name: words that open a sentence, acronyms at its ends."""
        kinds = self.sense.kinds
        while end - start > 1 and kinds[end - 1] == ACRONYM and kinds[start] != ACRONYM and not self._upper_name(start, end):
            end -= 1
        while end - start > 1 and kinds[start] == ACRONYM and not self._upper_name(start, end):
            start += 1
        if end - start > _LONGEST:
            return []
        return [_Run(start, end)]

    def _upper_name(self, start: int, end: int) -> bool:
        return all(self.tokens.flags[i] & UPPER or self.sense.kinds[i] == INITIAL for i in range(start, end))

    # Evidence

    def weigh(self, run: _Run) -> tuple[float, str]:
        """Return the evidence that a run is a name (log odds), and the rule that speaks loudest."""
        start, end = run
        kinds, lower, form, flags = self.sense.kinds, self.tokens.lower, self.tokens.form, self.tokens.flags
        length = end - start
        weight, rule = self._prior(start, end)
        loudest = weight if weight > 0 else 0.0

        def add(value: float, name: str) -> None:
            nonlocal weight, rule, loudest
            weight += value
            if value > loudest:
                loudest, rule = value, name

        lead = self.lead.get(start)
        before, after = _cues()
        opens = not start or flags[start] & BREAK or start in self.openings
        if lead:
            add(*lead)
            previous = start
        previous = self.honorific.get(start, start) - 1
        if lead and lead[1] != "honorific":
            previous = -1
        if start in self.office_ends and not opens:
            add(2.6, "office before")
        elif previous >= 0 and not opens:
            word = lower[previous]
            if previous + 1 in self.office_ends:
                add(2.0, "office before")
            if form[previous] in _QUOTES and previous:
                previous -= 1
                word = lower[previous]
                add(-0.7, "")
            if word == "," and previous in self.office_ends:
                add(1.9, "office and comma before")
            elif word in before and (flags[previous] & LOWER or previous in self.openings):
                add(before[word], f"{word} before" if before[word] > 0 else "")
            elif kinds[previous] == NOUN and flags[previous] & CAPITAL and previous not in self.openings:
                add(-2.5, "")
            elif kinds[previous] == FIELD and flags[previous] & CAPITAL and previous not in self.openings and not lead:
                add(-1.5, "")
            elif flags[previous] & DIGIT:
                add(-0.5, "")
        elif opens and length == 1 and kinds[start] in (UNKNOWN, WEAK):
            add(-0.4, "")
        self._right(end, add, after)
        return weight, rule or "known name"

    def _right(self, end: int, add, after: dict[str, float]) -> None:
        if end >= self.size or self.tokens.flags[end] & BREAK:
            return
        lower, form, flags = self.tokens.lower, self.tokens.form, self.tokens.flags
        degrees = self.sense.degrees_end(end)
        if degrees > end:
            add(3.0, "degrees after")
            end = degrees
            if end >= self.size:
                return
        word = lower[end]
        if word in after:
            add(after[word], f"{word} after")
        elif word == "(" and end + 2 < self.size:
            if form[end + 1].isdigit() and len(form[end + 1]) <= 2 and lower[end + 2] in (")", "tahun", "thn", "th"):
                add(3.5, "age after")
        elif word == ",":
            then = end + 1
            if then in self.office_starts:
                add(1.8, "office after")
            elif then + 1 < self.size and form[then].isdigit() and len(form[then]) == 2 and lower[then + 1] in (",", "tahun"):
                add(1.8, "age after")
            elif then < self.size and lower[then] in ("yang", "selaku", "warga", "seorang", "salah"):
                add(0.6, "clause after")
        elif word in _AFTER_NAME or (flags[end] & CAPITAL and not self.blocked[end] and self.sense.kinds[end] in (NOUN, FIELD, ACRONYM)):
            add(-1.8, "")
        elif end in self.office_starts and word not in ("dan",):
            add(0.4, "")

    def _prior(self, start: int, end: int) -> tuple[float, str]:
        kinds, lower = self.sense.kinds, self.tokens.lower
        length = end - start
        known = sum(kinds[i] >= FAMILY and kinds[i] != INITIAL for i in range(start, end))
        weak = sum(kinds[i] == WEAK for i in range(start, end))
        acronyms = sum(kinds[i] == ACRONYM for i in range(start, end))
        first = kinds[start]
        rule = "known name" if known else ""
        if any(lower[i] in ("bin", "binti", "bt") for i in range(start + 1, end)):
            return 3.5, "bin"
        if length == 1:
            if first == GIVEN:
                return 0.2, rule
            if first == FAMILY:
                return -0.2, rule
            if first == WEAK:
                return -1.0, rule
            return (-1.6 if first == UNKNOWN else -2.5), rule
        weight = -1.0 - 1.0 * (acronyms > 0 and not known)
        if first == GIVEN or (first == INITIAL and known):
            weight += 1.6
        elif first == FAMILY:
            weight += 0.8
        elif first == WEAK:
            weight += 0.3
        weight += 0.9 * min(known - (first in (GIVEN, FAMILY)), 2) + 0.3 * weak
        if any(kinds[i] == FAMILY for i in range(start + 1, end)):
            weight += 0.3
        if length > 4:
            weight -= 0.5
        return weight, rule

    # Names

    def find(self) -> list[Candidate]:
        self.leads()
        runs = self.runs()
        seen: dict[tuple[str, ...], _Seen] = {}
        lower = self.tokens.lower
        for run in runs:
            weight, rule = self.weigh(run)
            seen.setdefault(tuple(lower[run.start : run.end]), _Seen()).add(run, weight, rule)
        accepted = self._decide(seen)
        found = []
        for words, entry in seen.items():
            if words in accepted:
                weight, rule = accepted[words]
                found += [self._candidate(run.start, run.end, weight, rule) for run in entry.runs]
            else:
                found += self._inside(words, entry, accepted)
        return found

    def _decide(self, seen: dict[tuple[str, ...], _Seen]) -> dict[tuple[str, ...], tuple[float, str]]:
        words_of: dict[str, list[tuple[str, ...]]] = {}
        for words in seen:
            if len(words) == 1:
                continue
            for word in words:
                words_of.setdefault(word, []).append(words)
        # a short form supports the long one, and the long one the short one
        weights = {words: entry.weight for words, entry in seen.items()}
        raised = dict(weights)
        for words in seen:
            if len(words) == 1:
                for full in words_of.get(words[0], ()):
                    raised[full] = max(raised[full], weights[full] + 0.7 + max(0.0, 0.5 * weights[words]))
        accepted = {words: (raised[words], seen[words].rule) for words in seen if raised[words] >= _ENOUGH}
        for words, entry in seen.items():
            if words in accepted:
                continue
            hosts = [full for word in words[:1] for full in words_of.get(word, ()) if full in accepted and len(full) > len(words)]
            if any(_holds(full, words) for full in hosts) and entry.best > -2.2:
                accepted[words] = (max(accepted[full][0] for full in hosts) - 0.2, "part of a full name")
        return accepted

    def _inside(self, words: tuple[str, ...], entry: _Seen, accepted: dict[tuple[str, ...], tuple[float, str]]) -> list[Candidate]:
        """Find an accepted name at the end or start of a run that is none as a whole (``Senada Budi Santoso``)."""
        for length in range(len(words) - 1, 0, -1):
            tail, head = words[-length:], words[:length]
            if tail in accepted and (length > 1 or accepted[tail][0] > 1.5):
                return [self._candidate(run.end - length, run.end, *accepted[tail]) for run in entry.runs]
            if head in accepted and length > 1:
                return [self._candidate(run.start, run.start + length, *accepted[head]) for run in entry.runs]
        return []

    def _candidate(self, start: int, end: int, weight: float, rule: str) -> Candidate:
        tokens = self.tokens
        first = self.honorific.get(start, start)
        last = self.sense.degrees_end(end) if end < self.size and not tokens.flags[end] & BREAK else end
        strength = 1.0 / (1.0 + exp(-weight))
        return Candidate(
            kind="person",
            start=tokens.start[first],
            end=tokens.end[max(last, end) - 1],
            rule=rule or "known name",
            weight=round(strength, 3),
        )


def _holds(full: tuple[str, ...], words: tuple[str, ...]) -> bool:
    size = len(words)
    return any(full[i : i + size] == words for i in range(len(full) - size + 1))


@cache
def _lead_words() -> frozenset[str]:
    first = [lexicon.split_phrase(row["phrase"])[0] for name in ("ranks", "honorifics") for row in lexicon.rows(name)]
    return frozenset(first)


def find(tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> list[Candidate]:
    """Return candidates of kind ``person``; their ``weight`` is the evidence for a name, from 0 to 1.

    ``names`` are the candidates of the other extractors, positions included, and of a model.
    """
    return _Finder(tokens, names, sense).find()
