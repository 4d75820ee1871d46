import re
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.money import baht_text

DIGITS = {"หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9}
PLACES = {"แสน": 100_000, "หมื่น": 10_000, "พัน": 1_000, "ร้อย": 100, "สิบ": 10}
WORD = re.compile("|".join([*DIGITS, *PLACES]))


def below_a_million(words: str) -> int:
    """Read Thai number words below a million, with the rules of a schoolbook; AssertionError when one is broken."""
    total, digit = 0, None
    last_place = 10**9
    tokens = WORD.findall(words)
    assert "".join(tokens) == words, words
    for token in tokens:
        if token in PLACES:
            place = PLACES[token]
            assert place < last_place, "places go down"
            assert digit is not None or place == 10, "only ten stands without a digit"
            assert (token == "สิบ") or digit != 0
            total += (1 if digit is None else digit) * place
            last_place, digit = place, None
        else:
            assert digit is None, "two digits in a row"
            digit = DIGITS[token]
            assert (token == "เอ็ด") <= (total > 0), "เอ็ด only after a higher digit"
            assert token != "หนึ่ง" or total == 0 or not words.endswith("หนึ่ง"), "a last one after others is เอ็ด"
    return total + (digit or 0)


def read_words(words: str) -> int:
    """Read number words of any size by their groups of ล้าน."""
    if words == "ศูนย์":
        return 0
    total = 0
    *millions, rest = words.split("ล้าน")
    for group in millions:
        total = (total + below_a_million_after(group, total)) * 1_000_000
    return total + below_a_million_after(rest, total)


def below_a_million_after(group: str, total: int) -> int:
    """A group alone; after a higher group a lone one is เอ็ด."""
    if total and group == "เอ็ด":
        return 1
    assert not (total and group == "หนึ่ง")
    return below_a_million(group)


def read_baht(text: str) -> Decimal:
    found = re.fullmatch(r"(ลบ)?(?:(.+?)บาท)?(?:ถ้วน|(.+)สตางค์)", text)
    assert found, text
    assert (found[3] is None) == text.endswith("บาทถ้วน")
    amount = Decimal(read_words(found[2]) if found[2] else 0) + Decimal(read_words(found[3]) if found[3] else 0) / 100
    return -amount if found[1] else amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("21", "ยี่สิบเอ็ดบาทถ้วน"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("1001", "หนึ่งพันเอ็ดบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("101000001", "หนึ่งร้อยเอ็ดล้านเอ็ดบาทถ้วน"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("0.25", "ยี่สิบห้าสตางค์"),
        ("0.50", "ห้าสิบสตางค์"),
        ("0.01", "หนึ่งสตางค์"),
        ("1.005", "หนึ่งบาทหนึ่งสตางค์"),
        ("2.675", "สองบาทหกสิบแปดสตางค์"),
        ("0.004", "ศูนย์บาทถ้วน"),
        ("-0.004", "ศูนย์บาทถ้วน"),
        ("-5.25", "ลบห้าบาทยี่สิบห้าสตางค์"),
        ("1E+3", "หนึ่งพันบาทถ้วน"),
        (
            "12345678901234567.89",
            "หนึ่งหมื่นสองพันสามร้อยสี่สิบห้าล้านหกแสนเจ็ดหมื่นแปดพันเก้าร้อยเอ็ดล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ดบาทแปดสิบเก้าสตางค์",
        ),
    ],
)
def test_baht_text_writes_amounts(amount: str, text: str) -> None:
    assert baht_text(Decimal(amount)) == text


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2))
def test_baht_text_is_read_back_by_schoolbook_rules(amount: Decimal) -> None:
    assert read_baht(baht_text(amount)) == amount


@given(st.integers(0, 9).flatmap(lambda n: st.integers(10**n - 2, 10**n + 2)))
def test_baht_text_is_right_around_powers_of_ten(amount: int) -> None:
    assert read_baht(baht_text(Decimal(abs(amount)))) == abs(amount)


def test_the_library_alone_would_not_do() -> None:
    from pythainlp.util import bahttext

    with pytest.raises(TypeError):
        bahttext(Decimal("1.005"))
    assert bahttext(0.5) == "ศูนย์บาทห้าสิบสตางค์"
    assert bahttext(1.005) == "หนึ่งบาทถ้วน"


def test_baht_text_refuses_what_is_no_amount() -> None:
    for text in ("NaN", "Infinity"):
        with pytest.raises((InvalidOperation, ValueError, OverflowError)):
            baht_text(Decimal(text))
