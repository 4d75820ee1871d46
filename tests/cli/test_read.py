"""``prongsai read``: reports as before, forms by their own fields, unknown columns under their own heads."""

import json
from pathlib import Path

import pytest

from prongsai.cli import run
from prongsai.documents.build import paragraph, row, table
from prongsai.documents.model import Document
from prongsai.documents.write import render, save
from prongsai.documents.write.office import Office
from prongsai.reports.catalogue import FORMS, TITLES, paper_kind
from prongsai.reports.papers.options import USUAL
from prongsai.reports.read import read_report

CLEAN = Path(__file__).resolve().parents[2] / "samples" / "clean" / "measures-report-2568.txt"
HAS_ROWS = {  # their columns are those of a report: the kind is said
    "risk-assessment", "news-report", "risk-report", "prevention-plan", "prevention-report", "hr-report",
    "operation-report", "processing-records", "development-follow-up",
}  # fmt: skip


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = run(["read", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def written(folder: Path, name: str, format_name: str = "text", suffix: str = "txt") -> Path:
    kind = paper_kind(name)
    path = folder / f"{name}.{suffix}"
    save(render(kind.compose(kind.sample(), USUAL), format_name, Office()), path)
    return path


def forms_equal(out: str, path: Path, name: str) -> None:
    kind = paper_kind(name)
    form = json.loads(out)
    assert list(form) == ["file", "kind", "title_th", "records", "problems"]
    assert (form["file"], form["kind"], form["title_th"]) == (path.name, name, TITLES[name])
    assert kind.from_json(form["records"]) == kind.sample()
    assert [problem for problem in form["problems"] if problem["severity"] == "error"] == []


@pytest.mark.parametrize("name", [name for name in FORMS if name not in HAS_ROWS])
def test_a_form_is_read_as_that_form(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, name)
    status, out, _ = said(capsys, path, "--json")
    assert status == 0
    forms_equal(out, path, name)


@pytest.mark.parametrize("name", [*FORMS, "memo", "letter", "announcement"])
def test_a_kind_that_is_said_is_taken(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, name)
    status, out, _ = said(capsys, path, "--json", "--kind", name)
    assert status == 0
    forms_equal(out, path, name)


@pytest.mark.parametrize(("format_name", "suffix"), [("docx", "docx"), ("xlsx", "xlsx"), ("html", "html")])
def test_a_form_is_known_in_every_format(
    format_name: str, suffix: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, "loan-form", format_name, suffix)
    status, out, _ = said(capsys, path, "--json")
    assert status == 0
    forms_equal(out, path, "loan-form")


def test_a_report_keeps_its_json_whatever_its_kind_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = read_report(CLEAN).to_json()
    assert json.loads(said(capsys, CLEAN, "--json")[1]) == json.loads(json.dumps(wanted))
    assert json.loads(said(capsys, CLEAN, "--json", "--kind", "measures-report")[1]) == json.loads(json.dumps(wanted))


def test_reports_and_forms_stand_in_one_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = said(capsys, CLEAN, written(tmp_path, "minutes"), "--json")
    first, second = json.loads(out)
    assert (status, first["document_type"], second["kind"]) == (0, "measures_report", "minutes")


def test_a_form_is_shown_by_its_thai_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = said(capsys, written(tmp_path, "complaint-statistics"))
    assert status == 0
    assert out.splitlines()[0].rstrip() == "complaint-statistics.txt — สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"
    rows = [line.split() for line in out.splitlines()]
    assert ["เรื่องทั้งหมด", "๑๕"] in rows
    assert ["พฤศจิกายน", "๒๕๖๗", "๔", "๔", "๐"] in rows
    assert ["จำแนกรายเดือน"] in rows


def test_a_faulty_form_ends_with_1_and_says_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, "zero-report")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ธันวาคม", "ธันวาคน"), encoding="utf-8")
    assert text.count("ธันวาคม") > 0
    status, out, _ = said(capsys, path, "--kind", "zero-report")
    assert status == 1
    assert "FORM_VALUE_UNREADABLE" in out


def test_a_paper_that_is_nothing_known_is_a_report_for_a_person(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "จดหมาย.txt"
    path.write_text("สวัสดีครับ\nวันนี้อากาศดี\n", encoding="utf-8")
    status, out, _ = said(capsys, path, "--json")
    report = json.loads(out)
    assert (status, report["document_type"], report["needs_person"]) == (1, "unknown", True)


def test_an_unknown_kind_is_said_before_any_file_is_opened(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = said(capsys, "none.txt", "--kind", "minute")
    assert (status, out, err) == (2, "", "ไม่มีเอกสารชนิด minute — ใกล้เคียงคือ minutes\n")


def test_words_of_an_unknown_column_are_shown_under_its_head(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    heads = ["ที่", "มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "สีของแฟ้ม", "ผลการดำเนินการ"]
    rows = [
        ["๑", "จัดทำคู่มือ", "๑. ประชุม", "กองคลัง", "สีเขียวมะนาว", "ดำเนินการแล้ว"],
        ["๒", "จัดอบรม", "๑. เชิญวิทยากร", "กองช่าง", "", "ดำเนินการแล้ว"],
    ]
    blocks = (paragraph("รายงานผลการดำเนินการตามมาตรการ"), table(heads, [row(*cells) for cells in rows]))
    path = tmp_path / "รายงาน.txt"
    save(render(Document("", "composed", None, "", blocks), "text", Office()), path)
    out = said(capsys, path)[1]
    assert [line.split()[-2:] for line in out.splitlines() if "แฟ้ม" in line and "มะนาว" in line] == [
        ["สีของแฟ้ม:", "สีเขียวมะนาว"]
    ]
    assert out.count("สีของแฟ้ม:") == 1
