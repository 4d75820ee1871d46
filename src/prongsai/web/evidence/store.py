"""The folder of files: ``EVIDENCE_FOLDER/<agency code>/<first two of the hash>/<hash>``, each written once, whole.

Bytes are first, the row that names them second: a crash in between leaves bytes that nobody names, never a name
without bytes.
"""

import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from prongsai.errors import FileUnusable, LimitExceeded

INCOMING = "incoming"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that stand in the folder under a name of their own, not yet in their place."""

    path: Path
    sha256: str
    size: int


def folder_of(code: str) -> Path:
    """Give the folder of an agency."""
    return Path(settings.EVIDENCE_FOLDER) / code


def path_of(code: str, sha256: str) -> Path:
    """Give where the bytes of a hash stand."""
    return folder_of(code) / sha256[:2] / sha256


def receive(code: str, content: BinaryIO, name: str) -> Arrived:
    """Write a stream down while hashing it. Raises LimitExceeded over ``MAX_UPLOAD_MB``; then nothing is left."""
    folder = folder_of(code) / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    try:
        return _write(path, content, name)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(path: Path, content: BinaryIO, name: str) -> Arrived:
    digest, size, limit = hashlib.sha256(), 0, settings.MAX_UPLOAD_MB * 1_048_576
    with path.open("xb") as file:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise too_large(name)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Arrived(path, digest.hexdigest(), size)


def settle(code: str, arrived: Arrived) -> Path:
    """Move bytes into their place, read-only. Bytes that stand there whole stay; damaged ones are replaced."""
    place = path_of(code, arrived.sha256)
    if is_whole(place, arrived.sha256):
        arrived.path.unlink()
        return place
    place.parent.mkdir(exist_ok=True)
    with suppress(FileNotFoundError):
        place.chmod(stat.S_IREAD | stat.S_IWRITE)  # Windows replaces no read-only file
    arrived.path.replace(place)
    place.chmod(stat.S_IREAD)
    _sync(place.parent)
    return place


def is_whole(path: Path, sha256: str) -> bool:
    """Whether a file is there and its bytes have the hash."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def kept(code: str) -> Iterator[Path]:
    """Walk every file in the folder of an agency, also those that never reached their place."""
    return (path for path in sorted(folder_of(code).glob("*/*")) if path.is_file())


def too_large(name: str) -> LimitExceeded:
    """Say that a file is over the limit of the office."""
    limit = settings.MAX_UPLOAD_MB
    return LimitExceeded(
        f"{name} is larger than {limit} MB",
        message_th=f"ไฟล์ {name} ใหญ่เกิน {limit} MB ซึ่งเป็นขีดจำกัดของระบบ",
        mend_th="ลดความละเอียดของภาพสแกน หรือแบ่งเป็นหลายไฟล์ แล้วแนบใหม่",
    )


def lost(name: str) -> FileUnusable:
    """Say that the bytes of a file are missing or damaged."""
    return FileUnusable(
        f"the bytes of {name} are missing or damaged",
        message_th=f"ไฟล์ {name} ที่เก็บไว้สูญหายหรือเสียหาย",
        mend_th="แจ้งผู้ดูแลระบบให้กู้จากข้อมูลสำรอง หรือแนบไฟล์เดิมอีกครั้ง",
    )


def erased(name: str) -> FileUnusable:
    """Say that the bytes of a file were erased for somebody's privacy."""
    return FileUnusable(
        f"the bytes of {name} were erased",
        message_th=f"ไฟล์ {name} ลบแล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล",
        mend_th="เหลือไว้เฉพาะค่าแฮช SHA-256 ถ้าต้องใช้ ให้แนบฉบับที่ไม่มีข้อมูลส่วนบุคคลแทน",
    )


def taken_back(name: str) -> FileUnusable:
    """Say that bytes that were erased are not taken again."""
    return FileUnusable(
        f"{name} has bytes that were erased before",
        message_th=f"ไฟล์ {name} เป็นไฟล์เดียวกับที่ลบไปแล้วเพื่อคุ้มครองข้อมูลส่วนบุคคล จึงรับอีกไม่ได้",
        mend_th="ปกปิดข้อมูลส่วนบุคคลในไฟล์ก่อน แล้วแนบฉบับที่ปกปิดแล้ว",
    )


def erase(code: str, sha256: str) -> None:
    """Take the bytes of a hash away for good; nothing happens when they are gone."""
    path = path_of(code, sha256)
    with suppress(FileNotFoundError):
        path.chmod(stat.S_IREAD | stat.S_IWRITE)  # Windows removes no read-only file
        path.unlink()
        _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make the move itself last, where the system lets a folder be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
