"""``prongsai write``: records to an official paper."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import has_errors, json_out, line, problems_table, table
from prongsai.cli.template import read_template
from prongsai.documents.model import Document
from prongsai.documents.template.model import TemplateUnfit
from prongsai.documents.write import SUFFIXES, format_for, save, write_all
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable, Problem, ProngsaiError, RecordsInvalid
from prongsai.reports.catalogue import TITLES, PaperKind, paper_kind
from prongsai.reports.measures_report import Layout
from prongsai.reports.papers.options import Closing, Options
from prongsai.reports.stationery.kinds import stationery_of
from prongsai.reports.stationery.written import PDF_TH, on_stationery

READ_FORM = {"file", "kind", "title_th", "records", "problems"}
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff")
SAYS_RECORDS = "RECORDS.json คือข้อมูลของเอกสาร ในรูปที่ --sample พิมพ์ หรือที่ prongsai read --json ให้"


@click.command(name="write", short_help="records to an official paper")
@click.argument("kind", required=False)
@click.argument("records", required=False, type=click.Path(path_type=Path), metavar="[RECORDS.json]")
@click.option("-o", "--out", "outs", multiple=True, type=click.Path(path_type=Path),
              help=f"ไฟล์ปลายทาง ใส่ได้หลายไฟล์ ลงท้ายด้วย {' '.join(SUFFIXES)}")  # fmt: skip
@click.option("--list", "as_list", is_flag=True, help="แสดงชนิดเอกสารทั้งหมด")
@click.option("--sample", "as_sample", is_flag=True, help="พิมพ์ข้อมูลตัวอย่างของชนิดนั้น (มี -o ด้วยคือเขียนเอกสารตัวอย่าง)")
@click.option("--emblem", type=click.Path(path_type=Path), help="ภาพตราของหน่วยงาน (.png .jpg .svg)")
@click.option(
    "--fonts", type=click.Path(path_type=Path, file_okay=False), help="โฟลเดอร์ฟอนต์ TH Sarabun ของหน่วยงาน (PDF)"
)
@click.option("--template", type=click.Path(path_type=Path), help="แม่แบบ Word ของหน่วยงาน (.docx) ดู prongsai template")
@click.option("--layout", type=click.Choice([each.value for each in Layout]), help="รูปแบบตารางมาตรการ")
@click.option("--closing", type=click.Choice([each.name.lower() for each in Closing]), help="คำลงท้ายบันทึก")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(
    kind: str | None,
    records: Path | None,
    outs: Sequence[Path],
    as_list: bool,
    as_sample: bool,
    emblem: Path | None,
    fonts: Path | None,
    template: Path | None,
    layout: str | None,
    closing: str | None,
    as_json: bool,
) -> int:
    """เขียนเอกสารราชการจากข้อมูล เป็น Word, PDF, HTML, Excel หรือข้อความ."""
    if as_list or kind is None:
        _show_list(as_json)
        return FINE
    found = paper_kind(kind)
    if as_sample and not outs:
        json_out(found.to_json(found.sample()))
        return FINE
    for out in outs:
        format_for(out)
    if as_sample and records is not None:
        raise click.UsageError("--sample กับ RECORDS.json ใช้พร้อมกันไม่ได้ เลือกอย่างใดอย่างหนึ่ง")
    if not outs or (records is None and not as_sample):
        raise click.UsageError(f"ต้องบอก RECORDS.json และ -o ไฟล์ปลายทาง · {SAYS_RECORDS}")
    office = Office(_emblem(emblem), fonts)
    made = found.sample() if as_sample else _load(found.from_json, records, as_json)
    document = found.compose(made, _options(layout, closing))
    if template is None:
        problems = write_all(document, outs, office)
    else:
        problems = ()
        _write_on(template, found, made, document, outs, office, as_json)
    _show_done(outs, found.title_th, problems, as_json)
    return HAS_ERRORS if has_errors(problems) else FINE


def _write_on(
    template: Path, found: PaperKind, made: Any, document: Document, outs: Sequence[Path], office: Office, as_json: bool
) -> None:
    """Write on an office's own paper; every fault of it is printed before the one line that ends the command."""
    stationery, content = stationery_of(found.name), read_template(template)
    try:
        files = [
            on_stationery(stationery, content, template.name, made, document, format_for(out), office) for out in outs
        ]
    except TemplateUnfit as unfit:
        if as_json:
            json_out({"problems": [problem.to_json() for problem in unfit.problems]})
        else:
            problems_table(unfit.problems, f"สิ่งที่ต้องแก้ในแม่แบบ {template.name}")
        raise
    for out, file in zip(outs, files, strict=True):
        save(file, out)
    if not as_json and any(format_for(out) == "pdf" for out in outs):
        line(PDF_TH)


def _show_list(as_json: bool) -> None:
    if as_json:
        json_out([{"kind": name, "title_th": title} for name, title in TITLES.items()])
    else:
        table("ชนิดเอกสารที่เขียนได้", ["ชนิด", "เอกสาร"], TITLES.items())
        line("ข้อมูลตัวอย่าง: prongsai write ชนิด --sample · เขียน: prongsai write ชนิด ข้อมูล.json -o เอกสาร.docx")


def _show_done(outs: Sequence[Path], title: str, problems: Sequence[Problem], as_json: bool) -> None:
    if as_json:
        told = [problem.to_json() for problem in problems]
        json_out({"title_th": title, "files": [str(out) for out in outs], "problems": told})
        return
    for out in outs:
        line(f"เขียน {title} แล้วที่ {out}")
    if problems:
        problems_table(problems, "สิ่งที่พิมพ์ไม่ได้")


def _options(layout: str | None, closing: str | None) -> Options:
    chosen: dict[str, Any] = {}
    if layout:
        chosen["layout"] = Layout(layout)
    if closing:
        chosen["closing"] = Closing[closing.upper()]
    return Options(**chosen)


def _load(from_json: Any, path: Path | None, as_json: bool) -> Any:
    """Load records; every fault of them is printed before the one line that ends the command."""
    assert path is not None
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as reason:
        raise _unreadable(path, reason) from reason
    if isinstance(data, dict) and set(data) == READ_FORM:  # what `read --json` prints of a form
        data = data["records"]
    try:
        return from_json(data)
    except RecordsInvalid as invalid:
        if as_json:
            json_out({"problems": [problem.to_json() for problem in invalid.problems]})
        else:
            problems_table(invalid.problems, "ข้อผิดพลาดในข้อมูล")
        raise


def _unreadable(path: Path, reason: Exception) -> ProngsaiError:
    place = f" บรรทัด {reason.lineno}" if isinstance(reason, json.JSONDecodeError) else ""
    return FileUnusable(
        f"{path}: {reason}",
        message_th=f"อ่านข้อมูลจาก {path} ไม่ได้{place}",
        mend_th="ต้องเป็นไฟล์ JSON (UTF-8) ดูรูปแบบด้วย prongsai write ชนิด --sample",
    )


def _emblem(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        content = path.read_bytes()
    except OSError as reason:
        raise FileUnusable(
            f"{path} cannot be opened: {reason.strerror}",
            message_th=f"เปิดภาพตรา {path} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์",
        ) from reason
    if not content.startswith(_PICTURES) and b"<svg" not in content[:4096]:
        raise FileUnusable(
            f"{path} is no PNG, JPEG or SVG",
            message_th=f"ไฟล์ตรา {path} ไม่ใช่ภาพ",
            mend_th="ใช้ไฟล์ PNG JPEG หรือ SVG ที่เปิดดูได้",
        )
    return content
