"""The yearly stock-taking: appointed by order, begun and reported in time, what is missing looked into."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.registers.values import from_json
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import fiscal_year
from prongsai.thai.holidays import add_working_days, next_working_day
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._orders import committee_faults, committee_of
from prongsai.web.registers.rules._rows import counted, listed
from prongsai.web.registers.rules._year_end import faults_of_day

REPORT_DAYS = 30  # working days
TO_BE_EXPLAINED = ("broken", "missing")


def begins(as_of: date) -> date:
    """Give the day on which the counting of a fiscal year begins: the first working day after it."""
    return next_working_day(date(as_of.year, 10, 1))


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a count without a committee; warn of what was late."""
    yield from faults_of_day(values)
    as_of, begun, number = values.get("as_of"), values.get("begins_on"), values.get("order_no")
    if not isinstance(as_of, date):
        return
    first = begins(as_of)
    day = begun if isinstance(begun, date) else first
    yield from committee_faults(scope, "order_no", number, day)
    found = committee_of(scope, number, day) if isinstance(number, str) else None
    if found is not None and (found.order_date.year, found.order_date.month) != (as_of.year, as_of.month):
        told = _("คำสั่งลงวันที่ {day} ไม่อยู่ในเดือนสุดท้ายก่อนสิ้นปีงบประมาณ")
        told = told.format(day=format_date(found.order_date, "abbr", digits="arabic"))
        yield Fault("order_no", "APPOINTED_ELSEWHEN", told, _("ตรวจวันที่ของคำสั่ง"), is_warning=True)
    if isinstance(begun, date) and begun != first:
        told = _("วันทำการแรกของเดือนตุลาคมคือ {day}").format(day=format_date(first, "abbr", digits="arabic"))
        yield Fault("begins_on", "NOT_FIRST_DAY", told, _("ตรวจวันที่ หรือบอกเหตุผลในสรุปผล"), is_warning=True)
    yield from _late(values)
    yield from _counts(values)


def _late(values: Values) -> Iterator[Fault]:
    begun, reported = values.get("begins_on"), values.get("reported_on")
    if isinstance(begun, date) and isinstance(reported, date):
        last = add_working_days(begun, REPORT_DAYS)
        if reported > last:
            told = _("รายงานช้ากว่า ๓๐ วันทำการ ครบกำหนด {day}").format(day=format_date(last, "abbr"))
            yield Fault("reported_on", "LATE", told, _("บอกเหตุผลในสรุปผล"), is_warning=True)


def _counts(values: Values) -> Iterator[Fault]:
    for number, row in enumerate(rows_of(values.get("differences")), 1):
        kind, gap = row.get("kind"), _number(row.get("counted")) - _number(row.get("expected"))
        if kind == "missing" and gap >= 0:
            told = _("แถวที่ {n} บอกว่าสูญหาย แต่นับได้ไม่น้อยกว่าทะเบียน").format(n=number)
            yield Fault("differences", "NOT_MISSING", told, _("ตรวจจำนวนหรือลักษณะ"), row=number)
        if kind == "extra" and gap <= 0:
            told = _("แถวที่ {n} บอกว่าเกินทะเบียน แต่นับได้ไม่มากกว่าทะเบียน").format(n=number)
            yield Fault("differences", "NOT_EXTRA", told, _("ตรวจจำนวนหรือลักษณะ"), row=number)


def _number(value: object) -> int:
    return int(str(value)) if value is not None else 0


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """The copy goes out when what is broken or missing has its fact-finding order."""
    if move.key != "send":
        return ""
    rows = rows_of(from_json(register.fields, entry.values).get("differences"))
    left = [
        str(row.get("item")) for row in rows if row.get("kind") in TO_BE_EXPLAINED and not row.get("fact_finding_no")
    ]
    return _("ยังไม่มีคำสั่งสอบข้อเท็จจริงของ {items}").format(items=listed(left)) if left else ""


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Say that nobody is appointed, that the count has not begun, or that its report is late."""
    rows = list(counted(scope, register, year))
    end = fiscal_year(year).end
    first = begins(end)
    if not rows and scope.today >= date(end.year, end.month, 1):
        yield Notice(_("ยังไม่มีการแต่งตั้งผู้ตรวจสอบพัสดุประจำปี ต้องแต่งตั้งในเดือนกันยายน"), is_blocking=True)
    for entry, _values in rows:
        if entry.state == "appointed" and scope.today > first:
            day = format_date(first, "abbr")
            yield Notice(_("ยังไม่เริ่มตรวจสอบพัสดุ ต้องเริ่ม {day}").format(day=day), is_blocking=True)
        elif entry.state == "counting":
            late = entry.due_on is not None and entry.due_on < scope.today
            told = _("เกินกำหนดรายงาน {day}") if late else _("ต้องรายงานภายใน {day}")
            yield Notice(told.format(day=format_date(entry.due_on, "abbr") if entry.due_on else ""), is_blocking=True)
        elif entry.state == "reported":
            yield Notice(_("ยังไม่ได้ส่งสำเนารายงานให้สำนักงานการตรวจเงินแผ่นดิน"), is_blocking=True)
