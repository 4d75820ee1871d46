"""The key that opens the answers of a survey until they are counted: a file, outside the database and every backup.

Whoever has the database, its log and all backups has sealed answers and nothing to open them with. When answers are
counted their key is overwritten and removed, and what was sealed for it stays shut for ever, also in old backups.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from pyrage import IdentityError

from prongsai.errors import ProngsaiError
from prongsai.privacy.seal.keys import Pair, new_pair, pair_of

_KEY, _MARK = ".key", ".counting"


class KeyLost(ProngsaiError):
    """The key of a survey is not in its folder: answers that are not counted yet cannot be opened by anybody."""

    def __init__(self, recipient: str) -> None:
        super().__init__(
            f"the key of {recipient} is not in {settings.SURVEY_KEYS_FOLDER}",
            message_th=_("ไม่พบกุญแจเปิดคำตอบของการสำรวจนี้ คำตอบที่ยังไม่นับจึงเปิดไม่ได้"),
            mend_th=_("ถ้าย้ายเครื่อง ให้คัดลอกโฟลเดอร์ survey-keys จากเครื่องเดิม ถ้าเครื่องเดิมเสีย ให้สร้างกุญแจใหม่จากหน้าการสำรวจ"),
        )


def make() -> str:
    """Make a pair and keep its private half on the disk, whatever happens next; give the public one."""
    pair = new_pair()
    _write(_path(pair.recipient), pair.identity)
    return pair.recipient


def take(recipient: str) -> Pair:
    """Give both halves. Raises KeyLost, also for a file that holds another key or none."""
    try:
        pair = pair_of(_path(recipient).read_text(encoding="ascii").strip())
    except (FileNotFoundError, IdentityError, UnicodeDecodeError):
        raise KeyLost(recipient) from None
    if pair.recipient != recipient:
        raise KeyLost(recipient)
    return pair


def is_here(recipient: str) -> bool:
    """Whether the private half is on this disk."""
    return bool(recipient) and _path(recipient).is_file()


def destroy(recipient: str) -> None:
    """Overwrite and remove the private half; nothing happens when it is gone already, or there never was one."""
    if not recipient:
        return
    path = _path(recipient)
    with contextlib.suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    unmark(recipient)


def mark(recipient: str) -> None:
    """Note that a key is to go: should the program end before it can destroy it, the next sweep does."""
    with contextlib.suppress(FileExistsError):
        _write(_path(recipient, _MARK), "")


def unmark(recipient: str) -> None:
    """Take that note back."""
    _path(recipient, _MARK).unlink(missing_ok=True)


def marked() -> frozenset[str]:
    """Give the public halves of the keys that are to go."""
    return _named(_MARK)


def held() -> frozenset[str]:
    """Give the public halves of all keys on this disk."""
    return _named(_KEY)


def _named(suffix: str) -> frozenset[str]:
    return frozenset(path.stem for path in Path(settings.SURVEY_KEYS_FOLDER).glob(f"age1*{suffix}"))


def _write(path: Path, content: str) -> None:
    """Write a new file for its owner alone, and have it outlive a power cut. Raises FileExistsError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if os.name == "posix":  # the name of the file too, or the database may know a key that the disk has lost
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _path(recipient: str, suffix: str = _KEY) -> Path:
    if not (recipient.isascii() and recipient.isalnum()):
        raise KeyLost(recipient)
    return Path(settings.SURVEY_KEYS_FOLDER) / f"{recipient}{suffix}"
