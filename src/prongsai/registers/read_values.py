"""What stands in a cell or a box, read as its field's type; what cannot be read is said in Thai with the mend."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from prongsai.registers.model import Choice, Fault, Field, FieldType, Ref
from prongsai.registers.read_plain import (
    by_example,
    clean,
    is_blank,
    read_amount,
    read_email,
    read_id,
    read_link,
    read_phone_number,
    read_text,
)
from prongsai.registers.read_times import read_clock, read_day, read_month, read_span
from prongsai.registers.refusals import ValueRefused, quoted, refusal
from prongsai.thai.places import nearest
from prongsai.thai.text import fold

ROWS_MAX = 500
_ROWS_LENGTH = 200_000
_CHOICES_LENGTH = 5000
_YES = frozenset(map(fold, ("ใช่", "มี", "yes", "y", "true", "t", "1", "on", "✓", "✔", "√", "☑", "/", "จริง", "เห็นชอบ")))
_NO = frozenset(map(fold, ("ไม่ใช่", "ไม่มี", "ไม่", "no", "n", "false", "f", "0", "off", "✗", "✘", "×", "☐", "x", "เท็จ")))


class Look(Protocol):
    """Finds what an office calls its units, people, posts and entries."""

    def unit(self, text: str) -> Ref | None:
        """Find a unit by a name or short form."""
        ...

    def person(self, text: str) -> Ref | None:
        """Find a person by name."""
        ...

    def post(self, text: str) -> Ref | None:
        """Find a post by name."""
        ...

    def entry(self, register: str, text: str) -> Ref | None:
        """Find an entry of a register by its title or number."""
        ...

    def nearest(self, kind: str, text: str) -> Sequence[str]:
        """List the most similar names; kind: ``unit``, ``person``, ``post``, or the register's id of an entry."""
        ...


def read(field: Field, text: str, look: Look | None = None, *, fiscal_year_be: int | None = None) -> object | None:
    """Read a value; None when nothing is written. Else raises ``ValueRefused``.

    Without a look, what is pointed at keeps its name only. fiscal_year_be: the year of a period that prints none.
    """
    if len(text) > _ROWS_LENGTH:
        raise refusal(field, "TOO_LONG", f"{field.label_th}ยาวเกินกว่าที่รับได้", "เขียนให้สั้นลง หรือแนบเป็นไฟล์")
    if is_blank(text):
        return None
    if field.type is FieldType.PERIOD:
        return read_span(field, text, fiscal_year_be)
    if field.type is FieldType.ROWS:
        return read_rows(field, cells_of(text), look)
    if field.type in _KINDS:
        return _reference(field, text, look)
    return _READERS[field.type](field, text)


def _yes_no(field: Field, text: str) -> bool:
    bare = fold(text[:100])
    if bare not in _YES and bare not in _NO:
        raise refusal(
            field, "YES_NO_UNREADABLE", f"{field.label_th}: {quoted(text)} ไม่ใช่คำตอบว่าใช่หรือไม่", "ตอบ ใช่ หรือ ไม่ใช่"
        )
    return bare in _YES


def find_choice(field: Field, text: str) -> Choice | None:
    """Find a choice by its key, its Thai or its English label."""
    bare = fold(text[:1000])
    for name in ("key", "label_th", "label_en"):
        found = next((one for one in field.choices if bare and fold(getattr(one, name)) == bare), None)
        if found:
            return found
    return None


def _choice(field: Field, text: str) -> str:
    found = find_choice(field, text)
    if not found:
        raise _not_a_choice(field, text)
    return found.key


def _not_a_choice(field: Field, text: str) -> ValueRefused:
    labels = [one.label_th for one in field.choices]
    near = nearest(text[:200], labels)
    listed = ", ".join(labels[:8]) + (" …" if len(labels) > 8 else "")
    mend = f"ใกล้เคียงที่สุดคือ {', '.join(near)}" if near else f"เลือกจาก {listed}"
    return refusal(field, "CHOICE_UNKNOWN", f"{field.label_th}: {quoted(text)} ไม่อยู่ในตัวเลือก", mend)


def _choices(field: Field, text: str) -> tuple[str, ...] | None:
    """Read several choices between commas, semicolons, bars or line ends; labels may hold commas themselves."""
    if len(text) > _CHOICES_LENGTH:
        raise refusal(field, "TOO_LONG", f"{field.label_th}ยาวเกินกว่าที่รับได้", "เลือกจากตัวเลือกเท่านั้น")
    pieces = re.split(r"([,;|\n])", text)
    found: set[str] = set()
    at = 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + 19), at, -2)
        match = next(((end, one) for end in ends if (one := find_choice(field, "".join(pieces[at:end])))), None)
        if match:
            found.add(match[1].key)
        elif fold(pieces[at]):
            raise _not_a_choice(field, pieces[at])
        at = match[0] + 1 if match else at + 2
    return tuple(one.key for one in field.choices if one.key in found) or None


_KINDS = {
    FieldType.UNIT: ("unit", "ส่วนราชการ"),
    FieldType.PERSON: ("person", "บุคคล"),
    FieldType.POST: ("post", "ตำแหน่ง"),
    FieldType.ENTRY: ("entry", "รายการ"),
}


def _reference(field: Field, text: str, look: Look | None) -> Ref | None:
    name = clean(field, text)
    if not name:
        return None
    if look is None:
        return Ref(None, name)
    kind, thing = _KINDS[field.type]
    found = look.entry(field.of, name) if kind == "entry" else getattr(look, kind)(name)
    if found is None:
        near = tuple(look.nearest(field.of if kind == "entry" else kind, name))
        mend = f"ใกล้เคียงที่สุดคือ {', '.join(near)}" if near else f"เพิ่ม{thing}นี้ก่อน หรือตรวจชื่ออีกครั้ง"
        raise refusal(field, f"{kind.upper()}_UNKNOWN", f"{field.label_th}: ไม่พบ{thing} {quoted(text)}", mend)
    return Ref(found.id, found.text)


def _file(field: Field, text: str) -> Ref:
    name = clean(field, text)
    if fault := file_fault(field, name):
        raise refusal(field, *fault)
    return Ref(None, name)


def file_fault(field: Field, name: str) -> tuple[str, str, str] | None:
    """Give code, message and mend when a file's ending is not one that the field takes."""
    ending = name.rsplit(".", 1)[-1].casefold() if "." in name else ""
    if not field.accepts or ending in field.accepts:
        return None
    return "FILE_KIND", f"{field.label_th}: ไม่รับไฟล์ {quoted(name)}", f"ใช้ไฟล์ {', '.join(field.accepts)}"


def _derived(field: Field, text: str) -> None:
    raise refusal(field, "DERIVED", f"{field.label_th}คำนวณให้เอง กรอกไม่ได้", "เว้นว่างไว้")


_READERS: Mapping[FieldType, Callable[[Field, str], object | None]] = {
    FieldType.TEXT: read_text,
    FieldType.LONG_TEXT: read_text,
    FieldType.ADDRESS: read_text,
    FieldType.NUMBER: read_amount,
    FieldType.MONEY: read_amount,
    FieldType.DATE: read_day,
    FieldType.MONTH: read_month,
    FieldType.TIME: read_clock,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: _yes_no,
    FieldType.FILE: _file,
    FieldType.PHONE: read_phone_number,
    FieldType.EMAIL: read_email,
    FieldType.LINK: read_link,
    FieldType.ID: read_id,
    FieldType.DERIVED: _derived,
}


def cells_of(text: str) -> list[list[str]]:
    """Cut rows written in one cell: lines or semicolons between rows, bars between cells; ``\\`` keeps what follows."""
    rows, cells, cell = [], [], ""
    letters = iter(text.replace("\r\n", "\n").replace("\r", "\n"))
    for letter in letters:
        if letter == "\\":
            after = next(letters, "")
            cell += {"⏎": "\n"}.get(after, after) if after in _KEPT else letter + after
        elif letter in "|;\n":
            cells.append(cell)
            cell = ""
            if letter != "|":
                rows.append(cells)
                cells = []
        else:
            cell += letter
    rows.append([*cells, cell])
    return [row for row in rows if any(one.strip() for one in row)]


_KEPT = frozenset("\\|;⏎")


def read_rows(
    field: Field, rows: Sequence[Sequence[str]], look: Look | None = None
) -> tuple[dict[str, object], ...] | None:
    """Read rows of cells in the order of the columns; every bad cell is a fault with its row and column."""
    if len(rows) > ROWS_MAX:
        raise refusal(
            field, "TOO_MANY_ROWS", f"{field.label_th}มี {len(rows):,} แถว เกิน {ROWS_MAX} แถว", "แยกเป็นหลายรายการ"
        )
    faults: list[Fault] = []
    read_ones = [_row(field, number, row, look, faults) for number, row in enumerate(rows, 1)]
    if faults:
        raise ValueRefused(*faults)
    return tuple(one for one in read_ones if one) or None


def _row(field: Field, number: int, cells: Sequence[str], look: Look | None, faults: list[Fault]) -> dict[str, object]:
    columns = [column for column in field.columns if column.type is not FieldType.DERIVED]
    if any(cell.strip() for cell in cells[len(columns) :]):
        names = " | ".join(column.label_th for column in columns)
        message = f"{field.label_th} แถวที่ {number} มี {len(cells)} ช่อง เกิน {len(columns)} ช่อง"
        faults.append(Fault(field.key, "TOO_MANY_CELLS", message, by_example(field) or f"เขียน {names}", row=number))
        return {}
    values: dict[str, object] = {}
    for column, cell in zip(columns, cells, strict=False):
        try:
            value = read(column, cell, look)
        except ValueRefused as refused:
            faults += [_in_row(field, number, column, one) for one in refused.faults]
            continue
        if value is not None:
            values[column.key] = value
    return values


def _in_row(field: Field, number: int, column: Field, fault: Fault) -> Fault:
    message = f"{field.label_th} แถวที่ {number}: {fault.message_th}"
    return replace(fault, field=field.key, message_th=message, row=number, column=column.key)
