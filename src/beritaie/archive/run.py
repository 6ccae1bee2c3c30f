"""The run: read, extract, write, and account for every article."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import msgspec

from beritaie.archive.readers import STDIN, Fault, Options, Row, files, read
from beritaie.archive.writers import Writer, replacing, unwritable, writer
from beritaie.errors import SetupError
from beritaie.pipeline import Pipeline
from beritaie.records import Document


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
    report: Callable[[Fault], None] = lambda fault: None,
    progress: bool = False,
) -> Summary:
    """Extract the records of all articles, in input order.

    Args:
        nlp: the pipeline.
        inputs: names of files and folders; ``-`` is standard input.
        output: where the records go, by its ending; None is standard output. Faults go to ``OUTPUT.errors.jsonl``, which exists
            after the run only if there were any.
        workers: the number of processes.
        published: the publication date of articles that name none.
        options: how to read.
        report: is told each fault as it is found.
        progress: whether to show a progress bar on standard error.

    Raises:
        SetupError: the output cannot be written, or is one of the inputs.
    """
    from tqdm import tqdm

    summary = Summary()
    names = files(inputs)
    if output is not None:
        _refuse_own_output(names, output)
    with ExitStack() as stack:
        out = stack.enter_context(writer(output))
        faults = stack.enter_context(_Faults(output))
        bar = stack.enter_context(tqdm(unit=" articles", file=sys.stderr, disable=not progress))
        for result in _results(nlp, read(names, options), workers, published):
            if isinstance(result, Fault):
                if result.passed_over:
                    summary.passed_over[result.step] = summary.passed_over.get(result.step, 0) + 1
                else:
                    summary.failed += result.step != "published"
                summary.undated += result.step == "published"
                faults.write(result)
                report(result)
                bar.set_postfix(failed=summary.failed)
            else:
                summary.done += 1
                _write(out, result, output)
                bar.update()
    return summary


def _results(nlp: Pipeline, rows: Iterable[Row | Fault], workers: int, published: str | None) -> Iterator[Document | Fault]:
    """Yield a document or a fault for each row, in order, although the pipeline reads ahead; both where only its date is at fault."""
    ahead: deque[Row | Fault] = deque()

    def articles() -> Iterator[dict[str, Any]]:
        for row in rows:
            ahead.append(row)
            if isinstance(row, Row):
                yield row.article(published)

    for doc in nlp.pipe(articles(), workers=workers):
        while isinstance(row := ahead.popleft(), Fault):
            yield row
        if (row.published or published) and doc.published is None and not doc.error:
            reason = f"{'; '.join(doc.issues)}; its records are there, without what depends on the date"
            yield Fault(row.file, row.line, "published", reason, row.id)
        yield Fault(row.file, row.line, "extract", doc.error, row.id) if doc.error else row.completed(doc)
    while ahead:
        row = ahead.popleft()
        assert isinstance(row, Fault)
        yield row


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
    for mine in (output, errors_path(output)):
        for name in names:
            if name != STDIN and os.path.exists(name) and os.path.exists(mine) and os.path.samefile(name, mine):
                raise SetupError(f"{mine} is an input and would be overwritten; write the records elsewhere")
