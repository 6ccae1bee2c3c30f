"""The command ``beritaie``.

Exit status: 0 all articles done, 1 some failed (each is named with the reason; the others are all there), 2 wrong use or set-up.
Results go to standard output, messages and progress to standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from beritaie import __version__
from beritaie.archive import COLUMN_OPTIONS
from beritaie.backends import DEFAULT
from beritaie.errors import BeritaieError, InputError, SetupError

if TYPE_CHECKING:
    from beritaie.archive.readers import Fault, Options
    from beritaie.pipeline import Pipeline

SHOWN_FAULTS = 20
INPUTS = (
    "files (.txt, .jsonl, .csv, .parquet, .html, .warc, each also .gz and .zst), folders, patterns such as '2019/**/*.warc.gz', or - for "
    "standard input (one text)"
)
OUTPUTS = "NAME.jsonl (also .gz, .zst), a folder of Parquet tables (NAME.parquet, NAME/), or NAME.duckdb"
INTERRUPTED = 130  # as the shell has it for Ctrl-C
TERMINATED = 143  # and for SIGTERM


class _Terminated(KeyboardInterrupt):
    """SIGTERM, which ends a run as Ctrl-C does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone (``| head``): nothing is left to say, and no one to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt as error:
        _say(_with_notes("interrupted", error))
        return TERMINATED if isinstance(error, _Terminated) else INTERRUPTED
    except BeritaieError as error:
        _say(_with_notes(str(error), error))
        return 2
    return status


def _with_notes(message: str, error: BaseException) -> str:
    return "; ".join([message, *getattr(error, "__notes__", ())])


def _terminate(number: int, frame: object) -> None:
    raise _Terminated


def _say(message: str) -> None:
    print(f"beritaie: {message}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beritaie",
        description="Typed records from Indonesian news: who, with which office, how much, when, where, and who said what.",
        epilog="Exit status: 0 all articles done, 1 some failed, 2 wrong use or set-up.",
    )
    parser.add_argument("--version", action="version", version=f"beritaie {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    extract = commands.add_parser(
        "extract",
        help="articles to records",
        description=_extract.__doc__,
        epilog="While it runs it needs room for OUT and for OUT.journal, each about five times the articles as JSON lines (OUT as "
        ".jsonl.zst or Parquet: about as much as these). Exit status: 0 all articles done, 1 some failed (named in OUT.errors.jsonl), "
        "2 wrong use or set-up, or a full disk (--resume goes on).",
    )
    extract.add_argument("inputs", metavar="IN", nargs="+", help=INPUTS)
    extract.add_argument("-o", "--output", metavar="OUT", help=f"where the records go: {OUTPUTS} (default: standard output, as .jsonl)")
    extract.add_argument("--workers", metavar="N", type=_count, default=1, help="worker processes (default: 1)")
    extract.add_argument("--resume", action="store_true", help="go on with a run that broke off, from OUT.journal")
    extract.add_argument("--restart", action="store_true", help="throw the journal of a run that broke off away and begin anew")
    extract.add_argument("--timeout", metavar="SECONDS", type=_count, help="longest time for one article or page (default: 300)")
    extract.add_argument("--max-memory", metavar="MB", type=_count, help="most memory of a worker (address space; default: no limit)")
    _pipeline_options(extract)
    _reading_options(extract)
    reading = extract.add_argument_group("which articles")
    reading.add_argument("--any-language", action="store_true", help="keep articles that are not Indonesian (default: list and skip)")
    repeats = reading.add_mutually_exclusive_group()
    repeats.add_argument("--mark-duplicates", action="store_true", help="mark articles that repeat an earlier one (duplicate_of)")
    repeats.add_argument("--drop-duplicates", action="store_true", help="list and skip them")
    extract.set_defaults(run=_extract)

    show = commands.add_parser("show", help="one article, marked up, in the terminal or as a page", description=_show.__doc__)
    show.add_argument("input", metavar="IN", help="a file as extract takes it, or - for standard input")
    show.add_argument("--id", help="which article of a file that holds many (default: the first)")
    show.add_argument("--html", metavar="FILE", help="write one HTML page instead")
    show.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours (default: on a terminal)")
    show.add_argument("--explain", action="store_true", help="say why each record stands: rules, what lost, words of the lexicons")
    _pipeline_options(show)
    _reading_options(show)
    show.set_defaults(run=_show)

    explain = commands.add_parser("explain", help="what is made of one phrase, and why", description=_explain.__doc__)
    explain.add_argument("text", metavar="TEXT", help="a phrase or sentence, such as 'Rabu (31/10)'")
    _pipeline_options(explain)
    explain.set_defaults(run=_explain)

    explorer = commands.add_parser("explore", help="a local page to search an archive", description=_explore.__doc__)
    explorer.add_argument("archive", metavar="ARCHIVE", help="a .duckdb file that extract wrote")
    explorer.add_argument("--port", metavar="N", type=int, default=8765, help="default 8765; 0 takes a free one")
    explorer.set_defaults(run=_explore)

    evaluate = commands.add_parser("evaluate", help="figures per record type", description=_evaluate.__doc__)
    evaluate.add_argument("gold", metavar="GOLD", help="a .jsonl file of gold records")
    evaluate.add_argument("predicted", metavar="PREDICTED", help="a .jsonl file of records, as extract writes it")
    evaluate.add_argument("--errors", metavar="FIGURE", help="list what one figure, such as money.value, missed and got wrong")
    evaluate.add_argument("--json", action="store_true", help="figures as JSON")
    evaluate.set_defaults(run=_evaluate)

    data = commands.add_parser("data", help="the lexicons", description="The lexicons.")
    actions = data.add_subparsers(title="actions", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="validate the lexicons", description=_data_check.__doc__)
    check.add_argument("files", metavar="FILE", nargs="*", help="lexicon files, or folders of them (default: all that are installed)")
    check.set_defaults(run=_data_check)

    schema = commands.add_parser("schema", help="the JSON Schema of the records", description=_schema.__doc__)
    schema.set_defaults(run=_schema)
    return parser


def _pipeline_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model",
        default=DEFAULT,
        help=f"heard beside the rules: {DEFAULT} (default), rules (no model), stanza, or the folder of a spaCy pipeline",
    )
    parser.add_argument("--lexicons", metavar="DIR", help="a folder of your own words, in files named as the shipped lexicons")
    parser.add_argument("--published", metavar="DATE", help="publication date of articles that name none, in any form")
    parser.add_argument(
        "--not-after", metavar="DATE", help="day (YYYY-MM-DD) after which no article can have been written (default: today)"
    )
    parser.add_argument("--max-length", metavar="N", type=_count, help="longest article, in characters (default: 2000000)")


def _reading_options(parser: argparse.ArgumentParser) -> None:
    columns = parser.add_argument_group("columns of .jsonl, .csv and .parquet, where they have other names")
    for name, field in COLUMN_OPTIONS.items():
        columns.add_argument(f"--{name}-column", metavar="NAME", help=f"holds the {name} (default: {field})")


def _options(options: argparse.Namespace) -> Options:
    from beritaie.archive.readers import MAX_RECORD, Options

    named = {field: getattr(options, f"{name}_column") for name, field in COLUMN_OPTIONS.items()}
    mark, drop = getattr(options, "mark_duplicates", False), getattr(options, "drop_duplicates", False)
    return Options(
        columns={field: name for field, name in named.items() if name is not None},
        any_language=getattr(options, "any_language", True),
        duplicates="mark" if mark else "drop" if drop else "keep",
        max_record=max(MAX_RECORD, 8 * (options.max_length or 0)),
    )


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def _pipeline(options: argparse.Namespace) -> Pipeline:
    from beritaie.document import Article
    from beritaie.lexicon import extend
    from beritaie.pipeline import MAX_LENGTH, load

    if options.lexicons is not None:
        extend(options.lexicons)
    if options.published is not None and Article("", published=options.published).issues:
        raise SetupError(f"--published {options.published!r} is no date; give day, month and year, for example 2018-11-01")
    return load(options.model, not_after=options.not_after, max_length=options.max_length or MAX_LENGTH)


def _extract(options: argparse.Namespace) -> int:
    """Write the records of all articles, in input order. What fails is named in OUT.errors.jsonl and on standard error."""
    import signal

    from beritaie.archive.journal import read_head
    from beritaie.archive.rows import PASSED_OVER
    from beritaie.archive.run import TIMEOUT, errors_path, extract

    if options.resume and options.restart:
        raise SetupError("--resume goes on and --restart begins anew; give one of them")
    if options.output is None and (options.resume or options.restart):
        raise SetupError("standard output cannot be gone on with; give a file with --output")
    if options.resume and options.not_after is None and (head := read_head(options.output)) is not None:
        options.not_after = head.not_after  # the day on which the run began
    signal.signal(signal.SIGTERM, _terminate)
    told = 0

    def report(fault: Fault) -> None:
        nonlocal told
        if options.output is not None and fault.passed_over:
            return  # counted in the end, and listed beside the output
        told += 1
        if told <= SHOWN_FAULTS or options.output is None:
            _say(str(fault))

    summary = extract(
        _pipeline(options),
        options.inputs,
        options.output,
        workers=options.workers,
        published=options.published,
        options=_options(options),
        timeout=options.timeout or TIMEOUT,
        max_memory=options.max_memory and options.max_memory << 20,
        resume=options.resume,
        restart=options.restart,
        report=report,
        progress=sys.stderr.isatty(),
        say=_say,
    )
    for step, count in summary.passed_over.items():
        _say(f"{count:,} {PASSED_OVER[step]}" + (f"; listed in {errors_path(options.output)}" if options.output else ""))
    if not summary.failed and not summary.undated:
        return 0
    counts = [f"{summary.failed:,} of {summary.done + summary.failed:,} failed"] if summary.failed else []
    counts += [f"the date of {summary.undated:,} cannot be read"] if summary.undated else []
    named = [f"all are named in {errors_path(options.output)}"] if options.output else []
    _say("; ".join(counts + named))
    return 1


def _show(options: argparse.Namespace) -> int:
    """Show one article with its records marked."""
    from beritaie.archive.readers import Fault, read

    rows = (row for row in read([options.input], _options(options)) if options.id is None or row.id == options.id)
    row = next(rows, None)
    if row is None:
        what = "no article" if options.id is None else f"no article with id {options.id!r}"
        raise InputError(f"{options.input}: {what}")
    if isinstance(row, Fault):
        _say(str(row))
        return 1
    nlp = _pipeline(options)
    doc = nlp.read({"text": row.text, "id": row.id, "published": row.published or options.published, "title": row.title, "url": row.url})
    if doc.error:
        _say(f"{row.where}: {doc.error}")
        return 1
    if options.html is not None:
        from beritaie.archive.writers import replacing
        from beritaie.explore import page

        with replacing(options.html) as stream:
            stream.write(page.render(doc).encode())
        return 0
    from beritaie.explore import terminal

    if options.explain:
        from beritaie.explain import Explainer

        for explanation in Explainer(doc, nlp).records():
            print(terminal.shown(str(explanation)))
        return 0
    colour = options.color == "always" or (options.color == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    sys.stdout.buffer.write(terminal.render(doc, colour=colour).encode())
    return 0


def _explain(options: argparse.Namespace) -> int:
    """Say what is made of one phrase: its records, the rules that made them, what lost against these and why, words of the lexicons."""
    from beritaie.explain import Explainer
    from beritaie.explore import terminal

    nlp = _pipeline(options)
    doc = nlp(options.text, published=options.published)
    explainer = Explainer(doc, nlp)
    explained = 0
    for explanation in explainer.records():
        print(terminal.shown(str(explanation)))
        explained += 1
    if not explained:
        print("no records")
        for proposal in explainer.explain().lost:
            print(terminal.shown(f"  lost: {proposal}"))
    return 0


def _explore(options: argparse.Namespace) -> int:
    """Serve a page on this machine only: search people, organizations, places, amounts and quotes of an archive; Ctrl-C ends it."""
    from beritaie.explore.explorer import serve

    serve(options.archive, options.port, lambda url: print(f"{options.archive} can be explored at {url} (Ctrl-C ends)", flush=True))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    """Compare predicted with gold records: precision, recall and F1 over all articles of GOLD."""
    from beritaie.evaluation import FIGURES, evaluate, read, report

    if options.errors is not None and options.errors not in FIGURES:
        raise SetupError(f"there is no figure {options.errors!r}; known: {', '.join(FIGURES)}")
    gold, predicted = read(options.gold), read(options.predicted)
    missing = {row["id"] for row in gold} - {row["id"] for row in predicted}
    if missing:
        _say(f"{options.predicted}: no prediction for {len(missing)} of {len(gold)} articles, for example {min(missing)!r}")
    figures = evaluate(gold, predicted)
    if options.errors is not None:
        for error in figures[options.errors].errors:
            print(error.article, error.what, error.record, sep="\t")
    elif options.json:
        print(json.dumps({name: figure.to_dict() for name, figure in figures.items()}, indent=1))
    else:
        print(report(figures))
    return 0


def _data_check(options: argparse.Namespace) -> int:
    """Validate the lexicons; each fault is named with file and line."""
    from beritaie.lexicon_check import check, installed, within

    files = [file for path in options.files for file in within(path)] if options.files else installed()
    if not files:
        raise InputError(f"{' '.join(options.files)}: no lexicon (.tsv, .toml) in the folder")
    faults = check(files)
    for fault in faults:
        print(fault)
    _say(f"{len(files)} lexicons, {len(faults)} faults")
    return 1 if faults else 0


def _schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of what extract writes for one article."""
    import msgspec

    from beritaie.records import Document

    print(json.dumps(msgspec.json.schema(Document), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
