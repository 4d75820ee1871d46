"""How often somebody may report or look, counted without keeping who."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from prongsai.privacy.seal.receipts import new_receipt
from prongsai.web.agencies.models import Agency
from prongsai.web.complaints import limits
from prongsai.web.complaints.models import Report
from prongsai.web.ui.limits import REPORT_FILES_MB, BodyLimit
from tests.web.complaints.reporter import ADDRESS, WHAT, Reporter, address, browser, receipt_in


@pytest.fixture(autouse=True)
def _fresh() -> None:
    limits.forget()


def test_no_more_than_two_work_keys_out_at_once() -> None:
    inside, most, lock = 0, [], threading.Lock()

    def work() -> None:
        nonlocal inside
        with limits.one_of_few():
            with lock:
                inside += 1
                most.append(inside)
            time.sleep(0.005)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(most), len(most)) == (2, 8)


def test_report_too_many_is_429_and_keeps_what_was_typed(agency: Agency, channel: object, settings: Any) -> None:
    settings.REPORTS_PER_HOUR = 1
    reporter = Reporter(agency)
    assert reporter.send().status_code == 201
    picture = SimpleUploadedFile("ก.txt", "หลักฐาน".encode())
    answer = reporter.send(files=picture)
    page = answer.content.decode()
    assert (answer.status_code, Report.objects.count()) == (429, 1)
    assert (WHAT in page, "ก.txt" in page, 'name="held"' in page, "รอสักครู่" in page) == (True, True, True, True)
    assert Reporter(agency, browser(**{"X-Forwarded-For": "198.51.100.10"})).send().status_code == 429
    elsewhere = Reporter(agency)
    elsewhere.client.defaults["REMOTE_ADDR"] = "203.0.113.99"
    assert elsewhere.send().status_code == 201


def test_looking_up_too_often_is_429(
    agency: Agency, channel: object, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.REPORTS_PER_HOUR = 1
    monkeypatch.setattr(limits, "LOOKS_EACH", 2)
    reporter, receipt = Reporter(agency), new_receipt()
    answers = [reporter.follow(receipt) for _ in range(3)]
    assert [one.status_code for one in answers] == [422, 422, 429]
    assert receipt.thai[0] in answers[2].content.decode()


def test_files_too_often_are_left_out_and_the_words_stay(
    agency: Agency, channel: object, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.REPORTS_PER_HOUR = 0
    monkeypatch.setattr(limits, "BODIES_EACH", 0)
    large = SimpleUploadedFile("ใหญ่.bin", b"0" * 1_100_000)
    answer = Reporter(agency).send(files=large)
    page = answer.content.decode()
    assert (answer.status_code, WHAT in page, "ยังไม่ได้รับไฟล์" in page, Report.objects.count()) == (422, True, True, 0)
    assert not [path for path in settings.SEALED_FOLDER.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    [
        ("/05160101/report/public/", REPORT_FILES_MB + 9, 200),
        ("/05160101/report/staff/", REPORT_FILES_MB + 11, 413),
        ("/05160101/report/follow/", REPORT_FILES_MB + 9, 200),
        ("/05160101/report/follow/file/", 2, 413),
        ("/05160101/report/received/", 2, 413),
        ("/05160101/registers/", 2, 413),
    ],
)
def test_body_is_limited_before_it_is_read(path: str, megabytes: int, status: int) -> None:
    request = RequestFactory().post(path)
    request.META["CONTENT_LENGTH"] = str(megabytes * 1024 * 1024)
    assert BodyLimit(lambda _: HttpResponse())(request).status_code == status


def test_too_large_report_is_told_on_a_page_of_its_own(agency: Agency, channel: object) -> None:
    answer = browser().post(address(agency), {}, CONTENT_LENGTH=str(300 * 1024 * 1024))
    page = answer.content.decode()
    assert (answer.status_code, "ใหญ่เกินไป" in page, 'class="report"' in page) == (413, True, True)


def test_address_is_in_no_count(agency: Agency, channel: object) -> None:
    Reporter(agency).follow(receipt_in(Reporter(agency).send()))
    marks = [mark for counts in (limits._reports, limits._looks, limits._bodies) for mark in counts._counts]
    assert marks
    assert [mark for mark in marks if ADDRESS in mark or len(mark) != 64] == []
