"""A read document as JSON and back: how it comes out of the process that read it.

JSON, because what comes out of a process that opened a hostile file is not to be trusted with more: a pickle runs code.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from prongsai.documents.model import Cell, Document, Line, Mark, Paragraph, Printed, Row, Table
from prongsai.errors import Problem, Severity, Where

Value = Decimal | int | date | None


def dumps(document: Document) -> bytes:
    """Give the bytes of a read document (paragraphs and tables)."""
    form = {
        "file": document.file,
        "format": document.format,
        "encoding": document.encoding,
        "sha256": document.sha256,
        "blocks": [_block(block) for block in document.printed],
        "problems": [_problem(problem) for problem in document.problems],
        "title": document.title,
    }
    return json.dumps(form, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def loads(content: bytes) -> Document:
    """Give the document of bytes that ``dumps`` made. Raises ValueError or KeyError for any other."""
    form: Mapping[str, Any] = json.loads(content)
    return Document(
        form["file"],
        form["format"],
        form["encoding"],
        form["sha256"],
        tuple(_to_block(block) for block in form["blocks"]),
        tuple(_to_problem(problem) for problem in form["problems"]),
        form["title"],
    )


def _block(block: Printed) -> list[object]:
    if isinstance(block, Paragraph):
        return ["p", block.text, block.raw, _where(block.where)]
    rows = [[_where(row.where), [_cell(cell) for cell in row.cells]] for row in block.rows]
    return ["t", rows, _where(block.where), block.dialect, block.heads, block.ruled, block.name]


def _to_block(form: Sequence[Any]) -> Printed:
    if form[0] == "p":
        return Paragraph(form[1], form[2], _to_where(form[3]))
    rows = tuple(Row(tuple(_to_cell(cell) for cell in cells), _to_where(where)) for where, cells in form[1])
    return Table(rows, _to_where(form[2]), form[3], form[4], (), form[5], form[6])


def _cell(cell: Cell) -> list[object]:
    return [
        cell.raw,
        [[line.text, line.mark.value, line.in_list, list(line.breaks)] for line in cell.lines],
        _where(cell.where),
        [_problem(problem) for problem in cell.problems],
        _value(cell.value),
        cell.rows,
        cell.columns,
        cell.covered,
    ]


def _to_cell(form: Sequence[Any]) -> Cell:
    raw, lines, where, problems, value, rows, columns, is_covered = form
    return Cell(
        raw,
        tuple(Line(text, Mark(mark), in_list, tuple(breaks)) for text, mark, in_list, breaks in lines),
        _to_where(where),
        tuple(_to_problem(problem) for problem in problems),
        _to_value(value),
        rows,
        columns,
        is_covered,
    )


def _value(value: Value) -> list[object] | None:
    if value is None:
        return None
    return ["d", value.isoformat()] if isinstance(value, date) else ["n", str(value)]


def _to_value(form: Sequence[Any] | None) -> Value:
    if form is None:
        return None
    return date.fromisoformat(form[1]) if form[0] == "d" else Decimal(form[1])


def _where(where: Where) -> list[object]:
    return [where.file, where.line, where.page, where.table, where.row, where.column]


def _to_where(form: Sequence[Any]) -> Where:
    return Where(*form)


def _problem(problem: Problem) -> dict[str, object]:
    return problem.to_json()


def _to_problem(form: Mapping[str, Any]) -> Problem:
    return Problem(
        form["code"],
        Severity(form["severity"]),
        form["message"],
        form["message_th"],
        Where(**form["where"]),
        tuple(form["evidence"]),
        form["arithmetic"],
        form["mend"],
        form["mend_th"],
    )
