"""What can be wrong in a questionnaire: every code with its words, in one table.

``{place}`` is where: "question 3", "คำถามที่ 3". An error keeps a survey from opening; a warning asks to look again.
"""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.errors import Problem, Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a questionnaire, in both languages."""

    en: str
    th: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault. The four texts are templates filled by :func:`fault`."""

    code: str
    message: str
    message_th: str
    mend: str
    mend_th: str
    severity: Severity = Severity.ERROR


_WARNING = Severity.WARNING
_KINDS = (
    Kind(
        "QUESTIONNAIRE_EMPTY",
        "nothing is asked yet",
        "ยังไม่มีคำถาม",
        "add a section and questions",
        "เพิ่มส่วนและคำถาม",
    ),
    Kind(
        "QUESTIONNAIRE_NOT_RATED",
        "no question has answers to choose from, apart from those about who answers",
        "ยังไม่มีคำถามที่มีคำตอบให้เลือก นอกจากส่วนข้อมูลผู้ตอบ",
        "add a question with a scale or with answers to choose",
        "เพิ่มคำถามแบบให้คะแนนหรือแบบเลือกตอบอย่างน้อย 1 ข้อ",
    ),
    Kind(
        "QUESTIONNAIRE_NO_THAI",
        "{place} has no Thai text",
        "{place_th} ยังไม่มีข้อความภาษาไทย",
        "write it in Thai",
        "พิมพ์ข้อความภาษาไทย",
    ),
    Kind(
        "QUESTIONNAIRE_HALF_ENGLISH",
        "some texts are in English and {count} are not, first: {place}",
        "มีภาษาอังกฤษบางส่วน แต่ยังขาด {count} แห่ง แห่งแรกคือ{place_th}",
        "write the English of the rest, or leave English out altogether",
        "เติมภาษาอังกฤษให้ครบ หรือไม่ใช้ภาษาอังกฤษเลยทั้งชุด",
        _WARNING,
    ),
    Kind(
        "QUESTIONNAIRE_BAD_KEY",
        "{value} of {place} cannot be a key",
        "รหัส {value} ของ{place_th} ใช้ไม่ได้",
        "use at most {most} small Latin letters, digits and _",
        "ใช้อักษรละตินตัวเล็ก ตัวเลข หรือ _ ไม่เกิน {most} ตัว",
    ),
    Kind(
        "QUESTIONNAIRE_KEY_TWICE",
        "{place} has the key {value}, which another one has too",
        "{place_th} มีรหัส {value} ซ้ำกับที่อื่น",
        "give it another key",
        "ตั้งรหัสใหม่ไม่ให้ซ้ำ",
    ),
    Kind(
        "QUESTIONNAIRE_NO_SCALE",
        "{place} has no scale",
        "{place_th} ยังไม่มีระดับคะแนนให้เลือกตอบ",
        "choose a scale for it",
        "แก้คำถามแล้วเลือกระดับคะแนน",
    ),
    Kind(
        "QUESTIONNAIRE_SCALE_SHORT",
        "the scale of {place} has fewer than two values that differ",
        "ระดับคะแนนของ{place_th} มีค่าต่างกันไม่ถึง 2 ระดับ",
        "choose another scale",
        "เลือกระดับคะแนนชุดอื่น",
    ),
    Kind(
        "QUESTIONNAIRE_FEW_OPTIONS",
        "{place} has fewer than two answers to choose from",
        "{place_th} มีคำตอบให้เลือกไม่ถึง 2 คำตอบ",
        "add answers, one on each line",
        "เพิ่มคำตอบ บรรทัดละหนึ่งคำตอบ",
    ),
    Kind(
        "QUESTIONNAIRE_OPTION_TWICE",
        "{place} has “{value}” twice",
        "{place_th} มี “{value}” ซ้ำกัน",
        "take one away, or let them differ",
        "ลบออกหนึ่งแห่ง หรือแก้ให้ต่างกัน",
    ),
    Kind(
        "QUESTIONNAIRE_NO_ROWS",
        "the table of {place} has no rows",
        "ตารางของ{place_th} ยังไม่มีหัวข้อย่อย",
        "add what is rated, one on each line",
        "เพิ่มหัวข้อย่อย บรรทัดละหนึ่งหัวข้อ",
    ),
    Kind(
        "QUESTIONNAIRE_UNFIT_PART",
        "{place} has {value}, which its type does not use",
        "{place_th} มี {value} ซึ่งคำถามชนิดนี้ไม่ใช้",
        "take it away, or make the question anew with the right type",
        "นำออก หรือสร้างคำถามใหม่ให้ถูกชนิด",
    ),
    Kind(
        "QUESTIONNAIRE_UNKNOWN_ASPECT",
        "{place} belongs to the aspect {value}, which is not there",
        "{place_th} อยู่ในด้าน {value} ซึ่งไม่มี",
        "choose an aspect that is there",
        "แก้คำถามแล้วเลือกด้านที่มี",
    ),
    Kind(
        "QUESTIONNAIRE_CONDITION_QUESTION",
        "{place} depends on a question that does not stand before it, or whose answer is not chosen from a list",
        "{place_th} ขึ้นกับคำถามที่ไม่ได้อยู่ก่อนหน้า หรือที่ไม่ใช่แบบเลือกตอบ",
        "move it behind that question, or choose the condition anew",
        "ย้ายลงไปไว้หลังคำถามนั้น หรือแก้คำถามแล้วเลือกเงื่อนไขใหม่",
    ),
    Kind(
        "QUESTIONNAIRE_CONDITION_ANSWER",
        "{place} depends on an answer that its question does not have",
        "{place_th} ขึ้นกับคำตอบที่คำถามนั้นไม่มี",
        "choose the answers of the condition anew",
        "แก้คำถามแล้วเลือกคำตอบของเงื่อนไขใหม่",
    ),
    Kind(
        "QUESTIONNAIRE_CONDITION_ABOUT",
        "the condition of {place} would tie who answers to what is answered",
        "เงื่อนไขของ{place_th} จะทำให้ข้อมูลผู้ตอบผูกกับความเห็น",
        "ask it of everybody",
        "แก้คำถามให้ถามทุกคน",
    ),
    Kind(
        "QUESTIONNAIRE_CONDITION_TEXT",
        "the condition of {place} would tell what the author of each text has chosen",
        "เงื่อนไขของ{place_th} จะทำให้รู้ว่าผู้เขียนข้อความเลือกตอบอะไร ข้อที่ตอบเป็นข้อความต้องถามทุกคน",
        "ask it of everybody",
        "แก้คำถามให้ถามทุกคน",
    ),
    Kind(
        "QUESTIONNAIRE_ABOUT_MATRIX",
        "{place} asks several things about who answers in one table, and would tie them together",
        "{place_th} ถามข้อมูลผู้ตอบหลายอย่างในตารางเดียว ซึ่งผูกข้อมูลไว้ด้วยกัน",
        "ask them as questions of their own",
        "แยกเป็นคำถามเลือกตอบทีละข้อ",
    ),
    Kind(
        "QUESTIONNAIRE_ABOUT_ELSEWHERE",
        "{place} asks who answers, and would be kept together with the opinions: “{value}”",
        "{place_th} ถามข้อมูลของผู้ตอบ และจะถูกเก็บติดกับความเห็น: “{value}”",
        "move it to a section about who answers, whose answers are kept apart",
        "ย้ายไปไว้ในส่วนข้อมูลผู้ตอบ ซึ่งเก็บแยกจากความเห็น",
    ),
    Kind(
        "QUESTIONNAIRE_ABOUT_REQUIRED",
        "{place} is about who answers and must be answered",
        "{place_th} เป็นข้อมูลผู้ตอบ แต่บังคับให้ตอบ",
        "let people leave it empty",
        "แก้คำถามให้เว้นว่างได้",
        _WARNING,
    ),
    Kind(
        "QUESTIONNAIRE_MANY_TEXTS",
        "{count} questions are answered in words; there may be {most}",
        "มีคำถามเขียนตอบ {count} ข้อ มีได้ไม่เกิน {most} ข้อ",
        "take the least needed away, or let answers be chosen",
        "ลบข้อที่จำเป็นน้อยที่สุด หรือเปลี่ยนเป็นแบบเลือกตอบ",
    ),
    Kind(
        "QUESTIONNAIRE_LONG",
        "{count} things are to be rated or chosen, more than fits into a few minutes",
        "มีเรื่องให้เลือกตอบ {count} เรื่อง เกินกว่าจะตอบจบในไม่กี่นาที",
        "keep at most {most}; people stop halfway in long ones",
        "ลดให้เหลือไม่เกิน {most} เรื่อง แบบสอบถามที่ยาวมักมีคนเลิกตอบกลางคัน",
        _WARNING,
    ),
    Kind(
        "QUESTIONNAIRE_STEERING",
        "{place} tells people what to answer, or what follows from it: “{value}”",
        "{place_th} ชี้นำคำตอบ หรือบอกผลดีผลเสียของการตอบ: “{value}”",
        "ask for answers as people see it",
        "ลบข้อความนั้น แล้วขอให้ตอบตามที่พบจริง",
        _WARNING,
    ),
    Kind(
        "QUESTIONNAIRE_ASKS_WHO",
        "{place} asks for what tells who answers: “{value}”",
        "{place_th} ถามสิ่งที่บอกว่าใครเป็นผู้ตอบ: “{value}”",
        "take it away; who wants an answer is given the ways to reach the office in the closing text",
        "ลบคำถามนี้ ถ้ามีผู้ต้องการให้ติดต่อกลับ ให้บอกช่องทางติดต่อหน่วยงานไว้ในข้อความปิดท้าย",
    ),
    Kind(
        "QUESTIONNAIRE_PERSONAL",
        "{place} holds personal data: “{value}”",
        "{place_th} มีข้อมูลส่วนบุคคล: “{value}”",
        "take it out of the question",
        "นำออกจากคำถาม",
    ),
)
KINDS: dict[str, Kind] = {each.code: each for each in _KINDS}
NOWHERE = Place("the questionnaire", "แบบสอบถาม")


def fault(code: str, place: Place = NOWHERE, /, *, severity: Severity | None = None, **words: object) -> Problem:
    """Make the Problem of a code. severity: where it weighs other than usual. words: what its templates name."""
    kind = KINDS[code]
    words = {**words, "place": place.en, "place_th": place.th}
    return Problem(
        code=code,
        severity=severity or kind.severity,
        message=kind.message.format(**words),
        message_th=kind.message_th.format(**words),
        mend=kind.mend.format(**words),
        mend_th=kind.mend_th.format(**words),
        evidence=(str(words["value"]),) if "value" in words else (),
    )
