"""The backup file: an age file to one public key; inside it a zip of parts and, last, the manifest that counts them.

Parts are ``rows/<app>.<model>.jsonl`` (a JSON object a row, in the order of the primary key),
``files/<agency code>/<sha256>`` (the bytes of evidence) and ``sealed/<agency code>/<name>`` (files of reports, which
stay sealed). Knows no database and no Django: what is wrong with a file is found before anything is touched. Reads and
writes in pieces, so that memory does not grow with the office.
"""

import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Self

from pyrage import DecryptError, EncryptError, decrypt_io, encrypt_io, x25519

from prongsai.errors import ProngsaiError

FORMAT, FORMAT_VERSION = "prongsai-backup", 1
MANIFEST = "manifest.json"
ROWS, FILES, SEALED = "rows", "files", "sealed"
BYTES = (f"{FILES}/", f"{SEALED}/")  # parts that are one file each, packed already
CHUNK = 1 << 20
_NAME = re.compile(r"rows/[a-z_0-9]+\.[a-z_0-9]+\.jsonl|files/[0-9]{8}/[0-9a-f]{64}|sealed/[0-9]{8}/[0-9a-f]{32}")
_MANIFEST_MAX = 256 << 20

Tell = Callable[[str, int, int], None]


def say_nothing(stage: str, done: int, total: int) -> None:
    """Tell nobody how far it is."""


class BackupUnusable(ProngsaiError):
    """A backup file that cannot be restored; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part. count: its rows, 1 for a file; size in bytes, unpacked."""

    name: str
    count: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. migrations: app → applied migrations. missing: evidence whose bytes the disk had lost."""

    app_version: str
    made_at: str
    database: str
    recipient: str
    agencies: list[dict[str, str]]
    migrations: dict[str, list[str]]
    parts: list[Part] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows of the database."""
        return sum(part.count for part in self.parts if part.name.startswith(ROWS))

    @property
    def files(self) -> int:
        """How many files: evidence, and what is sealed."""
        return sum(part.name.startswith(BYTES) for part in self.parts)

    def to_json(self) -> dict[str, object]:
        """Give what is kept in the file."""
        return {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Self:
        """Read what was kept. Raises KeyError or TypeError where it is none."""
        values = {name: found[name] for name in cls.__slots__ if name != "parts"}
        return cls(**values, parts=[Part(**part) for part in found["parts"]])


Source = tuple[str, Iterable[tuple[bytes, int]]]  # a part's name, and its pieces with the rows in each


def write(
    path: Path, sources: Iterable[Source], manifest: Callable[[list[Part]], Manifest], recipient: str
) -> Manifest:
    """Write a backup under a temporary name and rename it once it is whole.

    sources: the parts in order, consumed as they are written; manifest: makes the manifest when all parts are known.
    What goes wrong while the sources are read is raised as it is; then no file is left.
    """
    temporary = path.with_name(f"{path.name}.part")
    reader = _Packing(sources, manifest)
    try:
        with temporary.open("wb") as file:
            try:
                encrypt_io(reader, file, [x25519.Recipient.from_str(recipient)])
            except (EncryptError, OSError):
                raise reader.failure or _not_written(path) from None
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    assert reader.manifest is not None
    return reader.manifest


def _not_written(path: Path) -> OSError:
    return OSError(28, "เขียนไม่ครบ ดิสก์อาจเต็ม", str(path))


class _Packing(io.RawIOBase):
    """The zip as a stream to read from: age pulls, the zip is written as far as is asked for."""

    def __init__(self, sources: Iterable[Source], manifest: Callable[[list[Part]], Manifest]) -> None:
        self.manifest: Manifest | None = None
        self.failure: BaseException | None = None
        self._pieces = self._zip(sources, manifest)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Give at most some bytes; none at the end."""
        try:
            while not self._left:
                self._left = next(self._pieces)
        except StopIteration:
            return b""
        except BaseException as failure:
            self.failure = failure
            raise
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return given

    def _zip(self, sources: Iterable[Source], manifest: Callable[[list[Part]], Manifest]) -> Iterator[bytes]:
        sink, parts = _Sink(), []
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, pieces in sources:
                digest, size, count = hashlib.sha256(), 0, 0
                # Scans are packed already; packing them again would cost the time and gain nothing.
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_STORED if name.startswith(BYTES) else zipfile.ZIP_DEFLATED
                with packed.open(info, "w", force_zip64=True) as part:
                    for piece, rows in pieces:
                        digest.update(piece)
                        size, count = size + len(piece), count + rows
                        part.write(piece)
                        yield sink.taken()
                parts.append(Part(name, count, size, digest.hexdigest()))
            self.manifest = manifest(parts)
            packed.writestr(MANIFEST, json.dumps(self.manifest.to_json(), ensure_ascii=False, indent=1))
        yield sink.taken()


class _Sink:
    """Where the zip is written to, emptied again and again. It cannot be sought in, which zipfile notices."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        """Keep a piece until it is taken."""
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def taken(self) -> bytes:
        """Give what was written since the last time."""
        given = b"".join(self._written)
        self._written.clear()
        return given


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was decrypted and whose every part was checked."""

    manifest: Manifest
    packed: zipfile.ZipFile

    def rows(self, part: Part) -> Iterator[dict[str, object]]:
        """Give the rows of a part."""
        with self.packed.open(part.name) as lines:
            for line in lines:
                yield json.loads(line)

    def copy(self, part: Part, place: Path) -> None:
        """Write a file of evidence to a place."""
        place.parent.mkdir(parents=True, exist_ok=True)
        with self.packed.open(part.name) as source, place.open("wb") as target:
            for piece in _pieces(source):
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())


def opened(path: Path, identity: x25519.Identity, plain: Path, tell: Tell = say_nothing) -> Backup:
    """Decrypt a backup into the file ``plain`` and check all of it. The caller closes ``packed`` and removes ``plain``.

    Raises BackupUnusable for a wrong key, a file cut short or damaged, and a newer format.
    """
    _decrypt(path, identity, plain, tell)
    try:
        packed = zipfile.ZipFile(plain)
    except (zipfile.BadZipFile, OSError) as mistake:
        raise _damaged(path, str(mistake)) from mistake
    try:
        manifest = _manifest(path, packed)
        _check_parts(path, packed, manifest, tell)
    except BaseException:
        packed.close()
        raise
    return Backup(manifest, packed)


def _decrypt(path: Path, identity: x25519.Identity, plain: Path, tell: Tell) -> None:
    try:
        total = path.stat().st_size
        with path.open("rb") as sealed, plain.open("wb") as file:
            decrypt_io(_Watched(sealed, tell, total), file, [identity])
    except FileNotFoundError as mistake:
        raise BackupUnusable(
            f"{path} does not exist", message_th=f"ไม่พบไฟล์สำรอง {path}", mend_th="ตรวจชื่อไฟล์และโฟลเดอร์"
        ) from mistake
    except DecryptError as mistake:
        raise _not_opened(path, str(mistake)) from mistake
    except OSError as mistake:
        if mistake.errno:  # of the disk, not of age
            raise
        raise _damaged(path, str(mistake)) from mistake


def _not_opened(path: Path, reason: str) -> BackupUnusable:
    if "No matching keys" in reason:
        return BackupUnusable(
            f"{path} was made for another key",
            message_th=f"กุญแจนี้เปิดไฟล์สำรอง {path.name} ไม่ได้ เพราะไฟล์เข้ารหัสไว้สำหรับกุญแจอื่น",
            mend_th="ใช้กระดาษกุญแจของหน่วยงานที่สร้างไฟล์นี้",
        )
    if reason.startswith("Header is invalid"):
        return BackupUnusable(
            f"{path} is no backup: {reason}",
            message_th=f"ไฟล์ {path.name} ไม่ใช่ไฟล์สำรองของโปร่งใส หรือส่วนต้นของไฟล์เสียหาย",
            mend_th="เลือกไฟล์ที่สร้างด้วย prongsai backup หรือใช้ไฟล์สำรองอื่น",
        )
    return _damaged(path, reason)


def _damaged(path: Path, reason: str) -> BackupUnusable:
    return BackupUnusable(
        f"{path} is cut short or damaged: {reason}",
        message_th=f"ไฟล์สำรอง {path.name} ขาดหรือเสียหาย",
        mend_th="คัดลอกไฟล์มาใหม่ให้ครบ หรือใช้ไฟล์สำรองอื่น (ยังไม่มีสิ่งใดถูกเปลี่ยนแปลง)",
    )


class _Watched:
    """A file that is read, telling how far."""

    def __init__(self, file: BinaryIO, tell: Tell, total: int) -> None:
        self._file, self._tell, self._total, self._done = file, tell, total, 0

    def read(self, size: int = -1) -> bytes:
        """Give at most some bytes."""
        piece = self._file.read(size)
        if self._done // CHUNK != (self._done + len(piece)) // CHUNK:
            self._tell("ถอดรหัส", self._done, self._total)
        self._done += len(piece)
        return piece


def _manifest(path: Path, packed: zipfile.ZipFile) -> Manifest:
    try:
        if packed.getinfo(MANIFEST).file_size > _MANIFEST_MAX:
            raise _damaged(path, "the manifest is too large")
        found = json.loads(packed.read(MANIFEST))
        if found["format"] != FORMAT:
            raise _damaged(path, "another format")
        if found["format_version"] > FORMAT_VERSION:
            raise newer(path, str(found["app_version"]))
        return Manifest.from_json(found)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, OSError) as mistake:
        raise _damaged(path, str(mistake)) from mistake


def newer(path: Path, version: str) -> BackupUnusable:
    """Say that a backup comes from a newer version."""
    return BackupUnusable(
        f"{path} was made by the newer version {version}",
        message_th=f"ไฟล์สำรอง {path.name} สร้างจากโปร่งใสรุ่น {version} ซึ่งใหม่กว่ารุ่นที่ติดตั้งอยู่",
        mend_th=f"ปรับโปรแกรมเป็นรุ่น {version} ขึ้นไป แล้วกู้คืนอีกครั้ง",
    )


def older(path: Path, version: str) -> BackupUnusable:
    """Say that a backup comes from an older version, whose tables are others."""
    return BackupUnusable(
        f"{path} was made by the older version {version}",
        message_th=f"ไฟล์สำรอง {path.name} สร้างจากโปร่งใสรุ่นเก่ากว่า ({version}) โครงสร้างข้อมูลต่างจากรุ่นที่ติดตั้งอยู่",
        mend_th=f"ติดตั้งรุ่น {version} เพื่อกู้คืน แล้วจึงปรับเป็นรุ่นใหม่ด้วย prongsai serve",
    )


def _check_parts(path: Path, packed: zipfile.ZipFile, manifest: Manifest, tell: Tell) -> None:
    """Read every part once and hold its size, rows and hash against the manifest."""
    names = [part.name for part in manifest.parts]
    if sorted([*names, MANIFEST]) != sorted(packed.namelist()) or not all(map(_NAME.fullmatch, names)):
        raise _damaged(path, "the parts are not those of the manifest")
    total, done = sum(part.size for part in manifest.parts), 0
    for part in manifest.parts:
        digest, size, count = hashlib.sha256(), 0, 0
        try:
            with packed.open(part.name) as source:
                for piece in _pieces(source):
                    digest.update(piece)
                    size, count = size + len(piece), count + piece.count(b"\n")
                    if size > part.size:
                        break
                    tell("ตรวจไฟล์สำรอง", done := done + len(piece), total)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as mistake:
            raise _damaged(path, str(mistake)) from mistake
        counted = 1 if part.name.startswith(BYTES) else count
        if (size, counted, digest.hexdigest()) != (part.size, part.count, part.sha256):
            raise _damaged(path, f"{part.name} is not what was written")


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(source: object) -> Iterator[bytes]:
    read = source.read  # type: ignore[attr-defined]
    while piece := read(CHUNK):
        yield piece


def migrations_differ(found: Mapping[str, list[str]], here: Mapping[str, list[str]]) -> str:
    """Compare migrations: "" when they are the same, else "newer" or "older" for the found ones."""
    ours = {(app, name) for app, names in here.items() for name in names}
    theirs = {(app, name) for app, names in found.items() for name in names}
    if ours == theirs:
        return ""
    return "newer" if theirs - ours else "older"
