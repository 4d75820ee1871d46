"""Many addresses: politely to each host, as they finish, in bounded memory, and stopped when nobody asks any more."""

import threading
import tracemalloc
from collections.abc import Iterator
from itertools import count
from socket import socket

from prongsai.inspection.model import Seen
from prongsai.inspection.network import LARGE_AT_ONCE, Session
from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look, look_all
from tests.inspection.site import until
from tests.inspection.wires import Reply, Server, page

MEGABYTE = 1_000_000
FAST = {"allow_private": True, "delay_seconds": 0, "ask_robots": False}


def test_all_are_given_once_under_the_address_that_was_asked() -> None:
    with Server({}, other=page("<p>ข้อมูลสาธารณะของเทศบาลตำบลบ้านสวนพลู ประจำปี</p>")) as server:
        asked = [f"{server.url}/{number}" for number in range(60)]
        found = [seen.address for seen in look_all(asked, policy=Policy(**FAST, per_host=8))]
        assert sorted(found) == sorted(asked)
        assert len(server.asked) == 60


def test_same_address_twice_is_looked_at_twice() -> None:
    with Server({("", "/"): page("<p>เนื้อหา</p>")}) as server:
        assert len(list(look_all([server.url, server.url], policy=Policy(**FAST)))) == 2


def test_no_more_requests_at_once_than_the_policy_allows() -> None:
    with Server({}, other=page("<p>เนื้อหา</p>", wait=0.02)) as server:
        list(
            look_all((f"{server.url}/{number}" for number in range(30)), policy=Policy(**FAST, per_host=3), workers=12)
        )
        assert server.most_at_once <= 3


def test_requests_to_a_host_keep_their_distance() -> None:
    gates = Session(Policy(delay_seconds=1000, per_host=4)).gates
    assert gates.wait_of("www.ban.go.th") == 0
    gates.enter("www.ban.go.th")
    assert 500 < (gates.wait_of("www.ban.go.th") or 0) <= 1000
    gates.leave("www.ban.go.th")
    assert 500 < (gates.wait_of("www.ban.go.th") or 0) <= 1000
    assert [gates.wait_of(host) for host in ("www.other.go.th", "127.0.0.1", "localhost")] == [0, 0, 0]


def test_host_that_asks_for_more_time_gets_it() -> None:
    gates = Session(Policy(delay_seconds=0)).gates
    gates.slow_down("www.ban.go.th", 20)
    gates.slow_down("www.slow.go.th", 86_400)
    assert 10 < (gates.wait_of("www.ban.go.th") or 0) <= 20 < (gates.wait_of("www.slow.go.th") or 0) <= 30


def test_agent_is_named_with_its_version() -> None:
    from prongsai import __version__

    with Server({("", "/"): page("<p>เนื้อหา</p>")}) as server:
        look(server.url, policy=Policy(**FAST))
        assert [f"Prongsai/{__version__}" in agent for agent in server.agents] == [True]


def test_one_slow_host_holds_up_no_other() -> None:
    gate = threading.Event()

    def holds(sock: socket) -> None:
        gate.wait(20)

    replies = {("slow.ban.go.th", f"/{number}"): Reply(act=holds) for number in range(12)}
    with Server(replies, other=page("<p>เนื้อหา</p>")) as server:
        policy = Policy(**FAST, per_host=2, routes=server.routes("slow.ban.go.th", "fast.ban.go.th"))
        slow = [f"http://slow.ban.go.th/{number}" for number in range(12)]
        fast = [f"http://fast.ban.go.th/{number}" for number in range(12)]
        looks = look_all([*slow, *fast], policy=policy, workers=4)
        first = [next(looks).address for _ in fast]
        gate.set()
        looks.close()  # type: ignore[attr-defined]
        assert sorted(first) == sorted(fast)


def test_stopping_ends_the_threads_and_takes_no_more_addresses() -> None:
    taken = count()
    with Server({}, other=page("<p>เนื้อหา</p>")) as server:
        looks = look_all((f"{server.url}/{next(taken)}" for _ in count()), policy=Policy(**FAST, per_host=4), workers=4)
        assert next(looks).status == 200
        looks.close()  # type: ignore[attr-defined]
        assert next(taken) < 1000
        until(lambda: not [one for one in threading.enumerate() if one.name.startswith("prongsai-look")])


def test_what_was_not_seen_can_be_gone_on_with() -> None:
    with Server({}, other=page("<p>เนื้อหา</p>")) as server:
        asked = [f"{server.url}/{number}" for number in range(20)]
        looks = look_all(asked, policy=Policy(**FAST))
        seen = {next(looks).address for _ in range(7)}
        looks.close()  # type: ignore[attr-defined]
        rest = {one.address for one in look_all([one for one in asked if one not in seen], policy=Policy(**FAST))}
        assert (seen & rest, seen | rest) == (set(), set(asked))


def test_large_bodies_stand_in_memory_a_few_at_once() -> None:
    piece = b"x" * 100_000  # the server is in this process too, and must not be what is measured

    def sends(sock: socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 4000008\r\n\r\n%PDF-1.7")
        for _ in range(40):
            sock.sendall(piece)

    with Server({}, other=Reply(act=sends)) as server:
        asked = (f"{server.url}/{number}.pdf" for number in range(40))
        tracemalloc.start()
        try:
            sizes = [seen.size for seen in look_all(asked, policy=Policy(**FAST, per_host=16), workers=16)]
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert sizes == [4 * MEGABYTE + 8] * 40
        # joined once from its pieces: twice its size for a moment; sixteen workers still reading hold a megabyte each
        assert most < LARGE_AT_ONCE * 9 * MEGABYTE + 16 * 1.3 * MEGABYTE + 5 * MEGABYTE


def test_dead_host_is_tried_once_for_many_addresses(monkeypatch) -> None:
    tried: list[object] = []

    def connect(address: tuple[str, int], *_: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", connect)
    policy = Policy(resolve=lambda host, port: ("203.150.1.1",), delay_seconds=0, per_host=1)
    seen = list(look_all([f"http://www.ban.go.th/{number}" for number in range(9)], policy=policy))
    assert {problem.code for one in seen for problem in one.problems} == {"REACH_REFUSED"}
    assert (len(seen), len(tried)) == (9, 1)


def test_cookie_that_a_website_insists_on_is_given_back_within_a_look() -> None:
    with Server({("", "/"): page("<p>เนื้อหา</p>", headers={"needs-cookie": "seen=1"})}) as server:
        seen = look(server.url, policy=Policy(**FAST))
        assert (seen.status, len(seen.hops), seen.problems) == (200, 1, ())


def test_connection_that_the_server_closed_while_idle_is_made_anew() -> None:
    closing = Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok")
    with Server({("", "/"): closing}) as server, Session(Policy(**FAST)) as session:
        assert [look(server.url, policy=session.policy, session=session).content for _ in range(5)] == [b"ok"] * 5


def test_size_and_hash_are_of_all_bytes_also_when_not_kept() -> None:
    import hashlib

    body = b"%PDF-1.7\n" + bytes(range(256)) * 9000
    with Server({("", "/a.pdf"): Reply(body, "application/pdf")}) as server:
        seen: Seen = look(f"{server.url}/a.pdf", policy=Policy(**FAST, keep_bytes=1000))
        assert (seen.size, seen.sha256, seen.content) == (len(body), hashlib.sha256(body).hexdigest(), None)
        assert (seen.media_type, seen.problems) == ("application/pdf", ())


def test_robots_are_asked_for_once_a_host() -> None:
    replies = {("", "/robots.txt"): Reply(b"User-agent: *\nDisallow: /9\n", "text/plain")}
    with Server(replies, other=page("<p>เนื้อหา</p>")) as server:
        policy = Policy(allow_private=True, delay_seconds=0)
        seen: Iterator[Seen] = look_all([f"{server.url}/{number}" for number in range(10)], policy=policy)
        found = {one.address[-1]: [problem.code for problem in one.problems] for one in seen}
        assert {name for name, problems in found.items() if problems} == {"9"}
        assert sum(line.endswith("/robots.txt") for line in server.asked) == 1


def test_whoever_holds_large_looks_may_open_another() -> None:
    """As when the documents of a page are opened while many pages are looked at: nothing waits for itself."""
    with Server({}, other=Reply(b"%PDF-1.4\n" + b" " * 2 * MEGABYTE, "application/pdf")) as server:
        asked = [f"{server.url}/{number}.pdf" for number in range(2 * LARGE_AT_ONCE)]
        policy = Policy(**FAST, per_host=8)
        with Session(policy) as session:
            sizes = [
                (seen.size, look(f"{seen.address}?more", policy=policy, session=session).size)
                for seen in look_all(asked, policy=policy, session=session)
            ]
        assert sizes == [(2 * MEGABYTE + 9,) * 2] * len(asked)
