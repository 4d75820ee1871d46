"""Keeping practice surveys out of the days of the official ones."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.questionnaires.model import Kind
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.surveys.models import Survey, SurveyState
from prongsai.web.surveys.queries.windows import closed_for, last_moment
from prongsai.web.surveys.services.running import NotPossible

_PRACTICE = tuple(kind for kind in Kind if kind.is_practice)


@transaction.atomic
def confirm_window(scope: Scope, *, survey: Survey, reason: str, version: int | None = None) -> Survey:
    """Note who vouches that a practice survey runs into no official one, while its days are not known.

    Days that are entered later count all the same. Raises NotPossible, Stale, ValidationError.
    """
    if not survey.is_practice:
        raise NotPossible(_("การสำรวจนี้ไม่ต้องเว้นช่วงสำรวจทางการ"), _("ยืนยันเฉพาะการสำรวจซ้อม IIT หรือ EIT"))
    if scope.user is None or not scope.can(Power.RUN_CYCLE):
        raise NotPossible(_("ต้องมีผู้ยืนยันเป็นบุคคล"), _("ให้ผู้ประสานงาน ITA ลงชื่อเข้าใช้แล้วยืนยัน"))
    if not reason.strip():
        raise NotPossible(_("ยังไม่ได้บอกเหตุผล"), _("บอกว่าทราบได้อย่างไรว่าไม่ตรงกับช่วงสำรวจทางการ"))
    given = {"window_by": scope.user, "window_on": scope.today, "window_reason": reason.strip()}
    return journal.change(scope, survey, "survey.window", version=version, **given)


def keep_out(agency: Agency, today: date | None = None) -> int:
    """Close practice surveys whose window began, and have the others end before it; give how many were changed.

    So that taking an answer need only look at the survey itself. One query where no practice survey is open, and no
    transaction where nothing is to be changed.
    """
    day = today or timezone.localdate()
    return sum(keep_survey_out(survey, day) for survey in in_the_way(agency, day))


def in_the_way(agency: Agency, day: date) -> list[Survey]:
    """Give the open practice surveys that run on a day, or will run, while the official one does."""
    found = Survey.objects.filter(agency=agency, kind__in=_PRACTICE, state=SurveyState.OPEN).select_related("agency")
    return [survey for survey in found if _asked(survey, day)]


@transaction.atomic
def keep_survey_out(survey: Survey, day: date) -> bool:
    """Close one or have it end earlier, as it stands by now; give whether that was still to be done."""
    journal.take_turn(survey.agency)
    found = Survey.objects.filter(pk=survey.pk, state=SurveyState.OPEN).select_related("agency").first()
    after = _asked(found, day) if found else {}
    if not found or not after:
        return False
    journal.change(system_scope(found.agency), found, "survey.keep_out", version=found.version, **after)
    return True


def _asked(survey: Survey, day: date) -> dict[str, object]:
    """Give what must change of an open survey; nothing where it keeps out."""
    closed = closed_for(survey, day)
    last = last_moment(closed)
    is_inside = any(one.holds(day) for one in closed)
    if last is None or (survey.closes_at <= last and not is_inside):
        return {}
    state = SurveyState.CLOSED if is_inside else SurveyState.OPEN
    return {"closes_at": min(last, survey.closes_at), "state": state}
