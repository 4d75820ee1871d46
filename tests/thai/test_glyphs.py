"""Thai as PDF files give it."""

from pathlib import Path

import pytest

from prongsai.thai.glyphs import from_latin, mend_marks, mend_sara_am

CLEAN = sorted((Path(__file__).resolve().parents[2] / "samples" / "clean").glob("*.txt"))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("ก ่อน", "ก่อน"),
        ("ก่ ่อน", "ก่อน"),
        ("ปฏิบ ัติ", "ปฏิบัติ"),
        ("เทศบาลต ําบล", "เทศบาลตำบล"),
        ("ต ำบล", "ตำบล"),
        ("น ้ำ", "น้ำ"),
        ("สํ านัก", "สำนัก"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นํ ้า", "น้ำ"),
        ("เเผน", "แผน"),
        ("่กอน", "ก่อน"),
        ("เ่กา", "เก่า"),
        ("กเ่า", "เก่า"),
        ("กเาะ", "เกาะ"),
        ("ก่่อน", "ก่อน"),
        ("ท่ี", "ที่"),
        ("\uf70eก", "ก์"),
        ("ป\uf710น", "ปัน"),
        ("\uf700านะ", "ฐานะ"),
    ],
)
def test_marks_and_vowels_are_put_right(given: str, meant: str) -> None:
    assert mend_marks(given) == meant
    assert mend_marks(meant) == meant


@pytest.mark.parametrize(
    "text",
    ["โปร่งใส เปิด เก็บ", "การใช้ แ", "E-Service – 92.22 %", "ทำ ๆ ฯลฯ", "ข้อ ๑) ก. - ๓.", "œuvre é", "", " เริ่ม"],
)
def test_text_without_a_fault_is_left(text: str) -> None:
    assert mend_marks(text) == text


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_papers_are_left(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [mend_marks(line) for line in lines] == lines
    assert mend_sara_am(lines) is None


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
@pytest.mark.parametrize(("one", "other"), [("า", "ำ"), ("ำ", "า")])
def test_vowels_that_share_a_glyph_are_told_by_the_dictionary(path: Path, one: str, other: str) -> None:
    good = path.read_text(encoding="utf-8")
    mended = mend_sara_am(good.replace(one, other).splitlines())
    assert mended is not None
    assert mended.after > 0.98 > mended.before
    differing = sum(a != b for a, b in zip("\n".join(mended.texts), "\n".join(good.splitlines()), strict=True))
    assert differing <= 2


def test_words_of_no_dictionary_keep_the_usual_vowel() -> None:
    good = ["นายกฤษฎำนุวัฒน์ " * 2 + "รำชกำรประกำศใช้ในหน่วยงำนและควำมโปร่งใส" * 8]
    mended = mend_sara_am(good)
    assert mended is not None
    assert mended.texts[0].startswith("นายกฤษฎานุวัฒน์")


def test_few_letters_prove_nothing() -> None:
    assert mend_sara_am(["กำรใช้งำน"]) is None


def test_one_font_of_several_is_noticed_by_its_words() -> None:
    good = "ดำเนินการตามอำนาจหน้าที่และประกาศจำนวนงานราชการให้ประชาชนทราบทางสำนักงาน"
    mended = mend_sara_am([good] * 3 + [good.replace("า", "ำ")] * 2)
    assert mended is not None
    assert mended.texts == (good,) * 5


def test_thai_taken_for_latin_is_thai_again() -> None:
    assert from_latin("à·ÈºÒÅ µÓºÅ") == "เทศบาล ตำบล"
    assert from_latin("café à la carte") is None
    assert from_latin("เทศบาล") is None
