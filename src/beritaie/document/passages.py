"""Passages that are not the article, to be cut out of it: what the page says around it, what it says twice, and its author's code.

Rules return ``Cut`` objects over the repaired text; where the end of a passage is not certain, nothing or only the certain part is cut.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from beritaie import lexicon

_LINE = re.compile(r"[^\n]+")
_MARKS = " \t-–—•*|>»:.·[]()#"
_LONGEST_LINE = 30  # words of a line that begins as a page's lines do
_SHORTEST_REPEAT = 6  # words; shorter paragraphs (`" katanya.`) repeat in good articles
_SCRIPT = re.compile(r"googletag\.cmd\.push\(function\(\) ?\{[^{}]{0,200}\}\);?|\(adsbygoogle = [^;]{0,80};")
_EMBED = re.compile(r"\[(?:Gambas|gambas|GAMBAS):[^\[\]\n]{1,80}\]|\[(?:embed|video|youtube|caption)[^\[\]\n]{0,80}\]")
_TRAILING = re.compile(
    r"(?<=[.!?\"”)])\s*(?:Selengkapnya|Baca selengkapnya|BACA BERITA [^\n]{3,60} DI GOOGLE NEWS LAINNYA|Loading\.\.\.)[ .]*$"
)
# The code of the author at the end of a paragraph: `katanya.(humpro-bjm).`, `(ant/red)`, `[noe]`, `(*)`.
_CODE = re.compile(
    r"(?:(?<=[.!?\"”’])|(?<=[.!?\"”’] )|(?<=nya )|^)\s*"
    r"[(\[]\s*(?P<code>(?:[a-z][a-z\d]{0,11}|Ant|ANT|Antara|Red|RED)(?:\s?[/\-.&|+]\s?[A-Za-z\d]{1,12}){0,4}|\*{1,3})\s*[)\]]\s*\.?\s*$"
)
_NAME = re.compile(r"(?:(?<=[.!?\"”’])|(?<=[.!?\"”’] )|^)\s*[(\[](?P<name>[A-Z][\w.'’]+(?:[ /][A-Z][\w.'’]+){0,3})[)\]]\s*\.?\s*$")
_TAIL = 400  # characters at the end of the text in which tag lines stand


class Cut(NamedTuple):
    """A stretch to cut, why (a reason of ``records.Passage``), and what stands there instead."""

    start: int
    end: int
    reason: str
    replacement: str = ""


class _Rules(NamedTuple):
    lines: frozenset[str]
    starts: tuple[str, ...]
    inline: re.Pattern[str]
    cue: re.Pattern[str]
    cue_line: re.Pattern[str]
    signs: re.Pattern[str]  # without one of them a text holds no page's passage inside a paragraph


@cache
def _rules() -> _Rules:
    by_place: dict[str, list[str]] = {"line": [], "start": [], "link": [], "inline": []}
    for row in lexicon.rows("boilerplate"):
        by_place[row["where"]].append(row["phrase"])
    links = sorted(by_place["link"], key=len, reverse=True)
    many = "|".join(re.escape(link).replace("\\ ", r"\s+") for link in links if link != "baca")
    first = "|".join(sorted({form for link in links for form in (link.split()[0].capitalize(), link.split()[0].upper())}))
    cue = rf"(?=(?:{first})\b)(?i:(?:{many})\b\s?[:\-–]?|baca\s?:)\s*"
    return _Rules(
        frozenset(by_place["line"]),
        tuple(by_place["start"]),
        re.compile("|".join(map(re.escape, sorted(by_place["inline"], key=len, reverse=True)))),
        re.compile(rf"(?:(?<=[.!?\"”)\]])|(?<=[.!?\"”)\]] )|(?<=[(\[])){cue}"),
        re.compile(cue),
        re.compile(
            "|".join(
                sorted({first, "Selengkapnya", "Loading", "googletag", "adsby", r"\[", *(line.split()[0] for line in by_place["inline"])})
            )
        ),
    )


def find(text: str) -> tuple[list[Cut], str | None]:
    """Return what to cut out of the text, in order and without overlap, and the author's code or name."""
    lines = [(match.start(), match.end(), match[0]) for match in _LINE.finditer(text)]
    cuts: list[Cut] = []
    codes: list[str] = []
    name = None
    seen: set[str] = set()
    skip = -1
    signs = _rules().signs.search(text) is not None
    for number, (start, end, line) in enumerate(lines):
        if number == skip:
            continue
        stripped = line.strip()
        if not stripped:
            continue
        extent = _page_line(stripped, lines[number + 1][2].strip() if number + 1 < len(lines) else "")
        if extent:
            if extent == 2:
                skip = number + 1
                end = lines[skip][1]
            cuts.append(Cut(start, end, "boilerplate"))
            continue
        words = stripped.split()
        if len(words) >= _SHORTEST_REPEAT:
            key = " ".join(words)
            if key in seen:
                cuts.append(Cut(start, end, "repeated"))
                continue
            seen.add(key)
        closed = stripped.endswith((")", "]", ").", "]."))
        code = _CODE.search(line, max(len(line) - 60, 0)) if closed else None
        if code:
            codes.append(code["code"])
            if not _tags(cuts, lines, number, start + code.start()):
                cuts.append(Cut(start + code.start(), end, "byline"))
            else:
                cuts += _inline(line, start, code.start())
                break
        elif closed and (found := _NAME.search(line, max(len(line) - 80, 0))):
            name = found["name"]
        if signs:
            cuts += _inline(line, start, code.start() if code else len(line))
    cuts.sort()
    _add_second_body(text, cuts)
    byline = next((code for code in codes if code[0] != "*"), name)
    return cuts, byline


def _page_line(line: str, following: str) -> int:
    """Return how many lines, from this one, belong to the page: 0, 1, or 2 where a link's title stands on the next."""
    rules = _rules()
    if len(line) > 300:
        return 0
    lower = line.lower()
    bare = " ".join(lower.split()).strip(_MARKS)
    if not bare:
        return 1 if not any(map(str.isalnum, line)) and len(line) > 2 else 0
    if bare in rules.lines:
        return 1
    short = bare.count(" ") < _LONGEST_LINE
    if short and bare.startswith(rules.starts):
        return 1
    cue = rules.cue_line.match(line.lstrip(_MARKS))
    if not cue:
        return 0
    title = line.lstrip(_MARKS)[cue.end() :].strip()
    if not title.strip(_MARKS):
        return 2 if _is_title(following) else 1
    return 1 if short and _title_end(title) == len(title) else 0


def _tags(cuts: list[Cut], lines: list[tuple[int, int, str]], number: int, start: int) -> bool:
    """Cut the author's code on a line of its own with all short lines after it (tags, links), where the text ends so."""
    if lines[number][0] != start or number + 1 == len(lines) or lines[-1][1] - start > _TAIL:
        return False
    if any(line.count(" ") > 8 or line.rstrip().endswith((".", '"', "”")) for _, _, line in lines[number + 1 :]):
        return False
    cuts.append(Cut(start, lines[number][1], "byline"))
    cuts.append(Cut(lines[number + 1][0], lines[-1][1], "boilerplate"))
    return True


def _inline(line: str, offset: int, limit: int) -> list[Cut]:
    """Find what the page put into a running paragraph."""
    rules = _rules()
    found: list[Cut] = []
    if "[" in line:
        found += (Cut(offset + match.start(), offset + match.end(), "boilerplate", " ") for match in _EMBED.finditer(line))
    if "(" in line and ("googletag" in line or "adsby" in line):
        found += (Cut(offset + match.start(), offset + match.end(), "boilerplate", " ") for match in _SCRIPT.finditer(line))
    found += (Cut(offset + match.start(), offset + match.end(), "boilerplate", " ") for match in rules.inline.finditer(line))
    trailing = _TRAILING.search(line, max(limit - 120, 0), limit)
    if trailing:
        found.append(Cut(offset + trailing.start(), offset + trailing.end(), "boilerplate"))
    for match in rules.cue.finditer(line, 0, limit):
        before = line[match.start() - 1 : match.start()]
        close = {"(": ")", "[": "]"}.get(before)
        if close:
            end = line.find(close, match.end(), match.end() + 200)
            if end > 0:
                found.append(Cut(offset + match.start() - 1, offset + end + 1, "boilerplate", " "))
            continue
        end = match.end() + _title_end(line[match.end() : min(limit, match.end() + 300)])
        if end > match.end():
            found.append(Cut(offset + match.start(), offset + end, "boilerplate", " "))
    found.sort()
    kept: list[Cut] = []
    for cut in found:
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    return kept


_TOKEN = re.compile(r"\S+")
# Where the article goes on: `ke Malaysia"Pukul`, `DaftarnyaKosasih juga`.
_GLUE = re.compile(r"(?<=[a-z\d)!?])[\"“]|(?<=[a-z]{2})(?=[A-Z][a-z])")
_CERTAIN = 8  # words of a headline that are certain where its end is not


def _title_end(text: str) -> int:
    """Return where the headline at the text's start ends, or its certain part, or 0.

    A headline has a capital at each word but the small ones; the article goes on with a sentence: soon with a word in small letters.
    """
    words = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
    certain = 0
    for number, (start, _, word) in enumerate(words[: _LONGEST_LINE + 1]):
        following = words[number + 1][2] if number + 1 < len(words) else ""
        glue = max(_GLUE.finditer(word), key=lambda match: match.start(), default=None)
        if glue and number > 1 and (glue[0] or _is_content(following)):
            return start + glue.start()
        bare = word.strip("\"'“”‘’().,:;!?")
        if number > 2 and word[0] in '"“' and word[1:2].isupper() and word.count(word[0]) == 1:
            return start
        if number > 2 and _is_opener(bare) and (_is_content(following) or word.endswith(",")):
            return start
        if bare.endswith(".") or (word.endswith((".", '."', ".”")) and len(bare) > 2 and _is_content(bare)):
            return 0
        if bare in lexicon.words("headline_words"):
            certain = start if number <= _CERTAIN else certain
        elif _is_content(word):
            if number < 3:
                return 0
            return certain if certain else words[min(number, _CERTAIN) - 2][1] if number > _CERTAIN else 0
    return len(text) if len(words) <= _LONGEST_LINE else certain


def _is_content(word: str) -> bool:
    bare = word.strip("\"'“”‘’().,:;!?")
    return bare[:1].islower() and bare not in lexicon.words("headline_words")


def _is_opener(word: str) -> bool:
    return word[:1].isupper() and word.lower() in lexicon.words("openers")


def _is_title(line: str) -> bool:
    """Whether the line reads as a headline: no full stop, capitals at most words."""
    words = line.split()
    if not 3 <= len(words) <= 20 or line[-1] in '."”' or line[0] in '"“':
        return False
    return 10 * sum(word[0].isupper() or word[0].isdigit() or word in lexicon.words("headline_words") for word in words) >= 7 * len(words)


def _add_second_body(text: str, cuts: list[Cut]) -> None:
    """Cut a body that is pasted again inside a paragraph, where the comparison of paragraphs cannot see it."""
    head = text[:80]
    if len(text) < 400 or (at := text.find(head, 80)) < 0:
        return
    length = 80
    while at + length < len(text) and length < at and text[length] == text[at + length]:
        length += 1
    if length >= 200 and not any(cut.start < at + length and at < cut.end for cut in cuts):
        cuts.append(Cut(at, at + length, "repeated", " "))
        cuts.sort()
