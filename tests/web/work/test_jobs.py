"""What the apps have done in the background: all of it, by the clock, and a second run changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from prongsai.web.agencies.models import Agency
from prongsai.web.operations import keys
from prongsai.web.work import plan, worker
from prongsai.web.work.models import Job
from prongsai.web.work.queries import state
from tests.web import office

BY_THE_CLOCK = sorted(name for name, planned in plan.known().items() if planned.when is not None)
# Asked for with what they need, never by the clock.
ASKED_FOR = {"walk_site"}
# Beside the clock's, by hand: it is asked for when keys were lost.
BY_HAND = {"mend_lost_keys"}


@pytest.fixture
def ready(agency: Agency, settings, tmp_path: Path) -> Path:
    """An office whose backups have a key and a folder; give the folder."""
    settings.DATA_FOLDER = tmp_path / "data"
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    Path(settings.BACKUP_FOLDER).mkdir()
    keys.keep_public(settings.DATA_FOLDER, keys.new_pair().public)
    return Path(settings.BACKUP_FOLDER)


def test_every_command_of_ours_is_in_the_plan_or_done_by_hand():
    ours = {name for name, app in get_commands().items() if str(app).startswith("prongsai.web")}
    planned = {*plan.known(), *ASKED_FOR, *BY_HAND}
    assert ours - planned == set()
    assert {"send_mail", "shred_reports", "mind_surveys", "check_files", "clearsessions", "backup"} <= set(BY_THE_CLOCK)


def test_what_may_wait_for_a_lock_does_not_keep_the_mail():
    assert {"shred_reports", "backup"} <= {name for name, planned in plan.known().items() if planned.is_long}
    assert not plan.known()["send_mail"].is_long


def test_jobs_with_nobody_waiting_are_all_told_in_thai():
    assert all(any("ก" <= letter <= "๛" for letter in planned.what) for planned in plan.known().values())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [name for name in BY_THE_CLOCK if name != "backup"])
def test_second_run_of_a_job_changes_nothing(name: str, ready: Path):
    assert worker.work_now(name) is None
    before = rows()
    assert worker.work_now(name) is None
    assert rows() == before
    assert [job.failed for job in state().jobs] == [""] * len(state().jobs)


def rows() -> dict[str, int]:
    """Count the rows of every table but that of the jobs."""
    return {str(model): model._base_manager.count() for model in apps.get_models() if model is not Job}


@pytest.mark.django_db
def test_office_without_mail_or_a_folder_for_backups_has_those_jobs_at_rest(agency: Agency, settings):
    settings.EMAIL_HOST = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.BACKUP_FOLDER = ""
    worker.services.tend()
    resting = {job.name for job in state().jobs if job.due_at is None}
    assert {"send_mail", "backup"} <= resting
    assert "mind_surveys" not in resting


@pytest.mark.django_db
def test_made_up_office_asks_no_address(settings):
    agency = office.build()
    Agency.objects.filter(pk=agency.pk).update(is_demo=True)
    worker.services.tend()
    assert Job.objects.get(key="check_addresses").due_at is None
