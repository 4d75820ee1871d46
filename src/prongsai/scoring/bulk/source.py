"""Which file is which: told by its columns, as ``prongsai score`` tells tables by their heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from prongsai.errors import ScoresUnusable
from prongsai.thai.text import fold


class Kind(StrEnum):
    """What a column holds, as far as counting needs to know."""

    TEXT = "text"
    INTEGER = "integer"
    SINGLE = "single"
    DOUBLE = "double"
    DECIMAL = "decimal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file. type: as the engine calls it."""

    name: str
    kind: Kind
    type: str


class Shape(StrEnum):
    """What a file holds."""

    WIDE = "wide"
    LONG = "long"
    ITEMS = "items"


@dataclass(frozen=True)
class Source:
    """A file whose columns are understood.

    table: its name in the engine. roles: columns by what they are. cells: of a wide file, the column of each question
    (part 0) or sub-question (1, 2, …). left: columns that mean nothing here.
    """

    file: str
    table: str
    shape: Shape
    roles: Mapping[str, Column]
    cells: Mapping[tuple[str, int], Column] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are read."""
        return (*self.roles.values(), *self.cells.values())


_HEADS: Mapping[str, frozenset[str]] = {
    role: frozenset(map(fold, heads))
    for role, heads in {
        "agency": ("agency", "หน่วยงาน", "ชื่อหน่วยงาน", "อปท", "อปท.", "รหัสหน่วยงาน"),
        "question": ("question", "คำถาม", "ข้อคำถาม"),
        "value": ("value", "answer", "คำตอบ"),
        "respondent": ("respondent", "ผู้ตอบ", "ผู้ตอบแบบวัด", "ผู้ตอบแบบสอบถาม"),
        "part": ("part", "ข้อย่อย"),
        "item": ("item", "ข้อ", "ข้อที่", "รหัสข้อ"),
        "score": ("score", "คะแนน", "คะแนนที่ได้"),
    }.items()
}
_NUMBERS = frozenset({Kind.INTEGER, Kind.SINGLE, Kind.DOUBLE, Kind.DECIMAL})
_READABLE = _NUMBERS | {Kind.TEXT}
_NAMES = frozenset({Kind.TEXT, Kind.INTEGER})
_SHOWN = 8


def understand(file: str, table: str, columns: Sequence[Column], questions: Mapping[str, int]) -> Source:
    """Tell what a file holds. questions: how many sub-questions each has.

    Raises ScoresUnusable when it is none of the three shapes, or a column that it needs is there twice or of a type
    that cannot hold what it should.
    """
    roles = _roles(file, columns)
    if "agency" not in roles:
        raise _unusable(file, columns, "no column agency", "ไม่มีช่อง agency (หน่วยงาน)")
    if {"item", "score"} <= roles.keys():
        found = Source(file, table, Shape.ITEMS, _only(roles, "agency", "item", "score"))
    elif {"question", "value"} <= roles.keys():
        found = Source(file, table, Shape.LONG, _only(roles, "agency", "question", "value", "respondent", "part"))
    else:
        found = _wide(file, table, columns, roles, questions)
    _check_types(found)
    return found


def _roles(file: str, columns: Sequence[Column]) -> dict[str, Column]:
    roles: dict[str, Column] = {}
    for column in columns:
        role = next((role for role, heads in _HEADS.items() if fold(column.name) in heads), None)
        if role is None:
            continue
        if role in roles:
            raise _twice(file, roles[role].name, column.name)
        roles[role] = column
    return roles


def _only(roles: Mapping[str, Column], *wanted: str) -> dict[str, Column]:
    return {role: roles[role] for role in wanted if role in roles}


def _wide(
    file: str, table: str, columns: Sequence[Column], roles: Mapping[str, Column], questions: Mapping[str, int]
) -> Source:
    names = cell_names(questions)
    cells: dict[tuple[str, int], Column] = {}
    left: list[str] = []
    mine = _only(roles, "agency", "respondent")
    for column in columns:
        cell = names.get(fold(column.name))
        if cell is None:
            left += [column.name] if column not in mine.values() else []
        elif cell in cells:
            raise _twice(file, cells[cell].name, column.name)
        else:
            cells[cell] = column
    if not cells:
        raise _unusable(file, columns, "no column is a question of this year", "ไม่มีช่องใดเป็นข้อคำถามของปีนี้")
    return Source(file, table, Shape.WIDE, mine, cells, tuple(left))


def cell_names(questions: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    """Give the question and part that a column of a wide file may be named after: ``i7``, ``i1.2``, ``i1_2``."""
    parted = {
        fold(f"{code}{mark}{part}"): (code, part)
        for code, count in questions.items()
        for part in range(1, count + 1)
        for mark in "._"
    }
    return parted | {fold(code): (code, 0) for code in questions}


def _check_types(source: Source) -> None:
    for role, column in source.roles.items():
        allowed = _READABLE if role in ("value", "score", "part", "respondent") else _NAMES
        if column.kind not in allowed:
            raise _mistyped(source.file, column)
    for column in source.cells.values():
        if column.kind not in _READABLE:
            raise _mistyped(source.file, column)


def _clip(name: str) -> str:
    flat = " ".join(name.split())
    return flat if len(flat) <= 40 else flat[:40] + "…"


def _unusable(file: str, columns: Sequence[Column], reason: str, reason_th: str) -> ScoresUnusable:
    seen = ", ".join(_clip(column.name) for column in columns[:_SHOWN]) + (", …" if len(columns) > _SHOWN else "")
    return ScoresUnusable(
        f"{file}: {reason}; its columns are {seen}",
        message_th=f"ไฟล์ {file} {reason_th} (ช่องที่มี: {seen})",
        mend_th="ใช้ช่อง agency, question, value หรือ agency กับช่องละข้อคำถาม หรือ agency, item, score",
    )


def _twice(file: str, first: str, second: str) -> ScoresUnusable:
    return ScoresUnusable(
        f"{file}: the columns {_clip(first)} and {_clip(second)} are the same thing",
        message_th=f"ไฟล์ {file} มีช่อง {_clip(first)} กับ {_clip(second)} ซึ่งหมายถึงสิ่งเดียวกัน",
        mend_th="ลบออกหนึ่งช่อง",
    )


def _mistyped(file: str, column: Column) -> ScoresUnusable:
    return ScoresUnusable(
        f"{file}: the column {_clip(column.name)} is of type {column.type}, which cannot be read here",
        message_th=f"ไฟล์ {file} ช่อง {_clip(column.name)} เป็นชนิด {column.type} ซึ่งใช้ไม่ได้ในช่องนี้",
        mend_th="แปลงเป็นข้อความหรือตัวเลข (รหัสหน่วยงาน ข้อคำถาม และรหัสข้อเป็นข้อความ)",
    )
