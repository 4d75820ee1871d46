"""Confirming, by a person and a source, what a register's file could only take for granted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.thai.text import collapse
from prongsai.web.agencies import journal
from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import RegisterSetting
from prongsai.web.registers.queries.facts import Fact, fact_of
from prongsai.web.registers.queries.library import Kept, kept_of
from prongsai.web.registers.queries.rights import may_keep
from prongsai.web.registers.services.moving import capacity_of

SOURCE_MIN, SOURCE_MAX = 5, 500


@transaction.atomic
def confirm_fact(scope: Scope, *, register: str, fact: str, source: str, version: int) -> RegisterSetting:
    """Confirm a fact by its key, as the person of the scope and on the present day. source: what it was held against.

    version: that of the setting that was seen, 0 when there was none. Raises UnknownRegister, Stale, ValidationError:
    also without a person, since the software confirms nothing.
    """
    journal.take_turn(scope.agency)
    kept, found = _held(scope, register, fact)
    told = collapse(source).strip()
    if scope.person is None:
        raise ValidationError(_("ต้องเป็นบุคคลที่ยืนยัน บัญชีนี้ไม่ได้ผูกกับบุคคล"))
    if not SOURCE_MIN <= len(told) <= SOURCE_MAX:
        raise ValidationError({"source": _("บอกแหล่งอ้างอิง เช่น ชื่อระเบียบ ข้อ และวันที่ของฉบับที่ตรวจ")})
    if found.confirmation is not None:
        raise ValidationError(_("ข้อนี้ยืนยันแล้ว"))
    setting = _seen(scope, kept, version)
    line = {"fact": found.text, "by": capacity_of(scope), "on": scope.today.isoformat(), "source": told}
    setting.confirmed = {**setting.confirmed, found.key: line}
    told_of = {"ข้อเท็จจริง": (None, found.text), "แหล่งอ้างอิง": (None, told)}
    return _keep(scope, setting, "register.confirm", told_of)


@transaction.atomic
def unconfirm_fact(scope: Scope, *, register: str, fact: str, reason: str, version: int) -> RegisterSetting:
    """Take a confirmation back: the fact is shown as unconfirmed again. Raises as ``confirm_fact``."""
    journal.take_turn(scope.agency)
    kept, found = _held(scope, register, fact)
    why = collapse(reason).strip()
    if not why:
        raise ValidationError({"source": _("บอกเหตุผลที่ถอนการยืนยัน")})
    if found.confirmation is None:
        raise ValidationError(_("ข้อนี้ยังไม่มีใครยืนยัน"))
    setting = _seen(scope, kept, version)
    setting.confirmed = {key: line for key, line in setting.confirmed.items() if key != found.key}
    told_of = {"ข้อเท็จจริง": (found.text, None), "แหล่งอ้างอิง": (found.confirmation.source, None), "เหตุผล": (None, why)}
    return _keep(scope, setting, "register.unconfirm", told_of)


def _held(scope: Scope, register: str, fact: str) -> tuple[Kept, Fact]:
    kept = kept_of(scope, register)
    if not may_keep(scope, kept.register):
        raise ValidationError(_("ท่านไม่มีสิทธิ์ยืนยันข้อเท็จจริงของทะเบียนนี้"))
    found = fact_of(kept, fact)
    if found is None:
        raise ValidationError(_("ข้อความนี้เปลี่ยนไปแล้ว เปิดหน้าตั้งค่าทะเบียนใหม่"))
    return kept, found


def _seen(scope: Scope, kept: Kept, version: int) -> RegisterSetting:
    """Give the setting as it is now, under the agency's turn. Raises Stale."""
    setting = kept.setting or RegisterSetting(agency=scope.agency, register=kept.id)
    if (setting.version if setting.pk else 0) != version:
        raise Stale(setting)
    return setting


def _keep(scope: Scope, setting: RegisterSetting, action: str, told: journal.Changes) -> RegisterSetting:
    setting.version += 1 if setting.pk else 0
    setting.full_clean()
    setting.save()
    journal.note(scope, action, setting, told)
    return setting
