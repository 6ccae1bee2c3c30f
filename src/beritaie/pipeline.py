"""``load()`` and ``Pipeline``: the steps in order. Data flows one way:

article -> document -> tokens -> candidates (rules, model) -> resolve -> link -> records
"""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, get_args

import msgspec

from beritaie import lexicon, scores
from beritaie.backends import DEFAULT, Backend
from beritaie.candidates import Candidate
from beritaie.document import Article, OffsetMap
from beritaie.errors import BeritaieError, InputError, SetupError
from beritaie.extractors import abbreviations, heard, money, organizations, people, places, positions, quotes, times
from beritaie.linking import amounts, coreference, relations, speakers
from beritaie.linking import people as persons
from beritaie.linking.organizations import link_organizations
from beritaie.linking.places import link_places
from beritaie.linking.titles import write_canonicals
from beritaie.names import NameSense
from beritaie.records import Abbreviation, Document, Money, Record, Time
from beritaie.resolve import resolve
from beritaie.tokens import Tokens
from beritaie.workers import ordered_map

MAX_LENGTH = 2_000_000  # code points; what is longer is no article, but a file that somebody took for one


class Pipeline:
    """Turns articles into ``Document`` records. Make one with ``beritaie.load``."""

    def __init__(self, model: str, *, not_after: dt.date, max_length: int = MAX_LENGTH, package: str | None = None) -> None:
        self.model = model
        self.package = package
        self.backend = _backend(model, package)
        self._table = scores.table(model) if model in scores.SYSTEMS and package is None else None
        self.not_after = not_after
        self.max_length = max_length

    def __call__(
        self,
        text: str,
        *,
        published: str | dt.date | None = None,
        id: str | None = None,
        title: str | None = None,
        url: str | None = None,
        names: Sequence[Candidate] | None = None,
    ) -> Document:
        """Read one article.

        Args:
            text: the article, plain text.
            published: its publication date, in any form; relative dates are resolved from it.
            id: kept in the document, and so are title and url.
            title: the headline.
            url: the address.
            names: what some other model has found in it, offsets in ``text``; heard in place of the pipeline's own model.

        Raises:
            InputError: the text is no text (not a string, a lone surrogate, too long), or the date cannot be read.
        """
        _check(text, self.max_length)
        article = Article(text, published=published, not_after=self.not_after)
        tokens = Tokens(article.text)
        found, sense = self.candidates(article, tokens, names)
        kept = self.decide(tokens, found, sense, names)

        short_forms = [
            Abbreviation(start=c.start, end=c.end, rule=c.rule, short=c.data["short"], long=c.data["long"]) for c in kept["abbreviation"]
        ]
        year = article.published.year if article.published else None
        who = persons.link(tokens, kept["person"], kept["position"], sense, year)
        bodies = link_organizations(tokens, kept["organization"], short_forms, kept["place"])
        said = speakers.link(tokens, kept["quote"], who, bodies)
        who, open_mentions = coreference.link(tokens, who, said)
        records: dict[str, Any] = {
            "people": write_canonicals(who, bodies),
            "ambiguities": open_mentions,
            "organizations": bodies,
            "places": link_places(tokens, kept["place"]),
            "money": [
                Money(id=f"m{n}", start=c.start, end=c.end, text=article.text[c.start : c.end], rule=c.rule, **c.data)
                for n, c in enumerate(kept["money"], 1)
            ],
            "times": [
                Time(id=f"t{n}", start=c.start, end=c.end, text=article.text[c.start : c.end], rule=c.rule, **c.data)
                for n, c in enumerate(kept["time"], 1)
            ],
            "quotes": said,
            "abbreviations": [
                msgspec.structs.replace(form, long=_long_as_written(candidate, article))
                for form, candidate in zip(short_forms, kept["abbreviation"], strict=True)
            ],
        }
        read = Document(text=article.text, **records)
        records["relations"] = relations.link(tokens, read) + amounts.link(tokens, read)
        in_source: dict[str, Any] = {
            kind: tuple(group if article.text == text else [_in_source(record, article.to_source, text) for record in group])
            for kind, group in records.items()
        }
        return Document(
            text=text,
            id=id,
            title=title,
            url=url,
            published=article.published,
            not_after=article.not_after,
            dateline=article.dateline,
            byline=article.byline,
            skipped=article.skipped,
            issues=article.issues,
            **in_source,
        )

    def candidates(self, article: Article, tokens: Tokens, names: Sequence[Candidate] | None = None) -> tuple[list[Candidate], NameSense]:
        """Return what rules and model propose, before any decision, and what is known of the names; ``names`` as for a call."""
        found = abbreviations.find(tokens)
        found += money.find(tokens)
        found += times.find(tokens, article)
        found += quotes.find(tokens)
        found += organizations.find(tokens, found)
        found += places.find(tokens, article, found)
        sense = NameSense(tokens, found)
        if names is not None:
            sense.hear(_in_tokens(names, article, tokens))
        elif self.backend is not None:
            sense.hear(self.backend.annotate([tokens])[0])
        found += positions.find(tokens, found, sense)
        found += people.find(tokens, found, sense)
        found += heard.find(tokens, found, sense)
        return found, sense

    def decide(
        self, tokens: Tokens, found: list[Candidate], sense: NameSense, names: Sequence[Candidate] | None = None
    ) -> dict[str, list[Candidate]]:
        """Return the candidates that stand, by kind, names with their scores; ``names`` as for a call."""
        kept = resolve(found)
        scores.rate(tokens, kept, sense, self._table if names is None else None)
        return kept

    def pipe(
        self,
        articles: Iterable[str | Mapping[str, Any]],
        *,
        workers: int = 1,
        timeout: float | None = None,
        max_memory: int | None = None,
    ) -> Iterator[Document]:
        """Read a stream of articles; yields one ``Document`` for each, in order, whatever happens.

        Args:
            articles: texts, or mappings with ``text`` and, if known, ``id``, ``published``, ``title``, ``url``; other keys are passed over.
            workers: the number of processes; each loads the pipeline once. Articles are read only a little ahead.
            timeout: the longest time for one article, in seconds; what takes longer is tried once more, by itself.
            max_memory: the most memory of a worker process, in bytes of address space; what needs more is tried once more, by itself.

        An article that cannot be processed gives a ``Document`` whose ``error`` says why. Without limits, one worker is this process;
        with a limit, or more workers, an article costs itself alone even where it ends its process.

        Raises:
            InputError: ``articles`` is one article, not a stream of them.
        """
        if isinstance(articles, (str, Mapping)):
            raise InputError("pipe reads a stream of articles; give one article to nlp(text, published=...), or put it into a list")
        if workers <= 1 and timeout is None and max_memory is None:
            yield from map(self.read, articles)
            return
        rows = (dict(article) if isinstance(article, Mapping) else article for article in articles)
        decoder = msgspec.msgpack.Decoder(Document)
        make = partial(_packing_reader, self.loader())
        limits: dict[str, Any] = {"timeout": timeout, "max_memory": max_memory}
        for packed in ordered_map(make, rows, workers=max(1, workers), lost=packed_failure, method=self.start_method, **limits):
            yield decoder.decode(packed)

    def warm(self) -> Pipeline:
        """Read the lexicons, which are read at first use, and return the pipeline: a limit of memory set now is one for articles."""
        self.read("Bupati Garut tiba.")
        return self

    def loader(self) -> Callable[[], Pipeline]:
        """Return what loads this pipeline, warm, in another process; can be pickled."""
        lexicons = lexicon.extension()
        return partial(
            _load_warm, self.model, not_after=self.not_after, max_length=self.max_length, package=self.package, lexicons=lexicons
        )

    @property
    def start_method(self) -> str | None:
        """How worker processes are started, in the words of ``multiprocessing`` (None: as usual). PyTorch's threads survive no fork."""
        return "spawn" if "torch" in sys.modules and self.model not in (DEFAULT, "rules") else None

    def read(self, article: str | Mapping[str, Any], names: Sequence[Candidate] | None = None) -> Document:
        """Read one article as ``pipe`` does: never raises, a failure is told in the document's ``error``. ``names`` as for a call."""
        try:
            row: Mapping[str, Any] = {"text": article} if isinstance(article, str) else article
            if not isinstance(row, Mapping):
                raise InputError(f"the article is a {type(row).__name__}, neither a text nor a mapping with 'text'")
            if "text" not in row:
                raise InputError(f"the article has no 'text'; it has {', '.join(map(repr, row)) or 'nothing'}")
            fields = {key: _encodable(row[key]) for key in ("id", "title", "url") if row.get(key) is not None}
            return self(row["text"], published=row.get("published"), names=names, **fields)
        except BeritaieError as error:
            return failed(article, str(error))
        except Exception as error:
            return failed(article, f"{type(error).__name__}: {error}")


def failed(article: str | Mapping[str, Any], reason: str) -> Document:
    """Return the document of an article that could not be processed: its text, as far as it is one, and the reason."""
    row: Mapping[str, Any] = article if isinstance(article, Mapping) else {"text": article}
    text, id = row.get("text"), row.get("id")
    return Document(text=_encodable(text) if isinstance(text, str) else "", id=None if id is None else _encodable(id), error=reason)


def _encodable(value: object) -> str:
    """Return the value as a string of whole characters."""
    return str(value).encode("utf-8", "replace").decode()


def _check(text: object, max_length: int) -> None:
    if not isinstance(text, str):
        raise InputError(f"the text is a {type(text).__name__}, not a string")
    if len(text) > max_length:
        raise InputError(f"the text has {len(text):,} characters, an article at most {max_length:,}; split it, or raise max_length")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        code = f"U+{ord(text[error.start]):04X}"
        raise InputError(
            f"character {error.start} of the text is a lone surrogate ({code}), half of a character; repair the source"
        ) from error


def _in_tokens(names: Sequence[Candidate], article: Article, tokens: Tokens) -> list[Candidate]:
    """Move names from offsets of the source to whole tokens of the cleaned text; what was cleaned away is left out."""
    places = [article.to_source(start, end) for start, end in zip(tokens.start, tokens.end, strict=True)]
    starts, ends = [start for start, _ in places], [end for _, end in places]
    moved = []
    for name in names:
        first, last = bisect_right(ends, name.start), bisect_left(starts, name.end) - 1
        if first <= last:
            moved.append(msgspec.structs.replace(name, start=tokens.start[first], end=tokens.end[last]))
    return moved


def _load_warm(model: str, **settings: Any) -> Pipeline:
    return load(model, **settings).warm()


def _packing_reader(loading: Callable[[], Pipeline]) -> Callable[[str | Mapping[str, Any]], bytes]:
    """Return, in a worker, the function that reads one article and packs its document."""
    return packing(loading())


def packing(nlp: Pipeline) -> Callable[[str | Mapping[str, Any]], bytes]:
    """Return the function that reads one article as ``Pipeline.read`` does, in MessagePack; it raises MemoryError, and nothing else."""
    encoder = msgspec.msgpack.Encoder()

    def read(article: str | Mapping[str, Any]) -> bytes:
        doc = nlp.read(article)
        if doc.error is not None and doc.error.startswith("MemoryError"):
            raise MemoryError  # worth another try, in a fresh process
        return encoder.encode(doc)

    return read


def packed_failure(article: str | Mapping[str, Any], reason: str) -> bytes:
    """Return the document of ``failed`` in MessagePack."""
    return msgspec.msgpack.encode(failed(article, reason))


def _long_as_written(candidate: Candidate, article: Article) -> str:
    """Return a long form with the words glued that the article glues (``Komisi PemberantasanKorupsi``); other repairs stand."""
    long: str = candidate.data["long"]
    start, end = article.to_source(candidate.data["long_start"], candidate.data["long_end"])
    written = " ".join(article.source[start:end].split())
    return written if written.replace(" ", "") == long.replace(" ", "") else long


def _in_source(record: Any, to_source: OffsetMap, source: str) -> Any:
    """Return the record with every span moved from the cleaned text to the source."""
    kind: type[Record] = type(record)
    nested, spans, texts = _where(kind)
    changes: dict[str, Any] = {}
    for name in nested:
        value = getattr(record, name)
        if isinstance(value, tuple):
            if value:
                changes[name] = tuple([_in_source(item, to_source, source) for item in value])
        elif value is not None:
            changes[name] = _in_source(value, to_source, source)
    if spans:
        start, end = to_source(record.start, record.end)
        if start != record.start or end != record.end:
            changes["start"], changes["end"] = start, end
        if texts and (text := source[start:end]) != record.text:
            changes["text"] = text
    return msgspec.structs.replace(record, **changes) if changes else record


@cache
def _where(kind: type[Record]) -> tuple[tuple[str, ...], bool, bool]:
    """Return which fields of a kind of record hold records, and whether it has a span and its text."""
    names = kind.__struct_fields__
    nested = tuple(field.name for field in msgspec.structs.fields(kind) if _holds_records(field.type))
    return nested, "start" in names, "start" in names and "text" in names


def _holds_records(hint: Any) -> bool:
    return (isinstance(hint, type) and issubclass(hint, Record)) or any(map(_holds_records, get_args(hint)))


def load(
    model: str = DEFAULT,
    *,
    not_after: str | dt.date | None = None,
    max_length: int = MAX_LENGTH,
    package: str | None = None,
    lexicons: str | Path | None = None,
) -> Pipeline:
    """Load a pipeline; never touches the network.

    Args:
        model: what is heard beside the rules and lexicons. ``"berita-crf"``: the small model that comes with the package; ``"rules"``:
            none; ``"stanza"``: the shipped Stanza models (needs ``beritaie[stanza]``); or the folder of a spaCy pipeline of your own.
        not_after: the day (``YYYY-MM-DD``) after which no article can have been written (default: the day of the run, taken here,
            once); decides between years where only weekday and day are given.
        max_length: the longest text to read, in code points.
        package: with ``"stanza"``, an official package on this machine (``"gsd"``) in place of the shipped tokenizer.
        lexicons: a folder of your own words, in files named and laid out as the shipped lexicons (``offices.tsv``); they go before these,
            for the whole process, so that the first ``load`` has to name them.

    Raises:
        SetupError: there is no such model or folder, the date is none, or the lexicons were read before.
        LexiconError: a file of ``lexicons`` is none; names it and the fault.
    """
    if lexicons is not None:
        lexicon.extend(lexicons)
    if isinstance(not_after, str):
        try:
            not_after = dt.date.fromisoformat(not_after)
        except ValueError as error:
            raise SetupError(f"not_after is {not_after!r}, not a day written YYYY-MM-DD") from error
    elif isinstance(not_after, dt.datetime):
        not_after = not_after.date()
    elif not_after is not None and not isinstance(not_after, dt.date):
        raise SetupError(f"not_after is a {type(not_after).__name__}, neither a date nor a day written YYYY-MM-DD")
    return Pipeline(model, not_after=not_after or dt.date.today(), max_length=max_length, package=package)


def _backend(model: str, package: str | None) -> Backend | None:
    """Return the entity model of this name or in this folder, None for rules alone."""
    if model == "stanza":
        from beritaie.backends import stanza_model

        return stanza_model.load(package)
    if package is not None:
        raise SetupError(f"package={package!r} names a package of Stanza's; it goes with the model 'stanza'")
    if model == "rules":
        return None
    if model == DEFAULT:
        from beritaie.backends import crf

        return crf.load()
    if Path(model).is_dir():
        from beritaie.backends import spacy_model

        return spacy_model.load(model)
    raise SetupError(f"there is no model {model!r}; known: {DEFAULT}, rules, stanza, or the folder of a spaCy pipeline")
