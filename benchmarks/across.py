"""Time and memory of ``beritaie.link`` over 10,000 to 100,000 articles; one command.

    python benchmarks/across.py [--articles N] [--check]

The articles' people are made here, from a seed: names of one to four words whose words follow Zipf's law (so that namesakes are many), a
few people who stand in a large part of all articles, and a long tail. Half of the people hold an office in a region. Each size runs in a
process of its own, and its seconds are those of the processor, without the making of the documents. ``--check`` fails where the largest
takes more than 5 minutes or 4 GB, or its time per person and doubling grows by more than half.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import beritaie
from beritaie.lexicon import rows
from beritaie.records import Document, Mention, Organization, Person, Position

MINUTES, GIGABYTES, GROWTH = 5, 4, 1.5
PER_ARTICLE = 4  # people of an article, on average
_ONSETS = ["b", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y"]
_VOWELS = ["a", "e", "i", "o", "u"]


class People:
    """A world of people: the first ones are in the news every day, most of them once."""

    def __init__(self, count: int, seed: int = 1) -> None:
        draw = self.draw = random.Random(seed)
        words = sorted(
            {"".join(draw.choice(_ONSETS) + draw.choice(_VOWELS) for _ in range(draw.randint(2, 3))).title() for _ in range(4000)}
        )
        draw.shuffle(words)
        weights = [1 / (rank + 10) for rank in range(len(words))]
        regions = [row["name"] for row in rows("regions")][:500]
        bodies = [f"Dinas {word}" for word in words[:400]]
        lengths = draw.choices([1, 2, 3, 4], [8, 60, 27, 5], k=count)
        self.people = []
        for length in lengths:
            name = " ".join(draw.choices(words, weights, k=length))
            office = None
            if draw.random() < 0.5:
                title = draw.choice(["Bupati", "Wali Kota", "Kepala", "Camat", "Ketua", "Kapolres", "pemain", "pengamat"])
                body = draw.choice(bodies) if title in ("Kepala", "Ketua") else None
                office = Position(title=title, place=draw.choice(regions), organization=body)
            self.people.append((name, office, draw.choice(bodies)))
        self.cumulated = []
        total = 0.0
        for rank in range(count):
            total += 1 / (rank + 20)
            self.cumulated.append(total)

    def articles(self, count: int) -> Iterator[Document]:
        """Yield documents that hold people and bodies only, a few of each."""
        draw = self.draw
        for number in range(count):
            chosen = set(draw.choices(range(len(self.people)), cum_weights=self.cumulated, k=draw.randint(1, 2 * PER_ARTICLE - 1)))
            people, bodies, names = [], {}, set()
            for place, person in enumerate(sorted(chosen), 1):
                name, office, body = self.people[person]
                if draw.random() < 0.05:
                    name = name.split()[0]
                if name in names:
                    continue
                names.add(name)
                bodies[body] = Organization(id=f"o{place}", name=body, kind="agency", canonical=body)
                mention = Mention(start=0, end=len(name), text=name)
                offices = (office,) if office and draw.random() < 0.6 else ()
                people.append(Person(id=f"p{place}", name=name, mentions=(mention,), positions=offices))
            day = dt.date(2012, 1, 1) + dt.timedelta(days=draw.randint(0, 4000))
            yield Document(text="", id=str(number), published=day, people=tuple(people), organizations=tuple(bodies.values()))


def measure(count: int) -> None:
    """Print articles, seconds of linking (the making of the documents left out), peak memory in MB, people and entities."""
    spent = 0.0
    made = People(count)

    def stream() -> Iterator[Document]:
        nonlocal spent
        begin = time.process_time()
        for document in made.articles(count):
            spent += time.process_time() - begin
            yield document
            begin = time.process_time()

    start = time.process_time()
    linked = beritaie.link(stream())
    seconds = time.process_time() - start - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    people = sum(len(entity.mentions) for entity in linked.people)
    print(count, f"{seconds:.2f}", f"{memory:.0f}", people, len(linked.people))


def main() -> int:
    """Run the sizes one after the other; returns 1 where ``--check`` finds one beyond its bound."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000, help="the largest number of articles (default: %(default)s)")
    parser.add_argument("--check", action="store_true", help="fail beyond the bounds")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one)
        return 0
    print(f"{'articles':>9} {'people':>9} {'entities':>9} {'seconds':>8} {'MB':>6}  us per person and doubling")
    costs, seconds, memory = [], 0.0, 0.0
    for count in (options.articles // 10, options.articles // 3, options.articles):
        out = subprocess.run([sys.executable, __file__, "--one", str(count)], check=True, capture_output=True, text=True).stdout.split()
        seconds, memory, people, entities = float(out[1]), float(out[2]), int(out[3]), int(out[4])
        costs.append(seconds / (people * math.log2(people)) * 1e6)
        print(f"{count:>9,} {people:>9,} {entities:>9,} {seconds:>8.1f} {memory:>6,.0f}  {costs[-1]:.2f}")
    if not options.check:
        return 0
    return int(seconds > MINUTES * 60 or memory > GIGABYTES * 1024 or costs[-1] > GROWTH * costs[0])


if __name__ == "__main__":
    raise SystemExit(main())
