"""The public site as it is collected: every address that was ever public, lists in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from prongsai.portal import model
from prongsai.web.agencies.models import Agency, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Channel, Page, PastPath, Posting, Release, Site
from prongsai.web.disclosure.queries.addresses import public_address, site_root
from prongsai.web.disclosure.queries.site import site_of
from prongsai.web.disclosure.services import erasing, pages
from prongsai.web.evidence import store
from prongsai.web.evidence.models import File
from prongsai.web.registers.models import Entry, RegisterSetting
from tests.web import office

Publish = Callable[..., Release]
QUERIES = 19
TABLE = {
    "key": "gifts",
    "title": "ของขวัญที่รับ",
    "head": ["วันที่รับ", "มูลค่า (บาท)"],
    "columns": ["received_on", "value_thb"],
    "rows": [["5 ม.ค. 2569", "500.00"]],
    "numeric": [False, True],
}


def entry(site: model.Site, path: str) -> model.Entry:
    return next(one for one in site.entries if one.path == path)


def stamp(agency: Agency, path: str) -> str:
    return entry(site_of(agency), path).stamp


@pytest.fixture
def bare(agency: Agency) -> Callable[..., Page]:
    """A page that is public at once, made without going the whole way: ``bare(3)``."""

    def make(number: int, **fields: Any) -> Page:
        given = {"kind": "free", "path": f"page-{number}", "title": f"หน้า {number}", "state": "public"} | fields
        page = Page.objects.create(agency=agency, **given)
        release = Release.objects.create(
            page=page, number=1, state="approved", title=page.title, published_at=timezone.now(), tables=[TABLE]
        )
        page.current = release
        page.save()
        return page

    return make


# --- addresses ------------------------------------------------------------------------------------------------------
def test_root_is_what_the_office_said_else_where_we_serve(agency, free_page):
    assert site_root(agency) == "/public/05160101/"
    assert public_address(free_page) == "/public/05160101/mission/"
    Site.objects.create(agency=agency, address="https://open.example.go.th")
    assert public_address(free_page) == "https://open.example.go.th/mission/"


def test_root_takes_the_host_of_the_installation(agency, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://ita.example.go.th"]
    assert site_root(agency) == "https://ita.example.go.th/public/05160101/"
    assert site_of(agency).office.base == "https://ita.example.go.th/public/05160101/"


def test_address_of_a_page_that_stands_elsewhere_is_there(free_page):
    free_page.elsewhere = "https://www.example.go.th/mission"
    assert public_address(free_page) == "https://www.example.go.th/mission"


# --- entries --------------------------------------------------------------------------------------------------------
def test_drafts_are_not_of_the_site(agency, page, free_page, ask):
    ask(page)
    assert site_of(agency).entries == ()


def test_published_page_is_given_whole(agency, page, publish, file, system):
    pages.write_release(system, page=page, version=None, body="ข้อมูลของหน่วยงาน")
    draft = page.releases.get()
    pages.attach(system, release=draft, file=file(), title="แผน")
    publish(page, summary="สรุป", content_year_be=2569, document_date=date(2026, 1, 5))
    shown = entry(site_of(agency), "2569/organisation.executives").load()
    assert (shown.kind, shown.code, shown.year_be, shown.unit) == ("item", page.item.code, 2569, "กองคลัง")
    assert shown.others == (f"2569/{page.item.code.lower()}",) or shown.others == (f"2569/{page.item.code}",)
    release = shown.current
    assert release is not None and release.number == 1
    assert (release.summary, release.content_year_be, release.document_date) == ("สรุป", 2569, date(2026, 1, 5))
    assert release.body == (model.Block(model.BlockKind.PARAGRAPH, ("ข้อมูลของหน่วยงาน",)),)
    document = release.documents[0]
    assert document.asset.open_bytes is not None
    assert document.asset.open_bytes() == "แผนของหน่วยงาน\n".encode()


def test_replaced_withdrawn_and_elsewhere_keep_their_releases(agency, page, free_page, publish, scope):
    publish(page)
    publish(page, body="ฉบับใหม่", change_note="ปรับตัวเลข")
    shown = entry(site_of(agency), page.path).load()
    assert [(one.number, one.standing) for one in shown.releases] == [
        (2, model.Standing.CURRENT),
        (1, model.Standing.REPLACED),
    ]
    publish(free_page)
    pages.withdraw(scope(Role.SECRETARY), page=free_page, version=free_page.version, reason="ผิดปี", knows=True)
    gone = entry(site_of(agency), "mission")
    assert gone.is_withdrawn
    shown = gone.load()
    assert (shown.withdrawn, shown.current) == ("ผิดปี", None)
    assert [one.standing for one in shown.releases] == [model.Standing.WITHDRAWN]
    page.refresh_from_db()
    there = "https://www.example.go.th/executives"
    pages.publish_elsewhere(scope(Role.PUBLISHER), page=page, version=page.version, address=there, knows=True)
    site = site_of(agency)
    assert entry(site, page.path).load().elsewhere == there
    lines = [line for year in site.years for _name, lines in year.groups for line in lines]
    assert [(line.state, line.elsewhere) for line in lines if line.path] == [("elsewhere", there)]


def test_number_of_queries_is_the_same_for_one_page_and_thirty(agency, bare, item, django_assert_num_queries):
    bare(1, kind="item", path="2569/executives", item=item(), item_key="organisation.executives", year_be=2569)
    site_of(agency)
    with django_assert_num_queries(QUERIES):
        site_of(agency)
    for number in range(2, 31):
        bare(number)
    with django_assert_num_queries(QUERIES):
        assert len(site_of(agency).entries) == 30


def test_page_is_loaded_in_few_queries_by_itself(agency, bare, django_assert_num_queries):
    bare(1)
    load = site_of(agency).entries[0].load
    with django_assert_num_queries(6):
        load()


# --- stamps ---------------------------------------------------------------------------------------------------------
def test_stamp_stays_until_something_on_the_page_changes(agency, bare, file):
    page, _other = bare(1), bare(2)
    before, of_other = stamp(agency, "page-1"), stamp(agency, "page-2")
    seen = {before}

    def changed() -> None:
        now = stamp(agency, "page-1")
        assert now not in seen
        seen.add(now)

    kept = file()
    page.current.files.create(file=kept, title="แผน", name="plan.txt")
    changed()
    File.objects.filter(pk=kept.pk).update(erased_at=timezone.now())
    changed()
    channel = Channel.objects.create(agency=agency, name="Facebook")
    Posting.objects.create(page=page, channel=channel, posted_on=date(2026, 1, 6), address="https://fb.example/1")
    changed()
    PastPath.objects.create(agency=agency, page=page, path="old-name")
    changed()
    Channel.objects.filter(pk=channel.pk).update(name="เพจเทศบาล")
    changed()
    Page.objects.filter(pk=page.pk).update(title="ชื่อใหม่", version=page.version + 1)
    changed()
    assert stamp(agency, "page-1") in seen and stamp(agency, "page-2") == of_other


def test_stamp_is_the_same_once_the_site_is_kept(agency, bare):
    bare(1)
    before = stamp(agency, "page-1")
    Site.objects.create(agency=agency)
    assert stamp(agency, "page-1") == before


def test_stamp_of_the_site_follows_what_stands_on_every_page(agency, bare):
    bare(1)
    seen = {site_of(agency).stamp}
    Site.objects.create(agency=agency, hours="จันทร์–ศุกร์")
    seen.add(site_of(agency).stamp)
    Site.objects.filter(agency=agency).update(layout_version=2)
    seen.add(site_of(agency).stamp)
    assert len(seen) == 3
    bare(2)
    assert site_of(agency).stamp in seen


# --- files ----------------------------------------------------------------------------------------------------------
def test_erased_file_has_its_hash_and_no_bytes(agency, bare, file):
    kept = file()
    bare(1).current.files.create(file=kept, title="แผน", name="plan.txt")
    File.objects.filter(pk=kept.pk).update(erased_at=timezone.now())
    asset = site_of(agency).entries[0].load().releases[0].documents[0].asset
    assert (asset.sha256, asset.is_erased) == (kept.sha256, True)


def test_lost_file_is_stood_in_for_and_keeps_no_site_down(agency, bare, file):
    kept = file()
    bare(1).current.files.create(file=kept, title="แผน", name="plan.txt")
    before = site_of(agency).entries[0].stamp
    store.path_of(agency.code, kept.sha256).unlink()
    now = site_of(agency).entries[0]
    asset = now.load().releases[0].documents[0].asset
    assert now.stamp != before  # written anew when the file is back
    assert asset.open_bytes is not None and kept.sha256 in asset.open_bytes().decode("utf-8-sig")


def test_damaged_file_keeps_no_site_down(agency, bare, free_page, publish, file):
    kept = file()
    bare(1).current.files.create(file=kept, title="แผน", name="plan.txt")
    publish(free_page, body="อีกหน้า")
    at = store.path_of(agency.code, kept.sha256)
    at.chmod(0o644)
    at.write_bytes(b"x" * at.stat().st_size)
    site = site_of(agency)
    assert [len(one.load().releases) for one in site.entries] == [1, 1]
    at.write_bytes(b"x")  # shorter: it is as if it were lost
    asset = entry(site_of(agency), "page-1").load().releases[0].documents[0].asset
    assert asset.open_bytes is not None and kept.sha256 in asset.open_bytes().decode("utf-8-sig")


# --- parts ----------------------------------------------------------------------------------------------------------
def test_number_of_pages_is_kept_with_a_release_when_it_is_approved(agency, free_page, publish, scope):
    publish(free_page, body="สั้น")
    long = publish(free_page, body="\n\n".join(f"ย่อหน้าที่ {number} {'ก ' * 500}" for number in range(400)))
    shown = entry(site_of(agency), "mission").load()
    assert [one.parts for one in shown.releases] == [long.parts, 1] and long.parts > 1
    erasing.erase_release(scope(Role.PRIVACY), release=long, version=None, reason="คำขอ")
    assert entry(site_of(agency), "mission").load().releases[0].parts == long.parts


# --- open data ------------------------------------------------------------------------------------------------------
def test_columns_of_a_table_are_explained_by_their_register(agency, bare):
    bare(1, kind="register", path="2569/data/gifts", register="gifts", year_be=2569)
    found = site_of(agency).entries[0]
    table = found.load().releases[0].tables[0]
    assert [(one.key, one.label, one.type) for one in table.columns] == [
        ("received_on", "วันที่รับ", "date"),
        ("value_thb", "มูลค่า (บาท)", "money"),
    ]
    assert (table.rows, table.numeric) == ((("5 ม.ค. 2569", "500.00"),), (False, True))
    assert found.has_data and found.metadata == found.load().metadata


def test_metadata_has_fourteen_fields_in_the_words_of_the_catalogue(agency, bare):
    Site.objects.create(agency=agency, license_id="CC BY")
    bare(1, kind="register", path="2569/data/gifts", register="gifts", year_be=2569, title="ทะเบียนของขวัญ")
    found = site_of(agency).entries[0].metadata
    assert found is not None and len(found.__slots__) == 14
    assert (found.data_type, found.data_category, found.license_id) == ("ข้อมูลระเบียน", "ข้อมูลสาธารณะ", "CC BY")
    assert (found.title, found.owner_org, found.geo_coverage) == ("ทะเบียนของขวัญ", agency.name, "เทศบาล/อบต.")
    assert found.update_frequency_unit in ("เดือน", "ไตรมาส", "ครึ่งปี", "ปี") and found.data_format == ("CSV", "JSON")


def test_metadata_says_what_nobody_knows(agency, bare):
    bare(1)
    found = site_of(agency).entries[0].metadata
    assert found is not None
    assert (found.update_frequency_unit, found.license_id) == ("ไม่ทราบ", "License not specified")


# --- years, laws ----------------------------------------------------------------------------------------------------
def test_year_lists_every_item_with_its_state(agency, page, publish):
    assert site_of(agency).years == ()
    publish(page)
    year = site_of(agency).years[0]
    lines = [line for _name, lines in year.groups for line in lines]
    assert year.year_be == 2569 and len(lines) == page.item.cycle.items.count()
    assert [line.path for line in lines if line.state == "published"] == ["2569/organisation.executives"]
    assert {line.state for line in lines} == {"published", "waiting"}
    assert all(name and not name.isdecimal() for name, _lines in year.groups)


def test_laws_are_free_pages_below_laws(agency, bare):
    bare(1, path="laws/bylaw-1", title="เทศบัญญัติ ๑", year_be=2565)
    bare(2, path="laws/bylaw-2", title="เทศบัญญัติ ๒", year_be=2560, state="withdrawn")
    assert [(one.title, one.year_be, one.state) for one in site_of(agency).laws] == [
        ("เทศบัญญัติ ๑", 2565, "in force"),
        ("เทศบัญญัติ ๒", 2560, "repealed"),
    ]


# --- the office -----------------------------------------------------------------------------------------------------
def test_people_come_from_appointments(agency: Agency):
    Post.objects.create(agency=agency, title="รองนายกเทศมนตรี", side="political")
    site = site_of(agency)
    assert [(one.name, one.post, one.side) for one in site.political] == [
        ("นายสมหมาย ใจกว้าง", "นายกเทศมนตรี", "political"),
        ("นายสภา ใจธรรม", "สมาชิกสภาเทศบาล", "council"),
    ]
    assert [one.post for one in site.permanent] == ["ปลัดเทศบาล", "หัวหน้าสำนักปลัดเทศบาล", "ผู้อำนวยการกองคลัง"]


def test_people_come_from_their_register_once_it_is_published(agency: Agency):
    values = {
        "person": {"id": None, "text": "นายสมหมาย ใจกว้าง"},
        "post": {"id": None, "text": "นายกเทศมนตรี"},
        "side": "political",
        "phone": "0-3600-0000 ต่อ 101",
        "since": "2021-04-01",
    }
    Entry.objects.create(
        agency=agency, register="executives", number=1, state="current", dated_on=date(2026, 1, 1), values=values
    )
    assert len(site_of(agency).permanent) == 3
    RegisterSetting.objects.create(agency=agency, register="executives", is_published=True)
    site = site_of(agency)
    assert [(one.name, one.phone, one.term) for one in site.political] == [
        ("นายสมหมาย ใจกว้าง", "0-3600-0000 ต่อ 101", "ตั้งแต่ ๑ เมษายน ๒๕๖๔")
    ]


def test_units_stand_under_each_other_with_their_heads(agency: Agency):
    office.unit(agency, "กองคลัง").children.create(agency=agency, name="งานพัสดุ", kind="section")
    units = site_of(agency).units
    assert [one.name for one in units] == [name for name, _kind, _aliases in office.UNITS]
    finance = units[1]
    assert (finance.head, [one.name for one in finance.under]) == ("นายประสิทธิ์ มั่นคง", ["งานพัสดุ"])


def test_powers_come_from_their_register_in_the_offices_words(agency: Agency):
    values = {"kind": "powers", "topic": "รักษาความสะอาด", "text": "เก็บขนมูลฝอย", "act": "พระราชบัญญัติเทศบาล"}
    Entry.objects.create(
        agency=agency,
        register="powers",
        number=1,
        state="kept",
        dated_on=date(2026, 1, 1),
        values=values | {"act_year_be": "2496", "section": "50 (3)"},
    )
    assert site_of(agency).powers == ()
    RegisterSetting.objects.create(agency=agency, register="powers", is_published=True)
    assert [one.lines[0] for one in site_of(agency).powers] == [
        "รักษาความสะอาด",
        "เก็บขนมูลฝอย",
        "ตามพระราชบัญญัติเทศบาล พ.ศ. 2496 มาตรา 50 (3)",
    ]


def test_forms_are_those_that_take_from_outside(agency: Agency):
    assert site_of(agency).forms == ()
    for register in ("complaints-general", "questions"):
        RegisterSetting.objects.create(agency=agency, register=register, takes_outside=True)
    assert [(one.key, one.address) for one in site_of(agency).forms] == [("questions", ""), ("complaint", "")]
    Site.objects.create(agency=agency, app_address="https://ita.example.go.th/")
    assert site_of(agency).forms[0].address == "https://ita.example.go.th/05160101/open/questions/send/"


def test_other_agency_has_a_site_of_its_own(agency, other_agency, bare, system: Scope):
    bare(1)
    site = site_of(other_agency)
    assert (site.entries, site.office.name) == ((), other_agency.name)
