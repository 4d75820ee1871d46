"""What a request touches in the database: the rows that it loads, and the keys that it writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.db import connection, models

from prongsai.web.agencies.models import Agency
from tests.web.separation.pair import keys_of

_NUMBER = re.compile(r"\d{5,}")
_WRITES = ("INSERT", "UPDATE", "DELETE")
# Signs of who comes in, which name no row of an office.
_BESIDE = ("django_session", "usersessions_", "axes_")


@dataclass(slots=True)
class Guard:
    """Whoever touches a row of an office is noted here, while the guard stands."""

    keys: dict[type[models.Model], set[Any]] = field(repr=False)
    numbers: set[str] = field(repr=False)
    touched: list[str] = field(default_factory=list)

    def taken(self) -> list[str]:
        """Give what was touched since this was last asked."""
        found, self.touched = self.touched, []
        return found

    def loaded(self, model: type[models.Model], row: models.Model) -> None:
        """Note a row that was loaded."""
        if row.pk in self.keys.get(model._meta.concrete_model or model, ()):
            self.touched.append(f"loaded {model._meta.label} {row.pk}")

    def wrote(self, sql: str, given: Any) -> None:
        """Note a key that was written, also within a longer text."""
        if not sql.startswith(_WRITES) or any(f'"{table}' in sql for table in _BESIDE):
            return
        for value in given or ():
            if any(number in self.numbers for number in _numbers_in(value)):
                self.touched.append(f"wrote {str(value)[:80]}: {sql[:80]}")


def _numbers_in(value: Any) -> list[str]:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return []
    return [str(value)] if isinstance(value, int) else _NUMBER.findall(value)


@contextmanager
def guarded(agency: Agency) -> Iterator[Guard]:
    """Watch over the rows of an office."""
    keys = keys_of(agency)
    guard = Guard(keys, {str(key) for held in keys.values() for key in held if isinstance(key, int)})
    plain: Any = models.Model.from_db.__func__  # type: ignore[attr-defined]

    def from_db(cls: type[models.Model], *given: Any) -> models.Model:
        row: models.Model = plain(cls, *given)
        guard.loaded(cls, row)
        return row

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        for each in params if many else [params]:
            guard.wrote(sql, each)
        return run(sql, params, many, context)

    with mock.patch.object(models.Model, "from_db", classmethod(from_db)), connection.execute_wrapper(execute):
        yield guard
