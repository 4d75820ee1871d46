"""Letters go on to publication: signed ones only, never a secret one; what preceded is shown beside what is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import FileRole, Page, ReleaseState
from prongsai.web.disclosure.queries.frozen import is_as_frozen
from prongsai.web.disclosure.queries.letters import places_of, preceding_of, why_not_publish
from prongsai.web.disclosure.queries.outdated import overtaken
from prongsai.web.disclosure.queries.site_pages import draft_page, load_page
from prongsai.web.disclosure.services import pages
from prongsai.web.disclosure.services.letters import Where, publish_letter
from prongsai.web.evidence.services import add_evidence
from prongsai.web.letters.models import (
    Attachment,
    Decision,
    Incoming,
    Letter,
    LetterState,
    Method,
    Number,
    Series,
    SeriesKind,
)
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services import chain, writing
from prongsai.web.plans.models import Report, ReportState
from tests.web import office
from tests.web.disclosure.signed import DATED, MAYOR, NOON, SUBJECT, draft_of, made_report, signed_letter


@pytest.fixture
def letter(agency, file) -> Callable[..., Letter]:
    return partial(signed_letter, agency, file)


@pytest.fixture
def report(agency, cycle, file) -> Callable[..., Report]:
    return partial(made_report, agency, cycle, file)


def refused(caught: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(caught.value.messages)


# --- going on to publication ----------------------------------------------------------------------------------------
def test_announcement_goes_on_a_page_of_its_own(letter, scope):
    signed = letter()
    made = publish_letter(scope(Role.PUBLISHER), letter=signed, where=Where(), parts=["pdf"])
    (held,) = made.files.all()
    assert (made.page.path, made.title, made.document_date, made.state) == (
        "announcements/2569/1", SUBJECT, DATED, ReleaseState.DRAFT,
    )  # fmt: skip
    assert (held.file, held.role, held.title) == (signed.pdf, FileRole.SIGNED, f"ประกาศ {SUBJECT}")


def test_announcement_goes_on_the_page_of_an_item_with_what_goes_with_it(letter, scope, item, file):
    signed = letter()
    added = Attachment.objects.create(letter=signed, file=file("แนบ.txt", "บัญชีแนบท้าย"), title="บัญชีแนบท้าย")
    where = Where(item=item())
    made = publish_letter(scope(Role.PUBLISHER), letter=signed, where=where, parts=["pdf", f"attachment-{added.pk}"])
    assert made.page.item == where.item
    assert [(one.role, one.title) for one in made.files.all()] == [
        (FileRole.SIGNED, f"ประกาศ {SUBJECT}"), (FileRole.DOCUMENT, "บัญชีแนบท้าย"),
    ]  # fmt: skip


def test_page_keeps_its_title_and_shows_no_file_twice(letter, scope, free_page):
    signed = letter()
    draft_of(scope, free_page)
    for _time in range(2):
        made = publish_letter(scope(Role.PUBLISHER), letter=signed, where=Where(page=free_page), parts=["pdf"])
    assert (made.title, made.files.count()) == ("ภารกิจ", 1)


def test_announcement_becomes_news(letter, scope):
    made = publish_letter(scope(Role.PUBLISHER), letter=letter(), where=Where(kind="news"), parts=["pdf"])
    assert (made.page.kind, made.page.event_on, made.page.path) == ("news", DATED, "news/2569/2026-03-30-1")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"secrecy": "ลับ"}, "หนังสือลับเผยแพร่ไม่ได้"),
        ({"state": LetterState.DRAFT}, "เผยแพร่ได้เมื่อลงนามแล้ว"),
        ({"state": LetterState.IN_CHAIN}, "เผยแพร่ได้เมื่อลงนามแล้ว"),
        ({"state": LetterState.REPLACED}, "หนังสือนี้มีฉบับใหม่แทนแล้ว เผยแพร่ฉบับใหม่"),
        ({"pdf": None}, "หนังสือนี้ไม่มีไฟล์ฉบับลงนาม"),
    ],
)
def test_what_is_not_signed_or_is_secret_is_not_published(letter, scope, more, said):
    found = letter(**more)
    assert why_not_publish(found) == said
    with pytest.raises(ValidationError) as caught:
        publish_letter(scope(Role.PUBLISHER), letter=found, where=Where(), parts=["pdf"])
    assert refused(caught) == said and Page.objects.count() == 0


def test_what_goes_with_a_letter_is_not_shown_without_it(letter, scope, file):
    signed = letter()
    added = Attachment.objects.create(letter=signed, file=file("แนบ.txt", "แนบ"), title="แนบ")
    with pytest.raises(ValidationError) as caught:
        publish_letter(scope(Role.PUBLISHER), letter=signed, where=Where(), parts=[f"attachment-{added.pk}"])
    assert refused(caught) == "เลือกฉบับลงนามอย่างน้อยหนึ่งไฟล์"


def test_places_of_a_letter_are_told(letter, scope, free_page, publish):
    signed = letter()
    assert places_of(signed) == ()
    publish_letter(scope(Role.PUBLISHER), letter=signed, where=Where(page=free_page), parts=["pdf"])
    assert [(one.page, one.stands) for one in places_of(signed)] == [(free_page, "making")]
    publish(free_page)
    assert [(one.page, one.stands) for one in places_of(signed)] == [(free_page, "current")]
    pages.withdraw(scope(Role.PUBLISHER), page=free_page, version=None, reason="ปรับปรุง")
    assert [one.stands for one in places_of(signed)] == ["withdrawn"]


# --- what preceded (B13.1) ------------------------------------------------------------------------------------------
def test_published_item_shows_the_report_that_preceded_it(letter, report, scope, page, publish, agency):
    told = report(ReportState.APPROVED)
    letter("memo", number="ลบ 52701/220", report=told, subject="รายงานผลรอบ ๖ เดือน")
    draft = draft_of(scope, page)
    pages.attach(scope(Role.PUBLISHER), release=draft, file=told.docx, title="รายงาน")
    release = publish(page, content_year_be=2569)
    (found,) = preceding_of(release)
    assert (found.what, found.number, found.dated, found.by, found.is_approved) == (
        "หนังสือ", "ลบ 52701/220", DATED, MAYOR, True,
    )  # fmt: skip
    (shown,) = load_page(agency, page.pk).releases[0].reported
    assert (shown.what, shown.number, shown.dated, shown.by, shown.is_approved) == (
        "หนังสือ", "ลบ 52701/220", DATED, MAYOR, True,
    )  # fmt: skip


def test_announcement_itself_and_the_memo_it_went_with_precede(letter, scope, free_page):
    announced = letter()
    memo = letter("memo", number="ลบ 52701/219", decision=Decision.ACKNOWLEDGE, dated=DATED - timedelta(days=1))
    Attachment.objects.create(letter=memo, file=announced.pdf, title="ร่างประกาศ")
    made = publish_letter(scope(Role.PUBLISHER), letter=announced, where=Where(page=free_page), parts=["pdf"])
    assert [(one.what, one.number, one.is_approved) for one in preceding_of(made)] == [
        ("หนังสือ", "ลบ 52701/219", False), ("ประกาศ", "46", True),
    ]  # fmt: skip


def test_line_stays_as_it_was_published(letter, scope, free_page, publish, agency):
    signed = letter()
    publish_letter(scope(Role.PUBLISHER), letter=signed, where=Where(page=free_page), parts=["pdf"])
    release = publish(free_page)
    before = load_page(agency, free_page.pk).releases[0].reported
    Letter.objects.filter(pk=signed.pk).update(state=LetterState.REPLACED, dated=DATED + timedelta(days=9))
    late = letter("memo", number="ลบ 52701/999", decided_at=timezone.now() + timedelta(days=1))
    Attachment.objects.create(letter=late, file=signed.pdf, title="ประกาศ")
    assert load_page(agency, free_page.pk).releases[0].reported == before
    assert "ลบ 52701/999" not in [one.number for one in preceding_of(release)]
    release.refresh_from_db()
    assert is_as_frozen(release)
    release.reports = []
    assert not is_as_frozen(release)


def test_release_without_letters_has_the_hash_it_always_had(free_page, publish):
    release = publish(free_page)
    assert (release.reports, is_as_frozen(release)) == ([], True)


def test_preview_shows_what_preceded_before_it_is_approved(letter, scope, free_page, agency):
    made = publish_letter(scope(Role.PUBLISHER), letter=letter(), where=Where(page=free_page), parts=["pdf"])
    assert [one.number for one in draft_page(free_page, agency, made).releases[0].reported] == ["46"]


def test_secret_letter_precedes_nothing(letter, scope, free_page, file):
    opened = file("เปิด.txt", "เปิดอยู่แล้ว")
    secret = letter("memo", number="7", secrecy="ลับ")
    Attachment.objects.create(letter=secret, file=opened, title="กฎหมาย")
    draft = draft_of(scope, free_page)
    pages.attach(scope(Role.PUBLISHER), release=draft, file=opened, title="กฎหมาย")
    assert preceding_of(draft) == ()


# --- what is refused ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [ReportState.DRAFT, ReportState.RETURNED])
def test_report_goes_through_the_chain_before_it_is_published(report, scope, free_page, attach, state):
    told = report(state)
    draft = draft_of(scope, free_page)
    attach(draft, told.docx, "รายงาน")
    with pytest.raises(ValidationError) as caught:
        pages.request_release(scope(Role.PUBLISHER), release=draft, version=None)
    assert refused(caught) == ("รายงาน “รายงานติดตาม รอบ ๖ เดือน” ยังไม่ผ่านการอนุมัติของผู้บริหาร เสนอตามสายงานก่อนเผยแพร่")
    told.state = ReportState.APPROVED
    told.save()
    assert pages.request_release(scope(Role.PUBLISHER), release=draft, version=None).state == ReleaseState.REQUESTED


def test_report_is_looked_at_again_at_approval(report, scope, free_page, attach):
    told = report(ReportState.APPROVED)
    draft = draft_of(scope, free_page)
    attach(draft, told.docx, "รายงาน")
    asked = pages.request_release(scope(Role.PUBLISHER), release=draft, version=None)
    Report.objects.update(state=ReportState.RETURNED)
    with pytest.raises(ValidationError):
        pages.approve(scope(Role.SECRETARY), release=asked, version=None)


def test_letter_that_is_not_signed_is_not_published(letter, scope, free_page, attach, file):
    word = file("ร่าง.txt", "ร่างประกาศ")
    found = letter(state=LetterState.IN_CHAIN)
    found.texts.update(file=word)
    draft = draft_of(scope, free_page)
    attach(draft, word, "ประกาศ")
    with pytest.raises(ValidationError) as caught:
        pages.request_release(scope(Role.PUBLISHER), release=draft, version=None)
    assert refused(caught) == f"หนังสือ “{SUBJECT}” ยังไม่ได้ลงนาม (อยู่ระหว่างเสนอ) เผยแพร่ได้เมื่อลงนามแล้ว"


def test_file_of_a_secret_paper_is_never_attached(letter, scope, free_page, file, agency):
    guarded = file("สอบสวน.txt", "สอบสวน", is_guarded=True)
    secret = letter("memo", number="8", secrecy="ลับ")
    Attachment.objects.create(letter=secret, file=guarded, title="สำนวน")
    came = file("รับ.txt", "หนังสือลับที่รับ", is_guarded=True)
    series = Series.objects.create(agency=agency, kind=SeriesKind.SECRET_IN)
    number = Number.objects.create(series=series, year_be=2569, value=1, text="1", taken_at=NOON)
    incoming = Incoming.objects.create(
        agency=agency, number=number, sender="จังหวัด", addressee=MAYOR, subject="ลับ", secrecy="ลับ", received_at=NOON
    )
    incoming.evidence.add(add_evidence(scope(Role.CLERK), title="หนังสือ", file=came))
    draft = draft_of(scope, free_page)
    for one in (secret.pdf, guarded, came):
        with pytest.raises(ValidationError) as caught:
            pages.attach(scope(Role.PUBLISHER), release=draft, file=one, title="ไฟล์")
        assert refused(caught) == "ไฟล์นี้เป็นของหนังสือลับ เผยแพร่ไม่ได้"


def test_file_that_became_secret_after_it_was_attached_stops_the_release(letter, scope, free_page, attach):
    signed = letter()
    draft = draft_of(scope, free_page)
    attach(draft, signed.pdf, "ประกาศ")
    Letter.objects.update(secrecy="ลับ")
    with pytest.raises(ValidationError) as caught:
        pages.request_release(scope(Role.PUBLISHER), release=draft, version=None)
    assert refused(caught) == "มีไฟล์ของหนังสือลับ หนังสือลับเผยแพร่ไม่ได้ เอาไฟล์นั้นออก"


# --- a newer one (B6.3) ---------------------------------------------------------------------------------------------
def test_page_that_shows_an_older_announcement_says_so(letter, scope, free_page, publish):
    old = letter()
    publish_letter(scope(Role.PUBLISHER), letter=old, where=Where(page=free_page), parts=["pdf"])
    publish(free_page)
    me = scope(Role.PUBLISHER)
    assert overtaken(me, [free_page]) == {}
    newer = letter(number="47", supersedes=old, state=LetterState.REPLACED)
    newest = letter(number="48", supersedes=newer, subject="มาตรการฉบับที่ ๓")
    Letter.objects.filter(pk=old.pk).update(state=LetterState.REPLACED)
    found = overtaken(me, [free_page])[free_page.pk]
    assert (found.letter, found.what) == (newest, "ประกาศที่หน้านี้แสดงมีฉบับใหม่แทนแล้ว: มาตรการฉบับที่ ๓")


def test_newest_announcement_takes_the_place_on_the_page(letter, scope, free_page, publish):
    old = letter()
    publish_letter(scope(Role.PUBLISHER), letter=old, where=Where(page=free_page), parts=["pdf"])
    publish(free_page)
    newer = letter(number="47", supersedes=old)
    Letter.objects.filter(pk=old.pk).update(state=LetterState.REPLACED)
    draft = publish_letter(scope(Role.PUBLISHER), letter=newer, where=Where(page=free_page), parts=["pdf"])
    pages.drop_file(scope(Role.PUBLISHER), file=draft.files.get(file=old.pdf))
    publish(free_page)
    assert overtaken(scope(Role.PUBLISHER), [free_page]) == {}


# --- the whole way --------------------------------------------------------------------------------------------------
def test_announcement_goes_from_its_draft_to_the_public_page(agency, scope, publish, sign_in):
    clerk = scope(Role.CLERK)
    content = {"agency": agency.name, "body": ["ด้วยเทศบาลกำหนดมาตรการ", "จึงประกาศให้ทราบโดยทั่วกัน"]}
    unit = office.unit(agency, "สำนักปลัดเทศบาล")
    made = writing.start_letter(clerk, paper="announcement", subject=SUBJECT, content=content, unit=unit)
    made = chain.send(clerk, letter=made, version=made.version)
    for role in (Role.CLERK, Role.COORDINATOR, Role.SECRETARY, Role.MAYOR):
        made.refresh_from_db()
        decision, opinion = (Decision.APPROVE, "อนุมัติ") if role == Role.MAYOR else (Decision.FORWARD, "เพื่อโปรดพิจารณา")
        chain.endorse(
            scope(role), letter=made, version=made.version, decision=decision, opinion=opinion,
            seen=newest_text(made).sha256, method=Method.PASSWORD,
        )  # fmt: skip
    made.refresh_from_db()
    assert made.state == LetterState.SIGNED and made.pdf
    draft = publish_letter(scope(Role.PUBLISHER), letter=made, where=Where(), parts=["pdf"])
    publish(draft.page, body="")
    (shown,) = load_page(agency, draft.page_id).releases[0].reported
    assert (shown.what, shown.number, shown.by) == ("ประกาศ", made.number.text, MAYOR)
    assert AuditEntry.objects.filter(agency=agency, action="release.from_letter").count() == 1
