"""Making surveys, opening and closing them. The groups of an open survey, its text and its k never change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.errors import Problem, ProngsaiError
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Batch, Group, Grouping, Questionnaire, Survey, SurveyState
from prongsai.web.surveys.queries.opening import errors_of, obstacles, refused_in
from prongsai.web.surveys.queries.surveys import UNCOUNTED
from prongsai.web.surveys.queries.windows import closed_for
from prongsai.web.surveys.tokens import new_address


class NotPossible(ProngsaiError):
    """Something that a survey does not allow where it stands."""

    def __init__(self, message_th: str, mend_th: str) -> None:
        super().__init__("not possible", message_th=message_th, mend_th=mend_th)


class NotReady(NotPossible):
    """A survey that cannot be opened as it is. problems: all that stands in the way."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message_th, problems[0].mend_th or "")
        self.problems = tuple(problems)


# --- in preparation -------------------------------------------------------------------------------------------------
@transaction.atomic
def make_survey(
    scope: Scope,
    *,
    questionnaire: Questionnaire,
    title: str,
    closes_at: datetime,
    fiscal_year_be: int,
    grouping: str = Grouping.NONE,
    has_link: bool = True,
    is_monthly: bool = False,
    k: int = 5,
    title_en: str = "",
) -> Survey:
    """Make a survey in preparation. Raises ValidationError."""
    made = Survey(
        agency=scope.agency,
        questionnaire=questionnaire,
        kind=questionnaire.kind,
        title=title,
        title_en=title_en,
        fiscal_year_be=fiscal_year_be,
        grouping=grouping,
        has_link=has_link,
        is_monthly=is_monthly,
        k=k,
        closes_at=closes_at,
        address=new_address(),
        made_by=scope.user,
    )
    return journal.create(scope, made, "survey.make")


@transaction.atomic
def change_survey(scope: Scope, *, survey: Survey, version: int | None = None, **values: object) -> Survey:
    """Change a survey that is in preparation. values: its columns. Raises NotPossible, Stale, ValidationError."""
    prepared(scope, survey)
    return journal.change(scope, survey, "survey.change", version=version, **values)


@transaction.atomic
def copy_survey(scope: Scope, *, survey: Survey, closes_at: datetime, fiscal_year_be: int) -> Survey:
    """Make a new survey in preparation with the settings and groups of one, of the questionnaire as it is now."""
    made = make_survey(
        scope,
        questionnaire=survey.questionnaire,
        title=survey.title,
        title_en=survey.title_en,
        closes_at=closes_at,
        fiscal_year_be=fiscal_year_be,
        grouping=survey.grouping,
        has_link=survey.has_link,
        is_monthly=survey.is_monthly,
        k=survey.k,
    )
    for one in survey.groups.select_related("unit"):
        add_group(
            scope,
            survey=made,
            name=one.name,
            name_en=one.name_en,
            unit=one.unit,
            headcount=one.headcount,
            quota=one.quota,
        )
    return made


@transaction.atomic
def remove_survey(scope: Scope, *, survey: Survey) -> None:
    """Take a survey away that was never opened. Raises NotPossible."""
    prepared(scope, survey)
    Batch.objects.filter(survey=survey).delete()  # their codes were never of use
    journal.delete(scope, survey, "survey.remove")


@transaction.atomic
def add_group(
    scope: Scope,
    *,
    survey: Survey,
    name: str,
    name_en: str = "",
    unit: Unit | None = None,
    headcount: int | None = None,
    quota: int | None = None,
) -> Group:
    """Add a group to a survey that is in preparation. Raises NotPossible, ValidationError."""
    prepared(scope, survey)
    last = Group.objects.filter(survey=survey).aggregate(last=Max("place"))["last"]
    made = Group(
        survey=survey,
        name=name,
        name_en=name_en,
        unit=unit,
        headcount=headcount,
        quota=quota,
        address=new_address(),
        place=0 if last is None else last + 1,
    )
    return journal.create(scope, made, "survey.group")


def prepared(scope: Scope, survey: Survey) -> None:
    """Hold a survey in preparation to the end of the transaction. Raises NotPossible once it is open."""
    if _state(scope, survey) != SurveyState.DRAFT:
        raise NotPossible(_("การสำรวจเปิดแล้ว จึงแก้ไม่ได้"), _("ทำสำเนาเป็นการสำรวจใหม่แล้วแก้ที่ฉบับใหม่"))


def _state(scope: Scope, survey: Survey) -> str:
    """Give how a survey stands, and let nobody else of the agency change it before this transaction ends."""
    journal.take_turn(scope.agency)
    return Survey.objects.values_list("state", flat=True).get(pk=survey.pk)


# --- open and closed ------------------------------------------------------------------------------------------------
def open_survey(scope: Scope, *, survey: Survey, version: int | None = None) -> Survey:
    """Freeze what is asked and take answers from now on. Raises NotReady, NotPossible, Stale."""
    recipient = keys.make()
    try:
        return _open(scope, survey, version, recipient)
    except BaseException:
        keys.mark(recipient)  # the next sweep destroys it, unless the survey was opened after all
        raise


@transaction.atomic
def _open(scope: Scope, survey: Survey, version: int | None, recipient: str) -> Survey:
    prepared(scope, survey)
    current = Survey.objects.select_related("agency", "questionnaire").get(pk=survey.pk)
    if found := errors_of(obstacles(current, scope.today)):
        raise NotReady(found)
    asked = current.questionnaire.pure
    return journal.change(
        scope,
        survey,
        "survey.open",
        version=version,
        content=asked.plain,
        sha256=asked.sha256,
        recipient=recipient,
        opens_on=scope.today,
        state=SurveyState.OPEN,
    )


@transaction.atomic
def extend_survey(scope: Scope, *, survey: Survey, closes_at: datetime, version: int | None = None) -> Survey:
    """Take answers until later; what is closed and not counted is open again. Raises NotPossible, KeyLost, Stale."""
    journal.take_turn(scope.agency)
    current = Survey.objects.select_related("agency").get(pk=survey.pk)
    if current.state not in UNCOUNTED:
        raise NotPossible(_("การสำรวจนี้ขยายเวลาไม่ได้"), _("ทำสำเนาเป็นการสำรวจใหม่แล้วเปิดรับคำตอบ"))
    is_same = closes_at == current.closes_at and current.state == SurveyState.OPEN
    if closes_at <= timezone.now() or closes_at < current.closes_at or is_same:
        raise NotPossible(_("ขยายได้เฉพาะให้ปิดช้ากว่าเดิม"), _("เลือกวันปิดที่ช้ากว่าวันเดิมและยังไม่ผ่านไป"))
    if told := refused_in(closed_for(current, scope.today), scope.today, closes_at):
        raise NotPossible(told.message_th, told.mend_th or "")
    keys.take(current.recipient)
    after = {"closes_at": closes_at, "state": SurveyState.OPEN}
    return journal.change(scope, survey, "survey.extend", version=version, **after)


@transaction.atomic
def close_survey(scope: Scope, *, survey: Survey, version: int | None = None) -> Survey:
    """Take no more answers; they are counted next. Raises NotPossible, Stale."""
    if _state(scope, survey) != SurveyState.OPEN:
        raise NotPossible(_("การสำรวจนี้ไม่ได้เปิดรับคำตอบอยู่"), _("โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด"))
    return journal.change(scope, survey, "survey.close", version=version, state=SurveyState.CLOSED)
