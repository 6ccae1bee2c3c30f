"""Records as data frames, one for each of the tables of ``columns``: pandas, and on request polars or Arrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, overload

from beritaie import arrow
from beritaie.columns import TABLES, ColumnType, Keys, Row, rows
from beritaie.errors import InputError, SetupError
from beritaie.records import Document

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Library = Literal["pandas", "polars", "arrow"]
# Pandas has no decimals of its own: amounts are Python's, exact.
_TYPES: dict[ColumnType, Any] = {
    "string": "string",
    "strings": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "decimal": "object",
}


@overload
def tables(docs: Iterable[Document], as_: Literal["pandas"] = "pandas") -> dict[str, pandas.DataFrame]: ...
@overload
def tables(docs: Iterable[Document], as_: Literal["polars"]) -> dict[str, polars.DataFrame]: ...
@overload
def tables(docs: Iterable[Document], as_: Literal["arrow"]) -> dict[str, pyarrow.Table]: ...


def tables(docs: Iterable[Document], as_: Library = "pandas") -> dict[str, Any]:
    """Return the records of documents as data frames, by the name of the table.

    The tables are ``articles``, ``people``, ``positions``, ``mentions``, ``organizations``, ``places``, ``money``, ``times``, ``quotes``,
    ``abbreviations``, ``relations``, ``ambiguities`` and ``skipped``; each has the columns that ``beritaie.columns.TABLES`` says, in that
    order, also when it has no rows. The first, ``article_id``, is the document's id, or one made of its content; a second document of the
    same id is ``ID#2``. With a record's ``id`` it joins ``mentions`` (``record_id``), ``positions`` (``person_id``) and the rest.
    ``start`` and ``end`` are code points of the article's text.

    Args:
        docs: the documents.
        as_: ``"pandas"``: nullable integers, numbers and booleans, days as ``datetime64[s]``, amounts as ``decimal.Decimal``, several
            values in one field joined by ``"; "``; what is not known is ``<NA>``, ``NaT`` or ``None``. ``"arrow"``, ``"polars"``: days as
            dates, amounts as decimals of 12 places, several values as a list; what is not known is null.

    Raises:
        SetupError: the library is not installed.
        InputError: ``as_`` is none of these.
    """
    if as_ == "pandas":
        return _pandas(docs)
    if as_ == "arrow":
        return arrow.tables(docs)
    if as_ == "polars":
        try:
            import polars
        except ImportError as error:
            raise SetupError("polars is not installed: pip install polars") from error
        return {name: polars.from_arrow(table) for name, table in arrow.tables(docs).items()}
    raise InputError(f"as_ is {as_!r}; known: 'pandas', 'polars', 'arrow'")


def frame(doc: Document, table: str, as_: Library = "pandas") -> Any:
    """Return one table of one document, as ``tables`` gives it.

    Raises:
        InputError: there is no such table.
    """
    if table not in TABLES:
        raise InputError(f"there is no table {table!r}; known: {', '.join(TABLES)}")
    return tables([doc], as_)[table]


def _pandas(docs: Iterable[Document]) -> dict[str, pandas.DataFrame]:
    try:
        import pandas
    except ImportError as error:
        raise SetupError("data frames need pandas: pip install 'beritaie[explore]'") from error

    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    keys = Keys()
    for doc in docs:
        for name, items in rows(doc, keys(doc)).items():
            found[name] += items
    result = {}
    for name, columns in TABLES.items():
        cells = list(zip(*found[name], strict=True)) or [()] * len(columns)
        series: dict[str, pandas.Series[Any]] = {}
        for (column, type_, _), given in zip(columns, cells, strict=True):
            values = ["; ".join(value) or None for value in given] if type_ == "strings" else list(given)
            series[column] = pandas.Series(values, dtype="object").astype(_TYPES[type_])
        result[name] = pandas.DataFrame(series)
    return result
