"""beritaie reads Indonesian news and says what it says, as typed records with offsets into the text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Document", "Pipeline", "link", "load", "read_records", "tables"]

if TYPE_CHECKING:
    from beritaie.across import link
    from beritaie.archive.records_files import read_records
    from beritaie.explore.frames import tables
    from beritaie.pipeline import Pipeline, load
    from beritaie.records import Document

_HOMES = {
    "Document": "records",
    "Pipeline": "pipeline",
    "link": "across",
    "load": "pipeline",
    "read_records": "archive.records_files",
    "tables": "explore.frames",
}


def __getattr__(name: str) -> Any:
    """Import on first use: ``import beritaie`` alone stays fast."""
    if name in _HOMES:
        return getattr(import_module(f"beritaie.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'beritaie' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return what there is, what is not imported yet included."""
    return sorted({*globals(), *__all__})
