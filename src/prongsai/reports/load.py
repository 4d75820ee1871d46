"""Records from JSON data: a dataclass made of it, or every fault at once with its place, in Thai and English.

An unknown name is a fault: a misspelt one would otherwise be lost without a word.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, time
from functools import lru_cache
from importlib.resources import files
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from prongsai.documents.read.printed import as_printed
from prongsai.errors import Problem, RecordsInvalid, Severity

T = TypeVar("T")
Place = tuple[str | int, ...]  # names of fields and 0-based numbers in lists
FAULTS_PRINTED_MAX = 5
VALUE_PRINTED_MAX = 60
BUDDHIST_YEAR_MIN = 2400
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(:\d\d)?", re.ASCII)
_ANY_DAY, _ANY_TIME = "1970-01-01", "00:00"  # stand in for what is already a fault
_CODES = {
    "missing": "RECORD_FIELD_MISSING", "unknown": "RECORD_FIELD_UNKNOWN", "be": "RECORD_BUDDHIST_YEAR",
}  # fmt: skip
_MESSAGES_TH = {
    "missing": "ขาดช่องนี้",
    "unknown": "ไม่มีช่องชื่อนี้",
    "date": "ต้องเป็นวันที่มีจริง แบบ ค.ศ. เช่น 2024-03-31",
    "be": "เป็นปี พ.ศ. ต้องใช้ปี ค.ศ. เช่น 2024-03-31",
    "time": "ต้องเป็นเวลา เช่น 09:30",
    "decimal": "ต้องเป็นตัวเลข",
    "finite": "ต้องเป็นตัวเลขที่มีค่าแน่นอน",
    "float": "ต้องเป็นตัวเลข",
    "int": "ต้องเป็นจำนวนเต็ม",
    "string": "ต้องเป็นข้อความในเครื่องหมายคำพูด",
    "tuple": "ต้องเป็นรายการใน [ ]",
    "dict": "ต้องเป็นกลุ่มข้อมูลใน { }",
    "mapping": "ต้องเป็นกลุ่มข้อมูลใน { }",
    "dataclass": "ต้องเป็นกลุ่มข้อมูลใน { }",
    "enum": "ใช้ค่านี้ไม่ได้ ต้องเป็น",
    "bool": "ต้องเป็น true หรือ false",
}


def load(kind: type[T], data: object, *, fill: bool = False) -> T:
    """Make the records of a dataclass, nested ones too. Texts are taken as they would be printed.

    fill: what is left out gets its neutral value, an empty list or nothing, where it has one; else it is a fault.
    Raises RecordsInvalid with every fault at once.
    """
    loading = Loading(fill)
    found = loading.read(kind, data)
    if loading.problems or found is None:
        raise invalid(loading.problems)
    return found


def sample_data(name: str) -> Any:
    """Give the sample of a kind of paper as JSON holds it: ``reports/data/samples/<name>.json``."""
    return json.loads(files("prongsai.reports").joinpath(f"data/samples/{name}.json").read_text(encoding="utf-8"))


def invalid(problems: Sequence[Problem]) -> RecordsInvalid:
    """Make the exception of faulty records; its line names the first faults and counts the rest."""
    first = [problem.message_th for problem in problems[:FAULTS_PRINTED_MAX]]
    more = len(problems) - len(first)
    rest = f" และอีก {more} แห่ง" if more else ""
    return RecordsInvalid(
        "; ".join(problem.message for problem in problems),
        message_th=f"ข้อมูลสำหรับเขียนเอกสารใช้ไม่ได้: {'; '.join(first)}{rest}",
        problems=problems,
    )


def printed_place(place: Place) -> str:
    """Print a place in JSON as people count: rows[2].period.start is in the second row. Empty for the whole."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".")


def fault(
    code: str,
    place: Place,
    message: str,
    message_th: str,
    evidence: tuple[str, ...] = (),
    mend: str | None = None,
    mend_th: str | None = None,
) -> Problem:
    """Make the Problem of a place in JSON; the place is the first of its evidence."""
    path = printed_place(place)
    return Problem(
        code, Severity.ERROR, f"{path or 'the whole'}: {message}", f"{path or 'ทั้งไฟล์'}: {message_th}",
        evidence=(path, *evidence), mend=mend, mend_th=mend_th,
    )  # fmt: skip


@dataclass
class Loading:
    """Records as they are made, with the faults found so far. fill: as of ``load``."""

    fill: bool = False
    problems: list[Problem] = field(default_factory=list)

    def read(self, kind: type[T], data: object, place: Place = ()) -> T | None:
        """Make one record; None, with its faults noted, where it cannot be made."""
        whole = self._whole(kind, data, place)
        try:
            found: T = _adapter(kind).validate_python(whole)  # type: ignore[arg-type]  # every class is hashable
        except ValidationError as error:
            for one in error.errors(include_url=False):
                expected = str(one.get("ctx", {}).get("expected", "")).replace(" or ", " หรือ ")
                self.note((*place, *one["loc"]), one["type"], one["msg"], one["input"], expected)
            return None
        return found

    def note(self, place: Place, name: str, message: str, value: object, expected: str = "") -> None:
        """Note a fault by its name: one of ours or the type of a pydantic error."""
        key = name if name in _MESSAGES_TH else name.partition("_")[0]
        message_th = " ".join(part for part in (_MESSAGES_TH.get(key, "ใช้ค่านี้ไม่ได้"), expected) if part)
        shown = () if key == "missing" else (repr(value)[:VALUE_PRINTED_MAX],)
        self.problems.append(
            fault(_CODES.get(key, "RECORD_VALUE_WRONG"), place, message, message_th, shown, *_mend(key))
        )

    def _whole(self, hint: Any, data: object, place: Place) -> object:
        """Give data with what was left out; unknown names, and days and times that are none, are noted."""
        options = [option for option in get_args(hint) if option is not type(None)]
        if isinstance(hint, UnionType) and len(options) == 1:
            return None if data is None else self._whole(options[0], data, place)
        if get_origin(hint) is tuple and isinstance(data, list):
            return [self._whole(options[0], value, (*place, number)) for number, value in enumerate(data)]
        if hint is date:
            return self._day(data, place)
        if hint is time:
            return self._time(data, place)
        if is_dataclass(hint) and isinstance(hint, type) and isinstance(data, Mapping):
            return self._fields(hint, data, place)
        return as_printed(data) if isinstance(hint, type) and isinstance(data, str) else data

    def _fields(self, kind: type[Any], data: Mapping[str, object], place: Place) -> dict[str, object]:
        known = {entry.name: entry for entry in fields(kind) if entry.init}
        for name, value in data.items():
            if name not in known:
                self._unknown((*place, name), value, tuple(known))
        whole: dict[str, object] = {}
        for name, entry in known.items():
            hint = _hints(kind)[name]  # type: ignore[arg-type]  # every class is hashable
            if name in data:
                whole[name] = self._whole(hint, data[name], (*place, name))
            elif self.fill and entry.default is MISSING and entry.default_factory is MISSING:
                whole.update((name, value) for value in self._neutral(hint, (*place, name)))
        return whole

    def _unknown(self, place: Place, value: object, known: tuple[str, ...]) -> None:
        names = ", ".join(known)
        message, message_th, shown = "there is no such field", _MESSAGES_TH["unknown"], repr(value)[:VALUE_PRINTED_MAX]
        self.problems.append(
            fault(_CODES["unknown"], place, message, message_th, (shown,), f"known are {names}", f"ช่องที่มีคือ {names}")
        )

    def _neutral(self, hint: Any, place: Place) -> list[object]:
        """Give the neutral value of what was left out, none where there is no such value."""
        if isinstance(hint, UnionType) and type(None) in get_args(hint):
            return [None]
        if get_origin(hint) is tuple:
            return [[]]
        return [self._fields(hint, {}, place)] if is_dataclass(hint) and isinstance(hint, type) else []

    def _day(self, data: object, place: Place) -> object:
        if not isinstance(data, str) or not _DAY.fullmatch(data):
            self.note(place, "date", "not a day such as 2024-03-31", data)
        elif int(data[:4]) >= BUDDHIST_YEAR_MIN:
            self.note(place, "be", "a year of the Buddhist era; write it as 2024-03-31", data)
        else:
            return data
        return _ANY_DAY

    def _time(self, data: object, place: Place) -> object:
        if isinstance(data, str) and _TIME.fullmatch(data):
            return data
        self.note(place, "time", "not a time such as 09:30", data)
        return _ANY_TIME


def _mend(key: str) -> tuple[str, str] | tuple[None, None]:
    return ("subtract 543 from the year", "ลบ 543 จากปี") if key == "be" else (None, None)


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
