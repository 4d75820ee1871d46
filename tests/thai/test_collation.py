import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.collation import sort_key


def ordered(*texts: str) -> list[str]:
    return sorted(texts, key=sort_key)


@pytest.mark.parametrize(
    "right",
    [
        ["กา", "เกิด", "แกง", "ไก่", "ขา"],  # leading vowels after their consonant
        ["กา", "ก่า", "ก้า", "ก๊า", "ก๋า"],  # tone marks only where all else is equal
        ["ก้าน", "กานดา"],  # a mark never outweighs a letter
        ["เก็ง", "เก่ง", "เก้ง", "เก๋ง"],
        ["เทศบาล", "เทศบาลตำบล", "เทศบาลนคร", "เทศบาลเมือง"],
        ["จัน", "จันทร", "จันทร์", "จันทรา"],
        ["ต่าง", "ต่างๆ", "ต่างหาก"],  # ๆ is ignored
        ["กองวิชาการ", "กองวิชาการฯ", "กองวิชาการและแผนงาน"],
        ["ข้อ 2", "ข้อ ๓", "ข้อ 4"],  # both kinds of digits alike
        ["กม.", "กมล"],  # punctuation and spaces are ignored
        ["กน.", "ก้น ๆ", "กนก"],
        ["ITA", "oit", "กอง"],  # Latin before Thai, without case
    ],
)
def test_sort_key_follows_the_dictionary(right: list[str]) -> None:
    shuffled = right[:]
    random.Random(7).shuffle(shuffled)
    assert ordered(*shuffled) == right


def test_sort_key_is_not_code_point_order() -> None:
    assert ordered("เกาะ", "ขนม") == ["เกาะ", "ขนม"]
    assert sorted(["เกาะ", "ขนม"]) == ["ขนม", "เกาะ"]


@given(st.lists(st.text(alphabet="กขคเแไา่้์ๆฯ ๑1aA", max_size=5), min_size=3, max_size=3))
def test_sort_key_is_a_total_order(texts: list[str]) -> None:
    a, b, c = map(sort_key, texts)
    assert (a == b) == (texts[0] == texts[1])
    assert (a < b) + (a == b) + (a > b) == 1
    if a <= b and b <= c:
        assert a <= c


def test_sort_key_agrees_with_the_library_wherever_the_letters_decide() -> None:
    from pythainlp.corpus import thai_words
    from pythainlp.util import collate

    without_marks = [word for word in thai_words() if all("ก" <= c <= "ๅ" and c not in "ฯฺๅ" for c in word)]
    assert len(without_marks) > 20_000
    assert sorted(without_marks, key=sort_key) == collate(sorted(without_marks))


def test_sort_key_is_right_where_the_library_lets_a_tone_outweigh_a_letter() -> None:
    from pythainlp.util import collate

    assert collate(["กานดา", "ก้าน"]) == ["กานดา", "ก้าน"]
    assert ordered("กานดา", "ก้าน") == ["ก้าน", "กานดา"]
