"""Order, back-pressure, and what becomes of the rest when an item kills its worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from beritaie.workers import AHEAD, CHUNK, ordered_map


def maker(scale: int = 2) -> Callable[[object], object]:
    def work(item: object) -> object:
        if item == "die":
            os._exit(9)
        if item == "slow":
            time.sleep(0.3)
        if not isinstance(item, int):
            return item
        return scale * item

    return work


def lost(item: object, reason: str) -> object:
    return ("lost", item, reason)


def test_order_and_make() -> None:
    items = ["slow", *range(200)]
    assert list(ordered_map(partial(maker, 3), items, workers=2, lost=lost)) == ["slow", *(3 * n for n in range(200))]


def test_no_items() -> None:
    assert list(ordered_map(maker, [], workers=2, lost=lost)) == []


def test_back_pressure() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number

    results = ordered_map(maker, items(), workers=2, lost=lost)
    assert next(results) == 0
    assert taken <= CHUNK * (2 * AHEAD + 1)
    results.close()


def test_death_costs_one_item() -> None:
    items: list[object] = list(range(150))
    items[70] = items[90] = "die"
    results = list(ordered_map(maker, items, workers=2, lost=lost))
    assert [result for result in results if not isinstance(result, tuple)] == [2 * n for n in range(150) if n not in (70, 90)]
    assert [results[70][:2], results[90][:2]] == [("lost", "die")] * 2
    assert "died twice" in results[70][2]


def test_exception_costs_one_item() -> None:
    class Unpicklable:
        def __reduce__(self) -> str:
            raise ValueError("no pickle")

    poison = Unpicklable()
    items: list[object] = [1, poison, 2]
    assert list(ordered_map(maker, items, workers=2, lost=lost)) == [2, ("lost", poison, "ValueError: no pickle"), 4]


def broken_maker() -> Callable[[object], object]:
    raise RuntimeError("no lexicon")


def test_failing_make_is_told() -> None:
    with pytest.raises(RuntimeError, match="no lexicon"):
        list(ordered_map(broken_maker, [1], workers=2, lost=lost))


def test_spawned_script_without_guard_is_told(tmp_path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing\nmultiprocessing.set_start_method('spawn', force=True)\n"
        "import beritaie\nlist(beritaie.load('rules').pipe(['a', 'b'], workers=2))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "__name__ == '__main__'" in done.stderr.splitlines()[-1]


@pytest.mark.skipif(not os.path.exists("/proc"), reason="needs /proc")
def test_workers_end_with_a_killed_parent(tmp_path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing, os, sys\nsys.path.insert(0, sys.argv[1])\n"
        "from test_workers import lost, maker\nfrom beritaie.workers import ordered_map\n"
        "results = ordered_map(maker, iter(range(10**9)), workers=2, lost=lost)\nnext(results)\n"
        "print(*[child.pid for child in multiprocessing.active_children()], flush=True)\nos.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, str(script), os.path.dirname(__file__)], capture_output=True, text=True, timeout=60, check=False)
    children = list(map(int, done.stdout.split()))
    assert len(children) == 2
    deadline = time.monotonic() + 10
    while any(alive(child) for child in children):
        assert time.monotonic() < deadline, "a worker outlives its parent"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
