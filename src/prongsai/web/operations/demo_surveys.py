"""Surveys of the made-up municipality: one on its services, counted; one for practice, open; official counts."""

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from prongsai.errors import ProngsaiError
from prongsai.questionnaires.model import Question, Questionnaire, QuestionType
from prongsai.questionnaires.sheet import Sheet, Value
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Agency, User
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import Cycle
from prongsai.web.surveys.models import Group, Grouping, Survey, SurveyState
from prongsai.web.surveys.services import codes, counting, groups, official, running, texts
from prongsai.web.surveys.services.storing import Open, store
from prongsai.web.surveys.tokens import new_form

COUNTED = "ความพึงพอใจต่อการให้บริการประชาชน"
# The services people were asked about, how many came, and how content they are on a scale of one.
SERVICES = (
    ("งานทะเบียนราษฎร", 38, 0.86),
    ("งานจัดเก็บรายได้", 27, 0.71),
    ("งานขออนุญาตก่อสร้าง", 19, 0.52),
    ("งานสวัสดิการสังคม", 16, 0.8),
)
FEW = ("งานป้องกันและบรรเทาสาธารณภัย", 3, 0.9)  # of fewer than five nothing is told
COMMENTS = (
    "เจ้าหน้าที่พูดจาดี แต่รอนาน",
    "ขออนุญาตก่อสร้างใช้เวลานานเกินไป ควรบอกกำหนดวันที่แน่นอน",
    "ที่นั่งรอไม่พอในวันจันทร์",
    "อยากให้จองคิวออนไลน์ได้",
    "รอนานมาก ไม่มีใครบอกขั้นตอน",
    "บริการดีมาก ขอบคุณเจ้าหน้าที่ทุกคน",
    "ที่จอดรถน้อย",
    "ควรติดป้ายบอกเอกสารที่ต้องเตรียม จะได้ไม่ต้องกลับบ้านไปเอาเอกสาร",
    "จองคิวออนไลน์จะสะดวกกว่านี้",
    "รอนานช่วงพักเที่ยง ควรมีคนผลัดเวร",
)
COMMENT_EVERY = 6
STAFF_CODES, STAFF_ANSWERED = 30, 11
OFFICIAL = (("IIT", 64, (21, 48)), ("EIT", 3200, (35, 112)))  # who may answer, and how many had on two days
_chance = random.Random(2569)  # what people answer in the demonstration; shuffling and keys are never made from it


def ensure(username: str, year_be: int) -> None:
    """Ask, answer and count where no survey is there yet; counting is a transaction of its own, on which a key hangs.

    username: of the coordinator. year_be: of the cycle in which the official surveys ran. Cut off half-way, the next
    start counts what is left to count; what visitors of the demonstration close stays theirs.
    """
    agency = Agency.objects.get(memberships__user__username=username)
    scope = scope_of(User.objects.get(username=username), agency.code)
    assert scope is not None
    if not Survey.objects.exists():
        with transaction.atomic():
            _satisfaction(scope)
            _practice(scope)
            _official(scope, year_be)
    for survey in Survey.objects.filter(title=COUNTED, state=SurveyState.CLOSED):
        with suppress(ProngsaiError):
            counting.count(scope, survey=survey)


def _satisfaction(scope: Scope) -> None:
    survey = _made(scope, "satisfaction", COUNTED, Grouping.SERVICE)
    services = (*SERVICES, FEW)
    groups.add_names(scope, survey=survey, names=[name for name, _count, _content in services])
    running.open_survey(scope, survey=survey)
    kept = {one.name: one for one in survey.groups.all()}
    said = _comments()
    for name, count, content in services:
        for _ in range(count):
            _answer(survey, content, group=kept[name], said=next(said))
    running.close_survey(scope, survey=survey)


def _practice(scope: Scope) -> None:
    """Ask the staff, sealed until it is closed; only prepared where the official survey may be running today."""
    survey = _made(scope, "practice-iit", "ซ้อมตอบก่อนถึงเวลาจริง", Grouping.NONE)
    try:
        running.open_survey(scope, survey=survey)
    except running.NotPossible:
        return
    _batch, given = codes.make_batch(scope, survey=survey, group=None, size=STAFF_CODES)
    for code in given[:STAFF_ANSWERED]:
        _answer(survey, 0.75, code=code)


def _official(scope: Scope, year_be: int) -> None:
    cycle = Cycle.objects.get(agency=scope.agency, fiscal_year_be=year_be)
    for instrument, headcount, readings in OFFICIAL:
        for months, reached in enumerate(readings, 1):
            read_on = date(cycle.fiscal_year_be - 543, 1 + months, 15)
            official.add_count(
                scope, cycle=cycle, instrument=instrument, part=0, read_on=read_on, headcount=headcount, reached=reached
            )


def _made(scope: Scope, library: str, title: str, grouping: str) -> Survey:
    ends = scope.today + timedelta(days=21)
    closes_at = timezone.make_aware(datetime.combine(ends, time(16, 30)))
    return running.make_survey(
        scope,
        questionnaire=texts.take(scope, id=library),
        title=title,
        closes_at=closes_at,
        fiscal_year_be=fiscal_year_be(scope.today),
        grouping=grouping,
        has_link=grouping != Grouping.NONE,
    )


# --- what people answer ---------------------------------------------------------------------------------------------
def _answer(survey: Survey, content: float, *, group: Group | None = None, code: str = "", said: str = "") -> None:
    text = survey.pure
    opened = Open(
        survey.pk, survey.recipient, text.box_bytes, survey.has_link, {one.pk: False for one in survey.groups.all()}
    )
    sheet = Sheet(
        {one.key: _rated(text, one, content) for one in text.rated if one.shown_if is None},
        {one.key: _chance.choice(text.options_of(one)).key for one in text.about if one.shown_if is None},
        {text.texts[0].key: said} if said and text.texts else {},
    )
    store(opened, sheet, form=new_form(), group=group.pk if group else None, code=code)


def _rated(text: Questionnaire, question: Question, content: float) -> Value:
    options = [one.key for one in text.options_of(question)]
    if question.type is QuestionType.MATRIX:
        return {row.key: _leaning(options, 1 - content if row.reversed else content) for row in question.rows}
    if question.type is QuestionType.MULTI:
        return [_chance.choice(options)]
    return _leaning(_valued(text, question) or options, 1 - content if question.reversed else content)


def _valued(text: Questionnaire, question: Question) -> list[str]:
    """Give the options that count, from the least to the best; now and then somebody has no opinion."""
    if not question.scale or _chance.random() < 0.04:
        return []
    valued = [one for one in text.scale_of(question).options if one.value is not None]
    return [one.key for one in sorted(valued, key=lambda one: one.value or 0)]


def _leaning(options: Sequence[str], content: float) -> str:
    """Give an option, mostly one near so far along them."""
    weights = [
        0.03 + max(0.0, 1 - abs(place / max(1, len(options) - 1) - content) * 2) ** 2 for place in range(len(options))
    ]
    return _chance.choices(options, weights)[0]


def _comments() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield COMMENTS[number // COMMENT_EVERY % len(COMMENTS)] if number % COMMENT_EVERY == 0 else ""
