"""Who fills a post, in which right, who may sign, and what stands under the name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from prongsai.web.agencies.models import Agency, Appointment, Capacity, Committee, Employment, Person, Post

# How the post of the top executive is called in every kind of local government (นายกเทศมนตรี, นายก อบต., นายก อบจ.).
_TOP_EXECUTIVE = "นายก"
# By law these carry the whole office; a delegation carries only what its order names.
_WHOLE_OFFICE = (Capacity.SELF, Capacity.PERFORMING, Capacity.ACTING_FOR)
_NEEDS_VACANCY = (Capacity.PERFORMING, Capacity.ACTING_IN_POST)


# --- who fills a post -----------------------------------------------------------------------------------------------
def holders_of(post: Post, day: date) -> list[Appointment]:
    """Give who fills a post on a day: its holder first, then who acts."""
    return in_order(Appointment.objects.filter(post=post).on(day).select_related("person", "post"))


def in_order(appointments: Iterable[Appointment]) -> list[Appointment]:
    """Put the holder of a post before who acts for them."""
    return sorted(appointments, key=lambda one: (one.capacity != Capacity.SELF, one.valid_from or date.min))


def top_executive(agency: Agency, day: date) -> Appointment | None:
    """Give who is the top executive on a day: the mayor, else who lawfully performs the mayor's duties or acts."""
    found = top_executives(agency, day)
    return found[0] if found else None


def top_executives(agency: Agency, day: date) -> list[Appointment]:
    """Give who may sign as the top executive on a day, the mayor first; whoever only has a delegation is not."""
    posts = Post.objects.filter(agency=agency, unit=None, title__startswith=_TOP_EXECUTIVE).on(day)
    held = Appointment.objects.filter(post__in=posts, capacity__in=_WHOLE_OFFICE).on(day)
    here = held.exclude(person__left_on__lt=day).select_related("person", "post")
    return sorted(here, key=lambda one: (_WHOLE_OFFICE.index(Capacity(one.capacity)), one.valid_from or date.min))


def people_on(agency: Agency, day: date) -> QuerySet[Person]:
    """Give who serves in the agency on a day, the first and the last day included; outsiders never serve in it."""
    return known_on(agency, day).exclude(employment=Employment.OUTSIDE)


def known_on(agency: Agency, day: date) -> QuerySet[Person]:
    """Give who serves in the agency on a day, and the outsiders who have an account then."""
    return Person.objects.filter(agency=agency, merged_into=None).filter(
        Q(joined_on__isnull=True) | Q(joined_on__lte=day), Q(left_on__isnull=True) | Q(left_on__gte=day)
    )


def committee_in_force(committee: Committee, day: date) -> bool:
    """Whether a committee may decide on a day: its order is given and has not run out or been replaced."""
    if committee.order_date > day or not committee.holds_on(day):
        return False
    newer = committee.replaced_by
    return newer is None or (newer.valid_from or newer.order_date) > day


# --- who may sign ---------------------------------------------------------------------------------------------------
def why_not_sign(appointment: Appointment, day: date) -> str:
    """Say why an appointment lets nobody sign on a day; empty when it does."""
    person, post = appointment.person, appointment.post
    if not appointment.holds_on(day):
        return _("อยู่นอกช่วงเวลาที่ดำรงตำแหน่งหรือรักษาการตามคำสั่ง")
    if not post.holds_on(day):
        return _("ตำแหน่งนี้ไม่มีแล้วในวันนั้น")
    if person.left_on is not None and person.left_on < day:
        return _("ผู้ลงนามพ้นจากงานแล้วในวันนั้น")
    return ""


def can_sign(appointment: Appointment, day: date) -> bool:
    """Whether an appointment lets its person sign on a day."""
    return not why_not_sign(appointment, day)


@override("th")  # words of papers, not of pages
def signature_lines(appointment: Appointment, day: date | None = None) -> tuple[str, ...]:
    """Give what stands under the name of who signs on a day (today when not given).

    The post; for who acts, one's own post with the words of acting, then the post that is filled:
    ``ผู้อำนวยการกองช่าง รักษาราชการแทน``, ``ปลัดเทศบาล``. One query for who acts, unless ``person.held`` is fetched.
    """
    if appointment.capacity == Capacity.SELF:
        return (appointment.post.title,)
    own = _own_post(appointment, day or timezone.localdate())
    words = str(Capacity(appointment.capacity).label)
    return (f"{own.title} {words}" if own else words, appointment.post.title)


def _own_post(appointment: Appointment, day: date) -> Post | None:
    held: Iterable[Appointment] | None = getattr(appointment.person, "held", None)
    if held is None:
        held = appointment.person.appointments.select_related("post")
    own = [one for one in held if one.capacity == Capacity.SELF and one.post_id != appointment.post_id]
    then = [one for one in own if one.holds_on(day)]
    return min(then, key=lambda one: one.valid_from or date.min).post if then else None


# --- overlaps -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Clash:
    """Two appointments to one post that hold at the same time though only one should; why, as a sentence."""

    first: Appointment
    second: Appointment
    why: str


_TWO_HOLDERS = gettext_lazy("มีผู้ดำรงตำแหน่งสองรายในช่วงเดียวกัน")
_TWO_ACTING = gettext_lazy("มีผู้รักษาการหรือปฏิบัติหน้าที่แทนซ้อนกันในช่วงเดียวกัน")
_NOT_VACANT = gettext_lazy("มีผู้ดำรงตำแหน่งอยู่ ทั้งที่การปฏิบัติหน้าที่หรือรักษาการแบบนี้ใช้เมื่อตำแหน่งว่าง")


def clashes(appointments: Iterable[Appointment]) -> list[Clash]:
    """Give the pairs among the appointments to one post that overlap in time; they are flagged, never refused."""
    held = in_order(appointments)
    pairs = [(a, b) for place, a in enumerate(held) for b in held[place + 1 :] if _overlap(a, b)]
    return [Clash(a, b, str(why)) for a, b in pairs if (why := _why(a, b))]


def _overlap(a: Appointment, b: Appointment) -> bool:
    return (a.valid_from or date.min) <= (b.valid_to or date.max) and (b.valid_from or date.min) <= (
        a.valid_to or date.max
    )


def _why(a: Appointment, b: Appointment) -> object:
    acting = [one for one in (a, b) if one.capacity != Capacity.SELF]
    if len(acting) != 1:
        return _TWO_ACTING if acting else _TWO_HOLDERS
    return _NOT_VACANT if acting[0].capacity in _NEEDS_VACANCY else ""
