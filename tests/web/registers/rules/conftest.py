"""Entries of the shipped registers in a database, filled in with the examples of their files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from prongsai.registers.load import of_year
from prongsai.registers.model import FieldType, Ref
from prongsai.web.agencies.models import Agency, Person, Post, Unit
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry
from tests.registers.library.example import filled
from tests.web import office

TODAY = date(2026, 3, 31)  # of fiscal year 2569


@pytest.fixture
def now(system: Scope) -> Scope:
    """The software itself on TODAY."""
    return replace(system, today=TODAY)


@pytest.fixture
def make(agency: Agency, now: Scope) -> Callable[..., Entry]:
    """Make an entry: what is not given is the file's example, of people and units that are there."""

    def add(register: str, *, by: Scope | None = None, **values: object) -> Entry:
        wanted = {**_here(agency, register, filled(register, **values)), **values}
        wanted = {key: value for key, value in wanted.items() if value is not None}
        return services.add_entry(by or now, register=register, values=wanted)

    return add


def _here(agency: Agency, register: str, values: dict[str, object]) -> dict[str, object]:
    """Put people, posts and units that are there in the place of the examples'; other registers' entries are given."""
    there = {
        FieldType.PERSON: person(agency),
        FieldType.POST: post(agency),
        FieldType.UNIT: unit(agency),
        FieldType.FILE: None,
        FieldType.ENTRY: None,
    }
    types = {one.key: one.type for one in of_year(register, 0).fields}
    return {key: there.get(types[key], value) for key, value in values.items()}


def person(agency: Agency, role: Role = Role.MAYOR) -> Ref:
    """Point at somebody in a role."""
    found = Person.objects.get(agency=agency, given_name=office.CAST[role][0])
    return Ref(found.pk, str(found))


def post(agency: Agency, title: str = "นายกเทศมนตรี") -> Ref:
    """Point at a post."""
    found = Post.objects.get(agency=agency, title=title)
    return Ref(found.pk, found.title)


def unit(agency: Agency, name: str = "กองช่าง") -> Ref:
    """Point at a unit."""
    found = Unit.objects.get(agency=agency, name=name)
    return Ref(found.pk, found.name)


def entry_ref(entry: Entry) -> Ref:
    """Point at an entry."""
    return Ref(entry.pk, entry.title)
