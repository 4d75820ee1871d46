"""What is said of a register that has no periods, in which the checks over its entries would be said."""

from collections.abc import Iterator

from prongsai.registers.model import Register
from prongsai.thai.numerals import to_thai
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.queries.periods import checked, named_values
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._rows import counted_entries, listed


def check_notices(scope: Scope, register: Register, year: int = 0) -> Iterator[Notice]:
    """Say which of the register's checks over a year's entries fail. year: fiscal (BE), 0: of a standing register."""
    rows = [named_values(one) for one in counted_entries(scope, register.id, year)]
    for fault in checked(scope, register, year, rows):
        said = ": ".join(filter(None, (fault.message_th, fault.mend_th)))
        yield Notice(to_thai(said), is_blocking=not fault.is_warning)


def named(told: str, titles: list[str]) -> Iterator[Notice]:
    """Say something of several entries, ``{names}`` and ``{n}`` in it; nothing of none."""
    if titles:
        yield Notice(to_thai(told.format(n=len(titles), names=listed(titles))))
