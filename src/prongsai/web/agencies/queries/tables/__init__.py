"""Tables of units, people or posts that wait to be saved: their columns, and what would become of every row."""

from prongsai.web.agencies.queries.tables.columns import COLUMNS, KINDS, Column, Kind, columns_of
from prongsai.web.agencies.queries.tables.fates import Change, Fate, Fault, Plan, RowPlan, Step
from prongsai.web.agencies.queries.tables.plan import plan_of
from prongsai.web.agencies.queries.tables.reading import EXAMPLES, TableUnusable, as_text, read_pasted, read_upload

__all__ = [
    "COLUMNS",
    "EXAMPLES",
    "KINDS",
    "Change",
    "Column",
    "Fate",
    "Fault",
    "Kind",
    "Plan",
    "RowPlan",
    "Step",
    "TableUnusable",
    "as_text",
    "columns_of",
    "plan_of",
    "read_pasted",
    "read_upload",
]
