"""The folder of sealed files: whole or gone, under random names, and nothing left lying about."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from prongsai.web.agencies.models import Agency
from prongsai.web.complaints.models import SealedFile
from prongsai.web.complaints.services import store
from tests.web.complaints import told

CODE = "05160101"


@pytest.fixture
def folder(settings) -> Path:
    return Path(settings.SEALED_FOLDER)


def put(content: bytes = b"sealed", code: str = CODE) -> str:
    with store.writing(code) as writer:
        writer.put(content)
    return writer.name


def files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def aged(path: Path, days: float) -> None:
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_file_is_read_back_from_its_place(folder) -> None:
    with store.writing(CODE) as writer:
        writer.put(b"one ")
        writer.put(b"two")
    assert files(folder) == [Path(CODE, writer.name[:2], writer.name)]
    with store.reading(CODE, writer.name) as source:
        assert source.read() == b"one two"
    assert store.names(CODE) == {writer.name}


def test_file_is_not_there_until_it_is_whole(folder) -> None:
    with store.writing(CODE) as writer:
        writer.put(b"half")
        assert store.names(CODE) == set()
        assert files(folder) == [Path(CODE, store.PARTS, writer.name)]
    assert store.names(CODE) == {writer.name}


def test_file_that_breaks_off_leaves_nothing(folder) -> None:
    with pytest.raises(RuntimeError), store.writing(CODE) as writer:
        writer.put(b"half")
        raise RuntimeError
    lost = store.Writer(CODE)
    lost.put(b"half")
    del lost
    assert files(folder) == []


def test_time_of_a_file_tells_the_day_alone(folder) -> None:
    name = put()
    status = (folder / CODE / name[:2] / name).stat()
    day = timezone.make_aware(datetime.combine(timezone.localdate(), datetime.min.time())).timestamp()
    assert (status.st_mtime, status.st_atime) == (day, day)


def test_removing_passes_over_what_is_gone(folder) -> None:
    name, other = put(), put()
    store.remove(CODE, [name])
    store.remove(CODE, [name, "0" * 32])
    assert store.names(CODE) == {other}


@pytest.mark.parametrize("name", ["", "..", "../../../settings", "a" * 31, "G" * 32, "a" * 32 + "/..", "a" * 32 + "\n"])
def test_what_is_no_name_opens_and_removes_nothing(folder, name) -> None:
    for act in (lambda: store.reading(CODE, name), lambda: store.remove(CODE, [name])):
        with pytest.raises(FileNotFoundError):
            act()


def test_offices_do_not_see_each_others_files(folder) -> None:
    name = put()
    assert store.names("05170202") == set()
    with pytest.raises(FileNotFoundError):
        store.reading("05170202", name)
    with pytest.raises(FileNotFoundError):
        store.reading("../" + CODE, name)


def test_names_say_nothing_and_never_meet() -> None:
    names = {put() for _ in range(20)}
    assert len(names) == 20
    assert {len(name) for name in names} == {32}


# --- sweeping ---------------------------------------------------------------------------------------------------------
def test_what_nobody_names_goes_after_two_days_and_the_rest_stays(agency: Agency, channel, folder) -> None:
    report = told.tell(agency)
    named, nameless, young = put(), put(), put()
    SealedFile.objects.create(report=report, name=named)
    for name in (named, nameless):
        aged(folder / CODE / name[:2] / name, 3)
    assert store.sweep(timezone.localdate()) == 1
    assert store.names(CODE) == {named, young}
    assert store.sweep(timezone.localdate() + timedelta(days=2)) == 1
    assert store.names(CODE) == {named}


def test_form_that_lies_open_over_midnight_keeps_its_files(agency: Agency, folder) -> None:
    name = put()
    assert store.sweep(timezone.localdate() + timedelta(days=1)) == 0
    assert store.names(CODE) == {name}


def test_part_of_a_lost_process_goes_after_a_day(agency: Agency, folder) -> None:
    parts = folder / CODE / store.PARTS
    parts.mkdir(parents=True)
    for name, days in (("a" * 32, 1.1), ("b" * 32, 0.5)):
        (parts / name).write_bytes(b"part")
        aged(parts / name, days)
    assert store.sweep(timezone.localdate()) == 1
    assert [path.name for path in parts.iterdir()] == ["b" * 32]


def test_sweeping_touches_nothing_that_is_not_its_own(agency: Agency, folder) -> None:
    for path in (folder / "notes.txt", folder / "other" / "ab" / ("c" * 32), folder / CODE / "ab" / "readme"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"kept")
        aged(path, 9)
    assert store.sweep(timezone.localdate()) == 0
    assert len(files(folder)) == 3


def test_sweeping_where_there_is_no_folder_does_nothing(db) -> None:
    assert store.sweep(timezone.localdate()) == 0
