"""Boxes: one key opens them, any change shows, and their length tells little."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.privacy.seal.boxes import PAD, NotForThisKey, seal, seal_value, unseal, unseal_value
from prongsai.privacy.seal.keys import new_pair

PAIR, OTHER = new_pair(), new_pair()
SEALED = seal(b"evidence", PAIR.recipient, pad=1)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=9000))
def test_box_gives_back_what_was_put_in(content) -> None:
    assert unseal(seal(content, PAIR.recipient), [PAIR.identity]) == content


def test_any_of_several_keys_opens_it_and_others_do_not() -> None:
    assert unseal(SEALED, [OTHER.identity, PAIR.identity]) == b"evidence"
    for identities in ([], [OTHER.identity]):
        with pytest.raises(NotForThisKey):
            unseal(SEALED, identities)


def test_any_byte_that_changed_closes_it() -> None:
    for place in range(0, len(SEALED), 3):  # of a random number: age adds some bytes that mean nothing
        changed = bytearray(SEALED)
        changed[place] ^= 1
        with pytest.raises(NotForThisKey):
            unseal(bytes(changed), [PAIR.identity])


@pytest.mark.parametrize("cut", [0, 1, 20, 100, -1])
def test_box_that_was_cut_or_lengthened_is_closed(cut) -> None:
    for wrong in (SEALED[:cut], SEALED + b"x"):
        with pytest.raises(NotForThisKey):
            unseal(wrong, [PAIR.identity])


def test_length_tells_only_the_number_of_pieces() -> None:
    def rough(length: int) -> int:
        return len(seal(b"x" * length, PAIR.recipient)) // PAD

    assert rough(1) == rough(PAD - 10) == 1
    assert rough(PAD + 10) == 2


def test_values_come_back_as_json_has_them() -> None:
    value = {"what": "ทุจริต", "files": [{"size": 1}], "none": None}
    sealed = seal_value(value, PAIR.recipient)
    assert unseal_value(memoryview(sealed), [PAIR.identity]) == value


def test_same_content_never_looks_the_same() -> None:
    assert seal(b"x", PAIR.recipient) != seal(b"x", PAIR.recipient)


def test_refusal_says_nothing_of_what_was_inside() -> None:
    with pytest.raises(NotForThisKey) as refusal:
        unseal(SEALED, [OTHER.identity])
    assert refusal.value.__cause__ is None
    assert OTHER.identity not in str(refusal.value)
