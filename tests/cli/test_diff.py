"""``prongsai diff`` as it is called."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from prongsai.cli import prongsai
from prongsai.cli.diff import places, told
from prongsai.documents.diff import Change, ChangeKind
from prongsai.errors import FileUnusable, Where

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "clean" / "gap-memo-2566.txt"


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(prongsai, ["diff", *map(str, arguments)], standalone_mode=False)


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    text = SAMPLE.read_text(encoding="utf-8")
    new = text.replace("ตรวจเบอร์โทรศัพท์", "ปรับเบอร์โทรศัพท์").replace("๕๒๗๐๑.๐๔/๘๗", "๕๒๗๐๑.๐๔/๘๘")
    path = tmp_path / "edited.txt"
    path.write_text(new, encoding="utf-8")
    return path


def test_same_papers_end_with_0() -> None:
    result = call(SAMPLE, SAMPLE)
    assert (result.return_value, result.output) == (0, "gap-memo-2566.txt กับ gap-memo-2566.txt: เนื้อหาเหมือนกัน\n")


def test_different_papers_end_with_1_and_say_what_changed(edited: Path) -> None:
    result = call(SAMPLE, edited)
    assert result.return_value == 1
    lines = [line.rstrip() for line in result.output.splitlines() if line.strip()]
    assert lines == [
        "gap-memo-2566.txt → edited.txt: ต่าง 2 แห่ง",
        "[-คำที่หายไป-] {+คำที่เพิ่มมา+}",
        "ที่  (เดิมบรรทัด 5 · ใหม่บรรทัด 5)",
        "  ลบ ๕๒๗๐๑.๐๔/[-๘๗-]{+๘๘+}",
        "O2 ข้อมูลผู้บริหาร  (เดิมบรรทัด 27 · ใหม่บรรทัด 27)",
        "  แก้รายการ ข้อเสนอแนะ: ให้ฝ่ายอำนวยการ[-ตรวจ-]{+ปรับ+}เบอร์โทรศัพท์รายบุคคลให้…",
    ]


def test_json_has_the_published_form(edited: Path) -> None:
    result = call(SAMPLE, edited, "--json")
    form = json.loads(result.output)
    assert (list(form), form["same"], result.return_value) == (["old", "new", "same", "changes"], False, 1)
    assert [list(change) for change in form["changes"]] == [
        ["kind", "where_old", "where_new", "field", "field_th", "before", "after", "message_th"]
    ] * 2
    assert form["changes"][1]["message_th"] == (
        "O2 ข้อมูลผู้บริหาร: ข้อเสนอแนะ แก้รายการ “ให้ฝ่ายอำนวยการตรวจเบอร์โทรศัพท์รายบุคคลให้ตรงกับปัจจุบัน” "
        "เป็น “ให้ฝ่ายอำนวยการปรับเบอร์โทรศัพท์รายบุคคลให้ตรงกับปัจจุบัน”"
    )


def test_missing_file_is_unusable(tmp_path: Path) -> None:
    result = call(SAMPLE, tmp_path / "none.docx")
    assert isinstance(result.exception, FileUnusable)


def test_place_is_told_as_its_reader_counts() -> None:
    old, new = Where("a.txt", 9, None, 2, 4), Where("b.docx", 9, None, 2, 4)
    change = Change(ChangeKind.ROW_MOVED, old, new, before="1", after="3", row="O9")
    assert places(change) == "  (เดิมบรรทัด 9 · ใหม่ตาราง 2 แถว 4)"
    assert told(change, is_under_row=True).plain == "  ย้ายแถว: จากลำดับ 1 ไปลำดับ 3"


def test_row_that_came_is_shown_without_a_place_in_the_old_file() -> None:
    change = Change(ChangeKind.ROW_ADDED, None, Where("b", 9), after="O9 ของใหม่")
    assert told(change, is_under_row=False).plain == "\nเพิ่มแถว  (ใหม่บรรทัด 9)\n  {+O9 ของใหม่+}"


def test_row_that_moved_is_shown_once_with_its_places(tmp_path: Path) -> None:
    rows = ["๑\tนายสมภพ วัฒนาเรืองชัย\tประธานกรรมการ", "๒\tนางพรทิวา จันทร์สมบูรณ์\tกรรมการ", "๓\tนางสุนันทา ใจมั่นคง\tกรรมการ"]
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("\n".join(["ที่\tชื่อ\tตำแหน่ง", *rows, ""]), encoding="utf-8")
    new.write_text("\n".join(["ที่\tชื่อ\tตำแหน่ง", rows[2], *rows[:2], ""]), encoding="utf-8")
    result = call(old, new)
    assert [line.rstrip() for line in result.output.splitlines()] == [
        "old.txt → new.txt: ต่าง 1 แห่ง",
        "[-คำที่หายไป-] {+คำที่เพิ่มมา+}",
        "",
        "ย้ายแถว  (เดิมบรรทัด 4 · ใหม่บรรทัด 2)",
        "  ๓ นางสุนันทา ใจมั่นคง กรรมการ",
    ]
    assert result.return_value == 1


def test_long_paragraph_that_moved_is_shown_by_its_words() -> None:
    long = "เทศบาลตำบลบ้านสวนพลูประกาศแผนการจัดซื้อจัดจ้าง " * 3
    change = Change(ChangeKind.PARAGRAPH_MOVED, Where("a.txt", 3), Where("b.txt", 9), before=long, after=long)
    assert told(change, is_under_row=False).plain == f"\nย้ายข้อความ  (เดิมบรรทัด 3 · ใหม่บรรทัด 9)\n  {long}"
