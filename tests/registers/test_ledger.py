"""Exports of a ledger: heads, lines, sections, sums, amounts; which row of the plan a line is."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import FileUnusable
from prongsai.registers.ledger import CODE, HEADING, ITEM, PROGRAMME, SOURCE, WORK, Line, Reader, Total, amount, guess
from prongsai.registers.ledger_match import Plan, PlanLine
from prongsai.registers.ledger_sheet import LedgerSheet, ledger_sheet
from prongsai.thai.numerals import to_thai
from tests.registers.ledger_files import GENERAL, HEALTH, LINES, OFFICE, WASTE, grouped, sectioned


def plan(*more: PlanLine, chosen: dict[str, str] | None = None) -> Plan:
    rows = [
        PlanLine(number, {CODE: code, PROGRAMME: programme, WORK: work, HEADING: heading, ITEM: item}, item)
        for number, (programme, work, heading, item, code, *_rest) in enumerate(LINES, 1)
    ]
    return Plan([*rows, *more], chosen)


def read(sheet: LedgerSheet, known: Plan | None = None) -> list[Line | Total]:
    reader = Reader(guess(sheet.head), sheet.head, known.known if known else {})
    rows = (reader.read(number, cells, is_section=is_section) for number, cells, is_section in sheet.rows)
    return [one for one in rows if one is not None]


def lines(found: list[Line | Total]) -> list[Line]:
    return [one for one in found if isinstance(one, Line)]


def test_heads_of_two_rows_under_titles_are_found() -> None:
    sheet = ledger_sheet(grouped(), "งบ.xlsx")
    assert (sheet.name, sheet.head_row) == ("รายงาน", 5)
    assert sheet.head[5:10] == (
        "งบประมาณ (บาท) / อนุมัติ", "งบประมาณ (บาท) / โอนเพิ่ม", "งบประมาณ (บาท) / โอนลด",
        "เบิกจ่าย (บาท) / เดือนนี้", "เบิกจ่าย (บาท) / สะสม",
    )  # fmt: skip
    assert guess(sheet.head) == {
        "code": 0, "programme": 1, "work": 2, "heading": 3, "item": 4,
        "budget": 5, "moved_in": 6, "moved_out": 7, "spent": 9,
    }  # fmt: skip


def test_a_head_of_one_row_in_thai_digits_is_found() -> None:
    sheet = ledger_sheet(sectioned(), "งบ.xlsx")
    assert guess(sheet.head) == {"item": 0, "budget": 1, "moved": 2, "available": 3, "spent": 4}


@pytest.mark.parametrize("made", [grouped, sectioned])
def test_both_layouts_say_the_same(made) -> None:
    found = read(ledger_sheet(made(), "งบ.xlsx"), plan())
    assert [
        tuple(line.names.get(name, "") for name in (PROGRAMME, WORK)) + (line.title, line.amounts.get("spent"))
        for line in lines(found)
    ] == [
        (GENERAL, OFFICE, "วัสดุสำนักงาน", Decimal("58500.50")),
        (GENERAL, OFFICE, "วัสดุคอมพิวเตอร์", Decimal("40000.00")),
        (GENERAL, OFFICE, "ค่าจ้างเหมาบริการ", Decimal("96000.00")),
        (HEALTH, WASTE, "รถบรรทุกขยะ", None),
    ]
    assert [(line.moved_in, line.moved_out) for line in lines(found)] == [
        (0, 0), (Decimal("15000.00"), 0), (0, Decimal("15000.00")), (0, 0),
    ]  # fmt: skip
    assert all(not line.faults for line in lines(found))
    (total,) = [one for one in found if isinstance(one, Total) and one.is_grand]
    assert total.amounts["spent"] == sum(line.amounts.get("spent", Decimal(0)) for line in lines(found))
    assert [plan().find(line).id for line in lines(found)] == [1, 2, 3, 4]  # type: ignore[union-attr]


def test_amounts_are_kept_as_they_are_printed() -> None:
    line = lines(read(ledger_sheet(sectioned(), "งบ.xlsx"), plan()))[0]
    assert line.printed["spent"] == to_thai("58,500.50")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"), ("๑,๒๓๔.๕๐", "1234.50"), ("(1,234.50)", "-1234.50"), ("1,234.50-", "-1234.50"),
        ("−5", "-5.00"), (" 12 บาท", "12.00"), ("0", "0.00"), ("1234.5600000001", "1234.56"),
    ],
)  # fmt: skip
def test_amounts_as_ledgers_print_them(text: str, value: str) -> None:
    assert amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "-", "–", "--"])
def test_a_dash_is_no_amount(text: str) -> None:
    assert amount(text) is None


@pytest.mark.parametrize("text", ["สองล้าน", "1.2.3", "(5", "5)", "1e9", "(-(5))", "#REF!", "9" * 16, "1/2", "+"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        amount(text)


@given(st.decimals(-(10**14), 10**14, places=2), st.booleans())
def test_every_amount_that_is_printed_is_read(value: Decimal, thai: bool) -> None:
    text = f"({-value:,.2f})" if value < 0 else f"{value:,.2f}"
    assert amount(to_thai(text) if thai else text) == value


def test_negative_spending_is_refused_and_names_its_cell() -> None:
    rows = ((*LINES[0][:8], "-20.00"), *LINES[1:])
    (line,) = [one for one in lines(read(ledger_sheet(grouped(rows, total=None), "งบ.xlsx"), plan())) if one.faults]
    assert [(fault.field, fault.code) for fault in line.faults] == [("spent", "NEGATIVE")]


def test_an_item_that_begins_like_a_sum_or_a_level_is_a_line() -> None:
    names = ("รวมพลังรักษ์คลอง", "งานประเพณีลอยกระทง")
    rows = [(GENERAL, OFFICE, "ค่าใช้สอย", name, "", "5,000.00", "", "", "1.00") for name in names]
    more = [
        PlanLine(number, {PROGRAMME: GENERAL, WORK: OFFICE, HEADING: "ค่าใช้สอย", ITEM: name}, name)
        for number, name in enumerate(names, 50)
    ]
    for made in (grouped, sectioned):
        found = lines(read(ledger_sheet(made(rows, total=None), "งบ.xlsx"), plan(*more)))
        assert [line.title for line in found] == list(names)
        assert [one and one.id for one in map(plan(*more).find, found)] == [50, 51]


def test_a_file_without_heads_says_so() -> None:
    with pytest.raises(FileUnusable, match="no head"):
        ledger_sheet("ก,ข\n1,2\n".encode(), "งบ.csv")


def test_csv_is_read_too() -> None:
    text = 'รหัสงบประมาณ,รายการ,งบประมาณ,เบิกจ่าย\n11-331,วัสดุสำนักงาน,"120,000.00","(5.00)"\n'
    (line,) = lines(read(ledger_sheet(text.encode("utf-8-sig"), "งบ.csv"), plan()))
    assert plan().find(line) == plan().lines[1]
    assert [fault.code for fault in line.faults] == ["NEGATIVE"]


# --- which row it is ---


def line_of(**names: str) -> Line:
    return Line(9, names, {}, {})


WHOLE = {PROGRAMME: GENERAL, WORK: OFFICE, HEADING: "ค่าวัสดุ"}


def test_a_line_is_found_by_code_or_by_all_its_names_and_never_by_likeness() -> None:
    known = plan()
    assert known.find(line_of(code="๑๑-๓๓๑")).id == 1  # type: ignore[union-attr]
    assert known.find(line_of(**WHOLE, item="วัสดุ สำนักงาน")).id == 1  # type: ignore[union-attr]
    assert known.find(line_of(**{**WHOLE, HEADING: "หมวดค่าวัสดุ"}, item="วัสดุสำนักงาน")).id == 1  # type: ignore[union-attr]
    for odd in (
        line_of(item="วัสดุสำนักงาน"),
        line_of(**WHOLE, item="วัสดุสำนักงานฯ"),
        line_of(**{**WHOLE, WORK: WASTE}, item="วัสดุสำนักงาน"),
    ):
        assert known.find(odd) is None
        assert known.nearest(odd)[0].id == 1
    assert known.nearest(line_of(item="เครื่องบินลำใหญ่")) == []


def test_one_name_under_two_sources_needs_the_source() -> None:
    names = {**WHOLE, ITEM: "วัสดุสำนักงาน"}
    known = plan(PlanLine(9, {**names, SOURCE: "เงินสะสม"}, "วัสดุสำนักงาน"))
    assert known.find(line_of(**names)) is None
    assert known.find(line_of(**names, source="เงินสะสม")).id == 9  # type: ignore[union-attr]


def test_what_people_said_is_known_in_the_next_file() -> None:
    odd = line_of(**WHOLE, item="วัสดุสนง.")
    chosen = plan(chosen={odd.key: plan().lines[1].key})
    assert (chosen.chosen(odd), chosen.is_left(odd)) == (chosen.lines[1], False)
    left = plan(chosen={odd.key: ""})
    assert (left.chosen(odd), left.is_left(odd)) == (None, True)
    assert (plan().chosen(odd), plan().is_left(odd)) == (None, False)
