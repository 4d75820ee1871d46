"""``prongsai diff``: what changed between two documents, row by row."""

from itertools import groupby
from pathlib import Path

import click
from rich.text import Text

from prongsai.cli import FINE, HAS_ERRORS
from prongsai.cli.show import console, json_out, line, place
from prongsai.documents.diff import Change, ChangeKind, Segment, marked, shortened, signed
from prongsai.documents.read import read_document
from prongsai.reports.diff import Comparison, compare

ONE_SIDED_LETTERS = 400
_STYLES = {" ": "", "-": "red strike", "+": "bold green"}
_VERBS = {
    ChangeKind.ROW_ADDED: "เพิ่มแถว",
    ChangeKind.ROW_REMOVED: "ลบแถว",
    ChangeKind.ROW_MOVED: "ย้ายแถว",
    ChangeKind.ITEM_ADDED: "เพิ่มรายการ",
    ChangeKind.ITEM_REMOVED: "ลบรายการ",
    ChangeKind.ITEM_CHANGED: "แก้รายการ",
    ChangeKind.PARAGRAPH_ADDED: "เพิ่มข้อความ",
    ChangeKind.PARAGRAPH_REMOVED: "ลบข้อความ",
    ChangeKind.PARAGRAPH_CHANGED: "แก้ข้อความ",
    ChangeKind.PARAGRAPH_MOVED: "ย้ายข้อความ",
    ChangeKind.TRACKED: "ติดตามการเปลี่ยนแปลง",
}


@click.command(name="diff", short_help="what changed between two documents")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON")
def command(old: Path, new: Path, as_json: bool) -> int:
    """เทียบเอกสารสองฉบับ (ชนิดใดก็ได้) แล้วบอกสิ่งที่เปลี่ยนทีละแถว จบด้วย 0 = เหมือนกัน 1 = ต่างกัน."""
    found = compare(read_document(old), read_document(new))
    if as_json:
        json_out(found.to_json())
    else:
        show(found)
    return FINE if found.same else HAS_ERRORS


def show(found: Comparison) -> None:
    """Print a comparison for a person: what belongs to one row stands together."""
    if found.same:
        line(f"{found.old} กับ {found.new}: เนื้อหาเหมือนกัน", "green")
        return
    line(f"{found.old} → {found.new}: ต่าง {len(found.changes)} แห่ง", "bold")
    line("[-คำที่หายไป-] {+คำที่เพิ่มมา+}", "dim")
    for row, changes in groupby(found.changes, key=lambda change: change.row):
        of_row = list(changes)
        if row:
            line(f"\n{row}{places(of_row[0])}", "bold")
        for change in of_row:
            console().print(told(change, is_under_row=bool(row)))


def places(change: Change) -> str:
    """Say where it stands in both documents."""
    known = [(name, where) for name, where in (("เดิม", change.where_old), ("ใหม่", change.where_new)) if where]
    said = [f"{name}{place(where)}" for name, where in known if place(where)]
    return f"  ({' · '.join(said)})" if said else ""


def told(change: Change, *, is_under_row: bool) -> Text:
    """Give a change as a line with its words marked."""
    lead = " ".join(part for part in (_VERBS.get(change.kind, ""), change.field_th) if part)
    text = Text(f"  {lead}: " if is_under_row else f"\n{lead}{places(change)}\n  ", style="")
    if change.is_words_moved:
        return text.append(_one_sided(change.after or ""))
    if change.kind is ChangeKind.ROW_MOVED:
        return text.append(f"จากลำดับ {change.before} ไปลำดับ {change.after}")
    for segment in shortened(segments(change)):
        text.append(signed(segment), _STYLES[segment.sign])
    return text


def segments(change: Change) -> tuple[Segment, ...]:
    """Give the words of a change: those of both sides, or of the one side that there is."""
    if change.before and change.after:
        return marked(change.before, change.after)
    words, sign = (change.after, "+") if change.after else (change.before or "", "-")
    return (Segment(sign, _one_sided(words)),)


def _one_sided(words: str) -> str:
    return words if len(words) <= ONE_SIDED_LETTERS else f"{words[:ONE_SIDED_LETTERS]}…"
