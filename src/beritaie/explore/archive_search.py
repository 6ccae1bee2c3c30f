"""Questions to an archive in DuckDB (as ``extract -o OUT.duckdb`` writes it): who, which body, which place, which amount, said where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from beritaie.columns import TABLES, document
from beritaie.errors import InputError, SetupError
from beritaie.records import Document

KINDS = ("person", "organization", "place", "money", "quote")
PAGE = 50  # hits
_AROUND = 90  # characters of the text shown on either side of a hit


class Query(NamedTuple):
    """What is asked. ``text``: part of a name (of a speaker, or of what is said); ``office``: part of a person's office, body or region;
    ``since``, ``until``: first and last day of publication; ``least``, ``most``: bounds of an amount in ``currency`` (ISO 4217).
    """

    kind: str = "person"
    text: str = ""
    office: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str = "IDR"
    page: int = 1


class Hit(NamedTuple):
    """Where a query is answered: the record in words, and the text before, at and after it."""

    article_id: str
    published: dt.date | None
    title: str | None
    name: str
    note: str
    before: str
    at: str
    after: str
    start: int


def query(given: Mapping[str, str]) -> Query:
    """Read a query from the fields of a form.

    Raises:
        InputError: a field cannot be read; names it.
    """
    kind = given.get("kind", "person")
    if kind not in KINDS:
        raise InputError(f"kind is {kind!r}; known: {', '.join(KINDS)}")

    def day(name: str) -> dt.date | None:
        value = given.get(name, "").strip()
        try:
            return dt.date.fromisoformat(value) if value else None
        except ValueError as error:
            raise InputError(f"{name} is {value!r}, not a day written YYYY-MM-DD") from error

    def number(name: str) -> Decimal | None:
        value = given.get(name, "").strip().replace("_", "")
        try:
            amount = Decimal(value) if value else None
        except InvalidOperation as error:
            raise InputError(f"{name} is {value!r}, not a number such as 200000000") from error
        if amount is not None and not amount.is_finite():
            raise InputError(f"{name} is {value!r}, not a number such as 200000000")
        return amount

    page = given.get("page", "1")
    return Query(
        kind=kind,
        text=given.get("q", "").strip(),
        office=given.get("office", "").strip(),
        since=day("since"),
        until=day("until"),
        least=number("least"),
        most=number("most"),
        currency=given.get("currency", "").strip().upper() or "IDR",
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
    )


_OFFICES = (
    "(SELECT string_agg(concat_ws(', ', concat_ws(' ', o.status, o.title), o.organization, o.place), '; ')"
    " FROM positions o WHERE o.article_id = l.article_id AND o.person_id = l.id)"
)


class ArchiveSearch:
    """An open archive. Opened for reading only; each question uses a cursor of its own, so that threads may ask at once."""

    def __init__(self, path: str) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise SetupError("an archive in DuckDB needs duckdb: pip install 'beritaie[archive]'") from error
        try:
            self._base = duckdb.connect(path, read_only=True, config={"enable_external_access": False})
            tables = {name for (name,) in self._base.execute("SELECT table_name FROM information_schema.tables").fetchall()}
        except duckdb.Error as error:
            raise SetupError(f"{path} cannot be opened as a DuckDB database: {str(error).splitlines()[0]}") from error
        if missing := TABLES.keys() - tables:
            raise SetupError(f"{path} is no archive of records: it lacks the table {min(missing)!r}; make one with extract -o OUT.duckdb")

    def close(self) -> None:
        """Close the archive."""
        self._base.close()

    def counts(self) -> dict[str, int]:
        """Return how many rows each table holds."""
        cursor = self._base.cursor()
        return {name: cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}  # type: ignore[index]

    def search(self, asked: Query) -> tuple[list[Hit], int]:
        """Return one page of hits, the newest articles first, and how many there are in all."""
        inner, values = _sql(asked)
        cursor = self._base.cursor()
        (total,) = cursor.execute(f"SELECT count(*) FROM ({inner})", values).fetchone() or (0,)
        return list(self._hits(asked, PAGE, (asked.page - 1) * PAGE)), total

    def all(self, asked: Query, limit: int = 100_000) -> Iterator[Hit]:
        """Yield all hits, as many as ``limit``."""
        yield from self._hits(asked, limit, 0)

    def _hits(self, asked: Query, limit: int, offset: int) -> Iterator[Hit]:
        inner, values = _sql(asked)
        order = "ORDER BY {0}.published DESC NULLS LAST, {0}.article_id, {0}.id"
        # The page is cut first; only its rows need the place in the text, and the text itself.
        page = f"SELECT * FROM ({inner}) i {order.format('i')} LIMIT ? OFFSET ?"
        place = ""
        if asked.kind in ("person", "organization", "place"):
            place = f"LEFT JOIN mentions m ON m.article_id = p.article_id AND m.record = '{asked.kind}' AND m.record_id = p.id"
        start = "min(m.start)" if place else "min(p.start)"
        stop = 'arg_min(m."end", m.start)' if place else "min(p.stop)"
        located = (
            f"SELECT p.article_id, p.published, p.name, p.note, p.id, {start} AS start, {stop} AS stop FROM page p {place}"
            " GROUP BY p.article_id, p.published, p.name, p.note, p.id"
        )
        sql = (
            f"WITH page AS MATERIALIZED ({page}), located AS ({located})"
            f" SELECT l.article_id, l.published, a.title, l.name, {_OFFICES if asked.kind == 'person' else 'l.note'},"
            f" substring(a.text, greatest(l.start - {_AROUND}, 0) + 1, least(l.start, {_AROUND})),"
            " substring(a.text, l.start + 1, l.stop - l.start),"
            f" substring(a.text, l.stop + 1, {_AROUND}), l.start"
            f" FROM located l JOIN articles a USING (article_id) {order.format('l')}"
        )
        cursor = self._base.cursor().execute(sql, [*values, limit, offset])
        while rows := cursor.fetchmany(1000):
            for article_id, published, title, name, note, before, at, after, start_ in rows:
                yield Hit(article_id, published, title, name, note or "", before or "", at or "", after or "", start_ or 0)

    def article(self, article_id: str) -> Document | None:
        """Return an article with its records, None where there is no such article."""
        cursor = self._base.cursor()
        tables: dict[str, list[dict[str, Any]]] = {}
        for name, columns in TABLES.items():
            selected = ", ".join(f'"{column.name}"' for column in columns)
            rows = cursor.execute(f"SELECT {selected} FROM {name} WHERE article_id = ? ORDER BY rowid", [article_id]).fetchall()
            tables[name] = [dict(zip((column.name for column in columns), row, strict=True)) for row in rows]
        return document(tables) if tables["articles"] else None


def _sql(asked: Query) -> tuple[str, list[Any]]:
    """Return the question as SQL over one kind of record (article_id, published, name, note, id, start, stop), with its values."""
    where, values = ["true"], list[Any]()

    def add(condition: str, *more: Any) -> None:
        where.append(condition)
        values.extend(more)

    text = _like(asked.text)
    if asked.kind == "person":
        select = "r.name, NULL AS note, r.id, NULL AS start, NULL AS stop FROM people r"
        if asked.text:
            add("r.name ILIKE ? ESCAPE '\\'", text)
        if asked.office:
            add(
                "EXISTS (SELECT 1 FROM positions o WHERE o.article_id = r.article_id AND o.person_id = r.id"
                " AND concat_ws(' ', o.status, o.title, o.canonical, o.organization, o.place) ILIKE ? ESCAPE '\\')",
                _like(asked.office),
            )
    elif asked.kind == "organization":
        select = "r.name, concat_ws(', ', r.canonical, r.kind) AS note, r.id, NULL AS start, NULL AS stop FROM organizations r"
        if asked.text:
            add("concat_ws(' ', r.name, r.canonical) ILIKE ? ESCAPE '\\'", text)
    elif asked.kind == "place":
        select = "r.name, concat_ws(', ', r.canonical, r.level, r.code) AS note, r.id, NULL AS start, NULL AS stop FROM places r"
        if asked.text:
            add("concat_ws(' ', r.name, r.canonical) ILIKE ? ESCAPE '\\'", text)
    elif asked.kind == "money":
        select = (
            "r.text AS name, concat_ws(' ', r.currency, format('{:,}', CAST(r.low AS HUGEINT)), r.qualifier, 'per ' || r.per) AS note,"
            ' r.id, r.start, r."end" AS stop FROM money r'
        )
        add("r.currency = ?", asked.currency)
        if asked.least is not None:
            add("r.high >= CAST(? AS DECIMAL(38, 4))", str(asked.least))
        if asked.most is not None:
            add("r.low <= CAST(? AS DECIMAL(38, 4))", str(asked.most))
        if asked.text:
            add(
                "(EXISTS (SELECT 1 FROM organizations o WHERE o.article_id = r.article_id AND concat_ws(' ', o.name, o.canonical) ILIKE ?"
                " ESCAPE '\\') OR EXISTS (SELECT 1 FROM people o WHERE o.article_id = r.article_id AND o.name ILIKE ? ESCAPE '\\'))",
                text,
                text,
            )
    else:
        select = "coalesce(r.speaker, '') AS name, r.kind AS note, r.id, r.start, r.\"end\" AS stop FROM quotes r"
        if asked.text:
            add("(contains(lower(r.speaker), lower(?)) OR contains(lower(r.text), lower(?)))", asked.text, asked.text)
    if asked.since is not None:
        add("a.published >= ?", asked.since)
    if asked.until is not None:
        add("a.published <= ?", asked.until)
    return f"SELECT r.article_id, a.published, {select} JOIN articles a USING (article_id) WHERE {' AND '.join(where)}", values


def _like(text: str) -> str:
    """Return a pattern that finds the text anywhere, its own wildcards taken as they stand."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
