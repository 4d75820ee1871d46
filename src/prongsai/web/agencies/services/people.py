"""People: adding, changing, and merging what is one person written twice."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from prongsai.thai.text import collapse
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import (
    Appointment,
    CommitteeMember,
    CommitteeRole,
    Membership,
    Person,
    PostRole,
)
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.services.keepers import keeper_stays

_NAMES = ("prefix", "given_name", "family_name")
_FILLED_IN = ("prefix", "family_name", "employment", "phone", "email", "joined_on")


@transaction.atomic
def add_person(
    scope: Scope,
    *,
    given_name: str,
    family_name: str = "",
    prefix: str = "",
    employment: str = "",
    joined_on: date | None = None,
    left_on: date | None = None,
    phone: str = "",
    email: str = "",
) -> Person:
    """Add a person. Raises ValidationError."""
    person = Person(
        agency=scope.agency,
        prefix=collapse(prefix),
        given_name=collapse(given_name),
        family_name=collapse(family_name),
        employment=employment,
        joined_on=joined_on,
        left_on=left_on,
        phone=phone,
        email=email,
    )
    return journal.create(scope, person, "person.create")


@transaction.atomic
def change_person(scope: Scope, *, person: Person, version: int | None = None, **values: Any) -> Person:
    """Change a person. Who leaves, leaves every post on that day too. Raises ValidationError and Stale."""
    journal.take_turn(scope.agency)
    values |= {name: collapse(values[name]) for name in _NAMES if name in values}
    left_on: date | None = values.get("left_on")
    with keeper_stays(scope, "left_on", after=_day_after(left_on)):
        journal.change(scope, person, "person.change", version=version, **values)
        if left_on:
            end_all(scope, person, left_on)
    return person


def end_all(scope: Scope, person: Person, left_on: date) -> None:
    """End every post of who leaves, on the last day."""
    for held in held_after(person, left_on):
        # One that was to begin later never lasts.
        last = left_on if held.valid_from is None else max(left_on, held.valid_from)
        journal.change(scope, held, "appointment.end", valid_to=last)


def held_after(person: Person, last_day: date) -> list[Appointment]:
    """Give the appointments of a person that would go on after a day."""
    return [
        one
        for one in Appointment.objects.filter(person=person).select_related("post")
        if one.valid_to is None or one.valid_to > last_day
    ]


def _day_after(day: date | None) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day else None


# --- merging --------------------------------------------------------------------------------------------------------
@transaction.atomic
def merge_people(scope: Scope, *, kept: Person, other: Person) -> Person:
    """Say that two records are one person: whatever points at the other, points at the kept one afterwards.

    The other stays, points at the kept one, and its spelling is still known. What the kept one lacks is taken from it.
    What both have where only one may be becomes one: a model with ``give_way(scope, kept) -> bool`` sees to it itself.
    Raises ValidationError for people of two agencies, one and the same record, two open accounts, or when somebody
    would gain rights that who asks may not give.
    """
    journal.take_turn(scope.agency)
    kept, other = _fresh(scope, kept), _fresh(scope, other)
    _check_merge(scope, kept, other)
    moved = {}
    for field in _pointing_at_people():
        count = _move(scope, field, kept, other)
        if count:
            moved[field.model._meta.model_name or ""] = (None, count)
    given = {name: getattr(other, name) for name in _FILLED_IN if not getattr(kept, name) and getattr(other, name)}
    if kept.joined_on and other.joined_on:
        given["joined_on"] = min(kept.joined_on, other.joined_on)
    if kept.left_on and other.left_on:
        given["left_on"] = max(kept.left_on, other.left_on)
    journal.change(scope, kept, "person.change", **given)
    journal.change(scope, other, "person.merge", merged_into=kept)
    journal.note(scope, "person.merge", kept, {"merged": (None, str(other)), **moved})
    return kept


def _fresh(scope: Scope, person: Person) -> Person:
    found = Person.objects.filter(pk=person.pk, agency=scope.agency).first()
    if found is None:
        raise ValidationError(_("เลือกบุคคลสองรายการของหน่วยงานนี้"))
    return found


def _check_merge(scope: Scope, kept: Person, other: Person) -> None:
    if kept.pk == other.pk:
        raise ValidationError(_("เลือกบุคคลสองรายการของหน่วยงานนี้"))
    if kept.merged_into_id or other.merged_into_id:
        raise ValidationError(_("รายการใดรายการหนึ่งถูกรวมไปแล้ว"))
    if Membership.objects.filter(person__in=(kept, other), is_open=True).count() > 1:
        raise ValidationError(_("ทั้งสองรายการมีบัญชีผู้ใช้ที่เปิดอยู่ ปิดบัญชีหนึ่งก่อน"))
    if not scope.can(Power.KEEP_ACCOUNTS) and _moves_rights(kept, other):
        raise ValidationError(_("การรวมนี้ทำให้บัญชีหนึ่งได้สิทธิ์ของอีกรายการ ต้องให้ผู้ดูแลระบบรวม"))


def _moves_rights(kept: Person, other: Person) -> bool:
    """Whether an account of one of the two would gain the roles of posts that the other holds."""
    for one, two in ((kept, other), (other, kept)):
        roles = PostRole.objects.filter(post__appointments__person=two)
        if Membership.objects.filter(person=one, is_open=True).exists() and roles.exists():
            return True
    return False


def _pointing_at_people() -> list[models.Field]:
    """Give every field of every app that points at a person, whatever apps there are above this one."""
    relations = Person._meta.get_fields(include_hidden=True)
    found = (one for one in relations if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one))
    return [one.field for one in found if one.field.model is not Person or one.field.name == "merged_into"]  # type: ignore[union-attr]


def _move(scope: Scope, field: models.Field, kept: Person, other: Person) -> int:
    records = list(field.model._base_manager.filter(**{field.name: other}))
    for record in records:
        if not _gives_way(scope, record, field, kept):
            value: dict[str, Any] = {field.name: kept}
            journal.change(scope, record, "person.merge", **value)
    return len(records)


def _gives_way(scope: Scope, record: models.Model, field: models.Field, kept: Person) -> bool:
    """Let a record go where the kept person has one of its kind already; whether it went."""
    if isinstance(record, CommitteeMember):
        return _joined(scope, record, kept)
    if record._meta.auto_created:
        return _listed_already(scope, record, field, kept)
    return hasattr(record, "give_way") and record.give_way(scope, kept)


def _listed_already(scope: Scope, row: models.Model, field: models.Field, kept: Person) -> bool:
    """Take a person off a list on which the kept one stands too."""
    others = {one.name: getattr(row, one.name) for one in row._meta.fields if one.is_relation and one is not field}
    if not row._meta.model._base_manager.filter(**others, **{field.name: kept}).exists():
        return False
    journal.delete(scope, row, "person.merge")
    return True


def _joined(scope: Scope, place: CommitteeMember, kept: Person) -> bool:
    """Make one place of two in the same committee, the higher of them; the journal keeps both."""
    own = CommitteeMember.objects.filter(committee=place.committee_id, person=kept).first()
    if own is None:
        return False
    order = list(CommitteeRole)
    role = min(own.role, place.role, key=lambda one: order.index(CommitteeRole(one)))
    journal.delete(scope, place, "committee.change")
    journal.change(scope, own, "committee.change", role=role)
    return True
