"""``prongsai bulk-score``: answers and item results of a nation to scores of agencies, groups and the nation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import held_against, json_out, line, problems_table, table
from prongsai.errors import Severity
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Framework
from prongsai.scoring.bulk.engines.choose import ENGINES, start

if TYPE_CHECKING:
    from prongsai.scoring.bulk.results import Results, Value

SHOWN = 5  # provinces at either end, and faults


@click.command(name="bulk-score", short_help="national data to scores")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--framework", "framework_id", required=True, help="รหัสกรอบ เช่น ita-2564 หรือไฟล์กรอบ")
@click.option(
    "--engine", "engine_name", type=click.Choice(ENGINES), default="duckdb", show_default=True, help="เครื่องคำนวณ"
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="โฟลเดอร์ (ทุกตาราง) หรือไฟล์ .parquet .csv .json (รายหน่วยงาน)"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "json"]),
    default="parquet",
    show_default=True,
    help="ชนิดไฟล์ในโฟลเดอร์",
)
@click.option(
    "--agencies", type=click.Path(path_type=Path), help="บัญชีหน่วยงาน: agency, name, kind, province, headcount_IIT …"
)
@click.option(
    "--k",
    "least",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="ไม่แสดงคะแนนที่มีผู้ตอบน้อยกว่านี้ (1 = แสดงทั้งหมด เฉพาะผู้มีสิทธิ)",
)
@click.option("--database", help="ที่อยู่ PostgreSQL (กับ --engine postgresql)")
@click.option("--spark-master", help="ที่อยู่ Spark เช่น spark://host:7077 (กับ --engine spark)")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ผลสรุปเป็น JSON")
def command(
    files: tuple[Path, ...],
    framework_id: str,
    engine_name: str,
    out: Path | None,
    form: str,
    agencies: Path | None,
    least: int,
    database: str | None,
    spark_master: str | None,
    as_json: bool,
) -> int:
    """คำตอบทั้งประเทศและผลรายข้อ (Parquet, CSV) → คะแนนและระดับรายหน่วยงาน ประเภท จังหวัด และประเทศ."""
    framework = load(framework_id)
    engine = start(engine_name, database=database, spark_master=spark_master)
    from prongsai.scoring.bulk.directory import EMPTY, read_directory  # noqa: PLC0415  # reason: only there with the extra bulk
    from prongsai.scoring.bulk.results import results  # noqa: PLC0415  # reason: the same
    from prongsai.scoring.bulk.run import score_nation  # noqa: PLC0415  # reason: the same
    from prongsai.scoring.bulk.write import write_results  # noqa: PLC0415  # reason: the same

    try:
        directory = read_directory(agencies, engine, framework) if agencies else EMPTY
        found = results(score_nation(framework, files, engine), directory, least=least)
    finally:
        engine.close()
    written = write_results(found, out, form) if out else ()
    if as_json:
        json_out(_summary(framework, engine_name, found, written))
    else:
        _show(framework, found, written)
    wrong = any(each.problem.severity is Severity.ERROR for each in found.faults)
    return HAS_ERRORS if wrong else FINE


def _summary(framework: Framework, engine: str, found: Results, written: tuple[Path, ...]) -> dict[str, object]:
    nation = found.tables["nation"].records()[0]
    return {
        "framework": framework.id,
        "official": framework.is_official,
        "engine": engine,
        "agencies": nation["agencies"],
        "scored": nation["scored"],
        "k": found.least,
        "withheld_agencies": nation["withheld_agencies"],
        "nation": nation,
        "levels": {level.code: nation[f"level_{level.code}"] for level in framework.levels},
        "samples": _states(found),
        "faults": [each.to_json() for each in found.faults],
        "written": [str(path) for path in written],
    }


def _states(found: Results) -> dict[str, int]:
    states = [str(record["state"]) for record in found.tables["samples"].records()]
    return {state: states.count(state) for state in ("enough", "short", "unknown", "withheld")}


def _show(framework: Framework, found: Results, written: tuple[Path, ...]) -> None:
    nation = found.tables["nation"].records()[0]
    line(held_against(framework), "bold")
    line(f"{nation['agencies']:,} หน่วยงาน มีคะแนนรวม {nation['scored']:,} หน่วยงาน")
    line(f"คะแนนเฉลี่ยทั้งประเทศ {_printed(nation['overall'])}", "bold")
    if found.hidden.agencies:
        line(
            f"ไม่แสดงคะแนนที่มีผู้ตอบน้อยกว่า {found.least} คน และที่คำนวณย้อนไปถึงได้ รวม {len(found.hidden.agencies):,} หน่วยงาน",
            "yellow",
        )
    _show_figures(framework, nation)
    _show_levels(framework, nation)
    _show_provinces(found)
    _show_samples(found)
    if found.faults:
        problems_table([each.problem for each in found.faults], "ข้อสังเกต")
    else:
        line("ไม่พบข้อผิดพลาดในข้อมูล", "green")
    for path in written:
        line(f"บันทึก {path}")


def _show_figures(framework: Framework, nation: dict[str, Value]) -> None:
    rows = [(each.code, each.name_th, _printed(nation.get(each.code))) for each in framework.instruments]
    rows += [(each.code, each.name_th, _printed(nation.get(each.code))) for each in framework.top_indicators()]
    table("คะแนนเฉลี่ยของหน่วยงาน", ["รหัส", "เครื่องมือหรือตัวชี้วัด", "คะแนน"], rows, right=(2,))


def _show_levels(framework: Framework, nation: dict[str, Value]) -> None:
    rows = [(level.name_th, nation[f"level_{level.code}"]) for level in framework.levels]
    table("จำนวนหน่วยงานตามระดับ", ["ระดับ", "หน่วยงาน"], rows, right=(1,))


def _show_provinces(found: Results) -> None:
    ranked = [each for each in found.tables["provinces"].records() if each["exact"] is not None and each["province"]]
    ranked.sort(key=lambda each: -float(each["exact"] or 0))
    heads = ["จังหวัด", "หน่วยงาน", "คะแนนเฉลี่ย"]
    rows = [(each["province"], each["agencies"], _printed(each["overall"])) for each in ranked]
    if len(rows) > 2 * SHOWN:
        table("จังหวัดที่คะแนนเฉลี่ยสูงสุด", heads, rows[:SHOWN], right=(1, 2))
        table("จังหวัดที่คะแนนเฉลี่ยต่ำสุด", heads, rows[-SHOWN:], right=(1, 2))
    elif rows:
        table("คะแนนเฉลี่ยรายจังหวัด", heads, rows, right=(1, 2))


def _show_samples(found: Results) -> None:
    names = {"enough": "ครบ", "short": "ยังขาด", "unknown": "ไม่ทราบเกณฑ์หรือจำนวนผู้มีสิทธิ", "withheld": "ไม่แสดง"}
    rows = [(names[state], count) for state, count in _states(found).items() if count]
    if rows:
        table("จำนวนผู้ตอบเทียบเกณฑ์ (หน่วยงาน × เครื่องมือ)", ["ผล", "จำนวน"], rows, right=(1,))


def _printed(value: object) -> str:
    return "—" if not isinstance(value, (int, float)) else f"{value:.2f}"
