"""Rows as people mean them: a row that goes on over a page is one row, a page printed twice counts once."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from prongsai.documents.model import Cell, Line, Mark
from prongsai.errors import Problem
from prongsai.reports.align import Doubt
from prongsai.reports.cells import Reading, read_span, words_or_none
from prongsai.reports.heads import Role
from prongsai.reports.lists import Items, Oddity, read_items
from prongsai.reports.records import ListOddity, Origin, Span
from prongsai.reports.stream import CONTINUED, TITLES, Continued, DataRow
from prongsai.thai.text import fold

SAME_PAGE_LIKENESS = 97.0
SAME_ITEM_LIKENESS = 80.0
SAME_TITLE_LIKENESS = 85.0
PAGE_ROWS_MAX = 40  # how far back a page printed twice is looked for: keeps reading linear
LIST_ROLES = (
    Role.STEPS,
    Role.RESULT,
    Role.OUTCOME,
    Role.GUIDANCE,
    Role.PROGRESS,
    Role.RECOMMENDATION,
    Role.DUE,
)
PERIOD_ROLES = (Role.PERIOD, Role.START, Role.END, Role.DUE, Role.ACTUAL)
DOUBT_COST: dict[str, float] = {
    Doubt.SHIFTED: 0.5,
    Doubt.CELL_COUNT: 0.5,
    Doubt.SHORT: 0.1,
    Doubt.NUMBER_ODD: 0.2,
    Doubt.HEAD_GUESSED: 0.1,
    Doubt.HEAD_DAMAGED: 0.2,
    Doubt.HEAD_WEAK: 0.2,
    Doubt.CONTINUATION_GUESSED: 0.2,
    Doubt.TITLE_INHERITED: 0.1,
    Doubt.START_MISSING: 0.4,
}
DOUBT_COST_OTHER = 0.2
SURE_LIKENESS = 0.8
_GUESSED_LIST = 0.5
_INFERRED = {
    "century": 0.95,
    "fiscal_year": 0.95,
    "year": 0.9,
    "month": 0.98,
    "month_spelling": 0.8,
    "half": 0.8,
    "between": 0.7,
}
_DAMAGE = ("PERIOD_UNREADABLE", "DATE_MONTH_UNKNOWN", "DATE_YEAR_UNREADABLE")
_BOXES = {Mark.TICKED: "☑", Mark.UNTICKED: "☐"}
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Joined:
    """A logical row: its first printing, the lines of the file it stands on, and its other printings."""

    row: DataRow
    lines: tuple[int, ...]
    variants: tuple[DataRow, ...] = field(default=())
    _items: dict[Role, Items] = field(default_factory=dict, compare=False, repr=False)

    def cell_lines(self, role: Role) -> tuple[Line, ...]:
        """Give the lines of a cell, none when the column is absent."""
        cell = self.row.cells.get(role)
        return cell.lines if cell else ()

    def text(self, role: Role) -> str:
        """Give the words of a cell."""
        return self.row.text(role)

    def first_of(self, *roles: Role) -> Role:
        """Give the first of some columns that the table has; the first of all when it has none."""
        return next((role for role in roles if role in self.row.cells), roles[0])

    def items(self, role: Role) -> Items:
        """Give the list in a cell."""
        if role not in self._items:
            self._items[role] = read_items(self.cell_lines(role))
        return self._items[role]


def logical_rows(
    rows: Sequence[DataRow],
    same: Callable[[DataRow, DataRow], bool],
    bucket: Callable[[DataRow], Hashable],
    context: Callable[[DataRow], Hashable],
) -> list[Joined]:
    """Give rows as people mean them: first what is printed twice is merged, then what goes on is joined.

    Of two printings the less doubtful one counts, the other is kept as a variant. same: whether two rows of one bucket
    are one row printed twice; asked for the last PAGE_ROWS_MAX rows only. context: the heading that a row stands under.
    """
    kept: list[DataRow] = []
    again: dict[int, list[DataRow]] = defaultdict(list)
    near: dict[Hashable, deque[int]] = defaultdict(lambda: deque(maxlen=PAGE_ROWS_MAX))
    for row in rows:
        key = (context(row), bucket(row), row.continued)
        at = next((place for place in reversed(near[key]) if same(kept[place], row)), None)
        if at is None:
            near[key].append(len(kept))
            kept.append(row)
        else:
            if len(row.doubts) < len(kept[at].doubts):
                kept[at], row = row, kept[at]
            again[at].append(row)
    return _joined(kept, again, context)


def _joined(
    rows: Sequence[DataRow], again: Mapping[int, Sequence[DataRow]], context: Callable[[DataRow], Hashable]
) -> list[Joined]:
    groups: list[list[int]] = []
    for place, row in enumerate(rows):
        before = rows[groups[-1][0]] if groups else None
        if before and _goes_on(before, row, is_same_heading=context(before) == context(row)):
            groups[-1].append(place)
        else:
            groups.append([place])
    joined: list[Joined] = []
    for group in groups:
        first = _opening(joined[-1].row if joined else None, rows[group[0]])
        parts = [first, *(rows[place] for place in group[1:])]
        variants = tuple(variant for place in group for variant in again.get(place, ()))
        joined.append(Joined(_together(parts), tuple(_line(row) for row in parts), variants))
    return joined


def _line(row: DataRow) -> int:
    return row.where.line or 0


def _goes_on(before: DataRow, row: DataRow, *, is_same_heading: bool) -> bool:
    """Whether a row goes on with the one before: it says so under the same title, or it has no start of its own."""
    if row.continued is Continued.NO or not row.head.roles <= before.head.roles:
        return False
    if row.continued is Continued.SAID:
        return _says_again(before.title, row.title)
    others = any(not cell.is_empty for role, cell in row.cells.items() if role is not row.named_by())
    return is_same_heading and (not row.title or not others or likeness(row.title, before.title) >= SAME_TITLE_LIKENESS)


def _together(parts: Sequence[DataRow]) -> DataRow:
    """Make one row of a row and those that go on with it, cell by cell."""
    first, others = parts[0], parts[1:]
    if not others:
        return first
    doubts = [doubt for part in parts for doubt in part.doubts]
    cells: dict[Role, Cell] = {}
    for role, cell in first.cells.items():
        more = [part.cells[role] for part in others if role in part.cells and not part.cells[role].is_empty]
        if role in TITLES:
            more = [other for other in more if not _says_again(cell.text, other.text)]
            doubts += [Doubt.CONTINUATION_GUESSED] if more and role is first.named_by() else []
        cells[role] = _appended(cell, more)
    extra = {
        head: _appended(cell, [part.extra[head] for part in others if head in part.extra])
        for head, cell in first.extra.items()
    }
    for part in others:
        extra = {**part.extra, **extra} if part.extra.keys() - extra.keys() else extra
    return replace(first, cells=cells, extra=extra, doubts=tuple(dict.fromkeys(doubts)))


def _says_again(title: str, more: str) -> bool:
    """Whether a row that goes on has the title of the first one again, and not its second half."""
    again, known = fold(CONTINUED.sub("", more)), fold(title)
    return again in known or known.startswith(again[:12]) or likeness(again, known) >= SAME_TITLE_LIKENESS


def _opening(before: DataRow | None, row: DataRow) -> DataRow:
    """Give a row that opens a logical row; one that says "(ต่อ)" of another title is doubted.

    One without number and title has those of the row above: a cell merged over both is printed once.
    """
    if row.continued is Continued.SAID or (before and _lacks_what_others_have(before, row)):
        return replace(row, doubts=(*row.doubts, Doubt.START_MISSING))
    if before is None or before.title == "" or row.head.roles != before.head.roles:
        return row
    roles = [role for role in (*TITLES, Role.NUMBER) if role in row.cells and role in before.cells]
    if not roles or any(not row.cells[role].is_empty for role in roles):
        return row
    above = {
        role: replace(row.cells[role], raw=before.cells[role].raw, lines=before.cells[role].lines) for role in roles
    }
    return replace(row, cells={**row.cells, **above}, doubts=(*row.doubts, Doubt.TITLE_INHERITED))


def _lacks_what_others_have(before: DataRow, row: DataRow) -> bool:
    """Whether a row with a title has neither period nor owner, unlike the row above: its rest, over a page."""
    own = [role for role in (Role.PERIOD, Role.RESPONSIBLE) if role in row.cells]
    filled = len(own) == 2 and all(role in before.cells and not before.cells[role].is_empty for role in own)
    return row.continued is Continued.LIKELY and filled and bool(row.title) and before.continued is Continued.NO


def _appended(first: Cell, more: Sequence[Cell]) -> Cell:
    """Give a cell with the lines of others; one that only says the same again adds nothing."""
    said = fold(first.text) if more else ""
    parts = [first, *(cell for cell in more if fold(cell.text) != said)]
    if len(parts) == 1:
        return first
    lines = tuple(line for part in parts for line in part.lines)
    return replace(first, raw="\n".join(part.raw for part in parts), lines=lines)


def same_page(first: DataRow, second: DataRow) -> bool:
    """Whether two rows are one row on a page that was printed twice: on two sheets, every cell nearly equal.

    Rows that differ in a digit are two: the same work in two months looks nearly equal.
    """
    if first.sheet == second.sheet:
        return False
    one, other = first.folded, second.folded
    if fuzz.ratio(one, other, score_cutoff=SAME_PAGE_LIKENESS) < SAME_PAGE_LIKENESS:
        return False
    return _DIGITS.findall(one) == _DIGITS.findall(other)


def read_period_of(joined: Joined, fiscal_year_be: int | None) -> Reading[Span | None]:
    """Read when a row is done: its period, or the columns of its start and its end."""
    cells = joined.row.cells
    ends = [joined.text(role) for role in (Role.START, Role.END) if words_or_none(joined.text(role))]
    if len(ends) == 2:
        return read_span(" - ".join(ends), fiscal_year_be, cells[Role.START].where)
    role = period_role(joined.row)
    if role is Role.START:
        return _from(read_span(joined.text(role), fiscal_year_be, cells[role].where))
    return read_span(joined.text(role), fiscal_year_be, cells[role].where if role in cells else joined.row.where)


def _from(read: Reading[Span | None]) -> Reading[Span | None]:
    """Take a day alone under the head of a start as the start."""
    span = read.value
    if span is None or span.start or span.end is None:
        return read
    return Reading(replace(span, start=span.end, end=None), read.problems)


def period_role(row: DataRow) -> Role:
    """Give the column that says when: a period, one of its ends, or the day that a thing is due or was done."""
    return next((role for role in PERIOD_ROLES if row.text(role)), Role.PERIOD)


def period_doubts(problems: Iterable[Problem]) -> list[str]:
    """Say whether a period cannot be read, a sign of damage, or cannot be, a slip of its writer."""
    names = {"period_unreadable" if problem.code in _DAMAGE else "period_impossible" for problem in problems}
    return sorted(names)


def number_of(row: DataRow) -> str:
    """Give the printed number of a row, for telling rows apart."""
    return fold(row.text(Role.NUMBER)).strip("().")


def likeness(first: str, second: str, cutoff: float = 0.0) -> float:
    """Give how like two texts are, 0–100, white space and digit style aside."""
    return fuzz.ratio(fold(first), fold(second), score_cutoff=cutoff)


def confidence_of(doubts: Iterable[str]) -> float:
    """Give how far a row with these doubts can be trusted, 0–1."""
    return round(max(0.0, 1.0 - sum(DOUBT_COST.get(doubt, DOUBT_COST_OTHER) for doubt in doubts)), 2)


def origin_of(
    joined: Joined,
    fields: Mapping[Role, str],
    doubts: Sequence[str] = (),
    inferred: Mapping[str, Sequence[str]] | None = None,
) -> Origin:
    """Say where a logical row was printed, what was printed, and how far it can be trusted (0–1).

    fields: which field of the record a column fills; what stands in any other is kept beside the record.
    inferred: field → what was not printed but taken from elsewhere.
    """
    row = joined.row
    oddities = _oddities(joined)
    return Origin(
        where=row.where,
        printed={role.value: cell.raw for role, cell in row.cells.items()},
        extra=_extra(row, fields),
        confidence=confidence_of((*row.doubts, *doubts)),
        doubts=(*(doubt.value for doubt in row.doubts), *doubts),
        lines=(*joined.lines, *(_line(variant) for variant in joined.variants)),
        variants=tuple({role.value: cell.raw for role, cell in other.cells.items()} for other in joined.variants),
        oddities=oddities,
        field_confidence=_field_confidence(row, fields, oddities, inferred or {}),
    )


def only(fields: Mapping[Role, str], *choices: tuple[Role, Sequence[Role]]) -> dict[Role, str]:
    """Give the fields without those that another column filled. choices: a role that was taken, and those it was of."""
    others = {role for taken, among in choices for role in among if role is not taken}
    return {role: name for role, name in fields.items() if role not in others}


def _extra(row: DataRow, fields: Mapping[Role, str]) -> dict[str, str]:
    """Give the words under every head that fills no field of the record: unknown ones, and those of other records."""
    extra = {head: _shown(cell) for head, cell in row.extra.items()}
    for column in row.head.columns:
        is_other = column.role and column.role is not Role.NUMBER and column.role not in fields
        words = row.text(column.role) if column.role and is_other else ""
        if words_or_none(words) and column.head not in extra:
            extra[column.head] = words
    return extra


def _shown(cell: Cell) -> str:
    """Give the words of a cell with its boxes."""
    return " ".join(f"{_BOXES.get(line.mark, '')} {line.text}".strip() for line in cell.lines)


def _field_confidence(
    row: DataRow, fields: Mapping[Role, str], oddities: Sequence[ListOddity], inferred: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Give the fields that are less sure than their row: a head only like a known one, a guess in the cell."""
    sure: dict[str, float] = {}
    for column in row.head.columns:
        if column.role and column.role in fields and column.likeness < SURE_LIKENESS:
            sure[fields[column.role]] = column.likeness
    for oddity in oddities:
        name = fields.get(Role(oddity.role), oddity.role)
        if oddity.oddity == Oddity.GUESSED:
            sure[name] = min(sure.get(name, 1.0), _GUESSED_LIST)
    for name, taken in inferred.items():
        for what in taken:
            sure[name] = round(sure.get(name, 1.0) * _INFERRED.get(what, 0.9), 2)
    return {name: round(value, 2) for name, value in sure.items()}


def _oddities(joined: Joined) -> tuple[ListOddity, ...]:
    roles = [role for role in LIST_ROLES if role in joined.row.cells]
    return tuple(
        ListOddity(role.value, oddity.value, joined.items(role).numbers)
        for role in roles
        for oddity in joined.items(role).oddities
    )
