"""What is one token: the rules, and spaCy's way of applying them.

The rules have the form that spaCy's tokenizer takes (prefixes, suffixes, infixes, whole tokens), and ``beritaie.spacy.NewsTokenizer`` is
one of them, for pipelines that are to have our tokens. beritaie itself applies them in the same way without spaCy: importing that costs a
second and 100 MB, and three times as much where PyTorch is installed beside it.
"""

from __future__ import annotations

from functools import cache

import regex

from beritaie import lexicon

_SYMBOL = r"[\p{P}\p{S}]"


class Rules:
    """The tokenizer's rules, compiled from ``dotted.tsv``, ``hyphens.tsv``, ``openers.tsv`` and ``tokens.toml``.

    ``dotted``: abbreviations with their full stop, and whether one may end a sentence; ``openers``, ``lettered``, ``domains``: the lists of
    these names, for the ends of sentences.
    """

    def __init__(self) -> None:
        self.dotted = {row["word"]: row["ends"] == "yes" for row in lexicon.rows("dotted")}
        self.openers = lexicon.words("openers")
        lists = lexicon.table("tokens")
        self.lettered, self.domains = frozenset(lists["lettered"]), frozenset(lists["domains"])
        self._hyphens: dict[str, set[str]] = {"first": set(), "last": set(), "whole": set()}
        for row in lexicon.rows("hyphens"):
            self._hyphens[row["part"]].add(row["word"])
        currency, unit, day, domain = (
            "|".join(map(regex.escape, lists[name])) for name in ("currencies", "units", "days_and_months", "domains")
        )
        self.prefix = regex.compile(rf"\.{{2,}}|-{{2,}}|``|''|(?:{currency})\.?(?=\d)|(?![#@]\w|\+\d|&\w){_SYMBOL}")
        self.suffix = regex.compile(rf"(?:\.{{2,}}|-{{2,}}|``|''|(?<=\d)(?i:{unit})|{_SYMBOL})$")
        self._infix = regex.compile(
            rf"""
              \.{{2,}} | …+ | -{{2,}} | [–—"“”„«»;<>|=()\[\]{{}}]
            | (?<=[\d%])-(?=\d) | (?<=\d)-(?=\p{{Lu}}\p{{Ll}}) | (?<=\p{{L}})-(?=\p{{Lu}}) | (?<=\p{{Lu}})-(?=(?:nya|ku|mu|lah|kah|pun)\b)
            | (?<=\b(?:{day}))-(?=\d)
            | (?<=\b(?:19|20)\d\d)/(?=(?:19|20)\d\d\b)
            | (?<=\d\.\d{{3}})/(?=\d) | (?<=\p{{L}}{{2}})/(?=\p{{L}}{{2}}) | (?<=\d)/(?=\p{{L}}\p{{Ll}}) | (?<=\))/(?=\p{{Lu}}\p{{Ll}})
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

    def whole(self, chunk: str) -> bool:
        """Whether the chunk is one token, whatever the other rules say."""
        return chunk in self.dotted or self._whole.fullmatch(chunk) is not None

    def infixes(self, word: str) -> list[regex.Match[str]]:
        """Return what parts the word inside, in order; a match may be empty."""
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

    def split(self, chunk: str) -> list[str]:
        """Split a chunk of text without white space, as spaCy does.

        Prefixes and suffixes are taken off until the rest is a whole token or has none; then the rest is parted at its infixes.
        Time is quadratic in the length of the chunk: for short ones only.
        """
        before: list[str] = []
        behind: list[str] = []
        while chunk and not self.whole(chunk):
            prefix = self.prefix.match(chunk)
            start = prefix.end() if prefix else 0
            suffix = self.suffix.search(chunk, start)
            end = suffix.start() if suffix else len(chunk)
            if start:
                before.append(chunk[:start])
            if end < len(chunk) and start < len(chunk):
                behind.append(chunk[end:])
            elif not start:
                break
            chunk = chunk[start:end]
        if chunk:
            before += [chunk] if self.whole(chunk) else self._inside(chunk)
        return before + behind[::-1]

    def _inside(self, word: str) -> list[str]:
        parts, at = [], 0
        for match in self.infixes(word):
            start, end = match.span()
            if start == 0:
                continue
            parts += [part for part in (word[at:start], word[start:end]) if part]
            at = end
        if at < len(word):
            parts.append(word[at:])
        return parts


@cache
def rules() -> Rules:
    """Return the rules, compiled once."""
    return Rules()
