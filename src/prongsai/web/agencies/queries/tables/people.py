"""What would become of the rows of a table of people: the person, the post, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from prongsai.thai.names import PersonName, formal_name, read_name
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Appointment, Capacity, Person, Post, Side, Unit
from prongsai.web.agencies.queries.alike import alike
from prongsai.web.agencies.queries.tables.book import listed, name_key_of
from prongsai.web.agencies.queries.tables.cells import Cells, shown
from prongsai.web.agencies.queries.tables.fates import Change, RowPlan
from prongsai.web.agencies.queries.tables.work import Work

# Posts of which an office has one: a second holder is an overlap to look at, not a second post.
_SINGLE = ("นายก", "ปลัด", "ผู้อำนวยการ", "หัวหน้า", "ประธานสภา", "เลขานุการนายก", "เลขานุการสภา")
_ACTING = ("รักษาราชการแทน", "ปฏิบัติราชการแทน", "ปฏิบัติหน้าที่", "รักษาการในตำแหน่ง", "รักษาการแทน", "รก.")
_POLITICAL = ("นายก", "รองนายก", "ที่ปรึกษานายก", "เลขานุการนายก", "ประธานสภา", "รองประธานสภา", "สมาชิกสภา")


@dataclass(frozen=True, slots=True)
class _Place:
    """Which post a row means, and from when to when."""

    title: str
    unit: Unit | None
    start: date | None
    end: date | None


def plan_people(work: Work) -> None:
    """Plan the rows in their order, then point out new names that are like others."""
    made: list[tuple[RowPlan, Person]] = []
    for cells in work.cells():
        person = _plan(work, cells)
        if person is not None and cells.row.is_new:
            made.append((cells.row, person))
    _note_alike(work, made)


def _plan(work: Work, cells: Cells) -> Person | None:
    row = cells.row
    name = _name(cells)
    row.title = formal_name(name) if name else ""
    values: dict[str, Any] = {"employment": cells.employment(), "phone": cells.text("phone", 60)}
    values["email"] = work.email(cells)
    values["joined_on"], values["left_on"] = cells.period("joined_on", "left_on")
    place = _place(work, cells)
    if name is None or row.faults:
        return None
    person = _known(work, cells, name)
    if row.faults:
        return None
    if person is None:
        person = _new(work, row, name, values)
    else:
        is_same_title = formal_name(_of(person)) == formal_name(
            name._replace(given=person.given_name, surname=person.family_name)
        )
        work.alter(row, person, "person.change", values | {"prefix": "" if is_same_title else name.title})
    if place is not None:
        _put(work, cells, person, place)
    return person


# --- who ------------------------------------------------------------------------------------------------------------
def _name(cells: Cells) -> PersonName | None:
    """Read a name that stands in three cells, in two, or in one."""
    prefix, given, family = cells.text("prefix", 40), cells.needed("given_name"), cells.text("family_name", 100)
    if not given:
        return None
    whole = read_name(" ".join(f"{prefix}{given} {family}".split()))
    if whole is not None and (not prefix or whole.title):
        return _bounded(cells, whole)
    if not family and " " in given:
        given, family = given.split(" ", 1)
    return _bounded(cells, PersonName(prefix, given, family, ""))


def _bounded(cells: Cells, name: PersonName) -> PersonName | None:
    if len(name.given) > 100 or len(name.surname) > 100 or len(name.title) > 40:
        cells.fault("given_name", _("ยาวเกินไป"), _("ตรวจว่าเป็นชื่อบุคคล"))
        return None
    return name


def _of(person: Person) -> PersonName:
    return PersonName(person.prefix, person.given_name, person.family_name, "")


def _known(work: Work, cells: Cells, name: PersonName) -> Person | None:
    found = work.book.people[fold(name.given + name.surname)]
    if len(found) > 1:
        text = _("มีชื่อนี้ในระบบ %(count)s คน ไม่รู้ว่าหมายถึงคนใด") % {"count": len(found)}
        cells.fault("given_name", text, _("ถ้าเป็นคนเดียวกันให้รวมรายชื่อก่อน ถ้าไม่ใช่ให้แก้ทีละคน"))
    elif found and name_key_of(found[0]) != fold(name.given + name.surname):
        cells.row.notes.append(_("รวมกับ %(person)s แล้ว") % {"person": found[0]})
    return found[0] if found else None


def _new(work: Work, row: RowPlan, name: PersonName, values: dict[str, Any]) -> Person:
    given = {key: value for key, value in values.items() if value is not None}
    person = Person(agency=work.agency, prefix=name.title, given_name=name.given, family_name=name.surname, **given)
    row.is_new = True
    work.make(row, person, "person.create")
    work.book.add_person(person)
    return person


def _note_alike(work: Work, made: Iterable[tuple[RowPlan, Person]]) -> None:
    rows = {id(person): row for row, person in made}
    if not rows:
        return
    everybody = {id(person): person for people in work.book.people.values() for person in people}
    for group in alike([(person, "") for person in everybody.values()]):
        for person in group:
            if id(person) in rows:
                others = [other for other in group if other is not person]
                rows[id(person)].notes.append(_("ชื่อคล้าย %(names)s") % {"names": listed(others, 3)})


# --- which post -----------------------------------------------------------------------------------------------------
def _place(work: Work, cells: Cells) -> _Place | None:
    title = cells.text("post")
    unit, is_right = work.unit(cells, "unit")
    start, end = cells.period("valid_from", "valid_to")
    if title and any(word in title for word in _ACTING):
        cells.fault("post", _("เป็นการรักษาการ ไม่ใช่ตำแหน่ง"), _("ใส่ตำแหน่งของตนเอง แล้วบันทึกการรักษาการที่หน้าตำแหน่ง"))
        return None
    if title:
        return _Place(title, unit, start, end) if is_right else None
    if cells.text("unit"):
        cells.fault("post", _("ว่าง แต่มีส่วนราชการ"), _("ใส่ตำแหน่ง เพราะบุคคลอยู่ในส่วนราชการโดยตำแหน่ง"))
    elif start or end:
        cells.fault("post", _("ว่าง แต่มีวันที่ดำรงตำแหน่ง"), _("ใส่ตำแหน่ง หรือลบวันที่"))
    return None


def _put(work: Work, cells: Cells, person: Person, place: _Place) -> None:
    row = cells.row
    held = _held(work, person, place)
    if held is not None and _lasts_longer(held, place) and (why := work.book.why_not(person, held.post)):
        cells.fault("post", why, _("ลบตำแหน่งในแถวนี้ แล้วให้ผู้ดูแลระบบแต่งตั้ง"))
        return
    if held is not None:
        if place.start is None and held.valid_to is not None and held.valid_to < work.book.scope.today:
            row.notes.append(_("พ้นตำแหน่งนี้แล้วเมื่อ %(day)s") % {"day": shown(held.valid_to)})
        work.alter(row, held, "appointment.change", {"valid_from": place.start, "valid_to": place.end})
        return
    post = _post(work, row, place)
    why = work.book.why_not(person, post)
    if why:
        cells.fault("post", why, _("ลบตำแหน่งในแถวนี้ แล้วให้ผู้ดูแลระบบแต่งตั้ง"))
        return
    if not work.book.has_post(post):
        work.make(row, post, "post.create")
        work.book.add_post(post)
        row.notes.append(_("เพิ่มตำแหน่งใหม่ “%(post)s”") % {"post": _called(post)})
    _note_others(work, row, person, post)
    one = Appointment(agency=work.agency, person=person, post=post, valid_from=place.start, valid_to=place.end)
    row.changes.append(Change(_("ตำแหน่ง"), "", _called(post)))
    work.make(row, one, "appoint")
    work.book.appoint(one)


def _held(work: Work, person: Person, place: _Place) -> Appointment | None:
    """Find the appointment that a row tells of again: to such a post, in its own right, of the same term."""
    known = [one for one in work.book.appointments(person) if one.capacity == Capacity.SELF and _fits(one.post, place)]
    same_term = [one for one in known if place.start is None or one.valid_from in (None, place.start)]
    running = [one for one in known if one.valid_to is None or place.start is None or one.valid_to >= place.start]
    found = same_term or running
    return max(found, key=lambda one: (one.valid_to is None, one.valid_to or date.min)) if found else None


def _lasts_longer(held: Appointment, place: _Place) -> bool:
    is_earlier = place.start is not None and held.valid_from is not None and place.start < held.valid_from
    return is_earlier or (place.end is not None and held.valid_to is not None and place.end > held.valid_to)


def _fits(post: Post, place: _Place) -> bool:
    return fold(post.title) == fold(place.title) and (place.unit is None or post.unit is place.unit)


def _post(work: Work, row: RowPlan, place: _Place) -> Post:
    """Find the post to be filled: one that is vacant, else the only one there can be, else a new one."""
    called = work.book.posts_called(place.title, place.unit)
    if not called and place.unit is None:
        titled = work.book.posts_titled(place.title)
        called = titled if len(titled) == 1 else []
    vacant = next((post for post in called if not work.book.holders(post)), None)
    if vacant is not None:
        return vacant
    if called and (called[0].is_head or place.title.startswith(_SINGLE) or place.end is not None):
        return called[0]
    side = Side.POLITICAL if place.title.startswith(_POLITICAL) and place.unit is None else Side.PERMANENT
    if place.unit is None and not called:
        row.notes.append(_("ไม่ได้ระบุส่วนราชการ จึงเป็นตำแหน่งของทั้งหน่วยงาน"))
    return Post(agency=work.agency, unit=place.unit, title=place.title, side=side, place=row.number)


def _note_others(work: Work, row: RowPlan, person: Person, post: Post) -> None:
    others = [one.person for one in work.book.holders(post) if one.capacity == Capacity.SELF]
    if others:
        row.notes.append(_("ตำแหน่งนี้มี %(names)s ดำรงอยู่ด้วย") % {"names": listed(others)})
    today = work.book.scope.today
    still = [one.post.title for one in work.book.appointments(person) if one.holds_on(today)]
    if still:
        row.notes.append(_("ยังดำรงตำแหน่ง %(posts)s อยู่ด้วย") % {"posts": listed(still)})


def _called(post: Post) -> str:
    return f"{post.title} {post.unit.name}" if post.unit else post.title
