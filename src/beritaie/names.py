"""What looks like a person's name: the class of each word, and what the article as a whole shows of it.

The grammar of offices asks this to see where a unit ends and a name begins (``Kepala Dinas Pendidikan Budi``), the people extractor to
see what can be a name at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

import regex

from beritaie import lexicon
from beritaie.candidates import Candidate
from beritaie.tokens import BREAK, CAPITAL, DIGIT, LOWER, UPPER, Tokens

# Classes of words. What is above OTHER can stand in a name.
SMALL = 0  # not capitalised, punctuation, digits
FUNCTION = 1  # grammar words and verbs, with a capital
NOUN = 2  # words of names of things
FIELD = 3  # words of units' names, abstract nouns
OTHER = 4
ACRONYM = 5  # a short word in capitals
UNKNOWN = 6
WEAK = 7  # a name that is also an ordinary word
LIKELY = 8  # built like a name (Suhirman, Hendriwansyah)
FAMILY = 9  # a known family name
GIVEN = 10  # a known given name
INITIAL = 11  # a single letter

_OPEN = frozenset((UNKNOWN, WEAK, LIKELY))  # words that the article may show to be ordinary ones
_ARTICLES = ("al-", "el-", "an-", "as-", "ar-", "ad-", "at-", "az-")
_ABBREVIATED = frozenset(("moh", "moch", "muh", "mohd", "mhd", "abd", "muhd", "much", "akh", "yoh"))
# fmt: off
PARTICLES = frozenset((
    "bin", "binti", "bt", "al", "el", "as", "ash", "an", "asy", "at", "ar", "az", "ad", "van", "von", "de", "der", "den", "da", "dos",
    "das", "du", "del", "della", "la", "le", "ibn", "bani", "ter", "ben", "abu", "st", "e", "y",
))
# fmt: on
_ABSTRACT = regex.compile(
    r"(?:ke|pe|per|pem|pen|peng)\p{L}{3,}an|\p{L}{3,}(?:isasi|logi|nomi|grafi|istik|matika|asional)|\p{L}{4,}(?:asi|tion|tions)"
)
_VERB = regex.compile(
    r"(?:mem|men|meng|meny)\p{L}{3,}(?:kan|i|an)|ber\p{L}{3,}an|di\p{L}{3,}(?:kan|(?<!as)i|inya|kannya)|\p{L}{4,}(?:nya|(?<!l)lah|kah)|(?:mem|meng)\p{L}{4,}|ter\p{L}{4,}|(?:se|ke)\p{L}{3,}nya"
)
# Names of persons in Javanese, Sundanese, Malay and Arabic manner.
_NAME_LIKE = regex.compile(
    r"(?:su|soe)\p{L}{2,}(?:o|adi|ardi|andi|ono|man|yah|iyah|mi|ni|ti|yati|wati|yani|dji|aji|rman|rta|ana|din|udin)"
    r"|\p{L}{2,}(?:yanto|ianto|anto|iyono|iono|yono|djono|artono|istiono|oyo|yadi|wadi|iyadi|ryadi|riadi|suryadi|widjaja|wijaya)"
    r"|\p{L}{2,}(?:uddin|udin|uddien|oeddin|syah|ansyah|ullah|allah|illah|rahman|rrahman|rohman|rizal|faizal|iwansyah|yansyah)"
    r"|\p{L}{3,}(?:wati|yati|iyati|ningsih|ningrum|ningtyas|asih|astuti|hayati|riyani|yanti|ianti|lianti|ayanti|iyani|iyah)"
    r"|\p{L}{3,}(?:iawan|riawan|diawan|niawan|tiawan|yawan|mawan|isman|usman|irman|erman|diman|rjo|djo|oprawiro|oningrat|onegoro|atmaja|atmadja|kusuma|kusumo)"
)
_VOWEL = regex.compile(r"[AEIOU]")
_REMEMBERED = 100_000
_RATHER = 0.7  # the probability from which on a model's word makes an ordinary word a name


_words = partial(lexicon.group, "people")


def field_words() -> frozenset[str]:
    """Return the lower-cased words of units' fields."""
    return lexicon.single_words("units", part="field")


@cache
def _known() -> dict[str, int]:
    """Return the class of each word of the lexicons."""
    known: dict[str, int] = {}
    for row in lexicon.rows("units"):
        for word in lexicon.split_phrase(row["word"]):
            known[word] = FIELD
    for row in lexicon.rows("offices"):
        for word in lexicon.split_phrase(row["title"]):
            known.setdefault(word, FIELD)
    for row in lexicon.rows("not_names"):
        known[row["word"]] = FUNCTION if row["part"] == "function" else NOUN
    for row in lexicon.rows("names"):
        word = row["word"]
        if not row["weak"]:
            if known.get(word) not in (FUNCTION, FIELD) or (row["use"] == "id" and known.get(word) != FUNCTION):
                known[word] = FAMILY if row["part"] == "family" else GIVEN
        elif known.get(word) not in (FUNCTION, FIELD):
            known[word] = WEAK
    for word in _ABBREVIATED:
        known[word] = GIVEN
    for row in lexicon.rows("nicknames"):
        if " " not in row["nickname"] and len(row["nickname"]) > 2:
            known.setdefault(row["nickname"], GIVEN)
    return known


@cache
def weak_names() -> frozenset[str]:
    """Return names that are also ordinary words: within a name they belong to it (``Nur Alam``), alone they are none."""
    return frozenset(row["word"] for row in lexicon.rows("names") if row["weak"] or row["use"] == "id")


@cache
def opening_names() -> frozenset[str]:
    """Return given names that are also ordinary words, and yet can open a name (``Agung Laksono``)."""
    return frozenset(row["word"] for row in lexicon.rows("names") if row["use"] == "id" and row["part"] != "family")


def nicknames() -> frozenset[str]:
    """Return the single words by which public figures are known."""
    return lexicon.single_words("nicknames", "nickname")


@cache
def _region_words() -> frozenset[str]:
    """Return the words of regions' names: many are built like names of people (Sukabumi, Sidoarjo)."""
    return frozenset(word for row in lexicon.rows("regions") for word in lexicon.split_phrase(row["name"]))


_classes: dict[str, int] = {}


def _unaccented(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _classify(form: str, flags: int) -> int:
    lower = form.lower().rstrip(".").replace("’", "'")
    if flags & DIGIT:
        return OTHER
    if len(lower) == 1:
        return INITIAL if lower.isalpha() else SMALL
    known = _known().get(lower)
    if known is None and not lower.isascii():
        known = _known().get(_unaccented(lower))
    if known is not None:
        return known if known < WEAK or not flags & UPPER or len(lower) > 3 or lower in nicknames() else ACRONYM
    if flags & UPPER and (len(lower) <= 4 or not _VOWEL.search(form) or (len(lower) <= 6 and len(_VOWEL.findall(form)) < 2)):
        return ACRONYM
    if _VERB.fullmatch(lower):
        return FUNCTION
    if len(lower) > 7 and _ABSTRACT.fullmatch(lower):
        return FIELD
    if not lower.replace("-", "").replace("'", "").isalpha():
        return OTHER
    if "-" in lower and len(set(lower.split("-"))) == 1:
        return NOUN  # a plural: Ormas-ormas
    return LIKELY if _NAME_LIKE.fullmatch(lower) and lower not in _region_words() else UNKNOWN


def word_class(form: str, flags: int) -> int:
    """Return the class of a word by its form alone."""
    if not flags & CAPITAL:
        return UNKNOWN if form[:3] in _ARTICLES and form[3:4].isupper() else SMALL
    known = _classes.get(form)
    if known is None:
        if len(_classes) >= _REMEMBERED:
            _classes.clear()
        known = _classes[form] = _classify(form, flags)
    return known


_SMALL_VERB = regex.compile(r"(?:me|ber|di|ter)\p{L}{3,}|\p{L}{3,}(?:nya|lah|kah)|se\p{L}{3,}nya")


@cache
def _stop_words() -> frozenset[str]:
    return lexicon.words("not_names", part="function") | lead_words().keys()


def glued_name(form: str) -> int:
    """Return how much of a word is a name to which a page glued the next word (``Subiantodalam``): letters, or 0 for none."""
    lower = form.lower()
    for length in range(len(lower) - 2, 4, -1):
        known = _known().get(lower[:length], 0)
        if known >= FAMILY and (lower[length:] in _stop_words() or (len(lower) - length > 4 and _SMALL_VERB.fullmatch(lower[length:]))):
            return length
    return 0


def small_word_class(lower: str) -> int:
    """Return FUNCTION, FIELD or NOUN for a word in small letters: can it be part of a title such as ``petani cabai merah``?"""
    if lower in _stop_words():
        return FUNCTION
    if lower in _words("nouns"):
        return NOUN
    known = _known().get(lower)
    if known in (FIELD, NOUN):
        return FIELD
    return FUNCTION if _SMALL_VERB.fullmatch(lower) else NOUN


@cache
def lead_words() -> dict[str, str]:
    """Return words that tell a person: ``before`` a name (``kata``, ``bernama``), or ``after`` it (``mengatakan``)."""
    found = {}
    for row in lexicon.rows("speech_verbs"):
        if row["form"] in ("root", "source", "passive"):
            sure = row["strength"] == "strong" and row["form"] != "passive"
            found[row["word"]] = ("source" if row["form"] == "source" else "before") if sure else "before?"
        elif row["form"] == "active":
            found[row["word"]] = "after" if row["strength"] == "strong" else "after?"
    for word in ["bernama", "berinisial", "inisial", "alias", "disapa", "dipanggil"]:
        found[word] = "before"
    return found


@cache
def _proving() -> dict[str, str]:
    """Return the words that prove the name ``before`` which or ``after`` which they stand: verbs of speech, ranks, forms of address."""
    words = lexicon.single_words("honorifics", "phrase", weak="") | lexicon.single_words("ranks", "phrase", kind="base", weak="")
    found = dict.fromkeys(words, "before")
    found |= {word: "before" for word, side in lead_words().items() if side in ("before", "source")}
    return found | {word: "after" for word, side in lead_words().items() if side == "after"}


class NameSense:
    """What the words of one article look like.

    ``kinds``: the class of each token; ``proven``: lower-cased words that stand as a name by a cue of this article.
    """

    def __init__(self, tokens: Tokens, names: Sequence[Candidate]) -> None:
        self.tokens = tokens
        lower, flags = tokens.lower, tokens.flags
        seen = {lower[i]: i for i, flag in enumerate(flags) if flag & LOWER}
        known = _classes.get
        self.kinds = kinds = [SMALL] * len(flags)
        for i in [i for i, flag in enumerate(flags) if flag & CAPITAL]:
            kind = known(tokens.form[i])
            if kind is None:
                kind = word_class(tokens.form[i], flags[i])
            kinds[i] = FIELD if kind in _OPEN and lower[i] in seen and not self._tagged(seen[lower[i]]) else kind
        if any(low[:3] in _ARTICLES for low in seen if low[2:3] == "-"):  # al-Naimi
            kinds[:] = [kind or word_class(form, flag) for kind, form, flag in zip(kinds, tokens.form, flags, strict=True)]
        self.ignored: set[int] = set()  # ids of candidates that cannot be what they seem
        self.ranks: set[int] = set()  # tokens known to be ranks, though the word alone could be an office (`Komisaris`)
        self._part_names(names)
        self.model: Sequence[Candidate] = ()  # the names that a model sees
        self.model_kinds: dict[int, str] | None = None  # token -> kind of the name that a model sees there; None without a model
        self.model_scores: dict[int, float] = {}  # token -> how sure the model is of it, where it says so
        self.model_people = {tokens.at(c.start): tokens.at(c.end - 1) + 1 for c in names if c.kind == "person"}
        self.proven = self._proven(self._named(names))

    def _tagged(self, at: int) -> bool:
        """Whether a word in small letters stands in a list of tags: ``gibran rakabuming pilkada``, not as an ordinary word."""
        lower, flags = self.tokens.lower, self.tokens.flags
        beside = (i for i in (at - 1, at + 1) if 0 <= i < len(flags))
        return any(flags[i] & LOWER and _known().get(lower[i], 0) in (FAMILY, GIVEN) for i in beside)

    def hear(self, model: Sequence[Candidate]) -> None:
        """Take what a model sees, as evidence beside what the words themselves look like."""
        self.model = model
        at = self.tokens.at
        self.model_kinds = {i: c.kind for c in model for i in range(at(c.start), at(c.end - 1) + 1)}
        self.model_scores = {i: c.score for c in model if c.score is not None for i in range(at(c.start), at(c.end - 1) + 1)}

    def heard_person(self, at: int) -> bool:
        """Whether a model is rather sure of a person at token ``at``."""
        return self.model_kinds is not None and self.model_kinds.get(at) == "person" and self.model_scores.get(at, 1.0) >= _RATHER

    def _part_names(self, names: Sequence[Candidate]) -> None:
        """Shorten organizations and places that run on into a person's name: ``Bank Indonesia | Agus Martowardojo``.

        The name must begin where theirs can be complete: after a region, a bracket, a rank; not after ``PT`` or ``Jalan``.
        """
        tokens = self.tokens
        regions: dict[int, int] = {}  # last token of a place -> its first
        within: dict[int, int] = {}  # token inside a place, not its first -> the place's last token
        for place in names:
            if place.kind == "place":
                begin, end = tokens.at(place.start), tokens.at(place.end - 1)
                regions[end] = begin
                within.update(dict.fromkeys(range(begin + 1, end + 1), end))
        for candidate in names:
            if candidate.kind not in ("organization", "place"):
                continue
            first, last = tokens.at(candidate.start), tokens.at(candidate.end - 1)
            if candidate.kind == "organization" and within.get(first, last) < last:
                self.ignored.add(id(candidate))  # "Serikat Donald" in "Amerika Serikat Donald Trump"
                candidate.weight = 0.1
                continue
            official = candidate.kind == "place" and candidate.data and candidate.data.get("code")
            led = first > 0 and tokens.lower[first - 1] in _office_ends() and candidate.kind == "organization"
            held = first > 0 and tokens.lower[first - 1] in lexicon.single_words("offices", "title", takes="place")
            whole = tokens.lower[first] in (_words("named_after") if candidate.kind == "organization" else _words("roads"))
            if whole:
                continue  # Universitas Ahmad Dahlan, Jalan Jenderal Sudirman
            for at in range(first + 1, last + 1):
                if self.rank_end(at) > at or (not official and self._name_in_body(candidate, first, at, last, regions, held)):
                    candidate.end = tokens.end[at - 1]
                    break
                region = regions.get(last) == at and self.kinds[at] not in (GIVEN, FAMILY)  # Dinas Kesehatan Ogan Ilir
                if led and not region and self._holder_in_body(first, at, last):
                    candidate.end = tokens.end[at - 1]
                    break

    def _holder_in_body(self, first: int, at: int, last: int) -> bool:
        """Whether tokens ``at`` to ``last`` of a body are who holds the office that stands right before it.

        They are where no name follows after a comma, and where they are known names, or two to four unknown words after ordinary ones.
        """
        kinds, tokens = self.kinds, self.tokens
        if at < first + 2 or not all(kinds[i] >= UNKNOWN for i in range(at, last + 1)) or tokens.lower[at - 1] in _heads():
            return False
        then = last + 1
        if then + 1 < len(tokens) and tokens.form[then] == "," and tokens.flags[then + 1] & CAPITAL:
            return False
        if kinds[at] in (GIVEN, FAMILY, LIKELY):
            return True
        return kinds[at - 1] in (NOUN, FIELD, ACRONYM) and 2 <= last + 1 - at <= 4

    def _name_in_body(self, body: Candidate, first: int, at: int, last: int, regions: dict[int, int], held: bool) -> bool:
        """Whether tokens ``at`` to ``last`` of an organization or place are a person's name."""
        kinds, form = self.kinds, self.tokens.form
        if not all(kinds[i] >= UNKNOWN for i in range(at, last + 1)):
            return False
        known = kinds[at] in (GIVEN, FAMILY, LIKELY)
        if body.kind == "place":
            if held:  # Camat Tugu Burhanudin Yasir
                return known and last > at
            if at > first + 1 and first and self.tokens.lower[first - 1] in _office_ends():
                return known and last > at  # Direktur Hotel Mulia | Hendra Gunawan
            return known and at > first + 1 and last > at and self.tokens.lower[first] in _words("regions")
        lower = self.tokens.lower
        if at == first + 2 and lower[first] in ("fraksi", "partai") and lower[at - 1] in _heads():
            return True  # Fraksi Nasdem Saan
        if lower[first] in ("fraksi", "partai", "dpp", "dpd", "dpw", "dpc") and lower[at - 1] in lexicon.group("people", "parties"):
            then = last + 1  # Fraksi Partai Golkar Adies Kadir
            goes_on = then < len(kinds) and kinds[then] in (GIVEN, FAMILY, LIKELY) and not self.tokens.flags[then] & BREAK
            if known or (goes_on and at not in regions):
                return True
        if form[at - 1] == ")":
            if self.tokens.lower[at] in _bodies() or (regions.get(last) == at and not known):
                return False  # Badan Pendapatan Daerah (Bapenda) Riau | Sapto
            return last > at or known or (last + 1 < len(form) and kinds[last + 1] >= UNKNOWN)
        return at > first + 1 and known and at - 1 in regions

    def _named(self, names: Sequence[Candidate]) -> set[int]:
        """Return the tokens of organizations and places: what speaks there is no person."""
        tokens = self.tokens
        found: set[int] = set()
        for c in names:
            if c.kind in ("organization", "place") and not self.doubtful(c):
                found.update(range(tokens.at(c.start), tokens.at(c.end - 1) + 1))
        return found

    def _proven(self, named: set[int]) -> set[str]:
        lower, kinds, flags = self.tokens.lower, self.kinds, self.tokens.flags
        cues = _proving()
        found: set[str] = set()
        size = len(lower)
        for i, low in enumerate(lower):
            cue = cues.get(low)
            if cue is None:
                continue
            if cue == "before":
                at = i + 1
                while at < size and at <= i + 5 and kinds[at] >= UNKNOWN and not flags[at] & BREAK and at not in named:
                    at += 1
                if i + 1 < at:
                    found.update(lower[i + 1 : at])
            elif i and kinds[i - 1] >= UNKNOWN and i - 1 not in named:
                at = i - 1
                while at > 0 and at > i - 4 and kinds[at - 1] >= UNKNOWN and not flags[at] & BREAK and at - 1 not in named:
                    at -= 1
                if not at or kinds[at - 1] != NOUN:
                    found.update(lower[max(at, i - 2) : i])  # what stands before may be a body's name
        return found

    def doubtful(self, place: Candidate) -> bool:
        """Whether a place that only its surroundings suggest holds a person's known name, or a body begins inside a place."""
        if id(place) in self.ignored:
            return True
        if place.kind != "place" or place.weight >= 0.5:
            return False
        first, last = self.tokens.at(place.start), self.tokens.at(place.end - 1)
        return any(self.kinds[i] in (GIVEN, LIKELY) for i in range(first, last + 1))

    def name_starts(self, at: int) -> bool:
        """Whether a person's name seems to begin at token ``at``, as far as words alone tell."""
        if at >= len(self.kinds):
            return False
        if at in self.model_people:
            return True
        kind = self.kinds[at]
        if kind >= LIKELY and kind != INITIAL:
            return True
        if kind == ACRONYM and at + 1 < len(self.kinds) and not self.tokens.flags[at + 1] & BREAK:
            form = self.tokens.form[at]
            initials = len(form) == 2 and not set(form) <= set("IVX") and form.lower() not in lexicon.group("people", "not_initials")
            return initials and self.kinds[at + 1] in (GIVEN, FAMILY, LIKELY)  # Jaksa Agung | ST Burhanuddin
        if kind == INITIAL:
            return at + 1 < len(self.kinds) and self.kinds[at + 1] >= UNKNOWN and not self.tokens.flags[at + 1] & BREAK
        if kind >= UNKNOWN and self.tokens.lower[at] in self.proven:
            return True
        if at + 1 >= len(self.kinds) or self.tokens.flags[at + 1] & BREAK or self.kinds[at + 1] not in (FAMILY, LIKELY):
            return False
        # an unknown word right before a known name: Meliadi Sembiring
        return kind >= UNKNOWN or (kind in (NOUN, FIELD) and self.tokens.lower[at] in opening_names())

    # What stands before and after a name

    def rank_end(self, at: int) -> int:
        """Return the end of a police or army rank at token ``at`` (``Brigjen TNI (Mar)``), else ``at``."""
        lower, form = self.tokens.lower, self.tokens.form
        bases, suffixes, bracketed, weak = _ranks()
        found = bases.longest(lower, at) if self.tokens.flags[at] & CAPITAL else None
        if found is None:
            return at
        end, size = found[0], len(lower)
        while end < size and not self.tokens.flags[end] & BREAK:
            if form[end] == "(" and end + 2 < size and form[end + 2] == ")" and lower[end + 1] in bracketed:
                end += 3
            elif form[end] == "(" and end + 3 < size and form[end + 3] == ")" and lower[end + 1] in bracketed:
                end += 4
            elif lower[end] in suffixes and self.tokens.flags[end] & CAPITAL:
                end += 1
            else:
                break
        if found[1] in weak and end == found[0] and at not in self.ranks and not (end < size and self.kinds[end] >= WEAK):
            return at
        return end

    def honorific_end(self, at: int) -> int:
        """Return the end of the honorifics that begin at token ``at`` (``Prof. Dr. H.``), else ``at``."""
        lower, size = self.tokens.lower, len(self.tokens)
        end = at
        honorifics, weak = _honorifics()
        while end < size and lower[end] in honorifics and (end == at or not self.tokens.flags[end] & BREAK):
            found = honorifics.longest(lower, end)
            if found is None:
                break
            then = found[0]
            if not self.tokens.flags[end] & CAPITAL and self.tokens.form[end] not in _SMALL_HONORIFICS:
                break
            if then < size and self.tokens.flags[then] & BREAK:
                break
            if lower[end] == "imam" and not (then < size and lower[then] in _words("scholars")):
                break
            if found[1] in weak and not (then < size and (self.kinds[then] >= UNKNOWN or lower[then] in honorifics)):
                break
            end = then
        return end

    def address(self, at: int) -> bool:
        """Whether token ``at`` is a form of address that stays outside the name (``Pak``)."""
        return self.tokens.lower[at] in lexicon.single_words("honorifics", "phrase", part="address")

    def degrees_end(self, at: int) -> int:
        """Return the end of the academic degrees that begin at token ``at``, right after a name (``, S.H., M.Si.``), else ``at``."""
        lower, form, flags, size = self.tokens.lower, self.tokens.form, self.tokens.flags, len(self.tokens)
        known = _degrees()
        end = at
        while end < size and end < at + 16 and not flags[end] & BREAK:
            start = end + 1 if form[end] == "," else end
            if start >= size or flags[start] & BREAK:
                break
            then = start
            key = lower[start].replace(".", "")
            if len(key) == 1 and start + 1 < size and key + lower[start + 1].replace(".", "") in known:
                key, then = key + lower[start + 1].replace(".", ""), start + 1
            weak = known.get(key)
            if weak is None or not flags[start] & CAPITAL:
                break
            if start == end and not (flags[start] & UPPER or "." in form[start] or "." in form[then]):
                break
            if weak and not ("." in form[then] and start > end) and not (end > at and flags[start] & UPPER):
                break
            end = then + 1
            if end + 1 < size and form[end] == "." and form[end - 1][-1] != "." and form[end + 1] == ",":
                end += 1
        return end


_SMALL_HONORIFICS = frozenset(("dr", "dr.", "drg", "drg.", "drh", "drh.", "ustaz", "ustadz", "ustad", "kiai", "kyai", "habib", "gus"))


@cache
def _ranks() -> tuple[lexicon.Phrases[str], frozenset[str], frozenset[str], frozenset[str]]:
    rows = lexicon.rows("ranks")
    bases = dict.fromkeys(row["phrase"].lower() for row in rows if row["kind"] == "base")
    suffixes = frozenset(row["phrase"].lower() for row in rows if row["kind"] == "suffix")
    plain = frozenset(word for word in suffixes if len(word) > 2 and word != "kal") | {"ad", "al", "au"}
    weak = frozenset(row["phrase"].lower() for row in rows if row["weak"])
    return lexicon.Phrases((base, base) for base in bases), plain, suffixes, weak


@cache
def _honorifics() -> tuple[lexicon.Phrases[str], frozenset[str]]:
    rows = [row for row in lexicon.rows("honorifics") if row["part"] == "honorific"]
    unique = dict.fromkeys(row["phrase"].lower() for row in rows)
    return lexicon.Phrases((phrase, phrase) for phrase in unique), frozenset(row["phrase"].lower() for row in rows if row["weak"])


@cache
def _bodies() -> frozenset[str]:
    """Return the short forms of bodies."""
    return lexicon.single_words("short_forms", "short") | lexicon.single_words("known_organizations", "name", kind="ministry")


@cache
def _heads() -> frozenset[str]:
    """Return words after which a body or region must be named."""
    return _words("regions") | lexicon.single_words("units", part="organization")


@cache
def _office_ends() -> frozenset[str]:
    return frozenset(
        lexicon.split_phrase(row["title"])[-1] for row in lexicon.rows("offices") if row["takes"] in ("unit", "field", "english")
    )


@cache
def _degrees() -> dict[str, bool]:
    return {row["key"]: bool(row["weak"]) for row in lexicon.rows("degrees")}


class NameParts(NamedTuple):
    """A mention cut into its parts: token ranges of honorifics, the name itself, and degrees."""

    honorifics: tuple[str, ...]
    start: int
    end: int
    degrees: tuple[str, ...]


def name_parts(sense: NameSense, start: int, end: int) -> NameParts:
    """Cut a mention (tokens ``start`` to ``end``) into honorifics, name and degrees."""
    tokens = sense.tokens
    name = min(sense.honorific_end(start), end)
    if name >= end:
        name = start
    last = end
    for at in range(name + 1, end):
        if sense.degrees_end(at) >= end:
            last = at
            break
    text = tokens.text
    honorifics = tuple(tokens.form[i] for i in range(start, name))
    degrees = (
        tuple(part.strip() for part in text[tokens.start[last] : tokens.end[end - 1]].split(",") if part.strip()) if last < end else ()
    )
    return NameParts(honorifics, name, last, degrees)
