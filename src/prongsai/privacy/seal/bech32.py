"""Bech32 (BIP 173), in which age writes its keys: five bits a letter and a checksum of six letters."""

from collections.abc import Iterable, Iterator

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_LETTERS = 6


def encoded(prefix: str, content: bytes) -> str:
    """Write bytes as age does: ``prefix``, 1, the letters, the checksum; in lower case."""
    fives = list(_fives(content))
    return f"{prefix}1{''.join(_LETTERS[five] for five in [*fives, *_checksum(prefix, fives)])}"


def _fives(content: bytes) -> Iterator[int]:
    bits = "".join(f"{byte:08b}" for byte in content)
    bits += "0" * (-len(bits) % 5)
    return (int(bits[at : at + 5], 2) for at in range(0, len(bits), 5))


def _checksum(prefix: str, fives: list[int]) -> list[int]:
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    rest = _polymod([*spread, *fives, *([0] * _CHECK_LETTERS)]) ^ 1
    return [(rest >> 5 * (_CHECK_LETTERS - 1 - place)) & 31 for place in range(_CHECK_LETTERS)]


def _polymod(values: Iterable[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            rest ^= generator if (top >> place) & 1 else 0
    return rest
