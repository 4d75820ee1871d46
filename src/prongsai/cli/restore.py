"""``prongsai restore``: bring a backup back."""

import sys
from pathlib import Path

import click

from prongsai.cli import FINE
from prongsai.cli.platform import Bar, need_web, start_django
from prongsai.cli.show import json_out, line
from prongsai.errors import FileUnusable
from prongsai.web import environment

_PLAIN = "plain.zip"


@click.command(name="restore", short_help="bring a backup back")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--identity", required=True, metavar="KEYFILE|-", help="ไฟล์กุญแจส่วนตัว หรือ - เพื่อพิมพ์จากกระดาษ")
@click.option("--replace", is_flag=True, help="ถ้ามีข้อมูลเดิม ให้เก็บของเดิมไว้ข้างๆ แล้วใช้ของที่กู้คืน")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(file: Path, identity: str, replace: bool, as_json: bool) -> int:
    """กู้คืนจากไฟล์สำรองลงโฟลเดอร์ข้อมูล (PRONGSAI_DATA) และฐานข้อมูล (PRONGSAI_DATABASE) ที่ว่างอยู่.

    ตรวจทุกส่วนของไฟล์ก่อน แล้วจึงกู้คืน และเทียบทุกแถวกับไฟล์สำรองอีกครั้ง ผิดแม้แห่งเดียวจะไม่เปลี่ยนสิ่งใดเลย
    หยุดระบบ (serve) ที่ใช้โฟลเดอร์นี้ก่อนกู้คืน
    """
    need_web()
    from prongsai.web.operations import archive, keys  # noqa: PLC0415  # reason: only there with the web extra
    from prongsai.web.operations.staging import Target  # noqa: PLC0415  # reason: as above

    key = keys.read_private(_private(identity))
    target = Target.at(environment.data_folder(), replace=replace)
    with Bar() as bar, target.staging() as staging:
        backup = archive.opened(file, key, staging / _PLAIN, bar)
        with backup.packed:
            start_django(staging)
            from prongsai.web.operations import restore  # noqa: PLC0415  # reason: needs Django
            from prongsai.web.operations.database import hang_up  # noqa: PLC0415  # reason: as above

            done = restore.restore(file, backup, target, staging, tell=bar)
            hang_up()
    manifest = done.manifest
    if as_json:
        counts = {"rows": manifest.rows, "files": manifest.files, "agencies": manifest.agencies}
        aside = {"aside": str(done.aside) if done.aside else None, "aside_schema": done.aside_schema}
        json_out(
            {"data": str(target.folder), "made_at": manifest.made_at, **counts, "missing": manifest.missing, **aside}
            | {"lost_answers": sum(one.answers for one in done.lost)}
        )
    else:
        names = " ".join(agency["name"] for agency in manifest.agencies)
        line(f"กู้คืนแล้วที่ {target.folder}: {names} {manifest.rows:,} แถว หลักฐาน {manifest.files:,} ไฟล์", "bold green")
        line(f"ตรงกับไฟล์สำรองทุกแถวทุกไฟล์ (สำรองเมื่อ {manifest.made_at}) ทุกคนต้องเข้าสู่ระบบใหม่")
        for one in done.lost:
            line(str(one), "bold yellow")
        if done.aside or done.aside_schema:
            line(f"ของเดิมเก็บไว้ที่ {' และสคีมา '.join(str(each) for each in (done.aside, done.aside_schema) if each)}")
    return FINE


def _private(identity: str) -> str:
    """Give the text of a key file, or what is typed in until an empty line. Raises FileUnusable."""
    if identity == "-":
        if not sys.stdin.isatty():
            return sys.stdin.read()
        click.echo("พิมพ์กุญแจส่วนตัวจากกระดาษ แล้วขึ้นบรรทัดว่าง", err=True)
        lines = []
        while line_ := sys.stdin.readline().strip():
            lines.append(line_)
        return "\n".join(lines)
    try:
        return Path(identity).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as mistake:
        raise FileUnusable(
            f"{identity} cannot be read",
            message_th=f"อ่านไฟล์กุญแจ {identity} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์ หรือใช้ --identity - แล้วพิมพ์จากกระดาษ",
        ) from mistake
