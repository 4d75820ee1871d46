"""Figures are what a plain recount gives; one query whatever the number of statistics and entries."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.figures import cells_of, figures_of
from tests.conftest import PROVE
from tests.web import office
from tests.web.registers.conftest import sample

METHODS, KINDS = ("e-bidding", "select", "specific"), ("buy", "hire", "build", "rent")


def purchases(scope, agency, count: int, seed: int) -> list[Entry]:
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        price = Decimal(chance.randrange(1, 10**9)) / 100
        rows.append(
            sample(agency, "purchases")
            | {
                "contract_no": f"{seed}-{number}",
                "method": chance.choice(METHODS),
                "kind": chance.choice(KINDS),
                "contract_on": date(2024, 10, 1) + timedelta(days=chance.randrange(500)),
                "budget_thb": price + chance.randrange(3),
                "reference_thb": price,
                "agreed_thb": price,
                "bidders": ({"name": "ร้านสวนพลูการค้า", "price_thb": price},),
            }
        )
    made = services.add_entries(scope, register="purchases", rows=rows)
    for one in made:
        assert isinstance(one, Entry), one
        if chance.random() < 0.2:
            services.move_entry(scope, entry=one, move="withdraw", note="ผิด", version=1)
    return list(Entry.objects.filter(register="purchases"))


def recount(entries: list[Entry], measure: str, field: str, by: str) -> dict[str, Decimal | int]:
    found: dict[str, Decimal | int] = defaultdict(int) if measure == "count" else defaultdict(Decimal)
    for one in entries:
        key = f"{one.dated_on:%Y-%m}" if by == "month" else one.values[by]
        found[key] += 1 if measure == "count" else Decimal(one.values[field])
    return dict(found)


@pytest.mark.parametrize("seed", range(20 if PROVE else 2))
@pytest.mark.db
def test_figures_are_what_a_plain_recount_gives(then, agency, kept, seed):
    register = kept("purchases").register
    entries = [one for one in purchases(then(), agency, 40, seed) if one.state == "kept"]
    for year, start, end in (
        (2569, None, None),
        (2568, None, None),
        (0, None, None),
        (2568, date(2025, 1, 1), date(2025, 3, 31)),
        (2568, date(2025, 1, 10), date(2025, 2, 7)),
    ):
        own = [one for one in entries if year in (0, one.fiscal_year_be)]
        own = [one for one in own if start is None or start <= one.dated_on <= end]
        figures = figures_of(then(), kept("purchases"), year, start=start, end=end)
        assert len(figures) == len(register.statistics)
        for figure in figures:
            how = figure.statistic
            if len(how.by) != 1 or how.where or how.by[0] in ("quarter", "state"):
                continue
            wanted = recount(own, how.measure, how.field, how.by[0])
            assert figure.total == sum(wanted.values(), Decimal(0) if how.measure == "sum" else 0)
            assert Counter(value for _label, value in figure.rows if value) == Counter(wanted.values())


def test_figures_cost_one_query_however_many_entries_there_are(then, agency, kept, django_assert_num_queries):
    register = kept("purchases")
    for count in (1, 30):
        purchases(then(), agency, count, count)
        with django_assert_num_queries(1):
            figures_of(then(), register, 2568)


def test_cells_carry_keys_month_state_and_sums_of_counted_entries(then, entry, kept):
    entry("gifts")
    entry("gifts", value_thb=Decimal("1000.50"), received_on=date(2025, 12, 1))
    entry("gifts", received_on=date(2025, 11, 30))
    gone = entry("gifts")
    services.move_entry(then(), entry=gone, move="withdraw", note="ผิด", version=1)
    cells = sorted(cells_of(then(), kept("gifts"), 2569), key=lambda one: one.month)
    assert [(one.month, one.state, one.keys[:2], one.count, one.sums[0]) for one in cells] == [
        ("2025-11", "kept", ("private", "กองช่าง"), 1, Decimal("800.00")),
        ("2025-12", "kept", ("private", "กองช่าง"), 2, Decimal("1800.50")),
    ]


def test_figures_of_another_agency_are_its_own(then, entry, kept, other_agency):
    entry("gifts")
    assert cells_of(office.scope(other_agency, Role.SECRETARY), kept("gifts"), 2569) == ()


NEWER = """
id: {id}
name_th: ทะเบียนทดสอบ
name_en: Test
group: integrity
systems: [F3]
{since}
flow: record
title: "{{what}}"
owners: [legal]
dated_by: day
fields:
  day: {{type: date, label_th: วันที่, required: true}}
  what: {{type: text, label_th: เรื่อง, required: true}}
  kind: {{type: choice, label_th: ชนิด, required: true, choices: {{a: ก, b: ข}}}}
  size: {{type: choice, label_th: ขนาด, required: true, choices: {{s: เล็ก, l: ใหญ่}}}}
  cost: {{type: money, label_th: ราคา}}
filters: {filters}
statistics:
  by_kind: {{title_th: ตามชนิด, by: [kind]}}
  by_size: {{title_th: ราคาตามขนาด, by: [size], measure: sum, field: cost}}
"""


def test_older_edition_that_keeps_its_keys_elsewhere_is_counted_with_the_newer(own_register, then, agency, kept):
    own_register(NEWER.format(id="two", since="", filters="[kind, size]"))
    own_register(NEWER.format(id="two", since="since: 2569", filters="[size, kind]"))
    for day, kind, size in (
        (date(2025, 9, 30), "a", "s"),
        (date(2025, 10, 1), "b", "s"),
        (date(2025, 10, 2), "b", "l"),
    ):
        values = {"day": day, "what": "x", "kind": kind, "size": size, "cost": Decimal(7)}
        services.add_entry(then(), register="two", values=values)
    assert [one.key_1 for one in Entry.objects.order_by("dated_on")] == ["a", "s", "l"]
    by_kind, by_size = figures_of(then(), kept("two"), 0)
    assert by_kind.rows == (("ก", 1), ("ข", 2))
    assert by_size.rows == (("เล็ก", Decimal(14)), ("ใหญ่", Decimal(7)))


def test_figures_leave_out_entries_in_states_that_are_not_for_everybody(then, agency, kept, scope):
    purchases(then(), agency, 10, 7)
    one = kept("purchases")
    states = tuple(replace(each, readers=("legal",)) if each.key == "kept" else each for each in one.register.states)
    hidden = replace(one, register=replace(one.register, states=states))
    assert sum(cell.count for cell in cells_of(scope(Role.LEGAL), hidden, 0)) > 0
    assert sum(cell.count for cell in cells_of(scope(Role.SUPPLY), hidden, 0)) == 0
