"""``prongsai work``: the list, one job now, what is due, and calls that cannot be done."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.web.operations.conftest import place, prepared, prepared_once  # noqa: F401
from tests.web.operations.place import Place

pytestmark = pytest.mark.db


def test_job_done_now_stands_in_the_list(prepared: Place):  # noqa: F811
    assert json.loads(prepared.run("work", "--once", "--json").stdout) == {"done": 0, "failed": 0}
    done = prepared.run("work", "--run", "clearsessions")
    assert (done.returncode, done.stdout) == (0, "clearsessions: เสร็จแล้ว\n"), done.stderr
    told = json.loads(prepared.run("work", "--list", "--json").stdout)
    by_name = {job["name"]: job for job in told["jobs"]}
    assert by_name["clearsessions"]["done_at"] and by_name["clearsessions"]["due_at"]
    assert by_name["mind_surveys"]["done_at"] is None and by_name["mind_surveys"]["due_at"]
    assert by_name["send_mail"]["due_at"] is None  # no mail server is set
    assert (told["waiting"], told["late"], told["failing"]) == (0, 0, 0)
    assert "ปิดและนับการสำรวจ" in prepared.run("work", "--list").stdout


def test_job_that_fails_says_why_and_how_to_mend_it(prepared: Place):  # noqa: F811
    done = prepared.run("work", "--run", "backup", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)["failed"]
    assert "PRONGSAI_BACKUP_FOLDER" in told
    listed = json.loads(prepared.run("work", "--list", "--json").stdout)
    assert listed["failing"] == 1


@pytest.mark.parametrize(("name", "word"), [("nothing", "nothing"), ("walk_site", "walk_site")])
def test_unknown_job_is_refused_in_one_line(prepared: Place, name: str, word: str):  # noqa: F811
    done = prepared.run("work", "--run", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr and "--list" in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_empty_folder_is_told_to_be_served_first(place: Callable[[], Place]):  # noqa: F811
    done = place().run("work", "--list")
    assert (done.returncode, done.stdout) == (2, "")
    assert "prongsai serve" in done.stderr
