"""Who may read a case: somebody more is accused, a handler declares a conflict."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.privacy.seal.boxes import seal_value
from prongsai.privacy.seal.keys import pair_of
from prongsai.web.agencies import journal
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.contents import Accused, Kind, Said, plain
from prongsai.web.complaints.keys import Key
from prongsai.web.complaints.models import Holder, Message, Report
from prongsai.web.complaints.queries.cases import Case, extended, keys_of, read_case
from prongsai.web.complaints.services import bells
from prongsai.web.complaints.services.cases import jot, say_as
from prongsai.web.complaints.services.renewing import barring, close_for, route_of


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the readers. is_own: who acted may not read the case any more either."""

    lost: tuple[Holder, ...]
    gained: tuple[Holder, ...]
    is_own: bool


def exclude(scope: Scope, key: Key, case: Case, *, accused: Sequence[Accused]) -> Changed:
    """Add accused to a case. Whoever may not read it by that is taken off at once.

    Raises ValidationError for nobody named, for one who is known already, and when nobody would be left to read it.
    """
    named = [one for one in accused if _is_named(one)]
    if not named:
        raise ValidationError(_("ใส่ชื่อ ตำแหน่ง หรือส่วนราชการของผู้ถูกกล่าวหา"))
    if all(one in case.accused for one in named):
        raise ValidationError(_("มีผู้ถูกกล่าวหารายนี้ในเรื่องแล้ว"))
    said = say_as(scope, key, Kind.READERS, "", accused=[asdict(one) for one in named])
    return _changed(scope, key, case, said)


def declare_conflict(scope: Scope, key: Key, case: Case, *, reason: str) -> Changed:
    """Take oneself off a case. The reason stays in it, for the others.

    Raises ValidationError for no reason, and when nobody would be left to read it.
    """
    if not reason.strip():
        raise ValidationError(_("บอกเหตุ เพื่อให้ผู้รับเรื่องคนอื่นทราบ"))
    return _changed(scope, key, case, say_as(scope, key, Kind.READERS, reason, conflict=key.holder.pk))


def _is_named(one: Accused) -> bool:
    return bool(one.name.strip() or one.position.strip() or one.unit.strip() or _picked(one))


def _picked(one: Accused) -> bool:
    return any(pk is not None for pk in (one.person_id, one.post_id, one.unit_id))


@transaction.atomic
def _changed(scope: Scope, key: Key, case: Case, said: Said) -> Changed:
    """Keep what was said, and close the keys of the case for those alone who may read it now.

    What the others saw they saw; that their copies of the keys open nothing later is for ``renewing``, which the next
    one who opens the case sets off.
    """
    journal.take_turn(scope.agency)
    report = Report.objects.select_for_update().get(pk=case.report.pk)
    if keys_of(key, report) != case.keys:
        raise ValidationError(_("เรื่องนี้เพิ่งเปลี่ยนผู้มีสิทธิอ่าน สิ่งที่ท่านกรอกยังไม่ได้บันทึก เปิดเรื่องแล้วส่งอีกครั้ง"))
    current = read_case(report, case.keys)
    before, way = route_of(scope, current).holders, route_of(scope, extended(current, said))
    after = way.holders
    close_for(report, barring(case.keys, way), after)
    lost = tuple(one for one in before if one not in after)
    report.is_stale = report.is_stale or bool(lost)
    report.save(update_fields=["wraps", "receipt_wrap", "is_stale"])
    sealed = seal_value(plain(said), pair_of(case.keys.case).recipient)
    Message.objects.create(report=report, is_dialogue=False, sealed=sealed)
    jot(scope, case, "complaint.readers")
    gained = tuple(one for one in after if one not in before)
    transaction.on_commit(lambda: bells.ring(scope.agency, gained, report.number))
    return Changed(lost, gained, is_own=key.holder not in after)
