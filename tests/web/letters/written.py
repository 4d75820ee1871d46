"""Letters for the tests: contents as their forms give them."""

from __future__ import annotations

from typing import Any

from prongsai.web.agencies.scope import Scope
from prongsai.web.letters.models import Letter
from prongsai.web.letters.services import writing

AGENCY = "เทศบาลตำบลบ้านสวนพลู"
MEMO: dict[str, Any] = {
    "office": f"กองช่าง {AGENCY} โทร. ๐-๓๖๐๐-๐๑๑๔",
    "to": "นายกเทศมนตรี",
    "body": [
        "๑. เรื่องเดิม",
        "ด้วยกองช่างได้รับแจ้งว่าถนนสายบ้านสวนพลู หมู่ที่ ๓ ชำรุด",
        "๒. ข้อเท็จจริง",
        "กองช่างได้ออกสำรวจแล้ว พบความเสียหายจำนวน ๒ จุด",
    ],
    "closing": "โปรดพิจารณา",
}
SUBJECT = "ขออนุมัติซ่อมแซมถนนสายบ้านสวนพลู"


def memo(scope: Scope, *, subject: str = SUBJECT, content: dict[str, Any] | None = None, **given: Any) -> Letter:
    """Draft a memo."""
    return writing.start_letter(scope, paper="memo", subject=subject, content={**MEMO, **(content or {})}, **given)
