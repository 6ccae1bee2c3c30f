"""Quotes to their speakers.

The reporter's own sentences are read in order, with the quotes between them: who is the subject of a verb that reports speech comes into
focus, and so does the speaker of a quote. ``ujar Budi`` names its speaker; ``katanya``, ``ujar dia``, ``kata pria itu`` and quotes
without any cue take the one in focus; ``kata Wagub`` the one who holds that office.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from beritaie.candidates import Candidate
from beritaie.extractors.quotes import PRONOUNS, Cue, verbs
from beritaie.records import Mention, Organization, Person, Quote
from beritaie.tokens import CAPITAL, Tokens


class _Anchor(NamedTuple):
    """A place in the text that names someone who can speak."""

    start: int
    end: int
    who: Person | Organization
    named: bool  # by name, not by office


class _Event(NamedTuple):
    """From ``at`` on, ``who`` is in focus (None: someone whom the article does not name)."""

    at: int
    who: Person | Organization | None
    strong: bool


# Words after which a name is not the one who speaks.
_ASIDE = frozenset(
    "kepada pada oleh bersama dengan terhadap tentang soal dari untuk didampingi beserta terkait mengenai atas bagi antara lawan melawan"
    " versus menemui bertemu menurut".split()
)
_COMPANY = frozenset("bersama didampingi beserta dengan ditemani disaksikan".split())
# Words that end the phrase which names the speaker after the verb.
_STOP = frozenset(
    "kepada saat ketika usai dalam pada melalui lewat seperti sambil soal terkait mengenai seraya sembari setelah sebelum sesudah di dari"
    " menanggapi menjawab dikutip dilansir ditemui dihubungi sebagaimana yang karena . ; : ! ?".split()
)
_DEFINITE = frozenset("itu tersebut ini tadi".split())
_ASKED = frozenset({"tanya"})
_WINDOW = 30  # tokens


def link(tokens: Tokens, quotes: list[Candidate], people: list[Person], organizations: list[Organization]) -> list[Quote]:
    """Return the quotes with their speakers, offsets in the cleaned text.

    Args:
        quotes: candidates of ``extractors.quotes``, in order.
        people, organizations: the article's records, with all their mentions.
    """
    if not quotes:
        return []
    return _Discourse(tokens, quotes, people, organizations).link()


class _Discourse:
    def __init__(self, tokens: Tokens, quotes: list[Candidate], people: list[Person], organizations: list[Organization]) -> None:
        self.tokens = tokens
        self.quotes = quotes
        self.people = people
        anchors = [_Anchor(m.start, m.end, p, True) for p in people for m in p.mentions if m.kind == "name"]
        anchors += [_Anchor(m.start, m.end, p, False) for p in people for o in p.positions for m in o.mentions]
        anchors.sort(key=lambda anchor: (anchor.start, anchor.end))
        self.anchors = anchors
        self.starts = [anchor.start for anchor in anchors]
        self.bodies = sorted((_Anchor(m.start, m.end, o, True) for o in organizations for m in o.mentions), key=lambda a: (a.start, a.end))
        self.body_starts = [anchor.start for anchor in self.bodies]

    def link(self) -> list[Quote]:
        events = self._events()
        focus: Person | Organization | None = None
        named: Person | Organization | None = None  # the last one in focus who is named
        result: list[Quote] = []
        at = 0
        for number, quote in enumerate(self.quotes):
            while at < len(events) and events[at].at < quote.start:
                event = events[at]
                if event.strong or focus is None:
                    focus = event.who
                    named = focus or named
                at += 1
            cue: Cue | None = quote.data["cue"]
            if focus is None and not result:
                focus = self._first_before(quote.start)
            speaker = self._speaker(cue, focus, named)
            if cue is None:
                after = self.quotes[number + 1] if number + 1 < len(self.quotes) else None
                if after is not None and self._adjacent(quote, after) and not (number and self._adjacent(self.quotes[number - 1], quote)):
                    following = after.data["cue"]
                    if following is not None and following.order == "subject":
                        speaker = self._speaker(following, focus, named)
            if not (cue is not None and cue.lemma in _ASKED and speaker is None):
                focus = speaker
                named = speaker or named
            result.append(self._quote(quote, speaker, cue))
        return result

    def _quote(self, quote: Candidate, speaker: Person | Organization | None, cue: Cue | None) -> Quote:
        text = self.tokens.text
        return Quote(
            start=quote.start,
            end=quote.end,
            text=text[quote.start : quote.end],
            kind=quote.data["kind"],
            speaker=speaker.name if speaker else None,
            speaker_id=speaker.id if speaker else None,
            cue=Mention(start=cue.start, end=cue.end, text=text[cue.start : cue.end]) if cue else None,
            rule=quote.rule,
        )

    def _adjacent(self, first: Candidate, second: Candidate) -> bool:
        return not self.tokens.text[first.end : second.start].strip(" \t\r\n\xa0,.")

    def _first_before(self, offset: int) -> Person | None:
        """Return the last person named before the offset, else None."""
        at = bisect_left(self.starts, offset) - 1
        return self.anchors[at].who if at >= 0 else None

    def _speaker(
        self, cue: Cue | None, focus: Person | Organization | None, named: Person | Organization | None
    ) -> Person | Organization | None:
        if cue is None or cue.order == "back":
            return focus
        if cue.order == "subject":
            return self._after(cue.end, focus or named)
        return self._before(self.tokens.at(cue.start), focus or named)[0]

    # Who is the subject

    def _after(self, offset: int, focus: Person | Organization | None) -> Person | Organization | None:
        """Return whom the words after a cue verb name."""
        tokens = self.tokens
        first = bisect_left(tokens.start, offset)
        last = min(first + _WINDOW, len(tokens))
        if first >= last:
            return focus
        if tokens.lower[first].rstrip(".,") in PRONOUNS:
            return focus
        stopped = False
        definite = False
        at = bisect_left(self.starts, tokens.start[first])
        for index in range(first, last):
            word = tokens.lower[index]
            start = tokens.start[index]
            while at < len(self.anchors) and self.anchors[at].start < start:
                at += 1
            if at < len(self.anchors) and self.anchors[at].start < tokens.end[index]:
                anchor = self.anchors[at]
                if not stopped or tokens.form[index - 1] == ",":
                    return anchor.who
                return self._nominal(first, index, focus, definite)
            if word in _STOP and index > first:
                if word in ".;:!?" or (stopped and word not in ("di", "dari")):
                    break
                stopped = True
                if word not in ("di", "dari", "yang", "pada", "dalam"):
                    break
            elif word in _DEFINITE and not stopped:
                definite = True
            elif word in ('"', "“", "”"):
                break
        return self._nominal(first, index, focus, definite)

    def _nominal(self, first: int, last: int, focus: Person | Organization | None, definite: bool) -> Person | Organization | None:
        """Return whom a phrase without a name means: an office (``kata Wagub``), a body (``tulis BPS``), ``pria itu``, or nobody known."""
        tokens = self.tokens
        at = bisect_left(self.body_starts, tokens.start[first])
        if at < len(self.bodies) and self.bodies[at].start == tokens.start[first]:
            return self.bodies[at].who
        if definite:
            return focus
        return None

    def _before(self, verb: int, focus: Person | Organization | None) -> tuple[Person | Organization | None, bool]:
        """Return whom the words before the verb name as its subject, and whether they name anyone."""
        tokens = self.tokens
        begin = max(tokens.sentence(verb)[0], verb - _WINDOW)
        if verb > begin and tokens.lower[verb - 1] in PRONOUNS:
            return focus, True
        floor = tokens.start[begin]
        at = bisect_left(self.starts, tokens.start[verb]) - 1
        pronoun = next((i for i in range(verb - 1, begin - 1, -1) if tokens.lower[i] in PRONOUNS), -1)
        while at >= 0 and self.anchors[at].start >= floor:
            anchor = self.anchors[at]
            if pronoun >= 0 and tokens.start[pronoun] > anchor.start:
                return focus, True
            first = tokens.at(anchor.start)
            previous = tokens.lower[first - 1] if first > begin else ""
            if previous not in _ASIDE:
                return anchor.who, True
            at -= 1
        if pronoun >= 0:
            return focus, True
        at = bisect_left(self.body_starts, tokens.start[verb]) - 1
        if at >= 0 and self.bodies[at].start >= floor:
            return self.bodies[at].who, True
        return None, False

    # The reporter's sentences

    def _events(self) -> list[_Event]:
        """Return who comes into focus where, in the text outside the quotes."""
        tokens = self.tokens
        known = verbs()
        lower = tokens.lower
        spans = iter(self.quotes)
        quote = next(spans, None)
        events: list[_Event] = []
        focus: Person | Organization | None = None
        cues = {q.data["cue"].start for q in self.quotes if q.data["cue"] is not None}
        for index, word in enumerate(lower):
            start = tokens.start[index]
            while quote is not None and quote.end <= start:
                quote = next(spans, None)
            if quote is not None and quote.start <= start:
                continue
            verb = known.get(word)
            if verb is None or start in cues:
                continue
            who, found = None, False
            if verb.form == "active":
                who, found = self._before(index, focus)
            elif verb.form == "source":
                who, found = self._named_after(index, focus)
            elif verb.form == "passive" and verb.strong:
                who, found = self._named_after(index, focus)
            elif verb.form == "root" and lower[index - 1 : index] in ([","], ["masih"]):
                who, found = self._named_after(index, focus)
            if found and who is not None:
                focus = who
                events.append(_Event(start, who, True))
        return events

    def _named_after(self, index: int, focus: Person | Organization | None) -> tuple[Person | Organization | None, bool]:
        tokens = self.tokens
        first = index + 1
        if first < len(tokens) and tokens.lower[first] == "oleh":
            first += 1
        if first >= len(tokens):
            return None, False
        who = self._after(tokens.start[first], focus)
        return who, who is not None
