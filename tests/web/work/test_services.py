"""A job's life: kept, taken by one, done or failed, missed, asked for again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError

from prongsai.web.work import services
from prongsai.web.work.models import LEASE, Job
from prongsai.web.work.queries import LATE, state
from tests.web.work.conftest import BEGAN, NIGHT, Make

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def nothing(**arguments: object) -> None:
    """Do nothing."""


def due_of(name: str) -> object:
    return Job.objects.get(key=name).due_at


def test_new_job_comes_at_its_next_time_and_not_at_once(planned: Make):
    planned("sweep", nothing, NIGHT)
    services.tend(now=BEGAN)
    services.tend(now=BEGAN + MINUTE)
    assert due_of("sweep") == NIGHT.after(BEGAN)
    assert services.take(now=BEGAN) is None
    assert Job.objects.count() == 1


def test_ten_missed_nights_are_made_up_once(planned: Make):
    planned("sweep", nothing, NIGHT)
    services.tend(now=BEGAN)
    morning = BEGAN + 10 * DAY
    job = services.take(now=morning)
    assert job and job.key == "sweep"
    services.finish(job, now=morning + MINUTE)
    assert services.take(now=morning + MINUTE) is None
    assert due_of("sweep") == NIGHT.after(morning + MINUTE)


def test_job_in_hand_is_taken_by_nobody_else_until_its_lease_ends(planned: Make):
    planned("sweep", nothing)
    job = services.ask(name="sweep", due_at=BEGAN)
    first = services.take(now=BEGAN)
    assert first and first.pk == job.pk
    assert services.take(now=BEGAN + LEASE) is None
    assert services.renew(first, now=BEGAN + MINUTE)
    assert services.take(now=BEGAN + LEASE + MINUTE) is None
    again = services.take(now=BEGAN + LEASE + 2 * MINUTE)
    assert again and (again.pk, again.tries) == (first.pk, 2)


def test_worker_that_lost_its_lease_changes_nothing_any_more(planned: Make):
    planned("sweep", nothing)
    services.ask(name="sweep", due_at=BEGAN)
    lost = services.take(now=BEGAN)
    held = services.take(now=BEGAN + 2 * LEASE)
    assert lost and held
    services.finish(lost, now=BEGAN + 2 * LEASE)
    assert not services.renew(lost, now=BEGAN + 2 * LEASE)
    assert Job.objects.get().done_at is None
    assert services.take(now=BEGAN + 2 * LEASE + MINUTE) is None
    services.finish(held, now=BEGAN + 2 * LEASE + MINUTE)
    assert Job.objects.get().done_at == BEGAN + 2 * LEASE + MINUTE


def test_failures_wait_longer_each_time_and_say_nothing_of_what_they_said(planned: Make):
    planned("sweep", nothing, NIGHT)
    now, waits = BEGAN, []
    services.ask(name="sweep", due_at=BEGAN)
    for _ in range(8):
        job = services.take(now=now)
        assert job
        try:
            raise CommandError("นางมาลี ตั้งใจ malee@example.org")
        except CommandError as fault:
            services.fail(job, fault=fault, now=now)
        job.refresh_from_db()
        assert job.due_at is not None and job.leased_until is None
        waits.append((job.due_at - now) / MINUTE)
        now = job.due_at
    assert waits == [1, 4, 16, 64, 256, 360, 360, 360]
    assert job.failed.startswith("CommandError ← ") and "malee" not in job.failed and "มาลี" not in job.failed
    done = services.take(now=now)
    assert done
    services.finish(done, now=now)
    job.refresh_from_db()
    assert (job.failed, job.tries, job.due_at) == ("", 0, NIGHT.after(now))


def test_what_somebody_asked_for_is_given_up_in_the_end(planned: Make):
    planned("walk", nothing, None)
    services.ask(name="walk", arguments={"agency": "05160101"}, due_at=BEGAN)
    now, tries = BEGAN, 0
    while job := services.take(now=now):
        services.fail(job, fault=ValueError(), now=now)
        now, tries = now + DAY, tries + 1
    assert tries == 8
    assert state(now=now).failing == 1
    services.tend(now=now + 31 * DAY)
    assert Job.objects.count() == 0


def test_what_ends_with_its_worker_each_time_is_given_up_and_the_next_is_taken(planned: Make):
    planned("walk", nothing, None)
    planned("sweep", nothing)
    services.ask(name="walk", due_at=BEGAN)
    now, tries = BEGAN, 0
    while job := services.take(now=now):
        assert job.name == "walk"
        now, tries = now + 2 * LEASE, tries + 1
        if tries == 8:
            services.ask(name="sweep", due_at=now)
            break
    taken = services.take(now=now)
    assert taken and taken.name == "sweep"
    walk = Job.objects.get(name="walk")
    assert (walk.due_at, walk.leased_until, walk.failed, walk.tries) == (None, None, "ended with its worker", 8)
    for _ in range(9):  # what goes by the clock is never given up
        now += 2 * LEASE
        again = services.take(now=now)
        assert again and again.name == "sweep"


def test_what_was_given_up_is_tried_anew_when_it_is_asked_for_again(planned: Make):
    planned("walk", nothing, None)
    Job.objects.create(key="walk", name="walk", tries=8, failed="ValueError")
    asked = services.ask(name="walk", due_at=BEGAN)
    assert (asked.tries, asked.failed, asked.due_at) == (0, "", BEGAN)


def test_asked_for_again_never_comes_later_and_keeps_its_tries(planned: Make):
    planned("walk", nothing, None)
    Job.objects.create(key="walk", name="walk", tries=3, failed="ValueError", due_at=BEGAN)
    asked = services.ask(name="walk", due_at=BEGAN + DAY)
    assert (asked.tries, asked.failed, asked.due_at) == (3, "ValueError", BEGAN)
    assert services.ask(name="walk", due_at=BEGAN - DAY).due_at == BEGAN - DAY


def test_worker_passes_over_what_is_not_wanted_and_a_person_may_have_it_done(planned: Make):
    planned("backup", nothing, is_wanted=lambda: False)
    planned("mail", nothing)
    services.ask(name="backup", due_at=BEGAN)
    services.ask(name="mail", due_at=BEGAN + MINUTE)
    first = services.take(now=BEGAN + MINUTE)
    assert first and first.name == "mail"
    assert services.take(now=BEGAN + MINUTE) is None
    assert services.take_now(name="backup").name == "backup"


def test_job_in_hand_is_refused_and_not_asked_for_again(planned: Make):
    planned("sweep", nothing, NIGHT)
    held = services.take_now(name="sweep")
    with pytest.raises(services.BusyElsewhere):
        services.take_now(name="sweep")
    assert due_of("sweep") == held.due_at


def test_lost_mount_holds_up_no_other_job(planned: Make):
    is_lost = [False]

    def is_wanted() -> bool:
        if is_lost[0]:
            raise OSError(116, "Stale file handle")
        return True

    planned("backup", nothing, NIGHT, is_wanted=is_wanted)
    planned("mail", nothing)
    services.tend(now=BEGAN)
    night = NIGHT.after(BEGAN)
    held = services.take(now=night, key="backup")
    assert held
    is_lost[0] = True
    services.finish(held, now=night)
    services.tend(now=night)
    assert due_of("backup") == NIGHT.after(night)
    found = services.take(now=night + DAY)
    assert found and found.name == "mail"
    assert services.take(now=night + DAY) is None


def test_asked_for_twice_is_done_once_and_asked_for_during_the_run_once_more(planned: Make):
    planned("walk", nothing, None, is_long=True)
    for code in ("05160101", "05160101", "05170202"):
        services.ask(name="walk", arguments={"agency": code, "cycle": "ita-2569"}, due_at=BEGAN)
    assert Job.objects.count() == 2
    job = services.take(now=BEGAN)
    assert job and job.arguments["agency"] == "05160101"
    services.ask(name="walk", arguments={"cycle": "ita-2569", "agency": "05160101"}, due_at=BEGAN + MINUTE)
    services.finish(job, now=BEGAN + 2 * MINUTE)
    job.refresh_from_db()
    assert job.due_at == BEGAN + MINUTE
    assert services.take(now=BEGAN, long=False) is None


def test_lane_for_quick_work_leaves_the_long(planned: Make):
    planned("backup", nothing, is_long=True)
    planned("mail", nothing)
    services.ask(name="backup", due_at=BEGAN)
    services.ask(name="mail", due_at=BEGAN + MINUTE)
    quick = services.take(now=BEGAN + MINUTE, long=False)
    assert quick and quick.name == "mail"


def test_what_an_installation_does_not_want_rests_until_it_does(planned: Make):
    wishes = [True]
    planned("mail", nothing, is_wanted=lambda: wishes[0])
    services.tend(now=BEGAN)
    wishes[0] = False
    services.tend(now=BEGAN + MINUTE)
    assert due_of("mail") is None
    wishes[0] = True
    services.tend(now=BEGAN + DAY)
    assert due_of("mail") == BEGAN + DAY + MINUTE


def test_unknown_names_are_refused_and_left_alone(planned: Make):
    with pytest.raises(services.NoSuchJob):
        services.ask(name="nothing")
    Job.objects.create(key="of a newer version", name="newer", due_at=BEGAN)
    assert services.take(now=BEGAN) is None


def test_state_counts_what_waits_is_late_runs_and_failed(planned: Make, django_assert_num_queries):
    for name in ("late", "mail", "run", "walk"):
        planned(name, nothing)
    now = BEGAN + LATE + MINUTE
    services.ask(name="run", due_at=BEGAN)
    running = services.take(now=now)
    services.ask(name="late", due_at=BEGAN)
    services.ask(name="mail", due_at=now)
    Job.objects.create(key="walk", name="walk", failed="ValueError", tries=2, due_at=now + DAY)
    with django_assert_num_queries(1):
        found = state(now=now)
    assert (found.waiting, found.late, found.running, found.failing) == (2, 1, 1, 1)
    assert running and found.last_run_at == running.started_at
    assert [job.key for job in found.jobs] == ["late", "mail", "run", "walk"]
