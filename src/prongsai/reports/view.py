"""Records of a form or an official paper as people look at them: labels with words, and tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from prongsai.reports.forms.paper import Paper, Rows
from prongsai.reports.forms.parts import Part
from prongsai.reports.forms.signing import Chain, Opinion, Signed, Signs, place_of
from prongsai.reports.forms.values import NOTHING, NUMERIC, Declared, Edge, Kind, show
from prongsai.thai.dates import format_date

# What fields are called that no form declares.
LABELS_TH = {
    "office": "ส่วนราชการ", "number": "ที่", "date": "วันที่", "subject": "เรื่อง", "to": "เรียน", "body": "ข้อความ",
    "closing": "จึงเรียนมาเพื่อ", "signer": "ผู้ลงนาม", "speed": "ชั้นความเร็ว", "secrecy": "ชั้นความลับ", "agency": "หน่วยงาน",
    "address": "ที่ตั้ง", "salutation": "คำขึ้นต้น", "references": "อ้างถึง", "enclosures": "สิ่งที่ส่งมาด้วย", "what": "สิ่งที่ส่ง",
    "amount": "จำนวน", "contact": "ติดต่อ", "unit": "หน่วยงานเจ้าของเรื่อง", "phone": "โทร.", "fax": "โทรสาร",
    "email": "ไปรษณีย์อิเล็กทรอนิกส์", "copies": "สำเนาส่ง", "title": "เรื่อง", "paragraphs": "ข้อความ", "resolution": "มติ",
    "opinions": "ความเห็นตามลำดับ", "opinion_of": "ความเห็นของ", "opinion": "ความเห็น", "signed": "ผู้ลงนาม",
}  # fmt: skip
Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to look at. right: 0-based columns of figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What records say: facts first, then tables, each in printed order."""

    facts: tuple[Fact, ...]
    grids: tuple[Grid, ...]


def view(record: Any, paper: Paper[Any] | None = None) -> View:
    """Lay records out by the declaration of their form; by their own fields where there is none."""
    seen = list(_of_paper(record, paper) if paper else _of_fields(record))
    facts = tuple(each for each in seen if isinstance(each, tuple))
    return View(facts, tuple(each for each in seen if isinstance(each, Grid)))


def _of_paper(record: Any, paper: Paper[Any]) -> Iterator[Fact | Grid]:
    for part in paper.parts:
        yield from _of_part(part, record, paper)


def _of_part(part: Part, record: Any, paper: Paper[Any]) -> Iterator[Fact | Grid]:
    if isinstance(part, Rows):
        yield _rows(part, record, paper)
    elif isinstance(part, Signs):
        yield part.suffix or part.name, _words(getattr(record, part.field), paper.edge)
    elif isinstance(part, Chain):
        yield _grid("ความเห็น", getattr(record, part.field), paper.edge, Opinion)
    else:
        yield from (_declared(each, record, paper.edge) for each in part.declared)


def _declared(declared: Declared, record: Any, edge: Edge) -> Fact | Grid:
    value = getattr(record, declared.field)
    if isinstance(value, tuple) and value and is_dataclass(value[0]) and declared.kind is Kind.LIST:
        return _grid(declared.called, value, edge)
    return declared.called, "\n".join(show(value, declared, edge))


def _rows(part: Rows, record: Any, paper: Paper[Any]) -> Fact | Grid:
    rows = getattr(record, part.field)
    title = part.heading or paper.title_th
    if not rows:
        return part.heading or "รายการ", part.nothing
    printed = {column.field for table in part.tables_of(record) for column in table.columns}
    columns = [column for column in part.every.columns if column.is_stored and column.field in printed]
    body = tuple(
        tuple("\n".join(show(getattr(row, column.field), column, paper.edge)) for column in columns) for row in rows
    )
    figures = tuple(at for at, column in enumerate(columns) if column.kind in NUMERIC)
    return Grid(title, tuple(column.called for column in columns), body, figures)


def _of_fields(record: Any) -> Iterator[Fact | Grid]:
    for each in fields(record):
        label, value = LABELS_TH.get(each.name, each.name), getattr(record, each.name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            yield _grid(label, value, Edge())
        else:
            yield label, _words(value, Edge())


def _grid(title: str, records: Sequence[Any], edge: Edge, kind: type | None = None) -> Fact | Grid:
    if not records:
        return title, NOTHING
    names = [each.name for each in fields(kind or records[0])]
    rows = tuple(tuple(_words(getattr(record, name), edge) for name in names) for record in records)
    return Grid(title, tuple(LABELS_TH.get(name, name) for name in names), rows)


def _words(value: Any, edge: Edge) -> str:
    if isinstance(value, Signed):
        place = place_of(value, edge)
        return "\n".join(line for line in (place.name, *place.position, place.date) if line) or NOTHING
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, tuple):
        return "\n".join(_words(each, edge) for each in value) or NOTHING
    if is_dataclass(value):
        named = ((LABELS_TH.get(each.name, each.name), getattr(value, each.name)) for each in fields(value))
        return "\n".join(f"{label} {_words(inner, edge)}" for label, inner in named if inner) or NOTHING
    return NOTHING if value in (None, "") else str(value)
