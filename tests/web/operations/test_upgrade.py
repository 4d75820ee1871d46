"""A later program takes the data over: told first, backed up first, all of it or nothing, and the way back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.operations.place import Place

pytestmark = pytest.mark.db
LATER = ("later.0001_first", "later.0002_note", "later.0003_check")
UNITS = "agencies.unit"


def later(place: Place, *call: str, breaks: bool = False):
    code = f"import os; os.environ['LATER_BREAKS'] = {'1' if breaks else ''!r}\n"
    code += "import sys, runpy; sys.argv = ['later', *sys.argv[1:]]\n"
    code += "runpy.run_module('tests.web.operations.later_program', run_name='__main__')"
    return place.python("-c", code, *call)


def test_check_tells_what_would_happen_and_changes_nothing(filled: Place):
    before = filled.told("rows")
    done = later(filled, "upgrade", "--check", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["installed"], told["data"], told["hindrances"]) == (0, "9.0.0", "0.1.0", [])
    assert [one["name"] for one in told["pending"]] == list(LATER)
    assert told["pending"][0]["what"] == ["ตารางใหม่ “สิ่งของ”", "ปรับข้อมูลเดิม"]
    assert told["pending"][1]["what"] == ["เพิ่มช่อง “หมายเหตุ” ของตาราง “สิ่งของ” (ยังไม่มีแถว)"]
    assert told["has_key"] and told["last_backup"] is None and told["room"]["free"] > told["room"]["needed"] > 900_000
    assert told["database"].startswith("PostgreSQL" if filled.database else "SQLite")
    printed = later(filled, "upgrade", "--check")
    assert printed.returncode == 0 and "พร้อมปรับรุ่น" in printed.stdout and "สิ่งของ" in printed.stdout
    assert filled.told("rows") == before


def test_upgrade_backs_up_first_and_the_older_program_brings_that_back(
    filled: Place, place: Callable[[], Place], key_file: Path
):
    before = filled.told("rows")
    done = later(filled, "upgrade", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["version"], told["applied"]) == ("9.0.0", list(LATER))
    assert Path(told["backup"]).parent == filled.folder / "backups"
    after = json.loads(later(filled, "upgrade", "--check", "--json").stdout)
    assert (after["data"], after["pending"], after["hindrances"]) == ("9.0.0", [], []) and after["last_backup"]
    refused = filled.run("serve", "--port", "0")  # the older program on newer data
    assert refused.returncode == 2 and "9.0.0" in refused.stderr and "ใหม่กว่า" in refused.stderr
    assert filled.run("upgrade", "--check").returncode == 1
    restored = place()
    back = restored.run("restore", told["backup"], "--identity", str(key_file))
    assert back.returncode == 0, back.stderr
    assert restored.told("rows") == before


def test_migration_that_fails_leaves_the_data_as_it_was(filled: Place):
    before, made = filled.told("rows", "made_of")
    done = later(filled, "upgrade", breaks=True)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
    assert "9.0.0 ไม่สำเร็จ" in done.stderr and "0003_check" in done.stderr and "before-upgrade-9.0.0" in done.stderr
    assert "สมชาย" not in done.stderr
    assert filled.told("rows", "made_of") == [before, made]  # by the older program, which still works
    assert later(filled, "upgrade").returncode == 0


def test_start_that_fails_again_takes_the_backup_that_is_there_and_removes_none(filled: Place):
    folder = filled.folder / "backups"
    folder.mkdir()
    old = [folder / f"before-upgrade-0.0.{n}-2020-01-0{n}-000000.age" for n in range(1, 5)]
    for path in old:
        path.write_bytes(b"old")

    def made() -> set[Path]:
        return set(folder.glob("*.age")) - set(old)

    assert [later(filled, "serve", "--port", "0", breaks=True).returncode for _ in range(2)] == [3, 3]
    first = made()
    assert len(first) == 1 and all(path.exists() for path in old)
    change = "from prongsai.cli.platform import start_django; start_django()\n"
    change += "from prongsai.web.agencies.models import Agency; Agency.objects.update(phone='053-000-000')"
    assert filled.python("-c", change).returncode == 0
    assert later(filled, "serve", "--port", "0", breaks=True).returncode == 3
    assert len(made()) == 2 > len(first)  # of other data
    (second,) = made() - first
    second.write_bytes(second.read_bytes()[:-1])  # cut short
    done = later(filled, "upgrade", "--json")
    assert done.returncode == 0, done.stderr
    last = Path(json.loads(done.stdout)["backup"])
    kept = sorted(folder.iterdir())
    assert last in kept and last not in {*first, second} and len(kept) == 3


def test_without_a_key_nothing_is_upgraded_unless_it_is_said(filled: Place):
    (filled.folder / "backup_key.txt").unlink()
    checked = later(filled, "upgrade", "--check", "--json")
    assert checked.returncode == 1 and [one["code"] for one in json.loads(checked.stdout)["hindrances"]] == ["no-key"]
    refused = later(filled, "upgrade")
    assert refused.returncode == 2 and "--without-backup" in refused.stderr
    done = later(filled, "upgrade", "--without-backup", "--json")
    assert json.loads(done.stdout)["backup"] is None and not (filled.folder / "backups").exists()


def test_start_of_the_server_backs_up_and_says_so(filled: Place):
    folder = filled.folder / "backups"
    folder.mkdir()
    old = [folder / f"before-upgrade-0.0.{n}-2020-01-0{n}-000000.age" for n in range(1, 5)]
    for path in old:
        path.write_bytes(b"old")
    (folder / "mine.age").write_bytes(b"mine")
    done = later(filled, "prepare")
    assert done.returncode == 0, done.stderr
    assert "กำลังปรับข้อมูลเป็นรุ่น 9.0.0 (3 รายการ)" in done.stdout and "สำรองข้อมูลก่อนปรับรุ่นไว้ที่" in done.stdout
    kept = sorted(path.name for path in folder.iterdir())
    assert len(kept) == 4 and "mine.age" in kept  # three of ours, and what is not ours
    assert later(filled, "prepare").stdout == ""  # nothing is left to do


def test_start_without_a_key_says_that_nothing_was_backed_up(filled: Place):
    (filled.folder / "backup_key.txt").unlink()
    done = later(filled, "prepare")
    assert done.returncode == 0 and "ไม่ได้สำรองข้อมูลก่อนปรับรุ่น" in done.stdout


def test_two_servers_that_start_at_once_both_come_up(filled: Place):
    code = "import runpy, sys; sys.argv = ['later', 'prepare']\n"
    code += "runpy.run_module('tests.web.operations.later_program', run_name='__main__')"
    started = [filled.start("-c", code) for _ in range(2)]
    ended = [(process.communicate(timeout=300)[1], process.returncode) for process in started]
    assert [code for _, code in ended] == [0, 0], ended
    assert json.loads(later(filled, "upgrade", "--check", "--json").stdout)["pending"] == []


def test_health_says_that_the_database_is_behind(filled: Place):
    code = "from prongsai.web.operations import health; print([part.name for part in health.parts() if part.reason])"
    script = (
        "import tests.web.operations.later_program\nfrom prongsai.cli.platform import start_django; start_django()\n"
    )
    assert filled.python("-c", script + code).stdout == "['migrations']\n"


def test_empty_place_has_nothing_to_back_up(place: Callable[[], Place]):
    office = place()
    shutil.rmtree(office.folder, ignore_errors=True)
    checked = office.run("upgrade", "--check", "--json")
    told = json.loads(checked.stdout)
    assert (checked.returncode, told["is_new"], told["pending"], told["data"]) == (0, True, [], "")
