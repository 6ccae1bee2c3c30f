"""``load()`` and ``Pipeline``: the steps in order. Data flows one way:

article -> document -> tokens -> candidates (rules, model) -> resolve -> link -> records
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from beritaie.document import Article, OffsetMap
from beritaie.extractors import abbreviations, money, organizations, people, places, quotes, times
from beritaie.link import bodies, speakers
from beritaie.link import people as persons
from beritaie.records import Abbreviation, Document, Money, Record, Time
from beritaie.resolve import resolve
from beritaie.tokens import Tokens


class Pipeline:
    """Turns articles into ``Document`` records. Make one with ``beritaie.load``."""

    def __init__(self, *, not_after: dt.date | None = None) -> None:
        self.not_after = not_after

    def __call__(
        self,
        text: str,
        *,
        published: str | dt.date | None = None,
        id: str | None = None,
        title: str | None = None,
        url: str | None = None,
    ) -> Document:
        """Read one article.

        Args:
            text: the article, plain text.
            published: its publication date, in any form; relative dates are resolved from it.
            id, title, url: kept in the document.
        """
        article = Article(text, published=published, not_after=self.not_after)
        tokens = Tokens(article.text)
        found = abbreviations.find(tokens)
        found += money.find(tokens)
        found += times.find(tokens, article)
        found += quotes.find(tokens)
        found += organizations.find(tokens, found)
        found += places.find(tokens, article)
        found += people.find(tokens, found)
        kept = resolve(found)

        short_forms = [Abbreviation(start=c.start, end=c.end, rule=c.rule, **c.data) for c in kept["abbreviation"]]
        who = persons.link(tokens, kept["person"], kept["position"])
        bodies_found = bodies.link_organizations(tokens, kept["organization"], short_forms)
        records = {
            "people": who,
            "organizations": bodies_found,
            "places": bodies.link_places(tokens, kept["place"]),
            "money": [Money(start=c.start, end=c.end, text=article.text[c.start : c.end], rule=c.rule, **c.data) for c in kept["money"]],
            "times": [Time(start=c.start, end=c.end, text=article.text[c.start : c.end], rule=c.rule, **c.data) for c in kept["time"]],
            "quotes": speakers.link(tokens, kept["quote"], who, bodies_found),
            "abbreviations": short_forms,
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
            **{kind: tuple(_in_source(record, article.to_source, text) for record in group) for kind, group in records.items()},
        )


def _in_source(record: Any, to_source: OffsetMap, source: str) -> Any:
    """Return the record with every span moved from the cleaned text to the source."""
    changes: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, Record):
            changes[name] = _in_source(value, to_source, source)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changes[name] = tuple(_in_source(item, to_source, source) for item in value)
    if "start" in record.__struct_fields__:
        changes["start"], changes["end"] = to_source(record.start, record.end)
        if "text" in record.__struct_fields__:
            changes["text"] = source[changes["start"] : changes["end"]]
    if not changes:
        return record
    return type(record)(**{name: changes.get(name, getattr(record, name)) for name in record.__struct_fields__})


def load(model: str = "rules", *, not_after: dt.date | None = None) -> Pipeline:
    """Load a pipeline; never touches the network.

    Args:
        model: ``"rules"`` for rules and lexicons alone.
        not_after: the day after which no article can have been written (default: the day of the run); decides between
            years where only weekday and day are given.
    """
    return Pipeline(not_after=not_after)
