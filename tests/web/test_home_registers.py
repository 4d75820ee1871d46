"""The card of the registers on the page of today: only what waits for who is signed in, with the way to the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.registers.model import Ref
from prongsai.thai.fiscal import Span, fiscal_year_be
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.home.registers import Work, work_of
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of
from tests.web import office
from tests.web.registers.conftest import entry, entry_ref, registers_folder, unit_ref  # noqa: F401  # reason: fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(scope: Callable[[Role], Scope]) -> Callable[[Role], list[tuple[str, str, int]]]:
    """What waits for a role: register, what, how many."""
    return lambda role: told(work_of(scope(role)))


def told(work: Work | None) -> list[tuple[str, str, int]]:
    return [(row.name, line.text, line.n) for row in work.rows for line in row.lines] if work else []


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def ask(system: Scope, days: int) -> Entry:
    values = {"topic": f"ถามเมื่อ {days} วันก่อน", "question": "เปิดวันใด", "asked_on": ago(days)}
    return services.add_entry(system, register="questions", values=values)


def gift(system: Scope, unit: str, **values: object) -> Entry:
    given = {
        "received_on": ago(3),
        "receiver": Ref(None, "นายอรุณ ขยันยิ่ง"),
        "unit": unit_ref(system.agency, unit),
        "giver": "ร้านสวนพลูการค้า",
        "giver_kind": "private",
        "item": "กระเช้าผลไม้",
        "quantity": Decimal(1),
        "value_thb": Decimal(800),
        "occasion": "วันปีใหม่",
    }
    return services.add_entry(system, register="gifts", values=given | values)


def lent(system: Scope, asset: Entry, place: str, days: int = 2) -> Entry:
    values = {
        "asset": entry_ref(asset),
        "borrower": "นายสมชาย ใจดี",
        "borrower_kind": "inside",
        "contact": "08-1234-5678",
        "purpose": "ประชุม",
        "place": place,
        "period": Span(ago(-days), ago(-days)),
        "quantity": Decimal(1),
    }
    return services.add_entry(system, register="loans", values=values)


# --- clocks


def test_keeper_sees_questions_that_are_over_and_those_that_soon_are(system, waiting):
    for days in (20, 18, 10, 0):
        ask(system, days)
    name = kept_of(system, "questions").name
    assert waiting(Role.PUBLISHER) == [(name, "เกินกำหนด", 2), (name, "ครบกำหนดใน ๑๔ วัน", 1)]
    assert waiting(Role.OFFICER) == []
    assert waiting(Role.COUNCIL) == []


def test_unit_to_which_a_question_went_sees_it_and_an_answered_one_is_gone(system, agency, waiting, scope):
    one = ask(system, 20)
    unit = {"unit": unit_ref(agency, "กองช่าง")}
    one = services.move_entry(system, entry=one, move="route", values=unit, version=one.version)
    assert [(text, n) for _name, text, n in waiting(Role.OFFICER)] == [("เกินกำหนด", 1)]
    address = work_of(scope(Role.OFFICER)).rows[0].lines[0].address
    assert address.endswith(f"/registers/questions/?year=all&late=1&unit={office.unit(agency, 'กองช่าง').pk}")
    values = {"answer": "วันจันทร์", "answered_on": ago(0)}
    services.move_entry(system, entry=one, move="answer", values=values, version=one.version)
    assert waiting(Role.OFFICER) == waiting(Role.PUBLISHER) == []


def test_list_behind_a_line_shows_what_was_counted(system, sign_in, scope):
    for days in (20, 10):
        ask(system, days)
    late = work_of(scope(Role.PUBLISHER)).rows[0].lines[0]
    page = sign_in(Role.PUBLISHER).get(late.address)
    assert (page.context["list"].total, late.n) == (1, 1)


# --- decisions


def test_decider_sees_requests_of_others_head_only_those_of_the_own_unit(system, waiting):
    gift(system, "กองคลัง")
    gift(system, "กองช่าง")
    assert [(text, n) for _name, text, n in waiting(Role.MAYOR)] == [("รอท่านพิจารณา", 2)]
    assert [(text, n) for _name, text, n in waiting(Role.HEAD)] == [("รอท่านพิจารณา", 1)]
    assert waiting(Role.CLERK) == []


def test_own_request_does_not_wait_for_oneself(system, scope, waiting):
    services.add_entry(
        scope(Role.SECRETARY), register="gifts", values=gift_values(system), asked_by=scope(Role.SECRETARY).person
    )
    assert [text for _name, text, _n in waiting(Role.SECRETARY) if "พิจารณา" in text] == []
    assert [n for _name, _text, n in waiting(Role.MAYOR)] == [1]


def gift_values(system: Scope) -> dict[str, object]:
    made = gift(system, "กองช่าง")
    values = {
        "received_on": made.dated_on,
        "receiver": Ref(None, "นายอรุณ ขยันยิ่ง"),
        "unit": unit_ref(system.agency, "กองช่าง"),
        "giver": "ร้านอื่น",
        "giver_kind": "private",
        "item": "ขนม",
        "quantity": Decimal(1),
        "value_thb": Decimal(100),
        "occasion": "วันเกิด",
    }
    services.move_entry(system, entry=made, move="withdraw", note="ซ้ำ", version=made.version)
    return values


def test_loan_waits_for_whom_its_own_rule_names(system, entry, waiting):  # noqa: F811
    things = [entry("assets") for _ in range(2)]
    lent(system, things[0], "inside")
    lent(system, things[1], "outside")
    loans = kept_of(system, "loans").name
    assert [n for name, text, n in waiting(Role.MAYOR) if (name, text) == (loans, "รอท่านพิจารณา")] == [1]
    assert [n for name, text, n in waiting(Role.HEAD) if (name, text) == (loans, "รอท่านพิจารณา")] == [1]


def test_request_that_a_keeper_takes_on_waits_for_no_decider(system, waiting):
    ask(system, 0)
    assert [text for _name, text, _n in waiting(Role.HEAD)] == []


# --- periods


def test_keeper_sees_periods_that_ended_until_they_are_settled(system, scope, waiting, agency):
    year = fiscal_year_be(timezone.localdate()) - 1
    services.open_year(system, fiscal_year_be=year)
    purchases = kept_of(agency, "purchases")
    mine = [line for line in waiting(Role.SUPPLY) if line[0] == purchases.name]
    assert [n for _name, _text, n in mine] == [12]
    first = occurrences_of(system, purchases.register, year)[0]
    services.state_nothing(scope(Role.SUPPLY), kept=purchases, occurrence=first)
    assert [n for name, _text, n in waiting(Role.SUPPLY) if name == purchases.name] == [11]
    assert [name for name, _text, _n in waiting(Role.CLERK) if name == purchases.name] == []
    line = next(row for row in work_of(scope(Role.SUPPLY)).rows if row.name == purchases.name).lines[0]
    assert line.address == f"{reverse('registers:board', args=[agency.code, 'purchases'])}?year={year}"


# --- the page


def test_card_is_on_the_page_and_gone_when_nothing_waits(system, sign_in):
    client, address = sign_in(Role.PUBLISHER), reverse("home", args=[office.CODE])
    assert "ทะเบียนที่รอท่าน" not in client.get(address).content.decode()
    ask(system, 20)
    page = client.get(address).content.decode()
    assert "ทะเบียนที่รอท่าน" in page
    assert "เกินกำหนด" in page


def test_nothing_of_another_agency_is_counted(system, other_agency: Agency, waiting):
    ask(system, 20)
    assert told(work_of(office.scope(other_agency, Role.PUBLISHER))) == []


@pytest.mark.parametrize("count", [1, 3])
def test_card_asks_the_database_the_same_number_of_times(system, scope, count, django_assert_num_queries):
    for _ in range(count):
        ask(system, 20)
        gift(system, "กองคลัง")
    services.open_year(system, fiscal_year_be=fiscal_year_be(timezone.localdate()))
    head = scope(Role.HEAD)
    with django_assert_num_queries(6):  # periods too: a head keeps the requests of services
        work_of(head)
