"""Pronouns and descriptions to the persons they mean: ``ia``, ``kata dia``, ``ujarnya``, ``saya`` in a quote, ``pria kelahiran Solo itu``.

Where a pronoun goes with a cue of speech, the speaker of that quote is meant; ``saya`` inside a direct quote is its speaker, ``dia`` there
is somebody else. Elsewhere the nearest sentence that speaks of people decides, if it leaves one person: its subject, before whom it names
beside them in a phrase (``bersama Ani``). Where another could be meant as well, or someone without a name, nobody is taken, and those
who could be meant are listed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

import msgspec

from beritaie.lexicon import group, rows
from beritaie.records import Ambiguity, Mention, MentionKind, Person, Quote
from beritaie.tokens import BREAK, CAPITAL, PUNCT, Tokens

_LOOKED_BACK = 4  # sentences before that of the pronoun
_CUE_NEAR = 5  # tokens between a pronoun and its verb of speech
_HEAD = 12  # tokens at the head of a sentence in which its subject begins
_SENTENCE = 200  # tokens of a sentence that are looked at
_LISTED = 9  # others listed beside the likeliest
_PHRASE = 8  # tokens of a description
_LATER = 25  # tokens behind a pronoun within which a name is another's
_USED = 120  # tokens before a description in which its noun may have been used of another
_BESIDE = 40  # characters between a name and an office that is told with it


class _Named(NamedTuple):
    """A place where somebody is mentioned: tokens, and who."""

    start: int
    end: int
    who: str


class _Spoken(NamedTuple):
    """A direct quote: tokens, and the id of its speaker."""

    start: int
    end: int
    who: str | None


class _Reading(NamedTuple):
    """Who may be meant, the likeliest first; ``sure``: the first of them is; ``alone``: is, if those before speak of nobody else."""

    who: tuple[str, ...] = ()
    sure: bool = False
    alone: bool = False


_NOBODY = _Reading()


_words = partial(group, "coreference")
_speech = partial(group, "speech")


@cache
def _triggers() -> dict[str, str]:
    """Return the words that may point at a person: pronouns, verbs of speech with ``-nya``, nouns for people."""
    found = dict.fromkeys(_words("human"), "human") | dict.fromkeys(_words("part"), "part")
    found |= {row["word"]: "clitic" for row in rows("speech_verbs") if row["form"].endswith("nya")}
    return found | dict.fromkeys(_words("third"), "third") | dict.fromkeys(_words("first"), "first")


def link(tokens: Tokens, people: Sequence[Person], quotes: Sequence[Quote]) -> tuple[list[Person], list[Ambiguity]]:
    """Return the people with mentions of kind ``pronoun`` and ``nominal`` added, and what the text leaves open.

    Args:
        people: the article's records, with their mentions by name and office.
        quotes: with their speakers, direct and indirect.

    Offsets are those of the cleaned text. The mention of ``ujarnya`` is its ``nya`` alone: the verb before it is the quote's cue.
    """
    if not people:
        return list(people), []
    found = _Text(tokens, people, quotes)
    found.read()
    return [found.told(person) for person in people], found.ambiguities


class _Text:
    """One article, read from its first pronoun to its last."""

    def __init__(self, tokens: Tokens, people: Sequence[Person], quotes: Sequence[Quote]) -> None:
        self.tokens = tokens
        self.people = {person.id for person in people}
        self.named: list[_Named] = []
        self.offices: dict[int, _Named] = {}  # `politikus PDIP itu`, with who was in focus
        self.bare: dict[int, tuple[Person, Mention]] = {}  # `Wagub`
        for person in people:
            for mention in person.mentions:
                named = _Named(tokens.at(mention.start), tokens.at(mention.end - 1) + 1, person.id)
                if mention.kind == "nominal" and mention.rule == "described":
                    self.offices[named.start] = named
                    continue
                self.named.append(named)
                if mention.kind == "nominal":
                    self.bare[named.start] = person, mention
        described = {m.start for person in people for m in person.mentions if m.kind == "nominal"}
        self.heads = {  # first words of offices, without what only a description says
            person.id: {
                p.title.split(" ", 1)[0].lower()
                for p in person.positions
                if p.status is None and any(m.start not in described for m in p.mentions)
            }
            for person in people
        }
        self.parts: dict[str, str] = {}  # who is called by a word of a name
        for person in people:
            self.parts |= dict.fromkeys((part.lower() for part in person.name.split()), person.id)
        self.shared = self._shared(people)  # what several may be called: who was taken, who else may be meant
        self.named.sort()
        self.starts = [named.start for named in self.named]
        self.covered = {at for named in (*self.named, *self.offices.values()) for at in range(named.start, named.end)}
        self.spoken: list[_Spoken] = []
        self.cues: dict[int, str | None] = {}  # who speaks, by the token of the verb
        self.states: list[tuple[int, int, str | None]] = []  # quotes of either kind with their cue: tokens, and who speaks
        for quote in quotes:
            first, last = tokens.at(quote.start), tokens.at(quote.end - 1) + 1
            if quote.kind == "direct":
                self.spoken.append(_Spoken(first, last, quote.speaker_id))
            if quote.cue is not None:
                verb = tokens.at(quote.cue.start)
                self.cues[verb] = quote.speaker_id
                first, last = min(first, verb), max(last, verb + 1)
            self.states.append((first, last, quote.speaker_id))
        self.spoken_starts = [spoken.start for spoken in self.spoken]
        self.state_starts = [state[0] for state in self.states]
        self.openings = set(tokens.sentence_starts)
        self.called: dict[str, dict[str, int]] | None = None
        self.mentions: dict[str, list[Mention]] = {}
        self.ambiguities: list[Ambiguity] = []
        self.left_open: set[int] = set()  # offsets of offices that stand for one of several
        self.pointed: list[_Named] = []  # what was resolved so far, in order
        self.pointed_starts: list[int] = []

    def read(self) -> None:
        known, offices = _triggers(), self.offices.keys() | self.shared.keys() | self.bare.keys()
        for at, word in enumerate(self.tokens.lower):
            if word in known or (offices and at in offices):
                self._point(at, known.get(word, ""))

    def _point(self, at: int, kind: str) -> None:
        if at in self.offices:
            reading = self._office(at, self.offices[at].who)
            self._note(at, self.offices[at].end, reading._replace(sure=reading.sure and self._is_subject(at)), "nominal", "described")
            return
        if at in self.bare:
            self._hold(at)
        if at in self.shared:
            self._choose(at)
        if at in self.covered:
            return
        quote = self._quote(at)
        start, end = at, at + 1
        if kind == "first":
            reading = _Reading((quote.who,), True) if quote and quote.who in self.people else _NOBODY
        elif kind == "clitic":
            reading = self._clitic(at) if quote is None else _NOBODY
        elif kind == "third":
            reading = self._third(at) if quote is None else self._someone_else(at, quote)
        else:
            end = self._description(at)
            if not end:
                return
            reading = self._described(at, kind) if quote is None else _NOBODY
        self._note(start, end, reading, "nominal" if kind in ("human", "part") else "pronoun", kind)

    def _note(self, first: int, last: int, reading: _Reading, kind: MentionKind, how: str) -> None:
        who = [one for one in reading.who if one in self.people]
        if not who:
            return
        tokens = self.tokens
        start, end = tokens.start[first], tokens.end[last - 1]
        if how == "clitic":
            start = end - len("nya")
        text = tokens.text[start:end]
        if reading.sure:
            self.mentions.setdefault(who[0], []).append(Mention(start=start, end=end, text=text, kind=kind, rule=how))
            self.pointed.append(_Named(first, last, who[0]))
            self.pointed_starts.append(first)
        else:
            self.ambiguities.append(Ambiguity(start=start, end=end, text=text, kind=kind, candidates=tuple(who), rule=how))

    def told(self, person: Person) -> Person:
        """Return the person with all that points at them among the mentions."""
        more = self.mentions.get(person.id)
        if not more and not self.offices and not self.left_open:
            return person
        kept = [
            mention
            for mention in person.mentions
            if mention.kind == "name" or (mention.rule != "described" and mention.start not in self.left_open)
        ]
        mentions = sorted((*kept, *(more or ())), key=lambda mention: mention.start)
        return msgspec.structs.replace(person, mentions=tuple(mentions))

    # Names and offices of several people

    def _shared(self, people: Sequence[Person]) -> dict[int, tuple[Mention, list[str]]]:
        """Return, by token, mentions by one word of a name or by a bare office that fit several people: the one taken comes first."""
        words: dict[str, list[str]] = {}
        offices: dict[str, list[str]] = {}
        for person in people:
            parts = person.name.lower().split()
            for word in dict.fromkeys(parts) if len(parts) > 1 else ():
                words.setdefault(word, []).append(person.id)
            for title in {(position.canonical or position.title).lower() for position in person.positions}:
                offices.setdefault(title, []).append(person.id)
        words = {word: who for word, who in words.items() if len(who) > 1}
        offices = {title: who for title, who in offices.items() if len(who) > 1}
        found: dict[int, tuple[Mention, list[str]]] = {}
        if not words and not offices:
            return found
        for person in people:
            titles = {m.start: p for p in person.positions for m in p.mentions} if offices else {}
            for mention in person.mentions:
                who = None
                if mention.kind == "name":
                    who = words.get(mention.text.lower())
                elif mention.rule == "office" and mention.start in titles:
                    position = titles[mention.start]
                    if len(mention.text.split()) <= len(position.title.split()):
                        who = offices.get((position.canonical or position.title).lower())
                if who:
                    rivals = [one for one in who[: _LISTED + 1] if one != person.id]
                    found[self.tokens.at(mention.start)] = mention, [person.id, *rivals]
        return found

    def _choose(self, at: int) -> None:
        """Note that a name or office of several people is open, unless one of them alone is spoken of right before."""
        mention, who = self.shared[at]
        index = bisect_right(self.tokens.sentence_starts, at) - 1
        near = self._people(self.tokens.sentence_starts[max(index - 1, 0)], at, quoted=True)
        if who[0] in near and near.keys().isdisjoint(who[1:]):
            return
        self.ambiguities.append(
            Ambiguity(start=mention.start, end=mention.end, text=mention.text, kind=mention.kind, candidates=tuple(who), rule="shared")
        )
        if mention.kind == "nominal":
            self.left_open.add(mention.start)

    def _hold(self, at: int) -> None:
        """Keep an office as a mention of its holder only where nothing says that another, or no one at all, is meant."""
        person, mention = self.bare[at]
        tokens, lower, flags = self.tokens, self.tokens.lower, self.tokens.flags
        end = tokens.at(mention.end - 1) + 1
        before = lower[at - 1] if at and not flags[at] & BREAK else ""
        if before and flags[at - 1] & CAPITAL and at - 1 not in self.openings and before not in _words("addressed"):
            self.left_open.add(mention.start)  # `Sekretariat Presiden`, `Sumpah Prajurit`
            return
        if (end == at + 1 and self.parts.get(lower[at], person.id) != person.id) or self._names_another(end, person.id):
            self.left_open.add(mention.start)  # `Mendes` who is Nuno Mendes; `Mantan Wali Kota Cimahi, Jawa Barat, Budi`
            return
        doubtful = not self._same_body(person, mention, at, end)
        if end < len(tokens) and lower[end].endswith("nya") and not flags[end] & (CAPITAL | BREAK):  # `Kepala desanya`
            self.left_open.add(mention.start)
            return
        if not doubtful and (not flags[at] & CAPITAL or lower[at] in _words("of_many")):
            reading = self._office(at, person.id)
            doubtful = not reading.sure or not self._is_subject(at)
        if doubtful and mention.start not in self.left_open:
            self.left_open.add(mention.start)
            self.ambiguities.append(
                Ambiguity(start=mention.start, end=mention.end, text=mention.text, kind="nominal", candidates=(person.id,), rule="office")
            )

    def _names_another(self, at: int, who: str) -> bool:
        """Whether somebody else is named right behind an office, parted by capitalised words and commas only."""
        for place in range(at, min(at + 5, len(self.tokens))):
            index = bisect_left(self.starts, place)
            if index < len(self.named) and self.named[index].start == place:
                return self.named[index].who != who and place not in self.bare
            if not (self.tokens.flags[place] & CAPITAL or self.tokens.lower[place] in (",", "(")):
                return False
        return False

    def _same_body(self, person: Person, mention: Mention, at: int, end: int) -> bool:
        """Whether the body or region that the phrase names (``Presiden PKS``) is told of the person's offices elsewhere too."""
        position = next((p for p in person.positions for m in p.mentions if m.start == mention.start), None)
        if position is None:
            return True
        title = position.title.lower().split()
        more = {self.tokens.lower[k] for k in range(at + 1, end) if self.tokens.flags[k] & CAPITAL and self.tokens.lower[k] not in title}
        if not more:
            return True
        names = [m.start for m in person.mentions if m.kind == "name"]
        told: set[str] = set()
        for p in person.positions:
            for m in p.mentions:
                near = bisect_left(names, m.start - _BESIDE)
                if m.start != mention.start and near < len(names) and names[near] <= m.end + _BESIDE:
                    told.update(word.lower().strip(",()") for word in m.text.split())
        return bool(more & told)

    def _used_before(self, at: int, noun: str, who: str) -> bool:
        """Whether the noun was used shortly before, and not of this person."""
        lower = self.tokens.lower
        for place in range(at - 1, max(at - _USED, -1), -1):
            if lower[place] == noun and place not in self.covered:
                index = bisect_left(self.pointed_starts, place)
                if not (index < len(self.pointed) and self.pointed_starts[index] == place and self.pointed[index].who == who):
                    return True
        return False

    def _fits(self, at: int, who: str) -> bool:
        """Whether a description can be somebody's by what is told of them: an owner or coach is no ``pemain itu``."""
        heads, noun = self.heads.get(who, set()), self.tokens.lower[at]
        if noun in _words("players"):
            return heads.isdisjoint(_words("staff")) or not heads.isdisjoint(_words("players"))
        return not (noun in _words("staff") and heads and heads <= _words("players"))

    def _is_subject(self, at: int) -> bool:
        """Whether a description stands where a subject does: at the head of a clause, or behind a verb of speech."""
        lower = self.tokens.lower
        return (
            at in self.openings
            or (lower[at - 1] in _speech("clause") and lower[at - 1] not in ("dan", ")"))
            or at - 1 in self.cues
            or lower[at - 1] in ("menurut", "bagi", "membuat", "sang")
        )

    def _quote(self, at: int) -> _Spoken | None:
        """Return the direct quote that holds the token."""
        index = bisect_right(self.spoken_starts, at) - 1
        return self.spoken[index] if index >= 0 and self.spoken[index].end > at else None

    # Pronouns

    def _clitic(self, at: int) -> _Reading:
        """Read ``katanya``: the speaker of its quote."""
        who = self.cues.get(at)
        return _Reading((who,), True) if who else _NOBODY

    def _third(self, at: int) -> _Reading:
        """Read ``ia``, ``dia``, ``beliau`` in the reporter's own words."""
        cue = self._cue(at)
        if cue is None or cue > at:
            later = self._named_later(at)
            if later:  # `Dia menegaskan bahwa Anies ...`: not Anies
                reading = self._meant(at)
                rest = tuple(who for who in reading.who if who not in later)
                if rest != reading.who:
                    return _Reading(rest, reading.sure and reading.who[0] not in later)
        if cue is None:
            return self._meant(at)
        speaker = self.cues[cue]
        if not speaker:
            return _NOBODY
        if cue > at or self.tokens.lower[cue] == "menurut":  # the sentence before may have gone on to another
            other = self._meant(at)
            if other.sure and other.who[0] != speaker:
                return _Reading((other.who[0], speaker), False)
        return _Reading((speaker,), True)

    def _named_later(self, at: int) -> set[str]:
        """Return who is called by name in the reporter's own words behind a pronoun, in its sentence."""
        _, end = self.tokens.sentence(at)
        places = self.named[bisect_right(self.starts, at) : bisect_left(self.starts, min(end, at + _LATER))]
        return {named.who for named in places if named.start not in self.bare and self._quote(named.start) is None}

    def _cue(self, at: int) -> int | None:
        """Return the verb of speech whose subject the pronoun is: ``kata dia``, ``dia juga mengatakan``."""
        lower = self.tokens.lower
        for verb in (at - 1, at - 2 if lower[at - 1] == "oleh" else -1):
            if verb in self.cues:
                return verb
        for verb in range(at + 1, min(at + 1 + _CUE_NEAR, len(lower))):
            if verb in self.cues:
                return verb
            if lower[verb] not in _speech("adverbs"):
                return None
        return None

    def _someone_else(self, at: int, quote: _Spoken) -> _Reading:
        """Read ``dia`` inside a direct quote: the one person beside the speaker whom the quote, or the sentence before it, names."""
        inside = self._people(quote.start, at, quoted=True)
        inside.pop(quote.who or "", None)
        if inside:
            return _Reading(tuple(inside), len(inside) == 1 and quote.who is not None)
        begin, _ = self.tokens.sentence(quote.start)
        begin, _ = self.tokens.sentence(begin - 1) if begin else (0, 0)
        before = self._people(begin, quote.start, quoted=True)
        before.pop(quote.who or "", None)
        return _Reading(tuple(before), False)

    def _meant(self, at: int) -> _Reading:
        """Return who is meant by a pronoun at this token, by the people of its sentence and of those before."""
        tokens, lower = self.tokens, self.tokens.lower
        index = bisect_right(tokens.sentence_starts, at) - 1
        begin = tokens.sentence_starts[index]
        here = self._people(begin, at)
        before = lower[at - 1] if at else ""
        is_object = before in _words("object") or (before[:2] == "me" and len(before) > 4)
        if lower[at] == "dirinya":
            is_object = False
        if here:
            if is_object:
                earlier = self._sentence_before(index).who
                rivals = [who for who in (*here, *earlier) if who != next(iter(here))]
                return _Reading(tuple(dict.fromkeys((*rivals, *here))), False)
            reading = self._subject(begin, at, here)
            if len(here) > 1 and lower[at] != "dirinya":  # `Budi heran karena Ani mengaku ia ...`
                rivals = [who for who, places in here.items() if who != reading.who[0] and self._role(places[-1], begin) == "main"]
                reading = _Reading(reading.who, reading.sure and not rivals)
            return reading
        if self._unnamed(begin, at):
            return _NOBODY
        reading = self._sentence_before(index)
        return _Reading(reading.who, reading.sure and not is_object)

    def _sentence_before(self, index: int) -> _Reading:
        """Return who is spoken of in the nearest sentence, before that with this number, that speaks of people."""
        tokens = self.tokens
        found = _NOBODY
        for back in range(index - 1, max(index - 1 - _LOOKED_BACK, -1), -1):
            begin, end = tokens.sentences[back]
            speaker = self._speaker(begin, end)
            there = self._people(begin, end)
            reading = _NOBODY
            if speaker is not None:
                if speaker not in self.people:
                    return found if found.who else _Reading(tuple(there), False)
                reading = self._subject(begin, end, there) if there else _NOBODY
                if reading.who[:1] != (speaker,) or not reading.sure:
                    rivals = [who for who in there if who != speaker]
                    of_theirs = speaker in there and all(self._role(named, begin) == "other" for named in there[speaker])  # `Anak Budi`
                    reading = _Reading((speaker, *rivals), not rivals and not of_theirs)
            elif there:
                reading = self._subject(begin, end, there)
            elif self._unnamed(begin, end):
                return found
            if reading.sure:
                if not found.who or found.who == reading.who[:1]:
                    return reading
                return _Reading(tuple(dict.fromkeys((*found.who, *reading.who))), False)
            if len(reading.who) > 1:
                return _Reading(tuple(dict.fromkeys((*found.who, *reading.who))), False)
            if reading.who and found.who and found.who != reading.who:
                return _Reading((*found.who, *reading.who), False)
            found = found if found.who else reading
        return _Reading(found.who, found.alone)

    def _speaker(self, begin: int, end: int) -> str | None:
        """Return who is said to speak in a sentence: the last speaker; "" where it is unknown, None where nobody speaks."""
        at = bisect_left(self.state_starts, end) - 1
        for first, last, who in self.states[max(at - 1, 0) : at + 1][::-1]:
            if first < end and last > begin:
                return who or ""
        return None

    def _people(self, begin: int, end: int, *, quoted: bool = False) -> dict[str, list[_Named]]:
        """Return the people mentioned between two tokens, with where; those inside direct quotes only if asked for."""
        found: dict[str, list[_Named]] = {}
        begin = max(begin, end - _SENTENCE)
        places = self.named[bisect_left(self.starts, begin) : bisect_left(self.starts, end)]
        places += self.pointed[bisect_left(self.pointed_starts, begin) : bisect_left(self.pointed_starts, end)]
        for named in sorted(places):
            if quoted or self._quote(named.start) is None:
                found.setdefault(named.who, []).append(named)
        return found

    def _subject(self, begin: int, end: int, there: dict[str, list[_Named]]) -> _Reading:
        """Return whom of the people in a stretch of a sentence a pronoun after it means: the subject, if one stands at its head."""
        lower = self.tokens.lower
        roles = {who: [self._role(named, begin) for named in places] for who, places in there.items()}
        order = sorted(there, key=lambda who: "main" not in roles[who])  # stable: in order of mention
        first = order[0]
        place = there[first][roles[first].index("main")] if "main" in roles[first] else None
        if place is None or place.start - begin > _HEAD or self._unnamed(begin, place.start):
            return _Reading(tuple(order), False, len(order) == 1 and not {"main", "beside"}.isdisjoint(roles[first]))
        plural = (
            place.end + 1 < end
            and lower[place.end] in ("dan", "serta")
            and any(named.start - place.end < 12 for who in order[1:] for named in there[who])
        )
        return _Reading(tuple(order), not plural)

    def _role(self, named: _Named, begin: int) -> str:
        """Return how somebody is mentioned: ``main``, ``beside`` (in a phrase), ``other`` (somebody or something of theirs)."""
        lower, flags = self.tokens.lower, self.tokens.flags
        for at in range(named.start - 1, max(begin, named.start - 8) - 1, -1):
            word = lower[at]
            if word in _words("belonging"):
                return "other"
            if word == "menurut":
                return "main"
            if word in _speech("aside"):
                return "beside"
            if flags[at] & PUNCT or not flags[at] & CAPITAL:
                break
        return "main"

    def _unnamed(self, begin: int, end: int) -> bool:
        """Whether somebody without a name is spoken of at the head of a sentence."""
        lower, words = self.tokens.lower, _words("unnamed")
        return any(lower[at] in words and at not in self.covered for at in range(begin, min(end, begin + 5)))

    # Descriptions

    def _description(self, at: int) -> int:
        """Return the token after ``pria kelahiran Solo itu`` that begins at this token, or 0 where none does."""
        tokens, lower = self.tokens, self.tokens.lower
        if tokens.flags[at] & CAPITAL and at not in self.openings:
            return 0
        if (
            at
            and not tokens.flags[at] & BREAK
            and (lower[at - 1] in _words("not_one") or lower[at - 1].isdigit() or at - 1 in self.covered)
        ):
            return 0
        for place in range(at + 1, min(at + _PHRASE, len(lower))):
            if lower[place] in _words("pointing"):
                return place + 1
            flags = tokens.flags[place]
            if (
                place in self.covered
                or flags & BREAK
                or not (flags & CAPITAL or lower[place] in _words("described") or lower[place].isdigit())
            ):
                return 0
        return 0

    def _office(self, at: int, who: str) -> _Reading:
        """Return whom ``politikus PDIP itu`` means, where that was taken for somebody because they were spoken of."""
        index = bisect_right(self.tokens.sentence_starts, at) - 1
        here = self._people(self.tokens.sentence_starts[index], at)
        reading = _Reading(tuple(here), False) if here else self._sentence_before(index)
        if not self._fits(at, who):
            return _Reading(tuple(one for one in reading.who if one != who), False)
        if reading.sure and reading.who[0] == who and self.cues.get(at - 1, who) == who:
            return reading
        return _Reading(tuple(dict.fromkeys((who, *reading.who))), False)

    def _called(self) -> dict[str, dict[str, int]]:
        """Return, by noun, who is called so right before their name, and from which token on: ``tersangka Budi``."""
        if self.called is None:
            self.called = {}
            nouns, lower = _words("human") | _words("part"), self.tokens.lower
            for named in self.named:
                before = lower[max(named.start - 3, 0) : named.start]
                for place, word in enumerate(before):
                    between = before[place + 1 :]
                    if word not in nouns or not _words("belonging").isdisjoint(between):
                        continue
                    if any(len(other) > 5 and other.startswith(("me", "ber", "di")) for other in between):  # `wanita menelepon Budi`
                        continue
                    if len(self.called.setdefault(word, {})) <= _LISTED:
                        self.called[word].setdefault(named.who, named.start)
        return self.called

    def _described(self, at: int, kind: str) -> _Reading:
        """Return whom a description means: who was called by the same noun, else (``human``) who is spoken of."""
        noun = self.tokens.lower[at]
        called = {who for who, start in self._called().get(noun, {}).items() if start < at}
        if len(called) == 1:
            return _Reading((next(iter(called)),), True)
        if kind == "part" or len(called) > 1:
            return _Reading(tuple(sorted(called)), False)
        index = bisect_right(self.tokens.sentence_starts, at) - 1
        begin = self.tokens.sentence_starts[index]
        here = self._people(begin, at)
        if here:
            return _Reading(tuple(here), False)
        reading = self._sentence_before(index)
        if reading.who and self._used_before(at, noun, reading.who[0]):  # `striker baru. Striker itu`, `seorang wanita ... Wanita itu`
            return _Reading(reading.who, False)
        return reading._replace(sure=reading.sure and self._is_subject(at) and self._fits(at, reading.who[0]))
