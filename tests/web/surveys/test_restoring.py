"""A survey whose key is on no disk any more: nothing is taken in vain, and who answered may answer again."""

from __future__ import annotations

import pytest
from django.conf import settings

from prongsai.privacy.seal.boxes import seal_value
from prongsai.questionnaires.sheet import Sheet
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.surveys import keys
from prongsai.web.surveys.models import Answer, Box, Code, Survey, SurveyState
from prongsai.web.surveys.services import counting, running
from prongsai.web.surveys.services.restoring import _mended, mend_lost_keys
from prongsai.web.surveys.services.storing import NotTaken, Why, store
from prongsai.web.surveys.tokens import new_form
from tests.web.surveys import asked

pytestmark = pytest.mark.django_db


def lose(survey: Survey) -> None:
    (settings.SURVEY_KEYS_FOLDER / f"{survey.recipient}.key").unlink()


def test_answer_that_nobody_could_open_is_not_taken(agency: Agency):
    survey = asked.survey(agency)
    lose(survey)
    with pytest.raises(NotTaken) as refused:
        store(asked.as_open(survey), asked.sheet(1), form=new_form())
    assert refused.value.why is Why.KEY_LOST
    assert not Box.objects.exists()


def test_public_key_that_somebody_put_into_the_database_gets_no_answer(agency: Agency, tmp_path):
    survey = asked.survey(agency)
    opened = asked.as_open(survey)
    foreign = keys.make()
    (settings.SURVEY_KEYS_FOLDER / f"{foreign}.key").rename(tmp_path / "theirs.key")
    Survey.objects.filter(pk=survey.pk).update(recipient=foreign)
    with pytest.raises(NotTaken) as refused:
        store(opened, asked.sheet(1), form=new_form())
    assert refused.value.why is Why.KEY_LOST


@pytest.mark.parametrize("is_closed", [False, True])
def test_lost_answers_go_and_their_codes_and_places_are_free_again(agency: Agency, system, is_closed: bool):
    survey = asked.survey(agency, quota=3, is_monthly=True)
    other = asked.survey(agency)
    group = survey.groups.first()
    codes = asked.codes(group, 6)
    for n in range(5):  # of a month that was counted: they stay
        store(asked.as_open(survey), asked.sheet(n), form=new_form(), code=codes[n])
    counting.count(system, survey=survey)
    survey.refresh_from_db()
    store(asked.as_open(survey), asked.sheet(1), form=new_form(), code=codes[5])
    for n in range(3):
        store(asked.as_open(survey), asked.sheet(n), form=new_form(), group=group.pk)
    store(asked.as_open(other), asked.sheet(1), form=new_form())
    if is_closed:
        running.close_survey(system, survey=survey)
    lose(survey)
    (lost,) = mend_lost_keys(system)
    assert (lost.survey, lost.answers) == (survey, 4)
    assert "4" in str(lost) and survey.title in str(lost)
    survey.refresh_from_db(), group.refresh_from_db()
    assert survey.state == (SurveyState.CLOSED if is_closed else SurveyState.OPEN)
    assert (group.taken, Code.objects.exclude(spent="").count(), Answer.objects.count()) == (0, 5, 5)
    assert keys.is_here(survey.recipient) and keys.is_here(other.recipient)
    assert list(Box.objects.filter(sealed__isnull=False).values_list("survey", flat=True)) == [other.pk]
    lines = AuditEntry.objects.filter(agency=agency, subject_id=str(survey.pk)).order_by("-number")[:2]
    assert [one.action for one in lines] == ["survey.rekey", "survey.lost"]
    assert lines[1].changes == {"answers": [4, 0]}
    if not is_closed:
        store(asked.as_open(survey), asked.sheet(1), form=new_form(), code=codes[5])
    assert mend_lost_keys(system) == []


def test_one_survey_alone_is_mended(agency: Agency, system):
    one, other = asked.survey(agency), asked.survey(agency)
    lose(one), lose(other)
    assert [lost.survey for lost in mend_lost_keys(system, survey=one)] == [one]
    other.refresh_from_db()
    assert not keys.is_here(other.recipient)


def test_survey_that_was_dropped_meanwhile_gets_no_key(agency: Agency, system):
    survey = asked.survey(agency)
    lose(survey)
    Survey.objects.filter(pk=survey.pk).update(state=SurveyState.DROPPED)
    assert _mended(system, survey).answers == 0
    assert Survey.objects.get().recipient == survey.recipient and not keys.held()


def test_damaged_key_is_lost_too(agency: Agency, system):
    survey = asked.survey(agency)
    (settings.SURVEY_KEYS_FOLDER / f"{survey.recipient}.key").write_text("AGE-SECRET-KEY-1", encoding="ascii")
    with pytest.raises(keys.KeyLost):
        keys.take(survey.recipient)
    assert len(mend_lost_keys(system)) == 1


def test_boxes_that_do_not_open_hold_up_nobody_and_are_told(agency: Agency, system):
    survey = asked.survey(agency)
    for n in range(6):
        store(asked.as_open(survey), asked.sheet(n), form=new_form())
    forged = [
        b"",
        b"not age",
        seal_value(["x"], survey.recipient),
        seal_value({"r": 1, "a": 2, "t": 3}, survey.recipient),
    ]
    for n, sealed in enumerate(forged):
        Box.objects.create(key=f"forged{n}", survey=survey, sealed=sealed)
    running.close_survey(system, survey=survey)
    done = counting.count(system, survey=survey)
    assert done.received == Answer.objects.count() == 6
    told = AuditEntry.objects.get(agency=agency, action="survey.unreadable")
    assert told.changes == {"answers": [None, 4]}


@pytest.mark.db
def test_character_that_no_database_keeps_in_json_does_not_stop_a_count(agency: Agency, system):
    survey = asked.survey(agency)
    for n in range(5):
        store(asked.as_open(survey), Sheet(asked.sheet(n).rated, {}, {"said": "ก\x00ข"}), form=new_form())
    running.close_survey(system, survey=survey)
    assert counting.count(system, survey=survey).received == 5
