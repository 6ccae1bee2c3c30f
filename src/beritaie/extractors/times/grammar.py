"""Finds expressions of time: a trigger word or number, then the rules that may start there, then the words around it.

Rules look at a bounded stretch of text from the trigger on, so time stays linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import permutations

import regex

from beritaie import numbers
from beritaie.extractors.times import dates, durations, patterns, periods, references
from beritaie.extractors.times.calendars import hijri_months, holiday_names
from beritaie.extractors.times.expressions import Calendar, Expression, Fixed, Relative
from beritaie.extractors.times.patterns import DASH, GAP, TO, YEAR, compiled, either
from beritaie.tokens import BREAK, CAPITAL, DIGIT, UPPER, Tokens

_INSIDE = regex.compile(r".?[\p{L}\p{N}]\Z|[\p{L}\p{N}][.,/:+]\Z|\p{L}-\Z")  # before a number that is part of something: "U-19", "Rp5"
_SPLIT = regex.compile(r"[\p{L}\p{N}]++(?:['’`][\p{L}]++)?+")
_YEAR = regex.compile(rf"(?<![\d.,/-]){YEAR}(?![\d%]|[.,]\d\d)")
_YEARS = compiled(rf"(?P<first>{YEAR})(?:[^\S\n]?{DASH}[^\S\n]?|{GAP}(?:hingga|sampai|s/d){GAP})(?P<second>{YEAR}|\d\d(?![\d.,/:]))")
_NAMED_WEEKDAYS = compiled(rf"{GAP}(?:agung|putih|suci|abu|berkah|curhat|bersih|bersedekah|ceria|barokah|keramat)\b")
_AFTER_PART = compiled(
    rf"{GAP}?(?:[.,;:!?)\"”'’]|$|\n|{DASH}|(?:hingga|sampai|dan|atau|waktu|wib|wita|wit|sebelum|setelah|sekitar|pukul|yang|itu|hari)\b)"
)
_AFTER_AGE = compiled(rf"{GAP}(?:itu|tersebut|ini)\b")
_YEAR_AFTER = compiled(rf"{GAP}(?:19|20)\d\d\b")
_SURNAME = regex.compile(rf"{GAP}\p{{Lu}}\p{{Ll}}")
_COUNTED = compiled(rf"{GAP}(?P<word>[\p{{L}}²]++)")

Rule = Callable[["Trigger"], "Expression | list[Expression] | None"]


class Trigger:
    """A place in the text where an expression of time may start, and the words before it."""

    __slots__ = ("at", "index", "text", "tokens", "word")

    def __init__(self, tokens: Tokens, index: int, at: int, word: str) -> None:
        self.tokens, self.index, self.at, self.word = tokens, index, at, word
        self.text = tokens.text

    def before(self, steps: int = 1) -> str:
        """Return the lower-cased token so many steps before this one, or an empty string at the start of the text."""
        if self.at > self.tokens.start[self.index] and steps == 1:  # inside a token: "Januari-Agustus"
            return self.text[self.at - 1]
        at = self.index - steps
        return self.tokens.lower[at] if at >= 0 else ""

    def words_before(self, count: int) -> list[str]:
        """Return up to so many lower-cased tokens before this one, in order."""
        return self.tokens.lower[max(self.index - count, 0) : self.index]

    @property
    def opens(self) -> bool:
        """Whether a sentence, a line or a quotation starts here."""
        if self.index == 0 or self.tokens.flags[self.index] & BREAK:
            return True
        return self.tokens.lower[self.index - 1][-1] in ".!?:\"“”'‘(-–—"

    def name_before(self) -> bool:
        """Whether the word before is capitalised inside its sentence, as names are."""
        index = self.index - 1
        if index < 1 or not self.tokens.flags[index] & CAPITAL or self.tokens.flags[self.index] & BREAK:
            return False
        return not Trigger(self.tokens, index, self.tokens.start[index], "").opens


def _calendar(trigger: Trigger) -> Expression | list[Expression] | None:
    text, at = trigger.text, trigger.at
    days = _list_of_days(trigger)
    if days:
        return days
    found = dates.read(text, at)
    if found is None:
        return None
    parts = [part for part in found.parts if part != "zone"]
    if parts == ["part"]:
        return found if _part_stands_alone(trigger, found) else None
    if parts[0] == "part" and trigger.before() in patterns.group("names", "before_part") - {"pasar"}:
        return None  # "makan siang hari ini": the day is read from its own word on
    if found.weekday is not None and not found.dated and found.days is None and not _is_weekday(trigger, found):
        return None
    numeric = found.dated and parts[0] in ("day/month", "day/month/year", "year-month-day")
    if numeric and not _is_numeric_date(trigger, parts[0]):
        return None
    if parts[0] == "day month" and trigger.before() in patterns.group("names", "before_date"):
        return Expression(found.start, found.end)  # "Jalan 17 Agustus", "Stadion 10 November"
    if parts[0] == "day month year" and trigger.before() in patterns.group("names", "before_full_date"):
        return Expression(found.start, found.end)  # "Universitas 17 Agustus 1945"
    if found.clock is None:
        return found
    return _with_second_clock(text, found)


def _is_weekday(trigger: Trigger, found: Calendar) -> bool:
    text = trigger.text
    before = trigger.before()
    if (before in patterns.group("names", "before_weekday") and trigger.word != "hari") or (before == "malam" and not found.eve):
        return False
    if found.parts == ["weekday"] and _NAMED_WEEKDAYS.match(text, found.end):
        return False
    start = text[trigger.at]
    if trigger.word == "minggu":
        if start == "m" and "(weekday)" not in found.parts and "part" not in found.parts:
            return False
        # at the start of a sentence "Minggu lalu" is a week; inside it, with a capital, the day
        return found.direction is None or not trigger.opens
    if start.islower() and not (
        trigger.word == "hari" or found.part or found.direction is not None or before in patterns.group("prepositions")
    ):
        return trigger.word not in ("rebo", "ahad", "senen", "kemis")
    return True


def _is_numeric_date(trigger: Trigger, rule: str) -> bool:
    """Tell whether a numeric date without weekday is one: in brackets, after ``tanggal``, or in full after a word that is no law's."""
    if trigger.word in ("tanggal", "tgl"):
        return True
    if rule == "day/month":
        return trigger.before() == "(" or trigger.text[trigger.at - 1 : trigger.at] == "("
    glued = trigger.text[max(trigger.at - 1, 0) : trigger.at] in ("/", "-", ".", ",", ":")
    return not glued and patterns.group("laws").isdisjoint(trigger.words_before(3))


def _part_stands_alone(trigger: Trigger, found: Calendar) -> bool:
    phrase = trigger.text[found.start : found.end].lower()
    before = trigger.before()
    if before in patterns.group("names", "before_part"):
        return False
    if phrase in ("dini hari", "dinihari", "tengah malam", "tengah hari") or found.zone:
        return before not in ("jam", "per")
    if before in ("sejak", "dari", "hingga", "sampai", "menjelang", "jelang", "mulai"):
        return phrase != "siang malam"
    if before in ("pada", "di", "saat", "ketika") and phrase not in ("fajar", "subuh", "dini"):
        return phrase.endswith("hari") or (before == "pada" and _AFTER_PART.match(trigger.text, found.end) is not None)
    return False


def _with_second_clock(text: str, found: Calendar) -> Expression | list[Expression]:
    """Read a mark at each end of ``pukul 08.00-16.00 WIB``, ``jam 7 pagi hingga 5 sore``."""
    match = _second_clock().match(text, found.end)
    if match is None or int(match["hour"]) > 24:
        return found
    second = Calendar(match.start("at"), match.end(), "clock to clock", clock=(int(match["hour"]), int(match["minute"] or 0), None))
    second.parts = ["clock"]
    if match["part"]:
        second.part = patterns.day_parts()[match["part"].lower()][0]
    zone = dates.zone(text, second.end)
    if zone:
        second.end, second.zone = zone, True
    return [found, second]


@cache
def _second_clock() -> regex.Pattern[str]:
    part = "pagi|siang|sore|petang|malam"
    return compiled(
        rf"{TO}(?P<at>(?:pukul{GAP}|jam{GAP})?(?P<hour>\d\d?)(?:[.:](?P<minute>[0-5]\d)(?![\d.:]\d)(?:{GAP}(?P<part>{part})\b)?|{GAP}(?P<part>{part})\b))"
    )


@cache
def _days() -> regex.Pattern[str]:
    more = rf"(?:{TO}|[^\S\n]?,[^\S\n]?(?:dan{GAP}|serta{GAP})?|{GAP}(?:dan|atau|serta|&){GAP}|[^\S\n]?/[^\S\n]?)"
    month = either((*patterns.months(), *hijri_months()))
    return compiled(
        rf"(?P<start>(?:tanggal|tgl\.?){GAP})?(?P<day>\d\d?)(?!\d)(?:{more}(?:tanggal{GAP})?(?P<day>\d\d?)(?!\d)){{1,7}}+"
        rf"(?=[^\S\n]?-?(?:{month})\b)"
    )


def _list_of_days(trigger: Trigger) -> list[Expression] | None:
    """``2-6 November 2016``, ``tanggal 11, 12 dan 13 Zulhijah``: a mark for each day, the last with its month."""
    if not (trigger.word[0].isdigit() or trigger.word in ("tanggal", "tgl")):
        return None
    match = _days().match(trigger.text, trigger.at)
    if match is None:
        return _numeric_days(trigger)
    spans = match.spans("day")
    last = dates.read(trigger.text, spans[-1][0])
    if last is None or last.month is None:
        return None
    found: list[Expression] = []
    for start, end in spans[:-1]:
        day = int(trigger.text[start:end])
        if not 1 <= day <= 31:
            return None
        left = Calendar(start, end, "day of days", day=day, month=last.month, year=last.year, hijri=last.hijri, parts=["day"])
        left.year_shift, left.direction = last.year_shift, last.direction
        found.append(left)
    if match["start"]:
        found[0].start = trigger.at
    return [*found, last]


_NUMERIC_DAYS = regex.compile(rf"(?P<day>\d\d?){DASH}(?=\d\d?/\d\d?/\d{{4}})")


def _numeric_days(trigger: Trigger) -> list[Expression] | None:
    """Read ``14-15/6/2025``."""
    match = _NUMERIC_DAYS.match(trigger.text, trigger.at)
    last = dates.read(trigger.text, match.end()) if match else None
    if match is None or last is None or last.month is None or not 1 <= int(match["day"]) <= 31:
        return None
    return [
        Calendar(trigger.at, match.end("day"), "day of days", day=int(match["day"]), month=last.month, year=last.year, parts=["day"]),
        last,
    ]


def _number(trigger: Trigger) -> Expression | list[Expression] | None:
    text, at = trigger.text, trigger.at
    if _INSIDE.match(text, max(at - 2, 0), at) and not _after_month().search(text, max(at - 12, 0), at):
        return None
    if trigger.word[0].isdigit():
        found = _calendar(trigger)
        if found:
            return found
        if _YEAR.match(text, at):
            return periods.ancient(text, at) or _decade(trigger) or _bare_year(trigger)
    measured = durations.quantity(text, at, more=trigger.before() in patterns.group("postponed"))
    if measured and not _YEAR_AFTER.match(text, measured[-1].end):  # "U-19 tahun 2013", "Nomor 31 Tahun 1999"
        return Expression(at, measured[-1].end) if _is_no_length(trigger, measured) else measured
    return periods.ancient(text, at)


@cache
def _after_month() -> regex.Pattern[str]:
    return compiled(rf"{either(patterns.full_months())}{DASH}\Z")  # "10 November-2 Desember"


def _decade(trigger: Trigger) -> Expression | None:
    found = periods.decade(trigger.text, trigger.at)
    return found if found and not _counts(trigger.text, found.end) else None


def _counts(text: str, end: int) -> bool:
    match = _COUNTED.match(text, end)
    return match is not None and match["word"].lower() in patterns.group("years", "units")


def _is_no_length(trigger: Trigger, measured: list[Expression]) -> bool:
    """Ages, rates and law numbers: ``berusia 30 tahun``, ``per 3 bulan``, ``Nomor 31 Tahun 1999``."""
    text, last = trigger.text, measured[-1]
    before = trigger.before()
    unit = text[last.start : last.end].lower().split()[-1]
    if before in ("per", "/", "ke", "ke-", "pasal", "ayat", "kali", "x") or before.endswith(("/", "ke-")):
        return True
    if not isinstance(last, Fixed) or "tahun" not in last.rule:
        return False
    if before == "(" and text[last.end : last.end + 1] == ")" and trigger.tokens.flags[max(trigger.index - 2, 0)] & CAPITAL:
        return True
    if unit == "tahun" and last.type == "DURATION" and _AFTER_AGE.match(text, last.end):
        return True
    words = _clause(trigger.words_before(6))
    if before in ("bawah", "atas") and words & patterns.group("ages", "groups"):
        return True  # "anak-anak di bawah 16 tahun"
    return bool(words & patterns.group("ages", "before")) or before in patterns.group("ages", "people")


def _clause(words: list[str]) -> set[str]:
    """Return the words after the last comma or full stop."""
    for index in range(len(words) - 1, -1, -1):
        if words[index] in (",", ".", ";", ":"):
            return set(words[index + 1 :])
    return set(words)


def _bare_year(trigger: Trigger) -> Expression | list[Expression] | None:
    text, at = trigger.text, trigger.at
    words = trigger.words_before(5)
    if not _is_year(trigger, words):
        return None
    years = _YEARS.match(text, at)
    if years:
        second = years["second"] if len(years["second"]) == 4 else years["first"][:2] + years["second"]
        if 0 < int(second) - int(years["first"]) < 100:
            left = Fixed(at, years.end("first"), "year-year", value=years["first"])
            right = periods.year_alone(text, years.start("second")) or Fixed(years.start("second"), years.end("second"), value=second)
            right.rule = "year-year"
            return [left, right]
    return periods.year_alone(text, at)


def _is_year(trigger: Trigger, words: list[str]) -> bool:
    """Whether a bare number from 1000 to 2099 is a year that the text states as a time, and not part of a name."""
    text, at = trigger.text, trigger.at
    before = words[-1] if words else ""
    group = patterns.group
    end = at + 4
    if before in group("years", "never") or text[end : end + 1] == "/" or before in ("tahun", "thn"):
        return False  # "tahun" has its own rule, which knows laws
    if _counts(text, end) and before not in ("pada", "sejak", "tahun"):
        return False
    if text[at:end] < "1900" or text[at:end] > "2100":
        return before == "sejak" or (before in ("pada", "di", "dari") and text[at:end] != "2000")
    if before in group("years", "before") and not trigger.tokens.flags[trigger.index - 1] & UPPER:
        return True
    if periods.direction_after(text, end):
        return True
    if before == "(":
        return text[end : end + 1] in ")-–;,"
    if not before:
        return False
    years = _YEARS.match(text, at)
    if years and years["second"] > years["first"]:
        return not set(trigger.words_before(5)) & group("years", "seasons")
    if before[0].isdigit() or before in (",", "dan", "/", "-", "–", "&", "serta", "atau"):
        return False  # years in a row are taken up from their first: see expressions()
    names = _clause(words)
    if names & group("years", "nouns"):
        return not names & group("years", "seasons")  # "Piala Presiden 2022"
    return before.isalpha() and not trigger.tokens.flags[trigger.index - 1] & CAPITAL and not trigger.opens


def _month(trigger: Trigger) -> Expression | None:
    text, at = trigger.text, trigger.at
    found = periods.month(text, at)
    if found is None:
        return None
    if found.rule == "month":  # alone, it may be a person's name: "Mei Sari", "Ibu Juni"
        before = trigger.before()
        if text[at].islower() or before in patterns.group("names", "before_month"):
            return None
        if _SURNAME.match(text, found.end) and before not in patterns.group("prepositions"):
            return None
        if trigger.name_before() and trigger.word in ("mei", "juni", "juli", "april", "maret", "agustus"):
            return None
    return found


_UNIT_RULES: tuple[Callable[[str, int], Expression | list[Expression] | None], ...] = (
    periods.decade, periods.year, periods.ancient, periods.century, periods.fraction, periods.month,
    references.same, references.part_of_it, periods.relative, periods.stretch,
)  # fmt: skip


def _unit(trigger: Trigger) -> Expression | list[Expression] | None:
    """Read what a noun of time starts: ``tahun 2019``, ``bulan Juni``, ``pekan lalu``, ``abad ke-19``, ``triwulan III``."""
    text, at = trigger.text, trigger.at
    if trigger.word in ("tahun", "thn", "th", "ta", "t") and _is_law(trigger):
        return None
    for rule in _UNIT_RULES:
        found = rule(text, at)
        if found:
            return found
    return _calendar(trigger)


def _is_law(trigger: Trigger) -> bool:
    """Whether ``Tahun 2017`` belongs to a law's number: ``Nomor 108 Tahun 2017``."""
    words = trigger.words_before(8)
    if any(word[-1].isdigit() for word in words[-2:]):
        return not patterns.group("laws").isdisjoint(words[-5:])
    return "uud" in words or ("dasar" in words and "undang-undang" in words)  # "Undang-Undang Dasar Negara RI Tahun 1945"


def _se(trigger: Trigger) -> Expression | None:
    found = durations.single(trigger.text, trigger.at)
    if found and isinstance(found, Fixed) and found.type == "DURATION":
        words = trigger.words_before(3)
        if not {"kali", "sekali"}.isdisjoint(words) or trigger.before() == "per":
            return None
    return found


def _day_word(trigger: Trigger) -> Expression | list[Expression] | None:
    if trigger.before() in holiday_names():
        return None  # "sebelum puasa kemarin" is the holiday's, which is not marked
    return references.reference(trigger.text, trigger.at) or references.next_day(trigger.text, trigger.at) or _calendar(trigger)


def _reference(trigger: Trigger) -> Expression | None:
    found = references.reference(trigger.text, trigger.at)
    if found and found.rule in ("masa depan", "masa lalu", "waktu dekat") and trigger.before() not in ("di", "pada", "dalam"):
        return None
    if found and found.rule == "ke depan":
        ahead = _COUNTED.match(trigger.text, found.end)
        if trigger.before() in patterns.group("names", "before_depan") or (
            ahead and ahead["word"] in patterns.group("names", "after_depan")
        ):
            return None  # "jauh ke depan", "lari ke depan rumah"
    return found


def _text_rule(rule: Callable[[str, int], Expression | list[Expression] | None]) -> Rule:
    return lambda trigger: rule(trigger.text, trigger.at)


@cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    """Return the rules to try, in order, at each lower-cased trigger word."""
    table: dict[str, list[Rule]] = {}

    def put(words: Iterable[str], *rules: Rule) -> None:
        for word in words:
            entry = table.setdefault(patterns.first_word(word), [])
            entry += [rule for rule in rules if rule not in entry]

    put(("setiap", "tiap", "saban"), _text_rule(durations.every))
    put(("keesokan", "esok", "esoknya", "keesokannya"), _text_rule(references.next_day))
    put(patterns.references(), _reference)
    put(durations.VAGUE, _text_rule(durations.vague))
    put((f"ber{unit}" for unit in patterns.units()), _text_rule(durations.vague))
    put(patterns.single_units(), _se)
    put((f"{unit}an" for unit in patterns.single_units()), _se)
    put((*patterns.group("stretches"), "tengah"), _text_rule(periods.stretch))
    put(patterns.group("nouns"), _unit)
    put([f"{letter}{number}" for letter in "qh" for number in ("", 1, 2, 3, 4, "i", "ii", "iii", "iv")], _text_rule(periods.fraction))
    put(("h",), _text_rule(references.countdown))
    put(("ba", "bada", "bakda", "ba'da", "ba’da"), _text_rule(references.prayer))
    put(("saat", "kala"), _text_rule(references.pointing))
    put(hijri_months(), _text_rule(periods.month))
    put((*patterns.full_months(),), _calendar_of_month)
    put(set(patterns.months()) - patterns.full_months(), _text_rule(periods.month))
    put((first + second for first, second in permutations(patterns.full_months(), 2)), _glued_months)
    put(patterns.weekdays(), _calendar)
    put(patterns.day_parts(), _calendar)
    put(patterns.day_words(), _day_word)
    put(("tadi", "nanti", "pukul", "pkl", "pk", "jam", "tanggal", "tgl"), _calendar)
    put(numbers.starts(), _number)
    put(("paginya", "siangnya", "sorenya", "petangnya", "malamnya"), _text_rule(references.part_of_it))
    put(("weekend",), _text_rule(periods.weekend))
    return {word: tuple(rules) for word, rules in table.items()}


def _calendar_of_month(trigger: Trigger) -> Expression | list[Expression] | None:
    found = dates.read(trigger.text, trigger.at)
    return found if found and found.dated else _month(trigger)


def _glued_months(trigger: Trigger) -> list[Expression] | None:
    """Read ``JanuariApril 2025``, where a site has lost the dash."""
    at = next(
        at
        for at in range(3, len(trigger.word))
        if trigger.word[:at] in patterns.full_months() and trigger.word[at:] in patterns.full_months()
    )
    right = periods.month(trigger.text, trigger.at + at)
    if not isinstance(right, Calendar):
        return None
    left = Calendar(trigger.at, trigger.at + at, "month", month=patterns.months()[trigger.word[:at]])
    return [left, right]


def _triggers(tokens: Tokens, rules: dict[str, tuple[Rule, ...]]) -> Iterator[tuple[Trigger, tuple[Rule, ...]]]:
    """Yield the places where a rule may start; words inside a token (``Juni-Juli``) count too."""
    for index, (word, flags) in enumerate(zip(tokens.lower, tokens.flags, strict=True)):
        if word in rules:
            yield Trigger(tokens, index, tokens.start[index], word), rules[word]
        elif flags & DIGIT or "-" in word or "–" in word or "'" in word:
            start = tokens.start[index]
            for match in _SPLIT.finditer(word[:40]):
                piece = match[0]
                if piece in rules:
                    yield Trigger(tokens, index, start + match.start(), piece), rules[piece]
                elif piece[0].isdigit():
                    yield Trigger(tokens, index, start + match.start(), piece), (_number,)


def expressions(tokens: Tokens) -> list[Expression]:
    """Return the expressions of time in text order, without overlaps; at each place the first rule that holds wins."""
    found: list[Expression] = []
    end = 0
    for trigger, rules in _triggers(tokens, _rules()):
        if trigger.at < end:
            continue
        for rule in rules:
            result = rule(trigger)
            if not result:
                continue
            batch = result if isinstance(result, list) else [result]
            if not batch[0].rule:  # looks like a time and is none
                end = batch[0].end
                break
            if isinstance(batch[0], Relative) and batch[0].unit == "" and not _points_back(trigger, found):
                continue
            found += batch
            end = batch[-1].end
            end = _years_in_a_row(tokens.text, found)
            break
    return found


def _points_back(trigger: Trigger, found: list[Expression]) -> bool:
    """Tell whether ``saat itu`` is a time: as ``hingga saat itu``, and ``kala itu`` right after a sentence that ends with a year."""
    if not found:
        return False
    if trigger.before() in ("hingga", "sampai"):
        return True
    return trigger.word == "kala" and _ENDS_WITH_YEAR.search(trigger.text, max(trigger.at - 8, 0), trigger.at) is not None


_ENDS_WITH_YEAR = regex.compile(r"(?:19|20)\d\d\W{1,4}\Z")
_NEXT_YEAR = regex.compile(
    rf"(?:[^\S\n]?[,/&][^\S\n]?(?:(?:dan|atau|serta|hingga){GAP})?|{GAP}(?:dan|atau|serta|hingga|sampai){GAP}){YEAR}(?![\d%/]|[.,]\d\d|{DASH}an)",
    regex.I,
)


def _years_in_a_row(text: str, found: list[Expression]) -> int:
    """Take up the years after a year: ``2019, 2020, dan 2021``. Returns the end of the last expression."""
    for _ in range(12):
        last = found[-1]
        if not (isinstance(last, Fixed) and last.type == "DATE" and last.value.isdigit() and len(last.value) == 4):
            break
        match = _NEXT_YEAR.match(text, last.end)
        following = periods.year_alone(text, match.end() - 4) if match else None
        if following is None or _counts(text, following.end):
            break
        found.append(following)
    return found[-1].end
