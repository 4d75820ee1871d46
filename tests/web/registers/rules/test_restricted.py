"""Registers that only their readers see: lists, pages, files of them, figures, names in forms and in the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.registers.load import of_year
from prongsai.thai.identity import check_digit
from prongsai.web.agencies.models import AuditEntry, Committee, CommitteeMember
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.entries import entries_of, list_page
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.look import OfficeLook
from tests.web.registers.rules.conftest import TODAY, person

WORD, NUMBER = "พัสดุสูญหาย", f"010553600001{check_digit('010553600001')}"
TEAM = {Role.LEGAL, Role.PERSONNEL}
TOP = {Role.MAYOR, Role.SECRETARY}
# register → who sees every entry of it
SEEN = {
    "ethics-questions": TEAM,
    "interests": TEAM | TOP | {Role.OFFICER},  # whom it is about
    "fact-findings": TEAM | TOP,
    "discipline": TEAM | TOP,
}
SHUT = [register for register in SEEN if register != "interests"]  # of which everybody makes the own entries


@pytest.fixture(autouse=True)
def today(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_words: TODAY)


@pytest.fixture
def entry(agency, make):
    """Make an entry of a restricted register, about an officer of กองช่าง."""

    def add(register: str):
        officer = person(agency, Role.OFFICER)
        if register == "fact-findings":
            made = Committee.objects.create(
                agency=agency, name="สอบข้อเท็จจริง", order_no="60/2569", order_date=date(2026, 2, 2)
            )
            CommitteeMember.objects.create(committee=made, person_id=person(agency, Role.CLERK).id, role="chair")
        given = {
            "ethics-questions": {"question": WORD, "manner": "named", "asker": officer.text},
            "interests": {"declarer": officer, "interest": WORD},
            "fact-findings": {"subject": WORD, "accused": officer},
            "discipline": {"person": officer, "offence": WORD, "finding": None, "case_no": "7K2M-41"},
        }
        return make(register, **given[register])

    return add


def at(scope, role: Role):
    return replace(scope(role), today=TODAY)


@pytest.mark.parametrize("id_", SEEN)
def test_readers_alone_find_the_entry(scope, kept, entry, id_):
    made = entry(id_)
    register = of_year(id_, 0)
    found = {role for role in Role if entries_of(scope(role), kept(id_)).filter(pk=made.pk).exists()}
    assert found == SEEN[id_]
    assert {role for role in Role if rights.may_see_entry(scope(role), register, made)} == SEEN[id_]
    assert {role for role in Role if list_page(at(scope, role), kept(id_), {}).total} == SEEN[id_]


@pytest.mark.parametrize("id_", SHUT)
def test_running_the_cycle_opens_nothing(scope, id_):
    register = of_year(id_, 0)
    for role in (Role.COORDINATOR, Role.ANALYST):
        asked = (rights.may_see, rights.may_enter, rights.may_keep)
        assert [may(scope(role), register) for may in asked] == [False, False, False]


@pytest.mark.parametrize("id_", SHUT)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CLERK, Role.SUPPLY, Role.AUDITOR, Role.OFFICER])
def test_pages_are_not_there_for_anybody_else(agency, sign_in, entry, id_, role):
    made = entry(id_)
    client, address = sign_in(role), f"/{agency.code}/registers/{id_}"
    asked = ("", f"{made.pk}/", f"{made.pk}/edit/", "add/", "statistics/", "export/csv/")
    assert {client.get(f"{address}/{path}").status_code for path in asked} == {404}
    listed = client.get(f"/{agency.code}/registers/").content.decode()
    assert f"/registers/{id_}/" not in listed


@pytest.mark.parametrize("id_", SEEN)
def test_readers_open_the_page(agency, sign_in, entry, id_):
    made = entry(id_)
    client = sign_in(Role.LEGAL)
    assert WORD in client.get(f"/{agency.code}/registers/{id_}/{made.pk}/").content.decode()
    assert client.get(f"/{agency.code}/registers/{id_}/").status_code == 200


@pytest.mark.parametrize("id_", SEEN)
def test_figures_are_counts_for_readers_and_nothing_for_others(scope, kept, entry, id_):
    entry(id_)
    for role in (Role.LEGAL, Role.CLERK):
        figures = figures_of(at(scope, role), kept(id_), 2569)
        expected = 1 if role in SEEN[id_] else 0
        assert {one.total for one in figures if one.statistic.key == "by_state"} == {expected}
        assert [one.statistic.measure for one in figures if one.statistic.measure != "count"] == []


@pytest.mark.parametrize("id_", SEEN)
def test_head_of_another_unit_sees_nothing(scope, kept, entry, id_):
    made = entry(id_)
    assert not entries_of(scope(Role.HEAD), kept(id_)).filter(pk=made.pk).exists()


@pytest.mark.parametrize("id_", SEEN)
def test_journal_is_told_that_and_not_what(now, entry, id_):
    made = entry(id_)
    lines = AuditEntry.objects.filter(subject_type="registers.entry", subject_id=str(made.pk))
    told = " ".join(f"{one.subject_text} {one.changes}" for one in lines)
    assert str(made.number) in told
    assert [word for word in (WORD, "อรุณ", "สวนพลูโยธา", "7K2M") if word in told] == []


def test_finding_is_not_offered_to_who_may_not_see_it(scope, entry):
    made = entry("fact-findings")
    assert OfficeLook(scope(Role.LEGAL)).entry("fact-findings", made.title) is not None
    assert OfficeLook(scope(Role.CLERK)).entry("fact-findings", made.title) is None


@pytest.mark.parametrize("id_", ["interests", "fact-findings", "discipline"])
def test_nothing_of_it_is_public(agency, client, now, entry, id_):
    entry(id_)
    with pytest.raises(ValidationError):
        services.keep_setting(now, register=id_, is_published=True)
    assert client.get(f"/{agency.code}/open/{id_}/").status_code == 404


def test_number_of_who_is_declared_is_covered(agency, now, scope, make):
    made = make("interests", declarer=person(agency, Role.OFFICER), tax_id=NUMBER)
    told = AuditEntry.objects.get(subject_id=str(made.pk), action="entry.add")
    assert NUMBER not in str(told.changes)
    assert not rights.may_see_field(
        scope(Role.MAYOR), of_year("interests", 0), of_year("interests", 0).field_of("tax_id")
    )
