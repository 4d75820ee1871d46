"""Which systems of daily work are no register, or not yet, and where they are kept instead."""

from dataclasses import dataclass
from functools import lru_cache

from prongsai.registers import written
from prongsai.registers.shelf import ELSEWHERE, LIBRARY

PLACES = ("publication", "surveys", "complaints", "planned: registers")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A system outside the registers. where: one of PLACES. to_come: what a register that has it still lacks."""

    system: str
    where: str
    reason_th: str
    reason_en: str
    to_come: str = ""


@lru_cache(maxsize=1)
def elsewhere() -> tuple[Elsewhere, ...]:
    """Give the systems that are kept elsewhere, in the order of the file."""
    return tuple(Elsewhere(**each) for each in written.read(LIBRARY / ELSEWHERE).data)
