"""Published procurement as open contracting data: only what is public, the same for everybody, again and again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.cli import run
from prongsai.registers.ocds import text_of
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries.contracting import contracting
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of
from tests.registers.test_ocds import valid
from tests.web.registers.rules.daily import YEAR, add, bylaw, report

LATER = date(2026, 4, 20)
SOMEBODY = "1-1037-00000-01-1"  # a number that is valid and nobody's


@pytest.fixture
def publish(scope):
    """Open the public table of registers."""
    return lambda *ids: [services.keep_setting(scope(Role.COORDINATOR), register=one, is_published=True) for one in ids]


@pytest.fixture
def then(system):
    """The software itself, late in the year."""
    return replace(system, today=LATER)


@pytest.fixture
def truck(then, scope):
    """One thing from the plan to a contract that was reported on; its periods are not closed yet."""
    bylaw(then)
    line = add(then, "spending-plan", category="investment", item="รถบรรทุกขยะ")
    plan = add(then, "procurement-plan", budget_line=line)
    add(then, "procurement-notices", plan=plan)
    bought = add(then, "purchases", plan=plan, reason=f"ราคาต่ำสุด ติดต่อ {SOMEBODY}")
    signed = add(then, "contracts", purchase=bought)
    report(then, signed, date(2025, 10, 1), delivered_on=None)
    services.open_year(scope(Role.COORDINATOR), fiscal_year_be=YEAR)
    return {"plan": plan, "bought": bought, "signed": signed}


def close(scope, register: str, starts_on: date) -> None:
    closer = replace(scope(Role.SUPPLY), today=LATER)
    kept = kept_of(closer, register, YEAR)
    occurrence = occurrences_of(closer, kept.register, YEAR).get(starts_on=starts_on)
    services.close_period(closer, kept=kept, occurrence=occurrence)


ALL = ("procurement-plan", "procurement-notices", "purchases", "contracts")


def told(agency: Agency) -> dict:
    found = contracting(agency, YEAR)
    assert found is not None
    valid(found)
    return found


def test_one_process_from_plan_to_payment(agency, truck, publish, scope):
    publish(*ALL)
    close(scope, "purchases", date(2025, 11, 1))
    close(scope, "contracts", date(2025, 10, 1))
    (release,) = told(agency)["releases"]
    assert release["tag"] == ["planning", "tender", "award", "contract", "implementation"]
    assert release["ocid"] == f"prongsai-{agency.code}-p{YEAR}-{truck['plan'].number}"
    assert release["contracts"][0]["implementation"]["transactions"][0]["value"]["amount"] == 178000
    assert release["buyer"]["name"] == agency.name


def test_what_is_not_published_or_not_closed_is_not_told(agency, truck, publish, scope, then):
    assert contracting(agency, YEAR) is None
    publish("procurement-plan", "purchases", "contracts")
    (release,) = [one for one in told(agency)["releases"] if "planning" in one["tag"]]
    assert "awards" not in release or "purchases" not in str(release["awards"])
    assert "documents" not in release["tender"]  # notices are not published
    assert f"b{YEAR}-" not in text_of(told(agency))  # nor is the month of the purchase closed
    close(scope, "purchases", date(2025, 11, 1))
    assert f"award-b{YEAR}-{truck['bought'].number}" in text_of(told(agency))
    assert "implementation" not in text_of(told(agency))  # what was reported is told with its period
    late = add(then, "purchases", contract_no="99/2569", contract_on=date(2026, 4, 1), work="ยังไม่ปิดงวด")
    assert late.title not in text_of(told(agency))


def test_a_contract_after_the_closed_half_waits_for_the_next(agency, truck, publish, scope, then):
    publish("contracts")
    close(scope, "contracts", date(2025, 10, 1))
    add(then, "contracts", contract_no="77/2569", work="งานใหม่", signed_on=date(2026, 4, 2))
    assert "งานใหม่" not in text_of(told(agency))


def test_numbers_of_people_are_covered_and_what_is_not_public_is_not_there(agency, truck, publish, scope):
    publish(*ALL)
    close(scope, "purchases", date(2025, 11, 1))
    written = text_of(told(agency))
    assert "ราคาต่ำสุด" in written
    assert SOMEBODY not in written and "1103700000011" not in written


def test_withdrawn_rows_are_gone_and_dropped_ones_are_cancelled(agency, truck, publish, then):
    publish("procurement-plan")
    line = add(then, "spending-plan", item="อีกรายการ")
    gone = add(then, "procurement-plan", project="บันทึกผิด", budget_line=line)
    services.move_entry(then, entry=gone, move="withdraw", note="บันทึกผิด", version=1)
    off = add(then, "procurement-plan", project="ไม่ทำแล้ว", budget_line=line)
    services.move_entry(then, entry=off, move="drop", note="ไม่มีเงิน", version=1)
    by_title = {one["tender"]["title"]: one["tender"]["status"] for one in told(agency)["releases"]}
    assert by_title == {truck["plan"].title: "planned", "ไม่ทำแล้ว": "cancelled"}


def test_the_prefix_is_the_offices_and_every_call_gives_the_same_bytes(agency, truck, publish, scope):
    publish("procurement-plan")
    assert text_of(told(agency)) == text_of(told(agency))
    supply = scope(Role.SUPPLY)
    services.keep_setting(supply, register="purchases", ocid_prefix="ocds-abc123")
    assert told(agency)["releases"][0]["ocid"].startswith(f"ocds-abc123-p{YEAR}-")


def test_everybody_may_fetch_it_and_the_list_of_open_data_names_it(agency, truck, publish):
    address = reverse("registers:open_ocds", args=[agency.code])
    assert Client().get(address).status_code == 404
    publish("procurement-plan")
    answer = Client().get(address, {"year": str(YEAR)})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert json.loads(answer.content) == told(agency)
    assert Client().get(address).content == answer.content  # the newest year
    assert Client().get(address, {"year": "2500"}).status_code == 404
    assert address in Client().get(reverse("registers:open", args=[agency.code])).content.decode()
    assert Client().post(address).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_every_number_of_rows(agency, then, publish, count, django_assert_num_queries):
    publish("procurement-plan")
    line = add(then, "spending-plan")
    for number in range(count):
        add(then, "procurement-plan", project=f"โครงการที่ {number}", budget_line=line)
    with django_assert_num_queries(7):
        assert len(contracting(agency, YEAR)["releases"]) == count


def test_the_prefix_is_asked_for_on_one_settings_page(sign_in, agency):
    client = sign_in(Role.SUPPLY)
    asked = {
        one: "ocid_prefix" in client.get(reverse("registers:settings", args=[agency.code, one])).content.decode()
        for one in ("purchases", "contracts")
    }
    assert asked == {"purchases": True, "contracts": False}


def test_the_command_gives_the_same_and_writes_a_file(agency, truck, publish, tmp_path: Path, capsys, monkeypatch):
    monkeypatch.setattr("prongsai.web.operations.database.hang_up", lambda: None)
    assert run(["ocds"]) == 2
    assert "ยังไม่มีการจัดซื้อจัดจ้างที่เปิดต่อสาธารณะ" in capsys.readouterr().err
    publish("procurement-plan")
    out = tmp_path / "ocds.json"
    assert run(["ocds", "--year", str(YEAR), "--out", str(out)]) == 0
    assert "มีแผน" in capsys.readouterr().out
    assert out.read_text(encoding="utf-8") == text_of(told(agency))
    assert run(["ocds", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == told(agency)
    assert run(["ocds", "--year", "2500"]) == 2
