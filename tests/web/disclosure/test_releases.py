"""Writing, asking, deciding: what is frozen, who may not, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.web.agencies.journal import Stale, broken
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import PageState, ProofEntry, Release, ReleaseState, Site, Watched
from prongsai.web.disclosure.services import freezing, pages

pytestmark = pytest.mark.django_db


def told(caught) -> list[str]:
    return list(caught.value.messages)


def test_release_goes_from_draft_to_the_public_with_number_hash_and_proof(agency, page, scope):
    head, mayor = scope(Role.HEAD), scope(Role.MAYOR)
    draft = pages.write_release(
        head, page=page, version=0, title="ข้อมูลผู้บริหาร", body="# ผู้บริหาร\n\nนายกเทศมนตรี", document_date=date(2026, 3, 30)
    )
    assert (draft.state, draft.number, draft.body[0]) == ("draft", 0, {"kind": "heading", "lines": ["ผู้บริหาร"]})
    asked = pages.request_release(head, release=draft, version=1)
    assert (asked.state, str(asked.requested_by), asked.requested_as) == (
        "requested", "นายประสิทธิ์ มั่นคง", "ผู้อำนวยการกองคลัง",
    )  # fmt: skip
    made = pages.approve(mayor, release=asked, version=2, note="เห็นชอบ")
    page.refresh_from_db()
    assert (made.state, made.number, made.decided_as, made.decision_note) == ("approved", 1, "นายกเทศมนตรี", "เห็นชอบ")
    assert (page.state, page.current, page.path) == ("public", made, "2569/organisation.executives")
    assert made.published_at is not None and not made.is_late
    assert freezing.is_as_frozen(Release.objects.get(pk=made.pk))
    (entry,) = ProofEntry.objects.filter(kind="release")
    assert (entry.subject, entry.content["sha256"], entry.content["path"]) == (made.pk, made.sha256, page.path)
    assert set(entry.content) == {"path", "number", "sha256", "published_at", "files"}  # no words: they could not go
    assert [(one.path, one.is_alias) for one in page.past_paths.all()] == [(f"2569/{page.item.code}", True)]
    assert list(broken(agency)) == []


def test_hash_tells_when_a_word_was_changed_behind_the_back(page, publish):
    made = publish(page)
    Release.objects.filter(pk=made.pk).update(summary="อื่น")
    assert not freezing.is_as_frozen(Release.objects.get(pk=made.pk))


def test_replacing_keeps_the_address_and_the_old_release(page, publish, scope):
    first = publish(page, title="ฉบับแรก", body="เดิม")
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0, body="ใหม่")
    assert (draft.title, draft.content_year_be) == ("ฉบับแรก", first.content_year_be)
    second = publish(page, body="ใหม่")
    assert (second.pk, second.number, page.current, page.path) == (
        draft.pk, 2, second, "2569/organisation.executives",
    )  # fmt: skip
    assert second.change_note == "ปรับปรุงเนื้อหา"
    first.refresh_from_db()
    assert (first.state, first.body) == ("approved", [{"kind": "paragraph", "lines": ["เดิม"]}])


def test_files_are_carried_on_with_their_names_and_what_was_decided_of_them(page, publish, scope, file, attach):
    publisher = scope(Role.PUBLISHER)
    draft = pages.write_release(publisher, page=page, version=0)
    attach(draft, file(), "แผนปฏิบัติการ ๒๕๖๙")
    publish(page)
    after = pages.write_release(publisher, page=page, version=0)
    assert [(one.name, one.title) for one in after.files.all()] == [("plan-2569.txt", "แผนปฏิบัติการ ๒๕๖๙")]
    assert [check.outcome for check in after.gate_checks.all()] == ["nothing"]


def test_replaced_file_keeps_its_name_and_another_file_never_gets_it(page, publish, scope, file, attach):
    publisher = scope(Role.PUBLISHER)
    draft = pages.write_release(publisher, page=page, version=0)
    first = attach(draft, file(), "แผน ๒๕๖๙")
    publish(page)
    draft = pages.write_release(publisher, page=page, version=0)
    (old,) = draft.files.all()
    pages.drop_file(publisher, file=old)
    other = pages.attach(publisher, release=draft, file=file(content="อื่น\n"), title="แผน 2569 ฉบับย่อ")
    again = pages.attach(publisher, release=draft, file=file(content="ฉบับแก้ไข\n"), title="แผน ๒๕๖๙")
    assert (first.name, other.name, again.name) == ("plan-2569.txt", "plan-2569-2.txt", "plan-2569.txt")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"body": ""}, ["ยังไม่มีเนื้อหา ไฟล์ หรือตาราง"]),
        ({"content_year_be": None}, ["ระบุปีงบประมาณของเนื้อหา"]),
        ({"body": "![แผนผัง](chart.png)"}, ["เนื้อหาอ้างถึงภาพที่ไม่มีในไฟล์: chart.png"]),
        ({"body": "โทร 081-234-5678"}, ["มีข้อมูลส่วนบุคคลที่รอตัดสินใจ ดูผลตรวจก่อนเผยแพร่"]),
    ],
)
def test_request_is_refused_for_what_is_not_whole(item, scope, fields, expected):
    publisher = scope(Role.PUBLISHER)
    page = pages.ensure_item_page(publisher, item=item("operation.annual-report"))
    draft = pages.write_release(publisher, page=page, version=0, **{"body": "ผลการดำเนินงาน"} | fields)
    with pytest.raises(ValidationError) as caught:
        pages.request_release(publisher, release=draft, version=1)
    assert told(caught) == expected
    draft.refresh_from_db()
    assert draft.state == ReleaseState.DRAFT


def test_new_page_of_an_item_begins_with_the_year_that_its_content_is_about(item, scope):
    page = pages.ensure_item_page(scope(Role.PUBLISHER), item=item("operation.annual-report"))
    assert pages.write_release(scope(Role.PUBLISHER), page=page, version=0).content_year_be == 2568


@pytest.mark.parametrize(("writer", "asker"), [(Role.SECRETARY, Role.PUBLISHER), (Role.PUBLISHER, Role.SECRETARY)])
def test_who_wrote_or_asked_does_not_approve(page, scope, writer, asker):
    draft = pages.write_release(scope(writer), page=page, version=0, body="ข้อความ")
    if writer is not asker:
        draft = pages.write_release(scope(asker), page=page, version=1, summary="สรุป")
    asked = pages.request_release(scope(asker), release=draft, version=draft.version)
    with pytest.raises(ValidationError) as caught:
        pages.approve(scope(Role.SECRETARY), release=asked, version=asked.version)
    assert told(caught) == ["ผู้ขอหรือผู้เขียนอนุญาตเองไม่ได้ ให้ผู้มีอำนาจคนอื่นพิจารณา"]
    made = pages.approve(scope(Role.MAYOR), release=asked, version=asked.version)
    assert made.number == 1


def test_who_attached_a_file_does_not_approve(page, scope, file):
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
    pages.attach(scope(Role.SECRETARY), release=draft, file=file(), title="แผน")
    asked = pages.request_release(scope(Role.PUBLISHER), release=draft, version=1)
    with pytest.raises(ValidationError):
        pages.approve(scope(Role.SECRETARY), release=asked, version=2)


def test_who_wrote_from_another_account_does_not_approve(page, scope):
    writer, other = scope(Role.SECRETARY), scope(Role.MAYOR).user
    draft = pages.write_release(writer, page=page, version=None, body="x")
    asked = pages.request_release(scope(Role.PUBLISHER), release=draft, version=draft.version)
    with pytest.raises(ValidationError) as caught:
        pages.approve(replace(writer, user=other), release=asked, version=asked.version)
    assert told(caught) == ["ผู้ขอหรือผู้เขียนอนุญาตเองไม่ได้ ให้ผู้มีอำนาจคนอื่นพิจารณา"]


def test_who_has_no_power_to_approve_does_not(page, ask, scope):
    asked = ask(page)
    with pytest.raises(ValidationError):
        pages.approve(scope(Role.ANALYST), release=asked, version=asked.version)


def test_returned_release_is_mended_and_asked_for_again(page, ask, scope):
    asked = ask(page)
    with pytest.raises(ValidationError):
        pages.return_release(scope(Role.MAYOR), release=asked, version=2, note=" ")
    back = pages.return_release(scope(Role.MAYOR), release=asked, version=2, note="เพิ่มเบอร์สำนักงาน")
    assert (back.state, back.decision_note, str(back.decided_by)) == ("returned", "เพิ่มเบอร์สำนักงาน", "นายสมหมาย ใจกว้าง")
    again = ask(page, body="มีเบอร์แล้ว")
    assert (again.pk, again.state, again.decided_by) == (asked.pk, "requested", None)


def test_who_asked_takes_the_request_back(page, ask, scope):
    asked = ask(page)
    back = pages.return_release(scope(Role.PUBLISHER), release=asked, version=2, note="พบคำผิด")
    assert back.state == "returned"


def test_requested_release_is_not_changed(page, ask, scope, file):
    asked = ask(page)
    with pytest.raises(ValidationError):
        pages.write_release(scope(Role.PUBLISHER), page=page, version=2, body="แอบแก้")
    with pytest.raises(ValidationError):
        pages.attach(scope(Role.PUBLISHER), release=asked, file=file(), title="แผน")


def test_draft_that_somebody_else_changed_is_stale(page, scope):
    publisher = scope(Role.PUBLISHER)
    pages.write_release(publisher, page=page, version=0, body="หนึ่ง")
    pages.write_release(publisher, page=page, version=1, body="สอง")
    for version in (0, 1):
        with pytest.raises(Stale) as caught:
            pages.write_release(publisher, page=page, version=version, body="สาม")
        assert caught.value.current.body[0]["lines"] == ["สอง"]
    assert Release.objects.count() == 1


def test_approving_what_was_changed_since_is_stale_and_twice_is_refused(page, ask, scope):
    asked = ask(page)
    with pytest.raises(Stale):
        pages.approve(scope(Role.MAYOR), release=asked, version=1)
    pages.approve(scope(Role.MAYOR), release=asked, version=2)
    with pytest.raises(ValidationError) as caught:
        pages.approve(scope(Role.MAYOR), release=asked, version=None)
    assert told(caught) == ["คำขอนี้พิจารณาไปแล้ว หรือยังไม่ได้ขอ"]
    assert (Release.objects.count(), ProofEntry.objects.filter(kind="release").count()) == (1, 1)


def test_address_is_watched_where_the_site_has_one(agency, page, publish):
    Site.objects.create(agency=agency, address="https://banuanplu.go.th/")
    publish(page)
    (watched,) = Watched.objects.all()
    assert (watched.address, watched.why, watched.page) == (
        "https://banuanplu.go.th/2569/organisation.executives/", "page", page,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "days", "late"), [("disclosure", -1, True), ("disclosure", 0, False), ("disclosure-2", -1, True)]
)
def test_publication_after_the_last_day_of_disclosure_is_marked(cycle, page, publish, key, days, late):
    cycle.dates.filter(key__startswith="disclosure").delete()
    cycle.dates.create(key=key, name="เปิดเผย", ends_on=timezone.localdate() + timedelta(days=days))
    assert publish(page).is_late == late


def test_link_that_would_run_a_script_is_refused(page, scope):
    with pytest.raises(ValidationError) as caught:
        pages.write_release(scope(Role.PUBLISHER), page=page, version=0, body="[กด](javascript:alert(1))")
    assert told(caught) == ["ใช้ที่อยู่นี้เป็นลิงก์ไม่ได้: javascript:alert(1)"]


def test_picture_needs_words(page, scope, file):
    draft = pages.write_release(scope(Role.PUBLISHER), page=page, version=0)
    with pytest.raises(ValidationError):
        pages.attach(scope(Role.PUBLISHER), release=draft, file=file(), title="ภาพ", role="picture")


def test_nobody_without_a_person_asks_or_approves(page, system, ask):
    draft = pages.write_release(system, page=page, version=0, body="ข้อความ")
    with pytest.raises(ValidationError):
        pages.request_release(system, release=draft, version=1)
    asked = ask(page)
    with pytest.raises(ValidationError):
        pages.approve(system, release=asked, version=asked.version)


def test_republished_page_is_public_again_under_the_same_address(page, publish, scope):
    publish(page)
    pages.withdraw(scope(Role.PUBLISHER), page=page, version=page.version, reason="มีข้อผิดพลาด")
    page.refresh_from_db()
    assert (page.state, page.current, page.withdrawn_reason) == (PageState.WITHDRAWN, None, "มีข้อผิดพลาด")
    made = publish(page, body="แก้แล้ว")
    assert (made.number, page.state, page.current, page.withdrawn_reason, page.withdrawn_at) == (
        2, PageState.PUBLIC, made, "", None,
    )  # fmt: skip


def test_journal_tells_who_attached_and_dropped_what(page, scope, file):
    publisher = scope(Role.PUBLISHER)
    draft = pages.write_release(publisher, page=page, version=0)
    made = pages.attach(publisher, release=draft, file=file(), title="แผน")
    pages.drop_file(publisher, file=made)
    actions = (
        AuditEntry.objects.filter(subject_type="disclosure.release").order_by("number").values_list("action", flat=True)
    )
    assert list(actions) == ["release.write", "release.attach", "release.drop"]
