"""``prongsai compare``: published tables of results to their contradictions, and to an explorer of static pages."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.platform import Bar
from prongsai.cli.show import counted, has_errors, json_out, line, problems_table, table
from prongsai.comparison.build import Built, build, usable
from prongsai.comparison.columns import word_of
from prongsai.comparison.importing import Imported, Shelf, import_file
from prongsai.comparison.model import Nation
from prongsai.comparison.nation import put_together
from prongsai.errors import FileUnusable, Problem

SHOWN = 50
_COLUMNS_HELP = 'การจับคู่ช่อง (YAML หรือ JSON) เช่น {"ผล.xlsx": {"columns": {"D": "total"}, "year": 2567}}'


@click.command(name="compare", short_help="official results of many agencies, checked and explored")
@click.argument("tables", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="TABLE…")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="โฟลเดอร์ของเว็บเปรียบเทียบ")
@click.option("--framework", "said", multiple=True, metavar="YEAR=ID", help="กรอบของปี เช่น 2567=ita-2567 (ใช้ซ้ำได้)")
@click.option("--columns", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=_COLUMNS_HELP)
@click.option("--source", default="", metavar="TEXT", help="แหล่งที่มาของตาราง พิมพ์ในหน้าวิธีการ")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(
    tables: tuple[Path, ...],
    to: Path | None,
    said: tuple[str, ...],
    columns: Path | None,
    source: str,
    as_json: bool,
) -> int:
    """ตารางผลการประเมินที่เผยแพร่ (CSV xlsx docx PDF) → ข้อขัดแย้ง และเว็บเปรียบเทียบ.

    ไม่ใส่ --to จะตรวจอย่างเดียว ระบบไม่แก้ค่าใด พบข้อขัดแย้งสถานะออก 1 และยังสร้างเว็บให้
    """
    if to is not None:
        usable(to)
    shelf, mappings = Shelf(dict(map(_pair, said))), _mappings(columns)
    found: list[Imported] = []
    with Bar() as bar:
        for at, path in enumerate(tables):
            bar("อ่านและตรวจ", at, len(tables))
            mapping = mappings.get(path.name, mappings.get("*", {}))
            found += import_file(path, path.name, shelf, said=mapping, told=source, taken_on=date.today())
    nation = put_together([one for each in found for one in each.tables])
    built = _built(nation, to)
    problems = [*(one for each in nation.tables for one in each.all_problems), *(one for _, one in nation.problems)]
    if as_json:
        json_out(_form(found, nation, built, problems))
    else:
        _show(found, nation, built, problems)
    return HAS_ERRORS if has_errors(problems) else FINE


def _pair(text: str) -> tuple[int, str]:
    year, _, framework = text.partition("=")
    if not framework or not year.isdigit():
        raise click.UsageError(f"--framework {text} ต้องเป็น ปี=รหัสกรอบ เช่น 2567=ita-2567")
    return int(year), framework


def _mappings(path: Path | None) -> Mapping[str, Mapping[str, object]]:
    """Read a file of mappings: by the name of the table's file, or ``*`` for all. Raises FileUnusable."""
    if path is None:
        return {}
    try:
        found: Any = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as reason:
        raise _unusable(path, str(reason)) from reason
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise _unusable(path, "not a mapping of files to mappings")
    return found


def _unusable(path: Path, why: str) -> FileUnusable:
    return FileUnusable(
        f"{path} is no file of mappings: {why}",
        message_th=f"อ่านการจับคู่ช่องจาก {path} ไม่ได้",
        mend_th="ใช้ YAML หรือ JSON ตามตัวอย่างใน prongsai compare --help",
    )


def _built(nation: Nation, to: Path | None) -> Built | None:
    if to is None:
        return None
    with Bar() as bar:
        written = 0

        def tell(_address: str) -> None:
            nonlocal written
            written += 1
            bar("สร้างเว็บ", written, len(nation.agencies))

        return build(nation, to, tell=tell)


# --- what is said ---------------------------------------------------------------------------------------------------
def _form(
    found: Sequence[Imported], nation: Nation, built: Built | None, problems: Sequence[Problem]
) -> dict[str, object]:
    return {
        "tables": [_table(one) for one in found],
        "agencies": len(nation.agencies),
        "years": list(nation.years),
        "results": len(nation.results),
        "built": built and {"files": len(built.addresses), "written": built.written, "bytes": built.size},
        "problems": [one.to_json() for one in problems],
    }


def _table(one: Imported) -> dict[str, object]:
    guesses = [
        {"column": guess.letter, "head": guess.head, "role": role, "proposed": guess.role, "reason_th": guess.reason_th}
        for guess, role in zip(one.guesses, one.reading.roles, strict=True)
    ]
    years = [
        {"year": each.year_be, "framework": each.framework.id if each.framework else None, "rows": len(each.rows)}
        for each in one.tables
    ]
    return {
        "file": one.grid.file,
        "sheet": one.grid.sheet,
        "sha256": one.grid.sha256,
        "title": one.grid.title,
        "mapping": one.reading.to_json(),
        "columns": guesses,
        "years": years,
    }


def _show(found: Sequence[Imported], nation: Nation, built: Built | None, problems: Sequence[Problem]) -> None:
    for one in found:
        rows = [
            (guess.letter, guess.head, word_of(role), guess.reason_th if role == guess.role else "ตามที่สั่ง")
            for guess, role in zip(one.guesses, one.reading.roles, strict=True)
        ]
        table(f"{one.grid.file} {one.grid.sheet}".strip(), ["ช่อง", "หัวตาราง", "อ่านเป็น", "เพราะ"], rows)
        for each in one.tables:
            framework = each.framework.id if each.framework else "ไม่มีกรอบของปีนี้ ตรวจได้เพียงคะแนนรวมและอันดับ"
            line(f"ปี {each.year_be or '?'}: {len(each.rows):,} แถว · {framework}")
    if problems:
        problems_table(problems[:SHOWN], f"ข้อสังเกต {counted(problems)}")
        if len(problems) > SHOWN:
            line(f"แสดง {SHOWN} จาก {len(problems):,} ข้อ ดูทั้งหมดด้วย --json หรือในหน้าข้อขัดแย้งของเว็บ")
    else:
        line("ไม่พบข้อขัดแย้ง", "green")
    line(f"{len(nation.agencies):,} หน่วยงาน {len(nation.years)} ปี {len(nation.results):,} ผล", "bold")
    if built:
        line(f"สร้างเว็บแล้ว {len(built.addresses):,} ไฟล์ {built.size / 1e6:,.1f} MB", "bold green")
