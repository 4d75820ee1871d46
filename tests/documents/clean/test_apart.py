"""The process that can be lost: it answers as one looks here, takes several files, and a file takes only itself."""

import sys

import pytest

from prongsai.documents.clean import Sweeper, Swept, apart, cleaned, frames, leaks, sweep
from prongsai.documents.clean.here import cleaned_here, leaks_here
from prongsai.errors import FileUnusable, LimitExceeded
from tests.documents.clean import made
from tests.documents.clean.test_hostile import bomb

# As child.py, with a look of its own: a word in the file says what becomes of the process.
PLAYED = """
import os, runpy, sys, time
read_frame, write_frame = map(runpy.run_path(sys.argv[1]).get, ("read_frame", "write_frame"))
answers, files = os.fdopen(1, "wb"), 0
while (question := read_frame(sys.stdin.buffer)) is not None:
    word, files = question[1].decode(), files + 1
    if word == "hang": time.sleep(60)
    if word == "memory": raise MemoryError
    if word == "end" or (word == "heavy" and files > 1): os._exit(9)
    write_frame(answers, {"leaks": [{"kind": "phone", "where": "", "text": f"{word} {files}"}]})
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Play the process; gives a line for each that is started."""
    calls: list[str] = []

    def call(module: str) -> list[str]:
        calls.append(module)
        return [sys.executable, "-I", "-c", PLAYED, frames.__file__]

    monkeypatch.setattr(apart, "child_call", call)
    return calls


def told(sweeper: Sweeper, word: str) -> str:
    try:
        return sweeper.leaks(word.encode(), "ก.txt")[0].text
    except FileUnusable as refusal:
        return refusal.message_th


def test_it_answers_as_one_looks_here() -> None:
    content = made.docx_comment()
    with Sweeper() as sweeper:
        assert sweeper.leaks(content, "a.docx") == leaks_here(content, "a.docx")
        masked = sweeper.cleaned(content, "a.docx", mask=["citizen_id"])
        assert masked == cleaned_here(content, "a.docx", mask=["citizen_id"])
        with pytest.raises(LimitExceeded) as refusal:
            sweeper.leaks(bomb(), "ก.docx")
        assert refusal.value.message_th.startswith("ไฟล์ ก.docx ใหญ่เกินไป")
        assert sweeper.sweep(content, "a.docx") == Swept(leaks_here(content, "a.docx"), cleaned_here(content, "a.docx"))
        assert sweeper.sweep(made.jpeg(), "ลายเซ็น.jpg").cleaned is None


def test_office_says_what_is_its_own() -> None:
    content = "โทร 0-3600-0000".encode()
    assert sweep(content, "a.txt", allowed=["036000000"]) == Swept(())


def test_functions_look_at_one_file(started: list[str]) -> None:
    assert [leak.text for leak in leaks(b"one", "a.txt")] == ["one 1"]
    with pytest.raises(FileUnusable):
        cleaned(b"end", "a.txt")
    assert len(started) == 2


def test_files_share_a_process_and_one_that_ends_it_takes_only_itself(started: list[str]) -> None:
    with Sweeper() as sweeper:
        assert [told(sweeper, word) for word in ("a", "b", "end", "c", "d")] == [
            "a 1",
            "b 2",
            "โครงสร้างภายในของไฟล์ ก.txt ผิดปกติ อ่านต่อไม่ได้",
            "c 1",
            "d 2",
        ]
    assert len(started) == 3  # the one that ended it is tried again alone


def test_what_files_before_left_in_memory_is_not_laid_to_a_file(started: list[str]) -> None:
    with Sweeper() as sweeper:
        assert [told(sweeper, word) for word in ("a", "heavy", "memory")] == [
            "a 1",
            "heavy 1",
            "ไฟล์ ก.txt ต้องใช้หน่วยความจำเกินขีดจำกัด 2,000,000,000 ไบต์",
        ]


def test_file_that_takes_too_long_is_told_and_the_next_goes_on(started: list[str], monkeypatch) -> None:
    monkeypatch.setattr(apart, "SECONDS_MAX", 1)
    with Sweeper() as sweeper:
        assert [told(sweeper, word) for word in ("a", "hang", "b")] == [
            "a 1",
            "ไฟล์ ก.txt ใช้เวลาอ่านเกินขีดจำกัด 1 วินาที",
            "b 1",
        ]
    assert len(started) == 2


def test_nothing_is_started_for_no_file(started: list[str]) -> None:
    with Sweeper():
        pass
    assert started == []


def test_traceless_look_makes_no_temporary_file_and_says_less(started: list[str], monkeypatch) -> None:
    def forbidden(*args: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(apart.tempfile, "TemporaryFile", forbidden)
    with Sweeper(is_traceless=True) as sweeper:
        assert [told(sweeper, word) for word in ("a", "memory")] == ["a 1", "โครงสร้างภายในของไฟล์ ก.txt ผิดปกติ อ่านต่อไม่ได้"]
