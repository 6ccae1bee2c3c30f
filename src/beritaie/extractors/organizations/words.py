"""The words by which bodies are known, as one index over their first tokens."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from beritaie.lexicon import rows, table
from beritaie.tokens import Tokens

Pieces = tuple[str, ...]


class Entry(NamedTuple):
    """A class word (``head``), short form (``short``), closing class word (``suffix``) or body known by name (``known``).

    ``written``: its tokens as the lexicon writes them; ``tail``, ``alone``: see ``organization_heads.tsv``; ``long``: the long form of
    a short one, the usual name of a known one; ``when``: what a known name asks of its surroundings.
    """

    source: str
    written: Pieces
    kind: str
    tail: str = "none"
    alone: str = ""
    long: str | None = None
    when: str = ""
    any_case: bool = False


class Words:
    """All entries by their first token in small letters, the longest first; and the word sets of ``organizations.toml``."""

    def __init__(self) -> None:
        self.by_first: dict[str, list[tuple[int, Pieces, list[Entry]]]] = {}
        found: dict[Pieces, list[Entry]] = {}
        written = _Splitter()
        for row in rows("organization_heads"):
            pieces = written(row["head"])
            found.setdefault(_lower(pieces), []).append(Entry("head", pieces, row["kind"], row["tail"], row["alone"]))
        for row in rows("short_forms"):
            pieces = written(row["short"])
            entry = Entry("short", pieces, row["kind"], row["tail"], row["alone"], row["long"], any_case=row["case"] == "any")
            found.setdefault(_lower(pieces), []).append(entry)
        for row in rows("known_organizations"):
            pieces = written(row["name"])
            alone = "generic" if row["when"] == "generic" else "named"
            tail = "party" if row["kind"] == "party" else "none"
            site = "." in row["name"] and len(pieces) == 1  # kompas.com, in any case
            entry = Entry("known", pieces, row["kind"], tail, alone, row["canonical"] or None, row["when"], site)
            found.setdefault(_lower(pieces), []).append(entry)
        for row in rows("organization_suffixes"):
            pieces = written(row["word"])
            found.setdefault(_lower(pieces), []).append(Entry("suffix", pieces, row["kind"]))
        for pieces, entries in found.items():
            entries.sort(key=lambda entry: entry.when != "sport")  # Ferrari is a team where the article reports on sport
            self.by_first.setdefault(pieces[0], []).append((len(pieces), pieces, entries))
        for options in self.by_first.values():
            options.sort(key=lambda option: -option[0])
        # First words that count in small letters too.
        self.small = frozenset(
            first
            for first, options in self.by_first.items()
            if any(entry.any_case or entry.written[0][0].islower() for _, _, entries in options for entry in entries)
        )
        self.places = frozenset(row["word"].split()[0].lower() for row in rows("place_heads"))
        self.topics = frozenset(row["word"].lower() for row in rows("organization_topics"))
        self.sets = {name: frozenset(words) for name, words in table("organizations").items()}

    def __getattr__(self, name: str) -> frozenset[str]:
        """Return a word set of ``organizations.toml``."""
        try:
            return self.__dict__["sets"][name]
        except KeyError:
            raise AttributeError(name) from None


class _Splitter:
    """Splits lexicon phrases as running text is split."""

    def __call__(self, phrase: str) -> Pieces:
        return (phrase,) if phrase.isalpha() else tuple(Tokens(phrase).form)


def _lower(pieces: Pieces) -> Pieces:
    return tuple(piece.lower() for piece in pieces)


@cache
def words() -> Words:
    """Return the index, read once per process."""
    return Words()
