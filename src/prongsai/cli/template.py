"""``prongsai template``: the fields of a kind of paper, a template to start from, and what is wrong with an own one."""

from collections.abc import Sequence
from pathlib import Path

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import counted, json_out, line, problems_table, table
from prongsai.documents.template.marks import FILTERS_TH
from prongsai.documents.template.model import Slot
from prongsai.documents.write import save
from prongsai.errors import FileUnusable
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.reports.stationery.kinds import Stationery, stationery_of

SUFFIX = ".docx"


@click.command(name="template", short_help="papers on an office's own Word file")
@click.argument("kind")
@click.option("--fields", "as_fields", is_flag=True, help="แสดงช่องที่ใช้ได้ พร้อมตัวอย่าง (ไม่ใส่อะไรก็แสดง)")
@click.option("--example", type=click.Path(path_type=Path), help="เขียนแม่แบบเริ่มต้นตามแบบของระบบ ไปแก้ต่อใน Word (.docx)")
@click.option("--check", type=click.Path(path_type=Path), help="ตรวจแม่แบบของหน่วยงาน (.docx)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(kind: str, as_fields: bool, example: Path | None, check: Path | None, as_json: bool) -> int:
    """แม่แบบ Word ของหน่วยงาน: ช่องที่ใช้ได้ แม่แบบเริ่มต้น และการตรวจ."""
    if sum((as_fields, example is not None, check is not None)) > 1:
        raise click.UsageError("--fields --example --check ใช้ทีละอย่าง")
    found = stationery_of(kind)
    if check is not None:
        return _check(found, check, as_json)
    if example is not None:
        return _example(found, example, as_json)
    return _fields(found, as_json)


def read_template(path: Path) -> bytes:
    """Give the bytes of a template. Raises FileUnusable for another kind of file or one that cannot be opened."""
    if path.suffix.lower() != SUFFIX:
        raise FileUnusable(
            f"{path.name} is no {SUFFIX}", message_th=f"แม่แบบ {path.name} ต้องเป็น Word", mend_th=f"บันทึกเป็น {SUFFIX}"
        )
    try:
        return path.read_bytes()
    except OSError as reason:
        raise FileUnusable(
            f"{path} cannot be opened: {reason.strerror}", message_th=f"เปิดแม่แบบ {path} ไม่ได้", mend_th="ตรวจชื่อไฟล์"
        ) from reason


def _fields(found: Stationery, as_json: bool) -> int:
    kind = paper_kind(found.name)
    record = kind.sample()
    slots = found.exemplified(record, kind.compose(record, USUAL))
    if as_json:
        json_out({"kind": found.name, "title_th": found.title_th, "fields": [_plain(slot) for slot in slots],
                  "filters": FILTERS_TH})  # fmt: skip
        return FINE
    rows = [row for slot in slots for row in _lines(slot)]
    table(f"ช่องของ{found.title_th}", ["เขียนในแม่แบบ", "คือ", "ชนิด", "ตัวอย่าง"], rows)
    line(f"ต่อท้ายได้: {' · '.join(f'| {name} {what}' for name, what in FILTERS_TH.items())}")
    return FINE


def _lines(slot: Slot) -> list[list[str]]:
    if not slot.columns:
        return [[f"{{{{ {slot.name} }}}}", slot.title_th, slot.type_th, slot.example]]
    head = [f"{{% for {slot.name} %}}", slot.title_th, slot.type_th, ""]
    return [
        head,
        *([f"{{{{ {slot.name}.{one.name} }}}}", one.title_th, one.type_th, one.example] for one in slot.columns),
    ]


def _plain(slot: Slot) -> dict[str, object]:
    told: dict[str, object] = {"name": slot.name, "title_th": slot.title_th, "type_th": slot.type_th,
                               "sort": slot.sort.value, "example": slot.example}  # fmt: skip
    return told | ({"columns": [_plain(one) for one in slot.columns]} if slot.columns else {})


def _example(found: Stationery, out: Path, as_json: bool) -> int:
    if out.suffix.lower() != SUFFIX:
        raise FileUnusable(
            f"{out.name} is no {SUFFIX}",
            message_th=f"ไฟล์ปลายทาง {out.name} ต้องเป็น Word",
            mend_th=f"ตั้งชื่อให้ลงท้าย {SUFFIX}",
        )
    save(found.starting(), out)
    if as_json:
        json_out({"kind": found.name, "file": str(out)})
    else:
        line(f"เขียนแม่แบบเริ่มต้นของ{found.title_th} แล้วที่ {out} · เปิดแก้ใน Word แล้วตรวจด้วย --check")
    return FINE


def _check(found: Stationery, path: Path, as_json: bool) -> int:
    result = found.check(read_template(path), path.name)
    if as_json:
        told: Sequence[object] = [problem.to_json() for problem in result.problems]
        json_out({"file": str(path), "kind": found.name, "fields": list(result.used), "problems": told})
    elif result.problems:
        problems_table(result.problems, f"แม่แบบ {path.name} — {counted(result.problems)}")
    else:
        line(f"แม่แบบ {path.name} ใช้กับ{found.title_th}ได้ มี {len(result.used)} ช่อง", "green")
    return HAS_ERRORS if result.problems else FINE
