"""Around every request: health, figures, numbers and lines of the log; nothing of who reports or answers."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.blind.silence import Hushed
from prongsai.web.operations import figures, logs, probes
from prongsai.web.operations.figures import Figures
from prongsai.web.operations.models import Milestone, MilestoneKind
from prongsai.web.operations.watch import HEADER
from tests.web import office

pytestmark = pytest.mark.django_db
NEAR = {"SERVER_NAME": "127.0.0.1"}
FAR = {"REMOTE_ADDR": "203.0.113.9"}
MAIL, PHONE, PERSON = "somchai@example.go.th", "081-234-5678", "1-1014-00000-00-3"
FAULT = f"cannot send to {MAIL}\nDETAIL:  Key (name)=(สมชาย ใจดี) already exists."


@pytest.fixture(autouse=True)
def _own_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "ours", Figures())


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a log of JSON gets."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Hushed())
    handler.setFormatter(logs.Json())
    requests = logging.getLogger(logs.REQUESTS)
    before = requests.level
    requests.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
    requests.setLevel(before)


def figures_of(client: Client, **more: str) -> list[str]:
    answer = client.get("/metrics/", **NEAR, **more)
    assert answer.status_code == 200
    return answer.content.decode().splitlines()


def told(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_probes_stand_at_their_routes():
    names = {"/health/live/": "health_live", "/health/ready/": "health_ready", "/metrics/": "metrics"}
    assert {path: reverse(name) for path, name in names.items()} == {path: path for path in probes.PATHS}


# --- health -------------------------------------------------------------------------------------------------------------
def test_live_asks_nobody(django_assert_num_queries, client: Client):
    with django_assert_num_queries(0):
        answer = client.get("/health/live/", **NEAR)
    assert (answer.status_code, answer.json(), dict(answer.cookies)) == (200, {"live": True}, {})


def test_probe_is_answered_by_our_own_names_alone(client: Client, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["ita.example.go.th"], True
    hosts = {"127.0.0.1:8000": 200, "[::1]:8000": 200, "localhost": 200, "ita.example.go.th": 200, "evil.example": 400}
    found = {host: client.get("/health/live/", headers={"host": host}).status_code for host in hosts}
    assert found == hosts
    assert client.post("/health/live/", **NEAR).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_ready_says_of_each_part_why_not(client: Client, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    answer = client.get("/health/ready/", **NEAR)
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    settings.DISK_FLOOR_MB, settings.DATA_FOLDER = 10**9, tmp_path / "gone"
    answer = client.get("/health/ready/", **FAR)
    parts = answer.json()["parts"]
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert [name for name, part in parts.items() if not part["ok"]] == ["folder", "disk"]
    assert all(part["reason"] for part in parts.values() if not part["ok"])
    assert str(tmp_path) not in answer.content.decode()


# --- figures ------------------------------------------------------------------------------------------------------------
def test_figures_tell_routes_and_no_codes(agency: Agency, sign_in):
    Milestone.objects.create(kind=MilestoneKind.BACKUP, version="1")
    sign_in(Role.COORDINATOR).get(reverse("home", args=[agency.code]))
    Client().get("/no/such/place/")
    Client().get(f"/{agency.code}/complaints/cases/1234/")
    found = figures_of(Client())
    assert 'prongsai_requests_total{route="home",method="GET",status="2xx"} 1' in found
    assert 'prongsai_requests_total{route="unknown",method="GET",status="4xx"} 1' in found
    assert [line for line in found if "complaints" in line and "total{" in line and "requests" in line] == [
        'prongsai_requests_total{route="complaints",method="GET",status="3xx"} 1'
    ]
    assert "prongsai_agencies 1" in found and "prongsai_database_up 1" in found and "prongsai_mail_waiting 0" in found
    assert any(line.startswith("prongsai_backup_age_seconds ") for line in found)
    assert any(line.startswith("prongsai_jobs_waiting ") for line in found)
    assert not any(agency.code in line or "1234" in line for line in found)
    statements = next(line for line in found if line.startswith('prongsai_database_statements_total{route="home"}'))
    assert int(statements.split()[-1]) > 5


def test_each_figure_is_announced_once_and_buckets_stand_in_order(client: Client):
    client.get("/no/such/place/")
    found = figures_of(client)
    kinds = [line.split()[2] for line in found if line.startswith("# TYPE")]
    assert len(kinds) == len(set(kinds)) > 10
    bounds = [line.split('le="')[1].split('"')[0] for line in found if "_bucket{" in line]
    assert [float(bound) for bound in bounds] == sorted(float(bound) for bound in bounds) and bounds[-1] == "+Inf"


@pytest.mark.parametrize("more", [FAR, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"SERVER_NAME": "ita.example.go.th"}])
def test_figures_are_not_there_for_strangers(client: Client, settings, more):
    settings.ALLOWED_HOSTS, settings.METRICS_TOKEN = ["*"], ""
    ask = {**NEAR, **more}
    assert client.get("/metrics/", **ask).status_code == 404
    assert client.get("/metrics/", **ask, HTTP_AUTHORIZATION="Bearer ").status_code == 404
    settings.METRICS_TOKEN = "a long token"
    assert client.get("/metrics/", **ask, HTTP_AUTHORIZATION="Bearer another").status_code == 404
    assert client.get("/metrics/", **ask, HTTP_AUTHORIZATION="Bearer a long token").status_code == 200


@pytest.mark.parametrize("path", ["report/", "report/follow/", "ask/none/", "Report/x/"])
def test_nothing_of_who_reports_or_answers_is_counted_numbered_or_logged(agency: Agency, lines, path):
    before = figures_of(Client())
    answer = Client().get(f"/{agency.code}/{path}")
    assert not answer.has_header(HEADER)
    assert figures_of(Client()) == before
    assert lines.getvalue() == ""


def test_static_files_are_neither_counted_nor_numbered_nor_logged(agency: Agency, lines):
    page = Client().get(f"/{agency.code}/report/").content.decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    before = figures_of(Client())
    assert len(files) > 1
    assert [path for path in files if Client().get(path).has_header(HEADER)] == []
    assert figures_of(Client()) == before
    assert lines.getvalue() == ""


# --- the log ------------------------------------------------------------------------------------------------------------
def test_request_is_one_line_with_the_number_of_its_answer(agency: Agency, sign_in, lines):
    answer = sign_in(Role.COORDINATOR).get(reverse("home", args=[agency.code]), {"q": MAIL}, **NEAR)
    (line,) = told(lines)
    user = office.user(agency, Role.COORDINATOR)
    assert line.pop("ms") > 0 and line.pop("time")
    assert line == {
        "level": "info",
        "logger": "prongsai.requests",
        "event": "request",
        "request_id": answer[HEADER],
        "method": "GET",
        "route": "home",
        "status": 200,
        "user": user.pk,
        "agency": agency.pk,
    }


def test_path_that_opens_something_is_not_logged(lines):
    Client().get("/invitation/a-secret-token/")
    assert "secret" not in lines.getvalue() and "invitation" in lines.getvalue()
    Client().get("/no/such/secret/", {"also": "secret"})
    assert "secret" not in lines.getvalue() and "Not Found: unknown" in lines.getvalue()


def test_failed_sign_in_leaves_neither_name_nor_address(agency: Agency, lines, settings):
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(4):
        Client(REMOTE_ADDR="203.0.113.77").post(
            reverse("account_login"), {"login": "somchai.secret", "password": "wrong password"}
        )
    assert len(told(lines)) >= 4
    assert not any(word in lines.getvalue() for word in ("somchai", "203.0.113.77", "wrong password"))


def test_what_belongs_to_somebody_is_taken_out_of_messages_and_traces(lines):
    log = logging.getLogger("prongsai.web.somewhere")
    try:
        raise ValueError(FAULT)
    except ValueError:
        log.exception("call %s, number %s, at postgresql://office:hidden@db.example/office", PHONE, PERSON)
    (line,) = told(lines)
    whole = lines.getvalue()
    assert not any(secret in whole for secret in (MAIL, PHONE, PERSON, "hidden", "สมชาย"))
    assert line["trace"].endswith("ValueError") and line["event"].startswith("call x")


@pytest.mark.parametrize("form", [logs.Json(), logs.Plain()], ids=["json", "plain"])
def test_trace_tells_where_and_what_kind_and_nothing_that_was_said(form):
    said = "duplicate key value\nDETAIL:  Key (name)=(บรรทัดแรก\nนายสมชาย ใจดี\nCONTEXT ของแถว) already exists."
    name = "นางสมหญิง"
    try:
        try:
            try:
                raise LookupError(name)
            except LookupError:
                raise IntegrityError(said)  # noqa: B904  # reason: the chain is to have one that nobody named
        except IntegrityError as mistake:
            raise ValueError(f"{name}: {mistake}") from mistake
    except ValueError as fault:
        record = logging.LogRecord("a", logging.ERROR, "", 0, "kept: %s", (said,), (ValueError, fault, None))
        text = json.loads(form.format(record)) if isinstance(form, logs.Json) else form.format(record)
    told = text["trace"] if isinstance(text, dict) else text
    kinds = [line for line in told.splitlines() if not line.startswith(" ")]
    assert kinds[-3:] == ["LookupError", "django.db.utils.IntegrityError", "ValueError"]
    assert told.count("test_watch.py") == 3 and "duplicate key value" in str(text)
    assert not any(word in str(text) for word in ("สมชาย", "บรรทัดแรก", "ของแถว", "สมหญิง"))


def test_people_get_one_line_too_with_the_trace_below():
    record = logging.LogRecord("a.logger", logging.WARNING, "", 0, "call %s", (PHONE,), None)
    record.status_code = 404
    text = logs.Plain().format(record)
    assert text.endswith(" warning a.logger: call xxx-xxx-xxxx status=404") and "\n" not in text
