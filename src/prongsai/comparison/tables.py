"""The results as open data: tables that are given as CSV, JSON and a dictionary of their columns.

The nation has a file a year, a province its own part of it, so that nobody loads 7,850 agencies to look at one.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from prongsai.comparison.figures import Figures, Place
from prongsai.comparison.model import Nation, Result
from prongsai.errors import Problem
from prongsai.frameworks.model import Framework
from prongsai.portal.model import Column, DataTable

_HEAD = (
    Column("year", "ปีงบประมาณ (พ.ศ.)", "number"),
    Column("agency", "รหัสในชุดข้อมูล", note="รหัส ๘ หลัก หรือรหัสที่ระบบสร้างเมื่อตารางไม่มีรหัส ใช้เชื่อมข้ามไฟล์"),
    Column("code", "รหัส อปท. ๘ หลัก", note="ว่างเมื่อไม่มีตารางใดพิมพ์ไว้"),
    Column("kind", "ประเภท"),
    Column("name", "หน่วยงาน"),
    Column("printed", "ชื่อตามที่พิมพ์"),
    Column("district", "อำเภอ", note="ว่างเมื่อตารางไม่ได้พิมพ์"),
    Column("province_code", "รหัสจังหวัด"),
    Column("province", "จังหวัด"),
    Column("total", "คะแนนรวม", "number", "ตามที่พิมพ์ หรือที่คำนวณได้เมื่อไม่มีพิมพ์ (ดู total_how)"),
    Column("total_how", "ที่มาของคะแนนรวม", "choice", "printed ตามที่พิมพ์, computed คำนวณจากคะแนนย่อย"),
    Column("level", "ระดับ", note="ตามที่พิมพ์ หรือที่คำนวณได้เมื่อไม่มีพิมพ์"),
    Column("rank_kind", "อันดับในประเภทเดียวกันทั้งประเทศ", "number", "คำนวณจากคะแนนรวม คะแนนเท่ากันอันดับเดียวกัน"),
    Column("of_kind", "จำนวนหน่วยงานประเภทเดียวกันทั้งประเทศ", "number"),
    Column("rank_kind_province", "อันดับในประเภทเดียวกันในจังหวัด", "number"),
    Column("of_kind_province", "จำนวนหน่วยงานประเภทเดียวกันในจังหวัด", "number"),
    Column("contradictions", "จำนวนข้อขัดแย้งของแถวนี้", "number"),
    Column("source", "ลำดับของตารางต้นทาง", "number", "ดูไฟล์ sources"),
)


def results(figures: Figures, year: int, province: str = "") -> DataTable:
    """Give the results of a year, of one province or all, with every score that the tables print."""
    nation = figures.nation
    framework = nation.frameworks.get(year)
    found = sorted(figures.group(year, "", province), key=lambda one: one.agency)
    scores = _score_columns(framework, found)
    head = (*_HEAD, *(column for _, _, column in scores))
    rows = tuple(
        (*_head_cells(figures, one), *(_cell(getattr(one.checked, name).get(code)) for name, code, _ in scores))
        for one in found
    )
    return DataTable("results", f"ผลการประเมินปีงบประมาณ พ.ศ. {year}", head, rows)


def _score_columns(framework: Framework | None, found: Iterable[Result]) -> tuple[tuple[str, str, Column], ...]:
    """Give the columns of scores that at least one row has, in the order of the framework."""
    if framework is None:
        return ()
    known: list[tuple[str, str, Column]] = []
    for one in framework.instruments:
        known.append(("instruments", one.code, Column(one.code, one.name_th, "number", "คะแนน ๐–๑๐๐ ก่อนถ่วงน้ำหนัก")))
    for each in framework.indicators:
        label = f"ตัวชี้วัดที่ {each.code} {each.name_th}"
        known.append(("indicators", each.code, Column(f"i{each.code}", label, "number", f"กุญแจถาวร {each.key}")))
    for item in framework.items:
        label = f"{item.code} {item.title_th}"
        known.append(("items", item.code, Column(item.code, label, "number", f"กุญแจถาวร {item.key}")))
    used = {(name, code) for one in found for name in _GROUPS for code in getattr(one.checked, name)}
    return tuple(one for one in known if one[:2] in used)


_GROUPS = ("instruments", "indicators", "items")


def _head_cells(figures: Figures, result: Result) -> tuple[str, ...]:
    agency = figures.nation.agencies[result.agency]
    who, checked = agency.named, result.checked
    return (
        *(str(result.year_be), agency.key, agency.code, who.kind.name, agency.name, checked.row.agency.text),
        *(who.district, who.province.code, who.province.name, _cell(result.total)),
        "printed" if checked.is_total_printed else "computed",
        figures.level_names(result.year_be).get(checked.level, ""),
        *_placed(figures.place(result, in_province=False)),
        *_placed(figures.place(result, in_province=True)),
        str(len(contradictions_of(result))),
        str(result.table + 1),
    )


def _cell(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _placed(place: Place | None) -> tuple[str, str]:
    return ("", "") if place is None else (str(place.rank), str(place.of))


def contradictions_of(result: Result) -> tuple[Problem, ...]:
    """Give the contradictions of a row."""
    return tuple(one for one in result.checked.problems if one.severity == "error")


# --- summaries ------------------------------------------------------------------------------------------------------
_SUMMARY = (
    Column("year", "ปีงบประมาณ (พ.ศ.)", "number"),
    Column("province_code", "รหัสจังหวัด", note="ว่างคือทั้งประเทศ"),
    Column("province", "จังหวัด", note="ว่างคือทั้งประเทศ"),
    Column("kind", "ประเภท", note="ว่างคือทุกประเภท"),
    Column("agencies", "จำนวนหน่วยงานที่มีคะแนน", "number"),
    Column("mean", "ค่าเฉลี่ย", "number", "ค่าเฉลี่ยของคะแนนรวม น้ำหนักเท่ากันทุกหน่วยงาน"),
    Column("median", "มัธยฐาน", "number"),
    Column("lowest", "ต่ำสุด", "number"),
    Column("highest", "สูงสุด", "number"),
    Column("reached", "จำนวนที่ถึงเป้าหมายของปี", "number", "ว่างเมื่อไม่มีกรอบของปีนั้น"),
    Column("levels", "จำนวนตามระดับ", note="ระดับ=จำนวน คั่นด้วย ;"),
)


def summaries(figures: Figures) -> DataTable:
    """Give means and levels of the nation and each province, of all kinds and each."""
    rows = []
    for year in figures.nation.years:
        for province in (None, *figures.nation.provinces):
            for kind in ("", *figures.kinds):
                one = figures.summary(year, kind, province.code if province else "")
                if not one.count:
                    continue
                names = figures.level_names(year)
                levels = ";".join(f"{name}={one.levels.get(code, 0)}" for code, name in names.items())
                where = (province.code, province.name) if province else ("", "")
                spread = (one.mean, one.middle, one.lowest, one.highest)
                reached = "" if one.reached is None else str(one.reached)
                rows.append((str(year), *where, kind, str(one.count), *map(_cell, spread), reached, levels))
    return DataTable("summaries", "ค่าเฉลี่ยและระดับ ทั้งประเทศ รายจังหวัด รายประเภท", _SUMMARY, tuple(rows))


_LOSSES = (
    Column("year", "ปีงบประมาณ (พ.ศ.)", "number"),
    Column("province_code", "รหัสจังหวัด", note="ว่างคือทั้งประเทศ"),
    Column("province", "จังหวัด", note="ว่างคือทั้งประเทศ"),
    Column("what", "ชนิด", "choice", "item ข้อ OIT, indicator ตัวชี้วัด"),
    Column("code", "รหัสของปี"),
    Column("key", "กุญแจถาวร", note="เทียบข้ามปีได้เฉพาะกุญแจเดียวกัน"),
    Column("title", "ชื่อ"),
    Column("agencies", "จำนวนหน่วยงานที่มีคะแนน", "number"),
    Column("lost", "จำนวนที่ไม่ได้คะแนนเต็ม", "number"),
    Column("lost_pct", "ร้อยละที่ไม่ได้คะแนนเต็ม", "number"),
    Column("mean", "ค่าเฉลี่ย", "number"),
)


def losses(figures: Figures) -> DataTable:
    """Give which items the nation and each province lose, or how indicators stand where no table tells of items."""
    rows = []
    for year in figures.nation.years:
        for province in (None, *figures.nation.provinces):
            what, found = figures.losses(year, province.code if province else "")
            where = (province.code, province.name) if province else ("", "")
            for one in found:
                counts = (str(one.count), str(one.lost), str(one.lost_pct), str(one.mean))
                rows.append((str(year), *where, what, one.code, one.key, one.title, *counts))
    return DataTable("losses", "ข้อและตัวชี้วัดที่เสียคะแนน", _LOSSES, tuple(rows))


_PROBLEMS = (
    Column("year", "ปีงบประมาณ (พ.ศ.)", "number"),
    Column("source", "ลำดับของตารางต้นทาง", "number", "ดูไฟล์ sources"),
    Column("file", "ไฟล์"),
    Column("place", "ที่", note="แผ่น แถว ช่อง ในไฟล์ต้นทาง"),
    Column("row", "แถว", "number"),
    Column("column", "ช่อง", "number"),
    Column("code", "รหัสข้อสังเกต"),
    Column("severity", "ระดับความสำคัญ", "choice", "error ขัดแย้ง, warning ควรตรวจ, info ข้อมูล"),
    Column("said", "ตามที่พิมพ์"),
    Column("message", "ข้อสังเกต"),
    Column("arithmetic", "วิธีคำนวณ"),
    Column("mend", "วิธีแก้"),
)


def problems_by_table(nation: Nation) -> Iterator[tuple[int, Problem]]:
    """Give every problem with the place of its table, table after table."""
    for at, table in enumerate(nation.tables):
        yield from ((at, one) for one in table.all_problems)
        yield from ((place, one) for place, one in nation.problems if place == at)


def problems(nation: Nation) -> DataTable:
    """Give every contradiction and remark with its place, arithmetic and mend."""
    rows = []
    for at, one in problems_by_table(nation):
        where = one.where
        place = (str(where.row or where.line or ""), str(where.column or ""))
        told = (one.message_th, one.arithmetic or "", one.mend_th or "")
        rows.append(
            (str(nation.tables[at].year_be), str(at + 1), where.file or "", str(where), *place)
            + (one.code, one.severity.value, " ".join(one.evidence), *told)
        )
    return DataTable("problems", "ข้อขัดแย้งและข้อสังเกต", _PROBLEMS, tuple(rows))


_SOURCES = (
    Column("source", "ลำดับ", "number"),
    Column("year", "ปีงบประมาณ (พ.ศ.)", "number"),
    Column("file", "ไฟล์"),
    Column("sheet", "แผ่นงาน"),
    Column("title", "ข้อความหัวตาราง"),
    Column("published_by", "แหล่งที่มา"),
    Column("taken_on", "วันที่นำเข้า", "date"),
    Column("sha256", "SHA-256 ของไฟล์"),
    Column("framework", "กรอบที่ใช้ตรวจ", note="ว่างคือไม่มีกรอบของปีนั้น ตรวจได้เพียงคะแนนรวมและอันดับ"),
    Column("rows", "จำนวนแถว", "number"),
    Column("shown", "จำนวนแถวที่แสดง", "number"),
)


def sources(nation: Nation) -> DataTable:
    """Give where every table came from."""
    shown = dict.fromkeys(range(len(nation.tables)), 0)
    for result in nation.results.values():
        shown[result.table] += 1
    rows = []
    for at, table in enumerate(nation.tables):
        one = table.source
        taken = one.taken_on.isoformat() if one.taken_on else ""
        named = (one.file, one.sheet, one.title, one.told, taken, one.sha256)
        framework = table.framework.id if table.framework else ""
        rows.append((str(at + 1), str(table.year_be), *named, framework, str(len(table.rows)), str(shown[at])))
    return DataTable("sources", "ตารางต้นทาง", _SOURCES, tuple(rows))
