"""beritaie reads Indonesian news and says what it says, as typed records with offsets into the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Document", "Pipeline", "link", "load", "read_records", "tables"]

if TYPE_CHECKING:
    from beritaie.across import link
    from beritaie.archive.records_files import read_records
    from beritaie.explore.frames import tables
    from beritaie.pipeline import Pipeline, load
    from beritaie.records import Document


def __getattr__(name: str) -> Any:
    """Import on first use: ``import beritaie`` alone stays fast."""
    if name in ("Pipeline", "load"):
        from beritaie import pipeline

        return getattr(pipeline, name)
    if name == "Document":
        from beritaie.records import Document

        return Document
    if name == "link":
        from beritaie.across import link

        return link
    if name == "read_records":
        from beritaie.archive.records_files import read_records

        return read_records
    if name == "tables":
        from beritaie.explore.frames import tables

        return tables
    raise AttributeError(f"module 'beritaie' has no attribute {name!r}")
