"""Corruption risks: assessed before the prevention plan; loans and stock checks propose events."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.dates import format_date
from prongsai.thai.fiscal import Span, fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted_entries, listed


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Warn when a risk is dated after the prevention plan of its year has begun."""
    day, period = values.get("assessed_on"), values.get("period")
    if not isinstance(day, date) or not isinstance(period, Span):
        return
    plan = plan_day(scope, fiscal_year_be(period.start))
    if plan and day > plan:
        yield Fault("assessed_on", "AFTER_PLAN", _late(plan), _("ประเมินความเสี่ยงให้เสร็จก่อนจัดทำแผน"), is_warning=True)


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Tell risks dated after the plan; propose overdue loans and missing things as events."""
    plan = plan_day(scope, year)
    found = list(counted_entries(scope, register.id, year).only("title", "values"))
    late = [one.title for one in found if plan and one.values.get("assessed_on", "") > plan.isoformat()]
    if plan and late:
        yield Notice(f"{_late(plan)}: {listed(late)}")
    if loans := overdue_loans(scope):
        yield Notice(_("การยืมเกินกำหนดคืน เสนอให้ประเมินเป็นเหตุการณ์ความเสี่ยง: {names}").format(names=listed(loans)))
    if things := missing_things(scope, year):
        yield Notice(_("ของที่ตรวจนับไม่พบ เสนอให้ประเมินเป็นเหตุการณ์ความเสี่ยง: {names}").format(names=listed(things)))


def plan_day(scope: Scope, year: int) -> date | None:
    """Give the day on which the prevention plan of a year (BE) began: its first row written or its first project."""
    rows = counted_entries(scope, "prevention-plan", year).values_list("dated_on", "written_at")
    return min((min(dated, timezone.localdate(written)) for dated, written in rows), default=None)


def overdue_loans(scope: Scope) -> list[str]:
    """Name loans that are out after their last day."""
    out = Entry.objects.filter(agency=scope.agency, register="loans", state="issued", ends_on__lt=scope.today)
    return list(out.order_by("ends_on").values_list("title", flat=True))


def missing_things(scope: Scope, year: int) -> list[str]:
    """Name things that the checks of a year (BE) did not find."""
    return list(
        counted_entries(scope, "stock-checks", year).filter(values__condition="missing").values_list("title", flat=True)
    )


def _late(plan: date) -> str:
    return _("ประเมินความเสี่ยงหลังเริ่มแผนปฏิบัติการป้องกันการทุจริต ({day})").format(day=format_date(plan, "abbr"))
