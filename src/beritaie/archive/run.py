"""The run: read, extract, write, and account for every article."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import msgspec

from beritaie.archive import journal
from beritaie.archive.progress import Progress, count
from beritaie.archive.readers import STDIN, Fault, Options, Row, files, read
from beritaie.archive.writers import Writer, replacing, unwritable, writer
from beritaie.errors import SetupError
from beritaie.pipeline import Pipeline
from beritaie.records import Document

TIMEOUT = 300.0  # seconds; the longest article takes the rules some ten


class Summary(msgspec.Struct):
    """What a run did: the number of articles with records, of those without, and of those whose date could not be read.

    ``passed_over`` counts, by step, the articles that are left out on purpose: ``language``, ``duplicate``, ``content``.
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
        workers: the number of worker processes.
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
    names = files(inputs)
    with ExitStack() as stack:
        book = None
        if output is not None:
            _refuse_own_output(names, output)
            if _keeps(output):
                head = journal.head_of(nlp, names, {"published": published, "reading": msgspec.to_builtins(options or Options())})
                book = stack.enter_context(journal.journal(output, head, resume=resume, restart=restart))
        out = stack.enter_context(writer(output))
        faults = stack.enter_context(_Faults(output))
        shown = progress or say is not None
        bar = stack.enter_context(Progress(count(names) if shown else None, bar=progress, say=say))
        for row, doc, fresh in _documents(nlp, read(names, options), book, workers, published, timeout, max_memory):
            fault = _fault(row, doc, published)
            if fault is not None:
                if fault.passed_over:
                    summary.passed_over[fault.step] = summary.passed_over.get(fault.step, 0) + 1
                else:
                    summary.failed += fault.step != "published"
                summary.undated += fault.step == "published"
                faults.write(fault)
                report(fault)
            if doc is None or doc.error:
                bar.without(passed_over=fault is not None and fault.passed_over)
            else:
                summary.done += 1
                _write(out, doc, output)
                bar.article(doc.text, fresh=fresh)
    return summary


def _keeps(output: str) -> bool:
    """Return whether an output is a file or folder, and no device or pipe, of which nothing can be gone on with."""
    return not os.path.exists(output) or os.path.isfile(output) or os.path.isdir(output)


def _documents(
    nlp: Pipeline,
    rows: Iterator[Row | Fault],
    book: journal.Journal | None,
    workers: int,
    published: str | None,
    timeout: float | None,
    max_memory: int | None,
) -> Iterator[tuple[Row | Fault, Document | None, bool]]:
    """Yield, in order, each article with its document, and each fault of reading alone; and whether it is new.

    What the journal has comes from there; everything else from the pipeline, which reads ahead, and then goes into the journal.
    """
    for entry in book.entries() if book is not None else ():
        while isinstance(row := next(rows, None), Fault):
            yield row, None, False
        assert book is not None
        yield book.check(entry, row), entry.doc, False

    ahead: deque[Row | Fault] = deque()

    def articles() -> Iterator[dict[str, Any]]:
        for row in rows:
            ahead.append(row)
            if isinstance(row, Row):
                yield row.article(published)

    for doc in nlp.pipe(articles(), workers=workers, timeout=timeout, max_memory=max_memory):
        while isinstance(row := ahead.popleft(), Fault):
            yield row, None, True
        if not doc.error:
            doc = row.completed(doc)
        if book is not None:
            book.add(row, doc)
        yield row, doc, True
    while ahead:
        yield ahead.popleft(), None, True


def _fault(row: Row | Fault, doc: Document | None, published: str | None) -> Fault | None:
    """Return what is wrong with an article, None if nothing is; its document is there all the same where only the date is at fault."""
    if isinstance(row, Fault):
        return row
    assert doc is not None
    if doc.error:
        return Fault(row.file, row.line, "extract", doc.error, row.id)
    if (row.published or published) and doc.published is None:
        reason = f"{'; '.join(doc.issues)}; its records are there, without what depends on the date"
        return Fault(row.file, row.line, "published", reason, row.id)
    return None


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


def _refuse_own_output(names: Iterable[str], output: str) -> None:
    for mine in (output, errors_path(output), journal.path_of(output)):
        for name in names:
            if name != STDIN and os.path.exists(name) and os.path.exists(mine) and os.path.samefile(name, mine):
                raise SetupError(f"{mine} is an input and would be overwritten; write the records elsewhere")
