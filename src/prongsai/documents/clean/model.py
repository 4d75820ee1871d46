"""What is found in a file, what is left of it, and the two ways to go over a file: looking, and cleaning."""

from collections.abc import Collection
from dataclasses import dataclass, field

from prongsai.privacy import patterns

TEXT_LENGTH_MAX = 300
LEAKS_MAX = 2_000

CARRIERS_TH = {
    "author": "ชื่อผู้จัดทำหรือหน่วยงานในคุณสมบัติไฟล์",
    "property": "คุณสมบัติไฟล์อื่น",
    "location": "พิกัดสถานที่ถ่ายภาพ",
    "picture_data": "ข้อมูลกล้องหรือโปรแกรมในรูปภาพ",
    "thumbnail": "ภาพย่อที่ฝังอยู่",
    "comment": "ความคิดเห็น",
    "change": "การแก้ไขที่ติดตามไว้",
    "hidden_text": "ข้อความที่ซ่อน",
    "hidden_sheet": "แผ่นงานที่ซ่อน",
    "hidden_row": "แถวที่ซ่อน",
    "hidden_column": "คอลัมน์ที่ซ่อน",
    "outside_print": "เซลล์นอกพื้นที่พิมพ์",
    "hidden_name": "ชื่อช่วงเซลล์ที่ซ่อน",
    "pivot_cache": "ข้อมูลดิบของตารางสรุป (pivot)",
    "external_link": "ลิงก์ไปไฟล์ภายนอก",
    "connection": "การเชื่อมต่อฐานข้อมูล",
    "printer": "ข้อมูลเครื่องพิมพ์",
    "path": "ที่เก็บไฟล์ในเครื่อง",
    "template": "ที่อยู่แม่แบบเอกสาร",
    "variable": "ตัวแปรในเอกสาร",
    "embedded": "ไฟล์ที่ฝังไว้",
    "script": "คำสั่งที่ทำงานเอง",
    "form_field": "ค่าในช่องแบบฟอร์ม",
    "hidden_layer": "ชั้นเนื้อหาที่ซ่อน",
    "history": "ฉบับเก่าที่ยังค้างในไฟล์",
    "leftover": "ข้อมูลที่ค้างในไฟล์โดยไม่แสดง",
    "digital_signature": "ลายเซ็นดิจิทัล (ใช้ไม่ได้อีกเมื่อแก้ไฟล์)",
    "signature": "ภาพที่อาจเป็นลายมือชื่อ",
    "more": "ยังมีอีก",
}
KINDS_TH = {**patterns.KINDS_TH, **CARRIERS_TH}
DECIDED_BY_PERSONS = frozenset({"signature", "more"})
KINDS = tuple(kind for kind in KINDS_TH if kind not in DECIDED_BY_PERSONS)


@dataclass(frozen=True, slots=True)
class Leak:
    """What a file would give away. kind: of KINDS_TH; where: in Thai; masked: what may stand there, empty: nothing.

    is_hidden: a reader of the open file does not see it. A text of more than TEXT_LENGTH_MAX characters is cut.
    """

    kind: str
    where: str
    text: str
    masked: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A copy of a file. left: what it still gives away; notes: in Thai, what the copy cannot do any more."""

    content: bytes
    name: str
    left: tuple[Leak, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Swept:
    """What a file gives away, and a copy without; None where nothing can be taken out, or no copy can be made."""

    leaks: tuple[Leak, ...]
    cleaned: Cleaned | None = None


@dataclass(slots=True)
class Sweep:
    """One walk over a file: everything found is told here, and the answer says whether to take it out.

    kinds: those that are taken out. Looking and cleaning walk the same way, so what is told is what is taken.
    """

    kinds: frozenset[str] = frozenset(KINDS)
    allowed: tuple[str, ...] = ()
    is_cleaning: bool = False
    where: str = ""
    depth: int = 0
    leaks: list[Leak] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def found(self, kind: str, where: str, text: str = "", *, look_inside: bool = True) -> bool:
        """Tell of something hidden, and of what belongs to a person inside its text; whether it is to be taken out."""
        self._add(Leak(kind, self.at(where), _cut(text), is_hidden=True))
        if look_inside and text:
            for hit in self.personal(text):
                self._add(Leak(hit.kind, self.at(where), hit.text, hit.masked, is_hidden=True))
        return kind in self.kinds

    def personal(self, text: str, *, near: str = "") -> tuple[patterns.Hit, ...]:
        """Give what belongs to a person in a text, the office's own left out."""
        return patterns.personal(text, self.allowed, near=near)

    def words(self, where: str, text: str, *, near: str = "", hidden: bool = False) -> tuple[patterns.Hit, ...]:
        """Tell of what belongs to a person in words that stay; gives what of it is to be masked."""
        return tuple(hit for one in self.personal(text, near=near) for hit in self.one(where, one, hidden=hidden))

    def one(self, where: str, hit: patterns.Hit, *, hidden: bool = False) -> tuple[patterns.Hit, ...]:
        """Tell of one hit; gives it when it is to be masked."""
        self._add(Leak(hit.kind, self.at(where), hit.text, hit.masked, hidden))
        return (hit,) if hit.kind in self.kinds else ()

    def say(self, leak: Leak) -> bool:
        """Tell of something whose place is known in full; whether it is to be taken out."""
        self._add(leak)
        return leak.kind in self.kinds

    def note(self, text: str) -> None:
        """Say what the copy cannot do any more, once."""
        if text not in self.notes:
            self.notes.append(text)

    def inside(self, where: str) -> "Sweep":
        """Give a sweep for a file inside this one, which tells in the same list."""
        return Sweep(self.kinds, self.allowed, self.is_cleaning, self.at(where), self.depth + 1, self.leaks, self.notes)

    def only_looking(self) -> "Sweep":
        """Give the same sweep for a file that is not written again."""
        return Sweep(self.kinds, self.allowed, False, self.where, self.depth, self.leaks, self.notes)

    def result(self) -> tuple[Leak, ...]:
        """Give what was found, at most LEAKS_MAX and then how many more there are."""
        once = tuple(dict.fromkeys(self.leaks))
        if len(once) <= LEAKS_MAX:
            return once
        more = len(once) - LEAKS_MAX
        return (*once[:LEAKS_MAX], Leak("more", self.where, f"{more:,} รายการ"))

    def at(self, where: str) -> str:
        """Give a place in this file, with the place of the file when it is inside another."""
        return f"{self.where} › {where}" if self.where and where else self.where or where

    def _add(self, leak: Leak) -> None:
        self.leaks.append(leak)


def with_masks(text: str, hits: Collection[patterns.Hit]) -> str:
    """Give a text with what stands in it masked."""
    for hit in sorted(hits, key=lambda one: -one.start):
        text = text[: hit.start] + hit.masked + text[hit.end :]
    return text


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= TEXT_LENGTH_MAX else plain[: TEXT_LENGTH_MAX - 1] + "…"
