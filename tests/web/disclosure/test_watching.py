"""Which addresses are looked at, when, and the pages that show them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai.web.agencies.journal import Stale
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.cycles.models import CycleDate
from prongsai.web.disclosure.models import Channel, Check, Page, Posting, Site, Submission, Watch, Watched
from prongsai.web.disclosure.queries import watching as queries
from prongsai.web.disclosure.services.checking import next_at
from prongsai.web.disclosure.services.watching import resume, stop, watch, watch_all

pytestmark = pytest.mark.django_db
ADDRESS = "https://www.bansuanphlu.example/2569/o11/"


def looked(watched: Watched, state: str = "fine", *, ago: timedelta = timedelta(0), **more: object) -> Check:
    """A look, as the database keeps it."""
    return Check.objects.create(watched=watched, at=timezone.now() - ago, state=state, **more)


def found(system, state: str = "fine", address: str = ADDRESS, **more: object) -> Watched:
    """An address that was found in a state."""
    watched = watch(system, address=address, why=Watch.OWN, **more)
    problems = [] if state == "fine" else [_problem(state)]
    look = looked(watched, state, problems=problems, status=200 if state != "fault" else None)
    Watched.objects.filter(pk=watched.pk).update(state=state, since=look.at, checked_at=look.at)
    watched.refresh_from_db()
    return watched


def _problem(state: str) -> dict[str, object]:
    severity = "error" if state == "fault" else "warning"
    return {"code": "REACH_X", "severity": severity, "message_th": "เปิดไม่ได้เพราะเหตุหนึ่ง", "mend_th": "แก้เหตุนั้น"}


# --- what is looked at ----------------------------------------------------------------------------------------------
def test_an_address_is_watched_once_for_the_weightiest_reason(system, item):
    first = watch(system, address=ADDRESS, why=Watch.PAGE)
    again = watch(system, address=ADDRESS, why=Watch.SUBMITTED, item=item())
    later = watch(system, address=ADDRESS, why=Watch.OWN)
    assert (first.pk, again.pk) == (later.pk, later.pk)
    later.refresh_from_db()
    assert (later.why, later.item) == (Watch.SUBMITTED, item())
    assert list(AuditEntry.objects.filter(action__startswith="watched").values_list("action", flat=True)) == [
        "watched.change",
        "watched.add",
    ]


@pytest.mark.parametrize("address", ["", "ftp://a.example/", "https://user:word@a.example/", "nonsense"])
def test_what_is_no_web_address_is_refused(system, address):
    with pytest.raises(ValidationError):
        watch(system, address=address, why=Watch.OWN)


def test_an_address_rests_and_is_taken_up_again(system):
    watched = watch(system, address=ADDRESS, why=Watch.OWN)
    stop(system, watched=watched, version=watched.version)
    assert not queries.due(timezone.now()).exists()
    with pytest.raises(Stale):
        resume(system, watched=watched, version=1)
    resume(system, watched=watched, version=2)
    assert queries.due(timezone.now()).get() == watched


def test_everything_that_discloses_is_watched(agency, system, item):
    """C1: reachable from outside; what was submitted, our pages, pages elsewhere, posts, the home page."""
    Site.objects.create(agency=agency, address="https://www.bansuanphlu.example")
    ours = Page.objects.create(agency=agency, kind="item", path="2569/a", title="ก", state="public", item=item())
    there = Page.objects.create(
        agency=agency, kind="free", path="b", title="ข", state="public", elsewhere="https://old.example/b"
    )
    Page.objects.create(
        agency=agency, kind="free", path="c", title="ค", state="draft", elsewhere="https://old.example/c"
    )
    channel = Channel.objects.create(agency=agency, name="Facebook")
    Posting.objects.create(page=ours, channel=channel, address="https://facebook.example/p/1")
    Submission.objects.create(item=item("procurement.monthly"), address="https://old.example/o11", state="pasted")
    Submission.objects.create(
        item=item("organisation.contact-and-questions"), address="https://old.example/o3", state="prepared"
    )
    assert watch_all(system) == 5
    assert set(Watched.objects.values_list("address", "why", "page")) == {
        ("https://www.bansuanphlu.example", "home", None),
        ("https://old.example/o11", "submitted", None),
        ("https://www.bansuanphlu.example/2569/a/", "page", ours.pk),
        ("https://old.example/b", "elsewhere", there.pk),
        ("https://facebook.example/p/1", "posting", ours.pk),
    }
    assert watch_all(system) == 0


# --- when -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def window(cycle):
    CycleDate.objects.filter(cycle=cycle, key="disclosure").update(
        starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30)
    )
    return queries.window_of(cycle)


def test_the_window_goes_on_while_assessors_look(window, agency):
    assert window == queries.Window(date(2026, 4, 1), date(2026, 6, 29))
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 29), date(2026, 6, 30)]
    assert [queries.is_season(agency, day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(("starts", "ends"), [(date(2026, 3, 31), None), (None, date(2026, 4, 30))])
def test_half_a_window_is_a_window(cycle, starts, ends):
    CycleDate.objects.filter(cycle=cycle, key="disclosure").update(starts_on=starts, ends_on=ends)
    assert queries.window_of(cycle) == queries.Window(date(2026, 3, 31), date(2026, 6, 29))


def test_without_days_there_is_no_window(cycle, agency):
    assert queries.window_of(cycle) is None
    assert not queries.is_season(agency, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("state", "day", "broken_for", "wait"),
    [
        ("fine", 1, None, timedelta(days=6, hours=23)),
        ("warning", 1, None, timedelta(days=6, hours=23)),
        ("fine", 15, None, timedelta(hours=23)),
        ("fault", 1, timedelta(hours=2), timedelta(minutes=50)),
        ("fault", 15, timedelta(hours=23), timedelta(minutes=50)),
        ("fault", 1, timedelta(hours=25), timedelta(hours=23)),
        ("fault", 1, timedelta(days=-900), timedelta(hours=23)),  # seen by a clock that ran ahead
    ],
)
def test_daily_while_assessors_look_weekly_otherwise_hourly_when_it_broke(window, system, state, day, broken_for, wait):
    """Schedule: day 15 of April is inside the window, day 1 of January is not."""
    now = timezone.make_aware(timezone.datetime(2026, 4 if day == 15 else 1, day, 9))
    watched = watch(system, address=ADDRESS, why=Watch.OWN)
    watched.state, watched.since = state, now - (broken_for or timedelta(days=3))
    season = queries.is_season(watched.agency, timezone.localdate(now))
    assert next_at(watched, now, season=season) == now + wait


@pytest.mark.parametrize(
    ("ahead", "is_due"),
    [
        (timedelta(minutes=-1), True),
        (timedelta(minutes=1), False),
        (timedelta(days=6, hours=23), False),
        (timedelta(days=8), True),
        (timedelta(days=900), True),
    ],
)
def test_what_a_clock_that_ran_ahead_put_off_for_years_is_due(system, ahead, is_due):
    now = timezone.now()
    found = watch(system, address=ADDRESS, why=Watch.OWN)
    Watched.objects.filter(pk=found.pk).update(next_at=now + ahead)
    assert queries.due(now).exists() is is_due


# --- the list -------------------------------------------------------------------------------------------------------
def test_the_list_shows_what_is_broken_first_with_its_mend(agency, system, sign_in, item):
    found(system, "fine", "https://a.example/1")
    found(system, "fault", "https://a.example/2", item=item())
    found(system, "warning", "https://a.example/3")
    client = sign_in(Role.OFFICER)
    answer = client.get(f"/{agency.code}/site/addresses/")
    assert [row.watched.address[-1] for row in answer.context["rows"]] == ["2", "3", "1"]
    assert [row.fault.text if row.fault else "" for row in answer.context["rows"]] == ["เปิดไม่ได้เพราะเหตุหนึ่ง"] * 2 + [""]
    assert answer.context["counts"] == {"unknown": 0, "fine": 1, "warning": 1, "fault": 1}
    narrowed = client.get(f"/{agency.code}/site/addresses/?state=fault&item={item().pk}")
    assert [row.watched.address[-1] for row in narrowed.context["rows"]] == ["2"]


def test_the_list_is_searched(agency, system, sign_in):
    found(system, "fine", "https://a.example/1")
    found(system, "fine", "https://b.example/2")
    client = sign_in(Role.OFFICER)
    rows = client.get(f"/{agency.code}/site/addresses/", {"q": "b.exam"}).context["rows"]
    assert [row.watched.address for row in rows] == ["https://b.example/2"]
    assert "ไม่พบที่อยู่ตามที่กรอง" in client.get(f"/{agency.code}/site/addresses/", {"q": "ไม่มี"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_a_constant_number_of_queries(agency, system, sign_in, item, count, django_assert_num_queries):
    for number in range(count):
        found(system, "fault", f"https://a.example/{number}", item=item())
    client = sign_in(Role.PUBLISHER)
    client.get(f"/{agency.code}/site/addresses/")
    with django_assert_num_queries(14):
        client.get(f"/{agency.code}/site/addresses/")


# --- one address ----------------------------------------------------------------------------------------------------
def test_history_with_a_strip_of_days(agency, system, sign_in):
    watched = found(system, "fault")
    looked(watched, "fine", ago=timedelta(days=2))
    looked(watched, "warning", ago=timedelta(days=2))
    looked(watched, "fine", ago=timedelta(days=40))
    days = queries.strip_of(watched, timezone.localdate())
    assert [(day.state, day.count) for day in days[-3:]] == [("warning", 2), ("unknown", 0), ("fault", 1)]
    assert len(days) == 28 and {day.state for day in days[:-3]} == {"unknown"}
    text = sign_in(Role.OFFICER).get(f"/{agency.code}/site/addresses/{watched.pk}/").content.decode()
    assert "เปิดไม่ได้เพราะเหตุหนึ่ง" in text and "แก้เหตุนั้น" in text and "<svg" in text


@pytest.mark.parametrize("count", [1, 3])
def test_history_costs_a_constant_number_of_queries(agency, system, sign_in, count, django_assert_num_queries):
    watched = found(system, "fault")
    for _ in range(count):
        looked(watched)
    client = sign_in(Role.PUBLISHER)
    client.get(f"/{agency.code}/site/addresses/{watched.pk}/")
    with django_assert_num_queries(12):
        client.get(f"/{agency.code}/site/addresses/{watched.pk}/")


# --- rights ---------------------------------------------------------------------------------------------------------
def test_publishers_add_addresses(agency, sign_in, item):
    client = sign_in(Role.PUBLISHER)
    answer = client.post(f"/{agency.code}/site/addresses/add/", {"address": ADDRESS, "item": item().pk})
    made = Watched.objects.get()
    assert (answer.status_code, made.why, made.item) == (302, "own", item())
    assert client.post(f"/{agency.code}/site/addresses/add/", {"address": "ftp://a.example"}).status_code == 422


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://localhost/x", "http://10.1.2.3/", "http://2130706433/", "http://[::1]/"]
)
def test_internal_addresses_are_refused_unless_allowed(agency, sign_in, address, monkeypatch):
    client = sign_in(Role.PUBLISHER)
    add = f"/{agency.code}/site/addresses/add/"
    monkeypatch.delenv("PRONGSAI_CHECK_PRIVATE", raising=False)
    answer = client.post(add, {"address": address})
    assert answer.status_code == 422
    monkeypatch.setenv("PRONGSAI_CHECK_PRIVATE", "1")
    if "2130706433" not in address:  # digits that Django takes for no name
        assert client.post(add, {"address": address}).status_code == 302


def test_stopping_asks_for_the_version(agency, system, sign_in):
    watched = watch(system, address=ADDRESS, why=Watch.OWN)
    client, address = sign_in(Role.PUBLISHER), f"/{agency.code}/site/addresses/{watched.pk}/stop/"
    client.post(address, {"version": 9})
    assert Watched.objects.get().is_open
    client.post(address, {"version": 1})
    assert not Watched.objects.get().is_open


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.ANALYST])
def test_others_look_but_do_not_touch(agency, system, sign_in, role):
    watched = found(system)
    client, root = sign_in(role), f"/{agency.code}/site/addresses/"
    assert [client.get(root).status_code, client.get(f"{root}{watched.pk}/").status_code] == [200, 200]
    assert client.get(f"{root}add/").status_code == 404
    posts = [f"{root}check/", f"{root}{watched.pk}/check/", f"{root}{watched.pk}/stop/", f"{root}add/"]
    assert [client.post(address).status_code for address in posts] == [404] * 4


def test_other_agencies_see_nothing(agency, other_agency, system, sign_in):
    watched = found(system)
    look = watched.checks.get()
    client = sign_in(Role.PUBLISHER, of=other_agency)
    code = other_agency.code
    for path in (f"addresses/{watched.pk}/", f"checks/{look.pk}/body/", f"checks/{look.pk}/picture/"):
        assert client.get(f"/{code}/site/{path}").status_code == 404
    assert client.post(f"/{code}/site/addresses/{watched.pk}/check/").status_code == 404
    assert client.get(f"/{code}/site/addresses/").context["rows"] == []
