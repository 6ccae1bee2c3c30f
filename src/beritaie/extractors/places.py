"""Places: regions by the official list, countries and cities, and class words with a name.

Two readings of the tokens. The first finds every name that the gazetteer knows, every class word with its name (``Desa Ciwaru``,
``Gedung KPK``) and every unknown capitalised name behind a word of place (``di Piaynemo``), each with the evidence beside it. Then the
evidence of all mentions of a name, and of the regions around it, decides whether the article speaks of a place; mentions of names
proven so are found in a second reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.lexicon import Phrases, rows
from beritaie.lexicon.gazetteer import CERTAIN, CLUB, WEAK, WORD, Entry, Gazetteer, gazetteer, joined
from beritaie.tokens import BREAK, CAPITAL, DIGIT, PUNCT, UPPER, Tokens

# Evidence is added up; a name with ENOUGH is a place.
ENOUGH = 0.7
_PRIOR = {CERTAIN: 1.0, WORD: 1.0, WEAK: 0.25, CLUB: 0.2}
_CUES = {"in": 0.55, "to": 0.45, "from": 0.3, "origin": 0.5, "office": 0.6}
_BESIDE = 0.5  # a proven region follows: Piaynemo, Raja Ampat
_LISTED = 0.4  # stands in a list with a proven place
_PARENT = {5: 0.4, 2: 0.2}  # the article names the regency, the province of a district
_AGAIN = 0.2  # evidence at a second mention
_LONGEST_NAME = 8

_CALENDAR = frozenset(
    "senin selasa rabu kamis jumat jum'at sabtu minggu ahad januari februari pebruari maret april mei juni juli agustus september oktober "
    "november nopember desember ramadan ramadhan lebaran natal syawal".split()
)
# Words that do not tell one place from another: Masjid Raya Bandung is one name, Hotel Mulia Jakarta two.
_PLAIN = frozenset(
    "raya agung besar utama umum baru lama negeri negara induk internasional nasional pusat kelas wilayah daerah provinsi kabupaten kota "
    "kecamatan lingkar lintas tol layang i ii iii iv iia iib jami jami' adat wisata serbaguna dinas jabatan tua pemuda tahanan gubernur "
    "bupati walikota wali polisi kepolisian".split()
)
_OPENING = frozenset("\"'“‘”«([—–-•*")
_JOINTS = frozenset(("-", "–", "de", "del", "la", "bin", "binti", "al", "el", "of", "the", "&", "'", "’", "du", "des", "der", "da"))


class _Mention:
    """A name that may be a place: tokens ``first`` to ``last`` (half open), ``name`` the first token of the name without class word."""

    __slots__ = ("entries", "evidence", "facility", "first", "key", "last", "level", "rule", "sure", "weight")

    def __init__(self, first: int, last: int, key: str, rule: str, entries: tuple[Entry, ...] = ()) -> None:
        self.first = first
        self.last = last
        self.key = key
        self.rule = rule
        self.entries = entries
        self.evidence = 0.0
        self.weight = 0.6
        self.facility = False
        self.level: str | None = None
        self.sure = False


@cache
def _heads() -> tuple[Phrases[tuple[str, str, bool]], frozenset[str]]:
    heads, tails = [], set()
    for row in rows("place_heads"):
        if row["group"] == "tail":
            tails.add(row["word"].lower())
        else:
            heads.append((row["word"], (row["group"], row["level"], row["case"] == "capital")))
    return Phrases(heads), frozenset(tails)


@cache
def _cues() -> tuple[dict[str, str], frozenset[str]]:
    """Return (last word or last two words before a name -> cue, words after it that make it part of another name)."""
    before, after = {}, set()
    for row in rows("place_cues"):
        if row["cue"] == "tail_not":
            after.add(row["word"])
        else:
            before[row["word"]] = row["cue"]
    return before, frozenset(after)


def find(tokens: Tokens, article: Article, names: Iterable[Candidate] = ()) -> list[Candidate]:
    """Return candidates of kind ``place``.

    Args:
        tokens: the tokens of the cleaned text.
        article: its ``dateline`` is a place.
        names: candidates found before; organizations among them tell how far the name of a facility goes (``Gedung DPRD Kota Bandung``).

    ``data`` is a ``dict`` with ``canonical, code, level, candidates`` of ``records.Place`` and, where the place is named by an
    organization that is a record of its own, ``facility=True``.
    """
    return _Reader(tokens, article, names).read()


class _Reader:
    def __init__(self, tokens: Tokens, article: Article, names: Iterable[Candidate]) -> None:
        self.tokens = tokens
        self.article = article
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.capital = [flag & CAPITAL for flag in tokens.flags]
        self.size = len(tokens.lower)
        self.organizations = {c.start: c.end for c in names if c.kind == "organization"}
        self.heads, self.tails = _heads()
        self.before, self.after = _cues()
        self.known = gazetteer()
        self.mentions: list[_Mention] = []
        self.starts = set(tokens.sentence_starts)

    def read(self) -> list[Candidate]:
        self._scan()
        self._dateline()
        proven = self._prove()
        if proven:
            self._rescan(proven)
        return [self._candidate(m) for m in self.mentions if m.sure]

    # -- first reading

    def _scan(self) -> None:
        lower, flags, capital, heads = self.lower, self.flags, self.capital, self.heads
        at, size = 0, self.size
        while at < size:
            word = lower[at]
            if word in heads:
                end = self._headed(at)
                if end:
                    at = end
                    continue
            if capital[at] and not flags[at] & DIGIT:
                at = self._named(at)
            else:
                at += 1

    def _named(self, at: int) -> int:
        """Read a capitalised name without class word; return the token after it."""
        found = self.known.longest(self.lower, self.capital, at, min(at + _LONGEST_NAME, self.size))
        if found:
            end, entries = found
            mention = _Mention(at, end, "".join(map(joined, self.lower[at:end])), "gazetteer", entries)
            self._weigh(mention)
            self.mentions.append(mention)
            return end
        end = at + 1
        lower, flags, capital = self.lower, self.flags, self.capital
        before = at - 1 if at and not self._initial(at) else -1
        if before >= 0 and capital[before] and not flags[before] & PUNCT:
            return end  # inside a longer capitalised run that no cue opens
        cue = self._cue(at)
        while end < self.size and end < at + _LONGEST_NAME and not flags[end] & BREAK:
            if lower[end] in _JOINTS and end + 1 < self.size and capital[end + 1] and not flags[end + 1] & BREAK:
                end += 2
                continue
            if not capital[end] or lower[end] in _CALENDAR:
                break
            if self.known.longest(lower, capital, end, min(end + _LONGEST_NAME, self.size)) and lower[end] not in _PLAIN:
                break
            end += 1
        tail = lower[end - 1] in self.tails and end > at + 1
        if (not cue and not tail) or cue == "not":
            return at + 1
        if tail or self._may_be_place(at, end):
            mention = _Mention(at, end, "".join(map(joined, lower[at:end])), "tail" if tail else "cue")
            mention.evidence = (0.7 if tail else 0.0) + _CUES.get(cue, 0.0)
            mention.weight = 0.5
            if tail:
                mention.level = "facility"
            self.mentions.append(mention)
        return end

    def _may_be_place(self, at: int, end: int) -> bool:
        """Whether an unknown name behind a cue has the form of a place's name."""
        form, flags = self.tokens.form, self.flags
        if self.tokens.start[at] in self.organizations or self.lower[at] in _CALENDAR:
            return False
        if end - at > 4 or (end - at == 1 and (flags[at] & UPPER or len(form[at]) < 3)):
            return False
        return not any(flags[i] & DIGIT for i in range(at, end))

    def _headed(self, at: int) -> int:
        """Read a class word and its name; return the token after them, or 0 where there is none."""
        lower, flags, capital, tokens = self.lower, self.flags, self.capital, self.tokens
        found = self.heads.longest(lower, at)
        if not found:
            return 0
        name, (group, level, needs_capital) = found
        is_capital = bool(capital[at])
        if (needs_capital and not is_capital) or name >= self.size:
            return 0
        if lower[name] == "." and name + 1 < self.size:
            name += 1
        if not capital[name] or flags[name] & (BREAK | PUNCT):
            if not (group == "road" and flags[name] & DIGIT and is_capital):
                return 0
        previous = lower[at - 1] if at else ""
        two = f"{lower[at - 2]} {previous}" if at > 1 else ""
        word = " ".join(lower[at:name])
        if self.before.get(f"{previous} {word}") == "office" or self.before.get(word) == "office":
            return 0  # Wali Kota Bandung, Kepala Desa Sukamaju: the name alone is the place
        if previous in ("ibu", "pemerintah", "dprd") or two == "wali kota" or previous == "wali":
            return 0
        organization = self.organizations.get(tokens.start[name]) if group == "facility" else None
        facility = False
        if tokens.start[at] in self.organizations and group == "facility":
            return 0
        if organization:
            end = tokens.at(organization - 1) + 1
            facility = True
        else:
            end = self._name_end(name, group)
            if end <= name:
                return 0
            held = next((self.organizations[s] for s in tokens.start[name:end] if s in self.organizations), None)
            if held and group == "facility":
                end, facility = max(end, tokens.at(held - 1) + 1), True
        mention = _Mention(at, end, "".join(map(joined, lower[name:end])), group)
        mention.evidence = 1.0
        mention.weight = 0.8 if group != "facility" else 0.75
        mention.facility = facility
        mention.level = level
        mention.entries = tuple(e for e in self.known.get(mention.key) if _fits(e, level))
        mention.sure = True
        self.mentions.append(mention)
        return end

    def _name_end(self, name: int, group: str) -> int:
        """Return the token after the name that starts at ``name`` behind a class word."""
        lower, flags, capital = self.lower, self.flags, self.capital
        stop = min(name + _LONGEST_NAME, self.size)
        if group == "admin":
            known = self.known.longest(lower, capital, name, stop)
            if known:
                return known[0]
            stop = min(name + 3, stop)
        end = name
        plain = True
        while end < stop:
            word = lower[end]
            if flags[end] & BREAK and end > name:
                break
            if end > name:
                if word in _JOINTS and end + 1 < stop and capital[end + 1]:
                    end += 2
                    continue
                if word == "." and end + 1 < stop and capital[end + 1] and len(lower[end - 1]) <= 3 and group != "admin":
                    end += 1
                    continue
            if flags[end] & DIGIT:
                if end > name and not lower[end].isdigit():
                    break
                if group not in ("road", "facility"):
                    break
                end += 1
                continue
            if not capital[end] or flags[end] & PUNCT or word in _CALENDAR:
                break
            if end > name and not plain:
                head = self.heads.longest(lower, end)
                if head and head[1][0] in ("admin", "road") and head[0] < self.size and capital[head[0]]:
                    break
                known = self.known.longest(lower, capital, end, self.size)
                if known and known[1][0].strength >= WORD and known[1][0].level != "landmark":
                    break
            if word not in _PLAIN:
                plain = False
            end += 1
        while end > name and (lower[end - 1] in _JOINTS or flags[end - 1] & PUNCT):
            end -= 1
        return end

    # -- evidence

    def _initial(self, at: int) -> bool:
        """Whether a word may have its capital from standing first in a sentence, quote or bracket."""
        return at in self.starts or self.lower[at - 1] in _OPENING or bool(self.flags[at] & BREAK)

    def _cue(self, at: int) -> str | None:
        """Return the cue before token ``at``."""
        if not at or (at in self.starts and self.flags[at] & BREAK):
            return None
        lower = self.lower
        if at > 1:
            cue = self.before.get(f"{lower[at - 2]} {lower[at - 1]}")
            if cue:
                return cue
        return self.before.get(lower[at - 1])

    def _weigh(self, mention: _Mention) -> None:
        """Add the evidence at a gazetteer mention; a veto leaves the mention without entries."""
        lower, flags, capital = self.lower, self.flags, self.capital
        first, last = mention.first, mention.last
        strength = max(e.strength for e in mention.entries)
        cue = self._cue(first)
        following = lower[last] if last < self.size and not flags[last] & BREAK else ""
        runs_on = bool(following) and capital[last] and not flags[last] & PUNCT and following not in _CALENDAR
        if cue == "not" or (following in self.after and runs_on) or self._is_other(mention, following):
            mention.evidence = -9.0
            return
        mention.evidence = _CUES.get(cue, 0.0)
        initial = self._initial(first)
        led = not initial and bool(capital[first - 1]) and not flags[first - 1] & PUNCT
        if strength == WORD and initial and last - first == 1:
            strength = WEAK
        if strength <= WEAK and not cue and (led or runs_on):
            mention.evidence -= 0.4
        if strength == CLUB:
            mention.sure = cue == "in"
            mention.weight = 0.7 if cue == "in" else 0.45
        elif strength >= WORD:
            mention.sure = True
        else:
            mention.weight = 0.5

    def _is_other(self, mention: _Mention, following: str) -> bool:
        """Whether the letters are another word: AS Roma, the suspect AS (35), HUT ke-72 RI."""
        if mention.last - mention.first > 1:
            return False
        form = self.tokens.form[mention.first]
        if form in ("AS", "As", "RI", "Ri", "US", "UK", "US"):
            if form in ("As", "Ri"):
                return True
            if form == "AS" and following in ("roma", "monaco"):
                return True
            if following == "(" and mention.last + 1 < self.size and self.flags[mention.last + 1] & DIGIT:
                return True
            if form == "RI" and mention.first > 1 and "ke" in self.lower[max(0, mention.first - 3) : mention.first]:
                return True
            if form == "US" and following == "$":
                return True
        return False

    def _dateline(self) -> None:
        """Make the dateline's town a place."""
        dateline = self.article.dateline
        if not dateline:
            return
        offset = self.tokens.text.find(dateline, 0, 300)
        if offset < 0:
            return
        first, last = self.tokens.at(offset), self.tokens.at(offset + len(dateline) - 1) + 1
        for mention in self.mentions:
            if mention.first < last and first < mention.last:
                mention.evidence += 1.0
                mention.sure = True
                return
        mention = _Mention(first, last, "".join(map(joined, self.lower[first:last])), "dateline")
        mention.evidence, mention.sure, mention.weight = 1.0, True, 0.8
        self.mentions.insert(0, mention)
        self.mentions.sort(key=lambda m: m.first)

    def _prove(self) -> dict[str, _Mention]:
        """Decide which names are places; return those that the gazetteer alone does not prove, by name."""
        mentions = self.mentions
        codes = {e.code for m in mentions if m.sure for e in m.entries if e.code and e.level != "district"}
        for code in tuple(codes):
            if len(code) == 5 and code[0].isdigit():
                codes.add(code[:2])
        total: dict[str, float] = {}
        for mention in mentions:
            if mention.sure or mention.evidence < 0:
                continue
            prior = max((_PRIOR[e.strength] for e in mention.entries), default=0.0)
            districts = [e.code for e in mention.entries if e.level == "district" and e.code]
            if districts:
                prior += max(_PARENT[5] if c[:5] in codes else _PARENT[2] if c[:2] in codes else 0.0 for c in districts)
            mention.evidence += prior
        for forward in (True, False):
            ordered = mentions if forward else mentions[::-1]
            for here, there in zip(ordered, ordered[1:], strict=False):
                if there.sure or not here.sure or there.evidence <= 0:
                    continue
                left, right = (here, there) if forward else (there, here)
                link = self._link(left, right)
                if link:
                    there.evidence += _LISTED if forward else _BESIDE
                    there.sure = there.evidence >= ENOUGH
        for mention in mentions:
            if mention.evidence < 0 or mention.rule == "facility":
                continue
            best = total.get(mention.key)
            total[mention.key] = max(mention.evidence, best) + _AGAIN if best is not None else mention.evidence
        proven: dict[str, _Mention] = {}
        for mention in mentions:
            if mention.evidence < 0:
                continue
            strength = max((e.strength for e in mention.entries), default=WEAK)
            if not mention.sure and strength != CLUB and total.get(mention.key, 0) >= ENOUGH:
                mention.sure = True
            if mention.sure and mention.rule not in ("gazetteer", "facility", "road") and len(mention.key) > 2:
                proven.setdefault(mention.key, mention)
        return proven

    def _link(self, left: _Mention, right: _Mention) -> bool:
        """Whether two mentions are joined by a comma, ``dan``, a bracket or nothing."""
        between = self.lower[left.last : right.first]
        return len(between) <= 2 and all(word in (",", "dan", "(", "/", "-", "serta", "atau", "hingga", "di") for word in between)

    # -- second reading

    def _rescan(self, proven: dict[str, _Mention]) -> None:
        """Find the other mentions of proven names."""
        local = Gazetteer()
        for key, mention in proven.items():
            if mention.entries and mention.entries[0].strength >= WORD:
                continue
            name = mention.first
            while name < mention.last and "".join(map(joined, self.lower[name : mention.last])) != key:
                name += 1
            local.add(" ".join(self.lower[name : mention.last]), Entry(key, mention.level or "", None, WEAK))
        if not len(local):
            return
        taken = [False] * self.size
        for mention in self.mentions:
            if mention.sure or mention.evidence < 0:
                for i in range(mention.first, mention.last):
                    taken[i] = True
        capital = self.capital
        at = 0
        while at < self.size:
            if not capital[at] or taken[at]:
                at += 1
                continue
            found = local.longest(self.lower, capital, at, min(at + _LONGEST_NAME, self.size))
            if not found:
                at += 1
                continue
            end = found[0]
            led = not self._initial(at) and capital[at - 1] and not self.flags[at - 1] & PUNCT and self._cue(at) is None
            if not any(taken[at:end]) and not led:
                source = proven[found[1][0].name]
                mention = _Mention(at, end, source.key, "again", source.entries)
                mention.level, mention.sure, mention.weight = source.level, True, 0.45
                self.mentions.append(mention)
            at = end

    def _candidate(self, mention: _Mention) -> Candidate:
        entries = mention.entries
        data: dict[str, Any] = {"canonical": None, "code": None, "level": mention.level, "candidates": ()}
        if entries:
            strongest = [e for e in entries if e.strength == max(x.strength for x in entries)]
            options = tuple(dict.fromkeys(e.code for e in entries if e.code))
            if len({(e.name, e.code) for e in strongest}) == 1 and len(options) <= 1:
                data |= {"canonical": strongest[0].name, "code": strongest[0].code, "level": strongest[0].level}
            else:
                data |= {"canonical": strongest[0].name, "level": None, "candidates": options}
        if mention.facility:
            data["facility"] = True
        tokens = self.tokens
        return Candidate(
            kind="place",
            start=tokens.start[mention.first],
            end=tokens.end[mention.last - 1],
            rule=f"place:{mention.rule}",
            weight=mention.weight,
            data=data,
        )


def _fits(entry: Entry, level: str) -> bool:
    """Whether a class word of this level may stand before the place."""
    if level in ("province", "regency", "city", "district"):
        return entry.level == level or (level == "city" and entry.level in ("foreign", "area"))
    return entry.level not in ("province", "regency", "city", "district") or level in ("island", "country")
