import string
from pathlib import Path

import pytest

from prongsai.errors import Where
from prongsai.frameworks.faults import FAULTS, fault

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "frameworks.md"


@pytest.mark.parametrize("code", FAULTS)
def test_fault_has_all_four_texts_about_the_same_words(code: str) -> None:
    kind = FAULTS[code]

    def words(text: str) -> set[str]:
        return {name.removesuffix("_th") for _, name, _, _ in string.Formatter().parse(text) if name}

    assert all((kind.message, kind.message_th, kind.mend, kind.mend_th))
    assert words(kind.message) == words(kind.message_th)
    assert words(kind.mend) == words(kind.mend_th)


def test_fault_fills_its_texts() -> None:
    problem = fault("FRAMEWORK_UNKNOWN_SCALE", Where(line=3), code="stars", known="yes-no")
    assert (problem.message, problem.mend) == ("there is no scale stars", "use one of yes-no")
    assert (problem.message_th, problem.mend_th) == ("ไม่มีมาตรวัด stars ในกรอบนี้", "ใช้ yes-no")


def test_reference_lists_every_fault() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert [code for code in FAULTS if f"`{code}`" not in text] == []
