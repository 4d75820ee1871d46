"""Declared relations and interests: once a year by everybody, judged by somebody else, with the training beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Employment, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries import rights
from prongsai.web.registers.rules import interests
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import TODAY, entry_ref, person, unit

ID = "interests"
REVIEW = {"reviewed_on": date(2025, 11, 10), "opinion": "มีโอกาสขัดกัน"}


@pytest.fixture
def officer(agency) -> Ref:
    return person(agency, Role.OFFICER)


@pytest.fixture
def attend(make):
    """Somebody attends a training of these contents."""

    def add(who: Ref, *uses: str, day: date = date(2026, 2, 20)):
        training = make("training", uses=uses, name=f"อบรม {uses[0]} {who.text}", starts_on=day, ends_on=day)
        return make(
            "attendance", event="training", training=entry_ref(training), who="staff", person=who, attended_on=day
        )

    return add


def told(now, word: str) -> str:
    found = [one.text for one in interests.notices(now, of_year(ID, 0), 2569) if word in one.text]
    return found[0] if found else ""


def drawn(now, entry) -> str:
    return str(interests.picture(now, of_year(ID, 0), entry))


def test_everybody_who_has_not_declared_is_named(agency, now, make):
    Person.objects.filter(agency=agency).exclude(given_name__in=("อรุณ", "อารี")).update(employment=Employment.ELECTED)
    assert told(now, "ยังไม่ได้แจ้ง").endswith("๒ คน: นายอรุณ ขยันยิ่ง, นายอารี ใจเย็น")
    make(ID, declarer=person(agency, Role.OFFICER), statement="none", relation=None, name=None, interest=None)
    assert told(now, "ยังไม่ได้แจ้ง").endswith("๑ คน: นายอารี ใจเย็น")


def test_none_is_not_said_while_a_relation_stands(now, make, officer):
    none = {"declarer": officer, "statement": "none", "relation": None, "name": None, "interest": None}
    made = make(ID, declarer=officer, declared_on=date(2024, 11, 5))
    with pytest.raises(EntryRefused) as refused:
        make(ID, **none)
    assert [(one.field, one.code) for one in refused.value.faults] == [("statement", "RELATION_STANDS")]
    services.change_entry(now, entry=made, values={"to_on": date(2025, 6, 30)}, version=None)
    assert make(ID, **none).pk


def test_relation_says_to_whom_and_none_says_nothing(make):
    with pytest.raises(EntryRefused) as refused:
        make(ID, statement="some", relation=None, name=None, interest=None)
    assert [(one.field, one.code) for one in refused.value.faults] == [
        ("relation", "REQUIRED"),
        ("name", "REQUIRED"),
        ("interest", "REQUIRED"),
    ]
    with pytest.raises(EntryRefused) as refused:
        make(ID, statement="none", relation=None, interest=None, name="หจก. ก")
    assert [(one.field, one.code) for one in refused.value.faults] == [("name", "EMPTY_IF")]


def test_declarer_is_somebody_in_the_office(make):
    with pytest.raises(EntryRefused) as refused:
        make(ID, declarer=Ref(None, "นายนอก ทะเบียน"))
    assert [(one.field, one.code) for one in refused.value.faults] == [("declarer", "NOT_IN_THE_OFFICE")]


def test_who_declared_does_not_judge_it(agency, scope, make):
    legal = replace(scope(Role.LEGAL), today=TODAY)
    entry = make(ID, declarer=person(agency, Role.LEGAL))
    values = {**REVIEW, "reviewer": person(agency)}
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(legal, entry=entry, move="review", values=values, version=None)
    assert refused.value.message_th == "ผู้แจ้งพิจารณาเรื่องของตนเองไม่ได้"
    with pytest.raises(EntryRefused):
        own = {**REVIEW, "reviewer": person(agency, Role.LEGAL)}
        services.move_entry(scope(Role.PERSONNEL), entry=entry, move="review", values=own, version=None)
    personnel = replace(scope(Role.PERSONNEL), today=TODAY)
    assert services.move_entry(personnel, entry=entry, move="review", values=values, version=None).state == "reviewed"


def test_head_of_the_unit_sees_and_judges_the_declarations_of_the_unit(agency, scope, make):
    head = replace(scope(Role.HEAD), today=TODAY)
    own = make(ID, declarer=person(agency, Role.SUPPLY), unit=unit(agency, "กองคลัง"))
    other = make(ID, declarer=person(agency, Role.OFFICER), unit=unit(agency))
    register = of_year(ID, 0)
    assert [rights.may_see_entry(head, register, one) for one in (own, other)] == [True, False]
    assert list(interests.notices(head, register, 2569)) == []


# --- training ---------------------------------------------------------------------------------------------------------
def test_training_about_conflicts_is_linked_to_who_declared(now, make, officer, attend):
    entry = make(ID, declarer=officer)
    assert "ยังไม่เคยเข้าอบรมเรื่องผลประโยชน์ทับซ้อน" in drawn(now, entry)
    assert told(now, "ยังไม่เคยอบรม").endswith("๑ คน: นายอรุณ ขยันยิ่ง")
    attend(officer, "skill")
    assert "ยังไม่เคยเข้าอบรม" in drawn(now, entry)
    attend(officer, "conflict", "ethics", day=date(2026, 2, 21))
    assert "เข้าอบรมเรื่องผลประโยชน์ทับซ้อนแล้ว: อบรม conflict นายอรุณ ขยันยิ่ง" in drawn(now, entry)
    assert told(now, "ยังไม่เคยอบรม") == ""


def test_training_of_somebody_else_is_not_counted(agency, now, make, officer, attend):
    entry = make(ID, declarer=officer)
    attend(person(agency, Role.CLERK), "conflict")
    assert "ยังไม่เคยเข้าอบรม" in drawn(now, entry)
