"""Scores from tables: CSV text and workbooks, English or Thai heads, in any of the first rows."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from prongsai.errors import FileUnusable, LimitExceeded, ScoresUnusable, Where
from prongsai.scoring.collect import MAX_CELL, Collection, clip, tidy
from prongsai.scoring.faults import fault
from prongsai.thai.text import fold

MAX_ROWS = 1_000_000
MAX_SHEETS = 50
MAX_SHEET_CELLS = 4_000_000
MAX_MEMORY_BYTES = 2_000_000_000  # for loading a workbook, where the system can limit it
MAX_SECONDS = 60
HEAD_ROWS = 20  # titles and notes may stand above the head

_HEADS: Mapping[str, frozenset[str]] = {
    "agency": frozenset({"agency", "หน่วยงาน", "ชื่อหน่วยงาน", "อปท", "อปท.", "หน่วยงานที่รับการประเมิน"}),
    "code": frozenset({"indicator", "item", "code", "ตัวชี้วัด", "ตัวชี้วัดที่", "รหัสตัวชี้วัด", "ข้อ", "ข้อที่", "รหัส", "รหัสข้อ"}),
    "score": frozenset({"score", "คะแนน", "คะแนนที่ได้", "ผลคะแนน", "ค่าคะแนน"}),
    "respondent": frozenset({"respondent", "ผู้ตอบ", "ผู้ตอบแบบวัด", "ผู้ตอบแบบสอบถาม"}),
    "question": frozenset({"question", "คำถาม", "ข้อคำถาม"}),
    "part": frozenset({"part", "ข้อย่อย"}),
    "value": frozenset({"value", "answer", "คำตอบ"}),
}
_DELIMITERS = ",;\t|"

Row = tuple[Where, Sequence[str]]
Columns = Mapping[str, int]


def collect_csv(text: str, collection: Collection) -> None:
    """Read delimited text (comma, semicolon, tab or bar).

    Raises FileUnusable, LimitExceeded, ScoresUnusable.
    """
    head = "\n".join(text.splitlines()[:HEAD_ROWS])
    for delimiter in _DELIMITERS:
        if any(_columns(row) for _, row in _csv_rows(head, delimiter, collection.file)):
            _collect_rows(_csv_rows(text, delimiter, collection.file), collection)
            return
    raise _no_head(collection.file)


def _csv_rows(text: str, delimiter: str, file: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            yield Where(file=file, line=line), row
            line = reader.line_num + 1
    except csv.Error as error:
        raise FileUnusable(
            f"{file} is not a table of text, line {line}: {error}",
            message_th=f"อ่านไฟล์ {file} เป็นตารางไม่ได้ที่บรรทัด {line}",
            mend_th="ตรวจเครื่องหมายคำพูดที่ไม่ปิด หรือบันทึกเป็น xlsx",
        ) from error


def collect_workbook(raw: bytes, collection: Collection) -> None:
    """Read every sheet that has the heads. Raises FileUnusable, LimitExceeded, ScoresUnusable."""
    found = False
    for table, sheet in enumerate(_sheets(raw, collection.file), start=1):
        rows = [(Where(file=collection.file, table=table, row=n), row) for n, row in enumerate(sheet, start=1)]
        if any(_columns(row) for _, row in rows[:HEAD_ROWS]):
            found = True
            _collect_rows(rows, collection)
    if not found:
        raise _no_head(collection.file)


def _sheets(raw: bytes, file: str) -> list[list[list[str]]]:
    """Let the child process load the workbook, so that a crafted one ends only that process."""
    limits = (MAX_SHEETS, MAX_SHEET_CELLS, MAX_MEMORY_BYTES)
    command = [sys.executable, "-P", str(Path(__file__).with_name("sheet_child.py")), *map(str, limits)]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=MAX_SECONDS, check=True)
        answer = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise _unreadable(file, "the loader gave up on it") from error
    if "cells" in answer:
        raise _too_many(file, answer["cells"], MAX_SHEET_CELLS, "ช่อง")
    if "error" in answer:
        raise _unreadable(file, answer["error"])
    sheets: list[list[list[str]]] = answer["sheets"]
    return sheets


def _unreadable(file: str, reason: str) -> FileUnusable:
    return FileUnusable(
        f"{file} cannot be read as a workbook: {reason}",
        message_th=f"เปิดไฟล์ {file} เป็นตารางคำนวณไม่ได้",
        mend_th="ตรวจว่าไม่ได้ตั้งรหัสผ่าน แล้วบันทึกใหม่เป็น xlsx",
    )


def _too_many(file: str, count: int, limit: int, unit_th: str) -> LimitExceeded:
    return LimitExceeded(
        f"{file} has {count} cells or rows; the limit is {limit}",
        message_th=f"ไฟล์ {file} มี {count:,} {unit_th} เกินกำหนด {limit:,} {unit_th}",
        mend_th="แบ่งไฟล์เป็นไฟล์เล็กลง",
    )


def _no_head(file: str) -> ScoresUnusable:
    return ScoresUnusable(
        f"{file} has no row with the heads indicator and score in its first {HEAD_ROWS} rows",
        message_th=f"ไม่พบหัวตารางในไฟล์ {file}",
        mend_th="ให้มีแถวหัวตาราง agency, indicator, score หรือ หน่วยงาน, ตัวชี้วัด, คะแนน",
    )


def _columns(row: Sequence[str]) -> Columns:
    """Give the column of each role if the row is a head, else nothing."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = fold(cell[:MAX_CELL])
        role = next((role for role, heads in _HEADS.items() if name in heads), None)
        if role:
            columns.setdefault(role, place)
    if "score" not in columns and "value" in columns:
        columns["score"] = columns["value"]
    has_scores = "code" in columns and "score" in columns
    return columns if has_scores or ("question" in columns and "value" in columns) else {}


def _collect_rows(rows: Iterable[Row], collection: Collection) -> None:
    columns: Columns = {}
    head: Sequence[str] = ()
    for number, (where, row) in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise _too_many(collection.file, number, MAX_ROWS, "แถว")
        if not columns:
            columns, head = _columns(row), row
        elif row != head and any(cell.strip() for cell in row):
            _collect_row(where, row, columns, collection)


def _collect_row(where: Where, row: Sequence[str], columns: Columns, collection: Collection) -> None:
    def cell(role: str) -> str:
        place = columns.get(role)
        return row[place] if place is not None and place < len(row) else ""

    agency = tidy(cell("agency")) or None
    gathered = collection.agency(agency, where)
    if "agency" in columns and agency is None:
        gathered.add_problem(fault("SCORE_WITHOUT_AGENCY", where, evidence=(clip(" ".join(row)),)))
    elif "question" in columns:
        who = cell("respondent").strip()
        gathered.add_reply(who or None, cell("question"), cell("part"), cell("value"), where)
    elif cell("code").strip() or cell("score").strip():
        gathered.add_score(cell("code"), cell("score"), where)
