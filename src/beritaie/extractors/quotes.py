"""Direct speech: stretches between quotation marks, with the cue that reports them (``ujar Budi``, ``katanya``, ``Ani menulis:``).

News sites write quotation marks in every way: straight, curly, turned the wrong way, doubled, spaced on both sides, one of a pair
missing, or none at all. So the marks of a text are read together: each can open, close or mean nothing, each reading has a cost by the
mark's shape and by what stands around it, and the cheapest reading of the whole row is taken (two states, so linear time).
A stretch between two marks is speech or a mere term or title; the words around it decide.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from beritaie.candidates import Candidate
from beritaie.lexicon import group, rows
from beritaie.tokens import Tokens


class Verb(NamedTuple):
    """A form of a verb that reports speech, see ``speech_verbs.tsv``."""

    lemma: str
    form: str
    strong: bool


class Cue(NamedTuple):
    """What reports a quote: offsets of its verb, the verb, and where the speaker is to be sought.

    ``order``: ``subject`` (``ujar Budi``: named after the verb), ``back`` (``ujarnya``: known from before), ``before`` (``Budi
    menegaskan``: named before the verb).
    """

    start: int
    end: int
    lemma: str
    order: str


@cache
def verbs() -> dict[str, Verb]:
    """Return the verbs that report speech by their lower-cased form."""
    found: dict[str, Verb] = {}
    for row in rows("speech_verbs"):
        found.setdefault(row["word"], Verb(row["lemma"], row["form"], row["strength"] == "strong"))
    return found


PRONOUNS = frozenset({"dia", "ia", "beliau", "mereka", "dirinya", "dia.", "ia."})

_MARK = regex.compile(
    r"\"+|[“”„‟«»〝〞＂❝❞″]+|''+|``+|[‘’‚]{2}"
    r"|(?<!\w)['‘’‚`´](?=\S)|(?<=\S)['’‘`´](?!\w)|(?<=\s)['’‘`´](?=\s)"
)
# Marks that a conversion of characters turned into question marks: known by those that open a word.
_LOST_OPENING = regex.compile(r"(?<=^|\s)\?(?=\p{Lu})")
_LOST = regex.compile(r"(?<=^|\s)\?(?=\w)|(?<=,)\?|(?<=[\w?!.])\?(?=\.|[ \t]+\p{Ll})")
_OPENING = frozenset("“„‟«〝❝‘‚`")
_CLOSING = frozenset("”»〞❞’´")
_SINGLE = frozenset("'‘’‚`´")

_WORD = regex.compile(r"[^\W\d_][\w'’-]*+")
_NEXT = regex.compile(
    r"[ \t\xa0]*+[,.;]?+[ \t\xa0]*+\n?+(?:(?:(?P<so>[Dd]emikian|begitu)(?:lah)?|masih|kembali|lagi-lagi|lebih\ lanjut)[ ,]++)*+"
    r"(?P<word>[^\W\d_][\w'’-]*+)"
)
_GLUED = regex.compile(r"\p{Ll}{4,}+(?=\p{Lu}\p{Ll})")
_AFTER_WORD = regex.compile(r"[ \t\xa0]*+(?P<next>[\w(“\"]\S*+)")
_NAME_VERB = regex.compile(r"(?:\p{Lu}[\w.'’-]*+[ \t]++){1,6}(?:\([^()\n]{1,20}\)[ \t]++)?(?P<verb>\p{Ll}[\w-]++)")
_PRONOUN_VERB = regex.compile(
    r"(?:dia|ia|beliau|mereka)[ \t]++(?:juga[ \t]++|pun[ \t]++|lagi[ \t]++|kembali[ \t]++)?(?P<verb>\p{Ll}[\w-]++)", regex.I
)
_BEFORE = regex.compile(
    r"(?P<word>[^\W\d_][\w-]*+)(?:[ ]++(?:bahwa|pula|lagi|juga|demikian|begini|singkat|kepada\ \w++))?[ ]*+(?P<stop>[,:]?)[ ]*+$"
)
_SOURCE = regex.compile(r"[ \t\xa0]++(?:dari[ \t\xa0]++)?(?:(?:keterangan|pernyataan|siaran|laman|rilis|akun|situs)\b)")
_SENTENCE_END = regex.compile(r"[.!?…][\"”’')\]]*+(?=\s)|[.!?](?=\p{Lu}\p{Ll})|\n")
_BRACKETED_DATE = regex.compile(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)")
_REPORTER = regex.compile(r"\W*(?:Ia|Dia|Beliau|Sementara itu|Sebelumnya|Diketahui|Seperti diketahui)\b")
_SCRIPTURE = regex.compile(r"[\s.]*+\(?(?:HR|QS|H\.R|Q\.S)\b")
_END_CUE = regex.compile(r",[ \t\xa0]*+(?P<word>\p{Ll}[\w-]*+)")


def _follows(text: str, at: int) -> str:
    """Return the word (with its mark) that follows."""
    match = _AFTER_WORD.match(text, at)
    return match["next"] if match else ""


def cue_after(text: str, at: int, last: str, *, whole: bool = False) -> Cue | None:
    """Return the cue that follows a quote which ends at ``at``.

    Args:
        last: the last character inside the marks. After a comma something like a cue is expected: words that are not known as speech verbs
            then count by their form (``tuntasnya``, ``unar dia``). After the end of a sentence a new one may begin instead.
        whole: the quote is a sentence of its own by its place and length, though its punctuation may be missing.
    """
    match = _NEXT.match(text, at)
    if match is None:
        return None
    form = match["word"]
    start, end = match.span("word")
    if form[0].isupper() and "\n" in text[at:start]:
        return None
    word = form.lower()
    comma = last == ","
    if match["so"] and (word not in verbs() or word in group("speech", "documents")):
        capital = match["so"][0].isupper()
        return Cue(*match.span("so"), "demikian", "subject") if not capital or word in group("speech", "documents") else None
    closed = last in ",.?!…" or text[at : at + 1] == ","
    verb = verbs().get(word)
    if verb is None:
        glued = _GLUED.match(text, start)
        if glued is not None and glued.group() in verbs():  # `kataWali Kota`
            end = glued.end()
            verb = verbs()[glued.group()]
    if verb is not None:
        follows = _follows(text, end)
        named = follows[:1].isupper() or follows.rstrip(".,") in PRONOUNS
        if verb.form in ("nya", "passive_nya"):
            return Cue(start, end, verb.lemma, "back")
        if verb.form == "root" and (named or (form[0].islower() and (closed or whole or verb.strong))):
            return Cue(start, end, verb.lemma, "subject")
        if verb.form == "source":
            if verb.strong and comma:
                return Cue(start, end, verb.lemma, "subject")
            if not verb.strong and (comma or match["so"]) and _SOURCE.match(text, end):
                return Cue(start, end, verb.lemma, "document")
        if verb.form == "passive" and (verb.strong or named):
            return Cue(start, end, verb.lemma, "subject")
        if verb.form == "active" and comma and verb.strong:
            return Cue(start, end, verb.lemma, "back")
    pattern = _PRONOUN_VERB if word in PRONOUNS else _NAME_VERB if form[0].isupper() else None
    if pattern is not None:
        subject = pattern.match(text, start)
        if subject and closed:
            said = verbs().get(subject["verb"])
            known = said is not None and said.form == "active"
            alone = text[subject.end() : subject.end() + 2].strip(" \t\xa0")[:1] in (
                "",
                ".",
                "\n",
                "\r",
            )  # nothing else is said of the subject
            if (comma and (known or word in PRONOUNS or subject["verb"][:2] in ("me", "be"))) or (alone and (known or last not in ",.")):
                return Cue(*subject.span("verb"), said.lemma if said else subject["verb"], "before")
        return None
    if closed and form[0].islower():
        if word.endswith("nya") and len(word) > 5 and last in ",?!":
            return Cue(start, end, word[:-3], "back")
        follows = _follows(text, end)
        if follows.rstrip(".,") in PRONOUNS and word not in group("speech", "linking"):
            return Cue(start, end, word, "back")
        if (
            comma
            and follows[:1].isupper()
            and len(word) > 3
            and word not in group("speech", "linking")
            and word[:2] not in ("me", "di", "be", "te", "se", "ke")
        ):
            return Cue(start, end, word, "subject")
    return None


def cue_before(text: str, at: int, *, ended: bool) -> Cue | None:
    """Return the cue that ends right before a quote which starts at ``at``: ``mengatakan, "``, ``menulis: "``.

    Args:
        ended: the quote ends with a comma or the end of a sentence inside its marks.
    """
    begin = max(0, at - 60)
    match = _BEFORE.search(text, begin, at)
    if match is None:
        return None
    verb = verbs().get(match["word"].lower())
    if verb is None or not (match["stop"] or ended or (verb.strong and verb.lemma not in ("sebut", "klaim"))):
        return None
    if verb.form == "active" or (verb.form == "passive" and match["stop"]):
        return Cue(*match.span("word"), verb.lemma, "before")
    if verb.form in ("nya", "passive_nya", "source_nya"):
        return Cue(*match.span("word"), verb.lemma, "back")
    return None


class _Mark(NamedTuple):
    start: int
    end: int
    opens: float  # cost of reading it as an opening mark
    closes: float  # cost of reading it as a closing mark


def _marks(text: str) -> tuple[list[_Mark], list[_Mark]]:
    """Return the double and the single quotation marks of a text, with the cost of each reading."""
    double: list[_Mark] = []
    single: list[_Mark] = []
    size = len(text)
    matches = list(_MARK.finditer(text))
    if "?" in text and _LOST_OPENING.search(text):
        matches = sorted(matches + list(_LOST.finditer(text)), key=lambda match: match.start())
    for match in matches:
        start, end = match.span()
        form = match.group()
        alone = end - start == 1 and form in _SINGLE
        if not alone and end - start == 2 and start and text[start - 1] in ",.!?…" and end < size and text[end].isalnum():
            double.append(_mark(text, start, start + 1, form[0]))  # `."` glued to `"Next`
            double.append(_mark(text, start + 1, end, form[1]))
            continue
        (single if alone else double).append(_mark(text, start, end, form[0]))
    return double, single


def _mark(text: str, start: int, end: int, form: str) -> _Mark:
    size = len(text)
    left = text[start - 1] if start else "\n"
    right = text[end] if end < size else "\n"
    left_gap, right_gap = left.isspace(), right.isspace()
    before = left
    if left_gap:
        at = start - 1
        while at > 0 and at > start - 4 and text[at] in " \t\xa0":
            at -= 1
        before = text[at] if at >= 0 and not (at == 0 and text[0].isspace()) else "\n"
    after = right
    if right_gap:
        at = end
        while at < size - 1 and at < end + 3 and text[at] in " \t\xa0":
            at += 1
        after = text[at] if at < size else "\n"
    opens = closes = 0.0
    if form in _OPENING:
        closes += 1.5
    elif form in _CLOSING:
        opens += 1.5
    if left_gap or left in "([{-–—/":
        if right_gap:
            opens += 1.0
            closes += 1.0
        else:
            closes += 4.0
    elif right_gap or right in ",.;:)!?]":
        opens += 2.2 if left in ".!?" and after.isupper() else 4.0  # `pindah." Kalimantan`: detokenised the wrong way
    elif left in ",.?!…" and (right.isupper() or right.islower()):  # glued on both sides
        opens += 0.5 if right.isupper() else 1.0
        closes += 1.5 if right.isupper() else 0.5
    else:
        opens += 1.5 if right.isupper() else 2.0
        closes += 2.0
    if before == "\n":
        closes += 0.5 if right_gap else 4.0  # a site that turns `,"` into a line break leaves its closing marks at the head of a line
    elif before in ",.?!…":
        closes -= 0.3
    elif before in ":":
        opens -= 0.5
        closes += 1.0
    elif before.isalnum():
        opens += 0.5
    if after == "\n":
        opens += 4.0
    elif after in ",.;:!?)":
        opens += 3.0
    elif after.islower():
        opens += 0.4
        match = _NEXT.match(text, end)
        verb = verbs().get(match["word"].lower()) if match else None
        if match is not None and verb is not None and verb.form in ("root", "nya", "passive_nya"):
            closes -= 3.0 if before == "," and left_gap and not right_gap else 1.2
            follows = _follows(text, match.end("word"))
            named = follows[:1].isupper() or follows.rstrip(".,") in PRONOUNS
            opens += 4.0 if named or verb.form != "root" else 1.0  # nobody begins to speak with `kata dia`
    elif left == "\n" and after.isupper():
        subject = _NAME_VERB.match(text, end)
        if subject is not None and text[subject.end() : subject.end() + 1] in (".", "") and subject["verb"] in verbs():
            closes -= 4.0  # `"Ahsan menimpali.` at the head of a line
            opens += 2.0
    return _Mark(start, end, opens, closes)


class _Stretch(NamedTuple):
    start: int
    end: int
    opened: bool
    closed: bool


_UNCLOSED = 2.0
_SKIPPED = 2.2
_REOPENED = 2.0
_NESTED = 0.6
_OUT, _IN, _INNER = range(3)


def _pair(text: str, marks: list[_Mark]) -> list[_Stretch]:
    """Return the stretches of the cheapest reading of a row of marks, where each opens, closes, or means nothing, also once more inside."""
    if not marks:
        return []
    costs = [0.0, 9.0e9, 9.0e9]  # of the cheapest reading so far that ends outside, inside, or inside a quote within
    steps: list[list[tuple[str, int]]] = []  # for each mark and each state after it: the action and the state before it
    previous = 0
    for mark in marks:
        breaks = text.count("\n", previous, mark.start)
        came_out = _OUT
        if breaks:
            left_open = costs[_IN] + _UNCLOSED
            costs[_IN] += 0.8 + 0.5 * min(breaks, 12)
            costs[_INNER] += 2.0 + 0.5 * min(breaks, 12)
            if left_open < costs[_OUT]:
                costs[_OUT], came_out = left_open, _IN
        elif mark.start - previous > 1500:
            costs[_IN] += 1.0
            costs[_INNER] += 2.0
        previous = mark.end
        outside, inside, inner = costs
        ways = (
            min((outside + _SKIPPED + min(mark.opens, mark.closes), "skip", came_out), (inside + mark.closes, "close", _IN)),
            min(
                (outside + mark.opens, "open", came_out),
                (inside + mark.opens + _REOPENED, "reopen", _IN),
                (inside + _SKIPPED, "keep", _IN),
                (inner + mark.closes + _NESTED, "keep", _INNER),
            ),
            min((inside + mark.opens + _NESTED, "keep", _IN), (inner + _SKIPPED, "keep", _INNER)),
        )
        costs = [way[0] for way in ways]
        steps.append([(way[1], way[2]) for way in ways])
    state = min((costs[_OUT], _OUT), (costs[_IN] + _UNCLOSED, _IN), (costs[_INNER] + 2 * _UNCLOSED, _INNER))[1]
    actions: list[str] = []
    for step in reversed(steps):
        action, state = step[state]
        actions.append(action)
    actions.reverse()

    found: list[_Stretch] = []
    begin = -1
    for mark, action in zip(marks, actions, strict=True):
        if action in ("open", "reopen"):
            if begin >= 0:
                found.append(_Stretch(begin, mark.start, True, False))
            begin = mark.start
        elif action == "close":
            found.append(_Stretch(begin, mark.end, True, True))
            begin = -1
        elif action == "skip":
            if begin >= 0:
                found.append(_Stretch(begin, mark.start, True, False))
            elif mark.closes < mark.opens:
                found.append(_Stretch(mark.start, mark.end, False, True))
            begin = -1
    if begin >= 0:
        found.append(_Stretch(begin, len(text), True, False))
    return found


def _speech_start(text: str, at: int, floor: int, *, marked: bool) -> int:
    """Return where the speech begins that ends before ``at`` and has no opening mark.

    With a closing mark it takes in the sentences of the paragraph back to one that is the reporter's, and earlier paragraphs where they
    sound spoken; without any mark, the sentences that sound spoken. ``floor`` is the end of the quote before; the look goes back 2,000
    characters and 12 sentences at most.
    """
    low = max(floor, at - 2000)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, at)]
    if not floor or not ends:
        ends.insert(0, low)
    begin = ends[-1]
    for start in reversed(ends[-13:-1]):
        sentence = text[start:begin]
        if sentence.strip():
            near = "\n" not in text[begin - 1 : begin + 2]
            line = max(low, text.rfind("\n", low, begin - 1) + 1)
            said = _spoken(sentence if near or not marked else text[line:begin])
            if not said and not (marked and near and not _reported(sentence)):
                break
        begin = start
    while begin < at and not (text[begin].isalnum() or text[begin] in "(["):
        begin += 1
    return begin


def _paragraph_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _spoken(text: str) -> bool:
    """Whether the words sound said, not written by the reporter: ``saya``, ``kita``, ``kan``, ``nggak``."""
    words = group("speech", "spoken")
    return any(match.group().lower() in words for match in _WORD.finditer(text))


def _reported(sentence: str) -> bool:
    """Whether a sentence reads as the reporter's: it reports speech or speaks of someone as ``ia``."""
    if _BRACKETED_DATE.search(sentence) or _end_by_cue(sentence, 0, len(sentence)) is not None:
        return True
    if _spoken(sentence):
        return False
    for match in _WORD.finditer(sentence):
        verb = verbs().get(match.group().lower())
        if verb is not None and verb.strong and verb.form not in ("root", "nya"):
            return True
    return _REPORTER.match(sentence) is not None


_ANY_MARK = "\"“”„‟«»〝〞＂❝❞″'‘’‚`´"


def _last(text: str, start: int, end: int) -> str:
    """Return the last character inside the marks; a line break there stands for the comma that a site turned into it."""
    inner = text[start:end].rstrip(_ANY_MARK + " \t\xa0")
    return "," if inner.endswith("\n") else inner[-1:]


def _is_speech(text: str, start: int, end: int, cue: Cue | None) -> bool:
    """Whether the stretch between two marks is speech, not a term, title or nickname inside the reporter's sentence."""
    inner = text[start:end].strip(_ANY_MARK + " \t\xa0\n")
    if not inner:
        return False
    words = inner.count(" ") + 1
    last = _last(text, start, end)
    ended = last in ".?!…"
    left = text[max(0, start - 3) : start].rstrip(" \t\xa0")
    starts = not left or left[-1] in "\n.!?…" or (left[-1] in '"”' and len(left) > 1)
    match = _LAST_WORD.search(text, max(0, start - 40), start)
    word_before = match.group().lower() if match else ""
    if word_before in group("speech", "translated") and left[-1:] not in ".!?\n":
        return False
    if cue is not None:
        return ended or last == "," or words > 2 or (words > 1 and starts)
    if _SCRIPTURE.match(text, end) or _ARABIC.search(text, max(0, start - 150), start):  # scripture and its translation
        return False
    if last == ",":
        return starts or _spoken(inner) or (words > 3 and left[-1] in ",:" and _introduced(text, start))
    if starts:
        if ended:
            return words > 2 or (words == 2 and last in "?!")
        right = text[end : end + 2].lstrip(" \t\xa0")
        if left[-1:] not in ("\n", ""):
            return False
        alone = right[:1] in ("\n", "") and words > 3 and (_spoken(inner) or _introduced(text, start))
        return alone or (words > 7 and 2 * sum(word[0].islower() for word in inner.split()) > words)  # no title
    if left[-1] == ":":
        return words > 3 and (ended or _spoken(inner))
    if not ended or words < 4:
        return False
    if left[-1] == ",":
        return _spoken(inner) or (inner[0].isupper() and _introduced(text, start))
    return inner[0].isupper() and left[-1] != "(" and word_before not in group("speech", "titled")


_ARABIC = regex.compile(r"\p{Arabic}")
_LAST_WORD = regex.compile(r"[^\W\d_][\w-]*+(?=[^\w]{0,3}$)")


def _introduced(text: str, start: int) -> bool:
    """Whether a verb or a colon right before leads over to a quote: ``mendeklarasikan, "``, ``menambahkan narasi:``."""
    before = text[max(0, start - 40) : start].rstrip(" \t\xa0\n")
    if before.endswith(":"):
        return True
    word = before.rstrip(",").rpartition(" ")[2]
    return before.endswith(",") and word.startswith("me") and len(word) > 6


def find(tokens: Tokens) -> list[Candidate]:
    """Return candidates of kind ``quote``: ``data`` holds ``kind`` (``direct``) and ``cue`` (a ``Cue`` or None)."""
    text = tokens.text
    double, single = _marks(text)
    stretches = _merged(text, _pair(text, double))
    found: list[Candidate] = []
    floor = 0
    for stretch in stretches:
        candidate = _direct(text, stretch, floor)
        if candidate is not None:
            found.append(candidate)
            floor = candidate.end
    if single:
        found += _in_single_marks(text, single, stretches)
        found.sort(key=lambda candidate: candidate.start)
    if not double and not found:
        found = _without_marks(text)
    return found


def _merged(text: str, stretches: list[_Stretch]) -> list[_Stretch]:
    """Return the stretches with those joined that one speech without a closing mark runs through (each paragraph opens it again)."""
    merged: list[_Stretch] = []
    newest = 0  # where the last stretch read begins, itself perhaps a part of a longer one
    for stretch in stretches:
        last = merged[-1] if merged else None
        if (
            last is not None
            and not last.closed
            and last.end == stretch.start
            and _end_by_cue(text, newest, last.end) is None
            and not _reported(text[newest : last.end])
        ):
            merged[-1] = _Stretch(last.start, stretch.end, True, stretch.closed)
        else:
            merged.append(stretch)
        newest = stretch.start
    return merged


def _in_single_marks(text: str, marks: list[_Mark], taken: list[_Stretch]) -> list[Candidate]:
    """Return the speech between single marks, outside the stretches already read. Most single marks are apostrophes or stand around a
    title, so a cue is asked for.
    """
    free = []
    spans = iter(taken)
    span = next(spans, None)
    for mark in marks:
        while span is not None and span.end <= mark.start:
            span = next(spans, None)
        if span is None or mark.start < span.start:
            free.append(mark)
    found = []
    for stretch in _pair(text, free):
        if stretch.opened and stretch.closed:
            candidate = _direct(text, stretch, 0)
            if candidate is not None and candidate.data["cue"] is not None:
                found.append(candidate)
    return found


def _without_marks(text: str) -> list[Candidate]:
    """Return the speech of an article whose site stripped all quotation marks: what ends with ``, kata X`` or ``, ujarnya``.

    Agencies write indirect statements in the same form, so some stretch of the article must speak of ``saya`` or ``kami``.
    """
    found = []
    floor = 0
    speaks = False
    for match in _END_CUE.finditer(text):
        verb = verbs().get(match["word"])
        if verb is None or verb.form not in ("root", "nya"):
            continue
        cue = cue_after(text, match.start() + 1, ",")
        start = _speech_start(text, match.start(), floor, marked=False)
        stretch = text[start : match.start()]
        if cue is None or stretch.count(" ") < 3 or (verb.form == "nya" and _goes_on(text, match.end())):
            continue
        speaks = speaks or _spoken(stretch)
        found.append(Candidate("quote", start, match.start() + 1, "no-marks", data={"kind": "direct", "cue": cue}))
        floor = match.end()
    return found if speaks else []


def _goes_on(text: str, at: int) -> bool:
    """Whether the sentence goes on after ``, katanya``: the reporter's words then surround the cue."""
    return text[at : at + 1] == "," and text[at + 1 : at + 3].strip()[:1].islower()


def _direct(text: str, stretch: _Stretch, floor: int) -> Candidate | None:
    start, end = stretch.start, stretch.end
    rule = "marks"
    if not stretch.opened:
        last = text[max(0, start - 3) : start].rstrip()[-1:]
        if cue_after(text, end, last) is None and not (last in ",.?!…" and _spoken(text[max(floor, start - 300) : start])):
            return None  # inches, a stray mark
        start = _speech_start(text, start, floor, marked=True)
        rule = "no-opening-mark"
        first = _WORD.match(text, start)
        if end - start < 3 or (first is not None and first.group() in verbs()):
            return None
    elif not stretch.closed:
        rule = "no-closing-mark"
        limit = min(end, _paragraph_end(text, start))
        end = _end_by_cue(text, start, limit) or limit
        if end == limit and _reported(text[start:end]):
            return None
        while end > start and text[end - 1].isspace():
            end -= 1
    candidate = direct(text, start, end, rule=rule)
    if not stretch.opened and candidate.data["cue"] is None and not _spoken(text[start:end]):
        return None
    return candidate if _is_speech(text, start, end, candidate.data["cue"]) else None


def direct(text: str, start: int, end: int, *, rule: str) -> Candidate:
    """Return the candidate for a stretch of direct speech, with its cue if there is one."""
    last = _last(text, start, end)
    whole = text[max(0, start - 2) : start].rstrip(" \t\xa0")[-1:] in ("", "\n", ".") and text.count(" ", start, end) > 3
    cue = cue_after(text, end, last, whole=whole) or cue_before(text, start, ended=last in ",.?!…")
    return Candidate("quote", start, end, rule, data={"kind": "direct", "cue": cue})


def _end_by_cue(text: str, start: int, limit: int) -> int | None:
    """Return where an unclosed quote ends because a cue follows: after the comma of ``..., kata Budi``."""
    for match in _END_CUE.finditer(text, start, limit):
        verb = verbs().get(match["word"])
        if verb is not None and verb.form in ("root", "nya"):
            return match.start() + 1
    return None
