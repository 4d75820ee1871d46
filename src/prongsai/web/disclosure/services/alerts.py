"""Telling who must know that an address broke or was mended: once, together, in one mail a person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.inspection.addresses import readable_host
from prongsai.web.agencies import journal
from prongsai.web.agencies.models import Agency, Appointment
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import Check, Reach, Watched
from prongsai.web.disclosure.queries.addresses import app_origin
from prongsai.web.disclosure.queries.watching import Fault, faults_of

_QUIET = timedelta(days=1)  # what comes and goes is told once in this time
_LISTED = 8  # addresses that stand in one line
_MANY_HOSTS = 3
_WORSE = (Reach.UNKNOWN, Reach.FINE, Reach.WARNING, Reach.FAULT)


@dataclass(frozen=True, slots=True)
class Change:
    """An address whose state is not the one that was told. fault: what is wrong with it now, None when it is fine."""

    watched: Watched
    fault: Fault | None
    has_answered: bool

    @property
    def is_mended(self) -> bool:
        """Whether it is better than what was told."""
        return _WORSE.index(Reach(self.watched.state)) < _WORSE.index(Reach(self.watched.told))

    @property
    def host(self) -> str:
        """The name of the machine that answers, or should."""
        return readable_host(urlsplit(self.watched.address).hostname or "")


@override("th")
def tell(agency: Agency, *, now: datetime | None = None) -> int:
    """Write to owners and publishers what broke and what was mended since they were told; give how many mails.

    One mail a person, one line for what fell together. What comes and goes within a day is told once. Without anybody
    who has an e-mail address nothing counts as told.
    """
    now = now or timezone.now()
    with transaction.atomic():
        journal.take_turn(agency)  # two runs at once would tell twice
        changes = _changes(agency, now)
        mails = _addressed(agency, changes, timezone.localdate(now))
        for to, theirs in mails.items():
            import_string(settings.SEND_MAIL)(agency, to=to, subject=_subject(theirs), text=_text(agency, theirs))
        reached = {change.watched.pk for theirs in mails.values() for change in theirs}
        for change in changes:
            if change.watched.pk in reached:
                Watched.objects.filter(pk=change.watched.pk).update(told=change.watched.state, told_at=now)
    return len(mails)


# --- what is to be told ---------------------------------------------------------------------------------------------
def _changes(agency: Agency, now: datetime) -> list[Change]:
    rows = Watched.objects.filter(agency=agency, is_open=True).exclude(state=Reach.UNKNOWN)
    rows.filter(told=Reach.UNKNOWN, state=Reach.FINE).update(told=Reach.FINE)  # fine from the first look: no news
    found = [row for row in rows.select_related("item", "page") if row.state != row.told]
    flapping = _flapping(found, now)
    last = _last_looks(found)
    return [_change(row, last.get(row.pk)) for row in found if row.pk not in flapping]


def _change(watched: Watched, last: Check | None) -> Change:
    faults = faults_of(last.problems) if last and watched.state != Reach.FINE else []
    return Change(watched, next(iter(faults), None), bool(last and last.status is not None))


def _flapping(rows: Sequence[Watched], now: datetime) -> set[int]:
    """Find what got worse again within a day of having been told: the same state was there before, and was told."""
    worse = [row for row in rows if _WORSE.index(Reach(row.state)) > _WORSE.index(Reach(row.told))]
    recent = {row.pk: row for row in worse if row.told_at and row.since and now - row.told_at < _QUIET}
    looks = Check.objects.filter(watched__in=list(recent), at__gte=now - 2 * _QUIET).values_list(
        "watched", "state", "at"
    )
    return {pk for pk, state, at in looks if state == recent[pk].state and at < (recent[pk].since or now)}


def _last_looks(rows: Sequence[Watched]) -> dict[int, Check]:
    looks = Check.objects.filter(watched__in=[row.pk for row in rows], at__in=[row.checked_at for row in rows])
    return {look.watched_id: look for look in looks.order_by("at", "pk")}


# --- whom -----------------------------------------------------------------------------------------------------------
def _addressed(agency: Agency, changes: Sequence[Change], today: date) -> dict[str, list[Change]]:
    """Give who is told what: publishers (else coordinators) everything, owners of items what is theirs."""
    if not changes:
        return {}
    held = Appointment.objects.on(today).filter(agency=agency).exclude(person__email="")
    held = held.exclude(person__left_on__lt=today)
    rows = list(held.values_list("person__email", "post_id", "post__unit_id", "post__is_head", "post__roles__role"))
    role = Role.PUBLISHER if any(row[-1] == Role.PUBLISHER for row in rows) else Role.COORDINATOR
    everything = {row[0] for row in rows if row[-1] == role}
    mails: dict[str, list[Change]] = {to: list(changes) for to in sorted(everything)}
    for change in changes:
        for to in sorted(_owners(rows, change.watched) - everything):
            mails.setdefault(to, []).append(change)
    return mails


def _owners(rows: Sequence[tuple[str, int, int | None, bool, str | None]], watched: Watched) -> set[str]:
    """Give who answers for the item of an address: whoever holds its post, else the head of its unit."""
    item = watched.item
    if item is None or not (item.post_id or item.unit_id):
        return set()
    if item.post_id:
        return {row[0] for row in rows if row[1] == item.post_id}
    return {row[0] for row in rows if row[2] == item.unit_id and row[3]}


# --- the words ------------------------------------------------------------------------------------------------------
def _subject(changes: Sequence[Change]) -> str:
    broken = sum(not change.is_mended and change.watched.state == Reach.FAULT for change in changes)
    mended = sum(change.is_mended for change in changes)
    if broken:
        return _("ลิงก์ที่ผู้ประเมินเปิดไม่ได้ {n} รายการ").format(n=broken)
    if mended:
        return _("ลิงก์กลับมาเปิดได้แล้ว {n} รายการ").format(n=mended)
    return _("ข้อสังเกตเรื่องลิงก์ {n} รายการ").format(n=len(changes))


def _text(agency: Agency, changes: Sequence[Change]) -> str:
    bad = [change for change in changes if not change.is_mended]
    parts = (
        (_("ผู้ประเมินเปิดไม่ได้"), [change for change in bad if change.watched.state == Reach.FAULT]),
        (_("เปิดได้ แต่มีข้อสังเกต"), [change for change in bad if change.watched.state == Reach.WARNING]),
        (_("ดีขึ้นแล้ว"), [change for change in changes if change.is_mended]),
    )
    lines = [_("ผลตรวจที่อยู่เว็บจากภายนอกของ{agency}").format(agency=agency)]
    if _is_ours(changes):
        lines += ["", _("ไม่มีเว็บใดตอบเลยสักแห่ง อาจเป็นที่อินเทอร์เน็ตของเครื่องที่ตรวจ ลองเปิดลิงก์เองก่อน")]
    for head, found in parts:
        if found:
            lines += ["", head, *(line for group in _together(found) for line in _lines(group))]
    lines += ["", _("ดูทั้งหมดที่หน้า “ตรวจจากภายนอก” ในระบบ")]
    if origin := app_origin():
        lines.append(origin + reverse("disclosure:addresses", args=[agency.code]))
    return "\n".join(lines) + "\n"


def _is_ours(changes: Sequence[Change]) -> bool:
    """Whether nothing at all answers, so that the fault may be on our side."""
    return len({change.host for change in changes}) >= _MANY_HOSTS and not any(one.has_answered for one in changes)


def _together(changes: Sequence[Change]) -> list[list[Change]]:
    """Put together what fell or rose together: on the same host, for the same reason."""
    groups: Mapping[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        groups[change.host, change.fault.code if change.fault else ""].append(change)
    return list(groups.values())


def _lines(group: Sequence[Change]) -> list[str]:
    first = group[0]
    why = first.fault.text if first.fault else _("เปิดได้ตามปกติ")
    if len(group) == 1:
        lines = [f"- {_name(first)} {first.watched.address}", f"  {why}"]
    else:
        names = ", ".join(dict.fromkeys(_name(change) for change in group if change.watched.item_id))
        told = _("- {host}: {n} ที่อยู่ {names}").format(host=first.host, n=len(group), names=names).rstrip()
        lines = [told, f"  {why}", *_places(group)]
    return [*lines, f"  {first.fault.mend}"] if first.fault and first.fault.mend else lines


def _places(group: Sequence[Change]) -> list[str]:
    """List addresses that fell together; not those of a host that is down as a whole."""
    if group[0].fault and not group[0].has_answered:
        return []
    more = len(group) - _LISTED
    return [f"  {change.watched.address}" for change in group[:_LISTED]] + (
        [_("  และอีก {n} ที่อยู่").format(n=more)] if more > 0 else []
    )


def _name(change: Change) -> str:
    watched = change.watched
    return watched.item.code if watched.item else str(watched.page or watched.get_why_display())
