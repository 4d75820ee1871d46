"""Word out and back: what differs, what could not be read, what is refused, what is kept."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.documents.plain import plain
from prongsai.reports.catalogue import paper_kind
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.models import File
from prongsai.web.letters.models import Origin
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services import composing, returning, writing
from tests.web.letters.written import MEMO, memo

pytestmark = pytest.mark.django_db


def edited(content: bytes, *changes: tuple[str, str]) -> bytes:
    """Change words in a Word file as somebody would in the program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == "word/document.xml":
                text = data.decode()
                for old, new in changes:
                    assert old in text, old
                    text = text.replace(old, new)
                data = text.encode()
            after.writestr(entry, data)
    return out.getvalue()


@pytest.fixture
def officer(scope):
    return scope(Role.OFFICER)


@pytest.fixture
def letter(officer):
    return memo(officer, unit=officer.person.appointments.get().post.unit)


def sent(content: bytes, name: str = "แก้แล้ว.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def read(officer, letter, content: bytes) -> returning.Returned:
    file = returning.keep_returned(officer, letter=letter, name="แก้แล้ว.docx", content=content)
    return returning.read_returned(letter, file)


def test_file_that_was_not_changed_says_the_same(officer, letter):
    found = read(officer, letter, composing.render_letter(letter, "docx"))
    assert (found.is_same, found.unread, found.content) == (True, (), MEMO)


def test_changed_words_are_told_field_by_field_and_line_by_line(officer, letter):
    docx = edited(composing.render_letter(letter, "docx"), ("จำนวน ๒ จุด", "จำนวน ๕ จุด"), ("หมู่ที่ ๓", "หมู่ที่ ๔"))
    found = read(officer, letter, docx)
    told = [(one.label, one.before, one.after) for one in found.differences]
    assert told == [
        ("เนื้อความ", MEMO["body"][1], MEMO["body"][1].replace("หมู่ที่ ๓", "หมู่ที่ ๔")),
        ("เนื้อความ", MEMO["body"][3], MEMO["body"][3].replace("๒ จุด", "๕ จุด")),
    ]
    assert [part.text for part in found.differences[1].segments if part.sign == "+"] == ["๕"]
    assert (found.unread, found.is_other) == ((), False)


@pytest.mark.db
@pytest.mark.parametrize("paper", ["memo", "letter", "announcement", "order", "committee-order", "job-order"])
def test_every_kind_comes_back_as_it_went(officer, paper):
    letter = _sample(officer, paper)
    found = read(officer, letter, composing.render_letter(letter, "docx"))
    assert ([(one.label, one.before, one.after) for one in found.differences], found.unread) == ([], ())


def _sample(officer, paper):
    kind = paper_kind(paper)
    subject, content = composing.content_from(paper, plain(kind.compose(kind.sample())))
    content = {name: value for name, value in content.items() if name != "subject"}
    return writing.start_letter(officer, paper=paper, subject=subject, content=content)


def test_what_the_register_puts_in_is_named_and_left_out(officer, letter):
    docx = edited(composing.render_letter(letter, "docx"), ("จำนวน ๒ จุด", "จำนวน ๓ จุด"), ("อรุณ", "อรุโณทัย"))
    found = read(officer, letter, docx)
    assert [one.label for one in found.differences] == ["เนื้อความ"]
    assert len(found.unread) == 1
    assert "อรุโณทัย" in found.unread[0]


def test_accepted_file_makes_a_text_and_is_kept(officer, letter):
    docx = edited(composing.render_letter(letter, "docx"), ("จำนวน ๒ จุด", "จำนวน ๕ จุด"))
    file = returning.keep_returned(officer, letter=letter, name="แก้แล้ว.docx", content=docx)
    text = returning.accept_returned(officer, letter=letter, version=letter.version, file=file)
    assert (text.number, text.origin, text.file, file.is_guarded) == (2, Origin.FILE, file, True)
    assert text.content["body"][3] == MEMO["body"][3].replace("๒ จุด", "๕ จุด")
    assert letter.texts.get(number=1).content == MEMO


# --- pages ----------------------------------------------------------------------------------------------------------
def word_of(agency, letter) -> str:
    return reverse("letters:letter_word", args=[agency.code, letter.pk])


def test_word_page_compares_accepts_and_keeps(sign_in, agency, officer, letter):
    client = sign_in(Role.OFFICER)
    docx = client.get(reverse("letters:letter_paper", args=[agency.code, letter.pk, "docx"])).content
    page = client.post(word_of(agency, letter), {"file": sent(edited(docx, ("จำนวน ๒ จุด", "จำนวน ๕ จุด")))})
    assert page.status_code == 200
    assert "<del>๒</del><ins>๕</ins>" in page.content.decode()
    assert newest_text(letter).number == 1  # nothing is saved yet
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]
    answer = client.post(word_of(agency, letter), {"accept": "1", "token": token, "version": letter.version})
    assert answer["Location"] == letter.get_absolute_url()
    assert newest_text(letter).origin == Origin.FILE


def test_file_compared_with_an_older_text_is_compared_anew(sign_in, agency, officer, letter):
    client = sign_in(Role.OFFICER)
    docx = edited(composing.render_letter(letter, "docx"), ("จำนวน ๒ จุด", "จำนวน ๕ จุด"))
    page = client.post(word_of(agency, letter), {"file": sent(docx)}).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    seen = letter.version
    writing.write_text(
        officer, letter=letter, version=seen, subject=letter.subject, content={**MEMO, "to": "ปลัดเทศบาล"}
    )
    answer = client.post(word_of(agency, letter), {"accept": "1", "token": token, "version": seen})
    assert answer.status_code == 409
    assert newest_text(letter).number == 2
    token = re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]
    version = re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]
    client.post(word_of(agency, letter), {"accept": "1", "token": token, "version": version})
    assert newest_text(letter).content["body"][3].endswith("๕ จุด")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "หนังสือ.pdf", "ต้องเป็นไฟล์ Word (.docx)"),
        (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "หนังสือ.docx", "Word"),
        (b"", "หนังสือ.docx", "ว่าง"),
    ],
)
def test_wrong_file_is_refused_in_thai(sign_in, agency, letter, content, name, said):
    answer = sign_in(Role.OFFICER).post(word_of(agency, letter), {"file": sent(content, name)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert newest_text(letter).number == 1


def test_paper_of_another_kind_is_refused(sign_in, agency, officer, letter):
    other = _sample(officer, "committee-order")
    answer = sign_in(Role.OFFICER).post(word_of(agency, letter), {"file": sent(composing.render_letter(other, "docx"))})
    assert answer.status_code == 422
    assert "อ่านไฟล์นี้เป็นบันทึกข้อความไม่ได้" in answer.content.decode()


def test_another_memo_is_told_to_be_another(officer, letter):
    other = memo(officer, subject="รายงานการประชุมพนักงานประจำเดือน", content={"body": ["ด้วยได้ประชุมแล้วเมื่อวันศุกร์"]})
    assert read(officer, letter, composing.render_letter(other, "docx")).is_other is True


def test_nobody_accepts_a_file_that_was_not_shown(sign_in, agency, letter):
    client = sign_in(Role.OFFICER)
    for token in ("", "1:2:3"):
        assert client.post(word_of(agency, letter), {"accept": "1", "token": token}).status_code == 404
    assert sign_in(Role.HEAD).get(word_of(agency, letter)).status_code == 404
    assert File.objects.filter(agency=agency).count() == 0
