"""What the channel asks of each: on the page of today, on the page of the menu; never a word or a number of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.complaints.models import AppealRound
from prongsai.web.complaints.queries.counts import Period
from prongsai.web.complaints.queries.tasks import tasks_of
from prongsai.web.complaints.services import holders, tallies, unlocking
from prongsai.web.complaints.services.recoveries import ask_own, consent
from prongsai.web.disclosure.services import building
from prongsai.web.registers.services import keep_setting
from tests.web.complaints import office_keys, told

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


def asked(agency: Agency, who: str) -> list[str]:
    """Give what the buttons of somebody's tasks say."""
    return [one.do for one in tasks_of(replace(office_keys.scope_for(agency, who), today=DAY))]


def page(agency: Agency, who: str, name: str) -> str:
    client = Client()
    client.force_login(
        office_keys.scope_for(agency, who).user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client.get(reverse(name, args=[agency.code])).content.decode()


# --- before the channel is open -------------------------------------------------------------------------------------
def test_who_keeps_accounts_is_told_what_an_opening_lacks(agency: Agency):
    assert asked(agency, Role.LEGAL) == asked(agency, Role.MAYOR) == []
    (task,) = tasks_of(office_keys.scope_for(agency, Role.ADMIN))
    assert task.what == "ช่องทางแจ้งเรื่องทุจริตยังไม่เปิด"
    assert task.why.startswith("ยังขาด ผู้รับเรื่องอย่างน้อย ๒ คน; ผู้กำกับดูแลภายนอกอย่างน้อย ๑ คน; ")
    assert task.address == reverse("complaint_holders", args=[agency.code])


def test_each_is_led_from_being_named_to_an_open_channel(agency: Agency):
    office_keys.named(agency)
    assert asked(agency, Role.CLERK) == asked(agency, Role.LEGAL) == asked(agency, office_keys.OUTSIDER) == ["ตั้งรหัสลับ"]
    office_keys.keyed(agency, Role.LEGAL)
    assert asked(agency, Role.LEGAL) == ["ดูคำประจำกุญแจ"]
    office_keys.keyed(agency, *(set(office_keys.DUTIES) - {Role.LEGAL}))
    assert (asked(agency, Role.LEGAL), asked(agency, Role.CLERK)) == (["เทียบคำและเปิดใช้"], ["ดูคำประจำกุญแจ"])
    assert tasks_of(office_keys.scope_for(agency, Role.ADMIN))[0].why.startswith("ทุกคนตั้งรหัสลับแล้ว")


# --- afterwards -----------------------------------------------------------------------------------------------------
def test_holders_unlock_keepers_consent_and_nobody_else_is_asked(agency: Agency, channel):
    assert asked(agency, office_keys.SUPERVISOR) == asked(agency, office_keys.FALLBACK) == ["ปลดล็อกเพื่อดู"]
    assert asked(agency, Role.CLERK) == asked(agency, office_keys.OUTSIDER) == []
    assert asked(agency, Role.ADMIN) == asked(agency, Role.OFFICER) == []
    legal = office_keys.key_of(agency, Role.LEGAL)
    user = office_keys.scope_for(agency, Role.ANALYST).user
    scope = office_keys.scope_for(agency, Role.LEGAL)
    new = holders.name_holder(scope, user=user, duty="handler", key=legal)
    unlocking.make_key(office_keys.scope_for(agency, Role.ANALYST), holder=new, passphrase=office_keys.PASSPHRASE)
    assert asked(agency, Role.LEGAL)[:2] == ["ปลดล็อกเพื่อดู", "ดูผู้ถือกุญแจ"]


def test_keeper_is_asked_for_consent_until_given(agency: Agency, channel):
    scope = office_keys.scope_for(agency, Role.SUPPLY)
    lost = office_keys.holder_of(agency, Role.SUPPLY)
    made = ask_own(scope, lost=lost, passphrase="ใบชา ถ้วยใหญ่ ริมหน้าต่าง ตอนเช้า", reason="ลืม")
    assert asked(agency, Role.CLERK) == asked(agency, office_keys.OUTSIDER) == ["ดูคำขอ"]
    clerk = office_keys.scope_for(agency, Role.CLERK)
    key = office_keys.key_of(agency, Role.CLERK)
    consent(clerk, key=key, recovery=made, seen=made.to.recipient, version=None)
    assert (asked(agency, Role.CLERK), asked(agency, office_keys.OUTSIDER)) == ([], ["ดูคำขอ"])


def test_year_that_nobody_signed_is_not_reported(agency: Agency, channel):
    assert asked(agency, Role.LEGAL) == ["ปลดล็อกเพื่อดู", "ดูสถิติ"]
    assert asked(agency, Role.MAYOR) == asked(agency, Role.COORDINATOR) == ["ดูสถิติ"]
    legal = replace(office_keys.scope_for(agency, Role.LEGAL), today=DAY)
    assert tasks_of(legal)[1].what == "สถิติเรื่องร้องเรียนการทุจริต ปีงบประมาณ พ.ศ. ๒๕๖๙"
    tallies.sign_tally(legal, period=Period(2569))
    assert asked(agency, Role.MAYOR) == []
    later = replace(office_keys.scope_for(agency, Role.MAYOR), today=date(2027, 4, 1))
    assert [one.what for one in tasks_of(later)] == ["สถิติเรื่องร้องเรียนการทุจริต ปีงบประมาณ พ.ศ. ๒๕๗๐ รอบ ๖ เดือนแรก"]


def test_round_of_appeals_is_told_to_who_was_evaluated(agency: Agency):
    days = {"opens_on": DAY, "closes_on": DAY + timedelta(days=9)}
    round = AppealRound.objects.create(agency=agency, name="ครั้งที่ ๒", **days)
    round.evaluated.add(office_keys.scope_for(agency, Role.OFFICER).person)
    assert asked(agency, Role.OFFICER) == ["ร้องเรียนผลการประเมิน"]
    assert asked(agency, Role.CLERK) == []


# --- pages ----------------------------------------------------------------------------------------------------------
def test_neither_page_tells_that_there_is_a_case(agency: Agency, channel):
    who = (Role.LEGAL, Role.CLERK, Role.OFFICER, office_keys.SUPERVISOR)
    before = {(one, name): page(agency, one, name) for one in who for name in ("home", "complaints_start")}
    told.tell(agency)
    for (one, name), text in before.items():
        assert _bare(page(agency, one, name)) == _bare(text)
    assert ["ปลดล็อกเพื่อดู" in before[one, "home"] for one in who] == [True, False, False, True]


def _bare(text: str) -> str:
    """Give a page without the token that is another one each time."""
    return "\n".join(line for line in text.splitlines() if "csrf" not in line.lower())


def test_menu_leads_everybody_alike(agency: Agency, channel):
    link = f'href="{reverse("complaints_start", args=[agency.code])}"'
    who = [*Role, office_keys.SUPERVISOR]
    assert [page(agency, one, "home").count(link) >= 2 for one in who] == [True] * len(who)


def test_link_to_the_page_for_staff_carries_nothing_of_the_account(agency: Agency, channel):
    link = f'rel="noreferrer" href="{reverse("report_staff", args=[agency.code])}"'
    for name in ("complaints_start", "account"):
        client = Client()
        user = office_keys.scope_for(agency, Role.OFFICER).user
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.get(reverse(name, args=[agency.code] if name == "complaints_start" else []))
        assert link in answer.content.decode()


def test_page_of_the_menu_shows_the_roll_to_who_is_on_it_and_who_keeps_accounts(agency: Agency, channel):
    link = reverse("complaint_holders", args=[agency.code])
    who = (Role.ADMIN, Role.CLERK, office_keys.OUTSIDER, Role.OFFICER)
    assert [link in page(agency, one, "complaints_start") for one in who] == [True, True, True, False]


def test_stranger_and_member_of_another_office_find_nothing(agency: Agency, other_agency: Agency, sign_in):
    address = reverse("complaints_start", args=[other_agency.code])
    assert sign_in(Role.LEGAL).get(address).status_code == 404
    assert Client().get(address).status_code in (302, 404)


# --- strangers ------------------------------------------------------------------------------------------------------
def test_start_page_leads_strangers_to_the_sealed_channel_and_apart_from_it_to_general_complaints(
    agency: Agency, channel
):
    sealed = reverse("report_start", args=[agency.code])
    general = reverse("registers:send", args=[agency.code, "complaints-general"])
    text = Client().get("/").content.decode()
    assert [f'rel="noreferrer" href="{sealed}"' in text, general in text] == [True, False]
    keep_setting(system_scope(agency), register="complaints-general", takes_outside=True)
    building.build(agency)
    text = Client().get("/").content.decode()
    assert [one in text for one in (sealed, general, f"/public/{agency.code}/")] == [True] * 3


def test_start_page_leads_to_the_door_alone_where_there_are_several_offices(
    agency: Agency, channel, other_agency: Agency
):
    assert Client().get("/")["Location"] == reverse("account_login")


@pytest.mark.parametrize(("who", "queries"), [(Role.OFFICER, 3), (Role.CLERK, 6), (Role.LEGAL, 7)])
def test_tasks_ask_the_database_a_few_times(agency: Agency, channel, who, queries, django_assert_num_queries):
    scope = replace(office_keys.scope_for(agency, who), today=DAY)
    with django_assert_num_queries(queries):
        tasks_of(scope)
