"""Where files are written before they stand: beside the site, never in it, and nothing stays of it."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from prongsai.portal.alone import alone, workshop_of
from prongsai.portal.build import publish
from prongsai.portal.manifest import verify
from tests.portal import sample, sites
from tests.portal.test_build import Cut, cut_after, other, small


def codes(root: Path) -> list[tuple[str, str | None]]:
    return [(one.code, one.where.file) for one in verify(root)]


def test_nothing_that_is_being_written_stands_in_the_site(tmp_path: Path) -> None:
    root, seen = tmp_path / "site", set()

    def look(_: str) -> None:
        seen.update(one.name.split("-")[0] for one in (tmp_path / "site.building").iterdir())
        assert not (root / ".building").exists()

    publish(sample.site([small()]), root, tell=look)
    assert seen == {"lock", "journal"}
    assert [one.name for one in tmp_path.iterdir()] == ["site"]
    with pytest.raises(Cut):
        publish(sample.site([small("ใหม่")]), root, tell=cut_after(3))
    assert [one.name for one in (tmp_path / "site.building").iterdir()] == ["journal"]
    publish(sample.site([small("ใหม่")]), root)
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_hidden_file_is_told_of(tmp_path: Path) -> None:
    publish(sample.site([small()]), tmp_path)
    for name in (".building/evil.html", ".hidden", "2569/.x/y"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    wanted = [("PORTAL_EXTRA", ".building/evil.html"), ("PORTAL_EXTRA", ".hidden"), ("PORTAL_EXTRA", "2569/.x/y")]
    assert codes(tmp_path) == wanted
    publish(sample.site([small()]), tmp_path, heal=True)
    assert codes(tmp_path) == wanted


def test_journal_of_the_old_place_is_taken_up(tmp_path: Path) -> None:
    root = tmp_path / "site"
    pages = [small(), *map(other, range(8))]
    with pytest.raises(Cut):
        publish(sample.site(pages), root, tell=cut_after(70))
    (tmp_path / "site.building").rename(root / ".building")
    for name in ("lock", "part"):
        (root / ".building" / name).write_bytes(b"")
    done = sum("done" in json.loads(line) for line in (root / ".building/journal").read_text("utf-8").splitlines())
    known = set(sites.files(root))
    written: list[str] = []
    publish(sample.site(pages[:2]), root, tell=written.append)  # what the cut run wrote besides stays an address
    assert {at for at in known if not at.startswith(".building/")} <= set(sites.files(root))
    assert done > 2 and "2569/one/v1/index.html" not in written
    assert (codes(root), sorted(one.name for one in tmp_path.iterdir())) == ([], ["site"])


def test_old_workshop_with_nothing_but_its_lock_goes(tmp_path: Path) -> None:
    (tmp_path / ".building").mkdir()
    (tmp_path / ".building/lock").write_bytes(b"")
    publish(sample.site([small()]), tmp_path)
    assert codes(tmp_path) == []


def test_folder_beside_which_nothing_may_stand_is_written_from_inside(tmp_path: Path) -> None:
    root = tmp_path / "site"
    (tmp_path / "site.building").write_bytes(b"a file is in the way")
    publish(sample.site([small()]), root, tell=lambda _: None)
    assert workshop_of(root) == root / ".building"
    (root / ".building").rmdir()
    with pytest.raises(Cut):
        publish(sample.site([small("ใหม่"), other(1)]), root, tell=cut_after(9))
    (root / "manifest.json").write_bytes(b"{")
    publish(sample.site([small("ใหม่")]), root)
    assert codes(root) == []
    assert not (root / ".building").exists()


def test_folder_that_is_a_disk_of_its_own_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, refused = os.replace, []

    def across(source: str | Path, target: str | Path) -> None:
        if Path(source).name.startswith("part-"):
            refused.append(target)
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        replace(source, target)

    monkeypatch.setattr(os, "replace", across)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    publish(sample.site([small()]), tmp_path / "site")
    assert len(refused) > 30 and codes(tmp_path / "site") == []


def test_what_was_half_written_when_the_power_went_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / "site.building").mkdir()
    (tmp_path / "site.building/part-0123").write_bytes(b"secret")
    publish(sample.site([small()]), tmp_path / "site")
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_lock_that_was_cleared_away_while_somebody_waited_is_none(tmp_path: Path) -> None:
    root, entered, leave = tmp_path / "site", [threading.Event(), threading.Event()], threading.Event()

    def hold(number: int) -> None:
        with alone(root):
            entered[number].set()
            leave.wait(30)

    threads = [threading.Thread(target=hold, args=(number,)) for number in (0, 1)]
    with alone(root):
        threads[0].start()
        assert not entered[0].wait(0.2)
    assert entered[0].wait(30)  # it waited for a lock that is gone by now, and took the new one
    threads[1].start()
    assert not entered[1].wait(0.2)
    leave.set()
    for one in threads:
        one.join(timeout=30)
    assert entered[1].is_set() and not (tmp_path / "site.building").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_process_that_dies_frees_the_folder(tmp_path: Path) -> None:
    held = "import os, sys, pathlib\nfrom prongsai.portal.alone import alone\nwith alone(pathlib.Path(sys.argv[1])):\n    os._exit(9)\n"
    assert subprocess.run([sys.executable, "-c", held, str(tmp_path / "site")], check=False).returncode == 9
    assert (tmp_path / "site.building/lock").exists()
    publish(sample.site([small()]), tmp_path / "site")
    assert [one.name for one in tmp_path.iterdir()] == ["site"]
