"""The paper of one entry of a register: what it says, its way so far, room to sign."""

from collections.abc import Sequence
from dataclasses import dataclass

from prongsai.documents.build import cell, paragraph, row, table
from prongsai.documents.model import Align, Block, Column, Document, Kind, Row, Setup, Signature, Signatures, Style
from prongsai.thai.numerals import to_thai


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is printed. lines: label and text; steps: day, what was done, by whom, with what reason."""

    agency: str
    register: str
    title: str
    number: str
    state: str
    lines: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str, str, str]] = ()


def entry_paper(written: Written, *, signer: str = "", position: str = "") -> Document:
    """Compose the paper of an entry; empty fields stand as a dash, so that nobody adds to them by hand unseen."""
    blocks: list[Block] = [
        paragraph(written.register, Style.TITLE),
        paragraph(written.agency, Style.TITLE),
        paragraph(f"{to_thai(written.number)}  สถานะ {written.state}", Style.CENTRED),
        paragraph(written.title, Style.HEADING),
        table(["รายการ", "ข้อมูล"], [_line(*one) for one in written.lines], [Column(2), Column(4)]),
    ]
    if written.steps:
        blocks.append(paragraph("ความเคลื่อนไหว", Style.HEADING))
        blocks.append(
            table(["วันที่", "การดำเนินการ", "ผู้ดำเนินการ", "เหตุผล"], [_step(*one) for one in written.steps], _STEPS)
        )
    blocks.append(Signatures((Signature(signer or " ", (position,) if position else ()),)))
    return Document(
        "", "composed", None, "", tuple(blocks), title=f"{written.register} {written.number}", setup=Setup()
    )


_STEPS = [Column(1.5, Kind.TEXT, Align.LEFT), Column(2), Column(2.5), Column(2.5)]


def _line(label: str, text: str) -> Row:
    return row(label, cell(*(text or "–").split("\n")))


def _step(day: str, what: str, who: str, why: str) -> Row:
    return row(day, what, who, cell(*(why or "–").split("\n")))
