"""The budget by-law and its lines: they add up or it does not come into force; plans start only after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prongsai.thai.fiscal import Span
from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.queries.linked import linked_values
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services import EntryRefused
from tests.web.registers.rules.daily import LATE, YEAR, add, bylaw, enact, ref, report

FIRST = date(2025, 10, 1)
NOT_YET = "เทศบัญญัติงบประมาณรายจ่ายประจำปี ๒๕๖๙ ยังไม่ใช้บังคับ จึงเริ่มหรือรายงานไม่ได้ บันทึกในทะเบียนเทศบัญญัติงบประมาณก่อน"
TRANSFER = {
    "moved_on": date(2026, 2, 3),
    "order_no": "ลบ 52702/41",
    "in_thb": Decimal(0),
    "out_thb": Decimal(50000),
    "reason": "เหลือจ่ายจากการประกวดราคา",
}


@pytest.fixture
def then(system):
    """The software itself after the year."""
    return replace(system, today=LATE)


def why(call, *given, **named) -> list[tuple[str, str]]:
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return [(one.field, one.code) for one in refused.value.faults if not one.is_warning]


def sentence(call, *given, **named) -> str:
    with pytest.raises(EntryRefused) as refused:
        call(*given, **named)
    return refused.value.message_th


def move(scope, entry: Entry, key: str, **values: object) -> Entry:
    return services.move_entry(scope, entry=entry, move=key, values=values, note="ทดสอบ", version=None)


def notices(scope, register: str) -> list[str]:
    kept = kept_of(scope, register, YEAR).register
    return [one.text for one in hooks_of(register).notices(scope, kept, YEAR)]


def first_line(made: Entry) -> Entry:
    return Entry.objects.filter(register="budget-lines", links__target=made).order_by("pk")[0]


# --- sums


def test_a_total_other_than_the_sum_of_the_lines_does_not_come_into_force(then) -> None:
    made = bylaw(then, 300000, 149999, enacted=False, total_thb=Decimal(450000))
    told = "รายการรวมกัน ๔๔๙,๙๙๙.๐๐ บาท ไม่เท่ายอดรวมของเทศบัญญัติ ๔๕๐,๐๐๐.๐๐ บาท ต่างกัน ๑.๐๐ บาท"
    assert sentence(enact, then, made) == told
    made.refresh_from_db()
    assert made.state == "approved"
    assert f"{made.title}: {told}" in notices(then, "budget-bylaws")
    line = first_line(made)
    services.change_entry(then, entry=line, values={"amount_thb": Decimal(300001)}, version=line.version)
    made = move(then, made, "enact", posted_on=date(2025, 9, 18))
    assert (made.state, notices(then, "budget-bylaws")) == ("in_force", [])


def test_a_bylaw_without_lines_does_not_come_into_force(then) -> None:
    made = add(then, "budget-bylaws")
    assert sentence(enact, then, made) == "ยังไม่มีรายการงบประมาณของเทศบัญญัติฉบับนี้ ลงในทะเบียนรายการงบประมาณก่อน"


def test_a_withdrawn_line_is_not_in_the_sum(then) -> None:
    made = bylaw(then, 1000, 500, enacted=False, total_thb=Decimal(500))
    move(then, first_line(made), "withdraw")
    assert enact(then, made).state == "in_force"


def test_a_negative_amount_is_refused(then) -> None:
    made = bylaw(then, enacted=False)
    assert why(add, then, "budget-lines", bylaw=made, amount_thb=Decimal("-1.00")) == [("amount_thb", "TOO_LOW")]
    assert why(add, then, "budget-bylaws", number="2/2569", total_thb=Decimal("-1.00")) == [("total_thb", "TOO_LOW")]


def test_the_bylaw_shows_the_sum_of_its_lines(then) -> None:
    made = bylaw(then, 300000, 150000)
    shown = linked_values(kept_of(then, "budget-bylaws").register, [made])[made.pk]
    assert (shown["n_lines"], shown["lines_thb"]) == (Decimal(2), Decimal(450000))


# --- in force


def test_a_bylaw_in_force_and_its_lines_stand(then) -> None:
    made = bylaw(then)
    line = first_line(made)
    change = services.change_entry
    total = {"total_thb": Decimal(1)}
    assert why(change, then, entry=made, values=total, version=made.version) == [("total_thb", "IN_FORCE")]
    amount = {"amount_thb": Decimal(1)}
    assert why(change, then, entry=line, values=amount, version=line.version) == [("amount_thb", "IN_FORCE")]
    assert why(add, then, "budget-lines", bylaw=made) == [("bylaw", "IN_FORCE")]
    assert sentence(move, then, line, "withdraw") == "เทศบัญญัติใช้บังคับแล้ว ยกเลิกรายการไม่ได้ ให้โอนออกแทน"


def test_amounts_change_by_transfers_with_their_approval(then) -> None:
    made = bylaw(then, 300000, 150000)
    one, other = Entry.objects.filter(register="budget-lines").order_by("pk")
    one = services.change_entry(then, entry=one, values={"transfers": (TRANSFER,)}, version=one.version)
    assert (Decimal(one.values["amount_thb"]), one.values["available_thb"]) == (Decimal(300000), "250000.00")
    assert notices(then, "budget-lines") == ["โอนเพิ่มรวม ๐.๐๐ บาท ไม่เท่าโอนลดรวม ๕๐,๐๐๐.๐๐ บาท"]
    into = TRANSFER | {"in_thb": Decimal(50000), "out_thb": Decimal(0)}
    services.change_entry(then, entry=other, values={"transfers": (into,)}, version=other.version)
    assert notices(then, "budget-lines") == []
    assert made.state == "in_force"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"out_thb": Decimal(500000)}, ("available_thb", "AT_LEAST")),
        ({"in_thb": Decimal(1)}, ("transfers", "ONE_WAY")),
        ({"moved_on": date(2025, 9, 30)}, ("transfers", "WRONG_DAY")),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(then, changed, code) -> None:
    line = first_line(bylaw(then))
    given = {"transfers": (TRANSFER | changed,)}
    assert why(services.change_entry, then, entry=line, values=given, version=line.version) == [code]


def test_nothing_is_transferred_before_the_bylaw_is_in_force(then) -> None:
    line = first_line(bylaw(then, enacted=False))
    given = {"transfers": (TRANSFER,)}
    assert why(services.change_entry, then, entry=line, values=given, version=line.version) == [
        ("transfers", "NOT_IN_FORCE")
    ]


# --- plans start after it


@pytest.mark.parametrize("register", ["operation-plan", "spending-plan"])
@pytest.mark.parametrize("key", ["start", "finish"])
def test_no_project_starts_before_the_bylaw_of_its_year(then, register, key) -> None:
    made = add(then, register)
    assert sentence(move, then, made, key) == NOT_YET
    waiting = bylaw(then, enacted=False)
    assert sentence(move, then, made, key) == NOT_YET
    enact(then, waiting)
    assert move(then, made, key).state in ("running", "done")


@pytest.mark.parametrize("register", ["operation-plan", "spending-plan"])
def test_no_progress_is_reported_before_the_bylaw_of_its_year(then, register) -> None:
    made = add(then, register)
    assert sentence(report, then, made, FIRST) == NOT_YET
    bylaw(then)
    report(then, made, FIRST)
    assert made.progress.count() == 1


def test_the_bylaw_of_another_year_or_an_additional_one_does_not_do(then) -> None:
    made = add(then, "operation-plan")
    bylaw(then, number="1/2570", in_force_on=date(2026, 10, 1))
    bylaw(then, kind="additional", number="2/2569")
    assert sentence(move, then, made, "start") == NOT_YET


def test_a_bylaw_is_not_in_force_before_its_day(then) -> None:
    made = add(then, "operation-plan")
    bylaw(then)
    september = replace(then, today=date(2025, 9, 30))
    assert sentence(move, september, made, "start") == NOT_YET
    assert move(replace(then, today=FIRST), made, "start").state == "running"


def test_a_project_is_dropped_without_a_bylaw(then) -> None:
    assert move(then, add(then, "operation-plan"), "drop").state == "dropped"


def test_an_office_that_keeps_no_bylaws_starts_without(then) -> None:
    made = add(then, "operation-plan", period=Span(date(2026, 1, 5), date(2026, 3, 31)))
    services.keep_setting(then, register="budget-bylaws", is_open=False)
    report(then, made, FIRST)
    assert move(then, made, "start").state == "running"


def test_the_page_of_the_project_says_why_it_cannot_start(then, sign_in) -> None:
    made = add(then, "operation-plan")
    page = sign_in(Role.ANALYST).get(f"/{then.agency.code}/registers/operation-plan/{made.pk}/").content.decode()
    assert NOT_YET in page


def test_lines_are_found_by_the_number_of_their_bylaw(then) -> None:
    made = bylaw(then, enacted=False)
    line = first_line(made)
    assert (line.links.get(field="bylaw").target_id, line.fiscal_year_be) == (ref(made).id, 0)
