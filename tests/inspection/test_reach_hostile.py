"""A hostile server costs a look neither memory nor more time than it has, and never ends it."""

import contextlib
import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from prongsai.inspection.model import Seen
from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look
from tests.inspection.wires import HTML, Reply, Server

MEGABYTE = 1_000_000
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _drips(before: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    """Send a little now and then, for ever."""

    def act(sock: socket.socket) -> None:
        with contextlib.suppress(OSError):
            sock.sendall(before)
            while True:
                sock.sendall(piece)
                time.sleep(0.02)

    return act


def _floods(before: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def act(sock: socket.socket) -> None:
        with contextlib.suppress(OSError):
            sock.sendall(before)
            while True:
                sock.sendall(piece)

    return act


def _resets(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def _bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"\0" * MEGABYTE) for _ in range(100)) + packer.flush()


_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
REPLIES = {
    "/headers-drip": Reply(act=_drips(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n")),
    "/body-drip": Reply(act=_drips(_HEAD + b"\r\n", b"x")),
    "/chunks-drip": Reply(act=_drips(_CHUNKED, b"1\r\nx\r\n")),
    "/endless": Reply(act=_floods(_HEAD + b"\r\n", b"x" * 65536)),
    "/endless-head": Reply(act=_floods(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536)),
    "/many-headers": Reply(
        raw=b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(10_000)) + b"\r\n"
    ),
    "/small-headers": Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 9_000 + b"Content-Length: 2\r\n\r\nok"),
    "/bomb": Reply(_bomb(), HTML, headers={"Content-Encoding": "gzip"}),
    "/bomb-in-bomb": Reply(gzip.compress(_bomb()), HTML, headers={"Content-Encoding": "gzip, gzip"}),
    "/no-gzip": Reply(b"this is no gzip", HTML, headers={"Content-Encoding": "gzip"}),
    "/half-gzip": Reply(gzip.compress(b"x" * 5000)[:-20], HTML, headers={"Content-Encoding": "gzip"}),
    "/bad-chunk": Reply(raw=_CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n"),
    "/huge-chunk": Reply(raw=_CHUNKED + b"fffffffffffffffffffff\r\nhello"),
    "/negative-length": Reply(raw=_HEAD + b"Content-Length: -5\r\n\r\nhello"),
    "/two-lengths": Reply(raw=_HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nhello"),
    "/binary-location": Reply(
        raw=b"HTTP/1.1 302 Found\r\nLocation: /\xff\xfe\x80\xe0\xb8\r\nContent-Length: 0\r\n\r\n"
    ),
    "/thai-location": Reply(raw="HTTP/1.1 302 Found\r\nLocation: /หน้า\r\nContent-Length: 0\r\n\r\n".encode()),
    "/empty-location": Reply(raw=b"HTTP/1.1 302 Found\r\nLocation: \r\nContent-Length: 0\r\n\r\n"),
    "/long-location": Reply(
        raw=b"HTTP/1.1 302 Found\r\nLocation: /" + b"a" * 60_000 + b"\r\nContent-Length: 0\r\n\r\n"
    ),
    "/split-location": Reply(raw=b"HTTP/1.1 302 Found\r\nLocation: /%0d%0aHost:%20evil\r\nContent-Length: 0\r\n\r\n"),
    "/nothing": Reply(raw=b""),
    "/reset": Reply(act=_resets),
    "/status": Reply(raw=b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
    "/deep": Reply(b"<html><body>" + b"<div>" * 200_000),
    "/big-page": Reply(b"<html><body><p>" + b"word " * 1_200_000),
    "/%E0%B8%AB%E0%B8%99%E0%B9%89%E0%B8%B2": Reply(
        b"<html><body><p>here it is, the page of that name</p></body></html>"
    ),
    "/cookies": Reply(b"ok", "text/plain", headers={"Set-Cookie": "a\r\nSet-Cookie: " + "b" * 3000 + "=1"}),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server({("", path): reply for path, reply in REPLIES.items()}) as server:
        yield server


def looked(server: Server, path: str, **changes: object) -> tuple[Seen, float, int]:
    """Look; gives what was seen, the seconds it took, and the most memory that Python held for it."""
    usual = {"allow_private": True, "total_seconds": 1.0, "keep_bytes": MEGABYTE, "bytes_max": 5 * MEGABYTE, "ask_robots": False,
             "delay_seconds": 0}  # fmt: skip
    policy = Policy(**(usual | changes))  # type: ignore[arg-type]
    tracemalloc.start()
    began = time.monotonic()
    try:
        seen = look(server.url + path, policy=policy)
        return seen, time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def codes(seen: Seen) -> list[str]:
    return [problem.code for problem in seen.problems]


@pytest.mark.parametrize("path", ["/headers-drip", "/body-drip", "/chunks-drip"])
def test_dripping_server_ends_with_the_time_given(server: Server, path: str) -> None:
    seen, seconds, _ = looked(server, path)
    assert codes(seen) == ["REACH_TIMEOUT"]
    assert seconds < 10  # the read timeout of 20 seconds is never reached: the whole look has one


def test_endless_body_is_read_up_to_the_limit_and_not_kept(server: Server) -> None:
    seen, _, memory = looked(server, "/endless", total_seconds=30)
    assert (codes(seen), seen.size, seen.content) == (["REACH_TOO_LARGE"], 5 * MEGABYTE, None)
    assert memory < 4 * MEGABYTE


def test_bomb_is_never_unpacked_whole(server: Server) -> None:
    seen, _, memory = looked(server, "/bomb", total_seconds=30)
    assert (seen.size, seen.content, "REACH_TOO_LARGE" in codes(seen)) == (5 * MEGABYTE, None, True)
    assert memory < 6 * MEGABYTE


@pytest.mark.parametrize("path", ["/endless-head", "/nothing", "/reset", "/negative-length", "/two-lengths"])
def test_broken_answer_is_told(server: Server, path: str) -> None:
    seen, _, memory = looked(server, path, total_seconds=30)
    assert (seen.status, codes(seen)) == (None, ["REACH_BROKEN"])
    assert memory < 8 * MEGABYTE


def test_of_ten_thousand_headers_a_hundred_are_kept(server: Server) -> None:
    seen, _, memory = looked(server, "/many-headers", total_seconds=30)
    assert (seen.status, len(seen.headers)) == (200, 100)
    assert memory < 8 * MEGABYTE


def test_of_headers_with_one_name_the_first_is_kept(server: Server) -> None:
    seen, _, _ = looked(server, "/small-headers")
    assert (seen.status, seen.content, len(seen.headers)) == (200, b"ok", 1)


@pytest.mark.parametrize("path", ["/bomb-in-bomb", "/no-gzip", "/half-gzip"])
def test_encoding_that_cannot_be_undone_is_told(server: Server, path: str) -> None:
    seen, _, _ = looked(server, path)
    assert codes(seen) == ["REACH_ENCODING"]


@pytest.mark.parametrize("path", ["/bad-chunk", "/huge-chunk"])
def test_bad_chunks_are_told_as_cut(server: Server, path: str) -> None:
    seen, _, _ = looked(server, path, read_seconds=0.5)
    assert codes(seen)[0] in ("REACH_TRUNCATED", "REACH_TIMEOUT")
    assert seen.is_open is False


@pytest.mark.parametrize("path", ["/binary-location", "/long-location", "/empty-location", "/split-location"])
def test_odd_location_is_followed_or_told_but_ends(server: Server, path: str) -> None:
    seen, _, _ = looked(server, path)
    assert codes(seen)[0] in ("REACH_NOT_FOUND", "REACH_LOOP", "REACH_BROKEN")


def test_location_in_thai_letters_is_followed(server: Server) -> None:
    seen, _, _ = looked(server, "/thai-location")
    assert (seen.status, seen.final_address) == (200, server.url + "/%E0%B8%AB%E0%B8%99%E0%B9%89%E0%B8%B2")


def test_status_that_does_not_exist_is_told(server: Server) -> None:
    assert codes(looked(server, "/status")[0]) in (["REACH_SERVER"], ["REACH_BROKEN"])


@pytest.mark.parametrize("path", ["/deep", "/big-page"])
def test_monstrous_page_is_looked_at_in_bounded_memory(server: Server, path: str) -> None:
    seen, _, memory = looked(server, path, total_seconds=30, bytes_max=20 * MEGABYTE)
    assert seen.status == 200
    assert memory < 60 * MEGABYTE


def test_odd_cookies_are_left_alone(server: Server) -> None:
    assert looked(server, "/cookies")[0].status == 200
