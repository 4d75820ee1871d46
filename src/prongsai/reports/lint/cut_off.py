"""Sentences that end in a word that cannot end one."""

import re
from typing import NamedTuple

from prongsai.reports.lint.words import listed

_CUT_OFF = re.compile(
    r"(?:ของ|(?<!ภาย)(?<!ข้าง)(?<!ด้าน)(?<!ตอน)(?<!ชั้น)(?<!ส่วน)ใน|(?<!กำ)กับ|และ|หรือ|ซึ่ง|โดย|เช่น|เพื่อ|ได้แก่|เพราะ|เนื่องจาก"
    r"|ระหว่าง|เข้าสู่|ไปสู่|เป็นไปตาม|สอดคล้องตาม|พ\.?\s?ศ\.?"
    r"|(?:ผู้|สิ่ง|ตาม|กรณี|ขณะ|ไตรมาส|ประเด็น|โครงการ|หน่วยงาน)ที่)$"
)
# A form may ask for day, month and พ.ศ.
_WHOLE_ANYWAY = re.compile(r"(?:โครงการฯ?|ฯลฯ|ควบคู่กับ|พร้อมกับ|เดือน\s?(?:และ)?\s?พ\.?\s?ศ\.?)$")
_LENGTH_MIN = 12
_OF = "ของ"
_YEAR = re.compile(r"[0-9๐-๙]{4}$")


class CutOff(NamedTuple):
    """A sentence that ends in ``word``, without its closing signs. sure: whether nothing whole can end so."""

    word: str
    bare: str
    sure: bool


def cut_off(sentence: str) -> CutOff | None:
    """Tell in what word a sentence is cut off; None for a whole one. ของ at the end may be the noun "things"."""
    bare = sentence.rstrip(" .)”\"'")
    hit = _CUT_OFF.search(bare[-40:])
    if not hit or len(bare) < _LENGTH_MIN or _WHOLE_ANYWAY.search(bare):
        return None
    if hit.group(0) != _OF:
        return CutOff(hit.group(0), bare, True)
    before = bare.removesuffix(_OF).rstrip()
    owner, things = _ending(before, "wants_owner"), _ending(before, "takes_things")
    sure = owner > 0 or bool(_YEAR.search(before))
    return None if things > owner else CutOff(_OF, bare, sure)


def _ending(text: str, name: str) -> int:
    """Give the length of the longest word of a list in which a text ends, 0 for none."""
    return max((len(word) for word in listed(name) if text.endswith(word)), default=0)
