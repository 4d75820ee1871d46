"""The command line as it is called: exit statuses, JSON, and sentences that a clerk can act on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from prongsai.cli import run

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CLEAN = SAMPLES / "clean" / "measures-report-2568.txt"
FAULTY = SAMPLES / "faulty" / "measures-report-2567.txt"
SCORES = SAMPLES / "clean" / "scores-2567.json"
VERBS = [
    "frameworks",
    "score",
    "forecast",
    "read",
    "lint",
    "gaps",
    "write",
    "fill",
    "convert",
    "diff",
    "registers",
    "inspect",
]


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, "--help")
    assert status == 0
    assert [verb for verb in VERBS if f"  {verb} " not in out] == []


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_and_json(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    status, out, _ = said(capsys, verb, "--help")
    assert (status, "--json" in out) == (0, True)


def test_help_starts_without_loading_any_verb() -> None:
    code = (
        "import sys; from prongsai.cli import run; run(['--help']);"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'rich', 'yaml', 'pythainlp', 'jinja2', 'rapidfuzz'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_read_gives_one_object_for_one_file_and_a_list_for_two(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "read", "--json", CLEAN)
    assert json.loads(out)["document_type"] == "measures_report"
    _, out, _ = said(capsys, "read", "--json", CLEAN, FAULTY)
    assert [report["file"] for report in json.loads(out)] == [CLEAN.name, FAULTY.name]


def test_clean_paper_ends_with_0_and_faulty_one_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "lint", CLEAN)[0] == 0
    status, out, _ = said(capsys, "lint", FAULTY)
    assert status == 1
    assert "ผิด" in out


def test_lint_json_has_the_published_form(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "lint", "--json", FAULTY)
    form = json.loads(out)
    assert set(form) == {"file", "problems"}
    first = form["problems"][0]
    assert set(first) >= {"code", "severity", "where", "evidence", "message", "message_th", "arithmetic", "mend"}
    assert set(first["where"]) == {"file", "line", "page", "table", "row", "column"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "nothing-there.txt"],
        ["read"],
        ["lint"],
        ["no-such-verb"],
        ["score", "--framework", "ita-1999", str(SCORES)],
        ["score", "--framework", "ita-2567", "nothing-there.json"],
        ["frameworks", "show", "ita-1999"],
        ["gaps", "nothing-there.txt"],
    ],
)
def test_unusable_call_ends_with_2_and_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    status, _, err = said(capsys, *arguments)
    assert status == 2
    assert len(err.strip().splitlines()) == 1
    assert any("\u0e01" <= letter <= "\u0e5b" for letter in err)


def test_gaps_leaves_json_and_a_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, _ = said(capsys, "gaps", SAMPLES / "faulty", SCORES, "--out", tmp_path / "out")
    assert status == 1
    job = json.loads((tmp_path / "out" / "job.json").read_text(encoding="utf-8"))
    assert {"framework", "findings", "plan", "scores", "papers"} <= set(job)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "ยังไม่มีมาตรการ" in page


def test_gaps_json_is_json_even_with_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out, _ = said(capsys, "gaps", "--json", CLEAN, "--out", tmp_path / "out")
    assert json.loads(out)["plan"]["framework"] == "ita-2568"


def test_papers_of_one_name_are_both_left(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "job.txt").write_bytes(CLEAN.read_bytes())
    said(capsys, "gaps", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").rglob("*")) == [
        "job-2.json",
        "job.json",
        "job.json",
        "papers",
        "report.html",
    ]


def test_out_that_cannot_be_written_is_said_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    status, _, err = said(capsys, "gaps", CLEAN, "--out", blocked / "out")
    assert (status, len(err.strip().splitlines())) == (2, 1)


def test_no_verb_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys)
    assert (status, "frameworks" in out) == (0, True)


def test_weights_are_printed_as_people_write_them(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "frameworks", "show", "ita-2567")
    assert "E+" not in out


def test_misspelt_verb_and_option_are_said_in_thai(capsys: pytest.CaptureFixture[str]) -> None:
    assert "ไม่มีคำสั่ง rad" in said(capsys, "rad")[2]
    assert "ไม่มีตัวเลือก --jsn" in said(capsys, "read", "--jsn", "x")[2]
    assert "ขาด FILES" in said(capsys, "read")[2]


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "lint", "--rules", "--json")
    codes = [rule["code"] for rule in json.loads(out)]
    assert len(codes) == len(set(codes)) > 40
