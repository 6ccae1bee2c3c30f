"""The tables of ``columns`` as Arrow: the schema that Parquet, DuckDB, polars and Spark share, and documents in its batches."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from beritaie.columns import TABLES, ColumnType, Keys, Row, rows
from beritaie.errors import SetupError
from beritaie.records import Document

if TYPE_CHECKING:
    import pyarrow

# 26 digits before the point are more than all money there is; 12 behind it keep a third of a unit as the records have it.
PRECISION, SCALE = 38, 12
_LARGEST = Decimal(10) ** (PRECISION - SCALE)
_STEP = Decimal(1).scaleb(-SCALE)
_WIDE = Context(prec=PRECISION + 1)


def require() -> Any:
    """Return the module ``pyarrow``.

    Raises:
        SetupError: it is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise SetupError("Arrow and Parquet need pyarrow: pip install 'beritaie[archive]'") from error
    return pyarrow


@cache
def schema(table: str) -> pyarrow.Schema:
    """Return the Arrow schema of one of ``columns.TABLES``."""
    pa = require()
    kinds: dict[ColumnType, pyarrow.DataType] = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "decimal": pa.decimal128(PRECISION, SCALE),
        "strings": pa.list_(pa.field("item", pa.string(), nullable=False)),
    }
    fields = [pa.field(name, kinds[type_], nullable=optional or type_ == "decimal") for name, type_, optional in TABLES[table]]
    return pa.schema(fields)


def batch(table: str, items: Iterable[Row]) -> pyarrow.RecordBatch:
    """Return rows of a table as one batch; an amount of more digits than its column holds is unknown there."""
    pa, kind = require(), schema(table)
    columns = list(zip(*items, strict=True)) or [()] * len(kind)
    arrays = []
    for values, field in zip(columns, kind, strict=True):
        cells = [_decimal(value) for value in values] if pa.types.is_decimal(field.type) else values
        arrays.append(pa.array(cells, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=kind)


def _decimal(amount: Decimal | None) -> Decimal | None:
    if amount is None or not amount.is_finite() or not amount.copy_abs() < _LARGEST:
        return None
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -SCALE:
        amount = amount.quantize(_STEP, context=_WIDE)
    return amount if amount.copy_abs() < _LARGEST else None


def tables(docs: Iterable[Document]) -> dict[str, pyarrow.Table]:
    """Return the records of documents as Arrow tables, by the names of ``columns.TABLES``."""
    pa, keys = require(), Keys()
    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    for doc in docs:
        for name, items in rows(doc, keys(doc)).items():
            found[name] += items
    return {name: pa.Table.from_batches([batch(name, items)], schema(name)) for name, items in found.items()}
