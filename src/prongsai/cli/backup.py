"""``prongsai backup``: everything an office owns in one encrypted file."""

from pathlib import Path

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import Bar, start_django
from prongsai.cli.show import json_out, line, table


@click.command(name="backup", short_help="everything in one encrypted file")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key", "key", help="กุญแจสาธารณะ age1… (ค่าเดิม: กุญแจในโฟลเดอร์ข้อมูล)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(file: Path, key: str | None, as_json: bool) -> int:
    """สำรองข้อมูลทั้งหมดเป็นไฟล์เข้ารหัสไฟล์เดียว: ทุกแถวในฐานข้อมูลและหลักฐานทุกไฟล์ ทำได้ขณะที่คนอื่นใช้งานอยู่.

    ไม่รวม secret_key และการเข้าสู่ระบบที่ค้างอยู่: เครื่องใหม่สร้างเอง ทุกคนเข้าสู่ระบบใหม่ด้วยรหัสผ่านเดิม
    เปิดได้ด้วยกุญแจส่วนตัวบนกระดาษเท่านั้น (prongsai restore)
    """
    start_django()
    from prongsai.web.operations import backup  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.operations.database import hang_up  # noqa: PLC0415  # reason: as above

    with Bar() as bar:
        made = backup.back_up(file, to=backup.recipient(key), tell=bar)
    hang_up()
    manifest = made.manifest
    if as_json:
        told = {"file": str(file), "size": made.size, "sha256": made.sha256}
        counts = {"rows": manifest.rows, "files": manifest.files, "agencies": manifest.agencies}
        json_out({**told, **counts, "recipient": manifest.recipient, "missing": manifest.missing})
    else:
        line(f"สำรองแล้วที่ {file} ({manifest.rows:,} แถว หลักฐาน {manifest.files:,} ไฟล์ {made.size:,} ไบต์)", "green")
        line(f"SHA-256 {made.sha256}")
        if manifest.missing:
            lost = ([each["agency"], each["name"], each["sha256"]] for each in manifest.missing)
            table("ไฟล์หลักฐานที่หายหรือเสียหายในเครื่อง (กู้จากไฟล์สำรองเก่ากว่า)", ["หน่วยงาน", "ไฟล์", "SHA-256"], lost)
    return HAS_ERRORS if manifest.missing else FINE
