"""The public site of the made-up municipality: written from samples, asked for, approved, as an office would do it."""

from collections.abc import Mapping
from pathlib import Path

from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.cycles.models import ItemState
from prongsai.web.disclosure.models import Channel, Page, PageKind, Release
from prongsai.web.disclosure.services import pages, postings, settings, submitting
from prongsai.web.operations.demo_samples import Sample, samples
from prongsai.web.operations.demo_site_files import attach

Scopes = Mapping[Role, Scope]
FOLDER = "site"
HOME = "https://www.suanphlu.example/"
TABLES = {"purchases": "ตารางการจัดซื้อจัดจ้าง", "service-statistics": "ตารางสถิติการให้บริการ"}
# Items whose submission is prepared; what the first of them says was pasted.
SUBMITTED = ("organisation.structure-and-powers", "organisation.executives", "plan.strategic")
SITE = {
    "about": "เทศบาลตำบลบ้านสวนพลูดูแลประชาชน 8 หมู่บ้าน ริมคลองสวนพลู จังหวัดลพบุรี เปิดเผยข้อมูลทุกข้อที่กฎหมายกำหนด และอีกมากกว่านั้น",
    "about_en": "Ban Suan Phlu Subdistrict Municipality serves eight villages along the Suan Phlu canal in Lop Buri.",
    "address_en": "99 Moo 3, Ban Suan Phlu, Mueang Lop Buri, Lop Buri 15000, Thailand",
    "fax": "0-3600-0001",
    "hours": "วันจันทร์ถึงวันศุกร์ 08.30–16.30 น. เว้นวันหยุดราชการ",
    "directions": "จากตัวเมืองลพบุรีใช้ถนนเลียบคลองสวนพลู 7 กิโลเมตร สำนักงานอยู่ฝั่งซ้ายก่อนถึงวัด",
    "channels": [{"name": "Facebook", "address": "https://www.facebook.example/suanphlu"}],
}


def load(scopes: Scopes, folder: Path, year_be: int) -> None:
    """Publish every sample and the tables of two registers, and do with some of them what else is done with pages."""
    folder = folder / FOLDER
    writer = scopes[Role.PUBLISHER]
    picture = (folder / "pictures" / "map.png").read_bytes()
    settings.change_site(writer, version=None, picture=picture, **SITE)
    postings.ensure_channels(writer)
    found = ItemState.objects.filter(cycle__agency=writer.agency, cycle__fiscal_year_be=year_be)
    items = {item.key: item for item in found.select_related("cycle")}
    for sample in samples(folder):
        item = items.get(sample.name)
        page = pages.ensure_item_page(writer, item=item) if item else _page(writer, sample)
        _bring_out(scopes, page, sample, folder)
    for register, title in TABLES.items():
        publish(scopes, _table(writer, register, f"{title} ปีงบประมาณ {year_be}", year_be))
    for key in SUBMITTED:
        submitted = Page.objects.filter(agency=writer.agency, item__in=items.values(), item_key=key).first()
        if submitted:
            _submit(scopes, submitted, is_pasted=key == SUBMITTED[0])


def publish(scopes: Scopes, release: Release) -> Release:
    """Ask for a release as the publisher and approve it as the mayor; nothing in the samples waits at the gate."""
    asked = pages.request_release(scopes[Role.PUBLISHER], release=release, version=None)
    return pages.approve(scopes[Role.MAYOR], release=asked, version=None)


def _page(scope: Scope, sample: Sample) -> Page:
    return pages.add_page(
        scope,
        kind=sample.head("kind"),
        title=sample.head("title"),
        path=sample.head("path"),
        year_be=int(sample.head("year") or 0),
        unit=Unit.objects.get(agency=scope.agency, name="สำนักปลัดเทศบาล"),
        event_on=sample.day("event"),
    )


def _bring_out(scopes: Scopes, page: Page, sample: Sample, folder: Path) -> None:
    """Publish a page here or elsewhere; then correct, post or withdraw it, where its heads say so."""
    writer = scopes[Role.PUBLISHER]
    if address := sample.head("elsewhere"):
        pages.publish_elsewhere(writer, page=page, version=None, address=address)
        return
    correction = sample.head("corrected")
    release = _written(writer, page, sample, summary="" if correction else sample.head("summary"))
    attach(writer, release, sample, folder / "pictures")
    publish(scopes, release)
    if correction:
        again = {"summary": sample.head("summary"), "change_note": correction}
        publish(scopes, pages.write_release(writer, page=page, version=None, **again))
    page.refresh_from_db()
    if posted := sample.head("posted"):
        channel = Channel.objects.filter(agency=writer.agency).order_by("place")[0]
        postings.add_posting(writer, page=page, channel=channel, posted_on=sample.day("event"), address=posted)
    if reason := sample.head("withdrawn"):
        pages.withdraw(writer, page=page, version=None, reason=reason)


def _written(scope: Scope, page: Page, sample: Sample, *, summary: str) -> Release:
    return pages.write_release(
        scope,
        page=page,
        version=None,
        title=sample.head("title"),
        title_en=sample.head("title_en"),
        summary=summary,
        body=sample.body,
        content_year_be=int(sample.head("year")) if sample.head("year") else None,
        document_date=sample.day("dated"),
        received_on=sample.day("dated"),
    )


def _table(scope: Scope, register: str, title: str, year_be: int) -> Release:
    path = f"{year_be}/data/{register}"
    page = pages.add_page(scope, kind=PageKind.REGISTER, title=title, path=path, year_be=year_be, register=register)
    return pages.write_release(scope, page=page, version=None, title=title, content_year_be=year_be)


def _submit(scopes: Scopes, page: Page, *, is_pasted: bool) -> None:
    """Prepare what goes into the national system, at the address that the site would have."""
    assert page.item
    address = f"{HOME}{page.path}/"
    steps = [
        {"text": "หน้าแรก", "address": HOME},
        {"text": f"การเปิดเผยข้อมูลสาธารณะ {page.year_be}", "address": f"{HOME}{page.year_be}/"},
        {"text": page.title, "address": address},
    ]
    words = f"หน่วยงานเผยแพร่{page.title}ไว้ที่ {address}"
    made = submitting.prepare(
        scopes[Role.PUBLISHER], item=page.item, address=address, steps=steps, explanation=words, page=page
    )
    if is_pasted:
        submitting.approve(scopes[Role.MAYOR], submission=made)
        submitting.paste(scopes[Role.PUBLISHER], submission=made)
