"""Layouts of other offices: the same records, however an office orders, words and draws its tables and its letters."""

from datetime import date
from decimal import Decimal

import pytest

from prongsai.documents.read.html import read as read_html
from prongsai.reports.heads import likenesses
from prongsai.reports.read import recognise
from prongsai.reports.records import Gap, IndicatorPlan, Kind, Measure, Report, Signatory, Tracking
from tests.reports.papers import MEASURE_HEAD, TITLE, codes, days, html, paper, pipe, row, rows, tab

MEMO = "บันทึกข้อความ\nส่วนราชการ สำนักปลัดเทศบาล เทศบาลตำบลบ้านสวนพลู\nที่ ลบ ๕๒๗๐๑/๑๒๓ วันที่ ๑๐ ตุลาคม ๒๕๖๘\nเรื่อง รายงานผล\n"


def signed(text: str) -> list[tuple[str, str | None, str]]:
    return [(person.name, person.position, person.capacity) for person in paper(text).signatories]


# Tables


def test_columns_in_another_order_under_other_names() -> None:
    found = row(
        TITLE
        + pipe(
            ("หน่วยงานที่รับผิดชอบ", "กิจกรรม/โครงการ", "ผลสัมฤทธิ์", "ผลการดำเนินงาน", "วิธีดำเนินการ", "ห้วงเวลา", "ที่"),
            (
                "กองคลัง",
                "เปิดเผยแผนจัดซื้อ",
                "1. แข่งขันมากขึ้น",
                "1. ประกาศแผน 2. แจ้งเวียน",
                "1. รวบรวม 2. ประกาศ",
                "ไตรมาส 1",
                "1",
            ),
        )
    )
    assert (found.seq, found.measure, found.responsible) == ("1", "เปิดเผยแผนจัดซื้อ", ("กองคลัง",))
    assert (found.steps, found.results) == (("รวบรวม", "ประกาศ"), ("ประกาศแผน", "แจ้งเวียน"))
    assert (found.outcomes, days(found.period)) == (("แข่งขันมากขึ้น",), ("2024-10-01", "2024-12-31"))


@pytest.mark.parametrize(
    ("notes", "owners", "kept"),
    [
        ("ผู้รับผิดชอบ : กองช่าง", ("กองช่าง",), None),
        ("ผู้รับผิดชอบ สำนักปลัดเทศบาล งานนิติการ", ("สำนักปลัดเทศบาล", "งานนิติการ"), None),
        ("กองคลัง, กองช่าง", ("กองคลัง", "กองช่าง"), None),
        ("ไม่ใช้งบประมาณ", (), "ไม่ใช้งบประมาณ"),
        ("เลื่อนจากไตรมาสที่ ๒", (), "เลื่อนจากไตรมาสที่ ๒"),
        ("-", (), None),
    ],
)
def test_owners_under_notes_are_owners_and_other_notes_stay_notes(
    notes: str, owners: tuple[str, ...], kept: str | None
) -> None:
    head = ("ลำดับที่", "มาตรการ/กิจกรรมที่ดำเนินการ", "ระยะเวลาดำเนินการ", "สรุปผลการดำเนินการ", "ผลลัพธ์หรือความสำเร็จ", "หมายเหตุ")
    found = row(tab(head, ("๑", "จัดทำคู่มือ", "ต.ค. ๒๕๖๗", "- ทำแล้ว", "- ใช้จริง", notes)))
    assert (found.responsible, found.notes) == (owners, kept)


def test_several_tables_on_a_page_each_go_to_their_own_records() -> None:
    found = paper(
        TITLE
        + "\nคะแนนรายตัวชี้วัด\n" + tab(("ตัวชี้วัด", "คะแนน"), ("1. การปฏิบัติหน้าที่", "93.18"), ("2. การใช้งบประมาณ", "88.46"))
        + "คณะทำงาน\n" + tab(("ชื่อ - สกุล", "ตำแหน่งในคณะทำงาน", "โทรศัพท์"), ("นายสมภพ วัฒนาเรืองชัย", "ประธาน", "101"))
        + "มาตรการ\n" + tab(MEASURE_HEAD, ("1", "จัดทำคู่มือ", "1. ยกร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง"))
    )  # fmt: skip
    assert [(score.no, score.title, score.score) for score in found.indicators] == [
        (1, "การปฏิบัติหน้าที่", Decimal("93.18")),
        (2, "การใช้งบประมาณ", Decimal("88.46")),
    ]
    assert [record.measure for record in found.rows if isinstance(record, Measure)] == ["จัดทำคู่มือ"]
    assert codes(found) == ["TABLE_UNREAD"]
    assert found.needs_person is False


def test_issue_as_a_column_whose_empty_cells_go_on() -> None:
    head = ("ประเด็น", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ")
    found = rows(
        tab(
            head,
            ("1. การให้บริการ", "จัดทำคู่มือ", "กองช่าง", "ไตรมาส 1", "- มีคู่มือ"),
            ("", "ลดขั้นตอน", "กองคลัง", "ไตรมาส 2", "- ลดแล้ว"),
            ("ประเด็นที่ 2 การใช้ทรัพย์สิน", "คุมการยืม", "งานพัสดุ", "ไตรมาส 3", "- มีทะเบียน"),
        )
    )
    assert [(record.issue_no, record.issue_title, record.measure) for record in found] == [
        (1, "การให้บริการ", "จัดทำคู่มือ"),
        (1, "การให้บริการ", "ลดขั้นตอน"),
        (2, "การใช้ทรัพย์สิน", "คุมการยืม"),
    ]


def test_head_of_two_lines_with_start_and_end_as_tabs() -> None:
    found = row(
        TITLE
        + tab(
            ("ลำดับ", "มาตรการ/กิจกรรม", "ระยะเวลาดำเนินการ", "", "ผู้รับผิดชอบ", "ผลการดำเนินการ"),
            ("", "", "เริ่มต้น", "สิ้นสุด", "", ""),
            ("1", "จัดทำคู่มือ", "1 ต.ค. 2567", "31 ม.ค. 2568", "กองช่าง", "- มีคู่มือ"),
        )
    )
    assert (found.measure, days(found.period)) == ("จัดทำคู่มือ", ("2024-10-01", "2025-01-31"))
    assert found.responsible == ("กองช่าง",)


def test_head_of_two_lines_merged_in_html() -> None:
    text = (
        "<table><tr><th rowspan=2>ลำดับ</th><th rowspan=2>มาตรการ</th><th colspan=2>ระยะเวลา</th><th rowspan=2>ผู้รับผิดชอบ</th>"
        "<th rowspan=2>ผลการดำเนินการ</th></tr><tr><th>เริ่ม</th><th>สิ้นสุด</th></tr>"
        "<tr><td>1</td><td>จัดทำคู่มือ</td><td>1 ต.ค. 2567</td><td>31 ม.ค. 2568</td><td>กองช่าง</td><td>- มีคู่มือ</td></tr></table>"
    )  # fmt: skip
    found = row(text)
    assert (found.seq, found.measure, found.responsible) == ("1", "จัดทำคู่มือ", ("กองช่าง",))
    assert days(found.period) == ("2024-10-01", "2025-01-31")


def test_a_row_that_counts_the_columns_is_no_row() -> None:
    found = paper(
        tab(
            MEASURE_HEAD,
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
            ("1", "จัดทำคู่มือ", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "-", "-"),
        )
    )
    assert found.printed_rows == 1


def test_measures_numbered_within_their_issue() -> None:
    found = rows(
        TITLE
        + "ประเด็นที่ 1 การให้บริการ\n"
        + tab(
            MEASURE_HEAD,
            ("1.1", "จัดทำคู่มือ", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง"),
            ("1.2", "ลดขั้นตอน", "1. สำรวจ", "ไตรมาส 2", "กองคลัง", "1. ลดแล้ว", "1. เร็วขึ้น"),
        )
    )
    assert [(record.issue_no, record.seq, record.measure) for record in found] == [
        (1, "1.1", "จัดทำคู่มือ"),
        (1, "1.2", "ลดขั้นตอน"),
    ]
    assert [record.origin.doubts for record in found] == [(), ()]


def test_a_head_misread_beyond_its_wordings_is_no_row() -> None:
    first = ("1", "จัดทำคู่มือ", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง")
    misread = (
        "สำตับ",
        "มาตราร/กิจกรบ",
        "ขั้นตนหรือวิธการปฏิบต",
        "ระยเวสาในการคำเนิน",
        "ผู้รบผดชอบ",
        "สรปผสการดำเนนการตามมตรการ",
        "ผลสพธ์หรือควมสำเรจ",
    )
    found = paper(TITLE + tab(MEASURE_HEAD, first, misread, ("2", "ลดขั้นตอน", *first[2:])))
    assert [record.seq for record in found.rows if isinstance(record, Measure)] == ["1", "2"]


def test_words_in_the_number_column_are_said() -> None:
    found = paper(
        TITLE + tab(MEASURE_HEAD, ("ยกเลิก", "จัดทำคู่มือ", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง"))
    )
    assert codes(found) == ["ROW_NUMBER_ODD"]


def test_issue_headings_merged_over_all_columns_in_html() -> None:
    text = (
        "<table><tr>" + "".join(f"<td>{head}</td>" for head in MEASURE_HEAD) + "</tr>"
        "<tr><td colspan=7>ประเด็นที่ ๓ การประชาสัมพันธ์</td></tr>"
        "<tr><td>๑</td><td>ปรับเว็บไซต์</td><td>๑. ตรวจ</td><td>ตลอดปี</td><td>งานประชาสัมพันธ์</td><td>๑. ปรับแล้ว</td><td>๑. หาง่าย</td></tr></table>"
    )  # fmt: skip
    assert (row(text).issue_no, row(text).issue_title, row(text).measure) == (3, "การประชาสัมพันธ์", "ปรับเว็บไซต์")


def test_issue_and_owner_merged_over_rows_in_html() -> None:
    text = (
        "<table border=1><thead><tr><th>ประเด็นที่ต้องพัฒนา</th><th>มาตรการ</th><th>ผู้รับผิดชอบ</th><th>ระยะเวลา</th><th>ผลการดำเนินงาน</th></tr></thead>"
        "<tbody><tr><td rowspan='2'>1. การใช้งบประมาณ</td><td>เปิดเผยแผน</td><td rowspan='2'>กองคลัง</td><td>ไตรมาส 1</td><td>- ประกาศแล้ว</td></tr>"
        "<tr><td>รายงานรายเดือน</td><td>ไตรมาส 1 - 4</td><td>- รายงานครบ</td></tr></tbody></table>"
    )  # fmt: skip
    assert [(record.issue_no, record.measure, record.responsible, record.results) for record in rows(text)] == [
        (1, "เปิดเผยแผน", ("กองคลัง",), ("ประกาศแล้ว",)),
        (1, "รายงานรายเดือน", ("กองคลัง",), ("รายงานครบ",)),
    ]


def test_number_and_title_merged_over_rows_but_printed_once() -> None:
    head = ("ลำดับ", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ", "ผลการดำเนินการ")
    first, second = rows(
        tab(
            head,
            ("1", "จัดทำคู่มือ", "ยกร่าง", "ไตรมาส 1", "กองช่าง", "ร่างแล้ว"),
            ("", "", "เผยแพร่", "ไตรมาส 2", "กองคลัง", "เผยแพร่แล้ว"),
        )
    )
    assert (first.measure, first.steps, first.responsible) == ("จัดทำคู่มือ", ("ยกร่าง",), ("กองช่าง",))
    assert (second.seq, second.measure, second.steps, second.responsible) == ("1", "จัดทำคู่มือ", ("เผยแพร่",), ("กองคลัง",))
    assert "title_inherited" in second.origin.doubts


def test_a_title_wrapped_into_a_second_row_is_joined_and_said() -> None:
    found = paper(
        TITLE
        + tab(
            MEASURE_HEAD,
            ("1", "จัดทำคู่มือการปฏิบัติงานของ", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง"),
            ("", "ทุกกองให้เป็นปัจจุบัน", "", "", "", "", ""),
        )
    )
    (record,) = found.rows
    assert isinstance(record, Measure)
    assert record.measure == "จัดทำคู่มือการปฏิบัติงานของ ทุกกองให้เป็นปัจจุบัน"
    assert codes(found) == ["ROW_JOINED"]


@pytest.mark.parametrize(
    "head", ["งบประมาณ (บาท)", "งบประมาณ", "ตัวชี้วัดความสำเร็จ", "กลุ่มเป้าหมาย", "พื้นที่ดำเนินการ", "เอกสารหลักฐาน"]
)
def test_columns_without_a_field_are_kept_apart(head: str) -> None:
    heads = (*MEASURE_HEAD[:2], head, *MEASURE_HEAD[2:])
    found = row(
        TITLE + tab(heads, ("1", "จัดทำคู่มือ", "ตามเอกสาร", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง"))
    )
    assert found.origin.extra == {head: "ตามเอกสาร"}
    assert (found.measure, found.steps, found.results, found.origin.confidence) == ("จัดทำคู่มือ", ("ร่าง",), ("เสร็จ",), 1.0)


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("ต.ค. 66 - ก.ย. 67", "2023-10-01", "2024-09-30"),
        ("ต.ค. 67 – มี.ค. 68", "2024-10-01", "2025-03-31"),
        ("ภายใน 31 มี.ค. 2568", None, "2025-03-31"),
        ("ภายในวันที่ 15 กุมภาพันธ์ 2568", None, "2025-02-15"),
        ("ไตรมาส 2/2568", "2025-01-01", "2025-03-31"),
        ("ไตรมาสที่ 1-4", "2024-10-01", "2025-09-30"),
        ("ไตรมาสที่ ๑ และ ๒", "2024-10-01", "2025-03-31"),
        ("ตุลาคม 2567 - กันยายน 2568", "2024-10-01", "2025-09-30"),
        ("มกราคม 2568", "2025-01-01", "2025-01-31"),
        ("1 ต.ค. 67 ถึง 30 ก.ย. 68", "2024-10-01", "2025-09-30"),
        ("รอบ 6 เดือนแรก", "2024-10-01", "2025-03-31"),
        ("ตลอดปี", "2024-10-01", "2025-09-30"),
        ("เดือนละ 1 ครั้ง", None, None),
        ("ทุกวันทำการ", None, None),
    ],
)
def test_periods_as_offices_write_them(printed: str, start: str | None, end: str | None) -> None:
    found = row(TITLE + tab(MEASURE_HEAD, ("1", "จัดทำคู่มือ", "1. ร่าง", printed, "กองช่าง", "1. เสร็จ", "1. ใช้จริง")))
    assert (days(found.period), found.period.text) == ((start, end), printed)


def test_a_due_column_of_a_plan_of_measures_is_its_period() -> None:
    head = ("ที่", "มาตรการ", "ขั้นตอน/วิธีการ", "กำหนดแล้วเสร็จ", "ผู้รับผิดชอบ", "ผลการดำเนินการ")
    found = row(TITLE + tab(head, ("1", "จัดทำคู่มือ", "1. ร่าง 2. เวียน", "31 มี.ค. 2568", "กองช่าง", "- เสร็จแล้ว")))
    assert (found.kind, days(found.period), found.steps) == ("measure", (None, "2025-03-31"), ("ร่าง", "เวียน"))


def test_letters_as_list_marks() -> None:
    found = row(
        tab(
            MEASURE_HEAD, ("1", "จัดทำคู่มือ", "ก. ประชุม ข. ยกร่าง ค. เผยแพร่", "-", "กองช่าง", "1.1 ประชุมแล้ว 1.2 ร่างแล้ว", "-")
        )
    )
    assert (found.steps, found.results) == (("ประชุม", "ยกร่าง", "เผยแพร่"), ("ประชุมแล้ว", "ร่างแล้ว"))


def test_ticks_as_bullets_are_items() -> None:
    found = row(
        tab(MEASURE_HEAD, ("1", "จัดทำคู่มือ", "✓ ประชุม ✓ ยกร่าง", "-", "กองช่าง", "● ประชุมแล้ว ● ร่างแล้ว", "➢ ใช้จริง ➢ เร็วขึ้น"))
    )
    assert (found.steps, found.results, found.outcomes) == (
        ("ประชุม", "ยกร่าง"),
        ("ประชุมแล้ว", "ร่างแล้ว"),
        ("ใช้จริง", "เร็วขึ้น"),
    )


@pytest.mark.parametrize(
    ("boxes", "status"),
    [
        ("☑ แล้วเสร็จ ☐ อยู่ระหว่างดำเนินการ ☐ ยังไม่ดำเนินการ", "done"),
        ("☐ แล้วเสร็จ ☑ อยู่ระหว่างดำเนินการ ☐ ยังไม่ดำเนินการ", "in_progress"),
        ("( ) แล้วเสร็จ ( ) อยู่ระหว่างดำเนินการ (✓) ยังไม่ดำเนินการ", "not_started"),
        ("[/] แล้วเสร็จ [ ] อยู่ระหว่างดำเนินการ", "done"),
        ("□ แล้วเสร็จ ☒ อยู่ระหว่างดำเนินการ", "in_progress"),
    ],
)
def test_boxes_drawn_with_other_signs(boxes: str, status: str) -> None:
    found = row(
        tab(
            ("ตัวชี้วัด", "แนวทางการพัฒนา", "ผู้รับผิดชอบ", "ความก้าวหน้า"),
            ("ตัวชี้วัดที่ 2 การใช้งบประมาณ", "- แจ้งแผน", "กองคลัง", f"- แจ้งแล้ว {boxes}"),
        )
    )
    assert (found.kind, found.no, found.name) == ("indicator", 2, "การใช้งบประมาณ")
    assert (found.status, found.progress, found.guidance) == (status, ("แจ้งแล้ว",), ("แจ้งแผน",))


def test_one_column_a_state_with_a_mark_in_one_of_them() -> None:
    head = ("ที่", "ตัวชี้วัด", "แนวทางการพัฒนา", "ความก้าวหน้า", "แล้วเสร็จ", "อยู่ระหว่างดำเนินการ", "ยังไม่ดำเนินการ")
    found = rows(
        tab(
            head,
            ("1", "การปฏิบัติหน้าที่", "- ลดขั้นตอน", "- ลดแล้ว", "/", "", ""),
            ("2", "การใช้งบประมาณ", "- แจ้งแผน", "- กำลังทำ", "", "✓", ""),
            ("3", "การใช้อำนาจ", "- ออกคำสั่ง", "-", "", "", ""),
        )
    )
    assert [(record.no, record.name, record.status) for record in found] == [
        (1, "การปฏิบัติหน้าที่", "done"),
        (2, "การใช้งบประมาณ", "in_progress"),
        (3, "การใช้อำนาจ", None),
    ]


def test_plan_with_number_and_score_in_columns_of_their_own() -> None:
    head = ("ลำดับ", "ตัวชี้วัด", "คะแนนที่ได้", "แนวทางการยกระดับ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลความก้าวหน้า", "สถานะ")
    found = paper(
        TITLE
        + pipe(
            head,
            (
                "4",
                "การใช้ทรัพย์สินของราชการ",
                "83.94",
                "1. คุมการยืม",
                "กองคลัง",
                "ต.ค. 67 - ก.ย. 68",
                "1. มีทะเบียน",
                "ดำเนินการแล้ว",
            ),
        )
    )
    (plan,) = found.rows
    assert isinstance(plan, IndicatorPlan)
    assert (plan.no, plan.name, plan.score, plan.status) == (4, "การใช้ทรัพย์สินของราชการ", Decimal("83.94"), "done")
    assert [(score.no, score.score) for score in found.indicators] == [(4, Decimal("83.94"))]


def test_gaps_with_a_code_column_and_a_running_number() -> None:
    head = ("ลำดับ", "รหัส", "รายการข้อมูลที่ต้องเผยแพร่", "คะแนนปี 2567", "สาเหตุ", "แนวทางแก้ไข", "หน่วยงานที่รับผิดชอบ")
    found = rows(
        pipe(
            head,
            ("1", "O1", "โครงสร้าง - แสดงแผนผัง - แสดงอัตรากำลัง", "100", "-", "ปรับให้เป็นปัจจุบัน", "สำนักปลัดเทศบาล"),
            ("2", "O14", "รายการการจัดซื้อจัดจ้าง", "0", "ไม่ได้เผยแพร่", "1) เผยแพร่ 2) ตรวจทุกเดือน", "กองคลัง/งานพัสดุ"),
        )
    )
    assert [(gap.code, gap.title, gap.elements, gap.score, gap.prior_action) for gap in found] == [
        ("O1", "โครงสร้าง", ("แสดงแผนผัง", "แสดงอัตรากำลัง"), 100, None),
        ("O14", "รายการการจัดซื้อจัดจ้าง", (), 0, "ไม่ได้เผยแพร่"),
    ]
    assert [(gap.recommendations, gap.units) for gap in found] == [
        (("ปรับให้เป็นปัจจุบัน",), ("สำนักปลัดเทศบาล",)),
        (("เผยแพร่", "ตรวจทุกเดือน"), ("กองคลัง", "งานพัสดุ")),
    ]


def test_gaps_with_advice_by_another_name_and_codes_under_kho() -> None:
    head = ("ลำดับ", "ข้อ", "รายการข้อมูล", "คะแนน", "ปัญหา/อุปสรรค", "แนวทางการปรับปรุง", "ผู้รับผิดชอบ")
    gap = row(pipe(head, ("1", "O7", "ข่าวประชาสัมพันธ์", "0", "ข่าวเก่า", "1. ลงข่าว<br>2. ตรวจวันที่", "งานประชาสัมพันธ์")))
    assert isinstance(gap, Gap)
    assert (gap.code, gap.score, gap.recommendations) == ("O7", 0, ("ลงข่าว", "ตรวจวันที่"))
    assert gap.origin.extra == {"ปัญหา/อุปสรรค": "ข่าวเก่า"}


def test_plan_whose_progress_is_called_result() -> None:
    head = ("ที่", "ตัวชี้วัด", "คะแนน", "แนวทางการพัฒนา", "ผู้รับผิดชอบหลัก", "ห้วงเวลา", "ผลการดำเนินงาน", "สถานะ")
    text = tab(
        head,
        ("๒", "การใช้งบประมาณ", "๘๘.๔๖", "ชี้แจงแผน", "กองคลัง", "ไตรมาส ๑-๒", "ชี้แจงแล้ว ๒ ครั้ง", "☐ แล้วเสร็จ ☑ อยู่ระหว่าง"),
    )
    plan = row(TITLE + text)
    assert isinstance(plan, IndicatorPlan)
    assert (plan.guidance, plan.progress, plan.status) == (("ชี้แจงแผน",), ("ชี้แจงแล้ว ๒ ครั้ง",), "in_progress")


def test_of_two_years_of_scores_the_newer_counts_and_the_older_is_kept() -> None:
    head = ("ข้อ", "ข้อมูลที่ต้องเปิดเผย", "คะแนนปี 2566", "คะแนนปี 2567", "ข้อเสนอแนะ", "ผู้รับผิดชอบ")
    gap = row(tab(head, ("O7", "ข่าวประชาสัมพันธ์ : - ข่าวของปี", "0", "100", "- ทำต่อ", "งานประชาสัมพันธ์")))
    assert isinstance(gap, Gap)
    assert (gap.score, gap.origin.extra) == (100, {"คะแนนปี 2566": "0"})


def test_score_table_with_parts_instruments_and_a_total() -> None:
    found = paper(
        tab(
            ("เครื่องมือ", "ตัวชี้วัด", "คะแนน"),
            ("IIT", "1 การปฏิบัติหน้าที่", "93.18"),
            ("", "ตัวชี้วัดที่ 2 การใช้งบประมาณ", "88.46"),
            ("OIT", "9. การเปิดเผยข้อมูล", "95.50"),
            ("", "9.1 ข้อมูลพื้นฐาน", "100"),
            ("", "9.2 การบริหารงาน", "91.00"),
            ("", "ตัวชี้วัดที่ 10 การป้องกันการทุจริต", "93.75"),
            ("", "คะแนนรวม ระดับ ผ่านดี", "91.12"),
        )
    )
    assert found.document_type is Kind.SCORE_TABLE
    assert [(score.no, score.title, score.score) for score in found.indicators] == [
        (1, "การปฏิบัติหน้าที่", Decimal("93.18")),
        (2, "การใช้งบประมาณ", Decimal("88.46")),
        (9, "การเปิดเผยข้อมูล", Decimal("95.50")),
        (10, "การป้องกันการทุจริต", Decimal("93.75")),
    ]
    assert (found.overall.score, found.overall.level) == (Decimal("91.12"), "ผ่านดี")
    assert codes(found) == []


def test_a_score_that_belongs_to_no_indicator_is_said() -> None:
    found = paper(tab(("ลำดับ", "ตัวชี้วัด", "คะแนน"), ("1", "การปฏิบัติหน้าที่", "93.18"), ("", "การใช้งบประมาณ", "88.46")))
    assert [score.no for score in found.indicators] == [1]
    assert codes(found) == ["SCORE_ROW_UNREAD"]


def test_tracking_with_topic_and_measure_columns_and_words_for_dates() -> None:
    head = ("ประเด็นที่ต้องพัฒนา", "มาตรการ", "ผู้รับผิดชอบ", "กำหนดเวลาแล้วเสร็จ", "วันที่ดำเนินการ")
    first, second = rows(
        TITLE
        + pipe(
            head,
            (
                "การให้บริการ",
                "1. จัดทำคู่มือ 2. ติดประกาศ",
                "กองช่าง",
                "1. ภายใน 31 ม.ค. 2568 2. ภายในเดือนมีนาคม 2568",
                "15 ม.ค. 2568 20 มี.ค. 2568",
            ),
            ("การใช้งบประมาณ", "1. แจ้งแผน", "กองคลัง", "ภายในไตรมาสที่ 2", "อยู่ระหว่างดำเนินการ"),
        )
    )
    assert isinstance(first, Tracking)
    assert (first.topic, first.steps) == ("การให้บริการ", ("จัดทำคู่มือ", "ติดประกาศ"))
    assert [(due.date, done.date) for due, done in first.pairs] == [
        (date(2025, 1, 31), date(2025, 1, 15)),
        (date(2025, 3, 31), date(2025, 3, 20)),
    ]
    assert [(item.text, item.date) for item in second.due] == [("ภายในไตรมาสที่ 2", date(2025, 3, 31))]
    assert [(item.text, item.date) for item in second.done] == [("อยู่ระหว่างดำเนินการ", None)]


def test_a_page_without_its_head_goes_on_with_the_last_one() -> None:
    first = ("1", "จัดทำคู่มือ", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง")
    second = ("2", "ลดขั้นตอน", "1. สำรวจ", "ไตรมาส 2", "กองคลัง", "1. ลดแล้ว", "1. เร็วขึ้น")
    found = rows(TITLE + tab(MEASURE_HEAD, first) + "\n- 12 -\n\n" + tab(second))
    assert [(record.seq, record.measure) for record in found] == [("1", "จัดทำคู่มือ"), ("2", "ลดขั้นตอน")]
    assert [record.origin.doubts for record in found] == [(), ()]


def test_a_table_of_another_kind_without_a_head_is_not_read_with_the_last_one() -> None:
    first = ("1", "จัดทำคู่มือ", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง")
    found = paper(
        TITLE
        + tab(MEASURE_HEAD, first)
        + "\nผู้เข้าร่วมประชุม\n\n"
        + tab(("นายสมภพ วัฒนาเรืองชัย", "ปลัด", "ก", "ข", "ค", "ง", "จ"))
    )
    assert len(found.rows) == 1
    assert codes(found) == ["TABLE_UNREAD"]


# Files


def test_thai_code_page_and_dos_line_ends_give_the_same_records() -> None:
    text = TITLE + tab(MEASURE_HEAD, ("๑", "จัดทำคู่มือ", "๑. ร่าง ๒. เวียน", "ไตรมาสที่ ๑", "กองช่าง", "๑. เสร็จ", "๑. ใช้จริง"))
    plain, dos = paper(text), paper(text.replace("\n", "\r\n").encode("cp874"))
    assert [record.measure for record in dos.rows if isinstance(record, Measure)] == ["จัดทำคู่มือ"]
    assert dos.rows == plain.rows


def test_markdown_emphasis_is_no_part_of_the_words() -> None:
    text = (
        "# **บันทึกข้อความ**\n\n**ส่วนราชการ** สำนักปลัดเทศบาล\n\n**ที่** ลบ ๕๒๗๐๑/๑๒๓ **วันที่** ๑๐ ตุลาคม ๒๕๖๘\n\n**เรื่อง** รายงานผล\n\n"
        "**เรียน** นายกเทศมนตรี\n\n## **ประเด็นที่ ๑ การให้บริการ**\n\n"
        + pipe(tuple(f"**{head}**" for head in MEASURE_HEAD), ("**๑**", "**จัดทำคู่มือ**", "๑. ร่าง", "ไตรมาสที่ ๑", "กองช่าง", "๑. **เสร็จ**", "-"))
    )  # fmt: skip
    found = paper(text)
    assert found.memo is not None
    assert (found.memo.office, found.memo.number, found.memo.date) == (
        "สำนักปลัดเทศบาล",
        "ลบ ๕๒๗๐๑/๑๒๓",
        date(2025, 10, 10),
    )
    (record,) = found.rows
    assert isinstance(record, Measure)
    assert (record.issue_no, record.issue_title, record.seq, record.measure, record.results) == (
        1,
        "การให้บริการ",
        "๑",
        "จัดทำคู่มือ",
        ("เสร็จ",),
    )


def test_a_whole_html_page_on_one_line() -> None:
    cells = ("1", "จัดทำคู่มือ", "1. ร่าง", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง")
    page = (
        "<html><body><h1>รายงานผล ประจำปีงบประมาณ พ.ศ. 2568</h1><p>ประเด็นที่ 1 การให้บริการ</p>"
        + html(MEASURE_HEAD, cells).replace("\n", "")
        + "<p>ประเด็นที่ 2 การใช้ทรัพย์สิน</p>"
        + html(MEASURE_HEAD, ("1", "คุมการยืม", *cells[2:])).replace("\n", "")
        + "<p>(นายสมภพ วัฒนาเรืองชัย)</p><p>ปลัดเทศบาล</p></body></html>"
    )
    found = paper(page)
    assert [(record.issue_no, record.measure) for record in found.rows if isinstance(record, Measure)] == [
        (1, "จัดทำคู่มือ"),
        (2, "คุมการยืม"),
    ]
    assert (found.fiscal_year_be, [person.name for person in found.signatories]) == (2568, ["นายสมภพ วัฒนาเรืองชัย"])


def test_page_numbers_and_stray_marks_are_nothing() -> None:
    first = ("๑", "จัดทำคู่มือ", "๑. ร่าง", "ไตรมาสที่ ๑", "กองช่าง", "๑. เสร็จ", "๑. ใช้จริง")
    text = (
        TITLE
        + "\n- 3 -\n\n"
        + tab(MEASURE_HEAD, first)
        + "\n4\n\nหน้า 5\n\n^\n\n-๖-\n\n"
        + tab(MEASURE_HEAD, ("๒", "ลดขั้นตอน", *first[2:]))
    )
    found = paper(text)
    assert [record.seq for record in found.rows if isinstance(record, Measure)] == ["๑", "๒"]
    assert (found.problems, found.needs_person) == ((), False)


# Sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "โดยภาพรวมได้คะแนน 92.22 คะแนน อยู่ในระดับ ผ่านดี",
        "ผลการประเมินในภาพรวมอยู่ในระดับ ผ่านดี (92.22 คะแนน)",
        "คะแนนภาพรวมหน่วยงาน 92.22 ระดับผลการประเมิน ผ่านดี",
        "มีผลคะแนนการประเมินเท่ากับ ๙๒.๒๒ คะแนน ระดับ “ผ่านดี”",
        "ได้คะแนนรวมร้อยละ 92.22 (ผ่านดี)",
        "ผลคะแนนรวม : 92.22 คะแนน ระดับผลการประเมิน : ผ่านดี",
        "คะแนนการประเมิน ITA เท่ากับ ๙๒.๒๒ คะแนน (ระดับ ผ่านดี)",
        "ผลการประเมิน ITA ได้ 92.22 คะแนน ระดับผ่านดี",
    ],
)
def test_overall_score_and_level_in_a_sentence(sentence: str) -> None:
    found = paper(f"{TITLE}\nจากการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ {sentence}\n").overall
    assert (found.score, found.level) == (Decimal("92.22"), "ผ่านดี")


def test_the_score_of_an_indicator_is_no_overall_score() -> None:
    text = "ผลคะแนนตัวชี้วัดที่ 4 ได้ 83.94 คะแนน\n\nผลคะแนนภาพรวม 92.22 คะแนน ระดับ ผ่านดี\n"
    assert paper(TITLE + text).overall.score == Decimal("92.22")


def test_a_target_is_no_overall_score() -> None:
    found = paper(f"{TITLE}\nกำหนดให้หน่วยงานภาครัฐมีผลการประเมินผ่านเกณฑ์ 85 คะแนน ทุกแห่ง\n").overall
    assert (found.score, found.level) == (None, None)


def test_half_year_in_the_title_with_its_dates() -> None:
    found = paper("รายงานผลการดำเนินการ รอบ 6 เดือน (1 ตุลาคม 2567 - 31 มีนาคม 2568)\nประจำปีงบประมาณ พ.ศ. 2568\n")
    assert found.report_period is not None
    assert days(found.report_period) == ("2024-10-01", "2025-03-31")


# Letters


@pytest.mark.parametrize(
    ("printed", "to"),
    [
        ("เรียน นายกเทศมนตรีตำบลบ้านสวนพลู\n\nตามที่เทศบาลได้", "นายกเทศมนตรีตำบลบ้านสวนพลู"),
        ("เรียน หัวหน้าสำนักปลัดเทศบาล\nผู้อำนวยการกองคลัง\nผู้อำนวยการกองช่าง\n\nตามที่", "หัวหน้าสำนักปลัดเทศบาล ผู้อำนวยการกองคลัง ผู้อำนวยการกองช่าง"),
        ("เรียน ๑. หัวหน้าสำนักปลัดเทศบาล\n๒. ผู้อำนวยการกองคลัง\n\nตามที่", "๑. หัวหน้าสำนักปลัดเทศบาล ๒. ผู้อำนวยการกองคลัง"),
        ("เรียน ปลัดเทศบาล (ผ่านหัวหน้าสำนักปลัดเทศบาล)\nด้วยสำนักปลัดเทศบาลได้จัดทำ", "ปลัดเทศบาล (ผ่านหัวหน้าสำนักปลัดเทศบาล)"),
    ],
)  # fmt: skip
def test_one_or_several_addressees(printed: str, to: str) -> None:
    memo = paper(MEMO + printed + "\n").memo
    assert memo is not None
    assert (memo.to, memo.subject) == (to, "รายงานผล")


def test_labels_of_a_memo_in_another_order_and_with_colons() -> None:
    memo = paper(
        "บันทึกข้อความ\nส่วนราชการ : กองคลัง\nวันที่ : 5 มกราคม 2568\nที่ : ลบ 52702/9\nเรื่อง : แจ้งผล\nเรียน : ปลัดเทศบาล\n"
    ).memo
    assert memo is not None
    assert (memo.office, memo.number, memo.date) == ("กองคลัง", "ลบ 52702/9", date(2025, 1, 5))
    assert (memo.subject, memo.to) == ("แจ้งผล", "ปลัดเทศบาล")


@pytest.mark.parametrize(
    ("printed", "name", "position", "capacity"),
    [
        ("ลงชื่อ ................. ผู้รายงาน\n(นางสาวชุติมา วงษ์ทองคำ)\nนักทรัพยากรบุคคลปฏิบัติการ", "นางสาวชุติมา วงษ์ทองคำ", "นักทรัพยากรบุคคลปฏิบัติการ", "self"),
        ("(ลงชื่อ) สมภพ วัฒนาเรืองชัย\n(นายสมภพ วัฒนาเรืองชัย)\nปลัดเทศบาล", "นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล", "self"),
        ("ลงชื่อ นายสมภพ วัฒนาเรืองชัย ผู้ตรวจ\nตำแหน่ง ปลัดเทศบาล", "นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล", "self"),
        ("ลงชื่อ......................\n(นายสมภพ วัฒนาเรืองชัย)\nตำแหน่ง ปลัดเทศบาล", "นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล", "self"),
        ("(นายสมภพ วัฒนาเรืองชัย) ปลัดเทศบาล", "นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล", "self"),
        ("(ว่าที่ร้อยตรี กิตติศักดิ์ พูลสุขสม)\nผู้อำนวยการกองสาธารณสุข", "ว่าที่ร้อยตรี กิตติศักดิ์ พูลสุขสม", "ผู้อำนวยการกองสาธารณสุข", "self"),
        ("( พันจ่าเอกอนุชิต ทองพันชั่ง )\nผู้อำนวยการกองช่าง", "พันจ่าเอกอนุชิต ทองพันชั่ง", "ผู้อำนวยการกองช่าง", "self"),
        ("(นายอนุชิต ทองพันชั่ง)\nผู้อำนวยการกองช่าง รักษาราชการแทน\nปลัดเทศบาล", "นายอนุชิต ทองพันชั่ง", "ผู้อำนวยการกองช่าง รักษาราชการแทน ปลัดเทศบาล", "acting_for"),
        ("(นายอนุชิต ทองพันชั่ง)\nผู้อำนวยการกองช่าง\nรักษาราชการแทนปลัดเทศบาล", "นายอนุชิต ทองพันชั่ง", "ผู้อำนวยการกองช่าง รักษาราชการแทนปลัดเทศบาล", "acting_for"),
        ("(นางสาวกมลทิพย์ ศรีสวนพลู)\nรองนายกเทศมนตรี ปฏิบัติราชการแทน\nนายกเทศมนตรี", "นางสาวกมลทิพย์ ศรีสวนพลู", "รองนายกเทศมนตรี ปฏิบัติราชการแทน นายกเทศมนตรี", "delegated"),
        ("(นายสมภพ วัฒนาเรืองชัย)\nปลัดเทศบาล ปฏิบัติหน้าที่\nนายกเทศมนตรี", "นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล ปฏิบัติหน้าที่ นายกเทศมนตรี", "performing_duties"),
        ("(นางสุนันทา ใจมั่นคง)\nนักวิชาการคลัง รักษาการในตำแหน่ง\nผู้อำนวยการกองคลัง", "นางสุนันทา ใจมั่นคง", "นักวิชาการคลัง รักษาการในตำแหน่ง ผู้อำนวยการกองคลัง", "acting_in_post"),
        ("(นางสุนันทา ใจมั่นคง)\nนักวิชาการคลัง\nรักษาการในตำแหน่ง\nผู้อำนวยการกองคลัง", "นางสุนันทา ใจมั่นคง", "นักวิชาการคลัง รักษาการในตำแหน่ง ผู้อำนวยการกองคลัง", "acting_in_post"),
    ],
)  # fmt: skip
def test_signature_blocks_as_offices_draw_them(printed: str, name: str, position: str, capacity: str) -> None:
    assert signed(f"{MEMO}เรียน นายกเทศมนตรี\n\nจึงเรียนมาเพื่อโปรดทราบ\n\n{printed}\n\nกองช่าง\n") == [
        (name, position, capacity)
    ]


def test_two_signatures_side_by_side() -> None:
    text = "ลงชื่อ ........ผู้รายงาน\tลงชื่อ ........ผู้ตรวจ\n(นางสาวชุติมา วงษ์ทองคำ)\t(นายสมภพ วัฒนาเรืองชัย)\nนักทรัพยากรบุคคล\tปลัดเทศบาล\n"
    assert signed(text) == [
        ("นางสาวชุติมา วงษ์ทองคำ", "นักทรัพยากรบุคคล", "self"),
        ("นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล", "self"),
    ]


def test_signature_without_a_post_takes_none_from_the_text_below() -> None:
    text = "(นายสมภพ วัฒนาเรืองชัย)\n\nความเห็น นายกเทศมนตรี\n\nทราบ\n\nลงชื่อ\n\n(นายธีรพงศ์ แก้วสว่างธรรม)\n\nนายกเทศมนตรี\n"
    found: tuple[Signatory, ...] = paper(text).signatories
    assert [(person.position, person.opinion) for person in found] == [(None, None), ("นายกเทศมนตรี", "ทราบ")]


def test_what_stands_in_parentheses_in_the_text_is_no_signature() -> None:
    text = "รายงานผล (ฉบับสมบูรณ์)\n(ร่าง)\n(สำนักปลัดเทศบาล)\n(๑ ตุลาคม ๒๕๖๗ - ๓๑ มีนาคม ๒๕๖๘)\n(Integrity and Transparency Assessment)\n"
    assert signed(text) == []


@pytest.mark.parametrize(
    ("title", "name", "district", "province"),
    [
        ("องค์การบริหารส่วนตำบลโคกสวนพลู อำเภอเมืองลพบุรี จังหวัดลพบุรี", "องค์การบริหารส่วนตำบลโคกสวนพลู", "เมืองลพบุรี", "ลพบุรี"),
        ("อบต.โคกสวนพลู อ.เมืองลพบุรี จ.ลพบุรี", "อบต.โคกสวนพลู", "เมืองลพบุรี", "ลพบุรี"),
        ("เทศบาลนครสวนพลูใหญ่ อำเภอเมืองลพบุรี จังหวัดลพบุรี", "เทศบาลนครสวนพลูใหญ่", "เมืองลพบุรี", "ลพบุรี"),
        ("องค์การบริหารส่วนจังหวัดลพบุรี", "องค์การบริหารส่วนจังหวัดลพบุรี", None, "ลพบุรี"),
    ],
)
def test_agencies_of_other_kinds(title: str, name: str, district: str | None, province: str | None) -> None:
    found = paper(f"รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n{title}\n").agency
    assert (found.name, found.district, found.province) == (name, district, province)


def test_lines_broken_in_a_cell_are_items_only_when_each_begins_with_an_action() -> None:
    head = ("ลำดับ", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ผลการดำเนินการ")
    items, wrapped = rows(
        pipe(
            head,
            ("1", "จัดทำ<br>คู่มือ", "ประชุมคณะทำงาน<br>จัดทำร่าง<br>เผยแพร่", "กองช่าง<br>กองคลัง", "มีคู่มือ<br>ครบทุกงาน"),
            ("2", "ลดขั้นตอน", "1. สำรวจ<br>2. ปรับ<br>ลดเวลา", "งานพัสดุ<br/>กองคลัง", "จัดทำผังขั้นตอน<br>และติดประกาศ"),
        )
    )
    assert (items.measure, items.steps) == ("จัดทำ คู่มือ", ("ประชุมคณะทำงาน", "จัดทำร่าง", "เผยแพร่"))
    assert (items.responsible, items.results) == (("กองช่าง", "กองคลัง"), ("มีคู่มือ ครบทุกงาน",))
    assert [odd.oddity for odd in items.origin.oddities] == ["boundaries_guessed"]
    assert (wrapped.steps, wrapped.results) == (("สำรวจ", "ปรับ ลดเวลา"), ("จัดทำผังขั้นตอน และติดประกาศ",))


@pytest.mark.parametrize(
    ("owners", "expected"),
    [
        ("สำนักปลัดฯ, กองคลัง และกองช่าง", ("สำนักปลัดฯ", "กองคลัง", "กองช่าง")),
        ("กองคลังและกองช่าง", ("กองคลัง", "กองช่าง")),
        ("กองสาธารณสุขและสิ่งแวดล้อม ฝ่ายแผนงานและงบประมาณ", ("กองสาธารณสุขและสิ่งแวดล้อม", "ฝ่ายแผนงานและงบประมาณ")),
        ("งานป้องกันและบรรเทาสาธารณภัย", ("งานป้องกันและบรรเทาสาธารณภัย",)),
        ("1. กองคลัง 2. งานพัสดุ", ("กองคลัง", "งานพัสดุ")),
        ("ทุกสำนัก/กอง", ("ทุกสำนัก/กอง",)),
        ("ทุกส่วนราชการ", ("ทุกส่วนราชการ",)),
        ("ปลัดเทศบาล / หัวหน้าสำนักปลัดเทศบาล", ("ปลัดเทศบาล", "หัวหน้าสำนักปลัดเทศบาล")),
        ("หน่วยตรวจสอบภายใน งานนิติการ", ("หน่วยตรวจสอบภายใน", "งานนิติการ")),
        ("กองช่างกองคลัง", ("กองช่าง", "กองคลัง")),
        ("ผู้อำนวยการกองคลัง", ("ผู้อำนวยการกองคลัง",)),
    ],
)
def test_owners_as_offices_list_them(owners: str, expected: tuple[str, ...]) -> None:
    head = ("ลำดับ", "มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ")
    assert row(tab(head, ("1", "จัดทำคู่มือ", owners, "- ทำแล้ว"))).responsible == expected


def test_measures_without_a_number_column_have_their_numbers_before_the_name() -> None:
    found = rows(
        tab(
            ("มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ"),
            ("๑. จัดทำคู่มือ", "กองช่าง", "- ทำแล้ว"),
            ("2) ลดขั้นตอน", "กองคลัง", "- ลดแล้ว"),
            ("3 ช่องทางร้องเรียน", "งานนิติการ", "- เปิดแล้ว"),
            ("ปรับเว็บไซต์", "งานประชาสัมพันธ์", "- ปรับแล้ว"),
        )
    )
    assert [(record.seq, record.measure) for record in found] == [
        ("๑", "จัดทำคู่มือ"),
        ("2", "ลดขั้นตอน"),
        ("3", "ช่องทางร้องเรียน"),
        (None, "ปรับเว็บไซต์"),
    ]


def test_fiscal_year_that_only_the_periods_print() -> None:
    text = tab(MEASURE_HEAD, ("1", "จัดทำคู่มือ", "1. ร่าง", "ปีงบประมาณ 2568", "กองช่าง", "1. เสร็จ", "1. ใช้จริง"))
    assert paper(text).fiscal_year_be == 2568


@pytest.mark.parametrize(
    "sentence",
    [
        "จึงขอให้จัดส่งข้อมูลให้สำนักปลัดเทศบาล ภายในวันที่ ๒๔ กุมภาพันธ์ ๒๕๖๘ ต่อไป",
        "โปรดรวบรวมและส่งให้ฝ่ายอำนวยการภายในวันจันทร์ที่ 24 กุมภาพันธ์ 2568",
        "ให้ดำเนินการให้แล้วเสร็จภายใน 24 ก.พ. 2568",
        "และรายงานผลไม่เกินวันที่ 24 กุมภาพันธ์ 2568",
    ],
)
def test_deadlines_of_a_memo(sentence: str) -> None:
    assert paper(f"{MEMO}เรียน ผู้อำนวยการกองคลัง\n\nด้วย{sentence}\n").deadline == date(2025, 2, 24)


def test_agency_and_place_on_lines_of_their_own() -> None:
    found = paper("รายงานผล\n\nเทศบาลตำบลบ้านสวนพลู\n\nอำเภอเมืองลพบุรี\n\nจังหวัดลพบุรี\n").agency
    assert (found.name, found.district, found.province) == ("เทศบาลตำบลบ้านสวนพลู", "เมืองลพบุรี", "ลพบุรี")


def test_level_by_letter_of_a_year_that_had_letters() -> None:
    text = "รายงานผล ประจำปีงบประมาณ พ.ศ. ๒๕๖๕\n\nจากผลการประเมิน ITA ได้ ๘๖.๕๐ คะแนน อยู่ในระดับ A\n"
    assert (paper(text).overall.score, paper(text).overall.level) == (Decimal("86.50"), "A")


# Heads and shapes that no sample has


WORDINGS = {
    "number": "ที่ ลำดับ ลำดับที่ ข้อ No. ล.ที่ มาตรการที่",
    "measure": "มาตรการ แนวทาง กิจกรรมที่ดำเนินการ มาตรการ/แนวทาง/กิจกรรมที่ดำเนินการ โครงการ/กิจกรรม/มาตรการ มาตรการและกิจกรรม ชื่อโครงการ/กิจกรรม "
    "แผนงาน/โครงการ/กิจกรรม มาตรการในการดำเนินการ มาตรการเพื่อขับเคลื่อนการส่งเสริมคุณธรรม มาตรการภายใน งาน/โครงการ/กิจกรรม เรื่องที่ดำเนินการ มาตราการ/กิจกรรม",
    "steps": "ขั้นตอน วิธีการ วิธีการดำเนินการ วิธีดำเนินงาน ขั้นตอน/วิธีการดำเนินการ ขั้นตอนและวิธีการดำเนินการ วิธีการนำไปสู่การปฏิบัติ แนวทางการดำเนินการ "
    "แนวทางดำเนินการ แนวทางการดำเนินงาน แนวทางปฏิบัติ รายละเอียดการดำเนินการ แผนการดำเนินงาน กระบวนการ/ขั้นตอน",
    "period": "ระยะเวลา ห้วงระยะเวลา ห้วงเวลาดำเนินการ ช่วงเวลาที่ดำเนินการ กำหนดการ กำหนดเวลา ระยะเวลาแล้วเสร็จ ระยะเวลา(เริ่มต้น-สิ้นสุด) ปฏิทินการดำเนินงาน "
    "ไตรมาส เดือนที่ดำเนินการ วัน/เดือน/ปี กำหนดวันแล้วเสร็จ",
    "responsible": "ผู้รับผิดชอบ หน่วยงาน หน่วยงานรับผิดชอบ หน่วยงานผู้รับผิดชอบ ส่วนราชการเจ้าของเรื่อง เจ้าของเรื่อง สำนัก/กอง กอง/ฝ่าย หน่วยงานที่เกี่ยวข้อง "
    "หน่วยงานที่ดำเนินการ ผู้ดำเนินการ ผู้เกี่ยวข้อง ส่วนงานที่รับผิดชอบ หน่วยงาน/ผู้รับผิดชอบ เจ้าหน้าที่ผู้รับผิดชอบ",
    "result": "ผล สรุปผล ผลการดำเนินงาน ผลการดำเนินการ ผลดำเนินการ รายงานผลการดำเนินการ ผลการดำเนินการตามมาตรการ ผลผลิต ผลผลิต(Output) ผลการปฏิบัติ "
    "สรุปผลการดำเนินงาน ผลการดำเนินการ(รอบ๑๒เดือน)",
    "outcome": "ผลลัพธ์ ผลสำเร็จ ผลสัมฤทธิ์ ผลลัพธ์(Outcome) ผลลัพธ์ที่เกิดขึ้น ผลลัพธ์จากการดำเนินการ ผลลัพธ์/ความสำเร็จ ความสำเร็จ ผลที่ได้รับ ประโยชน์ที่ได้รับ ผลกระทบ/ผลลัพธ์",
    "guidance": "แนวทางในการยกระดับการประเมิน แนวทางการพัฒนา แนวทางพัฒนา แนวทางการปรับปรุง แนวทางการแก้ไขปรับปรุง แนวทางการยกระดับคะแนน",
    "recommendation": "ข้อเสนอแนะ ข้อเสนอแนะของผู้ประเมิน ข้อสังเกต/ข้อเสนอแนะ สิ่งที่ต้องปรับปรุง แนวทางแก้ไข แนวทางการดำเนินการแก้ไข",
    "prior_action": "สิ่งที่ปฏิบัติ สิ่งที่ได้ดำเนินการแล้ว การดำเนินการที่ผ่านมา สภาพปัจจุบัน สาเหตุที่ไม่ได้คะแนน",
    "due": "กำหนดเวลาแล้วเสร็จ การกำกับติดตาม กำหนดส่ง กำหนดรายงานผล การติดตามและรายงานผล",
    "actual": "การดำเนินการ วันที่ดำเนินการ วันที่ดำเนินการจริง วันที่รายงาน ดำเนินการแล้วเสร็จเมื่อ",
    "item": "ตัวชี้วัด/นิยาม รายการข้อมูล ข้อมูล รายการ รายละเอียดข้อมูล ข้อคำถาม องค์ประกอบด้านข้อมูล รายการที่ต้องเปิดเผย",
    "start": "เริ่มต้น วันที่เริ่มดำเนินการ เดือนเริ่มต้น ตั้งแต่",
    "end": "สิ้นสุด วันสิ้นสุด เดือนสิ้นสุด ถึง",
}
NO_FIELDS = (
    "งบประมาณ งบประมาณ(บาท) วงเงินงบประมาณ ปัญหา/อุปสรรค ปัญหาอุปสรรคและข้อเสนอแนะ เป้าหมาย กลุ่มเป้าหมาย ตัวชี้วัดความสำเร็จ ตัวชี้วัดและค่าเป้าหมาย หลักฐานเชิงประจักษ์ "
    "เอกสารอ้างอิง ลิงก์เอกสาร สถานที่ วัตถุประสงค์ แหล่งที่มา ต.ค. พ.ย. เม.ย. ก.ย. ตุลาคม ต.ค.๖๗ ไตรมาสที่๒ Q1 น้ำหนัก ผู้รายงาน"
)


@pytest.mark.parametrize(("role", "head"), [(role, head) for role, heads in WORDINGS.items() for head in heads.split()])
def test_head_as_offices_word_it_has_its_role(role: str, head: str) -> None:
    assert likenesses(head)[0][1].value == role


@pytest.mark.parametrize("head", NO_FIELDS.split())
def test_head_without_a_field_has_no_role(head: str) -> None:
    assert likenesses(head) == ()


HEADS = ("ลำดับ", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ", "ผลการดำเนินการ", "ผลลัพธ์")
FIRST = ("1", "จัดทำคู่มือ", "1. ร่าง 2. เวียน", "ไตรมาส 1", "กองช่าง", "1. เสร็จ", "1. ใช้จริง")
SECOND = ("2", "ลดขั้นตอน", "1. สำรวจ", "ไตรมาส 2", "กองคลัง", "1. ลดแล้ว", "1. เร็วขึ้น")


def webpage(body: str) -> Report:
    return recognise(read_html(f"<html><body><p>{TITLE}</p>{body}</body></html>".encode(), "page.html"))


def issues(report: Report) -> list[tuple[int | None, str | None, str | None, str]]:
    return [(one.issue_no, one.issue_title, one.seq, one.measure) for one in report.rows if isinstance(one, Measure)]


@pytest.mark.parametrize(
    ("place", "head"),
    [(3, "ภายในปี"), (4, "ผู้กำกับดูแล"), (1, "งานที่จะทำ"), (0, "")],
    ids=["period", "owner", "measure", "number"],
)
def test_a_column_of_an_unknown_head_is_told_by_what_stands_in_it_and_less_sure(place: int, head: str) -> None:
    field = ("seq", "measure", "", "period", "responsible")[place]
    known = rows(TITLE + tab(HEADS, FIRST, SECOND))
    found = rows(TITLE + html((*HEADS[:place], head, *HEADS[place + 1 :]), FIRST, SECOND))
    assert [getattr(one, field) for one in found] == [getattr(one, field) for one in known]
    assert [one.origin.field_confidence[field] < 0.63 for one in found] == [True, True]


def test_columns_of_another_kind_of_record_are_kept_beside_it() -> None:
    head = ("ลำดับ", "ตัวชี้วัด", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ", "วันที่ดำเนินการ")
    found = row(tab(head, ("1", "การใช้งบประมาณ", "จัดทำคู่มือ", "กองช่าง", "ไตรมาส 1", "1. มีคู่มือ 2. เวียนแล้ว", "5 ต.ค. 2567")))
    assert (found.kind, found.results) == ("measure", ("มีคู่มือ", "เวียนแล้ว"))
    assert found.origin.extra == {"ตัวชี้วัด": "การใช้งบประมาณ", "วันที่ดำเนินการ": "5 ต.ค. 2567"}


def test_a_day_under_the_head_of_a_start_alone_is_a_start() -> None:
    found = row(TITLE + tab(("ที่", "มาตรการ", "วันที่เริ่ม", "ผลการดำเนินการ"), ("1", "จัดทำคู่มือ", "1 ต.ค. 2567", "- ทำแล้ว")))
    assert days(found.period) == ("2024-10-01", None)


def test_a_day_due_or_done_is_when_a_measure_with_results_is_done() -> None:
    heads = ("ที่", "มาตรการ", "กำหนดเวลาแล้วเสร็จ", "ผู้รับผิดชอบ", "ผลการดำเนินการ")
    found = row(TITLE + tab(heads, ("1", "จัดทำคู่มือ", "31 มี.ค. 2568", "กองช่าง", "1. มีคู่มือ เมื่อวันที่ 5 ม.ค. 2568 2. เวียนแล้ว")))
    assert (found.kind, days(found.period)) == ("measure", (None, "2025-03-31"))
    assert found.results == ("มีคู่มือ เมื่อวันที่ 5 ม.ค. 2568", "เวียนแล้ว")


@pytest.mark.parametrize(
    "title",
    [
        "ตัวชี้วัดที่ ๔ การใช้ทรัพย์สินของราชการ (๘๓.๙๔ คะแนน)",
        "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ ได้คะแนน 83.94",
        "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ ได้ร้อยละ 83.94",
        "ตัวชี้วัดที่ 4 : การใช้ทรัพย์สินของราชการ (ร้อยละ 83.94)",
        "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ 83.94 คะแนน",
        "4. การใช้ทรัพย์สินของราชการ (คะแนน = 83.94)",
        "i4 การใช้ทรัพย์สินของราชการ : 83.94",
        "ตัวชี้วัด 4 การใช้ทรัพย์สินของราชการ (83.94)",
        "4) การใช้ทรัพย์สินของราชการ คะแนนเฉลี่ยร้อยละ 83.94",
    ],
)
def test_number_and_score_in_the_name_of_an_indicator(title: str) -> None:
    head = ("ตัวชี้วัด", "แนวทางการพัฒนา", "ผู้รับผิดชอบ", "ความก้าวหน้า")
    plan = row(tab(head, (title, "- คุมการยืม", "กองคลัง", "- มีทะเบียน")))
    assert (plan.no, plan.name, plan.score) == (4, "การใช้ทรัพย์สินของราชการ", Decimal("83.94"))


@pytest.mark.parametrize(
    "title", ["ตัวชี้วัดที่ 4 การใช้ทรัพย์สิน เป้าหมาย 85 คะแนน", "ตัวชี้วัดที่ 4 การใช้ทรัพย์สิน (80 คะแนน) (85 คะแนน)"]
)
def test_a_target_or_two_scores_in_a_name_are_no_score(title: str) -> None:
    head = ("ตัวชี้วัด", "แนวทางการพัฒนา", "ผู้รับผิดชอบ", "ความก้าวหน้า")
    plan = row(tab(head, (title, "- คุมการยืม", "กองคลัง", "- มีทะเบียน")))
    assert (plan.no, plan.score) == (4, None)


def test_scores_in_headings_above_tables_of_measures() -> None:
    found = paper(TITLE + "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ (83.94 คะแนน)\n\n" + tab(HEADS, FIRST))
    assert [(score.no, score.score) for score in found.indicators] == [(4, Decimal("83.94"))]


@pytest.mark.parametrize(
    ("printed", "score"),
    [
        ("(93.18)", "93.18"),
        ("93.18/100", "93.18"),
        ("93.18 (AA)", "93.18"),
        ("ร้อยละ 93.18", "93.18"),
        ("๙๓.๑๘ คะแนน", "93.18"),
    ],
)
def test_scores_with_words_beside_them(printed: str, score: str) -> None:
    found = paper(TITLE + tab(("ลำดับ", "ตัวชี้วัด", "คะแนน"), ("1", "การปฏิบัติหน้าที่", printed)))
    assert [one.score for one in found.indicators] == [Decimal(score)]


def test_a_score_that_cannot_be_read_is_said() -> None:
    found = paper(TITLE + tab(("ลำดับ", "ตัวชี้วัด", "คะแนน"), ("1", "การปฏิบัติหน้าที่", "93,18")))
    assert ([one.score for one in found.indicators], codes(found)) == ([None], ["SCORE_ROW_UNREAD"])


def test_states_whose_boxes_were_lost_in_a_column_of_their_own_are_none() -> None:
    head = ("ตัวชี้วัด", "แนวทางการพัฒนา", "ผู้รับผิดชอบ", "ความก้าวหน้า", "สถานะ")
    plan = row(
        tab(head, ("ตัวชี้วัดที่ 2 การใช้งบประมาณ", "- แจ้ง", "กองคลัง", "- แจ้งแล้ว", "แล้วเสร็จ อยู่ระหว่างดำเนินการ ยังไม่ดำเนินการ"))
    )
    assert (plan.status, plan.origin.doubts) == (None, ("boxes_lost",))


@pytest.mark.parametrize(
    "cell",
    ["ประเด็นที่ 1 การให้บริการ : จัดทำคู่มือ", "<p>ประเด็นที่ ๑ การให้บริการ</p><p>จัดทำคู่มือ</p>", "ประเด็นที่ 1 การให้บริการ - จัดทำคู่มือ"],
)
def test_an_issue_before_the_name_in_its_cell(cell: str) -> None:
    found = webpage(html(HEADS, ("1", cell, *FIRST[2:]), SECOND))
    assert issues(found) == [(1, "การให้บริการ", "1", "จัดทำคู่มือ"), (1, "การให้บริการ", "2", "ลดขั้นตอน")]


def test_an_issue_whose_title_stands_on_the_next_line() -> None:
    found = paper(
        TITLE + "ประเด็นที่ ๑\n\nการให้บริการ\n\n" + tab(HEADS, FIRST) + "\nประเด็นที่ ๒\n\n" + tab(HEADS, ("1", *SECOND[1:]))
    )
    assert issues(found) == [(1, "การให้บริการ", "1", "จัดทำคู่มือ"), (2, None, "1", "ลดขั้นตอน")]


def test_numbered_lines_above_tables_are_issues_when_they_count_from_one() -> None:
    second = tab(HEADS, ("1", *SECOND[1:]))
    found = paper(TITLE + "๑. การให้บริการ\n\n" + tab(HEADS, FIRST) + "\n๒. การใช้ทรัพย์สิน\n\n" + second)
    once = paper(TITLE + "๓. ผลการดำเนินการ\n\n" + tab(HEADS, FIRST))
    assert issues(found) == [(1, "การให้บริการ", "1", "จัดทำคู่มือ"), (2, "การใช้ทรัพย์สิน", "1", "ลดขั้นตอน")]
    assert issues(once) == [(None, None, "1", "จัดทำคู่มือ")]


def test_an_issue_that_has_the_number_its_measures_count_within() -> None:
    blank = ("",) * 5
    found = webpage(html(HEADS, ("1", "การให้บริการ", *blank), ("1.1", *FIRST[1:]), ("1.2", *SECOND[1:])))
    assert issues(found) == [(1, "การให้บริการ", "1.1", "จัดทำคู่มือ"), (1, "การให้บริการ", "1.2", "ลดขั้นตอน")]


def test_notes_and_sums_below_the_rows_are_no_rows() -> None:
    note = "<tr><td colspan=7>หมายเหตุ : ข้อมูล ณ วันที่ ๓๐ กันยายน ๒๕๖๘</td></tr></table>"
    total = "<tr><td colspan=2>รวมทั้งสิ้น</td><td></td><td></td><td></td><td>5,000</td><td></td></tr>"
    found = webpage(html(HEADS, FIRST).replace("</table>", total + note) + html(HEADS, SECOND))
    assert issues(found) == [(None, None, "1", "จัดทำคู่มือ"), (None, None, "2", "ลดขั้นตอน")]
    assert (codes(found), found.printed_rows) == ([], 2)


def test_a_title_merged_over_the_head_is_no_issue() -> None:
    title = "<tr><td colspan=7>สรุปผลการดำเนินการตามมาตรการ</td></tr>"
    found = webpage(html(HEADS, FIRST).replace("<tr>", title + "<tr>", 1))
    assert issues(found) == [(None, None, "1", "จัดทำคู่มือ")]


@pytest.mark.parametrize("gutter", [(), ("",)])
def test_score_tables_side_by_side_in_one_table(gutter: tuple[str, ...]) -> None:
    head = ("ลำดับ", "ตัวชี้วัด", "คะแนน")
    found = webpage(
        html(
            (*head, *gutter, *head),
            ("1", "การปฏิบัติหน้าที่", "93.18", *gutter, "6", "คุณภาพการดำเนินงาน", "90.10"),
            ("2", "การใช้งบประมาณ", "88.46", *gutter, "7", "ประสิทธิภาพการสื่อสาร", "80.10"),
        )
    )
    assert [(score.no, float(score.score or 0)) for score in found.indicators] == [
        (1, 93.18),
        (2, 88.46),
        (6, 90.10),
        (7, 80.10),
    ]


def test_forms_with_their_heads_at_the_left() -> None:
    measure = webpage(html(*zip(HEADS, FIRST, strict=True)))
    scores = webpage(html(("ตัวชี้วัด", "1", "2", "3"), ("คะแนน", "93.18", "88.46", "90.72")))
    assert issues(measure) == [(None, None, "1", "จัดทำคู่มือ")]
    assert [(score.no, str(score.score)) for score in scores.indicators] == [(1, "93.18"), (2, "88.46"), (3, "90.72")]


def test_numbering_that_counts_on_from_another_cell() -> None:
    cell = "<p>43. ร่าง</p><p>44. เวียน</p><p>45. เผยแพร่</p>"
    (record,) = webpage(html(HEADS, ("1", "จัดทำคู่มือ", cell, *FIRST[3:]))).rows
    assert isinstance(record, Measure)
    assert record.steps == ("ร่าง", "เวียน", "เผยแพร่")


LETTER = (
    ("ส่วนราชการ", "สำนักปลัดเทศบาล", "", ""),
    ("ที่", "ลบ ๕๒๗๐๑/๑๒๓", "วันที่", "๑๐ ตุลาคม ๒๕๖๘"),
    ("เรื่อง", "รายงานผล", "", ""),
    ("เรียน", "นายกเทศมนตรีตำบลบ้านสวนพลู", "", ""),
)


@pytest.mark.parametrize(
    "body",
    [
        "<p>บันทึกข้อความ</p>" + html(*LETTER),
        html(("บันทึกข้อความ", "", "", ""), *LETTER),
        "<p>บันทึกข้อความ</p>" + html(*((f"{one} {two} {three} {four}",) for one, two, three, four in LETTER)),
        "<p>บันทึกข้อความ</p>" + "".join(f"<p>{text}</p>" for line in LETTER for text in line if text),
        "<p>บันทึกข้อความ</p><p>ส่วนราชการ ........สำนักปลัดเทศบาล........</p><p>ที่ ....ลบ ๕๒๗๐๑/๑๒๓....... วันที่ ....๑๐ ตุลาคม ๒๕๖๘....</p>"
        "<p>เรื่อง ....รายงานผล............</p><p>เรียน นายกเทศมนตรีตำบลบ้านสวนพลู</p>",
    ],
    ids=["cells", "title in the table", "rows", "label and value on lines of their own", "leaders"],
)
def test_heads_of_memos_as_offices_set_them(body: str) -> None:
    memo = webpage(body + "<p>ด้วยสำนักปลัดเทศบาลได้จัดทำรายงาน</p>").memo
    assert memo is not None
    assert (memo.office, memo.number, memo.date) == ("สำนักปลัดเทศบาล", "ลบ ๕๒๗๐๑/๑๒๓", date(2025, 10, 10))
    assert (memo.subject, memo.to) == ("รายงานผล", "นายกเทศมนตรีตำบลบ้านสวนพลู")


@pytest.mark.parametrize("joint", ["<br>", "</p><p>"])
def test_signatures_in_a_cell_each_beside_one_another_or_below_the_rows(joint: str) -> None:
    one = joint.join(("ลงชื่อ .......ผู้รายงาน", "(นางสาวชุติมา วงษ์ทองคำ)", "นักทรัพยากรบุคคลปฏิบัติการ"))
    other = joint.join(("ลงชื่อ .......ผู้ตรวจ", "(นายอนุชิต ทองพันชั่ง)", "ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาล"))
    cells = f"<td colspan=4><p>{one}</p></td><td colspan=3><p>{other}</p></td>"
    apart = webpage(html(HEADS, FIRST) + f"<table><tr>{cells}</tr></table>")
    below = webpage(html(HEADS, FIRST).replace("</table>", f"<tr>{cells}</tr></table>"))
    for report in (apart, below):
        assert [(signed.name, signed.position) for signed in report.signatories] == [
            ("นางสาวชุติมา วงษ์ทองคำ", "นักทรัพยากรบุคคลปฏิบัติการ"),
            ("นายอนุชิต ทองพันชั่ง", "ผู้อำนวยการกองช่าง รักษาราชการแทน ปลัดเทศบาล"),
        ]
        assert (len(report.rows), codes(report)) == (1, [])


def test_the_rest_of_a_row_over_a_page_that_is_not_joined_is_said() -> None:
    rest = ("", "ของทุกกองให้เป็นปัจจุบัน", "3. เผยแพร่", "", "", "2. เผยแพร่แล้ว", "")
    found = paper(TITLE + tab(HEADS, FIRST, rest, SECOND))
    assert [one.origin.doubts for one in found.rows] == [(), ("start_missing",), ()]
    assert codes(found) == ["ROW_START_MISSING"]
