"""What a workbook holds besides what it says: each kind of it a Problem, with the words as evidence and a place."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from prongsai.documents.read.printed import as_printed
from prongsai.errors import Problem, Severity, Where

PER_CODE_MAX = 100
EVIDENCE_MAX = 5
EVIDENCE_LENGTH_MAX = 200


class _Said(NamedTuple):
    severity: Severity
    message: str
    message_th: str
    mend: str
    mend_th: str


_WARNING, _INFO = Severity.WARNING, Severity.INFO
_SHOW = ("Show it, or delete what does not belong to the paper.", "ยกเลิกการซ่อน หรือลบส่วนที่ไม่ใช่ของเอกสาร")
_LOOK = ("Open the file and look.", "เปิดไฟล์แล้วดูด้วยตา")
_SAID = {
    "HIDDEN_SHEET": _Said(_WARNING, "The sheet is hidden; it is read.", "แผ่นงานนี้ถูกซ่อนไว้ ระบบอ่านรวมแล้ว", *_SHOW),
    "HIDDEN_ROWS": _Said(
        _WARNING, "Rows of the sheet are hidden; they are read.", "แผ่นงานนี้มีแถวที่ซ่อนไว้ ระบบอ่านรวมแล้ว", *_SHOW
    ),
    "HIDDEN_COLUMNS": _Said(
        _WARNING, "Columns of the sheet are hidden; they are read.", "แผ่นงานนี้มีคอลัมน์ที่ซ่อนไว้ ระบบอ่านรวมแล้ว", *_SHOW
    ),
    "FORMULA_ERROR": _Said(
        Severity.ERROR,
        "The formula of this cell ends in an error.",
        "สูตรของช่องนี้ให้ผลเป็นข้อผิดพลาด",
        "Mend the formula and save again.",
        "แก้สูตรแล้วบันทึกใหม่",
    ),
    "FORMULA_NOT_COMPUTED": _Said(
        Severity.ERROR,
        "The formula of this cell was saved without its value; formulas are not computed here.",
        "สูตรของช่องนี้ไม่มีค่าที่คำนวณไว้ ระบบไม่คำนวณสูตรเอง",
        "Open the file in a spreadsheet program and save it again.",
        "เปิดไฟล์ด้วยโปรแกรมตารางคำนวณแล้วบันทึกใหม่",
    ),
    "DATE_YEAR_TYPED_BE": _Said(
        _INFO,
        "The year of this date was typed in the Buddhist era as if it were the common one; it is read as Buddhist.",
        "ปีของวันที่นี้พิมพ์เป็น พ.ศ. แต่โปรแกรมเก็บเป็น ค.ศ. ระบบอ่านเป็น พ.ศ.",
        "Check the year.",
        "ตรวจปีของวันที่",
    ),
    "MACRO_IGNORED": _Said(
        _WARNING,
        "The file carries a macro; it is not run.",
        "ไฟล์มีแมโคร ไม่ได้เรียกใช้",
        "Save it as .xlsx.",
        "บันทึกเป็น .xlsx",
    ),
    "EXTERNAL_LINK": _Said(
        _INFO, "A link leads out of the file; it is not followed.", "มีลิงก์ออกนอกไฟล์ ไม่ได้เปิดตาม", *_LOOK
    ),
    "EXTERNAL_CONTENT": _Said(
        _WARNING,
        "Values come from another file or a data connection; those that were saved are read, nothing is fetched.",
        "มีค่าที่ดึงจากไฟล์หรือแหล่งข้อมูลอื่น ระบบอ่านค่าที่บันทึกไว้ ไม่ได้ดึงใหม่",
        "Check the values and break the link.",
        "ตรวจค่าแล้วตัดการเชื่อมโยง",
    ),
    "COMMENT": _Said(
        _WARNING, "A comment stands in the file.", "มีข้อคิดเห็นค้างอยู่ในไฟล์", "Answer and delete it.", "ตรวจแล้วลบข้อคิดเห็น"
    ),
    "PICTURES_NOT_READ": _Said(
        _INFO, "Pictures and charts that may carry words are not read.", "มีรูปภาพหรือแผนภูมิที่อาจมีข้อความ ไม่ได้อ่าน", *_LOOK
    ),
    "EMBEDDED_NOT_READ": _Said(_WARNING, "An embedded object is not read.", "มีวัตถุฝังจากโปรแกรมอื่น ไม่ได้อ่าน", *_LOOK),
    "CSV_QUOTE_OPEN": _Said(
        Severity.ERROR,
        "A quotation mark opened here is never closed; what follows is read line by line.",
        "เครื่องหมายคำพูดที่เปิดในแถวนี้ไม่มีตัวปิด ระบบอ่านส่วนที่เหลือทีละบรรทัด",
        "Close the quotation mark, or save the file again from its program.",
        "ปิดเครื่องหมายคำพูด หรือบันทึกไฟล์ใหม่จากโปรแกรมเดิม",
    ),
}


class Notices:
    """Collects what is noticed, PER_CODE_MAX times a code at most; the rest is counted."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, words: Iterable[str] = (), where: Where | None = None) -> None:
        """Note something. words: what is printed, one piece each; the first few are kept."""
        self._counts[code] += 1
        if self._counts[code] > PER_CODE_MAX:
            return
        pieces = [text[:EVIDENCE_LENGTH_MAX] for each in words if (text := as_printed(each))]
        rest = [f"และอีก {len(pieces) - EVIDENCE_MAX:,} แห่ง"] if len(pieces) > EVIDENCE_MAX else []
        self._found.append(_problem(code, (*pieces[:EVIDENCE_MAX], *rest), where or Where(self._file)))

    def problems(self) -> tuple[Problem, ...]:
        """Give what was noticed, in order; what was too much of one kind is counted at the end."""
        cut = ((code, count - PER_CODE_MAX) for code, count in self._counts.items() if count > PER_CODE_MAX)
        rest = (_problem(code, (f"และอีก {count:,} แห่ง",), Where(self._file)) for code, count in cut)
        return (*self._found, *rest)


def _problem(code: str, evidence: tuple[str, ...], where: Where) -> Problem:
    said = _SAID[code]
    return Problem(
        code, said.severity, said.message, said.message_th, where, evidence, mend=said.mend, mend_th=said.mend_th
    )
