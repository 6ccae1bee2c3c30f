"""Whether the time that something takes is linear in the length of its text."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 4  # what is quadratic fails them all; a busy machine does not


def is_linear(run: Callable[[str], object], piece: str, *, enough: float) -> bool:
    """Whether ten times the text takes less than twenty times as long (quadratic: a hundred times), or less than ``enough`` seconds."""
    run(piece * 100)
    return any((long := _seconds(run, piece * 50_000)) < enough or long < 20 * _seconds(run, piece * 5_000) for _ in range(TRIES))


def _seconds(run: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    run(text)
    return time.process_time() - began
