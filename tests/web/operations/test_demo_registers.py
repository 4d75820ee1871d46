"""The registers of the made-up municipality: every sheet comes in whole; the faulty one names every faulty cell."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.sheet_read import importable
from prongsai.registers.sheet_template import head_of
from prongsai.web.agencies.models import Agency, AuditEntry
from prongsai.web.agencies.queries import scope_of
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope, system_scope
from prongsai.web.operations import demo, demo_registers
from prongsai.web.operations.services import set_up
from prongsai.web.registers.models import Entry, ImportState
from prongsai.web.registers.services import imports

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)  # the day until which the samples go
SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "registers"
IDS = [sheet.register for sheet in demo_registers.SHEETS]


@pytest.fixture
def office(db) -> Agency:
    """The municipality of the demonstration with its units, posts and people."""
    agency = Agency(**demo.AGENCY, is_demo=True)
    words = {"person": demo.ADMIN, "post": demo.ADMIN_POST, "username": "admin", "password": "tambon-4821-7730"}
    made = set_up(agency=agency, roles=[Role.ADMIN], **words)
    keeper = scope_of(made.user, agency.code)
    assert keeper is not None
    demo._staff(keeper)
    return agency


def on_the_day(agency: Agency) -> Scope:
    return replace(system_scope(agency), today=TODAY)


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_every_sheet_comes_in_without_a_faulty_row(office: Agency):
    scope = on_the_day(office)
    for sheet in demo_registers.SHEETS:
        content = (SAMPLES / f"{sheet.register}.csv").read_bytes()
        batch = demo_registers.bring_in(scope, sheet, content)
        assert (sheet.register, batch.state, batch.n_faulty) == (sheet.register, ImportState.SAVED, 0)
        assert batch.n_new == len(read(SAMPLES / f"{sheet.register}.csv")) - 1
        assert batch.n_new <= 60
    assert sorted(set(Entry.objects.values_list("register", flat=True))) == sorted(IDS)


def test_a_month_of_each_year_has_no_purchases_and_the_last_is_the_present(office: Agency):
    sheet = next(one for one in demo_registers.SHEETS if one.register == "purchases")
    demo_registers.bring_in(on_the_day(office), sheet, (SAMPLES / "purchases.csv").read_bytes())
    months = {year: set() for year in demo_registers.YEARS}
    for year, month in Entry.objects.values_list("fiscal_year_be", "month"):
        months[year].add(month)
    assert [len(months[year]) for year in demo_registers.YEARS] == [11, 11, 2]
    assert max(months[2570]) == 202611


def test_the_faulty_sheet_names_each_of_its_twelve_cells(office: Agency):
    told = json.loads((SAMPLES / "faulty" / "faults.json").read_text(encoding="utf-8"))["files"]["purchases.xlsx"]
    content = (SAMPLES / "faulty" / "purchases.xlsx").read_bytes()
    scope = on_the_day(office)
    batch = imports.stage(scope, register="purchases", content=content, name="purchases.xlsx")
    batch = imports.step(scope, batch=batch)
    found = [fault["cell"] for row in batch.rows.order_by("number") for fault in row.faults]
    assert (batch.n_rows, batch.n_new, batch.n_faulty) == (told["rows"], 3, 12)
    assert found == [one["cell"] for one in told["cells"]]
    assert len(found) == 12


def test_a_row_that_lies_ahead_of_the_clock_is_left_out(office: Agency):
    scope = replace(system_scope(office), today=date(2025, 6, 30))
    sheet = next(one for one in demo_registers.SHEETS if one.register == "gifts")
    batch = demo_registers.bring_in(scope, sheet, (SAMPLES / "gifts.csv").read_bytes())
    assert (batch.state, Entry.objects.count()) == (ImportState.SAVED, 4)


@pytest.mark.parametrize("register", IDS)
def test_heads_are_those_of_the_template(register: str):
    heads = [head_of(one, {}) for one in importable(of_year(register, 2569))]
    given = read(SAMPLES / f"{register}.csv")[0]
    assert given == [head for head in heads if head in given]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("steps/*.csv")), ids=lambda path: path.stem)
def test_steps_name_moves_and_fields_of_the_register(path: Path):
    register = of_year(path.stem, 2569)
    head, *rows = read(path)
    assert head[:5] == ["เลขที่", "ขั้นตอน", "ผู้ดำเนินการ", "เมื่อ", "เหตุผล"]
    assert {row[1] for row in rows} <= {move.label_th for move in register.moves}
    assert {row[2] for row in rows} <= {str(role.label) for role in Role}
    assert set(head[5:]) <= {one.label_th for one in register.fields}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("progress/*.csv")), ids=lambda path: path.stem)
def test_progress_names_fields_of_the_register(path: Path):
    register = of_year(path.stem, 2569)
    head, *rows = read(path)
    assert head[:3] == ["เลขที่", "งวดที่", "ผู้รายงาน"]
    assert {row[2] for row in rows} <= {str(role.label) for role in Role}
    assert register.progress is not None
    assert set(head[3:]) <= {one.label_th for one in register.progress.fields}


def test_bringing_in_is_written_in_the_journal(office: Agency):
    sheet = demo_registers.SHEETS[0]
    demo_registers.bring_in(on_the_day(office), sheet, (SAMPLES / "assets.csv").read_bytes())
    done = AuditEntry.objects.filter(action__startswith="import.").values_list("action", flat=True)
    assert sorted(done) == ["import.save", "import.saved", "import.stage"]
