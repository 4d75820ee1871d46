"""One of everything of surveys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.surveys import models
from prongsai.web.surveys.services import running, texts

LIBRARY = "training"
SECTION, QUESTION = "content", "content1"


def build(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """Make a questionnaire, a survey that is open and was counted once, and a reading of an official one."""
    system = system_scope(agency)
    questionnaire = texts.take(system, id=LIBRARY)
    survey = running.make_survey(
        system,
        questionnaire=questionnaire,
        title="ประเมินการอบรม",
        closes_at=timezone.now() + timedelta(days=9),
        fiscal_year_be=2570,
        grouping="other",
        is_monthly=True,
    )
    group = running.add_group(system, survey=survey, name="ผู้เข้าอบรม", headcount=40)
    running.open_survey(system, survey=survey)
    day = date(2026, 3, 31)
    count = models.Count.objects.create(survey=survey, number=1, counted_on=day, received=5)
    return {
        "questionnaire": questionnaire,
        "survey": survey,
        "survey_group": group,
        "survey_batch": models.Batch.objects.create(survey=survey, group=group, way="printed", size=5, made_on=day),
        "survey_text": models.Aside.objects.create(count=count, question="said", value="ดี", is_text=True),
        "official_count": models.OfficialCount.objects.create(
            cycle=made["cycle"],
            instrument="IIT",
            part=models.OfficialCount.objects.count(),
            read_on=day,
            headcount=80,
            reached=9,
        ),
    }


# As in tests.web.objects: route → the object whose key stands as <pk>.
PK = (
    {
        f"questionnaire{each}": "questionnaire"
        for each in (
            *("", "_preview", "_copy", "_shelve", "_edit", "_move", "_drop"),
            *("_section_add", "_section", "_question_add", "_question"),
        )
    }
    | {
        f"survey{each}": "survey"
        for each in (
            *("", "_edit", "_groups", "_groups_fill", "_group_edit", "_group_remove", "_open", "_window", "_extend"),
            *("_close", "_count", "_drop", "_key", "_copy"),
            *("_codes", "_codes_make", "_codes_void", "_codes_mail", "_remind", "_posters", "_posters_file"),
            *("_paper", "_paper_sheet"),
            *("_results", "_results_export", "_report", "_report_keep", "_findings", "_text_hide"),
        )
    }
    | {"official_count_edit": "official_count", "official_count_remove": "official_count"}
)
# As in tests.web.objects_letters: route → the word beside <pk>, and whose key it is.
BESIDE = {
    "survey_group_edit": ("group", "survey_group"),
    "survey_group_remove": ("group", "survey_group"),
    "survey_codes_void": ("batch", "survey_batch"),
    "survey_text_hide": ("text", "survey_text"),
}
POSTED = {"survey_groups_fill": {"way": "unit"}}
WORDS = {"section": SECTION, "question": QUESTION, "address": "nowhere2"}
OTHERWISE = {
    "questionnaire_shipped": {"id": LIBRARY},
    "questionnaire_take": {"id": LIBRARY},
    "survey_posters_file": {"form": "docx"},
    "survey_paper_sheet": {"form": "docx"},
}
