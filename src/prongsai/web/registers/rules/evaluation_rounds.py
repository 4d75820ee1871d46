"""Rounds of evaluation: by criteria in force, within their half of the year, levels on the scale from high to low."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.derive import rows_of
from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.fiscal import Span, fiscal_year_be, half
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules._criteria import criteria_faults

Level = tuple[str, Decimal]


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Hold the criteria, the half of the year and the levels."""
    yield from criteria_faults(scope, values.get("criteria"), values.get("criteria_on"), ("appraisal",))
    yield from _of_half(values)
    yield from _of_levels(levels_of(values), values.get("low"), values.get("high"))


def _of_half(values: Values) -> Iterator[Fault]:
    period, number = values.get("period"), values.get("round")
    if not isinstance(period, Span) or number not in ("1", "2"):
        return
    span = half(int(str(number)), fiscal_year_be(period.start))
    if period.start < span.start or period.end > span.end:
        told = _("รอบที่ {round} อยู่นอกครึ่งปีงบประมาณของรอบนั้น").format(round=number)
        yield Fault("period", "NOT_IN_HALF", told, _("รอบที่ ๑ ตุลาคมถึงมีนาคม รอบที่ ๒ เมษายนถึงกันยายน"))


def _of_levels(levels: Sequence[Level], low: object, high: object) -> Iterator[Fault]:
    if not levels or not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return
    starts = [start for _name, start in levels]
    if any(not low <= start <= high for start in starts):
        yield Fault("levels", "OFF_SCALE", _("มีระดับที่เริ่มนอกช่วงคะแนนของรอบ"), _("ตรวจคะแนนต่ำสุดและสูงสุด"))
    elif any(after >= start for start, after in zip(starts, starts[1:], strict=False)):
        yield Fault("levels", "NOT_IN_ORDER", _("ระดับต้องเรียงจากคะแนนสูงลงต่ำและไม่ซ้ำกัน"), _("เรียงแถวใหม่"))
    elif starts[-1] != low:
        yield Fault("levels", "GAP", _("ระดับสุดท้ายต้องเริ่มที่คะแนนต่ำสุดของรอบ"), _("เพิ่มระดับที่ขาด"))


def levels_of(values: Values) -> list[Level]:
    """Give the levels of a round with the score from which each holds, as they stand: the highest first."""
    found = [(str(row.get("name") or ""), row.get("from")) for row in rows_of(values.get("levels"))]
    return [(name, start) for name, start in found if isinstance(start, Decimal)]


def level_at(levels: Sequence[Level], score: Decimal) -> str:
    """Give the level in which a score stands; empty under the last."""
    return next((name for name, start in levels if score >= start), "")


def ended(values: Values, today: date) -> bool:
    """Whether a round is over."""
    period = values.get("period")
    return isinstance(period, Span) and period.end < today
