"""The cycle at a glance: readiness, the level to be expected, what blocks it, what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.web.cycles.models import CarryState, Cycle, FindingState
from prongsai.web.cycles.queries.cycles import Stop, next_stop, stops_of
from prongsai.web.cycles.queries.frameworks import framework_of
from prongsai.web.cycles.queries.items import ItemRow, item_rows
from prongsai.web.cycles.queries.outlook import OFFICIAL, READINESS, Basis, bases_of, forecast_of


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready the items of an indicator are. passed of elements in all; ready of items."""

    code: str
    title: str
    passed: int
    elements: int
    ready: int
    items: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class Glance:
    """A cycle at a glance. expected, level: of the official result when is_official, else of today's readiness.

    gap: points still lacking to the target, None when reached or unknown. blocks: what stands in the way, in words.
    """

    cycle: Cycle
    is_official: bool
    expected: Decimal | None
    level: str
    basis: Basis | None
    target: Decimal | None
    gap: Decimal | None
    blocks: tuple[str, ...]
    passed: int
    elements: int
    ready: int
    items: int
    at_risk: int
    overdue: int
    unowned: int
    asked: int
    open_findings: int
    indicators: tuple[Readiness, ...]
    stops: tuple[Stop, ...]
    next: Stop | None


def glance(cycle: Cycle, today: date | None = None) -> Glance:
    """Give a cycle at a glance; eight to eleven queries however large it is. Raises UnknownFramework."""
    today = today or timezone.localdate()
    rows = item_rows(cycle, today)
    stops = stops_of(cycle, today)
    bases = bases_of(cycle, rows)
    basis = bases.get(OFFICIAL) or bases.get(READINESS)
    expected, level, blocks = _heading(cycle, basis)
    target = cycle.target_pct
    return Glance(
        cycle=cycle,
        is_official=OFFICIAL in bases,
        expected=expected,
        level=level,
        basis=basis,
        target=target,
        gap=target - expected if target is not None and expected is not None and expected < target else None,
        blocks=(*blocks, *_waiting(rows)),
        passed=sum(row.passed for row in rows),
        elements=sum(row.total for row in rows),
        ready=sum(row.is_ready for row in rows),
        items=len(rows),
        at_risk=sum(bool(row.risks) for row in rows),
        overdue=sum(row.is_overdue for row in rows),
        unowned=sum(row.unit_id is None for row in rows),
        asked=sum(row.carry == CarryState.ASK for row in rows),
        open_findings=cycle.findings.filter(state=FindingState.OPEN).count(),
        indicators=tuple(_readiness(cycle, rows)),
        stops=stops,
        next=next_stop(stops),
    )


def _heading(cycle: Cycle, basis: Basis | None) -> tuple[Decimal | None, str, tuple[str, ...]]:
    if basis is None:
        return None, "", ()
    found = forecast_of(cycle, basis)
    report = found.report
    missing = [code for code, score in report.instruments().items() if score is None]
    blocks = [_("ยังไม่มีคะแนน {codes}").format(codes=", ".join(missing))] if missing else []
    if report.grade.explanation:
        blocks.append(_("ยังไม่ถึงระดับถัดไป — {why}").format(why=report.grade.explanation))
    level = report.level.name_th if report.level else ""
    return report.overall, level, tuple(blocks)


def _waiting(rows: Sequence[ItemRow]) -> Iterable[str]:
    """Say what people have to do before more can be known."""
    unseen, late = sum(not row.looked_at for row in rows), sum(row.is_overdue for row in rows)
    if unseen:
        yield _("ยังไม่มีใครตรวจองค์ประกอบ {n} ข้อ").format(n=unseen)
    if late:
        yield _("เลยกำหนดส่ง {n} ข้อ").format(n=late)


def _readiness(cycle: Cycle, rows: Sequence[ItemRow]) -> Iterable[Readiness]:
    for indicator in framework_of(cycle).top_indicators():
        mine = [row for row in rows if row.top == indicator.code]
        if mine:
            yield Readiness(
                indicator.code,
                indicator.name_th,
                sum(row.passed for row in mine),
                sum(row.total for row in mine),
                sum(row.is_ready for row in mine),
                len(mine),
                sum(bool(row.risks) for row in mine),
            )
