"""Key pairs of age: new ones, and those that words give."""

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pyrage import x25519

from prongsai.privacy.seal.bech32 import encoded

SALT_BYTES = 16
SEED_BYTES = 32
_PREFIX = "age-secret-key-"


@dataclass(frozen=True, slots=True)
class Pair:
    """Both halves as age writes them. identity: ``AGE-SECRET-KEY-1…``; recipient: ``age1…``."""

    identity: str
    recipient: str

    def __repr__(self) -> str:
        return f"Pair({self.recipient})"  # a key that is printed by mistake is the public one


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs. memory_kib: KiB of memory; passes: over all of it."""

    memory_kib: int
    passes: int


# Words that people choose can be guessed: each guess costs 64 MiB and about a third of a second.
PASSPHRASE_COST = Cost(64 * 1024, 3)
# A receipt is 77 random bits, which nobody guesses; this only keeps look-ups from being free.
RECEIPT_COST = Cost(8 * 1024, 1)


def new_pair() -> Pair:
    """Make a pair out of the machine's randomness."""
    return _pair(x25519.Identity.generate())


def pair_of(identity: str) -> Pair:
    """Give both halves of a private one. Raises pyrage.IdentityError."""
    return _pair(x25519.Identity.from_str(identity))


def pair_from(seed: bytes) -> Pair:
    """Give the pair of 32 bytes, always the same one."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes, not {len(seed)}")
    return pair_of(encoded(_PREFIX, seed).upper())


def new_salt() -> bytes:
    """Give 16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def derive(words: str, salt: bytes, cost: Cost, length: int = SEED_BYTES) -> bytes:
    """Work bytes out of words by Argon2id (RFC 9106, one lane). The same words, salt and cost give the same bytes."""
    kdf = Argon2id(salt=salt, length=length, iterations=cost.passes, lanes=1, memory_cost=cost.memory_kib)
    return kdf.derive(words.encode())


def _pair(identity: x25519.Identity) -> Pair:
    return Pair(str(identity), str(identity.to_public()))
