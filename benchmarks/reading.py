"""What reading an archive costs: ``python benchmarks/reading.py [--only html|jsonl|repeats]``.

The pages are the example articles inside the frame of a news site (menus, links, scripts); the words counted are those of the articles.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import beritaie
from beritaie.archive.readers import Options, Row, read

EXAMPLES = Path(__file__).parents[1] / "examples"
COPIES = 20
MENU = "".join(f'<li><a href="/rubrik/{number}">Rubrik {number}</a></li>' for number in range(60))
PAGE = """<html lang="id"><head><meta charset="utf-8"><title>Berita</title><script>var a = {{}};</script>
<meta property="article:published_time" content="2019-05-02T08:00:00+07:00"></head>
<body><nav><ul>{menu}</ul></nav><article><h1>Berita</h1>{body}</article><aside><ul>{menu}</ul></aside></body></html>"""


def texts() -> list[str]:
    return [row.text for row in read([str(EXAMPLES)]) if isinstance(row, Row)]


def page(text: str) -> str:
    """Return a page that holds the article."""
    body = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return PAGE.format(menu=MENU, body=body)


def html(folder: Path) -> Iterator[tuple[str, float]]:
    """Yield words/s of trafilatura alone, and of trafilatura and the records."""
    for number, text in enumerate(texts() * 3):
        (folder / f"{number:04}.html").write_text(page(text), encoding="utf-8")
    rows: list[Row] = []
    yield "html: text of pages", rate(lambda: rows.extend(row for row in read([str(folder)]) if isinstance(row, Row)), rows)
    nlp = beritaie.load("rules")
    rows = []

    def records() -> None:
        for row in read([str(folder)]):
            if isinstance(row, Row):
                rows.append(row)
                nlp.read(row.article())

    yield "html: text of pages and records (rules)", rate(records, rows)


def jsonl(folder: Path) -> Iterator[tuple[str, float]]:
    """Yield words/s of reading JSON lines with the language check."""
    yield "jsonl: rows and language check", lines(folder, Options())


def repeats(folder: Path) -> Iterator[tuple[str, float]]:
    """Yield words/s of reading JSON lines with MinHash."""
    yield "jsonl: rows, language check and repeated articles", lines(folder, Options(duplicates="mark"))


def lines(folder: Path, options: Options) -> float:
    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts() * COPIES), encoding="utf-8")
    rows: list[Row] = []
    return rate(lambda: rows.extend(row for row in read([str(path)], options) if isinstance(row, Row)), rows)


def rate(work: Callable[[], None], rows: list[Row]) -> float:
    """Return the words of the rows per second of processor time."""
    begin = time.process_time()
    work()
    seconds = time.process_time() - begin
    return sum(len(row.text.split()) for row in rows) / seconds


PARTS = {"html": html, "jsonl": jsonl, "repeats": repeats}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS)
    chosen = parser.parse_args().only
    for name, part in PARTS.items():
        if chosen in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                for label, words in part(Path(folder)):
                    print(f"{label:55} {words:12,.0f} words/s")


if __name__ == "__main__":
    main()
