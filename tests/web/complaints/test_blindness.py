"""Nobody behind the first door sees who reports, no answer leaves a trace, no fault tells anything."""

from __future__ import annotations

import logging
from inspect import getsource, signature
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.core.signals import request_started
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.views.debug import technical_500_response
from granian import Granian

from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.blind import marks, middleware, silence
from prongsai.web.complaints.models import Report
from prongsai.web.complaints.services import receiving
from prongsai.web.notify.models import Mail
from prongsai.web.operations import server
from tests.web.complaints.reporter import ADDRESS, AGENT, SESSION, WHAT, Reporter, address, browser

SECRET = "ความลับของผู้แจ้ง"
GETS = ("report_start", "report_public", "report_staff", "report_follow", "report_guideline", "report_leave")
FORMS = ("report_public", "report_staff", "report_follow", "report_file", "report_confirm")


def _request(path: str = "/05160101/report/", **headers: str) -> HttpRequest:
    sent = {"X-Forwarded-For": "198.51.100.9", "User-Agent": AGENT, "Cookie": f"sessionid={SESSION}", **headers}
    return RequestFactory(REMOTE_ADDR=ADDRESS, headers=sent).get(path, {"from": "line"})


def _seen(request: HttpRequest) -> HttpRequest:
    """Give the request as it comes to what stands behind the first door."""
    seen: list[HttpRequest] = []
    middleware.Blind(lambda one: seen.append(one) or HttpResponse())(request)
    return seen[0]


# --- what is taken away ---------------------------------------------------------------------------------------------
def test_what_stands_behind_sees_no_address_cookie_browser_or_query() -> None:
    seen = _seen(_request())
    assert (seen.COOKIES, seen.META["REMOTE_ADDR"], dict(seen.GET)) == ({}, "", {})
    assert sorted(name for name in seen.META if name.startswith(("HTTP_", "REMOTE_"))) == [
        "HTTP_ACCEPT_LANGUAGE",
        "REMOTE_ADDR",
    ]
    told = " ".join(str(value) for name, value in seen.META.items() if name != marks.MARK)
    assert [one for one in (ADDRESS, "198.51.100.9", AGENT, SESSION, "line") if one in told] == []


def test_view_itself_gets_the_request_without_any_of_it(agency: Agency, channel: object) -> None:
    seen: list[HttpRequest] = []

    def note(environ: dict[str, object], **_: object) -> None:
        seen.append(environ)  # type: ignore[arg-type]

    request_started.connect(note)
    try:
        Reporter(agency).send()
    finally:
        request_started.disconnect(note)
    # The very mapping that the server gave, as it was left: whatever looks at it later finds nothing either.
    values = " ".join(str(value) for environ in seen for value in environ.values())  # type: ignore[attr-defined]
    assert [one for one in (ADDRESS, "198.51.100.9", AGENT, SESSION) if one in values] == []


def test_language_is_all_that_stays_of_cookies_and_browser() -> None:
    chosen = _seen(_request(Cookie="django_language=en; sessionid=x"))
    assert (chosen.COOKIES, chosen.META["HTTP_ACCEPT_LANGUAGE"]) == ({}, "en")
    assert _seen(_request(**{"Accept-Language": "en-GB,en;q=0.7"})).META["HTTP_ACCEPT_LANGUAGE"] == "en"
    assert _seen(_request(**{"Accept-Language": "fr-CH"})).META["HTTP_ACCEPT_LANGUAGE"] == "th"


def test_mark_is_of_the_address_within_the_hour_and_of_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    first, again = (_seen(_request()).META[marks.MARK] for _ in range(2))
    other = RequestFactory(REMOTE_ADDR="203.0.113.78").get("/05160101/report/")
    assert first == again != _seen(other).META[marks.MARK]
    assert ADDRESS not in first
    monkeypatch.setattr(marks._key, "until", 0.0)
    assert _seen(_request()).META[marks.MARK] != first


@pytest.mark.parametrize("own", ["127.0.0.1", "::1", ""])
def test_address_of_this_machine_is_nobody(own: str) -> None:
    assert _seen(RequestFactory(REMOTE_ADDR=own).get("/05160101/report/")).META[marks.MARK] == ""


def test_behind_a_proxy_the_mark_is_of_the_client(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    near = _seen(RequestFactory(REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": ADDRESS}).get("/05160101/report/"))
    far = _seen(RequestFactory(REMOTE_ADDR="10.0.0.2", headers={"X-Forwarded-For": ADDRESS}).get("/05160101/report/"))
    assert near.META[marks.MARK] == far.META[marks.MARK] != ""
    assert _seen(RequestFactory(REMOTE_ADDR="10.0.0.2").get("/05160101/report/")).META[marks.MARK] == ""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert _seen(_request()).META[marks.MARK] == ""


def test_other_pages_keep_what_they_need() -> None:
    seen = _seen(_request("/05160101/registers/"))
    assert (seen.META["REMOTE_ADDR"], seen.COOKIES) == (ADDRESS, {"sessionid": SESSION})


# --- what the answers say -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", GETS)
def test_answers_are_kept_nowhere_and_set_nothing(page: str, agency: Agency, channel: object) -> None:
    answer = browser().get(address(agency, page))
    assert {name: answer[name] for name in middleware.HEADERS} == middleware.HEADERS
    assert (answer.has_header("Set-Cookie"), dict(answer.cookies), answer.has_header("Vary")) == (False, {}, False)


@pytest.mark.parametrize("page", FORMS)
def test_forms_are_answered_in_the_same_way(page: str, agency: Agency, channel: object) -> None:
    answer = browser().post(address(agency, page), {"words": "x"})
    assert {name: answer[name] for name in middleware.HEADERS} == middleware.HEADERS
    assert (answer.has_header("Set-Cookie"), dict(answer.cookies)) == (False, {})


@pytest.mark.parametrize("path", ["report/none/", "Report/", "report/follow/file/"])
def test_page_that_is_not_there_is_as_quiet(path: str, agency: Agency) -> None:
    answer = browser().get(f"/{agency.code}/{path}")
    assert answer.status_code in (404, 405)
    assert answer["Cache-Control"] == "no-store"
    assert dict(answer.cookies) == {}
    assert 'class="report"' in answer.content.decode()


def test_pages_of_handlers_are_not_kept_and_tell_the_referrer_to_this_office_alone(
    sign_in: object, agency: Agency
) -> None:
    answer = sign_in(Role.LEGAL).get(reverse("complaints_unlock", args=[agency.code]))  # type: ignore[operator]
    # no-referrer would make browsers send ``Origin: null``, which Django's check of forms refuses.
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")


def test_reporting_leaves_no_session_line_mail_or_log(
    agency: Agency, channel: object, caplog: pytest.LogCaptureFixture
) -> None:
    before = (Session.objects.count(), AuditEntry.objects.count(), Mail.objects.count())
    reporter = Reporter(agency)
    assert [reporter.send().status_code, reporter.send(what="").status_code] == [201, 422]
    assert (Session.objects.count(), AuditEntry.objects.count(), Mail.objects.count()) == before
    assert (mail.outbox, _written(caplog)) == ([], [])


# --- forms of other sites -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://testserver.evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 422),
        ({"Sec-Fetch-Site": "none"}, 422),
        ({"Origin": "null"}, 422),
        ({"Origin": "http://testserver"}, 422),
        ({}, 422),
    ],
)
def test_form_of_another_site_is_refused(headers: dict[str, str], status: int, agency: Agency, channel: object) -> None:
    answer = browser(**headers).post(address(agency, "report_follow"), {"words": "x"}, headers=headers)
    assert answer.status_code == status


def test_link_from_another_site_may_lead_here(agency: Agency, channel: object) -> None:
    assert browser(**{"Sec-Fetch-Site": "cross-site"}).get(address(agency, "report_start")).status_code == 200


# --- faults ---------------------------------------------------------------------------------------------------------
def _written(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Give what the log of the office would hold, with Django's own lines."""
    filters = silence.Hushed()
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING and filters.filter(record)]
    return [logging.Formatter("%(message)s").format(record) for record in lines]


@pytest.mark.parametrize("is_debugging", [False, True])
def test_fault_in_a_view_is_written_as_type_and_place_only(
    is_debugging: bool,
    agency: Agency,
    channel: object,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DEBUG = is_debugging

    def broken(*_: object, told: object, **__: object) -> None:
        raise ValueError(f"no room for {told} {told.what}")  # type: ignore[attr-defined]

    monkeypatch.setattr(receiving, "submit", broken)
    answer = Reporter(agency).send(what=f"{WHAT} {SECRET}")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert ("ระบบขัดข้อง" in page, SECRET in page, WHAT in page, "ValueError" in page) == (True, False, False, False)
    written = _written(caplog)
    assert [line.partition(" ← ")[0] for line in written] == ["complaints: ValueError"]
    raw = "".join([*written, caplog.text, *capsys.readouterr()])
    assert [one for one in (SECRET, WHAT, ADDRESS, AGENT, "no room") if one in raw] == []
    assert "prongsai/web/complaints/views/reporting.py:" in written[0]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Http404(SECRET), 404),
        (RequestDataTooBig(SECRET), 413),
        (DisallowedHost(SECRET), 400),
        (PermissionError(SECRET), 500),
    ],
)
def test_every_fault_has_a_plain_page(fault: Exception, status: int, agency: Agency) -> None:
    door = middleware.Blind(lambda _: HttpResponse())
    request = _seen(_request(f"/{agency.code}/report/public/"))
    answer = door.process_exception(request, fault)
    assert answer is not None
    assert (answer.status_code, SECRET in answer.content.decode()) == (status, False)


def test_fault_behind_the_door_is_hushed_in_the_log_and_on_the_debug_page() -> None:
    request = _request("/05160101/report/public/")
    try:
        raise ValueError(SECRET)
    except ValueError as fault:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s", (SECRET,), (type(fault), fault, None))
    record.request = request
    assert silence.Hushed().filter(record) is True
    assert logging.Formatter().format(record).partition(" ← ")[0] == "complaints: ValueError"


def test_line_of_an_answer_is_left_out_and_others_stay() -> None:
    def line(path: str) -> bool:
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (path,), None)
        record.request = _request(path)
        return silence.Hushed().filter(record)

    assert [line("/05160101/report/follow/"), line("/05160101/registers/")] == [False, True]
    assert silence.Hushed().filter(logging.LogRecord("x", logging.WARNING, "", 0, "plain", (), None)) is True


@pytest.mark.parametrize("path", ["/05160101/report/public/", "/05160101/complaints/cases/12345/reply/"])
def test_error_page_for_developers_shows_no_value_and_no_variable(path: str, settings: Any) -> None:
    settings.DEBUG = True
    request = RequestFactory(REMOTE_ADDR=ADDRESS, headers={"Cookie": f"sessionid={SESSION}"}).post(
        path, {"text": SECRET}
    )
    try:
        typed = request.POST["text"]
        raise ValueError(len(typed))
    except ValueError as fault:
        page = technical_500_response(request, type(fault), fault, fault.__traceback__).content.decode()
    assert [one for one in (SECRET, SESSION, ADDRESS) if one in page] == []


def test_log_of_the_office_has_no_handler_that_is_not_hushed(settings: Any) -> None:
    assert logging.getLogger("django").handlers == []
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["hushed"]
    assert settings.MIDDLEWARE[0] == "prongsai.web.blind.middleware.Blind"


def test_server_itself_writes_no_line_of_who_asks() -> None:
    assert signature(Granian.__init__).parameters["log_access"].default is False
    assert "log_access" not in getsource(server)


def test_styles_and_script_of_these_pages_come_without_a_cookie(settings: Any) -> None:
    order = settings.MIDDLEWARE
    giving = order.index("whitenoise.middleware.WhiteNoiseMiddleware")
    assert [one for one in order[:giving] if "session" in one.lower() or "csrf" in one.lower()] == []


def test_nothing_was_kept_of_refused_forms(agency: Agency, channel: object) -> None:
    browser(**{"Sec-Fetch-Site": "cross-site"}).post(address(agency), Reporter(agency).filled())
    assert Report.objects.count() == 0
