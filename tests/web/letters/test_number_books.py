"""The registers on paper and as sheets: columns of the Rule on correspondence, nothing of what is secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils import timezone

from prongsai.documents.read import read_content
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Delivery, Letter
from prongsai.web.letters.queries.books import book_of
from prongsai.web.letters.services import incoming as incoming_services
from prongsai.web.letters.services import numbers as services
from tests.web import office

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 30)
CAME = timezone.make_aware(datetime(2026, 3, 30, 9, 5))


@pytest.fixture
def clerk(scope):
    return replace(scope(Role.CLERK), today=DAY)


def numbered(clerk, **values):
    given = {"agency": clerk.agency, "paper": "memo", "subject": "ขอส่งรายงาน", "state": "draft"} | values
    return services.number_letter(clerk, letter=Letter.objects.create(**given), version=1, dated=DAY)


def test_register_of_what_went_out_has_the_columns_of_the_rule(clerk):
    made = numbered(clerk, unit=office.unit(clerk.agency, "กองช่าง"))
    Letter.objects.filter(pk=made.pk).update(state="signed")
    for place, to in enumerate(("นายอำเภอเมืองลพบุรี", "ท้องถิ่นจังหวัดลพบุรี")):
        Delivery.objects.create(letter=made, to=to, place=place, sent_on=DAY)
    held = services.reserve(clerk, series=made.series, subject="รอลงนาม", count=2)[1]
    services.cancel_number(clerk, number=held, version=1, reason="พิมพ์ผิด")
    book = book_of(clerk, made.series, 2569)
    assert book.head == ("เลขทะเบียนส่ง", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
    assert book.rows == (
        ("1", "ลบ 52701/1", "30 มี.ค. 2569", "กองช่าง", "นายอำเภอเมืองลพบุรี\nท้องถิ่นจังหวัดลพบุรี", "ขอส่งรายงาน", "ส่งแล้ว 30 มี.ค. 2569", ""),
        ("2", "ลบ 52701/2", "", "เทศบาลตำบลบ้านสวนพลู", "", "รอลงนาม", "", "จองไว้"),
        ("3", "ลบ 52701/3", "", "เทศบาลตำบลบ้านสวนพลู", "", "รอลงนาม", "", "ยกเลิก: พิมพ์ผิด"),
    )  # fmt: skip


def test_register_of_what_came_in_has_the_columns_of_the_rule(clerk, scope):
    given = {"addressee": "นายกเทศมนตรี", "received_at": CAME, "way": "hand", "dated": DAY}
    unit = office.unit(clerk.agency, "กองคลัง")
    made = incoming_services.register_incoming(
        clerk,
        sender="อำเภอเมืองลพบุรี",
        letter_no="ลบ ๐๑๑๘/๔๕",
        subject="แจ้งเพื่อทราบ",
        unit=unit,
        note="มาทางอีเมล",
        **given,
    )
    services.reserve(clerk, series=made.number.series, subject="ลงรับในกระดาษ")
    book = book_of(clerk, made.number.series, 2569)
    assert book.head[:8] == ("เลขทะเบียนรับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
    assert book.rows == (
        ("1", "ลบ 0118/45", "30 มี.ค. 2569", "อำเภอเมืองลพบุรี", "นายกเทศมนตรี", "แจ้งเพื่อทราบ", "ส่ง กองคลัง", "มาทางอีเมล", "30 มี.ค. 2569 09:05"),
        ("2", "", "", "", "", "ลงรับในกระดาษ", "", "จองไว้", ""),
    )  # fmt: skip


def test_secret_papers_stand_with_number_and_dates_alone(clerk, scope):
    out = numbered(clerk, secrecy="ลับ", subject="สอบวินัย")
    came = incoming_services.register_incoming(
        clerk, sender="ป.ป.ช.", addressee="นายก", subject="ไต่สวน", secrecy="ลับ", readers=[scope(Role.LEGAL).person],
        received_at=CAME, dated=DAY, way="hand",
    )  # fmt: skip
    order = numbered(clerk, paper="order", secrecy="ลับ", subject="ตั้งกรรมการสอบวินัย")
    other = scope(Role.SECRETARY)
    assert book_of(other, out.series, 2569).rows == (("1", "ลบ 52701/1", "30 มี.ค. 2569", "", "", "(ลับ)", "ร่าง", ""),)
    assert book_of(other, came.number.series, 2569).rows == (
        ("1", "", "30 มี.ค. 2569", "", "", "(ลับ)", "", "", "30 มี.ค. 2569 09:05"),
    )
    assert book_of(other, order.series, 2569).rows == (("1/2569", "30 มี.ค. 2569", "(ลับ)", "", "ร่าง", ""),)


@pytest.mark.parametrize("form", ["xlsx", "csv", "docx"])
def test_register_is_exported_and_reads_back(clerk, sign_in, form):
    made = numbered(clerk)
    answer = sign_in(Role.AUDITOR).get(f"{made.series.get_absolute_url()}export/{form}/?year=2569")
    assert answer.status_code == 200
    if form == "csv":
        assert answer.content.decode("utf-8-sig").splitlines()[1].startswith("1,ลบ 52701/1,30 มี.ค. 2569,")
        return
    document = read_content(answer.content, f"a.{form}")
    cells = [cell.text for cell in next(document.tables()).rows[1].cells]
    if form == "xlsx":
        assert cells[:3] == ["1", "ลบ 52701/1", "30 มี.ค. 2569"]
    else:
        assert cells[:3] == ["๑", "ลบ ๕๒๗๐๑/๑", "๓๐ มี.ค. ๒๕๖๙"]
        assert [one.text for one in document.paragraphs()][:2] == ["ทะเบียนหนังสือส่ง", "เทศบาลตำบลบ้านสวนพลู ปี พ.ศ. ๒๕๖๙"]


def test_words_of_a_formula_stay_words(clerk, sign_in):
    made = numbered(clerk, subject="=HYPERLINK(1)")
    answer = sign_in(Role.CLERK).get(f"{made.series.get_absolute_url()}export/csv/?year=2569")
    assert "'=HYPERLINK(1)" in answer.content.decode()
