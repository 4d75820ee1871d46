"""Executives against posts and appointments: who is missing or has left, whose photograph or contact is wanted."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Ref, Register, Values
from prongsai.web.agencies.models import Appointment, Post
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import Row, counted, id_of

# How the posts at the top are called in every kind of local government; heads of units are known by their mark.
_TOP = ("นายก", "รองนายก", "ปลัด", "รองปลัด")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Warn of somebody who does not hold the post on this day."""
    person, post = values.get("person"), values.get("post")
    if not (isinstance(person, Ref) and isinstance(post, Ref)) or person.id is None or post.id is None:
        return
    if not _held(scope).filter(person=person.id, post=post.id).exists():
        told = _("ทะเบียนการดำรงตำแหน่งไม่พบว่า{person}เป็น{post}ในวันนี้").format(person=person.text, post=post.text)
        yield Fault("person", "NOT_IN_POST", told, _("ตรวจทะเบียนตำแหน่ง หรือเลือกผู้ดำรงตำแหน่งปัจจุบัน"), is_warning=True)


def _held(scope: Scope) -> QuerySet[Appointment]:
    return Appointment.objects.filter(agency=scope.agency).on(scope.today).select_related("person", "post")


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name posts without an entry, entries without photograph or contact, and people who are no longer in the post."""
    rows = list(counted(scope, register))
    held = {(one.post_id, one.person_id): one for one in _held(scope)}
    return [*_left(rows, held.keys()), *_missing(scope, rows, {post for post, _person in held}), *_unfinished(rows)]


def _left(rows: Iterable[Row], held: Iterable[tuple[int, int]]) -> Iterator[Notice]:
    standing = set(held)
    for entry, values in rows:
        if (id_of(values.get("post")), id_of(values.get("person"))) not in standing:
            told = _("{title} พ้นจากตำแหน่งแล้ว ต้องปรับปรุงหน้าข้อมูลผู้บริหาร และประกาศที่ลงนามโดยผู้นั้น")
            yield Notice(told.format(title=entry.title), is_blocking=True)


def _missing(scope: Scope, rows: Iterable[Row], filled: Iterable[int]) -> Iterator[Notice]:
    there, holders = {id_of(values.get("post")) for _entry, values in rows}, set(filled)
    for post in executive_posts(scope):
        if post.pk in holders and post.pk not in there:
            yield Notice(_("ยังไม่มีข้อมูลของ{post}").format(post=post.title), is_blocking=True)


def executive_posts(scope: Scope) -> Iterable[Post]:
    """Give the posts that the page must show: the top of both sides and every head of a unit at the top of the tree."""
    of_all = Q(unit=None) & _named_like_top()
    heads = Q(is_head=True, unit__parent=None, unit__isnull=False)
    return Post.objects.filter(of_all | heads, agency=scope.agency).on(scope.today)


def _named_like_top() -> Q:
    found = Q()
    for title in _TOP:
        found |= Q(title__startswith=title)
    return found


def _unfinished(rows: Iterable[Row]) -> Iterator[Notice]:
    for entry, values in rows:
        if not values.get("photo"):
            yield Notice(_("{title} ยังไม่มีรูปถ่าย").format(title=entry.title), is_blocking=True)
        if not (values.get("phone") or values.get("email")):
            yield Notice(_("{title} ยังไม่มีช่องทางติดต่อ").format(title=entry.title), is_blocking=True)
