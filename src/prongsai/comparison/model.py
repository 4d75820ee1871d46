"""What a published table of results says, row by row, and what the nation is made of once tables are put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from prongsai.errors import Problem, Severity, Where
from prongsai.frameworks.model import Framework
from prongsai.thai.agencies import AgencyKind
from prongsai.thai.places import Province


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as printed, with its place; value None: nothing that counts stands there."""

    text: str
    value: Decimal | None
    where: Where


NO_CELL = Cell("", None, Where())


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a published table, as printed. Scores are by the codes of the year; points are weighted ones."""

    where: Where
    agency: Cell
    code: Cell = NO_CELL
    district: str = ""
    province: Cell = NO_CELL
    kind: Cell = NO_CELL
    year_be: int | None = None
    year: Cell = NO_CELL
    rank: Cell = NO_CELL
    total: Cell = NO_CELL
    level: Cell = NO_CELL
    instruments: Mapping[str, Cell] = field(default_factory=dict)
    points: Mapping[str, Cell] = field(default_factory=dict)
    indicators: Mapping[str, Cell] = field(default_factory=dict)
    items: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[tuple[str, Decimal | None], ...]:
        """All figures that count, to tell two rows apart."""
        groups = (self.instruments, self.points, self.indicators, self.items)
        scores = tuple((code, cell.value) for group in groups for code, cell in group.items())
        return (("total", self.total.value), *scores)


@dataclass(frozen=True, slots=True)
class Named:
    """Who a row is of, as far as it says: kind and name without the word for the kind."""

    kind: AgencyKind
    name: str
    province: Province
    district: str = ""
    code: str = ""

    @property
    def text(self) -> str:
        """Kind and name in full."""
        return self.kind.name if self.kind.name == "เมืองพัทยา" else f"{self.kind.name}{self.name}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with what follows from it. total, level: as printed, or computed where none is printed.

    computed: the total that the scores below give. level: the code of the framework's level, empty for none.
    instruments, indicators, items: what counts, by code. problems: of this row alone.
    """

    row: Row
    named: Named | None
    total: Decimal | None
    is_total_printed: bool
    computed: Decimal | None
    level: str
    instruments: Mapping[str, Decimal]
    indicators: Mapping[str, Decimal]
    items: Mapping[str, Decimal]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table came from. title: the words above its head; told: by whom it was published, as a person says."""

    file: str
    sha256: str
    sheet: str
    title: str
    told: str = ""
    taken_on: date | None = None


@dataclass(frozen=True)
class CheckedTable:
    """A table of one year, checked. framework None: of a year without one, of which only totals are known."""

    source: Source
    year_be: int
    framework: Framework | None
    rows: tuple[Checked, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def all_problems(self) -> tuple[Problem, ...]:
        """Problems of the table and of its rows, in the order of the file, the worst of a place first."""
        found = [*self.problems, *(problem for row in self.rows for problem in row.problems)]
        order = list(Severity)
        return tuple(
            sorted(found, key=lambda one: (one.where.row or 0, order.index(one.severity), one.where.column or 0))
        )

    @property
    def contradictions(self) -> tuple[Problem, ...]:
        """What cannot be true: errors, not remarks."""
        return tuple(one for one in self.all_problems if one.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency over all tables. key: its code, or a name that stays; printed: as each table prints it."""

    key: str
    named: Named
    printed: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Its 8-digit code, empty when no table gives it."""
        return self.named.code

    @property
    def name(self) -> str:
        """Kind and name in full."""
        return self.named.text


@dataclass(frozen=True, slots=True)
class Result:
    """The result of an agency in a year; table: place of its table among the sources."""

    agency: str
    year_be: int
    table: int
    checked: Checked

    @property
    def total(self) -> Decimal | None:
        """The total as printed, or computed where none is."""
        return self.checked.total


@dataclass(frozen=True)
class Nation:
    """All agencies, years and results. problems: of putting tables together, by the place of the table."""

    tables: tuple[CheckedTable, ...]
    agencies: Mapping[str, Agency]
    results: Mapping[tuple[str, int], Result]
    problems: tuple[tuple[int, Problem], ...] = ()

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that have results, the oldest first."""
        return tuple(sorted({year for _, year in self.results}))

    @cached_property
    def frameworks(self) -> Mapping[int, Framework]:
        """The framework of each year that has one."""
        return {table.year_be: table.framework for table in self.tables if table.framework}

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Result, ...]]:
        """The results of each year."""
        found: dict[int, list[Result]] = {year: [] for year in self.years}
        for result in self.results.values():
            found[result.year_be].append(result)
        return {year: tuple(each) for year, each in found.items()}

    @cached_property
    def provinces(self) -> tuple[Province, ...]:
        """The provinces that have agencies, in the order of their codes."""
        found = {one.named.province.code: one.named.province for one in self.agencies.values()}
        return tuple(found[code] for code in sorted(found))

    def of_agency(self, key: str) -> tuple[Result, ...]:
        """Give the results of an agency, the oldest first."""
        return tuple(self.results[key, year] for year in self.years if (key, year) in self.results)
