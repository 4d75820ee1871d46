"""Surveys for the walk through every page: one in preparation, one open, and the demonstration's counted one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

# Routes of a survey that is not open yet, and of one that was counted; the others are of the open one.
_DRAFT = frozenset(
    f"survey_{each}"
    for each in ("edit", "groups", "groups_fill", "group_edit", "group_remove", "open", "window", "copy")
)
_COUNTED = frozenset(f"survey_{each}" for each in ("results", "results_export", "report", "findings", "text_hide"))


def furnish_surveys(made: dict[str, Any]) -> dict[str, Any]:
    """Make them; give what ``tests.web.objects_surveys`` gives, and the one in preparation and the counted one."""
    from prongsai.web.agencies.scope import system_scope  # reason: needs Django
    from prongsai.web.surveys.models import Aside, Survey, SurveyState  # reason: needs Django
    from prongsai.web.surveys.services import running  # reason: needs Django
    from tests.web import objects_surveys  # reason: needs Django

    found = objects_surveys.build(made["agency"], made)
    survey, system = found["survey"], system_scope(made["agency"])
    ends = survey.closes_at + timedelta(days=1)
    draft = running.copy_survey(system, survey=survey, closes_at=ends, fiscal_year_be=survey.fiscal_year_be)
    counted = Survey.objects.filter(state=SurveyState.COUNTED).order_by("pk")[0]
    text = Aside.objects.filter(count__survey=counted, is_text=True).order_by("pk")[0]
    return found | {"draft_survey": draft, "counted_survey": counted, "survey_text": text}


def survey_words(route: str, made: dict[str, Any]) -> dict[str, Any]:
    """Give what stands in the address of a route of surveys besides the agency; nothing for other routes."""
    from tests.web import objects_surveys  # reason: needs Django

    if not route.startswith(("survey", "questionnaire", "official_count")):
        return {}
    words = objects_surveys.WORDS | {"address": made["survey"].address} | objects_surveys.OTHERWISE.get(route, {})
    if route in objects_surveys.BESIDE:
        name, of = objects_surveys.BESIDE[route]
        words[name] = made["draft_survey"].groups.first().pk if of == "survey_group" else made[of].pk
    if route in _DRAFT:
        words["pk"] = made["draft_survey"].pk
    return words | ({"pk": made["counted_survey"].pk} if route in _COUNTED else {})
