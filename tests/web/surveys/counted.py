"""Surveys that were answered and counted the real way, for the tests of results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from prongsai.frameworks.load import load
from prongsai.questionnaires.model import Aspect, Kind, Question, QuestionType, Section, Words
from prongsai.questionnaires.model import Questionnaire as Text
from prongsai.questionnaires.sheet import Sheet
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.surveys.models import Count, Group, Questionnaire, Survey
from prongsai.web.surveys.services import counting, running, windows
from prongsai.web.surveys.services.storing import store
from prongsai.web.surveys.tokens import new_form
from tests.web import office
from tests.web.surveys import asked

Given = tuple[Sheet, Group | None]
FRAMEWORK = "ita-2569"


def opened(
    agency: Agency,
    text: Text,
    groups: Iterable[str] = (),
    *,
    is_monthly: bool = False,
    year_be: int = 2570,
    headcount: int | None = 50,
    kept: Questionnaire | None = None,
    grouping: str = "service",
) -> Survey:
    """Open a survey of a text."""
    scope = system_scope(agency)
    questionnaire = kept or Questionnaire.objects.create(
        agency=agency, title=str(text.title), kind=text.kind, content=text.plain
    )
    made = running.make_survey(
        scope,
        questionnaire=questionnaire,
        title=f"{text.title} {year_be}",
        closes_at=timezone.now() + timedelta(days=1),
        fiscal_year_be=year_be,
        grouping=grouping if groups else "none",
        is_monthly=is_monthly,
    )
    for name in groups:
        running.add_group(scope, survey=made, name=name, headcount=headcount)
    if text.kind.is_practice:
        windows.confirm_window(office.scope(agency, Role.COORDINATOR), survey=made, reason="ทดสอบ")
    return running.open_survey(scope, survey=made)


def answer(survey: Survey, given: Iterable[Given]) -> None:
    """Send sheets."""
    open_survey = asked.as_open(survey)
    for sheet, group in given:
        store(open_survey, sheet, form=new_form(), group=group.pk if group else None)


def count(survey: Survey) -> Count:
    """Close a survey, but for a monthly one, and count what was sent."""
    scope = system_scope(survey.agency)
    survey.refresh_from_db()
    if not survey.is_monthly:
        running.close_survey(scope, survey=survey)
    done = counting.count(scope, survey=survey)
    survey.refresh_from_db()
    return done


def counted(survey: Survey, *rounds: Iterable[Given]) -> Survey:
    """Send sheets round after round, each counted."""
    for given in rounds:
        answer(survey, given)
        count(survey)
    return survey


def scaled(key: str, words: str, **more: object) -> Question:
    """A question on the scale from 1 to 5."""
    return Question(key=key, type=QuestionType.SCALE, text=Words(th=words), scale="agree", **more)


def service_text() -> Text:
    """Two aspects of two questions, one question apart, who answers, and words."""
    usual = asked.text()
    main = (
        scaled("polite", "เจ้าหน้าที่สุภาพ", aspect="staff"),
        scaled("able", "เจ้าหน้าที่รู้งาน", aspect="staff"),
        scaled("clean", "สถานที่สะอาด", aspect="place"),
        scaled("noise", "สถานที่เสียงดัง", aspect="place", reversed=True),
        scaled("whole", "พอใจในภาพรวม"),
    )
    sections = (Section(key="main", title=Words(th="ความพึงพอใจ"), questions=main), *usual.sections[1:])
    aspects = (
        Aspect(key="staff", name=Words(th="ด้านเจ้าหน้าที่", en="Staff")),
        Aspect(key="place", name=Words(th="ด้านสถานที่", en="Place")),
    )
    return usual.model_copy(update={"sections": sections, "aspects": aspects})


def service_sheet(polite: int, *, others: int = 4, sex: str = "f", said: str = "") -> Sheet:
    """A sheet of ``service_text``: one value for being polite, another for the rest (noise turned over)."""
    rated = {key: str(others) for key in ("able", "clean", "whole")} | {"noise": str(6 - others), "polite": str(polite)}
    return Sheet(rated, {"sex": sex} if sex else {}, {"said": said} if said else {})


def practice_text() -> Text:
    """Two questions for every indicator of IIT."""
    found = load(FRAMEWORK).top_indicators("IIT")
    questions = tuple(
        scaled(f"{one.key.replace('-', '_')}_{n}", f"{one.name_th} ข้อที่ {n}", indicator=one.key, reversed=n == 2)
        for one in found
        for n in (1, 2)
    )
    text = asked.text(Kind.PRACTICE_IIT)
    return text.model_copy(update={"sections": (Section(key="main", title=Words(th="ความเห็น"), questions=questions),)})


def practice_sheet(values: dict[str, int], usual: int = 5) -> Sheet:
    """A sheet of ``practice_text``: a value by indicator, turned over where the question is."""
    rated = {}
    for question in practice_text().rated:
        value = values.get(question.indicator, usual)
        rated[question.key] = str(6 - value if question.reversed else value)
    return Sheet(rated)


def many(n: int, polite: Iterable[int] = (5, 4, 5, 3)) -> list[Sheet]:
    """So many sheets of ``service_text``, the values in turn."""
    values = tuple(polite)
    return [service_sheet(values[place % len(values)], sex="fm"[place % 2]) for place in range(n)]
