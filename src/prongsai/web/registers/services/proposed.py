"""What follows from other registers and is not there yet: whole rows to add at once, others to fill in first."""

import hashlib
import json
from dataclasses import dataclass

from prongsai.registers.model import Values
from prongsai.registers.rules import faults
from prongsai.registers.values import to_json
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.rules import hooks_of
from prongsai.web.registers.services.columns import title_of

_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that is proposed. key: the same as long as it is. is_whole: nothing more is asked to add it."""

    key: str
    title: str
    values: Values
    is_whole: bool


def proposed(scope: Scope, kept: Kept, year: int) -> tuple[Proposal, ...]:
    """Give what a register's own rules propose in a fiscal year (BE) to who may enter it."""
    if not rights.may_enter(scope, kept.register):
        return ()
    return tuple(_proposal(scope, kept, values) for values in hooks_of(kept.id).proposals(scope, kept.register, year))


def proposal_of(scope: Scope, kept: Kept, year: int, key: str) -> Proposal | None:
    """Give a proposal by its key; None when it was taken, or follows no more."""
    return next((one for one in proposed(scope, kept, year) if one.key == key), None) if key else None


def _proposal(scope: Scope, kept: Kept, values: Values) -> Proposal:
    register = kept.register
    lacking = any(not one.is_warning for one in faults(register, values, today=scope.today))
    written = json.dumps(to_json(register, values), sort_keys=True, ensure_ascii=False)
    key = hashlib.sha256(written.encode()).hexdigest()[:_LETTERS]
    return Proposal(key, title_of(register, values), values, not lacking)
