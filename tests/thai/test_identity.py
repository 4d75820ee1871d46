import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.identity import check_digit, find_ids, mask_id, valid_national_id
from prongsai.thai.numerals import to_thai
from tests.thai.hostile import assert_quick

COMPANY = "0107536000315"  # a listed company's public number
TWELVE = st.integers(0, 8 * 10**11 - 1).map(lambda n: f"{n:012d}")


def test_a_known_number_is_valid_in_every_print() -> None:
    for text in (COMPANY, "0-1075-36000-31-5", to_thai(COMPANY), "0 1075 36000 31 5"):
        assert valid_national_id(text)


@given(TWELVE)
def test_exactly_one_check_digit_is_valid(twelve: str) -> None:
    valid = [last for last in range(10) if valid_national_id(f"{twelve}{last}")]
    assert valid == [check_digit(twelve)]


@pytest.mark.parametrize("text", ["", "123", "9107536000315", "010753600031", "01075360003155", "ก107536000315"])
def test_what_has_not_thirteen_digits_is_invalid(text: str) -> None:
    assert not valid_national_id(text)


def test_check_digit_refuses_other_lengths() -> None:
    with pytest.raises(ValueError, match="twelve digits"):
        check_digit("123")


@pytest.mark.parametrize(
    ("text", "keep", "masked"),
    [
        (COMPANY, 4, "x-xxxx-xxxx0-31-5"),
        (to_thai(COMPANY), 3, "x-xxxx-xxxxx-31-5"),
        (COMPANY, 0, "x-xxxx-xxxxx-xx-x"),
        ("0107-5", 4, "xxxx-x"),
        ("นาย ก", 4, "xxx x"),
    ],
)
def test_mask_id_shows_at_most_the_end(text: str, keep: int, masked: str) -> None:
    assert mask_id(text, keep) == masked


def test_mask_id_refuses_to_show_more() -> None:
    with pytest.raises(ValueError, match="last four"):
        mask_id(COMPANY, 5)


def test_find_ids_finds_bare_and_grouped_with_their_validity() -> None:
    text = "เลข ๐-๑๐๗๕-๓๖๐๐๐-๓๑-๕ และ 0107536000316 แต่ไม่ใช่ 01075360003155 หรือ 0-3600-0000"
    found = find_ids(text)
    assert [(one.digits, one.valid) for one in found] == [(COMPANY, True), ("0107536000316", False)]
    assert text[found[0].start : found[0].end] == "๐-๑๐๗๕-๓๖๐๐๐-๓๑-๕"


def test_identity_takes_linear_time_on_hostile_text() -> None:
    for read in (find_ids, valid_national_id, mask_id):
        assert_quick(read, ["1" * 200_000, "1-" * 100_000, "1 " * 100_000, "123456789012-" * 15_000])
