"""What is wrong with a record of an office's papers although every field is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from prongsai.documents.plain import plain
from prongsai.errors import Severity
from prongsai.reports.forms import (
    attendance_list,
    audit_report,
    budget_briefing,
    development_follow_up,
    information_statistics,
    internal_control_4,
    internal_control_5,
    privacy_notice,
    processing_records,
    property_report,
    training_project,
)
from prongsai.reports.forms.information_statistics import Counted
from prongsai.reports.forms.signing import NOBODY


def told(kind: Any, record: Any) -> list[str]:
    """Give the codes of what a reader of the paper is told, notes left out."""
    problems = kind.recognise(plain(kind.compose(record)))[1]
    return [one.code for one in problems if one.severity is not Severity.INFO]


def changed(kind: Any, **values: object) -> Any:
    return replace(kind.sample(), **values)


def with_row(kind: Any, field: str, number: int, **values: object) -> Any:
    """Change a row of the sample."""
    rows = list(getattr(kind.sample(), field))
    rows[number] = replace(rows[number], **values)
    return changed(kind, **{field: tuple(rows)})


@pytest.mark.parametrize(
    ("kind", "record", "code"),
    [
        (training_project, with_row(training_project, "schedule", 1, on=date(2026, 2, 21)), "TRAINING_OTHER_DAY"),
        (training_project, with_row(training_project, "schedule", 1, ends=time(9, 0)), "TRAINING_REVERSED"),
        (training_project, changed(training_project, approver=replace(
            training_project.sample().approver, on=date(2026, 2, 20))), "TRAINING_APPROVED_LATE"),
        (attendance_list, with_row(attendance_list, "attendees", 1, name="นางพรทิวา จันทร์สมบูรณ์"), "ATTENDANCE_TWICE"),
        (attendance_list, with_row(attendance_list, "attendees", 1, on=date(2026, 2, 21)), "ATTENDANCE_OTHER_DAY"),
        (internal_control_4, changed(internal_control_4, components=internal_control_4.sample().components[1:]),
         "CONTROL_COMPONENT"),
        (internal_control_4, changed(internal_control_4, overall=internal_control_4.sample().overall[:1]),
         "CONTROL_NO_CONCLUSION"),
        (internal_control_5, with_row(internal_control_5, "weaknesses", 0, status=None), "CONTROL_HALF_TOLD"),
        (internal_control_5, with_row(internal_control_5, "weaknesses", 1, remaining="วัสดุสูญหายหรือใช้นอกงานของทางราชการ"),
         "REPORT_SAME_WORDS"),
        (privacy_notice, changed(privacy_notice, phone="", email=""), "NOTICE_NO_CONTACT"),
        (processing_records, with_row(processing_records, "activities", 0, data="โทรศัพท์ 081-234-5678"), "PROCESSING_PERSON"),
        (audit_report, with_row(audit_report, "findings", 0, owner="นายตรวจตรา รอบคอบดี"), "AUDIT_OWN"),
        (audit_report, with_row(audit_report, "findings", 0, answer=""), "AUDIT_NO_ANSWER"),
        (audit_report, with_row(audit_report, "findings", 2, due=date(2025, 12, 31)), "AUDIT_DUE_EARLY"),
        (development_follow_up, with_row(development_follow_up, "projects", 1, code="1-01-017"), "DEVELOPMENT_TWICE"),
        (property_report, changed(property_report, figures=property_report.sample().figures[1:]), "PROPERTY_FIGURES"),
        (property_report, with_row(property_report, "figures", 6, count=121), "PROPERTY_MORE_THAN_CHECKED"),
        (budget_briefing, changed(budget_briefing, present=22), "BRIEFING_COUNT"),
        (budget_briefing, changed(budget_briefing, questions=()), "BRIEFING_UNCONFIRMED"),
        (information_statistics, with_row(information_statistics, "decisions", 0, count=16), "INFORMATION_SUM"),
    ],
)  # fmt: skip
def test_fault_is_told_and_alone(kind: Any, record: Any, code: str) -> None:
    assert told(kind, record) == [code]


def test_place_of_who_confirms_is_there_only_where_nobody_asked() -> None:
    words = "ผู้รับรองว่าไม่มีผู้ซักถาม"
    sample = budget_briefing.sample()
    bare = replace(sample, questions=(), checker=sample.briefer)
    assert [words in str(plain(budget_briefing.compose(one))) for one in (sample, bare)] == [False, True]
    assert budget_briefing.recognise(plain(budget_briefing.compose(bare)))[0] == bare
    assert sample.checker == NOBODY


def test_what_two_breakdowns_together_would_tell_is_kept_back() -> None:
    """Refused in whole and in part are what the sections add up to."""
    decisions = (Counted("เปิดเผย", 20), Counted("เปิดเผยบางส่วน", 1), Counted("ไม่เปิดเผย", 3), Counted("ยังไม่ตอบ", 4))
    statistics = changed(
        information_statistics, decisions=decisions, times=(), sections=(Counted("มาตรา ๑๕ (๕)", 4),), askers=()
    )
    shown = information_statistics.suppress(statistics)
    kept = {one.label for one in (*shown.decisions, *shown.sections) if one.count is None}
    assert "เปิดเผยบางส่วน" in kept
    assert kept & {"ไม่เปิดเผย", "มาตรา ๑๕ (๕)"}
    assert information_statistics.suppress(shown) == shown
