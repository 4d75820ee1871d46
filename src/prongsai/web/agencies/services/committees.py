"""Committees and work assignments by order."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.thai.text import collapse
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Committee, CommitteeMember, CommitteeRole, JobOrder, Person
from prongsai.web.agencies.queries.holding import committee_in_force, top_executives
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.services.orders import order_number

Members = Iterable[tuple[Person, str]]
_A_DAY = timedelta(days=1)


# --- committees -----------------------------------------------------------------------------------------------------
@transaction.atomic
def add_committee(
    scope: Scope,
    *,
    name: str,
    order_no: str,
    order_date: date,
    valid_from: date | None = None,
    valid_to: date | None = None,
    duties: str = "",
    members: Members = (),
    replaces: Committee | None = None,
) -> Committee:
    """Add a committee with its order; it begins with the order's date when nothing else is said.

    members: pairs of a person and a place (CommitteeRole). replaces: an older one, which ends the day before this one
    begins. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    committee = Committee(
        agency=scope.agency,
        name=collapse(name),
        order_no=order_number(order_no, order_date),
        order_date=order_date,
        valid_from=valid_from or order_date,
        valid_to=valid_to,
        duties=duties,
    )
    _check_replaced(scope, committee, replaces)
    journal.create(scope, committee, "committee.create")
    _set_members(scope, committee, members)
    if replaces is not None:
        _replace(scope, replaces, committee)
    return committee


@transaction.atomic
def change_committee(
    scope: Scope, *, committee: Committee, version: int | None = None, members: Members | None = None, **values: Any
) -> Committee:
    """Change a committee. members: all of them, None leaves them. Raises ValidationError and Stale."""
    journal.take_turn(scope.agency)
    if "order_no" in values or "order_date" in values:
        day = values.get("order_date", committee.order_date)
        values["order_no"] = order_number(values.get("order_no", committee.order_no), day)
    journal.change(scope, committee, "committee.change", version=version, **values)
    if members is not None:
        _set_members(scope, committee, members)
    return committee


def require_committee(committee: Committee, day: date) -> None:
    """Refuse a decision of a committee whose order does not hold on a day. Raises ValidationError."""
    if not committee_in_force(committee, day):
        text = _("%(committee)s อนุมัติไม่ได้ เพราะคำสั่งแต่งตั้งไม่มีผลในวันนั้น")
        raise ValidationError(text % {"committee": committee})


def _check_replaced(scope: Scope, new: Committee, old: Committee | None) -> None:
    if old is None:
        return
    if old.agency_id != scope.agency.pk or old.replaced_by_id:
        raise ValidationError({"replaces": _("คณะเดิมไม่ใช่ของหน่วยงานนี้ หรือถูกแทนที่ไปแล้ว")})
    if new.valid_from is not None and new.valid_from <= (old.valid_from or old.order_date):
        raise ValidationError({"replaces": _("คณะเดิมเริ่มพร้อมหรือหลังคณะใหม่ ตรวจวันที่")})


def _replace(scope: Scope, old: Committee, new: Committee) -> None:
    assert new.valid_from
    end = new.valid_from - _A_DAY
    last = end if old.valid_to is None else min(old.valid_to, end)
    journal.change(scope, old, "committee.replace", replaced_by=new, valid_to=last)


def _set_members(scope: Scope, committee: Committee, members: Members) -> None:
    """Say who sits in a committee, all of them at once; only who is in the register of people can."""
    wanted = [(person, CommitteeRole(role)) for person, role in members]
    _check_members(scope, wanted)
    had = list(CommitteeMember.objects.filter(committee=committee).select_related("person"))
    before = [(one.person_id, one.role, str(one.person)) for one in had]
    after = [(person.pk, role.value, str(person)) for person, role in wanted]
    if [one[:2] for one in before] == [one[:2] for one in after]:
        return
    CommitteeMember.objects.filter(pk__in=[one.pk for one in had]).delete()
    rows = enumerate(wanted)
    CommitteeMember.objects.bulk_create(
        CommitteeMember(committee=committee, person=person, role=role, place=place) for place, (person, role) in rows
    )
    told = {"members": (_told(before), _told(after))}
    journal.note(scope, "committee.change", committee, told)


def _told(members: Iterable[tuple[int, str, str]]) -> list[str]:
    return [f"{name} ({CommitteeRole(role).label})" for _pk, role, name in members]


def _check_members(scope: Scope, wanted: list[tuple[Person, CommitteeRole]]) -> None:
    strangers = [
        str(person) for person, _role in wanted if person.agency_id != scope.agency.pk or person.merged_into_id
    ]
    if strangers:
        raise ValidationError({"members": _("ไม่มีในทะเบียนบุคลากร: %(names)s") % {"names": ", ".join(strangers)}})
    keys = [person.pk for person, _role in wanted]
    twice = dict.fromkeys(str(person) for person, _role in wanted if keys.count(person.pk) > 1)
    if twice:
        raise ValidationError({"members": _("มีชื่อซ้ำ: %(names)s") % {"names": ", ".join(twice)}})


# --- work assignments -----------------------------------------------------------------------------------------------
@transaction.atomic
def add_job_order(
    scope: Scope,
    *,
    person: Person,
    duties: str,
    order_no: str,
    order_date: date,
    signer: Person,
    valid_from: date | None = None,
    valid_to: date | None = None,
    replaces_earlier: bool = True,
) -> JobOrder:
    """Add a work assignment; it stands beside the history, in which nothing is lost.

    replaces_earlier: the officer's earlier ones end the day before; one entered late ends where the next begins.
    The signer must be the top executive on the order's date, or who lawfully fills that post. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    if person.agency_id != scope.agency.pk or person.merged_into_id:
        raise ValidationError({"person": _("ไม่มีบุคคลนี้ในทะเบียนบุคลากร")})
    _check_signer(scope, signer, order_date)
    order = JobOrder(
        agency=scope.agency,
        person=person,
        duties=duties.strip(),
        order_no=order_number(order_no, order_date),
        order_date=order_date,
        signer=signer,
        valid_from=valid_from or order_date,
        valid_to=valid_to,
    )
    if replaces_earlier:
        _make_room(scope, order)
    return journal.create(scope, order, "job_order.create")


def _check_signer(scope: Scope, signer: Person, day: date) -> None:
    lawful = top_executives(scope.agency, day)
    if signer.pk in {one.person_id for one in lawful}:
        return
    if lawful:
        text = _("ผู้ลงนามต้องเป็นผู้บริหารสูงสุดในวันที่ลงคำสั่ง คือ %(name)s")
        raise ValidationError({"signer": text % {"name": lawful[0].person}})
    raise ValidationError({"signer": _("ไม่มีผู้บริหารสูงสุดในทะเบียนในวันที่ลงคำสั่ง บันทึกผู้ดำรงตำแหน่งนายกก่อน")})


def _make_room(scope: Scope, order: JobOrder) -> None:
    assert order.valid_from
    for other in JobOrder.objects.filter(agency=scope.agency, person=order.person):
        starts = other.valid_from or other.order_date
        if starts < order.valid_from and (other.valid_to is None or other.valid_to >= order.valid_from):
            journal.change(scope, other, "job_order.replace", valid_to=order.valid_from - _A_DAY)
        elif starts > order.valid_from and (order.valid_to is None or order.valid_to >= starts):
            order.valid_to = starts - _A_DAY
