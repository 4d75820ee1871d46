import pytest

from prongsai.reports.lint.laws import known_act
from tests.reports.lint.looking import line_of, problems, told
from tests.reports.papers import GAP_HEAD, MEASURE_HEAD, PLAN_HEAD, TITLE, TRACKING_HEAD, pipe, tab

ARABIC_TITLE = TITLE.replace("๒๕๖๘", "2568")
MEASURE = ("๑", "ประกาศนโยบาย", "๑. ยกร่าง ๒. เผยแพร่", "ไตรมาสที่ ๑", "กองช่าง", "๑. ประกาศแล้ว", "๑) มีผู้อ่าน ๓๐ คน")


def measures(result: str = MEASURE[5], outcome: str = MEASURE[6], *, title: str = TITLE) -> str:
    return title + "\n" + tab(MEASURE_HEAD, (*MEASURE[:5], result, outcome))


def prose(words: str) -> str:
    return measures() + f"\n{words}\n"


# ---------------------------------------------------------------- MIXED_DIGITS


def arabic(result: str) -> str:
    row = ("1", "ประกาศนโยบาย", "1. ยกร่าง 2. เผยแพร่", "ปีงบประมาณ 2568", "กองช่าง", result, "1. มีผู้อ่าน 30 คน")
    return ARABIC_TITLE + "\n" + pipe(MEASURE_HEAD, row)


def test_mixed_digits_names_the_rarer_style_with_its_count() -> None:
    text = arabic("1. ประกาศตามระเบียบ พ.ศ.๒๕๖๐")
    (problem,) = problems("MIXED_DIGITS", text)
    assert (problem.severity.value, problem.where.line) == ("info", line_of(text, "๒๕๖๐"))
    assert problem.arithmetic == "4 Thai digits / 15 Arabic digits"


def test_mixed_digits_is_a_warning_when_both_styles_are_used_a_lot() -> None:
    text = arabic("1. " + " ".join(f"จุดที่ {thai} ใช้ {number} วัน" for number, thai in enumerate("๑๒๓๔๕๖๗๘๙๑๒๓", 1)))
    assert [severity for severity, _ in told("MIXED_DIGITS", text)] == ["warning"]


@pytest.mark.parametrize(
    "words",
    [
        "๑. เผยแพร่ที่ https://example.go.th/2568/o12",
        "๑. ส่งที่ saraban_01@example.go.th",
        "๑. ใช้ Windows11 และ ISO9001",
        "๑. ตามข้อ 0๓๖ และ 0๓๗",
    ],
)
def test_mixed_digits_leaves_addresses_latin_names_and_codes(words: str) -> None:
    assert told("MIXED_DIGITS", measures(words)) == []


def test_mixed_digits_leaves_item_codes_and_zeros_of_a_gap_memo() -> None:
    text = TITLE + "\n" + tab(GAP_HEAD, ("0๑๕", "สถิติการให้บริการ", "0", "-", "- มอบกองช่าง", "- กองช่าง"))
    assert told("MIXED_DIGITS", text) == []


# ---------------------------------------------------------------- SPELLING, FOREIGN_SCRIPT


def test_spelling_tells_a_frequent_misspelling_once_with_its_count() -> None:
    text = measures("๑. ประกาศมาตราการ ๒. ติดตามมาตราการ")
    assert told("SPELLING", text) == [("info", line_of(text, "มาตราการ"))]
    assert problems("SPELLING", text)[0].message == "มาตราการ: it should be มาตรการ (2×)."


def test_spelling_tells_doubled_words_and_impossible_marks() -> None:
    text = measures("๑. ประเมินความเสี่ยงการทุจริตการทุจริต ๒. ปรับปรุงและแก้้ไข")
    assert [problem.evidence for problem in problems("SPELLING", text)] == [("การทุจริตการทุจริต",), ("งและแก้้ไข",)]


def test_spelling_leaves_the_names_of_people() -> None:
    signed = "\nลงชื่อ\n(นางสาวหนี๋ แก้วดี)\nหัวหน้าสำนักปลัดเทศบาล\n"
    assert told("SPELLING", measures() + signed) == []


def test_spelling_leaves_a_listed_form_within_the_name_of_a_person_of_the_paper() -> None:
    signed = "\nลงชื่อ\n(นายณรงค์ วรรณรงค์)\nหัวหน้าสำนักปลัดเทศบาล\n"
    assert told("SPELLING", prose("ทำสื่อวรรณรงค์")) == [("info", line_of(prose("ทำสื่อวรรณรงค์"), "ทำสื่อ"))]
    assert told("SPELLING", measures() + signed) == []


def test_spelling_leaves_right_words() -> None:
    assert told("SPELLING", measures("๑. ประกาศมาตรการ รณรงค์ ปรับปรุงและแก้ไขงานต่าง ๆ ของส่วนงาน")) == []


def test_foreign_script_tells_a_stray_letter() -> None:
    text = measures("๑. รายงานควบคุมภายใน漏แล้ว")
    assert told("FOREIGN_SCRIPT", text) == [("warning", line_of(text, "漏"))]


def test_foreign_script_leaves_thai_and_english() -> None:
    assert told("FOREIGN_SCRIPT", measures("๑. ประกาศ No Gift Policy แล้ว")) == []


# ---------------------------------------------------------------- TRUNCATED_TEXT


@pytest.mark.parametrize(
    "words",
    [
        "สรุปผลตามนโยบายหรือแผนรอบปีของ",
        "รวบรวมคำร้องทั้งหมดและ",
        "รายงานประจำปีงบประมาณ พ.ศ.",
        "พัฒนาทรัพยากรบุคคลรอบปีของ",
        "ดำเนินการตามรูปแบบของ",
        "รายงานประจำปีงบประมาณ พ.ศ. ๒๕๖๘ ของ",
        "ควบคุมงบประมาณรายจ่ายของ",
        "จัดทำคู่มือสำหรับผู้ที่",
        "ประชุมร่วมกันในหัวข้อเรื่องเช่น",
    ],
)
def test_truncated_text_tells_a_sentence_that_cannot_end_so(words: str) -> None:
    text = measures(f"๑. ประกาศแล้ว ๒. {words}")
    assert told("TRUNCATED_TEXT", text) == [("error", line_of(text, words))]


@pytest.mark.parametrize(
    "words",
    [
        "ตรวจสอบการรับของ",
        "ทำทะเบียนสิ่งของ",
        "ประชุมหน่วยตรวจสอบภายใน",
        "มอบหมายเจ้าหน้าที่",
        "กำหนดให้มีการกำกับ",
        "แจ้งผู้เป็นเจ้าของ",
        "สำรวจพื้นที่",
        "กำกับติดตาม",
    ],
)
def test_truncated_text_leaves_words_that_only_look_so(words: str) -> None:
    assert told("TRUNCATED_TEXT", measures(f"๑. ประกาศแล้ว ๒. ดำเนินการ{words}")) == []


@pytest.mark.parametrize(
    "words",
    [
        "ตรวจเอกสารโดยระบุเลขที่รับและวันที่",
        "จัดเก็บตามลำดับที่",
        "ระบุครั้งที่และฉบับที่",
        "ควบคุมการยืมและการคืนของ",
        "จัดทำทะเบียนคุมการรับ-จ่ายของ",
        "จัดกิจกรรมแจกของ",
        "ระบุวัน เดือน และ พ.ศ.",
    ],
)
def test_truncated_text_leaves_things_and_what_a_form_asks_for(words: str) -> None:
    assert told("TRUNCATED_TEXT", measures(f"๑. ประกาศแล้ว ๒. {words}")) == []


def test_truncated_text_only_warns_where_the_last_word_may_be_things() -> None:
    text = measures("๑. ประกาศแล้ว ๒. แจ้งสถานธนานุบาลของ")
    assert told("TRUNCATED_TEXT", text) == [("warning", line_of(text, "สถานธนานุบาล"))]


def test_truncated_text_looks_at_every_kind_of_row() -> None:
    cut = "จัดทำรายงานผลการดำเนินงานของ"
    plan = TITLE + pipe(PLAN_HEAD, ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", f"๑. {cut}", "กองช่าง", "ปีงบประมาณ ๒๕๖๘", "- ทำแล้ว"))
    track = TITLE + tab(TRACKING_HEAD, ("-ข้อมูลพื้นฐาน", "กองช่าง", f"๑.ทบทวน ๒.{cut}", "๑.เผยแพร่", "-"))
    memo = TITLE + tab(GAP_HEAD, ("O๒", "ข้อมูลผู้บริหาร", "๐", "-", f"- {cut}", "- กองช่าง"))
    assert [told("TRUNCATED_TEXT", text) for text in (plan, track, memo)] == [
        [("error", line_of(text, cut))] for text in (plan, track, memo)
    ]


# ---------------------------------------------------------------- laws and years


@pytest.mark.parametrize(
    ("law", "real"),
    [
        ("พระราชบัญญัติเทศบาล พ.ศ. ๒๕๙๖", 2496),
        ("พ.ร.บ.ข้อมูลข่าวสารของราชการ พ.ศ.๒๔๔๐", 2540),
        ("พระราชบัญญัติกำหนดแผนและขั้นตอนการกระจายอำนาจฯ พ.ศ. ๒๕๕๒", 2542),
        ("ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๖๒", 2526),
    ],
)
def test_act_year_impossible_knows_the_years_of_laws(law: str, real: int) -> None:
    text = measures(f"๑. ประกาศตาม{law}แล้ว")
    assert told("ACT_YEAR_IMPOSSIBLE", text) == [("error", line_of(text, law))]
    assert problems("ACT_YEAR_IMPOSSIBLE", text)[0].message.startswith(f"This law is of {real}, not ")


def test_act_year_impossible_tells_any_law_later_than_the_paper() -> None:
    assert len(told("ACT_YEAR_IMPOSSIBLE", measures("๑. ตามพระราชบัญญัติการประกอบการเรือเหาะ พ.ศ. ๒๕๗๕"))) == 1


@pytest.mark.parametrize(
    "law",
    [
        "พระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖",
        "พระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖ และที่แก้ไขเพิ่มเติมถึง (ฉบับที่ ๑๔) พ.ศ. ๒๕๖๒",
        "พระราชบัญญัติเทศบาล (ฉบับที่ ๑๔) พ.ศ. ๒๕๖๒",
        "พระราชบัญญัติเทศบาล และพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐",
        "พระราชบัญญัติประกอบรัฐธรรมนูญว่าด้วยการป้องกันและปราบปรามการทุจริต พ.ศ. ๒๕๖๑",
        "พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. ๒๕๖๐",
        "พระราชบัญญัติการประกอบการเรือเหาะ พ.ศ. ๒๕๓๑",
        "พระราชบัญญัติงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. ๒๕๗๐",
        "ร่างพระราชบัญญัติการประกอบการเรือเหาะ พ.ศ. ๒๕๗๕",
        "พ.ร.บ. ว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ (ฉบับที่ 2) พ.ศ. 2560",
        "พ.ร.บ. ว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ พ.ศ. ๒๕๖๐",
        "พระราชกฤษฎีกาว่าด้วยหลักเกณฑ์และวิธีการบริหารกิจการบ้านเมืองที่ดี พ.ศ. ๒๕๖๒",
    ],
)
def test_act_year_impossible_leaves_right_and_unknown_years(law: str) -> None:
    assert told("ACT_YEAR_IMPOSSIBLE", measures(f"๑. ประกาศตาม{law}แล้ว")) == []


def test_act_year_impossible_names_no_year_of_a_paper_that_has_none() -> None:
    text = "เทศบาลตำบลบ้านสวนพลู\nปฏิบัติตามพระราชบัญญัติการประกอบการเรือเหาะ พ.ศ. ๒๓๙๙\n"
    (problem,) = problems("ACT_YEAR_IMPOSSIBLE", text)
    assert problem.message == "No law of 2399 can be cited in any paper."
    assert problem.message_th == "เอกสารอ้างกฎหมาย พ.ศ. 2399 ไม่ได้"


def test_act_year_impossible_still_tells_a_year_that_is_no_amendment() -> None:
    law = "พ.ร.บ. ว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ พ.ศ. ๒๕๖๑"
    assert [severity for severity, _ in told("ACT_YEAR_IMPOSSIBLE", measures(f"๑. ตาม{law}"))] == ["error"]


def test_known_act_takes_near_titles_but_not_short_ones() -> None:
    near = known_act("พระราชบัญญัติ", "การจัดซื้อจัดจ้างและบริหารพัสดุภาครัฐ")
    assert near is not None
    assert near.years_be == (2560,)
    assert known_act("พระราชบัญญัติ", "เทศบาน") is None
    assert known_act("ระเบียบ", "เทศบาล") is None


def test_year_range_reversed_tells_a_range_that_runs_backwards() -> None:
    text = prose("ตามค่าเป้าหมายของแผนแม่บท (พ.ศ. ๒๕๖๑-๒๕๖๐) ที่กำหนดไว้")
    assert told("YEAR_RANGE_REVERSED", text) == [("error", line_of(text, "๒๕๖๑-๒๕๖๐"))]
    assert problems("YEAR_RANGE_REVERSED", text)[0].arithmetic == "2560 < 2561"


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2560)", "error"),
        ("แผนการปฏิบัติงาน ปี 2566 ถึง 2560", "error"),
        ("ยุทธศาสตร์ชาติ พ.ศ. ๒๕๘๐-๒๕๖๑", "error"),
        ("แผนงานระยะ ๕ ปี (๒๕๗๐ - ๒๕๖๖)", "error"),
        ("รวบรวมข้อมูล พ.ศ. ๒๕๖๘-๒๕๖๗", "info"),
    ],
)
def test_year_range_reversed_is_an_error_only_of_a_plan(words: str, severity: str) -> None:
    assert [found for found, _ in told("YEAR_RANGE_REVERSED", prose(words))] == [severity]


@pytest.mark.parametrize(
    "words",
    [
        "สถิติปี 2568 - 2567",
        "ลดลงร้อยละ 95 ระหว่างปี 2568-2567",
        "ผลตามแผน เปรียบเทียบปี พ.ศ. ๒๕๖๘ - ๒๕๖๗",
        "ข้อมูลกองแผนก ปี ๒๕๖๘-๒๕๖๗",
        "(พ.ศ. ๒๕๖๑ - ๒๕๘๐)",
        "เปรียบเทียบคะแนนปี ๒๕๖๗ - ๒๕๖๖",
        "โทรศัพท์ ๐-๓๖๐๐-๒๕๖๑-๒๕๖๐",
        "คำสั่งที่ ๔๑๖/๒๕๖๖ - ๒๕๖๕/๑",
        "๓๐ ก.ย. ๒๕๖๘ - ๑ ต.ค. ๒๕๖๗",
    ],
)
def test_year_range_reversed_leaves_other_numbers(words: str) -> None:
    assert told("YEAR_RANGE_REVERSED", prose(words)) == []


# ---------------------------------------------------------------- counts


def two_rows(first: str, second: str) -> str:
    rows = ((*MEASURE[:6], first), ("๒", "จัดทำคู่มือ", *MEASURE[2:6], second))
    return TITLE + "\n" + tab(MEASURE_HEAD, *rows)


def test_vague_outcome_tells_what_another_row_counts() -> None:
    text = two_rows("๑) มีการให้บริการผ่านระบบออนไลน์ จำนวน ๓ งาน", "๑) มีการให้บริการผ่านระบบออนไลน์")
    assert told("VAGUE_OUTCOME", text) == [("info", line_of(text, "จัดทำคู่มือ"))]


def test_vague_outcome_leaves_outcomes_that_nobody_counts() -> None:
    assert told("VAGUE_OUTCOME", two_rows("๑) มีคู่มือการปฏิบัติงาน จำนวน ๓ งาน", "๑) มีการให้บริการผ่านระบบออนไลน์")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) พนักงานทั้งหมด ๓๐๔ คน ใช้คู่มือ"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) สรุปแบบสำรวจ แจ้งเจ้าหน้าที่ทั้งหมด ๓๐ คน"),
        ("๑. แจ้งเวียนวิธีใช้แก่พนักงานจำนวน ๘๖ คน", "๑) พนักงานทั้งหมด ๑๒๖ คน รับทราบวิธีใช้"),
        ("๑. บุคลากรเทศบาลตำบลบ้านสวนพลู จำนวน ๑๗๗ คน รับทราบประกาศ", "๑) เจ้าหน้าที่ทุกคน ๑,๙๔๔ คน ลงนาม"),
    ],
)
def test_headcount_contradiction_tells_two_counts_of_all_staff(first: str, second: str) -> None:
    text = measures(first, second)
    assert told("HEADCOUNT_CONTRADICTION", text) == [("warning", line_of(text, "ประกาศนโยบาย"))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) พนักงาน ๘๖ คน รับทราบคู่มือ"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) พนักงานทั้งหมด ๘๕ คน ตอบแบบทดสอบ"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) พนักงานเข้าร่วมอบรม ๔๐ คน"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) พนักงานใหม่ ๖ คน รับทราบ"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) แต่งตั้งเจ้าหน้าที่ประจำศูนย์ ๓ คน"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) พนักงานกองคลัง ๑๒ คน รับทราบ"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) ประชาชน ๓๐๐ คน รับทราบ"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) ผู้ตอบแบบสำรวจของเจ้าหน้าที่ทั้งหมด 30 คน"),
        ("๑. แจกคู่มือแก่พนักงานทั้งหมด ๘๖ คน", "๑) มีพนักงานทั้งหมด ๓๐ คน ตอบแบบสอบถาม"),
        ("๑. พนักงานกองคลัง ๑๒ คน รับทราบ", "๑) พนักงานกองช่าง ๒๐ คน รับทราบ"),
    ],
)
def test_headcount_contradiction_leaves_parts_events_and_small_changes(first: str, second: str) -> None:
    assert told("HEADCOUNT_CONTRADICTION", measures(first, second)) == []
