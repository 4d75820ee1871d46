"""The server of ``deploy/`` for real, without containers: what stands before it, and what survives when its parts die.

The commands, settings and policies are read from compose.yaml; nginx and PostgreSQL are those of the machine.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import is_ci
from tests.conftest import PROVE
from tests.postgres import installed, is_root
from tests.trips.server_parts import HOST, NONE, ROOT, Server, nginx, wait_for
from tests.trips.surveys_load import number_of

pytestmark = pytest.mark.db
CODE = "05160101"
CODES = 200_000 if PROVE else 1_000
QUIET_S = 30 if PROVE else 2  # of load before each misfortune
FULL_S = 60 if PROVE else 3
KILLS = 10 if PROVE else 1
DISK_MB = 600
PEOPLE = {"reader": 2, "writer": 2, "answerer": 4} if PROVE else {"reader": 1, "writer": 1, "answerer": 2}
PAGES = [f"/public/{CODE}/", f"/public/{CODE}/2569/procurement.monthly/", f"/public/{CODE}/search/"]


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """Give a disk of its own that a test may fill; None where nobody may mount one."""
    disk = folder / "disk"
    disk.mkdir()
    call = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0755", "prongsai-test", str(disk)]
    if sys.platform != "linux" or not is_root() or subprocess.run(call, capture_output=True).returncode:
        yield None
        return
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@contextlib.contextmanager
def reachable() -> Iterator[Path]:
    """Give a folder that the account of PostgreSQL may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="prongsai-server-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[tuple[Server, dict[str, Any], bool]]:
    """The running server, what its office told, and whether its disk may be filled."""
    if nginx() is None or installed() is None:
        if is_ci():
            pytest.fail(NONE)
        pytest.skip(NONE)
    with reachable() as folder, small_disk(folder) as disk:
        settings = {"PRONGSAI_ANSWERS_PER_HOUR": "100000000", "PRONGSAI_DISK_FLOOR_MB": "8"}
        server = Server(folder, disk or folder / "plain", settings)
        try:
            server.make_database()
            done = server.asked("tests.trips.server_office", "prepare", str(CODES))
            assert done.returncode == 0, done.stderr
            server.start("web", "app", "worker")
            wait_for(lambda: status(server, "/health/ready/") == 200, "ready", server.parts["app"])
            yield server, json.loads(done.stdout.splitlines()[-1]), disk is not None
        finally:
            server.stop()


# --- what stands before the application -----------------------------------------------------------------------------
def asked(
    server: Server, path: str, method: str = "GET", *, body: str | None = None, source: str = HOST, **headers: str
) -> tuple[int, dict[str, str], str]:
    """Ask through nginx; give status, headers and content."""
    line = http.client.HTTPSConnection(
        HOST, server.ports["https"], timeout=60, context=server.context, source_address=(source, 0)
    )
    try:
        line.request(
            method, path, body and body.encode(), {name.replace("_", "-"): each for name, each in headers.items()}
        )
        answer = line.getresponse()
        return answer.status, {name.lower(): each for name, each in answer.getheaders()}, answer.read().decode()
    finally:
        line.close()


def status(server: Server, path: str) -> int:
    try:
        return asked(server, path)[0]
    except (OSError, http.client.HTTPException):
        return 0


def test_page_and_public_site_come_through_nginx_with_their_headers(made):
    server, _, _ = made
    found, headers, page = asked(server, "/account/login/")
    assert found == 200 and "csrfmiddlewaretoken" in page
    assert headers["strict-transport-security"] and headers["content-security-policy"]
    assert "Secure" in headers["set-cookie"]
    found, headers, page = asked(server, f"/public/{CODE}/2569/procurement.monthly/")
    assert found == 200 and "จัดซื้อจัดจ้างรายเดือน" in page
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff" and "max-age=60" in headers["cache-control"]
    assert "server" in headers and "/" not in headers["server"]
    assert asked(server, f"/public/{CODE}/2569/procurement.monthly")[1]["location"].endswith("procurement.monthly/")
    found, _, page = asked(server, f"/public/{CODE}/nothing/")
    assert found == 404 and "ไม่พบหน้านี้" in page


def test_what_is_not_for_everybody_is_not_there(made):
    server, _, _ = made
    (server.data / "sites" / ".being-built").mkdir(exist_ok=True)
    (server.data / "sites" / ".being-built" / "index.html").write_text("not yet", encoding="utf-8")
    paths = (
        "/public/.being-built/",
        "/public/../secret_key",
        "/public//secret_key",
        "/static/../secret_key",
        "/metrics/",
    )
    assert {path: status(server, path) for path in paths if status(server, path) not in (400, 404)} == {}


def test_plain_http_is_led_to_https(made):
    server, _, _ = made
    line = http.client.HTTPConnection(HOST, server.ports["http"], timeout=30)
    line.request("GET", f"/{CODE}/report/")
    answer = line.getresponse()
    assert answer.status == 301 and str(answer.getheader("location")).startswith("https://")
    line.close()


def test_address_of_the_client_is_the_one_that_nginx_saw(made):
    server, _, _ = made
    page = asked(server, "/account/login/")
    token = page[1]["set-cookie"].split("csrftoken=")[1].split(";")[0]
    form = f"csrfmiddlewaretoken={token}&login=nobody-at-all&password=wrong"
    asked(
        server, "/account/login/", "POST", body=form, source="127.0.0.3", Cookie=f"csrftoken={token}",
        Referer=f"{server.origin}/account/login/", Content_Type="application/x-www-form-urlencoded",
        X_Forwarded_For="203.0.113.9",
    )  # fmt: skip
    assert server.rows("SELECT DISTINCT ip_address::text FROM axes_accessattempt") == ["127.0.0.3/32"]


def test_who_reports_or_answers_stands_in_no_log(made):
    server, told, _ = made
    mark, files = "nobody-may-see-this", set()
    for path in (
        f"/{CODE}/ask/{told['address']}/",
        f"/{CODE}/report/",
        f"/{CODE}/REPORT/follow/",
        f"/{CODE}/%72eport/",
    ):
        _, _, page = asked(
            server, f"{path}?{mark}", User_Agent=mark, Referer=f"https://{mark}.example/", source="127.0.0.77"
        )
        for file in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)):
            assert asked(server, file, User_Agent=mark, source="127.0.0.77")[0] == 200
            files.add(file)
    assert any("/ask." in file for file in files) and any("/report." in file for file in files)
    asked(server, f"/account/login/?next={mark}", User_Agent=mark, source="127.0.0.78")
    log = server.folder / "prongsai.log"
    wait_for(lambda: "127.0.0.78" in log.read_text(encoding="utf-8"), "nginx writes down who came otherwise")
    logs = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in server.folder.glob("*.log")}
    assert [name for name, text in logs.items() if "127.0.0.77" in text or mark in text] == []
    lines = [line for text in logs.values() for line in text.splitlines() if "/report" in line or "/ask/" in line]
    assert lines == []


def test_worker_keeps_its_timetable(made):
    server, _, _ = made

    def kept() -> bool:
        return {"mind_surveys", "shred_reports"} <= set(server.rows("SELECT key FROM work_job"))

    wait_for(kept, "the timetable", server.parts["worker"])


# --- what survives ----------------------------------------------------------------------------------------------------
class Crowd:
    """The people of tests.trips.server_load, who are asked how far they are."""

    def __init__(self, server: Server, told: dict[str, Any], people: dict[str, int]) -> None:
        place = {
            "origin": server.origin, "certificate": str(server.certificate), "public": PAGES, "people": people,
            "inside": [f"/{CODE}/", f"/{CODE}/registers/laws/"],
        }  # fmt: skip
        file = server.folder / "crowd.json"
        file.write_text(json.dumps(told | place), encoding="utf-8")
        call = [sys.executable, "-m", "tests.trips.server_load", str(file)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(call, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def so_far(self) -> Counter[str]:
        """Give how many entries and answers were acknowledged, and how many looks there were."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("how\n")
        self._process.stdin.flush()
        return Counter(json.loads(self._process.stdout.readline()))

    def goes_on(self) -> bool:
        """Whether, from now on, entries and answers are acknowledged again."""
        before = self.so_far()
        time.sleep(0.5)
        after = self.so_far()
        return after["entries"] > before["entries"] and after["answers"] > before["answers"]

    def go(self) -> dict[str, Any]:
        """Have all of them leave; give what they tell."""
        said, _ = self._process.communicate(timeout=120)
        told: dict[str, Any] = json.loads(said.splitlines()[-1])
        return told


def fill(disk: Path) -> Path:
    """Fill a disk to its last byte."""
    path, piece = disk / "filler", b"\0" * 1_000_000
    with path.open("wb", buffering=0) as file:
        while piece:
            try:
                file.write(piece)
            except OSError:
                piece = piece[: len(piece) // 2]
    return path


def test_nothing_acknowledged_is_lost_and_the_public_site_never_stops(made, prove: Callable[..., None]) -> None:
    server, told, is_small = made
    crowd, recovered = Crowd(server, told, PEOPLE), Counter[str]()
    wait_for(crowd.goes_on, "people come", server.parts["app"])
    for name in ("app", "db") * KILLS:
        time.sleep(QUIET_S)
        server.parts[name].kill()
        took = wait_for(crowd.goes_on, f"goes on after {name} was killed", server.parts[name])
        recovered[name] = max(recovered[name], round(took))
    if is_small:
        filler, before = fill(server.disk), crowd.so_far()["refused"]
        time.sleep(FULL_S)
        assert crowd.so_far()["refused"] > before, "the full disk was no hindrance"
        filler.unlink()
        recovered["disk"] = round(wait_for(crowd.goes_on, "goes on after the disk was full", server.parts["db"]))
    elif is_ci():
        pytest.fail("no disk of its own could be mounted: the full disk was not tried")
    seen = crowd.go()
    assert seen["unseen"] == [] and seen["looks"] > 100
    assert server.parts["app"].starts > KILLS and server.parts["db"].starts > KILLS
    done = server.asked("tests.trips.server_office", "written")
    assert done.returncode == 0, done.stderr
    written = json.loads(done.stdout.splitlines()[-1])
    titles, answers = Counter(written["entries"]), Counter(map(number_of, written["answers"]))
    assert [title for title in seen["entries"] if titles[title] != 1] == []
    assert [number for number in seen["answers"] if answers[number] != 1] == []
    assert (max(titles.values()), max(answers.values())) == (1, 1)
    disk = f", after a full disk {recovered['disk']} s" if is_small else "; no full disk was tried"
    note = (
        f"entries {len(seen['entries'])}, answers {len(seen['answers'])}: there, and once; again after the application "
    )
    note += f"was killed within {recovered['app']} s, the database {recovered['db']} s{disk}"
    prove("writes acknowledged by a server whose parts die", *[len(seen["entries"]) + len(seen["answers"])] * 2, note)
    prove("looks at the public site meanwhile", seen["looks"], seen["looks"], "answered with their page")


def test_page_that_the_application_is_away_leads_nobody_astray(made):
    """Last: it stops the application for good."""
    server, told, _ = made
    server.parts["app"].stop()
    found, headers, page = asked(server, f"/{CODE}/")
    assert found in (502, 503) and "ระบบหยุดชั่วคราว" in page
    assert headers["retry-after"] and headers["cache-control"] == "no-store"
    assert status(server, f"/public/{CODE}/") == 200
    asked(server, f"/{CODE}/ask/{told['address']}/", source="127.0.0.79")
    text = "".join(path.read_text(encoding="utf-8", errors="replace") for path in server.folder.glob("*.log"))
    assert "127.0.0.79" not in text
