import pytest
from django.core.exceptions import ValidationError

from prongsai.frameworks.load import library, load
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.models import Cycle, ElementState
from prongsai.web.cycles.services.opening import SecondCycle, same_year_warning
from tests.web.cycles import years

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("framework_id", [entry.id for entry in library()])
def test_open_makes_every_item_and_element_of_any_framework(system, framework_id):
    framework = load(framework_id)
    cycle = services.open_cycle(system, framework_id=framework_id)
    items = [(i.key, i.code, i.indicator) for i in cycle.items.all()]
    assert items == [(i.key, i.code, i.indicator) for i in framework.items]
    elements = ElementState.objects.filter(item__cycle=cycle).order_by("item__place", "place").values_list("key")
    assert list(elements) == [(e.key,) for i in framework.items for e in i.elements]
    assert (cycle.target_pct, cycle.framework_sha256) == (framework.target_pct, framework.sha256)


def test_open_refuses_a_second_cycle_of_agency_and_year(system):
    first = years.opened(system, 2567)
    with pytest.raises(SecondCycle) as caught:
        years.opened(system, 2567)
    assert caught.value.current == first
    assert caught.value.one_line == (
        "มีรอบการประเมิน ITA ปีงบประมาณ 2567 อยู่แล้ว เปิดซ้ำไม่ได้ — เปิดหน้ารอบที่มีอยู่ แล้วทำงานต่อในรอบนั้น"
    )
    assert Cycle.objects.count() == 1


def test_open_allows_the_same_year_for_another_agency_and_another_kind(system, other_agency):
    from prongsai.web.agencies.scope import system_scope

    years.opened(system, 2569)
    years.opened(system_scope(other_agency), 2569)
    services.open_cycle(system, framework_id="lpa-2569")
    assert Cycle.objects.count() == 3


def test_measures_year_follows_the_assessed_year_and_the_same_year_is_warned_of(system):
    after, same = years.opened(system, 2567), years.opened(system, 2568, measures_year_be=2568)
    assert (after.fiscal_year_be, after.measures_year_be, same_year_warning(after)) == (2567, 2568, "")
    assert (same.fiscal_year_be, same.measures_year_be) == (2568, 2568)
    assert same_year_warning(same).startswith("ปีที่ดำเนินมาตรการเป็นปีเดียวกับปีที่ประเมิน (2568)")


def test_measures_year_before_the_assessed_year_is_refused(system):
    with pytest.raises(ValidationError):
        years.opened(system, 2567, measures_year_be=2566)
    assert Cycle.objects.count() == 0


def test_open_writes_the_journal(system):
    years.opened(system, 2567)
    assert list(AuditEntry.objects.order_by("number").values_list("action", flat=True)) == ["cycle.open", "cycle.fill"]


def test_ensure_gives_the_cycle_of_a_year_once_and_carries_from_the_last(system):
    first = services.ensure_cycle(system, fiscal_year_be=2566)
    again = services.ensure_cycle(system, fiscal_year_be=2566)
    later = services.ensure_cycle(system, fiscal_year_be=2568)
    assert (again.pk, later.carried_from) == (first.pk, first)


def test_a_closed_cycle_refuses_every_service_until_it_is_opened_again(system):
    cycle = years.opened(system, 2567)
    item = cycle.items.select_related("cycle").first()
    element = item.elements.select_related("item__cycle").first()
    services.close_cycle(system, cycle=cycle, version=cycle.version)
    for call in (
        lambda: services.change_item(system, item=item, note="x"),
        lambda: services.judge(system, element=element, verdict="pass"),
        lambda: services.take_scores(system, cycle=cycle, kind="official", given=years.given(2567)),
        lambda: services.set_target(system, cycle=cycle, target_pct=90),
        lambda: services.add_date(system, cycle=cycle, name="ประชุม"),
        lambda: services.add_finding(system, cycle=cycle, title="ช่องว่าง"),
    ):
        with pytest.raises(services.CycleClosed):
            call()
    services.reopen_cycle(system, cycle=cycle)
    assert services.change_item(system, item=item, note="x").note == "x"


def test_calendar_has_every_step_with_known_days_and_the_rest_empty(system):
    cycle = years.opened(system, 2568)
    stops = {stop.key: stop for stop in queries.stops_of(cycle, system.today)}
    for key in (
        "registration",
        "numbers-internal",
        "numbers-external",
        "survey-internal",
        "survey-external",
        "disclosure",
        "approval",
        "clarification",
    ):
        assert (stops[key].starts_on, stops[key].phase) == (None, "unknown")
    assert stops["results"].starts_on.isoformat() == "2025-08-15"
    assert stops["results"].mark == "(ยังไม่ยืนยัน) · แน่ใจปานกลาง"
    assert "content-cut-off" in stops


def test_open_page_marks_drafts_and_opens(sign_in, agency, system):
    client = sign_in(Role.COORDINATOR)
    page = client.get(f"/{agency.code}/cycles/open/").content.decode()
    assert page.count("ร่าง ยังไม่ยืนยัน</span>") == len(library())
    answer = client.post(f"/{agency.code}/cycles/open/", {"framework_id": "ita-2567", "measures_year_be": "๒๕๖๗"})
    assert (answer.status_code, answer["Location"]) == (302, f"/{agency.code}/cycles/ita-2567/")
    shown = client.get(answer["Location"]).content.decode()
    assert "ปีที่ดำเนินมาตรการเป็นปีเดียวกับปีที่ประเมิน (2567)" in shown
    assert "กรอบการประเมินของปีนี้ยังไม่ได้ตรวจทานกับคู่มือ" in shown


def test_open_page_carries_from_the_nearest_earlier_cycle_unless_told_not_to(sign_in, agency, system):
    first = years.opened(system, 2566)
    years.opened(system, 2569)
    client = sign_in(Role.COORDINATOR)
    client.post(f"/{agency.code}/cycles/open/", {"framework_id": "ita-2568"})
    client.post(f"/{agency.code}/cycles/open/", {"framework_id": "ita-2567", "carry": "none"})
    found = {cycle.fiscal_year_be: cycle.carried_from for cycle in queries.cycles_of(system)}
    assert found == {2566: None, 2567: None, 2568: first, 2569: None}


def test_open_page_says_why_a_second_cycle_is_refused(sign_in, agency, system):
    years.opened(system, 2567)
    answer = sign_in(Role.COORDINATOR).post(f"/{agency.code}/cycles/open/", {"framework_id": "ita-2567"})
    assert answer.status_code == 422  # it is no longer offered
    assert Cycle.objects.count() == 1


def test_target_is_the_frameworks_with_its_certainty_until_the_office_sets_its_own(sign_in, agency, system):
    cycle = years.opened(system, 2568)
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2568/"
    before = client.get(address)
    assert (before.context["glance"].target, before.context["target_mark"]) == (85, "(ยังไม่ยืนยัน) · แน่ใจมาก")
    values = {"target_pct": "๙๐.๕", "measures_year_be": "2569", "version": cycle.version}
    assert client.post(f"{address}target/", values).status_code == 302
    late = client.post(f"{address}target/", values | {"target_pct": "95"})
    assert (late.status_code, Cycle.objects.get(pk=cycle.pk).target_pct) == (409, 90.5)
    assert client.post(f"{address}target/", values | {"target_pct": "101"}).status_code == 422


def test_close_page_asks_and_tells_when_somebody_was_faster(sign_in, agency, system):
    cycle = years.opened(system, 2567)
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/close/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"version": cycle.version, "action": "close"}).status_code == 302
    assert client.post(address, {"version": cycle.version, "action": "close"}).status_code == 409
    assert client.get(f"/{agency.code}/cycles/ita-2567/").content.decode().count("รอบนี้ปิดแล้ว") == 1


def test_list_asks_as_often_for_three_cycles_as_for_one(system, sign_in, agency, django_assert_num_queries):
    years.opened(system, 2566)
    client = sign_in(Role.COORDINATOR)
    with django_assert_num_queries(9):
        client.get(f"/{agency.code}/cycles/")
    years.opened(system, 2567)
    years.opened(system, 2568)
    with django_assert_num_queries(9):
        page = client.get(f"/{agency.code}/cycles/")
    assert len(page.context["lines"]) == 3


def test_empty_list_teaches(sign_in, agency):
    assert "ยังไม่มีรอบการประเมิน" in sign_in(Role.OFFICER).get(f"/{agency.code}/cycles/").content.decode()


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.OFFICER, "open/", 404),
        (Role.OFFICER, "ita-2567/", 200),
        (Role.OFFICER, "ita-2567/close/", 404),
        (Role.OFFICER, "ita-2567/carry/", 404),
        (Role.OFFICER, "ita-2567/scores/add/", 404),
        (Role.AUDITOR, "ita-2567/scores/", 200),
        (Role.COUNCIL, "ita-2567/", 404),
        (Role.ADMIN, "ita-2567/items/", 404),
        (Role.COORDINATOR, "ita-2567/carry/", 200),
        (Role.COORDINATOR, "ita-2566/", 404),
    ],
)
def test_pages_are_for_who_may(system, sign_in, agency, role, path, status):
    years.opened(system, 2567)
    assert sign_in(role).get(f"/{agency.code}/cycles/{path}").status_code == status


def test_other_agencies_see_nothing(system, sign_in, agency, other_agency):
    years.opened(system, 2567)
    client = sign_in(Role.COORDINATOR, of=other_agency)
    for path in ("", "items/", "scores/", "forecast/", "dates/", "analysis/"):
        assert client.get(f"/{agency.code}/cycles/ita-2567/{path}").status_code == 404
        assert client.get(f"/{other_agency.code}/cycles/ita-2567/{path}").status_code == 404
