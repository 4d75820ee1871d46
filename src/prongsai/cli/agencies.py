"""``prongsai agencies``: the agencies of an installation, the list of codes that they are made from, who runs it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import start_django
from prongsai.cli.register_import import content_of
from prongsai.cli.show import json_out, line, table
from prongsai.errors import ProngsaiError
from prongsai.thai.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prongsai.web.directory.console import Taken
    from prongsai.web.directory.services.many import Outcome

JSON = click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
SHOWN = 200


@click.group(name="agencies", short_help="the agencies of an installation")
def command() -> None:
    """หน่วยงานในเครื่องแม่ข่าย: รายการ บัญชีรหัส อปท. เพิ่มหน่วยงาน ผู้ดูแลเครื่องแม่ข่าย.

    ทำงานกับข้อมูลใน PRONGSAI_DATA หรือฐานข้อมูลใน PRONGSAI_DATABASE
    """


@command.command(name="list", short_help="agencies with their technical state")
@click.argument("text", required=False, default="")
@JSON
def list_(text: str, as_json: bool) -> int:
    """แสดงหน่วยงานกับสถานะทางเทคนิค: ไม่มีข้อมูลภายในของหน่วยงานใด."""
    with _platform() as console:
        told = [_told(one) for one in console.agencies(text)]
    if as_json:
        json_out({"agencies": told})
        return FINE
    rows = [[one["code"], one["name"], one["province"], str(one["accounts"]), _state(one)] for one in told]
    table(f"{len(told):,} หน่วยงาน", ["รหัส", "ชื่อ", "จังหวัด", "บัญชี", "สถานะ"], rows, right=[3])
    return FINE


def _told(agency: Any) -> dict[str, Any]:
    return {
        "code": agency.code,
        "name": agency.name,
        "kind": agency.kind,
        "province": agency.province,
        "accounts": agency.n_accounts,
        "has_cycle": agency.has_cycle,
        "last_seen_on": _iso(agency.last_seen_on),
        "bytes": agency.n_bytes,
        "site_built_on": _iso(agency.built_on),
        "closed_on": _iso(agency.closed_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _state(told: dict[str, Any]) -> str:
    if told["closed_on"]:
        return "ปิดการใช้งาน"
    return "ใช้งานอยู่" if told["accounts"] else "รอตอบรับคำเชิญ"


# --- the list of codes ----------------------------------------------------------------------------------------------
@command.command(name="import", short_help="a published list of codes")
@FILE
@click.option("--source", default="", help="ที่มา เช่น กรมส่งเสริมการปกครองท้องถิ่น; ไม่ระบุ = ชื่อไฟล์")
@click.option("--as-of", "as_of", default="", help="ข้อมูล ณ วันที่ เช่น 1/10/2569; ไม่ระบุ = วันนี้")
@click.option("--yes", is_flag=True, help="รับเป็นบัญชีที่ใช้เลย แถวที่ผิดข้ามไป; ไม่ระบุ = ตรวจอย่างเดียว")
@JSON
def import_(file: Path, source: str, as_of: str, yes: bool, as_json: bool) -> int:
    """ตรวจบัญชีรหัส อปท. แล้วรับแทนบัญชีเดิม: xlsx xls ods csv.

    รหัสที่หายไปจากบัญชีใหม่ทำเครื่องหมายไว้ ไม่ลบ มีแถวที่รับไม่ได้ออกด้วยสถานะ 1
    """
    content, day = content_of(file), _day(as_of)
    with _platform() as console:
        taken = console.take_list(
            content=content, name=file.name, source=source or file.name, as_of=day, is_accepted=yes
        )
        faults = _faults(taken)
    change = taken.change
    counts = {"new": change.new, "changed": change.changed, "same": change.same, "gone": len(change.gone)}
    if as_json:
        json_out({"rows": len(taken.rows), **counts, "left_out": change.left_out, "accepted": yes, "faults": faults})
    else:
        _show_import(f"{file.name}: {len(taken.rows):,} หน่วยงาน", counts | {"left_out": change.left_out}, faults)
        line("รับเป็นบัญชีที่ใช้แล้ว" if yes else "ยังไม่ได้รับ: สั่งใหม่พร้อม --yes", "green" if yes else "yellow")
    return HAS_ERRORS if change.left_out else FINE


def _day(text: str) -> date:
    if not text:
        return date.today()
    found = read_date(text)
    if found is None or found.value is None:
        raise ProngsaiError(
            f"no day: {text}", message_th=f"อ่านวันที่ “{text}” ไม่ได้", mend_th="เขียนแบบ 1/10/2569 หรือ 2026-10-01"
        )
    return found.value


def _faults(taken: Taken) -> list[dict[str, Any]]:
    return [
        {
            "line": row.line,
            "column": fault.column,
            "label": fault.label,
            "is_error": fault.is_error,
            "message": fault.message,
            "mend": fault.mend,
        }
        for row in taken.rows
        for fault in row.faults
    ]


def _show_import(title: str, counts: dict[str, int], faults: Sequence[dict[str, Any]]) -> None:
    labels = {
        "new": "เพิ่มใหม่",
        "changed": "เปลี่ยน",
        "same": "เหมือนเดิม",
        "gone": "ไม่มีในบัญชีใหม่",
        "left_out": "รับไม่ได้จนกว่าจะแก้",
    }
    table(title, ["ผล", "จำนวน"], [(labels[key], f"{count:,}") for key, count in counts.items()], right=[1])
    if faults:
        rows = [(str(one["line"]), one["label"], one["message"], one["mend"]) for one in faults[:SHOWN]]
        table("แถวที่มีข้อสังเกต", ["แถว", "คอลัมน์", "ผิดอย่างไร", "วิธีแก้"], rows)


# --- making agencies ------------------------------------------------------------------------------------------------
@command.command(name="add", short_help="an agency from the list of codes")
@click.argument("code")
@click.option("--person", required=True, help="ชื่อ-สกุลผู้ดูแลระบบคนแรก พร้อมคำนำหน้า")
@click.option("--post", required=True, help="ตำแหน่งของผู้นั้น")
@click.option("--email", default="", help="ส่งคำเชิญทางอีเมลด้วย ถ้าตั้งเซิร์ฟเวอร์อีเมลไว้")
@JSON
def add(code: str, person: str, post: str, email: str, as_json: bool) -> int:
    """เพิ่มหน่วยงานจากบัญชีรหัส อปท. พร้อมส่วนราชการมาตรฐาน แล้วพิมพ์ลิงก์เชิญครั้งเดียว."""
    with _platform() as console:
        made = console.add(code=code, person=person, post=post, email=email)
    invited = made.invited
    if as_json:
        told = {"code": made.agency.code, "name": made.agency.name}
        json_out(told | {"address": invited.address, "is_mailed": invited.is_mailed})
    else:
        line(f"เพิ่ม {made.agency.name} แล้ว ลิงก์เชิญของ {person} (แสดงครั้งเดียว ใช้ได้เจ็ดวัน):", "green")
        _show_link(invited.address)
    return FINE


@command.command(name="add-many", short_help="many agencies from a table")
@FILE
@JSON
def add_many(file: Path, as_json: bool) -> int:
    """เพิ่มหลายหน่วยงานจากตาราง รหัส อปท. ชื่อ-สกุล ตำแหน่ง อีเมล: แถวที่ผิดข้ามไป (สถานะออก 1)."""
    content = content_of(file)
    with _platform() as console:
        told = [_outcome(one) for one in console.add_many(content=content, name=file.name)]
    if as_json:
        json_out({"agencies": told})
    else:
        for one in told:  # not as a table: a link that is broken over two lines opens nothing
            line(f"แถว {one['line']} {one['code']} {one['person']}", "bold" if one["address"] else "red")
            click.echo(f"  {one['fault'] or one['address']}")
    return HAS_ERRORS if any(one["fault"] for one in told) else FINE


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "line": one.wish.line,
        "code": one.wish.code,
        "person": one.wish.texts["person"],
        "address": one.made.invited.address if one.made else "",
        "fault": one.fault,
    }


# --- who runs it ----------------------------------------------------------------------------------------------------
@command.command(name="operator", short_help="somebody who runs the installation")
@click.argument("name")
@JSON
def operator(name: str, as_json: bool) -> int:
    """พิมพ์ลิงก์เชิญผู้ดูแลเครื่องแม่ข่าย: ใช้ครั้งเดียว ด้วยบัญชีใหม่หรือบัญชีเดิม."""
    with _platform() as console:
        invited = console.invite(name)
    if as_json:
        json_out({"name": invited.invitation.name, "address": invited.address})
    else:
        line(f"ลิงก์เชิญของ {invited.invitation.name} (แสดงครั้งเดียว ใช้ได้เจ็ดวัน):", "green")
        _show_link(invited.address)
    return FINE


@contextmanager
def _platform() -> Iterator[Any]:
    """Give the installation on data that is there and of this version, and let go of it at the end."""
    start_django()
    from prongsai.web.directory import console  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.operations.database import hang_up, reach  # noqa: PLC0415  # reason: as above
    from prongsai.web.operations.upgrade import bring_forward  # noqa: PLC0415  # reason: as above

    reach()
    bring_forward(lambda sentence: click.echo(sentence, err=True))
    try:
        yield console
    finally:
        hang_up()


def _show_link(address: str) -> None:
    click.echo(address)
    if address.startswith("http://127.0.0.1"):
        line("ยังไม่ได้ตั้ง PRONGSAI_ORIGINS: เปลี่ยนส่วนหน้าของลิงก์เป็นที่อยู่ที่ผู้รับเปิดได้", "yellow")
