"""One connection: to an address that was checked, each wait with an end, its certificate read on the way."""

import contextlib
import selectors
import socket
import ssl
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import httpcore

from prongsai.inspection import tls
from prongsai.inspection.guard import NoWay
from prongsai.inspection.policy import Policy


class Clock:
    """When a look must be over."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self.waited = 0.0

    def extend(self, seconds: float) -> None:
        """Give back time that was spent waiting for a turn."""
        self._ends += seconds
        self.waited += seconds

    def left(self, most: float | None = None) -> float:
        """Give the seconds that a wait may take, at most so many. Raises httpcore.ReadTimeout when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("no time is left")
        return left if most is None else min(left, most)


class _Stream(httpcore.NetworkStream):
    """A socket whose every wait ends with the clock."""

    def __init__(self, wire: "Wire", sock: socket.socket) -> None:
        self._wire, self._sock = wire, sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._sock.settimeout(self._wire.clock.left(timeout))
        try:
            return self._sock.recv(max_bytes)
        except TimeoutError as reason:
            raise httpcore.ReadTimeout(str(reason)) from reason
        except OSError as reason:
            raise httpcore.ReadError(str(reason)) from reason

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        self._sock.settimeout(self._wire.clock.left(timeout))
        try:
            self._sock.sendall(buffer)
        except TimeoutError as reason:
            raise httpcore.WriteTimeout(str(reason)) from reason
        except OSError as reason:
            raise httpcore.WriteError(str(reason)) from reason

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._wire, self._wire.secured(self._sock, ssl_context, server_hostname or ""))

    def get_extra_info(self, info: str) -> Any:
        return _has_news(self._sock) if info == "is_readable" else None


def _has_news(sock: socket.socket) -> bool:
    """Whether something came, or the end: on an idle connection that can only be the end."""
    with selectors.DefaultSelector() as waiting:
        try:
            waiting.register(sock, selectors.EVENT_READ)
        except (ValueError, OSError):
            return True
        return bool(waiting.select(0))


class Dead(NoWay):
    """A host that could not be connected to."""


class Wire(httpcore.NetworkBackend):
    """Connects to one host at addresses that were checked, whatever httpcore asks for."""

    def __init__(self, addresses: tuple[tuple[str, int], ...], clock: Clock, policy: Policy) -> None:
        self.addresses, self.clock, self._policy = addresses, clock, policy
        self.certificate: tls.Certificate | None = None
        self._at = addresses[0]
        self._socket: socket.socket | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers, whatever host and port are asked for. Raises Dead."""
        ends, failed = Clock(self.clock.left(self._policy.connect_seconds)), Dead("REACH_TIMEOUT")
        for place, address in enumerate(self.addresses):
            try:
                seconds = ends.left() / (len(self.addresses) - place)
                self._socket = socket.create_connection(address, seconds)
            except (TimeoutError, httpcore.ReadTimeout):
                failed = Dead("REACH_TIMEOUT")
            except ConnectionRefusedError:
                failed = Dead("REACH_REFUSED")
            except OSError:
                failed = Dead("REACH_NO_ROUTE")
            else:
                self._at = address
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return _Stream(self, self._socket)
        raise failed

    def secured(self, sock: socket.socket, context: ssl.SSLContext, host: str) -> ssl.SSLSocket:
        """Begin TLS. Raises TlsRefused with all that is wrong, NoWay when nothing answers."""
        sock.settimeout(self.clock.left(self._policy.connect_seconds))
        try:
            self._socket = secured = context.wrap_socket(sock, server_hostname=host)
        except TimeoutError as reason:
            raise NoWay("REACH_TIMEOUT") from reason
        except ssl.SSLError as reason:
            shown = self._shown(host)
            raise tls.TlsRefused(tls.what_is_wrong(reason, shown, host, datetime.now(UTC)), shown) from reason
        except (OSError, ValueError) as reason:  # ValueError: a name that cannot be asked for in TLS
            raise tls.TlsRefused(("REACH_TLS",)) from reason
        self.certificate = _read(secured)
        return secured

    def _shown(self, host: str) -> tls.Certificate | None:
        """Look a second time, without checking, to read the certificate; nothing is asked."""
        with contextlib.suppress(OSError, httpcore.ReadTimeout):
            seconds = self.clock.left(self._policy.connect_seconds)
            with (
                socket.create_connection(self._at, seconds) as sock,
                tls.unverifying().wrap_socket(sock, server_hostname=host) as secured,
            ):
                return _read(secured)
        return None

    def cut(self) -> None:
        """End whatever waits on this wire."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _read(secured: ssl.SSLSocket) -> tls.Certificate | None:
    with contextlib.suppress(tls.BadCertificate):
        return tls.certificate_of(secured.getpeercert(binary_form=True) or b"")
    return None
