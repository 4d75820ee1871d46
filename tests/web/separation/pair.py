"""Two furnished offices in one database, every key of which tells whose row it is, and of which table.

Every table counts from a number of its own, so that a number met in a page, a form or a loaded row is the key of one
row and of no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.test import Client

from prongsai.web.agencies.belonging import way_of
from prongsai.web.agencies.models import Agency, Appointment, Membership, Person, Post, PostRole, User
from prongsai.web.agencies.roles import Role
from tests.web import objects, office
from tests.web.kept import begin_with
from tests.web.separation import canaries, furniture

OTHER_CODE = "05170202"
_STEP = 20_000  # rows of a table before the numbers of the next begin
_made: dict[str, dict[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Furnished:
    """An office with one of everything, and somebody who holds every role in it."""

    agency: Agency
    made: dict[str, Any] = field(repr=False)
    everybody: User

    def client(self, role: Role | None = None) -> Client:
        """Give the browser of who holds every role, or of somebody in one."""
        return browser(self.everybody if role is None else office.user(self.agency, role))


@dataclass(frozen=True, slots=True)
class Pair:
    """The office that asks, and the other, of which nothing may be seen."""

    own: Furnished
    other: Furnished


def browser(user: User) -> Client:
    """Sign somebody in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# --- furnishing -------------------------------------------------------------------------------------------------------
def alone() -> Furnished:
    """Furnish the office that asks, in a database without another."""
    _part()
    begin_with("separate own", lambda: _furnish(office.build()))
    return _found(office.CODE)


def beside(own: Furnished) -> Pair:
    """Furnish the other office, and mark every text of it."""
    begin_with("separate other", _other)
    return Pair(own, _found(OTHER_CODE))


def _other() -> None:
    # The name stands in files and in texts of its own from the beginning.
    name = f"เทศบาลตำบลท่าหว้า{canaries.mark_of('agencies.Agency.name')}"
    agency = office.build(code=OTHER_CODE, name=name, province="สิงห์บุรี", letters="สห ๕๒๗๐๒")
    _furnish(agency)
    canaries.mark(agency)


def _furnish(agency: Agency) -> None:
    _with_every_role(agency)
    _made[agency.code] = objects.build(agency)
    furniture.fill(agency, [model for model in tables() if not rows_of(agency, model).exists()])


def _with_every_role(agency: Agency) -> None:
    person = Person.objects.create(agency=agency, given_name="ทุกหน้าที่", family_name="คนเดียว", joined_on=office.SINCE)
    post = Post.objects.create(agency=agency, title="ผู้ถือทุกหน้าที่", valid_from=office.SINCE)
    PostRole.objects.bulk_create(PostRole(post=post, role=role) for role in Role)
    Appointment.objects.create(agency=agency, person=person, post=post, valid_from=office.SINCE)
    user = User.objects.create(username=f"every-{agency.code}", email=f"every@{agency.code}.example")
    Membership.objects.create(agency=agency, user=user, person=person)


def _found(code: str) -> Furnished:
    return Furnished(Agency.objects.get(code=code), _made[code], User.objects.get(username=f"every-{code}"))


# --- whose row a key is -----------------------------------------------------------------------------------------------
def tables() -> Iterator[type[models.Model]]:
    """Walk every model whose rows belong to an agency, those of many-to-many fields too."""
    for model in apps.get_models(include_auto_created=True):
        if way_of(model):
            yield model


def rows_of(agency: Agency, model: type[models.Model]) -> models.QuerySet[Any]:
    """Give the rows of a model that belong to an agency."""
    return model._base_manager.filter(**{"__".join(way_of(model) or ()): agency.pk})


def keys_of(agency: Agency) -> dict[type[models.Model], set[Any]]:
    """Give the keys of an agency's rows, by model."""
    found: dict[type[models.Model], set[Any]] = {Agency: {agency.pk}}
    return found | {model: set(rows_of(agency, model).values_list("pk", flat=True)) for model in tables()}


def counterparts(pair: Pair) -> dict[str, str]:
    """Give for every key of the asking office, as text, a key of the other in the same table."""
    own, other = keys_of(pair.own.agency), keys_of(pair.other.agency)
    found: dict[str, str] = {}
    for model, keys in own.items():
        if other[model]:
            newest = str(max(other[model]))
            found |= {str(key): newest for key in keys}
    for name, one in pair.own.made.items():
        if isinstance(one, models.Model) and way_of(type(one)):
            found[str(one.pk)] = str(pair.other.made[name].pk)
    return found


def written(agency: Agency) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of an agency as it stands, by table, to compare it later."""
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    found[Agency._meta.db_table] = list(Agency.objects.filter(pk=agency.pk).values_list())
    for model in tables():
        found[model._meta.db_table] = sorted(rows_of(agency, model).order_by("pk").values_list(), key=str)
    return found


# --- numbers of its own for every table -------------------------------------------------------------------------------
@cache
def _numbered() -> tuple[type[models.Model], ...]:
    every = [Agency, *tables()]
    return tuple(model for model in every if isinstance(model._meta.pk, models.AutoField))


def _part() -> None:
    """Let every table count from a number of its own."""
    with connection.cursor() as cursor:
        for place, model in enumerate(_numbered(), start=1):
            table, first = model._meta.db_table, place * _STEP
            if connection.vendor == "postgresql":
                column = model._meta.pk.column
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), {first})")
                continue
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first])
