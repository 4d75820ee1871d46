"""Tables as other offices print them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prongsai.documents.build import NOWHERE, cell, covered, row
from prongsai.documents.model import Align, Document, Table
from prongsai.documents.model import Kind as PrintedKind
from prongsai.documents.plain import plain
from prongsai.reports.forms.columns import Column, Columns, check_totals
from prongsai.reports.forms.values import Edge, Kind


@dataclass(frozen=True)
class Buy:
    what: str
    price: Decimal | None
    day: date | None = None
    who: tuple[str, ...] = ()


COLUMNS = Columns(
    (
        Column("no", Kind.ORDINAL, heads=("ลำดับ", "ที่")),
        Column("what", heads=("รายการ", "งานที่จัดซื้อ"), width=4),
        Column("price", Kind.MONEY, heads=("ราคา (บาท)", "จำนวนเงิน"), summed=True),
        Column("day", Kind.DATE, heads=("วันที่", "วันที่ซื้อ"), required=False),
        Column("who", Kind.LIST, heads=("ผู้รับผิดชอบ",), required=False),
    ),
    total="รวมทั้งสิ้น",
)
ROWS = [Buy("กระดาษ", Decimal("1250.50"), date(2025, 10, 1), ("กองคลัง", "กองช่าง")), Buy("หมึก", Decimal("90"))]


def read(*tables: Table):
    """Read tables as a reader gives them, places filled in."""
    return COLUMNS.recognise(list(plain(Document("ก", "x", None, "", tables)).tables()))


def printed(head: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    return Table((row(*head), *(row(*each) for each in rows)), NOWHERE, "tab")


def rows_of(found) -> list[Buy]:
    return [Buy(r.values["what"], r.values["price"], r.values.get("day"), r.values.get("who", ())) for r in found.rows]


def codes(found) -> list[str]:
    return [problem.code for problem in found.problems]


def test_table_composes_typed_cells_in_thai_digits():
    table = COLUMNS.compose(ROWS, Edge())
    assert [cell.text for cell in table.rows[1].cells] == [
        "๑",
        "กระดาษ",
        "๑,๒๕๐.๕๐",
        "๑ ต.ค. ๒๕๖๘",
        "๑. กองคลัง ๒. กองช่าง",
    ]
    assert [cell.value for cell in table.rows[1].cells] == [None, None, Decimal("1250.50"), date(2025, 10, 1), None]
    assert [cell.text for cell in table.rows[2].cells] == ["๒", "หมึก", "๙๐.๐๐", "-", "-"]
    assert (table.columns[2].kind, table.columns[2].align) == (PrintedKind.MONEY, Align.RIGHT)
    assert table.heads == 1


def test_total_row_adds_up_and_covers_the_cells_before_it():
    last = COLUMNS.compose(ROWS, Edge()).rows[-1].cells
    assert (last[0].text, last[0].columns, last[1].covered) == ("รวมทั้งสิ้น", 2, True)
    assert (last[2].text, last[2].value) == ("๑,๓๔๐.๕๐", Decimal("1340.50"))


def test_composed_table_comes_back():
    assert rows_of(read(COLUMNS.compose(ROWS, Edge()))) == ROWS


def test_columns_are_found_in_any_order_and_wording():
    found = read(printed(("ผู้รับผิดชอบงาน", "จำนวนเงิน", "งานที่จัดซื้อ"), ("กองคลัง", "1,250.50", "กระดาษ")))
    assert rows_of(found) == [Buy("กระดาษ", Decimal("1250.50"), None, ("กองคลัง",))]
    assert codes(found) == []


def test_unknown_column_is_kept_and_shown():
    found = read(printed(("ที่", "รายการ", "ราคา (บาท)", "เลขที่ฎีกา"), ("๑", "กระดาษ", "๙๐.๐๐", "ค.๑๒")))
    assert found.rows[0].extra == {"เลขที่ฎีกา": "ค.๑๒"}
    assert [(p.code, p.evidence) for p in found.problems] == [("FORM_COLUMN_UNKNOWN", ("ค.๑๒",))]


def test_missing_column_is_told():
    found = read(printed(("ที่", "รายการ", "วันที่"), ("๑", "กระดาษ", "๑ ต.ค. ๒๕๖๘")))
    assert [(p.code, p.message_th) for p in found.problems] == [("FORM_COLUMN_MISSING", "ไม่มีคอลัมน์ ราคา (บาท)")]


def test_head_over_two_rows_with_merged_cells_is_read():
    group, what = cell("การจัดซื้อ", columns=2), cell("รายการ", rows=2)
    table = Table(
        (row(what, group, covered(group)), row(covered(what), "ราคา (บาท)", "วันที่"), row("หมึก", "๙๐.๐๐", "๒ ม.ค. ๒๕๖๙")),
        NOWHERE, "docx",
    )  # fmt: skip
    assert rows_of(read(table)) == [Buy("หมึก", Decimal("90.00"), date(2026, 1, 2))]


def test_grouped_columns_compose_two_head_rows_and_come_back():
    columns = Columns(
        (
            Column("label", heads=("เดือน",)),
            Column("a", Kind.WHOLE, heads=("ทั้งหมด",), group="จัดซื้อจัดจ้าง"),
            Column("b", Kind.WHOLE, heads=("แล้วเสร็จ",), group="จัดซื้อจัดจ้าง"),
            Column("c", Kind.WHOLE, heads=("ทั้งหมด",), group="ทุจริตอื่น"),
        )
    )
    each = type("Row", (), {"label": "ตุลาคม", "a": 4, "b": 3, "c": 7})()
    table = columns.compose([each], Edge())
    assert [(c.text, c.columns, c.rows, c.covered) for c in table.rows[0].cells] == [
        ("เดือน", 1, 2, False), ("จัดซื้อจัดจ้าง", 2, 1, False), ("จัดซื้อจัดจ้าง", 1, 1, True), ("ทุจริตอื่น", 1, 1, False),
    ]  # fmt: skip
    found = columns.recognise(list(plain(Document("", "x", None, "", (table,))).tables()))
    assert dict(found.rows[0].values) == {"label": "ตุลาคม", "a": 4, "b": 3, "c": 7}


def test_head_is_found_under_title_rows_and_repeated_on_every_page():
    head = ("ลำดับ", "รายการ", "ราคา (บาท)")
    first = printed(
        ("ตารางที่ ๑", "ตารางที่ ๑", "ตารางที่ ๑"),
        head,
        ("(๑)", "(๒)", "(๓)"),
        ("๑", "กระดาษ", "๑๐.๐๐"),
        head,
        ("๒", "หมึก", "๒๐.๐๐"),
    )
    second = printed(head, ("๓", "แฟ้ม", "๓๐.๐๐"))
    assert [row.values["what"] for row in read(first, second).rows] == ["กระดาษ", "หมึก", "แฟ้ม"]


def test_table_that_goes_on_without_a_head_is_read_under_the_head_before():
    first = printed(("ลำดับ", "รายการ", "ราคา (บาท)"), ("๑", "กระดาษ", "๑๐.๐๐"))
    assert [row.values["what"] for row in read(first, printed(("๒", "หมึก", "๒๐.๐๐"))).rows] == ["กระดาษ", "หมึก"]


def test_row_broken_by_a_page_is_joined():
    head = ("ลำดับ", "รายการ", "ราคา (บาท)", "ผู้รับผิดชอบ")
    first = printed(head, ("๑", "กระดาษ", "๑๐.๐๐", "๑. กองคลัง"))
    second = printed(head, ("", "", "", "๒. กองช่าง"), ("๒", "หมึก", "๒๐.๐๐", "-"))
    found = read(first, second)
    assert rows_of(found) == [Buy("กระดาษ", Decimal("10.00"), None, ("กองคลัง", "กองช่าง")), Buy("หมึก", Decimal("20.00"))]
    assert codes(found) == []


def test_total_that_is_wrong_is_told_with_its_sum():
    found = read(printed(("ที่", "รายการ", "ราคา (บาท)"), ("๑", "ก", "๑๐.๐๐"), ("๒", "ข", "๒๐.๐๐"), ("รวม", "", "๔๐.๐๐")))
    problems = check_totals(found, COLUMNS, rows_of(found), None)
    assert [(p.code, p.arithmetic) for p in problems] == [("FORM_TOTAL_WRONG", "10.00 + 20.00 = 30.00 ≠ 40.00")]
    assert len(found.rows) == 2


def test_total_that_is_right_is_no_problem():
    found = read(printed(("ที่", "รายการ", "จำนวนเงิน"), ("๑", "ก", "๑๐.๐๐"), ("รวมเป็นเงิน", "", "๑๐")))
    assert check_totals(found, COLUMNS, rows_of(found), None) == []
    assert found.totals == {"price": Decimal(10)}


def test_thing_called_like_a_total_is_a_row_when_it_is_numbered():
    found = read(printed(("ที่", "รายการ", "ราคา (บาท)"), ("๑", "รวมพลังชุมชน", "๑๐.๐๐")))
    assert [row.values["what"] for row in found.rows] == ["รวมพลังชุมชน"]


def test_unreadable_and_missing_values_are_told_with_their_places():
    found = read(printed(("ที่", "รายการ", "ราคา (บาท)", "วันที่"), ("๑", "", "แพง", "๓๑ ก.พ. ๒๕๖๘")))
    assert [(p.code, p.where.row, p.where.column) for p in found.problems] == [
        ("FORM_VALUE_MISSING", 2, 2), ("FORM_VALUE_UNREADABLE", 2, 3), ("FORM_VALUE_UNREADABLE", 2, 4),
    ]  # fmt: skip
    assert rows_of(found) == [Buy("", None)]


def test_numbers_out_of_order_are_told():
    found = read(printed(("ที่", "รายการ", "ราคา (บาท)"), ("๑", "ก", "๑"), ("๓", "ข", "๑")))
    assert codes(found) == ["FORM_NUMBER_ORDER"]


def test_other_table_has_no_head():
    assert COLUMNS.find_head(printed(("ชื่อ", "ตำแหน่ง"), ("นาย ก", "นายช่าง"))) is None


def test_typed_values_of_a_workbook_are_taken():
    typed = Table(
        (row("รายการ", "ราคา (บาท)", "วันที่"), row("หมึก", cell("90", value=Decimal("90.25")), cell("45931", value=date(2025, 10, 1)))),
        NOWHERE, "xlsx",
    )  # fmt: skip
    assert rows_of(read(typed)) == [Buy("หมึก", Decimal("90.25"), date(2025, 10, 1))]
