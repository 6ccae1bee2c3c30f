"""Organizations and places that no rule knows, where a model sees them and the words around them say the same.

A model alone is often wrong here: what the rules left out, they mostly left out for a reason (``Liga Inggris``, ``UU KPK``, ``Tour de
Bintan``). So a name stands only with evidence beside the model's word: a list or chain with names that stand (``Tapos, Cimanggis``), a
word of place before it, a common noun of bodies or a verb of acting beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from beritaie import lexicon
from beritaie.candidates import Candidate
from beritaie.lexicon.gazetteer import CERTAIN, gazetteer, joined
from beritaie.names import FAMILY, FIELD, FUNCTION, GIVEN, INITIAL, LIKELY, NOUN, NameSense
from beritaie.tokens import ALPHA, BREAK, CAPITAL, DIGIT, LOWER, UPPER, Tokens

ENOUGH = 2.0  # evidence (log odds) from which on a name stands
_WEIGHT = 0.2  # below any rule's, see ``resolve.py``
_LONGEST = 7  # tokens of a name
_AGAIN = 1.0  # evidence of another mention that stands
_LEAST = 0.5  # the model's probability below which nothing is heard
_UNSTATED = 0.7  # what a model's word counts that states no probability
_LISTED = 12  # names of a list looked over
_LINKS = frozenset((",", "dan", "serta", "/", ";", "atau"))
_INNER = frozenset(("-", "–", "de", "of", "the", "and", "&", "'", "’", "for", ".", "al", "la"))
_COPULAS = frozenset(("adalah", "merupakan", "ialah"))
_OPENS = frozenset("\"“”'‘’(:")


class _Hearing:
    """The names of one article that stand, and those that a model adds."""

    def __init__(self, tokens: Tokens, found: Sequence[Candidate], sense: NameSense) -> None:
        self.tokens = tokens
        self.sense = sense
        self.size = len(tokens)
        self.starts = frozenset(tokens.sentence_starts)
        self.held: dict[int, str] = {}  # token -> kind of the name, amount or date that the rules see there
        at = tokens.at
        for c in found:
            if c.kind in ("person", "organization", "place", "money", "time"):
                self.held.update(dict.fromkeys(range(at(c.start), at(c.end - 1) + 1), c.kind))
        self.elsewhere: dict[str, set[str]] = {}  # kinds that the rules see in a text, wherever it stands
        for c in found:
            if c.kind in ("person", "organization", "place"):
                self.elsewhere.setdefault(tokens.text[c.start : c.end], set()).add(c.kind)
        self.names = [(at(c.start), at(c.end - 1) + 1, c) for c in sense.model if c.kind in ("organization", "place")]
        self.heard = {i: c.kind for first, last, c in self.names for i in range(first, last)}

    def find(self) -> list[Candidate]:
        found: list[Candidate] = []
        self.ends: set[int] = set()  # last tokens of the organizations added
        texts = self.tokens.text
        against = _words().against
        things = {then for word, then in pairwise(self.tokens.lower) if word in against} if self.names else set()  # platform Pasarmaya
        names = [
            (first, last, name)
            for first, last, name in self.names
            if not any(i in self.held for i in range(first, last))
            and not (last - first == 1 and self.tokens.lower[first] in things)
            and self.elsewhere.get(texts[name.start : name.end], {name.kind}) == {name.kind}
            and self._well_formed(first, last)
        ]
        proven: set[tuple[str, str]] = set()  # kind and text of names that stand somewhere
        for _ in range(2):  # what stands speaks for what is listed beside it, and for its other mentions
            rest = []
            for first, last, name in names:
                key = (name.kind, self.tokens.text[name.start : name.end])
                weigh = self._place if name.kind == "place" else self._organization
                score = _UNSTATED if name.score is None else name.score
                if score >= _LEAST and 2.0 * score + weigh(first, last) + _AGAIN * (key in proven) >= ENOUGH:
                    proven.add(key)
                    self.held.update(dict.fromkeys(range(first, last), name.kind))
                    found.append(self._candidate(first, name))
                    if name.kind == "organization":
                        self.ends.add(last - 1)
                else:
                    rest.append((first, last, name))
            names = rest
        return found

    def _well_formed(self, first: int, last: int) -> bool:
        """Whether a stretch looks like a whole name: capitals, nothing that goes on before or behind it, no known word of other things."""
        lower, flags, form = self.tokens.lower, self.tokens.flags, self.tokens.form
        words = _words()
        if (
            last - first > _LONGEST
            or not flags[first] & CAPITAL
            or not form[last - 1].isascii()
            or (last - first == 1 and len(form[first]) < 3)
        ):
            return False
        for i in range(first, last):
            if (i > first and flags[i] & BREAK) or (flags[i] & LOWER and lower[i] not in _INNER) or flags[i] & DIGIT:
                return False
            if not flags[i] & ALPHA and lower[i] not in _INNER:
                return False
        if any(lower[i] in words.no_bodies or lower[i] in words.calendar for i in (first, last - 1)):
            return False
        if lower[last - 1] in words.events or self.sense.kinds[first] == INITIAL:
            return False
        if last < self.size and not flags[last] & BREAK and (flags[last] & (CAPITAL | DIGIT) or form[last] in "-&"):
            return False
        if first and not flags[first] & BREAK:
            before = lower[first - 1]
            if before in words.against or self._glued(first):
                return False
            if flags[first - 1] & (CAPITAL | DIGIT) and first - 1 not in self.starts and not self._headed(first):
                return False
        return self._initials(first, last) not in words.no_bodies

    def _glued(self, first: int) -> bool:
        """Whether a hyphen ties the name to what stands before it: ``hamba-Mu``."""
        tokens = self.tokens
        return tokens.form[first - 1] in "-–" and first > 1 and tokens.end[first - 2] == tokens.start[first - 1]

    def _headed(self, first: int) -> bool:
        """Whether a class word that the rules do not read stands before the name of a place: ``Bumi Ruwa Jurai``."""
        return first > 0 and self.tokens.lower[first - 1] in _words().heads and bool(self.tokens.flags[first - 1] & CAPITAL)

    def _initials(self, first: int, last: int) -> str:
        return "".join(word[0] for word in self.tokens.lower[first:last]) if last - first > 1 else ""

    def _listed(self, first: int, last: int, kind: str) -> tuple[bool, bool]:
        """Whether a name stands in a list or chain with another of its kind that the rules know: before it, after it."""
        return self._chained(first, -1, kind), self._chained(last - 1, 1, kind)

    def _beside(self, first: int, last: int, kind: str) -> int:
        """Return how many names of the kind, by rules or model, stand right beside a name in a list."""
        seen = [self.held.get(i, self.heard.get(i)) for i in (first - 2, last + 1, last + 2) if 0 <= i < self.size]
        return (seen[:1] == [kind]) + (kind in seen[1:])

    def _chained(self, at: int, step: int, kind: str) -> bool:
        lower, held, heard = self.tokens.lower, self.held, self.heard
        farthest = at + step * _LISTED * _LONGEST
        for _ in range(_LISTED):  # names that the model alone sees may stand between
            while at != farthest and (held.get(at) == kind or heard.get(at) == kind):
                at += step
            links = 0
            while links < 2 and 0 <= at < self.size and lower[at] in _LINKS:
                at += step
                links += 1
            if not links or not 0 <= at < self.size:
                return False
            if held.get(at) == kind:
                return True
            if heard.get(at) != kind:
                return False
        return False

    def _place(self, first: int, last: int) -> float:
        lower, flags, form = self.tokens.lower, self.tokens.flags, self.tokens.form
        words = _words()
        single = last - first == 1
        listed = gazetteer().get("".join(map(joined, lower[first:last])))
        if lower[first] in words.other or lower[first] in words.events or (single and lower[first] in words.classes and not listed):
            return -9.0
        if single and not form[first][1:].islower() and not flags[first] & UPPER:
            return -9.0  # GrabFood
        acronym = single and bool(flags[first] & UPPER)
        if any(entry.strength == CERTAIN for entry in listed):
            return -9.0  # the rules know it, and that it is part of something else here
        evidence = -0.8 - acronym + 0.3 * bool(listed)
        evidence -= 0.8 * self._ordinary(first, last)
        evidence -= 0.6 * any(not self._headed(first) and self.sense.kinds[i] in (GIVEN, FAMILY, LIKELY) for i in range(first, last))
        before, after = self._listed(first, last, "place")
        evidence += 1.7 if after else 1.5 if before and (listed or lower[first - 1] == "dan") else 0.9 * before
        if last < self.size and lower[last] == "/":  # a pair of players: ganda putra Taiwan, Lu Ching Yao/Yang Po Han
            evidence -= 1.5
        cue = words.places.get(lower[first - 1]) if first else None
        if cue in ("in", "to", "from", "origin"):
            evidence += {"in": 1.4, "to": 1.0, "from": 0.6, "origin": 1.0}[cue]
        elif self._headed(first) and first > 1 and lower[first - 2] in words.places:
            evidence += 2.0
        return evidence

    def _organization(self, first: int, last: int) -> float:
        lower, flags = self.tokens.lower, self.tokens.flags
        words = _words()
        single = last - first == 1
        of_region = any(entry.strength == CERTAIN for entry in gazetteer().get(lower[last - 1])) and lower[first] not in words.team
        if of_region or lower[first] in words.against or lower[first] in words.platforms:
            return -9.0
        before = lower[first - 1] if first and not flags[first] & BREAK else ""
        after = lower[last] if last < self.size and not flags[last] & BREAK else ""
        if before == "(" and after == ")":  # a body's own short form, else that of a term
            return 1.0 if first - 2 in self.ends else -9.0
        evidence = -1.3 - 0.5 * single - 0.5 * (single and first in self.starts)
        led = first - 1 if before == "dari" else first  # analis dari First Asia Capital
        if self._noun_before(first) or (lower[first] in words.team and not self._ordinary(first + 1, last)):
            evidence += 1.9
        elif before and any(lower[i] in words.cites for i in range(max(0, first - 2), first)):
            evidence += 2.3
        elif led and lower[led - 1] in words.roles:
            evidence += 1.7
        elif before in words.rivals:
            evidence += 2.0
        elif before in words.partners:
            evidence += 1.8
        if after in words.acts_after:
            evidence += 1.2
        elif after in _COPULAS and self._noun_at(last + 1):
            evidence += 2.0
        listed = self._listed(first, last, "organization")
        evidence += 1.5 if listed[1] or (listed[0] and before != ",") else 0.9 * listed[0]
        evidence += 1.2 * (listed[1] and self._beside(first, last, "organization") > 1)
        return evidence - 0.5 * (before in _OPENS)

    def _ordinary(self, first: int, last: int) -> bool:
        """Whether all words are ordinary ones: ``Usia Muda``, ``Tim Kesehatan``."""
        return all(kind in (FUNCTION, NOUN, FIELD) for kind in self.sense.kinds[first:last])

    def _noun_before(self, first: int) -> str | None:
        """Return the kind of body that the common noun before token ``first`` names (``stasiun televisi BeIN``), or None."""
        lower, nouns = self.tokens.lower, _words().nouns
        return next((nouns[noun] for count in (3, 2, 1) if first >= count and (noun := tuple(lower[first - count : first])) in nouns), None)

    def _noun_at(self, at: int) -> bool:
        return any(tuple(self.tokens.lower[at : at + count]) in _words().nouns for count in (1, 2, 3))

    def _kind(self, first: int) -> str:
        """Return the kind of a body by what stands before it."""
        lower, words = self.tokens.lower, _words()
        noun = self._noun_before(first) or ("sports" if lower[first] == "tim" else None)
        if noun or not first:
            return noun or "other"
        if any(lower[i] in words.cites for i in range(max(0, first - 2), first)):
            return "media"
        return "sports" if lower[first - 1] in words.rivals else "company" if lower[first - 1] in words.roles else "other"

    def _candidate(self, first: int, name: Candidate) -> Candidate:
        start = name.start
        data: dict[str, object]
        if name.kind == "place":
            if self._headed(first):
                start = self.tokens.start[first - 1]
            data = {"key": joined(self.tokens.text[start : name.end]), "canonical": None, "code": None, "level": None, "candidates": ()}
            data |= {"office": False, "dateline": False}
        else:
            lower = self.tokens.lower
            if lower[first] in _words().team and lower[first + 1 : first + 2] == ["the"]:  # the name is that behind the class word
                start = self.tokens.start[first + 1]
            data = {"kind": self._kind(first), "generic": False, "canonical": None, "region_code": None}
        return Candidate(name.kind, start, name.end, name.rule, _WEIGHT, name.score, data)


class _Words:
    """The words of the lexicons that speak for or against a name."""

    def __init__(self) -> None:
        self.no_bodies = lexicon.group("organizations", "no_bodies")
        self.platforms = lexicon.group("organizations", "platforms")
        self.calendar = lexicon.group("places", "calendar")
        self.places = {row["word"]: row["cue"] for row in lexicon.rows("place_cues") if row["cue"] in ("in", "to", "from", "origin")}
        self.classes = frozenset(lexicon.split_phrase(row["word"])[0] for row in lexicon.rows("place_heads"))
        self.other = lexicon.words("place_cues", cue="other")
        self.nouns = {tuple(row["word"].lower().split()): row["kind"] for row in lexicon.rows("organization_nouns")}
        self.nouns |= {("lembaga",): "other"}
        told = {row["word"] for row in lexicon.rows("place_cues") if row["cue"] in ("not", "against")}
        own = lexicon.table("heard")
        against = told | lexicon.group("organizations", "inside_before") | set(own["things"])
        self.against = frozenset(against - {noun[-1] for noun in self.nouns if len(noun) == 1} - set(own["rivals"]))
        self.events = (lexicon.group("organizations", "inside_after") | set(own["events"])) - set(own["halls"])
        self.acts_after = frozenset(own["acts"])
        self.heads = frozenset(own["heads"])
        self.rivals = frozenset(own["rivals"])
        self.partners = frozenset(own["partners"])
        self.team = frozenset(own["team"])
        self.cites = frozenset(own["cites"])
        self.roles = frozenset(own["roles"]) | lexicon.group("organizations", "firm_roles")


@cache
def _words() -> _Words:
    return _Words()


def find(tokens: Tokens, found: Sequence[Candidate], sense: NameSense) -> list[Candidate]:
    """Return candidates of kind ``organization`` and ``place``, with the ``data`` that the rules' have.

    Args:
        tokens: the text.
        found: the candidates of the rules.
        sense: what the model sees (``NameSense.hear``).
    """
    return _Hearing(tokens, found, sense).find() if sense.model else []
