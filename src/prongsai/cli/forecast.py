"""``prongsai forecast``: points at risk, and the cheapest gains that reach a target or level."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import counted, has_errors, held_against, json_out, line, problems_table, table
from prongsai.frameworks.load import load
from prongsai.scoring.forecast import forecast
from prongsai.scoring.outlook import Forecast, Need, Plan
from prongsai.scoring.read import read_scores


@click.command(name="forecast", short_help="points at risk, cheapest gains")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--framework", "framework_id", required=True, help="รหัสกรอบ เช่น ita-2567 หรือไฟล์กรอบ")
@click.option("--target", help="คะแนนรวมที่ต้องการ เช่น 95")
@click.option("--level", help="ระดับที่ต้องการ เช่น ผ่านดีเยี่ยม")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(file: Path, framework_id: str, target: str | None, level: str | None, as_json: bool) -> int:
    """คะแนนที่เสี่ยงรายข้อ และชุดข้อที่น้อยที่สุดซึ่งพาไปถึงเป้าหรือระดับ."""
    framework = load(framework_id)
    goal = None if target is None else _number(target)
    found = [forecast(framework, scores, target=goal, level=level) for scores in read_scores(file)]
    if as_json:
        forms = [each.to_json() for each in found]
        json_out(forms[0] if len(forms) == 1 else forms)
    else:
        for each in found:
            show(each)
    return HAS_ERRORS if any(has_errors((*each.report.problems, *each.problems)) for each in found) else FINE


def _number(text: str) -> Decimal:
    if not text.replace(".", "", 1).isdecimal():
        raise click.UsageError(f"--target ต้องเป็นตัวเลข 0–100 แต่ได้ {text!r}")
    return Decimal(text)


def show(found: Forecast) -> None:
    """Print a forecast for a person."""
    report = found.report
    line(held_against(report.tree.outline.framework), "bold")
    goal = f"{found.goal.overall.normalize():f}" + (f" ({found.goal.level.name_th})" if found.goal.level else "")
    now = "—" if report.overall is None else report.overall
    line(
        f"{report.agency or ''} ตอนนี้ {now} {report.level.name_th if report.level else ''} · เป้า {goal}".strip(), "bold"
    )
    indicators = [
        (
            each.code,
            each.title_th,
            each.instrument,
            _shown(each.score),
            f"{float(each.per_point):.3f}",
            _points(each.gain),
            _shown(each.needed),
        )
        for each in found.indicators
    ]
    heads = ["ที่", "ตัวชี้วัด", "", "คะแนน", "รวมเพิ่มต่อ 1 คะแนน", "ยังได้อีก", "ต้องได้ ถ้าขึ้นตัวเดียว"]
    table("รายตัวชี้วัด", heads, indicators, right=(3, 4, 5, 6))
    items = [
        (
            each.code,
            each.title_th,
            f"{each.group} ({each.group_size} ข้อ)",
            f"{float(each.points):.2f}",
            _shown(each.score),
        )
        for each in sorted(found.items, key=lambda each: -each.points)
    ]
    table("คะแนนรวมที่หายไปถ้าข้อนั้นได้ 0", ["ข้อ", "ชื่อ", "กลุ่ม", "เสี่ยง", "คะแนน"], items, right=(3, 4))
    _answer(found)
    problems = (*report.problems, *found.problems)
    if problems:
        problems_table(problems, f"ข้อสังเกต {counted(problems)}")


def _answer(found: Forecast) -> None:
    if found.with_every_item is not None and not found.reached:
        line(f"ถ้าได้ครบทุกข้อ คะแนนรวมจะเป็น {found.with_every_item}")
    if found.reached:
        line("ถึงเป้าแล้ว", "green")
    elif found.plan:
        _plan(found.plan)
    for need in found.blocks:
        line(f"{need.instrument} กั้นอยู่: {_need(need)}", "yellow")
    for need in found.shortfalls:
        line(f"ถ้าทำ OIT ครบทุกข้อแล้วยังไม่ถึง ต้องยก {need.instrument}: {_need(need)}", "yellow")


def _plan(plan: Plan) -> None:
    level = plan.level.name_th if plan.level else ""
    line(f"ทางที่ถูกที่สุด: ทำ {len(plan.items)} ข้อ ได้คะแนนรวม {plan.overall} {level}", "green")
    if plan.assumed:
        line(f"  หลังจากยก {', '.join(plan.assumed)} ให้ถึงเกณฑ์ของระดับแล้ว", "yellow")
    for choice in plan.choices:
        among = f" (เลือก {len(choice.taken)} จาก {', '.join(choice.of)})" if len(choice.of) > len(choice.taken) else ""
        line(f"  {choice.group}: {', '.join(choice.taken)} ข้อละ {float(choice.points_each):.2f} คะแนนรวม{among}")


def _need(need: Need) -> str:
    possible = "" if need.possible else " ซึ่งเป็นไปไม่ได้"
    return f"ตอนนี้ {need.have} ทำได้สูงสุด {need.best} ต้องได้ {need.need} (เฉลี่ยตัวชี้วัดละ +{need.mean_gain}){possible}"


def _shown(score: Decimal | None) -> object:
    return "—" if score is None else score


def _points(gain: Fraction | None) -> str:
    return "—" if gain is None else f"{float(gain):.2f}"
