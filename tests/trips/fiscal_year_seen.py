"""What is seen on the pages at the end: which items are green and by what, what was missed, which papers there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from prongsai.documents.read import read_content
from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.complaints.models import Tally
from prongsai.web.duties.queries import State
from prongsai.web.evidence.models import File
from prongsai.web.evidence.services import read_file
from prongsai.web.letters.models import Letter
from prongsai.web.plans.models import Report
from prongsai.web.registers.models import PeriodClose
from prongsai.web.registers.queries.periods import PeriodState
from tests.trips.fiscal_year_measures import NOW
from tests.trips.fiscal_year_office import YEAR, Office

Missed = tuple[str, int]  # key of a duty, place of its period


@dataclass(frozen=True)
class Seen:
    """An item as its page shows it. by: for each element, what says that it is there."""

    code: str
    by: dict[str, list[str]]
    is_green: bool


def items(o: Office) -> list[Seen]:
    """Read the pages of all items of the year."""
    reader = o.hand(Role.COORDINATOR)
    rows = reader.get(f"cycles/{NOW}/items/").context["page"].paginator.object_list
    return [_item(o, row.key, row.code) for row in rows]


def _item(o: Office, key: str, code: str) -> Seen:
    page = o.hand(Role.COORDINATOR).get(f"cycles/{NOW}/items/{key}/").context["page"]
    by = {}
    for line in page.lines:
        registers = [proof.register for proof in line.proofs if proof.is_ready]
        tied = [str(one.evidence) for one in line.element.proofs.select_related("evidence")]
        by[line.element.key] = (registers if line.is_green else tied) if line.is_there else []
    return Seen(code, by, all(line.is_there for line in page.lines))


def without_record(found: list[Seen]) -> list[tuple[str, str]]:
    """Name the elements that count as there though neither a register nor evidence says so."""
    return [(item.code, key) for item in found for key, by in item.by.items() if not by]


# --- what was missed ------------------------------------------------------------------------------------------------
def states(o: Office, wanted: State) -> set[Missed]:
    """Give the periods of the year's duties that stand in a certain way on the page of duties."""
    lines = o.hand(Role.COORDINATOR).get(f"duties/?year={YEAR}").context["lines"]
    ordered = [(duty, sorted(duty.lines, key=lambda one: one.occurrence.starts_on)) for duty in lines]
    return {
        (duty.duty.key, place)
        for duty, periods in ordered
        for place, line in enumerate(periods, 1)
        if line.state is wanted
    }


def missed(o: Office, kept: Collection[str] = ()) -> set[Missed]:
    """Give what the page of the year's duties says was missed. kept: only these duties; all of them if none."""
    found = states(o, State.MISSED)
    return {one for one in found if one[0] in kept} if kept else found


def waiting(o: Office) -> set[Missed]:
    """Give what is not done and not yet due."""
    return states(o, State.EXPECTED) | states(o, State.SOON)


def late(o: Office) -> set[Missed]:
    """Give what that page says was done after its day."""
    return states(o, State.LATE_DONE)


def shown_as_missed(o: Office) -> None:
    """See the planted misses where people look: on the board of the register, in the month of the wheel, on the duty."""
    supply, mayor = o.hand(Role.SUPPLY), o.hand(Role.MAYOR)
    board = supply.get(f"registers/purchases/board/?year={YEAR}").context["board"]
    assert [place for place, line in enumerate(board.lines, 1) if line.state is PeriodState.MISSED] == [8]
    for number, key in ((6, "procurement-summary"), (8, "executive-follow-up")):
        month = mayor.get(f"year/{YEAR}/{number}/").context["month"]
        found = {task.occurrence.duty.key for task in month.tasks if task.line.state is State.MISSED}
        assert found == {key}, (number, found)
    assert mayor.get(f"year/?year={YEAR}").context["wheel"].months[9].missed == 0


# --- papers ---------------------------------------------------------------------------------------------------------
REPORTS = (("tracking-6", 1), ("tracking-12", 1), ("measures-report", 2))  # kinds of reports, and how many are approved


def papers_lacking(o: Office, registers: Collection[str]) -> list[str]:
    """Open every paper of the year; name those that are not there or say nothing. registers: closed once a year."""
    closes = PeriodClose.objects.filter(agency=o.agency, fiscal_year_be=YEAR, reopened_at=None)
    closed = {close.register for close in closes}
    lacking = [f"{register} is not closed" for register in registers if register not in closed]
    for close in closes.select_related("occurrence").prefetch_related("evidence__file"):
        if not _says_something(one.file for one in close.evidence.all()):
            lacking.append(f"{close.register} {close.occurrence.label}")
    for kind, number in REPORTS:
        found = Report.objects.filter(agency=o.agency, kind=kind, state="approved").select_related("docx")
        if [_says_something([one.docx]) for one in found] != [True] * number:
            lacking.append(kind)
    for letter in Letter.objects.filter(agency=o.agency):
        paper = o.hand(Role.CLERK).get(f"letters/{letter.pk}/paper/docx/")
        content = paper.getvalue() if paper.streaming else paper.content
        if letter.state != "signed" or not read_content(content, "หนังสือ.docx").blocks:
            lacking.append(str(letter))
    for tally in Tally.objects.filter(agency=o.agency):
        o.hand(Role.LEGAL).get(f"complaints/statistics/{tally.pk}/")
    return lacking


def _says_something(files: Iterable[File | None]) -> bool:
    word = next((one for one in files if one is not None and one.name.endswith(".docx")), None)
    return word is not None and bool(read_content(read_file(word), word.name).blocks)


# --- rights ---------------------------------------------------------------------------------------------------------
def doers(o: Office) -> set[str]:
    """Give the roles whose accounts wrote anything, as the journal tells it; who is outside has none."""
    wrote = AuditEntry.objects.filter(agency=o.agency).exclude(user=None).values_list("user__username", flat=True)
    return {name.partition("-")[0] for name in wrote.distinct()}
