"""``prongsai ocds``: the published procurement of an office in the shape of the open contracting standard."""

from pathlib import Path

import click

from prongsai.cli import FINE
from prongsai.cli.platform import start_django
from prongsai.cli.register_import import scope_of
from prongsai.cli.show import line, table
from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.registers.ocds import text_of

_TAGS = {
    "planning": "มีแผน",
    "tender": "มีประกาศหรือวิธีจัดหา",
    "award": "มีผู้ชนะ",
    "contract": "มีสัญญา",
    "implementation": "มีความก้าวหน้า",
}


@click.command(name="ocds", short_help="published procurement as OCDS JSON")
@click.option("--agency", "code", help="รหัสหน่วยงาน 8 หลัก; ไม่ระบุ = หน่วยงานเดียวที่มี")
@click.option("--year", "year_be", type=int, default=0, help="ปีงบประมาณ (พ.ศ.); ไม่ระบุ = ปีล่าสุดที่เปิดเผย")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="ไฟล์ที่จะวาง; ไม่ระบุ = สรุปออกจอ")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ข้อมูลทั้งหมดเป็น JSON")
def command(code: str | None, year_be: int, out: Path | None, as_json: bool) -> int:
    """ข้อมูลสัญญาเปิด (OCDS 1.1) จากทะเบียนจัดซื้อจัดจ้างที่เปิดต่อสาธารณะแล้วเท่านั้น.

    แผน ประกาศ ผู้ชนะ สัญญา และความก้าวหน้าของเรื่องเดียวกันร้อยเป็นหนึ่งเรื่อง สั่งซ้ำได้ข้อมูลเดิมทุกอักขระ
    """
    start_django()
    from prongsai.web.operations.database import hang_up  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.registers.queries.contracting import contracting  # noqa: PLC0415  # reason: as above

    agency = scope_of(code).agency
    told = contracting(agency, year_be)
    hang_up()
    if told is None:
        raise ProngsaiError(
            "nothing is published",
            message_th="ยังไม่มีการจัดซื้อจัดจ้างที่เปิดต่อสาธารณะ" + (f" ของปี {year_be}" if year_be else ""),
            mend_th="เปิดตารางต่อสาธารณะในหน้าตั้งค่าของทะเบียนจัดซื้อจัดจ้าง และปิดงวด",
        )
    written = text_of(told)
    if out is not None:
        _save(out, written)
    if as_json:
        click.echo(written, nl=False)
        return FINE
    tags = [tag for one in told["releases"] for tag in one["tag"]]
    rows = [("ทั้งหมด", f"{len(told['releases']):,}"), *((name, f"{tags.count(tag):,}") for tag, name in _TAGS.items())]
    table(f"ข้อมูลสัญญาเปิดของ{agency.name}", ["", "เรื่อง"], rows, right=[1])
    line(f"วางไว้ที่ {out}" if out else "พิมพ์ทั้งหมดด้วย --json หรือวางเป็นไฟล์ด้วย --out", "green" if out else "")
    return FINE


def _save(out: Path, written: str) -> None:
    try:
        out.write_text(written, encoding="utf-8", newline="\n")
    except OSError as reason:
        raise FileUnusable(
            f"{out} cannot be written: {reason.strerror}",
            message_th=f"เขียนไฟล์ {out} ไม่ได้",
            mend_th="ตรวจโฟลเดอร์ สิทธิ์ และพื้นที่ว่าง",
        ) from reason
