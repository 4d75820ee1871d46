"""Rules about tables: no blank cell, a statement where there is nothing, results that are no activities."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from prongsai.documents.model import Cell, Table
from prongsai.frameworks.model import Element
from prongsai.inspection.case import Case, Finding, Kind, Options, failed, not_found, passed
from prongsai.inspection.rules.sections import body_rows, columns_of, head_count
from prongsai.inspection.view import Source, View
from prongsai.thai.numerals import read_number
from prongsai.thai.text import fold

SAME_LIKENESS = 92
SAME_SHARE = 0.5
_TOTAL = re.compile(r"^(?:รวม|ยอดรวม|total|หมายเหตุ|ที่มา|ลงชื่อ|ผู้จัดทำ|ผู้รายงาน)")
_ACTIVITY = re.compile(r"มาตรการ|กิจกรรม|โครงการ|วิธีการ|ขั้นตอน|แนวทาง")
_RESULT = re.compile(r"ผลการ|สรุปผล|ผลลัพธ์|ผลสัมฤทธิ์|ความสำเร็จ|ความก้าวหน้า|ผลที่ได้")


def _tables(view: View) -> Iterator[tuple[Source, Table]]:
    for source in view.sources:
        yield from ((source, table) for table in source.tables if len(table.rows) > 1)


def _matching(case: Case, options: Options) -> list[tuple[Source, Table, int]]:
    """Give the tables that carry the heads asked for, the best first; papers before pages."""
    sets = [case.book.words[key] for key in options.get("heads", ())]
    found = []
    for source, table in _tables(case.view):
        heads = columns_of(table, head_count(table))
        hits = sum(any(one.pattern.search(head.folded) for head in heads.values()) for one in sets)
        if hits >= min(2, len(sets)):
            found.append((hits, source.paper is not None, source, table))
    found.sort(key=lambda each: (-each[0], not each[1]))
    return [(source, table, hits) for hits, _, source, table in found]


def no_blank(case: Case, element: Element, options: Options) -> Finding:
    """Find cells left blank in a form whose every cell must say something; a dash or ไม่มี says something."""
    found = _matching(case, options)
    if not found:
        return not_found(case, "ไม่พบตารางตามแบบฟอร์ม", "ใช้แบบฟอร์มที่กำหนดโดยไม่แก้หัวตาราง")
    source, table, _ = found[0]
    heads = columns_of(table, head_count(table))
    sets = [case.book.words[key] for key in options["heads"]]
    lacking = [one.name_th for one in sets if not any(one.pattern.search(head.folded) for head in heads.values())]
    if lacking:
        return failed(
            f"แบบฟอร์มถูกแก้ ขาดช่อง {', '.join(lacking)}",
            "ใช้แบบฟอร์มที่กำหนด ห้ามแก้หัวตาราง",
            source,
            next(iter(heads.values()), None),
        )
    blanks = [
        (number, column)
        for number, cells in enumerate(_filled_rows(table), 1)
        for column in _blank_in(cells, heads.keys())
    ]
    if blanks:
        named = ", ".join(f"แถว {number} ช่อง “{heads[column].shown[:24]}”" for number, column in blanks[:4])
        more = f" และอีก {len(blanks) - 4} ช่อง" if len(blanks) > 4 else ""
        return failed(
            f"เว้นว่าง {len(blanks)} ช่อง: {named}{more}",
            "กรอกทุกช่อง ถ้าไม่มีข้อมูลให้เขียน “ไม่มี” หรือ “-”",
            source,
            next(iter(heads.values())),
        )
    return passed(f"กรอกครบทุกช่อง {len(_filled_rows(table))} แถว", source, next(iter(heads.values()), None))


def _filled_rows(table: Table) -> list[tuple[Cell, ...]]:
    rows = []
    for cells in body_rows(table):
        first = next((cell.text for cell in cells if cell.text), "")
        filled = {cell.text for cell in cells if cell.text}
        numbered_only = len(filled) == 1 and (read_number(first) is not None)
        if not _TOTAL.match(fold(first)) and not (len(filled) == 1 and len(cells) > 2) and not numbered_only:
            rows.append(cells)
    return rows


def _blank_in(cells: tuple[Cell, ...], columns: Iterable[int]) -> list[int]:
    wanted = set(columns)
    return [n for n, cell in enumerate(cells) if n in wanted and cell.is_empty and not cell.covered]


def statement_of_none(case: Case, element: Element, options: Options) -> Finding:
    """Where there is nothing, it must be said; where there is something, numbers say it."""
    none = case.book.words["none_said"]
    hit = case.view.first(none.pattern)
    if hit:
        return passed(f"เขียนไว้ชัด: “{hit[1].shown}”", *hit)
    numbers = [(source, table, value) for source, table in _tables(case.view) for value in _numbers(table)]
    positive = next(((source, value) for source, _, value in numbers if value > 0), None)
    if positive:
        return passed("มีจำนวนเรื่องเป็นตัวเลข จึงไม่ต้องเขียนว่าไม่มี", positive[0])
    said = case.view.first(case.book.words["count_said"].pattern)
    if said:
        return passed(f"บอกจำนวนไว้: “{said[1].shown}”", *said)
    mend = "เขียนข้อความว่า “ไม่มีเรื่องร้องเรียน” พร้อมปีและหน่วยงาน"
    if numbers:
        return failed("ตารางเป็นศูนย์หรือว่างทั้งหมด แต่ไม่มีข้อความว่าไม่มี", mend, numbers[0][0])
    return not_found(case, "ไม่พบจำนวนหรือข้อความว่าไม่มี", mend)


def _numbers(table: Table) -> Iterator[int]:
    heads = head_count(table)
    for row in table.rows[heads:]:
        for column, cell in enumerate(row.cells):
            value = read_number(cell.text) if column else None
            if value is not None and 0 <= value < 2400:
                yield int(value)
            elif column and cell.text.strip() in ("-", ""):
                yield 0


def results(case: Case, element: Element, options: Options) -> Finding:
    """Refuse results that only repeat the activity."""
    for source, table in _tables(case.view):
        heads = columns_of(table, head_count(table))
        does = next(
            (n for n, head in heads.items() if _ACTIVITY.search(head.folded) and not _RESULT.search(head.folded)), None
        )
        came = [n for n, head in heads.items() if _RESULT.search(head.folded)]
        if does is None or not came:
            continue
        rows = [cells for cells in _filled_rows(table) if len(cells) > max(does, *came)]
        for column in came:
            said = [(cells[does].text, cells[column].text) for cells in rows]
            same = [one for one, two in said if two and fuzz.ratio(fold(one), fold(two)) >= SAME_LIKENESS]
            if rows and len(same) >= SAME_SHARE * len(rows):
                reason = f"ผลเขียนซ้ำกับกิจกรรม {len(same)} จาก {len(rows)} แถว: “{same[0][:50]}”"
                return failed(reason, "เขียนสิ่งที่เกิดขึ้นจริง เช่น จำนวน ร้อยละ หรือสิ่งที่เปลี่ยนไป", source, heads[column])
        if rows and not any(cells[column].text.strip(" -.…") for cells in rows for column in came):
            return failed("ช่องผลว่างทุกแถว", "กรอกผลของแต่ละโครงการ", source, heads[came[-1]])
    return passed("ผลไม่ได้เขียนซ้ำกับกิจกรรม")


KINDS: dict[str, Kind] = {"no_blank": no_blank, "statement_of_none": statement_of_none, "results": results}
