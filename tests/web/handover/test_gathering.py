"""What the list finds by itself, and what it says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.handover.models import Fate, Kind
from prongsai.web.handover.queries.gathering import gather, live_rows, since_frozen
from prongsai.web.handover.queries.giver import giver_of
from prongsai.web.handover.services import writing
from prongsai.web.letters.models import LetterState, Step, StepKind
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from tests.web import office
from tests.web.handover.conftest import appoint

QUERIES = 28


def test_list_finds_one_of_everything_and_says_what_becomes_of_it(everything, hand_over, today):
    found = {(row.kind, row.pk): (row.title, row.fate) for row in live_rows(hand_over(), today)}
    owner = everything["measure"].owners.get()
    assert found == {
        (Kind.LETTER, everything["letter"].pk): ("ขอซ่อมถนนสายบ้านสวนพลู", Fate.MOVED),
        (Kind.SIGNING, everything["signing"].pk): ("ขออนุมัติเดินทาง", Fate.POST),
        (Kind.NUMBER, everything["number"].pk): ("46 จองไว้ทำหนังสือเชิญ", Fate.HAND),
        (Kind.INCOMING, everything["incoming"].pk): ("ขอข้อมูลถนน", Fate.POST),
        (Kind.CIRCULAR, everything["circular"].pk): ("ซักซ้อมการลงเวลา", Fate.HAND),
        (Kind.DUTY, everything["duty"].pk): ("รายงานเครื่องจักร", Fate.POST),
        (Kind.MEASURE, owner.pk): ("ติดป้ายขั้นตอนการให้บริการ", Fate.MOVED),
        (Kind.TASK, everything["task"].pk): ("ส่งภาพถ่ายป้าย", Fate.POST),
        (Kind.RELEASE, everything["release"].pk): ("ถนน", Fate.MOVED),
        (Kind.PROPERTY, everything["loan"].pk): ("กล้องระดับ โดย นายอรุณ", Fate.HAND),
        (Kind.PROPERTY, everything["asset"].pk): ("416-63-0012 เครื่องฉายภาพ", Fate.HAND),
        (Kind.COMMITTEE, everything["committee"].pk): ("คณะกรรมการตรวจรับพัสดุ", Fate.HAND),
        (Kind.JOB, everything["job"].pk): ("ควบคุมงานก่อสร้าง", Fate.HAND),
    }


def test_rows_have_their_day_and_their_page(everything, hand_over, today, agency):
    found = {row.kind: row for row in live_rows(hand_over(), today)}
    assert found[Kind.COMMITTEE].due_on == today + timedelta(days=90)
    assert found[Kind.DUTY].due_on == today and found[Kind.DUTY].about == "ตำแหน่ง นายช่างโยธา เหลือ ๓ งวด"
    assert found[Kind.LETTER].address == everything["letter"].get_absolute_url()
    assert found[Kind.PROPERTY].address.startswith(f"/{agency.code}/registers/")


@pytest.mark.parametrize("count", [1, 3])
def test_gathering_asks_the_same_however_much_there_is(
    everything, hand_over, draft, today, django_assert_num_queries, count
):
    for number in range(count):
        draft(f"ร่างที่ {number}")
    handover = hand_over()
    with django_assert_num_queries(QUERIES):
        assert len(live_rows(handover, today)) == 13 + count


def test_what_is_done_is_not_handed_over(everything, hand_over, today):
    letter = everything["letter"]
    letter.state = LetterState.SIGNED
    letter.save()
    everything["task"].state = "accepted"
    everything["task"].save()
    kinds = {row.kind for row in live_rows(hand_over(), today)}
    assert not kinds & {Kind.LETTER, Kind.TASK}


def test_secret_paper_is_told_without_its_subject_and_is_not_moved(draft, hand_over, today):
    draft("สอบสวนทางวินัย", secrecy="ลับ")
    (row,) = live_rows(hand_over(), today)
    assert (row.title, row.about, row.address, row.fate) == ("หนังสือลับ", "", "", Fate.HAND)


def test_secret_paper_that_waits_at_the_post_is_told_without_its_subject(draft, hand_over, officer, scope, today):
    secret = draft("สอบสวนทางวินัย", secrecy="ลับ", drafter=scope(Role.LEGAL).person, state=LetterState.IN_CHAIN)
    Step.objects.create(letter=secret, place=1, kind=StepKind.OPINION, post=officer.person.appointments.get().post)
    (row,) = live_rows(hand_over(), today)
    assert (row.kind, row.title, row.address) == (Kind.SIGNING, "หนังสือลับ", "")


def test_entry_of_a_register_that_not_everybody_reads_is_not_told(agency, officer, hand_over, today):
    kept = kept_of(agency, "tax-payments")
    Entry.objects.create(
        agency=agency, register=kept.id, number=1, title="ภาษีที่ดิน", state=kept.register.first_state.key, dated_on=today,
        asked_by=officer.person,
    )  # fmt: skip
    assert kept.register.readers and live_rows(hand_over(), today) == ()


def test_who_has_left_hands_over_what_their_last_post_had(everything, officer, hand_over, leave, scope, today):
    leave(officer.person)
    rows = live_rows(hand_over(scope(Role.PERSONNEL)), today)
    assert {Kind.DUTY, Kind.TASK, Kind.SIGNING, Kind.LETTER} <= {row.kind for row in rows}


def test_acting_appointments_are_told_with_their_last_day(agency, officer, hand_over, scope, today):
    post = scope(Role.HEAD).person.appointments.get().post
    last = today + timedelta(days=5)
    appoint(agency, officer.person, post, valid_from=today, valid_to=last)
    (row,) = [one for one in live_rows(hand_over(), today) if one.kind is Kind.ACTING]
    assert (row.title, row.about, row.due_on) == ("รักษาราชการแทน ผู้อำนวยการกองคลัง", "คำสั่งที่ 30/2569", last)


def test_page_is_not_moved_to_who_has_no_account(agency, everything, officer, today):
    from prongsai.web.agencies.models import Person

    newcomer = Person.objects.create(agency=agency, given_name="ใหม่", family_name="มา")
    rows = gather(giver_of(agency, officer.person, today), newcomer, today)
    (row,) = [one for one in rows if one.kind is Kind.RELEASE]
    assert (row.fate, row.note) == (Fate.POST, "ผู้รับมอบยังไม่มีบัญชีในระบบ")


def test_what_comes_after_the_list_is_closed_is_told(everything, draft, hand_over, officer, today):
    handover = writing.freeze(officer, handover=hand_over(), version=1)
    late = draft("ร่างที่มาทีหลัง")
    assert [row.pk for row in since_frozen(handover, today)] == [late.pk]


def test_others_work_is_not_in_the_list(agency, everything, scope, today):
    rows = gather(giver_of(agency, scope(Role.HEAD).person, today), scope(Role.CLERK).person, today)
    assert {row.kind for row in rows} == {Kind.CIRCULAR}


def test_another_agencys_work_is_not_in_the_list(agency, other_agency, everything, today):
    stranger = office.scope(other_agency, Role.OFFICER)
    assert gather(giver_of(other_agency, stranger.person, today), stranger.person, today) == ()


def test_queries_run_in_the_givers_name_without_powers(agency, officer, today):
    scope = giver_of(agency, officer.person, today).scope(today)
    assert (scope.user, scope.powers, scope.post_ids) == (None, frozenset(), officer.post_ids)
    assert replace(scope, today=today) == scope
