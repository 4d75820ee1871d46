"""The surveys of the demonstration: one counted, one open, and nothing of a visitor's is touched."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.operations import demo_surveys
from prongsai.web.surveys.models import Answer, OfficialCount, Survey, SurveyState
from prongsai.web.surveys.services import running
from tests.web import office

YEAR = 2569


def test_demonstration_has_a_counted_survey_and_starts_again_whatever_a_visitor_did(agency: Agency):
    scope = office.scope(agency, Role.COORDINATOR)
    cycles.ensure_cycle(scope, fiscal_year_be=YEAR)
    user = office.user(agency, Role.COORDINATOR).username
    demo_surveys.ensure(user, YEAR)
    counted = Survey.objects.get(title=demo_surveys.COUNTED)
    assert counted.state == SurveyState.COUNTED
    people = sum(count for _name, count, _content in (*demo_surveys.SERVICES, demo_surveys.FEW))
    assert Answer.objects.filter(count__survey=counted).count() == people
    few = demo_surveys.FEW[0]
    assert not Answer.objects.filter(group__name=few).exists()  # three people: kept without their group
    assert OfficialCount.objects.count() == sum(len(readings) for *_names, readings in demo_surveys.OFFICIAL)
    ends = timezone.now() + timedelta(days=1)
    visitors = running.copy_survey(scope, survey=counted, closes_at=ends, fiscal_year_be=YEAR + 1)
    Survey.objects.filter(pk=visitors.pk).update(state=SurveyState.CLOSED, recipient="age1x", sha256="0" * 64)
    before = list(Survey.objects.order_by("pk").values_list("pk", "state"))
    demo_surveys.ensure(user, YEAR)
    assert list(Survey.objects.order_by("pk").values_list("pk", "state")) == before
