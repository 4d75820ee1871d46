"""Writing: texts that stay, what voids what, what is refused, two people at once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from prongsai.errors import RecordsInvalid
from prongsai.web.agencies.journal import Stale, broken
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import add_evidence, keep_file
from prongsai.web.letters.models import Endorsement, LetterState, LetterText, Method
from prongsai.web.letters.queries.letters import may_write, newest_text
from prongsai.web.letters.queries.numbers import may_give_number
from prongsai.web.letters.services import chain, numbers, writing
from tests.web.letters.written import AGENCY, MEMO, SUBJECT, memo

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_letter_begins_as_a_draft_with_its_first_text(scope):
    officer = scope(Role.OFFICER)
    letter = memo(officer)
    text = newest_text(letter)
    assert (letter.state, letter.drafter, letter.subject) == (LetterState.DRAFT, officer.person, SUBJECT)
    assert (text.number, text.content, text.subject, text.attachments) == (1, MEMO, SUBJECT, [])
    assert text.sha256 == writing.hash_of(letter, SUBJECT, MEMO, [])


@pytest.mark.parametrize(
    ("subject", "content", "said"),
    [
        ("", {}, "ยังขาด เรื่อง"),
        (SUBJECT, {"office": " "}, "ยังขาด ส่วนราชการ"),
        (SUBJECT, {"to": ""}, "ยังขาด เรียน"),
        ("", {"office": "", "to": ""}, "ยังขาด เรื่อง, ส่วนราชการ, เรียน"),
        (SUBJECT, {"body": []}, "ยังขาด เนื้อความ"),
    ],
)
def test_what_a_memo_lacks_is_named(scope, subject, content, said):
    with pytest.raises(ValidationError) as refused:
        memo(scope(Role.OFFICER), subject=subject, content=content)
    assert refused.value.messages == [said]


def test_content_that_makes_no_paper_is_refused_and_nothing_is_kept(scope):
    with pytest.raises(RecordsInvalid):
        memo(scope(Role.OFFICER), content={"body": [{"no": "line"}]})
    assert LetterText.objects.count() == 0


def test_every_wording_is_a_text_and_the_same_words_make_none(scope):
    officer = scope(Role.OFFICER)
    letter = memo(officer)
    changed = {**MEMO, "closing": "โปรดทราบ"}
    second = writing.write_text(officer, letter=letter, version=letter.version, subject=SUBJECT, content=changed)
    again = writing.write_text(officer, letter=letter, version=letter.version, subject=SUBJECT, content=changed)
    assert (second.number, again.pk) == (2, second.pk)
    assert [one.content["closing"] for one in letter.texts.order_by("number")] == ["โปรดพิจารณา", "โปรดทราบ"]


def test_two_who_write_at_once_the_second_is_told(scope):
    officer = scope(Role.OFFICER)
    letter = memo(officer)
    seen = letter.version
    writing.write_text(officer, letter=letter, version=seen, subject=SUBJECT, content={**MEMO, "to": "ปลัดเทศบาล"})
    with pytest.raises(Stale):
        writing.write_text(officer, letter=letter, version=seen, subject=SUBJECT, content={**MEMO, "to": "กองคลัง"})
    assert newest_text(letter).content["to"] == "ปลัดเทศบาล"


def test_speed_and_secrecy_are_of_what_is_signed(scope):
    officer = scope(Role.OFFICER)
    letter = memo(officer)
    before = newest_text(letter)
    version = letter.version
    after = writing.write_text(officer, letter=letter, version=version, subject=SUBJECT, content=MEMO, speed="ด่วนที่สุด")
    assert (after.number, after.content) == (2, before.content)
    assert after.sha256 != before.sha256


def test_attaching_and_detaching_make_texts(scope):
    officer = scope(Role.OFFICER)
    letter = memo(officer)
    file = keep_file(officer, name="ภาพถนน.pdf", content=PDF)
    evidence = add_evidence(officer, title="ภาพถ่ายจุดชำรุด", file=file)
    made = writing.attach(officer, letter=letter, version=letter.version, file=file, title="", evidence=evidence)
    told = [{"title": "ภาพถนน.pdf", "name": "ภาพถนน.pdf", "sha256": file.sha256, "size": len(PDF)}]
    assert newest_text(letter).attachments == told
    with pytest.raises(ValidationError):
        writing.attach(officer, letter=letter, version=letter.version, file=file, title="ซ้ำ")
    writing.detach(officer, letter=letter, version=letter.version, attachment=made)
    assert [(one.number, one.attachments) for one in letter.texts.order_by("number")] == [(1, []), (2, told), (3, [])]


def test_only_the_drafter_and_the_unit_write(scope):
    letter = memo(scope(Role.OFFICER), unit=scope(Role.OFFICER).person.appointments.get().post.unit)
    who = (Role.OFFICER, Role.COORDINATOR, Role.HEAD, Role.MAYOR, Role.AUDITOR, Role.CLERK)
    assert [may_write(scope(role), letter) for role in who] == [True, True, False, False, False, False]
    assert [may_give_number(scope(role), letter) for role in who] == [False, True, False, False, False, True]


def test_dropped_draft_stays_and_its_number_is_cancelled(scope):
    officer, clerk = scope(Role.OFFICER), scope(Role.CLERK)
    letter = memo(officer)
    numbers.number_letter(clerk, letter=letter, version=letter.version, dated=clerk.today)
    with pytest.raises(ValidationError):
        writing.drop_letter(officer, letter=letter, version=letter.version, reason=" ")
    writing.drop_letter(officer, letter=letter, version=letter.version, reason="ทำซ้ำ")
    letter.refresh_from_db()
    assert (letter.state, letter.number.state, letter.number.reason) == ("dropped", "cancelled", "ทำซ้ำ")
    assert letter.texts.count() == 1
    with pytest.raises(ValidationError):
        writing.write_text(officer, letter=letter, version=letter.version, subject="ใหม่", content=MEMO)


def test_register_that_gave_the_number_is_kept(scope):
    officer, clerk = scope(Role.OFFICER), scope(Role.CLERK)
    letter = memo(officer)
    numbers.number_letter(clerk, letter=letter, version=letter.version, dated=clerk.today)
    with pytest.raises(ValidationError, match="หนังสือมีเลขแล้ว"):
        writing.write_text(
            officer, letter=letter, version=letter.version, subject=SUBJECT, content=MEMO, is_circular=True
        )


def test_another_text_voids_what_was_signed_and_says_so(scope):
    officer = scope(Role.OFFICER)
    letter = memo(officer, unit=officer.person.appointments.get().post.unit)
    chain.send(officer, letter=letter, version=letter.version)
    seen = newest_text(letter).sha256
    chain.endorse(
        officer,
        letter=letter,
        version=letter.version,
        decision="forward",
        opinion="",
        method=Method.PASSWORD,
        seen=seen,
    )
    letter.refresh_from_db()
    writing.write_text(
        officer,
        letter=letter,
        version=letter.version,
        subject=SUBJECT,
        content={**MEMO, "to": "ปลัดเทศบาล"},
        note="แก้ผู้รับ",
    )
    one = Endorsement.objects.get()
    assert (letter.state, one.voided_reason, one.text.number) == (LetterState.DRAFT, "แก้ผู้รับ", 1)
    assert one.voided_at is not None


def test_journal_holds_hashes_of_what_was_written_and_hangs_together(scope, agency):
    memo(scope(Role.OFFICER))
    lines = list(AuditEntry.objects.filter(agency=agency).order_by("number").values_list("action", flat=True))
    assert lines == ["letter.draft", "letter.text", "delivery.plan"]
    text = AuditEntry.objects.get(action="letter.text")
    assert text.changes["content"][1].startswith("sha256:")
    assert list(broken(agency)) == []


def test_replacement_begins_with_the_words_and_files_of_the_old(scope):
    officer = scope(Role.OFFICER)
    letter = memo(officer)
    file = keep_file(officer, name="แผนที่.pdf", content=PDF)
    writing.attach(officer, letter=letter, version=letter.version, file=file, title="แผนที่")
    with pytest.raises(ValidationError):
        writing.replace_letter(officer, letter=letter)
    type(letter).objects.filter(pk=letter.pk).update(state=LetterState.SIGNED)
    made = writing.replace_letter(officer, letter=letter)
    told = newest_text(made)
    assert (made.supersedes, told.content, [one["title"] for one in told.attachments]) == (letter, MEMO, ["แผนที่"])
    with pytest.raises(ValidationError):
        writing.replace_letter(officer, letter=letter)


def test_unknown_kind_is_refused(scope):
    with pytest.raises(ValidationError):
        writing.start_letter(scope(Role.OFFICER), paper="poem", subject=SUBJECT, content=MEMO)
    assert AGENCY in MEMO["office"]
