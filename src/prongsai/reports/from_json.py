"""Records from JSON, in the form that they are printed in, with every fault named at its place.

What a person who writes the file by hand leaves out gets its neutral value: an empty list, nothing, the next number. An
unknown name is a fault: a misspelt one would otherwise be lost without a word.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from prongsai.documents.read.printed import as_printed
from prongsai.errors import Problem, RecordsInvalid, Severity
from prongsai.reports.complete import complete_report, complete_rows
from prongsai.reports.records import Gap, IndicatorPlan, Measure, Record, Report, Tracking

T = TypeVar("T")
Place = tuple[str | int, ...]
ROWS: Mapping[str, type[Record]] = {
    "gap": Gap, "measure": Measure, "indicator": IndicatorPlan, "tracking": Tracking,
}  # fmt: skip
FAULTS_PRINTED_MAX = 5
VALUE_PRINTED_MAX = 60
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ANY_DAY = "1970-01-01"  # stands in for a day that is already a fault
_CODES = {
    "missing": "RECORD_FIELD_MISSING", "unknown": "RECORD_FIELD_UNKNOWN", "be": "RECORD_BUDDHIST_YEAR",
}  # fmt: skip
_MESSAGES_TH = {
    "missing": "ขาดช่องนี้",
    "unknown": "ไม่รู้จักชื่อช่องนี้",
    "date": "ต้องเป็นวันที่มีจริง แบบ ค.ศ. เช่น 2024-03-31",
    "be": "เป็นปี พ.ศ. ต้องใช้ปี ค.ศ. เช่น 2024-03-31",
    "decimal": "ต้องเป็นตัวเลข",
    "finite": "ต้องเป็นตัวเลข",
    "int": "ต้องเป็นจำนวนเต็ม",
    "string": "ต้องเป็นข้อความในเครื่องหมายคำพูด",
    "tuple": "ต้องเป็นรายการใน [ ]",
    "dataclass": "ต้องเป็นกลุ่มข้อมูลใน { }",
    "enum": "ใช้ค่านี้ไม่ได้ ต้องเป็น",
    "kind": "ต้องระบุ kind เป็น gap, measure, indicator หรือ tracking",
    "bool": "ต้องเป็น true หรือ false",
}


def records_from_json(data: object) -> Report:
    """Read the form of ``Report.to_json()`` back. Raises RecordsInvalid with every fault at once."""
    if not isinstance(data, Mapping):
        raise _invalid([_problem((), "dataclass", "expected one report, an object", data)])
    problems: list[Problem] = []
    rows = [_row(row, place, problems) for place, row in enumerate(complete_rows(data))]
    whole = complete_report(data)
    if isinstance(whole["rows"], list):
        whole["rows"] = []  # read one by one above, each as its kind
    report = _read(Report, whole, (), problems)
    if problems or report is None:
        raise _invalid(problems)
    return replace(report, rows=tuple(row for row in rows if row is not None))


def from_json(kind: type[T], data: object) -> T:
    """Read the records of a dataclass, nested ones too. Raises RecordsInvalid with every fault at once."""
    problems: list[Problem] = []
    found = _read(kind, data, (), problems)
    if problems or found is None:
        raise _invalid(problems)
    return found


def _row(data: object, number: int, problems: list[Problem]) -> Record | None:
    place: Place = ("rows", number)
    kind = ROWS.get(str(data.get("kind"))) if isinstance(data, Mapping) else None
    if kind is None or not isinstance(data, Mapping):
        problems.append(_problem((*place, "kind"), "kind", "unknown kind of row", data))
        return None
    return _read(kind, {name: value for name, value in data.items() if name != "kind"}, place, problems)


def _read(kind: type[T], data: object, place: Place, problems: list[Problem]) -> T | None:
    whole = _whole(kind, data, place, problems)
    try:
        found: T = _adapter(kind).validate_python(whole)  # type: ignore[arg-type]  # every class is hashable
    except ValidationError as error:
        for one in error.errors(include_url=False):
            expected = str(one.get("ctx", {}).get("expected", ""))
            problems.append(_problem((*place, *one["loc"]), one["type"], one["msg"], one["input"], expected))
        return None
    return found


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _whole(hint: Any, data: object, place: Place, problems: list[Problem]) -> object:
    """Give data with what was left out; unknown names and days that are none are noted."""
    options = [option for option in get_args(hint) if option is not type(None)]
    if isinstance(hint, UnionType) and len(options) == 1:
        return None if data is None else _whole(options[0], data, place, problems)
    if get_origin(hint) is tuple and isinstance(data, list):
        return [_whole(options[0], value, (*place, number), problems) for number, value in enumerate(data)]
    if hint is date:
        return _day(data, place, problems)
    if hint is str and isinstance(data, str):
        return as_printed(data)
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(data, Mapping):
        return _filled(hint, data, place, problems)
    return data


def _filled(kind: type[Any], data: Mapping[str, object], place: Place, problems: list[Problem]) -> dict[str, object]:
    known = {entry.name: entry for entry in fields(kind) if entry.init}
    problems += [
        _problem((*place, name), "unknown", "unknown name", value) for name, value in data.items() if name not in known
    ]
    whole: dict[str, object] = {}
    for name, entry in known.items():
        hint = _hints(kind)[name]  # type: ignore[arg-type]  # every class is hashable
        if name in data:
            whole[name] = _whole(hint, data[name], (*place, name), problems)
        elif entry.default is MISSING and entry.default_factory is MISSING:
            whole.update((name, value) for value in _neutral(hint, (*place, name), problems))
    return whole


def _neutral(hint: Any, place: Place, problems: list[Problem]) -> list[object]:
    """Give the neutral value of what was left out, none where there is no such value."""
    if isinstance(hint, UnionType) and type(None) in get_args(hint):
        return [None]
    if get_origin(hint) is tuple:
        return [[]]
    return [_filled(hint, {}, place, problems)] if is_dataclass(hint) and isinstance(hint, type) else []


def _day(data: object, place: Place, problems: list[Problem]) -> object:
    if not isinstance(data, str) or not _DAY.fullmatch(data):
        problems.append(_problem(place, "date", "not a day such as 2024-03-31", data))
    elif int(data[:4]) > 2400:
        problems.append(_problem(place, "be", "a year of the Buddhist era; write it as 2024-03-31", data))
    else:
        return data
    return _ANY_DAY


def _problem(place: Place, fault: str, message: str, value: object, expected: str = "") -> Problem:
    path = printed_place(place)
    key = fault if fault in _MESSAGES_TH else fault.partition("_")[0]
    message_th = " ".join(part for part in (_MESSAGES_TH.get(key, "ใช้ค่านี้ไม่ได้"), expected) if part)
    shown = () if key == "missing" else (repr(value)[:VALUE_PRINTED_MAX],)
    code = _CODES.get(key, "RECORD_VALUE_WRONG")
    return Problem(code, Severity.ERROR, f"{path}: {message}", f"{path}: {message_th}", evidence=(path, *shown))


def printed_place(place: Place) -> str:
    """Print a place in JSON as people write it: rows[2].period.start."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.lstrip(".") or "ทั้งไฟล์"


def _invalid(problems: list[Problem]) -> RecordsInvalid:
    first = [problem.message_th for problem in problems[:FAULTS_PRINTED_MAX]]
    more = len(problems) - len(first)
    rest = f" และอีก {more} แห่ง" if more else ""
    return RecordsInvalid(
        "; ".join(problem.message for problem in problems),
        message_th=f"ข้อมูลสำหรับเขียนเอกสารใช้ไม่ได้: {'; '.join(first)}{rest}",
        problems=problems,
    )
