import pytest

from prongsai.thai.letters import LetterNumber, read_letter_number
from tests.thai.hostile import assert_quick


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ลบ ๕๒๗๐๑.๐๔/๓๑๗", LetterNumber("ลบ", "52701.04", False, 317, None, "ลบ ๕๒๗๐๑.๐๔/๓๑๗")),
        ("ลบ 52001/508", LetterNumber("ลบ", "52001", False, 508, None, "ลบ 52001/508")),
        ("ที่ ...ลบ ๕๒๔๐๑/ ๒๒๐", LetterNumber("ลบ", "52401", False, 220, None, "ลบ ๕๒๔๐๑/ ๒๒๐")),
        ("ลบ ๕๒๐๐๑/ว ๑๒๓", LetterNumber("ลบ", "52001", True, 123, None, "ลบ ๕๒๐๐๑/ว ๑๒๓")),
        ("ลบ๕๒๐๐๑/ว๑๒๓", LetterNumber("ลบ", "52001", True, 123, None, "ลบ๕๒๐๐๑/ว๑๒๓")),
        ("ด่วนที่สุด ที่ มท ๐๘๐๘.๒/ว ๓๘๖๖", LetterNumber("มท", "0808.2", True, 3866, None, "มท ๐๘๐๘.๒/ว ๓๘๖๖")),
        ("ที่ ลบ ๕๒๐๐๑/๗ วันที่ ๒๙ พฤษภาคม ๒๕๖๓", LetterNumber("ลบ", "52001", False, 7, None, "ลบ ๕๒๐๐๑/๗")),
        ("ลบ ๕๒๐๐๑/๑๒/๒๕๖๙", LetterNumber("ลบ", "52001", False, 12, 2569, "ลบ ๕๒๐๐๑/๑๒/๒๕๖๙")),
        ("๒๐๙/๒๕๖๓", LetterNumber(None, None, False, 209, 2563, "๒๐๙/๒๕๖๓")),
        ("คำสั่งที่ ๒๐๙/๒๕๖๓", LetterNumber(None, None, False, 209, 2563, "๒๐๙/๒๕๖๓")),
    ],
)
def test_read_letter_number_reads_letters_and_orders(text: str, found: LetterNumber) -> None:
    assert read_letter_number(text) == found


@pytest.mark.parametrize(
    "text", ["", "ที่ ..........", "ลบ ๕๒๐๐๑/", "๕๒๐๐๑/๕๐๘", "ลบ ๕๒/๕๐๘", "ลบ ๕๒๐๐๑", "ลำดับที่ ๕", "๑/๑๒"]
)
def test_read_letter_number_finds_none_where_none_is(text: str) -> None:
    assert read_letter_number(text) is None


def test_letters_take_linear_time_on_hostile_text() -> None:
    assert_quick(
        read_letter_number, ["ที่ " * 50_000, "." * 200_000, "ด่วน " * 40_000, "ลบ 5200" * 20_000, "1/" * 100_000]
    )
