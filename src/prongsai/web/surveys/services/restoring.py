"""Surveys whose key is on no disk any more: what cannot be opened goes, and who answered may answer again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Box, Code, Group, Survey
from prongsai.web.surveys.queries.surveys import UNCOUNTED


@dataclass(frozen=True, slots=True)
class LostAnswers:
    """A survey that has a new key. answers: how many were lost with the old one."""

    survey: Survey
    answers: int

    def __str__(self) -> str:
        if not self.answers:
            return _("การสำรวจ “{title}” ได้กุญแจใหม่ ไม่มีคำตอบเสียหาย").format(title=self.survey.title)
        return _(
            "การสำรวจ “{title}” ไม่พบกุญแจ คำตอบที่ยังไม่นับ {answers} ชุดเปิดไม่ได้จึงถูกทิ้ง "
            "รหัสที่ใช้ส่งคำตอบเหล่านั้นใช้ตอบใหม่ได้ โปรดเชิญผู้ตอบให้ตอบอีกครั้ง"
        ).format(title=self.survey.title, answers=self.answers)


def mend_lost_keys(scope: Scope, *, survey: Survey | None = None) -> list[LostAnswers]:
    """Give surveys whose key is lost a new one; drop their sealed answers and make the codes of these good again.

    survey: this one alone, else every one of the agency. Those whose key is here are left as they are. There is no way
    back, except restoring the backup once more with the folder of keys beside it.
    """
    found = Survey.objects.filter(agency=scope.agency, state__in=UNCOUNTED)
    if survey is not None:
        found = found.filter(pk=survey.pk)
    return [_mended(scope, one) for one in found.order_by("pk") if _is_lost(one)]


def _is_lost(survey: Survey) -> bool:
    try:
        keys.take(survey.recipient)
    except keys.KeyLost:
        return True
    return False


@transaction.atomic
def _mended(scope: Scope, survey: Survey) -> LostAnswers:
    journal.take_turn(scope.agency)
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if locked.state not in UNCOUNTED or locked.recipient != survey.recipient:  # somebody else was faster
        return LostAnswers(locked, 0)
    lost = _drop(locked)
    if lost:
        journal.note(scope, "survey.lost", locked, {"answers": (lost, 0)})
    journal.change(scope, locked, "survey.rekey", recipient=keys.make())
    return LostAnswers(locked, lost)


def _drop(survey: Survey) -> int:
    boxes = Box.objects.filter(survey=survey, sealed__isnull=False)
    codes = Code.objects.filter(batch__survey=survey, spent__in=boxes.values("key"))
    by_link = boxes.exclude(key__in=codes.values("spent")).filter(group__quota__isnull=False)
    for group, taken in by_link.order_by().values_list("group").annotate(models.Count("pk")):
        Group.objects.filter(pk=group).update(taken=F("taken") - taken)
    codes.update(spent="")
    return boxes.delete()[0]
