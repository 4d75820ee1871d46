"""Have a file read by a process that can be lost, within limits of time and memory."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from prongsai.documents.model import Document
from prongsai.documents.read.child import REFUSED
from prongsai.documents.read.refusals import SPLIT
from prongsai.documents.wire import loads
from prongsai.errors import FileUnusable, LimitExceeded

SECONDS_MAX = 120
MEMORY_BYTES_MAX = 2_000_000_000


def read_guarded(content: bytes, name: str, kind: str) -> Document:
    """Read bytes of a format in a process of its own.

    Raises FileUnusable for a file that its reader refuses or that ends the process; LimitExceeded over a limit of the
    reader, SECONDS_MAX seconds or MEMORY_BYTES_MAX bytes of memory (where the system can limit it).
    """
    call = child_call("prongsai.documents.read.child", kind, name)
    try:
        child = subprocess.run(call, input=content, capture_output=True, check=False, timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired as reason:
        raise too_slow(name, SECONDS_MAX) from reason
    if child.returncode == REFUSED:
        raise refused(json.loads(child.stdout))
    if child.returncode != 0:
        raise lost(child.stderr, name)
    return loads(child.stdout)


def child_call(module: str, *words: str) -> list[str]:
    """Give the command of a process that can be lost: words and then its limit of memory."""
    return [sys.executable, "-I", "-X", "utf8", "-m", module, *words, str(MEMORY_BYTES_MAX)]


def refused(form: Mapping[str, Any]) -> FileUnusable:
    """Give the refusal that a process told, as ``form_of`` there writes it."""
    kind = LimitExceeded if form["limit"] else FileUnusable
    return kind(form["message"], message_th=form["message_th"], mend_th=form["mend_th"])


def too_slow(name: str, seconds_max: int) -> LimitExceeded:
    """Say that a file took longer than it may. name: of the file, for messages."""
    return LimitExceeded(
        f"{name}: not read within {seconds_max} seconds",
        message_th=f"ไฟล์ {name} ใช้เวลาอ่านเกินขีดจำกัด {seconds_max} วินาที",
        mend_th=SPLIT,
    )


def lost(words: bytes, name: str) -> FileUnusable:
    """Say of a process that ended over a file whether it had too little memory. words: what it said of its end."""
    last = words.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if "MemoryError" in last:
        return LimitExceeded(
            f"{name}: reading needs more than {MEMORY_BYTES_MAX:,} bytes of memory",
            message_th=f"ไฟล์ {name} ต้องใช้หน่วยความจำเกินขีดจำกัด {MEMORY_BYTES_MAX:,} ไบต์",
            mend_th=SPLIT,
        )
    return FileUnusable(
        f"{name} is broken inside, its reader gave up: {last[:200]}",
        message_th=f"โครงสร้างภายในของไฟล์ {name} ผิดปกติ อ่านต่อไม่ได้",
        mend_th="เปิดด้วยโปรแกรมเดิมแล้วบันทึกใหม่",
    )
