"""Politeness: so many connections to a host at once, and so much time between two requests."""

import threading
import time
from dataclasses import dataclass

from prongsai.inspection.guard import literal

_SLOWEST_SECONDS = 30.0


@dataclass(slots=True)
class _Gate:
    delay: float
    inside: int = 0
    opens_at: float = 0.0


class Gates:
    """A gate a host. ``enter`` waits until a request may begin; whoever entered must ``leave``."""

    def __init__(self, per_host: int, delay_seconds: float) -> None:
        self._per_host, self._delay = per_host, delay_seconds
        self._gates: dict[str, _Gate] = {}
        self._changed = threading.Condition()

    def enter(self, host: str) -> float:
        """Wait for a turn; gives the seconds waited."""
        began = time.monotonic()
        with self._changed:
            gate = self._gate(host)
            while (wait := self._wait(gate)) != 0:
                self._changed.wait(None if wait is None else wait)
            gate.inside += 1
            gate.opens_at = time.monotonic() + gate.delay
        return time.monotonic() - began

    def leave(self, host: str) -> None:
        """End a turn."""
        with self._changed:
            self._gate(host).inside -= 1
            self._changed.notify_all()

    def wait_of(self, host: str) -> float | None:
        """Give the seconds until the next turn, 0 when it is now, None when others are inside for a time unknown."""
        with self._changed:
            return self._wait(self._gate(host))

    def slow_down(self, host: str, seconds: float) -> None:
        """Leave more time between two requests, as the host asked for; never more than half a minute."""
        with self._changed:
            gate = self._gate(host)
            gate.delay = max(gate.delay, min(seconds, _SLOWEST_SECONDS))
            gate.opens_at = max(gate.opens_at, time.monotonic() + gate.delay)

    def _gate(self, host: str) -> _Gate:
        gate = self._gates.get(host)
        if gate is None:
            gate = self._gates[host] = _Gate(0.0 if _is_own_machine(host) else self._delay)
        return gate

    def _wait(self, gate: _Gate) -> float | None:
        if gate.inside >= self._per_host:
            return None
        return max(0.0, gate.opens_at - time.monotonic())


def _is_own_machine(host: str) -> bool:
    """Whether a host is the machine itself, which needs no rest between two requests."""
    return host == "localhost" or (literal(host) or "").startswith(("127.", "::1"))
