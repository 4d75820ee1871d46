"""Shortened services, the manpower plan, recruitment and evaluation, with the office that they are held against."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from prongsai.registers.load import of_year
from prongsai.registers.model import Ref
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.models import Appointment, AuditEntry, Person, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services.refusals import EntryRefused
from tests.web import office
from tests.web.registers.rules.conftest import TODAY, entry_ref, person, unit

ANNOUNCED = date(2026, 1, 5)


def refused(call) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as found:
        call()
    return [(one.field, one.code) for one in found.value.faults if not one.is_warning]


def told(now, register: str) -> list[tuple[str, bool]]:
    return [(one.text, one.is_blocking) for one in hooks_of(register).notices(now, of_year(register, 0), 2569)]


def moved(now, entry, move, **values):
    entry.refresh_from_db()
    return services.move_entry(now, entry=entry, move=move, values=values, version=None)


def changed(now, entry, **values):
    entry.refresh_from_db()
    return services.change_entry(now, entry=entry, values=values, version=None)


# --- process shortening ---------------------------------------------------------------------------------------------
@pytest.fixture
def manual(make):
    return make("service-manuals")


def test_what_shortens_nothing_is_refused(make, manual) -> None:
    same = {key: Decimal(5) for key in ("steps_before", "steps_after", "minutes_before", "minutes_after")}
    same |= {"days_before": Decimal(5), "days_after": Decimal(5)}
    assert refused(lambda: make("process-shortening", service=entry_ref(manual), **same)) == [
        ("steps_after", "NOTHING_SAVED")
    ]


def test_times_before_that_are_not_the_manuals_are_told(now, manual) -> None:
    register = of_year("process-shortening", 0)
    values = {"service": entry_ref(manual), "steps_before": Decimal(4), "minutes_before": Decimal(901)}
    found = hooks_of(register.id).check(now, register, values, None)
    assert [(one.field, one.code, one.is_warning) for one in found] == [("minutes_before", "DIFFERS_FROM_MANUAL", True)]


def test_the_legal_officer_checks_before_it_is_in_force(agency, now, make, manual) -> None:
    entry = make("process-shortening", service=entry_ref(manual))
    keeper = replace(office.scope(agency, Role.CLERK), today=TODAY)
    assert refused(lambda: moved(keeper, entry, "enforce", in_force_on=TODAY, announcement_no="5/2569")) == [
        ("", "NOT_ALLOWED")
    ]
    assert refused(lambda: moved(keeper, entry, "check", opinion="ลดได้")) == [("", "NOT_ALLOWED")]
    legal = replace(office.scope(agency, Role.LEGAL), today=TODAY)
    moved(legal, entry, "check", opinion="กฎหมายกำหนดเวลาสูงสุดไว้")
    assert moved(keeper, entry, "enforce", in_force_on=TODAY, announcement_no="5/2569").state == "in_force"


def test_a_manual_that_still_tells_the_old_time_is_named(now, make, manual) -> None:
    entry = make("process-shortening", service=entry_ref(manual))
    assert told(now, "process-shortening") == []
    Entry.objects.filter(pk=entry.pk).update(state="in_force")
    text = "การขออนุญาตก่อสร้างอาคาร เริ่มใช้แล้ว แต่คู่มือยังบอกเวลาเดิม ให้แก้คู่มือการให้บริการ"
    assert told(now, "process-shortening") == [(text, False)]


# --- manpower -------------------------------------------------------------------------------------------------------
@pytest.fixture
def holder(agency):
    return person(agency, Role.OFFICER)


def vacant(make, number="16-2-05-4701-001", **given):
    empty = {"occupancy": "vacant", "holder": None, "since": None, "gender": None}
    return make("manpower", number=number, **(empty | given))


def placed(make, holder, number="16-2-05-4701-001", **given):
    return make("manpower", number=number, holder=holder, **given)


def test_a_number_in_the_plan_already_is_refused(make) -> None:
    vacant(make)
    assert refused(lambda: vacant(make)) == [("number", "ALREADY_THERE")]


def test_a_plan_of_more_than_three_years_is_refused(make) -> None:
    assert refused(lambda: vacant(make, last_be=Decimal(2570))) == [("last_be", "THREE_YEARS")]


def test_a_person_in_a_post_outside_the_plan_is_refused(make, holder) -> None:
    years = {"first_be": Decimal(2564), "last_be": Decimal(2566)}
    assert refused(lambda: placed(make, holder, **years)) == [("holder", "NOT_IN_PLAN")]


def test_a_person_in_a_filled_post_is_refused_until_it_is_vacant(agency, now, make, holder) -> None:
    post, other = placed(make, holder), person(agency, Role.CLERK)
    assert refused(lambda: changed(now, post, holder=other)) == [("holder", "FILLED")]
    changed(now, post, occupancy="vacant", holder=None, since=None, gender=None)
    assert changed(now, post, occupancy="filled", holder=other, since=TODAY).values["holder"]["id"] == other.id


def test_a_person_with_a_post_is_refused_another(make, holder) -> None:
    placed(make, holder)
    assert refused(lambda: placed(make, holder, "16-2-05-4701-002")) == [("holder", "HAS_A_POST")]


def test_a_name_that_nobody_has_is_refused(make) -> None:
    assert refused(lambda: placed(make, Ref(None, "นายไม่มี ตัวตน"))) == [("holder", "UNKNOWN_PERSON")]


def test_posts_and_staff_are_reconciled(agency, now, make, holder) -> None:
    assert told(now, "manpower") == []  # nothing is said before there is a plan
    placed(make, holder)
    vacant(make, "16-2-05-4701-002")
    people = Person.objects.filter(agency=agency).exclude(pk=holder.id)
    people.exclude(given_name="จันทร์").update(employment="elected")
    assert told(now, "manpower") == [
        ("อัตราว่าง ๑ อัตรา: “16-2-05-4701-002 นายช่างโยธา”", False),
        ("บุคลากร ๑ คนยังไม่มีอัตราในแผน: “นายจันทร์ เรียบร้อย”", True),
    ]


def test_another_holder_by_the_appointments_and_people_twice_are_named(agency, now, make, holder) -> None:
    placed(make, holder)
    Person.objects.filter(agency=agency).exclude(given_name__in=("จันทร์", "อรุณ")).update(employment="elected")
    post = Post.objects.get(agency=agency, title="เจ้าพนักงานธุรการ")
    Post.objects.filter(pk=post.pk).update(number="๑๖-๒-๐๕-๔๗๐๑-๐๐๑")
    Post.objects.filter(agency=agency, title="นิติกร").update(number="16-2-01-3105-001")
    clerk = Person.objects.get(agency=agency, given_name="จันทร์")
    Appointment.objects.filter(agency=agency, post__title="นิติกร").update(person=clerk)
    assert told(now, "manpower")[0:1] + told(now, "manpower")[2:] == [
        ("ดำรงตำแหน่งเกินหนึ่งตำแหน่งในทะเบียนการดำรงตำแหน่ง: “นายจันทร์ เรียบร้อย”", True),
        (
            "ผู้ครองในแผนไม่ตรงกับทะเบียนการดำรงตำแหน่ง: “16-2-05-4701-001 นายช่างโยธา (ทะเบียนการดำรงตำแหน่งคือนายจันทร์ เรียบร้อย)”",
            True,
        ),
        ("ตำแหน่งที่มีผู้ดำรงแต่ไม่มีในแผน: “16-2-01-3105-001 นิติกร”", True),
    ]


@pytest.mark.parametrize("n", [1, 3])
def test_reconciling_takes_as_many_queries_for_one_post_as_for_three(now, make, n, django_assert_num_queries) -> None:
    for place in range(n):
        vacant(make, f"16-2-05-4701-00{place}")
    with django_assert_num_queries(3):
        told(now, "manpower")


# --- recruitment ----------------------------------------------------------------------------------------------------
@pytest.fixture
def criteria(make):
    return make("hr-criteria", kind="recruitment", title="หลักเกณฑ์การสรรหาและคัดเลือก", confirmed_on=date(2025, 11, 3))


@pytest.fixture
def recruited(make, criteria):
    return lambda post, **given: make("recruitment", post=entry_ref(post), criteria=entry_ref(criteria), **given)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"valid_to": date(2025, 12, 31), "confirmed_on": date(2025, 11, 3)}, "NOT_IN_FORCE"),
        ({"issued_on": date(2026, 1, 6), "confirmed_on": date(2026, 1, 7)}, "NOT_IN_FORCE"),
        ({"kind": "development"}, "OTHER_CRITERIA"),
    ],
    ids=["ended", "later", "of another matter"],
)
def test_criteria_that_are_not_in_force_on_the_day_are_refused(make, given, code) -> None:
    post = vacant(make)
    cited = make("hr-criteria", **({"kind": "appointment"} | given))
    make_it = lambda: make("recruitment", post=entry_ref(post), criteria=entry_ref(cited), announced_on=ANNOUNCED)  # noqa: E731
    assert refused(make_it) == [("criteria", code)]


def test_an_appointment_without_the_number_of_its_order_is_refused(now, make, recruited, holder) -> None:
    entry = recruited(vacant(make))
    moved(now, entry, "select", applicants=Decimal(6), person=holder, selected_on=date(2026, 1, 20))
    assert refused(lambda: moved(now, entry, "appoint", appointed_on=date(2026, 2, 2))) == [("order_no", "REQUIRED")]


def test_an_appointment_fills_the_post_of_the_plan(now, make, recruited, holder) -> None:
    post = vacant(make)
    entry = recruited(post)
    moved(now, entry, "select", applicants=Decimal(6), person=holder, selected_on=date(2026, 1, 20))
    moved(now, entry, "appoint", appointed_on=date(2026, 2, 2), order_no="41/2569")
    post.refresh_from_db()
    assert (post.values["occupancy"], post.values["holder"]["id"]) == ("filled", holder.id)
    assert post.values["since"] == "2026-02-02"


def test_nobody_is_appointed_to_a_filled_post_or_to_a_second_one(agency, now, make, recruited, holder) -> None:
    post = placed(make, person(agency, Role.CLERK))
    entry = recruited(post)  # a successor may be looked for
    moved(now, entry, "select", applicants=Decimal(1), person=holder, selected_on=date(2026, 1, 20))
    appointed = {"appointed_on": date(2026, 2, 2), "order_no": "41/2569"}
    assert refused(lambda: moved(now, entry, "appoint", **appointed)) == [("post", "FILLED")]
    changed(now, post, occupancy="vacant", holder=None, since=None, gender=None)
    placed(make, holder, "16-2-05-4701-002")
    assert refused(lambda: moved(now, entry, "appoint", **appointed)) == [("person", "HAS_A_POST")]


def test_a_post_that_is_not_in_the_plan_of_the_year_is_refused(make, recruited) -> None:
    years = {"first_be": Decimal(2570), "last_be": Decimal(2572)}
    assert refused(lambda: recruited(vacant(make, **years))) == [("post", "NOT_IN_PLAN")]


def test_an_order_that_appointed_no_committee_is_refused(now, make, recruited, holder) -> None:
    entry = recruited(vacant(make))
    values = {"applicants": Decimal(2), "person": holder, "selected_on": date(2026, 1, 20), "committee_no": "9/2569"}
    assert refused(lambda: moved(now, entry, "select", **values)) == [("committee_no", "NO_ORDER")]


# --- evaluation -----------------------------------------------------------------------------------------------------
@pytest.fixture
def appraisal(make):
    """Criteria of appraisal, in force."""
    return make("hr-criteria", kind="appraisal", title="หลักเกณฑ์การประเมิน", confirmed_on=date(2025, 11, 3))


@pytest.fixture
def round(make, appraisal):
    return make("evaluation-rounds", criteria=entry_ref(appraisal))


@pytest.fixture
def evaluated(agency, make, round):
    """Make an evaluation of somebody in a role, of their unit."""

    def add(role=Role.OFFICER, name="กองช่าง", **given):
        others = {"person": person(agency, role), "unit": unit(agency, name), "evaluator": person(agency, Role.HEAD)}
        return make("evaluations", round=entry_ref(round), **(others | given))

    return add


def test_criteria_announced_on_the_first_day_of_the_round_are_refused(make, appraisal) -> None:
    given = {"criteria": entry_ref(appraisal), "criteria_on": date(2025, 10, 1)}
    assert refused(lambda: make("evaluation-rounds", **given)) == [("lead_days", "AT_LEAST")]


def test_a_round_stays_in_its_half_of_the_year(make, appraisal) -> None:
    period = Span(date(2025, 11, 1), date(2026, 4, 30))
    found = refused(lambda: make("evaluation-rounds", criteria=entry_ref(appraisal), period=period))
    assert found == [("period", "NOT_IN_HALF")]


@pytest.mark.parametrize(
    ("starts", "code"), [((90, 95, 0), "NOT_IN_ORDER"), ((90, 60), "GAP"), ((120, 0), "OFF_SCALE")]
)
def test_levels_cover_the_scale_from_high_to_low(make, appraisal, starts, code) -> None:
    levels = tuple({"name": f"ระดับ {start}", "from": Decimal(start)} for start in starts)
    found = refused(lambda: make("evaluation-rounds", criteria=entry_ref(appraisal), levels=levels))
    assert found == [("levels", code)]


def test_a_score_off_the_scale_of_the_round_is_refused(evaluated) -> None:
    assert refused(lambda: evaluated(score=Decimal("100.5"))) == [("score", "AT_MOST")]


def test_a_level_that_is_not_the_scores_is_refused(evaluated) -> None:
    assert refused(lambda: evaluated(score=Decimal("79.99"))) == [("level", "OTHER_LEVEL")]
    assert evaluated(score=Decimal("79.99"), level="ดี").state == "scored"


def test_nobody_evaluates_themselves_or_is_evaluated_twice_in_a_round(agency, evaluated) -> None:
    assert refused(lambda: evaluated(evaluator=person(agency, Role.OFFICER))) == [("evaluator", "OWN_EVALUATION")]
    evaluated()
    assert refused(evaluated) == [("round", "ALREADY_THERE")]


def test_an_entry_shows_the_way_to_the_appeal_and_its_last_day(agency, now, evaluated, sign_in) -> None:
    entry = evaluated()
    moved(now, entry, "tell", told_on=TODAY, appeal_until=date(2026, 5, 20))
    page = sign_in(Role.PERSONNEL).get(reverse("registers:entry", args=[agency.code, "evaluations", entry.pk]))
    text = page.content.decode()
    assert f'href="{reverse("appeal_rounds", args=[agency.code])}"' in text
    assert "ยื่นได้ถึง ๒๐ พฤษภาคม ๒๕๖๙" in text


def test_an_appeal_ends_after_the_day_of_telling(now, evaluated) -> None:
    entry = evaluated()
    tell = {"told_on": TODAY, "appeal_until": date(2026, 3, 30)}
    assert refused(lambda: moved(now, entry, "tell", **tell)) == [("appeal_until", "NOT_BEFORE")]


SEEN = {
    Role.PERSONNEL: 2,
    Role.SECRETARY: 2,
    Role.HEAD: 1,
    Role.COORDINATOR: None,
    Role.ANALYST: None,
    Role.OFFICER: None,
    Role.MAYOR: None,
    Role.AUDITOR: None,
}


@pytest.mark.parametrize(("role", "n"), SEEN.items(), ids=[role.value for role in SEEN])
def test_evaluations_are_read_by_personnel_secretary_and_the_head_of_the_person(
    agency, evaluated, sign_in, role, n
) -> None:
    entries = {"กองช่าง": evaluated(), "กองคลัง": evaluated(Role.SUPPLY, "กองคลัง")}
    scope, kept = office.scope(agency, role), kept_of(agency, "evaluations")
    assert entries_of(scope, kept).count() == (n or 0)
    address = reverse("registers:register", args=[agency.code, "evaluations"])
    assert sign_in(role).get(address + "?year=all").status_code == (404 if n is None else 200)
    pages = {
        name: reverse("registers:entry", args=[agency.code, "evaluations", one.pk]) for name, one in entries.items()
    }
    found = {name: sign_in(role).get(page).status_code for name, page in pages.items()}
    assert found == {"กองช่าง": 200 if n == 2 else 404, "กองคลัง": 200 if n else 404}


def test_figures_of_a_head_count_the_own_unit_alone(agency, evaluated) -> None:
    evaluated()
    evaluated(Role.SUPPLY, "กองคลัง")
    kept = kept_of(agency, "evaluations")
    totals = [figures_of(office.scope(agency, role), kept, 2569)[0].total for role in (Role.HEAD, Role.SECRETARY)]
    assert totals == [1, 2]


def test_a_head_reads_and_changes_nothing(agency, evaluated) -> None:
    entry = evaluated(Role.SUPPLY, "กองคลัง")
    head, register = office.scope(agency, Role.HEAD), of_year("evaluations", 0)
    assert (rights.may_enter(head, register), rights.may_change(head, register, entry)) == (False, False)


def test_the_journal_is_told_neither_score_nor_name(evaluated) -> None:
    evaluated()
    line = AuditEntry.objects.filter(action="entry.add").latest("number")
    assert line.subject_text == "ทะเบียนผลการประเมินรายบุคคล 1/2569"
    assert {after for _label, (_before, after) in line.changes.items()} == {1, "(ปกปิด)"}


def test_people_without_an_evaluation_of_a_round_that_is_over_are_counted(agency, now, evaluated) -> None:
    evaluated()
    after = replace(now, today=date(2026, 4, 20))
    assert [one for one, _blocks in told(after, "evaluations")] == [
        "รอบที่ ๑ (๑ ต.ค. ๒๕๖๘ - ๓๑ มี.ค. ๒๕๖๙): ยังไม่มีผลการประเมิน ๑๔ คน"
    ]
    assert told(now, "evaluations") == []
