"""The bytes of a file, when it is there and not too large to be a paper."""

from pathlib import Path

from prongsai.errors import FileUnusable, LimitExceeded

BYTES_MAX = 100_000_000


def load(path: Path) -> bytes:
    """Give the bytes of a file.

    Raises FileUnusable when it cannot be opened; LimitExceeded over BYTES_MAX bytes, without loading them.
    """
    try:
        size = path.stat().st_size
        if size > BYTES_MAX:
            raise LimitExceeded(
                f"{path.name}: {size:,} bytes are more than the {BYTES_MAX:,} that are read",
                message_th=f"ไฟล์ {path.name} ใหญ่เกินไป: {size:,} ไบต์ เกินขีดจำกัด {BYTES_MAX:,} ไบต์",
                mend_th="แบ่งไฟล์แล้วอ่านทีละส่วน",
            )
        return path.read_bytes()
    except OSError as reason:
        raise FileUnusable(
            f"{path} cannot be opened: {reason.strerror}",
            message_th=f"เปิดไฟล์ {path} ไม่ได้",
            mend_th="ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
        ) from reason
