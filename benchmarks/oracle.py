"""Offices and linking with the names given: gold spans of people, organizations and places stand in for what finds them.

python benchmarks/oracle.py dev                       # people and positions, names given
python benchmarks/oracle.py dev --errors positions    # what one figure missed and got wrong
python benchmarks/oracle.py dev --given people        # only people given (also: organizations, places)
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from beritaie.candidates import Candidate
from beritaie.document import Article
from beritaie.extractors import abbreviations, money, organizations, places, positions, quotes, times
from beritaie.linking import people
from beritaie.names import NameSense
from beritaie.records import Document
from beritaie.resolve import resolve
from beritaie.tokens import Tokens

GOLD = Path(__file__).resolve().parents[1].parent / "shared" / "gold"


def given(row: dict, kind: str, spans: list[dict], article: Article) -> list[Candidate]:
    """Return gold spans as candidates of the cleaned text; those that cleaning cut away are dropped."""
    found = []
    for span in spans:
        start = article.text.find(row["text"][span["start"] : span["end"]], max(0, span["start"] - 400))
        best = min(
            (at for at in _all(article.text, row["text"][span["start"] : span["end"]])),
            key=lambda at: abs(article.to_source(at, at + 1)[0] - span["start"]),
            default=start,
        )
        if best >= 0:
            end = best + span["end"] - span["start"]
            found.append(Candidate(kind=kind, start=best, end=end, rule="model:gold", weight=2.0))
    return found


def _all(text: str, part: str) -> list[int]:
    found, at = [], text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found


def read(row: dict, kinds: list[str]) -> Document:
    """Run the steps with the given names instead of the extractors'."""
    article = Article(row["text"], published=row["published"])
    tokens = Tokens(article.text)
    found = abbreviations.find(tokens) + money.find(tokens) + times.find(tokens, article) + quotes.find(tokens)
    people_spans = [m for p in row["people"] for m in p["mentions"]]
    for kind, spans in (("person", people_spans), ("organization", row["organizations"]), ("place", row["places"])):
        if {"person": "people"}.get(kind, kind + "s") in kinds:
            found += given(row, kind, spans, article)
        elif kind == "organization":
            found += organizations.find(tokens, found)
        elif kind == "place":
            found += places.find(tokens, article, found)
    sense = NameSense(tokens, found)
    found += positions.find(tokens, found, sense)
    kept = resolve(found)
    who = people.link(tokens, kept["person"], kept["position"], sense)

    def moved(mention):
        start, end = article.to_source(mention.start, mention.end)
        return type(mention)(start=start, end=end, text=mention.text, rule=mention.rule)

    def person(one):
        offices = tuple(
            type(p)(**{f: getattr(p, f) for f in p.__struct_fields__} | {"mentions": tuple(map(moved, p.mentions))}) for p in one.positions
        )
        fields = {f: getattr(one, f) for f in one.__struct_fields__}
        return type(one)(**fields | {"mentions": tuple(map(moved, one.mentions)), "positions": offices})

    return Document(text=row["text"], id=row["id"], people=tuple(map(person, who)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=["dev", "train"])
    parser.add_argument("--given", nargs="+", default=["people", "organizations", "places"])
    parser.add_argument("--errors", metavar="FIGURE")
    options = parser.parse_args()
    gold = GOLD / f"{options.set}.jsonl"
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as out:
        for row in map(json.loads, gold.open(encoding="utf-8")):
            out.write(read(row, options.given).to_json() + b"\n")
        out.flush()
        command = [sys.executable, str(GOLD / "score.py"), str(gold), out.name]
        if options.errors:
            return subprocess.run([*command, "--errors", options.errors], check=False).returncode
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        print("\n".join(line for line in done.stdout.splitlines() if line.startswith(("figure", "people", "positions"))))
        return done.returncode


if __name__ == "__main__":
    sys.exit(main())
