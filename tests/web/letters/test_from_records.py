"""Letters that carry a report or an assignment memo: frozen rows, a head that is written, one letter each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle
from prongsai.web.cycles.services import add_finding
from prongsai.web.letters.models import Letter, LetterState, Origin
from prongsai.web.letters.queries.letters import newest_text
from prongsai.web.letters.services import composing, returning, writing
from prongsai.web.letters.services.from_records import letter_of_dispatch, letter_of_report
from prongsai.web.plans.models import Dispatch, Report
from prongsai.web.plans.services import Assignment, add_measure, draft_dispatch
from prongsai.web.plans.services.reports import make_report
from tests.web import office
from tests.web.letters.test_word import edited
from tests.web.letters.written import AGENCY

pytestmark = pytest.mark.django_db
LAWS = ["พระราชบัญญัติเทศบาล พ.ศ. ๒๔๙๖ มาตรา ๔๘ เตรส", "แนวทางการประเมิน ITA"]


@pytest.fixture
def cycle(agency) -> Cycle:
    return Cycle.objects.create(
        agency=agency, framework_id="ita-2569", framework_kind="ita", framework_sha256="-", fiscal_year_be=2569,
        measures_year_be=2569,
    )  # fmt: skip


@pytest.fixture
def coordinator(scope):
    return scope(Role.COORDINATOR)


@pytest.fixture
def report(coordinator, cycle) -> Report:
    add_measure(
        coordinator, cycle=cycle, title="จัดทำคู่มือการให้บริการ", issue_no=1, issue_title="การให้บริการ", owners=["กองช่าง"],
        starts_on=date(2025, 10, 1), ends_on=date(2026, 9, 30), steps=["จัดทำร่างคู่มือ"], results=["จัดทำแล้ว ๕ เรื่อง"],
        outcomes=["รอรับบริการลดลง"],
    )  # fmt: skip
    return make_report(coordinator, cycle=cycle, kind="measures-report")


@pytest.fixture
def dispatch(coordinator, cycle, agency) -> Dispatch:
    finding = add_finding(coordinator, cycle=cycle, title="ไม่พบข้อมูล O1", advice="เผยแพร่ให้ครบ")
    row = Assignment(finding, office.unit(agency, "กองคลัง"))
    return draft_dispatch(
        coordinator, cycle=cycle, subject="มอบหมายการปรับปรุงข้อมูล OIT", due_on=coordinator.today + timedelta(days=20), rows=[row]
    )  # fmt: skip


def paper_words(letter: Letter) -> str:
    return composing.render_letter(letter, "html").decode()


def test_letter_of_a_report_goes_up_with_its_frozen_rows(coordinator, report):
    letter = letter_of_report(coordinator, report=report)
    text = newest_text(letter)
    assert (letter.paper, letter.report, text.origin) == ("measures-report", report, Origin.RECORDS)
    assert text.content["rows"] == report.records["rows"]
    assert (text.content["memo"]["to"], text.content["signatories"]) == ("นายกเทศมนตรี", [])
    words = paper_words(letter)
    assert ("บันทึกข้อความ" in words, "จัดทำคู่มือการให้บริการ" in words, "ขอประกาศ" in words) == (True, True, True)


def test_report_has_one_letter_until_it_is_dropped(coordinator, report):
    letter = letter_of_report(coordinator, report=report)
    with pytest.raises(ValidationError, match="มีหนังสือของรายการนี้แล้ว"):
        letter_of_report(coordinator, report=report)
    writing.drop_letter(coordinator, letter=letter, version=letter.version, reason="ทำใหม่")
    assert letter_of_report(coordinator, report=report).pk != letter.pk


def test_letter_of_an_assignment_memo_names_its_deadline_and_units(coordinator, dispatch):
    letter = letter_of_dispatch(coordinator, dispatch=dispatch)
    words = paper_words(letter)
    assert (letter.paper, newest_text(letter).content["memo"]["to"]) == ("gap-memo", "หัวหน้าส่วนราชการทุกส่วน")
    assert ("ไม่พบข้อมูล O1" in words, "กองคลัง" in words) == (True, True)


def test_issued_memo_gets_no_letter(coordinator, dispatch):
    Dispatch.objects.filter(pk=dispatch.pk).update(issued_on=coordinator.today, number="1/2569")
    with pytest.raises(ValidationError, match="ออกไปแล้ว"):
        letter_of_dispatch(coordinator, dispatch=dispatch)


def test_only_the_head_of_it_is_written(sign_in, agency, coordinator, report):
    letter = letter_of_report(coordinator, report=report)
    rows = newest_text(letter).content["rows"]
    client, address = sign_in(Role.COORDINATOR), reverse("letters:letter_edit", args=[agency.code, letter.pk])
    page = client.get(address).content.decode()
    assert ("แก้ได้เฉพาะหัวหนังสือ" in page, 'name="body"' in page) == (True, False)
    given = {
        "office": f"สำนักปลัดเทศบาล {AGENCY}", "subject": "ขอเสนอรายงาน", "to": "นายกเทศมนตรีตำบลบ้านสวนพลู",
        "laws": "\n".join(LAWS), "closing": "โปรดพิจารณาอนุมัติ", "version": letter.version, "unit": letter.unit_id,
    }  # fmt: skip
    assert client.post(address, given).status_code == 302
    letter.refresh_from_db()
    content = newest_text(letter).content
    assert (content["rows"], content["_options"]["laws"], content["memo"]["subject"]) == (rows, LAWS, "ขอเสนอรายงาน")
    words = paper_words(letter)
    assert (LAWS[0] in words, "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ" in words) == (True, True)
    shown = client.get(address).content.decode()
    assert ("\n".join(LAWS) in shown, "นายกเทศมนตรีตำบลบ้านสวนพลู" in shown) == (True, True)


def test_pages_begin_the_letter_once_and_go_to_it(sign_in, agency, report, dispatch):
    client = sign_in(Role.COORDINATOR)
    for name, pk in (("from_report", report.pk), ("from_dispatch", dispatch.pk)):
        address = reverse(f"letters:{name}", args=[agency.code, pk])
        assert client.get(address).status_code == 405
        first, second = client.post(address), client.post(address)
        assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Letter.objects.count() == 2
    address = reverse("letters:from_dispatch", args=[agency.code, dispatch.pk])
    assert sign_in(Role.OFFICER).post(address).status_code == 404


def test_report_comes_back_from_word_as_it_went(coordinator, report):
    letter = letter_of_report(coordinator, report=report)
    docx = composing.render_letter(letter, "docx")
    file = returning.keep_returned(coordinator, letter=letter, name="รายงาน.docx", content=docx)
    found = returning.read_returned(letter, file)
    assert ([(one.label, one.before, one.after) for one in found.differences], found.unread) == ([], ())


def test_rows_changed_in_word_are_told_and_not_taken(coordinator, report):
    letter = letter_of_report(coordinator, report=report)
    docx = edited(composing.render_letter(letter, "docx"), ("จัดทำแล้ว ๕ เรื่อง", "จัดทำแล้ว ๙ เรื่อง"))
    file = returning.keep_returned(coordinator, letter=letter, name="รายงาน.docx", content=docx)
    found = returning.read_returned(letter, file)
    assert (found.is_same, found.content["rows"]) == (True, report.records["rows"])
    assert [one for one in found.unread if "๙ เรื่อง" in one] != []


def test_rejected_report_is_still_one_of_the_list(sign_in, agency, coordinator, report):
    letter = letter_of_report(coordinator, report=report)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.REJECTED)
    page = sign_in(Role.MAYOR).get(letter.get_absolute_url()).content.decode()
    assert "ไม่ได้รับอนุมัติ" in page
