"""``prongsai registers import``: a spreadsheet into a register of the office."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import Bar, start_django
from prongsai.cli.show import json_out, line, table
from prongsai.errors import FileUnusable, ProngsaiError
from prongsai.registers.sheet_limits import BYTES_MAX, too_many

if TYPE_CHECKING:
    from prongsai.web.agencies.scope import Scope
    from prongsai.web.registers.models import ImportBatch

ROWS = 1000
SHOWN = 200


@click.command(name="import", short_help="a spreadsheet into a register")
@click.argument("register_id")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--agency", "code", help="รหัสหน่วยงาน 8 หลัก; ไม่ระบุ = หน่วยงานเดียวที่มี")
@click.option("--year", "year_be", type=int, default=0, help="ปีงบประมาณ (พ.ศ.) ของแถวที่ไม่มีวันที่; ไม่ระบุ = ตามวันที่ของแต่ละแถว")
@click.option("--yes", is_flag=True, help="บันทึกเลย; ไม่ระบุ = ตรวจแล้วถามก่อน")
@click.option("--again", is_flag=True, help="บันทึกแม้ไฟล์เดียวกันเคยนำเข้าแล้ว")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(register_id: str, file: Path, code: str | None, year_be: int, yes: bool, again: bool, as_json: bool) -> int:
    """ตรวจตารางแล้วนำเข้าทะเบียน: xlsx xls ods csv.

    ช่องที่ผิดบอกเป็นตำแหน่งในตาราง มีแถวผิดแม้แถวเดียวไม่บันทึกอะไรเลย (สถานะออก 1)
    """
    content = content_of(file)
    start_django()
    from prongsai.web.operations.database import hang_up  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.registers.services import imports  # noqa: PLC0415  # reason: as above

    scope = scope_of(code)
    batch = imports.stage(scope, register=register_id, content=content, name=file.name, year=year_be)
    with Bar() as bar:
        while batch.state == "reading":
            batch = imports.step(scope, batch=batch, rows=ROWS)
            bar("ตรวจ", batch.n_done if batch.state == "reading" else batch.n_rows, batch.n_rows)
    faults = _faults(batch)
    counts = _counts(batch)
    if not as_json:
        _show(batch, faults)
    if not batch.n_faulty and counts["new"] + counts["changed"] and (yes or (not as_json and _agreed())):
        batch = _save(scope, batch, again=again)
        faults, counts = _faults(batch), _counts(batch)
    else:
        imports.drop(scope, batch=batch, version=None)
    is_saved = batch.state == "saved"
    hang_up()
    if as_json:
        json_out({"register": register_id, "rows": batch.n_rows, **counts, "saved": is_saved, "faults": faults})
    else:
        _show_end(batch, faults, is_saved=is_saved)
    return HAS_ERRORS if batch.n_faulty else FINE


def content_of(file: Path) -> bytes:
    """Read a file. Raises FileUnusable, LimitExceeded."""
    try:
        if (size := file.stat().st_size) > BYTES_MAX:
            raise too_many(file.name, f"{size:,} ไบต์", f"{BYTES_MAX:,} ไบต์")
        return file.read_bytes()
    except OSError as reason:
        raise FileUnusable(
            f"{file} cannot be opened: {reason.strerror}",
            message_th=f"เปิดไฟล์ {file} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
        ) from reason


def scope_of(code: str | None) -> "Scope":
    """Give the software's own scope in the agency that is meant. Raises ProngsaiError when that is not clear."""
    from prongsai.web.agencies.models import Agency  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.agencies.queries import served  # noqa: PLC0415  # reason: as above
    from prongsai.web.agencies.scope import system_scope  # noqa: PLC0415  # reason: as above

    agencies = list(Agency.objects.order_by("code"))
    found = (list(served()) or agencies) if code is None else [one for one in agencies if one.code == code]
    if len(found) == 1:
        return system_scope(found[0])
    listed = ", ".join(f"{one.code} {one.name}" for one in agencies) or "ยังไม่มีหน่วยงาน"
    raise ProngsaiError(
        f"which agency? {code}",
        message_th="ไม่รู้ว่าหน่วยงานใด" if code is None else f"ไม่มีหน่วยงานรหัส {code}",
        mend_th=f"ระบุ --agency จาก {listed}",
    )


def _save(scope: "Scope", batch: "ImportBatch", *, again: bool) -> "ImportBatch":
    """Save a batch; one that is refused as a whole is thrown away first."""
    from prongsai.web.registers.services import imports  # noqa: PLC0415  # reason: needs Django

    with Bar() as bar:
        version: int | None = batch.version
        while batch.state != "saved":
            try:
                batch = imports.save(scope, batch=batch, version=version, rows=ROWS, again=again)
            except imports.ImportRefused as refused:
                imports.drop(scope, batch=batch, version=None)
                raise ProngsaiError(
                    str(refused), message_th=refused.message_th, mend_th="สั่งใหม่พร้อม --again"
                ) from refused
            version = None
            bar("บันทึก", batch.n_done, batch.n_rows)
    return batch


def _agreed() -> bool:
    return sys.stdin.isatty() and click.confirm("บันทึกเข้าทะเบียน")


def _counts(batch: "ImportBatch") -> dict[str, int]:
    return {"new": batch.n_new, "changed": batch.n_changed, "same": batch.n_same, "faulty": batch.n_faulty}


def _faults(batch: "ImportBatch") -> list[dict[str, str]]:
    """Give the faulty cells, as many as are shown at once."""
    rows = batch.rows.filter(fate="faulty").order_by("number").values_list("faults", flat=True)[:SHOWN]
    return [fault for faults in rows for fault in faults][:SHOWN]


def _show(batch: "ImportBatch", faults: list[dict[str, str]]) -> None:
    counts = [("เพิ่มใหม่", batch.n_new), ("แก้ไข", batch.n_changed), ("เหมือนเดิม", batch.n_same), ("ผิด", batch.n_faulty)]
    table(f"{batch.name}: {batch.n_rows:,} แถว", ["ผล", "แถว"], [(name, f"{n:,}") for name, n in counts], right=[1])
    if faults:
        rows = [(one["cell"], one["field"], one["message"], one["mend"]) for one in faults]
        table("ช่องที่ผิด", ["ช่อง", "คอลัมน์", "ผิดอย่างไร", "วิธีแก้"], rows)


def _show_end(batch: "ImportBatch", faults: list[dict[str, str]], *, is_saved: bool) -> None:
    if is_saved:
        line(f"บันทึกแล้ว: เพิ่ม {batch.n_new:,} แก้ไข {batch.n_changed:,} รายการ", "green")
    elif faults:
        line("ยังไม่ได้บันทึก: แก้ช่องที่ผิดในตาราง แล้วสั่งใหม่", "red")
    elif batch.n_new + batch.n_changed:
        line("ยังไม่ได้บันทึก: ตรวจแล้วไม่พบที่ผิด สั่งใหม่พร้อม --yes เพื่อบันทึก", "yellow")
    else:
        line("ทุกแถวมีในทะเบียนแล้วและเหมือนเดิม ไม่มีอะไรต้องบันทึก", "green")
