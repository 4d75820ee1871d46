import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.web.agencies.models import Appointment, Capacity, Post
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Decision, Endorsement, Letter
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services import chain
from prongsai.web.letters.services.numbers import ensure_series, reserve
from prongsai.web.letters.services.writing import start_letter, write_text
from tests.web import office
from tests.web.letters.conftest import MEMO

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def at(name: str, letter: Letter) -> str:
    return reverse(f"letters:{name}", args=[office.CODE, letter.pk])


def signed(letter: Letter, **more: str) -> dict[str, object]:
    letter.refresh_from_db()
    seen = {"version": letter.version, "seen": newest_text(letter).sha256, "password": office.PASSWORD}
    return seen | {"decision": "forward", "opinion": "เพื่อโปรดพิจารณา"} | more


@pytest.fixture
def at_head(memo_letter, chain_of, endorse_as):
    """A memo that waits for the head of the office."""
    chain_of(memo_letter)
    endorse_as(memo_letter, Role.CLERK)
    return memo_letter


@pytest.fixture
def at_mayor(at_head, endorse_as):
    """A memo that waits for the mayor."""
    endorse_as(at_head, Role.COORDINATOR)
    endorse_as(at_head, Role.SECRETARY)
    return at_head


# --- the section ----------------------------------------------------------------------------------------------------
def test_page_of_a_letter_tells_who_is_awaited_and_what_was_said(sign_in, at_head):
    page = sign_in(Role.MAYOR).get(at("letter", at_head)).content.decode()
    section = page[page.index('id="chain"') :]
    assert re.findall(r"<strong>(.\. [^<]+)</strong>", section) == [
        "๑. ผู้จัดทำ",
        "๒. หัวหน้าสำนักปลัดเทศบาล",
        "๓. ปลัดเทศบาล",
        "๔. นายกเทศมนตรี",
    ]
    assert section.count("รออยู่ที่นี่") == 1
    assert section.index("(นายจันทร์ เรียบร้อย)") < section.index("รออยู่ที่นี่") < section.index("นายมาลี ตั้งใจ")


def test_voided_signatures_are_told_apart(scope, sign_in, at_head):
    content = MEMO | {"body": ["แก้แล้ว"]}
    write_text(
        scope(Role.CLERK), letter=at_head, version=at_head.version, subject=at_head.subject, content=content,
        note="แก้ยอด",
    )  # fmt: skip
    page = sign_in(Role.CLERK).get(at("letter", at_head)).content.decode()
    section = page[page.index('id="chain"') :]
    assert "<s>(นายจันทร์ เรียบร้อย)</s>" in section
    assert "แก้ยอด" in section


def test_section_asks_the_same_queries_however_often_it_was_voided(
    scope, sign_in, memo_letter, chain_of, endorse_as, django_assert_max_num_queries
):
    client, me = sign_in(Role.CLERK), scope(Role.CLERK)
    for _round in range(4):
        chain_of(memo_letter)
        endorse_as(memo_letter, Role.CLERK)
        chain.recall(me, letter=memo_letter, version=memo_letter.version, reason="แก้")
    client.get(at("letter", memo_letter))
    with django_assert_max_num_queries(30):
        client.get(at("letter", memo_letter))


# --- steps ----------------------------------------------------------------------------------------------------------
def rows(*posts: Post) -> dict[str, object]:
    found: dict[str, object] = {}
    for number, post in enumerate(posts):
        found |= {f"step-{number}-place": number + 1, f"step-{number}-post": post.pk, f"step-{number}-opinion_of": ""}
    return found


def test_steps_are_taken_out_and_reordered_on_the_page(agency, sign_in, memo_letter):
    client, titled = sign_in(Role.CLERK), {post.title: post for post in Post.objects.filter(agency=agency)}
    page = client.get(at("chain", memo_letter)).content.decode()
    assert page.count('name="step-') == 6 * 3
    posts = (titled["ปลัดเทศบาล"], titled["ผู้อำนวยการกองคลัง"], titled["นายกเทศมนตรี"])
    given = rows(*posts) | {"version": memo_letter.version, "step-0-place": "๒", "step-1-place": "๑"}
    assert client.post(at("chain", memo_letter), given).status_code == 302
    found = [str(one.post or one.person) for one in memo_letter.steps.all()]
    assert found == ["นายจันทร์ เรียบร้อย", "ผู้อำนวยการกองคลัง", "ปลัดเทศบาล", "นายกเทศมนตรี"]


def test_way_that_is_refused_is_shown_again_with_what_was_chosen(agency, sign_in, memo_letter):
    mayor = Post.objects.get(agency=agency, title="นายกเทศมนตรี")
    answer = sign_in(Role.CLERK).post(at("chain", memo_letter), rows(mayor, mayor) | {"version": memo_letter.version})
    assert (answer.status_code, "ครั้งเดียว" in answer.content.decode()) == (422, True)
    assert answer.content.decode().count(f'value="{mayor.pk}" selected') == 2


def test_way_changed_by_somebody_else_is_told(agency, scope, sign_in, memo_letter):
    mayor = Post.objects.get(agency=agency, title="นายกเทศมนตรี")
    given = rows(mayor) | {"version": memo_letter.version}
    steps = chain.propose(scope(Role.CLERK), letter=memo_letter)
    chain.set_chain(scope(Role.CLERK), letter=memo_letter, version=memo_letter.version, steps=steps)
    answer = sign_in(Role.CLERK).post(at("chain", memo_letter), given)
    assert (answer.status_code, f'value="{memo_letter.version}"' in answer.content.decode()) == (409, True)


def test_sending_leads_the_drafter_on_to_signing(sign_in, memo_letter):
    client = sign_in(Role.CLERK)
    answer = client.post(at("send", memo_letter), {"version": memo_letter.version})
    assert answer["Location"] == at("sign", memo_letter)
    assert client.get(at("sign", memo_letter)).status_code == 200


def test_recall_on_the_page_asks_for_a_reason(sign_in, at_head):
    client = sign_in(Role.CLERK)
    client.post(at("recall", at_head), {"version": at_head.version, "reason": ""})
    at_head.refresh_from_db()
    assert at_head.state == "in_chain"
    client.post(at("recall", at_head), {"version": at_head.version, "reason": "แก้ตัวเลข"})
    at_head.refresh_from_db()
    assert at_head.state == "draft"


# --- signing --------------------------------------------------------------------------------------------------------
def test_page_of_signing_shows_the_paper_the_opinions_and_who_signs(sign_in, at_mayor):
    page = sign_in(Role.MAYOR).get(at("sign", at_mayor)).content.decode()
    assert f"{at('letter', at_mayor)}texts/1/?form=html" in page
    assert page.count("เพื่อโปรดพิจารณา") >= 3
    assert re.search(r"ลงนามในชื่อ\s*<strong>นายสมหมาย ใจกว้าง</strong><br>นายกเทศมนตรี", page)
    assert newest_text(at_mayor).sha256 in page


def test_signing_with_the_password_lets_the_letter_go_on(sign_in, at_head):
    answer = sign_in(Role.COORDINATOR).post(at("sign", at_head), signed(at_head, preset="เห็นควรอนุมัติ", opinion="ครบถ้วน"))
    assert answer["Location"] == at("letter", at_head)
    one = Endorsement.objects.last()
    assert (one.name, one.opinion, one.method) == ("นายมาลี ตั้งใจ", "เห็นควรอนุมัติ\nครบถ้วน", "password")


def test_wrong_password_signs_nothing_and_keeps_what_was_typed(sign_in, at_head):
    given = signed(at_head, password="เดา", opinion="เห็นควรแก้วันที่")
    answer = sign_in(Role.COORDINATOR).post(at("sign", at_head), given)
    page = answer.content.decode()
    assert (answer.status_code, "ยืนยันตัวตนไม่สำเร็จ" in page, "เห็นควรแก้วันที่" in page, "เดา" in page) == (
        422,
        True,
        True,
        False,
    )
    assert Endorsement.objects.count() == 1


def test_decision_is_never_chosen_by_forgetting_it(sign_in, at_mayor):
    given = signed(at_mayor, opinion="ทราบ")
    del given["decision"]
    assert sign_in(Role.MAYOR).post(at("sign", at_mayor), given).status_code == 422
    assert "checked" not in re.findall(
        r'<input[^>]*name="decision"[^>]*>', sign_in(Role.MAYOR).get(at("sign", at_mayor)).content.decode()
    )


def test_last_signature_on_the_page_seals_the_letter(sign_in, at_mayor):
    answer = sign_in(Role.MAYOR).post(
        at("sign", at_mayor), signed(at_mayor, decision="approve", opinion="อนุมัติ"), follow=True
    )
    at_mayor.refresh_from_db()
    assert (at_mayor.state, "ลงนามครบแล้ว" in answer.content.decode()) == ("signed", True)


def test_who_saw_an_older_text_gets_the_newer_one_and_what_was_typed(scope, sign_in, at_head, chain_of, endorse_as):
    given = signed(at_head, opinion="เห็นควรอย่างยิ่ง")
    content = MEMO | {"body": ["ข้อความใหม่"]}
    write_text(
        scope(Role.CLERK), letter=at_head, version=at_head.version, subject=at_head.subject, content=content
    )  # fmt: skip
    at_head.refresh_from_db()
    chain_of(at_head)
    endorse_as(at_head, Role.CLERK)
    answer = sign_in(Role.COORDINATOR).post(at("sign", at_head), given)
    page = answer.content.decode()
    assert (answer.status_code, "เห็นควรอย่างยิ่ง" in page, "texts/2/?form=html" in page) == (409, True, True)
    assert (newest_text(at_head).sha256 in page, Endorsement.objects.filter(voided_at=None).count()) == (True, 1)


def test_second_of_two_who_sign_at_once_is_told(agency, scope, sign_in, at_head, endorse_as):
    post = Post.objects.get(agency=agency, title="หัวหน้าสำนักปลัดเทศบาล")
    person = scope(Role.HEAD).person
    Appointment.objects.create(agency=agency, person=person, post=post, capacity=Capacity.ACTING_FOR)
    given = signed(at_head)
    client = sign_in(Role.HEAD)
    endorse_as(at_head, Role.COORDINATOR)
    answer = client.post(at("sign", at_head), given)
    told = "มีผู้อื่นลงนามหรือแก้ไขไปก่อน" in answer.content.decode()
    assert (answer.status_code, told, Endorsement.objects.count()) == (409, True, 2)


def test_who_is_not_awaited_sees_why_and_no_form(sign_in, at_head):
    page = sign_in(Role.MAYOR).get(at("sign", at_head)).content.decode()
    assert ("ยังไม่ถึงลำดับของท่าน" in page, 'name="password"' in page) == (True, False)
    answer = sign_in(Role.MAYOR).post(at("sign", at_head), signed(at_head))
    assert (answer.status_code, Endorsement.objects.count()) == (422, 1)


# --- ink ------------------------------------------------------------------------------------------------------------
def test_chain_is_entered_from_one_scan_step_by_step(sign_in, scope, memo_letter, chain_of):
    client = sign_in(Role.CLERK)
    chain_of(memo_letter)
    day = scope(Role.CLERK).today
    typed = {"signed_on": f"{day.day}/{day.month}/{day.year + 543}"}
    file = {"file": SimpleUploadedFile("ลงนาม.pdf", PDF)}
    assert client.post(at("scan", memo_letter), signed(memo_letter) | typed | file)["Location"] == at(
        "scan", memo_letter
    )
    for _step in range(2):
        client.post(at("scan", memo_letter), signed(memo_letter) | typed)
    client.post(at("scan", memo_letter), signed(memo_letter, decision="approve", opinion="อนุมัติ") | typed)
    memo_letter.refresh_from_db()
    assert (memo_letter.state, Endorsement.objects.filter(method="scan").count()) == ("signed", 4)
    assert memo_letter.scan.name == "ลงนาม.pdf"


def test_first_scan_needs_its_file_and_a_day_that_has_come(sign_in, scope, memo_letter, chain_of):
    chain_of(memo_letter)
    client, tomorrow = sign_in(Role.CLERK), scope(Role.CLERK).today + timedelta(days=1)
    assert client.post(at("scan", memo_letter), signed(memo_letter, signed_on="1/1/2569")).status_code == 422
    typed = {
        "signed_on": f"{tomorrow.day}/{tomorrow.month}/{tomorrow.year + 543}",
        "file": SimpleUploadedFile("ก.pdf", PDF),
    }
    answer = client.post(at("scan", memo_letter), signed(memo_letter) | typed)
    assert (answer.status_code, "ยังมาไม่ถึง" in answer.content.decode()) == (422, True)


def test_scan_of_a_signed_letter_is_kept_with_it(sign_in, memo_letter, sign_all):
    letter = sign_all(memo_letter)
    file = {"file": SimpleUploadedFile("ลงนาม.pdf", PDF), "version": letter.version}
    assert sign_in(Role.PERSONNEL).post(at("scan", letter), file).status_code == 302
    letter.refresh_from_db()
    assert letter.scan.name == "ลงนาม.pdf"


# --- numbers --------------------------------------------------------------------------------------------------------
def test_letter_gets_the_next_number_or_a_reserved_one(sign_in, scope, memo_letter):
    series = ensure_series(scope(Role.CLERK), kind="outgoing")
    kept = reserve(scope(Role.CLERK), series=series, subject="จองไว้")[0]
    day = scope(Role.CLERK).today
    given = {"dated": f"{day.day}/{day.month}/{day.year + 543}", "number": kept.pk, "version": memo_letter.version}
    assert sign_in(Role.CLERK).post(at("letter_number", memo_letter), given).status_code == 302
    memo_letter.refresh_from_db()
    assert (memo_letter.number, memo_letter.dated) == (kept, day)
    assert sign_in(Role.CLERK).get(at("letter_number", memo_letter)).status_code == 404


def test_day_to_come_and_an_old_page_are_refused(sign_in, scope, memo_letter):
    client, day = sign_in(Role.CLERK), scope(Role.CLERK).today + timedelta(days=1)
    typed = {"dated": f"{day.day}/{day.month}/{day.year + 543}"}
    assert client.post(at("letter_number", memo_letter), typed | {"version": memo_letter.version}).status_code == 422
    assert client.post(at("letter_number", memo_letter), typed | {"version": 99}).status_code == 409


# --- rights ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["letter_number", "chain", "sign", "scan"])
def test_strangers_and_other_agencies_find_no_such_page(sign_in, other_agency, at_head, name):
    assert sign_in(Role.COUNCIL).get(at(name, at_head)).status_code == 404
    assert sign_in(Role.MAYOR, of=other_agency).get(at(name, at_head)).status_code == 404


@pytest.mark.parametrize("name", ["chain", "send", "recall"])
def test_another_unit_finds_no_such_page(sign_in, memo_letter, name):
    assert sign_in(Role.OFFICER).post(at(name, memo_letter), {"version": memo_letter.version}).status_code == 404


def test_who_keeps_no_letters_enters_no_scan(sign_in, at_head):
    assert sign_in(Role.LEGAL).get(at("scan", at_head)).status_code == 404


def test_secret_letter_is_signed_by_its_chain_and_seen_by_nobody_else(scope, sign_in, chain_of, endorse_as):
    me = scope(Role.CLERK)
    made = start_letter(me, paper="memo", subject="เรื่องลับ", content=MEMO, secrecy="ลับ")
    chain_of(made)
    endorse_as(made, Role.CLERK)
    assert sign_in(Role.COORDINATOR).get(at("sign", made)).status_code == 200
    for role in (Role.ADMIN, Role.AUDITOR, Role.ANALYST, Role.PERSONNEL):
        assert sign_in(role).get(at("sign", made)).status_code == 404
        assert sign_in(role).get(at("scan", made)).status_code == 404
    for role in (Role.COORDINATOR, Role.SECRETARY):
        endorse_as(made, role)
    endorse_as(made, Role.MAYOR, Decision.APPROVE, "อนุมัติ")
    assert (made.state, made.docx.is_guarded, made.docx.name) == ("signed", True, "หนังสือลับ.docx")
