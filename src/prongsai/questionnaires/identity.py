"""Words of a question that ask who answers: names, numbers, addresses; and sex, age or post beside the opinions."""

from __future__ import annotations

import re

from prongsai.questionnaires.spelled import spelled

_NEGATED_OVER = 60  # letters behind "do not write"


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_OWN = "(?:ของ)?" + _any(
    "ท่าน คุณ ผู้ตอบ ผู้กรอก ผู้ประเมิน ผู้ให้ข้อมูล ผู้รับบริการ ผู้ใช้บริการ ผู้มาติดต่อ ผู้เข้า(?:รับการ|ร่วม)?(?:อบรม|ประชุม) ตนเอง ตัวเอง ตัวท่าน"
)
_END = r"(?:[:;.…_(]|$)"
_NOT_OFFICE = f"(?!(?:ของ|ที่)?{_any('เทศบาล อบต องค์การ หน่วยงาน สำนัก กอง ศูนย์ เจ้าหน้าที่ สายด่วน ส่วนราชการ ฝ่าย เรา')})"
_TELL = _any("ระบุ กรอก เขียน ใส่ แจ้ง ขอ ลง ให้ ทิ้ง บอก พิมพ์ โปรด กรุณา พร้อม และ หรือ ^")
_MAIL = _any("e-?mail อี-?เมล(?:ล์|์)?+ ไปรษณีย์อิเล็กทรอนิกส์ จดหมายอิเล็กทรอนิกส์")
_NOT_BY = "".join(f"(?<!{word})" for word in ("ทาง", "ผ่าน", "โดย", "ด้วย", "ใช้", "รับ"))
_AND = "(?:[-–/,]|และ|กับ)?"
_NUMBER_OF_CARD = "(?:เลข|หมายเลข|รหัส)(?:ที่)?(?:ประจำตัว|บัตร)+(?:ประชาชน)?"
_PHONE = "(?:เบอร์|หมายเลข)(?:โทร(?:ศัพท์)?|มือถือ|ติดต่อ)*"
# However it is answered: what is asked for with its owner.
_WHO = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:ชื่อ(?:จริง|เต็ม|เล่น)?{_AND}(?:นาม)?(?:สกุล)?|นามสกุล){_OWN}",
        r"(?:ท่าน|คุณ)(?:มี)?ชื่อ(?:ว่า)?อะไร|(?:ท่าน|คุณ)คือใคร",
        rf"{_NUMBER_OF_CARD}{_OWN}|{_PHONE}{_OWN}|{_MAIL}{_OWN}",
    )
)
# In words anything may be answered, so less is enough.
_WHO_IN_WORDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"ชื่อ(?:จริง|เต็ม|ตัว)?{_AND}(?:นาม)?สกุล",
        rf"{_TELL}ชื่อ(?:จริง|เล่น|เต็ม)?{_END}|{_TELL}นามสกุล{_END}",
        rf"(?:ลงชื่อ|ลายมือชื่อ|ลายเซ็น)(?:ผู้|{_OWN}|{_END})",
        r"(?:เลข|หมายเลข)(?:ที่)?(?:ประจำตัว|บัตร)+ประชาชน|เลขประชาชน|เลข(?:ประจำตัว)?13หลัก|เลขประจำตัว",
        r"รหัส(?:ประจำตัว)?(?:พนักงาน|ข้าราชการ|บุคลากร|นักเรียน|นักศึกษา)|เลขหนังสือเดินทาง",
        rf"(?:เบอร์|หมายเลข|เลข)(?:โทร(?:ศัพท์)?+|มือถือ|ติดต่อ)++{_NOT_OFFICE}",
        rf"{_TELL}(?:เบอร์|โทร(?:ศัพท์)?(?:มือถือ|ติดต่อกลับ)?){_END}",
        rf"{_TELL}{_MAIL}{_NOT_OFFICE}|{_NOT_BY}{_MAIL}(?:{_END}|ติดต่อกลับ)",
        r"(?:ไลน์|line)(?:ไอดี|-?id)|(?:ไอดี|id)(?:ไลน์|line)|(?:บัญชี|ชื่อ)(?:ไลน์|เฟซบุ๊ก|เฟสบุ๊ค|facebook)",
        rf"บ้านเลขที่{_NOT_OFFICE}|ที่อยู่(?:{_OWN}|ปัจจุบัน|ตามทะเบียนบ้าน|ที่ติดต่อ|{_END})",
        r"วัน(?:เดือน|/เดือน/|,เดือน,|-เดือน-)ปี(?:ที่)?เกิด|วันเกิด",
    )
)
_WHO_EN = re.compile(
    r"\b(?:your|respondent'?s?)\s+(?:(?:full|first|last|own|mobile|home|citizen|national)\s+)*"
    r"(?:name|surname|phone|telephone|mobile|e-?mail|address|id)\b|"
    r"^\s*(?:full\s+|first\s+|last\s+)?(?:name|surname|e-?mail|phone)\s*[:?.]*\s*$|"
    r"\b(?:citizen id|national id|passport number|line id|date of birth)\b"
)
# "Do not write names", "did you know the name": nothing is asked for.
_NEGATION = re.compile(
    _any("อย่า(?!ลืม) ไม่ต้อง ห้าม ไม่ควร ไม่ขอ ไม่เก็บ ไม่ถาม ไม่บันทึก ไม่ระบุ ไม่ประสงค์ โดยไม่ กรุณาไม่ งด หลีกเลี่ยง ทราบ รู้จัก จำ")
)
_NEGATION_EN = re.compile(r"\b(?:not|never|no|without|avoid|don't)\b")
_ASKED_AGAIN = re.compile(_any("กรุณา(?!ไม่) โปรด(?!งด|อย่า) แต่ ขอให้ อย่าลืม เพื่อ แล้ว จากนั้น"))

_TRAIT = _any(
    "เพศสภาพ เพศ ช่วงอายุ อายุงาน อายุราชการ อายุ (?:ระดับ|วุฒิ)?การศึกษา(?:สูงสุด)? อาชีพ(?:หลัก)? ระดับตำแหน่ง ตำแหน่ง สังกัด "
    "รายได้(?:ต่อเดือน)? สถานภาพ(?:สมรส)? ศาสนา ประเภทบุคลากร"
)
_ABOUT = re.compile(
    rf"^[0-9.)]*(?:กรุณา|โปรด)?(?:ระบุ|เลือก)?{_TRAIT}(?:{_OWN})?(?:คือ|ใด|อะไร)?[:?.]*$|"
    rf"^(?:ปัจจุบัน)?(?:ท่าน|คุณ)(?:มี|เป็น|จบ|อยู่|ดำรง|ประกอบ|ทำงาน)?(?:ใน)?{_TRAIT}|"
    r"^(?:ท่าน|คุณ)เป็น(?:เพศ|หญิงหรือชาย|ชายหรือหญิง)"
)
_ABOUT_EN = re.compile(
    r"^\s*(?:(?:what is )?your )?(?:sex|gender|age(?: group)?|education|occupation|position|income|religion)"
    r"\s*[:?.]*\s*$"
)


def asks_who(text: str, *, in_words: bool) -> str:
    """Give the words of a question that ask for a name, a number or an address of who answers, "" when none do.

    in_words: whether it is answered in words.
    """
    said = spelled(text)
    for pattern in (*_WHO, *(_WHO_IN_WORDS if in_words else ())):
        for found in pattern.finditer(said.plain):
            if not _is_negated(said.plain, found.start()):
                return said.written(*found.span())
    hits = (hit for hit in _WHO_EN.finditer(said.english) if not _NEGATION_EN.search(said.english, 0, hit.start()))
    return next((hit[0] for hit in hits), "")


def asks_about(text: str) -> str:
    """Give what a question asks when that is sex, age, education, post and the like, else ""."""
    said = spelled(text)
    if found := _ABOUT.search(said.plain):
        return said.written(*found.span())
    english = _ABOUT_EN.search(said.english)
    return english[0].strip() if english else ""


def _is_negated(plain: str, at: int) -> bool:
    before = plain[max(0, at - _NEGATED_OVER) : at]
    ends = [found.end() for found in _NEGATION.finditer(before)]
    return bool(ends) and not _ASKED_AGAIN.search(before, ends[-1])
