"""The card of letters on the page of today: what is told to whom, and where its lines lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse
from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.handover.models import Handover
from prongsai.web.home.letters import NAMED_MAX, Line, Work, work_of
from prongsai.web.letters.models import Incoming, Letter, Number, SeriesKind
from prongsai.web.letters.services import chain, circulars, incoming, numbers
from prongsai.web.letters.services.writing import start_letter
from tests.web import office
from tests.web.letters.circulating import sent
from tests.web.letters.conftest import MEMO, chain_of, endorse_as, memo_letter  # noqa: F401

pytestmark = pytest.mark.django_db
SIGN, ACKNOWLEDGE = "หนังสือรอท่านลงนาม", "หนังสือเวียนรอท่านรับทราบ"
RETURNED, LATE, OPEN = "หนังสือที่ส่งคืนให้ท่านแก้ไข", "หนังสือรับที่เกินกำหนด", "หนังสือรับรอส่วนราชการของท่าน"
STALE, HANDOVER = "เลขที่จองค้างและยังไม่ได้ใช้", "การส่งมอบงานรอท่านลงนาม"


def told(work: Work | None) -> dict[str, int]:
    if work is None:
        return {}
    return {one.title: one.in_all for one in work.groups} | {one.text: one.n for one in work.lines}


def line_of(work: Work | None, text: str) -> Line:
    assert work is not None
    return next(one for one in work.lines if one.text == text)


@pytest.fixture
def waiting(scope: Callable[[Role], Scope]) -> Callable[[Role], dict[str, int]]:
    """What the card counts for a role."""
    return lambda role: told(work_of(scope(role)))


def came(agency: Agency, unit: str, ahead: int | None, days_ago: int = 20) -> Incoming:
    clerk, at = office.scope(agency, Role.CLERK), timezone.now() - timedelta(days=days_ago)
    due_on = None if ahead is None else clerk.today + timedelta(days=ahead)
    words = {"sender": "อำเภอเมืองลพบุรี", "addressee": "นายกเทศมนตรี", "subject": "ขอข้อมูล", "way": "hand"}
    return incoming.register_incoming(clerk, unit=office.unit(agency, unit), received_at=at, due_on=due_on, **words)


def reserved(scope: Scope, days_ago: int, kind: SeriesKind = SeriesKind.ORDER) -> Number:
    number = numbers.take_number(scope, series=numbers.ensure_series(scope, kind=kind), subject="จองไว้")
    at = timezone.make_aware(datetime.combine(scope.today, datetime.min.time())) - timedelta(days=days_ago)
    Number.objects.filter(pk=number.pk).update(taken_at=at)
    return number


def test_letter_waits_for_whose_turn_it_is_then_for_the_next(memo_letter, chain_of, endorse_as, waiting, scope):  # noqa: F811
    chain_of(memo_letter)
    assert waiting(Role.CLERK) == {SIGN: 1}
    endorse_as(memo_letter, Role.CLERK)
    assert (waiting(Role.CLERK), waiting(Role.COORDINATOR), waiting(Role.MAYOR)) == ({}, {SIGN: 1}, {})
    group = work_of(scope(Role.COORDINATOR)).groups[0]
    assert [(one.name, one.address) for one in group.items] == [
        (memo_letter.subject, reverse("letters:sign", args=[office.CODE, memo_letter.pk]))
    ]


def test_secret_letter_waits_without_its_subject(chain_of, scope):  # noqa: F811
    clerk = scope(Role.CLERK)
    made = start_letter(clerk, paper="memo", subject="เรื่องที่ไม่มีใครรู้", content=MEMO, secrecy="ลับ")
    chain_of(made)
    assert [one.name for one in work_of(clerk).groups[0].items] == ["หนังสือลับ"]


def test_letter_that_came_back_is_told_to_who_drafted_it(memo_letter, chain_of, endorse_as, waiting, scope):  # noqa: F811
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    endorse_as(memo_letter, Role.COORDINATOR, "return", "แก้วันที่")
    assert (waiting(Role.CLERK), waiting(Role.COORDINATOR)) == ({RETURNED: 1}, {})
    assert line_of(work_of(scope(Role.CLERK)), RETURNED).address == memo_letter.get_absolute_url()


def test_circular_waits_for_everybody_with_its_day_until_it_is_acknowledged(agency, waiting, scope):
    clerk = scope(Role.CLERK)
    later = sent(clerk, title="ภายหลัง", due_on=clerk.today + timedelta(days=9))
    first = sent(clerk, title="ด่วน", due_on=clerk.today + timedelta(days=2))
    assert {role: waiting(role) for role in Role} == dict.fromkeys(Role, {ACKNOWLEDGE: 2})
    items = work_of(scope(Role.COUNCIL)).groups[0].items
    assert [(one.name, one.due_on) for one in items] == [("ด่วน", first.due_on), ("ภายหลัง", later.due_on)]
    circulars.acknowledge(scope(Role.COUNCIL), circular=first)
    assert waiting(Role.COUNCIL) == {ACKNOWLEDGE: 1}


def test_more_than_fit_are_counted_and_lead_to_the_list(agency, scope):
    for n in range(NAMED_MAX + 2):
        sent(scope(Role.CLERK), title=f"เรื่องที่ {n}")
    group = work_of(scope(Role.OFFICER)).groups[0]
    assert (len(group.items), group.in_all) == (NAMED_MAX, NAMED_MAX + 2)
    assert group.address == reverse("letters:circulars", args=[office.CODE])


def test_incoming_letters_wait_for_their_unit_and_late_ones_for_who_keeps_the_register(agency, waiting, scope, sign_in):
    for ahead in (-1, None, 5):
        came(agency, "กองช่าง", ahead)
    came(agency, "กองคลัง", -3)
    assert waiting(Role.OFFICER) == {LATE: 1, OPEN: 2}
    assert (waiting(Role.CLERK), waiting(Role.HEAD), waiting(Role.MAYOR)) == ({LATE: 2}, {LATE: 1}, {})
    for role, text, n in ((Role.OFFICER, OPEN, 3), (Role.CLERK, LATE, 2)):
        answer = sign_in(role).get(line_of(work_of(scope(role)), text).address)
        assert len(answer.context["rows"]) == n
    assert line_of(work_of(scope(Role.HEAD)), LATE).address == reverse(
        "letters:incoming", args=[office.CODE, Incoming.objects.get(unit__name="กองคลัง").pk]
    )


@pytest.mark.parametrize(("days_ago", "is_told"), [(30, False), (31, True)])
def test_numbers_that_nobody_used_are_told_to_who_keeps_them(agency, waiting, scope, sign_in, days_ago, is_told):
    number = reserved(scope(Role.CLERK), days_ago)
    reserved(scope(Role.CLERK), 0)
    assert waiting(Role.CLERK) == ({STALE: 1} if is_told else {})
    assert waiting(Role.OFFICER) == {}
    if is_told:
        answer = sign_in(Role.CLERK).get(line_of(work_of(scope(Role.CLERK)), STALE).address)
        assert [one.pk for one in answer.context["page"]] == [number.pk]
        reserved(scope(Role.CLERK), days_ago, SeriesKind.ANNOUNCEMENT)
        several = line_of(work_of(scope(Role.CLERK)), STALE)
        assert (several.n, several.address) == (2, reverse("letters:series_list", args=[office.CODE]))


def test_handover_waits_for_its_giver_and_then_for_its_taker(agency, waiting, scope):
    giver, taker = scope(Role.OFFICER), scope(Role.HEAD)
    made = Handover.objects.create(
        agency=agency, giver=giver.person, taker=taker.person, reason="ย้าย", effective_on=giver.today
    )
    assert (waiting(Role.OFFICER), waiting(Role.HEAD)) == ({HANDOVER: 1}, {})
    Handover.objects.update(state="given")
    assert (waiting(Role.OFFICER), waiting(Role.HEAD)) == ({}, {HANDOVER: 1})
    assert line_of(work_of(taker), HANDOVER).address == made.get_absolute_url()


def test_card_is_on_the_page_and_gone_when_nothing_waits(agency, sign_in, scope):
    client, address = sign_in(Role.COUNCIL), reverse("home", args=[office.CODE])
    assert "หนังสือที่รอท่าน" not in client.get(address).content.decode()
    sent(scope(Role.CLERK), title="ประกาศไม่รับของขวัญ")
    shown = client.get(address).content.decode()
    assert ("ประกาศไม่รับของขวัญ" in shown, "ยังไม่มีงานของท่านในระบบ" in shown) == (True, False)


def test_every_address_of_the_card_opens(agency, scope, sign_in, memo_letter, chain_of):  # noqa: F811
    chain_of(memo_letter)
    clerk = scope(Role.CLERK)
    sent(clerk)
    came(agency, "สำนักปลัดเทศบาล", -1)
    reserved(clerk, 60)
    work, client = work_of(clerk), sign_in(Role.CLERK)
    assert work is not None
    addresses = [one.address for one in (*work.groups, *work.lines)]
    addresses += [item.address for group in work.groups for item in group.items]
    assert {resolve(urlsplit(one).path).url_name for one in addresses} == {
        "letters", "sign", "circulars", "circular", "incoming", "series",
    }  # fmt: skip
    assert {one: client.get(one).status_code for one in addresses} == dict.fromkeys(addresses, 200)


def test_nothing_of_another_agency_is_counted(agency, other_agency):
    theirs = office.scope(other_agency, Role.CLERK)
    sent(theirs)
    came(other_agency, "กองช่าง", -1)
    reserved(theirs, 60)
    assert [told(work_of(office.scope(agency, role))) for role in (Role.CLERK, Role.OFFICER)] == [{}, {}]


@pytest.mark.parametrize("count", [1, 3])
def test_card_asks_the_database_the_same_number_of_times(
    agency: Agency, scope: Callable[[Role], Scope], count: int, django_assert_num_queries: Callable[..., object]
):
    clerk = scope(Role.CLERK)
    for n in range(count):
        made: Letter = start_letter(clerk, paper="memo", subject=f"เรื่อง {n}", content=MEMO)
        chain.send(clerk, letter=made, version=made.version)
        sent(clerk, title=f"เวียน {n}")
        came(agency, "สำนักปลัดเทศบาล", -1)
        reserved(clerk, 60 + n)
    with django_assert_num_queries(13):
        work_of(clerk)
