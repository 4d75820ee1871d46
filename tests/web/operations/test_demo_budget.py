"""The budget of the made-up municipality: by-laws that add up are in force before its plans are reported on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.operations import demo, demo_registers
from prongsai.web.operations.services import set_up
from prongsai.web.registers.models import Entry, EntryProgress
from prongsai.web.registers.queries.library import kept_of
from prongsai.web.registers.rules import hooks_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)  # the day until which the samples go
FOLDER = Path(__file__).resolve().parents[3] / "samples" / "registers"
NAMES = ("development-plan", "budget-bylaws", "budget-lines", "operation-plan")
SHEETS = [sheet for sheet in demo_registers.SHEETS if sheet.register in NAMES]


@pytest.fixture
def scope(db) -> Scope:
    """The software itself in the municipality of the demonstration, on TODAY."""
    agency = Agency(**demo.AGENCY, is_demo=True)
    words = {"person": demo.ADMIN, "post": demo.ADMIN_POST, "username": "admin", "password": "tambon-4821-7730"}
    made = set_up(agency=agency, roles=[Role.ADMIN], **words)
    keeper = scope_of(made.user, agency.code)
    assert keeper is not None
    demo._staff(keeper)
    return replace(system_scope(agency), today=TODAY)


def test_three_bylaws_add_up_and_come_into_force_before_the_plan_is_reported_on(scope: Scope):
    for sheet in SHEETS:
        demo_registers.bring_in(scope, sheet, (FOLDER / f"{sheet.register}.csv").read_bytes())
    scopes = dict.fromkeys(Role, scope)
    demo_registers._steps(scopes, next(one for one in SHEETS if one.late), FOLDER)
    found = Entry.objects.filter(register="budget-bylaws").order_by("fiscal_year_be")
    assert [(one.fiscal_year_be, one.state) for one in found] == [(year, "in_force") for year in (2568, 2569, 2570)]
    rows = list(demo_registers._rows(FOLDER / "progress" / "operation-plan.csv"))
    for row in rows:
        demo_registers._report(scopes, "operation-plan", row)
    assert EntryProgress.objects.count() == len(rows)


def test_every_project_that_is_done_or_budgeted_is_in_the_development_plan(scope: Scope):
    for sheet in SHEETS:
        demo_registers.bring_in(scope, sheet, (FOLDER / f"{sheet.register}.csv").read_bytes())
    kept = kept_of(scope, "development-plan", 2569).register
    assert [one.text for one in hooks_of("development-plan").notices(scope, kept, 2569)] == []
