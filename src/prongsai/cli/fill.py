"""``prongsai fill``: rows into the year's official workbook, as the commission issued it."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import click

from prongsai.cli import FINE
from prongsai.cli.show import json_out, line, problems_table
from prongsai.documents.write import save
from prongsai.errors import FileUnusable, Problem, RecordsInvalid
from prongsai.reports.forms.official import Data, fill
from prongsai.reports.load import BUDDHIST_YEAR_MIN, fault, invalid

SUFFIX = ".xlsx"
SHAPE_TH = 'ต้องเป็นไฟล์ JSON (UTF-8) แบบ [{"หัวคอลัมน์": ค่า, …}, …] หนึ่งกลุ่มต่อหนึ่งแถว'
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@click.command(name="fill", short_help="rows into the year's official workbook")
@click.argument("form", type=click.Path(path_type=Path), metavar="FORM.xlsx")
@click.argument("rows", type=click.Path(path_type=Path), metavar="ROWS.json")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="ไฟล์ปลายทาง .xlsx ต้องไม่ใช่ไฟล์แบบเดิม")
@click.option("--sheet", default="", help="ชื่อแผ่นงาน ไม่ใส่คือแผ่นแรกที่หัวตารางตรงกับข้อมูล")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(form: Path, rows: Path, out: Path, sheet: str, as_json: bool) -> int:
    """กรอกแบบฟอร์ม Excel ทางการของปีนั้น เติมเฉพาะค่าใต้หัวตาราง ส่วนอื่นของไฟล์คงเดิม."""
    _hold_out(out, (form, rows))
    try:
        data = _rows(_load(rows))
        filled = fill(_content(form), form.name, data, sheet=sheet)
    except RecordsInvalid as refused:
        _show_faults(refused.problems, as_json)
        raise
    save(filled, out)
    if as_json:
        json_out({"file": str(out), "rows": len(data), "problems": []})
    else:
        line(f"กรอก {form.name} {len(data)} แถว แล้วที่ {out}")
    return FINE


def _hold_out(out: Path, sources: tuple[Path, ...]) -> None:
    """Refuse a target of another kind, and one that is the form or the rows themselves."""
    if out.suffix.lower() != SUFFIX:
        raise FileUnusable(
            f"{out.name} does not end with {SUFFIX}",
            message_th=f"ไฟล์ปลายทาง {out.name} ต้องเป็น Excel",
            mend_th=f"ตั้งชื่อให้ลงท้ายด้วย {SUFFIX}",
        )
    for source in sources:
        if out.resolve() == source.resolve() or (out.exists() and source.exists() and out.samefile(source)):
            raise FileUnusable(
                f"{out.name} would overwrite {source.name}",
                message_th=f"ไฟล์ปลายทางคือ {source.name} เอง ไม่เขียนทับ",
                mend_th="ตั้งชื่อไฟล์ปลายทางใหม่",
            )


def _show_faults(problems: tuple[Problem, ...], as_json: bool) -> None:
    if as_json:
        json_out({"problems": [problem.to_json() for problem in problems]})
    else:
        problems_table(problems, "สิ่งที่ยังกรอกไม่ได้")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as reason:
        raise FileUnusable(
            f"{path} cannot be opened: {reason.strerror}", message_th=f"เปิดแบบ {path} ไม่ได้", mend_th="ตรวจชื่อไฟล์"
        ) from reason


def _load(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as reason:
        place = f" บรรทัด {reason.lineno}" if isinstance(reason, json.JSONDecodeError) else ""
        raise _unusable(path.name, str(reason), place) from reason


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _unusable(name: str, what: str, place: str = "") -> FileUnusable:
    return FileUnusable(f"{name}: {what}", message_th=f"อ่านข้อมูลจาก {name} ไม่ได้{place}", mend_th=SHAPE_TH)


def _rows(data: object) -> list[Data]:
    """Give rows whose days are days. Raises RecordsInvalid with every value that no cell can hold."""
    if not isinstance(data, list) or not data:
        raise invalid([fault("RECORD_VALUE_WRONG", (), "expected a list of rows", SHAPE_TH)])
    problems: list[Problem] = []
    rows = [_row(row, number, problems) for number, row in enumerate(data)]
    if problems:
        raise invalid(problems)
    return rows


def _row(row: object, number: int, problems: list[Problem]) -> Data:
    if not isinstance(row, Mapping) or not row:
        problems.append(fault("RECORD_VALUE_WRONG", (number,), "expected a row, an object", SHAPE_TH))
        return {}
    return {head: _value(value, (number, head), problems) for head, value in row.items()}


def _value(value: object, place: tuple[int, str], problems: list[Problem]) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day(value, place, problems)
    if isinstance(value, bool | list | dict):
        message_th = "ต้องเป็นข้อความ ตัวเลข หรือวันที่แบบ 2025-11-20"
        problems.append(fault("RECORD_VALUE_WRONG", place, "neither text nor number nor day", message_th))
    return value


def _day(text: str, place: tuple[int, str], problems: list[Problem]) -> date | None:
    if int(text[:4]) >= BUDDHIST_YEAR_MIN:
        message_th = f"{text} เป็นปี พ.ศ. ต้องใช้ปี ค.ศ. เช่น 2025-11-20"
        problems.append(fault("RECORD_BUDDHIST_YEAR", place, f"{text} is a year of the Buddhist era", message_th))
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(fault("RECORD_VALUE_WRONG", place, f"{text} is no day", f"{text} ไม่มีจริงในปฏิทิน"))
        return None
