"""Named parts of a register, reported alone: the table of a year, its figures, and the paper that holds both."""

from dataclasses import dataclass

from prongsai.documents.model import Document
from prongsai.registers.model import View
from prongsai.registers.tables import Table, table
from prongsai.reports.forms.signing import Signed
from prongsai.reports.register_paper import Heading, period_paper
from prongsai.thai.fiscal import fiscal_year
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.queries.entries import entries_of
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.library import Kept
from prongsai.web.registers.queries.parts import belonging, open_only
from prongsai.web.registers.queries.rows import stated
from prongsai.web.registers.services.periods import position_of


@dataclass(frozen=True, slots=True)
class Reported:
    """A part of a register in a year. title: as its files are called."""

    title: str
    table: Table
    paper: Document


def report_of(scope: Scope, kept: Kept, view: View, year: int) -> Reported:
    """Report a part of a register in a fiscal year (BE) alone, signed by who asks.

    What only some roles may see stands in the paper of its own part, never in that of another one, which goes from hand
    to hand.
    """
    register, is_open = kept.register, not view.readers
    found = entries_of(scope, kept, year).filter(belonging(view), state__in=register.counted_states)
    found = (open_only(found, register.id) if is_open else found).order_by("dated_on", "pk").defer("found_by")
    rows = tuple(stated(list(found)))
    columns = view.columns or register.print_.columns
    shown = table(register, rows, columns=columns, labels=kept.labels)
    figures = figures_of(scope, kept, year, view=view, is_open=is_open)
    span, label = fiscal_year(year), f"ปีงบประมาณ {year}"
    unit = str(kept.setting.unit or "") if kept.setting else ""
    name = f"{register.print_.title_th or kept.name_th} ({view.title_th})"
    heading = Heading(scope.agency.name, name, label, span.start, span.end, unit)
    signed = Signed(str(scope.person or ""), position_of(scope), on=scope.today)
    # Without values: a form of its own is for the register as a whole, and would not say that this is a part.
    paper = period_paper(register, heading, shown, figures if rows else (), signed=signed)
    return Reported(f"{name} {label}", shown, paper)
