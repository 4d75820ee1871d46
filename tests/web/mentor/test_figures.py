"""Every figure that an office sees is the one that the agency's own pages show."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Person
from prongsai.web.cycles import services as cycles
from prongsai.web.cycles.models import Cycle, ElementState, Verdict, Work
from prongsai.web.cycles.queries import glance, overview
from prongsai.web.cycles.queries.items import item_rows
from prongsai.web.disclosure.models import Inspection, Page, PageState, Reach, Watched
from prongsai.web.disclosure.queries.watching import counts_of
from prongsai.web.duties.queries import duty_lines
from prongsai.web.mentor.models import FaultStanding, Size, Standing
from prongsai.web.mentor.queries.figures import size_of
from prongsai.web.mentor.services import joining
from prongsai.web.mentor.services.refreshing import refresh
from prongsai.web.plans.queries.tasks import EVERYBODY, section_of, task_list
from tests.web import objects

pytestmark = pytest.mark.django_db


@pytest.fixture
def furnished(agency, system, desk):
    """One of everything, some items late, some elements judged, an agency that takes part."""
    made = objects.build(agency)
    items = list(made["cycle"].items.all())
    yesterday = system.today - timedelta(days=1)
    for item in items[:3]:
        item.due_on = yesterday
        item.save()
    items[1].work = Work.READY
    items[1].save()
    items[2].work = Work.IN_PROGRESS
    items[2].save()
    items[3].elements.update(verdict=Verdict.PASS)
    first = items[4].elements.first()
    ElementState.objects.filter(pk=first.pk).update(
        verdict=Verdict.FAIL, judged_at=timezone.now() - timedelta(days=15), reason="ความลับของเรา"
    )
    joining.join(system, office=desk.office)
    return made


def test_standing_says_what_the_offices_own_pages_say(furnished, system, agency):
    cycle = furnished["cycle"]
    seen, own = Standing.objects.get(cycle=cycle), glance(cycle, system.today)
    assert own.ready and own.overdue and own.passed  # else nothing is compared
    assert (seen.complete, seen.items) == (own.ready, own.items)
    assert (seen.met, seen.elements) == (own.passed, own.elements)
    assert seen.late_items == own.overdue
    [line] = [line for line in overview(system) if line.cycle == cycle]
    assert (seen.done, seen.items) == (line.ready, line.items)
    assert seen.done + seen.in_progress + seen.not_started == seen.items


def test_every_item_stands_as_in_the_offices_list(furnished, system):
    cycle = furnished["cycle"]
    seen = {line.key: line for line in Standing.objects.get(cycle=cycle).lines.all()}
    own = item_rows(cycle, system.today)
    assert sorted(seen) == sorted(row.key for row in own)
    for row in own:
        line = seen[row.key]
        assert (line.met, line.elements, line.work, line.due_on) == (row.passed, row.total, row.work, row.due_on)
        assert line.is_complete == row.is_ready
        assert (line.due_on is not None and line.due_on < system.today and not line.is_done) == row.is_overdue


def test_overdue_tasks_and_missed_duties_are_those_of_the_lists(furnished, system):
    seen = Standing.objects.get(cycle=furnished["cycle"])
    late = [task for task in task_list(system, EVERYBODY) if section_of(task, system.today) == "overdue"]
    assert seen.late_tasks == len([task for task in late if task.cycle_id == furnished["cycle"].pk]) > 0
    lines = duty_lines(system, fiscal_year_be(system.today))
    assert seen.missed_duties == sum(line.missed for line in lines)


def test_addresses_and_public_pages_are_those_of_the_lists(furnished, system, agency):
    Watched.objects.create(agency=agency, address="https://a.example/1", state=Reach.FAULT, codes=["REACH_NOT_FOUND"])
    Watched.objects.create(agency=agency, address="https://a.example/2", state=Reach.WARNING, codes=["REACH_SLOW"])
    refresh(agency=agency)
    seen, own = Standing.objects.get(cycle=furnished["cycle"]), counts_of(system)
    assert (seen.unreached, seen.warned) == (own["fault"], own["warning"])
    assert seen.unreached and seen.warned
    assert seen.pages == Page.objects.filter(agency=agency, state=PageState.PUBLIC).count()


def test_last_official_result_is_told_and_what_the_office_reckons_is_not(agency, system, desk):
    earlier = cycles.open_cycle(system, framework_id="ita-2568")
    given = {"indicators": {str(number): 80 for number in range(1, 11)}}
    cycles.take_scores(system, cycle=earlier, kind="official", given=given)
    cycles.take_scores(system, cycle=earlier, kind="own", given={"indicators": {str(n): 99 for n in range(1, 11)}})
    cycle = cycles.open_cycle(system, framework_id="ita-2569", carry_from=earlier)
    joining.join(system, office=desk.office)
    seen = Standing.objects.get(cycle=cycle)
    assert (seen.last_year_be, seen.last_pct) == (2568, Decimal("80.00"))
    assert seen.last_level


def test_fault_keeps_the_day_on_which_it_was_seen_first(furnished, agency):
    [fault] = FaultStanding.objects.filter(standing__cycle=furnished["cycle"], source="element")
    assert fault.since == timezone.localdate() - timedelta(days=15)
    ElementState.objects.filter(verdict=Verdict.FAIL).update(judged_at=timezone.now())  # judged anew, no better
    refresh(agency=agency)
    assert FaultStanding.objects.get(source="element", code=fault.code, key=fault.key).since == fault.since


def test_what_the_check_found_short_counts_until_somebody_judges(furnished, agency):
    item = furnished["item"]
    element = item.elements.filter(verdict="").last()
    page = Page.objects.get(item=item)
    Page.objects.filter(pk=page.pk).update(elsewhere="https://a.example/o12", state=PageState.PUBLIC)
    Inspection.objects.filter(item=item).delete()
    Inspection.objects.create(
        item=item,
        at=timezone.now(),
        address="https://a.example/o12",
        verdicts=[{"key": element.key, "verdict": "fail", "reason": "ความลับของเรา"}],
        problems=[{"code": "PAPER_SCANNED", "severity": "error"}, {"code": "PAGE_HIDDEN_TEXT", "severity": "info"}],
    )
    refresh(agency=agency)
    found = FaultStanding.objects.filter(key=item.key)
    assert found.filter(source="element", code=element.key).exists()
    assert list(found.filter(source="page").values_list("code", flat=True)) == ["PAPER_SCANNED"]
    ElementState.objects.filter(pk=element.pk).update(verdict=Verdict.PASS)
    refresh(agency=agency)
    assert not found.filter(source="element", code=element.key).exists()


@pytest.mark.parametrize(("people", "size"), [(0, Size.UNKNOWN), (1, Size.TINY), (30, Size.SMALL), (80, Size.MIDDLE)])
def test_size_is_a_band_of_how_many_serve(agency, system, people, size):
    Person.objects.filter(agency=agency).update(left_on=system.today - timedelta(days=1))
    Person.objects.bulk_create(
        Person(agency=agency, given_name=f"คนที่ {n}", employment="officer") for n in range(people)
    )
    assert size_of(agency, system.today) == size


def test_closed_cycle_is_seen_only_while_no_other_is_open(agency, system, desk, cycle):
    joining.join(system, office=desk.office)
    Cycle.objects.update(state="closed")
    refresh(agency=agency)
    assert Standing.objects.get().cycle == cycle
    earlier = cycles.open_cycle(system, framework_id="ita-2568")
    refresh(agency=agency)
    assert Standing.objects.get().cycle == earlier
