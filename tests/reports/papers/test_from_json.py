"""Records from JSON: what may be left out, and every fault with its place."""

import json

import pytest

from prongsai.errors import RecordsInvalid
from prongsai.reports.from_json import records_from_json
from prongsai.reports.papers import letter, samples
from prongsai.reports.records import IndicatorPlan, Kind, Measure, Span, Tracking
from prongsai.thai.dates import fiscal_year

MEASURE = {"kind": "measure", "measure": "จัดทำคู่มือ"}


def _faults(data: object) -> list[str]:
    with pytest.raises(RecordsInvalid) as caught:
        records_from_json(data)
    return [f"{problem.code} {problem.evidence[0]}" for problem in caught.value.problems]


def test_hand_written_records_need_only_what_they_say() -> None:
    report = records_from_json({"agency": {"name": "เทศบาลตำบลบ้านสวนพลู"}, "fiscal_year_be": 2568, "rows": [MEASURE]})
    row = report.rows[0]
    assert isinstance(row, Measure)
    assert (row.measure, row.seq, row.steps, row.period) == ("จัดทำคู่มือ", "๑", (), None)
    assert report.document_type is Kind.MEASURES_REPORT
    assert report.report_period == Span("ปีงบประมาณ 2568", *fiscal_year(2568), ("report_period",))


def test_running_numbers_start_again_in_every_issue() -> None:
    rows = [{**MEASURE, "issue_no": issue, "issue_title": "ก"} for issue in (1, 1, 2)]
    assert [row.seq for row in records_from_json({"rows": rows}).rows] == ["๑", "๒", "๑"]


def test_an_explicit_null_is_not_numbered() -> None:
    assert [row.seq for row in records_from_json({"rows": [{**MEASURE, "seq": None}]}).rows] == [None]


def test_a_period_of_words_alone_gets_the_days_that_they_name() -> None:
    row = records_from_json({"fiscal_year_be": 2568, "rows": [{**MEASURE, "period": "ไตรมาสที่ ๑"}]}).rows[0]
    assert isinstance(row, Measure) and row.period is not None
    assert (row.period.text, str(row.period.start), str(row.period.end)) == ("ไตรมาสที่ ๑", "2024-10-01", "2024-12-31")


def test_due_items_of_words_alone_get_their_day() -> None:
    topic = {"kind": "tracking", "topic": "ข่าว", "steps": ["ก", "ข"], "due": ["รายงานผล ภายในเดือนมกราคม ๒๕๖๘"]}
    row = records_from_json({"fiscal_year_be": 2568, "rows": [topic]}).rows[0]
    assert isinstance(row, Tracking)
    assert (str(row.due[0].date), row.step_numbers) == ("2025-01-31", (1, 2))


def test_an_indicator_with_a_state_has_three_boxes() -> None:
    rows = [{"kind": "indicator", "no": 4, "name": "ก", "status": "done"}, {"kind": "indicator", "no": 5, "name": "ข"}]
    found = [row for row in records_from_json({"rows": rows}).rows if isinstance(row, IndicatorPlan)]
    assert [row.boxes for row in found] == [3, 0]


def test_every_fault_is_named_at_once_with_its_place() -> None:
    data = {
        "fiscal_year_be": "สองพัน",
        "memo": {"date": "2567-03-30"},
        "overall": {"score": "เก้าสิบ"},
        "rows": [
            MEASURE,
            {"kind": "measure", "steps": "ก"},
            {**MEASURE, "period": {"text": "ก", "start": "30/09/2567", "end": 2567}, "meassure": "ข"},
            {"kind": "meazure"},
            "แถว",
        ],
    }
    assert _faults(data) == [
        "RECORD_FIELD_MISSING rows[1].measure",
        "RECORD_VALUE_WRONG rows[1].steps",
        "RECORD_FIELD_UNKNOWN rows[2].meassure",
        "RECORD_VALUE_WRONG rows[2].period.start",
        "RECORD_VALUE_WRONG rows[2].period.end",
        "RECORD_VALUE_WRONG rows[3].kind",
        "RECORD_VALUE_WRONG rows[4].kind",
        "RECORD_BUDDHIST_YEAR memo.date",
        "RECORD_VALUE_WRONG fiscal_year_be",
        "RECORD_VALUE_WRONG overall.score",
    ]


def test_faults_are_said_in_thai_and_english() -> None:
    with pytest.raises(RecordsInvalid) as caught:
        records_from_json({"rows": [{**MEASURE, "steps": "ก"}]})
    problem = caught.value.problems[0]
    assert problem.message_th == "rows[0].steps: ต้องเป็นรายการใน [ ]"
    assert problem.message.startswith("rows[0].steps: Input should be a valid tuple")
    assert caught.value.one_line == "ข้อมูลสำหรับเขียนเอกสารใช้ไม่ได้: rows[0].steps: ต้องเป็นรายการใน [ ]"


def test_many_faults_are_counted_in_one_line() -> None:
    with pytest.raises(RecordsInvalid) as caught:
        records_from_json({"rows": [{"kind": "measure"}] * 8})
    assert caught.value.one_line.endswith("และอีก 3 แห่ง")


@pytest.mark.parametrize("data", [None, [], "ก", 7])
def test_what_is_no_report_is_refused(data: object) -> None:
    assert _faults(data) == ["RECORD_VALUE_WRONG ทั้งไฟล์"]


def test_rows_that_are_no_list_are_refused() -> None:
    assert _faults({"rows": {"kind": "measure"}}) == ["RECORD_VALUE_WRONG rows"]


def test_scores_keep_their_decimals() -> None:
    report = records_from_json({"indicators": [{"no": 1, "score": 93.1875}], "overall": {"score": 92.1}})
    assert [str(report.indicators[0].score), str(report.overall.score)] == ["93.1875", "92.1"]


def test_texts_are_taken_as_they_are_printed() -> None:
    row = records_from_json({"rows": [{**MEASURE, "measure": "ทํา  คู่มือ\nใหม่"}]}).rows[0]
    assert isinstance(row, Measure)
    assert row.measure == "ทำ คู่มือ ใหม่"


def test_a_letter_is_checked_the_same_way() -> None:
    data = json.loads(json.dumps(samples.load("letter")))
    data["enclosures"][1] = {"amount": "๑ ฉบับ"}
    data["salutation"] = "สวัสดี"
    del data["signer"]["name"]
    with pytest.raises(RecordsInvalid) as caught:
        letter.from_json(data)
    assert [problem.evidence[0] for problem in caught.value.problems] == [
        "salutation",
        "enclosures[1].what",
        "signer.name",
    ]
