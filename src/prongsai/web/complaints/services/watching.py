"""Looking after whoever reported: whether somebody makes them pay for it, and what was agreed about it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Kind
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.queries.cases import Case
from prongsai.web.complaints.queries.progress import is_watched
from prongsai.web.complaints.services.acting import act, needed, seen
from prongsai.web.complaints.services.cases import say_as

QUESTION = gettext_lazy(
    "ตั้งแต่ท่านแจ้งเรื่องนี้ ท่านหรือคนใกล้ชิดถูกกลั่นแกล้ง ข่มขู่ โยกย้าย หรือได้รับผลกระทบอย่างใดหรือไม่ "
    "หากมี โปรดเล่าให้เราทราบในช่องข้อความนี้ ท่านไม่จำเป็นต้องตอบหากไม่ต้องการ"
)


def watch(
    scope: Scope, key: Key, case: Case, *, text: str, next_on: date | None, asked: str = "", version: int
) -> Case:
    """Write down a look: what was found or agreed, and when somebody looks again.

    next_on None ends the watch. asked: a question that the reporter reads in the dialogue, "" for none.
    Raises ValidationError for a day that has come already, and for ending what was never begun; Stale.
    """
    seen(case, version)
    if next_on is None and not is_watched(case.said):
        raise ValidationError({"next_on": _("ใส่วันที่จะติดตามครั้งแรก")})
    if next_on is not None and next_on <= scope.today:
        raise ValidationError({"next_on": _("ต้องเป็นวันหลังวันนี้")})
    look = say_as(scope, key, Kind.WATCH, needed(text, "text"), next=next_on.isoformat() if next_on else "")
    question = [say_as(scope, key, Kind.REPLY, asked, watch=True)] if asked.strip() else []
    return act(scope, case, look, *question, version=version)
