import json
from pathlib import Path

import pytest

from prongsai.errors import FileUnusable, FrameworkInvalid
from prongsai.frameworks.check import check
from prongsai.frameworks.document import fingerprint
from prongsai.frameworks.frozen import freeze
from prongsai.frameworks.frozen_hashes import FROZEN, frozen_file
from prongsai.frameworks.load import load
from prongsai.frameworks.shelf import LIBRARY
from tests.frameworks.demo import BEFORE, VERIFIED, changed, lined, save


def _verified(folder: Path) -> Path:
    return save(folder, before=VERIFIED) / "demo-2570.yaml"


def test_verified_file_must_be_frozen(tmp_path: Path) -> None:
    assert lined(check(_verified(tmp_path))) == [("FRAMEWORK_NOT_FROZEN", 5)]


def test_frozen_file_checks_clean_and_is_official(tmp_path: Path) -> None:
    path = _verified(tmp_path)
    sha256 = freeze(path)
    assert json.loads((tmp_path / FROZEN).read_bytes()) == {"demo-2570": {"1": sha256}}
    assert check(path) == []
    assert load(path).is_official
    assert load(path).sha256 == sha256


def test_frozen_file_may_not_change(tmp_path: Path) -> None:
    path = _verified(tmp_path)
    freeze(path)
    path.write_text(VERIFIED.replace("title_th: แผน\n", "title_th: แผนงาน\n"), encoding="utf-8")
    assert lined(check(path)) == [("FRAMEWORK_FROZEN_CHANGED", 4)]
    with pytest.raises(FrameworkInvalid) as caught:
        load(path)
    assert lined(caught.value.problems) == [("FRAMEWORK_FROZEN_CHANGED", 4)]


def test_frozen_file_may_not_become_a_draft_again(tmp_path: Path) -> None:
    path = _verified(tmp_path)
    freeze(path)
    path.write_text(VERIFIED.replace("status: verified", "status: draft"), encoding="utf-8")
    assert lined(check(path)) == [("FRAMEWORK_FROZEN_CHANGED", 4)]


def test_freeze_refuses_another_text_under_the_same_edition(tmp_path: Path) -> None:
    path = _verified(tmp_path)
    freeze(path)
    path.write_text(VERIFIED + "notes: [แก้]\n", encoding="utf-8")
    with pytest.raises(FileUnusable):
        freeze(path)


def test_new_edition_of_a_frozen_file_is_frozen_beside_the_old(tmp_path: Path) -> None:
    path = _verified(tmp_path)
    first = freeze(path)
    path.write_text(VERIFIED.replace("edition: 1", "edition: 2"), encoding="utf-8")
    second = freeze(path)
    assert json.loads((tmp_path / FROZEN).read_bytes()) == {"demo-2570": {"1": first, "2": second}}
    assert check(path) == []


def test_frozen_file_is_the_same_with_windows_line_ends(tmp_path: Path) -> None:
    path = _verified(tmp_path)
    freeze(path)
    path.write_bytes(VERIFIED.replace("\n", "\r\n").encode())
    assert check(path) == []


def test_draft_may_be_mended_freely(tmp_path: Path) -> None:
    path = save(tmp_path) / "demo-2570.yaml"
    path.write_text(BEFORE.replace("edition: 1", "edition: 2") + "notes: [แก้]\n", encoding="utf-8")
    assert check(path) == []


def test_verified_file_may_not_hold_recall(tmp_path: Path) -> None:
    element = "\n    elements:\n      - {key: law"
    old = "elements_basis: {certainty: verified, sources: [paper]}" + element
    text, line = changed(VERIFIED, old, "elements_basis: {certainty: recall}" + element)
    path = save(tmp_path, before=text) / "demo-2570.yaml"
    frozen = {"demo-2570": {"1": fingerprint(path.read_bytes())}}
    (tmp_path / FROZEN).write_text(json.dumps(frozen), encoding="utf-8")
    assert lined(check(path)) == [("FRAMEWORK_VERIFIED_WITH_RECALL", line)]
    with pytest.raises(FileUnusable) as caught:
        freeze(path)
    assert caught.value.message_th.startswith(f"demo-2570.yaml ยังตรึงไม่ได้ บรรทัด {line}: ")


def test_verified_file_with_a_doubt_loads_but_is_not_official(tmp_path: Path) -> None:
    text, line = changed(
        VERIFIED, "end: 2027-06-30, basis: {certainty: verified", "end: 2027-06-30, basis: {certainty: high"
    )
    path = save(tmp_path, before=text) / "demo-2570.yaml"
    freeze(path)
    assert lined(check(path)) == [("FRAMEWORK_VERIFIED_WITH_DOUBT", line)]
    assert check(path)[0].message_th.endswith(" ยังเป็นเพียง “แน่ใจมาก”")
    assert not load(path).is_official


def test_frozen_file_of_the_library_stands_at_its_root() -> None:
    assert frozen_file(LIBRARY / "ita" / "2568.yaml") == LIBRARY / FROZEN


@pytest.mark.parametrize("text", ["", "[]", '{"a": 3}', "{"])
def test_damaged_list_of_hashes_is_said_to_be_unusable(tmp_path: Path, text: str) -> None:
    path = _verified(tmp_path)
    (tmp_path / FROZEN).write_text(text, encoding="utf-8")
    with pytest.raises(FileUnusable):
        check(path)


def test_freeze_refuses_a_file_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(FileUnusable):
        freeze(path)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "text\n", "id: demo-2570\n", VERIFIED.replace("edition: 1\n", "")])
def test_freeze_refuses_a_file_with_faults_and_writes_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "demo-2570.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileUnusable) as caught:
        freeze(path)
    assert caught.value.message_th.startswith("demo-2570.yaml ยังตรึงไม่ได้ บรรทัด 1: ")
    assert not (tmp_path / FROZEN).exists()


def test_freeze_refuses_a_draft(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as caught:
        freeze(save(tmp_path) / "demo-2570.yaml")
    assert caught.value.one_line == ("demo-2570.yaml ยังเป็นร่าง จึงตรึงไม่ได้ — ตรวจทุกข้อกับคู่มือ แล้วแก้เป็น status: verified")
    assert not (tmp_path / FROZEN).exists()


def test_freeze_says_that_it_cannot_write(tmp_path: Path) -> None:
    path = _verified(tmp_path)
    (tmp_path / FROZEN).mkdir()
    with pytest.raises(FileUnusable) as caught:
        freeze(path)
    assert caught.value.message_th == f"เขียนไฟล์ {tmp_path / FROZEN} ไม่ได้"
