"""Files of a form: sealed as they come, nothing plain anywhere, and what cannot be taken is told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from prongsai.documents.clean.here import leaks_here
from prongsai.privacy.seal.frames import opened
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.contents import FileKey
from prongsai.web.complaints.models import SealedFile
from prongsai.web.complaints.services import executables, store, tokens, uploads
from prongsai.web.complaints.services.uploads import (
    SealingUploads,
    cleaned_picture,
    held_files,
    held_token,
    sealed_files,
    too_many_together,
)
from tests.documents.clean import made
from tests.web.complaints import sealing, told

CODE = "05160101"
MEGABYTE = 1024 * 1024


def sent(*files: tuple[str, bytes]) -> tuple[tuple[FileKey, ...], SealingUploads]:
    """Send files in a form, as a browser does; gives the keys and the handler."""
    handler = SealingUploads(CODE)
    request = RequestFactory().post("/", {"what": "x", "files": [SimpleUploadedFile(n, c or b"") for n, c in files]})
    request.upload_handlers = [handler]
    assert request.POST["what"] == "x"
    return sealed_files(request.FILES.getlist("files")), handler


def content_of(file: FileKey) -> bytes:
    with store.reading(CODE, file.name) as source:
        return b"".join(opened(source, file.identity))


def on_disk(settings) -> list[Path]:
    return [path for path in Path(settings.SEALED_FOLDER).rglob("*") if path.is_file()]


def codes(handler: SealingUploads) -> list[tuple[str, int | None]]:
    return [(one.code, one.where.row) for one in handler.refusals]


@pytest.fixture
def _nothing_temporary(monkeypatch, tmp_path) -> Path:
    """A temporary folder that nobody may write into."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr("tempfile.TemporaryFile", _forbidden)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", _forbidden)
    monkeypatch.setattr("tempfile.mkstemp", _forbidden)
    return folder


def _forbidden(*args: object, **kwargs: object) -> None:
    raise AssertionError("a temporary file")


@pytest.mark.usefixtures("_nothing_temporary")
def test_no_plain_byte_is_put_down_and_no_temporary_file_made(settings, tmp_path) -> None:
    words = ("ใบเสร็จปลอม " * 200_000).encode()  # more than Django keeps in memory
    files, handler = sent(("ใบเสร็จ.txt", words), ("ภาพ.jpg", made.jpeg_place()))
    assert handler.refusals == []
    assert content_of(files[0]) == words
    assert len(on_disk(settings)) == 2
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert "ใบเสร็จ".encode() not in content
            assert b"\xff\xd8\xff" not in content[:64]


def test_each_file_has_a_key_of_its_own_and_its_name_is_in_no_path(settings) -> None:
    files, _ = sent(("a.pdf", b"%PDF-1.7 one"), ("a.pdf", b"%PDF-1.7 one"))
    assert [(one.title, one.size, one.state) for one in files] == [("a.pdf", 12, "kept")] * 2
    assert files[0].identity != files[1].identity
    assert {path.name for path in on_disk(settings)} == {one.name for one in files}
    assert len({path.read_bytes() for path in on_disk(settings)}) == 2


@pytest.mark.parametrize("size", [1, 63, 64, 65, MEGABYTE, MEGABYTE + 1, 3 * MEGABYTE])
def test_file_of_any_size_comes_back_byte_for_byte(size) -> None:
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    files, _ = sent(("a.bin.txt", content))
    assert content_of(files[0]) == content
    assert files[0].size == size


# --- pictures ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("content", [made.jpeg_place(), made.jpeg_author(), made.jpeg_note(), made.jpeg_tail()])
def test_picture_loses_place_camera_and_what_hangs_on(content) -> None:
    assert leaks_here(content, "a.jpg") != ()
    files, _ = sent(("หลักฐาน.jpg", content))
    assert (files[0].title, files[0].state) == ("หลักฐาน.jpg", "cleaned")
    clean = content_of(files[0])
    assert leaks_here(clean, "a.jpg") == ()
    assert files[0].size == len(clean)


def test_picture_with_nothing_in_it_stays_as_it_is() -> None:
    content = made.jpeg()
    files, _ = sent(("a.jpg", content))
    assert files[0].state == "clean"
    assert content_of(files[0]) == content


def test_picture_that_cannot_be_cleaned_is_kept_and_said_so() -> None:
    broken = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + b"\x00" * 200
    files, handler = sent(("a.jpg", broken), ("b.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100))
    assert [one.state for one in files] == ["kept", "kept"]
    assert content_of(files[0]) == broken
    assert handler.refusals == []


def test_picture_too_large_to_hold_goes_by_and_is_kept(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "PICTURE_BYTES_MAX", 100)
    files, _ = sent(("a.jpg", made.jpeg_place()))
    assert files[0].state == "kept"
    assert content_of(files[0]) == made.jpeg_place()


def test_at_most_two_pictures_are_cleaned_at_once(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "_WAIT_SECONDS", 0.01)
    assert uploads._cleaning.acquire(blocking=False)
    assert uploads._cleaning.acquire(blocking=False)
    try:
        assert not uploads._cleaning.acquire(blocking=False)
        assert cleaned_picture(made.jpeg_place()) == (made.jpeg_place(), "kept")
    finally:
        uploads._cleaning.release()
        uploads._cleaning.release()
    assert cleaned_picture(made.jpeg_place())[1] == "cleaned"


# --- what is refused --------------------------------------------------------------------------------------------------
def packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"content of " + name.encode())
    return held.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "a.exe",
            "A.EXE",
            "a.pdf.exe",
            "a.exe.",
            "a.exe ",
            "a.exe::$DATA",
            "a.scr",
            "a.lnk",
            "a.apk",
            "a.jar",
            "a.msi",
        ),
        *("a.docm", "a.xlsm", "a.pptm", "a.bat", "a.ps1", "a.sh", "a.html", "a.svg", "a.js", "a.hta", "a.iso"),
    ],
)
def test_file_called_a_program_is_refused(name, settings) -> None:
    files, handler = sent((name, b"harmless"), ("b.txt", b"evidence"))
    assert codes(handler) == [("FILE_EXECUTABLE", 1)]
    assert [content_of(one) for one in files] == [b"evidence"]
    assert len(on_disk(settings)) == 1


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"MZ\x90\x00",
            b"\x7fELF\x02",
            b"\xcf\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe",
            b"#!/bin/sh\n",
            b"\xef\xbb\xbf#!/bin/sh\n",
        ),
        *(b"L\x00\x00\x00\x01\x14\x02\x00", b"MSCF\x00", b"dex\n035", b"\x00asm\x01", b"!<arch>\n"),
        *(b"<html><body>", b" \n<!DOCTYPE HTML>", b"<script>alert(1)</script>", b"<svg onload=x>", b"<?php eval($x);"),
        packed("META-INF/MANIFEST.MF", "A.class"),
        packed("a.txt", "AndroidManifest.xml"),
        packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "_VBA_PROJECT".encode("utf-16-le") + b"\x00" * 100,
    ],
)
def test_program_is_refused_whatever_it_is_called(content, settings) -> None:
    files, handler = sent(("ภาพถ่าย.jpg", content), ("b.pdf", content))
    assert codes(handler) == [("FILE_EXECUTABLE", 1), ("FILE_EXECUTABLE", 2)]
    assert files == ()
    assert on_disk(settings) == []


def test_sign_of_a_program_is_found_where_pieces_meet() -> None:
    packed_file = packed("a.txt", "AndroidManifest.xml")
    for cut in range(1, len(packed_file)):
        watch = executables.Watch(packed_file[:64])
        assert [watch.sees(packed_file[:cut]), watch.sees(packed_file[cut:])] != [False, False]


@pytest.mark.parametrize("name", ["a.docx", "a.zip", "a.pdf", "เสียง.m4a", "a.b.mp4", "ไม่มีนามสกุล", "a.heic"])
def test_other_files_are_taken(name) -> None:
    files, handler = sent((name, packed("word/document.xml")))
    assert handler.refusals == []
    assert [one.title for one in files] == [name]


def test_empty_and_too_large_files_are_refused_and_the_others_stay(settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    files, handler = sent(("a.txt", b""), ("b.txt", b"x" * (MEGABYTE + 1)), ("c.txt", b"x" * MEGABYTE))
    assert codes(handler) == [("FILE_EMPTY", 1), ("FILE_TOO_LARGE", 2)]
    assert [one.title for one in files] == ["c.txt"]
    assert len(on_disk(settings)) == 1
    assert handler.refusals[1].message_th == "ไฟล์ที่ ๒: ใหญ่เกิน ๑ MB"
    assert handler.refusals[1].mend_th


def test_picture_too_large_is_refused_while_it_is_held(settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    files, handler = sent(("a.jpg", b"\xff\xd8\xff\xe0" + b"x" * MEGABYTE))
    assert (files, codes(handler), on_disk(settings)) == ((), [("FILE_TOO_LARGE", 1)], [])


def test_more_than_ten_files_are_refused(settings) -> None:
    files, handler = sent(*((f"{n}.txt", b"x") for n in range(12)))
    assert len(files) == len(on_disk(settings)) == 10
    assert codes(handler) == [("FILES_TOO_MANY", 11), ("FILES_TOO_MANY", 12)]


def test_files_over_the_limit_together_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "TOTAL_MB", 1)
    files, handler = sent(("a.txt", b"x" * 700_000), ("b.txt", b"x" * 700_000))
    assert [one.title for one in files] == ["a.txt"]
    assert codes(handler) == [("FILES_TOO_LARGE", 2)]


def test_full_disk_refuses_the_file_and_nothing_breaks(monkeypatch, settings) -> None:
    def full(self: store.Writer, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.Writer, "put", full)
    files, handler = sent(("a.txt", b"x"))
    assert (files, codes(handler), on_disk(settings)) == ((), [("FILE_NOT_KEPT", 1)], [])


def test_form_that_breaks_off_leaves_nothing(settings) -> None:
    request = RequestFactory().post("/", {"files": SimpleUploadedFile("a.txt", b"x" * 400_000)})
    body = request.body[:300_000]
    broken = RequestFactory().generic("POST", "/", body, content_type=request.META["CONTENT_TYPE"])
    handler = SealingUploads(CODE)
    broken.upload_handlers = [handler]
    assert sealed_files(broken.FILES.getlist("files")) == ()
    assert on_disk(settings) == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\ภาพ\\หลักฐาน.jpg", "หลักฐาน.jpg"),
        ("a\u202egpj.txt", "agpj.txt"),
        ("ก" * 300 + ".pdf", "ก" * 116 + ".pdf"),
        ("ก" * 300, "ก" * 120),
    ],
)
def test_title_shows_what_it_is(name, title) -> None:
    files, _ = sent((name, b"x"))
    assert [one.title for one in files] == [title]


def test_refusal_holds_nothing_of_the_file() -> None:
    _, handler = sent(("ชื่อลับ.exe", b"MZ secret"))
    assert "ชื่อลับ" not in str(handler.refusals[0].to_json())


# --- files of a form that was refused for another reason ----------------------------------------------------------------
def test_form_sent_again_still_has_its_files(db) -> None:
    files, _ = sent(("a.txt", b"one"), ("b.txt", b"two"))
    token = held_token(files)
    assert held_files(token, CODE) == files
    assert held_token(()) == ""
    assert held_files("", CODE) == ()
    for secret in (files[0].identity, files[0].name, "a.txt"):
        assert secret not in token


def test_held_file_that_is_gone_used_or_of_another_office_is_left_out(agency: Agency, channel) -> None:
    files, _ = sent(("a.txt", b"one"), ("b.txt", b"two"), ("c.txt", b"three"))
    token = held_token(files)
    store.remove(CODE, [files[0].name])
    SealedFile.objects.create(report=told.tell(agency), name=files[1].name)
    assert held_files(token, CODE) == (files[2],)
    assert held_files(token, "05170202") == ()


def test_token_of_files_is_refused_when_it_is_forged_or_old(db, monkeypatch) -> None:
    files, _ = sent(("a.txt", b"one"))
    token = held_token(files)
    for bad in (token[:-3], token + "x", tokens.closed([], "receipt")):
        assert held_files(bad, CODE) == ()
    monkeypatch.setattr(tokens, "LASTS", -1)
    assert held_files(token, CODE) == ()


def test_file_whose_key_does_not_open_it_is_left_out(agency: Agency) -> None:
    file = sealing.sealed_file(agency, b"one")
    other = sealing.sealed_file(agency, b"two")
    assert uploads.is_there(CODE, file)
    assert not uploads.is_there(CODE, FileKey("a", 3, file.name, other.identity))


def test_held_and_new_files_count_together() -> None:
    file = FileKey("a", MEGABYTE, "0" * 32, "")
    assert too_many_together([file] * 10) == ""
    assert too_many_together([file] * 11) == "แนบได้ไม่เกิน ๑๐ ไฟล์ต่อครั้ง"
    assert too_many_together([FileKey("a", 201 * MEGABYTE, "0" * 32, "")]) == "ไฟล์ทั้งหมดรวมกันเกิน ๒๐๐ MB"
