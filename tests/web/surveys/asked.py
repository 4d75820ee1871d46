"""A made-up questionnaire and surveys of it, for the tests of surveys."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from prongsai.questionnaires.model import (
    Kind,
    Option,
    Question,
    QuestionType,
    Row,
    Scale,
    Section,
    ShownIf,
    Words,
)
from prongsai.questionnaires.model import Questionnaire as Text
from prongsai.questionnaires.sheet import Sheet
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.surveys.models import Batch, BatchWay, Code, Group, Questionnaire, Survey
from prongsai.web.surveys.services import running, windows
from prongsai.web.surveys.services.storing import Open
from prongsai.web.surveys.tokens import digest, new_code
from tests.web import office

AGREE = Scale(
    key="agree",
    options=(
        Option(key="1", label=Words(th="น้อยที่สุด", en="Least"), value=Decimal(1)),
        Option(key="2", label=Words(th="น้อย", en="Little"), value=Decimal(2)),
        Option(key="3", label=Words(th="ปานกลาง", en="Middling"), value=Decimal(3)),
        Option(key="4", label=Words(th="มาก", en="Much"), value=Decimal(4)),
        Option(key="5", label=Words(th="มากที่สุด", en="Most"), value=Decimal(5)),
        Option(key="na", label=Words(th="ไม่มีความเห็น", en="No opinion")),
    ),
)
RATED = 15


def text(kind: Kind = Kind.SATISFACTION) -> Text:
    """Fifteen rated questions, one matrix, one with a condition, one about who answers, one in words."""
    scaled = tuple(
        Question(key=f"s{n}", type=QuestionType.SCALE, text=Words(th=f"คำถามที่ {n}", en=f"Question {n}"), scale="agree")
        for n in range(1, RATED + 1)
    )
    why = Question(
        key="why",
        type=QuestionType.MULTI,
        text=Words(th="เพราะเหตุใด", en="Why"),
        options=(
            Option(key="slow", label=Words(th="ช้า", en="Slow")),
            Option(key="rude", label=Words(th="พูดจาไม่ดี", en="Rude")),
        ),
        shown_if=ShownIf(question="s1", answers=("1", "2")),
    )
    place = Question(
        key="place",
        type=QuestionType.MATRIX,
        text=Words(th="สถานที่", en="Place"),
        scale="agree",
        rows=(
            Row(key="seat", text=Words(th="ที่นั่งรอ", en="Seats")),
            Row(key="noise", text=Words(th="เสียงดัง", en="Noise"), reversed=True),
        ),
        is_required=False,
    )
    sex = Question(
        key="sex",
        type=QuestionType.SINGLE,
        text=Words(th="เพศ", en="Sex"),
        options=(
            Option(key="f", label=Words(th="หญิง", en="Female")),
            Option(key="m", label=Words(th="ชาย", en="Male")),
        ),
        is_required=False,
    )
    said = Question(key="said", type=QuestionType.TEXT, text=Words(th="ข้อเสนอแนะ", en="Suggestions"), is_required=False)
    return Text(
        kind=kind,
        title=Words(th="ความพึงพอใจต่อบริการ", en="Satisfaction"),
        group_question=Words(th="ท่านใช้บริการใด", en="Which service"),
        scales=(AGREE,),
        sections=(
            Section(key="main", title=Words(th="ความเห็น", en="Opinion"), questions=(*scaled, why, place)),
            Section(key="you", title=Words(th="ตัวท่าน", en="You"), is_about=True, questions=(sex,)),
            Section(key="more", title=Words(th="เพิ่มเติม", en="More"), questions=(said,)),
        ),
    )


def draft(
    agency: Agency,
    groups: Sequence[str] = ("งานทะเบียน", "งานภาษี"),
    *,
    kind: Kind = Kind.SATISFACTION,
    is_monthly: bool = False,
    has_link: bool = True,
    quota: int | None = None,
    days: int = 1,
) -> Survey:
    """A survey in preparation that closes so many days from now."""
    scope = system_scope(agency)
    kept = Questionnaire.objects.create(agency=agency, title="ความพึงพอใจ", kind=kind, content=text(kind).plain)
    made = running.make_survey(
        scope,
        questionnaire=kept,
        title="ความพึงพอใจปีนี้",
        closes_at=timezone.now() + timedelta(days=days),
        fiscal_year_be=2570,
        grouping="service" if groups else "none",
        has_link=has_link,
        is_monthly=is_monthly,
    )
    for name in groups:
        running.add_group(scope, survey=made, name=name, headcount=50, quota=quota)
    return made


def survey(
    agency: Agency,
    groups: Sequence[str] = ("งานทะเบียน", "งานภาษี"),
    *,
    kind: Kind = Kind.SATISFACTION,
    is_monthly: bool = False,
    has_link: bool = True,
    quota: int | None = None,
    days: int = 1,
) -> Survey:
    """A survey that is open until tomorrow."""
    made = draft(agency, groups, kind=kind, is_monthly=is_monthly, has_link=has_link, quota=quota, days=days)
    if kind.is_practice:  # whatever day it is, an official survey does not stand in the way
        windows.confirm_window(office.scope(agency, Role.COORDINATOR), survey=made, reason="ทดสอบ")
    return running.open_survey(system_scope(agency), survey=made)


def over(made: Survey) -> Survey:
    """Let the time of an open survey be over."""
    made.closes_at = timezone.now() - timedelta(hours=1)
    made.save()
    return made


def as_open(made: Survey) -> Open:
    """What taking an answer needs to know."""
    groups = {one.pk: one.quota is not None for one in made.groups.all()}
    return Open(made.pk, made.recipient, made.pure.box_bytes, made.has_link, groups)


def codes(group: Group, size: int) -> list[str]:
    """Codes of a group, as they stand on paper."""
    batch = Batch.objects.create(
        survey=group.survey, group=group, way=BatchWay.PRINTED, size=size, made_on=timezone.localdate()
    )
    made = [new_code() for _ in range(size)]
    digests = sorted(digest(group.survey_id, one) for one in made)
    Code.objects.bulk_create([Code(digest=one, batch=batch) for one in digests])
    return made


def sheet(seed: int, said: str = "") -> Sheet:
    """A filled-in sheet; another one for each seed."""
    picked = random.Random(seed)
    rated = {f"s{n}": picked.choice("12345") for n in range(1, RATED + 1)}
    if rated["s1"] in "12":
        rated["why"] = ["slow"]
    return Sheet(rated, {"sex": picked.choice("fm")}, {"said": said} if said else {})
