"""A document through JSON and back is the same document."""

import json
from datetime import date
from decimal import Decimal

import pytest

from prongsai.documents.model import Cell, Document, Line, Mark, Paragraph, Row, Table
from prongsai.documents.wire import dumps, loads
from prongsai.errors import Problem, Severity, Where

WHERE = Where("a.docx", 3, 2, 1, 4, 5)
PROBLEM = Problem("X_Y", Severity.WARNING, "m", "ข้อความ", WHERE, ("คำ",), "1 + 1", "mend", "แก้")
CELL = Cell("๑", (Line("๑. ก", Mark.ITEM, True, (2,)),), WHERE, (PROBLEM,), Decimal("93.50"), 2, 3, True)
DATED = Cell("", (), WHERE, value=date(2025, 10, 9))
DOCUMENT = Document(
    "a.docx",
    "docx",
    None,
    "ab",
    (Paragraph("บันทึก", "บันทึก", WHERE), Table((Row((CELL, DATED), WHERE),), WHERE, "docx", 1, (), False, "แผ่น")),
    (PROBLEM,),
    "ชื่อเรื่อง",
)


def test_wire_gives_the_same_document_back() -> None:
    assert loads(dumps(DOCUMENT)) == DOCUMENT


def test_wire_is_plain_ascii_json() -> None:
    assert dumps(DOCUMENT).isascii()
    assert json.loads(dumps(DOCUMENT))["format"] == "docx"


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"file": 1}'])
def test_wire_refuses_what_is_no_document(content: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        loads(content)
