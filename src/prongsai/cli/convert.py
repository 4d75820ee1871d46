"""``prongsai convert``: a document to another format, through the document model."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import counted, has_errors, json_out, line, problems_table
from prongsai.documents.model import Document
from prongsai.documents.read import read_document
from prongsai.documents.write import SUFFIXES, format_for, problems_of, render, save
from prongsai.documents.write.fit import fitted
from prongsai.documents.write.office import Office
from prongsai.errors import FileUnusable, Problem
from prongsai.reports.named import with_names


@click.command(name="convert", short_help="a document to another format")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", "-o", required=True, type=click.Path(path_type=Path), help=f"ไฟล์ปลายทาง {' '.join(SUFFIXES)}")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(file: Path, out: Path, as_json: bool) -> int:
    """แปลงเอกสารเป็นชนิดอื่น: อ่านข้อความและตาราง แล้วเขียนใหม่ตามนามสกุลของไฟล์ปลายทาง."""
    kind = format_for(out)
    _refuse_source(file, out)
    document = read_document(file)
    made = document if kind == "text" else with_names(fitted(document))
    content = render(made, kind, Office())
    save(content, out)
    problems = (*document.problems, *problems_of(made, kind, Office()))
    if as_json:
        json_out(form(file, out, document, content, problems))
    else:
        if problems:
            problems_table(problems, f"ข้อสังเกต {document.file} — {counted(problems)}")
        line(f"เขียน {out} แล้ว ({told(document, content)})", "green")
    return HAS_ERRORS if has_errors(problems) else FINE


def _refuse_source(file: Path, out: Path) -> None:
    """Refuse to write over the file that is read, by whatever name. Raises FileUnusable."""
    try:
        is_source = out.exists() and out.samefile(file)
    except OSError:
        is_source = False
    if is_source or out.absolute() == file.absolute():
        raise FileUnusable(
            f"{out} is the file that is read",
            message_th=f"ไฟล์ปลายทาง {out} คือไฟล์ต้นทางเอง",
            mend_th="ตั้งชื่อไฟล์ปลายทางเป็นชื่ออื่น",
        )


def form(file: Path, out: Path, document: Document, content: bytes, problems: Sequence[Problem]) -> dict[str, object]:
    """Give what ``--json`` prints; pages only where the format has them. problems: of reading and of writing."""
    return {
        "file": str(file),
        "out": str(out),
        "pages": pages(content),
        "tables": sum(1 for _ in document.tables()),
        "paragraphs": sum(1 for _ in document.paragraphs()),
        "problems": [problem.to_json() for problem in problems],
    }


def told(document: Document, content: bytes) -> str:
    """Say how much was written."""
    counts = [
        (pages(content), "หน้า"),
        (sum(1 for _ in document.tables()), "ตาราง"),
        (sum(1 for _ in document.paragraphs()), "ย่อหน้า"),
    ]
    return " ".join(f"{count} {name}" for count, name in counts if count is not None)


def pages(content: bytes) -> int | None:
    """Count the pages of a PDF; no other format knows its own before it is printed."""
    if not content.startswith(b"%PDF"):
        return None
    from pypdfium2 import PdfDocument  # noqa: PLC0415  # reason: only there where PDF can be written

    with PdfDocument(BytesIO(content)) as pdf:
        return len(pdf)
