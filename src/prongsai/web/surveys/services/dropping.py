"""Giving a survey up: its sealed answers are destroyed unread, with the key, and its codes are of no use any more."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from prongsai.errors import ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Batch, Box, Code, Count, Survey, SurveyState
from prongsai.web.surveys.queries.surveys import UNCOUNTED
from prongsai.web.surveys.services.counting import COUNTED
from prongsai.web.surveys.services.running import NotPossible
from prongsai.web.surveys.services.sweeping import destroy_key


def drop_survey(scope: Scope, *, survey: Survey, reason: str, version: int | None = None) -> Survey:
    """Give up a survey that is open, or closed with fewer than k answers or without its key. reason: for the journal.

    What a monthly survey has counted stays: only what waits is destroyed, and the survey is counted. Raises
    NotPossible, Stale.
    """
    if not reason.strip():
        raise NotPossible(_("ยังไม่ได้บอกเหตุผล"), _("บอกเหตุผลที่ยกเลิก เพื่อลงในบันทึกการใช้งาน"))
    keys.mark(survey.recipient)
    try:
        with transaction.atomic():
            dropped = _drop(scope, survey, reason.strip(), version)
    except ProngsaiError:
        keys.unmark(survey.recipient)
        raise
    destroy_key(survey.recipient)
    return dropped


def _drop(scope: Scope, survey: Survey, reason: str, version: int | None) -> Survey:
    journal.take_turn(scope.agency)
    current = Survey.objects.select_for_update().get(pk=survey.pk)  # nothing is taken from here on
    boxes = Box.objects.filter(survey=survey)
    waiting = boxes.filter(sealed__isnull=False).count()
    _droppable(current, waiting)
    state = SurveyState.COUNTED if Count.objects.filter(survey=survey).exists() else SurveyState.DROPPED
    journal.change(scope, survey, "survey.drop", version=version, state=state)
    journal.note(scope, "survey.destroy", survey, {"reason": (None, reason), "answers": (waiting, 0)})
    boxes.delete()
    Code.objects.filter(batch__survey=survey).exclude(spent__in=("", COUNTED)).update(spent=COUNTED)
    Batch.objects.filter(survey=survey, is_void=False).update(is_void=True, version=F("version") + 1)
    return survey


def _droppable(survey: Survey, waiting: int) -> None:
    if survey.state not in UNCOUNTED:
        raise NotPossible(_("การสำรวจนี้ยกเลิกไม่ได้"), _("โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด"))
    if survey.state == SurveyState.CLOSED and waiting >= survey.k and keys.is_here(survey.recipient):
        raise NotPossible(_("ปิดรับแล้วและมีคำตอบพอ จึงยกเลิกไม่ได้"), _("นับผลคำตอบ"))
