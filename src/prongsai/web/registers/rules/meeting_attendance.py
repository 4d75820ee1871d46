"""Who comes to meetings: who is expected is offered; nobody is present before the day or changed after the minutes."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import override

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Appointment, Committee, CommitteeMember, Employment, Person
from prongsai.web.agencies.queries import committee_in_force, people_on, signature_lines
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._meetings import (
    CALLED,
    COMMITTEE,
    HEADS,
    HELD,
    PLANNED,
    STAFF,
    Row,
    adopted_fault,
    attendance_of,
    meeting_of,
    next_of_each,
    not_yours,
    ref,
)
from prongsai.web.registers.rules.executives import executive_posts

_INVITED = "invited"


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse to change who came once the minutes stand, and to say who came before the day."""
    meeting = meeting_of(scope, values)
    if meeting is None:
        return
    if fault := adopted_fault(meeting):
        yield fault
    if why := not_yours(scope, meeting):
        yield Fault("meeting", "NOT_YOURS", why)
    if meeting.entry.dated_on > scope.today and values.get("role") in ("present", "proxy"):
        yield Fault("role", "NOT_YET_HELD", _("ยังไม่ถึงวันประชุม"), _("เลือก “เชิญแล้ว ยังไม่บันทึก” ไว้ก่อน"))


# --- who is expected ------------------------------------------------------------------------------------------------
@override("th")  # positions are kept in Thai
def proposals(scope: Scope, register: Register, year: int) -> list[Values]:
    """Offer the list of who is expected at the next meeting of each series that has none yet, all as invited."""
    wanted = [one for one in next_of_each(scope, (PLANNED, CALLED, HELD)) if not attendance_of(one.entry)]
    return [_row(meeting, *each) for meeting in wanted for each in expected(scope, meeting)]


def _row(meeting: Row, person: Person, position: str) -> Values:
    who = Ref(person.pk, str(person))
    told = {"person": who, "position": position[:200] or "-", "role": _INVITED}
    return {"meeting": ref(meeting.entry), "who": "staff", **told}


def expected(scope: Scope, meeting: Row) -> list[tuple[Person, str]]:
    """Give who is expected at a meeting with their positions: by its kind the heads, all staff or the committee."""
    kind, day = meeting.text("kind"), meeting.entry.dated_on
    if kind == HEADS:
        held = Appointment.objects.filter(post__in=executive_posts(scope)).on(day).order_by("post__place", "post")
        return _holding(in_order(held.select_related("person", "post").prefetch_related(_held(day))), day)
    if kind == STAFF:
        people = people_on(scope.agency, day).exclude(employment=Employment.ELECTED)
        return [(one, _position(one, day)) for one in people.prefetch_related(_held(day, "appointments"))]
    committee = committee_of(scope, meeting.text("name"), day) if kind == COMMITTEE else None
    if committee is None:
        return []
    places = CommitteeMember.objects.filter(committee=committee).select_related("person")
    return [(one.person, str(one.get_role_display())) for one in places]


def _held(day: date, path: str = "person__appointments") -> Prefetch:
    on_day = Appointment.objects.on(day).select_related("post").order_by("post__place", "pk")
    return Prefetch(path, on_day, to_attr="held")


def _holding(held: Iterable[Appointment], day: date) -> list[tuple[Person, str]]:
    """Give each person once; who holds a post before who acts in it, in the order of posts."""
    found: dict[int, tuple[Person, str]] = {}
    for one in sorted(held, key=lambda each: (each.post.place, each.post_id)):
        found.setdefault(one.person_id, (one.person, " ".join(signature_lines(one, day))))
    return list(found.values())


def _position(person: Person, day: date) -> str:
    held: list[Appointment] = getattr(person, "held", [])
    return held[0].post.title if held else ""


def committee_of(scope: Scope, name: str, day: date) -> Committee | None:
    """Give the committee of a name whose order is in force on a day."""
    found = Committee.objects.filter(agency=scope.agency, name=name).select_related("replaced_by")
    return next((one for one in found if committee_in_force(one, day)), None)


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name the meetings that were held and whose list is not filled in."""
    found = []
    for meeting in next_of_each(scope, (HELD,)):
        left = sum(one.text("role") == _INVITED for one in attendance_of(meeting.entry))
        if left:
            told = _("{meeting} ยังไม่บันทึกการมาประชุม {n} คน").format(meeting=meeting.entry.title, n=left)
            found.append(Notice(to_thai(told)))
    return found
