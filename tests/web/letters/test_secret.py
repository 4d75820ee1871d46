"""Secret letters: who must know sees them, nobody else does, and nothing tells of them elsewhere."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file
from prongsai.web.letters.models import Step, StepKind
from prongsai.web.letters.queries.letters import letters_of, newest_text
from prongsai.web.letters.services import writing
from tests.web.letters.written import MEMO, memo

pytestmark = pytest.mark.django_db
SUBJECT = "ผลสอบข้อเท็จจริงรายหนึ่ง"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PAGES = (
    "letter", "letter_edit", "letter_drop", "letter_readers", "letter_preview", "letter_word",
)  # fmt: skip


@pytest.fixture
def secret(scope):
    officer = scope(Role.OFFICER)
    return memo(officer, subject=SUBJECT, secrecy="ลับ", unit=officer.person.appointments.get().post.unit)


def seen_by(scope, letter) -> set[Role]:
    return {role for role in Role if letters_of(scope(role)).filter(pk=letter.pk).exists()}


def test_only_drafter_chain_and_readers_see_it_whatever_the_role(scope, secret):
    assert seen_by(scope, secret) == {Role.OFFICER}
    post = scope(Role.HEAD).person.appointments.get().post
    Step.objects.create(letter=secret, place=1, kind=StepKind.OPINION, post=post)
    assert seen_by(scope, secret) == {Role.OFFICER, Role.HEAD}
    people = [scope(Role.LEGAL).person]
    writing.set_readers(scope(Role.OFFICER), letter=secret, version=secret.version, people=people)
    assert seen_by(scope, secret) == {Role.OFFICER, Role.HEAD, Role.LEGAL}


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.COORDINATOR, Role.CLERK, Role.MAYOR, Role.AUDITOR, Role.ADMIN])
def test_every_page_of_it_is_closed_to_the_others(sign_in, agency, secret, role):
    client = sign_in(role)
    for page in PAGES:
        assert client.get(reverse(f"letters:{page}", args=[agency.code, secret.pk])).status_code == 404, page
    assert client.get(reverse("letters:letter_paper", args=[agency.code, secret.pk, "docx"])).status_code == 404
    assert client.get(reverse("letters:letter_text", args=[agency.code, secret.pk, 1])).status_code == 404
    if role != Role.ADMIN:
        listed = client.get(reverse("letters:letters", args=[agency.code]), {"tab": "all", "q": "ข้อเท็จจริง"})
        assert SUBJECT not in listed.content.decode()


def test_reader_reads_and_does_not_write(sign_in, agency, scope, secret):
    writing.set_readers(scope(Role.OFFICER), letter=secret, version=secret.version, people=[scope(Role.LEGAL).person])
    client = sign_in(Role.LEGAL)
    assert client.get(secret.get_absolute_url()).status_code == 200
    assert client.get(reverse("letters:letter_preview", args=[agency.code, secret.pk])).status_code == 200
    for page in ("letter_edit", "letter_word", "letter_readers", "letter_drop"):
        assert client.get(reverse(f"letters:{page}", args=[agency.code, secret.pk])).status_code == 404


def test_nothing_of_it_stands_in_the_journal(sign_in, agency, scope, secret):
    officer = scope(Role.OFFICER)
    client = sign_in(Role.OFFICER)
    client.post(
        reverse("letters:attachment_add", args=[agency.code, secret.pk]),
        {"file": SimpleUploadedFile("รายชื่อพยาน.pdf", PDF), "title": "รายชื่อพยาน", "version": secret.version},
    )
    secret.refresh_from_db()
    assert secret.attachments.get().title == "รายชื่อพยาน"
    assert File.objects.get().is_guarded is True
    writing.write_text(
        officer, letter=secret, version=secret.version, subject="เรื่องใหม่ยิ่ง", content={**MEMO, "to": "ปลัดเทศบาล, นิติกร"}
    )
    secret.refresh_from_db()
    writing.drop_letter(officer, letter=secret, version=secret.version, reason="ซ้ำกับเรื่องเดิมยิ่ง")
    told = [f"{one.subject_text} {one.changes}" for one in AuditEntry.objects.filter(agency=agency)]
    for words in (SUBJECT, "เรื่องใหม่ยิ่ง", "พยาน", "ซ้ำกับเรื่องเดิมยิ่ง", "นิติกร", MEMO["body"][1]):
        assert [line for line in told if words in line] == [], words


def test_files_of_it_open_only_through_it(sign_in, agency, scope, secret):
    officer = scope(Role.OFFICER)
    file = keep_file(officer, name="หนังสือลับ.pdf", content=PDF, is_guarded=True)
    writing.attach(officer, letter=secret, version=secret.version, file=file, title="บันทึกถ้อยคำ")
    address = reverse("letters:letter_file", args=[agency.code, secret.pk, file.pk])
    assert sign_in(Role.OFFICER).get(address).status_code == 200
    assert sign_in(Role.SECRETARY).get(address).status_code == 404
    assert sign_in(Role.OFFICER).get(reverse("evidence:download", args=[agency.code, file.pk])).status_code == 404


def test_file_name_tells_nothing(sign_in, agency, secret):
    answer = sign_in(Role.OFFICER).get(reverse("letters:letter_paper", args=[agency.code, secret.pk, "docx"]))
    assert SUBJECT not in unquote(answer["Content-Disposition"])


def test_files_of_a_letter_that_becomes_secret_are_closed(scope, agency):
    officer = scope(Role.OFFICER)
    letter = memo(officer)
    file = keep_file(officer, name="แนบ.pdf", content=PDF)
    writing.attach(officer, letter=letter, version=letter.version, file=file, title="แนบ")
    text = newest_text(letter)
    writing.write_text(
        officer, letter=letter, version=letter.version, subject=text.subject, content=text.content, secrecy="ลับมาก"
    )
    file.refresh_from_db()
    assert file.is_guarded is True


def test_most_secret_is_never_made_here(scope):
    with pytest.raises(ValidationError, match="ลับที่สุด"):
        memo(scope(Role.OFFICER), secrecy="ลับที่สุด")


def test_secret_is_no_circular_and_an_open_letter_has_no_readers(scope):
    officer = scope(Role.OFFICER)
    with pytest.raises(ValidationError, match="หนังสือลับเวียนไม่ได้"):
        memo(officer, secrecy="ลับ", is_circular=True)
    letter = memo(officer)
    with pytest.raises(ValidationError):
        writing.set_readers(officer, letter=letter, version=letter.version, people=[scope(Role.LEGAL).person])


def test_readers_page_takes_names_and_says_who_is_unknown(sign_in, agency, scope, secret):
    client, address = sign_in(Role.OFFICER), reverse("letters:letter_readers", args=[agency.code, secret.pk])
    wrong = client.post(address, {"people": "นายไม่มี ตัวตน", "version": secret.version})
    assert wrong.status_code == 422
    assert "ไม่พบ “นายไม่มี ตัวตน”" in wrong.content.decode()
    given = {"people": "นายเที่ยง ธรรมดี\nนายประสิทธิ์ มั่นคง", "version": secret.version}
    assert client.post(address, given).status_code == 302
    assert sorted(map(str, secret.readers.all())) == ["นายประสิทธิ์ มั่นคง", "นายเที่ยง ธรรมดี"]
    assert client.post(address, given).status_code == 409
