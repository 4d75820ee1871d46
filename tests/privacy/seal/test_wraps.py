"""Wraps: always twelve equal pieces, whoever they are for."""

from __future__ import annotations

from random import Random

import pytest

from prongsai.privacy.seal.keys import new_pair
from prongsai.privacy.seal.wraps import PIECE_BYTES, SECRET_MAX, WRAPS, unwrapped, wrapped

PAIRS = [new_pair() for _ in range(WRAPS)]
SECRET = b'{"dialogue":"AGE-SECRET-KEY-1"}'


@pytest.mark.parametrize("people", range(1, WRAPS + 1))
def test_length_is_the_same_for_one_and_for_twelve(people) -> None:
    wraps = wrapped(SECRET, [pair.recipient for pair in PAIRS[:people]])
    assert len(wraps) == WRAPS * PIECE_BYTES
    opens = [unwrapped(wraps, [pair.identity]) for pair in PAIRS]
    assert opens == [SECRET] * people + [None] * (WRAPS - people)


def test_every_piece_looks_alike_whether_it_opens_or_not() -> None:
    """Every piece is an age file with one recipient, in a field of one size; none is empty."""
    wraps = wrapped(SECRET, [PAIRS[0].recipient])
    pieces = [wraps[at : at + PIECE_BYTES] for at in range(0, len(wraps), PIECE_BYTES)]
    assert {piece[2:].count(b"-> X25519 ") for piece in pieces} == {1}
    assert {piece[2:24] for piece in pieces} == {b"age-encryption.org/v1\n"}


def test_place_of_a_reader_tells_nothing() -> None:
    places = set()
    for _ in range(40):
        wraps = wrapped(SECRET, [PAIRS[0].recipient])
        pieces = [wraps[at : at + PIECE_BYTES] for at in range(0, len(wraps), PIECE_BYTES)]
        places.add([unwrapped(piece, [PAIRS[0].identity]) is not None for piece in pieces].index(True))
    assert len(places) > 3


def test_any_byte_of_the_box_that_changed_closes_it() -> None:
    wraps = wrapped(SECRET, [pair.recipient for pair in PAIRS])
    at = next(
        at for at in range(0, len(wraps), PIECE_BYTES) if unwrapped(wraps[at : at + PIECE_BYTES], [PAIRS[0].identity])
    )
    size = int.from_bytes(wraps[at : at + 2], "big")
    for place in Random(8).sample(range(at, at + 2 + size), 60):
        changed = bytearray(wraps)
        changed[place] ^= 1 << place % 8
        assert unwrapped(bytes(changed), [PAIRS[0].identity]) is None
        assert unwrapped(bytes(changed), [PAIRS[1].identity]) == SECRET


def test_nobody_too_many_and_too_much_are_refused() -> None:
    thirteen = [*(pair.recipient for pair in PAIRS), new_pair().recipient]
    for secret, recipients in ((SECRET, []), (SECRET, thirteen), (b"x" * (SECRET_MAX + 1), [PAIRS[0].recipient])):
        with pytest.raises(ValueError, match=r"wraps are for|a secret has"):
            wrapped(secret, recipients)


def test_longest_secret_fits_whatever_age_adds() -> None:
    for _ in range(20):
        assert len(wrapped(b"x" * SECRET_MAX, [PAIRS[0].recipient])) == WRAPS * PIECE_BYTES


def test_somebody_named_twice_has_one_piece() -> None:
    wraps = wrapped(SECRET, [PAIRS[0].recipient] * 20)
    assert unwrapped(wraps, [PAIRS[0].identity]) == SECRET


@pytest.mark.parametrize("wraps", [b"", b"x", b"\xff" * PIECE_BYTES, b"\x00" * PIECE_BYTES * WRAPS])
def test_what_is_no_wrap_opens_for_nobody(wraps) -> None:
    assert unwrapped(wraps, [PAIRS[0].identity]) is None
