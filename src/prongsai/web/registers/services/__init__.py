"""Writing registers: entries, moves, progress, settings and saved views; periods, imports and outsiders beside them."""

from prongsai.web.registers.services.entries import add_entries, add_entry, change_entry, copy_entry
from prongsai.web.registers.services.moving import capacity_of, move_entry, report_progress
from prongsai.web.registers.services.periods import (
    carry_forward,
    close_period,
    open_year,
    reopen_period,
    state_nothing,
)
from prongsai.web.registers.services.refusals import EntryRefused
from prongsai.web.registers.services.settings import add_view, drop_view, keep_setting

__all__ = [
    "EntryRefused",
    "add_entries",
    "add_entry",
    "add_view",
    "capacity_of",
    "carry_forward",
    "change_entry",
    "close_period",
    "copy_entry",
    "drop_view",
    "keep_setting",
    "move_entry",
    "open_year",
    "reopen_period",
    "report_progress",
    "state_nothing",
]
