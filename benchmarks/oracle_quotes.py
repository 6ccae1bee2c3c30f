"""Score who says what with the people, organizations and quotes of a gold set given: what ``linking/speakers.py`` alone can do.

python benchmarks/oracle_quotes.py dev                   # quotes, people and organizations from the gold
python benchmarks/oracle_quotes.py dev --found-quotes    # people and organizations from the gold, quotes as the rules find them
python benchmarks/oracle_quotes.py dev --errors          # the wrong ones, with the words around them
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from beritaie.extractors import quotes as extractor
from beritaie.linking import speakers
from beritaie.records import Mention, Organization, Person, Position, Quote
from beritaie.tokens import Tokens

GOLD = Path(__file__).resolve().parents[1].parent / "shared" / "gold"


def people_of(row: dict) -> list[Person]:
    """Return the gold's people as records; phrases that state an office are mentions of their first position."""
    result = []
    for person in row["people"]:
        phrases = tuple(Mention(start=p["start"], end=p["end"], text=p["text"]) for p in row["positions"] if p["of"] == person["id"])
        offices = [Position(**office) for office in person["positions"]]
        if offices:
            offices[0] = Position(**person["positions"][0], mentions=phrases)
        result.append(
            Person(
                id=person["id"],
                name=person["name"],
                honorifics=tuple(person["honorifics"]),
                rank=person["rank"],
                age=person["age"],
                positions=tuple(offices),
                mentions=tuple(Mention(**mention) for mention in person["mentions"]),
            )
        )
    return result


def organizations_of(row: dict) -> list[Organization]:
    """Return the gold's organizations, one record per name."""
    by_name: dict[str, list[dict]] = {}
    for organization in row["organizations"]:
        by_name.setdefault(organization["text"], []).append(organization)
    return [
        Organization(
            id=f"o{number}",
            name=name,
            kind=group[0]["kind"],
            generic=group[0]["generic"],
            mentions=tuple(Mention(start=m["start"], end=m["end"], text=name) for m in group),
        )
        for number, (name, group) in enumerate(by_name.items(), 1)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=["dev", "train"])
    parser.add_argument("--found-quotes", action="store_true", help="take the quotes that the rules find")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--half", choices=["even", "odd"], help="only every second article, to keep the others unread")
    options = parser.parse_args()
    right = gold_total = found_total = 0
    rows = [json.loads(line) for line in (GOLD / f"{options.set}.jsonl").open(encoding="utf-8")]
    if options.half:
        rows = rows[options.half == "odd" :: 2]
    for row in rows:
        text = row["text"]
        names = {person["id"]: person["name"] for person in row["people"]}
        tokens = Tokens(text)
        candidates = extractor.find(tokens)
        if not options.found_quotes:
            known = {(c.start, c.end): c for c in candidates}
            spans = sorted((q["start"], q["end"]) for q in row["quotes"])
            candidates = [known.get(span) or extractor.direct(text, *span, rule="gold") for span in spans]
        linked = [q for q in speakers.link(tokens, candidates, people_of(row), organizations_of(row)) if q.kind == "direct"]
        gold_total += len(row["quotes"])
        found_total += len(linked)
        for quote in row["quotes"]:
            speaker = names.get(quote["by"]) or (None if quote["by"] == "?" else quote["by"].removeprefix("org:"))
            match = next((q for q in linked if _same(q, quote)), None)
            if match is not None and match.speaker == speaker:
                right += 1
            elif options.errors:
                start, end = quote["start"], quote["end"]
                print(f"{row['id']}\tgold {speaker!r}\tfound {match and match.speaker!r}\n    {text[max(0, start - 160) : start]!r}")
                print(f"    {text[start : start + 40]!r} ... {text[end - 20 : end]!r} {text[end : end + 100]!r}")
    precision, recall = right / max(found_total, 1), right / max(gold_total, 1)
    print(f"quotes.speaker  P {precision:.3f}  R {recall:.3f}  F1 {2 * right / max(found_total + gold_total, 1):.3f}  of {gold_total}")


def _same(found: Quote, gold: dict) -> bool:
    shared = min(found.end, gold["end"]) - max(found.start, gold["start"])
    return shared / max(found.end - found.start, gold["end"] - gold["start"]) >= 0.8


if __name__ == "__main__":
    main()
