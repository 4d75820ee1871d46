"""Taking papers in and deciding their rows."""

from prongsai.web.intake.services.cycle import choose_cycle
from prongsai.web.intake.services.deciding import (
    Accepted,
    accept_clean,
    accept_row,
    mend_row,
    reject_row,
    restore_row,
)
from prongsai.web.intake.services.taking import same_file, take_in
from prongsai.web.intake.services.targets import MERGE, NEW, NeedsChoice

__all__ = [
    "MERGE",
    "NEW",
    "Accepted",
    "NeedsChoice",
    "accept_clean",
    "accept_row",
    "choose_cycle",
    "mend_row",
    "reject_row",
    "restore_row",
    "same_file",
    "take_in",
]
