import re
from pathlib import Path

import pytest

from prongsai.errors import Where
from prongsai.scoring.faults import FAULTS, fault

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "scoring.md"


def test_faults_are_all_explained_on_the_page() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (error|warning|info) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted((kind.code, kind.severity.value) for kind in FAULTS.values())


def test_faults_are_all_made_somewhere() -> None:
    sources = (ROOT / "src" / "prongsai" / "scoring").glob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.name != "faults.py")
    assert [code for code in FAULTS if f'"{code}"' not in text] == []


@pytest.mark.parametrize("code", FAULTS)
def test_faults_say_the_same_words_in_both_languages(code: str) -> None:
    kind = FAULTS[code]
    names = [set(re.findall(r"{(\w+)}", text)) for text in (kind.message, kind.message_th)]
    assert {name.removesuffix("_th") for name in names[0]} == {name.removesuffix("_th") for name in names[1]}
    assert all((kind.message, kind.message_th, kind.mend, kind.mend_th))


def test_fault_fills_its_templates() -> None:
    problem = fault("SCORE_REPEATED", Where(file="a.csv", line=3), code="1", first="90", evidence=("90",))
    assert problem.message == "1 is given twice with the same score 90; it counts once"
    assert problem.message_th == "1 ระบุซ้ำด้วยคะแนนเดียวกัน 90 จึงนับครั้งเดียว"
    assert problem.where == Where(file="a.csv", line=3)


def test_fault_calls_the_total_by_its_thai_name() -> None:
    total = fault("SCORE_OUT_OF_RANGE", Where(), code="overall", text="101")
    assert (total.message, total.message_th) == (
        "the total, 101, is not between 0 and 100",
        "คะแนนรวม คือ 101 ไม่อยู่ระหว่าง 0 ถึง 100",
    )
    one = fault("SCORE_PRECISION", Where(), code="9", text="90.123", places=2)
    assert (one.message, one.message_th) == (
        "the score of 9, 90.123, has more than 2 decimals",
        "คะแนนของ 9 คือ 90.123 มีทศนิยมเกิน 2 ตำแหน่ง",
    )
    twice = fault("SCORE_DUPLICATE", Where(), code="overall", first="90", second="91")
    assert twice.message_th == "คะแนนรวม ระบุซ้ำโดยคะแนนไม่ตรงกัน (90 กับ 91) จึงไม่นับทั้งสองค่า"
