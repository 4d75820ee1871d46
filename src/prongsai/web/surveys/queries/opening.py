"""What stands in the way of opening a survey, and what somebody should know before; told all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.errors import Problem, Severity
from prongsai.questionnaires.check import check
from prongsai.web.surveys.models import Group, Grouping, Survey
from prongsai.web.surveys.models.runs import K
from prongsai.web.surveys.queries.windows import Window, closed_for, last_moment
from prongsai.web.ui.templatetags.ui import thai_date, thai_digits

IN_WINDOW, INTO_WINDOW = "SURVEY_IN_WINDOW", "SURVEY_INTO_WINDOW"


def obstacles(survey: Survey, today: date) -> tuple[Problem, ...]:
    """Give every Problem of a survey in preparation, errors first: with one of those it cannot be opened."""
    groups = list(survey.groups.all())
    found = [
        *check(survey.questionnaire.pure),
        *_of_days(survey, today),
        *_of_groups(survey, groups),
        *_of_english(survey, groups),
    ]
    if survey.k < K:
        found.append(_error("SURVEY_K", _("กลุ่มเล็กที่สุดต้องไม่น้อยกว่า {n} คน"), _("แก้ตัวเลขในการตั้งค่า"), n=K))
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.ERROR))


def errors_of(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Give those with which a survey cannot be opened."""
    return tuple(one for one in found if one.severity is Severity.ERROR)


# --- days -----------------------------------------------------------------------------------------------------------
def _of_days(survey: Survey, today: date) -> Iterator[Problem]:
    if survey.closes_at <= timezone.now():
        yield _error("SURVEY_OVER", _("วันปิดรับคำตอบผ่านไปแล้ว"), _("แก้วันปิดรับให้อยู่ข้างหน้า"))
    if survey.is_practice and survey.is_monthly:
        yield _error(
            "SURVEY_PRACTICE_ALL_YEAR",
            _("การสำรวจซ้อมเปิดทั้งปีไม่ได้ เพราะต้องปิดในช่วงสำรวจทางการ"),
            _("เลือกไม่เปิดทั้งปี แล้วกำหนดวันปิด"),
        )
    closed = closed_for(survey, today)
    if told := refused_in(closed, today, survey.closes_at):
        yield told


def refused_in(closed: Sequence[Window], today: date, closes_at: datetime) -> Problem | None:
    """Say that a practice survey may not be open now, or not until a moment; None when it may. closed: its windows."""
    now = next((one for one in closed if one.holds(today)), None)
    if now:
        return _error(
            IN_WINDOW,
            _("อยู่ในช่วงสำรวจ {instrument} ทางการ ({first} ถึง {last}) การสำรวจซ้อมต้องปิด"),
            _confirm() if now.may_be_confirmed(today) else _("เปิดหลังวันที่ {last}"),
            **_told(now),
        )
    last = last_moment(closed)
    if last is None or closes_at <= last:
        return None
    window = min(closed, key=lambda one: one.first)
    mend = _("ให้ปิดไม่เกินวันที่ {day}")
    return _error(
        INTO_WINDOW,
        _("วันปิดรับล้ำเข้าไปในช่วงสำรวจ {instrument} ทางการ ({first} ถึง {last})"),
        f"{mend} {_('หรือ')}{_confirm()}" if window.may_be_confirmed(today) else mend,
        day=thai_date(last),
        **_told(window),
    )


def _confirm() -> str:
    return _("กรอกวันจริงในปฏิทินของรอบการประเมิน หรือยืนยันว่าไม่ตรงกับช่วงทางการ เพราะยังไม่ทราบวันจริงจึงปิดไว้ทั้งครึ่งปีแรก")


def _told(window: Window) -> dict[str, str]:
    return {"instrument": window.instrument, "first": thai_date(window.first), "last": thai_date(window.last)}


# --- groups ---------------------------------------------------------------------------------------------------------
def _of_groups(survey: Survey, groups: Sequence[Group]) -> Iterator[Problem]:
    if survey.grouping != Grouping.NONE and not groups:
        yield _error(
            "SURVEY_NO_GROUPS",
            _("เลือกแบ่งกลุ่มไว้ แต่ยังไม่มีกลุ่ม"),
            _("เพิ่มกลุ่มผู้ตอบ หรือเลือกไม่แบ่งกลุ่ม"),
        )
    if survey.grouping == Grouping.NONE and groups:
        yield _error(
            "SURVEY_UNASKED_GROUPS",
            _("เลือกไม่แบ่งกลุ่ม แต่ยังมีกลุ่มอยู่"),
            _("เลือกว่าแบ่งกลุ่มตามอะไร หรือลบกลุ่ม"),
        )
    for one in groups:
        if one.headcount is not None and one.headcount < survey.k:
            yield _error(
                "SURVEY_SMALL_GROUP",
                _("กลุ่ม “{name}” มีผู้ตอบได้ {n} คน น้อยกว่า {k} คน ผู้ตอบอาจถูกเดาตัวได้"),
                _("รวมกลุ่มเล็กเข้าด้วยกันเป็นกลุ่มเดียว"),
                name=one.name,
                n=one.headcount,
                k=survey.k,
            )


# --- English --------------------------------------------------------------------------------------------------------
def _of_english(survey: Survey, groups: Sequence[Group]) -> Iterator[Problem]:
    """Warn of what has no English where other parts of the survey have it."""
    named = [survey.title_en, *(one.name_en for one in groups)]
    if not (survey.questionnaire.pure.title.en or any(named)) or all(named):
        return
    missing = ([_("ชื่อการสำรวจ")] if not survey.title_en else []) + [one.name for one in groups if not one.name_en]
    yield Problem(
        "SURVEY_ENGLISH",
        Severity.WARNING,
        "names without English",
        _("ยังไม่มีชื่อภาษาอังกฤษ: {names}").format(names=", ".join(missing)),
        mend_th=_("ผู้ตอบที่เลือกภาษาอังกฤษจะเห็นเป็นภาษาไทย เติมได้ก่อนเปิด"),
    )


def _error(code: str, message_th: str, mend_th: str, **words: object) -> Problem:
    shown = {name: thai_digits(word) if isinstance(word, int) else word for name, word in words.items()}
    told = message_th.format(**shown)
    return Problem(code, Severity.ERROR, code.lower().replace("_", " "), told, mend_th=mend_th.format(**shown))
