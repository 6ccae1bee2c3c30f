"""How fast an article and an archive are shown.

python benchmarks/explore.py                                # notebook display: first mark after load, a document of 10,000 words
python benchmarks/explore.py --archive records.duckdb       # and the explorer's questions over an archive
"""

from __future__ import annotations

import argparse
import time

import beritaie
from beritaie.explore.archive_search import ArchiveSearch, query

QUESTIONS: tuple[dict[str, str], ...] = (
    {},
    {"q": "hermansyah"},
    {"office": "bupati"},
    {"q": "a", "since": "2019-01-01", "until": "2019-06-30"},
    {"kind": "organization", "q": "bank"},
    {"kind": "place", "q": "garut"},
    {"kind": "money"},
    {"kind": "money", "q": "bank", "least": "1000000000"},
    {"kind": "quote"},
    {"kind": "quote", "q": "dana"},
)
SENTENCE = "Bupati Garut Asep Kosasih menyiapkan Rp100 juta untuk Dinas Pendidikan, Rabu (31/10). "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", help="a .duckdb file of beritaie extract")
    options = parser.parse_args()
    start = time.perf_counter()
    nlp = beritaie.load("rules")
    loaded = time.perf_counter()
    nlp(SENTENCE)._repr_html_()
    shown = time.perf_counter()
    print(f"load {loaded - start:.2f} s; first article read and shown {shown - loaded:.2f} s later")
    doc = nlp("\n".join(f"{number}. {SENTENCE * 10}" for number in range(85)))
    start = time.perf_counter()
    content = doc._repr_html_()
    print(f"{len(doc.text.split()):,} words shown in {time.perf_counter() - start:.2f} s, {len(content.encode()) / 1e6:.2f} MB of HTML")
    if options.archive:
        archive = ArchiveSearch(options.archive)
        print(f"{archive.counts()['articles']:,} articles")
        for asked in QUESTIONS:
            times = []
            for _ in range(3):
                start = time.perf_counter()
                hits, total = archive.search(query(asked))
                times.append(time.perf_counter() - start)
            print(f"{sorted(times)[1] * 1000:6.0f} ms  {total:9,} hits  {asked}")
        start = time.perf_counter()
        archive.article(hits[0].article_id)
        print(f"{(time.perf_counter() - start) * 1000:6.0f} ms  one article with its records")


if __name__ == "__main__":
    main()
