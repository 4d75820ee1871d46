"""Records from JSON: every fault at once, each with its place, in Thai and English."""

import json
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from prongsai.documents.read.printed import as_printed
from prongsai.errors import Problem, RecordsInvalid, Severity
from prongsai.reports.forms.values import is_blank

R = TypeVar("R")
BUDDHIST_YEAR_MIN = 2400
_WRONG_TH: Mapping[str, str] = {
    "missing": "ขาดช่องนี้",
    "string_type": "ต้องเป็นข้อความ",
    "int_type": "ต้องเป็นจำนวนเต็ม",
    "int_parsing": "ต้องเป็นจำนวนเต็ม",
    "int_from_float": "ต้องเป็นจำนวนเต็ม",
    "decimal_type": "ต้องเป็นตัวเลข",
    "decimal_parsing": "ต้องเป็นตัวเลข",
    "finite_number": "ต้องเป็นตัวเลขที่มีค่าแน่นอน",
    "date_type": "ต้องเป็นวันที่แบบ ปปปป-ดด-วว (ค.ศ.)",
    "date_parsing": "ต้องเป็นวันที่แบบ ปปปป-ดด-วว (ค.ศ.)",
    "date_from_datetime_parsing": "ต้องเป็นวันที่แบบ ปปปป-ดด-วว (ค.ศ.)",
    "date_from_datetime_inexact": "ต้องเป็นวันที่อย่างเดียว ไม่มีเวลา",
    "time_type": "ต้องเป็นเวลาแบบ ชช:นน",
    "time_parsing": "ต้องเป็นเวลาแบบ ชช:นน",
    "enum": "ไม่ใช่ค่าที่ให้เลือก",
    "literal_error": "ไม่ใช่ค่าที่ให้เลือก",
    "bool_type": "ต้องเป็นจริงหรือเท็จ",
    "tuple_type": "ต้องเป็นรายการ [ … ]",
    "dataclass_type": "ต้องเป็นชุดข้อมูล { … }",
    "dataclass_exact_type": "ต้องเป็นชุดข้อมูล { … }",
}


def load_records(record: type[R], data: Any) -> R:
    """Make a record of a class from what JSON holds. Texts are taken as they would be printed.

    Raises RecordsInvalid carrying every Problem: a field that is missing, unknown or of a wrong kind, a date in a
    Buddhist year.
    """
    clean = _clean(data)
    problems = [*_unknown(record, clean, ()), *_buddhist(record, clean, ())]
    made: R | None = None
    try:
        made = TypeAdapter(record).validate_python(clean)
    except ValidationError as invalid:
        problems += [_problem(error) for error in invalid.errors(include_url=False)]
    if problems or made is None:
        raise invalid_records(problems)
    return made


def invalid_records(problems: Sequence[Problem]) -> RecordsInvalid:
    """Make the exception of faulty records."""
    first = problems[0]
    return RecordsInvalid(
        f"the records have {len(problems)} faults; the first: {first.message}",
        message_th=f"ข้อมูลมีข้อผิดพลาด {len(problems)} แห่ง แห่งแรก: {first.message_th}",
        problems=problems,
    )


def load_sample(record: type[R], name: str) -> R:
    """Make the sample record of a kind from ``reports/data/samples/<name>.json``."""
    text = files("prongsai.reports").joinpath(f"data/samples/{name}.json").read_text(encoding="utf-8")
    return load_records(record, json.loads(text))


def _clean(data: Any) -> Any:
    """Give the data with texts as they are printed: white space collapsed, nothing for a dash."""
    if isinstance(data, str):
        text = as_printed(data)
        return "" if is_blank(text) else text
    if isinstance(data, Mapping):
        return {str(key): _clean(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [value for each in data if (value := _clean(each)) != ""]
    return data


def _place(place: Sequence[str | int]) -> str:
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".") or "(ทั้งหมด)"


def _problem(error: Any) -> Problem:
    place = _place(error["loc"])
    kind = str(error["type"])
    code = "RECORD_FIELD_MISSING" if kind == "missing" else "RECORD_VALUE_WRONG"
    wrong_th = _WRONG_TH.get(kind, "ค่าไม่ถูกต้อง")
    shown = () if kind == "missing" else (str(error["input"])[:80],)
    return Problem(code, Severity.ERROR, f"{place}: {error['msg']}", f"{place}: {wrong_th}", evidence=shown)


def _unknown(kind: Any, data: Any, place: tuple[str | int, ...]) -> Iterator[Problem]:
    """Name the keys that no field has: a misspelt field would be lost without a word."""
    for inner, part, value in _inside(kind, data):
        yield from _unknown(inner, value, (*place, part))
    if is_dataclass(kind) and isinstance(data, Mapping):
        known = {each.name for each in fields(kind)}
        for key in data:
            if key not in known:
                where = _place((*place, key))
                yield Problem(
                    "RECORD_FIELD_UNKNOWN", Severity.ERROR, f"{where}: there is no such field", f"{where}: ไม่มีช่องชื่อนี้",
                    evidence=(key,), mend=f"known are {', '.join(sorted(known))}",
                    mend_th=f"ช่องที่มีคือ {', '.join(sorted(known))}",
                )  # fmt: skip


def _buddhist(kind: Any, data: Any, place: tuple[str | int, ...]) -> Iterator[Problem]:
    """Name the dates whose year is Buddhist: records hold Christian years."""
    for inner, part, value in _inside(kind, data):
        yield from _buddhist(inner, value, (*place, part))
    if _bare(kind) is date and isinstance(data, str) and data[:4].isdecimal() and int(data[:4]) >= BUDDHIST_YEAR_MIN:
        where = _place(place)
        yield Problem(
            "RECORD_BUDDHIST_YEAR", Severity.ERROR, f"{where}: {data} has a Buddhist year",
            f"{where}: {data} เป็นปี พ.ศ. ข้อมูลต้องเก็บเป็น ค.ศ.", evidence=(data,),
            mend="subtract 543 from the year", mend_th="ลบ 543 จากปี",
        )  # fmt: skip


def _inside(kind: Any, data: Any) -> Iterator[tuple[Any, str | int, Any]]:
    """Walk one step down: fields of a record, items of a list."""
    kind = _bare(kind)
    if is_dataclass(kind) and isinstance(data, Mapping) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        yield from ((hints[each.name], each.name, data[each.name]) for each in fields(kind) if each.name in data)
    elif typing.get_origin(kind) is tuple and isinstance(data, list):
        yield from ((typing.get_args(kind)[0], at, value) for at, value in enumerate(data))


def _bare(kind: Any) -> Any:
    """Give a kind without its ``| None``."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return next(each for each in typing.get_args(kind) if each is not type(None))
    return kind
