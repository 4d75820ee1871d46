"""Where a look may go: no address of an internal network, whatever name or spelling it hides behind.

A name is resolved once; the connection goes to an address that was checked, never to the name. Ranges: IANA's
registries of special-purpose addresses (RFC 6890 and its updates), and the addresses of cloud metadata outside of
them.
"""

import socket
import threading
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from prongsai.inspection.policy import Policy

_NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        ),
    )
)  # fmt: skip
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_MAPPED, _NAT64 = IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96")
# Ports of other services, which browsers refuse too (Fetch standard, "bad ports"), as far as servers have them.
_REFUSED_PORTS = frozenset(
    {1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
     109, 110, 111,
     113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
     532, 540, 548,
     554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
     6000, 6566, 6665,
     6666, 6667, 6668, 6669, 6679, 6697, 10080}
)  # fmt: skip
TRIED_MAX = 4


class NoWay(Exception):
    """An address that cannot or may not be reached. code: of the Problem; words: what its sentence needs."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def is_public(address: str) -> bool:
    """Whether an address (IPv4 or IPv6, as digits) is one of the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _is_public_4(found) if isinstance(found, IPv4Address) else _is_public_6(found)


def _is_public_4(address: IPv4Address) -> bool:
    return not any(address in network for network in _NOT_PUBLIC_4)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address in _MAPPED or address in _NAT64:
        return _is_public_4(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


def literal(host: str) -> str | None:
    """Give the address that a host spells in digits, also as ``2130706433`` or ``0177.1``; else None."""
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError:
            return None
    if not host.rpartition(".")[2][:1].isdigit():
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def checked_addresses(host: str, port: int, policy: Policy, seconds: float) -> tuple[tuple[str, int], ...]:
    """Resolve a host once; gives what may be connected to, best first, at most TRIED_MAX.

    Raises NoWay: REACH_NO_NAME, REACH_DNS, REACH_PRIVATE, REACH_PORT.
    """
    routed = policy.routes.get(f"{host}:{port}")
    if routed is not None:
        to, _, to_port = routed.rpartition(":")
        return ((to.strip("[]"), int(to_port)),)
    if port in _REFUSED_PORTS:
        raise NoWay("REACH_PORT", port=port)
    spelled = literal(host)
    found = (spelled,) if spelled else _resolved(host, port, policy, seconds)
    if not policy.may_be_private(host):
        found = tuple(address for address in found if is_public(address))
        if not found:
            raise NoWay("REACH_PRIVATE", host=host)
    return tuple((address, port) for address in found[:TRIED_MAX])


def _resolved(host: str, port: int, policy: Policy, seconds: float) -> tuple[str, ...]:
    """Ask for a name, at most so many seconds: the system's call itself knows no limit."""
    answer: list[Sequence[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answer.append((policy.resolve or system_addresses)(host, port))
        except (OSError, UnicodeError) as reason:
            answer.append(reason)

    asking = threading.Thread(target=ask, name="prongsai-name", daemon=True)
    asking.start()
    asking.join(max(seconds, 0.001))
    if not answer:
        raise NoWay("REACH_DNS", host=host)
    if isinstance(answer[0], (OSError, UnicodeError)):
        raise _no_name(host, answer[0])
    if not answer[0]:
        raise NoWay("REACH_NO_NAME", host=host)
    return tuple(answer[0])


def _no_name(host: str, reason: OSError | UnicodeError) -> NoWay:
    is_passing = isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_AGAIN
    return NoWay("REACH_DNS" if is_passing else "REACH_NO_NAME", host=host)


def system_addresses(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a name, in its order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
