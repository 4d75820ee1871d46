"""Every code that a reader of files can give is a listed rule; lint tells it with its place. Templates are not read so."""

import re
from pathlib import Path

from prongsai.reports.lint.run import lint_file, rules

ROOT = Path(__file__).resolve().parents[3]
CODE = re.compile(r'"([A-Z]+(?:_[A-Z]+)+)"')
NO_CODES = {"SOURCE_DATE_EPOCH"}


def test_every_code_of_the_readers_is_a_listed_rule() -> None:
    sources = [
        path for path in (ROOT / "src/prongsai/documents").rglob("*.py") if not {"clean", "template"} & {*path.parts}
    ]
    told = {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))} - NO_CODES
    assert sorted(told - {rule.code for rule in rules()}) == []
    assert len(told) > 20


def test_tracked_changes_of_a_word_file_are_told_by_lint_at_their_places() -> None:
    _, problems = lint_file(ROOT / "samples/office/measures-report-2568-tracked.docx")
    told = [problem for problem in problems if problem.code == "TRACKED_DELETION"]
    assert {problem.evidence for problem in told} == {("ข้อความเดิมที่ถูกลบ",)}
    assert [problem for problem in told if problem.where.table is None] == []
