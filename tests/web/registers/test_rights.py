"""Who may see, enter, change, move and keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prongsai.registers.load import of_year
from prongsai.web.agencies.models import Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.detail import entry_page
from prongsai.web.registers.queries.entries import entries_of, list_page
from prongsai.web.registers.services import EntryRefused
from tests.web import office
from tests.web.registers.conftest import entry_ref, sample, unit_ref

SEE = {role for role in Role if role not in (Role.COUNCIL, Role.ADMIN)}
RUN = {Role.SECRETARY, Role.COORDINATOR, Role.ANALYST}
WORK = SEE - {Role.MAYOR, Role.AUDITOR, Role.PRIVACY}


def who(scope, test) -> set[Role]:
    return {role for role in Role if test(scope(role))}


@pytest.mark.parametrize(
    ("changes", "see", "enter", "keep"),
    [
        ({"owners": ("legal",)}, SEE, RUN | {Role.LEGAL}, RUN | {Role.LEGAL}),
        ({"owners": ("legal",), "everyone": True}, SEE, WORK | {Role.MAYOR}, RUN | {Role.LEGAL}),
        (
            {"owners": ("legal",), "readers": ("auditor",)},
            RUN | {Role.LEGAL, Role.AUDITOR},
            RUN | {Role.LEGAL},
            RUN | {Role.LEGAL},
        ),
    ],
)
def test_file_says_who_sees_enters_and_keeps(scope, changes, see, enter, keep):
    register = replace(of_year("gifts", 0), **({"everyone": False, "readers": ()} | changes))
    assert who(scope, lambda one: rights.may_see(one, register)) == see
    assert who(scope, lambda one: rights.may_enter(one, register)) == enter
    assert who(scope, lambda one: rights.may_keep(one, register)) == keep


def test_own_unit_changes_its_entries_and_keepers_all(scope, entry):
    gifts, made = of_year("gifts", 0), entry("gifts")  # of กองช่าง
    may = who(scope, lambda one: rights.may_change(one, gifts, made))
    assert may == RUN | {Role.LEGAL, Role.PERSONNEL, Role.OFFICER}


def test_unit_enters_its_own_rows_only(then, agency):
    values = sample(agency, "gifts")
    assert services.add_entry(then(Role.OFFICER), register="gifts", values=values).unit.name == "กองช่าง"
    values["unit"] = unit_ref(agency, "กองคลัง")
    with pytest.raises(EntryRefused) as refused:
        services.add_entry(then(Role.OFFICER), register="gifts", values=values)
    assert [(one.field, one.code) for one in refused.value.faults] == [("unit", "OTHER_UNIT")]
    # Who holds a post of the whole agency has no unit of their own.
    assert services.add_entry(then(Role.MAYOR), register="gifts", values=values).unit.name == "กองคลัง"
    with pytest.raises(EntryRefused):
        services.add_entry(then(Role.AUDITOR), register="gifts", values=values)


def test_unit_of_an_entry_without_one_is_that_of_who_writes(then, agency, entry):
    values = sample(agency, "loans") | {"asset": entry_ref(entry("assets"))}
    assert services.add_entry(then(Role.OFFICER), register="loans", values=values).unit.name == "กองช่าง"


def test_deciders_decide_but_never_on_what_they_asked_or_wrote(scope, entry, agency):
    gifts = of_year("gifts", 0)
    allow = gifts.move_of("allow")
    made = entry("gifts", unit=unit_ref(agency, "กองคลัง"))
    may = who(scope, lambda one: not rights.why_not_move(one, gifts, made, allow))
    assert may == {Role.MAYOR, Role.SECRETARY, Role.HEAD}  # the head of กองคลัง
    made.asked_by = Person.objects.get(given_name="สมหมาย")
    made.written_by = office.user(agency, Role.SECRETARY)
    assert who(scope, lambda one: not rights.why_not_move(one, gifts, made, allow)) == {Role.HEAD}
    other = entry("gifts")
    assert rights.why_not_move(scope(Role.HEAD), gifts, other, allow)


def test_requester_cannot_approve_the_own_loan(then, agency, entry):
    values = sample(agency, "loans") | {"asset": entry_ref(entry("assets")), "place": "outside"}
    made = services.add_entry(then(Role.SECRETARY), register="loans", values=values)
    with pytest.raises(EntryRefused) as refused:
        services.move_entry(then(Role.SECRETARY), entry=made, move="approve", version=1)
    assert "ของตนเอง" in refused.value.message_th
    assert services.move_entry(then(Role.MAYOR), entry=made, move="approve", version=1).state == "approved"


@pytest.mark.parametrize(
    ("place", "kind", "who_may"),
    [
        ("inside", "inside", {Role.HEAD}),
        ("outside", "inside", {Role.MAYOR, Role.SECRETARY}),
        ("inside", "agency", {Role.MAYOR, Role.SECRETARY}),
    ],
)
def test_loan_is_decided_by_the_owning_head_inside_and_the_executive_outside(then, entry, place, kind, who_may):
    loans = of_year("loans", 0)
    made = entry("loans", asset=entry_ref(entry("assets")), place=place, borrower_kind=kind)
    assert who(then, lambda one: not rights.why_not_move(one, loans, made, loans.move_of("approve"))) == who_may


def test_borrowing_unit_does_not_hand_out_to_itself(then, agency, entry):
    loans = of_year("loans", 0)
    values = sample(agency, "loans") | {"asset": entry_ref(entry("assets"))}
    made = services.add_entry(then(Role.OFFICER), register="loans", values=values)
    made = services.move_entry(then(Role.HEAD), entry=made, move="approve", version=1)
    assert rights.why_not_move(then(Role.OFFICER), loans, made, loans.move_of("issue"))
    assert not rights.why_not_move(then(Role.SUPPLY), loans, made, loans.move_of("issue"))


def test_secret_field_is_shown_to_keepers_only(then, kept, entry):
    made = entry("loans", asset=entry_ref(entry("assets")))
    loans = kept("loans")

    def contact(role: Role) -> tuple[str, object]:
        [line] = [one for one in entry_page(then(role), loans, made).lines if one.field.key == "contact"]
        return line.text, line.value

    assert contact(Role.SUPPLY)[0].startswith("0") or contact(Role.SUPPLY)[0].startswith("๐")
    assert contact(Role.OFFICER) == ("ปกปิด", None)


def test_who_may_not_see_gets_nothing_and_other_agencies_get_their_own(scope, kept, entry, other_agency):
    entry("gifts")
    gifts = kept("gifts")
    assert entries_of(scope(Role.CLERK), gifts).count() == 1
    assert entries_of(scope(Role.COUNCIL), gifts).count() == 0
    assert entries_of(office.scope(other_agency, Role.CLERK), gifts).count() == 0
    assert list_page(office.scope(other_agency, Role.CLERK), gifts, {"year": "2569"}).total == 0


def test_entry_of_another_agency_is_not_changed(entry, other_agency):
    from django.core.exceptions import ValidationError

    made = entry("gifts")
    for call in (
        lambda who: services.change_entry(who, entry=made, values={"item": "x"}, version=1),
        lambda who: services.move_entry(who, entry=made, move="withdraw", note="x", version=1),
    ):
        with pytest.raises(ValidationError):
            call(office.scope(other_agency, Role.SECRETARY))
