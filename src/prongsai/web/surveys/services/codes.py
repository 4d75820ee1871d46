"""Making one-use codes, and making those that nobody has used yet stop working.

A code is given back once, to be printed or sent. What stays is its digest, among the others of its batch in the order
of the digests. The journal tells of the batch, never of a code.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys.models import Batch, BatchWay, Code, Group, Survey
from prongsai.web.surveys.services.running import NotPossible
from prongsai.web.surveys.tokens import digest, new_code
from prongsai.web.ui.templatetags.ui import thai_digits

BATCH_MAX = 1000  # codes: 125 pages of slips, made while somebody waits
_ROWS = 500
_random = secrets.SystemRandom()


def make_batch(
    scope: Scope, *, survey: Survey, group: Group | None, size: int, way: str = BatchWay.PRINTED
) -> tuple[Batch, list[str]]:
    """Make codes of a survey that takes answers; they are known here once and then nowhere.

    group: whose answers they bring, None for none. Raises NotPossible, and ValidationError for fewer than the survey's
    k, more than ``BATCH_MAX`` or a group of another survey.
    """
    _check(survey, group, size)
    codes = _new_codes(size)
    with transaction.atomic():
        journal.take_turn(scope.agency)
        _check_taking(survey)
        made = Batch(survey=survey, group=group, way=way, size=size, made_on=scope.today)
        batch = journal.create(scope, made, "survey.codes")
        digests = sorted(digest(survey.pk, one) for one in codes)
        Code.objects.bulk_create([Code(digest=one, batch=batch) for one in digests], batch_size=_ROWS)
    _random.shuffle(codes)
    return batch, codes


@transaction.atomic
def void_batch(scope: Scope, *, batch: Batch, version: int | None = None) -> Batch:
    """Make the codes of a batch that nobody has used stop working; answers that came in stay. Raises Stale."""
    return journal.change(scope, batch, "survey.codes_void", version=version, is_void=True)


def take_back(scope: Scope, *, batch: Batch, codes: Iterable[str]) -> Batch | None:
    """Delete codes that never reached anybody; the batch with them when none is left. Used ones stay.

    Where fewer than the survey's k are left they stop working too: nobody hides among so few.
    """
    digests = [digest(batch.survey_id, one) for one in codes]
    with transaction.atomic():
        journal.take_turn(scope.agency)
        gone, _kinds = Code.objects.filter(batch=batch, digest__in=digests, spent="").delete()
        if gone == batch.size:
            journal.delete(scope, batch, "survey.codes_unsent")
            return None
        left = batch.size - gone
        is_void = batch.is_void or left < batch.survey.k
        return journal.change(scope, batch, "survey.codes_unsent", size=left, is_void=is_void)


def _new_codes(size: int) -> list[str]:
    codes: set[str] = set()
    while len(codes) < size:
        codes.add(new_code())
    return list(codes)


def _check(survey: Survey, group: Group | None, size: int) -> None:
    if group is not None and group.survey_id != survey.pk:
        raise ValidationError({"group": _("กลุ่มนี้ไม่ใช่ของการสำรวจนี้ เลือกกลุ่มใหม่")})
    if size < survey.k:
        words = _("ทำครั้งละไม่น้อยกว่า {k} รหัส เพื่อไม่ให้รู้ว่ารหัสใดเป็นของใคร").format(k=thai_digits(survey.k))
        raise ValidationError({"size": words})
    if size > BATCH_MAX:
        words = _("ทำครั้งละไม่เกิน {most} รหัส หากต้องการมากกว่านี้ให้แบ่งเป็นหลายชุด").format(most=thai_digits(BATCH_MAX))
        raise ValidationError({"size": words})


def _check_taking(survey: Survey) -> None:
    if not Survey.objects.get(pk=survey.pk).is_taking:
        raise NotPossible(_("การสำรวจนี้ไม่ได้เปิดรับคำตอบอยู่ จึงยังทำรหัสไม่ได้"), _("เปิดการสำรวจก่อน แล้วทำรหัสอีกครั้ง"))
