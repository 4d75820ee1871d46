"""Internal audit: nobody audits a unit or a task of which they were in charge themselves not long ago."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import Span
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Appointment, JobOrder
from prongsai.web.agencies.queries.membership import with_children
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Records, _audit_papers

LOOK_BACK = Decimal(12)  # months, where neither the entry nor the office's own file says more
_LEAST = 4  # letters of a task: a shorter name is part of too many others


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse an auditor who held a post in the audited unit, or had the task by order, within the look-back."""
    auditor, unit, period = values.get("auditor"), values.get("unit"), values.get("period")
    if not isinstance(auditor, Ref) or auditor.id is None or not isinstance(period, Span):
        return
    span = Span(_before(period.start, _months(register, values)), period.end)
    if isinstance(unit, Ref) and unit.id is not None:
        yield from _held(scope, auditor, unit, span)
    yield from _ordered(scope, auditor, str(values.get("subject", "")), span)


def _months(register: Register, values: Values) -> int:
    """Give how many months back the look goes: the entry's own, else the least that the register's file allows."""
    field = register.field_of("look_back")
    given = values.get("look_back")
    least = field.low if field and field.low is not None else LOOK_BACK
    return int(given if isinstance(given, Decimal) else least)


def _before(day: date, months: int) -> date:
    """Give the day so many months earlier; of a shorter month its last."""
    place = day.year * 12 + day.month - 1 - months
    year, month = divmod(place, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def _within(span: Span) -> Q:
    begun = Q(valid_from=None) | Q(valid_from__lte=span.end)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=span.start))


def _held(scope: Scope, auditor: Ref, unit: Ref, span: Span) -> Iterator[Fault]:
    assert unit.id is not None
    units = with_children(scope.agency, {unit.id})
    held = Appointment.objects.filter(_within(span), agency=scope.agency, person=auditor.id, post__unit__in=units)
    for one in held.select_related("post", "post__unit").order_by("-valid_from", "pk")[:1]:
        told = _("{auditor}ดำรงตำแหน่ง{post} ({unit}) ในช่วงที่ต้องพ้นจากงาน คือตั้งแต่วันที่ {day}")
        told = told.format(auditor=auditor.text, post=one.post, unit=one.post.unit, day=_day(span.start))
        yield Fault("auditor", "OWN_FORMER_UNIT", told, _("ให้ผู้ตรวจสอบคนอื่นตรวจ หรือเลื่อนช่วงเวลาที่ตรวจ"))


def _ordered(scope: Scope, auditor: Ref, subject: str, span: Span) -> Iterator[Fault]:
    for one in JobOrder.objects.filter(_within(span), agency=scope.agency, person=auditor.id):
        if _is_of(subject, one.duties):
            told = _("{auditor}ได้รับมอบหมายงานนี้ตามคำสั่งที่ {order} ในช่วงที่ต้องพ้นจากงาน คือตั้งแต่วันที่ {day}")
            told = told.format(auditor=auditor.text, order=one.order_no, day=_day(span.start))
            yield Fault("auditor", "OWN_FORMER_TASK", told, _("ให้ผู้ตรวจสอบคนอื่นตรวจ หรือเลื่อนช่วงเวลาที่ตรวจ"))
            return


def _is_of(subject: str, duties: str) -> bool:
    """Whether duties name a task, however it is spaced and whether it is called งาน or การ."""
    wanted, given = _bare(subject), fold(duties)
    return len(wanted) >= _LEAST and wanted in given


def _bare(subject: str) -> str:
    text = fold(subject)
    for prefix in ("งาน", "การ"):
        text = text.removeprefix(fold(prefix))
    return text


def _day(day: date) -> str:
    return format_date(day, "abbr", digits="arabic")


def papers(scope: Scope, register: Register, entry: Entry) -> Mapping[str, Records]:
    """The report of an audit, for who may see its findings."""
    return {"audit-report": partial(_audit_papers.report, scope, entry)} if _audit_papers.may_read(scope, entry) else {}
