"""The development plan: one code joins plan, budget and report; what is done outside it holds its follow-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.models import Person
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.rules.development_plan import joined, strangers
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.daily import LATE, YEAR, add, bylaw, preview, report

FIRST, SECOND = date(2025, 10, 1), date(2026, 4, 1)
DECEMBER = date(2026, 12, 1)
CODE = "1-01-017"


@pytest.fixture
def then(system):
    """The software itself after the year, whose by-law is in force."""
    bylaw(after := replace(system, today=LATE))
    return after


def notices(scope, register: str = "development-plan") -> list[str]:
    kept = kept_of(scope, register, YEAR).register
    return [one.text for one in hooks_of(register).notices(scope, kept, YEAR)]


def warned(scope, register: str, entry: Entry | None = None, **values: object) -> list[str]:
    kept = kept_of(scope, register, YEAR).register
    return [one.code for one in hooks_of(register).check(scope, kept, values, entry)]


def test_a_code_occurs_once_in_the_plan_however_it_is_typed(then) -> None:
    add(then, "development-plan")
    with pytest.raises(EntryRefused) as refused:
        add(then, "development-plan", code="๑-๐๑-๐๑๗", project="อีกโครงการหนึ่ง")
    assert [(one.field, one.code) for one in refused.value.faults] == [("code", "ALREADY_THERE")]


def test_one_code_joins_plan_budget_and_report(then) -> None:
    add(then, "development-plan")
    law = add(then, "budget-bylaws", number="2/2569", kind="additional", total_thb=Decimal(450000))
    add(then, "budget-lines", bylaw=law, code="๑-๐๑-๐๑๗")
    operation = add(then, "operation-plan", code=CODE)
    spending = add(then, "spending-plan", project_code=f" {CODE} ")
    report(then, operation, FIRST, spent_thb=Decimal(270000))
    report(then, operation, SECOND, spent_thb=Decimal(436500))
    report(then, spending, FIRST, spent_thb=Decimal(1000))
    report(then, spending, date(2026, 1, 1), spent_thb=Decimal(2000))
    found = [(one.entry.register, one.year, one.amount, one.spent) for one in joined(then, CODE)]
    assert found == [
        ("budget-lines", YEAR, Decimal(450000), None),
        ("operation-plan", YEAR, Decimal(450000), Decimal(436500)),
        ("spending-plan", YEAR, Decimal(120000), Decimal(3000)),
    ]


def test_the_page_of_a_project_shows_its_budget_and_its_reports(then, sign_in) -> None:
    made = add(then, "development-plan")
    client = sign_in(Role.ANALYST)
    address = f"/{then.agency.code}/registers/development-plan/{made.pk}/"
    assert "ยังไม่มีงบประมาณหรือแผนดำเนินงานที่ใช้รหัสนี้" in client.get(address).content.decode()
    operation = add(then, "operation-plan", code=CODE)
    page = client.get(address).content.decode()
    assert f"/{then.agency.code}/registers/operation-plan/{operation.pk}/" in page
    assert "๔๕๐,๐๐๐.๐๐" in page


def test_a_project_in_the_report_but_not_in_the_plan_is_listed_as_an_error(then) -> None:
    planned = add(then, "development-plan")
    kept = kept_of(then, "development-plan", YEAR)
    report(replace(then, today=DECEMBER), planned, FIRST)
    report(then, add(then, "operation-plan", code=CODE), FIRST)
    assert (notices(then), preview(then, "development-plan", 1, today=DECEMBER).blocks) == ([], ())
    stray = add(then, "operation-plan", project="จัดงานวัด", code="9-99-001")
    bare = add(then, "operation-plan", project="ดูงานต่างจังหวัด", code=None)
    told = "แผนดำเนินงานประจำปีมีโครงการที่ไม่อยู่ในแผนพัฒนา: “จัดงานวัด”, “ดูงานต่างจังหวัด”"
    assert list(preview(then, "development-plan", 1, today=DECEMBER).blocks) == [told]
    signer = replace(then, today=DECEMBER, person=Person.objects.filter(agency=then.agency).first())
    (year,) = occurrences_of(then, kept.register, YEAR)
    with pytest.raises(ValidationError, match="ไม่อยู่ในแผนพัฒนา"):
        services.close_period(signer, kept=kept, occurrence=year)
    add(then, "development-plan", code="9-99-001", project="จัดงานวัด")
    services.change_entry(then, entry=bare, values={"code": CODE}, version=bare.version)
    assert [text for text in notices(then) if "ไม่อยู่ในแผนพัฒนา" in text] == []
    assert stray.values["code"] == "9-99-001"


def test_lines_of_the_budget_and_of_spending_outside_the_plan_are_listed_too(then) -> None:
    add(then, "development-plan")
    law = add(then, "budget-bylaws", number="2/2569", kind="additional", total_thb=Decimal(1))
    add(then, "budget-lines", bylaw=law, code="8-00-001", item="สร้างอาคาร")
    add(then, "spending-plan", project_code="8-00-002", item="จ้างออกแบบ")
    add(then, "spending-plan", item="วัสดุสำนักงาน")  # routine work has no code
    found = strangers(then, {"1-01-017"}, YEAR)
    assert {name: names for name, names in found.items() if names} == {
        "spending-plan": ["จ้างออกแบบ"],
        "budget-lines": ["สร้างอาคาร (เทศบัญญัติงบประมาณรายจ่ายเพิ่มเติม เลขที่ 2/2569)"],
    }


def test_nothing_is_told_while_there_is_no_plan_of_the_year(then) -> None:
    add(then, "operation-plan", code="9-99-001")
    assert (notices(then), notices(then, "operation-plan")) == ([], [])


def test_a_code_outside_the_plan_is_warned_of_where_it_is_entered(then) -> None:
    add(then, "development-plan")
    add(then, "operation-plan", code="9-99-001", project="จัดงานวัด")
    assert notices(then, "operation-plan") == ["โครงการที่ไม่อยู่ในแผนพัฒนาท้องถิ่นของปีนี้: “จัดงานวัด”"]
    spending = add(then, "spending-plan")
    assert warned(then, "spending-plan", spending, project_code="9-99-001") == ["NOT_IN_PLAN"]
    assert warned(then, "spending-plan", spending, project_code="๑-๐๑-๐๑๗") == []


def test_projects_that_are_budgeted_and_not_in_the_operation_plan_are_told(then) -> None:
    add(then, "development-plan")
    add(then, "development-plan", code="1-01-018", budgets=({"year_be": Decimal(2570), "amount_thb": Decimal(5)},))
    told = "ตั้งงบประมาณไว้ในแผนพัฒนาของปีนี้ แต่ไม่อยู่ในแผนดำเนินงาน: “1-01-017 ปรับปรุงถนนสายหลังตลาด”"
    assert notices(then) == [told]


def test_every_project_is_followed_up_once_a_year(then) -> None:
    made = add(then, "development-plan")
    assert list(preview(then, "development-plan", 1, today=DECEMBER).blocks) == [
        f"“{made.title}” ยังไม่รายงานความก้าวหน้าของงวดนี้"
    ]
    report(replace(then, today=DECEMBER), made, FIRST)
    assert preview(then, "development-plan", 1, today=DECEMBER).blocks == ()


def test_the_plan_goes_on_into_the_next_year_under_the_same_code(then) -> None:
    made = add(then, "development-plan")
    kept = kept_of(then, "development-plan", YEAR)
    (again,) = services.carry_forward(then, kept=kept, to_year_be=YEAR + 1)
    assert (again.fiscal_year_be, again.values["code"], again.before_id) == (YEAR + 1, CODE, made.pk)


def test_a_code_that_meant_another_project_is_warned_of(then) -> None:
    kept = kept_of(then, "development-plan", YEAR)
    add(then, "development-plan")
    (again,) = services.carry_forward(then, kept=kept, to_year_be=YEAR + 1)
    assert warned(then, "development-plan", again, code=CODE, project="สร้างสะพาน") == ["ANOTHER_PROJECT"]


def test_a_year_is_budgeted_once(then) -> None:
    twice = tuple({"year_be": Decimal(2569), "amount_thb": Decimal(1)} for _ in range(2))
    with pytest.raises(EntryRefused) as refused:
        add(then, "development-plan", budgets=twice)
    assert [one.code for one in refused.value.faults] == ["YEAR_TWICE"]
