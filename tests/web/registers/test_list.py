"""The list of a register: filters, search, order, pages; the same queries for three rows and three hundred."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from prongsai.thai.fiscal import Span
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.queries.detail import entry_page
from prongsai.web.registers.queries.entries import list_page
from prongsai.web.registers.services import EntryRefused
from tests.web import office
from tests.web.registers.conftest import entry_ref, sample, unit_ref

pytestmark = pytest.mark.db


@pytest.fixture
def gifts(entry, agency) -> list[int]:
    """Four gifts: numbers 1 to 4, of two units, kinds, months."""
    made = [
        entry("gifts", received_on=date(2025, 10, 5), item="ปากกา", value_thb=Decimal(300)),
        entry("gifts", received_on=date(2025, 12, 28), item="กระเช้าผลไม้", giver_kind="citizen"),
        entry("gifts", received_on=date(2025, 11, 20), unit=unit_ref(agency, "กองคลัง"), value_thb=Decimal(1000)),
        entry("gifts", received_on=date(2025, 9, 30)),
    ]
    return [one.pk for one in made]


def numbers(page) -> list[tuple[int, int]]:
    return [(row.entry.fiscal_year_be, row.entry.number) for row in page.rows]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, [2, 3, 1]),
        ({"year": "2568"}, [1]),
        ({"giver_kind": "citizen"}, [2]),
        ({"giver_kind": "nobody"}, []),
        ({"state": "kept"}, [2, 3, 1]),
        ({"state": "withdrawn"}, []),
        ({"from": "2025-11-20", "to": "2025-12-27"}, [3]),
        ({"from": "๒๐ พ.ย. ๒๕๖๘"}, [2, 3]),
        ({"from": "เมื่อวาน"}, [2, 3, 1]),
        ({"q": "ผลไม้"}, [2, 3]),
        ({"q": "ปาก กา"}, [1]),
        ({"q": "๓๐๐"}, [1]),
        ({"q": "ไม่มี"}, []),
        ({"q": "%"}, []),
        ({"q": "é"}, []),
        ({"q": "กระเช้าผลไม้1"}, []),
        ({"q": "3/2569"}, [3]),
        ({"q": "กระเช้า กองคลัง"}, [3]),
        ({"sort": "date"}, [1, 3, 2]),
        ({"sort": "number"}, [1, 2, 3]),
        ({"sort": "-number"}, [3, 2, 1]),
        ({"sort": "-value_thb"}, [3, 2, 1]),
        ({"sort": "value_thb"}, [1, 2, 3]),
        ({"sort": "giver_kind"}, [2, 3, 1]),
        ({"sort": "no such thing"}, [2, 3, 1]),
        ({"page": "99"}, [2, 3, 1]),
        ({"late": "1"}, []),
    ],
)
def test_list_is_narrowed_and_sorted(then, kept, gifts, params, found):
    page = list_page(then(), kept("gifts"), {"year": "2569"} | params)
    assert [number for _year, number in numbers(page)] == found
    assert page.total == len(found)


def test_list_is_of_this_year_unless_another_is_asked_for(then, kept, gifts):
    assert list_page(then(), kept("gifts"), {}).year == 2569
    every = list_page(then(), kept("gifts"), {"year": "all"})
    assert numbers(every) == [(2569, 2), (2569, 3), (2569, 1), (2568, 1)]
    assert every.years == (2569, 2568)


def test_unit_narrows_by_its_id(then, kept, gifts, agency):
    unit = office.unit(agency, "กองคลัง")
    assert numbers(list_page(then(), kept("gifts"), {"unit": str(unit.pk)})) == [(2569, 3)]
    assert list_page(then(), kept("gifts"), {"unit": "x"}).total == 3


def test_row_shows_the_columns_of_the_file_and_what_is_late(then, kept, entry):
    entry("loans", asset=entry_ref(entry("assets")))
    page = list_page(then(), kept("loans"), {})
    [row] = page.rows
    shown = dict(zip([head.key for head in page.heads], row.cells, strict=True))
    assert shown["borrower"] == "นายสมชาย ใจดี" and "ก.พ." in shown["period"]
    assert (row.state_label, row.is_late, row.is_final) == ("รอพิจารณา", True, False)
    assert list_page(then(), kept("loans"), {"late": "1"}).total == 1


def test_office_labels_and_links_stand_in_the_heads(then, kept):
    services.keep_setting(then(Role.LEGAL), register="gifts", labels={"item": "ของที่ได้รับ"})
    page = list_page(then(), kept("gifts"), {"sort": "-date", "q": "ก ข"})
    heads = {head.key: head for head in page.heads}
    assert heads["item"].label == "ของที่ได้รับ" and heads["item"].sort == ""
    assert (heads["received_on"].sort, heads["received_on"].order) == ("date", "down")
    assert page.query == "&sort=-date&q=%E0%B8%81+%E0%B8%82"


def test_queries_are_the_same_for_three_rows_and_three_hundred(then, kept, agency, django_assert_num_queries):
    loans, assets = kept("loans"), kept("assets")
    for rows in (1, 3, 120):
        made = services.add_entries(then(), register="assets", rows=_assets(agency, rows))
        at = [{**sample(agency, "loans"), "asset": entry_ref(one)} for one in made]
        services.add_entries(then(), register="loans", rows=at)
        with django_assert_num_queries(6):  # count, keys, rows, first and last year, saved views
            list_page(then(), loans, {"year": "2569"})
        with django_assert_num_queries(5):
            list_page(then(), loans, {"q": "ประชาคม", "year": "2569"})
        with django_assert_num_queries(4):
            list_page(then(), assets, {})


def _assets(agency, count: int) -> list[dict[str, object]]:
    return [{**sample(agency, "assets"), "code": f"{count}-{number}"} for number in range(count)]


def test_pages_hold_fifty_and_go_to_the_end(then, kept, agency):
    services.add_entries(then(), register="assets", rows=_assets(agency, 120))
    page = list_page(then(), kept("assets"), {"page": "3"})
    assert (len(page.rows), page.page.number, page.page.paginator.num_pages, page.total) == (20, 3, 3, 120)
    assert list_page(then(), kept("assets"), {"page": "x"}).page.number == 1


def test_search_is_capped_and_says_so(then, kept, agency, monkeypatch):
    from prongsai.web.registers.queries import entries

    monkeypatch.setattr(entries, "FOUND_MAX", 60)
    services.add_entries(then(), register="assets", rows=_assets(agency, 70))
    page = list_page(then(), kept("assets"), {"q": "เครื่อง", "page": "2"})
    assert (page.total, page.is_capped, len(page.rows)) == (60, True, 10)


# --- an entry -------------------------------------------------------------------------------------------------------
def test_entry_page_tells_its_way_ties_and_what_may_be_done(then, kept, entry):
    asset = entry("assets")
    loan = entry("loans", asset=entry_ref(asset), place="outside")
    loan = services.move_entry(then(Role.MAYOR), entry=loan, move="approve", version=1)
    page = entry_page(then(Role.SUPPLY), kept("loans"), loan)
    assert [(offer.move.key, offer.is_open) for offer in page.offers] == [("issue", True), ("withdraw", True)]
    assert [(one.move, one.by_text) for one in page.moves] == [("approve", "นายสมหมาย ใจกว้าง นายกเทศมนตรี")]
    assert [(one.entry, one.label) for one in page.targets] == [(asset, "ทรัพย์สิน")]
    assert page.state_label == "อนุมัติให้ยืม" and page.may_change and len(page.history) == 2
    other = entry_page(then(Role.SUPPLY), kept("assets"), asset)
    assert [one.entry for one in other.linked] == [loan]
    assert other.values["loans"] == 1


def test_entry_page_of_a_plan_shows_each_period(then, kept, agency):
    made = services.add_entry(then(), register="prevention-plan", values=sample(agency, "prevention-plan"))
    page = entry_page(then(Role.OFFICER), kept("prevention-plan"), made)
    assert [(one.period.label, one.may_report) for one in page.reports] == [
        ("รอบ ๖ เดือน", True),
        ("รอบ ๑๒ เดือน", False),
    ]


def test_entry_page_costs_the_same_however_much_is_tied_to_it(then, kept, entry, agency, django_assert_num_queries):
    asset, assets = entry("assets"), kept("assets")
    for month in (1, 2, 3, 4):
        span = Span(date(2026, month, 1), date(2026, month, 2))
        entry("loans", asset=entry_ref(asset), period=span)
        if month in (1, 4):
            with django_assert_num_queries(6):
                entry_page(then(), assets, asset)


# --- settings, views ------------------------------------------------------------------------------------------------
def test_setting_is_kept_once_and_changed(then, kept):
    from django.core.exceptions import ValidationError

    from prongsai.web.agencies.journal import Stale

    who = then(Role.LEGAL)
    first = services.keep_setting(who, register="gifts", name="ทะเบียนของขวัญ", version=0)
    assert kept("gifts").name == "ทะเบียนของขวัญ" and kept("gifts").is_open
    second = services.keep_setting(who, register="gifts", is_published=True, is_open=False, version=first.version)
    assert (second.name, second.is_published, second.is_open, second.version) == ("ทะเบียนของขวัญ", True, False, 2)
    with pytest.raises(Stale):
        services.keep_setting(who, register="gifts", name="x", version=1)
    with pytest.raises(Stale):
        services.keep_setting(who, register="gifts", name="x", version=0)
    for wrong in ({"labels": {"nothing": "x"}}, {"labels": {"item": "x" * 201}}, {"takes_outside": True}):
        with pytest.raises(ValidationError):
            services.keep_setting(who, register="gifts", **wrong)
    with pytest.raises(ValidationError):
        services.keep_setting(then(Role.OFFICER), register="gifts", name="x")


def test_unit_of_another_agency_does_not_keep_a_register(then, other_agency):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        services.keep_setting(then(), register="gifts", unit=office.unit(other_agency, "กองคลัง"))


def test_closed_register_takes_no_entries(then, entry):
    services.keep_setting(then(), register="gifts", is_open=False)
    with pytest.raises(EntryRefused) as refused:
        entry("gifts")
    assert refused.value.faults[0].code == "NOT_OPEN"


def test_saved_view_is_ones_own_or_everybodys(then, kept):
    from django.core.exceptions import ValidationError

    own = services.add_view(then(Role.CLERK), register="gifts", name="ของฉัน", query="?state=kept")
    services.add_view(then(Role.LEGAL), register="gifts", name="ทุกคน", query="late=1", for_all=True)

    def seen(role: Role) -> list[str]:
        return [view.name for view in list_page(then(role), kept("gifts"), {}).views]

    assert own.query == "state=kept"
    assert (seen(Role.CLERK), seen(Role.OFFICER)) == (["ของฉัน", "ทุกคน"], ["ทุกคน"])
    with pytest.raises(ValidationError):
        services.add_view(then(Role.CLERK), register="gifts", name="x", query="", for_all=True)
    with pytest.raises(ValidationError):
        services.drop_view(then(Role.OFFICER), view=own)
    services.drop_view(then(Role.CLERK), view=own)
    assert seen(Role.CLERK) == ["ทุกคน"]
