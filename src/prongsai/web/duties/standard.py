"""The duties that every municipality has in a fiscal year, to start with; an office edits or switches off each.

They follow the working calendar that reports of municipalities describe; dates and lengths are customs, not law. What a
register is due for (its file's ``due``) comes beside these when a year is opened.
"""

from collections.abc import Mapping

from prongsai.web.duties.declared import Standard
from prongsai.web.duties.rounds import FOLLOW_UP, HALF_YEARLY, MONTHLY, QUARTERLY, TRACKING
from prongsai.web.duties.yearly import RESULTS, YEARLY

__all__ = ["FOLLOW_UP", "RESULTS", "STANDARD", "STANDARDS", "TRACKING", "Standard"]

STANDARD: tuple[Standard, ...] = (*MONTHLY, *QUARTERLY, *HALF_YEARLY, *YEARLY)
STANDARDS: Mapping[str, Standard] = {one.key: one for one in STANDARD}
