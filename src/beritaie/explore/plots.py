"""Charts of an archive, with Altair: one function each; each takes documents and returns the chart, to be shown or saved.

Nothing is loaded from the network to make a chart; a notebook shows it with the renderer that it has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from beritaie.errors import SetupError
from beritaie.lexicon import rows
from beritaie.records import Document
from beritaie.tokens import Tokens

if TYPE_CHECKING:
    import altair

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WIDTH = 640
_UNNAMED = "(none named)"


class _Named(NamedTuple):
    """A mention by name of a person or an organization."""

    start: int
    end: int
    name: str
    kind: str


class _Article:
    """An article by sentences."""

    def __init__(self, doc: Document) -> None:
        tokens = Tokens(doc.text)
        self.doc = doc
        self.day = doc.published
        self._starts = [tokens.start[first] for first, _ in tokens.sentences]
        self.named = sorted(
            [_Named(m.start, m.end, person.name, "person") for person in doc.people for m in person.mentions if m.kind == "name"]
            + [
                _Named(m.start, m.end, body.canonical or body.name, "organization")
                for body in doc.organizations
                if not body.generic
                for m in body.mentions
                if m.kind == "name"
            ]
        )
        self._by_sentence: dict[int, list[_Named]] = {}
        for item in self.named:
            self._by_sentence.setdefault(self.sentence_number(item.start), []).append(item)

    def sentence_number(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def sentence(self, offset: int) -> str:
        number = max(0, self.sentence_number(offset))
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.doc.text)
        text = " ".join(self.doc.text[self._starts[number] if self._starts else 0 : end].split())
        return text if len(text) <= 300 else text[:297] + "..."

    def beside(self, offset: int, kind: str | None = None) -> list[_Named]:
        """Return who is named in the sentence of an offset, the nearest first."""
        found = [item for item in self._by_sentence.get(self.sentence_number(offset), ()) if kind in (None, item.kind)]
        return sorted(found, key=lambda item: abs(item.start - offset))

    def sentences(self) -> Iterator[list[_Named]]:
        """Yield who is named together, sentence by sentence."""
        yield from self._by_sentence.values()

    @property
    def label(self) -> str:
        return self.doc.title or self.doc.id or ""


def timeline(docs: Iterable[Document], *, top: int = 12) -> altair.Chart:
    """Return when people and organizations are spoken of: one row each, a circle at each day that stands in a sentence with them.

    Args:
        docs: the documents.
        top: how many names, the most dated first.
    """
    alt = _altair()
    dated = [
        {"name": item.name, "kind": item.kind, "day": time.value, "said": time.text, "sentence": article.sentence(time.start)}
        for article in map(_Article, docs)
        for time in article.doc.times
        if time.type == "DATE" and _DAY.fullmatch(time.value)
        for item in {(other.name, other.kind): other for other in article.beside(time.start)}.values()
    ]
    names = _most((row["name"] for row in dated), top)
    return (
        alt.Chart(_data(alt, [row for row in dated if row["name"] in names]), title="Dated mentions")
        .mark_circle(size=80)
        .encode(
            x=alt.X("day:T", title=None),
            y=alt.Y("name:N", sort=names, title=None),
            color=alt.Color("kind:N", title=None),
            tooltip=["name:N", "day:T", "said:N", "sentence:N"],
        )
        .properties(width=_WIDTH)
    )


def money(docs: Iterable[Document], *, currency: str = "IDR", top: int = 8) -> altair.Chart:
    """Return the amounts of an archive over the days of publication, by the organization named nearest in the sentence; log scale.

    Args:
        docs: the documents; those without a publication date are left out.
        currency: the ISO 4217 code of the amounts to show.
        top: how many organizations get a colour of their own.
    """
    alt = _altair()
    amounts: list[dict[str, Any]] = []
    for article in map(_Article, docs):
        for amount in article.doc.money:
            if amount.currency != currency or article.day is None or amount.low <= 0:
                continue
            beside = article.beside(amount.start, "organization")
            amounts.append(
                {
                    "day": article.day.isoformat(),
                    "amount": float(amount.low),  # a position on a log scale; the exact amount is the text
                    "text": amount.text,
                    "organization": beside[0].name if beside else _UNNAMED,
                    "article": article.label,
                    "sentence": article.sentence(amount.start),
                }
            )
    names = _most((row["organization"] for row in amounts if row["organization"] != _UNNAMED), top)
    for row in amounts:
        row["shown"] = row["organization"] if row["organization"] in names else "others" if row["organization"] != _UNNAMED else _UNNAMED
    return (
        alt.Chart(_data(alt, amounts), title=f"Amounts in {currency}")
        .mark_circle(size=90, opacity=0.75)
        .encode(
            x=alt.X("day:T", title="published"),
            y=alt.Y("amount:Q", scale=alt.Scale(type="log"), axis=alt.Axis(format="~s"), title=currency),
            color=alt.Color("shown:N", title="organization", sort=[*names, "others", _UNNAMED]),
            tooltip=["text:N", "organization:N", "day:T", "article:N", "sentence:N"],
        )
        .properties(width=_WIDTH, height=360)
    )


def speakers(docs: Iterable[Document], *, top: int = 15, about: int = 8) -> altair.Chart:
    """Return who is quoted most, and about whom: a bar for each speaker, by the people and bodies that the words name (or, where
    they name none, the sentence).

    Args:
        docs: the documents.
        top: how many speakers.
        about: how many of those spoken of get a colour of their own.
    """
    alt = _altair()
    said: Counter[tuple[str, str]] = Counter()
    for doc in docs:
        article = _Article(doc)
        names = {person.id: person.name for person in doc.people} | {body.id: body.canonical or body.name for body in doc.organizations}
        for quote in doc.quotes:
            if quote.speaker is None:
                continue
            speaker = names.get(quote.speaker_id or "", quote.speaker)
            inside = [item for item in article.named if quote.start <= item.start < quote.end]
            spoken_of = {item.name for item in inside or article.beside(quote.start)} - {speaker}
            said.update((speaker, name) for name in spoken_of or {_UNNAMED})
    totals: Counter[str] = Counter()
    subjects: Counter[str] = Counter()
    for (speaker, name), count in said.items():
        totals[speaker] += count
        subjects[name] += count * (name != _UNNAMED)
    names_shown = [name for name, count in _ordered(totals)[:top]]
    subjects_shown = [name for name, count in _ordered(subjects)[:about] if count]
    data: Counter[tuple[str, str]] = Counter()
    for (speaker, name), count in said.items():
        if speaker in names_shown:
            data[speaker, name if name in subjects_shown or name == _UNNAMED else "others"] += count
    return (
        alt.Chart(
            _data(alt, [{"speaker": speaker, "about": name, "quotes": count} for (speaker, name), count in data.items()]),
            title="Who speaks, and about whom",
        )
        .mark_bar()
        .encode(
            x=alt.X("quotes:Q", title="quotes", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("speaker:N", sort=names_shown, title=None),
            color=alt.Color("about:N", sort=[*subjects_shown, "others", _UNNAMED]),
            tooltip=["speaker:N", "about:N", "quotes:Q"],
        )
        .properties(width=_WIDTH)
    )


def network(docs: Iterable[Document], *, top: int = 40, seed: int = 1) -> altair.LayerChart:
    """Return who is named with whom in one sentence: people and organizations as points, joined by lines, near where they are joined much.

    Args:
        docs: the documents.
        top: how many names, the most mentioned.
        seed: of the layout; the same seed gives the same picture.
    """
    alt = _altair()
    try:
        import networkx
    except ImportError as error:
        raise SetupError("a network needs networkx: pip install 'beritaie[explore]'") from error
    mentions: Counter[tuple[str, str]] = Counter()
    together: Counter[tuple[tuple[str, str], tuple[str, str]]] = Counter()
    for article in map(_Article, docs):
        for sentence in article.sentences():
            names = sorted({(item.name, item.kind) for item in sentence})
            mentions.update(names)
            together.update((one, other) for at, one in enumerate(names) for other in names[at + 1 :])
    joined = {node for pair in together for node in pair}
    shown = {node for node, _ in [item for item in _ordered(mentions) if item[0] in joined][:top]}
    graph = networkx.Graph()
    graph.add_nodes_from(sorted(shown))
    graph.add_weighted_edges_from(
        (one, other, count) for (one, other), count in sorted(together.items()) if one in shown and other in shown
    )
    places = networkx.spring_layout(graph, seed=seed, k=2.2 / max(1, len(graph)) ** 0.5) if len(graph) else {}
    nodes = [
        {"name": name, "kind": kind, "mentions": mentions[name, kind], "x": float(places[name, kind][0]), "y": float(places[name, kind][1])}
        for name, kind in sorted(shown)
    ]
    edges = [
        {
            "x": float(places[one][0]), "y": float(places[one][1]), "x2": float(places[other][0]), "y2": float(places[other][1]),
            "between": f"{one[0]} – {other[0]}", "sentences": weight,
        }
        for one, other, weight in graph.edges(data="weight")
    ]  # fmt: skip
    bare = {"axis": None, "scale": alt.Scale(nice=False, padding=30)}
    lines = (
        alt.Chart(_data(alt, edges))
        .mark_rule(color="#999", opacity=0.6)
        .encode(
            x=alt.X("x:Q", **bare), y=alt.Y("y:Q", **bare), x2="x2:Q", y2="y2:Q",
            strokeWidth=alt.StrokeWidth("sentences:Q", legend=None, scale=alt.Scale(range=[0.8, 5])), tooltip=["between:N", "sentences:Q"],
        )
    )  # fmt: skip
    points = alt.Chart(_data(alt, nodes)).encode(x=alt.X("x:Q", **bare), y=alt.Y("y:Q", **bare))
    circles = points.mark_circle(opacity=0.9).encode(
        size=alt.Size("mentions:Q", legend=None, scale=alt.Scale(range=[60, 600])),
        color=alt.Color("kind:N", title=None),
        tooltip=["name:N", "kind:N", "mentions:Q"],
    )
    labels = points.mark_text(dy=-14, fontSize=10, limit=150).encode(text="name:N")
    return alt.layer(lines, circles, labels).properties(width=_WIDTH, height=_WIDTH, title="Named together").configure_view(stroke=None)


def regions(docs: Iterable[Document]) -> altair.Chart:
    """Return in how many articles each province is spoken of, by the official codes of places and organizations."""
    alt = _altair()
    provinces = {row["code"]: row["name"] for row in rows("regions") if len(row["code"]) == 2}
    articles: Counter[str] = Counter()
    for doc in docs:
        codes = {place.code for place in doc.places} | {body.region_code for body in doc.organizations}
        articles.update({code[:2] for code in codes if code and code[:2] in provinces})
    data = [{"code": code, "province": f"{provinces[code]} ({code})", "articles": count} for code, count in articles.items()]
    return (
        alt.Chart(_data(alt, data), title="Articles by province")
        .mark_bar()
        .encode(
            x=alt.X("articles:Q", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("province:N", sort="-x", title=None),
            tooltip=["province:N", "articles:Q"],
        )
        .properties(width=_WIDTH)
    )


def _altair() -> Any:
    try:
        import altair
    except ImportError as error:
        raise SetupError("charts need Altair: pip install 'beritaie[explore]'") from error
    return altair


def _data(alt: Any, data: list[dict[str, Any]]) -> Any:
    return alt.Data(values=data)


def _ordered(counts: Counter[Any]) -> list[tuple[Any, int]]:
    """Return the counts, the highest first, then by name, so that a chart is the same each time."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _most(names: Iterable[str], top: int) -> list[str]:
    return [name for name, _ in _ordered(Counter(names))[:top]]
