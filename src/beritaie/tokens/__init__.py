"""Tokens and sentences, by rules for Indonesian news.

What is one token: words with their hyphens and apostrophes (``OPD-OPD``, ``60-an``, ``Ma'ruf``), numbers with their separators
(``5.152,69``), dates and clock times (``31/10``, ``14:35``), abbreviations and initials with their full stops (``No.``, ``S.H.``, ``A.``),
addresses of the web. What is split off: every other punctuation mark, a currency before and a unit after digits (``Rp|100|juta``),
both ends of a range (``5|-|10``, ``Januari|-|Agustus``), clitics after a hyphen (``APBD|-|nya``), the sentence glued to the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from beritaie.tokens.chunks import QUOTES, Splitter, is_mark, is_stop, splitter
from beritaie.tokens.flags import ALPHA, BREAK, CAPITAL, DIGIT, LOWER, PUNCT, UPPER
from beritaie.tokens.rules import rules

__all__ = ["ALPHA", "BREAK", "CAPITAL", "DIGIT", "LOWER", "PUNCT", "UPPER", "Tokens"]

_CHUNK = re.compile(r"\n|\S+")
_CLOSERS = frozenset("\"'”’»)]")
_MAX_MARKS = 8  # punctuation looked through for the next word
_LONGEST_ASIDE = 150  # tokens between quotation marks or brackets; beyond it the closing one is taken for lost


class Tokens:
    """The tokens of one cleaned text, as parallel lists.

    ``form``/``lower``: the surface and its lower-cased form; ``start``/``end``: code point offsets in ``text``, half open; ``flags``: see
    ``flags.py``; ``sentences``: half-open token ranges in order (a quotation or bracket within a paragraph lies in one
    sentence); white space is no token.
    """

    __slots__ = ("end", "flags", "form", "lower", "sentence_starts", "sentences", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.form: list[str] = []
        self.lower: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.flags: list[int] = []
        paragraphs, marks = self._fill(splitter())
        self.sentence_starts = self._sentence_starts(paragraphs, marks) if self.form else []
        self.sentences = list(zip(self.sentence_starts, [*self.sentence_starts[1:], len(self.form)], strict=False))

    def _fill(self, split: Splitter) -> tuple[list[int], list[int]]:
        """Fill the lists; return the tokens that begin a paragraph, and those that may end a sentence or enclose one."""
        forms, lowers, starts, ends, flags = self.form, self.lower, self.start, self.end, self.flags
        paragraphs, marks = [0], []
        broken = 0
        remembered = split.remembered.get
        for match in _CHUNK.finditer(self.text):
            chunk = match[0]
            if chunk == "\n":
                broken = BREAK
                continue
            form, lower, flag, start, end, marked = remembered(chunk) or split(chunk)
            first = len(forms)
            at = match.start()
            if len(form) == 1:
                forms.append(form[0])
                lowers.append(lower[0])
                flags.append(flag[0])
                starts.append(at)
                ends.append(match.end())
            else:
                forms += form
                lowers += lower
                flags += flag
                starts += [at + offset for offset in start]
                ends += [at + offset for offset in end]
            if marked:
                marks += [i for i, piece in enumerate(form, first) if is_mark(piece)]
            if broken:
                flags[first] |= BREAK
                paragraphs.append(first)
                broken = 0
        return paragraphs, marks

    def _sentence_starts(self, paragraphs: list[int], marks: list[int]) -> list[int]:
        asides, stops = self._asides(paragraphs, marks)
        for opening, closing in asides:
            for at in range(bisect_right(stops, (opening, 0)), len(stops)):
                stop, after = stops[at]
                if stop >= closing:
                    break
                if after <= closing:
                    stops[at] = stop, 0
        return sorted({*paragraphs, *(after for _, after in stops if after)})

    def _asides(self, paragraphs: list[int], marks: list[int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Pair quotation marks and brackets within paragraphs; return the pairs, and (stop, token after it) of each end of a sentence."""
        forms = self.form
        asides: list[tuple[int, int]] = []
        stops: list[tuple[int, int]] = []
        quote = bracket = -1
        begin, following = 0, 1
        for mark in marks:
            while following < len(paragraphs) and paragraphs[following] <= mark:
                begin = paragraphs[following]
                following += 1
                quote = bracket = -1
            form = forms[mark]
            if form == "(":
                bracket = mark
            elif form == ")":
                if bracket >= 0 and mark - bracket <= _LONGEST_ASIDE:
                    asides.append((bracket, mark))
                bracket = -1
            elif form in QUOTES:
                if self._opens(mark, quote >= 0):
                    quote = mark
                else:
                    if quote >= 0 and mark - quote <= _LONGEST_ASIDE:
                        asides.append((quote, mark))
                    quote = -1
            else:
                after = self._after(mark, begin)
                if after:
                    stops.append((mark, after))
                    begin = after
        return asides, stops

    def _opens(self, mark: int, inside: bool) -> bool:
        """Whether the quotation mark opens: by the white space around it, else by its form, else if none is open."""
        spaced_before = mark == 0 or self.end[mark - 1] < self.start[mark] or self.form[mark - 1] == "("
        spaced_after = mark + 1 == len(self.form) or self.end[mark] < self.start[mark + 1]
        if spaced_before != spaced_after:
            return spaced_before
        return self.form[mark] in "“„«" or (self.form[mark] == '"' and not inside)

    def _after(self, stop: int, begin: int) -> int:
        """Return the token that begins a sentence after the stop, or 0 where the sentence, begun at ``begin``, goes on."""
        forms, starts, ends, flags = self.form, self.start, self.end, self.flags
        words = rules()
        last = len(forms)
        at = stop + 1
        while at < last and at - stop < _MAX_MARKS and starts[at] == ends[at - 1] and (forms[at] in _CLOSERS or is_stop(forms[at])):
            at += 1
        word = at
        while word < last and flags[word] & PUNCT:
            if forms[word] in ",;:":
                return 0
            word += 1
            if word - at > _MAX_MARKS:
                return at
        if word == last or flags[at] & BREAK:
            return 0
        capital = flags[word] & CAPITAL
        form = forms[stop]
        if not is_stop(form):  # an abbreviation or initial
            if not capital or not words.dotted.get(form, True):
                return 0
            if form[0].islower() or self.lower[word] in words.openers:
                return at
            return at if len(form) == 2 and stop and self.lower[stop - 1] in words.lettered else 0
        before = forms[stop - 1] if stop else ""
        if stop - begin == 1 and (before.isdigit() or len(before) == 1):  # 1. A.
            return 0
        if flags[word] & LOWER:
            known = (
                len(before) > 3 and form in ".!?" and at == stop + 1 and ends[stop] < starts[at] and self.lower[word] not in words.domains
            )
            return at if known else 0
        if before[-1:].isdigit() and form == "." and len(forms[word]) == 3 and forms[word].isdigit():  # Rp1.575. 000
            return 0
        return at

    def __len__(self) -> int:
        return len(self.form)

    def at(self, offset: int) -> int:
        """Return the index of the token that holds this offset, else of the last token that starts before it (-1 if none)."""
        return bisect_right(self.start, offset) - 1

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the token range of the sentence that holds token ``index``."""
        return self.sentences[bisect_right(self.sentence_starts, index) - 1]
