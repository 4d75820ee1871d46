"""How an office keeps a register: its own words, whether it is used, public, open to outsiders; and saved views."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.web.agencies import journal
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import Unit
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import RegisterSetting, SavedView
from prongsai.web.registers.queries.library import editions_of, kept_of
from prongsai.web.registers.queries.rights import may_keep, may_see

LABEL_MAX = 200
VIEWS_MAX = 50


@transaction.atomic
def keep_setting(
    scope: Scope,
    *,
    register: str,
    version: int | None = None,
    name: str | None = None,
    labels: Mapping[str, str] | None = None,
    unit: Unit | None | bool = False,
    is_open: bool | None = None,
    is_published: bool | None = None,
    takes_outside: bool | None = None,
    ocid_prefix: str | None = None,
) -> RegisterSetting:
    """Change how a register is kept; what is not given stays. labels: field key → label, empty for the file's own.

    unit: None for no unit. version: that of the setting that was seen, 0 when there was none. Raises UnknownRegister,
    Stale, ValidationError.
    """
    journal.take_turn(scope.agency)
    kept = kept_of(scope, register)
    if not may_keep(scope, kept.register):
        raise ValidationError(_("ท่านไม่มีสิทธิ์ตั้งค่าทะเบียนนี้"))
    if is_published and kept.register.public is None:
        raise ValidationError({"is_published": _("ทะเบียนนี้ไม่มีตารางสำหรับสาธารณะ")})
    if takes_outside and kept.register.outside is None:
        raise ValidationError({"takes_outside": _("ทะเบียนนี้ไม่มีแบบสำหรับบุคคลภายนอก")})
    given: dict[str, object] = {
        "name": None if name is None else name.strip(),
        "labels": None if labels is None else _labels(register, labels),
        "is_open": is_open,
        "is_published": is_published,
        "takes_outside": takes_outside,
        "ocid_prefix": None if ocid_prefix is None else ocid_prefix.strip(),
    }
    given = {key: value for key, value in given.items() if value is not None}
    if not isinstance(unit, bool):
        given["unit"] = _own(scope, unit)
    return _keep(scope, kept.setting, register, version, given)


def _keep(
    scope: Scope, setting: RegisterSetting | None, register: str, version: int | None, given: dict[str, object]
) -> RegisterSetting:
    if setting is None:
        if version:
            raise ValidationError(_("การตั้งค่านี้ถูกลบไปแล้ว"))
        return journal.create(scope, RegisterSetting(agency=scope.agency, register=register, **given), "register.keep")
    if version == 0:
        raise Stale(setting)
    return journal.change(scope, setting, "register.keep", version=version, **given)


def _labels(register: str, labels: Mapping[str, str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for edition in editions_of(register):
        fields = (*edition.fields, *(edition.progress.fields if edition.progress else ()))
        known |= {one.key: one.label_th for one in fields}
    own = {key: " ".join(str(label).split()) for key, label in labels.items()}
    if unknown := sorted(set(own) - set(known)):
        raise ValidationError({"labels": _("ทะเบียนนี้ไม่มีช่อง {name}").format(name=", ".join(unknown))})
    if any(len(label) > LABEL_MAX for label in own.values()):
        raise ValidationError({"labels": _("ชื่อช่องยาวเกิน {n} ตัวอักษร").format(n=LABEL_MAX)})
    return {key: label for key, label in own.items() if label and label != known[key]}


def _own(scope: Scope, unit: Unit | None) -> Unit | None:
    if unit is not None and unit.agency_id != scope.agency.pk:
        raise ValidationError({"unit": _("ส่วนราชการต้องเป็นของหน่วยงานนี้")})
    return unit


# --- saved views ----------------------------------------------------------------------------------------------------
@transaction.atomic
def add_view(scope: Scope, *, register: str, name: str, query: str, for_all: bool = False) -> SavedView:
    """Keep a list with its filters under a name, for oneself or, by who keeps the register, for everybody.

    query: as in the address, without ``?``. Raises UnknownRegister, ValidationError.
    """
    journal.take_turn(scope.agency)
    kept = kept_of(scope, register)
    if not may_see(scope, kept.register) or (for_all and not may_keep(scope, kept.register)):
        raise ValidationError(_("ท่านไม่มีสิทธิ์บันทึกมุมมองนี้"))
    user = None if for_all else scope.user
    if SavedView.objects.filter(agency=scope.agency, register=register, user=user).count() >= VIEWS_MAX:
        raise ValidationError(_("มีมุมมองมากเกินไปแล้ว ลบมุมมองที่ไม่ใช้ก่อน"))
    view = SavedView(agency=scope.agency, register=register, user=user, name=name.strip(), query=query.lstrip("?"))
    return journal.create(scope, view, "view.add")


@transaction.atomic
def drop_view(scope: Scope, *, view: SavedView) -> None:
    """Drop a saved view: one's own, or by who keeps the register anybody's. Raises ValidationError."""
    journal.take_turn(scope.agency)
    own = view.user_id is not None and scope.user is not None and view.user_id == scope.user.pk
    if view.agency_id != scope.agency.pk or not (own or may_keep(scope, kept_of(scope, view.register).register)):
        raise ValidationError(_("ท่านไม่มีสิทธิ์ลบมุมมองนี้"))
    journal.delete(scope, view, "view.drop")
