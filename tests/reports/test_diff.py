"""What changed between two papers: one change made by machine is exactly one change told."""

import io
import random
from collections.abc import Sequence
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Docx

from prongsai.documents.diff import ChangeKind
from prongsai.documents.model import Document
from prongsai.documents.read.docx import read as read_docx
from prongsai.documents.read.html import read as read_html
from prongsai.documents.read.text import read_text
from prongsai.documents.write.docx import render as render_docx
from prongsai.documents.write.fit import fitted
from prongsai.documents.write.html import render
from prongsai.documents.write.office import Office
from prongsai.errors import Problem, Severity, Where
from prongsai.reports import records
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.diff import compare
from prongsai.reports.diff_labels import FIELD_TH
from prongsai.reports.diff_rows import INHERITED, SKIPPED, compare_rows, label, name
from prongsai.reports.read import recognise
from prongsai.reports.records import DatedText, Record, Span
from tests.conftest import PROVE

CLEAN = sorted((Path(__file__).resolve().parents[2] / "samples" / "clean").glob("*.txt"))
FAULTY = sorted((Path(__file__).resolve().parents[2] / "samples" / "faulty").glob("*.txt"))
SEEDS = range(300 if PROVE else 12)
NEW_WORDS = ("เพิ่มเติมจากมติที่ประชุม", "โดยด่วน", "ทุกไตรมาส", "ร่วมกับประชาชน")


def paper(path: Path, text: str | None = None) -> Document:
    return read_text((text if text is not None else path.read_text(encoding="utf-8")).encode(), path.name)


def told(old: Document, new: Document) -> list[tuple[str, str, str | None, str | None]]:
    return [(change.kind.value, change.field, change.before, change.after) for change in compare(old, new).changes]


@pytest.mark.parametrize("path", [*CLEAN, *FAULTY], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_paper_is_the_same_as_itself_in_any_format(path: Path) -> None:
    text = paper(path)
    page = read_html(render(fitted(text), Office()), path.name)
    assert compare(text, text).to_json() == {"old": path.name, "new": path.name, "same": True, "changes": []}
    assert compare(text, page).changes == ()
    assert compare(page, text).changes == ()


# One record changed


def changeable(row: Record) -> list[str]:
    """Give the fields of a row that say something."""
    skipped = {*SKIPPED, *INHERITED, "ticked"}
    return [entry.name for entry in fields(row) if entry.name not in skipped and getattr(row, entry.name)]


def longer(value: Any, chance: random.Random) -> tuple[Any, ChangeKind]:
    """Change a value in one place; gives the new one and the kind of change that it is."""
    word = chance.choice(NEW_WORDS)
    if isinstance(value, tuple):
        return _list(value, word, chance)
    if isinstance(value, Span | DatedText):
        return replace(value, text=f"{value.text} {word}"), ChangeKind.FIELD_CHANGED
    if isinstance(value, records.ProgressStatus):
        return next(state for state in records.ProgressStatus if state is not value), ChangeKind.FIELD_CHANGED
    return (value + 1 if not isinstance(value, str) else f"{value} {word}"), ChangeKind.FIELD_CHANGED


def _list(items: tuple[Any, ...], word: str, chance: random.Random) -> tuple[tuple[Any, ...], ChangeKind]:
    at = chance.randrange(len(items))
    way = chance.choice(("change", "add", "remove"))
    new = (
        replace(items[at], text=f"{items[at].text}{word}") if isinstance(items[at], DatedText) else f"{items[at]}{word}"
    )
    if way == "add":
        extra = replace(items[at], text=f"๙๙๙ {word}") if isinstance(items[at], DatedText) else f"๙๙๙ {word}"
        return (*items[:at], extra, *items[at:]), ChangeKind.ITEM_ADDED
    if way == "remove":
        return (*items[:at], *items[at + 1 :]), ChangeKind.ITEM_REMOVED
    return (*items[:at], new, *items[at + 1 :]), ChangeKind.ITEM_CHANGED


def rows_of(path: Path) -> tuple[Record, ...]:
    return recognise(paper(path)).rows


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_one_changed_field_of_one_row_is_the_one_change_told(path: Path) -> None:
    rows = rows_of(path)
    for seed in SEEDS:
        chance = random.Random(f"{path.stem}{seed}")
        at = chance.randrange(len(rows))
        field = chance.choice(changeable(rows[at]))
        value, kind = longer(getattr(rows[at], field), chance)
        changed = replace(rows[at], **{field: value})
        (change,) = compare_rows(rows, (*rows[:at], changed, *rows[at + 1 :]), same_format=True)
        assert (change.kind, change.field, change.field_th) == (kind, field, FIELD_TH[field]), seed
        assert (change.where_old, change.row) == (rows[at].origin.where, label(changed))


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_row_taken_out_put_in_or_moved_is_the_one_change_told(path: Path) -> None:
    rows = rows_of(path)
    for seed in SEEDS:
        chance = random.Random(f"{path.stem}{seed}")
        at = chance.randrange(len(rows))
        fewer = (*rows[:at], *rows[at + 1 :])
        (gone,) = compare_rows(rows, fewer, same_format=True)
        (come,) = compare_rows(fewer, rows, same_format=True)
        assert (gone.kind, gone.before, gone.after) == (ChangeKind.ROW_REMOVED, label(rows[at]), None)
        assert (come.kind, come.before, come.after) == (ChangeKind.ROW_ADDED, None, label(rows[at]))
        kind_rows = [place for place, row in enumerate(fewer) if row.kind == rows[at].kind]
        to = chance.choice([place for place in kind_rows if abs(place - at) > 1] or [None])
        if to is not None:
            (moved,) = compare_rows(rows, (*fewer[:to], rows[at], *fewer[to:]), same_format=True)
            assert (moved.kind, moved.row) == (ChangeKind.ROW_MOVED, label(rows[at]))


def test_every_field_of_every_record_has_a_thai_name() -> None:
    kinds = (records.Gap, records.Measure, records.IndicatorPlan, records.Tracking)
    assert [entry.name for kind in kinds for entry in fields(kind) if entry.name not in {*FIELD_TH, *SKIPPED}] == []


def test_reordered_list_is_one_change() -> None:
    rows = [row for row in rows_of(CLEAN[2]) if row.kind == "measure"]
    measure = next(row for row in rows if len(row.steps) > 1)
    turned = replace(measure, steps=measure.steps[::-1])
    (change,) = compare_rows([measure], [turned], same_format=True)
    assert (change.kind, change.field) == (ChangeKind.ITEM_CHANGED, "steps")


# One place of the paper changed


def once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


GAPS, PLAN, MEASURES, SCORES, TRACKING = CLEAN


@pytest.mark.parametrize(
    ("path", "old", "new", "wanted"),
    [
        (GAPS, "๕๒๗๐๑.๐๔/๘๗", "๕๒๗๐๑.๐๔/๘๘", ("fact_changed", "memo.number", "ลบ ๕๒๗๐๑.๐๔/๘๗", "ลบ ๕๒๗๐๑.๐๔/๘๘")),
        (GAPS, "๑๖ มกราคม ๒๕๖๖", "๑๗ มกราคม ๒๕๖๖", ("fact_changed", "memo.date", "๑๖ มกราคม ๒๕๖๖", "๑๗ มกราคม ๒๕๖๖")),
        (GAPS, "๒๔ กุมภาพันธ์", "๒๗ กุมภาพันธ์", ("fact_changed", "deadline", "๒๔ กุมภาพันธ์ ๒๕๖๖", "๒๗ กุมภาพันธ์ ๒๕๖๖")),
        (GAPS, "(นายธีรพงศ์ แก้วสว่างธรรม)", "(นายธีรเดช แก้วสว่างธรรม)",
         ("fact_changed", "signatory.name", "นายธีรพงศ์ แก้วสว่างธรรม", "นายธีรเดช แก้วสว่างธรรม")),
        (GAPS, "ให้ฝ่ายอำนวยการตรวจเบอร์โทรศัพท์รายบุคคลให้ตรงกับปัจจุบัน", "ให้ฝ่ายอำนวยการปรับเบอร์โทรศัพท์รายบุคคลให้ตรงกับปัจจุบัน",
         ("item_changed", "recommendations", "ให้ฝ่ายอำนวยการตรวจเบอร์โทรศัพท์รายบุคคลให้ตรงกับปัจจุบัน",
          "ให้ฝ่ายอำนวยการปรับเบอร์โทรศัพท์รายบุคคลให้ตรงกับปัจจุบัน")),
        (MEASURES, "- ตรวจแล้ว ข้อมูลตรงกับทะเบียนผลงานของทุกกอง เห็นควรเสนอ", "- ตรวจแล้ว เห็นควรเสนอ",
         ("fact_changed", "signatory.opinion", "- ตรวจแล้ว ข้อมูลตรงกับทะเบียนผลงานของทุกกอง เห็นควรเสนอ", "- ตรวจแล้ว เห็นควรเสนอ")),
        (MEASURES, "๓.๒ พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐\n", "",
         ("paragraph_removed", "", "๓.๒ พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐", None)),
        (MEASURES, "จึงประกาศให้ทราบโดยทั่วกัน", "จึงประกาศให้ทราบ",
         ("paragraph_changed", "", "จึงประกาศให้ทราบโดยทั่วกัน", "จึงประกาศให้ทราบ")),
    ],
)  # fmt: skip
def test_one_edit_of_the_paper_is_the_one_change_told(
    path: Path, old: str, new: str, wanted: tuple[str, str, str | None, str | None]
) -> None:
    text = path.read_text(encoding="utf-8")
    assert told(paper(path), paper(path, once(text, old, new))) == [wanted]


def data_lines(rows: Sequence[Record]) -> list[int]:
    """Give the 0-based lines of rows on a single line that carry no title for the rows under them."""
    return [
        row.origin.lines[0] - 1
        for before, row in pairwise(rows)
        if len(row.origin.lines) == 1 and getattr(before, "group", None) == getattr(row, "group", None)
    ]


@pytest.mark.parametrize("path", [GAPS, TRACKING], ids=lambda path: path.stem)
def test_line_of_a_row_taken_out_is_one_row_removed(path: Path) -> None:
    text, rows = path.read_text(encoding="utf-8"), rows_of(path)
    lines = text.split("\n")
    for at in data_lines(rows):
        (change,) = compare(paper(path), paper(path, "\n".join([*lines[:at], *lines[at + 1 :]]))).changes
        assert (change.kind, change.where_old and change.where_old.line) == (ChangeKind.ROW_REMOVED, at + 1)


def test_title_above_many_rows_is_one_change() -> None:
    text = MEASURES.read_text(encoding="utf-8")
    row = next(row for row in rows_of(MEASURES) if isinstance(row, records.Measure) and row.issue_title)
    assert row.issue_title is not None
    (change,) = compare(
        paper(MEASURES), paper(MEASURES, text.replace(row.issue_title, f"{row.issue_title}ใหม่"))
    ).changes
    assert (change.kind, change.field, change.before) == (ChangeKind.FIELD_CHANGED, "issue_title", row.issue_title)


def test_signature_that_came_is_one_change() -> None:
    text = GAPS.read_text(encoding="utf-8")
    more = "\n\nความเห็น ปลัดเทศบาล\n\nเห็นชอบ\n\nลงชื่อ..........\n\n(นายสมภพ วัฒนาเรืองชัย)\n\nปลัดเทศบาลตำบลบ้านสวนพลู\n"
    (change,) = compare(paper(GAPS), paper(GAPS, text + more)).changes
    assert (change.kind, change.field, change.before) == (ChangeKind.FACT_CHANGED, "signatory", None)
    assert change.after == "ปลัดเทศบาล เห็นชอบ นายสมภพ วัฒนาเรืองชัย ปลัดเทศบาลตำบลบ้านสวนพลู"


def test_score_in_a_score_table_is_one_change() -> None:
    report = recognise(paper(SCORES))
    score = report.indicators[3]
    lines = SCORES.read_text(encoding="utf-8").split("\n")
    at = (score.where.line or 0) - 1
    printed = next(word for word in lines[at].split() if word[:1].isdecimal() and "." in word and len(word) >= 5)
    lines[at] = once(lines[at], printed, "๑๒.๓๔")
    (change,) = compare(paper(SCORES), paper(SCORES, "\n".join(lines))).changes
    assert (change.kind, change.field, change.after, change.row) == (
        ChangeKind.FACT_CHANGED, "indicator.score", "12.34", f"ตัวชี้วัดที่ {score.no}",
    )  # fmt: skip


def test_paper_without_records_is_compared_as_printed() -> None:
    old = read_text("ทะเบียนของขวัญ\n\nที่\tของ\tผู้ให้\n๑\tกระเช้าผลไม้\tบริษัทหนึ่ง\n๒\tปากกา\tบริษัทสอง\n".encode(), "a.txt")
    new = read_text("ทะเบียนของขวัญ\n\nที่\tของ\tผู้ให้\n๑\tกระเช้าผลไม้\tบริษัทสาม\n๒\tปากกา\tบริษัทสอง\n".encode(), "b.txt")
    (change,) = compare(old, new).changes
    assert (change.kind, change.field_th, change.before, change.after) == (
        ChangeKind.FIELD_CHANGED, "ผู้ให้", "บริษัทหนึ่ง", "บริษัทสาม",
    )  # fmt: skip


def test_tracked_changes_that_are_new_are_told() -> None:
    waiting = Problem("TRACKED_DELETION", Severity.WARNING, "x", "x", Where("b.docx", 7), evidence=("คำเก่า",))
    old = paper(TRACKING)
    new = replace(old, problems=(waiting,))
    (change,) = compare(old, new).changes
    assert (change.kind, change.where_new, change.after) == (ChangeKind.TRACKED, Where("b.docx", 7), "คำเก่า")
    assert compare(new, new).same is True


def test_rows_are_matched_though_much_of_them_changed() -> None:
    rows = [row for row in rows_of(GAPS) if isinstance(row, records.Gap)]
    changed = replace(rows[0], title=f"{rows[0].title}และการเปิดเผยข้อมูล", recommendations=(), score=None)
    found = compare_rows(rows, [changed, *rows[1:]], same_format=False)
    assert {change.kind for change in found} <= {ChangeKind.FIELD_CHANGED, ChangeKind.ITEM_REMOVED}
    assert {change.row for change in found} == {label(changed)}
    assert name(changed).startswith(name(rows[0]))


# Word files edited as a person edits them


def word(kind: str) -> Docx:
    """Write a sample as a Word file and open it for editing."""
    paper_of = paper_kind(kind)
    return docx.Document(io.BytesIO(render_docx(paper_of.compose(paper_of.sample()), Office())))


def saved(file: Docx, name: str) -> Document:
    content = io.BytesIO()
    file.save(content)
    return read_docx(content.getvalue(), name)


def test_row_moved_in_a_form_is_the_one_change_told() -> None:
    file = word("committee-order")
    old = saved(file, "old.docx")
    rows = file.tables[0].rows
    text = " ".join(cell.text for cell in rows[1].cells)
    rows[4]._tr.addnext(rows[1]._tr)
    (change,) = compare(old, saved(file, "new.docx")).changes
    assert (change.kind, change.before, change.after, change.row) == (ChangeKind.ROW_MOVED, text, text, "")
    assert [where and (where.table, where.row) for where in (change.where_old, change.where_new)] == [(1, 2), (1, 5)]
    assert change.message_th == f"ย้ายแถว “{text}”"


def test_paragraph_moved_in_a_form_is_the_one_change_told() -> None:
    file = word("committee-order")
    old = saved(file, "old.docx")
    text = "เพื่อให้การกำกับ ติดตาม และรายงานผลเป็นไปอย่างต่อเนื่องตลอดปีงบประมาณ"
    moved = next(each for each in file.paragraphs if each.text == text)
    next(each for each in file.paragraphs if each.text.startswith("ให้ยกเลิกคำสั่ง"))._p.addnext(moved._p)
    assert told(old, saved(file, "new.docx")) == [("paragraph_moved", "", text, text)]


@pytest.mark.parametrize(
    ("line", "after"), [("วันที่ ๒๘ มีนาคม ๒๕๖๘ ประชุม", "วันที่ 28 มี.ค. 68 ประชุม"), ("มีผู้มา ๑๒ คน", "มีผู้มา 12 คน")]
)
def test_day_or_figure_spelt_another_way_is_told_of_files_of_one_format_only(line: str, after: str) -> None:
    old = read_text(f"รายงานการประชุม\n\n{line}\n".encode(), "a.txt")
    new = read_text(f"รายงานการประชุม\n\n{after}\n".encode(), "b.txt")
    assert told(old, new) == [("paragraph_changed", "", line, after)]
    assert told(old, replace(new, format="docx")) == []


def test_four_edits_of_a_measure_are_four_changes() -> None:
    file = word("measures-report")
    old = saved(file, "old.docx")
    for column in (1, 3, 5, 6):
        run = next(paragraph for paragraph in file.tables[0].rows[1].cells[column].paragraphs if paragraph.text).runs[
            -1
        ]
        run.text = f"{run.text} ทั้งหมด"
    changes = compare(old, saved(file, "new.docx")).changes
    assert [(change.kind.value, change.field, change.field_th) for change in changes] == [
        ("field_changed", "measure", "มาตรการ"),
        ("field_changed", "period", "ระยะเวลา"),
        ("item_changed", "results", "ผลการดำเนินการ"),
        ("item_changed", "outcomes", "ผลลัพธ์"),
    ]
