"""Making an agency: its units, its first person with post and rights, the invitation; closing and reopening it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.thai.names import read_name
from prongsai.thai.units import standard_units
from prongsai.web.agencies import accounts, journal
from prongsai.web.agencies import services as agencies
from prongsai.web.agencies.accounts import Invited, Link
from prongsai.web.agencies.models import Agency, AgencyKind, Appointment, Capacity, Person, UnitKind
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.directory.queries.installation import has_keeper
from prongsai.web.directory.queries.kinds import SECRETARIAT, UNIT_KINDS, unit_name
from prongsai.web.directory.scope import Installation

FIRST_ROLES = (Role.ADMIN, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Made:
    """An agency that was made, and the invitation of its first person."""

    agency: Agency
    invited: Invited


@transaction.atomic
def make_agency(
    installation: Installation,
    *,
    agency: Agency,
    person: str,
    post: str,
    link: Link,
    email: str = "",
    units: Iterable[str] = (),
    roles: Iterable[Role] = FIRST_ROLES,
) -> Made:
    """Make an agency with its standard units, and invite its first person, who keeps its accounts from then on.

    person: the name as written, with its title. units: names of standard units. link: makes the address of an
    invitation's token. Raises ValidationError (fields by the names of these arguments, those of the agency by theirs).
    """
    journal.take_turn(installation.agency)
    check_person(person, post, email)
    found(agency)
    scope = installation.inside(agency)
    journal.note(installation, "agency.make", agency)
    journal.note(scope, "agency.set_up", agency)
    make_units(scope, units)
    first = first_person(scope, person=person, post=post, email=email, roles=roles)
    return Made(agency, accounts.invite(scope, person=first, link=link))


def found(agency: Agency) -> None:
    """Keep a new agency. Raises ValidationError, also for a code that is here already."""
    agency.full_clean()
    agency.save(force_insert=True)


def make_units(scope: Scope, names: Iterable[str]) -> None:
    """Make standard units of the highest levels, in their order, under the names that they have in this kind."""
    known = {unit.name: unit for unit in standard_units()}
    for place, chosen in enumerate(names, start=1):
        name = unit_name(chosen, AgencyKind(scope.agency.kind))
        standard = known.get(name)
        kind = UNIT_KINDS[standard.kind] if standard else UnitKind.OFFICE
        aliases = standard.aliases if standard else ("สำนักปลัด",) if chosen == SECRETARIAT else ()
        agencies.add_unit(scope, name=name, kind=kind, place=place, aliases=aliases)


def first_person(scope: Scope, *, person: str, post: str, roles: Iterable[Role], email: str = "") -> Person:
    """Add the first person of an agency in a post with roles, from today on. Raises ValidationError."""
    first = agencies.add_person(scope, **name_of(person), email=email)
    place = agencies.add_post(scope, title=post, roles=roles)
    agencies.appoint(scope, person=first, post=place, valid_from=scope.today)
    return first


def name_of(text: str) -> dict[str, Any]:
    """Give the parts of a name as the fields of a person."""
    read = read_name(text)
    if read:
        return {"prefix": read.title, "given_name": read.given, "family_name": read.surname}
    given, _space, family = " ".join(text.split()).partition(" ")
    return {"given_name": given, "family_name": family}


def check_person(person: str, post: str, email: str) -> None:
    """Refuse a first person without name or post, or with an address that is none. Raises ValidationError."""
    faults = {}
    if not person.strip():
        faults["person"] = _("ใส่ชื่อ-สกุลของผู้ดูแลระบบคนแรก")
    if not post.strip():
        faults["post"] = _("ใส่ตำแหน่ง")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            faults["email"] = _("ที่อยู่อีเมลไม่ถูกต้อง")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def invite_first(
    installation: Installation, *, agency: Agency, person: str, post: str, link: Link, email: str = ""
) -> Invited:
    """Invite somebody to keep the accounts of an agency while nobody who serves today can: at first, or since all left.

    Who may keep them today under that name is the same person; the earlier invitations of everybody end. Both journals
    tell of it. Raises ValidationError, also while somebody can keep accounts: then the agency invites by itself.
    """
    journal.take_turn(installation.agency)
    check_person(person, post, email)
    scope = installation.inside(agency)
    journal.take_turn(agency)
    if has_keeper(agency, scope.today) or agency.closed_on:
        raise ValidationError(_("หน่วยงานนี้มีผู้ดูแลระบบแล้ว หรือปิดอยู่ ผู้ดูแลระบบของหน่วยงานเป็นผู้เชิญเอง"))
    journal.note(installation, "agency.invite", agency)
    journal.note(scope, "agency.invite", agency)
    for earlier in accounts.open_invitations(scope):
        accounts.withdraw(scope, invitation=earlier)
    first = _same_person(scope, person) or first_person(scope, person=person, post=post, email=email, roles=FIRST_ROLES)
    if first.email != email:
        agencies.change_person(scope, person=first, email=email)
    return accounts.invite(scope, person=first, link=link)


def _same_person(scope: Scope, name: str) -> Person | None:
    """Find who holds the keeping of accounts today under a name."""
    held = Appointment.objects.on(scope.today).filter(agency=scope.agency, post__roles__role=Role.ADMIN)
    keepers = held.exclude(capacity=Capacity.DELEGATED).values("person")
    parts = {field: value for field, value in name_of(name).items() if field != "prefix"}
    return accounts.people_to_invite(scope).filter(pk__in=keepers, **parts).first()


@transaction.atomic
def close_agency(installation: Installation, *, agency: Agency) -> Agency:
    """Let nobody into an agency any more. Everything stays, its public site too. Raises ValidationError."""
    if agency.closed_on:
        raise ValidationError(_("หน่วยงานนี้ปิดอยู่แล้ว"))
    return _set_closed(installation, agency, "agency.close")


@transaction.atomic
def reopen_agency(installation: Installation, *, agency: Agency) -> Agency:
    """Let the people of a closed agency in again. Raises ValidationError."""
    if not agency.closed_on:
        raise ValidationError(_("หน่วยงานนี้เปิดอยู่แล้ว"))
    return _set_closed(installation, agency, "agency.reopen")


def _set_closed(installation: Installation, agency: Agency, action: str) -> Agency:
    journal.take_turn(installation.agency)
    scope = installation.inside(agency)
    day = scope.today if action == "agency.close" else None
    journal.note(installation, action, agency)
    return journal.change(scope, agency, action, closed_on=day)
