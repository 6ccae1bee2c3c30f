"""Indonesian numerals, in digits and words, as exact decimals.

In digits the full stop groups thousands and the comma starts the decimals (``5.152,69``); a full stop that cannot group thousands
(``30.6``, ``1.5``) is read as a decimal one, and commas that must group (``1,250,000``) as grouping. Fractions become decimals of at most
12 places (``sepertiga``).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Protocol

import regex

from beritaie.lexicon import rows

_MAX_WORDS = 24  # longer runs of number words are lists or noise

# One number in digits. Bounded and possessive: a long row of digits is no number, and is left after a constant time.
_DIGITS = regex.compile(
    r"""
    (?: (?P<grouped>  [1-9][0-9]{0,2}+(?:\.[0-9]{3}){1,6}+ (?: ,[0-9]{1,9}+ | \.[0-9]{2}(?=[^0-9.]|\Z) )?+ )
      | (?P<english>  [1-9][0-9]{0,2}+(?: (?:,[0-9]{3}){2,6}+ (?:\.[0-9]{1,9}+)?+ | ,[0-9]{3}\.[0-9]{1,9}+ ) )
      | (?P<decimal>  [0-9]{1,18}+(?:[.,][0-9]{1,9}+)?+ )
    )(?![0-9])
    """,
    regex.VERBOSE,
)
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333333333333", "⅔": "0.666666666667", "⅕": "0.2", "⅛": "0.125"}
_FRACTION = regex.compile(r"(?<![0-9/.,(])(?P<top>[1-9])/(?P<bottom>[2-9])(?![0-9/.,)])")
_WORD = regex.compile(r"\p{L}{1,12}+(?:(?=[-–](?P<second>\p{L}{1,12}))|(?![-'’\p{L}]))")
_PLACES = Decimal("1e-12")


@cache
def numerals() -> dict[str, tuple[str, Decimal]]:
    """Return role and value of each numeral word (``numerals.tsv``), lower-cased."""
    result = {}
    for row in rows("numerals"):
        top, _, bottom = row["value"].partition("/")
        result[row["word"]] = (row["role"], _ratio(top, bottom) if bottom else Decimal(top))
    return result


@cache
def starts() -> frozenset[str]:
    """Return the lower-cased words that can begin a number in words."""
    return frozenset(word for word, (role, _) in numerals().items() if role in ("unit", "ten", "group", "one", "part"))


@cache
def scales() -> dict[str, Decimal]:
    """Return the words that multiply a number (``ribu``, ``jt``, ``miliar``), lower-cased."""
    return {word: value for word, (role, value) in numerals().items() if role == "scale"}


def _ratio(top: str | Decimal, bottom: str | Decimal) -> Decimal:
    return (Decimal(top) / Decimal(bottom)).quantize(_PLACES).normalize()


def gap(text: str, at: int) -> int:
    """Return the offset after the blanks (three at most, no line break) that stand at ``at``."""
    limit = min(at + 3, len(text))
    while at < limit and text[at].isspace() and text[at] != "\n":
        at += 1
    return at


def _word(text: str, at: int) -> tuple[int, str, Decimal]:
    """Return end, role and value of the numeral word at this offset; the role is empty where none stands there."""
    match = _WORD.match(text, at)
    if match is None:
        return at, "", Decimal(0)
    known, word, second = numerals(), match[0].lower(), match["second"]
    if word not in known:
        return at, "", Decimal(0)
    # "dua-tiga juta", "75 ribu-Rp 100 ribu" are two numbers; "satu-satunya", "lima-lima" are none
    if second and (second.lower() == word or (second.lower() not in known and known[word][0] != "scale")):
        return at, "", Decimal(0)
    return match.end(), *known[word]


def plain(value: Decimal) -> Decimal:
    """Return the value without a fraction of zeros and without an exponent (``2.50`` stays, ``2500000.0`` and ``2E+6`` become whole)."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def read_digits(text: str, at: int) -> tuple[int, Decimal] | None:
    """Read a number in digits, without scale words, that starts at offset ``at``.

    Returns:
        (offset of its end, value), or None. A full stop or comma that closes a sentence is not part of it.
    """
    match = _DIGITS.match(text, at)
    if match is None:
        vulgar = _VULGAR.get(text[at : at + 1])
        return (at + 1, Decimal(vulgar)) if vulgar else None
    fraction = _FRACTION.match(text, at)
    if fraction:
        return fraction.end(), _ratio(fraction["top"], fraction["bottom"])
    form, end = match[0], match.end()
    if match.lastgroup == "grouped":
        decimals = form[-3:] if form[-3] == "." else ""  # "5.000.00", with the wrong mark
        form = form[: len(form) - len(decimals)].replace(".", "").replace(",", ".") + decimals
    elif match.lastgroup == "english":
        form = form.replace(",", "")
    else:
        form = form.replace(",", ".")
    value = Decimal(form)
    vulgar = _VULGAR.get(text[end : end + 1])
    if vulgar:
        return end + 1, value + Decimal(vulgar)
    return end, value


def read(text: str, at: int) -> tuple[int, Decimal] | None:
    """Read a number as ``read_scaled`` does.

    Returns:
        (offset of its end, value), or None.
    """
    found = read_scaled(text, at)
    return found and found[:2]


def read_scaled(text: str, at: int) -> tuple[int, Decimal, Decimal | None] | None:
    """Read the longest number, in digits or words, that starts at offset ``at``.

    ``2,5 juta``, ``seratus dua puluh``, ``dua setengah miliar``, ``1 juta 250 ribu``, ``½``, ``sepertiga``.

    One-letter scales (``Rp2M``) mean money only, so ``extractors.money`` reads them.

    Returns:
        (offset of its end, value, the last scale word's value or None), or None.
    """
    total = Decimal(0)
    group: Decimal | None = None  # the number below the next scale
    half = False  # a fraction ended it
    pending: Decimal | None = None  # the last unit, which belas, puluh, ratus and a denominator multiply
    floor: Decimal | None = None  # the scale just used: the next must be smaller
    best: tuple[int, Decimal] | None = None
    position = at
    for _ in range(_MAX_WORDS):
        digits = read_digits(text, position)
        if digits is not None:
            if group is not None:
                break
            # "2 juta 500 ribu" goes on, "2 juta 500" does not: a bare number after a scale is another number
            position, group = digits
            pending = group
            if floor is None:
                best = position, group
            position = gap(text, position)
            continue
        end, role, value = _word(text, position)
        if role == "unit":
            if group is not None and (half or pending is not None or group % 10):
                break
            group, pending = (group or 0) + value, value
        elif role == "ten":
            if group is not None and (half or pending is not None or group % 100):
                break
            group, pending = (group or 0) + value, None
        elif role == "group":
            if group is not None:
                break
            group, pending = value, None
        elif role in ("teen", "tens", "hundred"):
            if pending is None or half:
                break
            group = (group or 0) + (pending * value - pending if role != "teen" else value)
            pending = None
        elif role == "scale":
            if group is None or (floor is not None and value >= floor):
                break
            total, group, pending, half, floor = total + group * value, None, None, False, value
        elif role == "one":
            if group is not None or (floor is not None and value >= floor):
                break
            total, floor = total + value, value
        elif role == "part":
            if half:
                break
            if group is None and floor is not None:  # "satu juta setengah"
                total += value * floor
                best = end, total
                break
            group, pending, half = (group or 0) + value, None, True
        elif role == "denominator":
            if pending is None or half:
                break
            group = (group or 0) + _ratio(pending, value) - pending
            pending, half = None, True
        elif role == "point":
            decimals = _decimals(text, end)
            if group is None or half or decimals is None:
                break
            end, fraction = decimals
            group, pending, half = group + fraction, None, True
        else:
            break
        best = end, total + (group or 0)
        position = gap(text, end)
    return (best[0], plain(best[1]), floor) if best else None


def _decimals(text: str, at: int) -> tuple[int, Decimal] | None:
    """Read the digits, said one by one, after ``koma``: ``dua lima`` is 0.25."""
    digits = ""
    end = at
    for _ in range(6):
        after, role, value = _word(text, gap(text, end))
        if role != "unit":
            break
        digits += str(value)
        end = after
    return (end, Decimal(f"0.{digits}")) if digits else None


class TokenLists(Protocol):
    """What ``read_number`` needs of ``tokens.Tokens``."""

    text: str
    lower: Sequence[str]
    start: Sequence[int]
    end: Sequence[int]

    def at(self, offset: int) -> int:
        """Return the index of the token that holds this offset."""
        ...


def read_number(tokens: TokenLists, at: int) -> tuple[int, Decimal] | None:
    """Read the longest number that starts at token ``at``.

    Returns:
        (index of the token after it, value), or None where no number starts or it ends inside a token (``60an``, ``2M``).
    """
    lower = tokens.lower[at]
    if not (lower[0].isdigit() or lower in starts() or lower in _VULGAR):
        return None
    found = read(tokens.text, tokens.start[at])
    if found is None:
        return None
    end, value = found
    last = tokens.at(end - 1)
    return (last + 1, value) if tokens.end[last] == end else None
