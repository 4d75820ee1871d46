import json
import subprocess
import sys
from decimal import Decimal

import pytest

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.models import Work
from prongsai.web.cycles.queries.items import item_rows
from prongsai.web.cycles.queries.outlook import OFFICIAL, READINESS, bases_of, forecast_of, what_if
from tests.web.cycles import years

pytestmark = pytest.mark.django_db


def with_items(system, low=("O1", "O2", "O12")):
    cycle = years.opened(system, 2567)
    items = years.item_scores(cycle, low)
    years.scored(system, cycle, indicators=years.surveys(), items=items, overall=None, level=None)
    return cycle


def bases(system, cycle):
    return bases_of(cycle, item_rows(cycle, system.today))


def test_forecast_of_the_official_result_equals_what_the_command_prints(system, tmp_path):
    cycle = with_items(system)
    found = forecast_of(cycle, bases(system, cycle)[OFFICIAL], Decimal(95))
    path = tmp_path / "scores.json"
    path.write_text(json.dumps(queries.latest_snapshot(cycle).given), encoding="utf-8")
    command = [sys.executable, "-m", "prongsai", "forecast", "--framework", "ita-2567", str(path), "--target", "95"]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, encoding="utf-8")
    printed = json.loads(done.stdout)
    assert {**found.to_json(), "problems": None} == {**printed, "problems": None}


def test_readiness_counts_what_people_judged_then_last_year_then_nothing(system):
    old = years.opened(system, 2566)
    items = years.item_scores(old, ("O2",))
    years.scored(system, old, indicators=years.surveys(2566), items=items, overall=None, level=None)
    cycle = years.opened(system, 2567, carry_from=old)
    years.judge_all(system, cycle.items.get(code="O2"))
    years.judge_all(system, cycle.items.get(code="O3"), "fail")
    basis = bases(system, cycle)[READINESS]
    scores = {entry.code: entry.value for entry in basis.scores.entries if entry.section == "item"}
    new = [item.code for item in cycle.items.filter(last_score=None)]
    assert (scores["O2"], scores["O3"]) == (100, 0)
    assert (basis.judged, basis.from_last, basis.unknown) == (2, 33 - len(set(new) - {"O2", "O3"}), len(new))
    assert basis.survey_year_be == 2566
    assert {e.code for e in basis.scores.entries if e.section == "indicator"} == {"1", "2", "3", "4", "5", "7", "8"}


def test_without_survey_scores_nothing_is_invented(system):
    cycle = years.opened(system, 2567)
    glance = queries.glance(cycle, system.today)
    assert (glance.expected, glance.level) == (None, "")
    assert glance.blocks[0] == "ยังไม่มีคะแนน IIT, EIT"


def test_what_if_wins_the_ticked_items(system):
    cycle = with_items(system)
    basis = bases(system, cycle)[OFFICIAL]
    now = forecast_of(cycle, basis).report
    better = what_if(cycle, basis, ["O1", "O2", "O12", "O999"], now)
    assert better.codes == {"O1", "O2", "O12"}
    assert better.overall == now.overall + better.gain
    assert what_if(cycle, basis, ["O999"], now) is None


def test_what_if_sets_stated_scores_aside_that_no_longer_hold(system):
    cycle = years.opened(system, 2567)
    items = years.item_scores(cycle, ("O1",))
    years.scored(system, cycle, items=items)
    basis = bases(system, cycle)[OFFICIAL]
    better = what_if(cycle, basis, ["O1"], forecast_of(cycle, basis).report)
    assert better.overall is not None and better.overall > Decimal("92.22")


def test_page_works_by_its_address_alone(system, sign_in, agency):
    with_items(system)
    client, address = sign_in(Role.OFFICER), f"/{agency.code}/cycles/ita-2567/forecast/"
    plain = client.get(address)
    assert plain.context["outlook"].goal.overall == 85
    shared = client.get(address + "?basis=official&target=๙๕&win=O1&win=O2")
    assert shared.context["outlook"].goal.overall == 95
    assert shared.context["what_if"].codes == {"O1", "O2"}
    page = shared.content.decode()
    assert page.count('name="win"') == 35
    assert page.count('name="win" value="O1" checked') == 1
    level = client.get(address + "?level=" + queries.framework_of(queries.cycles_of(system).get()).levels[0].code)
    assert (
        level.context["outlook"].goal.level.name_th
        == queries.framework_of(queries.cycles_of(system).get()).levels[0].name_th
    )
    assert client.get(address + "?target=200&win=%00&basis=x").status_code == 200
    assert client.post(address).status_code == 405


def test_page_asks_as_often_for_many_items_as_for_few(system, sign_in, agency, django_assert_num_queries):
    cycle = with_items(system)
    client, address = sign_in(Role.OFFICER), f"/{agency.code}/cycles/ita-2567/forecast/"
    with django_assert_num_queries(14):
        client.get(address)
    cycle.items.exclude(code__in=("O1", "O2", "O3")).delete()
    with django_assert_num_queries(14):
        client.get(address)


def test_glance_counts_readiness_level_gap_and_what_blocks(system):
    cycle = with_items(system)
    years.judge_all(system, cycle.items.get(code="O1"))
    years.judge_all(system, cycle.items.get(code="O2"), "fail")
    services.add_finding(system, cycle=cycle, title="ช่องว่าง")
    services.set_target(system, cycle=cycle, target_pct=Decimal(95))
    glance = queries.glance(cycle, system.today)
    official = queries.latest_snapshot(cycle)
    assert (glance.is_official, glance.expected, glance.level) == (True, official.overall_pct, official.level)
    assert glance.gap == 95 - official.overall_pct
    assert (glance.ready, glance.items, glance.open_findings, glance.unowned) == (1, 35, 1, 35)
    assert sum(each.items for each in glance.indicators) == 35
    assert sum(each.elements for each in glance.indicators) == glance.elements
    assert glance.blocks[-1] == "ยังไม่มีใครตรวจองค์ประกอบ 33 ข้อ"


def test_glance_calls_late_what_is_late_and_not_what_is_sent(system):
    cycle = years.opened(system, 2567)
    cycle.items.filter(code__in=("O1", "O2")).update(due_on="2024-01-01")
    cycle.items.filter(code="O2").update(work=Work.SUBMITTED)
    assert queries.glance(cycle, system.today).overdue == 1


def test_glance_asks_the_same_for_every_size(system, django_assert_num_queries):
    cycle = with_items(system)
    with django_assert_num_queries(8):
        queries.glance(cycle, system.today)
    cycle.items.exclude(code="O1").delete()
    with django_assert_num_queries(8):
        queries.glance(cycle, system.today)


def test_lpa_goes_the_same_way(system, sign_in, agency):
    cycle = services.open_cycle(system, framework_id="lpa-2569")
    years.judge_all(system, cycle.items.first())
    client = sign_in(Role.COORDINATOR)
    for path in ("", "items/", "scores/", "scores/add/", "forecast/", "analysis/", "dates/", "carry/"):
        assert client.get(f"/{agency.code}/cycles/lpa-2569/{path}").status_code == 200
    assert queries.glance(cycle, system.today).expected is not None
