"""The fields of a form, derived from its declaration, and the blocks of a template to start from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from prongsai.documents.build import cell, covered, fields, paragraph, row
from prongsai.documents.model import Block, Cell, Row, Style, Table
from prongsai.documents.template.model import Item, Slot
from prongsai.reports.forms.columns import Column, Columns, add_up
from prongsai.reports.forms.complaint_parts import Flag
from prongsai.reports.forms.labels import Labels
from prongsai.reports.forms.paper import Paper, Rows, Turn
from prongsai.reports.forms.parts import Emblem, Listed, Part, Rule, Says, Text, Words
from prongsai.reports.forms.report_parts import Prose, Summary
from prongsai.reports.forms.signing import Chain, Signs
from prongsai.reports.forms.values import Edge, Kind, numbered
from prongsai.reports.stationery import fed as make
from prongsai.reports.stationery.fed import TYPES_TH, Fed, alone, mark, order, said

Made = tuple[list[Fed], list[Block]]


def of_form(paper: Paper[Any]) -> Made:
    """Give the fields of a form and the blocks of its starting template."""
    fed: list[Fed] = []
    start: list[Block] = []
    for number, part in enumerate(paper.parts, 1):
        more, printed = _part(part, number, paper.edge)
        known = {one.slot.name for one in fed}
        fed += [one for one in more if one.slot.name not in known]
        start += printed
    return fed, start


def _part(part: Part, number: int, edge: Edge) -> Made:
    match part:
        case Emblem() | Rule() | Turn():
            return [], list(part.compose(None, edge))
        case Words(when=None):
            return [], list(part.compose(None, edge))
        case Words() | Flag():
            return _sometimes(part, f"note_{number}", edge)
        case Says() if type(part).compose is Says.compose:
            return _sentence(part, edge)
        case Labels():
            return _labels(part, edge)
        case Text() | Prose() | Listed():
            return _texts(part, edge)
        case Summary():
            return _summary(part, f"summary_{number}", edge)
        case Rows():
            return _rows(part, edge)
        case Signs():
            return list(make.signs(part.field, part.suffix or part.name, _getter(part.field), edge)), [
                make.signing_place(part.field, part.label or ("ลงชื่อ" if part.suffix else ""), part.suffix)
            ]
        case Chain():
            return [make.opinions(part.field, _getter(part.field), edge)], list(make.opinion_places(part.field))
        case _:
            return _ready(part, f"part_{number}", edge)


def _getter(name: str) -> Callable[[Any], Any]:
    return lambda record: getattr(record, name)


def _ready(part: Part, name: str, edge: Edge) -> Made:
    """Give a part of its own layout as ready blocks."""
    own = part.declared[0] if len(part.declared) == 1 else None
    title = own.called if own else getattr(part, "heading", "") or "ส่วนที่ระบบจัดให้"
    called = own.field if own else name
    return [make.blocks(called, title, lambda record: tuple(part.compose(record, edge)))], [alone(called)]


def _sometimes(part: Words | Flag, name: str, edge: Edge) -> Made:
    """Give words that some papers have and others not."""

    def lines(record: Any) -> str:
        return " ".join(getattr(block, "text", "") for block in part.compose(record, edge))

    return [make.words(name, part.text, lines)], [alone(name, part.style)]


def _sentence(part: Says, edge: Edge) -> Made:
    derive = part.derive or {}
    fed = [make.declared(gap, edge, derive.get(gap.field)) for gap in part.gaps]
    words = part.template
    for gap in part.gaps:
        words = words.replace(f"{{{gap.field}}}", mark(gap.field))
    printed: list[Block] = [paragraph(words, part.style)]
    if part.optional:
        printed = [order(f"if {part.declared[0].field}"), *printed, order("endif")]
    return fed, printed


def _labels(part: Labels, edge: Edge) -> Made:
    lines = [fields(*((label, mark(one.field)) for label, one in line), memo=part.memo) for line in part.lines]
    return [make.declared(one, edge) for one in part.declared], list(lines)


def _texts(part: Text | Prose | Listed, edge: Edge) -> Made:
    of = part.of

    def lines(record: Any) -> Sequence[str]:
        items = getattr(record, of.field)
        return numbered(items, edge) if isinstance(part, Listed) else items

    fed = make.many(of.field, of.called, lines)
    if isinstance(part, Text):
        return [fed], [alone(of.field, part.style)]
    head = paragraph(part.heading, part.style if isinstance(part, Listed) else Style.HEADING)
    return [fed], [
        head,
        paragraph(f"{{{{ {of.field} | dash }}}}", Style.HANGING if isinstance(part, Listed) else Style.BODY),
    ]


def _rows(part: Rows, edge: Edge) -> Made:
    columns = part.every
    title = part.heading or _title_of(part)

    def items(record: Any) -> list[Item]:
        return _items(columns, getattr(record, part.field), edge, record)

    fed = [make.rows(part.field, title, _slots(columns), items)]
    fed += _totals(part.field, part.tables, edge, _getter(part.field))
    whole = f"{part.field}_table"
    fed.append(make.blocks(whole, f"{title} (ทั้งตาราง)", lambda record: tuple(part.compose(record, edge))))
    if type(part).tables_of is not Rows.tables_of:  # its columns depend on the record
        return fed, [alone(whole)]
    printed: list[Block] = [paragraph(edge.digits(part.heading), Style.HEADING)] if part.heading else []
    tables = [_table(part.field, table, edge, part.heading) for table in part.tables]
    if part.nothing:
        nothing = paragraph(edge.digits(part.nothing), Style.PLAIN)
        printed += [order(f"if not {part.field}"), nothing, order("endif"), order(f"if {part.field}")]
    return fed, [*printed, *tables, *([order("endif")] if part.nothing else [])]


def _title_of(part: Rows) -> str:
    return next((one.called for one in part.every.columns if one.kind is not Kind.ORDINAL), part.field)


def _summary(part: Summary, name: str, edge: Edge) -> Made:
    fed = [
        make.rows(
            name,
            part.heading,
            _slots(part.columns),
            lambda record: _items(part.columns, part.rows(record), edge, record),
        )
    ]
    fed += _totals(name, (part.columns,), edge, part.rows)
    table = _table(name, part.columns, edge, part.heading)
    return fed, [order(f"if {name}"), paragraph(edge.digits(part.heading), Style.HEADING), table, order("endif")]


def _slots(columns: Columns) -> list[Slot]:
    return [Slot(one.field, one.called, TYPES_TH[one.kind]) for one in columns.columns]


def _items(columns: Columns, rows: Sequence[Any], edge: Edge, record: Any) -> list[Item]:
    return [
        {one.field: said(_value(each, one, number, record), one, edge) for one in columns.columns}
        for number, each in enumerate(rows, 1)
    ]


def _value(each: Any, column: Column, number: int, record: Any) -> Any:
    if column.kind is Kind.ORDINAL:
        return number
    return column.derive(each, record) if column.derive else getattr(each, column.field)


def _totals(name: str, tables: Sequence[Columns], edge: Edge, rows: Callable[[Any], Sequence[Any]]) -> Iterator[Fed]:
    for columns in tables:
        for one in columns.columns:
            if columns.total and one.summed:
                yield make.declared(
                    replace(one, field=total_of(name, one.field), name=f"{columns.total}: {one.called}"),
                    edge,
                    _adder(columns, one, rows),
                )


def _adder(columns: Columns, one: Column, rows: Callable[[Any], Sequence[Any]]) -> Callable[[Any], Any]:
    def total(record: Any) -> Any:
        sums = columns.sums(record) if columns.sums else {}
        return sums.get(one.field, add_up(_value(each, one, 0, record) for each in rows(record)))

    return total


def total_of(name: str, column: str) -> str:
    """Give the field of the total of a column."""
    return f"{name}_total_{column}"


def _table(name: str, columns: Columns, edge: Edge, title: str) -> Table:
    """Give a table with its heads, one row of markers, and the row of totals."""
    heads = columns.compose((), edge, None, title)
    body = [row(*(mark(f"{name}.{one.field}") for one in columns.columns))]
    if columns.total:
        body.append(_total_row(name, columns))
    return replace(heads, rows=(*heads.rows, *body))


def _total_row(name: str, columns: Columns) -> Row:
    first = next((at for at, one in enumerate(columns.columns) if one.summed), len(columns.columns))
    lead = cell(columns.total, columns=max(first, 1))
    places: list[Cell] = [lead, *(covered(lead) for _ in range(first - 1))]
    places += [cell(mark(total_of(name, one.field))) if one.summed else cell() for one in columns.columns[first:]]
    return row(*places[: len(columns.columns)] if first else places[1:])
