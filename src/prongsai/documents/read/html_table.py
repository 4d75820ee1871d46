"""A ``<table>`` inside running text, taken apart into rows of raw cells; open tags are closed by what follows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

SPAN_MAX = 200
SILENT_LINES_MAX = 2000
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(/?)(table|tr|td|th)\b", re.IGNORECASE)


class Part(NamedTuple):
    """A piece of a source: a table, or text beside tables. line: how many lines stand before it."""

    text: str
    line: int
    is_table: bool


def html_end(lines: Sequence[str], at: int) -> int:
    """Tell before which line the tables that open on line ``at`` (0-based) have ended.

    One that is never closed ends after the last line that has a tag of a table.
    """
    depth, last, line = 0, at, at
    while line < len(lines) and line - last <= SILENT_LINES_MAX:
        for tag in _ANY_TAG.finditer(lines[line]):
            last = line
            depth += (-1 if tag[1] else 1) if tag[2].lower() == "table" else 0
        line += 1
        if depth <= 0:
            return line
    return last + 1


def html_parts(source: str) -> Iterator[Part]:
    """Part tables from the text before, between and after them."""
    written = line = 0
    for start, end in _extents(source):
        for piece, is_table in ((source[written:start], False), (source[start:end], True)):
            yield Part(piece, line, is_table)
            line += piece.count("\n")
        written = end
    yield Part(source[written:], line, False)


def _extents(source: str) -> Iterator[tuple[int, int]]:
    """Give start and end of every outermost table; one that is never closed goes on to the end."""
    depth = start = 0
    for tag in _TABLE.finditer(source):
        if not tag[1]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, source.find(">", tag.end()) + 1 or len(source)
    if depth:
        yield start, len(source)


@dataclass(slots=True)
class _Slot:
    raw: str
    line: int
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class _Open:
    start: int
    line: int
    rows: int
    columns: int


@dataclass(slots=True)
class _Grid:
    rows: list[list[_Slot]] = field(default_factory=list)


class _TableScraps(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._source = source
        self._open: _Open | None = None
        self._depth = 0
        self.grid = _Grid()

    def _index(self) -> int:
        line, offset = self.getpos()
        return self._starts[line - 1] + offset

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        elif self._depth > 1:
            return
        elif tag == "tr":
            self._close()
            self.grid.rows.append([])
        elif tag in ("td", "th"):
            self._close()
            named = dict(attrs)
            start = self._index() + len(self.get_starttag_text() or "")
            self._open = _Open(start, self.getpos()[0], _span(named.get("rowspan")), _span(named.get("colspan")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
            if self._depth <= 0:
                self._close()
        elif self._depth <= 1 and tag in ("td", "th", "tr"):
            self._close()

    def _close(self, end: int | None = None) -> None:
        if self._open is None:
            return
        if not self.grid.rows:
            self.grid.rows.append([])
        raw = self._source[self._open.start : self._index() if end is None else end]
        self.grid.rows[-1].append(_Slot(raw, self._open.line, self._open.rows, self._open.columns))
        self._open = None

    def finish(self) -> None:
        self.close()
        self._close(len(self._source))


def _span(value: str | None) -> int:
    return min(int(value), SPAN_MAX) if value and value.isdecimal() and int(value) > 0 else 1


def read_html_table(source: str) -> list[list[tuple[str, int]]]:
    """Give rows of (raw cell, 1-based line inside source); a merged cell stands in every place that it covers.

    A row ends after SPAN_MAX + 1 cells, one more than any reader takes.
    """
    scraps = _TableScraps(source)
    scraps.feed(source)
    scraps.finish()
    return _spread(scraps.grid)


def _spread(grid: _Grid) -> list[list[tuple[str, int]]]:
    rows: list[list[tuple[str, int]]] = []
    hanging: dict[int, tuple[_Slot, int]] = {}
    for slots in grid.rows:
        row: list[tuple[str, int]] = []
        waiting = list(slots)
        while (waiting or len(row) in hanging) and len(row) <= SPAN_MAX:
            held = hanging.pop(len(row), None)
            if held is not None:
                slot, left = held
                if left > 1:
                    hanging[len(row)] = (slot, left - 1)
                row.append((slot.raw, slot.line))
                continue
            slot = waiting.pop(0)
            for _ in range(slot.columns):
                if slot.rows > 1:
                    hanging[len(row)] = (slot, slot.rows - 1)
                row.append((slot.raw, slot.line))
        rows.append(row)
    return rows
