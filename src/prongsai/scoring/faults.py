"""What can be wrong with scores: every code with its words, in one table.

``docs/explanation/scoring.md`` lists the same codes; a test keeps the two together.
"""

from dataclasses import dataclass

from prongsai.errors import Problem, Severity, Where


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault. The four texts are templates filled by :func:`fault`."""

    code: str
    severity: Severity
    message: str
    message_th: str
    mend: str
    mend_th: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_READING = (
    Fault(
        "SCORE_NOT_A_NUMBER",
        _E,
        "{code}: {text} is not a score",
        "{code_th}: “{text}” ไม่ใช่คะแนน",
        "write a number from 0 to 100 without words",
        "พิมพ์เป็นตัวเลข 0 ถึง 100 โดยไม่มีข้อความอื่น",
    ),
    Fault(
        "SCORE_WITHOUT_CODE",
        _E,
        "a score {text} stands without the indicator it belongs to",
        "มีคะแนน {text} แต่ไม่บอกว่าเป็นของตัวชี้วัดใด",
        "write the indicator or item code in this row",
        "เติมรหัสตัวชี้วัดหรือรหัสข้อในแถวนี้",
    ),
    Fault(
        "SCORE_WITHOUT_AGENCY",
        _E,
        "the row names no agency, while the table has a column for it; the row does not count",
        "แถวนี้ไม่มีชื่อหน่วยงาน ทั้งที่ตารางมีช่องหน่วยงาน จึงไม่นับแถวนี้",
        "write the agency in every row",
        "เติมชื่อหน่วยงานทุกแถว",
    ),
    Fault(
        "SCORE_SHAPE",
        _E,
        "{place} must be {expected}",
        "{place_th} ต้องเป็น{expected_th}",
        "write it as docs/explanation/scoring.md shows",
        "เขียนตามตัวอย่างใน docs/explanation/scoring.md",
    ),
    Fault(
        "SCORE_REPEATED",
        _W,
        "{code} is given twice with the same score {first}; it counts once",
        "{code_th} ระบุซ้ำด้วยคะแนนเดียวกัน {first} จึงนับครั้งเดียว",
        "take one of the two away",
        "ลบออกหนึ่งแห่ง",
    ),
    Fault(
        "SCORE_DUPLICATE",
        _E,
        "{code} is given twice with different scores ({first} and {second}); neither counts",
        "{code_th} ระบุซ้ำโดยคะแนนไม่ตรงกัน ({first} กับ {second}) จึงไม่นับทั้งสองค่า",
        "keep the score of the official result",
        "เก็บเฉพาะคะแนนตามประกาศผล",
    ),
    Fault(
        "SCORE_FAULTS_MANY",
        _E,
        "there are {count} more faults in the file",
        "ยังมีข้อผิดพลาดอีก {count} แห่งในไฟล์นี้",
        "mend those listed first and read the file again",
        "แก้รายการที่แสดงก่อน แล้วอ่านไฟล์อีกครั้ง",
    ),
)

_CHECKING = (
    Fault(
        "SCORE_UNKNOWN_CODE",
        _E,
        "{framework} has no indicator or item {code}",
        "{framework} ไม่มีตัวชี้วัดหรือข้อ {code}",
        "correct the code; known are {known}",
        "แก้รหัส ที่ใช้ได้คือ {known}",
    ),
    Fault(
        "SCORE_OUT_OF_RANGE",
        _E,
        "{score}, {text}, is not between 0 and 100",
        "{score_th} คือ {text} ไม่อยู่ระหว่าง 0 ถึง 100",
        "correct it from the official result; scores are those before weighting",
        "แก้ตามประกาศผล โดยใช้คะแนนก่อนถ่วงน้ำหนัก",
    ),
    Fault(
        "SCORE_PRECISION",
        _E,
        "{score}, {text}, has more than {places} decimals",
        "{score_th} คือ {text} มีทศนิยมเกิน {places} ตำแหน่ง",
        "write it as the official result prints it",
        "พิมพ์ตามที่ปรากฏในประกาศผล",
    ),
    Fault(
        "SCORE_ITEM_NOT_ALLOWED",
        _E,
        "item {code} cannot score {text}; allowed are {allowed}",
        "ข้อ {code} ได้คะแนน {text} ไม่ได้ ค่าที่ใช้ได้คือ {allowed}",
        "correct the score of the item",
        "แก้คะแนนของข้อนี้",
    ),
    Fault(
        "LEVEL_UNKNOWN",
        _E,
        "{framework} has no level called {text}",
        "{framework} ไม่มีระดับผลการประเมินชื่อ “{text}”",
        "write one of {known}",
        "ใช้ชื่อระดับ {known}",
    ),
    Fault(
        "ANSWER_QUESTION_UNKNOWN",
        _E,
        "{framework} has no question {code}",
        "{framework} ไม่มีข้อคำถาม {code}",
        "correct the code of the question",
        "แก้รหัสข้อคำถาม",
    ),
    Fault(
        "ANSWER_UNKNOWN",
        _E,
        "question {code}: {text} is not an answer of its scale; this respondent is not counted in it",
        "ข้อคำถาม {code}: “{text}” ไม่ใช่ตัวเลือกของข้อนี้ จึงไม่นับคำตอบของผู้ตอบรายนี้ในข้อนี้",
        "write one of {known}",
        "ใช้ตัวเลือก {known}",
    ),
    Fault(
        "ANSWER_PARTS",
        _E,
        "question {code} has {expected} parts, answered are {found}; this respondent is not counted in it",
        "ข้อคำถาม {code} มี {expected} ข้อย่อย แต่พบคำตอบข้อย่อย {found} จึงไม่นับคำตอบของผู้ตอบรายนี้ในข้อนี้",
        "give one answer for each part",
        "ระบุคำตอบให้ครบทุกข้อย่อย ข้อย่อยละหนึ่งคำตอบ",
    ),
    Fault(
        "ANSWER_WITHOUT_RESPONDENT",
        _E,
        "question {code} has parts, averaged within a respondent first, but respondents are not told apart",
        "ข้อคำถาม {code} มีข้อย่อยที่ต้องเฉลี่ยรายบุคคลก่อน แต่แถวไม่บอกว่าเป็นผู้ตอบคนใด",
        "add a column respondent with any running number",
        "เพิ่มช่อง respondent (ผู้ตอบ) เป็นเลขลำดับใดก็ได้",
    ),
)

_ARITHMETIC = (
    Fault(
        "SCORE_CONTRADICTION",
        _E,
        "{what} is stated as {stated}, but {computed} follows from {basis}",
        "{what_th} ระบุไว้ {stated} แต่คำนวณจาก{basis_th}ได้ {computed}",
        "compare with the official result and correct whichever is wrong; nothing has been replaced",
        "ตรวจกับประกาศผลแล้วแก้ค่าที่ผิด ระบบไม่ได้แทนค่าใด",
    ),
    Fault(
        "SCORE_ROUNDING",
        _I,
        "{what} is stated as {stated} and computed as {computed}; rounding of the printed scores allows both",
        "{what_th} ระบุไว้ {stated} คำนวณได้ {computed} ซึ่งต่างกันเพราะการปัดเศษของคะแนนที่พิมพ์",
        "nothing to do",
        "ไม่ต้องแก้ไข",
    ),
    Fault(
        "SCORE_MISSING",
        _W,
        "{what} has no score",
        "{what_th} ไม่มีคะแนน",
        "copy it from the official result; {then}",
        "คัดจากประกาศผล {then_th}",
    ),
    Fault(
        "SCORE_UNDETERMINED",
        _W,
        "the scores of {codes} are missing; {known}",
        "ขาดคะแนนของ {codes} {known_th}",
        "copy all but one of them from the official result",
        "คัดคะแนนจากประกาศผลมาเติมจนเหลือขาดเพียงค่าเดียว",
    ),
    Fault(
        "SCORE_IMPOSSIBLE",
        _E,
        "{stated} as the score of {what} is impossible: the other scores allow only {low} to {high}",
        "{what_th} {stated} เป็นไปไม่ได้ เพราะคะแนนอื่นทำให้อยู่ได้เพียง {low} ถึง {high}",
        "one of the scores is misread; compare with the official result",
        "มีคะแนนที่อ่านหรือพิมพ์ผิด ให้ตรวจกับประกาศผล",
    ),
    Fault(
        "SCORE_UNREACHABLE",
        _W,
        "indicator {code} cannot be {stated}: with items of {allowed} the nearest scores are {nearest} "
        "(item list: {certainty})",
        "ตัวชี้วัด {code} เป็น {stated} ไม่ได้ เพราะข้อในตัวชี้วัดได้คะแนนข้อละ {allowed} ค่าที่ใกล้ที่สุดคือ {nearest} "
        "(ความแน่ใจของรายการข้อ: {certainty_th})",
        "compare with the official result; if it is right, the item list of the framework is not",
        "ตรวจกับประกาศผล ถ้าคะแนนถูกต้อง แปลว่ารายการข้อของกรอบยังไม่ถูก",
    ),
    Fault(
        "SCORE_WITHOUT_INDICATORS",
        _W,
        "a total of {stated} is given without the scores it is made of, so it cannot be checked",
        "มีคะแนนรวม {stated} แต่ไม่มีคะแนนรายตัวชี้วัด จึงตรวจสอบไม่ได้",
        "add the scores of the indicators",
        "เพิ่มคะแนนรายตัวชี้วัด",
    ),
    Fault(
        "LEVEL_UNCERTAIN",
        _W,
        "the scores as printed allow more than one level: {levels}",
        "คะแนนเท่าที่พิมพ์ไว้เป็นได้มากกว่าหนึ่งระดับ: {levels}",
        "take the level from the official result",
        "ยึดระดับตามประกาศผล",
    ),
    Fault(
        "LEVEL_NONE",
        _E,
        "no level of {framework} holds for a total of {computed}",
        "{framework} ไม่มีระดับใดรองรับคะแนนรวม {computed}",
        "check the levels of the framework file",
        "ตรวจระดับผลการประเมินในไฟล์กรอบ",
    ),
)

_FORECAST = (
    Fault(
        "FORECAST_INCOMPLETE",
        _W,
        "{what}: the scores of {codes} are not complete{then}",
        "{what_th} เพราะคะแนนของ {codes} ไม่ครบ{then_th}",
        "add the missing scores",
        "เพิ่มคะแนนที่ขาด",
    ),
    Fault(
        "FORECAST_ITEMS_UNFIT",
        _W,
        "the items of indicator {code} lack more than its stated score does; they are left out of the plan",
        "ข้อที่ยังไม่ได้คะแนนของตัวชี้วัด {code} รวมกันเกินกว่าที่คะแนนตัวชี้วัดขาดอยู่ จึงไม่นำมาวางแผน",
        "compare the scores of its items with the official result",
        "ตรวจคะแนนรายข้อกับประกาศผล",
    ),
)

FAULTS: dict[str, Fault] = {each.code: each for each in (*_READING, *_CHECKING, *_ARITHMETIC, *_FORECAST)}


def fault(
    fault_code: str,
    where: Where,
    /,
    *,
    evidence: tuple[str, ...] = (),
    arithmetic: str | None = None,
    **words: object,
) -> Problem:
    """Make the Problem of a code; words: what its templates name."""
    kind = FAULTS[fault_code]
    words = _in_thai(words)
    return Problem(
        code=kind.code,
        severity=kind.severity,
        message=kind.message.format(**words),
        message_th=kind.message_th.format(**words),
        where=where,
        evidence=evidence,
        arithmetic=arithmetic,
        mend=kind.mend.format(**words),
        mend_th=kind.mend_th.format(**words),
    )


# What a file or this package calls the parts of a score file, as a clerk calls them.
_PLACES_TH = {
    "overall": "คะแนนรวม",
    "level": "ระดับผลการประเมิน",
    "instruments": "คะแนนรายเครื่องมือ (instruments)",
    "indicators": "คะแนนรายตัวชี้วัด (indicators)",
    "sub_indicators": "คะแนนรายตัวชี้วัดย่อย (sub_indicators)",
    "items": "คะแนนรายข้อ (items)",
    "answers": "คำตอบแบบสำรวจ (answers)",
    "a record": "ข้อมูลของหน่วยงานหนึ่ง",
}


def _in_thai(words: dict[str, object]) -> dict[str, object]:
    """Add the Thai of a code, of its score and of a place in the file."""
    if "place" in words:
        words = words | {"place_th": _PLACES_TH.get(str(words["place"]), str(words["place"]))}
    if "code" not in words:
        return words
    code = str(words["code"])
    if code == "overall":
        named = {"code_th": "คะแนนรวม", "score": "the total", "score_th": "คะแนนรวม"}
    else:
        named = {
            "code_th": _PLACES_TH.get(code, code),
            "score": f"the score of {code}",
            "score_th": f"คะแนนของ {code}",
        }
    return words | named
