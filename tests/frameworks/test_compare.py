from pathlib import Path

import pytest

from prongsai.errors import UnknownFramework
from prongsai.frameworks.compare import Comparison, ItemChange, Topic, compare
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Certainty, Relation
from tests.frameworks.demo import AFTER, BEFORE, save


def _codes(change: ItemChange) -> tuple[list[str], list[str]]:
    return [item.code for item in change.before], [item.code for item in change.after]


def _demo(folder: Path, *, before: str = BEFORE, after: str = AFTER) -> Comparison:
    save(folder, before=before, after=after)
    return compare("demo-2570", "demo-2571", folder=folder)


def test_compare_gives_items_in_the_order_of_the_new_year_then_the_retired(tmp_path: Path) -> None:
    comparison = _demo(tmp_path)
    assert [(change.relation, _codes(change)) for change in comparison.items] == [
        (Relation.KEPT, (["O1"], ["O1"])),
        (Relation.NEW, ([], ["O2"])),
        (Relation.RENAMED, (["O3"], ["O4"])),
        (Relation.RETIRED, (["O2"], [])),
    ]


def test_compare_sees_a_changed_code(tmp_path: Path) -> None:
    assert [change.code_changed for change in _demo(tmp_path).items] == [False, False, True, False]


def test_compare_takes_the_least_certainty_of_row_and_items(tmp_path: Path) -> None:
    comparison = _demo(tmp_path)
    assert [change.certainty for change in comparison.items] == [
        Certainty.HIGH,
        Certainty.MEDIUM,
        Certainty.LOW,
        Certainty.MEDIUM,
    ]
    assert comparison.items[3].elements_certainty is Certainty.RECALL


def test_compare_sees_elements_come_and_go(tmp_path: Path) -> None:
    after = AFTER.replace("{key: people, text_th: รายชื่อ}", "{key: photos, text_th: รูปถ่าย}")
    change = _demo(tmp_path, after=after).items[0]
    assert [element.text_th for element in change.elements_added] == ["รูปถ่าย"]
    assert [element.text_th for element in change.elements_removed] == ["รายชื่อ"]


def test_compare_does_not_take_the_new_year_itself_for_a_change(tmp_path: Path) -> None:
    comparison = _demo(tmp_path)
    assert [change.period for change in comparison.items] == [None, None, None, None]
    assert [change.topic for change in comparison.facts] == []


def test_compare_sees_another_period(tmp_path: Path) -> None:
    after = AFTER.replace(
        "    period_th: ปี {year}\n    content_year: 0\n", "    period_th: ปี {year-1}\n    content_year: -1\n", 1
    )
    assert _demo(tmp_path, after=after).items[0].period == ("ปี 2570", "ปี 2570")


def test_compare_sees_an_item_move(tmp_path: Path) -> None:
    sub = '  - {code: "2.2", key: more, name_th: อื่น, instrument: BB, parent: "2", basis: {certainty: recall}}\n'
    after = AFTER.replace("items:\n", sub + "items:\n").replace(
        'title_th: โครงสร้าง\n    indicator: "2.1"', 'title_th: โครงสร้าง\n    indicator: "2.2"'
    )
    comparison = _demo(tmp_path, after=after)
    assert [change.moved for change in comparison.items] == [True, False, False, False]
    assert [(change.topic, change.before, change.after) for change in comparison.facts] == [
        (Topic.INDICATOR, None, "2.2 อื่น")
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("target: {pct: 85", "target: {pct: 90", [(Topic.TARGET, "85", "90")]),
        (
            "weight_pct: 40,",
            "weight_pct: 40, parts: [{number: 1, name_th: ตอบเอง, weight_pct: null, basis: {certainty: recall}}],",
            [(Topic.PART, None, "ตอบเอง ไม่ทราบน้ำหนัก")],
        ),
        ("values: [0, 100]", "values: [0, 50, 100]", [(Topic.ITEM_SCORES, "0, 100", "0, 50, 100")]),
        (
            "instrument_minimum: 95",
            "instrument_minimum: 90",
            [(Topic.LEVEL, "95–100 และทุกเครื่องมือ 95 ขึ้นไป", "95–100 และทุกเครื่องมือ 90 ขึ้นไป")],
        ),
        ("name_th: ประเด็นแรก", "name_th: ประเด็นใหม่", [(Topic.ISSUE, "ประเด็นแรก", "ประเด็นใหม่")]),
        (
            "start: 2027-01-01",
            "start: 2027-02-15",
            [(Topic.CALENDAR, "1 ม.ค. 2570 ถึง 30 มิ.ย. 2570", "15 ก.พ. 2570 ถึง 30 มิ.ย. 2570")],
        ),
        ("gist_th: เชื่อมั่นหรือไม่", "gist_th: ไว้ใจหรือไม่", [(Topic.QUESTION, "i1 เชื่อมั่นหรือไม่", "i1 ไว้ใจหรือไม่")]),
        ("name_th: ความเชื่อมั่น", "name_th: ความไว้ใจ", [(Topic.INDICATOR, "1 ความเชื่อมั่น", "1 ความไว้ใจ")]),
    ],
)
def test_compare_sees_each_kind_of_fact_change(
    tmp_path: Path, old: str, new: str, expected: list[tuple[Topic, str | None, str]]
) -> None:
    assert AFTER.count(old) == 1
    facts = _demo(tmp_path, after=AFTER.replace(old, new)).facts
    assert [(fact.topic, fact.before, fact.after) for fact in facts] == expected


def test_compare_sees_weights_change_together(tmp_path: Path) -> None:
    after = AFTER.replace("weight_pct: 40", "weight_pct: 50").replace("weight_pct: 60", "weight_pct: 50")
    facts = _demo(tmp_path, after=after).about(Topic.WEIGHT)
    assert [(fact.name_th, fact.before, fact.after) for fact in facts] == [
        ("น้ำหนัก AA", "ร้อยละ 40", "ร้อยละ 50"),
        ("น้ำหนัก BB", "ร้อยละ 60", "ร้อยละ 50"),
    ]


def test_compare_does_not_call_gone_what_nobody_has_seen() -> None:
    """O4 of 2569 is known by its title only: last year's requirements may well go on."""
    change = next(c for c in compare("ita-2568", "ita-2569").items if _codes(c)[1] == ["O4"])
    assert (change.elements_unknown, change.elements_sure) == (True, False)


def test_compare_reaches_over_several_years() -> None:
    comparison = compare("ita-2563", "ita-2569")
    merged = {tuple(_codes(change)[0]): _codes(change)[1] for change in comparison.of(Relation.MERGED)}
    assert merged == {("O1", "O3"): ["O1"], ("O5", "O8"): ["O3"], ("O10", "O11", "O18", "O19"): ["O6"]}
    assert {code for change in comparison.items for code in _codes(change)[0]} == {
        item.code for item in load("ita-2563").items
    }


def test_compare_of_two_kinds_has_no_bridge() -> None:
    with pytest.raises(UnknownFramework):
        compare("ita-2569", "lpa-2569")


def test_compare_of_a_year_with_itself_finds_no_change() -> None:
    comparison = compare("ita-2568", "ita-2568")
    assert {change.relation for change in comparison.items} == {Relation.KEPT}
    assert comparison.facts == ()


def test_comparison_gives_json(tmp_path: Path) -> None:
    shown = _demo(tmp_path).to_json()
    assert (shown["before"], shown["after"], shown["item_count"]) == ("demo-2570", "demo-2571", [3, 3])
    assert shown["items"][2] == {  # type: ignore[index]
        "relation": "renamed",
        "before": [{"code": "O3", "key": "plan", "title_th": "แผน"}],
        "after": [{"code": "O4", "key": "plan", "title_th": "แผนงาน"}],
        "code_changed": True,
        "moved": False,
        "elements_added": [],
        "elements_removed": [],
        "period": None,
        "elements_unknown": False,
        "elements_sure": True,
        "note_th": "",
        "certainty": "low",
        "elements_certainty": "high",
    }
