"""Local governments: kinds, short forms and codes, and where one is named in running text.

Thai has no spaces, so the hard part is where a proper name ends: เทศบาลตำบลบ้านสวนพลูจึงขอประกาศ. A name ends at the
longest place name that fits, or before a word that goes on with the sentence.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from prongsai.thai.letters import LetterNumber, read_letter_number
from prongsai.thai.numerals import to_arabic
from prongsai.thai.places import PROVINCES, place_names
from prongsai.thai.text import fold, squeeze

__all__ = [
    "KINDS",
    "AgencyCode",
    "AgencyKind",
    "FoundAgency",
    "LetterNumber",
    "clerk_title",
    "find_agencies",
    "mayor_title",
    "read_agency",
    "read_agency_code",
    "read_letter_number",
    "same_agency",
    "short_forms",
]


class AgencyKind(NamedTuple):
    """A kind of local government. code: first two digits of its 8-digit code, "" when it has none.

    name: full word before the proper name; short: as in ทต.; head: the executive's title before the proper name.
    """

    code: str
    name: str
    short: str
    head: str
    clerk: str


PATTAYA = AgencyKind("01", "เมืองพัทยา", "", "นายกเมืองพัทยา", "ปลัดเมืองพัทยา")
PROVINCIAL = AgencyKind("02", "องค์การบริหารส่วนจังหวัด", "อบจ.", "นายกองค์การบริหารส่วนจังหวัด", "ปลัดองค์การบริหารส่วนจังหวัด")
CITY = AgencyKind("03", "เทศบาลนคร", "ทน.", "นายกเทศมนตรีนคร", "ปลัดเทศบาลนคร")
TOWN = AgencyKind("04", "เทศบาลเมือง", "ทม.", "นายกเทศมนตรีเมือง", "ปลัดเทศบาลเมือง")
SUBDISTRICT = AgencyKind("05", "เทศบาลตำบล", "ทต.", "นายกเทศมนตรีตำบล", "ปลัดเทศบาลตำบล")
ADMINISTRATION = AgencyKind("06", "องค์การบริหารส่วนตำบล", "อบต.", "นายกองค์การบริหารส่วนตำบล", "ปลัดองค์การบริหารส่วนตำบล")
KINDS = (PATTAYA, PROVINCIAL, CITY, TOWN, SUBDISTRICT, ADMINISTRATION)
MUNICIPAL = (CITY, TOWN, SUBDISTRICT)


class FoundAgency(NamedTuple):
    """A local government named in a text. name: the proper name; text: kind and name in full.

    printed is text_given[start:end]: it may be a short form (ทต.…) or hang on a post (นายกเทศมนตรีตำบล…).
    """

    kind: AgencyKind
    name: str
    text: str
    start: int
    end: int
    printed: str


class AgencyCode(NamedTuple):
    """The 8-digit code of a local government: kind, province, district, running number; text keeps the zero."""

    text: str
    kind: AgencyKind
    province_code: str
    district: str
    number: str


_BY_OPENING = {
    **{kind.name: kind for kind in KINDS if kind is not PATTAYA},
    **{kind.head: kind for kind in KINDS if kind is not PATTAYA},
    **{kind.short: kind for kind in KINDS if kind.short},
    "อบต": ADMINISTRATION,
    "อบจ": PROVINCIAL,
}
_OPENING = re.compile("|".join(map(re.escape, sorted(_BY_OPENING, key=len, reverse=True))))
_NAME = re.compile("(?: ?)([ก-ฮเ-ไ](?:[ก-๎]|-(?=[ก-ฮเ-ไ])){0,59})")
_NEXT_WORD = re.compile(" ([ก-ฮเ-ไ][ก-๎]{0,24})")
_LONGEST_NAME = 30  # characters; the longest subdistrict has 23
# Words that go on with the sentence after a name. Short ones that are also parts of place names stay out.
_GOES_ON = re.compile(
    "ประจำ|จึง|ได้|ให้|และ|หรือ|เป็น|ที่|ซึ่ง|เพื่อ|โดย|ตาม|ในการ|ในปี|ในเรื่อง|ในหัวข้อ|ภายใน|ภายใต้|มีการ|มีความ|มีผล|มีหน้าที่|จะ|ต้อง|เรื่อง|อำเภอ|จังหวัด"
    "|ว่าด้วย|ผ่าน|ทุก|ทั้ง|กับ|แก่|ต่อ|ขอ|กำหนด|ดำเนิน|ประกาศ|สำนัก|กองคลัง|กองช่าง|กองการ|กองสา|กองวิ|กองยุ|กองสวั|คะแนน|แล้ว|เมื่อ|อยู่|ตั้งแต่|สามารถ"
    "|ร่วม|พร้อม|ของ|ด้วย|สู่|ไว้|ทราบ|ปฏิบัติ|รักษา|โทร|ทางเว็บ|บนเว็บ|เว็บไซต์|ลงวันที่|ลงเว็บ|ลงนาม|ขับเคลื่อน|มอบ|สังกัด|พนักงาน|ข้อมูล|รายงาน|ส่งเสริม"
    "|จัดทำ|จัดให้|เข้าร่วม|เข้ารับ|นำ|ไม่|จาก|ถึง|นั้น|นี้|ขึ้น|ครั้ง|ปีงบ|ปี|ปัจจุบัน|เห็น|ใช้|ยัง|เรียบร้อย|อย่าง|เกี่ยว|มาตรการ|นโยบาย|แต่ง|ฯ|-"
)
_ABBREVIATED_NAME = re.compile(r"[ก-ฮ]{2}\.")


@lru_cache(maxsize=1)
def _longest_place() -> int:
    return max(map(len, place_names()))


def _is_known(name: str, known: Collection[str]) -> bool:
    return name in known or name in place_names()


def _known_start(run: str, known: Collection[str]) -> str:
    """Give the longest known name that a run of letters begins with, cut where a syllable can end."""
    for length in range(min(len(run), max(_longest_place(), _LONGEST_NAME)), 1, -1):
        name, following = run[:length], run[length : length + 1]
        inside = "ะ" <= following <= "ฺ" or "็" <= following <= "๎"
        # ตำบลและ exists; after เทศบาลตำบล the word means "and"
        if not inside and _is_known(name, known) and not _GOES_ON.fullmatch(name):
            return name
    return ""


def _proper_name(run: str, known: Collection[str]) -> str:
    """Cut a run of Thai letters after the proper name at its beginning; "" when none begins there."""
    sure = _known_start(run, known)
    rest = run[len(sure) :]
    if sure and (not rest or _GOES_ON.match(rest)):
        return sure
    found = _GOES_ON.search(run, max(len(sure), 2))
    if _GOES_ON.match(run) and not sure:
        return ""
    name = run[: found.start()] if found else run
    return name if len(name) <= _LONGEST_NAME else sure


def find_agencies(text: str, known: Iterable[str] = ()) -> list[FoundAgency]:
    """Find the local governments named in a text, in order, also by their mayor or clerk.

    known: proper names that are sure to occur (the office's own). ``เทศบาลฯ``, ``ปลัดเทศบาล``, ``พนักงานเทศบาล`` and
    names cut to letters (``ทม.กก.``) name none. เมืองพัทยา is found by its name.
    """
    sure = frozenset(known)
    found: list[FoundAgency] = []
    for opening in _OPENING.finditer(text):
        kind = _BY_OPENING[opening[0]]
        before = text[opening.start() - 1] if opening.start() else " "
        if opening[0].startswith(("ท", "อบ")) and "ก" <= before <= "๎":
            continue
        agency = _named_after(text, opening.start(), opening.end(), kind, sure)
        if agency:
            found.append(agency)
    for place in re.finditer("เมืองพัทยา", text):
        found.append(FoundAgency(PATTAYA, "พัทยา", PATTAYA.name, *place.span(), place[0]))
    return sorted(found, key=lambda agency: agency.start)


def _named_after(text: str, start: int, at: int, kind: AgencyKind, known: Collection[str]) -> FoundAgency | None:
    run = _NAME.match(text, at)
    if not run or _ABBREVIATED_NAME.match(text, run.start(1)):
        return None
    name = _province_start(run[1]) if kind is PROVINCIAL else _proper_name(run[1], known)
    end = run.start(1) + len(name)
    sure = _is_known(name, known)
    if not sure and run.end() == end and (more := _NEXT_WORD.match(text, end)):
        # a name wrapped over two lines, when only both halves together are a place
        whole = _known_start(name + more[1], known)
        if len(whole) > len(name):
            name, end, sure = whole, end + 1 + len(whole) - len(name), True
    after_space = run.start(1) > at and "." not in text[start:at]  # there only a place is a name: เทศบาลตำบล หมายถึง
    if not name or (after_space and not sure):
        return None
    return FoundAgency(kind, name, kind.name + name, start, end, text[start:end])


def _province_start(run: str) -> str:
    return max((p.name for p in PROVINCES if run.startswith(p.name)), key=len, default="")


def read_agency(text: str) -> FoundAgency | None:
    """Read a text that is one local government's name and no more (also ทต.…, นายกเทศมนตรีตำบล…), or None."""
    bare = squeeze(text)
    found = find_agencies(bare)
    return found[0] if len(found) == 1 and found[0].start == 0 and found[0].end == len(bare) else None


def same_agency(a: str, b: str) -> bool:
    """Whether two names are of one local government: equal, or a short form, a mayor or a clerk of the other."""
    one, other = read_agency(a.strip()), read_agency(b.strip())
    if one and other:
        return one.kind is other.kind and fold(one.name) == fold(other.name)
    return fold(a) == fold(b)


def short_forms(agency: str, letters: str | None = None) -> tuple[str, ...]:
    """List the short forms in use: ``ทต.`` and the name, ``เทศบาลฯ``; letters: two of the name, as in ``ทต.สพ.``."""
    found = read_agency(agency)
    if not found:
        return ()
    forms = [found.kind.short + found.name]
    if letters:
        forms.append(f"{found.kind.short}{letters}.")
    forms.append("เทศบาลฯ" if found.kind in MUNICIPAL else found.kind.short)
    return tuple(form for form in forms if form)


def _sure_agency(text: str) -> FoundAgency:
    found = read_agency(text)
    if not found:
        raise ValueError(f"not the name of a local government: {text}")
    return found


def mayor_title(agency: str) -> str:
    """Give the executive's title; นายกเทศมนตรีตำบล… drops the word เทศบาล.

    ValueError for what is no local government's name.
    """
    found = _sure_agency(agency)
    return found.kind.head if found.kind is PATTAYA else found.kind.head + found.name


def clerk_title(agency: str) -> str:
    """Give the chief clerk's title (ปลัด…). ValueError for what is no local government's name."""
    found = _sure_agency(agency)
    return found.kind.clerk if found.kind is PATTAYA else found.kind.clerk + found.name


def read_agency_code(text: str) -> AgencyCode | None:
    """Read an 8-digit code: kind, province, district, number; None when it cannot be one.

    Seven digits have lost their first zero, as spreadsheets do.
    """
    digits = to_arabic(squeeze(text)).zfill(8) if text.strip() else ""
    if not re.fullmatch("[0-9]{8}", digits) or len(squeeze(text)) < 7:
        return None
    kind = next((kind for kind in KINDS if kind.code == digits[:2]), None)
    if kind is None or digits[2:4] not in {p.code for p in PROVINCES}:
        return None
    return AgencyCode(digits, kind, digits[2:4], digits[4:6], digits[6:])
