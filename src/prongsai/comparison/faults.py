"""What can be wrong with a published table of results, beyond the scores of one agency (``scoring.faults``)."""

from dataclasses import dataclass

from prongsai.errors import Problem, Severity, Where


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault; its four texts are templates filled by :func:`fault`."""

    severity: Severity
    message: str
    message_th: str
    mend: str
    mend_th: str


_E, _W = Severity.ERROR, Severity.WARNING

FAULTS: dict[str, Fault] = {
    "COMPARE_NOT_A_NUMBER": Fault(
        _E,
        "{what}: {text} is not a score; the cell does not count",
        "{what_th}: “{text}” ไม่ใช่คะแนน จึงไม่นับช่องนี้",
        "write a number from 0 to 100",
        "พิมพ์เป็นตัวเลข ๐ ถึง ๑๐๐",
    ),
    "COMPARE_YEAR_MISSING": Fault(
        _E,
        "the year of this row cannot be read: {text}",
        "อ่านปีงบประมาณของแถวนี้ไม่ได้: “{text}”",
        "write the Buddhist year, such as 2567",
        "พิมพ์ปี พ.ศ. เป็นตัวเลขสี่หลัก",
    ),
    "COMPARE_AGENCY_MISSING": Fault(
        _E,
        "the row has scores but names no agency",
        "แถวนี้มีคะแนนแต่ไม่มีชื่อหน่วยงาน",
        "write the agency in every row",
        "เติมชื่อหน่วยงาน",
    ),
    "COMPARE_AGENCY_UNREAD": Fault(
        _W,
        "{name} is not the name of a local government; the row is checked, but not shown",
        "“{name}” ไม่ใช่ชื่อ อปท. ระบบตรวจตัวเลขของแถวนี้ให้ แต่ไม่นำไปแสดง",
        "write its kind and name in full, or its code of 8 digits",
        "เขียนประเภทและชื่อเต็ม หรือใส่รหัส ๘ หลัก",
    ),
    "COMPARE_PROVINCE_MISSING": Fault(
        _E,
        "the province of {name} cannot be read: {text}",
        "ไม่ทราบจังหวัดของ {name} (ที่พิมพ์: “{text}”)",
        "add a column with the province, or the code of 8 digits",
        "เพิ่มช่องจังหวัด หรือรหัส ๘ หลัก",
    ),
    "COMPARE_AGENCY_AMBIGUOUS": Fault(
        _E,
        "{name} may be any of {choices}; the row is not shown",
        "{name} อาจเป็น {choices} ระบบไม่เดา จึงไม่นำแถวนี้ไปแสดง",
        "add the code of 8 digits or the district",
        "เพิ่มรหัส ๘ หลักหรืออำเภอ",
    ),
    "COMPARE_CODE": Fault(
        _E,
        "the code {code} {why}",
        "รหัส {code} {why_th}",
        "compare with the list of codes",
        "ตรวจกับบัญชีรหัส อปท.",
    ),
    "COMPARE_TWICE": Fault(
        _E,
        "{name} stands twice for {year} with different figures (also at {other}); neither is shown",
        "{name} มีสองแถวในปี {year} และตัวเลขไม่ตรงกัน (อีกแถวอยู่ที่ {other}) จึงไม่แสดงทั้งสองแถว",
        "keep the row of the official result",
        "เก็บเฉพาะแถวตามประกาศผล",
    ),
    "COMPARE_REPEATED": Fault(
        _W,
        "{name} stands twice for {year} with the same figures (also at {other}); it counts once",
        "{name} มีสองแถวในปี {year} ตัวเลขเท่ากัน (อีกแถวอยู่ที่ {other}) จึงนับครั้งเดียว",
        "take one of the two away",
        "ลบออกหนึ่งแถว",
    ),
    "COMPARE_OTHERWISE": Fault(
        _E,
        "{name} has other figures for {year} at {other}; the later table counts",
        "{name} ปี {year} มีตัวเลขไม่ตรงกับ {other} ระบบแสดงตามตารางที่มาทีหลัง",
        "compare both with the official result and take the wrong table away",
        "ตรวจทั้งสองตารางกับประกาศผล แล้วถอนตารางที่ผิด",
    ),
    "COMPARE_RANK": Fault(
        _E,
        "the rank is printed as {stated}, but {computed} follows from the scores",
        "อันดับพิมพ์ไว้ {stated} แต่เรียงตามคะแนนได้อันดับ {computed}",
        "compare with the official result",
        "ตรวจกับประกาศผล",
    ),
    "COMPARE_POINTS": Fault(
        _E,
        "{what} is printed as {stated} points, but {computed} follows from {basis}",
        "{what_th} พิมพ์ไว้ {stated} คะแนนถ่วงน้ำหนัก แต่คำนวณจาก{basis_th}ได้ {computed}",
        "compare with the official result; nothing has been replaced",
        "ตรวจกับประกาศผล ระบบไม่ได้แทนค่าใด",
    ),
    "COMPARE_ROUNDED": Fault(
        Severity.INFO,
        "{count} figures have more than {places} decimals; they were rounded half-up before checking",
        "ตารางนี้มี {count} ค่าที่ทศนิยมเกิน {places} ตำแหน่ง ระบบปัดครึ่งขึ้นก่อนตรวจ และเก็บค่าเดิมไว้ตามที่พิมพ์",
        "nothing to do",
        "ไม่ต้องแก้ไข",
    ),
    "COMPARE_KIND": Fault(
        _W,
        "the kind is printed as {stated}, but the name says {computed}",
        "ประเภทพิมพ์ไว้ “{stated}” แต่ชื่อหน่วยงานเป็น {computed}",
        "correct the kind or the name",
        "แก้ประเภทหรือชื่อให้ตรงกัน",
    ),
}


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
    return Problem(
        code=fault_code,
        severity=kind.severity,
        message=kind.message.format(**words),
        message_th=kind.message_th.format(**words),
        where=where,
        evidence=evidence,
        arithmetic=arithmetic,
        mend=kind.mend,
        mend_th=kind.mend_th,
    )
