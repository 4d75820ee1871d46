import contextlib
from pathlib import Path

import pytest

from prongsai.errors import FileUnusable
from prongsai.frameworks.document import MAX_BYTES
from prongsai.frameworks.load import load
from prongsai.frameworks.model import Status
from prongsai.frameworks.shelf import ENVIRONMENT, crosswalks, library
from tests.frameworks.demo import BEFORE, VERIFIED, save


def test_library_lists_the_shipped_years() -> None:
    assert [entry.id for entry in library()] == [*(f"ita-{year}" for year in range(2562, 2570)), "lpa-2569"]


def test_library_says_what_a_list_needs() -> None:
    entry = next(entry for entry in library() if entry.id == "ita-2569")
    shown = entry.to_json()
    assert shown == {
        "id": "ita-2569",
        "kind": "ita",
        "fiscal_year_be": 2569,
        "edition": 1,
        "status": "draft",
        "title_th": "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ปีงบประมาณ พ.ศ. 2569",
        "title_en": "Integrity and Transparency Assessment (ITA), fiscal year 2569",
        "own": False,
        "problem_th": "",
    }


def test_library_adds_the_folder_of_the_office(tmp_path: Path) -> None:
    save(tmp_path)
    own = [entry for entry in library(folder=tmp_path) if entry.own]
    assert [(entry.id, entry.fiscal_year_be, entry.title_th) for entry in own] == [
        ("demo-2570", 2570, "แบบทดลองปี 2570"),
        ("demo-2571", 2571, "แบบทดลองปี 2571"),
    ]
    assert [(walk.from_id, walk.to_id) for walk in crosswalks(folder=tmp_path) if walk.own] == [
        ("demo-2570", "demo-2571")
    ]


def test_library_takes_the_folder_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path)
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    assert [entry.id for entry in library() if entry.own] == ["demo-2570", "demo-2571"]


def test_library_says_that_the_folder_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as caught:
        library(folder=tmp_path / "none")
    assert ENVIRONMENT in caught.value.mend_th


def test_library_prefers_verified_then_the_higher_edition(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BEFORE.replace("edition: 1", "edition: 3"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(BEFORE.replace("edition: 1", "edition: 10"), encoding="utf-8")
    (tmp_path / "c.yml").write_text(VERIFIED.replace("edition: 1", "edition: 2"), encoding="utf-8")
    own = [entry for entry in library(folder=tmp_path) if entry.own]
    assert [(entry.status, entry.edition) for entry in own] == [
        (Status.VERIFIED, 2),
        (Status.DRAFT, 10),
        (Status.DRAFT, 3),
    ]


@pytest.mark.parametrize(
    ("raw", "problem_th"),
    [
        (b"id: demo-2570\nkind: 'x", "อ่านไฟล์ตามรูปแบบ YAML ไม่ได้"),
        (b"id: \xbb\xd5\n", "ไฟล์ไม่ได้บันทึกเป็น UTF-8"),
        (b"items: []\nid: demo-2570\n", "หัวไฟล์ไม่มี id และ kind ก่อนรายการแรก"),
        (b"", "หัวไฟล์ไม่มี id และ kind ก่อนรายการแรก"),
    ],
)
def test_library_shows_a_file_it_cannot_read(tmp_path: Path, raw: bytes, problem_th: str) -> None:
    (tmp_path / "odd.yaml").write_bytes(raw)
    (entry,) = [entry for entry in library(folder=tmp_path) if entry.own]
    assert (entry.problem_th, entry.path.name) == (problem_th, "odd.yaml")


def test_library_sees_a_file_that_was_edited(tmp_path: Path) -> None:
    path = save(tmp_path) / "demo-2570.yaml"
    library(folder=tmp_path)
    path.write_text(BEFORE.replace("title_th: แบบทดลองปี", "title_th: แบบทดลองใหม่ปี"), encoding="utf-8")
    assert [entry.title_th for entry in library(folder=tmp_path) if entry.id == "demo-2570"] == ["แบบทดลองใหม่ปี 2570"]


def test_library_goes_on_past_a_folder_that_is_called_like_a_file(tmp_path: Path) -> None:
    save(tmp_path)
    (tmp_path / "x.yaml").mkdir()
    own = {entry.id: entry.problem_th for entry in library(folder=tmp_path) if entry.own}
    assert own == {"x": f"เปิดไฟล์ {tmp_path / 'x.yaml'} ไม่ได้", "demo-2570": "", "demo-2571": ""}
    assert load("demo-2570", folder=tmp_path).id == "demo-2570"


def test_library_goes_on_past_a_file_that_is_gone_or_too_large(tmp_path: Path) -> None:
    save(tmp_path)
    (tmp_path / "big.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    big = "ไฟล์ big.yaml ใหญ่เกินกำหนด (2,000,001 ไบต์ จากที่ให้ได้ 2,000,000 ไบต์)"
    expected = {"big": big, "demo-2570": "", "demo-2571": ""}
    link = tmp_path / "gone.yaml"
    # Windows lets only some users make links; the large file is checked there all the same.
    with contextlib.suppress(OSError):
        link.symlink_to(tmp_path / "nowhere.yaml")
        expected["gone"] = f"เปิดไฟล์ {link} ไม่ได้"
    assert {entry.id: entry.problem_th for entry in library(folder=tmp_path) if entry.own} == expected


@pytest.mark.parametrize("key", ["edition: 1", "fiscal_year_be: 2570"])
def test_library_bounds_the_digits_of_a_number(tmp_path: Path, key: str) -> None:
    name = key.split(":")[0]
    path = tmp_path / "demo-2570.yaml"
    path.write_text(BEFORE.replace(key, f"{name}: {'9' * 5000}"), encoding="utf-8")
    (entry,) = [entry for entry in library(folder=tmp_path) if entry.own]
    assert entry.problem_th == f"{name} ยาวเกิน 9 หลัก"
    assert (entry.edition, entry.fiscal_year_be) == ((0, 2570) if name == "edition" else (1, None))
