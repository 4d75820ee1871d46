"""Entries about oneself: made and seen by everybody; and entries that whom they name does not see."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.registers.model import Ref
from prongsai.web.agencies.models import Committee, CommitteeMember, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.services.people import merge_people
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.overview import overview_of
from prongsai.web.registers.queries.rights import may_see_entry
from prongsai.web.registers.services.entries import EntryRefused, add_entry
from tests.registers.library.example import filled
from tests.web import office


def _self(scope) -> Ref:
    return Ref(scope.person.pk, str(scope.person))


@pytest.fixture
def declared(scope):
    """A declaration of the officer by the officer, and one of the head of another unit by the keeper."""

    def make(by: Role, of: Role, unit: str) -> Entry:
        one = office.unit(scope(by).agency, unit)
        given = {"declarer": _self(scope(of)), "unit": Ref(one.pk, one.name), "statement": "none"}
        return add_entry(scope(by), register="interests", values=filled("interests", **given))

    return make(Role.OFFICER, Role.OFFICER, "กองช่าง"), make(Role.LEGAL, Role.HEAD, "กองคลัง")


def _address(register: str, entry: Entry) -> str:
    return reverse("registers:entry", args=[entry.agency.code, register, entry.pk])


def test_everybody_declares_and_sees_what_is_about_themselves_alone(scope, sign_in, declared):
    own, other = declared
    officer = sign_in(Role.OFFICER)
    assert officer.get(_address("interests", own)).status_code == 200
    assert officer.get(_address("interests", other)).status_code == 404
    assert [
        may_see_entry(scope(Role.LEGAL), kept_of(scope(Role.LEGAL), "interests").register, one) for one in declared
    ] == [
        True,
        True,
    ]


def test_nobody_declares_for_somebody_else(scope):
    unit = office.unit(scope(Role.OFFICER).agency, "กองช่าง")
    given = {"declarer": _self(scope(Role.HEAD)), "unit": Ref(unit.pk, unit.name), "statement": "none"}
    with pytest.raises(EntryRefused) as refused:
        add_entry(scope(Role.OFFICER), register="interests", values=filled("interests", **given))
    assert [one.code for one in refused.value.faults] == ["NOT_ONESELF"]


@pytest.mark.parametrize(("role", "n"), [(Role.OFFICER, 1), (Role.HEAD, 1), (Role.CLERK, 0), (Role.LEGAL, 2)])
def test_counts_tell_nobody_how_many_others_declared(scope, declared, role, n):
    year = declared[0].fiscal_year_be
    lines = [line for group in overview_of(scope(role), year).groups for line in group.lines]
    assert [line.n_entries for line in lines if line.kept.id == "interests"] == [n]


def committee(agency, chair: Person) -> None:
    made = Committee.objects.create(
        agency=agency, name="คณะกรรมการสอบข้อเท็จจริง", order_no="60/2569", order_date="2026-02-02"
    )
    CommitteeMember.objects.create(committee=made, person=chair, role="chair")


def test_accused_does_not_see_the_inquiry_even_as_its_reader(scope, sign_in, agency):
    committee(agency, scope(Role.HEAD).person)
    values = filled("fact-findings", accused=_self(scope(Role.SECRETARY)))
    entry = add_entry(scope(Role.LEGAL), register="fact-findings", values=values)
    assert sign_in(Role.MAYOR).get(_address("fact-findings", entry)).status_code == 200
    assert sign_in(Role.SECRETARY).get(_address("fact-findings", entry)).status_code == 404
    page = sign_in(Role.SECRETARY).get(reverse("registers:register", args=[agency.code, "fact-findings"]))
    assert entry.title not in page.content.decode()


def test_staff_among_several_accused_are_kept_out_too(scope, sign_in, agency):
    committee(agency, scope(Role.HEAD).person)
    both = {"accused": _self(scope(Role.OFFICER)), "accused_2": _self(scope(Role.MAYOR))}
    entry = add_entry(scope(Role.LEGAL), register="fact-findings", values=filled("fact-findings", **both))
    assert sign_in(Role.SECRETARY).get(_address("fact-findings", entry)).status_code == 200
    assert sign_in(Role.MAYOR).get(_address("fact-findings", entry)).status_code == 404
    by_name = {"others": ({"name": str(scope(Role.SECRETARY).person)},)}
    with pytest.raises(EntryRefused) as refused:
        add_entry(scope(Role.LEGAL), register="fact-findings", values=filled("fact-findings", **by_name))
    assert [one.code for one in refused.value.faults] == ["STAFF_BY_NAME"]


def test_who_was_merged_into_another_record_is_still_who_an_inquiry_names(scope, sign_in, agency):
    committee(agency, scope(Role.HEAD).person)
    accused = scope(Role.PERSONNEL)
    values = filled("fact-findings", accused=_self(accused))
    entry = add_entry(scope(Role.LEGAL), register="fact-findings", values=values)
    kept = Person.objects.create(agency=agency, prefix="นาง", given_name="อารี", family_name="ใจเย็นยิ่ง")
    merge_people(scope(Role.ADMIN), kept=kept, other=accused.person)
    assert scope(Role.PERSONNEL).person == kept
    assert sign_in(Role.PERSONNEL).get(_address("fact-findings", entry)).status_code == 404
    assert not list(entries_of(scope(Role.PERSONNEL), kept_of(scope(Role.PERSONNEL), "fact-findings")))
