"""``prongsai write``: the list, samples, papers, and sentences about records that do not fit."""

import json
from pathlib import Path

import pytest

from prongsai.cli import run
from prongsai.documents.read import read_document
from prongsai.reports.catalogue import TITLES, paper_kind
from prongsai.reports.read import recognise
from tests.reports.papers.same import same_records

CLEAN = Path(__file__).resolve().parents[2] / "samples" / "clean" / "measures-report-2568.txt"


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = run(["write", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def test_list_names_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "--list", "--json")
    assert status == 0
    assert [(entry["kind"], entry["title_th"]) for entry in json.loads(out)] == list(TITLES.items())


def test_list_is_what_a_bare_call_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys)[1] == said(capsys, "--list")[1]


@pytest.mark.parametrize("kind", TITLES)
def test_sample_records_are_taken_back(kind: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "ข้อมูล.json"
    path.write_text(said(capsys, kind, "--sample")[1], encoding="utf-8")
    out = tmp_path / "เอกสาร.txt"
    assert said(capsys, kind, path, "-o", out)[0] == 0
    found, _ = paper_kind(kind).recognise(read_document(out))
    wanted = paper_kind(kind).sample()
    assert same_records(wanted, found) == []


def test_what_read_prints_of_a_form_is_written_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first, records, again = tmp_path / "a.docx", tmp_path / "a.json", tmp_path / "b.docx"
    said(capsys, "minutes", "--sample", "-o", first)
    run(["read", "--json", str(first)])
    records.write_text(capsys.readouterr()[0], encoding="utf-8")
    assert said(capsys, "minutes", records, "-o", again)[0] == 0
    assert again.read_bytes() == first.read_bytes()


def test_what_read_prints_is_written_in_every_format(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(["read", "--json", str(CLEAN)])
    path = tmp_path / "records.json"
    path.write_text(capsys.readouterr()[0], encoding="utf-8")
    outs = [tmp_path / f"a.{suffix}" for suffix in ("docx", "pdf", "html", "xlsx", "txt")]
    arguments = [part for out in outs for part in ("-o", str(out))]
    status, told, _ = said(capsys, "measures-report", path, *arguments)
    assert status == 0
    assert told.count("เขียน รายงานผลการดำเนินการตามมาตรการ แล้วที่") == 5
    wanted = recognise(read_document(CLEAN))
    assert [len(recognise(read_document(out)).rows) for out in outs] == [len(wanted.rows)] * 5


def test_faults_of_records_are_all_told_before_the_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "ผิด.json"
    path.write_text('{"subject": 3, "body": "x", "weather": "fine"}', encoding="utf-8")
    status, out, err = said(capsys, "memo", path, "-o", tmp_path / "a.docx")
    assert status == 2
    assert err.count("\n") == 1
    assert [name for name in ("subject", "body", "weather", "office", "signer") if name not in out] == []
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mem", "--sample"], "ไม่มีเอกสารชนิด mem — ใกล้เคียงคือ memo, gap-memo"),
        (["memo", "--sample", "-o", "a.doc"], "ไม่รู้จักชนิดไฟล์ปลายทาง a.doc — ตั้งชื่อให้ลงท้ายด้วย .docx .pdf .html .xlsx .txt"),
        (["memo", "none.json", "-o", "a.txt"], "อ่านข้อมูลจาก none.json ไม่ได้ — ต้องเป็นไฟล์ JSON (UTF-8) ดูรูปแบบด้วย prongsai write ชนิด --sample"),
        (["memo", "a.json", "--sample", "-o", "a.txt"], "คำสั่งใช้ไม่ได้: --sample กับ RECORDS.json ใช้พร้อมกันไม่ได้ เลือกอย่างใดอย่างหนึ่ง — ดู prongsai --help"),
        (["memo", "--sample", "-o", "a.html", "--emblem", __file__], f"ไฟล์ตรา {__file__} ไม่ใช่ภาพ — ใช้ไฟล์ PNG JPEG หรือ SVG ที่เปิดดูได้"),
        (["memo", "--sample", "-o", "a.pdf", "--emblem", "none.png"], "เปิดภาพตรา none.png ไม่ได้ — ตรวจชื่อไฟล์"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said(capsys, *arguments)[::2] == (2, f"{words}\n")


def test_faults_of_records_are_json_when_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-8")
    status, out, _ = said(capsys, "memo", path, "-o", tmp_path / "a.txt", "--json")
    assert status == 2
    assert {problem["code"] for problem in json.loads(out)["problems"]} == {"RECORD_FIELD_MISSING"}


def test_broken_json_names_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{\n"subject": \n', encoding="utf-8")
    assert " บรรทัด 3 — " in said(capsys, "memo", path, "-o", tmp_path / "a.txt")[2]
