"""Records of forms from JSON: all that the loader tells, and what the form itself asks for."""

import copy
import json
from importlib.resources import files

import pytest

from prongsai.errors import RecordsInvalid
from prongsai.reports.forms import committee_order, procurement_summary, zero_report

ROLES = "'chair', 'vice_chair', 'member', 'secretary' หรือ 'assistant'"


def data_of(kind) -> dict:
    return json.loads(files("prongsai.reports").joinpath(f"data/samples/{kind.NAME}.json").read_text(encoding="utf-8"))


def faults(kind, data) -> list[tuple[str, str]]:
    with pytest.raises(RecordsInvalid) as raised:
        kind.from_json(data)
    return [(problem.code, problem.message_th) for problem in raised.value.problems]


def test_every_fault_is_named_at_once_with_its_place():
    data = data_of(committee_order)
    del data["subject"]
    data["number"] = "สี่ร้อย"
    data["appointees"][1]["role"] = "king"
    data["appointees"][2]["nmae"] = "ก"
    data["effective"] = "2568-10-01"
    assert faults(committee_order, data) == [
        ("RECORD_FIELD_UNKNOWN", "appointees[3].nmae: ไม่มีช่องชื่อนี้"),
        ("RECORD_BUDDHIST_YEAR", "effective: เป็นปี พ.ศ. ต้องใช้ปี ค.ศ. เช่น 2024-03-31"),
        ("RECORD_VALUE_WRONG", "number: ต้องเป็นจำนวนเต็ม"),
        ("RECORD_FIELD_MISSING", "subject: ขาดช่องนี้"),
        ("RECORD_VALUE_WRONG", f"appointees[2].role: ใช้ค่านี้ไม่ได้ ต้องเป็น {ROLES}"),
    ]


def test_required_values_left_empty_and_numbers_that_do_not_fit_are_named():
    data = data_of(procurement_summary)
    data["agency"] = " - "
    data["purchases"][0]["budget_thb"] = "100.005"
    data["purchases"][1]["bidders"] = []
    assert faults(procurement_summary, data) == [
        ("FORM_VALUE_MISSING", "ยังไม่ได้กรอก agency (หน่วยงาน)"),
        ("FORM_VALUE_UNFIT", "purchases[1].budget_thb (วงเงินที่จะซื้อหรือจ้าง (บาท)): ใช้ค่า “100.005” ไม่ได้"),
        ("FORM_VALUE_MISSING", "ยังไม่ได้กรอก purchases[2].bidders (รายชื่อผู้เสนอราคาและราคาที่เสนอ)"),
    ]


def test_month_must_be_its_first_day():
    data = data_of(procurement_summary) | {"month": "2025-11-02"}
    assert faults(procurement_summary, data) == [("FORM_VALUE_UNFIT", "month (เดือนที่รายงาน): ใช้ค่า “2025-11-02” ไม่ได้")]


def test_signer_without_a_name_is_named():
    data = data_of(zero_report)
    data["signer"]["name"] = ""
    assert faults(zero_report, data) == [("FORM_VALUE_MISSING", "ยังไม่ได้กรอก signer.name (ผู้รับรอง)")]


def test_texts_are_taken_as_they_are_printed():
    data = copy.deepcopy(data_of(zero_report))
    data["unit"] = "สำนักปลัด\n เทศบาล\u200b"
    data["months"] = []
    report = zero_report.from_json(data)
    assert (report.unit, report.months) == ("สำนักปลัด เทศบาล", ())


@pytest.mark.parametrize("data", [None, [], "ก", 3])
def test_what_is_no_record_is_refused(data):
    assert len(faults(committee_order, data)) == 1


def test_a_dash_is_nothing_and_leaves_places_as_they_were_counted():
    data = data_of(committee_order)
    data["supersedes"] = "......"
    data["reasons"] = ["-", "เหตุผล", ""]
    data["appointees"] = ["-", {"name": "ก"}]
    assert faults(committee_order, data) == [
        ("RECORD_VALUE_WRONG", "appointees[1]: ต้องเป็นกลุ่มข้อมูลใน { }"),
        ("RECORD_FIELD_MISSING", "appointees[2].position: ขาดช่องนี้"),
        ("RECORD_FIELD_MISSING", "appointees[2].role: ขาดช่องนี้"),
    ]
    order = committee_order.from_json(data | {"appointees": data_of(committee_order)["appointees"]})
    assert (order.supersedes, order.reasons) == ("", ("เหตุผล",))


def test_a_list_left_out_is_not_taken_for_a_statement_that_there_is_nothing():
    data = data_of(zero_report)
    del data["months"]
    assert faults(zero_report, data) == [("RECORD_FIELD_MISSING", "months: ขาดช่องนี้")]
