"""The bytes of a file, when it is there and not too large to be a paper."""

from pathlib import Path

from prongsai.documents.read.refusals import over_limit
from prongsai.errors import FileUnusable

BYTES_MAX = 100_000_000


def load(path: Path) -> bytes:
    """Give the bytes of a file.

    Raises FileUnusable when it cannot be opened; LimitExceeded over BYTES_MAX bytes, without loading them.
    """
    try:
        size = path.stat().st_size
        if size > BYTES_MAX:
            raise over_limit(path.name, f"{size:,} ไบต์", f"{BYTES_MAX:,} ไบต์")
        return path.read_bytes()
    except OSError as reason:
        raise FileUnusable(
            f"{path} cannot be opened: {reason.strerror}",
            message_th=f"เปิดไฟล์ {path} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
        ) from reason
