"""Orders that a letter cites: found, unknown, another agency's, confirmed, dated too late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from prongsai.web.agencies.models import Committee, JobOrder
from prongsai.web.agencies.roles import Role
from prongsai.web.letters.models import Letter, LetterState, Number, NumberState, Series, SeriesKind
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.queries.references import Standing, cited, unresolved
from prongsai.web.letters.services import chain, writing
from tests.web.letters.written import AGENCY, memo

pytestmark = pytest.mark.django_db


def citing(scope, words: str) -> Letter:
    officer = scope(Role.OFFICER)
    unit = officer.person.appointments.get().post.unit
    return memo(officer, unit=unit, content={"body": ["ด้วยมีเรื่องแจ้ง", words]})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (f"ตามคำสั่ง{AGENCY} ที่ ๒๐๙/๒๕๖๓ ลงวันที่ ๑ ตุลาคม ๒๕๖๓", [("209/2563", Standing.UNKNOWN)]),
        ("ตามคำสั่งเทศบาล ที่ 12/2566 และคำสั่งที่ ๑๒/๒๕๖๖", [("12/2566", Standing.UNKNOWN)]),
        ("ตามคำสั่งแต่งตั้งคณะทำงาน ที่ ๑๓ / ๒๕๖๖", [("13/2566", Standing.UNKNOWN)]),
        ("ตามคำสั่งกระทรวงมหาดไทย ที่ ๔๕๐/๒๕๖๔", [("450/2564", Standing.FOREIGN)]),
        ("ตามคำสั่งหัวหน้าคณะรักษาความสงบแห่งชาติ ที่ ๘/๒๕๖๐", [("8/2560", Standing.FOREIGN)]),
        ("ตามคำสั่งเทศบาลเมืองสิงห์บุรี ที่ ๕/๒๕๖๘", [("5/2568", Standing.FOREIGN)]),
        ("ตามหนังสือ ลบ ๐๐๒๓.๓/ว ๑๒๓๔ และระเบียบ พ.ศ. ๒๕๒๖", []),
    ],
)
def test_orders_are_found_in_the_words(scope, words, told):
    assert [(one.key, one.standing) for one in cited(citing(scope, words))] == told


def test_order_resolves_to_a_committee_a_work_assignment_or_a_signed_letter(scope, agency):
    letter = citing(scope, "ตามคำสั่งที่ ๑/๒๕๖๘ คำสั่งที่ ๒/๒๕๖๘ คำสั่งที่ ๓/๒๕๖๘ และคำสั่งที่ ๔/๒๕๖๘")
    day, person = date(2025, 2, 1), scope(Role.OFFICER).person
    Committee.objects.create(agency=agency, name="คณะทำงาน ITA", order_no="1/2568", order_date=day)
    JobOrder.objects.create(
        agency=agency, person=person, duties="งานช่าง", order_no="2/2568", order_date=day, signer=person
    )
    order = _signed_order(scope, agency, 3, day)
    told = [(one.key, one.standing, one.title, one.letter) for one in cited(letter)]
    assert told == [
        ("1/2568", Standing.FOUND, "คณะทำงาน ITA", None),
        ("2/2568", Standing.FOUND, "งานช่าง", None),
        ("3/2568", Standing.FOUND, "คำสั่งทดสอบ", order.pk),
        ("4/2568", Standing.UNKNOWN, "", None),
    ]
    assert [one.key for one in unresolved(letter)] == ["4/2568"]


def _signed_order(scope, agency, value: int, day: date) -> Letter:
    series = Series.objects.create(agency=agency, kind=SeriesKind.ORDER)
    number = Number.objects.create(
        series=series, year_be=2568, value=value, text=f"{value}/2568", state=NumberState.USED,
        taken_at="2025-02-01T09:00:00+07:00",
    )  # fmt: skip
    return Letter.objects.create(
        agency=agency,
        paper="order",
        subject="คำสั่งทดสอบ",
        state=LetterState.SIGNED,
        series=series,
        number=number,
        dated=day,
    )


def test_letter_with_an_unknown_order_is_not_sent_until_it_is_confirmed(scope):
    officer = scope(Role.OFFICER)
    letter = citing(scope, "ตามคำสั่งที่ ๒๐๙/๒๕๖๓")
    with pytest.raises(ValidationError, match="ไม่พบคำสั่งที่ ๒๐๙/๒๕๖๓"):
        chain.send(officer, letter=letter, version=letter.version)
    text = writing.confirm_orders(officer, letter=letter, version=letter.version, keys=["209/2563"])
    assert (text.number, cited(letter)[0].standing) == (2, Standing.CONFIRMED)
    chain.send(officer, letter=letter, version=letter.version)
    assert letter.state == LetterState.IN_CHAIN


def test_mended_order_is_sent(scope, agency):
    officer = scope(Role.OFFICER)
    letter = citing(scope, "ตามคำสั่งที่ ๒๐๙/๒๕๖๓")
    Committee.objects.create(agency=agency, name="คณะทำงาน", order_no="209/2563", order_date=date(2020, 10, 1))
    chain.send(officer, letter=letter, version=letter.version)
    assert letter.state == LetterState.IN_CHAIN


def test_order_dated_after_the_memo_is_told(scope, agency, sign_in):
    today = scope(Role.OFFICER).today
    letter = citing(scope, "ตามคำสั่งที่ ๑/๒๕๗๐")
    late = today + timedelta(days=3)
    Committee.objects.create(agency=agency, name="คณะทำงาน", order_no="1/2570", order_date=late)
    one = cited(letter, today=today)[0]
    assert (one.is_late, "ซึ่งอยู่หลังวันที่ของหนังสือ" in one.message) == (True, True)
    page = sign_in(Role.OFFICER).get(letter.get_absolute_url()).content.decode()
    assert "ซึ่งอยู่หลังวันที่ของหนังสือฉบับนี้" in page


def test_page_tells_the_unknown_order_and_takes_the_confirmation(scope, agency, sign_in):
    letter = citing(scope, "ตามคำสั่งที่ ๒๐๙/๒๕๖๓")
    client = sign_in(Role.OFFICER)
    assert "อ้างคำสั่งที่ไม่พบในทะเบียน" in client.get(letter.get_absolute_url()).content.decode()
    address = reverse("letters:letter_references", args=[agency.code, letter.pk])
    assert sign_in(Role.HEAD).post(address, {"order": "209/2563"}).status_code == 404
    client.post(address, {"order": ["209/2563"], "version": letter.version})
    assert "อ้างคำสั่งที่ไม่พบในทะเบียน" not in client.get(letter.get_absolute_url()).content.decode()
    assert newest_text(letter).content["body"] == ["ด้วยมีเรื่องแจ้ง", "ตามคำสั่งที่ ๒๐๙/๒๕๖๓"]
