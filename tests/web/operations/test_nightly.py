"""The backup of each night: made into a folder, so many of them kept, others' files left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from prongsai.errors import ProngsaiError
from prongsai.web.agencies.models import Agency
from prongsai.web.operations import keys, nightly
from prongsai.web.work.models import Job
from prongsai.web.work.worker import work_now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(agency: Agency, settings, tmp_path: Path) -> Path:
    settings.DATA_FOLDER = tmp_path / "data"
    keys.keep_public(settings.DATA_FOLDER, keys.new_pair().public)
    settings.BACKUP_FOLDER, settings.BACKUPS_KEPT = str(tmp_path / "backups"), 2
    Path(settings.BACKUP_FOLDER).mkdir()
    return Path(settings.BACKUP_FOLDER)


def test_oldest_of_ours_go_and_others_stay(folder: Path):
    for name in ("prongsai-2026-11-20-020000.age", "prongsai-2026-11-21-020000.age", "prongsai-2026-by-hand.age"):
        (folder / name).write_bytes(b"old")
    made = nightly.back_up_nightly()
    assert made.read_bytes().startswith(b"age-encryption.org/v1")
    names = ["prongsai-2026-11-21-020000.age", "prongsai-2026-by-hand.age", made.name]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    time.sleep(1)  # names go by the second
    again = nightly.back_up_nightly()
    assert nightly.kept(folder) == [made, again]


def test_folder_that_is_not_there_is_told_and_nothing_removed(folder: Path, settings):
    settings.BACKUP_FOLDER = str(folder / "not mounted")
    with pytest.raises(ProngsaiError, match="is no folder"):
        nightly.back_up_nightly()
    assert not (folder / "not mounted").exists()


def test_folder_without_a_key_is_a_job_that_fails(folder: Path, settings):
    (Path(settings.DATA_FOLDER) / keys.NAME).unlink()
    assert nightly.is_wanted()
    fault = work_now("backup")
    assert isinstance(fault, keys.KeyUnusable) and "กุญแจ" in fault.one_line
    assert Job.objects.get(key="backup").failed.startswith("KeyUnusable")
    assert list(folder.iterdir()) == []


def test_not_wanted_without_a_folder(folder: Path, settings):
    assert nightly.is_wanted()
    settings.BACKUP_FOLDER = ""
    assert not nightly.is_wanted()
    with pytest.raises(ProngsaiError, match="PRONGSAI_BACKUP_FOLDER"):
        nightly.back_up_nightly()
