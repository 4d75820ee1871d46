"""The text by which entries are found; and the modules of rules that registers may have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.text import fold
from prongsai.web.registers.found import FOUND_MAX, joined, packed
from prongsai.web.registers.rules import Hooks, hooks_of, loans


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=10))
def test_what_a_text_holds_is_found_in_it(text, before, after):
    assert packed(text) in packed(f"{before} {text} {after}") or fold(text) not in fold(f"{before} {text} {after}")


@pytest.mark.parametrize(
    ("text", "size"), [("กองคลัง", 7), ("๑๒ / 2569", 7), ("ABC", 3), ("派", 6), ("\x00ก", 1), ("", 0)]
)
def test_letters_take_a_byte_each(text, size):
    assert len(packed(text)) == size


def test_nothing_is_found_across_two_fields_and_length_is_bounded():
    found = joined([packed("กอง"), b"", packed("คลัง")])
    assert packed("กองคลัง") not in found and packed("คลัง") in found
    assert len(joined([packed("ก" * 5000)])) == FOUND_MAX


def test_register_without_a_module_has_rules_that_say_nothing():
    assert hooks_of("subject-requests") == Hooks() == hooks_of("../../etc")
    assert hooks_of("loans").check is loans.check and hooks_of("loans").notices(None, None, 0) == ()
