"""What an article says again: short forms that it introduces itself, firms and clubs by a part of their name, acronyms that act."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from beritaie.candidates import Candidate
from beritaie.extractors.organizations.described import described
from beritaie.extractors.organizations.reader import Name, Reader
from beritaie.extractors.organizations.words import Entry, words
from beritaie.lexicon.gazetteer import gazetteer
from beritaie.tokens import ALPHA, BREAK, CAPITAL, UPPER, Tokens

_TICKER = 4  # letters
_GUESSED = frozenset(("organization:described", "organization:led"))
_LONGEST_ACRONYM = 9
_ONWARD = 8  # tokens of a long form past the end of the name
_SMALL = frozenset(("dan", "of", "and", "&", "for", "on", "in", "the", "untuk", "dengan", "di", "bagi", ","))
_LINKS = frozenset((",", "dan", "&", "/"))
_FIRM = frozenset(("firm", "suffix"))
_DOMAIN = regex.compile(r"[\w-]{2,40}(?:\.[\w-]{2,20})?\.(?:com|co\.id|id|net|org|co|news|tv|info|go\.id)", regex.IGNORECASE)
_ROMAN = regex.compile(r"[IVXLC]+")


class Spans:
    """The tokens that names hold."""

    def __init__(self, names: list[Name], length: int) -> None:
        self.held = bytearray(length)
        for name in names:
            self.add(name)

    def add(self, name: Name) -> None:
        """Hold this name's tokens."""
        self.held[name.start : name.end] = b"\x01" * (name.end - name.start)

    def free(self, start: int, end: int) -> bool:
        """Whether no name holds any of these tokens."""
        return not any(self.held[start:end])


def foreign_acronyms(abbreviations: list[Candidate]) -> dict[str, str]:
    """Return the short forms that the article gives for something that is no body, with the long forms: ``Dividend Payout Ratio (DPR)``."""
    other = {}
    for candidate in abbreviations:
        if candidate.kind != "abbreviation":
            continue
        short, long = str(candidate.data["short"]), str(candidate.data["long"]).lower().split()
        if not long:
            continue
        # It stands for what the lexicon says, or for a name with a class word.
        known = {word.lower() for entry in _entries(short.lower()) if entry.long for word in entry.long.split()}
        classed = any(entry.source in ("head", "short") for entry in _entries(long[0])) or any(
            entry.source == "suffix" for entry in _entries(long[-1])
        )
        if not classed and len(known.intersection(long)) * 2 < len(long):
            other[short] = " ".join(long)
    return other


def _entries(first: str) -> Iterator[Entry]:
    for _, _, entries in words().by_first.get(first, ()):
        yield from entries


def later_mentions(reader: Reader, abbreviations: list[Candidate]) -> list[Name]:
    """Return the names that stand only because the article names the body elsewhere."""
    tokens, names = reader.tokens, reader.names
    spans = Spans(names, len(tokens))
    aliases: dict[tuple[str, ...], Name] = {}
    _to_long_forms(reader, spans, abbreviations)
    found = _bracketed(reader, spans, aliases)
    found += _long_forms(reader, spans, abbreviations)
    _introduced(tokens, names, abbreviations, aliases)
    _as_introduced(tokens, names, aliases)
    for name in names:
        _partial(tokens, name, aliases)
    for name in described(reader, spans.held):
        found.append(name)
        aliases.setdefault(tuple(tokens.form[name.start : name.end]), name)
    if aliases:
        found += _again(reader, spans, aliases)
    found += _cited(reader, spans)
    found += _acronyms(reader, spans)
    return found


def _to_long_forms(reader: Reader, spans: Spans, abbreviations: list[Candidate]) -> None:
    """Let a name go on to the end of the long form that it begins: ``Centre for Clean Air (CCA)``."""
    tokens, names = reader.tokens, reader.names
    starts = {name.start: name for name in names}
    for candidate in abbreviations:
        if candidate.kind != "abbreviation" or "long_start" not in candidate.data or not str(candidate.data["short"]).isupper():
            continue
        start, end = tokens.at(candidate.data["long_start"]), tokens.at(candidate.data["long_end"] - 1) + 1
        name = starts.get(start)
        if name is None or not name.end < end <= name.end + _ONWARD or name.rule == "organization:known" or name.generic:
            continue
        rest = range(name.end, end)
        if all((tokens.flags[k] & CAPITAL or tokens.lower[k] in _SMALL) and not tokens.flags[k] & (BREAK | UPPER) for k in rest):
            names[:] = [other for other in names if other is name or not start <= other.start < end]
            names[names.index(name)] = whole = name._replace(end=end)
            spans.add(whole)


def _bracketed(reader: Reader, spans: Spans, aliases: dict[tuple[str, ...], Name]) -> list[Name]:
    """Short forms in brackets right after a name: ``Badan Pendapatan Daerah (Bapenda)``."""
    tokens = reader.tokens
    form, flags = tokens.form, tokens.flags
    found = []
    for name in reader.names:
        at = name.end
        if at + 2 >= len(form) or form[at] != "(" or not flags[at + 1] & CAPITAL:
            continue
        end = next((k for k in range(at + 2, min(at + 5, len(form))) if form[k] == ")"), None)
        if end is None or (name.generic and name.end - name.start == 1):
            continue
        # Kementerian Pekerjaan Umum (PU): the article's own long form may lack the class word.
        whole = tokens.text[tokens.start[name.start] : tokens.end[name.end - 1]].lower()
        if reader.other.get(form[at + 1], "") not in whole:
            continue
        short = tokens.text[tokens.start[at + 1] : tokens.end[end - 1]]
        if _ticker(name, short) or not _shortens(tokens, name, short) or (name.region_code and gazetteer().get(short)):
            continue
        if spans.free(at + 1, end):
            mention = name._replace(start=at + 1, end=end, rule="organization:bracket", weight=0.8, canonical=_canonical(tokens, name))
            spans.add(mention)
            found.append(mention)
        aliases.setdefault(tuple(form[at + 1 : end]), name)
    return found


def _canonical(tokens: Tokens, name: Name) -> str:
    return name.canonical or tokens.text[tokens.start[name.start] : tokens.end[name.end - 1]]


def _ticker(name: Name, short: str) -> bool:
    """Whether the short form is the firm's mark on the stock exchange."""
    return name.entry is not None and name.entry.tail == "firm" and short.isupper() and len(short) == _TICKER


def _shortens(tokens: Tokens, name: Name, short: str) -> bool:
    """Whether the letters of the short form begin words of the name, or stand in it in their order."""
    long = tokens.text[tokens.start[name.start] : tokens.end[name.end - 1]].lower()
    letters = [char for char in short.lower() if char.isalnum()]
    if len(letters) < 2 or len(short) >= len(long):
        return False
    at = -1
    for char in letters:
        at = long.find(char, at + 1)
        if at < 0:
            return False
    return True


def _long_forms(reader: Reader, spans: Spans, abbreviations: list[Candidate]) -> list[Name]:
    """Long forms that no class word begins, where their short form is a known body: ``himpunan bank milik negara (Himbara)``."""
    tokens = reader.tokens
    found = []
    for candidate in abbreviations:
        if candidate.kind != "abbreviation" or "long_start" not in candidate.data:
            continue
        short = str(candidate.data["short"])
        if short in reader.other:
            continue
        known = [entry for entry in _entries(short.lower()) if entry.source in ("known", "short") and entry.written == (short,)]
        start, end = tokens.at(candidate.data["long_start"]), tokens.at(candidate.data["long_end"] - 1) + 1
        if not known or not 0 <= start < end - 1 or not spans.free(start, end) or not reader.outside(start, end):
            continue
        entry = known[0]
        class_name = entry.alone == "generic" and not tokens.flags[start] & CAPITAL
        office = tokens.lower[start] in reader.words.offices or bool(start and tokens.lower[start - 1].startswith("kasudin"))
        if not class_name and not office:
            name = Name(start, end, entry.kind, entry.alone == "generic", entry.long, None, "organization:long form", 0.7)
            spans.add(name)
            found.append(name)
    return found


def _introduced(tokens: Tokens, names: list[Name], abbreviations: list[Candidate], aliases: dict[tuple[str, ...], Name]) -> None:
    """Short forms of the article whose long form is a name found in it."""
    if not any(candidate.kind == "abbreviation" for candidate in abbreviations):
        return
    by_text = {tokens.text[tokens.start[name.start] : tokens.end[name.end - 1]].casefold(): name for name in names}
    for candidate in abbreviations:
        if candidate.kind != "abbreviation":
            continue
        name = by_text.get(str(candidate.data["long"]).casefold())
        if name is not None and not _ticker(name, str(candidate.data["short"])):
            aliases.setdefault(tuple(Tokens(str(candidate.data["short"])).form), name)


def _as_introduced(tokens: Tokens, names: list[Name], aliases: dict[tuple[str, ...], Name]) -> None:
    """Let a known short form and the long form that the article gives for it agree in kind.

    The lexicon decides where it has this long form (``Ikatan Motor Indonesia (IMI)``), else the article does.
    """
    form = tokens.form
    kinds: dict[Name, str] = {}
    for number, name in enumerate(names):
        whole = aliases.get((form[name.start],)) if name.end - name.start == 1 and not name.generic else None
        if whole is None or whole.kind == name.kind or whole.generic or name.entry is None:
            continue
        long = _canonical(tokens, whole)
        if not name.entry.long or name.entry.long.casefold() == long.casefold():
            kinds[whole] = name.kind
        else:
            names[number] = name._replace(kind=whole.kind, canonical=long)
    if kinds:
        names[:] = [name._replace(kind=kinds[name]) if name in kinds else name for name in names]


def _partial(tokens: Tokens, name: Name, aliases: dict[tuple[str, ...], Name]) -> None:
    """Firms without ``PT`` and ``Tbk``, and by the first word of their name; known ones without ``Indonesia``."""
    form, lower = tokens.form, tokens.lower
    if name.rule == "organization:known" and name.kind == "company" and name.end - name.start == 2:
        first, last = form[name.start], form[name.end - 1]
        if last == "Indonesia" and len(first) > 4 and not gazetteer().get(first):
            aliases.setdefault((first,), name)
    if name.entry is None or name.kind not in ("company", "sports") or (name.entry.tail not in _FIRM and name.entry.source != "suffix"):
        return
    start, end = name.start, name.end
    if name.entry.source == "head":
        start += len(name.entry.written)
        if form[start : start + 1] == ["."]:
            start += 1
    else:
        end -= len(name.entry.written)
    while end > start and (form[end - 1] in (")", "(", "Tbk", "Tbk.", "TBK") or lower[end - 1] in ("persero", "perseroda")):
        end -= 1
    if end - start > 1:
        aliases.setdefault(tuple(form[start:end]), name)
    first = form[start] if start < end else ""
    found = words()
    common = first.lower() in found.topics or first.lower() in found.openers or bool(gazetteer().get(first))
    if len(first) > 3 and not common and name.entry.kind == "company":
        aliases.setdefault((first,), name)


def _again(reader: Reader, spans: Spans, aliases: dict[tuple[str, ...], Name]) -> list[Name]:
    tokens = reader.tokens
    lengths: dict[str, set[int]] = {}
    for pieces in aliases:
        if len(pieces) == 1 and any(
            entry.source in ("short", "known") and entry.written == pieces and entry.when != "sport"
            for entry in _entries(pieces[0].lower())
        ):
            continue  # found already wherever it stands for the body
        lengths.setdefault(pieces[0], set()).add(len(pieces))
    form = tokens.form
    found = []
    for at in [i for i, piece in enumerate(form) if piece in lengths]:
        for length in sorted(lengths[form[at]], reverse=True):
            end = at + length
            name = aliases.get(tuple(form[at:end]))
            if name is None or not spans.free(at, end) or (length == 1 and _on_exchange(tokens, at)):
                continue
            if _longer(tokens, at, end, guessed=name.rule in _GUESSED) or not reader.outside(at, end):
                continue
            mention = name._replace(
                start=at, end=end, rule="organization:again", weight=min(name.weight, 0.7), canonical=_canonical(tokens, name)
            )
            spans.add(mention)
            found.append(mention)
            break
    return found


def _on_exchange(tokens: Tokens, at: int) -> bool:
    """Whether a mark of the stock exchange stands here: ``saham BMRI``."""
    form = tokens.form[at]
    return len(form) == _TICKER and form.isupper() and at > 0 and tokens.lower[at - 1] in ("saham", "emiten", "kode")


def _longer(tokens: Tokens, at: int, end: int, *, guessed: bool) -> bool:
    """Whether the words stand inside a longer run of title-case words, and so name something else: a person (``Rama Govinda``)."""
    flags = tokens.flags
    if flags[at] & UPPER:
        return False
    before = at > 0 and flags[at - 1] & CAPITAL and not flags[at] & BREAK and tokens.lower[at - 1] not in words().openers
    after = end < len(flags) and flags[end] & CAPITAL and not flags[end] & BREAK
    return bool(before and (after or guessed))


def _cited(reader: Reader, spans: Spans) -> list[Name]:
    """Outlets that no list holds, by the words that cite them: ``dilansir dari Daily Star``."""
    tokens, found_words = reader.tokens, reader.words
    lower, form, flags = tokens.lower, tokens.form, tokens.flags
    cites, link, told = found_words.cites, found_words.cites_link, found_words.told
    found = []
    for cue in [i for i, word in enumerate(lower) if word in cites or word in told]:
        at = cue + 1
        last = min(len(form), cue + 10)
        while at < last and lower[at] in link and not (flags[at] & CAPITAL):
            at += 1
        if at >= last or not spans.free(at, at + 1) or flags[at] & BREAK:
            continue
        end = at
        if _DOMAIN.fullmatch(form[at]):
            end = at + 1
        elif lower[cue] in told:
            continue
        else:
            while end < last and end - at < 4 and reader.grammar.word(end, last) and not flags[end] & BREAK and spans.free(end, end + 1):
                end += 1
            if end == at or lower[at] in found_words.platforms or lower[at] in found_words.openers - {"the", "daily"}:
                continue
            if (at == cue + 1 and lower[cue] not in ("dilansir", "melansir")) or reader.grammar.region(at, end) is not None:
                continue
            if end < len(form) and form[end] not in ",(.;" and lower[end] not in ("pada", "edisi"):
                continue
        kind = "agency" if form[at].lower().endswith(".go.id") else "media"
        name = Name(at, end, kind, False, None, None, "organization:cited", 0.72)
        spans.add(name)
        found.append(name)
    return found


def _acronyms(reader: Reader, spans: Spans) -> list[Name]:
    """Acronyms: doubled ones (``OPD-OPD``), and unknown ones that act as a body does (``pendiri KPLI``, ``KPLI menilai``)."""
    form, lower, flags = reader.form, reader.lower, reader.flags
    found = []
    scores: dict[str, int] = {}
    places: dict[str, list[int]] = {}
    for at in [i for i, flag in enumerate(flags) if flag & UPPER]:
        half, _, rest = form[at].partition("-")
        if half == rest:
            entry = next((entry for entry in _entries(half.lower()) if entry.written == (half,) and entry.alone and entry.long), None)
            if entry is not None and not spans.held[at]:
                found.append(Name(at, at + 1, entry.kind, True, entry.long, None, "organization:plural", 0.6))
        elif _unknown(reader, spans, at):
            places.setdefault(form[at], []).append(at)
            scores[form[at]] = scores.get(form[at], 0) + _acting(reader, spans, at)
    for piece, score in scores.items():
        if score < 2 or score < len(places[piece]):
            continue
        firm = any(not reader.words.firms.isdisjoint(lower[max(0, at - 2) : at]) for at in places[piece])
        found += [
            Name(at, at + 1, "company" if firm else "community", False, None, None, "organization:acronym", 0.3) for at in places[piece]
        ]
    for name in found:
        spans.add(name)
    return found


def _unknown(reader: Reader, spans: Spans, at: int) -> bool:
    """Whether an acronym stands here that no list holds, in a text that is not in capitals all around."""
    words, form, flags = reader.words, reader.form, reader.flags
    piece, low = form[at], reader.lower[at]
    if not 3 <= len(piece) <= _LONGEST_ACRONYM or not flags[at] & ALPHA or spans.held[at] or _ROMAN.fullmatch(piece):
        return False
    if low in words.no_bodies or low in words.stops or piece in reader.other or reader.grammar.gazetteer.get(piece):
        return False
    if at and flags[at - 1] & ALPHA and reader.grammar.touching(at):
        return False  # the end of a longer word: InterFOOD
    if any(entry.written == (piece,) for entry in _entries(low)):
        return False
    before = flags[at - 1] if at else 0
    after = flags[at + 1] if at + 1 < len(form) and not flags[at + 1] & BREAK else 0
    return not ((before | after) & UPPER or (before & after & CAPITAL) or (after and form[at + 1][0].isdigit()))


def _acting(reader: Reader, spans: Spans, at: int) -> int:
    """Return how much speaks for a body here: the words beside it, a list with others; against it: the initials of a suspect."""
    words, lower = reader.words, reader.lower
    before = lower[at - 1] if at else ""
    score = 2 * (before in words.acts_before) + 2 * (at + 1 < len(lower) and lower[at + 1] in words.acts_after)
    return score + 2 * _listed(reader.form, spans, at) - 100 * (before in words.suspects)


def _listed(form: list[str], spans: Spans, at: int) -> bool:
    """Whether the word stands in a list beside the name of a body."""
    before = at > 1 and form[at - 1] in _LINKS and spans.held[at - 2]
    return bool(before or (at + 2 < len(form) and form[at + 1] in _LINKS and spans.held[at + 2]))
