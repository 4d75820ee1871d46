"""What people write by hand: nameless signers and unknown words are refused, list marks come back as they were read."""

import copy
from typing import Any

import pytest

from prongsai.documents.model import Document, Picture
from prongsai.documents.plain import plain
from prongsai.errors import RecordsInvalid
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.load import sample_data
from prongsai.reports.papers import letter, measures_report, tracking_6
from prongsai.reports.papers.options import Options
from prongsai.reports.records import Report
from tests.reports.papers.same import same_records

MARKED = (["- ประชุม", "- ยกร่าง"], ["๑) ประชุม", "๒) ยกร่าง"], ["- ประชุม"], ["๑) ประชุม"], ["1. ประชุม"])


def _faults(name: str, data: object) -> list[tuple[str, str]]:
    with pytest.raises(RecordsInvalid) as caught:
        paper_kind(name).from_json(data)
    return [(problem.code, problem.evidence[0]) for problem in caught.value.problems]


def _report(**row: Any) -> Report:
    return measures_report.from_json({"agency": {"name": "เทศบาลตำบลบ้านสวนพลู"}, "fiscal_year_be": 2568, "rows": [row]})


@pytest.mark.parametrize("kind", ["letter", "memo", "announcement"])
@pytest.mark.parametrize("name", ["", "  ", "......", "-"])
def test_a_signer_without_a_name_is_refused(kind: str, name: str) -> None:
    data = sample_data(kind)
    data["signer"]["name"] = name
    assert _faults(kind, data) == [("RECORD_NAME_BLANK", "signer.name")]


def test_faults_of_who_signs_come_with_all_others() -> None:
    data = sample_data("letter")
    data["signer"]["name"], data["weather"] = "", "fine"
    assert _faults("letter", data) == [("RECORD_FIELD_UNKNOWN", "weather"), ("RECORD_NAME_BLANK", "signer.name")]


def test_signatories_need_names_and_known_words() -> None:
    data = copy.deepcopy(sample_data("measures-report"))
    first, second = data["signatories"][:2]
    first["name"], first["capacity"], second["part"] = "", "boss", "somewhere"
    assert _faults("measures-report", data) == [
        ("RECORD_NAME_BLANK", "signatories[1].name"),
        ("RECORD_VALUE_WRONG", "signatories[1].capacity"),
        ("RECORD_VALUE_WRONG", "signatories[2].part"),
    ]


def test_a_report_on_no_rows_is_refused() -> None:
    report = measures_report.from_json({"agency": {"name": "เทศบาลตำบลบ้านสวนพลู"}, "fiscal_year_be": 2568})
    with pytest.raises(RecordsInvalid) as caught:
        measures_report.compose(report)
    assert caught.value.one_line == "rows: measures-report ต้องมีแถวอย่างน้อยหนึ่งแถว"


def _differences(given: Report, document: Document) -> list[str]:
    return same_records(given.rows, measures_report.recognise(plain(document)).rows)


@pytest.mark.parametrize("items", MARKED)
@pytest.mark.parametrize("field", ["steps", "results", "outcomes"])
def test_marked_items_of_a_measure_come_back_as_given(field: str, items: list[str]) -> None:
    row = {"kind": "measure", "issue_no": 1, "issue_title": "กระบวนการปฏิบัติงาน", "measure": "จัดทำคู่มือ",
           "steps": ["ตรวจ", "สอบ"], "period": "ไตรมาสที่ ๑", "responsible": ["กองคลัง"], "results": ["มีคู่มือ"],
           "outcomes": ["ลดเวลา"], field: items}  # fmt: skip
    given = _report(**row)
    assert _differences(given, measures_report.compose(given)) == []


@pytest.mark.parametrize("items", MARKED)
@pytest.mark.parametrize("field", ["guidance", "progress"])
def test_marked_items_of_an_indicator_come_back_as_given(field: str, items: list[str]) -> None:
    row = {"kind": "indicator", "no": 4, "name": "การใช้ทรัพย์สินของราชการ", "guidance": ["ทำทะเบียน"], "period": "ไตรมาสที่ ๑",
           "responsible": ["กองคลัง"], "progress": ["ทำแล้ว"], "status": "done", "ticked": ["ดำเนินการแล้วเสร็จ"],
           field: items}  # fmt: skip
    given = _report(**row)
    assert _differences(given, measures_report.compose(given)) == []


@pytest.mark.parametrize("items", MARKED)
def test_marked_steps_of_a_topic_come_back_as_given(items: list[str]) -> None:
    row = {"kind": "tracking", "topic": "การเปิดเผยข้อมูล", "responsible": ["กองคลัง"], "steps": items}
    given = _report(**row)
    assert _differences(given, tracking_6.compose(given)) == []


def test_owners_lose_their_dash() -> None:
    row = _report(kind="measure", measure="จัดทำคู่มือ", responsible=["- กองคลัง", "- กองช่าง"]).rows[0]
    assert row.responsible == ("กองคลัง", "กองช่าง")


@pytest.mark.parametrize("items", [["๑. หนังสือ ก"], ["๑. หนังสือ ก", "๒. หนังสือ ข"], ["1.5 ล้านบาท", "ข"]])
def test_numbered_items_of_a_letter_come_back_as_given(items: list[str]) -> None:
    data = {
        **sample_data("letter"),
        "references": items,
        "copies": items,
        "enclosures": [{"what": what} for what in items],
    }
    given = letter.from_json(data)
    assert same_records(given, letter.recognise(plain(letter.compose(given)))) == []


def _says(document: Document) -> list[str]:
    return [block.says for block in document.blocks if isinstance(block, Picture)]


def test_progress_is_drawn_by_owner_and_together() -> None:
    plans = [
        {"kind": "indicator", "no": no, "name": "ก", "responsible": owners, "status": status}
        for no, owners, status in ((1, ["กองคลัง"], "done"), (2, ["กองคลัง", "กองช่าง"], "in_progress"), (3, [], None))
    ]
    report = measures_report.from_json({"fiscal_year_be": 2568, "rows": plans})
    state = "ดำเนินการแล้วเสร็จ {} อยู่ระหว่างดำเนินการ {} ยังไม่ได้ดำเนินการ {}".format
    told = [f"กองคลัง: {state(1, 1, 0)}", f"กองช่าง: {state(0, 1, 0)}", f"ทราบสถานะ ๒ จาก ๓ ตัวชี้วัด: {state(1, 1, 0)}"]
    assert _says(measures_report.compose(report)) == [f"ความคืบหน้าการดำเนินการรายตัวชี้วัด: {'; '.join(told)}"]
    assert _says(measures_report.compose(report, Options(charts=()))) == []


def test_no_progress_is_drawn_where_no_state_is_known() -> None:
    report = measures_report.from_json({"rows": [{"kind": "indicator", "no": 1, "name": "ก"}]})
    assert _says(measures_report.compose(report)) == []
