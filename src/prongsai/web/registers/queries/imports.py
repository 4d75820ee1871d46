"""What pages of imports show: how far a sheet is, its faulty cells, what would be new or changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prongsai.registers.sheets import cell_name, workbook
from prongsai.registers.tables import Table
from prongsai.registers.values import ValueRefused, from_json
from prongsai.web.agencies.scope import Scope
from prongsai.web.registers.models import Entry, Fate, ImportBatch, ImportKind, ImportRow, ImportState
from prongsai.web.registers.queries import rights
from prongsai.web.registers.queries.library import Kept, edition_of
from prongsai.web.registers.queries.showing import shown_to

PAGE_ROWS = 100
LISTED = 10
FAULTS_SHOWN = 20
_ORDER = (Fate.FAULTY, Fate.NEW, Fate.CHANGED, Fate.SAME)
_GOING = (ImportState.READING, ImportState.SAVING)


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a row would change, as it is printed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet. cells: (name of the cell, head, text) of those that hold something."""

    number: int
    cells: tuple[tuple[str, str, str], ...]
    faults: tuple[dict[str, str], ...]
    changes: tuple[Change, ...]
    entry: Entry | None
    more_faults: int = 0


@dataclass(frozen=True, slots=True)
class Tab:
    """A fate with its count."""

    fate: str
    label: str
    count: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch and a page of its rows of one fate. earlier: imports of the same file that were saved."""

    batch: ImportBatch
    tabs: tuple[Tab, ...]
    fate: str
    page: Page[ImportRow]
    lines: tuple[Line, ...]
    unused: tuple[str, ...]
    earlier: tuple[ImportBatch, ...]

    @property
    def is_going(self) -> bool:
        """Whether there is work to go on with."""
        return self.batch.state in _GOING

    @property
    def n_good(self) -> int:
        """How many rows would be written."""
        return self.batch.n_new + self.batch.n_changed


def batches_of(scope: Scope, kept: Kept) -> QuerySet[ImportBatch]:
    """Give the imports into a register that somebody may see: who keeps it all, others their own."""
    found = ImportBatch.objects.filter(agency=scope.agency, register=kept.id, kind=ImportKind.ENTRIES)
    found = found.select_related("made_by")
    return found if rights.may_keep(scope, kept.register) else found.filter(made_by=scope.user)


def latest(scope: Scope, kept: Kept) -> list[ImportBatch]:
    """Give the last imports that were not thrown away."""
    return list(batches_of(scope, kept).exclude(state=ImportState.DROPPED)[:LISTED])


def earlier(batch: ImportBatch) -> QuerySet[ImportBatch]:
    """Give imports of the same file into the same register that were saved, or are being saved."""
    same = ImportBatch.objects.filter(agency=batch.agency_id, register=batch.register, kind=batch.kind)
    same = same.filter(sha256=batch.sha256)
    return same.filter(state__in=[ImportState.SAVED, ImportState.SAVING]).exclude(pk=batch.pk).select_related("made_by")


def unfinished(scope: Scope, register: str) -> QuerySet[ImportBatch]:
    """Give imports of a register that stopped while they were saved: the register holds only a part of their rows."""
    return ImportBatch.objects.filter(agency=scope.agency, register=register, state=ImportState.SAVING)


def batch_page(scope: Scope, kept: Kept, batch: ImportBatch, fate: str = "", number: str | int = 1) -> BatchPage:
    """Give a page of rows of a fate; none named: the faulty ones, else the first fate that there is. A few queries."""
    is_over = batch.state in (ImportState.SAVED, ImportState.DROPPED)  # only what was not saved is kept
    counts: dict[str, int] = {each: 0 if is_over else getattr(batch, f"n_{each}") for each in _ORDER}
    counts[Fate.FAULTY] = batch.rows.filter(fate=Fate.FAULTY).count() if is_over else batch.n_faulty
    chosen = fate if fate in counts else next((each for each in _ORDER if counts[each]), Fate.FAULTY)
    tabs = tuple(Tab(each, str(Fate(each).label), counts[each], each == chosen) for each in _ORDER)
    is_going = batch.state in _GOING  # the page is asked for again and again then, and shows counts alone
    rows = batch.rows.filter(fate=chosen).select_related("entry").order_by("number")
    page = _Counted(rows.none() if is_going else rows, PAGE_ROWS, 0 if is_going else counts[chosen]).get_page(number)
    used = set(batch.columns.values())
    unused = tuple(text for place, text in enumerate(batch.head) if text.strip() and place not in used)
    lines = tuple(_line(scope, kept, batch, row) for row in page)
    return BatchPage(batch, tabs, chosen, page, lines, unused, tuple(earlier(batch)[:3]))


class _Counted(Paginator):
    """Pages whose count is known; a batch that was saved keeps its counts and not its rows."""

    def __init__(self, rows: QuerySet[ImportRow], per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self._known = count

    @property
    def count(self) -> int:
        """The number of rows."""
        return self._known


def _line(scope: Scope, kept: Kept, batch: ImportBatch, row: ImportRow) -> Line:
    heads = {place: kept.label(key) for key, place in batch.columns.items()}
    cells = tuple(
        (cell_name(place, row.number), heads[place], row.cells[place])
        for place in sorted(heads)
        if place < len(row.cells) and row.cells[place].strip()
    )
    changes = _changes(scope, kept, batch, row) if row.fate == Fate.CHANGED and row.entry else ()
    return Line(
        row.number, cells, tuple(row.faults[:FAULTS_SHOWN]), changes, row.entry, max(0, len(row.faults) - FAULTS_SHOWN)
    )


def _changes(scope: Scope, kept: Kept, batch: ImportBatch, row: ImportRow) -> tuple[Change, ...]:
    assert row.entry is not None
    register = edition_of(row.entry.register, row.entry.since_be)
    if not rights.may_see_entry(scope, register, row.entry):
        return ()
    try:
        old, new = from_json(register, row.entry.values), from_json(kept.register, row.values)
    except ValueRefused:
        return ()
    told = []
    for key in batch.columns:
        field = register.field_of(key)
        if field is not None:
            before, after = (shown_to(scope, register, field, values.get(key)) for values in (old, new))
            told += [Change(kept.label(field), before, after)] if before != after else []
    return tuple(told)


# --- files ----------------------------------------------------------------------------------------------------------
def faulty_workbook(batch: ImportBatch) -> bytes:
    """Give the faulty rows as a workbook to mend and bring in again: the reasons stand in a last column."""
    reasons = _("เหตุที่ยังไม่นำเข้า")
    width = len(batch.head)
    rows = batch.rows.filter(fate=Fate.FAULTY).order_by("number").values_list("cells", "faults")
    filled = tuple((*_padded(cells, width), _reasons(faults)) for cells, faults in rows.iterator())
    return workbook([Table((*batch.head, reasons), filled)], title=_("แถวที่ต้องแก้"))


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * width][:width]


def _reasons(faults: Sequence[dict[str, str]]) -> str:
    return "\n".join(f"{one['cell']} {one['message']}" + (f" – {one['mend']}" if one["mend"] else "") for one in faults)
