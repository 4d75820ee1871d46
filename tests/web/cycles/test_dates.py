from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from prongsai.web.agencies.roles import Role
from prongsai.web.cycles import queries, services
from prongsai.web.cycles.models import CycleDate
from prongsai.web.cycles.queries.cycles import next_stop

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(system):
    return services.open_cycle(system, framework_id="ita-2567")


def sent(cycle, **days):
    """What the page sends: every row, with some days typed in."""
    values = {}
    for row in cycle.dates.all():
        values |= {f"{row.pk}-version": row.version, f"{row.pk}-source": row.source}
        for end in ("starts_on", "ends_on"):
            day = getattr(row, end)
            values[f"{row.pk}-{end}"] = day.isoformat() if day else ""
        for end, text in days.get(row.key.replace("-", "_"), {}).items():
            values[f"{row.pk}-{end}"] = text
    return values


def test_days_are_entered_as_offices_write_them(sign_in, agency, cycle):
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/dates/"
    values = sent(
        cycle,
        registration={"starts_on": "๑ ม.ค. ๒๕๖๗", "ends_on": "31/1/2567"},
        disclosure={"starts_on": "2024-03-01", "ends_on": "๓๐ เมษายน ๒๕๖๗", "source": "ปช ๐๐๑๒/ว ๓๔"},
    )
    assert client.post(address, values).status_code == 302
    row = cycle.dates.get(key="registration")
    assert (row.starts_on, row.ends_on) == (date(2024, 1, 1), date(2024, 1, 31))
    row = cycle.dates.get(key="disclosure")
    assert (row.starts_on, row.ends_on, row.source) == (date(2024, 3, 1), date(2024, 4, 30), "ปช ๐๐๑๒/ว ๓๔")


@pytest.mark.parametrize("wrong", ["31 ก.พ. 2567", "5 บ.ค. 2567", "เร็ว ๆ นี้"])
def test_a_day_that_is_none_is_refused_at_its_field(sign_in, agency, cycle, wrong):
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/dates/"
    answer = client.post(address, sent(cycle, registration={"starts_on": wrong}))
    row = cycle.dates.get(key="registration")
    assert (answer.status_code, row.starts_on) == (422, None)
    form = next(form for stop, form in answer.context["rows"] if stop.pk == row.pk)
    assert list(form.errors) == ["starts_on"]
    assert wrong in answer.content.decode()


def test_an_end_before_the_start_is_refused(sign_in, agency, cycle):
    values = sent(cycle, registration={"starts_on": "31/1/2567", "ends_on": "1/1/2567"})
    address = f"/{agency.code}/cycles/ita-2567/dates/"
    assert sign_in(Role.COORDINATOR).post(address, values).status_code == 422


def test_countdown_goes_to_the_start_then_to_the_end_then_is_over(system, cycle):
    row = cycle.dates.get(key="disclosure")
    start, end = system.today + timedelta(days=10), system.today + timedelta(days=20)
    CycleDate.objects.filter(pk=row.pk).update(starts_on=start, ends_on=end)

    def phase(day):
        stop = next(each for each in queries.stops_of(cycle, day) if each.key == "disclosure")
        return stop.phase, stop.next_on

    assert phase(system.today) == ("ahead", start)
    assert phase(start) == ("now", end)
    assert phase(end) == ("now", end)
    assert phase(end + timedelta(days=1)) == ("past", end)
    assert next_stop(queries.stops_of(cycle, system.today)).key == "disclosure"


def test_countdown_is_on_the_list_the_cycle_and_the_dates_page(sign_in, agency, system, cycle):
    start = system.today + timedelta(days=5)
    cycle.dates.filter(key="disclosure").update(starts_on=start, ends_on=start)
    client = sign_in(Role.OFFICER)
    for path in ("", "ita-2567/", "ita-2567/dates/"):
        assert "อีก ๕ วัน" in client.get(f"/{agency.code}/cycles/{path}").content.decode()


def test_two_who_enter_the_same_step_do_not_overwrite_each_other(sign_in, agency, cycle):
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/dates/"
    first = sent(cycle, registration={"starts_on": "1/1/2567"})
    second = sent(cycle, registration={"starts_on": "2/1/2567"}, disclosure={"starts_on": "1/3/2567"})
    assert client.post(address, first).status_code == 302
    late = client.post(address, second)
    assert late.status_code == 409
    assert "2/1/2567" in late.content.decode()
    assert cycle.dates.get(key="registration").starts_on == date(2024, 1, 1)
    assert cycle.dates.get(key="disclosure").starts_on is None


def test_own_steps_are_added_and_removed_those_of_the_commission_stay(sign_in, agency, system, cycle):
    client, address = sign_in(Role.COORDINATOR), f"/{agency.code}/cycles/ita-2567/dates/"
    assert (
        client.post(address, sent(cycle) | {"own-name": "ประชุมคณะทำงาน", "own-starts_on": "5/2/2567"}).status_code
        == 302
    )
    own = cycle.dates.get(key="own-1")
    assert own.name == "ประชุมคณะทำงาน"
    assert client.post(address, sent(cycle) | {"own-starts_on": "5/2/2567"}).status_code == 422
    assert client.post(address, {"remove": own.pk}).status_code == 302
    assert not cycle.dates.filter(key="own-1").exists()
    with pytest.raises(ValidationError):
        services.remove_date(system, row=cycle.dates.get(key="results"))


def test_only_who_runs_the_cycle_enters_days(sign_in, agency, cycle):
    client, address = sign_in(Role.OFFICER), f"/{agency.code}/cycles/ita-2567/dates/"
    page = client.get(address)
    assert (page.status_code, "starts_on" in page.content.decode()) == (200, False)
    assert client.post(address, sent(cycle)).status_code == 404
