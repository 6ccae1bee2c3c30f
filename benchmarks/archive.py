"""Figures of a run over an archive: two workers over one, the parent's memory, what reading, journal and writing cost.

python benchmarks/archive.py [--only workers|memory|overhead] [--articles 2000] [--model rules] [--pages] [--repeat 3] [--check]

``--pages`` puts each article into a page of a news site (HTML), out of which trafilatura has to find it.

Reads the news collection beside the repository where there is one, else ``examples/``. Times of a shared machine waver, so each figure is a
ratio of times taken in turn, and the middle one of several.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from reading import page
from speed import articles

from beritaie import load
from beritaie.archive import run
from beritaie.archive.progress import Progress
from beritaie.archive.readers import Row, read

SPEEDUP = 1.8
OVERHEAD = 0.08
GROWTH = 1.05
MEGABYTES = 400


def megabytes() -> float:
    """Return the resident memory of this process."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def processor() -> float:
    """Return the processor time of this process and of those that it has ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def write(path: Path, count: int, pages: bool) -> Path:
    """Write that many articles as JSON lines, or as pages of a folder."""
    if pages:
        path.mkdir()
        for number, row in enumerate(articles(count)):
            (path / f"{number:06}.html").write_text(page(row["text"]), encoding="utf-8")
        return path
    with path.open("w", encoding="utf-8") as stream:
        for number, row in enumerate(articles(count)):
            stream.write(json.dumps({"id": str(number), **row}) + "\n")
    return path


def seconds(model: str, source: Path, out: Path, workers: int) -> float:
    """Return the time of a run, workers' start and all."""
    began = time.perf_counter()
    run.extract(load(model), [str(source)], str(out), workers=workers, restart=True)
    return time.perf_counter() - began


def measure_workers(model: str, source: Path, out: Path, repeat: int) -> list[float]:
    """Return the ratios of the times of one worker and of two."""
    return [seconds(model, source, out, 1) / seconds(model, source, out, 2) for _ in range(repeat)]


def measure_overhead(model: str, source: Path, out: Path, repeat: int) -> list[float]:
    """Return what all that is no pipeline (reading, language, journal, writing, talk between processes) takes of processor time, over that
    of the pipeline alone; the start of the worker is left out.
    """
    ratios = []
    nlp = load(model)
    short = out.with_name("short.txt")
    short.write_text("Rapat digelar.", encoding="utf-8")
    rows = [{"text": row.text, "published": row.published, "id": row.id} for row in read([str(source)]) if isinstance(row, Row)]
    for _ in range(repeat):
        began = time.process_time()
        for row in rows:
            nlp.read(row)
        alone = time.process_time() - began
        taken = []
        for inputs in (short, source):
            before = processor()
            run.extract(nlp, [str(inputs)], str(out), workers=1, restart=True)
            taken.append(processor() - before)
        ratios.append((taken[1] - taken[0]) / alone - 1)
    return ratios


def measure_memory(model: str, source: Path, out: Path) -> tuple[float, float, float]:
    """Return the parent's memory over the second and the last tenth of a run, and the most it took, in MB."""
    total = sum(1 for _ in (source.iterdir() if source.is_dir() else source.open(encoding="utf-8")))
    taken: list[float] = []

    class Watched(Progress):
        def article(self, text: str, *, fresh: bool) -> None:
            super().article(text, fresh=fresh)
            if self.articles % 20 == 0:
                taken.append(megabytes())

    vars(run)["Progress"] = Watched
    run.extract(load(model), [str(source)], str(out), workers=2, restart=True)
    tenth = max(1, total // 200)
    return statistics.mean(taken[tenth : 2 * tenth]), statistics.mean(taken[-tenth:]), max(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("workers", "memory", "overhead"))
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--model", default="rules")
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="end with status 1 where a floor is missed")
    options = parser.parse_args()
    missed = 0

    def tell(figure: str, value: str, good: bool, floor: str) -> None:
        nonlocal missed
        missed += not good
        print(f"{figure:45} {value:28} {floor:12} {'' if good else 'MISSED'}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        source = write(Path(folder, "pages" if options.pages else "a.jsonl"), options.articles, options.pages)
        out = Path(folder, "out.jsonl")
        if options.only in (None, "overhead") and not options.pages:  # finding the article in a page takes longer than the records
            found = measure_overhead(options.model, source, out, options.repeat)
            middle = statistics.median(found)
            tell(
                "reading, journal, writing over the pipeline",
                f"{middle:.1%} of {sorted(round(x, 3) for x in found)}",
                middle < OVERHEAD,
                "< 8%",
            )
        if options.only in (None, "workers"):
            found = measure_workers(options.model, source, out, options.repeat)
            middle = statistics.median(found)
            tell("two workers over one", f"{middle:.2f}x of {sorted(round(x, 2) for x in found)}", middle >= SPEEDUP, ">= 1.8x")
        if options.only in (None, "memory"):
            second, last, most = measure_memory(options.model, source, out)
            tell(
                "parent's memory, last over second tenth",
                f"{last:.0f}/{second:.0f} MB = {last / second:.3f}",
                last / second <= GROWTH,
                "<= 1.05",
            )
            tell("parent's memory, most", f"{most:.0f} MB", most < MEGABYTES, "< 400 MB")
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
