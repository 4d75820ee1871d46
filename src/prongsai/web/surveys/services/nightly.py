"""What is done every night: closing what is over, counting what is counted each month, keys that nothing needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.surveys.models import Survey, SurveyState
from prongsai.web.surveys.services.counting import count
from prongsai.web.surveys.services.running import close_survey
from prongsai.web.surveys.services.windows import in_the_way, keep_survey_out

CATCH_UP_DAYS = 7  # of a month: a machine that was off on the first counts on one of these


def mind(agency: Agency, today: date | None = None) -> Iterator[str]:
    """Do what the night asks for an agency; give a line for each thing done, and for what could not be."""
    day = today or timezone.localdate()
    for part in (_keep_out, _close, _count):
        try:
            yield from part(agency, day)
        except ProngsaiError as refused:
            yield refused.one_line


def _keep_out(agency: Agency, day: date) -> Iterator[str]:
    n = 0
    for survey in in_the_way(agency, day):
        try:
            n += keep_survey_out(survey, day)
        except ProngsaiError as refused:
            yield _("ยังปิดหรือเลื่อนวันปิด {survey} ไม่ได้: {why}").format(survey=survey, why=refused.one_line)
    if n:
        yield _("ปิดหรือเลื่อนวันปิดการสำรวจซ้อมให้พ้นช่วงสำรวจทางการ {n} รายการ").format(n=n)


def _close(agency: Agency, _day: date) -> Iterator[str]:
    for survey in Survey.objects.filter(agency=agency, state=SurveyState.OPEN, closes_at__lt=timezone.now()):
        try:
            if close_over(agency, survey):
                yield _("ปิดรับคำตอบ: {survey}").format(survey=survey)
        except ProngsaiError as refused:
            yield _("ยังปิด {survey} ไม่ได้: {why}").format(survey=survey, why=refused.one_line)


@transaction.atomic
def close_over(agency: Agency, survey: Survey) -> bool:
    """Close a survey that is over, as it stands by now: one that was extended meanwhile stays open."""
    journal.take_turn(agency)
    found = Survey.objects.filter(pk=survey.pk, state=SurveyState.OPEN, closes_at__lt=timezone.now()).first()
    if found:
        close_survey(system_scope(agency), survey=found, version=found.version)
    return found is not None


def _count(agency: Agency, day: date) -> Iterator[str]:
    if day.day <= CATCH_UP_DAYS:
        for survey in _of_last_month(agency, day):
            yield _counted(agency, survey)


def _of_last_month(agency: Agency, day: date) -> Iterator[Survey]:
    """Give the monthly surveys that were open last month and were not counted in this one."""
    first = day.replace(day=1)
    found = Survey.objects.filter(agency=agency, state=SurveyState.OPEN, is_monthly=True, opens_on__lt=first)
    yield from found.exclude(counts__counted_on__gte=first).order_by("pk")


def _counted(agency: Agency, survey: Survey) -> str:
    try:
        done = count(system_scope(agency), survey=survey)
    except ProngsaiError as refused:  # too few yet, or the key is gone: told, and the others go on
        return _("ยังไม่นับ {survey}: {why}").format(survey=survey, why=refused.one_line)
    return _("นับ {survey}: {n} ชุด").format(survey=survey, n=done.received)
