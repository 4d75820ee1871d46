"""What an opening of the channel needs, and what of it is there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from prongsai.web.complaints.models import Holder, HolderDuty, HolderState
from prongsai.web.complaints.models.holders import HANDLERS_MIN, KEEPERS


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that an opening needs. have, need: how many keys; mend: what to do about it, "" when it is met."""

    text: str
    have: int
    need: int
    mend: str = ""

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return self.have >= self.need


def conditions(holders: Iterable[Holder]) -> list[Condition]:
    """Say what an opening needs and what there is of it among some holders; only keys that were made count."""
    people = list(holders)
    handlers, supervisors, keepers = (
        [one for one in people if one.duty == duty]
        for duty in (HolderDuty.HANDLER, HolderDuty.SUPERVISOR, HolderDuty.KEEPER)
    )
    outside = [one for one in keepers if one.is_outside]
    return [
        _condition(
            _("ผู้รับเรื่องอย่างน้อย ๒ คน"),
            handlers,
            HANDLERS_MIN,
            _("เสนอชื่อผู้รับเรื่องเพิ่ม เลือกคนที่ไม่อยู่ส่วนราชการเดียวกัน"),
        ),
        _condition(
            _("ผู้กำกับดูแลภายนอกอย่างน้อย ๑ คน"),
            supervisors,
            1,
            _("เพิ่มบุคคลภายนอก เช่น ท้องถิ่นอำเภอ ในหน้าบุคลากร เชิญให้มีบัญชี แล้วเสนอชื่อ"),
        ),
        _condition(
            _("ผู้เก็บกุญแจสำรอง ๓ คน"),
            keepers,
            KEEPERS,
            _("เสนอชื่อให้ครบสามคน เลือกคนที่ไม่เป็นผู้บังคับบัญชากัน"),
        ),
        _condition(
            _("ในสามคนนั้น บุคคลภายนอกอย่างน้อย ๑ คน"),
            outside,
            1,
            _("เพิ่มบุคคลภายนอกในหน้าบุคลากร เชิญให้มีบัญชี แล้วเสนอชื่อเป็นผู้เก็บกุญแจสำรอง"),
        ),
    ]


def _condition(text: str, people: list[Holder], need: int, mend: str) -> Condition:
    have = sum(one.state in (HolderState.KEYED, HolderState.ACTIVE) for one in people)
    waiting = ", ".join(str(one.user) for one in people if one.state == HolderState.NAMED)
    if have >= need:
        return Condition(text, have, need)
    if len(people) >= need:
        return Condition(text, have, need, _("รอ %(names)s ลงชื่อเข้าใช้มาตั้งรหัสลับ") % {"names": waiting})
    return Condition(text, have, need, mend)


def lacking(holders: Iterable[Holder]) -> list[Condition]:
    """Say what an opening still needs."""
    return [one for one in conditions(holders) if not one.is_met]
