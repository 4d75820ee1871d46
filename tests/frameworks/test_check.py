from pathlib import Path

import pytest

from prongsai.errors import FileUnusable, LimitExceeded, Severity
from prongsai.frameworks.check import check
from prongsai.frameworks.document import MAX_BYTES
from prongsai.frameworks.faults import FAULTS
from tests.frameworks.demo import AFTER, BEFORE, WALK, changed, lined, save

# One row a fault: the text replaced in the first year's file, and what is found with its line, counted from there.
FRAMEWORK_FAULTS = [
    ("unknown key", "decimals: 2", "decimals: 2\ncolour: red", [("FRAMEWORK_UNKNOWN_KEY", 1)]),
    (
        "unknown key inside",
        "    content_year: -1",
        "    contents_year: 1\n    content_year: -1",
        [("FRAMEWORK_UNKNOWN_KEY", 0)],
    ),
    ("missing key", "  - code: O3\n    key: plan\n", "  - code: O3\n", [("FRAMEWORK_MISSING_KEY", 0)]),
    ("wrong type", "decimals: 2", "decimals: สอง", [("FRAMEWORK_WRONG_TYPE", 0)]),
    ("number for a code", '  - {code: "1", key: trust', "  - {code: 1, key: trust", [("FRAMEWORK_WRONG_TYPE", 0)]),
    ("bad enum", "content_year: -1", "content_year: 3", [("FRAMEWORK_BAD_VALUE", 0)]),
    ("bad pattern", "    key: powers", "    key: Powers And", [("FRAMEWORK_BAD_VALUE", 0)]),
    ("out of range", "weight_pct: 40", "weight_pct: 140", [("FRAMEWORK_BAD_VALUE", 0)]),
    ("empty text", "title_th: แผน\n", 'title_th: ""\n', [("FRAMEWORK_BAD_VALUE", 0)]),
    ("key twice", "decimals: 2", "decimals: 2\ndecimals: 2", [("FRAMEWORK_DUPLICATE_KEY", 1)]),
    (
        "weight sum",
        "instruments:\n  - {code: AA, name_th: แบบสอบถาม, weight_pct: 40",
        "instruments:\n  - {code: AA, name_th: แบบสอบถาม, weight_pct: 41.5",
        [("FRAMEWORK_WEIGHT_SUM", 0)],
    ),
    ("code twice", "  - code: O3", "  - code: O2", [("FRAMEWORK_DUPLICATE_CODE", 0)]),
    ("element key twice", "{key: people,", "{key: chart,", [("FRAMEWORK_DUPLICATE_CODE", 0)]),
    (
        "source key twice",
        "where: ในแฟ้ม}",
        "where: ในแฟ้ม}\n  - {key: paper, title: ก, where: ข}",
        [("FRAMEWORK_DUPLICATE_CODE", 1)],
    ),
    ("lasting key twice", "    key: plan\n", "    key: shape\n", [("FRAMEWORK_DUPLICATE_LASTING_KEY", 0)]),
    (
        "item with empty elements",
        "    elements:\n      - {key: law, text_th: อำนาจตามกฎหมาย}",
        "    elements: []",
        [("FRAMEWORK_ITEM_WITHOUT_ELEMENT", 0)],
    ),
    (
        "unknown instrument",
        "name_th: ความเชื่อมั่น, instrument: AA",
        "name_th: ความเชื่อมั่น, instrument: CC",
        [("FRAMEWORK_UNKNOWN_INSTRUMENT", 0)],
    ),
    (
        "item in an unknown indicator",
        'indicator: "2.1"\n    period_th: ปี {year-1}',
        'indicator: "2.7"\n    period_th: ปี {year-1}',
        [("FRAMEWORK_UNKNOWN_INDICATOR", 0)],
    ),
    (
        "item in an indicator with parts",
        'indicator: "2.1"\n    period_th: ปี {year-1}',
        'indicator: "2"\n    period_th: ปี {year-1}',
        [("FRAMEWORK_INDICATOR_HAS_PARTS", 0)],
    ),
    (
        "question in an unknown indicator",
        '    indicator: "1"\n',
        '    indicator: "9"\n',
        [("FRAMEWORK_UNKNOWN_INDICATOR", 0)],
    ),
    ("unknown parent", '    parent: "2"', '    parent: "7"', [("FRAMEWORK_UNKNOWN_INDICATOR", 0)]),
    ("parent of another instrument", '    parent: "2"', '    parent: "1"', [("FRAMEWORK_INDICATOR_PARENT", 0)]),
    ("own parent", '    parent: "2"', '    parent: "2.1"', [("FRAMEWORK_INDICATOR_PARENT", 0)]),
    ("unknown scale", "    scale: yes-no", "    scale: stars", [("FRAMEWORK_UNKNOWN_SCALE", 0)]),
    (
        "source not listed",
        "    basis: {certainty: medium, sources: [paper]}",
        "    basis: {certainty: medium, sources: [book]}",
        [("FRAMEWORK_UNKNOWN_SOURCE", 0)],
    ),
    (
        "fact without source",
        "    basis: {certainty: medium, sources: [paper]}",
        "    basis: {certainty: medium}",
        [("FRAMEWORK_FACT_WITHOUT_SOURCE", 0)],
    ),
    (
        "issue with unknown indicator",
        'indicators: ["1", "2"]',
        'indicators: ["1", "8"]',
        [("FRAMEWORK_UNKNOWN_INDICATOR", 0)],
    ),
    ("issue with unknown item", "item_keys: [shape]", "item_keys: [shapes]", [("FRAMEWORK_UNKNOWN_ITEM", 0)]),
    ("placeholder", "period_th: ปี {year-1}", "period_th: ปี {years}", [("FRAMEWORK_PLACEHOLDER", 0)]),
    ("id and year", "id: demo-2570", "id: demo-2569", [("FRAMEWORK_ID_YEAR", 0)]),
    ("calendar reversed", "end: 2027-06-30", "end: 2026-06-30", [("FRAMEWORK_CALENDAR_REVERSED", 0)]),
    ("no such day", "end: 2027-06-30", "end: 2027-06-31", [("FRAMEWORK_BAD_VALUE", 0)]),
    ("level order", "ดีเยี่ยม, minimum: 95", "ดีเยี่ยม, minimum: 80", [("FRAMEWORK_LEVEL_ORDER", 1)]),
    ("levels overlapping", "maximum: 84.99", "maximum: 86", [("FRAMEWORK_LEVEL_OVERLAP", 0)]),
    ("levels leaving a gap", "maximum: 84.99", "maximum: 80", [("FRAMEWORK_LEVEL_GAP", 0)]),
    ("gap at the top", "minimum: 85, maximum: 100", "minimum: 85, maximum: 99", [("FRAMEWORK_LEVEL_GAP", 0)]),
    ("gap at the bottom", "minimum: 0, maximum: 49.99", "minimum: 10, maximum: 49.99", [("FRAMEWORK_LEVEL_GAP", 0)]),
    ("not a table", "calendar:\n  - ", "calendar:\n  - ก\n  - ", [("FRAMEWORK_WRONG_TYPE", 1)]),
    ("syntax", "decimals: 2", "decimals: [2", [("FRAMEWORK_YAML_SYNTAX", 1)]),
    ("tab indentation", "  - code: O3\n    key: plan", "  - code: O3\n\tkey: plan", [("FRAMEWORK_YAML_SYNTAX", 1)]),
    ("control character", "แบบสอบถาม", "แบบ\x07สอบถาม", [("FRAMEWORK_YAML_SYNTAX", 0)]),
    ("anchor and alias", "decimals: 2", "decimals: &a 2\nnotes: [*a]", [("FRAMEWORK_YAML_ALIAS", 1)]),
    ("second document", "decimals: 2", "decimals: 2\n---\nid: x", [("FRAMEWORK_YAML_DOCUMENTS", 1)]),
    ("list as a key", "decimals: 2", "? [a]\n: 2", [("FRAMEWORK_YAML_KEY", 0)]),
    ("too deep", "decimals: 2", "decimals: " + "[" * 30 + "]" * 30, [("FRAMEWORK_YAML_DEPTH", 0)]),
]

WALK_FAULTS = [
    (
        "item lost",
        "  - {relation: new, from: [], to: [O2], basis: {certainty: medium, sources: [paper]}}\n",
        "",
        [("FRAMEWORK_CROSSWALK_LOST_ITEM", "rows")],
    ),
    (
        "item of the first year lost",
        "  - {relation: retired, from: [O2], to: [], basis: {certainty: medium, sources: [paper]}}\n",
        "",
        [("FRAMEWORK_CROSSWALK_LOST_ITEM", "rows")],
    ),
    (
        "unknown code",
        "from: [O1]",
        "from: [O1, O9]",
        [("FRAMEWORK_CROSSWALK_COUNTS", 0), ("FRAMEWORK_CROSSWALK_UNKNOWN_CODE", 0)],
    ),
    (
        "counts",
        "relation: retired, from: [O2], to: []",
        "relation: merged, from: [O2], to: []",
        [("FRAMEWORK_CROSSWALK_COUNTS", 0)],
    ),
    (
        "settled twice",
        "from: [O3]",
        "from: [O1]",
        [
            ("FRAMEWORK_CROSSWALK_LOST_ITEM", "rows"),
            ("FRAMEWORK_CROSSWALK_CODE_TWICE", 0),
            ("FRAMEWORK_CROSSWALK_KEY", 0),
        ],
    ),
    (
        "keys differ",
        "relation: retired, from: [O2], to: []",
        "relation: renamed, from: [O2], to: [O2]",
        [("FRAMEWORK_CROSSWALK_KEY", 0), ("FRAMEWORK_CROSSWALK_CODE_TWICE", 1)],
    ),
    ("title says kept", "relation: renamed", "relation: kept", [("FRAMEWORK_CROSSWALK_TITLE", 0)]),
    ("title says renamed", "relation: kept", "relation: renamed", [("FRAMEWORK_CROSSWALK_TITLE", 0)]),
    ("unknown framework", "to: demo-2571", "to: demo-2572", [("FRAMEWORK_CROSSWALK_UNKNOWN_FRAMEWORK", 0)]),
    ("unknown relation", "relation: kept", "relation: same", [("FRAMEWORK_BAD_VALUE", 0)]),
    (
        "unknown source",
        "certainty: low, sources: [paper]",
        "certainty: low, sources: [book]",
        [("FRAMEWORK_UNKNOWN_SOURCE", 0)],
    ),
    ("unknown key", "edition: 1", "edition: 1\ncolour: red", [("FRAMEWORK_UNKNOWN_KEY", 1)]),
]


def _ids(rows: list[tuple[str, str, str, object]]) -> list[str]:
    return [row[0] for row in rows]


def test_check_passes_the_demo_files(tmp_path: Path) -> None:
    save(tmp_path)
    assert [check(path) for path in sorted(tmp_path.iterdir())] == [[], [], []]


@pytest.mark.parametrize(("name", "old", "new", "expected"), FRAMEWORK_FAULTS, ids=_ids(FRAMEWORK_FAULTS))
def test_check_reports_each_fault_at_its_line(
    tmp_path: Path, name: str, old: str, new: str, expected: list[tuple[str, int]]
) -> None:
    text, line = changed(BEFORE, old, new)
    path = save(tmp_path, before=text) / "demo-2570.yaml"
    problems = check(path)
    assert lined(problems) == [(code, line + step) for code, step in expected]
    assert {problem.where.file for problem in problems} <= {str(path)}


@pytest.mark.parametrize(("name", "old", "new", "expected"), WALK_FAULTS, ids=_ids(WALK_FAULTS))
def test_check_reports_each_fault_of_a_crosswalk(
    tmp_path: Path, name: str, old: str, new: str, expected: list[tuple[str, int | str]]
) -> None:
    text, line = changed(WALK, old, new)
    problems = check(save(tmp_path, walk=text) / "walk.yaml")
    rows = WALK[: WALK.index("rows:")].count("\n") + 1
    assert lined(problems) == [(code, rows if step == "rows" else line + int(step)) for code, step in expected]


def test_check_names_the_lost_item_and_its_year(tmp_path: Path) -> None:
    text, _ = changed(
        WALK, "  - {relation: renamed, from: [O3], to: [O4], basis: {certainty: low, sources: [paper]}}\n", ""
    )
    problems = check(save(tmp_path, walk=text) / "walk.yaml")
    assert [problem.message for problem in problems] == [
        "item O3 of demo-2570 is in no row",
        "item O4 of demo-2571 is in no row",
    ]


def test_check_refuses_a_retired_item_whose_key_goes_on(tmp_path: Path) -> None:
    row = "  - {relation: renamed, from: [O3], to: [O4], basis: {certainty: low, sources: [paper]}}\n"
    split = row.replace("renamed, from: [O3], to: [O4]", "retired, from: [O3], to: []") + row.replace(
        "renamed, from: [O3], to: [O4]", "new, from: [], to: [O4]"
    )
    text, line = changed(WALK, row, split)
    problems = check(save(tmp_path, walk=text) / "walk.yaml")
    assert lined(problems) == [("FRAMEWORK_CROSSWALK_KEY", line), ("FRAMEWORK_CROSSWALK_KEY", line + 1)]


def test_check_lets_split_and_merged_rows_share_items(tmp_path: Path) -> None:
    after = AFTER.replace("key: duties", "key: duties.one").replace("    key: plan\n", "    key: duties.two\n")
    rows = WALK[: WALK.index("  - {relation: retired")] + (
        "  - {relation: split, from: [O2], to: [O2, O4], basis: {certainty: low, sources: [paper]}}\n"
        "  - {relation: merged, from: [O2, O3], to: [O4], basis: {certainty: low, sources: [paper]}}\n"
    )
    assert check(save(tmp_path, after=after, walk=rows) / "walk.yaml") == []


def test_check_will_not_hold_a_crosswalk_against_a_faulty_framework(tmp_path: Path) -> None:
    text, _ = changed(AFTER, "decimals: 2", "decimals: many")
    problems = check(save(tmp_path, after=text) / "walk.yaml")
    assert lined(problems) == [("FRAMEWORK_CROSSWALK_UNFIT_FRAMEWORK", 4)]


def test_check_reports_several_faults_in_the_order_of_lines(tmp_path: Path) -> None:
    text = BEFORE.replace("weight_pct: 40", "weight_pct: 30").replace("scale: yes-no", "scale: stars")
    text = text.replace("decimals: 2", "decimals: 2\ncolour: red")
    problems = check(save(tmp_path, before=text) / "demo-2570.yaml")
    assert [problem.code for problem in problems] == [
        "FRAMEWORK_UNKNOWN_KEY",
        "FRAMEWORK_WEIGHT_SUM",
        "FRAMEWORK_UNKNOWN_SCALE",
    ]


def test_check_does_not_blame_others_for_a_broken_entry(tmp_path: Path) -> None:
    """An indicator without a name is one fault; the items that count in it are not a second."""
    text, line = changed(BEFORE, "    name_th: ข้อมูลพื้นฐาน\n", "")
    assert lined(check(save(tmp_path, before=text) / "demo-2570.yaml")) == [("FRAMEWORK_MISSING_KEY", line - 2)]


def test_check_shows_the_sum_of_weights(tmp_path: Path) -> None:
    text, _ = changed(BEFORE, "weight_pct: 40", "weight_pct: 41.5")
    (problem,) = check(save(tmp_path, before=text) / "demo-2570.yaml")
    assert problem.arithmetic == "41.5 + 60 = 101.5"


def test_check_asks_that_known_part_weights_sum_to_100(tmp_path: Path) -> None:
    part = "{number: %d, name_th: ส่วน, weight_pct: %s, basis: {certainty: recall}}"
    old = "weight_pct: 40, basis: {certainty: high, sources: [paper]}}"
    unknown = f"parts: [{part % (1, 'null')}, {part % (2, 60)}]"
    known = f"parts: [{part % (1, 30)}, {part % (2, 60)}]"
    text, line = changed(BEFORE, old, f"weight_pct: 40, {known}, {old.removeprefix('weight_pct: 40, ')}")
    assert lined(check(save(tmp_path, before=text) / "demo-2570.yaml")) == [("FRAMEWORK_WEIGHT_SUM", line)]
    text = text.replace(known, unknown)
    assert check(save(tmp_path, before=text) / "demo-2570.yaml") == []


def test_check_wants_every_leaf_of_an_item_scored_instrument_filled(tmp_path: Path) -> None:
    extra = '  - {code: "2.2", key: more, name_th: อื่น, instrument: BB, parent: "2", basis: {certainty: recall}}\n'
    text, line = changed(BEFORE, "items:\n", extra + "items:\n")
    problems = check(save(tmp_path, before=text) / "demo-2570.yaml")
    assert lined(problems) == [("FRAMEWORK_INDICATOR_WITHOUT_ITEM", line)]


def test_check_reports_a_level_that_cannot_be_reached(tmp_path: Path) -> None:
    best = "{code: BEST, name_th: ดีเยี่ยม, minimum: 95, maximum: 100, instrument_minimum: 95"
    never = "{code: BEST, name_th: ดีเยี่ยม, minimum: 85, maximum: 100, instrument_minimum: null"
    text, line = changed(BEFORE, best, never)
    found = lined(check(save(tmp_path, before=text) / "demo-2570.yaml"))
    assert ("FRAMEWORK_LEVEL_UNREACHABLE", line + 1) in found


def test_check_sees_that_a_condition_on_every_instrument_raises_the_total(tmp_path: Path) -> None:
    """All instruments at 85 make a total of 85: a level from 70 with that condition, after one from 85, never comes."""
    good = "minimum: 85, maximum: 100, instrument_minimum: null, basis: {certainty: recall}}\n"
    level = (
        "  - {code: LATE, name_th: ช้า, minimum: 70, maximum: 100, instrument_minimum: 85, basis: {certainty: recall}}\n"
    )
    text, line = changed(BEFORE, good, good + level)
    found = lined(check(save(tmp_path, before=text) / "demo-2570.yaml"))
    assert found == [("FRAMEWORK_LEVEL_UNREACHABLE", line + 1)]


def test_check_names_the_byte_and_line_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "old.yaml"
    path.write_bytes(b"id: demo-2570\nkind: demo\ntitle_th: " + "ปีนี้".encode("cp874") + b"\n")
    (problem,) = check(path)
    assert (problem.code, problem.where.line) == ("FRAMEWORK_NOT_UTF8", 3)
    assert problem.message == "the file is not UTF-8 (byte 0xBB)"


def test_check_accepts_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = save(tmp_path) / "demo-2570.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BEFORE.replace("\n", "\r\n").encode())
    assert check(path) == []


@pytest.mark.parametrize("text", ["", "# ว่าง\n", "- ก\n", "ข้อความ\n", "kind: 3\n", "kind: [a]\n"])
def test_check_reports_a_file_that_is_no_framework(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    problems = check(path)
    assert problems
    assert {problem.severity for problem in problems} == {Severity.ERROR}


def test_check_takes_a_file_without_a_kind_for_a_framework(tmp_path: Path) -> None:
    text, line = changed(BEFORE, "kind: demo\n", "")
    assert lined(check(save(tmp_path, before=text) / "demo-2570.yaml")) == [("FRAMEWORK_MISSING_KEY", line - 1)]


def test_check_reports_a_list_left_empty(tmp_path: Path) -> None:
    """``elements:`` with nothing under it is null in YAML."""
    text, line = changed(BEFORE, "      - {key: law, text_th: อำนาจตามกฎหมาย}\n", "")
    assert lined(check(save(tmp_path, before=text) / "demo-2570.yaml")) == [("FRAMEWORK_WRONG_TYPE", line - 1)]


def test_check_says_that_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as caught:
        check(tmp_path / "none.yaml")
    assert caught.value.message_th.startswith("เปิดไฟล์")


def test_check_says_that_a_file_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(LimitExceeded):
        check(path)


def test_every_fault_is_shown_by_a_test() -> None:
    shown = {code for _, _, _, expected in (*FRAMEWORK_FAULTS, *WALK_FAULTS) for code, _ in expected}
    elsewhere = {
        "FRAMEWORK_NOT_UTF8",
        "FRAMEWORK_NOT_FROZEN",
        "FRAMEWORK_FROZEN_CHANGED",
        "FRAMEWORK_VERIFIED_WITH_RECALL",
        "FRAMEWORK_VERIFIED_WITH_DOUBT",
        "FRAMEWORK_INDICATOR_WITHOUT_ITEM",
        "FRAMEWORK_LEVEL_UNREACHABLE",
        "FRAMEWORK_CROSSWALK_UNFIT_FRAMEWORK",
    }
    assert shown | elsewhere == set(FAULTS)


def test_check_names_the_whole_file_in_thai(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("- a\n", encoding="utf-8")
    assert [problem.message_th.split(" แต่พบ")[0] for problem in check(path)] == ["ไฟล์ ต้องเป็นชุดช่องกับค่า"]
