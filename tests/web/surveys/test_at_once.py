"""Answers that come at the same moment, and while a survey is closed and counted: none is lost, none counts twice.

Real threads with real connections, on SQLite in a file and (``python -m tests.postgres -- pytest -m db``) on PostgreSQL.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.models import Agency
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Answer, Aside, Box, Code, Count, Survey, SurveyState
from prongsai.web.surveys.services import counting, running
from prongsai.web.surveys.services.storing import NotTaken, Why, store
from prongsai.web.surveys.services.sweeping import sweep_keys
from prongsai.web.surveys.tokens import new_form
from tests.conftest import PROVE
from tests.web.at_once import WAIT, on_disk
from tests.web.surveys import asked

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
CLIENTS = 32
ROUNDS = range(10 if PROVE else 2)


@pytest.fixture(autouse=True, scope="module")
def _on_disk(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A database in a file for the tests of this module."""
    with django_db_blocker.unblock(), on_disk(tmp_path_factory.mktemp("surveys-at-once")):
        yield


def all_at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Give what each call gave or raised. Answers take no turn in the journal, which ``at_once`` would insist on."""
    gate = threading.Barrier(len(calls), timeout=WAIT)
    connection.close()

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        futures = [threads.submit(run, call) for call in calls]
        return [future.exception(WAIT) or future.result() for future in futures]


def why_of(outcomes: list[Any]) -> list[Why]:
    told = [one for one in outcomes if one is not None]
    assert [one for one in told if not isinstance(one, NotTaken)] == []
    return [one.why for one in told]


def test_each_code_and_each_form_counts_once_however_often_and_by_whom_it_is_sent(agency: Agency, system) -> None:
    survey = asked.survey(agency, has_link=False)
    codes = asked.codes(survey.groups.first(), 16)
    opened = asked.as_open(survey)
    forms = [[new_form(), new_form()] for _ in codes]  # two people who share a code; each sends twice
    calls = [
        partial(store, opened, asked.sheet(n), form=forms[n % 16][n // 16 % 2], code=codes[n % 16])
        for n in range(4 * 16)
    ]
    outcomes = all_at_once(calls)
    assert set(why_of(outcomes)) == {Why.CODE_USED}
    assert Box.objects.count() == Code.objects.exclude(spent="").count() == 16
    for n in range(16):  # of the two one was taken, both times, and the other refused, both times
        taken = [outcomes[n + 16 * form] is None for form in range(4)]
        assert taken in ([True, False, True, False], [False, True, False, True])
    running.close_survey(system, survey=survey)
    assert counting.count(system, survey=survey).received == Answer.objects.count() == 16


def test_quota_is_never_passed_and_no_place_is_lost(agency: Agency) -> None:
    survey = asked.survey(agency, quota=10)
    group, forms = survey.groups.first(), [new_form() for _ in range(16)]
    opened = asked.as_open(survey)
    outcomes = all_at_once(
        [partial(store, opened, asked.sheet(n), form=forms[n % 16], group=group.pk) for n in range(CLIENTS)]
    )
    group.refresh_from_db()
    assert (group.taken, Box.objects.count(), why_of(outcomes)) == (10, 10, [Why.FULL] * 12)


@pytest.mark.parametrize("is_monthly", [False, True], ids=["closed", "monthly"])
def test_every_answer_that_was_acknowledged_is_in_a_count(agency: Agency, system, is_monthly: bool) -> None:
    """Answers come in while the survey is closed or its month ends, and counted."""
    for _ in ROUNDS:
        survey = asked.survey(agency, is_monthly=is_monthly)
        opened = asked.as_open(survey)
        for n in range(survey.k):
            store(opened, asked.sheet(n), form=new_form())

        def count(survey: Survey = survey) -> None:
            mine = Survey.objects.get(pk=survey.pk)
            if not is_monthly:
                running.close_survey(system, survey=mine)
            counting.count(system, survey=mine)

        outcomes = all_at_once(
            [count, *(partial(store, opened, asked.sheet(n), form=new_form()) for n in range(CLIENTS))]
        )
        assert set(why_of(outcomes)) <= {Why.CLOSED}
        acknowledged = survey.k + outcomes[1:].count(None)
        waiting = Box.objects.filter(survey=survey, sealed__isnull=False).count()
        counted = Answer.objects.filter(count__survey=survey).count()
        assert counted + waiting == acknowledged
        assert counted >= survey.k and (is_monthly or waiting == 0)
        now = Survey.objects.get(pk=survey.pk)
        if is_monthly:
            running.close_survey(system, survey=now)
            if waiting >= survey.k:
                assert counting.count(system, survey=now).received == waiting
        assert not keys.is_here(survey.recipient)


def test_counted_by_two_at_once_is_counted_once(agency: Agency, system) -> None:
    for is_monthly in (False, True):
        survey = asked.survey(agency, is_monthly=is_monthly)
        for n in range(7):
            store(asked.as_open(survey), asked.sheet(n), form=new_form())
        if not is_monthly:
            running.close_survey(system, survey=survey)
        outcomes = all_at_once(
            [partial(counting.count, system, survey=Survey.objects.get(pk=survey.pk)) for _ in range(2)]
        )
        (told,) = [one for one in outcomes if not isinstance(one, Count)]
        assert isinstance(told, ProngsaiError)
        assert Answer.objects.filter(count__survey=survey).count() == 7
        now = Survey.objects.get(pk=survey.pk)
        assert keys.is_here(now.recipient) is is_monthly and not keys.marked()


class PowerCut(Exception):
    """Stands for the end of the program."""


@pytest.mark.parametrize("where", ["_keep", "_forget"])
@pytest.mark.parametrize("is_monthly", [False, True], ids=["closed", "monthly"])
def test_counting_that_ends_midway_leaves_everything_as_it_was(
    agency: Agency, system, monkeypatch, where: str, is_monthly: bool
) -> None:
    survey = asked.survey(agency, is_monthly=is_monthly)
    (code, *_) = asked.codes(survey.groups.first(), 5)
    for n in range(6):
        store(asked.as_open(survey), asked.sheet(n, "คำ"), form=new_form(), code=code if n == 0 else "")
    if not is_monthly:
        running.close_survey(system, survey=survey)
    before = rows()
    real = getattr(counting, where)

    def cut(*given: Any, **named: Any) -> None:
        real(*given, **named)
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr(counting, where, cut)
        with pytest.raises(PowerCut):
            counting.count(system, survey=survey)
    assert rows() == before
    sweep_keys()
    assert keys.held() == {survey.recipient}
    assert counting.count(system, survey=survey).received == Answer.objects.count() == 6


def rows() -> list[Any]:
    models = (Survey, Box, Code, Count, Answer, Aside)
    return [sorted(model.objects.values_list(), key=str) for model in models]


@pytest.mark.parametrize("is_monthly", [False, True], ids=["closed", "monthly"])
def test_key_that_outlived_its_counting_goes_with_the_next_sweep(
    agency: Agency, system, monkeypatch, is_monthly: bool
) -> None:
    survey = asked.survey(agency, is_monthly=is_monthly)
    for n in range(6):
        store(asked.as_open(survey), asked.sheet(n), form=new_form())
    if not is_monthly:
        running.close_survey(system, survey=survey)

    def cut(recipient: str) -> None:
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr(keys, "destroy", cut)
        with pytest.raises(PowerCut):
            counting.count(system, survey=survey)
    assert keys.is_here(survey.recipient) and Answer.objects.count() == 6
    assert sweep_keys() == 1
    now = Survey.objects.get(pk=survey.pk)
    assert keys.held() == ({now.recipient} if is_monthly else set())
    assert now.state == (SurveyState.OPEN if is_monthly else SurveyState.COUNTED) and not keys.marked()


def test_key_of_another_database_is_left_alone(agency: Agency) -> None:
    asked.survey(agency)
    stranger = keys.make()  # of a database that was put aside by a restore
    assert sweep_keys() == 0 and keys.is_here(stranger)
