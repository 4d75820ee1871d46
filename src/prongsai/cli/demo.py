"""``prongsai demo``: the platform with a made-up municipality, for this machine alone."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from prongsai.cli import FINE
from prongsai.cli.platform import one_json_line, start_django
from prongsai.cli.show import line, table
from prongsai.web import environment

if TYPE_CHECKING:
    from prongsai.web.operations.demo_complaints import Made


@click.command(name="demo", short_help="the platform with a made-up municipality")
@click.option("--port", type=click.IntRange(0, 65535), help="พอร์ต (ค่าเดิม 8000 หรือพอร์ตที่ว่าง; 0 = พอร์ตที่ว่าง)")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="โฟลเดอร์ข้อมูลของชุดสาธิต (ค่าเดิม PRONGSAI_DATA)"
)
@click.option("--no-work", is_flag=True, help="ไม่ทำงานเบื้องหลังให้")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ที่อยู่และบัญชีเป็น JSON บรรทัดเดียวเมื่อพร้อม")
def command(port: int | None, data: Path | None, no_work: bool, as_json: bool) -> int:
    """เปิดระบบพร้อมเทศบาลสมมติให้ลองใช้ เข้าได้จากเครื่องนี้เท่านั้น มีบัญชีครบทุกบทบาท หยุดด้วย Ctrl-C."""
    os.environ[environment.LISTEN] = environment.LOCAL
    start_django(data)
    from prongsai.web.operations import demo, server  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.work.child import worker_beside  # noqa: PLC0415  # reason: only there with the web extra

    server.prepare()
    accounts, made = demo.ready(), demo.keys()
    address = server.address_for(environment.LOCAL, port)

    def told() -> None:
        if as_json:
            names = ("role", "username", "password")
            listed = [{name: getattr(account, name) for name in names} for account in accounts]
            held = {"keys": [asdict(key) for key in made.keys], "receipts": list(made.receipts)}
            one_json_line({"url": address.url, "login_url": address.login_url, "accounts": listed, **held})
        else:
            rows = ([each.name, each.post, each.username, each.password] for each in accounts)
            table("บัญชีสำหรับลองใช้ (เทศบาลสมมติ)", ["ชื่อ", "ตำแหน่ง", "ชื่อผู้ใช้", "รหัสผ่าน"], rows)
            if made.keys:
                _show(made)
            line(f"โปร่งใสเปิดแล้วที่ {address.url}  (หยุดด้วย Ctrl-C)", "bold green")
            line("ลองอัปโหลด samples/clean/measures-report-2568.txt ในบัญชี coordinator")

    with worker_beside(wanted=not no_work):
        server.run(address, told=told)
    return FINE


def _show(made: Made) -> None:
    """Print what opens the sealed channel: whose key is opened by which words, and receipts of some who reported."""
    rows = ([each.name, each.duty, each.username, each.password, each.passphrase] for each in made.keys)
    heads = ["ชื่อ", "หน้าที่", "ชื่อผู้ใช้", "รหัสผ่าน", "รหัสลับ (ปลดล็อกกุญแจ)"]
    table("กุญแจของช่องทางแจ้งเรื่องทุจริต", heads, rows)
    table("ใบรับของผู้แจ้ง (หน้าติดตามเรื่อง)", ["คำเจ็ดคำ"], ([words] for words in made.receipts))
