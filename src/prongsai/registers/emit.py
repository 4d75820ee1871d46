"""Registers as JSON for other programs, and as a file to start from."""

from collections.abc import Iterator, Sequence

from prongsai.registers.elsewhere import Elsewhere
from prongsai.registers.model import Field, FieldType, Flow, Openness, Register, View


def register_row(register: Register) -> dict[str, object]:
    """Give the row that ``registers --json`` prints."""
    return {
        "id": register.id,
        "systems": list(register.systems),
        "name_th": register.name_th,
        "name_en": register.name_en,
        "group": register.group,
        "flow": register.flow.value,
        "rhythm": register.due.rhythm.value if register.due else None,
        "items": list(dict.fromkeys(feed.item for feed in register.feeds)),
        "views": [each.key for each in register.views],
        "since_be": register.since_be,
    }


def elsewhere_row(one: Elsewhere) -> dict[str, object]:
    """Give the row of a system that is no register."""
    return {"system": one.system, "where": one.where, "reason": one.reason_th, "reason_en": one.reason_en}


def register_json(register: Register) -> dict[str, object]:
    """Give what ``registers show --json`` prints: the row, with fields, states and moves."""
    return {
        **register_row(register),
        "owners": list(register.owners),
        "everyone": register.everyone,
        "fields": [_field_json(each) for each in register.fields],
        "progress": [_field_json(each) for each in register.progress.fields] if register.progress else [],
        "states": [{"key": each.key, "label_th": each.label_th, "final": each.is_final} for each in register.states],
        "moves": [
            {"key": each.key, "label_th": each.label_th, "from": list(each.sources), "to": each.to, "by": each.by}
            for each in register.moves
        ],
        "statistics": [each.key for each in register.statistics],
        "views": [_view_json(each) for each in register.views],
        "sha256": register.sha256,
        "unverified_th": list(register.unverified_th),
    }


def _view_json(one: View) -> dict[str, object]:
    return {"key": one.key, "title_th": one.title_th, "title_en": one.title_en, "readers": list(one.readers)}


def _field_json(one: Field) -> dict[str, object]:
    found: dict[str, object] = {
        "key": one.key,
        "type": one.type.value,
        "label_th": one.label_th,
        "required": one.required,
        "open": one.openness.value,
    }
    if one.choices:
        found["choices"] = {each.key: each.label_th for each in one.choices}
    if one.columns:
        found["columns"] = [_field_json(each) for each in one.columns]
    return found


_TOLD = """\
# แก้ชื่อ ช่อง และกติกาให้เป็นของหน่วยงาน แล้ววางไว้ในโฟลเดอร์ registers ของข้อมูลระบบ
# ทุกช่องที่ใช้ได้อธิบายไว้ใน docs/reference/register-files.md
"""
_STARTER = """\
id: {id}
name_th: ทะเบียน{id} (แก้ชื่อนี้)
name_en: {id}
flow: record
owners: [officer]
everyone: true
title: "{{item}}"
dated_by: day
unit_by: unit
fields:
  day: {{type: date, label_th: วันที่, label_en: Date, required: true, open: public, example: 15/1/2569}}
  item: {{type: text, label_th: รายการ, label_en: Item, required: true, open: public, example: ตัวอย่างรายการ}}
  kind:
    type: choice
    label_th: ประเภท
    label_en: Kind
    required: true
    open: public
    choices: {{one: แบบที่หนึ่ง, two: แบบที่สอง}}
  unit: {{type: unit, label_th: ส่วนราชการ, label_en: Unit, required: true, open: public}}
  note: {{type: long_text, label_th: หมายเหตุ, label_en: Note}}
rules:
  - {{kind: not_future, field: day}}
due: {{rhythm: monthly, days: 10}}
filters: [kind, unit]
statistics:
  by_kind: {{title_th: จำนวนตามประเภท, by: [kind]}}
public: {{columns: [day, item, kind, unit]}}
"""


def starter_file(id_: str) -> str:
    """Write a small register file of no particular kind to start from."""
    return _TOLD + _STARTER.format(id=id_)


def example_file(register: Register, id_: str) -> str:
    """Write a small register file like another: its head and its first plain fields, under a new id."""
    fields = _plain_fields(register)
    public = [each.key for each in fields if each.openness in (Openness.PUBLIC, Openness.MASKED)]
    return _TOLD + "\n".join(
        [
            *_head_lines(register, id_, fields),
            "fields:",
            *(f"  {each.key}: {_field_line(each)}" for each in fields),
            *([f"due: {{rhythm: {register.due.rhythm.value}, days: {register.due.days}}}"] if register.due else ()),
            *([f"public: {{columns: [{', '.join(public)}]}}"] if public else ()),
            "",
        ]
    )


def _head_lines(register: Register, id_: str, fields: Sequence[Field]) -> Iterator[str]:
    yield f"id: {id_}"
    yield f"name_th: {quoted(register.name_th + ' (แก้ชื่อนี้)')}"
    yield f"name_en: {quoted(register.name_en or id_)}"
    yield f"group: {register.group}"
    yield f"flow: {register.flow.value}"
    yield f"owners: [{', '.join(register.owners) or 'officer'}]"
    if register.flow is Flow.REQUEST:
        yield f"deciders: [{', '.join(register.deciders) or 'mayor'}]"
    if any(each.key == register.dated_by for each in fields):
        yield f"dated_by: {register.dated_by}"
    told = [each for each in fields if each.openness is not Openness.SECRET] or fields
    titled = next((each for each in told if each.type is FieldType.TEXT), told[0])
    yield f'title: "{{{titled.key}}}"'


_SIMPLE = (FieldType.TEXT, FieldType.DATE, FieldType.MONEY, FieldType.NUMBER, FieldType.CHOICE, FieldType.UNIT)
_MOST = 6


def _plain_fields(register: Register) -> Sequence[Field]:
    plain = [each for each in register.fields if each.type in _SIMPLE and not each.at]
    chosen = sorted(plain, key=lambda each: not each.required)[:_MOST]
    return chosen or [Field("item", FieldType.TEXT, "รายการ", "Item", required=True, openness=Openness.PUBLIC)]


def _field_line(one: Field) -> str:
    parts = [f"type: {one.type.value}", f"label_th: {quoted(one.label_th)}"]
    if one.label_en:
        parts.append(f"label_en: {quoted(one.label_en)}")
    if one.required:
        parts.append("required: true")
    parts.append(f"open: {one.openness.value}")
    if one.choices:
        parts.append(f"choices: {{{', '.join(f'{each.key}: {quoted(each.label_th)}' for each in one.choices)}}}")
    if one.decimals and one.type is FieldType.NUMBER:
        parts.append(f"decimals: {one.decimals}")
    if one.unit_th:
        parts.append(f"unit_th: {quoted(one.unit_th)}")
    if one.example:
        parts.append(f"example: {quoted(one.example)}")
    return f"{{{', '.join(parts)}}}"


def quoted(text: str) -> str:
    """Write a text so that YAML reads it as it is."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
