"""Heads of several lines: a column has the words of every cell above it, merged ones too."""

from collections.abc import Iterator, Mapping, Sequence

from prongsai.documents.model import Row
from prongsai.reports.align import is_number
from prongsai.reports.heads import (
    HEAD_LENGTH_MAX,
    LIKENESS_MIN,
    Column,
    Head,
    Role,
    assign,
    is_like_a_head,
    likenesses,
    names_time,
    newest_year,
    statuses_in,
)
from prongsai.thai.numerals import read_score

LINES_MAX = 4


def whole_head(head: Head, rows: Sequence[Row], at: int) -> tuple[Head, int]:
    """Give a head with the lines that go on with it, and the place of the first row that does not."""
    above = [column.head for column in head.columns]
    for row in rows[at : at + LINES_MAX - 1]:
        own = own_texts(row, above)
        if own is None:
            break
        head, at = _with_line(_without_calendar(head, own), own), at + 1
        above = [column.head if place in own else above[place] for place, column in enumerate(head.columns)]
    return head, at


def own_texts(row: Row, above: Sequence[str]) -> dict[int, str] | None:
    """Give what a row under a head adds to its columns; None when it is no further line of the head.

    Cells merged over both lines are empty or say the same again. What is added stands under a cell merged over several
    columns, and is short and no number.
    """
    texts = [cell.text for cell in row.cells]
    if len(texts) > len(above):
        return None
    own = {place: text for place, text in enumerate(texts) if text and text != above[place]}
    again = any(text and text == above[place] for place, text in enumerate(texts))
    if not own:
        return {} if again else None
    if not all(_is_grouped(place, above) and _is_short(text) for place, text in own.items()):
        return None
    is_told = again or (0 not in own and len(own) <= len(above) / 2 and all(map(is_like_a_head, own.values())))
    return own if is_told else None


def _is_grouped(place: int, above: Sequence[str]) -> bool:
    """Whether a place stands under a cell merged over several columns: said in each, or in the first only."""
    neighbours = [above[near] for near in (place - 1, place + 1) if 0 <= near < len(above)]
    return not above[place] or above[place] in neighbours or "" in neighbours


def _is_short(text: str) -> bool:
    return len(text) <= HEAD_LENGTH_MAX and read_score(text) is None and not is_number(text)


def _without_calendar(head: Head, own: Mapping[int, str]) -> Head:
    """Give a head whose columns over months or quarters leave their role to others: "แผนการดำเนินงาน" over ต.ค. พ.ย."""
    calendar = {place for place, text in own.items() if names_time(text)}
    if not any(head.columns[place].role for place in calendar):
        return head
    free = assign(["" if place in calendar else column.head for place, column in enumerate(head.columns)])
    return Head(
        tuple(
            Column(old.head, None, 1.0) if place in calendar else new
            for place, (old, new) in enumerate(zip(head.columns, free, strict=True))
        )
    )


def _with_line(head: Head, own: Mapping[int, str]) -> Head:
    """Give the columns under a merged cell the roles of their own words, or one of them that of the merged cell."""
    columns = list(head.columns)
    taken = {column.role for place, column in enumerate(columns) if place not in own and column.role}
    for group in _groups(head, own):
        given = dict(_roles(group, taken))
        over = next((columns[place].role for place in group if columns[place].role), None)
        left = [place for place in group if place not in given]
        if over and over not in taken | {role for role, _ in given.values() if role} and left and not _has_ends(given):
            given[max(left, key=lambda place: (newest_year(group[place]), -place))] = (over, LIKENESS_MIN)
        states = statuses_in(list(group.values()))
        for place, text in group.items():
            role, likeness = given.get(place, (None, 1.0))
            words = text if text in states else f"{columns[place].head} {text}".strip()
            columns[place] = Column(words, role, likeness)
        taken |= {role for role, _ in given.values() if role}
    return Head(tuple(columns))


def _has_ends(given: Mapping[int, tuple[Role | None, float]]) -> bool:
    """Whether the columns of a period are its ends or parts of a calendar."""
    return any(role in (Role.START, Role.END) for role, _ in given.values())


def _groups(head: Head, own: Mapping[int, str]) -> Iterator[dict[int, str]]:
    """Give the added words by the merged cell that they stand under."""
    group: dict[int, str] = {}
    for place, text in own.items():
        over = head.columns[place].head
        is_same = place - 1 in group and over in ("", head.columns[place - 1].head)
        if group and not is_same:
            yield group
            group = {}
        group[place] = text
    yield group


def _roles(group: Mapping[int, str], taken: set[Role]) -> Iterator[tuple[int, tuple[Role | None, float]]]:
    """Give the columns whose own words say what they hold; None for one that no form has a field for."""
    states = statuses_in(list(group.values()))
    used = set(taken)
    for place, text in group.items():
        found = [(likeness, role) for likeness, role in likenesses(text) if likeness >= LIKENESS_MIN]
        if text in states or names_time(text):
            yield place, (None, 1.0)
        elif found and found[0][1] not in used:
            used.add(found[0][1])
            yield place, (found[0][1], found[0][0])
