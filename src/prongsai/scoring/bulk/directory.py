"""The list of agencies: name, kind, province, and how many may answer each instrument."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlglot import exp

from prongsai.errors import ScoresUnusable
from prongsai.frameworks.model import Framework
from prongsai.scoring.bulk.engines.base import Engine
from prongsai.scoring.bulk.faults import Counted, counted
from prongsai.scoring.bulk.source import Column
from prongsai.scoring.bulk.sql import column, select, text
from prongsai.thai.numerals import read_number
from prongsai.thai.text import fold

_HEADS = {
    "agency": ("agency", "หน่วยงาน", "รหัสหน่วยงาน"),
    "name": ("name", "ชื่อ", "ชื่อหน่วยงาน"),
    "kind": ("kind", "ประเภท", "ประเภทหน่วยงาน"),
    "province": ("province", "จังหวัด"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An agency of the list. headcounts: how many may answer, by instrument; None where nobody knows."""

    agency: str
    name: str | None
    kind: str | None
    province: str | None
    headcounts: Mapping[str, int | None]


@dataclass(frozen=True)
class Directory:
    """The agencies of a list by code, and what was wrong with it."""

    entries: Mapping[str, Entry]
    faults: tuple[Counted, ...] = ()


EMPTY = Directory({})


def read_directory(path: Path, engine: Engine, framework: Framework) -> Directory:
    """Read the list of agencies. Raises FileUnusable, and ScoresUnusable without a column ``agency``."""
    columns = engine.open(path, "agencies")
    roles = _roles(columns, framework)
    if "agency" not in roles:
        raise ScoresUnusable(
            f"{path.name}: no column agency",
            message_th=f"ไฟล์ {path.name} ไม่มีช่อง agency (หน่วยงาน)",
            mend_th="ใช้ช่อง agency, name, kind, province และ headcount_IIT เป็นต้น",
        )
    engine.take("agencies", list(roles.values()))
    rows = engine.rows(select([_text(each) for each in roles.values()], "agencies"))
    return _directory(path.name, [dict(zip(roles, row, strict=True)) for row in rows], framework)


def _text(of: Column) -> exp.Expr:
    return text(column(of.name))


def _roles(columns: tuple[Column, ...], framework: Framework) -> dict[str, Column]:
    heads = {fold(head): role for role, each in _HEADS.items() for head in each}
    heads |= {fold(f"headcount_{each.code}"): f"headcount_{each.code}" for each in framework.instruments}
    found: dict[str, Column] = {}
    for each in columns:
        role = heads.get(fold(each.name))
        if role:
            found.setdefault(role, each)
    return found


def _directory(file: str, rows: list[dict[str, object]], framework: Framework) -> Directory:
    entries: dict[str, Entry] = {}
    twice: list[str] = []
    odd: list[str] = []
    for row in rows:
        agency = _said(row, "agency")
        if agency is None:
            continue
        if agency in entries:
            twice.append(agency)
            continue
        heads = {each.code: _headcount(_said(row, f"headcount_{each.code}"), odd) for each in framework.instruments}
        entries[agency] = Entry(agency, _said(row, "name"), _said(row, "kind"), _said(row, "province"), heads)
    faults = []
    if twice:
        faults.append(counted("AGENCY_LISTED_TWICE", len(set(twice)), file=file, examples=twice[:3]))
    if odd:
        faults.append(counted("HEADCOUNT_UNREADABLE", len(odd), file=file, examples=odd[:3]))
    return Directory(entries, tuple(faults))


def _said(row: Mapping[str, object], role: str) -> str | None:
    value = row.get(role)
    return str(value).strip() or None if value is not None else None


def _headcount(written: str | None, odd: list[str]) -> int | None:
    if written is None:
        return None
    number = read_number(written)
    if number is None or number < 0 or number != int(number):
        odd.append(written)
        return None
    return int(number)
