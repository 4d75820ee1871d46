"""Pages."""

from prongsai.web.cycles.views.analysis import analysis, analysis_approve
from prongsai.web.cycles.views.cycles import carry, close, cycle, cycle_list, dates, open_cycle, target
from prongsai.web.cycles.views.items import element, element_evidence, gather, item, item_edit, items
from prongsai.web.cycles.views.scores import forecast, scores, scores_add, snapshot

__all__ = [
    "analysis",
    "analysis_approve",
    "carry",
    "close",
    "cycle",
    "cycle_list",
    "dates",
    "element",
    "element_evidence",
    "forecast",
    "gather",
    "item",
    "item_edit",
    "items",
    "open_cycle",
    "scores",
    "scores_add",
    "snapshot",
    "target",
]
