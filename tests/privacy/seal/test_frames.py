"""Sealed files: piece by piece, in order, whole."""

from __future__ import annotations

import io
from random import Random

import pytest

from prongsai.privacy.seal import frames
from prongsai.privacy.seal.boxes import NotForThisKey
from prongsai.privacy.seal.frames import PIECE_BYTES, Sealer, opened, sealed_again
from prongsai.privacy.seal.keys import new_pair

PAIR, OTHER = new_pair(), new_pair()


def sealed(content: bytes, *, steps: int = 100_000, to: str = PAIR.recipient) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target.write, to)
    for at in range(0, len(content), steps):
        sealer.add(content[at : at + steps])
    sealer.close()
    assert sealer.size == len(content)
    return target.getvalue()


def read(content: bytes, identity: str = PAIR.identity) -> bytes:
    return b"".join(opened(io.BytesIO(content), identity))


def pieces(content: bytes) -> list[bytes]:
    source, found = io.BytesIO(content), []
    while head := source.read(4):
        found.append(head + source.read(int.from_bytes(head, "big")))
    return found


@pytest.mark.parametrize("size", [0, 1, 65_536, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES + 5])
def test_file_comes_back_whole(size) -> None:
    content = Random(size).randbytes(size)
    assert read(sealed(content)) == content


def test_steps_in_which_it_arrives_do_not_matter() -> None:
    content = Random(1).randbytes(PIECE_BYTES + 70_000)
    assert {read(sealed(content, steps=steps)) == content for steps in (999, 65_536, PIECE_BYTES, 10**9)} == {True}


def test_pieces_that_are_missing_moved_doubled_or_added_are_noticed() -> None:
    one, two, three = pieces(sealed(b"x" * (2 * PIECE_BYTES + 5)))
    for wrong in ([one, two], [two, three], [one, three], [two, one, three], [one, one, two, three], [three], []):
        with pytest.raises(NotForThisKey):
            read(b"".join(wrong))
    for tail in (b"x", one, three):
        with pytest.raises(NotForThisKey):
            read(b"".join([one, two, three, tail]))


def test_pieces_of_two_files_do_not_mix() -> None:
    first, second = (
        pieces(sealed(b"a" * (PIECE_BYTES + 1))),
        pieces(sealed(b"b" * (PIECE_BYTES + 1), to=OTHER.recipient)),
    )
    with pytest.raises(NotForThisKey):
        read(first[0] + second[1])


def test_byte_that_changed_is_noticed() -> None:
    content = sealed(b"evidence " * 1000)
    for place in Random(8).sample(range(len(content)), 40):
        changed = bytearray(content)
        changed[place] ^= 1
        with pytest.raises(NotForThisKey):
            read(bytes(changed))


def test_another_key_and_a_cut_file_open_nothing() -> None:
    content = sealed(b"evidence")
    for wrong, identity in ((content, OTHER.identity), (content[:-1], PAIR.identity), (content[:3], PAIR.identity)):
        with pytest.raises(NotForThisKey):
            read(wrong, identity)


def test_length_that_a_stranger_wrote_is_not_believed() -> None:
    """A crafted head must not make the reader ask for gigabytes."""

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 <= size <= 2 * PIECE_BYTES
            return super().read(size)

    with pytest.raises(NotForThisKey):
        list(opened(Watched(b"\xff\xff\xff\xff" + b"x" * 100), PAIR.identity))


def test_size_shows_only_roughly() -> None:
    assert len(sealed(b"x")) // frames.PAD == len(sealed(b"x" * 60_000)) // frames.PAD == 1


def test_file_is_closed_for_another_key_without_standing_open() -> None:
    content = Random(3).randbytes(PIECE_BYTES + 9)
    target = io.BytesIO()
    size = sealed_again(io.BytesIO(sealed(content)), PAIR.identity, target.write, OTHER.recipient)
    assert size == len(content)
    assert read(target.getvalue(), OTHER.identity) == content
    with pytest.raises(NotForThisKey):
        read(target.getvalue())
