"""The run: read, extract, write, and account for every article."""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain
from typing import Any

import msgspec

from beritaie.archive import journal
from beritaie.archive.duplicates import Repeats
from beritaie.archive.journal import Outcome
from beritaie.archive.progress import Progress, count
from beritaie.archive.readers import STDIN, Fault, File, Options, Page, Row, files, finish, left_alone, place, raw, repetition, require
from beritaie.archive.writers import Writer, replacing, unwritable, writer
from beritaie.errors import SetupError
from beritaie.pipeline import Pipeline
from beritaie.records import Document
from beritaie.workers import ordered_map

TIMEOUT = 300.0  # seconds; the longest article takes the rules some ten


class Summary(msgspec.Struct):
    """What a run did: the number of articles with records, of those without, and of those whose date could not be read.

    ``passed_over`` counts, by step, what is left out on purpose; ``rows.PASSED_OVER`` has the steps.
    """

    done: int = 0
    failed: int = 0
    undated: int = 0
    passed_over: dict[str, int] = {}


def extract(
    nlp: Pipeline,
    inputs: Sequence[str],
    output: str | None = None,
    *,
    workers: int = 1,
    published: str | None = None,
    options: Options | None = None,
    timeout: float | None = TIMEOUT,
    max_memory: int | None = None,
    resume: bool = False,
    restart: bool = False,
    report: Callable[[Fault], None] = lambda fault: None,
    progress: bool = False,
    say: Callable[[str], None] | None = None,
) -> Summary:
    """Extract the records of all articles, in input order.

    While it runs, ``OUTPUT.journal`` keeps what is done; a run that broke off, for whatever reason, goes on with ``resume`` and gives
    the output of an unbroken one.

    Args:
        nlp: the pipeline.
        inputs: names of files and folders; ``-`` is standard input.
        output: where the records go, by its ending; None is standard output. Faults go to ``OUTPUT.errors.jsonl``, which exists
            after the run only if there were any.
        workers: the number of worker processes; they find the articles in pages, too. One worker is a process of its own as well, unless
            there is no limit of time and memory.
        published: the publication date of articles that name none.
        options: how to read.
        timeout: the longest time for one article, in seconds.
        max_memory: the most memory of a worker, in bytes of address space.
        resume: go on from the journal, if there is one.
        restart: throw an old journal away.
        report: is told each fault as it is found.
        progress: whether to show a progress bar on standard error.
        say: without the bar, is told a line about the progress now and then.

    Raises:
        SetupError: the output cannot be written, or is one of the inputs; there is a journal that cannot be gone on with, or nothing
            was said of what to do with it.
    """
    summary = Summary()
    options = options or Options()
    names = files(inputs)
    require(names)
    repeats = None if options.duplicates == "keep" else Repeats(options.remember)
    with ExitStack() as stack:
        book = None
        if output is not None:
            _refuse_own_output(names, output)
            if _keeps(output):
                head = journal.head_of(nlp, names, {"published": published, "reading": msgspec.to_builtins(options)})
                book = stack.enter_context(journal.journal(output, head, resume=resume, restart=restart))
        out = stack.enter_context(writer(output))
        faults = stack.enter_context(_Faults(output))
        shown = progress or say is not None
        disk = partial(_disk, output) if output is not None and book is not None else None
        bar = stack.enter_context(Progress(count(names) if shown else None, bar=progress, say=say, disk=disk))
        reading = partial(_reading, nlp, options, published, workers, timeout, max_memory)
        for item, outcome, fresh in chain(_left_alone(inputs), _outcomes(raw(names, options), book, reading)):
            doc, fault = outcome.doc, outcome.fault
            if doc is not None and repeats is not None and (first := repeats.first(doc.text, doc.id or _where(item))) is not None:
                if options.duplicates == "drop":
                    assert not isinstance(item, Fault)
                    doc, fault = None, repetition(item, first)
                else:
                    doc = msgspec.structs.replace(doc, duplicate_of=first)
            if fault is not None:
                if fault.passed_over:
                    summary.passed_over[fault.step] = summary.passed_over.get(fault.step, 0) + fault.count
                else:
                    summary.failed += fault.step != "published"
                summary.undated += fault.step == "published"
                faults.write(fault)
                report(fault)
            if isinstance(item, Fault) and item.passed_over:
                pass  # no article
            elif doc is None:
                bar.without(passed_over=fault is not None and fault.passed_over)
            else:
                summary.done += 1
                _write(out, doc, output)
                bar.article(doc.text, fresh=fresh)
    return summary


def _disk(output: str) -> tuple[int, int]:
    """Return the bytes that a run has written beside an output, and those that are free there."""
    part = f"{output.rstrip('/')}.part"
    inside = [entry.path for entry in os.scandir(part)] if os.path.isdir(part) else [part]
    written = sum(os.path.getsize(name) for name in [*inside, journal.path_of(output)] if os.path.exists(name))
    return written, shutil.disk_usage(os.path.dirname(output.rstrip("/")) or ".").free


def _keeps(output: str) -> bool:
    """Return whether an output is a file or folder, and no device or pipe, of which nothing can be gone on with."""
    return not os.path.exists(output) or os.path.isfile(output) or os.path.isdir(output)


def _outcomes(
    items: Iterator[Row | Page | Fault], book: journal.Journal | None, reading: Callable[[Iterator[Row | Page]], Iterator[Outcome]]
) -> Iterator[tuple[Row | Page | Fault, Outcome, bool]]:
    """Yield, in order, each article or page with what was made of it, and each fault of a file alone; and whether it is new.

    What the journal has comes from there; everything else from the pipeline, which reads ahead, and then goes into the journal.
    """
    for entry in book.entries() if book is not None else ():
        while isinstance(item := next(items, None), Fault):
            yield item, Outcome(fault=item), False
        assert book is not None
        item, outcome = book.check(entry, item), entry.outcome
        if outcome.fault is not None:  # its place may be another since
            outcome = Outcome(outcome.doc, msgspec.structs.replace(outcome.fault, file=item.file, line=item.line))
        yield item, outcome, False

    ahead: deque[Row | Page | Fault] = deque()

    def articles() -> Iterator[Row | Page]:
        for item in items:
            ahead.append(item)
            if not isinstance(item, Fault):
                yield item

    for outcome in reading(articles()):
        while isinstance(item := ahead.popleft(), Fault):
            yield item, Outcome(fault=item), True
        if book is not None:
            book.add(item, outcome)
        yield item, outcome, True
    while ahead:
        item = ahead.popleft()
        assert isinstance(item, Fault)
        yield item, Outcome(fault=item), True


def _left_alone(inputs: Iterable[str]) -> Iterator[tuple[Fault, Outcome, bool]]:
    for fault in left_alone(inputs):
        yield fault, Outcome(fault=fault), False


def _reading(
    nlp: Pipeline,
    options: Options,
    published: str | None,
    workers: int,
    timeout: float | None,
    max_memory: int | None,
    items: Iterator[Row | Page],
) -> Iterator[Outcome]:
    """Yield what is made of each article or page, in order: by workers, or by this process where one is enough and nothing is limited."""
    if workers <= 1 and timeout is None and max_memory is None:
        for item in items:
            yield _read(nlp, options, published, item)
        return
    make = partial(_packing_reader, nlp.loader(), options, published)
    decoder = msgspec.msgpack.Decoder(Outcome)
    limits: dict[str, Any] = {"timeout": timeout, "max_memory": max_memory}
    for packed in ordered_map(make, items, workers=max(1, workers), lost=_packed_loss, method=nlp.start_method, **limits):
        yield decoder.decode(packed)


def _read(nlp: Pipeline, options: Options, published: str | None, item: Row | Page) -> Outcome:
    """Return what is made of an article or page; never raises but for memory."""
    row = finish(item, options)
    if isinstance(row, Fault):
        return Outcome(fault=row)
    doc = nlp.read(row.article(published))
    if doc.error:
        return Outcome(fault=Fault(row.file, row.line, "extract", doc.error, row.id))
    if doc.published is not None or not (row.published or published):
        return Outcome(row.completed(doc))
    reason = f"{'; '.join(doc.issues)}; its records are there, without what depends on the date"
    return Outcome(row.completed(doc), Fault(row.file, row.line, "published", reason, row.id))


def _packing_reader(loading: Callable[[], Pipeline], options: Options, published: str | None) -> Callable[[Row | Page], bytes]:
    """Return, in a worker, the function that makes an outcome of an article, and packs it."""
    nlp = loading()
    encoder = msgspec.msgpack.Encoder()

    def read(item: Row | Page) -> bytes:
        outcome = _read(nlp, options, published, item)
        if outcome.fault is not None and outcome.fault.step == "extract" and outcome.fault.reason.startswith("MemoryError"):
            raise MemoryError  # worth another try, in a fresh process
        return encoder.encode(outcome)

    return read


def _packed_loss(item: Row | Page, reason: str) -> bytes:
    return msgspec.msgpack.encode(Outcome(fault=Fault(item.file, item.line, "extract", reason, item.id)))


def _where(item: Row | Page | Fault) -> str:
    return place(item.file, item.line)


def _write(out: Writer, doc: Document, output: str | None) -> None:
    try:
        out.write(doc)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(output or "to standard output", error) from error


class _Faults:
    """The file of faults, made with the first of them; an old one goes."""

    def __init__(self, output: str | None) -> None:
        self._path = output and errors_path(output)
        self._stack = ExitStack()
        self._stream: Any = None

    def __enter__(self) -> _Faults:
        return self

    def write(self, fault: Fault) -> None:
        if self._path and self._stream is None:
            self._stream = self._stack.enter_context(replacing(self._path))
        if self._stream is not None:
            self._stream.write(msgspec.json.encode(fault) + b"\n")
            self._stream.flush()

    def __exit__(self, *error: Any) -> None:
        if self._path and self._stream is None and os.path.isfile(self._path) and error == (None, None, None):
            os.unlink(self._path)
        self._stack.__exit__(*error)


def errors_path(output: str) -> str:
    """Return the name of the file of faults that belongs to an output."""
    return f"{output.rstrip('/')}.errors.jsonl"


def _refuse_own_output(names: Iterable[File], output: str) -> None:
    for mine in (output, errors_path(output), journal.path_of(output)):
        for name, *_ in names:
            if name != STDIN and os.path.exists(name) and os.path.exists(mine) and os.path.samefile(name, mine):
                raise SetupError(f"{mine} is an input and would be overwritten; write the records elsewhere")
