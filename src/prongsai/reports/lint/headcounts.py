"""Counts of the whole staff in the words of a paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.reports.lint.passages import Passage
from prongsai.thai.numerals import to_arabic

_STAFF = r"(?:พนักงาน|บุคลากร|เจ้าหน้าที่|ข้าราชการ|กำลังพล)"
_HEADCOUNT = re.compile(
    rf"{_STAFF}(?P<which>(?:(?!{_STAFF})(?:[ก-๎\s,/]|\d{{1,2}}\s(?=[ก-ฮ]))){{0,60}}?)(?:จำนวน|รวม)?\s*"
    r"(?P<number>\d[\d,]{0,9})\s*(?:คน|คณ|ราย|อัตรา)"
)
_ALL = re.compile(r"ทั้งหมด|ทั้งสิ้น|ทุกคน|ทุกราย|ในสังกัด|ทั้งองค์กร")
_PART = re.compile(
    r"^(?:จ้าง|กอง|สำนัก|ฝ่าย|งาน|ศูนย์|โรงเรียน|หน่วย|รุ่น)|ใหม่|ต้นแบบ|ประจำ(?!หน้าที่)|เข้าร่วม|เข้าอบรม|ผู้เข้า|ผ่าน|ที่ไม่|ที่ได้รับ|ดีเด่น|บรรจุ|โอน"
    r"|เกษียณ|คณะ|กลุ่ม|เฉพาะ|แต่งตั้ง|คัดเลือก"
)
_RESPONDENTS = re.compile(r"(?:ผู้ตอบ|ตอบแบบ|ผู้ประเมิน|แบบสำรวจ|แบบสอบถาม|แบบประเมิน|แบบวัด)[^\s]{0,24}\s?$")
_RESPOND = re.compile(r"\s*(?:ได้|ร่วม|ที่|เป็นผู้|ทำ)*ตอบแบบ")
_ACKNOWLEDGED = re.compile(r"\s*(?:ได้|ลงชื่อ|ลงนาม|ต่าง)*รับทราบ")
_TOLD = re.compile(r"รับทราบ|เวียน|แจกคู่มือ|ถือปฏิบัติ")
_OWN_WORDS = re.compile(r"\s*(?:เทศบาล\S*|ส่วนตำบล\S*|ส่วนท้องถิ่น|ของหน่วยงาน)?\s*")
_SAME_COUNT = 0.1
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Headcount:
    """A count of all staff, at passage.text[start:end]."""

    number: int
    passage: Passage
    start: int
    end: int


def headcounts(found: Passage) -> Iterator[Headcount]:
    """Give every count of all staff in a passage."""
    text = to_arabic(found.text)
    for hit in _HEADCOUNT.finditer(text):
        if _counts_all(text, hit):
            number = int(hit["number"].replace(",", ""))
            yield Headcount(number, found, *hit.span())


def _counts_all(text: str, hit: re.Match[str]) -> bool:
    """Whether a count is worded as that of all staff: "all", or what went round to the staff and was acknowledged."""
    which, after = hit["which"].strip(), text[hit.end() : hit.end() + 16]
    if any(_PART.search(words) for words in (which, text[max(0, hit.start() - 12) : hit.start()].strip(), after)):
        return False
    if _RESPONDENTS.search(text[max(0, hit.start() - _CONTEXT) : hit.start()]) or _RESPOND.match(after):
        return False
    beside = text[max(0, hit.start() - _CONTEXT) : hit.end() + _CONTEXT]
    went_round = bool(_TOLD.search(beside)) and bool(_OWN_WORDS.fullmatch(which))
    return bool(_ALL.search(which)) or went_round or bool(_ACKNOWLEDGED.match(after))


def differs(one: int, other: int) -> bool:
    """Whether two counts differ by more than people come and go."""
    return abs(one - other) > _SAME_COUNT * max(one, other)
