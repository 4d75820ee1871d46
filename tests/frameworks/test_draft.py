from pathlib import Path

import pytest

from prongsai.errors import FileUnusable, FrameworkError, UnknownFramework
from prongsai.frameworks.check import check
from prongsai.frameworks.compare import compare
from prongsai.frameworks.draft import draft
from prongsai.frameworks.load import library, load
from prongsai.frameworks.model import Certainty, Relation
from tests.frameworks.demo import BEFORE, lined, save


@pytest.mark.parametrize("id_", [entry.id for entry in library()])
def test_draft_of_every_shipped_year_checks_clean(tmp_path: Path, id_: str) -> None:
    files = draft(id_, load(id_).fiscal_year_be + 1).save(tmp_path)
    assert [check(path) for path in files] == [[], []]


def test_draft_of_2570_carries_everything_over_unconfirmed(tmp_path: Path) -> None:
    draft("ita-2569", 2570).save(tmp_path)
    old, new = load("ita-2569"), load("ita-2570", folder=tmp_path)
    assert (new.id, new.fiscal_year_be, new.edition, new.title_th[-4:]) == ("ita-2570", 2570, 1, "2570")
    assert {basis.certainty for _, basis in new.facts()} == {Certainty.LOW}
    assert [item.key for item in new.items] == [item.key for item in old.items]
    assert {source.key for source in new.sources} == {"carried-over"}
    assert (new.is_official, new.notes) == (False, ("ร่างปี 2570 ยกมาจาก ita-2569 ทุกข้อยังไม่ยืนยันกับคู่มือปี 2570",))


def test_draft_moves_the_years_in_texts_and_dates(tmp_path: Path) -> None:
    draft("ita-2569", 2570).save(tmp_path)
    new = load("ita-2570", folder=tmp_path)
    item = new.item("O18")
    assert item
    assert (item.period_th, item.content_year) == ("ปีงบประมาณ พ.ศ. 2569 (1 ตุลาคม ถึง 30 กันยายน)", -1)
    assert [entry.end for entry in new.calendar] == ["2027-07-14", None]


def test_draft_moves_years_that_a_hand_wrote_as_numbers(tmp_path: Path) -> None:
    before = BEFORE.replace("period_th: ปี {year-1}", "period_th: ปี 2569").replace("ประเด็นแรก", "ตาม พ.ร.บ. 2540")
    files = draft("demo-2570", 2573, folder=save(tmp_path, before=before))
    (tmp_path / "new").mkdir()
    framework = load(files.save(tmp_path / "new")[0])
    assert [item.period_th for item in framework.items] == ["ปี 2573", "ปี 2572", "ปี 2573"]
    assert framework.issues[0].name_th == "ตาม พ.ร.บ. 2540"
    assert [(entry.start, entry.end) for entry in framework.calendar] == [("2030-01-01", "2030-06-30")]


def test_draft_puts_a_leap_day_on_the_28th(tmp_path: Path) -> None:
    before = BEFORE.replace("start: 2027-01-01, end: 2027-06-30", "start: 2028-02-29, end: 2028-06-30")
    files = draft("demo-2570", 2571, folder=save(tmp_path, before=before))
    assert 'start: "2029-02-28"' in files.framework_yaml


def test_draft_crosswalk_keeps_every_item_unconfirmed(tmp_path: Path) -> None:
    draft("ita-2569", 2570).save(tmp_path)
    comparison = compare("ita-2569", "ita-2570", folder=tmp_path)
    assert {change.relation for change in comparison.items} == {Relation.KEPT}
    assert {change.note_th for change in comparison.items} == {"ยังไม่ยืนยัน"}
    assert {change.certainty for change in comparison.items} <= {Certainty.LOW, Certainty.RECALL}
    assert [change.elements_removed for change in comparison.items if change.elements_removed] == []


def test_draft_tells_the_office_what_to_do_in_thai() -> None:
    files = draft("ita-2569", 2570)
    assert files.framework_yaml.startswith("# ร่างกรอบการประเมินปี 2570 เริ่มจาก ita-2569 ทุกข้อยังไม่ยืนยัน\n")
    assert "# ตรวจไฟล์ด้วย: prongsai frameworks check ita-2570.yaml\n" in files.framework_yaml
    assert files.crosswalk_yaml.startswith("# ตารางเทียบข้อ ita-2569 กับ ita-2570 ทุกแถวเริ่มเป็น kept และยังไม่ยืนยัน\n")


def test_draft_that_is_mended_without_its_crosswalk_is_reported(tmp_path: Path) -> None:
    first, second = draft("ita-2569", 2570).save(tmp_path)
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace("title_th: แผนปฏิบัติการป้องกันการทุจริต\n", "title_th: แผนต้านทุจริต\n"), encoding="utf-8")
    line = second.read_text(encoding="utf-8").splitlines().index("    from: [O23]")
    assert (check(first), lined(check(second))) == ([], [("FRAMEWORK_CROSSWALK_TITLE", line)])


def test_draft_will_not_write_over_a_file(tmp_path: Path) -> None:
    files = draft("ita-2569", 2570)
    files.save(tmp_path)
    with pytest.raises(FileUnusable):
        files.save(tmp_path)


def test_draft_wants_a_later_year() -> None:
    with pytest.raises(FrameworkError):
        draft("ita-2569", 2569)
    with pytest.raises(UnknownFramework):
        draft("ita-2599", 2600)


def test_draft_names_its_files() -> None:
    shown = draft("ita-2569", 2570).to_json()
    assert (shown["framework_id"], shown["framework_name"], shown["crosswalk_name"]) == (
        "ita-2570",
        "ita-2570.yaml",
        "crosswalk-ita-2569-2570.yaml",
    )


def _item_text(text: str, code: str) -> str:
    start = text.index(f"  - code: {code}\n")
    return text[start : text.index("  - code: ", start + 1)]


def _row(relation: str, old: str, new: str) -> str:
    basis = "    basis: {certainty: low, sources: [carried-over]}\n"
    return f"  - relation: {relation}\n    from: [{old}]\n    to: [{new}]\n{basis}"


def test_draft_worked_through_as_the_howto_says_checks_clean(tmp_path: Path) -> None:
    """One item is given up, two are joined, one is renamed; then the year is compared under the office's folder."""
    first, second = draft("ita-2569", 2570).save(tmp_path)
    text = first.read_text(encoding="utf-8")
    text = text.replace(_item_text(text, "O4"), "").replace(_item_text(text, "O17"), "")
    text = text.replace("key: complaints.corruption.guideline", "key: complaints.corruption.guideline-and-channel")
    first.write_text(text.replace("title_th: ข้อมูลผู้บริหาร\n", "title_th: ผู้บริหาร\n"), encoding="utf-8")
    rows = second.read_text(encoding="utf-8")
    noted = "    note_th: ยังไม่ยืนยัน\n    basis"
    kept = {code: _row("kept", code, code).replace("    basis", noted) for code in ("O2", "O4", "O16", "O17")}
    rows = rows.replace(kept["O2"], _row("renamed", "O2", "O2")).replace(kept["O4"], _row("retired", "O4", ""))
    rows = rows.replace(kept["O16"], _row("merged", "O16, O17", "O16")).replace(kept["O17"], "")
    second.write_text(rows, encoding="utf-8")
    assert [check(first), check(second)] == [[], []]
    comparison = compare("ita-2569", "ita-2570", folder=tmp_path)
    changed = [(c.relation.value, [i.code for i in c.before], [i.code for i in c.after]) for c in comparison.items]
    assert [each for each in changed if each[0] != "kept"] == [
        ("renamed", ["O2"], ["O2"]),
        ("merged", ["O16", "O17"], ["O16"]),
        ("retired", ["O4"], []),
    ]


@pytest.mark.parametrize("year", [-1, 0, 2499, 2700, 10**30])
def test_draft_refuses_a_year_that_is_not_of_this_era(year: int) -> None:
    with pytest.raises(FrameworkError) as caught:
        draft("ita-2569", year)
    assert caught.value.one_line == f"ปีงบประมาณ {year} ไม่อยู่ระหว่าง 2500 ถึง 2699 — ระบุปีเป็นพุทธศักราช เช่น 2570"


def test_draft_says_that_it_cannot_write(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(FileUnusable) as caught:
        draft("ita-2569", 2570).save(taken)
    assert caught.value.message_th == f"เขียนไฟล์ลงใน {taken} ไม่ได้"
