"""The yearly stock-taking: appointed by order, begun on the first working day of October, reported in thirty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.thai.holidays import add_working_days
from prongsai.web.agencies.models import Committee, CommitteeMember, Person
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.rules.stock_takings import begins
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.daily import add

END, FIRST = date(2025, 9, 30), date(2025, 10, 1)
YEAR = 2568
ORDER = "412/2568"
BROKEN = {
    "item": "416-63-0012 เครื่องฉายภาพ",
    "expected": Decimal(1),
    "counted": Decimal(1),
    "kind": "broken",
    "reason": "หลอดภาพขาด",
}
REPORT = {"counted_items": Decimal(214), "no_difference": False, "differences": (BROKEN,), "summary": "ไม่มี"}


@pytest.fixture
def then(system):
    """The software itself late in November."""
    return replace(system, today=date(2025, 11, 25))


@pytest.fixture
def committee(then) -> Committee:
    """Who counts, by an order of September."""
    made = Committee.objects.create(
        agency=then.agency, name="ผู้ตรวจสอบพัสดุประจำปี", order_no=ORDER, order_date=date(2025, 9, 15)
    )
    CommitteeMember.objects.create(committee=made, person=Person.objects.filter(agency=then.agency)[0], role="chair")
    return made


def step(scope, made: Entry, move: str, **values: object) -> Entry:
    return services.move_entry(scope, entry=made, move=move, values=values, version=None)


def counting(scope, day: date = FIRST) -> Entry:
    return step(scope, add(scope, "stock-takings"), "begin", begins_on=day)


def why(call, *given, **named) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


def warned(scope, **values: object) -> list[tuple[str, str]]:
    register = kept_of(scope, "stock-takings", YEAR).register
    given = {"as_of": END, "order_no": ORDER, **values}
    return [(one.field, one.code) for one in hooks_of("stock-takings").check(scope, register, given, None)]


def notices(scope, day: date) -> list[str]:
    register = kept_of(scope, "stock-takings", YEAR).register
    return [one.text for one in hooks_of("stock-takings").notices(replace(scope, today=day), register, YEAR)]


def test_it_is_of_the_year_that_ends_and_by_an_order_with_names(then, committee) -> None:
    made = add(then, "stock-takings")
    assert (made.fiscal_year_be, made.state) == (YEAR, "appointed")
    assert why(add, then, "stock-takings", as_of=date(2024, 9, 30), order_no="999/2567") == [("order_no", "NO_ORDER")]
    committee.members.all().delete()
    assert warned(then) == [("order_no", "ORDER_WITHOUT_MEMBERS")]
    assert ("as_of", "NOT_YEAR_END") in warned(then, as_of=date(2025, 9, 29))


def test_an_order_of_another_month_is_warned_of(then, committee) -> None:
    assert warned(then) == []
    Committee.objects.filter(pk=committee.pk).update(order_date=date(2025, 8, 29))
    assert warned(then) == [("order_no", "APPOINTED_ELSEWHEN")]


def test_it_begins_on_the_first_working_day_of_october(then, committee) -> None:
    assert (begins(END), begins(date(2028, 9, 30))) == (FIRST, date(2028, 10, 2))  # a Sunday in 2028
    assert warned(then, begins_on=FIRST) == []
    assert warned(then, begins_on=date(2025, 10, 2)) == [("begins_on", "NOT_FIRST_DAY")]
    made = add(then, "stock-takings")
    assert why(step, then, made, "begin", begins_on=date(2025, 9, 29)) == [("begins_on", "NOT_BEFORE")]


def test_the_report_is_due_in_thirty_working_days(then, committee) -> None:
    made = counting(then)
    assert made.due_on == add_working_days(FIRST, 30) == date(2025, 11, 14)
    assert warned(then, begins_on=FIRST, reported_on=date(2025, 11, 14)) == []
    assert warned(then, begins_on=FIRST, reported_on=date(2025, 11, 15)) == [("reported_on", "LATE")]
    assert notices(then, date(2025, 11, 14)) == ["ต้องรายงานภายใน ๑๔ พ.ย. ๒๕๖๘"]
    assert notices(then, date(2025, 11, 15)) == ["เกินกำหนดรายงาน ๑๔ พ.ย. ๒๕๖๘"]


def test_every_difference_has_a_reason(then, committee) -> None:
    made = counting(then)
    bare = {key: value for key, value in BROKEN.items() if key != "reason"}
    given = REPORT | {"differences": (bare,), "reported_on": date(2025, 11, 5)}
    assert why(step, then, made, "report", **given) == [("differences", "REQUIRED")]
    none = REPORT | {"differences": None, "reported_on": date(2025, 11, 5)}
    assert why(step, then, made, "report", **none) == [("differences", "REQUIRED")]
    both = REPORT | {"no_difference": True, "reported_on": date(2025, 11, 5)}
    assert why(step, then, made, "report", **both) == [("differences", "EMPTY_IF")]
    lost = REPORT | {"differences": (BROKEN | {"kind": "missing"},), "reported_on": date(2025, 11, 5)}
    assert why(step, then, made, "report", **lost) == [("differences", "NOT_MISSING")]


def test_what_is_broken_or_missing_has_its_fact_finding_before_the_copy_goes_out(then, committee) -> None:
    made = step(then, counting(then), "report", **REPORT, reported_on=date(2025, 11, 5))
    assert notices(then, then.today) == ["ยังไม่ได้ส่งสำเนารายงานให้สำนักงานการตรวจเงินแผ่นดิน"]
    sent = {"copy_sent_on": date(2025, 11, 10), "copy_no": "ลบ 52702/288"}
    with pytest.raises(EntryRefused) as refused:
        step(then, made, "send", **sent)
    assert refused.value.message_th == "ยังไม่มีคำสั่งสอบข้อเท็จจริงของ “416-63-0012 เครื่องฉายภาพ”"
    looked_into = (BROKEN | {"fact_finding_no": "455/2568"},)
    made = services.change_entry(then, entry=made, values={"differences": looked_into}, version=made.version)
    made = step(then, made, "send", **sent)
    assert (made.state, made.values["n_differences"], notices(then, then.today)) == ("sent", "1", [])


def test_a_year_in_which_nobody_counts_stays_visible(then, committee) -> None:
    assert notices(then, date(2025, 8, 31)) == []
    told = "ยังไม่มีการแต่งตั้งผู้ตรวจสอบพัสดุประจำปี ต้องแต่งตั้งในเดือนกันยายน"
    assert notices(then, date(2025, 9, 1)) == [told]
    add(replace(then, today=date(2025, 9, 16)), "stock-takings")
    assert notices(then, FIRST) == []
    assert notices(then, date(2025, 10, 2)) == ["ยังไม่เริ่มตรวจสอบพัสดุ ต้องเริ่ม ๑ ต.ค. ๒๕๖๘"]
