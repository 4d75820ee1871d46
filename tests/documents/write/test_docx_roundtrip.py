"""What is written reads back: the same words in the same paragraphs, cells, lines and boxes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.documents.build import box, cell, cell_of, covered, fields, paragraph, row, table
from prongsai.documents.model import (
    Block,
    Document,
    Line,
    Mark,
    Masthead,
    NewPage,
    Orientation,
    Paragraph,
    Separator,
    Sides,
    Signature,
    Signatures,
    Style,
)
from prongsai.documents.plain import plain
from prongsai.documents.read.docx import read
from prongsai.documents.write.docx import render
from prongsai.documents.write.office import Office
from prongsai.reports.letter import read_shell
from prongsai.reports.stream import Prose
from tests.documents.write.docx_parts import paper

Cells = list[list[tuple[int, int, bool, list[tuple[str, Mark]]]]]
ACTING = Signature(
    "นายอนุชิต ทองพันชั่ง",
    ("ผู้อำนวยการกองช่าง รักษาราชการแทน", "ปลัดเทศบาลตำบลบ้านสวนพลู"),
    opinion_of="ปลัดเทศบาล",
    opinion=("เห็นควรลงนาม",),
)
MEMO = paper(
    Masthead(1.5, "บันทึกข้อความ"),
    fields(("ส่วนราชการ", "สำนักปลัดเทศบาล โทร. ๐-๓๖๔๑-๐๐๐๐"), memo=True),
    fields(("ที่", "ลบ ๕๒๗๐๑.๐๔/๘๗"), ("วันที่", "๑๖ มกราคม ๒๕๖๙"), memo=True),
    fields(("เรื่อง", "รายงานผล"), memo=True),
    fields(("เรียน", "ปลัดเทศบาล")),
    paragraph("จึงเรียนมาเพื่อโปรดพิจารณา"),
    Signatures((Signature("นางสาวศศิธร บัวงามตา", ("หัวหน้าฝ่ายแผนงานและงบประมาณ",)),)),
    Signatures((ACTING,)),
    Signatures((Signature("นายธีรพงศ์ แก้วสว่างธรรม", ("นายกเทศมนตรีตำบลบ้านสวนพลู",), opinion_of="นายกเทศมนตรี"),)),
)


def facts(document: Document) -> list[str | tuple[int, bool, Cells]]:
    return [
        block.text
        if isinstance(block, Paragraph)
        else (
            block.heads,
            block.ruled,
            [
                [
                    (each.rows, each.columns, each.covered, [(line.text, line.mark) for line in each.lines])
                    for each in line.cells
                ]
                for line in block.rows
            ],
        )
        for block in document.printed
    ]


def holds(document: Document) -> None:
    assert facts(read(render(document, Office()), "a.docx")) == facts(plain(document))


def test_memo_reads_back() -> None:
    holds(MEMO)


def test_signatures_of_a_memo_are_recognised() -> None:
    found = read(render(MEMO, Office()), "a.docx")
    shell = read_shell(
        [Prose(text=block.text, where=block.where, in_table=False, raw=block.raw) for block in found.paragraphs()]
    )
    assert shell.memo is not None
    assert (shell.memo.office, shell.memo.number, shell.memo.date_text, shell.memo.to) == (
        "สำนักปลัดเทศบาล โทร. ๐-๓๖๔๑-๐๐๐๐",
        "ลบ ๕๒๗๐๑.๐๔/๘๗",
        "๑๖ มกราคม ๒๕๖๙",
        "ปลัดเทศบาล",
    )
    assert [(each.name, each.position, each.opinion_of, each.opinion) for each in shell.signatories] == [
        ("นางสาวศศิธร บัวงามตา", "หัวหน้าฝ่ายแผนงานและงบประมาณ", None, None),
        (
            "นายอนุชิต ทองพันชั่ง",
            "ผู้อำนวยการกองช่าง รักษาราชการแทน ปลัดเทศบาลตำบลบ้านสวนพลู",
            "ปลัดเทศบาล",
            "เห็นควรลงนาม",
        ),
        ("นายธีรพงศ์ แก้วสว่างธรรม", "นายกเทศมนตรีตำบลบ้านสวนพลู", "นายกเทศมนตรี", None),
    ]


@pytest.mark.parametrize("style", list(Style))
def test_every_style_reads_back(style: Style) -> None:
    holds(paper(paragraph("๑. ข้อความ\nบรรทัดที่สอง", style, 1), paragraph("ต่อไป", style)))


def test_letter_and_signatures_side_by_side_read_back() -> None:
    sides = Sides(("ที่ ลบ ๕๒๗๐๑/๑",), ("สำนักงานเทศบาล", "จังหวัดลพบุรี"))
    pair = Signatures((ACTING, Signature("นาง ข", suffix="ผู้ยืม", label="", date="๑ ต.ค. ๒๕๖๘")))
    holds(paper(Masthead(3), sides, paragraph("๑ ตุลาคม ๒๕๖๘", Style.RIGHT), pair, NewPage(Orientation.LANDSCAPE), pair))


def test_table_with_everything_reads_back() -> None:
    over, down, block = cell("มาตรการ", columns=2), cell("ลำดับ", rows=2), cell("รวม", rows=2, columns=2)
    heads = [row(down, over, covered(over), "งบ"), row(covered(down), "วิธี", "ผู้รับผิดชอบ", "บาท")]
    boxes = cell_of([box("ทำแล้ว", ticked=True), box("ยัง", ticked=False), Line("หมายเหตุ")])
    items = cell_of([Line("กองคลัง", Mark.ITEM, True), Line("กองช่าง", Mark.ITEM, True)])
    rows = [
        row("๑", boxes, items, cell("๑๒.๕๐", value=Decimal("12.5"))),
        row(block, covered(block), cell("ข้อหนึ่ง", "ข้อสอง"), ""),
        row(covered(block), covered(block), cell_of([Line("กอง คลัง", breaks=(4,))]), "๐"),
    ]
    holds(paper(table(heads, rows), table(["ก", "ข"], [row("๑", "๒")], ruled=False)))


# no brackets: a pair of them in a cell may be a box, which is for readers to judge
text = st.text(st.sampled_from("กขคงน้ำปี่ที่ๆฯ๑๒๓ABz09 .,:;/<>&\"'#|\t\u00a0"), min_size=1, max_size=24).filter(
    lambda given: bool(given.split())
)
lines = st.builds(Line, text, st.sampled_from([Mark.NONE, Mark.TICKED, Mark.UNTICKED, Mark.ITEM]))


@st.composite
def tables(draw: st.DrawFn) -> Block:
    width = draw(st.integers(2, 7))
    made = st.builds(cell_of, st.lists(lines, max_size=3))
    rows = [row(*(draw(made) for _ in range(width))) for _ in range(draw(st.integers(1, 4)))]
    return table([f"หัว {at}" for at in range(width)], rows, ruled=draw(st.booleans()))


signature = st.builds(
    Signature,
    name=text,
    position=st.lists(text, max_size=2).map(tuple),
    label=st.sampled_from(["ลงชื่อ", ""]),
    suffix=st.sampled_from(["", "ผู้ยืม"]),
    opinion_of=st.one_of(st.just(""), text),
    opinion=st.lists(text, max_size=2).map(tuple),
    date=st.one_of(st.just(""), text),
)
blocks = st.one_of(
    st.builds(paragraph, text, st.sampled_from(Style), st.integers(0, 3)),
    tables(),
    st.builds(
        lambda pairs, memo: fields(*pairs, memo=memo),
        st.lists(st.tuples(text, text), min_size=1, max_size=3),
        st.booleans(),
    ),
    st.builds(Signatures, st.lists(signature, min_size=1, max_size=3).map(tuple)),
    st.builds(
        Sides, st.lists(text, min_size=1, max_size=3).map(tuple), st.lists(text, min_size=1, max_size=3).map(tuple)
    ),
    st.builds(NewPage, st.sampled_from(Orientation), st.booleans()),
    st.sampled_from([Masthead(1.5, "บันทึกข้อความ"), Masthead(3), Separator()]),
)


@given(st.lists(blocks, min_size=1, max_size=6), st.booleans(), st.sampled_from(["th", "en"]))
def test_any_paper_reads_back(given: list[Block], cover: bool, language: str) -> None:
    holds(paper(paragraph("เริ่ม"), *given, cover=cover, language=language))
