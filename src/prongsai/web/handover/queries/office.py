"""What hangs on a person: entries of registers, property, places in committees, orders, acting appointments."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.registers.model import FieldType, Register
from prongsai.web.agencies.models import Appointment, Capacity, CommitteeMember, JobOrder
from prongsai.web.agencies.queries import committee_in_force
from prongsai.web.agencies.scope import Scope
from prongsai.web.handover.models import Fate, Kind
from prongsai.web.handover.queries.giver import Giver
from prongsai.web.handover.queries.rows import Row
from prongsai.web.registers.models import Entry
from prongsai.web.registers.queries.library import Kept, all_kept
from prongsai.web.registers.queries.parts import open_only
from prongsai.web.registers.queries.showing import open_states, state_label

LOANS, ASSETS = "loans", "assets"
PROPERTY = (LOANS, ASSETS)


def rows(scope: Scope, giver: Giver) -> Iterator[Row]:
    """Give what hangs on a giver."""
    yield from _entries(giver)
    yield from _committees(scope, giver)
    yield from _jobs(scope, giver)
    yield from _acting(scope, giver)


# --- registers ------------------------------------------------------------------------------------------------------
def _entries(giver: Giver) -> Iterator[Row]:
    # What not everybody may read stays out, even that somebody asked for it: a complaint is nobody's handover.
    kept = {
        one.id: one
        for one in all_kept(giver.agency)
        if one.is_open and not (one.register.readers or one.register.is_parted)
    }
    asked = Entry.objects.filter(agency=giver.agency).filter(_open_ones(kept.values()))
    mine = Q(asked_by=giver.person) | _named(kept.values(), giver.person.pk)
    for one in open_only(asked.filter(mine), *kept).defer("found_by"):
        yield _entry(giver, kept[one.register], one)


def _open_ones(kept: Iterable[Kept]) -> Q:
    """Keep the entries in which something is still owed."""
    found = Q(pk__in=())
    for one in kept:
        hidden = {each.key for each in one.register.states if each.readers}
        states = [each for each in open_states(one.register) if each not in hidden]
        found |= Q(register=one.id, state__in=states)
    return found


def _named(kept: Iterable[Kept], person: int) -> Q:
    """Keep the entries that name somebody in a field of a person."""
    found = Q(pk__in=())
    for one in kept:
        for key in _person_fields(one.register):
            found |= Q(**{"register": one.id, f"values__{key}__id": person})
    return found


def _person_fields(register: Register) -> tuple[str, ...]:
    return tuple(one.key for one in register.fields if one.type is FieldType.PERSON)


def _entry(giver: Giver, kept: Kept, entry: Entry) -> Row:
    number = f"{entry.number}/{entry.fiscal_year_be}" if entry.fiscal_year_be else str(entry.number)
    about = f"{kept.name} {_('เลขที่')} {number} · {state_label(kept.register, entry.state)}"
    address = reverse("registers:entry", args=[giver.agency.code, entry.register, entry.pk])
    if entry.register in PROPERTY:
        note = str(_NOTES[entry.register])
        return Row(Kind.PROPERTY, entry.pk, entry.title, about, entry.due_on, address, Fate.HAND, note)
    fate = Fate.POST if entry.unit_id in giver.unit_ids else Fate.HAND
    return Row(Kind.ENTRY, entry.pk, entry.title, about, entry.due_on, address, fate)


_NOTES: Mapping[str, str | Promise] = {
    LOANS: gettext_lazy("คืนให้ครบก่อนพ้นหน้าที่ หรือทำรายการยืมใหม่ในชื่อผู้รับมอบ"),
    ASSETS: gettext_lazy("ตรวจรับของจริง แล้วแก้ผู้ครอบครองในทะเบียนคุมทรัพย์สิน"),
}


# --- orders ---------------------------------------------------------------------------------------------------------
def _committees(scope: Scope, giver: Giver) -> Iterator[Row]:
    found = CommitteeMember.objects.filter(person=giver.person, committee__agency=giver.agency)
    note = _("ต้องมีคำสั่งแต่งตั้งผู้แทน เว้นแต่แต่งตั้งโดยตำแหน่ง")
    for one in found.select_related("committee__replaced_by"):
        committee = one.committee
        if not committee_in_force(committee, scope.today):
            continue
        about = f"{one.get_role_display()} · {_('คำสั่งที่')} {committee.order_no}"
        address = reverse("agencies:committee", args=[giver.agency.code, committee.pk])
        yield Row(Kind.COMMITTEE, one.pk, committee.name, about, committee.valid_to, address, Fate.HAND, note)


def _jobs(scope: Scope, giver: Giver) -> Iterator[Row]:
    held = JobOrder.objects.filter(agency=giver.agency, person=giver.person).on(scope.today)
    note = _("ออกคำสั่งมอบหมายงานใหม่ให้ผู้รับมอบ")
    address = reverse("agencies:job_orders", args=[giver.agency.code])
    for one in held:
        about = f"{_('คำสั่งที่')} {one.order_no}"
        yield Row(Kind.JOB, one.pk, one.duties, about, one.valid_to, address, Fate.HAND, note)


def _acting(scope: Scope, giver: Giver) -> Iterator[Row]:
    held = Appointment.objects.filter(agency=giver.agency, person=giver.person).exclude(capacity=Capacity.SELF)
    coming = held.filter(Q(valid_to=None) | Q(valid_to__gte=scope.today)).select_related("post", "person")
    note = _("สิ้นสุดเมื่อพ้นหน้าที่ ต้องมีคำสั่งให้ผู้อื่นถ้ายังจำเป็น")
    for one in coming:
        order = f"{_('คำสั่งที่')} {one.order_no}" if one.order_no else ""
        address = reverse("agencies:post", args=[giver.agency.code, one.post_id])
        title = f"{one.get_capacity_display()} {one.post}"
        yield Row(Kind.ACTING, one.pk, title, order, one.valid_to, address, Fate.HAND, note)
