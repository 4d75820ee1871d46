"""Changing cycles: every write of a page or of another app goes through here."""

from prongsai.web.cycles.services.analysis import approve_analysis, write_analysis
from prongsai.web.cycles.services.carrying import carry_over, settle_carry
from prongsai.web.cycles.services.dates import add_date, change_dates, remove_date
from prongsai.web.cycles.services.findings import add_finding, change_finding, close_finding, merge_finding
from prongsai.web.cycles.services.guard import CycleClosed, refuse_closed, require_open
from prongsai.web.cycles.services.items import attach, change_item, detach, judge
from prongsai.web.cycles.services.opening import close_cycle, ensure_cycle, open_cycle, reopen_cycle, set_target
from prongsai.web.cycles.services.scores import import_scores, take_scores

__all__ = [
    "CycleClosed",
    "add_date",
    "add_finding",
    "approve_analysis",
    "attach",
    "carry_over",
    "change_dates",
    "change_finding",
    "change_item",
    "close_cycle",
    "close_finding",
    "detach",
    "ensure_cycle",
    "import_scores",
    "judge",
    "merge_finding",
    "open_cycle",
    "remove_date",
    "reopen_cycle",
    "refuse_closed",
    "require_open",
    "set_target",
    "settle_carry",
    "take_scores",
    "write_analysis",
]
