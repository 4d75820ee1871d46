"""Several workers at the same moment: each job is done by one of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from prongsai.web.work import services
from prongsai.web.work.models import Job
from prongsai.web.work.plan import Every
from tests.web.at_once import at_once, on_disk
from tests.web.work.conftest import Make

pytestmark = [pytest.mark.db, pytest.mark.django_db(transaction=True)]
WORKERS, JOBS = 4, 24


def test_each_job_is_done_by_one_of_many_workers(planned: Make, tmp_path: Path):
    done: list[int] = []
    planned("count", print, None)

    def work() -> int:
        mine = 0
        while job := services.take():
            done.append(job.arguments["number"])
            services.finish(job)
            mine += 1
        return mine

    with on_disk(tmp_path):
        for number in range(JOBS):
            services.ask(name="count", arguments={"number": number})
        shares = at_once(*[work] * WORKERS)
        assert Counter(done) == Counter(range(JOBS))
        assert sum(shares) == JOBS
        assert not Job.objects.exclude(due_at=None).exists()


def test_workers_that_begin_together_keep_one_row_a_job(planned: Make, tmp_path: Path):
    for name in ("mail", "sweep"):
        planned(name, print, Every(minutes=1))
    with on_disk(tmp_path):
        assert at_once(*[services.tend] * WORKERS) == [None] * WORKERS
        assert Job.objects.count() == 2
