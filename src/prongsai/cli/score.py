"""``prongsai score``: scores to an explainable tree, a level, derived scores and contradictions."""

from pathlib import Path

import click
from rich.text import Text
from rich.tree import Tree

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import console, counted, has_errors, held_against, json_out, line, problems_table, table
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.scoring.derive import Derived
from prongsai.scoring.outline import Kind
from prongsai.scoring.read import read_scores
from prongsai.scoring.report import ScoreReport, score_reports
from prongsai.scoring.rollup import Node

AGENCIES_SHOWN_WHOLE = 3


@click.command(name="score", short_help="scores to a tree and level")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--framework", "framework_id", required=True, help="รหัสกรอบ เช่น ita-2567 หรือไฟล์กรอบ")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(file: Path, framework_id: str, as_json: bool) -> int:
    """คะแนน (JSON, CSV, xlsx) → โครงคะแนน ระดับ คะแนนที่หายไปพร้อมช่วง และข้อขัดแย้ง."""
    framework = load(framework_id)
    reports = list(score_reports(framework, read_scores(file)))
    if as_json:
        forms = [report.to_json() for report in reports]
        json_out(forms[0] if len(forms) == 1 else forms)
    elif len(reports) > AGENCIES_SHOWN_WHOLE:
        show_many(framework, reports)
    else:
        for report in reports:
            show(framework, report)
    return HAS_ERRORS if any(has_errors(report.problems) for report in reports) else FINE


def show(framework: Framework, report: ScoreReport) -> None:
    """Print one agency's scores for a person."""
    line(held_against(framework) + (f" — {report.agency}" if report.agency else ""), "bold")
    console().print(_branch(report.tree.root, f"คะแนนรวม {report.level.name_th if report.level else ''}"))
    for each in report.derived:
        line(_derived(each), "cyan")
    if report.grade.explanation:
        line(f"ยังไม่ถึงระดับถัดไป — {report.grade.explanation}")
    if report.problems:
        problems_table(report.problems, f"ข้อสังเกต {counted(report.problems)}")
    else:
        line("ตัวเลขสอดคล้องกัน", "green")


def _derived(each: Derived) -> str:
    name = f"ตัวชี้วัดที่ {each.code}" if each.kind is Kind.INDICATOR else each.code
    if each.interval_all is None:
        return f"{name} คำนวณย้อนไม่ได้: ไม่มีค่าใดที่เข้ากับคะแนนอื่นและคะแนนรวม"
    low, high = each.interval_all
    everything = f"ถ้านับการปัดเศษทุกตัว {low}–{high}"
    if each.rounded is None or each.interval is None:
        return f"{name} คำนวณย้อนเป็นค่าเดียวไม่ได้ {everything}"
    return f"{name} คำนวณย้อนได้ {each.rounded} ช่วง {each.interval[0]}–{each.interval[1]} ({everything})"


def _branch(node: Node, name: str | None = None) -> Tree:
    value = "—" if node.rounded is None else str(node.rounded)
    told = {"stated": "", "computed": "= ", "derived": "คำนวณย้อน: ", "missing": "ไม่มีคะแนน"}[node.how]
    why = "" if node.how in ("stated", "missing") else node.explanation
    label = Text.assemble(
        (value.rjust(6), "bold"), f"  {name or f'{node.code} {node.title_th}'}  ", (f"{told}{why}", "dim")
    )
    tree = Tree(label, guide_style="dim")
    tree.children.extend(_branch(child) for child in node.children)
    return tree


def show_many(framework: Framework, reports: list[ScoreReport]) -> None:
    """Print many agencies as a table, a line each."""
    rows = [
        (
            report.agency or "—",
            "—" if report.overall is None else report.overall,
            report.level.name_th if report.level else "—",
            *(("—" if score is None else score) for score in report.instruments().values()),
            len(report.problems),
        )
        for report in reports
    ]
    line(held_against(framework), "bold")
    heads = ["หน่วยงาน", "รวม", "ระดับ", *reports[0].instruments(), "ข้อสังเกต"]
    table(f"{len(reports)} หน่วยงาน", heads, rows, right=(1, 3, 4, 5, 6))
