"""The sentences for a file that cannot be read, in one place: every reader says the same thing in the same words."""

from prongsai.errors import FileUnusable, LimitExceeded

SPLIT = "แบ่งไฟล์แล้วอ่านทีละส่วน"
SAVE_ANEW = "ขอไฟล์ต้นฉบับใหม่ หรือเปิดด้วยโปรแกรมเดิมแล้วบันทึกใหม่"
UNLOCK = "เปิดด้วยโปรแกรมเดิม ถอดรหัสผ่าน แล้วบันทึกใหม่"


def under_password(name: str, mend_th: str = UNLOCK) -> FileUnusable:
    """Say that a file is under a password."""
    return FileUnusable(f"{name} is under a password", message_th=f"ไฟล์ {name} มีรหัสผ่าน", mend_th=mend_th)


def broken(name: str, what: str, mend_th: str = SAVE_ANEW) -> FileUnusable:
    """Say that a file is damaged. what: the detail for who reads English."""
    return FileUnusable(f"{name} is damaged: {what}", message_th=f"ไฟล์ {name} เสียหายหรือมาไม่ครบ", mend_th=mend_th)


def empty(name: str) -> FileUnusable:
    """Say that a file has no words."""
    return FileUnusable(f"{name} is empty", message_th=f"ไฟล์ {name} ว่างเปล่า", mend_th="ตรวจว่าเลือกไฟล์ถูก แล้วบันทึกใหม่")


def other_format(name: str, kind: str, to: str) -> FileUnusable:
    """Say that a file is in a format that nobody here reads. to: what to save it as."""
    return FileUnusable(
        f"{name} is in a format that is not read ({kind.strip()})",
        message_th=f"ไฟล์ {name} เป็น{kind}ซึ่งอ่านไม่ได้",
        mend_th=f"บันทึกเป็น {to} แล้วลองใหม่",
    )


def over_limit(name: str, what: str, limit: str, mend_th: str = SPLIT) -> LimitExceeded:
    """Say that a file is over a limit. what: what there is, with its count; limit: how much is read."""
    return LimitExceeded(
        f"{name}: {what} > {limit}",
        message_th=f"ไฟล์ {name} ใหญ่เกินไป: {what} เกินขีดจำกัด {limit}",
        mend_th=mend_th,
    )


def page_over_limit(page: int, what: str, limit: str) -> LimitExceeded:
    """Say that one page is over a limit. page: 1-based; what: what there is too much of; limit: how much is read."""
    return LimitExceeded(
        f"page {page}: {what} > {limit}",
        message_th=f"หน้า {page} มี{what}เกินขีดจำกัด {limit}",
        mend_th="พิมพ์หน้านั้นเป็น PDF ใหม่ หรือตัดหน้านั้นออก",
    )
