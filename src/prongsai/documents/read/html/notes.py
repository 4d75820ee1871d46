"""What is noticed in a page beside its words: hidden text, tracked changes, what it would fetch or run."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from prongsai.documents.model import Printed
from prongsai.documents.read.printed import as_printed
from prongsai.errors import Problem, Severity, Where

EVIDENCE_MAX = 5
EVIDENCE_LETTERS = 80
_REMOTE = re.compile(r"\s*(?:https?:|ftp:|//|\\\\|file:)", re.IGNORECASE)
_RUNS = frozenset({"script", "object", "embed", "applet", "iframe"})
_SCRIPT_ADDRESS = re.compile(r"\s*(?:javascript|vbscript)\s*:", re.IGNORECASE)
_FETCHED = {
    "img": "src",
    "link": "href",
    "script": "src",
    "iframe": "src",
    "frame": "src",
    "embed": "src",
    "object": "data",
}


class Notes:
    """Collects what is noticed; each kind becomes one Problem with the first pieces of evidence."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._links: list[str] = []
        self._fetched: list[str] = []
        self._active: list[str] = []
        self._texts: dict[str, list[tuple[str, int]]] = {"hidden": [], "deleted": [], "inserted": [], "comment": []}
        self._nested: list[Where] = []

    def look(self, element: etree._Element) -> None:
        """Note what an element would fetch or run."""
        tag = element.tag
        address = element.get(_FETCHED[tag], "") if tag in _FETCHED else ""
        if _REMOTE.match(address) or (tag == "frame" and address):
            self._fetched.append(address)
        if tag == "a" and _REMOTE.match(element.get("href", "")):
            self._links.append(element.get("href", ""))
        if tag in _RUNS or _SCRIPT_ADDRESS.match(element.get("href", "")):
            self._active.append(tag)
        self._active += [name for name in element.attrib if name.startswith("on")]

    def hidden(self, element: etree._Element, block: int) -> None:
        """Note words that are not shown. block: how many blocks stand before them."""
        self._note("hidden", element, block)

    def comment(self, element: etree._Element, block: int) -> None:
        """Note a comment that Word printed at the end of the page."""
        self._note("comment", element, block)

    def deleted(self, element: etree._Element, block: int) -> None:
        """Note words that a tracked change took out."""
        self._note("deleted", element, block)

    def inserted(self, element: etree._Element, block: int) -> None:
        """Note words that a tracked change put in."""
        self._note("inserted", element, block)

    def nested_table(self, where: Where) -> None:
        """Note a table that stands inside a cell."""
        self._nested.append(where)

    def _note(self, kind: str, element: etree._Element, block: int) -> None:
        words = as_printed(" ".join(islice(element.itertext("*"), 200)))
        if words:
            self._texts[kind].append((words[:EVIDENCE_LETTERS], block))

    def problems(self, blocks: Sequence[Printed]) -> tuple[Problem, ...]:
        """Give what was noticed, places filled in from the blocks that were read."""
        return tuple(self._problems(blocks))

    def _problems(self, blocks: Sequence[Printed]) -> Iterator[Problem]:
        for kind, (code, severity, english, thai, mend, mend_th) in _SAID.items():
            found = self._texts[kind]
            if found:
                at = found[0][1]
                where = blocks[at].where if at < len(blocks) else Where(self._file)
                evidence = tuple(words for words, _ in found[:EVIDENCE_MAX])
                yield Problem(
                    code,
                    severity,
                    english.format(len(found)),
                    thai.format(len(found)),
                    where,
                    evidence,
                    None,
                    mend,
                    mend_th,
                )
        yield from self._outside()
        yield from map(_nested, self._nested)

    def _outside(self) -> Iterator[Problem]:
        here = Where(self._file)
        if self._active:
            kinds = tuple(dict.fromkeys(self._active))[:EVIDENCE_MAX]
            yield Problem(
                "ACTIVE_CONTENT",
                Severity.WARNING,
                f"The page holds {len(self._active)} scripts or active parts; none was run.",
                f"หน้านี้มีสคริปต์หรือส่วนที่ทำงานเองได้ {len(self._active)} แห่ง ระบบไม่ได้เรียกทำงาน",
                here,
                kinds,
                mend="Print or save the page as a document without scripts.",
                mend_th="บันทึกเป็นเอกสารที่ไม่มีสคริปต์",
            )
        for addresses, code, severity, what, what_th in (
            (self._fetched, "EXTERNAL_CONTENT", Severity.WARNING, "pictures, styles or frames", "รูป แบบอักษร หรือกรอบ"),
            (self._links, "EXTERNAL_LINK", Severity.INFO, "links", "ลิงก์"),
        ):
            if addresses:
                evidence = tuple(address[:EVIDENCE_LETTERS] for address in dict.fromkeys(addresses))[:EVIDENCE_MAX]
                yield Problem(
                    code,
                    severity,
                    f"The page points to {what} elsewhere, {len(addresses)} times; nothing was fetched.",
                    f"หน้านี้อ้างถึง{what_th}ที่อยู่ภายนอก {len(addresses)} แห่ง ระบบไม่ได้เปิดตาม",
                    here,
                    evidence,
                    mend="Check that nothing the paper needs is missing.",
                    mend_th="ตรวจว่าไม่มีส่วนที่เอกสารต้องใช้ขาดหายไป",
                )


def _nested(where: Where) -> Problem:
    return Problem(
        "NESTED_TABLE",
        Severity.INFO,
        "A table stands inside this cell; it was read as lines of the cell.",
        "มีตารางซ้อนอยู่ในช่องนี้ ระบบอ่านเป็นบรรทัดของช่อง",
        where,
        mend="Give the inner table a place of its own.",
        mend_th="แยกตารางข้างในออกเป็นตารางของตัวเอง",
    )


# kind: code, severity, English, Thai (with how many), mend
_SAID = {
    "hidden": (
        "HIDDEN_TEXT",
        Severity.WARNING,
        "The page hides words from its readers in {} places; they were not read.",
        "หน้านี้มีข้อความที่ซ่อนไว้ {} แห่ง ระบบไม่ได้นำมาอ่าน",
        "Show it or delete it.",
        "แสดงหรือลบข้อความที่ซ่อนไว้",
    ),
    "deleted": (
        "TRACKED_DELETION",
        Severity.WARNING,
        "Words were deleted with tracked changes in {} places; they were not read.",
        "มีข้อความที่ถูกลบแบบติดตามการแก้ไข {} แห่ง ระบบถือว่าลบแล้ว",
        "Accept or reject the tracked changes.",
        "ยอมรับหรือปฏิเสธการแก้ไขที่ติดตามไว้",
    ),
    "inserted": (
        "TRACKED_INSERTION",
        Severity.WARNING,
        "Words were inserted with tracked changes in {} places; they were read.",
        "มีข้อความที่ถูกเพิ่มแบบติดตามการแก้ไข {} แห่ง ระบบถือว่าเพิ่มแล้ว",
        "Accept or reject the tracked changes.",
        "ยอมรับหรือปฏิเสธการแก้ไขที่ติดตามไว้",
    ),
    "comment": (
        "COMMENT",
        Severity.WARNING,
        "The page carries {} comments; they are no part of the paper.",
        "หน้านี้มีความคิดเห็นติดมา {} แห่ง ระบบไม่ได้นำมาอ่าน",
        "Delete the comments before the paper goes out.",
        "ลบความคิดเห็นก่อนส่งเอกสาร",
    ),
}
