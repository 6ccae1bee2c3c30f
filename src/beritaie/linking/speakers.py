"""Quotes to their speakers.

The reporter's own sentences are read in order, with the quotes between them: who is the subject of a verb that reports speech comes into
focus, and so does the speaker of a quote. ``ujar Budi`` names its speaker; ``katanya``, ``ujar dia``, ``kata pria itu`` and quotes
without any cue take the one in focus; ``kata Wagub`` the one who holds that office.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, partial
from typing import NamedTuple

import msgspec

from beritaie.candidates import Candidate
from beritaie.extractors.quotes import PRONOUNS, Cue, Verb, verbs
from beritaie.lexicon import group, words
from beritaie.records import Mention, Organization, Person, Quote, QuoteKind
from beritaie.tokens import CAPITAL, Tokens

Speaker = Person | Organization

_CLOSING = frozenset({".", "!", "?", "…", ",", ":", ";", '"', "“", "”"})
_WRITTEN = frozenset({"tulis", "unggah", "cuit", "kicau", "bunyi"})  # lemmas of what bodies do as well
_ADDRESSED = frozenset({"kepada", "melalui", "lewat", "usai", "seusai", "saat", "ketika"})
_WINDOW = 30  # tokens looked at on either side of a verb
_SENTENCE = 150  # tokens of a statement on either side of its verb at most
_MANY = 500  # people above whom misspelt names are not sought


class _Anchor(NamedTuple):
    """A place in the text that names someone who can speak."""

    start: int
    end: int
    who: Speaker


class _Subject(NamedTuple):
    who: Speaker | None
    stated: bool  # the text says who, though perhaps without a name


_UNSTATED = _Subject(None, False)


_words = partial(group, "speech")


@cache
def _office_heads() -> frozenset[str]:
    """Return the first words of all offices and occupations."""
    return frozenset(title.partition(" ")[0].lower() for title in words("offices", "title"))


def link(tokens: Tokens, quotes: list[Candidate], people: list[Person], organizations: list[Organization]) -> list[Quote]:
    """Return the quotes with their speakers, offsets in the cleaned text.

    Args:
        quotes: candidates of ``extractors.quotes``, in order.
        people, organizations: the article's records, with all their mentions.
    """
    return _Discourse(tokens, quotes, people, organizations).link()


class _Discourse:
    """One article, read from its first sentence to its last."""

    def __init__(self, tokens: Tokens, quotes: list[Candidate], people: list[Person], organizations: list[Organization]) -> None:
        self.tokens = tokens
        self.quotes = quotes
        anchors = [_Anchor(m.start, m.end, p) for p in people for m in p.mentions if m.kind == "name"]
        anchors += [_Anchor(m.start, m.end, p) for p in people for o in p.positions for m in o.mentions]
        self.anchors = sorted(anchors, key=lambda anchor: (anchor.start, anchor.end))
        self.starts = [anchor.start for anchor in self.anchors]
        self.bodies = sorted((_Anchor(m.start, m.end, o) for o in organizations for m in o.mentions), key=lambda a: (a.start, a.end))
        self.body_starts = [anchor.start for anchor in self.bodies]
        self.offices: dict[str, list[tuple[Person, list[str]]]] = {}  # by their first two letters
        for person in people:
            for office in person.positions:
                for form in filter(None, (office.title, office.canonical)):
                    self.offices.setdefault(form[:2].lower(), []).append((person, form.lower().split()))
        self.by_part = _name_parts(people)
        self.openings = set(tokens.sentence_starts)
        self.statements: list[Quote] = []
        self.said_as: dict[str, str] = {}  # bodies by id, as written where they last spoke
        self.voice: Organization | None = None  # a body that the reporter let speak last, no person since
        self.heads: dict[str, Speaker] = {}  # who was meant by a plain head noun before (`majelis`, `politikus`)

    def link(self) -> list[Quote]:
        triggers = self._triggers()
        focus: Speaker | None = None
        named: Speaker | None = None  # the last one in focus who is named
        unnamed = False  # the one in focus has no name in the article
        result: list[Quote] = []
        at = 0
        for number, quote in enumerate(self.quotes):
            while at < len(triggers) and self.tokens.start[triggers[at]] < quote.start:
                subject = self._reporting(triggers[at], focus)
                if subject.stated:
                    focus = subject.who
                    named = focus or named
                    unnamed = focus is None
                    self.voice = None
                self._state(triggers[at], focus, quote.start)
                at += 1
            if focus is None and not unnamed and not result and self.voice is None:
                focus = named = self._first_before(quote.start) or self._first_after(triggers[at:], quote.end)
            cue: Cue | None = quote.data["cue"]
            if cue is not None:
                speaker = self._speaker(cue, quote.end, focus, named)
            elif number and self._adjacent(self.quotes[number - 1], quote):
                speaker = focus
            else:
                speaker = self._speaker(self._next_cue(number), quote.end, focus, named)
            if speaker is not None or cue is None or cue.lemma != "tanya":  # a reporter's question does not take the floor
                focus = speaker
                named = speaker or named
                self.voice = None if isinstance(speaker, Person) else self.voice
            result.append(self._quote(quote.start, quote.end, "direct", speaker, cue and (cue.start, cue.end), quote.rule))
        for trigger in triggers[at:]:
            subject = self._reporting(trigger, focus)
            focus = subject.who if subject.stated else focus
            self._state(trigger, focus, len(self.tokens.text))
        everything = sorted(result + self.statements, key=lambda quote: quote.start)
        return [msgspec.structs.replace(quote, id=f"q{number}") for number, quote in enumerate(everything, 1)]

    def _quote(self, start: int, end: int, kind: QuoteKind, speaker: Speaker | None, cue: tuple[int, int] | None, rule: str) -> Quote:
        text = self.tokens.text
        return Quote(
            start=start,
            end=end,
            text=text[start:end],
            kind=kind,
            speaker=self.said_as.get(speaker.id, speaker.name) if speaker else None,
            speaker_id=speaker.id if speaker else None,
            cue=Mention(start=cue[0], end=cue[1], text=text[cue[0] : cue[1]]) if cue else None,
            rule=rule,
        )

    def _adjacent(self, first: Candidate, second: Candidate) -> bool:
        return not self.tokens.text[first.end : second.start].strip(" \t\r\n\xa0,.")

    def _next_cue(self, number: int) -> Cue | None:
        """Return the cue of the first quote that has one in the unbroken row of quotes that starts with this one."""
        while number + 1 < len(self.quotes) and self._adjacent(self.quotes[number], self.quotes[number + 1]):
            number += 1
            if self.quotes[number].data["cue"] is not None:
                return self.quotes[number].data["cue"]
        return None

    def _first_before(self, offset: int) -> Speaker | None:
        """Return who is named most often before the offset, the first of them."""
        counts: dict[str, int] = {}
        before = self.anchors[: bisect_left(self.starts, offset)]
        for anchor in before:
            counts[anchor.who.id] = counts.get(anchor.who.id, 0) + 1
        return max((anchor.who for anchor in before), key=lambda who: counts[who.id], default=None)

    def _first_after(self, triggers: list[int], offset: int) -> Speaker | None:
        """Return who speaks first after the offset (the article's beginning is cut off), else who is named first."""
        for trigger in triggers[:10]:
            who = self._reporting(trigger, None).who
            if who is not None:
                return who
        at = bisect_left(self.starts, offset)
        return self.anchors[at].who if at < len(self.anchors) else None

    def _speaker(self, cue: Cue | None, end: int, focus: Speaker | None, named: Speaker | None) -> Speaker | None:
        if cue is None or cue.order == "back":
            return self.voice if self.voice is not None and (focus is None or (cue is not None and cue.lemma in _WRITTEN)) else focus
        if cue.order == "subject":
            return self._after(cue.end, focus or named).who
        if cue.order == "document":
            first = bisect_left(self.tokens.start, cue.end)
            first += self.tokens.lower[first : first + 1] in (["dari"], ["oleh"], ["pada"])
            return (self._author(first, first + _WINDOW) if first < len(self.tokens) else None) or focus
        verb = self.tokens.at(cue.start)
        subject = self._before(verb, focus or named)
        if not subject.stated and cue.start > end:  # `"...," Budi menegaskan`
            return self._short_name(verb - 1, verb, focus or named)
        return subject.who

    # Who is the subject

    def _after(self, offset: int, focus: Speaker | None) -> _Subject:
        """Return whom the words after a cue verb name."""
        tokens, lower = self.tokens, self.tokens.lower
        first = bisect_left(tokens.start, offset)
        last = min(first + _WINDOW, len(tokens))
        if first >= last:
            return _Subject(focus, False)
        if lower[first].rstrip(".,") in PRONOUNS:
            return _Subject(focus, True)
        if lower[first] in _words("documents"):
            return _Subject(self._author(first, last), True)
        stop, pause = _words("stop"), _words("pause")
        at = bisect_left(self.starts, offset)
        end = hard = last
        paused = False
        for index in range(first, last):
            word = lower[index]
            if at < len(self.anchors) and self.anchors[at].start < tokens.end[index]:
                if not paused or lower[index - 1] == ",":
                    return _Subject(self.anchors[at].who, True)
                while at < len(self.anchors) and self.anchors[at].start < tokens.end[index]:
                    at += 1
            if index == first:
                continue
            if word in pause:
                end = min(end, index)
                paused = True
            elif word in stop or word in '.;:!?"“”' or (word == "," and index + 1 < last and lower[index + 1] in stop):
                hard = index
                break
        end = min(end, hard)
        comma = next((index for index in range(first, hard) if lower[index] == ","), hard)
        definite = lower[comma - 1] in _words("definite") or any(
            lower[index] in _words("definite") for index in range(first, min(comma, end))
        )
        return self._nominal(first, end, definite, focus)

    def _nominal(self, first: int, end: int, definite: bool, focus: Speaker | None) -> _Subject:
        """Return whom a phrase without a name means: an office (``kata Wagub``), a body (``tulis BPS``), ``pria itu``, or nobody known."""
        tokens, lower = self.tokens, self.tokens.lower
        head = lower[first]
        at = bisect_left(self.body_starts, tokens.start[first])
        if at < len(self.bodies):
            body = tokens.at(self.bodies[at].start)
            if body == first or (head in _words("bodies") and body < end):
                self.heads.setdefault(head, self.bodies[at].who)
                return self._body(at)
        if head in _words("things"):
            return _Subject(self._author(first, end), True)
        comma = next((index for index in range(first, end) if lower[index] == ","), end)
        holder = self._holder(first, comma, focus) if definite or head not in _words("crowd") else None
        if holder is not None:
            return _Subject(holder, True)
        person = self._short_name(first, end, focus)
        if person is not None:
            return _Subject(person, True)
        if definite:
            return _Subject(focus, True)
        return _Subject(self.heads.get(head), True)

    def _author(self, first: int, end: int) -> Speaker | None:
        """Return whose a statement, release or page is: ``keterangan tertulis KPK``, ``laman resmi Kemenkes``, ``rilis dari PBSI``."""
        tokens, lower = self.tokens, self.tokens.lower
        if lower[first] not in _words("documents"):
            return None
        at = first + 1
        while at < min(first + 6, len(tokens)) and lower[at] in _words("of_documents"):
            at += 1
        if at >= len(tokens):
            return None
        for anchors, starts in ((self.anchors, self.starts), (self.bodies, self.body_starts)):
            place = bisect_left(starts, tokens.start[at])
            if place < len(anchors) and anchors[place].start == tokens.start[at]:
                return self._body(place).who if anchors is self.bodies else anchors[place].who
        return None

    def _misspelt(self, name: str, focus: Speaker | None) -> Speaker | None:
        """Return whose name this is with a letter wrong (``Dwy`` for ``Dwi``), the one in focus first."""
        if len(self.by_part) > _MANY:
            return None
        near = [person for part, person in self.by_part.items() if _is_near(name, part)]
        if focus in near:
            return focus
        return near[0] if near and all(person is near[0] for person in near) else None

    def _holder(self, first: int, end: int, focus: Speaker | None) -> Speaker | None:
        """Return who holds the office that the tokens state, the one in focus first."""
        phrase = [word for word in self.tokens.lower[first:end] if word not in _words("definite")]
        if not phrase:
            return None
        if phrase[0] in ("mantan", "eks", "sang"):
            phrase = phrase[1:]
        holders = [who for who, office in self.offices.get(phrase[0][:2], ())[:_MANY] if _states(phrase, office)] if phrase else []
        if focus in holders:
            return focus
        return holders[-1] if len({who.id for who in holders}) == 1 else None

    def _before(self, verb: int, focus: Speaker | None) -> _Subject:
        """Return whom the words before the verb name as its subject."""
        tokens, lower = self.tokens, self.tokens.lower
        begin = max(tokens.sentence(verb)[0], verb - _WINDOW)
        floor = tokens.start[begin]
        nearest = verb - 1
        while nearest > begin and lower[nearest] in _words("adverbs"):
            nearest -= 1
        if nearest >= begin and lower[nearest] in ("pihaknya", "dirinya"):
            return _Subject(focus, focus is not None)
        if nearest >= begin and lower[nearest] in ("ini", "itu", "tersebut") and nearest - begin < 12:
            if not _words("things").isdisjoint(lower[begin:nearest]):  # `aturan yang disahkan DPR tersebut menyebutkan`
                return _Subject(None, True)
            anchor = self._anchor_before(nearest, begin)
            return _Subject(anchor.who if anchor is not None and tokens.at(anchor.end - 1) == nearest - 1 else focus, True)
        pronoun = -1
        for index in range(nearest, begin - 1, -1):
            if lower[index] in PRONOUNS and (index in (begin, nearest) or lower[index - 1] in _words("clause")):
                pronoun = index
                break
        anchor = self._anchor_before(verb, begin)
        at = bisect_left(self.body_starts, tokens.start[verb]) - 1
        body = self.bodies[at] if at >= 0 and self.bodies[at].start >= floor else None
        if body is not None and anchor is not None and body.start >= anchor.end and tokens.at(body.end - 1) >= nearest:
            first = tokens.at(body.start)
            if first > begin and lower[first - 1] == ",":  # `Usai Budi ditahan, KPK menyatakan`
                return self._body(at)
        if pronoun >= 0 and (anchor is None or anchor.start < tokens.start[pronoun]):
            return _Subject(focus, focus is not None)
        if anchor is not None:
            return _Subject(anchor.who, True)
        if body is not None and (tokens.at(body.end - 1) >= nearest or body.start == floor):
            return self._body(at)
        return self._unnamed(begin, verb, focus)

    def _body(self, at: int) -> _Subject:
        anchor = self.bodies[at]
        self.said_as[anchor.who.id] = self.tokens.text[anchor.start : anchor.end]
        return _Subject(anchor.who, True)

    def _short_name(self, first: int, end: int, focus: Speaker | None) -> Speaker | None:
        """Return whom a name means that was not joined to anyone's: by one of its words, a letter wrong, or else the one in focus.

        Who is new in an article comes with more than one word.
        """
        name = self.tokens.lower[first]
        if not self.tokens.flags[first] & CAPITAL:
            return None
        known = self.by_part.get(name) or self._misspelt(name, focus)
        return focus if known is None and end == first + 1 and name not in _office_heads() else known

    def _anchor_before(self, verb: int, begin: int) -> _Anchor | None:
        """Return the last name or office before the verb, from token ``begin`` on, that can be its subject."""
        tokens, lower = self.tokens, self.tokens.lower
        at = bisect_left(self.starts, tokens.start[verb]) - 1
        found: _Anchor | None = None
        while at >= 0 and self.anchors[at].start >= tokens.start[begin]:
            anchor = self.anchors[at]
            first, after = tokens.at(anchor.start), tokens.at(anchor.end - 1) + 1
            if found is None:
                aside = first > begin and lower[first - 1] in _words("aside")
                while at and self.anchors[at - 1].who is anchor.who and tokens.at(self.anchors[at - 1].end - 1) + 1 == first:
                    at -= 1  # `Presiden Prabowo Subianto`
                    first = tokens.at(self.anchors[at].start)
                if first <= begin or not (aside or self._theirs(first)):
                    found = anchor
            elif (
                anchor.who is not found.who and lower[after] == "yang" and "," not in lower[after:verb]
            ):  # `Budi yang membela Ani mengatakan`
                found = anchor
            at -= 1
        return found

    def _theirs(self, first: int) -> bool:
        """Whether somebody else who belongs to the one named at a token is meant: ``istri Budi``, ``kuasa hukum Ani``."""
        lower = self.tokens.lower
        if (
            not first
            or lower[first - 1] not in _words("theirs")
            or (lower[first - 1] == "hukum" and lower[first - 2] not in _words("theirs"))
        ):
            return False
        capital = self.tokens.flags[first - 1] & CAPITAL
        return not capital or (first - 1 in self.openings and lower[first - 1] != "ibu")  # `Ibu Ani`

    def _unnamed(self, begin: int, verb: int, focus: Speaker | None) -> _Subject:
        """Return whom a subject without a name at the head of the sentence means."""
        lower = self.tokens.lower
        if lower[begin] in _words("theirs") and lower[begin] != "ibu":  # `Keponakan Presiden mengaku`
            return _Subject(None, True)
        for index in range(begin, min(verb, begin + 6)):
            if lower[index] in _words("unnamed") or lower[index] in _office_heads():
                return _Subject(self._holder(index, verb, focus), True)
        return _UNSTATED

    # The reporter's sentences

    def _triggers(self) -> list[int]:
        """Return the tokens that report speech outside the quotes and their cues."""
        tokens = self.tokens
        known = verbs()
        spans = iter([quote for quote in self.quotes if quote.data["kind"] == "direct"])
        quote = next(spans, None)
        cues = {q.data["cue"].start for q in self.quotes if q.data["cue"] is not None}
        triggers = []
        for index, word in enumerate(tokens.lower):
            if word not in known:
                continue
            start = tokens.start[index]
            while quote is not None and quote.end <= start:
                quote = next(spans, None)
            if (quote is None or start < quote.start) and start not in cues:
                triggers.append(index)
        return triggers

    def _reporting(self, index: int, focus: Speaker | None) -> _Subject:
        """Return whom the reporter's sentence lets speak by the verb at this token, if it shifts the focus."""
        if self.statements and self.tokens.start[index] < self.statements[-1].end:  # within what someone else states
            return _UNSTATED
        subject = self._subject(index, focus)
        verb = verbs()[self.tokens.lower[index]]
        if isinstance(subject.who, Organization):  # `ia` and `katanya` mean people, where there are any
            self.voice = subject.who if verb.strong and verb.form == "active" else self.voice
            return _UNSTATED
        if subject.who is None and not (verb.strong and verb.form == "active"):
            return _UNSTATED
        return subject

    def _subject(self, index: int, focus: Speaker | None) -> _Subject:
        lower = self.tokens.lower
        verb = verbs()[lower[index]]
        before = lower[index - 1] if index else ""
        if verb.form == "active":
            if before not in _words("subordinate"):
                return self._before(index, focus)
        elif verb.form == "root":
            if before in (",", "masih", "demikian"):
                return self._named_after(index, focus)
        elif verb.form == "source":
            if verb.strong:
                return self._named_after(index, focus)
            if verb.lemma in ("kutip", "lansir"):  # `Dikutip dari laman resmi BMKG, ...`: nobody further off
                first = index + 1 + (lower[index + 1 : index + 2] == ["dari"])
                return _Subject(self._author(first, first + _WINDOW), True) if first < len(lower) else _UNSTATED
            if index == self.tokens.sentence(index)[0]:
                return self._named_after(index, focus)
        elif verb.form == "passive" and (verb.strong or lower[index + 1 : index + 2] == ["oleh"]):
            return self._named_after(index, focus)
        return _UNSTATED

    # Indirect statements

    def _state(self, index: int, focus: Speaker | None, limit: int) -> None:
        """Note the statement that the verb at this token reports in the reporter's own words, where its speaker is known."""
        tokens, lower = self.tokens, self.tokens.lower
        verb = verbs()[lower[index]]
        first, last = tokens.sentence(index)
        first, last = max(first, index - _SENTENCE), min(last, index + _SENTENCE, bisect_left(tokens.start, limit))
        while last > first and lower[last - 1] in _CLOSING:
            last -= 1
        if self.statements and tokens.start[first] < self.statements[-1].end:
            return
        back = verb.form in ("nya", "source_nya", "passive_nya")
        subject = _Subject(focus, True) if back else self._subject(index, focus)
        if subject.who is None or (isinstance(subject.who, Organization) and not (verb.strong or verb.form == "source")):
            return
        span = self._statement(index, first, last, verb, subject.who)
        if span is None or span[1] - span[0] < 3 or (verb.lemma == "bagi" and lower[span[0]] in ("ini", "itu")):
            return
        start, end = tokens.start[span[0]], self._past_mark(tokens.start[span[0]], tokens.end[span[1] - 1])
        self.statements.append(self._quote(start, end, "indirect", subject.who, (tokens.start[index], tokens.end[index]), "statement"))

    def _past_mark(self, start: int, end: int) -> int:
        """Return the end of a statement with the quotation mark that closes a phrase at its end: ``menyebut mereka "pemalas"``."""
        text = self.tokens.text
        if (text.count('"', start, end) % 2 and text[end : end + 1] == '"') or (
            text.count("“", start, end) > text.count("”", start, end) and text[end : end + 1] == "”"
        ):
            return end + 1
        return end

    def _statement(self, index: int, first: int, last: int, verb: Verb, who: Speaker) -> tuple[int, int] | None:
        """Return the tokens of what is stated: the clause after the verb, or the sentence around it."""
        lower = self.tokens.lower
        if verb.form == "active":
            if index > first and lower[index - 1] in _words("unsaid"):  # `KPU mesti memastikan ...`
                return None
            begin = index + 1
            while begin < last and lower[begin] in ("pula", "juga", "lagi"):
                begin += 1
            if begin < last and lower[begin] in _ADDRESSED:  # `mengatakan kepada wartawan, ...`
                begin = next((at for at in range(begin, min(begin + 12, last)) if lower[at] in (",", "bahwa")), last)
            if begin < last and lower[begin] in (",", "bahwa"):
                while begin < last and lower[begin] in (",", "bahwa"):
                    begin += 1
                return begin, last
            if verb.lemma not in _words("states") or begin >= last or lower[begin] in _words("topics"):
                return None
            return None if self._names_a_topic(begin, last) else (begin, last)
        if verb.form in ("passive", "root", "nya") and first == index and verb.form != "passive":
            return None
        end = self._phrase_end(index, last, who) if verb.form in ("source", "root", "passive") else index + 1
        if first < index - 1 and lower[index - 1] == ",":  # `Harga naik, kata Budi.`, `Harga, kata Budi, naik.`
            goes_on = end < last and lower[end] == "," and end + 1 < last and lower[end + 1] not in _words("stop")
            whole = goes_on and (index - first < 8 or lower[first] in _words("conditions") or _is_verb(lower[end + 1]))
            return (first, last) if whole else (first, index - 1)
        if first == index and end < last:
            return end + (lower[end] == ","), last
        return None

    def _names_a_topic(self, begin: int, end: int) -> bool:
        """Whether the object of a verb only names what was told: ``mengungkapkan alasan di balik mundurnya``; a clause has a predicate."""
        lower = self.tokens.lower
        if lower[begin] not in _words("told"):
            return False
        clause = next((at for at in range(begin + 1, end) if lower[at] in _words("subclause")), end)
        return not any(_is_verb(lower[at]) for at in range(begin + 1, clause))

    def _phrase_end(self, index: int, last: int, who: Speaker) -> int:
        """Return the token behind the phrase that names the speaker after the verb."""
        tokens = self.tokens
        if index + 1 < last and tokens.lower[index + 1].rstrip(",") in PRONOUNS:
            return index + 2
        at = bisect_left(self.starts, tokens.end[index])
        close = tokens.start[min(index + _WINDOW, last - 1)]
        while at < len(self.anchors) and self.anchors[at].who is not who and self.anchors[at].start < close:
            at += 1
        if at == len(self.anchors) or self.anchors[at].who is not who or self.anchors[at].start > close:
            return next((place for place in range(index + 1, last) if tokens.lower[place] == ","), last)
        end = tokens.at(self.anchors[at].end - 1) + 1
        while (
            at + 1 < len(self.anchors) and self.anchors[at + 1].who is who and tokens.at(self.anchors[at + 1].start) <= min(end + 3, last)
        ):
            at += 1  # office, rank and name
            after = tokens.at(self.anchors[at].end - 1) + 1
            if tokens.lower[end] == "," and after < last and tokens.lower[after] != ",":  # `, sopir truk tidak terluka`
                break
            end = after
        return self._past_apposition(end, last)

    def _past_apposition(self, end: int, last: int) -> int:
        """Return the comma that ends ``, salah satu pendiri X,`` or ``, petugas Y,`` behind a speaker's name, else ``end``."""
        lower = self.tokens.lower
        if end < last and lower[end] in _office_heads():  # `Menurut Al Jean produser The Simpsons, ...`
            return next((at for at in range(end + 1, min(end + 10, last)) if lower[at] == ","), end)
        if end + 2 < last and lower[end] == "," and (lower[end + 1] in _words("apposition") or lower[end + 1] in _office_heads()):
            close = next((at for at in range(end + 2, min(end + 16, last - 1)) if lower[at] == ","), end)
            if _words("predicate").isdisjoint(lower[end + 1 : close]):  # but not `, sopir truk itu tidak terluka,`
                return close
        return end

    def _named_after(self, index: int, focus: Speaker | None) -> _Subject:
        tokens = self.tokens
        first = index + 1
        if first < len(tokens) and tokens.lower[first] == "oleh":
            first += 1
        return self._after(tokens.start[first], focus) if first < len(tokens) else _UNSTATED


def _name_parts(people: list[Person]) -> dict[str, Person]:
    """Return the people by the words of their names that belong to one person alone."""
    found: dict[str, Person | None] = {}
    for person in people:
        parts = [part.strip(".,").lower() for part in person.name.split()]
        initials = "".join(part[0] for part in parts if part)
        for part in {part for part in [*parts, initials if len(initials) > 2 else ""] if len(part) > 2}:
            found[part] = None if part in found else person
    return {part: person for part, person in found.items() if person is not None}


def _is_verb(word: str) -> bool:
    """Whether a word opens a predicate, so that what stands before the cue was only its subject."""
    return word in _words("predicate") or (
        len(word) > 5
        and word not in _words("no_verbs")
        and word.startswith(("mem", "men", "meng", "mew", "mel", "ber", "dip", "dil", "dit"))
    )


def _is_near(name: str, other: str) -> bool:
    """Whether two names begin alike and differ by one letter changed, added or left out."""
    if min(len(name), len(other)) < 3 or name[0] != other[0] or abs(len(name) - len(other)) > 1:
        return False
    at = 0
    while at < min(len(name), len(other)) and name[at] == other[at]:
        at += 1
    return name[at + 1 :] == other[at + 1 :] or name[at:] == other[at + 1 :] or name[at + 1 :] == other[at:]


def _states(phrase: list[str], office: list[str]) -> bool:
    """Whether a phrase states an office, in full or shortened (``wagub`` for ``wakil gubernur``)."""
    if phrase[0] == office[0] and (len(office) == 1 or len(phrase) == 1 or phrase[1] == office[1]):
        return True
    return len(phrase[0]) >= 5 and len(office) > 1 and _shortens(phrase[0], office)


def _shortens(short: str, words: list[str]) -> bool:
    """Whether a short form is made of the beginnings of successive words, two letters or more each: ``sekda``, ``dirut``, ``menkes``."""
    if not short:
        return True
    if not words:
        return False
    word = words[0]
    return any(
        short[:length] == word[:length] and _shortens(short[length:], words[1:]) for length in range(2, min(len(short), len(word), 6) + 1)
    )
