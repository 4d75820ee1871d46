from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.errors import FileUnusable, FrameworkInvalid, UnknownFramework
from prongsai.frameworks.load import crosswalk, load
from prongsai.frameworks.model import Certainty, Relation, Status
from tests.frameworks.demo import BEFORE, WALK, changed, lined, save


def test_load_gives_the_year_with_its_texts_filled_in(tmp_path: Path) -> None:
    framework = load(save(tmp_path) / "demo-2570.yaml")
    assert (framework.id, framework.fiscal_year_be, framework.status) == ("demo-2570", 2570, Status.DRAFT)
    assert framework.title_th == "แบบทดลองปี 2570"
    assert [item.period_th for item in framework.items] == ["ปี 2570", "ปี 2569", "ปี 2570"]
    assert framework.items[2].elements[0].text_th == "แผนปี 2570"
    assert framework.levels[2].maximum == Decimal("84.99")
    assert framework.calendar[0].start == "2027-01-01"


def test_load_lets_elements_inherit_the_certainty_of_their_item(tmp_path: Path) -> None:
    framework = load(save(tmp_path) / "demo-2570.yaml")
    assert framework.items[1].elements[0].basis.certainty is Certainty.RECALL
    assert framework.items[1].basis.certainty is Certainty.MEDIUM


def test_load_finds_an_id_in_the_folder_of_the_office(tmp_path: Path) -> None:
    assert load("demo-2571", folder=save(tmp_path)).title_th == "แบบทดลองปี 2571"


def test_load_names_the_nearest_ids() -> None:
    with pytest.raises(UnknownFramework) as caught:
        load("ita-2570")
    assert caught.value.mend_th == "ที่ใกล้เคียงคือ ita-2567, ita-2569, ita-2568"


def test_load_names_all_ids_when_none_is_near() -> None:
    with pytest.raises(UnknownFramework) as caught:
        load("zzz")
    assert caught.value.mend_th.endswith("ita-2569, lpa-2569")


def test_load_carries_every_fault(tmp_path: Path) -> None:
    text, line = changed(BEFORE, "scale: yes-no", "scale: stars")
    path = save(tmp_path, before=text) / "demo-2570.yaml"
    with pytest.raises(FrameworkInvalid) as caught:
        load(path)
    assert lined(caught.value.problems) == [("FRAMEWORK_UNKNOWN_SCALE", line)]
    assert caught.value.message_th == (
        f"ไฟล์ demo-2570.yaml มีข้อผิดพลาด 1 แห่ง แห่งแรกบรรทัด {line}: ไม่มีมาตรวัด stars ในกรอบนี้"
    )


def test_load_refuses_a_crosswalk(tmp_path: Path) -> None:
    with pytest.raises(FrameworkInvalid):
        load(save(tmp_path) / "walk.yaml")


def test_load_says_that_a_path_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable):
        load(tmp_path / "none.yaml")
    with pytest.raises(FileUnusable):
        load("folder/none")


def test_load_reads_an_edited_file_anew(tmp_path: Path) -> None:
    path = save(tmp_path) / "demo-2570.yaml"
    assert load(path).target_pct == 85
    path.write_text(BEFORE.replace("target: {pct: 85,", "target: {pct: 90.5,"), encoding="utf-8")
    assert load(path).target_pct == Decimal("90.5")


def test_crosswalk_gives_the_rows(tmp_path: Path) -> None:
    walk = crosswalk("demo-2570", "demo-2571", folder=save(tmp_path))
    assert [(row.relation, row.from_codes, row.to_codes) for row in walk.rows] == [
        (Relation.KEPT, ("O1",), ("O1",)),
        (Relation.RETIRED, ("O2",), ()),
        (Relation.NEW, (), ("O2",)),
        (Relation.RENAMED, ("O3",), ("O4",)),
    ]
    assert walk.row_from("O3") == walk.row_to("O4") == walk.rows[3]
    assert (walk.row_from("O4"), walk.row_to("O3")) == (None, None)


def test_crosswalk_carries_every_fault(tmp_path: Path) -> None:
    text, line = changed(WALK, "from: [O3]", "from: [O9]")
    with pytest.raises(FrameworkInvalid) as caught:
        crosswalk("demo-2570", "demo-2571", folder=save(tmp_path, walk=text))
    assert ("FRAMEWORK_CROSSWALK_UNKNOWN_CODE", line) in lined(caught.value.problems)


def test_crosswalk_says_that_years_do_not_follow_each_other() -> None:
    with pytest.raises(UnknownFramework) as caught:
        crosswalk("ita-2566", "ita-2569")
    assert "ita-2568 → ita-2569" in str(caught.value)
