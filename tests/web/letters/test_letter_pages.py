"""Pages: the list, writing in the browser, the page of a letter, preview and files, attachments."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from prongsai.web.agencies.roles import Role
from prongsai.web.evidence.services import add_evidence, keep_file
from prongsai.web.letters.kinds import LETTER_PAPERS, Shape
from prongsai.web.letters.models import Letter, LetterState
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services import writing
from prongsai.web.letters.services.incoming import register_incoming
from tests.web import office
from tests.web.letters.written import AGENCY, MEMO, SUBJECT, memo

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TYPED = {
    "office": f"กองช่าง {AGENCY}",
    "subject": SUBJECT,
    "to": "ปลัดเทศบาล\nผู้อำนวยการกองคลัง",
    "body": "๑. เรื่องเดิม\r\n\r\n  ด้วยถนนชำรุด  \r\n๒. ข้อเท็จจริง",
    "closing": "โปรดพิจารณาอนุมัติ",
}


def to(agency, name: str, *args: object) -> str:
    return reverse(f"letters:{name}", args=[agency.code, *args])


@pytest.fixture
def officer(scope):
    return scope(Role.OFFICER)


@pytest.fixture
def unit(officer):
    return officer.person.appointments.get().post.unit


@pytest.fixture
def letter(officer, unit):
    return memo(officer, unit=unit)


# --- the list -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_however_long(sign_in, agency, officer, unit, count, django_assert_num_queries):
    for number in range(count):
        memo(officer, unit=unit, subject=f"เรื่องที่ {number}")
    client = sign_in(Role.COORDINATOR)
    client.get(to(agency, "letters"))
    with django_assert_num_queries(12):
        page = client.get(to(agency, "letters"), {"tab": "all"})
    assert page.content.decode().count("เรื่องที่ ") == count


def test_tabs_hold_what_they_say(sign_in, agency, officer, letter, chain_of, unit):
    on_way = memo(officer, unit=unit, subject="กำลังเสนอ")
    chain_of(on_way, Role.OFFICER)
    signed = memo(officer, unit=unit, subject="ลงนามแล้วจริง")
    Letter.objects.filter(pk=signed.pk).update(state=LetterState.SIGNED)

    def listed(role: Role, tab: str) -> list[str]:
        page = sign_in(role).get(to(agency, "letters"), {"tab": tab}).context["page"]
        return [one.subject for one in page]

    assert listed(Role.OFFICER, "mine") == [SUBJECT]
    assert listed(Role.OFFICER, "waiting") == ["กำลังเสนอ"]
    assert listed(Role.MAYOR, "waiting") == []
    assert listed(Role.MAYOR, "in_chain") == ["กำลังเสนอ"]
    assert listed(Role.MAYOR, "signed") == ["ลงนามแล้วจริง"]
    assert listed(Role.MAYOR, "all") == ["ลงนามแล้วจริง", "กำลังเสนอ", SUBJECT]


def test_list_is_narrowed_by_words_year_and_kind(sign_in, agency, officer, letter):
    writing.start_letter(
        officer, paper="announcement", subject="นโยบายไม่รับของขวัญ", content={"agency": AGENCY, "body": ["ด้วย"]}
    )
    client = sign_in(Role.OFFICER)
    year = officer.today.year + 543

    def listed(**asked: object) -> list[str]:
        return [one.subject for one in client.get(to(agency, "letters"), {"tab": "all", **asked}).context["page"]]

    assert listed(q="ซ่อมแซม") == [SUBJECT]
    assert listed(kind="announcement") == ["นโยบายไม่รับของขวัญ"]
    assert (len(listed(year=year)), listed(year=year - 1)) == (2, listed())  # a year that has none is no choice


def test_list_without_a_tab_begins_with_what_waits(sign_in, agency, letter, chain_of):
    assert sign_in(Role.OFFICER).get(to(agency, "letters")).context["tab"] == "all"
    chain_of(letter, Role.OFFICER)
    assert sign_in(Role.OFFICER).get(to(agency, "letters")).context["tab"] == "waiting"


# --- writing --------------------------------------------------------------------------------------------------------
def test_memo_is_written_in_the_browser(sign_in, agency, unit):
    client = sign_in(Role.OFFICER)
    answer = client.post(to(agency, "letter_add", "memo"), TYPED | {"unit": unit.pk, "speed": "ด่วน"})
    made = Letter.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.unit, made.speed, made.drafter) == (unit, "ด่วน", office.scope(agency, Role.OFFICER).person)
    assert newest_text(made).content == {
        "office": f"กองช่าง {AGENCY}",
        "to": "ปลัดเทศบาล, ผู้อำนวยการกองคลัง",
        "body": ["๑. เรื่องเดิม", "ด้วยถนนชำรุด", "๒. ข้อเท็จจริง"],
        "closing": "โปรดพิจารณาอนุมัติ",
    }
    assert [one.to for one in made.deliveries.all()] == ["ปลัดเทศบาล", "ผู้อำนวยการกองคลัง"]


@pytest.mark.parametrize(
    ("field", "said"),
    [("office", "ยังไม่ได้ใส่ “ส่วนราชการ”"), ("subject", "ยังไม่ได้ใส่ “เรื่อง”"), ("to", "ยังไม่ได้ใส่ “เรียน”")],
)
def test_form_names_what_is_missing_and_keeps_the_rest(sign_in, agency, field, said):
    answer = sign_in(Role.OFFICER).post(to(agency, "letter_add", "memo"), TYPED | {field: " "})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert "ด้วยถนนชำรุด" in answer.content.decode()
    assert Letter.objects.count() == 0


def test_new_memo_begins_with_unit_and_phone_and_on_demand_with_four_heads(sign_in, agency, unit):
    type(unit).objects.filter(pk=unit.pk).update(phone="๐-๓๖๐๐-๐๑๑๔ ต่อ ๑๒")
    page = sign_in(Role.OFFICER).get(to(agency, "letter_add", "memo"), {"template": "heads"}).content.decode()
    assert f"กองช่าง {AGENCY} โทร. ๐-๓๖๐๐-๐๑๑๔ ต่อ ๑๒" in page
    assert "๑. เรื่องเดิม\n๒. ข้อเท็จจริง\n๓. ข้อกฎหมายและระเบียบ\n๔. ข้อพิจารณา" in page


def test_letter_to_others_is_written_in_the_browser(sign_in, agency):
    given = {
        "address": "ถนนสวนพลู\nอำเภอเมืองลพบุรี", "subject": "ขอความอนุเคราะห์วิทยากร", "salutation": "เรียน",
        "to": "นายอำเภอเมืองลพบุรี", "references": "หนังสืออำเภอ ที่ ลบ ๐๐๑๘/๑๒",
        "enclosures": "กำหนดการ จำนวน ๑ ฉบับ\nแผนที่", "body": "ด้วยเทศบาลจะจัดอบรม", "closing": "โปรดพิจารณา",
        "contact_unit": "กองช่าง", "contact_phone": "๐-๓๖๐๐-๐๑๑๔", "copies": "สำนักปลัดเทศบาล",
    }  # fmt: skip
    assert sign_in(Role.OFFICER).post(to(agency, "letter_add", "letter"), given).status_code == 302
    content = newest_text(Letter.objects.get()).content
    assert content["enclosures"] == [{"what": "กำหนดการ", "amount": "๑ ฉบับ"}, {"what": "แผนที่", "amount": ""}]
    assert content["contact"] == {"unit": "กองช่าง", "phone": "๐-๓๖๐๐-๐๑๑๔", "fax": "", "email": ""}
    assert [one.to for one in Letter.objects.get().deliveries.all()] == ["นายอำเภอเมืองลพบุรี", "สำนักปลัดเทศบาล"]


def test_answer_to_a_letter_that_came_is_tied_to_it(sign_in, agency, scope, officer):
    clerk = scope(Role.CLERK)
    came = register_incoming(
        clerk, sender="อำเภอเมืองลพบุรี", addressee="นายกเทศมนตรี", subject="ขอข้อมูลถนน", received_at=timezone.now()
    )
    client, address = sign_in(Role.OFFICER), f"{to(agency, 'letter_add', 'memo')}?answers={came.pk}"
    page = client.get(address).content.decode()
    assert ("อำเภอเมืองลพบุรี" in page, "ขอข้อมูลถนน" in page) == (True, True)
    client.post(address, TYPED)
    assert Letter.objects.get().answers == came
    assert client.get(address.replace(f"={came.pk}", "=99999")).status_code == 404


@pytest.mark.parametrize("paper", [one.name for one in LETTER_PAPERS.values() if one.shape is not Shape.RECORDS])
def test_form_of_every_kind_opens(sign_in, agency, paper):
    page = sign_in(Role.OFFICER).get(to(agency, "letter_add", paper))
    assert (page.status_code, str(LETTER_PAPERS[paper].title) in page.content.decode()) == (200, True)


def test_kinds_made_from_records_have_no_empty_form(sign_in, agency):
    client = sign_in(Role.OFFICER)
    assert client.get(to(agency, "letter_choose")).status_code == 200
    for paper in ("tracking-6", "gap-memo", "poem"):
        assert client.get(to(agency, "letter_add", paper)).status_code == 404


def test_who_does_no_work_writes_nothing(sign_in, agency, letter):
    for role in (Role.MAYOR, Role.AUDITOR, Role.COUNCIL):
        client = sign_in(role)
        assert client.get(to(agency, "letter_add", "memo")).status_code == 404
        assert client.get(to(agency, "letter_edit", letter.pk)).status_code == 404


def test_letter_of_another_agency_is_not_there(sign_in, other_agency, agency, letter):
    client = sign_in(Role.SECRETARY, of=other_agency)
    for name in ("letter", "letter_edit", "letter_preview", "letter_word", "letter_drop"):
        assert client.get(to(other_agency, name, letter.pk)).status_code == 404
        assert client.get(to(agency, name, letter.pk)).status_code == 404


def test_another_unit_reads_and_does_not_write(sign_in, agency, letter):
    client = sign_in(Role.HEAD)
    assert client.get(letter.get_absolute_url()).status_code == 200
    for name in ("letter_edit", "letter_drop", "letter_word"):
        assert client.get(to(agency, name, letter.pk)).status_code == 404
    for name in ("attachment_add", "letter_replace"):
        assert client.post(to(agency, name, letter.pk)).status_code == 404


# --- editing --------------------------------------------------------------------------------------------------------
def test_edit_makes_a_text_and_keeps_what_the_form_does_not_ask(sign_in, agency, letter, unit):
    client = sign_in(Role.OFFICER)
    page = client.get(to(agency, "letter_edit", letter.pk)).content.decode()
    assert MEMO["body"][1] in page
    given = TYPED | {"unit": unit.pk, "version": letter.version, "note": "แก้ผู้รับ"}
    assert client.post(to(agency, "letter_edit", letter.pk), given).status_code == 302
    assert (newest_text(letter).number, newest_text(letter).note) == (2, "แก้ผู้รับ")


def test_two_people_edit_the_second_sees_both(sign_in, agency, letter, officer, unit):
    client = sign_in(Role.OFFICER)
    seen = letter.version
    writing.write_text(officer, letter=letter, version=seen, subject="เรื่องของอีกคน", content=MEMO)
    answer = client.post(to(agency, "letter_edit", letter.pk), TYPED | {"unit": unit.pk, "version": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("เรื่องของอีกคน" in page, f'value="{SUBJECT}"' in page, "ด้วยถนนชำรุด" in page) == (True, True, True)
    letter.refresh_from_db()
    again = client.post(to(agency, "letter_edit", letter.pk), TYPED | {"unit": unit.pk, "version": letter.version})
    assert (again.status_code, newest_text(letter).subject) == (302, SUBJECT)


def test_edit_of_what_is_signed_is_confirmed_first(sign_in, agency, letter, unit, chain_of, endorse_as):
    chain_of(letter, Role.OFFICER)
    endorse_as(letter, Role.OFFICER, "forward", "")
    client = sign_in(Role.OFFICER)
    letter.refresh_from_db()
    assert "ลายมือชื่อเป็นโมฆะ" in client.get(to(agency, "letter_edit", letter.pk)).content.decode()
    given = TYPED | {"unit": unit.pk, "version": letter.version}
    refused = client.post(to(agency, "letter_edit", letter.pk), given)
    assert (refused.status_code, newest_text(letter).number) == (422, 1)
    assert client.post(to(agency, "letter_edit", letter.pk), given | {"confirm_void": "on"}).status_code == 302
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT
    assert "เป็นโมฆะ" in client.get(letter.get_absolute_url()).content.decode()


# --- the page of one, its papers ------------------------------------------------------------------------------------
def test_page_says_what_is_next(sign_in, agency, letter, chain_of, endorse_as):
    client = sign_in(Role.OFFICER)
    assert "เป็นร่าง ตรวจตัวอย่าง" in client.get(letter.get_absolute_url()).content.decode()
    chain_of(letter, Role.OFFICER)
    endorse_as(letter, Role.OFFICER, "forward", "")
    assert "รอ ปลัดเทศบาล ลงนาม" in client.get(letter.get_absolute_url()).content.decode()
    assert "รอท่านลงนามในลำดับ ปลัดเทศบาล" in sign_in(Role.SECRETARY).get(letter.get_absolute_url()).content.decode()


def test_preview_shows_the_paper_closed_in_and_says_that_it_is_a_draft(sign_in, agency, letter):
    client = sign_in(Role.AUDITOR)
    page = client.get(to(agency, "letter_preview", letter.pk)).content.decode()
    assert ("<strong>ร่าง</strong>" in page, "sandbox" in page) == (True, True)
    paper = client.get(to(agency, "letter_paper", letter.pk, "html"))
    assert paper["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert ("บันทึกข้อความ" in paper.content.decode(), "ร่าง ยังลงนามไม่ครบ" in paper.content.decode()) == (True, True)


def test_word_of_a_draft_says_so_in_its_name(sign_in, agency, letter):
    client = sign_in(Role.OFFICER)
    docx = client.get(to(agency, "letter_paper", letter.pk, "docx"))
    assert docx.content.startswith(b"PK")
    assert f"ร่าง บันทึกข้อความ {SUBJECT}.docx" in unquote(docx["Content-Disposition"])
    assert client.get(to(agency, "letter_paper", letter.pk, "exe")).status_code == 404


def test_older_text_is_shown_with_what_changed(sign_in, agency, letter, officer):
    changed = {**MEMO, "closing": "โปรดทราบ"}
    writing.write_text(officer, letter=letter, version=letter.version, subject=SUBJECT, content=changed, note="แก้ปิดท้าย")
    client = sign_in(Role.OFFICER)
    page = client.get(to(agency, "letter_text", letter.pk, 2)).content.decode()
    assert ("<del>" in page, "ทราบ</ins>" in page, "แก้ปิดท้าย" in page) == (True, True, True)
    old = client.get(to(agency, "letter_text", letter.pk, 1), {"form": "html"})
    assert "จึงเรียนมาเพื่อโปรดพิจารณา" in old.content.decode()
    assert client.get(to(agency, "letter_text", letter.pk, 3)).status_code == 404


# --- attachments ----------------------------------------------------------------------------------------------------
def test_attachments_come_by_upload_and_from_evidence(sign_in, agency, letter, officer):
    client, address = sign_in(Role.OFFICER), to(agency, "attachment_add", letter.pk)
    assert client.post(address, {"version": letter.version}).status_code == 422
    sent = {"file": SimpleUploadedFile("ภาพ.pdf", PDF), "title": "ภาพถ่าย", "version": letter.version}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, {**sent, "file": SimpleUploadedFile("ข.pdf", PDF + b"\n")}).status_code == 409
    letter.refresh_from_db()
    kept = add_evidence(officer, title="แผนที่", file=keep_file(officer, name="แผนที่.pdf", content=PDF + b"\n\n"))
    assert client.post(address, {"number": kept.pk, "version": letter.version}).status_code == 302
    assert [(one.title, one.evidence) for one in letter.attachments.all()] == [("ภาพถ่าย", None), ("แผนที่", kept)]
    one = letter.attachments.first()
    opened = client.get(to(agency, "letter_file", letter.pk, one.file_id))
    assert b"".join(opened.streaming_content) == PDF
    letter.refresh_from_db()
    client.post(to(agency, "attachment_drop", letter.pk, one.pk), {"version": letter.version})
    assert [one.title for one in letter.attachments.all()] == ["แผนที่"]
    assert client.get(to(agency, "letter_file", letter.pk, one.file_id)).status_code == 200  # with the text that had it


def test_file_of_something_else_is_not_opened_through_a_letter(sign_in, agency, letter, officer):
    other = keep_file(officer, name="อื่น.pdf", content=PDF, is_guarded=True)
    assert sign_in(Role.OFFICER).get(to(agency, "letter_file", letter.pk, other.pk)).status_code == 404


# --- dropping and replacing -----------------------------------------------------------------------------------------
def test_draft_is_dropped_with_its_reason(sign_in, agency, letter):
    client, address = sign_in(Role.OFFICER), to(agency, "letter_drop", letter.pk)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " ", "version": letter.version}).status_code == 422
    assert client.post(address, {"reason": "ไม่ใช้แล้ว", "version": letter.version}).status_code == 302
    assert "ยกเลิกร่างแล้ว: ไม่ใช้แล้ว" in client.get(letter.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404


def test_signed_letter_is_replaced_by_a_new_draft(sign_in, agency, letter):
    client, address = sign_in(Role.OFFICER), to(agency, "letter_replace", letter.pk)
    assert client.post(address).status_code == 302
    assert Letter.objects.count() == 1
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SIGNED)
    client.post(address)
    made = Letter.objects.get(supersedes=letter)
    assert "กำลังทำฉบับใหม่แทน" in client.get(letter.get_absolute_url()).content.decode()
    assert "แทนฉบับ" in client.get(made.get_absolute_url()).content.decode()
