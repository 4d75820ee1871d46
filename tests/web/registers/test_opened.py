"""What everybody may read: published tables only, of closed periods, with masks; nothing else by any way round."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries.periods import occurrences_of
from tests.web.registers.conftest import entry_ref

BOOK = """\
id: book
name_th: ทะเบียนผู้ขอรับ
name_en: Book
systems: [F3]
flow: record
standing: true
title: "{name}"
owners: [legal]
fields:
  name: {type: text, label_th: ชื่อ, label_en: Name, required: true, open: masked, example: นายสมชาย ใจดี}
  kind: {type: choice, label_th: ประเภท, label_en: Kind, required: true, open: public, choices: {a: ก, b: ข, c: ค}}
  inside: {type: choice, label_th: ภายใน, label_en: Inside, choices: {x: เอกซ์}}
  secret: {type: text, label_th: ลับ, label_en: Secret, open: secret}
  amount: {type: money, label_th: เงิน, label_en: Amount, open: public}
statistics:
  by_kind: {title_th: จำนวนตามประเภท, by: [kind]}
  by_inside: {title_th: จำนวนภายใน, by: [inside]}
  by_name: {title_th: จำนวนตามชื่อ, by: [name]}
  total: {title_th: เงินตามประเภท, measure: sum, field: amount, by: [kind]}
public: {title_th: ผู้ขอรับ, columns: [name, kind, amount, state], min_cell: 3}
"""


@pytest.fixture
def at(agency: Agency):
    """The address of a public page: ``at("open_table", "purchases")``."""
    return lambda route, *rest: reverse(f"registers:{route}", args=[agency.code, *rest])


@pytest.fixture
def publish(scope):
    """Publish a register."""
    return lambda id_: services.keep_setting(scope(Role.COORDINATOR), register=id_, is_published=True, version=0)


@pytest.fixture
def book(own_register, publish, entry):
    """A standing register with five entries, published."""
    id_ = own_register(BOOK)
    publish(id_)
    for place, name in enumerate(("นายสมชาย ใจดี", "นางสมศรี มีสุข", "นายวิชัย กล้า", "นางแดง ดี", "นายดำ เก่ง")):
        kind = "a" if place < 3 else "b" if place < 4 else "c"
        entry(id_, name=name, kind=kind, secret="ความลับ", inside="x", amount=Decimal("100.00"))
    return id_


@pytest.fixture
def closed(entry, publish, then, kept):
    """Two purchases of November in a closed period, one of December in an open one, nothing in October."""
    entry("purchases")
    entry("purchases", work="จ้างเหมาทำความสะอาด", agreed_thb=Decimal(13000))
    entry("purchases", work="ซื้อของที่ยังไม่ปิดงวด", contract_on=date(2025, 12, 3))
    services.open_year(then(Role.COORDINATOR), fiscal_year_be=2569)
    publish("purchases")
    purchases = kept("purchases")
    months = {one.starts_on.month: one for one in occurrences_of(then(Role.SUPPLY), purchases.register, 2569)}
    services.close_period(then(Role.SUPPLY), kept=purchases, occurrence=months[11])
    services.state_nothing(then(Role.SUPPLY), kept=purchases, occurrence=months[10])


def page_of(answer) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(answer.content.decode())


def said(answer) -> str:
    return " ".join(page_of(answer).text_content().split())


def test_nothing_is_there_that_is_not_published(db, agency, at, entry, scope, publish):
    entry("gifts")
    client = Client()
    for address in (at("open_table", "gifts"), at("open_data", "gifts", "csv"), at("open_table", "nothing")):
        assert client.get(address).status_code == 404
    assert "หน่วยงานยังไม่ได้เปิดตารางใดต่อสาธารณะ" in said(client.get(at("open")))
    publish("gifts")
    assert client.get(at("open_table", "gifts")).status_code == 200
    assert client.get(at("open_data", "gifts", "exe")).status_code == 404
    services.keep_setting(scope(Role.COORDINATOR), register="gifts", is_open=False, version=1)
    assert client.get(at("open_table", "gifts")).status_code == 404
    assert client.get(reverse("registers:open", args=["99999999"])).status_code == 404
    with pytest.raises(ValidationError):
        services.keep_setting(scope(Role.COORDINATOR), register="capital-list", takes_outside=True, version=0)


def test_public_pages_ask_for_no_sign_in_and_may_be_found(at, book):
    client = Client()
    for address in (at("open"), at("open_table", book)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "X-Robots-Tag" not in answer and not page_of(answer).xpath("//meta[@name='robots']")
        assert len(page_of(answer).xpath("//h1")) == 1
        assert not page_of(answer).xpath("//nav[contains(@class, 'side')]")
    assert page_of(client.get(at("open"))).xpath("//main//a/@href") == [at("open_table", book)]


def test_public_reads_closed_periods_only(at, closed):
    answer = Client().get(at("open_table", "purchases"))
    page = page_of(answer)
    assert [each.text_content() for each in page.xpath("//td[@data-head='งานที่จัดซื้อหรือจัดจ้าง']")] == [
        "ซื้อวัสดุสำนักงาน",
        "จ้างเหมาทำความสะอาด",
    ]
    assert "ซื้อของที่ยังไม่ปิดงวด" not in answer.content.decode()
    assert "เดือนตุลาคม ๒๕๖๘" in " ".join(page.xpath("//section[h2='งวดที่ยืนยันว่าไม่มีรายการ']//li/text()"))
    assert {each.text_content() for each in page.xpath("//td[@data-head='งวด']")} == {"เดือนพฤศจิกายน ๒๕๖๘"}


def test_figures_of_the_public_are_those_that_were_frozen(at, closed, entry):
    entry("purchases", contract_on=date(2025, 12, 4))
    answer = Client().get(at("open_table", "purchases"))
    assert "เฉพาะเจาะจง 2" in " ".join(page_of(answer).xpath("//svg/desc/text()"))
    assert "๒๕,๐๐๐.๐๐" in said(answer)


def test_reopened_period_is_gone_from_the_public(at, closed, then, kept):
    found = occurrences_of(then(Role.SUPPLY), kept("purchases").register, 2569).get(starts_on__month=11)
    close = found.register_closes.get()
    services.reopen_period(then(Role.SUPPLY), close=close, note="ราคาผิด", version=close.version)
    assert "ซื้อวัสดุสำนักงาน" not in Client().get(at("open_table", "purchases")).content.decode()


def test_public_searches_closed_periods(at, closed):
    client = Client()
    assert (
        len(
            page_of(client.get(at("open_table", "purchases"), {"q": "ทำความสะอาด"})).xpath(
                "//tbody/tr[td[@data-head='งวด']]"
            )
        )
        == 1
    )
    assert "ไม่พบรายการตามที่ค้น" in said(client.get(at("open_table", "purchases"), {"q": "ยังไม่ปิดงวด"}))


def test_masked_fields_are_masked_and_others_are_not_there(at, book):
    answer = Client().get(at("open_table", book))
    page = page_of(answer)
    heads = [each.text_content() for each in page.xpath("//table[@class='cards']//th")]
    assert heads == ["ชื่อ", "ประเภท", "เงิน", "สถานะ"]
    assert "นาย ส***" in said(answer)
    for word in ("สมชาย", "ความลับ", "เอกซ์"):
        assert word not in answer.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_downloads_hold_what_the_page_holds(at, book, form):
    answer = Client().get(at("open_data", book, form))
    assert answer["Content-Disposition"].startswith("attachment")
    if form == "csv":
        rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
        assert (rows[0], len(rows)) == (["ชื่อ", "ประเภท", "เงิน", "สถานะ"], 6)
    if form == "json":
        told = json.loads(answer.content)
        assert [row["name"] for row in told["rows"]][-1] == "นาย ส***"
        assert "สมชาย" not in answer.content.decode()


def test_what_is_masked_is_not_found_by_what_it_hides(at, book):
    client = Client()
    for hidden in ("สมชาย", "ความลับ", "เอกซ์"):
        assert "ไม่พบรายการตามที่ค้น" in said(client.get(at("open_table", book), {"q": hidden}))
    assert (
        len(page_of(client.get(at("open_table", book), {"q": "ข บันทึกแล้ว"})).xpath("//table[@class='cards']/tbody/tr"))
        == 1
    )


def test_small_counts_and_figures_by_what_is_not_public_are_not_told(at, book):
    answer = Client().get(at("open_table", book))
    titles = page_of(answer).xpath("//section/h2/text()")
    assert titles == ["จำนวนตามประเภท", "เงินตามประเภท"]
    cells = {each.text_content() for each in page_of(answer).xpath("//section//td[@class='number']")}
    assert "น้อยกว่า ๓" in cells
    assert not cells & {"๑", "๒", "๑๐๐.๐๐", "๒๐๐.๐๐"}
    assert "100.00" not in answer.content.decode().partition("<h2>สถิติ")[2]
    told = json.loads(Client().get(at("open_data", book, "json"), {"what": "statistics"}).content)
    assert {row["statistic"] for row in told["rows"]} == {"จำนวนตามประเภท", "เงินตามประเภท"}


def test_withdrawn_entries_are_not_public(at, book, system, entry):
    made = entry(book, name="นายถอน เรื่อง", kind="a")
    services.move_entry(system, entry=made, move="withdraw", note="บันทึกผิด", version=1)
    assert len(page_of(Client().get(at("open_table", book))).xpath("//table[@class='cards']/tbody/tr")) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_public_page_costs_the_same_for_every_length(
    own_register, publish, entry, at, count, django_assert_num_queries
):
    publish(own_register(BOOK))
    for _each in range(count):
        entry("book", name="ก", kind="a")
    with django_assert_num_queries(5):
        answer = Client().get(at("open_table", "book"))
    assert len(page_of(answer).xpath("//table[@class='cards']/tbody/tr")) == count


def test_public_pages_go_on_after_fifty(at, own_register, publish, then):
    publish(own_register(BOOK))
    rows = [{"name": "ก", "kind": "a"} for _each in range(51)]
    services.add_entries(replace(then(), today=date(2026, 2, 16)), register="book", rows=rows)
    answer = Client().get(at("open_table", "book"), {"page": "2"})
    assert len(page_of(answer).xpath("//table[@class='cards']/tbody/tr")) == 1
    assert "๕๑ รายการ" in said(answer)


def test_loans_show_no_borrower_by_name(at, publish, entry, then, kept):
    entry("loans", asset=entry_ref(entry("assets")))
    services.open_year(then(Role.COORDINATOR), fiscal_year_be=2569)
    publish("loans")
    later = replace(then(Role.SUPPLY), today=date(2026, 4, 20))
    found = occurrences_of(later, kept("loans").register, 2569).get(starts_on=date(2026, 1, 1))
    services.close_period(later, kept=kept("loans"), occurrence=found)
    shown = said(Client().get(at("open_table", "loans")))
    assert "นาย ส***" in shown and "สมชาย" not in shown and "5678" not in shown
