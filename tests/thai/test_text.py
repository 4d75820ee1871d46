import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.text import collapse, fold, foreign_letters, has_thai, normalise, squeeze
from tests.thai.hostile import assert_quick

MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("สํานัก", "สำนัก"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("เเละ", "และ"),
        ("แก้้ไข", "แก้ไข"),
        ("ท่ีดิน", "ที่ดิน"),
        ("ก\u200bข\u200cค\u200dง\ufeff", "กขคง"),
        ("ก\u00a0ข", "ก ข"),
        ("ที\uf70aดิน", "ที่ดิน"),
        ("ป\uf702น", "ปีน"),
        ("ต\uf710ว", "ตัว"),
        ("กิตติศัพท\uf70e", "กิตติศัพท์"),
        ("\uf70fาต", "ญาต"),
        ("\uf700าน", "ฐาน"),
        ("กฎ\uf718", "กฎุ"),
        ("cafe\u0301", "café"),
        ("๒๕๖๙ 2569", "๒๕๖๙ 2569"),
        ("มาตราการ สุนี๋ย", "มาตราการ สุนี๋ย"),
        ("plain ascii  text", "plain ascii  text"),
    ],
)
def test_normalise_gives_one_spelling_for_one_look(typed: str, meant: str) -> None:
    assert normalise(typed) == unicodedata.normalize("NFC", meant)


def test_normalise_maps_the_whole_private_use_range() -> None:
    for code in range(0xF700, 0xF71B):
        (mapped,) = normalise("ก" + chr(code))[1:] or "?"
        assert "\u0e01" <= mapped <= "\u0e4e"


@given(st.text(alphabet="กนเแาำๅฤ" + MARKS + "\u200b\u00a0\uf70a\uf711 ๑1", max_size=14))
def test_normalise_is_idempotent_on_marks(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=40))
def test_normalise_is_idempotent_on_any_text(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet="กขคงจฉเแโใไาะ" + "่้๊๋", max_size=20))
def test_normalise_keeps_every_consonant(text: str) -> None:
    assert [c for c in normalise(text) if "ก" <= c <= "ฮ"] == [c for c in text if "ก" <= c <= "ฮ"]


@pytest.mark.parametrize("letter", ["q", "ก", "字"])
def test_a_pile_of_accents_is_left_where_it_begins_to_be_absurd(letter: str) -> None:
    accents = "\u0323\u0301" * 32  # below and above by turns: in typing order all that is below comes first
    settled = "\u0323" * 32 + "\u0301" * 32
    assert normalise(f"ก {letter}{accents}").endswith(settled[-62:])
    assert normalise(f"ก {letter}{accents}\u0323").endswith(accents + "\u0323")
    assert normalise(f"{letter}{accents} {letter}{accents}").count(settled[-62:]) == 2


def test_squeeze_removes_all_white_space() -> None:
    assert squeeze(" แผน\n อัตรา\u00a0กำลัง\u200b\t") == "แผนอัตรากำลัง"


def test_collapse_makes_runs_one_space() -> None:
    assert collapse("  แผน \n\n อัตรากำลัง ") == "แผน อัตรากำลัง"


def test_fold_makes_prints_comparable() -> None:
    assert fold("สํานัก ปลัด ITA ๒๕๖๙") == fold("สำนักปลัด ita 2569")
    assert fold("กองคลัง") != fold("กองช่าง")


def test_has_thai_sees_letters_and_digits() -> None:
    assert [has_thai(text) for text in ("No Gift", "ก", "๕", "", "派")] == [False, True, True, False, False]


def test_foreign_letters_names_strays_only() -> None:
    assert foreign_letters("ไม่派คง Ωé No-Gift ๑ ¼ ☑ ກ") == "派Ωກ"
    assert foreign_letters("มาตรการ ITA & E-Service ๒๕๖๙ “คำ” • ○") == ""


def test_text_takes_linear_time_on_hostile_text() -> None:
    texts = ["ก่ำ" * 70_000, "ํ" * 200_000, "ุ้" * 100_000, "\u0323\u0301" * 100_000, "ก้ํา\u0301" * 50_000, "ํา" * 100_000]
    for read in (normalise, fold, squeeze, foreign_letters):
        assert_quick(read, texts)
