"""Reports on the use of property: a quarter each, generated from the registers and acknowledged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from prongsai.registers.model import Rhythm
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.rules.property_reports import KEYS, figures
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.conftest import unit
from tests.web.registers.rules.daily import YEAR, add, preview, ref

FIRST = Span(date(2025, 10, 1), date(2025, 12, 31))
JANUARY = date(2026, 1, 8)
NONE = dict.fromkeys(KEYS, Decimal(0))


@pytest.fixture
def then(system):
    """The software itself after the first quarter."""
    return replace(system, today=JANUARY)


@pytest.fixture
def lent(then, entry):
    """Lend an asset: ``lent(from, to, returned_on, damaged=True)``."""
    numbers = iter(range(1, 9))

    def lend(start: date, end: date, back: date | None = None, *, damaged: bool = False) -> Entry:
        asset = entry("assets", by=then, code=f"416-63-{next(numbers):04}")
        made = entry("loans", by=then, asset=ref(asset), period=Span(start, end), place="outside")
        made = _moved(then, made, start, "approve")
        made = _moved(then, made, start, "issue", issued_on=start, condition_out="ปกติ")
        if back:
            made = _moved(then, made, back, "return", returned_on=back)
        return _moved(then, made, back or end, "damage") if damaged else made

    return lend


def _moved(scope, made: Entry, day: date, move: str, **values: object) -> Entry:
    return services.move_entry(
        replace(scope, today=day), entry=made, move=move, values=values, note="ทดสอบ", version=None
    )


def why(call, *given, **named) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


def offered(scope) -> list:
    register = kept_of(scope, "property-reports", YEAR).register
    return list(hooks_of("property-reports").proposals(scope, register, YEAR))


def send(scope, made: Entry) -> Entry:
    values = {"remarks": "ไม่มี", "sent_on": scope.today}
    return services.move_entry(scope, entry=made, move="send", values=values, version=None)


def test_the_report_is_counted_from_the_registers(then, lent) -> None:
    lent(date(2025, 9, 1), date(2025, 9, 5), date(2025, 10, 2))  # the quarter before, back in this one
    lent(date(2025, 10, 5), date(2025, 10, 9), date(2025, 10, 9))
    lent(date(2025, 11, 1), date(2025, 11, 3))  # overdue
    lent(date(2025, 11, 10), date(2025, 11, 12), date(2026, 1, 5))  # back only after the quarter
    lent(date(2025, 12, 1), date(2025, 12, 4), damaged=True)
    lent(date(2026, 1, 2), date(2026, 1, 3))  # the next quarter
    asset = Entry.objects.filter(register="assets").first()
    add(then, "stock-checks", asset=asset, counted_on=date(2025, 12, 25))
    add(then, "asset-moves", asset=asset, moved_on=date(2025, 12, 1), to_unit=unit(then.agency, "กองช่าง"))
    counted = {key: int(value) for key, value in figures(then, FIRST).items()}
    assert counted == {
        "n_assets": 6,
        "n_loans": 4,
        "n_returned": 2,
        "n_overdue": 2,
        "n_damaged": 1,
        "n_checked": 1,
        "n_different": 1,
        "n_moved": 1,
    }


def test_an_asset_bought_later_or_disposed_of_before_is_not_counted(then, entry) -> None:
    entry("assets", by=then, code="1", acquired_on=date(2026, 1, 2))
    gone = entry("assets", by=then, code="2")
    entry("assets", by=then, code="3")
    _moved(then, gone, date(2025, 12, 30), "dispose")
    assert figures(then, FIRST)["n_assets"] == 1


def test_the_report_of_a_quarter_that_is_over_is_offered_with_its_figures(then, lent, sign_in) -> None:
    lent(date(2025, 11, 1), date(2025, 11, 3))
    (row,) = offered(then)
    assert (row["period"], row["n_loans"], row["n_overdue"]) == (FIRST, 1, 1)
    services.add_entry(then, register="property-reports", values=row)
    assert offered(then) == []
    assert offered(replace(then, today=date(2025, 12, 31)))[0]["period"] == Span(date(2025, 7, 1), date(2025, 9, 30))


def test_the_button_of_the_list_makes_the_report(then, sign_in) -> None:
    client = sign_in(Role.SUPPLY)
    client.post(reverse("registers:entry_propose", args=[then.agency.code, "property-reports"]))
    assert Entry.objects.filter(register="property-reports", state="draft").count() >= 1


def test_a_figure_other_than_the_registers_say_is_refused(then, lent) -> None:
    lent(date(2025, 11, 1), date(2025, 11, 3))
    with pytest.raises(EntryRefused) as refused:
        add(then, "property-reports", period=FIRST, **NONE)
    assert [(one.field, one.message_th) for one in refused.value.faults] == [
        ("n_assets", "ทรัพย์สินในทะเบียนคุม: ทะเบียนนับได้ ๑"),
        ("n_loans", "ยืมในไตรมาส: ทะเบียนนับได้ ๑"),
        ("n_overdue", "เกินกำหนดคืนเมื่อสิ้นไตรมาส: ทะเบียนนับได้ ๑"),
    ]


@pytest.mark.parametrize(
    "span",
    [
        Span(date(2025, 10, 1), date(2025, 11, 30)),
        Span(date(2025, 10, 1), date(2026, 3, 31)),
        Span(date(2025, 11, 1), date(2026, 1, 31)),
    ],
)
def test_a_report_has_a_period_and_it_is_a_quarter(then, span) -> None:
    assert why(add, then, "property-reports", **NONE | {"period": span}) == [("period", "NOT_A_QUARTER")]
    assert ("period", "REQUIRED") in why(add, then, "property-reports", period=None)


def test_four_reports_a_year_are_expected_and_a_missing_one_is_seen(then) -> None:
    due = kept_of(then, "property-reports", YEAR).register.due
    assert due is not None
    assert (due.rhythm, due.none_allowed) == (Rhythm.QUARTERLY, False)
    assert preview(then, "property-reports", 1, today=date(2026, 4, 30)).is_empty


def test_a_quarter_that_is_not_over_is_not_reported(then) -> None:
    second = Span(date(2026, 1, 1), date(2026, 3, 31))
    assert why(add, then, "property-reports", **NONE | {"period": second}) == [("period", "NOT_OVER")]


def test_what_was_sent_stands_and_a_stale_draft_is_not_sent(then, lent) -> None:
    draft = services.add_entry(then, register="property-reports", values=offered(then)[0])
    lent(date(2025, 11, 1), date(2025, 11, 3), date(2025, 11, 3))
    with pytest.raises(EntryRefused, match="NOT_ALLOWED") as refused:
        send(then, draft)
    assert refused.value.message_th.startswith("ทะเบียนเปลี่ยนหลังทำรายงาน: ทรัพย์สินในทะเบียนคุม: ทะเบียนนับได้ ๑")
    now = figures(then, FIRST)
    draft = services.change_entry(then, entry=draft, values=now, version=draft.version)
    sent = send(then, draft)
    lent(date(2025, 11, 5), date(2025, 11, 6), date(2025, 11, 6))  # entered late
    given = {"n_loans": Decimal(2)}
    assert why(services.change_entry, then, entry=sent, values=given, version=sent.version) == [("period", "SENT")]
    kept = services.change_entry(then, entry=sent, values={"remarks": "ทวงคืนแล้ว"}, version=sent.version)
    assert kept.values["n_loans"] == "1"


def test_the_executive_acknowledges_and_nobody_else(then, scope) -> None:
    sent = send(then, services.add_entry(then, register="property-reports", values=offered(then)[0]))
    taken = {"entry": sent, "move": "acknowledge", "values": {"acknowledged_on": JANUARY}, "version": None}
    supply = replace(scope(Role.SUPPLY), today=JANUARY)
    assert why(services.move_entry, supply, **taken) == [("", "NOT_ALLOWED")]
    mayor = replace(scope(Role.MAYOR), today=JANUARY)
    assert services.move_entry(mayor, **taken).state == "acknowledged"
