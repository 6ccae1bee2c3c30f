"""Whether a user's table fits the shipped lexicon of its name.

What a column may hold is read off the shipped rows: something where none of them is empty, a number where all are numbers, a known value
where few values recur in many rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_MOST_VALUES = 24  # of a closed list
_ROWS_A_VALUE = 8
_UNREAD = ("source",)  # columns for readers of the file only


def misfits(shipped: Sequence[dict[str, str]], own: Iterable[tuple[int, dict[str, str]]]) -> Iterator[tuple[int, str]]:
    """Yield line and fault of each field that does not fit.

    Args:
        shipped: the rows of the shipped lexicon.
        own: the user's rows with their lines.
    """
    columns = {column: [row[column] for row in shipped] for column in shipped[0]}
    filled = [column for column, values in columns.items() if all(values) and column not in _UNREAD]
    numbers = [column for column in filled if all(map(_number, columns[column]))]
    closed = {column: sorted(set(columns[column])) for column in columns.keys() - numbers - set(_UNREAD) if _is_closed(columns[column])}
    for line, row in own:
        if unknown := row.keys() - columns.keys():
            yield line, f"unknown column {min(unknown)!r}; known: {', '.join(columns)}"
            return
        for column in filled:
            if not row.get(column):
                yield line, f"no {column}, which every row of this lexicon has"
        for column in numbers:
            if row.get(column) and not _number(row[column]):
                yield line, f"{column} is {row[column]!r}, not a number"
        for column, known in sorted(closed.items()):
            if row.get(column) and row[column] not in known:
                yield line, f"{column} is {row[column]!r}; known: {', '.join(filter(None, known))}"


def _is_closed(values: Sequence[str]) -> bool:
    return len(set(values)) <= min(_MOST_VALUES, len(values) // _ROWS_A_VALUE)


def _number(value: str) -> bool:
    return value.removeprefix("-").replace(".", "", 1).isdecimal()
