"""Registers on English pages: called as their files call them in English; what is kept or given out stays Thai."""

from __future__ import annotations

import re
from datetime import date

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry, PeriodClose
from prongsai.web.registers.queries.periods import occurrences_of
from prongsai.web.registers.services import imports
from tests.web.registers.conftest import sample

THAI, LATIN = re.compile(r"[ก-๙]"), re.compile(r"[A-Za-z]{4}")
CHROME = "//title | //h1 | //h2 | //nav//a | //summary | //label | //button[not(@lang)] | //*[contains(@class, 'button')] | //caption | //@aria-label"


@pytest.fixture
def at(agency: Agency):
    """The address of a page of a register: ``at("entry", "gifts", pk)``."""
    return lambda route, *rest: reverse(f"registers:{route}", args=[agency.code, *rest])


def in_english(client: Client) -> Client:
    client.post(reverse("set_language"), {"language": "en"})
    return client


def page_of(client: Client, address: str) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content.decode())


def texts(page: lxml.html.HtmlElement, path: str) -> list[str]:
    found = (one if isinstance(one, str) else one.text_content() for one in page.xpath(path))
    return [" ".join(one.split()) for one in found]


def thai_around(page: lxml.html.HtmlElement, agency: Agency) -> list[str]:
    """Give what is Thai of what surrounds the data, but for the names of the office and of this software."""
    found = (one.replace(agency.name, "").replace("โปร่งใส", "") for one in texts(page, CHROME))
    return [one for one in found if THAI.search(one)]


# --- pages


def test_list_and_entry_are_called_as_the_file_calls_them_in_english(sign_in, at, entry):
    made = entry("gifts")
    client = in_english(sign_in(Role.LEGAL))
    page = page_of(client, at("register", "gifts") + "?year=2569")
    assert texts(page, "//h1") == ["Gifts and benefits received"]
    assert {"Received on", "Item", "Estimated value"} <= {one.rstrip(" ↑↓") for one in texts(page, "//thead//th")}
    assert "Waiting" in texts(page, "//tbody//td")[-1]
    page = page_of(client, at("entry", "gifts", made.pk))
    assert {"Received on", "Kind of giver"} <= set(texts(page, "//dt")) and "Business" in texts(page, "//dd")
    assert "Send back" in texts(page, "//summary")


def test_form_asks_in_english_and_takes_the_same_keys(sign_in, at, agency):
    page = page_of(in_english(sign_in(Role.LEGAL)), at("entry_add", "gifts"))
    labels = texts(page, "//form[@enctype]//label")
    assert not [one for one in labels if THAI.search(one)]
    options = page.xpath("//select[@name='giver_kind']/option")
    assert [(one.get("value"), one.text) for one in options][2] == ("private", "Business")


def test_figures_are_named_in_english(sign_in, at, entry, kept):
    entry("gifts")
    page = page_of(in_english(sign_in(Role.LEGAL)), at("statistics", "gifts") + "?year=2569")
    titles = {one.title_en for one in kept("gifts").register.statistics}
    assert titles <= set(texts(page, "//h2")) and "Business" in texts(page, "//th[@scope='row']")


def test_offices_own_words_stand_in_every_language(sign_in, at, agency, scope):
    own = {"item": "สิ่งของที่รับ"}
    services.keep_setting(scope(Role.COORDINATOR), register="gifts", name="สมุดของขวัญ", labels=own, version=0)
    page = page_of(in_english(sign_in(Role.LEGAL)), at("entry_add", "gifts"))
    assert "สมุดของขวัญ" in texts(page, "//h1")[0]
    assert any("สิ่งของที่รับ" in one for one in texts(page, "//label"))


def test_thai_pages_stay_thai(sign_in, at, entry):
    made = entry("gifts")
    page = page_of(sign_in(Role.LEGAL), at("entry", "gifts", made.pk))
    assert "Business" not in texts(page, "//dd") and "เอกชน" in "".join(texts(page, "//dd"))


@pytest.mark.parametrize("route", ["registers", "year"])
def test_every_register_has_an_english_name_on_the_pages_of_all(sign_in, at, route, then):
    services.open_year(then(Role.COORDINATOR), fiscal_year_be=2569)
    page = page_of(in_english(sign_in(Role.COORDINATOR)), at(route) + "?year=2569")
    assert [one for one in texts(page, "//main//strong") if THAI.search(one)] == []
    assert thai_around(page, then().agency) == []


@pytest.mark.parametrize(
    "route", ["register", "entry_add", "board", "statistics", "settings", "import_add", "view_add"]
)
def test_pages_of_a_register_have_no_thai_around_their_data(sign_in, at, agency, then, route):
    services.open_year(then(Role.COORDINATOR), fiscal_year_be=2569)
    page = page_of(in_english(sign_in(Role.LEGAL)), at(route, "gifts") + "?year=2569")
    assert thai_around(page, agency) == []


# --- the public


def test_public_pages_have_an_english_frame(agency, at, system):
    for register in ("gifts", "complaints-general", "loans"):
        services.keep_setting(system, register=register, is_published=True)
    services.keep_setting(system, register="complaints-general", takes_outside=True)
    client = in_english(Client())
    for route, *rest in (("open",), ("open_table", "gifts"), ("send", "complaints-general"), ("track",)):
        page = page_of(client, at(route, *rest))
        assert page.get("lang") == "en"
        assert (route, thai_around(page, agency)) == (route, [])
    wrong = client.post(at("track"), {"code": "AAAA-BBBB-CCCC-DDDD"})
    assert "No matter" in wrong.content.decode()


@pytest.mark.parametrize("form", ["csv", "json"])
def test_files_are_the_same_in_every_language(sign_in, at, entry, system, form):
    entry("gifts")
    services.keep_setting(system, register="gifts", is_published=True)
    thai, english = sign_in(Role.LEGAL), in_english(Client())
    address = at("open_data", "gifts", form)
    given = [(one.content, one["Content-Disposition"]) for one in (thai.get(address), english.get(address))]
    assert given[0] == given[1]
    for what in ("", "&what=statistics"):
        address = at("export", "gifts", form) + f"?year=2569{what}"
        first = thai.get(address)
        second = in_english(thai).get(address)
        thai.post(reverse("set_language"), {"language": "th"})
        assert (first.content, first["Content-Disposition"]) == (second.content, second["Content-Disposition"])


# --- what is kept


def test_journal_of_entries_is_thai_whoever_writes(then, agency, kept):
    clerk, mayor = then(Role.LEGAL), then(Role.MAYOR)
    with override("en"):
        made = services.add_entry(clerk, register="gifts", values=sample(agency, "gifts"))
        made = services.change_entry(clerk, entry=made, values={"giver_kind": "citizen"}, version=made.version)
        moved = {"returned_on": date(2026, 1, 5)}
        services.move_entry(mayor, entry=made, move="send_back", values=moved, note="เกินความจำเป็น", version=None)
    lines = AuditEntry.objects.filter(agency=agency, subject_type="registers.entry")
    told = [str(part) for one in lines for name, pair in one.changes.items() for part in (name, *pair) if part]
    assert lines.count() == 3 and [one for one in told if LATIN.search(one)] == []
    assert kept("gifts").label_th("giver_kind") in told
    made.refresh_from_db()
    assert not LATIN.search(made.title) and not LATIN.search(made.moves.get().by_text)


def test_duties_evidence_and_result_of_a_period_are_thai_whoever_closes_it(then, agency, kept, entry):
    entry("purchases")
    with override("en"):
        services.open_year(then(Role.COORDINATOR), fiscal_year_be=2569)
        purchases, supply = kept("purchases"), then(Role.SUPPLY)
        months = {one.starts_on.month: one for one in occurrences_of(supply, purchases.register, 2569)}
        services.close_period(supply, kept=purchases, occurrence=months[11])
        services.state_nothing(supply, kept=purchases, occurrence=months[10])
    assert [one.title for one in Duty.objects.all() if not THAI.search(one.title)] == []
    results = list(Occurrence.objects.exclude(result="").values_list("result", flat=True))
    assert len(results) == 2 and not [one for one in results if LATIN.search(one)]
    for close in PeriodClose.objects.all():
        assert not LATIN.search(str(close.table["head"]) + str([one["title"] for one in close.figures.values()]))
        titles = [one.title for one in close.evidence.all()]
        assert titles and not [one for one in titles if LATIN.search(re.sub(r"\((DOCX|XLSX|PDF)\)$", "", one))]


def test_faults_of_imported_rows_are_kept_in_thai(then, agency):
    content = "\n".join(("เลขครุภัณฑ์,รายการ,ประเภท,ส่วนราชการเจ้าของ,ราคา", *["1,โต๊ะ,ครุภัณฑ์,กองช่าง,10"] * 2))
    supply = then(Role.SUPPLY)
    with override("en"):
        staged = imports.stage(supply, register="assets", content=content.encode(), name="a.csv")
        batch = imports.step(supply, batch=staged)
        Entry.objects.all().delete()
        services.add_entry(supply, register="assets", values=sample(agency, "assets") | {"code": "1"})
        imports.save(supply, batch=batch, version=batch.version, only_good=True)
    found = [fault for row in batch.rows.order_by("number") for fault in row.faults]
    assert [fault["code"] for fault in found] == ["ALREADY_THERE", "TWICE"]
    assert [fault for fault in found if LATIN.search(fault["message"] + fault["mend"] + fault["field"])] == []
    line = AuditEntry.objects.get(agency=agency, action="import.stage")
    assert THAI.search(line.changes["ทะเบียน"][1])
