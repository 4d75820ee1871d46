"""Following by the receipt: where it stands, the dialogue, files, and what a guess gets."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prongsai.privacy.seal.boxes import seal_value
from prongsai.privacy.seal.receipts import Receipt, new_receipt
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.complaints import limits, telling
from prongsai.web.complaints.contents import Kind, Said, plain
from prongsai.web.complaints.models import Message, Report, State
from prongsai.web.complaints.services import receiving, store
from prongsai.web.notify.models import Mail
from tests.web.complaints import office_keys
from tests.web.complaints.reporter import WHAT, Reporter, address, receipt_in


@pytest.fixture(autouse=True)
def _fresh() -> None:
    limits.forget()


@pytest.fixture
def reporter(agency: Agency, channel: object) -> Reporter:
    """Somebody at an open channel."""
    return Reporter(agency)


@pytest.fixture
def receipt(reporter: Reporter) -> Receipt:
    """The receipt of a report with a file."""
    return receipt_in(reporter.send(files=SimpleUploadedFile("สัญญา.txt", "เนื้อหาสัญญา".encode())))


def _answered(text: str, kind: Kind = Kind.REPLY, **values: object) -> None:
    """Say something in the only case, for its dialogue."""
    report = Report.objects.get()
    said = Said(kind, text, by="นายเที่ยง ธรรมดี", holder_id=1, at="2026-03-09T16:30:00+07:00", **values)  # type: ignore[arg-type]
    Message.objects.create(report=report, is_dialogue=True, sealed=seal_value(plain(said), report.dialogue_key))


def _said(agency: Agency, receipt: Receipt) -> list[tuple[Kind, str]]:
    found = receiving.by_receipt(agency, receipt)
    assert found is not None
    return [(one.kind, one.text) for one in found.said]


# --- looking up -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    ["{thai}", "{latin}", "1. {thai}", "  {latin}  ", "{upper}", "{lines}"],
)
def test_receipt_opens_the_report_in_any_spelling(typed: str, reporter: Reporter, receipt: Receipt) -> None:
    thai, latin = " ".join(receipt.thai), " ".join(receipt.latin)
    words = typed.format(thai=thai, latin=latin, upper=latin.upper(), lines="\n".join(receipt.thai))
    answer = reporter.client.post(address(reporter.agency, "report_follow"), {"words": words})
    page = answer.content.decode()
    assert (answer.status_code, WHAT in page, "รับเรื่องแล้ว รอตรวจสอบเบื้องต้น" in page) == (200, True, True)


def test_wrong_word_is_named_with_the_nearest(reporter: Reporter, receipt: Receipt) -> None:
    words = [*receipt.thai]
    words[3] = f"{words[3]}ฮ"
    answer = reporter.client.post(address(reporter.agency, "report_follow"), {"words": " ".join(words)})
    page = answer.content.decode()
    assert (answer.status_code, "คำที่ ๔ ไม่ใช่คำในใบรับ" in page, receipt.thai[3] in page) == (422, True, True)
    assert " ".join(words) in page


@pytest.mark.parametrize("words", ["", "หนึ่ง", "a" * 601, "' OR 1=1 --", "<script>alert(1)</script>", "\x00"])
def test_what_is_no_receipt_is_refused(words: str, reporter: Reporter) -> None:
    answer = reporter.client.post(address(reporter.agency, "report_follow"), {"words": words})
    assert (answer.status_code, "<script>alert" in answer.content.decode()) == (422, False)


def test_unknown_receipt_another_offices_and_a_shredded_one_have_one_answer(
    reporter: Reporter, receipt: Receipt, other_agency: Agency
) -> None:
    office_keys.build(other_agency)

    def told(answer: object) -> tuple[int, list[str]]:
        return answer.status_code, re.findall(r"<li>(ไม่พบ.*?)</li>", answer.content.decode())  # type: ignore[attr-defined]

    unknown = told(reporter.follow(new_receipt()))
    elsewhere = told(Reporter(other_agency).follow(receipt))
    Report.objects.update(body=b"", receipt_wrap=b"", handle=None)
    assert unknown == elsewhere == told(reporter.follow(receipt))
    assert (unknown[0], len(unknown[1])) == (422, 1)


def test_unknown_receipt_costs_the_same_look(
    reporter: Reporter, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[Receipt] = []
    keys_of = receiving.keys_of
    monkeypatch.setattr(receiving, "keys_of", lambda one, salt: worked.append(one) or keys_of(one, salt))
    stranger = new_receipt()
    with CaptureQueriesContext(connection) as seen:
        reporter.follow(stranger)
    looks = [query["sql"] for query in seen if '"handle" =' in query["sql"]]
    assert (worked, len(looks)) == ([stranger], 1)
    with CaptureQueriesContext(connection) as seen:
        reporter.follow(receipt)
    assert (worked, len([one for one in seen if '"handle" =' in one["sql"]])) == ([stranger, receipt], 1)


def test_get_asks_for_the_words_and_takes_none_from_the_address(reporter: Reporter, receipt: Receipt) -> None:
    answer = reporter.client.get(address(reporter.agency, "report_follow"), {"words": " ".join(receipt.thai)})
    assert (answer.status_code, receipt.thai[0] in answer.content.decode()) == (200, False)


def test_receipt_stands_in_no_address_of_the_page(reporter: Reporter, receipt: Receipt) -> None:
    _answered("มีผู้ใดอยู่ด้วย")
    page = reporter.follow(receipt).content.decode()
    addresses = "".join(re.findall(r'(?:href|action|src)="([^"]*)"', page))
    assert [word for word in (*receipt.thai, *receipt.latin) if word in addresses] == []


# --- where it stands ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [*State])
def test_every_state_is_told_in_plain_words(state: State, reporter: Reporter, receipt: Receipt) -> None:
    Report.objects.update(state=state, due_on=date(2026, 4, 1))
    page = reporter.follow(receipt).content.decode()
    stage = telling.stage_of(state)
    assert (str(stage.label) in page, str(stage.next) in page, "๑ เมษายน ๒๕๖๙" in page) == (True, True, True)
    assert len(re.findall('aria-current="step"', page)) == 1


def test_what_a_committee_found_is_not_told_by_a_state(reporter: Reporter, receipt: Receipt) -> None:
    pages = []
    for state in (State.DISCIPLINE, State.LIABILITY, State.CRIMINAL, State.NO_CASE):
        Report.objects.update(state=state)
        pages.append(reporter.follow(receipt).content.decode())
    tokens = re.compile(r'value="[^"]*"')
    assert len({tokens.sub("", page) for page in pages}) == 1


# --- the dialogue ---------------------------------------------------------------------------------------------------
def test_dialogue_goes_both_ways_and_names_nobody(reporter: Reporter, receipt: Receipt) -> None:
    _answered("มีผู้ใดอยู่ด้วย")
    answer = reporter.follow(receipt, say="1", text="มีป้าแดง", files=SimpleUploadedFile("ภาพ.txt", b"x"))
    page = answer.content.decode()
    assert (answer.status_code, "ส่งข้อความแล้ว" in page) == (200, True)
    assert _said(reporter.agency, receipt) == [(Kind.REPLY, "มีผู้ใดอยู่ด้วย"), (Kind.REPORTER, "มีป้าแดง")]
    assert ("ผู้รับเรื่อง</strong>" in page, "เที่ยง" in page, "16:30" in page) == (True, False, False)
    assert re.findall(r'<li class="(own|theirs)">', page) == ["theirs", "own"]


def test_what_only_handlers_read_is_never_shown(reporter: Reporter, receipt: Receipt) -> None:
    _answered("บันทึกภายใน", Kind.NOTE)
    assert "บันทึกภายใน" not in reporter.follow(receipt).content.decode()


def test_message_needs_words_or_a_file(reporter: Reporter, receipt: Receipt) -> None:
    empty = reporter.follow(receipt, say="1", text="  ")
    assert (empty.status_code, 'id="id_text_error"' in empty.content.decode()) == (422, True)
    assert reporter.follow(receipt, say="1", files=SimpleUploadedFile("ก.txt", b"x")).status_code == 200
    assert _said(reporter.agency, receipt) == [(Kind.REPORTER, "")]


def test_message_with_a_refused_file_keeps_words_and_other_files(reporter: Reporter, receipt: Receipt) -> None:
    files = [SimpleUploadedFile("ก.txt", b"x"), SimpleUploadedFile("x.exe", b"MZ" + bytes(5000))]
    answer = reporter.follow(receipt, say="1", text="ดูไฟล์นี้", files=files)
    page = answer.content.decode()
    assert (answer.status_code, "ดูไฟล์นี้" in page, "ก.txt" in page, _said(reporter.agency, receipt)) == (
        422,
        True,
        True,
        [],
    )


def test_page_that_is_loaded_again_says_nothing_twice(reporter: Reporter, receipt: Receipt) -> None:
    for _ in range(2):
        assert reporter.follow(receipt, say="1", text="มีป้าแดง").status_code == 200
    assert _said(reporter.agency, receipt) == [(Kind.REPORTER, "มีป้าแดง")]


def test_message_leaves_no_line_and_no_mail(reporter: Reporter, receipt: Receipt, mailoutbox: list[object]) -> None:
    before = (AuditEntry.objects.count(), Mail.objects.count())
    reporter.follow(receipt, say="1", text="มีป้าแดง")
    assert (AuditEntry.objects.count(), Mail.objects.count(), mailoutbox) == (*before, [])


def test_looking_alone_says_nothing(reporter: Reporter, receipt: Receipt) -> None:
    reporter.follow(receipt, text="ยังไม่ส่ง")
    assert _said(reporter.agency, receipt) == []


# --- files ----------------------------------------------------------------------------------------------------------
def _names(page: str) -> list[str]:
    return re.findall(r'name="name" value="(\w+)"', page)


def test_own_file_comes_back_opened(reporter: Reporter, receipt: Receipt) -> None:
    (name,) = _names(reporter.follow(receipt).content.decode())
    answer = reporter.client.post(
        address(reporter.agency, "report_file"), {"words": " ".join(receipt.latin), "name": name}
    )
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert (answer.status_code, content.decode()) == (200, "เนื้อหาสัญญา")
    assert answer["Content-Length"] == str(len(content))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert answer["Cache-Control"] == "no-store"


def test_file_of_another_report_is_not_given(reporter: Reporter, receipt: Receipt) -> None:
    (name,) = _names(reporter.follow(receipt).content.decode())
    other = receipt_in(reporter.send())
    where = address(reporter.agency, "report_file")
    for words, asked, status in (
        (" ".join(other.latin), name, 404),
        (" ".join(receipt.latin), "../../secret_key", 404),
        (" ".join(new_receipt().latin), name, 422),
        ("", name, 422),
    ):
        assert reporter.client.post(where, {"words": words, "name": asked}).status_code == status
    assert reporter.client.get(where).status_code == 405


def test_file_that_is_gone_is_a_plain_page(
    reporter: Reporter, receipt: Receipt, caplog: pytest.LogCaptureFixture
) -> None:
    (name,) = _names(reporter.follow(receipt).content.decode())
    store.remove(reporter.agency.code, [name])
    where = address(reporter.agency, "report_file")
    answer = reporter.client.post(where, {"words": " ".join(receipt.latin), "name": name})
    assert (answer.status_code, name in answer.content.decode(), name in caplog.text) == (500, False, False)
