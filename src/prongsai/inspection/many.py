"""Many addresses at once: whose host is free goes first, so that one slow host holds up nobody else's."""

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from prongsai.inspection.addresses import BadAddress, parse
from prongsai.inspection.model import Seen
from prongsai.inspection.network import Session, Turn

AHEAD_MAX = 256
_PATIENCE_SECONDS = 0.25  # how long a worker sleeps before it looks whether the work was stopped


@dataclass(slots=True)
class _Work:
    """What is still to be opened: some addresses ahead, by host; the others stay where they come from."""

    session: Session
    source: Iterator[str]
    ahead: dict[str, deque[str]] = field(default_factory=dict)
    waiting: int = 0
    in_hand: dict[str, int] = field(default_factory=dict)
    is_over: bool = False
    is_stopped: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self) -> tuple[str, str] | None:
        """Give a host and an address whose turn it is; waits for one; None when there is nothing left."""
        with self.changed:
            while not self.is_stopped:
                self._look_ahead()
                if not self.waiting and self.is_over:
                    return None
                host, seconds = self._next()
                if host is not None:
                    return host, self._taken(host)
                self.changed.wait(seconds)
        return None

    def done(self, host: str) -> None:
        """Note that an address of a host is done."""
        with self.changed:
            self.in_hand[host] -= 1
            if not self.in_hand[host]:
                del self.in_hand[host]
            self.changed.notify_all()

    def stop(self) -> None:
        """Give out nothing more."""
        with self.changed:
            self.is_stopped = True
            self.changed.notify_all()

    def _look_ahead(self) -> None:
        while self.waiting < AHEAD_MAX and not self.is_over:
            address = next(self.source, None)
            if address is None:
                self.is_over = True
                return
            self.ahead.setdefault(_host(address), deque()).append(address)
            self.waiting += 1

    def _next(self) -> tuple[str | None, float]:
        """Give the host whose turn comes first, or None and how long to wait."""
        soonest = _PATIENCE_SECONDS
        for host in self.ahead:
            if self.in_hand.get(host, 0) >= self.session.policy.per_host:
                continue
            wait = self.session.gates.wait_of(host)
            if wait == 0:
                return host, 0
            soonest = min(soonest, wait if wait is not None else soonest)
        return None, soonest

    def _taken(self, host: str) -> str:
        address = self.ahead[host].popleft()
        rest = self.ahead.pop(host)
        if rest:
            self.ahead[host] = rest  # to the end of the row
        self.waiting -= 1
        self.in_hand[host] = self.in_hand.get(host, 0) + 1
        return address


def _host(address: str) -> str:
    try:
        return parse(address).host
    except BadAddress:
        return ""


def all_of(
    addresses: Iterable[str], opened: Callable[[str, Turn], Seen], session: Session, workers: int
) -> Iterator[Seen]:
    """Open addresses in threads; gives each as it is done. What is still open when nobody asks any more is cut off."""
    work = _Work(session, iter(addresses))
    done: queue.Queue[tuple[Seen, Turn] | BaseException | None] = queue.Queue(maxsize=max(workers, 1))
    threads = [
        threading.Thread(target=_labour, args=(work, opened, done), name=f"prongsai-look-{number}", daemon=True)
        for number in range(max(workers, 1))
    ]
    for thread in threads:
        thread.start()
    try:
        yield from _given(done, len(threads))
    finally:
        work.stop()
        session.cut()
        _emptied(done, threads)


def _labour(
    work: _Work,
    opened: Callable[[str, Turn], Seen],
    done: "queue.Queue[tuple[Seen, Turn] | BaseException | None]",
) -> None:
    try:
        while (taken := work.take()) is not None:
            host, address = taken
            turn = work.session.turn()
            try:
                done.put((opened(address, turn), turn))
            except BaseException:
                turn.end()
                raise
            finally:
                work.done(host)
    except BaseException as reason:  # noqa: BLE001  # reason: it is raised again where the looks are asked for
        done.put(reason)
    else:
        done.put(None)


def _given(done: "queue.Queue[tuple[Seen, Turn] | BaseException | None]", workers: int) -> Iterator[Seen]:
    while workers:
        found = done.get()
        if found is None:
            workers -= 1
        elif isinstance(found, BaseException):
            raise found
        else:
            seen, turn = found
            del found
            try:
                yield seen
            finally:
                turn.end()
                del seen


def _emptied(done: "queue.Queue[tuple[Seen, Turn] | BaseException | None]", threads: list[threading.Thread]) -> None:
    """Let threads go that still wait to hand something over."""
    while any(thread.is_alive() for thread in threads):
        try:
            found = done.get(timeout=0.05)
        except queue.Empty:
            continue
        if isinstance(found, tuple):
            found[1].end()
