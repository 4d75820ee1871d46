"""The year wheel: twelve months from October with their duties, who has them, where they are filled in and shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from prongsai.thai.fiscal import BE_OFFSET, Span, fiscal_year, month_span
from prongsai.thai.months import MONTHS
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Appointment
from prongsai.web.agencies.queries.holding import in_order
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.duties.queries import Line, State, lines, occurrences_of
from prongsai.web.duties.standard import STANDARDS
from prongsai.web.evidence.models import Evidence
from prongsai.web.home.places import Link, Place, Places

FISCAL_MONTHS = (10, 11, 12, *range(1, 10))


@dataclass(frozen=True, slots=True)
class Task:
    """An occurrence of a duty on the wheel. year_be: its duty's; owner: unit or post; holder: who has the post today.

    form: where it is filled in; last: last year's paper, or what was entered then; place: where it will be public.
    """

    line: Line
    year_be: int
    owner: str
    holder: str
    form: Link | None
    last: Link | None
    place: Place | None
    unverified: str

    @property
    def occurrence(self) -> Occurrence:
        """The occurrence itself."""
        return self.line.occurrence


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what is to be done in it. is_now: the month of today."""

    number: int
    name: str
    tasks: tuple[Task, ...]
    is_now: bool

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(one.occurrence.done_on is not None for one in self.tasks)

    @property
    def missed(self) -> int:
        """How many were missed."""
        return sum(one.line.state is State.MISSED for one in self.tasks)


@dataclass(frozen=True, slots=True)
class Wheel:
    """A fiscal year (BE). after: what of this year is done when it is over. has_cycle: a framework says where."""

    year_be: int
    months: tuple[Month, ...]
    after: tuple[Task, ...]
    is_open: bool
    has_cycle: bool


def wheel_of(scope: Scope, year_be: int) -> Wheel:
    """Give the wheel of a fiscal year (BE); the same number of queries however many duties there are."""
    span = fiscal_year(year_be)
    found = sorted(_occurrences(scope, year_be, span), key=lambda one: (one.due_on, one.duty.title))
    places = Places(scope, year_be)
    tasks = list(_tasks(scope, found, places))
    by_month: dict[date, list[Task]] = defaultdict(list)
    for one in tasks:
        by_month[_month_of(one.occurrence)].append(one)
    months = tuple(_month(scope, number, year_be, by_month) for number in FISCAL_MONTHS)
    after = tuple(one for one in tasks if _month_of(one.occurrence) > span.end)
    is_open = any(one.year_be == year_be for one in tasks)
    return Wheel(year_be, months, after, is_open, places.own is not None)


def _month(scope: Scope, number: int, year_be: int, by_month: Mapping[date, Sequence[Task]]) -> Month:
    year = year_be - BE_OFFSET - (number >= FISCAL_MONTHS[0])
    span = month_span(year, number)
    name = to_thai(f"{MONTHS[number - 1]} {year + BE_OFFSET}")
    return Month(number, name, tuple(by_month.get(span.start, ())), span.start <= scope.today <= span.end)


def _month_of(occurrence: Occurrence) -> date:
    """Give the first day of the month in which something is done: that of its duty, else that of its last day."""
    day = occurrence.starts_on if occurrence.duty.month else occurrence.due_on
    return day.replace(day=1)


def _occurrences(scope: Scope, year_be: int, span: Span) -> QuerySet[Occurrence]:
    """Give what is done in a year, what belongs to the year before too; and what of this year is done after it."""
    here = Q(duty__month__isnull=False, starts_on__range=span) | Q(duty__month__isnull=True, due_on__range=span)
    later = Q(duty__fiscal_year_be=year_be, duty__month__isnull=True, due_on__gt=span.end)
    return occurrences_of(scope).filter(here | later).filter(Q(duty__is_open=True) | Q(done_on__isnull=False))


# --- what is told of each -------------------------------------------------------------------------------------------
def _tasks(scope: Scope, found: Sequence[Occurrence], places: Places) -> Iterator[Task]:
    last = _last_year(scope, found)
    holders = _holders(scope, {one.duty.post_id for one in found if one.duty.post_id})
    for line in lines(scope, found):
        duty, standard = line.occurrence.duty, STANDARDS.get(line.occurrence.duty.key)
        yield Task(
            line,
            duty.fiscal_year_be,
            " ".join(str(one) for one in (duty.post, duty.unit) if one),
            holders.get(duty.post_id or 0, ""),
            places.form_of(duty, standard),
            _last_link(scope, last.get(_turn(line.occurrence, -1))),
            places.place_of(duty, standard),
            standard.unverified if standard else "",
        )


def _holders(scope: Scope, posts: Iterable[int]) -> dict[int, str]:
    """Name who has each post today, its holder before who acts. One query."""
    held = Appointment.objects.filter(agency=scope.agency, post__in=list(posts)).on(scope.today)
    here = held.exclude(person__left_on__lt=scope.today).select_related("person", "post")
    found: dict[int, str] = {}
    for one in in_order(here):
        found.setdefault(one.post_id, str(one.person))
    return found


Turn = tuple[str, int, int, int]


def _turn(one: Occurrence, years: int = 0) -> Turn:
    """Name an occurrence by its duty, its year and its place in the year. years: to be added."""
    duty: Duty = one.duty
    return duty.key or duty.title, duty.fiscal_year_be + years, one.starts_on.month, one.ends_on.month


def _last_year(scope: Scope, found: Sequence[Occurrence]) -> dict[Turn, Occurrence]:
    """Give what was done of the same duties a year before, with its papers. Two queries."""
    years = {one.duty.fiscal_year_be - 1 for one in found}
    keys = {one.duty.key for one in found if one.duty.key}
    titles = {one.duty.title for one in found if not one.duty.key}
    same = Q(duty__key__in=keys) | Q(duty__key="", duty__title__in=titles)
    papers = Evidence.objects.filter(withdrawn_at=None, revised_by=None).exclude(file__is_guarded=True)
    before = occurrences_of(scope).filter(same, duty__fiscal_year_be__in=years, done_on__isnull=False)
    shown = before.prefetch_related(Prefetch("evidence", papers.select_related("file").order_by("pk")))
    return {_turn(one): one for one in shown}


def _last_link(scope: Scope, one: Occurrence | None) -> Link | None:
    """Lead to last year's paper, a PDF before other forms of it; where there is none, to what was entered."""
    if one is None:
        return None
    papers = sorted(one.evidence.all(), key=lambda paper: not (paper.file and paper.file.name.endswith(".pdf")))
    if papers:
        return Link(papers[0].title, reverse("evidence:evidence", args=[scope.agency.code, papers[0].pk]))
    return Link(one.label, reverse("duties:occurrence", args=[scope.agency.code, one.pk]))


def address_of(scope: Scope, year_be: int) -> str:
    """Give the address of the wheel of a year (BE)."""
    return f"{reverse('year_wheel', args=[scope.agency.code])}?{urlencode({'year': year_be})}"
