"""What the office says of its public site, building by hand, the zip, and looking at a draft."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from prongsai.portal.manifest import verify
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Site
from prongsai.web.disclosure.queries.addresses import folder_of
from prongsai.web.disclosure.queries.serving import settled_on
from prongsai.web.disclosure.services import pages
from prongsai.web.disclosure.services.settings import change_site

SignIn = Callable[..., Client]
ADDRESS = "/05160101/site/settings/"
BUILD = "/05160101/site/build/"
ZIP = "/05160101/site/zip/"


def given(**more: Any) -> dict[str, Any]:
    return {"license_id": "License not specified", "version": "1"} | more


def picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (1600, 800), "green").save(drawn, "JPEG", comment=b"secret place")
    return SimpleUploadedFile("map.jpg", drawn.getvalue(), content_type="image/jpeg")


@pytest.mark.parametrize("address", [ADDRESS, BUILD, ZIP])
def test_only_who_publishes_gets_in(agency, other_agency, sign_in: SignIn, address: str):
    assert sign_in(Role.PUBLISHER).get(address).status_code == 200
    for role in (Role.HEAD, Role.MAYOR, Role.AUDITOR, Role.COUNCIL):
        assert sign_in(role).get(address).status_code == 404
    assert sign_in(Role.PUBLISHER, of=other_agency).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_settings_are_kept_and_the_site_is_built(agency: Agency, sign_in: SignIn):
    channels = "Facebook | https://www.facebook.com/example\n\nLINE | https://line.me/example"
    answer = sign_in(Role.PUBLISHER).post(ADDRESS, given(hours="จันทร์–ศุกร์", channels=channels, picture=picture()))
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    record = Site.objects.get(agency=agency)
    assert record.channels[1] == {"name": "LINE", "address": "https://line.me/example"}
    assert record.map_picture is not None and record.map_picture.media_type == "image/png"
    contact = (folder_of(agency) / "contact/index.html").read_text(encoding="utf-8")
    assert "จันทร์–ศุกร์" in contact and "https://www.facebook.com/example" in contact
    page = sign_in(Role.PUBLISHER).get(ADDRESS).content.decode()
    assert "LINE | https://line.me/example" in page and 'name="picture_off"' in page


def test_picture_is_taken_away_only_when_asked(agency: Agency, scope):
    publisher = scope(Role.PUBLISHER)
    record = change_site(publisher, version=None, picture=picture().read())
    assert record.map_picture is not None
    record = change_site(publisher, version=record.version, hours="ทุกวัน")
    assert record.map_picture is not None
    assert change_site(publisher, version=record.version, picture=b"").map_picture is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"channels": "Facebook"},
        {"channels": "Facebook | javascript:alert(1)"},
        {"address": "ftp://example.go.th"},
        {"address": "https://example.go.th/?a=1"},
        {"app_address": "https://name:word@example.go.th/"},
        {"license_id": "own"},
        {"picture": SimpleUploadedFile("map.png", b"no picture")},
    ],
)
def test_wrong_values_are_refused_and_stay_in_the_form(agency, sign_in: SignIn, wrong: dict[str, Any]):
    answer = sign_in(Role.PUBLISHER).post(ADDRESS, given(hours="ทุกวันทำการ", **wrong))
    assert answer.status_code == 422 and "ทุกวันทำการ" in answer.content.decode()
    assert not Site.objects.filter(agency=agency).exists()


def test_change_by_somebody_else_is_told(agency, scope, sign_in: SignIn):
    record = change_site(scope(Role.SECRETARY), version=None, hours="เดิม")
    change_site(scope(Role.SECRETARY), version=record.version, hours="ของผู้อื่น")
    client = sign_in(Role.PUBLISHER)
    answer = client.post(ADDRESS, given(hours="ของฉัน"))
    assert answer.status_code == 409 and "ของฉัน" in answer.content.decode()
    assert Site.objects.get(agency=agency).hours == "ของผู้อื่น"
    assert client.post(ADDRESS, given(hours="ของฉัน", version="2")).status_code == 302


def test_built_by_hand_and_written_anew(agency: Agency, sign_in: SignIn, page, publish):
    publish(page)
    client = sign_in(Role.PUBLISHER)
    first = client.get(BUILD).content.decode()
    assert page.path in first and str(folder_of(agency)) in first
    assert client.post(BUILD)["Location"] == BUILD
    assert verify(folder_of(agency)) == ()
    assert client.get(BUILD).context["changes"].count == 0
    client.post(BUILD, {"all": "1"})
    assert Site.objects.get(agency=agency).layout_version == 2


def test_failed_build_is_told_and_nothing_is_lost(agency: Agency, sign_in: SignIn, settings, tmp_path):
    (tmp_path / "in-the-way").write_text("")
    settings.SITES_FOLDER = tmp_path / "in-the-way"
    answer = sign_in(Role.PUBLISHER).post(ADDRESS, given(hours="จันทร์–ศุกร์"), follow=True)
    assert "สร้างเว็บสาธารณะไม่สำเร็จ" in answer.content.decode()
    assert Site.objects.get(agency=agency).hours == "จันทร์–ศุกร์"


def test_zip_holds_the_site_and_the_list_of_its_pages(agency, sign_in: SignIn, page, publish, tmp_path):
    publish(page)
    answer = sign_in(Role.PUBLISHER).get(ZIP)
    assert answer["Content-Type"] == "application/zip" and "site-05160101.zip" in answer["Content-Disposition"]
    packed = tmp_path / "site.zip"
    packed.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    answer.close()
    assert verify(packed) == ()
    with zipfile.ZipFile(packed) as archive:
        assert f"{page.path}/index.html" in archive.read("PAGES.csv").decode("utf-8-sig")


def test_draft_is_looked_at_with_its_own_files(agency, sign_in: SignIn, scope, page, file):
    writer = scope(Role.HEAD)
    draft = pages.write_release(writer, page=page, version=None, body="ยังไม่เผยแพร่")
    held = pages.attach(writer, release=draft, file=file(), title="แผน")
    answer = sign_in(Role.HEAD).get(f"/05160101/site/preview/{page.pk}/")
    shown = answer.content.decode()
    assert answer.status_code == 200 and "ยังไม่เผยแพร่" in shown
    assert f'<base href="/public/05160101/{page.path}/">' in shown
    assert f'"/05160101/site/pages/{page.pk}/files/{held.pk}/"' in shown
    assert (folder_of(agency) / "assets/site.css").is_file()
    assert not (folder_of(agency) / page.path).exists()


def test_draft_is_hidden_from_who_has_nothing_to_do_with_it(agency, other_agency, sign_in: SignIn, scope, page):
    address = f"/05160101/site/preview/{page.pk}/"
    assert sign_in(Role.PUBLISHER).get(address).status_code == 404  # nothing written yet
    pages.write_release(scope(Role.HEAD), page=page, version=None, body="ยังไม่เผยแพร่")
    for role, status in ((Role.PUBLISHER, 200), (Role.SECRETARY, 200), (Role.OFFICER, 404), (Role.COUNCIL, 404)):
        assert sign_in(role).get(address).status_code == status
    assert sign_in(Role.PUBLISHER, of=other_agency).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize(
    ("settled", "offices", "is_told"),
    [
        (None, 2, False),  # not our own server
        (["05160101"], 1, False),
        (["05160101"], 2, True),
        (["05160101", "05170202"], 2, False),
        (["05160100", "05160101"], 2, True),
        (["05160101", "05170202", "05180303"], 2, True),
        ([], 1, True),
    ],
)
def test_office_made_after_the_start_is_told_to_start_anew(
    agency,
    request,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    settled: list[str] | None,
    offices: int,
    is_told: bool,
):
    monkeypatch.setenv("PRONGSAI_SITES_OF", "" if settled is None else settled_on(settled))
    if offices == 2:
        request.getfixturevalue("other_agency")
    assert ("ต้องเริ่มระบบใหม่" in sign_in(Role.PUBLISHER).get(ADDRESS).content.decode()) == is_told
