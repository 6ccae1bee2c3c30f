"""Whether a text is Indonesian: a count of function words, cheap, and in doubt for Indonesian.

Articles are lost for good where this errs, foreign ones do little harm: so only a text whose words clearly speak for another language is
foreign. Quotes, song texts and tables in an Indonesian article do not make it so.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice

from beritaie.lexicon import rows

LANGUAGES = {"ms": "Malay", "jv": "Javanese", "su": "Sundanese", "en": "English"}
ENOUGH_WORDS = 25  # fewer tell nothing
READ_WORDS = 3_000
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {row["word"]: tuple(row["languages"].split()) for row in rows("languages")}


def foreign(text: str) -> str | None:
    """Return why the text is not Indonesian (``"Malay, not Indonesian"``), or None where it is, or where that cannot be told."""
    words = [found[0] for found in islice(_WORD.finditer(text.lower()), READ_WORDS)]
    if len(words) < ENOUGH_WORDS:
        letters = [char for char in text[:5_000] if char.isalpha()]
        if len(letters) > 100 and sum(bool(_LATIN.match(char)) for char in letters) < len(letters) / 2:
            return "in another script, not Indonesian"
        return None
    known = _words()
    heard: Counter[tuple[str, ...]] = Counter()
    for word in words:
        if languages := known.get(word):
            heard[languages] += 1
    indonesian = sum(count for languages, count in heard.items() if "id" in languages)
    own = heard["id",]
    for code, name in LANGUAGES.items():
        count = heard[code,]
        # Malay shares most of its function words with Indonesian: what is spelled otherwise decides
        if count >= 5 and count > (3 * own if code == "ms" else 1.5 * indonesian):
            return f"{name}, not Indonesian"
    if indonesian < 0.02 * len(words) and len(words) >= 2 * ENOUGH_WORDS:
        latin = sum(bool(_LATIN.match(word)) for word in words)
        if latin < len(words) / 2:
            return "in another script, not Indonesian"
        if sum(word.islower() for word in _plain(text)) > len(words) / 2:
            return "hardly a word of it is Indonesian"
    return None


def _plain(text: str) -> list[str]:
    return [found[0] for found in islice(_WORD.finditer(text), READ_WORDS)]
