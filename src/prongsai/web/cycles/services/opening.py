"""Opening a cycle from a framework, closing it, its target."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle, CycleDate, CycleState, ElementState, ItemState
from prongsai.web.cycles.queries.cycles import cycles_of, last_cycle_before
from prongsai.web.cycles.services.carrying import carry_over
from prongsai.web.cycles.services.guard import require_open
from prongsai.web.registers import services as registers

ITA = "ita"
# What the commission's calendar asks every year, in its order; the days are the office's to enter.
# ``survey`` of a framework stands for both surveys.
STEPS = (
    ("announcement", "ประกาศปฏิทินการประเมิน"),
    ("registration", "ลงทะเบียนเข้าใช้ระบบ ITAS"),
    ("numbers-internal", "นำเข้าจำนวนผู้มีส่วนได้ส่วนเสียภายใน (บุคลากร)"),
    ("numbers-external", "นำเข้าจำนวนผู้มีส่วนได้ส่วนเสียภายนอก (ประชาชนผู้รับบริการ)"),
    ("survey-internal", "เก็บข้อมูลแบบวัด IIT"),
    ("survey-external", "เก็บข้อมูลแบบวัด EIT"),
    ("disclosure", "ตอบแบบวัด OIT และแนบที่อยู่เว็บ"),
    ("approval", "ผู้บริหารตรวจสอบและอนุมัติข้อมูล OIT"),
    ("scoring", "สำนักงาน ป.ป.ช. ตรวจให้คะแนน"),
    ("clarification", "ชี้แจงเพิ่มเติม"),
    ("confirmation", "ยืนยันผลคะแนน"),
    ("results", "ประกาศผลการประเมิน"),
)
_STANDS_FOR = {"survey": ("survey-internal", "survey-external")}


class SecondCycle(ProngsaiError):
    """The agency already has a cycle of that kind and year. ``current``: that one."""

    def __init__(self, current: Cycle) -> None:
        super().__init__(
            f"there is a cycle of {current.framework_kind} {current.fiscal_year_be} already",
            message_th=f"มีรอบการประเมิน {current} อยู่แล้ว เปิดซ้ำไม่ได้",
            mend_th="เปิดหน้ารอบที่มีอยู่ แล้วทำงานต่อในรอบนั้น",
        )
        self.current = current


@transaction.atomic
def open_cycle(
    scope: Scope, *, framework_id: str, measures_year_be: int | None = None, carry_from: Cycle | None = None
) -> Cycle:
    """Open the cycle of a framework: its items, elements and calendar, with what an earlier cycle left.

    The duties of the assessed year are opened too, unless it is over.

    measures_year_be: in which measures answer this assessment's result; the year after the assessed one when None.
    carry_from: None carries nothing over (``carry_over`` can do it later). Raises SecondCycle, UnknownFramework,
    ValidationError.
    """
    framework = load(framework_id)
    # Of two who open the same year at once one is told.
    journal.take_turn(scope.agency)
    known = cycles_of(scope).filter(framework_kind=framework.kind, fiscal_year_be=framework.fiscal_year_be).first()
    if known:
        raise SecondCycle(known)
    cycle = Cycle(
        agency=scope.agency,
        framework_id=framework.id,
        framework_kind=framework.kind,
        framework_sha256=framework.sha256,
        fiscal_year_be=framework.fiscal_year_be,
        measures_year_be=_measures_year(framework, measures_year_be),
        target_pct=framework.target_pct,
    )
    journal.create(scope, cycle, "cycle.open")
    _make_items(cycle, framework)
    CycleDate.objects.bulk_create(_dates(cycle, framework))
    counts = {"items": (None, len(framework.items)), "elements": (None, sum(len(i.elements) for i in framework.items))}
    journal.note(scope, "cycle.fill", cycle, counts)
    _open_duties(scope, framework)
    return carry_over(scope, cycle=cycle, source=carry_from) if carry_from else cycle


@transaction.atomic
def ensure_cycle(scope: Scope, *, fiscal_year_be: int) -> Cycle:
    """Give the ITA cycle of a year; opened with the framework of that year, carried over, if there is none.

    Raises UnknownFramework for a year that no framework is known of.
    """
    known = cycles_of(scope).filter(framework_kind=ITA, fiscal_year_be=fiscal_year_be).first()
    if known:
        return known
    last = last_cycle_before(scope, ITA, fiscal_year_be)
    return open_cycle(scope, framework_id=f"{ITA}-{fiscal_year_be}", carry_from=last)


def same_year_warning(cycle: Cycle) -> str:
    """Say what is odd when measures are of the very year whose result they should answer; empty when they are not."""
    if cycle.measures_year_be != cycle.fiscal_year_be:
        return ""
    return _(
        "ปีที่ดำเนินมาตรการเป็นปีเดียวกับปีที่ประเมิน ({year}) ตามปกติมาตรการของปีหนึ่งมาจากผลประเมินของปีก่อน โปรดตรวจสอบว่าไม่ได้พิมพ์ผิด"
    ).format(year=cycle.fiscal_year_be)


def close_cycle(scope: Scope, *, cycle: Cycle, version: int | None = None) -> Cycle:
    """Close a cycle; from then on it is read-only. Raises Stale."""
    return journal.change(scope, cycle, "cycle.close", version=version, state=CycleState.CLOSED)


def reopen_cycle(scope: Scope, *, cycle: Cycle, version: int | None = None) -> Cycle:
    """Open a closed cycle again. Raises Stale."""
    return journal.change(scope, cycle, "cycle.reopen", version=version, state=CycleState.OPEN)


@transaction.atomic
def set_target(
    scope: Scope,
    *,
    cycle: Cycle,
    target_pct: Decimal | None,
    measures_year_be: int | None = None,
    version: int | None = None,
) -> Cycle:
    """Set what the office aims at (0–100), and the year of the measures. Raises CycleClosed, Stale, ValidationError."""
    require_open(cycle)
    if target_pct is not None and not 0 <= target_pct <= 100:
        raise ValidationError({"target_pct": _("คะแนนเป้าหมายต้องอยู่ระหว่าง 0 ถึง 100")})
    values = {"target_pct": target_pct} | ({"measures_year_be": measures_year_be} if measures_year_be else {})
    return journal.change(scope, cycle, "cycle.target", version=version, **values)


def _open_duties(scope: Scope, framework: Framework) -> None:
    """Open the duties of the assessed year; not of one that is over, as when an old result is taken in."""
    if framework.kind == ITA and framework.fiscal_year_be >= fiscal_year_be(scope.today):
        registers.open_year(scope, fiscal_year_be=framework.fiscal_year_be)


def _measures_year(framework: Framework, year: int | None) -> int:
    if year is None:
        return framework.fiscal_year_be + 1
    if year < framework.fiscal_year_be:
        raise ValidationError({"measures_year_be": _("ปีที่ดำเนินมาตรการอยู่ก่อนปีที่ประเมิน ซึ่งยังไม่มีผลให้ปรับปรุง")})
    return year


def _make_items(cycle: Cycle, framework: Framework) -> None:
    items = ItemState.objects.bulk_create(
        ItemState(cycle=cycle, key=i.key, code=i.code, title=i.title_th[:500], indicator=i.indicator, place=place)
        for place, i in enumerate(framework.items, start=1)
    )
    ElementState.objects.bulk_create(
        ElementState(item=item, key=element.key, text=element.text_th, place=place)
        for item, source in zip(items, framework.items, strict=True)
        for place, element in enumerate(source.elements, start=1)
    )


def _dates(cycle: Cycle, framework: Framework) -> Iterator[CycleDate]:
    """Give the framework's steps among those of every year; what is unknown is left for the office to enter."""
    known = {key: entry for entry in framework.calendar for key in _STANDS_FOR.get(entry.key, (entry.key,))}
    names = dict(STEPS) if framework.kind == ITA else {}
    keys = [*names, *(key for key in known if key not in names)]
    for place, key in enumerate(keys, start=1):
        entry = known.get(key)
        name = entry.name_th if entry and entry.key == key else names[key]
        start, end = (_day(entry.start), _day(entry.end)) if entry else (None, None)
        yield CycleDate(cycle=cycle, key=key, name=name, starts_on=start, ends_on=end, place=place)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
