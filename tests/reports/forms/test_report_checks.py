"""What the reports of plans and registers must not let pass."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.documents.plain import plain
from prongsai.errors import Problem
from prongsai.reports.forms import (
    gift_report,
    hr_report,
    operation_report,
    participation_report,
    prevention_plan,
    prevention_report,
    procurement_annual,
    risk_report,
    spending_report,
)
from prongsai.reports.forms.report_parts import Status, percent_of
from prongsai.reports.forms.values import Period

OF_A_PERIOD = (gift_report, risk_report, prevention_report, operation_report, participation_report, spending_report)


def problems_of(kind, record) -> tuple[Problem, ...]:
    return kind.recognise(plain(kind.compose(record)))[1]


def told(kind, record) -> list[str]:
    return [problem.code for problem in problems_of(kind, record)]


def with_row(kind, field, number, **changes):
    """Change one row of a sample."""
    record = kind.sample()
    rows = list(getattr(record, field))
    rows[number] = replace(rows[number], **changes)
    return replace(record, **{field: tuple(rows)})


@pytest.mark.parametrize("kind", OF_A_PERIOD)
def test_report_signed_before_its_period_has_ended_is_faulty(kind):
    sample = kind.sample()
    on_its_last_day = replace(sample, signer=replace(sample.signer, on=sample.period.end))
    assert told(kind, on_its_last_day) == ["REPORT_TOO_EARLY"]
    assert told(kind, replace(sample, signer=replace(sample.signer, on=None))) == []


def test_gifts_of_a_quarter_and_giver_stand_once_and_no_year_has_five_quarters():
    assert told(gift_report, with_row(gift_report, "gifts", 3, quarter=1)) == ["GIFTS_TWICE"]
    assert told(gift_report, with_row(gift_report, "gifts", 3, quarter=5)) == ["GIFTS_QUARTER"]


def test_no_gifts_are_said_in_words():
    nothing = replace(gift_report.sample(), gifts=())
    document = plain(gift_report.compose(nothing))
    assert gift_report.NOTHING_TH in [line.text for line in document.paragraphs()]
    assert gift_report.recognise(document) == (nothing, ())


def test_risk_is_scored_anew_in_full_or_not_at_all():
    assert told(risk_report, with_row(risk_report, "risks", 0, impact_after=None)) == ["RISK_HALF_SCORED"]


def test_result_that_is_its_measure_again_is_told():
    copied = with_row(risk_report, "risks", 1, result="ใช้แบบตรวจที่มีเกณฑ์ให้คะแนนรายข้อ")
    assert told(risk_report, copied) == ["RISK_RESULT_IS_MEASURE"]


def test_level_that_was_typed_over_differs_from_the_matrix():
    document = risk_report.compose(risk_report.sample())
    other = replace(risk_report.sample(), levels=(replace(risk_report.sample().levels[0], high=25),))
    levels = [block for block in plain(risk_report.compose(other)).blocks if getattr(block, "rows", None)][-1]
    blocks = plain(document).blocks
    own = [block for block in blocks if getattr(block, "rows", None)][-1]
    changed = replace(plain(document), blocks=tuple(levels if block is own else block for block in blocks))
    codes = [problem.code for problem in risk_report.recognise(changed)[1]]
    assert codes == ["FORM_STATED_DIFFERS"] * 4  # three before and one after are above low in the matrix as signed


def test_plan_has_activities_of_its_own_year_only():
    other = Period(date(2026, 10, 1), date(2027, 3, 31))
    assert told(prevention_plan, with_row(prevention_plan, "activities", 1, period=other)) == ["PLAN_OTHER_YEAR"]


@pytest.mark.parametrize(
    ("kind", "field", "name"), [(prevention_report, "activities", "project"), (operation_report, "projects", "project")]
)
def test_result_that_is_the_name_of_the_project_and_money_beyond_the_budget_are_told(kind, field, name):
    same = getattr(getattr(kind.sample(), field)[0], name)
    assert told(kind, with_row(kind, field, 0, result=same)) == ["REPORT_SAME_WORDS"]
    over = with_row(kind, field, 0, spent_thb=Decimal("999999999.99"))
    assert told(kind, over) == ["REPORT_OVER_BUDGET"]


def test_dropped_and_planned_activities_are_both_not_done():
    report = with_row(prevention_report, "activities", 1, status=Status.DROPPED)
    summary = next(block for block in plain(prevention_report.compose(report)).blocks if getattr(block, "rows", None))
    assert [[cell.text for cell in row.cells][1:] for row in summary.rows[1:]] == [
        ["๑", "๐", "๐", "๑"],
        ["๐", "๑", "๑", "๒"],
        ["๐", "๐", "๑", "๑"],
        ["๑", "๑", "๒", "๔"],
    ]


def test_money_of_a_summary_that_was_typed_over_is_told():
    sample = spending_report.sample()
    document = plain(spending_report.compose(sample))
    less = plain(spending_report.compose(with_row(spending_report, "lines", 1, spent_thb=Decimal(1))))
    tables = [block for block in document.blocks if getattr(block, "rows", None)]
    others = [block for block in less.blocks if getattr(block, "rows", None)]
    blocks = tuple(others[0] if block is tables[0] else block for block in document.blocks)
    problems = spending_report.recognise(replace(document, blocks=blocks))[1]
    assert {problem.code for problem in problems} == {"FORM_STATED_DIFFERS"}
    assert problems[0].message_th == "สรุปตามงบรายจ่าย งบดำเนินงาน เบิกจ่ายแล้ว (บาท) พิมพ์ไว้ ๑.๐๐ แต่คำนวณจากรายการได้ ๗๑,๒๕๐.๗๕"


def test_line_spent_beyond_what_there_is_after_transfers_is_told():
    over = with_row(spending_report, "lines", 1, spent_thb=Decimal("140000.01"))
    assert told(spending_report, over) == ["SPENDING_OVER"]


def test_participation_needs_outsiders_within_the_period_and_a_use_of_its_own():
    rows = "activities"
    assert told(participation_report, with_row(participation_report, rows, 0, outsiders=0)) == [
        "PARTICIPATION_INSIDERS"
    ]
    later = with_row(participation_report, rows, 0, held_on=date(2026, 4, 1))
    assert told(participation_report, later) == ["PARTICIPATION_OTHER_PERIOD"]
    same = participation_report.sample().activities[0].result
    assert told(participation_report, with_row(participation_report, rows, 0, use_made=same)) == ["REPORT_SAME_WORDS"]


def test_methods_and_kinds_are_of_the_same_purchases():
    (problem,) = problems_of(procurement_annual, with_row(procurement_annual, "kinds", 0, count=127))
    assert (problem.code, problem.arithmetic) == ("PROCUREMENT_SUMS", "241 ≠ 240")
    assert procurement_annual.sample().saved_thb == Decimal("752024.50")


def test_people_are_not_more_than_posts_and_posts_by_kind_are_all_posts():
    assert told(hr_report, replace(hr_report.sample(), actual=85)) == ["HR_MORE_THAN_POSTS"]
    assert told(hr_report, with_row(hr_report, "staff", 2, authorised=1)) == ["HR_MORE_THAN_POSTS", "HR_POSTS_SUM"]
    assert told(hr_report, with_row(hr_report, "staff", 2, authorised=None)) == []


def test_share_of_nothing_is_none():
    assert percent_of(Decimal(1), Decimal(3)) == Decimal("33.33")
    assert (percent_of(Decimal(1), Decimal(0)), percent_of(None, Decimal(3))) == (None, None)
