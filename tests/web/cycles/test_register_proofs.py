from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.queries.gather import parcel_of
from prongsai.web.cycles.queries.items import item_page, item_rows
from prongsai.web.registers import services
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.periods import occurrences_of

TODAY = date(2026, 1, 20)


@pytest.fixture
def cycle(system):
    """The assessment of 2569 with the item of monthly procurement."""
    return cycles.open_cycle(system, framework_id="ita-2569")


@pytest.fixture
def closed(scope, system, agency):
    """Every month that has ended is settled in the register of purchases."""
    clerk = replace(scope(Role.SUPPLY), today=TODAY)
    services.open_year(system, fiscal_year_be=2569)
    purchases = kept_of(agency, "purchases")
    for one in occurrences_of(clerk, purchases.register, 2569).filter(ends_on__lt=TODAY):
        services.state_nothing(clerk, kept=purchases, occurrence=one)


def item_of(cycle):
    return cycle.items.select_related("cycle__agency").get(key="procurement.monthly")


def test_closed_periods_turn_the_elements_of_an_item_green(cycle, closed):
    page = item_page(item_of(cycle), TODAY)
    assert [(line.is_green, line.is_there) for line in page.lines] == [(True, True), (True, True)]
    assert (page.passed, page.lines[0].element.verdict) == (2, "")
    row = next(row for row in item_rows(cycle, TODAY) if row.key == "procurement.monthly")
    assert (row.passed, row.total, row.is_ready) == (2, 2, True)


def test_open_period_leaves_the_elements_as_they_were(cycle, system):
    services.open_year(system, fiscal_year_be=2569)
    page = item_page(item_of(cycle), TODAY)
    assert (page.passed, page.lines[0].proofs[0].strength) == (0, "none")


def test_what_a_person_judges_goes_before_the_register(cycle, closed, system):
    element = item_of(cycle).elements.first()
    cycles.judge(system, element=element, verdict="fail", reason="เปิดไฟล์ไม่ได้", version=element.version)
    page = item_page(item_of(cycle), TODAY)
    assert [line.is_there for line in page.lines] == [False, True]


def test_next_month_that_nobody_settles_takes_the_green_away(cycle, closed):
    assert item_page(item_of(cycle), date(2026, 2, 2)).passed == 0


def test_evidence_of_registers_goes_into_the_parcel_of_the_item(cycle, closed, monkeypatch):
    monkeypatch.setattr("prongsai.web.cycles.queries.gather.timezone.localdate", lambda: TODAY)
    parcel = parcel_of(item_of(cycle))
    assert len(parcel.files) >= 3
    assert "ครบจากทะเบียน" in parcel.readme


def test_page_names_the_register_that_proves(cycle, closed, sign_in, agency, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args, **_words: TODAY)
    page = sign_in(Role.COORDINATOR).get(f"/{agency.code}/cycles/ita-2569/items/procurement.monthly/", follow=True)
    assert page.content.decode().count("ครบจากทะเบียน") == 2
    assert "ปิดงวดแล้ว ๓ จาก ๓ งวดที่สิ้นสุดแล้ว" in page.content.decode()
