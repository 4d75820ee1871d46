"""What answers cost and when things were written tells nobody anything. Work is counted, no clock is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from prongsai.privacy.seal import receipts
from prongsai.privacy.seal.receipts import Receipt, new_receipt
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Message, Report, SealedFile
from prongsai.web.complaints.services import receiving, store, unlocking
from tests.web.complaints import office_keys, told
from tests.web.complaints.hostile.walking import address, bare
from tests.web.complaints.reporter import Reporter

WRITTEN_BY_REPORTING = {"complaints_report", "complaints_message", "complaints_sealedfile"}


def _near(receipt: Receipt) -> Receipt:
    """Give a receipt of which one word is another."""
    return Receipt(receipt.bits ^ 1)


def test_receipt_that_is_almost_right_is_answered_as_any_other(
    agency: Agency, channel: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt, other = new_receipt(), new_receipt()
    told.tell(agency, receipt=receipt)
    worked: list[int] = []
    real = receipts.derive
    monkeypatch.setattr(receipts, "derive", lambda *given: worked.append(1) or real(*given))
    seen = []
    for asked in (_near(receipt), other):
        with CaptureQueriesContext(connection) as queries:
            answer = Reporter(agency).follow(asked)
        shapes = [query["sql"].split("WHERE")[0] for query in queries]
        seen.append((answer.status_code, bare(answer, " ".join(asked.thai)), len(worked), shapes))
        worked.clear()
    assert seen[0] == seen[1]
    assert seen[0][2] == 1


def test_receipt_that_opens_is_worked_out_once_as_one_that_does_not(
    agency: Agency, channel: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = new_receipt()
    told.tell(agency, receipt=receipt)
    worked: list[int] = []
    real = receipts.derive
    monkeypatch.setattr(receipts, "derive", lambda *given: worked.append(1) or real(*given))
    assert [Reporter(agency).follow(one).status_code for one in (receipt, new_receipt())] == [200, 422]
    assert len(worked) == 2


def test_database_looks_up_a_hash_and_never_the_receipt(agency: Agency, channel: Any) -> None:
    receipt = new_receipt()
    told.tell(agency, receipt=receipt)
    with CaptureQueriesContext(connection) as queries:
        assert receiving.by_receipt(agency, receipt) is not None
    sent = " ".join(query["sql"] for query in queries)
    pair, handle = receipts.keys_of(receipt, bytes(channel.salt))
    assert handle in sent
    assert [one for one in (*receipt.thai, *receipt.latin, receipt.token, pair.identity) if one in sent] == []


def test_no_column_of_a_report_holds_a_time_finer_than_the_day(agency: Agency, channel: object) -> None:
    timed = (models.DateTimeField, models.TimeField, models.DurationField)
    fields = [one for model in (Report, Message, SealedFile) for one in model._meta.concrete_fields]
    assert [one.name for one in fields if isinstance(one, timed)] == []
    report = told.tell(agency, files=told.sealed_files(agency))
    values = Report.objects.filter(pk=report.pk).values().get()
    assert {name for name, value in values.items() if isinstance(value, date)} == {"received_on", "due_on"}


def test_reporting_writes_into_three_tables_and_no_other(agency: Agency, channel: object) -> None:
    reporter = Reporter(agency)
    form, receipt = reporter.filled(files=_file()), new_receipt()
    told.tell(agency, receipt=receipt)
    reporter.follow(receipt)
    with CaptureQueriesContext(connection) as queries:
        assert reporter.client.post(reporter_page(agency), form).status_code == 201
        assert reporter.follow(receipt, say="1", text="มีพยานอีกคนหนึ่ง").status_code == 200
    verbs = [query["sql"].split() for query in queries]
    written = {words[2].strip('"') for words in verbs if words[0] == "INSERT"}
    changed = {words[1].strip('"') for words in verbs if words[0] in ("UPDATE", "DELETE")}
    assert (written, changed) == (WRITTEN_BY_REPORTING, set())


def test_folders_of_sealed_files_tell_the_day_alone(agency: Agency, channel: object, settings: Any) -> None:
    told.sealed_files(agency)
    name = told.sealed_file(agency, "ก.txt", b"x").name
    store.remove(agency.code, [name])
    lost = store.Writer(agency.code)
    lost.drop()
    folders = [path for path in Path(settings.SEALED_FOLDER).rglob("*") if path.is_dir()]
    day = timezone.make_aware(datetime.combine(timezone.localdate(), datetime.min.time())).timestamp()
    assert len(folders) >= 3
    assert {path.stat().st_mtime for path in folders} == {day}


@pytest.mark.parametrize("words", ["ผิด", "ผิดไปหมด คนละเรื่อง กับของเดิม เลยนะ", "ก" * 300, office_keys.PASSPHRASE + "ๆ"])
def test_wrong_passphrase_is_answered_alike_whatever_was_wrong(
    agency: Agency, channel: object, signed_in: Callable[[str], Client], words: str
) -> None:
    page = reverse("complaints_unlock", args=[agency.code])
    answers = [signed_in(Role.LEGAL).post(page, {"passphrase": one}) for one in (words, "อีกคำที่ผิดแน่นอน")]
    assert [one.status_code for one in answers] == [422, 422]
    assert bare(answers[0], words) == bare(answers[1], "อีกคำที่ผิดแน่นอน")


def test_passphrase_of_who_holds_no_key_is_not_looked_at(
    agency: Agency, channel: object, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(unlocking.passphrases, "pair_for", looked)
    page = reverse("complaints_unlock", args=[agency.code])
    assert signed_in(Role.ADMIN).post(page, {"passphrase": office_keys.PASSPHRASE}).status_code == 404


def test_wrong_token_costs_no_work_with_words(agency: Agency, channel: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def worked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(receipts, "derive", worked)
    assert Reporter(agency).send(token="x").status_code == 422
    assert Reporter(agency).client.post(address(agency, "report_confirm"), {"token": "x"}).status_code == 303


def reporter_page(agency: Agency) -> str:
    """Give where a report is sent."""
    return reverse("report_public", args=[agency.code])


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("หลักฐาน.txt", "ใบเสร็จ".encode())
