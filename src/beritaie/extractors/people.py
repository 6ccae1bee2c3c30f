"""Named people by their triggers: office, rank, honorific, form of address, degrees, age, verbs of speech, family, known names.

Every run of words that could be a name is weighed by what stands around it; the weights of all its mentions add up, because an article
that says once who somebody is says it for all. A run that is found to be a name makes its shorter forms names too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import pairwise
from math import exp
from typing import NamedTuple

from beritaie import lexicon
from beritaie.candidates import Candidate
from beritaie.names import (
    ACRONYM,
    FAMILY,
    FIELD,
    FUNCTION,
    GIVEN,
    INITIAL,
    LIKELY,
    NOUN,
    PARTICLES,
    UNKNOWN,
    WEAK,
    NameSense,
    glued_name,
    lead_words,
    nicknames,
    opening_names,
    weak_names,
)
from beritaie.tokens import BREAK, CAPITAL, DIGIT, LOWER, UPPER, Tokens

_LONGEST = 7  # words of one name
_ENOUGH = 1.0  # evidence (log odds) from which on a run is a name
_COMPARED = 200  # names compared with a short form of one; no article holds as many, the bound keeps a book linear
_WEAK_CUE = 0.9  # evidence of a verb that has other common senses
_MODEL_SAYS = {"person": 1.6, "nothing": -0.2, "other": -0.6}  # evidence of what a model sees in a run
_DOUBT = 0.3  # the probability from which on a model's word counts, and up to 1 the more
_QUOTES = frozenset("\"“”„'‘’«»")
_AFTER_NAME = frozenset(
    ("fc", "cf", "united", "city", "group", "tbk", "corp", "inc", "ltd", "institute", "university", "motor", "news", "tv", "bank")
)
_ADVERBS = frozenset(("juga", "kemudian", "lalu", "pun", "sendiri", "kembali", "turut", "telah", "sudah", "akan", "sempat", "lantas"))
_SUSPECTS = frozenset(
    ("tersangka", "terdakwa", "korban", "pelaku", "berinisial", "inisial", "pria", "wanita", "perempuan", "saksi", "terpidana")
)
_FOREIGN_ARTICLES = frozenset(("De", "Del", "Di", "Van", "Von", "Ten", "Ter", "La", "Le", "Dos", "El", "St"))
_OPENING_FUNCTIONS = frozenset(("Hari", "Lalu"))  # grammar words that are names too
_CHILD_OF = frozenset(("bin", "binti", "bt"))
_ARABIC_ARTICLES = frozenset(("al", "el", "as", "ash", "asy", "an", "ar", "at", "az"))


_words = partial(lexicon.group, "people")


@cache
def _cues() -> tuple[dict[str, float], dict[str, float]]:
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for word, side in lead_words().items():
        if not side.startswith("after"):
            before[word] = {"before": 2.7, "source": 1.6}.get(side, _WEAK_CUE)
        else:
            after[word] = 1.7 if side == "after" else 0.6
    for row in lexicon.rows("person_cues"):
        (before if row["side"] == "before" else after)[row["word"]] = float(row["weight"])
    return before, after


class _Run(NamedTuple):
    start: int
    end: int


class _Seen:
    """A run of words with the evidence of all its mentions (log odds)."""

    def __init__(self, prior: float, rule: str) -> None:
        self.prior = prior
        self.rule = rule
        self.loudest = max(prior, 0.0)
        self.contexts: list[float] = []
        self.runs: list[_Run] = []

    def add(self, run: _Run, context: float, rule: str, loudest: float) -> None:
        self.runs.append(run)
        self.contexts.append(context)
        if loudest > self.loudest:
            self.loudest, self.rule = loudest, rule

    @property
    def weight(self) -> float:
        """The prior of the words with what stands around them: the best place counts in full, further ones less and less."""
        best = sorted(self.contexts, reverse=True)
        against = [context for context in best if context < 0]
        total = self.prior + best[0] + sum(share * max(context, 0.0) for share, context in zip((0.6, 0.4, 0.3), best[1:4], strict=False))
        if self.prior > 0:
            total += 0.15 * min(len(best) - 1, 3)
        return total + (0.4 * sum(against) / len(best) if best[0] >= 0 and against else 0.0)


class _Finder:
    def __init__(self, tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> None:
        self.tokens = tokens
        self.sense = sense
        self.size = len(tokens)
        self.blocked = bytearray(self.size + 1)
        self.small_places: set[int] = set()
        self.office_ends: set[int] = set()
        self.office_starts: set[int] = set()
        self.occupations: set[int] = set()  # ends of offices that are occupations
        origins: set[int] = set()  # after "petani asal"
        self.bodies: set[str] = set()  # words of organizations' names
        for c in names:
            if c.kind == "organization":
                self.bodies.update(word.lower() for word in tokens.text[c.start : c.end].split())
            elif c.kind == "position" and c.data["organization"]:
                self.bodies.update(c.data["organization"].lower().split())
            if c.kind in ("organization", "place", "money", "time", "position"):
                first, last = tokens.at(c.start), tokens.at(c.end - 1)
                if (c.kind == "place" and c.data and c.data.get("facility")) or sense.doubtful(c):
                    continue
                if c.kind == "position":
                    self.office_ends.add(last + 1)
                    if last + 2 < self.size and tokens.lower[last + 1] == "asal":
                        origins.add(last + 2)
                    self.office_starts.add(first)
                    if c.data["takes"] == "role" or (c.data["takes"] == "unit" and tokens.flags[first] & LOWER):
                        self.occupations.add(last + 1)
                if c.kind == "place" and first == last:
                    self.small_places.add(first)
                for i in range(first, last + 1):
                    self.blocked[i] = 1
        for c in names if origins else ():
            if c.kind == "place" and tokens.at(c.start) in origins:
                self.office_ends.add(tokens.at(c.end - 1) + 1)
        self.openings = set(tokens.sentence_starts)
        self.lead: dict[int, tuple[float, str]] = {}  # token where a name begins -> weight of what stands right before it
        self.cut: dict[int, int] = {}  # last token of a run -> letters of it that are the name
        self.nicknames: list[_Run] = []
        self.honorific: dict[int, int] = {}  # token where a name begins -> where its honorifics begin

    # Runs of words that could be a name

    def leads(self) -> None:
        """Mark ranks, honorifics and forms of address: they are no part of a name, and speak for the one that follows."""
        tokens, sense, lower = self.tokens, self.sense, self.tokens.lower
        words = _lead_words() | _nicknames().first_words
        nicknames = _nicknames()
        at = 0
        while at < self.size:
            if lower[at] not in words:
                at += 1
                continue
            if lower[at] in nicknames and not self.blocked[at] and (found := nicknames.longest(lower, at)) and tokens.flags[at] & CAPITAL:
                for i in range(at, found[0]):
                    self.blocked[i] = 1
                self.nicknames.append(_Run(at, found[0]))
                at = found[0]
                continue
            if self.blocked[at] and at not in self.lead:
                at += 1
                continue
            end, weight, rule = sense.rank_end(at), 3.5, "rank"
            if end == at and not self._middle_initial(at):
                end, weight, rule = sense.honorific_end(at), 3.0, "honorific"
                if end > at and end < self.size:
                    self.honorific[end] = at
            if (
                end == at
                and sense.address(at)
                and (tokens.flags[at] & CAPITAL or lower[at] in ("sdr", "sdri", "mendiang", "almarhum", "almarhumah"))
            ):
                end, weight, rule = at + 1, 2.8, "form of address"
            if end == at:
                at += 1
                continue
            for i in range(at, end):
                self.blocked[i] = 1
            if end < self.size:
                self.lead[end] = (weight, rule)
            at = end

    def _middle_initial(self, at: int) -> bool:
        """Whether a letter that could be an honorific is an initial inside a name: ``Anton H. Gunawan``."""
        tokens, kinds = self.tokens, self.sense.kinds
        if not at or tokens.flags[at] & BREAK or self.blocked[at - 1]:
            return False
        if len(tokens.form[at].rstrip(".")) > 1:  # Yoris Raja Amanullah
            known = kinds[at - 1] >= UNKNOWN and (at - 1 not in self.openings or kinds[at - 1] >= LIKELY)
            return tokens.lower[at] in weak_names() and known and bool(tokens.flags[at - 1] & CAPITAL)
        return kinds[at - 1] in (GIVEN, FAMILY, LIKELY) and at + 1 < self.size and kinds[at + 1] >= UNKNOWN

    def _initials(self, at: int, opens: bool) -> bool:
        """Whether two capitals are initials of a name: ``BJ Habibie``, ``Mahfud MD``."""
        form = self.tokens.form[at]
        if len(form) != 2 or self.sense.kinds[at] != ACRONYM or not form.isalpha() or set(form) <= set("IVX"):
            return False
        if form.lower() in _words("not_initials"):
            return False
        then = self.sense.degrees_end(at + 1) if at + 1 < self.size else at + 1
        return opens or (self.sense.degrees_end(at) == at and then == at + 1)

    def runs(self) -> list[_Run]:
        tokens, kinds = self.tokens, self.sense.kinds
        flags, blocked = tokens.flags, self.blocked
        found = []
        form = tokens.form
        at, size = 0, self.size
        while at < size:
            kind = kinds[at]
            if not kind:
                at += 1
                continue
            if form[at] in _FOREIGN_ARTICLES and self._foreign_article(at):
                end = at + 2
                while end < size and kinds[end] >= UNKNOWN and not blocked[end] and not flags[end] & BREAK and end - at < _LONGEST:
                    end += 1
                found.append(_Run(at, end))
                at = end
                continue
            if (
                (kind < NOUN and form[at] not in _OPENING_FUNCTIONS)
                or (blocked[at] and not self._name_at_place(at))
                or (kind < ACRONYM and not self._opens(at))
            ):
                at += 1
                continue
            end = at + 1
            while end < size and end - at < 2 * _LONGEST and (not blocked[end] or self._name_not_place(end)) and not flags[end] & BREAK:
                kind = kinds[end]
                if kind >= UNKNOWN or kind == ACRONYM or self._name_too(end) or self._between_names(end):
                    end += 1
                elif self._particle(at, end):
                    end += 2
                else:
                    break
            found += self._trimmed(at, end)
            at = end
        return found

    def _foreign_article(self, at: int) -> bool:
        """Whether a name begins with its article: ``ujar De Jong``, ``gawang Di Gregorio``."""
        tokens, then = self.tokens, at + 1
        if not at or at in self.openings or then >= self.size:
            return False
        if self.blocked[at] or self.blocked[then] or tokens.flags[then] & BREAK or not tokens.flags[at - 1] & LOWER:
            return False
        return self.sense.kinds[then] >= UNKNOWN or tokens.form[then] in _FOREIGN_ARTICLES

    def _particle(self, start: int, at: int) -> bool:
        """Whether a small word between two parts of a name, or a hyphen after an Arabic article, stands at token ``at``."""
        tokens, kinds = self.tokens, self.sense.kinds
        lower, then = tokens.lower, at + 1
        if then >= self.size or self.blocked[then] or tokens.flags[then] & BREAK:
            return False
        if lower[at] in _CHILD_OF:
            return bool(tokens.flags[then] & CAPITAL)
        if kinds[then] < UNKNOWN:
            return False
        if lower[at] in PARTICLES:
            return lower[at] != "da" or at - start < 3  # a misprint of "dan" after a whole name
        if tokens.form[at] == "Di":  # Fabio Di Giannantonio
            return kinds[at - 1] >= WEAK
        return tokens.form[at] in ("-", "'", "’") and lower[at - 1] in _ARABIC_ARTICLES

    def _opens(self, at: int) -> bool:
        """Whether an ordinary word opens a name: ``Agung Laksono``, or is one after a verb of speech, by the model too: ``kata Agung``."""
        if at and self._speaks(at - 1) and self.sense.heard_person(at) and self.tokens.flags[at] & CAPITAL:
            return True
        if (
            self.tokens.form[at] in _OPENING_FUNCTIONS
            and at + 1 < self.size
            and not self.tokens.flags[at + 1] & BREAK
            and not self.blocked[at + 1]
        ):
            if self.tokens.form[at] == "Lalu":  # a title of Lombok, or `then`
                return at not in self.openings and self.sense.kinds[at + 1] >= UNKNOWN
            return self.sense.kinds[at + 1] in (GIVEN, FAMILY, LIKELY) and self.tokens.lower[at + 1] not in _words("of_days")
        if self.sense.kinds[at] not in (FIELD, NOUN) or (self.tokens.lower[at] not in opening_names() and at not in self.lead):
            return False
        then = at + 1
        if then >= self.size or self.blocked[then] or self.tokens.flags[then] & BREAK or not self.tokens.flags[at] & CAPITAL:
            return False
        return self.sense.kinds[then] >= LIKELY or (self.sense.kinds[then] >= UNKNOWN and at not in self.openings)

    def _speaks(self, at: int) -> bool:
        """Whether a verb of speech that names its speaker next stands at token ``at``, in small letters or at the start of a sentence."""
        return lead_words().get(self.tokens.lower[at]) in ("before", "source") and (
            bool(self.tokens.flags[at] & LOWER) or at in self.openings
        )

    def _between_names(self, at: int) -> bool:
        """Whether an ordinary word stands inside a name: ``Budi Karya Sumadi``, ``Yohanes Mau Bria``."""
        kinds, flags = self.sense.kinds, self.tokens.flags
        then = at + 1
        if not flags[at] & CAPITAL or kinds[at - 1] != GIVEN or then >= self.size or self.blocked[then] or flags[then] & BREAK:
            return False
        if kinds[at] == FUNCTION:
            return kinds[then] in (FAMILY, GIVEN, LIKELY)
        return kinds[at] in (FIELD, NOUN) and kinds[then] in (UNKNOWN, LIKELY, FAMILY) and at - 1 not in self.openings

    def _name_at_place(self, at: int) -> bool:
        """Whether a place's name opens a person's: ``Danang Prasetyo``."""
        then = at + 1
        if at not in self.small_places or self.sense.kinds[at] != GIVEN or then >= self.size or self.blocked[then]:
            return False
        return self.sense.kinds[then] >= LIKELY and not self.tokens.flags[then] & BREAK

    def _name_not_place(self, at: int) -> bool:
        """Whether a place's name ends a person's: ``Robby Setiabudi``."""
        return at in self.small_places and self.sense.kinds[at - 1] >= LIKELY and self.sense.kinds[at] >= WEAK and not self.blocked[at - 1]

    def _name_too(self, at: int) -> bool:
        """Whether an ordinary word goes on a name: ``Nur Alam``."""
        tokens, kinds = self.tokens, self.sense.kinds
        return (
            kinds[at] in (FIELD, NOUN)
            and kinds[at - 1] >= UNKNOWN
            and tokens.lower[at] in weak_names()
            and bool(tokens.flags[at] & CAPITAL)
        )

    def _trimmed(self, start: int, end: int) -> list[_Run]:
        """Cut from a run what is no name: words that open a sentence, acronyms at its ends."""
        kinds = self.sense.kinds
        half, odd = divmod(end - start, 2)
        if half > 1 and not odd and self.tokens.lower[start : start + half] == self.tokens.lower[start + half : end]:
            return [_Run(start, start + half), _Run(start + half, end)]  # a caption glued to the text
        known = (GIVEN, FAMILY, LIKELY)
        while end - start > 1 and kinds[end - 1] == ACRONYM and kinds[start] != ACRONYM and not self._upper_name(start, end):
            if kinds[end - 2] in known and self._initials(end - 1, False) and not (start and self.tokens.lower[start - 1] == "nabi"):
                break
            end -= 1
        while end - start > 1 and kinds[start] == ACRONYM and start not in self.lead and not self._upper_name(start, end):
            if kinds[start + 1] in known and self._initials(start, True):
                break
            start += 1
        if end - start > _LONGEST:
            return []
        last = end - 1
        if end - start > 1 and kinds[last] == UNKNOWN and len(self.tokens.form[last]) > 7:
            letters = glued_name(self.tokens.form[last])
            if letters:
                self.cut[last] = letters
        return [_Run(start, end)]

    def _upper_name(self, start: int, end: int) -> bool:
        return all(self.tokens.flags[i] & UPPER or self.sense.kinds[i] == INITIAL for i in range(start, end))

    # Evidence

    def weigh(self, run: _Run) -> tuple[float, str, float]:
        """Return what the surroundings of a run say for a name (log odds), the rule that speaks loudest, and how loud."""
        start, end = run
        kinds, lower, form, flags = self.sense.kinds, self.tokens.lower, self.tokens.form, self.tokens.flags
        length = end - start
        weight, rule, loudest = 0.0, "", 0.0

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
        if previous >= 0 and lower[previous] in _words("named_after") and flags[previous] & CAPITAL:
            add(-5.0, "")  # RSUD Dr. Soetomo
        if previous >= 0 and length == 1 and form[previous] == "Hari" and lower[start] in _words("of_days"):
            add(-5.0, "")  # Hari Kartini
        if lead and lead[1] != "honorific":
            previous = -1
        if start in self.office_ends and not opens:
            # "model Developing": an unknown word after an occupation may be anything
            add(1.5 if length == 1 and kinds[start] == UNKNOWN and start in self.occupations else 2.6, "office before")
        elif previous >= 0 and not opens:
            word = lower[previous]
            if previous + 1 in self.office_ends:
                add(2.0, "office before")
            if form[previous] in _QUOTES and previous:
                previous -= 1
                word = lower[previous]
                add(-0.7, "")
            if word == ":" and previous in self.office_ends:
                add(2.0, "office and colon before")
            elif word == "," and previous in self.office_ends:
                speaks = min(end + (end < self.size and form[end] == ","), self.size - 1)
                enclosed = lower[speaks] in after or lower[speaks] in _ADVERBS
                add(2.7 if enclosed else 1.9, "office and comma before")
            elif word == "," and previous and before.get(lower[previous - 1], 0.0) >= 1.5 and lower[previous - 1] in _words("relatives"):
                add(before[lower[previous - 1]], "relative before")  # Istrinya, Wartinem,
            elif word in before and (flags[previous] & LOWER or previous in self.openings):
                value = before[word]
                if value == _WEAK_CUE and previous and (form[previous - 1] in _QUOTES or form[previous - 1] == ","):
                    value = 2.4  # ", jelas Budi"
                if word == "menurut" and end < self.size and form[end] == ",":
                    value = 2.7
                if kinds[start] == ACRONYM and length == 1 and word in _SUSPECTS:
                    value += 2.0  # initials
                add(value, f"{word} before" if value > 0 else "")
            elif word in _words("ships") and flags[previous] & UPPER:
                add(-4.0, "")
            elif flags[previous] & CAPITAL and word in _office_words():
                add(1.2, "office before")
            elif kinds[previous] == NOUN and flags[previous] & CAPITAL and previous not in self.openings:
                add(-2.5, "")
            elif kinds[previous] == FIELD and flags[previous] & CAPITAL and previous not in self.openings and not lead:
                add(-1.5, "")
            elif flags[previous] & DIGIT:
                add(-0.2, "")
        elif opens and length == 1 and kinds[start] in (UNKNOWN, WEAK):
            add(-0.4, "")
        self._right(end, add, after)
        if self.sense.model_kinds is not None:
            heard = {self.sense.model_kinds.get(i) for i in range(start, end)}
            says = "person" if "person" in heard else "nothing" if heard == {None} else "other"
            sure = max((self.sense.model_scores.get(i, 1.0) for i in range(start, end) if i in self.sense.model_kinds), default=1.0)
            if says == "person" or length > 1 or kinds[start] != ACRONYM:  # no model knows a suspect's initials
                add(_MODEL_SAYS[says] * max(0.0, sure - _DOUBT) / (1.0 - _DOUBT), "model")
        if length == 1 and kinds[start] in (UNKNOWN, WEAK) and lower[start] in self.bodies and not lead:
            add(-2.0, "")
        return weight, rule, loudest

    def _right(self, end: int, add: Callable[[float, str], None], after: dict[str, float]) -> None:
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
        if word in _ADVERBS and end + 1 < self.size and lower[end + 1] in after:
            end += 1
            word = lower[end]
        if word in after:
            add(after[word], f"{word} after")
        elif word == "(" and end + 2 < self.size:
            if form[end + 1].isdigit() and len(form[end + 1]) <= 2 and lower[end + 2] in (")", "tahun", "thn", "th"):
                add(3.5, "age after")
        elif word == ",":
            then = end + 1
            if then in self.office_starts:
                initials = self.sense.kinds[end - 1] == ACRONYM and len(lower[end - 1]) < 4
                add(3.6 if initials else 1.8, "office after")
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
        likely = sum(kinds[i] == LIKELY for i in range(start, end))
        weak = sum(kinds[i] == WEAK for i in range(start, end))
        acronyms = sum(kinds[i] == ACRONYM for i in range(start, end))
        first = kinds[start]
        rule = "known name" if known else "like a name" if likely else ""
        if any(lower[i] in _CHILD_OF for i in range(start + 1, end)):
            return 3.5, "bin"
        if length == 1:
            if lower[start] in nicknames():
                return (1.5 if len(lower[start]) > 3 else 0.3), "known nickname"
            if lower[start] in _words("never_alone"):
                return -0.5, rule
            upper = bool(self.tokens.flags[start] & UPPER)
            return {GIVEN: 1.2, FAMILY: 0.9, LIKELY: 1.0, WEAK: -0.9, UNKNOWN: -1.6}.get(first, -2.5) - 1.2 * (
                upper and first != ACRONYM
            ), rule
        if tuple(lower[start:end]) in _nickname_words():
            return 2.5, "known nickname"
        weight = -0.9 - (acronyms > 0 and not known)
        if first == GIVEN:
            weight += 2.0
        elif first == INITIAL:
            weight += 1.6 if known or likely else 1.2 if lower[start][0] == "m" else 0.2
        elif first in (FAMILY, LIKELY):
            weight += 1.1
        elif first == WEAK or self.tokens.lower[start] in opening_names():
            weight += 0.5
        weight += (
            0.9 * min(known - (first in (GIVEN, FAMILY)), 2) + 0.7 * min(likely - (first == LIKELY), 2) + 0.4 * (weak - (first == WEAK))
        )
        if length > 4:
            weight -= 0.5
        if weight >= 0:
            weight += 0.9
        elif (
            not acronyms
            and length <= 3
            and all(kinds[i] >= UNKNOWN or lower[i] in PARTICLES or self.tokens.form[i] in _FOREIGN_ARTICLES for i in range(start, end))
        ):
            weight += 1.2 + 0.6 * (self.tokens.form[start] in _FOREIGN_ARTICLES or "Di" in self.tokens.form[start + 1 : end])
            if start in self.openings:
                weight -= 0.5
        return weight, rule

    # Names

    def find(self) -> list[Candidate]:
        self.leads()
        runs = sorted(self.runs() + self.nicknames)
        seen: dict[tuple[str, ...], _Seen] = {}
        for run in runs:
            words = self._words(run)
            entry = seen.get(words)
            if entry is None:
                entry = seen[words] = _Seen(*self._prior(*run))
            entry.add(run, *self.weigh(run))
        accepted = self._decide(seen, runs)
        found = self._namesakes(accepted)
        for words, entry in seen.items():
            if words in accepted:
                weight, rule = accepted[words]
                found += [self._candidate(run.start, run.end, weight, rule) for run in entry.runs]
            else:
                found += self._inside(words, entry, accepted)
        return found

    def _namesakes(self, accepted: dict[tuple[str, ...], tuple[float, str]]) -> list[Candidate]:
        """Find later mentions of people by a name that is a place's too, where they speak: ``Menurut Danang``."""
        first = {words[0]: weight for words, (weight, _) in accepted.items() if len(words) > 1}
        lower = self.tokens.lower
        before, after = _cues()
        found = []
        for at in self.small_places:
            weight = first.get(lower[at])
            if weight is None or not at:
                continue
            says = after.get(lower[at + 1], 0.0) if at + 1 < self.size else 0.0
            if before.get(lower[at - 1], 0.0) >= 1.5 or (says >= 1.5 and before.get(lower[at - 1], 0.0) >= 0):
                found.append(self._candidate(at, at + 1, weight - 0.5, "part of a full name"))
        return found

    def _words(self, run: _Run) -> tuple[str, ...]:
        words = self.tokens.lower[run.start : run.end]
        if run.end - 1 in self.cut:
            words[-1] = words[-1][: self.cut[run.end - 1]]
        return tuple(words)

    def _decide(self, seen: dict[tuple[str, ...], _Seen], runs: list[_Run]) -> dict[tuple[str, ...], tuple[float, str]]:
        containing: dict[str, list[tuple[str, ...]]] = {}
        for words in seen:
            if len(words) > 1:
                for word in words:
                    containing.setdefault(word, []).append(words)
        # a short form supports the full name
        weights = {words: entry.weight for words, entry in seen.items()}
        for words in [words for words in seen if len(words) == 1]:
            for full in containing.get(words[0], ()):
                weights[full] += 0.7 + min(max(0.0, 0.5 * weights[words]), 1.5)
        self._lists(seen, runs, weights)
        accepted = {words: (weight, seen[words].rule or "known name") for words, weight in weights.items() if weight >= _ENOUGH}
        self._introduced(runs, accepted)
        hosts: dict[str, float] = {}
        alike: dict[str, list[str]] = {}  # words of accepted names by how they begin and end: what a short form may stand for
        initials: set[str] = set()
        for words, (weight, _) in accepted.items():
            if len(words) > 1:
                initials.add("".join(word[0] for word in words))
            for word in words if len(words) > 1 else ():
                if word not in hosts:
                    for end in {word[:2], word[-3:]}:
                        alike.setdefault(end, []).append(word)
                hosts[word] = max(hosts.get(word, 0.0), weight)
        for words, entry in seen.items():
            if words in accepted or max(entry.contexts) <= -2.0:
                continue
            holding = min((containing.get(word, []) for word in words), key=len)[:_COMPARED]
            fuller = [name for name in holding if name in accepted and len(name) > len(words) and _holds(name, words)]
            if fuller and not (len(words) == 1 and len(words[0].rstrip(".")) == 1):
                accepted[words] = (max(accepted[name][0] for name in fuller) - 0.2, "part of a full name")
            elif len(words) == 1 and self.sense.kinds[entry.runs[0].start] >= ACRONYM:
                if 1 < len(words[0]) < 5 and words[0] in initials and max(entry.contexts) > 0:
                    accepted[words] = (1.5, "initials of a full name")
                    continue
                others = {word for end in (words[0][:2], words[0][-3:]) for word in alike.get(end, ())[:_COMPARED]}
                near = [hosts[word] for word in others if _short_form(words[0], word)]
                if near and entry.prior + max(entry.contexts) > -2.0:
                    accepted[words] = (max(near) - 0.5, "short form of a full name")
        return accepted

    def _lists(self, seen: dict[tuple[str, ...], _Seen], runs: list[_Run], weights: dict[tuple[str, ...], float]) -> None:
        """Let the names of a list speak for each other: ``A, B, dan C``."""
        at = 0
        while at < len(runs):
            group = [runs[at]]
            while at + 1 < len(runs) and self._joined(group[-1].end, runs[at + 1].start):
                at += 1
                group.append(runs[at])
            at += 1
            if len(group) < 2:
                continue
            keys = [self._words(run) for run in group]
            sure = sum(weights[key] >= _ENOUGH for key in keys)
            known = sum(seen[key].prior > -0.5 for key in keys)
            if len(group) > 5 and 3 * max(sure, known) >= len(group) and all(len(key) == 1 for key in keys):
                raised = 2.7  # a line-up by last names
            elif sure and 2 * (sure + known) >= len(group):
                raised = 1.6 if 2 * sure >= len(group) or sure > 2 else 1.0
            elif len(group) > 3 and 3 * known >= len(group):
                raised = 1.2
            else:
                continue
            for key in keys:
                weights[key] = max(weights[key], weights[key] + raised if weights[key] < _ENOUGH else weights[key])

    def _joined(self, end: int, start: int) -> bool:
        lower = self.tokens.lower
        if start - end > 3 or start <= end:
            return False
        return (
            all(lower[i] in (",", "dan", "serta", ";", "-", "&", "(c)", "/") for i in range(end, start))
            and not self.tokens.flags[start] & BREAK
        )

    def _introduced(self, runs: list[_Run], accepted: dict[tuple[str, ...], tuple[float, str]]) -> None:
        """Accept a short form in brackets right after a name: ``Agus Harimurti Yudhoyono (AHY)``."""
        lower, form, flags = self.tokens.lower, self.tokens.form, self.tokens.flags
        for run, then in pairwise(runs):
            if (
                then.start != run.end + 1
                or form[run.end] != "("
                or then.end >= self.size
                or form[then.end] != ")"
                or then.end - then.start > 1
            ):
                continue
            full = self._words(run)
            short = (lower[then.start],)
            if full in accepted and (flags[then.start] & UPPER or self.sense.kinds[then.start] >= WEAK or short[0][:2] == full[0][:2]):
                accepted.setdefault(short, (accepted[full][0], "short form in brackets"))

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
        stop = tokens.end[max(last, end) - 1]
        if last <= end and end - 1 in self.cut:
            stop = tokens.start[end - 1] + self.cut[end - 1]
        strength = 1.0 / (1.0 + exp(-weight))
        return Candidate(
            kind="person",
            start=tokens.start[first],
            end=stop,
            rule=rule or "known name",
            weight=round(strength, 3),
        )


def _holds(full: tuple[str, ...], words: tuple[str, ...]) -> bool:
    size = len(words)
    return any(full[i : i + size] == words for i in range(len(full) - size + 1))


def _short_form(short: str, word: str) -> bool:
    """Whether ``short`` can stand for a word of a name: ``Sandi`` for Sandiaga, ``Mitha`` for Paramitha, a misspelling."""
    if len(short) < 3 or short == word:
        return False
    if len(short) >= 4 and word.startswith(short):
        return True
    if len(short) >= 5 and word.endswith(short):
        return True
    if short[0] != word[0] or abs(len(short) - len(word)) > 1:
        return False
    if len(short) == len(word):
        return sum(a != b for a, b in zip(short, word, strict=True)) == 1 and (len(short) > 4 or {short[-1], word[-1]} == {"i", "y"})
    long, less = (short, word) if len(short) > len(word) else (word, short)
    return len(less) > 3 and any(long[:i] + long[i + 1 :] == less for i in range(1, len(long)))


@cache
def _nickname_words() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row["nickname"].split()) for row in lexicon.rows("nicknames") if " " in row["nickname"])


@cache
def _nicknames() -> lexicon.Phrases[bool]:
    return lexicon.Phrases((" ".join(words), True) for words in _nickname_words())


@cache
def _office_words() -> frozenset[str]:
    return frozenset(row["title"].lower() for row in lexicon.rows("offices") if " " not in row["title"] and row["takes"] != "listed")


@cache
def _lead_words() -> frozenset[str]:
    first = [lexicon.split_phrase(row["phrase"])[0] for name in ("ranks", "honorifics") for row in lexicon.rows(name)]
    return frozenset(first)


def find(tokens: Tokens, names: Sequence[Candidate], sense: NameSense) -> list[Candidate]:
    """Return candidates of kind ``person``; their ``weight`` is the evidence for a name, from 0 to 1.

    ``names`` are the candidates of the other extractors, positions included, and of a model.
    """
    return _Finder(tokens, names, sense).find()
