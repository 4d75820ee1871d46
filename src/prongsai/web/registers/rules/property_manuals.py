"""Manuals on property: every kind has its steps, and every unit acknowledges."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Fault, Move, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted, counted_entries, listed
from prongsai.web.registers.rules._units import units_without

ANNOUNCED = ("announced", "circulated")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse kinds without steps, steps of kinds not chosen, and units that acknowledge twice or too early."""
    chosen, with_steps = _chosen(values), _with_steps(values)
    if missing := [one for one in chosen if one not in with_steps]:
        told = _("ยังไม่มีขั้นตอนของ{kinds}").format(kinds=_labels(register, missing))
        yield Fault("steps", "KIND_WITHOUT_STEPS", told, _("เพิ่มขั้นตอนของทุกประเภทที่เลือก"))
    if strange := [one for one in with_steps if one not in chosen]:
        told = _("มีขั้นตอนของ{kinds} แต่ไม่ได้เลือกประเภทนั้น").format(kinds=_labels(register, strange))
        yield Fault("kinds", "KIND_NOT_CHOSEN", told, _("เลือกประเภทให้ครบ"))
    effective, year = values.get("effective_on"), values.get("year_be")
    if isinstance(effective, date) and isinstance(year, Decimal) and fiscal_year_be(effective) != year:
        yield Fault("year_be", "OTHER_YEAR", _("วันที่ใช้ไม่อยู่ในปีงบประมาณของคู่มือ"), _("ตรวจวันที่หรือปี"))
    yield from _acknowledged(values)


def _acknowledged(values: Values) -> Iterator[Fault]:
    announced, seen = values.get("announced_on"), set()
    for number, row in enumerate(rows_of(values.get("acknowledged")), 1):
        unit, day = row.get("unit"), row.get("acknowledged_on")
        if isinstance(unit, Ref):
            if unit.id in seen:
                told = _("{unit}รับทราบไว้แล้ว").format(unit=unit.text)
                yield Fault("acknowledged", "UNIT_TWICE", told, _("ส่วนราชการละหนึ่งแถว"), row=number)
            seen.add(unit.id)
        if not isinstance(announced, date):
            yield Fault("acknowledged", "NOT_ANNOUNCED", _("ยังไม่ประกาศ จึงยังรับทราบไม่ได้"), _("กดประกาศใช้ก่อน"), row=number)
        elif isinstance(day, date) and day < announced:
            yield Fault("acknowledged", "BEFORE_ANNOUNCED", _("รับทราบก่อนวันที่ประกาศ"), _("ตรวจวันที่"), row=number)


def _chosen(values: Values) -> tuple[str, ...]:
    found = values.get("kinds")
    return tuple(str(one) for one in found) if isinstance(found, tuple) else ()


def _with_steps(values: Values) -> list[str]:
    return list(dict.fromkeys(str(row.get("kind")) for row in rows_of(values.get("steps"))))


def _labels(register: Register, kinds: list[str]) -> str:
    field = register.field_of("kinds")
    known = {one.key: one.label_th for one in field.choices} if field else {}
    return ", ".join(known.get(one, one) for one in kinds)


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """Announced when every kind in the register of assets has steps; acknowledged when every unit is there."""
    values = from_json(register.fields, entry.values)
    if move.key == "announce":
        left = kinds_left(scope, register, entry.fiscal_year_be, values)
        return _("ทรัพย์สินในทะเบียนคุมที่ยังไม่มีขั้นตอน: {kinds}").format(kinds=_labels(register, left)) if left else ""
    if move.key == "circulate" and (missing := units_left(scope, values)):
        return _("ส่วนราชการที่ยังไม่รับทราบ: {units}").format(units=listed(missing, form="{}"))
    return ""


def kinds_left(scope: Scope, register: Register, year: int, *manuals: Values) -> list[str]:
    """Give the kinds of the register of assets that no manual of a year has steps for."""
    others = [values for entry, values in counted(scope, register, year) if entry.state in ANNOUNCED]
    covered = {kind for values in (*manuals, *others) for kind in _with_steps(values)}
    there = counted_entries(scope, "assets").order_by().values_list("values__kind", flat=True).distinct()
    return sorted({str(kind) for kind in there if kind} - covered)


def units_left(scope: Scope, values: Values) -> list[str]:
    """Name the units that have not acknowledged a manual."""
    return units_without(scope, (row.get("unit") for row in rows_of(values.get("acknowledged"))))


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Hold the close of a year while no manual is announced, a kind has no steps, or a unit has not acknowledged."""
    rows = [(entry, values) for entry, values in counted(scope, register, year) if entry.state in ANNOUNCED]
    if not rows:
        yield Notice(_("ยังไม่มีคู่มือที่ประกาศใช้ของปีนี้"), is_blocking=True)
        return
    if left := kinds_left(scope, register, year):
        yield Notice(_("ทรัพย์สินในทะเบียนคุมที่ยังไม่มีขั้นตอน: {kinds}").format(kinds=_labels(register, left)), is_blocking=True)
    for entry, values in rows:
        if missing := units_left(scope, values):
            told = _("{title} ยังไม่รับทราบ: {units}")
            yield Notice(told.format(title=entry.title, units=listed(missing, form="{}")), is_blocking=True)
