"""Vouching: a signature by which who holds one key says that another one belongs to whom it names."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def new_seed() -> str:
    """Make a private signing key, as 64 letters of hexadecimal."""
    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def verify_key_of(seed: str) -> str:
    """Give the public half, as 64 letters of hexadecimal."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)).public_key().public_bytes_raw().hex()


def signed(seed: str, said: bytes) -> bytes:
    """Sign: 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)).sign(said)


def is_signed(verify_key: str, said: bytes, signature: bytes | memoryview) -> bool:
    """Whether a signature is of this key over these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(verify_key)).verify(bytes(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True
