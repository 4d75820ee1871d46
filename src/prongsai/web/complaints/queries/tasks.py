"""What the channel asks of somebody: a key to be made or opened, a consent, an opening, a signature. Never of a case.

Neither how many cases there are nor that there is one: whoever looks over a shoulder would learn of it. Those who read
cases are asked to unlock every day, whether there is news or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.roles import Power
from prongsai.web.agencies.scope import Scope
from prongsai.web.complaints.models import Channel, Holder, HolderDuty, HolderState, Recovery, RecoveryState, Tally
from prongsai.web.complaints.queries import appeals, rolls
from prongsai.web.complaints.queries.conditions import lacking
from prongsai.web.complaints.queries.counts import Period
from prongsai.web.ui.templatetags.ui import fiscal_year, thai_date


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do. do: what the button says; waits: somebody else is held up by it, or its day has passed."""

    what: str
    why: str
    do: str
    address: str
    waits: bool = False


def tasks_of(scope: Scope) -> tuple[Task, ...]:
    """Give what the channel asks of somebody. Three queries for most people."""
    channel = Channel.objects.filter(agency=scope.agency).only("agency", "root_id").first()
    is_open = channel is not None and channel.root_id is not None
    own = _rows(scope) if channel else []
    tasks = [task for one in own for task in _of_holder(scope, one, is_open)]
    if not is_open and scope.can(Power.KEEP_ACCOUNTS):
        tasks.append(_opening(scope))
    if is_open and (_signs(scope) or any(_handles(one) for one in own)):
        tasks += _tallies(scope)
    return (*tasks, *_appeals(scope))


# --- keys -----------------------------------------------------------------------------------------------------------
def _rows(scope: Scope) -> list[Holder]:
    """Give the own rows that are worth something: those still to be vouched for, and the one in force."""
    found = Holder.objects.filter(agency=scope.agency, user=scope.user).exclude(state=HolderState.LEFT)
    rows = list(found.order_by("pk"))
    if any(one.state == HolderState.ACTIVE for one in rows):
        mine = rolls.mine(scope.agency, scope.user)
        rows = [one for one in rows if one.state != HolderState.ACTIVE or one == mine]
    return rows


def _handles(holder: Holder) -> bool:
    return holder.state == HolderState.ACTIVE and holder.duty == HolderDuty.HANDLER


def _of_holder(scope: Scope, holder: Holder, is_open: bool) -> Iterator[Task]:
    duty = holder.get_duty_display()
    key = _to(scope, "complaints_key")
    if holder.state == HolderState.NAMED:
        why = _("ท่านได้รับการเสนอชื่อเป็น{duty} คนอื่นรอกุญแจของท่าน").format(duty=duty)
        yield Task(_("ตั้งรหัสลับของกุญแจ"), why, _("ตั้งรหัสลับ"), key, waits=True)
    elif holder.state == HolderState.KEYED:
        yield from _keyed(scope, holder, is_open, key)
    elif holder.duty == HolderDuty.KEEPER:
        yield from _recoveries(scope, holder)
    else:
        yield Task(_("เรื่องที่ปิดผนึกไว้"), duty, _("ปลดล็อกเพื่อดู"), _to(scope, "complaints"))
        if holder.duty == HolderDuty.HANDLER:
            yield from _to_vouch(scope)


def _keyed(scope: Scope, holder: Holder, is_open: bool, key: str) -> Iterator[Task]:
    """A key that nobody has vouched for: of a handler who may open the channel, or one that waits."""
    if not is_open and holder.duty == HolderDuty.HANDLER and not lacking(rolls.listed(scope.agency)):
        why = _("ทุกคนตั้งรหัสลับแล้ว เทียบคำกับแต่ละคน แล้วเปิดรับเรื่อง")
        yield Task(_("เปิดใช้ช่องทางแจ้งเรื่องทุจริต"), why, _("เทียบคำและเปิดใช้"), _to(scope, "complaints_open"), waits=True)
    else:
        why = _("อ่านคำประจำกุญแจให้ผู้ที่จะรับรองฟัง ต่อหน้าหรือทางโทรศัพท์")
        yield Task(_("กุญแจของท่านรอการรับรอง"), why, _("ดูคำประจำกุญแจ"), key)


def _to_vouch(scope: Scope) -> Iterator[Task]:
    if Holder.objects.filter(agency=scope.agency, state=HolderState.KEYED, replaces=None).exists():
        why = _("เทียบคำกับเจ้าของกุญแจก่อนรับรอง")
        yield Task(_("มีกุญแจรอท่านรับรอง"), why, _("ดูผู้ถือกุญแจ"), _to(scope, "complaint_holders"), waits=True)


def _recoveries(scope: Scope, holder: Holder) -> Iterator[Task]:
    """Recoveries to which a keeper has not consented yet."""
    running = Q(state=RecoveryState.OPEN) | Q(state=RecoveryState.HALF)
    found = Recovery.objects.filter(running, agency=scope.agency).exclude(first=holder)
    for one in found.select_related("to__user"):
        what = _("ขอกู้คืนกุญแจของ {who}").format(who=one.to.user)
        why = _("รอความยินยอมของท่าน พบหรือโทรหาเจ้าของกุญแจก่อน")
        yield Task(what, why, _("ดูคำขอ"), _to(scope, "recovery", one.pk), waits=True)


# --- the channel, the year, appeals ---------------------------------------------------------------------------------
def _opening(scope: Scope) -> Task:
    """Tell who keeps accounts what is missing."""
    missing = lacking(rolls.listed(scope.agency))
    why = "; ".join(one.text for one in missing)
    why = _("ยังขาด {what}").format(what=why) if why else _("ทุกคนตั้งรหัสลับแล้ว รอผู้รับเรื่องคนแรกเทียบคำและเปิดใช้")
    return Task(_("ช่องทางแจ้งเรื่องทุจริตยังไม่เปิด"), why, _("ดูผู้ถือกุญแจ"), _to(scope, "complaint_holders"))


def _signs(scope: Scope) -> bool:
    return scope.can(Power.APPROVE) or scope.can(Power.RUN_CYCLE)


def _tallies(scope: Scope) -> Iterator[Task]:
    """Tell of the last year, and of the half of this one, when they have ended and nobody has signed."""
    year = fiscal_year_be(scope.today)
    ended = [one for one in (Period(year - 1), Period(year, is_half=True)) if one.has_ended(scope.today)]
    signed = set(
        Tally.objects.filter(agency=scope.agency, fiscal_year_be__in=(year - 1, year), replaced_by=None).values_list(
            "fiscal_year_be", "is_half"
        )
    )
    for one in ended:
        if (one.fiscal_year_be, one.is_half) not in signed:
            part = _("รอบ ๖ เดือนแรก") if one.is_half else ""
            what = _("สถิติเรื่องร้องเรียนการทุจริต {year} {part}").format(year=fiscal_year(one.fiscal_year_be), part=part)
            why = _("ยังไม่รายงาน ไม่มีเรื่องก็ต้องลงชื่อว่าไม่มี")
            yield Task(what.strip(), why, _("ดูสถิติ"), _to(scope, "complaint_tallies"), waits=True)


def _appeals(scope: Scope) -> Iterator[Task]:
    for one in appeals.open_for(scope):
        why = _("ถ้าเห็นว่าผลการประเมินไม่เป็นธรรม ยื่นได้ถึง {day}").format(day=thai_date(one.closes_on))
        yield Task(one.name, why, _("ร้องเรียนผลการประเมิน"), _to(scope, "appeal_rounds"))


def _to(scope: Scope, name: str, *args: object) -> str:
    return reverse(name, args=[scope.agency.code, *args])
