"""Whether a value fits its field by itself: its kind, its bounds, its length, its choices, its rows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType

from prongsai.registers.conditions import holds, is_filled
from prongsai.registers.model import REFERENCES, Fault, Field, FieldType, Ref, Values
from prongsai.registers.read_plain import (
    amount_fault,
    by_example,
    id_fault,
    is_link,
    limit_of,
    odd_characters,
    too_long,
)
from prongsai.registers.read_times import FIRST_YEAR, LAST_YEAR
from prongsai.registers.read_values import ROWS_MAX, file_fault
from prongsai.thai.dates import Span
from prongsai.thai.phones import read_phone

_TEXTS = frozenset(
    {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ADDRESS, FieldType.PHONE, FieldType.EMAIL, FieldType.LINK,
     FieldType.ID, FieldType.CHOICE}
)  # fmt: skip
_KINDS: Mapping[FieldType, type | tuple[type, ...]] = {
    **dict.fromkeys(_TEXTS, str),
    **dict.fromkeys(REFERENCES, Ref),
    FieldType.NUMBER: Decimal,
    FieldType.MONEY: Decimal,
    FieldType.DATE: date,
    FieldType.MONTH: date,
    FieldType.TIME: time,
    FieldType.PERIOD: Span,
    FieldType.YES_NO: bool,
    FieldType.CHOICES: tuple,
    FieldType.ROWS: tuple,
}
Said = tuple[str, str, str]  # code, message, mend


def value_faults(field: Field, value: object, beside: Values = MappingProxyType({})) -> list[Fault]:
    """Name what is wrong with a value by itself; nothing is wrong with an empty one, nor with a derived one.

    beside: the entry's values, for what the columns of its rows require.
    """
    if not is_filled(value) or field.type is FieldType.DERIVED:
        return []
    if not isinstance(value, _KINDS[field.type]):
        return [Fault(field.key, "VALUE_KIND", f"{field.label_th}ไม่ใช่ข้อมูลชนิดที่ช่องนี้รับ", by_example(field))]
    if field.type is FieldType.ROWS and isinstance(value, tuple):
        return list(_rows(field, value, beside))
    said = list(_said(field, value))
    return [Fault(field.key, *one) for one in said[:1]]


def _said(field: Field, value: object) -> Iterator[Said]:
    if isinstance(value, Decimal):
        yield from _number(field, value)
    elif isinstance(value, str):
        yield from _text(field, value)
    elif isinstance(value, Ref):
        yield from _ref(field, value)
    elif isinstance(value, tuple) and not isinstance(value, Span):
        unknown = [key for key in value if field.choice(str(key)) is None]
        if unknown:
            yield from _unknown_choice(field)
    else:
        yield from _time(field, value)


def _number(field: Field, value: Decimal) -> Iterator[Said]:
    if fault := amount_fault(field, value):
        yield fault
        return
    unit = field.unit_th or ("บาท" if field.type is FieldType.MONEY else "")
    if field.low is not None and value < field.low:
        yield "TOO_LOW", f"{field.label_th}ต้องไม่น้อยกว่า {field.low:,} {unit}".rstrip(), "ตรวจตัวเลขอีกครั้ง"
    if field.high is not None and value > field.high:
        yield "TOO_HIGH", f"{field.label_th}ต้องไม่เกิน {field.high:,} {unit}".rstrip(), "ตรวจตัวเลขอีกครั้ง"


def _text(field: Field, value: str) -> Iterator[Said]:
    if field.type is FieldType.CHOICE:
        if field.choice(value) is None:
            yield from _unknown_choice(field)
        return
    if len(value) > limit_of(field):
        yield too_long(field, len(value))
    elif odd_characters(value):
        yield "CONTROL_CHARACTER", f"{field.label_th}มีอักขระควบคุมที่มองไม่เห็น", "พิมพ์ข้อความใหม่"
    elif field.pattern and not re.fullmatch(field.pattern, value):
        yield "PATTERN", f"{field.label_th}ไม่ตรงรูปแบบที่กำหนด", by_example(field)
    elif field.type is FieldType.ID and (fault := id_fault(field, value)):
        yield fault
    elif field.type is FieldType.LINK and not is_link(value):
        yield "LINK_UNREADABLE", f"{field.label_th}ไม่ใช่ลิงก์ที่เปิดได้", "ขึ้นต้นด้วย https:// หรือ http://"
    elif field.type is FieldType.PHONE and read_phone(value) is None:
        yield "PHONE_UNREADABLE", f"{field.label_th}ไม่ใช่หมายเลขโทรศัพท์", by_example(field)


def _unknown_choice(field: Field) -> Iterator[Said]:
    labels = ", ".join(one.label_th for one in field.choices[:8])
    yield "CHOICE_UNKNOWN", f"{field.label_th}ไม่อยู่ในตัวเลือก", f"เลือกจาก {labels}"


def _ref(field: Field, value: Ref) -> Iterator[Said]:
    if field.type is FieldType.FILE and (fault := file_fault(field, value.text)):
        yield fault
    elif odd_characters(value.text) or len(value.text) > limit_of(field):
        yield "TEXT_UNUSABLE", f"{field.label_th}ยาวเกินไปหรือมีอักขระควบคุม", "พิมพ์ใหม่"


def _time(field: Field, value: object) -> Iterator[Said]:
    days = [value.start, value.end] if isinstance(value, Span) else [value] if isinstance(value, date) else []
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        yield "DATE_RANGE", f"{field.label_th}อยู่นอกช่วงปีที่รับได้", "ตรวจปีอีกครั้ง"
    elif isinstance(value, Span) and value.end < value.start:
        yield "PERIOD_REVERSED", f"{field.label_th}สิ้นสุดก่อนวันเริ่มต้น", "สลับหรือแก้วันเริ่มและวันสิ้นสุด"
    elif field.type is FieldType.MONTH and isinstance(value, date) and value.day != 1:
        yield "VALUE_KIND", f"{field.label_th}ต้องเป็นเดือน", by_example(field)


def _rows(field: Field, rows: tuple[object, ...], beside: Values) -> Iterator[Fault]:
    if len(rows) > ROWS_MAX:
        yield Fault(field.key, "TOO_MANY_ROWS", f"{field.label_th}เกิน {ROWS_MAX} แถว", "แยกเป็นหลายรายการ")
        return
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            yield Fault(field.key, "VALUE_KIND", f"{field.label_th} แถวที่ {number} ไม่ใช่แถวของตาราง", row=number)
            continue
        for column in field.columns:
            yield from _cell(field, number, column, row, beside)


def _is_required(column: Field, row: Values, beside: Values) -> bool:
    condition = column.required_if
    return column.required or (condition is not None and holds(condition, row, beside))


def _cell(field: Field, number: int, column: Field, row: Values, beside: Values) -> Iterator[Fault]:
    value = row.get(column.key)
    found = value_faults(column, value)
    if column.type is not FieldType.DERIVED and not is_filled(value) and _is_required(column, row, beside):
        found = [Fault(column.key, "REQUIRED", f"ยังไม่ได้กรอก{column.label_th}", by_example(column))]
    for fault in found:
        message = f"{field.label_th} แถวที่ {number}: {fault.message_th}"
        yield replace(fault, field=field.key, message_th=message, row=number, column=column.key)
