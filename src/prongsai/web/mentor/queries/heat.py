"""The heat map: items of a year across agencies, those that need help most first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from prongsai.frameworks.model import Item
from prongsai.web.cycles.queries.frameworks import top_of
from prongsai.web.mentor.access import Desk
from prongsai.web.mentor.models import ItemStanding, Standing
from prongsai.web.mentor.queries.sight import Wanted, Year, may_tell, standings_of
from prongsai.web.ui.templatetags.ui import thai_digits

NEED, NAME = "need", "name"  # how agencies are put in order
FULL, MOST, SOME, NOTHING = "full", "most", "some", "nothing"
# A sign for every shade, so that the map can be read in print and without seeing colours.
SIGNS = {FULL: "●", MOST: "◕", SOME: "◔", NOTHING: "○"}
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """How an item stands at an agency."""

    met: int
    elements: int
    is_late: bool

    @property
    def shade(self) -> str:
        """Full, most of it (half or more), some, nothing."""
        if not self.met or not self.elements:
            return NOTHING
        share = self.met / self.elements
        return FULL if share == 1 else MOST if share >= HALF else SOME

    @property
    def sign(self) -> str:
        """The shade as a sign."""
        return SIGNS[self.shade]

    @property
    def html(self) -> SafeString:
        """The cell of the map; thousands of them stand on a page, and few are different."""
        return _html(self.shade, self.met, self.elements, self.is_late, get_language() or "")


@lru_cache(maxsize=4096)
def _html(shade: str, met: int, elements: int, is_late: bool, _language: str) -> SafeString:
    words = thai_digits(f"{met}/{elements}")
    late = format_html(' <b title="{0}">!<span class="visually-hidden">{0}</span></b>', gettext("เลยกำหนด"))
    return format_html(
        '<td class="heat" data-heat="{}"><i aria-hidden="true">{}</i>{}{}</td>',
        shade,
        SIGNS[shade],
        words,
        late if is_late else "",
    )


_MISSING = SafeString('<td class="heat"><span class="soft">–</span></td>')


@dataclass(frozen=True, slots=True)
class Row:
    """An agency in the map. cells: by the order of the columns, None for an item that it does not have."""

    standing: Standing
    cells: tuple[Cell | None, ...]

    @property
    def html(self) -> SafeString:
        """All its cells."""
        return SafeString("".join(cell.html if cell else _MISSING for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Group:
    """An indicator above its columns."""

    title: str
    span: int


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of the map. tallies: how many of the agencies have each item complete; empty: not to be told."""

    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    tallies: tuple[int, ...]


def ordered(found: QuerySet[Standing], order: str = NEED) -> QuerySet[Standing]:
    """Put agencies in order: those that need help most first, or by name."""
    by = ("agency__name", "pk") if order == NAME else ("ready_pct", "-late_items", "agency__code", "pk")
    return found.select_related("agency").order_by(*by)


def head_of(desk: Desk, year: Year, wanted: Wanted, agencies: int) -> Head:
    """Give the columns of the map. agencies: how many pass the filters; one query, told or not."""
    items, tallies = tuple(year.framework.items), _tallies(desk, year, wanted)
    told = tuple(tallies.get(item.key, 0) for item in items)
    return Head(tuple(_groups(year)), items, told if may_tell(agencies, year.agencies) else ())


def _groups(year: Year) -> Iterator[Group]:
    names = {each.code: each.name_th for each in year.framework.indicators}
    tops = top_of(year.framework)
    spans: dict[str, int] = defaultdict(int)
    for item in year.framework.items:
        spans[tops.get(item.indicator, item.indicator)] += 1
    for code, span in spans.items():
        yield Group(f"{thai_digits(code)} {names.get(code, '')}", span)


def _tallies(desk: Desk, year: Year, wanted: Wanted) -> Mapping[str, int]:
    seen = standings_of(desk, year.id, wanted)
    lines = ItemStanding.objects.filter(standing__in=seen.order_by().values("pk"), is_complete=True)
    return dict(lines.order_by().values_list("key").annotate(n=Count("pk")))


def rows_of(year: Year, standings: Iterable[Standing], today: date) -> tuple[Row, ...]:
    """Give the rows of some standings, a page of them; one query."""
    standings = list(standings)
    return _rows(year, standings, ItemStanding.objects.filter(standing__in=standings), today)


def every_row(desk: Desk, year: Year, wanted: Wanted, order: str) -> tuple[Row, ...]:
    """Give the rows of all that pass the filters, some thousands; two queries."""
    seen = standings_of(desk, year.id, wanted)
    lines = ItemStanding.objects.filter(standing__in=seen.order_by().values("pk"))
    return _rows(year, ordered(seen, order), lines, desk.today)


def _rows(year: Year, standings: Iterable[Standing], lines: QuerySet[ItemStanding], today: date) -> tuple[Row, ...]:
    keys = [item.key for item in year.framework.items]
    found: dict[int, dict[str, Cell]] = defaultdict(dict)
    names = ("standing_id", "key", "met", "elements", "due_on", "is_done")
    for standing, key, met, elements, due_on, is_done in lines.order_by().values_list(*names).iterator():
        found[standing][key] = _cell(met, elements, bool(due_on and due_on < today and not is_done))
    return tuple(Row(each, tuple(found[each.pk].get(key) for key in keys)) for each in standings)


@lru_cache(maxsize=4096)
def _cell(met: int, elements: int, is_late: bool) -> Cell:
    """Give one cell for all that are alike: a country has two hundred thousand, few of them different."""
    return Cell(met, elements, is_late)


def late(today: date, path: str = "") -> Q:
    """Give the condition by which an item is late on a day, as its office reads it."""
    return Q(**{f"{path}is_done": False, f"{path}due_on__lt": today})
