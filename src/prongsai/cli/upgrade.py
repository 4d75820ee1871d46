"""``prongsai upgrade``: bring the data to the installed version, or say what that would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from prongsai import __version__
from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import Bar, start_django, tell_faults
from prongsai.cli.show import json_out, line, table

if TYPE_CHECKING:
    from prongsai.web.operations.outlook import Outlook

_MB = 1 << 20


@click.command(name="upgrade", short_help="the data to the installed version, a backup first")
@click.option("--check", is_flag=True, help="บอกว่าจะเกิดอะไรขึ้น โดยไม่เปลี่ยนสิ่งใด (จบด้วย 1 เมื่อมีสิ่งที่ต้องแก้ก่อน)")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="โฟลเดอร์ที่เก็บไฟล์สำรองก่อนปรับรุ่น")
@click.option("--key", help="กุญแจสาธารณะ age1… (ค่าเดิม: กุญแจในโฟลเดอร์ข้อมูล)")
@click.option("--without-backup", is_flag=True, help="ไม่สำรองก่อน (มีไฟล์สำรองอื่นที่ตรวจแล้วเท่านั้น)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(check: bool, to: Path | None, key: str | None, without_backup: bool, as_json: bool) -> int:
    """ปรับข้อมูลเป็นรุ่นที่ติดตั้ง: สำรองก่อน แล้วปรับทั้งหมดหรือไม่ปรับเลย.

    หยุดระบบ (serve และ work) ที่ใช้ข้อมูลนี้ก่อน ถ้าปรับไม่สำเร็จ ข้อมูลยังเป็นของเดิม ใช้รุ่นเดิมต่อได้
    """
    start_django()
    from prongsai.web.operations import upgrade  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.operations.database import hang_up, reach  # noqa: PLC0415  # reason: as above
    from prongsai.web.operations.outlook import Outlook  # noqa: PLC0415  # reason: as above

    reach()
    if check:
        status = _checked(Outlook(upgrade.folder_for(to)), as_json)
    else:
        with Bar() as bar:
            done = upgrade.upgrade(to=to, key=key, is_backed_up=not without_backup, tell=bar)
        status = _told(done.applied, str(done.made.path) if done.made else None, as_json)
    hang_up()
    return status


def _checked(look: Outlook, as_json: bool) -> int:
    found = look.hindrances()
    changes = look.changes
    if as_json:
        json_out(
            {
                "installed": __version__,
                "data": look.version,
                "is_new": look.is_new,
                "pending": [{"name": one.name, "what": one.what} for one in changes],
                "room": {"needed": look.room_needed, "free": look.room_free, "folder": str(look.backups)},
                "last_backup": look.last_backup.isoformat() if look.last_backup else None,
                "has_key": look.has_key,
                "database": look.database,
                "python": look.python,
                "hindrances": [{"code": one.code, "message_th": one.sentence, "mend_th": one.mend} for one in found],
            }
        )
    else:
        _printed(look)
        if changes:
            table("สิ่งที่จะเปลี่ยน", ["รายการ", "ทำอะไร"], ([one.name, " · ".join(one.what)] for one in changes))
        tell_faults([(one.code, one.sentence, one.mend) for one in found])
        if not found:
            new = "ยังไม่มีข้อมูล จะสร้างฐานข้อมูลใหม่" if look.is_new else ""
            settled = "พร้อมปรับรุ่น" if changes else "ข้อมูลตรงกับรุ่นที่ติดตั้งแล้ว ไม่มีสิ่งใดต้องปรับ"
            line(new or settled, "bold green")
    return HAS_ERRORS if found else FINE


def _printed(look: Outlook) -> None:
    last = look.last_backup
    rows = [
        ["รุ่นที่ติดตั้ง", __version__],
        ["รุ่นของข้อมูล", look.version or "ยังไม่ได้จดไว้"],
        ["ฐานข้อมูล", look.database],
        ["Python", look.python],
        ["กุญแจสำรองข้อมูล", "มี" if look.has_key else "ยังไม่มี"],
        ["สำรองล่าสุด", f"{last:%Y-%m-%d %H:%M} UTC" if last else "ยังไม่เคย"],
        ["ไฟล์สำรองจะอยู่ที่", str(look.backups)],
        ["ที่ว่าง / ที่อาจต้องใช้", f"{look.room_free // _MB:,} / {look.room_needed // _MB + 1:,} MB"],
    ]
    table("ก่อนปรับรุ่น", ["", ""], rows)


def _told(applied: list[str], path: str | None, as_json: bool) -> int:
    from prongsai.web.operations import server  # noqa: PLC0415  # reason: needs Django

    server.settle()
    faults = server.faults()
    if as_json:
        told = [{"code": str(one.id), "message_th": str(one.msg), "mend_th": str(one.hint or "")} for one in faults]
        json_out({"version": __version__, "applied": applied, "backup": path, "faults": told})
    else:
        if path:
            line(f"สำรองข้อมูลก่อนปรับรุ่นไว้ที่ {path}")
        line(f"ข้อมูลเป็นของรุ่น {__version__} แล้ว (ปรับ {len(applied)} รายการ)", "bold green")
        tell_faults([(str(one.id), str(one.msg), str(one.hint or "")) for one in faults])
    return HAS_ERRORS if server.errors(faults) else FINE
