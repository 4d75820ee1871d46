"""The three-year manpower plan against posts and people of today: nobody twice, nobody where there is no post."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_arabic, to_thai
from prongsai.web.agencies.models import Appointment, Capacity, Employment, Side
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import Row, counted, counted_entries, id_of, listed

REGISTER, FILLED, VACANT = "manpower", "filled", "vacant"
_YEARS = 3
_OUTSIDE_PLAN = (Employment.ELECTED, Employment.OUTSIDE, "")


# --- who may be placed ----------------------------------------------------------------------------------------------
def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Refuse a plan of more than three years, and a person where there is no post, somebody else, or who has one."""
    first, last = values.get("first_be"), values.get("last_be")
    if isinstance(first, Decimal) and isinstance(last, Decimal) and last - first >= _YEARS:
        told = _("แผนอัตรากำลังมีอายุสามปี แต่กรอก {first}–{last}").format(first=int(first), last=int(last))
        yield Fault("last_be", "THREE_YEARS", to_thai(told), _("ใส่ปีของแผนที่ใช้อยู่"))
    holder = values.get("holder")
    if isinstance(holder, Ref) and (holder.id is None or holder.id != _holder_of(entry)):
        yield from _placing(scope, values, holder, entry)


def _placing(scope: Scope, values: Values, holder: Ref, entry: Entry | None) -> Iterator[Fault]:
    if holder.id is None:
        told = _("ไม่พบ “{name}” ในทะเบียนบุคลากร").format(name=holder.text)
        yield Fault("holder", "UNKNOWN_PERSON", told, _("เพิ่มบุคคลในหน้า “บุคลากร” ก่อน"))
        return
    if why := not_authorised(values, fiscal_year_be(scope.today)):
        yield Fault("holder", "NOT_IN_PLAN", why, _("แก้ปีที่มีกรอบตามแผนที่ใช้อยู่ หรือเลือกอัตราอื่น"))
    if entry is not None and (there := _name_of_holder(entry)):
        told = _("อัตรานี้มี{name}ครองอยู่ จึงใส่คนอื่นไม่ได้").format(name=there)
        yield Fault("holder", "FILLED", told, _("บันทึกอัตราว่างก่อน แล้วจึงใส่คนใหม่"))
    if other := post_of(scope, holder.id, besides=entry):
        told = _("{name}ครองอัตรา {title} อยู่แล้ว").format(name=holder.text, title=other)
        yield Fault("holder", "HAS_A_POST", told, _("บันทึกอัตราเดิมเป็นว่างก่อน"))


def not_authorised(values: Values, year: int) -> str:
    """Say that a post is not in the plan of a fiscal year (BE); empty when it is."""
    first, last = values.get("first_be"), values.get("last_be")
    if not isinstance(first, Decimal) or not isinstance(last, Decimal) or first <= year <= last:
        return ""
    told = _("อัตรานี้ไม่อยู่ในกรอบของปีงบประมาณ {year} (มีกรอบ {first}–{last})")
    return to_thai(told.format(year=year, first=int(first), last=int(last)))


def post_of(scope: Scope, person: int, besides: Entry | None = None) -> Entry | None:
    """Give the post of the plan that a person holds. besides: other than that one."""
    found = counted_entries(scope, REGISTER).filter(values__holder__id=person)
    return (found.exclude(pk=besides.pk) if besides else found).first()


def _holder_of(entry: Entry | None) -> int | None:
    return (entry.values.get("holder") or {}).get("id") if entry else None


def _name_of_holder(entry: Entry) -> str:
    return (entry.values.get("holder") or {}).get("text", "")


# --- the plan and the office ----------------------------------------------------------------------------------------
def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Reconcile the plan with posts and people of today: vacant, without a post, twice, not where the plan says."""
    rows = list(counted(scope, register))
    if not rows:
        return []
    held = list(_held(scope))
    return [
        *_vacant(rows),
        *_twice(rows, held),
        *_without_post(scope, rows),
        *_differing(rows, held),
        *_unplanned(rows, held),
        *_ended(rows, fiscal_year_be(scope.today)),
    ]


def _held(scope: Scope) -> QuerySet[Appointment]:
    found = Appointment.objects.filter(agency=scope.agency, capacity=Capacity.SELF, post__side=Side.PERMANENT)
    here = people_on(scope.agency, scope.today).exclude(employment__in=_OUTSIDE_PLAN)
    return found.on(scope.today).filter(person__in=here).select_related("person", "post").order_by("pk")


def _vacant(rows: Sequence[Row]) -> Iterator[Notice]:
    names = [entry.title for entry, values in rows if values.get("occupancy") == VACANT]
    yield from _told(_("อัตราว่าง {n} อัตรา: {names}"), names)


def _twice(rows: Sequence[Row], held: Sequence[Appointment]) -> Iterator[Notice]:
    """Name people with several posts of the plan, and those with several appointments."""
    planned = Counter(ref for _entry, values in rows if isinstance(ref := values.get("holder"), Ref))
    yield from _told(_("ครองเกินหนึ่งอัตราในแผน: {names}"), [ref.text for ref, n in planned.items() if n > 1], True)
    people = Counter(one.person for one in held)
    names = [str(person) for person, n in people.items() if n > 1]
    yield from _told(_("ดำรงตำแหน่งเกินหนึ่งตำแหน่งในทะเบียนการดำรงตำแหน่ง: {names}"), names, True)


def _without_post(scope: Scope, rows: Sequence[Row]) -> Iterator[Notice]:
    planned = {id_of(values.get("holder")) for _entry, values in rows}
    staff = people_on(scope.agency, scope.today).exclude(employment__in=_OUTSIDE_PLAN)
    names = [str(one) for one in staff if one.pk not in planned]
    yield from _told(_("บุคลากร {n} คนยังไม่มีอัตราในแผน: {names}"), names, True)


def _differing(rows: Sequence[Row], held: Sequence[Appointment]) -> Iterator[Notice]:
    """Name posts whose holder is another one by the appointments, matched by the post's number."""
    holders = {_bare(one.post.number): one.person for one in held if one.post.number}
    names = []
    for entry, values in rows:
        person = holders.get(_bare(entry.values.get("number", "")))
        ref = values.get("holder")
        if person is not None and (not isinstance(ref, Ref) or ref.id != person.pk):
            names.append(_("{title} (ทะเบียนการดำรงตำแหน่งคือ{name})").format(title=entry.title, name=person))
    yield from _told(_("ผู้ครองในแผนไม่ตรงกับทะเบียนการดำรงตำแหน่ง: {names}"), names, True)


def _unplanned(rows: Sequence[Row], held: Sequence[Appointment]) -> Iterator[Notice]:
    numbers = {_bare(entry.values.get("number", "")) for entry, _values in rows}
    posts = {one.post for one in held if one.post.number and _bare(one.post.number) not in numbers}
    names = sorted(f"{one.number} {one.title}" for one in posts)
    yield from _told(_("ตำแหน่งที่มีผู้ดำรงแต่ไม่มีในแผน: {names}"), names, True)


def _ended(rows: Sequence[Row], year: int) -> Iterator[Notice]:
    filled = [entry.title for entry, values in rows if values.get("holder") and not_authorised(values, year)]
    yield from _told(_("มีคนครองแต่ไม่อยู่ในกรอบของปีนี้: {names}"), filled, True)


def _told(text: str, names: Collection[str], is_blocking: bool = False) -> Iterator[Notice]:
    if names:
        said = text.format(n=to_thai(str(len(names))), names=listed(list(names)))
        yield Notice(said, is_blocking=is_blocking)


def _bare(number: str) -> str:
    return "".join(to_arabic(number).split())
