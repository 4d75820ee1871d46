"""Public holidays as data that an office edits: a library's calendar to start with, the office's own file over it.

The cabinet adds and moves days during the year, so the library can only be a starting point. The library's calendar
is for the whole country; Labour Day, which offices work, and Children's Day, a Saturday, are left out.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from prongsai.errors import FileUnusable, Problem, Severity, Where
from prongsai.thai.days import read_date
from prongsai.thai.fiscal import BE_OFFSET

Action = Literal["add", "remove", "move"]

_NOT_KEPT_BY_OFFICES = frozenset({"วันแรงงานแห่งชาติ", "วันเด็กแห่งชาติ"})
_ACTIONS: Mapping[str, Action] = {
    "add": "add", "เพิ่ม": "add", "remove": "remove", "ยกเลิก": "remove", "move": "move", "เลื่อน": "move",
}  # fmt: skip


class Holiday(NamedTuple):
    """A day off. source: ``library`` or ``office``."""

    day: date
    name: str
    source: Literal["library", "office"]


class Edit(NamedTuple):
    """One change of an office's file. to: the new day of a move."""

    action: Action
    day: date
    name: str = ""
    to: date | None = None


class HolidayFile(NamedTuple):
    """What an office's file says, and its faulty rows as Problems."""

    edits: tuple[Edit, ...]
    problems: tuple[Problem, ...]


@lru_cache(maxsize=32)
def _from_library(year: int) -> tuple[Holiday, ...]:
    from holidays import country_holidays  # noqa: PLC0415  # reason: 60 ms that only the calendar should pay

    days = country_holidays("TH", years=year, language="th", categories=("public", "government"))
    kept: list[Holiday] = []
    for day, names in sorted(days.items()):
        name = "; ".join(name for name in names.split("; ") if name not in _NOT_KEPT_BY_OFFICES)
        if name:
            kept.append(Holiday(day, name, "library"))
    return tuple(kept)


def holidays(year: int, edits: Iterable[Edit] = ()) -> tuple[Holiday, ...]:
    """List the holidays of a calendar year in order; a year above 2400 is Buddhist.

    edits: an office's changes, applied in their order; those of other years do nothing, a move into or out of the
    year counts.
    """
    ce = year - BE_OFFSET if year > 2400 else year
    days = {holiday.day: holiday for holiday in _from_library(ce)}
    for edit in edits:
        moved = days.pop(edit.day, None) if edit.action in {"remove", "move"} else None
        if edit.action == "add":
            days[edit.day] = Holiday(edit.day, edit.name, "office")
        elif edit.action == "move" and edit.to:
            name = edit.name or (moved.name if moved else _name_of(edit.day))
            days[edit.to] = Holiday(edit.to, name, "office")
    return tuple(days[day] for day in sorted(days) if day.year == ce)


def _name_of(day: date) -> str:
    return next((holiday.name for holiday in _from_library(day.year) if holiday.day == day), "")


def load_holidays(path: Path) -> HolidayFile:
    """Read an office's file: CSV with the columns action, date, to, name, or YAML with a list of such rows.

    action: add, remove, move or เพิ่ม, ยกเลิก, เลื่อน; dates ISO or as Thai print has them. FileUnusable when the
    file cannot be read at all; a faulty row is left out and becomes a Problem HOLIDAY_ROW.
    """
    rows = _rows(path)
    edits: list[Edit] = []
    problems: list[Problem] = []
    for line, row in rows:
        edit = _edit(row)
        if isinstance(edit, Edit):
            edits.append(edit)
        else:
            problems.append(_fault(path, line, row, *edit))
    return HolidayFile(tuple(edits), tuple(problems))


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise _unusable(path, str(fault)) from fault
    if path.suffix.lower() == ".csv":
        reader = csv.DictReader(text.splitlines())
        return [(reader.line_num, {k or "": v or "" for k, v in row.items()}) for row in reader]
    import yaml  # noqa: PLC0415  # reason: only for an office's own YAML file

    try:
        listed = yaml.safe_load(text) or []
    except yaml.YAMLError as fault:
        raise _unusable(path, str(fault)) from fault
    if not isinstance(listed, list):
        raise _unusable(path, "not a list of rows")
    return [
        (i, {str(k): str(v) for k, v in row.items()} if isinstance(row, dict) else {})
        for i, row in enumerate(listed, 1)
    ]


def _unusable(path: Path, why: str) -> FileUnusable:
    return FileUnusable(
        f"{path.name}: {why}",
        message_th=f"อ่านไฟล์วันหยุด {path.name} ไม่ได้",
        mend_th="ใช้ไฟล์ CSV หรือ YAML (UTF-8) ที่มีคอลัมน์ action, date, to, name",
    )


def _edit(row: Mapping[str, str]) -> Edit | tuple[str, str]:
    """Read a row, or say in English and Thai what is wrong with it."""
    action = _ACTIONS.get(row.get("action", "").strip().lower())
    day, to = _day(row.get("date", "")), _day(row.get("to", ""))
    name = row.get("name", "").strip()
    if action is None:
        return "the action is not add, remove or move", "คอลัมน์ action ต้องเป็น add, remove หรือ move"
    if day is None:
        return "the date cannot be read", "อ่านวันที่ไม่ได้"
    if action == "move" and to is None:
        return "a move needs the new day in the column to", "การเลื่อนต้องมีวันใหม่ในคอลัมน์ to"
    if action == "add" and not name:
        return "a new holiday needs a name", "วันหยุดที่เพิ่มต้องมีชื่อ"
    return Edit(action, day, name, to)


def _day(text: str) -> date | None:
    reading = read_date(text)
    return reading.value if reading else None


def _fault(path: Path, line: int, row: Mapping[str, str], why: str, why_th: str) -> Problem:
    return Problem(
        "HOLIDAY_ROW", Severity.ERROR, f"{path.name}, row {line}: {why}", f"{path.name} รายการ {line}: {why_th}",
        Where(file=path.name, line=line), (", ".join(f"{k}: {v}" for k, v in row.items()),),
        mend="Mend the row.", mend_th="แก้ไขรายการนี้",
    )  # fmt: skip


def is_working_day(day: date, edits: Iterable[Edit] = ()) -> bool:
    """Whether an office works on a day: no Saturday, Sunday or holiday."""
    return day.weekday() < 5 and all(holiday.day != day for holiday in holidays(day.year, edits))


def next_working_day(day: date, edits: Iterable[Edit] = ()) -> date:
    """Give the day itself when it is a working day, else the next that is."""
    kept = tuple(edits)
    while not is_working_day(day, kept):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int, edits: Iterable[Edit] = ()) -> date:
    """Give the working day ``count`` (0 or more) working days after a day; the day itself does not count."""
    if count < 0:
        raise ValueError(f"count forwards only, not {count}")
    kept = tuple(edits)
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), kept)
    return day


def working_days_between(start: date, end: date, edits: Iterable[Edit] = ()) -> int:
    """Count the working days from start to end, both inside; 0 when it ends before it starts."""
    kept = tuple(edits)
    off = {holiday.day for year in range(start.year, end.year + 1) for holiday in holidays(year, kept)}
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return sum(day.weekday() < 5 and day not in off for day in days)
