"""``prongsai publish``: the public site as files, into a folder or one zip; and whether such files are still whole."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import start_django
from prongsai.cli.show import counted, json_out, line, table
from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.portal.manifest import verify
from prongsai.reports.labels import SEVERITY_TH

if TYPE_CHECKING:
    from prongsai.web.agencies.models import Agency
    from prongsai.web.disclosure.services.building import Built

_ZIP = ".zip"


@click.command(name="publish", short_help="the public site as files")
@click.option("--to", type=click.Path(path_type=Path), metavar="DIR|FILE.zip", help="ปลายทาง (ค่าเดิม: เว็บที่ระบบเปิดให้เอง)")
@click.option("--agency", "code", metavar="CODE", help="รหัส อปท. ๘ หลัก (เมื่อมีหลายหน่วยงาน)")
@click.option(
    "--verify",
    "checked",
    type=click.Path(path_type=Path, exists=True),
    metavar="DIR|FILE.zip",
    help="ตรวจเว็บที่เผยแพร่แล้วกับบัญชีไฟล์",
)
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(to: Path | None, code: str | None, checked: Path | None, as_json: bool) -> int:
    """สร้างเว็บสาธารณะเป็นไฟล์ เปิดได้จากเว็บเซิร์ฟเวอร์ใดก็ได้ จาก USB หรือเป็น ZIP ให้บริษัทเว็บ.

    เขียนเฉพาะที่เปลี่ยน เว็บเดิมเปิดได้ตลอด หยุดกลางทางแล้วสั่งใหม่จะทำต่อจากเดิม ที่อยู่ที่เคยเผยแพร่ไม่หาย
    """
    if checked is not None:
        if to is not None or code is not None:
            raise click.UsageError("--verify ใช้คู่กับ --to หรือ --agency ไม่ได้")
        return _verified(checked, as_json=as_json)
    start_django()
    return _published(to, code, as_json=as_json)


def _verified(checked: Path, *, as_json: bool) -> int:
    problems = verify(checked)
    if as_json:
        json_out({"checked": str(checked), "problems": [one.to_json() for one in problems]})
    elif problems:
        rows = ([SEVERITY_TH[one.severity], one.where.file, f"{one.message_th} → {one.mend_th}"] for one in problems)
        table(f"ตรวจ {checked}", ["ระดับ", "ไฟล์", "ข้อสังเกต"], rows)
        line(counted(problems))
    else:
        line(f"{checked} ครบทุกไฟล์ ตรงกับบัญชีไฟล์", "bold green")
    return HAS_ERRORS if problems else FINE


def _published(to: Path | None, code: str | None, *, as_json: bool) -> int:
    from prongsai.web.disclosure.services import building  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.operations.database import hang_up, reach  # noqa: PLC0415  # reason: as above

    reach()
    agency = _agency(code)
    _usable(to)
    built = building.build(agency) if to is None else building.deliver(agency, to)
    hang_up()
    _told(agency, built, as_json=as_json)
    return HAS_ERRORS if built.problems else FINE


def _agency(code: str | None) -> "Agency":
    """Give the agency of a code, or the only one there is. Raises ProngsaiError that names those there are."""
    from prongsai.web.agencies.models import Agency  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.agencies.queries import served  # noqa: PLC0415  # reason: as above

    known = list(Agency.objects.order_by("code"))
    fitting = (list(served()) or known) if code is None else [one for one in known if one.code == code]
    if len(fitting) == 1:
        return fitting[0]
    named = ", ".join(f"{one.code} {one.name}" for one in known)
    raise ProngsaiError(
        "no agency" if not known else f"which agency? {', '.join(one.code for one in known)}",
        message_th="ยังไม่มีหน่วยงานในระบบ" if not known else f"ระบุหน่วยงาน ที่มีคือ {named}",
        mend_th="ตั้งค่าครั้งแรกด้วย prongsai serve" if not known else "ใช้ --agency ตามด้วยรหัส ๘ หลัก",
    )


def _usable(to: Path | None) -> None:
    """Refuse a target that is something else already: a file that is no zip, a folder that holds other things."""
    if to is None or not to.exists():
        return
    from prongsai.portal.addresses import MANIFEST, WORKSHOP  # noqa: PLC0415  # reason: only asked here

    if to.is_dir() == (to.suffix.lower() == _ZIP):
        raise FileUnusable(f"{to} is in the way", message_th=f"{to} มีอยู่แล้วและเป็นคนละชนิด", mend_th="เลือกชื่ออื่น")
    is_ours = to.is_file() or (to / MANIFEST).exists() or (to / WORKSHOP).exists() or not any(to.iterdir())
    if not is_ours:
        raise FileUnusable(
            f"{to} holds other things",
            message_th=f"โฟลเดอร์ {to} มีสิ่งอื่นอยู่",
            mend_th="เลือกโฟลเดอร์ว่าง หรือโฟลเดอร์ที่เคยเผยแพร่เว็บนี้",
        )


def _told(agency: "Agency", built: "Built", *, as_json: bool) -> None:
    from prongsai.web.disclosure.queries.addresses import site_root  # noqa: PLC0415  # reason: needs Django

    if as_json:
        counts = {"written": built.written, "kept": built.kept, "addresses": len(built.addresses)}
        json_out(
            {
                "agency": agency.code,
                "to": str(built.folder),
                **counts,
                "seconds": round(built.seconds, 3),
                "problems": [one.to_json() for one in built.problems],
            }
        )
        return
    line(f"เผยแพร่เว็บของ{agency.name}แล้วที่ {built.folder}", "bold green")
    rows = [
        ("ที่อยู่ทั้งหมด", f"{len(built.addresses):,}"),
        ("ไฟล์ที่เขียน", f"{built.written:,}"),
        ("ไฟล์ที่คงเดิม", f"{built.kept:,}"),
        ("เวลา (วินาที)", f"{built.seconds:,.1f}"),
    ]
    table("", ["", "จำนวน"], rows, right=[1])
    line(f"ที่อยู่เว็บที่ตั้งไว้ {site_root(agency)}")
    for problem in built.problems:
        line(f"⚠ {problem.message_th} — {problem.mend_th or ''}".rstrip(" —"), "yellow")
