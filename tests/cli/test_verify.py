"""``prongsai verify`` before it opens the platform: what it cannot begin with. The rest: ``tests/web/letters``."""

from __future__ import annotations

from pathlib import Path

import pytest

from prongsai.cli import run


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """The one line of a call that ends with 2."""
    assert run(["verify", *map(str, arguments)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def test_help_says_what_is_checked_and_knows_json(capsys: pytest.CaptureFixture[str]):
    assert run(["verify", "--help"]) == 0
    out = capsys.readouterr().out
    assert "--json" in out and "--code" in out and "บันทึกการใช้งาน" in out


def test_one_of_file_and_code_is_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert "อย่างใดอย่างหนึ่ง" in refusal(capsys)
    assert "อย่างใดอย่างหนึ่ง" in refusal(capsys, tmp_path / "a.pdf", "--code", "7KQ3M-XW9PA-4HT8C")


def test_file_that_is_not_there_is_said_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert "เปิดไฟล์" in refusal(capsys, tmp_path / "none.pdf")
    assert "เปิดไฟล์" in refusal(capsys, tmp_path)
