"""Backup and restore between installations: everything equal, under load, or nothing changed at all."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from prongsai.cli import run
from prongsai.web.operations import archive, keys
from tests.web.operations.place import Place, database_name, new_place, shared_place

pytestmark = pytest.mark.db
Make = Callable[[], Place]


@dataclass(frozen=True)
class Backed:
    """A backup. before: the rows that were there; journal: the actions that were there afterwards."""

    path: Path
    before: dict[str, str]
    journal: list[str]


@pytest.fixture(scope="module")
def backed(filled_once: tuple[Place, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backed]:
    """The backup of the office with work in it; to be copied."""

    def make(place: Place, folder: Path) -> None:
        before = place.told("rows")
        done = place.run("backup", str(folder / "สำรอง.age"))
        assert (done.returncode, done.stderr) == (0, "")
        told = {"before": before, "journal": place.told("journal_actions")}
        (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")

    with shared_place(tmp_path_factory, "backed-up", make, like=filled_once[0]) as (_, folder):
        yield Backed(folder / "สำรอง.age", **json.loads((folder / "told.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def restored_once(
    backed: Backed, filled_once: tuple[Place, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Place, dict]]:
    """What came of the backup elsewhere, and what the command told of it; to be copied."""

    def make(place: Place, folder: Path) -> None:
        (folder / "key.txt").write_text(filled_once[1], encoding="utf-8")
        done = place.run("restore", str(backed.path), "--identity", str(folder / "key.txt"), "--json")
        assert done.returncode == 0, done.stderr
        (folder / "told.json").write_text(done.stdout, encoding="utf-8")

    with shared_place(tmp_path_factory, "restored", make) as (place, folder):
        yield place, json.loads((folder / "told.json").read_text(encoding="utf-8"))


@pytest.fixture
def restored(restored_once: tuple[Place, dict], tmp_path: Path) -> Iterator[Place]:
    """A copy of what was restored."""
    with new_place(tmp_path / "restored", database_name(), like=restored_once[0]) as place:
        yield place


@pytest.fixture
def backup(backed: Backed, tmp_path: Path) -> Path:
    """A copy of the backup."""
    return Path(shutil.copy(backed.path, tmp_path))


def standing(place: Place) -> list[tuple[str, int]]:
    """Everything in a data folder, by name and size."""
    found = place.folder.rglob("*") if place.folder.exists() else []
    return sorted((path.relative_to(place.folder).as_posix(), path.stat().st_size) for path in found if path.is_file())


def refusal(done) -> str:
    """The one line of a call that ended with 2."""
    assert (done.returncode, done.stdout) == (2, ""), (done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_everything_is_equal_after_restoring_elsewhere(
    backed: Backed, restored_once: tuple[Place, dict], restored: Place, filled_once: tuple[Place, str]
):
    before, told, filled = backed.before, restored_once[1], filled_once[0]
    assert before["agencies.person"].startswith("15 ") and sum(name.startswith("05160101/") for name in before) == 3
    assert (told["files"], told["missing"], told["aside"], told["aside_schema"]) == (3, [], None, None)
    assert keys.kept_public(restored.folder) == keys.kept_public(filled.folder)
    assert (restored.folder / "secret_key").read_text() != (filled.folder / "secret_key").read_text()
    rows, written, next_person = restored.told("rows", "written", "next_person")
    assert (rows, written["broken"], next_person) == (before, 0, 16)


def test_second_backup_of_the_restored_office_holds_the_same_rows(
    backup: Path, key_file: Path, restored: Place, tmp_path: Path
):
    again = tmp_path / "again.age"
    assert restored.run("backup", str(again)).returncode == 0
    identity = keys.read_private(key_file.read_text())
    manifests = []
    for number, path in enumerate((backup, again)):
        opened = archive.opened(path, identity, tmp_path / f"{number}.zip")
        opened.packed.close()
        manifests.append(opened.manifest)
    assert manifests[0].parts == manifests[1].parts


def test_backup_writes_one_line_in_the_journal_and_no_plain_text(backed: Backed):
    assert (backed.journal[0], backed.journal.count("backup")) == ("backup", 1)
    content = backed.path.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert "มาลี".encode() not in content and b"%PDF" not in content


def test_backup_is_consistent_while_others_write(filled: Place, key_file: Path, place: Make, tmp_path: Path):
    filled.told("grow")  # so that a backup takes a while
    writer = filled.start("-m", "tests.web.operations.inside", "write")
    try:
        for _ in range(5):
            writer.stdout.readline()
        done = filled.run("backup", str(tmp_path / "load.age"), "--json")
    finally:
        output, errors = writer.communicate(timeout=300)
    assert (done.returncode, writer.returncode, errors) == (0, 0, ""), done.stderr
    there = place()
    restored = there.run("restore", str(tmp_path / "load.age"), "--identity", str(key_file))
    assert restored.returncode == 0, restored.stderr
    then, now = there.told("written"), filled.told("written")
    assert then["units"] == then["people"] >= 5
    assert then["broken"] == now["broken"] == 0
    assert now["units"] > then["units"]  # others did go on meanwhile


def test_restore_refuses_a_place_that_holds_an_office(filled: Place, backup: Path, key_file: Path):
    before = standing(filled), filled.told("rows")
    line = refusal(filled.run("restore", str(backup), "--identity", str(key_file)))
    assert "มีข้อมูลของหน่วยงานอยู่แล้ว" in line and "--replace" in line and str(filled.folder) in line
    assert (standing(filled), filled.told("rows")) == before


def test_replace_keeps_the_old_office_aside(filled: Place, backup: Path, key_file: Path):
    filled.told("next_person")
    old = filled.folder / "files"
    kept = sorted(path.name for path in old.rglob("*") if path.is_file())
    done = filled.run("restore", str(backup), "--identity", str(key_file), "--replace", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    aside = Path(told["aside"])
    assert sorted(path.name for path in (aside / "files").rglob("*") if path.is_file()) == kept
    assert filled.told("highest_person") == 15
    if filled.database:
        assert told["aside_schema"].startswith("before_")
    else:
        assert Place(aside).told("highest_person") == 16


def test_lost_and_damaged_evidence_is_named_and_the_rest_is_saved(
    filled: Place, key_file: Path, place: Make, tmp_path: Path
):
    files = sorted(path for path in (filled.folder / "files").rglob("*") if path.is_file())
    files[0].unlink()
    files[1].chmod(0o600)
    files[1].write_bytes(b"damaged")
    done = filled.run("backup", str(tmp_path / "b.age"), "--json")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert sorted(each["sha256"] for each in told["missing"]) == sorted([files[0].name, files[1].name])
    there = place()
    assert there.run("restore", str(tmp_path / "b.age"), "--identity", str(key_file)).returncode == 0
    assert [path.name for path in sorted((there.folder / "files").rglob("*")) if path.is_file()] == [files[2].name]


def test_key_can_be_typed_off_the_paper(backup: Path, key_file: Path, place: Make):
    lines = keys.pair_of(key_file.read_text()).lines
    there = place()
    typed = "\n".join(lines).lower().replace("-", "–")
    done = there.run("restore", str(backup), "--identity", "-", stdin=typed)
    assert done.returncode == 0, done.stderr


def test_backup_without_a_key_says_how_to_make_one(prepared: Place, tmp_path: Path):
    line = refusal(prepared.run("backup", str(tmp_path / "b.age")))
    assert "ยังไม่มีกุญแจสำรองข้อมูล" in line and "/first-run/" in line
    assert "ไม่ถูกต้อง" in refusal(prepared.run("backup", str(tmp_path / "b.age"), "--key", "age1wrong"))
    assert list(tmp_path.glob("b.age*")) == []


def test_backup_of_nothing_is_refused(place: Make, tmp_path: Path):
    line = refusal(place().run("backup", str(tmp_path / "b.age"), "--key", keys.new_pair().public))
    assert "ไม่ตรงกับรุ่นของโปรแกรม" in line


def here(place: Place, *call: str) -> subprocess.CompletedProcess[str]:
    """Call a verb in this process, for what must end before Django is set up on the place."""
    told, said = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(told), redirect_stderr(said):
        patch.setenv("PRONGSAI_DATA", str(place.folder))
        status = run(call)
    return subprocess.CompletedProcess(call, status, told.getvalue(), said.getvalue())


class TestDamage:
    """Each ends with 2 and one line that names the mend; nothing is there afterwards that was not before."""

    def check(self, place: Place, path: Path, key_file: Path, said: str, *, is_quick: bool = True) -> None:
        before = standing(place)
        call = ["restore", str(path), "--identity", str(key_file)]
        line = refusal(here(place, *call) if is_quick else place.run(*call))
        assert said in line and " — " in line
        assert standing(place) == before and not list(place.folder.glob(".restore-*"))

    def test_wrong_key(self, backup: Path, place: Make, tmp_path: Path):
        other = tmp_path / "other.txt"
        other.write_text(keys.new_pair().private)
        self.check(place(), backup, other, "กุญแจนี้เปิดไฟล์สำรอง สำรอง.age ไม่ได้")

    def test_mistyped_key(self, backup: Path, key_file: Path, place: Make):
        key_file.write_text(key_file.read_text().strip()[:-1])
        self.check(place(), backup, key_file, "กุญแจส่วนตัวไม่ถูกต้อง")

    @pytest.mark.parametrize("kept", [0, 20, 300, 70_000, -1])
    def test_cut_short(self, backup: Path, key_file: Path, place: Make, kept: int):
        backup.write_bytes(backup.read_bytes()[:kept])
        self.check(place(), backup, key_file, "ขาดหรือเสียหาย")

    @pytest.mark.parametrize("at", [180, 500, 100_000, -10])
    def test_one_wrong_byte(self, backup: Path, key_file: Path, place: Make, at: int):
        content = bytearray(backup.read_bytes())
        content[at] ^= 1
        backup.write_bytes(content)
        self.check(place(), backup, key_file, "เสียหาย")

    def test_other_file(self, backup: Path, key_file: Path, place: Make):
        backup.write_bytes(b"PK\x03\x04 some other file" * 100)
        self.check(place(), backup, key_file, "ไม่ใช่ไฟล์สำรองของโปร่งใส")

    def test_no_file(self, tmp_path: Path, key_file: Path, place: Make):
        self.check(place(), tmp_path / "none.age", key_file, "ไม่พบไฟล์สำรอง")

    def test_newer_version(self, backup: Path, key_file: Path, place: Make):
        rewrite(backup, key_file, lambda found: found["migrations"]["agencies"].append("9999_to_come"))
        self.check(place(), backup, key_file, "ซึ่งใหม่กว่ารุ่นที่ติดตั้งอยู่", is_quick=False)

    def test_newer_format(self, backup: Path, key_file: Path, place: Make):
        rewrite(backup, key_file, lambda found: found.update(format_version=2, app_version="9.0"))
        self.check(place(), backup, key_file, "รุ่น 9.0 ซึ่งใหม่กว่า")

    def test_older_version(self, backup: Path, key_file: Path, place: Make):
        rewrite(backup, key_file, lambda found: found["migrations"]["agencies"].pop())
        self.check(place(), backup, key_file, "รุ่นเก่ากว่า", is_quick=False)

    def test_rows_that_the_database_refuses(self, backup: Path, key_file: Path, place: Make):
        def change(name: str, content: bytes) -> bytes:
            return (
                content.replace(b'"unit_id":1', b'"unit_id":99', 1) if name == "rows/agencies.post.jsonl" else content
            )

        rewrite(backup, key_file, lambda found: None, change)
        there = place()
        self.check(there, backup, key_file, "ใส่ข้อมูลจาก สำรอง.age ลงฐานข้อมูลไม่ได้", is_quick=False)
        if there.database:
            there.told("ready")
            assert there.told("rows")["agencies.agency"].startswith("0 ")


def rewrite(path: Path, key_file: Path, change, change_part=lambda name, content: content) -> None:
    """Make a backup that claims something else, with hashes that fit."""
    identity = keys.read_private(key_file.read_text())
    plain = path.with_name("plain.zip")
    opened = archive.opened(path, identity, plain)
    sources = [
        (part.name, [(change_part(part.name, opened.packed.read(part.name)), part.count)])
        for part in opened.manifest.parts
    ]

    class Claimed:
        def __init__(self, parts: list[archive.Part]) -> None:
            self.parts = parts

        def to_json(self) -> dict[str, object]:
            found = json.loads(json.dumps(opened.manifest.to_json()))
            found["parts"] = [{name: getattr(part, name) for name in part.__slots__} for part in self.parts]
            change(found)
            return found

    archive.write(path, sources, Claimed, str(identity.to_public()))
    opened.packed.close()
    plain.unlink()
