"""Pictures of what was seen, and what a page of a stranger cannot make the browser ask for."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look
from prongsai.web.agencies.roles import Role
from prongsai.web.disclosure.models import ProofEntry, Watch
from prongsai.web.disclosure.services import pictures
from prongsai.web.disclosure.services.checking import check
from prongsai.web.disclosure.services.watching import watch
from tests.web.disclosure.server import Web, page, serving

NEAR = Policy(allow_private=True, delay_seconds=0, ask_robots=False, connect_seconds=2, total_seconds=5)


@pytest.fixture(autouse=True)
def _near(monkeypatch) -> None:
    """Loopback may be looked at, and nobody takes pictures who does not say so."""
    monkeypatch.setenv("PRONGSAI_CHECK_PRIVATE", "1")
    monkeypatch.setenv("PRONGSAI_BROWSER", "none")


@pytest.fixture
def browser(monkeypatch) -> None:
    monkeypatch.delenv("PRONGSAI_BROWSER")
    if pictures.browser() is None:
        pytest.skip("no browser of the Chrome family is installed")


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found


@pytest.mark.django_db
def test_a_picture_is_taken_at_submission_by_an_installed_browser(agency, system, web, sign_in, browser):
    address = web.put("/o11/", page("หนึ่ง"))
    look = check(watch(system, address=address, why=Watch.OWN), occasion="submission", policy=NEAR)
    assert look.picture.media_type == "image/png"
    assert ProofEntry.objects.get().content["picture_sha256"] == look.picture.sha256
    answer = sign_in(Role.AUDITOR).get(f"/{agency.code}/site/checks/{look.pk}/picture/")
    assert answer["Content-Type"] == "image/png" and b"".join(answer.streaming_content).startswith(b"\x89PNG")


@pytest.mark.django_db
def test_without_a_browser_there_is_no_picture_and_the_page_says_so(agency, system, web, sign_in):
    found = watch(system, address=web.put("/o11/", page("หนึ่ง")), why=Watch.OWN)
    assert check(found, occasion="publication", policy=NEAR).picture is None
    shown = sign_in(Role.AUDITOR).get(f"/{agency.code}/site/addresses/{found.pk}/").content.decode()
    assert "เครื่องนี้ไม่มีเบราว์เซอร์" in shown


@pytest.mark.django_db
def test_a_browser_that_fails_or_hangs_gives_no_picture(system, web, monkeypatch, tmp_path):
    hanging = tmp_path / "hangs"
    hanging.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    hanging.chmod(0o755)
    monkeypatch.setenv("PRONGSAI_BROWSER", str(hanging))
    monkeypatch.setattr(pictures, "SECONDS", 0.2)
    found = watch(system, address=web.put("/o11/", page("หนึ่ง")), why=Watch.OWN)
    look = check(found, occasion="publication", policy=NEAR)
    assert (look.picture, look.state) == (None, "fine")


def test_the_browser_is_kept_on_the_address_that_was_checked():
    assert pictures._way("http://127.0.0.1:8000/x", NEAR) == [
        "--host-resolver-rules=MAP 127.0.0.1:8000 127.0.0.1:8000, MAP * ~NOTFOUND"
    ]
    assert pictures._way("http://127.0.0.1:8000/x", Policy()) is None
    assert pictures._way("http://ban.example/x", Policy(resolve=lambda host, port: ["93.184.215.14"])) == [
        "--host-resolver-rules=MAP ban.example:80 93.184.215.14:80, MAP * ~NOTFOUND"
    ]


# --- a page of a stranger -------------------------------------------------------------------------------------------
class Asked:
    """A server on every interface that answers everything with one page. paths: what it was asked for."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.paths: list[str] = []
        self.html = "secret"
        asked = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.paths.append(self.path)
                data = asked.html.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def inside() -> Iterator[Asked]:
    server = Asked("0.0.0.0")
    yield server
    server.close()


@pytest.fixture
def front() -> Iterator[Asked]:
    server = Asked()
    yield server
    server.close()


STRANGER = "www.stranger.go.th"


def pictured(front: Asked, html: str, *, allow_private: bool = False) -> bytes | None:
    """Give the picture of a stranger's page; what the look itself asked for is forgotten."""
    front.html = f"<!doctype html><title>t</title><p>{'words of a page ' * 10}</p>{html}"
    routes = {f"{STRANGER}:{front.port}": f"127.0.0.1:{front.port}"}
    policy = Policy(routes=routes, ask_robots=False, allow_private=allow_private)
    seen = look(f"http://{STRANGER}:{front.port}/", policy=policy)
    front.paths.clear()
    return pictures.picture_of(seen, policy=policy)


def spellings(port: int) -> list[str]:
    """Give addresses of a server of our network as a stranger may write them; the last one is his own name's."""
    hosts = (socket.gethostname(), "[::ffff:127.0.0.1]", "2130706433", "localhost.", "localhost", "127.0.0.1", STRANGER)
    return [f"http://{host}:{port}" for host in hosts]


@pytest.mark.parametrize("allow_private", [False, True])
def test_a_page_of_a_stranger_reaches_nothing_by_frames_and_pictures(inside, front, browser, allow_private):
    to = spellings(inside.port)
    html = "".join(f"<iframe src='{at}/frame{n}'></iframe><img src='{at}/img{n}'>" for n, at in enumerate(to))
    assert pictured(front, f"<img src='/own.png'>{html}", allow_private=allow_private)
    assert {"/", "/own.png"} <= set(front.paths)
    assert inside.paths == []


@pytest.mark.parametrize("which", [0, 1, 3, 6])
def test_a_page_of_a_stranger_leads_the_browser_nowhere(inside, front, browser, which):
    to = spellings(inside.port)[which]
    pictured(front, f"<script>setTimeout(() => location = '{to}/', 100)</script>")
    assert "/" in front.paths
    assert inside.paths == []


def test_no_proxy_is_asked_for_the_picture(inside, front, browser, monkeypatch):
    for name in ("http_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{inside.port}")
    pictured(front, "<img src='http://elsewhere.example/a.png'>")
    assert "/" in front.paths
    assert inside.paths == []
