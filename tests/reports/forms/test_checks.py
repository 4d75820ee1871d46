"""What each kind of form must not let pass."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.documents.build import NOWHERE, row
from prongsai.documents.model import Table
from prongsai.documents.plain import plain
from prongsai.errors import Severity
from prongsai.reports.forms import (
    complaint_statistics,
    loan_form,
    no_gift_en,
    no_gift_th,
    procurement_summary,
    risk_assessment,
    satisfaction_report,
)
from prongsai.reports.forms.complaint_statistics import ComplaintStatistics, Count, suppress
from prongsai.reports.forms.signing import NOBODY, Capacity
from prongsai.reports.forms.values import Offer, Reference


def told(kind, record) -> list[str]:
    return [problem.code for problem in kind.recognise(plain(kind.compose(record)))[1]]


def test_no_gift_must_be_signed_by_the_executive_within_the_year():
    sample = no_gift_th.sample()
    clerk = replace(sample.signer, capacity=Capacity.ACTING_FOR, acting_as="นายกเทศมนตรี")
    duties = replace(clerk, capacity=Capacity.PERFORMING_DUTIES)
    assert told(no_gift_th, replace(sample, signer=clerk)) == ["NO_GIFT_SIGNER"]
    assert told(no_gift_th, replace(sample, signer=duties)) == ["NO_GIFT_PERFORMING_DUTIES"]
    assert told(no_gift_th, replace(sample, declared_on=date(2024, 12, 15))) == ["NO_GIFT_YEAR"]


def test_no_gift_without_a_clause_is_told_which():
    document = no_gift_th.compose(no_gift_th.sample())
    kept = tuple(block for block in document.blocks if "ไม่เรียก ไม่ขอ" not in getattr(block, "text", ""))
    problems = no_gift_th.recognise(plain(replace(document, blocks=kept)))[1]
    assert [problem.code for problem in problems] == ["FORM_WORDS_MISSING"]
    assert no_gift_th.CLAUSES[1] in problems[0].message


def test_english_declaration_is_english():
    document = no_gift_en.compose(no_gift_en.sample())
    assert (document.setup.language, document.setup.thai_digits) == ("en", False)
    words = " ".join(block.text for block in plain(document).paragraphs())
    assert not any("\u0e00" <= letter <= "\u0e7f" for letter in words)
    assert "Announced on 15 December 2025" in words


def test_both_languages_have_the_same_number_of_clauses():
    assert len(no_gift_th.CLAUSES) == len(no_gift_en.CLAUSES)


def test_risk_level_follows_from_the_matrix_of_the_paper():
    sample = risk_assessment.sample()
    assert [(risk.score, sample.level_of(risk)) for risk in sample.risks] == [(12, "สูง"), (6, "ปานกลาง"), (16, "สูงมาก")]


def test_printed_score_that_does_not_follow_is_told():
    document = plain(risk_assessment.compose(risk_assessment.sample()))
    tables = list(document.tables())
    score = tables[3].rows[2].cells[10]
    wrong = replace(score, lines=(replace(score.lines[0], text="๙"),))
    cells = (*tables[3].rows[2].cells[:10], wrong, *tables[3].rows[2].cells[11:])
    rows = (*tables[3].rows[:2], replace(tables[3].rows[2], cells=cells), *tables[3].rows[3:])
    blocks = tuple(replace(block, rows=rows) if block is tables[3] else block for block in document.blocks)
    problems = risk_assessment.recognise(replace(document, blocks=blocks))[1]
    assert [problem.message_th for problem in problems] == [
        "การประเมินความเสี่ยง คะแนน (L x I) พิมพ์ไว้ ๙ แต่คำนวณจากรายการได้ ๑๒"
    ]


def test_risk_area_left_out_score_outside_and_matrix_with_a_hole_are_told():
    sample = risk_assessment.sample()
    assert told(risk_assessment, replace(sample, uncovered=())) == ["RISK_AREA_MISSING"]
    high = replace(sample.risks[0], likelihood=6)
    assert told(risk_assessment, replace(sample, risks=(high, *sample.risks[1:]))) == ["RISK_SCORE_OUTSIDE"]
    hole = (replace(sample.levels[0], high=3), *sample.levels[1:])
    assert told(risk_assessment, replace(sample, levels=hole)) == ["RISK_MATRIX"]


def test_risk_rows_in_one_wide_table_are_read_too():
    sample = risk_assessment.sample()
    document = plain(risk_assessment.compose(sample))
    tables = list(document.tables())
    upper, lower = tables[3], tables[4]
    head = [upper.rows[1].cells, *(each.cells for each in upper.rows[2:])]
    rows = tuple(row(*left, *right.cells[1:]) for left, right in zip(head, lower.rows, strict=True))
    wide = Table(rows, NOWHERE, "tab")
    blocks = tuple(wide if block is upper else block for block in document.blocks if block is not lower)
    assert risk_assessment.recognise(replace(document, blocks=blocks))[0] == sample


def statistics(*rows: tuple[int, int]) -> ComplaintStatistics:
    counts = tuple(Count(f"เดือน {at}", done + pending, done, pending) for at, (done, pending) in enumerate(rows))
    done, pending = sum(r[0] for r in rows), sum(r[1] for r in rows)
    return replace(
        complaint_statistics.sample(), total=done + pending, done=done, pending=pending, months=counts, categories=()
    )


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=4))
def test_no_small_count_is_printed_or_follows_from_what_is(rows):
    before = statistics(*rows)
    after = suppress(before)
    shown = [getattr(row, name) for row in after.months for name in ("total", "done", "pending")]
    assert not [count for count in shown if count is not None and 0 < count < 3]
    hidden = [at for at, row in enumerate(after.months) if row.total is None]
    for name in ("done", "pending"):
        rest = getattr(before, name) - sum(getattr(row, name) for row in after.months if getattr(row, name) is not None)
        guesses = [guess for guess in product(range(rest + 1), repeat=len(hidden)) if sum(guess) == rest]
        for place, at in enumerate(hidden):
            if 0 < getattr(before.months[at], name) < 3:
                assert len({guess[place] for guess in guesses}) > 1


def test_suppressing_twice_changes_nothing_and_the_year_stays():
    once = suppress(statistics((1, 0), (4, 0), (0, 0)))
    assert suppress(once) == once
    assert (once.total, once.done, once.pending) == (5, 5, 0)
    assert [row.total for row in once.months] == [None, None, 0]
    assert [row.total for row in suppress(statistics((0, 0), (0, 3), (0, 0))).months] == [0, 3, 0]


def test_year_of_fewer_than_three_complaints_tells_no_month_and_no_category():
    assert [row.total for row in suppress(statistics((0, 0), (0, 1), (0, 0))).months] == [None, None, None]


def test_compose_keeps_small_counts_back_whatever_it_is_given():
    words = [
        cell.text
        for table in plain(complaint_statistics.compose(statistics((1, 0), (4, 0), (0, 0)))).tables()
        for row in table.rows
        for cell in row.cells
    ]
    assert "๑" not in words
    assert words.count("*") == 6


def test_month_without_complaints_says_so():
    tables = list(plain(complaint_statistics.compose(statistics((0, 0), (0, 0)))).tables())
    assert [each.cells[4].text for each in tables[0].rows[1:3]] == ["ไม่มีเรื่องร้องเรียน", "ไม่มีเรื่องร้องเรียน"]
    assert [cell.text for cell in tables[0].rows[-1].cells] == ["รวมทั้งปี", "๐", "๐", "๐", ""]


def test_complaint_sums_that_do_not_hold_are_told():
    sample = statistics((4, 3), (5, 0))
    wrong = (replace(sample.months[0], total=9), sample.months[1])
    assert told(complaint_statistics, replace(sample, months=wrong)) == [
        "FORM_TOTAL_WRONG",
        "COMPLAINTS_SUM",
        "COMPLAINTS_YEAR",
    ]


def test_procurement_rules():
    sample = procurement_summary.sample()
    first = sample.purchases[0]
    stranger = replace(first, winner=Offer("ร้านอื่น", Decimal(100)))
    dear = replace(first, bidders=(Offer("ก", Decimal(99999)),), winner=Offer("ก", Decimal(99999)))
    late = replace(first, contract=Reference("๑/๒๕๖๙", date(2025, 12, 1)))
    early = replace(sample, purchases=(first,), published_on=date(2025, 11, 30))
    assert told(procurement_summary, replace(sample, purchases=(stranger,))) == ["PROCUREMENT_WINNER"]
    assert told(procurement_summary, replace(sample, purchases=(dear,))) == ["PROCUREMENT_OVER_BUDGET"]
    assert told(procurement_summary, replace(sample, purchases=(late,))) == ["PROCUREMENT_OTHER_MONTH"]
    assert told(procurement_summary, early) == ["PROCUREMENT_EARLY"]


def test_month_without_procurement_says_so_and_comes_back():
    empty = replace(procurement_summary.sample(), purchases=())
    document = plain(procurement_summary.compose(empty))
    assert list(document.paragraphs())[-1].text == "ในเดือนนี้ไม่มีการจัดซื้อจัดจ้าง"
    assert procurement_summary.recognise(document) == (empty, ())


def test_survey_rules():
    sample = satisfaction_report.sample()
    assert told(satisfaction_report, replace(sample, respondents=321)) == ["SURVEY_GROUPS", "SURVEY_GROUPS"]
    assert told(satisfaction_report, replace(sample, mean=Decimal("4.90"))) == ["SURVEY_OVERALL"]
    far = (replace(sample.services[0], mean=Decimal("5.70")), *sample.services[1:])
    assert told(satisfaction_report, replace(sample, services=far)) == ["SURVEY_MEAN_OUTSIDE"]


def test_survey_per_cent_and_band_are_computed():
    sample = satisfaction_report.sample()
    assert satisfaction_report.percent_of(sample.mean) == Decimal("91.60")
    assert sample.band_of(sample.mean) == "มากที่สุด"
    lines = [block.text for block in plain(satisfaction_report.compose(sample)).paragraphs()]
    assert "ความพึงพอใจในภาพรวมมีค่าเฉลี่ย ๔.๕๘ ส่วนเบี่ยงเบนมาตรฐาน ๐.๕๒ คิดเป็นร้อยละ ๙๑.๖๐ อยู่ในระดับ มากที่สุด" in lines


def test_survey_that_nobody_answered_says_so():
    nobody = replace(
        satisfaction_report.sample(), respondents=0, mean=None, sd=None, groups=(), aspects=(), services=()
    )
    document = plain(satisfaction_report.compose(nobody))
    assert satisfaction_report.NO_DATA_TH in [block.text for block in document.paragraphs()]
    assert satisfaction_report.recognise(document) == (nobody, ())


def test_loan_rules():
    sample = loan_form.sample()
    assert told(loan_form, replace(sample, lent_until=date(2026, 2, 1), returned_on=None)) == ["LOAN_REVERSED"]
    assert told(loan_form, replace(sample, returned_on=date(2026, 2, 1))) == ["LOAN_RETURNED_EARLY"]
    assert told(loan_form, replace(sample, approver=replace(sample.approver, name=sample.borrower))) == [
        "LOAN_OWN_APPROVAL"
    ]
    assert told(loan_form, replace(sample, returned_on=date(2026, 2, 14))) == ["LOAN_LATE"]
    unseen = tuple(replace(item, returned="") for item in sample.items)
    assert told(loan_form, replace(sample, items=unseen)) == ["LOAN_CONDITION_MISSING"]


def test_loan_still_out_comes_back_without_a_fault():
    out = replace(
        loan_form.sample(), returned_on=None, return_note="", returner=NOBODY, inspector=NOBODY,
        items=tuple(replace(item, returned="") for item in loan_form.sample().items),
    )  # fmt: skip
    record, problems = loan_form.recognise(plain(loan_form.compose(out)))
    assert record == out
    assert [problem for problem in problems if problem.severity is not Severity.INFO] == []


@pytest.mark.parametrize("kind", [risk_assessment, procurement_summary])
def test_wide_forms_lie_across(kind):
    assert kind.compose(kind.sample()).setup.orientation.value == "landscape"
