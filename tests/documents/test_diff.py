"""What changed between two documents as they are printed."""

import random

import pytest

from prongsai.documents.diff import (
    Change,
    ChangeKind,
    Piece,
    Segment,
    compare_pieces,
    likely_pairs,
    longest_rise,
    marked,
    pieces,
    shortened,
    with_signs,
)
from prongsai.documents.read.text import read_text
from prongsai.errors import Where
from tests.conftest import PROVE


def changes(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    found = compare_pieces(*(pieces(read_text(text.encode(), "x.txt")) for text in (old, new)))
    return [(change.kind.value, change.before, change.after) for change in found]


PROSE = "เทศบาลจัดทำแผนพัฒนา\n\nกองคลังประกาศราคากลาง\n\nกองช่างสำรวจถนน\n\nสำนักปลัดรายงานผล\n"
TABLE = "ที่\tงาน\tผู้ทำ\n๑\tประกาศแผนจัดซื้อ\tกองคลัง\n๒\tสำรวจความเห็นประชาชน\tกองช่าง\n๓\tรายงานผลประจำปี\tสำนักปลัด\n"


def test_same_text_has_no_change_white_space_aside() -> None:
    assert changes(PROSE, PROSE.replace("\n\n", "\n\n\n").replace("แผนพัฒนา", "แผน พัฒนา")) == []


def test_paragraph_added_removed_changed_and_moved() -> None:
    lines = PROSE.split("\n\n")
    assert changes(PROSE, f"{PROSE}\n\nใหม่ทั้งหมด") == [("paragraph_added", None, "ใหม่ทั้งหมด")]
    assert changes(PROSE, "\n\n".join([lines[0], *lines[2:]])) == [("paragraph_removed", lines[1], None)]
    assert changes(PROSE, PROSE.replace("สำรวจถนน", "ซ่อมถนน")) == [
        ("paragraph_changed", "กองช่างสำรวจถนน", "กองช่างซ่อมถนน")
    ]
    moved = "\n\n".join([lines[2], lines[0], lines[1], lines[3]])
    assert changes(PROSE, moved) == [("paragraph_moved", lines[2], lines[2])]


def test_digit_and_tone_mark_are_changes() -> None:
    assert changes("ข้อ ๓", "ข้อ 3") == [("paragraph_changed", "ข้อ ๓", "ข้อ 3")]
    assert changes("กองคลังประกาศว่า", "กองคลังประกาศวา") == [("paragraph_changed", "กองคลังประกาศว่า", "กองคลังประกาศวา")]


def test_cells_of_a_row_are_told_by_their_heads() -> None:
    found = compare_pieces(
        *(pieces(read_text(text.encode(), "x.txt")) for text in (TABLE, TABLE.replace("กองช่าง", "กองคลังและกองช่าง")))
    )
    assert found == (
        Change(
            ChangeKind.FIELD_CHANGED, Where("x.txt", 3, None, 1, 3, 3), Where("x.txt", 3, None, 1, 3, 3),
            "column_3", "ผู้ทำ", "กองช่าง", "กองคลังและกองช่าง", "๒ สำรวจความเห็นประชาชน กองคลังและกองช่าง",
        ),
    )  # fmt: skip


def test_row_added_removed_and_moved() -> None:
    rows = TABLE.splitlines()
    assert changes(TABLE, TABLE + "๔\tซ่อมถนน\tกองช่าง\n") == [("row_added", None, "๔ ซ่อมถนน กองช่าง")]
    assert changes(TABLE, "\n".join(rows[:-1])) == [("row_removed", "๓ รายงานผลประจำปี สำนักปลัด", None)]
    assert [kind for kind, *_ in changes(TABLE, "\n".join([rows[0], rows[3], rows[1], rows[2]]))] == ["row_moved"]


def test_head_printed_again_on_a_new_page_is_no_row() -> None:
    rows = TABLE.splitlines()
    assert changes(TABLE, "\n".join([*rows[:2], "", rows[0], *rows[2:]])) == []


def test_form_for_machines_is_stable() -> None:
    (change,) = compare_pieces([Piece("ก ข", Where("a", 1))], [Piece("ก ข ค", Where("b", 3))])
    form = change.to_json()
    assert list(form) == ["kind", "where_old", "where_new", "field", "field_th", "before", "after", "message_th"]
    assert (form["kind"], form["before"], form["after"], form["message_th"]) == (
        "paragraph_changed", "ก ข", "ก ข ค", "แก้ข้อความ “ก ข” เป็น “ก ข ค”",
    )  # fmt: skip


def test_long_change_is_told_by_its_words() -> None:
    long = "เทศบาลตำบลบ้านสวนพลูประกาศแผนการจัดซื้อจัดจ้าง " * 4
    change = Change(ChangeKind.PARAGRAPH_CHANGED, None, None, before=long + "ปี ๒๕๖๗", after=long + "ปี ๒๕๖๘")
    assert change.message_th == "แก้ข้อความ …แผนการจัดซื้อจัดจ้าง ปี [-๒๕๖๗-]{+๒๕๖๘+}"


@pytest.mark.parametrize(
    ("kind", "lead"), [(ChangeKind.ROW_MOVED, "ย้ายแถว"), (ChangeKind.PARAGRAPH_MOVED, "ย้ายข้อความ")]
)
def test_long_words_that_moved_are_told_once(kind: ChangeKind, lead: str) -> None:
    assert Change(kind, None, None, before="ก" * 120, after="ก" * 120).message_th == f"{lead} “{'ก' * 89}…”"


def test_moved_row_of_a_record_is_told_by_its_places() -> None:
    change = Change(ChangeKind.ROW_MOVED, None, None, before="1", after="3", row="O9")
    assert change.message_th == "O9 ย้ายจากลำดับ “1” ไปลำดับ “3”"


def test_words_that_changed_are_marked_whole() -> None:
    assert marked("กองคลังตรวจเอกสารแล้ว", "กองคลังแก้เอกสารแล้ว") == (
        Segment(" ", "กองคลัง"), Segment("-", "ตรวจ"), Segment("+", "แก้"), Segment(" ", "เอกสารแล้ว"),
    )  # fmt: skip


def test_marked_words_give_back_both_texts() -> None:
    chance = random.Random(1)
    stock = ["กองคลัง", "เทศบาล", "แผน", " ", "๒๕๖๗", "น้ำ", "(", ")", "A-1"]
    for _ in range(500 if PROVE else 60):
        old, new = ("".join(chance.choices(stock, k=chance.randint(0, 12))) for _ in range(2))
        segments = marked(old, new)
        assert "".join(s.text for s in segments if s.sign != "+") == " ".join(old.split())
        assert "".join(s.text for s in segments if s.sign != "-") == " ".join(new.split())


def test_what_did_not_change_is_cut_down_but_changes_never_are() -> None:
    found = shortened((Segment(" ", "ก" * 90), Segment("+", "ข" * 90), Segment(" ", "ค" * 90)))
    assert with_signs(found) == f"…{'ก' * 24}{{+{'ข' * 90}+}}{'ค' * 24}…"


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [([], set()), ([0, 1, 2], {0, 1, 2}), ([3, 0, 1, 2], {1, 2, 3}), ([0, 3, 1, 2], {0, 2, 3}), ([2, 1, 0], {2})],
)
def test_longest_rise_is_what_stayed(numbers: list[int], kept: set[int]) -> None:
    assert longest_rise(numbers) == kept


def test_pairs_never_cross() -> None:
    chance = random.Random(2)
    stock = ["กองคลังประกาศ", "กองช่างประกาศ", "กองช่างสำรวจ", "สำนักปลัดรายงาน"]
    for _ in range(200):
        old, new = (chance.choices(stock, k=chance.randint(0, 8)) for _ in range(2))
        pairs = likely_pairs(old, new)
        assert pairs == sorted(pairs, key=lambda pair: pair[1])
        assert len({first for first, _ in pairs}) == len({second for _, second in pairs}) == len(pairs)


def test_two_thousand_changed_paragraphs_are_told() -> None:
    old = [Piece(f"ข้อความที่ {n} ของเทศบาล", Where("a", n)) for n in range(2000)]
    new = [Piece(f"ข้อความที่ {n} ของอำเภอ", Where("b", n)) for n in range(2000)]
    assert {change.kind for change in compare_pieces(old, new)} == {ChangeKind.PARAGRAPH_CHANGED}
