"""Score files: JSON, CSV, xlsx, xls, ods; one agency or many.

Everything usable is kept and every fault is a Problem at its line or row. Only a file without a single usable
score is refused.
"""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

from prongsai.errors import FileUnusable, LimitExceeded, ScoresUnusable
from prongsai.scoring.collect import Collection
from prongsai.scoring.read_json import collect_json
from prongsai.scoring.read_table import collect_csv, collect_workbook
from prongsai.scoring.scores import Scores

MAX_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 200_000_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_scores(path: Path) -> tuple[Scores, ...]:
    """Read a score file into the Scores of each agency it names, in file order; at least one.

    What a file is, its content says. Text is UTF-8 (with or without mark), UTF-16 with mark, or
    TIS-620/CP874. Raises FileUnusable (missing, empty, damaged), LimitExceeded, ScoresUnusable (no usable
    score; its message tells the first fault).
    """
    collection = Collection(path.name)
    raw = _read_bytes(path)
    if raw.startswith((_ZIP, _OLE)):
        _check_unpacked(raw, path)
        collect_workbook(raw, collection)
    else:
        text = _decode(raw, path)
        collect = collect_json if text.lstrip()[:1] in ("{", "[") else collect_csv
        collect(text, collection)
    scores = collection.finish()
    if all(each.is_empty for each in scores):
        raise _unusable(path, scores)
    return scores


def _unusable(path: Path, scores: tuple[Scores, ...]) -> ScoresUnusable:
    first = next((problem for each in scores for problem in each.problems), None)
    place = f" ({first.where}: {first.message_th})" if first else ""
    return ScoresUnusable(
        f"{path.name} has no usable score" + (f": {first.message}" if first else ""),
        message_th=f"ไม่พบคะแนนที่ใช้ได้ในไฟล์ {path.name}{place}",
        mend_th="ใช้ตารางที่มีช่อง agency, indicator, score (หน่วยงาน ตัวชี้วัด คะแนน) หรือ JSON ที่มี indicators",
    )


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(path, "size", size, MAX_BYTES)
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileUnusable(
            f"cannot read {path}: {error}",
            message_th=f"เปิดไฟล์ {path} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
        ) from error
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise FileUnusable(
            f"{path.name} is empty",
            message_th=f"ไฟล์ {path.name} ว่างเปล่า",
            mend_th="เลือกไฟล์คะแนน",
        )
    return raw


def _too_large(path: Path, what: str, size: int, limit: int) -> LimitExceeded:
    return LimitExceeded(
        f"{path.name}: {what} {size} bytes is over the limit of {limit}",
        message_th=f"ไฟล์ {path.name} ใหญ่เกินกำหนด ({size:,} ไบต์ จากที่ให้ได้ {limit:,} ไบต์)",
        mend_th="แบ่งไฟล์เป็นไฟล์เล็กลง",
    )


def _check_unpacked(raw: bytes, path: Path) -> None:
    if not raw.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError, struct.error) as error:
        raise FileUnusable(
            f"{path.name} is a damaged workbook: {error}",
            message_th=f"ไฟล์ {path.name} เสียหาย",
            mend_th="เปิดในโปรแกรมตารางคำนวณแล้วบันทึกใหม่",
        ) from error
    if size > MAX_UNPACKED_BYTES:
        raise _too_large(path, "unpacked size", size, MAX_UNPACKED_BYTES)


def _decode(raw: bytes, path: Path) -> str:
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp874"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnusable(
        f"{path.name} is neither UTF-8 nor TIS-620 text",
        message_th=f"ไฟล์ {path.name} ไม่ใช่ข้อความ UTF-8 หรือ TIS-620",
        mend_th="บันทึกเป็น CSV UTF-8 หรือ xlsx",
    )
