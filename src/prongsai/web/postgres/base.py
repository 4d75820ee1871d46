"""Django's PostgreSQL, whose lines are refused at once while the server is away: see ``environment.database``."""

import threading
import time
from collections.abc import Mapping

from django.db.backends.postgresql import base

PAUSE_S = 1.0
ASKING_S = 10.0  # longer than the pool tries


class Away:
    """What is known of a server that did not answer: one asks again each second, the others are told at once.

    Without it every page of a process waits for the pool in turn, five seconds each, and even those that need no
    database stand behind them.
    """

    def __init__(self, pause_s: float = PAUSE_S) -> None:
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._until = 0.0

    def may_ask(self) -> bool:
        """Whether it is worth asking; of many who come after a pause, the first may."""
        with self._lock:
            if not self._until:
                return True
            if time.monotonic() < self._until:
                return False
            self._until = time.monotonic() + ASKING_S
            return True

    def answered(self) -> None:
        """Note that the server is there."""
        self._until = 0.0

    def failed(self) -> None:
        """Note that the server is not there."""
        with self._lock:
            self._until = time.monotonic() + self._pause_s


_away: dict[str, Away] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """Who wants a line of the pool while the server is away is told so at once."""

    def get_new_connection(self, conn_params: Mapping[str, object]) -> object:
        """Give a line. Raises OperationalError where there is none."""
        if self.pool is None:
            return super().get_new_connection(conn_params)
        away = _away.setdefault(self.alias, Away())
        if not away.may_ask():
            raise self.Database.OperationalError("the server is away")
        try:
            line = super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            away.failed()
            raise
        away.answered()
        return line
