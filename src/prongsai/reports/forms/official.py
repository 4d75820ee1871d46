"""A form that a commission issues as a workbook: the office's copy of the year's file is filled in, nothing else.

Only values go into cells below the heads. Layout, validations, other sheets and every other part of the file stay byte
for byte. No cell may stay blank: what does not exist is written as ``-`` or ``ไม่มี``.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from prongsai.documents.build import paragraph
from prongsai.documents.model import Document, Orientation, Setup, Style
from prongsai.documents.read.archive import open_archive
from prongsai.errors import FileUnusable, Problem, RecordsInvalid, Severity, Where
from prongsai.reports.forms.columns import Column, Columns, Head
from prongsai.reports.forms.sheet_xml import (
    Sheet,
    Value,
    column_letters,
    date_styles,
    shared_strings,
    sheet_parts,
)
from prongsai.reports.forms.values import Edge
from prongsai.thai.text import fold

UNOFFICIAL = "แบบจำลอง ไม่ใช่แบบทางการ"
TOP_ROWS = 30
LIKENESS_MIN = 0.85  # a value in the wrong column of an official form is worse than none
COLUMNS_MAX = 200
MACROS = "xl/vbaProject.bin"

Data = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class _Form:
    """Where the values go. keys: column number → key of the data; unfilled: column number → its head; first row."""

    part: str
    sheet: Sheet
    name: str
    keys: Mapping[int, str]
    unfilled: Mapping[int, str]
    first: int


def fill(form: bytes, name: str, rows: Sequence[Data], *, sheet: str = "") -> bytes:
    """Write rows into an official form and give the new file.

    form: the bytes of the .xlsx as issued. name: what messages call it. rows: wording of a head → value, the same keys
    in every row; the heads are matched by likeness. sheet: which one, else the first that has all heads.

    Raises FileUnusable when the file is no workbook, has macros, or no sheet has these heads; RecordsInvalid carrying a
    Problem for every cell that would stay blank, every column without data, data without a column, and every cell that
    already holds something else.
    """
    archive = open_archive(form, name)
    if MACROS in archive:
        raise _unusable(name, "it holds macros", "มีมาโคร", "ใช้แบบที่เป็น .xlsx ไม่มีมาโคร")
    found = _find(archive, name, rows, sheet)
    problems = [*_unmatched(found, rows), *_blanks(found, rows), *_taken(found, rows)]
    if problems:
        raise _invalid(name, problems)
    for number, row in enumerate(rows):
        for column, key in found.keys.items():
            found.sheet.put(found.first + number, column, _written(row[key]), found.first + max(number - 1, 0))
    return _with_part(form, found.part, found.sheet.content())


def look_alike(title: str, columns: Columns, rows: Sequence[Any], edge: Edge = Edge(thai_digits=False)) -> Document:  # noqa: B008
    """Print rows in our own form of the same columns, marked on every page as not official."""
    blocks = (paragraph(title, Style.TITLE), columns.compose(rows, edge))
    setup = Setup(Orientation.LANDSCAPE, thai_digits=edge.thai_digits, mark=UNOFFICIAL)
    return Document("", "composed", None, "", blocks, title=title, setup=setup)


def _find(archive: Any, name: str, rows: Sequence[Data], wanted: str) -> _Form:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = Columns(tuple(Column(key, heads=(key,)) for key in keys), likeness_min=LIKENESS_MIN)
    parts = sheet_parts(archive)
    chosen = {label: part for label, part in parts.items() if not wanted or fold(label) == fold(wanted)}
    if not chosen:
        there = ", ".join(parts)
        raise _unusable(name, f"it has no sheet {wanted}", f"ไม่มีแผ่นงาน {wanted}", f"แผ่นงานที่มีคือ {there}")
    strings, dates = shared_strings(archive), date_styles(archive)
    best: tuple[float, _Form] | None = None
    for label, part in chosen.items():
        sheet = Sheet(archive.xml(part), strings, dates, name)
        top = sheet.top(TOP_ROWS, min(sheet.last_column, COLUMNS_MAX)) if sheet.last_column else None
        head = columns.find_head(top, TOP_ROWS) if top else None
        if head and (best is None or len(head.at) > best[0]):
            best = len(head.at), _form(part, sheet, label, head)
    if best is None:
        raise _unusable(name, "no sheet has these heads", "ไม่พบหัวตารางที่ตรงกับข้อมูล", "ตรวจว่าเป็นแบบของปีที่ถูกต้อง")
    return best[1]


def _form(part: str, sheet: Sheet, name: str, head: Head) -> _Form:
    keys = {place + 1: column.field for place, column in sorted(head.at.items())}
    return _Form(part, sheet, name, keys, {place + 1: text for place, text in head.extra.items()}, head.rows + 1)


def _unmatched(form: _Form, rows: Sequence[Data]) -> list[Problem]:
    """Name the columns that nothing would fill, and the data that no column takes."""
    problems = [
        _fault("OFFICIAL_COLUMN_EMPTY", form, form.first, column, f"nothing is given for the column {words}",
               f"ไม่มีข้อมูลสำหรับคอลัมน์ {words}", "ใส่ข้อมูล หรือใส่ - หรือ ไม่มี")
        for column, words in form.unfilled.items()
    ]  # fmt: skip
    taken = set(form.keys.values())
    for key in dict.fromkeys(key for row in rows for key in row):
        if key not in taken:
            problems.append(
                _fault("OFFICIAL_DATA_UNPLACED", form, form.first - 1, None, f"the form has no column for {key}",
                       f"แบบไม่มีคอลัมน์สำหรับ {key}", "ตรวจว่าเป็นแบบของปีที่ถูกต้อง")
            )  # fmt: skip
    return problems


def _blanks(form: _Form, rows: Sequence[Data]) -> list[Problem]:
    return [
        _fault("OFFICIAL_CELL_BLANK", form, form.first + number, column, f"row {number + 1}: {key} is blank",
               f"แถวที่ {number + 1}: {key} ยังว่าง", "ใส่ข้อมูล ถ้าไม่มีให้ใส่ - หรือ ไม่มี")
        for number, row in enumerate(rows)
        for column, key in form.keys.items()
        if _is_blank(row.get(key))
    ]  # fmt: skip


def _is_blank(value: Value | None) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _taken(form: _Form, rows: Sequence[Data]) -> list[Problem]:
    """Name the cells that hold something already: an example, a note under the table, a formula."""
    problems = []
    merged = form.sheet.merged()
    for number, row in enumerate(rows):
        at = form.first + number
        for column, key in form.keys.items():
            words = form.sheet.words(at, column)
            same = fold(words) == fold(str(row.get(key)))
            if (words and not same) or form.sheet.is_formula(at, column) or (at, column) in merged:
                problems.append(
                    _fault("OFFICIAL_CELL_TAKEN", form, at, column, f"the cell already holds {words or 'a formula'}",
                           f"ช่องนี้มี “{words or 'สูตรหรือช่องผสาน'}” อยู่แล้ว", "ลบแถวตัวอย่าง หรือใช้แบบที่มีแถวพอ")
                )  # fmt: skip
    return problems


def _fault(
    code: str, form: _Form, row: int, column: int | None, message: str, message_th: str, mend_th: str
) -> Problem:
    place = f"{form.name}!{column_letters(column)}{row}" if column else f"{form.name}!{row}"
    where = Where(file=form.sheet.file, row=row, column=column)
    return Problem(code, Severity.ERROR, f"{place}: {message}", f"{place}: {message_th}", where, mend_th=mend_th)


def _invalid(name: str, problems: list[Problem]) -> RecordsInvalid:
    return RecordsInvalid(
        f"{name}: {len(problems)} cells or columns cannot be filled; the first: {problems[0].message}",
        message_th=f"กรอกแบบ {name} ไม่ได้ {len(problems)} แห่ง แห่งแรก {problems[0].message_th}",
        problems=problems,
    )


def _unusable(name: str, what: str, what_th: str, mend_th: str) -> FileUnusable:
    return FileUnusable(f"{name}: {what}", message_th=f"ไฟล์ {name} {what_th}", mend_th=mend_th)


def _written(value: Value | None) -> Value:
    assert value is not None  # blanks were refused
    if isinstance(value, bool):
        return str(value)
    return value if isinstance(value, int | Decimal | date) else value.strip()


def _with_part(form: bytes, part: str, content: bytes) -> bytes:
    """Give the zip with one part replaced; the others keep their bytes, order and dates."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(form)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            after.writestr(entry, content if entry.filename.lstrip("/") == part else before.read(entry))
    return out.getvalue()
