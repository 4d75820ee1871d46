"""Scraps of HTML in a cell: open tags, boxes, entities, and what only looks like a tag."""

import pytest

from prongsai.documents.model import Line, Mark
from prongsai.documents.read.fragment import read_fragment


def said(raw: str) -> list[tuple[str, Mark]]:
    return [(line.text, line.mark) for line in read_fragment(raw)]


def test_plain_text_is_one_line_with_spaces_collapsed() -> None:
    assert read_fragment("  แผน  อัตรากำลัง ") == (Line("แผน อัตรากำลัง"),)


def test_soft_break_is_a_space() -> None:
    assert said("สำนักปลัด<br>เทศบาล<br/>ตำบล") == [("สำนักปลัด เทศบาล ตำบล", Mark.NONE)]


def test_list_without_items_or_end_is_in_list() -> None:
    assert read_fragment("<ol> ก ข ค ") == (Line("ก ข ค", Mark.NONE, in_list=True),)


def test_list_items_are_marked_even_when_open() -> None:
    assert said("<ul><li>ก<li>ข</ul>ค") == [("ก", Mark.ITEM), ("ข", Mark.ITEM), ("ค", Mark.NONE)]


@pytest.mark.parametrize(
    "raw",
    [
        '<input checked="" type="checkbox"/> เสร็จ <input type="checkbox"/> ยังไม่',
        '<p><input type="checkbox" checked> เสร็จ</p><p><input type="checkbox"> ยังไม่</p>',
        "☑ เสร็จ ☐ ยังไม่",
        "[x] เสร็จ [ ] ยังไม่",
        "(/) เสร็จ ( ) ยังไม่",
    ],
)
def test_box_marks_the_label_after_it(raw: str) -> None:
    assert said(raw) == [("เสร็จ", Mark.TICKED), ("ยังไม่", Mark.UNTICKED)]


def test_words_before_boxes_stay() -> None:
    assert said("ทำแล้ว ☑ เสร็จ ☐ ยังไม่") == [("ทำแล้ว", Mark.NONE), ("เสร็จ", Mark.TICKED), ("ยังไม่", Mark.UNTICKED)]


def test_one_symbol_inside_a_sentence_is_no_box() -> None:
    assert said("ทำเครื่องหมาย ✓ ในช่อง") == [("ทำเครื่องหมาย ✓ ในช่อง", Mark.NONE)]


@pytest.mark.parametrize("raw", ["คะแนน < 85", "a<b และ c>d", "<<ด่วน>>", "AT&T", "R&D; และ &", "<", "<p", "&#x;"])
def test_what_only_looks_like_a_tag_stays(raw: str) -> None:
    assert "".join(line.text for line in read_fragment(raw)).replace(" ", "") == raw.replace(" ", "")


def test_entities_become_characters() -> None:
    assert said("Dos &amp; Don&#39;ts&nbsp;ของหน่วยงาน") == [("Dos & Don'ts ของหน่วยงาน", Mark.NONE)]


def test_scripts_say_nothing() -> None:
    assert said("ก<script>alert(1)</script>ข<style>p{}</style>") == [("กข", Mark.NONE)]


def test_sara_am_is_one_character_and_doubled_tones_stay() -> None:
    assert said("ส\u0e4d\u0e32รวจ และแก้้") == [("ส\u0e33รวจ และแก้้", Mark.NONE)]


def test_invisible_characters_go() -> None:
    assert said("เทศ\u200bบาล\ufeff") == [("เทศบาล", Mark.NONE)]
