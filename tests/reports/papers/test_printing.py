"""Words of cells: lists in the first form that reads back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.documents.model import Line, Mark
from prongsai.errors import Where
from prongsai.reports.lists import read_items
from prongsai.reports.printing import (
    extra_heads,
    first_read_back,
    list_lines,
    numbered_lines,
    owner_lines,
    score_text,
    span_text,
)
from prongsai.reports.records import Origin, Span
from prongsai.thai.dates import fiscal_year

HEADS = ("ลำดับ", "มาตรการ/กิจกรรม", "ระยะเวลา", "ผู้รับผิดชอบ", "สรุปผลการดำเนินการ", "ผลลัพธ์หรือความสำเร็จ")


def _texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_a_list_is_numbered_with_thai_digits() -> None:
    assert _texts(list_lines(["ประชุม", "จัดทำคู่มือ"])) == ["๑. ประชุม", "๒. จัดทำคู่มือ"]


def test_a_single_item_has_no_number() -> None:
    assert _texts(list_lines(["ประชุม"])) == ["ประชุม"]


def test_nothing_is_no_line() -> None:
    assert list_lines([]) == ()


@pytest.mark.parametrize(
    "items",
    [
        ["แสดงข้อมูล ดังนี้ - ที่อยู่ - โทรศัพท์", "แผนที่"],
        ["ตามข้อ ๒. ของประกาศ", "รายงานผล"],
        ["ขั้นแรก ๑. ก ๒. ข", "ขั้นที่สอง"],
        ["จัดทำ", "จัดทำ", "จัดทำ"],
        ["ไตรมาสที่ ๑ - ๒", "ไตรมาสที่ ๓ - ๔"],
        ["งาน (๑) ก (๒) ข", "ส่วน ๑) ก ๒) ข"],
        ["เสนอ ก - ข", "เสนอ ค - ง"],
    ],
)
def test_items_with_marks_of_their_own_are_read_back(items: list[str]) -> None:
    assert list(read_items(list_lines(items)).texts) == items


WORDS = st.lists(
    st.lists(st.sampled_from(["จัดทำคู่มือ", "รายงานผล", "ข้อ", "๑.", "๒)", "(๓)", "-", "๒๕๖๘", "ไตรมาสที่", "ประชุม", "เผยแพร่"]), min_size=1, max_size=6).map(" ".join),
    min_size=2,
    max_size=5,
)  # fmt: skip


@given(WORDS)
def test_whatever_form_is_chosen_holds_every_word(items: list[str]) -> None:
    printed = " ".join(_texts(list_lines(items)))
    assert [item for item in items if item not in printed] == []


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        (["ก ข", "ค ง", "จ ฉ"], [1, 2, 3]),
        (["เอก", "โท", "ตรี", "จัตวา"], [1, 2, 3, 3]),
        (["เอก", "โท", "ตรี"], [1, 2]),
        (["เอก", "โท"], []),
        (["เอก"], [1]),
        (["เอก", "โท"], [2, 3]),
    ],
)
def test_printed_numbers_are_kept(items: list[str], numbers: list[int]) -> None:
    found = read_items(numbered_lines(items, numbers))
    assert (list(found.texts), [number for number in found.numbers if number is not None]) == (items, numbers)


def test_more_numbers_than_items_lose_no_item() -> None:
    assert _texts(numbered_lines(["เอก"], [1, 2])) == ["เอก"]


def test_owners_stand_one_a_paragraph_without_numbers() -> None:
    owners = ("นายภาสกร อินทร์ดีงาม นิติกรชำนาญการ", "กองคลัง")
    assert _texts(owner_lines(owners)) == list(owners)


def test_the_usual_form_stands_where_none_is_read_back() -> None:
    forms = [(Line("ก"),), (Line("ข"),)]
    assert first_read_back(forms, lambda lines: lines[0].text, "ค") == (Line("ก"),)


@pytest.mark.parametrize(
    ("score", "places", "printed"),
    [
        ("95.5", 2, "๙๕.๕๐"),
        ("100", 0, "๑๐๐"),
        ("0", 0, "๐"),
        ("92.2208", 2, "๙๒.๒๒๐๘"),
        ("62.5", 0, "๖๒.๕"),
        ("100.00", 2, "๑๐๐.๐๐"),
    ],
)
def test_a_score_is_printed_without_losing_a_decimal(score: str, places: int, printed: str) -> None:
    assert score_text(Decimal(score), places) == printed


def test_a_period_is_printed_as_it_was() -> None:
    assert span_text(Span("ตลอดปี", *fiscal_year(2568))) == "ตลอดปี"


def test_a_period_of_days_alone_is_printed_by_its_days() -> None:
    start, end = fiscal_year(2568)
    assert span_text(Span("", start, end)) == "๑ ต.ค. ๒๕๖๗ - ๓๐ ก.ย. ๒๕๖๘"
    assert span_text(Span("", None, end)) == "ภายในวันที่ ๓๐ กันยายน ๒๕๖๘"
    assert span_text(Span("", start, None)) == "ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๗"
    assert [span_text(None), span_text(Span("", None, None))] == ["-", "-"]


def test_columns_without_a_field_are_kept_unless_they_would_take_a_role() -> None:
    extra = {"งบประมาณ": "๑๐,๐๐๐", "หมายเหตุ": "ก", "ช่องที่ 7": "ข", "แล้วเสร็จ": "✓"}
    assert extra_heads(HEADS, [Origin(Where(), extra=extra)]) == ("งบประมาณ",)


def test_marks_of_a_format_are_the_last_resort() -> None:
    lines = list_lines(["เสนอ ๑. ก ๑) ข (๑) ค - ง", "๒. จ ๒) ฉ (๒) ช - ซ ๓. ฌ"])
    assert {line.mark for line in lines} <= {Mark.NONE, Mark.ITEM}
    assert len(lines) == 2
