"""A function over a stream, in worker processes: results in the order of the items, whatever becomes of a worker.

Knows nothing of articles. Memory stays flat: only a few chunks of items are under way at a time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import Any, TypeVar

from beritaie.errors import SetupError

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16  # items sent to a worker at a time: enough to make the sending cheap, few enough to keep the order cheap
AHEAD = 3  # chunks under way per worker


def ordered_map(
    make: Callable[[], Callable[[Item], Result]],
    items: Iterable[Item],
    *,
    workers: int,
    lost: Callable[[Item, str], Result],
) -> Iterator[Result]:
    """Yield the result for each item, in order.

    Args:
        make: called once in each worker; returns the function to apply. Must be picklable.
        items: read only as far ahead as the workers need. Must be picklable.
        workers: the number of processes.
        lost: gives the result for an item on which the function raised or its worker died (killed, out of memory), with the reason.
            When a worker dies, the items it may have died of are tried once more, each by itself.

    Raises:
        SetupError: no worker can start.
    """
    source = iter(items)
    pending: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    pool = _pool(workers, make)
    try:
        while True:
            while len(pending) < workers * AHEAD and (chunk := list(islice(source, CHUNK))):
                pending.append((chunk, _submit(pool, chunk)))
            if not pending:
                return
            chunk, future = pending.popleft()
            try:
                results = future.result()
            except BrokenProcessPool:
                results = _one_by_one(make, chunk, lost)
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(workers, make)
                pending = deque((chunk, future if _done(future) else _submit(pool, chunk)) for chunk, future in pending)
            except Exception:
                results = _one_by_one(make, chunk, lost)
            yield from results
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _done(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _submit(pool: ProcessPoolExecutor, chunk: list[Item]) -> Future[list[Any]]:
    try:
        return pool.submit(_run, chunk)
    except BrokenProcessPool as error:
        broken: Future[list[Any]] = Future()
        broken.set_exception(error)
        return broken


def _pool(workers: int, make: Callable[[], Callable[[Any], Any]]) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(), initializer=_start, initargs=(make,))
    try:
        pool.submit(_ready).result()
    except BrokenProcessPool as error:
        raise SetupError(
            "the worker processes end as soon as they start; where processes are spawned, a script has to keep its work under "
            "`if __name__ == '__main__':`"
        ) from error
    return pool


def _one_by_one(make: Callable[[], Callable[[Item], Result]], chunk: list[Item], lost: Callable[[Item, str], Result]) -> list[Result]:
    """Apply the function to each item in a process apart, so that an item that kills its worker costs itself alone."""
    results = []
    pool = _pool(1, make)
    try:
        for item in chunk:
            try:
                results += pool.submit(_run, [item]).result()
            except BrokenProcessPool:
                results.append(lost(item, "its worker process died twice (killed, or out of memory)"))
                pool.shutdown(wait=False)
                pool = _pool(1, make)
            except Exception as error:
                results.append(lost(item, f"{type(error).__name__}: {error}"))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return results


# In the worker process.

_function: Callable[[Any], Any]
_failure: Exception | None = None


def _start(make: Callable[[], Callable[[Any], Any]]) -> None:
    global _function, _failure
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _function = make()
    except Exception as error:
        _failure = error


def _end_with_parent() -> None:
    """End this process when its parent was killed, instead of waiting for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _ready() -> None:
    if _failure is not None:
        raise _failure


def _run(chunk: list[Any]) -> list[Any]:
    return [_function(item) for item in chunk]
