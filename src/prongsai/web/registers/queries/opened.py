"""What everybody may read: registers whose table is published, as it was frozen when their periods were closed.

Nothing here asks who reads. What is not public never leaves this module: fields by their openness, entries by their
state, figures by what they are grouped by, small counts covered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, QuerySet

from prongsai.errors import UnknownRegister
from prongsai.registers.known import RESERVED
from prongsai.registers.model import Flow, Openness, Register, Statistic
from prongsai.registers.statistics import Figure
from prongsai.registers.tables import PUBLIC, Table, table
from prongsai.registers.told_figures import told_together
from prongsai.thai.text import fold
from prongsai.web.agencies.models import Agency
from prongsai.web.agencies.scope import system_scope
from prongsai.web.registers.models import Entry, PeriodClose
from prongsai.web.registers.queries.figures import figures_of
from prongsai.web.registers.queries.library import Kept, all_kept, as_read, grouped_as_read, kept_of
from prongsai.web.registers.queries.parts import open_only
from prongsai.web.registers.queries.rows import stated

PAGE = 50
LOOKED_AT = 2000  # rows of a search that are compared as they are shown
PERIOD = "งวด"


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """A published register. title: as the public table is called; updated_at: of the last close, None without one."""

    kept: Kept
    title: str
    updated_at: datetime | None

    @property
    def takes_outside(self) -> bool:
        """Whether its form for outsiders is open."""
        return self.kept.takes_outside and self.kept.register.outside is not None


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A page of a public table. page: of rows; empty_periods: those with a signed statement of nothing."""

    head: tuple[str, ...]
    numeric: tuple[bool, ...]
    page: Page
    years: tuple[int, ...]
    year: int
    empty_periods: tuple[PeriodClose, ...]
    updated_at: datetime | None


def published(agency: Agency) -> tuple[OpenRegister, ...]:
    """Give the published registers of an agency and those with a form for outsiders; two queries."""
    shown = [kept for kept in all_kept(agency) if is_published(kept) or _is_asked(kept)]
    closes = PeriodClose.objects.filter(agency=agency, reopened_at=None).order_by()
    days = dict(closes.values_list("register").annotate(Max("closed_at")))
    return tuple(OpenRegister(kept, title_of(kept), days.get(kept.id)) for kept in shown)


def is_published(kept: Kept) -> bool:
    """Whether everybody may read its table."""
    return kept.is_open and kept.is_published and kept.register.public is not None


def _is_asked(kept: Kept) -> bool:
    return kept.is_open and kept.takes_outside and kept.register.outside is not None


def published_one(agency: Agency, register: str) -> Kept | None:
    """Give a published register; None for one that is not, or is not known."""
    try:
        kept = kept_of(agency, register)
    except UnknownRegister:
        return None
    return kept if is_published(kept) else None


def title_of(kept: Kept) -> str:
    """Name the public table."""
    title = kept.register.public.title_th if kept.register.public else ""
    return as_read(title or kept.name, kept.name)


def is_frozen(register: Register) -> bool:
    """Whether the public reads closed periods; otherwise entries as they stand, as with answered questions."""
    is_asked = register.outside is not None and bool(register.outside.publish)
    return register.due is not None and not register.standing and not is_asked


def open_table(agency: Agency, kept: Kept, *, year: int = 0, search: str = "", page: str = "1") -> OpenTable:
    """Give a page of the public table. year: fiscal (BE), 0: the newest there is. The number of queries is constant."""
    years = years_of(agency, kept.register)
    chosen = year if year in years else (years[0] if years else 0)
    closes = _closes(agency, kept.register, chosen) if is_frozen(kept.register) else []
    whole = _frozen(kept, closes) if _is_read_frozen(kept.register, closes) else None
    if whole is not None:
        found: Sequence[tuple[str, ...]] = [row for row in whole.rows if _holds(row, search)]
        pages = Paginator(found, PAGE).get_page(page)
        head, numeric = whole.head, whole.numeric
    else:
        head, numeric, pages = _standing(agency, kept, chosen, search, page)
    nothing = tuple(close for close in closes if close.is_nothing)
    updated = max((close.closed_at for close in closes), default=None)
    return OpenTable(head, numeric, pages, years, chosen, nothing, updated)


def whole_table(agency: Agency, kept: Kept, year: int = 0) -> Table:
    """Give the public table of a year in one piece, to be kept as a file."""
    years = years_of(agency, kept.register)
    chosen = year if year in years else (years[0] if years else 0)
    closes = _closes(agency, kept.register, chosen) if is_frozen(kept.register) else []
    if _is_read_frozen(kept.register, closes):
        return _frozen(kept, closes)
    found = public_entries(agency, kept.register, chosen).iterator(chunk_size=1000)
    return table(kept.register, stated(found), audience=PUBLIC, labels=kept.labels)


def years_of(agency: Agency, register: Register) -> tuple[int, ...]:
    """Give the years that have something to read, the newest first; none for a standing register."""
    if register.standing:
        return ()
    found: QuerySet[PeriodClose] | QuerySet[Entry]
    if is_frozen(register) and register.flow is not Flow.PLAN:
        found = PeriodClose.objects.filter(agency=agency, register=register.id, reopened_at=None)
    else:
        found = Entry.objects.filter(agency=agency, register=register.id, state__in=_states(register))
        found = open_only(found, register.id)
    years = found.order_by("-fiscal_year_be").values_list("fiscal_year_be", flat=True).distinct()
    return tuple(year for year in years if year)


def _is_read_frozen(register: Register, closes: Sequence[PeriodClose]) -> bool:
    """Whether closed periods are shown: a plan is shown as it stands until its first progress is closed."""
    return is_frozen(register) and (register.flow is not Flow.PLAN or bool(closes))


# --- closed periods --------------------------------------------------------------------------------------------------
def _closes(agency: Agency, register: Register, year: int) -> list[PeriodClose]:
    found = PeriodClose.objects.filter(agency=agency, register=register.id, reopened_at=None, fiscal_year_be=year)
    found = found.filter(Q(is_nothing=True) | Q(table__audience=PUBLIC))
    return list(found.select_related("occurrence").order_by("starts_on"))


def _frozen(kept: Kept, closes: Sequence[PeriodClose]) -> Table:
    """Put the frozen tables of periods under each other, the heads of the newest above them."""
    with_rows = [close for close in closes if close.table.get("rows")]
    last = with_rows[-1].table if with_rows else {}
    head = tuple(last["head"]) if last else table(kept.register, (), audience=PUBLIC, labels=kept.labels).head
    rows = [
        (close.occurrence.label, *cells)
        for close in with_rows
        for cells in _under(last["columns"], close.table["columns"], close.table["rows"])
    ]
    numeric = (False, *(_is_number(place, rows) for place in range(1, len(head) + 1)))
    return Table((PERIOD, *head), tuple(rows), (), numeric)


def _under(columns: Sequence[str], own: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Put rows under columns by the keys of their fields, whatever they were called and in which order they stood."""
    places = [own.index(key) if key in own else None for key in columns]
    return [tuple("" if at is None else str(row[at]) for at in places) for row in rows]


def _is_number(place: int, rows: Sequence[tuple[str, ...]]) -> bool:
    cells = [row[place] for row in rows if row[place]]
    return bool(cells) and all(_amount(cell) is not None and "/" not in cell for cell in cells)


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _holds(row: Sequence[str], search: str) -> bool:
    text = fold(" ".join(row)) if search else ""
    return all(fold(word) in text for word in search.split())


# --- entries as they stand -------------------------------------------------------------------------------------------
def _states(register: Register) -> list[str]:
    named = register.public.states if register.public else ()
    return [one.key for one in register.states if one.is_public and (not named or one.key in named)]


def public_entries(agency: Agency, register: Register, year: int = 0) -> QuerySet[Entry]:
    """Give the entries that everybody may see as they stand, of a fiscal year (BE), 0: of every year.

    Of a register that is read frozen, only those of closed periods are shown.
    """
    found = Entry.objects.filter(agency=agency, register=register.id, state__in=_states(register))
    if year and not register.standing:
        found = found.filter(fiscal_year_be=year)
    if register.outside and register.outside.publish:
        found = found.filter(**{f"values__{register.outside.publish}": True}).exclude(outside__may_publish=False)
    found = open_only(found, register.id)
    return found.defer("found_by").order_by("-fiscal_year_be", "-dated_on", "-pk")


Head = tuple[str, ...]


def _standing(agency: Agency, kept: Kept, year: int, search: str, page: str) -> tuple[Head, tuple[bool, ...], Page]:
    found = public_entries(agency, kept.register, year)
    if search:
        # Compared as they are shown: what is masked must not be found by what it hides.
        shown = table(kept.register, stated(found[:LOOKED_AT]), audience=PUBLIC, labels=kept.labels)
        pages = Paginator([row for row in shown.rows if _holds(row, search)], PAGE).get_page(page)
        return shown.head, shown.numeric, pages
    part: Page[Any] = Paginator(found, PAGE).get_page(page)
    shown = table(kept.register, stated(list(part.object_list)), audience=PUBLIC, labels=kept.labels)
    part.object_list = list(shown.rows)
    return shown.head, shown.numeric, part


# --- figures ---------------------------------------------------------------------------------------------------------
def open_figures(agency: Agency, kept: Kept, year: int) -> tuple[Figure, ...]:
    """Give the figures that everybody may read, small counts covered: of closed periods, or of entries as they are."""
    register = kept.register
    shown = [one for one in register.statistics if may_be_told(register, one)]
    least = register.public.min_cell if register.public else 0
    if not shown:
        return ()
    if is_frozen(register) and register.flow is not Flow.PLAN:  # a plan's rows stand in each of its periods
        found = [figure for one in shown if (figure := _added(one, _closes(agency, register, year)))]
    else:
        keys = {one.key for one in shown}
        found = [one for one in figures_of(system_scope(agency), kept, year, is_open=True) if one.statistic.key in keys]
    return told_together(found, least, grouped_as_read(register))


def may_be_told(register: Register, statistic: Statistic) -> bool:
    """Whether a figure names and sums only what everybody may see."""
    asked = [*statistic.by, statistic.field, statistic.where.field if statistic.where else ""]
    fields = [register.field_of(key) for key in asked if key and key not in RESERVED]
    return all(field is not None and field.openness is Openness.PUBLIC for field in fields)


def _added(statistic: Statistic, closes: Sequence[PeriodClose]) -> Figure | None:
    """Add the frozen figures of periods up, label by label; None where nothing was frozen."""
    frozen = [close.figures[statistic.key] for close in closes if statistic.key in close.figures]
    if not frozen:
        return None
    values: dict[str, Decimal] = {}
    counts: dict[str, int] = {}
    for one in frozen:
        for (label, value), count in zip(one["rows"], _counts(statistic, one), strict=True):
            values[label] = values.get(label, Decimal(0)) + (_amount(value) or 0)
            counts[label] = counts.get(label, 0) + count
    total = sum(values.values(), Decimal(0))
    is_count = statistic.measure != "sum"
    rows = tuple((label, int(value) if is_count else value) for label, value in values.items())
    return Figure(statistic, rows, int(total) if is_count else total, tuple(counts.values()), sum(counts.values()))


def _counts(statistic: Statistic, frozen: Mapping[str, list]) -> list[int]:
    """Give how many entries stand behind each value; 1 where that was not kept, so that it is covered as small."""
    if "counts" in frozen:
        return list(frozen["counts"])
    if statistic.measure != "sum":
        return [int(_amount(value) or 0) for _label, value in frozen["rows"]]
    return [1 if _amount(value) else 0 for _label, value in frozen["rows"]]
