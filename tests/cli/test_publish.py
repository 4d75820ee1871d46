"""``prongsai publish`` as it is called: into the served folder, a folder, a zip; and whether what stands is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from prongsai.cli import run
from tests.web.operations.conftest import prepared_once, published_once  # noqa: F401
from tests.web.operations.place import Place, database_name, new_place

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def office(published_once: tuple[Place, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:  # noqa: F811
    """An office with pages that are public."""
    folder = tmp_path_factory.mktemp("publish")
    with new_place(folder / "data", database_name(), like=published_once[0]) as place:
        yield place


def refusal(done) -> str:
    """The one line of a call that ended with 2."""
    assert (done.returncode, done.stdout) == (2, ""), (done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_folder_is_written_once_and_kept_the_next_time(office: Place, tmp_path: Path):
    to = tmp_path / "usb"
    first = json.loads(office.run("publish", "--to", str(to), "--json").stdout)
    again = json.loads(office.run("publish", "--to", str(to), "--json").stdout)
    assert (first["agency"], first["to"], first["kept"]) == ("05160101", str(to), 0)
    assert (again["written"], again["addresses"]) == (0, first["addresses"])
    assert (to / "2569/procurement.monthly/index.html").is_file()


def test_zip_is_told_in_thai_and_is_whole(office: Place, tmp_path: Path):
    done = office.run("publish", "--to", str(tmp_path / "site.zip"), "--agency", "05160101")
    assert (done.returncode, done.stderr) == (0, "")
    assert "เผยแพร่เว็บของเทศบาลตำบลบ้านสวนพลูแล้วที่" in done.stdout and "ไฟล์ที่เขียน" in done.stdout
    assert run(["publish", "--verify", str(tmp_path / "site.zip")]) == 0


def test_verify_needs_no_office_and_names_what_was_changed(office: Place, tmp_path: Path, capsys):
    to = tmp_path / "site"
    assert office.run("publish", "--to", str(to)).returncode == 0
    assert run(["publish", "--verify", str(to)]) == 0
    assert "ครบทุกไฟล์" in capsys.readouterr().out
    page = to / "2569/procurement.monthly/index.html"
    page.write_bytes(page.read_bytes().replace(b"<", b" <", 1))
    (to / "about/index.html").unlink()
    (to / "stranger.html").write_text("x", encoding="utf-8")
    assert run(["publish", "--verify", str(to), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {(one["code"], one["where"]["file"]) for one in problems} == {
        ("PORTAL_CHANGED", "2569/procurement.monthly/index.html"),
        ("PORTAL_MISSING", "about/index.html"),
        ("PORTAL_EXTRA", "stranger.html"),
    }
    assert run(["publish", "--verify", str(to)]) == 1
    assert "stranger.html" in capsys.readouterr().out
    assert office.run("publish", "--to", str(to)).returncode == 0
    assert {one["code"] for one in verified(to, capsys)} == {"PORTAL_EXTRA"}


def verified(to: Path, capsys) -> list[dict]:
    run(["publish", "--verify", str(to), "--json"])
    return json.loads(capsys.readouterr().out)["problems"]


def test_without_a_target_the_served_site_is_built(office: Place):
    told = json.loads(office.run("publish", "--json").stdout)
    assert told["to"] == str(office.folder.resolve() / "sites" / "05160101")


def test_what_is_in_the_way_is_refused_and_left(office: Place, tmp_path: Path):
    (tmp_path / "own.txt").write_text("ของฉัน", encoding="utf-8")
    assert "มีสิ่งอื่นอยู่" in refusal(office.run("publish", "--to", str(tmp_path)))
    assert [one.name for one in tmp_path.iterdir()] == ["own.txt"]
    assert "คนละชนิด" in refusal(office.run("publish", "--to", str(tmp_path / "own.txt")))


def test_unknown_agency_is_refused_with_those_there_are(office: Place, tmp_path: Path):
    line = refusal(office.run("publish", "--to", str(tmp_path / "a"), "--agency", "99999999"))
    assert "05160101" in line and "--agency" in line


def test_call_that_says_two_things_is_refused(office: Place, tmp_path: Path):
    assert "--verify" in refusal(office.run("publish", "--verify", str(tmp_path), "--to", str(tmp_path / "a")))
    assert refusal(office.run("publish", "--verify", str(tmp_path / "nothing")))
