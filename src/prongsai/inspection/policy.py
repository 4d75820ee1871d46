"""How addresses are looked at: whom we say we are, how long we wait, how much we take, where we may go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from prongsai import __version__

THAI_TIME = timezone(timedelta(hours=7), "ICT")
Resolver = Callable[[str, int], Sequence[str]]


def _today() -> date:
    return datetime.now(THAI_TIME).date()


@dataclass(frozen=True, slots=True)
class Policy:
    """What a look may do, and from where on something is called a fault.

    Times in seconds: connect_seconds for the name, the connection and TLS, read_seconds between two pieces,
    total_seconds for one address with all its redirects. keep_bytes: the most that stands in ``Seen.content``;
    bytes_max: the most that is read at all. slow_ms, large_bytes, tls_days, clicks_max: from where on it is told.
    delay_seconds, per_host: between two requests to a host, and how many at once. allow_private: also addresses that
    only an internal network has; allowed_hosts: only these of them. resolve: name and port to addresses, None for
    the system's; routes: ``host:port`` to ``address:port`` as ``curl --connect-to`` has them, allowed wherever they
    lead. authorities: PEM of certificate authorities trusted beside the usual ones. ask_robots: whether a look also
    tells what robots.txt forbids.
    """

    user_agent: str = f"Mozilla/5.0 (compatible; Prongsai/{__version__}; public page check)"
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    keep_bytes: int = 30_000_000
    bytes_max: int = 200_000_000
    hops_max: int = 10
    slow_ms: int = 8_000
    large_bytes: int = 10_000_000
    tls_days: int = 30
    clicks_max: int = 2
    delay_seconds: float = 0.5
    per_host: int = 2
    allow_private: bool = False
    allowed_hosts: frozenset[str] = frozenset()
    resolve: Resolver | None = None
    routes: Mapping[str, str] = field(default_factory=dict)
    authorities: str = ""
    ask_robots: bool = True
    today: date = field(default_factory=_today)

    def may_be_private(self, host: str) -> bool:
        """Whether a host may have an address of an internal network. host: as in an address, in lower case."""
        return self.allow_private or host in self.allowed_hosts
