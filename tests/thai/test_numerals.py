from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.numerals import (
    digit_style,
    find_item_codes,
    ordinal_mark,
    read_item_code,
    read_number,
    read_ordinal,
    read_score,
    to_arabic,
    to_thai,
)
from tests.thai.hostile import assert_quick


def test_digits_change_both_ways() -> None:
    assert to_arabic("ปี ๒๕๖๙ ข้อ 7") == "ปี 2569 ข้อ 7"
    assert to_thai("ปี 2569 ข้อ ๗") == "ปี ๒๕๖๙ ข้อ ๗"


@given(st.text())
def test_to_arabic_undoes_to_thai(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert len(to_thai(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "style"), [("๒๕๖๙", "thai"), ("2569", "arabic"), ("๒๕ 69", "mixed"), ("ไม่มี", "none"), ("", "none")]
)
def test_digit_style_names_what_is_used(text: str, style: str) -> None:
    assert digit_style(text) == style


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("๑,๒๓๔.๕๐", "1234.50"),
        ("1234", "1234"),
        ("-๕", "-5"),
        ("−5.5", "-5.5"),
        ("85 %", "85"),
        (" ๘๕% ", "85"),
        ("1,23", None),
        ("12,3456", None),
        ("ร้อย", None),
        ("", None),
        ("-", None),
        ("1.2.3", None),
        ("๑๒ คน", None),
    ],
)
def test_read_number_takes_only_a_number(text: str, number: str | None) -> None:
    assert read_number(text) == (Decimal(number) if number is not None else None)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_read_number_reads_what_python_prints(number: Decimal) -> None:
    assert read_number(to_thai(f"{number:,}")) == number


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("○", "0"),
        ("◯", "0"),
        ("๐", "0"),
        ("0", "0"),
        ("O", "0"),
        ("o", "0"),
        ("๑๐๐", "100"),
        ("๑○○", "100"),
        ("๙๓.๖๐", "93.60"),
        ("๙๓. ๖๐", "93.60"),
        ("97.44 คะแนน", "97.44"),
        ("ร้อยละ ๘๕", "85"),
        ("๐.๐๐", "0.00"),
        ("", None),
        ("-", None),
        ("0๑๕", None),
        ("O1", None),
        ("ไม่มี", None),
        ("-5", None),
        ("๙๓,๖๐", None),
        ("OO", None),
    ],
)
def test_read_score_knows_a_score_from_a_code(text: str, score: str | None) -> None:
    assert read_score(text) == (Decimal(score) if score is not None else None)


def test_read_score_keeps_the_decimals_as_printed() -> None:
    assert str(read_score("๙๓.๖๐")) == "93.60"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("๐๓", "O3"),
        ("๐๑๓", "O13"),
        ("0๑๕", "O15"),
        ("O1", "O1"),
        ("o34", "O34"),
        ("○๓", "O3"),
        ("O 15", "O15"),
        ("๐๓.", "O3"),
        ("(O7)", "O7"),
        ("ข้อ ๐๒๕", "O25"),
        ("O03", "O3"),
        ("15", None),
        ("๓", None),
        ("๐", None),
        ("00", None),
        ("๐.๕", None),
        ("๐๑๐๐", None),
        ("2566", None),
        ("", None),
        ("OIT", None),
    ],
)
def test_read_item_code_takes_a_leading_zero_for_the_letter(text: str, code: str | None) -> None:
    assert read_item_code(text) == code


@pytest.mark.parametrize("zero", ["๐", "0", "O", "o", "○"])
@pytest.mark.parametrize("number", [1, 9, 10, 43])
def test_item_code_and_number_are_never_both(zero: str, number: int) -> None:
    for digits in (str(number), to_thai(str(number))):
        assert read_item_code(zero + digits) == f"O{number}"
        assert read_score(zero + digits) is None
        assert read_item_code(digits) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ตามข้อ 0๒๕ หรือเป็นไปตามข้อ ๐๒๖", ["O25", "O26"]),
        ("O15, O16 และ o17", ["O15", "O16", "O17"]),
        ("ข้อ ๐๑ - ๐๔๓", ["O1", "O43"]),
        ("ข้อ O1 ข้อ O1", ["O1", "O1"]),
        ("ข้อ๐๓๖", ["O36"]),
        ("โทร. ๐๗๕ ๖๐๐๐๐๐", []),
        ("เวลา ๐๙.๓๐ น.", []),
        ("ข้อ ๐๙.๓๐", []),
        ("วันที่ 05/10/2566", []),
        ("พ.ศ. ๒๕๖๓ และปี 2020", []),
        ("CO2 กับ H2O 5", []),
        ("จำนวน ๐๕ ราย", []),
        ("ข้อ 0.5", []),
    ],
)
def test_find_item_codes_does_not_fire_on_years_phones_and_times(text: str, codes: list[str]) -> None:
    assert find_item_codes(text) == codes


@pytest.mark.parametrize(
    ("text", "number"),
    [("๑.", 1), ("๑๒)", 12), ("(๓)", 3), ("4.", 4), ("5.)", 5), ("๖", 6), ("๒๕๖๖", None), ("ก.", None), ("", None)],
)
def test_read_ordinal_reads_running_numbers(text: str, number: int | None) -> None:
    assert read_ordinal(text) == number


@pytest.mark.parametrize("style", ["๑.", "๑)", "(๑)", "1.", "1)", "(1)"])
def test_ordinal_mark_is_read_back(style: str) -> None:
    for number in (1, 9, 10, 112):
        assert read_ordinal(ordinal_mark(number, style)) == number  # type: ignore[arg-type]
    assert ordinal_mark(1, style) == style  # type: ignore[arg-type]


def test_numerals_take_linear_time_on_hostile_text() -> None:
    for read in (read_number, read_score, read_item_code, find_item_codes, read_ordinal):
        assert_quick(read, ["0" * 200_000, "1," * 100_000, "ข้อ 01," * 30_000, "O1 " * 70_000, " " * 200_000])
