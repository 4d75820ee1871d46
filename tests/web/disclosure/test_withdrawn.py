"""What was withdrawn never shows again by itself: not by another release, not by another address, not by one person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from prongsai.portal import model
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Page, PageState, ProofEntry, Release, Submission
from prongsai.web.disclosure.queries.addresses import folder_of
from prongsai.web.disclosure.queries.site import site_of
from prongsai.web.disclosure.services import erasing, pages
from prongsai.web.disclosure.services.building import build
from prongsai.web.disclosure.services.locks import PageLocked

pytestmark = pytest.mark.django_db
WORDS = "ข้อความที่ถอน"
ELSEWHERE = "https://www.example.go.th/x"


@pytest.fixture
def publisher(scope: Callable[[Role], Scope]) -> Scope:
    return scope(Role.PUBLISHER)


@pytest.fixture
def withdrawn(page: Page, publish: Callable[..., Release], publisher: Scope) -> Page:
    """A page that said something and was withdrawn."""
    publish(page, body=WORDS)
    pages.withdraw(publisher, page=page, version=None, reason="เอกสารผิดปี")
    page.refresh_from_db()
    return page


def first_version(agency: Agency, page: Page) -> str:
    build(agency)
    return (folder_of(agency) / page.path / "v1" / "index.html").read_text(encoding="utf-8")


def standings(agency: Agency, page: Page) -> dict[int, model.Standing]:
    shown = next(one for one in site_of(agency).entries if one.path == page.path).load()
    return {one.number: one.standing for one in shown.releases}


def test_withdrawing_withdraws_every_release_until_then(page, publish, publisher):
    publish(page, body="หนึ่ง")
    publish(page, body="สอง")
    pages.withdraw(publisher, page=page, version=None, reason="เอกสารผิดปี")
    page.refresh_from_db()
    told = list(page.releases.values_list("withdrawn_at", "withdrawn_reason"))
    assert told == [(page.withdrawn_at, "เอกสารผิดปี")] * 2
    assert AuditEntry.objects.filter(action="release.withdraw").count() == 2


def test_one_person_does_not_bring_withdrawn_content_back(withdrawn, publisher):
    pages.publish_elsewhere(publisher, page=withdrawn, version=None, address=ELSEWHERE)
    with pytest.raises(ValidationError):
        pages.publish_elsewhere(publisher, page=withdrawn, version=None, address="")
    withdrawn.refresh_from_db()
    assert (withdrawn.state, withdrawn.current, withdrawn.elsewhere) == (PageState.PUBLIC, None, ELSEWHERE)


def test_erased_release_is_not_brought_back_from_elsewhere(free_page, publish, publisher, scope):
    made = publish(free_page)
    pages.publish_elsewhere(publisher, page=free_page, version=None, address=ELSEWHERE)
    erasing.erase_release(scope(Role.PRIVACY), release=made, version=None, reason="เจ้าของข้อมูลขอให้ลบ")
    with pytest.raises(ValidationError):
        pages.publish_elsewhere(publisher, page=free_page, version=None, address="")


def test_withdrawn_version_stays_so_when_the_page_goes_elsewhere(agency, withdrawn, publisher):
    pages.publish_elsewhere(publisher, page=withdrawn, version=None, address=ELSEWHERE)
    assert WORDS not in first_version(agency, withdrawn)
    assert standings(agency, withdrawn) == {1: model.Standing.WITHDRAWN}


def test_withdrawn_version_stays_so_when_a_corrected_one_is_published(agency, withdrawn, publish):
    publish(withdrawn, body="ข้อความใหม่")
    assert WORDS not in first_version(agency, withdrawn)
    assert standings(agency, withdrawn) == {2: model.Standing.CURRENT, 1: model.Standing.WITHDRAWN}


def test_second_withdrawal_leaves_the_first_as_it_was_told(withdrawn, publish, publisher):
    since = withdrawn.withdrawn_at
    publish(withdrawn, body="ข้อความใหม่")
    pages.withdraw(publisher, page=withdrawn, version=None, reason="ผิดอีก")
    told = dict(withdrawn.releases.values_list("number", "withdrawn_reason"))
    assert told == {1: "เอกสารผิดปี", 2: "ผิดอีก"}
    assert withdrawn.releases.get(number=1).withdrawn_at == since


# --- what was submitted ---------------------------------------------------------------------------------------------
def test_submitted_page_that_was_withdrawn_is_still_changed_only_knowingly(withdrawn, publisher, scope, ask):
    Submission.objects.create(item=withdrawn.item, page=withdrawn, address="https://a.go.th/1/", state="pasted")
    asked = ask(withdrawn, body="ใหม่")
    acts = [
        lambda **more: pages.publish_elsewhere(publisher, page=withdrawn, version=None, address=ELSEWHERE, **more),
        lambda **more: pages.rename(publisher, page=withdrawn, version=None, path="2569/other", **more),
        lambda **more: pages.approve(scope(Role.MAYOR), release=asked, version=None, **more),
    ]
    for act in acts:
        with pytest.raises(PageLocked):
            act()
        act(knows=True)


def test_pages_ask_whether_it_is_known_that_a_withdrawn_page_was_submitted(agency, withdrawn, sign_in, ask):
    Submission.objects.create(item=withdrawn.item, page=withdrawn, address="https://a.go.th/1/", state="pasted")
    client = sign_in(Role.PUBLISHER)
    for name in ("elsewhere", "rename"):
        assert (
            "knows"
            in client.get(reverse(f"disclosure:{name}", args=[agency.code, withdrawn.pk])).context["form"].fields
        )
    ask(withdrawn, body="ใหม่")
    shown = sign_in(Role.MAYOR).get(reverse("disclosure:page", args=[agency.code, withdrawn.pk])).content.decode()
    assert 'name="knows"' in shown


# --- the title ------------------------------------------------------------------------------------------------------
NAMED = "นายดำ แดงดี ถูกลงโทษ"


def test_title_of_a_public_page_is_not_changed_by_one_person(agency, page, publish, scope):
    publish(page, title="ข้อมูลผู้บริหาร")
    pages.change_page(scope(Role.HEAD), page=page, version=None, title=NAMED)
    entry = site_of(agency).entries[0]
    assert (entry.title, entry.load().title) == ("ข้อมูลผู้บริหาร", "ข้อมูลผู้บริหาร")
    build(agency)
    told = [one for one in folder_of(agency).rglob("*") if one.is_file() and NAMED in one.read_text("utf-8", "replace")]
    assert told == []


def test_public_sees_the_title_of_the_release_wherever_the_page_stands(agency, free_page, publish, publisher):
    publish(free_page, title="อำนาจหน้าที่")
    publish(free_page, title="ภารกิจและอำนาจหน้าที่")
    seen = []
    for act in (
        lambda: None,
        lambda: pages.publish_elsewhere(publisher, page=free_page, version=None, address=ELSEWHERE),
        lambda: pages.withdraw(publisher, page=free_page, version=None, reason="ยกเลิก"),
    ):
        act()
        (entry,) = site_of(agency).entries
        seen.append((entry.title, entry.load().title))
    assert seen == [("ภารกิจและอำนาจหน้าที่",) * 2] * 3


def test_name_of_a_page_elsewhere_that_nobody_approved_stays(agency, free_page, publisher, publish):
    pages.publish_elsewhere(publisher, page=free_page, version=None, address=ELSEWHERE)
    with pytest.raises(ValidationError):
        pages.change_page(publisher, page=free_page, version=None, title=NAMED)
    pages.change_page(publisher, page=free_page, version=None, title=free_page.title, review_on=publisher.today)
    publish(free_page)
    pages.change_page(publisher, page=free_page, version=None, title="ชื่อภายใน")
    assert [one.title for one in site_of(agency).entries] == ["ภารกิจ"]


def test_title_that_names_somebody_leaves_no_trace_outside_when_erased(
    agency, free_page, publish, scope, folders: Path
):
    made = publish(free_page, title=NAMED, body="x")
    build(agency)
    erasing.erase_release(scope(Role.PRIVACY), release=made, version=None, reason="คำขอของเจ้าของข้อมูล", title="เอกสาร")
    build(agency)
    assert not [one for one in ProofEntry.objects.filter(agency=agency) if "นายดำ" in str(one.content)]
    told = [
        one for one in folder_of(agency).rglob("*") if one.is_file() and "นายดำ" in one.read_text("utf-8", "replace")
    ]
    assert told == []
