"""Tokens and sentences, on spaCy's Indonesian tokenizer with news rules."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

# Flags of a token's form.
CAPITAL = 1  # starts with a capital letter
UPPER = 2  # all letters are capitals, at least two
LOWER = 4  # starts with a small letter
DIGIT = 8  # holds a digit
ALPHA = 16  # letters, with inner hyphens, apostrophes or a closing full stop
PUNCT = 32  # no letter or digit
BREAK = 64  # a line break stands before it


@cache
def _tokenizer():
    import spacy

    return spacy.blank("id")


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


_forms: dict[str, tuple[str, int]] = {}


class Tokens:
    """The tokens of one cleaned text, as parallel lists.

    ``form``/``lower``: the surface and its lower-cased form; ``start``/``end``: code point offsets in ``text``, half open; ``flags``: see
    the constants of this module; ``sentences``: half-open token ranges in order; white space is no token.
    """

    __slots__ = ("end", "flags", "form", "lower", "sentence_starts", "sentences", "start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.form: list[str] = []
        self.lower: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.flags: list[int] = []
        self.sentences: list[tuple[int, int]] = []
        broken = False
        begin = 0
        for token in _tokenizer()(text):
            form = token.text
            if form.isspace():
                broken = broken or "\n" in form
                continue
            known = _forms.get(form)
            if known is None:
                known = _forms[form] = (form.lower(), _flags(form))
            at = len(self.form)
            if at > begin and (broken or self.form[-1] in ".!?"):
                self.sentences.append((begin, at))
                begin = at
            self.form.append(form)
            self.lower.append(known[0])
            self.start.append(token.idx)
            self.end.append(token.idx + len(form))
            self.flags.append(known[1] | (BREAK if broken else 0))
            broken = False
        if begin < len(self.form):
            self.sentences.append((begin, len(self.form)))
        self.sentence_starts = [start for start, _ in self.sentences]

    def __len__(self) -> int:
        return len(self.form)

    def at(self, offset: int) -> int:
        """Return the index of the token that holds this offset, else of the last token that starts before it (-1 if none)."""
        return bisect_right(self.start, offset) - 1

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the token range of the sentence that holds token ``index``."""
        return self.sentences[bisect_right(self.sentence_starts, index) - 1]
