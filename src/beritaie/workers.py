"""A function over a stream, in worker processes: results in the order of the items, whatever becomes of a worker.

Knows nothing of articles. Memory stays flat: only a few chunks of items are under way at a time. The parent has no threads, and speaks
with each worker over a pipe of its own, so that the death of one says nothing about the others and its exit code says why.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import resource
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from beritaie.errors import SetupError

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16  # items sent to a worker at a time: enough to make the sending cheap, few enough to keep the order cheap
CHUNK_BYTES = 1 << 20  # after so many bytes a chunk is full before that, so that large items do not fill the memory
AHEAD = 3  # chunks under way per worker
OUT_OF_MEMORY = 71  # exit code of a worker that met its limit of memory


def ordered_map(
    make: Callable[[], Callable[[Item], Result]],
    items: Iterable[Item],
    *,
    workers: int,
    lost: Callable[[Item, str], Result],
    timeout: float | None = None,
    max_memory: int | None = None,
    method: str | None = None,
) -> Iterator[Result]:
    """Yield the result for each item, in order.

    Args:
        make: called once in each worker; returns the function to apply. Must be picklable where processes are spawned.
        items: read only as far ahead as the workers need. Must be picklable.
        workers: the number of processes.
        lost: gives the result for an item on which the function raised or its worker died (killed, out of time or memory), with the
            reason. When a worker dies, the items it may have died of are tried once more, each by itself.
        timeout: the longest time for one item, in seconds.
        max_memory: the most memory of a worker, in bytes of address space.
        method: how processes are started, in the words of ``multiprocessing`` (default: its own default).

    Raises:
        SetupError: no worker can start, or not within ``max_memory``.
    """

    def start() -> _Worker:
        return _Worker(make, timeout, max_memory, method)

    source = iter(items)
    pending: deque[_Chunk] = deque()  # in the order of the items
    waiting: deque[_Chunk] = deque()  # those of them that no worker has yet
    crew = [start() for _ in range(workers)]
    try:
        for worker in crew:
            worker.ready()
        while True:
            while len(pending) < workers * AHEAD and (chunk := _Chunk(source, lost)).items:
                pending.append(chunk)
                waiting.append(chunk)
            for worker in crew:
                if worker.chunk is None and waiting:
                    worker.take(waiting.popleft())
            if not pending:
                return
            head = pending[0]
            # Collect what is done, so that its worker can go on at once; wait only where nothing can be handed on.
            for connection in wait([worker.connection for worker in crew if worker.chunk is not None], 0 if head.results else None):
                place = next(n for n, worker in enumerate(crew) if worker.connection is connection)
                worker, taken = crew[place], crew[place].chunk
                assert taken is not None
                if not worker.collect():
                    worker.end()
                    taken.results = _one_by_one(start, taken, lost)
                    crew[place] = start()
                    crew[place].ready()
                if waiting:
                    crew[place].take(waiting.popleft())
            if head.results is not None:
                pending.popleft()
                yield from head.results
    finally:
        for worker in crew:
            worker.end()


class _Chunk:
    """The next items of a source on their way; an item that cannot be sent is lost at once."""

    def __init__(self, source: Iterator[Any], lost: Callable[[Any, str], Any]) -> None:
        self.items: list[Any] = []
        self.results: list[Any] | None = None
        self.failed: dict[int, Any] = {}
        self.lost = lost
        packed: list[bytes] = []
        size = 0
        for item in islice(source, CHUNK):
            try:
                packed.append(pickle.dumps(item))
                size += len(packed[-1])
            except Exception as error:
                self.failed[len(self.items)] = lost(item, f"{type(error).__name__}: {error}")
            self.items.append(item)
            if size > CHUNK_BYTES:
                break
        self.data = pickle.dumps(packed)

    def fill(self, outcomes: list[tuple[bool, Any]]) -> None:
        """Take what the worker gave for each item that was sent."""
        left = iter(outcomes)
        self.results = []
        for number, item in enumerate(self.items):
            if number in self.failed:
                self.results.append(self.failed[number])
            else:
                done, value = next(left)
                self.results.append(value if done else self.lost(item, value))


class _Worker:
    """A worker process, as the parent sees it; holds one chunk at a time."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]], timeout: float | None, max_memory: int | None, method: str | None) -> None:
        self.timeout = timeout
        self.chunk: _Chunk | None = None
        context: Any = multiprocessing.get_context(method)
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, make, timeout, max_memory), daemon=True)
        self._process.start()
        theirs.close()  # so that the worker's death ends the stream

    def ready(self) -> None:
        """Wait until it has set itself up."""
        try:
            failure = self.connection.recv()
        except (EOFError, OSError) as error:
            raise SetupError(
                "the worker processes end as soon as they start; where processes are spawned, a script has to keep its work under "
                "`if __name__ == '__main__':`"
            ) from error
        if failure is not None:
            raise failure

    def take(self, chunk: _Chunk) -> None:
        """Start on a chunk."""
        self.chunk = chunk
        with suppress(OSError):  # it has died: collect() will find out
            self.connection.send_bytes(chunk.data)

    def collect(self) -> bool:
        """Bring in the results of the chunk; False if the worker died instead."""
        assert self.chunk is not None
        try:
            outcomes = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            return False
        self.chunk.fill(outcomes)
        self.chunk = None
        return True

    def end(self) -> None:
        """End it now."""
        self.connection.close()
        self._process.kill()
        self._process.join()
        self.chunk = None

    def reason(self) -> str:
        """Say of what it died."""
        self._process.join(5)
        code = self._process.exitcode
        if code == -signal.SIGALRM:
            return f"it took longer than {self.timeout:g} seconds, twice"
        if code == OUT_OF_MEMORY:
            return "it needs more memory than a worker may have; tried twice"
        cause = signal.Signals(-code).name if code is not None and code < 0 else f"status {code}"
        return f"its worker process died twice ({cause}: killed, or out of memory)"


def _one_by_one(start: Callable[[], _Worker], chunk: _Chunk, lost: Callable[[Any, str], Any]) -> list[Any]:
    """Apply the function to each item in a process apart, so that an item that kills its worker costs itself alone."""
    results = []
    worker = start()
    try:
        worker.ready()
        for item in chunk.items:
            alone = _Chunk(iter([item]), lost)
            worker.take(alone)
            if worker.collect():
                assert alone.results is not None
                results += alone.results
            else:
                results.append(lost(item, worker.reason()))
                worker.end()
                worker = start()
                worker.ready()
    finally:
        worker.end()
    return results


# In the worker process.


def _work(connection: Connection, make: Callable[[], Callable[[Any], Any]], timeout: float | None, max_memory: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process, in the midst of whatever it does
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        function = make()
        if max_memory is not None:
            _limit_memory(max_memory)
    except Exception as error:
        connection.send(error)
        return
    connection.send(None)
    try:
        while True:
            results = [_outcome(function, packed, timeout) for packed in pickle.loads(connection.recv_bytes())]
            connection.send_bytes(pickle.dumps(results))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the parent has gone
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _outcome(function: Callable[[Any], Any], packed: bytes, timeout: float | None) -> tuple[bool, Any]:
    if timeout is not None:
        signal.setitimer(signal.ITIMER_REAL, timeout)
    try:
        return True, function(pickle.loads(packed))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"
    finally:
        if timeout is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(most: int) -> None:
    with open("/proc/self/statm") as statm:
        taken = int(statm.read().split()[0]) * resource.getpagesize()
    if taken >= most:
        raise SetupError(f"a worker takes {taken >> 20} MB before the first article, and may have {most >> 20}; allow more memory")
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _end_with_parent() -> None:
    """End this process when its parent was killed, instead of waiting for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
