"""What is done to an office with a survey from another process: ``python -m tests.trips.surveys_office WHAT …``.

Works on the data folder and database of the environment; prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from datetime import timedelta
from typing import Any

from prongsai.cli.platform import start_django

start_django()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from prongsai.questionnaires.model import Question, QuestionType, Section, Words  # noqa: E402
from prongsai.questionnaires.model import Questionnaire as Text  # noqa: E402
from prongsai.web.agencies.models import Agency  # noqa: E402
from prongsai.web.agencies.scope import system_scope  # noqa: E402
from prongsai.web.operations import server  # noqa: E402
from prongsai.web.surveys.models import Answer, Box, Questionnaire, Survey  # noqa: E402
from prongsai.web.surveys.services import counting, running  # noqa: E402
from tests.web import office  # noqa: E402
from tests.web.surveys import asked  # noqa: E402

QUESTIONS = 15
GROUPS = 5
_BATCH = 1000


def text() -> Text:
    """Give fifteen questions on a scale of five, all of which must be answered."""
    questions = tuple(
        Question(key=f"s{n}", type=QuestionType.SCALE, text=Words(th=f"คำถามที่ {n} ของแบบสำรวจนี้"), scale="agree")
        for n in range(1, QUESTIONS + 1)
    )
    plain = asked.text()
    sections = (Section(key="main", title=Words(th="ความเห็น"), questions=questions),)
    return plain.model_copy(update={"sections": sections})


def prepare(codes: str) -> dict[str, Any]:
    """Make the office and an open survey with so many codes; tell its address and the codes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    server.prepare()
    return opened(office.build(), codes)


def opened(agency: Agency, codes: str) -> dict[str, Any]:
    """Open a survey of an office with so many codes; tell its address and the codes."""
    scope = system_scope(agency)
    content = text()
    kept = Questionnaire.objects.create(agency=agency, title="แบบสำรวจ", kind=content.kind, content=content.plain)
    made = running.make_survey(
        scope,
        questionnaire=kept,
        title="ความพึงพอใจต่อบริการ",
        closes_at=timezone.now() + timedelta(days=2),
        fiscal_year_be=2570,
        grouping="service",
    )
    groups = [running.add_group(scope, survey=made, name=f"งานที่ {n}") for n in range(GROUPS)]
    running.open_survey(scope, survey=made)
    given = [code for group in groups for code in asked.codes(group, max(5, int(codes) // GROUPS))]
    return {"code": agency.code, "address": made.address, "codes": given}


def fill(boxes: str) -> int:
    """Have so many sealed answers in the database, as long as real ones; tell how many there are."""
    survey = Survey.objects.get()
    length = survey.pure.box_bytes + 500
    while (missing := int(boxes) - Box.objects.count()) > 0:
        Box.objects.bulk_create(
            Box(key=uuid.uuid4().hex, survey=survey, sealed=os.urandom(length)) for _ in range(min(_BATCH, missing))
        )
    return Box.objects.count()


def boxes() -> int:
    """Tell how many sealed answers there are."""
    return Box.objects.count()


def count() -> list[dict[str, Any]]:
    """Close the survey and count it; tell every answer."""
    survey = Survey.objects.get()
    scope = system_scope(survey.agency)
    running.close_survey(scope, survey=survey)
    counting.count(scope, survey=survey)
    return list(Answer.objects.values_list("values", flat=True))


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    print(json.dumps({"prepare": prepare, "fill": fill, "boxes": boxes, "count": count}[what](*arguments)))
