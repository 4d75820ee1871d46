"""All connections of a run: kept open between requests, a few to a host at once, names resolved and pinned."""

import contextlib
import ssl
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self, TypeVar

import httpcore

from prongsai.inspection import tls
from prongsai.inspection.addresses import Address
from prongsai.inspection.gates import Gates
from prongsai.inspection.guard import NoWay, checked_addresses
from prongsai.inspection.policy import Policy
from prongsai.inspection.wire import Clock, Dead, Wire

T = TypeVar("T")
HEADERS_MAX = 100
HEADER_LENGTH_MAX = 4_000
_IDLE_MAX = 64
_IDLE_SECONDS = 15.0
_DEAD_SECONDS = 60.0  # as long a host that could not be connected to is not tried again
LARGE_AT_ONCE = 4
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
_LOST = (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError)
_LATE = (httpcore.ReadTimeout, httpcore.WriteTimeout, httpcore.ConnectTimeout)


class Turn:
    """The right to keep one large body in memory: taken when it turns out to be large, ended when it is used up."""

    def __init__(self, room: threading.Semaphore) -> None:
        self._room, self._is_taken = room, False

    def take(self, clock: Clock) -> None:
        """Wait for room, off the clock."""
        began = time.monotonic()
        self._room.acquire()
        self._is_taken = True
        clock.extend(time.monotonic() - began)

    def end(self) -> None:
        """Give the room back, if it was taken."""
        if self._is_taken:
            self._is_taken = False
            self._room.release()


class _Line:
    """A connection to one origin, used for one request at a time."""

    def __init__(self, address: Address, wire: Wire, context: ssl.SSLContext | None) -> None:
        self.wire, self.origin = wire, (address.scheme, address.host, address.port)
        origin = httpcore.Origin(address.scheme.encode(), address.host.encode(), address.port)
        self.connection = httpcore.HTTPConnection(
            origin, ssl_context=context, network_backend=wire, keepalive_expiry=_IDLE_SECONDS
        )

    def ask(self, request: httpcore.Request, clock: Clock) -> httpcore.Response:
        self.wire.clock = clock
        return self.connection.handle_request(request)

    @property
    def can_go_on(self) -> bool:
        return self.connection.is_available() and not self.connection.has_expired()


class Answer:
    """What a host answers: status and headers at once, the body as it comes. To be closed, as ``with`` does."""

    def __init__(self, session: "Session", line: _Line, response: httpcore.Response) -> None:
        self._session, self._line, self._response = session, line, response
        self.status = response.status
        self.certificate = line.wire.certificate
        self.sent = [
            (name.decode("latin-1").lower(), _words(value[:HEADER_LENGTH_MAX]))
            for name, value in response.headers[:HEADERS_MAX]
        ]
        self.headers = dict(reversed(self.sent))

    def pieces(self) -> Iterator[bytes]:
        """Give the body as it comes. Raises NoWay when it stops before its end."""
        try:
            yield from self._response.iter_stream()
        except _LATE as reason:
            raise NoWay("REACH_TIMEOUT") from reason
        except _LOST as reason:
            raise NoWay("REACH_TRUNCATED") from reason

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._response.close()
        self._session.take_back(self._line)


def _checked(host: str, port: int, policy: Policy, seconds: float) -> tuple[tuple[str, int], ...] | NoWay:
    try:
        return checked_addresses(host, port, policy, seconds)
    except NoWay as reason:
        return reason


def _told(reason: BaseException) -> BaseException:
    """Give what a look understands for what the wire says."""
    if isinstance(reason, _LATE):
        return NoWay("REACH_TIMEOUT")
    if isinstance(reason, httpcore.LocalProtocolError):
        return NoWay("REACH_ADDRESS")
    return NoWay("REACH_BROKEN") if isinstance(reason, _LOST) else reason


def _words(value: bytes) -> str:
    """Headers should be ASCII; names in them are often UTF-8 or the Thai code page all the same."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp874", "replace")


class Session:
    """All connections of a run, with their turns. May be used by several threads; ``close`` ends what still waits."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.gates = Gates(policy.per_host, policy.delay_seconds)
        self._idle: OrderedDict[int, _Line] = OrderedDict()
        self._busy: set[_Line] = set()
        self._known: dict[tuple[str, str], Future[Any]] = {}
        self._dead: dict[tuple[str, str, int], tuple[float, NoWay]] = {}
        self._room = threading.Semaphore(LARGE_AT_ONCE)
        self._lock = threading.Lock()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection, also those in use."""
        self._is_closed = True
        self.cut()
        with self._lock:
            idle = list(self._idle.values())
            self._idle.clear()
        for line in idle:
            line.connection.close()

    def cut(self) -> None:
        """End whatever still waits for an answer."""
        with self._lock:
            busy = list(self._busy)
        for line in busy:
            line.wire.cut()

    def turn(self) -> Turn:
        """Give the right to keep one large body, not taken yet."""
        return Turn(self._room)

    def once(self, kind: str, key: str, make: Callable[[], T]) -> T:
        """Make something once a run, however many ask for it at the same time. What make raises, it raises to all."""
        with self._lock:
            known = self._known.get((kind, key))
            if known is None:
                mine = self._known[kind, key] = Future()
        if known is not None:
            found: T = known.result()
            return found
        try:
            mine.set_result(make())
        except BaseException as reason:
            mine.set_exception(reason)
            raise
        made: T = mine.result()
        return made

    def ask(self, address: Address, clock: Clock, *, method: str = "GET", cookies: str = "") -> Answer:
        """Ask for an address when it is its host's turn. Raises NoWay, TlsRefused."""
        clock.extend(self.gates.enter(address.host))
        try:
            return self._asked(address, clock, method, cookies)
        except BaseException as reason:
            self.gates.leave(address.host)
            raise _told(reason) from reason

    def _asked(self, address: Address, clock: Clock, method: str, cookies: str) -> Answer:
        request, idle = self._request(address, method, cookies), self._idle_line(address)
        if idle is not None:
            with contextlib.suppress(*_LOST):  # the host closed it while it lay idle
                return self._answer(idle, request, clock)
        return self._answer(self._new_line(address, clock), request, clock)

    def _answer(self, line: _Line, request: httpcore.Request, clock: Clock) -> Answer:
        try:
            return Answer(self, line, line.ask(request, clock))
        except BaseException as reason:
            if isinstance(reason, Dead):
                self._dead[line.origin] = (time.monotonic() + _DEAD_SECONDS, reason)
            self._drop(line)
            raise

    def _request(self, address: Address, method: str, cookies: str) -> httpcore.Request:
        headers = [
            ("Host", address.authority),
            ("User-Agent", self.policy.user_agent),
            ("Accept", _ACCEPT),
            ("Accept-Language", "th,en;q=0.5"),
            ("Accept-Encoding", "identity"),
            *([("Cookie", cookies)] if cookies else []),
        ]
        seconds = {
            "connect": self.policy.connect_seconds,
            "read": self.policy.read_seconds,
            "write": self.policy.read_seconds,
        }
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        return httpcore.Request(method, url, headers=headers, extensions={"timeout": seconds})

    def _new_line(self, address: Address, clock: Clock) -> _Line:
        until, dead = self._dead.get((address.scheme, address.host, address.port), (0.0, None))
        if dead is not None and time.monotonic() < until:
            raise NoWay(dead.code, **dead.words)
        addresses = self._addresses(address, clock)
        context = tls.verifying(self.policy.authorities) if address.scheme == "https" else None
        line = _Line(address, Wire(addresses, clock, self.policy), context)
        with self._lock:
            if self._is_closed:
                raise NoWay("REACH_TIMEOUT")
            self._busy.add(line)
        return line

    def _addresses(self, address: Address, clock: Clock) -> tuple[tuple[str, int], ...]:
        """Resolve a name once a run: what was checked is what every connection of the run goes to."""
        seconds = clock.left(self.policy.connect_seconds)
        known = self.once(
            "name", f"{address.host}:{address.port}", lambda: _checked(address.host, address.port, self.policy, seconds)
        )
        if isinstance(known, NoWay):
            raise NoWay(known.code, **known.words)
        return known

    def _idle_line(self, address: Address) -> _Line | None:
        origin = (address.scheme, address.host, address.port)
        while True:
            with self._lock:
                line = next((one for one in reversed(self._idle.values()) if one.origin == origin), None)
                if line is None:
                    return None
                del self._idle[id(line)]
                self._busy.add(line)
            if line.can_go_on:
                return line
            self._drop(line)

    def take_back(self, line: _Line) -> None:
        """End the turn of a line; it is kept for the next request when it can be."""
        self.gates.leave(line.origin[1])
        if not line.connection.is_idle():
            self._drop(line)
            return
        with self._lock:
            self._busy.discard(line)
            self._idle[id(line)] = line
            too_old = self._idle.popitem(last=False)[1] if len(self._idle) > _IDLE_MAX or self._is_closed else None
        if too_old is not None:
            too_old.connection.close()

    def _drop(self, line: _Line) -> None:
        with self._lock:
            self._busy.discard(line)
        line.connection.close()
