"""The annual human resources report: of a whole year; manpower as posts and appointments count it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Register, Values
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Appointment, Capacity, Person, Post, Side
from prongsai.web.agencies.queries import people_on
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules._year_end import faults_of_day


@dataclass(frozen=True, slots=True)
class Manpower:
    """Posts of the permanent side on a day, those with a holder, and people by kind of employment."""

    authorised: int
    actual: int
    by_kind: dict[str, int]


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Hold the day, and tell where the figures differ from what posts and people count."""
    yield from faults_of_day(values)
    day = values.get("as_of")
    if not isinstance(day, date):
        return
    found = manpower(scope, day)
    yield from _differs("authorised", values.get("authorised"), found.authorised, _("ทะเบียนตำแหน่ง"))
    yield from _differs("actual", values.get("actual"), found.actual, _("ทะเบียนการดำรงตำแหน่ง"))
    for kind, typed in _typed(values).items():
        yield from _differs("staff", typed, found.by_kind.get(kind, 0), _("ทะเบียนบุคลากร"))


def manpower(scope: Scope, day: date) -> Manpower:
    """Count posts and people on a day; three queries. People of the political side are no manpower."""
    posts = Post.objects.filter(agency=scope.agency, side=Side.PERMANENT).on(day)
    holding = Appointment.objects.filter(
        post__in=posts, capacity=Capacity.SELF, person__in=people_on(scope.agency, day)
    )
    people = people_on(scope.agency, day).exclude(employment="")
    by_kind: dict[str, int] = {}
    for kind in Person.objects.filter(pk__in=people).values_list("employment", flat=True):
        by_kind[kind] = by_kind.get(kind, 0) + 1
    return Manpower(posts.count(), holding.on(day).values("post").distinct().count(), by_kind)


def _typed(values: Values) -> dict[str, Decimal]:
    typed: dict[str, Decimal] = {}
    rows = values.get("staff")
    for row in rows if isinstance(rows, tuple) else ():
        numbers = [number for key in ("men", "women") if isinstance(number := row.get(key), Decimal)]
        typed[str(row.get("kind"))] = typed.get(str(row.get("kind")), Decimal(0)) + sum(numbers)
    return typed


def _differs(key: str, typed: object, counted: int, where: str) -> Iterator[Fault]:
    if isinstance(typed, Decimal) and typed != counted:
        told = to_thai(_("ใส่ {typed} แต่{where}นับได้ {counted}").format(typed=typed, where=where, counted=counted))
        yield Fault(key, "DIFFERS_FROM_PEOPLE", told, _("ตรวจทะเบียน หรืออธิบายในส่วนวิเคราะห์"), is_warning=True)
