"""``prongsai frameworks``: list, show, check, compare and draft each year's assessment."""

from collections.abc import Sequence
from pathlib import Path

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import counted, has_errors, json_out, line, problems_table, table
from prongsai.errors import Problem
from prongsai.frameworks.check import check
from prongsai.frameworks.compare import Comparison, compare
from prongsai.frameworks.draft import draft
from prongsai.frameworks.frozen import freeze
from prongsai.frameworks.load import library, load
from prongsai.frameworks.marks import unverified_mark
from prongsai.frameworks.model import Framework
from prongsai.frameworks.plain import framework_json
from prongsai.frameworks.shelf import crosswalks
from prongsai.frameworks.tell import fact_row, item_row, sentences

JSON = click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")


@click.group(name="frameworks", invoke_without_command=True, short_help="each year's assessment")
@JSON
@click.pass_context
def command(context: click.Context, as_json: bool) -> int:
    """กรอบการประเมินรายปี: ไม่ระบุคำสั่งย่อย = แสดงรายการ."""
    if context.invoked_subcommand is not None:
        return FINE
    entries = library()
    if as_json:
        json_out([entry.to_json() for entry in entries])
        return FINE
    rows = [
        (entry.id, entry.fiscal_year_be or "—", entry.edition, "ร่าง" if entry.status == "draft" else "ยืนยันแล้ว",
         "ของหน่วยงาน" if entry.own else "", entry.problem_th or entry.title_th)
        for entry in entries
    ]  # fmt: skip
    table("กรอบการประเมิน", ["รหัส", "ปี", "ฉบับ", "สถานะ", "", "ชื่อ"], rows, right=(1, 2))
    line("ร่าง = ยังไม่ได้ตรวจทานกับคู่มือทางการ · ดูทั้งฉบับ: prongsai frameworks show ita-2569")
    return FINE


@command.command(name="show", short_help="print a framework")
@click.argument("framework_id")
@JSON
def show(framework_id: str, as_json: bool) -> int:
    """แสดงกรอบทั้งฉบับ: เครื่องมือ ตัวชี้วัด ข้อ องค์ประกอบ ระดับ ปฏิทิน."""
    framework = load(framework_id)
    if as_json:
        json_out(framework_json(framework))
    else:
        _show(framework)
    return FINE


def _show(framework: Framework) -> None:
    official = "" if framework.is_official else " (ร่าง ยังไม่ยืนยันกับคู่มือทางการ)"
    line(f"{framework.id} ฉบับที่ {framework.edition}{official}", "bold")
    line(framework.title_th)
    weights = [
        (i.code, i.name_th, f"{i.weight_pct.normalize():f}", unverified_mark(i.basis)) for i in framework.instruments
    ]  # fmt: skip
    table("เครื่องมือ", ["รหัส", "ชื่อ", "น้ำหนัก %", ""], weights, right=(2,))
    levels = [
        (v.name_th, v.minimum, "—" if v.instrument_minimum is None else v.instrument_minimum, unverified_mark(v.basis))
        for v in framework.levels
    ]
    table("ระดับ (ดูจากบนลงล่าง)", ["ระดับ", "คะแนนรวมตั้งแต่", "ทุกเครื่องมือตั้งแต่", ""], levels, right=(1, 2))
    for indicator in framework.indicators:
        items = framework.items_of(indicator.code)
        if items:
            _items(
                f"{indicator.code} {indicator.name_th} {unverified_mark(indicator.basis)}", framework, indicator.code
            )
    if framework.issues:
        issues = [(i.no, i.name_th, ", ".join(i.indicators), unverified_mark(i.basis)) for i in framework.issues]
        table("ประเด็นสำหรับจัดมาตรการ", ["ที่", "ประเด็น", "ตัวชี้วัด", ""], issues, right=(0,))
    if framework.calendar:
        calendar = [(c.name_th, c.text_th, unverified_mark(c.basis)) for c in framework.calendar]
        table("ปฏิทิน", ["ขั้น", "เมื่อ", ""], calendar)


def _items(title: str, framework: Framework, indicator: str) -> None:
    rows = [
        (item.code, item.title_th, "\n".join(f"• {element.text_th}" for element in item.elements),
         unverified_mark(item.basis), item.key)
        for item in framework.items_of(indicator)
    ]  # fmt: skip
    table(title, ["ข้อ", "ชื่อ", "องค์ประกอบ", "", "กุญแจถาวร"], rows)


@command.command(name="check", short_help="validate framework files")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@JSON
def check_files(files: Sequence[Path], as_json: bool) -> int:
    """ตรวจไฟล์กรอบหรือตารางเทียบข้อ พร้อมเลขบรรทัด; ไม่ระบุไฟล์ = ตรวจทุกไฟล์ที่มีอยู่."""
    chosen = files or [*(entry.path for entry in library()), *(entry.path for entry in crosswalks())]
    found = [(file, check(file)) for file in chosen]
    if as_json:
        json_out([{"file": str(file), "problems": [p.to_json() for p in problems]} for file, problems in found])
    else:
        _show_checked(found)
    return HAS_ERRORS if any(has_errors(problems) for _, problems in found) else FINE


def _show_checked(found: Sequence[tuple[Path, Sequence[Problem]]]) -> None:
    for file, problems in found:
        if problems:
            problems_table(problems, f"{file.name} — {counted(problems)}")
    clean = sum(not problems for _, problems in found)
    line(f"ตรวจ {len(found)} ไฟล์ ไม่พบข้อสังเกต {clean} ไฟล์", "green" if clean == len(found) else "")


@command.command(name="compare", short_help="what changed between two years")
@click.argument("old")
@click.argument("new")
@JSON
def compare_years(old: str, new: str, as_json: bool) -> int:
    """เทียบสองปี: ข้อที่คงเดิม เปลี่ยนชื่อ แยก รวม เพิ่ม ยกเลิก และสิ่งที่ต้องรู้."""
    found = compare(old, new)
    if as_json:
        json_out(found.to_json())
    else:
        _show_comparison(found)
    return FINE


def _show_comparison(found: Comparison) -> None:
    line(f"{found.before.title_th} → {found.after.fiscal_year_be}", "bold")
    for sentence in sentences(found):
        line(f"• {sentence}")
    table("ข้อ", ["เปลี่ยนอย่างไร", "เดิม", "ใหม่", "หมายเหตุ"], map(item_row, found.items))
    if found.facts:
        table("เรื่องอื่น", ["เรื่อง", "เดิม", "ใหม่", ""], map(fact_row, found.facts))


@command.command(name="draft", short_help="start a new year")
@click.option("--from", "from_id", required=True, help="รหัสกรอบปีก่อน เช่น ita-2569")
@click.option("--year", "fiscal_year_be", type=int, help="ปีงบประมาณใหม่ (พ.ศ.); ไม่ระบุ = ปีถัดไป")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="โฟลเดอร์ที่จะวางไฟล์")
@JSON
def draft_year(from_id: str, fiscal_year_be: int | None, out: Path, as_json: bool) -> int:
    """เริ่มไฟล์ของปีใหม่ พร้อมตารางเทียบข้อให้กรอก ไม่ต้องรอรุ่นใหม่ของโปรแกรม."""
    year = fiscal_year_be or load(from_id).fiscal_year_be + 1
    paths = draft(from_id, year).save(out)
    if as_json:
        json_out({"files": [str(path) for path in paths]})
    else:
        for path in paths:
            line(f"วางไว้ที่ {path}", "green")
        line("ขั้นต่อไป: แก้ไฟล์ตามคู่มือ แล้ว prongsai frameworks check ไฟล์ทั้งสอง")
        line("ให้โปรแกรมเห็น: ตั้งตัวแปร PRONGSAI_FRAMEWORKS เป็นโฟลเดอร์นี้")
    return FINE


@command.command(name="freeze", short_help="freeze a verified file by its hash")
@click.argument("file", type=click.Path(path_type=Path))
@JSON
def freeze_file(file: Path, as_json: bool) -> int:
    """ตรึงไฟล์ที่ตรวจทานกับคู่มือแล้ว (status: verified) ด้วยแฮช หลังจากนี้แก้ได้โดยเพิ่มเลขฉบับเท่านั้น."""
    sha256 = freeze(file)
    if as_json:
        json_out({"file": str(file), "sha256": sha256})
    else:
        line(f"ตรึง {file} แล้ว: {sha256}", "green")
    return FINE
