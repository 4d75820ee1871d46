"""Reading intakes and their rows."""

from prongsai.web.intake.queries.intakes import (
    PAGE_SIZE,
    Counts,
    IntakePage,
    counts_of,
    intake_page,
    intakes_of,
    rows_of,
)
from prongsai.web.intake.queries.proposal import Proposal, assessed_year, proposed_cycle
from prongsai.web.intake.queries.rows import Line, RowPage, line_of, next_waiting, row_page

__all__ = [
    "PAGE_SIZE",
    "Counts",
    "IntakePage",
    "Line",
    "Proposal",
    "RowPage",
    "assessed_year",
    "counts_of",
    "intake_page",
    "intakes_of",
    "line_of",
    "next_waiting",
    "proposed_cycle",
    "row_page",
    "rows_of",
]
