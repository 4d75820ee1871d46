"""How many have answered the official surveys, as typed in, against the rule of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.thai.fiscal import fiscal_year_be
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import system_scope
from prongsai.web.cycles.models import Cycle, CycleDate
from prongsai.web.surveys.models import OfficialCount
from prongsai.web.surveys.queries.official import collected_of
from prongsai.web.surveys.queries.tasks import tasks_of
from prongsai.web.surveys.services.official import add_count

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def cycle(agency: Agency, framework: str = "ita-2568", year: int = 2568) -> Cycle:
    return Cycle.objects.create(
        agency=agency,
        framework_id=framework,
        framework_kind="ita",
        framework_sha256="0" * 64,
        fiscal_year_be=year,
        measures_year_be=year + 1,
    )


def running_window(made: Cycle, passed: int, left: int, key: str = "survey") -> None:
    first, last = TODAY() - timedelta(days=passed), TODAY() + timedelta(days=left)
    CycleDate.objects.create(cycle=made, key=key, name="ตอบ", starts_on=first, ends_on=last)


def read(made: Cycle, instrument: str, reached: int, headcount: int = 80, days_ago: int = 0, part: int = 0) -> None:
    add_count(
        system_scope(made.agency),
        cycle=made,
        instrument=instrument,
        part=part,
        read_on=TODAY() - timedelta(days=days_ago),
        headcount=headcount,
        reached=reached,
    )


def test_missing_and_pace_follow_from_the_last_reading(agency):
    made = cycle(agency)
    running_window(made, passed=10, left=9)
    read(made, "IIT", 3, days_ago=8)
    read(made, "IIT", 9)
    iit, eit = collected_of(system_scope(agency), made)
    assert (iit.needed, iit.missing, iit.each_day, iit.expected) == (30, 21, 3, 16)
    assert iit.is_behind and not iit.is_old and iit.mark  # the library's rule is not held against the manual yet
    assert (eit.last, eit.needed, eit.missing, eit.is_old) == (None, None, None, True)


def test_nothing_is_aimed_at_where_the_rule_or_the_days_are_not_known(agency):
    made = cycle(agency, "ita-2569", 2569)
    read(made, "IIT", 9)
    (iit, _eit) = collected_of(system_scope(agency), made)
    assert (iit.needed, iit.missing, iit.each_day, iit.expected, iit.is_behind) == (None, None, None, None, False)


def test_parts_of_an_instrument_are_told_apart(agency):
    made = cycle(agency)
    read(made, "EIT", 5, part=1)
    read(made, "EIT", 2, part=2)
    assert [(one.instrument, one.part) for one in collected_of(system_scope(agency), made)] == [
        ("IIT", 0),
        ("EIT", 1),
        ("EIT", 2),
    ]


def test_task_tells_of_an_official_survey_that_is_behind_or_unread(agency, monkeypatch):
    year = fiscal_year_be(TODAY())
    made = cycle(agency, "ita-2568", year)
    running_window(made, passed=10, left=9)
    read(made, "IIT", 9)
    whats = [one.what for one in tasks_of(system_scope(agency))]
    assert whats == ["ผู้ตอบ IIT ช้ากว่าที่ควร", "ดูจำนวนผู้ตอบ EIT จากระบบของ ป.ป.ช."]


# --- pages ----------------------------------------------------------------------------------------------------------
def page(agency: Agency, name: str, *args: object, year: int = 2568) -> str:
    return f"{reverse(name, args=[agency.code, *args])}?year={year}"


def test_page_says_that_the_figures_are_typed_in_and_how_sure_the_rule_is(agency, sign_in):
    made = cycle(agency)
    running_window(made, passed=10, left=9)
    read(made, "IIT", 3, days_ago=8)
    read(made, "IIT", 9)
    text = sign_in(Role.CLERK).get(page(agency, "official_counts")).content.decode()
    for words in ("พิมพ์เข้ามา", "ยังไม่ยืนยัน", "ช้ากว่าที่ควร", "ดูครั้งล่าสุด", "<svg", "ต้องได้ต่อวัน"):
        assert words in text
    assert "official/add" not in text  # a clerk reads


def test_reading_is_added_corrected_and_removed(agency, sign_in):
    cycle(agency)
    client = sign_in(Role.COORDINATOR)
    given = {"which": "EIT-1", "read_on": TODAY().isoformat(), "headcount": "๑๒๐", "reached": "๑๐"}
    assert "EIT ส่วนที่ ๑" in client.get(page(agency, "official_count_add")).content.decode()
    assert client.post(page(agency, "official_count_add"), given).status_code == 302
    assert client.post(page(agency, "official_count_add"), given).status_code == 422  # one of a day
    made = OfficialCount.objects.get()
    assert (made.instrument, made.part, made.headcount, made.reached) == ("EIT", 1, 120, 10)
    edit = page(agency, "official_count_edit", made.pk)
    assert client.post(edit, given | {"reached": "12", "version": "1"}).status_code == 302
    assert client.post(edit, given | {"reached": "13", "version": "1"}).status_code == 409
    assert OfficialCount.objects.get().reached == 12
    remove = page(agency, "official_count_remove", made.pk)
    for seen in ({}, {"version": "1"}):
        assert "มีผู้อื่นแก้ไข" in client.post(remove, seen, follow=True).content.decode()
    client.post(remove, {"version": "2"})
    assert not OfficialCount.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"reached": "121"},
        {"headcount": "0"},
        {"which": "OIT-0"},
        {"read_on": "30/2/2569"},
        {"read_on": (date.max - timedelta(days=400)).isoformat()},
    ],
)
def test_impossible_readings_are_refused(agency, sign_in, wrong):
    cycle(agency)
    given = {"which": "IIT-0", "read_on": TODAY().isoformat(), "headcount": "120", "reached": "10"} | wrong
    answer = sign_in(Role.COORDINATOR).post(page(agency, "official_count_add"), given)
    assert (answer.status_code, OfficialCount.objects.exists()) == (422, False)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_the_same_number_of_times(agency, sign_in, django_assert_num_queries, count):
    made = cycle(agency)
    for place in range(count):
        read(made, "IIT", place, days_ago=place)
    client = sign_in(Role.COORDINATOR)
    client.get(page(agency, "official_counts"))
    with django_assert_num_queries(11):
        client.get(page(agency, "official_counts"))
