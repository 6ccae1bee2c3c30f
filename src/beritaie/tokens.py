"""Tokens and sentences: spaCy's tokenizer with rules for Indonesian news, over a bounded memory of what it has split before.

White space always separates tokens, so a text is split chunk by chunk; most chunks were met before and cost one look-up. Only new ones
reach spaCy. That keeps time linear in the text and memory flat over an archive (spaCy's own vocabulary only ever grows).

What is one token: words with their hyphens and apostrophes (``OPD-OPD``, ``60-an``, ``Ma'ruf``), numbers with their separators
(``5.152,69``), dates and clock times (``31/10``, ``14:35``), abbreviations and initials with their full stops (``No.``, ``S.H.``, ``A.``),
addresses of the web. What is split off: every other punctuation mark, a currency before and a unit after digits (``Rp|100|juta``),
both ends of a range (``5|-|10``, ``Januari|-|Agustus``), clitics after a hyphen (``APBD|-|nya``), the sentence glued to the one before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

import regex

from beritaie import lexicon

# Flags of a token's form.
CAPITAL = 1  # starts with a capital letter
UPPER = 2  # all letters are capitals, at least two
LOWER = 4  # starts with a small letter
DIGIT = 8  # holds a digit
ALPHA = 16  # letters, with inner hyphens, apostrophes or a closing full stop
PUNCT = 32  # no letter or digit
BREAK = 64  # a line break stands before it

_CHUNK = re.compile(r"\n|\S+")
_MAX_CHUNK = 64  # no word is longer; a longer chunk (addresses, text without spaces) is cut roughly
_PIECE = regex.compile(rf"(?i:https?://|www\.)[^\s\"“”<>]*[\w/]|\w{{1,{_MAX_CHUNK}}}|.")
_REMEMBERED = 50_000  # chunks in each of the two generations of the memory, some 20 MB in all

# Nine in ten new chunks are a word or number between single marks; the rules below would split them in the same way, but slowly.
_PLAIN = re.compile(r"([\"“(]?)([^\W\d_]{2,}|[a-z]{2,}(?:-[a-z]{2,})+|\d+(?:[.,]\d+)*)([,.;:!?\"”)]{0,3})")
_SYMBOL = r"[\p{P}\p{S}]"
_STOP = regex.compile(r"[.!?…]+")
_QUOTES = frozenset('"“”„«»')
_BRACKETS = frozenset("()")
_CLOSERS = frozenset("\"'”’»)]")
_MAX_MARKS = 8  # punctuation looked through for the next word
_LONGEST_ASIDE = 150  # tokens between quotation marks or brackets; beyond it the closing one is taken for lost


class _Split(NamedTuple):
    """A chunk's tokens; ``starts``/``ends`` count from the chunk's start"""

    form: tuple[str, ...]
    lower: tuple[str, ...]
    flags: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marked: bool  # holds a token that may end a sentence, or a quotation mark or bracket


def _is_mark(form: str) -> bool:
    return form[-1] == "." or form in _QUOTES or form in _BRACKETS or _STOP.fullmatch(form) is not None


def _flags(form: str) -> int:
    first = form[0]
    flags = CAPITAL if first.isupper() else LOWER if first.islower() else 0
    if form.isupper() and sum(map(str.isalpha, form)) > 1:
        flags |= UPPER
    if any(map(str.isdigit, form)):
        flags |= DIGIT
    if form.rstrip(".").replace("-", "").replace("'", "").replace("’", "").isalpha():
        flags |= ALPHA
    if not any(map(str.isalnum, form)):
        flags |= PUNCT
    return flags


class Splitter:
    """Splits chunks of text without white space into tokens, and remembers the latest of them.

    The memory has two generations; when the younger is full it becomes the older, and spaCy starts again with an empty vocabulary.
    """

    def __init__(self) -> None:
        self.dotted = {row["word"]: row["ends"] == "yes" for row in lexicon.rows("dotted")}
        self.openers = lexicon.words("openers")
        lists = lexicon.table("tokens")
        self.lettered, self.domains = frozenset(lists["lettered"]), frozenset(lists["domains"])
        self._compile(lists)
        self._hyphens: dict[str, set[str]] = {"first": set(), "last": set(), "whole": set()}
        for row in lexicon.rows("hyphens"):
            self._hyphens[row["part"]].add(row["word"])
        self._young: dict[str, _Split] = {}
        self._old: dict[str, _Split] = {}
        self._forms: dict[str, tuple[str, int, bool]] = {}
        self._pieces = self._spacy()

    @property
    def remembered(self) -> dict[str, _Split]:
        """The chunks met of late; one that is not in it is to be asked for by a call."""
        return self._young

    def __call__(self, chunk: str) -> _Split:
        """Return the tokens of a chunk, and remember them."""
        known = self._old.get(chunk) or self._split(chunk)
        if len(chunk) <= _MAX_CHUNK:
            if len(self._young) >= _REMEMBERED:
                self._old, self._young, self._forms = self._young, {}, {}
                self._pieces = self._spacy()
            self._young[chunk] = known
        return known

    def _spacy(self) -> Callable[[str], list[str]]:
        from spacy.tokenizer import Tokenizer
        from spacy.vocab import Vocab

        dotted, whole = self.dotted, self._whole.fullmatch
        tokenizer = Tokenizer(
            Vocab(),
            prefix_search=self._prefix.match,
            suffix_search=self._suffix.search,
            infix_finditer=self._infixes,
            token_match=lambda form: form in dotted or whole(form),
        )
        return lambda chunk: [token.text for token in tokenizer(chunk)]

    def _compile(self, lists: dict[str, list[str]]) -> None:
        currency, unit, day, domain = (
            "|".join(map(regex.escape, lists[name])) for name in ("currencies", "units", "days_and_months", "domains")
        )
        self._prefix = regex.compile(rf"\.{{2,}}|-{{2,}}|``|''|(?:{currency})\.?(?=\d)|(?![#@]\w|\+\d|&\w){_SYMBOL}")
        self._suffix = regex.compile(rf"(?:\.{{2,}}|-{{2,}}|``|''|(?<=\d)(?i:{unit})|{_SYMBOL})$")
        self._infix = regex.compile(
            rf"""
              \.{{2,}} | …+ | -{{2,}} | [–—"“”„«»;<>|=()\[\]{{}}]
            | (?<=[\d%])-(?=\d) | (?<=\d)-(?=\p{{Lu}}\p{{Ll}}) | (?<=\p{{L}})-(?=\p{{Lu}}) | (?<=\p{{Lu}})-(?=(?:nya|ku|mu|lah|kah|pun)\b)
            | (?<=\b(?:{day}))-(?=\d)
            | (?<=\b(?:19|20)\d\d)/(?=(?:19|20)\d\d\b)
            | (?<=\d\.\d{{3}})/(?=\d) | (?<=\p{{L}}{{2}})/(?=\p{{L}}{{2}}) | (?<=\d)/(?=\p{{L}}\p{{Ll}})
            | (?<=[\p{{Ll}}\d%])[.!?](?=\p{{Lu}}\p{{L}}) | (?<=\p{{Lu}}\p{{Lu}})[.!?](?=\p{{Lu}}\p{{Ll}}\p{{Ll}}) | (?<=\w)[!?](?=\w)
            | (?<=[^\W\d]),(?=\w) | (?<=\w),(?=[^\W\d]) | (?<=[^\W\d]):(?=\w) | (?<=\w):(?=[^\W\d]) | %(?=\w|-)
            | [.,:!?'’‘`](?={_SYMBOL}) | (?<={_SYMBOL})[.,:!?'’‘`]
            | (?<=\p{{Ll}}|{_SYMBOL})(?:{currency})\.?(?=\d)
            | (?<=\d)(?i:{unit})(?=[/)\-–—,;:]) | (?<=\d[MT])/(?=\p{{Ll}})
            | (?<=\b(?:\p{{Lu}}\.){{1,3}})(?=\p{{Lu}}\p{{Ll}}{{4}})
            """,
            regex.VERBOSE,
        )
        self._whole = regex.compile(
            rf"""
              \p{{Lu}}\.                                                       # an initial: A.
            | \p{{Lu}}\.(?:\p{{Lu}}\p{{Ll}}{{0,3}}\.)*\p{{Lu}}\p{{Ll}}{{0,3}}\.?     # degrees and short forms: S.H. M.Si. S.Sos.I
            | (?:\p{{Ll}}\.){{2,}}                                             # a.n.
            | \d{{1,2}}/\d{{1,2}}(?:/(?:\d\d){{1,2}})? | \d{{1,2}}-\d{{1,2}}-\d{{4}} | \d{{4}}-\d\d-\d\d
            | (?i:https?://|www\.)[^\s"“”<>]*[\w/]
            | [\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+
            | (?:[\w-]+\.)+(?i:{domain})(?:/[^\s"“”<>]*[\w/])?
            """,
            regex.VERBOSE,
        )

    def _infixes(self, word: str) -> list[regex.Match[str]]:
        return [match for match in self._infix.finditer(word) if match[0] != "-" or self._parts(word, match.start())]

    def _parts(self, word: str, at: int) -> bool:
        """Whether the hyphen at this offset parts two words."""
        before, after = word[:at].rpartition("-")[2], word[at + 1 :]
        if not after[0].isupper() or before.isdigit():
            return True
        first, last = before.lower(), after.lower()
        return not (
            first in self._hyphens["first"]
            or last in self._hyphens["last"]
            or f"{first}-{last}" in self._hyphens["whole"]
            or last.startswith(first)  # OPD-OPD, Undang-Undangnya
            or (len(first) > 3 and first[1:] == last[1 : len(first)])  # Sayur-Mayur
        )

    def _plain(self, chunk: str) -> list[str] | None:
        match = _PLAIN.fullmatch(chunk)
        if match is None:
            return None
        before, word, after = match.groups()
        if len(set(after)) < len(after) or (after[:1] == "." and f"{word}." in self.dotted):
            return None
        return [before, word, *after] if before else [word, *after]

    def _split(self, chunk: str) -> _Split:
        forms = _PIECE.findall(chunk) if len(chunk) > _MAX_CHUNK else self._plain(chunk) or self._pieces(chunk)
        if len(forms) == 1:
            form = forms[0]
            lower, flags, marked = self._described(form)
            return _Split((form,), (lower,), (flags,), (0,), (len(form),), marked)
        ends = tuple(accumulate(map(len, forms)))
        described = [self._described(form) for form in forms]
        return _Split(
            tuple(forms),
            tuple([lower for lower, _, _ in described]),
            tuple([flags for _, flags, _ in described]),
            (0, *ends[:-1]),
            ends,
            any(marked for _, _, marked in described),
        )

    def _described(self, form: str) -> tuple[str, int, bool]:
        known = self._forms.get(form)
        if known is None:
            known = self._forms[form] = (form.lower(), _flags(form), _is_mark(form))
        return known


_splitter: Splitter | None = None


def splitter() -> Splitter:
    """Return the process's splitter; the first call loads spaCy."""
    global _splitter
    if _splitter is None:
        _splitter = Splitter()
    return _splitter


class Tokens:
    """The tokens of one cleaned text, as parallel lists.

    ``form``/``lower``: the surface and its lower-cased form; ``start``/``end``: code point offsets in ``text``, half open; ``flags``: see
    the constants of this module; ``sentences``: half-open token ranges in order (a quotation or bracket within a paragraph lies in one
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
                marks += [i for i, piece in enumerate(form, first) if _is_mark(piece)]
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
            elif form in _QUOTES:
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
        words = splitter()
        last = len(forms)
        at = stop + 1
        while at < last and at - stop < _MAX_MARKS and starts[at] == ends[at - 1] and (forms[at] in _CLOSERS or _STOP.fullmatch(forms[at])):
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
        if not _STOP.fullmatch(form):  # an abbreviation or initial
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
