"""A table declared by its columns: composed from rows of records, recognised in whatever order others print it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from decimal import Decimal
from typing import Any

from prongsai.documents import model
from prongsai.documents.build import cell, covered, row, table
from prongsai.documents.model import Align, Cell, Row, Table
from prongsai.errors import Problem, Where
from prongsai.reports.forms.faults import fault
from prongsai.reports.forms.likeness import likeness
from prongsai.reports.forms.values import (
    NOTHING,
    NUMERIC,
    Declared,
    Edge,
    Kind,
    Unreadable,
    empty,
    is_blank,
    read,
    show,
    typed,
)
from prongsai.thai.numerals import read_ordinal

LIKENESS_MIN = 0.62
HEAD_SHARE_MIN = 0.5
HEAD_DEPTH_MAX = 3
HEAD_SEARCH_ROWS = 12
_TOTAL = re.compile(r"(?:ยอด|จำนวน)?รวม(?:ทั้งสิ้น|ทั้งหมด|ทั้งปี|เป็นเงิน|เงิน|จำนวน|\s|[0-9๐-๙(]|$)|total\b", re.IGNORECASE)


@dataclass(frozen=True)
class Column(Declared):
    """A column. heads: the first is printed, the others are accepted. group: the head above it, shared by neighbours.

    width: its share of the table. summed: the total row adds it up. derive: (row, record) → what is printed; a derived
    column is in no record, what others print there is held against it.
    """

    _: KW_ONLY
    heads: tuple[str, ...]
    group: str = ""
    width: float = 1.0
    summed: bool = False
    derive: Callable[[Any, Any], Any] | None = None

    @property
    def called(self) -> str:
        """What people call it."""
        return self.name or f"{self.group} {self.heads[0]}".strip()

    @property
    def is_stored(self) -> bool:
        """Whether a record holds it."""
        return self.derive is None and self.kind is not Kind.ORDINAL


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row as read. stated: printed values of derived columns. extra: unknown head → words. no: its running number."""

    values: Mapping[str, Any]
    stated: Mapping[str, Any]
    extra: Mapping[str, str]
    where: Where
    no: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the tables of a form said. totals: of the last total row, printed. fields: which columns were there."""

    rows: tuple[FoundRow, ...]
    problems: tuple[Problem, ...]
    totals: Mapping[str, Decimal | None] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Head:
    """Where the columns of a declaration stand in a table. rows: first row after the head; likeness: 0–1."""

    at: Mapping[int, Column]
    extra: Mapping[int, str]
    rows: int
    texts: frozenset[tuple[str, ...]]
    likeness: float


@dataclass(frozen=True)
class Columns:
    """The declaration of a table. total: the words before the totals, or none.

    sums: the totals, when a record has them itself. halves: fields that stand together when the columns are printed as
    several tables.
    """

    columns: tuple[Column, ...]
    total: str = ""
    sums: Callable[[Any], Mapping[str, Any]] | None = None
    halves: tuple[frozenset[str], ...] = ()
    likeness_min: float = LIKENESS_MIN

    def compose(self, rows: Iterable[Any], edge: Edge, record: Any = None, name: str = "") -> Table:
        """Print rows of records under their heads. record: the paper that they are part of, for derived columns."""
        rows = list(rows)
        body = [self._row(each, number, edge, record) for number, each in enumerate(rows, 1)]
        if self.total and rows:
            body.append(self._total_row(rows, edge, record))
        return table(self._heads(), body, tuple(map(_set, self.columns)), name=name)

    def _row(self, each: Any, number: int, edge: Edge, record: Any) -> Row:
        return row(*(_cell(self._value(each, column, number, record), column, edge) for column in self.columns))

    @staticmethod
    def _value(each: Any, column: Column, number: int, record: Any) -> Any:
        if column.kind is Kind.ORDINAL:
            return number
        return column.derive(each, record) if column.derive else getattr(each, column.field)

    def _heads(self) -> list[Row] | list[str]:
        if not any(column.group for column in self.columns):
            return [column.heads[0] for column in self.columns]
        upper: list[Cell] = []
        lower: list[Cell] = []
        for at, column in enumerate(self.columns):
            below = cell(column.heads[0], rows=1 if column.group else 2)
            begins = at == 0 or self.columns[at - 1].group != column.group
            if column.group and begins:
                span = sum(1 for other in self.columns if other.group == column.group)
                upper.append(cell(column.group, columns=span))
            else:
                upper.append(covered(upper[-1]) if column.group else below)
            lower.append(below if column.group else covered(below))
        return [row(*upper), row(*lower)]

    def _total_row(self, rows: Sequence[Any], edge: Edge, record: Any) -> Row:
        first = next((at for at, column in enumerate(self.columns) if column.summed), len(self.columns))
        words = cell(self.total, columns=first)
        lead = [words, *(covered(words) for _ in range(first - 1))]
        return row(*lead, *(self._total_cell(rows, column, edge, record) for column in self.columns[first:]))

    def _total_cell(self, rows: Sequence[Any], column: Column, edge: Edge, record: Any) -> Cell:
        if not column.summed:
            return cell()
        sums = self.sums(record) if self.sums else {}
        total = sums.get(column.field, add_up(self._value(each, column, 0, record) for each in rows))
        return _cell(total, column, edge)

    def find_head(self, found: Table, search_rows: int = HEAD_SEARCH_ROWS) -> Head | None:
        """Find the head of a table by likeness, over one row or several; None when it is another table."""
        best: Head | None = None
        for start in range(min(search_rows, len(found.rows))):
            for depth in range(1, HEAD_DEPTH_MAX + 1):
                head = self._head(found.rows[start : start + depth], start + depth)
                if head and (best is None or _rank(head) > _rank(best)):
                    best = head
        return best

    def _head(self, rows: Sequence[Row], end: int) -> Head | None:
        width = max(len(each.cells) for each in rows)
        texts = [_joined(rows, at) for at in range(width)]
        offers = sorted(
            ((-likeness(text, column.heads, column.group), at, number) for at, text in enumerate(texts) if text
             for number, column in enumerate(self.columns)),
        )  # fmt: skip
        at: dict[int, Column] = {}
        sure: list[float] = []
        for minus, place, number in offers:
            column = self.columns[number]
            if -minus >= self.likeness_min and place not in at and column not in at.values():
                at[place] = column
                sure.append(-minus)
        if self._share({column.field for column in at.values()}) < HEAD_SHARE_MIN or len(at) < min(
            2, len(self.columns)
        ):
            return None
        extra = {place: text for place, text in enumerate(texts) if text and place not in at}
        printed = frozenset(tuple(cell.text for cell in each.cells) for each in rows)
        return Head(at, extra, end, printed, sum(sure) / max(len(sure), len(texts)))

    def _share(self, found: set[str]) -> float:
        """Give the share of required columns that are there; of columns in halves, of the better half."""
        wanted = {column.field for column in self.columns if column.required and column.kind is not Kind.ORDINAL}
        halves = [wanted & half for half in self.halves] or [wanted]
        return max(len(half & found) / max(len(half), 1) for half in halves)

    def recognise(self, tables: Sequence[Table]) -> Found:
        """Read the rows of tables that belong together; one without a head goes on under the head before it."""
        reading = _Reading(self)
        for each in tables:
            reading.table(each)
        return reading.found()


@dataclass
class _Reading:
    columns: Columns
    head: Head | None = None
    rows: list[FoundRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    totals: dict[str, Decimal | None] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    where: Where = Where()
    _cells: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    _open: FoundRow | None = None

    def table(self, found: Table) -> None:
        head = self.columns.find_head(found)
        start = 0
        if head:
            self.head, start = head, head.rows
            self.where = found.where
            self.fields |= {column.field for column in head.at.values()}
        if self.head is None:
            return
        for each in found.rows[start:]:
            self.row(each, self.head)

    def row(self, each: Row, head: Head) -> None:
        texts = tuple(cell.text for cell in each.cells)
        if not any(texts) or texts in head.texts or _counts_columns(texts):
            return
        if self._is_total(each, head):
            self.totals = dict(self._sums(each, head))
        elif self._goes_on(each, head):
            self._append(each, head)
        elif not _is_one_text(each):
            self._new(each, head)

    def _is_total(self, each: Row, head: Head) -> bool:
        numbered = any(
            column.kind is Kind.ORDINAL and place < len(each.cells) and read_ordinal(each.cells[place].text) is not None
            for place, column in head.at.items()
        )
        first = next((cell.text for cell in each.cells if cell.text), "")
        return not numbered and _TOTAL.match(first) is not None

    def _sums(self, each: Row, head: Head) -> Iterable[tuple[str, Decimal | None]]:
        for place, column in head.at.items():
            if column.kind in NUMERIC and place < len(each.cells) and not is_blank(each.cells[place].text):
                found = each.cells[place]
                try:
                    total = read(found.lines, column, found.value)
                except Unreadable:
                    continue
                yield column.field, None if total is None else Decimal(total)

    def _goes_on(self, each: Row, head: Head) -> bool:
        """Whether a row only ends the one before: a page ended inside it, its number is not printed again."""
        ordinal = next((place for place, column in head.at.items() if column.kind is Kind.ORDINAL), None)
        if self._open is None or ordinal is None or _is_one_text(each):
            return False
        blank = {place for place in head.at if place >= len(each.cells) or not each.cells[place].text}
        wanted = {place for place, column in head.at.items() if column.required and place != ordinal}
        return ordinal in blank and bool(blank & wanted)

    def _append(self, each: Row, head: Head) -> None:
        assert self._open is not None
        for place, column in head.at.items():
            if place < len(each.cells) and each.cells[place].text:
                self._cells[column.field] = (*self._cells.get(column.field, ()), each.cells[place])
        before = self._open
        self.rows[-1] = replace(self._read(self._cells, before.where, head), extra=before.extra, no=before.no)
        self._open = self.rows[-1]

    def _new(self, each: Row, head: Head) -> None:
        self._cells = {
            column.field: (each.cells[place],) for place, column in head.at.items() if place < len(each.cells)
        }
        extra = {text: each.cells[place].text for place, text in head.extra.items() if place < len(each.cells)}
        for text, words in extra.items():
            self.unknown.setdefault(text, []).extend([words] if words else [])
        self._open = replace(self._read(self._cells, each.where, head), extra=extra)
        self.rows.append(self._open)

    def _read(self, cells: Mapping[str, tuple[Cell, ...]], where: Where, head: Head) -> FoundRow:
        self.problems = [problem for problem in self.problems if problem.where.row is None or not _same(problem, where)]
        values: dict[str, Any] = {}
        stated: dict[str, Any] = {}
        number: int | None = None
        for column in head.at.values():
            value = self._value(cells.get(column.field, ()), column, where)
            if column.kind is Kind.ORDINAL:
                number = value
            else:
                (values if column.is_stored else stated)[column.field] = value
        return FoundRow(values, stated, {}, where, number)

    def _value(self, cells: tuple[Cell, ...], column: Column, where: Where) -> Any:
        lines = [line for cell in cells for line in cell.lines]
        value = cells[0].value if len(cells) == 1 else None
        place = cells[0].where if cells else where
        try:
            found = read(lines, column, value)
        except Unreadable:
            text = " ".join(cell.text for cell in cells)
            self.problems.append(fault("FORM_VALUE_UNREADABLE", place, (text,), name=column.called, value=text))
            return empty(column)
        kept_back = column.nil != NOTHING and any(line.text == column.nil for line in lines)
        if column.required and column.is_stored and found in ("", (), None) and not kept_back:
            self.problems.append(fault("FORM_VALUE_MISSING", place, name=column.called))
        return found

    def found(self) -> Found:
        if self.head:
            missing = [c for c in self.columns.columns if c.required and c.is_stored and c.field not in self.fields]
            self.problems += [fault("FORM_COLUMN_MISSING", self.where, name=column.called) for column in missing]
            for text, words in self.unknown.items():
                self.problems.append(fault("FORM_COLUMN_UNKNOWN", self.where, tuple(words), name=text))
        return Found(tuple(self.rows), (*self.problems, *_order(self.rows)), self.totals, frozenset(self.fields))


def add_up(numbers: Iterable[Any]) -> Any:
    """Add numbers; None when one is not known."""
    total: Any = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def check_totals(found: Found, columns: Columns, rows: Sequence[Any], record: Any) -> list[Problem]:
    """Hold a printed total row against the rows that were read."""
    problems: list[Problem] = []
    for column in columns.columns:
        stated = found.totals.get(column.field)
        numbers = [column.derive(each, record) if column.derive else getattr(each, column.field) for each in rows
                   ] if column.summed else []  # fmt: skip
        computed = add_up(numbers)
        if stated is not None and column.summed and computed is not None and computed != stated:
            arithmetic = f"{' + '.join(f'{number:,}' for number in numbers)} = {computed:,} ≠ {stated:,}"
            problems.append(
                fault("FORM_TOTAL_WRONG", found.rows[-1].where if found.rows else Where(), arithmetic=arithmetic,
                      name=column.called, stated=f"{stated:,}", computed=f"{computed:,}")
            )  # fmt: skip
    return problems


def _order(rows: Sequence[FoundRow]) -> list[Problem]:
    numbered = [row for row in rows if row.no is not None]
    return [
        fault("FORM_NUMBER_ORDER", after.where, value=after.no)
        for before, after in zip(numbered, numbered[1:], strict=False)
        if after.no not in ((before.no or 0) + 1, 1)
    ]


def _same(problem: Problem, where: Where) -> bool:
    return (problem.where.table, problem.where.row) == (where.table, where.row) and where.row is not None


def _cell(value: Any, column: Column, edge: Edge) -> Cell:
    return cell(*show(value, column, edge), value=typed(value, column))


def _set(column: Column) -> model.Column:
    kinds = {Kind.MONEY: model.Kind.MONEY, Kind.NUMBER: model.Kind.NUMBER, Kind.WHOLE: model.Kind.NUMBER,
             Kind.DATE: model.Kind.DATE}  # fmt: skip
    kind = kinds.get(column.kind, model.Kind.TEXT)
    centred = column.kind in (Kind.ORDINAL, Kind.SERIAL, Kind.DATE)
    align = Align.RIGHT if column.kind in NUMERIC else Align.CENTRE if centred else Align.LEFT
    return model.Column(column.width, kind, align)


def _joined(rows: Sequence[Row], at: int) -> str:
    texts = dict.fromkeys(each.cells[at].text for each in rows if at < len(each.cells) and each.cells[at].text)
    return " ".join(texts)


def _rank(head: Head) -> tuple[int, float, int]:
    return len(head.at), round(head.likeness, 3), -head.rows


def _counts_columns(texts: tuple[str, ...]) -> bool:
    """Whether a row only numbers the columns: (๑) (๒) (๓) …"""
    numbers = [read_ordinal(text) for text in texts if text]
    return len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1)) and len(numbers) == len(texts)


def _is_one_text(each: Row) -> bool:
    """Whether a row is a heading between rows, or a statement over all columns: one text, at least three columns."""
    texts = {cell.text for cell in each.cells if cell.text}
    alone = len(texts) == 1 and len(each.cells) > 2 and bool(each.cells[0].text)
    return alone and not any(read_ordinal(text) is not None for text in texts)
