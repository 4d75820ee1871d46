"""What a measure still needs before it may be called done."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from prongsai.web.plans.models import Measure, Progress
from prongsai.web.plans.queries.checks import copies

STEP_LENGTH_MAX = 80


def missing_for_done(measure: Measure) -> tuple[str, ...]:
    """Name what is missing, in Thai: each step settled or a result, a day, an outcome of its own, evidence, a unit."""
    told = list(measure.progress.prefetch_related("evidence"))
    return tuple(_missing(measure, told))


def _missing(measure: Measure, told: list[Progress]) -> Iterator[str]:
    yield from _work_missing(measure, told)
    if not _has_day(measure, told):
        yield _("วันที่ดำเนินการ")
    yield from _outcome_missing(told)
    if not (measure.evidence.exists() or any(one.evidence.all() for one in told)):
        yield _("หลักฐานหรือที่อยู่เว็บ")
    if not measure.owners.filter(unit__isnull=False).exists():
        yield _("ส่วนราชการรับผิดชอบที่มีในทะเบียนหน่วยงาน")


def _work_missing(measure: Measure, told: list[Progress]) -> Iterator[str]:
    """Each step needs its day of doing or an entry of its own; without steps one result is enough."""
    steps = list(measure.steps.all())
    reported = {one.step_id for one in told}
    for number, step in enumerate(steps, start=1):
        if step.done_on is None and step.pk not in reported:
            text = step.text if len(step.text) <= STEP_LENGTH_MAX else f"{step.text[:STEP_LENGTH_MAX]}…"
            yield _("ขั้นตอนที่ {number} “{text}” ยังไม่มีวันแล้วเสร็จหรือผล").format(number=number, text=text)
    if not steps and not any(one.result for one in told):
        yield _("ผลการดำเนินการ")


def _has_day(measure: Measure, told: list[Progress]) -> bool:
    return any(one.on for one in told) or any(step.done_on for step in measure.steps.all())


def _outcome_missing(told: list[Progress]) -> Iterator[str]:
    outcomes = [one.outcome for one in told if one.outcome.strip()]
    if not outcomes:
        yield _("ผลลัพธ์ (เกิดอะไรขึ้น)")
    elif len(copies([one.result for one in told if one.result], outcomes)) == len(outcomes):
        yield _("ผลลัพธ์ที่ไม่คัดลอกจากผลการดำเนินการ")
