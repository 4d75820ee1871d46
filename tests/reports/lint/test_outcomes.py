import pytest

from prongsai.reports.lint import outcomes
from prongsai.reports.lint.rule import RULES
from tests.reports.lint.looking import line_of, problems, told
from tests.reports.papers import MEASURE_HEAD, TITLE, TRACKING_HEAD, tab

STEPS = "๑. ยกร่าง ๒. เสนอนายกเทศมนตรีลงนาม ๓. เผยแพร่"


def measure(
    result: str = "๑. ประกาศนโยบายแล้ว", outcome: str = "๑) มีผู้อ่าน ๓๐ คน", steps: str = STEPS, name: str = "ประกาศนโยบาย"
) -> tuple[str, ...]:
    return ("๑", name, steps, "ไตรมาสที่ ๑ - ๔", "สำนักปลัดเทศบาล", result, outcome)


def paper(*rows: tuple[str, ...]) -> str:
    return TITLE + tab(MEASURE_HEAD, *rows)


def row(text: str, words: str = "ประกาศนโยบาย") -> int:
    return line_of(text, words)


@pytest.mark.parametrize("code", sorted(code for code, rule in RULES.items() if rule.family == "outcomes"))
def test_every_rule_of_the_family_is_silent_on_measures_in_order(code: str) -> None:
    assert outcomes.__name__ == RULES[code].check.__module__
    text = paper(measure(), measure("๑. อบรม ๒ ครั้ง ๒. ออกคู่มือ", "๑) ผ่านร้อยละ ๘๙ ๒) ใช้จริง ๖ งาน", name="อบรม"))
    assert told(code, text) == []


# ---------------------------------------------------------------- future actions


def test_outcomes_that_only_follow_up_are_told_with_their_share() -> None:
    odd = measure("๑. ประกาศแล้ว", "-ติดตามและตรวจสอบผลการดำเนินการอย่างต่อเนื่อง -รายงานผลให้ผู้บริหารทราบเป็นระยะ")
    text = paper(odd, measure(name="อบรม"), measure(name="จัดซื้อ"))
    (problem,) = problems("OUTCOME_IS_FUTURE_ACTION", text)
    assert told("OUTCOME_IS_FUTURE_ACTION", text) == [("warning", row(text))]
    assert problem.arithmetic == "1 of 3 measures"
    assert len(problem.evidence) == 2


def test_one_intention_among_outcomes_is_told() -> None:
    text = paper(measure(outcome="๑) จะติดตามจำนวนผู้อ่านในปีถัดไป ๒) ผู้อ่านเพิ่มขึ้นร้อยละ ๒๒"))
    assert problems("OUTCOME_IS_FUTURE_ACTION", text)[0].evidence == ("จะติดตามจำนวนผู้อ่านในปีถัดไป",)


@pytest.mark.parametrize(
    "outcome",
    [
        "๑) ตรวจสอบพบครุภัณฑ์ชำรุด ๓ รายการ",
        "๑) ติดตามแล้วเสร็จทุกโครงการ",
        "๑) ติดตามผลเป็นระยะ ๒) ข้อร้องเรียนลดลง",
        "๑) รายงานเผยแพร่ให้ประชาชนทราบ",
    ],
)
def test_follow_up_with_something_found_is_an_outcome(outcome: str) -> None:
    assert told("OUTCOME_IS_FUTURE_ACTION", paper(measure(outcome=outcome))) == []


# ---------------------------------------------------------------- missing outcomes


def test_result_without_outcome_gives_the_sum() -> None:
    text = paper(measure("๑. ยกร่าง ๒. ประกาศ ๓. เผยแพร่", "๑) มีผู้อ่าน ๓๐ คน ๒) ไม่มีข้อทักท้วง"))
    (problem,) = problems("RESULT_WITHOUT_OUTCOME", text)
    assert told("RESULT_WITHOUT_OUTCOME", text) == [("warning", row(text))]
    assert problem.arithmetic == "3 - 2 = 1 missing"


def test_more_outcomes_than_results_is_fine() -> None:
    assert told("RESULT_WITHOUT_OUTCOME", paper(measure("๑. ประกาศ", "๑) อ่าน ๓๐ คน ๒) ไม่มีข้อทักท้วง"))) == []


def test_follow_up_in_place_of_outcomes_is_told_once() -> None:
    text = paper(measure("๑. ประกาศ ๒. เผยแพร่", "-ติดตามผลอย่างต่อเนื่อง"))
    assert told("RESULT_WITHOUT_OUTCOME", text) == []
    assert told("OUTCOME_IS_FUTURE_ACTION", text) == [("warning", row(text))]


def test_outcome_missing_is_an_error_where_the_column_exists() -> None:
    text = paper(measure("๑. ยกร่าง ๒. ประกาศ", "-"))
    (problem,) = problems("OUTCOME_MISSING", text)
    assert told("OUTCOME_MISSING", text) == [("error", row(text))]
    assert problem.arithmetic == "2 - 0 = 2 missing"


def test_measure_without_result_and_outcome_is_an_error() -> None:
    text = paper(measure(name="อบรม"), measure("-", "-", name="ตรวจนับพัสดุ"))
    assert told("RESULT_MISSING", text) == [("error", row(text, "ตรวจนับพัสดุ"))]
    assert told("RESULT_MISSING", paper(measure(name="อบรม"))) == []


def test_outcome_missing_is_a_warning_where_the_last_cell_may_be_lost() -> None:
    text = paper(measure(name="อบรม"), measure("๑. จัดพิมพ์ ๒. แจกจ่าย")[:6])
    assert told("OUTCOME_MISSING", text) == [("warning", row(text, "จัดพิมพ์"))]


def test_outcome_is_not_missing_without_such_a_column() -> None:
    assert told("OUTCOME_MISSING", TITLE + tab(MEASURE_HEAD[:6], measure()[:6])) == []


# ---------------------------------------------------------------- copies

RESULT = "ติดตั้งเครื่องบันทึกการใช้รถราชการครบ ๘ คัน"


def test_outcome_that_is_the_result_is_an_error_when_all_are() -> None:
    text = paper(measure(f"๑. {RESULT}", f"๑) {RESULT}"))
    (problem,) = problems("RESULT_COPIED_AS_OUTCOME", text)
    assert told("RESULT_COPIED_AS_OUTCOME", text) == [("error", row(text))]
    assert (problem.evidence, problem.arithmetic) == ((RESULT,), "1 of 1")


def test_one_copy_among_outcomes_is_a_warning() -> None:
    text = paper(measure(f"๑. {RESULT} ๒. อบรมผู้ขับ", f"๑) {RESULT.replace('๘', '8')} ๒) ค่าน้ำมันลดลงร้อยละ ๘"))
    assert told("RESULT_COPIED_AS_OUTCOME", text) == [("warning", row(text))]


def test_outcome_that_says_the_result_exists_is_no_copy() -> None:
    text = paper(measure("๑. รายงานผลการบริหารทรัพยากรบุคคลของหน่วยงาน", "๑) มีรายงานผลการบริหารทรัพยากรบุคคลของหน่วยงาน"))
    assert told("RESULT_COPIED_AS_OUTCOME", text) == []


def test_copy_far_down_a_long_list_is_found() -> None:
    results = " ".join(f"{number}. ดำเนินงานเรื่องลำดับที่หมายเลข-{number}-ก" for number in range(1, 31))
    text = paper(measure(results, "1) ดำเนินงานเรื่องลำดับที่หมายเลข-30-ก 2) ลดเวลาลงครึ่งหนึ่ง"))
    assert told("RESULT_COPIED_AS_OUTCOME", text) == [("warning", row(text))]


# ---------------------------------------------------------------- steps and training


def test_training_without_evidence_is_told() -> None:
    text = paper(measure("๑. จัดให้มีการฝึกอบรมที่มีสาระด้านจริยธรรม", "๑) มีการเน้นย้ำในการประชุมพนักงานทุกครั้ง"))
    assert told("OUTCOME_WITHOUT_EVIDENCE", text) == [("info", row(text))]


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("๑. อบรมด้านจริยธรรมเมื่อวันที่ ๑๘ มิถุนายน ๒๕๖๘", "๑) บุคลากรเข้าใจมากขึ้น"),
        ("๑. จัดอบรมด้านจริยธรรม", "๑) ผู้เข้าอบรม ๗๒ คน ผ่านแบบทดสอบ"),
    ],
)
def test_training_with_a_date_or_an_outcome_is_evidenced(result: str, outcome: str) -> None:
    assert told("OUTCOME_WITHOUT_EVIDENCE", paper(measure(result, outcome))) == []


def test_step_without_result_is_a_warning_from_two_steps_on() -> None:
    two = paper(measure("๑. ตั้งศูนย์ข้อมูล", steps="๑. ตั้งศูนย์ ๒. จัดอบรมเจ้าหน้าที่ ๓. สำรวจความพึงพอใจ"))
    one = paper(measure("๑. ตั้งศูนย์ข้อมูล", steps="๑. ตั้งศูนย์ ๒. จัดอบรมเจ้าหน้าที่"))
    (problem,) = problems("STEP_WITHOUT_RESULT", two)
    assert told("STEP_WITHOUT_RESULT", two) == [("warning", row(two))]
    assert (problem.evidence, problem.arithmetic) == (("จัดอบรมเจ้าหน้าที่", "สำรวจความพึงพอใจ"), "2 of 3 steps")
    assert told("STEP_WITHOUT_RESULT", one) == [("info", row(one))]


def test_step_is_kept_by_another_word_for_the_same_thing() -> None:
    text = paper(measure("๑. เชิญวิทยากรบรรยาย ๒. เก็บแบบสอบถาม", steps="๑. จัดอบรมเจ้าหน้าที่ ๒. สำรวจความพึงพอใจ"))
    assert told("STEP_WITHOUT_RESULT", text) == []


def test_steps_missing_approval_holds_a_measure_against_the_others() -> None:
    others = [measure(name=f"มาตรการ{letter}") for letter in "กขคง"]
    text = paper(*others, measure(steps="๑. ยกร่าง ๒. เผยแพร่"))
    (problem,) = problems("STEPS_MISSING_APPROVAL", text)
    assert told("STEPS_MISSING_APPROVAL", text) == [("info", row(text, "๑. ยกร่าง ๒. เผยแพร่"))]
    assert problem.arithmetic == "steps per measure: 3,3,3,3,2"


def test_steps_missing_approval_is_silent_where_few_have_one() -> None:
    others = [measure(steps="๑. ยกร่าง ๒. เผยแพร่", name=f"มาตรการ{letter}") for letter in "กขคง"]
    assert told("STEPS_MISSING_APPROVAL", paper(*others, measure())) == []


BUNDLE = (
    "๑.ทุกกองจัดทำคู่มือสำหรับประชาชนกองละ ๑ เรื่อง สรุปสถิติการให้บริการ รายงานผลการสำรวจความพึงพอใจ จัดทำระบบบริการออนไลน์ ๒.เผยแพร่"
)


def topic(steps: str, due: str) -> str:
    return TITLE + tab(TRACKING_HEAD, ("-การให้บริการ", "กองช่าง", steps, due, "วันที่ ๑ ธันวาคม ๒๕๖๗"))


def test_step_that_bundles_tasks_is_told_where_the_due_column_splits_them() -> None:
    split = topic(BUNDLE, "๑.คู่มือ ๒.สถิติ ๓.ผลสำรวจ ๔.ระบบออนไลน์")
    (problem,) = problems("STEP_BUNDLES_TASKS", split)
    assert told("STEP_BUNDLES_TASKS", split) == [("info", line_of(split, "-การให้บริการ"))]
    assert problem.message == "One step holds 4 tasks, while 4 items are due."
    assert told("STEP_BUNDLES_TASKS", topic(BUNDLE, "๑.คู่มือ ๒.เผยแพร่")) == []
