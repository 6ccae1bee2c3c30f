"""Amounts of money: ``Rp100 juta``, ``US$ 172,29 juta``, ``dua setengah miliar rupiah``, ``Rp8.000—Rp12 ribu``.

Every number of the text is looked at once: a currency must stand before or after it. Then each amount takes its qualifier
(``tidak kurang dari``) and its rate (``per tahun``) from the words around it, and amounts of one clause share a rate.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

import regex

from beritaie.candidates import Candidate
from beritaie.lexicon import Phrases, group, rows, split_phrase, table
from beritaie.numbers import gap, plain, read_digits, read_scaled, scales, starts
from beritaie.tokens import DIGIT, Tokens

_SYMBOLS = frozenset("$€£¥₩₹฿₫₱₽₺₦₴₪₡₲₸₼₾₵৳₭₮៛﷼")
_LETTERS = {"k": 10**3, "m": 10**9, "t": 10**12}  # "M" is miliar beside rupiah, million beside other currencies
_FOREIGN_LETTERS = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12}

_DIGITS = re.compile(r"[0-9½¼¾⅓⅔](?<![0-9].)(?<![0-9][.,].)")
_REACH = 70  # characters from a number to its currency word
_BARE_LETTER = re.compile(r"[0-9][0-9.,]{0,8} ?[MT](?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORD = re.compile(r"([^\W\d_]+)[^\S\n]*$")
_LETTER = regex.compile(r"[^\S\n]?(?:(?P<letter>[KMTBkmtb]|[mb]n)(?![\p{L}\d])|(?P<letter>[MT])(?=\p{Lu}\p{Ll}))")  # "Rp 2,9 MPerkara"
_SCALE = regex.compile(
    r"""[^\S\n]?(?P<scale>ribu|rb|juta|jt|mil[iy]ar|tril[iy]un)
    (?:(?P<an>-?an)(?!\p{L}) | (?P<glued>(?=(?:yang|untuk|dari|dan|di|pada|per|ke|dengan|atau|itu|ini|lebih|rupiah|dolar)\p{L}*)))""",
    regex.IGNORECASE | regex.VERBOSE,
)
# Rupiah with a space or the wrong mark between its groups: "Rp1.575 .000", "Rp326. 900.000", "Rp1.500,000", "Rp10,000"
_BROKEN = regex.compile(r"[1-9][0-9]{0,2}(?:(?:\.[^\S\n]|[^\S\n]\.|[.,])[0-9]{3}){1,5}+(?![0-9])(?:,[0-9]{2}(?![0-9]))?")
_SPLIT_DECIMAL = regex.compile(
    r"(?P<whole>[0-9]{1,3}),[^\S\n](?P<part>[0-9]{1,3})(?=[^\S\n]?(?:ribu|juta|mil[iy]ar|tril[iy]un))", regex.IGNORECASE
)
_LISTED = regex.compile(r"(?P<amount>[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,5}+)[1-9][0-9]?\.[^\S\n]")
_ZEROS = re.compile(r"[0-9]{1,3}\.(?:00|[0-9]{3}0)")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_JOIN = regex.compile(
    r"(?P<dash>[^\S\n]?(?:[-–—~]|--)[^\S\n]?(?=[0-9½\p{L}$€£¥]))"
    r"|[^\S\n]{1,2}(?P<word>sampai[ ]dengan|hingga[ ]ke|sampai|hingga|s/d|s\.d\.|sd|to|dan)[^\S\n]{1,2}",
    regex.IGNORECASE,
)
_SIGN = regex.compile(r"(?P<sign>[A-Za-z]{0,3}\p{Sc}|[A-Za-z]{2,3})[. ]{0,2}(?=[0-9])")
_BRACKET = re.compile(r" ?\( ?")
_DATE_GOES_ON = re.compile(r"[/.-][0-9]")
_TAIL = re.compile(r",(?:-{1,2}|=)(?![\w-])")
_AT_ALL = re.compile(r"\s?pun(?!\w)")
_AN = re.compile(r"[-–]?an(?!\w)")
_SLASH = regex.compile(r"(?:-an)?[^\S\n]?/[^\S\n]?(?P<unit>\p{L}[\p{L}²³]*+[23$]?+(?:[^\S\n](?:saham|persegi|kubik|AS)(?!\p{L}))?)")
_UP_TO = re.compile(r"(?:^|\s)(?:hingga|sampai|s/d)(?: dengan| sebesar| senilai| ke)?\s*$")
_CONVERSION = regex.compile(r"[\s,—–-]*+(?:\(|atau|setara|alias|ekuivalen)(?:[\s(]|setara|dengan|sebesar|senilai|atau)*+")

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

_WITH_CENTS = frozenset({"USD", "EUR", "SGD", "AUD", "MYR", "CAD", "NZD", "HKD"})
_BESIDE = frozenset({"saja", "lebih", "rupiah", "-", "an", "—", "–", "(", "nya", "sekian", ",", "juga", "tunai", "cash", "bersih"})
_PER = frozenset({"per", "setiap", "tiap", "saban", "tiap-tiap"})
_FOR = frozenset({"untuk", "bagi", "kepada", "buat"})
_EACH = frozenset({"setiap", "tiap", "satu", "1", "per", "saban"})
_SOFT = frozenset({"(", "-", "/", "“", '"', "”"})


class _Currency(NamedTuple):
    code: str
    factor: Decimal
    strict: bool
    upper: bool


class _Number(NamedTuple):
    start: int
    end: int
    value: Decimal
    scale: Decimal | None
    grouped: bool
    about: bool = False


@dataclass(slots=True)
class _Amount:
    """An amount as found; ``first``/``last`` are its tokens, half open."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    code: str
    rule: str
    about: bool
    first: int = 0
    last: int = 0
    qualifier: str | None = None
    per: str | None = None
    rate_end: int = 0  # token after the amount and the rate behind it; 0 where the rate stands before, or there is none


_words = partial(group, "money")


class _Lexicon:
    """The word lists of this module in the form it asks them."""

    def __init__(self) -> None:
        self.before: dict[str, _Currency] = {}
        self.after_symbols: dict[str, _Currency] = {}
        after: list[tuple[str, _Currency]] = []
        for row in rows("currencies"):
            form = row["form"]
            currency = _Currency(row["code"], Decimal(row["factor"]), bool(row["strict"]), form.isupper())
            if row["side"] in ("before", "both"):
                self.before[form] = currency
            if row["side"] in ("after", "both"):
                if form in _SYMBOLS:
                    self.after_symbols[form] = currency
                else:
                    after.append((form, currency))
        self.after = Phrases(after)
        # the words that a number without a sign can have behind it: names of currencies, and the sign of a range's far end
        self.currency_words = (
            {split_phrase(form)[0] for form, _ in after} | {form.lower() for form in self.before} | set(self.after_symbols)
        )
        self.before_ends = frozenset(form[-1] for form in self.before)
        self.adjectives: dict[str, str] = table("money")["adjectives"]
        self.units = {row["word"]: row["unit"] for row in rows("rate_units")}
        self.se_units = {
            "se" + word: self.units.get(word, word) for word in _words("times") | _words("measures") | {"orang", "buah", "unit"}
        }
        phrases: dict[str, dict[str, str]] = {"next": {}, "far": {}, "after": {}}
        for row in rows("money_qualifiers"):
            for reach in row["reach"].split("; "):
                phrases[reach][row["phrase"]] = row["qualifier"]
        self.qualifiers = phrases["next"] | phrases["far"]
        self.behind = phrases["after"]
        bridge = _any(_words("bridge"))
        blank = r"[\s(:\"“”'‘,—–-]"
        self.qualifier_before = regex.compile(
            rf"(?<![\w-])(?:(?P<near>{_any(self.qualifiers)})(?:\s+(?:{bridge}))*|(?P<far>{_any(phrases['far'])})(?:\s+(?!(?:{_any(_words('apart'))})\s)[\p{{L}}-]+){{0,4}}){blank}*$",
            regex.REVERSE,
        )
        self.qualifier_behind = regex.compile(
            rf"\s+(?P<phrase>{_any(self.behind)})(?![\w-])(?!\s+(?:tinggi|rendah|besar|kecil|mahal|murah|banyak|sedikit|lanjut|baik|hemat|cepat|dulu)\b)"
        )
        self.ceiling = regex.compile(rf"(?<![\w-])(?:{_any(_words('ceiling'))})(?![\w-])")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True))


_lexicon = cache(_Lexicon)


def find(tokens: Tokens) -> list[Candidate]:
    """Return candidates of kind ``money``; ``data`` is a ``dict`` with ``low, high, currency, qualifier, per`` of ``records.Money``."""
    amounts = list(_amounts(tokens))
    for at, amount in enumerate(amounts):
        amount.first, amount.last = tokens.at(amount.start), tokens.at(amount.end - 1) + 1
        previous = amounts[at - 1] if at else None
        amount.per = _rate_behind(tokens, amount) or _rate_before(tokens, amount, previous)
        amount.qualifier = _qualifier(tokens, amount, previous)
    _share_rates(tokens, amounts)
    _settle_fractions(tokens, amounts)
    return [
        Candidate(
            "money",
            amount.start,
            amount.end,
            amount.rule,
            data={"low": amount.low, "high": amount.high, "currency": amount.code, "qualifier": amount.qualifier, "per": amount.per},
        )
        for amount in amounts
    ]


# Amounts: numbers with a currency


def _amounts(tokens: Tokens) -> Iterator[_Amount]:
    text, start, number_words, currency_words = tokens.text, tokens.start, starts(), _lexicon().currency_words
    places = [match.start() for match in _DIGITS.finditer(text)]
    marks: list[int] = []
    for at, word in enumerate(tokens.lower):
        if word in number_words:
            places.append(start[at])
        elif word in currency_words:
            marks.append(start[at])
    places.sort()
    marks.append(len(text) + _REACH)
    said: dict[str, Decimal] = {}  # scales by the digits they stood with, for "Rp14,553" that means the "Rp14,553 miliar" before
    done = 0
    for place in places:
        if place < done:
            continue
        begin, currency = _currency_before(text, place, done)
        # most numbers count other things: left without reading them where no currency is near
        if currency is None and marks[bisect_left(marks, place)] > place + _REACH and not _BARE_LETTER.match(text, place):
            continue
        amount = _amount(text, begin, place, currency, said)
        if amount is not None:
            done = amount.end
            yield amount


def _amount(text: str, start: int, at: int, currency: _Currency | None, said: dict[str, Decimal]) -> _Amount | None:
    """Read the amount whose first number starts at ``at``, and its currency sign, if any, at ``start``."""
    number = _number(text, at, currency, said)
    if number is None:
        return None
    low = high = number
    rule, end = "currency number", low.end
    after, named = _currency_after(text, low.end)
    if currency is None:
        rule, end, currency = "number currency", after, named
    elif named and named.code == currency.code:
        end = after  # "Rp 3 ribu rupiah"
    found = _range(text, low, start, end, currency, said)
    if found is not None:
        rule = "range"
        low, high, end, currency = found
    if currency is None:
        return _bare_miliar(text, low)
    large = low.scale or high.scale or low.grouped or low.value >= (10 if currency.code == "MYR" else 1000)
    if currency.strict and not large:
        return None
    if low.value <= 1 and _AT_ALL.match(text, end):  # "tak satu rupiah pun"
        return None
    tail = _TAIL.match(text, end) if currency.code == "IDR" else None
    if tail:
        end = tail.end()
    about = low.about or high.about or _AN.match(text, end) is not None
    values = plain(low.value * currency.factor), plain(high.value * currency.factor)
    return _Amount(start, _spelled_out(text, end, values[1]), *values, currency.code, rule, about)


def _bare_miliar(text: str, number: _Number) -> _Amount | None:
    """Read "2 M" in "anggaran sebesar 2 M": rupiah, said by the word before."""
    letter = _LETTER.match(text, number.end)
    if number.scale or letter is None or letter["letter"] not in "MT" or _word_before(text, number.start) not in _words("amounts"):
        return None
    value = plain(number.value * _LETTERS[letter["letter"].lower()])
    return _Amount(number.start, letter.end(), value, value, "IDR", "amount word, number, M", False)


def _number(text: str, at: int, currency: _Currency | None, said: dict[str, Decimal]) -> _Number | None:
    """Read a number as money writes it: with one-letter scales, ``jutaan``, and the misprints whose sense is plain."""
    found = read_scaled(text, at)
    if found is None:
        return None
    end, value, scale = found
    digits = read_digits(text, at)
    if digits is None:
        return _Number(at, end, value, scale, False)
    form = text[at : digits[0]]
    grouped = value >= 1000 and "." in form
    if scale is not None:
        said.setdefault(form, scale)
        return _Number(at, end, value, scale, grouped)
    rupiah = currency is not None and currency.code == "IDR"
    split = _SPLIT_DECIMAL.match(text, at) if currency else None
    if split is not None:  # "Rp 2, 9 miliar"
        end, value = split.end(), Decimal(f"{split['whole']}.{split['part']}")
    broken = _BROKEN.match(text, at) if rupiah else None
    if broken is not None and (broken.end() > end or not grouped or form[-4:-3] == ","):
        whole, cents = (broken[0][:-3], broken[0][-2:]) if broken[0][-3] == "," else (broken[0], "0")
        joined = Decimal("".join(filter(str.isdigit, whole)) + "." + cents)
        if "," not in whole or _scale_behind(text, broken.end(), currency) is None:  # "Rp251,132 miliar" is a decimal
            end, value, grouped = broken.end(), joined, True
    behind = _scale_behind(text, end, currency) or _plain_scale(text, end)
    if behind is not None:
        end, scale, about = behind
        return _Number(at, end, value * scale, scale, grouped, about)
    if form in said:  # the scale that the same digits had before: "Rp14,553 miliar ... Rp14,553"
        return _Number(at, end, digits[1] * said[form], said[form], grouped)
    listed = _LISTED.match(text, at) if rupiah else None
    if listed is not None:  # "Rp 10.000.000.0006. Tanah": the next item's number is glued to it
        return _Number(at, listed.end("amount"), Decimal(listed["amount"].replace(".", "")), None, True)
    if rupiah and _ZEROS.fullmatch(form):  # a zero too few or too many: "Rp190.00" is 19.000, "Rp45.0000" is 45.000
        value, grouped = Decimal(form.replace(".", "")[: None if form.endswith(".00") else -1]), True
    elif currency is not None and not rupiah and _ENGLISH.fullmatch(form):
        value, grouped = Decimal(form.replace(",", "")), True
    return _Number(at, end, value, None, grouped)


def _plain_scale(text: str, at: int) -> tuple[int, Decimal, bool] | None:
    word = _WORD.match(text, gap(text, at))
    factor = scales().get(word[0].lower()) if word else None
    return (word.end(), factor, False) if word and factor else None


def _scale_behind(text: str, at: int, currency: _Currency | None) -> tuple[int, Decimal, bool] | None:
    """Read a scale that ``numbers`` leaves: a letter (only beside a currency), ``jutaan``, a scale glued to the next word."""
    match = _SCALE.match(text, at)
    if match is not None:
        return match.end("scale") if match["glued"] else match.end(), scales()[match["scale"].lower()], match["an"] is not None
    letter = _LETTER.match(text, at) if currency else None
    factor = letter and (_LETTERS if currency and currency.code == "IDR" else _FOREIGN_LETTERS).get(letter["letter"].lower())
    return (letter.end(), Decimal(factor), False) if letter and factor else None


def _currency_before(text: str, at: int, floor: int) -> tuple[int, _Currency | None]:
    """Return where the amount starts and the currency written before its number."""
    lexicon = _lexicon()
    end = at
    while end > floor and at - end < 3 and text[end - 1] in " .\u00a0":
        end -= 1
    if end == floor or text[end - 1] not in lexicon.before_ends:
        return at, None
    for length in (4, 3, 2, 1):
        start = end - length
        form = text[start:end] if start >= floor else ""
        currency = lexicon.before.get(form)
        if currency is None or ("." in text[end:at] and currency.code != "IDR"):
            continue
        previous = text[start - 1 : start]
        if previous.isalnum() and not (previous.islower() and not form[0].islower()):  # "totalRp11" is glued, "CRp" is not
            continue
        if form == "rp" and previous and previous in "-/._":  # a web address
            return at, None
        if form == "$" and text[max(floor, start - 3) : start] == "US ":
            start -= 3
        return start, currency
    return at, None


def _currency_after(text: str, at: int) -> tuple[int, _Currency | None]:
    """Return the end of the currency written after a number, and the currency."""
    lexicon = _lexicon()
    at_word = gap(text, at)
    symbol = lexicon.after_symbols.get(text[at_word : at_word + 1])
    if symbol is not None and not text[at_word + 1 : at_word + 2].isalnum():
        return at_word + 1, symbol
    words: list[str] = []
    ends: list[int] = []
    position = at_word
    while len(words) < 4:
        word = _WORD.match(text, position)
        if word is None or (not words and word[0].lower() not in lexicon.after):
            break
        words.append(word[0].lower())
        ends.append(word.end())
        position = gap(text, word.end())
        if position == word.end():
            break
    found = lexicon.after.longest(words, 0) if words else None
    if found is None:
        return at, None
    count, currency = found
    form = text[at_word : ends[0]]
    if currency.code == "?" and not form.islower():  # "50 Cent", "5 Sen."
        return at, None
    if currency.upper != form.isupper() and (currency.upper or len(form) < 5):  # "5 juta KIP", "2 Sen"
        return at, None
    return ends[count - 1], currency


def _range(
    text: str, low: _Number, start: int, end: int, currency: _Currency | None, said: dict[str, Decimal]
) -> tuple[_Number, _Number, int, _Currency] | None:
    """Read the far end of a range whose first amount ends at ``end``: (low, high, end, currency)."""
    join = _JOIN.match(text, end)
    if join is None or (join["word"] and join["word"].lower() == "dan" and _word_before(text, start) != "antara"):
        return None
    at, sign = _currency_ahead(text, join.end())
    high = _number(text, at, sign or currency, said)
    if high is None:
        return None
    after, named = _currency_after(text, high.end)
    other = sign or named
    both = other or currency
    if both is None or (currency and currency.code != both.code):
        return None
    prefixed = start < low.start
    if currency and not other and not prefixed:  # "20 dolar AS hingga 30 orang"
        return None
    if other is None and not _counts_money(text, high, bool(join["dash"])):
        return None
    if currency is None and not low.scale and not low.grouped:
        if 1900 <= low.value <= 2100:
            return None
        if sign and (join["word"] or join["dash"].strip() != join["dash"]):
            return None
    if low.scale is None and high.scale is not None and low.value < 1000 and not (sign and prefixed and sign.code != "IDR"):
        # "Rp 8 sampai 10 miliar", "Rp 900 - 1 miliar"
        scale = next((s for s in (high.scale, high.scale / 1000) if s >= 1000 and low.value * s < high.value), None)
        if scale is not None:
            low = low._replace(value=low.value * scale, scale=scale)
    if low.scale is None and high.scale is None and high.grouped and low.value < 1000 and low.value * 1000 < high.value and low.value >= 5:
        low = low._replace(value=low.value * 1000)  # "Rp54-55.000"
    if low.value >= high.value:
        return None
    return low, high, after if named else high.end, both


def _counts_money(text: str, number: _Number, dash: bool) -> bool:
    """Whether a number without currency can end a range of money: "Rp 2 juta-3 juta", not "Rp 2 juta sampai 3 bulan"."""
    if text[number.end : number.end + 1].isalnum() or _DATE_GOES_ON.match(text, number.end):
        return False
    word = _WORD.match(text, gap(text, number.end))
    if word and word[0].lower() in _words("counted"):
        return False
    return dash or number.scale is not None or number.grouped


def _currency_ahead(text: str, at: int) -> tuple[int, _Currency | None]:
    """Return where the number starts after a currency sign that stands at ``at``, and the sign."""
    match = _SIGN.match(text, at)
    currency = _lexicon().before.get(match["sign"]) if match else None
    return (match.end(), currency) if match and currency else (at, None)


def _spelled_out(text: str, end: int, value: Decimal) -> int:
    """Return the end of an amount that is said again in words: "Rp500.000,00 (lima ratus ribu rupiah)"."""
    match = _BRACKET.match(text, end)
    found = read_scaled(text, match.end()) if match else None
    if found is None or found[1] != value:
        return end
    after, currency = _currency_after(text, found[0])
    closing = gap(text, after)
    return closing + 1 if currency and text[closing : closing + 1] == ")" else end


def _word_before(text: str, at: int) -> str:
    match = _LAST_WORD.search(text[max(0, at - 24) : at])
    return match[1].lower() if match else ""


def _settle_fractions(tokens: Tokens, amounts: list[_Amount]) -> None:
    """Give ``sen`` and ``cent`` the currency they are a fraction of: that of the amount beside them."""
    for at, amount in enumerate(amounts):
        if amount.code != "?":
            continue
        _, sentence_end = tokens.sentence(amount.first)
        following = next(
            (other.code for other in amounts[at + 1 : at + 3] if other.first < sentence_end and other.code in _WITH_CENTS), None
        )
        before = next((other.code for other in reversed(amounts[max(0, at - 5) : at]) if other.code in _WITH_CENTS), None)
        amount.code = following or before or "IDR"


# Words around an amount


def _qualifier(tokens: Tokens, amount: _Amount, previous: _Amount | None) -> str | None:
    lexicon, text = _lexicon(), tokens.text
    behind = lexicon.qualifier_behind.match(text, amount.end)
    if behind:
        return lexicon.behind[behind["phrase"]]
    if amount.about:
        return "about"
    sentence = tokens.start[tokens.sentence(amount.first)[0]]
    floor = max(sentence, amount.start - 80, previous.end if previous else 0)
    window = text[floor : amount.start].lower()
    if amount.low == amount.high and _UP_TO.search(window) and lexicon.ceiling.search(window):
        return "at_most"
    before = lexicon.qualifier_before.search(window)
    if before:
        qualifier = lexicon.qualifiers[before["near"] or before["far"]]
        if amount.low == amount.high or qualifier == "about":  # "mulai dari Rp 20.000 sampai Rp 60.000" says all in its ends
            return qualifier
    if previous and previous.code != amount.code and _CONVERSION.fullmatch(text, previous.end, amount.start):
        return previous.qualifier  # the same amount in another currency
    return None


def _rate_behind(tokens: Tokens, amount: _Amount) -> str | None:
    """Return the unit of the rate written after the amount: ``per tahun``, ``pertahun``, ``/kg``, ``setiap bulan``, ``sebulan``."""
    lexicon = _lexicon()
    units, lower = lexicon.units, tokens.lower
    slash = _SLASH.match(tokens.text, amount.end)
    if slash:
        amount.rate_end = tokens.at(slash.end() - 1) + 1
        return _unit_name(slash["unit"])
    at = amount.last
    for _ in range(4):
        if at < len(lower) and lower[at] in _BESIDE:
            at += 1
    if at >= len(lower):
        return None
    word = lower[at]
    found: tuple[int, str] | None = None
    if word in _PER:
        found = _unit(tokens, at + 1)
    elif word in _FOR and at + 2 < len(lower) and lower[at + 1] in _EACH:
        found = _unit(tokens, at + 2)
    elif word == "untuk" and at + 1 < len(lower) and lower[at + 1] in ("seorang", "semusim"):
        found = at + 2, lexicon.se_units.get(lower[at + 1], "musim")
    elif word.startswith("per") and len(word) > 4:
        unit = _stem(word[3:])
        if unit in units or unit in _words("times") or unit in _words("measures") or unit in _words("nouns"):
            found = at + 1, units.get(unit, unit)
    elif word in lexicon.se_units or (word == "dalam" and at + 1 < len(lower) and lower[at + 1] in lexicon.se_units):
        at += word == "dalam"
        if not _points(tokens, at + 1) and lower[at] not in ("sebuah", "seunit"):
            found = at + 1, lexicon.se_units[lower[at]]
    if found is None:
        return None
    amount.rate_end, unit = found
    return unit


def _rate_before(tokens: Tokens, amount: _Amount, previous: _Amount | None) -> str | None:
    """Return the unit of a rate written before the amount: ``per unit Rp17,5 juta``, ``setiap orang menerima Rp1 juta``."""
    lexicon = _lexicon()
    lower, flags = tokens.lower, tokens.flags
    floor = max(tokens.sentence(amount.first)[0], max(previous.last, previous.rate_end) if previous else 0, amount.first - 8)
    for at in range(amount.first - 1, floor - 1, -1):
        word = lower[at]
        if word in _words("breaks") or (not word[0].isalnum() and word not in _SOFT and not (word == "," and lower[at + 1] == "masing")):
            return None
        between = amount.first - at
        if word == "per" and between <= 7:
            if at > floor + 1 and flags[at - 2] & DIGIT:  # "300 unit per tahun"
                return None
            found = _unit(tokens, at + 1)
        elif word in ("setiap", "tiap", "saban"):
            found = _unit(tokens, at + 1)
        elif word == "satu" and at + 1 < amount.first:
            found = _unit(tokens, at + 1)
            if found and (lower[at + 1] not in _words("measures") | {"orang", "kg"}):
                return None
        elif _stem(word) in lexicon.se_units and _stem(word)[2:] in _words("measures"):
            return lexicon.se_units[_stem(word)]
        elif word in lexicon.adjectives and any(lower[k] in _words("wages") for k in range(max(floor, at - 3), at)):
            return lexicon.adjectives[word]
        elif flags[at] & DIGIT and not _YEAR.fullmatch(word):
            return None
        else:
            continue
        return found[1] if found and found[0] <= amount.first else None
    return None


def _share_rates(tokens: Tokens, amounts: list[_Amount]) -> None:
    """Give amounts of one clause the rate stated once: ``dari Rp 20.000 menjadi Rp 25.000 per kg``."""
    lower = tokens.lower
    for amount, following in zip(reversed(amounts[:-1]), reversed(amounts), strict=False):
        between = lower[amount.last : following.first]
        if not amount.per and following.rate_end and len(between) <= 4 and _one_clause(between) and _comparable(amount, following, 10):
            amount.per, amount.rate_end = following.per, amount.last
    for previous, amount in pairwise(amounts):
        if amount.per or not previous.rate_end:
            continue
        between = lower[previous.rate_end : amount.first]
        if not _one_clause(between):
            continue
        if (len(between) <= 3 and _comparable(previous, amount, 10)) or (
            len(between) <= 10 and "," not in between and _comparable(previous, amount, 2)
        ):
            amount.per, amount.rate_end = previous.per, amount.last


def _one_clause(between: list[str]) -> bool:
    return not any(word in (".", ";", "!", "?", '"', "”", "(") for word in between)


def _comparable(one: _Amount, other: _Amount, times: int) -> bool:
    """Whether two amounts can be prices of the same thing."""
    return "?" in (one.code, other.code) or one.code != other.code or (one.low <= other.high * times and other.low <= one.high * times)


def _unit(tokens: Tokens, at: int) -> tuple[int, str] | None:
    """Return (token after it, name) of the unit of a rate at this token, or None: ``per Desember 2018`` is a date."""
    lexicon, lower = _lexicon(), tokens.lower
    if at < len(lower) and lower[at] == "1":
        at += 1
    if at >= len(lower):
        return None
    word = lower[at]
    if not word[0].isalpha() or word in _words("dates") or word in _words("no_units"):
        return None
    two = f"{word} {_stem(lower[at + 1])}" if at + 1 < len(lower) else ""
    if two in lexicon.units:
        return at + 2, lexicon.units[two]
    if word in lexicon.after:
        currency = lexicon.after.longest(lower, at)
        if currency is not None:
            return currency[0], tokens.text[tokens.start[at] : tokens.end[currency[0] - 1]]
    name = _unit_name(tokens.form[at])
    if (name in ("year", "month", "day", "hour") or _stem(word) in _words("times")) and _points(tokens, at + 1):
        return None
    return at + 1, name


def _unit_name(form: str) -> str:
    unit = _stem(form.lower())
    known = _lexicon().units.get(unit)
    if known:
        return known
    return form if form.isupper() or not form[1:].islower() else unit


def _stem(word: str) -> str:
    """Return the word without ``-nya`` and glued digits (``bulan4``)."""
    if word[-1:].isdigit() and word not in ("m2", "m3"):
        word = word.rstrip("0123456789")
    return word[:-3] if len(word) > 5 and word.endswith("nya") else word


def _points(tokens: Tokens, at: int) -> bool:
    """Whether the word after a time unit makes it one stretch of time: ``setahun terakhir``, ``per bulan ini``, ``per tahun 2019``."""
    if at >= len(tokens):
        return False
    return tokens.lower[at] in _words("pointing") or (tokens.flags[at] & DIGIT and len(tokens.form[at]) == 4) != 0
