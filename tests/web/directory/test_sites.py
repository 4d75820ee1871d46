"""The public site of an agency that was made after the server began comes from the platform itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prongsai.web.agencies.models import Agency
from prongsai.web.disclosure.queries.serving import office_codes, settled_on, waits_for_restart
from prongsai.web.operations.server import site_mounts

pytestmark = pytest.mark.django_db
NEW = "06160101"


@pytest.fixture
def site(settings, tmp_path: Path) -> Path:
    settings.SITES_FOLDER = tmp_path
    (tmp_path / NEW / "2569" / "plan").mkdir(parents=True)
    (tmp_path / NEW / "index.html").write_text("หน้าแรก", encoding="utf-8")
    (tmp_path / NEW / "2569" / "plan" / "index.html").write_text("แผน", encoding="utf-8")
    (tmp_path / NEW / "site.css").write_text("body {}", encoding="utf-8")
    (tmp_path / f"{NEW}.building").mkdir()
    (tmp_path / "other.txt").write_text("ของคนอื่น", encoding="utf-8")
    return tmp_path


def body(address: str) -> str:
    answer = Client().get(address)
    assert (address, answer.status_code) == (address, 200)
    return b"".join(answer.streaming_content).decode()


def test_platform_gives_pages_and_files_and_asks_no_database(site: Path):
    with CaptureQueriesContext(connection) as asked:
        assert body(f"/public/{NEW}/") == "หน้าแรก"
        assert body(f"/public/{NEW}/2569/plan/") == "แผน"
        assert body(f"/public/{NEW}/site.css") == "body {}"
    assert len(asked) == 0


def test_folder_without_a_slash_leads_on_so_that_its_links_are_right(site: Path):
    answer = Client().get(f"/public/{NEW}/2569/plan")
    assert (answer.status_code, answer["Location"]) == (302, f"/public/{NEW}/2569/plan/")


@pytest.mark.parametrize("path", ["none/", "../other.txt", "%2e%2e/other.txt", "2569/", "..%5cother.txt", "a%00b"])
def test_nothing_else_is_given(site: Path, path: str):
    assert Client().get(f"/public/{NEW}/{path}").status_code == 404


@pytest.mark.parametrize("address", [f"/public/{NEW}.building/", "/public/", "/public/other.txt", "/public/05160101/"])
def test_what_is_being_built_and_other_offices_are_not_given(site: Path, address: str):
    assert Client().get(address).status_code == 404


def test_office_made_beside_several_needs_no_restart(agency, other_agency, site: Path, monkeypatch):
    codes = office_codes()
    monkeypatch.setenv("PRONGSAI_SITES_OF", settled_on(codes))
    Agency.objects.create(code=NEW, name="องค์การบริหารส่วนตำบลดงหวาย", kind="tao", province="ลพบุรี")
    assert not any(f"/public/{NEW}/".startswith(f"{route}/") for route in site_mounts(codes))
    assert not waits_for_restart()
    assert body(f"/public/{NEW}/") == "หน้าแรก"


def test_second_office_waits_for_a_restart_and_the_operator_is_told(
    agency, site: Path, monkeypatch, client: Client, request
):
    monkeypatch.setenv("PRONGSAI_SITES_OF", settled_on(office_codes()))
    assert "ต้องเริ่มระบบใหม่" not in client.get("/installation/").content.decode()
    request.getfixturevalue("other_agency")
    assert waits_for_restart()
    assert "ต้องเริ่มระบบใหม่" in client.get("/installation/").content.decode()
