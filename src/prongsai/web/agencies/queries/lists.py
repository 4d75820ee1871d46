"""What the organisation pages list, everything fetched."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from prongsai.thai.letters import read_letter_number
from prongsai.thai.places import province
from prongsai.thai.units import is_sentence
from prongsai.web.agencies.models import (
    Agency,
    AgencyPeriod,
    Appointment,
    Capacity,
    Committee,
    CommitteeMember,
    Employment,
    JobOrder,
    Person,
    Post,
    Unit,
)
from prongsai.web.agencies.queries.holding import in_order, known_on, people_on


# --- units ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree: depth 0 the highest; what it has on the day by itself, units under it not counted.

    head: who heads it. is_odd: its name reads like a sentence.
    """

    unit: Unit
    depth: int
    aliases: tuple[str, ...]
    posts: int
    people: int
    head: str
    is_open: bool
    is_odd: bool

    @property
    def indent(self) -> str:
        """What stands before its name, to show how deep it is."""
        return "\u2003" * (self.depth - 1) + "└\u2002" if self.depth else ""


def unit_tree(agency: Agency, day: date, *, closed: bool = True) -> list[UnitNode]:
    """Give the units, children under their parents. closed: those too that do not hold on the day. Four queries."""
    units = list(Unit.objects.filter(agency=agency).prefetch_related("aliases"))
    posts: dict[int | None, set[int]] = defaultdict(set)
    for pk, unit_id in Post.objects.filter(agency=agency, unit__isnull=False).on(day).values_list("pk", "unit_id"):
        posts[unit_id].add(pk)
    held: dict[int | None, list[Appointment]] = defaultdict(list)
    for one in (
        Appointment.objects.filter(agency=agency, post__unit__isnull=False).on(day).select_related("person", "post")
    ):
        held[one.post.unit_id].append(one)
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)
    nodes = (_node(unit, depth, posts[unit.pk], held[unit.pk], day) for unit, depth in _walk(below, None, 0))
    return [node for node in nodes if closed or node.is_open]


def _walk(below: dict[int | None, list[Unit]], parent: int | None, depth: int) -> Iterator[tuple[Unit, int]]:
    for unit in below[parent]:
        yield unit, depth
        yield from _walk(below, unit.pk, depth + 1)


def _node(unit: Unit, depth: int, posts: set[int], held: list[Appointment], day: date) -> UnitNode:
    heads = in_order(one for one in held if one.post.is_head)
    return UnitNode(
        unit=unit,
        depth=depth,
        aliases=tuple(alias.name for alias in unit.aliases.all()),
        posts=len(posts),
        people=len({one.person_id for one in held}),
        head=str(heads[0].person) if heads else "",
        is_open=unit.holds_on(day),
        is_odd=is_sentence(unit.name),
    )


def units_of(agency: Agency) -> QuerySet[Unit]:
    """Give the units with the one above each."""
    return Unit.objects.filter(agency=agency).select_related("parent")


# --- people ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people served on a day. kinds: pairs of a kind of employment and how many.

    elected: those among them of the political side. unknown: those counted whose first day nobody has written down.
    """

    day: date
    total: int
    elected: int
    kinds: tuple[tuple[str, int], ...]
    unknown: int

    @property
    def staff(self) -> int:
        """How many serve on the permanent side."""
        return self.total - self.elected


def headcount_on(agency: Agency, day: date) -> Headcount:
    """Count who served on a day, by employment; the same day gives the same count whenever it is asked."""
    counted = people_on(agency, day).order_by().values("employment")
    rows = list(counted.annotate(n=Count("pk"), unknown=Count("pk", filter=Q(joined_on__isnull=True))))
    count = {row["employment"]: row["n"] for row in rows}
    kinds = tuple((str(kind.label), count[kind.value]) for kind in Employment if kind.value in count)
    unsaid = (("", count[""]),) if "" in count else ()
    return Headcount(
        day=day,
        total=sum(count.values()),
        elected=count.get(Employment.ELECTED.value, 0),
        kinds=kinds + unsaid,
        unknown=sum(row["unknown"] for row in rows),
    )


def people_list(
    agency: Agency, day: date, search: str = "", unit: Unit | None = None, only: str = ""
) -> QuerySet[Person]:
    """Give who serves on a day and outsiders, with the appointments of that day as ``held`` and ``has_duties``.

    search: part of a name. unit: of the posts held. only: ``no_post`` or ``no_duties``.
    """
    held = Appointment.objects.on(day).select_related("post__unit").order_by("post__place")
    duties = JobOrder.objects.on(day).filter(person=OuterRef("pk"))
    people = people_on if only else known_on  # nobody waits for an outsider's post or duties
    found = people(agency, day).annotate(has_duties=Exists(duties))
    for word in search.split():
        found = found.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    if unit is not None:
        found = found.filter(pk__in=Appointment.objects.on(day).filter(post__unit=unit).values("person"))
    if only == "no_post":
        found = found.exclude(pk__in=Appointment.objects.on(day).filter(agency=agency).values("person"))
    if only == "no_duties":
        found = found.filter(has_duties=False).exclude(employment=Employment.ELECTED)
    return found.prefetch_related(Prefetch("appointments", held, "held"))


def people_of(agency: Agency) -> QuerySet[Person]:
    """Give everybody in the register, merged spellings left out."""
    return Person.objects.filter(agency=agency, merged_into=None)


# --- posts ----------------------------------------------------------------------------------------------------------
def posts_of(agency: Agency, day: date) -> QuerySet[Post]:
    """Give every post with unit, roles, and who fills it on a day as ``filled``, each with own posts as ``held``."""
    own = Appointment.objects.on(day).filter(capacity=Capacity.SELF).select_related("post")
    filled = (
        Appointment.objects.on(day)
        .select_related("person", "post")
        .prefetch_related(Prefetch("person__appointments", own, "held"))
    )
    return (
        Post.objects.filter(agency=agency)
        .select_related("unit")
        .prefetch_related("roles", Prefetch("appointments", filled, "filled"))
    )


def posts_list(agency: Agency, day: date, search: str = "", unit: Unit | None = None, only: str = "") -> QuerySet[Post]:
    """Give the posts of a day as ``posts_of``. only: ``vacant``, ``acting`` or ``roles`` (those with a role here)."""
    found = posts_of(agency, day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    held = Appointment.objects.on(day).filter(agency=agency)
    if search:
        found = found.filter(title__icontains=search)
    if unit is not None:
        found = found.filter(unit=unit)
    if only == "vacant":
        found = found.exclude(pk__in=held.filter(capacity=Capacity.SELF).values("post"))
    if only == "acting":
        found = found.filter(pk__in=held.exclude(capacity=Capacity.SELF).values("post"))
    return found.filter(roles__isnull=False).distinct() if only == "roles" else found


# --- committees and work assignments --------------------------------------------------------------------------------
def committees_of(agency: Agency) -> QuerySet[Committee]:
    """Give the committees, the newest order first, with what replaced each and ``size``."""
    return (
        Committee.objects.filter(agency=agency)
        .select_related("replaced_by")
        .prefetch_related("replaces")
        .annotate(size=Count("members"))
        .order_by("-order_date", "pk")
    )


def members_of(committee: Committee) -> QuerySet[CommitteeMember]:
    """Give the members in their order."""
    return CommitteeMember.objects.filter(committee=committee).select_related("person")


def officers(agency: Agency, day: date, only: str = "") -> QuerySet[Person]:
    """Give who serves on the permanent side on a day, with ``assigned`` (work orders of that day) and ``held``."""
    orders = JobOrder.objects.on(day).select_related("signer")
    found = people_list(agency, day, only=only).exclude(employment__in=(Employment.ELECTED, Employment.OUTSIDE))
    return found.prefetch_related(Prefetch("job_orders", orders, "assigned"))


def without_duties(agency: Agency, day: date) -> QuerySet[Person]:
    """Give the officers who have no work assignment in force on a day."""
    return people_list(agency, day, only="no_duties")


def job_orders_of(agency: Agency) -> QuerySet[JobOrder]:
    """Give every work assignment that ever was, the newest order first."""
    return JobOrder.objects.filter(agency=agency).select_related("person", "signer")


# --- the agency -----------------------------------------------------------------------------------------------------
def letters_expected(agency: Agency) -> str:
    """Give the letters of the agency's province when its letter prefix has others; else nothing."""
    place, found = province(agency.province), read_letter_number(f"{agency.letter_prefix}/1")
    return place.letters if place and found and found.prefix != place.letters else ""


def periods_of(agency: Agency) -> QuerySet[AgencyPeriod]:
    """Give the history of names and kinds, the oldest first; an open beginning is the oldest on every database."""
    return AgencyPeriod.objects.filter(agency=agency).order_by(F("valid_from").asc(nulls_first=True), "pk")


def newest_first(held: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Put appointments in order, the newest first; an unknown beginning is the oldest on every database."""
    return held.order_by(F("valid_from").desc(nulls_last=True), "pk")
