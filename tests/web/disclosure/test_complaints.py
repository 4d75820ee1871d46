"""Signed statistics and the guideline on complaints on their pages; the sealed channel's link on the public site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from prongsai.portal.render import page_html
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Category, Channel, Guideline, Holder, Report, State, Tally
from prongsai.web.complaints.queries import proofs
from prongsai.web.complaints.queries.counts import Period
from prongsai.web.complaints.services.guideline import adopt_guideline, write_guideline
from prongsai.web.complaints.services.tallies import sign_tally
from prongsai.web.cycles.models import Cycle, ItemState
from prongsai.web.disclosure.models import FileRole, Release, ReleaseState, Site
from prongsai.web.disclosure.queries.complaints import guideline_places, tally_places
from prongsai.web.disclosure.queries.site import site_of
from prongsai.web.disclosure.queries.site_pages import load_page
from prongsai.web.disclosure.services.complaints import publish_guideline, publish_tally
from tests.web import office

YEAR = Period(2568)
PARTS = ("how", "steps", "unit", "times")


def receive(agency: Agency, *months: int) -> None:
    first = 40000 + Report.objects.count()
    for number, month in enumerate(months, first):
        Report.objects.create(
            agency=agency, number=str(number), handle=f"{number:064}", way="public", category=Category.ABUSE,
            state=State.CLOSED, received_on=date(2025, month, 15),
        )  # fmt: skip


@pytest.fixture
def item(cycle: Cycle, agency: Agency) -> Callable[[str], ItemState]:
    return lambda key: ItemState.objects.get(cycle=cycle, key=key)


@pytest.fixture
def tally(agency: Agency, cycle: Cycle, scope) -> Tally:
    """Nine complaints of a year, one of them in a month of its own."""
    receive(agency, 2, 2, 2, 2, 5, 5, 5, 5, 8)
    return sign_tally(scope(Role.MAYOR), period=YEAR)


@pytest.fixture
def guideline(agency: Agency, cycle: Cycle, scope) -> Guideline:
    write_guideline(scope(Role.COORDINATOR), version=0, **dict.fromkeys(PARTS, "ภายใน ๑๕ วัน"))
    return adopt_guideline(scope(Role.MAYOR), version=None, ticked=PARTS)


# --- statistics -----------------------------------------------------------------------------------------------------
def test_page_of_the_item_shows_the_frozen_tables_and_the_papers(tally, item, scope, publish, agency):
    made = publish_tally(scope(Role.PUBLISHER), tally=tally, item=item(proofs.STATISTICS))
    shown = [(one.role, one.name.rpartition(".")[2]) for one in made.files.all()]
    assert shown == [(FileRole.SIGNED, "pdf"), (FileRole.TABLE, "xlsx"), (FileRole.DOCUMENT, "docx")]
    assert (made.content_year_be, made.document_date) == (2568, tally.signed_on)
    release = publish(made.page, body="")
    receive(agency, 3, 3, 3)
    year, months, kinds = load_page(agency, made.page_id).releases[0].tables
    assert year.rows == (("ปีงบประมาณ พ.ศ. 2568", "9", "9", "0", "0", ""),)
    told = {row[0]: row[1:] for row in months.rows}
    assert told["สิงหาคม ๒๕๖๘"] == ("*", "*", "*", "*", "*", "")
    assert told["มีนาคม ๒๕๖๘"] == ("0", "0", "0", "0", "0", "ไม่มีเรื่องร้องเรียน")
    assert {row[0]: row[1] for row in kinds.rows}["ใช้อำนาจหน้าที่โดยมิชอบ"] == "9"
    assert release.state == ReleaseState.APPROVED
    assert AuditEntry.objects.filter(agency=agency, action="release.from_tally").count() == 1
    (place,) = tally_places(tally)
    assert place.stands == "current"


def test_page_as_the_public_sees_it_says_that_there_were_none(cycle, item, scope, publish, agency):
    """E7.1."""
    none = sign_tally(scope(Role.MAYOR), period=YEAR)
    made = publish_tally(scope(Role.PUBLISHER), tally=none, item=item(proofs.STATISTICS))
    publish(made.page, body="")
    html = page_html(site_of(agency), load_page(agency, made.page_id))
    assert html.count("ไม่มีเรื่องร้องเรียน") >= 1 + 12 + 8


def test_tables_stand_only_with_the_papers_that_are_signed(tally, item, scope, publish):
    made = publish_tally(scope(Role.PUBLISHER), tally=tally, item=item(proofs.STATISTICS))
    made.files.all().delete()
    assert publish(made.page, body="ดูที่สำนักปลัด").tables == []


def test_newer_tally_takes_the_place_of_the_older_on_the_page(tally, item, scope, publish, agency):
    publisher = scope(Role.PUBLISHER)
    publish(publish_tally(publisher, tally=tally, item=item(proofs.STATISTICS)).page, body="")
    receive(agency, 3, 3, 3)
    newer = sign_tally(scope(Role.MAYOR), period=YEAR)
    with pytest.raises(ValidationError, match="มีฉบับใหม่แทนแล้ว"):
        publish_tally(publisher, tally=Tally.objects.get(pk=tally.pk), item=item(proofs.STATISTICS))
    made = publish_tally(publisher, tally=newer, item=item(proofs.STATISTICS))
    assert {one.file for one in made.files.all()} == {newer.pdf, newer.xlsx, newer.docx}
    names = [{one.name for one in release.files.all()} for release in Release.objects.filter(page=made.page)]
    assert names[0] == names[1]  # the addresses last


def test_statistics_go_only_to_their_item_and_by_who_writes_it(tally, item, scope, sign_in, agency):
    with pytest.raises(ValidationError, match="เลือกข้อ"):
        publish_tally(scope(Role.PUBLISHER), tally=tally, item=item(proofs.GUIDELINE))
    address = reverse("disclosure:tally_publish", args=[agency.code, tally.pk])
    assert sign_in(Role.OFFICER).get(address).status_code == 404
    client = sign_in(Role.PUBLISHER)
    assert client.get(address).status_code == 200
    assert client.post(address, {"item": "0"}).status_code == 422
    answer = client.post(address, {"item": item(proofs.STATISTICS).pk})
    made = Release.objects.get()
    assert answer["Location"] == reverse("disclosure:page", args=[agency.code, made.page_id])
    signed = client.get(reverse("complaint_tally", args=[agency.code, tally.pk])).content.decode()
    assert "ส่งไปเผยแพร่" in signed
    assert made.title in signed


# --- guideline ------------------------------------------------------------------------------------------------------
def test_guideline_goes_on_the_page_of_its_item(guideline, item, scope, agency, sign_in):
    made = publish_guideline(scope(Role.PUBLISHER), guideline=guideline, item=item(proofs.GUIDELINE))
    assert [one.file for one in made.files.all()] == [guideline.pdf, guideline.docx]
    assert [one.page for one in guideline_places(guideline)] == [made.page]
    address = reverse("disclosure:guideline_publish", args=[agency.code, guideline.pk])
    assert sign_in(Role.COORDINATOR).get(address).status_code == 200
    assert sign_in(Role.AUDITOR).get(address).status_code == 404


def test_draft_of_a_guideline_is_not_published(guideline, item, scope, agency, sign_in):
    draft = write_guideline(scope(Role.COORDINATOR), version=0, how="ร่าง")
    with pytest.raises(ValidationError, match="ให้ใช้"):
        publish_guideline(scope(Role.PUBLISHER), guideline=draft, item=item(proofs.GUIDELINE))
    address = reverse("disclosure:guideline_publish", args=[agency.code, draft.pk])
    assert sign_in(Role.PUBLISHER).get(address).status_code == 404


# --- the channel on the public site ---------------------------------------------------------------------------------
def test_sealed_channel_stands_on_the_site_apart_from_general_complaints_once_it_is_open(agency: Agency, system: Scope):
    """E2.1."""
    channel = Channel.objects.create(agency=agency, salt=bytes(16))
    assert site_of(agency).forms == ()
    user = office.user(agency, Role.LEGAL)
    channel.root = Holder.objects.create(agency=agency, user=user, duty="handler", named_on=system.today)
    channel.save()
    Site.objects.update_or_create(agency=agency, defaults={"app_address": "https://ita.example.go.th/"})
    (form,) = site_of(agency).forms
    assert (form.key, form.title, form.address) == (
        "corruption", "แจ้งเรื่องทุจริต", f"https://ita.example.go.th/{agency.code}/report/",
    )  # fmt: skip
