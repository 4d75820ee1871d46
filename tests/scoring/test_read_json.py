from pathlib import Path

import pytest

from prongsai.errors import FileUnusable
from prongsai.scoring.read import read_scores
from prongsai.scoring.scores import Scores, Section


def read_text(folder: Path, text: str) -> tuple[Scores, ...]:
    path = folder / "scores.json"
    path.write_text(text, encoding="utf-8")
    return read_scores(path)


def entries(scores: Scores) -> list[tuple[str, str]]:
    return [(entry.code, str(entry.value)) for entry in scores.entries]


def test_read_json_of_the_plain_form(tmp_path: Path) -> None:
    text = '{"indicators": {"1": 97.44, "3": null, "9": 100.0},\n "overall": 95.75,\n "level": "ผ่านดี"}'
    found = read_text(tmp_path, text)[0]
    assert entries(found) == [("1", "97.44"), ("3", "None"), ("9", "100.0")]
    assert found.overall is not None
    assert (str(found.overall.value), found.overall.where.line) == ("95.75", 2)
    assert found.level is not None
    assert (found.level.text, found.level.where.line) == ("ผ่านดี", 3)
    assert found.problems == ()


def test_read_json_of_what_the_reader_prints(tmp_path: Path) -> None:
    text = """{"document_type": "indicator_improvement", "agency": {"name": "เทศบาลตำบลบ้านสวนพลู", "district": "x"},
      "overall": {"score": 95.75, "level": "ผ่านดี"},
      "indicators": [{"no": 1, "score": 97.44}, {"no": 3, "score": null}], "rows": [{"score": "x"}]}"""
    found = read_text(tmp_path, text)[0]
    assert found.agency == "เทศบาลตำบลบ้านสวนพลู"
    assert entries(found) == [("1", "97.44"), ("3", "None")]
    assert found.overall is not None
    assert found.level is not None
    assert found.problems == ()


def test_read_json_of_a_list_keeps_records_of_one_agency_apart(tmp_path: Path) -> None:
    found = read_text(tmp_path, '[{"agency": "ก", "overall": 90}, {"agency": "ก", "overall": 91}, {"overall": 92}]')
    assert [(each.agency, str(each.overall.value if each.overall else "")) for each in found] == [
        ("ก", "90"),
        ("ก", "91"),
        (None, "92"),
    ]


def test_read_json_of_items_instruments_and_answers(tmp_path: Path) -> None:
    text = """{"items": [{"code": "O1", "score": 100}], "instruments": {"IIT": "๙๐.๕"}, "sub_indicators": {"9.1": 50},
      "answers": [{"i1": "มาก", "i2": ["น้อย", "มาก"]}, {"i1": null}]}"""
    found = read_text(tmp_path, text)[0]
    assert [(e.code, str(e.value), e.section) for e in found.entries] == [
        ("O1", "100", Section.ITEM),
        ("IIT", "90.5", Section.INSTRUMENT),
        ("9.1", "50", Section.INDICATOR),
    ]
    assert [(r.respondent, r.question, r.part, r.answer) for r in found.replies] == [
        (1, "i1", None, "มาก"),
        (1, "i2", 1, "น้อย"),
        (1, "i2", 2, "มาก"),
        (2, "i1", None, ""),
    ]


def test_read_json_keeps_doubled_keys_for_the_check_of_duplicates(tmp_path: Path) -> None:
    found = read_text(tmp_path, '{"indicators": {"1": 90,\n "1": 91}}')[0]
    assert [(str(e.value), e.where.line) for e in found.entries] == [("90", 1), ("91", 2)]


@pytest.mark.parametrize(
    ("inner", "code", "line"),
    [
        ('"indicators": {"1": 90},\n "items": 5', "SCORE_SHAPE", 2),
        ('"indicators": {"1": 90,\n "2": [1]}', "SCORE_SHAPE", 2),
        ('"indicators": {"1": 90,\n "2": true}', "SCORE_SHAPE", 2),
        ('"indicators": [{"no": 1, "score": 90},\n 7]', "SCORE_SHAPE", 1),
        ('"indicators": {"1": 90,\n "2": 1e999}', "SCORE_NOT_A_NUMBER", 2),
        ('"indicators": {"1": 90,\n "2": NaN}', "SCORE_NOT_A_NUMBER", 2),
        ('"indicators": {"1": 90,\n "2": "ดี"}', "SCORE_NOT_A_NUMBER", 2),
        ('"indicators": {"1": 90,\n "": 80}', "SCORE_WITHOUT_CODE", 2),
        ('"indicators": {"1": 90},\n "overall": [1]', "SCORE_SHAPE", 2),
        ('"indicators": {"1": 90},\n "overall": {"score": {"score": 1}}', "SCORE_SHAPE", 2),
        ('"indicators": {"1": 90},\n "level": 5', "SCORE_SHAPE", 2),
        ('"indicators": {"1": 90},\n "answers": {}', "SCORE_SHAPE", 2),
        ('"indicators": {"1": 90},\n "answers": ["x"]', "SCORE_SHAPE", 2),
        ('"indicators": {"1": 90},\n "answers": [{"i1": {}}]', "SCORE_SHAPE", 2),
        ('"overall": 90,\n "overall": 91, "indicators": {"1": 90}', "SCORE_DUPLICATE", 2),
        ('"level": "ผ่าน", "overall": {"score": 90,\n "level": "ผ่านดี"}', "SCORE_DUPLICATE", 2),
    ],
)
def test_read_json_reports_a_fault_at_its_line_and_keeps_the_rest(
    tmp_path: Path, inner: str, code: str, line: int
) -> None:
    found = read_text(tmp_path, f"{{{inner}}}")[0]
    assert [(problem.code, problem.where.file, problem.where.line) for problem in found.problems] == [
        (code, "scores.json", line)
    ]
    assert found.problems[0].mend_th
    assert not found.is_empty


@pytest.mark.parametrize(("text", "line"), [('{"indicators": {"1": 90,}}', 1), ('{"a": 1\n "b": 2}', 2), ("[" * 99, 1)])
def test_read_json_refuses_what_is_not_json_with_the_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(FileUnusable) as raised:
        read_text(tmp_path, text)
    assert f"บรรทัด {line} " in raised.value.message_th


@pytest.mark.parametrize(
    ("text", "reason_th"),
    [
        ("[" * 99, "ซ้อนกันเกิน 32 ชั้น"),
        ('{"indicators": {"1": 90}', "ขาดเครื่องหมาย ','"),
        ('{"indicators":', "ไฟล์จบก่อนข้อมูลครบ"),
        ('{"a": 1} x', "มีข้อความเกินมาหลังข้อมูลจบ"),
        ('{"a": ]}', "พบ ']' ผิดที่"),
        ('{"a": ดี}', "พบ 'ดี}' ผิดที่"),
        ('{"a": "\\q"}', "ข้อความในเครื่องหมายคำพูดมีอักขระที่ใช้ไม่ได้"),
        ("{1: 2}", "ต้องเป็นชื่อในเครื่องหมายคำพูด ไม่ใช่ '1'"),
    ],
)
def test_read_json_says_in_thai_why_it_is_not_json(tmp_path: Path, text: str, reason_th: str) -> None:
    with pytest.raises(FileUnusable) as raised:
        read_text(tmp_path, text)
    assert raised.value.message_th == f"ไฟล์ scores.json อ่านเป็น JSON ไม่ได้ที่บรรทัด 1 ({reason_th})"


@pytest.mark.parametrize(
    ("text", "message_th"),
    [
        ('[{"overall": 90}, 5]', "ข้อมูลของหน่วยงานหนึ่ง ต้องเป็นข้อมูลในวงเล็บปีกกา { }"),
        ('[{"indicators": {"1": 90}, "overall": [1]}]', "คะแนนรวม ต้องเป็นตัวเลข"),
        ('[{"indicators": {"1": 90}, "overall": "ดี"}]', "คะแนนรวม: “ดี” ไม่ใช่คะแนน"),
        ('[{"indicators": {"1": 90}, "items": 5}]', "คะแนนรายข้อ (items) ต้องเป็นคู่ของรหัสกับคะแนนในวงเล็บปีกกา { }"),
    ],
)
def test_read_json_names_the_parts_of_the_file_in_thai(tmp_path: Path, text: str, message_th: str) -> None:
    problems = [problem for scores in read_text(tmp_path, text) for problem in scores.problems]
    assert [problem.message_th for problem in problems] == [message_th]
