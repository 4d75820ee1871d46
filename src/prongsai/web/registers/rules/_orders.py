"""Orders that appoint people: committees and job orders, as they are in force on a day."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault
from prongsai.thai.dates import format_date
from prongsai.thai.numerals import to_arabic
from prongsai.web.agencies.models import Committee, JobOrder
from prongsai.web.agencies.scope import Scope


def committee_of(scope: Scope, order_no: str, day: date) -> Committee | None:
    """Find the committee that an order appointed and that is in force on a day; digits may be Thai."""
    found = Committee.objects.filter(agency=scope.agency).on(day)
    return next((one for one in found if _same(one.order_no, order_no)), None)


def job_order_of(scope: Scope, order_no: str, day: date, person: int | None = None) -> JobOrder | None:
    """Find the job order by its number that is in force on a day. person: only whom it gives the work."""
    found = JobOrder.objects.filter(agency=scope.agency).on(day)
    if person is not None:
        found = found.filter(person=person)
    return next((one for one in found if _same(one.order_no, order_no)), None)


def committee_faults(scope: Scope, field: str, order_no: object, day: date | None) -> Iterator[Fault]:
    """Refuse the number of an order that appointed no committee in force on a day with members."""
    if not isinstance(order_no, str) or day is None:
        return
    found = committee_of(scope, order_no, day)
    if found is None:
        told = _("ไม่พบคำสั่งแต่งตั้งคณะเลขที่ {number} ที่มีผลในวันที่ {day}")
        told = told.format(number=order_no, day=format_date(day, "abbr", digits="arabic"))
        yield Fault(field, "NO_ORDER", told, _("บันทึกคำสั่งและรายชื่อในหน้า “คณะกรรมการ” ก่อน"))
    elif not found.members.exists():
        told = _("คำสั่งเลขที่ {number} ยังไม่มีรายชื่อผู้ได้รับแต่งตั้ง").format(number=order_no)
        yield Fault(field, "ORDER_WITHOUT_MEMBERS", told, _("เพิ่มรายชื่อในหน้า “คณะกรรมการ”"))


def job_order_faults(
    scope: Scope, field: str, order_no: object, day: date | None, person: int | None
) -> Iterator[Fault]:
    """Refuse the number of an order by which nobody, or not this person, has the work on a day."""
    if isinstance(order_no, str) and day is not None and job_order_of(scope, order_no, day, person) is None:
        told = _("ไม่พบคำสั่งเลขที่ {number} ที่แต่งตั้งผู้นี้และมีผลในวันที่ {day}")
        told = told.format(number=order_no, day=format_date(day, "abbr", digits="arabic"))
        yield Fault(field, "NO_ORDER", told, _("บันทึกในหน้า “คำสั่งมอบหมายงาน” ก่อน"))


def _same(one: str, other: str) -> bool:
    return "".join(to_arabic(one).split()) == "".join(to_arabic(other).split())
