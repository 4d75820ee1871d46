from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import Cycle, CycleDate, ItemState
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import Duty, Occurrence
from prongsai.web.duties.standard import FOLLOW_UP
from prongsai.web.plans.models import Task
from prongsai.web.plans.queries.calendar import entries_between, last_task_on, month_of, year_of
from prongsai.web.plans.queries.follow_up import follow_up_of, half_of
from prongsai.web.plans.services import add_measure
from prongsai.web.plans.services.progress import add_progress
from tests.web import office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = fiscal_year_be(TODAY)
DAY = date(2026, 1, 20)  # in fiscal year 2569


@pytest.fixture
def cycle(agency) -> Cycle:
    """An open cycle of this year."""
    return Cycle.objects.create(
        agency=agency, framework_id="ita-2569", framework_kind="ita", framework_sha256="-", fiscal_year_be=YEAR,
        measures_year_be=YEAR,
    )  # fmt: skip


@pytest.fixture
def cycle_2569(cycle) -> Cycle:
    """The same, of a year with days that are known."""
    Cycle.objects.update(measures_year_be=2569)
    cycle.measures_year_be = 2569
    return cycle


@pytest.fixture
def on(scope):
    """Somebody in a role on a day of fiscal year 2569."""
    return lambda role=Role.COORDINATOR, today=DAY: replace(scope(role), today=today)


def at(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=[office.CODE, *args])


def task(cycle: Cycle, unit: str, due: date, **given: object) -> Task:
    owner = office.unit(cycle.agency, unit)
    return Task.objects.create(cycle=cycle, unit=owner, title=f"งานของ{unit}", due_on=due, **given)


def told(view) -> list[tuple[str, str, str]]:
    return [(thing.group, thing.title, thing.waits_for) for thing in view.things]


def test_follow_up_tells_late_soon_waiting_and_of_whom(on, cycle_2569):
    me = on()
    task(cycle_2569, "กองช่าง", date(2026, 1, 19))
    task(cycle_2569, "กองคลัง", date(2026, 2, 3))
    task(cycle_2569, "กองการศึกษา", date(2026, 2, 4))
    task(cycle_2569, "กองสาธารณสุขและสิ่งแวดล้อม", date(2026, 1, 1), state="submitted")
    task(cycle_2569, "สำนักปลัดเทศบาล", date(2026, 1, 1), state="accepted")
    measure = add_measure(
        me, cycle=cycle_2569, title="มาตรการ", owners=["กองคลัง"], steps=[{"text": "ขั้น", "due_on": date(2026, 1, 10)}]
    )
    add_progress(me, measure=measure, on=DAY, result="ทำแล้ว")
    add_measure(me, cycle=cycle_2569, title="มาตรการเงียบ", owners=["กองช่าง"])
    ItemState.objects.create(cycle=cycle_2569, key="a", code="O1", title="โครงสร้าง", indicator="9", place=1, due_on=DAY)
    duties.add_duty(me, fiscal_year_be=2569, title="รายงาน", rhythm="once", month=12, days_after=0)
    view = follow_up_of(me, cycle_2569)
    assert told(view) == [
        ("overdue", "ขั้น", "กองคลัง"),
        ("overdue", "งานของกองช่าง", "กองช่าง"),
        ("soon", "O1 โครงสร้าง", ""),
        ("soon", "งานของกองคลัง", "กองคลัง"),
        ("waiting", "งานของกองสาธารณสุขและสิ่งแวดล้อม", "ผู้ประสานงานตรวจ"),
        ("missed", "รายงาน เดือนธันวาคม ๒๕๖๘", ""),
        ("quiet", "มาตรการเงียบ", "กองช่าง"),
    ]
    works = office.unit(cycle_2569.agency, "กองช่าง")
    assert next([group.n for group in row.groups] for row in view.units if row.unit_id == works.pk) == [1, 0, 0, 0, 1]
    assert [thing.title for thing in view.chosen("overdue", works.pk)] == ["งานของกองช่าง"]


def test_half_of_the_measures_year_follows_the_day(cycle_2569):
    first, second = (date(2025, 10, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 9, 30))
    days = (date(2025, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1))
    assert [half_of(cycle_2569, day) for day in days] == [first, first, second, second]


@pytest.mark.parametrize("rows", [1, 3])
def test_follow_up_page_asks_the_same_questions_however_much_there_is(
    sign_in, on, cycle, rows, django_assert_num_queries
):
    for number in range(rows):
        task(cycle, "กองช่าง", TODAY - timedelta(days=1))
        add_measure(
            on(), cycle=cycle, title=f"มาตรการ {number}", owners=["กองคลัง"], steps=[{"text": "ขั้น", "due_on": TODAY}]
        )
        duties.add_duty(on(), fiscal_year_be=YEAR, title=f"งาน {number}", rhythm="monthly")
        ItemState.objects.create(
            cycle=cycle, key=str(number), code="O1", title="ก", indicator="9", place=number, due_on=TODAY
        )
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(17):
        assert client.get(at("follow_up", cycle.framework_id)).status_code == 200


def test_follow_up_page_is_paged_and_filtered(sign_in, cycle):
    unit = office.unit(cycle.agency, "กองช่าง")
    late = [Task(cycle=cycle, unit=unit, title=f"งาน {n}", due_on=TODAY - timedelta(days=2)) for n in range(120)]
    Task.objects.bulk_create(late)
    client = sign_in(Role.OFFICER)
    page = client.get(at("follow_up", cycle.framework_id), {"show": "overdue", "unit": unit.pk, "page": "2"}).context[
        "page"
    ]
    assert (page.paginator.count, len(page.object_list)) == (120, 20)
    assert client.get(at("follow_up", cycle.framework_id), {"show": "soon"}).context["page"].paginator.count == 0


def test_pages_of_another_agencys_cycle_are_not_there(sign_in, cycle, other_agency):
    client = sign_in(Role.COORDINATOR, of=other_agency)
    for name in ("follow_up", "executive", "reports"):
        assert client.get(reverse(f"plans:{name}", args=[other_agency.code, cycle.framework_id])).status_code == 404
        assert client.get(at(name, cycle.framework_id)).status_code == 404
    assert sign_in(Role.COUNCIL).get(at("executive", cycle.framework_id)).status_code == 404


def test_executive_page_shows_what_is_late_and_the_follow_up_to_record(sign_in, system, cycle):
    duties.open_year(system, fiscal_year_be=YEAR)
    task(cycle, "กองช่าง", TODAY - timedelta(days=3))
    answer = sign_in(Role.MAYOR).get(at("executive", cycle.framework_id))
    view = answer.context["view"]
    assert {row.unit: row.late for row in view.late_units}["กองช่าง"] == 1
    assert at("occurrence_record", view.current.occurrence.pk) in answer.content.decode()
    officer = sign_in(Role.OFFICER).get(at("executive", cycle.framework_id))
    assert at("occurrence_record", view.current.occurrence.pk) not in officer.content.decode()


# --- the executive's monthly follow-up --------------------------------------------------------------------------------


@pytest.fixture
def december(system) -> Occurrence:
    """The executive's follow-up of December 2025."""
    duties.open_year(replace(system, today=DAY), fiscal_year_be=2569)
    # Only what a test adds is supervised.
    Duty.objects.exclude(key=FOLLOW_UP).delete()
    return Occurrence.objects.select_related("duty").get(duty__key=FOLLOW_UP, starts_on=date(2025, 12, 1))


def last(scope, month: int = 12) -> date | None:
    return last_task_on(scope, date(2025, month, 1), date(2025, month, 28))


def test_last_supervised_task_is_the_latest_done_or_due_of_the_month(on, cycle_2569, december):
    me = on(Role.COORDINATOR)
    assert last(me) is None
    task(cycle_2569, "กองช่าง", date(2025, 12, 10))
    assert last(me) == date(2025, 12, 10)
    measure = add_measure(me, cycle=cycle_2569, title="ม", steps=[{"text": "ก", "due_on": date(2025, 12, 12)}])
    assert last(me) == date(2025, 12, 12)
    add_progress(me, measure=measure, on=date(2025, 12, 15), result="ทำ", step=measure.steps.first(), is_step_done=True)
    assert last(me) == date(2025, 12, 15)
    task(cycle_2569, "กองช่าง", date(2025, 12, 20), state="accepted")
    assert last(me) == date(2025, 12, 15)


def test_follow_up_before_the_last_supervised_task_is_refused_on_the_page(sign_in, cycle_2569, december):
    task(cycle_2569, "กองช่าง", date(2025, 12, 25))
    client = sign_in(Role.MAYOR)
    path = at("occurrence_record", december.pk)
    early = client.post(path, {"done_on": "24/12/2568", "result": "กำชับทุกกอง", "version": 1})
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["done_on"])
    assert "๒๕ ธันวาคม ๒๕๖๘" in str(early.context["form"].errors["done_on"])
    assert client.post(path, {"done_on": "25/12/2568", "result": "กำชับทุกกอง", "version": 1}).status_code == 302
    assert str(Occurrence.objects.get(pk=december.pk).done_by) == "นายสมหมาย ใจกว้าง"


def test_follow_up_page_lists_late_and_due_work_of_the_month(sign_in, cycle_2569, december):
    task(cycle_2569, "กองช่าง", date(2025, 11, 5))
    task(cycle_2569, "กองคลัง", date(2025, 12, 5))
    context = sign_in(Role.MAYOR).get(at("occurrence_record", december.pk)).context
    titles = [[entry.title for entry in context[name]] for name in ("late", "due")]
    months = "ผู้บริหารติดตามการดำเนินการตามมาตรการ เดือน"
    assert titles == [["งานของกองช่าง", f"{months}ตุลาคม ๒๕๖๘"], ["งานของกองคลัง", f"{months}พฤศจิกายน ๒๕๖๘"]]


def test_follow_up_is_recorded_by_executives_only(sign_in, december):
    path = at("occurrence_record", december.pk)
    for role, status in ((Role.MAYOR, 200), (Role.SECRETARY, 200), (Role.COORDINATOR, 404), (Role.OFFICER, 404)):
        assert sign_in(role).get(path).status_code == status


def test_entry_of_a_duty_is_made_by_its_unit_with_evidence(sign_in, system, agency):
    unit = office.unit(agency, "กองช่าง")
    duty = duties.add_duty(system, fiscal_year_be=YEAR, title="ส่งสถิติ", rhythm="monthly", unit=unit)
    one = duty.occurrences.order_by("starts_on").first()
    path = at("occurrence_record", one.pk)
    assert sign_in(Role.HEAD).get(path).status_code == 404
    day = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"
    address = "https://example.go.th/stat"
    answer = sign_in(Role.OFFICER).post(path, {"done_on": day, "is_nothing": "on", "version": 1, "address": address})
    assert answer["Location"] == reverse("duties:occurrence", args=[office.CODE, one.pk])
    assert [each.address for each in Occurrence.objects.get(pk=one.pk).evidence.all()] == [address]
    page = sign_in(Role.HEAD).get(answer["Location"]).content.decode()
    assert "นายอรุณ ขยันยิ่ง ยืนยันว่างวดนี้ไม่มีเรื่องต้องรายงาน" in page


def test_entry_of_an_old_version_shows_the_current_one(sign_in, scope, system, agency):
    unit = office.unit(agency, "กองช่าง")
    duty = duties.add_duty(system, fiscal_year_be=YEAR, title="ส่งสถิติ", rhythm="monthly", unit=unit)
    one = duty.occurrences.order_by("starts_on").first()
    duties.record(scope(Role.COORDINATOR), occurrence=one, done_on=TODAY, result="คนแรก")
    day = f"{TODAY.day}/{TODAY.month}/{TODAY.year + 543}"
    answer = sign_in(Role.OFFICER).post(
        at("occurrence_record", one.pk), {"done_on": day, "result": "คนที่สอง", "version": 1}
    )
    text = answer.content.decode()
    assert (answer.status_code, "คนแรก" in text, "คนที่สอง" in text) == (409, True, True)


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_month_joins_everything_that_has_a_day(on, cycle_2569):
    me = on()
    add_measure(
        me, cycle=cycle_2569, title="มาตรการ", starts_on=date(2025, 10, 1), ends_on=date(2026, 1, 30), owners=["กองคลัง"],
        steps=[{"text": "ขั้น", "due_on": date(2026, 1, 15)}],
    )  # fmt: skip
    task(cycle_2569, "กองช่าง", date(2026, 1, 16))
    ItemState.objects.create(
        cycle=cycle_2569, key="a", code="O1", title="ข้อ", indicator="9", place=1, due_on=date(2026, 1, 19)
    )
    CycleDate.objects.create(
        cycle=cycle_2569, key="iit", name="เก็บข้อมูล", starts_on=date(2026, 1, 5), ends_on=date(2026, 2, 5)
    )
    duties.add_duty(me, fiscal_year_be=2569, title="คู่มือ", rhythm="once", month=1, days_after=-1)
    month = month_of(me, 2026, 1)
    assert [(entry.day.day, entry.kind, entry.title, entry.is_late) for entry in month.entries] == [
        (5, "date", "เริ่ม: เก็บข้อมูล", False),
        (15, "step", "ขั้น", True),
        (16, "task", "งานของกองช่าง", True),
        (19, "item", "O1 ข้อ", True),
        (30, "duty", "คู่มือ เดือนมกราคม ๒๕๖๙", False),
        (30, "measure", "มาตรการ", False),
    ]
    assert (month.name, len(month.days), month.days[0].holiday) == ("มกราคม ๒๕๖๙", 31, "วันขึ้นปีใหม่")
    assert (len(month.weeks[0]), month.weeks[0][0].day) == (7, date(2025, 12, 28))


def test_month_lists_what_is_left_over_from_before(on, cycle_2569):
    task(cycle_2569, "กองช่าง", date(2025, 12, 16))
    task(cycle_2569, "กองคลัง", date(2025, 12, 16), state="accepted")
    assert [entry.title for entry in month_of(on(), 2026, 1).late] == ["งานของกองช่าง"]
    assert month_of(on(), 2026, 2).late == ()


def test_year_has_twelve_months_with_counts_and_missed_follow_ups(on, cycle_2569, december):
    task(cycle_2569, "กองช่าง", date(2025, 10, 16))
    task(cycle_2569, "กองคลัง", date(2025, 10, 17), state="accepted")
    rows = year_of(on(), 2569)
    assert (len(rows), rows[0].name, rows[-1].name) == (12, "ตุลาคม ๒๕๖๘", "กันยายน ๒๕๖๙")
    assert (rows[0].done, rows[0].late, rows[0].to_do) == (1, 1, 2)
    assert [row.follow_up.state for row in rows[:4]] == ["missed", "missed", "missed", "expected"]


def test_calendar_keeps_to_its_own_agency(on, cycle_2569, other_agency):
    task(cycle_2569, "กองช่าง", DAY)
    stranger = replace(office.scope(other_agency, Role.COORDINATOR), today=DAY)
    assert (len(entries_between(on(), DAY, DAY)), entries_between(stranger, DAY, DAY)) == (1, [])


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "args", "queries"), [("month", (TODAY.year, TODAY.month), 20), ("year", (YEAR,), 16)])
def test_calendar_asks_the_same_questions_however_much_there_is(
    sign_in, on, cycle, rows, name, args, queries, django_assert_num_queries
):
    for number in range(rows):
        task(cycle, "กองช่าง", TODAY)
        add_measure(
            on(),
            cycle=cycle,
            title=f"ม {number}",
            owners=["กองคลัง"],
            ends_on=TODAY,
            steps=[{"text": "ก", "due_on": TODAY}],
        )
        ItemState.objects.create(
            cycle=cycle, key=str(number), code="O1", title="ก", indicator="9", place=number, due_on=TODAY
        )
        CycleDate.objects.create(cycle=cycle, key=str(number), name="กำหนด", starts_on=TODAY)
        duties.add_duty(on(), fiscal_year_be=YEAR, title=f"งาน {number}", rhythm="monthly")
    client = sign_in(Role.OFFICER)
    with django_assert_num_queries(queries):
        assert client.get(at(name, *args)).status_code == 200


def test_calendar_addresses_take_both_eras_and_refuse_nonsense(sign_in):
    client = sign_in(Role.OFFICER)
    assert client.get(at("calendar")).status_code == 200
    assert client.get(at("month", 2569, 1)).context["month"].start == date(2026, 1, 1)
    assert [client.get(at("month", *args)).status_code for args in ((2026, 13), (1, 1), (9999, 1))] == [404] * 3
    assert client.get(at("year", 2026)).context["year"] == 2569
    assert client.post(at("calendar")).status_code == 405
