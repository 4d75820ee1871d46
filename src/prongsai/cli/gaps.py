"""``prongsai gaps``: documents and scores to findings and a plan skeleton."""

import json
from collections.abc import Container, Sequence
from itertools import count
from pathlib import Path

import click
from rich.text import Text

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import counted, has_errors, held_against, json_out, line, problems_table, table
from prongsai.reports.job import Job, Scored, do
from prongsai.reports.page import page
from prongsai.reports.plan import PlanGroup, PlanLine


@click.command(name="gaps", short_help="findings and a plan skeleton")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--framework", "framework_id", help="รหัสกรอบของปีที่จะทำแผน เช่น ita-2568")
@click.option("--scores-of", "scores_id", help="รหัสกรอบของปีที่คะแนนเป็นของ; ไม่ระบุ = ปีก่อนปีแผน")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="เก็บ JSON และรายงาน HTML ไว้ในโฟลเดอร์นี้")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(
    files: Sequence[Path], framework_id: str | None, scores_id: str | None, out: Path | None, as_json: bool
) -> int:
    """เอกสารและคะแนน → ประเด็นที่ต้องปรับปรุง และโครงแผนของปี."""
    job = do(files, framework_id, scores_id)
    if as_json:
        json_out(job.to_json())
    else:
        show(job)
    if out is not None:
        leave(job, out)
        if not as_json:
            line(f"\nเก็บไว้ใน {out}: job.json, report.html และข้อมูลของเอกสาร {len(job.papers)} ฉบับใน papers", "green")
    return HAS_ERRORS if has_errors(job.problems) else FINE


def leave(job: Job, out: Path) -> None:
    """Leave the whole job in a folder: the job, the readable report, and in ``papers`` the records of each paper.

    Everything is rendered before anything is written.
    """
    texts = {out / "job.json": _json(job.to_json()), out / "report.html": page(job)}
    for paper in job.papers:
        texts[_free(out / "papers", Path(paper.report.file).stem, texts)] = _json(paper.report.to_json())
    (out / "papers").mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")


def _free(folder: Path, stem: str, taken: Container[Path]) -> Path:
    """Give a path that no paper of this job has yet: two papers of one name stand in two folders."""
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(path for name in names if (path := folder / f"{name}.json") not in taken)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def show(job: Job) -> None:
    """Print a job for a person: papers, scores, and the plan."""
    line(held_against(job.framework), "bold")
    if job.papers:
        heads = ["เอกสาร", "ปี", "แถว", "ผิด", "เตือน", "แจ้ง", ""]
        table("เอกสารที่อ่าน", heads, [_paper(job, at) for at in range(len(job.papers))], right=(1, 2, 3, 4, 5))
    for scored in job.scored:
        _scored(scored, guessed=job.is_score_year_guessed)
    line()
    for group in job.plan.groups:
        if group.lines:
            _group(group, job.plan.grouped_by)
    without = sum(not found.has_measure for found in job.plan.lines)
    line(f"ประเด็นที่ต้องปรับปรุง {len(job.plan.lines)} ข้อ ยังไม่มีมาตรการ {without} ข้อ", "bold")


def _paper(job: Job, at: int) -> tuple[object, ...]:
    paper = job.papers[at]
    counts = [sum(p.severity.value == name for p in paper.problems) for name in ("error", "warning", "info")]
    note = Text("ต้องให้คนอ่าน", style="bold red") if paper.report.needs_person else Text("")
    return (paper.report.file, paper.report.fiscal_year_be or "—", len(paper.report.rows), *counts, note)


def _scored(scored: Scored, *, guessed: bool) -> None:
    report = scored.report
    year = f" ({report.framework} เดาว่าเป็นปีก่อนปีแผน ระบุเองด้วย --scores-of)" if guessed else f" ({report.framework})"
    total = "—" if report.overall is None else report.overall
    line(f"\nคะแนนใน {scored.file}{year}: {total} {report.level.name_th if report.level else ''}", "bold")
    if report.problems:
        problems_table(report.problems, counted(report.problems))


def _group(group: PlanGroup, grouped_by: str) -> None:
    word = "ประเด็นที่" if grouped_by == "issue" else "ตัวชี้วัดที่"
    title = group.title if group.no == "-" else f"{word} {group.no} {group.title}"
    table(title, ["ข้อ", "เรื่อง", "คะแนน", "หน่วยงาน", "มาตรการที่พบ"], (_line(found) for found in group.lines), right=(2,))


def _line(found: PlanLine) -> tuple[object, ...]:
    finding = found.finding
    measures: object = Text("ยังไม่มีมาตรการ", style="red")
    if found.links:
        measures = "\n".join(link.measure for link in found.links[:3])
    score = "—" if finding.score is None else finding.score
    return found.code_th, finding.title, score, "\n".join(finding.units) or "—", measures
