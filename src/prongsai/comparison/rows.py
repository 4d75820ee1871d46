"""From a grid and what its columns are to rows whose figures are read and keep their place."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from prongsai.comparison.columns import Reading
from prongsai.comparison.grid import Grid, Line
from prongsai.comparison.model import NO_CELL, Cell, Row
from prongsai.thai.numerals import read_score, to_arabic
from prongsai.thai.places import province

_GROUPS = {"instrument": "instruments", "points": "points", "indicator": "indicators", "item": "items"}
_LONG = re.compile(r"\d{1,3}\.\d{7,20}")
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "ไม่มี", "ไม่มีคะแนน"})


def rows_of(grid: Grid, reading: Reading) -> Iterator[Row]:
    """Give the rows of a table; those that name nobody and hold no figure are left out."""
    groups = _groups(reading)
    for line in grid.lines:
        row = _row(line, reading, groups)
        if row.agency.text or row.code.text or any(value is not None for _, value in row.figures):
            yield row


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no figure."""
    return text.strip().casefold() in _NOTHING


def _groups(reading: Reading) -> Mapping[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in _GROUPS.values()}
    for at, role in enumerate(reading.roles):
        kind, _, code = role.partition(":")
        if code:
            found[_GROUPS[kind]].append((code, at))
    return {name: tuple(each) for name, each in found.items()}


def _row(line: Line, reading: Reading, groups: Mapping[str, tuple[tuple[str, int], ...]]) -> Row:
    def cell(role: str) -> Cell:
        at = reading.place(role)
        return NO_CELL if at is None else _cell(line, at)

    scores = {name: {code: _cell(line, at) for code, at in places} for name, places in groups.items()}
    year, rank, place = cell("year"), cell("rank"), cell("province")
    section = line.section if not place.text and province(line.section) else ""
    return Row(
        where=line.where,
        agency=cell("agency"),
        code=cell("code"),
        district=cell("district").text,
        province=Cell(section, None, line.where) if section else place,
        kind=cell("kind"),
        year_be=_year(year.text) if year.text else reading.year_be,
        year=year,
        rank=Cell(rank.text, _rank(rank.text), rank.where),
        total=cell("total"),
        level=cell("level"),
        **scores,
    )


def _cell(line: Line, at: int) -> Cell:
    text = line.cells[at]
    return Cell(text, None if is_nothing(text) else _score(text), line.at(at))


def _score(text: str) -> Decimal | None:
    """Read a score; a workbook may hold it with all the decimals of its machine."""
    found = read_score(text)
    return Decimal(text) if found is None and _LONG.fullmatch(text) else found


def _year(text: str) -> int | None:
    digits = "".join(one for one in to_arabic(text) if one.isdigit())
    year = int(digits) if len(digits) == 4 else 0
    return year if 2500 <= year <= 2700 else None


def _rank(text: str) -> Decimal | None:
    whole = read_score(text.rstrip(".)"))
    return whole if whole is not None and whole >= 1 and whole == int(whole) else None


def years_in(grid: Grid, reading: Reading, year_be: int | None) -> set[int]:
    """Give the years of which a table tells: of its column, or the one of the whole table."""
    at = reading.place("year")
    found = {year for text in grid.column(at) if (year := _year(text))} if at is not None else set()
    return found or ({year_be} if year_be else set())
