import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai import segmentation
from prongsai.thai.segmentation import break_lines, display_width, words
from tests.thai.hostile import assert_quick


def test_words_cuts_a_known_sentence() -> None:
    assert words("เทศบาลรายงานผลการประเมินคุณธรรม") == ["เทศบาล", "รายงาน", "ผล", "การประเมิน", "คุณธรรม"]


def test_words_keeps_what_is_said_to_be_a_word() -> None:
    assert "บ้านสวนพลู" not in words("เทศบาลตำบลบ้านสวนพลูรายงาน")
    assert words("เทศบาลตำบลบ้านสวนพลูรายงาน", ["บ้านสวนพลู"]) == ["เทศบาลตำบล", "บ้านสวนพลู", "รายงาน"]


@given(st.text(alphabet="กขมนาะเแ่้ิ ๑1.(ๆ\n", max_size=40))
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(words(text)) == text


def test_an_engine_that_does_not_cut_is_found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from pythainlp.tokenize import newmm

    segmentation._cutter.cache_clear()
    monkeypatch.setattr(newmm, "segment", lambda text, **_: [text])
    with pytest.raises(ImportError, match="does not break words"):
        words("เทศบาล")
    segmentation._cutter.cache_clear()


@pytest.mark.parametrize(("text", "width"), [("ที่นี่", 2), ("น้ำ", 2), ("abc", 3), ("派", 2), ("", 0), ("ก\u200bข", 2)])
def test_display_width_gives_marks_no_column(text: str, width: int) -> None:
    assert display_width(text) == width


def test_break_lines_breaks_between_words() -> None:
    text = "การปฏิบัติหรือให้บริการแก่บุคคลภายนอก เป็นไปตามขั้นตอน"
    assert break_lines(text, 20) == ["การปฏิบัติหรือให้บริการแก่", "บุคคลภายนอก เป็นไปตาม", "ขั้นตอน"]


def test_break_lines_keeps_signs_with_their_word_and_breaks_as_printed() -> None:
    assert break_lines("ต่าง ๆ\nและ (ข้อ)", 80) == ["ต่าง ๆ", "และ (ข้อ)"]
    assert all(line[0] not in "ๆฯ)" for line in break_lines("เรื่องต่างๆ ทุกๆเรื่อง (ก) (ข)" * 4, 9))


@given(st.text(alphabet="กขมาะเ่้ิ์ำ ab๑ๆ(", max_size=60), st.integers(2, 12))
def test_break_lines_never_exceeds_the_width_nor_loses_a_letter(text: str, width: int) -> None:
    lines = break_lines(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert display_width(line) <= width


def test_break_lines_cuts_a_wide_word_never_before_a_mark() -> None:
    lines = break_lines("ก่ข้ค้ง่" * 10, 3)
    assert len(lines) > 5
    assert all(unicodedata.category(line[0]) == "Lo" for line in lines)


def test_break_lines_drops_a_leading_space_that_does_not_fit() -> None:
    assert break_lines(" aa", 2) == ["aa"]
    assert break_lines("  ก", 9) == ["  ก"]


def test_break_lines_refuses_no_width() -> None:
    with pytest.raises(ValueError, match="two columns"):
        break_lines("ก", 1)


def test_segmentation_takes_linear_time_on_hostile_text() -> None:
    words("ก")  # the dictionary is read once
    assert_quick(words, ["ตากลม" * 40_000, "ก" * 200_000, "่" * 200_000, "กา" * 100_000])
    assert_quick(display_width, ["ก่" * 100_000])
