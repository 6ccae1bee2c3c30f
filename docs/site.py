"""What the documentation site takes from the project itself when it is built: figures of the README, columns of tables, lexicons."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from beritaie.columns import TABLES

ROOT = Path(__file__).resolve().parents[1]


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Fill in ``<!-- figures -->``, ``<!-- tables -->`` and ``<!-- lexicons -->``."""
    if "<!-- figures -->" in markdown:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        markdown = markdown.replace("<!-- figures -->", readme.partition("<!-- figures -->")[2].partition("<!-- end of figures -->")[0])
    return markdown.replace("<!-- tables -->", tables()).replace("<!-- lexicons -->", lexicons())


def tables() -> str:
    """Return the data dictionary: the columns of each table with their types; a question mark where a value may be unknown."""
    lines = ["| table | columns |", "|---|---|"]
    for name, columns in TABLES.items():
        lines.append(f"| `{name}` | {', '.join(f'`{column.name}` {column.type}' + '?' * column.optional for column in columns)} |")
    return "\n".join(lines)


def lexicons() -> str:
    """Return a table of the lexicons: rows, and what the head of the file says first."""
    lines = ["| file | rows | what it holds |", "|---|---|---|"]
    for file in sorted((ROOT / "src" / "beritaie" / "lexicon").glob("*.tsv")):
        text = file.read_text(encoding="utf-8").splitlines()
        said = " ".join(line[2:] for line in text if line.startswith("# "))
        rows = sum(bool(line.strip()) and not line.startswith("#") for line in text) - 1
        first = re.split(r"(?<=[.:]) ", said)[0].rstrip(":").replace("|", "\\|")
        lines.append(f"| `{file.name}` | {rows:,} | {first} |")
    return "\n".join(lines)
