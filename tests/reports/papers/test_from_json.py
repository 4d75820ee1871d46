"""Records from JSON: what may be left out, and every fault with its place."""

import json
from pathlib import Path

import pytest

from prongsai.errors import RecordsInvalid
from prongsai.reports.from_json import records_from_json
from prongsai.reports.load import sample_data
from prongsai.reports.papers import letter
from prongsai.reports.read import read_report
from prongsai.reports.records import IndicatorPlan, Kind, Measure, Span, Tracking
from prongsai.thai.dates import fiscal_year

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
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
        "RECORD_FIELD_MISSING rows[2].measure",
        "RECORD_VALUE_WRONG rows[2].steps",
        "RECORD_FIELD_UNKNOWN rows[3].meassure",
        "RECORD_VALUE_WRONG rows[3].period.start",
        "RECORD_VALUE_WRONG rows[3].period.end",
        "RECORD_VALUE_WRONG rows[4].kind",
        "RECORD_VALUE_WRONG rows[5].kind",
        "RECORD_BUDDHIST_YEAR memo.date",
        "RECORD_VALUE_WRONG fiscal_year_be",
        "RECORD_VALUE_WRONG overall.score",
    ]


def test_faults_are_said_in_thai_and_english() -> None:
    with pytest.raises(RecordsInvalid) as caught:
        records_from_json({"rows": [{**MEASURE, "steps": "ก"}]})
    problem = caught.value.problems[0]
    assert problem.message_th == "rows[1].steps: ต้องเป็นรายการใน [ ]"
    assert problem.message.startswith("rows[1].steps: Input should be a valid tuple")
    assert caught.value.one_line == "ข้อมูลสำหรับเขียนเอกสารใช้ไม่ได้: rows[1].steps: ต้องเป็นรายการใน [ ]"


def test_an_unknown_kind_of_row_is_told_with_those_there_are() -> None:
    with pytest.raises(RecordsInvalid) as caught:
        records_from_json({"rows": [{"kind": "meazure"}]})
    problem = caught.value.problems[0]
    assert problem.message_th == "rows[1].kind: ใช้ค่านี้ไม่ได้ ต้องเป็น gap, measure, indicator, tracking"
    assert problem.evidence == ("rows[1].kind", "'meazure'")


def _period(**more: object) -> dict[str, object]:
    period = {"text": "ไตรมาสที่ ๑", "start": "2024-10-01", "end": "2024-12-31", **more}
    return {"fiscal_year_be": 2568, "rows": [MEASURE, {**MEASURE, "period": period}]}


def test_a_period_whose_words_and_days_contradict_each_other_is_refused() -> None:
    assert records_from_json(_period()).rows[1].period.text == "ไตรมาสที่ ๑"
    with pytest.raises(RecordsInvalid) as caught:
        records_from_json(_period(end="2025-03-31"))
    (problem,) = caught.value.problems
    days = "2024-10-01 – 2024-12-31"
    assert problem.code == "RECORD_PERIOD_CONTRADICTS"
    assert problem.message_th == (
        f"rows[2].period: ข้อความ “ไตรมาสที่ ๑” หมายถึง {days} แต่ start และ end ระบุ 2024-10-01 – 2025-03-31"
    )
    assert problem.message.endswith(f"says {days}, but start and end say 2024-10-01 – 2025-03-31")
    assert problem.evidence == ("rows[2].period", "ไตรมาสที่ ๑", "2024-10-01 – 2025-03-31")


def test_the_period_of_the_report_is_held_the_same_way_and_beside_other_faults() -> None:
    period = {"text": "๑ ตุลาคม ๒๕๖๗ – ๓๑ มีนาคม ๒๕๖๘", "start": "2023-10-01"}
    data = {"fiscal_year_be": 2568, "report_period": period, "rows": [{"kind": "measure"}]}
    assert _faults(data) == ["RECORD_FIELD_MISSING rows[1].measure", "RECORD_PERIOD_CONTRADICTS report_period"]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "ตามที่กำหนดในแผน"},
        {"text": "ภายในวันที่ ๓๑ ธันวาคม ๒๕๖๗"},
        {"start": None, "end": None},
        {"start": None},
        {"inferred": ["fiscal_year"]},
    ],
)
def test_words_and_days_that_do_not_exclude_each_other_are_taken(change: dict[str, object]) -> None:
    assert len(records_from_json(_period(**change)).rows) == 2


def test_last_year_s_days_under_the_words_of_this_year_are_a_contradiction() -> None:
    assert _faults({**_period(inferred=["fiscal_year"]), "fiscal_year_be": 2569}) == [
        "RECORD_PERIOD_CONTRADICTS rows[2].period"
    ]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.txt")), ids=lambda path: path.name)
def test_what_reading_prints_is_taken_back_whole(path: Path) -> None:
    report = read_report(path)
    assert records_from_json(json.loads(json.dumps(report.to_json()))).to_json() == report.to_json()


@pytest.mark.parametrize("data", [None, [], "ก", 7])
def test_what_is_no_report_is_refused(data: object) -> None:
    assert _faults(data) == ["RECORD_VALUE_WRONG "]


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
    data = sample_data("letter")
    data["enclosures"][1] = {"amount": "๑ ฉบับ"}
    data["salutation"] = "สวัสดี"
    del data["signer"]["name"]
    with pytest.raises(RecordsInvalid) as caught:
        letter.from_json(data)
    assert [problem.evidence[0] for problem in caught.value.problems] == [
        "salutation",
        "enclosures[2].what",
        "signer.name",
    ]
