"""Keys: of age, from seeds, from words; and bech32, in which age writes them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import IdentityError, x25519

from prongsai.privacy.seal.bech32 import encoded
from prongsai.privacy.seal.boxes import seal, unseal
from prongsai.privacy.seal.keys import (
    PASSPHRASE_COST,
    RECEIPT_COST,
    Cost,
    derive,
    new_pair,
    new_salt,
    pair_from,
    pair_of,
)

CHEAP = Cost(64, 1)


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=32, max_size=32))
def test_seed_gives_one_working_pair(seed) -> None:
    pair = pair_from(seed)
    assert pair == pair_from(seed) == pair_of(pair.identity)
    assert str(x25519.Identity.from_str(pair.identity)) == pair.identity
    assert unseal(seal(b"x", pair.recipient), [pair.identity]) == b"x"


@pytest.mark.parametrize("length", [0, 31, 33])
def test_seed_of_another_length_is_refused(length) -> None:
    with pytest.raises(ValueError, match="a seed has 32 bytes"):
        pair_from(b"x" * length)


def test_bech32_of_the_standard() -> None:
    """BIP 173 writes the witness program of its example so, but for the version before it."""
    assert encoded("a", b"") == "a12uel5l"
    assert encoded("abcdef", bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df")) == (
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"
    )


def test_key_with_a_wrong_letter_is_refused() -> None:
    identity = new_pair().identity
    wrong = identity[:-1] + ("Q" if identity[-1] != "Q" else "P")
    with pytest.raises(IdentityError):
        pair_of(wrong)


def test_words_give_the_bytes_of_the_standard() -> None:
    """Argon2id version 19, p=1, t=2, m=65536, of the reference implementation's tests."""
    made = derive("password", b"somesalt", Cost(65536, 2))
    assert made.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_every_part_of_deriving_counts() -> None:
    salt = new_salt()
    first = derive("คำลับ", salt, CHEAP)
    assert first == derive("คำลับ", salt, CHEAP)
    others = [
        derive("คำลับ ", salt, CHEAP),
        derive("คำลับ", new_salt(), CHEAP),
        derive("คำลับ", salt, Cost(64, 2)),
        derive("คำลับ", salt, Cost(128, 1)),
    ]
    assert first not in others
    assert len({len(first), len(derive("x", salt, CHEAP, 64))}) == 2


def test_guessing_a_passphrase_is_dear() -> None:
    assert PASSPHRASE_COST.memory_kib >= 64 * 1024
    assert PASSPHRASE_COST.passes >= 3
    assert RECEIPT_COST.memory_kib >= 8 * 1024


def test_pair_does_not_print_its_private_half() -> None:
    pair = new_pair()
    assert pair.identity not in f"{pair!r} {pair} {[pair]}"
