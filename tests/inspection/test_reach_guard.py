"""No look goes into an internal network, whatever the name, the spelling or the redirect says."""

from collections.abc import Iterator

import pytest

from prongsai.inspection.addresses import parse
from prongsai.inspection.guard import NoWay, checked_addresses, is_public, literal
from prongsai.inspection.policy import Policy
from prongsai.inspection.reach import look
from tests.inspection.wires import Server, led, page

NOT_PUBLIC = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:127.0.0.1", "::ffff:a00:1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
    "2001:db8::1", "2002:7f00:1::", "2001::1", "2001:10::1", "3fff::1", "100::1", "fec0::1", "not an address",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8",
    "203.150.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "64:ff9b::808:808",
    "::ffff:8.8.8.8",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_of_an_internal_network_is_not_public(address: str) -> None:
    assert is_public(address) is False


@pytest.mark.parametrize("address", PUBLIC)
def test_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address) is True


@pytest.mark.parametrize(
    "written",
    [
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://0177.0.0.1/",
        "http://0x7f.1/", "http://127.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
        "http://127.0.0.1./", "http://1.1.1.1@127.0.0.1/", "http://www.nacc.go.th@127.0.0.1/", "http://127.0.0.1:80\\@www.nacc.go.th/",
        "http://①②⑦.⓪.⓪.①/", "http:127.0.0.1/", "http:///127.0.0.1/", "http://127。0。0。1/", "//127.0.0.1/", "127.0.0.1/o1.pdf",
    ],
)  # fmt: skip
def test_loopback_in_any_spelling_is_refused(written: str) -> None:
    seen = look(written, policy=Policy(resolve=_never))
    assert (seen.status, "REACH_PRIVATE" in [problem.code for problem in seen.problems]) == (None, True)


def _never(host: str, port: int) -> tuple[str, ...]:
    raise AssertionError(f"{host} should not be asked for")


@pytest.mark.parametrize(
    "host, spelled", [("2130706433", "127.0.0.1"), ("0300.0250.1", "192.168.0.1"), ("www.ban.go.th", None)]
)
def test_literal_reads_what_the_system_reads(host: str, spelled: str | None) -> None:
    assert literal(host) == spelled


def test_name_with_a_private_address_is_refused() -> None:
    seen = look("https://intranet.ban.go.th/", policy=Policy(resolve=lambda host, port: ("10.0.0.5", "fd00::5")))
    assert [problem.code for problem in seen.problems] == ["REACH_PRIVATE"]


def test_of_several_addresses_only_public_ones_are_tried() -> None:
    policy = Policy(resolve=lambda host, port: ("10.0.0.5", "203.150.1.1", "127.0.0.1"))
    assert checked_addresses("www.ban.go.th", 443, policy, 1.0) == (("203.150.1.1", 443),)


def test_ports_of_other_services_are_refused() -> None:
    with pytest.raises(NoWay) as refused:
        checked_addresses("www.ban.go.th", 25, Policy(resolve=_never), 1.0)
    assert refused.value.code == "REACH_PORT"


def test_only_allowed_hosts_may_be_private() -> None:
    policy = Policy(allowed_hosts=frozenset({"127.0.0.1"}))
    assert checked_addresses("127.0.0.1", 8080, policy, 1.0) == (("127.0.0.1", 8080),)
    with pytest.raises(NoWay):
        checked_addresses("127.0.0.2", 8080, policy, 1.0)


class _Rebinding:
    """A name server that says a public address first, and loopback whenever it is asked again."""

    def __init__(self, first: str) -> None:
        self.answers = [first]
        self.asked = 0

    def __call__(self, host: str, port: int) -> tuple[str, ...]:
        self.asked += 1
        return (self.answers.pop(),) if self.answers else ("127.0.0.1",)


def test_rebound_name_is_never_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[object] = []

    def connect(address: tuple[str, int], *_: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", connect)
    names = _Rebinding("203.150.1.1")
    seen = look("http://www.ban.go.th/", policy=Policy(resolve=names))
    assert (names.asked, connected) == (1, [("203.150.1.1", 80)])
    assert [problem.code for problem in seen.problems] == ["REACH_REFUSED"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    replies = {
        ("", "/to-loopback"): led("http://127.0.0.1/secret"),
        ("", "/to-metadata"): led("http://169.254.169.254/latest/meta-data/", 307),
        ("", "/to-number"): led("http://2130706433/"),
        ("", "/to-name"): led("http://inside.ban.go.th/"),
        ("", "/to-file"): led("file:///etc/passwd"),
        ("", "/to-gopher"): led("gopher://127.0.0.1:25/_MAIL"),
        ("", "/by-page"): page("<p>ไป</p>", head='<meta http-equiv="refresh" content="0;url=http://[::1]/">'),
        ("", "/to-relative"): led("//127.0.0.1/secret"),
    }
    with Server(replies) as server:
        yield server


@pytest.mark.parametrize(
    "path, code",
    [
        ("/to-loopback", "REACH_PRIVATE"), ("/to-metadata", "REACH_PRIVATE"), ("/to-number", "REACH_PRIVATE"), ("/to-name", "REACH_PRIVATE"),
        ("/to-file", "REACH_SCHEME"), ("/to-gopher", "REACH_SCHEME"), ("/by-page", "REACH_PRIVATE"), ("/to-relative", "REACH_PRIVATE"),
    ],
)  # fmt: skip
def test_redirect_into_an_internal_network_is_refused(server: Server, path: str, code: str) -> None:
    policy = Policy(
        routes=server.routes("www.ban.go.th"),
        resolve=lambda host, port: ("192.168.0.7",),
        delay_seconds=0,
        ask_robots=False,
    )
    seen = look(f"http://www.ban.go.th{path}", policy=policy)
    assert (seen.status, [problem.code for problem in seen.problems]) == (None, [code])
    assert [hop.address for hop in seen.hops] == [f"http://www.ban.go.th{path}"]


@pytest.mark.parametrize(
    "written, host",
    [
        ("https://เทศบาล.ไทย/ข้อมูล", "xn--o3cg7ak5c9d.xn--o3cw4h"), ("HTTP://WWW.Ban.GO.TH", "www.ban.go.th"),
        ("www.ban.go.th/o1", "www.ban.go.th"), ("https://user:pass@www.ban.go.th/", "www.ban.go.th"), ("http://ban.go.th.:80/", "ban.go.th"),
    ],
)  # fmt: skip
def test_host_is_read_as_a_browser_reads_it(written: str, host: str) -> None:
    assert parse(written).host == host
