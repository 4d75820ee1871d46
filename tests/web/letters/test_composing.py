"""A letter's paper: number, day and chain from the register, panel with its code, and the content read back out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from prongsai.documents.model import Document
from prongsai.documents.plain import plain
from prongsai.documents.read import read_content
from prongsai.errors import RecordsInvalid
from prongsai.reports.catalogue import paper_kind
from prongsai.reports.forms.signing import Capacity, Opinion, Signed
from prongsai.reports.papers.panel import panel_of
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Letter, Step
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services.composing import content_from, document_of, render_letter
from prongsai.web.letters.services.writing import start_letter
from tests.web.letters.conftest import MEMO

FORMS = ("docx", "pdf", "html")
MAKER = Signed("นายจันทร์ เรียบร้อย", "เจ้าพนักงานธุรการ")
HEAD = Signed("นายมาลี ตั้งใจ", "หัวหน้าสำนักปลัดเทศบาล")
SECRETARY = Signed("นายวิเชียร รอบรู้", "ปลัดเทศบาล")
MAYOR = Signed("นายสมหมาย ใจกว้าง", "นายกเทศมนตรี")
BODY = [
    "๑. เรื่องเดิม",
    "สำนักปลัดเทศบาลได้สำรวจครุภัณฑ์ตามแผน",
    "๒. ข้อเท็จจริง",
    "รายการ | จำนวน (ชิ้น)",
    "ครุภัณฑ์สำนักงานที่ใช้งานได้ | ๔๑๒",
    "ครุภัณฑ์ที่ชำรุด | ๑๙",
    "๓. ข้อกฎหมายและระเบียบ",
    "๓.๑ ระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. ๒๕๖๐",
    "- ข้อ ๒๑๓",
    "๔. ข้อพิจารณา",
    "เห็นควรแต่งตั้งคณะกรรมการสอบหาข้อเท็จจริง",
]
ORDER: dict[str, Any] = {
    "reasons": ["ด้วยเทศบาลเห็นสมควรกำหนดแนวทางการให้บริการ"],
    "legal_bases": ["มาตรา ๔๘ เตรส แห่งพระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖"],
    "supersedes": "",
    "effective": "2026-12-01",
}


def _start(scope, paper: str, content: dict[str, Any], **more: Any) -> Letter:
    me = scope(Role.CLERK)
    unit = me.person.appointments.get().post.unit
    return start_letter(me, paper=paper, subject="ทดสอบการจัดทำหนังสือ", content=content, unit=unit, **more)


def _records(letter: Letter, document: Document | None = None) -> Any:
    return paper_kind(letter.paper).recognise(document or plain(document_of(letter)))[0]


def _texts(letter: Letter) -> list[str]:
    return [line.text for line in plain(document_of(letter)).paragraphs()]


def test_draft_shows_who_would_sign_and_neither_number_nor_panel(memo_letter) -> None:
    record = _records(memo_letter)
    assert (record.number, record.date, record.signer) == ("", None, MAKER)
    assert record.opinions == (
        Opinion("หัวหน้าสำนักปลัดเทศบาล", (), HEAD),
        Opinion("ปลัดเทศบาล", (), SECRETARY),
        Opinion("นายกเทศมนตรี", (), MAYOR),
    )
    assert panel_of(plain(document_of(memo_letter))) is None


@pytest.mark.parametrize("form", FORMS)
def test_signed_memo_carries_number_chain_and_panel_in_every_format(memo_letter, sign_all, form) -> None:
    letter = sign_all(memo_letter)
    document = read_content(render_letter(letter, form), f"บันทึก.{form}")
    record = _records(letter, document)
    assert letter.number is not None
    assert (record.number, record.date) == (to_thai(letter.number.text), letter.dated)
    day = letter.dated
    assert record.signer == replace(MAKER, on=day)
    assert record.opinions == (
        Opinion("หัวหน้าสำนักปลัดเทศบาล", ("เพื่อโปรดพิจารณา",), replace(HEAD, on=day)),
        Opinion("ปลัดเทศบาล", ("เพื่อโปรดพิจารณา",), replace(SECRETARY, on=day)),
        Opinion("นายกเทศมนตรี", ("อนุมัติ",), replace(MAYOR, on=day)),
    )
    assert panel_of(document) == letter.code


@pytest.mark.parametrize("form", FORMS)
def test_content_comes_back_equal_out_of_the_signed_paper(scope, sign_all, form) -> None:
    content = MEMO | {"body": BODY}
    letter = sign_all(_start(scope, "memo", content))
    assert content_from("memo", read_content(render_letter(letter, form), f"บันทึก.{form}")) == (
        "ทดสอบการจัดทำหนังสือ",
        content | {"subject": "ทดสอบการจัดทำหนังสือ"},
    )


def test_panel_names_code_address_hash_and_everybody_who_signed(settings, memo_letter, sign_all) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://prongsai.example"]
    letter = sign_all(memo_letter)
    texts = _texts(letter)
    panel = texts[texts.index("ลงนามทางอิเล็กทรอนิกส์") :]
    assert panel[1:3] == [
        f"รหัสตรวจสอบ {letter.code} · ค่าแฮชของข้อความ {newest_text(letter).sha256[:16]}…",
        f"ตรวจสอบที่ https://prongsai.example/verify/{letter.code}/",
    ]
    assert [line.partition(" · ")[0] for line in panel[3:7]] == [
        "๑. นายจันทร์ เรียบร้อย เจ้าพนักงานธุรการ",
        "๒. นายมาลี ตั้งใจ หัวหน้าสำนักปลัดเทศบาล",
        "๓. นายวิเชียร รอบรู้ ปลัดเทศบาล",
        "๔. นายสมหมาย ใจกว้าง นายกเทศมนตรี",
    ]
    assert all(line.endswith(" น. · ยืนยันด้วยรหัสผ่าน") for line in panel[3:7])
    assert panel[7:] == ["รวมผู้ลงนาม ๔ ราย"]


def test_the_same_letter_is_the_same_bytes(memo_letter, sign_all) -> None:
    letter = sign_all(memo_letter)
    assert render_letter(letter, "docx") == render_letter(letter, "docx")


def test_who_acts_is_printed_over_two_lines_with_the_legal_words(memo_letter, agency) -> None:
    secretary = Appointment.objects.get(agency=agency, post__title="ปลัดเทศบาล")
    secretary.valid_to = date(2021, 1, 1)
    secretary.save()
    head = Appointment.objects.get(agency=agency, post__title="ผู้อำนวยการกองคลัง")
    Appointment.objects.create(
        agency=agency, person=head.person, post=secretary.post, capacity="acting_for", order_no="9/2568",
        valid_from=date(2025, 1, 1),
    )  # fmt: skip
    acting = Signed("นายประสิทธิ์ มั่นคง", "ผู้อำนวยการกองคลัง", Capacity.ACTING_FOR, "ปลัดเทศบาล")
    assert _records(memo_letter).opinions[1] == Opinion("ปลัดเทศบาล", (), acting)
    assert "ผู้อำนวยการกองคลัง รักษาราชการแทน" in _texts(memo_letter)


def test_a_post_that_nobody_fills_leaves_the_name_open(memo_letter, agency) -> None:
    Appointment.objects.filter(agency=agency, post__title="ปลัดเทศบาล").delete()
    opinion = _records(memo_letter).opinions[1]
    assert (opinion.opinion_of, opinion.signed) == ("ปลัดเทศบาล", Signed("", "ปลัดเทศบาล"))


def test_signatures_on_an_older_text_are_not_printed_on_a_newer_one(memo_letter, sign_all) -> None:
    letter = sign_all(memo_letter)
    letter.code = None
    other = newest_text(letter)
    other.pk, other.number = None, 2
    assert [one.signed.on for one in _records(letter, plain(document_of(letter, text=other))).opinions] == [None] * 3


def test_letter_to_others_bears_one_name_its_marks_and_what_is_attached(scope) -> None:
    content = {"agency": "เทศบาลตำบลบ้านสวนพลู", "to": "นายอำเภอเมืองลพบุรี", "body": ["ด้วยเทศบาลกำหนดจัดอบรม"], "closing": "โปรดพิจารณา",
               "enclosures": [{"what": "กำหนดการ", "amount": "๑ ฉบับ"}]}  # fmt: skip
    letter = _start(scope, "letter", content, speed="ด่วน")
    text = newest_text(letter)
    text.attachments = [{"title": "กำหนดการ", "sha256": ""}, {"title": "แบบตอบรับ", "sha256": ""}]
    record = _records(letter, plain(document_of(letter, text=text)))
    assert (record.agency, record.speed, record.signer) == ("เทศบาลตำบลบ้านสวนพลู", "ด่วน", MAYOR)
    assert [(one.what, one.amount) for one in record.enclosures] == [("กำหนดการ", "๑ ฉบับ"), ("แบบตอบรับ", "")]


def test_secrecy_stands_on_every_page_of_every_kind(scope) -> None:
    announcement = _start(scope, "announcement", {"agency": "เทศบาลตำบลบ้านสวนพลู", "body": ["จึงขอประกาศ"]}, secrecy="ลับ")
    assert document_of(announcement).setup.secrecy == "ลับ"


@pytest.mark.parametrize(
    ("paper", "content"),
    [
        ("order", {"clauses": ["ให้กองคลังเปิดบริการวันเสาร์", "(๑) ภาคเช้า", "ให้รายงานผลทุกเดือน"]}),
        ("job-order", {"clauses": [], "assignments": [
            {"name": "นายอรุณ ขยันยิ่ง", "position": "นายช่างโยธา", "duties": ["ตรวจถนน"], "stands_in": ""}]}),
        ("committee-order", {"body": "คณะทำงาน", "duties": ["ติดตามผล"], "appointees": [
            {"name": "นายวิเชียร รอบรู้", "position": "ปลัดเทศบาล", "role": "chair"}]}),
    ],
)  # fmt: skip
def test_orders_take_number_and_day_and_are_signed_by_the_head(scope, sign_all, paper, content) -> None:
    letter = _start(scope, paper, ORDER | content)
    record = _records(letter)
    assert (record.agency, record.number, record.ordered_on) == ("เทศบาลตำบลบ้านสวนพลู", None, None)
    subject, read = content_from(paper, plain(document_of(letter)))
    wanted = ORDER | content | {"agency": "เทศบาลตำบลบ้านสวนพลู", "subject": subject}
    assert (subject, read) == ("ทดสอบการจัดทำหนังสือ", wanted)
    assert record.signer == MAYOR
    sign_all(letter)
    signed = _records(letter)
    assert letter.number is not None and letter.dated is not None
    assert f"{signed.number}/{signed.year_be}" == letter.number.text
    assert (signed.ordered_on, signed.signer.name) == (letter.dated, MAYOR.name)


def test_report_goes_up_with_its_chain_and_the_head_signs_the_announcement(scope) -> None:
    kind = paper_kind("measures-report")
    content = kind.to_json(kind.sample()) | {"signatories": [], "announced": None}
    laws = ["พระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖ และที่แก้ไขเพิ่มเติม", "ประกาศปฏิทินการประเมิน ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"]
    letter = _start(scope, "measures-report", content | {"_options": {"laws": laws, "closing": "โปรดพิจารณาอนุมัติ"}})
    report = _records(letter)
    people = [(one.name, one.opinion_of, one.part) for one in report.signatories]
    assert people == [
        (MAKER.name, None, "memo"),
        (HEAD.name, "หัวหน้าสำนักปลัดเทศบาล", "memo"),
        (SECRETARY.name, "ปลัดเทศบาล", "memo"),
        (MAYOR.name, "นายกเทศมนตรี", "memo"),
        (MAYOR.name, None, "announcement"),
    ]
    texts = _texts(letter)
    assert [text for text in texts if text.startswith(("๓.", "จึงเรียน"))] == [
        "๓. ข้อกฎหมายและระเบียบ", f"๓.๑ {laws[0]}", f"๓.๒ {laws[1]}", "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ",
    ]  # fmt: skip
    subject, read = content_from("measures-report", plain(document_of(letter)))
    assert subject == "ทดสอบการจัดทำหนังสือ"
    assert read["rows"][0]["measure"] == content["rows"][0]["measure"]
    assert {"signatories", "announced"}.isdisjoint(read)
    assert read["_options"] == {"laws": laws}
    assert (read["memo"]["number"], read["memo"]["date"]) == (None, None)


def test_text_that_makes_no_paper_is_refused(scope) -> None:
    with pytest.raises(RecordsInvalid):
        _start(scope, "committee-order", {"appointees": "ไม่มี"})


def test_composing_asks_the_database_a_fixed_number_of_times(memo_letter, sign_all, django_assert_num_queries) -> None:
    letter = Letter.objects.select_related("agency", "number", "unit", "report").get(pk=sign_all(memo_letter).pk)
    text = newest_text(letter)
    with django_assert_num_queries(3):  # steps, their signatures, the signatures of the panel
        document_of(letter, text=text)
    assert Step.objects.filter(letter=letter).count() == 4
