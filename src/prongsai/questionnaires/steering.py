"""Words that tell people what to answer, or what they gain or lose by it.

Thai is looked at without white space and with Arabic digits, for it is spaced at will; English in words. A hit is for
a person to look at: an innocent text may be worded otherwise, a steering one must be.
"""

from __future__ import annotations

import re

from prongsai.questionnaires.spelled import spelled


def _any(words: str) -> str:
    """Make one pattern of alternatives written with blanks between them, longer ones first where it matters."""
    return "(?:" + "|".join(words.split()) + ")"


_ASK = _any("กรุณา โปรด ขอ ช่วย รบกวน อยากให้ อยากได้ ควร ต้อง ให้ ฝาก วาน อย่าลืม")
_RATE = _any("ตอบ ให้คะแนน ให้ดาว ให้ เลือก กด กา ติ๊ก ทำเครื่องหมาย ลงคะแนน ประเมิน คลิก")
_LINK = _any("แบบ ว่า ที่ ข้อ ช่อง ระดับ คะแนน คำว่า เป็น ตัวเลือก ใน ทุกข้อ เรา " + "[\"'“”:]") + "*"
_FEW = r"[0-9]*(?:ข้อ|อันดับ|เรื่อง|อย่าง|ด้าน)"
_TOP = _any(
    f"มากที่สุด(?!เท่าที่|ก่อน|เพียง|{_FEW}) เห็นด้วยอย่างยิ่ง เห็นด้วยมาก ดีมาก ดีเยี่ยม ดีที่สุด ยอดเยี่ยม สูงสุด สูงๆ เยอะๆ ดีๆ "
    "เต็ม(?!ใจ|ที่) 100(?:%|คะแนน|เต็ม) (?:พึง)?พอใจอย่างยิ่ง (?:พึง)?พอใจมาก"
)
_LEGEND = _any("หาก เมื่อ ถ้า คือ หมายถึง = ถึง - – ไป")  # 5 = very high
_FIVE = rf"(?:ระดับ)?5(?:ดาว|คะแนน|เต็ม|ทุกข้อ|ทั้งหมด|เลย|ด้วย|นะ|ครับ|ค่ะ|[.!?\"”]|$)(?!{_LEGEND})"
_SCORE = _any("ผลคะแนน คะแนน ผล(?:การ)?ประเมิน ผล(?:การ)?สำรวจ อันดับ ค่าเฉลี่ย")
_HIGH = _any("สูง ดีเยี่ยม ดีมาก (?:ออกมา|ได้|คะแนน)ดี เต็ม(?!ใจ|ที่) ผ่าน เพิ่มขึ้น อันดับ(?:ที่)?1 ระดับ(?:a|ดี)")
_AIM = _any("เพื่อ ช่วยให้ ช่วยกัน ช่วยดัน ช่วยเพิ่ม ช่วย จะได้ ทำให้ อยากให้ ต้องการให้ หวังให้ ส่งผลให้")
# What lies between an aim and the score is not about doing better, or about the truth.
_BETWEEN = r"(?:(?!ปรับปรุง|พัฒนา|แก้ไข|บริการ|สะท้อน|จริง).)"
_BENEFIT = _any(
    "รางวัล ของสมนาคุณ ของที่ระลึก ของแถม ของขวัญ ของชำร่วย คูปอง บัตรกำนัล เงิน โบนัส ค่าตอบแทน สิทธิ์?พิเศษ ส่วนลด เลื่อนขั้น "
    "เลื่อนตำแหน่ง ความดีความชอบ วันหยุด"
)
_ANSWERING = _any(
    "ผู้(?:ที่)?ตอบ คนตอบ ตอบแบบ ตอบคำถาม ตอบครบ ตอบเสร็จ ทำแบบ(?:สอบถาม|ประเมิน|สำรวจ) กรอกแบบ ร่วมตอบ ตอบกลับ ทุกคำตอบ"
)
_HARM = _any("ถูก โดน ลงโทษ ตัดสิทธิ ตัดเงิน หักเงิน หักคะแนน ไม่ได้รับ ตักเตือน รายงานชื่อ ชี้แจง งดให้ สอบสวน มีผลต่อ กระทบ")
_LOW = _any("น้อย ต่ำ ไม่ดี เชิงลบ ทางลบ แง่ลบ เสียหาย ไม่มีความเห็น ปานกลาง")
_WEIGHS = _any("มีผลต่อ ส่งผลต่อ กระทบ ใช้พิจารณา จะได้ ได้รับ")
_STAKE = _any("โบนัส เงินเดือน เลื่อน ความดีความชอบ ต่อสัญญา รางวัล งบประมาณ")
_ABOVE = _any("เรา ระบบ ผู้บังคับบัญชา ผู้บริหาร หน่วยงาน นายก ปลัด หัวหน้า")
_WHO = _any("ใคร(?:เป็นผู้)?ตอบ ใครไม่ตอบ ผู้ใดตอบ ชื่อผู้ตอบ รายชื่อผู้")

_THAI = tuple(
    re.compile(pattern)
    for pattern in (
        # please answer "very high"; please give 5
        rf"{_ASK}(?:(?!ตรง|ใกล้เคียง|เหมาะ).){{0,30}}?(?<!ผู้)(?<!คน)(?<!ที่ท่าน){_RATE}{_LINK}(?:{_TOP}|{_FIVE})",
        rf"{_ASK}(?:ความ(?:ร่วมมือ|กรุณา|อนุเคราะห์))?{_LINK}(?:คะแนนเต็ม|เต็ม(?:5|10|100)|{_FIVE})",
        r"ขอ(?:สัก)?(?:คะแนน(?:เต็ม|ดี|สูง)|5ดาว|ดาว5|100คะแนน)",
        # so that our score is high
        rf"{_AIM}{_BETWEEN}{{0,40}}?(?:{_SCORE}|ita){_BETWEEN}{{0,25}}?{_HIGH}",
        # do not give low marks; not below 4; answer in a good way
        rf"(?:อย่า|ห้าม|ไม่ควร|งด|หลีกเลี่ยงการ|กรุณาไม่){_RATE}{_LINK}.{{0,10}}?{_LOW}",
        rf"{_RATE}{_LINK}.{{0,8}}?(?:ไม่(?:ให้)?ต่ำกว่า(?:ระดับ)?[3-9]|ตั้งแต่(?:ระดับ)?[3-9](?:คะแนน)?ขึ้นไป)",
        rf"{_RATE}{_LINK}.{{0,8}}?อย่างน้อย(?:ระดับ)?[3-9](?:คะแนน|ดาว)",
        rf"(?<!ผู้){_RATE}(?:ใน|ไปใน|เป็น)?(?:ทางบวก|เชิงบวก|แง่บวก|ทางที่ดี|แง่ดี|ด้านดี)",
        # what is gained
        rf"{_ANSWERING}.{{0,40}}?(?<!ไม่ได้)(?:รับ|แลก|ลุ้น|แจก|มอบให้|มีสิทธิ).{{0,15}}?{_BENEFIT}",
        rf"(?:รับ|แลก|ลุ้น|แจก){_BENEFIT}.{{0,20}}?{_ANSWERING}",
        rf"(?:คำตอบ|การตอบ|แบบสอบถามนี้|แบบสำรวจนี้|{_SCORE}(?:นี้|ita|ดี|สูง|ผ่าน)).{{0,20}}?(?<!ไม่){_WEIGHS}.{{0,20}}?{_STAKE}",
        # what is lost; who is seen
        rf"(?:หาก|ถ้า|ใคร|ผู้ใด|ผู้ที่|คนที่|คนไหน).{{0,25}}?"
        rf"(?:ไม่ตอบ|ไม่ทำแบบ|ไม่ให้ความร่วมมือ|(?:ตอบ|ให้คะแนน|คะแนน)(?:ต่ำ|น้อย|ไม่ดี|แย่)).{{0,40}}?(?:จะ|ต้อง|อาจ)(?:ต้อง)?{_HARM}",
        rf"{_ABOVE}(?:จะ|สามารถ|ก็)*(?:ตรวจสอบ|ทราบ|รู้|ดู|เห็น)(?:ได้)?(?:ว่า)?{_WHO}",
    )
)
_MARKS = (
    r"(?:full marks?|(?:the )?(?:highest|top|best) (?:score|marks?|rating|level|answer)|(?:5|five) stars?|all 5s?|"
    r"excellent|very high|strongly agree)"
)
_ENGLISH = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:please|kindly|must|should|remember to|be sure to|help us)\b[^.?!]{0,40}"
        rf"\b(?:give|choose|rate|select|tick|answer|score|mark)\b[^.?!]{{0,15}}\b{_MARKS}\b",
        r"\b(?:so that|in order that|help|help us)\b[^.?!]{0,30}\b(?:score|ita|ranking)\b"
        r"[^.?!]{0,20}\b(?:high|higher|rise|up|pass|top)\b",
        r"\b(?:answers?|respondents?|who answer)\b[^.?!]{0,30}\b(?:win|receive|get|be given)\b"
        r"[^.?!]{0,20}\b(?:prize|reward|gift|voucher|bonus|money)\b",
        r"\b(?:do not|don't|never|avoid)\b[^.?!]{0,10}\b(?:give|choose|giving|choosing|answer)\b"
        r"[^.?!]{0,12}\b(?:low|bad|negative|poor)\b",
        r"\b(?:not answer|low scores?|bad scores?)\b[^.?!]{0,30}\b(?:punished|reported|penalty|lose)\b",
    )
)


def steering(text: str) -> str:
    """Give the words of a text that steer the answer, "" when there are none."""
    said = spelled(text)
    for pattern in _THAI:
        if found := pattern.search(said.plain):
            return said.written(*found.span())
    hits = (found[0] for pattern in _ENGLISH if (found := pattern.search(said.english)))
    return next(hits, "")
