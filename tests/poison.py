"""Articles that end the process that reads them, or keep it: what a run has to outlive."""

from __future__ import annotations

import os
import time


def obey(text: str) -> None:
    """Do what the text says: ``crash``, ``sleep`` or ``devour`` memory."""
    if "crash" in text:
        os.kill(os.getpid(), 11)
    if "sleep" in text:
        time.sleep(60)
    if "devour" in text:
        bytearray(1 << 40)
