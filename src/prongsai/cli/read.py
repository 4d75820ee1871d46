"""``prongsai read``: documents to records."""

from collections.abc import Sequence
from pathlib import Path

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import counted, has_errors, json_out, line, place, problems_table, table
from prongsai.reports.labels import KIND_TH
from prongsai.reports.read import read_report
from prongsai.reports.records import Gap, IndicatorPlan, Measure, Record, Report, Tracking
from prongsai.thai.dates import format_date


@click.command(name="read", short_help="documents to records")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(files: Sequence[Path], as_json: bool) -> int:
    """อ่านเอกสาร (Word Excel PDF HTML ข้อความ) แล้วแยกเป็นข้อมูล พร้อมที่มาของทุกช่อง."""
    reports = [read_report(file) for file in files]
    if as_json:
        forms = [report.to_json() for report in reports]
        json_out(forms[0] if len(forms) == 1 else forms)
    else:
        for report in reports:
            show(report)
    bad = any(report.needs_person or has_errors(report.problems) for report in reports)
    return HAS_ERRORS if bad else FINE


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
        rows_of = [(n, place(row.origin.where), *_row(row)) for n, row in enumerate(report.rows, 1)]
        table(f"พิมพ์ {report.printed_rows} แถว ได้ {len(report.rows)} แถว", heads, rows_of, right=(0,))
    if report.needs_person:
        line("ต้องให้คนอ่านเอกสารนี้ เพราะ", "bold red")
        for reason in report.reasons:
            line(f"  • {reason}")
    if report.problems:
        problems_table(report.problems, f"ข้อสังเกตจากการอ่าน ({counted(report.problems)})")


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
