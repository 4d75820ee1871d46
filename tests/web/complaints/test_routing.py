"""Whom a report goes to: never to the accused, those over, beside and below them, or who has a conflict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from prongsai.web.agencies.models import Agency, Appointment, Capacity, Person, Post, PostRole, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Channel, Holder, HolderState
from prongsai.web.complaints.queries import rolls, routing
from prongsai.web.complaints.queries.routing import ACCUSED_TH, CONFLICT_TH, LINE_TH, TOP_TH, UNIT_TH, route
from tests.web import office
from tests.web.complaints import office_keys
from tests.web.complaints.office_keys import FALLBACK, HANDLERS, SUPERVISOR

LEGAL, AUDITOR, SUPPLY = HANDLERS
WITHOUT_LEGAL, WITHOUT_SUPPLY = {AUDITOR, SUPPLY}, {LEGAL, AUDITOR}
EVERYBODY = set(HANDLERS)
SINCE = office.SINCE


@pytest.fixture
def to(agency: Agency, channel: Channel) -> Callable[..., set[str]]:
    """Who gets a report about some people: names of their places in the cast."""
    names = {f"{who}-{agency.code}": who for who in office_keys.DUTIES}
    places = {one.pk: names[one.user.username] for one in rolls.active(agency)}

    def go(*accused: Accused, conflicted: tuple[str, ...] = (), day: date | None = None) -> set[str]:
        pks = [office_keys.holder_of(agency, who).pk for who in conflicted]
        found = route(agency, accused, day=day or timezone.localdate(), conflicted=pks)
        return {places[one.pk] for one in found.holders}

    return go


def reasons(agency: Agency, *accused: Accused, **others: object) -> dict[str, str]:
    found = route(agency, accused, day=timezone.localdate(), **others)
    return {holder.user.username.removesuffix(f"-{agency.code}"): why for holder, why in found.left_out}


def person(agency: Agency, role: Role) -> Person:
    return Person.objects.get(memberships__user=office.user(agency, role))


def post(agency: Agency, title: str) -> Post:
    return Post.objects.get(agency=agency, title=title)


def section(agency: Agency, name: str, under: str) -> Unit:
    return Unit.objects.create(agency=agency, name=name, kind="section", parent=office.unit(agency, under))


def move(agency: Agency, role: Role, unit: Unit) -> None:
    Post.objects.filter(appointments__person=person(agency, role)).update(unit=unit)


def named(name: str) -> Accused:
    return Accused(name=name)


def placed(position: str) -> Accused:
    return Accused(position=position)


# --- nobody in particular -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "accused",
    [
        (),
        (named("ห้างหุ้นส่วนจำกัด รุ่งเรืองการช่าง"),),
        (named("นายบุญมา ต่างถิ่น"),),
        (named("นายกมล ต่างถิ่น"),),
        (placed("ปลัดอำเภอ"),),
        (placed("ผู้รับเหมา"),),
        (Accused(),),
        (Accused(person_id=999_999, post_id=999_999, unit_id=999_999),),
    ],
)
def test_somebody_unknown_goes_to_all_handlers(to, accused) -> None:
    assert to(*accused) == EVERYBODY


def test_keepers_supervisor_and_fallback_get_nothing_of_what_handlers_can_take(agency, to) -> None:
    assert to() == EVERYBODY
    assert reasons(agency) == {}


def test_row_without_a_vouch_gets_nothing(agency: Agency, to) -> None:
    row = office_keys.holder_of(agency, AUDITOR)
    Holder.objects.filter(pk=row.pk).update(user=office.user(agency, Role.HEAD))
    assert {one.pk for one in route(agency, (), day=timezone.localdate()).holders}.isdisjoint({row.pk})


# --- the accused, those over them, those beside them --------------------------------------------------------------------
def test_accused_handler_reads_nothing_of_it(agency: Agency, to) -> None:
    assert to(Accused(person_id=person(agency, AUDITOR).pk)) == {LEGAL, SUPPLY}
    assert reasons(agency, Accused(person_id=person(agency, AUDITOR).pk)) == {"auditor": ACCUSED_TH}


def test_own_unit_of_the_accused_reads_nothing_of_it(agency: Agency, to) -> None:
    clerk = Accused(person_id=person(agency, Role.CLERK).pk)
    assert to(clerk) == WITHOUT_LEGAL
    assert reasons(agency, clerk) == {"legal": UNIT_TH}


def test_head_of_the_accused_reads_nothing_of_it(agency: Agency, to) -> None:
    Post.objects.filter(title="เจ้าพนักงานพัสดุ").update(is_head=True)
    officer = Person.objects.create(agency=agency, given_name="ใหม่", family_name="มาเอง")
    desk = Post.objects.create(agency=agency, unit=section(agency, "งานพัสดุ", "กองคลัง"), title="คนงาน", valid_from=SINCE)
    Appointment.objects.create(agency=agency, person=officer, post=desk, valid_from=SINCE)
    assert to(Accused(person_id=officer.pk)) == WITHOUT_SUPPLY
    assert reasons(agency, Accused(person_id=officer.pk)) == {"supply": LINE_TH}


def test_subordinates_of_an_accused_head_read_nothing_of_it(agency: Agency, to) -> None:
    move(agency, SUPPLY, section(agency, "งานพัสดุและทรัพย์สิน", "กองคลัง"))
    head = Accused(person_id=person(agency, Role.HEAD).pk)
    assert to(head) == WITHOUT_SUPPLY
    assert reasons(agency, head) == {"supply": UNIT_TH}


def test_neighbouring_unit_reads_on(agency: Agency, to) -> None:
    move(agency, SUPPLY, section(agency, "งานพัสดุ", "กองคลัง"))
    move(agency, Role.CLERK, section(agency, "งานการเงิน", "กองคลัง"))
    assert to(Accused(person_id=person(agency, Role.CLERK).pk)) == EVERYBODY


@pytest.mark.parametrize(
    ("title", "role"),
    [("รองปลัดเทศบาล", None), ("ปลัดเทศบาล", None), ("รองนายกเทศมนตรี", None), ("ผู้ช่วยงานบริหาร", Role.SECRETARY)],
)
def test_who_leads_the_office_reads_nothing_about_anybody_in_it(agency: Agency, to, title, role) -> None:
    Post.objects.filter(appointments__person=person(agency, AUDITOR)).update(title=title)
    if role:
        PostRole.objects.filter(post__title=title).update(role=role)
    assert to(Accused(person_id=person(agency, Role.OFFICER).pk)) == {LEGAL, SUPPLY}
    assert to(named("นายบุญมา ต่างถิ่น")) == EVERYBODY


@pytest.mark.parametrize("capacity", [one for one in Capacity if one != Capacity.SELF])
def test_who_acts_today_counts_as_who_holds_the_post(agency: Agency, to, capacity) -> None:
    today = timezone.localdate()
    acting = Appointment.objects.create(
        agency=agency,
        person=person(agency, AUDITOR),
        post=post(agency, "ผู้อำนวยการกองคลัง"),
        capacity=capacity,
        valid_from=today,
        valid_to=today,
    )
    accused = Accused(unit_id=office.unit(agency, "กองคลัง").pk)
    assert to(accused) == {LEGAL, FALLBACK}
    Appointment.objects.filter(pk=acting.pk).update(valid_from=today - timedelta(9), valid_to=today - timedelta(1))
    assert to(accused) == WITHOUT_SUPPLY


def test_acting_secretary_who_is_accused_is_the_secretary(agency: Agency, to) -> None:
    head = person(agency, Role.HEAD)
    Appointment.objects.create(
        agency=agency, person=head, post=post(agency, "ปลัดเทศบาล"), capacity=Capacity.ACTING_FOR, valid_from=SINCE
    )
    assert to(Accused(person_id=head.pk)) == {SUPERVISOR}


# --- the top ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [Role.MAYOR, Role.SECRETARY])
def test_mayor_and_secretary_go_to_the_supervisor_alone(agency: Agency, to, role) -> None:
    accused = Accused(person_id=person(agency, role).pk)
    assert to(accused) == {SUPERVISOR}
    assert reasons(agency, accused) == dict.fromkeys(["legal", "auditor", "supply"], TOP_TH)


@pytest.mark.parametrize(
    "position",
    [
        *(
            "นายก",
            "ท่านนายก",
            "นายกเทศมนตรี",
            "นายกเทศมนตรีตำบลบ้านสวนพลู",
            "นายก อบต.",
            "นายกเล็ก",
            "รองนายก",
            "รองนายกเทศมนตรี",
        ),
        *("ปลัด", "ปลัดเทศบาล", "ปลัด อบต.", "รักษาการปลัดเทศบาล", "ผู้บริหาร", "คณะผู้บริหารเทศบาล"),
        *("mayor", "The Mayor", "Deputy mayor", "permanent secretary", "Municipal Clerk"),
    ],
)
def test_title_of_the_top_is_enough_whether_the_post_is_filled_or_not(to, position) -> None:
    assert to(placed(position)) == {SUPERVISOR}
    assert to(named(position)) == {SUPERVISOR}


def test_deputy_mayor_is_the_top(agency: Agency, to) -> None:
    deputy = Person.objects.create(agency=agency, given_name="สมาน", family_name="ใจซื่อ")
    seat = Post.objects.create(agency=agency, title="รองนายกเทศมนตรี", side="political", valid_from=SINCE)
    Appointment.objects.create(agency=agency, person=deputy, post=seat, valid_from=SINCE)
    assert to(Accused(person_id=deputy.pk)) == to(named("สมาน ใจซื่อ")) == to(Accused(post_id=seat.pk)) == {SUPERVISOR}


def test_deputy_secretary_is_not_the_top_but_over_everybody(agency: Agency, to) -> None:
    assert to(placed("รองปลัดเทศบาล")) == EVERYBODY
    Post.objects.filter(appointments__person=person(agency, AUDITOR)).update(title="รองปลัดเทศบาล")
    assert to(placed("รองปลัด")) == {LEGAL, SUPPLY}


def test_one_of_the_top_among_several_is_enough(agency: Agency, to) -> None:
    assert to(named("นายบุญมา ต่างถิ่น"), Accused(person_id=person(agency, Role.MAYOR).pk)) == {SUPERVISOR}


# --- how many are left --------------------------------------------------------------------------------------------------
def test_one_handler_left_gets_the_fallback_besides(agency: Agency, to) -> None:
    accused = (placed("นิติกร"), placed("เจ้าพนักงานพัสดุ"))
    assert to(*accused) == {AUDITOR, FALLBACK}


def test_nobody_left_is_the_fallback_and_else_the_supervisor(agency: Agency, to) -> None:
    accused = (placed("นิติกร"), placed("เจ้าพนักงานพัสดุ"), named("ตรง สุจริตกุล"))
    assert to(*accused) == {FALLBACK}
    assert to(*accused, named("ปกป้อง ดูแล")) == {SUPERVISOR}
    assert to(*accused, conflicted=(FALLBACK,)) == {SUPERVISOR}
    assert to(*accused, named("ปกป้อง ดูแล"), named("กำกับ ดูแลดี")) == set()


def test_supervisor_who_is_accused_or_has_a_conflict_gives_way_to_the_fallback(agency: Agency, to) -> None:
    mayor = placed("นายก")
    assert to(mayor, named("นายกำกับ ดูแลดี")) == {FALLBACK}
    assert to(mayor, conflicted=(SUPERVISOR,)) == {FALLBACK}


def test_without_a_fallback_one_handler_is_joined_by_the_supervisor(agency: Agency, to) -> None:
    Holder.objects.filter(pk=office_keys.holder_of(agency, FALLBACK).pk).update(state=HolderState.LEFT)
    found = route(agency, [placed("นิติกร"), placed("เจ้าพนักงานพัสดุ")], day=timezone.localdate())
    names = sorted(one.user.username.partition("-")[0] for one in found.holders)
    assert names == ["auditor", "supervisor"]


def test_conflict_takes_a_handler_off(agency: Agency, to) -> None:
    assert to(conflicted=(LEGAL,)) == WITHOUT_LEGAL
    pk = office_keys.holder_of(agency, LEGAL).pk
    assert reasons(agency, conflicted=[pk]) == {"legal": CONFLICT_TH}


def test_more_readers_than_there_are_wraps_are_left_out_and_told(agency: Agency, to, monkeypatch) -> None:
    monkeypatch.setattr(routing, "WRAPS", 2)
    found = route(agency, (), day=timezone.localdate())
    assert len(found.holders) == 2
    assert [why for _, why in found.left_out] == [routing.NO_ROOM_TH]


# --- names that were typed ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        *("นายประหยัด พอดี", "ประหยัด พอดี", "นางสาวประหยัด พอดี", "คุณประหยัด พอดี", "ว่าที่ ร.ต. ประหยัด พอดี", "ประหยัดพอดี"),
        *("ประหยัด", "คุณประหยัด", "พี่ประหยัด", "เจ้าหน้าที่ประหยัด", "ประหยัด (พัสดุ)"),
        *("ประหญัด พอดี", "ประหยัต พอดี", "ประหยัดด พอดี", "ปะหยัด พอดี", "ประหยัด พอดึ", "นายประหยัด  พอดี ฝ่ายพัสดุ"),
    ],
)
def test_name_that_is_close_counts_as_that_person(to, name) -> None:
    assert to(named(name)) == WITHOUT_SUPPLY


@pytest.mark.parametrize("name", ["เที่ยง ธรรมดี", "เทียง ธรรมดี", "นายเที่ยง ทำดี", "เที่ยง", "ผอ.เที่ยง ธรรมดี", "เที่ยงธรรมดี"])
def test_short_name_without_its_tone_counts_too(to, name) -> None:
    assert to(named(name)) == WITHOUT_LEGAL


@pytest.mark.parametrize("name", ["นายสมหมาย ใจกว้าง", "นายกสมหมาย", "สมหมาย ใจกว่าง", "ปลัดวิเชียร", "วิเชียร รอบรู้"])
def test_name_of_the_top_counts_as_the_top(to, name) -> None:
    assert to(named(name)) == {SUPERVISOR}


@pytest.mark.parametrize("name", ["ประสาท พงษ์ดี", "ตา", "นายสมชาย สุขใจ", "ธรรมรัตน์ ใจดี", "พ"])
def test_other_names_take_nobody_off(to, name) -> None:
    assert to(named(name)) == EVERYBODY


def test_two_of_one_name_are_both_meant(agency: Agency, to) -> None:
    Person.objects.filter(pk=person(agency, AUDITOR).pk).update(given_name="ประหยัด", family_name="พอดี")
    assert to(named("ประหยัด พอดี")) == {LEGAL, FALLBACK}


def test_merged_spelling_means_the_same_person(agency: Agency, to) -> None:
    other = Person.objects.create(
        agency=agency, given_name="ซื่อตรง", family_name="ดั้งเดิม", merged_into=person(agency, AUDITOR)
    )
    assert to(Accused(person_id=other.pk)) == to(named("ซื่อตรง ดั้งเดิม")) == {LEGAL, SUPPLY}


# --- positions and units that were typed --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("position", "readers"),
    [
        ("นิติกร", WITHOUT_LEGAL),
        ("นิติกรชำนาญการ", WITHOUT_LEGAL),
        ("นิติกร สำนักปลัด", WITHOUT_LEGAL),
        ("หัวหน้าสำนักปลัด", WITHOUT_LEGAL),
        ("หน.สำนักปลัดเทศบาล", WITHOUT_LEGAL),
        ("เจ้าหน้าที่พัสดุ", WITHOUT_SUPPLY),
        ("จพง.พัสดุ", WITHOUT_SUPPLY),
        ("ผู้อำนวยการกองคลัง", WITHOUT_SUPPLY),
        ("ผอ.กองคลัง", WITHOUT_SUPPLY),
        ("ผอ. กองคลัง", WITHOUT_SUPPLY),
        ("ผอ.คลัง", WITHOUT_SUPPLY),
        ("ผู้อำนวยการกองคลงั", WITHOUT_SUPPLY),
        ("รักษาการผู้อำนวยการกองคลัง", WITHOUT_SUPPLY),
        ("เจ้าหน้าที่กองคลัง", WITHOUT_SUPPLY),
        ("คนในกองคลังทั้งกอง", WITHOUT_SUPPLY),
        ("ผอ.กองช่าง", EVERYBODY),
        ("นายช่างโยธา", EVERYBODY),
        ("เจ้าพนักงาน", EVERYBODY),
    ],
)
def test_position_alone_is_enough(to, position, readers) -> None:
    assert to(placed(position)) == readers
    assert to(named(position)) == readers


def test_position_that_is_chosen_means_who_fills_it_and_its_unit(agency: Agency, to) -> None:
    assert to(Accused(post_id=post(agency, "ผู้อำนวยการกองคลัง").pk)) == WITHOUT_SUPPLY
    Appointment.objects.filter(post__title="ผู้อำนวยการกองคลัง").delete()
    assert to(Accused(post_id=post(agency, "ผู้อำนวยการกองคลัง").pk)) == WITHOUT_SUPPLY


@pytest.mark.parametrize("unit", ["กองคลัง", "กอง คลัง", "คลัง", "กองคลง", "กองคลัง เทศบาลตำบลบ้านสวนพลู"])
def test_unit_alone_leaves_its_head_and_everybody_in_it_out(agency: Agency, to, unit) -> None:
    assert to(Accused(unit=unit)) == WITHOUT_SUPPLY
    assert to(Accused(unit_id=office.unit(agency, "กองคลัง").pk)) == WITHOUT_SUPPLY


def test_another_name_of_a_unit_counts(to) -> None:
    assert to(Accused(unit="สำนักปลัดฯ")) == WITHOUT_LEGAL


def test_unknown_name_with_a_unit_leaves_the_unit_out(to) -> None:
    assert to(Accused(name="นายบุญมา ไม่มีใครรู้จัก", unit="กองคลัง")) == WITHOUT_SUPPLY


def test_people_and_units_of_another_office_mean_nobody_here(agency: Agency, other_agency: Agency, to) -> None:
    accused = Accused(
        person_id=person(other_agency, Role.LEGAL).pk,
        post_id=post(other_agency, "เจ้าพนักงานพัสดุ").pk,
        unit_id=office.unit(other_agency, "กองคลัง").pk,
    )
    assert to(accused) == EVERYBODY


def test_hostile_words_are_read_quickly_and_mean_nobody(to) -> None:
    for text in ("(" * 5000, "นาย" * 3000, "' OR 1=1 --", "\x00\u202e", "ก" * 100_000, "%s{0}"):
        assert to(named(text), placed(text), Accused(unit=text)) == EVERYBODY


def test_route_asks_the_database_as_often_for_many_as_for_one(
    agency: Agency, channel: Channel, django_assert_num_queries
) -> None:
    for accused in ([], [named("ประหยัด พอดี")], [named(f"คนที่ {n}") for n in range(30)]):
        with django_assert_num_queries(9):
            route(agency, accused, day=timezone.localdate())
