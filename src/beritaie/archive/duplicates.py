"""Articles that repeat an earlier one (the same wire story in many outlets), found by MinHash.

Two articles are the same story where they share most of their runs of five words: their Jaccard similarity, estimated from 60 minima,
is ``SAME`` or more. Each article is compared with those that agree in at least one of twelve bands of five minima (locality-sensitive
hashing). The outcome depends on the texts and their order alone.

Memory is bounded: the last ``remember`` articles are known, in tables of fixed size, about 600 bytes each (120 MB for 200,000).
"""

from __future__ import annotations

import re
import zlib
from typing import Any

import numpy as np

from beritaie.archive.rows import optional

SAME = 0.7
_BANDS, _ROWS = 12, 5
_RUN = 5
_WORD = re.compile(r"\w+")


class Repeats:
    """What was seen so far."""

    def __init__(self, remember: int = 200_000) -> None:
        """Set up for the last ``remember`` articles.

        Raises:
            SetupError: ``datasketch`` is not installed.
        """
        minhash: Any = optional("datasketch", "finding duplicates")
        self._blank = minhash.MinHash(num_perm=_BANDS * _ROWS, seed=1, hashfunc=zlib.crc32)
        self._remember = remember
        self._slots = 1 << max(4, (remember * 4 - 1).bit_length())
        self._minima = np.zeros((remember, _BANDS * _ROWS), dtype=np.uint32)
        self._last = np.full((_BANDS, self._slots), -1, dtype=np.int32)  # per band: the last article that fell into a slot
        self._names: list[str] = []
        self._count = 0

    def first(self, text: str, name: str) -> str | None:
        """Return the name of the earliest known article that this one repeats, or None, and remember it under its own name."""
        minima = self._signature(text)
        slots = [zlib.crc32(minima[band * _ROWS : (band + 1) * _ROWS].tobytes()) % self._slots for band in range(_BANDS)]
        bands = np.arange(_BANDS)
        near = {int(number) for number in self._last[bands, slots] if number >= max(0, self._count - self._remember)}
        found = None
        for number in sorted(near):
            at = number % self._remember
            if np.count_nonzero(self._minima[at] == minima) >= SAME * len(minima):
                found = self._names[at]
                break
        at = self._count % self._remember
        self._minima[at] = minima
        self._last[bands, slots] = self._count
        if at == len(self._names):
            self._names.append(found or name)
        else:
            self._names[at] = found or name  # what repeats a repetition repeats its first
        self._count += 1
        return found

    def _signature(self, text: str) -> Any:
        words = _WORD.findall(text.lower())
        runs = {" ".join(words[at : at + _RUN]).encode("utf-8", "replace") for at in range(max(1, len(words) - _RUN + 1))}
        made = self._blank.copy()
        made.update_batch(sorted(runs))
        return made.hashvalues.astype(np.uint32)
