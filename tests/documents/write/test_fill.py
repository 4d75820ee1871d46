"""Lines of known widths."""

import pytest

from prongsai.documents.fonts.shipped import load
from prongsai.documents.write.breaks import Breaker
from prongsai.documents.write.fill import Filler

FILLER = Filler(load(None), Breaker(()))
TEXT = "คณะกรรมการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน ได้ดำเนินการจัดทำรายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรม"


def lines(text: str, width: float, **how: float | bool) -> list[str]:
    return [line.text for line in FILLER.lines(text, width, 16, **how)]  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [20, 60, 150, 454])
def test_lines_joined_are_the_text(width: float) -> None:
    assert "".join(lines(TEXT, width)) == TEXT


@pytest.mark.parametrize("width", [60, 150, 454])
def test_no_line_is_wider_than_its_column(width: float) -> None:
    assert max(FILLER.fonts.width(line.rstrip(), 16) for line in lines(TEXT, width)) <= width


def test_first_line_is_narrower_by_the_indent() -> None:
    indented = lines(TEXT, 200, indent=70)
    assert FILLER.fonts.width(indented[0].rstrip(), 16) <= 130
    assert len(indented[0]) < len(lines(TEXT, 200)[0])


def test_a_word_wider_than_its_column_is_cut_between_clusters() -> None:
    assert lines("ชี้น้ำ", 9) == ["ชี้", "น้ำ"]


def test_balanced_lines_cut_no_word_that_has_room() -> None:
    room = FILLER.narrowest("ผลกระทบ", 14, bold=True) + 1
    assert [line.text for line in FILLER.balanced("ผลกระทบ (I)", room, 14, bold=True)] == ["ผลกระทบ ", "(I)"]


def test_an_empty_text_has_no_line() -> None:
    assert lines("", 100) == []


def test_full_lines_reach_the_margin_and_the_last_stays() -> None:
    *full, last = FILLER.lines(TEXT, 220, 16, justify=True)
    assert last.to_json() == last.text
    for line in full:
        shown = line.text.rstrip()
        gaps = len([char for char in shown if FILLER.fonts.regular.get(char)]) - 1 - shown.count("ำ")
        if line.tracking:
            wide = FILLER.fonts.width(shown, 16) + gaps * line.tracking + shown.count(" ") * line.spacing
            assert wide == pytest.approx(220, abs=1.5)


def test_a_line_that_would_need_holes_is_left_ragged() -> None:
    filler = Filler(load(None), Breaker(("เทศบาลตำบลบ้านสวนพลู",)))
    first = filler.lines("ประกาศของเทศบาลตำบลบ้านสวนพลู", 130, 16, justify=True)[0]
    assert first.to_json() == "ประกาศของ"


def test_latin_letters_are_not_pulled_apart() -> None:
    line, *_ = FILLER.lines("Integrity and Transparency Assessment of this year", 200, 16, justify=True)
    assert line.tracking == 0
    assert line.spacing > 0


def test_balanced_lines_are_as_few_and_more_even() -> None:
    text = "เรื่อง มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"
    plain, even = lines(text, 320), [line.text for line in FILLER.balanced(text, 320, 16)]
    assert len(plain) == len(even) == 2
    assert abs(len(even[0]) - len(even[1])) < abs(len(plain[0]) - len(plain[1]))


def test_narrowest_is_the_width_of_the_longest_word() -> None:
    assert FILLER.narrowest("แผน ประชาสัมพันธ์", 16) == pytest.approx(FILLER.width("ประชาสัมพันธ์", 16))
