"""Every fault of a register file is told at its line, with what to do about it."""

import re
from pathlib import Path

import pytest

from prongsai.errors import Severity
from prongsai.registers import written
from prongsai.registers.check import check, check_document
from prongsai.registers.faults import KINDS
from prongsai.registers.known import AREAS, ROLES, SYSTEMS, items
from prongsai.registers.shape import SHAPE
from prongsai.registers.shelf import shipped_files

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "register-files.md"

BASE = """\
id: made-up
name_th: ทะเบียนสมมติ
flow: record
owners: [clerk]
fields:
  item: {type: text, label_th: รายการ, open: public}
  day: {type: date, label_th: วันที่}
  until: {type: period, label_th: ช่วงเวลา}
  price: {type: money, label_th: ราคา}
  kind: {type: choice, label_th: ประเภท, choices: {one: หนึ่ง, two: สอง}}
  many: {type: choices, label_th: หลายประเภท, choices: {red: แดง, blue: น้ำเงิน}}
  ready: {type: yes_no, label_th: พร้อม}
  asset: {type: entry, of: assets, label_th: ทรัพย์สิน}
  holder: {type: person, label_th: ผู้ถือ, open: secret}
  rows: {type: rows, label_th: ผู้เสนอราคา, columns: {name: {type: text, label_th: ชื่อ}, bid: {type: money, label_th: ราคา}}}
"""
HEAD, FIELD = "", "  "


def told(text: str) -> list[tuple[str, int | None]]:
    found = check_document(written.parse(text.encode(), "/made/nowhere/made-up.yaml"))
    assert [p for p in found if not (p.message and p.message_th and p.mend and p.mend_th)] == []
    return [(p.code.removeprefix("REGISTER_"), p.where.line) for p in found]


def test_base_of_these_tests_is_sound() -> None:
    assert told(BASE) == []


LINE = BASE.count("\n") + 1  # where what a test adds begins

ADDED = [  # what is added below the fields, the fault, and how many lines further down it stands
    ("""  x: {type: text, label_th: ก, lable_en: x}""", "UNKNOWN_KEY", 0),
    ("""  x: {type: text}""", "MISSING_KEY", 0),
    ("""  x: {type: txt, label_th: ก}""", "BAD_VALUE", 0),
    ("""  x: {type: text, label_th: 12}""", "WRONG_TYPE", 0),
    ("""  ชื่อ: {type: text, label_th: ก}""", "BAD_KEY", 0),
    ("""  x: {type: text, label_th: ก, max_length: 0}""", "BAD_VALUE", 0),
    (f"""  x: {{type: text, label_th: {"ก" * 201}}}""", "BAD_VALUE", 0),
    ("""  x: {type: choice, label_th: ก, choices: {"A B": ข}}""", "BAD_KEY", 0),
    ("""  x: {type: choice, label_th: ก, choices: {}}""", "BAD_VALUE", 0),
    ("""  x: {type: choice, label_th: ก}""", "MISSING_KEY", 0),
    ("""  x: {type: choice, label_th: ก, choices: {a: ข, b: ข}}""", "DUPLICATE_LABEL", 0),
    ("""  x: {type: entry, label_th: ก}""", "MISSING_KEY", 0),
    ("""  x: {type: entry, label_th: ก, of: [assets, loans]}""", "ENTRY_OF", 0),
    ("""  x: {type: entry, label_th: ก, of: asets}""", "UNKNOWN_REGISTER", 0),
    ("""  x: {type: rows, label_th: ก}""", "MISSING_KEY", 0),
    ("""  x: {type: rows, label_th: ก, columns: {y: {type: file, label_th: ข}}}""", "UNFIT_COLUMN", 0),
    ("""  x: {type: rows, label_th: ก, columns: {y: {type: text, label_th: ข, open: secret}}}""", "SECRET_COLUMN", 0),
    ("""  x: {type: rows, label_th: ก, columns: {y: {type: text, label_th: ข, at: withdraw}}}""", "UNFIT_KEY", 0),
    ("""  x: {type: date, label_th: ก, low: 3}""", "UNFIT_KEY", 0),
    ("""  x: {type: money, label_th: ก, low: 3, high: 2}""", "BOUNDS", 0),
    ("""  x: {type: text, label_th: ก, pattern: "(a+)+"}""", "PATTERN", 0),
    ("""  x: {type: text, label_th: ก, at: withdrow}""", "UNKNOWN_MOVE", 0),
    ("""  x: {type: text, label_th: ก, outside: true}""", "NO_OUTSIDE", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: itm, filled: true}}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: text, label_th: ก, shown_if: {field: itm, filled: true}}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: item}}""", "CONDITION", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: item, is: a, filled: true}}""", "CONDITION", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: kind, is: three}}""", "UNKNOWN_CHOICE", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: kind, any_of: [one, three]}}""", "UNKNOWN_CHOICE", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: many, has: green}}""", "UNKNOWN_CHOICE", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: kind, has: one}}""", "UNFIT_FIELD", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: ready, is: ใช่}}""", "NEVER_EQUAL", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: price, is: มาก}}""", "NEVER_EQUAL", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: item, more_than: 3}}""", "UNFIT_FIELD", 0),
    ("""  x: {type: text, label_th: ก, required_if: {field: price, more_than_field: prise}}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: date, label_th: ก, example: 31/2/2569}""", "EXAMPLE", 0),
    ("""  x: {type: money, label_th: ก, high: 100, example: 200}""", "EXAMPLE", 0),
    ("""  x: {type: rows, label_th: ก, example: "ร้าน | มาก", columns: {y: {type: text, label_th: ข}, z: {type: money, label_th: ค}}}""", "EXAMPLE", 0),
    ("""  state: {type: text, label_th: ก}""", "RESERVED_KEY", 0),
    ("""  month: {type: month, label_th: ก}""", "RESERVED_KEY", 0),
    ("""  x: {type: derived, label_th: ก}""", "MISSING_KEY", 0),
    ("""  x: {type: derived, label_th: ก, formula: sum, of: [price], required: true}""", "UNFIT_KEY", 0),
    ("""  x: {type: derived, label_th: ก, formula: sum, of: [prise]}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: sum, of: [item]}""", "UNFIT_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: product, of: [kind, price]}""", "UNFIT_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: percent, of: [price]}""", "FORMULA_COUNT", 0),
    ("""  x: {type: derived, label_th: ก, formula: days_between, of: [day, price]}""", "UNFIT_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: rows_sum, of: rows}""", "NO_COLUMN", 0),
    ("""  x: {type: derived, label_th: ก, formula: rows_sum, of: rows.bidd}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: rows_sum, of: rows.name}""", "UNFIT_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: rows_count, of: rows, where: {field: nam, filled: true}}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: sum, of: [price], by: asset}""", "UNFIT_KEY", 0),
    ("""  x: {type: derived, label_th: ก, formula: matrix_level, of: [price, price]}""", "NO_MATRIX", 0),
    ("""  x: {type: derived, label_th: ก, formula: linked_count, by: asset}""", "MISSING_KEY", 0),
    ("""  x: {type: derived, label_th: ก, formula: linked_count, register: lones, by: asset}""", "UNKNOWN_REGISTER", 0),
    ("""  x: {type: derived, label_th: ก, formula: linked_count, register: loans, by: aset}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: linked_count, register: loans, by: asset}""", "POINTS_ELSEWHERE", 0),
    ("""  x: {type: derived, label_th: ก, formula: linked_sum, register: gifts, of: valu}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: linked_sum, register: gifts, of: item}""", "UNFIT_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: linked_percent, register: gifts}""", "MISSING_KEY", 0),
    ("""  x: {type: derived, label_th: ก, formula: linked_percent, register: gifts, where: {field: state, is: sold}}""", "UNKNOWN_STATE", 0),
    ("""  x: {type: derived, label_th: ก, formula: lookup, of: [holder, name]}""", "UNFIT_LOOKUP", 0),
    ("""  x: {type: derived, label_th: ก, formula: lookup, of: [asset, nme]}""", "UNKNOWN_FIELD", 0),
    ("""  x: {type: derived, label_th: ก, formula: sum, of: [x]}""", "CYCLE", 0),
    ("title: รายการ", "TITLE", 0),
    ('title: "{item} {"', "TITLE", 0),
    ('title: "{itm}"', "UNKNOWN_FIELD", 0),
    ('title: "{rows}"', "UNFIT_FIELD", 0),
    ('title: "{holder}"', "SECRET_TITLE", 0),
    ("dated_by: dey", "UNKNOWN_FIELD", 0),
    ("dated_by: item", "UNFIT_FIELD", 0),
    ("unit_by: item", "UNFIT_FIELD", 0),
    ("unit_by: holder", "UNIT_BY", 0),
    ("own: item", "UNFIT_FIELD", 0),
    ("own: asset", "NOT_A_PERSON", 0),
    ("kept_from: [holder, asset]", "NOT_A_PERSON", 0),
    ("unique: [itm]", "UNKNOWN_FIELD", 0),
    ("unique: [rows]", "UNFIT_FIELD", 0),
    ("columns: [item, itm]", "UNKNOWN_FIELD", 0),
    ("filters: [day]", "UNFIT_FIELD", 0),
    ("filters: [many]", "UNFIT_FIELD", 0),
    ("statistics:\n  a: {title_th: ก, by: [kid]}", "UNKNOWN_FIELD", 1),
    ("statistics:\n  a: {title_th: ก, by: [price]}", "UNFIT_FIELD", 1),
    ("statistics:\n  a: {title_th: ก, measure: sum}", "MISSING_KEY", 1),
    ("statistics:\n  a: {title_th: ก, measure: sum, field: item}", "UNFIT_FIELD", 1),
    ("statistics:\n  a: {title_th: ก, field: price}", "UNFIT_KEY", 1),
    ("statistics:\n  a: {title_th: ก, where: {field: state, is: lost}}", "UNKNOWN_STATE", 1),
    ("statistics:\n  a: {title_th: ก, where: {field: price, more_than: 3}}", "UNFIT_FIELD", 1),
    ("public: {columns: [item, price]}", "NOT_PUBLIC", 0),
    ("public: {columns: [item, prise]}", "UNKNOWN_FIELD", 0),
    ("public: {columns: [item], states: [gone]}", "UNKNOWN_STATE", 0),
    ("print: {columns: [itm]}", "UNKNOWN_FIELD", 0),
    ("carries: [gone]", "UNKNOWN_STATE", 0),
    ("standing: true\ncarries: [kept]", "UNFIT_KEY", 1),
    ("clock: {days: 15, start: item}", "UNFIT_FIELD", 0),
    ("clock: {days: 15, stop: dey}", "UNKNOWN_FIELD", 0),
    ("no_overlap: {field: item, period: until, states: [kept]}", "UNFIT_FIELD", 0),
    ("no_overlap: {field: asset, period: day, states: [kept]}", "NOT_A_PERIOD", 0),
    ("no_overlap: {field: asset, period: until, states: [gone]}", "UNKNOWN_STATE", 0),
    ("matrix:\n  low: {label_th: ต่ำ, low: 1, high: 4}\n  high: {label_th: สูง, low: 6, high: 9}", "MATRIX", 2),
    ("matrix:\n  low: {label_th: ต่ำ, low: 4, high: 1}", "BOUNDS", 1),
    ("outside: {title_th: ขอ}", "OUTSIDE_ASKS_NOTHING", 0),
    ("rules:\n  - {kind: not_future, field: dey}", "UNKNOWN_FIELD", 1),
    ("rules:\n  - {kind: not_future, field: item}", "UNFIT_FIELD", 1),
    ("rules:\n  - {kind: not_before, field: day}", "RULE_NEEDS", 1),
    ("rules:\n  - {kind: at_most, field: price, other: price, value: 3}", "RULE_NEEDS", 1),
    ("rules:\n  - {kind: within_days, field: day, other: until}", "RULE_NEEDS", 1),
    ("rules:\n  - {kind: not_future, field: day, value: 3}", "UNFIT_KEY", 1),
    ("rules:\n  - {kind: in_rows, field: item, other: rows}", "NO_COLUMN", 1),
    ("rules:\n  - {kind: in_rows, field: item, other: rows.nam}", "UNKNOWN_FIELD", 1),
    ("rules:\n  - {kind: in_rows, field: item, other: item.name}", "UNFIT_FIELD", 1),
    ("rules:\n  - {kind: sum_equals, field: rows.name, value: 3}", "UNFIT_FIELD", 1),
    ("rules:\n  - {kind: filled_if, field: item, when: {field: itm, filled: true}}", "UNKNOWN_FIELD", 1),
    ("rules:\n  - {kind: filled_if, field: item}", "RULE_NEEDS", 1),
    ("rules:\n  - {kind: smaller, field: item}", "BAD_VALUE", 1),
    ("year_checks:\n  - {kind: every_choice}", "RULE_NEEDS", 1),
    ("year_checks:\n  - {kind: every_choice, field: item}", "UNFIT_FIELD", 1),
    ("year_checks:\n  - {kind: at_least, value: 1, register: risk}", "UNKNOWN_REGISTER", 1),
    ("year_checks:\n  - {kind: at_least, value: 1, register: gifts, where: {field: itm, filled: true}}", "UNKNOWN_FIELD", 1),
    ("year_checks:\n  - {kind: every_entry_of, register: gifts, field: asset}", "POINTS_ELSEWHERE", 1),
    ("year_checks:\n  - {kind: sum_matches, field: price, register: gifts, other: item}", "UNFIT_FIELD", 1),
    ("systems: [F3, F99]", "UNKNOWN_SYSTEM", 0),
    ("readers: [clark]", "UNKNOWN_ROLE", 0),
    ("deciders: [boss]", "UNKNOWN_ROLE", 0),
    ("feeds:\n  - {item: no-gift.drives, when: entries}", "UNKNOWN_ITEM", 1),
    ("feeds:\n  - {item: no-gift.drive, elements: [reports], when: entries}", "UNKNOWN_ELEMENT", 1),
    ("feeds:\n  - {item: no-gift.drive}", "FEED_WITHOUT_DUE", 1),
    ("feeds:\n  - {item: no-gift.drive, when: entries, where: {field: itm, filled: true}}", "UNKNOWN_FIELD", 1),
    ("feeds:\n  - {item: no-gift.drive, when: every}", "MISSING_KEY", 1),
    ("states:\n  new: {label_th: ใหม่, final: true, readers: [boss]}\nmoves: {}", "UNKNOWN_ROLE", 1),
    ("views:\n  a: {title_th: ก, where: {field: kynd, is: one}}", "UNKNOWN_FIELD", 1),
    ("views:\n  a: {title_th: ก, where: {field: kind, is: three}}", "UNKNOWN_CHOICE", 1),
    ("views:\n  a: {title_th: ก, where: {field: kind, not: one}}", "VIEW_TEST", 1),
    ("views:\n  a: {title_th: ก, where: {field: kind, more_than: 3}}", "VIEW_TEST", 1),
    ("views:\n  a: {title_th: ก, where: {field: item, is: ก}}", "VIEW_FIELD", 1),
    ("views:\n  a: {title_th: ก, where: {field: kind, is: one}, columns: [itm]}", "UNKNOWN_FIELD", 1),
    ("views:\n  a: {title_th: ก, where: {field: kind, is: one}, readers: [boss]}", "UNKNOWN_ROLE", 1),
    ("views:\n  a: {title_th: ก}", "MISSING_KEY", 1),
    ("views:\n  a: {title_th: ก, where: {field: kind, is: one}, colour: red}", "UNKNOWN_KEY", 1),
    ("due: {rhythm: daily}", "BAD_VALUE", 0),
    ("states: {new: {label_th: ใหม่}, old: {label_th: เก่า, final: true}}\nmoves: {go: {label_th: ไป, from: [new], to: odl}}", "UNKNOWN_STATE", 1),
    ("states: {new: {label_th: ใหม่}, old: {label_th: เก่า, final: true}}\nmoves: {go: {label_th: ไป, from: [nwe, new], to: old}}", "UNKNOWN_STATE", 1),
    ("states:\n  new: {label_th: ใหม่}\n  old: {label_th: เก่า, final: true}\nmoves: {go: {label_th: ไป, from: [new], to: new}}", "DEAD_END", 1),
    ("states:\n  new: {label_th: ใหม่, final: true}\n  old: {label_th: เก่า, final: true}", "UNREACHABLE_STATE", 2),
    ("states:\n  new: {label_th: ใหม่}\nmoves: {}", "DEAD_END", 1),
    ("moves:\n  withdraw: {label_th: ยกเลิก, from: [kept], to: withdrawn, by: decider}", "NO_DECIDER", 1),
    ("states: {new: {label_th: ใหม่, final: true}, old: {label_th: ใหม่, final: true}}", "DUPLICATE_LABEL", 0),
    ("progress:\n  rhythm: yearly\n  fields:\n    done: {type: text, label_th: ผล, at: withdraw}", "UNFIT_KEY", 3),
    ("progress:\n  rhythm: yearly\n  fields:\n    done: {type: text, label_th: ผล}\n  rules:\n    - {kind: differs, field: done, other: dne}", "UNKNOWN_FIELD", 5),
    ('help_th: "ก\\u202eข"', "HIDDEN_CHARACTER", 0),
    ('print: {title_th: "ก\\nข"}', "HIDDEN_CHARACTER", 0),
    ('print: {title_th: " "}', "BLANK_TEXT", 0),
    ('print: {title_th: "=1+1"}', "FORMULA_TEXT", 0),
    ("""  x: {type: text, label_th: "+66"}""", "FORMULA_TEXT", 0),
    ("""  x: {type: text, label_th: ก, heads: ["@x"]}""", "FORMULA_TEXT", 0),
    ("""  x: {type: choice, label_th: ก, choices: {a: "-1"}}""", "FORMULA_TEXT", 0),
    ("""  x: {type: text, label_th: รายการ}""", "DUPLICATE_HEAD", 0),
    ("""  x: {type: text, label_th: ก, heads: [วัน ที่]}""", "DUPLICATE_HEAD", 0),
    ("since: 69", "BAD_VALUE", 0),
    ("colour: red", "UNKNOWN_KEY", 0),
    ("flow: record", "DUPLICATE_KEY", 0),
    ("help_th: &a ก", None, 0),
    ("help_th: *a", "YAML_ALIAS", 0),
    ("help_th: [", "YAML_SYNTAX", 0),
]  # fmt: skip


@pytest.mark.parametrize(("added", "code", "further"), ADDED)
def test_fault_is_told_at_its_line(added: str, code: str | None, further: int) -> None:
    found = told(f"{BASE}{added}\n")
    assert ([(code, LINE + further)] if code else []) == [
        one for one in found if one[0] not in _BESIDE.get(code or "", ())
    ]


_BESIDE = {  # what a fault brings along
    "UNKNOWN_STATE": ("DEAD_END", "UNREACHABLE_STATE"),
    "DUPLICATE_LABEL": ("UNREACHABLE_STATE",),
    "DEAD_END": ("UNREACHABLE_STATE",),
    "UNKNOWN_ROLE": (),
}


def test_unknown_key_names_the_nearest() -> None:
    document = written.parse(f"{BASE}  x: {{type: text, label_th: ก, lable_en: x}}\n".encode(), "x.yaml")
    (problem,) = check_document(document)
    assert problem.mend_th == "แก้ตัวสะกดหรือลบออก ช่องที่ใช้ได้และใกล้เคียงคือ label_en, label_th"


def test_cycle_over_three_fields_names_the_way() -> None:
    formulas = "".join(
        f"  {key}: {{type: derived, label_th: {key}, formula: sum, of: [{of}]}}\n" for key, of in ["ab", "bc", "ca"]
    )
    found = check_document(written.parse((BASE + formulas).encode(), "x.yaml"))
    assert [(p.where.line, p.message_th) for p in found] == [
        (LINE, "ช่อง a คำนวณวนกลับมาหาตัวเอง: a → b → c → a"),
        (LINE + 1, "ช่อง b คำนวณวนกลับมาหาตัวเอง: b → c → a → b"),
        (LINE + 2, "ช่อง c คำนวณวนกลับมาหาตัวเอง: c → a → b → c"),
    ]


def test_fields_kept_ready_for_figures_are_counted() -> None:
    fields = "".join(
        f"  t{n}: {{type: text, label_th: ช่อง{n}}}\n  n{n}: {{type: number, label_th: เลข{n}}}\n" for n in range(5)
    )
    figures = "".join(f"  f{n}: {{title_th: ก{n}, by: [t{n}], measure: sum, field: n{n}}}\n" for n in range(5))
    line = LINE + 10
    assert told(f"{BASE}{fields}statistics:\n{figures}") == [("TOO_MANY_GROUPS", line), ("TOO_MANY_SUMS", line)]


@pytest.mark.parametrize(
    ("pattern", "is_fine"),
    [
        (r"\d{13}", True), (r"[ก-๙]+ \d{1,4}", True), (r"(A|B)-\d+", True), (r"(\d{2}/)+", True), (r"\S+@\S+", True),
        ("(a+)+", False), ("(a*)*b", False), ("(a|a)*", False), ("(a|b|ab)+c", False), (r"(\w+\s?)*", False), ("a{1,5000}", False),
        (r"(.)\1", False), ("(?=a)b", False), ("((a{1,9}){1,9}){1,9}", False), ("a*b*c*d*e*", False), ("(", False), ("[", False),
    ],
)  # fmt: skip
def test_pattern_may_not_keep_a_processor_busy(pattern: str, is_fine: bool) -> None:
    found = told(f"{BASE}  x: {{type: text, label_th: ก, pattern: '{pattern}'}}\n")
    assert found == ([] if is_fine else [("PATTERN", LINE)])


def test_other_register_may_name_its_own_states_and_fields() -> None:
    where = "{field: state, is: allowed}"
    text = f"{BASE}  x: {{type: derived, label_th: ก, formula: linked_percent, register: gifts, where: {where}}}\n"
    assert told(text) == []


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.stem)
def test_shipped_register_has_no_fault(path: Path) -> None:
    assert [(p.where.line, p.code, p.message) for p in check(path)] == []


def test_every_fault_is_on_the_page() -> None:
    listed = re.findall(r"^\| `(REGISTER_[A-Z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == list(KINDS)


def test_every_key_of_the_schema_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    field = SHAPE.schema["$defs"]["field"]["properties"]
    rule = SHAPE.schema["$defs"]["rule"]["properties"]
    keys = {*SHAPE.schema["properties"], *field, *rule, *SHAPE.schema["$defs"]["condition"]["properties"]}
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", page)) == []


def test_every_fault_can_be_made_here() -> None:
    made = {f"REGISTER_{code}" for _, code, _ in ADDED}
    elsewhere = {"ID_TAKEN", "ID_SHIPPED", "ANSWER_BY_ASKER", "TOO_MANY_GROUPS", "TOO_MANY_SUMS"}
    assert set(KINDS) - made == {f"REGISTER_{code}" for code in elsewhere}
    assert {kind.severity for kind in KINDS.values()} == {Severity.ERROR}


def test_answer_is_not_asked_of_outsiders() -> None:
    asked = "  x: {type: text, label_th: ก, outside: true}\n"
    assert told(f"{BASE}{asked}outside: {{title_th: ถาม, answer: x}}\n") == [("ANSWER_BY_ASKER", LINE + 1)]


def test_known_names_are_those_of_the_platform() -> None:
    from prongsai.web.agencies.roles import Role

    assert list(ROLES) == [role.value for role in Role]
    page = (ROOT / "docs" / "reference" / "systems.md").read_text(encoding="utf-8")
    assert list(SYSTEMS) == re.findall(r"^### ([A-K]\d+) ", page, re.MULTILINE)
    assert sum(AREAS.values()) == 114
    assert "report" in items()["no-gift.drive"]
