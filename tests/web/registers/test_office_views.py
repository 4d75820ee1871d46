"""Pages of registers as a whole: all of them, statistics, export, saved views, settings."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import lxml.html
import pytest
from django.urls import reverse

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import RegisterSetting, SavedView
from prongsai.web.registers.queries.overview import GROUPS, overview_of
from tests.web.registers.conftest import entry_ref


@pytest.fixture
def at(agency: Agency):
    """The address of a page: ``at("statistics", "gifts")``."""
    return lambda route, *rest: reverse(f"registers:{route}", args=[agency.code, *rest])


def page_of(answer) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(answer.content.decode())


def said(answer) -> str:
    return " ".join(page_of(answer).text_content().split())


# --- all registers


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_all_costs_the_same_for_every_number_of_entries(sign_in, at, entry, count, django_assert_num_queries):
    for _each in range(count):
        entry("gifts")
    client = sign_in(Role.LEGAL)
    with django_assert_num_queries(11):
        answer = client.get(at("registers"), {"year": "2569"})
    assert f"{'๐๑๒๓'[count]} รายการ" in said(answer)


def test_registers_stand_in_named_groups_and_teach_how_to_begin(sign_in, at, kept):
    page = page_of(sign_in(Role.LEGAL).get(at("registers")))
    groups = [" ".join(each.text_content().split()) for each in page.xpath("//main//section/h2")]
    assert len(groups) == len(set(groups))
    assert set(groups) <= {str(name) for name in GROUPS.values()}
    assert at("entry_add", "gifts") in page.xpath("//main//a/@href")
    assert at("entry_add", "purchases") not in page.xpath("//main//a/@href")  # supply keeps it
    assert kept("gifts").register.help_th[:40] in page.text_content()


def test_search_finds_registers_by_their_words_and_only_due_those_that_wait(sign_in, at, entry):
    client = sign_in(Role.SUPPLY)
    entry("loans", asset=entry_ref(entry("assets")))
    found = page_of(client.get(at("registers"), {"q": "ยืม ทรัพย์สิน", "year": "2569"}))
    assert "ทะเบียนการยืมทรัพย์สินของราชการ" in found.xpath("//main//li//strong/text()")
    assert "ทะเบียนการรับของขวัญ ทรัพย์สิน หรือประโยชน์อื่นใด" not in found.xpath("//main//li//strong/text()")
    waiting = client.get(at("registers"), {"due": "1", "year": "2569"})
    assert page_of(waiting).xpath("//main//li//strong/text()") == ["ทะเบียนการยืมทรัพย์สินของราชการ"]
    assert "เกินกำหนด ๑" in said(waiting)
    assert "ไม่พบทะเบียนตามที่ค้น" in said(client.get(at("registers"), {"q": "ไม่มีทะเบียนนี้"}))


def test_missed_periods_are_seen_and_closed_registers_are_gone(then, kept, sign_in, at):
    services.open_year(then(Role.COORDINATOR), fiscal_year_be=2569)
    overview = overview_of(then(Role.COORDINATOR), 2569)
    lines = {line.kept.id: line for group in overview.groups for line in group.lines}
    assert (lines["purchases"].missed, lines["purchases"].owed, overview.is_year_open) == (4, 0, True)
    assert lines["purchases"].next_due == date(2026, 3, 10)
    services.keep_setting(then(Role.COORDINATOR), register="purchases", is_open=False, version=0)
    overview = overview_of(then(Role.COORDINATOR), 2569)
    assert "purchases" not in {line.kept.id for group in overview.groups for line in group.lines}
    assert [one.id for one in overview.closed] == ["purchases"]
    assert at("settings", "purchases") in page_of(sign_in(Role.COORDINATOR).get(at("registers"))).xpath(
        "//details//a/@href"
    )


def test_registers_with_readers_are_not_shown_to_others(own_register, sign_in, at):
    own_register(
        "id: files\nname_th: ทะเบียนเรื่องลับ\nname_en: Files\nsystems: [F3]\nflow: record\ntitle: '{name}'\n"
        "owners: [legal]\nreaders: [mayor]\nfields:\n  name: {type: text, label_th: ชื่อ, label_en: Name, required: true}\n"
    )
    assert "ทะเบียนเรื่องลับ" in said(sign_in(Role.LEGAL).get(at("registers")))
    assert "ทะเบียนเรื่องลับ" in said(sign_in(Role.MAYOR).get(at("registers")))
    assert "ทะเบียนเรื่องลับ" not in said(sign_in(Role.OFFICER).get(at("registers")))
    assert sign_in(Role.OFFICER).get(at("register", "files")).status_code == 404
    assert sign_in(Role.OFFICER).get(at("statistics", "files")).status_code == 404
    assert sign_in(Role.OFFICER).get(at("export", "files", "csv")).status_code == 404


def test_navigation_leads_to_registers(sign_in, at):
    page = page_of(sign_in(Role.OFFICER).get(at("registers")))
    assert page.xpath("//ul[@class='wide']//a[@aria-current]/text()") == ["ทะเบียน"]


# --- statistics


def test_statistics_count_by_group_with_a_drawing_that_says_its_figures(sign_in, at, entry):
    entry("gifts", giver_kind="citizen")
    entry("gifts", value_thb=Decimal("1200.50"))
    client = sign_in(Role.OFFICER)
    answer = client.get(at("statistics", "gifts"), {"year": "2569"})
    page = page_of(answer)
    assert "เอกชน 1,200.50" in " ".join(page.xpath("//svg/desc/text()"))
    assert "๒,๐๐๐.๕๐" in said(answer)
    assert "๑,๒๐๐.๕๐" not in said(client.get(at("statistics", "gifts"), {"year": "2569", "part": "q2"}))
    assert "๑,๒๐๐.๕๐" in said(client.get(at("statistics", "gifts"), {"year": "2569", "part": "h1"}))


def test_statistics_cost_the_same_for_every_number_of_figures(sign_in, at, entry, django_assert_num_queries):
    entry("gifts")
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(9):
        client.get(at("statistics", "gifts"), {"year": "2569"})


def test_statistics_are_given_as_files(sign_in, at, entry):
    entry("gifts")
    client, asked = sign_in(Role.OFFICER), {"what": "statistics", "year": "2569"}
    rows = list(csv.reader(StringIO(client.get(at("export", "gifts", "csv"), asked).content.decode("utf-8-sig"))))
    assert rows[0] == ["สถิติ", "รายการ", "แยกตาม", "ค่า"]
    assert ["จำนวนตามประเภทผู้ให้", "เอกชน", "", "1"] in rows
    told = json.loads(client.get(at("export", "gifts", "json"), asked).content)
    assert told["head"]["value"] == "ค่า"


# --- export


@pytest.fixture
def risky(entry):
    """Gifts whose words begin as formulas do."""
    entry("gifts", item="=cmd|' /C calc'!A0")
    entry("gifts", item="@SUM(A1)", giver_kind="citizen")


def test_export_in_three_forms_neutralises_formulas(sign_in, at, risky):
    client = sign_in(Role.LEGAL)
    rows = list(
        csv.DictReader(StringIO(client.get(at("export", "gifts", "csv"), {"year": "2569"}).content.decode("utf-8-sig")))
    )
    assert {row["รายการ"] for row in rows} == {"'=cmd|' /C calc'!A0", "'@SUM(A1)"}
    book = ZipFile(BytesIO(client.get(at("export", "gifts", "xlsx"), {"year": "2569"}).content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "@SUM(A1)" in sheet
    told = json.loads(client.get(at("export", "gifts", "json"), {"year": "2569"}).content)
    assert len(told["rows"]) == 2
    assert client.get(at("export", "gifts", "exe")).status_code == 404


def test_export_holds_what_the_list_was_narrowed_to_and_covers_secrets(sign_in, at, risky, entry):
    client = sign_in(Role.LEGAL)
    narrowed = client.get(at("export", "gifts", "csv"), {"year": "2569", "giver_kind": "citizen", "q": "วันปีใหม่"})
    assert len(list(csv.reader(StringIO(narrowed.content.decode("utf-8-sig"))))) == 2
    entry("loans", asset=entry_ref(entry("assets")))
    for form in ("csv", "json"):
        assert b"5678" not in sign_in(Role.SUPPLY).get(at("export", "loans", form), {"year": "2569"}).content


# --- saved views


def test_view_is_kept_opened_and_dropped(sign_in, at, entry):
    entry("gifts")
    client = sign_in(Role.OFFICER)
    form = page_of(client.get(at("view_add", "gifts"), {"giver_kind": "citizen", "year": "2569", "page": "3"}))
    query = form.xpath("//input[@name='query']/@value")[0]
    assert query == "giver_kind=citizen&year=2569"
    assert not form.xpath("//input[@name='for_all']")  # who does not keep the register shares none
    answer = client.post(at("view_add", "gifts"), {"name": "ประชาชน", "query": query})
    assert answer["Location"] == f"{at('register', 'gifts')}?{query}"
    page = page_of(client.get(answer["Location"]))
    assert page.xpath("//a[@aria-current='true' and contains(@class, 'badge')]/text()") == ["ประชาชน"]
    view = SavedView.objects.get()
    assert sign_in(Role.HEAD).post(at("view_drop", "gifts", view.pk)).status_code == 404
    client.post(at("view_drop", "gifts", view.pk))
    assert not SavedView.objects.exists()


def test_view_for_everybody_by_who_keeps_the_register(sign_in, at):
    sign_in(Role.LEGAL).post(at("view_add", "gifts"), {"name": "ทุกคน", "query": "q=x", "for_all": "on"})
    assert SavedView.objects.get().user is None
    assert "ทุกคน" in said(sign_in(Role.OFFICER).get(at("register", "gifts")))
    assert sign_in(Role.LEGAL).post(at("view_add", "gifts"), {"name": ""}).status_code == 422


# --- settings


def test_office_relabels_and_publishes(sign_in, at, kept, agency):
    client = sign_in(Role.LEGAL)
    given = {"is_open": "on", "name": "สมุดของขวัญ", "is_published": "on", "label-giver": "ชื่อผู้มอบ", "version": "0"}
    assert client.post(at("settings", "gifts"), given).status_code == 302
    setting = RegisterSetting.objects.get()
    assert (setting.name, setting.labels, setting.is_published) == ("สมุดของขวัญ", {"giver": "ชื่อผู้มอบ"}, True)
    assert (kept("gifts").name, kept("gifts").label("giver")) == ("สมุดของขวัญ", "ชื่อผู้มอบ")
    assert "ชื่อผู้มอบ" in said(client.get(at("entry_add", "gifts")))


def test_settings_of_who_comes_second_are_stale(sign_in, at):
    client = sign_in(Role.LEGAL)
    client.post(at("settings", "gifts"), {"is_open": "on", "version": "0"})
    answer = client.post(at("settings", "gifts"), {"is_open": "on", "name": "สมุด", "version": "0"})
    assert answer.status_code == 409
    page = page_of(answer)
    assert (page.xpath("//input[@name='name']/@value"), page.xpath("//input[@name='version']/@value")) == (
        ["สมุด"],
        ["1"],
    )


def test_two_fields_under_one_label_are_refused(sign_in, at):
    given = {"is_open": "on", "version": "0", "label-giver": "รายการ"}
    answer = sign_in(Role.LEGAL).post(at("settings", "gifts"), given)
    assert answer.status_code == 422
    assert not RegisterSetting.objects.exists()


def test_settings_are_for_who_keeps_the_register(sign_in, at):
    assert sign_in(Role.OFFICER).get(at("settings", "gifts")).status_code == 404
    assert sign_in(Role.OFFICER).post(at("settings", "gifts"), {"version": "0"}).status_code == 404
    assert sign_in(Role.COORDINATOR).get(at("settings", "gifts")).status_code == 200
