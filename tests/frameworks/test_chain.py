from pathlib import Path

import pytest

from prongsai.errors import FrameworkError, UnknownFramework
from prongsai.frameworks.chain import between, chain
from prongsai.frameworks.check import check
from prongsai.frameworks.emit import to_yaml
from prongsai.frameworks.model import Certainty, Relation
from prongsai.frameworks.plain import crosswalk_plain
from tests.frameworks.demo import save


def test_chain_says_what_led_to_each_year() -> None:
    steps = chain("operation.plan", "ita-2564", "ita-2568")
    assert [(step.framework_id, step.codes, step.relation) for step in steps] == [
        ("ita-2564", ("O10",), None),
        ("ita-2565", ("O10",), Relation.KEPT),
        ("ita-2566", ("O11",), Relation.MERGED),
        ("ita-2567", ("O8",), Relation.MERGED),
        ("ita-2568", ("O6",), Relation.KEPT),
    ]
    assert steps[2].items[0].key == "operation.plan-with-budget"


def test_chain_backwards_turns_a_merger_into_its_parts() -> None:
    steps = chain("organisation.structure-and-powers", "ita-2568", "ita-2567")
    assert [(step.codes, step.relation) for step in steps] == [(("O1",), None), (("O1", "O3"), Relation.SPLIT)]


def test_chain_meets_an_item_again_that_was_away() -> None:
    steps = chain("procurement.monthly", "ita-2565", "ita-2569")
    assert [step.codes for step in steps] == [("O23",), ("O21",), (), (), ("O11",)]
    assert [step.relation for step in steps] == [None, Relation.KEPT, Relation.RETIRED, None, Relation.NEW]


def test_chain_of_a_retired_item_ends_empty() -> None:
    steps = chain("integrity.statement", "ita-2564", "ita-2566")
    assert [step.codes for step in steps] == [("O34",), (), ()]


def test_chain_step_shows_its_certainty() -> None:
    step = chain("procurement.plan", "ita-2566", "ita-2567")[-1]
    assert step.to_json() == {
        "framework": "ita-2567",
        "items": [{"code": "O14", "key": "procurement.plan", "title_th": "รายการการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ"}],
        "relation": "renamed",
        "note_th": "แผนเปลี่ยนชื่อเป็นรายการ ชื่อและเลขข้อปี 2567 จากความจำ",
        "certainty": "recall",
    }


def test_chain_of_one_year_is_that_item() -> None:
    (step,) = chain("O1", "ita-2568", "ita-2568")
    assert step.codes == ("O1",)


def test_chain_names_near_items() -> None:
    with pytest.raises(FrameworkError) as caught:
        chain("procurement.month", "ita-2569", "ita-2568")
    assert caught.value.mend_th.startswith("ที่ใกล้เคียงคือ procurement.monthly")


def test_chain_says_that_no_crosswalk_leads_there() -> None:
    with pytest.raises(UnknownFramework) as caught:
        chain("O1", "ita-2569", "lpa-2569")
    assert caught.value.message_th == "ไม่มีตารางเทียบข้อที่ต่อกันจาก ita-2569 ถึง lpa-2569"
    with pytest.raises(UnknownFramework):
        chain("O1", "ita-2569", "ita-2599")


def test_chain_goes_through_the_folder_of_the_office(tmp_path: Path) -> None:
    steps = chain("plan", "demo-2570", "demo-2571", folder=save(tmp_path))
    assert [step.codes for step in steps] == [("O3",), ("O4",)]


def test_between_neighbours_is_their_crosswalk() -> None:
    assert between("ita-2568", "ita-2569").id == "ita-2568-2569"


@pytest.mark.parametrize(("old", "new"), [(2562, 2569), (2563, 2566), (2569, 2565), (2566, 2568)])
def test_between_distant_years_settles_every_item(tmp_path: Path, old: int, new: int) -> None:
    """The joined crosswalk is written out and held against both years like any other file.

    Only one rule cannot hold: an item that was joined on the way by others born later goes on alone under another key.
    """
    walk = between(f"ita-{old}", f"ita-{new}")
    path = tmp_path / "walk.yaml"
    path.write_text(
        to_yaml(crosswalk_plain(walk) | {"id": "walk", "sources": [], "rows": _bare(walk)}), encoding="utf-8"
    )
    assert [problem for problem in check(path) if problem.code != "FRAMEWORK_CROSSWALK_KEY"] == []


def _bare(walk: object) -> list[dict[str, object]]:
    rows = crosswalk_plain(walk)["rows"]  # type: ignore[arg-type]
    return [row | {"basis": {"certainty": "recall"}} for row in rows]


def test_between_joins_notes_and_takes_the_least_certainty() -> None:
    walk = between("ita-2566", "ita-2568")
    row = walk.row_from("O19")
    assert row
    assert (row.relation, row.to_codes, row.basis.certainty) == (Relation.RENAMED, ("O12",), Certainty.RECALL)
    assert row.note_th == "แผนเปลี่ยนชื่อเป็นรายการ ชื่อและเลขข้อปี 2567 จากความจำ ชื่อปี 2567 จากความจำ"


def test_between_keeps_an_item_that_came_back_under_its_key() -> None:
    row = between("ita-2566", "ita-2569").row_from("O21")
    assert row
    assert (row.relation, row.to_codes) == (Relation.KEPT, ("O11",))


def test_between_names_the_sources_by_their_crosswalk() -> None:
    walk = between("ita-2566", "ita-2568")
    known = {source.key for source in walk.sources}
    assert {key for row in walk.rows for key in row.basis.sources} <= known
    assert {key.split("/")[0] for key in known} == {"ita-2566-2567", "ita-2567-2568"}
