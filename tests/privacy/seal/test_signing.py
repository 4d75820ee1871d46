"""Vouching."""

from __future__ import annotations

from prongsai.privacy.seal.signing import is_signed, new_seed, signed, verify_key_of


def test_signature_holds_for_its_key_and_its_words_alone() -> None:
    seed, other = new_seed(), new_seed()
    signature = signed(seed, b"said")
    assert is_signed(verify_key_of(seed), b"said", memoryview(signature))
    for key, words, given in (
        (verify_key_of(other), b"said", signature),
        (verify_key_of(seed), b"said ", signature),
        (verify_key_of(seed), b"said", signature[:-1]),
        (verify_key_of(seed), b"said", b""),
        ("", b"said", signature),
        ("not hexadecimal", b"said", signature),
        ("ab", b"said", signature),
    ):
        assert not is_signed(key, words, given)


def test_any_bit_of_a_signature_that_changed_breaks_it() -> None:
    seed = new_seed()
    signature = signed(seed, b"said")
    for place in range(len(signature)):
        changed = bytearray(signature)
        changed[place] ^= 1
        assert not is_signed(verify_key_of(seed), b"said", bytes(changed))


def test_keys_are_hexadecimal_of_one_length() -> None:
    seed = new_seed()
    assert [len(bytes.fromhex(one)) for one in (seed, verify_key_of(seed))] == [32, 32]
    assert new_seed() != seed
