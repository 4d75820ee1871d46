"""What makes real papers hard to read, one made-up text a difficulty, and the conventions of the records."""

from datetime import date
from decimal import Decimal

import pytest

from prongsai.documents.read import read_content
from prongsai.reports.records import Gap, Kind, Measure
from prongsai.reports.stream import Heading, stream
from tests.reports.papers import (
    GAP_HEAD,
    MEASURE_HEAD,
    PLAN_HEAD,
    SCORE_HEAD,
    TITLE,
    TRACKING_HEAD,
    codes,
    days,
    doubts,
    html,
    paper,
    pipe,
    row,
    rows,
    tab,
)  # fmt: skip

MEASURE = ("๑", "จัดทำคู่มือ", "๑. ยกร่าง ๒. เผยแพร่", "ไตรมาสที่ ๑ - ๒", "กองช่าง", "๑. มีคู่มือ ๒. เผยแพร่แล้ว", "๑) ใช้จริง")
GAP = ("๐๓", "อำนาจหน้าที่ : - แสดงหน้าที่ - แสดงอำนาจ", "๐", "- ไม่ได้ดำเนินการ", "- ให้งานนิติการสรุป - ให้เผยแพร่", "- งานนิติการ")
TOPIC = ("-ข้อมูลพื้นฐาน", "กองช่าง", "๑.ตรวจ ๒.แก้", "๑.ส่งข้อมูล ภายในเดือนมกราคม ๒๕๖๘", "ดำเนินการเมื่อ วันที่ ๙ มกราคม ๒๕๖๘")


def measure(**changed: str) -> tuple[str, ...]:
    names = ("number", "measure", "steps", "period", "owner", "result", "outcome")
    return tuple(changed.get(name, cell) for name, cell in zip(names, MEASURE, strict=True))


def topic(**changed: str) -> tuple[str, ...]:
    names = ("topic", "owner", "steps", "due", "done")
    return tuple(changed.get(name, cell) for name, cell in zip(names, TOPIC, strict=True))


def gap(**changed: str) -> tuple[str, ...]:
    names = ("code", "item", "score", "action", "advice", "owner")
    return tuple(changed.get(name, cell) for name, cell in zip(names, GAP, strict=True))


# 1 — two dialects of tables, and a third


@pytest.mark.parametrize("dialect", [tab, pipe, html])
def test_tables_of_tabs_pipes_and_tags_give_the_same_records(dialect: object) -> None:
    assert callable(dialect)
    found = row(TITLE + "\n" + dialect(MEASURE_HEAD, MEASURE))
    assert found.measure == "จัดทำคู่มือ"
    assert found.steps == ("ยกร่าง", "เผยแพร่")
    assert found.responsible == ("กองช่าง",)
    assert found.origin.confidence == 1.0


def test_a_separator_line_longer_than_the_data_is_no_row() -> None:
    text = pipe(MEASURE_HEAD, MEASURE).replace("---|", "-" * 300 + "|")
    assert paper(TITLE + "\n" + text).printed_rows == 1


# 2 — a page break prints the head again, in other spelling


def test_a_repeated_head_in_other_spelling_is_no_row() -> None:
    second = tuple(
        cell.replace("คะแนน ปี", "คะแนนปี").replace("ข้อเสนอแนะ", "ข้อเสนอแนะจาก ป.ป.ช.ลบ./คณะทำงานฯ") for cell in GAP_HEAD
    )
    found = paper(tab(GAP_HEAD, gap()) + "\n" + tab(second, gap(code="๐๕", item="ข้อมูลการติดต่อ")))
    assert [record.code for record in found.rows if isinstance(record, Gap)] == ["O3", "O5"]
    assert found.printed_rows == 2
    assert found.needs_person is False


# 3 — heading rows inside a table, in three shapes


def test_heading_rows_in_three_shapes_are_context() -> None:
    found = rows(
        tab(
            GAP_HEAD,
            ("ตัวชี้วัดย่อยที่ ๙.๑", "", "", "", "", ""),
            ("ข้อมูลพื้นฐาน", "", "", "", "", ""),
            gap(),
            ("ตัวชี้วัดย่อยที่ ๙.๒ การบริหารงาน", "", "", "", "", ""),
            gap(code="๐๘"),
            ("ตัวชี้วัดย่อยที่ ๑๐.๑", "การดำเนินการเพื่อป้องกันการทุจริต", "", "", "", ""),
            gap(code="๐๙"),
        )
    )
    assert [(record.code, record.sub_indicator, record.group) for record in found] == [
        ("O3", "9.1", "ข้อมูลพื้นฐาน"),
        ("O8", "9.2", "การบริหารงาน"),
        ("O9", "10.1", "การดำเนินการเพื่อป้องกันการทุจริต"),
    ]


def test_a_row_with_two_filled_cells_under_a_topic_is_data_not_a_heading() -> None:
    found = rows(tab(TRACKING_HEAD, topic(), ("-แผนงาน", "กองคลัง", "", "", "")))
    assert [(record.topic, record.responsible) for record in found] == [
        ("ข้อมูลพื้นฐาน", ("กองช่าง",)),
        ("แผนงาน", ("กองคลัง",)),
    ]


# 4 — context above the table; numbers start again in each issue


def test_issue_above_the_table_belongs_to_its_rows() -> None:
    found = rows(
        "ประเด็นที่ ๑ การให้บริการ\n\n" + tab(MEASURE_HEAD, measure(), measure(number="๒", measure="ลดขั้นตอน"))
        + "\nประเด็นที่ ๒ การใช้ทรัพย์สิน\n\n" + tab(MEASURE_HEAD, measure(measure="คุมการยืม"))
    )  # fmt: skip
    assert [(record.issue_no, record.issue_title, record.seq, record.measure) for record in found] == [
        (1, "การให้บริการ", "๑", "จัดทำคู่มือ"),
        (1, "การให้บริการ", "๒", "ลดขั้นตอน"),
        (2, "การใช้ทรัพย์สิน", "๑", "คุมการยืม"),
    ]


# 5 — context inside the first cell; the dash is sometimes lost


def test_group_and_topic_share_the_first_cell() -> None:
    found = rows(
        tab(
            TRACKING_HEAD,
            topic(topic="ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล เครื่องมือการ ประเมิน OIT -ข้อมูลพื้นฐาน"),
            topic(topic="-แผนการดำเนินงาน/ การบริหาร งบประมาณ", steps="๑.รวบรวม"),
            topic(topic="การจัดซื้อจัดจ้าง", steps="๑.ประกาศ"),
        )
    )
    group = "ตัวชี้วัดที่ ๙ การเปิดเผยข้อมูล เครื่องมือการ ประเมิน OIT"
    assert [(record.topic, record.group) for record in found] == [
        ("ข้อมูลพื้นฐาน", group),
        ("แผนการดำเนินงาน/ การบริหาร งบประมาณ", group),
        ("การจัดซื้อจัดจ้าง", group),
    ]


# 6 — a row that goes on over a page


def test_a_row_that_goes_on_is_one_row_with_all_its_items() -> None:
    goes_on = measure(
        number="",
        measure="จัดทำคู่มือ (ต่อ)",
        steps="๓. อบรม",
        period="",
        owner="",
        result="๓. อบรมแล้ว",
        outcome="๒) ลดเวลา",
    )
    found = paper(TITLE + "\n" + tab(MEASURE_HEAD, MEASURE) + "\n" + tab(MEASURE_HEAD, goes_on))
    (record,) = found.rows
    assert isinstance(record, Measure)
    assert (record.seq, record.measure, record.responsible) == ("๑", "จัดทำคู่มือ", ("กองช่าง",))
    assert record.steps == ("ยกร่าง", "เผยแพร่", "อบรม")
    assert record.results == ("มีคู่มือ", "เผยแพร่แล้ว", "อบรมแล้ว")
    assert record.outcomes == ("ใช้จริง", "ลดเวลา")
    assert (found.printed_rows, len(record.origin.lines), record.origin.doubts) == (2, 2, ())


def test_a_row_that_goes_on_with_one_that_is_missing_stays_alone_and_is_said() -> None:
    goes_on = measure(number="", measure="ลดขั้นตอน (ต่อ)", steps="๓. อบรม", period="", owner="")
    found = paper(TITLE + "\n" + tab(MEASURE_HEAD, MEASURE) + "\n" + tab(MEASURE_HEAD, goes_on))
    assert [(record.measure, record.steps) for record in found.rows if isinstance(record, Measure)] == [
        ("จัดทำคู่มือ", ("ยกร่าง", "เผยแพร่")),
        ("ลดขั้นตอน", ("อบรม",)),
    ]
    assert codes(found) == ["ROW_START_MISSING"]


def test_a_heading_that_goes_on_is_the_same_heading() -> None:
    first = "ประเด็นที่ ๑ การให้บริการ\n\n" + tab(MEASURE_HEAD, MEASURE)
    second = "ประเด็นที่ ๑ การให้บริการ (ต่อ)\n\n" + tab(MEASURE_HEAD, measure(number="๒", measure="ลดขั้นตอน"))
    third = tab(
        MEASURE_HEAD, ("ประเด็นที่ ๑ การให้บริการ (ต่อ)", "", "", "", "", "", ""), measure(number="๓", measure="ติดป้าย")
    )
    found = rows(f"{first}\n{second}\n{third}")
    assert [(record.issue_title, record.seq) for record in found] == [("การให้บริการ", number) for number in "๑๒๓"]


def test_a_gap_that_goes_on_is_one_gap() -> None:
    goes_on = gap(code="", item="อำนาจหน้าที่ (ต่อ)", score="", action="", advice="- ให้ตรวจซ้ำ", owner="")
    found = row(tab(GAP_HEAD, gap()) + "\n" + tab(GAP_HEAD, goes_on))
    assert found.recommendations == ("ให้งานนิติการสรุป", "ให้เผยแพร่", "ให้ตรวจซ้ำ")
    assert (found.title, found.units) == ("อำนาจหน้าที่", ("งานนิติการ",))


# 7 — pages printed twice, and a code used for two items


def test_a_page_printed_twice_counts_once_and_keeps_the_other_printing() -> None:
    noisy = gap(item="อำนาจหนาที่ : - แสดงหน้าที่ - แสดงอำนาจ")
    found = paper(tab(GAP_HEAD, gap()) + "\n" + tab(GAP_HEAD, noisy))
    (record,) = found.rows
    assert found.printed_rows == 2
    assert [variant["item"] for variant in record.origin.variants] == [noisy[1]]


def test_one_code_for_two_items_stays_two_gaps() -> None:
    other = gap(item="ช่องทางที่ผู้รับบริการสอบถามข้อมูลและหน่วยงานตอบกลับได้ผ่านเว็บไซต์หลัก", score="๑๐๐")
    found = rows(tab(GAP_HEAD, gap(), other))
    assert [(record.code, record.score) for record in found] == [("O3", 0), ("O3", 100)]


def test_a_measure_page_printed_twice_counts_once_even_when_its_row_goes_on() -> None:
    goes_on = measure(number="", measure="จัดทำคู่มือ (ต่อ)", steps="๓. อบรม", period="", owner="", result="", outcome="")
    first, second = tab(MEASURE_HEAD, MEASURE), tab(MEASURE_HEAD, goes_on)
    for printed in (
        f"{first}\n{first}\n{second}",
        f"{first}\n{second}\n{second}",
        f"{first}\n{second}\n{first}\n{second}",
    ):
        assert row(printed).steps == ("ยกร่าง", "เผยแพร่", "อบรม")


def test_two_measures_that_differ_by_a_number_are_not_one_page_twice() -> None:
    long = "ประชุมคณะทำงานขับเคลื่อนการประเมินคุณธรรมและความโปร่งใสของเทศบาลตำบลบ้านสวนพลู ครั้งที่ "
    found = rows(tab(MEASURE_HEAD, measure(measure=long + "๑"), measure(number="๒", measure=long + "๒")))
    assert [record.seq for record in found] == ["๑", "๒"]


# 8 — item codes, whose letter O is printed as a zero


@pytest.mark.parametrize("printed", ["๐๑๕", "0๑๕", "O๑๕", "o15", "○๑๕", "O15", "๐ ๑๕", "ข้อ ๐๑๕"])
def test_item_codes_are_read_in_every_spelling(printed: str) -> None:
    assert row(tab(GAP_HEAD, gap(code=printed))).code == "O15"


def test_zeros_drawn_as_circles_inside_a_code_are_read() -> None:
    assert row(tab(GAP_HEAD, gap(code="O๔○"))).code == "O40"


def test_a_code_in_the_text_of_an_item_is_no_second_code() -> None:
    found = row(tab(GAP_HEAD, gap(item="การดำเนินการตามนโยบาย : - สอดคล้องกับข้อ 0๒๕ - ทำในปีนี้")))
    assert (found.code, found.elements) == ("O3", ("สอดคล้องกับข้อ 0๒๕", "ทำในปีนี้"))


# 9 — a score of zero, and zeros inside scores


@pytest.mark.parametrize(
    ("printed", "score"),
    [("๐", "0"), ("○", "0"), ("0", "0"), ("๑๐๐", "100"), ("๑○○", "100"), ("๙○.๒๕", "90.25"), ("9○.24", "90.24")],
)
def test_zeros_of_scores_are_read_however_drawn(printed: str, score: str) -> None:
    found = paper(tab(SCORE_HEAD, ("IIT", "๑", "การปฏิบัติหน้าที่", printed), ("", "๒", "การใช้งบประมาณ", "๘๘.๔๖")))
    assert found.indicators[0].score == Decimal(score)
    assert row(tab(GAP_HEAD, gap(score=printed))).score == Decimal(score)


def test_zeros_drawn_as_circles_in_a_title_do_not_cut_its_score() -> None:
    found = row(
        pipe(PLAN_HEAD, ("ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน คะแนน 9○.24", "1. ลดขั้นตอน", "กองช่าง", "ปีงบประมาณ 2568", "-ลดแล้ว"))
    )
    assert (found.no, found.name, found.score) == (6, "คุณภาพการดำเนินงาน", Decimal("90.24"))


# 10 — lists in cells, in every dress


@pytest.mark.parametrize(
    "printed",
    [
        "๑. ประชุม ๒. จัดทำ ๓. เผยแพร่",
        "๑) ประชุม ๒) จัดทำ ๓) เผยแพร่",
        "1. ประชุม 2. จัดทำ 3. เผยแพร่",
        "- ประชุม - จัดทำ - เผยแพร่",
        "-ประชุม -จัดทำ -เผยแพร่",
        "<p>ประชุม</p> <p>จัดทำ</p> <p>เผยแพร่</p>",
        "<ul><li>ประชุม</li><li>จัดทำ</li><li>เผยแพร่</li></ul>",
        '<ul style="list-style-type: none"> - ประชุม - จัดทำ - เผยแพร่ ',
        "๑. ประชุม<br>๒. จัดทำ<br/>๓. เผยแพร่",
    ],
)
def test_lists_in_every_dress_give_the_same_items(printed: str) -> None:
    assert row(tab(MEASURE_HEAD, measure(steps=printed))).steps == ("ประชุม", "จัดทำ", "เผยแพร่")


def test_a_list_that_lost_its_numbers_is_guessed_and_the_row_says_so() -> None:
    printed = "<ol> ปรับปรุงขั้นตอนการให้บริการ ให้รวดเร็ว จัดทำคู่มือสำหรับประชาชน อบรมเจ้าหน้าที่ทุกคน "
    found = row(pipe(PLAN_HEAD, ("ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน", printed, "กองช่าง", "ปีงบประมาณ 2568", "-ทำแล้ว")))
    assert found.guidance == ("ปรับปรุงขั้นตอนการให้บริการ ให้รวดเร็ว", "จัดทำคู่มือสำหรับประชาชน", "อบรมเจ้าหน้าที่ทุกคน")
    assert [(odd.role, odd.oddity) for odd in found.origin.oddities] == [("guidance", "boundaries_guessed")]
    assert found.origin.field_confidence["guidance"] < 1.0


# 11 — what only looks like a list mark


@pytest.mark.parametrize(
    "item",
    [
        "เผยแพร่ข้อมูลข้อ ๑) - ๗) บนเว็บไซต์",
        "รายงานปี พ.ศ. ๒๕๖๘ ต่อผู้บริหาร",
        "ประชุมไตรมาสที่ ๑ - ๒ ครบ",
        "แจ้งที่ โทร. ๑๒๖ ได้",
        "ทำตามมาตรา ๙ (๘) แล้ว",
    ],
)
def test_false_list_marks_inside_an_item_do_not_split_it(item: str) -> None:
    assert row(tab(MEASURE_HEAD, measure(result=f"๑. {item} ๒. รายงานผล"))).results == (item, "รายงานผล")


def test_a_repeated_number_starts_an_item_and_is_reported() -> None:
    found = row(tab(TRACKING_HEAD, topic(steps="<p>๑.ตรวจ</p><p>๒.แก้</p><p>๓.เสนอ</p><p>๓.เวียน</p><p>๔.เผยแพร่</p>")))
    assert found.steps == ("ตรวจ", "แก้", "เสนอ", "เวียน", "เผยแพร่")
    assert found.step_numbers == (1, 2, 3, 3, 4)
    assert [odd.oddity for odd in found.origin.oddities] == ["number_repeated"]


# 12 — broken HTML


@pytest.mark.parametrize(
    "printed",
    [
        "<ol> ๑. ตรวจ ๒. แก้ ",
        "<ul><li>ตรวจ<li>แก้",
        "<p>๑. ตรวจ<p>๒. แก้</ul></ol></div>",
        "<div><span>๑. ตรวจ</div> ๒. แก้</span>",
        "<table><td>๑. ตรวจ</td><td>๒. แก้",
    ],
)
def test_lists_never_closed_do_not_swallow_the_row(printed: str) -> None:
    found = row(tab(MEASURE_HEAD, measure(steps=printed)))
    assert found.steps == ("ตรวจ", "แก้")
    assert (found.responsible, found.outcomes) == (("กองช่าง",), ("ใช้จริง",))


# 13 — boxes, whose state belongs to the label after them


@pytest.mark.parametrize(
    "boxes",
    [
        '<input checked="" type="checkbox"/> ดำเนินการแล้วเสร็จ <input type="checkbox"/> ยังไม่ได้ดำเนินการ <input type="checkbox"/> อยู่ระหว่างดำเนินการ',
        '<p><input checked="" type="checkbox"/> ดำเนินการแล้วเสร็จ</p> <p><input type="checkbox"/> ยังไม่ได้ดำเนินการ</p>',
        "☑ ดำเนินการแล้วเสร็จ ☐ ยังไม่ได้ดำเนินการ ☐ อยู่ระหว่างดำเนินการ",
        "(/) ดำเนินการแล้วเสร็จ ( ) ยังไม่ได้ดำเนินการ ( ) อยู่ระหว่างดำเนินการ",
        "[x] ดำเนินการแล้วเสร็จ [ ] ยังไม่ได้ดำเนินการ",
    ],
)
def test_a_ticked_box_gives_the_status_and_is_no_progress(boxes: str) -> None:
    found = row(
        tab(PLAN_HEAD, ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "๑. ลดขั้นตอน", "กองช่าง", "ปีงบประมาณ ๒๕๖๘", f"-ลดแล้ว -ติดป้าย {boxes}"))
    )
    assert (found.status, found.ticked) == ("done", ("ดำเนินการแล้วเสร็จ",))
    assert found.progress == ("ลดแล้ว", "ติดป้าย")


def test_no_boxes_and_two_ticks_give_no_status() -> None:
    two = '<input checked="" type="checkbox"/> ดำเนินการแล้วเสร็จ <input checked="" type="checkbox"/> อยู่ระหว่างดำเนินการ'
    found = rows(
        tab(
            PLAN_HEAD,
            ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "๑. ลด", "กองช่าง", "ปีงบประมาณ ๒๕๖๘", "-ลดแล้ว"),
            ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "๑. แจ้ง", "กองคลัง", "ปีงบประมาณ ๒๕๖๘", f"-แจ้งแล้ว {two}"),
        )
    )
    assert [(record.status, record.boxes, record.ticked) for record in found] == [
        (None, 0, ()),
        (None, 2, ("ดำเนินการแล้วเสร็จ", "อยู่ระหว่างดำเนินการ")),
    ]


def test_labels_that_lost_their_boxes_are_no_progress_and_are_reported() -> None:
    printed = "-ลดแล้ว -ติดป้าย ดำเนินการแล้วเสร็จ ยังไม่ได้ดำเนินการ อยู่ระหว่างดำเนินการ"
    found = row(tab(PLAN_HEAD, ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "๑. ลด", "กองช่าง", "ปีงบประมาณ ๒๕๖๘", printed)))
    assert (found.status, found.progress) == (None, ("ลดแล้ว", "ติดป้าย"))
    assert found.origin.doubts == ("boxes_lost",)


# 14 — the score inside the title


def test_a_score_in_the_title_is_taken_out_and_a_missing_one_is_none() -> None:
    found = paper(
        pipe(
            PLAN_HEAD,
            ("ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ คะแนน 92.87", "1. คุม", "กองคลัง", "ปีงบประมาณ 2568", "-คุมแล้ว"),
            ("ตัวชี้วัดที่ 5 การแก้ไขปัญหาการทุจริต", "1. แจ้ง", "งานนิติการ", "ปีงบประมาณ 2568", "-แจ้งแล้ว"),
        )
    )
    assert [(score.no, score.title, score.score) for score in found.indicators] == [
        (4, "การใช้ทรัพย์สินของราชการ", Decimal("92.87")),
        (5, "การแก้ไขปัญหาการทุจริต", None),
    ]


# 15 — several dates in a cell, to be paired with the items due


def test_dates_pair_with_items_due_only_where_their_counts_agree() -> None:
    due = "๑.ส่งข้อมูล ภายในเดือนมกราคม ๒๕๖๘ ๒.เผยแพร่ ภายในวันที่ ๑๔ กุมภาพันธ์ ๒๕๖๘"
    done = "ดำเนินการเมื่อ วันที่ ๙ มกราคม ๒๕๖๘ ดำเนินการเมื่อ วันที่ ๑๓ กุมภาพันธ์ ๒๕๖๘"
    even, odd = rows(tab(TRACKING_HEAD, topic(due=due, done=done), topic(topic="-แผนงาน", due=due)))
    assert [(due.date, done.date) for due, done in even.pairs] == [
        (date(2025, 1, 31), date(2025, 1, 9)),
        (date(2025, 2, 14), date(2025, 2, 13)),
    ]
    assert [entry.text for entry in even.done] == ["วันที่ ๙ มกราคม ๒๕๖๘", "วันที่ ๑๓ กุมภาพันธ์ ๒๕๖๘"]
    assert (len(odd.due), len(odd.done), odd.pairs) == (2, 1, ())


# 16 — deadlines in prose


@pytest.mark.parametrize(
    ("words", "day", "recurs"),
    [
        ("ส่งข้อมูล ภายในเดือนเมษายน ๒๕๖๘", date(2025, 4, 30), None),
        ("ส่งข้อมูล ภายในเดือนมกราคม", date(2025, 1, 31), None),
        ("ส่งข้อมูล ภายในวันที่ ๒๐ มีนาคม ๒๕๖๘", date(2025, 3, 20), None),
        ("ติดตามการดำเนินการทุกเดือน", None, "monthly"),
        ("กำกับให้เผยแพร่ตามระยะเวลา", None, None),
    ],
)
def test_deadlines_in_prose_are_read(words: str, day: date | None, recurs: str | None) -> None:
    found = row("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n\n" + tab(TRACKING_HEAD, topic(due=f"๑.{words}")))
    assert [(item.text, item.date, item.recurrence) for item in found.due] == [(words, day, recurs)]


def test_a_deadline_without_its_year_says_what_was_inferred() -> None:
    found = row("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n\n" + tab(TRACKING_HEAD, topic(due="๑.ส่ง ภายในเดือนมกราคม")))
    assert found.due[0].inferred == ("year",)
    assert found.origin.field_confidence["due"] < 1.0


# 17 — years, digits and ranges of dates


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("ไตรมาสที่ ๑ - ๒", "2024-10-01", "2025-03-31"),
        ("๑๕-๓๐ ธ.ค. ๒๕๖๗", "2024-12-15", "2024-12-30"),
        ("๑ ต.ค. - ๓๐ ต.ค. ๒๕๖๗", "2024-10-01", "2024-10-30"),
        ("๓ ก.พ.-๒๗ ก.พ. ๖๘", "2025-02-03", "2025-02-27"),
        ("1 ตุลาคม 2567 – 30 กันยายน 2568", "2024-10-01", "2025-09-30"),
        ("ตลอดปีงบประมาณ", "2024-10-01", "2025-09-30"),
    ],
)
def test_periods_are_read_in_every_print(printed: str, start: str, end: str) -> None:
    assert days(row(TITLE + "\n" + tab(MEASURE_HEAD, measure(period=printed))).period) == (start, end)


# 18 — names and posts run together


def test_people_run_together_keep_their_posts() -> None:
    owners = "น.ส.ชุติมา วงษ์ทองคำ นักทรัพยากรบุคคล นส.อารีรัตน์ พลอยงาม นายภาสกร อินทร์ดีงาม นิติกร นางพรทิวา จันทร์สมบูรณ์ หัวหน้าสำนักปลัด"
    assert row(tab(MEASURE_HEAD, measure(owner=owners))).responsible == (
        "น.ส.ชุติมา วงษ์ทองคำ นักทรัพยากรบุคคล",
        "นส.อารีรัตน์ พลอยงาม",
        "นายภาสกร อินทร์ดีงาม นิติกร",
        "นางพรทิวา จันทร์สมบูรณ์ หัวหน้าสำนักปลัด",
    )


# 19 — units run together


def test_units_run_together_are_split_but_posts_and_sentences_are_not() -> None:
    owners = [
        "สำนักปลัดเทศบาล กองคลัง กองช่าง กองสาธารณสุขและสิ่งแวดล้อม",
        "ผู้อำนวยการกองคลัง หัวหน้าสำนักปลัดเทศบาล",
        "กองคลัง/งานพัสดุ",
    ]
    found = [row(tab(TRACKING_HEAD, topic(owner=owner))).responsible for owner in owners]
    assert found == [
        ("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง", "กองสาธารณสุขและสิ่งแวดล้อม"),
        ("ผู้อำนวยการกองคลัง", "หัวหน้าสำนักปลัดเทศบาล"),
        ("กองคลัง", "งานพัสดุ"),
    ]


# 20 — hand-written opinions read as names


def test_an_opinion_is_no_name() -> None:
    text = (
        "บันทึกข้อความ\n\nส่วนราชการ สำนักปลัดเทศบาล\n\nความเห็น ปลัดเทศบาล\n\nนพดล ดำเนิน\n\nเห็นควรเสนอ\n\nลงชื่อ\n\n"
        "(นายสมภพ วัฒนาเรืองชัย)\n\nปลัดเทศบาล\n"
    )
    (signatory,) = paper(text).signatories
    assert (signatory.name, signatory.position) == ("นายสมภพ วัฒนาเรืองชัย", "ปลัดเทศบาล")
    assert (signatory.opinion_of, signatory.opinion) == ("ปลัดเทศบาล", "นพดล ดำเนิน เห็นควรเสนอ")


# 21 — the head of a memo


def test_memo_head_with_dot_leaders_and_number_and_date_on_one_line() -> None:
    text = (
        "บันทึกข้อความ\n\nส่วนราชการ ...สำนักปลัดเทศบาล โทรศัพท ๐-๓๖๐๐-๐๑๑๔\n\nที่ ...ลบ ๕๒๗๐๑/ ๑๐๔๒ วันที่ ๙ ตุลาคม ๒๕๖๘\n\n"
        "เรื่อง รายงานผลการดำเนินการ\n\nเรียน นายกเทศมนตรีตำบลบ้านสวนพลู\n"
    )
    memo = paper(text).memo
    assert memo is not None
    assert (memo.office, memo.number, memo.date) == (
        "สำนักปลัดเทศบาล โทรศัพท ๐-๓๖๐๐-๐๑๑๔",
        "ลบ ๕๒๗๐๑/ ๑๐๔๒",
        date(2025, 10, 9),
    )
    assert (memo.subject, memo.to) == ("รายงานผลการดำเนินการ", "นายกเทศมนตรีตำบลบ้านสวนพลู")


def test_memo_head_with_a_subject_over_two_lines_and_the_date_on_its_own() -> None:
    text = (
        "บันทึกข้อความ\nส่วนราชการ สำนักปลัดเทศบาล\nที่ ลบ ๕๒๗๐๑/๙๖๘\nวันที่ ๙ ตุลาคม พ.ศ. ๒๕๖๗\nเรื่อง รายงานผลการดำเนินการ ของเทศบาลตำบลบ้านสวนพลู\n"
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗\nเรียน นายกเทศมนตรี\n"
    )
    memo = paper(text).memo
    assert memo is not None
    assert (memo.number, memo.date) == ("ลบ ๕๒๗๐๑/๙๖๘", date(2024, 10, 9))
    assert memo.subject == "รายงานผลการดำเนินการ ของเทศบาลตำบลบ้านสวนพลู ประจำปีงบประมาณ พ.ศ. ๒๕๖๗"


# 22 — wrap spaces inside words


def test_wrap_spaces_are_kept_as_printed_and_do_not_hinder_reading() -> None:
    found = row(tab(MEASURE_HEAD, measure(measure="จัดทำ แผน อัตรากำลัง", owner="กอง ช่าง", period="ไตร มาสที่ ๑")))
    assert found.measure == "จัดทำ แผน อัตรากำลัง"
    assert found.responsible == ("กอง ช่าง",)


# 23 — a paper damaged beyond recovery


def damaged() -> str:
    head = ("ลำดับที่", "มาตรฐานการ/กลยุทธ์สำเนินการ", "ระบบเวลาดำเนินกร", "สธุปผลการคำเนินการ", "ผลลัพย์หรือความสำเร็จ", "หมายเหต")
    words = "จัดทำผู้ชี้แนะแนวทางกวามปฏิบัติงานให้ทันท่วงทัน แจ้งวิธีนับคุณภาระภายในให้รับทราบ"
    made = [
        (f"๑. {words} {n}", f"๑ บ.ค. - ๓๑ ต.บ. ๒๕๖{n}", f"- {words}", f"- {words}", f"ก่อตั้งภาระ {n}", "")
        for n in range(6)
    ]
    return (
        "บันทึกข้อความ\nส่วนราชการ สำนักปลัดเทศบาล\nที่ ลบ ๕๒๗๐๑/๙๖๘\nวันที่ ๙ ตุลาคม ๒๕๖๗\nเรื่อง รายงาน\nเรียน นายกเทศมนตรี\n\n"
        + tab(SCORE_HEAD, ("IIT", "๑", "การปฏิบัติหน้าที่", "๙๓.๑๘"), ("", "๒", "การใช้งบประมาณ", "๘๘.๔๖"))
        + "\n" + tab(head, *made[:3]) + "\n" + tab(head, *made[3:]) + "\nหมู่บ้าน派สำหรับ\n"
    )  # fmt: skip


def test_a_paper_too_damaged_to_trust_needs_a_person_and_keeps_what_survives() -> None:
    found = paper(damaged())
    assert found.needs_person is True
    assert found.confidence < 0.3
    assert len(found.rows) == 6
    assert [score.score for score in found.indicators] == [Decimal("93.18"), Decimal("88.46")]
    assert found.memo is not None
    assert found.memo.number == "ลบ ๕๒๗๐๑/๙๖๘"
    assert len(found.reasons) >= 3
    assert all(reason.isprintable() and any("ก" <= letter <= "๙" for letter in reason) for reason in found.reasons)


def test_every_shifted_row_is_flagged_at_its_line() -> None:
    found = paper(damaged())
    flagged = {problem.where.line for problem in found.problems if problem.code == "ROW_SHIFTED"}
    assert flagged == {record.origin.where.line for record in found.rows}


# Conventions of the records


def test_unknown_columns_are_kept_apart_and_shown() -> None:
    head = (*MEASURE_HEAD[:4], "งบประมาณ (บาท)", *MEASURE_HEAD[4:])
    found = row(tab(head, (*MEASURE[:4], "๕,๐๐๐", *MEASURE[4:])))
    assert found.origin.extra == {"งบประมาณ (บาท)": "๕,๐๐๐"}
    assert (found.responsible, found.results) == (("กองช่าง",), ("มีคู่มือ", "เผยแพร่แล้ว"))


def test_fiscal_year_is_of_the_plan_not_of_the_scores() -> None:
    text = (
        "รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n\nจากผลการประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ ซึ่งดีกว่าปีงบประมาณ พ.ศ. ๒๕๖๖ "
        "และปีงบประมาณ พ.ศ. ๒๕๖๗\n\n"
    )
    assert paper(text + tab(MEASURE_HEAD, MEASURE)).fiscal_year_be == 2568


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("ภายใน ๓๑ มี.ค. ๒๕๖๘", None, "2025-03-31"),
        ("๓๐ เมษายน ๒๕๖๘", None, "2025-04-30"),
        ("ภายในเดือนกุมภาพันธ์ ๒๕๖๘", None, "2025-02-28"),
        ("ภายในไตรมาสที่ ๒", None, "2025-03-31"),
        ("เดือนมกราคม ๒๕๖๘", "2025-01-01", "2025-01-31"),
        ("ม.ค. ๖๘", "2025-01-01", "2025-01-31"),
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๘", "2024-10-01", "2025-09-30"),
    ],
)
def test_a_due_date_in_place_of_a_period_has_no_start(printed: str, start: str | None, end: str | None) -> None:
    assert days(row(TITLE + "\n" + tab(MEASURE_HEAD, measure(period=printed))).period) == (start, end)


def test_an_impossible_day_is_null_and_a_problem() -> None:
    found = paper(TITLE + "\n" + tab(MEASURE_HEAD, measure(period="๑ ก.พ. ๒๕๖๘ - ๓๐ ก.พ. ๒๕๖๘")))
    assert [days(record.period) for record in found.rows if isinstance(record, Measure)] == [("2025-02-01", None)]
    assert "DATE_IMPOSSIBLE" in codes(found)


def test_a_reversed_period_stays_as_printed_and_is_a_problem() -> None:
    found = paper(TITLE + "\n" + tab(MEASURE_HEAD, measure(period="๓๐ ก.ย. ๒๕๖๘ - ๑ ต.ค. ๒๕๖๗")))
    assert [days(record.period) for record in found.rows if isinstance(record, Measure)] == [
        ("2025-09-30", "2024-10-01")
    ]
    assert "PERIOD_REVERSED" in codes(found)


def test_a_dash_is_nothing() -> None:
    found = row(tab(MEASURE_HEAD, measure(steps="-", period="-", owner="–", result="-", outcome="—")))
    assert (found.steps, found.period, found.responsible, found.results, found.outcomes) == ((), None, (), (), ())


def test_a_list_inside_an_item_belongs_to_it() -> None:
    printed = "๑. จัดทำคู่มือ ๑) งานคลัง ๒) งานช่าง ๒. เผยแพร่ - เว็บไซต์ - เพจ"
    assert row(tab(MEASURE_HEAD, measure(steps=printed))).steps == (
        "จัดทำคู่มือ ๑) งานคลัง ๒) งานช่าง",
        "เผยแพร่ - เว็บไซต์ - เพจ",
    )


def test_a_merged_cell_counts_for_every_row_that_it_covers() -> None:
    text = (
        "<table><tr>" + "".join(f"<th>{head}</th>" for head in ("ประเด็น", *MEASURE_HEAD)) + "</tr>"
        "<tr><td rowspan=2>ประเด็นที่ ๑ การให้บริการ</td><td>๑</td><td>จัดทำคู่มือ</td><td>๑. ยกร่าง</td><td>ไตรมาสที่ ๑</td>"
        "<td rowspan=2>กองช่าง</td><td>๑. เสร็จ</td><td>๑. ใช้จริง</td></tr>"
        "<tr><td>๒</td><td>ลดขั้นตอน</td><td>๑. สำรวจ</td><td>ไตรมาสที่ ๒</td><td>๑. ลดแล้ว</td><td>๑. เร็วขึ้น</td></tr></table>"
    )  # fmt: skip
    assert [(record.issue_no, record.seq, record.responsible) for record in rows(text)] == [
        (1, "๑", ("กองช่าง",)),
        (1, "๒", ("กองช่าง",)),
    ]


def test_an_acting_signatory_has_both_lines_of_the_post() -> None:
    text = "(นายอนุชิต ทองพันชั่ง)\nผู้อำนวยการกองช่าง รักษาราชการแทน\nปลัดเทศบาลตำบลบ้านสวนพลู\n"
    (signatory,) = paper(text).signatories
    assert (signatory.position, signatory.capacity) == (
        "ผู้อำนวยการกองช่าง รักษาราชการแทน ปลัดเทศบาลตำบลบ้านสวนพลู",
        "acting_for",
    )


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("ดำเนินการแล้วเสร็จ", "done"),
        ("แล้วเสร็จ", "done"),
        ("อยู่ระหว่างดำเนินการ", "in_progress"),
        ("ยังไม่ได้ดำเนินการ", "not_started"),
        ("ยังไม่แล้วเสร็จ", "in_progress"),
        ("-", None),
        ("ยกเลิก", None),
    ],
)
def test_a_status_column_is_one_of_three_or_nothing(printed: str, status: str | None) -> None:
    found = row(
        tab((*PLAN_HEAD, "สถานะ"), ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "๑. ลด", "กองช่าง", "ปีงบประมาณ ๒๕๖๘", "-ลดแล้ว", printed))
    )
    assert found.status == status


def test_a_person_with_a_post_in_an_owner_cell_is_one_item() -> None:
    found = row(tab(MEASURE_HEAD, measure(owner="นายภาสกร อินทร์ดีงาม ตำแหน่ง นิติกรชำนาญการ")))
    assert found.responsible == ("นายภาสกร อินทร์ดีงาม ตำแหน่ง นิติกรชำนาญการ",)


def test_kinds_are_told_by_their_tables() -> None:
    kinds = {
        tab(GAP_HEAD, GAP): Kind.GAP_MEMO,
        tab(MEASURE_HEAD, MEASURE): Kind.MEASURES_REPORT,
        tab(TRACKING_HEAD, TOPIC): Kind.TRACKING_REPORT,
        tab(SCORE_HEAD, ("IIT", "๑", "การปฏิบัติหน้าที่", "๙๓.๑๘")): Kind.SCORE_TABLE,
        "ประกาศปิดถนน\n": Kind.UNKNOWN,
    }
    assert {text: paper(text).document_type for text in kinds} == kinds


def test_every_row_says_where_it_was_printed() -> None:
    found = rows(TITLE + "\n" + tab(MEASURE_HEAD, MEASURE, measure(number="๒", measure="ลดขั้นตอน")))
    assert [record.origin.where.line for record in found] == [5, 6]
    assert found[0].origin.printed["measure"] == "จัดทำคู่มือ"
    assert doubts(found) == [(), ()]


def test_a_heading_row_is_a_heading_in_the_stream() -> None:
    events = stream(read_content(tab(GAP_HEAD, ("ข้อมูลพื้นฐาน", "", "", "", "", ""), GAP).encode(), "paper.txt"))
    assert [event.text for event in events if isinstance(event, Heading)] == ["ข้อมูลพื้นฐาน"]
