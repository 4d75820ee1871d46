"""What a cold reading found: secret words and files elsewhere, what is printed and not signed, false alarms, dead ends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.web.agencies.models import AuditEntry, Committee, JobOrder
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle, ScoreKind, ScoreSnapshot
from prongsai.web.disclosure.queries.outdated import _by_letter
from prongsai.web.disclosure.queries.reported import secret_among
from prongsai.web.evidence.services import erase_file, keep_file, read_file
from prongsai.web.letters.models import Endorsement, Letter, LetterState, Method
from prongsai.web.letters.queries import signature_checks
from prongsai.web.letters.queries.held import held_of
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.queries.verifying import checked
from prongsai.web.letters.services import chain, composing, incoming, writing
from prongsai.web.letters.services.from_records import letter_of_report
from prongsai.web.letters.views import verifying
from prongsai.web.plans.services import add_measure
from prongsai.web.plans.services.reports import make_report
from tests.web.letters.conftest import MEMO
from tests.web.letters.test_effects import committee_order, job_order

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def rewritten(me, letter: Letter, **fields: str):
    """Give a letter another wording."""
    letter.refresh_from_db()
    text = newest_text(letter)
    content = {**text.content, "body": ["ข้อความใหม่ทั้งหมด"]}
    made = writing.write_text(
        me, letter=letter, version=letter.version, subject=text.subject, content=content, **fields
    )
    letter.refresh_from_db()
    return made


@pytest.fixture
def on_paper(memo_letter, chain_of, endorse_as, scope) -> Letter:
    """A memo on its way whose drafter signed it in ink."""
    chain_of(memo_letter)
    scan = keep_file(scope(Role.CLERK), name="ลงนามแล้ว.pdf", content=PDF)
    endorse_as(memo_letter, Role.CLERK, method=Method.SCAN, scan=scan, signed_on=scope(Role.CLERK).today)
    return memo_letter


# --- need to know ---------------------------------------------------------------------------------------------------
def test_scan_and_earlier_attachment_of_a_letter_that_becomes_secret_are_closed(on_paper, scope, sign_in, agency):
    me = scope(Role.CLERK)
    old = keep_file(me, name="แนบ.pdf", content=PDF + b"old")
    on_paper.refresh_from_db()
    attached = writing.attach(me, letter=on_paper, version=on_paper.version, file=old, title="แนบ")
    on_paper.refresh_from_db()
    writing.detach(me, letter=on_paper, version=on_paper.version, attachment=attached)
    scan = Endorsement.objects.get(step__letter=on_paper).scan
    client, addresses = (
        sign_in(Role.OFFICER),
        [reverse("evidence:download", args=[agency.code, one.pk]) for one in (scan, old)],
    )
    assert [client.get(one).status_code for one in addresses] == [200, 200]
    rewritten(me, on_paper, secrecy="ลับ")
    assert [client.get(one).status_code for one in addresses] == [404, 404]


def test_journal_tells_nothing_of_why_a_secret_letter_was_changed(on_paper, scope, agency):
    me = scope(Role.CLERK)
    rewritten(me, on_paper, secrecy="ลับ", note="พบชื่อพยานปากเอก")
    writing.write_text(me, letter=on_paper, version=on_paper.version, subject="ใหม่", content=MEMO, note="แก้ชื่อผู้ร้องเรียน")
    told = [f"{one.subject_text} {one.changes}" for one in AuditEntry.objects.filter(agency=agency)]
    assert [one for one in told if "พยานปากเอก" in one or "ผู้ร้องเรียน" in one] == []


@pytest.mark.parametrize(("paper", "content"), [("committee-order", committee_order), ("job-order", job_order)])
def test_secret_order_stands_in_no_list_that_everybody_reads(scope, sign_all, agency, paper, content):
    me = scope(Role.CLERK)
    letter = writing.start_letter(me, paper=paper, subject="สอบข้อเท็จจริง", content=content(me), secrecy="ลับ")
    assert sign_all(letter).state == LetterState.SIGNED
    assert not Committee.objects.exists()
    assert not JobOrder.objects.exists()
    assert checked(letter).is_whole


def test_page_that_a_secret_letter_has_overtaken_does_not_name_it(memo_letter, scope):
    memo_letter.secrecy = "ลับ"
    told = _by_letter(memo_letter)
    assert memo_letter.subject not in told.what
    assert told.letter is None


def test_scan_of_a_secret_letter_and_paper_of_a_secret_incoming_one_are_not_published(scope, agency, on_paper):
    me = scope(Role.CLERK)
    came = keep_file(me, name="หนังสือลับ.pdf", content=PDF + b"came", is_guarded=True)
    incoming.register_incoming(
        me, sender="จังหวัด", addressee="นายก", subject="ลับ", secrecy="ลับ", readers=[me.person], files=[came]
    )
    rewritten(me, on_paper, secrecy="ลับ")
    scan = Endorsement.objects.get(step__letter=on_paper).scan
    assert secret_among(agency, [scan.pk, came.pk]) == {scan.pk, came.pk}


# --- what is signed is what is printed -------------------------------------------------------------------------------
def test_scan_of_other_words_is_not_kept_as_that_of_the_letter(memo_letter, chain_of, scope):
    me = scope(Role.CLERK)
    chain_of(memo_letter)
    memo_letter.refresh_from_db()
    chain.attach_scan(
        me, letter=memo_letter, version=memo_letter.version, file=keep_file(me, name="a.pdf", content=PDF)
    )
    rewritten(me, memo_letter)
    assert memo_letter.scan is None


def made_report(scope, agency):
    me = scope(Role.COORDINATOR)
    years = {"framework_kind": "ita", "framework_sha256": "-"}
    cycle = Cycle.objects.create(
        agency=agency, fiscal_year_be=2569, measures_year_be=2569, framework_id="ita-2569", **years
    )
    add_measure(
        me, cycle=cycle, title="จัดทำคู่มือ", issue_no=1, issue_title="การให้บริการ", owners=["กองช่าง"],
        starts_on=me.today, ends_on=me.today, steps=["ร่าง"], results=["เสร็จ"], outcomes=["ดีขึ้น"],
    )  # fmt: skip
    before = Cycle.objects.create(
        agency=agency, fiscal_year_be=2568, measures_year_be=2568, framework_id="ita-2568", **years
    )
    return make_report(me, cycle=cycle, kind="measures-report"), before


def test_scores_that_come_later_are_not_printed_on_what_was_signed(scope, agency):
    report, before = made_report(scope, agency)
    letter = letter_of_report(scope(Role.COORDINATOR), report=report)
    was = composing._options(letter, newest_text(letter))
    ScoreSnapshot.objects.create(cycle=before, kind=ScoreKind.OFFICIAL, overall_pct="91.5", given={}, result={})
    assert composing._options(letter, newest_text(letter)) == was


# --- replacing ------------------------------------------------------------------------------------------------------
def test_replacement_of_a_report_letter_still_carries_the_report(scope, agency):
    report, _before = made_report(scope, agency)
    letter = letter_of_report(scope(Role.COORDINATOR), report=report)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SIGNED)
    made = writing.replace_letter(scope(Role.COORDINATOR), letter=letter)
    assert made.report == report


def test_letter_with_an_erased_attachment_can_be_replaced(memo_letter, scope):
    me = scope(Role.CLERK)
    file = keep_file(me, name="แนบ.pdf", content=PDF)
    writing.attach(me, letter=memo_letter, version=memo_letter.version, file=file, title="แนบ")
    erase_file(me, file=file, reason="คำขอของเจ้าของข้อมูล")
    Letter.objects.filter(pk=memo_letter.pk).update(state=LetterState.SIGNED)
    assert writing.replace_letter(me, letter=memo_letter).attachments.count() == 0


# --- checking -------------------------------------------------------------------------------------------------------
def test_replaced_letter_that_was_brought_back_is_shown(memo_letter, sign_all, scope):
    old = sign_all(memo_letter)
    sign_all(writing.replace_letter(scope(Role.CLERK), letter=old))
    old.refresh_from_db()
    assert {one.code for one in checked(old).problems} == {"LETTER_REPLACED"}
    Letter.objects.filter(pk=old.pk).update(state=LetterState.SIGNED)
    assert "LETTER_JOURNAL_DIFFERS" in {one.code for one in checked(old).problems}


def test_who_signs_over_midnight_is_not_back_dated(memo_letter, chain_of, endorse_as):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    held = held_of(memo_letter)
    one = held.given[0]
    day = one.signed_on
    one.signed_at = datetime(day.year, day.month, day.day, 17, 1, tzinfo=UTC)  # a minute past midnight in Bangkok
    assert list(signature_checks.of_days(held)) == []
    one.signed_at = datetime(day.year, day.month, day.day, 17, 6, tzinfo=UTC)
    assert [fault.code for fault in signature_checks.of_days(held)] == ["LETTER_BACK_DATED"]


def sent(client, content: bytes):
    return client.post("/verify/", {"file": SimpleUploadedFile("a.pdf", content)})


def test_scan_of_a_letter_on_its_way_is_said_to_be_unsigned_and_not_changed(on_paper, client):
    cache.clear()
    scan = Endorsement.objects.get(step__letter=on_paper).scan
    page = sent(client, read_file(scan)).content.decode()
    assert "ยังลงนามไม่ครบ" in page
    assert "พบสิ่งที่ไม่ตรงกับที่ลงนาม" not in page


def test_strangers_files_are_read_a_few_at_once(agency, client, monkeypatch):
    cache.clear()
    for _one in range(verifying.READ_AT_ONCE):
        assert verifying._reading.acquire(blocking=False)
    try:
        assert sent(client, PDF).status_code == 429
    finally:
        for _one in range(verifying.READ_AT_ONCE):
            verifying._reading.release()
    assert sent(client, PDF).status_code != 429
