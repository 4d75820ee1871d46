"""Lines of the budget by-law: they stand with it; once it is in force amounts change by transfers alone."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Fault, Move, Ref, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._projects import BYLAWS, IN_FORCE, code_faults
from prongsai.web.registers.rules._rows import counted_entries, id_of

FIXED = ("bylaw", "side", "programme", "work", "category", "heading", "item", "amount_thb")
NOTHING = Decimal(0)


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Hold a line of a by-law in force; refuse transfers before, and those that say both in and out or neither."""
    bylaw = _bylaw(scope, id_of(values.get("bylaw")))
    before = from_json(register.fields, entry.values) if entry else {}
    if entry is not None and _is_in_force(_bylaw(scope, id_of(before.get("bylaw")))):
        yield from _fixed(register, values, before)
    elif _is_in_force(bylaw):
        told = _("เทศบัญญัติฉบับนี้ใช้บังคับแล้ว เพิ่มรายการไม่ได้")
        yield Fault("bylaw", "IN_FORCE", told, _("ใช้เทศบัญญัติฉบับเพิ่มเติม หรือโอนในรายการเดิม"))
    yield from _transfers(scope, values, bylaw)
    if bylaw is not None:
        yield from code_faults(scope, values.get("code"), bylaw.fiscal_year_be)


def _bylaw(scope: Scope, pk: int | None) -> Entry | None:
    return Entry.objects.filter(agency=scope.agency, register=BYLAWS, pk=pk).first() if pk else None


def _is_in_force(bylaw: Entry | None) -> bool:
    return bylaw is not None and bylaw.state == IN_FORCE


def _fixed(register: Register, values: Values, before: Values) -> Iterator[Fault]:
    for key in FIXED:
        if _said(values.get(key)) != _said(before.get(key)):
            field = register.field_of(key)
            told = _("เทศบัญญัติใช้บังคับแล้ว แก้{label}ไม่ได้").format(label=field.label_th if field else key)
            yield Fault(key, "IN_FORCE", told, _("บันทึกเป็นการโอนพร้อมเลขที่หนังสืออนุมัติ"))


def _said(value: object) -> object:
    """What is pointed at is the same under another name."""
    return value.id if isinstance(value, Ref) and value.id is not None else value


def _transfers(scope: Scope, values: Values, bylaw: Entry | None) -> Iterator[Fault]:
    for number, row in enumerate(rows_of(values.get("transfers")), 1):
        place = _("การโอนแถวที่ {n}: ").format(n=number)
        day, into, out = row.get("moved_on"), row.get("in_thb") or NOTHING, row.get("out_thb") or NOTHING
        if not _is_in_force(bylaw):
            told = _("โอนได้เมื่อเทศบัญญัติใช้บังคับแล้ว")
            yield Fault("transfers", "NOT_IN_FORCE", place + told, _("แก้จำนวนเงินในร่างแทน"), row=number)
        elif bool(into) == bool(out):
            told = _("ใส่โอนเพิ่มหรือโอนลดอย่างใดอย่างหนึ่ง อีกช่องใส่ 0")
            yield Fault("transfers", "ONE_WAY", place + told, "", row=number)
        elif isinstance(day, date) and bylaw is not None and not bylaw.dated_on <= day <= scope.today:
            told = _("วันที่อนุมัติต้องไม่ก่อนวันใช้บังคับและไม่เกินวันนี้")
            yield Fault("transfers", "WRONG_DAY", place + told, _("ตรวจวันที่"), row=number)


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """A line of a by-law in force is not taken out of it."""
    link = entry.links.filter(field="bylaw", target__state=IN_FORCE)
    return _("เทศบัญญัติใช้บังคับแล้ว ยกเลิกรายการไม่ได้ ให้โอนออกแทน") if link.exists() else ""


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Say when what was moved in and out of the lines of a year's by-laws is not the same."""
    lines = counted_entries(scope, register.id).filter(links__field="bylaw", links__target__fiscal_year_be=year)
    rows = [from_json(register.fields, values) for values in lines.values_list("values", flat=True)]
    into, out = (_total(rows, key) for key in ("moved_in_thb", "moved_out_thb"))
    if into != out:
        told = _("โอนเพิ่มรวม {into} บาท ไม่เท่าโอนลดรวม {out} บาท")
        yield Notice(to_thai(told.format(into=f"{into:,.2f}", out=f"{out:,.2f}")))


def _total(rows: list[dict[str, object]], key: str) -> Decimal:
    return sum((amount for row in rows if isinstance(amount := row.get(key), Decimal)), NOTHING)
