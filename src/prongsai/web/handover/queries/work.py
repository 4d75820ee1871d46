"""Work to hand over: duties of a post, measures and tasks, papers and pages of the platform in the making."""

from collections.abc import Iterator

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.models import Membership
from prongsai.web.agencies.scope import Scope
from prongsai.web.disclosure.models import Release, ReleaseState
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.handover.models import Fate, Kind
from prongsai.web.handover.queries.giver import Giver
from prongsai.web.handover.queries.rows import Row
from prongsai.web.plans.models import Dispatch, MeasureOwner, MeasureState, Report, ReportState, Step, Task, TaskState

RUNNING = (MeasureState.DRAFT, MeasureState.RUNNING)


def rows(scope: Scope, giver: Giver, *, may_take: bool) -> Iterator[Row]:
    """Give the work of a giver. may_take: whether the taker can sign in, and pages can be moved to their account."""
    accounts = list(Membership.objects.filter(agency=giver.agency, person=giver.person).values_list("user", flat=True))
    yield from _duties(scope, giver)
    yield from _measures(giver)
    yield from _tasks(giver)
    yield from _reports(giver, accounts)
    yield from _dispatches(giver, accounts)
    yield from _releases(giver, accounts, may_take)


def _duties(scope: Scope, giver: Giver) -> Iterator[Row]:
    waiting = Occurrence.objects.filter(done_on=None).order_by("due_on")
    held = Duty.objects.filter(agency=giver.agency, post__in=giver.post_ids, is_open=True)
    years = (fiscal_year_be(scope.today), fiscal_year_be(scope.today) - 1)
    found = held.filter(fiscal_year_be__in=years, occurrences__done_on=None).distinct()
    told = found.select_related("post").prefetch_related(Prefetch("occurrences", waiting, to_attr="waiting"))
    for one in told:
        due = one.waiting
        late = sum(each.due_on < scope.today for each in due)
        about = to_thai(_("ตำแหน่ง {post} เหลือ {n} งวด").format(post=one.post, n=len(due)))
        note = to_thai(_("ขาด {n} งวด").format(n=late)) if late else ""
        address = reverse("duties:duty", args=[giver.agency.code, one.pk])
        yield Row(Kind.DUTY, one.pk, one.title, about, due[0].due_on if due else None, address, Fate.POST, note)


def _measures(giver: Giver) -> Iterator[Row]:
    steps = Step.objects.filter(done_on=None, due_on__isnull=False).order_by("due_on")
    own = MeasureOwner.objects.filter(person=giver.person, measure__cycle__agency=giver.agency)
    found = own.filter(measure__state__in=RUNNING).select_related("measure__cycle__agency")
    for one in found.prefetch_related(Prefetch("measure__steps", steps, to_attr="waiting")):
        measure = one.measure
        waiting = measure.waiting  # type: ignore[attr-defined]
        due = waiting[0].due_on if waiting else measure.ends_on
        about = f"{measure.get_state_display()} · {_('ผู้รับผิดชอบ')} {one.text}"
        yield Row(Kind.MEASURE, one.pk, measure.title, about, due, measure.get_absolute_url(), Fate.MOVED)


def _tasks(giver: Giver) -> Iterator[Row]:
    mine = Task.objects.filter(cycle__agency=giver.agency, unit__in=giver.unit_ids)
    found = mine.exclude(state=TaskState.ACCEPTED).select_related("cycle__agency", "unit")
    for one in found:
        about = f"{one.get_state_display()} · {one.unit}"
        yield Row(Kind.TASK, one.pk, one.title, about, one.due_on, one.get_absolute_url())


def _reports(giver: Giver, accounts: list[int]) -> Iterator[Row]:
    made = Report.objects.filter(agency=giver.agency, made_by__in=accounts).exclude(state=ReportState.APPROVED)
    words = _("ผู้ประสานการประเมินทำต่อได้")
    for one in made.filter(letters=None).select_related("cycle"):
        address = reverse("plans:report", args=[giver.agency.code, one.pk])
        yield Row(Kind.REPORT, one.pk, one.title, f"{one.get_state_display()} · {words}", address=address)


def _dispatches(giver: Giver, accounts: list[int]) -> Iterator[Row]:
    found = Dispatch.objects.filter(cycle__agency=giver.agency, made_by__in=accounts, issued_on=None)
    for one in found:
        address = reverse("plans:dispatch", args=[giver.agency.code, one.pk])
        yield Row(Kind.REPORT, -one.pk, one.subject, _("ร่างบันทึกมอบหมาย"), one.due_on, address)


def _releases(giver: Giver, accounts: list[int], may_take: bool) -> Iterator[Row]:
    made = Release.objects.filter(page__agency=giver.agency).exclude(state=ReleaseState.APPROVED)
    own = made.filter(Q(written_by__in=accounts) | Q(requested_by=giver.person)).select_related("page")
    for one in own:
        moves = may_take and one.written_by_id in accounts and one.state != ReleaseState.REQUESTED
        note = "" if may_take else _("ผู้รับมอบยังไม่มีบัญชีในระบบ")
        address = reverse("disclosure:page", args=[giver.agency.code, one.page_id])
        fate = Fate.MOVED if moves else Fate.POST
        yield Row(Kind.RELEASE, one.pk, one.title, str(one.get_state_display()), None, address, fate, note)
