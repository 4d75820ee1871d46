"""Receipts: seven words in two alphabets, read as people type, and the keys that they give."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.privacy.seal.receipts import (
    BITS,
    Receipt,
    ReceiptUnreadable,
    keys_of,
    latin_words,
    new_receipt,
    read_receipt,
    receipt_from,
    thai_words,
)
from prongsai.thai.text import normalise

SALT = b"salt of a channel"
RECEIPT = Receipt(0x1234567890ABCDEF123)
bits = st.integers(min_value=0, max_value=(1 << BITS) - 1)


# --- the lists ----------------------------------------------------------------------------------------------------------
def test_each_word_is_eleven_bits() -> None:
    for words in (thai_words(), latin_words()):
        assert len(words) == len(set(words)) == 2048
    assert BITS == 7 * 11


def test_thai_words_are_sorted_short_and_one_spelling() -> None:
    words = thai_words()
    assert list(words) == sorted(words)
    assert {len(word) for word in words} <= set(range(2, 9))
    assert all(normalise(word) == word for word in words)


def test_no_thai_word_is_another_with_one_letter_off() -> None:
    cut = [(word, at, word[:at] + word[at + 1 :]) for word in thai_words() for at in range(len(word))]
    known = set(thai_words())
    assert [(word, left) for word, _, left in cut if left in known] == []  # one letter more
    exchanged = {(at, left): word for word, at, left in cut}
    assert [
        (word, exchanged[at, left]) for word, at, left in cut if exchanged[at, left] != word
    ] == []  # another letter


def test_no_thai_word_begins_another_so_that_they_may_run_together() -> None:
    words = thai_words()
    assert [(a, b) for a, b in zip(words, words[1:], strict=False) if b.startswith(a)] == []


def test_latin_words_can_be_said() -> None:
    assert all(
        word[0] not in "aeio" and word[1] in "aeio" and word[2] not in "aeio" and word[3] in "aeio"
        for word in latin_words()
    )


# --- reading ------------------------------------------------------------------------------------------------------------
@settings(max_examples=60, deadline=None)
@given(bits)
def test_receipt_is_read_back_in_either_alphabet(number) -> None:
    receipt = Receipt(number)
    for words in (receipt.thai, receipt.latin):
        for between in (" ", "", "-", ", ", "\n"):
            assert read_receipt(between.join(words)) == receipt
    assert receipt_from(receipt.token) == receipt


@pytest.mark.parametrize(
    "form",
    [
        "1. {}\n2. {}\n3. {}\n4. {}\n5. {}\n6. {}\n7. {}\n",
        "๑) {} ๒) {} ๓) {} ๔) {} ๕) {} ๖) {} ๗) {}",
        "  {}  {}\t{}\u00a0{} – {} / {} · {}. ",
        "“{}” {} {} {} {} {}\u200b {}",
        "{}{} {}{}{} {}{}",
    ],
)
def test_whatever_stands_between_words_is_passed_over(form) -> None:
    assert read_receipt(form.format(*RECEIPT.thai)) == RECEIPT
    assert read_receipt(form.format(*RECEIPT.latin).upper()) == RECEIPT


def test_alphabets_may_be_mixed() -> None:
    assert read_receipt(" ".join([*RECEIPT.thai[:3], *RECEIPT.latin[3:]])) == RECEIPT


def test_old_spellings_of_the_same_look_are_read() -> None:
    words = [word.replace("ำ", "ํา").replace("แ", "เเ") for word in RECEIPT.thai]
    assert read_receipt(" ".join(words)) == RECEIPT


@settings(max_examples=60, deadline=None)
@given(bits, st.integers(0, 6), st.integers(0, 7), st.sampled_from("กงดนมราิู้เ"))
def test_wrong_letter_is_told_and_never_corrected(number, word, place, letter) -> None:
    receipt = Receipt(number)
    words = list(receipt.thai)
    typed = words[word][:place] + letter + words[word][place + 1 :]
    if normalise(typed) == words[word]:
        return
    words[word] = typed
    with pytest.raises(ReceiptUnreadable) as refusal:
        read_receipt(" ".join(words))
    assert refusal.value.place == word + 1


def test_place_of_a_wrong_word_and_the_nearest_are_named() -> None:
    words = list(RECEIPT.thai)
    right, words[3] = words[3], words[3] + "ก"
    with pytest.raises(ReceiptUnreadable) as refusal:
        read_receipt(" ".join(words))
    assert refusal.value.place == 4
    words[3] = right[:-1] + "ฮ"
    for between in (" ", ""):
        with pytest.raises(ReceiptUnreadable) as refusal:
            read_receipt(between.join(words))
        assert refusal.value.place == 4
        assert right in refusal.value.nearest
        assert "คำที่ ๔" in refusal.value.message_th
        assert right in refusal.value.mend_th


@pytest.mark.parametrize("count", [1, 6, 8, 70])
def test_number_of_words_that_is_wrong_is_told(count) -> None:
    words = (RECEIPT.thai * 10)[:count]
    with pytest.raises(ReceiptUnreadable) as refusal:
        read_receipt(" ".join(words))
    assert refusal.value.place is None
    assert "๗ คำ" in refusal.value.message_th


@pytest.mark.parametrize("text", ["", "  ", "123 456", "...", "๑๒๓", "-" * 5000])
def test_nothing_typed_is_told(text) -> None:
    with pytest.raises(ReceiptUnreadable, match="not a receipt") as refusal:
        read_receipt(text)
    assert refusal.value.place is None


@pytest.mark.parametrize("text", ["ก" * 100_000, "a" * 100_000, "ไม่ใช่ใบรับ " * 9000, "\x00", "🙂 🙂", "ā" * 50])
def test_anything_else_is_refused_quickly(text) -> None:
    with pytest.raises(ReceiptUnreadable):
        read_receipt(text)


# --- keys ---------------------------------------------------------------------------------------------------------------
def test_receipt_gives_one_pair_and_one_handle_in_one_channel() -> None:
    pair, handle = keys_of(RECEIPT, SALT)
    assert (pair, handle) == keys_of(read_receipt(" ".join(RECEIPT.latin)), SALT)
    other_pair, other_handle = keys_of(RECEIPT, b"salt of another")
    assert pair != other_pair
    assert handle != other_handle
    assert len(bytes.fromhex(handle)) == 32


@pytest.mark.parametrize("bit", [0, 10, 11, 40, 76])
def test_every_bit_counts(bit) -> None:
    pair, handle = keys_of(RECEIPT, SALT)
    other_pair, other_handle = keys_of(Receipt(RECEIPT.bits ^ 1 << bit), SALT)
    assert pair.recipient != other_pair.recipient
    assert handle != other_handle


def test_receipts_are_random_and_do_not_print() -> None:
    receipts = {new_receipt().bits for _ in range(50)}
    assert len(receipts) == 50
    assert max(receipts) >> BITS - 8
    assert repr(RECEIPT) == "Receipt()"


@pytest.mark.parametrize("number", [-1, 1 << BITS])
def test_other_numbers_are_no_receipts(number) -> None:
    with pytest.raises(ValueError, match="77 bits"):
        Receipt(number)


@pytest.mark.parametrize("token", ["", "x", "f" * 21, "-1"])
def test_other_tokens_are_no_receipts(token) -> None:
    with pytest.raises(ValueError, match=r"77 bits|invalid literal"):
        receipt_from(token)
