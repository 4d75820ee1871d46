"""What surveys ask of who runs them: to be counted, to be closed in time, an official one that falls behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Survey
from prongsai.web.surveys.queries.official import Collected, collected_of, cycle_of_year
from prongsai.web.surveys.queries.surveys import UNCOUNTED, surveys_of, waiting_of
from prongsai.web.surveys.queries.windows import closed_for, last_moment
from prongsai.web.ui.templatetags.ui import thai_date, thai_digits

AHEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do. do: what the button says. due_on None: no day is set."""

    what: str
    why: str
    do: str
    address: str
    due_on: date | None = None


def tasks_of(scope: Scope) -> Iterator[Task]:
    """Give what surveys ask; at most six queries, two where nothing is open and no cycle of the year is there."""
    found = list(surveys_of(scope).filter(state__in=UNCOUNTED))
    lost = [one for one in found if not keys.is_here(one.recipient)]
    over = [one for one in found if one not in lost and not one.is_taking]
    for one in lost:
        why = _("ไม่พบกุญแจเปิดคำตอบ คำตอบที่ยังไม่นับเปิดไม่ได้")
        yield Task(one.title, why, _("ดูวิธีแก้"), _to(scope, "survey_key", one.pk))
    yield from _over(scope, over)
    yield from _must_close(scope, [one for one in found if one.is_practice and one.is_taking])
    yield from _official(scope)


def _over(scope: Scope, over: Sequence[Survey]) -> Iterator[Task]:
    waiting = waiting_of(over) if over else {}
    for one in over:
        n = waiting.get(one.pk, 0)
        day = timezone.localdate(one.closes_at)
        if n >= one.k:
            why = _("หมดเวลารับคำตอบแล้ว มีคำตอบรอนับ {n} ชุด").format(n=thai_digits(n))
            yield Task(
                _("นับผล {title}").format(title=one.title), why, _("นับผล"), _to(scope, "survey_count", one.pk), day
            )
        else:
            why = _("ได้ {n} ชุด ไม่ถึง {k} ชุด ขยายเวลาหรือยกเลิก").format(n=thai_digits(n), k=thai_digits(one.k))
            yield Task(one.title, why, _("ดูการสำรวจ"), _to(scope, "survey", one.pk), day)


def _must_close(scope: Scope, practice: Sequence[Survey]) -> Iterator[Task]:
    for one in practice:
        last = last_moment(closed_for(one, scope.today))
        day = timezone.localdate(last) if last else None
        if day and day <= scope.today + timedelta(days=AHEAD_DAYS):
            why = _("วันถัดจาก {day} เป็นช่วงสำรวจทางการ").format(day=thai_date(day))
            what = _("ปิดการสำรวจซ้อม {title}").format(title=one.title)
            yield Task(what, why, _("ดูการสำรวจ"), _to(scope, "survey", one.pk), day)


def _official(scope: Scope) -> Iterator[Task]:
    cycle = cycle_of_year(scope, fiscal_year_be(scope.today))
    for one in collected_of(scope, cycle) if cycle else ():
        if one.window.is_known and one.window.holds(scope.today):
            yield from _of_collected(scope, one)


def _of_collected(scope: Scope, one: Collected) -> Iterator[Task]:
    address, last = _to(scope, "official_counts"), one.last
    if one.is_old:
        why = _("ดูครั้งล่าสุด {day}").format(day=thai_date(last.read_on)) if last else _("ยังไม่เคยบันทึก")
        what = _("ดูจำนวนผู้ตอบ {name} จากระบบของ ป.ป.ช.").format(name=one.name)
        yield Task(what, why, _("บันทึกตัวเลข"), address)
    elif one.is_behind:
        what = _("ผู้ตอบ {name} ช้ากว่าที่ควร").format(name=one.name)
        why = _("ยังขาด {n} คน ต้องได้วันละ {each} คน").format(n=thai_digits(one.missing), each=thai_digits(one.each_day))
        yield Task(what, why, _("ดูจำนวนผู้ตอบ"), address, one.window.last)


def _to(scope: Scope, name: str, *args: object) -> str:
    return reverse(name, args=[scope.agency.code, *args])
