"""Making codes: given once, kept as digests in no order, never told."""

from __future__ import annotations

import logging

import pytest
from django.core.exceptions import ValidationError
from django.core.serializers import serialize
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.surveys.models import Code
from prongsai.web.surveys.services import codes as services
from prongsai.web.surveys.services import running
from prongsai.web.surveys.services.running import NotPossible
from prongsai.web.surveys.services.storing import NotTaken, Why, store
from prongsai.web.surveys.tokens import digest, new_form, read_code
from tests.web.surveys import asked


def test_codes_are_given_once_and_only_sorted_digests_are_written(agency: Agency, scope, caplog):
    survey = asked.survey(agency)
    coordinator = scope(Role.COORDINATOR)
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(
        connection,
    ) as sql:
        batch, made = services.make_batch(coordinator, survey=survey, group=survey.groups.first(), size=40)
    assert len(set(made)) == 40 and all(read_code(one) == one for one in made)
    digests = [digest(survey.pk, one) for one in made]
    assert set(Code.objects.filter(batch=batch).values_list("digest", flat=True)) == set(digests)
    (written,) = [one["sql"] for one in sql if one["sql"].startswith('INSERT INTO "surveys_code"')]
    places = [written.index(one) for one in sorted(digests)]
    assert places == sorted(places), "rows go in in the order of their digests"
    everywhere = caplog.text + "".join(one["sql"] for one in sql)
    assert not [one for one in made if one in everywhere]


def test_order_on_paper_tells_nothing_of_the_order_of_the_rows(agency: Agency, system):
    """Of 60 places one is as likely as another; that all agree by chance happens once in 60 factorial."""
    survey = asked.survey(agency)
    _batch, made = services.make_batch(system, survey=survey, group=None, size=60)
    digests = [digest(survey.pk, one) for one in made]
    assert digests != sorted(digests)


def test_journal_tells_group_number_and_day_alone(agency: Agency, system):
    survey = asked.survey(agency)
    group = survey.groups.first()
    batch, made = services.make_batch(system, survey=survey, group=group, size=5)
    services.void_batch(system, batch=batch)
    first, second = AuditEntry.objects.filter(action__startswith="survey.codes").order_by("number")
    assert set(first.changes) == {"survey_id", "group_id", "way", "size", "made_on", "is_void"}
    assert set(second.changes) == {"is_void"}
    told = serialize("json", AuditEntry.objects.all())
    assert not [one for code in made for one in (code, digest(survey.pk, code)) if one in told]


@pytest.mark.parametrize("size", [4, services.BATCH_MAX + 1])
def test_fewer_than_k_or_too_many_are_refused(agency: Agency, system, size):
    survey = asked.survey(agency)
    with pytest.raises(ValidationError) as refused:
        services.make_batch(system, survey=survey, group=None, size=size)
    assert "size" in refused.value.message_dict and not Code.objects.exists()


def test_only_an_open_survey_gets_codes_and_only_for_its_own_groups(agency: Agency, system):
    survey, other = asked.survey(agency), asked.survey(agency)
    with pytest.raises(ValidationError):
        services.make_batch(system, survey=survey, group=other.groups.first(), size=5)
    running.close_survey(system, survey=survey)
    with pytest.raises(NotPossible):
        services.make_batch(system, survey=survey, group=None, size=5)
    assert not Code.objects.exists()


def test_void_batch_takes_no_answer_but_keeps_those_it_has(agency: Agency, system):
    survey = asked.survey(agency, has_link=False)
    batch, made = services.make_batch(system, survey=survey, group=survey.groups.first(), size=5)
    form = new_form()
    store(asked.as_open(survey), asked.sheet(1), form=form, code=made[0])
    services.void_batch(system, batch=batch, version=batch.version)
    with pytest.raises(NotTaken) as refused:
        store(asked.as_open(survey), asked.sheet(2), form=new_form(), code=made[1])
    assert refused.value.why is Why.CODE_UNKNOWN
    store(asked.as_open(survey), asked.sheet(1), form=form, code=made[0])  # sent once more: taken before
    with pytest.raises(Stale):
        services.void_batch(system, batch=batch, version=0)


def test_codes_that_reached_nobody_go_but_a_used_one_stays(agency: Agency, system):
    survey = asked.survey(agency)
    batch, made = services.make_batch(system, survey=survey, group=None, size=6)
    store(asked.as_open(survey), asked.sheet(1), form=new_form(), code=made[0])
    left = services.take_back(system, batch=batch, codes=made[:3])
    assert left is not None and left.size == Code.objects.filter(batch=batch).count() == 4
    other, all_of_them = services.make_batch(system, survey=survey, group=None, size=5)
    assert services.take_back(system, batch=other, codes=all_of_them) is None
    assert survey.batches.count() == 1
