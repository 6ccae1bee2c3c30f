"""Speed and memory: words a second, whole and by step; import and load; peak memory; growth with the length of the text.

python benchmarks/speed.py [--model rules] [--articles 2000] [--check]
python benchmarks/speed.py --only scaling [--size 100000] [--texts capitals,digits]

spaCy imports PyTorch where that is installed (with the ``stanza`` extra), though the rules never use it: some 200 MB and a second or two.
``--without-torch`` measures as in an environment without it.

Reads the news collection beside the repository where there is one, else ``examples/``. Times are processor time of one core; import,
load and the whole run are measured in fresh processes. ``--check`` ends with status 1 where a floor is missed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial, wraps
from itertools import cycle, islice
from pathlib import Path
from typing import Any

DEFAULT = "berita-crf"  # what ``load()`` takes; beritaie is not imported here, which is measured
ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "data" / "news" / "news.jsonl.gz"
EXAMPLES = ROOT / "examples"

IMPORT_SECONDS = 0.3
FLOORS = {  # by model: words a second, seconds to load and to read a first article, megabytes; the Stanza models have none
    "rules": (40_000, 1.5, 250),
    DEFAULT: (9_000, 2.0, 500),
}
GROWTH = 11.0  # for a text ten times as long
STEPPED = 500  # articles whose steps are timed: the clock around each step slows it a little

# 0.1 to 1 MB of what no newsroom writes, but crawlers bring
HOSTILE = {
    "capitals": "A",
    "capitals apart": "A ",
    "capital words": "Maju Terus ",
    "office words": "Kepala Dinas ",
    "brackets": "(",
    "brackets apart": "( ",
    "short forms": "(AB) ",
    "quotes": '"',
    "quotes apart": '" ',
    "curly quotes": "“a” ",
    "digits": "1",
    "digits apart": "1 ",
    "numbers": "1.000 ",
    "amounts": "Rp1 ",
    "dates": "1/2/2020 ",
    "weekdays": "Senin ",
    "full stops": ". ",
    "initials": "A. ",
    "commas": "a, ",
    "small letters": "a",
    "hyphens": "a-",
    "line breaks": "a\n",
    "atau": "AB atau ",
}


def articles(count: int) -> Iterator[dict[str, Any]]:
    """Yield articles of the news collection, taken at even distances, or of ``examples/`` again and again."""
    if NEWS.exists():
        with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
            step = max(1, 38_000 // count)
            for line in islice(lines, 0, step * count, step):
                row = json.loads(line)
                yield {"text": row["text"], "published": row["published"]}
        return
    rows = [{"text": path.read_text(encoding="utf-8")} for path in sorted(EXAMPLES.glob("*.txt"))]
    with (EXAMPLES / "articles.jsonl").open(encoding="utf-8") as lines:
        rows += [{key: row[key] for key in ("text", "published") if row.get(key)} for row in map(json.loads, lines)]
    yield from islice(cycle(rows), count)


def measure_whole(count: int, model: str) -> dict[str, float]:
    """Run the pipeline over the articles in this process, which nothing else has used."""
    import beritaie

    nlp = beritaie.load(model)
    nlp("Bupati tiba di Jakarta.")  # the start is measured for itself
    words = records = failed = 0
    spent = 0.0
    for row in articles(count):
        start = time.process_time()
        doc = nlp.read(row)
        spent += time.process_time() - start
        words += len(row["text"].split())
        failed += doc.error is not None
        records += sum(
            map(len, (doc.people, doc.organizations, doc.places, doc.money, doc.times, doc.quotes, doc.abbreviations)),
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"words": words, "records": records, "failed": failed, "seconds": spent, "megabytes": peak}


def fresh(code: str) -> tuple[float, float]:
    """Return the least of three runs of a line that prints seconds by the clock and of the processor, each in a fresh process."""
    results = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True) for _ in range(3)]
    by_clock, of_processor = zip(*([float(number) for number in result.stdout.split()] for result in results), strict=True)
    return min(by_clock), min(of_processor)


def measure_steps(count: int, model: str) -> tuple[dict[str, float], float, int]:
    """Return the seconds of each step of the pipeline, those of the whole, and the number of words."""
    from beritaie import pipeline

    spent: dict[str, float] = {}
    inside = 0

    def timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call, updated=())
        def run(*args: Any, **kwargs: Any) -> Any:
            nonlocal inside
            if inside:  # a step called by a step is part of it
                return call(*args, **kwargs)
            inside += 1
            start = time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - start
                inside -= 1

        return run

    for name, value in list(vars(pipeline).items()):
        module = getattr(value, "__name__", "") if type(value).__name__ == "module" else getattr(value, "__module__", "")
        if type(value).__name__ == "module":
            for function in ("find", "link"):
                if module.startswith(("beritaie.extractors.", "beritaie.linking.")) and hasattr(value, function):
                    setattr(value, function, timed(module.removeprefix("beritaie."), getattr(value, function)))
        elif name in ("Article", "Tokens", "NameSense", "resolve", "_in_source") or name.startswith("link_"):
            setattr(pipeline, name, timed(f"{module.removeprefix('beritaie.')}.{name}".replace("pipeline._", "to source "), value))
    nlp = pipeline.load(model)
    rows = list(articles(count))
    for row in rows[:20]:  # lexicons are read on first use
        nlp.read(row)
    spent.clear()
    start = time.process_time()
    for row in rows:
        nlp.read(row)
    return spent, time.process_time() - start, sum(len(row["text"].split()) for row in rows)


def prose(size: int) -> str:
    """Return one long article: many joined, until it has ``size`` characters."""
    parts: list[str] = []
    length = 0
    for number, row in enumerate(articles(4000)):
        if length > size:
            break
        parts.append(row["text"] if NEWS.exists() else f"{row['text']}\n\nBagian ke-{number}.")
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)[:size]


def repeated(unit: str, size: int) -> str:
    """Return ``unit`` again and again, ``size`` characters long."""
    return (unit * (size // len(unit) + 1))[:size]


def measure_growth(text: Callable[[int], str], size: int, model: str) -> tuple[float, float]:
    """Return the seconds for a text of ``size`` characters (best of three) and for one ten times as long (best of two)."""
    import beritaie

    nlp = beritaie.load(model)

    def seconds(length: int) -> float:
        content = text(length)
        start = time.process_time()
        nlp(content)
        return time.process_time() - start

    nlp(text(size // 100))
    return min(seconds(size) for _ in range(3)), min(seconds(size * 10) for _ in range(2))


def table(head: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> None:
    """Print lines under a head, the first column left, the others right."""
    widths = [max(len(line[column]) for line in [head, *lines]) for column in range(len(head))]
    for line in [head, *lines]:
        cells = [
            cell.ljust(width) if not column else cell.rjust(width) for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    print(flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=DEFAULT, help="what to load (default: %(default)s)")
    parser.add_argument("--articles", type=int, default=2000, help="news articles to read (default: %(default)s)")
    parser.add_argument("--only", choices=["start", "whole", "steps", "scaling"], help="one part alone")
    parser.add_argument("--size", type=int, default=100_000, help="characters of the shorter text; the longer has ten times as many")
    parser.add_argument("--texts", help="texts of the scaling part, by name, separated by commas (default: all)")
    parser.add_argument("--check", action="store_true", help="end with status 1 where a floor is missed")
    parser.add_argument("--without-torch", action="store_true", help="measure as if PyTorch were not installed")
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.without_torch:
        sys.modules["torch"] = None  # type: ignore[assignment]
    if options.inner:
        print(json.dumps(measure_whole(options.articles, options.model)))
        return 0
    missed: list[str] = []
    lines: list[tuple[str, ...]]
    least, longest, most = FLOORS.get(options.model, (0, float("inf"), float("inf")))

    def judged(name: str, right: bool, floor: str) -> str:
        if not right:
            missed.append(name)
        return floor if right else f"{floor} MISSED"

    if options.only in (None, "start"):
        block = "import sys; sys.modules['torch'] = None; " if options.without_torch else ""
        clock = block + "import time; start = time.perf_counter(); {}; print(time.perf_counter() - start, time.process_time())"
        importing = fresh(clock.format("import beritaie"))
        loading = fresh(clock.format(f"import beritaie; beritaie.load({options.model!r})"))
        first = fresh(
            clock.format(
                f"import beritaie; beritaie.load({options.model!r})('Bupati Lebak tiba di Jakarta, Rabu (31/10).', published='2018-11-01')"
            )
        )
        lines = [
            (name, f"{seconds:.2f}", f"{processor:.2f}", judged(name, seconds < most_seconds, f"< {most_seconds}"))
            for name, (seconds, processor), most_seconds in (
                ("import beritaie", importing, IMPORT_SECONDS),
                ("import and load", loading, longest),
                ("import, load and a first article", first, longest),
            )
        ]
        table(("start, fresh process", "seconds", "of the processor", "floor"), lines)
    if options.only in (None, "whole"):
        command = [sys.executable, __file__, "--inner", "--articles", str(options.articles), "--model", options.model]
        command += ["--without-torch"] if options.without_torch else []
        result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        speed = result["words"] / result["seconds"]
        memory = result["megabytes"]
        lines = [
            ("words", f"{result['words']:,}", ""),
            ("records", f"{result['records']:,}", ""),
            ("articles that failed", f"{result['failed']}", judged("failed", not result["failed"], "0")),
            ("processor seconds", f"{result['seconds']:.1f}", ""),
            ("words a second", f"{speed:,.0f}", judged("words a second", speed > least, f"> {least:,}")),
            ("peak resident MB", f"{memory:.0f}", judged("memory", memory < most, f"< {most}")),
        ]
        table((f"{options.articles:,} articles, one process", "", "floor"), lines)
    if options.only in (None, "steps"):
        count = min(options.articles, STEPPED)
        spent, whole, words = measure_steps(count, options.model)
        spent["records, and all between the steps"] = whole - sum(spent.values())
        lines = [
            (name, f"{seconds / words * 1e6:.2f}", f"{seconds / whole:.0%}", f"{words / seconds:,.0f}")
            for name, seconds in sorted(spent.items(), key=lambda item: -item[1])
        ]
        lines.append(("whole", f"{whole / words * 1e6:.2f}", "", f"{words / whole:,.0f}"))
        table((f"step, over {count:,} articles", "µs a word", "share", "words a second"), lines)
    if options.only in (None, "scaling"):
        wanted = options.texts.split(",") if options.texts else ["prose", *HOSTILE]
        lines = []
        for name in wanted:
            if name not in HOSTILE and name != "prose":
                parser.error(f"no text {name!r}; known: prose, {', '.join(HOSTILE)}")
            short, long = measure_growth(prose if name == "prose" else partial(repeated, HOSTILE[name]), options.size, options.model)
            growth = long / max(short, 1e-3)
            lines.append(
                (name, f"{short:.2f}", f"{long:.2f}", f"{growth:.1f}", judged(f"growth, {name}", growth <= GROWTH, f"<= {GROWTH:.0f}"))
            )
            print(f"  {name}: {short:.2f} s, {long:.2f} s", file=sys.stderr, flush=True)
        table((f"text of {options.size:,} and {options.size * 10:,} characters", "seconds", "seconds", "growth", "floor"), lines)
    if missed:
        print("missed:", "; ".join(missed))
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
