"""An element without rules, as of a year made by an office: its words are looked for, a person decides."""

import re

from prongsai.frameworks.model import Element
from prongsai.inspection.case import Case, Finding, unsure
from prongsai.thai.text import fold

WORDS_MAX = 8
_CUT = re.compile(r"[\s,/()“”\"'–—-]+|และ|หรือ|ของ|เช่น|ได้แก่|ต้อง|ให้|ที่|ใน|ตาม|แต่ละ|เป็น|มี|การ(?=[ก-ฮเ-ไ]{4})")
_EMPTY = frozenset({"ข้อมูล", "เปิดเผย", "แสดง", "รายละเอียด", "หน่วยงาน", "อย่างน้อย", "ชื่อข้อนี้", "เปิดเผยข้อมูล"})


def guessed(case: Case, element: Element) -> Finding:
    """Say which words of the element's text are there and which are not; never more than that."""
    words = [
        word for word in map(fold, _CUT.split(case.fill(element.text_th))) if len(word) >= 4 and word not in _EMPTY
    ]
    words = list(dict.fromkeys(words))[:WORDS_MAX]
    seen = {word: hit for word in words if (hit := case.view.first(re.compile(re.escape(word))))}
    if not words:
        return unsure("ข้อนี้ไม่มีเกณฑ์ให้เครื่องตรวจ", "ให้คนเปิดดู", address=case.pile.address)
    if not seen:
        return unsure(f"ไม่พบคำว่า {', '.join(words[:4])}", "ให้คนเปิดดูว่ามีข้อมูลนี้หรือไม่", address=case.pile.address)
    source, passage = next(iter(seen.values()))
    return unsure(f"พบคำว่า {', '.join(seen)}", "ให้คนเปิดดูและยืนยัน", source, passage)
