"""Rules about signed announcements: a formal shell, and the signature of the head in office."""

import re
from dataclasses import dataclass

from prongsai.frameworks.model import Element
from prongsai.inspection.case import Case, Finding, Kind, Options, failed, not_found, passed, unsure
from prongsai.inspection.rules.people import HEAD, POST
from prongsai.inspection.view import Passage, Source
from prongsai.thai.names import PersonName, name_key, read_name

AFTER, BEFORE = 3, 3
_THAI = re.compile("[ก-๎]")
_ACTING = re.compile(r"ปฏิบัติหน้าที่|รักษาราชการแทน|รักษาการ|ปฏิบัติราชการแทน")
_SIGNED = re.compile(
    r"ลงนามแล้ว|\(ลงนาม\)|ลงนามโดย|ลงลายมือชื่อ|ลายมือชื่ออิเล็กทรอนิกส์|ลงนามอิเล็กทรอนิกส์|digitallysigned|\(signed\)|/s/"
)
_PEN = re.compile(r"^(?:\(?ลงชื่อ\)?|\(?ลงนาม\)?|signed|ลายมือชื่อ)")
_BLANK = re.compile(r"^[(\[]?[.…_\s]*[)\]]?$")
_DATE = re.compile(r"ประกาศณวันที่|สั่งณวันที่|givenon|announcedon|ให้ไว้ณวันที่|dated")
_FORM = re.compile(r"^(?:ประกาศ|คำสั่ง|announcement|declaration)|ประกาศ(?:เทศบาล|องค์การ|เจตนารมณ์|จังหวัด|กรม|สำนัก)")


@dataclass(frozen=True, slots=True)
class Block:
    """A place for a signature. name: None when the parentheses are empty. is_head: of the executive's post."""

    source: Source
    passage: Passage
    name: PersonName | None
    position: str
    is_head: bool
    is_acting: bool
    has_ink: bool


def blocks(case: Case) -> list[Block]:
    """Find the places for signatures: a name in parentheses (or empty ones) with a post right under or over it."""
    return [block for source in case.view.sources for block in _of(source)]


def _of(source: Source) -> list[Block]:
    found = []
    passages = source.passages
    for number, passage in enumerate(passages):
        text = passage.text.strip()
        name = read_name(text) if text.startswith(("(", "ลงชื่อ")) or len(text) < 60 else None
        is_empty = (
            not name
            and len(text) >= 2
            and (_BLANK.match(text) or (_PEN.match(passage.folded) and _is_blank_pen(passage)))
        )
        if not name and not is_empty:
            inner = re.search(r"\(([^()]{4,60})\)", text)
            name = read_name(f"({inner[1]})") if inner and _PEN.match(passage.folded) else None
        if not name and not is_empty:
            continue
        around = passages[number : number + 1 + AFTER]
        position = next((p.folded for p in around if POST.search(p.folded)), "")
        if not position:
            continue
        near = passages[max(0, number - BEFORE) : number + 1 + AFTER]
        pen = any(_PEN.match(p.folded) and not _is_blank_pen(p) for p in near)
        inked = pen or any(_SIGNED.search(p.folded) for p in near) or _pictured(source, passage)
        joined = "".join(p.folded for p in around[:3])
        found.append(
            Block(source, passage, name, position, bool(HEAD.search(joined)), bool(_ACTING.search(joined)), inked)
        )
    return found


def _is_blank_pen(passage: Passage) -> bool:
    return not re.sub(r"ลงชื่อ|ลงนาม|signed|ลายมือชื่อ|[().…_:\s]", "", passage.folded)


def _pictured(source: Source, passage: Passage) -> bool:
    return bool(source.paper and passage.where.page in source.paper.picture_pages)


def signature(case: Case, element: Element, options: Options) -> Finding:
    """Find the signature of the head in office."""
    found = [block for block in blocks(case) if block.is_head or block.is_acting]
    mend = "เผยแพร่ประกาศฉบับที่ผู้บริหารสูงสุดคนปัจจุบันลงนามแล้ว"
    named = [block for block in found if block.name is not None]
    if not named:
        if found:
            return failed("ช่องลงนามยังว่าง ไม่มีชื่อและลายมือชื่อ", mend, found[0].source, found[0].passage)
        others = [block for block in blocks(case) if block.name is not None]
        if others:
            return not_found(case, f"ลงนามโดย {others[0].position[:50]} ไม่ใช่ผู้บริหารสูงสุด", mend)
        return not_found(case, "ไม่พบช่องลงนามของผู้บริหารสูงสุด", mend)
    known = case.facts.head
    wrong = [block for block in named if known and block.name and _differs(block.name, known) and not block.is_acting]
    if wrong:
        block = wrong[0]
        printed = block.name.raw if block.name else ""
        return failed(f"ลงนามโดย {printed} แต่ผู้บริหารสูงสุดคนปัจจุบันคือ {known}", mend, block.source, block.passage)
    block = named[0]
    printed = block.name.raw if block.name else ""
    if any(one.has_ink for one in named):
        acting = " (ปฏิบัติหน้าที่แทน ควรมีคำสั่งประกอบ)" if block.is_acting else ""
        return passed(f"ลงนามโดย {printed}{acting}", block.source, block.passage)
    return unsure(
        f"มีชื่อ {printed} ในช่องลงนาม แต่เครื่องไม่เห็นลายมือชื่อ", "เปิดดูว่ามีลายมือชื่อ หรือพิมพ์ว่า (ลงนาม)", block.source, block.passage
    )


def formal(case: Case, element: Element, options: Options) -> Finding:
    """Find an announcement in due form: its title, and the day on which it was made."""
    for source in case.view.sources:
        head = next((p for p in source.passages[:12] if _FORM.search(p.bare)), None)
        day = next(source.find(_DATE), None)
        if head is not None and day is not None:
            return passed(f"เป็นประกาศ “{head.shown}” {day.shown}", source, day)
    head_only = next(((s, p) for s in case.view.sources for p in s.passages[:12] if _FORM.search(p.bare)), None)
    if head_only:
        return not_found(case, "ประกาศไม่มีบรรทัด “ประกาศ ณ วันที่ …”", "ใส่วันที่ประกาศให้ครบ")
    return not_found(case, "ไม่พบประกาศที่เป็นทางการ", "เผยแพร่ประกาศในนามหน่วยงาน ลงวันที่และลงนาม")


def _differs(name: PersonName, known: str) -> bool:
    """Whether two names are not one; of a name in other letters nobody can tell."""
    if _THAI.search(name.raw) is None and _THAI.search(known):
        return False
    return name_key(name) != name_key(known)


KINDS: dict[str, Kind] = {"signature": signature, "formal": formal}
