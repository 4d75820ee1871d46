"""What can be wrong with national data: counted, told once a question with the first examples, never one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prongsai.errors import Problem, Severity, Where
from prongsai.scoring.collect import clip
from prongsai.scoring.faults import Fault

_E, _W = Severity.ERROR, Severity.WARNING

_ANSWERS = (
    Fault(
        "ANSWER_UNKNOWN",
        _E,
        "question {what}: {count} answers are not on its scale and do not count",
        "ข้อคำถาม {what}: คำตอบ {count} รายการไม่ใช่ตัวเลือกของข้อนี้ จึงไม่นับ",
        "write the words of the scale, or one of its scores",
        "ใช้ข้อความตามตัวเลือก หรือคะแนนของตัวเลือกนั้น",
    ),
    Fault(
        "ANSWER_PARTS",
        _E,
        "question {what}: {count} respondents did not answer each sub-question once and do not count",
        "ข้อคำถาม {what}: ผู้ตอบ {count} รายตอบข้อย่อยไม่ครบหรือซ้ำ จึงไม่นับ",
        "give one answer for each sub-question, with its number in the column part",
        "ระบุคำตอบข้อย่อยละหนึ่งคำตอบ พร้อมเลขข้อย่อยในช่อง part",
    ),
    Fault(
        "ANSWER_WITHOUT_RESPONDENT",
        _E,
        "question {what} has sub-questions, averaged within a respondent first; {count} rows do not say whose they are",
        "ข้อคำถาม {what} มีข้อย่อยที่ต้องเฉลี่ยรายบุคคลก่อน แต่ {count} แถวไม่บอกว่าเป็นของผู้ตอบคนใด",
        "add a column respondent with any running number",
        "เพิ่มช่อง respondent (ผู้ตอบ) เป็นเลขลำดับใดก็ได้",
    ),
    Fault(
        "ANSWER_QUESTION_UNKNOWN",
        _E,
        "{count} rows are of questions that {framework} does not have",
        "{count} แถวเป็นข้อคำถามที่ {framework} ไม่มี",
        "correct the codes of the questions, or choose the framework of the right year",
        "แก้รหัสข้อคำถาม หรือเลือกกรอบให้ตรงปี",
    ),
    Fault(
        "RESPONDENT_TWICE",
        _E,
        "{count} respondents have several rows in {what}; none of these rows counts",
        "ผู้ตอบ {count} รายมีหลายแถวใน {what} จึงไม่นับทุกแถวของผู้ตอบเหล่านั้น",
        "leave one row a respondent",
        "เหลือผู้ตอบรายละหนึ่งแถว",
    ),
    Fault(
        "QUESTION_COLUMNS",
        _E,
        "question {what}: the columns of its {count} sub-questions are not all there, so it is not scored",
        "ข้อคำถาม {what}: ช่องของข้อย่อยทั้ง {count} ข้อมีไม่ครบ จึงไม่คิดคะแนนข้อนี้",
        "name a column after each sub-question: {what}.1, {what}.2 …",
        "ตั้งชื่อช่องตามข้อย่อย: {what}.1, {what}.2 …",
    ),
    Fault(
        "COLUMN_UNKNOWN",
        _W,
        "{count} columns of {what} are no questions of this year and are left out",
        "{count} ช่องใน {what} ไม่ใช่ข้อคำถามของปีนี้ จึงไม่นำมาคิด",
        "correct their names if they should be questions",
        "แก้ชื่อช่องถ้าตั้งใจให้เป็นข้อคำถาม",
    ),
)
_ITEMS = (
    Fault(
        "SCORE_UNKNOWN_CODE",
        _E,
        "{count} rows are of items that {framework} does not have",
        "{count} แถวเป็นรหัสข้อที่ {framework} ไม่มี",
        "correct the codes of the items, or choose the framework of the right year",
        "แก้รหัสข้อ หรือเลือกกรอบให้ตรงปี",
    ),
    Fault(
        "SCORE_NOT_A_NUMBER",
        _E,
        "item {what}: {count} scores are no numbers",
        "ข้อ {what}: คะแนน {count} รายการไม่ใช่ตัวเลข",
        "write a number from 0 to 100 without words",
        "พิมพ์เป็นตัวเลข 0 ถึง 100 โดยไม่มีข้อความอื่น",
    ),
    Fault(
        "SCORE_DUPLICATE",
        _E,
        "item {what}: {count} agencies have two scores that differ; neither counts",
        "ข้อ {what}: {count} หน่วยงานมีคะแนนสองค่าที่ไม่ตรงกัน จึงไม่นับทั้งสองค่า",
        "keep the score of the official result",
        "เก็บเฉพาะคะแนนตามประกาศผล",
    ),
    Fault(
        "SCORE_REPEATED",
        _W,
        "item {what}: {count} agencies have the same score several times; it counts once",
        "ข้อ {what}: {count} หน่วยงานมีคะแนนเดียวกันซ้ำ จึงนับครั้งเดียว",
        "take the others away",
        "ลบแถวที่ซ้ำออก",
    ),
    Fault(
        "SCORE_ITEM_NOT_ALLOWED",
        _E,
        "item {what}: {count} agencies have a score that it cannot have; it does not count",
        "ข้อ {what}: {count} หน่วยงานมีคะแนนที่ข้อนี้เป็นไม่ได้ จึงไม่นับ",
        "correct the score of the item",
        "แก้คะแนนของข้อนี้",
    ),
)
_AGENCIES = (
    Fault(
        "SCORE_WITHOUT_AGENCY",
        _E,
        "{count} rows name no agency and do not count",
        "{count} แถวไม่มีชื่อหน่วยงาน จึงไม่นับ",
        "write the agency in every row",
        "เติมหน่วยงานทุกแถว",
    ),
    Fault(
        "AGENCY_SPELLINGS",
        _W,
        "{count} agencies are written in several ways; each writing counts on its own",
        "{count} หน่วยงานเขียนไว้หลายแบบ จึงคิดคะแนนแยกกันตามที่เขียน",
        "write the code of an agency in one way",
        "เขียนรหัสหรือชื่อหน่วยงานแบบเดียวกันทุกแถว",
    ),
    Fault(
        "AGENCY_UNLISTED",
        _W,
        "{count} agencies are not in the list of agencies; they are in no kind and no province",
        "{count} หน่วยงานไม่อยู่ในบัญชีหน่วยงาน จึงไม่อยู่ในประเภทหรือจังหวัดใด",
        "add them to the list",
        "เพิ่มในบัญชีหน่วยงาน",
    ),
    Fault(
        "AGENCY_LISTED_TWICE",
        _E,
        "{count} agencies are in the list of agencies several times; the first row counts",
        "{count} หน่วยงานอยู่ในบัญชีหน่วยงานมากกว่าหนึ่งครั้ง จึงใช้แถวแรก",
        "leave one row an agency",
        "เหลือหน่วยงานละหนึ่งแถว",
    ),
    Fault(
        "HEADCOUNT_UNREADABLE",
        _W,
        "{count} headcounts are no whole numbers and count as unknown",
        "จำนวนผู้มีสิทธิตอบ {count} รายการไม่ใช่จำนวนเต็ม จึงถือว่าไม่ทราบ",
        "write a whole number",
        "พิมพ์เป็นจำนวนเต็ม",
    ),
    Fault(
        "SCORE_MISSING",
        _W,
        "no file says anything of {count} questions or items, so what they count in has no score",
        "ไม่มีไฟล์ใดให้ข้อมูลของ {count} ข้อคำถามหรือข้อ จึงไม่มีคะแนนของส่วนที่ต้องใช้ข้อเหล่านั้น",
        "add the files that have them",
        "เพิ่มไฟล์ที่มีข้อเหล่านั้น",
    ),
)
_OF_PEOPLE = frozenset({"ANSWER_UNKNOWN", "ANSWER_PARTS", "ANSWER_WITHOUT_RESPONDENT", "ANSWER_QUESTION_UNKNOWN"})
BULK_FAULTS = {each.code: each for each in (*_ANSWERS, *_ITEMS, *_AGENCIES)}


@dataclass(frozen=True, slots=True)
class Counted:
    """A fault of many rows.

    what: the question, item or file. count: as its sentence counts. agencies: how many it touches, None where nobody
    counted. first: the first agency. examples: the first of what is wrong, as written.
    """

    problem: Problem
    what: str
    count: int
    agencies: int | None = None
    first: str | None = None
    examples: tuple[str, ...] = ()

    def without_people(self) -> "Counted":
        """Give it without the words that somebody answered and without whose they are, where it is about answers."""
        if self.problem.code not in _OF_PEOPLE:
            return self
        return replace(self, problem=replace(self.problem, evidence=()), first=None, examples=())

    def to_json(self) -> dict[str, object]:
        """Give the form of every Problem, and the counts."""
        counts = {"what": self.what, "count": self.count, "agencies": self.agencies, "first_agency": self.first}
        return {**self.problem.to_json(), **counts, "examples": list(self.examples)}


def counted(
    code: str,
    count: int,
    *,
    what: str = "",
    file: str | None = None,
    framework: str = "",
    agencies: int | None = None,
    first: str | None = None,
    examples: Sequence[str] = (),
) -> Counted:
    """Make the fault of a code."""
    kind, shown = BULK_FAULTS[code], tuple(clip(each) for each in examples)
    words = {"what": clip(what), "count": f"{count:,}", "framework": framework}
    problem = Problem(
        code=code,
        severity=kind.severity,
        message=kind.message.format(**words),
        message_th=kind.message_th.format(**words),
        where=Where(file=file),
        evidence=shown,
        mend=kind.mend.format(**words),
        mend_th=kind.mend_th.format(**words),
    )
    return Counted(problem, what, count, agencies, first, shown)
