"""The key pair of the backups: the public half stays in the data folder, the private half exists on paper alone."""

import re
from dataclasses import dataclass
from pathlib import Path

from pyrage import IdentityError, RecipientError, x25519

from prongsai.errors import ProngsaiError
from prongsai.web import environment

NAME = "backup_key.txt"
OPENING = "AGE-SECRET-KEY-1"
GROUP = 4
GROUPS_A_LINE = 5
_PRIVATE = re.compile("AGE-SECRET-KEY-1[0-9A-Z]+")


class KeyUnusable(ProngsaiError):
    """A key that is none, or none at all."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both halves, as age writes them: ``AGE-SECRET-KEY-1…`` and ``age1…``."""

    private: str
    public: str

    @property
    def lines(self) -> list[str]:
        """The private half as printed: how every key begins, then groups of four letters, five to a line."""
        rest = self.private.removeprefix(OPENING)
        groups = [rest[at : at + GROUP] for at in range(0, len(rest), GROUP)]
        return [OPENING, *(" ".join(groups[at : at + GROUPS_A_LINE]) for at in range(0, len(groups), GROUPS_A_LINE))]


def new_pair() -> Pair:
    """Make a pair. Nothing is kept."""
    identity = x25519.Identity.generate()
    return Pair(str(identity), str(identity.to_public()))


def read_private(text: str) -> x25519.Identity:
    """Read a private half: a key file of age, or what was typed off the paper, in any grouping and letter case.

    Raises KeyUnusable; the key carries a checksum, so that one wrong letter is noticed.
    """
    lines = (line.partition("#")[0] for line in text.splitlines())
    found = _PRIVATE.search(re.sub(r"[^0-9A-Z-]", "", "".join(lines).upper().translate(_DASHES)))
    try:
        return x25519.Identity.from_str(found[0] if found else "")
    except IdentityError:
        raise KeyUnusable(
            "not a private backup key",
            message_th="กุญแจส่วนตัวไม่ถูกต้อง (ไม่มีในไฟล์ หรือพิมพ์ผิดบางตัว)",
            mend_th="พิมพ์ใหม่จากกระดาษกุญแจสำรองข้อมูล เริ่มที่ AGE-SECRET-KEY-1 เว้นวรรคหรือขึ้นบรรทัดใหม่ได้",
        ) from None


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def pair_of(text: str) -> Pair:
    """Give the pair that a private half belongs to. Raises KeyUnusable."""
    identity = read_private(text)
    return Pair(str(identity), str(identity.to_public()))


def read_public(text: str) -> str:
    """Check a public half. Raises KeyUnusable."""
    key = text.strip()
    try:
        x25519.Recipient.from_str(key)
    except RecipientError:
        raise KeyUnusable(
            f"{key[:80]!r} is not a public backup key",
            message_th=f"กุญแจสาธารณะ “{key[:80]}” ไม่ถูกต้อง",
            mend_th="กุญแจสาธารณะขึ้นต้นด้วย age1 คัดลอกมาให้ครบทั้งบรรทัด",
        ) from None
    return key


def kept_public(folder: Path) -> str | None:
    """Give the public half that the data folder keeps; None before the first run is done. Raises KeyUnusable."""
    path = folder / NAME
    if not path.exists():
        return None
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return read_public("".join(lines))


def keep_public(folder: Path, public: str) -> None:
    """Keep the public half in the data folder. Raises FileExistsError when one is kept already."""
    folder.mkdir(parents=True, exist_ok=True)
    environment.write_private(folder / NAME, f"# กุญแจสาธารณะสำหรับสำรองข้อมูล · public key of the backups\n{public}\n")
