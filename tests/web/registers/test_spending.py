"""Spending from the export of the ledger into the reports of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.roles import Role
from prongsai.web.registers.models import Entry, EntryProgress, ImportBatch, RegisterSetting
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules.spending_plan import half_year, lines_of
from prongsai.web.registers.services import EntryRefused, report_progress, spending
from prongsai.web.registers.services.imports import ImportRefused
from tests.registers.ledger_files import LINES, TOTAL, Row, grouped, sectioned
from tests.web.registers.rules.daily import YEAR, add, bylaw

FIRST, SECOND, THIRD = date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1)
TODAY = date(2026, 4, 10)


@pytest.fixture
def then(system):
    """The software itself in the third quarter, with the by-law of the year in force."""
    scope = replace(system, today=TODAY)
    bylaw(scope)
    return scope


@pytest.fixture
def plan(then) -> list[Entry]:
    """The rows of the plan that the made-up exports are of."""
    return [plan_row(then, one) for one in LINES]


def plan_row(scope, one: Row, **changes: object) -> Entry:
    programme, work, heading, item, code, budget, *_rest = one
    baht = Decimal(budget.replace(",", ""))
    quarters = {f"q{n}_thb": baht / 4 for n in range(1, 5)}
    told = {"programme": programme, "work": work, "heading": heading, "item": item, "ledger_code": code}
    return add(scope, "spending-plan", **{**told, "budget_thb": baht, **quarters, **changes})


def staged(scope, content: bytes, starts_on: date = SECOND, **how: object) -> ImportBatch:
    given = {"register": "spending-plan", "content": content, "name": "งบ.xlsx", "year": YEAR, "starts_on": starts_on}
    return spending.stage(scope, **{**given, **how})  # type: ignore[arg-type]


def looked_at(scope, content: bytes, starts_on: date = SECOND, **how: object) -> ImportBatch:
    """Stage an export, and take the guess of its columns where nothing was settled."""
    batch = staged(scope, content, starts_on, **how)
    if batch.state == "looked_at":
        return batch
    return spending.settle_columns(
        scope, batch=batch, version=batch.version, columns=batch.columns, basis=batch.details["basis"]
    )


def saved(scope, content: bytes, starts_on: date = SECOND, **how: object) -> ImportBatch:
    batch = looked_at(scope, content, starts_on, **how)
    while batch.state != "saved":
        batch = spending.save(scope, batch=batch, version=None, rows=2)
    return batch


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.n_new, batch.n_changed, batch.n_same, batch.n_faulty


def spent(entries: Sequence[Entry], starts_on: date = SECOND) -> list[str | None]:
    found = {one.entry_id: one.values["spent_thb"] for one in EntryProgress.objects.filter(starts_on=starts_on)}
    return [found.get(one.pk) for one in entries]


def codes(batch: ImportBatch) -> list[tuple[int, str]]:
    rows = batch.rows.filter(fate="faulty").order_by("number")
    return [(row.number, fault["code"]) for row in rows for fault in row.faults]


@pytest.mark.parametrize("made", [grouped, sectioned])
def test_an_export_fills_the_reports_of_a_quarter_without_typing(then, plan, made):
    batch = looked_at(then, made())
    assert counts(batch) == (4, 0, 0, 0)
    assert EntryProgress.objects.count() == 0
    saved(then, made())
    assert spent(plan) == ["58500.50", "40000.00", "96000.00", "0.00"]
    moved = EntryProgress.objects.get(entry=plan[1]).values
    assert (moved["transfer_in_thb"], moved["transfer_out_thb"]) == ("15000.00", "0.00")
    assert EntryProgress.objects.get(entry=plan[2]).values["transfer_out_thb"] == "15000.00"


def test_amounts_as_printed_stay_beside_the_reports(then, plan):
    batch = saved(then, sectioned())
    row = batch.rows.get(entry=plan[0])
    assert row.values["printed"]["spent"] == "๕๘,๕๐๐.๕๐" and "๕๘,๕๐๐.๕๐" in row.cells
    with pytest.raises(ImportRefused):
        spending.drop(then, batch=batch, version=None)


@pytest.mark.parametrize("made", [grouped, sectioned])
def test_the_same_file_twice_changes_nothing(then, plan, made):
    saved(then, made())
    before = list(EntryProgress.objects.values_list("pk", "version", "written_at"))
    again = looked_at(then, made())
    assert counts(again) == (0, 0, 4, 0)
    saved(then, made())
    assert list(EntryProgress.objects.values_list("pk", "version", "written_at")) == before


def test_another_months_file_changes_the_report(then, plan):
    saved(then, grouped())
    rows = [(*LINES[0][:8], "70,000.00"), *LINES[1:]]
    more = grouped(rows, total=(*TOTAL[:3], "206,000.00"))
    assert counts(looked_at(then, more)) == (0, 1, 3, 0)
    saved(then, more)
    assert spent(plan)[0] == "70000.00"
    assert EntryProgress.objects.get(entry=plan[0]).version == 2


def test_sums_that_run_on_are_parted_into_quarters_which_add_up_to_the_half_year(then, plan):
    """I6.1: what the ledger prints at the end of March is the half-year, and the two quarters are it."""
    first = [(*one[:8], "10,000.00") for one in LINES]
    saved(then, grouped(first, total=(*TOTAL[:3], "40,000.00")), FIRST)
    second = [
        (*one[:8], spent)
        for one, spent in zip(LINES, ("58,500.50", "40,000.00", "96,000.00", "10,000.00"), strict=True)
    ]
    saved(then, grouped(second, total=(*TOTAL[:3], "204,500.50")))
    assert spent(plan, FIRST) == ["10000.00"] * 4
    assert spent(plan) == ["48500.50", "30000.00", "86000.00", "0.00"]
    lines = lines_of(then, kept_of(then, "spending-plan", YEAR).register, YEAR)
    assert half_year(lines, 1, YEAR) == Decimal("204500.50")
    assert EntryProgress.objects.get(entry=plan[1], starts_on=SECOND).values["transfer_in_thb"] == "0.00"


def test_two_exports_looked_at_side_by_side_are_not_counted_twice(then, plan):
    first = grouped([(*one[:8], "10,000.00") for one in LINES], total=(*TOTAL[:3], "40,000.00"))
    both = looked_at(then, first, FIRST), looked_at(then, grouped())
    for batch in both:
        while batch.state != "saved":
            batch = spending.save(then, batch=batch, version=None, rows=2)
    assert (spent(plan, FIRST), spent(plan)) == (["10000.00"] * 4, [None] * 4)
    assert codes(batch) == [(row.number, "STALE") for row in batch.rows.filter(fate="faulty").order_by("number")] != []


def test_sums_that_run_on_are_not_taken_before_a_quarter_that_was_reported(then, plan):
    saved(then, grouped())
    first = grouped([(*one[:8], "10,000.00") for one in LINES], total=(*TOTAL[:3], "40,000.00"))
    assert {code for _row, code in codes(looked_at(then, first, FIRST))} == {"LATER_REPORTED"}


def test_a_sum_that_is_less_than_was_reported_before_is_refused(then, plan):
    saved(then, grouped(), FIRST)
    less = [(*LINES[0][:8], "58,000.00"), *LINES[1:]]
    batch = looked_at(then, grouped(less, total=(*TOTAL[:3], "194,000.00")))
    assert codes(batch) == [(6, "LESS_THAN_BEFORE")]


def test_what_was_spent_in_the_quarter_alone_is_taken_as_it_is(then, plan):
    saved(then, grouped(), FIRST)
    batch = looked_at(then, grouped(spent_head="ไตรมาสนี้", total=None), basis=spending.PERIOD)
    assert batch.state == "looked_at"
    saved(then, grouped(spent_head="ไตรมาสนี้", total=None), basis=spending.PERIOD)
    assert spent(plan) == ["58500.50", "40000.00", "96000.00", "0.00"]


@pytest.mark.parametrize("made", [grouped, sectioned])
def test_lines_that_do_not_add_up_to_the_printed_sum_are_not_saved(then, plan, made):
    batch = looked_at(then, made(total=(*TOTAL[:3], "194,500.51")))
    assert [one["column"] for one in batch.details["sums"] if not one["is_even"]] == ["spent"]
    with pytest.raises(ImportRefused) as refused:
        spending.save(then, batch=batch, version=batch.version, only_good=True)
    assert "194,500.50" in refused.value.message_th and "194,500.51" in refused.value.message_th
    assert EntryProgress.objects.count() == 0


@pytest.mark.parametrize("made", [grouped, sectioned])
def test_spending_over_the_budget_after_transfers_is_refused(then, plan, made):
    """I6.2."""
    rows = [LINES[0], (*LINES[1][:8], "75,000.01"), (*LINES[2][:8], "225,000.00"), LINES[3]]
    batch = looked_at(then, made(rows, total=None))
    assert [code for _row, code in codes(batch)] == ["OVER_BUDGET"]
    assert batch.rows.get(fate="faulty").entry == plan[1]


def test_negative_spending_and_what_is_no_amount_are_refused(then, plan):
    rows = [(*LINES[0][:8], "-5.00"), *LINES[1:]]
    assert [code for _row, code in codes(looked_at(then, grouped(rows, total=None)))] == ["NEGATIVE"]
    with pytest.raises(ImportRefused):
        spending.save(then, batch=ImportBatch.objects.latest("pk"), version=None)


def test_an_unknown_line_is_never_taken_by_likeness_and_a_person_says_what_it_is(then, plan, scope):
    rows = [(*LINES[0][:3], "วัสดุ สนง.", "", *LINES[0][5:]), *LINES[1:]]
    batch = looked_at(then, grouped(rows))
    assert codes(batch) == [(6, "UNKNOWN_LINE")]
    assert counts(batch) == (3, 0, 0, 1)
    with pytest.raises(ImportRefused):
        spending.save(then, batch=batch, version=batch.version)
    with pytest.raises(ValidationError):
        spending.choose(
            then, batch=batch, version=batch.version, choices={6: Entry.objects.get(register="budget-bylaws").pk}
        )
    batch = spending.choose(then, batch=batch, version=batch.version, choices={6: plan[0].pk})
    assert counts(batch) == (4, 0, 0, 0)
    saved(then, grouped(rows))  # a new file needs no second choice
    assert spent(plan)[0] == "58500.50"
    batch = looked_at(then, grouped(rows), THIRD)
    assert counts(batch)[3] == 0


def test_a_line_that_is_no_row_of_the_plan_is_left_when_a_person_says_so(then, plan):
    rows = [*LINES, (*LINES[3][:3], "เงินสำรองจ่าย", "", "5,000.00", "", "", "1,000.00")]
    total = ("2,825,000.00", *TOTAL[1:3], "195,500.50")
    batch = looked_at(then, grouped(rows, total=total))
    ((number, _code),) = codes(batch)
    batch = spending.choose(then, batch=batch, version=batch.version, choices={number: spending.LEAVE})
    assert (counts(batch), batch.details["n_left"]) == ((4, 0, 0, 0), 1)
    batch = spending.choose(then, batch=batch, version=batch.version, choices={number: spending.FORGET})
    assert codes(batch) == [(number, "UNKNOWN_LINE")]


def test_several_lines_are_one_row_only_when_a_person_says_so(then, plan):
    rows = [LINES[0], *LINES]
    batch = looked_at(then, grouped(rows, total=None))
    assert [code for _row, code in codes(batch)] == ["TWICE", "TWICE"]
    rows = [(*LINES[0][:3], "กระดาษ", "", "0.00", "", "", "1,000.00"), *LINES]
    batch = looked_at(then, grouped(rows, total=None))
    batch = spending.choose(then, batch=batch, version=batch.version, choices={6: plan[0].pk})
    assert counts(batch) == (4, 0, 0, 0)
    while batch.state != "saved":
        batch = spending.save(then, batch=batch, version=None)
    assert spent(plan)[0] == "59500.50"


def test_columns_are_settled_once_and_kept_for_the_office(then, plan):
    batch = staged(then, grouped())
    assert (batch.state, batch.columns["spent"], batch.details["basis"]) == ("reading", 9, "total")
    with pytest.raises(ImportRefused):
        spending.save(then, batch=batch, version=batch.version)
    for columns in ({"item": 4}, {"spent": 9}, {"item": 4, "spent": 4}, {"item": 4, "spent": 99}):
        with pytest.raises(spending.ColumnsRefused):
            spending.settle_columns(then, batch=batch, version=batch.version, columns=columns, basis="total")
    spending.settle_columns(then, batch=batch, version=batch.version, columns=batch.columns, basis="total")
    assert RegisterSetting.objects.get(register="spending-plan").ledger["columns"]["spent"] == "เบิกจ่าย (บาท) / สะสม"
    assert staged(then, grouped()).state == "looked_at"
    assert staged(then, sectioned()).state == "reading"  # other heads are asked about again


def test_a_row_of_the_plan_without_a_line_is_known(then, plan):
    lone = plan_row(then, (*LINES[0][:3], "ของที่ลืม", "99-999", "4.00", "", "", ""))
    batch = looked_at(then, grouped())
    assert lone.pk not in batch.rows.exclude(entry=None).values_list("entry", flat=True)


def test_what_somebody_reported_meanwhile_is_not_written_over(then, plan):
    batch = looked_at(then, grouped())
    report_progress(then, entry=plan[0], starts_on=SECOND, values={"spent_thb": Decimal("1.00")}, version=0)
    while batch.state != "saved":
        batch = spending.save(then, batch=batch, version=None)
    assert spent(plan)[0] == "1.00"
    assert codes(batch) == [(6, "STALE")]
    assert counts(batch) == (3, 0, 0, 1)


def test_only_who_keeps_the_plan_imports_and_only_into_a_plan(then, plan, scope, other_agency):
    late = replace(scope(Role.LEGAL), today=TODAY)
    with pytest.raises(EntryRefused):
        staged(late, grouped())
    with pytest.raises(EntryRefused):
        staged(then, grouped(), register="contracts")
    with pytest.raises(ImportRefused):
        staged(then, grouped(), date(2026, 7, 1))  # a quarter that has not begun
    batch = looked_at(replace(scope(Role.SUPPLY), today=TODAY), grouped())
    with pytest.raises(Stale):
        spending.save(then, batch=batch, version=batch.version - 1)
    with pytest.raises(ValidationError):
        spending.save(replace(then, agency=other_agency), batch=batch, version=batch.version)


def test_nothing_is_reported_before_the_by_law_is_in_force(system):
    scope = replace(system, today=TODAY)
    plan_row(scope, LINES[0])
    batch = looked_at(scope, grouped([LINES[0]], total=None))
    assert [code for _row, code in codes(batch)] == ["NOT_REPORTED"]


def test_the_operation_plan_takes_sums_that_run_on_beside_what_its_units_report(then, agency):
    road = add(then, "operation-plan", code="2-05-017", project="ปรับปรุงถนนสายหลังตลาด")
    row: Row = ("แผนงานเคหะและชุมชน", "", "", "ปรับปรุงถนน", "2-05-017", "450,000.00", "", "", "120,000.00")
    batch = looked_at(then, grouped([row], total=None), FIRST, register="operation-plan")
    assert [code for _row, code in codes(batch)] == ["NO_REPORT"]
    told = {
        "result": "ลงนามสัญญาแล้ว",
        "spent_thb": Decimal(0),
        "percent": Decimal(20),
        "obstacles": "ไม่มี",
        "suggestions": "ไม่มี",
    }
    report_progress(then, entry=road, starts_on=FIRST, values=told, version=0)
    saved(then, grouped([row], total=None), FIRST, register="operation-plan")
    report = EntryProgress.objects.get(entry=road)
    assert (report.values["spent_thb"], report.values["result"]) == ("120000.00", "ลงนามสัญญาแล้ว")


def test_memory_holds_the_plan_and_not_the_file(then, plan, monkeypatch):
    """Rows are looked at some at a time: none of them hold more than a part of the file."""
    seen: list[int] = []
    write = spending.SpendingJudge.__init__.__globals__["_write"]
    monkeypatch.setitem(write.__globals__, "_CHUNK", 3)
    monkeypatch.setitem(write.__globals__, "_write", lambda rows: (seen.append(len(rows)), write(rows)))
    assert counts(looked_at(then, grouped())) == (4, 0, 0, 0)
    assert max(seen) == 3


@pytest.mark.parametrize("lines", [2, 6])
def test_looking_costs_the_same_for_every_number_of_lines(then, agency, lines, django_assert_num_queries):
    rows = [(*LINES[0][:3], f"รายการที่ {n}", f"7-{n}", "100.00", "", "", "1.00") for n in range(lines)]
    for one in rows:
        plan_row(then, one)
    batch = staged(then, grouped(rows, total=None))
    with django_assert_num_queries(31):
        spending.settle_columns(then, batch=batch, version=1, columns=batch.columns, basis="total")
    assert batch.rows.filter(fate="new").count() == lines
