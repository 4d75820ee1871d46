"""``prongsai verify`` as it is called on an office with a signed letter: 0 whole, 1 not, 2 unusable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prongsai.cli import run
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import read_file
from prongsai.web.letters.models import Endorsement, Letter, LetterText
from prongsai.web.letters.services.writing import start_letter
from tests.web.letters.conftest import MEMO


@pytest.fixture
def signed(transactional_db, memo_letter: Letter, sign_all) -> Letter:
    """A memo that everybody has signed, where another connection sees it."""
    return sign_all(memo_letter)


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = run(["verify", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_verb_tells_whole_changed_and_unusable_files(signed: Letter, capsys, tmp_path: Path):
    docx = put(tmp_path, "บันทึก.docx", read_file(signed.docx))
    status, out, _ = said(capsys, docx)
    assert (status, "ครบถ้วน ไม่ถูกแก้หลังลงนาม" in out) == (0, True)
    told = (signed.code, signed.number.text, "นายสมหมาย ใจกว้าง", "ยืนยันด้วยรหัสผ่าน", signed.docx.sha256)
    assert [one for one in told if one not in out] == []
    changed = put(tmp_path, "แก้.pdf", read_file(signed.pdf) + b"\n% changed\n")
    status, out, _ = said(capsys, changed)
    assert (status, "ไฟล์นี้ไม่ใช่ฉบับที่ลงนาม" in out, "LETTER_FILE_DIFFERS" in out) == (1, True, True)
    assert "อย่าเชื่อข้อความในไฟล์นี้" in "".join(out.split("\n"))
    for name, content in (("ว่าง.pdf", b""), ("ภาพ.png", b"\x89PNG\r\n\x1a\n0000")):
        status, out, err = said(capsys, put(tmp_path, name, content))
        assert (status, out, err.count("\n")) == (2, "", 1), name


def test_json_tells_everything_for_a_program(signed: Letter, capsys, tmp_path: Path):
    status, out, _ = said(capsys, put(tmp_path, "a.pdf", read_file(signed.pdf)), "--json")
    told = json.loads(out)
    assert (status, told["is_whole"], told["is_exact"], told["problems"]) == (0, True, True, [])
    assert (told["code"], told["sha256"], told["seal"]) == (signed.code, signed.pdf.sha256, signed.seal)
    assert [one["method"] for one in told["signatures"]] == ["ยืนยันด้วยรหัสผ่าน"] * 4
    LetterText.objects.filter(letter=signed).update(content={"body": ["อื่น"]})
    status, out, _ = said(capsys, "--code", signed.code, "--json")
    told = json.loads(out)
    assert (status, told["is_whole"], told["is_exact"]) == (1, False, None)
    assert [(one["code"], bool(one["mend_th"])) for one in told["problems"]] == [("LETTER_TEXT_CHANGED", True)]


def test_every_problem_comes_with_its_mend(signed: Letter, capsys):
    Endorsement.objects.filter(step__letter=signed).update(opinion="อื่น")
    status, out, _ = said(capsys, "--code", signed.code)
    assert (status, "LETTER_SIGNATURE_CHANGED" in out, "แก้:" in out) == (1, True, True)
    status, out, _ = said(capsys, "--code", "7KQ3M-XW9PA-4HT8C")
    assert (status, "ไม่พบหนังสือนี้ในระบบ" in out) == (1, True)


def test_secret_letter_tells_no_more_here(transactional_db, scope, sign_all, capsys, tmp_path: Path):
    letter = sign_all(start_letter(scope(Role.CLERK), paper="memo", subject="เรื่องปกปิด", content=MEMO, secrecy="ลับ"))
    status, out, _ = said(capsys, put(tmp_path, "a.docx", read_file(letter.docx)), "--json")
    told = json.loads(out)
    assert (status, told["is_whole"], told["is_secret"], told["number"]) == (0, True, True, letter.number.text)
    assert (told["subject"], told["signatures"], told["code"]) == (None, [], None)
