"""The periods in which a plan is reported, as the register's duty counts and calls them."""

from prongsai.registers.model import Register, Rhythm
from prongsai.web.duties.models import Duty
from prongsai.web.duties.rhythm import Period, periods_of


def spans_of(rhythm: Rhythm, fiscal_year_be: int, days_after: int = 10) -> tuple[Period, ...]:
    """Give the periods of a fiscal year (BE) in order; due_on: days_after each, moved to a working day."""
    return periods_of(Duty(fiscal_year_be=fiscal_year_be, rhythm=rhythm.value, days_after=days_after))


def progress_spans(register: Register, fiscal_year_be: int) -> tuple[Period, ...]:
    """Give the periods in which each entry of a plan is reported on; none for other registers."""
    if register.progress is None or not fiscal_year_be:
        return ()
    return spans_of(register.progress.rhythm, fiscal_year_be, register.due.days if register.due else 10)
