"""``prongsai registers``: list, show, check and start the registers of daily work."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import click

from prongsai.cli import FINE, HAS_ERRORS, register_import, spending_import
from prongsai.cli.show import counted, has_errors, json_out, line, problems_table, table
from prongsai.errors import Problem
from prongsai.registers.check import check
from prongsai.registers.elsewhere import elsewhere
from prongsai.registers.emit import elsewhere_row, example_file, register_json, register_row, starter_file
from prongsai.registers.known import ID, ROLES
from prongsai.registers.labels import FLOW_TH, OPENNESS_TH, RHYTHM_TH, TYPE_TH, WHERE_TH
from prongsai.registers.load import editions, library, of_year, unfit
from prongsai.registers.model import Field, Register
from prongsai.registers.shelf import own_files, shipped_files

JSON = click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
FOLDER = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="โฟลเดอร์ทะเบียนของหน่วยงาน; ไม่ระบุ = registers ใน PRONGSAI_DATA ถ้ามี",
)


@click.group(name="registers", invoke_without_command=True, short_help="registers of daily work")
@FOLDER
@JSON
@click.pass_context
def command(context: click.Context, folder: Path | None, as_json: bool) -> int:
    """ทะเบียนงานประจำวัน: ไม่ระบุคำสั่งย่อย = แสดงรายการ."""
    if context.invoked_subcommand is not None:
        return FINE
    folder = _own(folder)
    if as_json:
        json_out(
            {
                "registers": [register_row(each) for each in library(folder)],
                "elsewhere": [elsewhere_row(each) for each in elsewhere()],
            }
        )
        return FINE
    _show_list(folder)
    return FINE


command.add_command(register_import.command)
command.add_command(spending_import.command)


def _own(folder: Path | None) -> Path | None:
    """Give the office's folder: the option, else ``registers`` of the platform's data, else none."""
    if folder is not None:
        return folder
    data = os.environ.get("PRONGSAI_DATA")
    return Path(data) / "registers" if data else None


def _show_list(folder: Path | None) -> None:
    rows = [
        (each.id, each.name_th, ", ".join(each.systems), FLOW_TH[each.flow], _due(each), each.since_be or "")
        for each in library(folder)
    ]
    table("ทะเบียน", ["รหัส", "ชื่อ", "ระบบงาน", "แบบ", "กำหนดส่ง", "ตั้งแต่ปี"], rows)
    others = [(each.system, WHERE_TH[each.where], each.reason_th) for each in elsewhere()]
    table("ระบบงานที่อยู่ที่อื่น", ["ระบบงาน", "อยู่ที่", "เพราะ"], others)
    for error in unfit(folder):
        line(error.message_th, "red")
    line("ดูทั้งทะเบียน: prongsai registers show gifts · เริ่มทะเบียนใหม่: prongsai registers example gifts")


def _due(register: Register) -> str:
    return RHYTHM_TH[register.due.rhythm] if register.due else "—"


@command.command(name="show", short_help="print a register")
@click.argument("register_id")
@click.option("--year", "year_be", type=int, default=0, help="ปีงบประมาณ (พ.ศ.); ไม่ระบุ = ฉบับใหม่ที่สุด")
@FOLDER
@JSON
def show(register_id: str, year_be: int, folder: Path | None, as_json: bool) -> int:
    """แสดงทะเบียนหนึ่ง: ช่อง สถานะ ขั้นตอน กำหนดส่ง และสิ่งที่เผยแพร่."""
    register = of_year(register_id, year_be, _own(folder))
    if as_json:
        json_out(register_json(register))
    else:
        _show(register, len(editions(register_id, _own(folder))))
    return FINE


def _show(register: Register, count: int) -> None:
    line(f"{register.id} {register.name_th}", "bold")
    if register.help_th:
        line(register.help_th)
    who = ", ".join(ROLES[each] for each in register.owners) or "—"
    facts = [
        ("ระบบงาน", ", ".join(register.systems) or "—"),
        ("แบบ", FLOW_TH[register.flow]),
        ("ผู้ดูแล", who + (" (ทุกส่วนราชการบันทึกของตน)" if register.everyone else "")),
        ("กำหนดส่ง", f"{_due(register)} ภายใน {register.due.days} วัน" if register.due else "—"),
        ("ใช้เป็นหลักฐานของข้อ", ", ".join(dict.fromkeys(feed.item for feed in register.feeds)) or "—"),
        ("ฉบับ", f"ตั้งแต่ปี {register.since_be or 'แรก'} (มี {count} ฉบับ)"),
    ]
    table("", ["เรื่อง", "ค่า"], facts)
    table("ช่อง", ["รหัส", "ชื่อ", "ชนิด", "บังคับ", "ใครเห็น"], map(_field_row, register.fields))
    if register.progress:
        rows = map(_field_row, register.progress.fields)
        table(f"ความก้าวหน้า ({RHYTHM_TH[register.progress.rhythm]})", ["รหัส", "ชื่อ", "ชนิด", "บังคับ", "ใครเห็น"], rows)
    names = {each.key: each.label_th for each in register.states}
    moves = [
        (each.label_th, ", ".join(names[source] for source in each.sources), names[each.to]) for each in register.moves
    ]
    table("ขั้นตอน", ["ขั้นตอน", "จาก", "เป็น"], moves)
    for fact in register.unverified_th:
        line(f"ยังไม่ยืนยัน: {fact}", "yellow")


def _field_row(one: Field) -> tuple[str, ...]:
    required = "บังคับ" if one.required else "มีเงื่อนไข" if one.required_if else ""
    return one.key, one.label_th, TYPE_TH[one.type], required, OPENNESS_TH[one.openness]


@command.command(name="check", short_help="validate register files")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@FOLDER
@JSON
def check_files(files: Sequence[Path], folder: Path | None, as_json: bool) -> int:
    """ตรวจไฟล์ทะเบียน พร้อมเลขบรรทัด; ไม่ระบุไฟล์ = ตรวจทุกไฟล์ที่มีอยู่."""
    own = _own(folder)
    found = [(file, check(file, folder=own)) for file in files or (*shipped_files(), *own_files(own))]
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


@command.command(name="example", short_help="start a register file")
@click.argument("new_id")
@click.option("--like", help="รหัสทะเบียนที่จะใช้เป็นต้นแบบ เช่น gifts; ไม่ระบุ = แบบกลาง")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="ไฟล์ที่จะวาง; ไม่ระบุ = พิมพ์ออกจอ")
@FOLDER
@JSON
def example(new_id: str, like: str | None, out: Path | None, folder: Path | None, as_json: bool) -> int:
    """พิมพ์ไฟล์ทะเบียนย่อไว้แก้เป็นทะเบียนใหม่ของหน่วยงาน; รหัสที่มีอยู่แล้ว = ย่อจากทะเบียนนั้น."""
    written = _example(new_id, like, _own(folder))
    if out is not None:
        _save(out, written)
    if as_json:
        json_out({"file": str(out) if out else None, "text": written})
    elif out is not None:
        line(f"วางไว้ที่ {out}", "green")
        line(f"ขั้นต่อไป: แก้ไฟล์ แล้ว prongsai registers check {out}")
    else:
        click.echo(written, nl=False)
    return FINE


def _example(new_id: str, like: str | None, folder: Path | None) -> str:
    if not re.fullmatch(ID, new_id):
        raise click.UsageError(f"รหัส {new_id} ใช้ไม่ได้ ใช้อักษรละตินตัวเล็ก ตัวเลข และ -")
    known = {each.id for each in library(folder)}
    if like is None and new_id not in known:
        return starter_file(new_id)
    name = f"{new_id[:36]}-own" if new_id in known else new_id
    return example_file(of_year(like or new_id, 0, folder), name)


def _save(out: Path, written: str) -> None:
    if out.exists():
        raise click.UsageError(f"มีไฟล์ {out} อยู่แล้ว")
    out.write_text(written, encoding="utf-8", newline="\n")
