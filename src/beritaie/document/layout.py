"""Line breaks inside a sentence become spaces, so that every line break that is left ends a paragraph. No offset changes."""

from __future__ import annotations

import re

from beritaie import lexicon

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_TERMINAL = frozenset(".!?…:;")
_OPEN = frozenset(",-–—(/&[")  # a line that ends so goes on
_GOES_ON = re.compile(r"[\"”’')\]]?[,.;]?(?:\s+[a-z(]|\s*$)|[,.;)\]]|[\"”][,.]")  # how a line begins that ends a sentence: `” katanya.`
_CODE_LINE = re.compile(r"[(\[][\w /.&|+-]{1,30}[)\]]\.?")  # the author's code; tags may follow it, line by line
_LISTED = re.compile(r"http|[\w ]{1,20}\s?:")  # a line in small letters that begins something of its own
_LONGEST_LINK = 40
_WORD = re.compile(r"\S+")
_NARROWEST, _WIDEST = 40, 130  # characters a line in a text that was wrapped


def unwrap(text: str) -> str:
    """Return the text, of the same length, with its soft line breaks replaced by spaces."""
    if "\n" not in text:
        return text
    breaks = [match.span() for match in _BREAK.finditer(text)]
    wrapped = _wrapped(text, breaks)
    parts: list[str] = []
    at = 0
    begin = 0
    for index, (start, end) in enumerate(breaks):
        before = text[begin:start]
        if before[:1] in ("(", "[") and _CODE_LINE.fullmatch(before):
            break
        blank = text.count("\n", start, end) > 1
        if (
            before
            and end < len(text)
            and (index in wrapped or _soft(before, text[end : end + 40], blank) or (not blank and _link(text, before, breaks, index)))
        ):
            parts += (text[at:start], " " * (end - start))
            at = end
        begin = end
    parts.append(text[at:])
    return "".join(parts)


def _soft(before: str, after: str, blank: bool) -> bool:
    """Whether a sentence goes on over the line break; ``blank``: there is an empty line between."""
    last, first = before[-1], after[0]
    line = after.partition("\n")[0]
    if last not in _TERMINAL and before.strip(" :").lower() in lexicon.words("boilerplate", "phrase"):
        return False
    if first.islower():
        return last not in _TERMINAL and not (blank and last in '"”)') and not _LISTED.match(line)
    if first in "\"”’'),.;]" and _GOES_ON.match(line):
        return True
    if blank or first in "-–—•*":
        return first in "-–—" and line.strip() == first and last not in _TERMINAL
    if last in _OPEN:
        return len(before) > 1 or first.isupper()
    return before.rpartition(" ")[2] in lexicon.words("continued")


def _link(text: str, before: str, breaks: list[tuple[int, int]], index: int) -> bool:
    """Whether the next line is a link that a page set on a line of its own inside a sentence: the line after it goes on."""
    if before[-1] in _TERMINAL or index + 1 == len(breaks) or before.strip(" :").lower() in lexicon.words("boilerplate", "phrase"):
        return False
    begin, (start, end) = breaks[index][1], breaks[index + 1]
    if start - begin > _LONGEST_LINK or text.count("\n", start, end) > 1 or end == len(text):
        return False
    if not text[begin].isalpha() or text[start - 1] in _TERMINAL:
        return False
    return text[end] in ",.)" or text[end].islower()


def _wrapped(text: str, breaks: list[tuple[int, int]]) -> set[int]:
    """Return the breaks of those blocks of lines in which every line is as full as the next word allows."""
    found: set[int] = set()
    block: list[int] = []
    begin = 0
    for index, (start, end) in enumerate([*breaks, (len(text), len(text))]):
        hard = index == len(breaks) or text.count("\n", start, end) > 1
        block.append(index)
        if hard:
            if len(block) > 2:
                found |= _full_lines(text, breaks, block, begin)
            block = []
            begin = end
    return found


def _full_lines(text: str, breaks: list[tuple[int, int]], block: list[int], begin: int) -> set[int]:
    starts = [begin, *(breaks[index][1] for index in block[:-1])]
    ends = [breaks[index][0] if index < len(breaks) else len(text) for index in block]
    width = max(end - start for start, end in zip(starts, ends, strict=True))
    if not _NARROWEST <= width <= _WIDEST:
        return set()
    full, within = set(), 0
    for line, index in enumerate(block[:-1]):
        word = _WORD.match(text, starts[line + 1])
        room = width - (ends[line] - starts[line]) - 1
        if word and word.end() - word.start() > room:
            full.add(index)
            within += text[ends[line] - 1] not in _TERMINAL
    return full if len(full) >= 0.8 * (len(block) - 1) and within >= len(full) / 2 else set()
