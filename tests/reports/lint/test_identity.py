import pytest

from tests.reports.lint.looking import line_of, problems, told
from tests.reports.papers import MEASURE_HEAD, PLAN_HEAD, TITLE, TRACKING_HEAD, pipe, tab

MEMO = """บันทึกข้อความ
ส่วนราชการ สำนักปลัดเทศบาล เทศบาลตำบลบ้านสวนพลู
ที่ ลบ ๕๒๗๐๑/๑๒๓
วันที่ ๙ ตุลาคม ๒๕๖๘
เรื่อง รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘
เรียน นายกเทศมนตรีตำบลบ้านสวนพลู

จึงเรียนมาเพื่อโปรดทราบ
"""
SIGNED = """
ลงชื่อ
(นางพรทิวา จันทร์สมบูรณ์)
หัวหน้าสำนักปลัดเทศบาล
"""
MEASURE = ("๑", "ประกาศนโยบาย", "๑. ยกร่าง ๒. เผยแพร่", "ไตรมาสที่ ๑", "สำนักปลัดเทศบาล", "๑. ประกาศแล้ว", "๑) มีผู้อ่าน ๓๐ คน")


def measures(result: str = MEASURE[5], *, head: str = TITLE) -> str:
    return head + "\n" + tab(MEASURE_HEAD, (*MEASURE[:5], result, MEASURE[6]))


def letter(text: str = MEMO, *, signed: str = SIGNED, place: str = TITLE) -> str:
    return text + signed + "\n" + measures(head=place)


# ---------------------------------------------------------------- FOREIGN_AGENCY, AGENCY_NAME_VARIANT


def test_foreign_agency_is_an_error_at_its_cell() -> None:
    text = measures("๑. เผยแพร่บนเว็บไซต์ของเทศบาลเมืองหนองดอกจานทองแล้ว")
    assert told("FOREIGN_AGENCY", text) == [("error", line_of(text, "หนองดอกจานทอง"))]
    (problem,) = problems("FOREIGN_AGENCY", text)
    assert problem.where.column == 6
    assert problem.message == ("Another agency is named: เทศบาลเมืองหนองดอกจานทอง; the paper is of เทศบาลตำบลบ้านสวนพลู.")


def test_foreign_agency_twice_in_a_row_is_told_once() -> None:
    foreign = "๑. เผยแพร่บนเว็บไซต์ของเทศบาลเมืองหนองดอกจานทองแล้ว"
    text = TITLE + "\n" + tab(MEASURE_HEAD, (*MEASURE[:5], foreign, foreign))
    assert len(problems("FOREIGN_AGENCY", text)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "๑. นายกเทศมนตรีตำบลบ้านสวนพลูลงนามประกาศ",
        "๑. พนักงานเทศบาลรับทราบประกาศของเทศบาลฯ",
        "๑. ส่งรายงานให้องค์การบริหารส่วนจังหวัดลพบุรี",
        "๑. ศึกษาดูงาน ณ เทศบาลเมืองหนองดอกจานทอง",
        "๑. ลงนามบันทึกข้อตกลงกับเทศบาลเมืองหนองดอกจานทอง",
        "๑. ส่งข้อมูลให้สำนักงาน ป.ป.ช. และกรมส่งเสริมการปกครองท้องถิ่น",
        "๑. ปฏิบัติตามพระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. ๒๕๓๗",
        "๑. องค์การบริหารส่วนตำบลบ้านสวนพลูยกฐานะแล้ว",
    ],
)
def test_foreign_agency_leaves_rightful_mentions(words: str) -> None:
    assert told("FOREIGN_AGENCY", measures(words)) == []


@pytest.mark.parametrize(
    "words",
    [
        "อ้างอิงแนวทางของ",
        "เปรียบเทียบกับ",
        "เทียบเคียงผลของ",
        "ศึกษาจากตัวอย่างของ",
        "นำตัวอย่างจาก",
        "เข้ารับรางวัลพร้อม",
        "ทบทวนคดีของ",
        "ศึกษาคำพิพากษาเรื่อง",
    ],
)
def test_foreign_agency_leaves_comparisons_sources_and_courts(words: str) -> None:
    assert told("FOREIGN_AGENCY", measures(f"๑. {words}เทศบาลเมืองหนองดอกจานทอง")) == []


@pytest.mark.parametrize("words", ["กองการศึกษา", "เผยแพร่แนวทางของ", "ให้ประชาชนที่มาติดต่อ"])
def test_foreign_agency_is_found_after_words_that_only_look_like_a_source(words: str) -> None:
    text = measures(f"๑. {words}เทศบาลเมืองหนองดอกจานทอง")
    assert told("FOREIGN_AGENCY", text) == [("error", line_of(text, "หนองดอกจานทอง"))]


def test_foreign_agency_leaves_the_addressee_of_a_letter() -> None:
    assert told("FOREIGN_AGENCY", letter() + "\nเรียน นายกเทศมนตรีเมืองหนองดอกจานทอง\n") == []


def test_foreign_agency_says_nothing_when_the_own_name_is_unknown() -> None:
    text = "รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n\n" + tab(MEASURE_HEAD, MEASURE)
    assert told("FOREIGN_AGENCY", text) == []


def test_agency_name_variant_tells_a_misspelt_own_name() -> None:
    text = measures("๑. เผยแพร่บนเว็บไซต์ของเทศบาลตำบลบ้านสวนพูล")
    assert told("AGENCY_NAME_VARIANT", text) == [("warning", line_of(text, "พูล"))]
    assert told("FOREIGN_AGENCY", text) == []


def test_agency_name_variant_tells_a_misread_kind() -> None:
    text = measures("๑. เผยแพร่บนเว็บไซต์ของเทศบาลตำบบบ้านสวนพลู")
    assert [problem.evidence for problem in problems("AGENCY_NAME_VARIANT", text)] == [("เทศบาลตำบบบ้านสวนพลู",)]


def test_agency_name_variant_only_notes_another_kind_of_the_same_name() -> None:
    text = measures("๑. องค์การบริหารส่วนตำบลบ้านสวนพลูยกฐานะแล้ว")
    assert told("AGENCY_NAME_VARIANT", text) == [("info", line_of(text, "ยกฐานะ"))]


def test_agency_name_variant_leaves_the_own_name() -> None:
    assert told("AGENCY_NAME_VARIANT", measures("๑. เทศบาลตำบลบ้านสวนพลูได้ประกาศและเทศบาลเพื่อประชาชน")) == []


# ---------------------------------------------------------------- DISTRICT_PROVINCE_MISMATCH, PROVINCE_LETTERS_MISMATCH


def at(place: str, name: str = "เทศบาลตำบลบ้านสวนพลู") -> str:
    return measures(head=f"รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n{name} {place}\n")


def test_district_province_mismatch_names_the_real_province() -> None:
    text = at("อำเภอพัฒนานิคม จังหวัดสระบุรี")
    assert told("DISTRICT_PROVINCE_MISMATCH", text) == [("error", 2)]
    (problem,) = problems("DISTRICT_PROVINCE_MISMATCH", text)
    assert problem.message == "District พัฒนานิคม is in ลพบุรี, not in สระบุรี."


def test_district_province_mismatch_names_the_district_that_the_own_name_points_to() -> None:
    (problem,) = problems("DISTRICT_PROVINCE_MISMATCH", at("อำเภอหนองม่วง จังหวัดสระบุรี", "เทศบาลตำบลพระพุทธบาท"))
    assert problem.message.endswith("The agency's own name points to พระพุทธบาท.")


def test_district_province_mismatch_only_doubts_a_district_that_does_not_exist() -> None:
    text = at("อำเภอพัฒนานิคน จังหวัดลพบุรี")
    assert told("DISTRICT_PROVINCE_MISMATCH", text) == [("warning", 2)]
    assert "พัฒนานิคม" in problems("DISTRICT_PROVINCE_MISMATCH", text)[0].message_th


@pytest.mark.parametrize("place", ["อำเภอเมืองลพบุรี จังหวัดลพบุรี", "อ.เมือง จ.ลพบุรี", "อำเภอพัฒนานิคม จังหวัดลพบุรี", "จังหวัดลพบุรี"])
def test_district_province_mismatch_leaves_right_places(place: str) -> None:
    assert told("DISTRICT_PROVINCE_MISMATCH", at(place)) == []


def test_province_letters_mismatch_tells_letters_of_another_province() -> None:
    text = letter(MEMO.replace("ที่ ลบ", "ที่ สบ"))
    assert told("PROVINCE_LETTERS_MISMATCH", text) == [("error", 1)]


def test_province_letters_mismatch_leaves_right_letters() -> None:
    assert told("PROVINCE_LETTERS_MISMATCH", letter()) == []


def test_province_letters_mismatch_leaves_a_province_inferred_from_the_letters() -> None:
    text = letter(MEMO.replace("ที่ ลบ", "ที่ สบ"), place="เทศบาลตำบลบ้านสวนพลู\n")
    assert told("PROVINCE_LETTERS_MISMATCH", text) == []


def test_province_letters_mismatch_is_silent_when_the_district_stands_with_the_letters() -> None:
    text = letter(place=TITLE.replace("เมืองลพบุรี จังหวัดลพบุรี", "พัฒนานิคม จังหวัดสระบุรี"))
    assert told("PROVINCE_LETTERS_MISMATCH", text) == []
    (problem,) = problems("DISTRICT_PROVINCE_MISMATCH", text)
    assert problem.message.endswith("The letters of the memo's number are those of ลพบุรี, too.")


# ---------------------------------------------------------------- WRONG_AGENCY_TYPE_TERM


def test_wrong_agency_type_term_tells_ordinances_of_another_kind() -> None:
    row = ("-แผนการดำเนินงาน", "กองคลัง", "๑.เมื่อข้อบัญญัติงบประมาณผ่านสภาแล้ว", "๑.กองคลังเผยแพร่ ภายในเดือนตุลาคม ๒๕๖๗", "-")
    text = TITLE + "\n" + tab(TRACKING_HEAD, row)
    assert told("WRONG_AGENCY_TYPE_TERM", text) == [("warning", line_of(text, "ข้อบัญญัติ"))]
    assert problems("WRONG_AGENCY_TYPE_TERM", text)[0].message == (
        "ข้อบัญญัติ is no term of this kind of agency (1×); it should be เทศบัญญัติ."
    )


def test_wrong_agency_type_term_tells_municipal_words_in_a_tambon_paper() -> None:
    text = at("อำเภอเมืองลพบุรี จังหวัดลพบุรี", "องค์การบริหารส่วนตำบลบ้านสวนพลู").replace("สำนักปลัดเทศบาล", "กองช่าง")
    text += "\nนายกเทศมนตรีลงนามแล้ว\n"
    assert told("WRONG_AGENCY_TYPE_TERM", text) == [("warning", line_of(text, "ลงนามแล้ว"))]


@pytest.mark.parametrize(
    "words", ["เทศบัญญัติงบประมาณ", "ข้อบัญญัติท้องถิ่น", "พระราชบัญญัติสภาตำบลและองค์การบริหารส่วนตำบล พ.ศ. ๒๕๓๗"]
)
def test_wrong_agency_type_term_leaves_right_words(words: str) -> None:
    assert told("WRONG_AGENCY_TYPE_TERM", measures(f"๑. ปฏิบัติตาม{words}")) == []


# ---------------------------------------------------------------- MISSING_FIELD, ACTING_SIGNATORY, OPINION_GARBLED


def test_missing_field_tells_a_memo_without_number_and_date() -> None:
    text = letter(MEMO.replace("ที่ ลบ ๕๒๗๐๑/๑๒๓\nวันที่ ๙ ตุลาคม ๒๕๖๘\n", ""))
    (problem,) = problems("MISSING_FIELD", text)
    assert (problem.severity.value, problem.where.line, problem.evidence) == ("warning", 1, ("ที่ วันที่",))


def test_missing_field_tells_a_report_without_date_and_signature() -> None:
    (problem,) = problems("MISSING_FIELD", measures())
    assert problem.evidence == ("เลขที่หนังสือ วันที่ ผู้ลงนาม",)


def test_missing_field_tells_a_memo_without_office() -> None:
    text = "\n".join(line for line in letter().split("\n") if not line.startswith("ส่วนราชการ"))
    (problem,) = problems("MISSING_FIELD", text)
    assert problem.evidence == ("ส่วนราชการ",)


def test_missing_field_leaves_a_whole_memo() -> None:
    assert told("MISSING_FIELD", letter()) == []


def test_missing_field_leaves_a_paper_without_records() -> None:
    assert told("MISSING_FIELD", "สวัสดี\n") == []


def test_acting_signatory_is_noted() -> None:
    signed = "\nลงชื่อ\n(นายอนุชิต ทองพันชั่ง)\nผู้อำนวยการกองช่าง รักษาราชการแทน\nปลัดเทศบาลตำบลบ้านสวนพลู\n"
    text = letter(signed=signed)
    assert told("ACTING_SIGNATORY", text) == [("info", line_of(text, "อนุชิต"))]


def test_acting_signatory_leaves_one_who_signs_for_himself() -> None:
    assert told("ACTING_SIGNATORY", letter()) == []


def opinion(words: str) -> str:
    return letter(signed=f"\nความเห็น หัวหน้าสำนักปลัดเทศบาล\n\n{words}\n{SIGNED}")


@pytest.mark.parametrize("words", ["ธนูพงษ์ ชลพิภพ", "- กล้าพงษ์ไพบูลย์"])
def test_opinion_garbled_tells_a_name_in_its_place(words: str) -> None:
    text = opinion(words)
    assert told("OPINION_GARBLED", text) == [("warning", line_of(text, words))]


@pytest.mark.parametrize("words", ["ทราบ", "- เห็นควรอนุมัติ", "เพื่อโปรดพิจารณาลงนาม", "ชอบแล้ว", "ตรวจสอบแล้วถูกต้อง", ""])
def test_opinion_garbled_leaves_usual_opinions(words: str) -> None:
    assert told("OPINION_GARBLED", opinion(words)) == []


def test_identity_rules_are_silent_on_an_indicator_plan_of_the_own_agency() -> None:
    row = ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ คะแนน ๙๐.๐๐", "๑. ลดขั้นตอน", "กองช่าง", "ปีงบประมาณ ๒๕๖๘", "- ลดแล้ว")
    text = TITLE + "\n" + pipe(PLAN_HEAD, row)
    assert [told(code, text) for code in ("FOREIGN_AGENCY", "AGENCY_NAME_VARIANT", "WRONG_AGENCY_TYPE_TERM")] == [
        []
    ] * 3
