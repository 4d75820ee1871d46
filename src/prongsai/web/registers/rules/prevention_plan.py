"""The prevention plan: rests on the risks of its own year; its report of the year has all five parts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.fiscal import Span, fiscal_year, fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, EntryProgress
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._projects import code_faults
from prongsai.web.registers.rules._rows import counted_entries, listed

FIVE_PARTS = ("result", "spent_thb", "obstacles", "suggestions", "outcome")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse an activity that cites a risk of another year; warn while no risk of the year is assessed."""
    period, risk = values.get("period"), values.get("risk")
    if not isinstance(period, Span):
        return
    year = fiscal_year_be(period.start)
    if isinstance(risk, Ref) and risk.id is not None:
        yield from _of_another_year(scope, risk.id, year)
    yield from code_faults(scope, values.get("code"), year)
    if not counted_entries(scope, "risks", year).exists():
        why = to_thai(_("ยังไม่มีการประเมินความเสี่ยงของปี {year} ต้องประเมินก่อนจัดทำแผน").format(year=year))
        yield Fault("risk", "NO_RISKS", why, _("บันทึกความเสี่ยงของปีในทะเบียนความเสี่ยงการทุจริต"), is_warning=True)


def _of_another_year(scope: Scope, risk: int, year: int) -> Iterator[Fault]:
    years = Entry.objects.filter(agency=scope.agency, pk=risk).values_list("fiscal_year_be", flat=True)
    for other in years:
        if other != year:
            why = to_thai(_("ความเสี่ยงนี้เป็นของปี {other} แต่โครงการเป็นของปี {year}").format(other=other, year=year))
            yield Fault("risk", "OTHER_YEAR", why, _("เลือกความเสี่ยงของปีเดียวกัน"))


def notices(scope: Scope, register: Register, year: int) -> Iterator[Notice]:
    """Hold the close of the year while a report of its last half lacks one of the five parts."""
    last = EntryProgress.objects.filter(
        entry__in=counted_entries(scope, register.id, year), ends_on=fiscal_year(year).end
    )
    labels = {one.key: one.label_th for one in register.progress.fields} if register.progress else {}
    for key in FIVE_PARTS:
        without = [one.entry.title for one in last.select_related("entry") if one.values.get(key) in (None, "")]
        if without:
            told = _("รายงานประจำปีต้องมี{part} ยังขาดใน {names}")
            yield Notice(told.format(part=labels.get(key, key), names=listed(without)), is_blocking=True)
