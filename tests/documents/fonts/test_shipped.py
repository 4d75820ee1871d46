"""The fonts at hand and their widths."""

import json
from pathlib import Path

import pytest

from prongsai.documents.fonts.shipped import load
from prongsai.errors import FileUnusable


def test_marks_take_no_room() -> None:
    fonts = load(None)
    assert fonts.width("ปี่", 16) == fonts.width("ป", 16)
    assert fonts.width("น้ำ", 16) == pytest.approx(fonts.width("นา", 16))


def test_bold_is_wider() -> None:
    assert load(None).width("เทศบาล", 16, bold=True) > load(None).width("เทศบาล", 16)


def test_marks_may_not_stand_alone() -> None:
    assert "่" not in load(None).letters
    assert "ำ" not in load(None).letters
    assert {"ก", "า", "๑", "☐", "☑", "\N{REPLACEMENT CHARACTER}"} <= load(None).letters


def test_folder_that_was_not_made_ready_says_how(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as refused:
        load(tmp_path)
    assert refused.value.mend_th == (
        f"เตรียมด้วย python -m prongsai.documents.fonts.derive --from โฟลเดอร์แบบอักษร --to {tmp_path}"
    )


@pytest.mark.parametrize("form", [[], {"family": "X"}, {"family": "X", "widths": {}}])
def test_widths_of_another_form_are_refused(tmp_path: Path, form: object) -> None:
    (tmp_path / "metrics.json").write_text(json.dumps(form), encoding="utf-8")
    with pytest.raises(FileUnusable):
        load(tmp_path)
