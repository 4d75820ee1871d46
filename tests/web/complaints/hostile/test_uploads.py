"""Files that are sent to break something: names, lies about length, bombs, forms that break off."""

from __future__ import annotations

import io
import logging
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, UnreadablePostError
from django.test import Client, RequestFactory

from prongsai.privacy.seal.receipts import new_receipt
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.blind import middleware, silence
from prongsai.web.complaints.contents import FileKey
from prongsai.web.complaints.models import Channel, Report
from prongsai.web.complaints.services import store, uploads
from tests.web.complaints import told
from tests.web.complaints.hostile.walking import address, content_of
from tests.web.complaints.reporter import Reporter, browser, hidden, receipt_in
from tests.web.complaints.test_cases import case_of
from tests.web.complaints.test_renewing import files_on_disk

Clients = Callable[..., Client]
BOUNDARY = "----edge"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def _part(name: bytes, content: bytes, kind: bytes = b"text/plain") -> bytes:
    head = b'Content-Disposition: form-data; name="files"; filename="%s"\r\nContent-Type: %s' % (name, kind)
    return b"--" + BOUNDARY.encode() + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n"


def _form(reporter: Reporter, *parts: bytes) -> bytes:
    """Write a form by hand, as no browser would."""
    fields = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in reporter.filled().items()
    )
    return fields + b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def _sent(agency: Agency, *parts: bytes) -> HttpResponse:
    reporter = Reporter(agency)
    return reporter.client.post(address(agency, "report_public"), _form(reporter, *parts), content_type=FORM)


def _files(agency: Agency) -> tuple[FileKey, ...]:
    return case_of(agency, Report.objects.get(agency=agency)).files


# --- names ----------------------------------------------------------------------------------------------------------
NAMES = (
    b"../../../../etc/cron.d/x.txt",
    b"..\\\\..\\\\windows\\\\x.txt",
    b"C:\\\\Users\\\\somebody\\\\x.txt",
    b"/etc/passwd.txt",
    b"x.txt\x00.jpg",
    b"a\r\nSet-Cookie: x=1.txt",
    b"a%0d%0aSet-Cookie:%20x=1.txt",
    "รายงาน\u202excod.txt".encode(),
    b"&#46;&#46;&#47;x.txt",
    b"." * 400 + b"x.txt",
    "ก".encode() * 300 + b".txt",
)


def test_name_of_a_file_leads_nowhere_and_into_no_header(
    agency: Agency, channel: Channel, handler_client: Clients, settings: Any, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    statuses = [_sent(agency, _part(name, b"content of it")).status_code for name in NAMES]
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert all(Path(settings.SEALED_FOLDER) in path.parents for path in new)
    assert set(statuses) <= {201, 400, 422}
    assert statuses.count(201) == Report.objects.count() >= 8
    client = handler_client(Role.LEGAL)
    for report in Report.objects.select_related("agency"):
        for file in case_of(agency, report).files:
            assert len(file.title) <= uploads.TITLE_MAX
            assert [sign for sign in ("/", "\\", "\x00", "\r", "\n", "\u202e") if sign in file.title] == []
            given = client.get(address(agency, "complaint_file", report.number, name=file.name))
            assert b"".join(given.streaming_content) == b"content of it"
            assert given["Content-Disposition"].startswith("attachment")
            assert "Set-Cookie" not in dict(given.items())


def test_program_does_not_come_in_under_a_crooked_name(agency: Agency, channel: Channel) -> None:
    for name in ("a.exe:stream.txt", "a.pdf .exe", "a.exe. .", "a.ExE", "a.pdf.scr", "a.txt\u200b.bat"):
        answer = _sent(agency, _part(name.encode(), b"harmless"))
        assert (name, answer.status_code, Report.objects.count(), files_on_disk()) == (name, 422, 0, [])


# --- what is inside -------------------------------------------------------------------------------------------------
def _bomb(levels: int = 3) -> bytes:
    content = bytes(5_000_000)
    for level in range(levels):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
            for copy in range(5):
                packed.writestr(f"{level}-{copy}.zip", content)
        content = held.getvalue()
    return content


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l11;</x>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", xml)
        packed.writestr("word/document.xml", xml)
    return held.getvalue()


def _huge_picture() -> bytes:
    """A PNG that says it is 60,000 by 60,000 and has almost nothing in it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(100_000), 9)
    text = chunk(b"tEXt", b"Author\x00somebody")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + text + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_bomb_is_kept_closed_and_never_opened_here(
    agency: Agency, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj"
    bombs = {"a.zip": _bomb(), "a.docx": _laughs(), "b.pdf": script, "c.xlsx": _laughs()}

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("somebody looked inside")

    monkeypatch.setattr(uploads, "Sweeper", opened)
    monkeypatch.setattr(zipfile, "ZipFile", opened)
    assert _sent(agency, *(_part(name.encode(), content) for name, content in bombs.items())).status_code == 201
    kept = {file.title: (file.size, file.state) for file in _files(agency)}
    assert kept == {name: (len(content), "kept") for name, content in bombs.items()}


def test_picture_that_would_fill_the_memory_is_taken_as_it_came(agency: Agency, channel: Channel) -> None:
    content = _huge_picture()
    assert _sent(agency, _part(b"a.png", content, b"image/png")).status_code == 201
    (file,) = _files(agency)
    with store.reading(agency.code, file.name) as source:
        kept = b"".join(uploads.opened(source, file.identity))
    assert kept == content or b"somebody" not in kept


@pytest.mark.parametrize(("title", "content"), [("a.svg", b"<svg onload=alert(1)>"), ("a.html", b"<script>x</script>")])
def test_page_among_the_files_is_given_to_keep_and_never_shown(
    agency: Agency, channel: Channel, handler_client: Clients, title: str, content: bytes
) -> None:
    """One that came in all the same: from the general register, which takes what people brought."""
    receipt = new_receipt()
    report = told.tell(agency, files=(told.sealed_file(agency, title, content),), receipt=receipt)
    name = case_of(agency, report).files[0].name
    words = {"words": " ".join(receipt.thai), "name": name}
    answers = [
        handler_client(Role.LEGAL).get(address(agency, "complaint_file", report.number, name=name)),
        browser().post(address(agency, "report_file"), words),
    ]
    for answer in answers:
        assert content_of(answer).endswith(content)
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
        assert answer["Content-Disposition"].startswith("attachment")
        assert "default-src 'none'" in answer["Content-Security-Policy"]


# --- lengths --------------------------------------------------------------------------------------------------------
def test_body_without_a_length_is_not_read(agency: Agency, channel: Channel) -> None:
    reporter = Reporter(agency)
    body = _form(reporter, _part(b"a.txt", b"x" * 100))
    answer = reporter.client.generic("POST", address(agency, "report_public"), body, FORM, CONTENT_LENGTH="")
    assert (answer.status_code < 500, Report.objects.count(), files_on_disk()) == (True, 0, [])


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "99999999999999999999999", "٩٩"])
def test_length_that_is_a_lie_is_refused_or_nothing_is_read(agency: Agency, channel: Channel, length: str) -> None:
    reporter = Reporter(agency)
    body = _form(reporter, _part(b"a.txt", b"x" * 100))
    answer = reporter.client.generic("POST", address(agency, "report_public"), body, FORM, CONTENT_LENGTH=length)
    assert answer.status_code in (200, 400, 413, 422)
    assert (Report.objects.count(), files_on_disk()) == (0, [])


class _Line(io.BytesIO):
    """A line that breaks: it gives what came, and then nothing, as the server does."""


def _broken_off(agency: Agency, page: str, body: bytes, kind: str = FORM) -> HttpResponse:
    whole = {"CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": kind, "REQUEST_METHOD": "POST"}
    return browser().request(PATH_INFO=address(agency, page), **whole, **{"wsgi.input": _Line(body[: -len(body) // 3])})


def test_form_whose_line_breaks_is_no_report_not_half_a_one(
    agency: Agency, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    """The server gives what came until then; Django alone would take half a file for a whole one and report it."""
    reporter = Reporter(agency)
    body = _form(reporter, _part(b"a.txt", b"secret word " * 90_000))
    assert _broken_off(agency, "report_public", body).status_code == 400
    assert (Report.objects.count(), files_on_disk(), _lines(caplog)) == (0, [], [])
    answer = reporter.client.post(address(agency, "report_public"), body, content_type=FORM)
    assert (answer.status_code, [one.size for one in _files(agency)]) == (201, [12 * 90_000])


def test_message_whose_line_breaks_is_not_half_said(agency: Agency, channel: Channel) -> None:
    receipt = new_receipt()
    report = told.tell(agency, receipt=receipt)
    body = urlencode({"words": " ".join(receipt.thai), "say": "1", "text": "อย่าบอกใครว่า" * 100}).encode()
    answer = _broken_off(agency, "report_follow", body, "application/x-www-form-urlencoded")
    assert (answer.status_code, report.messages.filter(is_dialogue=True).count()) == (400, 0)


def test_form_that_cannot_be_read_leaves_nothing(
    agency: Agency, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    reporter = Reporter(agency)
    bodies = (
        b"",
        b"\x00" * 2000,
        b"--" + BOUNDARY.encode() + b"\r\n" * 500,
    )
    for one in bodies:
        answer = reporter.client.post(address(agency, "report_public"), one, content_type=FORM)
        assert answer.status_code in (200, 400, 422)
    assert (Report.objects.count(), files_on_disk(), _lines(caplog)) == (0, [], [])


def test_reporter_whose_line_breaks_is_written_nowhere(agency: Agency, caplog: pytest.LogCaptureFixture) -> None:
    """A line of the log has its time, from the system if not from us: it would tell when somebody reported."""
    request = RequestFactory().post(address(agency, "report_public"), {"what": "x"})
    door = middleware.Blind(lambda _: HttpResponse())
    answer = door.process_exception(request, UnreadablePostError("connection reset by 203.0.113.77"))
    assert answer is not None
    assert (answer.status_code, _lines(caplog)) == (400, [])


def _lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    hushed = silence.Hushed()
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING and hushed.filter(one)]


# --- room -----------------------------------------------------------------------------------------------------------
def test_strangers_do_not_fill_the_disk_on_which_the_database_writes(
    agency: Agency, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "ROOM_MIN", 1 << 60)
    reporter = Reporter(agency)
    answer = reporter.send(files=SimpleUploadedFile("ก.txt", b"x"))
    assert (answer.status_code, "ระบบเก็บไฟล์นี้ไม่ได้ในขณะนี้" in answer.content.decode(), files_on_disk()) == (422, True, [])
    assert reporter.send().status_code == 201  # what was told goes on being taken


def test_file_of_one_form_is_not_used_in_another_report(agency: Agency, channel: Channel) -> None:
    reporter = Reporter(agency)
    page = reporter.send(what="", files=SimpleUploadedFile("ก.txt", b"x")).content.decode()
    held = hidden(page, "held")
    assert receipt_in(reporter.send(held=held)) is not None
    answer = reporter.send(held=held)
    assert (answer.status_code, Report.objects.count()) == (201, 2)
    assert Report.objects.filter(sealed_files__isnull=False).count() == 1
