"""Printing: JSON for machines, tables with Thai text for people."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from prongsai.errors import Problem, Severity, Where
from prongsai.frameworks.model import Framework
from prongsai.reports.labels import SEVERITY_TH

_WITH_SHEETS = frozenset({"xlsx", "xlsm", "xls", "ods", "csv", "tsv"})
_WITHOUT_LINES = _WITH_SHEETS | {"docx", "docm", "pdf"}
_SEVERITY_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def json_out(data: object) -> None:
    """Print JSON, Thai letters as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def console() -> Console:
    """Give a console as wide as the terminal, or wide enough for a table when the output is a file."""
    found = Console(highlight=False, soft_wrap=False)
    return found if found.is_terminal else Console(highlight=False, width=140)


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()) -> None:
    """Print a table. right: 0-based columns of figures."""
    if title:
        line(title, "bold")
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False)
    figures = set(right)
    for place, head in enumerate(heads):
        drawn.add_column(head, justify="right" if place in figures else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(cell if isinstance(cell, Text) else Text("" if cell is None else str(cell)) for cell in row))
    console().print(drawn)


def line(text: str = "", style: str = "") -> None:
    """Print a line of text as it is."""
    console().print(Text(text, style=style))


def problems_table(problems: Sequence[Problem], title: str = "ข้อสังเกต") -> None:
    """Print problems, the worst first, each with place, sentence, arithmetic and mend."""
    order = list(Severity)
    ranked = sorted(problems, key=lambda problem: (order.index(problem.severity), problem.where.line or 0))
    table(title, ["ระดับ", "รหัส", "ที่", "ข้อสังเกต"], (_problem_row(problem) for problem in ranked))


def _problem_row(problem: Problem) -> tuple[Text, str, str, str]:
    told = [problem.message_th]
    if problem.arithmetic:
        told.append(f"คำนวณ: {problem.arithmetic}")
    if problem.mend_th:
        told.append(f"แก้: {problem.mend_th}")
    label = Text(SEVERITY_TH[problem.severity], style=_SEVERITY_STYLE[problem.severity])
    return label, problem.code, place(problem.where), "\n".join(told)


def place(where: Where) -> str:
    """Say where something stands as a person finds it: by line in text, by page, table and row in other files."""
    suffix = (where.file or "").lower().rpartition(".")[2]
    if suffix not in _WITHOUT_LINES:
        named = [("บรรทัด", where.line), ("ช่อง", where.column)]
    else:
        page = "แผ่น" if suffix in _WITH_SHEETS else "หน้า"
        named = [(page, where.page), ("ตาราง", where.table), ("แถว", where.row), ("ช่อง", where.column)]
        named = named if where.page or where.table else [("บรรทัดข้อความ", where.line)]
    return " ".join(f"{name} {number}" for name, number in named if number)


def counted(problems: Sequence[Problem]) -> str:
    """Say how many problems there are of each severity."""
    counts = {level: sum(problem.severity is level for problem in problems) for level in Severity}
    return "  ".join(f"{SEVERITY_TH[level]} {count}" for level, count in counts.items())


def held_against(framework: Framework) -> str:
    """Name the framework, and say so when it was never proof-read against the manual."""
    unverified = "" if framework.is_official else " (กรอบนี้ยังไม่ยืนยันกับคู่มือทางการ)"
    return f"ถือตาม {framework.title_th}{unverified}"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any problem is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
