"""Where the gold set lies; the tests that need it are skipped where it does not."""

from pathlib import Path

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
