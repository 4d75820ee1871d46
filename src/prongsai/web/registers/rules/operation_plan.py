"""The operation plan: nothing starts before the year's budget by-law; projects carry the development plan's code."""

from collections.abc import Iterator

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prongsai.registers.model import Fault, Move, Register, Values
from prongsai.thai.fiscal import Span, fiscal_year_be
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry
from prongsai.web.registers.rules import Notice
from prongsai.web.registers.rules._meeting_page import warned
from prongsai.web.registers.rules._projects import code_faults, code_key, codes_of, why_not_start
from prongsai.web.registers.rules._rows import counted, listed

STARTING = ("start", "finish")


def check(scope: Scope, register: Register, values: Values, entry: Entry | None) -> Iterator[Fault]:
    """Warn of a code that is not in the development plan of the year."""
    period = values.get("period")
    if isinstance(period, Span):
        yield from code_faults(scope, values.get("code"), fiscal_year_be(period.start))


def why_not_move(scope: Scope, register: Register, entry: Entry, move: Move) -> str:
    """A project starts only when the by-law of its year is in force."""
    return why_not_start(scope, entry.fiscal_year_be) if move.key in STARTING else ""


def why_not_report(scope: Scope, register: Register, entry: Entry) -> str:
    """Nothing is reported as done before the by-law of the year is in force."""
    return why_not_start(scope, entry.fiscal_year_be)


def notices(scope: Scope, register: Register, year: int) -> list[Notice]:
    """Name the projects that are not in the development plan of the year, where there is one."""
    known = codes_of(scope, year)
    strange = [
        entry.title for entry, values in counted(scope, register, year) if code_key(values.get("code")) not in known
    ]
    told = _("โครงการที่ไม่อยู่ในแผนพัฒนาท้องถิ่นของปีนี้: {names}")
    return [Notice(told.format(names=listed(strange)))] if known and strange else []


def picture(scope: Scope, register: Register, entry: Entry | None) -> SafeString:
    """Say on its page why nothing of it may start yet."""
    why = why_not_start(scope, entry.fiscal_year_be) if entry is not None else ""
    return warned(why) if why else SafeString("")
