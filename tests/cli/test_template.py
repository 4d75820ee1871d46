"""``prongsai template`` and ``prongsai write --template``: fields, a template to start from, faults, papers."""

import json
from pathlib import Path

import pytest

from prongsai.cli import run
from prongsai.documents.read import read_document
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.stationery.kinds import stationery_of
from tests.documents.template.word import p, word
from tests.reports.papers.same import same_records


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = run([str(each) for each in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_fields_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "template", "gift-report", "--fields", "--json")
    told = json.loads(out)
    assert status == 0
    assert [one["name"] for one in told["fields"]] == [slot.name for slot in stationery_of("gift-report").slots]
    gifts = next(one for one in told["fields"] if one["name"] == "gifts")
    assert gifts["columns"][0] == {
        "name": "quarter", "title_th": "ไตรมาส", "type_th": "เลข", "sort": "words", "example": "๑"}  # fmt: skip
    assert "{{ fiscal_year_be }}" in said(capsys, "template", "gift-report")[1]


def test_an_example_passes_the_check_and_gives_the_paper(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    template, out = tmp_path / "แม่แบบ.docx", tmp_path / "เอกสาร.docx"
    assert said(capsys, "template", "minutes", "--example", template)[0] == 0
    assert said(capsys, "template", "minutes", "--check", template)[0] == 0
    assert said(capsys, "write", "minutes", "--sample", "--template", template, "-o", out)[0] == 0
    kind = paper_kind("minutes")
    assert same_records(kind.sample(), kind.recognise(read_document(out))[0]) == []


def test_faults_are_told_at_their_places(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    template, out = tmp_path / "a.docx", tmp_path / "b.docx"
    template.write_bytes(word(p("{{ subject }}"), p("{{ sbject }}")))
    status, told, _ = said(capsys, "template", "memo", "--check", template, "--json")
    (problem,) = json.loads(told)["problems"]
    assert (status, problem["code"], problem["where"]["line"]) == (1, "TEMPLATE_FIELD_UNKNOWN", 2)
    status, _, err = said(capsys, "write", "memo", "--sample", "--template", template, "-o", out)
    assert status == 2 and "ไม่มีช่องชื่อ “sbject”" in err and not out.exists()


@pytest.mark.parametrize("arguments", [["nothing"], ["memo", "--check", "a.doc"], ["memo", "--check", "missing.docx"],
                                       ["memo", "--example", "a.pdf"], ["memo", "--fields", "--check", "a.docx"]])  # fmt: skip
def test_what_cannot_be_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = said(capsys, "template", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_template_gives_word_and_pdf_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    template = tmp_path / "a.docx"
    template.write_bytes(word(p("{{ subject }}")))
    status, _, err = said(capsys, "write", "memo", "--sample", "--template", template, "-o", tmp_path / "a.xlsx")
    assert (status, err.count("\n")) == (2, 1)
    assert not (tmp_path / "a.xlsx").exists()
