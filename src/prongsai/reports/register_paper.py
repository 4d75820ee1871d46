"""The paper of a register's period: its table and figures, or the signed statement that there was nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from prongsai.documents.build import cell, paragraph, row, table
from prongsai.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Kind,
    Orientation,
    Setup,
    Signature,
    Signatures,
    Style,
)
from prongsai.registers.model import Field, FieldType, Register, Values
from prongsai.registers.statistics import Figure
from prongsai.registers.tables import Table
from prongsai.reports.forms import zero_report
from prongsai.reports.forms.signing import Signed
from prongsai.reports.forms.values import Period
from prongsai.reports.register_forms import form_of
from prongsai.reports.register_values import Closing
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_thai

_LANDSCAPE_FROM = 6  # columns
_WIDTHS = {
    FieldType.LONG_TEXT: 4.0,
    FieldType.TEXT: 3.0,
    FieldType.ROWS: 4.0,
    FieldType.ADDRESS: 3.5,
    FieldType.ENTRY: 3.0,
    FieldType.PERSON: 2.5,
    FieldType.UNIT: 2.5,
    FieldType.PERIOD: 2.5,
    FieldType.NUMBER: 1.2,
}
_USUAL_WIDTH = 2.0


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a period's paper. name: of the paper; label: of the period; unit: who keeps the register."""

    agency: str
    name: str
    label: str
    start: date
    end: date
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a form is given beside a period's entries, as ``register_forms.asks_of`` says: see ``Closing``."""

    earlier: Sequence[Sequence[Values]] = ()
    others: Mapping[str, Sequence[Values]] = field(default_factory=dict)


NOTHING_BESIDE = Beside()


def period_paper(
    register: Register,
    heading: Heading,
    found: Table,
    figures: Sequence[Figure] = (),
    *,
    signed: Signed,
    values: Sequence[Values] = (),
    beside: Beside = NOTHING_BESIDE,
    kind: str = "",
) -> Document:
    """Compose the paper of a period: on the register's own form, else a table with its figures and who signed.

    values: of the entries, typed, for the form; beside: what the form asks for beside them; kind: another paper that
    they make (``register_forms.other_papers``). Without a row: the statement of nothing.
    """
    if not found.rows:
        return _nothing(heading, signed)
    form = form_of(register, kind)
    if form is not None and values:
        start, end = heading.start, heading.end
        return form(Closing(register, heading.agency, start, end, values, signed, beside.earlier, beside.others))
    across = register.print_.landscape and len(found.head) >= _LANDSCAPE_FROM
    blocks = [*_titles(heading), _table(register, found), *_figures(figures)]
    if register.print_.signed:
        blocks += [Signatures((_signature(signed),))]
    setup = Setup(orientation=Orientation.LANDSCAPE if across else Orientation.PORTRAIT)
    return _document(f"{heading.name} {heading.label}", blocks, setup)


def _document(title: str, blocks: Sequence[Block], setup: Setup) -> Document:
    return Document("", "composed", None, "", tuple(blocks), title=title, setup=setup)


def _nothing(heading: Heading, signed: Signed) -> Document:
    statement = f"ไม่มีรายการใน{heading.name}"
    period = Period(heading.start, heading.end)
    return zero_report.compose(
        zero_report.ZeroReport(heading.agency, heading.unit, heading.name, period, statement, (), signed.on, signed)
    )


def _titles(heading: Heading) -> Iterator[Block]:
    yield paragraph(heading.name, Style.TITLE)
    yield paragraph(heading.agency, Style.TITLE)
    span = f"{format_date(heading.start, 'full')} – {format_date(heading.end, 'full')}"
    yield paragraph(to_thai(f"{heading.label} ({span})"), Style.CENTRED)


def _table(register: Register, found: Table) -> Block:
    kinds = zip(found.columns, found.numeric, strict=True)
    columns = [Column(0.8, Kind.TEXT, Align.CENTRE), *(_column(register.field_of(key), one) for key, one in kinds)]
    rows = [row(str(number), *(cell(*text.split("\n")) for text in each)) for number, each in enumerate(found.rows, 1)]
    return table(["ที่", *found.head], rows, columns)


def _column(field: Field | None, is_number: bool) -> Column:
    width = _WIDTHS.get(field.type, _USUAL_WIDTH) if field else _USUAL_WIDTH
    return Column(width, Kind.TEXT, Align.RIGHT if is_number else Align.LEFT)


def _figures(figures: Sequence[Figure]) -> Iterator[Block]:
    for figure in figures:
        if figure.rows:
            yield paragraph(figure.statistic.title_th, Style.HEADING)
            columns = (Column(4), Column(1.5, Kind.TEXT, Align.RIGHT))
            counted = zip(figure.rows, figure.counts, strict=True)
            rows = [row(label, to_thai(figure.shown(value, count))) for (label, value), count in counted]
            total = to_thai(figure.shown(figure.total, figure.count))
            yield table(["รายการ", "จำนวน"], [*rows, row("รวม", total)], columns)


def _signature(signed: Signed) -> Signature:
    day = format_date(signed.on, "full") if signed.on else ""
    return Signature(signed.name, (signed.position,) if signed.position else (), date=to_thai(day))
