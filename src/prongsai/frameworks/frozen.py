"""Freeze a verified file by its hash, so that it cannot change unseen."""

import json
from pathlib import Path

from prongsai.errors import FileUnusable, Problem, Severity
from prongsai.frameworks.check import check_document
from prongsai.frameworks.document import Document, read
from prongsai.frameworks.frozen_hashes import frozen_file, read_hashes
from prongsai.frameworks.model import Status

# What only freezing itself can settle.
_SETTLED = frozenset({"FRAMEWORK_NOT_FROZEN", "FRAMEWORK_FROZEN_CHANGED"})


def freeze(path: Path) -> str:
    """Freeze a file as it is now and give its hash; say ``status: verified`` in it first.

    Raises FileUnusable when the file has an error or is a draft, when the edition was frozen with another text, or
    when ``frozen.json`` cannot be written.
    """
    document = _sound(path)
    kept = frozen_file(path)
    known = {id_: dict(editions) for id_, editions in read_hashes(kept).items()}
    id_, edition = str(document.data["id"]), str(document.data["edition"])
    before = known.setdefault(id_, {}).setdefault(edition, document.sha256)
    if before != document.sha256:
        raise FileUnusable(
            f"{id_} edition {edition} is already frozen with another text",
            message_th=f"{id_} ฉบับที่ {edition} ตรึงไว้แล้วด้วยเนื้อหาอื่น",
            mend_th="เพิ่มเลขฉบับ (edition) แล้วตรึงใหม่",
        )
    _write(kept, json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n")
    return document.sha256


def _sound(path: Path) -> Document:
    """Read a file that may be frozen: no error, and verified."""
    document = read(path)
    problems = check_document(document)
    error = next((p for p in problems if p.severity is Severity.ERROR and p.code not in _SETTLED), None)
    if error is not None:
        raise _faulty(path, error)
    if document.data["status"] != Status.VERIFIED:
        raise FileUnusable(
            f"{path} is a draft",
            message_th=f"{path.name} ยังเป็นร่าง จึงตรึงไม่ได้",
            mend_th="ตรวจทุกข้อกับคู่มือ แล้วแก้เป็น status: verified",
        )
    return document


def _faulty(path: Path, error: Problem) -> FileUnusable:
    return FileUnusable(
        f"{path}, line {error.where.line}: {error.message}",
        message_th=f"{path.name} ยังตรึงไม่ได้ บรรทัด {error.where.line}: {error.message_th}",
        mend_th=error.mend_th or "",
    )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FileUnusable(
            f"cannot write {path}: {error.strerror}",
            message_th=f"เขียนไฟล์ {path} ไม่ได้",
            mend_th="ตรวจสิทธิ์การเขียนและที่ว่างในโฟลเดอร์",
        ) from error
