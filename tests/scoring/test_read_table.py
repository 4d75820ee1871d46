from collections.abc import Callable
from pathlib import Path

import pytest

from prongsai.errors import FileUnusable, LimitExceeded
from prongsai.scoring import collect, read_table
from prongsai.scoring.read import read_scores
from prongsai.scoring.scores import Scores
from tests.scoring.workbooks import write_ods, write_xls, write_xlsx


def read_csv(folder: Path, text: str) -> tuple[Scores, ...]:
    path = folder / "scores.csv"
    path.write_text(text, encoding="utf-8-sig", newline="")
    return read_scores(path)


def entries(scores: Scores) -> list[tuple[str, str, int | None]]:
    return [(entry.code, str(entry.value), entry.where.line) for entry in scores.entries]


def test_read_csv_of_several_agencies_with_total_and_level(tmp_path: Path) -> None:
    rows = ["agency,indicator,score", "ก,1,97.44", "ข,1,80", "ก,3,", "ก,overall,95.75", "ก,level,ผ่านดี", "ข,3,-"]
    found = read_csv(tmp_path, "\n".join(rows))
    assert [each.agency for each in found] == ["ก", "ข"]
    assert [entries(each) for each in found] == [
        [("1", "97.44", 2), ("3", "None", 4)],
        [("1", "80", 3), ("3", "None", 7)],
    ]
    assert found[0].overall is not None
    assert str(found[0].overall.value) == "95.75"
    assert found[0].level is not None
    assert found[0].level.where.line == 6
    assert [each.problems for each in found] == [(), ()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "head", [("agency", "indicator", "score"), ("หน่วยงาน", "ตัวชี้วัดที่", "คะแนนที่ได้"), ("ชื่อหน่วยงาน", "ข้อ", "คะแนน")]
)
def test_read_csv_knows_delimiters_and_heads(tmp_path: Path, delimiter: str, head: tuple[str, ...]) -> None:
    text = "\r\n".join(delimiter.join(row) for row in (head, ("เทศบาล", "๙.๑", "๙๗.๗๘"), ("เทศบาล", "คะแนนรวม", "90")))
    found = read_csv(tmp_path, text)[0]
    assert entries(found) == [("9.1", "97.78", 2)]
    assert found.overall is not None


def test_read_csv_skips_titles_blank_lines_and_repeated_heads(tmp_path: Path) -> None:
    text = "ผลการประเมิน ปี ๒๕๖๗\n\nindicator,score,note\n1,90,x\n,,\nindicator,score,note\n2,91,y\n"
    assert entries(read_csv(tmp_path, text)[0]) == [("1", "90", 4), ("2", "91", 7)]


def test_read_csv_counts_lines_of_quoted_cells(tmp_path: Path) -> None:
    assert entries(read_csv(tmp_path, 'indicator,score\n"1\nx",90\n2,91\n')[0]) == [("1 x", "90", 2), ("2", "91", 4)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("ก,2,ดี", "SCORE_NOT_A_NUMBER"),
        ("ก,2,9O.5", "SCORE_NOT_A_NUMBER"),
        ("ก,2,1e2", "SCORE_NOT_A_NUMBER"),
        ("ก,2," + "9" * 300, "SCORE_NOT_A_NUMBER"),
        ("ก,,90", "SCORE_WITHOUT_CODE"),
        (",2,90", "SCORE_WITHOUT_AGENCY"),
    ],
)
def test_read_csv_reports_a_fault_at_its_line_and_keeps_the_rest(tmp_path: Path, row: str, code: str) -> None:
    found = read_csv(tmp_path, f"agency,indicator,score\nก,1,90\n{row}\n")
    problems = [problem for each in found for problem in each.problems]
    assert [(problem.code, problem.where.line) for problem in problems] == [(code, 3)]
    assert entries(found[0]) == [("1", "90", 2)]


def test_read_csv_gives_negative_and_large_numbers_to_the_range_check(tmp_path: Path) -> None:
    assert [e[1] for e in entries(read_csv(tmp_path, "indicator,score\n1,-5\n2,101\n3,97.445\n")[0])] == [
        "-5",
        "101",
        "97.445",
    ]


def test_read_csv_of_answers(tmp_path: Path) -> None:
    text = "respondent,question,part,value\nปลา,i1,,มาก\nปลา,i3,1,น้อย\nนก,i1,,น้อย\n"
    found = read_csv(tmp_path, text)[0]
    assert [(r.respondent, r.question, r.part, r.answer) for r in found.replies] == [
        (1, "i1", None, "มาก"),
        (1, "i3", 1, "น้อย"),
        (2, "i1", None, "น้อย"),
    ]


def test_read_csv_keeps_nothing_that_leads_to_a_respondent(tmp_path: Path) -> None:
    assert "ปลา" not in repr(read_csv(tmp_path, "respondent,question,value\nปลา,i1,มาก\n"))


def test_read_csv_of_items_by_the_heads_item_and_value(tmp_path: Path) -> None:
    assert entries(read_csv(tmp_path, "agency,item,value\nก,O1,100\n")[0]) == [("O1", "100", 2)]


def test_read_csv_refuses_a_quote_that_never_ends(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as raised:
        read_csv(tmp_path, 'indicator,score\n1,"90\n' + "x" * 200_000)
    assert "บรรทัด 2" in raised.value.message_th


def test_read_csv_stops_at_the_limit_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_table, "MAX_ROWS", 3)
    with pytest.raises(LimitExceeded):
        read_csv(tmp_path, "indicator,score\n1,90\n2,90\n3,90\n")


def test_read_csv_lists_faults_up_to_the_limit_and_counts_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect, "MAX_PROBLEMS", 2)
    found = read_csv(tmp_path, "indicator,score\n1,90\n2,x\n3,x\n4,x\n5,x\n")[0]
    assert [problem.code for problem in found.problems] == [
        "SCORE_NOT_A_NUMBER",
        "SCORE_NOT_A_NUMBER",
        "SCORE_FAULTS_MANY",
    ]
    assert found.problems[-1].message == "there are 2 more faults in the file"


def test_read_csv_counts_a_total_given_twice_only_when_both_agree(tmp_path: Path) -> None:
    same = read_csv(tmp_path, "indicator,score\noverall,90\n1,90\nคะแนนรวม,90.00\n")[0]
    assert same.overall is not None
    assert same.problems == ()
    different = read_csv(tmp_path, "indicator,score\noverall,90\n1,90\nคะแนนรวม,91\n")[0]
    assert different.overall is None
    assert [(p.code, p.where.line, p.evidence) for p in different.problems] == [("SCORE_DUPLICATE", 4, ("90", "91"))]


@pytest.mark.parametrize("write", [write_xlsx, write_ods, write_xls])
def test_read_workbook_with_thai_heads_below_a_title(tmp_path: Path, write: Callable[..., None]) -> None:
    path = tmp_path / "scores.book"
    rows = [
        ["ผลการประเมิน"],
        [None],
        ["หน่วยงาน", "ตัวชี้วัด", "คะแนน"],
        ["ก", 1.0, 97.44],
        ["ก", 9.1, "๙๗.๗๘"],
        ["ก", "คะแนนรวม", 95.75],
        ["ก", "ระดับ", "ผ่านดี"],
        ["ก", 2.0, "x"],
    ]
    write(path, rows)
    found = read_scores(path)[0]
    assert [(e.code, str(e.value), e.where.table, e.where.row) for e in found.entries] == [
        ("1", "97.44", 1, 4),
        ("9.1", "97.78", 1, 5),
    ]
    assert found.overall is not None
    assert found.level is not None
    assert [(p.code, p.where.row) for p in found.problems] == [("SCORE_NOT_A_NUMBER", 8)]


def test_read_workbook_refuses_more_cells_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_table, "MAX_SHEET_CELLS", 3)
    write_xlsx(tmp_path / "many.xlsx", [["indicator", "score"], ["1", 90.0]])
    with pytest.raises(LimitExceeded):
        read_scores(tmp_path / "many.xlsx")


def test_read_workbook_ends_a_loader_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_table, "MAX_SECONDS", 0.0001)
    write_xlsx(tmp_path / "slow.xlsx", [["indicator", "score"], ["1", 90.0]])
    with pytest.raises(FileUnusable):
        read_scores(tmp_path / "slow.xlsx")
