"""Why an entry is not taken."""

from collections.abc import Iterable

from prongsai.errors import ProngsaiError
from prongsai.registers.model import Fault


class EntryRefused(ProngsaiError):
    """Values or a move that a register does not take. faults: all of them, warnings too; at least one is none."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = next(one for one in self.faults if not one.is_warning)
        super().__init__(f"{first.field}: {first.code}", message_th=first.message_th, mend_th=first.mend_th)


def hold(faults: Iterable[Fault]) -> None:
    """Raise EntryRefused when a fault is more than a warning."""
    found = tuple(faults)
    if any(not one.is_warning for one in found):
        raise EntryRefused(found)


def refuse(code: str, message_th: str, mend_th: str = "", *, field: str = "") -> EntryRefused:
    """Make a refusal of one fault."""
    return EntryRefused([Fault(field, code, message_th, mend_th)])
