"""``prongsai read``: documents to records."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import counted, has_errors, json_out, line, place, problems_table, table
from prongsai.documents.model import Document
from prongsai.documents.read import read_document
from prongsai.errors import Problem
from prongsai.reports.catalogue import PaperKind, guess, paper_kind
from prongsai.reports.labels import KIND_TH
from prongsai.reports.read import recognise
from prongsai.reports.records import Gap, IndicatorPlan, Measure, Record, Report, Tracking
from prongsai.reports.view import view
from prongsai.thai.dates import format_date


@dataclass(frozen=True, slots=True)
class Form:
    """A file read as one kind of paper that is no report."""

    file: str
    kind: PaperKind
    records: Any
    problems: tuple[Problem, ...]

    def to_json(self) -> dict[str, object]:
        """Give what ``--json`` prints for it."""
        return {
            "file": self.file,
            "kind": self.kind.name,
            "title_th": self.kind.title_th,
            "records": self.kind.to_json(self.records),
            "problems": [problem.to_json() for problem in self.problems],
        }


@click.command(name="read", short_help="documents to records")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", metavar="NAME", help="ชนิดเอกสาร (ดู prongsai write --list) ไม่บอกคือดูจากเอกสารเอง")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(files: Sequence[Path], kind: str | None, as_json: bool) -> int:
    """อ่านเอกสาร (Word Excel PDF HTML ข้อความ) แล้วแยกเป็นข้อมูล พร้อมที่มาของทุกช่อง."""
    said = paper_kind(kind) if kind else None
    papers = [read(read_document(file), said) for file in files]
    if as_json:
        forms = [paper.to_json() for paper in papers]
        json_out(forms[0] if len(forms) == 1 else forms)
    else:
        for paper in papers:
            show_form(paper) if isinstance(paper, Form) else show(paper)
    return HAS_ERRORS if any(map(is_faulty, papers)) else FINE


def read(document: Document, kind: PaperKind | None = None) -> Report | Form:
    """Read a document as the kind that is said, else as a report; one without rows as the form that it is."""
    if kind is None:
        report = recognise(document)
        name = None if report.rows else guess(document)
        if name is None:
            return report
        kind = paper_kind(name)
    records, problems = kind.recognise(document)
    return records if isinstance(records, Report) else Form(document.file, kind, records, tuple(problems))


def is_faulty(paper: Report | Form) -> bool:
    """Whether a paper has errors or needs a person."""
    return has_errors(paper.problems) or (isinstance(paper, Report) and paper.needs_person)


def show_form(form: Form) -> None:
    """Print a form for a person: its fields and tables by their Thai names."""
    line(f"{form.file} — {form.kind.title_th}", "bold")
    seen = view(form.records, form.kind.paper)
    table("", ["รายการ", "ค่า"], seen.facts)
    for grid in seen.grids:
        table(grid.title, grid.heads, grid.rows, right=grid.right)
    show_problems(form.problems)


def show_problems(problems: Sequence[Problem]) -> None:
    """Print what reading noticed."""
    if problems:
        problems_table(problems, f"ข้อสังเกตจากการอ่าน ({counted(problems)})")


def show(report: Report) -> None:
    """Print a report for a person."""
    line(f"{report.file} — {KIND_TH[report.document_type]}", "bold")
    table("", ["รายการ", "ค่า"], _facts(report))
    if report.indicators:
        rows = [
            (score.no, score.title or "", "—" if score.score is None else score.score) for score in report.indicators
        ]
        table("คะแนนตัวชี้วัด", ["ที่", "ตัวชี้วัด", "คะแนน"], rows, right=(0, 2))
    if report.rows:
        heads = ["แถว", "ที่", "เรื่อง", "ผู้รับผิดชอบ", "สรุป"]
        rows_of = [(n, place(row.origin.where), *_with_extra(row)) for n, row in enumerate(report.rows, 1)]
        table(f"พิมพ์ {report.printed_rows} แถว ได้ {len(report.rows)} แถว", heads, rows_of, right=(0,))
    if report.needs_person:
        line("ต้องให้คนอ่านเอกสารนี้ เพราะ", "bold red")
        for reason in report.reasons:
            line(f"  • {reason}")
    show_problems(report.problems)


def _facts(report: Report) -> list[tuple[str, object]]:
    agency, memo = report.agency, report.memo
    place = " ".join(
        part
        for part in (
            agency.name,
            f"อำเภอ{agency.district}" if agency.district else "",
            f"จังหวัด{agency.province}" if agency.province else "",
        )
        if part
    )
    facts: list[tuple[str, object]] = [("หน่วยงาน", place or "—"), ("ปีงบประมาณ", report.fiscal_year_be or "—")]
    if memo:
        facts.append(("บันทึกที่", f"{memo.number or '—'} ลงวันที่ {format_date(memo.date) if memo.date else '—'}"))
        facts.append(("เรื่อง", memo.subject or "—"))
    if report.deadline:
        facts.append(("กำหนดส่ง", format_date(report.deadline)))
    if report.overall.score is not None:
        facts.append(("คะแนนรวม", f"{report.overall.score} {report.overall.level or ''}".strip()))
    if report.signatories:
        facts.append(("ผู้ลงนาม", "\n".join(f"{s.name} · {s.position or '—'}" for s in report.signatories)))
    facts.append(("ความมั่นใจ", f"{report.confidence:.0%}"))
    return facts


def _with_extra(row: Record) -> tuple[str, str, str]:
    """Give the cells of a row, with what stands under heads that no form has a field for."""
    name, owners, told = _row(row)
    extra = [f"+ {head}: {words}" for head, words in row.origin.extra.items() if words]
    return name, owners, "\n".join([told, *extra])


def _row(row: Record) -> tuple[str, str, str]:
    if isinstance(row, Gap):
        return (
            f"{row.code or '?'} {row.title}",
            "\n".join(row.units),
            f"คะแนน {'—' if row.score is None else row.score}",
        )
    if isinstance(row, Measure):
        issue = f"[{row.issue_no}] " if row.issue_no else ""
        told = f"ขั้นตอน {len(row.steps)} ผล {len(row.results)} ผลลัพธ์ {len(row.outcomes)}"
        period = f"{row.period.text}\n" if row.period else ""
        return f"{issue}{row.measure}", "\n".join(row.responsible), period + told
    if isinstance(row, IndicatorPlan):
        told = f"คะแนน {'—' if row.score is None else row.score} สถานะ {row.status.value if row.status else '—'}"
        return f"ตัวชี้วัดที่ {row.no} {row.name}", "\n".join(row.responsible), told
    assert isinstance(row, Tracking)
    return row.topic, "\n".join(row.responsible), f"กำหนด {len(row.due)} ทำแล้ว {len(row.done)}"
