"""Entries of the shipped registers, made of plausible values; and registers of the office's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from prongsai.registers.model import Ref
from prongsai.thai.fiscal import Span
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import Kept, kept_of
from tests.web import office

TODAY = date(2026, 2, 16)  # a Monday of fiscal year 2569


@pytest.fixture(autouse=True)
def registers_folder(settings, tmp_path: Path) -> Path:
    """The folder of the office's own register files, empty."""
    settings.REGISTERS_FOLDER = tmp_path / "registers"
    return settings.REGISTERS_FOLDER


@pytest.fixture
def own_register(registers_folder: Path) -> Callable[[str], str]:
    """Add a register of the office's own, given as the text of its file; gives its id."""

    def add(text: str) -> str:
        registers_folder.mkdir(exist_ok=True)
        id_ = next(line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("id:"))
        since = next((line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("since:")), "0")
        (registers_folder / f"{id_}-{since}.yaml").write_text(text, encoding="utf-8")
        return id_

    return add


@pytest.fixture
def kept(agency: Agency) -> Callable[..., Kept]:
    """A register as the office keeps it: ``kept("gifts")``."""
    return lambda id_, year=0: kept_of(agency, id_, year)


@pytest.fixture
def then(system: Scope, scope: Callable[[Any], Scope]) -> Callable[..., Scope]:
    """Somebody in a role on TODAY: ``then(Role.SUPPLY)``; the software itself without a role."""
    return lambda role=None: replace(system if role is None else scope(role), today=TODAY)


@pytest.fixture
def entry(system: Scope) -> Callable[..., Entry]:
    """Make an entry: ``entry("gifts", value_thb=Decimal(900))``; what is not given is plausible. ``by``: a scope."""

    def make(register: str, *, by: Scope | None = None, asked_by: Any = None, **values: object) -> Entry:
        given = {**sample(system.agency, register), **values}
        return services.add_entry(by or system, register=register, values=given, asked_by=asked_by)

    return make


def sample(agency: Agency, register: str) -> dict[str, object]:
    """Give values that a register takes; other registers have none ready."""
    return dict(_SAMPLES[register](agency)) if register in _SAMPLES else {}


def unit_ref(agency: Agency, name: str) -> Ref:
    """Point at a unit of the office."""
    unit = office.unit(agency, name)
    return Ref(unit.pk, unit.name)


def entry_ref(entry: Entry) -> Ref:
    """Point at an entry."""
    return Ref(entry.pk, entry.title)


def _gift(agency: Agency) -> dict[str, object]:
    return {
        "received_on": date(2025, 12, 28),
        "receiver": Ref(None, "นายอรุณ ขยันยิ่ง"),
        "unit": unit_ref(agency, "กองช่าง"),
        "giver": "ร้านสวนพลูการค้า",
        "giver_kind": "private",
        "item": "กระเช้าผลไม้",
        "quantity": Decimal(1),
        "value_thb": Decimal(800),
        "occasion": "วันปีใหม่",
    }


def _asset(agency: Agency) -> dict[str, object]:
    number = Entry.objects.filter(agency=agency, register="assets").count() + 1
    return {
        "code": f"416-63-{number:04}",
        "name": "เครื่องฉายภาพ",
        "kind": "durable",
        "unit": unit_ref(agency, "กองคลัง"),
        "price_thb": Decimal("18500.00"),
    }


def _loan(agency: Agency) -> dict[str, object]:
    return {
        "borrower": "นายสมชาย ใจดี",
        "borrower_kind": "inside",
        "contact": "08-1234-5678",
        "purpose": "ประชุมประชาคมหมู่ที่ 3",
        "place": "inside",
        "period": Span(date(2026, 2, 1), date(2026, 2, 3)),
        "quantity": Decimal(1),
    }


def _purchase(agency: Agency) -> dict[str, object]:
    number = Entry.objects.filter(agency=agency, register="purchases").count() + 1
    return {
        "work": "ซื้อวัสดุสำนักงาน",
        "kind": "buy",
        "budget_thb": Decimal(15000),
        "reference_thb": Decimal(15000),
        "method": "specific",
        "bidders": ({"name": "ร้านสวนพลูการค้า", "price_thb": Decimal(12000)},),
        "winner": "ร้านสวนพลูการค้า",
        "agreed_thb": Decimal(12000),
        "reason": "ราคาต่ำสุดและคุณสมบัติครบ",
        "contract_no": f"{number}/2569",
        "contract_on": date(2025, 11, 20),
    }


def _project(agency: Agency) -> dict[str, object]:
    return {
        "dimension": "culture",
        "mission": "สร้างจิตสำนึก",
        "project": "อบรมเจ้าหน้าที่เรื่องผลประโยชน์ทับซ้อน",
        "kind": "project",
        "budget_thb": Decimal(10000),
        "period": Span(date(2025, 11, 1), date(2026, 8, 31)),
        "unit": unit_ref(agency, "กองช่าง"),
    }


_SAMPLES = {
    "gifts": _gift,
    "assets": _asset,
    "loans": _loan,
    "purchases": _purchase,
    "prevention-plan": _project,
}
