"""Nobody acts with another's hands: forms of other sites, links that act, pages in frames."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client

from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Channel
from tests.web.complaints import office_keys, told
from tests.web.complaints.hostile.walking import HELD, REPORTERS, address
from tests.web.complaints.reporter import Reporter, browser

Clients = Callable[..., Client]


def _counts() -> dict[str, int]:
    """Count the rows of every table; sessions come and go with asking."""
    left_out = {"sessions.session", "usersessions.usersession"}
    models = [one for one in apps.get_models() if one._meta.label_lower not in left_out]
    return {one._meta.label_lower: one._base_manager.count() for one in models}


@pytest.fixture
def strict(agency: Agency, channel: Channel, handler_client: Clients) -> Client:
    """An unlocked handler whose browser sends whatever another site makes it send."""
    client = handler_client(Role.LEGAL)
    client.handler.enforce_csrf_checks = True
    return client


def test_no_form_of_a_holder_is_taken_without_its_token(agency: Agency, strict: Client) -> None:
    report = told.tell(agency)
    before = _counts()
    answers = {name: strict.post(address(agency, name, report.number), {"reason": "x"}).status_code for name in HELD}
    taken = {name: status for name, status in answers.items() if status not in (403, 404, 405)}
    assert taken == {}
    assert {name for name, status in answers.items() if status != 403} == _not_theirs()
    assert _counts() == before


def _not_theirs() -> set[str]:
    """Give the pages that are not there for a handler, or take no form: the door says so before it looks at tokens."""
    return {"appeal"}


def test_no_form_of_a_locked_holder_is_taken_without_its_token(
    agency: Agency, channel: Channel, signed_in: Clients
) -> None:
    client = signed_in(Role.LEGAL)
    client.handler.enforce_csrf_checks = True
    before = _counts()
    answers = {
        client.post(address(agency, name), {"what": "x"}).status_code for name in HELD if name != "complaint_paper"
    }
    assert answers <= {403, 404, 405}
    held_up = client.post(address(agency, "complaint_paper"), {"what": "x"})
    assert held_up.status_code == 422  # asks for the passphrase, which another site does not know
    assert _counts() == before


def test_links_change_nothing(agency: Agency, channel: Channel, handler_client: Clients) -> None:
    number, client = told.tell(agency).number, handler_client(Role.LEGAL)
    before, lines = _counts(), set(AuditEntry.objects.values_list("pk", flat=True))
    for name in HELD:
        assert client.get(address(agency, name, number)).status_code in (200, 302, 404, 405), name
    written = AuditEntry.objects.exclude(pk__in=lines).values_list("action", flat=True)
    assert set(written) == {"complaint.view"}  # that somebody looked is written down, and nothing else
    assert _counts() == before | {"agencies.auditentry": len(lines) + len(written)}


def test_links_to_reporters_pages_change_nothing(agency: Agency, channel: Channel) -> None:
    before = _counts()
    for name in REPORTERS:
        answer = browser().get(f"{address(agency, name)}?what=x&words=y&token=z")
        assert answer.status_code in (200, 303, 404, 405), name
    assert _counts() == before


@pytest.mark.parametrize("name", ["complaints", "complaint_holders", "complaints_unlock", "complaint_paper"])
def test_pages_of_holders_stand_in_no_frame_of_another_site(agency: Agency, strict: Client, name: str) -> None:
    answer = strict.get(address(agency, name), follow=True)
    assert answer["X-Frame-Options"] in ("SAMEORIGIN", "DENY")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_cookie_of_the_session_is_not_sent_with_forms_of_another_site(agency: Agency, channel: Channel) -> None:
    client = Client()
    given = {"login": f"{Role.LEGAL}-{agency.code}", "password": office_keys.office.PASSWORD}
    answer = client.post("/account/login/", given)
    assert answer.status_code == 302
    cookie = client.cookies["sessionid"]
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded; charset=utf-7"])
def test_form_of_a_simple_kind_from_elsewhere_reports_nothing(agency: Agency, channel: Channel, kind: str) -> None:
    form = "&".join(f"{name}={value}" for name, value in Reporter(agency).filled().items())
    answer = browser().post(address(agency, "report_public"), form, content_type=kind)
    assert answer.status_code in (200, 400, 422)
    assert _counts()["complaints.report"] == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused_on_every_page(agency: Agency, strict: Client, method: str) -> None:
    number = told.tell(agency).number
    before = _counts()
    for name in (*REPORTERS, *HELD):
        answer = getattr(strict, method)(address(agency, name, number))
        assert answer.status_code in (302, 403, 404, 405), name
    assert _counts() == before
