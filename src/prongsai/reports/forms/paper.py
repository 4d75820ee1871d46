"""A form declared once: its parts in printed order, composed from a record, recognised into the same record."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Generic, TypeVar

from prongsai.documents.build import paragraph
from prongsai.documents.model import Block, Document, NewPage, Orientation, Setup, Style, Table
from prongsai.errors import Problem, Severity
from prongsai.reports.forms.columns import Column, Columns, Found, FoundRow, check_totals
from prongsai.reports.forms.faults import fault
from prongsai.reports.forms.parts import Part, Values, faults_of
from prongsai.reports.forms.stream import Stream
from prongsai.reports.forms.values import NAMES, Declared, Edge, empty, is_blank, say, squeezed
from prongsai.reports.records import plain

R = TypeVar("R")
UNOFFICIAL = "แบบจำลอง ไม่ใช่แบบทางการ"


@dataclass(frozen=True)
class Rows(Part):
    """Rows of records as a table, under a heading or none. record: the class of a row.

    tables: the columns, over several tables when one page cannot hold them side by side; their rows are joined again
    by their running number. nothing: printed in place of a table without rows. needed: whether that is a fault.
    """

    field: str
    record: type
    tables: tuple[Columns, ...]
    heading: str = ""
    nothing: str = "ไม่มีรายการ"
    needed: bool = False
    stage = 1

    @property
    def every(self) -> Columns:
        """All columns as one declaration."""
        columns: dict[str, Column] = {}
        for table in self.tables:
            columns |= {column.field: column for column in table.columns if column.field not in columns}
        halves = tuple(frozenset(column.field for column in table.columns) for table in self.tables)
        return Columns(tuple(columns.values()), halves=halves)

    @property
    def declared(self) -> tuple[Declared, ...]:
        """The field of the record that the rows are."""
        return (Declared(self.field, name=self.heading or self.field, required=self.needed),)

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print heading and tables."""
        rows = getattr(record, self.field)
        if self.heading:
            yield paragraph(edge.digits(self.heading), Style.HEADING)
        if not rows:
            yield paragraph(edge.digits(self.nothing), Style.PLAIN)
        else:
            yield from (table.compose(rows, edge, record, self.heading) for table in self.tables_of(record))

    def tables_of(self, record: Any) -> tuple[Columns, ...]:
        """Give the columns as they are printed for a record."""
        return self.tables

    def anchor(self, stream: Stream, me: int) -> None:
        """Take the heading and the statement that there is nothing."""
        for words in (self.heading, self.nothing):
            key = squeezed(words)
            at = next((at for at, line in stream.lines() if words and squeezed(line.text) == key), None)
            if at is not None and (words == self.heading or not self.heading or self._right_after(stream, me, at)):
                stream.take(at, me)

    @staticmethod
    def _right_after(stream: Stream, me: int, at: int) -> bool:
        return stream.last_of(me) == at - 1

    def read(self, stream: Stream, me: int) -> Values:
        """Read the tables that have its columns, those after its own heading when it has one."""
        found = self._found(stream, me)
        if found is None:
            if self.needed:
                stream.note("FORM_TABLE_MISSING", name=self.heading or self.every.columns[-1].called)
            return {self.field: (), self._kept: None}
        stream.problems += found.problems
        return {self.field: tuple(self._build(row) for row in _one_each(found.rows)), self._kept: found}

    @property
    def _kept(self) -> str:
        return f"{self.field}: printed"

    def _found(self, stream: Stream, me: int) -> Found | None:
        tables: list[Table] = []
        start = stream.last_of(me) or 0
        every = self.every
        for at, table in list(stream.tables()):
            goes_on = bool(tables) and len(table.rows[0].cells) == len(tables[-1].rows[0].cells)
            if at >= start and (every.find_head(table) or goes_on) and self._is_mine(stream, at, me):
                stream.take(at, me)
                tables.append(table)
        return every.recognise(tables) if tables else None

    def _is_mine(self, stream: Stream, at: int, me: int) -> bool:
        """Whether no heading of another part stands between the heading of this one and a table."""
        if not self.heading:
            return True
        before = [owner for owner in stream.owner[:at] if owner is not None]
        return not before or before[-1] == me or stream.last_of(me) is None

    def faults(self, record: Any) -> list[Problem]:
        """Name the rows' values that are missing or do not fit."""
        stored = [column for column in self.every.columns if column.is_stored]
        if self.needed and not getattr(record, self.field):
            return [fault("FORM_TABLE_MISSING", name=self.heading or self.field)]
        return [
            problem
            for number, row in enumerate(getattr(record, self.field), 1)
            for problem in faults_of(row, stored, f"{self.field}[{number}].")
        ]

    def _build(self, row: FoundRow) -> Any:
        values = {column.field: row.values.get(column.field, empty(column)) for column in self.every.columns
                  if column.is_stored}  # fmt: skip
        return self.record(**values)

    def verify(self, record: Any, read: Values, edge: Edge) -> list[Problem]:
        """Hold the derived columns and the totals against the rows."""
        found: Found | None = read.get(self._kept)
        if found is None:
            return []
        rows = getattr(record, self.field)
        problems = check_totals(found, self.every, rows, record)
        for row, printed in zip(rows, _one_each(found.rows), strict=True):
            for column in self.every.columns:
                stated = printed.stated.get(column.field)
                if column.derive and stated not in (None, "", ()):
                    computed = say(column.derive(row, record), column, edge)
                    if computed != say(stated, column, edge):
                        problems.append(fault("FORM_STATED_DIFFERS", printed.where, name=column.called,
                                              stated=say(stated, column, edge), computed=computed))  # fmt: skip
        return problems


def _one_each(rows: Sequence[FoundRow]) -> list[FoundRow]:
    """Join the rows of several tables that have the same number and different columns."""
    joined: list[FoundRow] = []
    for row in rows:
        same = next((at for at, other in enumerate(joined) if row.no is not None and other.no == row.no
                     and not set(row.values) <= set(other.values)), None)  # fmt: skip
        if same is None:
            joined.append(row)
        else:
            other = joined[same]
            values, stated = {**row.values, **other.values}, {**row.stated, **other.stated}
            joined[same] = FoundRow(values, stated, {**other.extra, **row.extra}, other.where, other.no)
    return joined


@dataclass(frozen=True)
class Turn(Part):
    """A new page, lying as said."""

    orientation: Orientation = Orientation.PORTRAIT

    def compose(self, record: Any, edge: Edge) -> Iterator[Block]:
        """Print it."""
        yield NewPage(self.orientation)


@dataclass(frozen=True)
class Paper(Generic[R]):
    """A form. record: its class, whose fields the parts name. title: of the document, from a record.

    check: what is wrong with a record although every field is filled in.
    """

    name: str
    title_th: str
    record: type[R]
    parts: tuple[Part, ...]
    title: Callable[[R], str]
    check: Callable[[R], Sequence[Problem]] = lambda record: ()
    orientation: Orientation = Orientation.PORTRAIT
    edge: Edge = Edge()
    mark: str = ""

    def compose(self, record: R) -> Document:
        """Print a record."""
        blocks = tuple(block for part in self.parts for block in part.compose(record, self.edge))
        setup = Setup(self.orientation, self.edge.language, thai_digits=self.edge.thai_digits,
                      names=tuple(dict.fromkeys(_names(record, self._name_fields()))), mark=self.mark)  # fmt: skip
        return Document("", "composed", None, "", blocks, title=self.title(record), setup=setup)

    def recognise(self, document: Document) -> tuple[R, tuple[Problem, ...]]:
        """Read a paper of any format into a record, with all that is wrong about either."""
        stream = Stream.of(document, self.edge)
        read = self._read(stream)
        record = self.record(**{each.name: read[each.name] for each in fields(self.record)})  # type: ignore[arg-type]
        verified = [problem for part in self.parts for problem in part.verify(record, read, self.edge)]
        problems = [*stream.problems, *verified, *self.check(record), *stream.left_over()]
        return record, tuple(problems)

    def sample(self) -> R:
        """Give the record of ``reports/data/samples/<name>.json``."""
        from prongsai.reports.load import load, sample_data  # noqa: PLC0415  # reason: only records need pydantic

        return load(self.record, sample_data(self.name))

    def from_json(self, data: Any) -> R:
        """Make a record from what JSON holds. Raises RecordsInvalid carrying every fault, also of what cannot be."""
        from prongsai.reports.load import invalid, load  # noqa: PLC0415  # reason: see sample

        record: R = _without_dashes(load(self.record, data))
        wrong = [problem for problem in self.check(record) if problem.severity is Severity.ERROR]
        if faults := self.faults(record) or wrong:
            raise invalid(faults)
        return record

    def to_json(self, record: R) -> Any:
        """Give a record as JSON holds it."""
        return plain(record)

    def faults(self, record: R) -> list[Problem]:
        """Name what is not filled in, and numbers with more decimals than the form prints."""
        return [problem for part in self.parts for problem in part.faults(record)]

    def likeness(self, document: Document) -> float:
        """Say how far a document is this form: the share of its titles and required fields that are there, 0–1."""
        wanted = [sign for part in self.parts for sign in part.signs]
        read = self._read(Stream.of(document, self.edge))
        return sum(1 for sign in wanted if read.get(sign) not in ("", (), None)) / max(len(wanted), 1)

    def _read(self, stream: Stream) -> Values:
        numbered = list(enumerate(self.parts))
        for me, part in numbered:
            part.anchor(stream, me)
        read: Values = {}
        for me, part in sorted(numbered, key=lambda pair: pair[1].stage):
            read |= part.read(stream, me)
        return read

    def _name_fields(self) -> frozenset[str]:
        declared = [each for part in self.parts for each in part.declared]
        columns = [column for part in self.parts if isinstance(part, Rows) for column in part.every.columns]
        return frozenset(each.field for each in (*declared, *columns) if each.kind in NAMES) | {"name"}


def _without_dashes(value: Any) -> Any:
    """Give records with nothing where a dash or dotted leaders stand for it, and lists without such items."""
    if isinstance(value, tuple):
        return tuple(each for each in map(_without_dashes, value) if each != "")
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _without_dashes(getattr(value, each.name)) for each in fields(value)})
    return "" if type(value) is str and is_blank(value) else value


def _names(value: Any, named: frozenset[str]) -> Iterator[str]:
    """Give the names in a record that no line may cut."""
    if isinstance(value, tuple):
        for each in value:
            yield from _names(each, named)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            inner = getattr(value, each.name)
            if each.name in named and isinstance(inner, str | tuple):
                yield from (
                    [inner] if isinstance(inner, str) and inner else [text for text in inner if isinstance(text, str)]
                )
            yield from _names(inner, named) if not isinstance(inner, str) else ()
