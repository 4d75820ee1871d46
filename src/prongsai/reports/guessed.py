"""Columns whose heads say nothing known, told by what stands in them. A guess is less sure than a head, and says so."""

from collections.abc import Callable, Iterable, Sequence

from prongsai.documents.model import Cell, Row
from prongsai.reports.heads import LIKENESS_MIN, Column, Head, Role
from prongsai.reports.kinds import TableKind, table_kind
from prongsai.reports.owners import are_owners
from prongsai.thai.dates import read_period
from prongsai.thai.numerals import read_ordinal

ROWS_LOOKED_AT = 12
ROWS_MIN = 2
GUESSED = LIKENESS_MIN
_WHEN = frozenset({Role.PERIOD, Role.START, Role.END, Role.DUE, Role.ACTUAL})
_NAMED = frozenset(
    {Role.MEASURE, Role.TOPIC, Role.INDICATOR, Role.ITEM, Role.CODE, Role.SCORE, Role.GUIDANCE, Role.PROGRESS}
)
_PLANNED = frozenset({Role.NUMBER, Role.STEPS, Role.PERIOD, Role.START, Role.RESPONSIBLE, Role.RESULT, Role.OUTCOME})


def with_guesses(head: Head, rows: Sequence[Row]) -> Head:
    """Give roles to columns of unknown heads. rows: those under the head; only as wide ones are looked at."""
    head = _with_measure(head)
    if table_kind(head) is TableKind.OTHER:
        return head
    cells = [row.cells for row in rows[:ROWS_LOOKED_AT] if len(row.cells) == len(head.columns)]
    for place in unknown_places(head):
        role = _told([row[place] for row in cells], head.roles, is_first=place == 0)
        head = head if role is None else _given(head, place, role)
    return head


def unknown_places(head: Head) -> list[int]:
    """Give the columns whose heads are like none that is known."""
    return [
        place for place, column in enumerate(head.columns) if column.role is None and column.likeness < LIKENESS_MIN
    ]


def _with_measure(head: Head) -> Head:
    """Take the first unknown column as the measure of a table that plans or reports but names nothing."""
    named = [place for place in unknown_places(head) if head.columns[place].head]
    is_plan = len(head.roles & _PLANNED) >= 3 and head.roles & {Role.STEPS, Role.RESULT, Role.OUTCOME}
    return _given(head, named[0], Role.MEASURE) if named and is_plan and not head.roles & _NAMED else head


def _given(head: Head, place: int, role: Role) -> Head:
    columns = list(head.columns)
    columns[place] = Column(columns[place].head, role, GUESSED)
    return Head(tuple(columns))


def _told(cells: Sequence[Cell], roles: Iterable[Role], *, is_first: bool) -> Role | None:
    """Tell what a column holds when every filled cell of it looks so."""
    filled = [cell for cell in cells if not cell.is_empty]
    if len(filled) < ROWS_MIN:
        return None
    known = frozenset(roles)
    if is_first and Role.NUMBER not in known and _all(filled, lambda cell: read_ordinal(cell.text) is not None):
        return Role.NUMBER
    if Role.RESPONSIBLE not in known and _all(filled, lambda cell: are_owners(cell.lines)):
        return Role.RESPONSIBLE
    if not known & _WHEN and _all(filled, _says_when):
        return Role.PERIOD
    return None


def _all(cells: Sequence[Cell], looks: Callable[[Cell], bool]) -> bool:
    return all(map(looks, cells))


def _says_when(cell: Cell) -> bool:
    text = cell.text
    return len(text) <= 120 and read_ordinal(text) is None and read_period(text, fiscal_year_be=2560) is not None
