from datetime import date, time
from decimal import Decimal

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.model import (
    Condition,
    Derivation,
    Fault,
    Formula,
    Progress,
    Ref,
    Rhythm,
    Rule,
    RuleKind,
    YearCheck,
    YearCheckKind,
)
from prongsai.registers.rules import faults, holds, progress_faults, year_faults
from prongsai.registers.year_checks import ENTRY
from prongsai.thai.dates import Span
from tests.registers.build import field, register

TODAY = date(2026, 3, 31)
MONEY = Decimal("100.00")
LINES = field(
    "lines",
    "rows",
    "ผู้เสนอราคา",
    columns=(
        field("name", "text", "ชื่อ", required=True),
        field("price", "money", "ราคา", low=Decimal(0)),
        field("top", "money", "เพดาน"),
        field("why", "text", "เหตุผล", required_if=Condition("price", more_than=Decimal(1000))),
    ),
)
FIELDS = (
    field("start", "date", "วันเริ่ม"),
    field("end", "date", "วันจบ"),
    field("month", "month", "เดือน"),
    field("period", "period", "ช่วง"),
    field("opens", "time", "เปิด"),
    field("closes", "time", "ปิด"),
    field("budget", "money", "วงเงิน"),
    field("agreed", "money", "ราคาตกลง"),
    field("plan", "text", "แผน"),
    field("result", "text", "ผล"),
    field("winner", "text", "ผู้ชนะ"),
    field("kind", "choice", "ประเภท", choices={"a": "ก", "b": "ข"}),
    LINES,
    field("saved", "derived", "ประหยัด", derivation=Derivation(Formula.DIFFERENCE, ("budget", "agreed"))),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def found(rule: Rule, values: dict[str, object], **given: object) -> list[Fault]:
    return faults(register(*FIELDS, rules=(rule,)), values, today=TODAY, **given)  # type: ignore[arg-type]


def lines(*names: str, price: Decimal | None = None) -> tuple[dict[str, object], ...]:
    return tuple({"name": name} | ({"price": price} if price is not None else {}) for name in names)


FEB = Span(date(2026, 2, 1), date(2026, 2, 3))


@pytest.mark.parametrize(
    ("rule", "good", "bad", "message"),
    [
        (Rule(RuleKind.NOT_BEFORE, "end", "start"), {"start": day("2026-02-01"), "end": day("2026-02-01")}, {"start": day("2026-02-02"), "end": day("2026-02-01")}, "วันจบ (1 ก.พ. 2569) อยู่ก่อนวันเริ่ม (2 ก.พ. 2569)"),
        (Rule(RuleKind.NOT_BEFORE, "start", "period"), {"start": day("2026-02-02"), "period": FEB}, {"start": day("2026-01-31"), "period": FEB}, "วันเริ่ม (31 ม.ค. 2569) อยู่ก่อนช่วง (1 ก.พ. 2569 - 3 ก.พ. 2569)"),
        (Rule(RuleKind.NOT_BEFORE, "month", "start"), {"month": day("2026-02-01"), "start": day("2026-02-28")}, {"month": day("2026-02-01"), "start": day("2026-03-01")}, "เดือน (ก.พ. 2569) อยู่ก่อนวันเริ่ม (1 มี.ค. 2569)"),
        (Rule(RuleKind.NOT_BEFORE, "closes", "opens"), {"opens": time(8), "closes": time(16)}, {"opens": time(8), "closes": time(7)}, "ปิด (07.00 น.) อยู่ก่อนเปิด (08.00 น.)"),
        (Rule(RuleKind.NOT_AFTER, "start", "end"), {"start": day("2026-02-01"), "end": day("2026-02-01")}, {"start": day("2026-02-02"), "end": day("2026-02-01")}, "วันเริ่ม (2 ก.พ. 2569) อยู่หลังวันจบ (1 ก.พ. 2569)"),
        (Rule(RuleKind.NOT_AFTER, "period", "end"), {"period": FEB, "end": day("2026-02-03")}, {"period": FEB, "end": day("2026-02-02")}, "ช่วง (1 ก.พ. 2569 - 3 ก.พ. 2569) อยู่หลังวันจบ (2 ก.พ. 2569)"),
        (Rule(RuleKind.NOT_AFTER, "start", "month"), {"start": day("2026-02-28"), "month": day("2026-02-01")}, {"start": day("2026-03-01"), "month": day("2026-02-01")}, "วันเริ่ม (1 มี.ค. 2569) อยู่หลังเดือน (ก.พ. 2569)"),
        (Rule(RuleKind.AT_LEAST, "budget", value=Decimal(50)), {"budget": Decimal(50)}, {"budget": Decimal(49)}, "วงเงิน (49.00) น้อยกว่า 50"),
        (Rule(RuleKind.AT_MOST, "agreed", "budget"), {"agreed": MONEY, "budget": MONEY}, {"agreed": MONEY, "budget": Decimal(99)}, "ราคาตกลง (100.00) เกินวงเงิน (99.00)"),
        (Rule(RuleKind.AT_LEAST, "saved", value=Decimal(0)), {"agreed": MONEY, "budget": MONEY}, {"agreed": MONEY, "budget": Decimal("99.00")}, "ประหยัด (-1.00) น้อยกว่า 0"),
        (Rule(RuleKind.EQUALS, "agreed", "budget"), {"agreed": MONEY, "budget": Decimal(100)}, {"agreed": MONEY, "budget": Decimal(1)}, "ราคาตกลง (100.00) ไม่ตรงกับวงเงิน (1.00)"),
        (Rule(RuleKind.DIFFERS, "result", "plan"), {"plan": "จัดอบรม", "result": "อบรมแล้ว ๕๐ คน"}, {"plan": "จัดอบรม ๕ งาน", "result": "จัดอบรม 5 งาน "}, "ผลเหมือนกับแผน"),
        (Rule(RuleKind.NOT_FUTURE, "start"), {"start": TODAY}, {"start": day("2026-04-01")}, "วันเริ่ม (1 เม.ย. 2569) ยังมาไม่ถึง วันนี้คือ 31 มี.ค. 2569"),
        (Rule(RuleKind.NOT_FUTURE, "month"), {"month": day("2026-03-01")}, {"month": day("2026-04-01")}, "เดือน (เม.ย. 2569) ยังมาไม่ถึง วันนี้คือ 31 มี.ค. 2569"),
        (Rule(RuleKind.IN_ROWS, "winner", "lines.name"), {"winner": "ร้าน ๑", "lines": lines("ร้าน 1", "ร้าน 2")}, {"winner": "ร้าน 3", "lines": lines("ร้าน 1", "ร้าน 2")}, "ผู้ชนะ (ร้าน 3) ไม่อยู่ในผู้เสนอราคา"),
        (Rule(RuleKind.SUM_EQUALS, "lines.price", "budget"), {"budget": MONEY, "lines": lines("ก", "ข", price=Decimal(50))}, {"budget": MONEY, "lines": lines("ก", price=Decimal(50))}, "ผลรวมของราคาในผู้เสนอราคา 50 ไม่เท่ากับวงเงิน 100.00"),
        (Rule(RuleKind.WITHIN_DAYS, "end", "start", days=30), {"start": day("2026-02-01"), "end": day("2026-03-03")}, {"start": day("2026-02-01"), "end": day("2026-03-04")}, "วันจบช้ากว่า 30 วันนับแต่วันเริ่ม (31 วัน)"),
        (Rule(RuleKind.WITHIN_DAYS, "end", "period", days=7), {"period": FEB, "end": day("2026-02-10")}, {"period": FEB, "end": day("2026-02-11")}, "วันจบช้ากว่า 7 วันนับแต่ช่วง (8 วัน)"),
        (Rule(RuleKind.FILLED_IF, "result", when=Condition("budget", more_than=Decimal(3000))), {"budget": Decimal(3000)}, {"budget": Decimal(3001)}, "ต้องกรอกผล เพราะวงเงินเกิน 3,000 บาท"),
        (Rule(RuleKind.EMPTY_IF, "result", when=Condition("kind", is_="b")), {"kind": "a", "result": "x"}, {"kind": "b", "result": "x"}, "ต้องเว้นผลว่างไว้ เพราะประเภทเป็น ข"),
        (Rule(RuleKind.ROWS_MIN, "lines", value=Decimal(2)), {"lines": lines("ก", "ข")}, {"lines": lines("ก")}, "ผู้เสนอราคามี 1 แถว ต้องมีอย่างน้อย 2 แถว"),
        (Rule(RuleKind.AT_MOST, "lines.price", "lines.top"), {"lines": ({"name": "ก", "price": MONEY, "top": MONEY},)}, {"lines": ({"name": "ก", "price": MONEY, "top": Decimal(1)},)}, "ผู้เสนอราคา แถวที่ 1: ราคาในผู้เสนอราคา (100.00) เกินเพดานในผู้เสนอราคา (1.00)"),
    ],
)  # fmt: skip
def test_rules_name_both_sides(rule: Rule, good: dict[str, object], bad: dict[str, object], message: str) -> None:
    assert found(rule, good) == []
    assert [(one.code, one.message_th, one.is_warning) for one in found(rule, bad)] == [
        (rule.kind.value.upper(), message, False)
    ]
    absent = [one for one in found(rule, {}) if one.code != "ROWS_MIN"]
    assert absent == []


def test_in_year_needs_a_year() -> None:
    rule = Rule(RuleKind.IN_YEAR, "start")
    assert found(rule, {"start": day("2025-10-01")}, fiscal_year_be=2569) == []
    assert found(rule, {"start": day("2025-09-30")}, fiscal_year_be=0) == []
    across = {"period": Span(date(2026, 9, 30), date(2026, 10, 1))}
    assert [one.field for one in found(Rule(RuleKind.IN_YEAR, "period"), across, fiscal_year_be=2569)] == ["period"]
    only = found(rule, {"start": day("2025-09-30")}, fiscal_year_be=2569)
    assert [one.message_th for one in only] == ["วันเริ่ม (30 ก.ย. 2568) ไม่อยู่ในปีงบประมาณ 2569"]
    assert only[0].mend_th == "ปีงบประมาณนี้คือ 1 ต.ค. 2568 ถึง 30 ก.ย. 2569"


def test_a_warning_and_a_message_of_the_file() -> None:
    rule = Rule(RuleKind.AT_MOST, "agreed", "budget", message_th="เกินวงเงิน", is_warning=True)
    only = found(rule, {"agreed": MONEY, "budget": Decimal(1)})
    assert [(one.message_th, one.is_warning, one.field) for one in only] == [("เกินวงเงิน", True, "agreed")]


def test_a_rule_holds_only_when_its_condition_does() -> None:
    rule = Rule(RuleKind.AT_MOST, "agreed", "budget", when=Condition("kind", is_="a"))
    over = {"agreed": MONEY, "budget": Decimal(1)}
    assert [len(found(rule, {**over, "kind": kind})) for kind in ("a", "b")] == [1, 0]


@pytest.mark.parametrize(
    ("condition", "values", "expected"),
    [
        (Condition("k", is_="a"), {"k": "a"}, True),
        (Condition("k", is_="a"), {}, False),
        (Condition("k", is_=True), {"k": True}, True),
        (Condition("k", is_=False), {}, False),
        (Condition("k", is_="กองคลัง"), {"k": Ref(3, "กอง คลัง")}, True),
        (Condition("k", is_="5"), {"k": Decimal("5.00")}, True),
        (Condition("k", is_="2026-03-31"), {"k": TODAY}, True),
        (Condition("k", not_="a"), {"k": "b"}, True),
        (Condition("k", not_="a"), {"k": "a"}, False),
        (Condition("k", any_of=("a", "b")), {"k": "b"}, True),
        (Condition("k", any_of=("a", "b")), {"k": "c"}, False),
        (Condition("k", has="a"), {"k": ("a", "b")}, True),
        (Condition("k", has="a"), {"k": ("b",)}, False),
        (Condition("k", more_than=Decimal(3000)), {"k": Decimal(3000)}, False),
        (Condition("k", more_than=Decimal(3)), {"k": "4"}, True),
        (Condition("k", less_than=Decimal(3)), {"k": Decimal(2)}, True),
        (Condition("k", less_than=Decimal(3)), {}, False),
        (Condition("k", more_than_field="m"), {"k": Decimal(2), "m": Decimal(1)}, True),
        (Condition("k", more_than_field="m"), {"k": Decimal(2)}, False),
        (Condition("k", filled=True), {"k": False}, True),
        (Condition("k", filled=True), {"k": ""}, False),
        (Condition("k", filled=False), {"k": ()}, True),
    ],
)
def test_conditions(condition: Condition, values: dict[str, object], expected: bool) -> None:
    assert holds(condition, values) is expected


def test_required_fields_at_their_own_move() -> None:
    one = register(
        field("item", "text", "รายการ", required=True, example="กระเช้า"),
        field("why", "text", "เหตุผล", required_if=Condition("item", is_="แพง")),
        field("extra", "text", "ส่วนเพิ่ม", required=True, shown_if=Condition("item", is_="แพง")),
        field("back_on", "date", "วันที่คืน", required=True, at="send_back"),
        field("photo", "file", "ภาพ", at="send_back", required=True),
    )
    assert [(fault.code, fault.message_th, fault.mend_th) for fault in faults(one, {}, today=TODAY)] == [
        ("REQUIRED", "ยังไม่ได้กรอกรายการ", "ตัวอย่าง กระเช้า")
    ]
    assert [fault.message_th for fault in faults(one, {"item": "แพง"}, today=TODAY)] == [
        "ยังไม่ได้กรอกเหตุผล เมื่อรายการเป็น แพง",
        "ยังไม่ได้กรอกส่วนเพิ่ม",
    ]
    assert [fault.field for fault in faults(one, {"item": "ถูก"}, at="send_back", today=TODAY)] == ["back_on", "photo"]


@pytest.mark.parametrize(
    ("asked", "value", "code"),
    [
        (field("n", "number", "จำนวน", low=Decimal(1)), Decimal(0), "TOO_LOW"),
        (field("n", "number", "จำนวน", high=Decimal(100), decimals=1), Decimal("100.1"), "TOO_HIGH"),
        (field("n", "number", "จำนวน"), Decimal("1.5"), "DECIMALS"),
        (field("n", "money", "เงิน"), Decimal("NaN"), "NUMBER_UNREADABLE"),
        (field("n", "money", "เงิน"), Decimal("1e999"), "NUMBER_TOO_LARGE"),
        (field("n", "money", "เงิน"), "1", "VALUE_KIND"),
        (field("t", "text", "ชื่อ", max_length=3), "กขคง", "TOO_LONG"),
        (field("t", "text", "ชื่อ", pattern="[0-9]+"), "ก", "PATTERN"),
        (field("t", "text", "ชื่อ"), "ก\x00", "CONTROL_CHARACTER"),
        (field("c", "choice", "ประเภท", choices={"a": "ก"}), "b", "CHOICE_UNKNOWN"),
        (field("c", "choices", "ประเภท", choices={"a": "ก"}), ("a", "b"), "CHOICE_UNKNOWN"),
        (field("i", "id", "เลข"), "1101700230709", "ID_CHECK_DIGIT"),
        (field("l", "link", "ลิงก์"), "javascript:alert(1)", "LINK_UNREADABLE"),
        (field("p", "phone", "โทร"), "12", "PHONE_UNREADABLE"),
        (field("d", "date", "วัน"), date(2999, 1, 1), "DATE_RANGE"),
        (field("m", "month", "เดือน"), date(2026, 1, 2), "VALUE_KIND"),
        (field("s", "period", "ช่วง"), Span(date(2026, 1, 2), date(2026, 1, 1)), "PERIOD_REVERSED"),
        (field("u", "unit", "หน่วย"), Ref(1, "ก" * 501), "TEXT_UNUSABLE"),
        (field("f", "file", "ไฟล์", accepts=("pdf",)), Ref(1, "a.exe"), "FILE_KIND"),
        (field("y", "yes_no", "ใช่ไหม"), "yes", "VALUE_KIND"),
    ],
)
def test_values_keep_to_their_fields(asked: object, value: object, code: str) -> None:
    one = register(asked)  # type: ignore[arg-type]
    only = faults(one, {asked.key: value}, today=TODAY)  # type: ignore[attr-defined]
    assert [(fault.field, fault.code) for fault in only] == [(asked.key, code)]  # type: ignore[attr-defined]


def test_faults_in_rows_stand_at_row_and_column() -> None:
    rows = ({"name": "ก", "price": Decimal(-1)}, {"price": Decimal(2000)}, {"name": "ค"})
    only = faults(register(LINES), {"lines": rows}, today=TODAY)
    assert [(one.row, one.column, one.code, one.message_th) for one in only] == [
        (1, "price", "TOO_LOW", "ผู้เสนอราคา แถวที่ 1: ราคาต้องไม่น้อยกว่า 0 บาท"),
        (2, "name", "REQUIRED", "ผู้เสนอราคา แถวที่ 2: ยังไม่ได้กรอกชื่อ"),
        (2, "why", "REQUIRED", "ผู้เสนอราคา แถวที่ 2: ยังไม่ได้กรอกเหตุผล"),
    ]


def test_spending_over_the_plan_must_be_explained() -> None:
    plan = of_year("prevention-plan", 2569)
    reported = {
        "result": "จัดแล้ว",
        "spent_thb": Decimal("12000.00"),
        "percent": Decimal(100),
        "obstacles": "ไม่มี",
        "suggestions": "ไม่มี",
    }
    assert progress_faults(plan, {"budget_thb": Decimal("12000.00")}, reported, TODAY) == []
    over = progress_faults(plan, {"budget_thb": Decimal("11999.99")}, reported, TODAY)
    assert [(one.field, one.message_th) for one in over] == [("reason", "ใช้เกินงบประมาณ ต้องชี้แจงเหตุผล")]
    same = progress_faults(plan, {"budget_thb": Decimal("12000.00")}, {**reported, "outcome": "จัด แล้ว"}, TODAY)
    assert [one.message_th for one in same] == ["ผลสัมฤทธิ์เขียนเหมือนผลการดำเนินการ"]
    assert [one.field for one in progress_faults(plan, {}, {}, TODAY)] == [
        "result", "spent_thb", "percent", "obstacles", "suggestions",
    ]  # fmt: skip


def test_progress_of_the_plans_own_key_is_its_own() -> None:
    one = register(
        field("result", "text", "ผล"),
        progress=Progress(Rhythm.HALF_YEARLY, (field("result", "text", "ผลงวดนี้", required=True),)),
    )
    assert [fault.message_th for fault in progress_faults(one, {"result": "x"}, {}, TODAY)] == ["ยังไม่ได้กรอกผลงวดนี้"]


def test_gifts_above_the_limit_are_reported_in_thirty_days() -> None:
    gifts = of_year("gifts", 2569)
    values = {
        "received_on": date(2025, 12, 28),
        "receiver": Ref(1, "นายสมชาย ใจดี"),
        "unit": Ref(1, "กองคลัง"),
        "giver": "ร้านสวนพลูการค้า",
        "giver_kind": "private",
        "item": "กระเช้า",
        "quantity": Decimal(1),
        "value_thb": Decimal("3000.00"),
        "occasion": "วันปีใหม่",
    }
    assert faults(gifts, values, today=TODAY, fiscal_year_be=2569) == []
    dear = {**values, "value_thb": Decimal("3000.01")}
    assert [one.field for one in faults(gifts, dear, today=TODAY)] == ["reason", "reported_on"]
    late = {**dear, "reason": "จำเป็น", "reported_on": date(2026, 1, 28)}
    assert [(one.message_th, one.is_warning) for one in faults(gifts, late, today=TODAY)] == [
        ("รายงานเกิน ๓๐ วันนับแต่วันที่รับ", True)
    ]


KIND = field("kind", "choice", "มิติ", choices={"a": "ก", "b": "ข", "c": "ค"})
YEAR = (
    KIND,
    field("unit", "unit", "ส่วนราชการ"),
    field("risk", "entry", "ความเสี่ยง", of="risks"),
    field("thb", "money", "เงิน"),
)


def of_the_year(check: YearCheck, rows: list[dict[str, object]], **given: object) -> list[Fault]:
    others = given.get("others", {})
    units = given.get("units", ())
    return year_faults(register(*YEAR, year_checks=(check,)), rows, others, units)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("check", "good", "bad", "message", "mend"),
    [
        (YearCheck(YearCheckKind.EVERY_CHOICE, "kind"), [{"kind": "a"}, {"kind": "b"}, {"kind": "c"}], [{"kind": "a"}], "มิติยังไม่ครบ", "ยังไม่มี ข, ค"),
        (YearCheck(YearCheckKind.EVERY_UNIT, "unit"), [{"unit": Ref(1, "กองคลัง")}, {"unit": Ref(2, "กองช่าง")}], [{"unit": Ref(1, "กองคลัง")}], "ยังมี 1 ส่วนราชการที่ไม่มีรายการ", "ยังไม่มี กองช่าง"),
        (YearCheck(YearCheckKind.EVERY_ENTRY_OF, "risk", register="risks"), [{"risk": Ref(7, "x")}, {"risk": Ref(8, "x")}], [{"risk": Ref(7, "x")}], "ยังมี 1 รายการที่ไม่มีความเสี่ยงอ้างถึง", "ยังขาด เรียกรับเงิน"),
        (YearCheck(YearCheckKind.AT_LEAST, value=Decimal(2)), [{}, {}], [{}], "มี 1 รายการ ต้องมีอย่างน้อย 2 รายการ", "เพิ่มรายการให้ครบ"),
        (YearCheck(YearCheckKind.AT_LEAST, value=Decimal(1), where=Condition("kind", is_="a")), [{"kind": "a"}], [{"kind": "b"}], "มี 0 รายการ ต้องมีอย่างน้อย 1 รายการ", "เพิ่มรายการให้ครบ"),
        (YearCheck(YearCheckKind.SUM_MATCHES, "thb", "thb", register="risks"), [{"thb": Decimal(30)}], [{"thb": Decimal(31)}], "ผลรวมของเงิน 31 ไม่เท่ากับ 30", "ต่างกัน 1"),
        (YearCheck(YearCheckKind.GROUPS_MATCH, "thb", "kind", register="risks"), [{"kind": "a", "thb": Decimal(10)}, {"kind": "b", "thb": Decimal(20)}], [{"kind": "a", "thb": Decimal(30)}], "ผลรวมของเงินแยกตามมิติไม่ตรงกัน", "ก 30 กับ 10, ข 0 กับ 20"),
    ],
)  # fmt: skip
def test_year_checks(
    check: YearCheck, good: list[dict[str, object]], bad: list[dict[str, object]], message: str, mend: str
) -> None:
    others = {
        "risks": [
            {ENTRY: Ref(7, "รับสินบน"), "kind": "a", "thb": Decimal(10)},
            {ENTRY: Ref(8, "เรียกรับเงิน"), "kind": "b", "thb": Decimal(20)},
        ]
    }
    units = ("กองคลัง", Ref(2, "กองช่าง"))
    assert of_the_year(check, good, others=others, units=units) == []
    only = of_the_year(check, bad, others=others, units=units)
    assert [(one.message_th, one.mend_th, one.is_warning) for one in only] == [(message, mend, True)]


def test_groups_of_one_register_must_be_equal() -> None:
    check = YearCheck(YearCheckKind.GROUPS_MATCH, "thb", "kind", message_th="รายรับไม่เท่ากับรายจ่าย", is_blocking=True)
    rows: list[dict[str, object]] = [{"kind": "a", "thb": Decimal(10)}, {"kind": "b", "thb": Decimal(4)}]
    assert [(one.message_th, one.is_warning) for one in of_the_year(check, rows)] == [("รายรับไม่เท่ากับรายจ่าย", False)]
    assert of_the_year(check, [*rows, {"kind": "b", "thb": Decimal(6)}]) == []


def test_the_risks_come_before_the_plan() -> None:
    plan = of_year("prevention-plan", 2569)
    rows = [{"dimension": one.key} for one in plan.fields[0].choices]
    assert [one.message_th for one in year_faults(plan, rows, {}, ()) if not one.is_warning] == [
        "ยังไม่มีการประเมินความเสี่ยงของปีนี้ ต้องประเมินก่อนจัดทำแผน"
    ]
    risks = {"risks": [{ENTRY: Ref(1, "เรียกรับเงิน")}]}
    assert [one.field for one in year_faults(plan, rows, risks, ())] == ["risk"]
    assert year_faults(plan, [*rows, {"risk": Ref(1, "เรียกรับเงิน")}], risks, ()) == []
