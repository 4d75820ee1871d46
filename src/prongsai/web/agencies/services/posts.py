"""Posts, the roles given to them, and who fills them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.thai.text import collapse
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Appointment, Capacity, Person, Post, PostRole, Side, Unit
from prongsai.web.agencies.queries.holding import why_not_sign
from prongsai.web.agencies.queries.powers import why_not_appoint
from prongsai.web.agencies.roles import Power, Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.agencies.services.keepers import keeper_stays
from prongsai.web.agencies.services.orders import order_number


@transaction.atomic
def add_post(
    scope: Scope,
    *,
    title: str,
    unit: Unit | None = None,
    roles: Iterable[str] = (),
    is_head: bool = False,
    side: str = Side.PERMANENT,
    number: str = "",
    duties: str = "",
    place: int | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Post:
    """Add a post. unit None: of the whole agency. roles: only who keeps accounts gives any. Raises ValidationError."""
    journal.take_turn(scope.agency)
    _check_unit(scope, unit)
    post = Post(
        agency=scope.agency,
        unit=unit,
        title=collapse(title),
        is_head=is_head,
        side=side,
        number=collapse(number),
        duties=duties,
        place=_last_place(scope) if place is None else place,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    journal.create(scope, post, "post.create")
    wanted = list(roles)
    return give_roles(scope, post=post, roles=wanted) if wanted else post


@transaction.atomic
def change_post(scope: Scope, *, post: Post, version: int | None = None, **values: Any) -> Post:
    """Change a post. Closing one that is still filled is refused, with names. Raises ValidationError and Stale."""
    journal.take_turn(scope.agency)
    if "unit" in values:
        _check_unit(scope, values["unit"])
    if "title" in values:
        values["title"] = collapse(values["title"])
    end = values.get("valid_to")
    if end and end != Post.objects.get(pk=post.pk).valid_to:
        _check_closing(post, end)
    return journal.change(scope, post, "post.change", version=version, **values)


def _check_unit(scope: Scope, unit: Unit | None) -> None:
    if unit and unit.agency_id != scope.agency.pk:
        raise ValidationError({"unit": _("ส่วนราชการนี้ไม่ใช่ของหน่วยงาน")})


def _check_closing(post: Post, last_day: date) -> None:
    after = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    held = Appointment.objects.filter(after, post=post).select_related("person")
    if held:
        names = ", ".join(str(one.person) for one in held)
        raise ValidationError({"valid_to": _("ยังยุบไม่ได้ ผู้ดำรงตำแหน่งอยู่: %(names)s บันทึกวันสิ้นสุดก่อน") % {"names": names}})


def _last_place(scope: Scope) -> int:
    last = Post.objects.filter(agency=scope.agency).order_by("-place").first()
    return last.place + 1 if last else 0


@transaction.atomic
def give_roles(scope: Scope, *, post: Post, roles: Iterable[str], version: int | None = None) -> Post:
    """Say which roles a post has, all of them at once.

    Raises ValidationError when who asks may not, or when nobody would be left who keeps accounts; Stale.
    """
    if not scope.can(Power.KEEP_ACCOUNTS):
        raise ValidationError({"roles": _("กำหนดบทบาทของตำแหน่งได้เฉพาะผู้ดูแลระบบ")})
    journal.take_turn(scope.agency)
    current = Post.objects.select_for_update().get(pk=post.pk, agency=scope.agency)
    if version is not None and current.version != version:
        raise journal.Stale(current)
    wanted = {Role(role) for role in roles}
    had = {Role(one.role) for one in PostRole.objects.filter(post=current)}
    if wanted != had:
        with keeper_stays(scope, "roles"):
            PostRole.objects.filter(post=current, role__in=had - wanted).delete()
            PostRole.objects.bulk_create(PostRole(post=current, role=role) for role in sorted(wanted - had))
        current.version += 1
        current.save(update_fields=["version"])
        journal.note(scope, "post.roles", current, {"roles": (_labels(had), _labels(wanted))})
    post.version = current.version
    return post


def _labels(roles: Iterable[Role]) -> list[str]:
    return sorted(str(role.label) for role in roles)


@transaction.atomic
def appoint(
    scope: Scope,
    *,
    person: Person,
    post: Post,
    capacity: str = Capacity.SELF,
    valid_from: date | None = None,
    valid_to: date | None = None,
    order_no: str = "",
    order_date: date | None = None,
    scope_text: str = "",
) -> Appointment:
    """Put a person into a post, as its holder or acting. Overlaps are not refused: pages flag them.

    A delegation needs its order and what it covers. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    if person.agency_id != scope.agency.pk or post.agency_id != scope.agency.pk:
        raise ValidationError(_("บุคคลและตำแหน่งต้องเป็นของหน่วยงานเดียวกัน"))
    one = Appointment(
        agency=scope.agency,
        person=person,
        post=post,
        capacity=capacity,
        valid_from=valid_from,
        valid_to=valid_to,
        order_no=order_number(order_no, strict=False),
        order_date=order_date,
        scope_text=collapse(scope_text),
    )
    _check_appointment(scope, one)
    return journal.create(scope, one, "appoint")


def _check_appointment(scope: Scope, one: Appointment) -> None:
    if one.person.merged_into_id:
        raise ValidationError({"person": _("รายการบุคคลนี้ถูกรวมกับรายการอื่นแล้ว")})
    why = why_not_appoint(scope, one.person, one.post.roles.values_list("role", flat=True))
    if why:
        raise ValidationError({"person": why})
    if one.capacity == Capacity.DELEGATED:
        missing = {name: getattr(one, name) for name in ("order_no", "order_date", "scope_text")}
        asked = _("การปฏิบัติราชการแทนมีได้ด้วยคำสั่งมอบอำนาจเป็นหนังสือ ต้องกรอกช่องนี้")
        if not all(missing.values()):
            raise ValidationError({name: asked for name, value in missing.items() if not value})
    if one.post.valid_to and (one.valid_to is None or one.valid_to > one.post.valid_to):
        raise ValidationError({"valid_to": _("ตำแหน่งนี้ยุบแล้ว ใส่วันสิ้นสุดไม่เกินวันที่ยุบ")})
    if one.person.left_on and (one.valid_to is None or one.valid_to > one.person.left_on):
        raise ValidationError({"valid_to": _("บุคคลนี้พ้นจากงานแล้ว ใส่วันสิ้นสุดไม่เกินวันที่พ้นจากงาน")})


@transaction.atomic
def end_appointment(scope: Scope, *, appointment: Appointment, on: date, version: int | None = None) -> Appointment:
    """End an appointment with a day, its last. Raises ValidationError and Stale."""
    journal.take_turn(scope.agency)
    if appointment.valid_from and on < appointment.valid_from:
        raise ValidationError({"on": _("วันสุดท้ายอยู่ก่อนวันที่เริ่มดำรงตำแหน่ง")})
    current = Appointment.objects.select_related("person", "post").get(pk=appointment.pk)
    if current.valid_to and on > current.valid_to:  # one that lasts longer gives rights as a new one does
        current.valid_to = on
        _check_appointment(scope, current)
    with keeper_stays(scope, "on", after=date.fromordinal(on.toordinal() + 1)):
        return journal.change(scope, appointment, "appointment.end", version=version, valid_to=on)


def require_signer(appointment: Appointment, day: date) -> None:
    """Refuse a signature that an appointment does not carry on a day. Raises ValidationError that says why."""
    why = why_not_sign(appointment, day)
    if why:
        raise ValidationError(_("%(person)s ลงนามไม่ได้: %(why)s") % {"person": appointment.person, "why": why})
