"""Short forms that the article introduces: ``Badan Pendapatan Daerah (Bapenda)``, ``LoI (Letter of Intent)``, ``X disingkat Y``.

The long form's borders are found by matching the letters of the short form against the words beside it, from the end: initials
(``KPK``), syllables (``Ka-pus-pen-kum``: Kepala Pusat Penerangan Hukum), function words passed over. After Schwartz and Hearst (2003),
widened by the pieces inside words that Indonesian blends are made of (``Renduk``: rencana induk).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

import regex

from beritaie.candidates import Candidate
from beritaie.lexicon import group, rows, table
from beritaie.tokens import Tokens

_WINDOW = 170  # characters of text in which a long form must lie
_MAX_WORDS = 18
_MAX_SHORT = 24

# Words of a long form; the border between a small and a capital letter parts words glued by scraping ("kasusBantuan").
_PIECE = regex.compile(r"\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+%?")
# What a long form does not go across. A full stop after a short word is that of "St.", "PT.".
_BORDER = regex.compile(r"""[;:!?"“”„«»()\[\]{}\n|•]|(?<!\b\p{L}{1,3})\.(?=\s|$)|\s[-–—]+\s|--""")
_SHORT = r"[\p{L}\p{N}](?:[\p{L}\p{N}]|[&.+'’\u2013-](?=[\p{L}\p{N}])){0,19}+"
_BRACKET = regex.compile(r"\(\s?[\"“”'‘’]?(?P<content>[^()\n\"“”]{1,120})[\"“”'‘’]?\s?\)")
_SHORT_ALONE = regex.compile(rf"(?P<short>{_SHORT}(?:\s{_SHORT}){{0,2}}+)\.?")
_SHORT_BEFORE = regex.compile(rf"(?<![\p{{L}}\p{{N}}-])(?P<short>{_SHORT})[\"“”'‘’]?\s*$")
_SHORT_AHEAD = regex.compile(rf"[\s,]*[\"“”'‘’]?(?P<short>{_SHORT})(?![\p{{L}}\p{{N}}-])")
_QUALIFIED = regex.compile(r"\s?\((?:Persero|Tbk|Perseroan|Pesero)\)", regex.IGNORECASE)


_CUT = regex.compile(r"[\p{L}\p{N}]*")
_STEM = regex.compile(r"ke|pe[mn]?g?|pe[nr]|ber?|me[mn]?g?|ter|di")
_LEAD = regex.compile(
    r"(?:(?:atau|alias|yang|biasa|kemudian|selanjutnya|lebih|dikenal|disingkat|disebut|akrab|menjadi|sebagai|dengan|sebutan|nama|istilah|akronim|singkatan)\s+)++"
)
# Roman numerals, reduplications, names glued by scraping ("MenkesBudi")
_NO_SHORT = regex.compile(r"[IVX]+|(\p{L}{3,})-\1\p{L}*|\p{Lu}\p{Ll}{2,}\p{Lu}\p{Ll}{3,}")
_REPEAT = regex.compile(r"(?<=[a-z])[2-5](?=[a-z]|$)")
_REPEAT_BEFORE = regex.compile(r"([a-z])([2-5])")
_REPEAT_AFTER = regex.compile(r"([2-5])([a-z])")
_ANY_LETTER = regex.compile(r"\p{L}")
_PARTING = regex.compile(r"\s?/\s?|\s+atau\s+(?:disingkat\s+)?|,?\s+disingkat\s+|\s?;\s?")
_OF = regex.compile(r"\s+(?:dari|untuk)(?:\s+kata)?\s+[\"“”'‘’]?")
_SUBJECT = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}-])[\"“”'‘’]?(?P<short>{_SHORT})[\"“”'‘’]?(?:,|\s+(?:adalah|merupakan|ialah|yang))*(?:\s+(?:adalah|merupakan|yang|sebuah))*\s*$"
)


class _Word(NamedTuple):
    start: int
    end: int
    lower: str
    form: str


class _Long(NamedTuple):
    start: int
    end: int


_words = partial(group, "abbreviations")


@cache
def _syllables() -> dict[str, frozenset[str]]:
    """Return the syllables that blends commonly take from inside a word (``kum`` of ``hukum``)."""
    return {word: frozenset(pieces) for word, pieces in table("abbreviations")["syllables"].items()}


@cache
def _translations() -> dict[str, tuple[str, ...]]:
    """Return the usual Indonesian long forms, casefolded, of short forms that come from another language."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("foreign_acronyms"):
        found[row["short"]] = (*found.get(row["short"], ()), row["long"].casefold())
    return found


def find(tokens: Tokens) -> list[Candidate]:
    """Return candidates of kind ``abbreviation`` over the short form where it is introduced.

    ``data`` is a ``dict`` with ``short, long`` of ``records.Abbreviation``, and ``long_start, long_end``, the long form's span.
    """
    text = tokens.text
    found: list[Candidate] = []
    seen: set[tuple[str, str]] = set()
    for start, end, long, rule in sorted([*_in_brackets(text), *_joined(tokens)], key=lambda pair: pair[0]):
        short, form = text[start:end], " ".join(text[long.start : long.end].split())
        if (short, form.casefold()) not in seen and not _repeats(short, form):
            seen.add((short, form.casefold()))
            data = {"short": short, "long": form, "long_start": long.start, "long_end": long.end}
            found.append(Candidate("abbreviation", start, end, rule, data=data))
    return found


def _repeats(short: str, long: str) -> bool:
    """Whether the long form only goes on from the short one: ``Liputan6 (Liputan6.com)``."""
    return long.casefold().startswith(short.casefold()) and (not short.isupper() or long.partition(" ")[0].casefold() == short.casefold())


_Pair = tuple[int, int, _Long, str]  # short form's start and end, long form, rule


def _in_brackets(text: str) -> Iterator[_Pair]:
    at = text.find("(")
    while at >= 0:
        bracket = _BRACKET.match(text, at)
        if bracket is not None:
            pair = _bracket(text, at, bracket.start("content"), bracket.end("content"))
            if pair is not None:
                yield pair
        at = text.find("(", at + 1)


def _bracket(text: str, opening: int, start: int, end: int) -> _Pair | None:
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    if _ANY_LETTER.search(text, start, end) is None:  # an age, a date, a score
        return None
    pair = _parted(text, start, end)
    if pair is not None:
        return pair
    begin = start
    lead = _LEAD.match(text, start, end)
    if lead:
        begin = lead.end()
    short = _SHORT_ALONE.fullmatch(text, begin, end)
    if short is not None and end - begin <= _MAX_SHORT:
        long = _long_before(text, opening, short["short"])
        if long is not None:
            return begin, short.end("short"), long, "long (short)"
    before = _SHORT_BEFORE.search(text, max(0, opening - _MAX_SHORT), opening)
    if before is not None and (
        before["short"].isupper() or before["short"][0].lower() in text[begin : begin + 12].partition(" ")[0].lower()
    ):
        long = _long_within(text, begin, end, before["short"])
        if long is not None:
            return before.start("short"), before.end("short"), long, "short (long)"
    return None


def _parted(text: str, start: int, end: int) -> _Pair | None:
    """Read a bracket that holds both: ``(electric vehicle/EV)``, ``(CPO atau Crude Palm Oil)``."""
    parts = _PARTING.split(text[start:end])
    if len(parts) != 2:
        return None
    for short, long, at, long_at in ((parts[1], parts[0], end - len(parts[1]), start), (parts[0], parts[1], start, end - len(parts[1]))):
        if len(short) <= _MAX_SHORT and _SHORT_ALONE.fullmatch(short) and sum(map(str.isupper, short)) > 1 and " " in long:
            found = _long_within(text, long_at, long_at + len(long), short)
            if found is not None:
                return at, at + len(short), found, "(long/short)"
    return None


def _joined(tokens: Tokens) -> Iterator[_Pair]:
    """Read pairs joined by words: ``X atau Y``, ``X atau disingkat Y``, ``Y, singkatan dari X``."""
    text, lower, joins = tokens.text, tokens.lower, _words("joins")
    for at, word in enumerate(lower):
        if word not in joins:
            continue
        start, end = tokens.start[at], tokens.end[at]
        if word in ("singkatan", "kependekan", "akronim", "kepanjangan"):
            pair = _stands_for(text, start, end)
        else:
            pair = _alternative(text, start, end, word, lower[max(0, at - 8) : at])
        if pair is not None:
            yield pair


def _stands_for(text: str, start: int, end: int) -> _Pair | None:
    """``BUMDes, singkatan dari Badan Usaha Milik Desa``, ``BUMDes (...) merupakan kependekan dari ...``."""
    of = _OF.match(text, end)
    subject = _SUBJECT.search(text, max(0, start - 60), start)
    if of is None or subject is None:
        return None
    long = _long_within(text, of.end(), _border_ahead(text, of.end()), subject["short"])
    return (subject.start("short"), subject.end("short"), long, "short, singkatan dari long") if long else None


def _alternative(text: str, start: int, end: int, word: str, words_before: list[str]) -> _Pair | None:
    """``Jusuf Kalla atau JK``, ``Surat Izin Mengemudi disingkat SIM``, ``RFID atau radio frequency identification``."""
    lead = _LEAD.match(text, start)
    ahead = _SHORT_AHEAD.match(text, lead.end() if lead else end)
    if ahead is not None and _may_shorten(ahead["short"], words_before):
        long = _long_before(text, start, ahead["short"], strict=word in ("atau", "alias"))
        if long is not None:
            return ahead.start("short"), ahead.end("short"), long, f"long {word} short"
    before = _SHORT_BEFORE.search(text, max(0, start - _MAX_SHORT), start) if word in ("atau", "alias") else None
    if before is not None and before["short"].isupper() and len(before["short"]) > 1:
        long = _long_within(text, end, _border_ahead(text, end), before["short"], whole=False)
        if long is not None:
            return before.start("short"), before.end("short"), long, f"short {word} long"
    return None


def _border_ahead(text: str, at: int) -> int:
    limit = min(at + _WINDOW, len(text))
    border = _BORDER.search(text, at, limit)
    return border.start() if border else limit


def _may_shorten(form: str, words: list[str]) -> bool:
    """Whether a word can be made of these: a cheap test, for most words after ``atau`` are no short forms."""
    if len(form) < 2:
        return False
    if sum(map(str.isupper, form)) > 1:
        return True
    return bool(words) and len(form) > 3 and form[-1] in words[-1] and any(word[0] == form[0].lower() for word in words)


# Borders of the long form


def _long_before(text: str, end: int, short: str, *, strict: bool = False) -> _Long | None:
    """Return the long form of ``short`` that ends before offset ``end``."""
    variants = _letters(short)
    words = _words_in(text, max(0, end - _WINDOW), end, before=True) if variants else []
    if not words:
        return None
    for letters in variants:
        found = _align(words, letters, short, strict)
        if found is not None:
            first, last = found
            return _Long(words[_widen(words, first, short)].start, _right_border(words, last).end)
    for rule in (_listed, _company) if strict else (_listed, _company, _permuted, _foreign_body):
        at = rule(words, short, text)
        if at is not None:
            last = words[-1].end
            bracketed = text[last : last + 1] == ")"  # "PT Kereta Api Indonesia (Persero) atau KAI"
            return _Long(words[_widen(words, at, short)].start, last + bracketed)
    return None


def _long_within(text: str, start: int, end: int, short: str, *, whole: bool = True) -> _Long | None:
    """Return the long form of ``short`` that starts at ``start``: all of the stretch, or (not ``whole``) as much of it as matches."""
    variants = _letters(short)
    words = _words_in(text, start, end, before=False) if variants else []
    if len(words) < 2:
        return None
    for count in [len(words)] if whole else range(2, min(len(words), 10) + 1):
        for letters in variants:
            found = _align(words[:count], letters, short, not whole, 0.4 if whole else 0.0)
            if found is not None and found[0] == 0 and (whole or found[1] == count - 1):
                rest = words[found[1] + 1 : count]
                last = words[found[1]] if any(word.form[0].islower() for word in rest) else words[count - 1]
                return _Long(words[0].start, last.end)
    form = text[start : words[-1].end].casefold()
    if whole and (form in _translations().get(short, ()) or _foreign_body(words, short, text) == 0):
        return _Long(words[0].start, words[-1].end)
    return None


def _letters(short: str) -> list[str]:
    """Return the ways to read a short form's letters and digits, lower-cased; none where this can be no short form.

    A digit repeats a letter (``K3``, ``P2TP2A``, ``TPS3R``) or sounds like a word (``B2B``); ``e-KTP`` ends in ``elektronik``; in
    ``BPOM RI`` only the first part has a long form.
    """
    letters = "".join(filter(str.isalnum, short)).lower()
    if not 1 < len(letters) <= 20 or letters.isdigit() or letters in _words("never") or _NO_SHORT.fullmatch(short):
        return []
    variants = [letters]
    if _REPEAT.search(letters):
        variants.append(_REPEAT_BEFORE.sub(lambda match: match[1] * int(match[2]), letters))
        variants.append(_REPEAT_AFTER.sub(lambda match: match[2] * int(match[1]), letters))
        variants.append(_REPEAT.sub("", letters))
    if short.startswith(("e-", "E-")):
        variants.append(letters[1:] + "e")
    first, _, rest = short.partition(" ")
    if rest in ("RI", "DKI", "Indonesia", "Pusat") and len(first) > 2:
        variants.append(first.lower())
    return variants


def _words_in(text: str, start: int, end: int, *, before: bool) -> list[_Word]:
    """Return the words of a stretch that a long form can hold, those nearest to the short form if there are too many."""
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ")%":
        end -= 1
    window = _QUALIFIED.sub(lambda match: match[0].replace("(", " ").replace(")", " "), text[start:end])
    if before:
        borders = [match.end() for match in _BORDER.finditer(window) if match.end() < len(window)]
        skip = borders[-1] if borders else 0
        if not borders and start > 0:
            cut = _CUT.match(window)  # the rest of a word that the window's edge parts
            skip = cut.end() if cut else 0
    else:
        skip = 0
    words = [_Word(start + match.start(), start + match.end(), match[0].lower(), match[0]) for match in _PIECE.finditer(window, skip)]
    return words[-_MAX_WORDS:] if before else words[:_MAX_WORDS]


def _align(words: list[_Word], letters: str, short: str, strict: bool, allowance: float = 0.0) -> tuple[int, int] | None:
    """Match the letters of a short form to words, from the end.

    Returns:
        (index of the first word, index of the last word that gives letters) of the cheapest match, or None where it costs too much.
    """
    capitals = sum(map(str.isupper, short))
    acronym = capitals > 1 and capitals * 2 >= len(letters)
    limit = _limit(len(letters), acronym, strict) + allowance
    syllables = _syllables()
    stops, function = _words("stops"), _words("function")
    region = next((at for at in range(len(words) - 2, max(len(words) - 4, 1), -1) if words[at].lower in _words("regions")), len(words))
    capitalized = words[-1].form[0].isupper()
    total = len(letters)
    # letters still to give -> (cost, index of the last word that gave some)
    states: dict[int, tuple[float, int]] = {total: (0.0, -1)}
    best: tuple[float, int, int] | None = None
    for at in range(len(words) - 1, -1, -1):
        word = words[at].lower
        if word == letters or (word in stops and words[at].form.islower()):
            break
        passed = _passing_cost(words, at, region)
        odd = 0.4 if capitalized and words[at].form[0].islower() else 0.0
        new: dict[int, tuple[float, int]] = {}
        for left, (cost, last) in states.items():
            skipped = cost + passed
            if skipped <= limit and (left not in new or skipped < new[left][0]):
                new[left] = (skipped, last)
            dropped = 0.0
            for stop in range(left, max(left - 3, 0), -1):  # letters that no word gives
                if stop < left:
                    dropped += 0.9
                    if strict or total < 6 or cost + dropped > limit:
                        break
                for begin in range(stop - 1, -1, -1):
                    piece = _piece_cost(word, letters[begin:stop], acronym)
                    if strict and stop - begin == 1 and not acronym and piece is not None:
                        piece += 0.3  # "sementara impor atau sisa"
                    if piece is None:
                        if word in syllables:  # "munas" of musyawarah, whose letters do not hold it
                            continue
                        break
                    price = cost + dropped + piece + odd
                    if price > limit:
                        continue
                    ends = last if last >= 0 else at
                    if begin == 0:
                        if word in function:
                            continue
                        if at == ends:
                            price += 0.6  # a single word
                        if price <= limit and (best is None or price < best[0]) and (ends > at or acronym):
                            best = (price, at, ends)
                    elif begin not in new or price < new[begin][0]:
                        new[begin] = (price, ends)
        if not new or (best is not None and best[0] <= 0.0):
            break
        states = new
    return best and best[1:]


def _limit(length: int, acronym: bool, strict: bool) -> float:
    if strict:
        return 0.3 if acronym else 0.5 + 0.05 * length
    if acronym:
        return (0.0, 0.0, 0.3, 1.25)[length] if length < 4 else 1.0 + 0.25 * (length - 3)
    return min(0.6 + 0.2 * length, 2.2 + 0.05 * length)


def _passing_cost(words: list[_Word], at: int, region: int) -> float:
    word = words[at]
    if at >= region:
        return 0.2
    if word.lower in _words("function") or word.lower in _words("company") or word.lower[0].isdigit() or len(word.lower) == 1:
        return 0.05
    if at > 0 and words[at - 1].lower == word.lower:
        return 0.0
    if any(other.lower == word.lower for other in words[at + 1 :]):
        return 0.2  # "pemilihan kepala daerah dan wakil kepala daerah (pilkada)"
    return 1.0


def _piece_cost(word: str, piece: str, acronym: bool) -> float | None:
    """Return the cost of taking a piece of the short form from a word, or None where the word does not hold its letters in order."""
    length = len(piece)
    if word.startswith(piece):
        if acronym:
            return 0.2 * (length - 1)
        return 0.1 if length == 1 else 0.0
    if piece in _syllables().get(word, ()):
        return 0.1
    rest = iter(word)
    if not all(letter in rest for letter in piece):
        return None
    if word[0] == piece[0]:
        if acronym:
            return 0.5 + 0.1 * length
        return min(0.3 + 0.1 * length, 0.5) if piece in word else 0.3 + 0.1 * length
    if length > 1:
        return (0.9 if acronym else 0.5) if piece in word else 9.0
    stem = _STEM.match(word)
    return 0.4 if stem and word.startswith(piece, stem.end()) else 1.5


def _widen(words: list[_Word], first: int, short: str) -> int:
    """Return the index of the first word of the name: a company's begins at its PT, and ``PPSU`` is one P short for its words."""
    before = words[first - 1] if first > 0 else None
    if before is None:
        return first
    same = short.isupper() and before.form[0] == short[0] and before.lower in _words("heads")
    opens = first < 2 or words[first - 2].form[0].islower() or words[first - 2].lower in _words("offices")
    return first - 1 if before.lower in ("pt", "cv") or (same and opens) else first


def _right_border(words: list[_Word], last: int) -> _Word:
    """Return the last word of the long form: words after the last matched one count, unless they name a region or another body."""
    end = last
    for at in range(last + 1, len(words)):
        if words[at].lower in _words("regions") or (words[at].form.isupper() and len(words[at].form) > 1):
            break
        if words[at].lower not in _words("function"):
            end = at
    return words[end]


def _listed(words: list[_Word], short: str, text: str) -> int | None:
    for long in _translations().get(short, ()):
        form = text[max(0, words[-1].end - len(long)) : words[-1].end]
        if form.casefold() == long:
            start = words[-1].end - len(long)
            return next((at for at, word in enumerate(words) if word.start == start), None)
    return None


def _company(words: list[_Word], short: str, text: str) -> int | None:
    """``PT Semen Indonesia (Persero) Tbk (SIG)``: a company's short name or ticker need not show in its letters."""
    first = len(words)
    while first and words[first - 1].form[0].isupper() and words[first - 1].lower not in ("pt", "saham", "emiten"):
        first -= 1
    named = first > 0 and words[first - 1].lower == "pt"
    count = len(words) - first
    if not count or not (named or words[-1].lower == "tbk"):
        return None
    first -= named
    if short.isupper() and short.isalpha() and 2 < len(short) < 6:
        return first if words[-1].lower == "tbk" or (len(short) == 4 and count > 1) else None
    if short[0].isupper() and short.isalpha() and len(short) > 3:  # "PT Telekomunikasi Indonesia (Telkom)"
        letters = iter("".join(word.lower for word in words[first + named :]))
        own = words[first + named].lower
        return (
            first
            if short.lower() != own and own.startswith(short[:2].lower()) and all(letter in letters for letter in short.lower())
            else None
        )
    return None


def _permuted(words: list[_Word], short: str, text: str) -> int | None:
    """``prosedur operasional standar (SOP)``: the initials of a translation, in another order."""
    if not (short.isupper() and short.isalpha() and 2 < len(short) < 6) or len(words) < len(short):
        return None
    first = len(words)
    initials = ""
    while first and len(initials) < len(short):
        first -= 1
        if words[first].lower not in _words("function"):
            initials += words[first].form[0].upper()
    return first if sorted(initials) == sorted(short) else None


def _foreign_body(words: list[_Word], short: str, text: str) -> int | None:
    """``Organisasi Kesehatan Dunia (WHO)``: a body's name in capitals, its short form from another language."""
    if not short.isupper() or not 2 < len(short) < 9 or not short.isalpha():
        return None
    first = None
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word.form[0].islower() and word.lower not in _words("function") and not (at and words[at - 1].lower == word.lower):
            break
        if at and words[at - 1].end == word.start:  # glued by scraping
            return None
        if first is not None and "," in text[word.end : words[at + 1].start]:  # "Kementerian X, dan Lembaga Y (...)"
            break
        before = words[at - 1] if at else None
        opens = before is None or before.form[0].islower() or before.lower in _words("offices")
        if word.lower in _words("heads") and word.form[0].isupper() and opens:
            first = at
    if first is None or len(words) - first < 2:
        return None
    stretch = text[words[first].start : words[-1].end]
    return None if "," in stretch and " dan " not in stretch.rpartition(",")[2] else first
