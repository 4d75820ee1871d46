"""Building the public site: whole, only what changed, one at a time, and the old site stands whatever goes wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from prongsai.portal.alone import alone
from prongsai.portal.manifest import verify
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Page, Release, Site
from prongsai.web.disclosure.queries.addresses import folder_of
from prongsai.web.disclosure.queries.site_changes import site_changes
from prongsai.web.disclosure.services import building, pages
from prongsai.web.disclosure.services.building import build, build_missing, deliver, is_standing
from prongsai.web.evidence.models import File

Publish = Callable[..., Release]


class Stopped(Exception):
    """The power went."""


@pytest.fixture
def office_site(agency, page, free_page, publish, file, system, scope) -> dict[str, Page]:
    """A page replaced, one withdrawn, one with an erased file, one that stands elsewhere, news, and a register."""
    draft = pages.write_release(system, page=page, version=None, body="ฉบับแรก")
    pages.attach(system, release=draft, file=file(), title="แผน")
    publish(page, body="ฉบับแรก")
    publish(page, body="ฉบับที่สอง", change_note="ปรับตัวเลข")
    by = scope(Role.PUBLISHER)
    withdrawn = pages.add_page(by, kind="free", title="ประกาศเก่า", path="old-notice")
    publish(withdrawn)
    pages.withdraw(scope(Role.SECRETARY), page=withdrawn, version=withdrawn.version, reason="ผิดปี", knows=True)
    moved = pages.add_page(by, kind="free", title="ย้ายไปแล้ว", path="moved")
    pages.publish_elsewhere(by, page=moved, version=moved.version, address="https://www.example.go.th/m", knows=True)
    told = pages.add_page(by, kind="news", title="ตลาดนัดชุมชน", path="news/2569/market", year_be=2569)
    publish(told)
    erased = file("ลับ.txt", "ข้อมูลส่วนบุคคล\n")
    draft = pages.write_release(system, page=free_page, version=None, body="ภารกิจ")
    pages.attach(system, release=draft, file=erased, title="ไฟล์ที่ลบ")
    publish(free_page, body="ภารกิจ")
    File.objects.filter(pk=erased.pk).update(erased_at=timezone.now())
    return {"item": page, "withdrawn": withdrawn, "moved": moved, "news": told, "free": free_page}


def text(agency: Agency, address: str) -> str:
    return (folder_of(agency) / address).read_text(encoding="utf-8")


def test_every_page_of_every_kind_is_built(agency: Agency, office_site):
    built = build(agency)
    root = folder_of(agency)
    assert built.folder == root and built.written == len(built.addresses) + 0 or built.written > 0
    assert verify(root) == ()
    path = office_site["item"].path
    assert "ฉบับที่สอง" in text(agency, f"{path}/index.html")
    assert "ฉบับแรก" in text(agency, f"{path}/v1/index.html")
    assert "ผิดปี" in text(agency, "old-notice/index.html")
    assert "https://www.example.go.th/m" in text(agency, "moved/index.html")
    assert "ตลาดนัดชุมชน" in text(agency, "news/index.html")
    code = office_site["item"].item.code
    assert (root / f"2569/{code}/index.html").is_file()
    [erased] = (root / "mission/files").iterdir()
    assert "ข้อมูลส่วนบุคคล\n" not in erased.read_text(encoding="utf-8-sig").split("SHA-256")[1]
    assert Site.objects.get(agency=agency).built_at is not None


def test_building_again_writes_only_what_changed(agency: Agency, office_site, publish):
    build(agency)
    again = build(agency)
    assert (again.written, again.kept > 20) == (0, True)
    publish(office_site["news"], body="เลื่อนเป็นวันอาทิตย์")
    changes = site_changes(agency)
    assert ([one.path for one in changes.changed], changes.fresh) == (["news/2569/market"], ())
    third = build(agency)
    assert 0 < third.written < 12 and third.kept > 20
    assert site_changes(agency).count == 0


def test_page_whose_link_leads_elsewhere_is_to_be_written_again(agency: Agency, free_page, publish, scope):
    by = scope(Role.PUBLISHER)
    publish(free_page, body=[{"kind": "link", "text": "ตลาดนัด", "address": "news/2569/market"}])
    build(agency)
    assert site_changes(agency).count == 0
    told = pages.add_page(by, kind="news", title="ตลาดนัดชุมชน", path="news/2569/market", year_be=2569)
    publish(told)
    changes = site_changes(agency)
    found = ([one.path for one in changes.fresh], [one.path for one in changes.changed])
    assert found == (["news/2569/market"], ["mission"])
    build(agency)
    assert site_changes(agency).count == 0


def test_change_of_the_office_is_on_every_page(agency: Agency, office_site):
    build(agency)
    Agency.objects.filter(pk=agency.pk).update(phone="0-3600-0000")
    agency.refresh_from_db()
    assert site_changes(agency).is_everywhere
    build(agency)
    assert all("0-3600-0000" in text(agency, f"{one.path}/index.html") for one in office_site.values())


def test_failure_leaves_the_site_that_stands_and_the_next_build_goes_on(agency: Agency, office_site, publish):
    build(agency)
    root = folder_of(agency)
    before = {path: path.read_bytes() for path in root.rglob("*.html") if ".building" not in path.parts}
    built_at = Site.objects.get(agency=agency).built_at
    publish(office_site["item"], body="ฉบับที่สาม")
    seen: list[str] = []

    def stop(address: str) -> None:
        seen.append(address)
        if len(seen) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        build(agency, tell=stop)
    assert before.keys() <= set(root.rglob("*.html"))  # no address went
    assert Site.objects.get(agency=agency).built_at == built_at
    build(agency)
    assert verify(root) == () and "ฉบับที่สาม" in text(agency, f"{office_site['item'].path}/index.html")


def test_first_build_cut_off_is_no_site_yet(agency: Agency, office_site):
    def stop(address: str) -> None:
        if address.endswith("v1/index.html"):
            raise Stopped

    with pytest.raises(Stopped):
        build(agency, tell=stop)
    assert Site.objects.filter(agency=agency, built_at__isnull=False).count() == 0
    build(agency)
    assert is_standing(agency) and verify(folder_of(agency)) == ()


@pytest.mark.django_db(transaction=True)
def test_second_build_waits_for_the_first_and_sees_what_came_since(agency: Agency):
    def threaded() -> None:
        try:
            done.append(build(agency))
        finally:
            connection.close()

    done: list[building.Built] = []
    with alone(folder_of(agency)):
        other = threading.Thread(target=threaded)
        other.start()
        other.join(timeout=0.3)
        assert other.is_alive() and done == []
        page = Page.objects.create(agency=agency, kind="free", path="late", title="มาทีหลัง", state="public")
        release = Release.objects.create(page=page, number=1, state="approved", title="มาทีหลัง")
        Page.objects.filter(pk=page.pk).update(current=release)
    other.join(timeout=60)
    assert len(done) == 1 and "late/index.html" in done[0].addresses


def test_lock_of_another_process_is_waited_for(agency: Agency, tmp_path: Path):
    root = folder_of(agency)
    held = (
        "import sys, pathlib\nfrom prongsai.portal.alone import alone\n"
        "with alone(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.readline()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", held, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin and process.stdout
    assert process.stdout.readline() == "held\n"
    release = threading.Timer(0.3, process.stdin.close)
    release.start()
    built = build(agency)
    assert process.wait(timeout=10) == 0 and built.seconds >= 0.2


def test_delivered_folder_and_zip_hold_the_same_site(agency: Agency, office_site, tmp_path: Path):
    folder = deliver(agency, tmp_path / "usb")
    packed = deliver(agency, tmp_path / "site.zip")
    assert verify(tmp_path / "usb") == () and verify(tmp_path / "site.zip") == ()
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert {"PAGES.html", "PAGES.csv", "index.html"} <= set(archive.namelist())
    assert set(folder.addresses) <= set(packed.addresses)
    assert not is_standing(agency)


def test_site_comes_back_where_the_database_knows_it_and_the_disk_does_not(agency: Agency, other_agency, office_site):
    build(agency)
    addresses = {str(one.relative_to(folder_of(agency))) for one in folder_of(agency).rglob("*") if one.is_file()}
    assert build_missing(lambda _agency: None) == []
    shutil.rmtree(folder_of(agency))
    told: list[Agency] = []
    assert len(build_missing(told.append)) == 1 and told == [agency]
    now = {str(one.relative_to(folder_of(agency))) for one in folder_of(agency).rglob("*") if one.is_file()}
    assert now == addresses and verify(folder_of(agency)) == ()


def test_builds_leave_one_line_in_the_journal(agency: Agency):
    before = AuditEntry.objects.filter(agency=agency).count()
    build(agency)
    build(agency)
    lines = AuditEntry.objects.filter(agency=agency).order_by("number")[before:]
    assert [one.action for one in lines] == ["site.add"]


def test_manifest_tells_nothing_of_the_machine(agency: Agency, office_site):
    build(agency)
    told = json.loads(text(agency, "manifest.json"))
    assert not any(str(folder_of(agency)) in name for name in told["files"])


def test_preview_of_the_approved_release_shows_one_version(agency, page, publish, sign_in):
    publish(page, body="x")
    shown = sign_in(Role.PUBLISHER).get(reverse("disclosure:preview", args=[agency.code, page.pk])).content.decode()
    public = (folder_of(agency) / page.path / "index.html").read_text(encoding="utf-8")
    assert "v2/index.html" not in shown and shown.count("v1/index.html") == public.count("v1/index.html")
    assert "ฉบับที่เผยแพร่อยู่ ไม่มีฉบับที่กำลังทำ" in shown and "ยังไม่ได้เผยแพร่" not in shown
