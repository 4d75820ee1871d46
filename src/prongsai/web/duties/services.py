"""Writing duties: a year's standard ones, their occurrences, and what was done in each."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from prongsai.thai.dates import format_date
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Post, Unit
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Duty, DutyKind, Occurrence
from prongsai.web.duties.rhythm import Period, periods_of
from prongsai.web.duties.standard import STANDARD, Standard


@transaction.atomic
def open_year(scope: Scope, *, fiscal_year_be: int) -> list[Duty]:
    """Make the standard duties of a fiscal year (BE) that are not there yet; give those made."""
    # Two who open the year at once make each duty once.
    journal.take_turn(scope.agency)
    there = Duty.objects.filter(agency=scope.agency, fiscal_year_be=fiscal_year_be)
    keys, titles = set(there.values_list("key", flat=True)), set(there.values_list("title", flat=True))
    units = {unit.name: unit for unit in Unit.objects.filter(agency=scope.agency).on(scope.today)}
    posts = list(Post.objects.filter(agency=scope.agency).on(scope.today))
    return [
        _add(scope, _duty(scope, one, fiscal_year_be, units, posts))
        for one in STANDARD
        if one.key not in keys and one.title not in titles
    ]


@transaction.atomic
def add_duty(scope: Scope, *, fiscal_year_be: int, title: str, rhythm: str, **values: object) -> Duty:
    """Add a duty with every occurrence of its year, those that are past too. Raises ValidationError."""
    return _add(scope, Duty(agency=scope.agency, fiscal_year_be=fiscal_year_be, title=title, rhythm=rhythm, **values))


@transaction.atomic
def change_duty(scope: Scope, *, duty: Duty, version: int | None = None, **values: object) -> Duty:
    """Change a duty or switch it off (is_open). Only occurrences that are open and not yet due follow.

    What was done stays as it is, what was missed stays missed. Raises Stale, ValidationError.
    """
    journal.change(scope, duty, "duty.change", version=version, **values)
    _renew(scope, duty)
    return duty


@transaction.atomic
def record(
    scope: Scope,
    *,
    occurrence: Occurrence,
    done_on: date,
    result: str = "",
    is_nothing: bool = False,
    evidence: Iterable[Any] = (),
    version: int | None = None,
    last_task_on: date | None = None,
) -> Occurrence:
    """Enter that an occurrence was done on a day, with its result, or that there was nothing to report.

    evidence: of the agency. last_task_on: for an executive's follow-up, the day of the last task of the period that it
    supervises; an earlier follow-up is refused. Raises Stale, ValidationError.
    """
    journal.take_turn(scope.agency)
    _hold_entry(scope, occurrence, done_on, result, is_nothing)
    _hold_follow_up(scope, occurrence, done_on, last_task_on)
    values = {"done_on": done_on, "done_by": scope.person, "result": result, "is_nothing": is_nothing}
    journal.change(scope, occurrence, "occurrence.record", version=version, **values)
    _attach(scope, occurrence, list(evidence))
    return occurrence


@transaction.atomic
def record_closed(
    scope: Scope, *, occurrence: Occurrence, result: str, is_nothing: bool = False, evidence: Iterable[Any] = ()
) -> Occurrence:
    """Enter that a register's period was closed today, which is an occurrence done; its frozen table is the proof.

    Unlike ``record``, several periods may be closed on one day: each has a table of its own. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    values: dict[str, Any] = {
        "done_on": scope.today,
        "done_by": scope.person,
        "result": result,
        "is_nothing": is_nothing,
        "by_register": True,
    }
    journal.change(scope, occurrence, "occurrence.record", **values)
    _attach(scope, occurrence, list(evidence))
    return occurrence


@transaction.atomic
def reopen(scope: Scope, *, occurrence: Occurrence, version: int | None = None) -> Occurrence:
    """Take an entry back that was made by mistake; the journal keeps what it said. Raises Stale."""
    values = {"done_on": None, "done_by": None, "result": "", "is_nothing": False, "by_register": False}
    return journal.change(scope, occurrence, "occurrence.reopen", version=version, **values)


def _duty(scope: Scope, one: Standard, year: int, units: dict[str, Unit], posts: Sequence[Post]) -> Duty:
    unit = next((units[name] for name in one.units if name in units), None)
    return Duty(
        agency=scope.agency,
        fiscal_year_be=year,
        key=one.key,
        title=one.title,
        how=one.how,
        kind=one.kind,
        rhythm=one.rhythm,
        month=one.month,
        days_after=one.days_after,
        unit=unit,
        post=_post(one, posts),
    )


def _post(one: Standard, posts: Sequence[Post]) -> Post | None:
    """Give the first post that usually has the work: by its title, else by a title with a level behind it."""
    for name in one.posts:
        named = [post for post in posts if post.title == name]
        levelled = [post for post in posts if post.title.startswith(name)]
        if found := (named or levelled):
            return found[0]
    return None


def _add(scope: Scope, duty: Duty) -> Duty:
    journal.create(scope, duty, "duty.add")
    if duty.is_open:
        _make(scope, duty, periods_of(duty))
    return duty


def _make(scope: Scope, duty: Duty, periods: Sequence[Period]) -> None:
    """Make occurrences, with one line in the journal for all."""
    if periods:
        Occurrence.objects.bulk_create([Occurrence(duty=duty, **period._asdict()) for period in periods])
        dues = [f"{period.label}: {period.due_on}" for period in periods]
        journal.note(scope, "duty.occurrences", duty, {"occurrences": (None, dues)})


def _renew(scope: Scope, duty: Duty) -> None:
    """Bring what is open and not yet due in line with a changed duty."""
    there = list(duty.occurrences.select_for_update())
    kept = {(one.starts_on, one.ends_on) for one in there if one.done_on or one.due_on < scope.today}
    ahead = {(one.starts_on, one.ends_on): one for one in there if (one.starts_on, one.ends_on) not in kept}
    wanted = {(one.starts_on, one.ends_on): one for one in (periods_of(duty) if duty.is_open else ())}
    for key, one in ahead.items():
        if key not in wanted:
            journal.delete(scope, one, "occurrence.drop")
        else:
            journal.change(scope, one, "occurrence.move", due_on=wanted[key].due_on, label=wanted[key].label)
    new = [period for key, period in wanted.items() if key not in kept and key not in ahead]
    _make(scope, duty, [period for period in new if period.due_on >= scope.today])


def _hold_entry(scope: Scope, occurrence: Occurrence, done_on: date, result: str, is_nothing: bool) -> None:
    if done_on > scope.today:
        raise ValidationError({"done_on": _("วันที่ดำเนินการยังมาไม่ถึง")})
    if done_on < occurrence.starts_on:
        raise ValidationError({"done_on": _("วันที่ดำเนินการอยู่ก่อนวันเริ่มของงวดนี้")})
    if is_nothing and scope.person is None:
        raise ValidationError({"is_nothing": _("การยืนยันว่าไม่มีต้องมีผู้ลงชื่อ")})
    if not (result.strip() or is_nothing):
        raise ValidationError({"result": _("กรอกผลการดำเนินการ หรือยืนยันว่าไม่มีเรื่องต้องรายงาน")})
    by_hand = Occurrence.objects.filter(duty=occurrence.duty_id, done_on=done_on, by_register=False)
    taken = by_hand.exclude(pk=occurrence.pk).first()
    if taken:
        text = say("วันที่นี้ใช้กับ{label}แล้ว งวดหนึ่งต้องมีวันที่ของตัวเอง").format(label=taken.label)
        raise ValidationError({"done_on": text})


def _hold_follow_up(scope: Scope, occurrence: Occurrence, done_on: date, last_task_on: date | None) -> None:
    if occurrence.duty.kind != DutyKind.FOLLOW_UP:
        return
    if not scope.can(Power.FOLLOW_UP):
        raise ValidationError(_("เฉพาะผู้บริหารบันทึกการติดตามได้"))
    if last_task_on and done_on < last_task_on:
        text = say("วันที่ติดตามอยู่ก่อนงานสุดท้ายที่ติดตามในรอบนี้ ({day}) ติดตามอีกครั้งตั้งแต่วันนั้นเป็นต้นไป")
        raise ValidationError({"done_on": text.format(day=format_date(last_task_on))})


def _attach(scope: Scope, occurrence: Occurrence, evidence: list[Any]) -> None:
    if any(one.agency_id != scope.agency.pk for one in evidence):
        raise ValidationError(_("หลักฐานต้องเป็นของหน่วยงานนี้"))
    there = set(occurrence.evidence.values_list("pk", flat=True)) if evidence else set()
    new = [one for one in evidence if one.pk not in there]
    if new:
        occurrence.evidence.add(*new)
        journal.note(scope, "occurrence.evidence", occurrence, {"evidence": (None, [str(one) for one in new])})
