"""``prongsai lint``: documents to Problems."""

from collections.abc import Sequence
from pathlib import Path

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import counted, has_errors, json_out, line, problems_table, table
from prongsai.errors import Problem
from prongsai.reports.labels import SEVERITY_TH
from prongsai.reports.lint.run import lint_file, rules
from prongsai.reports.records import Report


@click.command(name="lint", short_help="faults in documents")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--rules", "list_rules", is_flag=True, help="แสดงกฎทุกข้อ")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(files: Sequence[Path], list_rules: bool, as_json: bool) -> int:
    """ตรวจข้อผิดพลาดในเอกสาร: ชื่อ คะแนน วันที่ ลำดับ ผู้รับผิดชอบ ผลลัพธ์."""
    if list_rules:
        return show_rules(as_json)
    if not files:
        raise click.UsageError("ไม่ได้ระบุไฟล์ที่จะตรวจ (หรือใช้ --rules เพื่อดูกฎ)")
    found = [(file, *lint_file(file)) for file in files]
    if as_json:
        forms = [form(str(file), problems) for file, _, problems in found]
        json_out(forms[0] if len(forms) == 1 else forms)
    else:
        for _, report, problems in found:
            show(report, problems)
    return HAS_ERRORS if any(has_errors(problems) for _, _, problems in found) else FINE


def form(file: str, problems: Sequence[Problem]) -> dict[str, object]:
    """Give what ``--json`` prints for one file."""
    return {"file": file, "problems": [problem.to_json() for problem in problems]}


def show(report: Report, problems: Sequence[Problem]) -> None:
    """Print the problems of one file for a person."""
    if not problems:
        line(f"{report.file}: ไม่พบข้อสังเกต", "green")
        return
    if report.needs_person:
        line(f"{report.file}: เอกสารเสียหาย ต้องให้คนอ่าน", "bold red")
    problems_table(problems, f"{report.file} — {counted(problems)}")


def show_rules(as_json: bool) -> int:
    """Print every rule."""
    if as_json:
        json_out(
            [
                {
                    "code": rule.code,
                    "family": rule.family,
                    "severity": rule.severity.value,
                    "summary": rule.summary,
                    "summary_th": rule.summary_th,
                    "mend": rule.mend,
                    "mend_th": rule.mend_th,
                }
                for rule in rules()
            ]
        )
        return FINE
    rows = [(rule.family, rule.code, SEVERITY_TH[rule.severity], rule.summary_th) for rule in rules()]
    table(f"กฎ {len(rows)} ข้อ", ["หมวด", "รหัส", "ระดับ", "พบเมื่อ"], rows)
    return FINE
