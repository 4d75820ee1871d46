"""The checks of an office: silent when all is well, each with an id and a mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks

from prongsai.web.agencies.models import Agency
from prongsai.web.operations import keys, server
from prongsai.web.operations.checks import TAG

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_FOLDER = tmp_path
    monkeypatch.delenv("PRONGSAI_LISTEN", raising=False)


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
    assert found() == []


def test_demo_and_missing_key_are_told(agency: Agency, settings):
    assert found() == ["prongsai.W002"]
    keys.keep_public(settings.DATA_FOLDER, keys.new_pair().public)
    assert found() == []
    Agency.objects.update(is_demo=True)
    assert found() == ["prongsai.E005"]
    with pytest.raises(server.NotReady, match="E005") as refused:
        server.refuse(server.faults())
    assert "prongsai.E005" in refused.value.one_line and "\n" not in refused.value.one_line


def test_damaged_key_is_told(agency: Agency, settings):
    (settings.DATA_FOLDER / keys.NAME).write_text("age1damaged", encoding="utf-8")
    assert found() == ["prongsai.W002"]


def test_folder_that_is_a_file_is_told(settings, tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings.DATA_FOLDER = tmp_path / "file" / "data"
    assert "prongsai.E003" in found()


def test_checks_of_an_office_do_not_disturb_the_usual_ones(agency: Agency, settings):
    Agency.objects.update(is_demo=True)
    assert [each for each in run_checks() if str(each.id).startswith(TAG)] == []
