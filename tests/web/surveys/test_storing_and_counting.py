"""From an answer to a counted row."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection

from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.scope import system_scope
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Answer, Aside, Box, Code, SurveyState
from prongsai.web.surveys.services import counting, running
from prongsai.web.surveys.services.storing import NotTaken, Why, store
from prongsai.web.surveys.tokens import new_code, new_form, read_code, shown_code
from tests.web.surveys import asked


def test_answers_are_sealed_until_they_are_counted(agency: Agency):
    survey = asked.survey(agency)
    group = survey.groups.first()
    codes = asked.codes(group, 8)
    before = AuditEntry.objects.count()
    for seed, code in enumerate(codes[:6]):
        store(asked.as_open(survey), asked.sheet(seed, said="นาน" * seed * 100 or "-"), form=new_form(), code=code)
    assert AuditEntry.objects.count() == before
    lengths = [len(bytes(box.sealed)) for box in Box.objects.all()]
    assert max(lengths) - min(lengths) < 400  # age adds some random bytes of its own, whatever is in the box
    assert not Answer.objects.exists()
    running.close_survey(system_scope(agency), survey=survey)
    done = counting.count(system_scope(agency), survey=survey)
    assert done.received == Answer.objects.filter(count=done, group=group).count() == 6
    assert Aside.objects.filter(is_text=True).count() == 6
    assert not Box.objects.exists()
    assert not keys.is_here(survey.recipient)
    assert set(Code.objects.exclude(spent="").values_list("spent", flat=True)) == {"-"}
    survey.refresh_from_db()
    assert survey.state == SurveyState.COUNTED


def test_same_form_counts_once_and_a_code_once(agency: Agency):
    survey = asked.survey(agency, has_link=False)
    (code, *_) = asked.codes(survey.groups.first(), 5)
    form = new_form()
    for _ in range(2):
        store(asked.as_open(survey), asked.sheet(1), form=form, code=code)
    with pytest.raises(NotTaken) as refused:
        store(asked.as_open(survey), asked.sheet(2), form=new_form(), code=code)
    assert refused.value.why is Why.CODE_USED
    with pytest.raises(NotTaken) as refused:
        store(asked.as_open(survey), asked.sheet(2), form=new_form(), code=new_code())
    assert refused.value.why is Why.CODE_UNKNOWN
    with pytest.raises(NotTaken) as refused:
        store(asked.as_open(survey), asked.sheet(2), form=new_form())
    assert refused.value.why is Why.NO_CODE
    assert Box.objects.count() == 1


def test_form_that_is_sent_again_violates_no_key_and_spends_nothing(agency: Agency):
    """PostgreSQL logs the whole statement that violates a key, and the hour."""
    survey = asked.survey(agency, quota=3)
    group, failed = survey.groups.first(), []
    codes = asked.codes(group, 5)

    def watch(execute, sql, *given):
        try:
            return execute(sql, *given)
        except DatabaseError:
            failed.append(sql)
            raise

    with connection.execute_wrapper(watch):
        for way in ({"code": codes[0]}, {"group": group.pk}, {}):
            form = new_form()
            for _ in range(2):
                store(asked.as_open(survey), asked.sheet(1), form=form, **way)
        store(asked.as_open(survey), asked.sheet(1), form=form, code=codes[1])  # the form came before, without a code
    group.refresh_from_db()
    assert (failed, Box.objects.count(), group.taken) == ([], 3, 1)
    assert Code.objects.exclude(spent="").count() == 1


def test_quota_is_kept_and_the_last_one_may_send_again(agency: Agency):
    survey = asked.survey(agency, quota=2)
    group = survey.groups.first()
    forms = [new_form() for _ in range(3)]
    for form in (*forms[:2], *forms[:2]):
        store(asked.as_open(survey), asked.sheet(1), form=form, group=group.pk)
    with pytest.raises(NotTaken) as refused:
        store(asked.as_open(survey), asked.sheet(1), form=forms[2], group=group.pk)
    assert refused.value.why is Why.FULL
    group.refresh_from_db()
    assert (Box.objects.count(), group.taken) == (2, 2)


def test_closed_survey_takes_nothing_but_what_it_has(agency: Agency):
    survey = asked.survey(agency)
    opened, form = asked.as_open(survey), new_form()
    store(opened, asked.sheet(1), form=form)
    running.close_survey(system_scope(agency), survey=survey)
    store(opened, asked.sheet(1), form=form)
    with pytest.raises(NotTaken) as refused:
        store(opened, asked.sheet(1), form=new_form())
    assert refused.value.why is Why.CLOSED
    assert Box.objects.count() == 1


def test_fewer_than_k_stay_sealed(agency: Agency):
    survey = asked.survey(agency)
    for seed in range(4):
        store(asked.as_open(survey), asked.sheet(seed), form=new_form())
    running.close_survey(system_scope(agency), survey=survey)
    with pytest.raises(counting.TooFew, match="4 answers") as refused:
        counting.count(system_scope(agency), survey=survey)
    assert "๔ ชุด น้อยกว่า ๕ ชุด" in refused.value.message_th
    assert (Box.objects.filter(sealed__isnull=False).count(), Answer.objects.count()) == (4, 0)
    assert keys.is_here(survey.recipient)


def test_monthly_survey_is_counted_while_it_is_open_and_gets_a_new_key(agency: Agency):
    survey = asked.survey(agency, is_monthly=True)
    first, opened = survey.recipient, asked.as_open(survey)
    forms = [new_form() for _ in range(5)]
    for seed, form in enumerate(forms):
        store(opened, asked.sheet(seed), form=form)
    counting.count(system_scope(agency), survey=survey)
    survey.refresh_from_db()
    assert survey.state == SurveyState.OPEN
    assert survey.recipient != first
    assert not keys.is_here(first)
    store(opened, asked.sheet(0), form=forms[0])  # sent once more after the month: taken before, not twice
    for seed in range(5):
        store(opened, asked.sheet(seed + 9), form=new_form())  # by a process that knows the old key only
    assert counting.count(system_scope(agency), survey=survey).received == 5


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ({1: 5, 2: 9}, {1, 2}),
        ({1: 5, 2: 3}, set()),
        ({1: 5, 2: 9, 3: 2}, {2}),
        ({1: 6, 2: 3, 3: 2}, {1}),
        ({None: 1, 1: 7}, set()),
    ],
)
def test_groups_that_stay_and_their_rest_have_k(counts: dict[int | None, int], kept: set[int]):
    assert set(counting.kept_groups(counts, 5)) == kept


def test_code_is_read_as_people_type_it():
    code = new_code()
    assert read_code(shown_code(code)) == code
    assert read_code(code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))) == code
    assert read_code(code[:-1] + str((int(code[-1]) + 1) % 10)) == ""
    assert read_code("1234") == ""
