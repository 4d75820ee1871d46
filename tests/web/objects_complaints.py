"""One of everything of complaints: what roles may see, and an open channel whose keys no role of the office holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from prongsai.web.agencies.models import Agency, Person
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.complaints.contents import Accused
from prongsai.web.complaints.models import AppealRound, Channel, Guideline, Holder, HolderDuty, Tally
from prongsai.web.complaints.queries import rolls
from prongsai.web.complaints.services import holders, recoveries, unlocking
from prongsai.web.registers import services as registers
from tests.web.complaints import office_keys, told

YEAR = 2568
COUNTS = {"total": 0, "done": 0, "pending": 0, "refused": 0, "months": [], "categories": []}
# Who holds the keys of an open channel here: people from outside all of them, so that what they may do is their keys'
# doing and no role's.
HANDLER, SECOND, SUPERVISOR, FALLBACK, KEEPER = "handler", "second", "supervisor", "fallback", "keeper"
CAST = {
    HANDLER: (HolderDuty.HANDLER, "รับเรื่อง", "คนแรก"),
    SECOND: (HolderDuty.HANDLER, "ปรีดา", "ช่วยงาน"),
    SUPERVISOR: (HolderDuty.SUPERVISOR, "กำกับ", "อำเภอเมือง"),
    FALLBACK: (HolderDuty.FALLBACK, "สำรอง", "ไว้ก่อน"),
    KEEPER: (HolderDuty.KEEPER, "เก็บ", "กุญแจหนึ่ง"),
    "keeper2": (HolderDuty.KEEPER, "รักษา", "เข้มแข็ง"),
    "keeper3": (HolderDuty.KEEPER, "หวงแหน", "เหลือเกิน"),
}


# --- before a channel is open -----------------------------------------------------------------------------------------
def build(agency: Agency, made: dict[str, Any]) -> dict[str, Any]:
    """Make somebody who is named for a key, a round in which everybody was evaluated, a signed year, a guideline."""
    today = system_scope(agency).today
    Channel.objects.get_or_create(agency=agency, defaults={"salt": b"s" * 16})
    round_ = AppealRound.objects.create(
        agency=agency, name=f"รอบของ {made['unit'].pk}", opens_on=today, closes_on=today + timedelta(days=15)
    )
    round_.evaluated.set(Person.objects.filter(agency=agency))
    tally, _made = Tally.objects.get_or_create(
        agency=agency,
        fiscal_year_be=YEAR,
        defaults={
            "counts": COUNTS, "is_none": True, "signed_on": today, "signed_by": made["person"],
            "signed_as": "นายกเทศมนตรี",
        },
    )  # fmt: skip
    guideline, _made = Guideline.objects.get_or_create(
        agency=agency,
        edition=1,
        defaults={"how": "ทางเว็บ", "adopted_on": today, "adopted_by": made["person"], "docx": made["file"]},
    )
    user = made["membership"].user
    holder = Holder.objects.create(agency=agency, user=user, duty=HolderDuty.HANDLER, named_on=today)
    return {"round": round_, "tally": tally, "guideline": guideline, "named_holder": holder}


# As in tests.web.objects: route → the object whose key stands as <pk>.
PK = {
    "appeal": "round",
    "appeal_round_edit": "round",
    "complaint_tally": "tally",
    "disclosure:tally_publish": "tally",
    "disclosure:guideline_publish": "guideline",
    "complaint_holder_leave": "named_holder",
}
QUERY = {"complaint_tally_sign": f"?year={YEAR}"}


# --- once it is open --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OpenCase:
    """What leads to a case and to a file of it."""

    number: str
    file: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An open channel. cases: who may read it → a case; late: whose key nobody has vouched for; entry: re-classified."""

    cases: dict[str, OpenCase]
    entry: int
    late: int
    recovery: int


def open_channel(agency: Agency) -> Opened:
    """Open a channel, with a case for each who may read one, somebody to vouch for, and a key that was lost."""
    admin = office_keys.scope_for(agency, Role.ADMIN)
    for who, (duty, given, family) in CAST.items():
        user = office_keys.outsider(agency, who, given, family)
        holders.name_holder(admin, user=user, duty=duty)
    office_keys.keyed(agency, *CAST)
    _vouched(agency)
    for who in CAST:
        office_keys.key_of(agency, who)  # so that the keepers have their copies
    scope, key = office_keys.scope_for(agency, HANDLER), office_keys.key_of(agency, HANDLER)
    late = office_keys.outsider(agency, "late", "มาทีหลัง", "รอรับรอง")
    holders.name_holder(scope, user=late, duty=HolderDuty.HANDLER, key=key)
    office_keys.keyed(agency, "late")
    lost = office_keys.holder_of(agency, SECOND)
    lost_key = recoveries.ask_for(scope, key=key, lost=lost, user=lost.user, reason="ลืมรหัสลับ")
    return Opened(_cases(agency), _reclassified(agency), Holder.objects.get(user=late).pk, lost_key.pk)


def _vouched(agency: Agency) -> None:
    scope = office_keys.scope_for(agency, HANDLER)
    first = rolls.awaited(agency, scope.user)
    assert first is not None
    bundle = unlocking.open_key(scope, holder=first, passphrase=office_keys.PASSPHRASE)
    chosen = list(Holder.objects.filter(agency=agency))
    holders.open_channel(scope, holder=first, bundle=bundle, chosen=chosen, version=None)


def _cases(agency: Agency) -> dict[str, OpenCase]:
    """Report about somebody unknown, about who leads the office, and about one of two handlers."""
    second = Person.objects.get(agency=agency, family_name=CAST[SECOND][2])
    accused = {
        HANDLER: Accused(name="ช่างรับเหมาภายนอก"),
        SUPERVISOR: told.accused_of(agency, Role.MAYOR),
        FALLBACK: Accused(name=str(second), person_id=second.pk),
    }
    return {who: _case(agency, one) for who, one in accused.items()}


def _case(agency: Agency, accused: Accused) -> OpenCase:
    file = told.sealed_file(agency, *told.FILES[0])
    report = told.tell(agency, accused, files=(file,), identity=told.WHO)
    return OpenCase(told.again(report, number=f"x{report.pk}").number, file.name)  # a number of no other office


def _reclassified(agency: Agency) -> int:
    """Make a general complaint that waits to be sealed."""
    system = system_scope(agency)
    given = {"topic": "ออกใบอนุญาตช้า", "details": "ขอซองสามพันบาท", "category": "service"}
    entry = registers.add_entry(system, register="complaints-general", values=given)
    return registers.move_entry(system, entry=entry, move="reclassify", note="เรียกรับเงิน", version=None).pk
