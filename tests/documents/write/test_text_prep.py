"""Text as a PDF can hold it: one spelling, and what cannot be printed named with its place."""

import pytest

from prongsai.documents.build import cell, covered, paragraph, row, table
from prongsai.documents.fonts.clusters import CLUSTERS, PAIRS
from prongsai.documents.fonts.shipped import load
from prongsai.documents.model import Block, Document
from prongsai.documents.write.text_prep import UNKNOWN, Prepared, missing
from prongsai.errors import Severity

PREPARED = Prepared(load(None))


def paper(*blocks: Block) -> Document:
    return Document("", "composed", None, "", blocks)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("นํ้าทํา", "น้ำทำ"),
        ("เเผน", "แผน"),
        ("ที่่", "ที่"),
        ("ท่ี", "ที่"),
        ("ก\u00a0 ข\u200b\nค", "ก ข ค"),
        ("e\u0301", "é"),
    ],
)
def test_odd_spellings_are_settled(given: str, printed: str) -> None:
    assert PREPARED.text(given) == printed
    assert PREPARED.unknown(given) == ()


@pytest.mark.parametrize(
    ("given", "printed", "unknown"),
    [
        ("สถานี派ร", f"สถานี{UNKNOWN}ร", ("派",)),
        ("อยุูธยา", f"อยุ{UNKNOWN}ธยา", ("ยุู",)),
        ("่ก", f"{UNKNOWN}ก", ("่",)),
        ("A่", f"A{UNKNOWN}", ("A่",)),
        ("x\u0304", f"x{UNKNOWN}", ("\u0304",)),
        ("😀", UNKNOWN, ("😀",)),
        ("\x00\ud800", UNKNOWN * 2, ("\x00", "\ud800")),
    ],
)
def test_what_the_font_lacks_is_shown_and_named(given: str, printed: str, unknown: tuple[str, ...]) -> None:
    assert PREPARED.text(given) == printed
    assert PREPARED.unknown(given) == unknown


def test_every_cluster_is_known() -> None:
    assert [text for text in (*CLUSTERS, *PAIRS) if PREPARED.unknown(text)] == []
    assert [text for text in (*CLUSTERS, *PAIRS) if PREPARED.text(text) != text] == []


def test_problems_carry_their_places() -> None:
    merged = cell("派", columns=2)
    document = paper(
        paragraph("ถูกต้อง"),
        paragraph("อยุูธยา"),
        table(["ลำดับ", "รายการ"], [row("๑", "ดี"), row(merged, covered(merged))]),
    )
    found = missing(document, PREPARED)
    assert [(each.code, each.severity, each.evidence, str(each.where)) for each in found] == [
        ("GLYPH_MISSING", Severity.ERROR, ("ยุู",), "บรรทัด 3"),
        ("GLYPH_MISSING", Severity.ERROR, ("派",), "บรรทัด 7 ตาราง 1 แถว 3 ช่อง 1"),
    ]
    assert found[1].message_th == f"แบบอักษรไม่มีรูปของ “派” (U+6D3E) ใน PDF จึงพิมพ์เป็น {UNKNOWN}"


def test_a_clean_paper_has_no_problem() -> None:
    assert missing(paper(paragraph("น้ำ ปี่ ☐ ☑ ฤๅษี — “อ้าง” ๑/๒ ½ é")), PREPARED) == ()
