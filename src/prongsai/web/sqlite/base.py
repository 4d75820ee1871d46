"""Django's SQLite, whose writers stand in a queue: the backend of ``environment.database``."""

import threading

from django.db.backends.sqlite3 import base

# One process serves an office on SQLite, so that a lock of the process is enough; others (a command) wait as ever.
_turn = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Who finds the file busy is woken in turn.

    SQLite has no queue: who waits for the write lock looks again after pauses that grow to a tenth of a second, and
    whoever comes by meanwhile goes first. Here one thread looks, after pauses of a few milliseconds, and the others
    wait behind it. The turn is given back as soon as the transaction has begun, so that nobody can keep it.
    """

    def _start_transaction_under_autocommit(self) -> None:
        with _turn:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
