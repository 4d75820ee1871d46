"""Units: adding, changing, closing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.thai.text import collapse, fold
from prongsai.thai.units import is_sentence
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Post, Unit, UnitAlias, UnitKind
from prongsai.web.agencies.queries.units import kind_of, may_stand_under
from prongsai.web.agencies.scope import Scope


@transaction.atomic
def add_unit(
    scope: Scope,
    *,
    name: str,
    kind: str = "",
    parent: Unit | None = None,
    place: int | None = None,
    aliases: Iterable[str] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
    phone: str = "",
    is_name_sure: bool = False,
) -> Unit:
    """Add a unit. kind: told from the name when empty. place: among the others, last when None.

    is_name_sure: somebody has said that a name which reads like a sentence is one. Raises ValidationError.
    """
    journal.take_turn(scope.agency)
    name = collapse(name)
    unit = Unit(agency=scope.agency, name=name, kind=kind or kind_of(name), parent=parent, phone=phone)
    unit.valid_from, unit.valid_to = valid_from, valid_to
    unit.place = _last_place(scope) if place is None else place
    _check(scope, unit, is_name_sure=is_name_sure)
    journal.create(scope, unit, "unit.create")
    _set_aliases(scope, unit, aliases)
    return unit


@transaction.atomic
def change_unit(
    scope: Scope,
    *,
    unit: Unit,
    version: int | None = None,
    aliases: Iterable[str] | None = None,
    is_name_sure: bool = False,
    **values: Any,
) -> Unit:
    """Change a unit. Closing one in which posts or units are still open is refused, naming them.

    Raises ValidationError and Stale.
    """
    journal.take_turn(scope.agency)
    wanted = Unit.objects.select_related("parent").get(pk=unit.pk, agency=scope.agency)
    was_named, had_end = wanted.name, wanted.valid_to
    if "name" in values:
        values["name"] = collapse(values["name"])
    for name, value in values.items():
        setattr(wanted, name, value)
    _check(scope, wanted, is_name_sure=is_name_sure or wanted.name == was_named)
    if wanted.valid_to is not None and wanted.valid_to != had_end:
        _check_closing(wanted, wanted.valid_to)
    journal.change(scope, unit, "unit.change", version=version, **values)
    if aliases is not None:
        _set_aliases(scope, unit, aliases)
    return unit


def _last_place(scope: Scope) -> int:
    last = Unit.objects.filter(agency=scope.agency).order_by("-place").first()
    return last.place + 1 if last else 0


def _check(scope: Scope, unit: Unit, *, is_name_sure: bool) -> None:
    if is_sentence(unit.name) and not is_name_sure:
        raise ValidationError({"name": _("“%(name)s” อ่านเป็นประโยค ไม่ใช่ชื่อส่วนราชการ") % {"name": unit.name[:80]}})
    _check_names_apart(scope, unit)
    if unit.parent is None:
        return
    if unit.parent.agency_id != scope.agency.pk:
        raise ValidationError({"parent": _("ส่วนราชการต้นสังกัดไม่ใช่ของหน่วยงานนี้")})
    why = may_stand_under(unit if unit.pk else None, UnitKind(unit.kind), unit.parent)
    if why:
        raise ValidationError({"parent": why})


def _check_names_apart(scope: Scope, unit: Unit) -> None:
    """Refuse the name of another unit in the same place, or of any unit by another name."""
    others = Unit.objects.filter(agency=scope.agency).exclude(pk=unit.pk)
    if any(other.parent_id == unit.parent_id and fold(other.name) == fold(unit.name) for other in others):
        raise ValidationError({"name": _("มีส่วนราชการชื่อนี้แล้ว ถ้าเคยยุบแล้วตั้งใหม่ ให้แก้หน่วยเดิม")})
    for alias in UnitAlias.objects.filter(agency=scope.agency).exclude(unit=unit.pk).select_related("unit"):
        if fold(alias.name) == fold(unit.name):
            raise ValidationError(
                {"name": _("“%(name)s” เป็นชื่อที่เรียก%(unit)sอยู่แล้ว") % {"name": alias.name, "unit": alias.unit}}
            )


def _check_closing(unit: Unit, last_day: date) -> None:
    after = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    left = [*Unit.objects.filter(after, parent=unit), *Post.objects.filter(after, unit=unit)]
    if left:
        names = ", ".join(str(one) for one in left)
        text = _("ยังปิดไม่ได้ มี %(count)s รายการที่ยังเปิดอยู่: %(names)s ย้ายหรือปิดก่อน")
        raise ValidationError({"valid_to": text % {"count": len(left), "names": names}})


def _set_aliases(scope: Scope, unit: Unit, names: Iterable[str]) -> None:
    wanted = {fold(name): collapse(name) for name in names if name.strip() and fold(name) != fold(unit.name)}
    had = {fold(alias.name): alias for alias in UnitAlias.objects.filter(unit=unit)}
    new = [name for key, name in wanted.items() if key not in had]
    _check_free(scope, unit, new)
    for name in new:
        alias = UnitAlias(agency=scope.agency, unit=unit, name=name)
        alias.full_clean()
        alias.save()
    gone = [alias for key, alias in had.items() if key not in wanted]
    UnitAlias.objects.filter(pk__in=[alias.pk for alias in gone]).delete()
    if new or gone:
        before = sorted(alias.name for alias in had.values())
        after = sorted({*before, *new} - {alias.name for alias in gone})
        journal.note(scope, "unit.change", unit, {"aliases": (before, after)})


def _check_free(scope: Scope, unit: Unit, names: Iterable[str]) -> None:
    taken = {fold(other.name): other for other in Unit.objects.filter(agency=scope.agency).exclude(pk=unit.pk)}
    aliases = UnitAlias.objects.filter(agency=scope.agency).exclude(unit=unit).select_related("unit")
    taken |= {fold(alias.name): alias.unit for alias in aliases}
    for name in names:
        if fold(name) in taken:
            text = _("“%(name)s” เป็นชื่อของ%(unit)sอยู่แล้ว") % {"name": name, "unit": taken[fold(name)]}
            raise ValidationError({"aliases": text})
