"""What a Word file holds besides what it says: each kind of it a Problem, with the words as evidence and a place."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from prongsai.documents.read.printed import as_printed
from prongsai.errors import Problem, Severity, Where

PER_CODE_MAX = 200
EVIDENCE_LENGTH_MAX = 500


class _Said(NamedTuple):
    severity: Severity
    message: str
    message_th: str
    mend: str
    mend_th: str


_ACCEPT = ("Accept or reject the change in Word.", "ยอมรับหรือปฏิเสธการเปลี่ยนแปลงใน Word")
_LOOK = ("Open the file and look.", "เปิดไฟล์แล้วดูด้วยตา")
_WARNING, _INFO = Severity.WARNING, Severity.INFO
_SAID = {
    "TRACKED_INSERTION": _Said(
        _WARNING,
        "Words are a tracked insertion; they are read.",
        "มีข้อความที่เพิ่มไว้แบบติดตามการเปลี่ยนแปลง อ่านรวมแล้ว",
        *_ACCEPT,
    ),
    "TRACKED_DELETION": _Said(
        _WARNING,
        "Words are a tracked deletion; they are not read.",
        "มีข้อความที่ลบไว้แบบติดตามการเปลี่ยนแปลง ไม่ได้อ่าน",
        *_ACCEPT,
    ),
    "COMMENT": _Said(
        _WARNING, "A comment stands in the file.", "มีข้อคิดเห็นค้างอยู่ในไฟล์", "Answer and delete it.", "ตรวจแล้วลบข้อคิดเห็น"
    ),
    "HIDDEN_TEXT": _Said(
        _WARNING,
        "Hidden text is not read: nobody sees it on paper.",
        "มีข้อความที่ซ่อนไว้ ไม่ได้อ่าน",
        "Show it or delete it.",
        "แสดงหรือลบข้อความนั้น",
    ),
    "HEADER_TEXT": _Said(
        _INFO,
        "Words of a page header or footer are no part of the text.",
        "มีข้อความที่หัวหรือท้ายกระดาษ ไม่ได้อ่านรวมเป็นเนื้อความ",
        *_LOOK,
    ),
    "WATERMARK": _Said(_INFO, "A word is drawn behind the page.", "มีลายน้ำบนหน้ากระดาษ", *_LOOK),
    "NESTED_TABLE": _Said(
        _INFO, "A table inside a cell is read as lines of that cell.", "มีตารางซ้อนในช่อง อ่านเป็นบรรทัดของช่องนั้น", *_LOOK
    ),
    "EXTERNAL_LINK": _Said(
        _INFO, "A link leads out of the file; it is not followed.", "มีลิงก์ออกนอกไฟล์ ไม่ได้เปิดตาม", *_LOOK
    ),
    "EXTERNAL_CONTENT": _Said(
        _WARNING,
        "The file asks for something outside of it when it is opened; it is not fetched.",
        "ไฟล์เรียกเนื้อหาจากภายนอกเมื่อเปิด ไม่ได้ดึงมา",
        "Break the link in Word.",
        "ตัดการเชื่อมโยงใน Word",
    ),
    "MACRO_IGNORED": _Said(
        _WARNING,
        "The file carries a macro; it is not run.",
        "ไฟล์มีแมโคร ไม่ได้เรียกใช้",
        "Save it as .docx.",
        "บันทึกเป็น .docx",
    ),
    "PICTURES_NOT_READ": _Said(
        _INFO, "Pictures that may carry words are not read.", "มีรูปภาพที่อาจมีข้อความ ไม่ได้อ่าน", *_LOOK
    ),
    "EMBEDDED_NOT_READ": _Said(
        _WARNING,
        "An embedded object is not read.",
        "มีวัตถุฝังจากโปรแกรมอื่น ไม่ได้อ่าน",
        "Put it in as a Word table.",
        "วางเป็นตารางของ Word",
    ),
}
_PICTURES = "PICTURES_NOT_READ"


class Notices:
    """Collects what is noticed. Pictures are said once with their count; any other code PER_CODE_MAX times at most."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, words: Iterable[str], where: Where) -> None:
        """Note something. words: what is printed, one piece each."""
        self._counts[code] += 1
        if self._counts[code] <= (1 if code == _PICTURES else PER_CODE_MAX):
            evidence = (text[:EVIDENCE_LENGTH_MAX] for each in words if (text := as_printed(each)))
            self._found.append(_problem(code, tuple(evidence), where))

    def problems(self) -> tuple[Problem, ...]:
        """Give what was noticed, in order; what was too much of one kind is counted at the end."""
        pictures = (f"{self._counts[_PICTURES]:,} รูป",)
        found = (replace(each, evidence=pictures) if each.code == _PICTURES else each for each in self._found)
        cut = ((code, count - PER_CODE_MAX) for code, count in self._counts.items() if code != _PICTURES)
        rest = (_problem(code, (f"และอีก {count:,} แห่ง",), Where()) for code, count in cut if count > 0)
        return (*found, *rest)


def _problem(code: str, evidence: tuple[str, ...], where: Where) -> Problem:
    said = _SAID[code]
    return Problem(
        code,
        said.severity,
        said.message,
        said.message_th,
        where,
        evidence,
        mend=said.mend,
        mend_th=said.mend_th,
    )
