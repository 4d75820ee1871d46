"""Checking a letter by its code or its file: from outside by anybody, inside by who may see it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import keep_file, read_file
from prongsai.web.letters.models import Endorsement, Letter, LetterText
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.queries.verifying import answer_of, by_code, by_file, checked, clean_code
from prongsai.web.letters.services import chain
from prongsai.web.letters.services.writing import start_letter, write_text
from prongsai.web.letters.views import verifying as views
from prongsai.web.ui import limits
from tests.web.letters.conftest import MEMO

pytestmark = pytest.mark.django_db
VERIFY = "/verify/"


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """Nobody has asked yet."""
    cache.clear()


@pytest.fixture
def signed(memo_letter: Letter, sign_all: Callable[[Letter], Letter]) -> Letter:
    """A memo that everybody has signed."""
    return sign_all(memo_letter)


@pytest.fixture
def secret(agency: Agency, scope, sign_all) -> Letter:
    """A secret memo that everybody has signed."""
    letter = start_letter(scope(Role.CLERK), paper="memo", subject="เรื่องปกปิด", content=MEMO, secrecy="ลับ")
    return sign_all(letter)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def words(answer) -> str:
    """The words of a page, without what stands around them."""
    page = answer.content.decode().partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def tampered(content: bytes) -> bytes:
    """A PDF with a remark after its end: it shows the same."""
    return content + b"\n% changed\n"


# --- codes ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KQ3M-XW9PA-4HT8C", "7KQ3M-XW9PA-4HT8C"),
        (" 7kq3m xw9pa 4ht8c ", "7KQ3M-XW9PA-4HT8C"),
        ("๗KQ๓MXW๙PA๔HT๘C", "7KQ3M-XW9PA-4HT8C"),
        ("7KQ3M-XW9PA-4HT8", ""),
        ("7KQ3M-XW9PA-4HT8O", ""),
        ("", ""),
    ],
)
def test_code_is_read_however_it_is_typed(typed: str, code: str):
    assert clean_code(typed) == code


def test_code_leads_to_the_letter_and_its_signatures(signed: Letter):
    answer = answer_of(by_code(signed.code.lower()))
    assert (answer.is_whole, answer.number, answer.dated, answer.code) == (
        True, signed.number.text, signed.dated, signed.code,
    )  # fmt: skip
    assert [one.name for one in answer.signatures] == [
        "นายจันทร์ เรียบร้อย", "นายมาลี ตั้งใจ", "นายวิเชียร รอบรู้", "นายสมหมาย ใจกว้าง",
    ]  # fmt: skip
    assert answer.signatures[-1].position == ("นายกเทศมนตรี",)
    assert (answer.text_sha256, answer.seal) == (newest_text(signed).sha256, signed.seal)


# --- files ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_file_that_is_kept_is_known_by_its_bytes(signed: Letter, form: str):
    found = by_file(f"ชื่ออื่น.{form}", read_file(getattr(signed, form)))
    assert (found.letter, found.is_exact, found.form, found.is_whole) == (signed, True, form, True)


def test_changed_file_is_told_apart_from_the_letter_whose_code_it_bears(signed: Letter):
    found = by_file("a.pdf", tampered(read_file(signed.pdf)))
    assert (found.letter, found.is_exact, found.is_whole) == (signed, False, False)
    assert [one.code for one in found.problems] == ["LETTER_FILE_DIFFERS"]


def test_file_of_nobody_is_unknown(agency: Agency, system):
    found = by_file("ข้อความ.txt", "หนังสือฉบับหนึ่ง\n".encode())
    assert (found.letter, [one.code for one in found.problems]) == (None, ["LETTER_FILE_UNKNOWN"])
    found = by_file("ข้อความ.txt", "ลงนามทางอิเล็กทรอนิกส์\nรหัสตรวจสอบ 7KQ3M-XW9PA-4HT8C\n".encode())
    assert [one.code for one in found.problems] == ["LETTER_UNKNOWN"]


def test_scan_of_the_signed_paper_is_known(signed: Letter, scope):
    me = scope(Role.CLERK)
    scan = keep_file(me, name="สแกน.pdf", content=b"%PDF-1.4 scan\n%%EOF\n")
    chain.attach_scan(me, letter=signed, version=signed.version, file=scan)
    found = by_file("x.pdf", b"%PDF-1.4 scan\n%%EOF\n")
    assert (found.letter, found.form, found.is_whole) == (signed, "scan", True)


# --- from outside ---------------------------------------------------------------------------------------------------
def test_page_asks_without_sign_in_and_leads_to_the_answer(signed: Letter):
    client = Client()
    assert client.get(VERIFY).status_code == 200
    answer = client.post(VERIFY, {"code": signed.code.replace("-", " ").lower()})
    assert (answer.status_code, answer["Location"]) == (302, f"/verify/{signed.code}/")
    page = client.get(answer["Location"])
    shown = words(page)
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex")
    assert "หนังสือนี้ครบถ้วน ไม่ถูกแก้หลังลงนาม" in shown and signed.subject in shown and "นายสมหมาย ใจกว้าง" in shown
    assert "เพื่อโปรดพิจารณา" not in shown  # opinions are of the house


def test_page_tells_what_became_of_a_changed_letter(signed: Letter):
    LetterText.objects.filter(letter=signed).update(subject="เรื่องอื่น")
    shown = words(Client().get(f"/verify/{signed.code}/"))
    assert "พบสิ่งที่ไม่ตรงกับที่ลงนาม" in shown and "ข้อความของหนังสือไม่ตรงกับที่ลงนาม" in shown and "ครบถ้วน" not in shown


def test_file_is_checked_and_not_kept(signed: Letter):
    before = File.objects.count()
    exact = Client().post(VERIFY, {"file": sent("a.pdf", read_file(signed.pdf))})
    assert (exact.status_code, "ไฟล์ที่ส่งมาตรงกับฉบับที่ลงนามทุกไบต์" in words(exact)) == (200, True)
    changed = Client().post(VERIFY, {"file": sent("a.pdf", tampered(read_file(signed.pdf)))})
    assert "ไฟล์นี้ไม่ใช่ฉบับที่ลงนาม" in words(changed)
    assert File.objects.count() == before


def test_unknown_code_is_told_with_the_way_on(agency: Agency):
    page = Client().get("/verify/7KQ3M-XW9PA-4HT8C/")
    assert (page.status_code, "ไม่พบหนังสือนี้ในระบบ" in words(page)) == (404, True)
    assert Client().get("/verify/<script>/").status_code == 404


@pytest.mark.parametrize(
    "given",
    [{}, {"code": "  "}, {"code": "7KQ3M-XW9PA-4HT8C", "file": ("a.pdf", b"%PDF-1.4\n")}, {"file": ("a.exe", b"MZ\x90")},
     {"file": ("a.png", b"\x89PNG\r\n\x1a\n0000")}, {"file": ("a.pdf", b"")}],
)  # fmt: skip
def test_what_cannot_be_checked_is_said_on_the_form(agency: Agency, given):
    data = {name: sent(*value) if isinstance(value, tuple) else value for name, value in given.items()}
    assert Client().post(VERIFY, data).status_code == 422


def test_secret_letter_tells_number_day_and_whether_it_is_whole(secret: Letter):
    for page in (
        Client().get(f"/verify/{secret.code}/"),
        Client().post(VERIFY, {"file": sent("a.pdf", read_file(secret.pdf))}),
    ):
        shown = words(page)
        assert "หนังสือนี้ครบถ้วน" in shown
        told = (secret.subject, "บันทึกข้อความ", "นายจันทร์", "นายสมหมาย", newest_text(secret).sha256, secret.seal)
        assert [word for word in told if word in shown] == []
    Endorsement.objects.filter(step__letter=secret).update(opinion="อื่น")
    shown = words(Client().get(f"/verify/{secret.code}/"))
    assert "พบสิ่งที่ไม่ตรงกับที่ลงนาม" in shown and "นาย" not in shown


def test_codes_cannot_be_tried_by_the_million(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "ASKED_MAX", 3)
    asked = [Client(REMOTE_ADDR="203.0.113.7").get("/verify/7KQ3M-XW9PA-4HT8C/").status_code for _ in range(5)]
    assert asked == [404, 404, 404, 429, 429]
    assert Client(REMOTE_ADDR="203.0.113.8").get("/verify/7KQ3M-XW9PA-4HT8C/").status_code == 404


def test_files_cannot_be_sent_without_end(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "FILES_MAX", 1)
    given = [Client().post(VERIFY, {"file": sent("a.txt", "ก".encode())}).status_code for _ in range(2)]
    assert given == [200, 429]


def test_stranger_brings_a_paper_of_some_size_and_no_larger(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    content = b"%PDF-1.4\n" + b"0" * 2 * limits.MEGABYTE
    assert Client().post(VERIFY, {"file": sent("a.pdf", content)}).status_code in (200, 422)
    monkeypatch.setattr(limits, "PAPER_MB", 0)
    answer = Client().post(VERIFY, {"file": sent("a.pdf", content)})
    assert answer.status_code == 413
    assert Client().post("/account/login/", {"login": "x" * 2 * limits.MEGABYTE}).status_code == 413


# --- inside ---------------------------------------------------------------------------------------------------------
def check_page(letter: Letter) -> str:
    return reverse("letters:check", args=[letter.agency.code, letter.pk])


def test_page_inside_lists_what_was_checked_with_every_opinion(signed: Letter, sign_in):
    client = sign_in(Role.HEAD)
    shown = words(client.get(check_page(signed)))
    assert shown.count("ตรง ") >= len(checked(signed).parts) and "ไม่ตรง" not in shown
    assert "เพื่อโปรดพิจารณา" in shown and "หนังสือนี้ครบถ้วน" in shown
    assert "ถึงรายการล่าสุดแล้ว" in words(client.get(f"{check_page(signed)}?journal=all"))
    Endorsement.objects.filter(step__letter=signed).update(opinion="อื่น")
    assert "ลายมือชื่อหรือความเห็นของ นายสมหมาย ใจกว้าง ถูกแก้หลังลงนาม" in words(client.get(check_page(signed)))


def test_letter_on_its_way_is_checked_as_far_as_it_is_signed(memo_letter: Letter, chain_of, endorse_as, sign_in):
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    found = checked(memo_letter)
    assert (found.is_sound, found.is_whole, [one.code for one in found.problems]) == (
        True,
        False,
        ["LETTER_NOT_SIGNED"],
    )
    assert "ยังลงนามไม่ครบ" in words(sign_in(Role.HEAD).get(check_page(memo_letter)))


def test_rewritten_and_sent_again_is_whole(memo_letter: Letter, chain_of, endorse_as, sign_all, scope):
    """What was voided on the way stays in the chain of what is checked."""
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    endorse_as(memo_letter, Role.COORDINATOR, "return", "แก้หัวข้อ")
    memo_letter.refresh_from_db()
    write_text(scope(Role.CLERK), letter=memo_letter, version=memo_letter.version, subject="รายงานฉบับแก้", content=MEMO)
    memo_letter.refresh_from_db()
    assert checked(sign_all(memo_letter), is_thorough=True).problems == ()


def test_strangers_and_who_may_not_know_find_nothing(signed: Letter, secret: Letter, other_agency, sign_in):
    assert sign_in(Role.COUNCIL).get(check_page(signed)).status_code == 404
    assert sign_in(Role.CLERK, of=other_agency).get(check_page(signed)).status_code == 404
    assert Client().get(check_page(signed)).status_code == 302
    assert sign_in(Role.AUDITOR).get(check_page(secret)).status_code == 404
    assert sign_in(Role.CLERK).get(check_page(secret)).status_code == 200


def test_checking_asks_a_fixed_number_of_queries(signed: Letter, system, django_assert_num_queries):
    for _ in range(3):
        with django_assert_num_queries(7):
            checked(signed)
        for _more in range(5):
            journal.note(system, "letter.look", signed)
