"""What is typed stays text: in pages, headers, questions to the database, logs, papers."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prongsai.documents.write import pdf
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.blind import silence
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import Channel, Report
from prongsai.web.complaints.services import cases as services
from prongsai.web.complaints.services import exporting, readers
from tests.web.complaints import acts, office_keys, told
from tests.web.complaints.hostile.search import found_in
from tests.web.complaints.hostile.walking import address
from tests.web.complaints.reporter import Reporter, browser, receipt_in
from tests.web.complaints.test_cases import case_of
from tests.web.complaints.test_exporting import pages

Clients = Callable[..., Client]
MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:42 }}{% debug %}${7*7}"
ACTIVE = ("<script>alert", "<img src=x", "onerror=alert(2)>{{", ">49<", "49${")
FIELDS = (
    *("what", "where", "when", "how", "evidence", "witnesses", "elsewhere", "name", "phone", "address"),
    *("accused_1_name", "accused_1_position", "accused_1_unit"),
)
SQL = ("' OR '1'='1", "1; DROP TABLE complaints_report; --", '" OR ""="', "%' AND 1=0 UNION SELECT * FROM x --")


# --- pages ----------------------------------------------------------------------------------------------------------
def _filled(**more: str) -> dict[str, str]:
    return {name: f"{name} {MARKUP}" for name in FIELDS} | {"mode": "confidential"} | more


def test_markup_and_templates_stay_text_for_handlers_and_reporters(
    agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    reporter = Reporter(agency)
    receipt = receipt_in(reporter.send(**_filled()))
    said = reporter.follow(receipt, say="1", text=MARKUP).content.decode()
    client, number = handler_client(Role.LEGAL), Report.objects.get().number
    shown = [said]
    for name in ("complaint", "complaint_readers", "complaint_log", "complaint_export"):
        shown.append(client.get(address(agency, name, number)).content.decode())
    for name, sent in {
        "complaint_note": {"note-text": MARKUP},
        "complaint_reply": {"reply-text": MARKUP},
        "complaint_identity": {"reason": MARKUP},
        "complaint_readers": {"name": MARKUP},
    }.items():
        shown.append(client.post(address(agency, name, number), sent, follow=True).content.decode())
    shown.append(client.get(address(agency, "complaint", number)).content.decode())
    assert sum("&lt;script&gt;alert(1)" in page for page in shown) >= 5
    for page in shown:
        assert [sign for sign in ACTIVE if sign in page] == []


def test_form_that_is_held_up_gives_what_was_typed_back_as_text(
    agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    number, client = told.tell(agency).number, handler_client(Role.LEGAL)
    client.cookies["prongsai_case"] = "closed"
    answer = client.post(address(agency, "complaint_note", number), {"note-text": MARKUP, MARKUP: "x"})
    page = answer.content.decode()
    assert (answer.status_code, [sign for sign in ACTIVE if sign in page]) == (422, [])


# --- questions to the database --------------------------------------------------------------------------------------
def test_questions_of_ones_own_are_none(agency: Agency, channel: Channel, handler_client: Clients) -> None:
    told.tell(agency)
    client, listed = handler_client(Role.LEGAL), address(agency, "complaints")
    for text in SQL:
        assert client.get(address(agency, "complaint", text.replace("/", ""))).status_code == 404
        for name in ("state", "category", "show", "page"):
            assert client.get(listed, {name: text}).status_code == 200
        assert browser().post(address(agency, "report_follow"), {"words": text}).status_code == 422
        assert browser().post(address(agency, "report_file"), {"words": text, "name": text}).status_code == 422
    assert Report.objects.count() == 1


def test_no_word_that_was_typed_is_ever_sent_to_the_database(
    agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    """What stands in a question may stand in the database's log, in what it shows of itself, in a slow line."""
    word = "ลับสุดยอดเจ็ดสาม"
    reporter = Reporter(agency)
    client = handler_client(Role.LEGAL)
    with CaptureQueriesContext(connection) as queries:
        receipt = receipt_in(reporter.send(**{name: f"{word} {name} {word}" for name in FIELDS}, mode="confidential"))
        reporter.send(what=f"{word} {word}", when="", where="")
        reporter.follow(receipt, say="1", text=f"เพิ่ม {word} {word}")
        number = Report.objects.get().number
        client.get(address(agency, "complaint", number))
        client.post(address(agency, "complaint_note", number), {"note-text": f"{word} {word}"})
        client.post(address(agency, "complaint_reply", number), {"reply-text": f"{word} {word}"})
        client.post(address(agency, "complaint_identity", number), {"reason": f"{word} {word}"})
        client.post(address(agency, "complaint_readers", number), {"name": f"นาย{word}", "unit": word})
        client.post(address(agency, "complaint_move", number, move="screen"), {"reason": word, "version": 1})
        acts.move(agency, Report.objects.get(), "accept")
    sent = "\n".join(query["sql"] for query in queries)
    assert len(queries) > 100
    told_ = (
        word,
        " ".join(receipt.latin),
        " ".join(receipt.thai),  # one word alone may be a name of the database
        "AGE-SECRET",
        office_keys.PASSPHRASE,
    )
    assert found_in(sent.encode(), told_) == []


# --- odd letters ----------------------------------------------------------------------------------------------------
ODD = (
    ("มีเลขศูนย์ \x00 อยู่ในข้อความนี้", 422),
    ("ก" * 1_000_000, 422),
    ("กลับ\u202eข้าง\u2066ใน\u2069 ที่ทำการ\u200b", 201),
    ("\U0001f4b0" * 50, 201),
    ("e\u0301" * 2_000, 201),
    ("\r\n" * 3_000 + "จบแล้วครับทั้งหมดนี้", 201),
)


def test_odd_text_is_taken_or_refused_and_breaks_nothing(
    agency: Agency, channel: Channel, handler_client: Clients
) -> None:
    client = handler_client(Role.LEGAL)
    statuses = [Reporter(agency).send(what=text).status_code for text, _ in ODD]
    assert statuses == [status for _, status in ODD]
    for number in Report.objects.values_list("number", flat=True):
        assert client.get(address(agency, "complaint", number)).status_code == 200


def test_bytes_that_are_no_text_are_taken_as_such(agency: Agency, channel: Channel) -> None:
    reporter = Reporter(agency)
    form = b"&".join(f"{name}={value}".encode() for name, value in reporter.filled(what="X").items() if name != "what")
    body = form + b"&what=" + b"\xed\xa0\x80\xff\xfe" * 20
    kind = "application/x-www-form-urlencoded"
    answer = reporter.client.post(address(agency, "report_public"), body, content_type=kind)
    assert answer.status_code in (201, 400, 422)


# --- headers, hosts, logs -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "testserver\tevil", "a" * 300])
def test_foreign_host_is_refused_and_stands_on_no_page(agency: Agency, host: str) -> None:
    answer = browser(Host=host).get(address(agency, "report_start"))
    assert (answer.status_code, "evil" in answer.content.decode()) == (400, False)


def test_no_page_of_reporters_makes_an_address_of_the_host(agency: Agency, channel: Channel) -> None:
    reporter = Reporter(agency)
    answer = reporter.send()
    pages_ = [answer.content.decode(), reporter.follow(receipt_in(answer)).content.decode()]
    pages_ += [browser().get(address(agency, name)).content.decode() for name in ("report_start", "report_public")]
    assert [page for page in pages_ if "testserver" in page] == []


@pytest.mark.parametrize("path", ["%0d%0aFAKE%20LINE", "x%00y", "..%2f..%2fsettings", "%ff%fe", "%E2%80%A8FAKE"])
def test_address_writes_no_line_of_its_own_into_the_log(
    agency: Agency, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    answer = browser().get(f"/{agency.code}/report/{path}")
    hushed = silence.Hushed()
    lines = [one for one in caplog.records if one.levelno >= logging.WARNING and hushed.filter(one)]
    assert (answer.status_code, lines) == (404, [])


def test_number_of_a_case_stands_in_no_line_of_the_log(
    agency: Agency, channel: Channel, handler_client: Clients, caplog: pytest.LogCaptureFixture
) -> None:
    """The journal tells who acted and not on which case: a log with numbers and times would tell."""
    number, client = told.tell(agency).number, handler_client(Role.LEGAL)
    client.post(address(agency, "complaint_note", number), {"note-text": ""})
    client.get(address(agency, "complaint_note", number))
    hushed = silence.Hushed()
    lines = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING and hushed.filter(one)]
    assert (len(lines), [line for line in lines if number in line]) == (2, [])


# --- papers ---------------------------------------------------------------------------------------------------------
def test_commands_of_the_typesetter_are_printed_and_not_obeyed(
    agency: Agency, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "render_all_apart", lambda papers, office: [pdf.render(one, office) for one in papers])
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    report = told.tell(agency, Accused(name='#read("/etc/passwd")'))
    case = services.note(
        scope, key, case_of(agency, report), text='#include "/etc/passwd" $x^2$ *bold* `raw` <label> @ref'
    )
    readers.exclude(scope, key, case, accused=[Accused(name='#eval("1+1")')])
    parts = [part.value for part in exporting.Part]
    to = exporting.Recipient('#sys.version "x', "ประธาน")
    report.refresh_from_db()
    made = exporting.make_copies(scope, key, case_of(agency, report), recipients=[to], parts=parts)
    text = "".join(pages(made.content))
    assert [
        one for one in ('#read("/etc/passwd")', '#include"/etc/passwd"', "*bold*", '#eval("1+1")') if one not in text
    ] == []
    assert "root:" not in text


def test_name_of_a_copy_tells_nothing_and_holds_nothing_typed(
    agency: Agency, channel: Channel, handler_client: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope, key = office_keys.scope_for(agency, Role.LEGAL), office_keys.key_of(agency, Role.LEGAL)
    report = told.tell(agency)
    monkeypatch.setattr(pdf, "render_all_apart", lambda papers, office: [b"%PDF" for _ in papers])
    to = [exporting.Recipient("a\r\nSet-Cookie: x=1", "ก"), exporting.Recipient("../../b", "ข")]
    made = exporting.make_copies(scope, key, case_of(agency, report), recipients=to, parts=["facts"])
    assert made.name == f"{report.number}.zip"
