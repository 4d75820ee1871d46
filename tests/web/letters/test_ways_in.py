"""The buttons by which one comes to letters from the rest of the platform, and goes on from a letter."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from prongsai.web.agencies.models import Committee
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Finding
from prongsai.web.home.queries import today_of
from prongsai.web.letters.models import Letter, LetterState
from prongsai.web.letters.services import circulars, incoming
from prongsai.web.letters.services.from_records import letter_of_report
from prongsai.web.plans.models import Dispatch, DispatchRow, Report
from prongsai.web.plans.services import add_measure
from prongsai.web.plans.services.reports import make_report
from tests.web import office
from tests.web.cycles import years

pytestmark = pytest.mark.django_db
SEND, APPROVE, ISSUE = "เสนอตามสายงาน", 'value="approve"', "ออกบันทึกและมอบงาน"


def to(name, *args):
    return reverse(name, args=[office.CODE, *args])


@pytest.fixture
def cycle(agency, system):
    return years.opened(system, 2569)


@pytest.fixture
def report(cycle, scope) -> Report:
    clerk = scope(Role.COORDINATOR)
    words = {"title": "จัดทำคู่มือการให้บริการ", "issue_no": 1, "issue_title": "การให้บริการ", "owners": ["กองช่าง"]}
    done = {"steps": ["จัดทำร่างคู่มือ"], "results": ["จัดทำแล้ว ๕ เรื่อง"], "outcomes": ["รอรับบริการลดลง"]}
    add_measure(clerk, cycle=cycle, starts_on=date(2025, 10, 1), ends_on=date(2026, 9, 30), **words, **done)
    return make_report(clerk, cycle=cycle, kind="measures-report")


@pytest.fixture
def seen(sign_in):
    """The page at an address as a role sees it."""
    return lambda role, address: sign_in(role).get(address).content.decode()


def test_report_goes_up_by_a_letter_or_is_approved_at_once(report, seen, sign_in, chain_of, scope):
    address = to("plans:report", report.pk)
    assert [SEND in seen(role, address) for role in (Role.COORDINATOR, Role.MAYOR)] == [True, False]
    assert APPROVE in seen(Role.MAYOR, address)
    sign_in(Role.COORDINATOR).post(to("letters:from_report", report.pk))
    letter = Letter.objects.get(report=report)
    shown = seen(Role.MAYOR, address)
    assert (letter.get_absolute_url() in shown, SEND in shown, APPROVE in shown) == (True, False, True)
    chain_of(letter, Role.COORDINATOR)
    shown = seen(Role.MAYOR, address)
    assert (letter.get_absolute_url() in shown, APPROVE in shown) == (True, False)


def test_report_on_its_way_by_a_letter_is_no_job_of_its_own(report, scope, chain_of):
    def jobs():
        return [job.what for job in today_of(scope(Role.MAYOR)).jobs]

    assert jobs().count(report.title) == 1
    chain_of(letter_of_report(scope(Role.COORDINATOR), report=report), Role.COORDINATOR)
    assert jobs().count(report.title) == 0


def test_secret_letter_of_a_report_is_told_without_its_name(report, scope, seen):
    letter = letter_of_report(scope(Role.COORDINATOR), report=report)
    Letter.objects.filter(pk=letter.pk).update(secrecy="ลับ", state=LetterState.IN_CHAIN)
    shown = seen(Role.MAYOR, to("plans:report", report.pk))
    assert (letter.get_absolute_url() in shown, "หนังสือนำอยู่ระหว่างเสนอ" in shown, APPROVE in shown) == (
        False,
        True,
        False,
    )


def test_assignment_memo_goes_up_by_a_letter_or_is_issued_by_hand(agency, cycle, scope, seen, sign_in, chain_of):
    finding = Finding.objects.create(cycle=cycle, title="ไม่มีรายการรายเดือน")
    memo = Dispatch.objects.create(cycle=cycle, subject="มอบหมายแก้ไข", due_on=scope(Role.CLERK).today)
    DispatchRow.objects.create(dispatch=memo, finding=finding, lead=office.unit(agency, "กองคลัง"))
    address = to("plans:dispatch", memo.pk)
    assert [SEND in seen(role, address) for role in (Role.COORDINATOR, Role.OFFICER)] == [True, False]
    sign_in(Role.COORDINATOR).post(to("letters:from_dispatch", memo.pk))
    letter = Letter.objects.get(dispatch=memo)
    assert ISSUE in seen(Role.COORDINATOR, address)
    chain_of(letter, Role.COORDINATOR)
    shown = seen(Role.COORDINATOR, address)
    assert (letter.get_absolute_url() in shown, ISSUE in shown) == (True, False)


def test_incoming_letter_is_answered_by_a_draft_that_begins_with_what_it_says(scope, seen):
    clerk = scope(Role.CLERK)
    words = {"sender": "อำเภอเมืองลพบุรี", "addressee": "นายกเทศมนตรี", "subject": "ขอข้อมูลบุคลากร", "way": "hand"}
    came = incoming.register_incoming(clerk, **words)
    begin = f"{to('letters:letter_add', 'letter')}?answers={came.pk}"
    assert [begin in seen(role, came.get_absolute_url()) for role in (Role.OFFICER, Role.MAYOR)] == [True, False]
    assert "ขอข้อมูลบุคลากร" in seen(Role.OFFICER, begin)


def test_signed_letter_goes_on_to_a_circular_and_to_the_public(memo_letter, sign_all, seen, scope):
    round_, public = (
        f"{to('letters:circular_add')}?letter={memo_letter.pk}",
        to("disclosure:letter_publish", memo_letter.pk),
    )
    draft = seen(Role.CLERK, memo_letter.get_absolute_url())
    assert (round_ in draft, public in draft) == (False, False)
    sign_all(memo_letter)
    roles = (Role.COORDINATOR, Role.CLERK, Role.PUBLISHER, Role.MAYOR)
    shown = {role: seen(role, memo_letter.get_absolute_url()) for role in roles}
    assert [(round_ in shown[role], public in shown[role]) for role in roles] == [
        (True, True), (True, False), (False, True), (False, False),
    ]  # fmt: skip
    made = circulars.add_circular(scope(Role.CLERK), letter=memo_letter)
    assert made.get_absolute_url() in seen(Role.CLERK, memo_letter.get_absolute_url())
    assert made.get_absolute_url() not in seen(Role.OFFICER, memo_letter.get_absolute_url())


def test_order_that_appoints_another_committee_begins_with_the_one_before(agency, seen, scope):
    old = Committee.objects.create(
        agency=agency, name="คณะทำงาน ITA", order_no="5/2569", order_date=scope(Role.CLERK).today
    )
    begin = f"{to('letters:letter_add', 'committee-order')}?replaces={old.pk}"
    assert begin in seen(Role.CLERK, to("agencies:committee", old.pk))
    form = seen(Role.CLERK, begin)
    assert (f'value="{old.pk}" selected' in form, "แต่งตั้งคณะทำงาน ITA" in form) == (True, True)
    assert "แต่งตั้งคณะทำงาน ITA" not in seen(Role.CLERK, f"{to('letters:letter_add', 'memo')}?replaces={old.pk}")


def test_person_s_page_leads_to_their_handover(agency, seen, scope):
    officer = scope(Role.OFFICER).person
    begin = f"{to('handover:handover_add')}?giver={officer.pk}"
    address = to("agencies:person", officer.pk)
    found = {role: begin in seen(role, address) for role in (Role.OFFICER, Role.PERSONNEL, Role.SUPPLY, Role.AUDITOR)}
    assert found == {Role.OFFICER: True, Role.PERSONNEL: True, Role.SUPPLY: False, Role.AUDITOR: False}


@pytest.mark.parametrize(("role", "places"), [(Role.COUNCIL, ["circulars"]), (Role.ADMIN, ["circulars", "handovers"])])
def test_menu_shows_whoever_works_letters_and_everybody_circulars(agency, seen, role, places):
    def menu(role):
        shown = seen(role, reverse("home", args=[office.CODE]))
        names = {"letters": "letters:letters", "numbers": "letters:series_list", "circulars": "letters:circulars",
                 "handovers": "handover:handovers"}  # fmt: skip
        return [key for key, name in names.items() if f'href="{to(name)}"' in shown]

    assert menu(Role.OFFICER) == ["letters", "numbers", "circulars", "handovers"]
    assert menu(role) == places
