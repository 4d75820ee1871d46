"""The registers of the made-up municipality: brought in, decided, reported on and closed as the office itself would."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError

from prongsai.registers.model import Field, Register
from prongsai.registers.values import read
from prongsai.thai.dates import fiscal_year_be
from prongsai.thai.days import read_date
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.roles import Role
from prongsai.web.agencies.scope import Scope
from prongsai.web.duties import services as duties
from prongsai.web.duties.models import Occurrence
from prongsai.web.registers import services
from prongsai.web.registers.models import Entry, ImportBatch, ImportState
from prongsai.web.registers.queries.library import Kept, all_kept, kept_of
from prongsai.web.registers.queries.look import OfficeLook
from prongsai.web.registers.queries.periods import entries_in, occurrences_of
from prongsai.web.registers.queries.rights import may_keep
from prongsai.web.registers.queries.spans import progress_spans
from prongsai.web.registers.services import imports, outside

Scopes = Mapping[Role, Scope]
YEARS = (2568, 2569, 2570)
FOLDER = "registers"


class Sheet(NamedTuple):
    """A register that the municipality has kept. role: who keeps it; since: from which fiscal year (BE) on.

    settled: until when its periods are settled, "" for none. year: of a sheet whose rows have no date of their own.
    late: its steps are made when every sheet is in, since they ask what other registers say.
    """

    register: str
    role: Role
    since: int
    settled: str = ""
    year: int = 0
    late: bool = False


# In the order in which one points at another.
SHEETS = (
    Sheet("assets", Role.SUPPLY, 2568),
    Sheet("loans", Role.SUPPLY, 2568, "2025-09-30"),
    Sheet("gifts", Role.PERSONNEL, 2568, "2026-03-31"),
    Sheet("purchases", Role.SUPPLY, 2568, "2026-09-30"),
    Sheet("risks", Role.LEGAL, 2568, "2025-09-30"),
    Sheet("prevention-plan", Role.LEGAL, 2568, "2026-03-31"),
    Sheet("development-plan", Role.ANALYST, 2569, year=2569),
    Sheet("budget-bylaws", Role.ANALYST, 2568, late=True),
    Sheet("budget-lines", Role.ANALYST, 2568),
    Sheet("operation-plan", Role.ANALYST, 2568, "2026-09-30"),
    Sheet("spending-plan", Role.ANALYST, 2569, "2026-03-31", year=2569),
    Sheet("training", Role.PERSONNEL, 2568, "2025-09-30"),
    Sheet("attendance", Role.PERSONNEL, 2568),
    Sheet("service-manuals", Role.CLERK, 2568),
    Sheet("online-services", Role.PUBLISHER, 2568),
    Sheet("service-statistics", Role.ANALYST, 2569, "2025-12-31"),
    Sheet("participation", Role.ANALYST, 2568, "2025-09-30"),
    Sheet("questions", Role.PUBLISHER, 2570, "2026-10-31"),
    Sheet("complaints-general", Role.CLERK, 2570),
    Sheet("executives", Role.PERSONNEL, 2568),
    Sheet("contact", Role.PUBLISHER, 2568),
    Sheet("no-gift-declarations", Role.LEGAL, 2568, "2026-09-30"),
    Sheet("hr-policy", Role.PERSONNEL, 2568),
    Sheet("hr-plan", Role.PERSONNEL, 2568, "2025-09-30"),
    Sheet("meetings", Role.CLERK, 2570, "2026-10-31", late=True),
    Sheet("meeting-attendance", Role.CLERK, 2569),
    Sheet("meeting-items", Role.CLERK, 2569),
    Sheet("policy-briefings", Role.COORDINATOR, 2570, "2026-10-31"),
)
PUBLISHED = ("purchases", "gifts", "questions", "service-manuals", "service-statistics", "executives")
TAKES_OUTSIDE = ("questions", "service-requests", "suggestions", "loans")
QUESTION = {
    "topic": "เวลาทำการช่วงสิ้นปี",
    "question": "สิ้นปีนี้เทศบาลเปิดให้ชำระภาษีถึงวันใด และเปิดวันเสาร์หรือไม่",
    "asker": "นางสาวใบเตย พลูหอม",
    "contact": "08-0000-0031",
}
_NUMBER, _STEP, _BY, _ON, _NOTE = "เลขที่", "ขั้นตอน", "ผู้ดำเนินการ", "เมื่อ", "เหตุผล"
_RESULT = "ผล"
_PERIOD, _REPORTER = "งวดที่", "ผู้รายงาน"


def load(scopes: Scopes, folder: Path) -> None:
    """Bring in three years of registers and settle what was settled. scopes: of a person in each role."""
    folder = folder / FOLDER
    for sheet in SHEETS:
        bring_in(scopes[sheet.role], sheet, (folder / f"{sheet.register}.csv").read_bytes())
        if not sheet.late:
            _steps(scopes, sheet, folder)
    for sheet in SHEETS:
        if sheet.late:
            _steps(scopes, sheet, folder)
    for sheet in SHEETS:  # nothing is reported on before the by-law of its year is in force
        for row in _rows(folder / "progress" / f"{sheet.register}.csv"):
            _report(scopes, sheet.register, row)
    for row in _rows(folder / "duties" / "meeting-items.csv"):
        _do(scopes, row)
    keeper = scopes[Role.COORDINATOR]
    _settings(keeper)
    for year in YEARS:
        _open(scopes, year)
    for sheet in SHEETS:
        _settle(scopes[sheet.role], sheet)
    _ask(keeper.agency)


def bring_in(scope: Scope, sheet: Sheet, content: bytes) -> ImportBatch:
    """Import a sheet as on its page, to the end. Rows that lie ahead of the clock of this machine are left out."""
    name = f"{sheet.register}.csv"
    batch = imports.stage(scope, register=sheet.register, content=content, name=name, year=sheet.year)
    while batch.state == ImportState.READING:
        batch = imports.step(scope, batch=batch)
    while batch.state != ImportState.SAVED:
        batch = imports.save(scope, batch=batch, version=None, only_good=True)
    return batch


# --- what happened afterwards ---------------------------------------------------------------------------------------
def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from ({key: value for key, value in row.items() if value} for row in csv.DictReader(lines))


def _steps(scopes: Scopes, sheet: Sheet, folder: Path) -> None:
    for row in _rows(folder / "steps" / f"{sheet.register}.csv"):
        _step(scopes, sheet.register, row)


def _do(scopes: Scopes, row: Mapping[str, str]) -> None:
    """Enter that the work which a resolution gave was done."""
    day, item = _day(row[_ON]), _entry(scopes, "meeting-items", row[_NUMBER])
    made = Occurrence.objects.filter(duty__key=f"meeting-item-{item.pk}").first() if item else None
    if made is not None and day <= scopes[Role.COORDINATOR].today:
        scope = replace(scopes[_role(row[_BY])], today=day)
        duties.record(scope, occurrence=made, done_on=day, result=row[_RESULT])


def _step(scopes: Scopes, register: str, row: Mapping[str, str]) -> None:
    """Make a move with an entry, on the day on which it was made."""
    day, entry = _day(row[_ON]), _entry(scopes, register, row[_NUMBER])
    if entry is None or day > scopes[Role.COORDINATOR].today:
        return
    scope = replace(scopes[_role(row[_BY])], today=day)
    kept = kept_of(scope, register).register
    move = next(one for one in kept.moves if one.label_th == row[_STEP])
    values = _values(scope, kept.fields_at(move.key), row)
    services.move_entry(scope, entry=entry, move=move.key, values=values, note=row.get(_NOTE, ""), version=None)


def _report(scopes: Scopes, register: str, row: Mapping[str, str]) -> None:
    """Report on an entry of a plan, at the end of the period."""
    entry = _entry(scopes, register, row[_NUMBER])
    scope = scopes[_role(row[_REPORTER])]
    kept = kept_of(scope, register).register
    span = progress_spans(kept, entry.fiscal_year_be)[int(row[_PERIOD]) - 1] if entry else None
    if entry is None or span is None or kept.progress is None or span.starts_on > scope.today:
        return
    scope = replace(scope, today=min(scope.today, span.ends_on))
    values = _values(scope, kept.progress.fields, row)
    services.report_progress(scope, entry=entry, starts_on=span.starts_on, values=values, version=0)


def _entry(scopes: Scopes, register: str, number: str) -> Entry | None:
    """Find an entry as people name it: ``3/2569``, ``3`` in a register that belongs to no year."""
    first, _slash, year = number.partition("/")
    found = Entry.objects.filter(agency=scopes[Role.COORDINATOR].agency, register=register)
    return found.filter(number=int(first), fiscal_year_be=int(year or 0)).first()


def _values(scope: Scope, fields: tuple[Field, ...], row: Mapping[str, str]) -> dict[str, object]:
    look = OfficeLook(scope)
    return {one.key: read(one, row[one.label_th], look) for one in fields if one.label_th in row}


def _role(label: str) -> Role:
    return next(role for role in Role if str(role.label) == label)


def _day(text: str) -> date:
    reading = read_date(text)
    assert reading is not None
    assert reading.value is not None
    return reading.value


# --- periods --------------------------------------------------------------------------------------------------------
def _settings(scope: Scope) -> None:
    for register in dict.fromkeys((*PUBLISHED, *TAKES_OUTSIDE)):
        kept = kept_of(scope, register).register
        services.keep_setting(
            scope,
            register=kept.id,
            is_published=register in PUBLISHED,
            takes_outside=register in TAKES_OUTSIDE,
        )


def _open(scopes: Scopes, year: int) -> None:
    """Open the periods of a year, of the registers that were kept in it; in the last year of all."""
    scope = scopes[Role.COORDINATOR]
    if year > fiscal_year_be(scope.today):
        return
    since = {sheet.register: sheet.since for sheet in SHEETS}
    unused = [kept for kept in all_kept(scope, year) if since.get(kept.id, YEARS[-1]) > year and kept.register.due]
    for kept in unused:
        services.keep_setting(_keeper(scopes, kept.register), register=kept.id, is_open=False)
    services.open_year(scope, fiscal_year_be=year)
    for kept in unused:
        services.keep_setting(_keeper(scopes, kept.register), register=kept.id, is_open=True)


def _keeper(scopes: Scopes, register: Register) -> Scope:
    """Give the coordinator, or the owner of a register from which the coordinator is kept away."""
    scope = scopes[Role.COORDINATOR]
    return scope if may_keep(scope, register) else scopes[Role(register.owners[0])]


def _settle(scope: Scope, sheet: Sheet) -> None:
    """Close what was closed in its time, a week after each period; state as none what had nothing."""
    if not sheet.settled:
        return
    kept = kept_of(scope, sheet.register)
    for year in YEARS[YEARS.index(sheet.since) :]:
        for one in occurrences_of(scope, kept.register, year).filter(ends_on__lte=date.fromisoformat(sheet.settled)):
            day = one.ends_on + timedelta(days=7)
            if day <= scope.today:
                _close(replace(scope, today=day), kept, one)


def _close(scope: Scope, kept: Kept, occurrence: Occurrence) -> None:
    due = kept.register.due
    with suppress(ValidationError):  # on a machine whose clock is behind, a report may not have been made yet
        if entries_in(scope, kept.register, occurrence).exists():
            services.close_period(scope, kept=kept, occurrence=occurrence)
        elif due and due.none_allowed:
            services.state_nothing(scope, kept=kept, occurrence=occurrence)


def _ask(agency: Agency) -> None:
    """Ask the office something, as somebody without an account does."""
    kept = kept_of(agency, "questions")
    outside.send(agency, kept=kept, values=QUESTION, nonce="demo", may_publish=True)
