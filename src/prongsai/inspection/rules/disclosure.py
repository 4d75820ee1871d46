"""Rules about the whole: it is of this office, and it is no placeholder."""

import re
from collections import Counter

from rapidfuzz import fuzz

from prongsai.frameworks.model import Element
from prongsai.inspection.case import Case, Finding, Kind, Options, failed, not_found, passed, unsure
from prongsai.inspection.view import Passage, Source
from prongsai.thai.agencies import PROVINCIAL, FoundAgency, find_agencies
from prongsai.thai.places import PROVINCES, place_names
from prongsai.thai.text import collapse, fold

LIKENESS_MIN = 85
CONTENT_MIN = 60  # letters
SHORT_CONTENT = 500
HEAD_PASSAGES = 12
_BEFORE = 60
NAME_MIN = 3
_NO_NAME = re.compile(r"มี|ต้อง|จะ|ได้|เป็น|ทุก|แห่ง|ทั้ง|นี้|นั้น|ใด|อื่น|ที่|และ|หรือ|ของ|ใน|ตาม|เพื่อ|โดย|พ\.ศ|หมาย|ประเภท|ขนาด|สามัญ")
_RIGHTLY = re.compile(
    r"ดูงาน|ร่วมกับ|ความร่วมมือ|บันทึกข้อตกลง|mou|ระหว่าง|เรียน|ถึง|จาก|โอน|ย้าย|อดีต|คู่สัญญา|เช่น|แห่งอื่น|เครือข่าย|ใกล้เคียง|ข้างเคียง|ติดต่อกับ|ติดกับ|ทิศ|จด|เขต|วิทยากร|ต้นแบบ|อ้างอิง|ที่มา|ตัวอย่าง|สังกัด"
    r"|รับรอง|สนับสนุน|อุดหนุน|ชนะ|ผู้เสนอราคา|คัดเลือก|ที่ตั้ง|ใน(?:อำเภอ|จังหวัด)|อปท\.|ท้องถิ่น(?:อื่น|ใกล้)"
)
_LOREM = re.compile(r"loremipsum|dolorsitamet|consecteturadipiscing|placeholdertext|sampletext|dummytext")
_PENDING = re.compile(
    r"อยู่ระหว่าง(?:การ)?(?:ปรับปรุง|จัดทำ|พัฒนา|ดำเนินการปรับปรุง|รวบรวม|เตรียม|อัปเดต|อัพเดต)|กำลัง(?:ปรับปรุง|จัดทำ|พัฒนา|ดำเนินการปรับปรุง|อัปเดต|อัพเดต)|ขออภัย[^\n]{0,30}ปรับปรุง"
    r"|underconstruction|comingsoon|เร็วๆนี้|ยังไม่มีข้อมูล|ไม่พบข้อมูล|ไม่มีข้อมูลที่จะแสดง|nodata|notfound|รอข้อมูล|รอปรับปรุง|รอดำเนินการอัปโหลด|ใส่ข้อความ|ตัวอย่างข้อความ|พิมพ์ข้อความที่นี่"
)
_SLOTS = re.compile(
    r"\[(?:ชื่อ|ระบุ|ใส่|กรอก|ตำแหน่ง|วันที่|ปี|name|agency)[^\]\n]{0,40}\]|<(?:ชื่อ|ระบุ|ใส่)[^>\n]{0,40}>|x{4,}|(?:เทศบาล(?:ตำบล|เมือง|นคร)?|องค์การบริหารส่วนตำบล|อบต\.)(?:\.{4,}|…{2,}|_{3,})|\{\{[^}\n]{1,40}\}\}",
    re.IGNORECASE,
)


def own_name(case: Case, element: Element, options: Options) -> Finding:
    """Look for another local government's name, or the own one put into another province."""
    if not case.facts.name:
        return _nobody_said(case)
    own = next(iter(find_agencies(case.facts.name)), None)
    if own is None:
        return _plain_name(case)
    foreign: list[tuple[Source, Passage, FoundAgency, bool]] = []
    mine: Counter[int] = Counter()
    for number, source in enumerate(case.view.sources):
        for place, passage in enumerate(source.passages):
            for found in find_agencies(passage.text, [own.name]):
                if _is_own(found, own, case.facts.province):
                    mine[number] += 1
                elif _is_name(passage, found) and not _is_right(passage, found):
                    is_head = place < HEAD_PASSAGES or passage.is_head or place >= len(source.passages) - 4
                    foreign.append((source, passage, found, is_head and not passage.is_link))
    misplaced = _misplaced(case, own)
    if misplaced:
        return misplaced
    return _judged(case, foreign, own)


def _nobody_said(case: Case) -> Finding:
    """Ask for the office's name; what a page calls itself is a hint and no fact."""
    heads = [page.title for page in case.pile.pages[:1]] + [p.text for s in case.view.sources[:1] for p in s.head]
    hint = next((found.text for text in heads for found in find_agencies(text)), "")
    seen = f" หน้านี้เขียนชื่อ{hint}" if hint else ""
    mend = f"ระบุชื่อหน่วยงาน{f' ถ้าเป็น{hint}จริง' if hint else ''} แล้วตรวจอีกครั้ง (--agency)"
    return unsure(f"ไม่ทราบชื่อหน่วยงาน จึงไม่ได้เทียบชื่อ{seen}", mend, address=case.pile.address)


def _judged(case: Case, foreign: list[tuple[Source, Passage, FoundAgency, bool]], own: FoundAgency) -> Finding:
    mend = f"แก้ชื่อเป็น{own.text} และตรวจว่าเนื้อหาที่เหลือเป็นของหน่วยงานนี้จริง"
    counts = Counter(fold(found.text) for _, _, found, _ in foreign)
    at_head = next((each for each in foreign if each[3]), None)
    often = next((each for each in foreign if counts[fold(each[2].text)] >= 2 and not each[1].in_table), None)
    if at_head or often:
        source, passage, found, _ = at_head or often or foreign[0]
        return failed(f"มีชื่อหน่วยงานอื่น: {found.text}", mend, source, passage)
    if foreign:
        source, passage, found, _ = foreign[0]
        return unsure(f"มีชื่อ {found.text} ในเนื้อหา", "ตรวจว่าตั้งใจกล่าวถึง ไม่ใช่คัดลอกมา", source, passage)
    return passed("ไม่มีชื่อหน่วยงานอื่น")


def _plain_name(case: Case) -> Finding:
    own = fold(case.facts.name)
    found = [
        (s, p, a) for s in case.view.sources for p in s.head for a in find_agencies(p.text) if fold(a.text) not in own
    ]
    if found and not any(own in source.folded for source in case.view.sources):
        source, passage, agency = found[0]
        return failed(f"มีชื่อหน่วยงานอื่น: {agency.text}", f"แก้ชื่อเป็น{case.facts.name}", source, passage)
    return passed("ไม่มีชื่อหน่วยงานอื่นที่หัวเอกสาร")


def _is_own(found: FoundAgency, own: FoundAgency, province: str) -> bool:
    name, mine = fold(found.name), fold(own.name)
    if found.kind is PROVINCIAL and (not province or name == fold(province.removeprefix("จังหวัด"))):
        return True
    return name.startswith(mine) or mine.startswith(name) or fuzz.ratio(name, mine) >= LIKENESS_MIN


def _is_name(passage: Passage, found: FoundAgency) -> bool:
    """Whether what was found is surely a name: a known place, or it ends where the words end."""
    if found.name in place_names():
        return True
    after = passage.text[found.end : found.end + 6]
    ends = not after or after[0] in ' \t.,()/:;"”’-' or after.startswith(("อำเภอ", "จังหวัด", "อ.", "จ."))
    return ends and len(found.name) >= NAME_MIN and not _NO_NAME.match(found.name)


def _is_right(passage: Passage, found: FoundAgency) -> bool:
    around = passage.text[max(0, found.start - _BEFORE) : found.start] + " " + passage.text[found.end : found.end + 25]
    return bool(_RIGHTLY.search(fold(around)))


def _misplaced(case: Case, own: FoundAgency) -> Finding | None:
    """Find the own name followed by another province."""
    mine = fold(case.facts.province.removeprefix("จังหวัด"))
    if not mine:
        return None
    name = re.compile(re.escape(fold(own.text)) + r"[^\n]{0,60}?(?:จังหวัด|จ\.)(?P<place>[ก-๎]{3,24})")
    for source in case.view.sources:
        for found in name.finditer(source.folded):
            place = found["place"]
            other = next((p.name for p in PROVINCES if place.startswith(fold(p.name))), None)
            if other and not place.startswith(mine):
                passage = source.at(found.start())
                return failed(f"ชื่อหน่วยงานถูกต้องแต่อยู่จังหวัด{other}", f"แก้เป็นจังหวัด{case.facts.province}", source, passage)
    return None


def not_placeholder(case: Case, element: Element, options: Options) -> Finding:
    """Refuse an empty page, filler text, notes that something is to come, and slots that nobody filled."""
    for source in case.view.sources:
        lorem = next(source.find(_LOREM, links=True), None)
        if lorem is not None:
            return failed(f"เป็นข้อความตัวอย่าง: “{lorem.shown}”", "แทนข้อความตัวอย่างด้วยข้อมูลจริง", source, lorem)
        slots = [passage for passage in source.passages for _ in _SLOTS.finditer(passage.folded)]
        if len(slots) >= 2 or any(_SLOTS.search(p.folded) for p in source.head):
            where = slots[0] if slots else source.head[0]
            return failed(f"มีช่องของแบบที่ยังไม่ได้กรอก: “{where.shown}”", "กรอกข้อมูลจริงให้ครบ", source, where)
        pending = next((p for p in source.find(_PENDING, links=True) if not p.in_table and len(p.folded) <= 140), None)
        if pending is not None and (_is_short(case, source) or pending.is_head):
            return failed(f"ยังไม่มีข้อมูล: “{pending.shown}”", "เผยแพร่ข้อมูลจริงก่อนยื่นลิงก์", source, pending)
    return _empty(case)


def _is_short(case: Case, source: Source) -> bool:
    return len(source.folded) < SHORT_CONTENT and not (source.page and case.view.papers)


def _empty(case: Case) -> Finding:
    letters = case.view.letters
    has_more = case.pile.papers or any(page.fields or page.frames for page in case.pile.pages)
    if letters < CONTENT_MIN and not has_more:
        words = collapse(" ".join(p.text for s in case.view.sources for p in s.passages))[:60]
        return not_found(case, f"แทบไม่มีเนื้อหา: “{words}”", "เผยแพร่ข้อมูลของข้อนี้")
    return passed(f"มีเนื้อหา {letters:,} ตัวอักษร", address=case.pile.address)


KINDS: dict[str, Kind] = {"own_name": own_name, "not_placeholder": not_placeholder}
