"""The checks of an office: silent when all is well, each with an id and a mend."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.checks import run_checks

from prongsai.web.agencies.models import Agency, User
from prongsai.web.directory.models import Operator
from prongsai.web.operations import database, keys, server
from prongsai.web.operations.checks import TAG

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_FOLDER = tmp_path
    settings.SECRET_KEY = "x" * 50
    for name in [name for name in os.environ if name.startswith("PRONGSAI_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def operator(db) -> Operator:
    return Operator.objects.create(user=User.objects.create(username="server"))


def found() -> list[str]:
    messages = server.faults()
    assert all(message.msg and message.hint for message in messages)
    return sorted(str(message.id) for message in messages)


def test_empty_office_at_home_has_no_fault():
    assert found() == []


def test_public_office_is_told_everything_at_once(settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_LISTEN", "0.0.0.0")
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost", "127.0.0.1", "[::1]"]
    assert found() == ["prongsai.E001", "prongsai.E002", "prongsai.W001"]
    settings.DEBUG, settings.ALLOWED_HOSTS, settings.IS_HTTPS = False, ["ita.example.go.th"], True
    settings.CSRF_TRUSTED_ORIGINS, settings.ALLAUTH_TRUSTED_PROXY_COUNT = ["https://ita.example.go.th"], 1
    assert found() == []


def test_debug_and_plain_http_behind_a_proxy_are_told(settings):
    settings.DEBUG, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 1
    assert found() == ["prongsai.E001", "prongsai.W001"]


def test_https_that_cannot_work_is_told(settings):
    settings.IS_HTTPS = True
    assert found() == ["prongsai.E007", "prongsai.E008"]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for origins in (["http://ita.example.go.th"], ["ita.example.go.th"], ["https://ita.example.go.th/start/"]):
        settings.CSRF_TRUSTED_ORIGINS = origins
        assert found() == ["prongsai.E007"], origins
    settings.CSRF_TRUSTED_ORIGINS = ["http://ita.example.go.th", "https://ita.example.go.th:8443"]
    assert found() == []


def test_every_host_is_refused(settings):
    settings.ALLOWED_HOSTS = ["ita.example.go.th", "*"]
    assert found() == ["prongsai.E006"]


def test_mail_that_cannot_leave_or_leaves_open_is_told(settings):
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "", "ita", ""
    assert found() == ["prongsai.W003"]
    settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD = "mail.example.go.th", "secret"
    assert found() == ["prongsai.W003"]
    settings.EMAIL_USE_TLS = True
    assert found() == []
    settings.EMAIL_USE_SSL = True
    assert found() == ["prongsai.E009"]
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST = "127.0.0.1"
    assert found() == []


def test_setting_that_nobody_reads_is_told_with_the_nearest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRONGSAI_HOST", "ita.example.go.th")
    monkeypatch.setenv("PRONGSAI_SMTP_PASSWORD_FILE", "/run/secrets/mail")
    (told,) = server.faults()
    assert told.id == "prongsai.W004" and "PRONGSAI_HOST " in told.msg and "PRONGSAI_HOSTS" in told.msg


def test_short_secret_is_told(settings):
    settings.SECRET_KEY = "short"
    assert found() == ["prongsai.W005"]


@pytest.mark.parametrize(("version", "is_taken"), [(140_013, False), (150_000, True), (170_002, True)])
def test_old_postgresql_is_refused_with_the_mend(version: int, is_taken: bool):
    if is_taken:
        database.refuse_old(version)
        return
    with pytest.raises(database.DatabaseTooOld) as refused:
        database.refuse_old(version)
    assert "รุ่น 14 " in refused.value.one_line and "pg_upgrade" in refused.value.one_line


def test_installation_that_nobody_runs_is_told(agency: Agency, settings):
    keys.keep_public(settings.DATA_FOLDER, keys.new_pair().public)
    assert found() == ["prongsai.W006"]
    made = Operator.objects.create(user=User.objects.create(username="server"))
    assert found() == []
    Operator.objects.filter(pk=made.pk).update(is_open=False)
    assert found() == ["prongsai.W006"]


def test_demo_and_missing_key_are_told(agency: Agency, operator: Operator, settings):
    assert found() == ["prongsai.W002"]
    keys.keep_public(settings.DATA_FOLDER, keys.new_pair().public)
    assert found() == []
    Agency.objects.update(is_demo=True)
    assert found() == ["prongsai.E005"]
    with pytest.raises(server.NotReady, match="E005") as refused:
        server.refuse(server.faults())
    assert "prongsai.E005" in refused.value.one_line and "\n" not in refused.value.one_line


def test_damaged_key_is_told(agency: Agency, operator: Operator, settings):
    (settings.DATA_FOLDER / keys.NAME).write_text("age1damaged", encoding="utf-8")
    assert found() == ["prongsai.W002"]


def test_folder_that_is_a_file_is_told(settings, tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings.DATA_FOLDER = tmp_path / "file" / "data"
    assert "prongsai.E003" in found()


def test_checks_of_an_office_do_not_disturb_the_usual_ones(agency: Agency, settings):
    Agency.objects.update(is_demo=True)
    assert [each for each in run_checks() if str(each.id).startswith(TAG)] == []
