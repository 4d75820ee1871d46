from pathlib import Path

from prongsai.frameworks.report import check_report
from tests.frameworks.demo import BEFORE, WALK, changed, save


def test_check_report_is_ok_without_errors(tmp_path: Path) -> None:
    report = check_report(save(tmp_path) / "demo-2570.yaml")
    assert report.ok
    assert report.to_json() == {"file": str(tmp_path / "demo-2570.yaml"), "ok": True, "problems": []}


def test_check_report_is_ok_with_warnings_only(tmp_path: Path) -> None:
    text, line = changed(WALK, "relation: renamed", "relation: kept")
    report = check_report(save(tmp_path, walk=text) / "walk.yaml")
    assert (report.ok, [problem.where.line for problem in report.problems]) == (True, [line])


def test_check_report_is_not_ok_with_an_error(tmp_path: Path) -> None:
    text, _ = changed(BEFORE, "scale: yes-no", "scale: stars")
    assert not check_report(save(tmp_path, before=text) / "demo-2570.yaml").ok
