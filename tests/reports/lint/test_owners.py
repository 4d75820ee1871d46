import pytest

from tests.reports.lint.looking import line_of, problems, told
from tests.reports.papers import GAP_HEAD, MEASURE_HEAD, TITLE, TRACKING_HEAD, tab


def measure(seq: str, owner: str, title: str = "ประกาศนโยบาย") -> tuple[str, ...]:
    return (seq, title, "๑. ยกร่าง ๒. เผยแพร่", "ไตรมาสที่ ๑", owner, "๑. ประกาศแล้ว", "๑) มีผู้อ่าน ๓๐ คน")


def measures(*owners: str) -> str:
    return (
        TITLE
        + "\n"
        + tab(MEASURE_HEAD, *(measure(str(n), owner, f"มาตรการลำดับ {n}") for n, owner in enumerate(owners, 1)))
    )


FIRST = line_of(measures("กองช่าง"), "มาตรการลำดับ 1")

# ---------------------------------------------------------------- RESPONSIBLE_MISSING, RESPONSIBLE_TOO_BROAD


@pytest.mark.parametrize("owner", ["", "-", "ผู้รับผิดชอบ"])
def test_responsible_missing_tells_an_empty_owner(owner: str) -> None:
    assert told("RESPONSIBLE_MISSING", measures("กองช่าง", owner)) == [("error", FIRST + 1)]


def test_responsible_missing_looks_at_gap_memos_and_tracking_reports() -> None:
    memo = TITLE + tab(
        GAP_HEAD, ("O๒", "ข้อมูลผู้บริหาร", "๐", "-", "- มอบกองช่าง", ""), ("O๓", "อำนาจหน้าที่", "๐", "-", "-", "- กองช่าง")
    )
    track = TITLE + tab(TRACKING_HEAD, ("-ข้อมูลพื้นฐาน", "", "๑.ทบทวน", "๑.เผยแพร่ ภายในเดือนมีนาคม ๒๕๖๘", "-"))
    assert told("RESPONSIBLE_MISSING", memo) == [("error", line_of(memo, "ผู้บริหาร"))]
    assert told("RESPONSIBLE_MISSING", track) == [("error", line_of(track, "พื้นฐาน"))]


def test_responsible_missing_tells_a_table_without_such_a_column_once() -> None:
    head = tuple(words for words in MEASURE_HEAD if words != "ผู้รับผิดชอบ")
    rows = [tuple(cell for place, cell in enumerate(measure(str(n), "")) if place != 4) for n in (1, 2)]
    text = TITLE + "\n" + tab(head, *rows)
    (problem,) = problems("RESPONSIBLE_MISSING", text)
    assert problem.message == "None of the 2 rows names who is responsible."


def test_responsible_missing_only_doubts_a_row_whose_cells_are_shifted() -> None:
    shifted = (
        "๓. จัดช่องทางการสื่อสารให้สะดวกและตอบสนองความต้องการของผู้มาใช้บริการ",
        "๑. ยกร่าง",
        "ไตรมาสที่ ๑",
        "",
        "๑. ทำแล้ว",
        "๑) ดี",
        "",
    )
    text = TITLE + "\n" + tab(MEASURE_HEAD, measure("๑", "กองช่าง"), shifted)
    assert told("RESPONSIBLE_MISSING", text) == [("warning", line_of(text, "ช่องทาง"))]


def test_responsible_missing_leaves_named_owners() -> None:
    assert told("RESPONSIBLE_MISSING", measures("กองช่าง", "ทุกส่วนราชการ")) == []


def test_responsible_too_broad_tells_its_share_once() -> None:
    (problem,) = problems("RESPONSIBLE_TOO_BROAD", measures("กองช่าง", "ทุกส่วนราชการ", "ทุกกอง"))
    assert (problem.severity.value, problem.where.line, problem.arithmetic) == ("info", FIRST + 1, "2 / 3")


def test_responsible_too_broad_leaves_all_units_with_a_leader() -> None:
    assert told("RESPONSIBLE_TOO_BROAD", measures("สำนักปลัดเทศบาล ทุกส่วนราชการ")) == []


# ---------------------------------------------------------------- RESPONSIBLE_NOT_A_UNIT, UNIT_UNKNOWN


@pytest.mark.parametrize(
    "owner",
    [
        "ทุกงานจัดทำข้อมูลของตนเองและส่งมอบให้สำนักปลัดเทศบาลรวบรวม",
        "ผู้ที่เกี่ยวข้องทุกคนช่วยกันดูแลให้เรียบร้อย",
        "ทุกคนในสำนักงานช่วยกันส่งข้อมูลให้ครบแล้วค่อยรวบรวมอีกครั้ง",
    ],
)
def test_responsible_not_a_unit_tells_a_sentence(owner: str) -> None:
    assert told("RESPONSIBLE_NOT_A_UNIT", measures(owner)) == [("warning", FIRST)]


@pytest.mark.parametrize(
    "owner",
    [
        "สำนักปลัดเทศบาล กองคลัง กองช่าง กองการศึกษา กองสาธารณสุขและสิ่งแวดล้อม",
        "น.ส.ณัฐริกา คำแก้วใส นักวิเคราะห์นโยบายและแผนชำนาญการ",
        "คณะทำงานดำเนินการขับเคลื่อนการประเมินคุณธรรม",
        "ผู้ดูแลเว็บไซต์ งานประชาสัมพันธ์ สำนักปลัดเทศบาล",
        "ผู้อำนวยการกองคลัง",
    ],
)
def test_responsible_not_a_unit_leaves_units_people_and_bodies(owner: str) -> None:
    assert told("RESPONSIBLE_NOT_A_UNIT", measures(owner)) == []


def test_unit_unknown_tells_a_unit_that_no_office_has() -> None:
    assert told("UNIT_UNKNOWN", measures("กองช่าง", "กองอวกาศและดาวเทียม")) == [("warning", FIRST + 1)]


def test_unit_unknown_names_the_nearest() -> None:
    (problem,) = problems("UNIT_UNKNOWN", measures("งานทะเบียนราษดร"))
    assert problem.message.startswith("No usual unit is called งานทะเบียนราษดร; the nearest are งานทะเบียนราษฎร")


@pytest.mark.parametrize(
    "owner",
    [
        "กองช่าง",
        "งานพัสดุ กองคลัง",
        "กองสาธารณสุขฯ",
        "กองคลังและกองช่าง",
        "สำนักปลัดเทศบาลตำบลบ้านสวนพลู",
        "ทุกกอง",
        "นิติกร",
        "กองคลัง (งานพัสดุ)",
    ],
)
def test_unit_unknown_leaves_usual_units(owner: str) -> None:
    assert told("UNIT_UNKNOWN", measures(owner)) == []


def test_unit_unknown_leaves_a_unit_that_the_paper_names_again() -> None:
    text = measures("ฝ่ายทะเบียนประวัติศาสตร์") + "\nมอบฝ่ายทะเบียนประวัติศาสตร์รวบรวมข้อมูล\n"
    assert told("UNIT_UNKNOWN", text) == []


# ---------------------------------------------------------------- MISSING_POSITION, NAME_VARIANT


def test_missing_position_tells_the_people_of_a_row_without_a_post() -> None:
    text = measures("น.ส.ชุติมา วงษ์ทองคำ น.ส.ณัฐริกา คำแก้วใส นายภาสกร อินทร์ดีงาม นิติกร")
    (problem,) = problems("MISSING_POSITION", text)
    assert (problem.severity.value, problem.where.line, problem.arithmetic) == ("warning", FIRST, "2 / 3")
    assert problem.evidence == ("น.ส.ชุติมา วงษ์ทองคำ", "น.ส.ณัฐริกา คำแก้วใส")


def test_missing_position_takes_a_post_printed_on_the_next_line() -> None:
    assert told("MISSING_POSITION", measures("<p>น.ส.ชุติมา วงษ์ทองคำ</p> <p>นักทรัพยากรบุคคล</p>")) == []


def test_missing_position_tells_a_signature_without_a_post() -> None:
    text = measures("กองช่าง") + "\nลงชื่อ\n(นางพรทิวา จันทร์สมบูรณ์)\n"
    assert told("MISSING_POSITION", text) == [("warning", line_of(text, "พรทิวา"))]


def test_missing_position_leaves_people_with_posts() -> None:
    text = measures("น.ส.ชุติมา วงษ์ทองคำ นักทรัพยากรบุคคล") + "\nลงชื่อ\n(นางพรทิวา จันทร์สมบูรณ์)\nหัวหน้าสำนักปลัดเทศบาล\n"
    assert told("MISSING_POSITION", text) == []


CLERK = "เจ้าพนักงานธุรการ"


def test_name_variant_only_notes_two_spellings_at_the_rarer_one() -> None:
    text = measures(*(f"น.ส.{name} สายบัวหลวง {CLERK}" for name in ("เบญจวรรณ", "เบญจวรรณ", "เบ็ญจวรรณ")))
    (problem,) = problems("NAME_VARIANT", text)
    assert (problem.severity.value, problem.where.line) == ("info", FIRST + 2)
    assert problem.message == "One person is spelt in 2 ways, 3 times in all."


def test_name_variant_groups_three_spellings_with_their_counts() -> None:
    names = ("กัญญารัตน์ ดอนหล่วง", "กัญญารัตน์ ดอนหลวง", "กันญารัตน์ ดอนหลวง", "กัญญารัตน์ ดอนหลวง")
    (problem,) = problems("NAME_VARIANT", measures(*(f"น.ส.{name} {CLERK}" for name in names)))
    assert problem.severity.value == "warning"
    assert problem.evidence == (
        f"กัญญารัตน์ ดอนหล่วง (1 แห่ง บรรทัด {FIRST})",
        f"กัญญารัตน์ ดอนหลวง (2 แห่ง บรรทัด {FIRST + 1}, {FIRST + 3})",
        f"กันญารัตน์ ดอนหลวง (1 แห่ง บรรทัด {FIRST + 2})",
    )


def test_name_variant_holds_signatures_against_owners() -> None:
    text = measures("นางพรทิวา จันทร์สมบูรณ์ หัวหน้าสำนักปลัดเทศบาล") + "\nลงชื่อ\n(นางพรธิวา จันทร์สมบูรณ์)\nหัวหน้าสำนักปลัดเทศบาล\n"
    assert told("NAME_VARIANT", text) == [("info", line_of(text, "พรธิวา"))]


def test_name_variant_leaves_one_spelling_and_different_people() -> None:
    text = measures(f"น.ส.เบญจวรรณ สายบัวหลวง {CLERK}", f"นางสาวเบญจวรรณ สายบัวหลวง {CLERK}", f"นายธนกฤต มีสุขศรี {CLERK}")
    assert told("NAME_VARIANT", text) == []


def test_owner_words_that_name_nobody_are_no_unit_and_not_missing() -> None:
    head = (*(words for words in MEASURE_HEAD if words != "ผู้รับผิดชอบ"), "หมายเหตุ")
    row = tuple(cell for place, cell in enumerate(measure("๑", "")) if place != 4)
    text = TITLE + "\n" + tab(head, (*row, "ผู้รับผิดชอบ ก่อตั้งวิสาหกิจ"), ("๒", *row[1:], "ผู้รับผิดชอบ กองช่าง"))
    assert told("RESPONSIBLE_NOT_A_UNIT", text) == [("warning", line_of(text, "วิสาหกิจ"))]
    assert told("RESPONSIBLE_MISSING", text) == []
