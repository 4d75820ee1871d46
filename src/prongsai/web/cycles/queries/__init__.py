"""Reading cycles: every question of another app or a page is asked here."""

from prongsai.web.cycles.queries.cycles import (
    Stop,
    cycle_of,
    cycles_of,
    frameworks_to_open,
    last_cycle_before,
    overview,
    stops_of,
)
from prongsai.web.cycles.queries.frameworks import framework_of, mark_of, outline_of
from prongsai.web.cycles.queries.glance import Glance, glance
from prongsai.web.cycles.queries.items import items_of
from prongsai.web.cycles.queries.scores import latest_snapshot, snapshots_of

__all__ = [
    "Glance",
    "Stop",
    "cycle_of",
    "cycles_of",
    "framework_of",
    "frameworks_to_open",
    "glance",
    "items_of",
    "last_cycle_before",
    "latest_snapshot",
    "mark_of",
    "outline_of",
    "overview",
    "snapshots_of",
    "stops_of",
]
