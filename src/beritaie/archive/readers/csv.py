"""CSV: a header line, then one article a row. A broken quote costs its own row: reading goes on at the next line that is a row again.

Python's ``csv`` module reads on to the end of the file from a quote that is not closed, and caps fields by a setting of the process.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from beritaie.archive.readers.source import Source, decode, not_utf8
from beritaie.archive.rows import Fault, Options, Row, make_row

_DELIMITERS = ",;\t|"
Line = tuple[int, str]


class _Broken(Exception):
    """A quote that is closed in the middle of a field, or never."""


def read(source: Source, options: Options) -> Iterator[Row | Fault]:
    """Yield the articles of a CSV file; the header tells the delimiter: comma, semicolon, tab or bar. ``line`` is where a row starts."""
    header: list[str] | None = None
    records = _Records(source, options)
    for number, fields in records:
        if isinstance(fields, str):
            yield Fault(source.name, number, "read", fields)
        elif header is None:
            header = [field.strip() for field in fields]
            records.width = len(header)
            missing = [name for field, name in options.columns.items() if name not in header]
            if options.column("text") not in header:
                missing.insert(0, options.column("text"))
            if missing:
                reason = f"no column {missing[0]!r} in the header ({', '.join(header)}); name the right one (--text-column, ...)"
                yield Fault(source.name, number, "read", reason)
                return
        elif len(fields) != len(header):
            yield Fault(
                source.name, number, "read", f"{len(fields)} fields, the header has {len(header)}; quote fields that hold a delimiter"
            )
        else:
            yield make_row(dict(zip(header, fields, strict=True)), source.name, number, options, label=source.label)


class _Records:
    """The records of a CSV file: (line, fields), or (line, what is wrong)."""

    def __init__(self, source: Source, options: Options) -> None:
        self._source = source
        self._limit = options.max_record
        self._lines = self._decoded()
        self._again: deque[Line | Fault] = deque()  # lines that a broken quote had swallowed
        self._delimiter = ","
        self.width: int | None = None

    def _decoded(self) -> Iterator[Line | Fault]:
        for number, line in self._source.lines(self._limit):
            if line is None:
                yield Fault("", number, "read", f"a line of more than {self._limit:,} bytes: no article; split it")
                continue
            try:
                yield number, decode(line)
            except UnicodeDecodeError as error:
                yield Fault("", number, "read", not_utf8(error))

    def _next(self) -> Line | Fault | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        while (line := self._next()) is not None:
            if isinstance(line, Fault):
                yield line.line or 0, line.reason
                continue
            number, text = line
            if not text.strip():
                continue
            if self.width is None:
                self._delimiter = max(_DELIMITERS, key=text.count)
            try:
                fields = self._record(line)
            except _Broken as error:
                last, good = self._next_row(number)
                lines = f"; lines {number} to {last} are lost" if last > number else ""
                yield number, f"{error}{lines}; double the quotes inside a quoted field"
                if good is not None:
                    yield good
            else:
                yield number, fields

    def _record(self, line: Line) -> list[str]:
        """Return the fields of the record that starts with a line, reading on where a quoted field does.

        Raises:
            _Broken: a quote is closed amid a field, or never; the lines that were read on are there to be read again.
        """
        delimiter = self._delimiter
        text = line[1]
        if '"' not in text:
            return text.rstrip("\r\n").split(delimiter)
        bare = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
        taken: list[Line | Fault] = []
        size = len(text)
        fields: list[str] = []
        at = 0
        while True:
            if text.startswith('"', at):
                parts: list[str] = []
                at += 1
                while True:
                    close = text.find('"', at)
                    if close < 0:
                        parts.append(text[at:])
                        more = self._next()
                        if more is not None:
                            taken.append(more)
                        if more is None or isinstance(more, Fault) or size > self._limit:
                            self._again.extendleft(reversed(taken))
                            raise _Broken("a quote is never closed")
                        text = more[1]
                        size += len(text)
                        at = 0
                    elif text.startswith('"', close + 1):
                        parts.append(text[at : close + 1])
                        at = close + 2
                    else:
                        parts.append(text[at:close])
                        at = close + 1
                        break
                fields.append("".join(parts))
            else:
                found = bare.match(text, at)
                assert found is not None
                fields.append(found[0])
                at = found.end()
            if at >= len(text) or text[at] in "\r\n":
                break
            if text[at] != delimiter:
                self._again.extendleft(reversed(taken))
                raise _Broken("a quote is closed in the middle of a field")
            at += 1
        if taken and self.width is not None and len(fields) != self.width:
            self._again.extendleft(reversed(taken))
            raise _Broken(f"a quote is closed where the row has {len(fields)} fields, the header {self.width}")
        return fields

    def _next_row(self, number: int) -> tuple[int, tuple[int, list[str]] | None]:
        """Pass over the lines behind a broken row that start no whole row; return the last such, and the row that comes then."""
        last = number
        while (line := self._next()) is not None:
            if isinstance(line, Fault):
                self._again.appendleft(line)
                break
            if line[1].strip():
                try:
                    fields = self._record(line)
                except _Broken:
                    fields = []
                if len(fields) == self.width:
                    return last, (line[0], fields)
            last = line[0]
        return last, None
