"""``prongsai registers import-spending``: the ledger's export into the reports of a plan."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import Bar, start_django
from prongsai.cli.register_import import content_of, scope_of
from prongsai.cli.show import json_out, line, table
from prongsai.errors import ProngsaiError
from prongsai.registers.ledger import BY_KEY, TARGETS
from prongsai.thai.text import fold

if TYPE_CHECKING:
    from prongsai.web.agencies.scope import Scope
    from prongsai.web.registers.models import ImportBatch

SHOWN = 200
ROWS = 200
_BASES = {"total": "สะสมตั้งแต่ต้นปี", "period": "เฉพาะงวด"}


@click.command(name="import-spending", short_help="the ledger's export into a plan")
@click.argument("register_id", metavar="REGISTER")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--year", "year_be", type=int, required=True, help="ปีงบประมาณ (พ.ศ.)")
@click.option("--period", type=click.IntRange(1, 12), required=True, help="งวดที่เท่าใดของปี เช่น ไตรมาสที่ 2 = 2")
@click.option("--agency", "code", help="รหัสหน่วยงาน 8 หลัก; ไม่ระบุ = หน่วยงานเดียวที่มี")
@click.option(
    "--basis", type=click.Choice(list(_BASES)), help="total = ยอดสะสม, period = เฉพาะงวด; ไม่ระบุ = ตามครั้งก่อนหรือหัวคอลัมน์"
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="WHAT=HEAD",
    help=f"คอลัมน์ใดคืออะไร เช่น spent=เบิกจ่ายสะสม; มี {', '.join(one.key for one in TARGETS)}",
)
@click.option("--yes", is_flag=True, help="บันทึกเลย; ไม่ระบุ = ตรวจแล้วถามก่อน")
@click.option("--only-good", is_flag=True, help="บันทึกบรรทัดที่ถูก แม้บางบรรทัดยังนำเข้าไม่ได้")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(
    register_id: str,
    file: Path,
    year_be: int,
    period: int,
    code: str | None,
    basis: str | None,
    columns: tuple[str, ...],
    yes: bool,
    only_good: bool,
    as_json: bool,
) -> int:
    """ตรวจไฟล์จากระบบบัญชีแล้วนำยอดเบิกจ่ายเข้าแผน (spending-plan, operation-plan).

    บรรทัดที่ไม่ตรงรายการใดในแผนทั้งรหัสและชื่อไม่ถูกเดา ให้เลือกในหน้าเว็บ (สถานะออก 1)
    """
    content = content_of(file)
    start_django()
    from prongsai.web.operations.database import hang_up  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.registers.services import spending  # noqa: PLC0415  # reason: as above

    scope = scope_of(code)
    given: dict[str, Any] = {"register": register_id, "content": content, "name": file.name, "year": year_be}
    batch = spending.stage(scope, **given, starts_on=_first_day(scope, register_id, year_be, period), basis=basis or "")
    try:
        if batch.state == "reading" or columns or (basis and basis != batch.details["basis"]):
            asked = _columns(batch, columns)
            batch = spending.settle_columns(
                scope, batch=batch, version=None, columns=asked, basis=basis or batch.details["basis"]
            )
    except (ProngsaiError, click.UsageError):
        spending.drop(scope, batch=batch, version=None)
        raise
    told = _told(batch)
    if not as_json:
        _show(batch, told)
    may_save = told["is_even"] and (only_good or not batch.n_faulty) and batch.n_new + batch.n_changed
    if may_save and (yes or (not as_json and sys.stdin.isatty() and click.confirm("บันทึกเข้าแผน"))):
        batch = _save(scope, batch, only_good=only_good)
    elif batch.state != "saved":
        spending.drop(scope, batch=batch, version=None)
    is_saved = batch.state == "saved"
    hang_up()
    if as_json:
        json_out({**told, "saved": is_saved})
    else:
        _show_end(batch, is_saved=is_saved)
    return HAS_ERRORS if batch.n_faulty or not told["is_even"] else FINE


def _first_day(scope: "Scope", register_id: str, year_be: int, period: int) -> date:
    from prongsai.web.registers.queries.library import kept_of  # noqa: PLC0415  # reason: needs Django
    from prongsai.web.registers.queries.spans import progress_spans  # noqa: PLC0415  # reason: as above

    spans = progress_spans(kept_of(scope, register_id, year_be).register, year_be)
    if period > len(spans):
        raise ProngsaiError(
            f"{register_id} has {len(spans)} periods",
            message_th=f"ทะเบียน {register_id} มี {len(spans)} งวดรายงานในหนึ่งปี"
            if spans
            else f"ทะเบียน {register_id} ไม่มีงวดรายงาน",
            mend_th="ใช้ spending-plan (4 ไตรมาส) หรือ operation-plan (2 รอบ)",
        )
    return spans[period - 1].starts_on


def _columns(batch: "ImportBatch", given: tuple[str, ...]) -> dict[str, int]:
    """Give the columns: as guessed or known, changed by what was given."""
    found = dict(batch.columns)
    heads = [fold(label) for label in batch.head]
    for one in given:
        key, _equals, label = one.partition("=")
        if key not in BY_KEY:
            raise click.UsageError(f"ไม่มี {key} ใน --column; มี {', '.join(BY_KEY)}")
        if not label:
            found.pop(key, None)
        elif heads.count(fold(label)) == 1:
            found[key] = heads.index(fold(label))
        else:
            listed = ", ".join(f"“{each}”" for each in batch.head if each)
            raise click.UsageError(f"ไม่มีหัวคอลัมน์ “{label}” หรือมีหลายคอลัมน์; ในไฟล์มี {listed}")
    return found


def _told(batch: "ImportBatch") -> dict[str, Any]:
    from prongsai.web.registers.services.spending import uneven  # noqa: PLC0415  # reason: needs Django

    counts = {"new": batch.n_new, "changed": batch.n_changed, "same": batch.n_same, "faulty": batch.n_faulty}
    rows = batch.rows.filter(fate="faulty").order_by("number").values_list("number", "values", "faults")[:SHOWN]
    faults = [
        {"row": number, "line": values.get("names", {}).get("item", ""), **fault}
        for number, values, found in rows
        for fault in found
    ]
    return {
        "register": batch.register,
        "period": batch.details["starts_on"],
        "basis": batch.details["basis"],
        "columns": {key: batch.head[place] for key, place in batch.columns.items()},
        **counts,
        "left": batch.details["n_left"],
        "sums": batch.details["sums"],
        "is_even": not uneven(batch),
        "faults": faults,
    }


def _save(scope: "Scope", batch: "ImportBatch", *, only_good: bool) -> "ImportBatch":
    from prongsai.web.registers.services import spending  # noqa: PLC0415  # reason: needs Django

    with Bar() as bar:
        total = batch.n_new + batch.n_changed
        while batch.state != "saved":
            batch = spending.save(scope, batch=batch, version=None, rows=ROWS, only_good=only_good)
            bar("บันทึก", batch.n_done, total)
    return batch


def _show(batch: "ImportBatch", told: dict[str, Any]) -> None:
    rows = [(BY_KEY[key].label_th, head) for key, head in told["columns"].items()]
    table(f"{batch.name}: ยอด{_BASES[told['basis']]}", ["คืออะไร", "คอลัมน์ในไฟล์"], rows)
    sums = [
        (BY_KEY[one["column"]].label_th, one["lines"], one["printed"] or "–", "เท่ากัน" if one["is_even"] else "ไม่เท่ากัน")
        for one in told["sums"]
    ]
    table("ผลรวม", ["คอลัมน์", "ทุกบรรทัด", "ยอดรวมในไฟล์", "ผล"], sums, right=[1, 2])
    names = {"new": "ใหม่", "changed": "แก้ไข", "same": "เหมือนเดิม", "faulty": "ผิด", "left": "ไม่นำเข้า"}
    table("บรรทัด", ["ผล", "บรรทัด"], [(name, f"{told[key]:,}") for key, name in names.items()], right=[1])
    if told["faults"]:
        shown = [(str(one["row"]), one["line"], one["message"], one["mend"]) for one in told["faults"]]
        table("บรรทัดที่ยังนำเข้าไม่ได้", ["แถว", "รายการ", "ผิดอย่างไร", "วิธีแก้"], shown)


def _show_end(batch: "ImportBatch", *, is_saved: bool) -> None:
    if is_saved:
        line(f"บันทึกแล้ว: ใหม่ {batch.n_new:,} แก้ไข {batch.n_changed:,} รายการ", "green")
    elif batch.n_new + batch.n_changed:
        line("ยังไม่ได้บันทึก: แก้ที่ผิดหรือเลือกรายการในหน้าเว็บ หรือสั่งใหม่พร้อม --yes", "yellow")
    else:
        line("ไม่มีอะไรต้องบันทึก", "green" if not batch.n_faulty else "red")
