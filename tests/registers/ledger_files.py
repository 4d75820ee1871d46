"""Made-up exports of a ledger, in two layouts; no office's real one. Both say the same of four lines of the plan."""

from __future__ import annotations

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from prongsai.thai.numerals import to_thai

# programme, work, heading, item, code, budget, moved in, moved out, spent so far
Row = tuple[str, str, str, str, str, str, str, str, str]
GENERAL, HEALTH = "แผนงานบริหารงานทั่วไป", "แผนงานสาธารณสุข"
OFFICE, WASTE = "งานบริหารทั่วไป", "งานบริหารทั่วไปเกี่ยวกับสาธารณสุข"
LINES: tuple[Row, ...] = (
    (GENERAL, OFFICE, "ค่าวัสดุ", "วัสดุสำนักงาน", "11-331", "120,000.00", "", "", "58,500.50"),
    (GENERAL, OFFICE, "ค่าวัสดุ", "วัสดุคอมพิวเตอร์", "11-332", "60,000.00", "15,000.00", "", "40,000.00"),
    (GENERAL, OFFICE, "ค่าใช้สอย", "ค่าจ้างเหมาบริการ", "11-321", "240,000.00", "", "15,000.00", "96,000.00"),
    (HEALTH, WASTE, "ค่าครุภัณฑ์", "รถบรรทุกขยะ", "22-541", "2,400,000.00", "", "", "-"),
)  # fmt: skip
TOTAL = ("2,820,000.00", "15,000.00", "15,000.00", "194,500.50")


def grouped(
    rows: Sequence[Row] = LINES,
    *,
    total: Sequence[str] | None = TOTAL,
    spent_head: str = "สะสม",
    title: str = "ณ มีนาคม",
) -> bytes:
    """A column for each level, merged downwards; heads in two rows; sums between; numbers as numbers, moved out in ().

    Columns: code, programme, work, heading, item, budget, moved in, moved out, spent in the month, spent so far, left.
    """
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("รายงาน")
    sheet.merge_range("A1:K1", "เทศบาลตำบลบ้านสวนพลู")
    sheet.merge_range("A2:K2", f"รายงานรายจ่ายจริงตามงบประมาณ {title}")
    for column, text in enumerate(("รหัสงบประมาณ", "แผนงาน", "งาน", "หมวด", "รายการ")):
        sheet.merge_range(3, column, 4, column, text)
    sheet.merge_range("F4:H4", "งบประมาณ (บาท)")
    sheet.merge_range("I4:J4", "เบิกจ่าย (บาท)")
    sheet.merge_range("K4:K5", "คงเหลือ")
    for column, text in enumerate(("อนุมัติ", "โอนเพิ่ม", "โอนลด", "เดือนนี้", spent_head), 5):
        sheet.write(4, column, text)
    at = 5
    for number, (programme, work, heading, item, code, budget, more, less, spent) in enumerate(rows):
        before = rows[number - 1] if number else ("",) * 9
        cells = [
            code,
            *(new if new != old else "" for new, old in zip((programme, work, heading), before, strict=False)),
            item,
        ]
        sheet.write_row(at, 0, cells)
        sheet.write(at, 5, _number(budget))
        sheet.write(at, 6, _number(more) if more else "")
        sheet.write(at, 7, f"({less})" if less else "")
        sheet.write(at, 8, 0)
        sheet.write(at, 9, _number(spent) if spent.strip("-") else "-")
        sheet.write(at, 10, 1)
        at += 1
        if number + 1 == len(rows) or rows[number + 1][0] != programme:
            sheet.write_row(at, 4, [f"รวม{programme}", 1, 1, 1, 1, 1, 1])
            at += 1
    if total is not None:
        sheet.write(at, 4, "รวมทั้งสิ้น")
        for column, text in zip((5, 6, 7, 9), total, strict=True):
            sheet.write(at, column, _number(text))
    sheet.write(at + 2, 0, "ผู้จัดทำรายงาน")
    book.close()
    return target.getvalue()


def sectioned(rows: Sequence[Row] = LINES, *, total: Sequence[str] | None = TOTAL) -> bytes:
    """Levels as rows over the whole width, headings with their sum; words in Thai digits; what was moved in one column.

    Columns: item, budget, moved (less in brackets), budget after that, spent so far.
    """
    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("งบประมาณ")
    sheet.merge_range("A1:E1", "รายงานการใช้จ่ายเงินตามงบประมาณรายจ่าย เทศบาลตำบลบ้านสวนพลู")
    heads = ("รายการ", "งบประมาณตั้งไว้", "โอนเพิ่ม/ลด", "งบประมาณหลังโอน", "เบิกจ่ายสะสม (บาท)")
    sheet.write_row(2, 0, heads)
    sheet.write_row(3, 0, ["(๑)", "(๒)", "(๓)", "(๔)", "(๕)"])
    at, before = 4, ("", "", "")
    for programme, work, heading, item, _code, budget, more, less, spent in rows:
        if programme != before[0]:
            sheet.merge_range(at, 0, at, 4, programme)
            at += 1
        if work != before[1]:
            sheet.merge_range(at, 0, at, 4, work)
            at += 1
        if heading != before[2] or programme != before[0]:
            sheet.write_row(at, 0, [f"หมวด{heading}", to_thai("1,000.00"), "", "", to_thai("999.00")])
            at += 1
        before = (programme, work, heading)
        moved = more or (f"({less})" if less else "")
        after = _number(budget) + (_number(more) if more else 0) - (_number(less) if less else 0)
        sheet.write_row(at, 0, [item, *map(to_thai, (budget, moved, f"{after:,.2f}", spent))])
        at += 1
    if total is not None:
        moved_net = f"{_number(total[1]) - _number(total[2]):,.2f}"
        after_all = f"{_number(total[0]) + _number(total[1]) - _number(total[2]):,.2f}"
        sheet.write_row(at, 0, ["รวมรายจ่ายทั้งสิ้น", *map(to_thai, (total[0], moved_net, after_all, total[3]))])
    book.close()
    return target.getvalue()


def _number(text: str) -> float:
    return float(text.replace(",", ""))
