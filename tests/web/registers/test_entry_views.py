"""Pages of entries: the list, one entry, its form, its moves, its progress, its paper and its files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from prongsai.documents.read import read_content
from prongsai.registers.model import Ref
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.duties.models import Occurrence
from prongsai.web.evidence.services import keep_file
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry, PeriodClose
from tests.web import office
from tests.web.registers.conftest import entry_ref

GIFT = {
    "received_on": "๒๘ ธ.ค. ๒๕๖๘", "giver": "ร้านสวนพลูการค้า", "giver_kind": "private", "item": "กระเช้าผลไม้", "quantity": "1",
    "value_thb": "800", "occasion": "วันปีใหม่",
}  # fmt: skip
PURCHASE = {
    "work": "ซื้อวัสดุสำนักงาน", "kind": "buy", "budget_thb": "15,000", "reference_thb": "15000", "method": "specific",
    "bidders-0-name": "ร้านสวนพลูการค้า", "bidders-0-price_thb": "๑๒,๐๐๐", "winner": "ร้านสวนพลูการค้า", "agreed_thb": "12000",
    "reason": "ราคาต่ำสุด", "contract_no": "99/2569", "contract_on": "20/11/2568",
}  # fmt: skip


@pytest.fixture
def at(agency: Agency):
    """The address of a page of a register: ``at("entry", "gifts", pk)``."""
    return lambda route, register, *rest: reverse(f"registers:{route}", args=[agency.code, register, *rest])


@pytest.fixture
def asset_of_finance(agency: Agency, system) -> Entry:
    """A thing of the finance unit that nobody holds."""
    unit = office.unit(agency, "กองคลัง")
    values = {"code": "416-63-0012", "name": "เครื่องฉายภาพ", "kind": "durable", "unit": Ref(unit.pk, unit.name)}
    return services.add_entry(system, register="assets", values=values)


def people(agency: Agency) -> dict[str, object]:
    return {"receiver": office.scope(agency, Role.OFFICER).person.pk, "unit": office.unit(agency, "กองช่าง").pk}


def page_of(answer) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(answer.content.decode())


def said(answer) -> str:
    return " ".join(page_of(answer).text_content().split())


# --- the list


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_every_length(sign_in, at, entry, count, django_assert_num_queries):
    for _each in range(count):
        entry("gifts")
    client = sign_in(Role.LEGAL)
    with django_assert_num_queries(15):
        answer = client.get(at("register", "gifts"), {"year": "2569"})
    assert len(page_of(answer).xpath("//tbody/tr")) == count


def test_list_is_sorted_by_clicking_a_head_and_keeps_what_was_asked(sign_in, at, entry):
    entry("gifts", value_thb=Decimal(900), item="ปากกา")
    entry("gifts", value_thb=Decimal(300), item="ดินสอ")
    client, address = sign_in(Role.LEGAL), at("register", "gifts")
    first = page_of(client.get(address, {"year": "2569", "q": "วันปีใหม่", "page": "1"}))
    link = next(each.get("href") for each in first.xpath("//thead//a") if "value_thb" in each.get("href"))
    assert (
        link
        == "?sort=value_thb&year=2569&q=%E0%B8%A7%E0%B8%B1%E0%B8%99%E0%B8%9B%E0%B8%B5%E0%B9%83%E0%B8%AB%E0%B8%A1%E0%B9%88"
    )
    sorted_ = page_of(client.get(address + link))
    assert [each.text_content() for each in sorted_.xpath("//td[@data-head='รายการ']")] == ["ดินสอ", "ปากกา"]
    assert [each.get("aria-sort") for each in sorted_.xpath("//th[@aria-sort]")] == ["ascending"]


def test_list_goes_on_after_fifty(sign_in, at, entry):
    for number in range(51):
        entry("assets", code=f"A-{number}")
    answer = sign_in(Role.SUPPLY).get(at("register", "assets"), {"page": "2"})
    assert len(page_of(answer).xpath("//tbody/tr")) == 1
    assert "หน้า ๒ จาก ๒" in said(answer)


def test_empty_list_teaches_and_offers_to_begin(sign_in, at, kept):
    answer = sign_in(Role.LEGAL).get(at("register", "gifts"))
    register = kept("gifts").register
    assert register.example_th in said(answer)
    assert at("entry_add", "gifts") in {each.get("href") for each in page_of(answer).xpath("//*[@class='empty']//a")}
    assert "ไม่พบรายการตามที่ค้น" in said(sign_in(Role.LEGAL).get(at("register", "gifts"), {"q": "x"}))


def test_late_entries_are_seen_on_the_list_and_the_page(sign_in, at, entry):
    asset = entry("assets")
    made = entry("loans", asset=entry_ref(asset))
    client = sign_in(Role.SUPPLY)
    assert "เลยมา" in said(client.get(at("register", "loans"), {"year": "2569"}))
    assert "เกินกำหนด เลยมา" in said(client.get(at("entry", "loans", made.pk)))


# --- making


def test_add_makes_an_entry_and_shows_it(sign_in, at, agency):
    answer = sign_in(Role.OFFICER).post(at("entry_add", "gifts"), GIFT | people(agency), follow=True)
    made = Entry.objects.get()
    assert (made.title, made.number, made.fiscal_year_be) == ("กระเช้าผลไม้ จาก ร้านสวนพลูการค้า", 1, 2569)
    assert (made.asked_by.given_name, made.unit.name) == ("อรุณ", "กองช่าง")
    assert "บันทึกเลขที่ ๑ แล้ว" in said(answer)
    assert "๒๘ ธ.ค. ๒๕๖๘" in said(answer)


def test_add_and_go_on_gives_an_empty_form(sign_in, at, agency):
    answer = sign_in(Role.OFFICER).post(at("entry_add", "gifts"), GIFT | people(agency) | {"and_more": "1"})
    assert answer["Location"] == at("entry_add", "gifts")


def test_faulty_form_keeps_everything_typed_and_leads_to_each_field(sign_in, at, agency):
    given = GIFT | people(agency) | {"value_thb": "3,001", "quantity": "หลาย", "giver": ""}
    picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n")
    answer = sign_in(Role.OFFICER).post(at("entry_add", "gifts"), given | {"photo": picture})
    page = page_of(answer)
    assert answer.status_code == 422
    assert Entry.objects.count() == 0
    assert page.xpath("//input[@name='quantity']")[0].get("value") == "หลาย"
    assert page.xpath("//select[@name='unit']/option[@selected]/text()") == ["กองช่าง"]
    links = {each.get("href") for each in page.xpath("//*[@role='alert']//a")}
    assert {"#id_quantity", "#id_giver", "#id_reason", "#id_reported_on"} <= links
    assert all(page.xpath("//*[@id=$id]", id=link[1:]) for link in links)
    assert "ไฟล์ที่เลือกไว้ต้องเลือกใหม่อีกครั้ง" in said(answer)


def test_more_rows_come_without_script(sign_in, at):
    given = PURCHASE | {"more_rows": "bidders", "bidders-count": "3", "agreed_thb": ""}
    answer = sign_in(Role.SUPPLY).post(at("entry_add", "purchases"), given)
    page = page_of(answer)
    assert (answer.status_code, Entry.objects.count()) == (200, 0)
    assert len(page.xpath("//input[contains(@name, 'bidders-') and contains(@name, '-name')]")) == 6
    assert page.xpath("//*[@role='alert']") == []


def test_what_the_service_refuses_stands_beside_its_field(sign_in, at):
    client = sign_in(Role.SUPPLY)
    assert client.post(at("entry_add", "purchases"), PURCHASE).status_code == 302
    answer = client.post(at("entry_add", "purchases"), PURCHASE)
    assert answer.status_code == 422
    assert page_of(answer).xpath("//ul[@id='id_contract_no_error']")
    assert Entry.objects.count() == 1


def test_warning_does_not_stop_but_is_said(sign_in, at, agency):
    given = GIFT | people(agency) | {"value_thb": "5000", "reason": "รับแทนหน่วยงาน", "reported_on": "20/2/2569"}
    answer = sign_in(Role.OFFICER).post(at("entry_add", "gifts"), given, follow=True)
    assert "รายงานเกิน ๓๐ วันนับแต่วันที่รับ" in said(answer)
    assert Entry.objects.count() == 1


def test_warning_of_a_register_of_its_own_is_said_when_the_entry_is_taken(sign_in, at, agency, asset_of_finance):
    """Such a rule is asked by the service, after the form has nothing more to say."""
    unit = office.unit(agency, "กองคลัง").pk
    told = {
        "asset": asset_of_finance.pk,
        "to_unit": unit,
        "moved_on": "5/1/2569",
        "reason": "ตรวจทะเบียน",
        "document_no": "1",
    }
    answer = sign_in(Role.SUPPLY).post(at("entry_add", "asset-moves"), told, follow=True)
    assert answer.status_code == 200
    assert "ผู้ครอบครองเดิมกับผู้ครอบครองใหม่เป็นรายเดียวกัน" in said(answer)
    assert Entry.objects.filter(register="asset-moves").count() == 1


def test_file_is_kept_with_the_entry_and_given_back_as_an_attachment(sign_in, at, agency):
    picture = SimpleUploadedFile("ภาพ.png", _png())
    sign_in(Role.OFFICER).post(at("entry_add", "gifts"), GIFT | people(agency) | {"photo": picture})
    made = Entry.objects.get()
    held = made.files.get()
    answer = sign_in(Role.LEGAL).get(at("entry_file", "gifts", made.pk, held.file_id))
    assert (b"".join(answer.streaming_content), answer["Content-Security-Policy"]) == (
        _png(),
        "sandbox; default-src 'none'",
    )
    assert answer["Content-Disposition"].startswith("attachment")
    assert sign_in(Role.LEGAL).get(at("entry_file", "gifts", made.pk, held.file_id + 1)).status_code == 404


def _png() -> bytes:
    target = BytesIO()
    Image.new("RGB", (2, 2)).save(target, "PNG")
    return target.getvalue()


def test_address_may_name_what_a_new_entry_points_at(sign_in, at, entry):
    asset = entry("assets")
    page = page_of(sign_in(Role.SUPPLY).get(at("entry_add", "loans"), {"asset": asset.pk}))
    assert page.xpath("//select[@name='asset']/option[@selected]/@value") == [str(asset.pk)]


@pytest.mark.parametrize(("word", "option"), [("true", "yes"), ("false", "no"), ("perhaps", "")])
def test_address_may_answer_yes_or_no_beforehand(sign_in, at, kept, word, option):
    page = page_of(sign_in(Role.ANALYST).get(at("entry_add", "risks"), {"bribery": word, "title": "ก"}))
    assert (page.xpath("//select[@name='bribery']/option[@selected]/@value") or [""]) == [option]


# --- changing


def test_change_saves_and_says_what_was_before(sign_in, at, entry, agency):
    made = entry("purchases")
    client = sign_in(Role.SUPPLY)
    answer = client.post(at("entry_edit", "purchases", made.pk), PURCHASE | {"seen_version": "1"}, follow=True)
    made.refresh_from_db()
    assert (made.version, made.values["contract_no"]) == (2, "99/2569")
    assert "1/2569 → 99/2569" in said(answer)


def test_who_comes_second_sees_both_versions_and_loses_nothing(sign_in, at, entry):
    made = entry("purchases")
    client, address = sign_in(Role.SUPPLY), at("entry_edit", "purchases", made.pk)
    client.post(address, PURCHASE | {"seen_version": "1"})
    answer = client.post(address, PURCHASE | {"seen_version": "1", "reason": "ส่งของเร็ว"})
    page = page_of(answer)
    assert answer.status_code == 409
    assert page.xpath("//tbody/tr[td[@class='pre']]/*/text()") == ["เหตุผลที่คัดเลือกโดยสรุป", "ราคาต่ำสุด", "ส่งของเร็ว"]
    assert page.xpath("//input[@name='reason']")[0].get("value") == "ส่งของเร็ว"
    assert page.xpath("//input[@name='seen_version']")[0].get("value") == "2"
    assert client.post(address, PURCHASE | {"seen_version": "2", "reason": "ส่งของเร็ว"}).status_code == 302


def test_entry_of_a_closed_period_is_not_offered_for_change(sign_in, at, entry, scope):
    made = entry("purchases")
    services.open_year(scope(Role.COORDINATOR), fiscal_year_be=2569)
    close = _close(made, scope(Role.SUPPLY))
    client = sign_in(Role.SUPPLY)
    answer = client.get(at("entry", "purchases", made.pk))
    assert at("entry_edit", "purchases", made.pk) not in answer.content.decode()
    assert close.occurrence.label in said(answer)
    assert client.get(at("entry_edit", "purchases", made.pk))["Location"] == at("entry", "purchases", made.pk)


def _close(made: Entry, scope) -> PeriodClose:
    occurrence = Occurrence.objects.get(duty__key="procurement-summary", starts_on__month=11, duty__fiscal_year_be=2569)
    close = PeriodClose.objects.create(
        agency=made.agency, register=made.register, occurrence=occurrence, fiscal_year_be=2569,
        starts_on=occurrence.starts_on, ends_on=occurrence.ends_on, closed_by=scope.person, closed_at=made.written_at,
    )  # fmt: skip
    Entry.objects.filter(pk=made.pk).update(close=close)
    return close


# --- who may what


def test_another_units_entry_cannot_be_changed(sign_in, at, entry):
    made = entry("gifts")  # of กองช่าง
    assert sign_in(Role.HEAD).get(at("entry_edit", "gifts", made.pk)).status_code == 404
    assert sign_in(Role.OFFICER).get(at("entry_edit", "gifts", made.pk)).status_code == 200
    assert sign_in(Role.HEAD).get(at("entry", "gifts", made.pk)).status_code == 200


@pytest.mark.parametrize("route", ["entry", "entry_edit", "entry_paper"])
def test_another_agencys_entry_is_not_there(sign_in, at, entry, other_agency, route):
    made = entry("gifts")
    client = sign_in(Role.LEGAL, of=other_agency)
    assert client.get(at(route, "gifts", made.pk)).status_code == 404
    assert client.get(reverse(f"registers:{route}", args=[other_agency.code, "gifts", made.pk])).status_code == 404


def test_entry_of_another_register_unknown_and_closed_registers_are_not_there(sign_in, at, entry, scope):
    made = entry("gifts")
    client = sign_in(Role.COORDINATOR)
    assert client.get(at("entry", "assets", made.pk)).status_code == 404
    assert client.get(at("register", "nothing")).status_code == 404
    services.keep_setting(scope(Role.COORDINATOR), register="gifts", is_open=False, version=0)
    assert client.get(at("register", "gifts")).status_code == 404
    assert client.get(at("settings", "gifts")).status_code == 200


def test_who_may_not_enter_is_not_offered_the_form(sign_in, at):
    client = sign_in(Role.OFFICER)
    assert at("entry_add", "purchases") not in client.get(at("register", "purchases")).content.decode()
    assert client.get(at("entry_add", "purchases")).status_code == 404
    assert client.post(at("entry_add", "purchases"), PURCHASE).status_code == 404
    assert sign_in(Role.COUNCIL).get(at("register", "gifts")).status_code == 404


def test_secret_field_is_covered_on_page_history_and_paper(sign_in, at, entry):
    asset = entry("assets")
    made = entry("loans", asset=entry_ref(asset))
    officer, supply = sign_in(Role.OFFICER), sign_in(Role.SUPPLY)
    assert "๐๘-๑๒๓๔-๕๖๗๘" in said(supply.get(at("entry", "loans", made.pk)))
    shown = officer.get(at("entry", "loans", made.pk)).content.decode()
    assert "5678" not in shown and "๕๖๗๘" not in shown and "ปกปิด" in shown
    paper = str(read_content(officer.get(at("entry_paper", "loans", made.pk)).content, "a.docx"))
    assert "5678" not in paper and "๕๖๗๘" not in paper and "ปกปิด" in paper


# --- moves


def test_decider_moves_with_the_fields_of_the_move(sign_in, at, entry):
    made = entry("gifts")
    client = sign_in(Role.MAYOR)
    page = page_of(client.get(at("entry", "gifts", made.pk)))
    assert page.xpath("//details[@id='move-send_back']//input[@name='returned_on']")
    answer = client.post(at("entry_move", "gifts", made.pk, "send_back"), {"seen_version": "1", "returned_on": ""})
    assert answer.status_code == 422
    assert page_of(answer).xpath("//details[@id='move-send_back']/@open")
    given = {"seen_version": "1", "returned_on": "5/1/2569", "move_note": "เกินความจำเป็น"}
    answer = client.post(at("entry_move", "gifts", made.pk, "send_back"), given, follow=True)
    made.refresh_from_db()
    assert (made.state, made.values["returned_on"]) == ("sent_back", "2026-01-05")
    assert "ส่งคืนผู้ให้" in said(answer) and "เกินความจำเป็น" in said(answer)


def test_nobody_decides_on_the_own_request_and_the_reason_is_said(sign_in, at, entry, scope):
    mayor = scope(Role.MAYOR)
    made = entry("gifts", asked_by=mayor.person)
    client = sign_in(Role.MAYOR)
    assert "ผู้ขอหรือผู้บันทึกพิจารณาเรื่องของตนเองไม่ได้" in said(client.get(at("entry", "gifts", made.pk)))
    answer = client.post(at("entry_move", "gifts", made.pk, "allow"), {"seen_version": "1"})
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (422, "kept")


def test_move_of_what_somebody_else_has_moved_is_stale(sign_in, at, entry):
    made = entry("gifts")
    client, address = sign_in(Role.MAYOR), at("entry_move", "gifts", made.pk, "allow")
    assert client.post(address, {"seen_version": "1"}).status_code == 302
    answer = client.post(address, {"seen_version": "1"})
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้ไขรายการนี้ไปก่อนแล้ว" in said(answer)
    assert client.post(at("entry_move", "gifts", made.pk, "fly"), {}).status_code == 404


def test_get_of_a_move_leads_to_its_form(sign_in, at, entry):
    made = entry("gifts")
    answer = sign_in(Role.MAYOR).get(at("entry_move", "gifts", made.pk, "allow"))
    assert answer["Location"] == at("entry", "gifts", made.pk) + "#move-allow"


# --- one entry


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_every_number_of_links(sign_in, at, entry, count, django_assert_num_queries):
    asset = entry("assets")
    for month in range(count):
        entry("loans", asset=entry_ref(asset), period=Span(date(2026, 4 + month, 1), date(2026, 4 + month, 2)))
    client = sign_in(Role.SUPPLY)
    with django_assert_num_queries(18):  # two of them ask for its holders
        answer = client.get(at("entry", "assets", asset.pk))
    assert f"รายการที่อ้างถึงรายการนี้ ({'๐๑๒๓'[count]})" in said(answer)


def test_grid_is_shown_cell_by_cell(sign_in, at, entry):
    made = entry("purchases")
    assert "ชื่อ ร้านสวนพลูการค้า · ราคาที่เสนอ ๑๒,๐๐๐.๐๐" in said(sign_in(Role.SUPPLY).get(at("entry", "purchases", made.pk)))


def test_hostile_values_do_no_harm(sign_in, at, entry):
    made = entry("gifts", item="<script>alert(1)</script>", giver='"><img src=x onerror=alert(1)>')
    for address in (
        at("entry", "gifts", made.pk),
        at("entry_edit", "gifts", made.pk),
        at("register", "gifts") + "?year=2569",
    ):
        page = page_of(sign_in(Role.LEGAL).get(address))
        assert page.xpath("//*[@onerror] | //main//script") == []


def test_paper_of_an_entry_in_word(sign_in, at, entry):
    made = entry("purchases")
    answer = sign_in(Role.SUPPLY).get(at("entry_paper", "purchases", made.pk))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "ร้านสวนพลูการค้า" in str(read_content(answer.content, "a.docx"))
    assert sign_in(Role.SUPPLY).get(at("entry_paper", "purchases", made.pk), {"form": "exe"}).status_code == 404


# --- progress


def test_unit_reports_progress_in_its_period(sign_in, at, entry):
    made = entry("prevention-plan")
    address = at("entry_progress", "prevention-plan", made.pk, "2025-10-01")
    client = sign_in(Role.OFFICER)
    assert address in client.get(at("entry", "prevention-plan", made.pk)).content.decode()
    given = {"result": "อบรม ๔๐ คน", "spent_thb": "9,500", "percent": "100", "obstacles": "ไม่มี", "suggestions": "ไม่มี"}
    assert client.post(address, given | {"seen_version": "0", "percent": "101"}).status_code == 422
    answer = client.post(address, given | {"seen_version": "0"}, follow=True)
    assert "อบรม ๔๐ คน" in said(answer)
    assert client.post(address, given | {"seen_version": "0"}).status_code == 409
    assert sign_in(Role.HEAD).get(address).status_code == 404
    assert client.get(at("entry_progress", "prevention-plan", made.pk, "2025-10-02")).status_code == 404


def test_file_of_a_field_that_is_secret_is_not_given_to_everybody(sign_in, at, entry, own_register, scope, agency):
    register = own_register(
        "id: letters\nname_th: ทะเบียนจดหมาย\nname_en: Letters\nsystems: [F3]\nflow: record\ntitle: '{name}'\n"
        "owners: [legal]\nfields:\n"
        "  name: {type: text, label_th: ชื่อ, label_en: Name, required: true, open: public}\n"
        "  scan: {type: file, label_th: ภาพ, label_en: Scan, open: secret}\n"
    )
    file = keep_file(scope(Role.LEGAL), name="ก.txt", content="ลับ".encode())
    made = services.add_entry(
        scope(Role.LEGAL),
        register=register,
        values={"name": "ก", "scan": Ref(file.pk, file.name)},
        files=[("scan", file)],
    )
    address = at("entry_file", register, made.pk, file.pk)
    assert (sign_in(Role.LEGAL).get(address).status_code, sign_in(Role.OFFICER).get(address).status_code) == (200, 404)
